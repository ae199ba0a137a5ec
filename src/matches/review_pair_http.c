/* Two side by side: what agrees, what differs, what follows; a person judges, and can undo. */
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "matches/review_http.h"
#include "matches/review_page.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "subjects/casefile_subject.h"

/* ---- form --------------------------------------------------------------------------------------- */

struct judge_input {
	int judgement;
	const char *reason;
};
static const struct field JUDGE_FIELDS[] = {
	{ .path = "judgement",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct judge_input, judgement),
	  .label = "Zijn dit dezelfde?",
	  .required = true,
	  .missing = "Kies wat u ervan vindt.",
	  .codes = JUDGEMENT_KINDS },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct judge_input, reason),
	  .label = "Waarom?",
	  .required = true,
	  .missing = "Schrijf kort op waarom u dit oordeelt.",
	  .max_chars = JUDGEMENT_REASON_CHARS },
};
static const struct form JUDGE_FORM = { JUDGE_FIELDS, 2, sizeof(struct judge_input) };

/* ---- the page ------------------------------------------------------------------------------------ */

struct fact_row {
	const char *label, *one, *other;
	bool same, differs;
};
static const struct view_field FACT_FIELDS[] = {
	VIEW_F(struct fact_row, label, VIEW_TEXT),   VIEW_F(struct fact_row, one, VIEW_TEXT),
	VIEW_F(struct fact_row, other, VIEW_TEXT),   VIEW_F(struct fact_row, same, VIEW_BOOL),
	VIEW_F(struct fact_row, differs, VIEW_BOOL),
};
static const struct view FACT_VIEW = VIEW_OF(struct fact_row, FACT_FIELDS);

struct pair_side {
	const char *name, *reference, *href, *place;
};
static const struct view_field SIDE_FIELDS[] = {
	VIEW_F(struct pair_side, name, VIEW_TEXT),
	VIEW_F(struct pair_side, place, VIEW_TEXT),
	VIEW_F(struct pair_side, reference, VIEW_REF),
	VIEW_AS(struct pair_side, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view SIDE_VIEW = VIEW_OF(struct pair_side, SIDE_FIELDS);

struct pair_record {
	const char *one_uuid, *other_uuid, *kind;
	struct pair_side *one, *other;
	struct array facts;
	const char *verdict, *agrees, *differs, *model, *weight; /* verdict NULL: not compared */
	const char *promise, *number, *model_words;              /* the same for people */
	const char *clock, *follows;                             /* NULL: nothing */
	const char *judged, *judge, *second;                     /* judged NULL: nobody did */
	const char *why, *second_why, *explained;
	int64_t judged_at;
	bool may_judge, waits, needs_two, second_asked;
	const char *next_href, *nothing;
	int chosen;

	/* for handlers, not drawn */
	struct seen_presence seen[2];
	struct judged_side sides[2];
	struct standing_judgement standing;
	struct opened_pair open;
	struct review review;
};
#define P                          struct pair_record
#define PAGE(member, name_, kind_) VIEW_AS(P, member, name_, kind_, .page_only = true)
static const struct view_field FIELDS[] = {
	VIEW_AS(P, one_uuid, "oneUuid", VIEW_TEXT),
	VIEW_AS(P, other_uuid, "otherUuid", VIEW_TEXT),
	VIEW_F(P, kind, VIEW_TEXT),
	VIEW_AS(P, one, "one", VIEW_OBJECT, .view = &SIDE_VIEW),
	VIEW_AS(P, other, "other", VIEW_OBJECT, .view = &SIDE_VIEW),
	VIEW_AS(P, facts, "facts", VIEW_LIST, .view = &FACT_VIEW),
	VIEW_F(P, verdict, VIEW_TEXT),
	VIEW_F(P, agrees, VIEW_TEXT),
	VIEW_F(P, differs, VIEW_TEXT),
	VIEW_F(P, weight, VIEW_TEXT),
	VIEW_F(P, model, VIEW_TEXT),
	PAGE(promise, "promise", VIEW_TEXT),
	PAGE(number, "number", VIEW_TEXT),
	PAGE(model_words, "modelWords", VIEW_TEXT),
	VIEW_F(P, clock, VIEW_TEXT),
	VIEW_F(P, follows, VIEW_TEXT),
	VIEW_F(P, judged, VIEW_TEXT),
	VIEW_F(P, judge, VIEW_TEXT),
	VIEW_F(P, second, VIEW_TEXT),
	VIEW_AS(P, judged_at, "judgedAt", VIEW_MOMENT),
	VIEW_AS(P, why, "why", VIEW_TEXT),
	VIEW_AS(P, second_why, "secondWhy", VIEW_TEXT),
	VIEW_AS(P, explained, "explained", VIEW_TEXT),
	VIEW_F(P, waits, VIEW_BOOL),
	VIEW_AS(P, may_judge, "mayJudge", VIEW_BOOL),
	VIEW_AS(P, needs_two, "needsTwo", VIEW_BOOL),
	VIEW_AS(P, second_asked, "secondAsked", VIEW_BOOL),
	PAGE(next_href, "nextHref", VIEW_TEXT),
	PAGE(nothing, "reason", VIEW_TEXT),
	VIEW_AS(P, chosen, "judgement", VIEW_CODE, .codes = JUDGEMENT_KINDS, .page_only = true),
};
static const struct view PAIR_VIEW = VIEW_OF(P, FIELDS);

/* ---- loading ------------------------------------------------------------------------------------- */

/* Both sides, within his rights, the older one first; two of one kind. */
static enum status load_pair(struct request *rq, P *page, struct error *reterr)
{
	enum status st = OK;

	for (int i = 0; st == OK && i < 2; i++)
		st = seen_presence_named(rq->db, rq->viewer, rq->params[i], rq->arena,
		                         &page->seen[i], reterr);
	if (st != OK)
		return st;
	if (page->seen[0].id >= page->seen[1].id || page->seen[0].kind != page->seen[1].kind)
		return FAIL_NOT_FOUND(reterr);
	for (int i = 0; st == OK && i < 2; i++)
		st = judged_side_load(rq->db, &page->seen[i].uuid, &page->sides[i], reterr);
	if (st == OK)
		st = judgement_of_pair(rq->db, page->seen[0].id, page->seen[1].id, rq->arena,
		                       &page->standing, reterr);
	if (st == OK)
		st = review_open(rq, &page->seen[0], &page->seen[1], &page->open, reterr);
	rq->touched = (struct touched){ .kind = OBJECT_SUBJECT,
		                        .id = page->seen[0].id,
		                        .owner_id = page->seen[1].id,
		                        .owner_kind = OBJECT_SUBJECT,
		                        .count = -1 };
	return st;
}

static const struct subject_fact *fact_at(const struct subject *s, int kind)
{
	const struct subject_fact *f = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		if ((int)f[i].kind == kind)
			return &f[i];
	return NULL;
}

static void fill_facts(struct request *rq, P *page)
{
	struct fact_row *to = ARENA_ARRAY(rq->arena, struct fact_row, FACT_KIND_COUNT);
	size_t count = 0;

	for (int kind = 1; kind < FACT_KIND_COUNT; kind++) {
		const struct subject_fact *one = fact_at(&page->open.one, kind);
		const struct subject_fact *other = fact_at(&page->open.other, kind);
		if (one == NULL && other == NULL)
			continue;
		const bool both = one != NULL && other != NULL;
		const bool same = both && strcmp(one->value, other->value) == 0;
		to[count++] = (struct fact_row){
			.label = fact_label(kind),
			.one = one != NULL ? fact_shown(rq->arena, one) : NULL,
			.other = other != NULL ? fact_shown(rq->arena, other) : NULL,
			.same = same,
			.differs = both && !same,
		};
	}
	page->facts = (struct array){ to, count };
}

static struct pair_side *side_of(struct request *rq, const struct seen_presence *seen,
                                 const struct subject *s)
{
	struct pair_side *to = ARENA_NEW(rq->arena, struct pair_side);
	const char *name = alike_name(rq->arena, s);

	*to = (struct pair_side){ name[0] != '\0' ? name : subject_kind_label(s->kind),
		                  seen->reference, seen->href,
		                  seen->signal_id != 0 ? "signaal" : "casus" };
	return to;
}

/* The five-year clock of one person runs from the earliest of what is the same (WGS 1.8(7)). */
static const char *clock_of(struct request *rq, const struct judged_side sides[2])
{
	const int64_t a = sides[0].first_processed_at, b = sides[1].first_processed_at;
	const int64_t early = a < b ? a : b, late = a < b ? b : a;

	if (sides[0].kind != SUBJECT_PERSON || early == 0 || early == late)
		return NULL;
	return arena_printf(rq->arena,
	                    "Zijn dit dezelfde, dan moet alles over deze persoon weg op %s. Van de "
	                    "laatste van de twee was dat %s.",
	                    dutch_date(rq->arena, casefile_subject_gone_on(early)),
	                    dutch_date(rq->arena, casefile_subject_gone_on(late)));
}

static const char *chain_words(struct request *rq, const P *page, const struct review_conclusion *c)
{
	const struct standing_judgement *j = page->review.judgements.items;
	const char *text = "";

	for (size_t i = 0; i < c->chain_count; i++)
		for (size_t k = 0; k < page->review.judgements.count; k++) {
			if (j[k].id != c->chain[i])
				continue;
			text = arena_printf(
			    rq->arena, "%s%s%s en %s: %s", text, text[0] != '\0' ? "; " : "",
			    review_seen(&page->review, j[k].one_id)->reference,
			    review_seen(&page->review, j[k].other_id)->reference,
			    j[k].kind == JUDGEMENT_SAME ? "dezelfde" : "niet dezelfde");
		}
	return text;
}

static const char *follows_of(struct request *rq, const P *page)
{
	static const char *const WORDS[] = {
		[JUDGEMENT_SAME] = "Uit eerdere oordelen volgt: dezelfde",
		[JUDGEMENT_DIFFERENT] = "Uit eerdere oordelen volgt: niet dezelfde",
		[JUDGEMENT_UNSURE] = "Eerdere oordelen spreken elkaar tegen",
	};
	struct review_conclusion c;

	if (!review_concludes(&page->review, page->seen[0].id, page->seen[1].id, rq->arena, &c))
		return NULL;
	return arena_printf(rq->arena, "%s (%s). Dat wordt niet vanzelf vastgelegd: u beslist.",
	                    WORDS[c.kind], chain_words(rq, page, &c));
}

static bool is_shown(const P *page, const struct review_pair *p)
{
	return p->one.id == page->seen[0].id && p->other.id == page->seen[1].id;
}

/* The pair that waits after this one, the first one where this one doesn't wait, or the list that
 * follows; NULL: none. */
static const char *next_of(struct request *rq, const P *page)
{
	const struct review_pair *p = page->review.pairs.items;
	size_t next = 0;

	for (size_t i = 0; i < page->review.pairs.count; i++)
		if (is_shown(page, &p[i]))
			next = i + 1;
	if (next < page->review.pairs.count)
		return review_pair_path(rq->arena, &p[next].one, &p[next].other);
	return review_older_path(rq->arena, &page->review);
}

/* Another's judgement waits for this viewer's. */
static bool is_second(const struct request *rq, const P *page)
{
	const struct standing_judgement *j = &page->standing;

	return j->id != 0 && j->state == JUDGEMENT_WAITS &&
	       j->judged_person != rq->viewer->person_id;
}

static enum status fill_standing(struct request *rq, P *page, struct error *reterr)
{
	const struct standing_judgement *j = &page->standing;

	page->judged_at = INT64_MIN;
	page->may_judge = j->id == 0;
	if (j->id == 0)
		return OK;
	page->waits = j->state == JUDGEMENT_WAITS;
	page->second_asked = is_second(rq, page);
	page->may_judge = page->second_asked;
	/* a second person looks without knowing what the first one thought of it */
	page->judge = j->judge;
	page->judged_at = j->judged_at;
	page->judged = judgement_word(j->kind);
	page->second = j->second[0] != '\0' ? j->second : NULL;
	if (page->second_asked)
		return OK;
	struct judgement_words words;
	const enum status st = judgement_open(rq->db, plein_of(rq)->keyring, j, &page->sides[0],
	                                      &page->sides[1], rq->arena, &words, reterr);
	page->why = words.reason;
	page->second_why = words.second_reason;
	page->explained = words.explanation;
	return st;
}

static void fill_likeness(struct request *rq, P *page)
{
	const struct likeness *l = &page->open.likeness;

	if (l->model[0] == '\0')
		return;
	page->verdict = l->verdict;
	page->agrees = l->agrees[0] != '\0' ? l->agrees : NULL;
	page->differs = l->differs[0] != '\0' ? l->differs : NULL;
	page->model = l->model;
	page->weight = arena_printf(rq->arena, "%+.1f", l->weight);
	page->promise = l->promise;
	page->number = l->number;
	page->model_words = l->model_words;
}

static enum status show_pair(struct request *rq, struct response *rs, struct error *reterr)
{
	P *page = ARENA_NEW(rq->arena, P);

	enum status st = load_pair(rq, page, reterr);
	if (st == OK)
		st = review_load_with(rq->db, plein_of(rq)->live, rq->viewer, page->seen[1].id,
		                      rq->arena, &page->review, reterr);
	if (st == OK)
		st = fill_standing(rq, page, reterr);
	if (st != OK)
		return st;
	page->one_uuid = rq->params[0];
	page->other_uuid = rq->params[1];
	page->kind = subject_kind_label(page->seen[0].kind);
	page->one = side_of(rq, &page->seen[0], &page->open.one);
	page->other = side_of(rq, &page->seen[1], &page->open.other);
	page->needs_two = judgement_needs_two(JUDGEMENT_SAME, &page->sides[0], &page->sides[1]);
	page->clock = clock_of(rq, page->sides);
	page->follows = follows_of(rq, page);
	page->next_href = next_of(rq, page);
	fill_facts(rq, page);
	fill_likeness(rq, page);
	const struct page shown = { .title = "Zijn dit dezelfde?",
		                    .place = "/matches",
		                    .confidential = true,
		                    .record_path = arena_printf(rq->arena, "/matches/%s/%s",
		                                                page->one_uuid, page->other_uuid),
		                    .no_access_log = true,
		                    .template_name = "matches/pair",
		                    .form = &JUDGE_FORM };
	return page_respond(rq, rs, &shown, &PAIR_VIEW, page, reterr);
}

/* ---- judging ------------------------------------------------------------------------------------- */

struct judge_change {
	struct judging judging;
	const char *next;
};

/* What the page said, kept with the judgement. */
static const char *explanation_of(struct arena *a, const struct likeness *l)
{
	if (l->model[0] == '\0')
		return "";
	return arena_printf(a, "%s. %s (gewicht %s). Gelijk: %s. Anders: %s.", l->verdict,
	                    l->promise, l->number, l->agrees[0] != '\0' ? l->agrees : "niets",
	                    l->differs[0] != '\0' ? l->differs : "niets");
}

static enum status prepare_judge(struct request *rq, void **ret_input, struct error *reterr)
{
	struct judge_change *c = ARENA_NEW(rq->arena, struct judge_change);
	P *page = ARENA_NEW(rq->arena, P);
	struct judge_input in;

	*ret_input = c;
	enum status st = load_pair(rq, page, reterr);
	if (st == OK)
		st = review_load_with(rq->db, plein_of(rq)->live, rq->viewer, page->seen[1].id,
		                      rq->arena, &page->review, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &JUDGE_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	c->next = next_of(rq, page);
	c->judging = (struct judging){
		.one = page->sides[0],
		.other = page->sides[1],
		.kind = (enum judgement_kind)in.judgement,
		.reason = in.reason,
		.explanation = explanation_of(rq->arena, &page->open.likeness),
		.model = page->open.likeness.model,
		.weight = page->open.likeness.weight,
		.appointment_id = rq->viewer->appointment_id,
		.person_id = rq->viewer->person_id,
		.now_ms = rq->now_ms,
		.waiting = is_second(rq, page) ? &page->standing.uuid : NULL,
	};
	return judgement_seal(rq->db, plein_of(rq)->keyring, &c->judging, rq->arena, reterr);
}

static enum status apply_judge(struct db_tx *tx, void *args, struct error *reterr)
{
	static const char *const NOTES[] = {
		[JUDGING_HOLDS] = "Uw oordeel staat vast. U kunt het ongedaan maken.",
		[JUDGING_WAITS] = "Uw oordeel is bewaard. Een tweede persoon moet meekijken.",
		[JUDGING_CONFIRMED] = "U bent de tweede die dit oordeelt. Het staat nu vast.",
	};
	struct change *change = args;
	const struct judge_change *c = change->input;
	enum judging_outcome outcome = JUDGING_HOLDS;
	const enum status st = judgement_put(tx, &c->judging, &outcome, reterr);

	change->location = c->next != NULL ? c->next : "/matches";
	change->note = NOTES[outcome];
	change->created = outcome != JUDGING_CONFIRMED;
	return st;
}

static enum status prepare_undo(struct request *rq, void **ret_input, struct error *reterr)
{
	P *page = ARENA_NEW(rq->arena, P);

	*ret_input = page;
	return load_pair(rq, page, reterr);
}

static enum status apply_undo(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const P *page = change->input;

	change->location = review_pair_path(db_tx_arena(tx), &page->seen[0], &page->seen[1]);
	change->note = "Het oordeel is ongedaan gemaakt. Aan de gegevens veranderde niets.";
	return judgement_undo_pair(tx, page->seen[0].id, page->seen[1].id,
	                           rq->viewer->appointment_id, rq->now_ms, reterr);
}

const struct route review_pair_routes[] = {
	{ .method = "GET",
	  .path = "/matches/{oneUuid}/{otherUuid}",
	  .permission = PERM_MATCH_JUDGE,
	  .action = AUDIT_MATCH_LOOK,
	  .read = show_pair,
	  .view = &PAIR_VIEW,
	  .summary = "Twee naast elkaar: wat gelijk is, wat anders is, en wat eruit volgt" },
	{ .method = "POST",
	  .path = "/matches/{oneUuid}/{otherUuid}",
	  .permission = PERM_MATCH_JUDGE,
	  .action = AUDIT_MATCH_JUDGE,
	  .prepare = prepare_judge,
	  .apply = apply_judge,
	  .redraw = show_pair,
	  .form = &JUDGE_FORM,
	  .summary = "Oordelen of twee dezelfde zijn" },
	{ .method = "POST",
	  .path = "/matches/{oneUuid}/{otherUuid}/undo",
	  .permission = PERM_MATCH_JUDGE,
	  .action = AUDIT_MATCH_JUDGE,
	  .prepare = prepare_undo,
	  .apply = apply_undo,
	  .redraw = show_pair,
	  .summary = "Een oordeel ongedaan maken" },
	{ 0 },
};

const struct page_template review_pair_templates[] = {
	{ .name = "matches/pair", .view = &PAIR_VIEW, .form = &JUDGE_FORM, .whole = true },
	{ 0 },
};
