/* figures.h - how the database fares, for /health; included by db.h */
#ifndef PLATFORM_DB_FIGURES_H
#define PLATFORM_DB_FIGURES_H

#include <stdbool.h>
#include <stdint.h>

struct db;

/* Jobs waiting, age of the oldest in ms, commits and jobs since the start. */
struct db_figures {
	int64_t waiting, oldest_ms, commits, jobs, reruns;
	bool reachable, read_only; /* read_only: disk full or read-only file system */
};
struct db_figures db_figures(struct db *db);

/*
 * Looks again at what was given up: a database that was lost, a disk that was full. Who asks
 * nothing else of a server that isn't ready (a load balancer) sends it no work by which it would
 * find out. Does nothing while all is well; may wait for a connection otherwise. Thread-safe.
 */
void db_look_again(struct db *db);

#endif
