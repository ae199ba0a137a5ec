#include "steering/pack_store.h"

#include "platform/crypto/numbering.h"
#include "platform/crypto/stored.h"

#define COLUMNS                                                                                    \
	"SELECT x.id, coalesce(x.meeting_id, 0), x.appointment_id, x.made_at, x.reference, "       \
	"p.full_name,"                                                                             \
	" coalesce(o.on_behalf, ''), (SELECT count(*) FROM steering_copy_part t"                   \
	" WHERE t.copy_id = x.id) FROM steering_copy x"                                            \
	" JOIN appointment a ON a.id = x.appointment_id"                                           \
	" JOIN person p ON p.id = a.person_id LEFT JOIN organ o ON o.id = a.organ_id"
static const struct db_stmt LOAD = { "handed_load", "tii",
	                             COLUMNS " WHERE x.reference = $1 AND x.appointment_id = $2"
	                                     " AND x.kind = $3" };
static const struct db_stmt LIST = {
	"handed_list", "i",
	COLUMNS
	" WHERE x.meeting_id = $1 AND x.kind = 1 ORDER BY x.made_at DESC, x.id DESC LIMIT 500"
};
static const struct db_stmt PARTS = {
	"handed_parts", "i",
	"SELECT object_kind, object_uuid, edition FROM steering_copy_part WHERE copy_id = $1"
	" ORDER BY copy_id, place LIMIT 500"
};
static const struct db_stmt INSERT = {
	"handed_insert", "btiIIiii",
	"INSERT INTO steering_copy (uuid, reference, kind, meeting_id, casefile_id,"
	" appointment_id, participant_id, made_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
	" RETURNING id"
};
static const struct db_stmt INSERT_PART = {
	"handed_part_insert", "iiibi",
	"INSERT INTO steering_copy_part (copy_id, place, object_kind, object_uuid, edition)"
	" VALUES ($1, $2, $3, $4, $5)"
};

const struct db_stmt *const pack_statements[] = {
	&LOAD, &LIST, &PARTS, &INSERT, &INSERT_PART, NULL,
};

enum { HANDED_MAX = 500 };

static struct handed read_handed(const struct db_rows *row, struct arena *a)
{
	return (struct handed){
		.id = db_int(row, 0),
		.meeting_id = db_int(row, 1),
		.appointment_id = db_int(row, 2),
		.made_at = db_int(row, 3),
		.reference = db_text(row, 4, a),
		.person = db_text(row, 5, a),
		.on_behalf = db_text(row, 6, a),
		.parts = db_int(row, 7),
	};
}

enum status handed_load(struct db_read *r, const char *reference, int64_t appointment_id,
                        enum handed_kind kind, struct arena *a, struct handed *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &LOAD, DB_ARGS(DB_TEXT(reference), DB_INT(appointment_id), DB_INT(kind)),
	             &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_handed(&row, a);
	return st;
}

enum status handed_list(struct db_read *r, int64_t meeting_id, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct handed *list = ARENA_ARRAY(a, struct handed, HANDED_MAX);
	size_t count = 0;
	enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(meeting_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < HANDED_MAX && db_next(&rows); count++)
		list[count] = read_handed(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status handed_parts(struct db_read *r, int64_t copy_id, struct arena *a, struct array *ret,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct handed_part *list = ARENA_ARRAY(a, struct handed_part, HANDED_MAX);
	size_t count = 0;
	enum status st = db_query(r, &PARTS, DB_ARGS(DB_INT(copy_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < HANDED_MAX && db_next(&rows); count++) {
		list[count].object_kind = (int)db_int(&rows, 0);
		list[count].edition = db_int(&rows, 2);
		list[count].uuid = uuid_stored(&rows, 1);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status handed_insert(struct db_tx *tx, const struct handing *h, int64_t *ret_id,
                          const char **ret_reference, struct error *reterr)
{
	enum status st =
	    reference_next(tx, h->reference_key, "SK", h->now_ms, ret_reference, reterr);

	if (st == OK)
		st = db_insert(tx, &INSERT,
		               DB_ARGS(DB_BYTES(h->uuid.bytes, UUID_BYTES), DB_TEXT(*ret_reference),
		                       DB_INT(h->kind),
		                       h->meeting_id != 0 ? DB_INT(h->meeting_id) : DB_NULL,
		                       h->casefile_id != 0 ? DB_INT(h->casefile_id) : DB_NULL,
		                       DB_INT(h->appointment_id), DB_INT(h->participant_id),
		                       DB_INT(h->now_ms)),
		               ret_id, reterr);
	for (size_t i = 0; st == OK && i < h->part_count; i++)
		st = db_exec(tx, &INSERT_PART,
		             DB_ARGS(DB_INT(*ret_id), DB_INT((int64_t)i),
		                     DB_INT(h->parts[i].object_kind),
		                     DB_BYTES(h->parts[i].uuid.bytes, UUID_BYTES),
		                     DB_INT(h->parts[i].edition)),
		             NULL, reterr);
	return st;
}
