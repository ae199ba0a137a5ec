#include "platform/core/problems.h"

#include <assert.h>
#include <string.h>

void problems_init(struct problems *ps, struct arena *arena)
{
	*ps = (struct problems){ .arena = arena };
}

static struct problem *append(struct problems *ps, enum problem_level level, const char *path)
{
	struct problem *p = ARENA_NEW(ps->arena, struct problem);
	p->path = arena_strdup(ps->arena, path);
	p->level = level;
	if (ps->last != NULL)
		ps->last->next = p;
	else
		ps->first = p;
	ps->last = p;
	if (level == PROBLEM_ERROR)
		ps->error_count++;
	else
		ps->warning_count++;
	return p;
}

void problems_add(struct problems *ps, enum problem_level level, const char *path,
                  const char *message)
{
	struct problem *p = append(ps, level, path);
	p->message = arena_strdup(ps->arena, message);
}

void problems_add_verdict(struct problems *ps, const char *path, struct verdict v)
{
	assert(v.kind != VERDICT_YES);
	struct problem *p = append(ps, PROBLEM_ERROR, path);
	p->message = v.sentence;
	p->rule = v.rule;
	p->article = v.article;
}

void problems_add_again(struct problems *ps, const char *path, const struct problem *p)
{
	struct problem *again = append(ps, p->level, path);
	again->message = p->message;
	again->rule = p->rule;
	again->article = p->article;
}

const struct problem *problems_at(const struct problems *ps, const char *path)
{
	for (const struct problem *p = ps->first; p != NULL; p = p->next)
		if (strcmp(p->path, path) == 0)
			return p;
	return NULL;
}
