/* Guests of a meeting: a name under a key of its own, so that it can be forgotten by itself. */
#include "weighing/attendance.h"

#include "platform/crypto/stored.h"
#include "weighing/weighing.h"

static const struct db_stmt LIST = {
	"meeting_guests", "i",
	"SELECT id, organisation, remote, key_id, sealed FROM meeting_guest WHERE meeting_id = $1"
	" ORDER BY id LIMIT 20"
};
static const struct db_stmt PUT = { "meeting_guest_put", "itiibii",
	                            "INSERT INTO meeting_guest (meeting_id, organisation, remote, "
	                            "key_id, sealed, registered_by,"
	                            " registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	                            " RETURNING id" };
static const struct db_stmt FIND = {
	"meeting_guest_find", "ii",
	"SELECT key_id FROM meeting_guest WHERE id = $2 AND meeting_id = $1"
};
static const struct db_stmt REMOVE = { "meeting_guest_remove", "i",
	                               "DELETE FROM meeting_guest WHERE id = $1" };
/* What is forgotten keeps its row, under key 0: that a guest was there, not who. */
static const struct db_stmt DUE = {
	"meeting_guests_due", "i",
	"SELECT g.id, g.key_id FROM meeting_guest g JOIN meeting m ON m.id = g.meeting_id"
	" WHERE m.state IN (3, 4, 6) AND m.closed_at < $1 AND g.key_id <> 0 ORDER BY g.id LIMIT 200"
};
static const struct db_stmt FORGET = { "meeting_guest_forget", "ib",
	                               "UPDATE meeting_guest SET key_id = 0, sealed = $2"
	                               " WHERE id = $1" };

const struct db_stmt *const guest_statements[] = {
	&LIST, &PUT, &FIND, &REMOVE, &DUE, &FORGET, NULL,
};

static struct seal_place guest_place(void)
{
	return (struct seal_place){ .table = "meeting_guest", .column = "sealed" };
}

enum status guest_list(struct db_read *r, struct keyring *k, int64_t meeting_id, struct arena *a,
                       struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct guest *list = ARENA_ARRAY(a, struct guest, GUESTS_MAX);
	const struct seal_place place = guest_place();
	struct closed_text names[GUESTS_MAX];
	size_t count = 0;
	enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < GUESTS_MAX && db_next(&rows); count++) {
		list[count] = (struct guest){ .id = db_int(&rows, 0),
			                      .organisation = db_text(&rows, 1, a),
			                      .remote = db_int(&rows, 2) != 0 };
		names[count] = (struct closed_text){ db_int(&rows, 3), span_stored(&rows, 4, a) };
	}
	st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	for (size_t i = 0; st == OK && k != NULL && i < count; i++) {
		st = text_open(r, k, &names[i], &place, a, &list[i].name, reterr);
		if (list[i].name[0] == '\0')
			list[i].name = NULL;
	}
	*ret = (struct array){ list, count };
	return st;
}

void guest_seal(struct keyring *k, const char *name, struct arena *a, struct guest_new *ret)
{
	const struct seal_place place = guest_place();

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, &place, name, strlen(name), &ret->len);
	seal_key_wipe(&ret->key.key);
}

enum status guest_put(struct db_tx *tx, const struct guest_new *g, int64_t *ret_id,
                      struct error *reterr)
{
	const enum status st = key_store(tx, &g->key, reterr);

	if (st != OK)
		return st;
	return db_insert(tx, &PUT,
	                 DB_ARGS(DB_INT(g->meeting_id), DB_TEXT(g->organisation), DB_INT(g->remote),
	                         DB_INT(g->key.id), DB_BYTES(g->sealed, g->len),
	                         DB_INT(g->appointment_id), DB_INT(g->now_ms)),
	                 ret_id, reterr);
}

enum status guest_remove(struct db_tx *tx, int64_t meeting_id, int64_t guest_id,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &FIND,
	                          DB_ARGS(DB_INT(meeting_id), DB_INT(guest_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t key = db_int(&row, 0);
	db_rows_close(&row);
	st = key != 0 ? key_destroy(tx, key, reterr) : OK;
	return st == OK ? db_exec(tx, &REMOVE, DB_ARGS(DB_INT(guest_id)), NULL, reterr) : st;
}

enum { FORGET_BATCH = 200 };
struct forgetting {
	int64_t closed_before;
	int64_t count; /* of this batch */
};

static enum status forget_name(struct db_tx *tx, int64_t guest_id, int64_t key_id,
                               struct error *reterr)
{
	const enum status st = key_destroy(tx, key_id, reterr);

	return st == OK
	           ? db_exec(tx, &FORGET, DB_ARGS(DB_INT(guest_id), DB_BYTES("", 0)), NULL, reterr)
	           : st;
}

static enum status forget_batch(struct db_tx *tx, void *args, struct error *reterr)
{
	struct forgetting *f = args;
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t ids[FORGET_BATCH], keys[FORGET_BATCH];
	int64_t count = 0;

	enum status st =
	    db_query(db_tx_read(tx), &DUE, DB_ARGS(DB_INT(f->closed_before)), &rows, reterr);
	if (st != OK)
		return st;
	for (; count < FORGET_BATCH && db_next(&rows); count++) {
		ids[count] = db_int(&rows, 0);
		keys[count] = db_int(&rows, 1);
	}
	st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	for (int64_t i = 0; st == OK && i < count; i++)
		st = forget_name(tx, ids[i], keys[i], reterr);
	f->count = count;
	return st;
}

enum status weighing_forget_guests(struct db *db, int64_t now_ms, int64_t *ret_count,
                                   struct error *reterr)
{
	struct forgetting f = { .closed_before = now_ms - ANNEX_DAYS * INT64_C(86400000),
		                .count = FORGET_BATCH };
	enum status st = OK;

	*ret_count = 0;
	while (st == OK && f.count == FORGET_BATCH) {
		struct db_job job = { .run = forget_batch, .args = &f, .lane = LANE_BULK };
		st = db_run(db, &job, reterr);
		*ret_count += st == OK ? f.count : 0;
	}
	return st;
}
