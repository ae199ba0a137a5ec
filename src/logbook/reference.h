/* reference.h - what people call a record that an event is about; inside logbook/ */
#ifndef LOGBOOK_REFERENCE_H
#define LOGBOOK_REFERENCE_H

#include "platform/db/db.h"

struct record_place {
	uint16_t type; /* enum audit_object */
	int64_t id;
};
/* *ret_called: kinds that have a reference of their own; false: a fact, a role, a session. *ret NULL:
 * none, or the record is gone. */
MUST_CHECK enum status record_reference(struct db_read *r, struct record_place at, struct arena *a,
                                        const char **ret, bool *ret_called, struct error *reterr);
/* Read-in files and destruction lists: people call them by their number. */
bool record_is_numbered(uint16_t type);

#endif
