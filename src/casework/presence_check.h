/* presence_check.h - who finds a presence among those that may be the same: the statements of seen.h
 * beside the rules of the signal or casefile that it stands in */
#ifndef CASEWORK_PRESENCE_CHECK_H
#define CASEWORK_PRESENCE_CHECK_H

#include "explain/viewer_check.h"

extern const struct viewer_room PRESENCE_VIEWERS;
extern const struct db_stmt *const presence_check_statements[];

#endif
