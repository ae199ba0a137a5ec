/* The change feed: what changed, of what the viewer may see, and not a trace of anything else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "casework/changes.h"

static const char *cursor_of(struct casus *c, const char *body)
{
	const char *at = strstr(body, "\"cursor\":\"");

	assert_non_null(at);
	return arena_printf(&c->h->arena, "%.*s", CHANGE_CURSOR_BYTES - 1, at + 10);
}

static int times(const char *body, const char *what)
{
	int count = 0;

	for (const char *at = body; (at = strstr(at, what)) != NULL; at++)
		count++;
	return count;
}

/* ---- promises ------------------------------------------------------------------------------------ */

static void what_changed_after_the_last_time_comes_once_with_its_number_and_version(void **state)
{
	struct casus *c = casus_new(*state);
	const char *first = casus_feed(c, c->wendy, "");
	const char *subject = arena_printf(
	    &c->h->arena, "{\"topic\":\"subject\",\"kind\":\"FACTS\",\"id\":\"%s/subjects/1\"",
	    c->ref);

	assert_non_null(strstr(first, c->ref));
	const char *again = casus_feed(c, c->wendy, cursor_of(c, first));
	assert_int_equal(times(again, "topic"), 0);
	casus_tell(c, c->v_wim, 1, "kind=INSPECTION&nature=FACT&text=Controle%20in%20de%20loods");
	casus_tell(c, c->v_wim, 1, "kind=INSPECTION&nature=FACT&text=Nog%20een%20controle");
	const char *next = casus_feed(c, c->wendy, cursor_of(c, again));
	assert_int_equal(times(next, "topic"), 1); /* the newest of an object counts */
	assert_non_null(strstr(next, subject));
	assert_null(strstr(next, "loods"));
	casus_name(c, c->wim, "&heavy=1");
	next = casus_feed(c, c->wendy, cursor_of(c, next));
	assert_non_null(strstr(next, "\"topic\":\"casefile\""));
	casus_free(c);
}

static void
facts_of_the_third_phase_move_neither_answer_nor_cursor_of_who_is_not_named(void **state)
{
	struct casus *c = casus_new(*state);
	const char *before = casus_feed(c, c->wendy, ""), *after = cursor_of(c, before);
	const char *rest = casus_feed(c, c->wendy, after), *cor = casus_feed(c, c->cor, "");

	casus_put_heavy(c, "Uit een gericht onderzoek bleek dit");
	assert_string_equal(casus_feed(c, c->wendy, ""), before);
	assert_string_equal(casus_feed(c, c->wendy, after), rest);
	assert_string_equal(casus_feed(c, c->cor, ""), cor);
	casus_name(c, c->wendy, "&heavy=1");
	assert_int_equal(times(casus_feed(c, c->wendy, after), "\"subject\""), 1);
	casus_free(c);
}

static void notes_tasks_and_analysis_are_heard_of_by_who_reads_their_phase(void **state)
{
	struct casus *c = casus_new(*state);
	const char *start = cursor_of(c, casus_feed(c, c->wendy, ""));
	struct arena *a = &c->h->arena;

	casus_name(c, c->cor, "&heavy=1");
	const char *named = cursor_of(c, casus_feed(c, c->wendy, start));
	const char *of_cor = cursor_of(c, casus_feed(c, c->cor, ""));
	send_from(c->v_cor, casus_at(c, "/notes"), casus_at(c, "/notes"), "text=Zwaar&heavy=1");
	assert_int_equal(c->v_cor->code, 200);
	assert_int_equal(times(casus_feed(c, c->wendy, named), "topic"), 0);
	assert_int_equal(times(casus_feed(c, c->cor, of_cor), "\"note\""), 1);
	send_from(c->v_wendy, casus_at(c, "/notes"), casus_at(c, "/notes"), "text=Licht");
	send_from(c->v_wendy, casus_at(c, "/notes/2"), casus_at(c, "/notes/2"), "text=Lichter");
	send_from(c->v_cor, casus_at(c, "/tasks"), casus_at(c, "/tasks"),
	          arena_printf(a, "owner=%lld&dueDay=1-12-2026&task=Bel%%20de%%20eigenaar",
	                       (long long)c->wendy->appointment_id));
	assert_int_equal(casus_post(c, c->ana, "/analysis/paragraphs",
	                            "{\"section\":\"QUESTION\",\"text\":\"Wie is dit?\"}", NULL),
	                 201);
	const char *next = casus_feed(c, c->wendy, named);
	assert_non_null(strstr(
	    next,
	    arena_printf(a, "\"note\",\"kind\":\"CHANGED\",\"id\":\"%s/notes/2\",\"version\":2",
	                 c->ref)));
	assert_int_equal(times(next, "\"note\""), 1);
	assert_non_null(strstr(next, arena_printf(a, "\"id\":\"%s/tasks/", c->ref)));
	assert_non_null(strstr(next, arena_printf(a, "\"id\":\"%s/analysis\"", c->ref)));
	assert_null(strstr(next, "Licht"));
	casus_free(c);
}

static void who_is_no_member_or_is_blocked_hears_nothing(void **state)
{
	struct casus *c = casus_new(*state);
	const struct house_person *out =
	    house_hire(c->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0);

	assert_int_equal(times(casus_feed(c, out, ""), "topic"), 0);
	assert_true(times(casus_feed(c, c->wendy, ""), "topic") > 0);
	send_from(
	    c->v_cor, casus_at(c, "/members"), casus_at(c, "/blocks"),
	    arena_printf(&c->h->arena, "person=%lld&kind=EMBARGO", (long long)c->wendy->person_id));
	assert_int_equal(c->v_cor->code, 200);
	assert_int_equal(times(casus_feed(c, c->wendy, ""), "topic"), 0);
	casus_free(c);
}

/* Changes of things that are nobody's. */
static enum status add_hidden(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt ADD = {
		"test_hidden_change", "i",
		"INSERT INTO change (topic, object_id, phase) VALUES (1, $1, 0)"
	};
	const int *count = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < *count; i++)
		st = db_exec(tx, &ADD, DB_ARGS(DB_INT(1000000 + i)), NULL, reterr);
	return st;
}

static void hide(struct casus *c, int count)
{
	store_world_run(c->h->store, add_hidden, &count);
}

static struct changes looked(struct casus *c, struct change_place after, int stretches)
{
	const struct viewer who = { .person_id = c->wendy->person_id,
		                    .appointment_id = c->wendy->appointment_id,
		                    .role = c->wendy->role };
	struct changes ret;
	struct db_read *r;
	struct error e;

	store_world_settle(c->h->store);
	assert_int_equal(db_read_begin(c->h->plein.db, &r, &e), OK);
	assert_int_equal(changes_after(r, &who, after, stretches, &c->h->arena, &ret, &e), OK);
	db_read_end(r);
	return ret;
}

static void what_lies_behind_many_hidden_changes_is_reached_in_one_answer(void **state)
{
	struct casus *c = casus_new(*state);
	const char *after = cursor_of(c, casus_feed(c, c->wendy, ""));

	hide(c, 2 * CHANGES_STRETCH + CHANGES_STRETCH / 2);
	assert_string_equal(cursor_of(c, casus_feed(c, c->wendy, after)), after);
	casus_tell(c, c->v_wim, 1, "kind=INSPECTION&nature=FACT&text=Nog%20een%20controle");
	const char *next = casus_feed(c, c->wendy, after);
	assert_int_equal(times(next, "topic"), 1);
	assert_non_null(strstr(next, "\"more\":false"));
	casus_free(c);
}

static void more_hidden_changes_than_an_answer_looks_through_are_passed(void **state)
{
	struct casus *c = casus_new(*state);

	hide(c, 2 * CHANGES_STRETCH);
	const struct changes none = { 0 };
	const struct changes one = looked(c, none.reached, 1);
	assert_int_equal(one.list.count, 0);
	assert_true(one.more);
	assert_true(one.reached.seq > 0);
	const struct changes rest = looked(c, one.reached, 3);
	assert_false(rest.more);
	assert_int_equal(rest.reached.seq, one.reached.seq); /* what ends isn't passed */
	casus_free(c);
}

static void a_cursor_of_somebody_else_or_one_that_was_changed_is_refused(void **state)
{
	struct casus *c = casus_new(*state);
	const char *cursor = cursor_of(c, casus_feed(c, c->wendy, ""));
	const char *other = cursor[0] == 'f' ? "e" : "f";

	assert_non_null(strstr(
	    casus_get(c, c->wim, arena_printf(&c->h->arena, "/changes?after=%s", cursor), 400),
	    "zonder after"));
	casus_get(c, c->wendy, "/changes?after=0", 400);
	casus_get(c, c->wendy, arena_printf(&c->h->arena, "/changes?after=%s%s", other, cursor + 1),
	          400);
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(what_changed_after_the_last_time_comes_once_with_its_number_and_version),
		PROMISE(
		    facts_of_the_third_phase_move_neither_answer_nor_cursor_of_who_is_not_named),
		PROMISE(notes_tasks_and_analysis_are_heard_of_by_who_reads_their_phase),
		PROMISE(who_is_no_member_or_is_blocked_hears_nothing),
		PROMISE(what_lies_behind_many_hidden_changes_is_reached_in_one_answer),
		PROMISE(more_hidden_changes_than_an_answer_looks_through_are_passed),
		PROMISE(a_cursor_of_somebody_else_or_one_that_was_changed_is_refused),
	};

	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
