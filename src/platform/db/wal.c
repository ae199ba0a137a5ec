#include "platform/db/wal.h"

#include <pthread.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { PATH_BYTES = 4096, BUSY_MS = 2000, MORE_PAGES = 1000, FILES = 2 };

/* The larger, the fewer times a page is written that changes often. */
static const struct {
	const char *name;
	int pages;
} SCHEMAS[FILES] = { { "main", 4000 }, { "search", 8000 } };

struct wal {
	char main_path[PATH_BYTES], search_path[PATH_BYTES];
	bool unflushed;
	/* the writer's alone */
	int last[FILES], next[FILES];
	bool started;
	pthread_t thread;
	pthread_mutex_t working; /* held while a WAL is brought in */
	pthread_mutex_t lock;
	pthread_cond_t told;
	bool due[FILES], ending; /* under lock */
};

/* ---- the thread ------------------------------------------------------------------------------ */

static bool run(sqlite3 *db, const char *sql)
{
	return sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
}

static bool attach(sqlite3 *db, const char *path)
{
	sqlite3_stmt *s = NULL;
	bool fine =
	    sqlite3_prepare_v2(db, "ATTACH DATABASE ?1 AS search", -1, &s, NULL) == SQLITE_OK &&
	    sqlite3_bind_text(s, 1, path, -1, SQLITE_STATIC) == SQLITE_OK &&
	    sqlite3_step(s) == SQLITE_DONE;

	(void)sqlite3_finalize(s);
	return fine;
}

static sqlite3 *open_files(const struct wal *w)
{
	sqlite3 *db = NULL;
	const char *flushes =
	    w->unflushed ? "PRAGMA main.synchronous = OFF" : "PRAGMA main.synchronous = FULL";

	if (sqlite3_open_v2(w->main_path, &db,
	                    SQLITE_OPEN_READWRITE | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_EXRESCODE,
	                    NULL) == SQLITE_OK &&
	    sqlite3_busy_timeout(db, BUSY_MS) == SQLITE_OK && attach(db, w->search_path) &&
	    run(db, flushes) && run(db, "PRAGMA search.synchronous = NORMAL"))
		return db;
	(void)sqlite3_close_v2(db);
	return NULL;
}

/* A disk that takes nothing is found out by the next commit; until then the WAL grows. */
static void bring_in(struct wal *w, sqlite3 *db, const char *schema)
{
	(void)pthread_mutex_lock(&w->working);
	(void)sqlite3_wal_checkpoint_v2(db, schema, SQLITE_CHECKPOINT_PASSIVE, NULL, NULL);
	(void)pthread_mutex_unlock(&w->working);
}

static bool wait_until_due(struct wal *w, bool ret_due[FILES])
{
	(void)pthread_mutex_lock(&w->lock);
	while (!w->ending && !w->due[0] && !w->due[1])
		(void)pthread_cond_wait(&w->told, &w->lock);
	memcpy(ret_due, w->due, sizeof(w->due));
	memset(w->due, 0, sizeof(w->due));
	const bool goes_on = !w->ending;
	(void)pthread_mutex_unlock(&w->lock);
	return goes_on;
}

static void *thread_main(void *arg)
{
	struct wal *w = arg;
	sqlite3 *db = NULL;
	bool due[FILES];

	while (wait_until_due(w, due)) {
		if (db == NULL)
			db = open_files(w);
		for (int i = 0; db != NULL && i < FILES; i++)
			if (due[i])
				bring_in(w, db, SCHEMAS[i].name);
	}
	(void)sqlite3_close_v2(db);
	return NULL;
}

/* ---- the writer ------------------------------------------------------------------------------ */

static bool tell_thread(struct wal *w, int file)
{
	if (!w->started)
		w->started = pthread_create(&w->thread, NULL, thread_main, w) == 0;
	if (!w->started)
		return false;
	(void)pthread_mutex_lock(&w->lock);
	w->due[file] = true;
	(void)pthread_cond_signal(&w->told);
	(void)pthread_mutex_unlock(&w->lock);
	return true;
}

static int after_commit(void *arg, sqlite3 *db, const char *schema, int pages)
{
	struct wal *w = arg;
	const int file = strcmp(schema, SCHEMAS[0].name) == 0 ? 0 : 1;

	if (pages < w->last[file]) /* all of it was brought in: the WAL begins anew */
		w->next[file] = SCHEMAS[file].pages;
	w->last[file] = pages;
	if (pages < w->next[file])
		return SQLITE_OK;
	w->next[file] = pages + MORE_PAGES;
	if (pages >= WAL_PAGES_MAX || !tell_thread(w, file))
		bring_in(w, db, schema);
	return SQLITE_OK;
}

struct wal *wal_keep(sqlite3 *writer, const char *data_dir, bool unflushed)
{
	struct wal *w = calloc(1, sizeof(*w));
	if (w == NULL)
		return NULL;

	(void)snprintf(w->main_path, sizeof(w->main_path), "%s/plein.db", data_dir);
	(void)snprintf(w->search_path, sizeof(w->search_path), "%s/search.db", data_dir);
	w->unflushed = unflushed;
	for (int i = 0; i < FILES; i++)
		w->next[i] = SCHEMAS[i].pages;
	(void)pthread_mutex_init(&w->working, NULL);
	(void)pthread_mutex_init(&w->lock, NULL);
	(void)pthread_cond_init(&w->told, NULL);
	(void)sqlite3_wal_hook(writer, after_commit, w);
	return w;
}

void wal_end(struct wal *w)
{
	if (w == NULL)
		return;
	(void)pthread_mutex_lock(&w->lock);
	w->ending = true;
	(void)pthread_cond_signal(&w->told);
	(void)pthread_mutex_unlock(&w->lock);
	if (w->started)
		(void)pthread_join(w->thread, NULL);
	(void)pthread_cond_destroy(&w->told);
	(void)pthread_mutex_destroy(&w->lock);
	(void)pthread_mutex_destroy(&w->working);
	free(w);
}
