/* keyring_parts.h - what keyring.c and period.c share: the opened keyring; inside crypto/ */
#ifndef PLATFORM_CRYPTO_KEYRING_PARTS_H
#define PLATFORM_CRYPTO_KEYRING_PARTS_H

#include <pthread.h>
#include <stdatomic.h>
#include <time.h>

#include "platform/crypto/key_file.h"
#include "platform/crypto/keyring.h"

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
	atomic_int_fast64_t next_id;
	struct secrets *secrets;
	size_t period_count;
	struct timespec folder_changed; /* when the folder had last changed as periods were read */
	struct sign_public public;
	char folder[KEY_FILE_PATH_BYTES];
	char escrow[KEYRING_ESCROWS][KEY_FILE_PATH_BYTES];
};

struct period_name {
	char text[32];
};
struct period_name period_name(int64_t number);

/* Numbers of the period-N.key files in the folder, ascending; at most KEYRING_PERIODS_MAX. */
MUST_CHECK enum status periods_find(const char *folder, int64_t ret[KEYRING_PERIODS_MAX],
                                    size_t *ret_count, struct error *reterr);

/* Their keys too, and when the folder had last changed before it was read. */
struct periods {
	struct period list[KEYRING_PERIODS_MAX];
	size_t count;
	struct timespec folder_changed;
};
MUST_CHECK enum status periods_read(const struct keyring *k, struct periods *ret,
                                    struct error *reterr);

/* The escrow copies first: a key that wraps anything always has its copies. */
MUST_CHECK enum status period_write(const struct keyring *k, int64_t number,
                                    const struct seal_key *key, struct error *reterr);

#endif
