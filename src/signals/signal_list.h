/* signal_list.h - the statements of lists, for rooms_prepare; inside signals/ */
#ifndef SIGNALS_SIGNAL_LIST_H
#define SIGNALS_SIGNAL_LIST_H

#include "platform/db/db.h"

extern const struct db_stmt *const signal_list_statements[];

#endif
