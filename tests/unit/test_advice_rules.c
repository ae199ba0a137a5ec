/* What an advice needs before two persons sign it, and who reads how much of it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "advice/advice.h"
#include "casework/casefile.h"
#include "law/handling.h"

/* Everything that it needs; person 1 signed first, person 2 acts. */
static struct advice_picture complete(void)
{
	return (struct advice_picture){
		.casefile_waits = true,
		.concluded = true,
		.reason_given = true,
		.proposals = 3,
		.actor_person_id = 2,
		.signer_person_id = 1,
	};
}

static bool may(uint8_t from, uint8_t action, enum role role, const struct advice_picture *p)
{
	const struct move *mv = machine_move(&ADVICE_MACHINE, from, action);
	return mv != NULL && verdict_allows(move_verdict(mv, ROLE_BIT(role), p));
}

/* ---- promises ------------------------------------------------------------------------------------ */

static void each_move_is_open_to_its_roles_in_its_state_and_nowhere_else(void **state)
{
	static const struct {
		uint8_t from, action;
		uint64_t who;
	} MOVES[] = {
		{ ADVICE_NONE, ADVICE_WRITE,
		  ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_WORKING_GROUP) },
		{ ADVICE_DRAFT, ADVICE_ASK, ROLE_BIT(ROLE_ANALYST) },
		{ ADVICE_DRAFT, ADVICE_SIGN, ROLE_BIT(ROLE_ANALYST) },
		{ ADVICE_SIGNED, ADVICE_GIVE_BACK,
		  ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_RIEC_HEAD) },
		{ ADVICE_SIGNED, ADVICE_CONFIRM,
		  ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_RIEC_HEAD) },
		{ ADVICE_FINAL, ADVICE_WITHDRAW,
		  ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_RIEC_HEAD) },
	};
	struct advice_picture p = complete();
	(void)state;

	for (uint8_t from = ADVICE_NONE; from <= ADVICE_WITHDRAWN; from++)
		for (uint8_t action = ADVICE_WRITE; action <= ADVICE_WITHDRAW; action++)
			for (int role = 1; role < ROLE_COUNT; role++) {
				bool due = false;
				p.unasked = action == ADVICE_ASK ? 1 : 0;
				for (size_t i = 0; i < sizeof MOVES / sizeof MOVES[0]; i++)
					due = due ||
					      (MOVES[i].from == from && MOVES[i].action == action &&
					       (MOVES[i].who & ROLE_BIT(role)) != 0);
				assert_int_equal(may(from, action, (enum role)role, &p), due);
			}
}

#define LACKS(field, value, words)                                                                 \
	{                                                                                          \
		struct advice_picture p = complete();                                              \
		p.field = (value);                                                                 \
		assert_false(may(ADVICE_DRAFT, ADVICE_SIGN, ROLE_ANALYST, &p));                    \
		assert_false(may(ADVICE_SIGNED, ADVICE_CONFIRM, ROLE_ANALYST, &p));                \
		const struct move *mv = machine_move(&ADVICE_MACHINE, ADVICE_DRAFT, ADVICE_SIGN);  \
		const struct verdict v = move_verdict(mv, ROLE_BIT(ROLE_ANALYST), &p);             \
		assert_non_null(strstr(v.sentence, words));                                        \
	}

static void nobody_signs_an_advice_that_lacks_something(void **state)
{
	const struct advice_picture good = complete();
	(void)state;

	assert_true(may(ADVICE_DRAFT, ADVICE_SIGN, ROLE_ANALYST, &good));
	LACKS(casefile_waits, false, "niet bij het advies");
	LACKS(concluded, false, "conclusie");
	LACKS(proposals, 0, "geen interventie");
	LACKS(incomplete, 1, "grondslag");
	LACKS(unchecked, 1, "uitvoerbaar");
	LACKS(infeasible, 1, "kan een voorstel niet uitvoeren");
	LACKS(sources_unasked, 1, "elke bron");
	LACKS(sources_stale, 1, "kwamen er gegevens van die bron bij");
	LACKS(sources_waiting, 1, "kan nog bezwaar maken");
	LACKS(objections, 1, "heeft bezwaar");
}

static void the_second_signature_is_another_person_s(void **state)
{
	struct advice_picture p = complete();
	(void)state;

	assert_true(may(ADVICE_SIGNED, ADVICE_CONFIRM, ROLE_RIEC_HEAD, &p));
	p.actor_person_id =
	    p.signer_person_id; /* under another appointment it is the same person */
	assert_false(may(ADVICE_SIGNED, ADVICE_CONFIRM, ROLE_RIEC_HEAD, &p));
	assert_false(may(ADVICE_SIGNED, ADVICE_CONFIRM, ROLE_ANALYST, &p));
}

static void what_is_decided_is_not_withdrawn_and_a_withdrawal_says_why(void **state)
{
	struct advice_picture p = complete();
	(void)state;

	assert_true(may(ADVICE_FINAL, ADVICE_WITHDRAW, ROLE_RIEC_HEAD, &p));
	p.reason_given = false;
	assert_false(may(ADVICE_FINAL, ADVICE_WITHDRAW, ROLE_RIEC_HEAD, &p));
	p.reason_given = true;
	p.decided = true;
	assert_false(may(ADVICE_FINAL, ADVICE_WITHDRAW, ROLE_RIEC_HEAD, &p));
}

static void asking_again_when_everybody_was_asked_is_refused(void **state)
{
	struct advice_picture p = complete();
	(void)state;

	assert_false(may(ADVICE_DRAFT, ADVICE_ASK, ROLE_ANALYST, &p));
	p.sources_unasked = 1;
	assert_true(may(ADVICE_DRAFT, ADVICE_ASK, ROLE_ANALYST, &p));
	p.sources_unasked = 0;
	p.sources_stale = 1; /* who answered before more facts came */
	assert_true(may(ADVICE_DRAFT, ADVICE_ASK, ROLE_ANALYST, &p));
	p.incomplete = 1; /* an owner can't judge half a proposal */
	assert_false(may(ADVICE_DRAFT, ADVICE_ASK, ROLE_ANALYST, &p));
}

static void an_advice_is_written_where_its_casefile_waits_for_one(void **state)
{
	(void)state;
	for (uint8_t s = CASEFILE_NONE; s <= CASEFILE_ARCHIVED; s++)
		for (int variant = VARIANT_USUAL; variant <= VARIANT_SCAN; variant++)
			assert_int_equal(advice_awaited(s, variant),
			                 s == CASEFILE_ADVICE_DRAFT ||
			                     (s == CASEFILE_OPEN && variant == VARIANT_FAST_TRACK));
}

static void only_who_has_the_power_can_own_an_instrument(void **state)
{
	size_t count = 0;
	const struct law_instrument *rows = law_instruments(&count);
	(void)state;

	for (size_t i = 0; i < count; i++)
		for (char letter = 'a'; letter <= 'l'; letter++)
			assert_int_equal(verdict_allows(advice_may_own(rows[i].code, letter)),
			                 (rows[i].owners & LAW_LETTER_BIT(letter)) != 0);
	assert_false(verdict_allows(advice_may_own(999, 'a')));
	assert_false(verdict_allows(advice_may_own(501, 0)));
	assert_false(verdict_allows(advice_may_own(501, 'm')));
}

static void codes_are_those_of_the_law(void **state)
{
	size_t count = 0;
	const struct law_intervention_kind_row *kinds = law_intervention_kinds(&count);
	(void)state;

	for (size_t i = 0; i < count; i++) {
		assert_int_equal(ADVICE_KINDS[i].value, kinds[i].code);
		assert_string_equal(ADVICE_KINDS[i].name, kinds[i].id);
		assert_string_equal(ADVICE_KINDS[i].label, kinds[i].label);
	}
	assert_null(ADVICE_KINDS[count].name);
	const struct law_weight_row *weights = law_weights(&count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(ADVICE_WEIGHTS[i].value, weights[i].code);
		assert_string_equal(ADVICE_WEIGHTS[i].label, weights[i].label);
	}
	assert_null(ADVICE_WEIGHTS[count].name);
}

static void a_fact_is_usable_at_first_as_its_handling_says(void **state)
{
	size_t count = 0;
	const struct law_handling_code *codes = law_handling_codes(&count);
	(void)state;

	assert_int_equal(count, 4);
	assert_string_equal(codes[0].code, "H0");
	assert_int_equal(usable_at_first(1), USABLE_YES);
	assert_int_equal(usable_at_first(2), USABLE_AFTER_CONSENT);
	assert_int_equal(usable_at_first(3), USABLE_AFTER_CONSENT);
	assert_int_equal(usable_at_first(4), USABLE_NO);
	assert_int_equal(usable_at_first(0), USABLE_AFTER_CONSENT); /* nobody said so yet */
}

/* ---- readers ------------------------------------------------------------------------------------------ */

enum { POLICE = 7, TAX = 8, TOWN = 9 };

static enum advice_reach reach(uint8_t state, int variant, uint8_t casefile_state, audience who)
{
	/* involved: police (an owner) and tax (a source); the town owns without being involved */
	static const struct advice_party PARTIES[] = {
		{ POLICE, true, true, false },
		{ TAX, true, false, true },
		{ TOWN, false, true, false },
	};
	struct advice_reader list[ADVICE_READERS_MAX];
	const size_t count = advice_readers(state, variant, PARTIES, 3, list);
	enum advice_reach most = 0;

	for (size_t i = 0; i < count; i++)
		if (list[i].who == who && (list[i].casefile_states >> casefile_state & 1) != 0 &&
		    list[i].reach > most)
			most = list[i].reach;
	return most;
}

static void owners_and_sources_read_their_own_part_and_no_more(void **state)
{
	const audience desk = audience_of(AUDIENCE_ORGAN_DESK, TOWN);
	const audience source = audience_of(AUDIENCE_DECIDERS, TAX);
	(void)state;

	for (uint8_t s = ADVICE_DRAFT; s <= ADVICE_FINAL; s++) {
		assert_int_equal(reach(s, VARIANT_USUAL, CASEFILE_ADVICE_DRAFT, desk),
		                 REACH_OWN_PART);
		assert_int_equal(reach(s, VARIANT_USUAL, CASEFILE_DECIDED, source), REACH_OWN_PART);
		assert_int_equal(reach(s, VARIANT_USUAL, CASEFILE_STOPPED, desk), 0);
		assert_int_equal(reach(s, VARIANT_USUAL, CASEFILE_CLOSED, desk), 0);
	}
	assert_int_equal(reach(ADVICE_WITHDRAWN, VARIANT_USUAL, CASEFILE_ADVICE_DRAFT, desk), 0);
}

static void the_stuurploeg_of_who_takes_part_reads_it_once_it_is_submitted(void **state)
{
	const audience police = audience_of(AUDIENCE_STEERING, POLICE);
	const audience town = audience_of(AUDIENCE_STEERING, TOWN);
	const audience secretary = audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY);
	(void)state;

	for (uint8_t s = CASEFILE_NONE; s <= CASEFILE_ARCHIVED; s++) {
		const enum advice_reach due =
		    s >= CASEFILE_AT_STEERING && s <= CASEFILE_CLOSED ? REACH_WHOLE : 0;
		assert_int_equal(reach(ADVICE_FINAL, VARIANT_USUAL, s, police), due);
		assert_int_equal(reach(ADVICE_FINAL, VARIANT_USUAL, s, secretary), due);
		assert_int_equal(reach(ADVICE_FINAL, VARIANT_USUAL, s, town), 0);
		assert_int_equal(reach(ADVICE_SIGNED, VARIANT_USUAL, s, police), 0);
		assert_int_equal(reach(ADVICE_WITHDRAWN, VARIANT_USUAL, s, police), 0);
	}
}

static void partners_read_a_wasstraat_advice_once_it_was_provided(void **state)
{
	const audience desk = audience_of(AUDIENCE_ORGAN_DESK, POLICE);
	(void)state;

	assert_int_equal(reach(ADVICE_FINAL, VARIANT_WASSTRAAT, CASEFILE_ADVICE_FINAL, desk),
	                 REACH_OWN_PART);
	assert_int_equal(reach(ADVICE_FINAL, VARIANT_WASSTRAAT, CASEFILE_EXECUTION, desk),
	                 REACH_WHOLE);
	assert_int_equal(reach(ADVICE_FINAL, VARIANT_USUAL, CASEFILE_EXECUTION, desk),
	                 REACH_OWN_PART);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_move_is_open_to_its_roles_in_its_state_and_nowhere_else),
		cmocka_unit_test(nobody_signs_an_advice_that_lacks_something),
		cmocka_unit_test(the_second_signature_is_another_person_s),
		cmocka_unit_test(what_is_decided_is_not_withdrawn_and_a_withdrawal_says_why),
		cmocka_unit_test(asking_again_when_everybody_was_asked_is_refused),
		cmocka_unit_test(an_advice_is_written_where_its_casefile_waits_for_one),
		cmocka_unit_test(only_who_has_the_power_can_own_an_instrument),
		cmocka_unit_test(codes_are_those_of_the_law),
		cmocka_unit_test(a_fact_is_usable_at_first_as_its_handling_says),
		cmocka_unit_test(owners_and_sources_read_their_own_part_and_no_more),
		cmocka_unit_test(the_stuurploeg_of_who_takes_part_reads_it_once_it_is_submitted),
		cmocka_unit_test(partners_read_a_wasstraat_advice_once_it_was_provided),
	};
	return cmocka_run_group_tests_name("advice rules", tests, NULL, NULL);
}
