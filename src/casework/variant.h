/*
 * variant.h - the ways of working as templates: what has to be done by when, by whom; pure
 *
 * D 3.2 and decisions 2.7 name the ways; how many working days each step takes is an ASSUMPTION, and
 * stands here alone. What a way may and may not (no advice from a scan, no Stuurploeg for the
 * wasstraat) is the guards' of CASEFILE_MACHINE and of the law; `rights` says it in a sentence.
 */
#ifndef CASEWORK_VARIANT_H
#define CASEWORK_VARIANT_H

#include "casework/casefile.h"

enum { VARIANT_STEPS_MAX = 5 };
struct variant_step {
	int work_kind;    /* the task it gives (work/work.h); 0 ends the list */
	enum role role;   /* who gets that task */
	int working_days; /* after the opening */
	uint8_t
	    done_states;   /* done once it stands in this state or later, or was done before that */
	const char *label; /* "Zet de bevragingen uit" */
};
struct variant_template {
	int variant;
	const char *rights; /* what this way of working may, in plain Dutch */
	struct variant_step steps[VARIANT_STEPS_MAX + 1];
};
/* Never NULL: an unknown one is the usual way. */
const struct variant_template *variant_template(int variant);

/* When a step has to be done, for a casefile that was opened on this day. */
int32_t variant_step_due(const struct variant_step *s, int32_t opened_day);
/* A casefile that stopped has nothing to do any more: done. */
bool variant_step_done(const struct variant_step *s, const struct casefile_picture *now);

#endif
