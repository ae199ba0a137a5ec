#include "search/search.h"

#include <assert.h>

/* Four words and four audiences have a place each; fewer words repeat the last one. */
#define OPEN_TO_VIEWER                                                                             \
	" EXISTS (SELECT 1 FROM search_reader r WHERE r.document_id = d.id"                        \
	" AND r.audience_id IN ($5, $6, $7, $8))"

static const struct db_stmt FIND = {
	"search_find", "ttttiiii",
	"SELECT d.kind, d.object_id, d.reference, d.at FROM search_word a"
	" JOIN search_word b ON b.lexeme = $2 AND b.document_id = a.document_id"
	" JOIN search_word c ON c.lexeme = $3 AND c.document_id = a.document_id"
	" JOIN search_word e ON e.lexeme = $4 AND e.document_id = a.document_id"
	" JOIN search_document d ON d.id = a.document_id"
	" WHERE a.lexeme = $1 AND" OPEN_TO_VIEWER " ORDER BY d.at DESC, d.id DESC LIMIT 50"
};
static const struct db_stmt REFERENCE = {
	"search_reference", "iiiit",
	"SELECT d.kind, d.object_id, d.reference, d.at FROM search_document d"
	" WHERE d.reference = $5 AND EXISTS (SELECT 1 FROM search_reader r"
	" WHERE r.document_id = d.id AND r.audience_id IN ($1, $2, $3, $4))"
	" ORDER BY d.id LIMIT 50"
};
static const struct db_stmt PUT = {
	"search_put", "iiti",
	"INSERT INTO search_document (kind, object_id, reference, at) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (kind, object_id) DO UPDATE SET reference = excluded.reference,"
	" at = excluded.at RETURNING id"
};
static const struct db_stmt DOCUMENT = {
	"search_document_of", "ii",
	"SELECT id FROM search_document WHERE kind = $1 AND object_id = $2"
};
static const struct db_stmt DROP_WORDS = { "search_drop_words", "i",
	                                   "DELETE FROM search_word WHERE document_id = $1" };
static const struct db_stmt DROP_READERS = { "search_drop_readers", "i",
	                                     "DELETE FROM search_reader WHERE document_id = $1" };
static const struct db_stmt DROP = { "search_drop", "i",
	                             "DELETE FROM search_document WHERE id = $1" };
static const struct db_stmt ADD_WORD = {
	"search_add_word", "ti",
	"INSERT INTO search_word (lexeme, document_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
};
static const struct db_stmt ADD_READER = {
	"search_add_reader", "ii",
	"INSERT INTO search_reader (audience_id, document_id) VALUES ($1, $2)"
	" ON CONFLICT DO NOTHING"
};

const struct db_stmt *const search_statements[] = {
	&FIND,         &REFERENCE, &PUT,      &DOCUMENT,   &DROP_WORDS,
	&DROP_READERS, &DROP,      &ADD_WORD, &ADD_READER, NULL,
};

static enum status put_readers(struct db_tx *tx, int64_t document, const struct thing *thing,
                               struct error *reterr)
{
	enum status st = db_exec(tx, &DROP_READERS, DB_ARGS(DB_INT(document)), NULL, reterr);
	for (uint8_t i = 0; st == OK && i < thing->reader_count; i++)
		st = db_exec(tx, &ADD_READER, DB_ARGS(DB_INT(thing->readers[i]), DB_INT(document)),
		             NULL, reterr);
	return st;
}

static enum status put_document(struct db_tx *tx, int kind, int64_t object_id,
                                const char *reference, int64_t at, int64_t *ret,
                                struct error *reterr)
{
	return db_insert(tx, &PUT,
	                 DB_ARGS(DB_INT(kind), DB_INT(object_id), DB_TEXT(reference), DB_INT(at)),
	                 ret, reterr);
}

enum status search_refer(struct db_tx *tx, int kind, int64_t object_id, const char *reference,
                         int64_t at, const struct thing *thing, struct error *reterr)
{
	int64_t document = 0;
	enum status st = put_document(tx, kind, object_id, reference, at, &document, reterr);
	return st == OK ? put_readers(tx, document, thing, reterr) : st;
}

enum status search_put(struct db_tx *tx, const struct search_entry *entry, struct error *reterr)
{
	int64_t document = 0;
	enum status st = put_document(tx, entry->kind, entry->object_id, entry->reference,
	                              entry->at, &document, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_WORDS, DB_ARGS(DB_INT(document)), NULL, reterr);
	for (size_t i = 0; st == OK && i < entry->word_count; i++)
		st =
		    db_exec(tx, &ADD_WORD, DB_ARGS(DB_TEXT(entry->words[i].text), DB_INT(document)),
		            NULL, reterr);
	return st == OK ? put_readers(tx, document, entry->thing, reterr) : st;
}

/* *ret 0: it isn't in the store. */
static enum status document_of(struct db_tx *tx, int kind, int64_t object_id, int64_t *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &DOCUMENT,
	                          DB_ARGS(DB_INT(kind), DB_INT(object_id)), &row, reterr);
	if (st != OK)
		return st;
	*ret = db_next(&row) ? db_int(&row, 0) : 0;
	return db_rows_end(&row, reterr);
}

enum status search_readers(struct db_tx *tx, int kind, int64_t object_id, const struct thing *thing,
                           struct error *reterr)
{
	int64_t document = 0;
	enum status st = document_of(tx, kind, object_id, &document, reterr);
	return st == OK && document != 0 ? put_readers(tx, document, thing, reterr) : st;
}

enum status search_drop(struct db_tx *tx, int kind, int64_t object_id, struct error *reterr)
{
	static const struct db_stmt *const ALL[] = { &DROP_WORDS, &DROP_READERS, &DROP };
	int64_t document = 0;
	enum status st = document_of(tx, kind, object_id, &document, reterr);

	for (size_t i = 0; st == OK && document != 0 && i < sizeof ALL / sizeof ALL[0]; i++)
		st = db_exec(tx, ALL[i], DB_ARGS(DB_INT(document)), NULL, reterr);
	return st;
}

static enum status hits(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                        struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct search_hit *list = ARENA_ARRAY(a, struct search_hit, SEARCH_HITS_MAX);
	size_t count = 0;
	enum status st = db_query(r, s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < SEARCH_HITS_MAX && db_next(&rows))
		list[count++] = (struct search_hit){ .kind = (int)db_int(&rows, 0),
			                             .object_id = db_int(&rows, 1),
			                             .reference = db_text(&rows, 2, a),
			                             .at = db_int(&rows, 3) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

#define OF(v)                                                                                      \
	DB_INT((v)->audiences[0]), DB_INT((v)->audiences[1]), DB_INT((v)->audiences[2]),           \
	    DB_INT((v)->audiences[3])

enum status search_find(struct db_read *r, const struct viewer *v, const struct lexeme *words,
                        size_t word_count, struct arena *a, struct array *ret, struct error *reterr)
{
	const char *four[SEARCH_WORDS_ASKED];

	*ret = (struct array){ 0 };
	if (word_count == 0)
		return OK;
	for (size_t i = 0; i < SEARCH_WORDS_ASKED; i++)
		four[i] = words[i < word_count ? i : word_count - 1].text;
	return hits(
	    r, &FIND,
	    DB_ARGS(DB_TEXT(four[0]), DB_TEXT(four[1]), DB_TEXT(four[2]), DB_TEXT(four[3]), OF(v)),
	    a, ret, reterr);
}

enum status search_reference(struct db_read *r, const struct viewer *v, const char *reference,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	return hits(r, &REFERENCE, DB_ARGS(OF(v), DB_TEXT(reference)), a, ret, reterr);
}
