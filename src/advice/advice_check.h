/* advice_check.h - the stored readers of advices beside advice_readers(), each with how far he reads */
#ifndef ADVICE_ADVICE_CHECK_H
#define ADVICE_ADVICE_CHECK_H

#include "explain/audience_check.h"

extern const struct audience_room ADVICE_AUDIENCES;
extern const struct db_stmt *const advice_check_statements[];

#endif
