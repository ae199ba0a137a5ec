/* match_pairs.h - the pairs that dedupe and link found, as lines */
#ifndef CLI_MATCH_PAIRS_H
#define CLI_MATCH_PAIRS_H

#include "cli/match_options.h"
#include "matching/dedupe.h"

/* A pattern as text: one hexadecimal digit per comparison, in the model's order; 0: missing. */
void match_pattern_text(const struct model *m, uint32_t pattern,
                        char ret[MODEL_COMPARISON_MAX + 1]);

/* left_id,right_id,weight,probability,pattern to o->output or standard output: pairs of the threshold
 * or more. */
MUST_CHECK enum status match_pairs_write(const struct match_options *o, const struct records *r,
                                         const struct dedupe_result *d, struct error *reterr);

#endif
