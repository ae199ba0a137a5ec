/*
 * quick_tale.h - what one partner does at once in the demo world, before the advice: within a mandate
 *
 * The Stuurploeg gives the head a mandate for the year; an analyst asks for a quick action in a casefile
 * that will get an advice, and the head says yes, or no with a reason.
 */
#ifndef DEMO_QUICK_TALE_H
#define DEMO_QUICK_TALE_H

#include "demo/case_tale.h"
#include "demo/stuurploeg.h"

/* In the meeting that is open, once a year. */
MUST_CHECK enum status quick_give_mandate(struct stage *s, struct stuurploeg *g, int32_t day,
                                          struct error *reterr);

/* Some casefiles; what went ahead is one of its interventions from then on. */
MUST_CHECK enum status quick_play(struct stage *s, struct case_tale *c, struct error *reterr);

#endif
