/*
 * signal_index.h - the words of signals in the search store, brought up to date behind the writers
 *
 * Every change of a signal leaves its id in signal_unindexed, in its own transaction. The feeder
 * (a ticker of the server) opens the texts and subjects of what waits, makes lexemes of them and
 * puts those in, in the bulk lane: a signal that is saved ten times in a minute is indexed once,
 * and nobody waits for it. Who may find what is never late: readers change with the signal itself.
 *
 * Words come from what every reader of the signal reads: the submitter's texts and subjects; not
 * from a BSN, questions, the message, or reasons. A store that was lost (search_generation) is
 * filled again from the records.
 */
#ifndef SIGNALS_SIGNAL_INDEX_H
#define SIGNALS_SIGNAL_INDEX_H

#include "plein/plein.h"
#include "platform/db/db.h"

enum { INDEX_AT_ONCE = 20, INDEX_EVERY_MS = 1000 };

/* Up to INDEX_AT_ONCE of what waits; *ret_more: there may be more. */
MUST_CHECK enum status signal_index_step(struct plein *p, bool *ret_more, struct error *reterr);

extern const struct db_stmt *const signal_index_statements[];

#endif
