/*
 * server.h - what the parts of the server know of each other
 *
 * An exchange is one request and its answer. It is owned by exactly one thread at a time:
 *
 *   wire.c    HTTP thread: head, body                      -> queue (connection suspended)
 *   life.c    worker: who, may he, read or prepare         -> db job
 *   change.c  thread of db: apply, then done               -> wire (resumed), or a worker again
 *   wire.c    HTTP thread: sends, logs, frees
 *
 * Private to platform/http.
 */
#ifndef PLATFORM_HTTP_SERVER_H
#define PLATFORM_HTTP_SERVER_H

#include <pthread.h>
#include <stdatomic.h>

#include "platform/crypto/crypto.h"
#include "platform/http/http.h"
#include "platform/http/router.h"

struct MHD_Connection;
struct MHD_Daemon;
struct MHD_Response;
struct stream;
struct call;

/* What the head said, copied into the exchange's arena; NULL where a header is absent. */
struct head {
	const char *method, *host, *origin, *fetch_site, *fetch_mode, *referer, *cookie, *bearer,
	    *content_type;
	const char *if_none_match, *idempotency_key, *csrf, *user_agent, *accept_encoding;
	const char *forwarded_for, *forwarded_proto, *parts;
	int64_t content_length; /* 0: no body */
};

enum answer_kind { ANSWER_DYNAMIC, ANSWER_ASSET, ANSWER_STREAM };

struct exchange {
	struct http_server *server;
	struct MHD_Connection *connection; /* NULL: a call from this process */
	struct call *call;
	struct arena arena;
	struct head head;
	struct target target;
	struct match match;
	bool https; /* as the person's browser sees it */

	char *body;
	size_t body_len, body_size;
	struct spool *spool;               /* a large body that lies on disk; NULL: it is in body */
	bool seen_head, complete, closing; /* closing: the connection can't be used further */
	enum status refusal; /* found on the HTTP thread, told by a worker; error says why */
	int refusal_code;    /* 0: that of the status */
	bool permitted;      /* permit said yes: handlers may rely on viewer and session */

	struct request rq;
	struct response rs;
	struct input query, form;
	struct problems problems;
	struct error error;
	void *input; /* what prepare made */
	struct change change;
	struct db_job job;
	uint8_t once[ONCE_TOKEN_BYTES], once_digest[ONCE_DIGEST_BYTES];
	enum status outcome; /* told to the log with the event */
	bool again;          /* a change failed or is kept in part: a worker draws the page again */
	const char *note;    /* set by a change: a cookie carries it to the next page */
	bool note_shown;
	char etag[40];
	bool not_modified;

	enum answer_kind kind;
	const struct asset *asset;
	struct stream *stream;
	int64_t began_ms, queued_ms, taken_ms, ready_ms; /* monotonic */
	int sent_code;
	size_t sent_bytes;
	struct exchange *next; /* the queue's */
};

/* A socket, watched so that nobody can hold it by sending slowly. */
struct line {
	int fd;
	_Atomic int64_t deadline_ms; /* monotonic; 0: not waiting for the other side */
	struct line *previous, *next;
};

struct backlog {
	pthread_mutex_t mutex;
	pthread_cond_t filled;
	struct exchange *first, *last;             /* new requests, in order */
	struct exchange *first_again, *last_again; /* taken first; bounded by what runs */
	size_t count, max;
	bool closed;
};

struct http_server {
	struct http_config cfg;
	struct gate gate;
	struct db *db;
	struct router *router;
	struct mac_key key;
	struct MHD_Daemon *daemon;
	uint16_t port;
	bool loopback; /* bound to this machine only and no origin set: Host must be local */
	char *tls_certificate, *tls_key;

	struct backlog backlog;
	pthread_t workers[64]; /* LIMIT_WORKERS */
	int worker_count;
	_Atomic bool stopping;
	_Atomic int64_t suspended; /* exchanges away from the HTTP threads */
	_Atomic int64_t active;    /* exchanges that aren't finished */
	_Atomic int64_t body_bytes, spool_bytes;
	_Atomic int64_t served, refused;

	pthread_mutex_t lines_mutex;
	struct line *lines;
	pthread_t ticker;
	bool ticking;
	pthread_mutex_t tick_mutex;
	pthread_cond_t tick_cond;

	pthread_mutex_t streams_mutex;
	struct stream *streams;
	int stream_count;

	struct out openapi; /* made at the start */
};

/* ---- wire.c ------------------------------------------------------------------------------ */
MUST_CHECK enum status wire_start(struct http_server *s, struct error *reterr);
void wire_stop(struct http_server *s);
/* A new exchange for this target, or NULL without memory. Ends in exchange_free. */
struct exchange *exchange_new(struct http_server *s, const char *uri);
void exchange_free(struct exchange *x);
/* The body where it lies, as long as the exchange; until wire_open_body, if it waits on disk. */
struct byte_source wire_body(const struct exchange *x);
/* A body that waits on disk comes into memory, once. ERR_UNAVAILABLE: others fill it. */
MUST_CHECK enum status wire_open_body(struct exchange *x, struct error *reterr);
/* Gives the exchange back to its HTTP thread, or to whoever called; not to be touched any more. */
void wire_resume(struct exchange *x);
/* What every answer carries. */
void wire_add_headers(struct MHD_Response *r, const struct exchange *x);
/* Shuts sockets whose other side was too slow. */
void wire_shut_slow(struct http_server *s, int64_t now_ms);

/* ---- call.c ------------------------------------------------------------------------------ */
/* The answer is complete: wakes whoever waits for it. */
void call_resume(struct exchange *x);

/* ---- head.c ------------------------------------------------------------------------------ */
/* Reads and judges the head. Not OK: x->error and x->refusal_code say what to answer. */
enum status head_read(struct exchange *x, const char *method, const char *version);
void head_client(struct exchange *x);

/* ---- backlog.c ----------------------------------------------------------------------------- */
void backlog_init(struct backlog *q, size_t max);
void backlog_destroy(struct backlog *q);
/* False: full, or closed. */
bool backlog_put(struct backlog *q, struct exchange *x);
void backlog_put_again(struct backlog *q, struct exchange *x);
/* NULL: empty, and closed where it was to wait. */
struct exchange *backlog_take(struct backlog *q, bool wait);
void backlog_close(struct backlog *q);
size_t backlog_count(struct backlog *q);

/* ---- life.c ------------------------------------------------------------------------------ */
void life_run(struct exchange *x);

/* ---- change.c ---------------------------------------------------------------------------- */
/* Submits the route's apply. The exchange comes back to the wire, or to the queue. */
void change_submit(struct exchange *x);
/* Where x->change leads, with its note. */
void change_answer_page(struct exchange *x);
/* Submits the event of a view or of a refusal; the exchange goes to the wire. */
void event_submit(struct exchange *x);
/* Reads the once token out of the form or header; ERR_INVALID if it isn't one. */
MUST_CHECK enum status once_read(struct exchange *x, struct error *reterr);

/* ---- answer.c ---------------------------------------------------------------------------- */
/* Replaces whatever stood in x->rs by this error; code 0: that of the status. */
void answer_error(struct exchange *x, const struct error *e, int code);
/* The same without gate, database or frame: for HTTP threads and the worst days. */
void answer_plain(struct exchange *x, int code, const char *message);
/* Adds what the finished body decides: ETag and 304. */
void answer_seal(struct exchange *x);

/* ---- origin.c ---------------------------------------------------------------------------- */
/* May a change with these headers come from one of our own pages? */
bool origin_fits(const struct head *h, const char *public_origin, bool https);
/* The page of ours that led here, "/log?period=week"; NULL: none, or not one of ours. */
const char *page_before(const struct head *h, const char *public_origin, bool https);
/* Is this Host ("127.0.0.1:8080", "localhost", "[::1]:8") a name of this machine? */
bool host_is_local(const char *host);
/* The client's address: the rightmost of X-Forwarded-For that isn't a trusted proxy. */
const char *client_behind(struct arena *a, const char *peer, const char *forwarded_for,
                          const char *const *trusted);
bool address_listed(const char *address, const char *const *list);

/* ---- note.c ------------------------------------------------------------------------------ */
/* A sentence as cookie value and back; NULL if it isn't ours or too old. */
const char *note_seal(struct arena *a, const struct mac_key *key, const char *note, int64_t now_ms);
const char *note_open(struct arena *a, const struct mac_key *key, const char *value,
                      int64_t now_ms);
extern const char NOTE_COOKIE[];

/* ---- streams.c --------------------------------------------------------------------------- */
/* GET /events: asks the gate per topic and opens a stream, or fails. */
MUST_CHECK enum status stream_open(struct exchange *x, struct error *reterr);
int stream_answer(struct exchange *x);  /* queues the MHD response; 0 or -1 */
void stream_discard(struct stream *st); /* one that was never answered; takes NULL */
void streams_tick(struct http_server *s, int64_t now_ms);
void streams_end(struct http_server *s);

/* ---- access_log.c ------------------------------------------------------------------------ */
void access_log(const struct exchange *x);
void access_log_refused(const struct http_server *s, const char *why);

#endif
