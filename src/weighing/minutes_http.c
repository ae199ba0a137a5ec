/* After the meeting: the minutes, and messages to submitters. */
#include "weighing/minutes.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"
#include "work/work.h"

/* ---- the minutes ----------------------------------------------------------------------------------------- */

static const struct view_field LINE_FIELDS[] = { VIEW_F(struct minutes_line, text, VIEW_TEXT) };
static const struct view LINE_VIEW = VIEW_OF(struct minutes_line, LINE_FIELDS);

static const struct view_field EXTRA_FIELDS[] = {
	VIEW_F(struct minutes_extra, name, VIEW_TEXT),
	VIEW_F(struct minutes_extra, score, VIEW_INT),
};
static const struct view EXTRA_VIEW = VIEW_OF(struct minutes_extra, EXTRA_FIELDS);

static const struct view_field MINUTES_ITEM_FIELDS[] = {
	VIEW_F(struct minutes_item, place, VIEW_INT),
	VIEW_F(struct minutes_item, sum, VIEW_INT),
	VIEW_AS(struct minutes_item, criteria_met, "criteriaMet", VIEW_INT),
	VIEW_AS(struct minutes_item, decided_at, "decidedAt", VIEW_MOMENT),
	VIEW_AS(struct minutes_item, released_at, "releasedAt", VIEW_MOMENT),
	VIEW_F(struct minutes_item, reference, VIEW_REF),
	VIEW_F(struct minutes_item, participant, VIEW_TEXT),
	VIEW_F(struct minutes_item, outcome, VIEW_TEXT),
	VIEW_F(struct minutes_item, reason, VIEW_TEXT),
	VIEW_AS(struct minutes_item, criteria_version, "criteriaVersion", VIEW_TEXT),
	VIEW_AS(struct minutes_item, weighed_on, "weighedOn", VIEW_TEXT, .page_only = true),
	VIEW_F(struct minutes_item, assignment, VIEW_TEXT),
	VIEW_F(struct minutes_item, why, VIEW_TEXT),
	VIEW_F(struct minutes_item, message, VIEW_TEXT),
	VIEW_AS(struct minutes_item, release_href, "releaseHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct minutes_item, involved, "involved", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_F(struct minutes_item, unmet, VIEW_TEXT),
	VIEW_AS(struct minutes_item, next_day, "nextDay", VIEW_DAY),
	VIEW_AS(struct minutes_item, advise_local, "adviseLocal", VIEW_BOOL),
	VIEW_AS(struct minutes_item, dissents, "dissents", VIEW_LIST, .view = &REMARK_VIEW),
	VIEW_AS(struct minutes_item, extras, "extras", VIEW_LIST, .view = &EXTRA_VIEW),
	VIEW_AS(struct minutes_item, has_extras, "hasExtras", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes_item, has_involved, "hasInvolved", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes_item, has_dissents, "hasDissents", VIEW_BOOL, .page_only = true),
	VIEW_F(struct minutes_item, scored, VIEW_BOOL),
	VIEW_AS(struct minutes_item, may_release, "mayRelease", VIEW_BOOL, .page_only = true),
};
static const struct view MINUTES_ITEM_VIEW = VIEW_OF(struct minutes_item, MINUTES_ITEM_FIELDS);

static const struct view_field MINUTES_FIELDS[] = {
	VIEW_F(struct minutes, reference, VIEW_REF),
	VIEW_F(struct minutes, place, VIEW_TEXT),
	VIEW_AS(struct minutes, state, "state", VIEW_STATE, .machine = &MEETING_MACHINE),
	VIEW_AS(struct minutes, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_AS(struct minutes, opened_at, "openedAt", VIEW_MOMENT),
	VIEW_AS(struct minutes, closed_at, "closedAt", VIEW_MOMENT),
	VIEW_AS(struct minutes, present, "present", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes, absent, "absent", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes, items, "items", VIEW_LIST, .view = &MINUTES_ITEM_VIEW),
	VIEW_AS(struct minutes, guests, "guests", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes, pauses, "pauses", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes, order, "order", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes, has_order, "hasOrder", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes, odt_href, "odtHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct minutes, annex_href, "annexHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct minutes, has_guests, "hasGuests", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes, has_pauses, "hasPauses", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes, has_absent, "hasAbsent", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes, has_items, "hasItems", VIEW_BOOL, .page_only = true),
};
static const struct view MINUTES_VIEW = VIEW_OF(struct minutes, MINUTES_FIELDS);

static enum status show_minutes(struct request *rq, struct response *rs, struct error *reterr)
{
	struct minutes record;
	struct meeting m;

	enum status st = on_meeting(rq, &m, reterr);
	if (st == OK)
		st = minutes_load(rq, &m, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Verslag",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &m),
		                   .confidential = true,
		                   .template_name = "weighing/minutes" };
	return page_respond(rq, rs, &page, &MINUTES_VIEW, &record, reterr);
}

static enum status send_odt(struct request *rq, struct response *rs, struct error *reterr)
{
	struct minutes record;
	struct meeting m;

	enum status st = on_meeting(rq, &m, reterr);
	if (st == OK)
		st = minutes_load(rq, &m, &record, reterr);
	if (st != OK)
		return st;
	rs->content_type = "application/vnd.oasis.opendocument.text";
	rs->file_name = arena_printf(rq->arena, "verslag-%s.odt", m.reference);
	minutes_odt(&rs->body, rq->arena, &record);
	return OK;
}

/* ---- the message to the submitter -------------------------------------------------------------------------- */

struct release_input {
	const char *message;
};
static const struct field RELEASE_FIELDS[] = {
	{ .path = "message",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct release_input, message),
	  .label = "Bericht aan de indiener",
	  .required = true,
	  .max_chars = 2000 },
};
static const struct form RELEASE_FORM = { RELEASE_FIELDS, 1, sizeof(struct release_input) };

struct release_change {
	struct release_input in;
	struct on_item on;
	struct sealed_part part;
};

static enum status prepare_release(struct request *rq, void **ret_input, struct error *reterr)
{
	struct release_change *c = ARENA_NEW(rq->arena, struct release_change);

	*ret_input = c;
	enum status st = on_item(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &RELEASE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	const struct agenda_item *i = &c->on.item;
	if (i->state != ITEM_DECIDED)
		return FAIL(reterr, ERR_CONFLICT, "Over dit punt is nog niet besloten.");
	signal_seal_part(plein_of(rq)->keyring, &i->signal_uuid, i->signal_version + 1,
	                 PART_MESSAGE, c->in.message, rq->arena, &c->part);
	return OK;
}

static enum status apply_release(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct release_change *c = change->input;
	const struct agenda_item *item = &c->on.item;
	const struct signal_writer w = { item->signal_id, rq->viewer->appointment_id, rq->now_ms };

	enum status st = db_claim(tx, &SIGNAL_ROOT, item->signal_id, item->signal_version, reterr);
	if (st == OK)
		st = item_release(tx, item->id, item->signal_id, rq->viewer->appointment_id,
		                  rq->now_ms, reterr);
	if (st == OK)
		st = signal_text_put(tx, &w, &c->part, reterr);
	if (st == OK)
		st = work_done(tx, WORK_SIGNAL_FEEDBACK, OBJECT_AGENDA_ITEM, item->id,
		               rq->viewer->person_id, rq->now_ms, reterr);
	change->location = meeting_path(db_tx_arena(tx), &c->on.meeting, "/minutes");
	change->note = "Het bericht is vrijgegeven. De indiener ziet het nu.";
	return st == OK ? stir_screens(tx, change, &c->on.meeting, reterr) : st;
}

const struct route minutes_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/minutes",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_minutes,
	  .view = &MINUTES_VIEW,
	  .summary = "Het verslag van een overleg" },
	{ .method = "GET",
	  .path = "/meetings/{ref}/minutes/odt",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = send_odt,
	  .summary = "Het verslag als tekstdocument (ODT)" },
	{ .method = "POST",
	  .path = "/meetings/{ref}/items/{number}/_release",
	  .permission = PERM_SIGNAL_INTAKE,
	  .action = AUDIT_OUTCOME,
	  .prepare = prepare_release,
	  .apply = apply_release,
	  .redraw = show_minutes,
	  .form = &RELEASE_FORM,
	  .summary = "Het bericht aan de indiener vrijgeven" },
	{ 0 },
};

const struct page_template minutes_templates[] = {
	{ .name = "weighing/minutes", .view = &MINUTES_VIEW, .whole = true },
	{ 0 },
};
