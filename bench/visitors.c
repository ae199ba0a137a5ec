/*
 * visitors - a session and an API token for appointments, for the measurements of pages
 *
 *   visitors APPOINTMENT... [--data DIR] [--database CONNINFO]
 *
 * Prints two header lines for each: "Cookie: ..." and "Authorization: ...". Without appointments it
 * opens the installation and no more.
 */
#include <stdio.h>
#include <stdlib.h>

#include "let_in.h"
#include "opened.h"

static const struct db_stmt PERSON = { "bench_visitor", "i",
	                               "SELECT person_id FROM appointment WHERE id = $1" };

struct visiting {
	struct plein *plein;
	char **words;
	int count;
};

static enum status person_of(struct db_tx *tx, int64_t appointment_id, int64_t *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &PERSON, DB_ARGS(DB_INT(appointment_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

static enum status let_one_in(struct db_tx *tx, struct plein *p, int64_t appointment_id,
                              struct error *reterr)
{
	int64_t person_id = 0;
	enum status st = person_of(tx, appointment_id, &person_id, reterr);

	return st == OK ? let_in(tx, p, person_id, appointment_id, reterr) : st;
}

static enum status let_all_in(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct visiting *v = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < v->count; i++)
		st = let_one_in(tx, v->plein, strtoll(v->words[i], NULL, 10), reterr);
	return st;
}

static enum status let_visitors_in(struct plein *p, char **words, int count, struct error *reterr)
{
	struct visiting v = { .plein = p, .words = words, .count = count };
	struct db_job job = { .run = let_all_in, .args = &v };

	return db_run(p->db, &job, reterr);
}

int main(int argc, char **argv)
{
	return measure_opened(argc, argv, -1, let_visitors_in);
}
