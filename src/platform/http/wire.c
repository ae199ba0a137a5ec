/*
 * The only meeting place with libmicrohttpd: reads whole requests under limits, suspends the
 * connection, and sends what came back. Nothing here waits.
 */
#include "platform/http/server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <microhttpd.h>
#include <netinet/in.h>
#include <stdarg.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/core/limits.h"
#include "platform/http/spool.h"

enum {
	CONNECTION_MEMORY_BYTES = 32 * 1024, /* head, header table and answer's head */
	BODY_FIRST_BYTES = 4096,
	FILE_MAX_BYTES = 256 * 1024,
};

/* ---- exchanges ---------------------------------------------------------------------------- */

static struct line *line_of(struct MHD_Connection *c)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(c, MHD_CONNECTION_INFO_SOCKET_CONTEXT);
	return info != NULL ? info->socket_context : NULL;
}

static void wait_at_most(struct MHD_Connection *c, int64_t seconds)
{
	struct line *line = line_of(c);
	if (line != NULL)
		atomic_store(&line->deadline_ms,
		             seconds > 0 ? clock_monotonic_ms() + seconds * 1000 : 0);
}

static const char TOO_BUSY[] =
    "Het is nu te druk om bestanden aan te nemen. Probeer het straks opnieuw.";

struct exchange *exchange_new(struct http_server *s, const char *uri)
{
	uint8_t id[REQUEST_ID_CHARS / 2];

	struct exchange *x = calloc(1, sizeof *x);
	if (x == NULL)
		return NULL;
	x->server = s;
	x->began_ms = clock_monotonic_ms();
	arena_init(&x->arena, LIMIT_ARENA_BYTES);
	random_bytes(id, sizeof id);
	hex_text(id, sizeof id, x->rq.id);
	x->rq.client_address = "";
	x->refusal = target_read(&x->arena, uri, &x->target, &x->error);
	if (x->refusal == ERR_LIMIT)
		x->refusal_code = 414;
	(void)atomic_fetch_add(&s->active, 1);
	return x;
}

/* The first word MHD says of a request: its raw target. Everything else comes with the head. */
static void *on_target(void *cls, const char *uri, struct MHD_Connection *connection)
{
	struct exchange *x = exchange_new(cls, uri);
	if (x != NULL)
		x->connection = connection;
	return x;
}

static void drop_spool(struct exchange *x)
{
	if (x->spool == NULL)
		return;
	spool_free(x->spool);
	x->spool = NULL;
	(void)atomic_fetch_sub(&x->server->body_bytes, (int64_t)spool_held());
	(void)atomic_fetch_sub(&x->server->spool_bytes, x->head.content_length);
}

void exchange_free(struct exchange *x)
{
	(void)atomic_fetch_sub(&x->server->body_bytes, (int64_t)x->body_size);
	free(x->body);
	drop_spool(x);
	stream_discard(x->stream);
	out_free(&x->rs.body);
	arena_reset(&x->arena);
	(void)atomic_fetch_sub(&x->server->active, 1);
	free(x);
}

static void on_completed(void *cls, struct MHD_Connection *connection, void **con_cls,
                         enum MHD_RequestTerminationCode why)
{
	struct http_server *s = cls;
	struct exchange *x = *con_cls;

	(void)why;
	*con_cls = NULL;
	wait_at_most(connection, s->cfg.head_seconds);
	if (x == NULL)
		return;
	access_log(x);
	exchange_free(x);
}

/* ---- sockets ------------------------------------------------------------------------------- */

static void line_started(struct http_server *s, struct MHD_Connection *connection, void **context)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct line *line = calloc(1, sizeof *line);

	*context = line;
	if (line == NULL || info == NULL)
		return;
	line->fd = info->connect_fd;
	atomic_store(&line->deadline_ms,
	             clock_monotonic_ms() + (int64_t)s->cfg.head_seconds * 1000);
	(void)pthread_mutex_lock(&s->lines_mutex);
	line->next = s->lines;
	if (s->lines != NULL)
		s->lines->previous = line;
	s->lines = line;
	(void)pthread_mutex_unlock(&s->lines_mutex);
}

static void line_closed(struct http_server *s, void **context)
{
	struct line *line = *context;

	*context = NULL;
	if (line == NULL)
		return;
	(void)pthread_mutex_lock(&s->lines_mutex);
	if (line->next != NULL)
		line->next->previous = line->previous;
	if (line->previous != NULL)
		line->previous->next = line->next;
	else if (s->lines == line)
		s->lines = line->next;
	(void)pthread_mutex_unlock(&s->lines_mutex);
	free(line);
}

static void on_connection(void *cls, struct MHD_Connection *connection, void **context,
                          enum MHD_ConnectionNotificationCode what)
{
	if (what == MHD_CONNECTION_NOTIFY_STARTED)
		line_started(cls, connection, context);
	else
		line_closed(cls, context);
}

/* MHD closes a socket only after line_closed took it off the list, so fd is still ours here. */
void wire_shut_slow(struct http_server *s, int64_t now_ms)
{
	(void)pthread_mutex_lock(&s->lines_mutex);
	for (struct line *line = s->lines; line != NULL; line = line->next) {
		int64_t deadline_ms = atomic_load(&line->deadline_ms);
		if (deadline_ms == 0 || now_ms <= deadline_ms)
			continue;
		atomic_store(&line->deadline_ms, 0);
		(void)shutdown(line->fd, SHUT_RDWR);
		access_log_refused(s, "the other side was too slow");
	}
	(void)pthread_mutex_unlock(&s->lines_mutex);
}

/* ---- sending -------------------------------------------------------------------------------- */

static const char PAGES[] =
    "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; connect-src 'self'; "
    "form-action 'self'; base-uri 'none'; frame-ancestors 'none'";
static const char SANDBOX[] =
    "sandbox; default-src 'none'; base-uri 'none'; frame-ancestors 'none'";

static const char *const ALWAYS[][2] = {
	{ "X-Content-Type-Options", "nosniff" },
	{ "X-Frame-Options", "DENY" },
	{ "Referrer-Policy", "same-origin" }, /* no-referrer would send "Origin: null" with forms */
	{ "Permissions-Policy", "camera=(), geolocation=(), microphone=(), payment=(), usb=()" },
	{ "Cross-Origin-Opener-Policy", "same-origin" },
	{ "Cross-Origin-Resource-Policy", "same-origin" },
};

static void add(struct MHD_Response *r, const char *name, const char *value)
{
	if (value != NULL && *value != '\0')
		(void)MHD_add_response_header(r, name, value);
}

static void add_cookie(struct MHD_Response *r, struct exchange *x, const struct cookie *c)
{
	if (c->name == NULL)
		return;
	const char *age = c->value == NULL ? "; Max-Age=0"
	                  : c->max_age_s > 0
	                      ? arena_printf(&x->arena, "; Max-Age=%lld", (long long)c->max_age_s)
	                      : "";
	add(r, "Set-Cookie",
	    arena_printf(&x->arena, "%s=%s; Path=/; HttpOnly; SameSite=Lax%s%s", c->name,
	                 c->value != NULL ? c->value : "", x->https ? "; Secure" : "", age));
}

static void add_note(struct MHD_Response *r, struct exchange *x)
{
	struct cookie c = { .name = NOTE_COOKIE };

	if (x->note != NULL)
		c.value = note_seal(&x->arena, &x->server->key, x->note, x->rq.now_ms);
	c.max_age_s = LIMIT_NOTE_SECONDS;
	if (c.value != NULL || x->note_shown)
		add_cookie(r, x, &c);
}

void wire_add_headers(struct MHD_Response *r, const struct exchange *x)
{
	/* what somebody uploaded is never a page of ours, whatever a browser makes of it */
	add(r, "Content-Security-Policy", x->rs.read != NULL ? SANDBOX : PAGES);
	for (size_t i = 0; i < sizeof ALWAYS / sizeof ALWAYS[0]; i++)
		add(r, ALWAYS[i][0], ALWAYS[i][1]);
	if (x->https)
		add(r, "Strict-Transport-Security", "max-age=31536000; includeSubDomains");
	if (x->target.api)
		add(r, "API-Version", x->server->cfg.version);
	add(r, "X-Request-Id", x->rq.id);
	if (x->closing || atomic_load(&x->server->stopping))
		add(r, MHD_HTTP_HEADER_CONNECTION, "close");
}

static void add_own(struct MHD_Response *r, struct exchange *x)
{
	const struct response *rs = &x->rs;

	add(r, "Cache-Control", "no-store");
	if (rs->body.len > 0 || rs->read != NULL)
		add(r, MHD_HTTP_HEADER_CONTENT_TYPE, rs->content_type);
	add(r, MHD_HTTP_HEADER_LOCATION, rs->location);
	add(r, MHD_HTTP_HEADER_ETAG, x->etag);
	if (rs->file_name != NULL)
		add(r, "Content-Disposition",
		    arena_printf(&x->arena, "attachment; filename=\"%s\"", rs->file_name));
	if (rs->refresh_s > 0)
		add(r, "Refresh", arena_printf(&x->arena, "%d", rs->refresh_s));
	if (rs->code == 503)
		add(r, MHD_HTTP_HEADER_RETRY_AFTER,
		    arena_printf(&x->arena, "%d", LIMIT_RETRY_AFTER_SECONDS));
	if (rs->code == 401)
		add(r, MHD_HTTP_HEADER_WWW_AUTHENTICATE, "Bearer");
	if (rs->code == 405 || strcmp(x->head.method, "OPTIONS") == 0)
		add(r, MHD_HTTP_HEADER_ALLOW, x->match.allow);
	add_cookie(r, x, &rs->cookies[0]);
	add_cookie(r, x, &rs->cookies[1]);
	add_note(r, x);
}

static enum MHD_Result send_asset(struct exchange *x)
{
	const struct asset *f = x->asset;
	bool zipped = f->gzip_bytes != NULL && x->head.accept_encoding != NULL &&
	              strstr(x->head.accept_encoding, "gzip") != NULL;
	const unsigned char *bytes = zipped ? f->gzip_bytes : f->bytes;

	x->sent_code = 200;
	x->sent_bytes = zipped ? f->gzip_len : f->len;
	/* MHD takes a mutable pointer and leaves a persistent buffer alone. */
	struct MHD_Response *r = MHD_create_response_from_buffer(
	    x->sent_bytes, (void *)(uintptr_t)bytes, MHD_RESPMEM_PERSISTENT);
	if (r == NULL)
		return MHD_NO;
	wire_add_headers(r, x);
	add(r, "Cache-Control", "public, max-age=31536000, immutable");
	add(r, MHD_HTTP_HEADER_CONTENT_TYPE, f->content_type);
	if (f->gzip_bytes != NULL)
		add(r, "Vary", "Accept-Encoding");
	if (zipped)
		add(r, MHD_HTTP_HEADER_CONTENT_ENCODING, "gzip");
	enum MHD_Result done = MHD_queue_response(x->connection, 200, r);
	MHD_destroy_response(r);
	return done;
}

static ssize_t read_file(void *cls, uint64_t at, char *to, size_t max)
{
	const struct exchange *x = cls;
	const int64_t n = x->rs.read(x->rs.read_context, (int64_t)at, to, max);

	return n > 0    ? (ssize_t)n
	       : n == 0 ? MHD_CONTENT_READER_END_OF_STREAM
	                : MHD_CONTENT_READER_END_WITH_ERROR;
}

/* The bytes go to MHD as they are; it frees them. A file is read while it is sent. */
static struct MHD_Response *body_of(struct exchange *x)
{
	enum { BLOCK_BYTES = 65536 };
	struct out *body = &x->rs.body;
	const bool bare = x->not_modified || x->rs.code == 204;

	if (!bare && x->rs.read != NULL) {
		x->sent_bytes = (size_t)x->rs.read_bytes;
		return MHD_create_response_from_callback((uint64_t)x->rs.read_bytes, BLOCK_BYTES,
		                                         read_file, x, NULL);
	}
	x->sent_bytes = bare ? 0 : body->len;
	if (bare || body->data == NULL)
		return MHD_create_response_from_buffer(0, NULL, MHD_RESPMEM_PERSISTENT);
	struct MHD_Response *r =
	    MHD_create_response_from_buffer(body->len, body->data, MHD_RESPMEM_MUST_FREE);
	if (r != NULL)
		*body = (struct out){ .len = body->len, .max = body->max };
	return r;
}

static enum MHD_Result send_dynamic(struct exchange *x)
{
	x->sent_code = x->not_modified ? 304 : x->rs.code;
	struct MHD_Response *r = body_of(x);
	if (r == NULL)
		return MHD_NO;
	wire_add_headers(r, x);
	add_own(r, x);
	enum MHD_Result done = MHD_queue_response(x->connection, (unsigned)x->sent_code, r);
	MHD_destroy_response(r);
	(void)atomic_fetch_add(&x->server->served, 1);
	return done;
}

static enum MHD_Result send_answer(struct exchange *x)
{
	wait_at_most(x->connection, 0);
	if (x->kind == ANSWER_ASSET)
		return send_asset(x);
	if (x->kind == ANSWER_STREAM)
		return stream_answer(x) == 0 ? MHD_YES : MHD_NO;
	return send_dynamic(x);
}

/* ---- receiving ------------------------------------------------------------------------------ */

/* False, with nothing taken: there is no room for so much more. */
static bool take_room(_Atomic int64_t *taken, int64_t more, int64_t limit)
{
	if (atomic_fetch_add(taken, more) + more <= limit)
		return true;
	(void)atomic_fetch_sub(taken, more);
	return false;
}

static bool grow_body(struct exchange *x, size_t size)
{
	const int64_t more = (int64_t)(size - x->body_size);

	if (!take_room(&x->server->body_bytes, more, LIMIT_BODIES_BYTES))
		return false;
	char *grown = realloc(x->body, size);
	if (grown == NULL) {
		(void)atomic_fetch_sub(&x->server->body_bytes, more);
		return false;
	}
	x->body = grown;
	x->body_size = size;
	return true;
}

/* Whoever sends slowly, or isn't known at all, holds no memory with what only files need. */
static bool begin_spool(struct exchange *x)
{
	struct http_server *s = x->server;
	const int64_t held = (int64_t)spool_held();

	if (!take_room(&s->spool_bytes, x->head.content_length, LIMIT_SPOOLED_BYTES))
		return false;
	if (take_room(&s->body_bytes, held, LIMIT_BODIES_BYTES)) {
		x->spool = spool_new(s->cfg.spool_folder);
		if (x->spool != NULL)
			return true;
		(void)atomic_fetch_sub(&s->body_bytes, held);
	}
	(void)atomic_fetch_sub(&s->spool_bytes, x->head.content_length);
	return false;
}

struct byte_source wire_body(const struct exchange *x)
{
	return x->spool != NULL ? spool_source(x->spool) : source_bytes(x->body, x->body_len);
}

enum status wire_open_body(struct exchange *x, struct error *reterr)
{
	if (x->spool == NULL)
		return OK;
	const struct byte_source all = spool_source(x->spool);
	if (!grow_body(x, all.len + 1))
		return FAIL(reterr, ERR_UNAVAILABLE, "%s", TOO_BUSY);
	const bool whole = source_read(&all, 0, x->body, all.len);
	x->body_len = whole ? all.len : 0;
	drop_spool(x);
	return whole ? OK : FAIL_INTERNAL(reterr);
}

static bool keep_body(struct exchange *x, const char *bytes, size_t len)
{
	const bool large =
	    x->server->cfg.spool_folder != NULL && x->head.content_length > LIMIT_BODY_BYTES;

	if (large)
		return (x->spool != NULL || begin_spool(x)) && spool_add(x->spool, bytes, len);
	if (x->body_len + len > x->body_size) {
		size_t size = x->body_size > 0 ? x->body_size * 2 : BODY_FIRST_BYTES;
		while (size < x->body_len + len)
			size *= 2;
		if (!grow_body(x, size))
			return false;
	}
	memcpy(x->body + x->body_len, bytes, len);
	x->body_len += len;
	return true;
}

static void refuse_body(struct exchange *x, enum status st, const char *message)
{
	x->closing = true; /* whoever sends this may not know where the next request starts */
	if (x->refusal == OK)
		x->refusal = FAIL(&x->error, st, "%s", message);
}

static void take_body(struct exchange *x, const char *bytes, size_t len)
{
	if (x->refusal == OK && !keep_body(x, bytes, len))
		refuse_body(x, ERR_UNAVAILABLE, TOO_BUSY);
}

static const struct asset *asset_for(const struct exchange *x)
{
	const struct asset *f = x->server->cfg.assets;
	bool reads = strcmp(x->head.method, "GET") == 0 || strcmp(x->head.method, "HEAD") == 0;

	if (f == NULL || !reads || x->refusal != OK || x->target.api)
		return NULL;
	for (; f->path != NULL; f++)
		if (strcmp(f->path, x->target.path) == 0)
			return f;
	return NULL;
}

static int64_t body_limit(const struct exchange *x)
{
	const struct route *route = x->match.route;
	const uint32_t large = ROUTE_UPLOAD | ROUTE_RAW;
	return route != NULL && (route->flags & large) != 0 ? LIMIT_UPLOAD_BYTES : LIMIT_BODY_BYTES;
}

static void judge_body(struct exchange *x)
{
	bool bodiless = strcmp(x->head.method, "GET") == 0 || strcmp(x->head.method, "HEAD") == 0;

	if (x->head.content_length > body_limit(x))
		refuse_body(x, ERR_LIMIT,
		            "Dat is te groot om te versturen. Kort de tekst in, of stuur kleinere "
		            "bestanden.");
	else if (bodiless && x->head.content_length > 0)
		refuse_body(x, ERR_INVALID,
		            "Stuur bij het opvragen van een pagina geen gegevens mee.");
	int64_t extra_s = x->head.content_length / LIMIT_BODY_BYTES_PER_SECOND;
	wait_at_most(x->connection, x->server->cfg.body_seconds + extra_s);
}

/* Said at once, without reading on: the connection can't be trusted, or too much would follow. */
static enum MHD_Result send_and_close(struct exchange *x, int code, const char *message)
{
	x->closing = true;
	answer_plain(x, code, message);
	return send_answer(x);
}

static enum MHD_Result begin(struct exchange *x, const char *method, const char *version)
{
	enum status target_refusal = x->refusal;
	int target_code = x->refusal_code;
	struct error target_error = x->error;

	x->seen_head = true;
	if (head_read(x, method, version) != OK)
		return send_and_close(x, x->refusal_code, x->error.message);
	x->refusal = target_refusal;
	x->refusal_code = target_code;
	x->error = target_error;
	head_client(x);
	x->asset = asset_for(x);
	if (x->asset != NULL && x->head.content_length == 0) {
		/* An answer before the end of the request would close the connection behind it. */
		x->kind = ANSWER_ASSET;
		x->complete = true;
		return MHD_YES;
	}
	if (x->refusal == OK)
		router_match(x->server->router, method, &x->target, &x->match);
	judge_body(x);
	if (x->head.content_length > body_limit(x) && x->head.content_length > LIMIT_DISCARD_BYTES)
		return send_and_close(x, 413, x->error.message);
	return MHD_YES;
}

/* The whole request is here: suspend first, since a worker may resume at once. */
static enum MHD_Result hand_over(struct exchange *x)
{
	struct http_server *s = x->server;

	x->complete = true;
	x->queued_ms = clock_monotonic_ms();
	wait_at_most(x->connection, 0);
	MHD_suspend_connection(x->connection);
	(void)atomic_fetch_add(&s->suspended, 1);
	if (!atomic_load(&s->stopping) && backlog_put(&s->backlog, x))
		return MHD_YES;
	(void)atomic_fetch_add(&s->refused, 1);
	answer_plain(x, 503, "Het is nu erg druk. Probeer het over een paar tellen opnieuw.");
	wire_resume(x);
	return MHD_YES;
}

void wire_resume(struct exchange *x)
{
	struct http_server *s = x->server;
	struct MHD_Connection *connection = x->connection;

	x->ready_ms = clock_monotonic_ms();
	if (connection == NULL) {
		call_resume(x);
		return;
	}
	MHD_resume_connection(connection);
	(void)atomic_fetch_sub(&s->suspended, 1);
}

/* libmicrohttpd wants eight parameters. NOLINTNEXTLINE(readability-function-size) */
static enum MHD_Result on_request(void *cls, struct MHD_Connection *connection, const char *url,
                                  const char *method, const char *version, const char *upload,
                                  size_t *upload_len, void **con_cls)
{
	struct exchange *x = *con_cls;

	(void)cls, (void)connection, (void)url;
	if (x == NULL)
		return MHD_NO;
	if (!x->seen_head)
		return begin(x, method, version);
	if (*upload_len > 0) {
		take_body(x, upload, *upload_len);
		*upload_len = 0;
		return MHD_YES;
	}
	return x->complete ? send_answer(x) : hand_over(x);
}

/* ---- start and stop ------------------------------------------------------------------------- */

/* We decode targets ourselves, once. */
static size_t keep_escaped(void *cls, struct MHD_Connection *connection, char *text)
{
	(void)cls, (void)connection;
	return strlen(text);
}

__attribute__((format(printf, 2, 0))) static void on_mhd_log(void *cls, const char *format,
                                                             va_list ap)
{
	char text[200];
	(void)vsnprintf(text, sizeof text, format, ap);
	text[strcspn(text, "\r\n")] = '\0';
	access_log_refused(cls, text);
}

static char *file_text(const char *path)
{
	FILE *f = fopen(path, "re");
	char *text = calloc(1, FILE_MAX_BYTES);

	if (f == NULL || text == NULL || fread(text, 1, FILE_MAX_BYTES - 1, f) == 0 || !feof(f)) {
		free(text);
		text = NULL;
	}
	if (f != NULL)
		(void)fclose(f); /* only read from */
	return text;
}

union address {
	struct sockaddr any;
	struct sockaddr_in four;
	struct sockaddr_in6 six;
};

static bool address_of(const struct http_config *cfg, union address *ret, unsigned *flags)
{
	*ret = (union address){ 0 };
	if (inet_pton(AF_INET, cfg->bind_address, &ret->four.sin_addr) == 1) {
		ret->four.sin_family = AF_INET;
		ret->four.sin_port = htons(cfg->port);
		return true;
	}
	if (inet_pton(AF_INET6, cfg->bind_address, &ret->six.sin6_addr) != 1)
		return false;
	ret->six.sin6_family = AF_INET6;
	ret->six.sin6_port = htons(cfg->port);
	*flags |= strcmp(cfg->bind_address, "::") == 0 ? MHD_USE_DUAL_STACK : MHD_USE_IPv6;
	return true;
}

static enum status fail_start(struct error *reterr, const char *what)
{
	(void)FAIL(reterr, ERR_UNAVAILABLE, "De server kon niet starten: %s.", what);
	return reterr->status;
}

static enum status load_tls(struct http_server *s, unsigned *flags, struct error *reterr)
{
	if (s->cfg.tls_certificate_file == NULL)
		return OK;
	s->tls_certificate = file_text(s->cfg.tls_certificate_file);
	s->tls_key = s->cfg.tls_key_file != NULL ? file_text(s->cfg.tls_key_file) : NULL;
	if (s->tls_certificate == NULL || s->tls_key == NULL)
		return fail_start(reterr, "het certificaat of de sleutel is niet te lezen");
	*flags |= MHD_USE_TLS;
	return OK;
}

/* A server that stops takes no new connections. */
static enum MHD_Result on_accept(void *cls, const struct sockaddr *address, socklen_t len)
{
	const struct http_server *s = cls;
	(void)address;
	(void)len;
	return atomic_load(&s->stopping) ? MHD_NO : MHD_YES;
}

enum status wire_start(struct http_server *s, struct error *reterr)
{
	unsigned flags = MHD_USE_EPOLL_INTERNAL_THREAD | MHD_ALLOW_SUSPEND_RESUME | MHD_USE_ITC |
	                 MHD_USE_ERROR_LOG;
	struct MHD_OptionItem tls[] = { { MHD_OPTION_END, 0, NULL },
		                        { MHD_OPTION_END, 0, NULL },
		                        { MHD_OPTION_END, 0, NULL },
		                        { MHD_OPTION_END, 0, NULL } };
	union address address;

	enum status st = load_tls(s, &flags, reterr);
	if (st != OK)
		return st;
	if (!address_of(&s->cfg, &address, &flags))
		return fail_start(reterr, "het adres is geen IP-adres");
	if (s->tls_key != NULL) {
		tls[0] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_KEY, 0, s->tls_key };
		tls[1] =
		    (struct MHD_OptionItem){ MHD_OPTION_HTTPS_MEM_CERT, 0, s->tls_certificate };
		static char priorities[] =
		    "NORMAL:-VERS-ALL:+VERS-TLS1.3:+VERS-TLS1.2:%SERVER_PRECEDENCE";
		tls[2] = (struct MHD_OptionItem){ MHD_OPTION_HTTPS_PRIORITIES, 0, priorities };
	}
	s->daemon = MHD_start_daemon(
	    flags, s->cfg.port, on_accept, s, on_request, s, MHD_OPTION_EXTERNAL_LOGGER, on_mhd_log,
	    s, MHD_OPTION_SOCK_ADDR, &address.any, MHD_OPTION_THREAD_POOL_SIZE,
	    (unsigned)s->cfg.http_threads, MHD_OPTION_CONNECTION_LIMIT, (unsigned)LIMIT_CONNECTIONS,
	    MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)LIMIT_IDLE_SECONDS,
	    MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY_BYTES,
	    MHD_OPTION_STRICT_FOR_CLIENT, 1, MHD_OPTION_LISTENING_ADDRESS_REUSE, 1U,
	    MHD_OPTION_URI_LOG_CALLBACK, on_target, s, MHD_OPTION_NOTIFY_COMPLETED, on_completed, s,
	    MHD_OPTION_NOTIFY_CONNECTION, on_connection, s, MHD_OPTION_UNESCAPE_CALLBACK,
	    keep_escaped, NULL, MHD_OPTION_ARRAY, tls, MHD_OPTION_END);
	if (s->daemon == NULL)
		return fail_start(reterr, "de poort is bezet of niet toegestaan");
	const union MHD_DaemonInfo *info =
	    MHD_get_daemon_info(s->daemon, MHD_DAEMON_INFO_BIND_PORT);
	s->port = info != NULL ? info->port : s->cfg.port;
	return OK;
}

void wire_stop(struct http_server *s)
{
	if (s->daemon != NULL)
		MHD_stop_daemon(s->daemon);
	s->daemon = NULL;
	free(s->tls_certificate);
	free(s->tls_key);
}
