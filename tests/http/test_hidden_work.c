/*
 * Hidden and absent are the same work: a record that a viewer may not see costs the database as many statements
 * and rows as one that never was, on every route (docs/decisions/0020-time-tells-nothing.md).
 */
#include <dlfcn.h>
#include <libpq-fe.h>
#include <sqlite3.h>
#include <stdatomic.h>

#include "route_walk.h"
#include "steering_table.h"

#include "server/rooms.h"
#include "signal_play.h"

/* ---- what the database does, counted where the program asks it ------------------------------------- */

struct work {
	long statements, rows, steps; /* of reading; rows and steps: SQLite's */
};
static atomic_long statements_run, rows_read, steps_made;

/* In the place of SQLite's own, which it calls. */
int sqlite3_step(sqlite3_stmt *stmt)
{
	int (*own)(sqlite3_stmt *) = NULL;

	*(void **)&own = dlsym(RTLD_NEXT, "sqlite3_step");
	const bool fresh = sqlite3_stmt_busy(stmt) == 0;
	const int rc = own(stmt);
	if (sqlite3_stmt_readonly(stmt) != 0) {
		statements_run += fresh;
		rows_read += rc == SQLITE_ROW;
		steps_made += sqlite3_stmt_status(stmt, SQLITE_STMTSTATUS_VM_STEP, 1);
	}
	return rc;
}

/* In the place of libpq's own, which it calls. */
int PQsendQueryPrepared(PGconn *link, const char *name, int count, const char *const *values,
                        const int *lengths, const int *formats, int result)
{
	int (*own)(PGconn *, const char *, int, const char *const *, const int *, const int *,
	           int) = NULL;

	*(void **)&own = dlsym(RTLD_NEXT, "PQsendQueryPrepared");
	/* a transaction of its own may end when the answer is out already */
	statements_run += strncmp(name, "pg_", 3) != 0;
	return own(link, name, count, values, lengths, formats, result);
}

static struct work work_done(void)
{
	return (struct work){ atomic_exchange(&statements_run, 0), atomic_exchange(&rows_read, 0),
		              atomic_exchange(&steps_made, 0) };
}

/* ---- one world with something of every kind, and who has no part in it ------------------------------ */

static const struct kind {
	const char *prefix, *sql; /* sql: the reference of one that is there */
	int routes;               /* at least so many were compared, over all roles */
} KINDS[] = {
	{ "/signals/{ref}", "SELECT reference FROM signal ORDER BY id DESC LIMIT 1", 90 },
	{ "/casefiles/{ref}", "SELECT reference FROM casefile LIMIT 1", 90 },
	{ "/requests/{ref}", "SELECT reference FROM information_request LIMIT 1", 20 },
	{ "/advices/{ref}", "SELECT reference FROM advice LIMIT 1", 30 },
	{ "/interventions/{ref}", "SELECT reference FROM intervention LIMIT 1", 70 },
	{ "/steering/{ref}", "SELECT reference FROM meeting LIMIT 1", 20 },
};
enum { KIND_COUNT = sizeof KINDS / sizeof KINDS[0] };

/* More than this many of SQLite's steps would be some microseconds: a row that is found is looked at before it is
 * refused, and that much may be seen. */
enum { STEPS_MORE = 140 };

static const enum role WHO[] = { ROLE_SUBMITTER,     ROLE_PARTNER_DESK, ROLE_INFO_MEETING_MEMBER,
	                         ROLE_WORKING_GROUP, ROLE_EXECUTOR,     ROLE_PARTNER_DECIDER };

/* The route's path with this reference, and something that exists in every other place. */
static const char *of_record(const void *reference, const char *name)
{
	return strncmp(name, "{ref}", 5) == 0 ? reference : NULL;
}

struct walker {
	struct house *h;
	enum role role;
	const char *bearer, *cookies;
};

static int ask(const struct walker *w, const struct route *r, const char *reference,
               struct work *ret)
{
	const char *path = route_filled(&w->h->arena, r->path, of_record, reference);
	const bool get = strcmp(r->method, "GET") == 0;
	const bool api = (r->flags & ROUTE_PAGE_ONLY) == 0;

	(void)work_done();
	struct reply reply = client_request(
	    w->h->port, r->method, api ? arena_printf(&w->h->arena, "/api/v1%s", path) : path,
	    api ? w->bearer : w->cookies, get ? NULL : "{\"_version\":1}");
	*ret = work_done();
	const int code = reply.code;
	reply_free(&reply);
	return code;
}

static void assert_same_work(const struct walker *w, const struct route *r, const struct work *a,
                             const struct work *b)
{
	if (a->statements != b->statements || a->rows != b->rows ||
	    labs(a->steps - b->steps) > STEPS_MORE)
		fail_msg(
		    "%s %s as %s: hidden %ld statements, %ld rows, %ld steps; absent %ld, %ld, "
		    "%ld",
		    r->method, r->path, access_role(w->role)->name, a->statements, a->rows,
		    a->steps, b->statements, b->rows, b->steps);
}

/* How many were compared: 1 or 0. Who sees it isn't told by the time it takes. */
static int compare(const struct walker *w, const struct route *r, const char *hidden,
                   const char *absent)
{
	struct work of_hidden, of_absent;

	/* the first question of a kind prepares its statements */
	(void)ask(w, r, hidden, &of_hidden);
	(void)ask(w, r, absent, &of_absent);
	const int code = ask(w, r, hidden, &of_hidden);
	if (code != 404)
		return 0;
	assert_int_equal(ask(w, r, absent, &of_absent), 404);
	assert_same_work(w, r, &of_hidden, &of_absent);
	return 1;
}

static int compare_kind(const struct walker *w, const struct kind *k)
{
	const char *hidden = store_world_text(w->h->store, &w->h->arena, k->sql);
	const char *absent =
	    arena_printf(&w->h->arena, "%.*s00000", (int)strlen(hidden) - 5, hidden);
	int compared = 0;

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			const bool get = strcmp(r->method, "GET") == 0;
			if (strncmp(r->path, k->prefix, strlen(k->prefix)) == 0 &&
			    access_permits(w->role, r->permission) &&
			    (get || (r->flags & (ROUTE_PAGE_ONLY | ROUTE_UPLOAD)) == 0))
				compared += compare(w, r, hidden, absent);
		}
	return compared;
}

static struct steering *everything(struct house *h)
{
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct steering *s = gather(h);
	struct played p = play_write(anna, "Winkel", "Leeg");

	play_submit(&p);
	visitor_free(anna);
	(void)asked(s->b, s->b->tax_organ, SUPERVISION ASK_BOTH);
	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	return s;
}

static void hidden_and_absent_are_the_same_work_on_every_route(void **state)
{
	struct house *h = *state;
	struct steering *s = everything(h);
	int compared[KIND_COUNT] = { 0 };

	for (size_t i = 0; i < sizeof WHO / sizeof WHO[0]; i++) {
		struct house_person *who = house_hire(
		    h, arena_printf(&h->arena, "p%zu@elders.example", i), WHO[i], h->mayor);
		struct visitor *v = visitor_new(h);
		visitor_sign_in(v, who);
		const struct walker w = { h, WHO[i], house_bearer(h, who),
			                  arena_printf(&h->arena, "Cookie: %s\r\n", v->cookies) };
		for (size_t k = 0; k < KIND_COUNT; k++)
			compared[k] += compare_kind(&w, &KINDS[k]);
		visitor_free(v);
	}
	for (size_t k = 0; k < KIND_COUNT; k++)
		assert_true(compared[k] >= KINDS[k].routes);
	disperse(s);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(hidden_and_absent_are_the_same_work_on_every_route,
		                                house_set_up, house_tear_down),
	};
	return cmocka_run_group_tests_name("hidden work", tests, NULL, NULL);
}
