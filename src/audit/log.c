/* log.c - opening, closing, and the quarters' files; the sealing itself is sealer.c. */
#include "audit/log.h"

#include <assert.h>
#include <errno.h>
#include <sys/stat.h>
#include <unistd.h>

#include "audit/log_store.h"

enum { PATH_BYTES = 4096, NAME_BYTES = 32 };

struct quarter_file {
	char name[NAME_BYTES]; /* "log/2026Q4.db" */
};

static struct quarter_file quarter_file(int64_t quarter)
{
	struct quarter_file f;
	const int len = snprintf(f.name, sizeof f.name, "log/%lldQ%lld.db",
	                         (long long)(quarter / 10), (long long)(quarter % 10));

	assert(len > 0 && (size_t)len < sizeof f.name);
	return f;
}

static void quarter_path(const struct audit_log *log, int64_t quarter, const char *suffix,
                         char ret[PATH_BYTES])
{
	const struct quarter_file f = quarter_file(quarter);

	(void)snprintf(ret, PATH_BYTES, "%s/%s%s", log->cfg.db_cfg->data_dir, f.name, suffix);
}

static bool is_sqlite(const struct audit_log *log)
{
	return db_engine_of(log->cfg.db) == DB_SQLITE;
}

static enum status make_folder(const struct audit_log *log, struct error *reterr)
{
	char path[PATH_BYTES];

	(void)snprintf(path, sizeof path, "%s/log", log->cfg.db_cfg->data_dir);
	if (mkdir(path, 0700) == 0 || errno == EEXIST)
		return OK;
	(void)FAIL_INTERNAL(reterr);
	return error_cause(reterr, "log: mkdir %s: errno %d", path, errno);
}

enum status audit_log_open(struct audit_log *log, const struct audit_log_config *cfg,
                           struct error *reterr)
{
	memset(log, 0, sizeof *log);
	log->cfg = *cfg;
	enum status st = is_sqlite(log) ? make_folder(log, reterr) : OK;
	if (st == OK)
		st = db_prepare_all(cfg->db, AUDIT_STATEMENTS, reterr);
	if (st == OK)
		st = db_prepare_all(
		    cfg->db, is_sqlite(log) ? AUDIT_SQLITE_STATEMENTS : AUDIT_POSTGRES_STATEMENTS,
		    reterr);
	if (st != OK)
		return st;
	pthread_mutex_init(&log->step, NULL);
	pthread_mutex_init(&log->guard, NULL);
	pthread_cond_init(&log->wake, NULL);
	return OK;
}

static void stop_thread(struct audit_log *log)
{
	pthread_mutex_lock(&log->guard);
	const bool running = log->running;
	log->stopping = true;
	pthread_cond_signal(&log->wake);
	pthread_mutex_unlock(&log->guard);
	if (running)
		pthread_join(log->thread, NULL);
}

void audit_log_close(struct audit_log *log)
{
	stop_thread(log);
	for (int i = 0; i < AUDIT_QUARTERS_OPEN_MAX; i++)
		if (log->quarters[i].quarter != 0)
			db_close(log->quarters[i].db);
	pthread_cond_destroy(&log->wake);
	pthread_mutex_destroy(&log->guard);
	pthread_mutex_destroy(&log->step);
	memset(log, 0, sizeof *log);
}

struct audit_log_figures audit_log_figures(struct audit_log *log)
{
	pthread_mutex_lock(&log->guard);
	const struct audit_log_figures ret = log->figures;
	pthread_mutex_unlock(&log->guard);
	return ret;
}

/* ---- the quarters' files -----------------------------------------------------------------------
 */

/* The place of this quarter, or an unused one (or one that nobody uses, closed first). */
static struct audit_quarter *place_of(struct audit_log *log, int64_t quarter)
{
	struct audit_quarter *spare = NULL;

	for (int i = 0; i < AUDIT_QUARTERS_OPEN_MAX; i++) {
		struct audit_quarter *q = &log->quarters[i];
		if (q->quarter == quarter)
			return q;
		if (spare == NULL || (q->quarter == 0 && spare->quarter != 0))
			spare = q->quarter == 0 || q->users == 0 ? q : spare;
	}
	if (spare != NULL && spare->quarter != 0) {
		db_close(spare->db);
		*spare = (struct audit_quarter){ 0 };
	}
	return spare;
}

static enum status open_file(const struct audit_log *log, int64_t quarter, bool make,
                             struct db **ret, struct error *reterr)
{
	const struct quarter_file f = quarter_file(quarter);
	struct db_config cfg = *log->cfg.db_cfg;
	char path[PATH_BYTES];

	quarter_path(log, quarter, "", path);
	if (!make && access(path, F_OK) != 0) {
		(void)FAIL_NOT_FOUND(reterr);
		return error_cause(reterr, "log: %s is gone", f.name);
	}
	cfg.file = f.name;
	cfg.file_schema = AUDIT_QUARTER_SCHEMA;
	cfg.write_event = NULL;
	cfg.event_context = NULL;
	enum status st = db_open(&cfg, ret, reterr);
	if (st != OK)
		return st;
	st = db_prepare_all(*ret, AUDIT_QUARTER_STATEMENTS, reterr);
	if (st == OK)
		st = db_prepare_all(*ret, AUDIT_LIST_STATEMENTS, reterr);
	if (st != OK)
		db_close(*ret);
	return st;
}

static enum status borrow(struct audit_log *log, int64_t quarter, bool make, struct db **ret,
                          struct error *reterr)
{
	struct audit_quarter *q = place_of(log, quarter);
	enum status st = OK;

	if (q == NULL) {
		(void)FAIL_INTERNAL(reterr);
		return error_cause(reterr, "log: more than %d quarters in use",
		                   AUDIT_QUARTERS_OPEN_MAX);
	}
	if (q->quarter == 0)
		st = open_file(log, quarter, make, &q->db, reterr);
	if (st != OK)
		return st;
	q->quarter = quarter;
	q->users++;
	*ret = q->db;
	return OK;
}

enum status audit_quarter_borrow(struct audit_log *log, int64_t quarter, struct db **ret,
                                 struct error *reterr)
{
	*ret = log->cfg.db;
	if (!is_sqlite(log))
		return OK;
	pthread_mutex_lock(&log->guard);
	const enum status st = borrow(log, quarter, false, ret, reterr);
	pthread_mutex_unlock(&log->guard);
	return st;
}

void audit_quarter_return(struct audit_log *log, int64_t quarter)
{
	if (!is_sqlite(log))
		return;
	pthread_mutex_lock(&log->guard);
	struct audit_quarter *q = place_of(log, quarter);
	assert(q != NULL && q->quarter == quarter && q->users > 0);
	q->users--;
	pthread_mutex_unlock(&log->guard);
}

static enum status make_job(struct db_tx *tx, void *args, struct error *reterr)
{
	return quarter_make(tx, *(const int64_t *)args, reterr);
}

enum status audit_quarter_make(struct audit_log *log, int64_t quarter, struct db **ret,
                               struct error *reterr)
{
	struct db_job job = { .run = make_job, .args = &quarter, .lane = LANE_BULK };

	*ret = log->cfg.db;
	if (!is_sqlite(log))
		return db_run(log->cfg.db, &job, reterr);
	pthread_mutex_lock(&log->guard);
	const enum status st = borrow(log, quarter, true, ret, reterr);
	pthread_mutex_unlock(&log->guard);
	return st;
}

/* ---- destroying a quarter
 * ------------------------------------------------------------------------ */

struct destroying {
	int64_t quarter, at_ms;
	bool drop; /* PostgreSQL: the partitions too */
};

static enum status destroy_job(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct destroying *d = args;
	int64_t count;
	enum status st = tree_destroyed(tx, d->quarter, d->at_ms, &count, reterr);

	return st == OK && d->drop ? quarter_drop(tx, d->quarter, reterr) : st;
}

/* OK when there are trees of this quarter and all have ended. */
static enum status may_be_destroyed(struct audit_log *log, int64_t quarter, struct error *reterr)
{
	struct db_read *r;
	struct arena a;
	struct tree *trees;
	size_t count = 0;
	bool found = false, growing = false;
	enum status st = db_read_begin(log->cfg.db, &r, reterr);

	if (st != OK)
		return st;
	arena_init(&a, 1 << 20);
	st = tree_list(r, &a, &trees, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		found = found || trees[i].quarter == quarter;
		growing = growing || (trees[i].quarter == quarter && trees[i].ended_at == 0);
	}
	arena_reset(&a);
	db_read_end(r);
	if (st == OK && !found)
		st = FAIL(reterr, ERR_NOT_FOUND, "Van dit kwartaal is er geen logboek.");
	if (st == OK && growing)
		st =
		    FAIL(reterr, ERR_CONFLICT,
		         "Dit kwartaal van het logboek groeit nog. Wacht tot het volgende begint.");
	return st;
}

/* Closes the file if nobody reads it. */
static bool let_go(struct audit_log *log, int64_t quarter)
{
	bool free_now = true;

	pthread_mutex_lock(&log->guard);
	for (int i = 0; i < AUDIT_QUARTERS_OPEN_MAX; i++) {
		struct audit_quarter *q = &log->quarters[i];
		if (q->quarter != quarter)
			continue;
		free_now = q->users == 0;
		if (free_now) {
			db_close(q->db);
			*q = (struct audit_quarter){ 0 };
		}
	}
	pthread_mutex_unlock(&log->guard);
	return free_now;
}

static enum status remove_files(const struct audit_log *log, int64_t quarter, struct error *reterr)
{
	static const char *const SUFFIXES[] = { "", "-wal", "-shm" };
	char path[PATH_BYTES];

	for (size_t i = 0; i < sizeof SUFFIXES / sizeof SUFFIXES[0]; i++) {
		quarter_path(log, quarter, SUFFIXES[i], path);
		if (unlink(path) != 0 && errno != ENOENT) {
			(void)FAIL_INTERNAL(reterr);
			return error_cause(reterr, "log: unlink %s: errno %d", path, errno);
		}
	}
	return OK;
}

enum status audit_log_destroy_quarter(struct audit_log *log, int64_t quarter, struct error *reterr)
{
	struct destroying d = { .quarter = quarter,
		                .at_ms = clock_now_ms(log->cfg.clock),
		                .drop = !is_sqlite(log) };
	struct db_job job = { .run = destroy_job, .args = &d, .lane = LANE_BULK };
	enum status st = may_be_destroyed(log, quarter, reterr);

	if (st == OK && !let_go(log, quarter))
		st = FAIL(reterr, ERR_CONFLICT,
		          "Iemand leest dit kwartaal nu. Probeer het straks opnieuw.");
	/* Marked first: after a crash in between, doing it again removes the file. */
	if (st == OK)
		st = db_run(log->cfg.db, &job, reterr);
	if (st == OK && is_sqlite(log))
		st = remove_files(log, quarter, reterr);
	return st;
}
