/* One meeting: its agenda, who is there, opening and closing. */
#include "weighing/weighing_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"
#include "work/work.h"

/* ---- one meeting -------------------------------------------------------------------------- */

struct item_row {
	int64_t number;
	const char *href, *score_href, *take_off_href, *reference, *title, *participant;
	const char *municipality, *theme, *outcome;
	bool again;
	uint8_t state;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_F(struct item_row, number, VIEW_INT),
	VIEW_AS(struct item_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_row, score_href, "scoreHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_row, take_off_href, "takeOffHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct item_row, reference, VIEW_REF),
	VIEW_F(struct item_row, title, VIEW_TEXT),
	VIEW_F(struct item_row, participant, VIEW_TEXT),
	VIEW_F(struct item_row, municipality, VIEW_TEXT),
	VIEW_F(struct item_row, theme, VIEW_TEXT),
	VIEW_F(struct item_row, outcome, VIEW_TEXT),
	VIEW_F(struct item_row, again, VIEW_BOOL),
	VIEW_AS(struct item_row, state, "state", VIEW_STATE, .machine = &ITEM_MACHINE),
};
static const struct view ITEM_VIEW = VIEW_OF(struct item_row, ITEM_FIELDS);

static const struct code PRESENCES[] = {
	{ PRESENCE_ROOM, "room", "Aanwezig" },
	{ PRESENCE_REMOTE, "remote", "Op afstand" },
	{ PRESENCE_ABSENT, "absent", "Afwezig" },
	{ 0 },
};
static const char *presence_label(int presence)
{
	const char *label = code_label(PRESENCES, presence);
	return label != NULL ? label : "Nog niet vastgelegd";
}

struct attendee_row {
	int64_t index, id;
	const char *person, *participant, *on_behalf, *presence;
	struct array options;
};
static const struct view_field ATTENDEE_FIELDS[] = {
	VIEW_AS(struct attendee_row, index, "index", VIEW_INT, .page_only = true),
	VIEW_F(struct attendee_row, id, VIEW_INT),
	VIEW_F(struct attendee_row, person, VIEW_TEXT),
	VIEW_F(struct attendee_row, participant, VIEW_TEXT),
	VIEW_AS(struct attendee_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct attendee_row, presence, VIEW_TEXT),
	VIEW_AS(struct attendee_row, options, "options", VIEW_LIST, .view = &WEIGH_OPTION_VIEW,
	        .page_only = true),
};
static const struct view ATTENDEE_VIEW = VIEW_OF(struct attendee_row, ATTENDEE_FIELDS);

struct gap_row {
	const char *sentence;
	int64_t count;
};
static const struct view_field GAP_FIELDS[] = {
	VIEW_F(struct gap_row, sentence, VIEW_TEXT),
	VIEW_F(struct gap_row, count, VIEW_INT),
};
static const struct view GAP_VIEW = VIEW_OF(struct gap_row, GAP_FIELDS);

struct meeting_page {
	int64_t version, live, starts_at;
	const char *reference, *place, *topic, *href, *pack_href, *minutes_href;
	const char *who_sees_href, *access_log_href; /* NULL: not his to ask */
	const char *open_href, *close_href, *add_href, *attendance_href;
	uint8_t state;
	struct array items, attendees, gaps, waiting;
	bool has_items, has_waiting, has_attendees, may_open, may_close, may_register, has_gaps;
};
static const struct view_field MEETING_FIELDS[] = {
	VIEW_F(struct meeting_page, version, VIEW_INT),
	VIEW_AS(struct meeting_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct meeting_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_F(struct meeting_page, reference, VIEW_REF),
	VIEW_F(struct meeting_page, place, VIEW_TEXT),
	VIEW_AS(struct meeting_page, topic, "topic", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, pack_href, "packHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, minutes_href, "minutesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, who_sees_href, "whoSeesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, access_log_href, "accessLogHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct meeting_page, open_href, "openHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, close_href, "closeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, attendance_href, "attendanceHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct meeting_page, state, "state", VIEW_STATE, .machine = &MEETING_MACHINE),
	VIEW_AS(struct meeting_page, items, "items", VIEW_LIST, .view = &ITEM_VIEW),
	VIEW_AS(struct meeting_page, attendees, "attendees", VIEW_LIST, .view = &ATTENDEE_VIEW),
	VIEW_AS(struct meeting_page, gaps, "gaps", VIEW_LIST, .view = &GAP_VIEW),
	VIEW_AS(struct meeting_page, waiting, "waiting", VIEW_LIST, .view = &WEIGH_OPTION_VIEW,
	        .page_only = true),
	VIEW_AS(struct meeting_page, has_items, "hasItems", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, has_waiting, "hasWaiting", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, has_attendees, "hasAttendees", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, may_open, "mayOpen", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, may_close, "mayClose", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, may_register, "mayRegister", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, has_gaps, "hasGaps", VIEW_BOOL, .page_only = true),
};
static const struct view MEETING_VIEW = VIEW_OF(struct meeting_page, MEETING_FIELDS);

static enum status fill_items(struct request *rq, const struct meeting *m, struct meeting_page *ret,
                              struct error *reterr)
{
	struct array found = { 0 };
	enum status st = item_list(rq->db, m->id, rq->arena, &found, reterr);
	const struct agenda_item *from = found.items;
	struct item_row *to = ARENA_ARRAY(rq->arena, struct item_row, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++) {
		const struct on_item on = { .meeting = *m, .item = from[i] };
		to[i] = (struct item_row){
			.number = from[i].number,
			.href = item_path(rq->arena, &on, ""),
			.score_href = rq->viewer->role == ROLE_INFO_MEETING_MEMBER &&
			                      from[i].state == ITEM_SCORING
			                  ? item_path(rq->arena, &on, "/score")
			                  : NULL,
			.take_off_href = role_may(rq, &ITEM_MACHINE, from[i].state, ITEM_TAKE_OFF)
			                     ? item_path(rq->arena, &on, "/_take-off")
			                     : NULL,
			.reference = from[i].reference,
			.participant = from[i].participant,
			.municipality = from[i].municipality,
			.theme = code_label(SIGNAL_THEMES, from[i].theme),
			.outcome = outcome_label(from[i].outcome),
			.again = from[i].deferred_times > 0 && from[i].outcome == 0,
			.state = from[i].state,
		};
		st = item_title(rq, &from[i], &to[i].title, reterr);
	}
	ret->items = (struct array){ to, found.count };
	ret->has_items = found.count > 0;
	return st;
}

static struct array presence_options(struct arena *a, int now)
{
	struct weigh_option *o = ARENA_ARRAY(a, struct weigh_option, 4);
	o[0] = (struct weigh_option){ "", "Kies", now == PRESENCE_UNSAID };
	for (int i = 0; PRESENCES[i].name != NULL; i++)
		o[i + 1] = (struct weigh_option){ PRESENCES[i].name, PRESENCES[i].label,
			                          PRESENCES[i].value == now };
	return (struct array){ o, 4 };
}

static enum status fill_attendees(struct request *rq, const struct meeting *m,
                                  struct meeting_page *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = attendee_list(rq->db, m->id, rq->arena, &found, reterr);
	const struct attendee *from = found.items;
	struct attendee_row *to = ARENA_ARRAY(rq->arena, struct attendee_row, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct attendee_row){ .index = (int64_t)i,
			                       .id = from[i].appointment_id,
			                       .person = from[i].person,
			                       .participant = from[i].participant,
			                       .on_behalf = from[i].on_behalf,
			                       .presence = presence_label(from[i].presence),
			                       .options =
			                           presence_options(rq->arena, from[i].presence) };
	ret->attendees = (struct array){ to, found.count };
	ret->has_attendees = found.count > 0;
	return st;
}

/* What the coordinator can put on this agenda: accepted, or deferred before. */
static enum status fill_waiting(struct request *rq, const struct meeting *m,
                                struct meeting_page *ret, struct error *reterr)
{
	const struct signal_query q = { .viewer = rq->viewer,
		                        .at = INT64_MAX,
		                        .states = UINT64_C(1) << SIGNAL_INTAKE_OK |
		                                  UINT64_C(1) << SIGNAL_DEFERRED,
		                        .limit = 100 };
	struct array found = { 0 };

	if (rq->viewer->role != ROLE_INFO_COORDINATOR || m->state == MEETING_CLOSED)
		return OK;
	enum status st = signal_rows(rq->db, &q, rq->arena, &found, reterr);
	const struct signal_row *from = found.items;
	struct weigh_option *to = ARENA_ARRAY(rq->arena, struct weigh_option, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] =
		    (struct weigh_option){ from[i].reference,
			                   arena_printf(rq->arena, "%s, %s, %s", from[i].reference,
			                                from[i].participant,
			                                code_label(SIGNAL_THEMES, from[i].theme)),
			                   false };
	ret->waiting = (struct array){ to, found.count };
	ret->has_waiting = found.count > 0;
	ret->add_href = meeting_path(rq->arena, m, "/_add");
	return st;
}

static enum status fill_gaps(struct request *rq, const struct meeting *m, struct meeting_page *ret,
                             struct error *reterr)
{
	struct gap_row *rows = ARENA_ARRAY(rq->arena, struct gap_row, MEETING_GAPS_MAX);
	struct meeting_gap gaps[MEETING_GAPS_MAX];
	struct meeting_picture p;

	enum status st = meeting_picture_load(rq->db, m->id, &p, reterr);
	if (st != OK || !ret->may_close)
		return st;
	const size_t count = meeting_gaps(&p, gaps);
	for (size_t i = 0; i < count; i++)
		rows[i] = (struct gap_row){ gaps[i].sentence, gaps[i].count };
	ret->gaps = (struct array){ rows, count };
	ret->has_gaps = count > 0;
	return OK;
}

static enum status show_meeting(struct request *rq, struct response *rs, struct error *reterr)
{
	struct arena *a = rq->arena;
	struct meeting m;

	enum status st = on_meeting(rq, &m, reterr);
	if (st != OK)
		return st;
	struct meeting_page record = {
		.version = m.version,
		.live = m.live,
		.starts_at = m.starts_at,
		.reference = m.reference,
		.place = m.place,
		.topic = meeting_topic(a, &m),
		.href = meeting_path(a, &m, ""),
		.pack_href = m.state != MEETING_CLOSED ? meeting_path(a, &m, "/pack") : NULL,
		.minutes_href = m.state != MEETING_PLANNED ? meeting_path(a, &m, "/minutes") : NULL,
		.open_href = meeting_path(a, &m, "/_open"),
		.close_href = meeting_path(a, &m, "/_close"),
		.attendance_href = meeting_path(a, &m, "/_attendance"),
		.state = m.state,
		.may_open = role_may(rq, &MEETING_MACHINE, m.state, MEETING_OPEN),
		.may_close = role_may(rq, &MEETING_MACHINE, m.state, MEETING_CLOSE),
		.may_register = access_permits(rq->viewer->role, PERM_MEETING_RUN) &&
		                m.state == MEETING_RUNNING,
	};
	if (access_permits(rq->viewer->role, PERM_WHO_SEES))
		record.who_sees_href = meeting_path(a, &m, "/who-sees");
	if (access_permits(rq->viewer->role, PERM_RECORD_LOG_READ))
		record.access_log_href = meeting_path(a, &m, "/access-log");
	st = fill_items(rq, &m, &record, reterr);
	if (st == OK)
		st = fill_attendees(rq, &m, &record, reterr);
	if (st == OK)
		st = fill_waiting(rq, &m, &record, reterr);
	if (st == OK)
		st = fill_gaps(rq, &m, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Informatie-overleg",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(a, &m),
		                   .confidential = true,
		                   .template_name = "weighing/show" };
	return page_respond(rq, rs, &page, &MEETING_VIEW, &record, reterr);
}

/* ---- opening and closing -------------------------------------------------------------------- */

struct move_change {
	struct version_input in;
	struct meeting meeting;
	struct array items;
};

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *c = ARENA_NEW(rq->arena, struct move_change);
	enum status st = on_meeting(rq, &c->meeting, reterr);

	if (st == OK)
		st = item_list(rq->db, c->meeting.id, rq->arena, &c->items, reterr);
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	*ret_input = c;
	return st;
}

static enum status move_meeting(struct db_tx *tx, struct change *change, uint8_t action,
                                struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct move *mv = machine_move(&MEETING_MACHINE, c->meeting.state, action);
	struct meeting_picture p;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK && mv == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	if (st == OK)
		st = meeting_picture_load(db_tx_read(tx), c->meeting.id, &p, reterr);
	if (st != OK)
		return st;
	struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &p);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	st = meeting_set_state(tx, c->meeting.id, mv->from, mv->to, rq->viewer->appointment_id,
	                       rq->now_ms, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "");
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

static enum status apply_open(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;

	enum status st = move_meeting(tx, change, MEETING_OPEN, reterr);
	change->note = "De vergadering is open. Leg vast wie er is.";
	return st == OK ? work_done(tx, WORK_MEETING_PREPARE, OBJECT_MEETING, c->meeting.id,
	                            rq->viewer->person_id, rq->now_ms, reterr)
	                : st;
}

/* The submitter hears the outcome within a working day: a task for the coordinators. */
static enum status ask_for_message(struct db_tx *tx, const struct change *change,
                                   const struct agenda_item *item, struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		.kind = WORK_SIGNAL_FEEDBACK,
		.object_kind = OBJECT_AGENDA_ITEM,
		.object_id = item->id,
		.reference = c->meeting.reference,
		.due_day = working_days_add(local_day(rq->now_ms), 1, NULL),
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return item->released_at == 0 ? work_add(tx, &task, reterr) : OK;
}

static enum status apply_close(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct move_change *c = change->input;
	const struct agenda_item *items = c->items.items;

	enum status st = move_meeting(tx, change, MEETING_CLOSE, reterr);
	for (size_t i = 0; st == OK && i < c->items.count; i++)
		st = ask_for_message(tx, change, &items[i], reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "/minutes");
	change->note = "De vergadering is gesloten. Het verslag en de berichten liggen klaar.";
	return st;
}

/* ---- who is there ------------------------------------------------------------------------------- */

struct presence_input {
	int64_t id;
	int presence;
};
static const struct field PRESENCE_FIELDS[] = {
	{ .path = "id",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct presence_input, id),
	  .label = "Wie" },
	{ .path = "presence",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct presence_input, presence),
	  .label = "Aanwezig",
	  .codes = PRESENCES },
};
static const struct form PRESENCE_FORM = { PRESENCE_FIELDS, 2, sizeof(struct presence_input) };
struct attendance_input {
	struct array people;
};
static const struct field ATTENDANCE_FIELDS[] = {
	{ .path = "people",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct attendance_input, people),
	  .label = "Mensen",
	  .max_chars = ATTENDEES_MAX,
	  .element = &PRESENCE_FORM },
};
static const struct form ATTENDANCE_FORM = { ATTENDANCE_FIELDS, 1,
	                                     sizeof(struct attendance_input) };
struct attendance_change {
	struct attendance_input in;
	struct meeting meeting;
};

static enum status prepare_attendance(struct request *rq, void **ret_input, struct error *reterr)
{
	struct attendance_change *c = ARENA_NEW(rq->arena, struct attendance_change);
	enum status st = on_meeting(rq, &c->meeting, reterr);

	input_read(rq->body, &ATTENDANCE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	*ret_input = c;
	if (st == OK && c->meeting.state != MEETING_RUNNING)
		return FAIL(reterr, ERR_CONFLICT, "De vergadering is niet bezig.");
	return st;
}

static enum status apply_attendance(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct attendance_change *c = change->input;
	const struct presence_input *p = c->in.people.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->in.people.count; i++)
		if (p[i].presence != PRESENCE_UNSAID)
			st = meeting_set_presence(tx, c->meeting.id, p[i].id, p[i].presence,
			                          change->rq->now_ms, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "");
	change->note = "Vastgelegd wie er is.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

/* ---- a signal on the agenda ------------------------------------------------------------------------ */

struct add_input {
	int64_t version;
	const char *signal;
};
static const struct field ADD_FIELDS[] = {
	{ .path = "_version",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct add_input, version),
	  .label = "Versie",
	  .required = true },
	{ .path = "signal",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct add_input, signal),
	  .label = "Welk signaal?",
	  .required = true,
	  .max_chars = 14 },
};
static const struct form ADD_FORM = { ADD_FIELDS, 2, sizeof(struct add_input) };
struct add_change {
	struct add_input in;
	struct meeting meeting;
	struct signal signal;
	struct uuid uuid;
};

static enum status prepare_add(struct request *rq, void **ret_input, struct error *reterr)
{
	struct add_change *c = ARENA_NEW(rq->arena, struct add_change);

	*ret_input = c;
	c->uuid = uuid_at(rq->now_ms);
	enum status st = on_meeting(rq, &c->meeting, reterr);
	input_read(rq->body, &ADD_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	if (c->meeting.state == MEETING_CLOSED)
		return FAIL(reterr, ERR_CONFLICT, "Deze vergadering is gesloten.");
	if (c->meeting.item_count >= AGENDA_MAX)
		return FAIL(reterr, ERR_CONFLICT, "De agenda is vol. Plan nog een overleg.");
	return signal_load(rq->db, rq->viewer, c->in.signal, rq->arena, &c->signal, reterr);
}

static enum status apply_add(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct add_change *c = change->input;
	struct signal_picture p;

	enum status st = db_claim(tx, &SIGNAL_ROOT, c->signal.id, c->signal.version, reterr);
	if (st == OK)
		st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = signal_picture_load(db_tx_read(tx), rq->viewer, c->signal.id, &p, reterr);
	if (st != OK)
		return st;
	p.meeting_chosen = true;
	const struct signal_moving moving = { .id = c->signal.id,
		                              .action = SIGNAL_PUT_ON_AGENDA,
		                              .viewer = rq->viewer,
		                              .picture = &p,
		                              .now_ms = rq->now_ms,
		                              .meeting_id = c->meeting.id };
	st = signal_move(tx, &moving, reterr);
	if (st == OK)
		st = item_insert(tx, c->meeting.id, c->signal.id, &c->uuid, rq->now_ms, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "");
	change->note = "Het signaal staat op de agenda. Wie is uitgenodigd, kan het nu lezen.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

static enum status prepare_take_off(struct request *rq, void **ret_input, struct error *reterr)
{
	struct on_item *on = ARENA_NEW(rq->arena, struct on_item);
	*ret_input = on;
	return on_item(rq, on, reterr);
}

static enum status apply_take_off(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct on_item *on = change->input;
	struct signal_picture p;

	enum status st =
	    db_claim(tx, &SIGNAL_ROOT, on->item.signal_id, on->item.signal_version, reterr);
	if (st == OK)
		st = db_claim(tx, &ITEM_ROOT, on->item.id, on->item.version, reterr);
	if (st == OK && !role_may(rq, &ITEM_MACHINE, on->item.state, ITEM_TAKE_OFF))
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	if (st == OK)
		st = item_set_state(tx, on->item.id, on->item.state, ITEM_TAKEN_OFF, rq->now_ms,
		                    reterr);
	if (st == OK)
		st =
		    signal_picture_load(db_tx_read(tx), rq->viewer, on->item.signal_id, &p, reterr);
	if (st != OK)
		return st;
	const struct signal_moving moving = { .id = on->item.signal_id,
		                              .action = SIGNAL_TAKE_OFF_AGENDA,
		                              .viewer = rq->viewer,
		                              .picture = &p,
		                              .now_ms = rq->now_ms };
	st = signal_move(tx, &moving, reterr);
	change->location = meeting_path(db_tx_arena(tx), &on->meeting, "");
	change->note = "Van de agenda gehaald.";
	return st == OK ? stir_screens(tx, change, &on->meeting, reterr) : st;
}

/* clang-format off */
#define RUN(path_, prepare_, apply_, form_, summary_)                                              \
	{ .method = "POST", .path = (path_), .permission = PERM_MEETING_RUN,                       \
	  .action = AUDIT_MEETING_CHANGE, .prepare = (prepare_), .apply = (apply_),                \
	  .redraw = show_meeting, .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route agenda_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_meeting,
	  .view = &MEETING_VIEW,
	  .summary = "Een overleg: agenda en aanwezigen" },
	RUN("/meetings/{ref}/_add", prepare_add, apply_add, &ADD_FORM,
	    "Een signaal op de agenda zetten"),
	RUN("/meetings/{ref}/items/{number}/_take-off", prepare_take_off, apply_take_off, NULL,
	    "Een signaal van de agenda halen"),
	RUN("/meetings/{ref}/_open", prepare_move, apply_open, &VERSION_FORM,
	    "De vergadering openen"),
	RUN("/meetings/{ref}/_close", prepare_move, apply_close, &VERSION_FORM,
	    "De vergadering sluiten"),
	RUN("/meetings/{ref}/_attendance", prepare_attendance, apply_attendance, &ATTENDANCE_FORM,
	    "Vastleggen wie er is"),
	{ 0 },
};

const struct page_template agenda_templates[] = {
	{ .name = "weighing/show", .view = &MEETING_VIEW, .whole = true },
	{ 0 },
};
