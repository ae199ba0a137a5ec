#include "advice/advice_check.h"

#include "advice/advice_trail.h"

enum { ARENA_BYTES = 1 << 14 };

static const struct db_stmt RECORDS = {
	"advice_check_records", "i",
	"SELECT d.id, c.reference FROM advice d JOIN casefile c ON c.id = d.casefile_id"
	" WHERE d.id > $1 ORDER BY d.id LIMIT 200"
};
/* How far, and in which states of the casefile, in one number: as how_of() counts it. */
static const struct db_stmt STORED = { "advice_check_stored", "i",
	                               "SELECT audience_id, reach * 4294967296 + casefile_states "
	                               "FROM advice_audience WHERE id = $1"
	                               " ORDER BY audience_id, reach, id LIMIT 120" };

const struct db_stmt *const advice_check_statements[] = { &RECORDS, &STORED, NULL };

static int64_t how_of(const struct advice_reader *reader)
{
	return ((int64_t)reader->reach << 32) + (int64_t)reader->casefile_states;
}

static enum status expect_within(struct db_read *r, int64_t id, struct arena *a,
                                 struct audience_list *ret, struct error *reterr)
{
	struct advice_reader *readers = ARENA_ARRAY(a, struct advice_reader, ADVICE_READERS_MAX);
	size_t count = 0;
	const enum status st = advice_readers_load(r, id, a, readers, &count, reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		audience_list_add_how(ret, readers[i].who, how_of(&readers[i]));
	return st;
}

static enum status expect(struct db_read *r, const struct audience_facts *f,
                          struct audience_list *ret, struct error *reterr)
{
	struct arena a;

	arena_init(&a, ARENA_BYTES);
	const enum status st = expect_within(r, f->id, &a, ret, reterr);
	arena_reset(&a);
	return st;
}

const struct audience_room ADVICE_AUDIENCES = {
	"adviezen", &RECORDS, 0, &STORED, expect, .has_how = true,
};
