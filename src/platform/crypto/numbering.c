#include "platform/crypto/numbering.h"

#include "platform/core/calendar.h"

static const struct db_stmt COUNT = {
	"reference_count", "ti",
	"INSERT INTO reference_counter (kind, year, next) VALUES ($1, $2, 1)"
	" ON CONFLICT (kind, year) DO UPDATE SET next = reference_counter.next + 1 RETURNING next"
};

const struct db_stmt *const numbering_statements[] = { &COUNT, NULL };

enum status reference_next(struct db_tx *tx, const struct mac_key *key, const char *kind,
                           int64_t now_ms, const char **ret, struct error *reterr)
{
	const int year = civil_from_day(local_day(now_ms)).year;
	char *text = arena_alloc(db_tx_arena(tx), REFERENCE_TEXT_BYTES);
	int64_t next = 0;
	const enum status st =
	    db_insert(tx, &COUNT, DB_ARGS(DB_TEXT(kind), DB_INT(year)), &next, reterr);

	if (st != OK)
		return st;
	if (next > REFERENCE_PLACES)
		return FAIL(reterr, ERR_LIMIT, "Dit jaar zijn alle nummers gebruikt.");
	const struct reference ref = reference_of(key, kind, year, (uint32_t)(next - 1));
	reference_text(&ref, text);
	*ret = text;
	return OK;
}
