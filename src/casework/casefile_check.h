/* casefile_check.h - the readers of every casefile, for `plein check access` */
#ifndef CASEWORK_CASEFILE_CHECK_H
#define CASEWORK_CASEFILE_CHECK_H

#include "explain/audience_check.h"

extern const struct audience_room CASEFILE_AUDIENCES;
extern const struct db_stmt *const casefile_check_statements[];

#endif
