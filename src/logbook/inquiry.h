/* inquiry.h - who asked to see who saw a record, and for what; inside logbook/ */
#ifndef LOGBOOK_INQUIRY_H
#define LOGBOOK_INQUIRY_H

#include "platform/db/db.h"

struct inquiry {
	int64_t person_id, appointment_id;
	int64_t object_type, object_id;
	int64_t purpose; /* enum log_purpose */
	int64_t asked_at;
	const uint8_t *remark; /* sealed; never in the log itself */
	size_t remark_len;
};

MUST_CHECK enum status inquiry_add(struct db_tx *tx, const struct inquiry *i, struct error *reterr);

/* The purpose of the newest one by this person, under this appointment, about this object, since
 * this moment; 0: he didn't ask. */
MUST_CHECK enum status inquiry_purpose(struct db_read *r, const struct inquiry *about,
                                       int64_t since_ms, int64_t *ret, struct error *reterr);

#endif
