/*
 * A file that should be an export of keys. Without the right MAC it is refused. With it, whatever
 * the body says: it is refused and nothing has changed, or it is taken and taking it once more
 * changes nothing.
 */
#include <assert.h>
#include <ftw.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "platform/crypto/key_export.h"
#include "platform/crypto/sealed_key.h"

enum { BODY_MAX_BYTES = 4096, KEYS = 3, MADE_MS = 1000, NOW_MS = 2000 };
static const char MAGIC[] = "plein-keys 1\n";
static const struct carried *const LISTS[] = { KEYS_CARRIED, NULL };

struct world {
	struct db *db;
	struct keyring *ring;
};

static void must(enum status st, const struct error *e)
{
	if (st == OK)
		return;
	(void)fprintf(stderr, "%s (%s)\n", e->message, e->cause);
	abort();
}

static char folder[] = "/tmp/plein-fuzz-XXXXXX";

static int remove_one(const char *path, const struct stat *about, int kind, struct FTW *at)
{
	(void)about;
	(void)kind;
	(void)at;
	return remove(path);
}

static void remove_folder(void)
{
	(void)nftw(folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
}

/* Made once; it goes with the process. */
static struct world *the_world(void)
{
	static struct world world;
	struct error e = { 0 };

	if (world.db != NULL)
		return &world;
	if (mkdtemp(folder) == NULL || atexit(remove_folder) != 0)
		abort();
	char keys[64];
	(void)snprintf(keys, sizeof keys, "%s/keys", folder);
	const struct keyring_config ring = { .folder = keys };
	const struct db_config cfg = { .engine = DB_SQLITE, .data_dir = folder };
	must(crypto_init(&e), &e);
	must(keyring_create(&ring, &e), &e);
	must(keyring_open(&ring, &world.ring, &e), &e);
	must(db_migrate(&cfg, NULL, &e), &e);
	must(db_open(&cfg, &world.db, &e), &e);
	must(keys_start(world.db, world.ring, MADE_MS, &e), &e);
	return &world;
}

/* ---- three keys, the same before every try ------------------------------------------------------ */

static const struct db_stmt EMPTY = { "fuzz_keys_empty", "", "DELETE FROM sealed_key" };

static enum status refill(struct db_tx *tx, void *args, struct error *reterr)
{
	struct keyring *ring = args;
	enum status st = db_exec(tx, &EMPTY, DB_NO_ARGS, NULL, reterr);

	for (int64_t id = 1; st == OK && id <= KEYS; id++) {
		struct fresh_key f = { .id = id, .kind = KEY_PRESENCE };
		memset(&f.key, (int)id, sizeof f.key);
		keyring_wrap(ring, id, (int)f.kind, &f.key, &f.period, f.wrapped);
		st = key_store(tx, &f, reterr);
	}
	return st;
}

static struct out export_of(struct world *w)
{
	struct error e = { 0 };
	struct out o;

	out_init(&o, 1 << 20);
	must(key_export(w->db, w->ring, LISTS, MADE_MS, &o, &e), &e);
	return o;
}

static enum status import(struct world *w, const void *bytes, size_t len)
{
	const struct key_export_file file = { bytes, len };
	struct key_import told;
	struct error e = { 0 };

	return key_import(w->db, w->ring, LISTS, &file, NOW_MS, &told, &e);
}

static bool alike(const struct out *a, const struct out *b)
{
	return a->len == b->len && memcmp(a->data, b->data, a->len) == 0;
}

/* ---- the file ------------------------------------------------------------------------------------ */

static void put_int(struct out *o, int64_t value)
{
	char bytes[8];

	for (size_t i = 0; i < sizeof bytes; i++)
		bytes[i] = (char)((uint64_t)value >> (8 * i));
	out_raw(o, bytes, sizeof bytes);
}

static struct out file_around(struct world *w, const uint8_t *body, size_t size)
{
	int64_t periods[KEYRING_PERIODS_MAX];
	const int64_t period = periods[keyring_periods(w->ring, periods) - 1];
	struct error e = { 0 };
	struct digest mac;
	struct out o;

	out_init(&o, BODY_MAX_BYTES + 256);
	out_raw(&o, MAGIC, sizeof MAGIC - 1);
	put_int(&o, period);
	put_int(&o, MADE_MS);
	out_raw(&o, (const char *)body, size);
	must(keyring_period_mac(w->ring, period, o.data, o.len, &mac, &e), &e);
	out_raw(&o, (const char *)mac.bytes, sizeof mac.bytes);
	return o;
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct world *w = the_world();
	struct db_job fill = { .run = refill, .args = w->ring };
	struct error e = { 0 };

	if (size > BODY_MAX_BYTES)
		return 0;
	must(keys_start(w->db, w->ring, MADE_MS, &e), &e); /* as every start does after an import */
	must(db_run(w->db, &fill, &e), &e);
	struct out before = export_of(w);
	assert(import(w, data, size) != OK); /* nobody guesses a MAC */
	struct out file = file_around(w, data, size);
	const enum status st = import(w, file.data, file.len);
	struct out after = export_of(w);
	if (st != OK) {
		assert(alike(&before, &after));
	} else {
		must(keys_start(w->db, w->ring, MADE_MS, &e), &e);
		assert(import(w, file.data, file.len) == OK);
		struct out again = export_of(w);
		assert(alike(&after, &again));
		out_free(&again);
	}
	out_free(&before);
	out_free(&file);
	out_free(&after);
	return 0;
}
