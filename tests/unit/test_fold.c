/* Words as a search finds them, names as a list sorts them, lexemes as an index holds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/crypto/lexeme.h"

struct bench {
	struct arena arena;
	struct folder *folder;
};

static int set_up(void **state)
{
	static struct bench b; /* one group */
	struct error err;

	arena_init(&b.arena, 1 << 22);
	*state = &b;
	return folder_open(&b.folder, &err) == OK && crypto_init(&err) == OK ? 0 : -1;
}

static int tear_down(void **state)
{
	struct bench *b = *state;
	arena_reset(&b->arena);
	folder_close(b->folder);
	return 0;
}

static void writings_of_the_same_word_fold_to_one(void **state)
{
	static const struct {
		const char *text, *folded;
	} ROWS[] = {
		{ "Müller", "muller" },
		{ "MU\xcc\x88LLER", "muller" }, /* combining diaeresis */
		{ "Straße", "strasse" },
		{ "Şahin", "sahin" },
		{ "Łukasz", "lukasz" },
		{ "Жуков", "zukov" },
		{ "Ĳsselmeer", "ijsselmeer" }, /* the ij ligature */
		{ "'t Hoen-Doets", "t hoen doets" },
		{ "d'Hondt", "dhondt" },
		{ "d\xe2\x80\x99Hondt", "dhondt" }, /* typographic apostrophe */
		{ "  Café   De  Zwaan ", "cafe de zwaan" },
		{ "12-AB-34", "12 ab 34" },
		{ "", "" },
		{ "!?", "" },
		{ "a\xff"
		  "b",
		  "a b" }, /* not UTF-8 */
	};
	struct bench *b = *state;

	for (size_t i = 0; i < sizeof ROWS / sizeof ROWS[0]; i++)
		assert_string_equal(fold_text(b->folder, ROWS[i].text, &b->arena), ROWS[i].folded);
}

static void folding_twice_is_folding_once(void **state)
{
	struct bench *b = *state;
	const char *once = fold_text(b->folder, "Ørsted & Šárka, Ελλάδα; 東京 №5", &b->arena);
	assert_string_equal(fold_text(b->folder, once, &b->arena), once);
}

static void words_come_in_order_and_not_more_than_asked(void **state)
{
	struct bench *b = *state;
	const char *words[2];

	assert_int_equal(fold_words(b->folder, "Een hennep-kwekerij", &b->arena, 2, words), 2);
	assert_string_equal(words[0], "een");
	assert_string_equal(words[1], "hennep");
	assert_int_equal(fold_words(b->folder, " , ", &b->arena, 2, words), 0);
}

static int order(struct bench *b, const char *first, const char *second)
{
	size_t n, m;
	const uint8_t *a = fold_sort_key(b->folder, first, &b->arena, &n);
	const uint8_t *c = fold_sort_key(b->folder, second, &b->arena, &m);
	const int differs = memcmp(a, c, n < m ? n : m);
	return differs != 0 ? differs : (n > m) - (n < m);
}

static void names_sort_as_a_dutch_reader_expects(void **state)
{
	struct bench *b = *state;
	assert_true(order(b, "appel", "Bergen") < 0);
	assert_true(order(b, "Évora", "Zwolle") < 0);
	assert_true(order(b, "Emmen", "Évora") < 0);
	assert_true(order(b, "'s-Gravenhage", "'s-Hertogenbosch") < 0);
	assert_true(order(b, "Ede", "Ede") == 0);
	assert_true(order(b, "ede", "Ede") != 0);
}

static void a_lexeme_hides_the_word_and_is_the_same_each_time(void **state)
{
	struct bench *b = *state;
	const struct mac_key key = { { 1 } }, other = { { 2 } };
	struct lexeme got[4];

	assert_int_equal(
	    lexemes_of_text(&key, "text", b->folder, "Hénnep, hennep!", &b->arena, 4, got), 2);
	assert_string_equal(got[0].text, got[1].text);
	assert_int_equal(strlen(got[0].text), LEXEME_TEXT_BYTES - 1);
	assert_string_equal(got[0].text, lexeme_of(&key, "text", "hennep").text);
	assert_string_not_equal(got[0].text, lexeme_of(&key, "name", "hennep").text);
	assert_string_not_equal(got[0].text, lexeme_of(&other, "text", "hennep").text);
	assert_string_not_equal(lexeme_of_number(&key, "audience", 1).text,
	                        lexeme_of_number(&key, "audience", 2).text);
}

static void an_identifier_token_tells_kinds_apart(void **state)
{
	(void)state;
	const struct mac_key key = { { 1 } };
	char a[IDENTIFIER_TOKEN_BYTES], b[IDENTIFIER_TOKEN_BYTES], c[IDENTIFIER_TOKEN_BYTES];

	identifier_token(&key, "bsn", "999990019", a);
	identifier_token(&key, "bsn", "999990019", b);
	identifier_token(&key, "rsin", "999990019", c);
	assert_string_equal(a, b);
	assert_string_not_equal(a, c);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writings_of_the_same_word_fold_to_one),
		cmocka_unit_test(folding_twice_is_folding_once),
		cmocka_unit_test(words_come_in_order_and_not_more_than_asked),
		cmocka_unit_test(names_sort_as_a_dutch_reader_expects),
		cmocka_unit_test(a_lexeme_hides_the_word_and_is_the_same_each_time),
		cmocka_unit_test(an_identifier_token_tells_kinds_apart),
	};
	return cmocka_run_group_tests_name("fold", tests, set_up, tear_down);
}
