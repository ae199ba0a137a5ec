/* Weighing together: quorum, hidden scores, spread, the order of an agenda, closing a meeting. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "signals/signal.h"
#include "weighing/factors.h"
#include "weighing/weighing.h"

static bool may(const struct machine *m, uint8_t from, uint8_t action, enum role role,
                const void *picture)
{
	const struct move *mv = machine_move(m, from, action);
	assert_non_null(mv);
	return verdict_allows(move_verdict(mv, ROLE_BIT(role), picture));
}

static struct item_picture quorate(void)
{
	return (struct item_picture){
		.meeting_running = true, .submitter_present = true, .others_present = 2, .scored = 3
	};
}

static void a_quorum_is_the_submitter_and_two_other_participants(void **state)
{
	(void)state;
	struct item_picture p = quorate();
	assert_true(verdict_allows(weighing_quorum(&p)));
	p.others_present = 1;
	assert_false(verdict_allows(weighing_quorum(&p)));
	p = quorate();
	p.submitter_present = false;
	p.others_present = 9;
	assert_false(verdict_allows(weighing_quorum(&p)));
}

static void a_partnership_may_ask_for_another_quorum_but_never_for_none(void **state)
{
	(void)state;
	struct item_picture p = quorate();

	p.others_present = 2;
	p.others_needed = 3;
	assert_false(verdict_allows(weighing_quorum(&p)));
	assert_non_null(strstr(weighing_quorum(&p).sentence, "drie andere"));
	p.others_needed = 1;
	p.others_present = 1;
	assert_true(verdict_allows(weighing_quorum(&p)));
	p.others_needed = -4;
	assert_false(verdict_allows(weighing_quorum(&p)));
	p.others_needed = 99;
	p.others_present = QUORUM_OTHERS_MAX;
	assert_true(verdict_allows(weighing_quorum(&p)));
	p.others_present--;
	assert_false(verdict_allows(weighing_quorum(&p)));
}

static void nothing_is_decided_without_a_quorum_or_outside_a_running_meeting(void **state)
{
	(void)state;
	struct item_picture p = quorate();
	assert_true(may(&ITEM_MACHINE, ITEM_REVEALED, ITEM_DECIDE, ROLE_SECRETARY, &p));
	assert_false(may(&ITEM_MACHINE, ITEM_REVEALED, ITEM_DECIDE, ROLE_INFO_MEETING_MEMBER, &p));
	p.submitter_present = false;
	assert_false(may(&ITEM_MACHINE, ITEM_REVEALED, ITEM_DECIDE, ROLE_SECRETARY, &p));
	p = quorate();
	p.meeting_running = false;
	assert_false(may(&ITEM_MACHINE, ITEM_WAITING, ITEM_DECIDE, ROLE_SECRETARY, &p));
	assert_null(machine_move(&ITEM_MACHINE, ITEM_SCORING, ITEM_DECIDE));
	assert_null(machine_move(&ITEM_MACHINE, ITEM_DECIDED, ITEM_DECIDE));
}

static void scores_are_revealed_only_when_somebody_scored(void **state)
{
	(void)state;
	struct item_picture p = quorate();
	assert_true(may(&ITEM_MACHINE, ITEM_SCORING, ITEM_REVEAL, ROLE_CHAIR, &p));
	p.scored = 0;
	assert_false(may(&ITEM_MACHINE, ITEM_SCORING, ITEM_REVEAL, ROLE_CHAIR, &p));
}

static struct score_asking may_score(void)
{
	return (struct score_asking){ .item_state = ITEM_SCORING,
		                      .meeting_state = MEETING_RUNNING,
		                      .presence = PRESENCE_ROOM,
		                      .letter = 'i',
		                      .speaks = true };
}

static void a_score_is_given_while_asked_for_and_never_after_the_reveal(void **state)
{
	(void)state;
	const struct score_asking good = may_score();
	struct score_asking q = good;
	assert_true(verdict_allows(weighing_may_score(&q)));
	q.presence = PRESENCE_REMOTE;
	assert_true(verdict_allows(weighing_may_score(&q)));
	for (uint8_t s = ITEM_NONE; s <= ITEM_TAKEN_OFF; s++) {
		q = good;
		q.item_state = s;
		assert_int_equal(verdict_allows(weighing_may_score(&q)), s == ITEM_SCORING);
	}
}

static void only_a_participant_who_is_there_scores_and_once_for_each_organ(void **state)
{
	(void)state;
	const struct score_asking good = may_score();
	struct score_asking q = good;
	q.presence = PRESENCE_UNSAID;
	assert_false(verdict_allows(weighing_may_score(&q)));
	q.presence = PRESENCE_ABSENT;
	assert_false(verdict_allows(weighing_may_score(&q)));
	q = good;
	q.letter = 0;
	assert_false(verdict_allows(weighing_may_score(&q)));
	q = good;
	q.speaks = false;
	assert_false(verdict_allows(weighing_may_score(&q)));
	q = good;
	q.presence = PRESENCE_LEFT;
	assert_false(verdict_allows(weighing_may_score(&q)));
	q = good;
	q.by_another = true;
	assert_false(verdict_allows(weighing_may_score(&q)));
	q.takes_over = true;
	assert_true(verdict_allows(weighing_may_score(&q)));
	q.item_state = ITEM_REVEALED;
	assert_false(verdict_allows(weighing_may_score(&q)));
}

static void nobody_scores_and_nothing_is_decided_in_a_pause(void **state)
{
	(void)state;
	struct score_asking q = may_score();
	struct item_picture item = quorate();
	struct meeting_picture p = { .items = 2, .invited = 3, .present = 3 };

	q.meeting_state = MEETING_PAUSED;
	assert_false(verdict_allows(weighing_may_score(&q)));
	item.meeting_running = false;
	assert_false(may(&ITEM_MACHINE, ITEM_SCORING, ITEM_REVEAL, ROLE_CHAIR, &item));
	assert_false(may(&ITEM_MACHINE, ITEM_WAITING, ITEM_DECIDE, ROLE_SECRETARY, &item));
	assert_true(may(&MEETING_MACHINE, MEETING_RUNNING, MEETING_PAUSE, ROLE_CHAIR, &p));
	assert_true(may(&MEETING_MACHINE, MEETING_PAUSED, MEETING_RESUME, ROLE_SECRETARY, &p));
	assert_null(machine_move(&MEETING_MACHINE, MEETING_PAUSED, MEETING_CLOSE));
}

static void only_a_meeting_that_has_not_begun_is_called_off(void **state)
{
	(void)state;
	const struct meeting_picture p = { .items = 2 };

	assert_true(may(&MEETING_MACHINE, MEETING_PLANNED, MEETING_CALL_OFF, ROLE_SECRETARY, &p));
	assert_false(
	    may(&MEETING_MACHINE, MEETING_PLANNED, MEETING_CALL_OFF, ROLE_INFO_MEETING_MEMBER, &p));
	assert_null(machine_move(&MEETING_MACHINE, MEETING_RUNNING, MEETING_CALL_OFF));
	assert_null(machine_move(&MEETING_MACHINE, MEETING_CLOSED, MEETING_CALL_OFF));
	assert_null(machine_move(&MEETING_MACHINE, MEETING_CALLED_OFF, MEETING_OPEN));
	assert_true(meeting_is_over(MEETING_CALLED_OFF));
	assert_false(meeting_is_under_way(MEETING_CALLED_OFF));
	assert_true(meeting_is_under_way(MEETING_PAUSED));
}

static void every_outcome_has_a_sentence_for_the_submitter_that_gives_the_reason(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	for (int action = SIGNAL_ADOPT_CASE; action <= SIGNAL_NOT_ADOPT; action++)
		for (int reason = 1; reason <= 5; reason++) {
			const struct outcome_told told = { .action = action,
				                           .reason_class = reason };
			const char *said = outcome_message(&told, &a);
			assert_true(strlen(said) > 40);
			assert_null(strstr(said, "  "));
		}
	const struct outcome_told local = { .action = SIGNAL_NOT_ADOPT,
		                            .reason_class = 2,
		                            .advise_local = true };
	assert_non_null(strstr(outcome_message(&local, &a), "kan dit zelf"));
	assert_non_null(strstr(outcome_message(&local, &a), "Ons advies"));
	const struct outcome_told later = { .action = SIGNAL_DEFER,
		                            .reason_class = 3,
		                            .next_day = 20804 };
	assert_non_null(strstr(outcome_message(&later, &a), "Het komt terug op 17 december 2026."));
	arena_reset(&a);
}

static void the_factor_on_which_people_differ_most_comes_first(void **state)
{
	(void)state;
	const struct score scores[] = { { 1, 0, 2 }, { 2, 0, 2 }, { 1, 1, 2 },
		                        { 2, 1, 3 }, { 1, 2, 3 }, { 2, 2, 1 },
		                        { 3, 2, 2 }, { 1, 3, 0 }, { 2, 3, 1 } };
	struct spread s[LAW_FACTOR_COUNT];

	weighing_spread(scores, sizeof scores / sizeof scores[0], LAW_FACTOR_COUNT, s);
	assert_int_equal(s[0].factor, 2);
	assert_int_equal(s[0].difference, 2);
	assert_int_equal(s[0].given, 3);
	assert_int_equal(s[0].at[1] + s[0].at[2] + s[0].at[3], 3);
	assert_int_equal(s[1].factor, 1);
	assert_int_equal(s[2].factor, 3);
	assert_int_equal(s[3].factor, 0);
	assert_int_equal(s[3].difference, 0);
	weighing_spread(NULL, 0, LAW_FACTOR_COUNT, s);
	for (int f = 0; f < LAW_FACTOR_COUNT; f++) {
		assert_int_equal(s[f].factor, f);
		assert_int_equal(s[f].given, 0);
	}
}

static void an_agenda_begins_with_what_was_deferred_and_keeps_a_submitter_together(void **state)
{
	(void)state;
	struct agenda_place p[] = {
		{ 0, 7, 300, 1, 0 }, { 0, 8, 200, 2, 1 }, { 0, 7, 100, 3, 2 },
		{ 1, 9, 900, 4, 3 }, { 2, 8, 950, 5, 4 },
	};
	const int64_t expected[] = { 5, 4, 3, 1, 2 };

	weighing_order(p, 5);
	for (int i = 0; i < 5; i++)
		assert_int_equal(p[i].number, expected[i]);
}

static void a_meeting_closes_only_when_all_is_decided_and_presence_is_known(void **state)
{
	(void)state;
	struct meeting_gap gaps[MEETING_GAPS_MAX];
	struct meeting_picture p = { .items = 2, .invited = 3, .present = 3 };

	assert_int_equal(meeting_gaps(&p, gaps), 0);
	assert_true(may(&MEETING_MACHINE, MEETING_RUNNING, MEETING_CLOSE, ROLE_SECRETARY, &p));
	assert_false(
	    may(&MEETING_MACHINE, MEETING_RUNNING, MEETING_CLOSE, ROLE_INFO_MEETING_MEMBER, &p));
	p.undecided = 1;
	assert_false(may(&MEETING_MACHINE, MEETING_RUNNING, MEETING_CLOSE, ROLE_SECRETARY, &p));
	p.presence_unsaid = 2;
	p.present = 0;
	assert_int_equal(meeting_gaps(&p, gaps), 3);
	assert_int_equal(gaps[1].count, 2);
	assert_null(machine_move(&MEETING_MACHINE, MEETING_CLOSED, MEETING_CLOSE));
}

static void a_meeting_opens_with_something_on_its_agenda(void **state)
{
	(void)state;
	struct meeting_picture p = { .items = 1 };
	assert_true(may(&MEETING_MACHINE, MEETING_PLANNED, MEETING_OPEN, ROLE_CHAIR, &p));
	p.items = 0;
	assert_false(may(&MEETING_MACHINE, MEETING_PLANNED, MEETING_OPEN, ROLE_CHAIR, &p));
}

static void criteria_and_agreed_factors_are_counted_as_the_law_numbers_them(void **state)
{
	(void)state;
	const int64_t none[] = { -1, -1, -1, -1 }, some[] = { 3, -1, 0, 2 };
	assert_int_equal(criteria_count(0), 0);
	assert_int_equal(criteria_count(0x3e), 5);
	assert_int_equal(criteria_count(0x3f), 5); /* bit 0 is no criterion */
	assert_int_equal(criteria_count(0x22), 2);
	assert_int_equal(agreed_count(none), 0);
	assert_int_equal(agreed_sum(none), 0);
	assert_int_equal(agreed_count(some), 3);
	assert_int_equal(agreed_sum(some), 5);
}

/* ---- own factors ------------------------------------------------------------------------------- */

static void a_list_of_own_factors_holds_from_its_day_until_a_later_one(void **state)
{
	(void)state;
	const struct factor_list lists[] = {
		{ .number = 5, .from_day = 90 }, /* nobody confirmed it */
		{ .number = 4, .from_day = 95, .confirmed_at = 1, .withdrawn_at = 2 },
		{ .number = 3, .from_day = 110, .confirmed_at = 1 },
		{ .number = 2, .from_day = 80, .confirmed_at = 1 },
		{ .number = 1, .from_day = 80, .confirmed_at = 1 },
	};
	const size_t count = sizeof lists / sizeof lists[0];

	assert_null(factor_list_on(lists, count, 79));
	assert_int_equal(factor_list_on(lists, count, 80)->number, 2);
	assert_int_equal(factor_list_on(lists, count, 109)->number, 2);
	assert_int_equal(factor_list_on(lists, count, 110)->number, 3);
	assert_null(factor_list_on(NULL, 0, 110));
}

static void who_proposed_a_list_does_not_confirm_it_and_what_held_is_not_withdrawn(void **state)
{
	(void)state;
	const struct factor_list fresh = { .from_day = 100, .proposer_person_id = 7 };
	const struct factor_list held = { .from_day = 100, .confirmed_at = 1 };
	const struct factor_list gone = { .from_day = 100, .withdrawn_at = 1 };

	assert_false(verdict_allows(factor_list_may_confirm(&fresh, 7)));
	assert_true(verdict_allows(factor_list_may_confirm(&fresh, 8)));
	assert_false(verdict_allows(factor_list_may_confirm(&held, 8)));
	assert_false(verdict_allows(factor_list_may_confirm(&gone, 8)));
	assert_true(verdict_allows(factor_list_may_withdraw(&fresh, 120)));
	assert_true(verdict_allows(factor_list_may_withdraw(&held, 99)));
	assert_false(verdict_allows(factor_list_may_withdraw(&held, 100)));
	assert_false(verdict_allows(factor_list_may_withdraw(&gone, 99)));
}

static void own_factors_are_summed_by_their_use_and_never_with_those_of_the_law(void **state)
{
	(void)state;
	struct extra_factor f[] = { { .use = FACTOR_FOR_ORDER },
		                    { .use = FACTOR_FOR_CAPACITY },
		                    { .use = FACTOR_FOR_ORDER } };
	const struct array factors = { f, 3 };
	const int64_t agreed[EXTRA_FACTORS_MAX] = { 2, 3, -1, 3 };
	const int64_t none[EXTRA_FACTORS_MAX] = { -1, -1, -1, -1 };

	assert_int_equal(extra_sum(factors, agreed, FACTOR_FOR_ORDER), 2);
	assert_int_equal(extra_sum(factors, agreed, FACTOR_FOR_CAPACITY), 3);
	assert_int_equal(extra_sum(factors, none, FACTOR_FOR_ORDER), -1);
}

static void the_version_of_a_weighing_names_the_law_and_the_own_list(void **state)
{
	struct arena a;

	(void)state;
	arena_init(&a, 1024);
	assert_string_equal(weighing_version(&a, 0), law_criteria_version());
	assert_string_equal(weighing_version(&a, 12),
	                    arena_printf(&a, "%s/12", law_criteria_version()));
	assert_string_equal(weighing_version_words(&a, "2025-03-01.1"),
	                    "vier factoren uit de wet (1 maart 2025)");
	assert_string_equal(
	    weighing_version_words(&a, "2026-11-22.3/12"),
	    "vier factoren uit de wet (22 november 2026, uitgave 3) en eigen lijst 12");
	assert_string_equal(weighing_version_words(&a, ""), "");
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_quorum_is_the_submitter_and_two_other_participants),
		cmocka_unit_test(a_partnership_may_ask_for_another_quorum_but_never_for_none),
		cmocka_unit_test(nothing_is_decided_without_a_quorum_or_outside_a_running_meeting),
		cmocka_unit_test(scores_are_revealed_only_when_somebody_scored),
		cmocka_unit_test(a_score_is_given_while_asked_for_and_never_after_the_reveal),
		cmocka_unit_test(only_a_participant_who_is_there_scores_and_once_for_each_organ),
		cmocka_unit_test(nobody_scores_and_nothing_is_decided_in_a_pause),
		cmocka_unit_test(only_a_meeting_that_has_not_begun_is_called_off),
		cmocka_unit_test(
		    every_outcome_has_a_sentence_for_the_submitter_that_gives_the_reason),
		cmocka_unit_test(the_factor_on_which_people_differ_most_comes_first),
		cmocka_unit_test(
		    an_agenda_begins_with_what_was_deferred_and_keeps_a_submitter_together),
		cmocka_unit_test(a_meeting_closes_only_when_all_is_decided_and_presence_is_known),
		cmocka_unit_test(a_meeting_opens_with_something_on_its_agenda),
		cmocka_unit_test(criteria_and_agreed_factors_are_counted_as_the_law_numbers_them),
		cmocka_unit_test(a_list_of_own_factors_holds_from_its_day_until_a_later_one),
		cmocka_unit_test(
		    who_proposed_a_list_does_not_confirm_it_and_what_held_is_not_withdrawn),
		cmocka_unit_test(
		    own_factors_are_summed_by_their_use_and_never_with_those_of_the_law),
		cmocka_unit_test(the_version_of_a_weighing_names_the_law_and_the_own_list),
	};
	return cmocka_run_group_tests_name("weighing rules", tests, NULL, NULL);
}
