/* What so many share that the engine makes less of it: a shelter's address, the 1st of January. How many
 * is told in hundreds, and what it is only to who may see one of them. */
#include "matches/crowds_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "matches/alike.h"
#include "matching/index.h"
#include "plein/plein.h"

struct crowd_row {
	const char *kind, *rule, *example, *reference,
	    *href; /* example NULL: nobody that he may see */
	int64_t at_least;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct crowd_row, kind, VIEW_TEXT),
	VIEW_F(struct crowd_row, rule, VIEW_TEXT),
	VIEW_AS(struct crowd_row, at_least, "atLeast", VIEW_INT),
	VIEW_F(struct crowd_row, example, VIEW_TEXT),
	VIEW_F(struct crowd_row, reference, VIEW_REF),
	VIEW_AS(struct crowd_row, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view ROW_VIEW = VIEW_OF(struct crowd_row, ROW_FIELDS);

struct crowds_record {
	struct array items;
	int64_t limit;
	bool has_items, loading;
};
static const struct view_field FIELDS[] = {
	VIEW_AS(struct crowds_record, items, "items", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_F(struct crowds_record, limit, VIEW_INT),
	VIEW_F(struct crowds_record, loading, VIEW_BOOL),
	VIEW_AS(struct crowds_record, has_items, "hasItems", VIEW_BOOL, .page_only = true),
};
static const struct view CROWDS_VIEW = VIEW_OF(struct crowds_record, FIELDS);

_Static_assert(LIVE_CROWD_IDS % SEEN_AT_ONCE == 0, "asked in whole batches");

/* The newest of the crowd that he may see, ids being newest first; all are asked for, whoever is his, so
 * that time tells nothing. *ret stays as it was where there is none. */
static enum status find_seen(struct request *rq, const struct live_crowd *c,
                             struct seen_presence *ret, struct error *reterr)
{
	enum status st = OK;

	for (size_t from = 0; st == OK && from < LIVE_CROWD_IDS; from += SEEN_AT_ONCE) {
		const size_t left = from < c->id_count ? c->id_count - from : 0;
		struct array rows = { 0 };
		st = seen_presences(rq->db, rq->viewer, 0, c->ids + from,
		                    left < SEEN_AT_ONCE ? left : SEEN_AT_ONCE, rq->arena, &rows,
		                    reterr);
		const struct seen_presence *s = rows.items;
		for (size_t i = 0; st == OK && i < rows.count; i++)
			if (s[i].id > ret->id)
				*ret = s[i];
	}
	return st;
}

static enum status fill_row(struct request *rq, const struct live_crowd *c, struct crowd_row *to,
                            struct error *reterr)
{
	enum { HUNDRED = 100 };
	const struct plein *p = plein_of(rq);
	struct seen_presence seen = { 0 };
	struct subject subject;

	*to = (struct crowd_row){ .rule = c->rule,
		                  .kind = c->kind,
		                  .at_least = c->count / HUNDRED * HUNDRED };
	enum status st = find_seen(rq, c, &seen, reterr);
	if (st != OK || seen.id == 0)
		return st;
	st = subject_identity(rq->db, p->keyring, seen.id, rq->arena, &subject, reterr);
	if (st == ERR_NOT_FOUND) /* forgotten a moment ago */
		return OK;
	if (st != OK)
		return st;
	const char *shared =
	    live_crowd_shared(p->live, c, subject.facts.items, subject.facts.count, rq->arena);
	if (shared[0] == '\0')
		return OK;
	to->example = shared;
	to->reference = seen.reference;
	to->href = seen.href;
	return OK;
}

static enum status show_crowds(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct live_index *live = plein_of(rq)->live;
	struct live_crowd *crowds = ARENA_ARRAY(rq->arena, struct live_crowd, LIVE_CROWDS_MAX);
	struct crowd_row *rows = ARENA_ARRAY(rq->arena, struct crowd_row, LIVE_CROWDS_MAX);
	const int count = live_crowds(live, crowds);
	struct crowds_record record = { .items = { rows, (size_t)count },
		                        .limit = INDEX_LIST_MAX,
		                        .has_items = count > 0,
		                        .loading = !live_ready(live) };
	enum status st = OK;

	for (int i = 0; st == OK && i < count; i++)
		st = fill_row(rq, &crowds[i], &rows[i], reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_SUBJECT, .count = count };
	const struct page page = { .title = "Wat te velen delen",
		                   .place = "/matches",
		                   .confidential = true,
		                   .template_name = "matches/crowds" };
	return page_respond(rq, rs, &page, &CROWDS_VIEW, &record, reterr);
}

const struct route crowds_routes[] = {
	{ .method = "GET",
	  .path = "/matches/crowds",
	  .permission = PERM_MATCH_JUDGE,
	  .action = AUDIT_MATCH_LOOK,
	  .read = show_crowds,
	  .view = &CROWDS_VIEW,
	  .summary = "Wat zo velen delen dat het weinig zegt" },
	{ 0 },
};

const struct page_template crowds_templates[] = {
	{ .name = "matches/crowds", .view = &CROWDS_VIEW, .whole = true },
	{ 0 },
};
