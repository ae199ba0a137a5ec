#include "platform/crypto/numbering.h"

#include "platform/core/calendar.h"

static const struct db_stmt COUNT = {
	"reference_count", "tii",
	"INSERT INTO reference_counter (kind, year, next) VALUES ($1, $2, $3)"
	" ON CONFLICT (kind, year) DO UPDATE SET next = reference_counter.next + $3 RETURNING next"
};

const struct db_stmt *const numbering_statements[] = { &COUNT, NULL };

enum status references_next(struct db_tx *tx, const struct mac_key *key, const char *kind,
                            int64_t now_ms, size_t count, const char **ret, struct error *reterr)
{
	const int year = civil_from_day(local_day(now_ms)).year;
	int64_t next = 0;
	const enum status st =
	    db_insert(tx, &COUNT, DB_ARGS(DB_TEXT(kind), DB_INT(year), DB_INT((int64_t)count)),
	              &next, reterr);

	if (st != OK)
		return st;
	if (next > REFERENCE_PLACES)
		return FAIL(reterr, ERR_LIMIT, "Dit jaar zijn alle nummers gebruikt.");
	for (size_t i = 0; i < count; i++) {
		const int64_t at = next - (int64_t)(count - i);
		const struct reference ref = reference_of(key, kind, year, (uint32_t)at);
		char *text = arena_alloc(db_tx_arena(tx), REFERENCE_TEXT_BYTES);
		reference_text(&ref, text);
		ret[i] = text;
	}
	return OK;
}

enum status reference_next(struct db_tx *tx, const struct mac_key *key, const char *kind,
                           int64_t now_ms, const char **ret, struct error *reterr)
{
	return references_next(tx, key, kind, now_ms, 1, ret, reterr);
}
