/* request_check.h - the readers of every request, for `plein check access` */
#ifndef REQUESTS_REQUEST_CHECK_H
#define REQUESTS_REQUEST_CHECK_H

#include "explain/audience_check.h"

extern const struct audience_room REQUEST_AUDIENCES;
extern const struct db_stmt *const request_check_statements[];

#endif
