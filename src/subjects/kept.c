#include "subjects/kept.h"

struct array kept_lines(struct arena *a)
{
	return (struct array){ ARENA_ARRAY(a, struct kept_line, KEPT_LINES_MAX), 0 };
}

void kept_add(struct array *lines, const struct kept_line *line)
{
	if (lines->count < KEPT_LINES_MAX)
		((struct kept_line *)lines->items)[lines->count++] = *line;
}
