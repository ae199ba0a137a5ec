/* ruling.h - the form of one ruling and what lies around it; inside steering/ only */
#ifndef STEERING_RULING_H
#define STEERING_RULING_H

#include "casework/casework.h"
#include "steering/point.h"

struct pledge_input {
	int64_t participant, hours;
};

struct vote_input {
	int64_t organ;
	int vote;
	const char *dissent;
};

struct ruling_input {
	int64_t version, hours, due_day, organ, lead, feedback_day;
	int ruling, owner, feedback;
	const char *reason, *conditions, *questions, *worked, *failed, *lessons, *meeting;
	bool over_pool;
	struct array pledges, votes;
};
extern const struct form RULING_FORM;
extern const struct view RULING_PAGE_VIEW;

struct ruling_table {
	struct on_point on;
	struct matter matter;
	const struct advice_proposal *proposal; /* NULL: the casefile as a whole */
	const struct steering_decision *draft, *before;
	struct array pools, leads, organs, seats, meetings;
	int64_t year;
};
/* The point and proposal of the path, with pools, leads, owners, seats and later meetings. */
MUST_CHECK enum status lay_table(struct request *rq, struct ruling_table *t, struct error *reterr);
/* Hours are of the year in which the work is done: the pools of that year. due_day 0 or none: the day
 * that was advised. */
MUST_CHECK enum status ruling_pools(struct request *rq, struct ruling_table *t, int64_t due_day,
                                    struct error *reterr);

MUST_CHECK enum status show_ruling(struct request *rq, struct response *rs, struct error *reterr);

#endif
