/* What changes a meeting of the Stuurploeg and its agenda. Each inside a job. */
#include "steering/steering_store.h"

static const struct db_stmt CHAIR = { "gathering_chair", "ii",
	                              "UPDATE meeting SET chair_id = $2 WHERE id = $1" };
static const struct db_stmt NOW = { "gathering_now", "ii",
	                            "UPDATE meeting SET point_now = $2 WHERE id = $1" };
static const struct db_stmt INSERT = {
	"steering_point_insert", "bitiiIiii",
	"INSERT INTO steering_point (uuid, meeting_id, name, kind, place, state, casefile_id,"
	" advice_id, added_by, added_at) SELECT $1, $2, $3, $4,"
	" $5 * 1000 + (SELECT count(*) FROM steering_point WHERE meeting_id = $2), 1, $6, $7, $8, "
	"$9"
	" ON CONFLICT DO NOTHING"
};
static const struct db_stmt ON_AGENDA = {
	"steering_points_on_agenda", "i",
	"SELECT count(*) FROM steering_point WHERE meeting_id = $1 AND state <> 5"
};
/* A casefile that came off the agenda can come back on it. */
static const struct db_stmt BACK = {
	"steering_point_back", "itii",
	"UPDATE steering_point SET state = 1, advice_id = $4, version = version + 1"
	" WHERE meeting_id = $1"
	" AND name = $2 AND state = 5 AND NOT EXISTS (SELECT 1 FROM steering_point o"
	" WHERE o.casefile_id = $3 AND o.state IN (1, 2))"
};
static const struct db_stmt MOVE = {
	"steering_point_move", "iiiii",
	"UPDATE steering_point SET state = $3,"
	" prepared_by = CASE WHEN $3 = 2 THEN $4 ELSE prepared_by END,"
	" prepared_at = CASE WHEN $3 = 2 THEN $5 ELSE prepared_at END,"
	" signed_by = CASE WHEN $3 = 3 THEN $4 ELSE signed_by END,"
	" signed_at = CASE WHEN $3 = 3 THEN $5 ELSE signed_at END WHERE id = $1 AND state = $2"
};
static const struct db_stmt RELEASE = {
	"steering_points_release", "i",
	"UPDATE steering_point SET state = 5, version = version + 1 WHERE meeting_id = $1"
	" AND state = 1"
};

const struct db_stmt *const steering_write_statements[] = {
	&POINT_ROOT.claim,
	&POINT_ROOT.look,
	&CHAIR,
	&NOW,
	&INSERT,
	&ON_AGENDA,
	&BACK,
	&MOVE,
	&RELEASE,
	NULL,
};

enum status gathering_set_chair(struct db_tx *tx, int64_t meeting_id, int64_t appointment_id,
                                struct error *reterr)
{
	return db_exec(tx, &CHAIR, DB_ARGS(DB_INT(meeting_id), DB_INT(appointment_id)), NULL,
	               reterr);
}

enum status gathering_set_now(struct db_tx *tx, int64_t meeting_id, int64_t point_id,
                              struct error *reterr)
{
	return db_exec(tx, &NOW, DB_ARGS(DB_INT(meeting_id), DB_INT(point_id)), NULL, reterr);
}

enum status points_room(struct db_tx *tx, int64_t meeting_id, size_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &ON_AGENDA, DB_ARGS(DB_INT(meeting_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const int64_t count = db_int(&row, 0);
	*ret = count < POINTS_MAX ? (size_t)(POINTS_MAX - count) : 0;
	return OK;
}

enum status point_insert(struct db_tx *tx, const struct point_new *n, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &INSERT,
	            DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(n->meeting_id),
	                    DB_TEXT(n->name), DB_INT(n->kind), DB_INT(n->kind),
	                    n->casefile_id != 0 ? DB_INT(n->casefile_id) : DB_NULL,
	                    DB_INT(n->advice_id), DB_INT(n->appointment_id), DB_INT(n->now_ms)),
	            &changed, reterr);

	if (st == OK && changed == 0)
		st = db_exec(tx, &BACK,
		             DB_ARGS(DB_INT(n->meeting_id), DB_TEXT(n->name),
		                     DB_INT(n->casefile_id), DB_INT(n->advice_id)),
		             &changed, reterr);
	if (st == OK && changed == 0 && n->casefile_id != 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze casus staat al op een agenda. Bekijk hoe het nu staat.");
	return st;
}

enum status point_set_state(struct db_tx *tx, int64_t id, const struct move *mv,
                            int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &MOVE,
	                         DB_ARGS(DB_INT(id), DB_INT(mv->from), DB_INT(mv->to),
	                                 DB_INT(appointment_id), DB_INT(now_ms)),
	                         &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	return st;
}

enum status points_release(struct db_tx *tx, int64_t meeting_id, struct error *reterr)
{
	return db_exec(tx, &RELEASE, DB_ARGS(DB_INT(meeting_id)), NULL, reterr);
}
