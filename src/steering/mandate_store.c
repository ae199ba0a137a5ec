/* What the head may decide between meetings, and the decisions that were made so. */
#include "steering/agreed.h"
#include "steering/quick_mandate.h"
#include "steering/steering.h"

const struct db_root MANDATE_ROOT = DB_ROOT(37, steering_mandate);

static const struct db_stmt LIST = {
	"mandate_list", "",
	"SELECT x.id, x.version, x.max_weight, x.max_hours, x.from_day, x.until_day,"
	" x.confirmed_at, x.ended_at, a.person_id, m.reference FROM steering_mandate x"
	" JOIN appointment a ON a.id = x.registered_by JOIN meeting m ON m.id = x.given_in"
	" ORDER BY x.until_day DESC, x.id DESC LIMIT 1000"
};
static const struct db_stmt INSERT = {
	"mandate_insert", "biiiiiii",
	"INSERT INTO steering_mandate (uuid, max_weight, max_hours, from_day, until_day, given_in,"
	" registered_by, registered_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};
static const struct db_stmt CONFIRM = {
	"mandate_confirm", "iii",
	"UPDATE steering_mandate SET confirmed_by = $2, confirmed_at = $3"
	" WHERE id = $1 AND confirmed_at = 0 AND ended_at = 0"
};
static const struct db_stmt END = {
	"mandate_end", "ii",
	"UPDATE steering_mandate SET ended_at = $2 WHERE id = $1 AND ended_at = 0"
};

static const struct db_stmt COVERING = {
	"mandate_covering", "i",
	"SELECT id, max_weight, max_hours, from_day, until_day FROM steering_mandate"
	" WHERE confirmed_at > 0 AND ended_at = 0 AND from_day <= $1 AND until_day >= $1"
	" ORDER BY id LIMIT 20"
};

const struct db_stmt *const mandate_statements[] = {
	&MANDATE_ROOT.claim, &MANDATE_ROOT.look, &LIST, &INSERT, &CONFIRM, &END, &COVERING, NULL,
};

enum status mandate_list(struct db_read *r, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	enum { MAX = 1000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct mandate *list = ARENA_ARRAY(a, struct mandate, MAX);
	size_t count = 0;
	enum status st = db_query(r, &LIST, DB_NO_ARGS, &rows, reterr);

	if (st != OK)
		return st;
	for (; count < MAX && db_next(&rows); count++)
		list[count] = (struct mandate){
			.id = db_int(&rows, 0),
			.version = db_int(&rows, 1),
			.max_weight = db_int(&rows, 2),
			.max_hours = db_int(&rows, 3),
			.from_day = db_int(&rows, 4),
			.until_day = db_int(&rows, 5),
			.confirmed_at = db_int(&rows, 6),
			.ended_at = db_int(&rows, 7),
			.registrar_person_id = db_int(&rows, 8),
			.meeting = db_text(&rows, 9, a),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status mandate_insert(struct db_tx *tx, const struct mandate_new *n, struct error *reterr)
{
	return db_exec(tx, &INSERT,
	               DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(n->max_weight),
	                       DB_INT(n->max_hours), DB_INT(n->from_day), DB_INT(n->until_day),
	                       DB_INT(n->meeting_id), DB_INT(n->appointment_id), DB_INT(n->now_ms)),
	               NULL, reterr);
}

static enum status once(enum status st, int64_t changed, struct error *reterr)
{
	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT, "Een collega was eerder. Bekijk hoe het nu staat.")
	           : st;
}

enum status mandate_confirm(struct db_tx *tx, int64_t id, int64_t appointment_id, int64_t now_ms,
                            struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &CONFIRM, DB_ARGS(DB_INT(id), DB_INT(appointment_id), DB_INT(now_ms)),
	            &changed, reterr);

	return once(st, changed, reterr);
}

enum status mandate_end(struct db_tx *tx, int64_t id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &END, DB_ARGS(DB_INT(id), DB_INT(now_ms)), &changed, reterr);

	return once(st, changed, reterr);
}

enum status mandate_covering(struct db_read *r, int64_t weight, int64_t hours, int32_t today,
                             int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &COVERING, DB_ARGS(DB_INT(today)), &rows, reterr);

	*ret = 0;
	while (st == OK && *ret == 0 && db_next(&rows)) {
		const struct mandate_terms t = { .max_weight = db_int(&rows, 1),
			                         .max_hours = db_int(&rows, 2),
			                         .from_day = db_int(&rows, 3),
			                         .until_day = db_int(&rows, 4),
			                         .today = today,
			                         .confirmed = true };
		if (verdict_allows(mandate_covers(&t, weight, hours)))
			*ret = db_int(&rows, 0);
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}
