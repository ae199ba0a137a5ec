#include "explain/audience_check.h"

#include <stdio.h>

enum { PAGE_ROWS = 200, PAGE_ARENA_BYTES = 1 << 18 };

void audience_list_add_how(struct audience_list *list, audience of, int64_t how)
{
	if (list->count == AUDIENCES_CHECKED_MAX)
		return;
	list->how[list->count] = how;
	list->of[list->count++] = of;
}

void audience_list_add(struct audience_list *list, audience of)
{
	audience_list_add_how(list, of, 0);
}

void audience_list_add_readers(struct audience_list *list, const struct thing *thing)
{
	for (size_t i = 0; i < thing->reader_count; i++)
		audience_list_add(list, thing->readers[i]);
}

struct checking {
	struct db_read *r;
	const struct audience_room *room;
	struct out *report;
	struct audience_faults *faults;
};

static void tell(const struct checking *c, const char *reference, const char *what, audience of)
{
	char line[sizeof c->faults->first];

	(void)snprintf(line, sizeof line, "%s: %s, groep %d/%lld", reference, what, (int)(of >> 48),
	               (long long)(of & 0xffffffffffff));
	if (c->faults->faults++ == 0)
		(void)snprintf(c->faults->first, sizeof c->faults->first, "%s", line);
	out_fmt(c->report, "%s\n", line);
}

static bool has(const struct audience_list *list, audience of, int64_t how)
{
	for (size_t i = 0; i < list->count; i++)
		if (list->of[i] == of && list->how[i] == how)
			return true;
	return false;
}

static enum status load_stored(const struct checking *c, int64_t id, struct audience_list *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(c->r, c->room->stored, DB_ARGS(DB_INT(id)), &rows, reterr);

	ret->count = 0;
	if (st != OK)
		return st;
	while (db_next(&rows))
		audience_list_add_how(ret, db_int(&rows, 0),
		                      c->room->has_how ? db_int(&rows, 1) : 0);
	return db_rows_end(&rows, reterr);
}

static enum status check_one(const struct checking *c, const struct audience_facts *f,
                             struct error *reterr)
{
	struct audience_list stored = { .count = 0 }, expected = { .count = 0 };

	enum status st = load_stored(c, f->id, &stored, reterr);
	if (st == OK)
		st = c->room->expect(c->r, f, &expected, reterr);
	if (st != OK)
		return st;
	for (size_t i = 0; i < expected.count; i++)
		if (!has(&stored, expected.of[i], expected.how[i]))
			tell(c, f->reference, "mist een lezer", expected.of[i]);
	for (size_t i = 0; i < stored.count; i++)
		if (!has(&expected, stored.of[i], stored.how[i]))
			tell(c, f->reference, "te veel lezers", stored.of[i]);
	return OK;
}

static enum status load_page(const struct checking *c, int64_t after, struct arena *a,
                             struct audience_facts *list, size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t count = 0;
	const enum status st =
	    db_query(c->r, c->room->records, DB_ARGS(DB_INT(after)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < PAGE_ROWS && db_next(&rows); count++) {
		list[count] = (struct audience_facts){ .id = db_int(&rows, 0),
			                               .reference = db_text(&rows, 1, a) };
		for (int i = 0; i < c->room->facts; i++)
			list[count].fact[i] = db_int(&rows, 2 + i);
	}
	*ret_count = count;
	return db_rows_end(&rows, reterr);
}

static enum status check_page(const struct checking *c, int64_t *after, size_t *ret_count,
                              struct error *reterr)
{
	struct arena a;

	arena_init(&a, PAGE_ARENA_BYTES);
	struct audience_facts *list = ARENA_ARRAY(&a, struct audience_facts, PAGE_ROWS);
	enum status st = load_page(c, *after, &a, list, ret_count, reterr);
	for (size_t i = 0; st == OK && i < *ret_count; i++) {
		st = check_one(c, &list[i], reterr);
		*after = list[i].id;
	}
	arena_reset(&a);
	return st;
}

enum status audience_check(struct db_read *r, const struct audience_room *room, struct out *report,
                           struct audience_faults *ret, struct error *reterr)
{
	const struct checking c = { r, room, report, ret };
	int64_t after = 0;
	size_t count = 0;
	enum status st;

	*ret = (struct audience_faults){ 0 };
	do {
		st = check_page(&c, &after, &count, reterr);
		ret->records += (int64_t)count;
	} while (st == OK && count == PAGE_ROWS);
	return st;
}
