/*
 * ticker.h - a thread that looks again and again whether something small waits to be done
 *
 * For queues that lie in the database (words to index, mail to send). A step does a bounded part
 * and says whether more waits; then the next step follows at once, else after every_ms. A step
 * that fails is told and tried again after a minute. Several processes may tick for one
 * database: a step must bear that another one took the work.
 */
#ifndef PLATFORM_JOBS_TICKER_H
#define PLATFORM_JOBS_TICKER_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/error.h"

struct ticker_config {
	const char *name;
	int every_ms;
	void *app; /* for step and failed; lives until stop */
	enum status (*step)(void *app, bool *ret_more, struct error *reterr);
	void (*failed)(void *app, const char *name, const struct error *e); /* may be NULL */
	/* With more to do, it rests as long as the step took (at most TICKER_BREATH_MS): what
	 * catches up takes half a processor, and leaves the rest to who waits for an answer. */
	bool gives_way;
	/* Whether somebody brings in much: then it rests TICKER_BUSY_TIMES as long. NULL: never. */
	bool (*busy)(void *app);
	/* Whether nobody waits for anything: then it doesn't rest. NULL: never. */
	bool (*alone)(void *app);
};

enum { TICKER_RETRY_MS = 60 * 1000, TICKER_BREATH_MS = 100, TICKER_BUSY_TIMES = 8 };

/* How long it rests behind a step that took so long and left more to do. */
int ticker_breath_ms(const struct ticker_config *cfg, int64_t took_us);

struct ticker;
/* cfg is copied. */
MUST_CHECK enum status ticker_start(const struct ticker_config *cfg, struct ticker **ret,
                                    struct error *reterr);
/* Waits for the step that is running. Takes NULL. */
void ticker_stop(struct ticker *t);

#endif
