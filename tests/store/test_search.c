/* Finding by words: all of them, only what the viewer may read, and gone when dropped. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "search/search.h"
#include "store_world.h"

struct shelf {
	struct store_world *store;
	struct arena arena;
	struct mac_key key;
	struct search_words *words;
};

#define NUMBERS                                                                                    \
	"WITH RECURSIVE n(i) AS (SELECT $1 UNION ALL SELECT i + 1 FROM n WHERE i < $2)"            \
	" INSERT INTO "
static const struct db_stmt MANY_RECORDS = {
	"test_many_records", "ii",
	NUMBERS "search_document (id, kind, object_id, reference, at)"
		" SELECT 1000 + i, 10, 1000 + i, 'S-' || CAST(i AS text), i FROM n"
};
static const struct db_stmt MANY_WORDS = { "test_many_words", "iit",
	                                   NUMBERS "search_word (lexeme, document_id)"
	                                           " SELECT $3, 1000 + i FROM n" };
static const struct db_stmt MANY_READERS = { "test_many_readers", "iii",
	                                     NUMBERS "search_reader (audience_id, document_id)"
	                                             " SELECT $3, 1000 + i FROM n" };
static const struct db_stmt *const MANY[] = { &MANY_RECORDS, &MANY_WORDS, &MANY_READERS, NULL };

static int set_up(void **state)
{
	static struct shelf s;
	struct error e = { 0 };

	memset(&s, 0, sizeof s);
	arena_init(&s.arena, 1 << 22);
	memset(s.key.bytes, 7, sizeof s.key.bytes);
	assert_int_equal(crypto_init(&e), OK);
	assert_int_equal(search_words_open(&s.key, &s.arena, &s.words, &e), OK);
	s.store = store_world_new(&(struct store_wish){ 0 });
	assert_int_equal(db_prepare_all(s.store->db, search_statements, &e), OK);
	assert_int_equal(db_prepare_all(s.store->db, MANY, &e), OK);
	*state = &s;
	return 0;
}

static int tear_down(void **state)
{
	struct shelf *s = *state;
	search_words_close(s->words);
	store_world_free(s->store);
	arena_reset(&s->arena);
	return 0;
}

struct put {
	struct shelf *shelf;
	int64_t id;
	const char *reference, *text;
	audience reader;
};

static enum status put_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct put *p = args;
	struct lexeme words[100];
	const struct thing thing = { .readers = { p->reader }, .reader_count = 1 };
	const struct search_entry entry = {
		.kind = 10,
		.object_id = p->id,
		.reference = p->reference,
		.at = p->id * 1000,
		.words = words,
		.word_count =
		    search_words_of(p->shelf->words, p->text, db_tx_arena(tx), 100, words),
		.thing = &thing,
	};
	return search_put(tx, &entry, reterr);
}

static void put(struct shelf *s, int64_t id, const char *reference, const char *text, audience to)
{
	struct put p = { s, id, reference, text, to };
	store_world_run(s->store, put_run, &p);
}

static enum status drop_run(struct db_tx *tx, void *args, struct error *reterr)
{
	return search_drop(tx, 10, *(const int64_t *)args, reterr);
}

static struct search_found find(struct shelf *s, audience a, const char *text)
{
	struct viewer v = { .person_id = 1, .audiences = { a }, .audience_count = 1 };
	struct lexeme words[SEARCH_WORDS_ASKED];
	struct search_found all = { 0 };
	struct db_read *r = NULL;
	struct error e = { 0 };

	size_t count = search_words_of(s->words, text, &s->arena, SEARCH_WORDS_ASKED, words);
	assert_int_equal(db_read_begin(s->store->db, &r, &e), OK);
	assert_int_equal(search_find(r, &v, words, count, &s->arena, &all, &e), OK);
	db_read_end(r);
	return all;
}

static size_t found(struct shelf *s, audience a, const char *text)
{
	return find(s, a, text).hits.count;
}

static const audience COORDINATORS = ((int64_t)AUDIENCE_ROLE << 48) | ROLE_INFO_COORDINATOR;
static const audience ORGAN = ((int64_t)AUDIENCE_ORGAN << 48) | 42;

static void all_words_must_occur_whatever_their_case_and_accents(void **state)
{
	struct shelf *s = *state;
	put(s, 1, "S-2026-AAAAA", "Garage aan de Kadeweg met contant geld", COORDINATORS);
	put(s, 2, "S-2026-BBBBB", "Café aan de Kadeweg", COORDINATORS);
	assert_int_equal(found(s, COORDINATORS, "kadeweg"), 2);
	assert_int_equal(found(s, COORDINATORS, "KADEWEG cafe"), 1);
	assert_int_equal(found(s, COORDINATORS, "kadeweg garage geld contant"), 1);
	assert_int_equal(found(s, COORDINATORS, "kadeweg ziekenhuis"), 0);
	assert_int_equal(found(s, COORDINATORS, ""), 0);
}

static void what_a_viewer_may_not_read_he_does_not_find(void **state)
{
	struct shelf *s = *state;
	put(s, 1, "S-2026-AAAAA", "loods met gas", COORDINATORS);
	assert_int_equal(found(s, COORDINATORS, "loods"), 1);
	assert_int_equal(found(s, ORGAN, "loods"), 0);
	assert_int_equal(found(s, 0, "loods"), 0);
}

static void a_changed_text_is_found_by_its_new_words_only(void **state)
{
	struct shelf *s = *state;
	put(s, 1, "S-2026-AAAAA", "loods", COORDINATORS);
	put(s, 1, "S-2026-AAAAA", "garage", COORDINATORS);
	assert_int_equal(found(s, COORDINATORS, "loods"), 0);
	assert_int_equal(found(s, COORDINATORS, "garage"), 1);
}

static void what_is_dropped_leaves_nothing_behind(void **state)
{
	struct shelf *s = *state;
	int64_t id = 1;
	put(s, id, "S-2026-AAAAA", "loods met gas", COORDINATORS);
	store_world_run(s->store, drop_run, &id);
	assert_int_equal(found(s, COORDINATORS, "loods"), 0);
	assert_int_equal(store_world_number(s->store, "SELECT count(*) FROM search_word"), 0);
	assert_int_equal(store_world_number(s->store, "SELECT count(*) FROM search_reader"), 0);
	assert_int_equal(store_world_number(s->store, "SELECT count(*) FROM search_document"), 0);
}

static void the_store_holds_no_readable_word(void **state)
{
	struct shelf *s = *state;
	put(s, 1, "S-2026-AAAAA", "loods", COORDINATORS);
	assert_int_equal(
	    store_world_number(s->store, "SELECT count(*) FROM search_word WHERE lexeme = 'loods'"),
	    0);
	assert_int_equal(store_world_number(s->store, "SELECT count(*) FROM search_word"), 1);
}

static enum status close_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct thing nobody = { 0 };
	return search_readers(tx, 10, *(const int64_t *)args, &nobody, reterr);
}

static void a_record_that_closes_is_found_no_more(void **state)
{
	struct shelf *s = *state;
	int64_t id = 1;
	put(s, id, "S-2026-AAAAA", "loods", COORDINATORS);
	store_world_run(s->store, close_run, &id);
	assert_int_equal(found(s, COORDINATORS, "loods"), 0);
}

/* ---- more than anybody reads ------------------------------------------------------------------ */

struct many {
	struct shelf *shelf;
	int64_t from, until;
	const char *word;
};

static enum status many_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct many *m = args;
	const struct db_value from = DB_INT(m->from), until = DB_INT(m->until);
	struct lexeme word;

	assert_int_equal(search_words_of(m->shelf->words, m->word, db_tx_arena(tx), 1, &word), 1);
	enum status st = db_exec(tx, &MANY_RECORDS, DB_ARGS(from, until), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &MANY_WORDS, DB_ARGS(from, until, DB_TEXT(word.text)), NULL,
		             reterr);
	return st == OK ? db_exec(tx, &MANY_READERS, DB_ARGS(from, until, DB_INT(COORDINATORS)),
	                          NULL, reterr)
	                : st;
}

static void put_many(struct shelf *s, int64_t count, const char *word)
{
	static int64_t last = 0;
	struct many m = { s, last + 1, last + count, word };

	store_world_run(s->store, many_run, &m);
	last += count;
}

static void the_newest_fifty_come_first_and_it_is_told_that_there_may_be_more(void **state)
{
	struct shelf *s = *state;
	put_many(s, SEARCH_HITS_MAX - 1, "zeldzaam");
	assert_false(find(s, COORDINATORS, "zeldzaam").full);
	put_many(s, 2, "zeldzaam");
	const struct search_found all = find(s, COORDINATORS, "zeldzaam");
	assert_true(all.full);
	assert_false(all.cut);
	const struct search_hit *hit = all.hits.items;
	for (size_t i = 1; i < all.hits.count; i++)
		assert_true(hit[i - 1].at > hit[i].at);
}

static void
frequent_words_that_never_meet_are_looked_for_in_the_newest_only_and_that_is_told(void **state)
{
	struct shelf *s = *state;
	put_many(s, SEARCH_CANDIDATES_MAX - 1, "overal");
	put_many(s, SEARCH_CANDIDATES_MAX, "altijd");
	struct search_found all = find(s, COORDINATORS, "overal altijd");
	assert_int_equal(all.hits.count, 0);
	assert_false(all.cut); /* all that hold the rarest were looked at */
	put_many(s, 1, "overal");
	all = find(s, COORDINATORS, "overal altijd");
	assert_int_equal(all.hits.count, 0);
	assert_true(all.cut);
	assert_false(find(s, COORDINATORS, "overal").cut);
	assert_false(find(s, ORGAN, "overal altijd").cut); /* he has nothing to look at */
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(all_words_must_occur_whatever_their_case_and_accents),
		CASE(what_a_viewer_may_not_read_he_does_not_find),
		CASE(a_changed_text_is_found_by_its_new_words_only),
		CASE(what_is_dropped_leaves_nothing_behind),
		CASE(the_store_holds_no_readable_word),
		CASE(a_record_that_closes_is_found_no_more),
		CASE(the_newest_fifty_come_first_and_it_is_told_that_there_may_be_more),
		CASE(
		    frequent_words_that_never_meet_are_looked_for_in_the_newest_only_and_that_is_told),
	};
	return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
