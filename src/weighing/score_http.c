/* Own scores, and who is ready: ticks, never values. */
#include "weighing/weighing_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"

/* Stored + 1, so that "not chosen" is told apart from 0. */
const struct code FACTOR_SCORES[] = {
	{ 1, "0", "0" }, { 2, "1", "1" }, { 3, "2", "2" }, { 4, "3", "3" }, { 0 },
};
/* ---- who is ready: ticks, never values ------------------------------------------------------ */

struct ready_row {
	const char *organ;
	bool ready, absent, own;
};
static const struct view_field READY_FIELDS[] = {
	VIEW_F(struct ready_row, organ, VIEW_TEXT),
	VIEW_F(struct ready_row, ready, VIEW_BOOL),
	VIEW_F(struct ready_row, absent, VIEW_BOOL),
	VIEW_F(struct ready_row, own, VIEW_BOOL),
};
const struct view READY_VIEW = VIEW_OF(struct ready_row, READY_FIELDS);

static bool scored(struct array scorers, int64_t organ_id)
{
	const struct scorer *s = scorers.items;
	for (size_t i = 0; i < scorers.count; i++)
		if (s[i].organ_id == organ_id && s[i].factors == LAW_FACTOR_COUNT)
			return true;
	return false;
}

/* One row an organ; present if anybody of it is. */
struct array ready_rows(struct request *rq, struct array people, struct array scorers,
                        int64_t *ret_ready, int64_t *ret_present)
{
	const struct attendee *p = people.items;
	struct ready_row *rows = ARENA_ARRAY(rq->arena, struct ready_row, people.count + 1);
	int64_t last = 0;
	size_t count = 0;

	for (size_t i = 0; i < people.count; i++) {
		if (p[i].organ_id != last)
			rows[count++] =
			    (struct ready_row){ p[i].on_behalf, scored(scorers, p[i].organ_id),
				                true, p[i].organ_id == rq->viewer->organ_id };
		last = p[i].organ_id;
		if (is_present(p[i].presence))
			rows[count - 1].absent = false;
	}
	for (size_t i = 0; i < count; i++) {
		*ret_present += !rows[i].absent;
		*ret_ready += rows[i].ready;
	}
	return (struct array){ rows, count };
}

/* ---- own scores ------------------------------------------------------------------------------- */

struct factor_choice {
	const char *value, *word;
	bool chosen;
};
static const struct view_field CHOICE_FIELDS[] = {
	VIEW_F(struct factor_choice, value, VIEW_TEXT),
	VIEW_F(struct factor_choice, word, VIEW_TEXT),
	VIEW_F(struct factor_choice, chosen, VIEW_BOOL),
};
static const struct view CHOICE_VIEW = VIEW_OF(struct factor_choice, CHOICE_FIELDS);

struct factor_row {
	int64_t number;
	const char *field, *label, *question, *article, *problem;
	struct array choices;
};
static const struct view_field FACTOR_FIELDS[] = {
	VIEW_F(struct factor_row, number, VIEW_INT),
	VIEW_F(struct factor_row, field, VIEW_TEXT),
	VIEW_F(struct factor_row, label, VIEW_TEXT),
	VIEW_F(struct factor_row, question, VIEW_TEXT),
	VIEW_F(struct factor_row, article, VIEW_TEXT),
	VIEW_AS(struct factor_row, problem, "problem", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct factor_row, choices, "choices", VIEW_LIST, .view = &CHOICE_VIEW),
};
static const struct view FACTOR_VIEW = VIEW_OF(struct factor_row, FACTOR_FIELDS);

static const char *const FACTOR_NAMES[] = { "a", "b", "c", "d" };

struct score_input {
	int value[LAW_FACTOR_COUNT];
};
#define SCORE_FIELD(name, at)                                                                      \
	{                                                                                          \
		.path = (name), .kind = FIELD_CODE,                                                \
		.offset = offsetof(struct score_input, value) + (at) * sizeof(int),                \
		.label = "Score " name, .codes = FACTOR_SCORES, .required = true,                  \
		.missing = "Kies een score bij elke factor."                                       \
	}
static const struct field SCORE_FIELDS[] = { SCORE_FIELD("a", 0), SCORE_FIELD("b", 1),
	                                     SCORE_FIELD("c", 2), SCORE_FIELD("d", 3) };
static const struct form SCORE_FORM = { SCORE_FIELDS, 4, sizeof(struct score_input) };

struct score_page {
	const char *reference, *title, *on_behalf, *topic, *href, *item_href, *back_href, *blocked;
	const char *criteria_version;
	uint8_t state;
	int64_t place, places, ready_count, present_count, live;
	struct array factors, ready;
	bool given, open;
};
static const struct view_field SCORE_PAGE_FIELDS[] = {
	VIEW_F(struct score_page, reference, VIEW_REF),
	VIEW_F(struct score_page, title, VIEW_TEXT),
	VIEW_AS(struct score_page, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct score_page, topic, "topic", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct score_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct score_page, item_href, "itemHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct score_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct score_page, blocked, VIEW_TEXT),
	VIEW_AS(struct score_page, criteria_version, "criteriaVersion", VIEW_TEXT),
	VIEW_AS(struct score_page, state, "state", VIEW_STATE, .machine = &ITEM_MACHINE),
	VIEW_F(struct score_page, place, VIEW_INT),
	VIEW_F(struct score_page, places, VIEW_INT),
	VIEW_AS(struct score_page, ready_count, "readyCount", VIEW_INT),
	VIEW_AS(struct score_page, present_count, "presentCount", VIEW_INT),
	VIEW_AS(struct score_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct score_page, factors, "factors", VIEW_LIST, .view = &FACTOR_VIEW),
	VIEW_AS(struct score_page, ready, "ready", VIEW_LIST, .view = &READY_VIEW),
	VIEW_F(struct score_page, given, VIEW_BOOL),
	VIEW_AS(struct score_page, open, "open", VIEW_BOOL, .page_only = true),
};
static const struct view SCORE_VIEW = VIEW_OF(struct score_page, SCORE_PAGE_FIELDS);

static struct array factor_rows(struct request *rq, const int64_t own[LAW_FACTOR_COUNT])
{
	size_t count = 0;
	const struct law_factor *f = law_factors(&count);
	struct factor_row *rows = ARENA_ARRAY(rq->arena, struct factor_row, count);

	for (size_t i = 0; i < count; i++) {
		struct factor_choice *c =
		    ARENA_ARRAY(rq->arena, struct factor_choice, LAW_FACTOR_SCORE_MAX + 1);
		const char *typed = input_text(rq->body, FACTOR_NAMES[i]);
		const struct problem *problem = problems_at(rq->problems, FACTOR_NAMES[i]);
		for (int v = 0; v <= LAW_FACTOR_SCORE_MAX; v++)
			c[v] =
			    (struct factor_choice){ FACTOR_SCORES[v].name, f[i].words[v],
				                    typed != NULL
				                        ? strcmp(typed, FACTOR_SCORES[v].name) == 0
				                        : own[i] == v };
		rows[i] = (struct factor_row){ (int64_t)i + 1,
			                       FACTOR_NAMES[i],
			                       f[i].label,
			                       f[i].question,
			                       f[i].article,
			                       problem != NULL ? problem->message : NULL,
			                       { c, LAW_FACTOR_SCORE_MAX + 1 } };
	}
	return (struct array){ rows, count };
}

/* May the viewer score this item now? Loads who is there and who scored. */
static enum status ask_score(struct request *rq, const struct on_item *on, struct array *ret_people,
                             struct array *ret_scorers, struct verdict *ret, struct error *reterr)
{
	struct score_asking q = { .item_state = on->item.state, .letter = rq->viewer->letter };

	enum status st = attendee_list(rq->db, on->meeting.id, rq->arena, ret_people, reterr);
	if (st == OK)
		st = scorer_list(rq->db, on->item.id, rq->arena, ret_scorers, reterr);
	if (st != OK)
		return st;
	const struct attendee *p = ret_people->items;
	for (size_t i = 0; i < ret_people->count; i++)
		if (p[i].appointment_id == rq->viewer->appointment_id)
			q.presence = p[i].presence;
	const struct scorer *s = ret_scorers->items;
	for (size_t i = 0; i < ret_scorers->count; i++)
		if (s[i].organ_id == rq->viewer->organ_id &&
		    s[i].appointment_id != rq->viewer->appointment_id)
			q.by_another = true;
	*ret = weighing_may_score(&q);
	return OK;
}

static enum status show_score(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array people = { 0 }, scorers = { 0 };
	int64_t own[LAW_FACTOR_COUNT];
	struct verdict v = { 0 };
	struct on_item on = { 0 };
	const char *title = NULL;

	enum status st = on_item(rq, &on, reterr);
	if (st == OK)
		st = ask_score(rq, &on, &people, &scorers, &v, reterr);
	if (st == OK)
		st = own_scores(rq->db, on.item.id, rq->viewer->organ_id, own, reterr);
	if (st == OK)
		st = item_title(rq, &on.item, &title, reterr);
	if (st != OK)
		return st;
	struct score_page record = {
		.reference = on.item.reference,
		.title = title,
		.on_behalf = rq->frame != NULL ? rq->frame->on_behalf : NULL,
		.topic = meeting_topic(rq->arena, &on.meeting),
		.href = item_path(rq->arena, &on, "/score"),
		.item_href = item_path(rq->arena, &on, ""),
		.back_href = meeting_path(rq->arena, &on.meeting, ""),
		.blocked = verdict_allows(v) ? NULL : v.sentence,
		.criteria_version = law_criteria_version(),
		.state = on.item.state,
		.place = on.place,
		.places = (int64_t)on.items.count,
		.live = on.meeting.live,
		.factors = factor_rows(rq, own),
		.given = own[0] >= 0,
		.open = verdict_allows(v),
	};
	record.ready = ready_rows(rq, people, scorers, &record.ready_count, &record.present_count);
	const struct page page = { .title = "Uw score",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &on.meeting),
		                   .confidential = true,
		                   .template_name = "weighing/score",
		                   .form = &SCORE_FORM };
	return page_respond(rq, rs, &page, &SCORE_VIEW, &record, reterr);
}

struct score_change {
	struct score_input in;
	struct on_item on;
	struct scoring scoring;
};

static enum status prepare_score(struct request *rq, void **ret_input, struct error *reterr)
{
	struct score_change *c = ARENA_NEW(rq->arena, struct score_change);
	struct array people = { 0 }, scorers = { 0 };
	struct verdict v = { 0 };

	*ret_input = c;
	enum status st = on_item(rq, &c->on, reterr);
	if (st == OK)
		st = ask_score(rq, &c->on, &people, &scorers, &v, reterr);
	if (st != OK)
		return st;
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	input_read(rq->body, &SCORE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	c->scoring = (struct scoring){ c->on.item.id,
		                       rq->viewer->organ_id,
		                       rq->viewer->appointment_id,
		                       rq->now_ms,
		                       { c->in.value[0] - 1, c->in.value[1] - 1, c->in.value[2] - 1,
		                         c->in.value[3] - 1 } };
	return OK;
}

static enum status apply_score(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct score_change *c = change->input;

	enum status st = score_put(tx, &c->scoring, reterr);
	change->location = item_path(db_tx_arena(tx), &c->on, "/score");
	change->note = "Uw score is bewaard. Niemand ziet hem tot het onthullen.";
	return st == OK ? stir_screens(tx, change, &c->on.meeting, reterr) : st;
}

const struct route score_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/items/{number}/score",
	  .permission = PERM_MEETING_SCORE,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_score,
	  .view = &SCORE_VIEW,
	  .summary = "Uw eigen score en wie klaar is" },
	{ .method = "POST",
	  .path = "/meetings/{ref}/items/{number}/score",
	  .permission = PERM_MEETING_SCORE,
	  .action = AUDIT_SCORE,
	  .prepare = prepare_score,
	  .apply = apply_score,
	  .redraw = show_score,
	  .form = &SCORE_FORM,
	  .summary = "Een score geven" },
	{ 0 },
};

const struct page_template score_templates[] = {
	{ .name = "weighing/score", .view = &SCORE_VIEW, .form = &SCORE_FORM, .whole = true },
	{ 0 },
};
