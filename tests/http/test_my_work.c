/* "Mijn werk" of somebody for whom much waits: what is due first, the rest behind it, each once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "audit/action.h"
#include "client.h"
#include "house_world.h"
#include "platform/core/calendar.h"
#include "work/work.h"

enum { TASKS = 60, OF_A_PAGE = 25, LATE = 5 };

struct heap {
	struct house *h;
	const struct house_person *cor, *ana;
};

/* Two a day from five days ago, so that a page ends in the middle of a day. */
static enum status pile(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct heap *p = args;
	const int64_t now = p->h->clock.fixed_ms;
	enum status st = OK;

	for (int i = 0; st == OK && i < TASKS; i++) {
		const struct work_task task = {
			.owner = audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
			.kind = WORK_SIGNAL_INTAKE,
			.object_kind = OBJECT_SIGNAL,
			.object_id = 1000 + i,
			.reference = arena_printf(db_tx_arena(tx), "S-2026-%05d", i),
			.due_day = local_day(now) - LATE + i / 2,
			.created_at = now,
			.created_by = p->ana->appointment_id,
		};
		st = work_add(tx, &task, reterr);
	}
	return st;
}

static struct heap heap_of(struct house *h)
{
	struct heap p = { h, house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0),
		          house_hire(h, "ana@riec.example", ROLE_ANALYST, 0) };

	store_world_run(h->store, pile, &p);
	return p;
}

static size_t times(const char *page, const char *what)
{
	size_t count = 0;

	for (const char *at = strstr(page, what); at != NULL; at = strstr(at + 1, what))
		count++;
	return count;
}

static void what_is_due_first_comes_first_and_every_task_once(void **state)
{
	struct heap p = heap_of(*state);
	struct visitor *v = visitor_new(p.h);
	const char *path = "/";
	size_t seen = 0, pages = 0;

	visitor_sign_in(v, p.cor);
	while (path != NULL) {
		visit(v, path);
		assert_page_says(v, "Er wachten 60 dingen op u: 10 te laat, 2 voor vandaag.");
		for (int i = 0; i < TASKS; i++)
			if (page_says(v, arena_printf(&p.h->arena, "S-2026-%05d", i)))
				assert_int_equal(i, (int)seen++); /* in order, none twice */
		assert_true(times(v->page, "plein-rowlink") <= OF_A_PAGE);
		const char *next = strstr(v->page, "href=\"/?after=");
		path = next == NULL ? NULL
		                    : arena_strndup(&p.h->arena, next + strlen("href=\""),
		                                    strcspn(next + strlen("href=\""), "\""));
		pages++;
	}
	assert_int_equal(seen, TASKS);
	assert_int_equal(pages, 3);
	assert_page_says(v, "Later"); /* the group, said again on each page */
	assert_page_says(v, "Terug naar wat het eerst moet");
	visitor_free(v);
}

/* Who helps with a draft, or works on a casefile, writes in a signal but begins none. */
static void what_one_may_begin_is_offered_and_nothing_else(void **state)
{
	static const struct {
		enum role role;
		bool begins;
	} ROLES[] = { { ROLE_SUBMITTER, true },
		      { ROLE_ACCOUNT_MANAGER, false },
		      { ROLE_WORKING_GROUP, false } };
	struct house *h = *state;

	for (size_t i = 0; i < sizeof ROLES / sizeof ROLES[0]; i++) {
		const char *mail = arena_printf(&h->arena, "begint%zu@voorbeeld.example", i);
		struct visitor *v = visitor_new(h);
		visitor_sign_in(v, house_hire(h, mail, ROLES[i].role, 0));
		visit(v, "/");
		assert_int_equal(page_says(v, "Schrijf een signaal"), ROLES[i].begins);
		assert_int_equal(page_says(v, "Plak een mail"), ROLES[i].begins);
		visit(v, "/signals/paste");
		assert_int_equal(v->code == 200, ROLES[i].begins);
		visitor_free(v);
	}
}

static void a_machine_walks_the_same_pages(void **state)
{
	struct heap p = heap_of(*state);
	const char *bearer = house_bearer(p.h, p.cor);
	const char *path = "/api/v1";
	size_t seen = 0;

	while (path != NULL) {
		struct reply r = client_request(p.h->port, "GET", path, bearer, NULL);
		assert_int_equal(r.code, 200);
		assert_true(reply_says(&r, "\"count\":60"));
		seen += times(r.body, "\"reference\":\"S-2026-");
		const char *next = strstr(r.body, "\"next\":\"");
		path = next == NULL ? NULL
		                    : arena_strndup(&p.h->arena, next + strlen("\"next\":\""),
		                                    strcspn(next + strlen("\"next\":\""), "\""));
		reply_free(&r);
	}
	assert_int_equal(seen, TASKS);
}

static void what_one_waits_for_shows_its_beginning_and_all_of_it_on_asking(void **state)
{
	struct heap p = heap_of(*state);
	struct visitor *v = visitor_new(p.h);

	visitor_sign_in(v, p.ana);
	visit(v, "/");
	assert_page_says(v, "Waar ik op wacht");
	assert_int_equal(times(v->page, "plein-rowlink"), 10);
	assert_page_says(v, "Alles waar u op wacht: 60");
	visit(v, "/?waiting=all");
	assert_int_equal(times(v->page, "plein-rowlink"), TASKS);
	visit(v, "/?after=x"); /* what can't be read is the beginning */
	assert_int_equal(v->code, 200);
	visitor_free(v);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

/* Until somebody says whether a new kind of object belongs to a casefile, nobody gets a task of it. */
static void what_belongs_to_a_casefile_is_looked_up_for_every_kind_of_task_and_news(void **state)
{
	enum { KINDS = 100 };
	const char *add = NULL, *tell = NULL;

	(void)state;
	for (const struct db_stmt *const *s = work_statements; *s != NULL; s++) {
		if (strcmp((*s)->name, "work_add") == 0)
			add = (*s)->sql;
		if (strcmp((*s)->name, "work_tell") == 0)
			tell = (*s)->sql;
	}
	assert_non_null(add);
	assert_non_null(tell);
	for (int kind = 0; kind < KINDS; kind++) {
		char when[32];
		(void)snprintf(when, sizeof when, " WHEN %d THEN", kind);
		const bool looked_up = strstr(add, when) != NULL;
		if (looked_up != (work_place_of(kind) == WORK_IN_CASEFILE) ||
		    looked_up != (strstr(tell, when) != NULL))
			fail_msg("kind %d is %s the statements, not as work_place_of() says", kind,
			         looked_up ? "in" : "not in");
	}
}

static enum status add_unplaced(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct work_task task = { .owner = audience_of(AUDIENCE_ROLE, ROLE_ANALYST),
		                        .kind = WORK_SIGNAL_INTAKE,
		                        .object_kind = OBJECT_KEYS,
		                        .object_id = 1,
		                        .reference = "x" };

	(void)args;
	return work_add(tx, &task, reterr);
}

static void a_task_about_a_kind_of_which_nobody_said_where_it_belongs_is_refused(void **state)
{
	struct house *h = *state;
	struct db_job job = { .run = add_unplaced };
	struct error e = { 0 };

	assert_int_equal(db_run(h->plein.db, &job, &e), ERR_INTERNAL);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM task"), 0);
}

enum { SHUT = 77, LIVE = 78 };

static enum status tell_of(struct db_tx *tx, audience to, int object_kind, int64_t object_id,
                           struct error *reterr)
{
	const struct work_news news = { .at = HOUSE_NOW,
		                        .kind = NEWS_SIGNAL_SUBMITTED,
		                        .object_kind = object_kind,
		                        .object_id = object_id,
		                        .reference = "S-2026-DC1ZT" };

	return work_tell(tx, to, &news, reterr);
}

static enum status tell_an_organ(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct house *h = args;

	return tell_of(tx, audience_of(AUDIENCE_ORGAN, h->police_organ), OBJECT_SIGNAL, 1, reterr);
}

/* An organ's audience is its submitters' and its deciders'; these read no signals. */
static void who_may_read_no_signal_hears_of_none(void **state)
{
	struct house *h = *state;
	struct visitor *submits = visitor_new(h), *decides = visitor_new(h);

	store_world_run(h->store, tell_an_organ, h);
	visitor_sign_in(submits,
	                house_hire(h, "indient@politie.example", ROLE_SUBMITTER, h->police_organ));
	visitor_sign_in(decides, house_hire(h, "beslist@politie.example", ROLE_PARTNER_DECIDER,
	                                    h->police_organ));
	visit(submits, "/news");
	assert_true(page_says(submits, "S-2026-DC1ZT"));
	visit(decides, "/news");
	assert_true(page_says(decides, "Er is geen nieuws"));
	visit(decides, "/");
	assert_false(page_says(decides, "S-2026-DC1ZT"));
	visitor_free(submits);
	visitor_free(decides);
}

static enum status shut_one_of_two(struct db_tx *tx, void *args, struct error *reterr)
{
	const audience all = audience_of(AUDIENCE_ROLE, ROLE_ANALYST);
	enum status st = OK;

	(void)args;
	for (int64_t id = SHUT; st == OK && id <= LIVE; id++) {
		const struct work_task task = { .owner = all,
			                        .kind = WORK_CASEFILE_ASK,
			                        .object_kind = OBJECT_CASEFILE,
			                        .object_id = id,
			                        .reference = "C-2026-7K3QF",
			                        .created_at = HOUSE_NOW };
		st = work_add(tx, &task, reterr);
		if (st == OK)
			st = tell_of(tx, all, OBJECT_CASEFILE, id, reterr);
	}
	if (st == OK)
		st = tell_of(tx, all, OBJECT_SIGNAL, SHUT, reterr);
	return st == OK ? work_end_casefile(tx, SHUT, HOUSE_NOW + 1, reterr) : st;
}

static void a_casefile_that_is_put_away_leaves_no_task_and_no_news(void **state)
{
	struct house *h = *state;

	store_world_run(h->store, shut_one_of_two, NULL);
	assert_int_equal(store_world_number(h->store, "SELECT sum(object_id) FROM task"
	                                              " WHERE done_at = 0"),
	                 LIVE);
	assert_int_equal(store_world_number(h->store, "SELECT sum(object_id) FROM news"
	                                              " WHERE object_kind = 17"),
	                 LIVE);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM news"), 2);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(what_is_due_first_comes_first_and_every_task_once),
		PROMISE(what_one_may_begin_is_offered_and_nothing_else),
		PROMISE(a_machine_walks_the_same_pages),
		PROMISE(what_one_waits_for_shows_its_beginning_and_all_of_it_on_asking),
		PROMISE(what_belongs_to_a_casefile_is_looked_up_for_every_kind_of_task_and_news),
		PROMISE(a_task_about_a_kind_of_which_nobody_said_where_it_belongs_is_refused),
		PROMISE(who_may_read_no_signal_hears_of_none),
		PROMISE(a_casefile_that_is_put_away_leaves_no_task_and_no_news),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
