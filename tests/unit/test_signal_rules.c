/* A signal's life as a table: who may move it, when, and to whom it is open. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "signals/signal.h"

static struct signal_picture complete(void)
{
	return (struct signal_picture){
		.actor_is_submitter = true,
		.criteria_explained = true,
		.has_title = true,
		.has_facts = true,
		.has_where = true,
		.has_municipality = true,
		.has_theme = true,
		.has_line = true,
		.has_task = true,
		.lawful_declared = true,
		.hits_settled = true,
		.hits_reviewed = true,
		.matched = true,
	};
}

static struct verdict may(uint8_t from, uint8_t action, enum role role,
                          const struct signal_picture *p)
{
	const struct move *mv = machine_move(&SIGNAL_MACHINE, from, action);
	assert_non_null(mv);
	return move_verdict(mv, ROLE_BIT(role), p);
}

static void a_complete_draft_may_be_submitted_by_its_own_organisation_only(void **state)
{
	(void)state;
	struct signal_picture p = complete();
	assert_true(verdict_allows(may(SIGNAL_DRAFT, SIGNAL_SUBMIT, ROLE_SUBMITTER, &p)));
	p.actor_is_submitter = false;
	assert_false(verdict_allows(may(SIGNAL_DRAFT, SIGNAL_SUBMIT, ROLE_SUBMITTER, &p)));
}

static void each_missing_part_keeps_a_draft_from_being_submitted(void **state)
{
	(void)state;
	bool *parts[12];
	for (size_t i = 0; i < 10; i++) {
		struct signal_picture p = complete();
		size_t n = 0;
		parts[n++] = &p.criteria_explained;
		parts[n++] = &p.has_title;
		parts[n++] = &p.has_facts;
		parts[n++] = &p.has_where;
		parts[n++] = &p.has_municipality;
		parts[n++] = &p.has_theme;
		parts[n++] = &p.has_line;
		parts[n++] = &p.has_task;
		parts[n++] = &p.lawful_declared;
		parts[n++] = &p.hits_settled;
		*parts[i] = false;
		struct verdict v = may(SIGNAL_DRAFT, SIGNAL_SUBMIT, ROLE_SUBMITTER, &p);
		assert_false(verdict_allows(v));
		assert_non_null(v.sentence);
	}
}

static void intake_asks_for_a_look_in_the_own_region_first(void **state)
{
	(void)state;
	struct signal_picture p = complete();
	assert_true(
	    verdict_allows(may(SIGNAL_SUBMITTED, SIGNAL_ACCEPT, ROLE_INFO_COORDINATOR, &p)));
	p.matched = false;
	assert_false(
	    verdict_allows(may(SIGNAL_SUBMITTED, SIGNAL_ACCEPT, ROLE_INFO_COORDINATOR, &p)));
}

static void all_five_criteria_four_factors_and_partners_make_an_adoption(void **state)
{
	(void)state;
	struct signal_picture p = complete();
	p.criteria_met = 5;
	p.factors_recorded = 4;
	p.participants_involved = 3;
	p.assignment_given = true;
	assert_true(verdict_allows(may(SIGNAL_ON_AGENDA, SIGNAL_ADOPT_CASE, ROLE_SECRETARY, &p)));
	p.criteria_met = 4;
	assert_false(verdict_allows(may(SIGNAL_ON_AGENDA, SIGNAL_ADOPT_CASE, ROLE_SECRETARY, &p)));
	p.criteria_met = 5;
	p.participants_involved = 0;
	assert_false(verdict_allows(may(SIGNAL_ON_AGENDA, SIGNAL_ADOPT_CASE, ROLE_SECRETARY, &p)));
}

static void a_signal_is_deferred_twice_at_most(void **state)
{
	(void)state;
	struct signal_picture p = complete();
	p.reason_given = true;
	p.deferred_times = 1;
	assert_true(verdict_allows(may(SIGNAL_ON_AGENDA, SIGNAL_DEFER, ROLE_SECRETARY, &p)));
	p.deferred_times = 2;
	assert_false(verdict_allows(may(SIGNAL_ON_AGENDA, SIGNAL_DEFER, ROLE_SECRETARY, &p)));
}

static void what_is_destroyed_never_moves_again_and_what_is_adopted_only_goes(void **state)
{
	(void)state;
	for (uint8_t action = 0; action < 30; action++) {
		const struct move *mv = machine_move(&SIGNAL_MACHINE, SIGNAL_ADOPTED_CASE, action);
		assert_null(machine_move(&SIGNAL_MACHINE, SIGNAL_DESTROYED, action));
		assert_int_equal(mv != NULL, action == SIGNAL_DESTROY);
	}
}

static void who_made_the_list_does_not_destroy_alone(void **state)
{
	(void)state;
	struct signal_picture p = complete();
	assert_false(
	    verdict_allows(may(SIGNAL_NOT_ADOPTED, SIGNAL_DESTROY, ROLE_RECORDS_MANAGER, &p)));
	p.second_person = true;
	assert_true(
	    verdict_allows(may(SIGNAL_NOT_ADOPTED, SIGNAL_DESTROY, ROLE_RECORDS_MANAGER, &p)));
}

/* ---- who it is open to ------------------------------------------------------------------ */

static struct viewer somebody(enum role role, int64_t organ, int64_t municipality)
{
	struct viewer v = { .person_id = 1,
		            .appointment_id = 77,
		            .participant_id = 5,
		            .organ_id = organ,
		            .municipality_id = municipality,
		            .role = role };
	viewer_audiences(&v);
	return v;
}

static bool opens(enum act act, uint8_t state, enum role role, int64_t organ, int64_t town)
{
	const struct signal_facts s = {
		.state = state, .organ_id = 42, .appointment_id = 7, .municipality_id = 9
	};
	struct viewer v = somebody(role, organ, town);
	struct thing t;
	signal_thing(&s, &t);
	return access_may(&v, act, &t);
}

static void a_draft_is_the_submitters_own(void **state)
{
	(void)state;
	assert_true(opens(ACT_WRITE, SIGNAL_DRAFT, ROLE_SUBMITTER, 42, 9));
	assert_false(opens(ACT_READ, SIGNAL_DRAFT, ROLE_SUBMITTER, 43, 9));
	for (int role = 1; role < ROLE_COUNT; role++)
		if (role != ROLE_SUBMITTER && role != ROLE_PARTNER_DECIDER)
			assert_false(opens(ACT_READ, SIGNAL_DRAFT, (enum role)role, 42, 9));
}

static void the_submitter_reads_but_no_longer_writes_what_he_submitted(void **state)
{
	(void)state;
	assert_true(opens(ACT_READ, SIGNAL_SUBMITTED, ROLE_SUBMITTER, 42, 9));
	assert_false(opens(ACT_WRITE, SIGNAL_SUBMITTED, ROLE_SUBMITTER, 42, 9));
	assert_true(opens(ACT_WRITE, SIGNAL_RETURNED, ROLE_SUBMITTER, 42, 9));
}

static void the_mayor_reads_signals_of_both_organs_of_his_own_municipality(void **state)
{
	(void)state;
	assert_true(opens(ACT_READ, SIGNAL_SUBMITTED, ROLE_MAYOR_READER, 41, 9));
	assert_false(opens(ACT_READ, SIGNAL_SUBMITTED, ROLE_MAYOR_READER, 41, 8));
	assert_false(opens(ACT_READ, SIGNAL_DRAFT, ROLE_MAYOR_READER, 41, 9));
}

static void not_adopted_is_out_of_everybodys_sight_but_the_submitters_and_the_heads(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		bool sees = opens(ACT_READ, SIGNAL_NOT_ADOPTED, (enum role)role, 42, 9);
		bool may_see = role == ROLE_RIEC_HEAD || role == ROLE_SUBMITTER ||
		               role == ROLE_PARTNER_DECIDER;
		assert_int_equal(sees, may_see);
	}
}

static void a_destroyed_signal_is_open_to_nobody(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++)
		assert_false(opens(ACT_READ, SIGNAL_DESTROYED, (enum role)role, 42, 9));
}

static void only_who_is_invited_reads_what_is_on_the_agenda(void **state)
{
	(void)state;
	const struct signal_facts s = {
		.state = SIGNAL_ON_AGENDA, .organ_id = 42, .municipality_id = 9, .meeting_id = 5
	};
	struct viewer member = somebody(ROLE_INFO_MEETING_MEMBER, 60, 0);
	struct thing t;
	signal_thing(&s, &t);
	assert_false(access_may(&member, ACT_READ, &t));
	member.audiences[member.audience_count++] = audience_of(AUDIENCE_MEETING, 5);
	assert_true(access_may(&member, ACT_READ, &t));
}

static void the_meter_counts_parts_and_names_what_is_needed(void **state)
{
	(void)state;
	struct signal_need needs[SIGNAL_NEEDS];
	struct signal_picture p = complete();
	assert_int_equal(signal_needs(&p, 1, true, true, needs), SIGNAL_NEEDS);
	p.has_where = false;
	assert_int_equal(signal_needs(&p, 0, true, true, needs), SIGNAL_NEEDS - 2);
	for (int i = 0; i < SIGNAL_NEEDS; i++)
		if (!needs[i].done)
			assert_non_null(needs[i].reason);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_complete_draft_may_be_submitted_by_its_own_organisation_only),
		cmocka_unit_test(each_missing_part_keeps_a_draft_from_being_submitted),
		cmocka_unit_test(intake_asks_for_a_look_in_the_own_region_first),
		cmocka_unit_test(all_five_criteria_four_factors_and_partners_make_an_adoption),
		cmocka_unit_test(a_signal_is_deferred_twice_at_most),
		cmocka_unit_test(what_is_destroyed_never_moves_again_and_what_is_adopted_only_goes),
		cmocka_unit_test(who_made_the_list_does_not_destroy_alone),
		cmocka_unit_test(a_draft_is_the_submitters_own),
		cmocka_unit_test(the_submitter_reads_but_no_longer_writes_what_he_submitted),
		cmocka_unit_test(the_mayor_reads_signals_of_both_organs_of_his_own_municipality),
		cmocka_unit_test(
		    not_adopted_is_out_of_everybodys_sight_but_the_submitters_and_the_heads),
		cmocka_unit_test(a_destroyed_signal_is_open_to_nobody),
		cmocka_unit_test(only_who_is_invited_reads_what_is_on_the_agenda),
		cmocka_unit_test(the_meter_counts_parts_and_names_what_is_needed),
	};
	return cmocka_run_group_tests_name("signal rules", tests, NULL, NULL);
}
