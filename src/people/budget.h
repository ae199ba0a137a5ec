/*
 * budget.h - how much one person may open, search and take along in an hour
 *
 * Counted in memory where every request passes, so that no page asks the database for it; settled every few
 * seconds in one job: counts are added to the hour's row (other processes add theirs), whoever came
 * past what is usual gives the authorisation manager a task, and what was decided about exceptions is
 * read. A crash loses what wasn't settled: seconds. Past the higher bound the person waits for the next hour.
 * Counts only, never what was opened.
 */
#ifndef PEOPLE_BUDGET_H
#define PEOPLE_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct code */

/* Stored; never reused. */
enum budget_kind { BUDGET_READ = 1, BUDGET_SEARCH = 2, BUDGET_EXPORT = 3, BUDGET_KIND_COUNT };
enum budget_level { BUDGET_USUAL = 0, BUDGET_ALARM = 1, BUDGET_STOP = 2 };
extern const struct code BUDGET_KINDS[], BUDGET_LEVELS[];

/* By kind; 0: no bound. */
struct budget_limits {
	int64_t alarm[BUDGET_KIND_COUNT], stop[BUDGET_KIND_COUNT];
};
/* Pure. Of which budget this act takes (audit/action.h); as_file: a list that leaves as CSV. 0: none. */
int budget_kind_of(int audit_action, bool as_file);
/* Pure. Where a count stands; most: of an exception that holds, instead of both bounds; 0: none. */
enum budget_level budget_level_of(const struct budget_limits *l, int kind, int64_t count,
                                  int64_t most);
int64_t budget_hour(int64_t now_ms); /* since 1970, UTC */

struct budgets;
/* Lives in a; budgets_close before a goes. Safe from every thread. */
struct budgets *budgets_open(struct arena *a, const struct budget_limits *limits);
void budgets_close(struct budgets *b); /* takes NULL */
const struct budget_limits *budgets_limits(const struct budgets *b);

/* Counts one. false: he is past the higher bound, and it isn't counted. b NULL: nothing is counted. */
bool budget_take(struct budgets *b, int64_t person_id, int kind, int64_t now_ms);

enum { BUDGETS_EVERY_MS = 5000 };
/* What was counted since the last time goes into the database, alarms are raised, exceptions read. *ret_more:
 * another step waits. The first one after the start takes over the counts of this hour. */
MUST_CHECK enum status budgets_settle(struct budgets *b, struct db *db, int64_t now_ms,
                                      bool *ret_more, struct error *reterr);
/* For the schedule, once a day: what is older than this goes. */
enum { BUDGET_KEEP_DAYS = 90 };
MUST_CHECK enum status budgets_forget(struct db *db, int64_t now_ms, int64_t *ret_count,
                                      struct error *reterr);

extern const struct db_stmt *const budget_statements[];

#endif
