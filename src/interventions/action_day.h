/*
 * action_day.h - a joint day of action with its running sheet: who does what when, without persons
 *
 * Every text is person-free, by check before it is kept, so that the sheet can be printed and carried
 * along (decisions 4.4). Read by who sees the casefile; written by its regievoerder.
 */
#ifndef INTERVENTIONS_ACTION_DAY_H
#define INTERVENTIONS_ACTION_DAY_H

#include "access/access.h"
#include "platform/db/db.h"

struct action_day {
	int64_t id, number, day;
	const char *gather, *briefing;
};
/* Of a casefile, soonest first: an array of struct action_day. */
MUST_CHECK enum status action_days(struct db_read *r, int64_t casefile_id, struct arena *a,
                                   struct array *ret, struct error *reterr);
/* ERR_NOT_FOUND: no such number. */
MUST_CHECK enum status action_day_load(struct db_read *r, int64_t casefile_id, int64_t number,
                                       struct arena *a, struct action_day *ret,
                                       struct error *reterr);

struct action_step {
	int64_t id, minute;             /* of the day */
	const char *what, *participant; /* participant "": everybody */
};
/* By time. */
MUST_CHECK enum status action_steps(struct db_read *r, int64_t action_day_id, struct arena *a,
                                    struct array *ret, struct error *reterr);

struct action_day_new {
	int64_t casefile_id, day, now_ms, appointment_id;
	const char *gather, *briefing;
};
MUST_CHECK enum status action_day_add(struct db_tx *tx, const struct action_day_new *n,
                                      int64_t *ret_number, struct error *reterr);
struct action_step_new {
	int64_t action_day_id, minute, organ_id; /* organ_id 0: everybody */
	const char *what;
};
MUST_CHECK enum status action_step_add(struct db_tx *tx, const struct action_step_new *n,
                                       struct error *reterr);
MUST_CHECK enum status action_step_drop(struct db_tx *tx, int64_t action_day_id, int64_t step_id,
                                        struct error *reterr);

extern const struct db_stmt *const action_day_statements[];

#endif
