/* Filling the live index: what is new at once, what changed or went within a minute. */
#include <string.h>

#include "matches/live_parts.h"
#include "subjects/presence.h"

enum { AT_ONCE = 200, LOOK_AT_ONCE = 5000, FEED_ARENA_BYTES = 4 << 20 };
static const int64_t LOOK_EVERY_MS = INT64_C(60) * 1000, BUILD_EVERY_MS = INT64_C(86400) * 1000;

/* Signals that were not adopted, withdrawn or destroyed (10 to 12) are known to nobody. */
#define LIVING                                                                                     \
	" FROM presence p LEFT JOIN signal s ON s.id = p.signal_id WHERE p.id > $1"                \
	" AND (p.signal_id IS NULL OR (s.state <> 10 AND s.state <> 11 AND s.state <> 12))"        \
	" ORDER BY p.id LIMIT $2"
/* A fact that was corrected counts as a change of its presence. */
static const struct db_stmt ROWS = {
	"live_rows", "ii",
	"SELECT p.id, p.version + (SELECT count(*) FROM fact f JOIN fact_correction k"
	" ON k.fact_id = f.id WHERE f.presence_id = p.id), p.kind" LIVING
};

const struct db_stmt *const live_statements[] = { &ROWS, NULL };

static size_t row_count(const struct live_set *s)
{
	return s->rows.bytes / sizeof(struct live_row);
}

static struct live_row *rows_of(const struct live_set *s)
{
	return s->rows.data;
}

/* The first row of at least this id. */
static size_t place_of(const struct live_set *s, int64_t id)
{
	size_t low = 0, high = row_count(s);

	while (low < high) {
		const size_t middle = (low + high) / 2;
		if (rows_of(s)[middle].id < id)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static void drop_at(struct live_set *s, size_t at)
{
	const struct live_row row = rows_of(s)[at];
	const size_t count = row_count(s);
	struct error e;

	if (row.model >= 0)
		(void)!index_remove(s->index[row.model], (uint64_t)row.id, &e);
	memmove(&rows_of(s)[at], &rows_of(s)[at + 1], (count - at - 1) * sizeof row);
	s->rows.bytes -= sizeof row;
}

/* The names and numbers of one presence go in; one that was forgotten meanwhile stays out. */
static enum status put(struct plein *p, struct db_read *r, struct live_set *s,
                       const struct live_row *found, struct error *reterr)
{
	struct live_row row = *found;
	struct index_record in = { .id = (uint64_t)row.id };
	struct subject subject;
	struct arena a;

	arena_init(&a, FEED_ARENA_BYTES);
	enum status st = OK;
	if (row.model >= 0)
		st = subject_identity(r, p->keyring, row.id, &a, &subject, reterr);
	if (st == OK && row.model >= 0) {
		live_texts(&p->live->models[row.model], subject.facts.items, subject.facts.count,
		           false, in.texts);
		st = index_insert(s->index[row.model], &in, reterr);
	}
	if (st == ERR_NOT_FOUND) {
		row.model = -1;
		st = OK;
	}
	arena_reset(&a);
	if (st != OK)
		return st;
	const size_t at = place_of(s, row.id), count = row_count(s);
	(void)bigarray_push(&s->rows, &row, sizeof row);
	memmove(&rows_of(s)[at + 1], &rows_of(s)[at], (count - at) * sizeof row);
	rows_of(s)[at] = row;
	return OK;
}

static enum status read_rows(struct db_read *r, int64_t after, int64_t most, struct live_row *ret,
                             size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &ROWS, DB_ARGS(DB_INT(after), DB_INT(most)), &rows, reterr);

	*ret_count = 0;
	while (st == OK && *ret_count < (size_t)most && db_next(&rows))
		ret[(*ret_count)++] = (struct live_row){ db_int(&rows, 0), db_int(&rows, 1),
			                                 live_model_of((int)db_int(&rows, 2)) };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

/* ---- what is new ------------------------------------------------------------------------------- */

static enum status take_new(struct plein *p, struct db_read *r, struct live_set *s, bool *ret_more,
                            struct error *reterr)
{
	struct live_row found[AT_ONCE];
	const size_t had = row_count(s);
	size_t count = 0;

	enum status st =
	    read_rows(r, had > 0 ? rows_of(s)[had - 1].id : 0, AT_ONCE, found, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = put(p, r, s, &found[i], reterr);
	*ret_more = count == AT_ONCE;
	return st;
}

/* ---- what changed or went ------------------------------------------------------------------------ */

/* Rows of the index from look_from up to the last found are those found, or go. */
static enum status compare(struct plein *p, struct db_read *r, const struct live_row *found,
                           size_t count, bool last, struct error *reterr)
{
	struct live_index *x = p->live;
	struct live_set *s = &x->now;
	size_t at = place_of(s, x->look_from + 1);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		while (at < row_count(s) && rows_of(s)[at].id < found[i].id)
			drop_at(s, at);
		const bool there = at < row_count(s) && rows_of(s)[at].id == found[i].id;
		if (there && rows_of(s)[at].version == found[i].version) {
			at++;
			continue;
		}
		if (there)
			drop_at(s, at);
		st = put(p, r, s, &found[i], reterr);
		at++;
	}
	while (st == OK && last && at < row_count(s))
		drop_at(s, at);
	return st;
}

static enum status look_again(struct plein *p, struct db_read *r, int64_t now, bool *ret_more,
                              struct error *reterr)
{
	struct live_index *x = p->live;
	struct live_row *found;
	struct arena a;
	size_t count = 0;

	arena_init(&a, LOOK_AT_ONCE * sizeof *found + 4096);
	found = ARENA_ARRAY(&a, struct live_row, LOOK_AT_ONCE);
	enum status st = read_rows(r, x->look_from, LOOK_AT_ONCE, found, &count, reterr);
	const bool last = count < LOOK_AT_ONCE;
	if (st == OK)
		st = compare(p, r, found, count, last, reterr);
	if (st == OK) {
		x->look_from = last ? 0 : found[count - 1].id;
		*ret_more = !last;
		if (last)
			x->looked_at = now;
	}
	arena_reset(&a);
	return st;
}

/* ---- the file ------------------------------------------------------------------------------------ */

/* When there are two, the week's change is under way and the older one is about to end. */
static int64_t period_of(struct keyring *k, bool newest)
{
	int64_t periods[KEYRING_PERIODS_MAX] = { 0 };
	const size_t count = keyring_periods(k, periods);

	return newest && count > 0 ? periods[count - 1] : periods[0];
}

/* A disk that is full is told once; the next build tries again. */
static enum status keep(struct plein *p, struct error *reterr)
{
	struct live_index *x = p->live;

	x->kept_period = period_of(p->keyring, true);
	return live_file_keep(p, &x->now, x->built_at, reterr);
}

/* ---- steps ------------------------------------------------------------------------------------ */

static enum status build(struct plein *p, struct db_read *r, int64_t now, bool *ret_more,
                         struct error *reterr)
{
	struct live_index *x = p->live;
	struct live_set old;

	if (!x->building) {
		live_set_new(x, &x->next);
		x->building = true;
	}
	const enum status st = take_new(p, r, &x->next, ret_more, reterr);
	if (st != OK || *ret_more)
		return st;
	(void)pthread_rwlock_wrlock(&x->lock);
	old = x->now;
	x->now = x->next;
	x->ready = true;
	(void)pthread_rwlock_unlock(&x->lock);
	x->next = (struct live_set){ 0 };
	x->building = false;
	x->built_at = x->looked_at = now;
	x->look_from = 0;
	live_set_free(&old);
	return keep(p, reterr);
}

/* What was kept before the last stop, if it still opens and wasn't built too long ago. */
static void take_kept(struct plein *p, int64_t now)
{
	struct live_index *x = p->live;
	struct live_set kept;
	struct error e;

	x->file_tried = true;
	if (live_file_take(p, &kept, &x->built_at, &e) != OK)
		return;
	if (now - x->built_at >= BUILD_EVERY_MS || x->built_at > now) {
		live_set_free(&kept);
		return;
	}
	x->now = kept; /* nobody reads it before it is ready */
	x->kept_period = period_of(p->keyring, false);
	x->catching = true;
}

/* A kept index is asked once all that changed or went since then is known. */
static enum status catch_up(struct plein *p, struct db_read *r, int64_t now, bool *ret_more,
                            struct error *reterr)
{
	struct live_index *x = p->live;
	const enum status st = look_again(p, r, now, ret_more, reterr);

	if (st != OK || *ret_more)
		return st;
	(void)pthread_rwlock_wrlock(&x->lock);
	x->ready = true;
	(void)pthread_rwlock_unlock(&x->lock);
	x->catching = false;
	return OK;
}

static enum status step_in(struct plein *p, struct db_read *r, bool *ret_more, struct error *reterr)
{
	struct live_index *x = p->live;
	const int64_t now = clock_now_ms(p->clock);

	if (x->catching)
		return catch_up(p, r, now, ret_more, reterr);
	if (!x->ready || x->building || now - x->built_at >= BUILD_EVERY_MS)
		return build(p, r, now, ret_more, reterr);
	if (x->kept_period != period_of(p->keyring, true))
		return keep(p, reterr);
	if (x->look_from != 0 || now - x->looked_at >= LOOK_EVERY_MS)
		return look_again(p, r, now, ret_more, reterr);
	return take_new(p, r, &x->now, ret_more, reterr);
}

enum status live_step(struct plein *p, bool *ret_more, struct error *reterr)
{
	struct live_index *x = p->live;
	struct db_read *r = NULL;

	*ret_more = false;
	if (x == NULL)
		return OK;
	if (!x->file_tried)
		take_kept(p, clock_now_ms(p->clock));
	const enum status st = db_read_begin(p->db, &r, reterr);
	if (st != OK)
		return st;
	const enum status done = step_in(p, r, ret_more, reterr);
	db_read_end(r);
	return done;
}
