#include "casework/hand_over.h"

#include "audit/action.h"
#include "casework/casework_parts.h"

static const struct db_stmt CAPACITY = {
	"hand_over_capacity", "ii",
	"SELECT x.capacity, (SELECT count(*) FROM intervention i WHERE i.casefile_id = $1"
	" AND i.lead_id = $2 AND i.state IN (1, 2, 3, 5, 6, 7, 9)) FROM casefile_member x"
	" WHERE x.casefile_id = $1 AND x.appointment_id = $2"
};
static const struct db_stmt IS_IN_CAPACITY = {
	"hand_over_is_in", "iii",
	"SELECT count(*) FROM casefile_member WHERE casefile_id = $1 AND appointment_id = $2"
	" AND capacity = $3"
};
static const struct db_stmt PASS_TASKS = {
	"hand_over_tasks", "iii",
	"UPDATE casefile_task SET appointment_id = $3 WHERE casefile_id = $1"
	" AND appointment_id = $2 AND done_at = 0"
};
/* What waits for him in this casefile now waits for the other. $2, $3 audiences. */
static const struct db_stmt PASS_WORK = {
	"hand_over_work", "iii",
	"UPDATE task SET audience_id = $3 WHERE audience_id = $2 AND done_at = 0"
	" AND ((object_kind = 17 AND object_id = $1) OR (object_kind = 19 AND object_id IN"
	" (SELECT t.id FROM casefile_task t WHERE t.casefile_id = $1)))"
	" AND NOT EXISTS (SELECT 1 FROM task u WHERE u.audience_id = $3 AND u.kind = task.kind"
	" AND u.object_kind = task.object_kind AND u.object_id = task.object_id"
	" AND u.created_at = task.created_at)"
};

const struct db_stmt *const hand_over_statements[] = { &CAPACITY, &IS_IN_CAPACITY, &PASS_TASKS,
	                                               &PASS_WORK, NULL };

static enum status two_numbers(struct db_tx *tx, const struct db_stmt *s,
                               const struct db_value *args, int64_t ret[2], struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	ret[0] = db_int(&row, 0);
	ret[1] = s == &CAPACITY ? db_int(&row, 1) : 0;
	return OK;
}

enum status casefile_successors(struct db_read *r, int64_t id, int64_t appointment_id,
                                int64_t now_ms, struct arena *a, struct array *ret,
                                struct error *reterr)
{
	struct array members = { 0 }, others = { 0 };
	int capacity = 0;

	enum status st = casefile_members(r, id, now_ms, a, &members, reterr);
	if (st == OK)
		st = casefile_candidates(r, id, now_ms, a, &others, reterr);
	if (st != OK)
		return st;
	const struct casefile_member *m = members.items, *o = others.items;
	struct casefile_member *to =
	    ARENA_ARRAY(a, struct casefile_member, members.count + others.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < members.count; i++)
		if (m[i].appointment_id == appointment_id)
			capacity = m[i].capacity;
	if (capacity == 0)
		return FAIL_NOT_FOUND(reterr);
	for (size_t i = 0; i < members.count; i++)
		if (m[i].capacity == capacity && m[i].appointment_id != appointment_id)
			to[count++] = m[i];
	for (size_t i = 0; i < others.count; i++)
		if (capacity_of_role(o[i].role) == capacity)
			to[count++] = o[i];
	*ret = (struct array){ to, count };
	return OK;
}

static enum status pass_work(struct db_tx *tx, const struct handing_over *h, struct error *reterr)
{
	const int64_t id = h->who.casefile_id;
	enum status st = db_exec(tx, &PASS_TASKS,
	                         DB_ARGS(DB_INT(id), DB_INT(h->from), DB_INT(h->to)), NULL, reterr);

	return st == OK
	           ? db_exec(tx, &PASS_WORK,
	                     DB_ARGS(DB_INT(id), DB_INT(audience_of(AUDIENCE_APPOINTMENT, h->from)),
	                             DB_INT(audience_of(AUDIENCE_APPOINTMENT, h->to))),
	                     NULL, reterr)
	           : st;
}

enum status casefile_hand_over(struct db_tx *tx, const struct handing_over *h, struct error *reterr)
{
	const int64_t id = h->who.casefile_id;
	int64_t from[2] = { 0 }, to[2] = { 0 };

	if (h->from == h->to)
		return FAIL(reterr, ERR_INVALID, "Kies iemand anders.");
	enum status st =
	    two_numbers(tx, &CAPACITY, DB_ARGS(DB_INT(id), DB_INT(h->from)), from, reterr);
	if (st == OK && from[1] > 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze regievoerder leidt nog een interventie. Laat de Stuurploeg daar "
		            "eerst een ander aanwijzen.");
	if (st == OK)
		st = casefile_member_join(tx, &h->who, h->to, reterr);
	if (st == OK)
		st = two_numbers(tx, &IS_IN_CAPACITY,
		                 DB_ARGS(DB_INT(id), DB_INT(h->to), DB_INT(from[0])), to, reterr);
	if (st == OK && to[0] == 0)
		return FAIL(reterr, ERR_INVALID, "Kies iemand die hetzelfde werk kan doen.");
	if (st == OK)
		st = pass_work(tx, h, reterr);
	if (st == OK)
		st = casefile_member_remove(tx, &h->who, h->from, reterr);
	struct casefile_picture picture = { 0 };
	if (st == OK)
		st = casefile_picture_load(db_tx_read(tx), id, &picture, reterr);
	return st == OK
	           ? casefile_history_put(tx, &h->who, CASEFILE_HANDED_OVER, picture.state, reterr)
	           : st;
}
