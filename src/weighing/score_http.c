/* Own scores, and who is ready: ticks, never values. */
#include "weighing/factors.h"
#include "weighing/weighing_page.h"

#include <stdlib.h>

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
				                true, false };
		last = p[i].organ_id;
		rows[count - 1].own |= p[i].appointment_id == rq->viewer->appointment_id;
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
static const char *const EXTRA_NAMES[EXTRA_FACTORS_MAX] = { "extra1", "extra2", "extra3",
	                                                    "extra4" };

struct score_input {
	int value[LAW_FACTOR_COUNT], extra[EXTRA_FACTORS_MAX];
	int64_t organ;
	const char *note;
	bool take_over;
};
#define SCORE_FIELD(name, at)                                                                      \
	{                                                                                          \
		.path = (name), .kind = FIELD_CODE,                                                \
		.offset = offsetof(struct score_input, value) + (at) * sizeof(int),                \
		.label = "Score " name, .codes = FACTOR_SCORES, .required = true,                  \
		.missing = "Kies een score bij elke factor."                                       \
	}
#define EXTRA_FIELD(at)                                                                            \
	{                                                                                          \
		.path = "extra" #at, .kind = FIELD_CODE,                                           \
		.offset = offsetof(struct score_input, extra) + ((at)-1) * sizeof(int),            \
		.label = "Eigen factor " #at, .codes = FACTOR_SCORES                               \
	}
static const struct field SCORE_FIELDS[] = { SCORE_FIELD("a", 0),
	                                     SCORE_FIELD("b", 1),
	                                     SCORE_FIELD("c", 2),
	                                     SCORE_FIELD("d", 3),
	                                     EXTRA_FIELD(1),
	                                     EXTRA_FIELD(2),
	                                     EXTRA_FIELD(3),
	                                     EXTRA_FIELD(4),
	                                     { .path = "organ",
	                                       .kind = FIELD_INT,
	                                       .offset = offsetof(struct score_input, organ),
	                                       .label = "Namens wie" },
	                                     { .path = "note",
	                                       .kind = FIELD_PROSE,
	                                       .offset = offsetof(struct score_input, note),
	                                       .label = "Toelichting",
	                                       .max_chars = 1000 },
	                                     { .path = "takeOver",
	                                       .kind = FIELD_BOOL,
	                                       .offset = offsetof(struct score_input, take_over),
	                                       .label = "Ik spreek nu namens deze organisatie" } };
static const struct form SCORE_FORM = { SCORE_FIELDS, sizeof SCORE_FIELDS / sizeof SCORE_FIELDS[0],
	                                sizeof(struct score_input) };

/* Another organ for which the viewer speaks at this meeting. */
struct other_voice {
	const char *href, *on_behalf;
	bool current, scored;
};
static const struct view_field OTHER_FIELDS[] = {
	VIEW_AS(struct other_voice, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct other_voice, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct other_voice, current, VIEW_BOOL),
	VIEW_F(struct other_voice, scored, VIEW_BOOL),
};
static const struct view OTHER_VIEW = VIEW_OF(struct other_voice, OTHER_FIELDS);

struct score_page {
	const char *reference, *title, *on_behalf, *topic, *href, *item_href, *back_href, *blocked;
	const char *criteria_version, *weighed_on, *note, *next, *stand_href;
	uint8_t state;
	int64_t place, places, ready_count, present_count, live, organ;
	struct array factors, extras, ready, voices;
	bool has_extras, given, open, may_take_over, several, revealed;
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
	VIEW_AS(struct score_page, weighed_on, "weighedOn", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct score_page, state, "state", VIEW_STATE, .machine = &ITEM_MACHINE),
	VIEW_F(struct score_page, place, VIEW_INT),
	VIEW_F(struct score_page, places, VIEW_INT),
	VIEW_AS(struct score_page, ready_count, "readyCount", VIEW_INT),
	VIEW_AS(struct score_page, present_count, "presentCount", VIEW_INT),
	VIEW_AS(struct score_page, live, "live", VIEW_INT, .page_only = true),
	VIEW_AS(struct score_page, factors, "factors", VIEW_LIST, .view = &FACTOR_VIEW),
	VIEW_AS(struct score_page, extras, "extras", VIEW_LIST, .view = &FACTOR_VIEW),
	VIEW_AS(struct score_page, has_extras, "hasExtras", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct score_page, ready, "ready", VIEW_LIST, .view = &READY_VIEW),
	VIEW_F(struct score_page, note, VIEW_TEXT),
	VIEW_F(struct score_page, next, VIEW_TEXT),
	VIEW_F(struct score_page, organ, VIEW_INT),
	VIEW_AS(struct score_page, stand_href, "standHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct score_page, voices, "voices", VIEW_LIST, .view = &OTHER_VIEW),
	VIEW_AS(struct score_page, may_take_over, "mayTakeOver", VIEW_BOOL),
	VIEW_AS(struct score_page, several, "several", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct score_page, revealed, "revealed", VIEW_BOOL, .page_only = true),
	VIEW_F(struct score_page, given, VIEW_BOOL),
	VIEW_AS(struct score_page, open, "open", VIEW_BOOL, .page_only = true),
};
static const struct view SCORE_VIEW = VIEW_OF(struct score_page, SCORE_PAGE_FIELDS);

/* 0 to 3 with their words; what was typed wins over what was given before (-1: nothing). */
static struct array choices_of(struct request *rq, const char *field, const char *const words[],
                               int64_t own)
{
	const char *typed = input_text(rq->body, field);
	struct factor_choice *c =
	    ARENA_ARRAY(rq->arena, struct factor_choice, LAW_FACTOR_SCORE_MAX + 1);

	for (int v = 0; v <= LAW_FACTOR_SCORE_MAX; v++) {
		const char *value = FACTOR_SCORES[v].name;
		c[v] =
		    (struct factor_choice){ value, words[v],
			                    typed != NULL ? strcmp(typed, value) == 0 : own == v };
	}
	return (struct array){ c, LAW_FACTOR_SCORE_MAX + 1 };
}

static const char *problem_at(const struct request *rq, const char *field)
{
	const struct problem *problem = problems_at(rq->problems, field);
	return problem != NULL ? problem->message : NULL;
}

static struct array factor_rows(struct request *rq, const int64_t own[LAW_FACTOR_COUNT])
{
	size_t count = 0;
	const struct law_factor *f = law_factors(&count);
	struct factor_row *rows = ARENA_ARRAY(rq->arena, struct factor_row, count);

	for (size_t i = 0; i < count; i++)
		rows[i] = (struct factor_row){
			(int64_t)i + 1,
			FACTOR_NAMES[i],
			f[i].label,
			f[i].question,
			f[i].article,
			problem_at(rq, FACTOR_NAMES[i]),
			choices_of(rq, FACTOR_NAMES[i], f[i].words, own[i]),
		};
	return (struct array){ rows, count };
}

/* Numbered on from the law's four. */
static struct array extra_rows(struct request *rq, struct array factors,
                               const int64_t own[EXTRA_FACTORS_MAX])
{
	const struct extra_factor *f = factors.items;
	struct factor_row *rows = ARENA_ARRAY(rq->arena, struct factor_row, factors.count + 1);

	for (size_t i = 0; i < factors.count; i++) {
		const char *const words[LAW_FACTOR_SCORE_MAX + 1] = { f[i].low, "", "", f[i].high };
		rows[i] = (struct factor_row){
			(int64_t)i + 1 + LAW_FACTOR_COUNT,
			EXTRA_NAMES[i],
			f[i].name,
			f[i].question,
			NULL,
			problem_at(rq, EXTRA_NAMES[i]),
			choices_of(rq, EXTRA_NAMES[i], words, own[i]),
		};
	}
	return (struct array){ rows, factors.count };
}

/* One viewer at one item: for whom he speaks, and whether he may score for the organ he chose. */
struct ballot {
	struct array speakers, scorers;
	int64_t organ_id;
	const char *on_behalf; /* of that organ */
	struct score_asking asking;
	struct verdict verdict;
};

/* The organ that the address or the form names, else his own. */
static int64_t chosen_organ(const struct request *rq)
{
	const char *in_form = input_text(rq->body, "organ");
	const char *text = in_form != NULL ? in_form : input_text(rq->query, "organ");
	const long long id = text != NULL ? strtoll(text, NULL, 10) : 0;

	return id > 0 ? id : rq->viewer->organ_id;
}

static void look_around(struct request *rq, struct ballot *b)
{
	const struct attendee *p = b->speakers.items;
	const struct scorer *s = b->scorers.items;

	for (size_t i = 0; i < b->speakers.count; i++) {
		if (p[i].organ_id != b->organ_id ||
		    p[i].appointment_id != rq->viewer->appointment_id)
			continue;
		b->asking.speaks = true;
		b->asking.presence = p[i].presence;
		b->asking.letter = p[i].letter;
		b->on_behalf = p[i].on_behalf;
	}
	for (size_t i = 0; i < b->scorers.count; i++)
		b->asking.by_another |= s[i].organ_id == b->organ_id &&
		                        s[i].appointment_id != rq->viewer->appointment_id;
}

static enum status ask_ballot(struct request *rq, const struct on_item *on, struct ballot *b,
                              struct error *reterr)
{
	const char *over = input_text(rq->body, "takeOver");

	*b = (struct ballot){ .organ_id = chosen_organ(rq),
		              .asking = { .item_state = on->item.state,
		                          .meeting_state = on->meeting.state,
		                          .letter = rq->viewer->letter,
		                          .takes_over =
		                              over != NULL && strcmp(over, "false") != 0 } };
	enum status st = speaker_list(rq->db, on->meeting.id, rq->arena, &b->speakers, reterr);
	if (st == OK)
		st = scorer_list(rq->db, on->item.id, rq->arena, &b->scorers, reterr);
	if (st != OK)
		return st;
	look_around(rq, b);
	b->verdict = weighing_may_score(&b->asking);
	return OK;
}

static struct array voices_of(struct request *rq, const struct on_item *on, const struct ballot *b)
{
	const struct attendee *p = b->speakers.items;
	struct other_voice *rows =
	    ARENA_ARRAY(rq->arena, struct other_voice, b->speakers.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < b->speakers.count; i++)
		if (p[i].appointment_id == rq->viewer->appointment_id)
			rows[count++] =
			    (struct other_voice){ arena_printf(rq->arena, "%s?organ=%lld",
				                               item_path(rq->arena, on, "/score"),
				                               (long long)p[i].organ_id),
				                  p[i].on_behalf, p[i].organ_id == b->organ_id,
				                  scored(b->scorers, p[i].organ_id) };
	return (struct array){ rows, count };
}

/* True where only saying that he speaks now stands between him and the score. */
static bool may_take_over(const struct ballot *b)
{
	struct score_asking q = b->asking;

	q.takes_over = true;
	return b->asking.by_another && verdict_allows(weighing_may_score(&q));
}

static struct score_page page_of(struct request *rq, const struct on_item *on,
                                 const struct ballot *b)
{
	const char *version = weighing_version(rq->arena, on->meeting.factor_list_number);

	return (struct score_page){
		.reference = on->item.reference,
		.on_behalf = b->on_behalf,
		.topic = meeting_topic(rq->arena, &on->meeting),
		.href = item_path(rq->arena, on, "/score"),
		.stand_href =
		    arena_printf(rq->arena, "%s?organ=%lld", item_path(rq->arena, on, "/score"),
		                 (long long)b->organ_id),
		.item_href = item_path(rq->arena, on, ""),
		.back_href = meeting_path(rq->arena, &on->meeting, ""),
		.blocked = verdict_allows(b->verdict) ? NULL : b->verdict.sentence,
		.next = verdict_allows(b->verdict) ? NULL : b->verdict.next,
		.criteria_version = version,
		.weighed_on = weighing_version_words(rq->arena, version),
		.state = on->item.state,
		.place = on->place,
		.places = (int64_t)on->items.count,
		.live = on->meeting.live,
		.organ = b->organ_id,
		.voices = voices_of(rq, on, b),
		.open = verdict_allows(b->verdict) || may_take_over(b),
		.may_take_over = may_take_over(b),
		.revealed = on->item.revealed_at > 0,
	};
}

/* What he gave before, where he may see it: his own, or nobody's. */
static enum status fill_own(struct request *rq, const struct on_item *on, const struct ballot *b,
                            struct score_page *ret, struct error *reterr)
{
	int64_t own[LAW_FACTOR_COUNT], extra[EXTRA_FACTORS_MAX], number = 0;
	struct array factors = { 0 };

	/* Organ 0 scored nothing. */
	const int64_t organ = b->asking.speaks && !b->asking.by_another ? b->organ_id : 0;
	enum status st = own_scores(rq->db, on->item.id, organ, own, reterr);
	if (st == OK)
		st = own_extra_scores(rq->db, on->item.id, organ, extra, reterr);
	if (st == OK)
		st = meeting_factors(rq->db, &on->meeting, rq->arena, &factors, &number, reterr);
	if (st == OK && organ != 0)
		st = agenda_text_load(rq->db, plein_of(rq)->keyring, on->item.id, TEXT_SCORE_NOTE,
		                      organ, rq->arena, &ret->note, reterr);
	if (st != OK)
		return st;
	ret->factors = factor_rows(rq, own);
	ret->extras = extra_rows(rq, factors, extra);
	ret->has_extras = factors.count > 0;
	ret->given = own[0] >= 0;
	return OK;
}

static enum status show_score(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_item on = { 0 };
	struct ballot b = { 0 };

	enum status st = on_item(rq, &on, reterr);
	if (st == OK)
		st = ask_ballot(rq, &on, &b, reterr);
	if (st != OK)
		return st;
	struct score_page record = page_of(rq, &on, &b);
	st = fill_own(rq, &on, &b, &record, reterr);
	if (st == OK)
		st = item_title(rq, &on.item, &record.title, reterr);
	if (st != OK)
		return st;
	record.several = record.voices.count > 1;
	record.ready =
	    ready_rows(rq, b.speakers, b.scorers, &record.ready_count, &record.present_count);
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
	const char *then; /* the next of his organs without a score; NULL: none */
};

static const char *next_voice(struct array voices)
{
	const struct other_voice *v = voices.items;
	for (size_t i = 0; i < voices.count; i++)
		if (!v[i].current && !v[i].scored)
			return v[i].href;
	return NULL;
}

/* A score for a factor that the list of this meeting doesn't have would be seen by nobody. */
static void check_extras(struct request *rq, const struct score_change *c, size_t known)
{
	for (size_t i = known; i < EXTRA_FACTORS_MAX; i++)
		if (c->in.extra[i] != 0)
			problems_add(rq->problems, PROBLEM_ERROR, EXTRA_NAMES[i],
			             "Deze factor staat niet op de weeglijst van dit overleg.");
}

static enum status prepare_score(struct request *rq, void **ret_input, struct error *reterr)
{
	struct score_change *c = ARENA_NEW(rq->arena, struct score_change);
	struct array extras = { 0 };
	struct ballot b = { 0 };
	int64_t number = 0;

	*ret_input = c;
	enum status st = on_item(rq, &c->on, reterr);
	if (st == OK)
		st = ask_ballot(rq, &c->on, &b, reterr);
	if (st == OK)
		st = meeting_factors(rq->db, &c->on.meeting, rq->arena, &extras, &number, reterr);
	if (st != OK)
		return st;
	if (!verdict_allows(b.verdict))
		return FAIL(reterr, ERR_CONFLICT, "%s", b.verdict.sentence);
	input_read(rq->body, &SCORE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_extras(rq, c, extras.count);
	c->then = next_voice(voices_of(rq, &c->on, &b));
	c->scoring = (struct scoring){ .item_id = c->on.item.id,
		                       .organ_id = b.organ_id,
		                       .appointment_id = rq->viewer->appointment_id,
		                       .now_ms = rq->now_ms,
		                       .criteria_version = weighing_version(rq->arena, number),
		                       .takes_over = c->in.take_over };
	for (int f = 0; f < LAW_FACTOR_COUNT; f++)
		c->scoring.values[f] = c->in.value[f] - 1;
	for (int f = 0; f < EXTRA_FACTORS_MAX; f++)
		c->scoring.extra[f] = c->in.extra[f] - 1;
	agenda_text_seal(plein_of(rq)->keyring, c->on.item.id, TEXT_SCORE_NOTE, b.organ_id,
	                 c->in.note, rq->arena, &c->scoring.note);
	return OK;
}

static enum status apply_score(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct score_change *c = change->input;

	enum status st = score_put(tx, &c->scoring, reterr);
	change->location = c->then != NULL ? c->then : item_path(db_tx_arena(tx), &c->on, "/score");
	change->note =
	    c->then != NULL
		? "Uw score is bewaard. U spreekt ook namens een ander: geef nu die score."
		: "Uw score is bewaard. Niemand ziet hem tot het onthullen.";
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
