/*
 * Server-sent events: connections that wait without a thread. A stream says only that a topic
 * moved to a version; the page then asks again, with rights and log.
 *
 * One mutex guards all streams. A reader that finds nothing suspends its connection while it
 * holds the mutex, so that no news falls between looking and sleeping.
 */
#include "platform/http/server.h"

#include <assert.h>
#include <inttypes.h>
#include <microhttpd.h>

#include "platform/core/limits.h"

struct stream {
	struct http_server *server;
	struct MHD_Connection *connection; /* NULL until it is answered */
	int64_t owner;
	char topics[LIMIT_TOPICS][LIMIT_TOPIC_BYTES + 1];
	size_t topic_count;
	char pending[LIMIT_STREAM_BACKLOG_BYTES];
	size_t pending_len;
	bool asleep, ended;
	int64_t opened_ms, spoke_ms; /* monotonic */
	struct stream *previous, *next;
};

/* With the mutex held, all of these. */
static void wake(struct stream *st)
{
	if (!st->asleep)
		return;
	st->asleep = false;
	MHD_resume_connection(st->connection);
}

static void say(struct stream *st, const char *text, size_t len)
{
	if (st->pending_len + len > sizeof st->pending) {
		st->ended = true; /* it will come back and look for itself */
	} else {
		memcpy(st->pending + st->pending_len, text, len);
		st->pending_len += len;
	}
	wake(st);
}

static void unlink_stream(struct stream *st)
{
	struct http_server *s = st->server;

	if (st->next != NULL)
		st->next->previous = st->previous;
	if (st->previous != NULL)
		st->previous->next = st->next;
	else
		s->streams = st->next;
	s->stream_count--;
}

static ssize_t read_stream(void *cls, uint64_t position, char *to, size_t max)
{
	struct stream *st = cls;
	struct http_server *s = st->server;
	ssize_t given = 0;

	(void)position;
	(void)pthread_mutex_lock(&s->streams_mutex);
	if (st->pending_len > 0) {
		size_t len = st->pending_len < max ? st->pending_len : max;
		memcpy(to, st->pending, len);
		memmove(st->pending, st->pending + len, st->pending_len - len);
		st->pending_len -= len;
		given = (ssize_t)len;
	} else if (st->ended) {
		given = MHD_CONTENT_READER_END_OF_STREAM;
	} else {
		st->asleep = true;
		MHD_suspend_connection(st->connection);
	}
	(void)pthread_mutex_unlock(&s->streams_mutex);
	return given;
}

static void free_stream(void *cls)
{
	struct stream *st = cls;
	struct http_server *s = st->server;

	(void)pthread_mutex_lock(&s->streams_mutex);
	unlink_stream(st);
	(void)pthread_mutex_unlock(&s->streams_mutex);
	free(st);
}

void stream_discard(struct stream *st)
{
	if (st != NULL)
		free_stream(st);
}

/* ---- opening ------------------------------------------------------------------------------- */

static bool topic_is_plain(const char *topic)
{
	size_t len = strlen(topic);
	return len > 0 && len <= LIMIT_TOPIC_BYTES &&
	       strspn(topic,
	              "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-_:/.") == len;
}

static enum status read_topics(const struct exchange *x, struct stream *st, struct error *reterr)
{
	for (size_t i = 0; i < x->query.count; i++) {
		const struct input_value *v = &x->query.values[i];
		if (strcmp(v->path, "topic") != 0)
			continue;
		if (!topic_is_plain(v->text) || st->topic_count == LIMIT_TOPICS)
			return FAIL(reterr, ERR_INVALID, "Vraag 1 tot %d onderwerpen tegelijk.",
			            LIMIT_TOPICS);
		if (!x->server->gate.may_hear(&x->rq, v->text))
			return FAIL_NOT_FOUND(reterr);
		(void)snprintf(st->topics[st->topic_count++], LIMIT_TOPIC_BYTES + 1, "%s", v->text);
	}
	if (st->topic_count == 0)
		return FAIL(reterr, ERR_INVALID, "Vraag 1 tot %d onderwerpen tegelijk.",
		            LIMIT_TOPICS);
	return OK;
}

static bool room_for(const struct http_server *s, int64_t owner)
{
	int own = 0;

	for (const struct stream *st = s->streams; st != NULL; st = st->next)
		own += st->owner == owner;
	return own < LIMIT_STREAMS_PER_SESSION && s->stream_count < LIMIT_STREAMS;
}

static bool link_stream(struct stream *st)
{
	struct http_server *s = st->server;

	(void)pthread_mutex_lock(&s->streams_mutex);
	bool fits = room_for(s, st->owner) && !atomic_load(&s->stopping);
	if (fits) {
		st->next = s->streams;
		if (s->streams != NULL)
			s->streams->previous = st;
		s->streams = st;
		s->stream_count++;
	}
	(void)pthread_mutex_unlock(&s->streams_mutex);
	return fits;
}

enum status stream_open(struct exchange *x, struct error *reterr)
{
	static const char hello[] = "retry: 2000\n\n";

	if (x->rq.viewer == NULL) {
		x->refusal_code = 401;
		return FAIL(reterr, ERR_INVALID, "Meld u eerst aan.");
	}
	struct stream *st = calloc(1, sizeof *st);
	if (st == NULL)
		return FAIL_INTERNAL(reterr);
	st->server = x->server;
	st->owner = x->server->gate.owner(&x->rq);
	st->opened_ms = st->spoke_ms = clock_monotonic_ms();
	say(st, hello, strlen(hello));
	enum status status = read_topics(x, st, reterr);
	if (status == OK && !link_stream(st)) {
		x->refusal_code = 429;
		status =
		    FAIL(reterr, ERR_LIMIT, "U hebt deze pagina te vaak open staan. Sluit er een.");
	}
	if (status != OK) {
		free(st);
		return status;
	}
	x->stream = st;
	x->kind = ANSWER_STREAM;
	return OK;
}

int stream_answer(struct exchange *x)
{
	struct stream *st = x->stream;
	struct MHD_Response *r =
	    MHD_create_response_from_callback(MHD_SIZE_UNKNOWN, 4096, read_stream, st, free_stream);

	x->stream = NULL;
	x->sent_code = 200;
	if (r == NULL) {
		free_stream(st);
		return -1;
	}
	(void)pthread_mutex_lock(&st->server->streams_mutex);
	st->connection = x->connection;
	(void)pthread_mutex_unlock(&st->server->streams_mutex);
	(void)MHD_add_response_header(r, MHD_HTTP_HEADER_CONTENT_TYPE, "text/event-stream");
	(void)MHD_add_response_header(r, MHD_HTTP_HEADER_CACHE_CONTROL, "no-store");
	(void)MHD_add_response_header(r, "X-Accel-Buffering", "no"); /* nginx keeps it back else */
	wire_add_headers(r, x);
	enum MHD_Result done = MHD_queue_response(x->connection, MHD_HTTP_OK, r);
	MHD_destroy_response(r);
	return done == MHD_YES ? 0 : -1;
}

/* ---- speaking ------------------------------------------------------------------------------ */

static bool listens(const struct stream *st, const char *topic)
{
	for (size_t i = 0; i < st->topic_count; i++)
		if (strcmp(st->topics[i], topic) == 0)
			return true;
	return false;
}

void http_publish(struct http_server *s, const char *topic, int64_t version)
{
	char line[LIMIT_TOPIC_BYTES + 80];

	assert(topic_is_plain(topic));
	int len = snprintf(line, sizeof line,
	                   "data: {\"topic\":\"%s\",\"version\":%" PRId64 "}\n\n", topic, version);
	assert(len > 0 && (size_t)len < sizeof line);
	(void)pthread_mutex_lock(&s->streams_mutex);
	for (struct stream *st = s->streams; st != NULL; st = st->next) {
		if (!listens(st, topic))
			continue;
		st->spoke_ms = clock_monotonic_ms();
		say(st, line, (size_t)len);
	}
	(void)pthread_mutex_unlock(&s->streams_mutex);
}

void streams_tick(struct http_server *s, int64_t now_ms)
{
	(void)pthread_mutex_lock(&s->streams_mutex);
	for (struct stream *st = s->streams; st != NULL; st = st->next) {
		if (now_ms - st->opened_ms > LIMIT_STREAM_SECONDS * 1000)
			st->ended = true;
		if (now_ms - st->spoke_ms >= LIMIT_STREAM_COMMENT_SECONDS * 1000) {
			st->spoke_ms = now_ms;
			say(st, ":\n\n", 3);
		}
		if (st->ended)
			wake(st);
	}
	(void)pthread_mutex_unlock(&s->streams_mutex);
}

void streams_end(struct http_server *s)
{
	(void)pthread_mutex_lock(&s->streams_mutex);
	for (struct stream *st = s->streams; st != NULL; st = st->next) {
		st->ended = true;
		wake(st);
	}
	(void)pthread_mutex_unlock(&s->streams_mutex);
}
