/* list_query.h - the filters of the list, for the pages that show the same choice otherwise; inside
 * signals/ */
#ifndef SIGNALS_LIST_QUERY_H
#define SIGNALS_LIST_QUERY_H

#include "platform/http/http.h"
#include "platform/view/list.h"
#include "signals/signals.h"

/* What an input (a query, a form) chooses of today's partners, municipalities, states, words. */
MUST_CHECK enum status signal_list_read(struct request *rq, const struct input *in,
                                        struct list_query *ret, struct error *reterr);
struct signal_query signal_list_query(const struct request *rq, const struct list_query *q);

#endif
