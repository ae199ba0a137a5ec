/* One item of the agenda on one page: the reveal, the criteria, the outcome. */
#include "weighing/spread.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "casework/take_in.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"

/* ---- the item: reveal and outcome ---------------------------------------------------------------- */

struct criterion_row {
	const char *field, *label, *explanation;
	bool yes, no, met;
	struct array dissenters;
	bool has_dissenters;
};
static const struct view_field CRITERION_FIELDS[] = {
	VIEW_F(struct criterion_row, field, VIEW_TEXT),
	VIEW_F(struct criterion_row, label, VIEW_TEXT),
	VIEW_F(struct criterion_row, explanation, VIEW_TEXT),
	VIEW_AS(struct criterion_row, yes, "yes", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct criterion_row, no, "no", VIEW_BOOL, .page_only = true),
	VIEW_F(struct criterion_row, met, VIEW_BOOL),
	VIEW_AS(struct criterion_row, dissenters, "dissenters", VIEW_LIST, .view = &NAME_VIEW),
	VIEW_AS(struct criterion_row, has_dissenters, "hasDissenters", VIEW_BOOL,
	        .page_only = true),
};
static const struct view CRITERION_VIEW = VIEW_OF(struct criterion_row, CRITERION_FIELDS);

struct outcome_row {
	const char *value, *label, *hint;
	bool selected;
};
static const struct view_field OUTCOME_FIELDS[] = {
	VIEW_F(struct outcome_row, value, VIEW_TEXT),
	VIEW_F(struct outcome_row, label, VIEW_TEXT),
	VIEW_F(struct outcome_row, hint, VIEW_TEXT),
	VIEW_F(struct outcome_row, selected, VIEW_BOOL),
};
static const struct view OUTCOME_VIEW = VIEW_OF(struct outcome_row, OUTCOME_FIELDS);

struct organ_row {
	int64_t index, id;
	const char *name;
	bool chosen, present, own;
};
static const struct view_field ORGAN_FIELDS[] = {
	VIEW_AS(struct organ_row, index, "index", VIEW_INT, .page_only = true),
	VIEW_F(struct organ_row, id, VIEW_INT),
	VIEW_F(struct organ_row, name, VIEW_TEXT),
	VIEW_F(struct organ_row, chosen, VIEW_BOOL),
	VIEW_F(struct organ_row, present, VIEW_BOOL),
	VIEW_F(struct organ_row, own, VIEW_BOOL),
};
static const struct view ORGAN_VIEW = VIEW_OF(struct organ_row, ORGAN_FIELDS);

struct item_page {
	int64_t version, place, places, ready_count, present_count, sum, revealed_at, live,
	    defers_left;
	const char *reference, *title, *criteria_version, *weighed_on, *topic, *href, *back_href,
	    *score_href;
	const char *ask_href, *reveal_href, *again_href, *decide_href, *dissent_href, *next_href;
	const char *next_reference, *outcome, *blocked, *assignment, *why, *message, *merge_with;
	const char *note_dissent_href, *pause_href, *resume_href, *minutes_href, *signal_href;
	int64_t meeting_version, next_day;
	uint8_t state, meeting_state;
	int reason;
	struct array ready, factors, extras, criteria, outcomes, organs, reasons, involved;
	struct array notes, dissents, activities, variants, bottlenecks;
	const char *purpose, *casefile;
	bool revealed, decided, scored, may_ask, may_reveal, may_again, may_decide, may_dissent;
	bool has_dissents, has_notes, has_extras, advise_local, several, runs, deferred;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_F(struct item_page, version, VIEW_INT),
	VIEW_F(struct item_page, place, VIEW_INT),
	VIEW_F(struct item_page, places, VIEW_INT),
	VIEW_AS(struct item_page, ready_count, "readyCount", VIEW_INT),
	VIEW_AS(struct item_page, present_count, "presentCount", VIEW_INT),
	VIEW_F(struct item_page, sum, VIEW_INT),
	VIEW_AS(struct item_page, revealed_at, "revealedAt", VIEW_MOMENT),
	VIEW_AS(struct item_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct item_page, defers_left, "defersLeft", VIEW_INT),
	VIEW_F(struct item_page, reference, VIEW_REF),
	VIEW_F(struct item_page, title, VIEW_TEXT),
	VIEW_AS(struct item_page, criteria_version, "criteriaVersion", VIEW_TEXT),
	VIEW_AS(struct item_page, weighed_on, "weighedOn", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, topic, "topic", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, score_href, "scoreHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, ask_href, "askHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, reveal_href, "revealHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, again_href, "againHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, decide_href, "decideHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, dissent_href, "dissentHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, next_href, "nextHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, next_reference, "nextReference", VIEW_TEXT, .page_only = true),
	VIEW_F(struct item_page, outcome, VIEW_TEXT),
	VIEW_F(struct item_page, blocked, VIEW_TEXT),
	VIEW_F(struct item_page, assignment, VIEW_TEXT),
	VIEW_F(struct item_page, why, VIEW_TEXT),
	VIEW_F(struct item_page, message, VIEW_TEXT),
	VIEW_AS(struct item_page, merge_with, "mergeWith", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, state, "state", VIEW_STATE, .machine = &ITEM_MACHINE),
	VIEW_AS(struct item_page, reason, "reason", VIEW_CODE, .codes = SIGNAL_REASONS),
	VIEW_AS(struct item_page, ready, "ready", VIEW_LIST, .view = &READY_VIEW),
	VIEW_AS(struct item_page, factors, "factors", VIEW_LIST, .view = &SPREAD_VIEW),
	VIEW_AS(struct item_page, criteria, "criteria", VIEW_LIST, .view = &CRITERION_VIEW),
	VIEW_AS(struct item_page, outcomes, "outcomes", VIEW_LIST, .view = &OUTCOME_VIEW,
	        .page_only = true),
	VIEW_AS(struct item_page, organs, "organs", VIEW_LIST, .view = &ORGAN_VIEW,
	        .page_only = true),
	VIEW_AS(struct item_page, reasons, "reasons", VIEW_LIST, .view = &WEIGH_OPTION_VIEW,
	        .page_only = true),
	VIEW_AS(struct item_page, activities, "activities", VIEW_LIST, .view = &WEIGH_OPTION_VIEW,
	        .page_only = true),
	VIEW_AS(struct item_page, variants, "variants", VIEW_LIST, .view = &WEIGH_OPTION_VIEW,
	        .page_only = true),
	VIEW_AS(struct item_page, bottlenecks, "bottlenecks", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct item_page, purpose, "purpose", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, casefile, "casefile", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, involved, "involved", VIEW_LIST, .view = &NAME_VIEW),
	VIEW_AS(struct item_page, note_dissent_href, "noteDissentHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct item_page, pause_href, "pauseHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, resume_href, "resumeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, minutes_href, "minutesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, signal_href, "signalHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct item_page, meeting_version, "meetingVersion", VIEW_INT, .page_only = true),
	VIEW_AS(struct item_page, meeting_state, "meetingState", VIEW_STATE,
	        .machine = &MEETING_MACHINE),
	VIEW_AS(struct item_page, next_day, "nextDay", VIEW_DAY),
	VIEW_AS(struct item_page, advise_local, "adviseLocal", VIEW_BOOL),
	VIEW_AS(struct item_page, notes, "notes", VIEW_LIST, .view = &REMARK_VIEW),
	VIEW_AS(struct item_page, dissents, "dissents", VIEW_LIST, .view = &REMARK_VIEW),
	VIEW_AS(struct item_page, extras, "extras", VIEW_LIST, .view = &SPREAD_VIEW),
	VIEW_AS(struct item_page, has_extras, "hasExtras", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, has_notes, "hasNotes", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, has_dissents, "hasDissents", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, several, "several", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, runs, "runs", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, deferred, "deferred", VIEW_BOOL, .page_only = true),
	VIEW_F(struct item_page, revealed, VIEW_BOOL),
	VIEW_F(struct item_page, decided, VIEW_BOOL),
	VIEW_F(struct item_page, scored, VIEW_BOOL),
	VIEW_AS(struct item_page, may_ask, "mayAsk", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, may_reveal, "mayReveal", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, may_again, "mayAgain", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, may_decide, "mayDecide", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct item_page, may_dissent, "mayDissent", VIEW_BOOL, .page_only = true),
};
static const struct view ITEM_VIEW = VIEW_OF(struct item_page, ITEM_FIELDS);

static const char *const CRITERIA[] = { "criterionA", "criterionB", "criterionC", "criterionD",
	                                "criterionE" };

static struct array dissenters(struct arena *a, struct array people, struct array dissents,
                               int64_t criterion)
{
	const struct dissent *d = dissents.items;
	struct name_row *rows = ARENA_ARRAY(a, struct name_row, dissents.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < dissents.count; i++)
		if (d[i].criterion == criterion)
			rows[count++].name = organ_name(people, d[i].organ_id);
	return (struct array){ rows, count };
}

static struct array criterion_rows(struct request *rq, const struct agenda_item *item,
                                   struct array people, struct array dissents)
{
	size_t count = 0;
	const struct law_criterion *c = law_criteria(&count);
	struct criterion_row *rows = ARENA_ARRAY(rq->arena, struct criterion_row, count);

	for (size_t i = 0; i < count; i++) {
		const char *typed = input_text(rq->body, CRITERIA[i]);
		const bool met = (item->criteria_met >> (i + 1) & 1) != 0;
		rows[i] = (struct criterion_row){
			.field = CRITERIA[i],
			.label = c[i].met,
			.explanation = c[i].explanation,
			.yes = typed != NULL ? strcmp(typed, "yes") == 0
			                     : met || item->state != ITEM_DECIDED,
			.no = typed != NULL && strcmp(typed, "no") == 0,
			.met = met,
			.dissenters = dissenters(rq->arena, people, dissents, (int64_t)i + 1),
		};
		rows[i].has_dissenters = rows[i].dissenters.count > 0;
	}
	return (struct array){ rows, count };
}

/* The organ that brought it in is chosen beforehand; what the secretary typed wins. */
static bool involved_now(const struct request *rq, const struct agenda_item *item, size_t index,
                         int64_t organ_id)
{
	if (input_text(rq->body, "outcome") == NULL)
		return organ_id == item->organ_id;
	return input_at(rq->body, arena_printf(rq->arena, "involved[%zu].id", index)) != NULL;
}

/* One row an organ, in the order of its speakers. */
static struct array organ_rows(struct request *rq, const struct agenda_item *item,
                               struct array people)
{
	const struct attendee *p = people.items;
	struct organ_row *rows = ARENA_ARRAY(rq->arena, struct organ_row, people.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < people.count; i++) {
		if (i == 0 || p[i].organ_id != p[i - 1].organ_id) {
			rows[count] = (struct organ_row){ .index = (int64_t)count,
				                          .id = p[i].organ_id,
				                          .name = p[i].on_behalf,
				                          .chosen = involved_now(rq, item, count,
				                                                 p[i].organ_id) };
			count++;
		}
		rows[count - 1].present |= is_present(p[i].presence);
		rows[count - 1].own |= p[i].appointment_id == rq->viewer->appointment_id;
	}
	return (struct array){ rows, count };
}

static struct array outcome_rows(struct request *rq, const struct agenda_item *item)
{
	const int64_t left = DEFERRED_MAX_TIMES - item->deferred_times;
	const char *typed = input_text(rq->body, "outcome");
	struct outcome_row *rows = ARENA_ARRAY(rq->arena, struct outcome_row, 8);
	size_t count = 0;

	for (const struct code *c = OUTCOMES; c->name != NULL; c++) {
		if (c->value == SIGNAL_DEFER && left <= 0)
			continue;
		rows[count++] = (struct outcome_row){ c->name, c->label, NULL,
			                              typed != NULL ? strcmp(typed, c->name) == 0
			                                            : item->outcome == c->value };
		if (c->value == SIGNAL_DEFER)
			rows[count - 1].hint =
			    arena_printf(rq->arena, "Nog %lld keer mogelijk.", (long long)left);
		if (c->value == SIGNAL_NOT_ADOPT)
			rows[count - 1].hint = arena_printf(
			    rq->arena, "Kies een reden. Weg op %s.",
			    dutch_date(rq->arena, local_day(rq->now_ms) + REJECTED_DESTROY_DAYS));
	}
	return (struct array){ rows, count };
}

static struct array involved_names(struct arena *a, struct array people, struct array involved)
{
	const int64_t *ids = involved.items;
	struct name_row *rows = ARENA_ARRAY(a, struct name_row, involved.count + 1);
	for (size_t i = 0; i < involved.count; i++)
		rows[i].name = organ_name(people, ids[i]);
	return (struct array){ rows, involved.count };
}

static bool may_now(const struct request *rq, const struct on_item *on,
                    const struct item_picture *p, uint8_t action, const char **ret_why)
{
	const struct move *mv = machine_move(&ITEM_MACHINE, on->item.state, action);
	if (mv == NULL || (mv->who & ROLE_BIT(rq->viewer->role)) == 0)
		return false;
	struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), p);
	if (!verdict_allows(v))
		*ret_why = v.sentence;
	return verdict_allows(v);
}

static void fill_links(struct request *rq, const struct on_item *on, struct item_page *r)
{
	const struct agenda_item *items = on->items.items;
	struct on_item next = *on;

	r->topic = meeting_topic(rq->arena, &on->meeting);
	r->href = item_path(rq->arena, on, "");
	r->back_href = meeting_path(rq->arena, &on->meeting, "");
	r->ask_href = item_path(rq->arena, on, "/_ask-scores");
	r->reveal_href = item_path(rq->arena, on, "/_reveal");
	r->again_href = item_path(rq->arena, on, "/_score-again");
	r->decide_href = item_path(rq->arena, on, "/_decide");
	r->dissent_href = item_path(rq->arena, on, "/_dissent");
	r->runs = access_permits(rq->viewer->role, PERM_MEETING_RUN);
	if (r->runs && meeting_is_under_way(on->meeting.state))
		r->note_dissent_href = item_path(rq->arena, on, "/_note-dissent");
	if (role_may(rq, &MEETING_MACHINE, on->meeting.state, MEETING_PAUSE))
		r->pause_href = meeting_path(rq->arena, &on->meeting, "/_pause");
	if (role_may(rq, &MEETING_MACHINE, on->meeting.state, MEETING_RESUME))
		r->resume_href = meeting_path(rq->arena, &on->meeting, "/_resume");
	r->minutes_href = meeting_path(rq->arena, &on->meeting, "/minutes");
	if (on->item.state == ITEM_SCORING && rq->viewer->role == ROLE_INFO_MEETING_MEMBER)
		r->score_href = item_path(rq->arena, on, "/score");
	if ((size_t)on->place < on->items.count) {
		next.item = items[on->place];
		r->next_href = item_path(rq->arena, &next, "");
		r->next_reference = next.item.reference;
	}
}

/* Reasons and messages are for who runs the meeting; the assignment also for who was there. */
static enum status fill_texts(struct request *rq, const struct on_item *on, struct item_page *r,
                              struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	const int64_t id = on->item.id;

	if (!access_permits(rq->viewer->role, PERM_MEETING_RUN))
		return OK;
	enum status st =
	    agenda_text_load(rq->db, k, id, TEXT_ASSIGNMENT, 0, rq->arena, &r->assignment, reterr);
	if (st == OK)
		st = agenda_text_load(rq->db, k, id, TEXT_REASON, 0, rq->arena, &r->why, reterr);
	return st == OK ? agenda_text_load(rq->db, k, id, TEXT_MESSAGE, 0, rq->arena, &r->message,
	                                   reterr)
	                : st;
}

struct loaded {
	struct array people, scorers, scores, dissents, involved, remarks, notes;
	struct item_picture picture;
	struct extra_weighed extra;
};

static enum status load_around(struct request *rq, const struct on_item *on, struct loaded *l,
                               struct error *reterr)
{
	enum status st = speaker_list(rq->db, on->meeting.id, rq->arena, &l->people, reterr);
	if (st == OK)
		st = scorer_list(rq->db, on->item.id, rq->arena, &l->scorers, reterr);
	if (st == OK)
		st = score_list(rq->db, on->item.id, rq->arena, &l->scores, reterr);
	if (st == OK)
		st = extra_weighed_load(rq, on, &l->extra, reterr);
	if (st == OK)
		st = dissent_list(rq->db, on->item.id, rq->arena, &l->dissents, reterr);
	if (st == OK)
		st = involved_list(rq->db, on->item.id, rq->arena, &l->involved, reterr);
	if (st == OK)
		st = dissent_remarks(rq, on->item.id, l->people, &l->remarks, reterr);
	if (st == OK)
		st = score_remarks(rq, &on->item, l->people, l->scorers, &l->notes, reterr);
	return st == OK ? item_picture_load(rq->db, on->item.id, &l->picture, reterr) : st;
}

static void fill_page(struct request *rq, const struct on_item *on, const struct loaded *l,
                      struct item_page *r)
{
	const struct agenda_item *item = &on->item;

	fill_links(rq, on, r);
	r->version = item->version;
	r->place = on->place;
	r->places = (int64_t)on->items.count;
	r->live = on->meeting.live;
	r->reference = item->reference;
	r->state = item->state;
	r->revealed = item->state == ITEM_REVEALED || item->revealed_at > 0;
	r->decided = item->state == ITEM_DECIDED;
	r->revealed_at = item->revealed_at > 0 ? item->revealed_at : INT64_MIN;
	r->criteria_version = item->criteria_version[0] != '\0'
	                          ? item->criteria_version
	                          : weighing_version(rq->arena, l->extra.list_number);
	r->weighed_on = weighing_version_words(rq->arena, r->criteria_version);
	r->sum = agreed_sum(item->agreed);
	r->scored = agreed_count(item->agreed) == LAW_FACTOR_COUNT;
	r->outcome = outcome_label(item->outcome);
	r->reason = item->reason_class;
	r->defers_left = DEFERRED_MAX_TIMES - item->deferred_times;
	r->ready = ready_rows(rq, l->people, l->scorers, &r->ready_count, &r->present_count);
	r->factors = spread_rows(rq, item, l->people, l->scores);
	r->extras = extra_spread_rows(rq, &l->extra, l->people);
	r->has_extras = r->extras.count > 0;
	r->criteria = criterion_rows(rq, item, l->people, l->dissents);
	r->outcomes = outcome_rows(rq, item);
	r->reasons = weigh_options(rq, "reason", SIGNAL_REASONS, item->reason_class, "Kies");
	r->activities =
	    weigh_options(rq, "activity", CASEFILE_ACTIVITIES, ACTIVITY_CASE_CONSULTATION, "Kies");
	r->variants = weigh_options(rq, "variant", CASEFILE_VARIANTS, VARIANT_USUAL, "Kies");
	r->organs = organ_rows(rq, item, l->people);
	r->involved = involved_names(rq->arena, l->people, l->involved);
	r->dissents = l->remarks;
	r->has_dissents = l->remarks.count > 0;
	r->notes = l->notes;
	r->has_notes = l->notes.count > 0;
	r->meeting_version = on->meeting.version;
	r->meeting_state = on->meeting.state;
	r->next_day = item->next_day > 0 ? item->next_day : INT64_MIN;
	r->advise_local = item->advise_local;
	r->deferred = item->deferred_times > 0 && !r->decided;
	r->may_ask = may_now(rq, on, &l->picture, ITEM_ASK_SCORES, &r->blocked);
	r->may_reveal = may_now(rq, on, &l->picture, ITEM_REVEAL, &r->blocked);
	r->may_again = may_now(rq, on, &l->picture, ITEM_SCORE_AGAIN, &r->blocked);
	r->may_decide = may_now(rq, on, &l->picture, ITEM_DECIDE, &r->blocked);
	r->may_dissent = meeting_is_under_way(on->meeting.state) &&
	                 rq->viewer->role == ROLE_INFO_MEETING_MEMBER &&
	                 item->state != ITEM_SCORING;
}

/* The designations that count today; the signal's own page says which it would be about. */
static enum status fill_bottlenecks(struct request *rq, struct item_page *r, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = bottleneck_list(rq->db, local_day(rq->now_ms), rq->arena, &rows, reterr);
	const struct bottleneck *b = rows.items;
	const char *typed = input_text(rq->body, "bottleneck");

	r->bottlenecks = choices_for(rq->arena, rows.count + 1);
	choices_add(&r->bottlenecks, "", "Geen", "");
	for (size_t i = 0; st == OK && i < rows.count; i++)
		if (b[i].in_force)
			choices_add(&r->bottlenecks,
			            arena_printf(rq->arena, "%lld", (long long)b[i].id), b[i].name,
			            typed != NULL ? typed : "");
	return st;
}

/* What it was written for stands in the form, for who may decide. */
static enum status fill_casefile(struct request *rq, const struct on_item *on, struct item_page *r,
                                 struct error *reterr)
{
	struct casefile_target target;

	if (!r->may_decide)
		return OK;
	const enum status st = casefile_supplemented(rq->db, rq->viewer, on->item.signal_id,
	                                             rq->arena, &target, reterr);
	if (st == OK)
		r->casefile = target.reference;
	return st == ERR_NOT_FOUND ? OK : st;
}

enum status show_item(struct request *rq, struct response *rs, struct error *reterr)
{
	struct item_page record = { 0 };
	struct on_item on = { 0 };
	struct loaded l = { 0 };

	enum status st = on_item(rq, &on, reterr);
	if (st == OK)
		st = load_around(rq, &on, &l, reterr);
	if (st == OK)
		st = item_title(rq, &on.item, &record.title, reterr);
	if (st == OK)
		st = fill_texts(rq, &on, &record, reterr);
	if (st != OK)
		return st;
	fill_page(rq, &on, &l, &record);
	st = fill_bottlenecks(rq, &record, reterr);
	if (st == OK)
		st = fill_casefile(rq, &on, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Agendapunt",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &on.meeting),
		                   .confidential = true,
		                   .template_name = "weighing/item",
		                   .form = &DECIDE_FORM };
	return page_respond(rq, rs, &page, &ITEM_VIEW, &record, reterr);
}

const struct route item_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/items/{number}",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_item,
	  .view = &ITEM_VIEW,
	  .summary = "Een agendapunt: scores na het onthullen, criteria en besluit" },
	{ 0 },
};

const struct page_template item_templates[] = {
	{ .name = "weighing/item", .view = &ITEM_VIEW, .form = &DECIDE_FORM, .whole = true },
	{ 0 },
};
