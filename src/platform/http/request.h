/* request.h - what a handler gets, what it gives, and what a change leaves; see http.h */
#ifndef PLATFORM_HTTP_REQUEST_H
#define PLATFORM_HTTP_REQUEST_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/core/out.h"
#include "platform/core/problems.h"
#include "platform/db/db.h"
#include "platform/http/input.h"

struct route;
struct viewer;  /* access/: who asks, in which capacity; never NULL behind permit */
struct session; /* people/: the signed-in session, or NULL */
struct frame;   /* view/: what stands around a page: name, capacity, menu */

enum { ROUTE_PARAMS_MAX = 4, REQUEST_ID_CHARS = 16, COUNTED_ROWS_MAX = 1000 };

/* What a request was about, for the log: set by handlers as soon as they know. */
struct touched {
	uint16_t kind;       /* enum audit_object of audit/ */
	int64_t id;          /* 0: none, or a list */
	int64_t owner_id;    /* signal, casefile or meeting it belongs to, 0: none */
	uint16_t owner_kind; /* what owner_id is: enum audit_object; 0 exactly when owner_id is */
	uint8_t phase;       /* highest phase shown, 0: none */
	int32_t count;       /* rows shown or exported, -1: not a list */
	uint16_t purpose;    /* code of why he looked, 0: not asked */
};

struct request {
	struct arena *arena;
	void *app; /* the program's services (struct plein of main), for handlers of rooms */
	const struct route *route;
	const char *method, *path;            /* path: decoded, valid UTF-8, without /api/v1 */
	const char *params[ROUTE_PARAMS_MAX]; /* values of the route's {names}, in order */
	const struct input *query;            /* never NULL, may be empty */
	const struct input *body;             /* form, multipart or JSON alike; never NULL */
	const char *raw; /* of ROUTE_RAW: the body as sent, raw_len bytes; else NULL */
	size_t raw_len;
	bool wants_json; /* came by /api/v1 */
	bool wants_csv;  /* ?format=csv on a list */
	bool wants_ods;  /* ?format=ods: the same as a spreadsheet */
	const char
	    *parts; /* of a page: which {{#@part}} of it to draw, names with spaces; NULL: all */
	/* Nobody waits for this list: only how many rows it has is asked, one more than
	 * COUNTED_ROWS_MAX at most (platform/view/list.h). NULL: somebody does. */
	int64_t *counted;
	int64_t now_ms; /* one moment for the whole request */
	char id[REQUEST_ID_CHARS + 1];
	const char
	    *client_address;    /* real one behind configured proxies; never stored in an event */
	const char *user_agent; /* may be "" */
	const char *came_from;  /* path and query of the page of ours that led here; NULL: none */

	struct db_read *db; /* the snapshot; in apply use db_tx_read(tx) */
	const struct viewer *viewer;
	const struct session *session;
	struct frame *frame;
	bool certain;              /* identify asks the database, whatever it remembers */
	struct guess *guess;       /* the gate's: what identify relied on; NULL: it asked */
	struct problems *problems; /* never NULL; filled by prepare, shown by redraw */
	bool stale;                /* redraw: someone else was first; show both versions */
	const uint8_t *once; /* ONCE_TOKEN_BYTES from the form or Idempotency-Key; NULL: none */
	struct touched touched;
	void *input;      /* what prepare made; for read after prepare, and redraw */
	const char *note; /* what the last action said, once; the gate puts it in the frame */
};

struct response {
	int code;                 /* 200 unless a handler says otherwise */
	const char *content_type; /* NULL: text/html or application/json by the way it was asked */
	const char *location;     /* 303 or 201 */
	const char *file_name;    /* Content-Disposition: attachment; ASCII, no names of persons */
	struct out body;
	struct cookie {
		const char *name, *value; /* value NULL: forget it */
		int64_t max_age_s;        /* 0: until the browser closes */
	} cookies[2];
	int refresh_s; /* Refresh header for progress pages; 0: none */
	/* A file instead of body: up to max bytes from place at (-1: it can't), on an HTTP thread. */
	int64_t (*read)(void *context, int64_t at, void *to, size_t max);
	void *read_context; /* lives as long as the request */
	int64_t read_bytes;
	/* Of a view: runs in the transaction of its event, for what must be remembered of who saw
	 * what. No event, or it fails: no answer. Its args live as long as the request. NULL: none. */
	db_job_fn *remember;
	void *remember_args;
};

/* What apply gets as its args, and where it leaves the short answer. Reset before a rerun. */
struct change {
	const struct request *rq; /* facts only: viewer, params, now_ms. rq->db is closed */
	void *input;              /* what prepare made; NULL without prepare */
	const char *location;     /* where the person goes next (303), and Location on the API */
	const char *note;         /* Dutch sentence shown there once; NULL: none */
	const char *json;         /* the API's answer; NULL: 204 */
	/* The page answers with the route's redraw, without problems, and not with location and note:
	 * part of what was sent wasn't stored, and stays in its field. */
	bool redraw;
	bool created;           /* 201 rather than 200 on the API */
	struct touched touched; /* starts as rq->touched */
	struct cookie cookie;   /* set on success when name isn't NULL */
	/* Who follows this topic hears it (http_publish) once the change is durable; NULL: nobody. */
	const char *topic;
	int64_t topic_version;
};

#endif
