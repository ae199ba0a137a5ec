/*
 * tally.h - sums of the person-free statistic rows, kept by quarter
 *
 * Statistic rows are only ever added, so a sum over them stays true: what was added up to a row
 * stands in the sums, what came after it is counted by itself (figures_store.c). Whoever writes a
 * statistic row does nothing for it, and no two writers wait for each other at one sum.
 *
 * On PostgreSQL a row can become visible after one with a higher number. So a row counts only
 * TALLY_SETTLED_MS after it was the newest: longer than any transaction is allowed to last.
 */
#ifndef MONITOR_TALLY_H
#define MONITOR_TALLY_H

#include "platform/db/db.h"

enum {
	TALLY_EVERY_MS = 5 * 60 * 1000,
	TALLY_SETTLED_MS = 4 * 60 * 1000,
	TALLY_ROWS_AT_ONCE = 50000 /* in one job: some 50 ms of the writer */
};

/* tally_mark.kind: stored, never another meaning. */
enum tally_kind { TALLY_SIGNALS = 1, TALLY_CASEFILES, TALLY_REQUESTS, TALLY_INTERVENTIONS };

/*
 * Adds what settled since the last time, and marks what is newest now. In jobs of its own; one
 * process at a time, another's are no error. *ret_rows: how many numbers of rows were passed.
 * Cost: each row once, in its life.
 */
MUST_CHECK enum status tallies_keep(struct db *db, int64_t now_ms, int64_t *ret_rows,
                                    struct error *reterr);

extern const struct db_stmt *const tally_statements[];

#endif
