/* The n-th database call fails, for every n: a clean answer in Dutch, and no half change. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "house_world.h"

enum { CALLS_MAX = 120 };

/* What the changes below touch, in one number. */
static int64_t fingerprint(struct house *h)
{
	return store_world_number(
	    h->store, "SELECT (SELECT count(*) FROM person)"
		      " + 100 * (SELECT count(*) FROM person WHERE state > 1)"
		      " + 10000 * (SELECT count(*) FROM appointment)"
		      " + 1000000 * (SELECT count(*) FROM appointment WHERE state = 2)"
		      " + 100000000 * (SELECT count(*) FROM task)"
		      " + 10000000000 * (SELECT count(*) FROM task WHERE done_at = 0)"
		      " + 1000000000000 * (SELECT count(*) FROM people_history)"
		      " + 100000000000000 * (SELECT count(*) FROM credential WHERE must_change = 1)"
		      " + 10000000000000000 * (SELECT count(*) FROM news)");
}

static void assert_clean(const struct visitor *v)
{
	if (v->code < 500)
		return;
	assert_in_range(v->code, 500, 503);
	if (!page_says(v, "lang=\"nl\"") || !page_says(v, "<h1"))
		fail_msg("%s: %d without a page in Dutch:\n%s", v->path, v->code, v->page);
	/* Words with blanks: three letters alone turn up in a form's random tokens, now and then. */
	assert_false(page_says(v, "told to fail"));
	assert_false(page_says(v, "SELECT "));
}

/* fields NULL: a view of path; else a change, from the form on page. Ends when it went through. */
static void survives(struct visitor *v, const char *page, const char *path, const char *fields)
{
	struct house *h = v->house;

	for (int64_t n = 1; n < CALLS_MAX; n++) {
		visit(v, page);
		assert_int_equal(v->code, 200);
		const int64_t before = fingerprint(h);
		db_fail_after(h->plein.db, n);
		if (fields != NULL)
			visitor_send(v, path, fields);
		else
			visit(v, path);
		const int64_t used = db_calls(h->plein.db);
		db_fail_after(h->plein.db, 0);
		assert_clean(v);
		const bool through = v->code < 400 || v->steps > 0;
		if (!through && v->code < 500)
			fail_msg("%s: %d when call %d fails:\n%s", path, v->code, (int)n, v->page);
		if (!through)
			assert_int_equal(fingerprint(h), before);
		if (n > used)
			assert_int_equal(v->code, 200);
		if (n > used || (fields != NULL && v->steps > 0))
			return;
	}
	fail_msg("no end to the calls of %s", path);
}

static const char *about(struct house *h, const char *pattern, int64_t id)
{
	const char *at = strstr(pattern, "{id}");
	return arena_printf(&h->arena, "%.*s%lld%s", (int)(at - pattern), pattern, (long long)id,
	                    at + 4);
}

static void signing_in_with_a_database_that_fails_now_and_then(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	survives(v, "/sign-in", "/sign-in", NULL);
	survives(v, "/sign-in", "/sign-in",
	         "email=anna@duinwaard.example&password=" HOUSE_PASSWORD);
	survives(v, "/sign-in/code", "/sign-in/code",
	         arena_printf(&h->arena, "code=%s", house_code(h, anna)));
	visit(v, "/");
	assert_page_says(v, "Mijn werk");
	visitor_free(v);
}

static void own_pages_with_a_database_that_fails_now_and_then(void **state)
{
	static const char *const PAGES[] = {
		"/", "/me/sessions", "/me/settings", "/me/password", "/step-up", "/news"
	};
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, anna);
	for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++)
		survives(v, "/", PAGES[i], NULL);
	survives(v, "/me/settings", "/me/settings", "colours=dark&density=compact");
	survives(v, "/step-up", "/step-up",
	         arena_printf(&h->arena, "code=%s&next=/", house_code(h, anna)));
	visitor_free(v);
}

static void people_with_a_database_that_fails_now_and_then(void **state)
{
	static const char *const PAGES[] = { "/people", "/people/requests", "/people/{id}",
		                             "/people/{id}/appointments",
		                             "/people/{id}/move/suspend" };
	struct house *h = *state;
	struct house_person *manager =
	    house_hire(h, "mees@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0);
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, manager);
	for (size_t i = 0; i < sizeof PAGES / sizeof PAGES[0]; i++)
		survives(v, "/people",
		         strstr(PAGES[i], "{id}") != NULL ? about(h, PAGES[i], anna->person_id)
		                                          : PAGES[i],
		         NULL);
	survives(v, "/people", about(h, "/people/proposals/{id}", anna->appointment_id), NULL);
	visitor_free(v);
}

static void accounts_and_roles_never_change_by_half(void **state)
{
	struct house *h = *state;
	struct house_person *manager =
	    house_hire(h, "mees@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0);
	struct house_person *head = house_hire(h, "hanna@riec.example", ROLE_RIEC_HEAD, 0);
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *m = visitor_new(h), *d = visitor_new(h);
	const char *role =
	    arena_printf(&h->arena, "role=PARTNER_DESK&organ=%lld&from=24-11-2026&reason=nodig",
	                 (long long)h->executive);

	visitor_sign_in(m, manager);
	visitor_sign_in(d, head);
	survives(m, "/people/requests", "/people/requests",
	         arena_printf(&h->arena,
	                      "name=Nora&email=nora@duinwaard.example&role=SUBMITTER&organ=%lld"
	                      "&reason=nieuw",
	                      (long long)h->executive));
	const int64_t nora = store_world_number(
	    h->store, "SELECT id FROM person WHERE email = 'nora@duinwaard.example'");
	const char *step = about(h, "/people/{id}/move/confirm", nora);
	survives(m, step, step, "note=");
	step = about(h, "/people/{id}/move/check-screening", nora);
	survives(m, step, step, "manner=vog&day=1-3-2026&note=");
	step = about(h, "/people/{id}/move/record-training", nora);
	survives(m, step, step, "day=1-4-2026&note=");
	step = about(h, "/people/{id}/move/activate", nora);
	survives(d, step, step, "note=");
	step = about(h, "/people/{id}/first-password", nora);
	survives(d, step, about(h, "/people/{id}/first-password/_passed", nora), "x=1");

	step = about(h, "/people/{id}/appointments", anna->person_id);
	survives(m, step, step, role);
	const int64_t proposal =
	    store_world_number(h->store, "SELECT max(id) FROM appointment WHERE state = 1");
	survives(d, about(h, "/people/proposals/{id}", proposal),
	         about(h, "/people/proposals/{id}/_confirm", proposal), "x=1");
	survives(m, about(h, "/people/proposals/{id}", proposal),
	         about(h, "/people/proposals/{id}/_end", proposal), "reason=klaar");
	step = about(h, "/people/{id}/move/revoke", anna->person_id);
	survives(m, step, step, "note=");
	visitor_free(m);
	visitor_free(d);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(signing_in_with_a_database_that_fails_now_and_then),
		CASE(own_pages_with_a_database_that_fails_now_and_then),
		CASE(people_with_a_database_that_fails_now_and_then),
		CASE(accounts_and_roles_never_change_by_half),
	};
	return cmocka_run_group_tests_name("failing calls", tests, NULL, NULL);
}
