/*
 * jobs.c - who runs the jobs: grouped commits, single transactions, reruns
 *
 * A group takes what waits, up to GROUP_MAX jobs or GROUP_MS, and commits once. When its
 * transaction is gone, every job of it runs again alone, so that only the guilty one fails.
 * SQLite has one group thread for everything. PostgreSQL has one for views, and a thread with
 * its own connection per job at a time for changes, of which BULK_MOST at once are bulk.
 */
#include "platform/db/house.h"

#include <assert.h>
#include <unistd.h>

#include "platform/core/clock.h"
#include "platform/db/busy.h"
#include "platform/db/gather.h"
#include "platform/db/once.h"
#include "platform/db/queue.h"

enum {
	GROUP_MAX = 256,
	GROUP_MS = 5,
	GATHER_US = 1500,
	RERUNS_MAX = 3,
	BULK_MOST = 2, /* PostgreSQL: one writes while the other waits for the disk */
	JOB_ARENA_BYTES = 4 * 1024 * 1024,
	RERUN_PAUSE_US = 2000,
	GROUPS_BEFORE_BULK = 16, /* however many persons come, bulk goes on */
	SETTLE_TRIES = 50,
	SETTLE_PAUSE_US = 20000,
};

struct slot {
	struct db_job *job;
	struct arena arena;
	enum status st;
};

struct worker {
	struct db *db;
	struct conn *conn; /* NULL until needed, or after it was lost */
	pthread_t thread;
	int lanes;
	size_t count;
	struct slot *slots; /* GROUP_MAX for a group, else 1 */
	bool busy;          /* the last group held more than one job */
	int groups;         /* since bulk had its turn */
	struct db_tx views; /* of a group of views: keeps their events, to be sent together */
	int64_t committed_us;
};

struct jobs {
	struct queue queue;
	bool views_apart;
	int worker_count;
	struct worker workers[];
};

/* ---- one job inside an open transaction --------------------------------------------------------
 */

static void settle(struct slot *s, enum status st, const struct error *why)
{
	s->st = st;
	if (st != OK)
		s->job->error = *why;
}

static enum status change(struct worker *w, struct slot *s, struct error *reterr)
{
	struct db_job *job = s->job;
	struct db_tx tx = tx_over(w->db, w->conn, &s->arena);
	tx.read.tx = &tx;
	enum status st = OK;

	if (job->once != NULL)
		st = once_take(&tx, job, &job->replayed, reterr);
	if (st == OK && !job->replayed)
		st = job->run(&tx, job->args, reterr);
	if (st == OK)
		st = gather_send(&tx, reterr);
	if (st == OK && tx.failed) { /* a job can't look away from a statement that failed */
		*reterr = tx.failure;
		st = tx.failure.status;
	}
	if (st == OK && job->once != NULL && !job->replayed)
		st = once_answer(&tx, job, reterr);
	/* What the job did is known before its event says how it went. */
	if (st == OK && (st = w->conn->engine->hear(w->conn)) != OK)
		*reterr = w->conn->error;
	return st;
}

static enum status attempt(struct worker *w, struct slot *s, struct error *reterr)
{
	if (s->job->run == NULL)
		return OK;
	if (disk_takes_changes(w->db))
		return change(w, s, reterr);
	conn_note(w->conn, TROUBLE_STATEMENT, "changes wait until the disk has room");
	return FAIL(reterr, ERR_UNAVAILABLE,
	            "De server kan nu niets bewaren. Uw wijziging is niet opgeslagen. Waarschuw de "
	            "beheerder.");
}

static enum status write_event(struct worker *w, struct slot *s, enum status outcome,
                               struct error *reterr)
{
	struct db_job *job = s->job;

	if (job->event == NULL || job->replayed)
		return OK;
	assert(w->db->cfg.write_event != NULL);
	struct db_tx tx = tx_over(w->db, w->conn, &s->arena);
	tx.read.tx = &tx;
	tx.gather = w->views.gather;
	enum status st = w->db->cfg.write_event(&tx, job->event, outcome, reterr);
	if (st == OK && tx.failed) {
		*reterr = tx.failure;
		st = tx.failure.status;
	}
	return st;
}

/* Undoes the job; its event goes on in the same transaction (or, on PostgreSQL, the next one). */
static bool undo(struct worker *w)
{
	if (conn_command(w->conn, COMMAND_UNDO) != OK)
		return false;
	w->conn->trouble = TROUBLE_NONE;
	return true;
}

/* False: the transaction is gone, w->conn->error says why. Else the slot is settled. */
static bool run_slot(struct worker *w, struct slot *s, bool alone)
{
	struct error why = { 0 };
	bool marked = s->job->run != NULL || alone;

	s->job->replayed = false;
	s->job->answer = NULL;
	if (marked && conn_command(w->conn, COMMAND_MARK) != OK)
		return false;
	enum status st = attempt(w, s, &why);
	if (conn_gone(w->conn) || (st != OK && !undo(w)))
		return false;
	settle(s, st, &why);

	st = write_event(w, s, st, &why);
	if (conn_gone(w->conn) || (st != OK && !marked))
		return false;
	if (st != OK) { /* no event, no change and no answer */
		settle(s, st, &why);
		if (!undo(w))
			return false;
	}
	return !marked || conn_command(w->conn, COMMAND_UNMARK) == OK;
}

/* ---- connections ------------------------------------------------------------------------------
 */

static void disconnect(struct worker *w)
{
	if (w->conn != NULL)
		w->conn->engine->close(w->conn);
	w->conn = NULL;
}

static bool connected(struct worker *w, struct error *reterr)
{
	if (w->conn != NULL && !w->conn->engine->alive(w->conn))
		disconnect(w);
	return w->conn != NULL || house_connect(w->db, CONN_WRITER, &w->conn, reterr) == OK;
}

static void give_up_transaction(struct worker *w)
{
	if (w->conn->trouble == TROUBLE_FULL)
		disk_is_full(w->db);
	if (w->conn->trouble == TROUBLE_LOST) {
		atomic_store(&w->db->reachable, false);
		disconnect(w);
	} else {
		(void)conn_command(w->conn, COMMAND_ROLLBACK);
	}
}

/* ---- one job alone ------------------------------------------------------------------------------
 */

enum ending { SETTLED, AGAIN };

/* The server went away during COMMIT: only it can tell. 1 it happened, 0 not, -1 not to be known.
 */
static int commit_happened(struct worker *w, int64_t transaction_id)
{
	struct error why;
	int happened = transaction_id == 0 ? 0 : -1; /* before it has an id nothing is committed */

	for (int i = 0; i < SETTLE_TRIES && happened < 0; i++) {
		if (i > 0)
			(void)usleep(SETTLE_PAUSE_US);
		if (connected(w, &why))
			happened = w->conn->engine->settle(w->conn, transaction_id);
	}
	return happened;
}

static void settle_unknown(struct slot *s, int64_t transaction_id)
{
	struct error why;

	(void)FAIL(&why, ERR_UNAVAILABLE,
	           "De gegevens zijn even niet bereikbaar. Kijk straks of uw wijziging is "
	           "opgeslagen.");
	(void)error_cause(&why, "the server was lost during COMMIT of transaction %lld",
	                  (long long)transaction_id);
	settle(s, ERR_UNAVAILABLE, &why);
}

static enum ending after_lost_commit(struct worker *w, struct slot *s, int64_t transaction_id)
{
	int happened = commit_happened(w, transaction_id);

	if (happened < 0)
		settle_unknown(s, transaction_id);
	return happened == 0 ? AGAIN : SETTLED;
}

static enum ending run_once_alone(struct worker *w, struct slot *s)
{
	struct error why;

	if (!connected(w, &why)) {
		settle(s, why.status, &why);
		return SETTLED;
	}
	bool commits = conn_command(w->conn, COMMAND_BEGIN) == OK && run_slot(w, s, true);
	if (commits && conn_command(w->conn, COMMAND_COMMIT) == OK) {
		atomic_fetch_add(&w->db->commits, 1);
		return SETTLED;
	}
	enum trouble what = w->conn->trouble;
	int64_t transaction_id = w->conn->transaction_id;
	struct error commit_failed = w->conn->error;
	enum status outcome = s->st;
	give_up_transaction(w);
	if (commits && what == TROUBLE_LOST) {
		s->st = outcome;
		return after_lost_commit(w, s, transaction_id);
	}
	settle(s, commit_failed.status, &commit_failed);
	return what == TROUBLE_RERUN || what == TROUBLE_LOST || what == TROUBLE_FULL ? AGAIN
	                                                                             : SETTLED;
}

static void run_alone(struct worker *w, struct slot *s)
{
	for (int reruns = 0; run_once_alone(w, s) == AGAIN && reruns < RERUNS_MAX; reruns++) {
		atomic_fetch_add(&w->db->reruns, 1);
		arena_reset(&s->arena);
		(void)usleep((useconds_t)(RERUN_PAUSE_US * (reruns + 1)));
	}
}

/* ---- a group ------------------------------------------------------------------------------------
 */

static struct slot *add_slot(struct worker *w, struct db_job *job)
{
	struct slot *s = &w->slots[w->count++];

	s->job = job;
	s->st = OK;
	return s;
}

static void deliver(struct worker *w)
{
	bool bulk = false;

	for (size_t i = 0; i < w->count; i++) {
		struct slot *s = &w->slots[i];
		struct db_job *job = s->job;

		bulk |= job->lane == LANE_BULK && job->run != NULL;
		if (s->st != OK)
			job->answer = NULL;
		if (job->answer != NULL && job->answer_arena != NULL)
			job->answer = arena_strdup(job->answer_arena, job->answer);
		atomic_fetch_add(&w->db->jobs_done, 1);
		job->done(job, s->st);
		arena_reset(&s->arena);
	}
	w->count = 0;
	if (bulk)
		queue_bulk_over(&w->db->jobs->queue);
}

/*
 * A flush to disk costs more than many jobs. While more than one comes at a time, a group that
 * follows closely on another waits for company; who is alone never waits. A bulk job is nobody's
 * company: whoever came before it would wait until it is over, and behind another's mark it costs
 * SQLite three times as much. It opens a group of its own.
 */
static struct db_job *company(struct worker *w)
{
	struct queue *q = &w->db->jobs->queue;
	const int persons = w->lanes & ~QUEUE_BULK;

	if (!w->busy)
		return queue_take(q, persons, false);
	return queue_take_until(q, persons, w->committed_us + GATHER_US);
}

/* Who came while a bulk job ran shares its flush. */
static struct db_job *next_of_group(struct worker *w, int64_t began_ms)
{
	const bool behind_bulk = w->slots[w->count - 1].job->lane == LANE_BULK;

	if (w->count == GROUP_MAX || (!behind_bulk && clock_monotonic_ms() - began_ms >= GROUP_MS))
		return NULL;
	return company(w);
}

/* The arena of the first lasts as long as the group. */
static void keep_events(struct worker *w)
{
	w->views = tx_over(w->db, w->conn, &w->slots[0].arena);
	if (w->lanes == QUEUE_VIEW)
		db_gather(&w->views);
}

static bool run_slots(struct worker *w, struct db_job *first)
{
	int64_t began_ms = clock_monotonic_ms();
	struct error why;

	keep_events(w);
	for (struct db_job *job = first; job != NULL; job = next_of_group(w, began_ms)) {
		if (!run_slot(w, add_slot(w, job), false))
			return false;
		if (job->lane == LANE_BULK)
			began_ms = clock_monotonic_ms();
	}
	return gather_send(&w->views, &why) == OK;
}

enum group_end { GROUP_KEPT, GROUP_GONE, GROUP_COMMIT_LOST };

static enum group_end run_group(struct worker *w, struct db_job *first)
{
	const bool ran = run_slots(w, first);

	w->views.gather = NULL;
	if (!ran)
		return GROUP_GONE;
	if (conn_command(w->conn, COMMAND_COMMIT) != OK)
		return w->conn->trouble == TROUBLE_LOST ? GROUP_COMMIT_LOST : GROUP_GONE;
	atomic_fetch_add(&w->db->commits, 1);
	w->committed_us = clock_monotonic_us();
	w->busy = w->count > 1;
	return GROUP_KEPT;
}

/* Whoever waits now would wait as long again: all hear it at once. */
static void refuse_waiting(struct worker *w, struct db_job *first, const struct error *why)
{
	for (struct db_job *job = first; job != NULL;) {
		settle(add_slot(w, job), why->status, why);
		job =
		    w->count == GROUP_MAX ? NULL : queue_take(&w->db->jobs->queue, w->lanes, false);
	}
}

static void run_each_alone(struct worker *w)
{
	for (size_t i = 0; i < w->count; i++) {
		atomic_fetch_add(&w->db->reruns, 1);
		arena_reset(&w->slots[i].arena);
		run_alone(w, &w->slots[i]);
	}
}

static void after_group(struct worker *w, enum group_end end)
{
	int64_t transaction_id = w->conn->transaction_id;
	int happened = 0;

	if (end == GROUP_KEPT)
		return;
	give_up_transaction(w);
	if (end == GROUP_COMMIT_LOST)
		happened = commit_happened(w, transaction_id);
	if (happened == 0)
		run_each_alone(w);
	for (size_t i = 0; happened < 0 && i < w->count; i++)
		settle_unknown(&w->slots[i], transaction_id);
}

static void serve_group(struct worker *w, struct db_job *first)
{
	struct error why;

	if (!connected(w, &why)) {
		refuse_waiting(w, first, &why);
	} else if (conn_command(w->conn, COMMAND_BEGIN) != OK) {
		why = w->conn->error;
		bool hopeless = w->conn->trouble == TROUBLE_BUSY;
		give_up_transaction(w);
		if (hopeless)
			refuse_waiting(w, first, &why);
		else
			run_alone(w, add_slot(w, first));
	} else {
		after_group(w, run_group(w, first));
	}
	deliver(w);
}

/* Persons first; but where somebody always waits, bulk would never have a turn. */
static struct db_job *first_of_group(struct worker *w)
{
	struct queue *q = &w->db->jobs->queue;
	struct db_job *job = NULL;

	if (++w->groups > GROUPS_BEFORE_BULK) {
		w->groups = 0;
		job = queue_take(q, w->lanes & QUEUE_BULK, false);
	}
	return job != NULL ? job : queue_take(q, w->lanes, true);
}

static void *group_main(void *arg)
{
	struct worker *w = arg;
	struct db_job *job;

	while ((job = first_of_group(w)) != NULL)
		serve_group(w, job);
	return NULL;
}

static void *single_main(void *arg)
{
	struct worker *w = arg;
	struct db_job *job;

	while ((job = queue_take(&w->db->jobs->queue, w->lanes, true)) != NULL) {
		run_alone(w, add_slot(w, job));
		deliver(w);
	}
	return NULL;
}

/* ---- start, stop, submit
 * -------------------------------------------------------------------------
 */

static int lane_of(const struct jobs *js, const struct db_job *job)
{
	if (job->run == NULL)
		return js->views_apart ? QUEUE_VIEW : QUEUE_PERSON;
	return job->lane == LANE_BULK ? QUEUE_BULK : QUEUE_PERSON;
}

void db_submit(struct db *db, struct db_job *job)
{
	const struct clock wall = clock_system();

	assert(job->done != NULL);
	assert(job->run != NULL || job->once == NULL);
	job->submitted_ms = clock_now_ms(&wall);
	if (job->lane == LANE_PERSON)
		atomic_store_explicit(&db->person_ms, clock_monotonic_ms(), memory_order_relaxed);
	queue_put(&db->jobs->queue, lane_of(db->jobs, job), job);
}

static void free_workers(struct jobs *js, int started)
{
	queue_close(&js->queue);
	for (int i = 0; i < started; i++)
		(void)pthread_join(js->workers[i].thread, NULL);
	for (int i = 0; i < js->worker_count; i++) {
		disconnect(&js->workers[i]);
		free(js->workers[i].slots);
	}
	queue_destroy(&js->queue);
	free(js);
}

static bool prepare_worker(struct db *db, struct worker *w, int lanes)
{
	size_t slots = lanes == QUEUE_VIEW || db->cfg.engine == DB_SQLITE ? GROUP_MAX : 1;

	w->db = db;
	w->lanes = lanes;
	w->slots = calloc(slots, sizeof(*w->slots));
	for (size_t i = 0; w->slots != NULL && i < slots; i++)
		arena_init(&w->slots[i].arena, JOB_ARENA_BYTES);
	return w->slots != NULL;
}

static enum status start_threads(struct db *db, struct error *reterr)
{
	struct jobs *js = db->jobs;
	/* The first connection is made here, so that a wrong setting is known at the start. */
	bool fine = house_connect(db, CONN_WRITER, &js->workers[0].conn, reterr) == OK;
	int started = 0;

	if (!fine) {
		free_workers(js, 0);
		return reterr->status;
	}
	for (; fine && started < js->worker_count; started += fine) {
		struct worker *w = &js->workers[started];
		bool group = js->worker_count == 1 || w->lanes == QUEUE_VIEW;
		fine = pthread_create(&w->thread, NULL, group ? group_main : single_main, w) == 0;
	}
	if (fine)
		return OK;
	free_workers(js, started);
	return FAIL_INTERNAL(reterr);
}

enum status jobs_start(struct db *db, struct error *reterr)
{
	bool sqlite = db->cfg.engine == DB_SQLITE;
	int count = sqlite ? 1 : db->cfg.connections + 1;
	struct jobs *js = calloc(1, sizeof(*js) + (size_t)count * sizeof(js->workers[0]));
	if (js == NULL)
		return FAIL_INTERNAL(reterr);

	queue_init(&js->queue, sqlite ? 1 : BULK_MOST);
	js->views_apart = !sqlite;
	js->worker_count = count;
	db->jobs = js;
	bool fine = true;
	for (int i = 0; i < count && fine; i++) {
		bool views = !sqlite && i == count - 1;
		fine = prepare_worker(db, &js->workers[i],
		                      views ? QUEUE_VIEW : QUEUE_PERSON | QUEUE_BULK);
	}
	if (fine)
		return start_threads(db, reterr);
	free_workers(js, 0);
	return FAIL_INTERNAL(reterr);
}

void jobs_stop(struct db *db)
{
	free_workers(db->jobs, db->jobs->worker_count);
	db->jobs = NULL;
}

bool db_has_bulk(struct db *db)
{
	return queue_has_bulk(&db->jobs->queue);
}

int64_t db_person_came_ms(struct db *db)
{
	return atomic_load_explicit(&db->person_ms, memory_order_relaxed);
}

void jobs_figures(struct db *db, struct db_figures *ret)
{
	const struct clock wall = clock_system();
	int64_t oldest;

	ret->waiting = queue_waiting(&db->jobs->queue, &oldest);
	int64_t age = oldest == 0 ? 0 : clock_now_ms(&wall) - oldest;
	ret->oldest_ms = age > 0 ? age : 0;
}
