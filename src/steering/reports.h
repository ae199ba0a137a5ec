/* reports.h - what standing points of the agenda tell; inside steering/ only */
#ifndef STEERING_REPORTS_H
#define STEERING_REPORTS_H

#include "steering/steering_page.h"

struct report_line {
	const char *reference, *casefile, *what;
	int64_t day; /* INT64_MIN: none */
};
extern const struct view REPORT_LINE_VIEW;

/* The lines of one kind (enum point_kind) as this viewer may see them, since the meeting before. */
MUST_CHECK enum status report_lines(struct request *rq, const struct gathering *m, int kind,
                                    struct array *ret, struct error *reterr);

/* Name in the address of a standing point: "overdue"; NULL: this kind is none. */
const char *report_name(int kind);

extern const struct db_stmt *const report_statements[];

#endif
