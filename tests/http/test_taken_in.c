/* An adopted signal comes into a casefile that is there; a closed one is taken up again by it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "casework/casework.h"
#include "weighing_table.h"

static int64_t number(struct house *h, const char *sql)
{
	return store_world_number(h->store, sql);
}

/* ---- weighed: into the casefile that is there --------------------------------------------------- */

static const char *decided_casefile(struct table *t)
{
	visit(t->v_cor, "/casefiles");
	const char *at = strstr(t->v_cor->page, "/casefiles/C-");
	assert_non_null(at);
	return arena_printf(&t->h->arena, "%.*s", (int)strcspn(at + 11, "\"?/"), at + 11);
}

static enum status close_run(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt CLOSE = {
		"test_close", "i", "UPDATE casefile SET state = $1, destroy_due = 30000"
	};
	const int64_t *to = args;
	return db_exec(tx, &CLOSE, DB_ARGS(DB_INT(*to)), NULL, reterr);
}

/* A casefile from a first signal; a second signal on the table of an open meeting. */
static const char *second_signal(struct table *t)
{
	plan(t, 4);
	open_meeting(t, 4, 4);
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), good(t));
	assert_page_says(t->v_sec, "Het besluit is vastgelegd");
	const char *casefile = decided_casefile(t);
	bring_in(t);
	plan(t, 4);
	open_meeting(t, 4, 4);
	return casefile;
}

#define SHORT                                                                                      \
	"criterionA=yes&criterionB=yes&criterionC=yes&criterionD=yes&criterionE=yes"               \
	"&outcome=adopt-case&casefile=%s"

static void weighed_in_short_it_comes_into_the_casefile_and_opens_no_other(void **state)
{
	struct table *t = set_table(*state, 0);
	const char *casefile = second_signal(t);
	const char *fields = arena_printf(&t->h->arena, SHORT, casefile);

	send_from(t->v_cor, path(t, "/items/1"), path(t, "/items/1/_decide"),
	          arena_printf(&t->h->arena, SHORT, "C-2026-XXXXX"));
	assert_int_equal(t->v_cor->code, 400);
	assert_page_says(t->v_cor, "Deze casus kennen wij niet");
	/* who runs the meeting without sight of casefiles learns nothing by trying numbers */
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), fields);
	assert_int_equal(t->v_sec->code, 400);
	assert_page_says(t->v_sec, "Deze casus kennen wij niet");
	send_from(t->v_cor, path(t, "/items/1"), path(t, "/items/1/_decide"), fields);
	assert_page_says(t->v_cor, "Het besluit is vastgelegd");
	assert_int_equal(number(t->h, "SELECT count(*) FROM casefile"), 1);
	assert_int_equal(number(t->h, "SELECT count(*) FROM casefile_signal"), 2);
	visit(t->v_cor, arena_printf(&t->h->arena, "/casefiles/%s", casefile));
	assert_page_says(t->v_cor, "Aangevuld uit een nieuw signaal");
	leave(t);
}

static void a_closed_casefile_is_taken_up_again_and_a_stopped_one_never(void **state)
{
	struct table *t = set_table(*state, 0);
	const char *casefile = second_signal(t);
	int64_t stopped = CASEFILE_STOPPED, closed = CASEFILE_CLOSED;

	store_world_run(t->h->store, close_run, &stopped);
	send_from(t->v_cor, path(t, "/items/1"), path(t, "/items/1/_decide"),
	          arena_printf(&t->h->arena, SHORT, casefile));
	assert_int_equal(t->v_cor->code, 400);
	assert_int_equal(number(t->h, "SELECT count(*) FROM casefile_signal"), 1);
	store_world_run(t->h->store, close_run, &closed);
	send_from(t->v_cor, path(t, "/items/1"), path(t, "/items/1/_decide"),
	          arena_printf(&t->h->arena, SHORT, casefile));
	assert_page_says(t->v_cor, "Het besluit is vastgelegd");
	assert_int_equal(number(t->h, "SELECT state FROM casefile"), CASEFILE_OPEN);
	assert_int_equal(number(t->h, "SELECT destroy_due FROM casefile"), 0);
	visit(t->v_cor, arena_printf(&t->h->arena, "/casefiles/%s", casefile));
	assert_page_says(t->v_cor, "Weer in behandeling");
	leave(t);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(weighed_in_short_it_comes_into_the_casefile_and_opens_no_other),
		PROMISE(a_closed_casefile_is_taken_up_again_and_a_stopped_one_never),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
