/*
 * list_rate - a page of 50 out of a million signals, through signal_rows as the list asks it
 *
 *   list_rate SIGNALS ROUNDS [--data DIR] [--database CONNINFO]
 *
 * In a demo installation. The clerk has a few hundred signals among his audiences, the desk four
 * in ten, the coordinator all: what one may see must not be felt in how long one waits.
 * Prints "WHO PAGE P50 P99 PROCESSOR" in ms, one a line: by the clock on the wall, and the 99th
 * percentile of this process's own processor time, which others on the machine can't spoil (on
 * PostgreSQL the work itself is elsewhere, and it says little).
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "opened.h"
#include "platform/core/clock.h"
#include "signals/signals.h"

/* FIRST: behind the signals that the demo region has of itself. */
enum { FIRST = 10000001, AT_ONCE = 25000, PAGE = 50, ROUNDS_MAX = 100000 };

#define NUMBERS                                                                                    \
	"WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)"            \
	" INSERT INTO "
#define SIGNALS(uuid)                                                                              \
	NUMBERS "signal (id, uuid, reference, state, state_since, participant_id, organ_id,"       \
		" appointment_id, created_at, edited_at)"                                          \
		" SELECT i, " uuid                                                                 \
		", 'bench-' || CAST(i AS text), 1 + i % 9, i, o.participant_id,"                   \
		" o.id, a.id, i, i FROM n, (SELECT id, participant_id FROM organ ORDER BY id"      \
		" LIMIT 1) o, (SELECT id FROM appointment ORDER BY id LIMIT 1) a"
static const struct db_stmt SIGNALS_SQLITE = { "bench_signals", "ii", SIGNALS("randomblob(16)") };
static const struct db_stmt SIGNALS_POSTGRES = { "bench_signals_postgres", "ii",
	                                         SIGNALS("decode(md5(CAST(i AS text)), 'hex')") };
/* $3 the audience, $4 which part of the signals: where i % 10000 is below it. */
static const struct db_stmt READERS = {
	"bench_readers", "iiii",
	NUMBERS "signal_audience (audience_id, at, id, state, theme, line, municipality_id,"
		" participant_id) SELECT $3, i, i, 1 + i % 9, i % 7, i % 20, i % 23, i % 40 FROM n"
		" WHERE i % 10000 < $4"
};
static const struct db_stmt ANALYZE = { "bench_analyze", "", "ANALYZE" };

struct reader {
	const char *name;
	struct viewer viewer;
	int64_t part; /* of 10,000 */
};
static struct reader READER[] = {
	{ "clerk", { .appointment_id = 900001, .role = ROLE_SUBMITTER }, 5 },
	{ "desk",
	  { .appointment_id = 900002,
	    .desk_id = 1,
	    .participant_id = 1,
	    .role = ROLE_PARTNER_DESK },
	  4000 },
	{ "coordinator", { .appointment_id = 900003, .role = ROLE_INFO_COORDINATOR }, 10000 },
};
enum { READERS_COUNT = sizeof READER / sizeof READER[0] };

struct span_of {
	int64_t from, until;
	bool postgres;
};

static enum status fill(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct span_of *s = args;
	enum status st = db_exec(tx, s->postgres ? &SIGNALS_POSTGRES : &SIGNALS_SQLITE,
	                         DB_ARGS(DB_INT(s->from), DB_INT(s->until)), NULL, reterr);

	for (int i = 0; st == OK && i < READERS_COUNT; i++) {
		const struct viewer *v = &READER[i].viewer;
		st = db_exec(tx, &READERS,
		             DB_ARGS(DB_INT(s->from), DB_INT(s->until),
		                     DB_INT(v->audiences[v->audience_count - 1]),
		                     DB_INT(READER[i].part)),
		             NULL, reterr);
	}
	return st;
}

static enum status analyze(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &ANALYZE, DB_NO_ARGS, NULL, reterr);
}

static enum status fill_all(struct db *db, int64_t signals, struct error *reterr)
{
	struct db_job analyzing = { .run = analyze };
	enum status st = OK;

	const int64_t last = FIRST + signals - 1;

	for (int64_t from = FIRST; st == OK && from <= last; from += AT_ONCE) {
		struct span_of s = { from, from + AT_ONCE - 1, db_engine_of(db) == DB_POSTGRES };
		s.until = s.until < last ? s.until : last;
		struct db_job job = { .run = fill, .args = &s };
		st = db_run(db, &job, reterr);
	}
	/* On PostgreSQL it happens by itself in time; Plein's SQLite has no such figures, ever. */
	return st == OK && db_engine_of(db) == DB_POSTGRES ? db_run(db, &analyzing, reterr) : st;
}

static double now_ms(clockid_t which)
{
	struct timespec t;

	(void)clock_gettime(which, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

/* One list, timed with its snapshot, as a request has it. */
static enum status ask(struct db *db, const struct signal_query *q, double *ret_ms,
                       double *ret_cpu_ms, struct error *reterr)
{
	struct arena a;
	struct array rows = { 0 };
	struct db_read *r;
	const double began = now_ms(CLOCK_MONOTONIC), cpu = now_ms(CLOCK_THREAD_CPUTIME_ID);
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	arena_init(&a, 1 << 20);
	st = signal_rows(r, q, &a, &rows, reterr);
	db_read_end(r);
	*ret_ms = now_ms(CLOCK_MONOTONIC) - began;
	*ret_cpu_ms = now_ms(CLOCK_THREAD_CPUTIME_ID) - cpu;
	arena_reset(&a);
	return st == OK && rows.count != PAGE
	           ? FAIL(reterr, ERR_INTERNAL, "%zu rows came instead of a page", rows.count)
	           : st;
}

static enum status measure(struct db *db, const struct reader *who, const char *page,
                           const struct signal_query *q, int rounds, struct error *reterr)
{
	double *ms = calloc((size_t)rounds * 2, sizeof *ms);
	double *cpu = ms + rounds;
	enum status st = ms == NULL ? FAIL_INTERNAL(reterr) : OK;

	for (int i = 0; st == OK && i < rounds; i++)
		st = ask(db, q, &ms[i], &cpu[i], reterr);
	if (st == OK) {
		qsort(ms, (size_t)rounds, sizeof *ms, ascending);
		qsort(cpu, (size_t)rounds, sizeof *cpu, ascending);
		printf("%s %s %.3f %.3f %.3f\n", who->name, page, ms[rounds / 2],
		       ms[rounds * 99 / 100], cpu[rounds * 99 / 100]);
	}
	free(ms);
	return st;
}

static enum status measure_all(struct db *db, int64_t signals, int rounds, struct error *reterr)
{
	enum status st = OK;

	for (int i = 0; st == OK && i < READERS_COUNT; i++) {
		const struct reader *who = &READER[i];
		const struct signal_query newest = { .viewer = &who->viewer, .limit = PAGE };
		struct signal_query halfway = newest, filtered = newest;
		halfway.reference = "bench-10000001";
		halfway.at = FIRST + signals / 2;
		filtered.states = UINT64_C(1) << 3;
		st = measure(db, who, "newest", &newest, rounds, reterr);
		if (st == OK)
			st = measure(db, who, "halfway", &halfway, rounds, reterr);
		if (st == OK)
			st = measure(db, who, "filtered", &filtered, rounds, reterr);
	}
	return st;
}

static enum status fill_and_measure(struct plein *p, char **words, int count, struct error *reterr)
{
	const int64_t signals = strtoll(words[0], NULL, 10);
	const int rounds = (int)strtol(words[1], NULL, 10);

	(void)count;
	for (int i = 0; i < READERS_COUNT; i++)
		viewer_audiences(&READER[i].viewer);
	enum status st = fill_all(p->db, signals, reterr);
	if (st != OK)
		return st;
	return measure_all(p->db, signals, rounds < ROUNDS_MAX ? rounds : ROUNDS_MAX, reterr);
}

int main(int argc, char **argv)
{
	return measure_opened(argc, argv, 2, fill_and_measure);
}
