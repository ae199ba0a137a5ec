#include "platform/jobs/schedule.h"

#include <stdlib.h>

#include "platform/jobs/beat.h"

static const struct db_stmt MAKE = {
	"schedule_make", "ti",
	"INSERT INTO schedule (name, begun_at, done_at) VALUES ($1, 0, $2)"
	" ON CONFLICT (name) DO NOTHING"
};
/* $2 now, $3 done before this, $4 begun before this */
static const struct db_stmt CLAIM = {
	"schedule_claim", "tiii",
	"UPDATE schedule SET begun_at = $2 WHERE name = $1"
	" AND (done_at <= $3 OR done_at > $2) AND (begun_at <= $4 OR begun_at > $2)"
};
static const struct db_stmt DONE = { "schedule_done", "ti",
	                             "UPDATE schedule SET done_at = $2, begun_at = 0"
	                             " WHERE name = $1" };

const struct db_stmt *const SCHEDULE_STATEMENTS[] = { &MAKE, &CLAIM, &DONE, NULL };

struct turn {
	const struct regular *regular;
	int64_t now_ms;
	bool ours;
};

static enum status claim(struct db_tx *tx, void *args, struct error *reterr)
{
	struct turn *t = args;
	const struct db_value name = DB_TEXT(t->regular->name);
	int64_t changed = 0;
	enum status st = db_exec(tx, &MAKE, DB_ARGS(name, DB_INT(t->now_ms)), NULL, reterr);

	if (st == OK)
		st = db_exec(tx, &CLAIM,
		             DB_ARGS(name, DB_INT(t->now_ms),
		                     DB_INT(t->now_ms - t->regular->every_ms),
		                     DB_INT(t->now_ms - SCHEDULE_RETRY_MS)),
		             &changed, reterr);
	t->ours = changed == 1;
	return st;
}

static enum status done(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct turn *t = args;

	return db_exec(tx, &DONE, DB_ARGS(DB_TEXT(t->regular->name), DB_INT(t->now_ms)), NULL,
	               reterr);
}

static enum status bulk(struct db *db, db_job_fn *run, struct turn *t, struct error *reterr)
{
	struct db_job job = { .run = run, .args = t, .lane = LANE_BULK };

	return db_run(db, &job, reterr);
}

/* *ret_did: it was due, ours, and ended well. */
static enum status take_turn(const struct schedule_config *cfg, const struct regular *r,
                             bool *ret_did, struct error *reterr)
{
	struct turn t = { .regular = r, .now_ms = clock_now_ms(cfg->clock) };
	enum status st = bulk(cfg->db, claim, &t, reterr);

	*ret_did = false;
	if (st != OK || !t.ours)
		return st;
	st = r->run(cfg->app, t.now_ms, reterr);
	if (st == OK)
		st = bulk(cfg->db, done, &t, reterr);
	*ret_did = st == OK;
	return st;
}

enum status schedule_step(const struct schedule_config *cfg, int *ret_done, struct error *reterr)
{
	enum status first = OK;

	*ret_done = 0;
	for (const struct regular *r = cfg->list; r->name != NULL; r++) {
		struct error e = { 0 };
		bool did;
		const enum status st = take_turn(cfg, r, &did, &e);
		*ret_done += did;
		if (st != OK && cfg->failed != NULL)
			cfg->failed(cfg->app, r, &e);
		if (st != OK && first == OK) {
			first = st;
			*reterr = e;
		}
	}
	return first;
}

/* ---- the thread ------------------------------------------------------------------------------ */

struct schedule {
	struct schedule_config cfg;
	struct beat beat;
};

static void *loop(void *arg)
{
	struct schedule *s = arg;
	enum status st;

	do {
		struct error e = { 0 };
		int count;
		st = schedule_step(&s->cfg, &count, &e);
	} while (beat_rest(
	    &s->beat,
	    SCHEDULE_LOOK_SECONDS *
		INT64_C(1000))); /* a failure was told by cfg.failed; the next step tries again */
	(void)st;
	return NULL;
}

enum status schedule_start(const struct schedule_config *cfg, struct schedule **ret,
                           struct error *reterr)
{
	struct schedule *s = calloc(1, sizeof *s);

	if (s == NULL)
		return FAIL_INTERNAL(reterr);
	s->cfg = *cfg;
	if (beat_start(&s->beat, loop, s, reterr) != OK) {
		free(s);
		return reterr->status;
	}
	*ret = s;
	return OK;
}

void schedule_stop(struct schedule *s)
{
	if (s == NULL)
		return;
	beat_stop(&s->beat);
	free(s);
}
