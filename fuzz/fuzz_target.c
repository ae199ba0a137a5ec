/* Property: a target that is taken has no empty, dot or control segment; written again by
 * http_path it is taken again as the same; and a match never points outside its segments. */
#include <stdint.h>
#include <stdlib.h>

#include "platform/http/router.h"

static enum status nothing(struct request *rq, struct response *rs, struct error *reterr)
{
	(void)rq, (void)rs, (void)reterr;
	return OK;
}

static const struct route ROUTES[] = {
	{ .method = "GET", .path = "/", .read = nothing },
	{ .method = "GET", .path = "/a/{x}", .read = nothing },
	{ .method = "POST", .path = "/a/b", .read = nothing },
	{ .method = "GET", .path = "/{x}/{y}/{z}", .read = nothing },
	{ 0 },
};

static const char *written(struct arena *a, const struct target *t)
{
	const char *path = t->api ? "/api/v1" : "";
	for (size_t i = 0; i < t->segment_count; i++) {
		const char *const value[] = { t->segments[i] };
		path = arena_printf(a, "%s%s", path, http_path(a, "/{x}", value));
	}
	return *path != '\0' ? path : "/";
}

static void check_target(struct arena *a, const struct target *t)
{
	struct target again;
	struct error e;

	for (size_t i = 0; i < t->segment_count; i++) {
		const char *s = t->segments[i];
		if (*s == '\0' || strchr(s, '/') != NULL || strcmp(s, ".") == 0 ||
		    strcmp(s, "..") == 0)
			abort();
		if (!input_is_utf8(s, strlen(s)))
			abort();
	}
	const char *text = written(a, t);
	if (strlen(text) > 4096)
		return; /* encoded it can be longer than a target may be */
	if (target_read(a, text, &again, &e) != OK || strcmp(again.path, t->path) != 0 ||
	    again.segment_count != t->segment_count || again.api != t->api)
		abort();
}

static void check_match(struct arena *a, const struct target *t)
{
	const struct route *const tables[] = { ROUTES, NULL };
	struct router *r;
	struct match m;
	struct error e;

	(void)a;
	if (router_make(tables, &r, &e) != OK)
		abort();
	router_match(r, "GET", t, &m);
	if (m.route != NULL && *m.allow == '\0')
		abort();
	for (int p = 0; p < ROUTE_PARAMS_MAX && m.params[p] != NULL; p++) {
		bool found = false;
		for (size_t i = 0; i < t->segment_count; i++)
			found |= m.params[p] == t->segments[i];
		if (!found)
			abort();
	}
	router_free(r);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct target t;
	struct error e;

	arena_init(&a, (size_t)16 << 20);
	const char *raw = arena_strndup(&a, (const char *)data, size);
	if (target_read(&a, raw, &t, &e) == OK) {
		check_target(&a, &t);
		check_match(&a, &t);
	}
	arena_reset(&a);
	return 0;
}
