/*
 * tale.h - one signal of the demo world, from the first word to its decision
 *
 * A tale knows who tells it and what comes next on which day. What happens is asked of Plein by
 * the actor who would do it (stage.h).
 */
#ifndef DEMO_TALE_H
#define DEMO_TALE_H

#include "demo/case_tale.h"
#include "demo/stage.h"
#include "demo/stories.h"

/* What the next act is. */
enum tale_next {
	TALE_TO_WRITE,
	TALE_TO_SUBMIT,
	TALE_TO_LOOK_AT,  /* the coordinator: ask, or look whether it is known and accept */
	TALE_TO_ANSWER,   /* the submitter answers and submits again */
	TALE_TO_SCHEDULE, /* waits for a place on an agenda */
	TALE_ON_AGENDA,
	TALE_IN_CASEFILE, /* adopted: case_tale.h tells on */
	TALE_OVER
};

struct tale {
	int64_t number;
	const struct story *story;
	struct player *teller, *coordinator;
	const char *ref;                 /* "S-2026-7K3QF"; NULL until it is begun */
	struct case_tale casefile, part; /* part: what was split off it, if anything */
	enum tale_next next;
	int32_t day;         /* of the next act */
	bool asked;          /* the coordinator asks once at most */
	bool deferred;       /* and a meeting puts off once */
	int outcome, reason; /* of the last meeting: enum signal_action, one of SIGNAL_REASONS */
};

/* The nth tale of this world, begun on `day`. False: nobody could tell it. */
bool tale_begin(struct stage *s, int64_t number, int32_t day, struct tale *ret);

/* It was adopted, or is over, from the day after. */
void tale_decided(struct tale *t, bool adopted, int32_t day);

/* The casefile that the meeting just opened is this tale's. */
MUST_CHECK enum status tale_find_case(struct stage *s, struct tale *t, struct error *reterr);

/* Does what is due today, if anything. */
MUST_CHECK enum status tale_step(struct stage *s, struct tale *t, int32_t day,
                                 struct error *reterr);

#endif
