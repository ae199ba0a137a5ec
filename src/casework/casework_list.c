/* Lists of casefiles: a merge of bounded scans, one per audience of the viewer. */
#include "casework/casework.h"

/*
 * $1-$4 audiences, $5 at, $6 reference of the row where the page begins ("" at the start), $7-$9
 * masks of states, themes, variants (0: any), $10 rows, $11 person: what he is blocked from is not
 * in his list. Each scan ends at its own LIMIT; UNION takes out what two of them found.
 */
#define PLACE  "coalesce((SELECT x.id FROM casefile x WHERE x.reference = $6), 0)"
#define SCAN   "SELECT at, id FROM (SELECT a.at, a.id FROM casefile_audience a WHERE a.audience_id = "
#define BIT_OF "(CAST(1 AS bigint) << CAST(a."
#define FILTERS                                                                                    \
	" AND ($7 = 0 OR ($7 & " BIT_OF "state AS int))) <> 0)"                                    \
	" AND ($8 = 0 OR ($8 & " BIT_OF "theme AS int))) <> 0)"                                    \
	" AND ($9 = 0 OR ($9 & " BIT_OF "variant AS int))) <> 0)"                                  \
	" AND NOT EXISTS (SELECT 1 FROM casefile_block k WHERE k.casefile_id = a.id"               \
	" AND k.person_id = $11 AND k.lifted_at = 0)"
#define OLDER                                                                                      \
	" AND (a.at, a.id) < ($5, " PLACE ")" FILTERS " ORDER BY a.at DESC, a.id DESC LIMIT $10)"
#define NEWER " AND (a.at, a.id) > ($5, " PLACE ")" FILTERS " ORDER BY a.at, a.id LIMIT $10)"
#define HEAD                                                                                       \
	"SELECT c.id, u.at, c.reference, c.uuid, c.state, c.theme, c.variant, c.activity,"         \
	" coalesce(m.name, ''), t.part, t.key_id, t.sealed, z.period_id, z.wrapped FROM ("
#define TAIL                                                                                       \
	") u JOIN casefile c ON c.id = u.id LEFT JOIN municipality m ON m.id = c.municipality_id"  \
	" LEFT JOIN casefile_text t ON t.casefile_id = c.id AND t.part = 1"                        \
	" LEFT JOIN sealed_key z ON z.id = t.key_id AND z.kind = 2"
_Static_assert((int)CASEFILE_TITLE == 1 && (int)KEY_PARAGRAPH == 2, "the statements name both");

static const struct db_stmt NEWEST = { "casefile_rows_newest", "iiiiitiiiii",
	                               HEAD SCAN "$1" OLDER " q1 UNION " SCAN "$2" OLDER
	                                         " q2 UNION " SCAN "$3" OLDER " q3 UNION " SCAN
	                                         "$4" OLDER " q4" TAIL
	                                         " ORDER BY u.at DESC, u.id DESC LIMIT $10" };
static const struct db_stmt OLDEST = { "casefile_rows_oldest", "iiiiitiiiii",
	                               HEAD SCAN "$1" NEWER " q1 UNION " SCAN "$2" NEWER
	                                         " q2 UNION " SCAN "$3" NEWER " q3 UNION " SCAN
	                                         "$4" NEWER " q4" TAIL
	                                         " ORDER BY u.at, u.id LIMIT $10" };

const struct db_stmt *const casework_list_statements[] = { &NEWEST, &OLDEST, NULL };

static enum status read_row(const struct db_rows *row, struct keyring *k, struct arena *a,
                            struct casefile_row *ret, struct error *reterr)
{
	enum { TITLE = 9 };
	size_t len = 0;

	*ret = (struct casefile_row){
		.id = db_int(row, 0),
		.at = db_int(row, 1),
		.reference = db_text(row, 2, a),
		.title = "",
		.state = (uint8_t)db_int(row, 4),
		.theme = (int)db_int(row, 5),
		.variant = (int)db_int(row, 6),
		.activity = (int)db_int(row, 7),
		.municipality = db_text(row, 8, a),
	};
	const uint8_t *uuid = db_bytes(row, 3, a, &len);
	for (size_t i = 0; i < len && i < UUID_BYTES; i++)
		ret->uuid.bytes[i] = uuid[i];
	if (k == NULL)
		return OK;
	const struct sealed_casefile_text title = casefile_text_read(row, TITLE, a);
	return casefile_text_open(k, &ret->uuid, &title, a, &ret->title, reterr);
}

enum status casefile_rows(struct db_read *r, const struct casefile_query *q, struct arena *a,
                          struct array *ret, struct error *reterr)
{
	const int64_t start = q->backward ? -1 : INT64_MAX;
	const struct viewer *v = q->viewer;
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct casefile_row *list = ARENA_ARRAY(a, struct casefile_row, (size_t)q->limit + 1);
	size_t count = 0;

	enum status st = db_query(
	    r, q->backward ? &OLDEST : &NEWEST,
	    DB_ARGS(DB_INT(v->audiences[0]), DB_INT(v->audiences[1]), DB_INT(v->audiences[2]),
	            DB_INT(v->audiences[3]), DB_INT(q->reference != NULL ? q->at : start),
	            DB_TEXT(q->reference != NULL ? q->reference : ""), DB_INT((int64_t)q->states),
	            DB_INT((int64_t)q->themes), DB_INT((int64_t)q->variants), DB_INT(q->limit),
	            DB_INT(v->person_id)),
	    &rows, reterr);
	if (st != OK)
		return st;
	while (st == OK && (int64_t)count < q->limit && db_next(&rows))
		st = read_row(&rows, q->keyring, a, &list[count++], reterr);
	if (st != OK)
		return st;
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}
