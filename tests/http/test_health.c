/* /health: what a load balancer and a monitor read. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "house_world.h"

static void a_server_in_order_is_ready(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	house_seal(h);
	visit(v, "/health");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"live\":true");
	assert_page_says(v, "\"ready\":true");
	assert_page_says(v, "\"status\":\"READY\"");
	assert_page_says(v, "\"reachable\":true");
	assert_page_says(v, "\"waiting\":");
	assert_page_says(v, "\"inOrder\":true");
	visitor_free(v);
}

static void a_sealer_that_is_behind_degrades_it_and_takes_nobody_away(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	house_seal(h);
	h->clock.fixed_ms += 2 * 60 * 1000;
	visit(v, "/health");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"status\":\"DEGRADED\"");
	assert_page_says(v, "\"inOrder\":false");
	visitor_free(v);
}

static void it_answers_without_sign_in_and_leaves_no_event(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);
	static const char COUNT[] = "SELECT count(*) FROM audit_event";
	int64_t before = store_world_number(h->store, COUNT);

	visit(v, "/health");
	visit(v, "/api/v1/health");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"live\":true");
	assert_int_equal(store_world_number(h->store, COUNT), before);
	visitor_free(v);
}

static void it_tells_no_names_paths_or_keys(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	visit(v, "/health");
	assert_false(page_says(v, "/tmp"));
	assert_false(page_says(v, "RIEC"));
	assert_false(page_says(v, "postgres"));
	assert_false(page_says(v, "sqlite"));
	assert_false(page_says(v, "cause"));
	visitor_free(v);
}

static void who_is_signed_in_gets_the_same_answer(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0));
	visit(v, "/api/v1/health");
	assert_int_equal(v->code, 200);
	visitor_free(v);
}

static void who_finds_a_weakness_reads_where_to_tell_it(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	h->plein.security_contact = "mailto:veiligheid@riec.example";
	h->plein.public_origin = "https://plein.example";
	visit(v, "/.well-known/security.txt");
	assert_int_equal(v->code, 200);
	assert_string_equal(v->page, "Contact: mailto:veiligheid@riec.example\n"
	                             "Expires: 2027-05-23T00:00:00Z\n"
	                             "Preferred-Languages: nl, en\n"
	                             "Canonical: https://plein.example/.well-known/security.txt\n");
	visitor_free(v);
}

static void without_a_contact_there_is_no_such_page(void **state)
{
	struct house *h = *state;
	struct visitor *v = visitor_new(h);

	visit(v, "/.well-known/security.txt");
	assert_int_equal(v->code, 404);
	visitor_free(v);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_server_in_order_is_ready),
		CASE(a_sealer_that_is_behind_degrades_it_and_takes_nobody_away),
		CASE(it_answers_without_sign_in_and_leaves_no_event),
		CASE(it_tells_no_names_paths_or_keys),
		CASE(who_is_signed_in_gets_the_same_answer),
		CASE(who_finds_a_weakness_reads_where_to_tell_it),
		CASE(without_a_contact_there_is_no_such_page),
	};
	return cmocka_run_group_tests_name("health", tests, NULL, NULL);
}
