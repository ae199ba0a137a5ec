#include "platform/crypto/numbering.h"

#include "platform/core/calendar.h"

static const struct db_stmt COUNT = {
	"reference_count", "tii",
	"INSERT INTO reference_counter (kind, year, next) VALUES ($1, $2, $3)"
	" ON CONFLICT (kind, year) DO UPDATE SET next = reference_counter.next + $3 RETURNING next"
};

const struct db_stmt *const numbering_statements[] = { &COUNT, NULL };

enum status references_take(struct db_tx *tx, const char *kind, int64_t now_ms, size_t count,
                            struct reference_block *ret, struct error *reterr)
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
	*ret = (struct reference_block){ year, next - (int64_t)count, count };
	return OK;
}

const char *reference_in(const struct reference_block *b, const struct mac_key *key,
                         const char *kind, size_t i, struct arena *a)
{
	const struct reference ref =
	    reference_of(key, kind, b->year, (uint32_t)b->first + (uint32_t)i);
	char *text = arena_alloc(a, REFERENCE_TEXT_BYTES);

	reference_text(&ref, text);
	return text;
}

enum status references_next(struct db_tx *tx, const struct mac_key *key, const char *kind,
                            int64_t now_ms, size_t count, const char **ret, struct error *reterr)
{
	struct reference_block block;
	const enum status st = references_take(tx, kind, now_ms, count, &block, reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		ret[i] = reference_in(&block, key, kind, i, db_tx_arena(tx));
	return st;
}

enum status reference_next(struct db_tx *tx, const struct mac_key *key, const char *kind,
                           int64_t now_ms, const char **ret, struct error *reterr)
{
	return references_next(tx, key, kind, now_ms, 1, ret, reterr);
}
