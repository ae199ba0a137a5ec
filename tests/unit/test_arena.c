/* Memory that lives exactly as long as one request. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/core/arena.h"

static void memory_comes_zeroed(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1 << 16);
	unsigned char *p = arena_alloc(&a, 100);
	memset(p, 7, 100);
	arena_reset(&a);
	p = arena_alloc(&a, 100);
	for (int i = 0; i < 100; i++)
		assert_int_equal(p[i], 0);
	arena_reset(&a);
}

static void past_the_soft_cap_the_arena_says_so(void **state)
{
	(void)state;
	struct arena a;
	arena_init(&a, 1000);
	(void)arena_alloc(&a, 1000);
	assert_false(arena_over(&a));
	(void)arena_alloc(&a, 1);
	assert_true(arena_over(&a));
	arena_reset(&a);
	assert_false(arena_over(&a));
}

static void count_up(void *arg)
{
	++*(int *)arg;
}

static void rewinding_runs_only_what_was_deferred_since(void **state)
{
	(void)state;
	struct arena a;
	int before = 0, since = 0;

	arena_init(&a, 1 << 20);
	char *kept = arena_strdup(&a, "kept");
	arena_defer(&a, count_up, &before);
	struct arena_mark mark = arena_mark(&a);
	arena_defer(&a, count_up, &since);
	(void)arena_alloc(&a, 100000);
	arena_rewind(&a, mark);
	assert_int_equal(before, 0);
	assert_int_equal(since, 1);
	assert_string_equal(kept, "kept");
	arena_reset(&a);
	assert_int_equal(before, 1);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(memory_comes_zeroed),
		cmocka_unit_test(past_the_soft_cap_the_arena_says_so),
		cmocka_unit_test(rewinding_runs_only_what_was_deferred_since),
	};
	return cmocka_run_group_tests_name("arena", tests, NULL, NULL);
}
