#include "advice_room.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

const struct db_stmt ADVICE_SET_STATE = { "test_casefile_state", "ii",
	                                  "UPDATE casefile SET state = $2 WHERE id = $1" };
const struct db_stmt ADVICE_SET_VARIANT = { "test_casefile_variant", "ii",
	                                    "UPDATE casefile SET variant = $2 WHERE id = $1" };
const struct db_stmt ADVICE_SET_PHASE = {
	"test_fact_phase", "ii",
	"UPDATE fact SET phase = $2, source_organ_id = $1 WHERE id ="
	" (SELECT max(id) FROM fact)"
};
const struct db_stmt ADVICE_SPOIL = {
	"test_spoil_advice", "i",
	"UPDATE advice_proposal SET hours = hours + 1 WHERE advice_id = $1"
};

struct setting {
	const struct db_stmt *what;
	int64_t one, other;
};
static enum status set_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *s = args;
	return db_exec(tx, s->what,
	               s->what->params[1] == '\0' ? DB_ARGS(DB_INT(s->one))
	                                          : DB_ARGS(DB_INT(s->one), DB_INT(s->other)),
	               NULL, reterr);
}

void set(struct room *r, const struct db_stmt *what, int64_t one, int64_t other)
{
	struct setting s = { what, one, other };
	store_world_run(r->b->h->store, set_run, &s);
}

struct room *open_room(void **state)
{
	struct bureau *b = open_bureau(*state);
	struct room *r = arena_alloc(&b->h->arena, sizeof *r);

	*r = (struct room){ .b = b };
	set(r, &ADVICE_SET_STATE, b->casefile, ANALYSIS);
	b->v_dec = signed_in(b->h, b->dec);
	b->v_head = r->v_head = signed_in(b->h, b->head);
	return r;
}

int64_t number(struct room *r, const char *sql)
{
	return store_world_number(r->b->h->store, sql);
}

const char *page_of(struct room *r, const char *rest)
{
	return arena_printf(&r->b->h->arena, "/advices/%s%s", r->ref, rest);
}

const char *tab(struct room *r)
{
	return arena_printf(&r->b->h->arena, "/casefiles/%s/advice", r->b->ref);
}

void begin(struct room *r, struct visitor *v)
{
	send_from(v, tab(r), tab(r), "x=1");
	const char *found = strstr(v->path, "/advices/A-");
	if (v->code != 200 || found == NULL)
		fail_msg("no advice (%d %s):\n%s", v->code, v->path, v->page);
	r->ref = arena_strdup(&r->b->h->arena, found + strlen("/advices/"));
}

void post(struct room *r, struct visitor *v, const char *rest, const char *fields)
{
	send_from(v, page_of(r, ""), page_of(r, rest), fields);
}

/* With what the page says that he read. */
void advice_move_by(struct room *r, struct visitor *v, const char *action, const char *more)
{
	visit(v, page_of(r, ""));
	const char *at_revision = strstr(v->page, "name=\"revision\" value=\"");
	const long revision =
	    at_revision != NULL
		? strtol(at_revision + strlen("name=\"revision\" value=\""), NULL, 10)
		: 0;
	visitor_send(v, page_of(r, arena_printf(&r->b->h->arena, "/move/%s", action)),
	             arena_printf(&r->b->h->arena, "revision=%ld%s", revision, more));
}

/* A move that no button offers, as a machine asks it: the code of the answer. */
int asked_of_api(struct room *r, const struct house_person *p, const char *action, const char *more,
                 const char *says)
{
	struct house *h = r->b->h;
	const char *who = house_bearer(h, p);
	const char *api = arena_printf(&h->arena, "/api/v1/advices/%s", r->ref);
	struct reply got = client_request(h->port, "GET", api, who, NULL);
	const char *version = strstr(got.body, "\"version\":");
	const char *revision = strstr(got.body, "\"revision\":");

	assert_non_null(version);
	assert_non_null(revision);
	const char *body = arena_printf(&h->arena, "{\"_version\":%ld,\"revision\":%ld%s}",
	                                strtol(version + strlen("\"version\":"), NULL, 10),
	                                strtol(revision + strlen("\"revision\":"), NULL, 10), more);
	reply_free(&got);
	got = client_request(h->port, "POST", arena_printf(&h->arena, "%s/move/%s", api, action),
	                     who, body);
	if (says != NULL && !reply_says(&got, says))
		fail_msg("%s: %d %s", action, got.code, got.all);
	const int code = got.code;
	reply_free(&got);
	return code;
}

void propose(struct room *r, const char *fields, int64_t lead)
{
	send_from(r->b->v_ana, page_of(r, "/proposals/new"), page_of(r, "/proposals"),
	          arena_printf(&r->b->h->arena, "%s&lead=%lld", fields, (long long)lead));
}

/* The whole proposal, as the form of a change sends it. */
const char *again(struct room *r)
{
	return arena_printf(&r->b->h->arena, "%s&lead=%lld", INQUIRY,
	                    (long long)r->b->h->police_organ);
}

void write_words(struct room *r)
{
	send_from(r->b->v_ana, page_of(r, "/text"), page_of(r, "/text"), WORDS);
	assert_page_says(r->b->v_ana, "De tekst is bewaard");
}

/* Written, with one proposal of the police, and asked. */
struct room *asked_room(void **state)
{
	struct room *r = open_room(state);

	ask_room(r);
	return r;
}

void ask_room(struct room *r)
{
	begin(r, r->b->v_ana);
	write_words(r);
	propose(r, INQUIRY, r->b->h->police_organ);
	assert_page_says(r->b->v_ana, "Het voorstel staat in het advies");
	send_from(r->b->v_ana, page_of(r, "/facts"), page_of(r, "/facts"),
	          arena_printf(&r->b->h->arena, "proposal=1&facts%%5B0%%5D.id=%lld",
	                       (long long)number(r, "SELECT min(id) FROM fact")));
	assert_page_says(r->b->v_ana, "Waar het op rust");
	advice_move_by(r, r->b->v_ana, "ask", "");
	assert_page_says(r->b->v_ana, "Eigenaren en bronnen zien het in Mijn werk");
	assert_page_says(r->b->v_ana, "Iedereen is al gevraagd");
}

void everybody_agrees(struct room *r)
{
	post(r, r->b->v_desk, "/proposals/1/_answer", "answer=YES&named=YES");
	assert_page_says(r->b->v_desk, "Uw antwoord staat bij het voorstel");
	post(r, r->b->v_dec, "/objection", "answer=NO_OBJECTION&named=NO");
	assert_page_says(r->b->v_dec, "U heeft geen bezwaar");
}

struct room *final_room(void **state)
{
	struct room *r = asked_room(state);

	finish_room(r);
	return r;
}

void finish_room(struct room *r)
{
	everybody_agrees(r);
	advice_move_by(r, r->b->v_ana, "sign", "");
	assert_page_says(r->b->v_ana, "U tekende");
	advice_move_by(r, r->v_head, "confirm", "");
	assert_page_says(r->v_head, "Het advies is definitief");
}

void close_room(struct room *r)
{
	close_bureau(r->b);
}
