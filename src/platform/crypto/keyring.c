#include "platform/crypto/keyring.h"

#include <assert.h>
#include <dirent.h>
#include <errno.h>
#include <pthread.h>
#include <stdlib.h>

#include "platform/crypto/key_file.h"

_Static_assert(KEY_FILE_KEY_BYTES == sizeof(struct mac_key), "a MAC key fits a key file");
_Static_assert(KEY_FILE_KEY_BYTES == sizeof(struct seal_key), "a seal key fits a key file");
_Static_assert(KEY_FILE_KEY_BYTES == sizeof(uint8_t[SIGN_SEED_BYTES]),
               "a signing seed fits a key file");

static const char *const MAC_NAMES[] = {
	[RING_LEXEME] = "lexeme",
	[RING_IDENTIFIER] = "identifier",
	[RING_REFERENCE] = "reference",
	[RING_TOKEN] = "token",
	[RING_WEB] = "web",
	[RING_PSEUDONYM] = "pseudonym",
};
_Static_assert(sizeof MAC_NAMES / sizeof MAC_NAMES[0] == RING_KEY_COUNT, "every key has a name");

static const char SIGNING[] = "signing", ACCOUNT[] = "account";

struct period {
	int64_t number; /* from 1 */
	struct seal_key key;
};

/* What lies in locked memory. */
struct secrets {
	struct mac_key mac[RING_KEY_COUNT];
	struct sign_secret signer;
	struct seal_key account;
	struct period periods[KEYRING_PERIODS_MAX]; /* oldest first */
};

struct keyring {
	pthread_rwlock_t lock; /* over periods */
	struct secrets *secrets;
	size_t period_count;
	struct sign_public public;
	char folder[KEY_FILE_PATH_BYTES];
	char escrow[KEYRING_ESCROWS][KEY_FILE_PATH_BYTES];
};

struct period_name {
	char text[32];
};

static struct period_name period_name(int64_t number)
{
	struct period_name ret;

	(void)snprintf(ret.text, sizeof ret.text, "period-%lld", (long long)number);
	return ret;
}

static enum status folders(const struct keyring_config *cfg, struct keyring *k,
                           struct error *reterr)
{
	bool fits =
	    snprintf(k->folder, sizeof k->folder, "%s", cfg->folder) < KEY_FILE_PATH_BYTES / 2;

	for (int i = 0; i < KEYRING_ESCROWS; i++) {
		const bool given = cfg->escrow[i] != NULL;
		const int len =
		    given ? snprintf(k->escrow[i], KEY_FILE_PATH_BYTES, "%s", cfg->escrow[i])
			  : snprintf(k->escrow[i], KEY_FILE_PATH_BYTES, "%s/escrow-%d", cfg->folder,
		                     i + 1);
		fits = fits && len < KEY_FILE_PATH_BYTES / 2;
	}
	if (!fits)
		return FAIL(reterr, ERR_INVALID, "Kies een kortere naam voor de map met sleutels.");
	return OK;
}

/* ---- making ---------------------------------------------------------------------------------- */

static enum status make_missing(const char *folder, const char *name, struct error *reterr)
{
	uint8_t key[KEY_FILE_KEY_BYTES];

	if (key_file_exists(folder, name))
		return OK;
	random_bytes(key, sizeof key);
	const enum status st = key_file_write(folder, name, key, reterr);
	secret_wipe(key, sizeof key);
	return st;
}

/* The N of period-N.key; 0 for another name, or one that no keyring writes. */
static int64_t period_number(const char *name)
{
	char *end;

	if (strncmp(name, "period-", 7) != 0 || name[7] < '1' || name[7] > '9')
		return 0;
	errno = 0;
	const long long number = strtoll(name + 7, &end, 10);
	return errno == 0 && strcmp(end, ".key") == 0 ? number : 0;
}

/* Numbers of the period-N.key files in the folder, ascending; at most KEYRING_PERIODS_MAX. */
static enum status find_periods(const char *folder, int64_t ret[KEYRING_PERIODS_MAX],
                                size_t *ret_count, struct error *reterr)
{
	DIR *dir = opendir(folder);
	const struct dirent *entry;
	size_t count = 0;
	bool crowded = false;

	if (dir == NULL) {
		(void)FAIL(reterr, ERR_UNAVAILABLE,
		           "De map met sleutels is er niet. Vraag de beheerder.");
		return error_cause(reterr, "keys folder %s: errno %d", folder, errno);
	}
	while ((entry = readdir(dir)) != NULL) {
		const int64_t number = period_number(entry->d_name);
		if (number < 1)
			continue;
		crowded = count == KEYRING_PERIODS_MAX;
		if (crowded)
			break;
		ret[count++] = number;
	}
	(void)closedir(dir);
	if (crowded) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "keys folder %s: more than %d period keys", folder,
		                   KEYRING_PERIODS_MAX);
	}
	if (count == 2 && ret[0] > ret[1]) {
		const int64_t swap = ret[0];
		ret[0] = ret[1];
		ret[1] = swap;
	}
	*ret_count = count;
	return OK;
}

/* The escrow copies first: a key that wraps anything always has its copies. */
static enum status write_period(const struct keyring *k, int64_t number, const struct seal_key *key,
                                struct error *reterr)
{
	const struct period_name name = period_name(number);
	enum status st = OK;

	for (int i = 0; st == OK && i < KEYRING_ESCROWS; i++) {
		st = key_folder_make(k->escrow[i], reterr);
		if (st == OK)
			st = key_file_write(k->escrow[i], name.text, key->bytes, reterr);
	}
	return st == OK ? key_file_write(k->folder, name.text, key->bytes, reterr) : st;
}

static enum status make_first_period(const struct keyring *k, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX];
	size_t count;
	enum status st = find_periods(k->folder, numbers, &count, reterr);

	if (st != OK || count > 0)
		return st;
	struct seal_key key = seal_key_new();
	st = write_period(k, 1, &key, reterr);
	seal_key_wipe(&key);
	return st;
}

enum status keyring_create(const struct keyring_config *cfg, struct error *reterr)
{
	struct keyring *k = calloc(1, sizeof *k);

	if (k == NULL)
		return FAIL_INTERNAL(reterr);
	enum status st = folders(cfg, k, reterr);
	if (st == OK)
		st = key_folder_make(k->folder, reterr);
	for (int i = 0; st == OK && i < RING_KEY_COUNT; i++)
		st = make_missing(k->folder, MAC_NAMES[i], reterr);
	if (st == OK)
		st = make_missing(k->folder, SIGNING, reterr);
	if (st == OK)
		st = make_missing(k->folder, ACCOUNT, reterr);
	if (st == OK)
		st = make_first_period(k, reterr);
	free(k);
	return st;
}

/* ---- opening --------------------------------------------------------------------------------- */

static enum status read_signer(struct keyring *k, struct error *reterr)
{
	uint8_t seed[SIGN_SEED_BYTES];
	const enum status st = key_file_read(k->folder, SIGNING, seed, reterr);

	if (st == OK)
		sign_keys(seed, &k->secrets->signer, &k->public);
	secret_wipe(seed, sizeof seed);
	return st;
}

static enum status read_periods(struct keyring *k, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX];
	enum status st = find_periods(k->folder, numbers, &k->period_count, reterr);

	if (st == OK && k->period_count == 0) {
		(void)FAIL(reterr, ERR_UNAVAILABLE,
		           "De periodesleutel ontbreekt. Zet een kopie uit bewaring terug.");
		return error_cause(reterr, "keys folder %s: no period key", k->folder);
	}
	for (size_t i = 0; st == OK && i < k->period_count; i++) {
		struct period *p = &k->secrets->periods[i];
		p->number = numbers[i];
		st = key_file_read(k->folder, period_name(p->number).text, p->key.bytes, reterr);
	}
	return st;
}

static enum status read_all(struct keyring *k, struct error *reterr)
{
	enum status st = OK;

	for (int i = 0; st == OK && i < RING_KEY_COUNT; i++)
		st = key_file_read(k->folder, MAC_NAMES[i], k->secrets->mac[i].bytes, reterr);
	if (st == OK)
		st = read_signer(k, reterr);
	if (st == OK)
		st = key_file_read(k->folder, ACCOUNT, k->secrets->account.bytes, reterr);
	if (st == OK)
		st = read_periods(k, reterr);
	if (st == ERR_NOT_FOUND) /* an absent key is no absent page */
		reterr->status = st = ERR_UNAVAILABLE;
	return st;
}

enum status keyring_open(const struct keyring_config *cfg, struct keyring **ret,
                         struct error *reterr)
{
	struct keyring *k = calloc(1, sizeof *k);

	if (k == NULL)
		return FAIL_INTERNAL(reterr);
	pthread_rwlock_init(&k->lock, NULL);
	k->secrets = secret_alloc(sizeof *k->secrets);
	enum status st = OK;
	if (k->secrets == NULL) {
		(void)FAIL_INTERNAL(reterr);
		st = error_cause(reterr, "keyring: no lockable memory (ulimit -l)");
	}
	if (st == OK)
		st = folders(cfg, k, reterr);
	if (st == OK)
		st = read_all(k, reterr);
	if (st != OK) {
		keyring_close(k);
		return st;
	}
	*ret = k;
	return OK;
}

void keyring_close(struct keyring *k)
{
	if (k == NULL)
		return;
	secret_free(k->secrets);
	pthread_rwlock_destroy(&k->lock);
	free(k);
}

const struct mac_key *keyring_mac(const struct keyring *k, enum ring_key which)
{
	assert(which >= 0 && which < RING_KEY_COUNT);
	return &k->secrets->mac[which];
}

const struct sign_secret *keyring_signer(const struct keyring *k)
{
	return &k->secrets->signer;
}

const struct sign_public *keyring_public(const struct keyring *k)
{
	return &k->public;
}

const struct seal_key *keyring_account_key(const struct keyring *k)
{
	return &k->secrets->account;
}

const char *keyring_escrow_folder(const struct keyring *k, int which)
{
	assert(which >= 0 && which < KEYRING_ESCROWS);
	return k->escrow[which];
}

/* ---- wrapping -------------------------------------------------------------------------------- */

size_t keyring_periods(struct keyring *k, int64_t ret[KEYRING_PERIODS_MAX])
{
	pthread_rwlock_rdlock(&k->lock);
	const size_t count = k->period_count;
	for (size_t i = 0; i < count; i++)
		ret[i] = k->secrets->periods[i].number;
	pthread_rwlock_unlock(&k->lock);
	return count;
}

void keyring_wrap(struct keyring *k, int64_t id, int kind, const struct seal_key *key,
                  int64_t *ret_period, uint8_t ret[SEAL_WRAPPED_BYTES])
{
	pthread_rwlock_rdlock(&k->lock);
	const struct period *newest = &k->secrets->periods[k->period_count - 1];
	seal_wrap(&newest->key, id, kind, key, ret);
	*ret_period = newest->number;
	pthread_rwlock_unlock(&k->lock);
}

/* Called with the lock held. */
static const struct period *period_find(const struct keyring *k, int64_t number)
{
	for (size_t i = 0; i < k->period_count; i++)
		if (k->secrets->periods[i].number == number)
			return &k->secrets->periods[i];
	return NULL;
}

static enum status no_period(struct error *reterr, int64_t period)
{
	(void)FAIL(reterr, ERR_NOT_FOUND, "Deze gegevens zijn vernietigd.");
	return error_cause(reterr, "period key %lld is not here", (long long)period);
}

enum status keyring_unwrap(struct keyring *k, int64_t period, int64_t id, int kind,
                           const uint8_t wrapped[SEAL_WRAPPED_BYTES], struct seal_key *ret,
                           struct error *reterr)
{
	pthread_rwlock_rdlock(&k->lock);
	const struct period *p = period_find(k, period);
	const bool there = p != NULL;
	const bool opened = there && seal_unwrap(&p->key, id, kind, wrapped, ret);
	pthread_rwlock_unlock(&k->lock);

	if (!there)
		return no_period(reterr, period);
	if (!opened) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "key %lld does not open under period %lld",
		                   (long long)id, (long long)period);
	}
	return OK;
}

enum status keyring_period_mac(struct keyring *k, int64_t period, const void *bytes, size_t len,
                               struct digest *ret, struct error *reterr)
{
	AUTO(mac_key_wipe) struct mac_key key = { { 0 } };

	pthread_rwlock_rdlock(&k->lock);
	const struct period *p = period_find(k, period);
	const bool there = p != NULL;
	if (there)
		memcpy(key.bytes, p->key.bytes, sizeof key.bytes);
	pthread_rwlock_unlock(&k->lock);

	if (!there)
		return no_period(reterr, period);
	*ret = digest_keyed(&key, "key-export", &SPAN(bytes, len), 1);
	return OK;
}

/* ---- changing the period -----------------------------------------------------------------------
 */

enum status keyring_next_period(struct keyring *k, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX];

	if (keyring_periods(k, numbers) > 1)
		return OK;
	const int64_t number = numbers[0] + 1;
	struct seal_key key = seal_key_new();
	const enum status st = write_period(k, number, &key, reterr);
	if (st == OK) {
		pthread_rwlock_wrlock(&k->lock);
		k->secrets->periods[k->period_count++] =
		    (struct period){ .number = number, .key = key };
		pthread_rwlock_unlock(&k->lock);
	}
	seal_key_wipe(&key);
	return st;
}

/* Forgets an old period in memory. False: it's the newest. */
static bool drop_period(struct keyring *k, int64_t number)
{
	struct period *p = k->secrets->periods;
	bool dropped = false, newest;

	pthread_rwlock_wrlock(&k->lock);
	newest = p[k->period_count - 1].number == number;
	dropped = k->period_count == 2 && p[0].number == number;
	if (dropped) {
		p[0] = p[1];
		secret_wipe(&p[1], sizeof p[1]);
		k->period_count = 1;
	}
	pthread_rwlock_unlock(&k->lock);
	return !newest;
}

enum status keyring_destroy_period(struct keyring *k, int64_t period, struct error *reterr)
{
	const struct period_name name = period_name(period);

	if (!drop_period(k, period)) {
		(void)FAIL_INTERNAL(reterr);
		reterr->status = ERR_CONFLICT;
		return error_cause(reterr, "period %lld is the newest", (long long)period);
	}
	enum status st = key_file_destroy(k->folder, name.text, reterr);
	for (int i = 0; st == OK && i < KEYRING_ESCROWS; i++)
		st = key_file_destroy(k->escrow[i], name.text, reterr);
	return st;
}

/* ---- escrow ---------------------------------------------------------------------------------- */

static struct period copy_of_period(struct keyring *k, size_t index)
{
	pthread_rwlock_rdlock(&k->lock);
	const struct period ret = k->secrets->periods[index];
	pthread_rwlock_unlock(&k->lock);
	return ret;
}

static bool copy_is_right(const char *folder, const struct period *p)
{
	uint8_t key[KEY_FILE_KEY_BYTES];
	struct error unused;
	const bool right = key_file_read(folder, period_name(p->number).text, key, &unused) == OK &&
	                   secret_equal(key, p->key.bytes, sizeof key);

	secret_wipe(key, sizeof key);
	return right;
}

bool keyring_escrow_is_right(struct keyring *k, int which)
{
	int64_t numbers[KEYRING_PERIODS_MAX];
	const size_t count = keyring_periods(k, numbers);
	bool right = true;

	for (size_t i = 0; i < count; i++) {
		struct period p = copy_of_period(k, i);
		right = right && copy_is_right(keyring_escrow_folder(k, which), &p);
		secret_wipe(&p, sizeof p);
	}
	return right;
}

enum status keyring_write_escrow(struct keyring *k, int which, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX];
	const size_t count = keyring_periods(k, numbers);
	const char *folder = keyring_escrow_folder(k, which);
	enum status st = key_folder_make(folder, reterr);

	for (size_t i = 0; st == OK && i < count; i++) {
		struct period p = copy_of_period(k, i);
		if (!copy_is_right(folder, &p))
			st =
			    key_file_write(folder, period_name(p.number).text, p.key.bytes, reterr);
		secret_wipe(&p, sizeof p);
	}
	return st;
}
