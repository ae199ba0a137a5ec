#include "platform/crypto/keyring.h"

#include <assert.h>
#include <stdlib.h>

#include "platform/crypto/keyring_parts.h"

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

static enum status make_first_period(const struct keyring *k, struct error *reterr)
{
	int64_t numbers[KEYRING_PERIODS_MAX];
	size_t count;
	enum status st = periods_find(k->folder, numbers, &count, reterr);

	if (st != OK || count > 0)
		return st;
	struct seal_key key = seal_key_new();
	st = period_write(k, 1, &key, reterr);
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
	struct periods found;
	enum status st = periods_read(k, &found, reterr);

	if (st == OK && found.count == 0) {
		(void)FAIL(reterr, ERR_UNAVAILABLE,
		           "De periodesleutel ontbreekt. Zet een kopie uit bewaring terug.");
		st = error_cause(reterr, "keys folder %s: no period key", k->folder);
	}
	if (st == OK) {
		memcpy(k->secrets->periods, found.list, sizeof found.list);
		k->period_count = found.count;
		k->folder_changed = found.folder_changed;
	}
	secret_wipe(&found, sizeof found);
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
	atomic_init(&k->next_id, random_id());
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

int64_t keyring_next_id(struct keyring *k)
{
	const uint64_t n = (uint64_t)atomic_fetch_add(&k->next_id, 1) & INT64_MAX;
	return n != 0 ? (int64_t)n : keyring_next_id(k);
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
