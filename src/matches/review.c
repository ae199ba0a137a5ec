#include "matches/review.h"

#include <stdlib.h>
#include <string.h>

#include "matching/judgement.h"

/* Pairs from this weight on are worth somebody's look. */
static const double DOUBTFUL = -1;
enum {
	HITS_EACH = 16,
	OLDER_BATCHES = 8, /* of SEEN_AT_ONCE: always asked, found or not */
	OLDER_MAX = OLDER_BATCHES * SEEN_AT_ONCE
};

struct found_pair {
	int64_t one, other;
	double weight;
};

const struct seen_presence *review_seen(const struct review *v, int64_t id)
{
	const struct seen_presence *s = v->seen.items;
	size_t low = 0, high = v->seen.count;

	while (low < high) { /* newest first */
		const size_t middle = (low + high) / 2;
		if (s[middle].id > id)
			low = middle + 1;
		else
			high = middle;
	}
	return low < v->seen.count && s[low].id == id ? &s[low] : NULL;
}

static int by_pair(const void *a, const void *b)
{
	const struct found_pair *x = a, *y = b;

	if (x->one != y->one)
		return x->one < y->one ? -1 : 1;
	return (x->other > y->other) - (x->other < y->other);
}

static int likely_first(const void *a, const void *b)
{
	const struct review_pair *x = a, *y = b;

	if (x->second != y->second)
		return x->second ? -1 : 1;
	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	if (x->one.id != y->one.id)
		return x->one.id > y->one.id ? 1 : -1;
	return (x->other.id > y->other.id) - (x->other.id < y->other.id);
}

static bool same_subject(const struct seen_presence *x, const struct seen_presence *y)
{
	return memcmp(x->subject_uuid.bytes, y->subject_uuid.bytes, UUID_BYTES) == 0;
}

bool review_in_part(const struct review *v, int64_t newer_id)
{
	const struct seen_presence *s = v->part.items;

	return v->part.count > 0 && newer_id <= s[0].id && newer_id >= s[v->part.count - 1].id;
}

/* Every pair once of a presence of the part with an older one; whether he sees that isn't known yet. */
static struct array pairs_found(const struct live_index *live, const struct review *v,
                                struct arena *a)
{
	const struct seen_presence *s = v->part.items;
	struct found_pair *list = ARENA_ARRAY(a, struct found_pair, v->part.count * HITS_EACH + 1);
	size_t count = 0;

	for (size_t i = 0; i < v->part.count; i++) {
		struct live_hit hits[LIVE_HITS_MAX];
		const int found = live_find_presence(live, s[i].kind, s[i].id, DOUBTFUL, hits);
		int kept = 0;
		for (int k = 0; k < found && kept < HITS_EACH; k++) {
			if (hits[k].presence_id > s[i].id)
				continue; /* that one finds this one */
			list[count++] =
			    (struct found_pair){ hits[k].presence_id, s[i].id, hits[k].weight };
			kept++;
		}
	}
	return (struct array){ list, count };
}

static int heavier(const void *a, const void *b)
{
	const struct found_pair *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return by_pair(a, b);
}

/* The older sides that don't stand in the part, of the likeliest pairs. */
static size_t older_sides(const struct review *v, struct array found, int64_t ret[OLDER_MAX])
{
	const struct seen_presence *s = v->part.items;
	const struct found_pair *f = found.items;
	size_t count = 0;

	qsort(found.items, found.count, sizeof *f, heavier);
	for (size_t i = 0; i < found.count && count < OLDER_MAX; i++) {
		size_t k = 0;
		if (f[i].one >= s[v->part.count - 1].id)
			continue;
		while (k < count && ret[k] != f[i].one)
			k++;
		if (k == count)
			ret[count++] = f[i].one;
	}
	return count;
}

static int newest_first(const void *a, const void *b)
{
	const struct seen_presence *x = a, *y = b;

	return (x->id < y->id) - (x->id > y->id);
}

/* Room for what is seen beside the part. */
struct gathering {
	struct seen_presence *list;
	size_t count;
};

/* Those of these that he may see; batches, or as many as count asks for. */
// NOLINTNEXTLINE(readability-function-size): whose rights, which presences, and where they go
static enum status gather(struct db_read *r, const struct viewer *viewer, const int64_t *ids,
                          size_t count, size_t batches, struct arena *a, struct gathering *to,
                          struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && (i < batches || i * SEEN_AT_ONCE < count); i++) {
		const size_t from = i * SEEN_AT_ONCE < count ? i * SEEN_AT_ONCE : count;
		const size_t left = count - from;
		struct array rows = { 0 };
		st = seen_presences(r, viewer, 0, ids + from,
		                    left < SEEN_AT_ONCE ? left : SEEN_AT_ONCE, a, &rows, reterr);
		if (st == OK && rows.count > 0)
			memcpy(to->list + to->count, rows.items, rows.count * sizeof *to->list);
		to->count += st == OK ? rows.count : 0;
	}
	return st;
}

static size_t sides_judged(const struct review *v, int64_t *ret)
{
	const struct standing_judgement *j = v->judgements.items;
	size_t count = 0;

	for (size_t i = 0; i < v->judgements.count; i++) {
		ret[count++] = j[i].one_id;
		ret[count++] = j[i].other_id;
	}
	return count;
}

/* The part, and who of the others he may see: those in pairs, and those of judgements. */
static enum status load_seen(struct db_read *r, const struct viewer *viewer, struct array found,
                             struct arena *a, struct review *v, struct error *reterr)
{
	const size_t judged = v->judgements.count * 2, part = v->part.count;
	int64_t *ids = ARENA_ARRAY(a, int64_t, judged + OLDER_MAX + 1);
	struct gathering g = { ARENA_ARRAY(a, struct seen_presence, part + judged + OLDER_MAX + 1),
		               part };
	size_t kept = 0;

	if (part == 0)
		return OK;
	memcpy(g.list, v->part.items, part * sizeof *g.list);
	enum status st =
	    gather(r, viewer, ids, older_sides(v, found, ids), OLDER_BATCHES, a, &g, reterr);
	if (st == OK)
		st = gather(r, viewer, ids, sides_judged(v, ids), 0, a, &g, reterr);
	qsort(g.list, g.count, sizeof *g.list, newest_first);
	for (size_t i = 0; i < g.count; i++)
		if (i == 0 || g.list[i].id != g.list[kept - 1].id)
			g.list[kept++] = g.list[i];
	v->seen = (struct array){ g.list, kept };
	return st;
}

/* Only judgements of which he may see both sides. */
static void keep_judgements(struct review *v)
{
	struct standing_judgement *j = v->judgements.items;
	size_t kept = 0;

	for (size_t i = 0; i < v->judgements.count; i++)
		if (review_seen(v, j[i].one_id) != NULL && review_seen(v, j[i].other_id) != NULL)
			j[kept++] = j[i];
	v->judgements.count = kept;
}

/* A subject stands in a signal and, carried along, in its casefiles: one person, several presences.
 * What was said of two of these goes for all of them. */
static bool same_two(const struct review *v, int64_t one, int64_t other, int64_t a, int64_t b)
{
	const struct seen_presence *x = review_seen(v, one), *y = review_seen(v, other);
	const struct seen_presence *p = review_seen(v, a), *q = review_seen(v, b);

	return (same_subject(x, p) && same_subject(y, q)) ||
	       (same_subject(x, q) && same_subject(y, p));
}

static bool judged(const struct review *v, const struct found_pair *f)
{
	const struct standing_judgement *j = v->judgements.items;

	for (size_t i = 0; i < v->judgements.count; i++)
		if (same_two(v, f->one, f->other, j[i].one_id, j[i].other_id))
			return true;
	return false;
}

static int in_casefiles(const struct review_pair *p)
{
	return (p->one.casefile_id != 0) + (p->other.casefile_id != 0);
}

/* One pair of each two subjects: the one that stands in most casefiles, where most hangs on it. */
static size_t once_each(const struct review *v, struct review_pair *pairs, size_t count)
{
	size_t kept = 0;

	for (size_t i = 0; i < count; i++) {
		size_t k = 0;
		while (k < kept && !same_two(v, pairs[i].one.id, pairs[i].other.id, pairs[k].one.id,
		                             pairs[k].other.id))
			k++;
		if (k == kept)
			pairs[kept++] = pairs[i];
		else if (in_casefiles(&pairs[i]) > in_casefiles(&pairs[k]))
			pairs[k] = pairs[i];
		if (kept > REVIEW_PAIRS_MAX)
			break;
	}
	return kept;
}

/* Pairs for this person to judge: nobody did, or a second person is asked. */
static void choose(const struct viewer *viewer, struct array found, struct arena *a,
                   struct review *v)
{
	const struct standing_judgement *j = v->judgements.items;
	const struct found_pair *f = found.items;
	struct review_pair *to =
	    ARENA_ARRAY(a, struct review_pair, found.count + v->judgements.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < found.count; i++) {
		const struct seen_presence *one = review_seen(v, f[i].one);
		const struct seen_presence *other = review_seen(v, f[i].other);
		if (one != NULL && other != NULL && !same_subject(one, other) && !judged(v, &f[i]))
			to[count++] = (struct review_pair){ *one, *other, f[i].weight, false };
	}
	for (size_t i = 0; i < v->judgements.count; i++)
		if (j[i].state == JUDGEMENT_WAITS && j[i].judged_person != viewer->person_id &&
		    review_in_part(v, j[i].other_id))
			to[count++] = (struct review_pair){ *review_seen(v, j[i].one_id),
				                            *review_seen(v, j[i].other_id),
				                            j[i].weight, true };
	qsort(to, count, sizeof *to, likely_first);
	count = once_each(v, to, count);
	v->more_pairs = count > REVIEW_PAIRS_MAX;
	v->pairs = (struct array){ to, v->more_pairs ? REVIEW_PAIRS_MAX : count };
}

static int newest_pair_first(const void *a, const void *b)
{
	const struct review_pair *x = a, *y = b;

	if (x->other.id != y->other.id)
		return x->other.id < y->other.id ? 1 : -1;
	return (x->one.id < y->one.id) - (x->one.id > y->one.id);
}

void review_newest_first(struct review *v)
{
	qsort(v->pairs.items, v->pairs.count, sizeof(struct review_pair), newest_pair_first);
}

/* What the part in v->part leads to. */
static enum status load_pairs(struct db_read *r, const struct live_index *live,
                              const struct viewer *viewer, struct arena *a, struct review *v,
                              struct error *reterr)
{
	const struct array found = pairs_found(live, v, a);
	enum status st = judgements_standing(r, a, &v->judgements, reterr);

	if (st == OK)
		st = load_seen(r, viewer, found, a, v, reterr);
	if (st != OK)
		return st;
	keep_judgements(v);
	choose(viewer, found, a, v);
	return OK;
}

enum status review_load(struct db_read *r, const struct live_index *live,
                        const struct viewer *viewer, int64_t before_id, struct arena *a,
                        struct review *ret, struct error *reterr)
{
	*ret = (struct review){ 0 };
	const enum status st =
	    seen_newest(r, viewer, before_id, a, &ret->part, &ret->more_seen, reterr);
	return st == OK ? load_pairs(r, live, viewer, a, ret, reterr) : st;
}

enum status review_load_with(struct db_read *r, const struct live_index *live,
                             const struct viewer *viewer, int64_t presence_id, struct arena *a,
                             struct review *ret, struct error *reterr)
{
	int64_t before_id = SEEN_FROM_NEWEST;
	enum status st = OK;

	for (bool further = true; st == OK && further;) {
		const struct arena_mark mark = arena_mark(a);
		*ret = (struct review){ 0 };
		st = seen_newest(r, viewer, before_id, a, &ret->part, &ret->more_seen, reterr);
		const struct seen_presence *s = ret->part.items;
		further = st == OK && ret->more_seen && s[ret->part.count - 1].id > presence_id;
		if (further) {
			before_id = s[ret->part.count - 1].id;
			arena_rewind(a, mark);
		}
	}
	return st == OK ? load_pairs(r, live, viewer, a, ret, reterr) : st;
}

/* ---- what follows ------------------------------------------------------------------------------ */

static void keep_chain(const struct conclusion *c, const int64_t *numbers, struct arena *a,
                       struct review_conclusion *ret)
{
	int64_t *chain = ARENA_ARRAY(a, int64_t, REVIEW_CHAIN_MAX);

	for (int i = 0; i < c->chain_count && ret->chain_count < REVIEW_CHAIN_MAX; i++)
		chain[ret->chain_count++] = numbers[c->chain[i] - 1];
	ret->chain = chain;
}

/* The subject that a presence is of, by its newest presence that he sees. */
static uint64_t node_of(const struct review *v, int64_t id)
{
	const struct seen_presence *s = v->seen.items, *mine = review_seen(v, id);

	for (size_t i = 0; mine != NULL && i < v->seen.count; i++)
		if (same_subject(&s[i], mine))
			return (uint64_t)s[i].id;
	return (uint64_t)id;
}

bool review_concludes(const struct review *v, int64_t one_id, int64_t other_id, struct arena *a,
                      struct review_conclusion *ret)
{
	const struct standing_judgement *j = v->judgements.items;
	int64_t *numbers = ARENA_ARRAY(a, int64_t, v->judgements.count + 1);
	struct judgements graph = { 0 };
	struct conclusion c = { 0 };
	struct error e;
	uint64_t number = 0;

	for (size_t i = 0; i < v->judgements.count; i++) {
		struct judgement in = { .a = node_of(v, j[i].one_id),
			                .b = node_of(v, j[i].other_id),
			                .kind = (enum judged)j[i].kind,
			                .by = (uint64_t)j[i].judged_by,
			                .at_ms = j[i].judged_at,
			                .why = "-" };
		if (j[i].state == JUDGEMENT_HOLDS && judgement_add(&graph, &in, &number, &e) == OK)
			numbers[number - 1] = j[i].id;
	}
	judgement_conclude(&graph, node_of(v, one_id), node_of(v, other_id), &c);
	*ret = (struct review_conclusion){ .kind = (enum judgement_kind)c.kind };
	const bool follows = c.kind != JUDGED_NOT && (!c.direct || c.contradiction);
	if (follows)
		keep_chain(&c, numbers, a, ret);
	judgements_free(&graph);
	return follows;
}
