#include "casework/casefile_check.h"

#include "casework/casefile.h"

static const struct db_stmt RECORDS = {
	"casefile_check_records", "i",
	"SELECT id, reference, state FROM casefile WHERE id > $1 ORDER BY id LIMIT 200"
};
static const struct db_stmt STORED = {
	"casefile_check_stored", "i",
	"SELECT audience_id FROM casefile_audience WHERE id = $1 ORDER BY audience_id LIMIT 120"
};
static const struct db_stmt MEMBERS = {
	"casefile_check_members", "i",
	"SELECT appointment_id FROM casefile_member WHERE casefile_id = $1"
	" ORDER BY appointment_id LIMIT 100"
};

const struct db_stmt *const casefile_check_statements[] = { &RECORDS, &STORED, &MEMBERS, NULL };

static enum status add_members(struct db_read *r, int64_t id, struct audience_list *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &MEMBERS, DB_ARGS(DB_INT(id)), &rows, reterr);

	if (st != OK)
		return st;
	while (db_next(&rows))
		audience_list_add(ret, audience_of(AUDIENCE_APPOINTMENT, db_int(&rows, 0)));
	return db_rows_end(&rows, reterr);
}

/* In a list the audience of the members stands as each member's own. */
static enum status expect(struct db_read *r, const struct audience_facts *f,
                          struct audience_list *ret, struct error *reterr)
{
	const audience members = audience_of(AUDIENCE_CASEFILE, f->id);
	struct thing thing;
	enum status st = OK;

	casefile_thing(&(struct casefile_facts){ f->id, (uint8_t)f->fact[0] }, &thing);
	for (size_t i = 0; st == OK && i < thing.reader_count; i++)
		if (thing.readers[i] == members)
			st = add_members(r, f->id, ret, reterr);
		else
			audience_list_add(ret, thing.readers[i]);
	return st;
}

const struct audience_room CASEFILE_AUDIENCES = { "casussen", &RECORDS, 1, &STORED, expect, false };
