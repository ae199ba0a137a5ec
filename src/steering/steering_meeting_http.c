/* One meeting of the Stuurploeg: its agenda, what comes on it, and the moves of the whole. */
#include "steering/steering_page.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/theme.h"
#include "steering/guest.h"
#include "steering/reports.h"
#include "work/work.h"

/* ---- one meeting -------------------------------------------------------------------------- */

struct point_row {
	int64_t number;
	const char *name, *href, *title, *casefile, *municipality, *theme;
	int kind;
	uint8_t state;
	bool now;
};
static const struct view_field POINT_FIELDS[] = {
	VIEW_F(struct point_row, number, VIEW_INT),
	VIEW_F(struct point_row, name, VIEW_TEXT),
	VIEW_AS(struct point_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct point_row, title, VIEW_TEXT),
	VIEW_F(struct point_row, casefile, VIEW_TEXT),
	VIEW_F(struct point_row, municipality, VIEW_TEXT),
	VIEW_F(struct point_row, theme, VIEW_TEXT),
	VIEW_AS(struct point_row, kind, "kind", VIEW_CODE, .codes = POINT_KINDS),
	VIEW_AS(struct point_row, state, "state", VIEW_STATE, .machine = &POINT_MACHINE),
	VIEW_F(struct point_row, now, VIEW_BOOL),
};
static const struct view POINT_VIEW = VIEW_OF(struct point_row, POINT_FIELDS);

struct seat_row {
	const char *person, *on_behalf, *presence;
	bool chair, deputy;
};
static const struct view_field SEAT_FIELDS[] = {
	VIEW_F(struct seat_row, person, VIEW_TEXT),
	VIEW_AS(struct seat_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct seat_row, presence, VIEW_TEXT),
	VIEW_F(struct seat_row, chair, VIEW_BOOL),
	VIEW_F(struct seat_row, deputy, VIEW_BOOL),
};
static const struct view SEAT_VIEW = VIEW_OF(struct seat_row, SEAT_FIELDS);

struct meeting_page {
	int64_t version, live, starts_at, opened_at, closed_at;
	const char *reference, *place, *title, *chair, *href, *topic, *screen_href;
	const char *compose_href, *add_href, *attendance_href;
	const char *packs_href, *minutes_href, *agreed_href, *guests_href;
	uint8_t state;
	struct array points, seats, guests, moves, candidates;
	bool has_points, has_seats, has_guests, has_candidates, called_off;
};
static const struct view_field MEETING_FIELDS[] = {
	VIEW_F(struct meeting_page, version, VIEW_INT),
	VIEW_AS(struct meeting_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_AS(struct meeting_page, opened_at, "openedAt", VIEW_MOMENT),
	VIEW_AS(struct meeting_page, closed_at, "closedAt", VIEW_MOMENT),
	VIEW_F(struct meeting_page, reference, VIEW_REF),
	VIEW_F(struct meeting_page, place, VIEW_TEXT),
	VIEW_F(struct meeting_page, title, VIEW_TEXT),
	VIEW_F(struct meeting_page, chair, VIEW_TEXT),
	VIEW_AS(struct meeting_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct meeting_page, topic, "topic", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, screen_href, "screenHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, compose_href, "composeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, attendance_href, "attendanceHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct meeting_page, packs_href, "packsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, minutes_href, "minutesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, agreed_href, "agreedHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, guests_href, "guestsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, state, "state", VIEW_STATE, .machine = &STEERING_MACHINE),
	VIEW_AS(struct meeting_page, points, "points", VIEW_LIST, .view = &POINT_VIEW),
	VIEW_AS(struct meeting_page, seats, "seats", VIEW_LIST, .view = &SEAT_VIEW),
	VIEW_AS(struct meeting_page, guests, "guests", VIEW_LIST, .view = &GUEST_ROW_VIEW),
	VIEW_AS(struct meeting_page, moves, "moves", VIEW_LIST, .view = &MOVE_BUTTON_VIEW),
	VIEW_AS(struct meeting_page, candidates, "candidates", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct meeting_page, has_points, "hasPoints", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, has_seats, "hasSeats", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, has_guests, "hasGuests", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, has_candidates, "hasCandidates", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, called_off, "calledOff", VIEW_BOOL, .page_only = true),
};
static const struct view MEETING_VIEW = VIEW_OF(struct meeting_page, MEETING_FIELDS);

static enum status fill_points(struct request *rq, const struct gathering *m,
                               struct meeting_page *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = point_list(rq->db, rq->viewer, m, rq->arena, &found, reterr);
	const struct steering_point *p = found.items;
	const struct steering_point *now =
	    m->state == MEETING_RUNNING ? point_on_now(m, found) : NULL;
	struct point_row *rows = ARENA_ARRAY(rq->arena, struct point_row, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++) {
		const struct on_point on = { *m, p[i], (int64_t)i + 1 };
		rows[i] = (struct point_row){
			.number = on.number,
			.name = p[i].name,
			.href = point_path(rq->arena, &on, ""),
			.casefile = p[i].casefile[0] != '\0' ? p[i].casefile : NULL,
			.municipality = p[i].municipality[0] != '\0' ? p[i].municipality : NULL,
			.theme = code_label(SIGNAL_THEMES, p[i].theme),
			.kind = p[i].kind,
			.state = p[i].state,
			.now = &p[i] == now,
		};
		st = point_title(rq, &p[i], &rows[i].title, reterr);
	}
	ret->points = (struct array){ rows, found.count };
	ret->has_points = found.count > 0;
	rq->touched.count = (int32_t)found.count;
	if (st == OK)
		st = guest_rows(rq, m, found, &ret->guests, reterr);
	ret->has_guests = ret->guests.count > 0;
	return st;
}

static const char *presence_word(int presence)
{
	static const char *const WORDS[] = { "nog niet vastgelegd", "aanwezig", "op afstand",
		                             "afwezig", "eerder weg" };
	return presence >= 0 && presence <= PRESENCE_LEFT ? WORDS[presence] : WORDS[0];
}

static enum status fill_seats(struct request *rq, const struct gathering *m,
                              struct meeting_page *ret, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = seat_list(rq->db, m->id, rq->arena, &found, reterr);
	const struct steering_seat *s = found.items;
	struct seat_row *rows = ARENA_ARRAY(rq->arena, struct seat_row, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++)
		rows[i] = (struct seat_row){ .person = s[i].person,
			                     .on_behalf = s[i].on_behalf,
			                     .presence = presence_word(s[i].seat.presence),
			                     .chair = s[i].seat.appointment_id == m->chair_id,
			                     .deputy = s[i].seat.deputy_for != 0 };
	ret->seats = (struct array){ rows, found.count };
	ret->has_seats = found.count > 0;
	return st;
}

static enum status fill_candidates(struct request *rq, const struct gathering *m,
                                   struct meeting_page *ret, struct error *reterr)
{
	struct array found = { 0 };

	if (!access_permits(rq->viewer->role, PERM_STEERING_RUN) || !steering_is_open(m->state))
		return OK;
	enum status st = point_candidates(rq->db, rq->viewer, rq->arena, &found, reterr);
	const struct steering_point *p = found.items;
	ret->candidates = choices_for(rq->arena, found.count);
	for (size_t i = 0; st == OK && i < found.count; i++) {
		const char *title = NULL;
		st = point_title(rq, &p[i], &title, reterr);
		if (st == OK)
			choices_add(&ret->candidates, p[i].casefile,
			            arena_printf(rq->arena, "%s, %s (%s)", p[i].casefile, title,
			                         code_label(POINT_KINDS, p[i].kind)),
			            typed_or_none(rq, "casefile"));
	}
	ret->has_candidates = found.count > 0;
	ret->add_href = gathering_path(rq->arena, m, "/_add");
	ret->compose_href = gathering_path(rq->arena, m, "/_compose");
	ret->attendance_href =
	    m->kind == MEETING_STEERING ? gathering_path(rq->arena, m, "/attendance") : NULL;
	ret->guests_href =
	    m->kind == MEETING_STEERING ? gathering_path(rq->arena, m, "/guests") : NULL;
	return st;
}

enum status show_gathering(struct request *rq, struct response *rs, struct error *reterr)
{
	struct gathering m;
	enum status st = on_gathering(rq, &m, reterr);

	if (st != OK)
		return st;
	struct meeting_page record = {
		.version = m.version,
		.live = m.live,
		.topic = steering_topic(rq->arena, &m),
		.screen_href = m.kind == MEETING_STEERING && steering_is_open(m.state)
		                   ? gathering_path(rq->arena, &m, "/screen")
		                   : NULL,
		.starts_at = m.starts_at,
		.opened_at = moment_or_none(m.opened_at),
		.closed_at = moment_or_none(m.closed_at),
		.reference = m.reference,
		.place = m.place,
		.title = gathering_title(&m),
		.chair = m.chair[0] != '\0' ? m.chair : NULL,
		.href = gathering_path(rq->arena, &m, ""),
		.state = m.state,
		.called_off = m.state == MEETING_CALLED_OFF,
		.packs_href =
		    m.state != MEETING_CALLED_OFF ? gathering_path(rq->arena, &m, "/packs") : NULL,
		.minutes_href = m.state != MEETING_PLANNED && m.state != MEETING_CALLED_OFF
		                    ? gathering_path(rq->arena, &m, "/minutes")
		                    : NULL,
		.agreed_href = gathering_path(rq->arena, &m, "/agreed"),
	};
	st = fill_points(rq, &m, &record, reterr);
	if (st == OK)
		st = fill_seats(rq, &m, &record, reterr);
	if (st == OK)
		st = gathering_moves(rq, &m, &record.moves, reterr);
	if (st == OK)
		st = fill_candidates(rq, &m, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = record.title,
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &m),
		                   .confidential = true,
		                   .record_path = gathering_path(rq->arena, &m, ""),
		                   .template_name = "steering/show" };
	return page_respond(rq, rs, &page, &MEETING_VIEW, &record, reterr);
}

/* ---- the agenda ---------------------------------------------------------------------------- */

struct add_input {
	int64_t version;
	const char *casefile;
};
static const struct field ADD_FIELDS[] = {
	FIELD_VERSION(struct add_input),
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct add_input, casefile),
	  .label = "Welke casus?",
	  .required = true,
	  .max_chars = 14 },
};
static const struct form ADD_FORM = { ADD_FIELDS, 2, sizeof(struct add_input) };

struct agenda_change {
	struct add_input in;
	struct gathering meeting;
	struct array candidates; /* struct steering_point */
	const struct steering_point *chosen;
	const struct uuid *uuids; /* one a candidate */
	struct steering_point
	    reports[POINT_RETURNED - POINT_OVERDUE + 1]; /* with something to tell */
	struct uuid report_uuids[POINT_RETURNED - POINT_OVERDUE + 1];
	size_t report_count;
};

static enum status load_agenda_change(struct request *rq, struct agenda_change *c,
                                      struct error *reterr)
{
	enum status st = on_gathering(rq, &c->meeting, reterr);

	if (st == OK && !steering_is_open(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze vergadering is voorbij. Kies een andere vergadering.");
	if (st == OK)
		st = point_candidates(rq->db, rq->viewer, rq->arena, &c->candidates, reterr);
	struct uuid *uuids = ARENA_ARRAY(rq->arena, struct uuid, c->candidates.count + 1);
	for (size_t i = 0; i <= c->candidates.count; i++)
		uuids[i] = uuid_at(rq->now_ms);
	c->uuids = uuids;
	return st;
}

static enum status prepare_add(struct request *rq, void **ret_input, struct error *reterr)
{
	struct agenda_change *c = ARENA_NEW(rq->arena, struct agenda_change);
	enum status st = load_agenda_change(rq, c, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	input_read(rq->body, &ADD_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	const struct steering_point *p = c->candidates.items;
	for (size_t i = 0; i < c->candidates.count; i++)
		if (strcmp(p[i].casefile, c->in.casefile) == 0)
			c->chosen = &p[i];
	if (c->in.casefile[0] != '\0' && c->chosen == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "casefile",
		             "Kies een casus uit de lijst. Staat hij al op een agenda?");
	return OK;
}

static enum status add_point(struct db_tx *tx, const struct request *rq,
                             const struct agenda_change *c, const struct steering_point *p,
                             const struct uuid *uuid, struct error *reterr)
{
	const struct point_new n = { .uuid = *uuid,
		                     .meeting_id = c->meeting.id,
		                     .casefile_id = p->casefile_id,
		                     .advice_id = p->advice_id,
		                     .appointment_id = rq->viewer->appointment_id,
		                     .now_ms = rq->now_ms,
		                     .name = p->name,
		                     .kind = p->kind };
	return point_insert(tx, &n, reterr);
}

static enum status apply_add(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct agenda_change *c = change->input;

	size_t room = 0;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = points_room(tx, c->meeting.id, &room, reterr);
	if (st == OK && room == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Op een agenda passen 60 punten. Haal er eerst een af.");
	if (st == OK)
		st = add_point(tx, rq, c, c->chosen, c->uuids, reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "");
	change->note = "De casus staat op de agenda. Wie meedoet en is uitgenodigd, leest het.";
	return st == OK ? stir_steering(tx, change, &c->meeting, reterr) : st;
}

/* A standing report comes on the agenda when there is something to tell. */
static enum status find_reports(struct request *rq, struct agenda_change *c, struct error *reterr)
{
	enum status st = OK;

	for (int kind = POINT_OVERDUE; st == OK && kind <= POINT_RETURNED; kind++) {
		struct array lines = { 0 };
		st = report_lines(rq, &c->meeting, kind, &lines, reterr);
		if (st != OK || lines.count == 0)
			continue;
		c->report_uuids[c->report_count] = uuid_at(rq->now_ms);
		c->reports[c->report_count++] =
		    (struct steering_point){ .name = report_name(kind), .kind = kind };
	}
	return st;
}

static enum status prepare_compose(struct request *rq, void **ret_input, struct error *reterr)
{
	struct agenda_change *c = ARENA_NEW(rq->arena, struct agenda_change);
	struct version_input in = { 0 };
	enum status st = load_agenda_change(rq, c, reterr);

	*ret_input = c;
	if (st == OK)
		st = find_reports(rq, c, reterr);
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	c->in.version = in.version;
	return st;
}

/*
 * Everything that waits for the Stuurploeg, longest first and as far as the agenda reaches; the rest
 * waits for the next one. A decision is reconsidered only by choice.
 */
static enum status apply_compose(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct agenda_change *c = change->input;
	const struct steering_point *p = c->candidates.items;

	size_t room = 0, waiting = 0;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = points_room(tx, c->meeting.id, &room, reterr);
	room = room > c->report_count ? room - c->report_count : 0;
	for (size_t i = 0; st == OK && i < c->candidates.count; i++)
		if (p[i].kind != POINT_RECONSIDER && waiting++ < room)
			st = add_point(tx, rq, c, &p[i], &c->uuids[i], reterr);
	for (size_t i = 0; st == OK && i < c->report_count; i++)
		st = add_point(tx, rq, c, &c->reports[i], &c->report_uuids[i], reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "");
	change->note =
	    waiting > room
		? "De agenda is vol met wat het langst wacht. De rest komt op een volgende."
		: "De agenda is samengesteld uit wat er wacht.";
	return st == OK ? stir_steering(tx, change, &c->meeting, reterr) : st;
}

/* ---- the moves of the whole ------------------------------------------------------------------ */

struct move_change {
	struct version_input in;
	struct gathering meeting;
	const struct move *move;
	struct array seats, guests; /* struct steering_seat; audience */
};

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *c = ARENA_NEW(rq->arena, struct move_change);
	const struct action *action = machine_action_named(&STEERING_MACHINE, rq->params[1]);

	*ret_input = c;
	enum status st = on_gathering(rq, &c->meeting, reterr);
	if (st != OK)
		return st;
	if (action == NULL || action->code == STEERING_PLAN)
		return FAIL_NOT_FOUND(reterr);
	c->move = machine_move(&STEERING_MACHINE, c->meeting.state, action->code);
	if (c->move == NULL || (c->move->who & ROLE_BIT(rq->viewer->role)) == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	st = guest_readers(rq->db, c->meeting.id, rq->arena, &c->guests, reterr);
	return st == OK ? seat_list(rq->db, c->meeting.id, rq->arena, &c->seats, reterr) : st;
}

static enum status ask_for_signature(struct db_tx *tx, const struct request *rq,
                                     const struct gathering *m, struct error *reterr)
{
	enum { SOON = 5 };
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, m->chair_id),
		.kind = WORK_STEERING_MINUTES,
		.object_kind = OBJECT_MEETING,
		.object_id = m->id,
		.reference = m->reference,
		.due_day = working_days_add(local_day(rq->now_ms), SOON, NULL),
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

static enum status tell_called_off(struct db_tx *tx, const struct request *rq,
                                   const struct move_change *c, struct error *reterr)
{
	const struct steering_seat *s = c->seats.items;
	const audience *guests = c->guests.items;
	struct work_news news = { .at = rq->now_ms,
		                  .kind = NEWS_STEERING_CALLED_OFF,
		                  .object_kind = OBJECT_MEETING,
		                  .object_id = c->meeting.id,
		                  .reference = c->meeting.reference };
	enum status st = points_release(tx, c->meeting.id, reterr);

	for (size_t i = 0; st == OK && i < c->seats.count; i++)
		st = work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, s[i].seat.appointment_id),
		               &news, reterr);
	news.kind = NEWS_STEERING_GUEST_OFF;
	for (size_t i = 0; st == OK && i < c->guests.count; i++)
		st = work_tell(tx, guests[i], &news, reterr);
	return st;
}

static const char *note_of(uint8_t action)
{
	switch (action) {
	case STEERING_OPEN:
		return "De vergadering is open. Leg vast wie er is.";
	case STEERING_CLOSE:
		return "De vergadering is gesloten. Het verslag ligt klaar voor de voorzitter.";
	case STEERING_SIGN_OFF:
		return "Het verslag is vastgesteld.";
	default:
		return "De vergadering gaat niet door. Wat erop stond, wacht op een andere.";
	}
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct gathering *m = &c->meeting;
	struct steering_picture p = { 0 };

	enum status st = db_claim(tx, &MEETING_ROOT, m->id, c->in.version, reterr);
	if (st == OK)
		st = gathering_picture_load(db_tx_read(tx), m, rq->viewer, &p, reterr);
	if (st != OK)
		return st;
	const struct verdict v = move_verdict(c->move, ROLE_BIT(rq->viewer->role), &p);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	st = meeting_set_state(tx, m->id, c->move->from, c->move->to, rq->viewer->appointment_id,
	                       rq->now_ms, reterr);
	/* guests read on while it lasts */
	if (st == OK)
		st = work_done(tx, c->move->action == STEERING_OPEN ? WORK_STEERING_PREPARE : 0,
		               OBJECT_MEETING, m->id, rq->viewer->person_id, rq->now_ms, reterr);
	if (st == OK && c->move->action == STEERING_CLOSE)
		st = ask_for_signature(tx, rq, m, reterr);
	if (st == OK && c->move->action == STEERING_CALL_OFF)
		st = tell_called_off(tx, rq, c, reterr);
	change->location = gathering_path(db_tx_arena(tx), m, "");
	change->note = note_of(c->move->action);
	return st == OK ? stir_steering(tx, change, m, reterr) : st;
}

/* clang-format off */
#define RUN(path_, permission_, prepare_, apply_, form_, summary_)                                 \
	{ .method = "POST", .path = (path_), .permission = (permission_),                          \
	  .action = AUDIT_STEERING_CHANGE, .prepare = (prepare_), .apply = (apply_),               \
	  .redraw = show_gathering, .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route steering_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_gathering,
	  .view = &MEETING_VIEW,
	  .summary = "Een vergadering van de Stuurploeg: agenda en aanwezigen" },
	RUN("/steering/{ref}/_add", PERM_STEERING_RUN, prepare_add, apply_add, &ADD_FORM,
	    "Een casus op de agenda zetten"),
	RUN("/steering/{ref}/_compose", PERM_STEERING_RUN, prepare_compose, apply_compose,
	    &VERSION_FORM, "De agenda samenstellen uit wat er wacht"),
	RUN("/steering/{ref}/move/{action}", PERM_STEERING_READ, prepare_move, apply_move,
	    &VERSION_FORM, "Openen, sluiten, niet door laten gaan, vaststellen"),
	{ 0 },
};

const struct page_template steering_templates[] = {
	{ .name = "steering/show", .view = &MEETING_VIEW, .whole = true },
	{ 0 },
};
