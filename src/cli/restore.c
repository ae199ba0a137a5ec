/* restore.c - the keys' side of a backup: plein keys export and import, and what backup adds */
#include "cli/restore.h"

#include <libgen.h>
#include <stdio.h>

#include "audit/action.h"
#include "audit/record.h"
#include "platform/crypto/key_export.h"
#include "platform/db/migrate.h"
#include "server/key_export_file.h"
#include "server/open.h"
#include "server/rooms.h"

const char *key_export_beside(struct arena *a, const char *backup)
{
	return arena_printf(a, "%s/keys.export", dirname(arena_strdup(a, backup)));
}

static enum status tell(struct db *db, int64_t now_ms, enum status outcome, struct error *reterr)
{
	struct audit_event event = { .at_ms = now_ms,
		                     .action = AUDIT_ADMIN,
		                     .result = (uint8_t)outcome,
		                     .object_type = OBJECT_KEYS };

	return audit_tell(db, &event, reterr);
}

static enum status import_into(struct db *db, struct keyring *k, const struct out *bytes,
                               struct out *o, struct error *reterr)
{
	struct key_import done = { 0 };
	const struct clock clock = clock_system();
	const int64_t now_ms = clock_now_ms(&clock);
	enum status st =
	    key_import(db, k, ALL_CARRIED, &(struct key_export_file){ bytes->data, bytes->len },
	               now_ms, &done, reterr);

	if (st == OK)
		st = tell(db, now_ms, st, reterr);
	if (st == OK)
		out_fmt(
		    o,
		    "De levende sleutels staan erin (periode %lld). Wat sindsdien is vernietigd of "
		    "beëindigd, blijft dat. Iedereen logt opnieuw in.\n",
		    (long long)done.period);
	return st;
}

static struct keyring_config keys_of(const struct settings *s, struct arena *a)
{
	return (struct keyring_config){
		.folder = arena_printf(a, "%s/keys", setting_text(s, SET_DATA)),
	};
}

static enum status open_and_import(const struct settings *s, struct arena *a,
                                   const struct out *bytes, struct out *o, struct error *reterr)
{
	const struct db_config cfg = plein_database(s);
	const struct keyring_config keys = keys_of(s, a);
	struct keyring *k = NULL;
	struct db *db = NULL;
	enum status st = crypto_init(reterr);

	if (st == OK)
		st = keyring_open(&keys, &k, reterr);
	if (st == OK)
		st = db_migrate(&cfg, setting_or_null(s, SET_DATABASE_OWNER), reterr);
	if (st == OK)
		st = db_open(&cfg, &db, reterr);
	if (st == OK)
		st = import_into(db, k, bytes, o, reterr);
	db_close(db);
	keyring_close(k);
	return st;
}

enum status cli_keys_check(const struct settings *s, struct arena *a, const char *file,
                           struct error *reterr)
{
	const struct keyring_config keys = keys_of(s, a);
	struct keyring *k = NULL;
	struct key_import about;
	struct out bytes;

	out_init(&bytes, KEY_EXPORT_MAX_BYTES);
	enum status st = crypto_init(reterr);
	if (st == OK)
		st = keyring_open(&keys, &k, reterr);
	if (st == OK)
		st = key_export_read(file, &bytes, reterr);
	if (st == OK)
		st = key_export_check(k, bytes.data, bytes.len, &about, reterr);
	out_free(&bytes);
	keyring_close(k);
	return st;
}

enum status cli_keys_import(const struct settings *s, struct arena *a, const char *file,
                            struct out *o, struct error *reterr)
{
	struct out bytes;

	out_init(&bytes, KEY_EXPORT_MAX_BYTES);
	enum status st = key_export_read(file, &bytes, reterr);
	if (st == OK)
		st = open_and_import(s, a, &bytes, o, reterr);
	out_free(&bytes);
	return st;
}

enum status cli_keys_export(int argc, char **argv, struct arena *a, const char *file, struct out *o,
                            struct error *reterr)
{
	struct out bytes;

	out_init(&bytes, KEY_EXPORT_MAX_BYTES);
	enum status st = cli_ask(argc, argv, &KEYS_TASK, a, &bytes, reterr);
	if (st == OK)
		st = key_export_write(file, &bytes, reterr);
	out_free(&bytes);
	if (st == OK)
		out_fmt(o, "De levende sleutels staan in %s. Bewaar alleen dit nieuwste bestand.\n",
		        file);
	return st;
}
