/* ledger_tale.h - what the region plans for a year and takes away: targets, hours, measures; inside demo/ */
#ifndef DEMO_LEDGER_TALE_H
#define DEMO_LEDGER_TALE_H

#include "demo/case_tale.h"

/* The Stuurploeg's secretary writes down what the year should bring, and which hours partners gave. */
MUST_CHECK enum status ledger_begin_year(struct stage *s, int year, struct error *reterr);

/* An intervention seized this: its owner's desk puts it in the ledger. amount: as people write it. */
struct seized {
	const char *intervention, *amount, *date;
	struct player *executor;
	int64_t key;
};
MUST_CHECK enum status ledger_seized(struct stage *s, const struct seized *what,
                                     struct error *reterr);

#endif
