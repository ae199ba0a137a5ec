/* The Stuurploeg: who makes which move, what a ruling needs, hours, deputies, mandate. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/instruments.h"
#include "steering/steering.h"

static bool may(const struct machine *m, uint8_t from, uint8_t action, enum role role,
                const void *picture)
{
	const struct move *mv = machine_move(m, from, action);
	assert_non_null(mv);
	return verdict_allows(move_verdict(mv, ROLE_BIT(role), picture));
}

/* ---- the meeting ------------------------------------------------------------------------------ */

static struct steering_picture meeting(void)
{
	return (struct steering_picture){ .points = 3,
		                          .present = 4,
		                          .chair_named = true,
		                          .chair_present = true,
		                          .acts_as_chair = true,
		                          .other_person = true };
}

static void each_move_of_a_meeting_is_open_to_its_roles_and_to_no_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < STEERING_MACHINE.move_count; i++) {
		const struct move *mv = &STEERING_MACHINE.moves[i];
		struct steering_picture p = meeting();
		p.waiting = mv->action == STEERING_CALL_OFF ? p.points : 0;
		for (int role = 1; role < ROLE_COUNT; role++) {
			const bool signs = role == ROLE_STEERING_MEMBER || role == ROLE_RIEC_HEAD;
			const bool expected = mv->action == STEERING_SIGN_OFF
			                          ? signs
			                          : role == ROLE_STEERING_SECRETARY;
			assert_int_equal(verdict_allows(move_verdict(mv, ROLE_BIT(role), &p)),
			                 expected);
		}
	}
}

static void a_meeting_opens_with_an_agenda_and_a_chair(void **state)
{
	struct steering_picture p = meeting();

	(void)state;
	assert_true(
	    may(&STEERING_MACHINE, MEETING_PLANNED, STEERING_OPEN, ROLE_STEERING_SECRETARY, &p));
	p.points = 0;
	assert_false(
	    may(&STEERING_MACHINE, MEETING_PLANNED, STEERING_OPEN, ROLE_STEERING_SECRETARY, &p));
	p = meeting();
	p.chair_named = false;
	assert_false(
	    may(&STEERING_MACHINE, MEETING_PLANNED, STEERING_OPEN, ROLE_STEERING_SECRETARY, &p));
}

static void a_meeting_closes_when_all_is_dealt_with_and_signed(void **state)
{
	struct steering_picture bad[4];

	(void)state;
	for (int i = 0; i < 4; i++)
		bad[i] = meeting();
	assert_true(may(&STEERING_MACHINE, MEETING_RUNNING, STEERING_CLOSE, ROLE_STEERING_SECRETARY,
	                &bad[0]));
	bad[0].waiting = 1;
	bad[1].ready = 1;
	bad[2].presence_unsaid = 1;
	bad[3].present = 0;
	for (int i = 0; i < 4; i++)
		assert_false(may(&STEERING_MACHINE, MEETING_RUNNING, STEERING_CLOSE,
		                 ROLE_STEERING_SECRETARY, &bad[i]));
	bad[3].mandate = true;
	assert_true(may(&STEERING_MACHINE, MEETING_RUNNING, STEERING_CLOSE, ROLE_STEERING_SECRETARY,
	                &bad[3]));
}

static void the_minutes_are_signed_by_the_chair_and_by_another_person_than_who_closed(void **state)
{
	struct steering_picture p = meeting();

	(void)state;
	assert_true(
	    may(&STEERING_MACHINE, MEETING_CLOSED, STEERING_SIGN_OFF, ROLE_STEERING_MEMBER, &p));
	p.acts_as_chair = false;
	assert_false(
	    may(&STEERING_MACHINE, MEETING_CLOSED, STEERING_SIGN_OFF, ROLE_STEERING_MEMBER, &p));
	p = meeting();
	p.other_person = false;
	assert_false(
	    may(&STEERING_MACHINE, MEETING_CLOSED, STEERING_SIGN_OFF, ROLE_STEERING_MEMBER, &p));
}

/* ---- points ------------------------------------------------------------------------------------ */

static struct point_picture point(void)
{
	return (struct point_picture){ .kind = POINT_ADVICE,
		                       .meeting_state = MEETING_RUNNING,
		                       .proposals = 2,
		                       .ruled = 2,
		                       .approved = 1,
		                       .subject_stands = true,
		                       .acts_as_chair = true,
		                       .chair_present = true,
		                       .other_person = true };
}

static void each_move_of_a_point_is_open_to_its_roles_and_to_no_other(void **state)
{
	(void)state;
	for (size_t i = 0; i < POINT_MACHINE.move_count; i++) {
		const struct move *mv = &POINT_MACHINE.moves[i];
		struct point_picture p = point();
		p.kind = mv->action == POINT_NOTE ? POINT_OVERDUE : POINT_ADVICE;
		for (int role = 1; role < ROLE_COUNT; role++) {
			const bool signs = role == ROLE_STEERING_MEMBER || role == ROLE_RIEC_HEAD;
			const bool secretary = role == ROLE_STEERING_SECRETARY;
			const bool expected = mv->action == POINT_SIGN     ? signs
			                      : mv->action == POINT_REOPEN ? signs || secretary
			                                                   : secretary;
			assert_int_equal(verdict_allows(move_verdict(mv, ROLE_BIT(role), &p)),
			                 expected);
		}
	}
}

static void nothing_is_decided_once_the_advice_was_withdrawn(void **state)
{
	struct point_picture p = point();
	const struct move *sign = machine_move(&POINT_MACHINE, POINT_READY, POINT_SIGN);

	(void)state;
	p.subject_stands = false;
	assert_false(
	    may(&POINT_MACHINE, POINT_WAITING, POINT_PREPARE, ROLE_STEERING_SECRETARY, &p));
	const struct verdict v = move_verdict(sign, ROLE_BIT(ROLE_STEERING_MEMBER), &p);
	assert_false(verdict_allows(v));
	assert_string_equal(v.sentence, POINT_IS_STALE);
}

static void
each_proposal_is_ruled_before_the_chair_reads_it_unless_the_whole_goes_back(void **state)
{
	struct point_picture p = point();

	(void)state;
	p.ruled = 1;
	assert_false(
	    may(&POINT_MACHINE, POINT_WAITING, POINT_PREPARE, ROLE_STEERING_SECRETARY, &p));
	p.whole = true;
	assert_true(may(&POINT_MACHINE, POINT_WAITING, POINT_PREPARE, ROLE_STEERING_SECRETARY, &p));
	p = point();
	p.kind = POINT_RECONSIDER;
	p.ruled = 1;
	assert_true(may(&POINT_MACHINE, POINT_WAITING, POINT_PREPARE, ROLE_STEERING_SECRETARY, &p));
}

static void a_regievoerder_whose_appointment_ended_stops_the_signature(void **state)
{
	struct point_picture p = point();

	(void)state;
	p.without_lead = 1;
	assert_false(may(&POINT_MACHINE, POINT_READY, POINT_SIGN, ROLE_STEERING_MEMBER, &p));
}

static void only_the_present_chair_signs_what_another_person_wrote(void **state)
{
	struct point_picture bad[3];

	(void)state;
	for (int i = 0; i < 3; i++)
		bad[i] = point();
	assert_true(may(&POINT_MACHINE, POINT_READY, POINT_SIGN, ROLE_STEERING_MEMBER, &bad[0]));
	bad[0].acts_as_chair = false;
	bad[1].chair_present = false;
	bad[2].other_person = false;
	for (int i = 0; i < 3; i++)
		assert_false(
		    may(&POINT_MACHINE, POINT_READY, POINT_SIGN, ROLE_STEERING_MEMBER, &bad[i]));
}

static void a_mandate_decides_only_what_it_covers(void **state)
{
	struct mandate_terms m = { .max_weight = WEIGHT_LIGHT,
		                   .max_hours = 40,
		                   .from_day = 20700,
		                   .until_day = 20800,
		                   .today = 20750,
		                   .confirmed = true };
	struct point_picture p = point();

	(void)state;
	assert_true(verdict_allows(mandate_covers(&m, WEIGHT_LIGHT, 40)));
	assert_false(verdict_allows(mandate_covers(&m, WEIGHT_LIGHT, 41)));
	assert_false(verdict_allows(mandate_covers(&m, WEIGHT_MEDIUM, 1)));
	m.today = 20801;
	assert_false(verdict_allows(mandate_covers(&m, WEIGHT_LIGHT, 1)));
	m.today = 20750;
	m.confirmed = false;
	assert_false(verdict_allows(mandate_covers(&m, WEIGHT_LIGHT, 1)));
	p.mandate = true;
	assert_false(may(&POINT_MACHINE, POINT_READY, POINT_SIGN, ROLE_RIEC_HEAD, &p));
	p.mandate_covers = true;
	assert_true(may(&POINT_MACHINE, POINT_READY, POINT_SIGN, ROLE_RIEC_HEAD, &p));
}

/* ---- rulings -------------------------------------------------------------------------------------- */

static bool lacks(const struct ruling_facts *f, const char *field)
{
	struct ruling_gap gaps[RULING_GAPS_MAX];
	const size_t count = ruling_gaps(f, gaps);

	assert_true(count <= RULING_GAPS_MAX);
	for (size_t i = 0; i < count; i++)
		if (strcmp(gaps[i].field, field) == 0)
			return true;
	return false;
}

static struct ruling_facts approval(void)
{
	return (struct ruling_facts){ .point_kind = POINT_ADVICE,
		                      .ruling = RULING_APPROVE,
		                      .lead_chosen = true,
		                      .lead_in_force = true,
		                      .owner = OWNER_CONSENTS,
		                      .today = 20750 };
}

static void what_a_ruling_lacks_is_said_all_at_once(void **state)
{
	struct ruling_gap gaps[RULING_GAPS_MAX];
	struct ruling_facts f = approval();

	(void)state;
	assert_int_equal(ruling_gaps(&f, gaps), 0);
	f.ruling = RULING_AMEND;
	f.lead_in_force = false;
	f.owner = OWNER_UNSAID;
	f.due_day = 20749;
	assert_int_equal(ruling_gaps(&f, gaps), 5);
	assert_true(lacks(&f, "reason") && lacks(&f, "conditions") && lacks(&f, "lead") &&
	            lacks(&f, "owner") && lacks(&f, "dueDay"));
}

static void rejecting_deferring_and_sending_back_say_why_and_where_to(void **state)
{
	struct ruling_facts f = { .point_kind = POINT_ADVICE, .ruling = RULING_REJECT };

	(void)state;
	assert_true(lacks(&f, "reason"));
	assert_false(lacks(&f, "lead"));
	f.ruling = RULING_DEFER;
	assert_true(lacks(&f, "meeting"));
	f.ruling = RULING_RETURN;
	assert_true(lacks(&f, "questions"));
	f.ruling = RULING_CLOSE;
	assert_true(lacks(&f, "worked") && lacks(&f, "failed") && lacks(&f, "lessons"));
	assert_true(lacks(&f, "feedback"));
	f = approval();
	f.point_kind = POINT_RECONSIDER;
	assert_true(lacks(&f, "reason"));
}

/* ---- hours, deputies --------------------------------------------------------------------------------- */

static void
a_pool_counts_what_is_pledged_and_asked_and_one_that_is_not_registered_says_nothing(void **state)
{
	(void)state;
	assert_int_equal(pool_left(&(struct pool_load){ 100, 60, 30 }), 10);
	assert_int_equal(pool_left(&(struct pool_load){ 100, 60, 60 }), -20);
	assert_int_equal(pool_left(&(struct pool_load){ -1, 60, 60 }), 0);
}

static void one_participant_pledges_once_in_a_ruling(void **state)
{
	const struct pledge twice[] = { { 1, 10 }, { 2, 5 }, { 1, 10 } };
	const struct pledge once[] = { { 1, 10 }, { 2, 5 }, { 0, 0 }, { 0, 0 } };

	(void)state;
	assert_int_equal(pledged_twice(twice, 3), 2);
	assert_int_equal(pledged_twice(once, 4), -1);
}

static void a_deputy_has_a_voice_only_without_his_member_and_an_organ_has_one(void **state)
{
	struct seat s[] = { { 11, 1, 0, PRESENCE_ROOM },
		            { 12, 1, 11, PRESENCE_ROOM },
		            { 13, 2, 0, PRESENCE_ABSENT },
		            { 14, 2, 0, PRESENCE_REMOTE },
		            { 15, 2, 0, PRESENCE_ROOM } };

	(void)state;
	assert_true(seat_has_voice(s, 5, 0));
	assert_false(seat_has_voice(s, 5, 1));
	assert_false(seat_has_voice(s, 5, 2));
	assert_true(seat_has_voice(s, 5, 3));
	assert_false(seat_has_voice(s, 5, 4));
	s[0].presence = PRESENCE_ABSENT;
	assert_true(seat_has_voice(s, 5, 1));
}

int main(void)
{
#define CASE(f) cmocka_unit_test(f)
	const struct CMUnitTest tests[] = {
		CASE(each_move_of_a_meeting_is_open_to_its_roles_and_to_no_other),
		CASE(a_meeting_opens_with_an_agenda_and_a_chair),
		CASE(a_meeting_closes_when_all_is_dealt_with_and_signed),
		CASE(the_minutes_are_signed_by_the_chair_and_by_another_person_than_who_closed),
		CASE(each_move_of_a_point_is_open_to_its_roles_and_to_no_other),
		CASE(nothing_is_decided_once_the_advice_was_withdrawn),
		CASE(each_proposal_is_ruled_before_the_chair_reads_it_unless_the_whole_goes_back),
		CASE(a_regievoerder_whose_appointment_ended_stops_the_signature),
		CASE(only_the_present_chair_signs_what_another_person_wrote),
		CASE(a_mandate_decides_only_what_it_covers),
		CASE(what_a_ruling_lacks_is_said_all_at_once),
		CASE(rejecting_deferring_and_sending_back_say_why_and_where_to),
		CASE(
		    a_pool_counts_what_is_pledged_and_asked_and_one_that_is_not_registered_says_nothing),
		CASE(one_participant_pledges_once_in_a_ruling),
		CASE(a_deputy_has_a_voice_only_without_his_member_and_an_organ_has_one),
	};
	return cmocka_run_group_tests_name("steering_rules", tests, NULL, NULL);
}
