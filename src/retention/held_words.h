/* held_words.h - what a hold keeps, as lines, of one presence or of a whole record; inside retention/ */
#ifndef RETENTION_HELD_WORDS_H
#define RETENTION_HELD_WORDS_H

#include "platform/crypto/keyring.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct array */

struct held_place {
	int64_t signal_id, casefile_id; /* the other is 0 */
	int64_t number;                 /* of the presence in it; 0: all of it */
	const char *reference;          /* of the signal or casefile */
	struct uuid uuid;               /* of the signal, for all of it */
};

/* Facts, ties and words of other rooms; in a signal facts alone. presence_id 0: all of the record,
 * with the words of a signal. Adds to lines (subjects/kept.h). */
MUST_CHECK enum status held_words(struct db_read *r, struct keyring *k, int64_t presence_id,
                                  const struct held_place *p, struct arena *a, struct array *lines,
                                  struct error *reterr);

#endif
