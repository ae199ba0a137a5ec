#include "matches/review.h"

#include <stdlib.h>
#include <string.h>

#include "matching/judgement.h"

/* Pairs from this weight on are worth somebody's look. */
static const double DOUBTFUL = -1;
enum { HITS_EACH = 16 };

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

/* Every pair once, of two that he sees and that aren't one subject carried along. */
static struct array pairs_found(const struct live_index *live, const struct review *v,
                                struct arena *a)
{
	const struct seen_presence *s = v->seen.items;
	struct found_pair *list = ARENA_ARRAY(a, struct found_pair, v->seen.count * HITS_EACH + 1);
	size_t count = 0, kept = 0;

	for (size_t i = 0; i < v->seen.count; i++) {
		struct live_hit hits[LIVE_HITS_MAX];
		const int found = live_find_presence(live, s[i].kind, s[i].id, DOUBTFUL, hits);
		for (int k = 0; k < found && k < HITS_EACH; k++) {
			const int64_t id = hits[k].presence_id;
			const struct seen_presence *other = review_seen(v, id);
			if (other == NULL || same_subject(&s[i], other))
				continue;
			list[count++] =
			    (struct found_pair){ id < s[i].id ? id : s[i].id,
				                 id < s[i].id ? s[i].id : id, hits[k].weight };
		}
	}
	qsort(list, count, sizeof *list, by_pair);
	for (size_t i = 0; i < count; i++)
		if (i == 0 || by_pair(&list[i], &list[i - 1]) != 0)
			list[kept++] = list[i];
	return (struct array){ list, kept };
}

/* Only judgements of which he may see both sides. */
static enum status load_judgements(struct db_read *r, struct review *v, struct arena *a,
                                   struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = judgements_standing(r, a, &rows, reterr);
	struct standing_judgement *j = rows.items;
	size_t kept = 0;

	for (size_t i = 0; i < rows.count; i++)
		if (review_seen(v, j[i].one_id) != NULL && review_seen(v, j[i].other_id) != NULL)
			j[kept++] = j[i];
	v->judgements = (struct array){ j, kept };
	return st;
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

	for (size_t i = 0; i < found.count; i++)
		if (!judged(v, &f[i]))
			to[count++] =
			    (struct review_pair){ *review_seen(v, f[i].one),
				                  *review_seen(v, f[i].other), f[i].weight, false };
	for (size_t i = 0; i < v->judgements.count; i++)
		if (j[i].state == JUDGEMENT_WAITS && j[i].judged_person != viewer->person_id)
			to[count++] = (struct review_pair){ *review_seen(v, j[i].one_id),
				                            *review_seen(v, j[i].other_id),
				                            j[i].weight, true };
	qsort(to, count, sizeof *to, likely_first);
	count = once_each(v, to, count);
	v->more_pairs = count > REVIEW_PAIRS_MAX;
	v->pairs = (struct array){ to, v->more_pairs ? REVIEW_PAIRS_MAX : count };
}

enum status review_load(struct db_read *r, const struct live_index *live,
                        const struct viewer *viewer, struct arena *a, struct review *ret,
                        struct error *reterr)
{
	*ret = (struct review){ 0 };
	enum status st = seen_newest(r, viewer, a, &ret->seen, &ret->more_seen, reterr);
	if (st == OK)
		st = load_judgements(r, ret, a, reterr);
	if (st == OK)
		choose(viewer, pairs_found(live, ret, a), a, ret);
	return st;
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
