#include "casework/presence_check.h"

#include "casework/casefile.h"
#include "casework/casefile_seers.h"
#include "matches/seen.h"
#include "signals/signal.h"

_Static_assert((int)VIEWER_CHECK_PAGE <= (int)SEEN_AT_ONCE, "a page is asked at once");

/* Signals that were not adopted, withdrawn or destroyed (10 to 12) are known to nobody. */
enum { KNOWN_TO_NOBODY_FROM = 10 };

static const struct db_stmt RECORDS = {
	"presence_check_records", "i",
	"SELECT p.id, coalesce(s.reference, c.reference, '') || '/' || p.number,"
	" coalesce(s.state, 0), coalesce(s.organ_id, 0), coalesce(s.appointment_id, 0),"
	" coalesce(s.helper_appointment_id, 0), coalesce(s.municipality_id, 0),"
	" coalesce(c.id, 0), coalesce(c.state, 0), coalesce(s.shielded, 0) FROM presence p"
	" LEFT JOIN signal s ON s.id = p.signal_id LEFT JOIN casefile c ON c.id = p.casefile_id"
	" WHERE p.id > $1 ORDER BY p.id LIMIT 50"
};
const struct db_stmt *const presence_check_statements[] = { &RECORDS, NULL };

struct presence_facts {
	struct casefile_facts casefile; /* id 0: it stands in a signal */
	uint8_t signal_state;
	struct thing thing;
	struct array invited; /* of struct invited */
};

static struct presence_facts facts_of(const struct db_rows *row)
{
	struct presence_facts f = {
		.casefile = { db_int(row, 7), (uint8_t)db_int(row, 8) },
		.signal_state = (uint8_t)db_int(row, 2),
	};
	/* Who is invited to its meeting sees it there, and not among these. */
	const struct signal_facts s = { f.signal_state,     db_int(row, 3), db_int(row, 4),
		                        db_int(row, 5),     db_int(row, 6), 0,
		                        db_int(row, 9) == 1 };

	if (f.casefile.id == 0)
		signal_thing(&s, &f.thing);
	else
		casefile_thing(&f.casefile, &f.thing);
	return f;
}

static enum status read_records(struct db_read *r, int64_t after_id, struct arena *a,
                                struct checked_record *list, struct presence_facts *facts,
                                size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &RECORDS, DB_ARGS(DB_INT(after_id)), &rows, reterr);

	while (st == OK && *ret_count < VIEWER_CHECK_PAGE && db_next(&rows)) {
		struct presence_facts *f = &facts[*ret_count];
		*f = facts_of(&rows);
		list[(*ret_count)++] =
		    (struct checked_record){ db_int(&rows, 0), db_text(&rows, 1, a), f };
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static enum status records(struct db_read *r, int64_t after_id, int64_t now_ms, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	struct checked_record *list = ARENA_ARRAY(a, struct checked_record, VIEWER_CHECK_PAGE);
	struct presence_facts *facts = ARENA_ARRAY(a, struct presence_facts, VIEWER_CHECK_PAGE);
	size_t count = 0;

	enum status st = read_records(r, after_id, a, list, facts, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		struct presence_facts *f = &facts[i];
		if (f->casefile.id == 0)
			continue;
		st = casefile_keep_out(r, f->casefile.id, a, &f->thing, reterr);
		if (st == OK)
			st = casefile_invited(r, f->casefile.id, now_ms, a, &f->invited, reterr);
	}
	*ret = (struct array){ list, count };
	return st;
}

static enum status seen(struct db_read *r, const struct viewer *v, const struct array *records,
                        struct arena *a, bool *seen, struct error *reterr)
{
	const struct checked_record *record = records->items;
	int64_t ids[VIEWER_CHECK_PAGE];
	struct array found = { 0 };

	for (size_t i = 0; i < records->count; i++)
		ids[i] = record[i].id;
	const enum status st = seen_presences(r, v, 0, ids, records->count, a, &found, reterr);
	const struct seen_presence *p = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++)
		for (size_t j = 0; j < records->count; j++)
			seen[j] = seen[j] || ids[j] == p[i].id;
	return st;
}

static bool opens(const struct viewer *v, const void *facts)
{
	const struct presence_facts *f = facts;
	struct viewer joined = *v;

	if (f->casefile.id == 0 && f->signal_state >= KNOWN_TO_NOBODY_FROM)
		return false;
	access_join(&joined, f->invited);
	return access_may(&joined, ACT_READ, &f->thing);
}

const struct viewer_room PRESENCE_VIEWERS = { "betrokkenen bij \"Mogelijk dezelfde\"",
	                                      PERM_MATCH_JUDGE, records, seen, opens };
