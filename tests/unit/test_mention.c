/* Who is mentioned in a text: typed with @, stored without a name, given back to who may see it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/mention.h"

static const struct mention_known KNOWN[] = {
	{ 1, { { 1, 2, 3 } }, "Jan de Boer", "Boer", true },
	{ 2, { { 4, 5, 6 } }, "Loods BV", NULL, true },
	{ 3, { { 7, 8, 9 } }, "12-ZZZ-3", NULL, false },
	{ 4, { { 9, 9, 9 } }, "Jan", NULL, true },
};
enum { KNOWN_COUNT = 4 };

static struct arena arena;

static int setup(void **state)
{
	(void)state;
	arena_init(&arena, 16 << 20);
	return 0;
}

static int teardown(void **state)
{
	(void)state;
	arena_reset(&arena);
	return 0;
}

static struct mention_text read(const char *typed)
{
	struct mention_text t;

	mention_read(&arena, typed, KNOWN, KNOWN_COUNT, &t);
	return t;
}

static void assert_reads(const char *typed, const char *plain, size_t mentions)
{
	const struct mention_text t = read(typed);

	assert_string_equal(mention_plain(&arena, t.stored, KNOWN, KNOWN_COUNT), plain);
	assert_int_equal(t.mention_count, mentions);
}

static void a_number_a_name_or_both_mention_somebody(void **state)
{
	(void)state;
	assert_reads("@1 huurt", "Jan de Boer huurt", 1);
	assert_reads("@[1 wie dan ook] huurt", "Jan de Boer huurt", 1);
	assert_reads("@Jan de Boer huurt", "Jan de Boer huurt", 1);
	assert_reads("@jan DE boer, en @3.", "Jan de Boer, en 12-ZZZ-3.", 2);
	assert_reads("@1 en @1", "Jan de Boer en Jan de Boer", 1);
	assert_reads("(@2)", "(Loods BV)", 1);
}

static void the_longest_name_wins_and_a_name_ends_with_its_word(void **state)
{
	(void)state;
	assert_reads("@Jan de Boer", "Jan de Boer", 1);
	assert_reads("@Jan loopt", "Jan loopt", 1);
	assert_int_equal(memcmp(read("@Jan loopt").mentions[0].bytes, KNOWN[3].uuid.bytes, 16), 0);
	assert_int_equal(read("@Jantje").mention_count, 0);
	assert_int_equal(read("@12").mention_count, 0);
}

static void an_address_of_mail_mentions_nobody(void **state)
{
	(void)state;
	assert_reads("info@1.example", "info@1.example", 0);
	assert_reads("info@Jan.example", "info@Jan.example", 0);
}

static void what_is_stored_holds_no_name(void **state)
{
	(void)state;
	const struct mention_text t = read("@[1 Jan de Boer] en @Loods BV");

	assert_null(strstr(t.stored, "Boer"));
	assert_null(strstr(t.stored, "Loods"));
}

static void who_may_not_see_somebody_gets_a_blank(void **state)
{
	(void)state;
	const struct mention_text t = read("Bij @1 staat @3");

	assert_string_equal(mention_plain(&arena, t.stored, &KNOWN[2], 1),
	                    "Bij " MENTION_BLANK " staat 12-ZZZ-3");
	assert_string_equal(mention_typed(&arena, t.stored, &KNOWN[2], 1),
	                    "Bij [naam weg] staat @[3 12-ZZZ-3]");
}

static void a_text_comes_back_as_it_is_typed_and_is_stored_alike_again(void **state)
{
	static const char *const TEXTS[] = { "@1",    "x@[2 ]y@3z",        "@Jan @[4 Jan de Boer]",
		                             "geen",  "@[9 niemand] @8 @", "a@@1",
		                             "@[1\n]" };
	(void)state;
	for (size_t i = 0; i < sizeof TEXTS / sizeof TEXTS[0]; i++) {
		const struct mention_text once = read(TEXTS[i]);
		const char *typed = mention_typed(&arena, once.stored, KNOWN, KNOWN_COUNT);
		assert_string_equal(read(typed).stored, once.stored);
	}
}

static void a_number_that_nobody_has_is_told(void **state)
{
	(void)state;
	assert_int_equal(read("@7 liep weg").unknown, 7);
	assert_int_equal(read("@[8 Piet] liep weg").unknown, 8);
	assert_int_equal(read("@1 liep weg").unknown, 0);
}

static void a_known_name_in_plain_words_is_flagged(void **state)
{
	(void)state;
	assert_int_equal(read("Bij jan de boer staat een busje").plain->number, 1);
	assert_int_equal(read("De heer Boer huurt").plain->number, 1);
	assert_int_equal(read("Loods BV huurt").plain->number, 2);
	assert_null(read("de boer melkt zijn koeien").plain); /* a trade, not a name */
	assert_null(read("De auto 12-ZZZ-3 stond er").plain); /* a thing may be named */
	assert_null(read("@1 en @[2 Loods BV]").plain);
	assert_null(read("Loodsen genoeg").plain);
}

static void bytes_of_a_token_cannot_be_typed(void **state)
{
	(void)state;
	const struct mention_text t = read("\x02"
	                                   "01020300000000000000000000000000\x03 @\x02Jan");

	assert_null(strchr(t.stored + 1, '\x05'));
	assert_string_equal(mention_plain(&arena, t.stored, KNOWN, KNOWN_COUNT),
	                    "01020300000000000000000000000000 Jan");
}

static void more_than_sixty_different_ones_are_too_many(void **state)
{
	struct mention_known many[MENTIONS_MAX + 1];
	struct mention_text t;
	char *text = arena_alloc(&arena, 10 * (MENTIONS_MAX + 1) + 1);
	size_t len = 0;

	(void)state;
	for (int i = 0; i <= MENTIONS_MAX; i++) {
		many[i] = (struct mention_known){ i + 1, { { 0 } }, "x", NULL, false };
		many[i].uuid.bytes[0] = (uint8_t)i;
		len += (size_t)snprintf(text + len, 10, "@%d ", i + 1);
	}
	mention_read(&arena, text, many, MENTIONS_MAX + 1, &t);
	assert_true(t.too_many);
	mention_read(&arena, text, many, MENTIONS_MAX, &t);
	assert_false(t.too_many);
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, setup, teardown)
	const struct CMUnitTest tests[] = {
		CASE(a_number_a_name_or_both_mention_somebody),
		CASE(the_longest_name_wins_and_a_name_ends_with_its_word),
		CASE(an_address_of_mail_mentions_nobody),
		CASE(what_is_stored_holds_no_name),
		CASE(who_may_not_see_somebody_gets_a_blank),
		CASE(a_text_comes_back_as_it_is_typed_and_is_stored_alike_again),
		CASE(a_number_that_nobody_has_is_told),
		CASE(a_known_name_in_plain_words_is_flagged),
		CASE(bytes_of_a_token_cannot_be_typed),
		CASE(more_than_sixty_different_ones_are_too_many),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
