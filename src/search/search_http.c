/* One search box: a reference leads to its record, words to what holds them all, within rights. */
#include "search/search_http.h"

#include "audit/action.h"
#include "platform/crypto/reference.h"
#include "plein/plein.h"
#include "search/search.h"

struct question {
	const char *q;
};
static const struct field QUESTION_FIELDS[] = {
	{ .path = "q",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct question, q),
	  .label = "Zoek op nummer of woorden",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Typ waar u naar zoekt." },
};
static const struct form QUESTION_FORM = { QUESTION_FIELDS, 1, sizeof(struct question) };

struct hit_item {
	const char *href, *reference, *kind, *title;
	int64_t at;
};
static const struct view_field HIT_FIELDS[] = {
	VIEW_AS(struct hit_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct hit_item, reference, VIEW_REF),
	VIEW_F(struct hit_item, title, VIEW_TEXT),
	VIEW_F(struct hit_item, kind, VIEW_TEXT),
	VIEW_F(struct hit_item, at, VIEW_MOMENT),
};
static const struct view HIT_VIEW = VIEW_OF(struct hit_item, HIT_FIELDS);

struct results {
	struct array hits;
	bool asked, has_hits, mistyped;
	int64_t word_count;
};
static const struct view_field RESULTS_FIELDS[] = {
	VIEW_AS(struct results, hits, "hits", VIEW_LIST, .view = &HIT_VIEW),
	VIEW_AS(struct results, asked, "asked", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct results, has_hits, "hasHits", VIEW_BOOL, .page_only = true),
	VIEW_F(struct results, mistyped, VIEW_BOOL),
};
static const struct view RESULTS_VIEW = VIEW_OF(struct results, RESULTS_FIELDS);

struct found {
	struct array hits;
	bool mistyped;
};

static const char *path_of(struct arena *a, const struct search_hit *hit)
{
	return arena_printf(a,
	                    hit->kind == OBJECT_MEETING    ? "/meetings/%s"
	                    : hit->kind == OBJECT_CASEFILE ? "/casefiles/%s"
	                                                   : "/signals/%s",
	                    hit->reference);
}

/* The titles of one kind; a hit that its room doesn't know for this viewer is marked with no
 * reference. */
static enum status name_hits(struct request *rq, const struct search_namer *n,
                             struct search_hit *hits, size_t count, const char **titles,
                             struct error *reterr)
{
	int64_t ids[SEARCH_HITS_MAX];
	const char *named[SEARCH_HITS_MAX];
	size_t place[SEARCH_HITS_MAX], asked = 0;

	for (size_t i = 0; i < count; i++)
		if (hits[i].kind == n->kind) {
			ids[asked] = hits[i].object_id;
			place[asked++] = i;
		}
	enum status st = asked > 0 ? n->titles(rq, ids, asked, named, reterr) : OK;
	for (size_t i = 0; st == OK && i < asked; i++) {
		titles[place[i]] = named[i];
		if (named[i] == NULL)
			hits[place[i]].reference = NULL;
	}
	return st;
}

static enum status hit_items(struct request *rq, struct array hits, struct array *ret,
                             struct error *reterr)
{
	struct search_hit *from = hits.items;
	struct hit_item *to = ARENA_ARRAY(rq->arena, struct hit_item, hits.count + 1);
	const char *titles[SEARCH_HITS_MAX] = { 0 };
	const struct search_namer *n = plein_of(rq)->namers;
	size_t count = 0;
	enum status st = OK;

	for (; st == OK && n != NULL && n->titles != NULL; n++)
		st = name_hits(rq, n, from, hits.count, titles, reterr);
	for (size_t i = 0; i < hits.count; i++)
		if (from[i].reference != NULL)
			to[count++] =
			    (struct hit_item){ .href = path_of(rq->arena, &from[i]),
				               .reference = from[i].reference,
				               .kind =
				                   audit_object_word((uint16_t)from[i].kind)->label,
				               .title = titles[i],
				               .at = from[i].at };
	*ret = (struct array){ to, count };
	return st;
}

/* A number that is read as a reference is looked up as one; anything else are words. */
static enum status find(struct request *rq, const char *q, struct found *ret, struct error *reterr)
{
	struct reference ref;
	char text[REFERENCE_TEXT_BYTES];
	struct lexeme words[SEARCH_WORDS_ASKED];
	enum reference_reading reading = reference_parse(q, &ref);

	if (reading == REFERENCE_READ) {
		reference_text(&ref, text);
		return search_reference(rq->db, rq->viewer, text, rq->arena, &ret->hits, reterr);
	}
	ret->mistyped = reading == REFERENCE_MISTYPED;
	size_t count =
	    search_words_of(plein_of(rq)->words, q, rq->arena, SEARCH_WORDS_ASKED, words);
	return search_find(rq->db, rq->viewer, words, count, rq->arena, &ret->hits, reterr);
}

static enum status prepare_search(struct request *rq, void **ret_input, struct error *reterr)
{
	struct found *found = ARENA_NEW(rq->arena, struct found);
	struct question in;

	*ret_input = found;
	input_read(rq->body, &QUESTION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	return find(rq, in.q, found, reterr);
}

static enum status show_results(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Zoeken",
		                   .template_name = "search/results",
		                   .form = &QUESTION_FORM };
	const struct found *found = rq->input;
	struct results record = { .asked = found != NULL && rq->problems->error_count == 0 };

	if (record.asked) {
		enum status st = hit_items(rq, found->hits, &record.hits, reterr);
		if (st != OK)
			return st;
		record.has_hits = record.hits.count > 0;
		record.mistyped = found->mistyped;
		rq->touched.count = (int32_t)record.hits.count;
	}
	return page_respond(rq, rs, &page, &RESULTS_VIEW, &record, reterr);
}

const struct route search_routes[] = {
	{ .method = "GET",
	  .path = "/search",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_SEARCH,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_results,
	  .summary = "De pagina om te zoeken" },
	{ .method = "POST",
	  .path = "/search",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_SEARCH,
	  .prepare = prepare_search,
	  .read = show_results,
	  .redraw = show_results,
	  .form = &QUESTION_FORM,
	  .view = &RESULTS_VIEW,
	  .summary = "Zoeken op nummer of woorden, binnen uw rechten" },
	{ 0 },
};

const struct page_template search_templates[] = {
	{ .name = "search/results", .view = &RESULTS_VIEW, .form = &QUESTION_FORM, .whole = true },
	{ 0 },
};
