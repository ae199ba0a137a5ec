/*
 * judgement.h - what people decided about pairs, as a graph that forgets nothing and can be undone
 *
 * A judgement says of two records: the same, not the same, unsure; by whom, when, why, with the
 * model that advised. Of one pair the last judgement that isn't undone holds. Joining never moves
 * facts from one record to another, so that undoing leaves every fact where it was.
 *
 * What follows from judgements (a = b, b = c, so a = c; a = b, b is not c, so a isn't c) is shown
 * as a conclusion with the chain it rests on, never stored or applied. Where chains contradict,
 * the contradiction is the conclusion.
 *
 * The graph is one thread's at a time. Cost of a conclusion: the size of the group it is in.
 */
#ifndef MATCHING_JUDGEMENT_H
#define MATCHING_JUDGEMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "matching/bigarray.h"
#include "platform/core/error.h"

enum judged { JUDGED_NOT = 0, JUDGED_SAME = 1, JUDGED_DIFFERENT = 2, JUDGED_UNSURE = 3 };

enum { JUDGEMENT_WHY_MAX_BYTES = 500, JUDGEMENT_CHAIN_MAX = 64 };

struct judgement {
	uint64_t number; /* from 1, in order; never used again */
	uint64_t a, b;   /* records, a < b */
	enum judged kind;
	uint64_t by; /* person */
	int64_t at_ms;
	uint64_t undone_by; /* 0: holds */
	int64_t undone_at_ms;
	char why[JUDGEMENT_WHY_MAX_BYTES + 1];
	char model[72]; /* "persons 1", or "" */
};

struct judgements {
	struct bigarray list; /* struct judgement, by number */
};

void judgements_free(struct judgements *j);

/* Adds one. ERR_INVALID: a record with itself, or no reason given. *ret_number names it. */
MUST_CHECK enum status judgement_add(struct judgements *j, const struct judgement *in,
                                     uint64_t *ret_number, struct error *reterr);

/* ERR_NOT_FOUND: no such judgement; ERR_CONFLICT: undone before. */
MUST_CHECK enum status judgement_undo(struct judgements *j, uint64_t number, uint64_t by,
                                      int64_t at_ms, struct error *reterr);

/* The judgement that holds for the pair, or NULL. Lives until the next change. */
const struct judgement *judgement_of(const struct judgements *j, uint64_t a, uint64_t b);

/* What follows for a pair. */
struct conclusion {
	enum judged kind;                    /* JUDGED_NOT: nothing follows */
	bool direct;                         /* a person judged this very pair */
	bool contradiction;                  /* chains say both; kind is then JUDGED_UNSURE */
	uint64_t chain[JUDGEMENT_CHAIN_MAX]; /* numbers of the judgements it rests on */
	int chain_count;
};

void judgement_conclude(const struct judgements *j, uint64_t a, uint64_t b, struct conclusion *ret);

#endif
