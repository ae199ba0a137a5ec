/*
 * stuurploeg.h - the Stuurploeg of the demo world: every fourth Tuesday, about what was submitted
 *
 * Its secretary composes the agenda and drafts, its chair signs; then each owner carries out, and
 * after three months, six and twelve it is asked whether it helped; then it closes.
 */
#ifndef DEMO_STUURPLOEG_H
#define DEMO_STUURPLOEG_H

#include "demo/case_tale.h"

enum { STUURPLOEG_EVERY_DAYS = 28, STUURPLOEG_SEATS_MAX = 12, STUURPLOEG_CASES_MAX = 40 };

struct stuurploeg {
	const char *ref; /* of the meeting of today */
	struct player *secretary, *chair;
	struct player *seats[STUURPLOEG_SEATS_MAX]; /* the chair first */
	size_t seat_count, meetings, closings;
	const char *with_guest; /* the meeting that had one last; NULL: none yet */
	int32_t mandate_until;  /* of the head; 0: none yet */
};

/* Who has a seat; false: nobody can chair. */
bool stuurploeg_seat(struct stage *s, struct stuurploeg *ret);

/* Of an organisation that works in the casefile whose page offers "leads"; NULL: none of them has one. */
struct player *lead_for(struct stage *s, const char *page);

/* Planned for today and opened, everybody there. */
MUST_CHECK enum status stuurploeg_open(struct stage *s, struct stuurploeg *g, int32_t day,
                                       struct error *reterr);
/* One casefile that waits for it: each proposal approved, its decision signed. */
MUST_CHECK enum status stuurploeg_decide(struct stage *s, struct stuurploeg *g, struct case_tale *c,
                                         struct error *reterr);
/* One casefile whose effect is known is closed, with its three answers; not yet if it isn't on the
 * agenda. */
MUST_CHECK enum status stuurploeg_end(struct stage *s, struct stuurploeg *g, struct case_tale *c,
                                      struct error *reterr);
MUST_CHECK enum status stuurploeg_close(struct stage *s, const struct stuurploeg *g,
                                        struct error *reterr);

#endif
