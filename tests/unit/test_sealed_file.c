/* A large file on its way to disk and back is never whole in memory. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "attachments/media.h"
#include "attachments/sealed_file.h"
#include "platform/crypto/crypto.h"

enum { LEN = 20 * 1024 * 1024 - 17, MEMORY_BYTES = 1024 * 1024 };

static const char PNG[] = "\x89PNG\r\n\x1a\n";

static unsigned char byte_at(size_t at)
{
	return at < sizeof PNG - 1 ? (unsigned char)PNG[at] : (unsigned char)(at * 7 + at / 251);
}

/* Nowhere: each byte is told when it is asked for. */
static bool tell(void *context, size_t at, void *to, size_t len)
{
	size_t *most = context;
	unsigned char *bytes = to;

	*most = len > *most ? len : *most;
	for (size_t i = 0; i < len; i++)
		bytes[i] = byte_at(at + i);
	return true;
}

static void same_again(const struct sealed_name *name, const struct seal_key *key, struct arena *a)
{
	unsigned char piece[50000];
	struct sealed_reader *reader = NULL;
	struct error e = { 0 };
	int64_t at = 0, n = 0;

	assert_int_equal(sealed_file_open(name, key, LEN, a, &reader, &e), OK);
	while ((n = sealed_file_read(reader, at, piece, sizeof piece)) > 0) {
		for (int64_t i = 0; i < n; i++)
			if (piece[i] != byte_at((size_t)(at + i)))
				fail_msg("another byte at %lld", (long long)(at + i));
		at += n;
	}
	assert_int_equal(n, 0);
	assert_int_equal(at, LEN);
}

static void a_file_of_twenty_megabytes_is_never_held_whole(void **state)
{
	char folder[] = "/tmp/plein-sealed.XXXXXX", command[64];
	size_t most = 0;
	const struct byte_source file = { .len = LEN, .read = tell, .context = &most };
	enum media media = MEDIA_NONE;
	struct digest digest;
	struct error e = { 0 };
	struct arena a;

	(void)state;
	assert_non_null(mkdtemp(folder));
	arena_init(&a, MEMORY_BYTES);
	const struct sealed_name name = { folder, uuid_at(1) };
	const struct seal_key key = seal_key_new();
	assert_int_equal(media_read(&file, "plattegrond.png", "image/png", &media), MEDIA_FINE);
	assert_true(sha256_source(&file, &digest));
	assert_int_equal(sealed_file_write(&name, &key, &file, &e), OK);
	same_again(&name, &key, &a);
	assert_true(most <= WINDOW_BYTES);
	assert_false(arena_over(&a));
	sealed_file_remove(&name);
	arena_reset(&a);
	(void)snprintf(command, sizeof command, "rm -r %s", folder);
	assert_int_equal(system(command), 0);
}

static bool refuse(void *context, size_t at, void *to, size_t len)
{
	(void)context;
	memset(to, 'x', len);
	return at < 100000;
}

static void what_cannot_be_read_to_its_end_is_not_kept(void **state)
{
	char folder[] = "/tmp/plein-sealed.XXXXXX", command[64];
	const struct byte_source file = { .len = LEN, .read = refuse };
	struct sealed_reader *reader = NULL;
	enum media media = MEDIA_NONE;
	struct digest digest;
	struct error e = { 0 };
	struct arena a;

	(void)state;
	assert_non_null(mkdtemp(folder));
	arena_init(&a, MEMORY_BYTES);
	const struct sealed_name name = { folder, uuid_at(1) };
	const struct seal_key key = seal_key_new();
	assert_int_equal(media_read(&file, "a.txt", "text/plain", &media), MEDIA_BROKEN);
	assert_false(sha256_source(&file, &digest));
	assert_int_equal(sealed_file_write(&name, &key, &file, &e), ERR_INTERNAL);
	assert_int_equal(sealed_file_open(&name, &key, LEN, &a, &reader, &e), ERR_NOT_FOUND);
	arena_reset(&a);
	/* nor half: the folder of its name is empty */
	(void)snprintf(command, sizeof command, "rmdir %s/* %s", folder, folder);
	assert_int_equal(system(command), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_file_of_twenty_megabytes_is_never_held_whole),
		cmocka_unit_test(what_cannot_be_read_to_its_end_is_not_kept),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
