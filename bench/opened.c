#include "opened.h"

#include <stdio.h>

int measure_opened(int argc, char **argv, int words, measuring_fn *measure)
{
	struct arena a;
	struct settings settings;
	struct error e = { 0 };
	struct plein *p = NULL;
	char **given;
	int count;

	arena_init(&a, 16 << 20);
	enum status st = settings_read(argc - 1, argv + 1, &a, &settings, &given, &count, &e);
	if (st == OK && words >= 0 && count != words)
		return 2;
	if (st == OK)
		st = plein_open(&(struct opening){ .settings = &settings }, &a, &p, &e);
	if (st == OK)
		st = measure(p, given, count, &e);
	if (st != OK)
		(void)fprintf(stderr, "%s: %s %s\n", argv[0], e.message, e.cause);
	plein_close(p);
	arena_reset(&a);
	return st == OK ? 0 : 1;
}
