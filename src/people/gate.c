#include "people/gate.h"

#include <arpa/inet.h>
#include <assert.h>
#include <string.h>

#include "audit/action.h"
#include "audit/event.h"
#include "people/budget.h"
#include "people/capacity.h"
#include "people/frame.h"
#include "people/parked.h"
#include "people/recognize.h"
#include "people/session_memory.h"
#include "platform/core/calendar.h"
#include "platform/crypto/token.h"

const char *session_cookie_name(const struct plein *p)
{
	return p->secure_cookies ? "__Host-plein" : "plein";
}

const struct session *session_of(const struct request *rq)
{
	return rq->session;
}

/* ---- who is this ------------------------------------------------------------------- */

struct touch {
	int64_t session_id, now_ms;
};

static enum status touch_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct touch *t = args;
	return session_touch(tx, t->session_id, t->now_ms, reterr);
}

/* seen_at moves at most once a minute, so that reading a page seldom writes. */
static void touch(struct request *rq, const struct session *s)
{
	if (s->id == 0 || rq->now_ms - s->times.seen_at < SESSION_TOUCH_SECONDS * INT64_C(1000))
		return;
	struct touch t = { s->id, rq->now_ms };
	struct db_job job = { .run = touch_run, .args = &t };
	struct error ignored = { 0 };
	if (db_run(plein_of(rq)->db, &job, &ignored) != OK)
		return; /* a session that can't be touched (disk full) reads on until it is idle */
	session_remember_seen(plein_of(rq)->sessions, s, rq->now_ms);
}

static struct viewer *viewer_of(struct arena *a, const struct session *s)
{
	struct viewer *v = ARENA_NEW(a, struct viewer);
	*v = (struct viewer){
		.person_id = s->person_id,
		.appointment_id = s->appointment_id,
		.participant_id = s->appointment_participant_id,
		.organ_id = s->organ_id,
		.desk_id = s->desk_id,
		.municipality_id = s->municipality_id,
		.letter = s->letter,
		.role = s->role,
		.machine = s->id == 0,
	};
	viewer_audiences(v);
	return v;
}

/*
 * A member of the informatie-overleg reads the agenda of one meeting at a time: the one that
 * runs, else the first to come. Other roles see meetings by their role, or not at all.
 */
enum status gate_join_meeting(struct db_read *r, struct viewer *v, struct error *reterr)
{
	int64_t meeting = 0;

	if (v->role != ROLE_INFO_MEETING_MEMBER || v->audience_count == VIEWER_AUDIENCES_MAX)
		return OK;
	enum status st = session_current_meeting(r, v->appointment_id, &meeting, reterr);
	if (st == OK && meeting != 0)
		v->audiences[v->audience_count++] = audience_of(AUDIENCE_MEETING, meeting);
	return st;
}

static enum status identify(struct request *rq, const char *cookie_header, const char *bearer_token,
                            struct error *reterr)
{
	struct session *s = ARENA_NEW(rq->arena, struct session);
	bool found;

	rq->frame = frame_new(rq);
	if (rq->db == NULL)
		return OK; /* a route without database answers everybody as a stranger */
	enum status st = recognize(rq, cookie_header, bearer_token, s, &found, reterr);
	if (st != OK || !found)
		return st;
	if (!session_alive(&s->times, rq->now_ms)) {
		if (s->times.stage == STAGE_FULL && s->times.ended_at == 0)
			frame_expired(rq, s->person_id);
		return OK;
	}
	rq->session = s;
	frame_secure(rq);
	if (s->times.stage != STAGE_FULL)
		return OK;
	touch(rq, s);
	st = capacity_fall_back(rq, s, reterr);
	if (st != OK || s->appointment_id == 0)
		return st;
	struct viewer *v = viewer_of(rq->arena, s);
	rq->viewer = v;
	st = gate_join_meeting(rq->db, v, reterr);
	return st == OK ? frame_fill(rq, plein_of(rq)->places, reterr) : st;
}

/* ---- may he ------------------------------------------------------------------------ */

static enum status go_first(struct request *rq, struct response *rs, const char *path, int code,
                            const char *sentence, struct error *reterr)
{
	if (rq->wants_json) {
		rs->code = code;
		return FAIL(reterr, ERR_DENIED, "%s", sentence);
	}
	rs->location = path;
	return FAIL(reterr, ERR_INVALID, "%s", sentence);
}

/* A form that is kept comes back filled in; otherwise only a page is worth returning to. */
static bool is_kept(const struct request *rq)
{
	return frame_expired_person(rq) != 0 && parked_possible(rq);
}

static const char *with_next(struct request *rq, const char *path)
{
	const bool get = strcmp(rq->method, "GET") == 0;

	if (strcmp(rq->path, "/") == 0 || (!get && !is_kept(rq)))
		return path;
	struct out o;
	out_init(&o, 4096);
	for (const char *p = rq->path; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		if (c == '/' || c == '-' || c == '_' || (c >= '0' && c <= '9') ||
		    (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z'))
			out_raw(&o, p, 1);
		else
			out_fmt(&o, "%%%02X", c);
	}
	const char *whole = arena_printf(rq->arena, "%s?next=%s%s", path,
	                                 o.data != NULL && !o.overflowed ? o.data : "/",
	                                 get ? "" : "%3Fparked%3D1");
	out_free(&o);
	return whole;
}

static enum status half_signed_in(struct request *rq, struct response *rs, struct error *reterr)
{
	if ((rq->route->flags & ROUTE_ANY_STATE) != 0)
		return OK;
	const char *where = rq->session->times.stage == STAGE_ENROL ? "/me/enrol" : "/sign-in/code";
	return go_first(rq, rs, where, 401, "Maak eerst het inloggen af.", reterr);
}

static enum status standing(struct request *rq, struct error *reterr)
{
	const struct session *s = rq->session;

	if (s->account != ACCOUNT_ACTIVE)
		return FAIL(reterr, ERR_DENIED,
		            "Uw account is niet actief. Vraag uw autorisatiebeheerder.");
	if (s->appointment_id == 0)
		return FAIL(reterr, ERR_DENIED,
		            "U heeft nu geen rol in Plein. Vraag uw autorisatiebeheerder.");
	struct verdict v =
	    access_standing(&s->standing, &SCREENING_TERMS, rq->now_ms, local_day(rq->now_ms));
	if (v.kind == VERDICT_NO)
		return FAIL(reterr, ERR_DENIED, "%s %s", v.sentence, v.next);
	return OK;
}

/* /path?parked=1: the page with what was typed before the session ended. */
static enum status show_kept(struct request *rq, struct error *reterr)
{
	if (strcmp(rq->method, "GET") != 0 || input_at(rq->query, "parked") == NULL)
		return OK;
	enum status st = parked_show(rq, rq->session->person_id, reterr);
	rq->frame->note = rq->note;
	return st;
}

static bool stepped_up(const struct request *rq)
{
	return rq->now_ms - rq->session->stepped_up_at < STEP_UP_MINUTES * INT64_C(60000);
}

/* "15.00 uur": when the next hour begins. */
static const char *next_hour(const struct request *rq)
{
	const int64_t at = (budget_hour(rq->now_ms) + 1) * INT64_C(3600000);
	const struct local_time t = local_from_ms(at);

	return arena_printf(rq->arena, "%d.%02d uur", t.hour, t.minute);
}

/* Read, searched or taken along: so much an hour. On a page and on the API alike it is 429. */
static enum status keep_budget(const struct request *rq, struct response *rs, struct error *reterr)
{
	const bool as_file = rq->wants_csv || rq->wants_ods;
	const int kind = budget_kind_of(rq->route->action, as_file);

	if (budget_take(plein_of(rq)->budgets, rq->viewer->person_id, kind, rq->now_ms))
		return OK;
	rs->code = 429;
	return FAIL(reterr, ERR_DENIED,
	            "U deed dit uur al meer dan gewoonlijk. Om %s kan het weer. Eerder nodig? Bel "
	            "uw autorisatiebeheerder.",
	            next_hour(rq));
}

static enum status permit(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct route *route = rq->route;

	if ((route->flags & ROUTE_PUBLIC) != 0)
		return OK;
	if (rq->session == NULL)
		return go_first(rq, rs, with_next(rq, "/sign-in"), 401, "Log eerst in.", reterr);
	if (rq->session->times.stage != STAGE_FULL)
		return half_signed_in(rq, rs, reterr);
	if (rq->session->must_change_password && (route->flags & ROUTE_ANY_STATE) == 0)
		return go_first(rq, rs, "/me/password", 403, "Kies eerst een nieuw wachtwoord.",
		                reterr);
	if ((route->flags & ROUTE_ANY_STATE) != 0 && rq->viewer == NULL)
		return OK;
	enum status st = standing(rq, reterr);
	if (st != OK)
		return st;
	if (!access_permits(rq->viewer->role, (enum permission)route->permission))
		return FAIL_NOT_FOUND(reterr);
	if ((route->flags & ROUTE_STEP_UP) != 0 && (rq->session->id == 0 || !stepped_up(rq)))
		return go_first(rq, rs, with_next(rq, "/step-up"), 403,
		                "Bevestig eerst met een nieuwe code.", reterr);
	st = keep_budget(rq, rs, reterr);
	return st == OK ? show_kept(rq, reterr) : st;
}

/* ---- what the log says of it ------------------------------------------------------- */

/* An address as it counts for guessing and pseudonyms: IPv4 whole, IPv6 its /64. */
static size_t origin_bytes(const char *address, unsigned char ret[16])
{
	struct in6_addr six;
	struct in_addr four;

	if (inet_pton(AF_INET, address, &four) == 1) {
		memcpy(ret, &four, sizeof four);
		return sizeof four;
	}
	if (inet_pton(AF_INET6, address, &six) == 1) {
		memcpy(ret, &six, 8);
		return 8;
	}
	return 0;
}

struct digest origin_digest(const struct request *rq)
{
	unsigned char bytes[16];
	size_t len = origin_bytes(rq->client_address, bytes);
	return digest_keyed(plein_of(rq)->pseudonym_key, "sign-in origin",
	                    &(struct span){ bytes, len }, 1);
}

static uint64_t request_number(const char *id)
{
	return strtoull(id, NULL, 16);
}

static void fill_actor(const struct request *rq, struct audit_event *e)
{
	const struct session *s = rq->session;
	unsigned char bytes[16];
	size_t len = origin_bytes(rq->client_address, bytes);

	e->origin = pseudonym(plein_of(rq)->pseudonym_key, "log origin", bytes, len);
	if (s == NULL)
		return;
	e->actor_id = s->person_id;
	e->session_id = s->id;
	e->token_id = s->token_id;
	e->appointment_id = s->appointment_id;
	e->role = (uint8_t)s->role;
	e->participant_id = s->appointment_participant_id;
	e->organ_id = s->organ_id;
}

void gate_event(const struct request *rq, uint16_t action, const struct touched *t,
                struct audit_event *e)
{
	*e = (struct audit_event){ .at_ms = rq->now_ms, .action = action };
	e->request = request_number(rq->id);
	e->object_type = t->kind;
	e->object_id = t->id;
	assert((t->owner_id == 0) == (t->owner_kind == OBJECT_NONE));
	e->owner_type = t->owner_kind;
	e->owner_id = t->owner_id;
	e->phase = t->phase;
	e->purpose = t->purpose;
	e->count_plus_1 = t->count > 0 ? t->count + INT64_C(1) : 0;
	fill_actor(rq, e);
}

static void *event(const struct request *rq, const struct touched *t)
{
	if (rq->route->action == AUDIT_NONE)
		return NULL;
	struct audit_event *e = ARENA_NEW(rq->arena, struct audit_event);
	gate_event(rq, rq->route->action, t, e);
	return e;
}

/* ---- error pages ------------------------------------------------------------------- */

struct fault {
	const char *sentence;
	const char
	    *back_href; /* NULL: none, or what was typed waits behind the browser's own button */
	const char *request_id; /* what a person reads aloud on the phone */
	bool sent;
};

static const struct view_field FAULT_FIELDS[] = {
	VIEW_F(struct fault, sentence, VIEW_TEXT),
	VIEW_AS(struct fault, back_href, "backHref", VIEW_TEXT),
	VIEW_AS(struct fault, request_id, "requestId", VIEW_TEXT),
	VIEW_F(struct fault, sent, VIEW_BOOL),
};
static const struct view FAULT_VIEW = VIEW_OF(struct fault, FAULT_FIELDS);

struct fault_page {
	int code;
	const char *title, *template_name;
};
static const struct fault_page FAULTS[] = {
	{ 400, "Dit kunnen wij niet lezen", "errors/bad_request" },
	{ 401, "Log eerst in", "errors/denied" },
	{ 403, "Dit mag nu niet", "errors/denied" },
	{ 404, "Deze pagina is er niet", "errors/not_found" },
	{ 409, "Een collega was eerder", "errors/conflict" },
	{ 413, "Dit is te groot", "errors/too_large" },
	{ 429, "Genoeg voor dit uur", "errors/enough" },
	{ 500, "Er ging iets mis", "errors/fault" },
	{ 503, "Het is nu druk", "errors/busy" },
};
const struct page_template error_page_templates[] = {
	{ .name = "errors/bad_request", .view = &FAULT_VIEW, .whole = true },
	{ .name = "errors/denied", .view = &FAULT_VIEW, .whole = true },
	{ .name = "errors/not_found", .view = &FAULT_VIEW, .whole = true },
	{ .name = "errors/conflict", .view = &FAULT_VIEW, .whole = true },
	{ .name = "errors/too_large", .view = &FAULT_VIEW, .whole = true },
	{ .name = "errors/enough", .view = &FAULT_VIEW, .whole = true },
	{ .name = "errors/fault", .view = &FAULT_VIEW, .whole = true },
	{ .name = "errors/busy", .view = &FAULT_VIEW, .whole = true },
	{ 0 },
};

enum { FAULT_OF_OURS = 7 };

static const struct fault_page *fault_page(int code)
{
	for (size_t i = 0; i < sizeof FAULTS / sizeof FAULTS[0]; i++)
		if (FAULTS[i].code == code)
			return &FAULTS[i];
	return &FAULTS[code < 500 ? 0 : FAULT_OF_OURS];
}

static void error_page(struct request *rq, struct response *rs, const struct error *e)
{
	const struct fault_page *f = fault_page(rs->code);
	const struct page page = { .title = f->title, .template_name = f->template_name };
	const bool sent = strcmp(rq->method, "GET") != 0 && strcmp(rq->method, "HEAD") != 0;
	const struct fault record = { .sentence = e->message,
		                      .back_href = rq->came_from,
		                      .request_id = rq->id,
		                      .sent = sent };
	struct error ignored = { 0 };

	if (page_respond(rq, rs, &page, &FAULT_VIEW, &record, &ignored) == OK)
		return;
	out_clear(&rs->body); /* again, without what the frame would ask the database */
	if (page_respond(rq, rs, &page, &FAULT_VIEW, &record, &ignored) != OK)
		out_clear(&rs->body); /* the status code alone has to do */
}

/* Sessions and tokens are counted apart: a token's number is negative. */
static int64_t owner(const struct request *rq)
{
	if (rq->session == NULL)
		return 0;
	return rq->session->id != 0 ? rq->session->id : -rq->session->token_id;
}

static void park(struct request *rq)
{
	if (is_kept(rq))
		parked_keep(rq, frame_expired_person(rq));
}

struct gate people_gate(struct plein *p, const struct place *places)
{
	p->places = places;
	return (struct gate){
		.app = p,
		.identify = identify,
		.confirm = recognize_confirm,
		.permit = permit,
		.csrf_matches = frame_csrf_matches,
		.event = event,
		.error_page = error_page,
		.problem = view_problem_json,
		.park = park,
		.owner = owner,
	};
}
