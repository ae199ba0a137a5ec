#include "subjects/held.h"

/* The one that ends last. */
static const struct db_stmt HOLD = {
	"held_card", "ii",
	"SELECT h.id, h.until_day FROM destruction_hold h JOIN destruction_hold_object o"
	" ON o.hold_id = h.id WHERE h.state IN (1, 2) AND o.object_kind = $1 AND o.object_id = $2"
	" ORDER BY h.until_day DESC, h.id DESC LIMIT 1"
};
const struct db_stmt *const held_card_statements[] = { &HOLD, NULL };

enum status held_card(struct db_read *r, const struct viewer *viewer, const struct held_record *of,
                      struct arena *a, struct held_card *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };

	*ret = (struct held_card){ .until = INT64_MIN };
	if (access_permits(viewer->role, PERM_HOLD_SET))
		ret->set_href = arena_printf(a, "/retention/holds/new?reference=%s", of->reference);
	if (!access_permits(viewer->role, PERM_HOLD_READ))
		return OK;
	const enum status st =
	    db_query(r, &HOLD, DB_ARGS(DB_INT(of->kind), DB_INT(of->id)), &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row)) {
		ret->hold_href =
		    arena_printf(a, "/retention/holds/%lld", (long long)db_int(&row, 0));
		ret->until = db_int(&row, 1);
	}
	return db_rows_end(&row, reterr);
}
