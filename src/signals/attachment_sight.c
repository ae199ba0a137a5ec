#include "signals/attachment_sight.h"

#include "attachments/attachment.h"
#include "audit/action.h"
#include "signals/attachment_index.h"
#include "signals/signals.h"

/* $1-$4 audiences, $5 kind of owner, $6 and $7 where audiences of meetings begin and end. By kind of
 * file, organ and meeting: what the rule asks. */
static const struct db_stmt FILES = {
	"attachment_sight", "iiiiiii",
	"SELECT t.category, s.organ_id, coalesce((SELECT max(m.audience_id) - $6"
	" FROM signal_audience m WHERE m.id = s.id AND m.audience_id > $6 AND m.audience_id < $7),"
	" 0), count(*) FROM signal s JOIN attachment t ON t.owner_id = s.id AND t.owner_kind = $5"
	" WHERE s.id IN (SELECT a.id FROM signal_audience a WHERE a.audience_id IN"
	" ($1, $2, $3, $4)) GROUP BY 1, 2, 3"
};
const struct db_stmt *const attachment_sight_statements[] = { &FILES, NULL };

enum status attachment_sight(struct db_read *r, const struct viewer *v, int64_t *ret,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st =
	    db_query(r, &FILES,
	             DB_ARGS(DB_INT(v->audiences[0]), DB_INT(v->audiences[1]),
	                     DB_INT(v->audiences[2]), DB_INT(v->audiences[3]),
	                     DB_INT(OBJECT_SIGNAL), DB_INT(audience_of(AUDIENCE_MEETING, 0)),
	                     DB_INT(audience_of(AUDIENCE_MEETING + 1, 0))),
	             &rows, reterr);

	*ret = 0;
	while (st == OK && db_next(&rows)) {
		const struct attachment what = { .category = (int)db_int(&rows, 0) };
		const struct signal s = { .organ_id = db_int(&rows, 1),
			                  .meeting_id = db_int(&rows, 2) };
		if (attachment_seen_by(v, &s, &what))
			*ret += db_int(&rows, 3);
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}
