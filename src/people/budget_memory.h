/* budget_memory.h - what the counts in memory and those in the database say to each other; inside people/ */
#ifndef PEOPLE_BUDGET_MEMORY_H
#define PEOPLE_BUDGET_MEMORY_H

#include "people/budget.h"

enum { BUDGET_FRESH_MAX = 200, BUDGET_ALLOWED_MAX = 500 };

/* What one person did of one kind in one hour. */
struct budget_fresh {
	size_t place; /* in memory */
	int64_t person_id, hour;
	int kind;
	int64_t fresh, total; /* not in the database yet; in it, once written */
	int64_t most;         /* of an exception; 0: none */
	bool stopped;
};
/* What waits to be written; fewer than BUDGET_FRESH_MAX: that is all. */
size_t budgets_collect(struct budgets *b, struct budget_fresh ret[BUDGET_FRESH_MAX]);
/* It was written; total is what the database has now. */
void budgets_written(struct budgets *b, const struct budget_fresh *list, size_t count);

/* Counts that were there before this process. Does nothing the second time: false. */
bool budgets_take_over(struct budgets *b, const struct budget_fresh *list, size_t count);
bool budgets_took_over(struct budgets *b);

/* The exceptions that hold now, instead of those of before. */
struct budget_allowed {
	int64_t person_id, most;
	int kind;
};
void budgets_allow(struct budgets *b, const struct budget_allowed *list, size_t count);

#endif
