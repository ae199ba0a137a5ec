/* point.h - a change of one point: its moves and its signature; inside steering/ only */
#ifndef STEERING_POINT_H
#define STEERING_POINT_H

#include "interventions/interventions.h"
#include "learning/learning.h"
#include "steering/matter.h"

struct making { /* an intervention that a ruling brings about */
	const struct steering_decision *draft;
	const struct advice_proposal *proposal;
	struct intervention_new made;
	struct intervention_owner_new owners[INTERVENTION_OWNERS_MAX];
};

struct cancelling { /* one that was approved before and won't be done after all */
	struct intervention intervention;
	struct intervention_words reason;
};

struct point_change {
	struct version_input in;
	struct on_point on;
	struct matter matter;
	const struct move *move;

	/* of the signature */
	struct making *makings;
	size_t making_count;
	struct cancelling *cancellings;
	size_t cancelling_count;
	struct uuid next;     /* of the point where a deferred casefile comes back */
	struct array members; /* struct casefile_member: who hears of it */
	const struct mac_key *reference_key;
	bool closes;
	struct closing_lesson lesson; /* where it closes */
};

/* What the guards ask now, read by r; m gives the proposals. */
MUST_CHECK enum status point_picture_now(struct db_read *r, const struct viewer *viewer,
                                         const struct on_point *on, const struct matter *m,
                                         int64_t now_ms, struct arena *a, struct point_picture *ret,
                                         struct error *reterr);

/* In prepare: seals what interventions need. */
MUST_CHECK enum status signing_prepare(struct request *rq, struct point_change *c,
                                       struct error *reterr);
/* In apply: the casefile, after its point. */
MUST_CHECK enum status signing_claim(struct db_tx *tx, const struct point_change *c,
                                     struct error *reterr);
/* Decisions get their numbers, interventions begin, the casefile moves, people hear of it. */
MUST_CHECK enum status signing_apply(struct db_tx *tx, const struct request *rq,
                                     const struct point_change *c, struct error *reterr);

extern const struct view STEERING_POINT_VIEW;
MUST_CHECK enum status show_steering_point(struct request *rq, struct response *rs,
                                           struct error *reterr);

#endif
