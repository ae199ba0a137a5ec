#include "demo/demo_store.h"

#include <string.h>

#include "demo/demo.h"

static const struct db_stmt COUNT_PEOPLE = { "demo_count_people", "",
	                                     "SELECT count(*) FROM person" };
static const struct db_stmt LOOK_AFTER = {
	"demo_look_after", "ii",
	"INSERT INTO appointment_municipality (appointment_id, municipality_id) VALUES ($1, $2)"
};
static const struct db_stmt PLAYERS = {
	"demo_players", "",
	"SELECT a.id, a.person_id, a.participant_id, coalesce(a.organ_id, 0),"
	" coalesce(a.municipality_id, 0), a.role, coalesce(o.letter, ''), p.code,"
	" m.name FROM appointment a JOIN participant p ON p.id = a.participant_id"
	" LEFT JOIN organ o ON o.id = a.organ_id"
	" LEFT JOIN municipality m ON m.id = a.municipality_id"
	" WHERE a.state = 2 ORDER BY a.id"
};

enum status demo_count_people(struct db_read *r, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &COUNT_PEOPLE, DB_NO_ARGS, &rows, reterr);
	if (st == OK)
		st = db_one(&rows, reterr);
	if (st == OK)
		*ret = db_int(&rows, 0);
	return st;
}

enum status demo_look_after(struct db_tx *tx, int64_t appointment_id, int64_t municipality_id,
                            struct error *reterr)
{
	return db_exec(tx, &LOOK_AFTER, DB_ARGS(DB_INT(appointment_id), DB_INT(municipality_id)),
	               NULL, reterr);
}

static struct player player_of(const struct db_rows *row, struct arena *a)
{
	return (struct player){
		.appointment_id = db_int(row, 0),
		.person_id = db_int(row, 1),
		.participant_id = db_int(row, 2),
		.organ_id = db_int(row, 3),
		.municipality_id = db_int(row, 4),
		.role = (enum role)db_int(row, 5),
		.letter = db_text(row, 6, a)[0],
		.participant = db_text(row, 7, a),
		.municipality = db_is_null(row, 8) ? NULL : db_text(row, 8, a),
	};
}

enum status demo_players(struct db_read *r, struct arena *a, struct player **ret, size_t *ret_count,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t room = 64, count = 0;
	struct player *list = ARENA_ARRAY(a, struct player, room);
	enum status st = db_query(r, &PLAYERS, DB_NO_ARGS, &rows, reterr);
	if (st != OK)
		return st;
	for (; db_next(&rows); count++) {
		if (count == room) {
			struct player *more = ARENA_ARRAY(a, struct player, room * 2);
			memcpy(more, list, room * sizeof *list);
			list = more;
			room *= 2;
		}
		list[count] = player_of(&rows, a);
	}
	*ret = list;
	*ret_count = count;
	return db_rows_end(&rows, reterr);
}

const struct db_stmt *const demo_statements[] = { &COUNT_PEOPLE, &LOOK_AFTER, &PLAYERS, NULL };
