/*
 * analysis_end.h - what goes from analyses when a person or a casefile goes, and what must be looked
 * at again; for retention/ and the house's upkeep
 *
 * A paragraph that mentions a person can't be cut: it is put up for review and is destroyed as a
 * whole on the day if nobody looked (architecture 4). Old versions go first, with no review.
 */
#ifndef ANALYSIS_ANALYSIS_END_H
#define ANALYSIS_ANALYSIS_END_H

#include "platform/db/db.h"
#include "subjects/kept.h"

/* In a job, before the presence goes: old versions that mention it are destroyed; what stands is
 * destroyed if it was put up for review and nobody looked, else put up now. */
MUST_CHECK enum status analysis_forget_presence(struct db_tx *tx, int64_t presence_id,
                                                int64_t now_ms, struct error *reterr);
/* Paragraphs that mention it, as they stand and as they were fixed, each as a line. */
MUST_CHECK enum status analysis_keep(struct db_read *r, struct keyring *k,
                                     const struct kept_subject *of, struct arena *a,
                                     struct array *lines, struct error *reterr);
/* Every word of the analysis of this casefile, for good. */
MUST_CHECK enum status analysis_forget_casefile(struct db_tx *tx, int64_t casefile_id,
                                                int64_t now_ms, struct error *reterr);

struct analysis_looked_at {
	int64_t put_up, destroyed;
};
/* Every hour: a cited fact was corrected or destroyed, a person goes soon: put up for review, with a
 * task for who wrote it. Whose last day is over is destroyed. */
MUST_CHECK enum status analysis_review(struct db *db, int64_t now_ms,
                                       struct analysis_looked_at *ret, struct error *reterr);

extern const struct db_stmt *const analysis_end_statements[];
extern const struct db_stmt *const analysis_review_statements[];

#endif
