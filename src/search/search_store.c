#include "search/search.h"

#include <stdlib.h>
#include <string.h>

/*
 * Four words and four audiences have a place each; fewer words repeat the last one. Two ways to the
 * same answer: from the records that hold the rarest word, newest first, so that it can stop at the
 * limit ($9: the oldest that counts), or from what the viewer may read. Each other word is one probe
 * of an index a record. "= 1" keeps it one: PostgreSQL makes EXISTS a join, and then reads the whole
 * list of a frequent word for a question about six records.
 */
#define HOLDS(word)                                                                                \
	" AND (SELECT 1 FROM search_word w WHERE w.lexeme = " word                                 \
	" AND w.document_id = n.document_id) = 1"
#define HOLDS_OTHERS HOLDS("$2") HOLDS("$3") HOLDS("$4")
#define HOLDS_ALL    HOLDS("$1") HOLDS_OTHERS
#define MAY_READ                                                                                   \
	" AND (SELECT 1 FROM search_reader r WHERE r.document_id = n.document_id"                  \
	" AND r.audience_id IN ($5, $6, $7, $8) LIMIT 1) = 1"
#define OF_THE_NEWEST(from)                                                                        \
	"SELECT d.kind, d.object_id, d.reference, d.at FROM (SELECT n.document_id FROM " from      \
	" ORDER BY n.document_id DESC LIMIT 50) f CROSS JOIN search_document d"                    \
	" WHERE d.id = f.document_id ORDER BY d.id DESC LIMIT 50"

static const struct db_stmt FIND_BY_WORD = {
	"search_find_by_word", "ttttiiiii",
	OF_THE_NEWEST(
	    "search_word n WHERE n.lexeme = $1 AND n.document_id >= $9" HOLDS_OTHERS MAY_READ)
};
static const struct db_stmt FIND_BY_READER = {
	"search_find_by_reader", "ttttiiiii",
	OF_THE_NEWEST("(SELECT document_id FROM search_reader WHERE audience_id = $5"
	              " UNION SELECT document_id FROM search_reader WHERE audience_id = $6"
	              " UNION SELECT document_id FROM search_reader WHERE audience_id = $7"
	              " UNION SELECT document_id FROM search_reader WHERE audience_id = $8) n"
	              " WHERE $9 >= 0" HOLDS_ALL)
};
static const struct db_stmt COUNT_WORD = {
	"search_count_word", "t",
	"SELECT count(*), coalesce(min(n.document_id), 0) FROM (SELECT document_id FROM search_word"
	" WHERE lexeme = $1 ORDER BY document_id DESC LIMIT 10000) n"
};
static const struct db_stmt COUNT_READER = {
	"search_count_reader", "i",
	"SELECT count(*), 0 FROM (SELECT document_id FROM search_reader WHERE audience_id = $1"
	" ORDER BY document_id DESC LIMIT 10000) n"
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
/* One row a statement: SQLite keeps a journal beside each that may stop halfway, and walks it. */
static const struct db_stmt ADD_WORD = {
	"search_add_word", "ti",
	"INSERT INTO search_word (lexeme, document_id) VALUES ($1, $2) ON CONFLICT DO NOTHING"
};
static const struct db_stmt ADD_READER = {
	"search_add_reader", "ii",
	"INSERT INTO search_reader (audience_id, document_id) VALUES ($1, $2)"
	" ON CONFLICT DO NOTHING"
};

/* A store that is newer than the records may hold one under this number: the next look at its words
 * mends it (search_put). */
static const struct db_stmt PUT_FRESH = {
	"search_put_fresh", "iiiti",
	"INSERT INTO search_document (id, kind, object_id, reference, at)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING"
};
static const struct db_stmt ADD_ONE_READER = {
	"search_add_one_reader", "iii",
	"INSERT INTO search_reader (audience_id, document_id) SELECT $1, d.id"
	" FROM search_document d WHERE d.kind = $2 AND d.object_id = $3 ON CONFLICT DO NOTHING"
};
static const struct db_stmt GENERATION = { "search_generation", "",
	                                   "SELECT number FROM search_generation WHERE id = 1" };
static const struct db_stmt SET_GENERATION = {
	"search_set_generation", "i",
	"INSERT INTO search_generation (id, number) VALUES (1, $1)"
	" ON CONFLICT (id) DO UPDATE SET number = excluded.number"
};

const struct db_stmt *const search_statements[] = {
	&FIND_BY_WORD,   &FIND_BY_READER, &COUNT_WORD,   &COUNT_READER,   &REFERENCE, &PUT,
	&DOCUMENT,       &DROP_WORDS,     &DROP_READERS, &DROP,           &ADD_WORD,  &ADD_READER,
	&ADD_ONE_READER, &PUT_FRESH,      &GENERATION,   &SET_GENERATION, NULL,
};

static enum status add_readers(struct db_tx *tx, int64_t document, const struct thing *thing,
                               struct error *reterr)
{
	enum status st = OK;

	for (uint8_t i = 0; st == OK && i < thing->reader_count; i++)
		st = db_exec_late(tx, &ADD_READER,
		                  DB_ARGS(DB_INT(thing->readers[i]), DB_INT(document)), reterr);
	return st;
}

static enum status put_readers(struct db_tx *tx, int64_t document, const struct thing *thing,
                               struct error *reterr)
{
	enum status st = db_exec_late(tx, &DROP_READERS, DB_ARGS(DB_INT(document)), reterr);
	return st == OK ? add_readers(tx, document, thing, reterr) : st;
}

static enum status put_document(struct db_tx *tx, int kind, int64_t object_id,
                                const char *reference, int64_t at, int64_t *ret,
                                struct error *reterr)
{
	return db_insert(tx, &PUT,
	                 DB_ARGS(DB_INT(kind), DB_INT(object_id), DB_TEXT(reference), DB_INT(at)),
	                 ret, reterr);
}

static enum status put_words(struct db_tx *tx, int64_t document, const struct lexeme *words,
                             size_t count, struct error *reterr)
{
	enum status st = db_exec_late(tx, &DROP_WORDS, DB_ARGS(DB_INT(document)), reterr);

	for (size_t i = 0; st == OK && i < count; i++)
		st = db_exec_late(tx, &ADD_WORD, DB_ARGS(DB_TEXT(words[i].text), DB_INT(document)),
		                  reterr);
	return st;
}

enum status search_refer(struct db_tx *tx, int kind, int64_t object_id, const char *reference,
                         int64_t at, const struct thing *thing, struct error *reterr)
{
	int64_t document = 0;
	enum status st = put_document(tx, kind, object_id, reference, at, &document, reterr);
	return st == OK ? put_readers(tx, document, thing, reterr) : st;
}

enum status search_refer_fresh(struct db_tx *tx, int64_t document, const struct search_entry *entry,
                               struct error *reterr)
{
	const struct thing *thing = entry->thing;
	enum status st =
	    db_exec_late(tx, &PUT_FRESH,
	                 DB_ARGS(DB_INT(document), DB_INT(entry->kind), DB_INT(entry->object_id),
	                         DB_TEXT(entry->reference), DB_INT(entry->at)),
	                 reterr);

	return st == OK ? add_readers(tx, document, thing, reterr) : st;
}

enum status search_put(struct db_tx *tx, const struct search_entry *entry, struct error *reterr)
{
	int64_t document = 0;
	enum status st = put_document(tx, entry->kind, entry->object_id, entry->reference,
	                              entry->at, &document, reterr);
	if (st == OK)
		st = put_words(tx, document, entry->words, entry->word_count, reterr);
	return st == OK ? put_readers(tx, document, entry->thing, reterr) : st;
}

/* *ret 0: it isn't in the store. */
static enum status find_document(struct db_read *r, int kind, int64_t object_id, int64_t *ret,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &DOCUMENT, DB_ARGS(DB_INT(kind), DB_INT(object_id)), &row, reterr);
	if (st != OK)
		return st;
	*ret = db_next(&row) ? db_int(&row, 0) : 0;
	return db_rows_end(&row, reterr);
}

static enum status document_of(struct db_tx *tx, int kind, int64_t object_id, int64_t *ret,
                               struct error *reterr)
{
	return find_document(db_tx_read(tx), kind, object_id, ret, reterr);
}

enum status search_there(struct db_read *r, int kind, int64_t object_id, bool *ret,
                         struct error *reterr)
{
	int64_t document = 0;
	const enum status st = find_document(r, kind, object_id, &document, reterr);

	*ret = document != 0;
	return st;
}

enum status search_words_put(struct db_tx *tx, int kind, int64_t object_id,
                             const struct lexeme *words, size_t word_count, bool *ret_there,
                             struct error *reterr)
{
	int64_t document = 0;
	enum status st = document_of(tx, kind, object_id, &document, reterr);

	*ret_there = document != 0;
	return st == OK && document != 0 ? put_words(tx, document, words, word_count, reterr) : st;
}

enum status search_readers(struct db_tx *tx, int kind, int64_t object_id, const struct thing *thing,
                           struct error *reterr)
{
	int64_t document = 0;
	enum status st = document_of(tx, kind, object_id, &document, reterr);
	return st == OK && document != 0 ? put_readers(tx, document, thing, reterr) : st;
}

enum status search_reader_add(struct db_tx *tx, int kind, int64_t object_id, audience reader,
                              struct error *reterr)
{
	return db_exec(tx, &ADD_ONE_READER,
	               DB_ARGS(DB_INT(reader), DB_INT(kind), DB_INT(object_id)), NULL, reterr);
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

/* At most SEARCH_CANDIDATES_MAX is counted; of words also the oldest record among those. */
static enum status count_rows(struct db_read *r, const struct db_stmt *s,
                              const struct db_value *args, int64_t *ret, int64_t *ret_oldest,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret += db_int(&row, 0);
	*ret_oldest = db_int(&row, 1);
	return OK;
}

struct rarest {
	int64_t held, oldest; /* how many records hold it, and the oldest of those that count */
};

/* The rarest word to the front. */
static enum status rarest_first(struct db_read *r, const char *four[SEARCH_WORDS_ASKED],
                                size_t count, struct rarest *ret, struct error *reterr)
{
	size_t place = 0;
	enum status st = OK;

	*ret = (struct rarest){ INT64_MAX, 0 };
	for (size_t i = 0; st == OK && i < count; i++) {
		struct rarest word = { 0 };
		st = count_rows(r, &COUNT_WORD, DB_ARGS(DB_TEXT(four[i])), &word.held, &word.oldest,
		                reterr);
		if (word.held < ret->held) {
			*ret = word;
			place = i;
		}
	}
	const char *first = four[place];
	four[place] = four[0];
	four[0] = first;
	return st;
}

static enum status readable(struct db_read *r, const struct viewer *v, int64_t *ret,
                            struct error *reterr)
{
	int64_t unused;
	enum status st = OK;

	*ret = 0;
	for (size_t i = 0; st == OK && i < v->audience_count; i++)
		st = count_rows(r, &COUNT_READER, DB_ARGS(DB_INT(v->audiences[i])), ret, &unused,
		                reterr);
	return st;
}

static int last_changed_first(const void *a, const void *b)
{
	const struct search_hit *x = a, *y = b;

	return x->at != y->at ? (x->at < y->at) - (x->at > y->at)
	                      : strcmp(x->reference, y->reference);
}

enum status search_find(struct db_read *r, const struct viewer *v, const struct lexeme *words,
                        size_t word_count, struct arena *a, struct search_found *ret,
                        struct error *reterr)
{
	const size_t asked = word_count < SEARCH_WORDS_ASKED ? word_count : SEARCH_WORDS_ASKED;
	const char *four[SEARCH_WORDS_ASKED];
	struct rarest word = { 0 };
	int64_t open = 0;

	*ret = (struct search_found){ 0 };
	if (asked == 0)
		return OK;
	for (size_t i = 0; i < SEARCH_WORDS_ASKED; i++)
		four[i] = words[i < asked ? i : asked - 1].text;
	enum status st = rarest_first(r, four, asked, &word, reterr);
	if (st == OK)
		st = readable(r, v, &open, reterr);
	if (st != OK)
		return st;
	const bool by_reader = open < word.held;
	struct array *found = &ret->hits;
	st = hits(r, by_reader ? &FIND_BY_READER : &FIND_BY_WORD,
	          DB_ARGS(DB_TEXT(four[0]), DB_TEXT(four[1]), DB_TEXT(four[2]), DB_TEXT(four[3]),
	                  OF(v), DB_INT(word.oldest)),
	          a, found, reterr);
	ret->full = found->count == SEARCH_HITS_MAX;
	ret->cut = !ret->full && !by_reader && word.held >= SEARCH_CANDIDATES_MAX;
	if (st == OK && found->count > 1)
		qsort(found->items, found->count, sizeof(struct search_hit), last_changed_first);
	return st;
}

enum status search_reference(struct db_read *r, const struct viewer *v, const char *reference,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	return hits(r, &REFERENCE, DB_ARGS(OF(v), DB_TEXT(reference)), a, ret, reterr);
}

enum status search_generation(struct db_read *r, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &GENERATION, DB_NO_ARGS, &row, reterr);

	*ret = 0;
	if (st != OK)
		return st;
	if (db_next(&row))
		*ret = db_int(&row, 0);
	return db_rows_end(&row, reterr);
}

enum status search_set_generation(struct db_tx *tx, int64_t number, struct error *reterr)
{
	return db_exec(tx, &SET_GENERATION, DB_ARGS(DB_INT(number)), NULL, reterr);
}
