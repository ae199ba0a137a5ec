/* opened.h - a measurement of an installation that it opens itself */
#ifndef BENCH_OPENED_H
#define BENCH_OPENED_H

#include "server/open.h"

/* What is measured: the words that follow the settings on the command line, and how many. */
typedef enum status measuring_fn(struct plein *p, char **words, int count, struct error *reterr);

/* The program's whole main(): reads the settings, opens the installation, measures, closes it.
 * `words`: how many it wants after the settings, or -1 for any number. Gives what main() returns:
 * 2 for a wrong number of words, 1 for an error, which is told on stderr. */
int measure_opened(int argc, char **argv, int words, measuring_fn *measure);

#endif
