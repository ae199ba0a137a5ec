/* quick_mandate.h - is there a mandate for one quick action? Inside steering/ only */
#ifndef STEERING_QUICK_MANDATE_H
#define STEERING_QUICK_MANDATE_H

#include "platform/db/db.h"

/* The mandate in force today that covers this weight and these hours; *ret 0: none does. */
MUST_CHECK enum status mandate_covering(struct db_read *r, int64_t weight, int64_t hours,
                                        int32_t today, int64_t *ret, struct error *reterr);

#endif
