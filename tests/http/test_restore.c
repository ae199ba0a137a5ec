/* An old backup and the newest export of keys: what ended since stays ended. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "house_world.h"
#include "people/credential.h"
#include "platform/crypto/sealed_key.h"
#include "platform/db/backup.h"
#include "server/key_export_file.h"
#include "server/rooms.h"

static void must(enum status st, const struct error *e)
{
	if (st != OK)
		fail_msg("%s (%s; %s:%d)", e->message, e->cause, e->file, e->line);
}

static enum status keep_key(struct db_tx *tx, void *args, struct error *reterr)
{
	return key_store(tx, args, reterr);
}

static enum status forget_key(struct db_tx *tx, void *args, struct error *reterr)
{
	return key_destroy(tx, *(const int64_t *)args, reterr);
}

static enum status new_password(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct house_person *p = args;
	return credential_set_password(tx, p->person_id, "replaced", true, HOUSE_NOW, reterr);
}

static struct db *restored(struct house *h, const char *copy, const struct out *export)
{
	static struct db_config cfg;
	struct backup b;
	struct key_import done;
	struct error e = { 0 };
	struct db *db;

	cfg = h->store->cfg;
	cfg.data_dir = arena_printf(&h->arena, "%s/restored", h->keys);
	must(db_restore(&cfg, copy, &b, &e), &e);
	must(db_migrate(&cfg, NULL, &e), &e);
	must(db_open(&cfg, &db, &e), &e);
	must(key_import(db, h->plein.keyring, ALL_CARRIED,
	                &(struct key_export_file){ export->data, export->len }, HOUSE_NOW, &done,
	                &e),
	     &e);
	must(keys_start(db, h->plein.keyring, HOUSE_NOW, &e), &e);
	return db;
}

static int64_t number(struct db *db, const struct db_stmt *s)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct error e = { 0 };
	struct db_read *r;

	must(db_read_begin(db, &r, &e), &e);
	must(db_query(r, s, DB_NO_ARGS, &rows, &e), &e);
	must(db_one(&rows, &e), &e);
	const int64_t ret = db_int(&rows, 0);
	db_rows_close(&rows);
	db_read_end(r);
	return ret;
}

static void nothing_that_ended_comes_back(struct house *h, struct db *db,
                                          const struct fresh_key keys[2])
{
	static const struct db_stmt SESSIONS = {
		"t_sessions", "", "SELECT count(*) FROM session WHERE ended_at = 0"
	};
	static const struct db_stmt OLD_PASSWORDS = {
		"t_passwords", "",
		"SELECT count(*) FROM credential WHERE password_hash <> 'replaced'"
	};
	struct error e = { 0 };
	struct seal_key got;
	struct db_read *r;

	assert_int_equal(number(db, &SESSIONS), 0);
	assert_int_equal(number(db, &OLD_PASSWORDS), 1);
	must(db_read_begin(db, &r, &e), &e);
	must(key_load(r, h->plein.keyring, keys[0].id, KEY_PRESENCE, &got, &e), &e);
	assert_memory_equal(&got, &keys[0].key, sizeof got);
	assert_int_equal(key_load(r, h->plein.keyring, keys[1].id, KEY_PRESENCE, &got, &e),
	                 ERR_NOT_FOUND);
	db_read_end(r);
}

static void a_restored_backup_with_the_newest_keys_repeats_what_ended_since(void **state)
{
	struct house *h = *state;
	struct house_person *clerk = house_hire(h, "klerk@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *head = house_hire(h, "hoofd@riec.example", ROLE_RIEC_HEAD, 0);
	struct fresh_key keys[2];
	struct keys_rotation done;
	struct error e = { 0 };
	struct backup b;
	struct out export;
	struct visitor *v = visitor_new(h);

	(void)head;
	must(keys_start(h->plein.db, h->plein.keyring, HOUSE_NOW, &e), &e);
	for (int i = 0; i < 2; i++) {
		key_fresh(h->plein.keyring, KEY_PRESENCE, &keys[i]);
		store_world_run(h->store, keep_key, &keys[i]);
	}
	visitor_sign_in(v, clerk);
	const char *copy = arena_printf(&h->arena, "%s/copy", h->keys);
	must(db_backup(&h->store->cfg, copy, &b, &e), &e);

	store_world_run(h->store, forget_key, &keys[1].id);
	store_world_run(h->store, new_password, clerk);
	h->plein.key_export = arena_printf(&h->arena, "%s/keys.export", h->keys);
	must(plein_rotate(&h->plein, HOUSE_NOW, &done, &e), &e);

	out_init(&export, KEY_EXPORT_MAX_BYTES);
	must(key_export_read(h->plein.key_export, &export, &e), &e);
	struct db *db = restored(h, copy, &export);
	nothing_that_ended_comes_back(h, db, keys);
	db_close(db);
	out_free(&export);
	visitor_free(v);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    a_restored_backup_with_the_newest_keys_repeats_what_ended_since, house_set_up,
		    house_tear_down),
	};
	return cmocka_run_group_tests_name("restore", tests, NULL, NULL);
}
