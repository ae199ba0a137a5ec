/* Lists of signals: a merge of bounded scans, one per audience of the viewer. */
#include "signals/signal_list.h"

#include "signals/signals.h"

/*
 * $1-$4 audiences, $5 at, $6 reference of the row where the page begins ("" at the start), $7-$9
 * masks of states, themes, lines (0: any), $10 rows. Not adopted (10) and withdrawn (11) are in no
 * list (decisions 1.8). Each scan ends at its own LIMIT; UNION takes out what two of them found.
 */
#define PLACE  "coalesce((SELECT x.id FROM signal x WHERE x.reference = $6), 0)"
#define SCAN   "SELECT at, id FROM (SELECT a.at, a.id FROM signal_audience a WHERE a.audience_id = "
#define BIT_OF "(CAST(1 AS bigint) << CAST(a."
#define FILTERS                                                                                    \
	" AND a.state <> 10 AND a.state <> 11"                                                     \
	" AND ($7 = 0 OR ($7 & " BIT_OF "state AS int))) <> 0)"                                    \
	" AND ($8 = 0 OR ($8 & " BIT_OF "theme AS int))) <> 0)"                                    \
	" AND ($9 = 0 OR ($9 & " BIT_OF "line AS int))) <> 0)"
#define OLDER                                                                                      \
	" AND (a.at, a.id) < ($5, " PLACE ")" FILTERS " ORDER BY a.at DESC, a.id DESC LIMIT $10)"
#define NEWER " AND (a.at, a.id) > ($5, " PLACE ")" FILTERS " ORDER BY a.at, a.id LIMIT $10)"
#define HEAD                                                                                       \
	"SELECT s.id, u.at, s.reference, s.state, s.theme, s.line, p.short_name,"                  \
	" coalesce(m.name, ''), s.uuid FROM ("
#define TAIL                                                                                       \
	") u JOIN signal s ON s.id = u.id JOIN participant p ON p.id = s.participant_id"           \
	" LEFT JOIN municipality m ON m.id = s.municipality_id"

static const struct db_stmt NEWEST = { "signal_rows_newest", "iiiiitiiii",
	                               HEAD SCAN "$1" OLDER " q1 UNION " SCAN "$2" OLDER
	                                         " q2 UNION " SCAN "$3" OLDER " q3 UNION " SCAN
	                                         "$4" OLDER " q4" TAIL
	                                         " ORDER BY u.at DESC, u.id DESC LIMIT $10" };
static const struct db_stmt OLDEST = { "signal_rows_oldest", "iiiiitiiii",
	                               HEAD SCAN "$1" NEWER " q1 UNION " SCAN "$2" NEWER
	                                         " q2 UNION " SCAN "$3" NEWER " q3 UNION " SCAN
	                                         "$4" NEWER " q4" TAIL
	                                         " ORDER BY u.at, u.id LIMIT $10" };

/*
 * The same token on a presence of another signal, where the viewer has that signal among his
 * audiences. $1 the signal, $2-$5 audiences.
 */
static const struct db_stmt KNOWN = {
	"signal_known_already", "iiiii",
	"SELECT s.id, s.state_since, s.reference, s.state, s.theme, s.line, p.short_name,"
	" coalesce(m.name, ''), s.uuid FROM signal s"
	" JOIN participant p ON p.id = s.participant_id"
	" LEFT JOIN municipality m ON m.id = s.municipality_id WHERE s.id IN"
	" (SELECT o.signal_id FROM presence mine"
	" JOIN identifier_token t ON t.presence_id = mine.id"
	" JOIN identifier_token e ON e.token = t.token AND e.kind = t.kind"
	" JOIN presence o ON o.id = e.presence_id"
	" JOIN signal_audience a ON a.id = o.signal_id"
	" WHERE mine.signal_id = $1 AND o.signal_id <> $1 AND a.state <> 10 AND a.state <> 11"
	" AND a.audience_id IN ($2, $3, $4, $5)) ORDER BY s.state_since DESC, s.id DESC LIMIT 20"
};

const struct db_stmt *const signal_list_statements[] = { &NEWEST, &OLDEST, &KNOWN, NULL };

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

static enum status read_rows(struct db_read *r, const struct db_stmt *s,
                             const struct db_value *args, size_t max, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct signal_row *list = ARENA_ARRAY(a, struct signal_row, max + 1);
	size_t count = 0, len = 0;

	enum status st = db_query(r, s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < max && db_next(&rows)) {
		struct signal_row *row = &list[count++];
		*row = (struct signal_row){
			.id = db_int(&rows, 0),
			.at = db_int(&rows, 1),
			.reference = db_text(&rows, 2, a),
			.state = (uint8_t)db_int(&rows, 3),
			.theme = (int)db_int(&rows, 4),
			.line = (int)db_int(&rows, 5),
			.participant = db_text(&rows, 6, a),
			.municipality = db_text(&rows, 7, a),
		};
		const uint8_t *uuid = db_bytes(&rows, 8, a, &len);
		for (size_t i = 0; i < len && i < UUID_BYTES; i++)
			row->uuid.bytes[i] = uuid[i];
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status signal_rows(struct db_read *r, const struct signal_query *q, struct arena *a,
                        struct array *ret, struct error *reterr)
{
	const int64_t start = q->backward ? -1 : INT64_MAX;
	const struct db_value *args =
	    DB_ARGS(OF(q->viewer), DB_INT(q->reference != NULL ? q->at : start),
	            DB_TEXT(q->reference != NULL ? q->reference : ""), DB_INT((int64_t)q->states),
	            DB_INT((int64_t)q->themes), DB_INT((int64_t)q->lines), DB_INT(q->limit));

	return read_rows(r, q->backward ? &OLDEST : &NEWEST, args, (size_t)q->limit, a, ret,
	                 reterr);
}

enum status signal_known_already(struct db_read *r, const struct viewer *viewer, int64_t id,
                                 struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 20 };
	return read_rows(r, &KNOWN, DB_ARGS(DB_INT(id), OF(viewer)), MAX, a, ret, reterr);
}
