/*
 * record.h - how an event gets into the log: by the transaction that it tells about
 *
 * audit_write is db_config.write_event: platform/db calls it last in the transaction of every
 * job whose db_job.event is set, with what the job returned. No event, no change and no answer.
 */
#ifndef AUDIT_RECORD_H
#define AUDIT_RECORD_H

#include "audit/event.h"
#include "platform/db/db.h"

/*
 * event: a struct audit_event, not changed, so that it may run again. Its result is outcome,
 * unless the event itself names a failure (a refusal that is shown as a page).
 */
MUST_CHECK enum status audit_write(struct db_tx *tx, void *event, enum status outcome,
                                   struct error *reterr);

/* A change without other event: writes event and waits until it is durable. For the command line.
 */
MUST_CHECK enum status audit_tell(struct db *db, struct audit_event *event, struct error *reterr);

extern const struct db_stmt AUDIT_EVENT_ADD;

#endif
