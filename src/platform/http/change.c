/*
 * A change as a job of the database, and its short answer.
 *
 * What apply left in struct change is written as one text (lengths and bytes), so that it
 * can be kept with the once token: whoever submits the same form twice gets the same answer,
 * and the change happens once.
 */
#include "platform/http/server.h"

#include <assert.h>
#include <inttypes.h>

#include "platform/core/limits.h"

/* ---- the once token ------------------------------------------------------------------------- */

/* What a file says in the digest of the body: the same whether it lies in memory or on disk. */
static struct span file_span(const struct exchange *x, const struct byte_source *file)
{
	struct digest *d = ARENA_NEW(x->rq.arena, struct digest);

	/* one that can't be read differs from every other */
	if (!sha256_source(file, d))
		random_bytes(d->bytes, sizeof d->bytes);
	return SPAN(d->bytes, sizeof d->bytes);
}

static struct digest body_digest(const struct exchange *x)
{
	struct span *parts = ARENA_ARRAY(x->rq.arena, struct span, x->form.count * 2 + 3);
	size_t count = 0;

	parts[count++] = SPAN_TEXT(x->rq.method);
	parts[count++] = SPAN_TEXT(x->rq.path);
	if (x->rq.raw != NULL)
		parts[count++] = SPAN(x->rq.raw, x->rq.raw_len);
	for (size_t i = 0; i < x->form.count; i++) {
		const struct input_value *v = &x->form.values[i];
		if (v->path[0] == '_')
			continue; /* a token renewed isn't another body */
		parts[count++] = SPAN_TEXT(v->path);
		parts[count++] =
		    v->kind == INPUT_FILE ? file_span(x, &v->file) : SPAN_TEXT(v->text);
	}
	return digest_keyed(&x->server->key, "body", parts, count);
}

static void token_from_key(struct exchange *x, const char *key)
{
	int64_t owner = x->server->gate.owner(&x->rq);
	const struct span parts[] = { SPAN_OF(owner), SPAN_TEXT(key) };
	struct digest d = digest_keyed(&x->server->key, "once", parts, 2);
	memcpy(x->once, d.bytes, sizeof x->once);
}

enum status once_read(struct exchange *x, struct error *reterr)
{
	if ((x->rq.route->flags & ROUTE_NO_ONCE) != 0)
		return OK;
	const char *field = input_text(&x->form, "_once");
	const char *key = x->head.idempotency_key;

	if (key == NULL && field == NULL)
		return OK;
	if (key != NULL && (*key == '\0' || strlen(key) > 255))
		return FAIL(reterr, ERR_INVALID, "Stuur een Idempotency-Key van 1 tot 255 tekens.");
	if (key != NULL)
		token_from_key(x, key);
	else if (!hex_parse(field, x->once, sizeof x->once))
		return FAIL(reterr, ERR_INVALID,
		            "Dit formulier is niet heel. Open de pagina opnieuw.");
	struct digest d = body_digest(x);
	memcpy(x->once_digest, d.bytes, sizeof x->once_digest);
	x->rq.once = x->once;
	return OK;
}

/* ---- the short answer as text ---------------------------------------------------------------- */

static void put(struct out *o, const char *text)
{
	if (text == NULL)
		OUT_LIT(o, "-;");
	else
		out_fmt(o, "%zu:%s;", strlen(text), text);
}

/* The second character: what kind of answer it is. */
enum { STORED = '0', CREATED = '1', REDRAWN = '2' };

static const char *encode(struct arena *a, const struct change *c)
{
	struct out o;

	out_init(&o, LIMIT_FORM_ANSWER_BYTES);
	out_fmt(&o, "1%c;", c->redraw ? REDRAWN : c->created ? CREATED : STORED);
	put(&o, c->location);
	put(&o, c->note);
	put(&o, c->json);
	put(&o, c->cookie.name);
	put(&o, c->cookie.value);
	put(&o, c->topic);
	out_fmt(&o, "%" PRId64 ";%" PRId64, c->cookie.max_age_s, c->topic_version);
	const char *text = o.overflowed ? NULL : arena_strndup(a, o.data, o.len);
	out_free(&o);
	return text;
}

/* The next text, or NULL for "-"; *at moves on, and becomes NULL if this isn't ours. */
static const char *take(struct arena *a, const char **at)
{
	char *end;

	if (*at == NULL)
		return NULL;
	if (strncmp(*at, "-;", 2) == 0) {
		*at += 2;
		return NULL;
	}
	size_t len = strtoul(*at, &end, 10);
	if (*end != ':' || strnlen(end + 1, len + 1) <= len || end[1 + len] != ';') {
		*at = NULL;
		return NULL;
	}
	*at = end + len + 2;
	return arena_strndup(a, end + 1, len);
}

static bool decode(struct arena *a, const char *text, struct change *ret)
{
	*ret = (struct change){ 0 };
	if (text == NULL || text[0] != '1' || text[1] < STORED || text[1] > REDRAWN ||
	    text[2] != ';')
		return false;
	const char *at = text + 3;
	ret->created = text[1] == CREATED;
	ret->redraw = text[1] == REDRAWN;
	ret->location = take(a, &at);
	ret->note = take(a, &at);
	ret->json = take(a, &at);
	ret->cookie.name = take(a, &at);
	ret->cookie.value = take(a, &at);
	ret->topic = take(a, &at);
	if (at == NULL)
		return false;
	char *end;
	ret->cookie.max_age_s = strtoll(at, &end, 10);
	ret->topic_version = *end == ';' ? strtoll(end + 1, NULL, 10) : 0;
	return true;
}

/* ---- the job ----------------------------------------------------------------------------------
 */

static void set_event(struct exchange *x, const struct touched *touched)
{
	bool logged = (x->rq.route->flags & ROUTE_NO_EVENT) == 0;
	x->job.event = logged ? x->server->gate.event(&x->rq, touched) : NULL;
}

/* May run more than once: starts from scratch each time. */
static enum status run_change(struct db_tx *tx, void *args, struct error *reterr)
{
	struct exchange *x = args;

	x->change = (struct change){ .rq = &x->rq, .input = x->input, .touched = x->rq.touched };
	x->job.answer = NULL;
	enum status st = x->rq.route->apply(tx, &x->change, reterr);
	set_event(x, &x->change.touched);
	if (st != OK)
		return st;
	x->job.answer = encode(db_tx_arena(tx), &x->change);
	return x->job.answer != NULL ? OK : FAIL_INTERNAL(reterr);
}

void change_answer_page(struct exchange *x)
{
	const struct change *c = &x->change;

	x->rs.code = 303;
	x->rs.location = c->location != NULL ? c->location : x->rq.path;
	x->note = c->note;
	x->rs.cookies[0] = c->cookie;
}

static void answer_api(struct exchange *x, const struct change *c)
{
	x->rs.code = c->created ? 201 : c->json != NULL ? 200 : 204;
	x->rs.cookies[0] = c->cookie;
	if (c->location != NULL && c->created)
		x->rs.location = arena_printf(&x->arena, "/api/v1%s", c->location);
	if (c->json == NULL)
		return;
	out_raw(&x->rs.body, c->json, strlen(c->json));
	x->rs.content_type = "application/json";
}

static void draw_later(struct exchange *x)
{
	x->again = true;
	backlog_put_again(&x->server->backlog, x);
}

/* On a thread of db. */
static void change_done(struct db_job *job, enum status st)
{
	struct exchange *x = job->owner;
	struct change *answer = &x->change;

	if (st == OK && !decode(&x->arena, job->answer, answer)) {
		st = FAIL_INTERNAL(&job->error);
		(void)error_cause(&job->error, "a kept answer that can't be read");
	}
	if (st != OK) {
		x->error = job->error;
		x->outcome = st;
		draw_later(x);
		return;
	}
	if (answer->topic != NULL)
		http_publish(x->server, answer->topic, answer->topic_version);
	if (answer->redraw && !x->target.api) {
		draw_later(x);
		return;
	}
	if (x->target.api)
		answer_api(x, answer);
	else
		change_answer_page(x);
	wire_resume(x);
}

void change_submit(struct exchange *x)
{
	x->job = (struct db_job){
		.run = run_change,
		.args = x,
		.once = x->rq.once,
		.once_digest = x->rq.once != NULL ? x->once_digest : NULL,
		.lane = x->rq.route->lane,
		.done = change_done,
		.owner = x,
	};
	set_event(x, &x->rq.touched);
	db_submit(x->server->db, &x->job);
}

/* ---- the event of a view, or of a refusal ------------------------------------------------------
 */

static enum status run_refusal(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct exchange *x = args;

	(void)tx;
	*reterr = x->error;
	return x->outcome;
}

/* Did the event fail, or did run_refusal only say what it had to say? */
static bool event_is_durable(const struct exchange *x, enum status st)
{
	if (x->outcome == OK)
		return st == OK;
	return st == x->outcome && x->job.error.file == x->error.file &&
	       x->job.error.line == x->error.line;
}

/* No event, no answer. */
static void event_done(struct db_job *job, enum status st)
{
	struct exchange *x = job->owner;

	if (!event_is_durable(x, st)) {
		x->error = job->error;
		answer_plain(x, 503,
		             "De gegevens zijn even niet bereikbaar. Probeer het over een minuut "
		             "opnieuw.");
	}
	wire_resume(x);
}

void event_submit(struct exchange *x)
{
	x->job = (struct db_job){
		.run = x->outcome != OK ? run_refusal : x->rs.remember,
		.args = x->outcome != OK ? x : x->rs.remember_args,
		.lane = LANE_PERSON,
		.done = event_done,
		.owner = x,
	};
	set_event(x, &x->rq.touched);
	if (x->job.event == NULL)
		wire_resume(x);
	else
		db_submit(x->server->db, &x->job);
}
