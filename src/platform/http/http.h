/*
 * http.h - a request as handlers see it: whole, parsed, with its own arena
 *
 * The life of a request: an HTTP thread reads head and body under limits, suspends the
 * connection and puts the complete request on a bounded queue (full: 503 with Retry-After).
 * A worker takes it: route -> who is this (gate.identify) -> may he (gate.permit). Then
 *
 *   a view    read: one snapshot, compose, render. The answer leaves once its event is durable.
 *   a change  prepare (no transaction: form or JSON into a struct, everything slow or random),
 *             apply (a db job: claim, load, ask, store, answer), then the answer leaves.
 *
 * A change that is refused (problems, stale version, a guard's no) is answered as
 * problem+json on the API; on a page by the route's redraw, with everything that was typed.
 * No handler knows a thread, a lock, a retry or an engine. Permission and audit action are
 * data of the route; this layer hands them to the gate and knows nothing of their meaning.
 *
 * Every route answers twice: /signals/{ref} as HTML and /api/v1/signals/{ref} as JSON.
 */
#ifndef PLATFORM_HTTP_HTTP_H
#define PLATFORM_HTTP_HTTP_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/clock.h"
#include "platform/core/error.h"
#include "platform/core/out.h"
#include "platform/core/problems.h"
#include "platform/db/db.h"
#include "platform/http/input.h"
#include "platform/http/request.h"

typedef enum status read_fn(struct request *rq, struct response *rs, struct error *reterr);

/*
 * Makes *ret_input (request arena) for apply. Problems go into rq->problems, all at once;
 * with an ERROR among them the change isn't tried. No transaction: hash, seal, draw
 * random numbers and write files here.
 */
typedef enum status prepare_fn(struct request *rq, void **ret_input, struct error *reterr);

enum route_flag {
	ROUTE_PUBLIC = 1,    /* without sign-in */
	ROUTE_PAGE_ONLY = 2, /* no /api/v1 twin (style guide, sign-in) */
	ROUTE_API_ONLY = 4,
	ROUTE_UPLOAD = 8,     /* multipart with files: the larger body limit */
	ROUTE_STEP_UP = 16,   /* a fresh second factor first */
	ROUTE_NO_EVENT = 32,  /* static files, health: nothing personal, nothing logged */
	ROUTE_ANY_STATE = 64, /* also for an account that must still enrol or choose a capacity */
	ROUTE_NO_DB = 128, /* answers without a snapshot, when the database is gone too (health) */
	ROUTE_NO_ONCE =
	    256,         /* the answer sets a secret cookie: it is never kept with a once token */
	ROUTE_RAW = 512, /* JSON that the handler reads itself: request.raw; the upload limit */
	ROUTE_PIECES =
	    1024 /* of ROUTE_UPLOAD: large files stay on disk, input_value.file gives them
	                       a piece at a time; nothing else is held in memory */
};

struct route {
	const char *method, *path;   /* "GET", "/signals/{ref}"; {name} matches one segment */
	uint16_t permission, action; /* enum permission (access/), enum audit_action (audit/) */
	uint32_t flags;              /* enum route_flag */
	read_fn *read;               /* GET */
	prepare_fn *prepare;         /* else; NULL: nothing to prepare */
	db_job_fn
	    *apply; /* else: args is struct change. NULL: answered by read after prepare (search) */
	read_fn *redraw;         /* else: the page again, with problems and what was typed */
	const struct form *form; /* its input, for prepare and openapi.json; may be NULL */
	const struct view *view; /* its output, for openapi.json; may be NULL */
	const char *summary;     /* Dutch, one line, for openapi.json */
	enum db_lane lane;
	const void *about; /* what a room tells its handlers of this route; may be NULL */
};

/* What the program gives the server: all decisions that aren't plumbing. Safe from every worker. */
struct gate {
	void *app;
	/* Fills rq->session, rq->viewer, rq->frame; leaves them NULL for a stranger. Never fails
	 * for a bad cookie. */
	enum status (*identify)(struct request *rq, const char *cookie_header,
	                        const char *bearer_token, struct error *reterr);
	/* Where identify set rq->guess: does that stand in this snapshot? Asked before anything is
	 * answered or told to the log; false: the request is served again from its start, with
	 * rq->certain. */
	bool (*confirm)(struct request *rq);
	/* OK, ERR_DENIED or ERR_NOT_FOUND; ERR_INVALID with rs->location set: go there first (sign
	 * in, enrol, step up). With ERR_DENIED rs->code may say 401 rather than 403. */
	enum status (*permit)(struct request *rq, struct response *rs, struct error *reterr);
	/* The CSRF token of this session and route must match what the form brought. Not called
	 * with a bearer token. */
	bool (*csrf_matches)(const struct request *rq, const char *token);
	/* The event of this request, in rq's arena; NULL for ROUTE_NO_EVENT. */
	void *(*event)(const struct request *rq, const struct touched *touched);
	/* Draws an error page inside the frame (404, 403, 409, 413, 500, 503). */
	void (*error_page)(struct request *rq, struct response *rs, const struct error *e);
	/* A POST whose session ended: keeps the body sealed for its owner; NULL: not offered. */
	void (*park)(struct request *rq);
	/* application/problem+json: view_problem_json. Never NULL. */
	void (*problem)(struct out *o, int code, const struct error *e,
	                const struct problems *problems, const char *request_id);
	/* May this viewer hear when the topic moves? NULL: there are no event streams. */
	bool (*may_hear)(const struct request *rq, const char *topic);
	/* A number of this session or token, the same from request to request; 0: a stranger.
	 * Idempotency-Keys and the count of event streams are per owner. Never NULL. */
	int64_t (*owner)(const struct request *rq);
};

/* A file that everybody may read and that never changes: its name holds a hash of its bytes. */
struct asset {
	const char *path; /* "/assets/plein.4f1d2c.css"; NULL ends a table */
	const unsigned char *bytes;
	size_t len;
	const char *content_type;
	const unsigned char *gzip_bytes; /* the same, compressed; NULL: isn't */
	size_t gzip_len;
};

struct mac_key;

struct http_server;

struct http_config {
	const char *bind_address; /* "127.0.0.1" or "::"; NULL: only calls from this process */
	uint16_t port;            /* 0: any; ask http_port */
	int http_threads, workers, queue_max;
	const char *tls_certificate_file, *tls_key_file; /* both or neither */
	const char *const
	    *trusted_proxies; /* addresses whose X-Forwarded-* counts; NULL-terminated or NULL */
	const char *public_origin; /* "https://plein.example": for the Origin check; NULL: from Host
	                              on loopback */
	int access_log_fd;         /* JSON lines; -1: none */
	const char *spool_folder;  /* where large bodies wait, sealed, until a worker takes them;
	                              NULL: in memory */
	const struct clock *clock;
	const struct mac_key *key;  /* ETags, notes, digests of bodies: one key for all processes of
	                               an installation; NULL: drawn at the start */
	const struct asset *assets; /* NULL: none */
	const char *version;        /* of the program: API-Version and openapi.json; NULL: "0" */
	void (*view_schema)(struct out *o,
	                    const struct view *view); /* for openapi.json; may be NULL */
	int head_seconds, body_seconds,
	    stop_seconds; /* 0: those of limits.h; tests use shorter ones */
};

/* routes: a NULL-terminated list of tables, each ending in a row without method. All live as long
 * as the server. */
MUST_CHECK enum status http_start(const struct http_config *cfg, struct db *db,
                                  const struct gate *gate, const struct route *const *routes,
                                  struct http_server **ret, struct error *reterr);
uint16_t http_port(const struct http_server *s);
/* Stops taking, finishes what runs (at most 10 s), ends. Takes NULL. False: a request still runs, and
 * its threads go on using s, the database and whatever handlers use; who stops frees none of it, and
 * asks again or ends the process. */
bool http_stop(struct http_server *s);

/* Sends a topic and version to every open event stream that subscribed to it. Thread-safe, never
 * waits. */
void http_publish(struct http_server *s, const char *topic, int64_t version);

/*
 * openapi.json of these tables, sorted, the same bytes every time. It is also served at
 * /api/v1/openapi.json, to everybody, with the config's version.
 */
struct http_schemas {
	const char *version, *contact; /* contact: a name or address; may be NULL */
	/* The JSON schema of a view; view/ knows its fields. NULL: answers aren't described. */
	void (*view_schema)(struct out *o, const struct view *view);
};
void http_openapi(struct out *o, const struct route *const *tables, struct http_schemas schemas);

/* Figures for /health. */
struct http_figures {
	int64_t waiting;         /* complete requests without a worker */
	int64_t running;         /* with a worker or the database */
	int64_t served, refused; /* answers, and 503s of a full queue, since the start */
	int streams;
};
struct http_figures http_figures(struct http_server *s);

/* The value of one cookie in a Cookie header, or NULL; copied into the arena. */
const char *http_cookie(struct arena *a, const char *header, const char *name);

/* The path of this route with the {names} filled in, percent-encoded. */
const char *http_path(struct arena *a, const char *pattern, const char *const *values);

#endif
