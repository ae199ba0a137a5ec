/*
 * match_start - how long after a start the first likeness is told: match_start RECORDS ROUNDS [--data DIR]
 *
 * In a demo installation. Makes presences of generated people, keeps the index as the server does each day,
 * and then starts anew ROUNDS times: from nothing in memory, by the sealed file and what changed since
 * according to the database, to the first answer. Prints "MEDIAN SLOWEST PROCESSOR" in ms, and the file's
 * bytes: by the clock on the wall, and the least of the processor time.
 */
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <time.h>

#include "matches/live_parts.h"
#include "matching/generate.h"
#include "opened.h"

enum { AT_ONCE = 10000, ROUNDS_MAX = 100 };

#define PRESENCES(uuid)                                                                            \
	"WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)"            \
	" INSERT INTO presence (uuid, subject_uuid, signal_id, casefile_id, number, kind, role,"   \
	" key_id, created_at) SELECT " uuid ", " uuid ", p.signal_id, p.casefile_id, i, p.kind,"   \
	" p.role, p.key_id, p.created_at FROM n, (SELECT * FROM presence WHERE kind = 101"         \
	" ORDER BY id LIMIT 1) p"
static const struct db_stmt ADD_SQLITE = { "bench_presences", "ii", PRESENCES("randomblob(16)") };
static const struct db_stmt ADD_POSTGRES = {
	"bench_presences_postgres", "ii", PRESENCES("decode(md5(CAST(i AS text) || 'p'), 'hex')")
};

struct span_of {
	int64_t from, until;
	bool postgres;
};

static enum status add(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct span_of *s = args;

	return db_exec(tx, s->postgres ? &ADD_POSTGRES : &ADD_SQLITE,
	               DB_ARGS(DB_INT(s->from), DB_INT(s->until)), NULL, reterr);
}

static enum status add_all(struct db *db, int64_t records, struct error *reterr)
{
	enum { FIRST = 1000 }; /* numbers behind those of the region itself */
	enum status st = OK;

	for (int64_t from = 0; st == OK && from < records; from += AT_ONCE) {
		const int64_t until = from + AT_ONCE < records ? from + AT_ONCE : records;
		struct span_of s = { FIRST + from, FIRST + until - 1,
			             db_engine_of(db) == DB_POSTGRES };
		struct db_job job = { .run = add, .args = &s };
		st = db_run(db, &job, reterr);
	}
	return st;
}

static enum status until_ready(struct plein *p, struct error *reterr)
{
	enum status st = OK;
	bool more = false;

	while (st == OK && !live_ready(p->live))
		st = live_step(p, &more, reterr);
	return st;
}

/* Who was added has no facts: each gets a name and a date of birth in the index alone. */
static enum status name_all(struct live_index *x, int64_t records, struct error *reterr)
{
	const struct generate_options people = { .seed = 1, .record_count = (uint64_t)records };
	const struct live_row *rows = x->now.rows.data;
	const size_t count = x->now.rows.bytes / sizeof *rows;
	const struct model *m = &x->models[0];
	struct made_record made;
	enum status st = OK;

	for (int64_t i = 0; st == OK && i < records; i++) {
		struct index_record r = { .id = (uint64_t)rows[count - 1 - (size_t)i].id };
		generate_record(&people, (uint64_t)i, &made);
		for (int f = 0; f < MADE_FIELDS; f++) {
			const int field = model_field_index(m, GENERATE_COLUMNS[f]);
			if (field >= 0)
				r.texts[field] = made.text[f];
		}
		st = index_change(x->now.index[0], &r, reterr);
	}
	return st;
}

/* The index of all of them, kept as after a day's build. */
static enum status keep_index(struct plein *p, int64_t records, struct error *reterr)
{
	p->live = live_new();
	enum status st = until_ready(p, reterr);
	if (st == OK)
		st = name_all(p->live, records, reterr);
	if (st == OK)
		st = live_file_keep(p, &p->live->now, p->live->built_at, reterr);
	live_free(p->live);
	p->live = NULL;
	return st;
}

static double now_ms(clockid_t which)
{
	struct timespec t;

	(void)clock_gettime(which, &t);
	return (double)t.tv_sec * 1e3 + (double)t.tv_nsec / 1e6;
}

static enum status start_anew(struct plein *p, int64_t records, double *ret_ms, double *ret_cpu_ms,
                              struct error *reterr)
{
	const struct subject_fact asked[] = { { .kind = FACT_FAMILY_NAME, .value = "Jansen" },
		                              { .kind = FACT_GIVEN_NAMES, .value = "Anna" },
		                              { .kind = FACT_BIRTH_DATE, .value = "1980-03-12" } };
	struct live_hit hits[LIVE_HITS_MAX];
	const double began = now_ms(CLOCK_MONOTONIC), cpu = now_ms(CLOCK_PROCESS_CPUTIME_ID);

	p->live = live_new();
	enum status st = until_ready(p, reterr);
	if (st == OK)
		(void)live_find(p->live, SUBJECT_PERSON, asked, 3, -1, hits);
	*ret_ms = now_ms(CLOCK_MONOTONIC) - began;
	*ret_cpu_ms = now_ms(CLOCK_PROCESS_CPUTIME_ID) - cpu;
	if (st == OK && live_count(p->live) < records)
		st = FAIL(reterr, ERR_INTERNAL, "%u records came back", live_count(p->live));
	live_free(p->live);
	p->live = NULL;
	return st;
}

static int ascending(const void *a, const void *b)
{
	const double x = *(const double *)a, y = *(const double *)b;

	return (x > y) - (x < y);
}

static enum status measure(struct plein *p, int64_t records, int rounds, struct error *reterr)
{
	double ms[ROUNDS_MAX], cpu[ROUNDS_MAX];
	struct stat file;
	enum status st = OK;

	for (int i = 0; st == OK && i < rounds; i++)
		st = start_anew(p, records, &ms[i], &cpu[i], reterr);
	if (st != OK)
		return st;
	qsort(ms, (size_t)rounds, sizeof *ms, ascending);
	qsort(cpu, (size_t)rounds, sizeof *cpu, ascending);
	const long long bytes = stat(p->live_file, &file) == 0 ? (long long)file.st_size : 0;
	printf("%.1f %.1f %.1f %lld\n", ms[rounds / 2], ms[rounds - 1], cpu[0], bytes);
	return OK;
}

static enum status fill_and_start(struct plein *p, char **words, int count, struct error *reterr)
{
	const int64_t records = strtoll(words[0], NULL, 10);
	const int rounds = (int)strtol(words[1], NULL, 10);

	(void)count;
	if (rounds < 1 || rounds > ROUNDS_MAX)
		return FAIL(reterr, ERR_INVALID, "rounds: 1 to %d", ROUNDS_MAX);
	enum status st = add_all(p->db, records, reterr);
	if (st == OK)
		st = keep_index(p, records, reterr);
	if (st == OK)
		st = measure(p, records, rounds, reterr);
	return st;
}

int main(int argc, char **argv)
{
	return measure_opened(argc, argv, 2, fill_and_start);
}
