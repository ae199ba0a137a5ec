/*
 * phase.h - how far the law lets partners go for one subject in one casefile (decisions 3.1); pure
 *
 * Phase 1 is open from the start. Phase 2 and 3 each open by a proposal with its necessity, for 3
 * with proportionality, subsidiarity and the consent of police or OM; a second person signs. On a
 * scan phase 3 never opens. Casefiles have no phase of their own.
 */
#ifndef CASEWORK_PHASE_H
#define CASEWORK_PHASE_H

#include "access/access.h"
#include "law/rules.h"
#include "platform/core/machine.h"

/* Stored; never reused. */
enum phase_state {
	PHASE_NONE = 0,
	PHASE_PROPOSED = 1,
	PHASE_AGREED = 2, /* by police or OM */
	PHASE_OPENED = 3,
	PHASE_REFUSED = 4,
	PHASE_WITHDRAWN = 5
};
enum phase_action {
	PHASE_PROPOSE = 1,
	PHASE_AGREE = 2,
	PHASE_OPEN = 3,
	PHASE_REFUSE = 4,
	PHASE_WITHDRAW = 5
};

struct phase_picture {
	struct law_opening opening; /* second_id: who acts now */
	char letter;                /* of who acts */
	bool casefile_live;
};
extern const struct machine PHASE_MACHINE;

/* May it be proposed? Asked with everything but the second person and the consent. */
struct verdict phase_may_propose(const struct law_opening *o);

/* Who sees that phase 3 is asked or open: analysts and coordinators, and who is named for it. */
bool phase_shows_heavy(enum role role, bool named_heavy);

#endif
