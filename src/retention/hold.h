/*
 * hold.h - a hold on destruction: what has to stay a while longer, and on which ground (WGS 1.8(7))
 *
 * The DPO sets it on a signal, a casefile, or one subject of a casefile, with a ground, a reason
 * and a last day; a second person confirms. From the moment that it is set nothing of it is
 * destroyed; if nobody confirms, that ends after HOLD_CONFIRM_DAYS. It stops destruction and
 * nothing else: on its day the record leaves everybody's sight as if it were gone (a casefile is
 * archived, a signal has no readers), and a person whose five years are over goes from his casefile
 * on the day itself: a sealed copy of what was known of him stays under the hold alone (held_copy.h).
 * A hold ends by itself on the day after its last; what it kept is due at once.
 */
#ifndef RETENTION_HOLD_H
#define RETENTION_HOLD_H

#include "access/access.h"
#include "platform/core/machine.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "platform/http/input.h" /* struct code */

/* Stored; never reused. */
enum hold_state {
	HOLD_NONE = 0,
	HOLD_PROPOSED = 1, /* keeps already */
	HOLD_ACTIVE = 2,
	HOLD_REFUSED = 3,
	HOLD_LAPSED = 4, /* nobody confirmed in time */
	HOLD_ENDED = 5
};
enum hold_action {
	HOLD_PROPOSE = 1,
	HOLD_CONFIRM = 2,
	HOLD_REFUSE = 3,
	HOLD_LAPSE = 4,
	HOLD_END = 5,
	HOLD_EXPIRE = 6
};
struct hold_picture {
	bool own; /* this person set it */
};
extern const struct machine HOLD_MACHINE;

/* The only grounds of the act. A complaint or an inquiry of the supervisor rests on the first. */
enum hold_ground { HOLD_STATUTORY_BAR = 1, HOLD_LEGAL_CLAIM = 2 };
extern const struct code HOLD_GROUNDS[];

enum {
	HOLD_CONFIRM_DAYS = 14, /* ASSUMPTION */
	HOLD_REMIND_DAYS = 14,  /* before its end; ASSUMPTION */
	HOLD_MAX_YEARS = 1,     /* then it is looked at anew; ASSUMPTION */
	HOLD_REASON_CHARS = 2000,
	HOLDS_MAX = 1000
};

/* Pure. X-17: a ground of the act, a last day that is after today, and no later than a year. */
struct verdict hold_until(int ground, int32_t until, int32_t today);
bool hold_keeps(uint8_t state);
struct hold;
/* "C-2026-7K3QF, betrokkene 3". */
const char *hold_what(struct arena *a, const struct hold *h);

struct hold {
	int64_t id, version, until_day;
	struct uuid uuid;
	uint8_t state;
	int ground;
	const char *reference; /* of the signal or casefile */
	int64_t subject;       /* its number; 0: all of it */
	int64_t set_at, decided_at, ended_at, set_by_person;
	const char *setter, *decider; /* colleagues; decider "": nobody yet */
	int64_t copies;               /* persons and things that it keeps a copy of */

	/* for hold_store.c and held_copy.c */
	int64_t key_id;
	const uint8_t *reason;
	size_t reason_len;
};

/* Those that keep something first, then newest first: an array of struct hold, at most HOLDS_MAX.
 * What is about a casefile from which this person is kept isn't there. person_id 0: the house. */
MUST_CHECK enum status hold_list(struct db_read *r, int64_t person_id, struct arena *a,
                                 struct array *ret, struct error *reterr);
MUST_CHECK enum status hold_load(struct db_read *r, int64_t id, int64_t person_id, struct arena *a,
                                 struct hold *ret, struct error *reterr);
/* "" once it ended: its words went with its key. */
MUST_CHECK enum status hold_reason(struct db_read *r, struct keyring *k, const struct hold *h,
                                   struct arena *a, const char **ret, struct error *reterr);

/* What a hold is about: by a signal's number, past its readers; a draft or what is gone is
 * ERR_NOT_FOUND. Of a subject: its row. */
MUST_CHECK enum status hold_find_signal(struct db_read *r, const char *reference, int64_t *ret,
                                        struct error *reterr);
MUST_CHECK enum status hold_find_subject(struct db_read *r, int64_t casefile_id, int64_t number,
                                         int64_t *ret, struct error *reterr);

/* ---- inside a job --------------------------------------------------------------------------- */

extern const struct db_root HOLD_ROOT;

struct hold_new {
	struct uuid uuid;
	int ground, object_kind; /* object_kind: OBJECT_SIGNAL, OBJECT_CASEFILE, OBJECT_SUBJECT */
	int64_t object_id, subject, until_day;
	const char *reference;
	struct fresh_key key;
	const uint8_t *reason;
	size_t reason_len;
};
/* In prepare. Fills uuid, key and reason. */
void hold_seal(struct keyring *k, const char *reason, int64_t now_ms, struct arena *a,
               struct hold_new *ret);
MUST_CHECK enum status hold_set(struct db_tx *tx, const struct hold_new *n,
                                const struct viewer *viewer, int64_t now_ms, int64_t *ret_id,
                                struct error *reterr);
/* viewer NULL: the system. ERR_CONFLICT with the rule's sentence. A hold that keeps no longer loses
 * its words and copies, with their key. */
MUST_CHECK enum status hold_move(struct db_tx *tx, const struct hold *h, enum hold_action action,
                                 const struct viewer *viewer, int64_t now_ms, struct error *reterr);

/* Marks signals and casefiles that a hold keeps, and unmarks the others: by hold, signal, and what
 * was joined or split since. Cost: linear in the holds that keep something. */
MUST_CHECK enum status holds_settle(struct db_tx *tx, struct error *reterr);
/* Of OBJECT_SIGNAL or OBJECT_CASEFILE, as holds_settle() left it. */
MUST_CHECK enum status hold_stands_on(struct db_read *r, int kind, int64_t id, bool *ret,
                                      struct error *reterr);

extern const struct db_stmt *const hold_statements[];

#endif
