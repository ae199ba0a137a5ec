#include "casework/casefile_index.h"

#include <string.h>

#include "audit/action.h"
#include "casework/note.h"
#include "platform/crypto/stored.h"
#include "search/search.h"
#include "subjects/presence.h"

enum { AT_ONCE = 20, TOGETHER = 4, INDEX_ARENA_BYTES = 8 << 20, RETRY_MS = 60 * 60 * 1000 };

static const struct db_stmt CHANGED = { "casefile_index_changed", "i",
	                                "INSERT INTO casefile_unindexed (casefile_id) VALUES ($1)"
	                                " ON CONFLICT (casefile_id) DO UPDATE SET due_at = 0" };
static const struct db_stmt PRESENCE_CHANGED = {
	"casefile_index_presence", "i",
	"INSERT INTO casefile_unindexed (casefile_id) SELECT p.casefile_id FROM presence p"
	" WHERE p.id = $1 AND p.casefile_id IS NOT NULL"
	" ON CONFLICT (casefile_id) DO UPDATE SET due_at = 0"
};
static const struct db_stmt WAITING = {
	"casefile_index_waiting", "i",
	"SELECT u.casefile_id, c.uuid, c.state FROM casefile_unindexed u JOIN casefile c"
	" ON c.id = u.casefile_id WHERE u.due_at <= $1 ORDER BY u.casefile_id DESC LIMIT 20"
};
static const struct db_stmt DONE = { "casefile_index_done", "i",
	                             "DELETE FROM casefile_unindexed WHERE casefile_id = $1" };
static const struct db_stmt LATER = {
	"casefile_index_later", "ii",
	"UPDATE casefile_unindexed SET due_at = $2 WHERE casefile_id = $1"
};
static const struct db_stmt GENERATION = {
	"casefile_index_generation", "", "SELECT number FROM casefile_index_generation WHERE id = 1"
};
static const struct db_stmt SET_GENERATION = {
	"casefile_index_set_generation", "i",
	"INSERT INTO casefile_index_generation (id, number) VALUES (1, $1)"
	" ON CONFLICT (id) DO UPDATE SET number = excluded.number"
};
static const struct db_stmt QUEUE_ALL = {
	"casefile_index_queue_all", "",
	"INSERT INTO casefile_unindexed (casefile_id) SELECT id FROM casefile WHERE state <> 12"
	" ON CONFLICT (casefile_id) DO NOTHING"
};
/* What the viewer may open: $2-$5 audiences, $6 person. */
static const struct db_stmt OPENS = {
	"casefile_index_opens", "iiiiii",
	"SELECT c.id, c.uuid FROM casefile c WHERE c.id = $1 AND EXISTS (SELECT 1"
	" FROM casefile_audience a WHERE a.id = c.id AND a.audience_id IN ($2, $3, $4, $5))"
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = c.id"
	" AND k.person_id = $6 AND k.lifted_at = 0)"
};
const struct db_stmt *const casefile_index_statements[] = {
	&CHANGED,    &PRESENCE_CHANGED, &WAITING,   &DONE,  &LATER,
	&GENERATION, &SET_GENERATION,   &QUEUE_ALL, &OPENS, NULL
};

enum status casefile_words_changed(struct db_tx *tx, int64_t id, struct error *reterr)
{
	return db_exec(tx, &CHANGED, DB_ARGS(DB_INT(id)), NULL, reterr);
}

enum status casefile_presence_changed(struct db_tx *tx, int64_t presence_id, struct error *reterr)
{
	return db_exec(tx, &PRESENCE_CHANGED, DB_ARGS(DB_INT(presence_id)), NULL, reterr);
}

/* ---- a store that is new or was lost --------------------------------------------------------- */

static enum status begin_again(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t number = *(const int64_t *)args;
	enum status st = db_exec(tx, &SET_GENERATION, DB_ARGS(DB_INT(number)), NULL, reterr);

	return st == OK ? db_exec(tx, &QUEUE_ALL, DB_NO_ARGS, NULL, reterr) : st;
}

static enum status same_generation(struct plein *p, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	int64_t ours = 0, theirs = 0;
	struct db_job job = { .run = begin_again, .args = &theirs, .lane = LANE_BULK };
	struct db_read *r = NULL;

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = db_query(r, &GENERATION, DB_NO_ARGS, &row, reterr);
	if (st == OK && db_next(&row))
		ours = db_int(&row, 0);
	if (st == OK)
		st = db_rows_end(&row, reterr);
	db_rows_close(&row);
	if (st == OK)
		st = search_generation(r, &theirs, reterr);
	db_read_end(r);
	return st == OK && ours != theirs ? db_run(p->db, &job, reterr) : st;
}

/* ---- one casefile ------------------------------------------------------------------------------- */

struct indexing {
	int64_t id, now_ms;
	struct uuid uuid;
	uint8_t state;
	struct lexeme *words;
	size_t word_count;
};

/* Names, addresses, plates: each value a word of its own to find it by; a BSN finds nothing. */
static const char *names_of(const struct array *subjects, struct arena *a)
{
	const struct subject *s = subjects->items;
	const char *all = "";

	for (size_t i = 0; i < subjects->count; i++) {
		const struct subject_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++)
			if (f[j].kind != FACT_BSN && f[j].value != NULL)
				all = arena_printf(a, "%s\n%s", all, f[j].value);
	}
	return all;
}

static enum status read_words(struct plein *p, struct db_read *r, struct arena *a,
                              struct indexing *x, struct error *reterr)
{
	const struct casefile c = { .id = x->id, .uuid = x->uuid };
	struct casefile_texts texts;
	struct array notes = { 0 }, subjects = { 0 };
	const char *all = "";

	enum status st = casefile_texts_load(r, p->keyring, &c, a, &texts, reterr);
	if (st == OK)
		st = casefile_note_list(r, p->keyring, x->id, PHASE_1, a, &notes, reterr);
	if (st == OK)
		st = subject_list_in_casefile(r, p->keyring, x->id, a, &subjects, reterr);
	if (st != OK)
		return st;
	all = names_of(&subjects, a);
	for (int part = CASEFILE_TITLE; part < CASEFILE_PART_COUNT; part++)
		all = arena_printf(a, "%s\n%s", all, texts.part[part]);
	const struct casefile_note *n = notes.items;
	for (size_t i = 0; i < notes.count && strlen(all) < INDEX_ARENA_BYTES / 64; i++)
		all = arena_printf(a, "%s\n%s", all, n[i].text);
	x->words = ARENA_ARRAY(a, struct lexeme, SEARCH_WORDS_MAX);
	x->word_count = search_words_of(p->words, all, a, SEARCH_WORDS_MAX, x->words);
	return OK;
}

static enum status put(struct db_tx *tx, const struct indexing *x, struct error *reterr)
{
	bool there = false;
	enum status st;

	if (x->state == CASEFILE_DESTROYED)
		st = search_drop(tx, OBJECT_CASEFILE, x->id, reterr);
	else
		st = casefile_refer(tx, x->id, reterr);
	if (st == OK && x->state != CASEFILE_DESTROYED)
		st = search_words_put(tx, OBJECT_CASEFILE, x->id, x->words, x->word_count, &there,
		                      reterr);
	return st == OK ? db_exec(tx, &DONE, DB_ARGS(DB_INT(x->id)), NULL, reterr) : st;
}

/* Of one job: casefiles that wait together share a commit, few of them: each has many words. */
struct batch {
	const struct indexing *list;
	size_t count;
};

static enum status put_batch(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct batch *b = args;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < b->count; i++)
		st = put(tx, &b->list[i], reterr);
	return st;
}

static enum status put_off(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct indexing *x = args;

	return db_exec(tx, &LATER, DB_ARGS(DB_INT(x->id), DB_INT(x->now_ms + RETRY_MS)), NULL,
	               reterr);
}

/* Opens the words of all and puts them in one job. */
static enum status index_together(struct plein *p, struct indexing *list, size_t count,
                                  struct error *reterr)
{
	struct batch all = { list, count };
	struct db_job putting = { .run = put_batch, .args = &all, .lane = LANE_BULK };
	struct db_read *r = NULL;
	struct arena a;

	arena_init(&a, count * INDEX_ARENA_BYTES);
	enum status st = db_read_begin(p->db, &r, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		if (list[i].state != CASEFILE_DESTROYED)
			st = read_words(p, r, &a, &list[i], reterr);
	db_read_end(r);
	if (st == OK)
		st = db_run(p->db, &putting, reterr);
	arena_reset(&a);
	return st;
}

static enum status load_waiting(struct plein *p, int64_t now_ms, struct indexing *list,
                                size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r = NULL;
	struct arena a;

	arena_init(&a, 1 << 16);
	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = db_query(r, &WAITING, DB_ARGS(DB_INT(now_ms)), &rows, reterr);
	while (st == OK && *ret_count < AT_ONCE && db_next(&rows))
		list[(*ret_count)++] = (struct indexing){ .id = db_int(&rows, 0),
			                                  .now_ms = now_ms,
			                                  .uuid = uuid_stored(&rows, 1),
			                                  .state = (uint8_t)db_int(&rows, 2) };
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	arena_reset(&a);
	return st;
}

/* Each by itself: one that doesn't open holds no other up; it is told, and tried again. */
static enum status index_each(struct plein *p, struct indexing *list, size_t count,
                              bool *ret_failed, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		struct db_job later = { .run = put_off, .args = &list[i], .lane = LANE_BULK };
		struct error e = { 0 };
		if (index_together(p, &list[i], 1, &e) == OK)
			continue;
		st = db_run(p->db, &later, reterr);
		*ret_failed = true;
		if (st == OK)
			*reterr = e;
	}
	return st;
}

enum status casefile_index_step(struct plein *p, bool *ret_more, struct error *reterr)
{
	struct indexing list[AT_ONCE];
	size_t count = 0;
	bool failed = false;

	*ret_more = false;
	enum status st = same_generation(p, reterr);
	if (st == OK)
		st = load_waiting(p, clock_now_ms(p->clock), list, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i += TOGETHER) {
		const size_t some = count - i < TOGETHER ? count - i : TOGETHER;
		struct error unused;
		if (index_together(p, &list[i], some, &unused) != OK)
			st = index_each(p, &list[i], some, &failed, reterr);
	}
	*ret_more = count == AT_ONCE;
	return st == OK && failed ? ERR_INTERNAL : st;
}

/* ---- the search box ------------------------------------------------------------------------------ */

static enum status title_of(struct request *rq, int64_t id, const char **ret, struct error *reterr)
{
	const struct viewer *v = rq->viewer;
	AUTO(db_rows_close) struct db_rows row = { 0 };

	*ret = NULL;
	enum status st = db_query(rq->db, &OPENS,
	                          DB_ARGS(DB_INT(id), DB_INT(v->audiences[0]),
	                                  DB_INT(v->audiences[1]), DB_INT(v->audiences[2]),
	                                  DB_INT(v->audiences[3]), DB_INT(v->person_id)),
	                          &row, reterr);
	if (st != OK || !db_next(&row))
		return st == OK ? db_rows_end(&row, reterr) : st;
	const struct uuid uuid = uuid_stored(&row, 1);
	db_rows_close(&row); /* a second statement runs when the first is done */
	st = casefile_title_load(rq->db, plein_of(rq)->keyring, id, &uuid, rq->arena, ret, reterr);
	if (st == OK && (*ret)[0] == '\0')
		*ret = "Casus zonder titel";
	return st;
}

enum status casefile_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                   const char **ret_titles, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++)
		st = title_of(rq, ids[i], &ret_titles[i], reterr);
	return st;
}
