#include "platform/http/router.h"

#include <assert.h>

#include "platform/core/limits.h"

enum method { METHOD_GET, METHOD_POST, METHOD_PUT, METHOD_PATCH, METHOD_DELETE, METHOD_COUNT };

static const char *const METHOD_NAMES[METHOD_COUNT] = {
	[METHOD_GET] = "GET",     [METHOD_POST] = "POST",     [METHOD_PUT] = "PUT",
	[METHOD_PATCH] = "PATCH", [METHOD_DELETE] = "DELETE",
};

/* One path, by whatever methods. */
struct pattern {
	char *segments[LIMIT_PATH_SEGMENTS]; /* "" stands for a {name} */
	size_t segment_count;
	const struct route *routes[METHOD_COUNT];
};

struct router {
	struct arena arena;
	struct pattern *patterns; /* by segment count, then most specific first */
	size_t count;
};

static int method_of(const char *name)
{
	if (strcmp(name, "HEAD") == 0)
		return METHOD_GET;
	for (int m = 0; m < METHOD_COUNT; m++)
		if (strcmp(METHOD_NAMES[m], name) == 0)
			return m;
	return -1;
}

static enum status bad_route(const struct route *route, const char *why, struct error *reterr)
{
	(void)FAIL_INTERNAL(reterr);
	return error_cause(reterr, "route %s %s: %s", route->method, route->path, why);
}

static enum status cut_pattern(struct arena *a, const struct route *route, struct pattern *ret,
                               struct error *reterr)
{
	int names = 0;
	const char *p = route->path;

	if (*p != '/')
		return bad_route(route, "a path starts with /", reterr);
	while (*p == '/' && p[1] != '\0') {
		size_t len = strcspn(++p, "/");
		bool named = *p == '{' && p[len - 1] == '}';
		names += named;
		if (len == 0 || ret->segment_count == LIMIT_PATH_SEGMENTS ||
		    names > ROUTE_PARAMS_MAX)
			return bad_route(route, "an empty segment, or too many", reterr);
		ret->segments[ret->segment_count++] = arena_strndup(a, p, named ? 0 : len);
		p += len;
	}
	return OK;
}

static enum status check_route(const struct route *route, struct error *reterr)
{
	int method = method_of(route->method);
	uint32_t both = ROUTE_PAGE_ONLY | ROUTE_API_ONLY;

	if (method < 0 || strcmp(route->method, "HEAD") == 0)
		return bad_route(route, "a method that nobody knows", reterr);
	if (method == METHOD_GET && (route->read == NULL || route->apply != NULL))
		return bad_route(route, "a GET reads and never applies", reterr);
	if (method != METHOD_GET && route->apply == NULL && route->read == NULL)
		return bad_route(route, "it neither applies nor reads", reterr);
	if ((route->flags & both) == both)
		return bad_route(route, "only a page and only an API", reterr);
	return OK;
}

/* Shorter first; then a literal before a {name}, from the left; then by name. */
static int compare_patterns(const void *a, const void *b)
{
	const struct pattern *x = a, *y = b;

	if (x->segment_count != y->segment_count)
		return x->segment_count < y->segment_count ? -1 : 1;
	for (size_t i = 0; i < x->segment_count; i++) {
		bool x_named = *x->segments[i] == '\0', y_named = *y->segments[i] == '\0';
		if (x_named != y_named)
			return x_named ? 1 : -1;
		int order = strcmp(x->segments[i], y->segments[i]);
		if (order != 0)
			return order;
	}
	return 0;
}

/* Neighbours with the same segments become one pattern. */
static enum status merge(struct router *r, struct error *reterr)
{
	size_t kept = 0;

	for (size_t i = 0; i < r->count; i++) {
		if (kept == 0 || compare_patterns(&r->patterns[kept - 1], &r->patterns[i]) != 0) {
			r->patterns[kept++] = r->patterns[i];
			continue;
		}
		for (int m = 0; m < METHOD_COUNT; m++) {
			const struct route *route = r->patterns[i].routes[m];
			if (route != NULL && r->patterns[kept - 1].routes[m] != NULL)
				return bad_route(route, "it stands in the tables twice", reterr);
			if (route != NULL)
				r->patterns[kept - 1].routes[m] = route;
		}
	}
	r->count = kept;
	return OK;
}

static enum status add_table(struct router *r, const struct route *table, struct error *reterr)
{
	for (; table->method != NULL; table++) {
		struct pattern *p = &r->patterns[r->count++];
		enum status st = check_route(table, reterr);
		if (st == OK)
			st = cut_pattern(&r->arena, table, p, reterr);
		if (st != OK)
			return st;
		p->routes[method_of(table->method)] = table;
	}
	return OK;
}

static size_t count_routes(const struct route *const *tables)
{
	size_t count = 0;
	for (; *tables != NULL; tables++)
		for (const struct route *route = *tables; route->method != NULL; route++)
			count++;
	return count;
}

static enum status fill(struct router *r, const struct route *const *tables, struct error *reterr)
{
	for (; *tables != NULL; tables++) {
		enum status st = add_table(r, *tables, reterr);
		if (st != OK)
			return st;
	}
	if (r->count > 0)
		qsort(r->patterns, r->count, sizeof(struct pattern), compare_patterns);
	return merge(r, reterr);
}

enum status router_make(const struct route *const *tables, struct router **ret,
                        struct error *reterr)
{
	struct arena arena;

	assert(tables != NULL);
	arena_init(&arena, LIMIT_ARENA_BYTES);
	struct router *r = ARENA_NEW(&arena, struct router);
	r->patterns = ARENA_ARRAY(&arena, struct pattern, count_routes(tables));
	r->arena = arena;
	enum status st = fill(r, tables, reterr);
	if (st != OK) {
		router_free(r);
		return st;
	}
	*ret = r;
	return OK;
}

void router_free(struct router *r)
{
	if (r == NULL)
		return;
	struct arena arena = r->arena; /* r itself lies in it */
	arena_reset(&arena);
}

static bool fits(const struct pattern *p, const struct target *t)
{
	if (p->segment_count != t->segment_count)
		return false;
	for (size_t i = 0; i < p->segment_count; i++)
		if (*p->segments[i] != '\0' && strcmp(p->segments[i], t->segments[i]) != 0)
			return false;
	return true;
}

static const struct route *open_to(const struct route *route, bool api)
{
	uint32_t closed = api ? ROUTE_PAGE_ONLY : ROUTE_API_ONLY;
	return route != NULL && (route->flags & closed) == 0 ? route : NULL;
}

static void list_allowed(const struct pattern *p, bool api, char allow[64])
{
	size_t len = 0;
	const char *names[METHOD_COUNT] = { "GET, HEAD", "POST", "PUT", "PATCH", "DELETE" };

	for (int m = 0; m < METHOD_COUNT; m++)
		if (open_to(p->routes[m], api) != NULL)
			len += (size_t)snprintf(allow + len, 64 - len, "%s, ", names[m]);
	if (len > 0)
		(void)snprintf(allow + len, 64 - len, "OPTIONS");
}

void router_match(const struct router *r, const char *method, const struct target *t,
                  struct match *ret)
{
	int m = method_of(method);

	*ret = (struct match){ 0 };
	for (size_t i = 0; i < r->count; i++) {
		const struct pattern *p = &r->patterns[i];
		if (!fits(p, t))
			continue;
		list_allowed(p, t->api, ret->allow);
		if (*ret->allow == '\0')
			continue; /* all of it is for the other face: a less specific one may fit */
		ret->route = m >= 0 ? open_to(p->routes[m], t->api) : NULL;
		size_t at = 0;
		for (size_t s = 0; s < p->segment_count; s++)
			if (*p->segments[s] == '\0')
				ret->params[at++] = t->segments[s];
		return;
	}
}
