#include "casework/casefile_end.h"

enum { AT_ONCE = 100 };

/* 9 closed, 10 stopped, 11 archived; 17 in destruction_item: OBJECT_CASEFILE. */
static const struct db_stmt DUE = {
	"casefiles_due", "iii",
	"SELECT c.id, c.reference, c.destroy_due, (SELECT count(*) FROM casefile_block b"
	" WHERE b.casefile_id = c.id AND b.lifted_at = 0) FROM casefile c WHERE c.destroy_due > 0"
	" AND c.destroy_due <= $1 AND c.state IN (9, 10, 11) AND c.held = 0 AND NOT EXISTS"
	" (SELECT i.object_id FROM destruction_item i JOIN destruction_list l ON l.id = i.list_id"
	" WHERE i.object_kind = 17 AND i.object_id = c.id AND l.state = 1)"
	" AND c.id NOT IN (SELECT k.casefile_id FROM casefile_block k WHERE k.person_id = $3"
	" AND k.lifted_at = 0) ORDER BY c.destroy_due, c.id LIMIT $2"
};
static const struct db_stmt TO_ARCHIVE = {
	"casefiles_to_archive", "i",
	"SELECT id FROM casefile WHERE state = 9 AND state_since < $1 ORDER BY state_since, id"
	" LIMIT 100"
};
/* 6, 7 adopted; 8 merged into one of those. */
static const struct db_stmt ONLY_SIGNALS = {
	"casefile_only_signals", "i",
	"SELECT g.id FROM casefile_signal s JOIN signal g ON (g.id = s.signal_id"
	" OR g.merged_into = s.signal_id) WHERE s.casefile_id = $1 AND g.state IN (6, 7, 8)"
	" AND NOT EXISTS (SELECT 1 FROM casefile_signal t JOIN casefile c ON c.id = t.casefile_id"
	" WHERE t.signal_id = s.signal_id AND t.casefile_id <> $1 AND c.state <> 12)"
	" ORDER BY g.id LIMIT 100"
};
/* $1 person or 0, $2 casefile or 0. */
static const struct db_stmt PHASES = {
	"casefile_end_phases", "ii",
	"SELECT id, key_id FROM casefile_phase WHERE presence_id = $1 OR casefile_id = $2"
	" ORDER BY id LIMIT 100"
};
static const struct db_stmt DROP_PHASE = { "casefile_end_phase", "i",
	                                   "DELETE FROM casefile_phase WHERE id = $1" };
static const struct db_stmt TEXTS = { "casefile_end_texts", "i",
	                              "SELECT part, key_id FROM casefile_text WHERE casefile_id = "
	                              "$1 ORDER BY part, key_id LIMIT 100" };
static const struct db_stmt DROP_TEXTS = { "casefile_end_text", "i",
	                                   "DELETE FROM casefile_text WHERE casefile_id = $1" };
static const struct db_stmt DROP_SIGNALS = { "casefile_end_signals", "i",
	                                     "DELETE FROM casefile_signal WHERE casefile_id = $1" };
static const struct db_stmt DROP_MEMBERS = { "casefile_end_members", "i",
	                                     "DELETE FROM casefile_member WHERE casefile_id = $1" };
static const struct db_stmt DROP_BLOCKS = { "casefile_end_blocks", "i",
	                                    "DELETE FROM casefile_block WHERE casefile_id = $1" };
static const struct db_stmt DROP_ORGANS = { "casefile_end_organs", "i",
	                                    "DELETE FROM casefile_organ WHERE casefile_id = $1" };
static const struct db_stmt DROP_WAITING = {
	"casefile_end_waiting", "i", "DELETE FROM casefile_unindexed WHERE casefile_id = $1"
};
static const struct db_stmt BLANK = { "casefile_end_blank", "i",
	                              "UPDATE casefile SET bottleneck_id = NULL, theme = 0, "
	                              "crime_form = 0, municipality_id = NULL,"
	                              " end_reason = 0 WHERE id = $1 AND state = 12" };

const struct db_stmt *const casefile_end_statements[] = {
	&DUE,         &TO_ARCHIVE,   &ONLY_SIGNALS, &PHASES,       &DROP_PHASE,
	&TEXTS,       &DROP_TEXTS,   &DROP_SIGNALS, &DROP_MEMBERS, &DROP_BLOCKS,
	&DROP_ORGANS, &DROP_WAITING, &BLANK,        NULL
};

/* ---- what is due ---------------------------------------------------------------------------- */

enum status casefiles_due(struct db_read *r, const struct casefile_wish *wish, struct arena *a,
                          struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct casefile_due *list = ARENA_ARRAY(a, struct casefile_due, (size_t)wish->limit + 1);
	size_t count = 0;

	enum status st = db_query(
	    r, &DUE, DB_ARGS(DB_INT(wish->day), DB_INT(wish->limit), DB_INT(wish->person_id)),
	    &rows, reterr);
	if (st != OK)
		return st;
	while ((int64_t)count < wish->limit && db_next(&rows))
		list[count++] = (struct casefile_due){ .id = db_int(&rows, 0),
			                               .reference = db_text(&rows, 1, a),
			                               .due_day = db_int(&rows, 2),
			                               .shielded = db_int(&rows, 3) > 0 };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status ids(struct db_read *r, const struct db_stmt *s, int64_t of, struct arena *a,
                       struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(a, int64_t, AT_ONCE);
	size_t count = 0;

	enum status st = db_query(r, s, DB_ARGS(DB_INT(of)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < AT_ONCE && db_next(&rows))
		list[count++] = db_int(&rows, 0);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status casefiles_to_archive(struct db_read *r, int64_t before_ms, struct arena *a,
                                 struct array *ret, struct error *reterr)
{
	return ids(r, &TO_ARCHIVE, before_ms, a, ret, reterr);
}

enum status casefile_only_signals(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                                  struct error *reterr)
{
	return ids(r, &ONLY_SIGNALS, id, a, ret, reterr);
}

/* ---- words and keys ------------------------------------------------------------------------- */

struct keyed {
	int64_t id, key_id;
};

static enum status find_keyed(struct db_tx *tx, const struct db_stmt *s,
                              const struct db_value *args, struct keyed ret[AT_ONCE],
                              size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(db_tx_read(tx), s, args, &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < AT_ONCE && db_next(&rows))
		ret[(*ret_count)++] = (struct keyed){ db_int(&rows, 0), db_int(&rows, 1) };
	return db_rows_end(&rows, reterr);
}

static enum status drop_key(struct db_tx *tx, int64_t key_id, struct error *reterr)
{
	const enum status st = key_destroy(tx, key_id, reterr);
	return st == ERR_NOT_FOUND ? OK : st;
}

static enum status forget_phases(struct db_tx *tx, int64_t presence_id, int64_t casefile_id,
                                 struct error *reterr)
{
	struct keyed list[AT_ONCE];
	size_t count = AT_ONCE;
	enum status st = OK;

	while (st == OK && count == AT_ONCE) {
		st = find_keyed(tx, &PHASES, DB_ARGS(DB_INT(presence_id), DB_INT(casefile_id)),
		                list, &count, reterr);
		for (size_t i = 0; st == OK && i < count; i++) {
			st = db_exec(tx, &DROP_PHASE, DB_ARGS(DB_INT(list[i].id)), NULL, reterr);
			if (st == OK)
				st = drop_key(tx, list[i].key_id, reterr);
		}
	}
	return st;
}

enum status phases_forget_presence(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
                                   struct error *reterr)
{
	(void)now_ms;
	return forget_phases(tx, presence_id, 0, reterr);
}

enum status phases_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                   struct error *reterr)
{
	(void)now_ms;
	return forget_phases(tx, 0, casefile_id, reterr);
}

enum status casefile_blank(struct db_tx *tx, int64_t id, struct error *reterr)
{
	static const struct db_stmt *const LAST[] = { &DROP_TEXTS,  &DROP_SIGNALS, &DROP_MEMBERS,
		                                      &DROP_BLOCKS, &DROP_ORGANS,  &DROP_WAITING,
		                                      &BLANK };
	struct keyed texts[AT_ONCE];
	size_t count = 0;

	enum status st = find_keyed(tx, &TEXTS, DB_ARGS(DB_INT(id)), texts, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = drop_key(tx, texts[i].key_id, reterr);
	for (size_t i = 0; st == OK && i < sizeof LAST / sizeof LAST[0]; i++)
		st = db_exec(tx, LAST[i], DB_ARGS(DB_INT(id)), NULL, reterr);
	return st;
}
