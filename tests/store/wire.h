/*
 * wire.h - a relay between Plein and PostgreSQL that can be cut, as networks and servers are
 *
 * Listens on a unix socket of its own; everything is passed on until told otherwise.
 */
#ifndef TESTS_STORE_WIRE_H
#define TESTS_STORE_WIRE_H

#include <stdbool.h>

struct wire;

/* Between the server of PLEIN_TEST_PG and whoever connects to wire_conninfo. */
struct wire *wire_new(const char *database);
void wire_free(struct wire *w);
const char *wire_conninfo(const struct wire *w);

/* Down: every connection is cut and none is accepted. */
void wire_down(struct wire *w, bool down);

/*
 * The next `count` COMMITs lose their connection: with `arrives`, the server gets the COMMIT
 * but its answer is lost; else the COMMIT itself is lost.
 */
void wire_cut_commits(struct wire *w, int count, bool arrives);

#endif
