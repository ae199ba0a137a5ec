/*
 * schedule.h - work that comes back by itself: name, how often, what
 *
 * The moments lie in the database, so a restart neither skips nor repeats. Whoever moves the row
 * of a name does that work: one process at a time, on SQLite and with several processes on
 * PostgreSQL. Work that fails, or whose process died, is tried again after an hour. The first
 * time is one period after the row was made. A clock that was set back makes nothing wait: a
 * moment in the future counts as past.
 */
#ifndef PLATFORM_JOBS_SCHEDULE_H
#define PLATFORM_JOBS_SCHEDULE_H

#include "platform/core/clock.h"
#include "platform/db/db.h"

struct regular {
	const char *name; /* stored; never reused */
	int64_t every_ms;
	/* In the schedule's own thread; may take minutes. */
	enum status (*run)(void *app, int64_t now_ms, struct error *reterr);
};

struct schedule_config {
	struct db *db;
	const struct clock *clock;
	const struct regular *list; /* ends in a row without name */
	void *app;                  /* for run and failed */
	void (*failed)(void *app, const struct regular *r, const struct error *e); /* may be NULL */
};

enum { SCHEDULE_RETRY_MS = 60 * 60 * 1000, SCHEDULE_LOOK_SECONDS = 30 };

/* Does what is due now. *ret_done: how many ended well. A failure of one holds no other up. */
MUST_CHECK enum status schedule_step(const struct schedule_config *cfg, int *ret_done,
                                     struct error *reterr);

/* A thread that steps every half minute. cfg is copied; what it points to lives until stop. */
struct schedule;
MUST_CHECK enum status schedule_start(const struct schedule_config *cfg, struct schedule **ret,
                                      struct error *reterr);
/* Waits for work that is running. Takes NULL. */
void schedule_stop(struct schedule *s);

extern const struct db_stmt *const SCHEDULE_STATEMENTS[];

#endif
