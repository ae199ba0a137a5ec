/* A casefile's life, what opens one, and who it is open to: over all states and roles. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "casework/casefile.h"
#include "casework/phase.h"
#include "casework/variant.h"
#include "platform/core/calendar.h"

enum { CASE_ID = 7 };

static struct casefile_picture complete(void)
{
	return (struct casefile_picture){
		.variant = VARIANT_USUAL,
		.analysts = 1,
		.subjects = 1,
		.proposals = 2,
		.steering_decided = true,
		.lead_appointed = true,
		.feedback_arranged = true,
		.second_person = true,
		.reason_given = true,
		.signal_adopted = true,
	};
}

static bool may(uint8_t from, uint8_t action, enum role role, const struct casefile_picture *p)
{
	const struct move *mv = machine_move(&CASEFILE_MACHINE, from, action);
	return mv != NULL && verdict_allows(move_verdict(mv, ROLE_BIT(role), p));
}

/* ---- who makes which move, of D 6.3 ---------------------------------------------------------- */

static const struct made {
	uint8_t from, action, to;
	uint64_t who;
} MADE[] = {
	{ CASEFILE_OPEN, CASEFILE_ANALYSE, CASEFILE_ANALYSIS, ROLE_BIT(ROLE_ANALYST) },
	{ CASEFILE_ANALYSIS, CASEFILE_DRAFT_ADVICE, CASEFILE_ADVICE_DRAFT, ROLE_BIT(ROLE_ANALYST) },
	{ CASEFILE_ADVICE_DRAFT, CASEFILE_RESUME_ANALYSIS, CASEFILE_ANALYSIS,
	  ROLE_BIT(ROLE_ANALYST) },
	{ CASEFILE_ADVICE_DRAFT, CASEFILE_FINISH_ADVICE, CASEFILE_ADVICE_FINAL,
	  ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_RIEC_HEAD) },
	{ CASEFILE_ADVICE_FINAL, CASEFILE_TO_STEERING, CASEFILE_AT_STEERING,
	  ROLE_BIT(ROLE_RIEC_HEAD) },
	{ CASEFILE_AT_STEERING, CASEFILE_DECIDE, CASEFILE_DECIDED,
	  ROLE_BIT(ROLE_STEERING_MEMBER) | ROLE_BIT(ROLE_STEERING_SECRETARY) |
	      ROLE_BIT(ROLE_RIEC_HEAD) },
	{ CASEFILE_AT_STEERING, CASEFILE_SEND_BACK, CASEFILE_ANALYSIS,
	  ROLE_BIT(ROLE_STEERING_MEMBER) | ROLE_BIT(ROLE_STEERING_SECRETARY) },
	{ CASEFILE_DECIDED, CASEFILE_EXECUTE, CASEFILE_EXECUTION,
	  ROLE_BIT(ROLE_INTERVENTION_LEAD) },
	{ CASEFILE_EXECUTION, CASEFILE_EVALUATE, CASEFILE_EVALUATION,
	  ROLE_BIT(ROLE_INTERVENTION_LEAD) },
	{ CASEFILE_EVALUATION, CASEFILE_CLOSE, CASEFILE_CLOSED,
	  ROLE_BIT(ROLE_STEERING_MEMBER) | ROLE_BIT(ROLE_STEERING_SECRETARY) |
	      ROLE_BIT(ROLE_RIEC_HEAD) },
};

static void each_step_is_made_by_the_roles_that_the_dossier_names(void **state)
{
	const struct casefile_picture p = complete();

	(void)state;
	for (size_t i = 0; i < sizeof MADE / sizeof MADE[0]; i++)
		for (int role = 1; role < ROLE_COUNT; role++) {
			const struct move *mv =
			    machine_move(&CASEFILE_MACHINE, MADE[i].from, MADE[i].action);
			assert_non_null(mv);
			assert_int_equal(mv->to, MADE[i].to);
			assert_int_equal(may(MADE[i].from, MADE[i].action, (enum role)role, &p),
			                 (MADE[i].who & ROLE_BIT(role)) != 0);
		}
}

static void every_live_casefile_can_be_stopped_with_a_reason_and_none_comes_back(void **state)
{
	struct casefile_picture p = complete();

	(void)state;
	for (uint8_t s = CASEFILE_NONE; s <= CASEFILE_ARCHIVED; s++) {
		p.reason_given = true;
		assert_int_equal(may(s, CASEFILE_STOP, ROLE_RIEC_HEAD, &p), casefile_is_live(s));
		assert_false(may(s, CASEFILE_STOP, ROLE_WORKING_GROUP, &p));
		p.reason_given = false;
		assert_false(may(s, CASEFILE_STOP, ROLE_RIEC_HEAD, &p));
	}
	for (size_t a = 0; a < CASEFILE_MACHINE.action_count; a++) {
		const uint8_t action = CASEFILE_MACHINE.actions[a].code;
		if (action == CASEFILE_DESTROY)
			continue;
		if (action != CASEFILE_ARCHIVE) /* what a hold keeps leaves sight on its day */
			assert_null(machine_move(&CASEFILE_MACHINE, CASEFILE_STOPPED, action));
		assert_null(machine_move(&CASEFILE_MACHINE, CASEFILE_ARCHIVED, action));
	}
}

static void what_ended_is_destroyed_by_a_records_manager_after_two_signatures(void **state)
{
	struct casefile_picture p = complete();

	(void)state;
	for (uint8_t s = CASEFILE_NONE; s <= CASEFILE_DESTROYED; s++)
		for (int role = 1; role < ROLE_COUNT; role++) {
			const bool ended = s >= CASEFILE_CLOSED && s <= CASEFILE_ARCHIVED;
			p.second_signature = true;
			assert_int_equal(may(s, CASEFILE_DESTROY, (enum role)role, &p),
			                 ended && role == ROLE_RECORDS_MANAGER);
			p.second_signature = false;
			assert_false(may(s, CASEFILE_DESTROY, (enum role)role, &p));
		}
}

static void stopped_goes_within_a_month_and_closed_within_half_a_year(void **state)
{
	const int32_t day = day_from_civil((struct civil){ 2026, 8, 31 });

	(void)state;
	assert_int_equal(casefile_destroy_due(CASEFILE_STOPPED, day), day + 30);
	assert_int_equal(casefile_destroy_due(CASEFILE_CLOSED, day),
	                 day_from_civil((struct civil){ 2027, 2, 28 }));
	assert_int_equal(casefile_destroy_due(CASEFILE_ARCHIVED, day), -1);
	for (uint8_t s = CASEFILE_OPEN; s < CASEFILE_CLOSED; s++)
		assert_int_equal(casefile_destroy_due(s, day), 0); /* taken up again: no day */
}

static void only_a_new_adopted_signal_takes_a_closed_casefile_up_again(void **state)
{
	const struct move *mv =
	    machine_move(&CASEFILE_MACHINE, CASEFILE_CLOSED, CASEFILE_TAKE_UP_AGAIN);
	struct casefile_picture p = complete();

	(void)state;
	assert_int_equal(mv->who, 0); /* no person by himself */
	assert_true(verdict_allows(mv->guard(&p)));
	p.signal_adopted = false;
	assert_false(verdict_allows(mv->guard(&p)));
}

static void a_wasstraat_goes_to_partners_and_a_scan_to_no_advice(void **state)
{
	struct casefile_picture p = complete();

	(void)state;
	assert_false(may(CASEFILE_ADVICE_FINAL, CASEFILE_PROVIDE, ROLE_RIEC_HEAD, &p));
	p.variant = VARIANT_WASSTRAAT;
	assert_true(may(CASEFILE_ADVICE_FINAL, CASEFILE_PROVIDE, ROLE_RIEC_HEAD, &p));
	assert_false(may(CASEFILE_ADVICE_FINAL, CASEFILE_TO_STEERING, ROLE_RIEC_HEAD, &p));
	p.variant = VARIANT_SCAN;
	assert_false(may(CASEFILE_ANALYSIS, CASEFILE_DRAFT_ADVICE, ROLE_ANALYST, &p));
	assert_false(may(CASEFILE_OPEN, CASEFILE_TO_STEERING, ROLE_RIEC_HEAD, &p));
	p.variant = VARIANT_FAST_TRACK;
	assert_false(may(CASEFILE_OPEN, CASEFILE_TO_STEERING, ROLE_RIEC_HEAD, &p));
	p.advice_final = true;
	assert_true(may(CASEFILE_OPEN, CASEFILE_TO_STEERING, ROLE_RIEC_HEAD, &p));
}

static void a_casefile_goes_back_to_its_advice_only_once_that_is_withdrawn(void **state)
{
	struct casefile_picture p = complete();

	(void)state;
	for (uint8_t s = CASEFILE_NONE; s <= CASEFILE_ARCHIVED; s++)
		assert_int_equal(may(s, CASEFILE_LOSE_ADVICE, ROLE_RIEC_HEAD, &p),
		                 s == CASEFILE_ADVICE_FINAL || s == CASEFILE_AT_STEERING);
	p.advice_final = true;
	assert_false(may(CASEFILE_ADVICE_FINAL, CASEFILE_LOSE_ADVICE, ROLE_RIEC_HEAD, &p));
}

static void an_advice_is_final_only_when_whole_unopposed_and_signed_by_another(void **state)
{
	struct casefile_picture p = complete();

	(void)state;
	assert_true(may(CASEFILE_ADVICE_DRAFT, CASEFILE_FINISH_ADVICE, ROLE_ANALYST, &p));
	p.proposals = 0;
	assert_false(may(CASEFILE_ADVICE_DRAFT, CASEFILE_FINISH_ADVICE, ROLE_ANALYST, &p));
	p = complete();
	p.incomplete_proposals = 1;
	assert_false(may(CASEFILE_ADVICE_DRAFT, CASEFILE_FINISH_ADVICE, ROLE_ANALYST, &p));
	p = complete();
	p.open_objections = 1;
	assert_false(may(CASEFILE_ADVICE_DRAFT, CASEFILE_FINISH_ADVICE, ROLE_ANALYST, &p));
	p = complete();
	p.second_person = false;
	assert_false(may(CASEFILE_ADVICE_DRAFT, CASEFILE_FINISH_ADVICE, ROLE_ANALYST, &p));
}

/* ---- opening ------------------------------------------------------------------------------------ */

static void a_bottleneck_needs_a_designation_that_counts_today(void **state)
{
	struct casefile_opening o = { .activity = ACTIVITY_BOTTLENECK,
		                      .variant = VARIANT_USUAL,
		                      .bottleneck_chosen = true,
		                      .bottleneck_in_force = true,
		                      .has_purpose = true,
		                      .organs = 2 };

	(void)state;
	assert_true(verdict_allows(casefile_may_open(&o)));
	o.bottleneck_in_force = false;
	assert_false(verdict_allows(casefile_may_open(&o)));
	o.bottleneck_chosen = false;
	assert_false(verdict_allows(casefile_may_open(&o)));
	o.activity = ACTIVITY_CASE_CONSULTATION;
	assert_true(verdict_allows(casefile_may_open(&o)));
	o.has_purpose = false;
	assert_false(verdict_allows(casefile_may_open(&o)));
	o.has_purpose = true;
	o.organs = 0;
	assert_false(verdict_allows(casefile_may_open(&o)));
}

static void a_scan_is_a_scan_in_activity_and_variant_alike(void **state)
{
	(void)state;
	for (int activity = ACTIVITY_CASE_CONSULTATION; activity <= ACTIVITY_SCAN; activity++)
		for (int variant = VARIANT_USUAL; variant <= VARIANT_SCAN; variant++) {
			const struct casefile_opening o = {
				.activity = (enum law_activity)activity,
				.variant = variant,
				.has_purpose = true,
				.organs = 1,
			};
			assert_int_equal(verdict_allows(casefile_may_open(&o)),
			                 (activity == ACTIVITY_SCAN) == (variant == VARIANT_SCAN));
		}
}

/* ---- role x state ---------------------------------------------------------------------------------- */

/* What a role sees of a casefile: open, closed, stopped, archived; by role alone, then as member.
 * '-' nothing, 'R' reads, 'W' works on it. */
static const struct sight {
	enum role role;
	const char *alone, *member;
	int phase, heavy;
} SIGHTS[] = {
	{ ROLE_ANALYST, "WR--", "WR--", 2, 3 },
	{ ROLE_INFO_COORDINATOR, "WR--", "WR--", 2, 3 },
	{ ROLE_RIEC_HEAD, "RRR-", "RRR-", 2, 2 },
	{ ROLE_COORD_DPO, "RRRR", "RRRR", 2, 2 },
	{ ROLE_WORKING_GROUP, "----", "WR--", 2, 3 },
	{ ROLE_INTERVENTION_LEAD, "----", "WR--", 1, 1 },
};

static const struct sight *sight_of(enum role role)
{
	static const struct sight NOTHING = { .alone = "----", .member = "----" };
	for (size_t i = 0; i < sizeof SIGHTS / sizeof SIGHTS[0]; i++)
		if (SIGHTS[i].role == role)
			return &SIGHTS[i];
	return &NOTHING;
}

static char seen_by(enum role role, bool member, uint8_t state, const int64_t *blocked)
{
	struct viewer v = { .person_id = 5, .appointment_id = 9, .role = role, .organ_id = 3 };
	struct thing thing;

	viewer_audiences(&v);
	if (member)
		v.audiences[v.audience_count++] = audience_of(AUDIENCE_CASEFILE, CASE_ID);
	casefile_thing(&(struct casefile_facts){ CASE_ID, state }, &thing);
	thing.blocked_persons = blocked;
	thing.blocked_count = blocked != NULL;
	if (access_may(&v, ACT_WRITE, &thing))
		return 'W';
	return access_may(&v, ACT_READ, &thing) ? 'R' : '-';
}

static void each_role_sees_what_the_matrix_gives_and_partners_only_as_members(void **state)
{
	static const uint8_t STATES[] = { CASEFILE_OPEN, CASEFILE_CLOSED, CASEFILE_STOPPED,
		                          CASEFILE_ARCHIVED };

	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		assert_int_equal(seen_by((enum role)role, true, CASEFILE_DESTROYED, NULL), '-');
		const struct sight *s = sight_of((enum role)role);
		for (size_t i = 0; i < sizeof STATES; i++) {
			assert_int_equal(seen_by((enum role)role, false, STATES[i], NULL),
			                 s->alone[i]);
			if (capacity_of_role((enum role)role) != 0)
				assert_int_equal(seen_by((enum role)role, true, STATES[i], NULL),
				                 s->member[i]);
		}
		assert_int_equal(casefile_reads_phase((enum role)role, false), s->phase);
		assert_int_equal(casefile_reads_phase((enum role)role, true), s->heavy);
	}
}

static void a_block_is_stronger_than_any_role_or_membership(void **state)
{
	static const int64_t ME = 5;

	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++)
		for (uint8_t s = CASEFILE_NONE; s <= CASEFILE_ARCHIVED; s++)
			assert_int_equal(seen_by((enum role)role, true, s, &ME), '-');
}

/* ---- phases --------------------------------------------------------------------------------------- */

static struct phase_picture asked(enum law_phase phase)
{
	return (struct phase_picture){
		.opening = { .phase = phase,
		             .now = (enum law_phase)(phase - 1),
		             .activity = ACTIVITY_CASE_CONSULTATION,
		             .necessity_chars = 80,
		             .proportionality_chars = 80,
		             .subsidiarity_chars = 80,
		             .police_om_agreed = phase == PHASE_3,
		             .proposer_id = 5,
		             .second_id = 6 },
		.letter = 'a',
		.casefile_live = true,
	};
}

static bool phase_move(uint8_t from, uint8_t action, enum role role, const struct phase_picture *p)
{
	const struct move *mv = machine_move(&PHASE_MACHINE, from, action);
	return mv != NULL && verdict_allows(move_verdict(mv, ROLE_BIT(role), p));
}

static void a_phase_opens_by_a_coordinator_who_is_another_than_who_proposed_it(void **state)
{
	struct phase_picture p = asked(PHASE_2);

	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++)
		assert_int_equal(phase_move(PHASE_PROPOSED, PHASE_OPEN, (enum role)role, &p),
		                 role == ROLE_INFO_COORDINATOR);
	p.opening.second_id = p.opening.proposer_id;
	assert_false(phase_move(PHASE_PROPOSED, PHASE_OPEN, ROLE_INFO_COORDINATOR, &p));
	p = asked(PHASE_2);
	p.opening.now = PHASE_SIGNAL; /* the phase before is shut */
	assert_false(phase_move(PHASE_PROPOSED, PHASE_OPEN, ROLE_INFO_COORDINATOR, &p));
	p = asked(PHASE_2);
	p.casefile_live = false;
	assert_false(phase_move(PHASE_PROPOSED, PHASE_OPEN, ROLE_INFO_COORDINATOR, &p));
}

static void phase_3_needs_police_or_om_and_never_opens_on_a_scan(void **state)
{
	struct phase_picture p = asked(PHASE_3);

	(void)state;
	for (char letter = 'a'; letter <= 'l'; letter++) {
		p.letter = letter;
		assert_int_equal(phase_move(PHASE_PROPOSED, PHASE_AGREE, ROLE_WORKING_GROUP, &p),
		                 letter == LETTER_POLICE || letter == LETTER_OM);
	}
	assert_true(phase_move(PHASE_AGREED, PHASE_OPEN, ROLE_INFO_COORDINATOR, &p));
	p.opening.police_om_agreed = false;
	assert_false(phase_move(PHASE_PROPOSED, PHASE_OPEN, ROLE_INFO_COORDINATOR, &p));
	p = asked(PHASE_3);
	p.opening.activity = ACTIVITY_SCAN;
	assert_false(phase_move(PHASE_AGREED, PHASE_OPEN, ROLE_INFO_COORDINATOR, &p));
	assert_false(verdict_allows(phase_may_propose(&p.opening)));
	p = asked(PHASE_2);
	p.opening.activity = ACTIVITY_SCAN;
	assert_true(verdict_allows(phase_may_propose(&p.opening)));
	assert_false(phase_move(PHASE_PROPOSED, PHASE_AGREE, ROLE_WORKING_GROUP, &p));
}

static void a_proposal_without_its_reasons_is_no_proposal(void **state)
{
	struct phase_picture p = asked(PHASE_3);

	(void)state;
	assert_true(verdict_allows(phase_may_propose(&p.opening)));
	p.opening.necessity_chars = 3;
	assert_false(verdict_allows(phase_may_propose(&p.opening)));
	p = asked(PHASE_3);
	p.opening.proportionality_chars = 0;
	assert_false(verdict_allows(phase_may_propose(&p.opening)));
	p = asked(PHASE_3);
	p.opening.subsidiarity_chars = 0;
	assert_false(verdict_allows(phase_may_propose(&p.opening)));
	p = asked(PHASE_2);
	p.opening.proportionality_chars = p.opening.subsidiarity_chars = 0;
	assert_true(verdict_allows(phase_may_propose(&p.opening)));
}

static void each_way_of_working_has_its_own_steps_and_terms_and_says_what_it_may(void **state)
{
	(void)state;
	for (const struct code *c = CASEFILE_VARIANTS; c->name != NULL; c++) {
		const struct variant_template *t = variant_template(c->value);
		int last = 0, advises = 0;
		assert_int_equal(t->variant, c->value);
		assert_true(strlen(t->rights) > 20);
		for (const struct variant_step *s = t->steps; s->work_kind != 0; s++) {
			assert_true(s->working_days > last);
			last = s->working_days;
			advises += s->done_states == CASEFILE_ADVICE_FINAL;
			assert_false(variant_step_done(
			    s, &(struct casefile_picture){ .state = CASEFILE_OPEN }));
			assert_true(variant_step_done(
			    s, &(struct casefile_picture){ .state = CASEFILE_ADVICE_FINAL }));
		}
		assert_int_equal(advises, c->value == VARIANT_SCAN ? 0 : 1);
	}
	assert_true(variant_template(VARIANT_FAST_TRACK)->steps[2].working_days <
	            variant_template(VARIANT_USUAL)->steps[3].working_days);
	/* monday 23 November 2026 and five working days: the next monday */
	assert_int_equal(variant_step_due(&variant_template(VARIANT_USUAL)->steps[0],
	                                  day_from_civil((struct civil){ 2026, 11, 23 })),
	                 day_from_civil((struct civil){ 2026, 11, 30 }));
}

static void casefiles_join_only_where_nothing_is_lost_and_both_are_for_the_same(void **state)
{
	const struct casefile_joining good = { .into_state = CASEFILE_ANALYSIS,
		                               .other_state = CASEFILE_OPEN,
		                               .same_activity = true,
		                               .same_variant = true,
		                               .same_bottleneck = true,
		                               .members = 60,
		                               .subjects = 100 };
	struct casefile_joining bad[11];

	(void)state;
	assert_true(verdict_allows(casefile_may_join(&good)));
	for (size_t i = 0; i < 11; i++)
		bad[i] = good;
	bad[0].into_state = CASEFILE_ADVICE_DRAFT;
	bad[1].other_state = CASEFILE_ANALYSIS;
	bad[2].same_activity = false;
	bad[3].same_variant = false;
	bad[4].same_bottleneck = false;
	bad[5].notes = 501;
	bad[6].tasks = 201;
	bad[7].paragraphs = bad[7].into_paragraphs = 1;
	bad[8].paragraphs = 1;
	bad[9].proposals = 1;
	bad[10].subjects = 101;
	for (size_t i = 0; i < 11; i++) {
		const struct verdict v = casefile_may_join(&bad[i]);
		assert_false(verdict_allows(v));
		assert_true(strlen(v.sentence) > 20);
	}
}

/* Whatever is in the way: why it can't, and what to do; what is only to be filled in is both at once. */
static void assert_says_what_to_do(const struct move *mv, const struct casefile_picture *p)
{
	const struct verdict v = mv->guard(p);

	if (verdict_allows(v))
		return;
	assert_non_null(v.sentence);
	const char end = v.sentence[strlen(v.sentence) - 1];
	const bool fills_in =
	    strncmp(v.sentence, "Kies ", 5) == 0 || strncmp(v.sentence, "Schrijf ", 8) == 0;
	if (end != '.' || (v.next == NULL && !fills_in))
		fail_msg("\"%s\" doesn't say what to do", v.sentence);
}

static void a_step_that_cannot_be_made_says_why_and_what_to_do(void **state)
{
	static const int VARIANTS[] = { VARIANT_USUAL, VARIANT_FAST_TRACK, VARIANT_WASSTRAAT,
		                        VARIANT_SCAN };

	(void)state;
	for (size_t i = 0; i < CASEFILE_MACHINE.move_count; i++)
		for (size_t j = 0; j < sizeof VARIANTS / sizeof VARIANTS[0]; j++) {
			const struct move *mv = &CASEFILE_MACHINE.moves[i];
			struct casefile_picture nothing = { .variant = VARIANTS[j] };
			struct casefile_picture late = complete();
			if (mv->guard == NULL || mv->who == 0)
				continue;
			late.variant = nothing.variant = VARIANTS[j];
			assert_says_what_to_do(mv, &nothing);
			assert_says_what_to_do(mv, &late);
			late.open_objections = 1;
			late.second_person = false;
			assert_says_what_to_do(mv, &late);
			late.open_objections = 0;
			assert_says_what_to_do(mv, &late);
			late.open_interventions = late.incomplete_proposals = 1;
			late.advice_final = true;
			assert_says_what_to_do(mv, &late);
			late.open_interventions = 0;
			late.feedback_arranged = false;
			assert_says_what_to_do(mv, &late);
		}
}

static void a_join_that_cannot_be_says_why_and_what_to_do(void **state)
{
	static const struct casefile_joining CANNOT[] = {
		{ .into_state = CASEFILE_AT_STEERING },
		{ .into_state = CASEFILE_OPEN, .other_state = CASEFILE_CLOSED },
		{ .into_state = CASEFILE_OPEN, .other_state = CASEFILE_OPEN },
		{ CASEFILE_OPEN, CASEFILE_OPEN, true, true, true, .paragraphs = 1 },
		{ CASEFILE_OPEN, CASEFILE_OPEN, true, true, true, .paragraphs = 1,
		  .into_paragraphs = 1 },
		{ CASEFILE_OPEN, CASEFILE_OPEN, true, true, true, .proposals = 1 },
		{ CASEFILE_OPEN, CASEFILE_OPEN, true, true, true, .notes = 501 },
	};

	(void)state;
	for (size_t i = 0; i < sizeof CANNOT / sizeof CANNOT[0]; i++) {
		const struct verdict v = casefile_may_join(&CANNOT[i]);
		assert_false(verdict_allows(v));
		assert_non_null(v.sentence);
		if (v.next == NULL)
			fail_msg("\"%s\" doesn't say what to do", v.sentence);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_that_cannot_be_made_says_why_and_what_to_do),
		cmocka_unit_test(a_join_that_cannot_be_says_why_and_what_to_do),
		cmocka_unit_test(
		    each_way_of_working_has_its_own_steps_and_terms_and_says_what_it_may),
		cmocka_unit_test(
		    casefiles_join_only_where_nothing_is_lost_and_both_are_for_the_same),
		cmocka_unit_test(each_step_is_made_by_the_roles_that_the_dossier_names),
		cmocka_unit_test(
		    every_live_casefile_can_be_stopped_with_a_reason_and_none_comes_back),
		cmocka_unit_test(what_ended_is_destroyed_by_a_records_manager_after_two_signatures),
		cmocka_unit_test(stopped_goes_within_a_month_and_closed_within_half_a_year),
		cmocka_unit_test(only_a_new_adopted_signal_takes_a_closed_casefile_up_again),
		cmocka_unit_test(a_wasstraat_goes_to_partners_and_a_scan_to_no_advice),
		cmocka_unit_test(a_casefile_goes_back_to_its_advice_only_once_that_is_withdrawn),
		cmocka_unit_test(
		    an_advice_is_final_only_when_whole_unopposed_and_signed_by_another),
		cmocka_unit_test(a_bottleneck_needs_a_designation_that_counts_today),
		cmocka_unit_test(a_scan_is_a_scan_in_activity_and_variant_alike),
		cmocka_unit_test(each_role_sees_what_the_matrix_gives_and_partners_only_as_members),
		cmocka_unit_test(
		    a_phase_opens_by_a_coordinator_who_is_another_than_who_proposed_it),
		cmocka_unit_test(phase_3_needs_police_or_om_and_never_opens_on_a_scan),
		cmocka_unit_test(a_proposal_without_its_reasons_is_no_proposal),
		cmocka_unit_test(a_block_is_stronger_than_any_role_or_membership),
	};
	return cmocka_run_group_tests_name("casework_rules", tests, NULL, NULL);
}
