/* plein backup: what a person types, and what they get back. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cli/backup.h"
#include "partners/partner.h"
#include "store_world.h"

enum { OUT_MAX_BYTES = 1 << 14, PATH_BYTES = 256 };

struct world {
	struct store_world *store;
	char dir[64], copy[PATH_BYTES];
	struct out out;
	struct error error;
};

static int set_up(void **state)
{
	static struct world w;

	w = (struct world){ .store = store_world_new(&(struct store_wish){ 0 }),
		            .dir = "/tmp/plein-backup.XXXXXX" };
	if (mkdtemp(w.dir) == NULL)
		return -1;
	(void)snprintf(w.copy, sizeof w.copy, "%s/copy", w.dir);
	out_init(&w.out, OUT_MAX_BYTES);
	*state = &w;
	return 0;
}

static int gone(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

static int tear_down(void **state)
{
	struct world *w = *state;

	out_free(&w->out);
	store_world_free(w->store);
	return nftw(w->dir, gone, 8, FTW_DEPTH | FTW_PHYS);
}

static enum status run(struct world *w, const struct db_config *cfg, char *word, char *dir)
{
	char *argv[] = { word, dir };

	w->error = (struct error){ 0 };
	out_clear(&w->out);
	return cli_backup(cfg, dir == NULL ? 1 : 2, argv, &w->out, &w->error);
}

static enum status fill(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return setting_put(tx, "region.name", "RIEC Deltaland", reterr);
}

static char CREATE[] = "create", CHECK[] = "check", RESTORE[] = "restore", WRONG[] = "make";

static void a_copy_that_was_put_back_holds_what_was_there(void **state)
{
	struct world *w = *state;
	char other[PATH_BYTES];

	store_world_run(w->store, fill, NULL);
	assert_int_equal(run(w, &w->store->cfg, CREATE, w->copy), OK);
	assert_non_null(strstr(w->out.data, w->copy));
	assert_int_equal(run(w, &w->store->cfg, CHECK, w->copy), OK);

	(void)snprintf(other, sizeof other, "%s/restored", w->dir);
	struct db_config cfg = w->store->cfg;
	cfg.data_dir = other;
	assert_int_equal(run(w, &cfg, RESTORE, w->copy), OK);
	assert_int_equal(db_migrate(&cfg, NULL, &w->error), OK);
	store_world_shut(w->store);
	const struct db_config before = w->store->cfg;
	w->store->cfg = cfg;
	store_world_open(w->store);
	assert_int_equal(store_world_number(w->store, "SELECT count(*) FROM setting"
	                                              " WHERE value = 'RIEC Deltaland'"),
	                 1);
	store_world_shut(w->store);
	w->store->cfg = before;
	store_world_open(w->store);
}

static void a_damaged_copy_is_seen(void **state)
{
	struct world *w = *state;
	char file[PATH_BYTES + 16];

	assert_int_equal(run(w, &w->store->cfg, CREATE, w->copy), OK);
	(void)snprintf(file, sizeof file, "%s/plein.db", w->copy);
	const int fd = open(file, O_WRONLY);
	assert_true(fd >= 0);
	assert_int_equal(pwrite(fd, "damage", 6, 0), 6);
	assert_int_equal(close(fd), 0);
	assert_int_equal(run(w, &w->store->cfg, CHECK, w->copy), ERR_INVALID);
	assert_int_equal(w->out.len, 0);
}

static void a_copy_never_replaces_another(void **state)
{
	struct world *w = *state;

	assert_int_equal(run(w, &w->store->cfg, CREATE, w->copy), OK);
	assert_int_equal(run(w, &w->store->cfg, CREATE, w->copy), ERR_CONFLICT);
}

static void a_large_database_says_that_it_has_tools_of_its_own(void **state)
{
	struct world *w = *state;

	assert_int_equal(run(w, &w->store->cfg, CREATE, w->copy), ERR_INVALID);
	assert_non_null(strstr(w->error.message, "pg_dump"));
}

static void a_wrong_word_is_refused(void **state)
{
	struct world *w = *state;

	assert_int_equal(run(w, &w->store->cfg, WRONG, w->copy), ERR_INVALID);
	assert_int_equal(run(w, &w->store->cfg, CREATE, NULL), ERR_INVALID);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest sqlite[] = {
		TEST(a_copy_that_was_put_back_holds_what_was_there),
		TEST(a_damaged_copy_is_seen),
		TEST(a_copy_never_replaces_another),
		TEST(a_wrong_word_is_refused),
	};
	const struct CMUnitTest postgres[] = {
		TEST(a_large_database_says_that_it_has_tools_of_its_own),
		TEST(a_wrong_word_is_refused),
	};
	return store_engine() == DB_SQLITE ? cmocka_run_group_tests(sqlite, NULL, NULL)
	                                   : cmocka_run_group_tests(postgres, NULL, NULL);
}
