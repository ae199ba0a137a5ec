/*
 * account.h - from "account aangevraagd" to the same-day end: the life of a person in Plein (D 6.6)
 *
 * The table is the rule; the store only carries out. An account is not authority: that
 * comes from an appointment (appointment.h).
 */
#ifndef PEOPLE_ACCOUNT_H
#define PEOPLE_ACCOUNT_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/machine.h"

enum account_state {
	ACCOUNT_REQUESTED = 1,
	ACCOUNT_EMPLOYER_CONFIRMED = 2,
	ACCOUNT_SCREENING_CHECKED = 3,
	ACCOUNT_TRAINED = 4,
	ACCOUNT_ACTIVE = 5,
	ACCOUNT_SUSPENDED = 6,
	ACCOUNT_REVOKED = 7
};

enum account_action {
	ACCOUNT_CONFIRM = 1,
	ACCOUNT_CHECK_SCREENING = 2,
	ACCOUNT_RECORD_TRAINING = 3,
	ACCOUNT_ACTIVATE = 4,
	ACCOUNT_SUSPEND = 5,
	ACCOUNT_RESUME = 6,
	ACCOUNT_REVOKE = 7,
	ACCOUNT_LAPSE = 8 /* by the system: not used for 90 days (idle.h) */
};

enum screening_manner {
	SCREENING_NONE = 0,
	SCREENING_VOG = 1,         /* certificate of conduct */
	SCREENING_PARTICIPANT = 2, /* under the participant's own rules, BGS 1.11(1) */
};

/* What the guards ask, loaded by one statement. */
struct account_picture {
	int64_t today, screened_on, trained_on;
	int64_t open_work;     /* tasks and records that still stand on this person's name */
	bool actor_is_subject; /* nobody moves his own account */
	bool actor_same_employer;
	bool actor_is_head;
	bool actor_confirmed; /* the same person confirmed as employer: activation asks another */
	bool successor_named;
	bool screened_by_vog;
};

extern const struct machine ACCOUNT_MACHINE;

#endif
