#include "platform/jobs/ticker.h"

#include <stdlib.h>

#include "platform/core/clock.h"
#include "platform/jobs/beat.h"

struct ticker {
	struct ticker_config cfg;
	struct beat beat;
};

int ticker_breath_ms(const struct ticker_config *cfg, int64_t took_us)
{
	const int64_t took_ms = (took_us + 999) / 1000;

	if (!cfg->gives_way || (cfg->alone != NULL && cfg->alone(cfg->app)))
		return 0;
	const int ms = took_ms < TICKER_BREATH_MS ? (int)took_ms : TICKER_BREATH_MS;
	return cfg->busy != NULL && cfg->busy(cfg->app) ? TICKER_BUSY_TIMES * ms : ms;
}

static int step(struct ticker *t)
{
	const int64_t began_us = clock_monotonic_us();
	struct error e = { 0 };
	bool more = false;

	if (t->cfg.step(t->cfg.app, &more, &e) == OK)
		return more ? ticker_breath_ms(&t->cfg, clock_monotonic_us() - began_us)
		            : t->cfg.every_ms;
	if (t->cfg.failed != NULL)
		t->cfg.failed(t->cfg.app, t->cfg.name, &e);
	return TICKER_RETRY_MS;
}

static void *loop(void *arg)
{
	struct ticker *t = arg;

	while (beat_rest(&t->beat, step(t)))
		;
	return NULL;
}

enum status ticker_start(const struct ticker_config *cfg, struct ticker **ret, struct error *reterr)
{
	struct ticker *t = calloc(1, sizeof *t);

	if (t == NULL)
		return FAIL_INTERNAL(reterr);
	t->cfg = *cfg;
	if (beat_start(&t->beat, loop, t, reterr) != OK) {
		free(t);
		return reterr->status;
	}
	*ret = t;
	return OK;
}

void ticker_stop(struct ticker *t)
{
	if (t == NULL)
		return;
	beat_stop(&t->beat);
	free(t);
}
