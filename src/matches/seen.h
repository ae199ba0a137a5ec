/*
 * seen.h - presences as far as a viewer may see them: where each stands, and nothing of others
 *
 * Rights are asked of the database with every question, never of the index: a presence in a signal
 * that isn't open to him, or in a casefile from which he is blocked, is absent.
 */
#ifndef MATCHES_SEEN_H
#define MATCHES_SEEN_H

#include "access/access.h"
#include "platform/core/arena.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"

struct seen_presence {
	int64_t id, number;
	int64_t signal_id, casefile_id; /* one of the two; the other 0 */
	int64_t first_processed_at;     /* 0: the partnership doesn't process it yet */
	struct uuid uuid, subject_uuid;
	int kind, role;
	const char *reference, *href, *participant; /* participant "" for a casefile */
};

enum { SEEN_AT_ONCE = 56, SEEN_NEWEST_MAX = 1000 };

/* Those of these ids (at most SEEN_AT_ONCE count) that the viewer may see, in any order.
 * participant_id not 0: only in signals that this participant brought in. Asking none costs the
 * same as asking SEEN_AT_ONCE, so that time tells nothing. */
MUST_CHECK enum status seen_presences(struct db_read *r, const struct viewer *viewer,
                                      int64_t participant_id, const int64_t *ids, size_t count,
                                      struct arena *a, struct array *ret, struct error *reterr);

/* ERR_NOT_FOUND: none, or not for him. */
MUST_CHECK enum status seen_presence_named(struct db_read *r, const struct viewer *viewer,
                                           const char *uuid, struct arena *a,
                                           struct seen_presence *ret, struct error *reterr);

/* What he may see of before this one (SEEN_FROM_NEWEST: of all), newest first, at most SEEN_NEWEST_MAX;
 * *ret_more: there is more. */
#define SEEN_FROM_NEWEST INT64_MAX
MUST_CHECK enum status seen_newest(struct db_read *r, const struct viewer *viewer,
                                   int64_t before_id, struct arena *a, struct array *ret,
                                   bool *ret_more, struct error *reterr);

/* Who stands in the lists with the signal or casefile of a presence, and who is kept from it: as
 * the statements of the functions above read it. */
struct presence_readers {
	struct array readers; /* of audience */
	struct array blocked; /* of int64_t: persons */
};
MUST_CHECK enum status presence_readers_load(struct db_read *r, const struct seen_presence *p,
                                             struct arena *a, struct presence_readers *ret,
                                             struct error *reterr);
bool presence_opens_to(const struct viewer *viewer, const struct presence_readers *of);

extern const struct db_stmt *const seen_statements[];

#endif
