/*
 * house_prepare - sessions and a long list in a demo installation, for bench/house
 *
 *   house_prepare EMAIL ROWS [--data DIR] [--database CONNINFO]
 *
 * Opens a session for everybody who has an appointment, that of EMAIL first, and prints the
 * cookie header of each, and the header of an API token. Moves ROWS people to the employer of EMAIL.
 */
#include <stdio.h>
#include <stdlib.h>

#include "let_in.h"
#include "opened.h"

static const struct db_stmt SOMEBODY = {
	"bench_somebody", "t",
	"SELECT p.id, min(a.id), p.participant_id FROM person p"
	" JOIN appointment a ON a.person_id = p.id AND a.state = 2 WHERE p.email = $1"
	" GROUP BY p.id, p.participant_id"
};
static const struct db_stmt EVERYBODY = {
	"bench_everybody", "i",
	"SELECT a.person_id, min(a.id) FROM appointment a WHERE a.state = 2 AND a.person_id <> $1"
	" GROUP BY a.person_id ORDER BY a.person_id"
};
static const struct db_stmt MOVE = {
	"bench_move", "ii",
	"UPDATE person SET participant_id = $1 WHERE id IN (SELECT id FROM person"
	" WHERE participant_id <> $1 ORDER BY id DESC LIMIT $2)"
};

struct preparing {
	struct plein *plein;
	const char *email;
	int64_t person_id, appointment_id, participant_id, rows;
};

static enum status somebody(struct db_tx *tx, struct preparing *pr, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &SOMEBODY, DB_ARGS(DB_TEXT(pr->email)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	pr->person_id = db_int(&row, 0);
	pr->appointment_id = db_int(&row, 1);
	pr->participant_id = db_int(&row, 2);
	return OK;
}

static enum status everybody(struct db_tx *tx, struct preparing *pr, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &EVERYBODY, DB_ARGS(DB_INT(pr->person_id)), &rows, reterr);
	struct {
		int64_t person_id, appointment_id;
	} all[1000];
	size_t count = 0;

	while (st == OK && count < 1000 && db_next(&rows)) {
		all[count].person_id = db_int(&rows, 0);
		all[count++].appointment_id = db_int(&rows, 1);
	}
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = let_in(tx, pr->plein, all[i].person_id, all[i].appointment_id, reterr);
	return st;
}

static enum status prepare(struct db_tx *tx, void *args, struct error *reterr)
{
	struct preparing *pr = args;
	enum status st = somebody(tx, pr, reterr);

	if (st == OK)
		st = let_in(tx, pr->plein, pr->person_id, pr->appointment_id, reterr);
	if (st == OK)
		st = everybody(tx, pr, reterr);
	if (st == OK)
		st = db_exec(tx, &MOVE, DB_ARGS(DB_INT(pr->participant_id), DB_INT(pr->rows)), NULL,
		             reterr);
	return st;
}

static enum status prepare_house(struct plein *p, char **words, int count, struct error *reterr)
{
	struct preparing pr = { .plein = p,
		                .email = words[0],
		                .rows = strtoll(words[1], NULL, 10) };
	struct db_job job = { .run = prepare, .args = &pr };

	(void)count;
	return db_run(p->db, &job, reterr);
}

int main(int argc, char **argv)
{
	return measure_opened(argc, argv, 2, prepare_house);
}
