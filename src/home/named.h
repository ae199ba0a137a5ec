/* named.h - what a task is about, in words, as far as this viewer may read it */
#ifndef HOME_NAMED_H
#define HOME_NAMED_H

#include "platform/http/http.h"
#include "work/work.h"

/*
 * ret_names[i] for rows[i], at most WORK_LIST_MAX: the title of its record as its room tells it to
 * this viewer; NULL: none, or not for him. In the request's arena. Cost: a look-up a row.
 */
MUST_CHECK enum status tasks_named(struct request *rq, const struct work_task *rows, size_t count,
                                   const char **ret_names, struct error *reterr);

#endif
