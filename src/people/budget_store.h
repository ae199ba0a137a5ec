/* budget_store.h - alarms, counts per hour and exceptions as the managers' pages show them; inside people/ */
#ifndef PEOPLE_BUDGET_STORE_H
#define PEOPLE_BUDGET_STORE_H

#include "people/budget.h"

struct budget_alarm {
	int64_t id, person_id, hour, count, raised_at, seen_at; /* seen_at 0: nobody looked */
	const char *person;
	int kind, level;
};
/* Newest first, at most 200. participant_id 0: of everybody. */
MUST_CHECK enum status budget_alarms(struct db_read *r, int64_t participant_id, struct arena *a,
                                     struct array *ret, struct error *reterr);
struct budget_of_hour {
	int64_t hour, read, search, exported;
};
/* Newest first. */
MUST_CHECK enum status budget_hours(struct db_read *r, int64_t person_id, int64_t from_hour,
                                    struct arena *a, struct array *ret, struct error *reterr);

/* Stored; never reused. */
enum budget_exception_state { EXCEPTION_WAITS = 1, EXCEPTION_HOLDS = 2, EXCEPTION_ENDED = 3 };
enum { EXCEPTION_REASON_CHARS = 300, EXCEPTION_DAYS_MAX = 90, EXCEPTION_MOST_MAX = 100000 };
struct budget_exception {
	int64_t id, most, until_day, asked_person, asked_at;
	const char *reason, *asked_by;
	int kind, state;
};
/* Newest first, at most 50. */
MUST_CHECK enum status budget_exceptions(struct db_read *r, int64_t person_id, struct arena *a,
                                         struct array *ret, struct error *reterr);

struct budget_actor {
	int64_t person_id, appointment_id, now_ms;
};
/* All alarms about him were looked at: the managers' task ends. */
MUST_CHECK enum status budget_see(struct db_tx *tx, int64_t person_id,
                                  const struct budget_actor *who, struct error *reterr);
/* ERR_CONFLICT: one waits already. */
MUST_CHECK enum status budget_ask(struct db_tx *tx, int64_t person_id,
                                  const struct budget_exception *e, const struct budget_actor *who,
                                  struct error *reterr);
/* The caller asked who may. ERR_CONFLICT: it isn't there to be decided any more. */
MUST_CHECK enum status budget_decide(struct db_tx *tx, int64_t person_id, int64_t exception_id,
                                     int state, const struct budget_actor *who,
                                     struct error *reterr);

#endif
