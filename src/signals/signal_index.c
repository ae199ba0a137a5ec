#include "signals/signal_index.h"

#include <string.h>

#include "audit/action.h"
#include "platform/crypto/stored.h"
#include "search/search.h"
#include "signals/signals.h"
#include "subjects/presence.h"

enum {
	TEXT_BYTES_MAX = 16 << 20,
	INDEX_ARENA_BYTES = INDEX_AT_ONCE * (32 << 20),
	RETRY_MS = 60 * 60 * 1000
};

/* The limit comes before the join: else PostgreSQL reads all signals down to those that wait. */
static const struct db_stmt WAITING = {
	"signal_index_waiting", "ii",
	"SELECT u.signal_id, s.version, s.uuid, s.state"
	" FROM (SELECT signal_id FROM signal_unindexed WHERE due_at <= $1"
	" ORDER BY signal_id DESC LIMIT $2) u"
	" JOIN signal s ON s.id = u.signal_id ORDER BY u.signal_id DESC"
};
/* Nothing changes, but the row is held: whoever saves now comes after us and queues it again. */
static const struct db_stmt HOLD = {
	"signal_index_hold", "ii",
	"UPDATE signal SET version = version WHERE id = $1 AND version = $2"
};
static const struct db_stmt DONE = { "signal_index_done", "i",
	                             "DELETE FROM signal_unindexed WHERE signal_id = $1" };
static const struct db_stmt LATER = {
	"signal_index_later", "ii", "UPDATE signal_unindexed SET due_at = $2 WHERE signal_id = $1"
};
static const struct db_stmt GENERATION = { "signal_index_generation", "",
	                                   "SELECT number FROM index_generation WHERE id = 1" };
static const struct db_stmt SET_GENERATION = {
	"signal_index_set_generation", "i",
	"INSERT INTO index_generation (id, number) VALUES (1, $1)"
	" ON CONFLICT (id) DO UPDATE SET number = excluded.number"
};
static const struct db_stmt QUEUE_ALL = {
	"signal_index_queue_all", "",
	"INSERT INTO signal_unindexed (signal_id) SELECT id FROM signal WHERE state <> 12"
	" ON CONFLICT (signal_id) DO NOTHING"
};

const struct db_stmt *const signal_index_statements[] = { &WAITING,   &HOLD,       &DONE,
	                                                  &LATER,     &GENERATION, &SET_GENERATION,
	                                                  &QUEUE_ALL, NULL };

/* ---- a store that is new or was lost --------------------------------------------------------- */

static enum status generations(struct db *db, int64_t *ret_ours, int64_t *ret_theirs,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct db_read *r = NULL;
	enum status st = db_read_begin(db, &r, reterr);

	*ret_ours = 0;
	if (st == OK)
		st = db_query(r, &GENERATION, DB_NO_ARGS, &row, reterr);
	if (st == OK && db_next(&row))
		*ret_ours = db_int(&row, 0);
	if (st == OK)
		st = db_rows_end(&row, reterr);
	db_rows_close(&row);
	if (st == OK)
		st = search_generation(r, ret_theirs, reterr);
	db_read_end(r);
	return st;
}

static enum status begin_again(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t number = *(const int64_t *)args;
	enum status st = db_exec(tx, &SET_GENERATION, DB_ARGS(DB_INT(number)), NULL, reterr);

	if (st == OK)
		st = search_set_generation(tx, number, reterr);
	return st == OK ? db_exec(tx, &QUEUE_ALL, DB_NO_ARGS, NULL, reterr) : st;
}

static enum status same_generation(struct plein *p, struct error *reterr)
{
	int64_t ours = 0, theirs = 0, next;
	struct db_job job = { .run = begin_again, .args = &next, .lane = LANE_BULK };
	enum status st = generations(p->db, &ours, &theirs, reterr);

	if (st != OK || (ours == theirs && ours != 0))
		return st;
	next = ours + 1;
	return db_run(p->db, &job, reterr);
}

/* ---- one signal ------------------------------------------------------------------------------ */

struct indexing {
	int64_t id, version, now_ms;
	struct uuid uuid;
	uint8_t state;
	bool readable;
	struct lexeme *words;
	size_t word_count;
};

static void add_text(struct out *o, const char *text)
{
	out_raw(o, text, strlen(text));
	OUT_LIT(o, "\n");
}

static void add_subjects(struct out *o, const struct array *subjects)
{
	const struct subject *s = subjects->items;

	for (size_t i = 0; i < subjects->count; i++) {
		const struct subject_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++) {
			if (f[j].kind == FACT_BSN)
				continue;
			add_text(o, f[j].value);
			if (strcmp(f[j].raw, f[j].value) != 0)
				add_text(o, f[j].raw);
		}
	}
}

static enum status read_words(struct plein *p, struct db_read *r, struct arena *a,
                              struct indexing *x, struct error *reterr)
{
	struct signal_texts texts;
	struct array subjects = { 0 };
	struct out o;

	enum status st = signal_texts_load(r, p->keyring, x->id, &x->uuid, a, &texts, reterr);
	if (st == OK)
		st = subject_list(r, p->keyring, x->id, a, &subjects, reterr);
	if (st != OK)
		return st;
	out_init(&o, TEXT_BYTES_MAX);
	for (int part = PART_TITLE; part <= PART_CRITERION_E; part++)
		add_text(&o, texts.part[part]);
	add_subjects(&o, &subjects);
	x->words = ARENA_ARRAY(a, struct lexeme, SEARCH_WORDS_MAX);
	x->word_count = search_words_of(p->words, arena_strndup(a, o.data, o.len), a,
	                                SEARCH_WORDS_MAX, x->words);
	out_free(&o);
	return OK;
}

static enum status put(struct db_tx *tx, const struct indexing *x, struct error *reterr)
{
	int64_t held = 0;
	bool there = false;

	enum status st =
	    db_exec(tx, &HOLD, DB_ARGS(DB_INT(x->id), DB_INT(x->version)), &held, reterr);
	if (st != OK || held == 0)
		return st; /* saved meanwhile: it waits for the next step */
	if (signal_is_over(x->state))
		st = search_drop(tx, OBJECT_SIGNAL, x->id, reterr);
	else
		st = search_words_put(tx, OBJECT_SIGNAL, x->id, x->words, x->word_count, &there,
		                      reterr);
	if (st == OK && !there && !signal_is_over(x->state)) {
		st = signal_refer(tx, x->id, reterr);
		if (st == OK)
			st = search_words_put(tx, OBJECT_SIGNAL, x->id, x->words, x->word_count,
			                      &there, reterr);
	}
	return st == OK ? db_exec_late(tx, &DONE, DB_ARGS(DB_INT(x->id)), reterr) : st;
}

/* Of one job: signals that came together share pages of the index, and one commit. */
struct batch {
	const struct indexing *list;
	size_t count;
};

static enum status put_batch(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct batch *b = args;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < b->count; i++)
		if (b->list[i].readable)
			st = put(tx, &b->list[i], reterr);
	return st;
}

static enum status put_now(struct plein *p, const struct batch *b, struct error *reterr)
{
	struct batch args = *b;
	struct db_job job = { .run = put_batch, .args = &args, .lane = LANE_BULK };

	return db_run(p->db, &job, reterr);
}

static enum status put_off(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct indexing *x = args;

	return db_exec(tx, &LATER, DB_ARGS(DB_INT(x->id), DB_INT(x->now_ms + RETRY_MS)), NULL,
	               reterr);
}

/* Opens the texts of all; one that doesn't open keeps its cause and holds no other up. */
static enum status read_batch(struct plein *p, struct indexing *list, size_t count, struct arena *a,
                              struct error *ret_last, struct error *reterr)
{
	struct db_read *r = NULL;
	enum status st = db_read_begin(p->db, &r, reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		list[i].readable =
		    signal_is_over(list[i].state) || read_words(p, r, a, &list[i], ret_last) == OK;
	db_read_end(r);
	return st;
}

/* All in one job; if that fails, each by itself, so that only the one that is wrong waits. */
static void put_words(struct plein *p, struct indexing *list, size_t count, struct error *ret_last)
{
	const struct batch all = { list, count };
	struct error unused;

	if (put_now(p, &all, &unused) == OK)
		return;
	for (size_t i = 0; i < count; i++) {
		const struct batch one = { &list[i], 1 };
		if (list[i].readable && put_now(p, &one, ret_last) != OK)
			list[i].readable = false;
	}
}

/* ---- what waits ------------------------------------------------------------------------------ */

static enum status load_waiting(struct plein *p, int64_t now_ms, struct indexing *list,
                                size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r = NULL;
	struct arena a;
	size_t count = 0;

	arena_init(&a, 1 << 16);
	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = db_query(r, &WAITING, DB_ARGS(DB_INT(now_ms), DB_INT(INDEX_AT_ONCE)), &rows,
		              reterr);
	while (st == OK && count < INDEX_AT_ONCE && db_next(&rows)) {
		struct indexing *x = &list[count++];
		*x = (struct indexing){ .id = db_int(&rows, 0),
			                .version = db_int(&rows, 1),
			                .now_ms = now_ms,
			                .state = (uint8_t)db_int(&rows, 3) };
		x->uuid = uuid_stored(&rows, 2);
	}
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	arena_reset(&a);
	*ret_count = count;
	return st;
}

enum status signal_index_step(struct plein *p, bool *ret_more, struct error *reterr)
{
	struct indexing list[INDEX_AT_ONCE];
	struct error last = { 0 };
	struct arena a;
	size_t count = 0;
	bool failed = false;

	*ret_more = false;
	enum status st = same_generation(p, reterr);
	if (st == OK)
		st = load_waiting(p, clock_now_ms(p->clock), list, &count, reterr);
	if (st != OK)
		return st;
	arena_init(&a, INDEX_ARENA_BYTES);
	st = read_batch(p, list, count, &a, &last, reterr);
	if (st == OK)
		put_words(p, list, count, &last);
	arena_reset(&a);
	for (size_t i = 0; st == OK && i < count; i++) {
		struct db_job later = { .run = put_off, .args = &list[i], .lane = LANE_BULK };
		if (list[i].readable)
			continue;
		/* it is told, and tried again */
		failed = true;
		st = db_run(p->db, &later, reterr);
	}
	*ret_more = st == OK && count == INDEX_AT_ONCE;
	if (st == OK && failed) {
		*reterr = last;
		return ERR_INTERNAL;
	}
	return st;
}
