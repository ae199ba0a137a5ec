#include "signals/signal_check.h"

#include <stdio.h>

#include "signals/signal.h"

enum { PAGE_ROWS = 200, STORED_MAX = 2 * THING_AUDIENCES_MAX, PAGE_ARENA_BYTES = 1 << 20 };

static const struct db_stmt SIGNALS = {
	"signal_check_signals", "i",
	"SELECT s.id, s.reference, s.state, s.organ_id, s.appointment_id,"
	" coalesce(s.helper_appointment_id, 0), coalesce(s.municipality_id, 0), s.theme, s.line,"
	" s.participant_id, s.state_since, s.shielded FROM signal s WHERE s.id > $1 ORDER BY s.id "
	"LIMIT 200"
};
static const struct db_stmt STORED = {
	"signal_check_stored", "i",
	"SELECT audience_id, at, state, theme, line, municipality_id, participant_id"
	" FROM signal_audience WHERE id = $1 ORDER BY audience_id LIMIT 32"
};

const struct db_stmt *const signal_check_statements[] = { &SIGNALS, &STORED, NULL };

/* The columns of an audience row beside the audience itself. */
struct row {
	audience of;
	int64_t at, state, theme, line, municipality_id, participant_id;
};
struct checked {
	int64_t id;
	const char *reference;
	struct signal_facts facts;
	struct row row;
};
struct stored {
	struct row rows[STORED_MAX];
	size_t count;
};

static enum status load_page(struct db_read *r, int64_t after, struct arena *a,
                             struct checked *list, size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t count = 0;
	enum status st = db_query(r, &SIGNALS, DB_ARGS(DB_INT(after)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < PAGE_ROWS && db_next(&rows)) {
		const uint8_t state = (uint8_t)db_int(&rows, 2);
		list[count++] = (struct checked){
			.id = db_int(&rows, 0),
			.reference = db_text(&rows, 1, a),
			.facts = { state, db_int(&rows, 3), db_int(&rows, 4), db_int(&rows, 5),
			           db_int(&rows, 6), 0, db_int(&rows, 11) != 0 },
			.row = { 0, db_int(&rows, 10), state, db_int(&rows, 7), db_int(&rows, 8),
			         db_int(&rows, 6), db_int(&rows, 9) },
		};
	}
	*ret_count = count;
	return db_rows_end(&rows, reterr);
}

static enum status load_stored(struct db_read *r, int64_t id, struct stored *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &STORED, DB_ARGS(DB_INT(id)), &rows, reterr);

	ret->count = 0;
	if (st != OK)
		return st;
	while (ret->count < STORED_MAX && db_next(&rows))
		ret->rows[ret->count++] =
		    (struct row){ db_int(&rows, 0), db_int(&rows, 1), db_int(&rows, 2),
			          db_int(&rows, 3), db_int(&rows, 4), db_int(&rows, 5),
			          db_int(&rows, 6) };
	return db_rows_end(&rows, reterr);
}

static void tell(struct audience_check *check, struct out *report, const struct checked *s,
                 const char *what, audience of)
{
	char line[sizeof check->first];

	(void)snprintf(line, sizeof line, "%s: %s, groep %d/%lld", s->reference, what,
	               (int)(of >> 48), (long long)(of & 0xffffffffffff));
	if (check->faults++ == 0)
		(void)snprintf(check->first, sizeof check->first, "%s", line);
	if (report != NULL)
		out_fmt(report, "%s\n", line);
}

static const struct row *find_row(const struct stored *stored, audience of)
{
	for (size_t i = 0; i < stored->count; i++)
		if (stored->rows[i].of == of)
			return &stored->rows[i];
	return NULL;
}

static bool expected(const struct thing *thing, audience of)
{
	for (size_t i = 0; i < thing->reader_count; i++)
		if (thing->readers[i] == of)
			return true;
	return false;
}

static bool same_columns(const struct row *a, const struct row *b)
{
	return a->at == b->at && a->state == b->state && a->theme == b->theme &&
	       a->line == b->line && a->municipality_id == b->municipality_id &&
	       a->participant_id == b->participant_id;
}

static int64_t meeting_of(const struct checked *s, const struct stored *stored)
{
	for (size_t i = 0; s->facts.state == SIGNAL_ON_AGENDA && i < stored->count; i++)
		if (stored->rows[i].of >> 48 == AUDIENCE_MEETING)
			return stored->rows[i].of & 0xffffffffffff;
	return 0;
}

static void compare(struct audience_check *check, struct out *report, const struct checked *s,
                    const struct stored *stored)
{
	struct signal_facts facts = s->facts;
	struct thing thing;

	facts.meeting_id = meeting_of(s, stored);
	signal_thing(&facts, &thing);
	for (size_t i = 0; i < thing.reader_count; i++) {
		const struct row *row = find_row(stored, thing.readers[i]);
		if (row == NULL)
			tell(check, report, s, "mist een lezer", thing.readers[i]);
		else if (!same_columns(row, &s->row))
			tell(check, report, s, "staat oud in lijsten", thing.readers[i]);
	}
	for (size_t i = 0; i < stored->count; i++)
		if (!expected(&thing, stored->rows[i].of))
			tell(check, report, s, "te veel lezers", stored->rows[i].of);
}

static enum status check_page(struct db_read *r, struct arena *a, int64_t *after,
                              struct out *report, struct audience_check *check, size_t *ret_count,
                              struct error *reterr)
{
	struct checked *list = ARENA_ARRAY(a, struct checked, PAGE_ROWS);
	struct stored *stored = ARENA_NEW(a, struct stored);
	enum status st = load_page(r, *after, a, list, ret_count, reterr);

	for (size_t i = 0; st == OK && i < *ret_count; i++) {
		st = load_stored(r, list[i].id, stored, reterr);
		if (st == OK)
			compare(check, report, &list[i], stored);
		*after = list[i].id;
	}
	check->signals += (int64_t)*ret_count;
	return st;
}

enum status signal_check_audiences(struct db_read *r, struct out *report,
                                   struct audience_check *ret, struct error *reterr)
{
	int64_t after = 0;
	size_t count = 0;
	struct arena a;
	enum status st;

	*ret = (struct audience_check){ 0 };
	do {
		arena_init(&a, PAGE_ARENA_BYTES);
		st = check_page(r, &a, &after, report, ret, &count, reterr);
		arena_reset(&a);
	} while (st == OK && count == PAGE_ROWS);
	return st;
}
