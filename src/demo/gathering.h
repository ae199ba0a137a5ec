/*
 * gathering.h - the informatie-overleg of the demo world: every second Thursday
 *
 * Planned nine days ahead with what is accepted by then, prepared by the partners, held, closed,
 * and followed by the messages to who brought the signals in.
 */
#ifndef DEMO_GATHERING_H
#define DEMO_GATHERING_H

#include "demo/tale.h"

enum {
	GATHERING_ITEMS_MAX = 14,
	GATHERING_PEOPLE_MAX = 40,
	GATHERING_EVERY_DAYS = 14,
	GATHERING_AHEAD_DAYS = 9
};

struct gathering {
	int64_t number;
	int32_t day;     /* when it is held */
	const char *ref; /* NULL: none is planned */
	struct tale *tales[GATHERING_ITEMS_MAX];
	size_t tale_count;
	struct player *people[GATHERING_PEOPLE_MAX];
	size_t person_count;
	bool held;
};

/* Plans one for `day` with the first tales that wait; *ret without ref when none does. */
MUST_CHECK enum status gathering_plan(struct stage *s, struct tale *tales, size_t count,
                                      int64_t number, int32_t day, struct gathering *ret,
                                      struct error *reterr);
/* Partners note what they know, before the day. */
MUST_CHECK enum status gathering_prepare(struct stage *s, struct gathering *g,
                                         struct error *reterr);
/* On the day: opened, weighed, decided, closed. */
MUST_CHECK enum status gathering_hold(struct stage *s, struct gathering *g, struct error *reterr);
/* The day after: the coordinator releases the messages. */
MUST_CHECK enum status gathering_tell(struct stage *s, struct gathering *g, struct error *reterr);

#endif
