#include "subjects/copy.h"
#include "platform/crypto/stored.h"

#include <stdio.h>

#include "subjects/joined.h"

const struct code COPY_ACTS[] = {
	{ COPY_PAGE, "PAGE", "Geopend" },
	{ COPY_API, "API", "Opgehaald door een systeem" },
	{ COPY_TAKEN_OVER, "TAKEN_OVER", "Overgenomen in eigen systeem" },
	{ COPY_CSV, "CSV", "Als bestand" },
	{ COPY_PRINT, "PRINT", "Afgedrukt" },
	{ COPY_PACK, "PACK", "In een bundel" },
	{ 0 },
};

/* $1 what it is about; $2 the highest phase; what tells who it is: kinds below 18 (subject.h). */
#define OF_PRESENCE " FROM fact f WHERE f.presence_id IN " JOINED_WITH_1 " AND f.phase <= $2"
#define OF_CASEFILE                                                                                \
	" FROM fact f JOIN presence p ON p.id = f.presence_id WHERE p.casefile_id = $1"            \
	" AND f.phase <= $2 AND f.kind < 19"
#define OF_REQUEST                                                                                 \
	" FROM fact f WHERE f.presence_id IN (SELECT t.presence_id FROM request_part t"            \
	" WHERE t.request_id = $1) AND f.phase <= $2 AND f.kind < 19"
#define OF_FACT " FROM fact f WHERE f.id = $1 AND f.phase <= $2"
/* $4 1: only what this appointment ($3) never got. */
#define NEVER_GOT                                                                                  \
	" AND ($4 = 0 OR NOT EXISTS (SELECT 1 FROM copy_fact c WHERE c.fact_uuid = f.uuid"         \
	" AND c.appointment_id = $3))"

#define IS_NEW(scope) "SELECT CASE WHEN EXISTS (SELECT 1" scope NEVER_GOT ") THEN 1 ELSE 0 END"
static const struct db_stmt NEW_IN[] = {
	[COPY_OF_PRESENCE] = { "copy_new_in_presence", "iiii", IS_NEW(OF_PRESENCE) },
	[COPY_OF_CASEFILE] = { "copy_new_in_casefile", "iiii", IS_NEW(OF_CASEFILE) },
	[COPY_OF_REQUEST] = { "copy_new_in_request", "iiii", IS_NEW(OF_REQUEST) },
	[COPY_OF_FACT] = { "copy_new_fact", "iiii", IS_NEW(OF_FACT) },
};
#define ADD_ALL(scope)                                                                             \
	"INSERT INTO copy_fact (copy_id, fact_uuid, version, appointment_id)"                      \
	" SELECT $5, f.uuid, f.version, $3" scope NEVER_GOT
static const struct db_stmt ADD_FROM[] = {
	[COPY_OF_PRESENCE] = { "copy_add_of_presence", "iiiii", ADD_ALL(OF_PRESENCE) },
	[COPY_OF_CASEFILE] = { "copy_add_of_casefile", "iiiii", ADD_ALL(OF_CASEFILE) },
	[COPY_OF_REQUEST] = { "copy_add_of_request", "iiiii", ADD_ALL(OF_REQUEST) },
	[COPY_OF_FACT] = { "copy_add_of_fact", "iiiii", ADD_ALL(OF_FACT) },
};
static const struct db_stmt ADD = {
	"copy_add", "biiitii",
	"INSERT INTO copy (uuid, act, object_kind, object_id, reference, appointment_id, at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"
};
static const struct db_stmt ADD_FACT = {
	"copy_add_fact", "ibii",
	"INSERT INTO copy_fact (copy_id, fact_uuid, version, appointment_id)"
	" VALUES ($1, $2, $3, $4) ON CONFLICT (copy_id, fact_uuid) DO NOTHING"
};
static const struct db_stmt HOLDERS = {
	"copy_holders", "b",
	"SELECT c.appointment_id, k.at, k.act, k.object_kind, k.object_id, k.reference, "
	"n.full_name,"
	" coalesce(o.on_behalf, '') FROM copy_fact c JOIN copy k ON k.id = c.copy_id"
	" JOIN appointment a ON a.id = c.appointment_id JOIN person n ON n.id = a.person_id"
	" LEFT JOIN organ o ON o.id = a.organ_id WHERE c.fact_uuid = $1"
	" ORDER BY n.sort_key, c.appointment_id, k.at, k.id LIMIT 2000"
};
static const struct db_stmt LIST = {
	"copy_list", "ii",
	"SELECT k.id, k.uuid, k.act, k.at, n.full_name, coalesce(o.on_behalf, ''),"
	" (SELECT count(*) FROM copy_fact c WHERE c.copy_id = k.id) FROM copy k"
	" JOIN appointment a ON a.id = k.appointment_id JOIN person n ON n.id = a.person_id"
	" LEFT JOIN organ o ON o.id = a.organ_id WHERE k.object_kind = $1 AND k.object_id = $2"
	" ORDER BY k.at DESC, k.id DESC LIMIT 200"
};

const struct db_stmt *const copy_statements[] = {
	&NEW_IN[0],   &NEW_IN[1], &NEW_IN[2], &NEW_IN[3], &ADD_FROM[0], &ADD_FROM[1], &ADD_FROM[2],
	&ADD_FROM[3], &ADD,       &ADD_FACT,  &HOLDERS,   &LIST,        NULL
};

/* ---- registering ------------------------------------------------------------------------------ */

struct registering {
	struct copy copy;
	bool only_new;
};

static enum status put_copy(struct db_tx *tx, const struct copy *c, int64_t *ret_id,
                            struct error *reterr)
{
	return db_insert(tx, &ADD,
	                 DB_ARGS(DB_BYTES(c->uuid.bytes, UUID_BYTES), DB_INT(c->act),
	                         DB_INT(c->object_kind), DB_INT(c->object_id),
	                         DB_TEXT(c->reference), DB_INT(c->appointment_id),
	                         DB_INT(c->now_ms)),
	                 ret_id, reterr);
}

static enum status put_all(struct db_tx *tx, const struct copy *c, bool only_new,
                           struct error *reterr)
{
	int64_t id = 0;
	enum status st = put_copy(tx, c, &id, reterr);

	return st == OK ? db_exec(tx, &ADD_FROM[c->scope],
	                          DB_ARGS(DB_INT(c->scope_id), DB_INT(c->max_phase),
	                                  DB_INT(c->appointment_id), DB_INT(only_new), DB_INT(id)),
	                          NULL, reterr)
	                : st;
}

static enum status remember(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct registering *g = args;
	return put_all(tx, &g->copy, g->only_new, reterr);
}

static struct registering *registering(struct request *rq, struct response *rs,
                                       const struct copy *what, bool only_new)
{
	struct registering *g = ARENA_NEW(rq->arena, struct registering);

	*g = (struct registering){ *what, only_new };
	g->copy.uuid = uuid_at(rq->now_ms);
	g->copy.now_ms = rq->now_ms;
	rs->remember = remember;
	rs->remember_args = g;
	return g;
}

enum status copy_seen(struct request *rq, struct response *rs, const struct copy *what,
                      struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(rq->db, &NEW_IN[what->scope],
	                          DB_ARGS(DB_INT(what->scope_id), DB_INT(what->max_phase),
	                                  DB_INT(what->appointment_id), DB_INT(1)),
	                          &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK && db_int(&row, 0) == 1) {
		struct registering *g = registering(rq, rs, what, true);
		if (rq->wants_json)
			g->copy.act = COPY_API;
	}
	return st;
}

const struct copy *copy_given(struct request *rq, struct response *rs, const struct copy *what)
{
	return &registering(rq, rs, what, false)->copy;
}

enum status copy_put(struct db_tx *tx, const struct copy *what, struct error *reterr)
{
	return put_all(tx, what, false, reterr);
}

enum status copy_put_facts(struct db_tx *tx, const struct copy *what,
                           const struct copied_fact *facts, size_t count, struct error *reterr)
{
	int64_t id = 0;
	enum status st = put_copy(tx, what, &id, reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		st = db_exec(tx, &ADD_FACT,
		             DB_ARGS(DB_INT(id), DB_BYTES(facts[i].uuid.bytes, UUID_BYTES),
		                     DB_INT(facts[i].version), DB_INT(what->appointment_id)),
		             NULL, reterr);
	return st;
}

const char *copy_number(struct arena *a, const struct uuid *uuid)
{
	enum { FROM = 8, SHOWN = 6 };
	char *text = arena_alloc(a, 3 + 2 * SHOWN + 1);

	(void)snprintf(text, 3, "K-");
	for (size_t i = 0; i < SHOWN; i++)
		(void)snprintf(text + 2 + 2 * i, 3, "%02X", uuid->bytes[FROM + i]);
	return text;
}

/* ---- reading ------------------------------------------------------------------------------------ */

/* Rows of one appointment stand together, the oldest in front. */
enum status copy_holders(struct db_read *r, const struct uuid *fact, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct copy_holder *list = ARENA_ARRAY(a, struct copy_holder, COPY_HOLDERS_MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &HOLDERS, DB_ARGS(DB_BYTES(fact->bytes, UUID_BYTES)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < COPY_HOLDERS_MAX && db_next(&rows)) {
		const int64_t appointment = db_int(&rows, 0);
		if (count > 0 && list[count - 1].appointment_id == appointment) {
			list[count - 1].copies++;
			continue;
		}
		list[count++] = (struct copy_holder){
			.appointment_id = appointment,
			.first_at = db_int(&rows, 1),
			.act = (int)db_int(&rows, 2),
			.object_kind = (int)db_int(&rows, 3),
			.object_id = db_int(&rows, 4),
			.reference = db_text(&rows, 5, a),
			.person = db_text(&rows, 6, a),
			.on_behalf = db_text(&rows, 7, a),
			.copies = 1,
		};
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status copy_list(struct db_read *r, int object_kind, int64_t object_id, struct arena *a,
                      struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct copy_row *list = ARENA_ARRAY(a, struct copy_row, MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &LIST, DB_ARGS(DB_INT(object_kind), DB_INT(object_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		struct copy_row *c = &list[count++];
		*c = (struct copy_row){ .id = db_int(&rows, 0),
			                .act = (int)db_int(&rows, 2),
			                .at = db_int(&rows, 3),
			                .person = db_text(&rows, 4, a),
			                .on_behalf = db_text(&rows, 5, a),
			                .facts = db_int(&rows, 6) };
		c->uuid = uuid_stored(&rows, 1);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
