/*
 * signal_check.h - are the audiences that lists are made of still those that the rules give?
 *
 * Lists never ask a rule: they read signal_audience. This reads every signal again, asks
 * signal_thing(), and tells each row that is missing, too many, or out of date. The meeting of a
 * signal is known only by its row there, so that one row is taken as it stands.
 * Cost: two statements per 200 signals plus one a signal.
 */
#ifndef SIGNALS_SIGNAL_CHECK_H
#define SIGNALS_SIGNAL_CHECK_H

#include "platform/core/out.h"
#include "platform/db/db.h"

struct audience_check {
	int64_t signals, faults;
	char first[64]; /* what the first fault was; "" without faults */
};

/* One line a fault goes to report (NULL: only counted). */
MUST_CHECK enum status signal_check_audiences(struct db_read *r, struct out *report,
                                              struct audience_check *ret, struct error *reterr);

extern const struct db_stmt *const signal_check_statements[];

#endif
