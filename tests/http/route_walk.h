/*
 * route_walk.h - everything that one person can read, by every route: page, CSV, API, paper
 *
 * For promises of the kind "who may not see it finds no trace of it": walk, change the world, walk
 * again; each answer must be the same byte for byte. Whatever goes wrong here fails the test.
 */
#ifndef TESTS_HTTP_ROUTE_WALK_H
#define TESTS_HTTP_ROUTE_WALK_H

#include <stdbool.h>

#include "house_world.h"

/*
 * A route's path with something in each of its places: value says what, "{ref}" is how its name
 * begins; NULL: "1". In a, with about handed on.
 */
typedef const char *route_value_fn(const void *about, const char *name);
const char *route_filled(struct arena *a, const char *pattern, route_value_fn *value,
                         const void *about);

enum { ANSWERS_MAX = 2000 };

/* How one address answered, with what names this very request masked. */
struct answered {
	const char *what, *text;
	size_t len;
	bool
	    restless; /* answers differently every time: paper with a number of its own, the own log */
};
struct sweep {
	struct answered list[ANSWERS_MAX];
	size_t count;
};

struct walk {
	struct house *house;
	struct arena *answers;        /* what sweeps hold */
	enum role role;               /* its routes are asked */
	const char *cookies, *bearer; /* header lines of who walks */
	/* What stands in this place of a route: name begins with "{ref}"; in any arena. */
	const char *(*place)(const struct walk *w, const char *pattern, const char *name);
	const void *about; /* place's own */
};

/* Every route that reads and that the role may ask for, paper (ODT, print) or all the rest. */
struct sweep *walk_routes(struct walk *w, bool paper);
/* A question to the one search, added to s. */
void walk_search(struct walk *w, struct sweep *s, const char *word);

/* What differs between two walks of one world is restless; nothing but a log may be. */
void mark_restless(struct sweep *again, const struct sweep *before);
/* says: what is wrong when they differ, "tells that there is a signal". How many were compared. */
int assert_same(const struct sweep *before, const struct sweep *after, const char *says);
/* The same length each: paper differs by its number, which is always as long. */
void assert_as_long(const struct sweep *before, const struct sweep *after, const char *says);

#endif
