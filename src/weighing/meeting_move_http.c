/* What happens to a meeting as a whole: opening, pausing, closing, calling off. */
#include "weighing/weighing_page.h"

#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "work/work.h"

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

/* The meeting's own part of a move; screens are told last. */
static enum status move_claimed(struct db_tx *tx, struct change *change, uint8_t action,
                                struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct move *mv = NULL;

	enum status st = db_claim(tx, &MEETING_ROOT, c->meeting.id, c->in.version, reterr);
	if (st == OK)
		st = ask_meeting(tx, rq, &c->meeting, action, &mv, reterr);
	if (st == OK)
		st = meeting_set_state(tx, c->meeting.id, mv->from, mv->to,
		                       rq->viewer->appointment_id, rq->now_ms, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "");
	return st;
}

static enum status move_meeting(struct db_tx *tx, struct change *change, uint8_t action,
                                struct error *reterr)
{
	const struct move_change *c = change->input;
	const enum status st = move_claimed(tx, change, action, reterr);

	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

static enum status end_preparing(struct db_tx *tx, const struct change *change,
                                 struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;

	return work_done(tx, WORK_MEETING_PREPARE, OBJECT_MEETING, c->meeting.id,
	                 rq->viewer->person_id, rq->now_ms, reterr);
}

static enum status apply_open(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct move_change *c = change->input;
	const enum status st = move_meeting(tx, change, MEETING_OPEN, reterr);

	change->location = meeting_path(db_tx_arena(tx), &c->meeting, "/attendance");
	change->note = "De vergadering is open. Leg vast wie er is.";
	return st == OK ? end_preparing(tx, change, reterr) : st;
}

static enum status apply_pause(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;

	change->note = "De vergadering is geschorst.";
	return move_meeting(tx, change, MEETING_PAUSE, reterr);
}

static enum status apply_resume(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;

	change->note = "De vergadering gaat verder.";
	return move_meeting(tx, change, MEETING_RESUME, reterr);
}

/* ---- closing ------------------------------------------------------------------------------- */

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

/* ---- calling off ---------------------------------------------------------------------------- */

struct call_off_page {
	int64_t version, starts_at;
	const char *reference, *place, *href, *back_href, *signals, *people;
	uint8_t state;
};
static const struct view_field CALL_OFF_FIELDS[] = {
	VIEW_F(struct call_off_page, version, VIEW_INT),
	VIEW_AS(struct call_off_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_F(struct call_off_page, signals, VIEW_TEXT),
	VIEW_F(struct call_off_page, people, VIEW_TEXT),
	VIEW_F(struct call_off_page, reference, VIEW_REF),
	VIEW_F(struct call_off_page, place, VIEW_TEXT),
	VIEW_AS(struct call_off_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct call_off_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct call_off_page, state, "state", VIEW_STATE, .machine = &MEETING_MACHINE),
};
static const struct view CALL_OFF_VIEW = VIEW_OF(struct call_off_page, CALL_OFF_FIELDS);

static enum status show_call_off(struct request *rq, struct response *rs, struct error *reterr)
{
	struct meeting_picture p;
	struct meeting m;

	enum status st = on_meeting(rq, &m, reterr);
	if (st == OK)
		st = meeting_picture_load(rq->db, m.id, &p, reterr);
	if (st != OK)
		return st;
	const struct call_off_page record = {
		.version = m.version,
		.starts_at = m.starts_at,
		.signals = dutch_count(rq->arena, p.items, "signaal gaat van deze agenda",
		                       "signalen gaan van deze agenda"),
		.people = dutch_count(rq->arena, p.invited, "genodigde leest de stukken niet meer",
		                      "genodigden lezen de stukken niet meer"),
		.reference = m.reference,
		.place = m.place,
		.href = meeting_path(rq->arena, &m, "/_call-off"),
		.back_href = meeting_path(rq->arena, &m, ""),
		.state = m.state,
	};
	const struct page page = { .title = "Het overleg gaat niet door",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &m),
		                   .template_name = "weighing/call_off" };
	return page_respond(rq, rs, &page, &CALL_OFF_VIEW, &record, reterr);
}

static int by_signal(const void *a, const void *b)
{
	const struct agenda_item *first = a, *second = b;
	return (first->signal_id > second->signal_id) - (first->signal_id < second->signal_id);
}

/* Signals before the meeting, the meeting before its items: the order of claims everywhere. */
static enum status claim_signals(struct db_tx *tx, const struct agenda_item *items, size_t count,
                                 struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++)
		st =
		    db_claim(tx, &SIGNAL_ROOT, items[i].signal_id, items[i].signal_version, reterr);
	return st;
}

static enum status take_back(struct db_tx *tx, const struct request *rq,
                             const struct agenda_item *item, struct error *reterr)
{
	struct signal_picture p;

	const struct item_step off = {
		.id = item->id, .now_ms = rq->now_ms, .from = item->state, .to = ITEM_TAKEN_OFF
	};
	enum status st = item_set_state(tx, &off, reterr);
	if (st == OK)
		st = signal_picture_load(db_tx_read(tx), rq->viewer, item->signal_id, &p, reterr);
	if (st != OK)
		return st;
	const struct signal_moving moving = { .id = item->signal_id,
		                              .action = SIGNAL_TAKE_OFF_AGENDA,
		                              .viewer = rq->viewer,
		                              .picture = &p,
		                              .now_ms = rq->now_ms };
	return signal_move(tx, &moving, reterr);
}

static enum status tell_invited(struct db_tx *tx, const struct change *change, struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct work_news news = { .at = rq->now_ms,
		                        .kind = NEWS_MEETING_CALLED_OFF,
		                        .object_kind = OBJECT_MEETING,
		                        .object_id = c->meeting.id,
		                        .reference = c->meeting.reference };
	struct array people = { 0 };
	enum status st =
	    attendee_list(db_tx_read(tx), c->meeting.id, db_tx_arena(tx), &people, reterr);
	const struct attendee *p = people.items;

	for (size_t i = 0; st == OK && i < people.count; i++)
		st = work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, p[i].appointment_id), &news,
		               reterr);
	return st;
}

static enum status apply_call_off(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct move_change *c = change->input;
	const size_t count = c->items.count;
	struct agenda_item *items = ARENA_ARRAY(db_tx_arena(tx), struct agenda_item, count + 1);

	if (count > 0)
		memcpy(items, c->items.items, count * sizeof *items);
	qsort(items, count, sizeof *items, by_signal);
	enum status st = claim_signals(tx, items, count, reterr);
	if (st == OK)
		st = move_claimed(tx, change, MEETING_CALL_OFF, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = take_back(tx, change->rq, &items[i], reterr);
	if (st == OK)
		st = tell_invited(tx, change, reterr);
	if (st == OK)
		st = end_preparing(tx, change, reterr);
	change->note = "Het overleg gaat niet door. De signalen staan weer klaar voor een agenda.";
	return st == OK ? stir_screens(tx, change, &c->meeting, reterr) : st;
}

/* clang-format off */
#define MOVE_ROUTE(path_, apply_, redraw_, summary_)                                               \
	{ .method = "POST", .path = "/meetings/{ref}" path_, .permission = PERM_MEETING_RUN,       \
	  .action = AUDIT_MEETING_CHANGE, .prepare = prepare_move, .apply = (apply_),              \
	  .redraw = (redraw_), .form = &VERSION_FORM, .summary = (summary_) }
/* clang-format on */

const struct route meeting_move_routes[] = {
	MOVE_ROUTE("/_open", apply_open, show_meeting, "De vergadering openen"),
	MOVE_ROUTE("/_pause", apply_pause, show_meeting, "De vergadering schorsen"),
	MOVE_ROUTE("/_resume", apply_resume, show_meeting, "Verdergaan na een schorsing"),
	MOVE_ROUTE("/_close", apply_close, show_meeting, "De vergadering sluiten"),
	{ .method = "GET",
	  .path = "/meetings/{ref}/call-off",
	  .permission = PERM_MEETING_RUN,
	  .action = AUDIT_MEETING_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_call_off,
	  .summary = "Wat er gebeurt als het overleg niet doorgaat" },
	MOVE_ROUTE("/_call-off", apply_call_off, show_call_off,
	           "Het overleg niet laten doorgaan: de signalen gaan terug"),
	{ 0 },
};

const struct page_template meeting_move_templates[] = {
	{ .name = "weighing/call_off", .view = &CALL_OFF_VIEW, .whole = true },
	{ 0 },
};
