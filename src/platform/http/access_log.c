/*
 * One JSON line a request. It names the route, not the path, and never the query or a body:
 * the log of who saw what is audit's, this one is the operator's.
 */
#include "platform/http/server.h"

#include <unistd.h>

#include "platform/core/dutch.h"

enum { LINE_BYTES = 4096 };

static void text_member(struct out *o, const char *name, const char *text)
{
	if (text == NULL || *text == '\0')
		return;
	out_fmt(o, ",\"%s\":", name);
	out_json(o, text);
}

static void emit(const struct http_server *s, struct out *o)
{
	OUT_LIT(o, "}\n");
	if (!o->overflowed && write(s->cfg.access_log_fd, o->data, o->len) < 0)
		o->overflowed = true; /* a log that can't be written isn't worth a request */
	out_free(o);
}

static void begin(const struct http_server *s, struct out *o)
{
	struct arena a;

	arena_init(&a, LINE_BYTES);
	out_init(o, LINE_BYTES);
	out_fmt(o, "{\"time\":\"%s\"", iso_moment(&a, clock_now_ms(s->cfg.clock)));
	arena_reset(&a);
}

static const char *where_of(const struct exchange *x)
{
	if (x->kind == ANSWER_ASSET)
		return x->asset->path;
	if (x->kind == ANSWER_STREAM)
		return "/events";
	return x->match.route != NULL ? x->match.route->path : NULL;
}

void access_log(const struct exchange *x)
{
	struct out o;

	if (x->server->cfg.access_log_fd < 0)
		return;
	begin(x->server, &o);
	text_member(&o, "id", x->rq.id);
	text_member(&o, "client", x->rq.client_address);
	text_member(&o, "method", x->head.method);
	text_member(&o, "route", where_of(x));
	out_fmt(&o, ",\"api\":%s,\"status\":%d,\"bytes\":%zu", x->target.api ? "true" : "false",
	        x->sent_code, x->sent_bytes);
	int64_t now_ms = clock_monotonic_ms();
	out_fmt(&o, ",\"ms\":%lld", (long long)(now_ms - x->began_ms));
	if (x->taken_ms > 0)
		out_fmt(&o, ",\"waitMs\":%lld", (long long)(x->taken_ms - x->queued_ms));
	if (x->sent_code >= 400) {
		text_member(&o, "cause", x->error.cause);
		if (x->error.file != NULL)
			out_fmt(&o, ",\"at\":\"%s:%d\"", x->error.file, x->error.line);
	}
	emit(x->server, &o);
}

void access_log_refused(const struct http_server *s, const char *why)
{
	struct out o;

	if (s->cfg.access_log_fd < 0)
		return;
	begin(s, &o);
	text_member(&o, "refused", why);
	emit(s, &o);
}
