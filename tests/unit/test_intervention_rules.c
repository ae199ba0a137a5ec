/* Interventions: who may do what when, whose agreement it needs, and when its effect is asked. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "interventions/daily_words.h"
#include "interventions/intervention.h"
#include "interventions/person_free.h"
#include "law/instruments.h"

static struct verdict ask(uint8_t from, uint8_t action, enum role role,
                          const struct intervention_picture *p)
{
	const struct move *mv = machine_move(&INTERVENTION_MACHINE, from, action);
	assert_non_null(mv);
	return move_verdict(mv, ROLE_BIT(role), p);
}

static bool may(uint8_t from, uint8_t action, enum role role, const struct intervention_picture *p)
{
	return verdict_allows(ask(from, action, role, p));
}

enum { TODAY = 20780 };

/* One with everything that any step asks. */
static struct intervention_picture good(void)
{
	return (struct intervention_picture){
		.owners = 2,
		.owners_agreed = 2,
		.has_basis = true,
		.has_lead = true,
		.lead_in_force = true,
		.due_day = TODAY + 30,
		.today = TODAY,
		.assessments = 1,
		.reason_given = true,
		.review_day = TODAY + 7,
		.executed_day = TODAY - 1,
		.has_result = true,
	};
}

/* Who may act in which state, from D 6.4: the whole table of states, actions and roles. */
#define R(name)   ROLE_BIT(ROLE_##name)
#define STEERING  (R(STEERING_MEMBER) | R(STEERING_SECRETARY))
#define DECIDERS  (STEERING | R(RIEC_HEAD))
#define EXECUTORS (R(EXECUTOR) | R(PARTNER_DESK))
static const struct {
	uint8_t from, action, to;
	uint64_t who;
} DOSSIER[] = {
	{ INTERVENTION_NONE, INTERVENTION_PROPOSE, INTERVENTION_PROPOSED, DECIDERS },
	{ INTERVENTION_PROPOSED, INTERVENTION_APPROVE, INTERVENTION_APPROVED, DECIDERS },
	{ INTERVENTION_PROPOSED, INTERVENTION_ASK_OWNERS, INTERVENTION_AGREEING, DECIDERS },
	{ INTERVENTION_PROPOSED, INTERVENTION_REJECT, INTERVENTION_REJECTED, DECIDERS },
	{ INTERVENTION_AGREEING, INTERVENTION_AGREE, INTERVENTION_APPROVED,
	  R(MAYOR_READER) | R(PARTNER_DECIDER) },
	{ INTERVENTION_AGREEING, INTERVENTION_CANCEL, INTERVENTION_CANCELLED, STEERING },
	{ INTERVENTION_APPROVED, INTERVENTION_ASSIGN, INTERVENTION_ASSIGNED, R(INTERVENTION_LEAD) },
	{ INTERVENTION_APPROVED, INTERVENTION_CANCEL, INTERVENTION_CANCELLED, STEERING },
	{ INTERVENTION_ASSIGNED, INTERVENTION_ASSIGN, INTERVENTION_ASSIGNED, R(INTERVENTION_LEAD) },
	{ INTERVENTION_ASSIGNED, INTERVENTION_START, INTERVENTION_IN_PROGRESS, EXECUTORS },
	{ INTERVENTION_ASSIGNED, INTERVENTION_HOLD, INTERVENTION_ON_HOLD,
	  EXECUTORS | R(INTERVENTION_LEAD) },
	{ INTERVENTION_ASSIGNED, INTERVENTION_GIVE_UP, INTERVENTION_NOT_EXECUTED,
	  R(INTERVENTION_LEAD) },
	{ INTERVENTION_ASSIGNED, INTERVENTION_CANCEL, INTERVENTION_CANCELLED, STEERING },
	{ INTERVENTION_IN_PROGRESS, INTERVENTION_ASSIGN, INTERVENTION_IN_PROGRESS,
	  R(INTERVENTION_LEAD) },
	{ INTERVENTION_IN_PROGRESS, INTERVENTION_HOLD, INTERVENTION_ON_HOLD,
	  EXECUTORS | R(INTERVENTION_LEAD) },
	{ INTERVENTION_IN_PROGRESS, INTERVENTION_GIVE_UP, INTERVENTION_NOT_EXECUTED,
	  R(INTERVENTION_LEAD) },
	{ INTERVENTION_IN_PROGRESS, INTERVENTION_EXECUTE, INTERVENTION_EXECUTED, EXECUTORS },
	{ INTERVENTION_IN_PROGRESS, INTERVENTION_CANCEL, INTERVENTION_CANCELLED, STEERING },
	{ INTERVENTION_ON_HOLD, INTERVENTION_ASSIGN, INTERVENTION_ON_HOLD, R(INTERVENTION_LEAD) },
	{ INTERVENTION_ON_HOLD, INTERVENTION_RESUME, INTERVENTION_IN_PROGRESS, EXECUTORS },
	{ INTERVENTION_ON_HOLD, INTERVENTION_GIVE_UP, INTERVENTION_NOT_EXECUTED,
	  R(INTERVENTION_LEAD) },
	{ INTERVENTION_ON_HOLD, INTERVENTION_CANCEL, INTERVENTION_CANCELLED, STEERING },
	{ INTERVENTION_EXECUTED, INTERVENTION_CONFIRM, INTERVENTION_CONFIRMED,
	  R(INTERVENTION_LEAD) },
	{ INTERVENTION_CONFIRMED, INTERVENTION_ASSESS, INTERVENTION_ASSESSED,
	  R(INTERVENTION_LEAD) | R(WORKING_GROUP) },
	{ INTERVENTION_ASSESSED, INTERVENTION_CLOSE, INTERVENTION_CLOSED, DECIDERS },
	{ INTERVENTION_NOT_EXECUTED, INTERVENTION_CLOSE, INTERVENTION_CLOSED, DECIDERS },
};
enum { ROWS = sizeof DOSSIER / sizeof DOSSIER[0] };

static int row_of(uint8_t from, uint8_t action)
{
	for (int i = 0; i < ROWS; i++)
		if (DOSSIER[i].from == from && DOSSIER[i].action == action)
			return i;
	return -1;
}

static void every_state_action_and_role_is_what_the_dossier_says(void **state)
{
	const struct intervention_picture p = good();
	(void)state;
	for (uint8_t s = 0; s < INTERVENTION_STATE_COUNT; s++)
		for (uint8_t a = 1; a <= INTERVENTION_CANCEL; a++) {
			const struct move *mv = machine_move(&INTERVENTION_MACHINE, s, a);
			const int row = row_of(s, a);
			assert_int_equal(mv != NULL, row >= 0);
			if (row < 0)
				continue;
			assert_int_equal(mv->to, DOSSIER[row].to);
			for (int role = 1; role < ROLE_COUNT; role++)
				assert_int_equal(
				    verdict_allows(move_verdict(mv, ROLE_BIT(role), &p)),
				    (DOSSIER[row].who & ROLE_BIT(role)) != 0);
		}
}

static void without_basis_owner_regievoerder_or_day_nothing_is_approved(void **state)
{
	(void)state;
	for (int lacks = 0; lacks < 5; lacks++) {
		struct intervention_picture p = good();
		p.has_basis = lacks != 0;
		p.owners = lacks != 1 ? 2 : 0;
		p.has_lead = lacks != 2;
		p.due_day = lacks != 3 ? p.due_day : 0;
		p.lead_in_force = lacks != 4;
		p.owners_agreed = p.owners;
		assert_false(
		    may(INTERVENTION_PROPOSED, INTERVENTION_APPROVE, ROLE_STEERING_SECRETARY, &p));
		assert_false(may(INTERVENTION_PROPOSED, INTERVENTION_ASK_OWNERS,
		                 ROLE_STEERING_SECRETARY, &p));
	}
}

static void no_owner_is_bound_by_others(void **state)
{
	struct intervention_picture p = good();
	(void)state;
	p.owners_agreed = 1;
	assert_false(may(INTERVENTION_PROPOSED, INTERVENTION_APPROVE, ROLE_STEERING_MEMBER, &p));
	assert_true(may(INTERVENTION_PROPOSED, INTERVENTION_ASK_OWNERS, ROLE_STEERING_MEMBER, &p));
	assert_false(may(INTERVENTION_AGREEING, INTERVENTION_AGREE, ROLE_MAYOR_READER, &p));
	assert_false(may(INTERVENTION_APPROVED, INTERVENTION_ASSIGN, ROLE_INTERVENTION_LEAD, &p));
}

static void a_regievoerder_whose_appointment_ended_assigns_nobody(void **state)
{
	struct intervention_picture p = good();
	(void)state;
	p.lead_in_force = false;
	assert_false(may(INTERVENTION_APPROVED, INTERVENTION_ASSIGN, ROLE_INTERVENTION_LEAD, &p));
}

static void every_stop_says_why_and_every_hold_says_until_when(void **state)
{
	struct intervention_picture p = good();
	(void)state;
	p.reason_given = false;
	assert_false(
	    may(INTERVENTION_IN_PROGRESS, INTERVENTION_GIVE_UP, ROLE_INTERVENTION_LEAD, &p));
	assert_false(may(INTERVENTION_IN_PROGRESS, INTERVENTION_CANCEL, ROLE_STEERING_MEMBER, &p));
	assert_false(may(INTERVENTION_PROPOSED, INTERVENTION_REJECT, ROLE_STEERING_MEMBER, &p));
	assert_false(may(INTERVENTION_IN_PROGRESS, INTERVENTION_HOLD, ROLE_EXECUTOR, &p));
	p = good();
	p.review_day = TODAY;
	assert_false(may(INTERVENTION_IN_PROGRESS, INTERVENTION_HOLD, ROLE_EXECUTOR, &p));
}

static void a_result_has_words_and_a_day_that_has_been(void **state)
{
	struct intervention_picture p = good();
	(void)state;
	p.has_result = false;
	assert_false(may(INTERVENTION_IN_PROGRESS, INTERVENTION_EXECUTE, ROLE_EXECUTOR, &p));
	p = good();
	p.executed_day = TODAY + 1;
	assert_false(may(INTERVENTION_IN_PROGRESS, INTERVENTION_EXECUTE, ROLE_EXECUTOR, &p));
	p.executed_day = 0;
	assert_false(may(INTERVENTION_IN_PROGRESS, INTERVENTION_EXECUTE, ROLE_EXECUTOR, &p));
}

static void what_is_over_takes_no_result_no_report_and_no_amount(void **state)
{
	static const uint8_t OVER[] = { INTERVENTION_REJECTED, INTERVENTION_NOT_EXECUTED,
		                        INTERVENTION_CLOSED, INTERVENTION_CANCELLED };
	(void)state;
	for (size_t i = 0; i < sizeof OVER; i++) {
		assert_null(machine_move(&INTERVENTION_MACHINE, OVER[i], INTERVENTION_EXECUTE));
		assert_false(intervention_reports(OVER[i]));
		assert_false(intervention_takes_amounts(OVER[i]));
		assert_false(intervention_runs(OVER[i]));
	}
}

static void only_this_regievoerder_executor_or_desk_acts(void **state)
{
	struct intervention_people people = { .lead_id = 5, .organ_id = 7, .executor_id = 9 };
	struct viewer v = { .appointment_id = 5, .role = ROLE_INTERVENTION_LEAD };
	(void)state;
	assert_true(intervention_concerns(&v, &people));
	v.appointment_id = 6;
	assert_false(intervention_concerns(&v, &people));
	v = (struct viewer){ .appointment_id = 9, .role = ROLE_EXECUTOR };
	assert_true(intervention_concerns(&v, &people));
	v.appointment_id = 10;
	assert_false(intervention_concerns(&v, &people));
	v = (struct viewer){ .appointment_id = 11, .organ_id = 7, .role = ROLE_PARTNER_DESK };
	assert_false(intervention_concerns(&v, &people)); /* it has an executor of its own */
	people.executor_id = 0;
	assert_true(intervention_concerns(&v, &people));
	v.organ_id = 8;
	assert_false(intervention_concerns(&v, &people));
}

static void reports_are_due_each_month_also_after_a_late_one(void **state)
{
	const int32_t day = day_from_civil((struct civil){ 2026, 1, 31 });
	(void)state;
	assert_int_equal(report_first_due(day), day_from_civil((struct civil){ 2026, 2, 28 }));
	assert_int_equal(report_next_due(day, day - 3),
	                 day_from_civil((struct civil){ 2026, 2, 28 }));
	assert_int_equal(report_next_due(day, day_from_civil((struct civil){ 2026, 4, 2 })),
	                 day_from_civil((struct civil){ 2026, 5, 28 })); /* April is told of */
	assert_int_equal(report_month(day), 202601);
}

static void effect_is_asked_after_three_six_and_twelve_months_once_each(void **state)
{
	const int32_t done = day_from_civil((struct civil){ 2026, 1, 15 });
	int64_t made = 0;
	(void)state;
	assert_int_equal(effect_next_months(made), 3);
	assert_false(verdict_allows(
	    effect_may_assess(INTERVENTION_CONFIRMED, done, made, 3, effect_due_day(done, 3) - 1)));
	assert_true(verdict_allows(
	    effect_may_assess(INTERVENTION_CONFIRMED, done, made, 3, effect_due_day(done, 3))));
	made |= effect_bit(3);
	assert_false(verdict_allows(
	    effect_may_assess(INTERVENTION_ASSESSED, done, made, 3, effect_due_day(done, 12))));
	assert_true(verdict_allows(
	    effect_may_assess(INTERVENTION_CLOSED, done, made, 12, effect_due_day(done, 12))));
	assert_false(verdict_allows(
	    effect_may_assess(INTERVENTION_EXECUTED, done, made, 6, effect_due_day(done, 12))));
	made |= effect_bit(6) | effect_bit(12);
	assert_int_equal(effect_next_months(made), 0);
}

static void codes_say_what_the_law_says(void **state)
{
	size_t kinds = 0, weights = 0;
	const struct law_intervention_kind_row *kind = law_intervention_kinds(&kinds);
	const struct law_weight_row *weight = law_weights(&weights);
	(void)state;
	for (size_t i = 0; i < kinds; i++) {
		assert_int_equal(INTERVENTION_KINDS[i].value, kind[i].code);
		assert_string_equal(INTERVENTION_KINDS[i].name, kind[i].id);
		assert_string_equal(INTERVENTION_KINDS[i].label, kind[i].label);
	}
	for (size_t i = 0; i < weights; i++) {
		assert_int_equal(INTERVENTION_WEIGHTS[i].value, weight[i].code);
		assert_string_equal(INTERVENTION_WEIGHTS[i].label, weight[i].label);
	}
	assert_null(INTERVENTION_KINDS[kinds].name);
	assert_null(INTERVENTION_WEIGHTS[weights].name);
}

/* ---- whom a text names ------------------------------------------------------------------------- */

static bool names_somebody(const char *text, const char *name)
{
	struct arena a;
	const char *const names[] = { name };

	arena_init(&a, 1 << 16);
	const bool found = person_free_problem(&a, text, names, 1, 20000) != NULL;
	arena_reset(&a);
	return found;
}

static void a_name_is_found_as_people_write_names(void **state)
{
	static const struct {
		const char *text, *name;
		bool found;
	} NAMED[] = {
		{ "Geen overlast meer op het terrein", "Jan van der Meer", false },
		{ "Meer rust op het terrein", "Jan van der Meer", false },
		{ "Rustig. Meer licht.\nMeer toezicht: Meer groen", "Jan van der Meer", false },
		{ "Niemand van de haven", "Van der Haven", false },
		{ "De buren van der Meer zijn weg", "Jan van der Meer", true },
		{ "Bij Meer is het stil", "Jan van der Meer", true },
		{ "jan van huis", "Jan van der Meer", false },
		{ "MEER OVERLAST DOOR MEER", "Jan van der Meer", true },
		{ "De jong en oud overlast is weg", "Piet de Jong", false },
		{ "Het gaat goed met de Jong", "Piet de Jong", true },
		{ "Het gaat goed met piet jong", "Piet Jong", true },
		{ "zandwijk is weg", "Milan Zandwijk", true },
		{ "Zandwijk is weg", "Milan Zandwijk", true },
		{ "ZANDWIJK is weg", "Milan Zandwijk", true },
		{ "De zandwijken zijn weg", "Milan Zandwijk", false },
		{ "milan komt niet meer", "Milan Zandwijk", true },
		{ "Geen opslag meer van grondstoffen", "Zandwijk Opslag B.V.", false },
		{ "De opslag van zandwijk", "Zandwijk Opslag B.V.", true },
		{ "Bij zandduin transport", "Zandduin Transport", true },
		{ "Geen transport meer", "Zandduin Transport", false },
		{ "Jan Bos liep weg", "Jan Bos", true },
		{ "Rustig in het bos", "Jan Bos", false },
	};

	(void)state;
	for (size_t i = 0; i < sizeof NAMED / sizeof NAMED[0]; i++)
		if (names_somebody(NAMED[i].text, NAMED[i].name) != NAMED[i].found)
			fail_msg("'%s' and '%s'", NAMED[i].text, NAMED[i].name);
}

static void words_of_every_day_stand_in_order(void **state)
{
	static const char *const EACH[] = { "aarde", "Meer", "jong", "haven", "zwembad", "OPSLAG" };
	static const char *const NONE[] = { "zandwijk", "mee", "meere", "a", "zzz" };

	(void)state;
	for (size_t i = 0; i < sizeof EACH / sizeof EACH[0]; i++)
		assert_true(is_daily_word(EACH[i], strlen(EACH[i])));
	for (size_t i = 0; i < sizeof NONE / sizeof NONE[0]; i++)
		assert_false(is_daily_word(NONE[i], strlen(NONE[i])));
	assert_true(is_name_prefix("VAN", 3));
	assert_false(is_name_prefix("jan", 3));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_state_action_and_role_is_what_the_dossier_says),
		cmocka_unit_test(without_basis_owner_regievoerder_or_day_nothing_is_approved),
		cmocka_unit_test(no_owner_is_bound_by_others),
		cmocka_unit_test(a_regievoerder_whose_appointment_ended_assigns_nobody),
		cmocka_unit_test(every_stop_says_why_and_every_hold_says_until_when),
		cmocka_unit_test(a_result_has_words_and_a_day_that_has_been),
		cmocka_unit_test(what_is_over_takes_no_result_no_report_and_no_amount),
		cmocka_unit_test(only_this_regievoerder_executor_or_desk_acts),
		cmocka_unit_test(reports_are_due_each_month_also_after_a_late_one),
		cmocka_unit_test(effect_is_asked_after_three_six_and_twelve_months_once_each),
		cmocka_unit_test(codes_say_what_the_law_says),
		cmocka_unit_test(a_name_is_found_as_people_write_names),
		cmocka_unit_test(words_of_every_day_stand_in_order),
	};
	return cmocka_run_group_tests_name("interventions", tests, NULL, NULL);
}
