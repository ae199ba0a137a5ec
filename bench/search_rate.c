/*
 * search_rate - finding by words among many records, through search_find as the search box asks it
 *
 *   search_rate RECORDS ROUNDS [--data DIR] [--database CONNINFO]
 *
 * In a demo installation. A word stands in each 2nd to 50,000th record. The clerk may read one record
 * in 2,000, the desk four in ten, the coordinator all. Prints "WHO WORDS P50 P99 PROCESSOR" in ms,
 * one a line, as list_rate does.
 */
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#include "audit/action.h"
#include "opened.h"
#include "search/search.h"

enum { AT_ONCE = 100000, ROUNDS_MAX = 100000 };

#define NUMBERS                                                                                    \
	"WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)"            \
	" INSERT INTO "
static const struct db_stmt RECORDS = {
	"bench_documents", "iii",
	NUMBERS "search_document (id, kind, object_id, reference, at)"
		" SELECT 10000000 + i, $3, 10000000 + i, 'bench-' || CAST(i AS text), i FROM n"
};
/* $3 the word, $4 in every how many, $5 which of those */
static const struct db_stmt WORDS = { "bench_words", "iitii",
	                              NUMBERS "search_word (lexeme, document_id)"
	                                      " SELECT $3, 10000000 + i FROM n WHERE i % $4 = $5" };
/* $3 the audience, $4 which part of the records: where i % 10000 is below it */
static const struct db_stmt READERS = { "bench_search_readers", "iiii",
	                                NUMBERS
	                                "search_reader (audience_id, document_id)"
	                                " SELECT $3, 10000000 + i FROM n WHERE i % 10000 < $4" };
static const struct db_stmt ANALYZE = { "bench_search_analyze", "", "ANALYZE" };

static const struct word {
	int every, place;
} WORD[] = { { 2, 0 }, { 3, 0 }, { 10, 0 }, { 1000, 0 }, { 50000, 0 }, { 2, 1 }, { 20, 1 } };
enum { WORD_KINDS = sizeof WORD / sizeof WORD[0] };

struct reader {
	const char *name;
	struct viewer viewer;
	int64_t part; /* of 10,000 */
};
static struct reader READER[] = {
	{ "clerk", { .person_id = 1, .appointment_id = 900001, .role = ROLE_SUBMITTER }, 5 },
	{ "desk",
	  { .person_id = 1,
	    .appointment_id = 900002,
	    .desk_id = 1,
	    .participant_id = 1,
	    .role = ROLE_PARTNER_DESK },
	  4000 },
	{ "coordinator",
	  { .person_id = 1, .appointment_id = 900003, .role = ROLE_INFO_COORDINATOR },
	  10000 },
};
enum { READERS_COUNT = sizeof READER / sizeof READER[0] };

static const struct question {
	const char *name;
	size_t count;
	int words[2]; /* places in WORD */
} QUESTIONS[] = {
	{ "frequent", 1, { 0 } },
	{ "two-frequent", 2, { 0, 1 } },
	{ "frequent-and-rare", 2, { 0, 4 } },
	{ "rare", 1, { 4 } },
	{ "two-frequent-that-never-meet", 2, { 0, 5 } },
	{ "two-less-frequent-that-never-meet", 2, { 2, 6 } },
};
enum { QUESTION_COUNT = sizeof QUESTIONS / sizeof QUESTIONS[0] };

static struct lexeme word_of(int kind)
{
	struct lexeme l;

	(void)snprintf(l.text, sizeof l.text, "e%06d%d", WORD[kind].every, WORD[kind].place);
	return l;
}

struct span_of {
	int64_t from, until;
};

static enum status fill(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct span_of *s = args;
	const struct db_value from = DB_INT(s->from), until = DB_INT(s->until);
	enum status st =
	    db_exec(tx, &RECORDS, DB_ARGS(from, until, DB_INT(OBJECT_SIGNAL)), NULL, reterr);

	for (int i = 0; st == OK && i < WORD_KINDS; i++)
		st = db_exec(tx, &WORDS,
		             DB_ARGS(from, until, DB_TEXT(word_of(i).text), DB_INT(WORD[i].every),
		                     DB_INT(WORD[i].place)),
		             NULL, reterr);
	for (int i = 0; st == OK && i < READERS_COUNT; i++) {
		const struct viewer *v = &READER[i].viewer;
		st = db_exec(tx, &READERS,
		             DB_ARGS(from, until, DB_INT(v->audiences[v->audience_count - 1]),
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

static enum status fill_all(struct db *db, int64_t records, struct error *reterr)
{
	struct db_job analyzing = { .run = analyze };
	enum status st = OK;

	for (int64_t from = 1; st == OK && from <= records; from += AT_ONCE) {
		struct span_of s = { from, from + AT_ONCE - 1 };
		s.until = s.until < records ? s.until : records;
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

static enum status ask(struct db *db, const struct viewer *v, const struct question *q,
                       double *ret_ms, double *ret_cpu_ms, struct error *reterr)
{
	struct lexeme words[2] = { word_of(q->words[0]), word_of(q->words[1]) };
	const double began = now_ms(CLOCK_MONOTONIC), cpu = now_ms(CLOCK_THREAD_CPUTIME_ID);
	struct search_found hits = { 0 };
	struct db_read *r;
	struct arena a;
	enum status st = db_read_begin(db, &r, reterr);

	if (st != OK)
		return st;
	arena_init(&a, 1 << 20);
	st = search_find(r, v, words, q->count, &a, &hits, reterr);
	db_read_end(r);
	*ret_ms = now_ms(CLOCK_MONOTONIC) - began;
	*ret_cpu_ms = now_ms(CLOCK_THREAD_CPUTIME_ID) - cpu;
	arena_reset(&a);
	return st;
}

static enum status measure(struct db *db, const struct reader *who, const struct question *q,
                           int rounds, struct error *reterr)
{
	double *ms = calloc((size_t)rounds * 2, sizeof *ms);
	double *cpu = ms + rounds;
	enum status st = ms == NULL ? FAIL_INTERNAL(reterr) : OK;

	for (int i = 0; st == OK && i < rounds; i++)
		st = ask(db, &who->viewer, q, &ms[i], &cpu[i], reterr);
	if (st == OK) {
		qsort(ms, (size_t)rounds, sizeof *ms, ascending);
		qsort(cpu, (size_t)rounds, sizeof *cpu, ascending);
		printf("%s %s %.3f %.3f %.3f\n", who->name, q->name, ms[rounds / 2],
		       ms[rounds * 99 / 100], cpu[rounds * 99 / 100]);
	}
	free(ms);
	return st;
}

static enum status fill_and_ask(struct plein *p, char **words, int count, struct error *reterr)
{
	const int64_t records = strtoll(words[0], NULL, 10);
	const int asked = (int)strtol(words[1], NULL, 10);
	const int rounds = asked < ROUNDS_MAX ? asked : ROUNDS_MAX;

	(void)count;
	for (int i = 0; i < READERS_COUNT; i++)
		viewer_audiences(&READER[i].viewer);
	enum status st = fill_all(p->db, records, reterr);
	for (int i = 0; st == OK && i < READERS_COUNT; i++)
		for (int j = 0; st == OK && j < QUESTION_COUNT; j++)
			st = measure(p->db, &READER[i], &QUESTIONS[j], rounds, reterr);
	return st;
}

int main(int argc, char **argv)
{
	return measure_opened(argc, argv, 2, fill_and_ask);
}
