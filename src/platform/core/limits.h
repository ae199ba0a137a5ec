/*
 * limits.h - every limit of the program on one screen: the number, its unit, its reason
 *
 * A limit holds at n and refuses at n + 1; tests try both. The sentence that a person
 * reads stands where the limit is checked, never here.
 */
#ifndef PLATFORM_CORE_LIMITS_H
#define PLATFORM_CORE_LIMITS_H

enum {
	/* what one request may bring */
	LIMIT_TARGET_BYTES = 4096,    /* path and query as sent: lists keep filters in the URL */
	LIMIT_HEAD_BYTES = 16 * 1024, /* all header lines: what browsers and proxies send, twice */
	LIMIT_HEADERS = 64,           /* lines: a browser sends 20, a proxy adds 10 */
	LIMIT_COOKIE_BYTES = 4096,    /* ours take 300; more is somebody else's */
	LIMIT_PATH_SEGMENTS = 16,     /* parts between slashes; our longest route has 7 */
	LIMIT_BODY_BYTES = 1024 * 1024,   /* form or JSON: 50 pages of text */
	LIMIT_UPLOAD_BYTES = 26214400,    /* with files: a scanned report, 25 MiB */
	LIMIT_BODIES_BYTES = 268435456,   /* all bodies under way together: a quarter of 1 GiB */
	LIMIT_SPOOLED_BYTES = 2097152000, /* large bodies under way together, on disk: eighty */
	LIMIT_DISCARD_BYTES = 2097152,    /* read and thrown away, so that a 413 arrives */
	LIMIT_FIELDS = 2000,              /* values: 100 subjects of 20 fields */
	LIMIT_PATH_BYTES = 200,           /* a field's path: "subjects[99].addresses[9].postcode" */
	LIMIT_FIELD_BYTES = 256 * 1024,   /* one text value: a long narrative, with room */
	LIMIT_FIELD_CHARS = 20000,        /* text of a field that names no length of its own */
	LIMIT_FILES = 20,                 /* in one multipart body */
	LIMIT_FILE_NAME_BYTES = 255,      /* what file systems take */
	LIMIT_PART_HEAD_BYTES = 4096,     /* header lines of one multipart part */
	LIMIT_BOUNDARY_BYTES = 70,        /* RFC 2046, 5.1.1 */
	LIMIT_JSON_DEPTH = 16,            /* levels; our deepest form has 5 */
	LIMIT_LIST_ELEMENTS = 500,        /* in one list of a form */

	/* what one answer may be */
	LIMIT_ANSWER_BYTES = 33554432,       /* an export of 100,000 rows, 32 MiB */
	LIMIT_NOTE_BYTES = 300,              /* one sentence, carried in a cookie */
	LIMIT_ARENA_BYTES = 8 * 1024 * 1024, /* memory of one request before it must stop */
	LIMIT_FORM_ANSWER_BYTES = 64 * 1024, /* a change's short answer, kept with its once token */

	/* what waits at once */
	LIMIT_CONNECTIONS = 4096,      /* sockets: 600 people, some tabs, their event streams */
	LIMIT_QUEUE = 512,             /* complete requests that wait for a worker */
	LIMIT_WORKERS = 64,            /* threads */
	LIMIT_STREAMS = 2048,          /* open event streams, all together */
	LIMIT_STREAMS_PER_SESSION = 6, /* one tab one stream, as HTTP/1.1 browsers allow */
	LIMIT_TOPICS = 16,             /* of one event stream */
	LIMIT_TOPIC_BYTES = 64,        /* "meeting/V-2026-7K3QF" */
	LIMIT_STREAM_BACKLOG_BYTES =
	    8192, /* unsent news of a stream; then it ends and reconnects */

	/* how long */
	LIMIT_HEAD_SECONDS = 30, /* from the opening or the last answer to a whole head */
	LIMIT_BODY_SECONDS = 60, /* for a body, and a second more for every ... */
	LIMIT_BODY_BYTES_PER_SECOND = 16 * 1024, /* ... of these: a poor mobile line */
	LIMIT_IDLE_SECONDS = 35,                 /* nothing sent or read: the socket closes */
	LIMIT_STREAM_COMMENT_SECONDS = 15, /* a comment line finds streams whose reader is gone */
	LIMIT_STREAM_SECONDS = 900,        /* then a stream ends: who may listen is asked again */
	LIMIT_STOP_SECONDS = 10,           /* what runs may finish when the server stops */
	LIMIT_RETRY_AFTER_SECONDS = 2,     /* what a 503 advises */
	LIMIT_NOTE_SECONDS = 60            /* a note that nobody came to read */
};

#endif
