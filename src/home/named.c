#include "home/named.h"

#include "plein/plein.h"
#include "search/namer.h"

static enum status name_kind(struct request *rq, const struct search_namer *n,
                             const struct work_task *rows, size_t count, const char **names,
                             struct error *reterr)
{
	int64_t ids[WORK_LIST_MAX];
	const char *titles[WORK_LIST_MAX] = { 0 };
	size_t place[WORK_LIST_MAX], asked = 0;

	for (size_t i = 0; i < count; i++)
		if (rows[i].object_kind == n->kind) {
			ids[asked] = rows[i].object_id;
			place[asked++] = i;
		}
	const enum status st = asked > 0 ? n->titles(rq, ids, asked, titles, reterr) : OK;
	for (size_t i = 0; i < asked; i++)
		names[place[i]] = titles[i];
	return st;
}

enum status tasks_named(struct request *rq, const struct work_task *rows, size_t count,
                        const char **ret_names, struct error *reterr)
{
	const struct search_namer *n = plein_of(rq)->namers;
	enum status st = OK;

	for (; st == OK && n != NULL && n->titles != NULL; n++)
		st = name_kind(rq, n, rows, count, ret_names, reterr);
	return st;
}
