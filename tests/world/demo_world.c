#include "demo_world.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <ftw.h>
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "platform/core/arena.h"

/* Keys and log of the installation; SQLite's world has a folder of its own. */
static char elsewhere[] = "/tmp/plein-play-XXXXXX";

enum { ARENA_SOFT_BYTES = 1 << 16, WORDS_MAX = 16, DATABASE_CHARS = 600 };

const char *demo_world_folder(const struct store_world *w)
{
	return w->dir[0] != '\0' ? w->dir : elsewhere;
}

char *demo_world_database(const struct store_world *w)
{
	if (w->cfg.engine != DB_POSTGRES)
		return NULL;
	char *text = malloc(DATABASE_CHARS);
	assert_non_null(text);
	(void)snprintf(text, DATABASE_CHARS, "%s options='-c search_path=%s'", w->cfg.conninfo,
	               w->cfg.schema);
	return text;
}

static int gone(const char *path, const struct stat *st, int type, struct FTW *ftw)
{
	(void)st;
	(void)type;
	(void)ftw;
	return remove(path);
}

void demo_world_free(struct store_world *w)
{
	store_world_free(w);
	assert_int_equal(nftw(elsewhere, gone, 8, FTW_DEPTH | FTW_PHYS), 0);
}

/* What it says to a person stays out of the report. */
static int quietly(int count, char **words)
{
	(void)fflush(stdout);
	const int out = dup(STDOUT_FILENO), nowhere = open("/dev/null", O_WRONLY | O_CLOEXEC);

	(void)dup2(nowhere, STDOUT_FILENO);
	const int code = cli_demo_command(count, words);
	(void)fflush(stdout);
	(void)dup2(out, STDOUT_FILENO);
	(void)close(out);
	(void)close(nowhere);
	return code;
}

/* As typed: plein demo --data DIR --scale WORD --signals N. */
static void play(struct store_world *w, const char *scale, const char *signals)
{
	struct arena a;
	char *words[WORDS_MAX], *database = demo_world_database(w);
	int count = 0;
	const char *const typed[] = { "demo",   "--data", demo_world_folder(w), "--scale", scale,
		                      "--seed", "1",      "--signals",          signals,   NULL };

	arena_init(&a, ARENA_SOFT_BYTES);
	store_world_shut(w);
	for (; typed[count] != NULL; count++)
		words[count] = arena_strdup(&a, typed[count]);
	if (database != NULL) {
		words[count++] = arena_strdup(&a, "--database");
		words[count++] = database;
	}
	words[count] = NULL;
	assert_int_equal(quietly(count, words), 0);
	store_world_open(w);
	free(database);
	arena_reset(&a);
}

struct store_world *demo_world_new(const char *scale, const char *signals, const char *slow_scale,
                                   const char *slow_signals)
{
	memcpy(elsewhere, "/tmp/plein-play-XXXXXX", sizeof elsewhere);
	assert_non_null(mkdtemp(elsewhere));
	struct store_world *w = store_world_new(&(struct store_wish){ 0 });
	const bool fast = w->cfg.engine == DB_SQLITE;

	play(w, fast ? scale : slow_scale, fast ? signals : slow_signals);
	return w;
}
