/* After the meeting: the minutes, and messages to submitters. */
#include "weighing/weighing_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"
#include "work/work.h"

/* ---- the minutes ----------------------------------------------------------------------------------------- */

struct line {
	const char *text;
};
static const struct view_field LINE_FIELDS[] = { VIEW_F(struct line, text, VIEW_TEXT) };
static const struct view LINE_VIEW = VIEW_OF(struct line, LINE_FIELDS);

struct minutes_item {
	int64_t place, sum, criteria_met, decided_at, released_at;
	const char *reference, *participant, *outcome, *reason, *criteria_version;
	const char *assignment, *why, *message, *release_href;
	struct array involved, dissents;
	bool has_involved, has_dissents, scored, may_release;
};
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
	VIEW_F(struct minutes_item, assignment, VIEW_TEXT),
	VIEW_F(struct minutes_item, why, VIEW_TEXT),
	VIEW_F(struct minutes_item, message, VIEW_TEXT),
	VIEW_AS(struct minutes_item, release_href, "releaseHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct minutes_item, involved, "involved", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes_item, dissents, "dissents", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes_item, has_involved, "hasInvolved", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes_item, has_dissents, "hasDissents", VIEW_BOOL, .page_only = true),
	VIEW_F(struct minutes_item, scored, VIEW_BOOL),
	VIEW_AS(struct minutes_item, may_release, "mayRelease", VIEW_BOOL, .page_only = true),
};
static const struct view MINUTES_ITEM_VIEW = VIEW_OF(struct minutes_item, MINUTES_ITEM_FIELDS);

struct minutes_page {
	const char *reference, *place;
	uint8_t state;
	int64_t starts_at, opened_at, closed_at;
	struct array present, absent, items;
	bool has_absent, has_items;
};
static const struct view_field MINUTES_FIELDS[] = {
	VIEW_F(struct minutes_page, reference, VIEW_REF),
	VIEW_F(struct minutes_page, place, VIEW_TEXT),
	VIEW_AS(struct minutes_page, state, "state", VIEW_STATE, .machine = &MEETING_MACHINE),
	VIEW_AS(struct minutes_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_AS(struct minutes_page, opened_at, "openedAt", VIEW_MOMENT),
	VIEW_AS(struct minutes_page, closed_at, "closedAt", VIEW_MOMENT),
	VIEW_AS(struct minutes_page, present, "present", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes_page, absent, "absent", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct minutes_page, items, "items", VIEW_LIST, .view = &MINUTES_ITEM_VIEW),
	VIEW_AS(struct minutes_page, has_absent, "hasAbsent", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct minutes_page, has_items, "hasItems", VIEW_BOOL, .page_only = true),
};
static const struct view MINUTES_VIEW = VIEW_OF(struct minutes_page, MINUTES_FIELDS);

static const char *organ_of(struct array people, int64_t organ_id)
{
	const struct attendee *p = people.items;
	for (size_t i = 0; i < people.count; i++)
		if (p[i].organ_id == organ_id)
			return p[i].on_behalf;
	return "een andere deelnemer";
}

/* Organs that were there, or weren't: minutes name organisations, never persons. */
static struct array organs_that(struct arena *a, struct array people, bool there)
{
	const struct attendee *p = people.items;
	struct line *rows = ARENA_ARRAY(a, struct line, people.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < people.count;) {
		size_t first = i;
		bool present = false;
		for (; i < people.count && p[i].organ_id == p[first].organ_id; i++)
			present |= is_present(p[i].presence) || p[i].left_at > 0;
		if (present == there)
			rows[count++].text = p[first].on_behalf;
	}
	return (struct array){ rows, count };
}

static struct array dissent_lines(struct arena *a, struct array people, struct array dissents)
{
	const struct dissent *d = dissents.items;
	struct line *rows = ARENA_ARRAY(a, struct line, dissents.count + 1);

	for (size_t i = 0; i < dissents.count; i++)
		rows[i].text = d[i].criterion == 0
		                   ? arena_printf(a, "%s dacht anders over het besluit",
		                                  organ_of(people, d[i].organ_id))
		                   : arena_printf(a, "%s dacht anders over criterium %c",
		                                  organ_of(people, d[i].organ_id),
		                                  (char)('a' + d[i].criterion - 1));
	return (struct array){ rows, dissents.count };
}

static enum status minutes_texts(struct request *rq, int64_t id, struct minutes_item *ret,
                                 struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;

	if (!access_permits(rq->viewer->role, PERM_MEETING_RUN))
		return OK;
	enum status st = agenda_text_load(rq->db, k, id, TEXT_ASSIGNMENT, 0, rq->arena,
	                                  &ret->assignment, reterr);
	if (st == OK)
		st = agenda_text_load(rq->db, k, id, TEXT_REASON, 0, rq->arena, &ret->why, reterr);
	if (st == OK)
		st = agenda_text_load(rq->db, k, id, TEXT_MESSAGE, 0, rq->arena, &ret->message,
		                      reterr);
	return st;
}

static enum status minutes_item(struct request *rq, const struct on_item *on, struct array people,
                                struct minutes_item *ret, struct error *reterr)
{
	const struct agenda_item *item = &on->item;
	struct array involved = { 0 }, dissents = { 0 };

	enum status st = involved_list(rq->db, item->id, rq->arena, &involved, reterr);
	if (st == OK)
		st = dissent_list(rq->db, item->id, rq->arena, &dissents, reterr);
	if (st != OK)
		return st;
	const int64_t *ids = involved.items;
	struct line *names = ARENA_ARRAY(rq->arena, struct line, involved.count + 1);
	for (size_t i = 0; i < involved.count; i++)
		names[i].text = organ_of(people, ids[i]);
	*ret = (struct minutes_item){
		.place = on->place,
		.sum = agreed_sum(item->agreed),
		.criteria_met = criteria_count(item->criteria_met),
		.decided_at = item->decided_at > 0 ? item->decided_at : INT64_MIN,
		.released_at = item->released_at > 0 ? item->released_at : INT64_MIN,
		.reference = item->reference,
		.participant = item->participant,
		.outcome = outcome_label(item->outcome),
		.reason = code_label(SIGNAL_REASONS, item->reason_class),
		.criteria_version = item->criteria_version,
		.release_href = item_path(rq->arena, on, "/_release"),
		.involved = { names, involved.count },
		.dissents = dissent_lines(rq->arena, people, dissents),
		.has_involved = involved.count > 0,
		.has_dissents = dissents.count > 0,
		.scored = agreed_count(item->agreed) == LAW_FACTOR_COUNT,
		.may_release = rq->viewer->role == ROLE_INFO_COORDINATOR &&
		               item->state == ITEM_DECIDED && item->released_at == 0,
	};
	return minutes_texts(rq, item->id, ret, reterr);
}

static enum status show_minutes(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array people = { 0 };
	struct on_item on = { 0 };

	enum status st = on_meeting(rq, &on.meeting, reterr);
	if (st == OK)
		st = item_list(rq->db, on.meeting.id, rq->arena, &on.items, reterr);
	if (st == OK)
		st = attendee_list(rq->db, on.meeting.id, rq->arena, &people, reterr);
	const struct agenda_item *from = on.items.items;
	struct minutes_item *to = ARENA_ARRAY(rq->arena, struct minutes_item, on.items.count + 1);
	for (size_t i = 0; st == OK && i < on.items.count; i++) {
		on.item = from[i];
		on.place = (int64_t)i + 1;
		st = minutes_item(rq, &on, people, &to[i], reterr);
	}
	if (st != OK)
		return st;
	const struct meeting *m = &on.meeting;
	struct minutes_page record = {
		.reference = m->reference,
		.place = m->place,
		.state = m->state,
		.starts_at = m->starts_at,
		.opened_at = m->opened_at > 0 ? m->opened_at : INT64_MIN,
		.closed_at = m->closed_at > 0 ? m->closed_at : INT64_MIN,
		.present = organs_that(rq->arena, people, true),
		.absent = organs_that(rq->arena, people, false),
		.items = { to, on.items.count },
		.has_items = on.items.count > 0,
	};
	record.has_absent = record.absent.count > 0;
	const struct page page = { .title = "Verslag",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, m),
		                   .confidential = true,
		                   .template_name = "weighing/minutes" };
	return page_respond(rq, rs, &page, &MINUTES_VIEW, &record, reterr);
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

static enum status tell_submitter(struct db_tx *tx, const struct request *rq,
                                  const struct agenda_item *item, struct error *reterr)
{
	const struct work_news news = { .at = rq->now_ms,
		                        .kind = NEWS_SIGNAL_OUTCOME,
		                        .object_kind = OBJECT_SIGNAL,
		                        .object_id = item->signal_id,
		                        .reference = item->reference };
	enum status st = work_tell(tx, audience_of(AUDIENCE_ORGAN, item->organ_id), &news, reterr);
	return st == OK ? work_done(tx, WORK_SIGNAL_FEEDBACK, OBJECT_AGENDA_ITEM, item->id,
	                            rq->viewer->person_id, rq->now_ms, reterr)
	                : st;
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
		st = tell_submitter(tx, rq, item, reterr);
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
