/* The list of pairs that may be the same, and of what was judged. */
#include "matches/review_http.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "matches/review_page.h"
#include "platform/view/choice.h"
#include "plein/plein.h"

static const char NEWEST[] = "newest";

struct pair_row {
	const char *one, *other, *href; /* names: "Ilse Zandstra" */
	const char *one_reference, *other_reference, *kind, *verdict, *why;
	bool second;
};
static const struct view_field PAIR_FIELDS[] = {
	VIEW_AS(struct pair_row, one, "one", VIEW_TEXT, .label = "De een"),
	VIEW_AS(struct pair_row, one_reference, "oneReference", VIEW_REF, .label = "Uit"),
	VIEW_AS(struct pair_row, other, "other", VIEW_TEXT, .label = "De ander"),
	VIEW_AS(struct pair_row, other_reference, "otherReference", VIEW_REF, .label = "Ook uit"),
	VIEW_AS(struct pair_row, href, "path", VIEW_TEXT),
	VIEW_AS(struct pair_row, kind, "kind", VIEW_TEXT, .label = "Soort"),
	VIEW_AS(struct pair_row, verdict, "verdict", VIEW_TEXT, .label = "Inschatting"),
	VIEW_AS(struct pair_row, why, "why", VIEW_TEXT, .label = "Waarom"),
	VIEW_AS(struct pair_row, second, "second", VIEW_BOOL,
	        .label = "Wacht op een tweede persoon"),
};
static const struct view PAIR_VIEW = VIEW_OF(struct pair_row, PAIR_FIELDS);

struct judged_row {
	const char *judge, *second, *href, *one_reference, *other_reference;
	int kind;
	int64_t at;
	bool waits;
};
static const struct view_field JUDGED_FIELDS[] = {
	VIEW_AS(struct judged_row, one_reference, "oneReference", VIEW_REF),
	VIEW_AS(struct judged_row, other_reference, "otherReference", VIEW_REF),
	VIEW_AS(struct judged_row, href, "path", VIEW_TEXT),
	VIEW_AS(struct judged_row, kind, "judgement", VIEW_CODE, .codes = JUDGEMENT_KINDS),
	VIEW_F(struct judged_row, judge, VIEW_TEXT),
	VIEW_F(struct judged_row, second, VIEW_TEXT),
	VIEW_F(struct judged_row, at, VIEW_MOMENT),
	VIEW_F(struct judged_row, waits, VIEW_BOOL),
};
static const struct view JUDGED_VIEW = VIEW_OF(struct judged_row, JUDGED_FIELDS);

struct review_record {
	struct array pairs, judged, orders;
	const char *first_href, *older_href, *csv_href, *ods_href;
	const char *before;      /* the part that is shown, to stay in it; NULL: the first */
	const char *next_before; /* for the API: the next part is the one before this */
	int64_t compared;
	bool has_pairs, has_judged, more_seen, more_pairs, loading, later;
};
static const struct view_field FIELDS[] = {
	VIEW_AS(struct review_record, pairs, "items", VIEW_LIST, .view = &PAIR_VIEW),
	VIEW_AS(struct review_record, judged, "judged", VIEW_LIST, .view = &JUDGED_VIEW),
	VIEW_F(struct review_record, compared, VIEW_INT),
	VIEW_AS(struct review_record, more_seen, "moreSeen", VIEW_BOOL),
	VIEW_AS(struct review_record, next_before, "nextBefore", VIEW_TEXT),
	VIEW_AS(struct review_record, more_pairs, "morePairs", VIEW_BOOL),
	VIEW_F(struct review_record, loading, VIEW_BOOL),
	VIEW_AS(struct review_record, has_pairs, "hasPairs", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct review_record, has_judged, "hasJudged", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct review_record, first_href, "firstHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct review_record, older_href, "olderHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct review_record, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct review_record, ods_href, "odsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct review_record, before, "before", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct review_record, orders, "orderOptions", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct review_record, later, "later", VIEW_BOOL, .page_only = true),
};
static const struct view REVIEW_VIEW = VIEW_OF(struct review_record, FIELDS);

const char *review_pair_path(struct arena *a, const struct seen_presence *one,
                             const struct seen_presence *other)
{
	char left[UUID_TEXT_BYTES], right[UUID_TEXT_BYTES];

	uuid_text(one->id < other->id ? &one->uuid : &other->uuid, left);
	uuid_text(one->id < other->id ? &other->uuid : &one->uuid, right);
	return arena_printf(a, "/matches/%s/%s", left, right);
}

enum status review_open(struct request *rq, const struct seen_presence *one,
                        const struct seen_presence *other, struct opened_pair *ret,
                        struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	enum status st = subject_identity(rq->db, k, one->id, rq->arena, &ret->one, reterr);

	if (st == OK)
		st = subject_identity(rq->db, k, other->id, rq->arena, &ret->other, reterr);
	if (st != OK)
		return st;
	const struct likeness_side left = { ret->one.facts.items, ret->one.facts.count };
	const struct likeness_side right = { ret->other.facts.items, ret->other.facts.count };
	return live_compare(plein_of(rq)->live, one->kind, &left, &right, rq->arena, &ret->likeness,
	                    reterr);
}

static enum status fill_pairs(struct request *rq, const struct review *v,
                              struct review_record *record, struct error *reterr)
{
	const struct review_pair *p = v->pairs.items;
	struct pair_row *to = ARENA_ARRAY(rq->arena, struct pair_row, v->pairs.count + 1);
	size_t count = 0;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < v->pairs.count; i++) {
		struct opened_pair open;
		st = review_open(rq, &p[i].one, &p[i].other, &open, reterr);
		if (st == ERR_NOT_FOUND) { /* forgotten a moment ago */
			st = OK;
			continue;
		}
		if (st != OK || (open.likeness.agrees[0] == '\0' && !p[i].second))
			continue; /* nothing speaks for it: not worth anybody's look */
		to[count++] =
		    (struct pair_row){ .one = alike_name(rq->arena, &open.one),
			               .other = alike_name(rq->arena, &open.other),
			               .href = review_pair_path(rq->arena, &p[i].one, &p[i].other),
			               .one_reference = p[i].one.reference,
			               .other_reference = p[i].other.reference,
			               .kind = subject_kind_label(p[i].one.kind),
			               .verdict = open.likeness.verdict,
			               .why = open.likeness.short_words,
			               .second = p[i].second };
	}
	record->pairs = (struct array){ to, count };
	record->has_pairs = count > 0;
	record->first_href = count > 0 ? to[0].href : NULL;
	return st;
}

static void fill_judged(struct request *rq, const struct review *v, struct review_record *record)
{
	enum { MAX = 50 };
	const struct standing_judgement *j = v->judgements.items;
	struct judged_row *to = ARENA_ARRAY(rq->arena, struct judged_row, MAX);
	size_t count = 0;

	for (size_t i = 0; i < v->judgements.count && count < MAX; i++) {
		if (!review_in_part(v, j[i].other_id))
			continue;
		const struct seen_presence *one = review_seen(v, j[i].one_id);
		const struct seen_presence *other = review_seen(v, j[i].other_id);
		to[count++] = (struct judged_row){ .judge = j[i].judge,
			                           .second = j[i].second,
			                           .href = review_pair_path(rq->arena, one, other),
			                           .one_reference = one->reference,
			                           .other_reference = other->reference,
			                           .kind = (int)j[i].kind,
			                           .at = j[i].judged_at,
			                           .waits = j[i].state == JUDGEMENT_WAITS };
	}
	record->judged = (struct array){ to, count };
	record->has_judged = count > 0;
}

/* Which part is asked for: "before" names a presence that he sees. */
static enum status asked_part(struct request *rq, int64_t *ret_before, struct error *reterr)
{
	const char *before = input_text(rq->query, "before");
	struct seen_presence seen;

	*ret_before = SEEN_FROM_NEWEST;
	if (before == NULL || before[0] == '\0')
		return OK;
	const enum status st =
	    seen_presence_named(rq->db, rq->viewer, before, rq->arena, &seen, reterr);
	*ret_before = st == OK ? seen.id : 0;
	return st;
}

const char *review_older_path(struct arena *a, const struct review *v)
{
	const struct seen_presence *s = v->part.items;
	char oldest[UUID_TEXT_BYTES];

	if (!v->more_seen)
		return NULL;
	uuid_text(&s[v->part.count - 1].uuid, oldest);
	return arena_printf(a, "/matches?before=%s", oldest);
}

static bool newest_asked(const struct request *rq)
{
	const char *order = input_text(rq->query, "sort");
	return order != NULL && strcmp(order, NEWEST) == 0;
}

/* The same part, in the same order; more: "format=csv". */
static const char *this_part(struct request *rq, const struct review_record *record,
                             const char *more)
{
	const char *part =
	    record->before != NULL ? arena_printf(rq->arena, "before=%s&", record->before) : "";

	return arena_printf(rq->arena, "/matches?%s%s%s", part,
	                    newest_asked(rq) ? "sort=newest&" : "", more);
}

static void fill_links(struct request *rq, const struct review *v, struct review_record *record)
{
	const bool newest = newest_asked(rq);
	const char *older = review_older_path(rq->arena, v);

	if (record->later)
		record->before = input_text(rq->query, "before");
	if (older != NULL) {
		record->next_before = strchr(older, '=') + 1;
		record->older_href =
		    newest ? arena_printf(rq->arena, "%s&sort=newest", older) : older;
	}
	record->csv_href = this_part(rq, record, "format=csv");
	record->ods_href = this_part(rq, record, "format=ods");
	record->orders = choices_for(rq->arena, 2);
	choices_add(&record->orders, "likely", "Meest waarschijnlijk eerst",
	            newest ? NEWEST : "likely");
	choices_add(&record->orders, NEWEST, "Nieuwste eerst", newest ? NEWEST : "likely");
}

static enum status show_review(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct plein *p = plein_of(rq);
	struct review_record record = { .loading = !live_ready(p->live) };
	struct review v;
	int64_t before = 0;

	enum status st = asked_part(rq, &before, reterr);
	if (st == OK)
		st = review_load(rq->db, p->live, rq->viewer, before, rq->arena, &v, reterr);
	if (st == OK && newest_asked(rq))
		review_newest_first(&v);
	if (st == OK)
		st = fill_pairs(rq, &v, &record, reterr);
	if (st != OK)
		return st;
	fill_judged(rq, &v, &record);
	record.compared = (int64_t)v.part.count;
	record.more_seen = v.more_seen;
	record.later = before != SEEN_FROM_NEWEST && before != 0;
	fill_links(rq, &v, &record);
	record.more_pairs = v.more_pairs;
	rq->touched =
	    (struct touched){ .kind = OBJECT_SUBJECT, .count = (int32_t)record.pairs.count };
	if (rq->wants_csv)
		return page_csv(rq, rs, "mogelijk-dezelfde.csv", &PAIR_VIEW, record.pairs, reterr);
	if (rq->wants_ods)
		return page_ods(rq, rs, "mogelijk-dezelfde.ods", &PAIR_VIEW, record.pairs, reterr);
	const struct page page = { .title = "Mogelijk dezelfde",
		                   .place = "/matches",
		                   .confidential = true,
		                   .template_name = "matches/list" };
	return page_respond(rq, rs, &page, &REVIEW_VIEW, &record, reterr);
}

const struct route review_routes[] = {
	{ .method = "GET",
	  .path = "/matches",
	  .permission = PERM_MATCH_JUDGE,
	  .action = AUDIT_MATCH_LOOK,
	  .read = show_review,
	  .view = &REVIEW_VIEW,
	  .summary = "Wie of wat misschien dezelfde is, binnen wat u mag zien" },
	{ 0 },
};

const struct page_template review_templates[] = {
	{ .name = "matches/list", .view = &REVIEW_VIEW, .whole = true },
	{ 0 },
};
