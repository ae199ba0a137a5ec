/* One search box: a reference leads to its record, words to what holds them all, within rights. */
#include "search/search_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/reference.h"
#include "plein/plein.h"
#include "search/saved_search.h"
#include "search/search.h"

struct question {
	const char *q, *purpose; /* purpose and until: of one that he keeps */
	int64_t until;
};
static const struct field QUESTION_FIELDS[] = {
	{ .path = "q",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct question, q),
	  .label = "Zoek op nummer of woorden",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Typ waar u naar zoekt." },
	{ .path = "purpose",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct question, purpose),
	  .label = "Waarvoor zoekt u dit?",
	  .required = true,
	  .max_chars = SAVED_PURPOSE_CHARS_MAX },
	{ .path = "until",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct question, until),
	  .label = "Tot en met welke dag?",
	  .required = true },
};
static const struct form QUESTION_FORM = { QUESTION_FIELDS, 1, sizeof(struct question) };
static const struct form SAVE_FORM = { QUESTION_FIELDS, 3, sizeof(struct question) };

struct hit_item {
	const char *href, *reference, *kind, *title;
	int64_t at;
};
static const struct view_field HIT_FIELDS[] = {
	VIEW_AS(struct hit_item, href, "path", VIEW_TEXT),
	VIEW_AS(struct hit_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct hit_item, reference, VIEW_REF),
	VIEW_F(struct hit_item, title, VIEW_TEXT),
	VIEW_F(struct hit_item, kind, VIEW_TEXT),
	VIEW_F(struct hit_item, at, VIEW_MOMENT),
};
static const struct view HIT_VIEW = VIEW_OF(struct hit_item, HIT_FIELDS);

struct saved_item {
	int64_t number, until;
	const char *words, *purpose, *run_href, *remove_href;
};
static const struct view_field SAVED_FIELDS[] = {
	VIEW_F(struct saved_item, number, VIEW_INT),
	VIEW_F(struct saved_item, words, VIEW_TEXT),
	VIEW_F(struct saved_item, purpose, VIEW_TEXT),
	VIEW_F(struct saved_item, until, VIEW_DAY),
	VIEW_AS(struct saved_item, run_href, "runHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct saved_item, remove_href, "removeHref", VIEW_TEXT, .page_only = true),
};
static const struct view SAVED_VIEW = VIEW_OF(struct saved_item, SAVED_FIELDS);

struct results {
	struct array hits, saved;
	const char *q; /* what was asked, to keep it */
	bool asked, has_hits, full, cut, mistyped, has_saved, may_save;
};
static const struct view_field RESULTS_FIELDS[] = {
	VIEW_AS(struct results, hits, "hits", VIEW_LIST, .view = &HIT_VIEW),
	VIEW_AS(struct results, asked, "asked", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct results, has_hits, "hasHits", VIEW_BOOL, .page_only = true),
	VIEW_F(struct results, full, VIEW_BOOL),
	VIEW_F(struct results, cut, VIEW_BOOL),
	VIEW_F(struct results, mistyped, VIEW_BOOL),
	VIEW_AS(struct results, saved, "saved", VIEW_LIST, .view = &SAVED_VIEW),
	VIEW_AS(struct results, has_saved, "hasSaved", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct results, may_save, "maySave", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct results, q, "askedWords", VIEW_TEXT, .page_only = true),
};
static const struct view RESULTS_VIEW = VIEW_OF(struct results, RESULTS_FIELDS);

struct found {
	const char *q;
	struct search_found in; /* what was found */
	bool mistyped;
};

static const char *path_of(struct arena *a, const struct search_hit *hit)
{
	static const struct {
		int kind;
		const char *folder;
	} FOLDERS[] = {
		{ OBJECT_MEETING, "meetings" }, { OBJECT_CASEFILE, "casefiles" },
		{ OBJECT_REQUEST, "requests" }, { OBJECT_PARAGRAPH, "casefiles" },
		{ OBJECT_NOTE, "casefiles" },   { OBJECT_ADVICE, "advices" },
	};
	const char *folder = "signals";

	if (hit->kind == OBJECT_ATTACHMENT && hit->reference[0] == 'I')
		folder = "interventions"; /* of its result */
	for (size_t i = 0; i < sizeof FOLDERS / sizeof FOLDERS[0]; i++)
		if (FOLDERS[i].kind == hit->kind)
			folder = FOLDERS[i].folder;
	return arena_printf(a, "/%s/%s", folder, hit->reference);
}

/* What hangs from a record has that record's number, and behind a slash its place there. */
static const char *number_shown(struct arena *a, const char *reference)
{
	return arena_strndup(a, reference, strcspn(reference, "/"));
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
			to[count++] = (struct hit_item){
				.href = path_of(rq->arena, &from[i]),
				.reference = number_shown(rq->arena, from[i].reference),
				.kind = audit_object_word((uint16_t)from[i].kind)->label,
				.title = titles[i],
				.at = from[i].at
			};
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
		return search_reference(rq->db, rq->viewer, text, rq->arena, &ret->in.hits, reterr);
	}
	ret->mistyped = reading == REFERENCE_MISTYPED;
	size_t count =
	    search_words_of(plein_of(rq)->words, q, rq->arena, SEARCH_WORDS_ASKED, words);
	return search_find(rq->db, rq->viewer, words, count, rq->arena, &ret->in, reterr);
}

static enum status prepare_search(struct request *rq, void **ret_input, struct error *reterr)
{
	struct found *found = ARENA_NEW(rq->arena, struct found);
	struct question in;

	*ret_input = found;
	input_read(rq->body, &QUESTION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	found->q = in.q;
	return find(rq, in.q, found, reterr);
}

/* ---- what he keeps ---------------------------------------------------------------------------- */

static enum status fill_saved(struct request *rq, struct results *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = saved_searches(rq->db, plein_of(rq)->keyring, rq->viewer->appointment_id,
	                                local_day(rq->now_ms), rq->arena, &found, reterr);
	const struct saved_search *from = found.items;
	struct saved_item *to = ARENA_ARRAY(rq->arena, struct saved_item, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++)
		to[i] = (struct saved_item){
			from[i].id,
			from[i].until_day,
			from[i].words,
			from[i].purpose,
			arena_printf(rq->arena, "/search/saved/%lld/_run", (long long)from[i].id),
			arena_printf(rq->arena, "/search/saved/%lld/_remove",
			             (long long)from[i].id),
		};
	ret->saved = (struct array){ to, found.count };
	ret->has_saved = found.count > 0;
	return st;
}

static enum status draw(struct request *rq, struct response *rs, const struct found *found,
                        struct error *reterr)
{
	const struct page page = { .title = "Zoeken",
		                   .template_name = "search/results",
		                   .form = &SAVE_FORM };
	struct results record = { .asked = found != NULL, .q = input_text(rq->body, "q") };

	enum status st = fill_saved(rq, &record, reterr);
	if (st == OK && found != NULL) {
		st = hit_items(rq, found->in.hits, &record.hits, reterr);
		record.q = found->q;
		record.has_hits = record.hits.count > 0;
		record.full = found->in.full;
		record.cut = found->in.cut;
		record.mistyped = found->mistyped;
		rq->touched.count = (int32_t)record.hits.count;
	}
	record.may_save = record.q != NULL && record.q[0] != '\0';
	return st == OK ? page_respond(rq, rs, &page, &RESULTS_VIEW, &record, reterr) : st;
}

static enum status show_results(struct request *rq, struct response *rs, struct error *reterr)
{
	return draw(rq, rs, rq->problems->error_count == 0 ? rq->input : NULL, reterr);
}

/* The page without results: of a change that was refused, or a box that wasn't filled in. */
static enum status show_empty(struct request *rq, struct response *rs, struct error *reterr)
{
	return draw(rq, rs, NULL, reterr);
}

static int64_t number_of(const struct request *rq)
{
	return strtoll(rq->params[0], NULL, 10);
}

static enum status prepare_run(struct request *rq, void **ret_input, struct error *reterr)
{
	struct found *found = ARENA_NEW(rq->arena, struct found);
	struct saved_search saved = { 0 };

	*ret_input = found;
	enum status st =
	    saved_search_load(rq->db, plein_of(rq)->keyring, rq->viewer->appointment_id,
	                      number_of(rq), local_day(rq->now_ms), rq->arena, &saved, reterr);
	if (st != OK)
		return st;
	found->q = saved.words;
	return find(rq, saved.words, found, reterr);
}

static void check_saved(struct request *rq, const struct question *in)
{
	const int32_t today = local_day(rq->now_ms);

	if (in->purpose[0] != '\0' && strlen(in->purpose) < SAVED_PURPOSE_CHARS_MIN)
		problems_add(rq->problems, PROBLEM_ERROR, "purpose",
		             "Schrijf in een paar woorden waarvoor u dit zoekt.");
	if (in->until == FIELD_NO_DAY)
		return;
	if (in->until < today || in->until > today + SAVED_SEARCH_DAYS_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "until",
		             "Kies een dag vanaf vandaag, hooguit een half jaar later.");
}

static enum status prepare_save(struct request *rq, void **ret_input, struct error *reterr)
{
	struct sealed_search *s = ARENA_NEW(rq->arena, struct sealed_search);
	struct question in;

	(void)reterr;
	*ret_input = s;
	input_read(rq->body, &SAVE_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	check_saved(rq, &in);
	if (rq->problems->error_count > 0)
		return OK;
	const struct saved_search saved = {
		.words = in.q, .purpose = in.purpose, .until_day = in.until, .made_at = rq->now_ms
	};
	s->uuid = uuid_at(rq->now_ms);
	s->appointment_id = rq->viewer->appointment_id;
	saved_search_seal(plein_of(rq)->keyring, &saved, rq->arena, s);
	return OK;
}

static enum status apply_save(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct sealed_search *s = change->input;

	change->location = "/search";
	change->note = "Bewaard. De zoekvraag staat hieronder tot en met de dag die u koos.";
	change->created = true;
	return saved_search_put(tx, s, reterr);
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;

	change->location = "/search";
	change->note = "Weggehaald.";
	return saved_search_remove(tx, rq->viewer->appointment_id, number_of(rq), reterr);
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
	  .redraw = show_empty,
	  .form = &QUESTION_FORM,
	  .view = &RESULTS_VIEW,
	  .summary = "Zoeken op nummer of woorden, binnen uw rechten" },
	{ .method = "POST",
	  .path = "/search/saved",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_SEARCH,
	  .prepare = prepare_save,
	  .apply = apply_save,
	  .redraw = show_empty,
	  .form = &SAVE_FORM,
	  .summary = "Een zoekvraag bewaren, met doel en einddag" },
	{ .method = "POST",
	  .path = "/search/saved/{number}/_run",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_SEARCH,
	  .prepare = prepare_run,
	  .read = show_results,
	  .redraw = show_empty,
	  .view = &RESULTS_VIEW,
	  .summary = "Een bewaarde zoekvraag opnieuw stellen" },
	{ .method = "POST",
	  .path = "/search/saved/{number}/_remove",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_SEARCH,
	  .apply = apply_remove,
	  .redraw = show_empty,
	  .summary = "Een bewaarde zoekvraag weghalen" },
	{ 0 },
};

const struct page_template search_templates[] = {
	{ .name = "search/results", .view = &RESULTS_VIEW, .form = &SAVE_FORM, .whole = true },
	{ 0 },
};
