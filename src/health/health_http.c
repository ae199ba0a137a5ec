#include "health/health.h"

#include "access/access.h"
#include "audit/action.h"
#include "audit/log.h"
#include "plein/plein.h"
#include "platform/view/view.h"

enum { SEALER_LATE_MS = 60000 };

enum fitness { FIT_READY, FIT_DEGRADED, FIT_DOWN };
static const struct code FITNESS[] = {
	{ FIT_READY, "READY", "Klaar" },
	{ FIT_DEGRADED, "DEGRADED", "Werkt, maar niet goed" },
	{ FIT_DOWN, "DOWN", "Werkt niet" },
	{ 0, NULL, NULL },
};

struct database_health {
	bool reachable, read_only;
	int64_t waiting, oldest_ms, commits, jobs, reruns;
};
static const struct view_field DATABASE_FIELDS[] = {
	VIEW_F(struct database_health, reachable, VIEW_BOOL),
	VIEW_AS(struct database_health, read_only, "readOnly", VIEW_BOOL),
	VIEW_F(struct database_health, waiting, VIEW_INT),
	VIEW_AS(struct database_health, oldest_ms, "oldestMs", VIEW_INT),
	VIEW_F(struct database_health, commits, VIEW_INT),
	VIEW_F(struct database_health, jobs, VIEW_INT),
	VIEW_F(struct database_health, reruns, VIEW_INT),
};
static const struct view DATABASE_VIEW = VIEW_OF(struct database_health, DATABASE_FIELDS);

struct queue_health {
	int64_t waiting, running, served, refused, streams;
};
static const struct view_field QUEUE_FIELDS[] = {
	VIEW_F(struct queue_health, waiting, VIEW_INT),
	VIEW_F(struct queue_health, running, VIEW_INT),
	VIEW_F(struct queue_health, served, VIEW_INT),
	VIEW_F(struct queue_health, refused, VIEW_INT),
	VIEW_F(struct queue_health, streams, VIEW_INT),
};
static const struct view QUEUE_VIEW = VIEW_OF(struct queue_health, QUEUE_FIELDS);

struct log_health {
	bool in_order;
	int64_t sealed, checked_at, signed_at;
};
static const struct view_field LOG_FIELDS[] = {
	VIEW_AS(struct log_health, in_order, "inOrder", VIEW_BOOL),
	VIEW_F(struct log_health, sealed, VIEW_INT),
	VIEW_AS(struct log_health, checked_at, "checkedAt", VIEW_MOMENT),
	VIEW_AS(struct log_health, signed_at, "signedAt", VIEW_MOMENT),
};
static const struct view LOG_VIEW = VIEW_OF(struct log_health, LOG_FIELDS);

struct health {
	bool live, ready;
	int status; /* enum fitness */
	const struct database_health *database;
	const struct queue_health *requests;
	const struct log_health *log;
};
static const struct view_field HEALTH_FIELDS[] = {
	VIEW_F(struct health, live, VIEW_BOOL),
	VIEW_F(struct health, ready, VIEW_BOOL),
	VIEW_AS(struct health, status, "status", VIEW_CODE, .codes = FITNESS),
	VIEW_AS(struct health, database, "database", VIEW_OBJECT, .view = &DATABASE_VIEW),
	VIEW_AS(struct health, requests, "requests", VIEW_OBJECT, .view = &QUEUE_VIEW),
	VIEW_AS(struct health, log, "log", VIEW_OBJECT, .view = &LOG_VIEW),
};
static const struct view HEALTH_VIEW = VIEW_OF(struct health, HEALTH_FIELDS);

static struct database_health database_of(struct db *db)
{
	const struct db_figures f = db_figures(db);

	return (struct database_health){ f.reachable, f.read_only, f.waiting, f.oldest_ms,
		                         f.commits,   f.jobs,      f.reruns };
}

static struct queue_health queue_of(struct http_server *server)
{
	const struct http_figures f = http_figures(server);

	return (struct queue_health){ f.waiting, f.running, f.served, f.refused, f.streams };
}

static int64_t moment(int64_t ms)
{
	return ms > 0 ? ms : INT64_MIN;
}

static struct log_health log_of(struct audit_log *log, int64_t now_ms)
{
	const struct audit_log_figures f = audit_log_figures(log);

	return (struct log_health){
		.in_order = f.status == OK && now_ms - f.last_step_ms < SEALER_LATE_MS,
		.sealed = f.sealed,
		.checked_at = moment(f.last_step_ms),
		.signed_at = moment(f.last_signed_ms),
	};
}

static enum fitness fitness_of(const struct database_health *d, const struct log_health *l)
{
	if (!d->reachable || d->read_only)
		return FIT_DOWN;
	return l->in_order ? FIT_READY : FIT_DEGRADED;
}

static enum status show_health(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct plein *p = plein_of(rq);

	db_look_again(p->db);
	const struct database_health database = database_of(p->db);
	const struct queue_health requests = queue_of(p->http);
	const struct log_health log = log_of(p->log, rq->now_ms);
	const enum fitness fitness = fitness_of(&database, &log);
	const struct health record = {
		.live = true,
		.ready = fitness != FIT_DOWN,
		.status = (int)fitness,
		.database = &database,
		.requests = &requests,
		.log = &log,
	};

	(void)reterr;
	rs->code = fitness == FIT_DOWN ? 503 : 200;
	rs->content_type = "application/json";
	view_json(&rs->body, &HEALTH_VIEW, &record);
	return OK;
}

const struct route health_routes[] = {
	{ .method = "GET",
	  .path = "/health",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_NONE,
	  .flags = ROUTE_PUBLIC | ROUTE_NO_EVENT | ROUTE_NO_DB,
	  .read = show_health,
	  .view = &HEALTH_VIEW,
	  .summary = "Of deze server werkt: database, wachtrij en verzegeling van het logboek" },
	{ 0 },
};
