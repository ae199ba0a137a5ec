#include "explain/sight.h"

#include <string.h>

#include "people/gate.h"
#include "plein/plein.h"
#include "platform/core/dutch.h"

static const struct view_field LINE_FIELDS[] = {
	VIEW_F(struct sight_line, label, VIEW_TEXT),
	VIEW_F(struct sight_line, yes, VIEW_BOOL),
	VIEW_AS(struct sight_line, no, "no", VIEW_BOOL, .page_only = true),
	VIEW_F(struct sight_line, count, VIEW_INT),
	VIEW_AS(struct sight_line, amount, "amount", VIEW_TEXT, .page_only = true),
	VIEW_F(struct sight_line, why, VIEW_TEXT),
	VIEW_F(struct sight_line, article, VIEW_TEXT),
	VIEW_F(struct sight_line, path, VIEW_TEXT),
};
const struct view SIGHT_LINE_VIEW = VIEW_OF(struct sight_line, LINE_FIELDS);

static const struct route *list_at(const struct route *const *tables, const char *path)
{
	for (; *tables != NULL; tables++)
		for (const struct route *r = *tables; r->method != NULL; r++)
			if (strcmp(r->method, "GET") == 0 && strcmp(r->path, path) == 0)
				return r;
	return NULL;
}

/* Reads his list as he would, in a request of its own of which only the count remains. */
static enum status count_list(const struct request *rq, const struct viewer *seen, const char *path,
                              int64_t *ret, struct error *reterr)
{
	const struct input nothing = { 0 };
	struct problems problems = { 0 };
	struct response rs = { 0 };
	struct request his = *rq;

	his.route = list_at(plein_of(rq)->routes, path);
	if (his.route == NULL || his.route->read == NULL)
		return FAIL_INTERNAL(reterr);
	his.path = path;
	his.query = &nothing;
	his.body = &nothing;
	his.viewer = seen;
	his.session = NULL;
	his.problems = &problems;
	his.wants_csv = his.wants_ods = false;
	his.counted = ret;
	return his.route->read(&his, &rs, reterr);
}

static enum status count(const struct request *rq, const struct sight *s, const struct viewer *seen,
                         int64_t *ret, struct error *reterr)
{
	if (s->figures) {
		*ret = -1;
		return OK;
	}
	return s->count != NULL ? s->count(rq->db, seen, ret, reterr)
	                        : count_list(rq, seen, s->path, ret, reterr);
}

const char *permission_holders(struct arena *a, enum permission permission)
{
	const char *text = NULL;

	for (int role = 1; role < ROLE_COUNT; role++) {
		if (!access_permits((enum role)role, permission))
			continue;
		const char *label = access_role((enum role)role)->label;
		text = text == NULL ? label : arena_printf(a, "%s, %s", text, label);
	}
	return text != NULL ? text : "niemand";
}

static const char *reason(struct arena *a, const struct sight *s, enum role role,
                          const char *on_behalf)
{
	size_t i = 0;

	while (s->reasons[i].roles != 0 && (s->reasons[i].roles & ROLE_BIT(role)) == 0)
		i++;
	const char *sentence = s->reasons[i].sentence, *gap = strstr(sentence, "%s");
	if (gap == NULL)
		return sentence;
	return arena_printf(a, "%.*s%s%s", (int)(gap - sentence), sentence, on_behalf, gap + 2);
}

static const char *amount(struct arena *a, int64_t n)
{
	if (n < 0)
		return "ja";
	if (n == 0)
		return "nu niets";
	return n > COUNTED_ROWS_MAX
	           ? arena_printf(a, "meer dan %s", dutch_number(a, COUNTED_ROWS_MAX))
	           : dutch_number(a, n);
}

static enum status line_of(struct request *rq, const struct sight *s, const struct viewer *seen,
                           const char *on_behalf, struct sight_line *ret, struct error *reterr)
{
	struct arena *a = rq->arena;
	int64_t n = 0;

	*ret = (struct sight_line){ .label = s->label };
	if (!access_permits(seen->role, s->needs)) {
		ret->no = true;
		ret->amount = "niet";
		ret->why = arena_printf(a, "Hoort bij: %s.", permission_holders(a, s->needs));
		return OK;
	}
	const enum status st = count(rq, s, seen, &n, reterr);
	if (st != OK)
		return st;
	ret->yes = true;
	ret->count = n;
	ret->amount = amount(a, n);
	ret->why = reason(a, s, seen->role, on_behalf);
	ret->article = s->article;
	ret->path = access_permits(rq->viewer->role, s->needs) ? s->path : NULL;
	return OK;
}

enum status sight_lines(struct request *rq, const struct viewer *seen, const char *on_behalf,
                        struct array *ret, struct error *reterr)
{
	const struct sight *s = plein_of(rq)->sights;
	struct viewer who = *seen;
	size_t n = 0;

	while (s != NULL && s[n].label != NULL)
		n++;
	struct sight_line *lines = ARENA_ARRAY(rq->arena, struct sight_line, n + 1);
	enum status st = gate_join_meeting(rq->db, &who, reterr);
	for (size_t i = 0; st == OK && i < n; i++)
		st = line_of(rq, &s[i], &who, on_behalf, &lines[i], reterr);
	*ret = (struct array){ lines, n };
	return st;
}
