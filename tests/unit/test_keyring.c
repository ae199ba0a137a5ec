/* The keys of an installation: kept to itself, found damaged, destroyed on purpose. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "platform/crypto/key_file.h"
#include "platform/crypto/keyring.h"

struct house {
	char folder[64];
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
	struct house *h = calloc(1, sizeof *h);
	if (h == NULL || crypto_init(&h->err) != OK)
		return -1;
	(void)snprintf(h->folder, sizeof h->folder, "/tmp/plein-keys-XXXXXX");
	if (mkdtemp(h->folder) == NULL)
		return -1;
	h->cfg.folder = h->folder;
	*state = h;
	return keyring_create(&h->cfg, &h->err) == OK &&
	               keyring_open(&h->cfg, &h->ring, &h->err) == OK
	           ? 0
	           : -1;
}

static int tear_down(void **state)
{
	struct house *h = *state;
	keyring_close(h->ring);
	(void)nftw(h->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(h);
	return 0;
}

static void reopen(struct house *h)
{
	keyring_close(h->ring);
	h->ring = NULL;
	assert_int_equal(keyring_open(&h->cfg, &h->ring, &h->err), OK);
}

static const char *file_of(const struct house *h, const char *name)
{
	static char path[160];
	(void)snprintf(path, sizeof path, "%s/%s", h->folder, name);
	return path;
}

static void every_key_file_is_for_its_owner_only(void **state)
{
	struct house *h = *state;
	static const char *const NAMES[] = {
		"lexeme.key",   "identifier.key",        "reference.key",        "token.key",
		"web.key",      "pseudonym.key",         "signing.key",          "account.key",
		"period-1.key", "escrow-1/period-1.key", "escrow-2/period-1.key"
	};
	struct stat about;

	for (size_t i = 0; i < sizeof NAMES / sizeof NAMES[0]; i++) {
		assert_int_equal(stat(file_of(h, NAMES[i]), &about), 0);
		assert_int_equal(about.st_mode & 0777, 0600);
	}
}

static void keys_stay_the_same_when_opened_or_created_again(void **state)
{
	struct house *h = *state;
	const struct mac_key before = *keyring_mac(h->ring, RING_WEB);
	const struct sign_public public = *keyring_public(h->ring);

	assert_int_equal(keyring_create(&h->cfg, &h->err), OK);
	reopen(h);
	assert_memory_equal(before.bytes, keyring_mac(h->ring, RING_WEB)->bytes, MAC_KEY_BYTES);
	assert_memory_equal(public.bytes, keyring_public(h->ring)->bytes, SIGN_PUBLIC_BYTES);
	assert_memory_not_equal(before.bytes, keyring_mac(h->ring, RING_TOKEN)->bytes,
	                        MAC_KEY_BYTES);
}

static void a_key_that_others_may_read_is_not_used(void **state)
{
	struct house *h = *state;
	struct keyring *k;
	assert_int_equal(chmod(file_of(h, "web.key"), 0640), 0);
	assert_int_equal(keyring_open(&h->cfg, &k, &h->err), ERR_UNAVAILABLE);
}

static void a_damaged_missing_or_exchanged_key_stops_the_start(void **state)
{
	struct house *h = *state;
	struct keyring *k;
	char other[160];

	assert_int_equal(truncate(file_of(h, "lexeme.key"), 60), 0);
	assert_int_equal(keyring_open(&h->cfg, &k, &h->err), ERR_UNAVAILABLE);
	(void)snprintf(other, sizeof other, "%s", file_of(h, "web.key"));
	assert_int_equal(rename(other, file_of(h, "lexeme.key")), 0); /* another key's file */
	assert_int_equal(keyring_create(&h->cfg, &h->err), OK);
	assert_int_equal(keyring_open(&h->cfg, &k, &h->err), ERR_UNAVAILABLE);
	assert_int_equal(unlink(file_of(h, "lexeme.key")), 0);
	assert_int_equal(keyring_open(&h->cfg, &k, &h->err), ERR_UNAVAILABLE);
}

static void a_change_of_period_keeps_both_keys_until_the_old_one_is_destroyed(void **state)
{
	struct house *h = *state;
	const struct seal_key key = seal_key_new();
	uint8_t old[SEAL_WRAPPED_BYTES], new[SEAL_WRAPPED_BYTES];
	int64_t old_period, new_period, periods[KEYRING_PERIODS_MAX];
	struct seal_key got;

	keyring_wrap(h->ring, 7, 1, &key, &old_period, old);
	assert_int_equal(keyring_next_period(h->ring, &h->err), OK);
	assert_int_equal(keyring_next_period(h->ring, &h->err), OK); /* one change at a time */
	reopen(h); /* a crash in between changes nothing */
	assert_int_equal(keyring_periods(h->ring, periods), 2);
	keyring_wrap(h->ring, 7, 1, &key, &new_period, new);
	assert_int_equal(new_period, old_period + 1);
	assert_int_equal(keyring_unwrap(h->ring, old_period, 7, 1, old, &got, &h->err), OK);
	assert_memory_equal(&got, &key, sizeof key);

	assert_int_equal(keyring_destroy_period(h->ring, old_period, &h->err), OK);
	assert_int_equal(keyring_unwrap(h->ring, old_period, 7, 1, old, &got, &h->err),
	                 ERR_NOT_FOUND);
	assert_int_equal(keyring_unwrap(h->ring, new_period, 7, 1, new, &got, &h->err), OK);
	reopen(h);
	assert_int_equal(keyring_periods(h->ring, periods), 1);
	assert_int_equal(keyring_unwrap(h->ring, old_period, 7, 1, old, &got, &h->err),
	                 ERR_NOT_FOUND);
	assert_int_equal(keyring_unwrap(h->ring, new_period, 7, 1, new, &got, &h->err), OK);
	assert_false(key_file_exists(h->folder, "period-1"));
	assert_false(key_file_exists(file_of(h, "escrow-1"), "period-1"));
	assert_false(key_file_exists(file_of(h, "escrow-2"), "period-1"));
}

static void the_newest_period_key_is_never_destroyed(void **state)
{
	struct house *h = *state;
	assert_int_equal(keyring_destroy_period(h->ring, 1, &h->err), ERR_CONFLICT);
	assert_true(key_file_exists(h->folder, "period-1"));
}

static void without_room_for_an_escrow_copy_no_new_period_begins(void **state)
{
	struct house *h = *state;
	int64_t periods[KEYRING_PERIODS_MAX];
	char moved[160];

	(void)snprintf(moved, sizeof moved, "%s", file_of(h, "gone"));
	assert_int_equal(rename(file_of(h, "escrow-2"), moved), 0);
	assert_int_equal(close(open(file_of(h, "escrow-2"), O_CREAT | O_WRONLY, 0600)), 0);
	assert_int_equal(keyring_next_period(h->ring, &h->err), ERR_UNAVAILABLE);
	assert_int_equal(keyring_periods(h->ring, periods), 1);
}

static void a_lost_period_key_comes_back_from_escrow(void **state)
{
	struct house *h = *state;
	const struct seal_key key = seal_key_new();
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	struct seal_key got;
	int64_t period;
	struct keyring *k;
	char from[160];

	keyring_wrap(h->ring, 7, 1, &key, &period, wrapped);
	assert_int_equal(unlink(file_of(h, "period-1.key")), 0);
	assert_int_equal(keyring_open(&h->cfg, &k, &h->err), ERR_UNAVAILABLE);
	(void)snprintf(from, sizeof from, "%s", file_of(h, "escrow-2/period-1.key"));
	assert_int_equal(rename(from, file_of(h, "period-1.key")), 0);
	reopen(h);
	assert_int_equal(keyring_unwrap(h->ring, period, 7, 1, wrapped, &got, &h->err), OK);
	assert_memory_equal(&got, &key, sizeof key);
	assert_true(keyring_escrow_is_right(h->ring, 0));
	assert_false(keyring_escrow_is_right(h->ring, 1));
	assert_int_equal(keyring_write_escrow(h->ring, 1, &h->err), OK);
	assert_true(keyring_escrow_is_right(h->ring, 1));
}

/* ---- several processes on one folder ----------------------------------------------------------- */

static void a_change_of_period_by_one_process_is_seen_by_the_others(void **state)
{
	struct house *h = *state;
	struct keyring *other = NULL;
	const struct seal_key key = seal_key_new();
	struct seal_key got;
	uint8_t old[SEAL_WRAPPED_BYTES], new[SEAL_WRAPPED_BYTES];
	int64_t period, numbers[KEYRING_PERIODS_MAX];

	assert_int_equal(keyring_open(&h->cfg, &other, &h->err), OK);
	keyring_wrap(other, 7, 1, &key, &period, old);
	assert_int_equal(period, 1);
	assert_int_equal(keyring_next_period(h->ring, &h->err), OK);
	keyring_wrap(h->ring, 7, 1, &key, &period, new);
	assert_int_equal(period, 2);
	assert_int_equal(keyring_unwrap(other, 2, 7, 1, new, &got, &h->err), OK);
	assert_memory_equal(&got, &key, sizeof got);
	assert_int_equal(keyring_unwrap(other, 1, 7, 1, old, &got, &h->err), OK);
	assert_int_equal(keyring_destroy_period(h->ring, 1, &h->err), OK);
	keyring_wrap(other, 7, 1, &key, &period, old);
	assert_int_equal(period, 2);
	assert_int_equal(keyring_periods(other, numbers), 1);
	assert_int_equal(keyring_unwrap(other, 1, 7, 1, old, &got, &h->err), ERR_NOT_FOUND);
	keyring_close(other);
}

static void two_processes_that_change_the_period_at_once_make_one_new_key(void **state)
{
	struct house *h = *state;
	struct keyring *other = NULL;
	const struct seal_key key = seal_key_new();
	struct seal_key got;
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	int64_t period;

	assert_int_equal(keyring_open(&h->cfg, &other, &h->err), OK);
	assert_int_equal(keyring_next_period(h->ring, &h->err), OK);
	keyring_wrap(h->ring, 7, 1, &key, &period, wrapped);
	assert_int_equal(keyring_next_period(other, &h->err), OK);
	assert_int_equal(keyring_unwrap(h->ring, 2, 7, 1, wrapped, &got, &h->err), OK);
	assert_int_equal(keyring_unwrap(other, 2, 7, 1, wrapped, &got, &h->err), OK);
	assert_memory_equal(&got, &key, sizeof got);
	keyring_close(other);
}

static void a_file_that_somebody_takes_away_costs_a_running_process_nothing(void **state)
{
	struct house *h = *state;
	const struct seal_key key = seal_key_new();
	struct seal_key got;
	uint8_t wrapped[SEAL_WRAPPED_BYTES];
	int64_t period;

	assert_int_equal(keyring_next_period(h->ring, &h->err), OK);
	keyring_wrap(h->ring, 7, 1, &key, &period, wrapped);
	assert_int_equal(unlink(file_of(h, "period-2.key")), 0);
	assert_int_equal(keyring_unwrap(h->ring, 2, 7, 1, wrapped, &got, &h->err), OK);
	assert_int_equal(unlink(file_of(h, "period-1.key")), 0);
	assert_int_equal(keyring_unwrap(h->ring, 2, 7, 1, wrapped, &got, &h->err), OK);
}

int main(void)
{
#define RING(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		RING(every_key_file_is_for_its_owner_only),
		RING(keys_stay_the_same_when_opened_or_created_again),
		RING(a_key_that_others_may_read_is_not_used),
		RING(a_damaged_missing_or_exchanged_key_stops_the_start),
		RING(a_change_of_period_keeps_both_keys_until_the_old_one_is_destroyed),
		RING(the_newest_period_key_is_never_destroyed),
		RING(without_room_for_an_escrow_copy_no_new_period_begins),
		RING(a_lost_period_key_comes_back_from_escrow),
		RING(a_change_of_period_by_one_process_is_seen_by_the_others),
		RING(two_processes_that_change_the_period_at_once_make_one_new_key),
		RING(a_file_that_somebody_takes_away_costs_a_running_process_nothing),
	};
	return cmocka_run_group_tests_name("keyring", tests, NULL, NULL);
}
