/* Short texts without the C library's printf: what it writes is what printf would. */
#include "platform/core/format.h"

#include <inttypes.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/core/arena.h"
#include "platform/core/out.h"

static char ours[FORMAT_SMALL_BYTES], theirs[FORMAT_SMALL_BYTES];
static size_t ours_len;

/* Both ways; the size says how much room there is. True if format_small took it. */
__attribute__((format(printf, 2, 3))) static bool both(size_t size, const char *fmt, ...)
{
	va_list ap, again;

	memset(ours, '#', sizeof ours);
	va_start(ap, fmt);
	va_copy(again, ap);
	const bool taken = format_small(ours, size, &ours_len, fmt, ap);
	(void)vsnprintf(theirs, sizeof theirs, fmt, again);
	va_end(again);
	va_end(ap);
	return taken;
}

#define SAME(...)                                                                                  \
	do {                                                                                       \
		assert_true(both(sizeof ours, __VA_ARGS__));                                       \
		assert_string_equal(ours, theirs);                                                 \
		assert_int_equal(ours_len, strlen(theirs));                                        \
	} while (0)
#define LEFT(...) assert_false(both(sizeof ours, __VA_ARGS__))

static void texts_and_numbers_are_written_as_printf_writes_them(void **state)
{
	(void)state;
	SAME("%s", "");
	SAME("niets te vullen");
	SAME("%d %s %d", 21, "november", 2026);
	SAME("%.*s|%s", 3, "abcdef", "g");
	SAME("%.*s|", 9, "abc");
	SAME("%.*s|", -1, "abc");
	SAME("100%% van %u", UINT_MAX);
	SAME("%02d.%02d uur, %04d", 9, 5, 26);
	SAME("%02d %03d %02d", -1, -7, 123456);
	SAME("%zu %zd", SIZE_MAX, (ssize_t)-1);
	SAME("%08lld|%05ld|%03zu", -42LL, 7L, (size_t)1);
}

static void every_size_of_number_keeps_its_ends(void **state)
{
	(void)state;
	SAME("%d %d %i", INT_MIN, INT_MAX, 0);
	SAME("%ld %ld %lu", LONG_MIN, LONG_MAX, ULONG_MAX);
	SAME("%lld %lld %llu", LLONG_MIN, LLONG_MAX, ULLONG_MAX);
	SAME("%" PRId64 " %" PRIu64, INT64_MIN, UINT64_MAX);
}

static void what_is_not_known_here_is_left_to_the_c_library(void **state)
{
	(void)state;
	LEFT("%5d", 1);
	LEFT("%-5s", "a");
	LEFT("%x", 1U);
	LEFT("%c", 'c');
	LEFT("%.2f", 1.5);
	LEFT("%+d", 1);
	LEFT("%.3s", "abcdef");
	LEFT("a %s b %g", "text", 0.5);
}

static void a_text_fits_with_its_end_or_is_not_taken(void **state)
{
	(void)state;
	for (size_t size = 1; size <= 12; size++) {
		assert_int_equal(both(size, "%s-%d", "abcd", -123), size >= 10);
		assert_true(ours[size] == '#'); /* nothing behind the room */
	}
	assert_string_equal(ours, "abcd--123");
}

static void long_and_unknown_texts_come_out_whole_of_arena_and_buffer(void **state)
{
	char text[3 * FORMAT_SMALL_BYTES];
	struct arena a;
	struct out o;

	(void)state;
	memset(text, 'x', sizeof text - 1);
	text[sizeof text - 1] = '\0';
	arena_init(&a, 65536);
	out_init(&o, 65536);
	assert_string_equal(arena_printf(&a, "%s", text), text);
	assert_string_equal(arena_printf(&a, "%s/%5d", "a", 7), "a/    7");
	out_fmt(&o, "%s%04x", text, 0xabU);
	assert_memory_equal(o.data, text, sizeof text - 1);
	assert_string_equal(o.data + sizeof text - 1, "00ab");
	out_free(&o);
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(texts_and_numbers_are_written_as_printf_writes_them),
		cmocka_unit_test(every_size_of_number_keeps_its_ends),
		cmocka_unit_test(what_is_not_known_here_is_left_to_the_c_library),
		cmocka_unit_test(a_text_fits_with_its_end_or_is_not_taken),
		cmocka_unit_test(long_and_unknown_texts_come_out_whole_of_arena_and_buffer),
	};
	return cmocka_run_group_tests_name("format", tests, NULL, NULL);
}
