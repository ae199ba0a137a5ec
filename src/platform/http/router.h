/*
 * router.h - from a method and a raw path to a route and its values
 *
 * Compiled once from the route tables, then read by every thread. A path is cut at its
 * slashes before it's decoded, so %2F is never a slash. The most specific pattern wins: a
 * literal segment beats {name}, from the left. Then the method is looked up among that
 * pattern's routes only, so that 405 is about the path that was asked.
 *
 * Private to platform/http.
 */
#ifndef PLATFORM_HTTP_ROUTER_H
#define PLATFORM_HTTP_ROUTER_H

#include "platform/http/http.h"

struct router;

/* Also refuses (ERR_INTERNAL, with the route in the cause) tables that can't work: two routes
 * alike, a GET without read, a change without apply or read, too many {names}. */
MUST_CHECK enum status router_make(const struct route *const *tables, struct router **ret,
                                   struct error *reterr);
void router_free(struct router *r); /* takes NULL */

/* A request's target, taken apart. Everything lives in the arena given to target_read(). */
struct target {
	const char
	    *path; /* decoded, without /api/v1 and without a slash at the end; "/" at least */
	const char *query;        /* as sent, behind the ?; "" if none */
	const char *segments[16]; /* decoded; 16 is LIMIT_PATH_SEGMENTS */
	size_t segment_count;
	bool api;            /* came by /api/v1 */
	bool trailing_slash; /* there was one too many at the end */
};

/* ERR_INVALID for what no browser sends: broken %, NUL, bad UTF-8, a control character, an empty
 * or dot segment, %2F. ERR_LIMIT past LIMIT_TARGET_BYTES or LIMIT_PATH_SEGMENTS. */
MUST_CHECK enum status target_read(struct arena *a, const char *raw, struct target *ret,
                                   struct error *reterr);

struct match {
	const struct route *route;            /* NULL: no such path, or not by this method */
	const char *params[ROUTE_PARAMS_MAX]; /* into target's segments */
	char allow[64];                       /* "GET, HEAD, OPTIONS"; "" if no such path */
};

/* HEAD finds the GET route. Cost: linear in the patterns with as many segments. */
void router_match(const struct router *r, const char *method, const struct target *t,
                  struct match *ret);

#endif
