#include "analysis/analysis_check.h"

#include "casework/casefile_seers.h"
#include "casework/casework.h"

static const struct db_stmt RECORDS = {
	"analysis_check_records", "i",
	"SELECT n.id, c.reference, c.id, c.state FROM analysis n JOIN casefile c"
	" ON c.id = n.casefile_id WHERE n.id > $1 ORDER BY n.id LIMIT 50"
};
const struct db_stmt *const analysis_check_statements[] = { &RECORDS, NULL };

struct analysis_facts {
	struct casefile_facts casefile;
	struct thing thing;
	struct array invited; /* of struct invited */
};

static enum status read_records(struct db_read *r, int64_t after_id, struct arena *a,
                                struct checked_record *list, struct analysis_facts *facts,
                                size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &RECORDS, DB_ARGS(DB_INT(after_id)), &rows, reterr);

	while (st == OK && *ret_count < VIEWER_CHECK_PAGE && db_next(&rows)) {
		struct analysis_facts *f = &facts[*ret_count];
		f->casefile =
		    (struct casefile_facts){ db_int(&rows, 2), (uint8_t)db_int(&rows, 3) };
		list[(*ret_count)++] =
		    (struct checked_record){ db_int(&rows, 0), db_text(&rows, 1, a), f };
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status records(struct db_read *r, int64_t after_id, int64_t now_ms, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	struct checked_record *list = ARENA_ARRAY(a, struct checked_record, VIEWER_CHECK_PAGE);
	struct analysis_facts *facts = ARENA_ARRAY(a, struct analysis_facts, VIEWER_CHECK_PAGE);
	size_t count = 0;

	enum status st = read_records(r, after_id, a, list, facts, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		struct analysis_facts *f = &facts[i];
		casefile_thing(&f->casefile, &f->thing);
		st = casefile_keep_out(r, f->casefile.id, a, &f->thing, reterr);
		if (st == OK)
			st = casefile_invited(r, f->casefile.id, now_ms, a, &f->invited, reterr);
	}
	*ret = (struct array){ list, count };
	return st;
}

/* As every page of an analysis does: by the number of its casefile. */
static enum status seen(struct db_read *r, const struct viewer *v, const struct array *records,
                        struct arena *a, bool *seen, struct error *reterr)
{
	const struct checked_record *record = records->items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < records->count; i++) {
		struct casefile c;
		st = casefile_load(r, v, record[i].reference, a, &c, reterr);
		seen[i] = st == OK;
		if (st == ERR_NOT_FOUND)
			st = OK;
	}
	return st;
}

static bool opens(const struct viewer *v, const void *facts)
{
	const struct analysis_facts *f = facts;
	struct viewer joined = *v;

	access_join(&joined, f->invited);
	return access_may(&joined, ACT_READ, &f->thing);
}

const struct viewer_room ANALYSIS_VIEWERS = { "analyses", PERM_ANALYSIS_READ, records, seen,
	                                      opens };
