/* Accounts, appointments and sign-in: who may move what, and how long things last. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "people/account.h"
#include "people/appointment.h"
#include "people/sign_in.h"

enum { TODAY = 20000 };
static const int64_t MINUTE = 60000;

static struct account_picture ready(void)
{
	return (struct account_picture){ .today = TODAY,
		                         .screened_on = TODAY - 10,
		                         .trained_on = TODAY - 5,
		                         .actor_same_employer = true,
		                         .screened_by_vog = true };
}

static struct verdict account_may(uint8_t from, uint8_t action, uint64_t roles,
                                  const struct account_picture *p)
{
	const struct move *mv = machine_move(&ACCOUNT_MACHINE, from, action);
	assert_non_null(mv);
	return move_verdict(mv, roles, p);
}

static const uint64_t MANAGER = ROLE_BIT(ROLE_AUTHORISATION_MANAGER);
static const uint64_t HEAD = ROLE_BIT(ROLE_RIEC_HEAD);

static void who_confirmed_an_account_cannot_activate_it(void **state)
{
	(void)state;
	struct account_picture p = ready();
	assert_true(verdict_allows(account_may(ACCOUNT_TRAINED, ACCOUNT_ACTIVATE, HEAD, &p)));
	p.actor_confirmed = true;
	struct verdict v = account_may(ACCOUNT_TRAINED, ACCOUNT_ACTIVATE, HEAD, &p);
	assert_false(verdict_allows(v));
	assert_string_equal(v.rule, "X-16");
}

static void nobody_moves_his_own_account(void **state)
{
	(void)state;
	struct account_picture p = ready();
	p.actor_is_subject = true;
	for (size_t i = 0; i < ACCOUNT_MACHINE.move_count; i++)
		assert_false(
		    verdict_allows(move_verdict(&ACCOUNT_MACHINE.moves[i], MANAGER | HEAD, &p)));
}

static void another_organisation_cannot_touch_an_account(void **state)
{
	(void)state;
	struct account_picture p = ready();
	p.actor_same_employer = false;
	assert_false(verdict_allows(account_may(ACCOUNT_REQUESTED, ACCOUNT_CONFIRM, MANAGER, &p)));
}

static void an_account_without_fresh_screening_does_not_come_through(void **state)
{
	(void)state;
	struct account_picture p = ready();
	p.screened_on = TODAY - 49 * 31;
	assert_false(verdict_allows(
	    account_may(ACCOUNT_EMPLOYER_CONFIRMED, ACCOUNT_CHECK_SCREENING, MANAGER, &p)));
	p.screened_on = TODAY + 1;
	assert_false(verdict_allows(
	    account_may(ACCOUNT_EMPLOYER_CONFIRMED, ACCOUNT_CHECK_SCREENING, MANAGER, &p)));
}

static void who_leaves_with_open_work_needs_a_successor(void **state)
{
	(void)state;
	struct account_picture p = ready();
	p.open_work = 3;
	assert_false(verdict_allows(account_may(ACCOUNT_ACTIVE, ACCOUNT_REVOKE, MANAGER, &p)));
	p.successor_named = true;
	assert_true(verdict_allows(account_may(ACCOUNT_ACTIVE, ACCOUNT_REVOKE, MANAGER, &p)));
}

static void no_way_leads_back_from_revoked(void **state)
{
	(void)state;
	for (uint8_t action = 0; action < 20; action++)
		assert_null(machine_move(&ACCOUNT_MACHINE, ACCOUNT_REVOKED, action));
}

static struct appointment_picture proposal(enum role role)
{
	return (struct appointment_picture){
		.role = role, .actor_same_employer = true, .account_open = true, .role_fits = true
	};
}

static void a_role_that_sees_much_is_never_granted_by_one_person(void **state)
{
	(void)state;
	const struct move *mv =
	    machine_move(&APPOINTMENT_MACHINE, APPOINTMENT_NONE, APPOINTMENT_GRANT);
	for (int role = 1; role < ROLE_COUNT; role++) {
		struct appointment_picture p = proposal((enum role)role);
		assert_int_equal(verdict_allows(move_verdict(mv, MANAGER | HEAD, &p)),
		                 !access_role((enum role)role)->four_eyes);
	}
}

static void the_proposer_cannot_sign_as_second_person(void **state)
{
	(void)state;
	const struct move *mv =
	    machine_move(&APPOINTMENT_MACHINE, APPOINTMENT_PROPOSED, APPOINTMENT_CONFIRM);
	struct appointment_picture p = proposal(ROLE_PARTNER_DESK);
	assert_true(verdict_allows(move_verdict(mv, MANAGER, &p)));
	p.actor_is_proposer = true;
	assert_false(verdict_allows(move_verdict(mv, MANAGER, &p)));
}

static void a_partner_cannot_hold_a_post_of_the_bureau(void **state)
{
	(void)state;
	assert_false(appointment_role_fits(ROLE_INFO_COORDINATOR, 'a', false));
	assert_true(appointment_role_fits(ROLE_INFO_COORDINATOR, 0, true));
	assert_false(appointment_role_fits(ROLE_SUBMITTER, 0, true));
	assert_false(appointment_role_fits(ROLE_MAYOR_READER, 'i', false));
	assert_true(appointment_role_fits(ROLE_MAYOR_READER, 'h', false));
}

static struct session_times session(void)
{
	return (struct session_times){ .created_at = 1000 * MINUTE,
		                       .seen_at = 1000 * MINUTE,
		                       .stage = STAGE_FULL };
}

static void a_session_ends_after_an_hour_of_silence_and_after_ten_hours_in_any_case(void **state)
{
	(void)state;
	struct session_times t = session();
	assert_true(session_alive(&t, t.seen_at + 60 * MINUTE - 1));
	assert_false(session_alive(&t, t.seen_at + 60 * MINUTE));
	t.seen_at = t.created_at + 10 * 60 * MINUTE - 1;
	assert_true(session_alive(&t, t.seen_at));
	assert_false(session_alive(&t, t.seen_at + 1));
}

static void half_a_sign_in_lasts_ten_minutes(void **state)
{
	(void)state;
	struct session_times t = session();
	t.stage = STAGE_PASSWORD;
	assert_true(session_alive(&t, t.created_at + 10 * MINUTE - 1));
	assert_false(session_alive(&t, t.created_at + 10 * MINUTE));
}

static void an_ended_session_is_dead_at_once(void **state)
{
	(void)state;
	struct session_times t = session();
	t.ended_at = t.created_at + 1;
	assert_false(session_alive(&t, t.ended_at));
}

static void a_session_does_not_outlive_a_clock_set_back(void **state)
{
	(void)state;
	struct session_times t = session();
	assert_false(session_alive(&t, t.created_at - 2 * MINUTE));
}

static void guessing_gets_slower_but_never_stops_for_good(void **state)
{
	(void)state;
	assert_int_equal(tries_wait_s(4, 0, 0), 0);
	assert_int_equal(tries_wait_s(5, 0, 0), 15);
	assert_int_equal(tries_wait_s(6, 0, 0), 30);
	assert_int_equal(tries_wait_s(6, 0, 30000), 0);
	assert_int_equal(tries_wait_s(1000, 0, 0), TRIES_WAIT_MAX_SECONDS);
	assert_int_equal(tries_wait_s(1000, 0, INT64_C(24) * 60 * MINUTE), 0);
}

static void a_password_has_twelve_characters_whatever_their_bytes(void **state)
{
	(void)state;
	assert_non_null(password_problem("kort", "a@b.example"));
	assert_null(password_problem("éééééééééééé", "a@b.example"));
	assert_non_null(password_problem("ééééééééééé", "a@b.example"));
	assert_non_null(password_problem("Iemand@Ergens.example", "iemand@ergens.example"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(who_confirmed_an_account_cannot_activate_it),
		cmocka_unit_test(nobody_moves_his_own_account),
		cmocka_unit_test(another_organisation_cannot_touch_an_account),
		cmocka_unit_test(an_account_without_fresh_screening_does_not_come_through),
		cmocka_unit_test(who_leaves_with_open_work_needs_a_successor),
		cmocka_unit_test(no_way_leads_back_from_revoked),
		cmocka_unit_test(a_role_that_sees_much_is_never_granted_by_one_person),
		cmocka_unit_test(the_proposer_cannot_sign_as_second_person),
		cmocka_unit_test(a_partner_cannot_hold_a_post_of_the_bureau),
		cmocka_unit_test(
		    a_session_ends_after_an_hour_of_silence_and_after_ten_hours_in_any_case),
		cmocka_unit_test(half_a_sign_in_lasts_ten_minutes),
		cmocka_unit_test(an_ended_session_is_dead_at_once),
		cmocka_unit_test(a_session_does_not_outlive_a_clock_set_back),
		cmocka_unit_test(guessing_gets_slower_but_never_stops_for_good),
		cmocka_unit_test(a_password_has_twelve_characters_whatever_their_bytes),
	};
	return cmocka_run_group_tests_name("people rules", tests, NULL, NULL);
}
