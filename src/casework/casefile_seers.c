#include "casework/casefile_seers.h"

#include "casework/casework.h"

static const struct db_stmt STATE = { "casefile_seers_state", "i",
	                              "SELECT state FROM casefile WHERE id = $1" };
static const struct db_stmt MEMBERS = {
	"casefile_seers_members", "i",
	"SELECT m.appointment_id, b.role, m.heavy FROM casefile_member m"
	" JOIN appointment b ON b.id = m.appointment_id WHERE m.casefile_id = $1"
	" ORDER BY m.appointment_id LIMIT 60"
};
const struct db_stmt *const casefile_seers_statements[] = { &STATE, &MEMBERS, NULL };

enum status casefile_invited(struct db_read *r, int64_t casefile_id, int64_t now_ms,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	struct invited *to = ARENA_NEW(a, struct invited);
	struct array members = { 0 };
	const enum status st = casefile_members(r, casefile_id, now_ms, a, &members, reterr);
	const struct casefile_member *m = members.items;
	int64_t *ids = ARENA_ARRAY(a, int64_t, members.count + 1);

	for (size_t i = 0; i < members.count; i++)
		ids[i] = m[i].appointment_id;
	*to =
	    (struct invited){ audience_of(AUDIENCE_CASEFILE, casefile_id), { ids, members.count } };
	*ret = (struct array){ to, 1 };
	return st;
}

enum status casefile_keep_out(struct db_read *r, int64_t casefile_id, struct arena *a,
                              struct thing *thing, struct error *reterr)
{
	struct array blocks = { 0 };
	const enum status st = casefile_blocks(r, casefile_id, a, &blocks, reterr);
	const struct casefile_block *b = blocks.items;
	int64_t *persons = ARENA_ARRAY(a, int64_t, blocks.count + 1);

	for (size_t i = 0; i < blocks.count; i++)
		persons[i] = b[i].person_id;
	thing->blocked_persons = persons;
	thing->blocked_count = blocks.count;
	return st;
}

/* ---- of one phase ------------------------------------------------------------------------------ */

struct phase_wish {
	int phase;
	enum permission needed;
};

static bool reads_it(const struct phase_wish *w, enum role role, bool named_heavy)
{
	return access_permits(role, w->needed) &&
	       casefile_reads_phase(role, named_heavy) >= w->phase;
}

static void add_reader(struct thing *t, audience reader)
{
	if (t->reader_count < THING_AUDIENCES_MAX)
		t->readers[t->reader_count++] = reader;
}

static enum status add_members(struct db_read *r, int64_t casefile_id, const struct phase_wish *w,
                               struct thing *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &MEMBERS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	while (st == OK && db_next(&rows))
		if (reads_it(w, (enum role)db_int(&rows, 1), db_int(&rows, 2) == 1))
			add_reader(ret, audience_of(AUDIENCE_APPOINTMENT, db_int(&rows, 0)));
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status state_of(struct db_read *r, int64_t casefile_id, uint8_t *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &STATE, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (uint8_t)db_int(&row, 0);
	return st;
}

enum status casefile_phase_readers(struct db_read *r, int64_t casefile_id, int phase,
                                   enum permission needed, struct thing *ret, struct error *reterr)
{
	const struct phase_wish wish = { phase, needed };
	const audience members = audience_of(AUDIENCE_CASEFILE, casefile_id);
	const audience roles = audience_of(AUDIENCE_ROLE, 0);
	struct casefile_facts facts = { .id = casefile_id };
	struct thing all;

	*ret = (struct thing){ 0 };
	enum status st = state_of(r, casefile_id, &facts.state, reterr);
	if (st != OK)
		return st;
	casefile_thing(&facts, &all);
	for (uint8_t i = 0; st == OK && i < all.reader_count; i++)
		if (all.readers[i] == members)
			st = add_members(r, casefile_id, &wish, ret, reterr);
		else if (reads_it(&wish, (enum role)(all.readers[i] - roles), false))
			add_reader(ret, all.readers[i]);
	return st;
}
