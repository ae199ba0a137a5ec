/* log_rate.c - how fast events are sealed and verified; `log_rate FOLDER EVENTS`, SQLite */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "audit/action.h"
#include "audit/log.h"
#include "audit/record.h"
#include "audit/verify.h"
#include "platform/core/clock.h"

enum { AT_ONCE = 200 };

struct many {
	const struct audit_event *event;
	int count;
};

/* Many events in one job: the measured things are the sealer and verify, not the writing. */
static enum status write_many(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct many *m = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < m->count; i++) {
		struct audit_event e = *m->event;
		e.object_id += i;
		st = audit_write(tx, &e, OK, reterr);
	}
	return st;
}

static int failed(const struct error *e)
{
	(void)fprintf(stderr, "%s\n", e->cause[0] == '\0' ? e->message : e->cause);
	return 1;
}

struct watch {
	int64_t wall_ms;
	clock_t cpu;
};

static struct watch watch_start(void)
{
	return (struct watch){ clock_monotonic_ms(), clock() };
}

/* Per second of the clock on the wall, and per second of processor time (steadier). */
static void print_rate(const char *what, int64_t count, struct watch since)
{
	const double ms = (double)(clock_monotonic_ms() - since.wall_ms + 1);
	const double cpu_ms =
	    (double)(clock() - since.cpu) * 1000.0 / (double)CLOCKS_PER_SEC + 0.001;

	printf("%-10s %9lld events %9.0f/s wall %9.0f/s cpu\n", what, (long long)count,
	       (double)count * 1000.0 / ms, (double)count * 1000.0 / cpu_ms);
}

static enum status write_all(struct db *db, const struct audit_event *e, int64_t events,
                             struct error *reterr)
{
	enum status st = OK;

	for (int64_t done = 0; st == OK && done < events; done += AT_ONCE) {
		struct many m = { e, AT_ONCE };
		struct db_job job = { .run = write_many, .args = &m };
		st = db_run(db, &job, reterr);
	}
	return st;
}

static enum status measure(struct audit_log *log, int64_t events, struct error *reterr)
{
	const struct audit_event e = { .at_ms = clock_now_ms(log->cfg.clock),
		                       .action = AUDIT_SIGNAL_VIEW,
		                       .actor_id = 551,
		                       .appointment_id = 7001,
		                       .role = 9,
		                       .participant_id = 12,
		                       .organ_id = 44,
		                       .session_id = 90210,
		                       .origin = UINT64_C(0xfedcba9876543210),
		                       .request = UINT64_C(0x0123456789abcdef),
		                       .object_type = OBJECT_SIGNAL,
		                       .object_id = 1000000 };
	const struct audit_verify_options o = { .signers = log->cfg.public, .signer_count = 1 };
	struct audit_verdict v = { 0 };
	struct watch began = watch_start();
	enum status st = write_all(log->cfg.db, &e, events, reterr);

	print_rate("written", events, began);
	began = watch_start();
	if (st == OK)
		st = audit_log_seal_now(log, reterr);
	print_rate("sealed", events, began);
	began = watch_start();
	if (st == OK)
		st = audit_verify(log, &o, &v, reterr);
	print_rate("verified", v.events, began);
	if (st == OK && (v.findings != 0 || v.events < events))
		return FAIL(reterr, ERR_INTERNAL, "the log doesn't verify");
	return st;
}

int main(int argc, char **argv)
{
	const uint8_t seed[SIGN_SEED_BYTES] = { 1 };
	const struct clock clock = clock_system();
	struct sign_secret secret;
	struct sign_public public;
	struct error err = { 0 };
	struct audit_log log;
	struct db *db;

	if (argc != 3) {
		(void)fprintf(stderr, "usage: log_rate FOLDER EVENTS\n");
		return 2;
	}
	const struct db_config cfg = { .engine = DB_SQLITE,
		                       .data_dir = argv[1],
		                       .write_event = audit_write,
		                       .ballast_bytes = 4096 };
	if (crypto_init(&err) != OK || db_migrate(&cfg, NULL, &err) != OK ||
	    db_open(&cfg, &db, &err) != OK)
		return failed(&err);
	sign_keys(seed, &secret, &public);
	const struct audit_log_config log_cfg = {
		.db = db, .db_cfg = &cfg, .secret = &secret, .public = &public, .clock = &clock
	};
	enum status st = audit_log_open(&log, &log_cfg, &err);
	if (st != OK)
		return failed(&err);
	st = measure(&log, strtoll(argv[2], NULL, 10), &err);
	audit_log_close(&log);
	db_close(db);
	return st == OK ? 0 : failed(&err);
}
