/* May this viewer do this? The default is no. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/access.h"

enum { TODAY = 20000, NOON = 1000 };

static struct viewer submitter(int64_t organ)
{
	struct viewer v = { .person_id = 1,
		            .appointment_id = 10,
		            .participant_id = 5,
		            .organ_id = organ,
		            .role = ROLE_SUBMITTER,
		            .letter = 'i' };
	viewer_audiences(&v);
	return v;
}

static void a_record_without_audiences_is_open_to_nobody(void **state)
{
	(void)state;
	struct thing closed = { 0 };
	for (int role = 1; role < ROLE_COUNT; role++) {
		struct viewer v = { .person_id = 1,
			            .appointment_id = 2,
			            .participant_id = 3,
			            .organ_id = 4,
			            .desk_id = 5,
			            .municipality_id = 6,
			            .role = (enum role)role };
		viewer_audiences(&v);
		assert_false(access_may(&v, ACT_READ, &closed));
		assert_false(access_may(&v, ACT_WRITE, &closed));
	}
}

static void the_mayors_organ_does_not_open_what_the_executive_wrote(void **state)
{
	(void)state;
	struct viewer mayor = submitter(41), executive = submitter(42);
	struct thing signal = { .readers = { audience_of(AUDIENCE_ORGAN, 42) }, .reader_count = 1 };
	assert_true(access_may(&executive, ACT_READ, &signal));
	assert_false(access_may(&mayor, ACT_READ, &signal));
}

static void reading_is_not_writing(void **state)
{
	(void)state;
	struct viewer v = submitter(42);
	struct thing signal = { .readers = { audience_of(AUDIENCE_ORGAN, 42) }, .reader_count = 1 };
	assert_false(access_may(&v, ACT_WRITE, &signal));
}

static void a_block_on_the_person_closes_what_the_audience_opens(void **state)
{
	(void)state;
	struct viewer v = submitter(42);
	const int64_t blocked[] = { 9, 1 };
	struct thing signal = { .readers = { audience_of(AUDIENCE_ORGAN, 42) },
		                .reader_count = 1,
		                .blocked_persons = blocked,
		                .blocked_count = 2 };
	assert_false(access_may(&v, ACT_READ, &signal));
}

static void audiences_of_different_kinds_never_meet_by_number(void **state)
{
	(void)state;
	struct viewer v = submitter(42);
	struct thing other = { .readers = { audience_of(AUDIENCE_MEETING, 42) },
		               .reader_count = 1 };
	assert_false(access_may(&v, ACT_READ, &other));
}

static struct standing in_force(void)
{
	return (struct standing){ .account_active = true,
		                  .from_day = TODAY - 10,
		                  .screened_on_day = TODAY - 30,
		                  .screened_by_vog = true,
		                  .trained_on_day = TODAY - 20,
		                  .handles_persons = true };
}

static enum verdict_kind standing(struct standing s)
{
	return access_standing(&s, &SCREENING_TERMS, NOON, TODAY).kind;
}

static void an_appointment_counts_only_between_its_days(void **state)
{
	(void)state;
	struct standing s = in_force();
	assert_int_equal(standing(s), VERDICT_YES);
	s.from_day = TODAY + 1;
	assert_int_equal(standing(s), VERDICT_NO);
	s = in_force();
	s.until_day = TODAY;
	assert_int_equal(standing(s), VERDICT_YES);
	s.until_day = TODAY - 1;
	assert_int_equal(standing(s), VERDICT_NO);
}

static void an_ended_appointment_bites_the_same_moment(void **state)
{
	(void)state;
	struct standing s = in_force();
	s.ended_at_ms = NOON;
	assert_int_equal(standing(s), VERDICT_NO);
	s.ended_at_ms = NOON + 1;
	assert_int_equal(standing(s), VERDICT_YES);
}

static void a_certificate_warns_at_36_months_and_blocks_at_48(void **state)
{
	(void)state;
	struct standing s = in_force();
	s.screened_on_day = TODAY - 36 * 31;
	assert_int_equal(standing(s), VERDICT_ONLY_IF);
	s.screened_on_day = TODAY - 48 * 31;
	assert_int_equal(standing(s), VERDICT_NO);
	s.screened_on_day = NO_DAY;
	assert_int_equal(standing(s), VERDICT_NO);
}

static void another_manner_of_screening_is_confirmed_every_year(void **state)
{
	(void)state;
	struct standing s = in_force();
	s.screened_by_vog = false;
	s.screened_on_day = TODAY - 300;
	assert_int_equal(standing(s), VERDICT_YES);
	s.screened_on_day = TODAY - 366;
	assert_int_equal(standing(s), VERDICT_NO);
}

static void nobody_without_training_sees_persons_but_an_expert_sees_person_free_pages(void **state)
{
	(void)state;
	struct standing s = in_force();
	s.trained_on_day = NO_DAY;
	assert_int_equal(standing(s), VERDICT_NO);
	s.handles_persons = role_handles_persons(ROLE_EXPERT);
	assert_int_equal(standing(s), VERDICT_YES);
}

static void every_role_has_a_name_a_label_and_a_duty(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		const struct role_row *row = access_role((enum role)role);
		assert_non_null(row);
		assert_ptr_equal(access_role_named(row->name), row);
	}
	assert_null(access_role(ROLE_COUNT));
	assert_null(access_role_named("SUPERUSER"));
}

static void only_auditor_and_dpo_read_the_whole_log(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++)
		assert_int_equal(access_permits((enum role)role, PERM_LOG_READ),
		                 role == ROLE_AUDITOR || role == ROLE_COORD_DPO);
}

static void a_system_admin_reads_no_content(void **state)
{
	(void)state;
	assert_false(access_permits(ROLE_SYSTEM_ADMIN, PERM_SIGNAL_READ));
	assert_false(access_permits(ROLE_SYSTEM_ADMIN, PERM_MEETING_READ));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_record_without_audiences_is_open_to_nobody),
		cmocka_unit_test(the_mayors_organ_does_not_open_what_the_executive_wrote),
		cmocka_unit_test(reading_is_not_writing),
		cmocka_unit_test(a_block_on_the_person_closes_what_the_audience_opens),
		cmocka_unit_test(audiences_of_different_kinds_never_meet_by_number),
		cmocka_unit_test(an_appointment_counts_only_between_its_days),
		cmocka_unit_test(an_ended_appointment_bites_the_same_moment),
		cmocka_unit_test(a_certificate_warns_at_36_months_and_blocks_at_48),
		cmocka_unit_test(another_manner_of_screening_is_confirmed_every_year),
		cmocka_unit_test(
		    nobody_without_training_sees_persons_but_an_expert_sees_person_free_pages),
		cmocka_unit_test(every_role_has_a_name_a_label_and_a_duty),
		cmocka_unit_test(only_auditor_and_dpo_read_the_whole_log),
		cmocka_unit_test(a_system_admin_reads_no_content),
	};
	return cmocka_run_group_tests_name("access", tests, NULL, NULL);
}
