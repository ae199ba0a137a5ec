/*
 * steering_store.h - the Stuurploeg in the database: meetings, points, rulings, pools, actions
 *
 * Reading a meeting asks for the viewer: one to which he isn't invited is ERR_NOT_FOUND, unless
 * he oversees all. A point about a casefile in which his participant has no part, or from which
 * he is blocked, isn't in any list. Below a point, reading goes by the ids that it gave.
 *
 * Writing happens inside a job. Claims ascend: MEETING_ROOT, POINT_ROOT, CASEFILE_ROOT.
 */
#ifndef STEERING_STEERING_STORE_H
#define STEERING_STEERING_STORE_H

#include "platform/crypto/sealed_key.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "steering/steering.h"
#include "weighing/meeting.h"

extern const struct db_root POINT_ROOT, POOL_ROOT, ACTION_ROOT, ESCALATION_ROOT, MANDATE_ROOT;

/* The secretary and the head see every meeting and point (but where a block stands). */
bool oversees_steering(enum role role);

/* ---- meetings -------------------------------------------------------------------------------- */

struct gathering {
	int64_t id, version;
	int64_t live, point_now; /* what screens follow; a point's id, 0: nobody said */
	const char *reference, *place;
	enum meeting_kind kind;
	uint8_t state;
	int64_t starts_at, opened_at, closed_at, signed_at; /* ms; 0: not yet */
	int64_t chair_id, closer_person_id;                 /* appointment, 0: none; person */
	const char *chair;                                  /* name, "" for none */
};
/* Those behind a place, newest first; backward: before it, oldest first. */
struct gathering_query {
	const struct viewer *viewer;
	int64_t starts_at;     /* the place; INT64_MAX: from the newest */
	const char *reference; /* likewise; never NULL */
	bool backward;
	int64_t limit;
};
MUST_CHECK enum status gathering_list(struct db_read *r, const struct gathering_query *q,
                                      struct arena *a, struct array *ret, struct error *reterr);
MUST_CHECK enum status gathering_load(struct db_read *r, const struct viewer *viewer,
                                      const char *reference, struct arena *a, struct gathering *ret,
                                      struct error *reterr);
/* Meetings of the Stuurploeg that are still to come, but for one: where something can come back. */
MUST_CHECK enum status gathering_next(struct db_read *r, int64_t but_id, struct arena *a,
                                      struct array *ret, struct error *reterr);
/* The viewer is filled in by the caller: acts_as_chair, other_person. */
MUST_CHECK enum status gathering_picture_load(struct db_read *r, const struct gathering *m,
                                              const struct viewer *viewer,
                                              struct steering_picture *ret, struct error *reterr);

struct steering_seat {
	struct seat seat;
	int64_t participant_id, state, until_day, ended_at;
	const char *person, *participant, *on_behalf;
};
/* Everybody invited, by participant: an array of struct steering_seat. */
MUST_CHECK enum status seat_list(struct db_read *r, int64_t meeting_id, struct arena *a,
                                 struct array *ret, struct error *reterr);
/* The meeting takes up this point. */
MUST_CHECK enum status gathering_set_now(struct db_tx *tx, int64_t meeting_id, int64_t point_id,
                                         struct error *reterr);
MUST_CHECK enum status gathering_set_chair(struct db_tx *tx, int64_t meeting_id,
                                           int64_t appointment_id, struct error *reterr);

/* ---- points ------------------------------------------------------------------------------------ */

enum { POINTS_MAX = 60 };

struct steering_point {
	int64_t id, version, meeting_id, casefile_id, casefile_version, advice_id, place;
	struct uuid casefile_uuid, advice_uuid;
	int64_t advice_edition;      /* 0: no advice */
	const char *name, *casefile; /* casefile: its reference, "" for none */
	const char *municipality;
	int kind, theme, variant;
	uint8_t state, casefile_state;
	int64_t prepared_at, signed_at, preparer_person_id;
	const char *preparer, *signer; /* names, "" for nobody yet */
};
/* Those that this viewer may see, in their order: an array of struct steering_point. */
MUST_CHECK enum status point_list(struct db_read *r, const struct viewer *viewer,
                                  const struct gathering *m, struct arena *a, struct array *ret,
                                  struct error *reterr);
/* Casefiles that wait for the Stuurploeg and are on no agenda: as points without id. */
MUST_CHECK enum status point_candidates(struct db_read *r, const struct viewer *viewer,
                                        struct arena *a, struct array *ret, struct error *reterr);

struct point_new {
	struct uuid uuid;
	int64_t meeting_id, casefile_id, advice_id, appointment_id, now_ms;
	const char *name;
	int kind;
};
/* How many more the agenda shows and so may hold: POINTS_MAX less those on it. */
MUST_CHECK enum status points_room(struct db_tx *tx, int64_t meeting_id, size_t *ret,
                                   struct error *reterr);
/* ERR_CONFLICT: the casefile is on an agenda already. A report that is there: nothing happens. */
MUST_CHECK enum status point_insert(struct db_tx *tx, const struct point_new *n,
                                    struct error *reterr);
MUST_CHECK enum status point_set_state(struct db_tx *tx, int64_t id, const struct move *mv,
                                       int64_t appointment_id, int64_t now_ms,
                                       struct error *reterr);
/* All that waits goes back when a meeting is called off. */
MUST_CHECK enum status points_release(struct db_tx *tx, int64_t meeting_id, struct error *reterr);

/* ---- sealed words --------------------------------------------------------------------------------- */

/* Stored; never reused. */
enum steering_words {
	STEERING_REASON = 1,
	STEERING_CONDITIONS = 2,
	STEERING_QUESTIONS = 3,
	STEERING_LESSONS = 4,
	STEERING_DISSENT = 5,
	STEERING_OWNER = 6, /* who said what for the owner */
	/* With LESSONS (what will be done differently) the three questions of a closing. */
	STEERING_WORKED = 7,
	STEERING_FAILED = 8,
	STEERING_WORDS_COUNT = 9
};
struct steering_text {
	int64_t point_id, proposal_id, organ_id;
	enum steering_words kind;
	struct fresh_key key;
	const uint8_t *sealed; /* NULL: an empty text, the stored one goes */
	size_t len;
};
/* In prepare; ret->point_id and the other three are set by the caller first. */
void steering_text_seal(struct keyring *k, const char *text, struct arena *a,
                        struct steering_text *ret);
MUST_CHECK enum status steering_text_put(struct db_tx *tx, const struct steering_text *t,
                                         struct error *reterr);
/* "" where there is none. */
MUST_CHECK enum status steering_text_load(struct db_read *r, struct keyring *k,
                                          const struct steering_text *which, struct arena *a,
                                          const char **ret, struct error *reterr);

/* One line under a key of its own, for tables that hold it themselves. */
struct steering_line {
	struct fresh_key key;
	const uint8_t *sealed;
	size_t len;
};
enum steering_line_kind {
	LINE_ACTION = 1,
	LINE_QUESTION = 2,
	LINE_ANSWER = 3,
	LINE_PURPOSE = 4, /* what a source is asked for */
	LINE_CONSENT = 5  /* what it said */
};
void steering_line_seal(struct keyring *k, const struct uuid *of, enum steering_line_kind kind,
                        const char *text, struct arena *a, struct steering_line *ret);
MUST_CHECK enum status steering_line_open(struct db_read *r, struct keyring *k, int64_t key_id,
                                          const struct uuid *of, enum steering_line_kind kind,
                                          const struct span *sealed, struct arena *a,
                                          const char **ret, struct error *reterr);

extern const struct db_stmt *const steering_statements[];
extern const struct db_stmt *const steering_write_statements[];
extern const struct db_stmt *const steering_text_statements[];

#endif
