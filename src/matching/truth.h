/*
 * truth.h - how good a result is, measured against pairs that are known
 *
 * Only for measuring: nothing here is read by the engine itself. precision = right pairs among
 * those given, recall = right pairs among all true ones (also those lost in blocking),
 * F1 = their harmonic mean. Both are 0 where nothing was given or nothing is true.
 */
#ifndef MATCHING_TRUTH_H
#define MATCHING_TRUTH_H

#include "matching/dedupe.h"
#include "matching/records.h"
#include "platform/core/out.h"

struct truth {
	struct bigarray pairs;  /* uint64_t, left << 32 | right, left < right, sorted, each once */
	struct bigarray starts; /* uint32_t per left and one more: where its pairs begin */
	size_t count;
	uint32_t lefts; /* lefts below this can have pairs */
};

/* Reads two columns of ids, whatever their names. ERR_INVALID with the row of an id that no record
 * has. */
MUST_CHECK enum status truth_read(const char *path, const struct records *r, struct truth *ret,
                                  struct error *reterr);
void truth_free(struct truth *t);

/* Pairs in any order, pushed to t->pairs, become a truth: for who has no file. Fewer than 2^32. */
void truth_settle(struct truth *t);

bool truth_has(const struct truth *t, uint32_t left, uint32_t right);

struct quality {
	double weight; /* pairs of this weight and more are given */
	uint64_t given, right;
	double precision, recall, f1;
	double expected_right; /* what the probabilities promise: sum over the given pairs */
};

enum { QUALITY_STEPS = 81 };

struct quality_curve {
	struct quality at_zero;              /* weight 0: as likely as not */
	struct quality best;                 /* highest F1 */
	struct quality steps[QUALITY_STEPS]; /* weights -20 .. 20 by halves */
};

/* Of a result that was made with this truth (dedupe_options.truth). */
void quality_measure(const struct dedupe_result *d, const struct truth *t,
                     struct quality_curve *ret);

/* Precision and recall by weight as an SVG picture with its words in Dutch. */
void quality_curve_svg(const struct quality_curve *c, struct out *o);

#endif
