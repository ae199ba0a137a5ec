/*
 * meeting.h - what every gathering has: a date, a place, a state, a chair, who came
 *
 * The informatie-overleg (weighing.h) and the Stuurploeg (steering/) are both rows of one table
 * and share attendance.h. What is on the agenda, who may open it and which moves its state makes
 * are each room's own.
 */
#ifndef WEIGHING_MEETING_H
#define WEIGHING_MEETING_H

#include "platform/crypto/crypto.h"
#include "platform/crypto/uuid.h"
#include "platform/db/db.h"
#include "weighing/weighing.h"

extern const struct db_root MEETING_ROOT;

/* Stored; never reused. MANDATE: a decision between meetings, by whom the Stuurploeg mandated. */
enum meeting_kind { MEETING_WEIGHING = 1, MEETING_STEERING = 2, MEETING_MANDATE = 3 };

enum { MEETINGS_MAX = 100 };

struct meeting {
	int64_t id, version, live;
	const char *reference, *place;
	uint8_t state;
	int64_t starts_at, opened_at, closed_at;    /* ms; 0: not yet */
	int64_t item_count;                         /* on the agenda; taken off not counted */
	int64_t factor_list_id, factor_list_number; /* kept at its opening; 0: none, or not open */
};

struct meeting_new {
	struct uuid uuid;
	const struct mac_key *reference_key;
	int64_t starts_at, appointment_id, now_ms;
	const char *place;
	enum meeting_kind kind; /* 0: MEETING_WEIGHING */
};
MUST_CHECK enum status meeting_insert(struct db_tx *tx, const struct meeting_new *n,
                                      int64_t *ret_id, const char **ret_reference,
                                      struct error *reterr);
/* Also begins and ends pauses; opening says absent of who left since he was invited. */
MUST_CHECK enum status meeting_set_state(struct db_tx *tx, int64_t id, uint8_t from, uint8_t to,
                                         int64_t appointment_id, int64_t now_ms,
                                         struct error *reterr);
/* Last of every change: *ret_live is what open screens are told. */
MUST_CHECK enum status meeting_stir(struct db_tx *tx, int64_t id, int64_t *ret_live,
                                    struct error *reterr);

#endif
