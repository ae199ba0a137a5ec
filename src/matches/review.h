/*
 * review.h - pairs that may be the same, among what one viewer may see, most likely first
 *
 * Worked out when somebody asks, from the living index, and never kept: nobody goes through persons by
 * himself (decisions 7.2). Pairs that a judgement holds for are out; a pair that waits for a second
 * person stands first for everybody but the first.
 *
 * A part holds the pairs whose newer side is among SEEN_NEWEST_MAX presences that follow each other;
 * the other side may be any older one. So the parts together hold every pair once. Cost: one look-up
 * for each of these, and a fixed number of questions about the others, so that time tells nothing of what
 * somebody may not see.
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
	struct array part;       /* of struct seen_presence, newest first: what was looked up */
	struct array seen;       /* the same, with all others that stand in a pair or a judgement */
	struct array judgements; /* of struct standing_judgement, about what he may see */
	bool more_seen, more_pairs;
};

/* The part before this presence; SEEN_FROM_NEWEST: the first one. */
MUST_CHECK enum status review_load(struct db_read *r, const struct live_index *live,
                                   const struct viewer *viewer, int64_t before_id, struct arena *a,
                                   struct review *ret, struct error *reterr);
/* The part that this presence stands in, as following the parts from the newest on comes to it. */
MUST_CHECK enum status review_load_with(struct db_read *r, const struct live_index *live,
                                        const struct viewer *viewer, int64_t presence_id,
                                        struct arena *a, struct review *ret, struct error *reterr);

/* The pairs of ret turned to the newest first, instead of the likeliest. */
void review_newest_first(struct review *v);

/* Whether its newer side belongs to the part. */
bool review_in_part(const struct review *v, int64_t newer_id);

/* What follows for a pair from what was judged of others: shown, never applied. */
struct review_conclusion {
	enum judgement_kind kind; /* JUDGEMENT_UNSURE: the judgements contradict each other */
	const int64_t *chain;     /* ids of the judgements it rests on */
	size_t chain_count;
};
/* false: nothing follows, or only what was judged of this very pair. */
bool review_concludes(const struct review *v, int64_t one_id, int64_t other_id, struct arena *a,
                      struct review_conclusion *ret);

/* The presence of this id; NULL: not his to see, or in no pair or judgement here. */
const struct seen_presence *review_seen(const struct review *v, int64_t id);

#endif
