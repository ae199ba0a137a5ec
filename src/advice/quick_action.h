/*
 * quick_action.h - what one partner can do at once, before the advice is final; pure
 *
 * A chance for quick, visible action needn't wait for the advice (D 3.3; decisions 2.7): one owner, on
 * its own power (WGS 1.3(4)), light or middle, resting on nothing that another partner brought - what
 * did would first need the sources' chance to object (WGS 1.7(1)). Who works on the casefile asks for
 * it, the head decides within a mandate of the Stuurploeg: two persons. Then it is an intervention
 * like any other: its owner agrees, an executor does it, its effect is measured.
 */
#ifndef ADVICE_QUICK_ACTION_H
#define ADVICE_QUICK_ACTION_H

#include "advice/advice.h"

/* Stored; never reused. */
enum quick_state {
	QUICK_NONE = 0,
	QUICK_ASKED = 1,
	QUICK_APPROVED = 2, /* an intervention came of it */
	QUICK_REJECTED = 3,
	QUICK_WITHDRAWN = 4
};

enum quick_move { QUICK_ASK = 1, QUICK_APPROVE = 2, QUICK_REJECT = 3, QUICK_WITHDRAW = 4 };

/* On what it rests. Stored; never reused. */
enum quick_ground { QUICK_OWN_KNOWLEDGE = 1, QUICK_NO_PERSONS = 2, QUICK_OF_OTHERS = 3 };
extern const struct code QUICK_GROUNDS[];

struct quick_picture {
	bool before_advice; /* quick_in_time() of its casefile, and no advice that was signed */
	bool mandate_covers, reason_given, lead_chosen;
	int weight; /* enum law_weight */
	enum quick_ground ground;
	int64_t actor_person_id, asker_person_id;
};
extern const struct machine QUICK_MACHINE;

/* Is a casefile in this state (casework/casefile.h) one that is still worked out? */
bool quick_in_time(uint8_t casefile_state);

/* May it rest on this? A no points to the advice. */
struct verdict quick_may_rest_on(enum quick_ground ground);

enum { QUICK_ACTIONS_MAX = 40 };

#endif
