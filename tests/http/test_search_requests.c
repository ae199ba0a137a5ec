/* Requests in the one search, and searches that are kept: with a purpose, until a day. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/core/calendar.h"
#include "request_world.h"
#include "requests/request_end.h"
#include "search/saved_search.h"
#include "server/rooms.h"

#define ONE "&subjects%5B0%5D.number=1"

static void feed(struct bureau *b)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(search_feed_step(&b->h->plein, SEARCH_FEEDS, &more, &e), OK);
}

static bool finds(struct visitor *v, const char *words, const char *ref)
{
	char field[100], link[100];

	assert_true((size_t)snprintf(field, sizeof field, "q=%s", words) < sizeof field);
	assert_true((size_t)snprintf(link, sizeof link, "\"/requests/%s\"", ref) < sizeof link);
	visit(v, "/search");
	visitor_send(v, "/search", field);
	assert_int_equal(v->code, 200);
	return page_says(v, link);
}

/* ---- requests ----------------------------------------------------------------------------------- */

static void who_may_open_a_request_finds_it_by_its_words_and_nobody_else(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = draft(b, b->h->police_organ, SUPERVISION ONE);
	struct house_person *other =
	    house_hire(b->h, "loket@duinwaard.example", ROLE_PARTNER_DESK, 0);
	struct visitor *v_other = signed_in(b->h, other);

	feed(b);
	assert_true(finds(b->v_ana, "controles", ref));
	assert_true(finds(b->v_ana, ref, ref));
	assert_false(finds(b->v_desk, "controles", ref)); /* a draft isn't theirs yet */
	move(b, b->v_cor, ref, "issue");
	feed(b);
	assert_true(finds(b->v_desk, "controles", ref));
	assert_false(finds(v_other, "controles", ref));
	assert_false(finds(v_other, ref, ref));
	assert_false(finds(b->v_desk, "kwartelkade", ref));
	visitor_free(v_other);
	close_bureau(b);
}

static void a_request_of_phase_3_is_found_by_no_analyst(void **state)
{
	struct bureau *b = open_bureau(*state);

	open_phase(b, 0, 3);
	const char *ref = asked(b, b->h->police_organ,
	                        "kind=CONTENT&categories=POLICE_9_10&question=Wat%20loopt%20er%"
	                        "20rond%20de%20haven" ONE);
	feed(b);
	assert_true(finds(b->v_cor, "haven", ref));
	assert_false(finds(b->v_ana, "haven", ref));
	assert_false(finds(b->v_ana, ref, ref));
	close_bureau(b);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct bureau *b = args;
	return requests_forget_casefile(tx, b->casefile, HOUSE_NOW, reterr);
}

static void what_was_forgotten_is_in_no_search(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ONE);

	feed(b);
	assert_true(finds(b->v_cor, "controles", ref));
	store_world_run(b->h->store, forget_run, b);
	assert_false(finds(b->v_cor, "controles", ref)); /* at once */
	feed(b);
	assert_false(finds(b->v_cor, ref, ref));
	close_bureau(b);
}

/* ---- kept searches ------------------------------------------------------------------------------- */

#define KEEP "q=controles&purpose=Voortgang%20van%20de%20casus"

static enum status end_run(struct db_tx *tx, void *args, struct error *reterr)
{
	int64_t *count = args;
	return saved_searches_end(tx, local_day(HOUSE_NOW) + 30, count, reterr);
}

static void a_kept_search_has_a_purpose_and_an_end_and_is_nobody_elses(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ONE);

	feed(b);
	(void)finds(b->v_ana, "controles", ref);
	visitor_send(b->v_ana, "/search/saved", "q=controles&purpose=x&until=1-12-2026");
	assert_int_equal(b->v_ana->code, 400);
	assert_page_says(b->v_ana, "waarvoor u dit zoekt");
	visitor_send(b->v_ana, "/search/saved", KEEP "&until=1-12-2027");
	assert_int_equal(b->v_ana->code, 400);
	assert_page_says(b->v_ana, "hooguit een half jaar later");
	visitor_send(b->v_ana, "/search/saved", KEEP "&until=1-12-2026");
	assert_page_says(b->v_ana, "Voortgang van de casus");
	assert_page_says(b->v_ana, "1 december 2026");
	visit(b->v_cor, "/search");
	assert_false(page_says(b->v_cor, "Voortgang van de casus"));
	visitor_send(b->v_ana, "/search/saved/1/_run", "x=1");
	assert_int_equal(b->v_ana->code, 200);
	assert_page_says(b->v_ana, ref);
	assert_int_equal(count(b, "SELECT count(*) FROM saved_search"), 1);
	close_bureau(b);
}

static void a_kept_search_ends_by_itself_with_its_key(void **state)
{
	struct bureau *b = open_bureau(*state);
	int64_t gone = 0;

	visit(b->v_ana, "/search");
	(void)finds(b->v_ana, "controles", "V-");
	visitor_send(b->v_ana, "/search/saved", KEEP "&until=1-12-2026");
	const int64_t keys = count(b, "SELECT count(*) FROM sealed_key");
	(void)finds(b->v_ana, "controles", "V-");
	visitor_send(b->v_ana, "/search/saved", KEEP "&until=1-3-2027");
	store_world_run(b->h->store, end_run, &gone);
	assert_int_equal(gone, 1);
	assert_int_equal(count(b, "SELECT count(*) FROM saved_search"), 1);
	assert_int_equal(count(b, "SELECT count(*) FROM sealed_key"), keys);
	visit(b->v_ana, "/search");
	visitor_send(b->v_ana, "/search/saved/2/_remove", "x=1");
	assert_page_says(b->v_ana, "Weggehaald");
	assert_int_equal(count(b, "SELECT count(*) FROM saved_search"), 0);
	close_bureau(b);
}

#define T(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(who_may_open_a_request_finds_it_by_its_words_and_nobody_else),
		T(a_request_of_phase_3_is_found_by_no_analyst),
		T(what_was_forgotten_is_in_no_search),
		T(a_kept_search_has_a_purpose_and_an_end_and_is_nobody_elses),
		T(a_kept_search_ends_by_itself_with_its_key),
	};
	return cmocka_run_group_tests_name("search requests", tests, NULL, NULL);
}
