/*
 * guest.h - guests of a meeting: named, each for some points about a casefile; inside steering/ only
 *
 * A guest who works with Plein reads the advice at those points, under every appointment of his
 * that may, from the day he is put on the list until the meeting is over. He reads no list, no
 * other point, no ruling and no vote. Any other guest is named only. Who reads the agenda sees the
 * guests of the points that he sees himself. Names are sealed and go as those of the
 * informatie-overleg do (weighing/attendance.h).
 */
#ifndef STEERING_GUEST_H
#define STEERING_GUEST_H

#include "steering/steering_store.h"
#include "weighing/attendance.h"

enum { GUEST_APPOINTMENTS_MAX = 8 };

struct steering_guest {
	int64_t id, person_id;    /* person 0: named only */
	const char *name;         /* NULL: forgotten, or not asked for */
	const char *organisation; /* typed */
	bool remote;
	struct array points; /* of int64_t: ids of points, ascending; never those taken off */
};
/* In the order in which they came; k NULL: without names. */
MUST_CHECK enum status steering_guests(struct db_read *r, struct keyring *k, int64_t meeting_id,
                                       struct arena *a, struct array *ret, struct error *reterr);

/* What this guest reads now, in the order of the agenda; nothing once the meeting is over. */
MUST_CHECK enum status guest_points(struct db_read *r, const struct viewer *viewer,
                                    int64_t meeting_id, struct arena *a, struct array *ret,
                                    struct error *reterr);
/* The meeting of which he is a guest, over or not. ERR_NOT_FOUND: he is none. */
MUST_CHECK enum status guest_gathering(struct db_read *r, const struct viewer *viewer,
                                       const char *reference, struct arena *a,
                                       struct gathering *ret, struct error *reterr);
/* Who reads this point as its guest now: an array of audience. */
MUST_CHECK enum status guest_audiences(struct db_read *r, int64_t point_id, struct arena *a,
                                       struct array *ret, struct error *reterr);
/* Every guest of the meeting who works with Plein, an appointment once: an array of audience. */
MUST_CHECK enum status guest_readers(struct db_read *r, int64_t meeting_id, struct arena *a,
                                     struct array *ret, struct error *reterr);

/* Who works with Plein under this address (person_address()), with the appointments in force that may be a guest's. */
struct guest_account {
	int64_t person_id; /* 0: nobody */
	int64_t appointments[GUEST_APPOINTMENTS_MAX];
	size_t count;
};
MUST_CHECK enum status guest_account_load(struct db_read *r, const char *email, int64_t now_ms,
                                          struct guest_account *ret, struct error *reterr);
MUST_CHECK enum status guest_is_blocked(struct db_read *r, int64_t person_id, int64_t casefile_id,
                                        bool *ret, struct error *reterr);

/* ---- inside a job, after MEETING_ROOT ---------------------------------------------------------- */

struct steering_guest_new {
	struct guest_new guest;
	struct guest_account account;
	const int64_t *points;
	size_t point_count;
};
MUST_CHECK enum status steering_guest_put(struct db_tx *tx, const struct steering_guest_new *n,
                                          struct error *reterr);
/* ERR_NOT_FOUND: no guest of this meeting. */
MUST_CHECK enum status steering_guest_remove(struct db_tx *tx, int64_t meeting_id, int64_t guest_id,
                                             struct error *reterr);

extern const struct db_stmt *const steering_guest_statements[];

#endif
