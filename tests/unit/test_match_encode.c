/* Reading a register by several threads: each row once, in the order of the file. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdatomic.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "matching/bigarray.h"
#include "matching/encode.h"
#include "matching/generate.h"
#include "matching/threads.h"

static char path[] = "/tmp/test-match-encode-XXXXXX";

static FILE *new_file(void)
{
	memcpy(path + sizeof(path) - 7, "XXXXXX", 6);
	int fd = mkstemp(path);
	assert_true(fd >= 0);
	FILE *f = fdopen(fd, "w");
	assert_non_null(f);
	return f;
}

static enum status read_how(const struct encode_options *how, struct records *ret)
{
	struct csv_file file;
	struct model m;
	struct error e;

	assert_int_equal(model_ready("persons", &m, &e), OK);
	assert_int_equal(csv_open(&file, path, &e), OK);
	enum status st = encode_file(&file, &m, how, ret, &e);
	csv_close(&file);
	return st;
}

static void read_with(int threads, struct records *ret)
{
	const struct encode_options how = { .threads = threads };

	assert_int_equal(read_how(&how, ret), OK);
}

static void assert_same_records(const struct records *a, const struct records *b)
{
	char id[RECORD_ID_MAX_BYTES + 1], other[RECORD_ID_MAX_BYTES + 1];

	assert_int_equal(a->count, b->count);
	assert_memory_equal(a->rows.data, b->rows.data,
	                    (size_t)a->count * (size_t)a->layout.stride * 4);
	for (uint32_t i = 0; i < a->count; i++) {
		record_id(a, i, id);
		record_id(b, i, other);
		assert_string_equal(id, other);
	}
	for (int k = 0; k < a->model.rule_count; k++)
		assert_memory_equal(a->key_columns[k].data, b->key_columns[k].data,
		                    (size_t)a->count * 4);
	for (int g = 0; g < VALUE_GROUPS; g++) {
		const struct dictionary *x = &a->values.dictionary[g],
					*y = &b->values.dictionary[g];
		assert_int_equal(x->count, y->count);
		assert_memory_equal(x->pool.data, y->pool.data, x->pool.bytes);
	}
}

static void records_and_values_have_the_numbers_of_the_file_whoever_read_them(void **state)
{
	(void)state;
	enum { PEOPLE = 30000 }; /* some megabytes: several readers' parts */
	static const int THREADS[] = { 1, 2, 5 };
	const struct generate_options o = { .seed = 91, .record_count = PEOPLE };
	struct made_record made;
	struct records r[3];
	FILE *f = new_file();

	(void)fputs("id", f);
	for (int k = 0; k < MADE_FIELDS; k++)
		(void)fprintf(f, ",%s", GENERATE_COLUMNS[k]);
	for (uint64_t i = 0; i < PEOPLE; i++) {
		generate_record(&o, i, &made);
		(void)fprintf(f, "\nlong-id-%u", (unsigned)i);
		for (int k = 0; k < MADE_FIELDS; k++)
			(void)fprintf(f, ",\"%s\"", made.text[k]);
	}
	assert_int_equal(fclose(f), 0);
	for (int i = 0; i < 3; i++) {
		read_with(THREADS[i], &r[i]);
		assert_int_equal(r[i].count, PEOPLE);
		assert_same_records(&r[0], &r[i]);
	}
	(void)unlink(path);
	for (int i = 0; i < 3; i++)
		records_free(&r[i]);
}

/* The least bound, in MiB, within which a register of so many distinct names is read. */
static uint64_t least_bound(unsigned people, struct records *r)
{
	struct encode_options how = { .threads = 1 };
	enum status st = ERR_LIMIT;
	uint64_t mib = 0;

	FILE *f = new_file();
	(void)fputs("id,given_names,family_name\n", f);
	for (unsigned i = 0; i < people; i++)
		(void)fprintf(f, "%u,Voor%u,Achter%u\n", i, i, i);
	assert_int_equal(fclose(f), 0);
	while (st == ERR_LIMIT && mib < 1000) {
		records_free(r);
		how.memory_bytes = ++mib << 20;
		st = read_how(&how, r);
	}
	assert_int_equal(st, OK);
	(void)unlink(path);
	return mib;
}

static void a_register_that_is_read_within_a_bound_stays_within_it(void **state)
{
	struct records r = { .count = 0 };

	(void)state;
	for (unsigned people = 1000; people <= 100000; people *= 10) {
		const uint64_t mib = least_bound(people, &r);
		assert_true(records_bytes(&r) > (uint64_t)people * 2 * sizeof(struct value));
		assert_in_range(records_bytes(&r), 1, mib << 20);
	}
	records_free(&r);
}

static void rows_are_read_once_wherever_one_thread_stops_and_the_next_begins(void **state)
{
	(void)state;
	enum { ROWS = 4000 };
	/* lines within quotes, and rows that are longer than what a thread reads at once */
	static const size_t LENGTHS[] = { 0, 3, 90, 700, 4090, 5000 };
	char id[RECORD_ID_MAX_BYTES + 1], expected[16];
	struct records r;
	FILE *f = new_file();

	(void)fputs("id,given_names,family_name,remark\n", f);
	for (unsigned i = 0; i < ROWS; i++) {
		size_t length = i % 1000 == 999 ? 900000 : LENGTHS[i * 7 % 6];
		(void)fprintf(f, "%u,\"a\nb\",Name%u,\"", i, i);
		for (size_t k = 0; k < length; k++)
			(void)fputc(k % 40 == 7 ? '\n' : k % 64 == 9 ? ',' : 'x', f);
		(void)fputs("\"\"\"\n", f);
	}
	assert_int_equal(fclose(f), 0);
	for (int threads = 1; threads <= 3; threads++) {
		read_with(threads, &r);
		assert_int_equal(r.count, ROWS);
		for (unsigned i = 0; i < ROWS; i++) {
			record_id(&r, i, id);
			(void)snprintf(expected, sizeof(expected), "%u", i);
			assert_string_equal(id, expected);
		}
		records_free(&r);
	}
	(void)unlink(path);
}

static void room_that_is_given_back_is_what_the_next_one_gets(void **state)
{
	(void)state;
	struct bigarray_store store = { .count = 0 };
	struct bigarray small = { 0 }, large = { 0 }, got = { 0 };

	const void *in_small = bigarray_push(&small, NULL, 100000);
	const void *in_large = bigarray_reserve(&large, 3000000);
	bigarray_give(&store, &large);
	bigarray_give(&store, &small);
	assert_null(small.data);
	got = bigarray_take(&store, 70000);
	assert_ptr_equal(got.data, in_small);
	assert_int_equal(got.bytes, 0);
	bigarray_give(&store, &got);
	got = bigarray_take(&store, 2000000);
	assert_ptr_equal(got.data, in_large);
	bigarray_give(&store, &got);
	got = bigarray_take(&store, SIZE_MAX); /* nothing is enough: the most there is */
	assert_ptr_equal(got.data, in_large);
	bigarray_free(&got);
	got = bigarray_take(&store, 1);
	bigarray_free(&got);
	assert_null(bigarray_take(&store, 1).data);
	bigarray_store_free(&store);
}

/* Small pages, then huge ones, then more of those; and bigarray_expect, which may fail and change nothing. */
static void what_a_growing_array_holds_stays_and_its_new_room_is_empty(void **state)
{
	static const size_t SIZES[] = { 1000, 70000, 900000, 1200000, 5000000, 20000000 };
	struct bigarray a = { 0 };
	size_t held = 0;

	(void)state;
	for (size_t k = 0; k < sizeof(SIZES) / sizeof(*SIZES); k++) {
		unsigned char *bytes = bigarray_reserve(&a, SIZES[k]);
		for (size_t part = 0; part < bigarray_parts(&a); part++)
			bigarray_expect(&a, part);
		for (size_t i = 0; i < held; i++)
			assert_int_equal(bytes[i], 1 + i % 251);
		for (size_t i = held; i < SIZES[k]; i++) {
			assert_int_equal(bytes[i], 0);
			bytes[i] = (unsigned char)(1 + i % 251);
		}
		held = SIZES[k];
	}
	bigarray_free(&a);
}

struct tally {
	atomic_int done[THREADS_MAX];
	int round;
};

static void count_share(int share, void *arg)
{
	struct tally *t = arg;

	/* a share that comes late or twice would meet another round */
	assert_int_equal(atomic_fetch_add(&t->done[share], 1), t->round);
}

static void threads_that_stay_do_each_work_once_and_nobody_is_ahead(void **state)
{
	(void)state;
	struct tally t = { .round = 0 };
	struct threads *threads = threads_start(3);

	for (t.round = 0; t.round < 3000; t.round++) {
		threads_each(threads, count_share, &t);
		for (int i = 0; i < 3; i++)
			assert_int_equal(atomic_load(&t.done[i]), t.round + 1);
		if (t.round % 1000 == 999)
			(void)usleep(2000); /* long enough for them to sleep */
	}
	threads_stop(threads);
	threads_stop(NULL);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(records_and_values_have_the_numbers_of_the_file_whoever_read_them),
		cmocka_unit_test(a_register_that_is_read_within_a_bound_stays_within_it),
		cmocka_unit_test(rows_are_read_once_wherever_one_thread_stops_and_the_next_begins),
		cmocka_unit_test(room_that_is_given_back_is_what_the_next_one_gets),
		cmocka_unit_test(what_a_growing_array_holds_stays_and_its_new_room_is_empty),
		cmocka_unit_test(threads_that_stay_do_each_work_once_and_nobody_is_ahead),
	};
	return cmocka_run_group_tests_name("match_encode", tests, NULL, NULL);
}
