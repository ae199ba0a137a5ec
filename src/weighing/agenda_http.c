/* One meeting: its agenda, and what comes on and off it. */
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
	int64_t dissents;
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
	VIEW_F(struct item_row, dissents, VIEW_INT),
	VIEW_F(struct item_row, again, VIEW_BOOL),
	VIEW_AS(struct item_row, state, "state", VIEW_STATE, .machine = &ITEM_MACHINE),
};
static const struct view ITEM_VIEW = VIEW_OF(struct item_row, ITEM_FIELDS);

struct attendee_row {
	int64_t id;
	const char *person, *participant, *on_behalf, *presence;
	bool there, gone;
};
static const struct view_field ATTENDEE_FIELDS[] = {
	VIEW_F(struct attendee_row, id, VIEW_INT),
	VIEW_F(struct attendee_row, person, VIEW_TEXT),
	VIEW_F(struct attendee_row, participant, VIEW_TEXT),
	VIEW_AS(struct attendee_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct attendee_row, presence, VIEW_TEXT),
	VIEW_F(struct attendee_row, there, VIEW_BOOL),
	VIEW_F(struct attendee_row, gone, VIEW_BOOL),
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
	const char *open_href, *close_href, *pause_href, *resume_href, *call_off_href;
	const char *add_href, *attendance_href, *screen_href;
	uint8_t state;
	struct array items, attendees, gaps, waiting;
	bool has_items, has_waiting, has_attendees, may_open, may_close, may_pause, may_resume;
	bool has_gaps, paused, called_off;
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
	VIEW_AS(struct meeting_page, pause_href, "pauseHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, resume_href, "resumeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, call_off_href, "callOffHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct meeting_page, attendance_href, "attendanceHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct meeting_page, screen_href, "screenHref", VIEW_TEXT, .page_only = true),
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
	VIEW_AS(struct meeting_page, may_pause, "mayPause", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, may_resume, "mayResume", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, has_gaps, "hasGaps", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, paused, "paused", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct meeting_page, called_off, "calledOff", VIEW_BOOL, .page_only = true),
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
			.dissents = from[i].dissents,
			.again = from[i].deferred_times > 0 && from[i].outcome == 0,
			.state = from[i].state,
		};
		st = item_title(rq, &from[i], &to[i].title, reterr);
	}
	ret->items = (struct array){ to, found.count };
	ret->has_items = found.count > 0;
	return st;
}

static enum status fill_attendees(struct request *rq, const struct meeting *m,
                                  struct meeting_page *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = attendee_list(rq->db, m->id, rq->arena, &found, reterr);
	const struct attendee *from = found.items;
	struct attendee_row *to = ARENA_ARRAY(rq->arena, struct attendee_row, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct attendee_row){ from[i].appointment_id,
			                       from[i].person,
			                       from[i].participant,
			                       from[i].on_behalf,
			                       presence_label(from[i].presence),
			                       is_present(from[i].presence),
			                       attendee_is_gone(&from[i], rq->now_ms) };
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

	if (rq->viewer->role != ROLE_INFO_COORDINATOR || meeting_is_over(m->state))
		return OK;
	enum status st = signal_rows(rq->db, &q, rq->arena, &found, reterr);
	const struct signal_row *from = found.items;
	struct weigh_option *to = ARENA_ARRAY(rq->arena, struct weigh_option, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct weigh_option){
			from[i].reference,
			arena_printf(rq->arena, "%s, %s, %s%s", from[i].reference,
			             from[i].participant, code_label(SIGNAL_THEMES, from[i].theme),
			             from[i].state == SIGNAL_DEFERRED ? ", aangehouden" : ""),
			false
		};
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

static void fill_links(struct request *rq, const struct meeting *m, struct meeting_page *ret)
{
	const bool runs = access_permits(rq->viewer->role, PERM_MEETING_RUN);
	struct arena *a = rq->arena;

	ret->topic = meeting_topic(a, m);
	ret->href = meeting_path(a, m, "");
	ret->pack_href = meeting_is_over(m->state) ? NULL : meeting_path(a, m, "/pack");
	ret->minutes_href = m->state == MEETING_CLOSED || meeting_is_under_way(m->state)
	                        ? meeting_path(a, m, "/minutes")
	                        : NULL;
	ret->screen_href = meeting_is_under_way(m->state) ? meeting_path(a, m, "/screen") : NULL;
	ret->attendance_href =
	    runs && !meeting_is_over(m->state) ? meeting_path(a, m, "/attendance") : NULL;
	ret->open_href = meeting_path(a, m, "/_open");
	ret->close_href = meeting_path(a, m, "/_close");
	ret->pause_href = meeting_path(a, m, "/_pause");
	ret->resume_href = meeting_path(a, m, "/_resume");
	ret->may_open = role_may(rq, &MEETING_MACHINE, m->state, MEETING_OPEN);
	ret->may_close = role_may(rq, &MEETING_MACHINE, m->state, MEETING_CLOSE);
	ret->may_pause = role_may(rq, &MEETING_MACHINE, m->state, MEETING_PAUSE);
	ret->may_resume = role_may(rq, &MEETING_MACHINE, m->state, MEETING_RESUME);
	if (role_may(rq, &MEETING_MACHINE, m->state, MEETING_CALL_OFF))
		ret->call_off_href = meeting_path(a, m, "/call-off");
}

enum status show_meeting(struct request *rq, struct response *rs, struct error *reterr)
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
		.state = m.state,
		.paused = m.state == MEETING_PAUSED,
		.called_off = m.state == MEETING_CALLED_OFF,
	};
	fill_links(rq, &m, &record);
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

/* ---- a signal on the agenda ------------------------------------------------------------------------ */

struct add_input {
	int64_t version;
	const char *signal;
};
static const struct field ADD_FIELDS[] = {
	FIELD_VERSION(struct add_input),
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
	if (meeting_is_over(c->meeting.state))
		return FAIL(reterr, ERR_CONFLICT,
		            "Dit overleg is voorbij. Kies een ander overleg.");
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
		st = item_set_state(tx,
		                    &(struct item_step){ .id = on->item.id,
		                                         .now_ms = rq->now_ms,
		                                         .from = on->item.state,
		                                         .to = ITEM_TAKEN_OFF },
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
	{ 0 },
};

const struct page_template agenda_templates[] = {
	{ .name = "weighing/show", .view = &MEETING_VIEW, .whole = true },
	{ 0 },
};
