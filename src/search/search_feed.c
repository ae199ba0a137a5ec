#include "search/search_feed.h"

#include "audit/action.h"
#include "platform/db/busy.h"
#include "plein/plein.h"

/* ALONE_: while nobody waits; MS: for so long nobody came. */
enum {
	AT_ONCE = 50,
	ALONE_AT_ONCE = 200,
	BATCH_NS = 8000000,
	ALONE_BATCH_NS = 30000000,
	ALONE_MS = 3000,
	RETRY_MS = 60 * 60 * 1000,
	SLOW_BYTES = 128 << 20
};

static const struct db_stmt CHANGED = {
	"index_changed", "ii",
	"INSERT INTO index_waiting (kind, object_id) VALUES ($1, $2)"
	" ON CONFLICT (kind, object_id) DO UPDATE SET due_at = 0"
};
/* Of one kind, and in the order of its key: a list by kind and then by newest would sort all that waits. */
static const struct db_stmt WAITING = {
	"index_waiting", "ii",
	"SELECT kind, object_id, again FROM index_waiting"
	" WHERE kind = (SELECT min(w.kind) FROM index_waiting w WHERE w.due_at <= $1)"
	" AND due_at <= $1 ORDER BY object_id DESC LIMIT $2"
};
static const struct db_stmt DONE = {
	"index_done", "ii", "DELETE FROM index_waiting WHERE kind = $1 AND object_id = $2"
};
static const struct db_stmt LATER = {
	"index_later", "iii",
	"UPDATE index_waiting SET due_at = $3 WHERE kind = $1 AND object_id = $2"
};
static const struct db_stmt FED = { "index_fed", "", "SELECT number FROM index_fed WHERE id = 1" };
static const struct db_stmt SET_FED = {
	"index_set_fed", "i",
	"INSERT INTO index_fed (id, number) VALUES (1, $1)"
	" ON CONFLICT (id) DO UPDATE SET number = excluded.number"
};
static const struct db_stmt READER = { "index_reader", "i",
	                               "SELECT number FROM index_reader WHERE kind = $1" };
static const struct db_stmt SET_READER = {
	"index_set_reader", "ii",
	"INSERT INTO index_reader (kind, number) VALUES ($1, $2)"
	" ON CONFLICT (kind) DO UPDATE SET number = excluded.number"
};
const struct db_stmt *const search_feed_statements[] = { &CHANGED, &WAITING,    &DONE,
	                                                 &LATER,   &FED,        &SET_FED,
	                                                 &READER,  &SET_READER, NULL };

enum status search_changed(struct db_tx *tx, int kind, int64_t object_id, struct error *reterr)
{
	return db_exec(tx, &CHANGED, DB_ARGS(DB_INT(kind), DB_INT(object_id)), NULL, reterr);
}

/* ---- a store that is new or was lost --------------------------------------------------------- */

struct refilling {
	const struct search_feed *feeds;
	int64_t number;
};

static enum status begin_again(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct refilling *f = args;
	enum status st = db_exec(tx, &SET_FED, DB_ARGS(DB_INT(f->number)), NULL, reterr);

	for (const struct search_feed *feed = f->feeds; st == OK && feed->read != NULL; feed++)
		st = db_exec(tx, feed->queue_all, DB_NO_ARGS, NULL, reterr);
	return st;
}

static enum status same_store(struct plein *p, const struct search_feed *feeds,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct refilling filling = { .feeds = feeds };
	struct db_job job = { .run = begin_again, .args = &filling, .lane = LANE_BULK };
	struct db_read *r = NULL;
	int64_t ours = 0;

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = db_query(r, &FED, DB_NO_ARGS, &row, reterr);
	if (st == OK && db_next(&row))
		ours = db_int(&row, 0);
	if (st == OK)
		st = db_rows_end(&row, reterr);
	db_rows_close(&row);
	if (st == OK)
		st = search_generation(r, &filling.number, reterr);
	db_read_end(r);
	return st == OK && ours != filling.number ? db_run(p->db, &job, reterr) : st;
}

/* ---- a reader that finds more -------------------------------------------------------------------- */

struct rereading {
	const struct search_feed *feed;
	int64_t number;
};

static enum status read_again(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct rereading *w = args;
	const struct db_value *now = DB_ARGS(DB_INT(w->feed->kind), DB_INT(w->number));
	const enum status st = db_exec(tx, &SET_READER, now, NULL, reterr);

	return st == OK ? db_exec(tx, w->feed->queue_again, DB_NO_ARGS, NULL, reterr) : st;
}

static enum status same_reader(struct plein *p, const struct search_feed *feed,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct rereading w = { feed, feed->reader() };
	struct db_job job = { .run = read_again, .args = &w, .lane = LANE_BULK };
	struct db_read *r = NULL;
	int64_t was = 0;

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = db_query(r, &READER, DB_ARGS(DB_INT(feed->kind)), &row, reterr);
	if (st == OK && db_next(&row))
		was = db_int(&row, 0);
	if (st == OK)
		st = db_rows_end(&row, reterr);
	db_rows_close(&row);
	db_read_end(r);
	return st == OK && was != w.number ? db_run(p->db, &job, reterr) : st;
}

static enum status same_readers(struct plein *p, const struct search_feed *feeds,
                                struct error *reterr)
{
	enum status st = OK;

	for (const struct search_feed *feed = feeds; st == OK && feed->read != NULL; feed++)
		if (feed->reader != NULL)
			st = same_reader(p, feed, reterr);
	return st;
}

/* ---- one record ---------------------------------------------------------------------------------- */

struct feeding {
	struct plein *plein;
	const struct search_feed *feed; /* NULL: of a casefile, whose readers changed */
	const struct search_feed *feeds;
	int64_t kind, id, now_ms;
	bool again;         /* its words are read though they are there */
	struct array ready; /* of struct lexeme: read before the job; items NULL: not */
};

static enum status put(struct db_tx *tx, const struct feeding *f, const struct search_text *text,
                       struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	struct array ready = f->ready;

	if (ready.items == NULL) {
		ready.items = ARENA_ARRAY(a, struct lexeme, SEARCH_WORDS_MAX);
		ready.count =
		    search_words_of(f->plein->words, text->words, a, SEARCH_WORDS_MAX, ready.items);
	}
	const struct search_entry entry = {
		.kind = f->feed->kind,
		.object_id = f->id,
		.reference = text->reference,
		.at = text->at,
		.words = ready.items,
		.word_count = ready.count,
		.thing = &text->thing,
	};
	return search_put(tx, &entry, reterr);
}

static enum status feed_one(struct db_tx *tx, const struct feeding *f, bool *ret_done,
                            struct error *reterr)
{
	struct search_text text = { 0 };
	enum status st =
	    f->feed->read(f->plein, db_tx_read(tx), f->id, db_tx_arena(tx), &text, reterr);

	*ret_done = true;
	if (st == ERR_NOT_FOUND)
		return search_drop(tx, f->feed->kind, f->id, reterr);
	if (st != OK || f->feed->words == NULL || f->ready.items != NULL)
		return st == OK ? put(tx, f, &text, reterr) : st;
	/* its words are there; if it left meanwhile, they are read in the next step */
	st = search_there(db_tx_read(tx), f->feed->kind, f->id, ret_done, reterr);
	return st == OK && *ret_done ? search_refer(tx, f->feed->kind, f->id, text.reference,
	                                            text.at, &text.thing, reterr)
	                             : st;
}

static enum status feed_followers(struct db_tx *tx, const struct feeding *f, struct error *reterr)
{
	enum status st = OK;

	for (const struct search_feed *x = f->feeds; st == OK && x->read != NULL; x++)
		if (x->queue_of_casefile != NULL)
			st =
			    db_exec(tx, x->queue_of_casefile, DB_ARGS(DB_INT(f->id)), NULL, reterr);
	return st;
}

static enum status feed_any(struct db_tx *tx, const struct feeding *f, struct error *reterr)
{
	bool done = true;
	const enum status st =
	    f->feed != NULL ? feed_one(tx, f, &done, reterr) : feed_followers(tx, f, reterr);

	return st == OK && done
	           ? db_exec(tx, &DONE, DB_ARGS(DB_INT(f->kind), DB_INT(f->id)), NULL, reterr)
	           : st;
}

static enum status put_off(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct feeding *f = args;
	return db_exec(tx, &LATER,
	               DB_ARGS(DB_INT(f->kind), DB_INT(f->id), DB_INT(f->now_ms + RETRY_MS)), NULL,
	               reterr);
}

/* ---- what waits ------------------------------------------------------------------------------------ */

static const struct search_feed *feed_of(const struct search_feed *feeds, int64_t kind)
{
	for (; feeds->read != NULL; feeds++)
		if (feeds->kind == kind)
			return feeds;
	return NULL;
}

static enum status load_waiting(struct plein *p, const struct search_feed *feeds,
                                struct feeding *list, size_t most, size_t *ret_count,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const int64_t now_ms = clock_now_ms(p->clock);
	struct db_read *r = NULL;

	*ret_count = 0;
	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = db_query(r, &WAITING, DB_ARGS(DB_INT(now_ms), DB_INT((int64_t)most)), &rows,
		              reterr);
	while (st == OK && *ret_count < most && db_next(&rows)) {
		const struct search_feed *feed = feed_of(feeds, db_int(&rows, 0));
		if (feed != NULL || db_int(&rows, 0) == OBJECT_CASEFILE)
			list[(*ret_count)++] = (struct feeding){
				.plein = p,
				.feed = feed,
				.feeds = feeds,
				.kind = db_int(&rows, 0),
				.id = db_int(&rows, 1),
				.now_ms = now_ms,
				.again = db_int(&rows, 2) != 0,
			};
	}
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	return st;
}

static bool has_slow_words(const struct feeding *f)
{
	return f->feed != NULL && f->feed->words != NULL;
}

/* Once by each reader: a file isn't read again when who may see it changes. */
static enum status read_slow_words(struct feeding *f, struct arena *a, struct error *reterr)
{
	struct db_read *r = NULL;
	const char *text = "";
	bool there = true;

	enum status st = db_read_begin(f->plein->db, &r, reterr);
	if (st == OK)
		st = search_there(r, f->feed->kind, f->id, &there, reterr);
	db_read_end(r);
	if (st != OK || (there && !f->again))
		return st;
	st = f->feed->words(f->plein, f->id, a, &text, reterr);
	if (st == ERR_NOT_FOUND)
		return OK; /* the job finds that out too */
	if (st == OK)
		f->ready = search_words_of_long(f->plein->words, text, a);
	return st;
}

/*
 * Of one job: records that are read fast share a commit, as many as fit in most_ns of its
 * processor time; on SQLite everybody's change waits meanwhile. The rest waits on.
 */
struct batch {
	const struct feeding *list;
	size_t count;
	int64_t most_ns;
};

static enum status feed_batch(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct batch *b = args;
	const int64_t began_ns = clock_thread_ns();
	enum status st = OK;

	for (size_t i = 0; st == OK && i < b->count; i++) {
		if (clock_thread_ns() - began_ns > b->most_ns)
			break;
		const struct arena_mark mark = arena_mark(db_tx_arena(tx));
		st = feed_any(tx, &b->list[i], reterr);
		arena_rewind(db_tx_arena(tx), mark);
	}
	return st;
}

static enum status feed_now(struct feeding *f, struct error *reterr)
{
	struct batch one = { f, 1, BATCH_NS };
	struct db_job job = { .run = feed_batch, .args = &one, .lane = LANE_BULK };
	struct arena own;
	enum status st = OK;

	arena_init(&own, SLOW_BYTES);
	if (has_slow_words(f))
		st = read_slow_words(f, &own, reterr);
	if (st == OK)
		st = db_run(f->plein->db, &job, reterr);
	arena_reset(&own);
	return st;
}

static bool feed_together(struct plein *p, const struct feeding *list, size_t count,
                          int64_t most_ns)
{
	struct batch all = { list, count, most_ns };
	struct db_job job = { .run = feed_batch, .args = &all, .lane = LANE_BULK };
	struct error unused;

	return !has_slow_words(list) && db_run(p->db, &job, &unused) == OK;
}

/* Each by itself, so that only the one that is wrong waits. */
static enum status feed_each(struct plein *p, struct feeding *list, size_t count, bool *ret_failed,
                             struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		struct db_job later = { .run = put_off, .args = &list[i], .lane = LANE_BULK };
		struct error e = { 0 };
		if (feed_now(&list[i], &e) == OK)
			continue;
		st = db_run(p->db, &later, reterr);
		*ret_failed = true;
		if (st == OK)
			*reterr = e;
	}
	return st;
}

bool search_feed_alone(const struct plein *p)
{
	return !db_has_bulk(p->db) && clock_monotonic_ms() - db_person_came_ms(p->db) >= ALONE_MS;
}

enum status search_feed_step(struct plein *p, const struct search_feed *feeds, bool *ret_more,
                             struct error *reterr)
{
	struct feeding list[ALONE_AT_ONCE];
	const bool alone = search_feed_alone(p);
	size_t count = 0;
	bool failed = false;

	*ret_more = false;
	enum status st = same_store(p, feeds, reterr);
	if (st == OK)
		st = same_readers(p, feeds, reterr);
	if (st == OK)
		st = load_waiting(p, feeds, list, alone ? ALONE_AT_ONCE : AT_ONCE, &count, reterr);
	if (st == OK && count > 0 &&
	    !feed_together(p, list, count, alone ? ALONE_BATCH_NS : BATCH_NS))
		st = feed_each(p, list, count < AT_ONCE ? count : AT_ONCE, &failed, reterr);
	*ret_more = count > 0; /* of this kind, or of a next one */
	return st == OK && failed ? ERR_INTERNAL : st;
}
