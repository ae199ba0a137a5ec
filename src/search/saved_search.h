/*
 * saved_search.h - a search that somebody keeps: for what purpose, and until when
 *
 * Words and purpose are sealed; only the appointment that keeps it can read it, and every time that
 * it is run is a search like any other, in the log and in its budget. It ends by itself.
 */
#ifndef SEARCH_SAVED_SEARCH_H
#define SEARCH_SAVED_SEARCH_H

#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

enum {
	SAVED_SEARCHES_MAX = 20,
	SAVED_SEARCH_DAYS_MAX = 183,
	SAVED_PURPOSE_CHARS_MIN = 10,
	SAVED_PURPOSE_CHARS_MAX = 200
};

struct saved_search {
	int64_t id, until_day, made_at;
	const char *words, *purpose;
};
/* Those of this appointment that haven't ended, newest first: an array of struct saved_search. */
MUST_CHECK enum status saved_searches(struct db_read *r, struct keyring *k, int64_t appointment_id,
                                      int32_t today, struct arena *a, struct array *ret,
                                      struct error *reterr);
/* One of them. ERR_NOT_FOUND: ended, or not his. */
MUST_CHECK enum status saved_search_load(struct db_read *r, struct keyring *k,
                                         int64_t appointment_id, int64_t id, int32_t today,
                                         struct arena *a, struct saved_search *ret,
                                         struct error *reterr);

struct sealed_search {
	struct uuid uuid;
	struct fresh_key key;
	const uint8_t *words, *purpose;
	size_t words_len, purpose_len;
	int64_t appointment_id, until_day, made_at;
};
void saved_search_seal(struct keyring *k, const struct saved_search *search, struct arena *a,
                       struct sealed_search *ret);

/* In a job. ERR_LIMIT: he keeps SAVED_SEARCHES_MAX of them. */
MUST_CHECK enum status saved_search_put(struct db_tx *tx, const struct sealed_search *search,
                                        struct error *reterr);
/* With its key. ERR_NOT_FOUND: not his. */
MUST_CHECK enum status saved_search_remove(struct db_tx *tx, int64_t appointment_id, int64_t id,
                                           struct error *reterr);
/* Those that ended before today go, with their keys; at most 200 at once. */
MUST_CHECK enum status saved_searches_end(struct db_tx *tx, int32_t today, int64_t *ret_count,
                                          struct error *reterr);

extern const struct db_stmt *const saved_search_statements[];

#endif
