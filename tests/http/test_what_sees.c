/* "Wat ziet iemand, en waarom?" on the demo world: each count is the length of that person's own list. */
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
#include "demo_world.h"
#include "people/gate.h"
#include "people/people.h"
#include "people/session_memory.h"
#include "platform/crypto/token.h"
#include "platform/view/schema.h"
#include "server/open.h"
#include "server/rooms.h"
#include "server/sights.h"

enum { HEADER_CHARS = 160, CASEFILES_MAX = 60, PEOPLE_MAX = 200 };

struct region {
	struct store_world *w;
	struct arena arena;
	struct settings settings;
	struct plein *plein;
	struct gate gate;
	uint16_t port;
	const char *auditor; /* header lines */
};

/* ---- the demo, open to calls --------------------------------------------------------------------- */

static void must(enum status st, const struct error *e)
{
	if (st != OK)
		fail_msg("%s / %s", e->message, e->cause);
}

static void read_settings(struct region *g, struct error *e)
{
	char *words[6], **rest, *database = demo_world_database(g->w);
	int count = 0, rest_count = 0;

	words[count++] = arena_strdup(&g->arena, "--data");
	words[count++] = arena_strdup(&g->arena, demo_world_folder(g->w));
	if (database != NULL) {
		words[count++] = arena_strdup(&g->arena, "--database");
		words[count++] = arena_strdup(&g->arena, database);
	}
	words[count] = NULL;
	must(settings_read(count, words, &g->arena, &g->settings, &rest, &rest_count, e), e);
	free(database);
}

static void open_house(struct region *g)
{
	struct error e = { 0 };

	store_world_shut(g->w);
	read_settings(g, &e);
	must(plein_open(&(struct opening){ .settings = &g->settings, .passwords = true }, &g->arena,
	                &g->plein, &e),
	     &e);
	g->gate = people_gate(g->plein, PLACES);
	g->plein->routes = ALL_ROUTES;
	g->plein->namers = SEARCH_NAMERS;
	g->plein->sights = SIGHTS;
	g->gate.may_hear = rooms_may_hear;
	const struct http_config cfg = { .bind_address = "127.0.0.1",
		                         .http_threads = 1,
		                         .workers = 2,
		                         .queue_max = 32,
		                         .access_log_fd = -1,
		                         .clock = g->plein->clock,
		                         .key = g->plein->web_key,
		                         .view_schema = view_schema };
	must(http_start(&cfg, g->plein->db, &g->gate, ALL_ROUTES, &g->plein->http, &e), &e);
	g->port = http_port(g->plein->http);
}

static enum status token_run(struct db_tx *tx, void *args, struct error *reterr)
{
	int64_t id = 0;

	return api_token_insert(tx, args, &id, reterr);
}

static const char *bearer(struct region *g, int64_t appointment_id)
{
	const struct token text = token_new();
	const int64_t now_ms = clock_now_ms(g->plein->clock);
	struct api_token_new t = { .digest = token_digest(g->plein->token_key, "api", text.text),
		                   .appointment_id = appointment_id,
		                   .now_ms = now_ms,
		                   .expires_at = now_ms + INT64_C(86400000),
		                   .label = "proef" };
	struct db_job job = { .run = token_run, .args = &t };
	struct error e = { 0 };

	must(db_run(g->plein->db, &job, &e), &e);
	return arena_printf(&g->arena, "Authorization: Bearer %s\r\n", text.text);
}

static int64_t number(struct region *g, const struct db_stmt *s, const struct db_value *args)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct db_read *r = NULL;
	struct error e = { 0 };

	must(db_read_begin(g->plein->db, &r, &e), &e);
	must(db_query(r, s, args, &row, &e), &e);
	must(db_one(&row, &e), &e);
	const int64_t n = db_int(&row, 0);
	db_rows_close(&row);
	db_read_end(r);
	return n;
}

static int set_up(void **state)
{
	static const struct db_stmt AUDITOR = { "test_auditor", "I",
		                                "SELECT min(id) FROM appointment WHERE "
		                                "coalesce($1, 0) = 0 AND role = 23 AND state = 2" };
	struct region *g = calloc(1, sizeof *g);

	assert_non_null(g);
	arena_init(&g->arena, 1 << 20);
	g->w = demo_world_new("small", "40", "small", "40");
	open_house(g);
	g->auditor = bearer(g, number(g, &AUDITOR, DB_ARGS(DB_NULL)));
	*state = g;
	return 0;
}

static int tear_down(void **state)
{
	struct region *g = *state;

	assert_true(http_stop(g->plein->http));
	plein_close(g->plein);
	store_world_open(g->w);
	demo_world_free(g->w);
	arena_reset(&g->arena);
	free(g);
	return 0;
}

/* ---- reading ------------------------------------------------------------------------------------- */

static struct reply get(struct region *g, const char *header, const char *path)
{
	return client_request(g->port, "GET", path, header, NULL);
}

static int64_t times(const char *text, const char *end, const char *what)
{
	int64_t n = 0;

	for (const char *at = text; (at = strstr(at, what)) != NULL && at < end; at += strlen(what))
		n++;
	return n;
}

/* Elements of the list called `name`, in the text of one answer. */
static int64_t elements(const char *json, const char *name)
{
	char mark[40];
	int64_t n = 0;
	int depth = 0;
	bool quoted = false;

	(void)snprintf(mark, sizeof mark, "\"%s\":[", name);
	const char *at = strstr(json, mark);
	if (at == NULL) /* what is empty is left out */
		return 0;
	for (at += strlen(mark); *at != '\0' && (depth > 0 || *at != ']'); at++) {
		if (*at == '\\' && quoted)
			at++;
		else if (*at == '"')
			quoted = !quoted;
		else if (!quoted && *at == '{')
			n += depth++ == 0;
		else if (!quoted && (*at == '}' || *at == '['))
			depth -= *at == '}' ? 1 : -1;
		else if (!quoted && *at == ']')
			depth--;
	}
	return n;
}

static const char *text_of(struct region *g, const char *json, const char *name)
{
	const char *at = strstr(json, arena_printf(&g->arena, "\"%s\":\"", name));

	if (at == NULL)
		return NULL;
	at = strchr(at, ':') + 2;
	return arena_strndup(&g->arena, at, strcspn(at, "\""));
}

static int64_t rows_of_list(struct region *g, const char *header, const char *path)
{
	const char *href = arena_printf(&g->arena, "/api/v1%s", path);
	int64_t n = 0;

	while (href != NULL) {
		struct reply r = get(g, header, href);
		if (r.code != 200)
			fail_msg("%s: %d\n%s", href, r.code, r.body);
		n += elements(r.body, "items");
		href = text_of(g, r.body, "next");
		reply_free(&r);
	}
	return n;
}

/* The number that the page gives for a label; -2: it says that he may not come there. */
static int64_t told(struct region *g, const char *json, const char *label)
{
	const char *at = strstr(json, arena_printf(&g->arena, "{\"label\":\"%s\",", label));

	if (at == NULL)
		fail_msg("%s is no line of\n%s", label, json);
	const char *end = strchr(at, '}');
	const char *yes = strstr(at, "\"yes\":true"), *count = strstr(at, "\"count\":");
	if (yes == NULL || yes > end)
		return -2;
	assert_true(count != NULL && count < end);
	return strtoll(count + strlen("\"count\":"), NULL, 10);
}

/* ---- the promise -------------------------------------------------------------------------------- */

struct somebody {
	int64_t appointment_id;
	enum role role;
};

static size_t everybody(struct region *g, struct somebody *ret)
{
	static const struct db_stmt ALL = {
		"test_everybody", "I",
		"SELECT a.id, a.role FROM appointment a JOIN person p ON p.id = a.person_id"
		" WHERE coalesce($1, 0) = 0 AND a.state = 2 AND a.ended_at = 0 AND p.state = 5"
		" ORDER BY a.id LIMIT 200"
	};
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r = NULL;
	struct error e = { 0 };
	size_t n = 0;

	must(db_read_begin(g->plein->db, &r, &e), &e);
	must(db_query(r, &ALL, DB_ARGS(DB_NULL), &rows, &e), &e);
	while (n < PEOPLE_MAX && db_next(&rows))
		ret[n++] = (struct somebody){ db_int(&rows, 0), (enum role)db_int(&rows, 1) };
	must(db_rows_end(&rows, &e), &e);
	db_rows_close(&rows);
	db_read_end(r);
	return n;
}

static char *page_about(struct region *g, int64_t appointment_id)
{
	struct reply r = get(g, g->auditor,
	                     arena_printf(&g->arena, "/api/v1/access/what-sees?appointment=%lld",
	                                  (long long)appointment_id));

	if (r.code != 200)
		fail_msg("what %lld sees: %d\n%s", (long long)appointment_id, r.code, r.body);
	char *text = arena_strdup(&g->arena, r.body);
	reply_free(&r);
	return text;
}

static void every_count_is_the_length_of_ones_own_list(void **state)
{
	struct region *g = *state;
	struct somebody who[PEOPLE_MAX];
	const size_t people = everybody(g, who);
	int64_t compared = 0, full = 0;

	assert_true(people > 20);
	for (size_t i = 0; i < people; i++) {
		const char *json = page_about(g, who[i].appointment_id);
		if (strstr(json, "\"blockedReason\":") != NULL)
			continue;
		const char *header = bearer(g, who[i].appointment_id);
		for (const struct sight *s = SIGHTS; s->label != NULL; s++) {
			const int64_t count = told(g, json, s->label);
			const bool may = access_permits(who[i].role, s->needs);
			assert_int_equal(count != -2, may);
			if (!may || s->figures || s->path == NULL || s->count != NULL)
				continue;
			const int64_t rows = rows_of_list(g, header, s->path);
			if (count != rows)
				fail_msg("%s: told %lld, %s has %lld for %s", s->label,
				         (long long)count, s->path, (long long)rows,
				         access_role(who[i].role)->name);
			compared++;
			full += rows > 0;
		}
	}
	assert_true(compared > 100);
	assert_true(full > 50);
}

struct inside { /* one person's casefiles, counted from their own pages */
	int64_t subjects, facts[4], notes, analyses;
};

static void add_subject(struct region *g, const char *header, const char *casefile, int64_t n,
                        struct inside *ret)
{
	struct reply r = get(
	    g, header,
	    arena_printf(&g->arena, "/api/v1/casefiles/%s/subjects/%lld", casefile, (long long)n));

	if (r.code == 404) /* a number that left for another casefile */
		return;
	assert_int_equal(r.code, 200);
	ret->subjects++;
	const char *ties = strstr(r.body, "\"ties\":[");
	const char *end = ties != NULL ? ties : r.body + strlen(r.body);
	const char *themes = strstr(r.body, "\"themes\":[");
	for (int phase = 1; themes != NULL && phase <= 3; phase++)
		ret->facts[phase] +=
		    times(themes, end, arena_printf(&g->arena, "\"phase\":%d,", phase));
	reply_free(&r);
}

static void add_casefile(struct region *g, const char *header, const char *reference, bool reads,
                         struct inside *ret)
{
	static const struct db_stmt NUMBERS = {
		"test_numbers", "t",
		"SELECT coalesce(max(p.number), 0) FROM presence p JOIN casefile c"
		" ON c.id = p.casefile_id WHERE c.reference = $1"
	};
	static const struct db_stmt ANALYSES = {
		"test_analyses", "t",
		"SELECT count(*) FROM analysis n JOIN casefile c ON c.id = n.casefile_id"
		" WHERE c.reference = $1"
	};
	const int64_t last = number(g, &NUMBERS, DB_ARGS(DB_TEXT(reference)));

	for (int64_t n = 1; n <= last; n++)
		add_subject(g, header, reference, n, ret);
	struct reply notes =
	    get(g, header, arena_printf(&g->arena, "/api/v1/casefiles/%s/notes", reference));
	assert_int_equal(notes.code, 200);
	ret->notes += elements(notes.body, "notes");
	reply_free(&notes);
	struct reply analysis =
	    get(g, header, arena_printf(&g->arena, "/api/v1/casefiles/%s/analysis", reference));
	assert_int_equal(analysis.code, reads ? 200 : 404);
	if (reads)
		ret->analyses += number(g, &ANALYSES, DB_ARGS(DB_TEXT(reference)));
	reply_free(&analysis);
}

static struct inside count_inside(struct region *g, const char *header, enum role role)
{
	struct reply list = get(g, header, "/api/v1/casefiles");
	struct inside ret = { 0 };
	int64_t seen = 0;

	assert_int_equal(list.code, 200);
	assert_null(text_of(g, list.body, "next")); /* one page holds them */
	for (const char *at = list.body; (at = strstr(at, "\"reference\":\"C-")) != NULL; seen++) {
		at += strlen("\"reference\":\"");
		add_casefile(g, header, arena_strndup(&g->arena, at, strcspn(at, "\"")),
		             access_permits(role, PERM_ANALYSIS_READ), &ret);
	}
	reply_free(&list);
	return ret;
}

static void assert_told(struct region *g, const char *json, const char *label, int64_t n,
                        enum role role)
{
	const int64_t said = told(g, json, label);

	if (said != n)
		fail_msg("%s for %s: told %lld, their pages hold %lld", label,
		         access_role(role)->name, (long long)said, (long long)n);
}

/* Two of each role: the rule is the role's, and membership differs. */
static void what_casefiles_hold_is_counted_as_their_own_pages_show_it(void **state)
{
	struct region *g = *state;
	struct somebody who[PEOPLE_MAX];
	const size_t people = everybody(g, who);
	int done[ROLE_COUNT] = { 0 };
	int64_t facts = 0, analyses = 0;

	for (size_t i = 0; i < people; i++) {
		const enum role role = who[i].role;
		if (!access_permits(role, PERM_CASEFILE_READ) || done[role] >= 2)
			continue;
		const char *json = page_about(g, who[i].appointment_id);
		if (strstr(json, "\"blockedReason\":") != NULL || told(g, json, "Casussen") == 0)
			continue;
		done[role]++;
		const struct inside in = count_inside(g, bearer(g, who[i].appointment_id), role);
		assert_told(g, json, "Betrokkenen in casussen", in.subjects, role);
		assert_told(g, json, "Feiten van fase 1", in.facts[1], role);
		assert_told(g, json, "Feiten van fase 2", in.facts[2], role);
		assert_told(g, json, "Feiten van fase 3", in.facts[3], role);
		assert_told(g, json, "Notities in casussen", in.notes, role);
		if (access_permits(role, PERM_ANALYSIS_READ))
			assert_told(g, json, "Analyses", in.analyses, role);
		facts += in.facts[1];
		analyses += in.analyses;
	}
	assert_true(facts > 50);
	assert_true(analyses > 5);
}

static void persons_put_side_by_side_and_projects_are_counted_as_their_pages_do(void **state)
{
	struct region *g = *state;
	struct somebody who[PEOPLE_MAX];
	const size_t people = everybody(g, who);
	bool done[ROLE_COUNT] = { false };

	for (size_t i = 0; i < people; i++) {
		const enum role role = who[i].role;
		if (done[role])
			continue;
		done[role] = true;
		const char *json = page_about(g, who[i].appointment_id);
		const char *header = bearer(g, who[i].appointment_id);
		if (access_permits(role, PERM_MATCH_JUDGE)) {
			struct reply r = get(g, header, "/api/v1/matches");
			assert_int_equal(r.code, 200);
			const char *compared = strstr(r.body, "\"compared\":");
			assert_non_null(compared);
			assert_told(g, json, "Mogelijk dezelfde",
			            strtoll(compared + strlen("\"compared\":"), NULL, 10), role);
			reply_free(&r);
		}
		if (access_permits(role, PERM_PROJECTS)) {
			struct reply r = get(g, header, "/api/v1/projects");
			assert_int_equal(r.code, 200);
			assert_told(g, json, "Projecten", elements(r.body, "projects"), role);
			reply_free(&r);
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_count_is_the_length_of_ones_own_list),
		cmocka_unit_test(what_casefiles_hold_is_counted_as_their_own_pages_show_it),
		cmocka_unit_test(
		    persons_put_side_by_side_and_projects_are_counted_as_their_pages_do),
	};
	return cmocka_run_group_tests_name("what sees", tests, set_up, tear_down);
}
