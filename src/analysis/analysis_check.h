/* analysis_check.h - who opens an analysis: the statement of its casefile beside casefile_thing() */
#ifndef ANALYSIS_ANALYSIS_CHECK_H
#define ANALYSIS_ANALYSIS_CHECK_H

#include "explain/viewer_check.h"

extern const struct viewer_room ANALYSIS_VIEWERS;
extern const struct db_stmt *const analysis_check_statements[];

#endif
