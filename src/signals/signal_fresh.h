/*
 * signal_fresh.h - signals that come in whole, many in one job, without a question between them
 *
 * What a signal needs from the database (its number, its reference) is taken beforehand for all of
 * them; each is then written in the state in which it ends, by db_exec_late alone, so that
 * db_gather can put the rows of all together.
 */
#ifndef SIGNALS_SIGNAL_FRESH_H
#define SIGNALS_SIGNAL_FRESH_H

#include "signals/signals.h"

struct signal_numbers {
	int64_t id, document; /* of the signal; of its place in the search */
	const char *reference;
};
/* Inside a job: for `count` signals. Where the first has a reference already, taken before the job
 * (references_take), all have; else of this year. */
MUST_CHECK enum status signals_take(struct db_tx *tx, const struct mac_key *reference_key,
                                    int64_t now_ms, size_t count, struct signal_numbers *ret,
                                    struct error *reterr);

struct signal_fresh {
	struct uuid uuid;
	struct signal_numbers at;
	const struct viewer *viewer; /* a submitter: organ and participant are his */
	const struct signal_codes *codes;
	bool large_place; /* its municipality has so many inhabitants that a figure may name it */
	const struct signal_picture *submits; /* it is submitted at once; NULL: a draft */
	int64_t now_ms;
};
/* ERR_CONFLICT with the guard's sentence where it can't be submitted. */
MUST_CHECK enum status signal_store_fresh(struct db_tx *tx, const struct signal_fresh *f,
                                          struct error *reterr);

/* Below this many inhabitants a figure doesn't name the place (decisions 3.9). */
enum { LARGE_PLACE_INHABITANTS = 20000 };

extern const struct db_stmt *const signal_fresh_statements[];

#endif
