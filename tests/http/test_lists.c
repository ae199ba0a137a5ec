/* Every list of the house: the order to choose, on and back through its pages, the same rows as a file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "client.h"
#include "intervention_play.h"
#include "platform/view/value.h"
#include "server/rooms.h"

/* ---- what is in the lists ---------------------------------------------------------------------- */

enum { MANY = 120, ROWS_MAX = 200, SORTS_MAX = 4 };

static const struct db_stmt ADD_PERSON = {
	"test_list_person", "bttbi",
	"INSERT INTO person (uuid, email, full_name, sort_key, participant_id, state, requested_at)"
	" VALUES ($1, $2, $3, $4, $5, 5, 1)"
};
static const struct db_stmt ADD_PROPOSAL = { "test_list_proposal", "biiiiii",
	                                     "INSERT INTO appointment (uuid, person_id, role, "
	                                     "participant_id, from_day, until_day, state,"
	                                     " proposed_by, proposed_at, reason) VALUES ($1, $2, "
	                                     "$3, $4, $5, $5 + 100, 1, $6, $7, 'Proef')" };

/* $1 uuid, $2 a text of its own, $3 a moment or day, $4 an appointment. */
static const struct db_stmt ADD_MANY[] = {
	{ "test_list_meeting", "btii",
	  "INSERT INTO meeting (uuid, reference, state, starts_at, place, planned_by, planned_at)"
	  " VALUES ($1, $2, 1, $3, 'Kamer 1', $4, $3)" },
	{ "test_list_gathering", "btii",
	  "INSERT INTO meeting (uuid, reference, state, starts_at, place, planned_by, planned_at,"
	  " kind) VALUES ($1, 'SP-' || $2, 1, $3, 'Kamer 2', $4, $3, 2)" },
	{ "test_list_bottleneck", "btii",
	  "INSERT INTO bottleneck (uuid, name, scope, designated_by, from_day, until_day,"
	  " registered_by, registered_at) VALUES ($1, $2, 'Proef', 'RBO', 20000, $3, $4, $3)" },
	{ "test_list_destroy", "btii",
	  "INSERT INTO destruction_list (state, made_by, made_at) SELECT 1, a.id, $3"
	  " FROM appointment a WHERE a.id = $4 AND $1 IS NOT NULL AND $2 <> ''" },
	{ "test_list_import", "btii",
	  "INSERT INTO import_round (participant_id, organ_id, appointment_id, state, state_since,"
	  " header, columns, rows_all, created_at) SELECT a.participant_id, a.organ_id, a.id, 3,"
	  " $3, $2, '', 1, $3 FROM appointment a WHERE a.id = $4 AND $1 IS NOT NULL" },
	{ "test_list_mandate", "btii",
	  "INSERT INTO steering_mandate (uuid, max_weight, max_hours, from_day, until_day, "
	  "given_in,"
	  " registered_by, registered_at) SELECT $1, 1, 8, 20000, $3, m.id, $4, $3 FROM meeting m"
	  " WHERE m.reference = 'SP-' || $2" },
};

struct crowd {
	int64_t participant, person;
	int role;
	int64_t appointment;
};

static enum status many_run(struct db_tx *tx, const struct crowd *c, int i, struct error *reterr)
{
	enum status st = OK;
	char text[20];

	(void)snprintf(text, sizeof text, "O-2031-%05d", i);
	for (size_t k = 0; st == OK && k < sizeof ADD_MANY / sizeof ADD_MANY[0]; k++) {
		const struct uuid uuid = uuid_at(HOUSE_NOW);
		st = db_exec(tx, &ADD_MANY[k],
		             DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_TEXT(text),
		                     DB_INT(21000 + i / 2), DB_INT(c->appointment)),
		             NULL, reterr);
	}
	return st;
}

static enum status crowd_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct crowd *c = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < MANY; i++) {
		char key[40], email[40], name[40];
		(void)snprintf(key, sizeof key, "colleague-%06d", i / 2); /* two of each name */
		(void)snprintf(email, sizeof email, "c%d@duinwaard.example", i);
		(void)snprintf(name, sizeof name, "Collega %d", i / 2);
		const struct uuid person = uuid_at(HOUSE_NOW + i), proposal = uuid_at(HOUSE_NOW);
		st = db_exec(tx, &ADD_PERSON,
		             DB_ARGS(DB_BYTES(person.bytes, UUID_BYTES), DB_TEXT(email),
		                     DB_TEXT(name), DB_BYTES(key, UUID_BYTES),
		                     DB_INT(c->participant)),
		             NULL, reterr);
		if (st == OK)
			st =
			    db_exec(tx, &ADD_PROPOSAL,
			            DB_ARGS(DB_BYTES(proposal.bytes, UUID_BYTES), DB_INT(c->person),
			                    DB_INT(c->role), DB_INT(c->participant), DB_INT(20000),
			                    DB_INT(c->person), DB_INT(HOUSE_NOW + i / 2)),
			            NULL, reterr);
		if (st == OK)
			st = many_run(tx, c, i, reterr);
	}
	return st;
}

struct town {
	struct house *h;
	struct room *r;
	struct house_person *staff[ROLE_COUNT];
	const char *bearer[ROLE_COUNT];
};

static void write_signals(struct town *t)
{
	for (int i = 0; i < MANY; i++) {
		struct reply r = client_request(t->h->port, "POST", "/api/v1/signals",
		                                t->bearer[ROLE_SUBMITTER], "{}");
		assert_int_equal(r.code, 201);
		reply_free(&r);
		t->h->clock.fixed_ms += i % 2; /* some at the same moment */
	}
}

static struct town town_of(struct house *h)
{
	struct town t = { .h = h, .r = open_room(h) };

	for (int role = 1; role < ROLE_COUNT; role++) {
		t.staff[role] = house_hire(h, arena_printf(&h->arena, "p%d@proef.example", role),
		                           (enum role)role, 0);
		t.bearer[role] = house_bearer(h, t.staff[role]);
	}
	(void)decided(t.r);
	struct crowd c = { h->duinwaard, t.staff[ROLE_SUBMITTER]->person_id, ROLE_PARTNER_DESK,
		           t.staff[ROLE_SUBMITTER]->appointment_id };
	store_world_run(h->store, crowd_run, &c);
	write_signals(&t);
	return t;
}

/* ---- reading one page --------------------------------------------------------------------------- */

struct rows {
	const char *key[ROWS_MAX];
	size_t count;
};

/* Behind the element that begins here: its brackets are all closed, texts passed over. */
static const char *end_of_element(const char *at)
{
	int depth = 0;

	do {
		if (*at == '"')
			for (at++; *at != '"'; at++)
				at += *at == '\\';
		if (*at == '{' || *at == '[')
			depth++;
		if (*at == '}' || *at == ']')
			depth--;
		assert_int_not_equal(*at, '\0');
		at++;
	} while (depth > 0);
	return at;
}

/* Every element of "items", as it was written. */
static void add_rows(struct arena *a, const char *json, struct rows *ret)
{
	const char *at = strstr(json, "\"items\":[");

	if (at == NULL) /* what is empty is left out */
		return;
	for (at += strlen("\"items\":["); *at == '{'; at += *at == ',') {
		const char *end = end_of_element(at);
		assert_true(ret->count < ROWS_MAX);
		ret->key[ret->count++] = arena_strndup(a, at, (size_t)(end - at));
		at = end;
	}
}

static const char *link_in(struct arena *a, const char *json, const char *name)
{
	const char *at = strstr(json, arena_printf(a, "\"%s\":\"", name));

	if (at == NULL)
		return NULL;
	at = strchr(at, ':') + 2;
	return arena_strndup(a, at, strcspn(at, "\""));
}

static struct reply get(const struct town *t, enum role role, const char *path, int code)
{
	struct reply r = client_request(t->h->port, "GET", path, t->bearer[role], NULL);

	if (r.code != code)
		fail_msg("%s: %d\n%s", path, r.code, r.all);
	return r;
}

/* Forwards to the end, and back: the same rows, none twice. */
static struct rows walk(const struct town *t, enum role role, const char *start)
{
	struct rows all = { .count = 0 };
	const char *href = start, *last = start;
	size_t left;

	while (href != NULL) {
		struct reply r = get(t, role, href, 200);
		add_rows(&t->h->arena, r.body, &all);
		last = href;
		href = link_in(&t->h->arena, r.body, "next");
		reply_free(&r);
	}
	left = all.count;
	for (href = last; href != NULL;) {
		struct rows page = { .count = 0 };
		struct reply r = get(t, role, href, 200);
		add_rows(&t->h->arena, r.body, &page);
		assert_true(page.count <= left);
		left -= page.count;
		for (size_t i = 0; i < page.count; i++)
			if (strcmp(page.key[i], all.key[left + i]) != 0)
				fail_msg("%s: %s on the way back, %s before", href, page.key[i],
				         all.key[left + i]);
		href = link_in(&t->h->arena, r.body, "previous");
		reply_free(&r);
	}
	assert_int_equal(left, 0);
	for (size_t i = 0; i < all.count; i++)
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(all.key[i], all.key[j]);
	return all;
}

static size_t lines_of(const char *csv)
{
	size_t lines = 0;

	for (const char *at = csv; (at = strstr(at, "\r\n")) != NULL; at += 2)
		lines++;
	return lines;
}

/* ---- all lists ----------------------------------------------------------------------------------- */

static bool is_list(const struct route *r)
{
	return strcmp(r->method, "GET") == 0 && strchr(r->path, '{') == NULL && r->view != NULL &&
	       view_field_named(r->view, "hasSorts") != NULL;
}

/* Pages that hold rows and yet are no list of platform/view/list.h: why, and where their rows can be
 * had as a file. Without a file: choices of a form, what is gone when read, the few of oneself. */
static const struct {
	const char *path, *why, *file;
} OTHERWISE[] = {
	{ "/", "tasks in the order of their days; done is gone", NULL },
	{ "/access/what-sees", "the rights of one appointment; its file is the API", NULL },
	{ "/changes", "for programs, by its own cursor", NULL },
	{ "/learning", "figures of a few instruments beside each other", "/learning?format=csv" },
	{ "/log", "over many quarters, in both orders of the seals", "/log/export" },
	{ "/log/heads", "one order, that of the seals", "/log/heads?format=csv" },
	{ "/matches", "likeliest or newest of a part", "/matches?format=csv" },
	{ "/matches/crowds", "the few values that most share, commonest first", NULL },
	{ "/may-i-share", "a question with choices", NULL },
	{ "/me/log", "as /log", "/me/log?format=csv" },
	{ "/me/sessions", "the few places where one is signed in", NULL },
	{ "/meetings/factors", "a few versions, one in force", NULL },
	{ "/monitor/national", "figures beside each other",
	  "/monitor/national/figures?format=csv" },
	{ "/monitor", "figures beside each other", "/monitor?format=csv" },
	{ "/monitor/definitions", "what the figures count", NULL },
	{ "/monitor/own-year", "figures beside each other", "/monitor/own-year?format=csv" },
	{ "/monitor/year", "figures beside each other", "/monitor/year?format=csv" },
	{ "/news", "what is read is gone", NULL },
	{ "/people/budgets", "the alarms of at most 90 days, newest first", NULL },
	{ "/projects", "the few projects of a partnership, newest first", NULL },
	{ "/requests/new", "a form with choices", NULL },
	{ "/rules", "tables of the law", NULL },
	{ "/signals/board", "the list of signals in columns", "/signals?format=csv" },
	{ "/signals/figures", "figures beside each other", "/signals/figures?format=csv" },
};
enum { OTHERWISE_COUNT = sizeof OTHERWISE / sizeof OTHERWISE[0] };

static bool holds_rows(const struct route *r)
{
	if (strcmp(r->method, "GET") != 0 || strchr(r->path, '{') != NULL || r->view == NULL)
		return false;
	for (size_t i = 0; i < r->view->count; i++)
		if (r->view->fields[i].kind == VIEW_LIST && !r->view->fields[i].page_only)
			return true;
	return false;
}

static void every_page_of_rows_is_a_list_or_says_why_not(void **state)
{
	bool found[OTHERWISE_COUNT] = { false };

	(void)state;
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			size_t at = 0;
			while (at < OTHERWISE_COUNT && strcmp(OTHERWISE[at].path, r->path) != 0)
				at++;
			if (!holds_rows(r))
				continue;
			if (is_list(r) == (at < OTHERWISE_COUNT))
				fail_msg(
				    "%s: a list of platform/view/list.h, or a line in OTHERWISE",
				    r->path);
			if (at < OTHERWISE_COUNT)
				found[at] = true;
		}
	for (size_t i = 0; i < OTHERWISE_COUNT; i++)
		if (!found[i])
			fail_msg("%s is no page any more", OTHERWISE[i].path);
}

/* Whose list of it is longest. */
static enum role who_sees_most(const struct town *t, const struct route *route)
{
	enum role best = 0;
	size_t most = 0;

	for (int role = 1; role < ROLE_COUNT; role++) {
		if (!access_permits((enum role)role, (enum permission)route->permission))
			continue;
		struct reply r = client_request(
		    t->h->port, "GET", arena_printf(&t->h->arena, "/api/v1%s", route->path),
		    t->bearer[role], NULL);
		if (r.code == 403) { /* a partner's own: not of who has none */
			reply_free(&r);
			continue;
		}
		assert_int_equal(r.code, 200);
		struct rows rows = { .count = 0 };
		add_rows(&t->h->arena, r.body, &rows);
		if (best == 0 || rows.count > most) {
			best = (enum role)role;
			most = rows.count;
		}
		reply_free(&r);
	}
	assert_true(best != 0);
	return best;
}

/* The orders that its page offers. */
static size_t sorts_of(const struct town *t, enum role role, const char *path,
                       const char *ret[SORTS_MAX])
{
	struct visitor *v = visitor_new(t->h);
	size_t count = 0;

	visitor_sign_in(v, t->staff[role]);
	visit(v, path);
	const char *at = strstr(v->page, "id=\"sort\"");
	if (at == NULL)
		fail_msg("%s offers no order", path);
	const char *end = strstr(at, "</select>");
	while ((at = strstr(at, "<option value=\"")) != NULL && at < end) {
		at += strlen("<option value=\"");
		assert_true(count < SORTS_MAX);
		ret[count++] = arena_strndup(&t->h->arena, at, strcspn(at, "\""));
	}
	visitor_free(v);
	return count;
}

static void assert_files_hold_the_same(const struct town *t, enum role role, const char *address,
                                       size_t rows)
{
	static const char *const TYPES[][2] = {
		{ "csv", "text/csv" }, { "ods", "application/vnd.oasis.opendocument.spreadsheet" }
	};

	for (size_t i = 0; i < 2; i++) {
		struct reply r = get(
		    t, role, arena_printf(&t->h->arena, "%s&format=%s", address, TYPES[i][0]), 200);
		assert_non_null(strstr(reply_header(&r, "Content-Type"), TYPES[i][1]));
		if (i == 0 && lines_of(r.body) != rows + 1)
			fail_msg("%s: %zu rows, a file of %zu lines", address, rows,
			         lines_of(r.body));
		reply_free(&r);
	}
}

/* Returns how many rows it has. */
static size_t assert_list_holds(const struct town *t, const struct route *route)
{
	struct arena *a = &t->h->arena;
	const enum role role = who_sees_most(t, route);
	const char *sorts[SORTS_MAX];
	const size_t count = sorts_of(t, role, route->path, sorts);
	struct rows usual = { .count = 0 };

	assert_true(count >= 2);
	for (size_t s = 0; s < count; s++) {
		const char *address = arena_printf(a, "/api/v1%s?sort=%s", route->path, sorts[s]);
		const struct rows rows = walk(t, role, address);
		assert_files_hold_the_same(t, role, address, rows.count);
		if (s == 0)
			usual = rows;
		assert_int_equal(rows.count, usual.count);
		if (s != 1)
			continue;
		for (size_t i = 0; i < rows.count; i++) /* the other way round */
			assert_string_equal(rows.key[i], usual.key[rows.count - 1 - i]);
	}
	return usual.count;
}

static const struct route *page_at(const char *path)
{
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++)
			if (strcmp(r->path, path) == 0 && strcmp(r->method, "GET") == 0)
				return r;
	fail_msg("%s is no page", path);
	return NULL;
}

/* Whoever sees the page gets its file; true: this one sees it. */
static bool takes_file(const struct town *t, enum role role, const struct route *page,
                       const char *file)
{
	if (!access_permits(role, (enum permission)page->permission))
		return false;
	struct visitor *v = visitor_new(t->h);
	visitor_sign_in(v, t->staff[role]);
	visit(v, page->path);
	const bool sees = v->code == 200;
	if (sees)
		visit(v, file);
	const bool json = strstr(file, "format=json") != NULL;
	if (sees && (v->code != 200 || strstr(v->page, json ? "{\"" : ";") == NULL ||
	             strstr(v->page, "<html") != NULL))
		fail_msg("%s: no file at %s: %d", page->path, file, v->code);
	visitor_free(v);
	return sees;
}

static void what_is_no_list_has_a_file_for_whoever_sees_it(void **state)
{
	const struct town t = town_of(*state);

	for (size_t i = 0; i < OTHERWISE_COUNT; i++) {
		const struct route *page = page_at(OTHERWISE[i].path);
		size_t seen = 0;
		for (int role = 1; OTHERWISE[i].file != NULL && role < ROLE_COUNT; role++)
			seen += takes_file(&t, (enum role)role, page, OTHERWISE[i].file);
		if (OTHERWISE[i].file != NULL && seen == 0)
			fail_msg("%s: nobody sees it", OTHERWISE[i].path);
	}
	close_room(t.r);
}

static void every_list_has_an_order_pages_both_ways_and_a_file_of_all_of_it(void **state)
{
	const struct town t = town_of(*state);
	size_t lists = 0, filled = 0, long_ones = 0;

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			if (!is_list(r))
				continue;
			const size_t rows = assert_list_holds(&t, r);
			lists++;
			filled += rows > 0;
			long_ones += rows > 100;
		}
	assert_true(lists >= 20);
	assert_true(filled >= 12);
	assert_true(long_ones >= 9);
	close_room(t.r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_page_of_rows_is_a_list_or_says_why_not),
		cmocka_unit_test_setup_teardown(
		    every_list_has_an_order_pages_both_ways_and_a_file_of_all_of_it, house_set_up,
		    house_tear_down),
		cmocka_unit_test_setup_teardown(what_is_no_list_has_a_file_for_whoever_sees_it,
		                                house_set_up, house_tear_down),
	};
	return cmocka_run_group_tests_name("lists", tests, NULL, NULL);
}
