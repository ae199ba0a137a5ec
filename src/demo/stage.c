#include "demo/stage.h"

#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "demo/demo_store.h"
#include "people/people.h"
#include "platform/http/call.h"
#include "platform/crypto/token.h"

enum { TURN_SOFT_BYTES = 32 << 20, JSON_MAX_BYTES = 1 << 20, CAUSE_CHARS = 160, BUSY_TRIES = 8 };
static const int64_t BUSY_WAIT_MS = 100; /* then twice as long, half a minute in all */
static const int64_t TOKEN_MS = INT64_C(1000) * 86400000;

enum status stage_open(struct stage *s, struct error *reterr)
{
	struct db_read *r;

	arena_init(&s->turn, TURN_SOFT_BYTES);
	enum status st = db_read_begin(s->plein->db, &r, reterr);
	if (st != OK)
		return st;
	st = demo_players(r, s->arena, &s->players, &s->player_count, reterr);
	db_read_end(r);
	return st;
}

void stage_close(struct stage *s)
{
	arena_reset(&s->turn);
}

void stage_clear(struct stage *s)
{
	arena_reset(&s->turn);
	arena_init(&s->turn, TURN_SOFT_BYTES);
}

static bool fits(const struct player *a, enum role role, const char *participant, char letter)
{
	return a->role == role && (letter == 0 || a->letter == letter) &&
	       (participant == NULL || strcmp(a->participant, participant) == 0);
}

struct player *stage_player(struct stage *s, enum role role, const char *participant, char letter,
                            size_t nth)
{
	size_t count = 0;

	for (size_t i = 0; i < s->player_count; i++)
		count += fits(&s->players[i], role, participant, letter) ? 1 : 0;
	if (count == 0)
		return NULL;
	nth %= count;
	for (size_t i = 0; i < s->player_count; i++)
		if (fits(&s->players[i], role, participant, letter) && nth-- == 0)
			return &s->players[i];
	return NULL;
}

const char *stage_json(struct stage *s, const char *name, ...)
{
	struct out o;
	va_list fields;

	out_init(&o, JSON_MAX_BYTES);
	OUT_LIT(&o, "{");
	va_start(fields, name);
	for (const char *field = name; field != NULL; field = va_arg(fields, const char *)) {
		if (o.len > 1)
			OUT_LIT(&o, ",");
		out_json(&o, field);
		OUT_LIT(&o, ":");
		out_json(&o, va_arg(fields, const char *));
	}
	va_end(fields);
	OUT_LIT(&o, "}");
	const char *json = arena_strndup(&s->turn, o.data, o.len);
	out_free(&o);
	return json;
}

/* ---- asking ------------------------------------------------------------------------------------ */

static enum status token_job(struct db_tx *tx, void *args, struct error *reterr)
{
	int64_t id;
	return api_token_insert(tx, args, &id, reterr);
}

static enum status give_token(struct stage *s, struct player *who, struct error *reterr)
{
	const struct token text = token_new();
	struct api_token_new t = { .digest = token_digest(s->plein->token_key, "api", text.text),
		                   .appointment_id = who->appointment_id,
		                   .now_ms = clock_now_ms(s->clock),
		                   .expires_at = clock_now_ms(s->clock) + TOKEN_MS,
		                   .label = "oefenregio" };
	struct db_job job = { .run = token_job, .args = &t };

	who->bearer = arena_strdup(s->arena, text.text);
	return db_run(s->plein->db, &job, reterr);
}

/* A busy server did nothing of what it was asked: each time waited for twice as long, ask again. */
static enum status ask_patiently(struct stage *s, const struct http_call *call,
                                 struct http_reply *ret, struct error *reterr)
{
	enum status st = http_ask(s->plein->http, call, &s->turn, ret, reterr);

	for (int again = 0; st == OK && ret->code == 503 && again < BUSY_TRIES; again++) {
		const int64_t ms = BUSY_WAIT_MS << again;
		const struct timespec pause = { .tv_sec = ms / 1000,
			                        .tv_nsec = ms % 1000 * 1000000 };

		(void)nanosleep(&pause, NULL);
		st = http_ask(s->plein->http, call, &s->turn, ret, reterr);
	}
	return st;
}

static enum status ask(struct stage *s, struct player *who, const char *method, const char *path,
                       const char *json, struct http_reply *ret, struct error *reterr)
{
	enum status st = who->bearer == NULL ? give_token(s, who, reterr) : OK;
	const struct http_call call = { .method = method,
		                        .path = arena_printf(&s->turn, "/api/v1%s", path),
		                        .bearer = who->bearer,
		                        .json = json };
	if (st == OK)
		st = ask_patiently(s, &call, ret, reterr);
	if (st != OK || ret->code < 300)
		return st;
	(void)FAIL(reterr, ERR_CONFLICT, "De oefenregio liep vast: %s %s.", method, path);
	(void)error_cause(
	    reterr, "%s: %d %.*s | %.*s", access_role(who->role)->name, ret->code, CAUSE_CHARS,
	    strstr(ret->body, "detail") != NULL ? strstr(ret->body, "detail") : ret->body,
	    CAUSE_CHARS, strstr(ret->body, "errors") != NULL ? strstr(ret->body, "errors") : "");
	return reterr->status;
}

enum status stage_get(struct stage *s, struct player *who, const char *path, const char **ret_body,
                      struct error *reterr)
{
	struct http_reply reply;
	const enum status st = ask(s, who, "GET", path, NULL, &reply, reterr);

	if (st == OK)
		*ret_body = reply.body;
	return st;
}

enum status stage_post(struct stage *s, struct player *who, const char *path, const char *json,
                       const char **ret_location, struct error *reterr)
{
	struct http_reply reply;
	const enum status st =
	    ask(s, who, "POST", path, json != NULL ? json : "{}", &reply, reterr);

	s->acts++;
	if (st == OK && ret_location != NULL)
		*ret_location = reply.location;
	return st;
}

const char *stage_version(struct stage *s, const char *body)
{
	const char *at = strstr(body, "\"version\":");

	if (at == NULL)
		return "";
	at += strlen("\"version\":");
	return arena_strndup(&s->turn, at, strspn(at, "0123456789"));
}

static const char *after_name(struct arena *a, const char *body, const char *name)
{
	const char *key = arena_printf(a, "\"%s\":", name);
	const char *at = strstr(body, key);

	return at != NULL ? at + strlen(key) : NULL;
}

const char *stage_text(struct arena *a, const char *body, const char *part, const char *field)
{
	const char *at = after_name(a, body, part);

	at = at != NULL ? after_name(a, at, field) : NULL;
	return at != NULL && *at == '"' ? arena_strndup(a, at + 1, strcspn(at + 1, "\"")) : NULL;
}

bool stage_offers(struct stage *s, const char *body, const char *part, const char *value)
{
	const char *list = after_name(&s->turn, body, part);
	const char *end = list != NULL ? strchr(list, ']') : NULL;
	const char *key = arena_printf(&s->turn, "\"value\":\"%s\"", value);
	const char *at = list != NULL ? strstr(list, key) : NULL;

	return at != NULL && end != NULL && at < end;
}

enum status stage_edit(struct stage *s, struct player *who, const char *page, const char *path,
                       const char *json, struct error *reterr)
{
	const char *body;
	const enum status st = stage_get(s, who, page, &body, reterr);

	if (st != OK)
		return st;
	const char *rest = json != NULL && strcmp(json, "{}") != 0 ? json + 1 : "}";
	const char *with = arena_printf(&s->turn, "{\"_version\":\"%s\"%s%s",
	                                stage_version(s, body), *rest == '}' ? "" : ",", rest);
	return stage_post(s, who, path, with, NULL, reterr);
}

uint32_t stage_draw(const struct stage *s, const char *purpose, int64_t key, uint32_t below)
{
	const struct span parts[] = { SPAN_OF(s->seed), SPAN_TEXT(purpose), SPAN_OF(key) };
	const struct digest d = sha256_parts(parts, sizeof parts / sizeof parts[0]);
	uint32_t number;

	memcpy(&number, d.bytes, sizeof number);
	return number % below;
}
