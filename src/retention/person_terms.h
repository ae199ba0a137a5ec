/*
 * person_terms.h - five years of each person, also while the casefile runs (WGS 1.8(7), D 6.3)
 *
 * The clock is a person's, not a casefile's: from the first processing, whatever came later. Who
 * works on the casefile is warned 180, 90 and 30 days ahead, at 30 with a task. On the day itself
 * he goes, from that signal or casefile, with everything that any room keeps of him there; so does
 * who stood in his direct circle alone. Nobody signs: the day is the law's. Of whom a hold keeps, a
 * sealed copy stays under the hold (hold.h).
 *
 * A casefile that has been closed for CASEFILE_ARCHIVE_MONTHS is archived by the same round.
 */
#ifndef RETENTION_PERSON_TERMS_H
#define RETENTION_PERSON_TERMS_H

#include "platform/crypto/keyring.h"
#include "platform/db/db.h"

struct person_terms_done {
	int64_t warned, gone, archived;
};

/* For the schedule, once a day: each person in a bulk job of his own, with its event. */
MUST_CHECK enum status person_terms_keep(struct db *db, struct keyring *keyring, int64_t now_ms,
                                         struct person_terms_done *ret, struct error *reterr);

/* How many days before the end a warning is due today (180, 90, 30), 0 on the day itself and
 * after; -1: nothing yet, or that warning was given (warned: the last one, 0 for none). Pure. */
int person_term_due(int64_t first_processed_at, int32_t today, int64_t warned);

#endif
