/*
 * casefile_end.h - how a casefile ends: what is due to go, and what is left of it
 *
 * What other rooms keep of it goes first (retention/ asks each of them), then its subjects, then
 * casefile_blank().
 */
#ifndef CASEWORK_CASEFILE_END_H
#define CASEWORK_CASEFILE_END_H

#include "casework/casework.h"
#include "subjects/kept.h"

struct casefile_due {
	int64_t id, due_day;
	const char *reference;
	bool shielded; /* somebody is kept from it: not to be named beside others */
};
struct casefile_wish {
	int64_t day, limit;
	int64_t person_id; /* who asks: what he is kept from isn't there */
};
/* Ended, due up to and including `day`, kept by no hold and on no destruction list yet: an array,
 * soonest first. */
MUST_CHECK enum status casefiles_due(struct db_read *r, const struct casefile_wish *wish,
                                     struct arena *a, struct array *ret, struct error *reterr);

/* Closed since before this moment, at most 100: an array of int64_t ids. */
MUST_CHECK enum status casefiles_to_archive(struct db_read *r, int64_t before_ms, struct arena *a,
                                            struct array *ret, struct error *reterr);

/* Signals that led to this casefile alone (no other that isn't destroyed): an array of int64_t. */
MUST_CHECK enum status casefile_only_signals(struct db_read *r, int64_t id, struct arena *a,
                                             struct array *ret, struct error *reterr);

/* What a hold keeps of somebody who goes, each as a line: notes that mention his number; why phases
 * were to open for him. */
MUST_CHECK enum status notes_keep(struct db_read *r, struct keyring *k,
                                  const struct kept_subject *of, struct arena *a,
                                  struct array *lines, struct error *reterr);
MUST_CHECK enum status phases_keep(struct db_read *r, struct keyring *k,
                                   const struct kept_subject *of, struct arena *a,
                                   struct array *lines, struct error *reterr);

/* ---- inside a job --------------------------------------------------------------------------- */

/* Proposals to open a phase go with their words and keys: of one person, or of all. */
MUST_CHECK enum status phases_forget_presence(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
                                              struct error *reterr);
MUST_CHECK enum status phases_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                              struct error *reterr);

/* After the move to CASEFILE_DESTROYED and after its subjects went: texts, people, blocks, links
 * and codes go. Left are its number and the days on which it came from state to state. */
MUST_CHECK enum status casefile_blank(struct db_tx *tx, int64_t id, struct error *reterr);

extern const struct db_stmt *const casefile_end_statements[];

#endif
