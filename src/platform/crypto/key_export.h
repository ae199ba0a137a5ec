/*
 * key_export.h - the living wrapped keys in one file, and what else must not come back with a
 * backup: restore = any data backup + the newest export
 *
 * Each week the keys are wrapped anew and the old period key dies, so a backup's own copy of
 * them is dead too. The export holds today's copies: whatever was destroyed since the backup is
 * not among them and stays destroyed. Rooms add what they ended themselves (sessions, tokens,
 * appointments): all of it is data, a row of statements per table.
 *
 * Format: "plein-keys 1\n", period, moment (int64, little endian), per table 'T', its name and
 * its rows ('R', then values in the order and types of `keep`), 'E', and a MAC under the key of
 * that period over all that comes before. Holds no key that opens without the period key.
 * Who can put an older export of the same week in its place undoes a destruction of that week.
 */
#ifndef PLATFORM_CRYPTO_KEY_EXPORT_H
#define PLATFORM_CRYPTO_KEY_EXPORT_H

#include "platform/core/out.h"
#include "platform/crypto/keyring.h"
#include "platform/db/db.h"

/*
 * One table. On import, in one transaction: every `before` in order (ends everything), every
 * exported row through `keep` (what lived then lives again), every `after` in reverse order.
 * before and after take nothing or the moment ("i"); each may be NULL, keep and read together.
 * A list of them ends in a row without name.
 */
struct carried {
	const char *name; /* in the file; never reused for other columns */
	const struct db_stmt *before, *read, *keep, *after;
};

enum { CARRIED_NAME_BYTES = 32, KEY_EXPORT_MAX_BYTES = 256 << 20 };

extern const struct carried KEYS_CARRIED[];
extern const struct db_stmt *const KEY_EXPORT_STATEMENTS[];

/*
 * Appends the export to o. lists end in NULL. ERR_CONFLICT: a rotation is under way, whose end
 * makes an export of its own; try again later.
 */
MUST_CHECK enum status key_export(struct db *db, struct keyring *k,
                                  const struct carried *const *lists, int64_t now_ms, struct out *o,
                                  struct error *reterr);

struct key_import {
	int64_t made_ms, period, rows;
};

/*
 * Is this an export that this ring can use? ERR_INVALID: damaged, or not an export. ERR_CONFLICT:
 * made under a period key that isn't in the ring: older than the ring (there is a newer export),
 * or newer (put the newest period key back first).
 */
MUST_CHECK enum status key_export_check(struct keyring *k, const void *bytes, size_t len,
                                        struct key_import *ret, struct error *reterr);

/* What was read from a file that should be an export. */
struct key_export_file {
	const void *bytes;
	size_t len;
};

/*
 * Into a database that was just restored, before keys_start and before anybody signs in. Fails as
 * key_export_check, and with ERR_INVALID for an export of a program that knows more; nothing is
 * changed then.
 */
MUST_CHECK enum status key_import(struct db *db, struct keyring *k,
                                  const struct carried *const *lists,
                                  const struct key_export_file *file, int64_t now_ms,
                                  struct key_import *ret, struct error *reterr);

#endif
