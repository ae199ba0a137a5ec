/* demo_store.h - what the demo writes that no room writes for others; for this room alone */
#ifndef DEMO_DEMO_STORE_H
#define DEMO_DEMO_STORE_H

#include "demo/stage.h"
#include "platform/db/db.h"

MUST_CHECK enum status demo_count_people(struct db_read *r, int64_t *ret, struct error *reterr);
/* An account manager looks after a municipality. */
MUST_CHECK enum status demo_look_after(struct db_tx *tx, int64_t appointment_id,
                                       int64_t municipality_id, struct error *reterr);

/* Everybody with an appointment in force, in order of appointment; in a. */
MUST_CHECK enum status demo_players(struct db_read *r, struct arena *a, struct player **ret,
                                    size_t *ret_count, struct error *reterr);

#endif
