#include "platform/db/db.h"

#include <assert.h>

#include "platform/core/clock.h"
#include "platform/db/house.h"
#include "platform/db/migrate.h"

enum { CONNECTIONS_DEFAULT = 16 };

const struct db_stmt DB_ALIVE = { "db_alive", "", "SELECT 1" };

enum status house_connect(struct db *db, enum conn_role role, struct conn **ret,
                          struct error *reterr)
{
	enum status st = db->engine->open(&db->cfg, role, ret, reterr);

	atomic_store(&db->reachable, st == OK);
	if (st == OK)
		(*ret)->counter = &db->counter;
	return st;
}

static void forget(struct db *db)
{
	data_folder_close(db->folder);
	free((void *)(uintptr_t)db->cfg.data_dir);
	free((void *)(uintptr_t)db->cfg.file);
	free((void *)(uintptr_t)db->cfg.conninfo);
	free((void *)(uintptr_t)db->cfg.schema);
	free(db);
}

static const char *copy(const char *s)
{
	return s == NULL ? NULL : strdup(s);
}

static struct db *house_new(const struct db_config *cfg)
{
	struct db *db = calloc(1, sizeof(*db));
	if (db == NULL)
		return NULL;
	db->cfg = *cfg;
	db->cfg.data_dir = copy(cfg->data_dir);
	db->cfg.file = copy(cfg->file);
	db->cfg.file_schema = NULL; /* only while opening */
	db->cfg.conninfo = copy(cfg->conninfo);
	db->cfg.schema = copy(cfg->schema);
	if (db->cfg.connections <= 0)
		db->cfg.connections = CONNECTIONS_DEFAULT;
	db->engine = engine_for(cfg->engine);
	return db;
}

enum status db_open(const struct db_config *cfg, struct db **ret, struct error *reterr)
{
	struct db *db = house_new(cfg);
	if (db == NULL)
		return FAIL_INTERNAL(reterr);

	const bool main_file = cfg->file == NULL;
	enum status st = OK;
	if (cfg->engine == DB_SQLITE && main_file)
		st = data_folder_open(cfg->data_dir, cfg->ballast_bytes, &db->folder, reterr);
	if (st == OK)
		st = main_file ? migrate_check(&db->cfg, reterr)
		               : migrate_script(&db->cfg, cfg->file_schema, reterr);
	if (st == OK) {
		pool_init(&db->pool, db->cfg.connections);
		st = jobs_start(db, reterr);
		if (st != OK)
			pool_close(&db->pool);
	}
	if (st != OK) {
		forget(db);
		return st;
	}
	*ret = db;
	return OK;
}

void db_close(struct db *db)
{
	if (db == NULL)
		return;
	jobs_stop(db);
	pool_close(&db->pool);
	if (db->cfg.unflushed && db->folder != NULL)
		data_folder_flush(db->folder);
	forget(db);
}

enum db_engine db_engine_of(const struct db *db)
{
	return db->cfg.engine;
}

enum status db_prepare_all(struct db *db, const struct db_stmt *const *list, struct error *reterr)
{
	for (size_t i = 0; list[i] != NULL; i++) {
		enum status st = pool_prepare(db, list[i], reterr);
		if (st == OK)
			continue;
		char why[sizeof(reterr->cause)];
		(void)snprintf(why, sizeof(why), "%s", reterr->cause);
		return error_cause(reterr, "statement %.40s: %.200s", list[i]->name, why);
	}
	return OK;
}

void db_look_again(struct db *db)
{
	struct error why = { 0 };
	struct db_read *r;

	(void)disk_takes_changes(db);
	if (atomic_load(&db->reachable) || db_read_begin(db, &r, &why) != OK)
		return;
	AUTO(db_rows_close) struct db_rows row = { 0 };
	if (db_query(r, &DB_ALIVE, DB_NO_ARGS, &row, &why) == OK && db_one(&row, &why) == OK)
		atomic_store(&db->reachable, true);
	db_rows_close(&row);
	db_read_end(r);
}

struct db_figures db_figures(struct db *db)
{
	struct db_figures f = {
		.commits = atomic_load(&db->commits),
		.jobs = atomic_load(&db->jobs_done),
		.reruns = atomic_load(&db->reruns),
		.reachable = atomic_load(&db->reachable),
		.read_only = atomic_load(&db->read_only),
	};

	jobs_figures(db, &f);
	return f;
}

/* ---- waiting for one job
 * ------------------------------------------------------------------------ */

static void wake(struct db_job *job, enum status st)
{
	struct db_waiter *w = job->waiter;

	(void)pthread_mutex_lock(&w->lock);
	w->over = true;
	w->st = st;
	(void)pthread_cond_signal(&w->ended);
	(void)pthread_mutex_unlock(&w->lock);
}

void db_start(struct db *db, struct db_job *job, struct db_waiter *ret)
{
	assert(job->done == NULL);
	*ret = (struct db_waiter){ .lock = PTHREAD_MUTEX_INITIALIZER,
		                   .ended = PTHREAD_COND_INITIALIZER };
	job->waiter = ret;
	job->done = wake;
	db_submit(db, job);
}

enum status db_wait(struct db_job *job, struct error *reterr)
{
	struct db_waiter *w = job->waiter;

	(void)pthread_mutex_lock(&w->lock);
	while (!w->over)
		(void)pthread_cond_wait(&w->ended, &w->lock);
	(void)pthread_mutex_unlock(&w->lock);
	job->done = NULL;
	job->waiter = NULL;
	if (w->st != OK)
		*reterr = job->error;
	return w->st;
}

enum status db_run(struct db *db, struct db_job *job, struct error *reterr)
{
	struct db_waiter w;

	db_start(db, job, &w);
	return db_wait(job, reterr);
}

/* ---- for tests
 * -----------------------------------------------------------------------------------
 */

void db_fail_after(struct db *db, int64_t n)
{
	atomic_store(&db->counter.fail_at, 0);
	atomic_store(&db->counter.calls, 0);
	atomic_store(&db->counter.fail_at, n);
}

int64_t db_calls(const struct db *db)
{
	return atomic_load(&db->counter.calls);
}
