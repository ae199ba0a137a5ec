/* Bytes that are read a piece at a time say what they would say in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/core/source.h"

enum { LEN = 300001 };

struct shelf {
	size_t most; /* asked for at once */
	bool gone;
};

static unsigned char byte_at(size_t at)
{
	return (unsigned char)(at * 31 + at / 251);
}

static bool fetch(void *context, size_t at, void *to, size_t len)
{
	struct shelf *shelf = context;
	unsigned char *bytes = to;

	assert_true(at < LEN && len > 0 && len <= LEN - at);
	shelf->most = len > shelf->most ? len : shelf->most;
	for (size_t i = 0; i < len; i++)
		bytes[i] = byte_at(at + i);
	return !shelf->gone;
}

static struct byte_source on(struct shelf *shelf)
{
	return (struct byte_source){ .len = LEN, .read = fetch, .context = shelf };
}

static void assert_seen(struct source_window *w, size_t at, size_t want)
{
	size_t there = 0;
	const unsigned char *bytes = source_look(w, at, want, &there);

	assert_non_null(bytes);
	assert_true(there >= want && there <= w->source->len - at);
	for (size_t i = 0; i < there; i += i + 100 < there ? 97 : 1)
		assert_int_equal(bytes[i], byte_at(w->source->from + at + i));
}

static void a_window_shows_what_lies_there_in_any_order(void **state)
{
	struct shelf shelf = { 0 };
	const struct byte_source all = on(&shelf);
	struct source_window w;

	(void)state;
	source_window_open(&w, &all);
	for (size_t at = 0; at < LEN; at += 9001)
		assert_seen(&w, at, LEN - at < 4100 ? LEN - at : 4100);
	for (size_t at = LEN - 4; at > 40000; at -= 501)
		assert_seen(&w, at, 4);
	for (size_t i = 0; i < 300; i++)
		assert_seen(&w, i * 7919 % (LEN - 49152), i % 2 == 0 ? 1 : 49152);
	assert_int_equal(shelf.most, WINDOW_BYTES);
	assert_false(w.broken);
}

static void nothing_is_shown_beyond_the_end(void **state)
{
	struct shelf shelf = { 0 };
	const struct byte_source all = on(&shelf), memory = source_bytes("abc", 3);
	struct source_window w;
	size_t there = 1;

	(void)state;
	source_window_open(&w, &all);
	assert_null(source_look(&w, LEN, 1, &there));
	assert_null(source_look(&w, LEN - 1, 2, &there));
	assert_null(source_look(&w, SIZE_MAX, 1, &there));
	assert_int_equal(there, 0);
	assert_seen(&w, LEN - 1, 1);
	source_window_open(&w, &memory);
	assert_null(source_look(&w, 3, 1, &there));
	assert_memory_equal(source_look(&w, 1, 1, &there), "bc", 2);
	assert_int_equal(there, 2);
	assert_false(w.broken);
}

static void a_part_of_a_part_begins_where_it_begins(void **state)
{
	struct shelf shelf = { 0 };
	const struct byte_source all = on(&shelf);
	const struct byte_source part = source_part(&all, 1000, 200000);
	const struct byte_source inner = source_part(&part, 65536, 10);
	const struct byte_source memory = source_bytes("abcdef", 6);
	const struct byte_source letters = source_part(&memory, 2, 3);
	unsigned char ten[10];
	struct source_window w;

	(void)state;
	source_window_open(&w, &part);
	assert_seen(&w, 70000, 100);
	assert_true(source_read(&inner, 0, ten, 10));
	for (size_t i = 0; i < 10; i++)
		assert_int_equal(ten[i], byte_at(66536 + i));
	assert_false(source_read(&inner, 1, ten, 10));
	assert_true(source_read(&letters, 1, ten, 2));
	assert_memory_equal(ten, "de", 2);
}

static void what_cannot_be_had_is_told_and_not_shown(void **state)
{
	struct shelf shelf = { 0 };
	const struct byte_source all = on(&shelf);
	struct source_window w;
	size_t there;

	(void)state;
	source_window_open(&w, &all);
	assert_seen(&w, 0, 100);
	shelf.gone = true;
	assert_non_null(source_look(&w, 100, 100, &there)); /* held already */
	assert_null(source_look(&w, 200000, 1, &there));
	assert_true(w.broken);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_window_shows_what_lies_there_in_any_order),
		cmocka_unit_test(nothing_is_shown_beyond_the_end),
		cmocka_unit_test(a_part_of_a_part_begins_where_it_begins),
		cmocka_unit_test(what_cannot_be_had_is_told_and_not_shown),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
