/*
 * audience_check.h - are the audiences that lists are made of still those that the rules give?
 *
 * Lists never ask a rule: they read rows that were written with the record. A room says of its
 * records, once, what its rule needs and where the rows are; this reads all of them again and tells
 * each reader who is missing or too many. (signals/signal_check.h does so for signals, with the
 * columns of their rows.)
 *
 * Cost: one statement per 200 records plus one or two a record.
 */
#ifndef EXPLAIN_AUDIENCE_CHECK_H
#define EXPLAIN_AUDIENCE_CHECK_H

#include "access/access.h"
#include "platform/core/out.h"
#include "platform/db/db.h"

enum { AUDIENCE_FACTS = 6, AUDIENCES_CHECKED_MAX = 120 };

/* A record as its rule wants it: numbers alone. */
struct audience_facts {
	int64_t id;
	const char *reference;
	int64_t fact[AUDIENCE_FACTS];
};

struct audience_list {
	audience of[AUDIENCES_CHECKED_MAX];
	int64_t
	    how[AUDIENCES_CHECKED_MAX]; /* what else the row says, as the room counts it; or 0 */
	size_t count;
};
/* More than there is room for are left out: nothing has so many readers. */
void audience_list_add(struct audience_list *list, audience of);
void audience_list_add_how(struct audience_list *list, audience of, int64_t how);
void audience_list_add_readers(struct audience_list *list, const struct thing *thing);

struct audience_room {
	const char *label; /* "casussen" */
	/* $1: those after this id. id, reference, facts; by id, 200 at most. */
	const struct db_stmt *records;
	int facts; /* columns behind the reference */
	/* $1: id. audience_id, then `how` where the room has it; AUDIENCES_CHECKED_MAX at most */
	const struct db_stmt *stored;
	/* Those that the rule gives. */
	enum status (*expect)(struct db_read *r, const struct audience_facts *f,
	                      struct audience_list *ret, struct error *reterr);
	bool has_how; /* one audience may stand there twice, each time in another manner */
};

struct audience_faults {
	int64_t records, faults;
	char first[64]; /* what the first fault was; "" without faults */
};

/* One line a fault goes to report. */
MUST_CHECK enum status audience_check(struct db_read *r, const struct audience_room *room,
                                      struct out *report, struct audience_faults *ret,
                                      struct error *reterr);

#endif
