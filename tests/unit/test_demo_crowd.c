#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <stdlib.h>
#include <string.h>

#include "demo/crowd.h"
#include "partners/reference.h"
#include "people/appointment.h"

enum { ARENA_SOFT_BYTES = 64 << 20, MANY = 6000 };

static int municipalities_on(int32_t day)
{
	size_t count;
	const struct deltaland_municipality *m = deltaland_municipalities(&count);
	int found = 0;
	for (size_t i = 0; i < count; i++)
		found += m[i].from <= day && (m[i].until == 0 || day <= m[i].until);
	return found;
}

static void deltaland_shrinks_from_33_to_23_municipalities(void **state)
{
	(void)state;
	assert_int_equal(municipalities_on(20141231), 33);
	assert_int_equal(municipalities_on(20150101), 32);
	assert_int_equal(municipalities_on(20190101), 25);
	assert_int_equal(municipalities_on(20230101), 23);
}

static void no_municipality_of_deltaland_exists(void **state)
{
	size_t count, real_count;
	const struct deltaland_municipality *m = deltaland_municipalities(&count);
	const struct reference_municipality *real = reference_municipalities(&real_count);
	(void)state;
	for (size_t i = 0; i < count; i++) {
		assert_memory_equal(m[i].cbs_code, "99", 2);
		for (size_t j = 0; j < real_count; j++) {
			assert_string_not_equal(m[i].name, real[j].name);
			assert_string_not_equal(m[i].cbs_code, real[j].cbs_code);
		}
	}
}

static void every_role_is_held_by_somebody(void **state)
{
	size_t count;
	const struct cast_person *cast = deltaland_cast(&count);
	uint64_t held = 0;
	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t r = 0; r < CAST_ROLES_MAX; r++)
			held |= cast[i].roles[r].role == 0 ? 0 : ROLE_BIT(cast[i].roles[r].role);
	for (int role = 1; role < ROLE_COUNT; role++)
		if ((held & ROLE_BIT(role)) == 0)
			fail_msg("nobody is %s", access_role((enum role)role)->name);
}

static void the_bureau_has_eighteen_posts_and_a_hired_administrator(void **state)
{
	size_t count;
	const struct cast_person *cast = deltaland_cast(&count);
	int posts = 0, analysts = 0, account_managers = 0;
	(void)state;
	for (size_t i = 0; i < count; i++) {
		posts += strcmp(cast[i].participant, "RIEC") == 0;
		analysts += cast[i].roles[0].role == ROLE_ANALYST;
		account_managers += cast[i].roles[0].role == ROLE_ACCOUNT_MANAGER;
	}
	assert_int_equal(posts, 18 + 1);
	assert_int_equal(analysts, 5);
	assert_int_equal(account_managers, 4);
	assert_int_equal(cast[0].roles[0].role, ROLE_RIEC_HEAD);
}

static void every_role_fits_its_participant(void **state)
{
	struct arena a;
	size_t count;
	const struct deltaland_participant *from = deltaland_participants(&count);
	(void)state;
	arena_init(&a, ARENA_SOFT_BYTES);
	const struct crowd_person *crowd = crowd_new(1, MANY, &a);
	for (size_t i = 0; i < MANY; i++)
		for (size_t r = 0; r < CAST_ROLES_MAX && crowd[i].roles[r].role != 0; r++) {
			const struct cast_role *role = &crowd[i].roles[r];
			const bool bureau = crowd[i].participant == 0;
			const bool municipal =
			    strncmp(from[crowd[i].participant].code, "GM", 2) == 0;
			if (municipal != (role->letter != 0) ||
			    !appointment_role_fits(role->role, role->letter, bureau))
				fail_msg("%s can't be %s", crowd[i].email,
				         access_role(role->role)->name);
		}
	arena_reset(&a);
}

static int by_email(const void *a, const void *b)
{
	return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void six_thousand_people_have_six_thousand_addresses_under_example(void **state)
{
	static const char *emails[MANY];
	struct arena a;
	(void)state;
	arena_init(&a, ARENA_SOFT_BYTES);
	const struct crowd_person *crowd = crowd_new(7, MANY, &a);
	for (size_t i = 0; i < MANY; i++)
		emails[i] = crowd[i].email;
	qsort(emails, MANY, sizeof emails[0], by_email);
	for (size_t i = 0; i < MANY; i++) {
		const char *end = emails[i] + strlen(emails[i]) - strlen(".example");
		assert_string_equal(end, ".example");
		for (const char *c = emails[i]; *c != '\0'; c++)
			assert_in_range(*c, '!', '~');
		if (i > 0)
			assert_string_not_equal(emails[i - 1], emails[i]);
	}
	arena_reset(&a);
}

static void the_same_seed_gives_the_same_people_and_another_seed_others(void **state)
{
	struct arena a;
	(void)state;
	arena_init(&a, ARENA_SOFT_BYTES);
	const struct crowd_person *one = crowd_new(1, 600, &a);
	const struct crowd_person *same = crowd_new(1, 600, &a);
	const struct crowd_person *next = crowd_new(2, 600, &a);
	size_t changed = 0;
	for (size_t i = 0; i < 600; i++) {
		assert_string_equal(one[i].email, same[i].email);
		assert_memory_equal(&one[i].uuid, &same[i].uuid, sizeof one[i].uuid);
		assert_memory_not_equal(&one[i].uuid, &next[i].uuid, sizeof one[i].uuid);
		changed += strcmp(one[i].email, next[i].email) != 0;
	}
	assert_true(changed > 400);
	const struct totp_secret secret = crowd_secret(1, one[0].email);
	const struct totp_secret other = crowd_secret(2, one[0].email);
	assert_memory_not_equal(&secret, &other, sizeof secret);
	arena_reset(&a);
}

static void the_clerk_of_duinwaard_can_act_for_the_executive_and_for_the_mayor(void **state)
{
	struct arena a;
	const struct crowd_person *clerk = NULL;
	size_t count;
	(void)state;
	arena_init(&a, ARENA_SOFT_BYTES);
	(void)deltaland_cast(&count);
	const struct crowd_person *crowd = crowd_new(1, count, &a);
	for (size_t i = 0; i < count; i++)
		if (strcmp(crowd[i].email, "s.duinker@duinwaard.example") == 0)
			clerk = &crowd[i];
	if (clerk == NULL) {
		fail_msg("%s", "nobody has that address");
		return;
	}
	assert_int_equal(clerk->roles[0].letter, 'i');
	assert_int_equal(clerk->roles[1].letter, 'h');
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(deltaland_shrinks_from_33_to_23_municipalities),
		cmocka_unit_test(no_municipality_of_deltaland_exists),
		cmocka_unit_test(every_role_is_held_by_somebody),
		cmocka_unit_test(the_bureau_has_eighteen_posts_and_a_hired_administrator),
		cmocka_unit_test(every_role_fits_its_participant),
		cmocka_unit_test(six_thousand_people_have_six_thousand_addresses_under_example),
		cmocka_unit_test(the_same_seed_gives_the_same_people_and_another_seed_others),
		cmocka_unit_test(
		    the_clerk_of_duinwaard_can_act_for_the_executive_and_for_the_mayor),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
