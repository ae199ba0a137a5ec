/*
 * review.h - pairs that may be the same, among what one viewer may see, most likely first
 *
 * Worked out when somebody asks, from the living index, and never kept: nobody goes through persons by
 * himself (decisions 7.2). Pairs that a judgement holds for are out; a pair that waits for a second
 * person stands first for everybody but the first. Cost: one look-up a presence, SEEN_NEWEST_MAX at
 * most.
 */
#ifndef MATCHES_REVIEW_H
#define MATCHES_REVIEW_H

#include "matches/alike.h"
#include "subjects/judgement.h"

enum { REVIEW_PAIRS_MAX = 30, REVIEW_CHAIN_MAX = 8 };

struct review_pair {
	struct seen_presence one, other; /* one.id < other.id */
	double weight;
	bool second; /* somebody said: the same; a second person is asked */
};
struct review {
	struct array pairs;      /* of struct review_pair, at most REVIEW_PAIRS_MAX */
	struct array seen;       /* of struct seen_presence, newest first: what was compared */
	struct array judgements; /* of struct standing_judgement, about what he may see */
	bool more_seen, more_pairs;
};
MUST_CHECK enum status review_load(struct db_read *r, const struct live_index *live,
                                   const struct viewer *viewer, struct arena *a, struct review *ret,
                                   struct error *reterr);

/* What follows for a pair from what was judged of others: shown, never applied. */
struct review_conclusion {
	enum judgement_kind kind; /* JUDGEMENT_UNSURE: the judgements contradict each other */
	const int64_t *chain;     /* ids of the judgements it rests on */
	size_t chain_count;
};
/* false: nothing follows, or only what was judged of this very pair. */
bool review_concludes(const struct review *v, int64_t one_id, int64_t other_id, struct arena *a,
                      struct review_conclusion *ret);

/* The presence of this id among what was compared; NULL: not his to see. */
const struct seen_presence *review_seen(const struct review *v, int64_t id);

#endif
