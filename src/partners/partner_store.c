/* Every statement that reads who takes part. */
#include "partners/partner.h"

#include <string.h>

#include "partners/partner_statements.h"

#include "access/access.h"

/* ---- rows ------------------------------------------------------------------------------------ */

static int64_t day_or_none(const struct db_rows *rows, int column)
{
	return db_is_null(rows, column) ? NO_DAY : db_int(rows, column);
}

static void read_region(const struct db_rows *rows, struct arena *a, void *ret)
{
	*(struct region *)ret = (struct region){
		.id = db_int(rows, 0),
		.code = db_text(rows, 1, a),
		.name = db_text(rows, 2, a),
		.own = db_int(rows, 3) != 0,
	};
}

static void read_municipality(const struct db_rows *rows, struct arena *a, void *ret)
{
	*(struct municipality *)ret = (struct municipality){
		.id = db_int(rows, 0),
		.cbs_code = db_text(rows, 1, a),
		.name = db_text(rows, 2, a),
		.inhabitants = db_int(rows, 3),
		.valid_from = db_int(rows, 4),
		.valid_until = day_or_none(rows, 5),
		.successor_id = db_is_null(rows, 6) ? 0 : db_int(rows, 6),
	};
}

static void read_participant(const struct db_rows *rows, struct arena *a, void *ret)
{
	*(struct participant *)ret = (struct participant){
		.id = db_int(rows, 0),
		.version = db_int(rows, 1),
		.code = db_text(rows, 2, a),
		.name = db_text(rows, 3, a),
		.short_name = db_text(rows, 4, a),
		.municipality_id = db_is_null(rows, 5) ? 0 : db_int(rows, 5),
		.bureau = db_int(rows, 6) != 0,
		.valid_from = db_int(rows, 7),
		.valid_until = day_or_none(rows, 8),
	};
}

static void read_organ(const struct db_rows *rows, struct arena *a, void *ret)
{
	*(struct organ *)ret = (struct organ){
		.id = db_int(rows, 0),
		.participant_id = db_int(rows, 1),
		.letter = db_text(rows, 2, a)[0],
		.name = db_text(rows, 3, a),
		.on_behalf = db_text(rows, 4, a),
	};
}

static void read_desk(const struct db_rows *rows, struct arena *a, void *ret)
{
	*(struct desk *)ret = (struct desk){
		.id = db_int(rows, 0),
		.version = db_int(rows, 1),
		.participant_id = db_int(rows, 2),
		.code = db_text(rows, 3, a),
		.name = db_text(rows, 4, a),
		.valid_from = db_int(rows, 5),
		.valid_until = day_or_none(rows, 6),
	};
}

typedef void read_row_fn(const struct db_rows *rows, struct arena *a, void *ret);

static enum status load_one(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                            read_row_fn *read, struct arena *a, void *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, s, args, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		read(&rows, a, ret);
	return st;
}

struct shape {
	read_row_fn *read;
	size_t size;
};
#define SHAPE_OF(type)                                                                             \
	(&(const struct shape){                                                                    \
	    read_##type,                                                                           \
	    sizeof(struct type),                                                                   \
	})

enum { FIRST_ROOM = 32 };

/* Rows into one block that doubles; the blocks left behind go with the arena. */
static enum status load_all(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                            const struct shape *shape, struct arena *a, struct array *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, s, args, &rows, reterr);
	if (st != OK)
		return st;
	size_t room = FIRST_ROOM;
	size_t count = 0;
	char *items = arena_alloc(a, room * shape->size);
	while (db_next(&rows)) {
		if (count == room) {
			char *more = arena_alloc(a, 2 * room * shape->size);
			memcpy(more, items, room * shape->size);
			items = more;
			room *= 2;
		}
		shape->read(&rows, a, items + count++ * shape->size);
	}
	*ret = (struct array){ .items = items, .count = count };
	return db_rows_end(&rows, reterr);
}

/* ---- statements ------------------------------------------------------------------------------ */

const struct db_stmt REGION_OWN = {
	"region_own", "", "SELECT id, code, name, own FROM region WHERE own = 1 ORDER BY id LIMIT 1"
};

#define MUNICIPALITY_COLUMNS                                                                       \
	"m.id, m.cbs_code, m.name, m.inhabitants, m.valid_from, m.valid_until, m.successor_id"

const struct db_stmt MUNICIPALITY_LIST = {
	"municipality_list", "i",
	"SELECT " MUNICIPALITY_COLUMNS " FROM municipality m"
	" WHERE m.valid_from <= $1 AND (m.valid_until IS NULL OR m.valid_until >= $1)"
	" ORDER BY m.sort_key, m.id"
};

const struct db_stmt MUNICIPALITY_LIST_OF = {
	"municipality_list_of", "ii",
	"SELECT " MUNICIPALITY_COLUMNS " FROM region_municipality rm"
	" JOIN municipality m ON m.id = rm.municipality_id"
	" WHERE rm.region_id = $2"
	" AND rm.valid_from <= $1 AND (rm.valid_until IS NULL OR rm.valid_until >= $1)"
	" AND m.valid_from <= $1 AND (m.valid_until IS NULL OR m.valid_until >= $1)"
	" ORDER BY m.sort_key, m.id"
};

const struct db_stmt MUNICIPALITY_LOAD = { "municipality_load", "i",
	                                   "SELECT " MUNICIPALITY_COLUMNS
	                                   " FROM municipality m WHERE m.id = $1" };

#define PARTICIPANT_COLUMNS                                                                        \
	"id, version, code, name, short_name, municipality_id, bureau, valid_from, valid_until"

const struct db_stmt PARTICIPANT_LIST = {
	"participant_list", "i",
	"SELECT " PARTICIPANT_COLUMNS " FROM participant"
	" WHERE valid_from <= $1 AND (valid_until IS NULL OR valid_until >= $1)"
	" ORDER BY sort_key, id"
};

const struct db_stmt PARTICIPANT_LOAD = { "participant_load", "i",
	                                  "SELECT " PARTICIPANT_COLUMNS
	                                  " FROM participant WHERE id = $1" };

const struct db_stmt PARTICIPANT_BY_CODE = { "participant_by_code", "t",
	                                     "SELECT " PARTICIPANT_COLUMNS
	                                     " FROM participant WHERE code = $1" };

const struct db_stmt ORGAN_LIST = {
	"organ_list", "i",
	"SELECT id, participant_id, letter, name, on_behalf FROM organ WHERE participant_id = $1"
	" ORDER BY letter, id"
};

const struct db_stmt DESK_LIST = {
	"desk_list", "ii",
	"SELECT id, version, participant_id, code, name, valid_from, valid_until FROM desk"
	" WHERE participant_id = $1 AND valid_from <= $2"
	" AND (valid_until IS NULL OR valid_until >= $2) ORDER BY code, id"
};

const struct db_stmt SETTING_LOAD = { "setting_load", "t",
	                              "SELECT value FROM setting WHERE name = $1" };

/* ---- the public face --------------------------------------------------------------------------
 */

enum status region_own(struct db_read *r, struct arena *a, struct region *ret, struct error *reterr)
{
	return load_one(r, &REGION_OWN, DB_NO_ARGS, read_region, a, ret, reterr);
}

enum status municipality_list(struct db_read *r, int64_t region_id, int64_t day, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	if (region_id == 0)
		return load_all(r, &MUNICIPALITY_LIST, DB_ARGS(DB_INT(day)), SHAPE_OF(municipality),
		                a, ret, reterr);
	return load_all(r, &MUNICIPALITY_LIST_OF, DB_ARGS(DB_INT(day), DB_INT(region_id)),
	                SHAPE_OF(municipality), a, ret, reterr);
}

enum status municipality_load(struct db_read *r, int64_t id, struct arena *a,
                              struct municipality *ret, struct error *reterr)
{
	return load_one(r, &MUNICIPALITY_LOAD, DB_ARGS(DB_INT(id)), read_municipality, a, ret,
	                reterr);
}

enum status participant_list(struct db_read *r, int64_t day, struct arena *a, struct array *ret,
                             struct error *reterr)
{
	return load_all(r, &PARTICIPANT_LIST, DB_ARGS(DB_INT(day)), SHAPE_OF(participant), a, ret,
	                reterr);
}

enum status participant_load(struct db_read *r, int64_t id, struct arena *a,
                             struct participant *ret, struct error *reterr)
{
	return load_one(r, &PARTICIPANT_LOAD, DB_ARGS(DB_INT(id)), read_participant, a, ret,
	                reterr);
}

enum status participant_by_code(struct db_read *r, const char *code, struct arena *a,
                                struct participant *ret, struct error *reterr)
{
	return load_one(r, &PARTICIPANT_BY_CODE, DB_ARGS(DB_TEXT(code)), read_participant, a, ret,
	                reterr);
}

enum status organ_list(struct db_read *r, int64_t participant_id, struct arena *a,
                       struct array *ret, struct error *reterr)
{
	return load_all(r, &ORGAN_LIST, DB_ARGS(DB_INT(participant_id)), SHAPE_OF(organ), a, ret,
	                reterr);
}

enum status desk_list(struct db_read *r, int64_t participant_id, int64_t day, struct arena *a,
                      struct array *ret, struct error *reterr)
{
	return load_all(r, &DESK_LIST, DB_ARGS(DB_INT(participant_id), DB_INT(day)), SHAPE_OF(desk),
	                a, ret, reterr);
}

enum status setting_load(struct db_read *r, const char *name, struct arena *a, const char **ret,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &SETTING_LOAD, DB_ARGS(DB_TEXT(name)), &rows, reterr);
	if (st != OK)
		return st;
	*ret = db_next(&rows) ? db_text(&rows, 0, a) : NULL;
	return db_rows_end(&rows, reterr);
}

const struct db_stmt *const partner_statements[] = {
	&REGION_OWN,
	&MUNICIPALITY_LIST,
	&MUNICIPALITY_LIST_OF,
	&MUNICIPALITY_LOAD,
	&PARTICIPANT_LIST,
	&PARTICIPANT_LOAD,
	&PARTICIPANT_BY_CODE,
	&ORGAN_LIST,
	&DESK_LIST,
	&SETTING_LOAD,
	&REGION_PUT,
	&MUNICIPALITY_PUT,
	&MUNICIPALITY_FOLLOW,
	&MUNICIPALITY_JOIN,
	&PARTICIPANT_PUT,
	&ORGAN_PUT,
	&DESK_PUT,
	&SETTING_PUT,
	NULL,
};
