/*
 * What a worker does with a request: who is this, may he, then read, or prepare and hand the
 * change to the database. Ends with the exchange given away: to the wire, or to a db job.
 */
#include "platform/http/server.h"

#include <assert.h>

#include "platform/core/calendar.h"
#include "platform/core/limits.h"

static struct gate *gate_of(struct exchange *x)
{
	return &x->server->gate;
}

static bool is_read(const struct exchange *x)
{
	return strcmp(x->head.method, "GET") == 0 || strcmp(x->head.method, "HEAD") == 0;
}

/* Has a route of its own, and one that leaves an event behind. */
static bool is_logged(const struct exchange *x)
{
	return x->rq.route != NULL && (x->rq.route->flags & ROUTE_NO_EVENT) == 0;
}

/* ---- the request as handlers see it --------------------------------------------------------- */

static void begin_request(struct exchange *x)
{
	struct request *rq = &x->rq;

	rq->arena = &x->arena;
	rq->app = x->server->gate.app;
	rq->route = x->match.route;
	rq->method = strcmp(x->head.method, "HEAD") == 0 ? "GET" : x->head.method;
	rq->path = x->target.path;
	memcpy(rq->params, x->match.params, sizeof rq->params);
	rq->query = &x->query;
	rq->body = &x->form;
	rq->wants_json = x->target.api;
	rq->parts = x->target.api || !is_read(x) ? NULL : x->head.parts;
	rq->now_ms = clock_now_ms(x->server->cfg.clock);
	rq->user_agent = x->head.user_agent != NULL ? x->head.user_agent : "";
	rq->came_from = page_before(&x->head, x->server->cfg.public_origin, x->https);
	rq->problems = &x->problems;
	rq->touched.count = -1;
	problems_init(&x->problems, &x->arena);
	x->rs = (struct response){ .code = 200 };
	out_init(&x->rs.body, LIMIT_ANSWER_BYTES);
}

/* A person goes there, and reads it: no script that fetches a part of a page, no picture. What says
 * nothing of it counts as a person. */
static bool is_navigation(const struct exchange *x)
{
	return x->head.fetch_mode == NULL || strcmp(x->head.fetch_mode, "navigate") == 0;
}

static void read_note(struct exchange *x)
{
	/* a part of a page has no place for it */
	if (x->target.api || !is_read(x) || x->rq.parts != NULL || !is_navigation(x))
		return;
	const char *value = http_cookie(&x->arena, x->head.cookie, NOTE_COOKIE);
	if (value == NULL)
		return;
	x->note_shown = true;
	x->rq.note = note_open(&x->arena, &x->server->key, value, x->rq.now_ms);
}

static enum status open_snapshot(struct exchange *x, struct error *reterr)
{
	if (x->rq.route != NULL && (x->rq.route->flags & ROUTE_NO_DB) != 0)
		return OK;
	return db_read_begin(x->server->db, &x->rq.db, reterr);
}

static void close_snapshot(struct exchange *x)
{
	db_read_leave(x->rq.db);
	x->rq.db = NULL;
}

static enum status read_query(struct exchange *x, struct error *reterr)
{
	const char *query = x->target.query;
	enum status st = input_urlencoded(&x->arena, query, strlen(query), &x->query, reterr);
	if (st != OK)
		return st;
	x->query.today = x->target.api ? 0 : local_day(x->rq.now_ms);
	const char *format = input_text(&x->query, "format");
	x->rq.wants_csv = format != NULL && strcmp(format, "csv") == 0 && is_read(x);
	x->rq.wants_ods = format != NULL && strcmp(format, "ods") == 0 && is_read(x);
	return OK;
}

/* ---- the body ---------------------------------------------------------------------------------
 */

static bool type_is(const char *content_type, const char *wanted)
{
	size_t len = strlen(wanted);
	return strncasecmp(content_type, wanted, len) == 0 &&
	       (content_type[len] == '\0' || strchr("; \t", content_type[len]) != NULL);
}

static const char *boundary_in(struct arena *a, const char *content_type)
{
	const char *p = strcasestr(content_type, "boundary=");
	if (p == NULL)
		return "";
	p += strlen("boundary=");
	if (*p == '"')
		return arena_strndup(a, p + 1, strcspn(p + 1, "\""));
	return arena_strndup(a, p, strcspn(p, "; \t"));
}

static enum status read_parts(struct exchange *x, const char *type, struct error *reterr)
{
	const struct byte_source body = wire_body(x);

	return input_multipart(&x->arena, boundary_in(&x->arena, type), &body, &x->form, reterr);
}

static enum status read_body(struct exchange *x, struct error *reterr)
{
	const char *type = x->head.content_type != NULL ? x->head.content_type : "";
	const bool parts = type_is(type, "multipart/form-data");

	if (parts && x->spool != NULL && (x->rq.route->flags & ROUTE_PIECES) != 0)
		return read_parts(x, type, reterr);
	const enum status st = wire_open_body(x, reterr);
	if (st != OK || x->body_len == 0)
		return st;
	if ((x->rq.route->flags & ROUTE_RAW) != 0 && type_is(type, "application/json")) {
		x->rq.raw = x->body;
		x->rq.raw_len = x->body_len;
		return once_read(x, reterr);
	}
	if (type_is(type, "application/x-www-form-urlencoded"))
		return input_urlencoded(&x->arena, x->body, x->body_len, &x->form, reterr);
	if (parts)
		return read_parts(x, type, reterr);
	if (type_is(type, "application/json"))
		return input_json(&x->arena, x->body, x->body_len, &x->form, reterr);
	x->refusal_code = 415;
	return FAIL(reterr, ERR_INVALID,
	            "Stuur een formulier of JSON. Iets anders kunnen wij niet lezen.");
}

/* ---- may this be? ------------------------------------------------------------------------------
 */

/* A cookie is sent by the browser whoever asks it to: the page must be one of ours. */
static enum status check_source(struct exchange *x, struct error *reterr)
{
	const struct head *h = &x->head;

	if (is_read(x) || h->bearer != NULL)
		return OK;
	if (!origin_fits(h, x->server->cfg.public_origin, x->https))
		return FAIL(reterr, ERR_DENIED,
		            "Dit formulier komt niet van deze site. Open de pagina hier opnieuw.");
	if (x->rq.session == NULL)
		return OK;
	const char *token = h->csrf != NULL ? h->csrf : input_text(&x->form, "_csrf");
	if (token == NULL || !gate_of(x)->csrf_matches(&x->rq, token))
		return FAIL(
		    reterr, ERR_DENIED,
		    "Deze pagina stond te lang open. Open haar opnieuw en verstuur nog eens.");
	return OK;
}

/* ERR_INVALID with a place to go: a redirect on pages, 401 or 403 on the API. */
static enum status go_there_first(struct exchange *x, struct error *reterr)
{
	const char *location = x->rs.location;
	bool stranger = x->rq.viewer == NULL;

	if (x->target.api) {
		x->refusal_code = stranger ? 401 : 403;
		return FAIL(reterr, stranger ? ERR_INVALID : ERR_DENIED,
		            stranger ? "Meld u eerst aan, of stuur een geldig token mee."
		                     : "Hiervoor is op de website eerst nog een stap nodig.");
	}
	if (!is_read(x) && stranger && gate_of(x)->park != NULL && read_body(x, reterr) == OK)
		gate_of(x)->park(&x->rq);
	x->rs.code = 303;
	x->rs.location = location;
	x->refusal_code = 303;
	return ERR_INVALID;
}

static enum status check_permission(struct exchange *x, struct error *reterr)
{
	enum status st = gate_of(x)->permit(&x->rq, &x->rs, reterr);
	if (st == ERR_INVALID && x->rs.location != NULL)
		return go_there_first(x, reterr);
	if (st == ERR_DENIED && x->rs.code >= 400)
		x->refusal_code = x->rs.code; /* 401: who are you? 403: not this */
	return st;
}

/* No route: another method, a slash too many, or nothing. */
static enum status no_route(struct exchange *x, struct error *reterr)
{
	if (*x->match.allow == '\0')
		return FAIL_NOT_FOUND(reterr);
	if (strcmp(x->head.method, "OPTIONS") == 0) {
		x->rs.code = 204;
		x->refusal_code = 204;
		return ERR_INVALID;
	}
	x->refusal_code = 405;
	return FAIL(reterr, ERR_INVALID,
	            "Dat kan op deze pagina niet. Ga terug en kies iets anders.");
}

static enum status trailing_slash(struct exchange *x, struct error *reterr)
{
	if (x->target.api || !is_read(x))
		return FAIL_NOT_FOUND(reterr);
	const char *at = "";
	for (size_t i = 0; i < x->target.segment_count; i++) {
		const char *const part[] = { x->target.segments[i] };
		at = arena_printf(&x->arena, "%s%s", at, http_path(&x->arena, "/{part}", part));
	}
	x->rs.code = 308;
	x->rs.location =
	    *x->target.query != '\0' ? arena_printf(&x->arena, "%s?%s", at, x->target.query) : at;
	x->refusal_code = 308;
	return ERR_INVALID;
}

/* Builtins that no table knows. */
static bool is_events(struct exchange *x)
{
	return strcmp(x->target.path, "/events") == 0 && is_read(x) && !x->target.api &&
	       gate_of(x)->may_hear != NULL;
}

static bool is_openapi(const struct exchange *x)
{
	return x->target.api && is_read(x) && x->rq.route == NULL && !x->target.trailing_slash &&
	       strcmp(x->target.path, "/openapi.json") == 0;
}

/* The tables are no secret: whoever builds against the API reads them first. */
static void show_openapi(struct exchange *x)
{
	const struct out *document = &x->server->openapi;

	out_raw(&x->rs.body, document->data, document->len);
	x->rs.content_type = "application/json";
	answer_seal(x);
	wire_resume(x);
}

static enum status enter(struct exchange *x, struct error *reterr)
{
	enum status st = open_snapshot(x, reterr);
	if (st == OK && (x->rq.db != NULL || x->rq.route != NULL))
		st = gate_of(x)->identify(&x->rq, x->head.cookie, x->head.bearer, reterr);
	if (st != OK)
		return st;
	if (x->refusal != OK) {
		*reterr = x->error;
		return x->refusal;
	}
	st = read_query(x, reterr);
	if (st != OK)
		return st;
	if (is_events(x))
		return stream_open(x, reterr);
	if (x->rq.route == NULL)
		return no_route(x, reterr);
	if (x->target.trailing_slash)
		return trailing_slash(x, reterr);
	st = check_permission(x, reterr);
	x->permitted = st == OK;
	if (st == OK)
		st = read_body(x, reterr);
	if (x->head.content_type == NULL || !type_is(x->head.content_type, "application/json"))
		x->form.today = local_day(x->rq.now_ms);
	if (st == OK)
		st = check_source(x, reterr);
	return st;
}

/* ---- the two ways -------------------------------------------------------------------------------
 */

static enum status too_much_memory(struct exchange *x, struct error *reterr)
{
	if (!arena_over(&x->arena))
		return OK;
	return FAIL(reterr, ERR_LIMIT,
	            "Dit is te veel om in één keer te tonen. Kies minder tegelijk.");
}

static enum status prepare(struct exchange *x, struct error *reterr)
{
	const struct route *route = x->rq.route;
	enum status st = OK;

	if (route->prepare != NULL)
		st = route->prepare(&x->rq, &x->input, reterr);
	x->rq.input = x->input;
	if (st == OK && x->problems.error_count > 0)
		st = FAIL(reterr, ERR_INVALID,
		          "Er klopt nog iets niet. Kijk bij de gemarkeerde velden.");
	return st;
}

static enum status view(struct exchange *x, struct error *reterr)
{
	enum status st = x->rq.route->read(&x->rq, &x->rs, reterr);
	if (st == OK)
		st = out_end(&x->rs.body, reterr);
	if (st == OK)
		st = too_much_memory(x, reterr);
	return st;
}

static void default_type(struct exchange *x)
{
	if (x->rs.content_type == NULL)
		x->rs.content_type = x->target.api     ? "application/json"
		                     : x->rq.wants_csv ? "text/csv; charset=utf-8"
		                                       : "text/html; charset=utf-8";
}

/* The page again, with what was typed and what is wrong. Not OK: the error page then. */
static enum status redraw(struct exchange *x, struct error *why)
{
	struct error again = { 0 };
	const struct route *route = x->rq.route;

	if (route == NULL || route->redraw == NULL || x->target.api)
		return why->status;
	if (x->problems.error_count == 0)
		problems_add(&x->problems, PROBLEM_ERROR, "", why->message);
	x->rq.stale = why->status == ERR_CONFLICT && why->field != NULL &&
	              strcmp(why->field, DB_FIELD_VERSION) == 0;
	out_clear(&x->rs.body);
	x->rs.code = error_http_code(why->status);
	enum status st = route->redraw(&x->rq, &x->rs, &again);
	if (st == OK)
		st = out_end(&x->rs.body, &again);
	if (st != OK)
		*why = again;
	else
		default_type(x);
	return st;
}

/* A limit that the change met, of notes in a casefile; of a body that was too large nothing was read. */
static bool worth_redrawing(const struct exchange *x, enum status st)
{
	return st == ERR_INVALID || st == ERR_CONFLICT || st == ERR_UNAVAILABLE ||
	       (st == ERR_LIMIT && x->again);
}

static void failed(struct exchange *x, enum status st, struct error *why)
{
	x->outcome = st;
	x->error = *why;
	if (x->refusal_code > 0 && x->refusal_code < 400)
		return; /* a redirect or an empty answer: rs is complete */
	bool ours = x->permitted && x->refusal_code == 0 && !is_read(x);
	if (ours && worth_redrawing(x, st) && redraw(x, why) == OK)
		return;
	int code = x->refusal_code;
	if (code == 0 && x->target.api && st == ERR_INVALID && why->field != NULL &&
	    strcmp(why->field, DB_FIELD_ONCE) == 0)
		code = 422;
	answer_error(x, why, code);
}

/*
 * A stranger sent to sign in, a 404 without a route and the like aren't events; a stranger who
 * tries to sign in and fails is one.
 */
static bool deserves_event(const struct exchange *x)
{
	if (!is_logged(x) || x->refusal_code == 308)
		return false;
	bool tries = (x->rq.route->flags & ROUTE_PUBLIC) != 0 && !is_read(x);
	return tries || x->rq.viewer != NULL;
}

static void leave(struct exchange *x)
{
	close_snapshot(x);
	answer_seal(x);
	bool public_read = is_logged(x) && x->outcome == OK;
	if (x->kind == ANSWER_DYNAMIC && (public_read || deserves_event(x)))
		event_submit(x);
	else
		wire_resume(x);
}

static void serve(struct exchange *x);

/*
 * Who this is was remembered, and it isn't so any more (or the database went away meanwhile):
 * nothing of it was shown or told, and it is asked this time.
 */
static void serve_certain(struct exchange *x, struct arena_mark began)
{
	db_read_end(x->rq.db);
	out_free(&x->rs.body);
	arena_rewind(&x->arena, began);
	x->rq.db = NULL;
	x->rq.viewer = NULL;
	x->rq.session = NULL;
	x->rq.frame = NULL;
	x->rq.guess = NULL;
	x->rq.touched = (struct touched){ 0 };
	x->rq.certain = true;
	x->refusal_code = 0;
	x->permitted = false;
	begin_request(x);
	read_note(x);
	serve(x);
}

static void serve(struct exchange *x)
{
	struct error e = { 0 };
	const struct arena_mark began = arena_mark(&x->arena);
	const struct route *route = x->rq.route;
	enum status st = enter(x, &e);

	if (st == OK && x->kind == ANSWER_DYNAMIC && !is_read(x))
		st = prepare(x, &e);
	if (st == OK && x->kind == ANSWER_DYNAMIC && !is_read(x) && route->apply != NULL) {
		st = once_read(x, &e);
		if (st == OK)
			st = too_much_memory(x, &e);
		if (st == OK) {
			close_snapshot(x);
			change_submit(x);
			return;
		}
	} else if (st == OK && x->kind == ANSWER_DYNAMIC) {
		st = view(x, &e);
		default_type(x);
	}
	if (x->rq.guess != NULL && !gate_of(x)->confirm(&x->rq)) {
		serve_certain(x, began);
		return;
	}
	if (st != OK)
		failed(x, st, &e);
	leave(x);
}

/* A change that the database refused, drawn by a worker. Its event is durable already, unless
 * the database was the trouble. */
static void serve_again(struct exchange *x)
{
	struct error why = x->error, none;
	enum status st = why.status;

	if (db_read_begin(x->server->db, &x->rq.db, &none) != OK)
		x->rq.db = NULL;
	if (x->rq.db == NULL)
		answer_error(x, &why, 0);
	else
		failed(x, st, &why);
	close_snapshot(x);
	if (st == ERR_UNAVAILABLE && x->rs.code < 500)
		event_submit(x);
	else
		wire_resume(x);
}

/* The page from which a change was kept in part. Where it can't be drawn, the person goes to where
 * the change leads: it is durable. */
static void serve_kept(struct exchange *x)
{
	struct error none;
	enum status st = db_read_begin(x->server->db, &x->rq.db, &none);

	if (st != OK)
		x->rq.db = NULL;
	if (st == OK)
		st = x->rq.route->redraw(&x->rq, &x->rs, &none);
	if (st == OK)
		st = out_end(&x->rs.body, &none);
	close_snapshot(x);
	if (st == OK) {
		default_type(x);
	} else {
		out_clear(&x->rs.body);
		change_answer_page(x);
	}
	wire_resume(x);
}

void life_run(struct exchange *x)
{
	x->taken_ms = clock_monotonic_ms();
	if (x->again) {
		if (x->outcome == OK)
			serve_kept(x);
		else
			serve_again(x);
		return;
	}
	begin_request(x);
	read_note(x);
	if (x->refusal == OK && is_openapi(x))
		show_openapi(x);
	else
		serve(x);
}
