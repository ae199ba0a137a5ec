/*
 * checkpoint.h - the pairs that were compared, on disk, so that a run that broke off needn't begin again
 *
 * Comparing takes most of a run. Once it is done, all candidate pairs with their patterns are written,
 * whole or not at all; a run that is resumed reads the register anew and takes the pairs from there.
 * The file carries a mark of what it was made from (rows, texts, model, boundary): with any other
 * register or model it isn't used. A damaged one isn't either.
 */
#ifndef MATCHING_CHECKPOINT_H
#define MATCHING_CHECKPOINT_H

#include "matching/histogram.h"
#include "matching/records.h"
#include "matching/spill.h"

/* Of what decides the pairs. Cost: one pass over rows and texts. */
uint64_t checkpoint_mark(const struct records *r, uint32_t boundary);

/* Writes the lists' pairs one after another, atomically. Each list is rewound afterwards. */
MUST_CHECK enum status checkpoint_save(const char *path, uint64_t mark, struct spill *const *lists,
                                       int list_count, struct error *reterr);

/* Gives the pairs out over the lists, in parts, and counts their patterns. *ret_found false: no such
 * file, of something else, or damaged; the lists and the histogram are then as they were. */
MUST_CHECK enum status checkpoint_load(const char *path, uint64_t mark, struct spill *const *lists,
                                       int list_count, struct histogram *patterns, bool *ret_found,
                                       struct error *reterr);

#endif
