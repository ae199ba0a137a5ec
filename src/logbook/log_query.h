/* log_query.h - what the auditor's list is asked for, read from the address; inside logbook/ */
#ifndef LOGBOOK_LOG_QUERY_H
#define LOGBOOK_LOG_QUERY_H

#include "audit/list.h"
#include "platform/core/arena.h"
#include "platform/http/input.h"

enum log_filter { BY_ACTOR, BY_ACTION, BY_OBJECT, BY_OUTCOME, FROM_DAY, TO_DAY, LOG_FILTER_COUNT };

struct log_query {
	struct audit_filter filter;
	struct audit_cursor at;              /* all 0: the newest */
	const char *text[LOG_FILTER_COUNT];  /* as typed, where it was understood; else NULL */
	const char *label[LOG_FILTER_COUNT]; /* for a chip: "Wat: logde in" */
};

/* What can't be understood is ignored, and the page doesn't claim to filter by it. */
struct log_query log_query_read(const struct input *in, struct arena *a);

/* The orders to choose from, of struct choice. */
struct array log_orders(struct arena *a, const struct log_query *q);

/* path with the order and the filters of q but one (LOG_FILTER_COUNT: all), then more ("after=..", or NULL). */
const char *log_query_href(struct arena *a, const char *path, const struct log_query *q,
                           enum log_filter without, const char *more);

#endif
