/* A file that opens only while its period key lives. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/crypto/sealed_stream.h"

enum { PIECE = 65536 };

struct room {
	char folder[64], path[96];
	struct keyring_config cfg;
	struct keyring *ring;
	struct error err;
};

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at)
{
	(void)about;
	(void)kind;
	(void)at;
	return remove(path);
}

static int set_up(void **state)
{
	struct room *r = calloc(1, sizeof *r);

	if (r == NULL || crypto_init(&r->err) != OK)
		return -1;
	(void)snprintf(r->folder, sizeof r->folder, "/tmp/plein-stream-XXXXXX");
	if (mkdtemp(r->folder) == NULL)
		return -1;
	(void)snprintf(r->path, sizeof r->path, "%s/kept", r->folder);
	r->cfg.folder = r->folder;
	*state = r;
	return keyring_create(&r->cfg, &r->err) == OK &&
	               keyring_open(&r->cfg, &r->ring, &r->err) == OK
	           ? 0
	           : -1;
}

static int tear_down(void **state)
{
	struct room *r = *state;

	keyring_close(r->ring);
	(void)nftw(r->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(r);
	return 0;
}

static char byte_at(size_t i)
{
	return (char)('a' + (i * 7 + i / PIECE) % 26);
}

static void keep(struct room *r, size_t bytes)
{
	struct sealed_stream *s = NULL;

	assert_int_equal(sealed_stream_create(r->ring, r->path, &s, &r->err), OK);
	for (size_t i = 0; i < bytes; i++)
		assert_int_not_equal(fputc(byte_at(i), sealed_stream_file(s)), EOF);
	assert_int_equal(sealed_stream_keep(s, &r->err), OK);
}

/* How many bytes are read as they were written; -1: reading fails on the way. */
static long read_back(struct room *r)
{
	FILE *from = NULL;
	long count = 0;
	int c = 0;

	if (sealed_stream_open(r->ring, r->path, &from, &r->err) != OK)
		return -1;
	while ((c = fgetc(from)) != EOF) {
		assert_int_equal((char)c, byte_at((size_t)count));
		count++;
	}
	const bool failed = ferror(from) != 0;
	assert_int_equal(fclose(from), 0);
	return failed ? -1 : count;
}

static void what_was_written_is_read_whatever_its_length(void **state)
{
	static const size_t LENGTHS[] = { 0, 1, PIECE - 1, PIECE, PIECE + 1, 2 * PIECE, 200001 };

	for (size_t i = 0; i < sizeof LENGTHS / sizeof LENGTHS[0]; i++) {
		keep(*state, LENGTHS[i]);
		assert_int_equal(read_back(*state), (long)LENGTHS[i]);
	}
}

static void change_byte(const char *path, long from_end)
{
	FILE *f = fopen(path, "r+b");

	assert_non_null(f);
	assert_int_equal(fseek(f, -from_end, SEEK_END), 0);
	const int c = fgetc(f);
	assert_int_equal(fseek(f, -1, SEEK_CUR), 0);
	assert_int_equal(fputc(c ^ 1, f), c ^ 1);
	assert_int_equal(fclose(f), 0);
}

static void a_file_that_was_changed_or_cut_off_does_not_open(void **state)
{
	struct room *r = *state;
	struct stat info;

	keep(r, 3 * PIECE);
	change_byte(r->path, 100);
	assert_int_equal(read_back(r), -1);
	keep(r, 3 * PIECE);
	change_byte(r->path, 2 * PIECE);
	assert_int_equal(read_back(r), -1);
	keep(r, 3 * PIECE);
	assert_int_equal(stat(r->path, &info), 0);
	assert_int_equal(truncate(r->path, info.st_size - PIECE - SEAL_OVERHEAD_BYTES), 0);
	assert_int_equal(read_back(r), -1); /* whole pieces, but the last one isn't the last */
	assert_int_equal(truncate(r->path, 104), 0);
	assert_int_equal(read_back(r), -1);
	assert_int_equal(truncate(r->path, 0), 0);
	assert_int_equal(read_back(r), -1);
}

static void nothing_of_it_can_be_read_on_disk(void **state)
{
	struct room *r = *state;
	char bytes[4096];

	keep(r, 2000);
	FILE *f = fopen(r->path, "rb");
	assert_non_null(f);
	const size_t got = fread(bytes, 1, sizeof bytes, f);
	assert_true(got > 2000);
	assert_int_equal(fclose(f), 0);
	const char start[] = { byte_at(0), byte_at(1), byte_at(2), byte_at(3),
		               byte_at(4), byte_at(5), byte_at(6), byte_at(7) };
	assert_null(memmem(bytes, got, start, sizeof start));
}

static void with_its_period_the_file_is_dead(void **state)
{
	struct room *r = *state;
	int64_t periods[KEYRING_PERIODS_MAX];

	keep(r, 1000);
	assert_int_equal(keyring_periods(r->ring, periods), 1);
	assert_int_equal(keyring_next_period(r->ring, &r->err), OK);
	assert_int_equal(read_back(r), 1000); /* during the change both keys live */
	assert_int_equal(keyring_destroy_period(r->ring, periods[0], &r->err), OK);
	FILE *from = NULL;
	assert_int_equal(sealed_stream_open(r->ring, r->path, &from, &r->err), ERR_NOT_FOUND);
	keep(r, 1000);
	assert_int_equal(read_back(r), 1000);
}

static void what_is_dropped_leaves_the_file_that_was_there(void **state)
{
	struct room *r = *state;
	struct sealed_stream *s = NULL;
	char part[128];

	keep(r, 500);
	assert_int_equal(sealed_stream_create(r->ring, r->path, &s, &r->err), OK);
	assert_int_not_equal(fputs("half", sealed_stream_file(s)), EOF);
	sealed_stream_drop(s);
	assert_int_equal(read_back(r), 500);
	(void)snprintf(part, sizeof part, "%s.part", r->path);
	assert_int_not_equal(access(part, F_OK), 0);
}

int main(void)
{
#define ONE(t) cmocka_unit_test_setup_teardown(t, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		ONE(what_was_written_is_read_whatever_its_length),
		ONE(a_file_that_was_changed_or_cut_off_does_not_open),
		ONE(nothing_of_it_can_be_read_on_disk),
		ONE(with_its_period_the_file_is_dead),
		ONE(what_is_dropped_leaves_the_file_that_was_there),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
