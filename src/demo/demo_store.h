/* demo_store.h - what the demo writes that no room writes for others; only for demo.c */
#ifndef DEMO_DEMO_STORE_H
#define DEMO_DEMO_STORE_H

#include "platform/db/db.h"

MUST_CHECK enum status demo_count_people(struct db_read *r, int64_t *ret, struct error *reterr);
/* An account manager looks after a municipality. */
MUST_CHECK enum status demo_look_after(struct db_tx *tx, int64_t appointment_id,
                                       int64_t municipality_id, struct error *reterr);

#endif
