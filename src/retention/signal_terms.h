/*
 * signal_terms.h - what happens to a signal because time passed (decisions 1.7)
 *
 *   a draft         90 days after its last edit: gone; warned on day 60 and 83
 *   returned        30 days without answer: the submitter's draft again; warned on day 20 and 27
 *   undecided       90 days after submission: on the head's list; 180: not adopted, and told
 *
 * Days are counted in Amsterdam and each holds from its beginning. A signal on an agenda waits for
 * its meeting. Back to draft: what the partnership added to it goes (links, the look in the own
 * region, who looked at words), its readers are the submitter's again. A draft that ends goes at
 * once with its keys: nobody but its writers ever saw it, so that no second signature is asked.
 */
#ifndef RETENTION_SIGNAL_TERMS_H
#define RETENTION_SIGNAL_TERMS_H

#include "platform/db/db.h"

struct terms_done {
	int64_t warned, back_to_draft, ended, to_head, not_adopted;
};

/* For the schedule, once a day: each signal in a bulk job of its own, with its event. */
MUST_CHECK enum status signal_terms_keep(struct db *db, int64_t now_ms, struct terms_done *ret,
                                         struct error *reterr);

extern const struct db_stmt *const signal_terms_statements[];

#endif
