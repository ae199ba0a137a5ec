/* From a raw target to a route: exact, most specific first, and nothing odd gets through. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/core/limits.h"
#include "platform/http/router.h"

static enum status nothing(struct request *rq, struct response *rs, struct error *reterr)
{
	(void)rq, (void)rs, (void)reterr;
	return OK;
}

static const struct route ROUTES[] = {
	{ .method = "GET", .path = "/", .read = nothing, .flags = ROUTE_PAGE_ONLY },
	{ .method = "GET", .path = "/signals", .read = nothing },
	{ .method = "POST", .path = "/signals", .read = nothing },
	{ .method = "GET", .path = "/signals/{ref}", .read = nothing },
	{ .method = "DELETE", .path = "/signals/{ref}", .read = nothing, .flags = ROUTE_API_ONLY },
	{ .method = "GET", .path = "/signals/new", .read = nothing, .flags = ROUTE_PAGE_ONLY },
	{ .method = "GET", .path = "/signals/{ref}/facts/{fact}", .read = nothing },
	{ 0 },
};
static const struct route *const TABLES[] = { ROUTES, NULL };

struct world {
	struct arena arena;
	struct router *router;
	struct error error;
	struct target target;
	struct match match;
};

static int setup(void **state)
{
	static struct world w;
	arena_init(&w.arena, 1 << 20);
	*state = &w;
	return router_make(TABLES, &w.router, &w.error) == OK ? 0 : -1;
}

static int teardown(void **state)
{
	struct world *w = *state;
	router_free(w->router);
	arena_reset(&w->arena);
	return 0;
}

static const struct route *ask(struct world *w, const char *method, const char *raw)
{
	assert_int_equal(target_read(&w->arena, raw, &w->target, &w->error), OK);
	router_match(w->router, method, &w->target, &w->match);
	return w->match.route;
}

static void a_literal_beats_a_name(void **state)
{
	struct world *w = *state;
	assert_ptr_equal(ask(w, "GET", "/"), &ROUTES[0]);
	assert_ptr_equal(ask(w, "GET", "/signals/new"), &ROUTES[5]);
	assert_ptr_equal(ask(w, "GET", "/signals/newer"), &ROUTES[3]);
	assert_string_equal(w->match.params[0], "newer");
	assert_ptr_equal(ask(w, "HEAD", "/signals/S-2026-7K3QF/facts/a%20b"), &ROUTES[6]);
	assert_string_equal(w->match.params[0], "S-2026-7K3QF");
	assert_string_equal(w->match.params[1], "a b");
	assert_string_equal(w->target.path, "/signals/S-2026-7K3QF/facts/a b");
}

static void the_api_is_the_same_routes_under_another_root(void **state)
{
	struct world *w = *state;
	assert_ptr_equal(ask(w, "GET", "/api/v1/signals?state=open"), &ROUTES[1]);
	assert_true(w->target.api);
	assert_string_equal(w->target.path, "/signals");
	assert_string_equal(w->target.query, "state=open");
	assert_null(ask(w, "GET", "/api/v1/"));
	assert_string_equal(w->match.allow, ""); /* the home page is a page only */
	assert_ptr_equal(ask(w, "GET", "/api/v1/signals/new"), &ROUTES[3]);
	assert_ptr_equal(ask(w, "DELETE", "/api/v1/signals/x"), &ROUTES[4]);
	assert_null(ask(w, "DELETE", "/signals/x"));
	assert_string_equal(w->match.allow, "GET, HEAD, OPTIONS");
	assert_null(ask(w, "GET", "/api/v2/signals"));
}

static void another_method_is_told_what_is_allowed(void **state)
{
	struct world *w = *state;
	assert_null(ask(w, "BREW", "/signals"));
	assert_string_equal(w->match.allow, "GET, HEAD, POST, OPTIONS");
	assert_null(ask(w, "POST", "/nowhere"));
	assert_string_equal(w->match.allow, "");
	assert_null(ask(w, "get", "/signals")); /* methods are case-sensitive */
}

static const char *const BAD_TARGETS[] = {
	"",
	"*",
	"signals",
	"http://other/signals",
	"//evil.example",
	"/a//b",
	"/%",
	"/%2",
	"/%zz",
	"/%00",
	"/a%0Ab",
	"/%7F",
	"/..",
	"/a/../b",
	"/%2e%2e/b",
	"/.",
	"/a%2Fb",
	"/%C0%AE",
	"/%FF",
	"/a#b",
	"/\x01",
	"/a//",
};

static void targets_that_no_browser_sends_are_refused(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < sizeof BAD_TARGETS / sizeof BAD_TARGETS[0]; i++)
		if (target_read(&w->arena, BAD_TARGETS[i], &w->target, &w->error) != ERR_INVALID)
			fail_msg("taken: %s", BAD_TARGETS[i]);
}

static void a_slash_too_many_is_noticed(void **state)
{
	struct world *w = *state;
	assert_ptr_equal(ask(w, "GET", "/signals/"), &ROUTES[1]);
	assert_true(w->target.trailing_slash);
	(void)ask(w, "GET", "/signals");
	assert_false(w->target.trailing_slash);
	(void)ask(w, "GET", "/");
	assert_false(w->target.trailing_slash);
}

static void targets_have_limits(void **state)
{
	struct world *w = *state;
	char *raw = arena_alloc(&w->arena, LIMIT_TARGET_BYTES + 2);
	memset(raw, 'a', LIMIT_TARGET_BYTES);
	raw[0] = '/';
	assert_int_equal(target_read(&w->arena, raw, &w->target, &w->error), OK);
	raw[LIMIT_TARGET_BYTES] = 'a';
	assert_int_equal(target_read(&w->arena, raw, &w->target, &w->error), ERR_LIMIT);

	char *deep = arena_alloc(&w->arena, 2 * LIMIT_PATH_SEGMENTS + 3);
	for (size_t i = 0; i < 2 * LIMIT_PATH_SEGMENTS; i++)
		deep[i] = i % 2 == 0 ? '/' : 'a';
	assert_int_equal(target_read(&w->arena, deep, &w->target, &w->error), OK);
	deep[2 * LIMIT_PATH_SEGMENTS] = '/';
	deep[2 * LIMIT_PATH_SEGMENTS + 1] = 'a';
	assert_int_equal(target_read(&w->arena, deep, &w->target, &w->error), ERR_LIMIT);
}

static void a_path_is_made_and_read_back(void **state)
{
	struct world *w = *state;
	const char *const values[] = { "a b&é?#%", "x~y" };
	const char *path = http_path(&w->arena, "/signals/{ref}/facts/{fact}", values);
	assert_string_equal(path, "/signals/a%20b%26%C3%A9%3F%23%25/facts/x~y");
	assert_ptr_equal(ask(w, "GET", path), &ROUTES[6]);
	assert_string_equal(w->match.params[0], values[0]);
	assert_string_equal(http_path(&w->arena, "/signals", NULL), "/signals");
}

static void tables_that_cannot_work_stop_the_start(void **state)
{
	static const struct route bad[][3] = {
		{ { .method = "GET", .path = "/a" }, { 0 } },
		{ { .method = "POST", .path = "/a" }, { 0 } },
		{ { .method = "FETCH", .path = "/a", .read = nothing }, { 0 } },
		{ { .method = "GET", .path = "a", .read = nothing }, { 0 } },
		{ { .method = "GET", .path = "/a//b", .read = nothing }, { 0 } },
		{ { .method = "GET", .path = "/{a}/{b}/{c}/{d}/{e}", .read = nothing }, { 0 } },
		{ { .method = "GET", .path = "/a/{b}", .read = nothing },
		  { .method = "GET", .path = "/a/{c}", .read = nothing },
		  { 0 } },
		{ { .method = "GET",
		    .path = "/a",
		    .read = nothing,
		    .flags = ROUTE_API_ONLY | ROUTE_PAGE_ONLY },
		  { 0 } },
	};
	struct world *w = *state;
	for (size_t i = 0; i < sizeof bad / sizeof bad[0]; i++) {
		const struct route *const tables[] = { bad[i], NULL };
		struct router *r = NULL;
		assert_int_equal(router_make(tables, &r, &w->error), ERR_INTERNAL);
		assert_null(r);
		assert_true(w->error.cause[0] != '\0');
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_literal_beats_a_name, setup, teardown),
		cmocka_unit_test_setup_teardown(the_api_is_the_same_routes_under_another_root,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(another_method_is_told_what_is_allowed, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(targets_that_no_browser_sends_are_refused, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(a_slash_too_many_is_noticed, setup, teardown),
		cmocka_unit_test_setup_teardown(targets_have_limits, setup, teardown),
		cmocka_unit_test_setup_teardown(a_path_is_made_and_read_back, setup, teardown),
		cmocka_unit_test_setup_teardown(tables_that_cannot_work_stop_the_start, setup,
		                                teardown),
	};
	return cmocka_run_group_tests_name("router", tests, NULL, NULL);
}
