/* Starts the server's threads and ends them in order. */
#include "platform/http/server.h"

#include <assert.h>
#include <microhttpd.h>
#include <unistd.h>

#include "platform/core/limits.h"

_Static_assert(sizeof((struct http_server){ 0 }.workers) / sizeof(pthread_t) == LIMIT_WORKERS,
               "as many workers as the limit says");

enum { TICK_MS = 250, STOP_POLL_US = 5000 };

/* Before resting, the snapshots that were left for the next request are ended. */
static struct exchange *next_exchange(struct http_server *s)
{
	struct exchange *x = backlog_take(&s->backlog, false);

	if (x != NULL)
		return x;
	if (s->db != NULL)
		db_read_rest(s->db);
	return backlog_take(&s->backlog, true);
}

static void *worker_main(void *arg)
{
	struct http_server *s = arg;
	struct exchange *x;

	while ((x = next_exchange(s)) != NULL)
		life_run(x);
	return NULL;
}

static void tick_wait(struct http_server *s)
{
	(void)clock_wait_until(&s->tick_cond, &s->tick_mutex,
	                       clock_monotonic_us() + TICK_MS * INT64_C(1000));
}

/* Slow senders and quiet streams. */
static void *ticker_main(void *arg)
{
	struct http_server *s = arg;

	(void)pthread_mutex_lock(&s->tick_mutex);
	while (s->ticking) {
		tick_wait(s);
		int64_t now_ms = clock_monotonic_ms();
		wire_shut_slow(s, now_ms);
		streams_tick(s, now_ms);
	}
	(void)pthread_mutex_unlock(&s->tick_mutex);
	return NULL;
}

static void init_locks(struct http_server *s)
{
	clock_condition_init(&s->tick_cond);
	(void)pthread_mutex_init(&s->tick_mutex, NULL);
	(void)pthread_mutex_init(&s->lines_mutex, NULL);
	(void)pthread_mutex_init(&s->streams_mutex, NULL);
}

static int between(int value, int low, int high)
{
	return value < low ? low : value > high ? high : value;
}

static bool is_loopback(const char *address)
{
	return address != NULL &&
	       (strcmp(address, "127.0.0.1") == 0 || strcmp(address, "::1") == 0);
}

static struct http_server *make(const struct http_config *cfg, struct db *db,
                                const struct gate *gate)
{
	struct http_server *s = calloc(1, sizeof *s);
	if (s == NULL)
		return NULL;
	s->cfg = *cfg;
	s->gate = *gate;
	s->db = db;
	s->cfg.workers = between(cfg->workers, 1, LIMIT_WORKERS);
	s->cfg.http_threads = between(cfg->http_threads, 2, LIMIT_WORKERS);
	s->cfg.head_seconds = cfg->head_seconds > 0 ? cfg->head_seconds : LIMIT_HEAD_SECONDS;
	s->cfg.body_seconds = cfg->body_seconds > 0 ? cfg->body_seconds : LIMIT_BODY_SECONDS;
	s->cfg.stop_seconds = cfg->stop_seconds > 0 ? cfg->stop_seconds : LIMIT_STOP_SECONDS;
	s->cfg.version = cfg->version != NULL ? cfg->version : "0";
	s->loopback = cfg->public_origin == NULL && is_loopback(cfg->bind_address);
	if (cfg->key != NULL)
		s->key = mac_key_derive(cfg->key, "http");
	else
		random_bytes(&s->key, sizeof s->key);
	backlog_init(&s->backlog, (size_t)between(cfg->queue_max, 1, LIMIT_QUEUE));
	init_locks(s);
	return s;
}

static void discard(struct http_server *s)
{
	backlog_destroy(&s->backlog);
	router_free(s->router);
	mac_key_wipe(&s->key);
	(void)pthread_cond_destroy(&s->tick_cond);
	(void)pthread_mutex_destroy(&s->tick_mutex);
	(void)pthread_mutex_destroy(&s->lines_mutex);
	(void)pthread_mutex_destroy(&s->streams_mutex);
	out_free(&s->openapi);
	free(s);
}

static bool start_threads(struct http_server *s)
{
	for (; s->worker_count < s->cfg.workers; s->worker_count++)
		if (pthread_create(&s->workers[s->worker_count], NULL, worker_main, s) != 0)
			return false;
	s->ticking = true; /* before the thread looks */
	if (pthread_create(&s->ticker, NULL, ticker_main, s) != 0)
		s->ticking = false;
	return s->ticking;
}

static void end_ticker(struct http_server *s)
{
	(void)pthread_mutex_lock(&s->tick_mutex);
	bool ran = s->ticking;
	s->ticking = false;
	(void)pthread_cond_signal(&s->tick_cond);
	(void)pthread_mutex_unlock(&s->tick_mutex);
	if (ran)
		(void)pthread_join(s->ticker, NULL);
}

static void end_workers(struct http_server *s)
{
	backlog_close(&s->backlog);
	for (int i = 0; i < s->worker_count; i++)
		(void)pthread_join(s->workers[i], NULL);
	s->worker_count = 0;
}

static enum status make_openapi(struct http_server *s, const struct route *const *routes,
                                struct error *reterr)
{
	out_init(&s->openapi, LIMIT_ANSWER_BYTES);
	http_openapi(
	    &s->openapi, routes,
	    (struct http_schemas){ .version = s->cfg.version, .view_schema = s->cfg.view_schema });
	return out_end(&s->openapi, reterr);
}

enum status http_start(const struct http_config *cfg, struct db *db, const struct gate *gate,
                       const struct route *const *routes, struct http_server **ret,
                       struct error *reterr)
{
	assert(cfg->clock != NULL);
	assert(gate->identify != NULL && gate->permit != NULL && gate->csrf_matches != NULL);
	assert(gate->event != NULL && gate->error_page != NULL);
	assert(gate->problem != NULL && gate->owner != NULL);

	struct http_server *s = make(cfg, db, gate);
	if (s == NULL)
		return FAIL_INTERNAL(reterr);
	enum status st = router_make(routes, &s->router, reterr);
	if (st == OK)
		st = make_openapi(s, routes, reterr);
	if (st == OK && !start_threads(s))
		st = FAIL_INTERNAL(reterr);
	if (st == OK && cfg->bind_address != NULL)
		st = wire_start(s, reterr);
	if (st != OK) {
		end_ticker(s);
		end_workers(s);
		wire_stop(s);
		discard(s);
		return st;
	}
	*ret = s;
	return OK;
}

uint16_t http_port(const struct http_server *s)
{
	return s->port;
}

static bool wait_until_zero(const _Atomic int64_t *counter, int64_t deadline_ms)
{
	while (atomic_load(counter) > 0 && clock_monotonic_ms() < deadline_ms)
		(void)usleep(STOP_POLL_US);
	return atomic_load(counter) == 0;
}

bool http_stop(struct http_server *s)
{
	if (s == NULL)
		return true;
	int64_t deadline_ms = clock_monotonic_ms() + (int64_t)s->cfg.stop_seconds * 1000;

	/* From here on wire.c turns new connections away. MHD_quiesce_daemon isn't used: its
	 * threads and MHD_stop_daemon may both take the listening socket out of epoll, and the
	 * second one aborts the process (0.9.75). */
	atomic_store(&s->stopping, true);
	streams_end(s);
	if (!wait_until_zero(&s->suspended, deadline_ms)) {
		/* A handler or the database hangs. MHD aborts if stopped with suspended
		 * connections, and their threads still use s. */
		access_log_refused(s, "stopped while requests were running");
		return false;
	}
	(void)wait_until_zero(&s->active, deadline_ms);
	streams_end(s);
	end_ticker(s);
	end_workers(s);
	wire_stop(s);
	discard(s);
	return true;
}

struct http_figures http_figures(struct http_server *s)
{
	struct http_figures f = {
		.waiting = (int64_t)backlog_count(&s->backlog),
		.served = atomic_load(&s->served),
		.refused = atomic_load(&s->refused),
	};

	f.running = atomic_load(&s->suspended) - f.waiting;
	(void)pthread_mutex_lock(&s->streams_mutex);
	f.streams = s->stream_count;
	(void)pthread_mutex_unlock(&s->streams_mutex);
	return f;
}
