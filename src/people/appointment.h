/*
 * appointment.h - a role for a person, on whose behalf, from when until when (D 3.1, decisions 5)
 *
 * A role that sees much is proposed by one person and confirmed by another: four eyes
 * count persons, never appointments. An ended appointment never comes back; a new one is made.
 */
#ifndef PEOPLE_APPOINTMENT_H
#define PEOPLE_APPOINTMENT_H

#include <stdbool.h>
#include <stdint.h>

#include "access/access.h"
#include "platform/core/machine.h"

enum appointment_state {
	APPOINTMENT_NONE = 0, /* before it is proposed */
	APPOINTMENT_PROPOSED = 1,
	APPOINTMENT_IN_FORCE = 2,
	APPOINTMENT_REFUSED = 3,
	APPOINTMENT_ENDED = 4
};

enum appointment_action {
	APPOINTMENT_PROPOSE = 1,
	APPOINTMENT_GRANT = 2, /* at once: a role that asks no second signature */
	APPOINTMENT_CONFIRM = 3,
	APPOINTMENT_REFUSE = 4,
	APPOINTMENT_END = 5
};

struct appointment_picture {
	enum role role;
	int64_t open_work; /* tasks that stand on this appointment's own name */
	bool actor_is_subject;
	bool actor_is_proposer;
	bool actor_same_employer;
	bool actor_is_head;
	bool successor_named;
	bool account_open; /* the account isn't revoked */
	bool role_fits;    /* role and organ fit: appointment_role_fits() */
};

extern const struct machine APPOINTMENT_MACHINE;

/*
 * Can this role be held for a body of this letter (0: the bureau)? Bureau posts stand apart
 * from partners; a partner's roles need a partner. MAYOR_READER is the mayor's ('h'). Every
 * employer, the bureau too, may have its AUTHORISATION_MANAGER.
 */
bool appointment_role_fits(enum role role, char letter, bool bureau);

#endif
