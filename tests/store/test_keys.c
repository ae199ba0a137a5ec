/* Keys that can be forgotten, and the week's key that makes forgetting reach every old copy. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include <ftw.h>
#include <unistd.h>

#include "cli/keys.h"
#include "platform/crypto/sealed_key.h"
#include "store_world.h"

struct house {
	struct store_world *w;
	struct keyring_config cfg;
	struct keyring *ring;
	char folder[64];
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
	(void)snprintf(h->folder, sizeof h->folder, "/tmp/plein-ring-XXXXXX");
	if (mkdtemp(h->folder) == NULL)
		return -1;
	h->cfg.folder = h->folder;
	h->w = store_world_new(&(struct store_wish){ 0 });
	*state = h;
	return keyring_create(&h->cfg, &h->err) == OK &&
	               keyring_open(&h->cfg, &h->ring, &h->err) == OK &&
	               keys_start(h->w->db, h->ring, 1000, &h->err) == OK
	           ? 0
	           : -1;
}

static int tear_down(void **state)
{
	struct house *h = *state;
	keyring_close(h->ring);
	store_world_free(h->w);
	(void)nftw(h->folder, remove_one, 8, FTW_DEPTH | FTW_PHYS);
	free(h);
	return 0;
}

static enum status store(struct db_tx *tx, void *args, struct error *reterr)
{
	return key_store(tx, args, reterr);
}

static enum status forget(struct db_tx *tx, void *args, struct error *reterr)
{
	return key_destroy(tx, *(const int64_t *)args, reterr);
}

static struct fresh_key keep(struct house *h)
{
	struct fresh_key f;
	key_fresh(h->ring, KEY_PRESENCE, &f);
	store_world_run(h->w, store, &f);
	return f;
}

static enum status load(struct house *h, int64_t id, struct seal_key *ret)
{
	struct db_read *r;
	assert_int_equal(db_read_begin(h->w->db, &r, &h->err), OK);
	const enum status st = key_load(r, h->ring, id, KEY_PRESENCE, ret, &h->err);
	db_read_end(r);
	return st;
}

static void opens_as(struct house *h, const struct fresh_key *f)
{
	struct seal_key got;
	assert_int_equal(load(h, f->id, &got), OK);
	assert_memory_equal(&got, &f->key, sizeof got);
}

static void crash(struct house *h)
{
	keyring_close(h->ring);
	store_world_shut(h->w);
	store_world_open(h->w);
	assert_int_equal(keyring_open(&h->cfg, &h->ring, &h->err), OK);
	assert_int_equal(keys_start(h->w->db, h->ring, 2000, &h->err), OK);
}

static void a_stored_key_opens_again_and_a_forgotten_one_never(void **state)
{
	struct house *h = *state;
	const struct fresh_key a = keep(h), b = keep(h);
	struct seal_key got;
	int64_t id = a.id;

	opens_as(h, &a);
	store_world_run(h->w, forget, &id);
	assert_int_equal(load(h, a.id, &got), ERR_NOT_FOUND);
	opens_as(h, &b);
	struct db_job again = { .run = forget, .args = &id };
	assert_int_equal(db_run(h->w->db, &again, &h->err), ERR_NOT_FOUND);
}

static void rotation_keeps_every_living_key_and_kills_every_older_copy(void **state)
{
	enum { KEYS = 450 };
	struct house *h = *state;
	static struct fresh_key keys[KEYS];
	struct keys_rotation done;
	struct seal_key got;

	for (int i = 0; i < KEYS; i++)
		keys[i] = keep(h);
	assert_int_equal(keys_rotate(h->w->db, h->ring, 5000, &done, &h->err), OK);
	assert_int_equal(done.rewrapped, KEYS);
	assert_int_equal(done.damaged, 0);
	assert_int_equal(done.to, done.from + 1);
	for (int i = 0; i < KEYS; i++)
		opens_as(h, &keys[i]);
	/* What an old backup holds opens no more. */
	assert_int_equal(keyring_unwrap(h->ring, keys[0].period, keys[0].id, KEY_PRESENCE,
	                                keys[0].wrapped, &got, &h->err),
	                 ERR_NOT_FOUND);
	assert_int_equal(store_world_number(h->w, "SELECT count(*) FROM key_period"), 1);
	crash(h);
	opens_as(h, &keys[KEYS - 1]);
}

static void a_key_prepared_before_a_rotation_and_stored_after_is_refused_not_lost(void **state)
{
	struct house *h = *state;
	struct keys_rotation done;
	struct fresh_key late;
	struct db_job job = { .run = store, .args = &late };

	key_fresh(h->ring, KEY_PRESENCE, &late);
	assert_int_equal(keys_rotate(h->w->db, h->ring, 5000, &done, &h->err), OK);
	assert_int_equal(db_run(h->w->db, &job, &h->err), ERR_CONFLICT);
}

static void whichever_call_of_a_rotation_fails_it_goes_on_and_no_key_is_lost(void **state)
{
	struct house *h = *state;
	const struct fresh_key a = keep(h), b = keep(h);
	struct keys_rotation done;
	enum status st = ERR_INTERNAL;

	for (int64_t n = 1; st != OK && n < 100; n++) {
		db_fail_after(h->w->db, n);
		st = keys_rotate(h->w->db, h->ring, 5000, &done, &h->err);
		db_fail_after(h->w->db, 0);
		opens_as(h, &a);
		crash(h);
		opens_as(h, &a);
		opens_as(h, &b);
	}
	assert_int_equal(st, OK);
	assert_int_equal(keys_rotate(h->w->db, h->ring, 6000, &done, &h->err), OK);
	opens_as(h, &a);
	assert_int_equal(store_world_number(h->w, "SELECT count(*) FROM key_period"), 1);
}

static enum status damage(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt S = { "damage", "ii",
		                          "UPDATE sealed_key SET kind = $2 WHERE id = $1" };
	return db_exec(tx, &S, DB_ARGS(DB_INT(*(const int64_t *)args), DB_INT(KEY_ANSWER)), NULL,
	               reterr);
}

/* Another process on the same folder and, on PostgreSQL, the same database. */
static void a_rotation_by_another_process_bars_nobody_from_reading_or_writing(void **state)
{
	struct house *h = *state;
	const struct fresh_key before = keep(h);
	struct keyring *other = NULL;
	struct keys_rotation done;

	opens_as(h, &before);
	assert_int_equal(keyring_open(&h->cfg, &other, &h->err), OK);
	assert_int_equal(keys_rotate(h->w->db, other, 3000, &done, &h->err), OK);
	keyring_close(other);
	opens_as(h, &before); /* wrapped anew by a key that this process hadn't seen */
	const struct fresh_key after = keep(h);
	assert_int_equal(after.period, done.to);
	opens_as(h, &after);
}

static void a_damaged_key_is_counted_and_holds_no_rotation_back(void **state)
{
	struct house *h = *state;
	struct fresh_key a = keep(h), b = keep(h);
	struct keys_rotation done;

	store_world_run(h->w, damage, &a.id);
	assert_int_equal(keys_rotate(h->w->db, h->ring, 5000, &done, &h->err), OK);
	assert_int_equal(done.damaged, 1);
	opens_as(h, &b);
}

static void without_the_period_key_that_keys_need_nothing_starts(void **state)
{
	struct house *h = *state;
	char path[120];
	static const char *const FOLDERS[] = { "", "/escrow-1", "/escrow-2" };

	(void)keep(h);
	for (int i = 0; i < 3; i++) {
		(void)snprintf(path, sizeof path, "%s%s/period-1.key", h->folder, FOLDERS[i]);
		assert_int_equal(unlink(path), 0);
	}
	keyring_close(h->ring);
	h->ring = NULL;
	/* Making keys anew gives another period 1: the rows don't open, and say so. */
	assert_int_equal(keyring_create(&h->cfg, &h->err), OK);
	assert_int_equal(keyring_open(&h->cfg, &h->ring, &h->err), OK);
	assert_int_equal(keyring_next_period(h->ring, &h->err), OK);
	assert_int_equal(keyring_destroy_period(h->ring, 1, &h->err), OK);
	assert_int_equal(keys_start(h->w->db, h->ring, 1, &h->err), ERR_UNAVAILABLE);
}

static void figures_count_the_living(void **state)
{
	struct house *h = *state;
	struct keys_figures f;
	struct db_read *r;

	(void)keep(h);
	(void)keep(h);
	assert_int_equal(db_read_begin(h->w->db, &r, &h->err), OK);
	assert_int_equal(keys_figures(r, &f, &h->err), OK);
	db_read_end(r);
	assert_int_equal(f.keys, 2);
	assert_int_equal(f.periods, 1);
	assert_int_equal(f.newest_began_ms, 1000);
}

static const struct carried *const CARRIED[] = { KEYS_CARRIED, NULL };

static enum status nothing_more(void *context, struct error *reterr)
{
	(void)context;
	(void)reterr;
	return OK;
}

/* ---- the export ------------------------------------------------------------------------------ */

static void export_now(struct house *h, struct out *ret)
{
	out_init(ret, 1 << 20);
	assert_int_equal(key_export(h->w->db, h->ring, CARRIED, 7000, ret, &h->err), OK);
}

static enum status import_bytes(struct house *h, const void *bytes, size_t len)
{
	struct key_import done;
	return key_import(h->w->db, h->ring, CARRIED, &(struct key_export_file){ bytes, len }, 8000,
	                  &done, &h->err);
}

static enum status drop_all(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt KEYS = { "test_drop_keys", "", "DELETE FROM sealed_key" };
	static const struct db_stmt PERIODS = { "test_drop_periods", "", "DELETE FROM key_period" };
	static const struct db_stmt FIRST = {
		"test_first_period", "", "INSERT INTO key_period (id, began_at) VALUES (1, 1000)"
	};
	(void)args;
	enum status st = db_exec(tx, &KEYS, DB_NO_ARGS, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &PERIODS, DB_NO_ARGS, NULL, reterr);
	return st == OK ? db_exec(tx, &FIRST, DB_NO_ARGS, NULL, reterr) : st;
}

/* What a restored backup of the first period holds: these rows, as they were wrapped then. */
static void put_back(struct house *h, const struct fresh_key *keys, int count)
{
	store_world_run(h->w, drop_all, NULL);
	for (int i = 0; i < count; i++) {
		struct fresh_key copy = keys[i];
		store_world_run(h->w, store, &copy);
	}
}

static void an_old_backup_with_the_newest_export_opens_what_lives_and_nothing_else(void **state)
{
	struct house *h = *state;
	struct fresh_key keys[3] = { keep(h), keep(h), keep(h) };
	struct keys_rotation done;
	struct seal_key got;
	struct out o;

	store_world_run(h->w, forget, &keys[1].id);
	assert_int_equal(keys_rotate(h->w->db, h->ring, 5000, &done, &h->err), OK);
	store_world_run(h->w, forget, &keys[2].id); /* after the rotation: its period key lives */
	const struct fresh_key later = keep(h);     /* after the backup */
	export_now(h, &o);
	put_back(h, keys, 3);
	assert_int_equal(load(h, keys[0].id, &got), ERR_NOT_FOUND);
	assert_int_equal(import_bytes(h, o.data, o.len), OK);
	assert_int_equal(keys_start(h->w->db, h->ring, 8000, &h->err), OK);
	opens_as(h, &keys[0]);
	assert_int_equal(load(h, keys[1].id, &got), ERR_NOT_FOUND);
	assert_int_equal(load(h, keys[2].id, &got), ERR_NOT_FOUND);
	assert_int_equal(load(h, later.id, &got), ERR_NOT_FOUND);
	assert_int_equal(store_world_number(h->w, "SELECT count(*) FROM sealed_key"), 1);
	assert_int_equal(store_world_number(h->w, "SELECT count(*) FROM key_period"), 1);
	out_free(&o);
}

static void an_export_that_is_cut_or_changed_anywhere_is_refused_and_changes_nothing(void **state)
{
	struct house *h = *state;
	const struct fresh_key a = keep(h), b = keep(h);
	struct out o;

	export_now(h, &o);
	for (size_t len = 0; len < o.len; len++)
		assert_int_equal(import_bytes(h, o.data, len), ERR_INVALID);
	for (size_t i = 0; i < o.len; i++) {
		o.data[i] = (char)(o.data[i] ^ 1);
		assert_int_not_equal(import_bytes(h, o.data, o.len), OK);
		o.data[i] = (char)(o.data[i] ^ 1);
	}
	opens_as(h, &a);
	assert_int_equal(import_bytes(h, o.data, o.len), OK);
	opens_as(h, &b);
	out_free(&o);
}

static void an_export_from_before_a_rotation_is_refused(void **state)
{
	struct house *h = *state;
	const struct fresh_key a = keep(h);
	struct keys_rotation done;
	struct out o;

	export_now(h, &o);
	assert_int_equal(keys_rotate(h->w->db, h->ring, 5000, &done, &h->err), OK);
	assert_int_equal(import_bytes(h, o.data, o.len), ERR_CONFLICT);
	opens_as(h, &a);
	out_free(&o);
}

struct last_times {
	int runs, failures;
};

static enum status fails_once(void *context, struct error *reterr)
{
	struct last_times *t = context;
	return t->runs++ < t->failures ? FAIL(reterr, ERR_UNAVAILABLE, "Geen ruimte.") : OK;
}

static void a_rotation_whose_export_fails_keeps_both_periods_and_goes_on_later(void **state)
{
	struct house *h = *state;
	struct last_times times = { .failures = 1 };
	const struct keys_last_step last = { fails_once, &times };
	const struct fresh_key a = keep(h);
	struct keys_rotation done;
	struct seal_key got;

	assert_int_equal(keys_rotate_with(h->w->db, h->ring, 5000, &last, &done, &h->err),
	                 ERR_UNAVAILABLE);
	crash(h);
	assert_int_equal(keyring_unwrap(h->ring, 1, a.id, KEY_PRESENCE, a.wrapped, &got, &h->err),
	                 OK);
	assert_int_equal(keys_rotate_with(h->w->db, h->ring, 6000, &last, &done, &h->err), OK);
	assert_int_equal(keyring_unwrap(h->ring, 1, a.id, KEY_PRESENCE, a.wrapped, &got, &h->err),
	                 ERR_NOT_FOUND);
	opens_as(h, &a);
}

static enum status command(struct house *h, const char *verb, const char *what, const char *expect)
{
	char first[16], second[16], *words[] = { first, second };
	struct out o;
	const struct keys_last_step last = { .run = nothing_more };
	const struct keys_means means = {
		.db = h->w->db, .ring = h->ring, .carried = CARRIED, .last = &last, .now_ms = 9000
	};

	(void)snprintf(first, sizeof first, "%s", verb);
	(void)snprintf(second, sizeof second, "%s", what);
	out_init(&o, 1 << 16);
	const enum status st = keys_command(&means, words, what[0] == '\0' ? 1 : 2, &o, &h->err);
	if (expect != NULL)
		assert_non_null(strstr(o.data, expect));
	out_free(&o);
	return st;
}

static void the_command_rotates_lists_and_looks_after_the_copies(void **state)
{
	struct house *h = *state;
	char path[120];

	(void)keep(h);
	assert_int_equal(command(h, "list", "", "1 sleutels; periode 1\n"), OK);
	assert_int_equal(command(h, "rotate", "", "1 sleutels omgezet naar periode 2"), OK);
	assert_int_equal(command(h, "escrow", "check", "goed"), OK);
	(void)snprintf(path, sizeof path, "%s/escrow-2/period-2.key", h->folder);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(command(h, "escrow", "check", "ontbreekt"), ERR_CONFLICT);
	assert_int_equal(command(h, "escrow", "write", "goed"), OK);
	assert_int_equal(command(h, "escrow", "check", "goed"), OK);
	assert_int_equal(command(h, "burn", "", NULL), ERR_INVALID);
}

static void every_statement_prepares(void **state)
{
	struct house *h = *state;
	assert_int_equal(db_prepare_all(h->w->db, KEYS_STATEMENTS, &h->err), OK);
}

int main(void)
{
#define IN_HOUSE(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		IN_HOUSE(a_stored_key_opens_again_and_a_forgotten_one_never),
		IN_HOUSE(rotation_keeps_every_living_key_and_kills_every_older_copy),
		IN_HOUSE(a_key_prepared_before_a_rotation_and_stored_after_is_refused_not_lost),
		IN_HOUSE(whichever_call_of_a_rotation_fails_it_goes_on_and_no_key_is_lost),
		IN_HOUSE(a_rotation_by_another_process_bars_nobody_from_reading_or_writing),
		IN_HOUSE(a_damaged_key_is_counted_and_holds_no_rotation_back),
		IN_HOUSE(without_the_period_key_that_keys_need_nothing_starts),
		IN_HOUSE(figures_count_the_living),
		IN_HOUSE(the_command_rotates_lists_and_looks_after_the_copies),
		IN_HOUSE(an_old_backup_with_the_newest_export_opens_what_lives_and_nothing_else),
		IN_HOUSE(an_export_that_is_cut_or_changed_anywhere_is_refused_and_changes_nothing),
		IN_HOUSE(an_export_from_before_a_rotation_is_refused),
		IN_HOUSE(a_rotation_whose_export_fails_keeps_both_periods_and_goes_on_later),
		IN_HOUSE(every_statement_prepares),
	};
	return cmocka_run_group_tests_name("keys", tests, NULL, NULL);
}
