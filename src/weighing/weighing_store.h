/*
 * weighing_store.h - meetings, their agenda, scores and outcomes in the database
 *
 * Reading a meeting asks for the viewer: one to which he isn't invited is ERR_NOT_FOUND, unless
 * his role runs or oversees all meetings. Everything below a meeting is read by the ids that it
 * gave. score_list() alone returns values, and only of an item that is revealed.
 *
 * Writing happens inside a job. Claims ascend: SIGNAL_ROOT, MEETING_ROOT, ITEM_ROOT.
 */
#ifndef WEIGHING_WEIGHING_STORE_H
#define WEIGHING_WEIGHING_STORE_H

#include "access/access.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "weighing/attendance.h"
#include "weighing/meeting.h"
#include "weighing/weighing.h"

extern const struct db_root ITEM_ROOT;

/* True for roles that see every meeting of the region: they run or oversee them. */
bool sees_every_meeting(enum role role);

/* ---- reading ----------------------------------------------------------------------------- */

/* Those behind a place, newest first; backward: before it, oldest first. An array of struct
 * meeting. */
struct meeting_query {
	const struct viewer *viewer;
	int64_t starts_at;     /* the place */
	const char *reference; /* likewise; never NULL */
	bool backward;
	int64_t limit;
};
MUST_CHECK enum status meeting_list(struct db_read *r, const struct meeting_query *q,
                                    struct arena *a, struct array *ret, struct error *reterr);
MUST_CHECK enum status meeting_load(struct db_read *r, const struct viewer *viewer,
                                    const char *reference, struct arena *a, struct meeting *ret,
                                    struct error *reterr);

struct agenda_item {
	int64_t id, version, number;
	uint8_t state;
	int64_t revealed_at, decided_at, released_at; /* ms; 0: not yet */
	int outcome;                                  /* enum signal_action; 0: none yet */
	int reason_class;
	int64_t agreed[LAW_FACTOR_COUNT]; /* -1: not agreed */
	uint64_t criteria_met;            /* bit 1 to 5 */
	const char *criteria_version;     /* of what was agreed or decided; "" before */

	int64_t signal_id, signal_version;
	struct uuid signal_uuid;
	uint8_t signal_state;
	const char *reference, *participant, *municipality;
	int64_t participant_id, organ_id, submitted_at, deferred_times;
	int theme, line;
	int64_t next_day; /* deferred: the day on which it comes back; 0: none */
	bool advise_local;
	int64_t dissents; /* how many were registered */
};
/* In the order in which they are discussed (weighing_order); what was taken off isn't there. */
MUST_CHECK enum status item_list(struct db_read *r, int64_t meeting_id, struct arena *a,
                                 struct array *ret, struct error *reterr);

struct homework {
	int64_t organ_id;
	int known, alike; /* 1 yes, 2 no, 3 not looked */
};
MUST_CHECK enum status homework_list(struct db_read *r, int64_t item_id, struct arena *a,
                                     struct array *ret, struct error *reterr);

/* Who scored, never what. */
struct scorer {
	int64_t organ_id, appointment_id, factors;
};
MUST_CHECK enum status scorer_list(struct db_read *r, int64_t item_id, struct arena *a,
                                   struct array *ret, struct error *reterr);
/* What this organ scored, -1 where it didn't. */
MUST_CHECK enum status own_scores(struct db_read *r, int64_t item_id, int64_t organ_id,
                                  int64_t ret[LAW_FACTOR_COUNT], struct error *reterr);
/* struct score; empty unless the item is revealed or decided: the statement asks that itself. */
MUST_CHECK enum status score_list(struct db_read *r, int64_t item_id, struct arena *a,
                                  struct array *ret, struct error *reterr);

struct dissent {
	int64_t organ_id, criterion; /* 0: the outcome as a whole */
};
MUST_CHECK enum status dissent_list(struct db_read *r, int64_t item_id, struct arena *a,
                                    struct array *ret, struct error *reterr);
/* Organs that take part: an array of int64_t. */
MUST_CHECK enum status involved_list(struct db_read *r, int64_t item_id, struct arena *a,
                                     struct array *ret, struct error *reterr);

MUST_CHECK enum status meeting_picture_load(struct db_read *r, int64_t meeting_id,
                                            struct meeting_picture *ret, struct error *reterr);
MUST_CHECK enum status item_picture_load(struct db_read *r, int64_t item_id,
                                         struct item_picture *ret, struct error *reterr);

/* ---- sealed texts ---------------------------------------------------------------------------- */

struct agenda_text {
	int64_t item_id;
	enum agenda_text_kind kind;
	int64_t organ_id; /* 0: of the meeting itself */
	struct fresh_key key;
	const uint8_t *sealed; /* NULL: an empty text, the stored one goes */
	size_t len;
};
/* In prepare. */
void agenda_text_seal(struct keyring *k, int64_t item_id, enum agenda_text_kind kind,
                      int64_t organ_id, const char *text, struct arena *a, struct agenda_text *ret);
MUST_CHECK enum status agenda_text_put(struct db_tx *tx, const struct agenda_text *t,
                                       struct error *reterr);
/* All texts of one kind at this item, and their keys. */
MUST_CHECK enum status agenda_texts_drop(struct db_tx *tx, int64_t item_id,
                                         enum agenda_text_kind kind, struct error *reterr);
/* "" where there is none. */
MUST_CHECK enum status agenda_text_load(struct db_read *r, struct keyring *k, int64_t item_id,
                                        enum agenda_text_kind kind, int64_t organ_id,
                                        struct arena *a, const char **ret, struct error *reterr);

/* ---- writing, inside a job ---------------------------------------------------------------------- */

MUST_CHECK enum status item_insert(struct db_tx *tx, int64_t meeting_id, int64_t signal_id,
                                   const struct uuid *uuid, int64_t now_ms, struct error *reterr);
/* ERR_CONFLICT: it isn't in `from` any more. To REVEALED sets the moment and criteria_version (NULL:
 * only there); back to SCORING throws all scores away. */
struct item_step {
	int64_t id, now_ms;
	uint8_t from, to;
	const char *criteria_version;
};
MUST_CHECK enum status item_set_state(struct db_tx *tx, const struct item_step *step,
                                      struct error *reterr);

MUST_CHECK enum status homework_put(struct db_tx *tx, int64_t item_id, const struct homework *h,
                                    int64_t appointment_id, int64_t now_ms, struct error *reterr);

/* All four at once, under the lock of the item: ERR_CONFLICT after the reveal, or where somebody
 * else scored for the organ and isn't taken over. */
struct scoring {
	int64_t item_id, organ_id, appointment_id, now_ms;
	int64_t values[LAW_FACTOR_COUNT];
	int64_t extra[EXTRA_FACTORS_MAX]; /* own factors; -1: left open */
	const char *criteria_version;
	bool takes_over;
	struct agenda_text note; /* TEXT_SCORE_NOTE */
};
MUST_CHECK enum status score_put(struct db_tx *tx, const struct scoring *s, struct error *reterr);

struct outcome {
	int64_t item_id, appointment_id, now_ms;
	uint8_t from; /* enum item_state */
	int action;   /* enum signal_action */
	int reason_class;
	int64_t agreed[LAW_FACTOR_COUNT];
	const int64_t *extra; /* EXTRA_FACTORS_MAX, -1: not agreed; NULL: none at all */
	const char *criteria_version;
	uint64_t criteria_met;
	const int64_t *involved; /* organs */
	size_t involved_count;
	int64_t next_day; /* 0: none */
	bool advise_local;
};
MUST_CHECK enum status outcome_put(struct db_tx *tx, const struct outcome *o, struct error *reterr);
MUST_CHECK enum status dissent_put(struct db_tx *tx, int64_t item_id, const struct dissent *d,
                                   int64_t appointment_id, int64_t now_ms, struct error *reterr);
/* The submitter may read the message from now on. ERR_CONFLICT: released before. */
MUST_CHECK enum status item_release(struct db_tx *tx, int64_t item_id, int64_t signal_id,
                                    int64_t appointment_id, int64_t now_ms, struct error *reterr);

extern const struct db_stmt *const weighing_statements[];
extern const struct db_stmt *const weighing_write_statements[];
extern const struct db_stmt *const agenda_text_statements[];

#endif
