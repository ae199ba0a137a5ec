/* The invented region, and the commands that make it, on both engines. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <string.h>

#include "cli/world.h"
#include "demo/demo.h"
#include "partners/partner.h"
#include "people/credential.h"
#include "people/people.h"
#include "platform/crypto/password.h"
#include "store_world.h"

static const int64_t NOW_MS = INT64_C(1795305600000); /* 22 November 2026 */
enum { OUT_MAX_BYTES = 1 << 16, ARENA_SOFT_BYTES = 1 << 20 };

struct world {
	struct store_world *store;
	struct seal_key key;
	struct clock clock;
	struct world_means means;
	struct out out;
	struct arena arena;
	struct db_read *read;
};

static int set_up(void **state)
{
	static struct world w;
	struct error e = { 0 };

	if (crypto_init(&e) != OK)
		return -1;
	w = (struct world){ .store = store_world_new(&(struct store_wish){ 0 }),
		            .key = { .bytes = "a key for tests, thirty-two byte" },
		            .clock = clock_fixed(NOW_MS) };
	w.means =
	    (struct world_means){ .db = w.store->db, .account_key = &w.key, .clock = &w.clock };
	out_init(&w.out, OUT_MAX_BYTES);
	arena_init(&w.arena, ARENA_SOFT_BYTES);
	*state = &w;
	return 0;
}

static int tear_down(void **state)
{
	struct world *w = *state;

	db_read_end(w->read);
	arena_reset(&w->arena);
	out_free(&w->out);
	store_world_free(w->store);
	return 0;
}

#define RUN(w, command, ...) run(w, command, (char *[]){ __VA_ARGS__, NULL })

static enum status run(struct world *w,
                       enum status (*command)(const struct world_means *, int, char *const[],
                                              struct out *, struct error *),
                       char *const argv[])
{
	struct error e = { 0 };
	int argc = 0;

	while (argv[argc] != NULL)
		argc++;
	out_clear(&w->out);
	return command(&w->means, argc, argv, &w->out, &e);
}

static const char *said(struct world *w)
{
	return arena_strndup(&w->arena, w->out.data, w->out.len);
}

static void make_small(struct world *w)
{
	assert_int_equal(RUN(w, cli_demo, (char[]){ "--scale" }, (char[]){ "small" }), OK);
}

static int64_t number(struct world *w, const char *sql)
{
	return store_world_number(w->store, sql);
}

static struct credential credential(struct world *w, const char *email)
{
	struct error e = { 0 };
	struct credential c;

	if (w->read == NULL)
		assert_int_equal(db_read_begin(w->store->db, &w->read, &e), OK);
	assert_int_equal(credential_by_email(w->read, email, &w->arena, &c, &e), OK);
	return c;
}

static void every_statement_of_the_demo_prepares(void **state)
{
	struct world *w = *state;
	struct error e = { 0 };

	assert_int_equal(db_prepare_all(w->store->db, demo_statements, &e), OK);
}

static void the_region_scale_has_six_hundred_people_in_twenty_three_municipalities(void **state)
{
	struct world *w = *state;

	assert_int_equal(RUN(w, cli_demo, (char[]){ "--seed=3" }), OK);
	assert_int_equal(number(w, "SELECT count(*) FROM person"), 600);
	assert_int_equal(number(w, "SELECT count(*) FROM person WHERE demo = 1"), 600);
	assert_int_equal(number(w, "SELECT count(*) FROM participant"
	                           " WHERE municipality_id IS NOT NULL"),
	                 23);
	assert_int_equal(number(w, "SELECT count(*) FROM appointment a WHERE NOT EXISTS"
	                           " (SELECT 1 FROM participant p"
	                           " WHERE p.id = a.participant_id AND p.bureau = 1)"
	                           " AND a.organ_id IS NULL"),
	                 0);
}

static void everybody_signs_in_with_the_printed_password(void **state)
{
	struct world *w = *state;

	make_small(w);
	assert_non_null(strstr(said(w), "s.duinker@duinwaard.example"));
	assert_non_null(strstr(said(w), DEMO_PASSWORD));
	const struct credential c = credential(w, "s.duinker@duinwaard.example");
	assert_true(password_matches(c.password_hash, DEMO_PASSWORD));
	assert_false(c.must_change);
	assert_true(c.totp_confirmed);
}

static void the_printed_code_is_the_one_that_the_authenticator_shows(void **state)
{
	struct world *w = *state;
	struct totp_secret secret;
	struct error e = { 0 };
	const char *plain;
	size_t len;
	int64_t step;

	make_small(w);
	assert_int_equal(RUN(w, cli_demo, (char[]){ "code" }, (char[]){ "s.duinker" }), OK);
	const char *code = arena_strndup(&w->arena, w->out.data, TOTP_DIGITS);
	const struct credential c = credential(w, "s.duinker@duinwaard.example");
	const struct seal_place place = { .table = "credential",
		                          .column = "totp_secret",
		                          .id = c.person_id };
	assert_int_equal(
	    seal_open(&w->key, &place, c.totp_sealed, c.totp_len, &w->arena, &plain, &len, &e), OK);
	assert_int_equal(len, sizeof secret.bytes);
	memcpy(secret.bytes, plain, sizeof secret.bytes);
	assert_true(totp_matches(&secret, NOW_MS / 1000, c.totp_step, code, &step));
}

static enum status make_real(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx,
	               &(const struct db_stmt){ "make_real", "",
	                                        "UPDATE person SET demo = 0"
	                                        " WHERE email = 's.duinker@duinwaard.example'" },
	               DB_NO_ARGS, NULL, reterr);
}

static void no_code_is_printed_for_somebody_who_is_not_of_the_demo(void **state)
{
	struct world *w = *state;

	make_small(w);
	store_world_run(w->store, make_real, NULL);
	assert_int_equal(RUN(w, cli_demo, (char[]){ "code" }, (char[]){ "s.duinker" }), ERR_DENIED);
	assert_int_equal(w->out.len, 0);
	assert_int_equal(RUN(w, cli_demo, (char[]){ "code" }, (char[]){ "nobody" }), ERR_NOT_FOUND);
}

static void where_people_work_no_demo_is_made(void **state)
{
	struct world *w = *state;

	make_small(w);
	const int64_t people = number(w, "SELECT count(*) FROM person");
	assert_int_equal(RUN(w, cli_demo, (char[]){ "--scale=small" }), ERR_CONFLICT);
	assert_int_equal(number(w, "SELECT count(*) FROM person"), people);
}

static void the_head_and_the_chair_have_a_deputy_each(void **state)
{
	struct world *w = *state;

	make_small(w);
	assert_int_equal(number(w, "SELECT count(*) FROM appointment d JOIN appointment h"
	                           " ON h.id = d.deputy_for WHERE h.role = d.role"
	                           " AND h.role IN (13, 7) AND h.person_id <> d.person_id"
	                           " AND coalesce(h.deputy_for, 0) = 0"),
	                 2);
}

static void every_municipality_has_exactly_one_account_manager(void **state)
{
	struct world *w = *state;

	make_small(w);
	assert_int_equal(number(w, "SELECT count(*) FROM appointment_municipality"), 23);
	assert_int_equal(number(w, "SELECT count(DISTINCT municipality_id)"
	                           " FROM appointment_municipality"),
	                 23);
	assert_int_equal(number(w, "SELECT count(DISTINCT appointment_id)"
	                           " FROM appointment_municipality"),
	                 4);
}

static void a_demo_says_that_it_is_one_and_an_ordinary_installation_does_not(void **state)
{
	struct world *w = *state;

	assert_int_equal(RUN(w, cli_init, (char[]){ "--region" }, (char[]){ "LIMBURG" }), OK);
	assert_int_equal(RUN(w, cli_demo, (char[]){ "people" }), ERR_CONFLICT);
	make_small(w);
	assert_int_equal(number(w, "SELECT count(*) FROM setting"
	                           " WHERE name = 'installation.demo' AND value = '1'"),
	                 1);
	assert_int_equal(RUN(w, cli_demo, (char[]){ "people" }), OK);
}

static void a_wrong_word_is_refused_before_anything_is_written(void **state)
{
	struct world *w = *state;

	assert_int_equal(RUN(w, cli_demo, (char[]){ "--scale" }, (char[]){ "huge" }), ERR_INVALID);
	assert_int_equal(RUN(w, cli_demo, (char[]){ "--seed" }, (char[]){ "-1" }), ERR_INVALID);
	assert_int_equal(RUN(w, cli_demo, (char[]){ "--seed" }), ERR_INVALID);
	assert_int_equal(RUN(w, cli_init, (char[]){ "--region" }, (char[]){ "ATLANTIS" }),
	                 ERR_INVALID);
	assert_int_equal(RUN(w, cli_init, (char[]){ "--regio=LIMBURG" }), ERR_INVALID);
	assert_int_equal(number(w, "SELECT count(*) FROM region"), 0);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(every_statement_of_the_demo_prepares),
		TEST(the_region_scale_has_six_hundred_people_in_twenty_three_municipalities),
		TEST(everybody_signs_in_with_the_printed_password),
		TEST(the_printed_code_is_the_one_that_the_authenticator_shows),
		TEST(no_code_is_printed_for_somebody_who_is_not_of_the_demo),
		TEST(where_people_work_no_demo_is_made),
		TEST(the_head_and_the_chair_have_a_deputy_each),
		TEST(every_municipality_has_exactly_one_account_manager),
		TEST(a_demo_says_that_it_is_one_and_an_ordinary_installation_does_not),
		TEST(a_wrong_word_is_refused_before_anything_is_written),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
