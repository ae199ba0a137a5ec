/*
 * play.h - months of work in the demo world, played through the real rules on a clock of its own
 *
 * From the day the act came into force to now: signals are written, asked about, weighed, adopted
 * or not, and what was not adopted is destroyed in time. The same seed gives the same story;
 * references and keys differ. `plein demo` fills with it.
 */
#ifndef DEMO_PLAY_H
#define DEMO_PLAY_H

#include "demo/stage.h"

struct play_wish {
	struct plein *plein; /* http open without address, clock the one below */
	struct clock *clock; /* stands at the first day; the play moves it to until_ms */
	int64_t until_ms;
	uint64_t seed;
	int64_t signal_count;
	/* Work that comes by itself, once a day; may be NULL. */
	enum status (*daily)(struct plein *p, struct error *reterr);
	/* Told once a month: how far it is, in hundredths; may be NULL. */
	void (*progress)(int hundredths);
};

struct played {
	int64_t signals, meetings, acts;
};
MUST_CHECK enum status demo_play(const struct play_wish *wish, struct played *ret,
                                 struct error *reterr);

#endif
