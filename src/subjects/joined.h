/*
 * joined.h - presences that people judged the same: one clock, read together, undone without a trace
 *
 * A join is a judgement that holds (subjects/judgement.h); joins chain: a = b and b = c join all three.
 * The clock of each is the earliest of all (decisions 3.10). Undoing gives every presence its own
 * clock back (who judges sees only presences whose clock runs). Forgetting one doesn't: the others keep the earliest, so that nothing moves later.
 */
#ifndef SUBJECTS_JOINED_H
#define SUBJECTS_JOINED_H

#include "platform/crypto/sealed_key.h"
#include "platform/db/db.h"
#include "subjects/judgement.h"

/* Ids of a presence ($1) and all that are joined with it in the same signal or casefile, as a
 * subquery; the same text on both engines. */
#define JOINED_WITH_1                                                                              \
	"(WITH RECURSIVE same (id) AS (SELECT p.id FROM presence p WHERE p.id = $1 UNION"          \
	" SELECT q.id FROM same s JOIN judgement j ON (j.one_id = s.id OR j.other_id = s.id)"      \
	" JOIN presence q ON q.id = j.one_id + j.other_id - s.id"                                  \
	" JOIN presence o ON o.id = $1 WHERE j.kind = 1 AND j.state = 2"                           \
	" AND coalesce(q.casefile_id, 0) = coalesce(o.casefile_id, 0)"                             \
	" AND coalesce(q.signal_id, 0) = coalesce(o.signal_id, 0)) SELECT same.id FROM same)"

/* In apply, after the judgements about this presence changed: it and all joined with it get the
 * earliest clock of those that run. */
MUST_CHECK enum status joined_settle(struct db_tx *tx, int64_t presence_id, struct error *reterr);
/* In apply, before a presence goes: what was joined with it keeps the clock that it has now. */
MUST_CHECK enum status joined_let_go(struct db_tx *tx, int64_t presence_id, struct error *reterr);

/* One judgement that two subjects of a casefile are the same. */
struct casefile_join {
	int64_t one_id, other_id; /* presences */
	int64_t one, other;       /* their numbers */
	bool waits;               /* for a second person */
	int64_t judged_at;
	const char *judge, *second; /* "" for a second that isn't there */
	const char *reason;         /* "" while it waits: a second person looks for himself */
	const char *second_reason;  /* "" where nobody confirmed it, or before it was kept */
};
/* All of them, in the order in which they were judged, at most JUDGEMENTS_MAX. */
MUST_CHECK enum status casefile_joins(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                      struct arena *a, struct array *ret, struct error *reterr);
/* Pure: is this number joined with that one, along whatever chain of joins that hold? */
bool joined_numbers(struct array joins, int64_t one, int64_t other);

extern const struct db_stmt *const joined_statements[];

#endif
