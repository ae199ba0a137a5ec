/*
 * consent_tale.h - "na toestemming" in the demo world: an owner asks a source, and what it says
 *
 * For a decision of its own the owner of an intervention wants to use what another told. Who decides for
 * that source says yes, yes with conditions, or nothing at all; then the owner's report is made.
 */
#ifndef DEMO_CONSENT_TALE_H
#define DEMO_CONSENT_TALE_H

#include "demo/case_tale.h"

/* Nothing where nobody can ask, or where there is nothing to ask about. */
MUST_CHECK enum status consent_play_ask(struct stage *s, const struct case_tale *c,
                                        const struct doing *d, struct error *reterr);
MUST_CHECK enum status consent_play_answer(struct stage *s, const struct case_tale *c,
                                           const struct doing *d, struct error *reterr);
MUST_CHECK enum status consent_play_report(struct stage *s, const struct case_tale *c,
                                           const struct doing *d, struct error *reterr);

#endif
