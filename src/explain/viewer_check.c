#include "explain/viewer_check.h"

#include <stdio.h>

#include "people/holder.h"

enum { PAGE_ARENA_BYTES = 1 << 18, VIEWER_ARENA_BYTES = 1 << 16 };

struct asking {
	struct db_read *r;
	const struct viewer_room *room;
	struct out *report;
	struct audience_faults *faults;
};

static void tell(const struct asking *c, const char *reference, const char *what,
                 const struct viewer *v)
{
	char line[sizeof c->faults->first];

	(void)snprintf(line, sizeof line, "%s: %s, functie %lld", reference, what,
	               (long long)v->appointment_id);
	if (c->faults->faults++ == 0)
		(void)snprintf(c->faults->first, sizeof c->faults->first, "%s", line);
	out_fmt(c->report, "%s\n", line);
}

static void compare(const struct asking *c, const struct viewer *v, const struct array *records,
                    const bool *seen)
{
	const struct checked_record *record = records->items;

	for (size_t i = 0; i < records->count; i++) {
		const bool opens = c->room->opens(v, record[i].facts);
		if (opens != seen[i])
			tell(c, record[i].reference, opens ? "mist een lezer" : "te veel lezers",
			     v);
	}
}

static enum status ask_viewer(const struct asking *c, const struct viewer *v,
                              const struct array *records, struct error *reterr)
{
	bool seen[VIEWER_CHECK_PAGE] = { false };
	struct arena a;

	arena_init(&a, VIEWER_ARENA_BYTES);
	const enum status st = c->room->seen(c->r, v, records, &a, seen, reterr);
	if (st == OK)
		compare(c, v, records, seen);
	arena_reset(&a);
	return st;
}

/* Whose appointment ended comes nowhere, whatever still stands. */
static bool not_ended(const struct holder *h, void *context)
{
	const int64_t *now_ms = context;

	return h->standing.ended_at_ms == 0 || h->standing.ended_at_ms > *now_ms;
}

static enum status find_viewers(const struct asking *c, int64_t now_ms, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	enum status st = OK;

	for (int role = 1; st == OK && role < ROLE_COUNT; role++)
		if (c->room->needs == PERM_PUBLIC ||
		    access_permits((enum role)role, c->room->needs))
			st = holder_list(c->r, (enum role)role, not_ended, &now_ms, a, ret, reterr);
	return st;
}

static enum status check_page(const struct asking *c, const struct array *viewers, int64_t now_ms,
                              int64_t *after, size_t *ret_count, struct error *reterr)
{
	const struct holder *who = viewers->items;
	struct array records = { 0 };
	struct arena a;

	arena_init(&a, PAGE_ARENA_BYTES);
	enum status st = c->room->records(c->r, *after, now_ms, &a, &records, reterr);
	const struct checked_record *record = records.items;
	for (size_t i = 0; st == OK && records.count > 0 && i < viewers->count; i++)
		st = ask_viewer(c, &who[i].viewer, &records, reterr);
	if (records.count > 0)
		*after = record[records.count - 1].id;
	*ret_count = records.count;
	arena_reset(&a);
	return st;
}

enum status viewer_check(struct db_read *r, const struct viewer_room *room, int64_t now_ms,
                         struct out *report, struct audience_faults *ret, struct error *reterr)
{
	const struct asking c = { r, room, report, ret };
	struct array viewers = { 0 };
	struct arena a;
	int64_t after = 0;
	size_t count = 0;

	*ret = (struct audience_faults){ 0 };
	arena_init(&a, PAGE_ARENA_BYTES);
	enum status st = find_viewers(&c, now_ms, &a, &viewers, reterr);
	do {
		if (st == OK)
			st = check_page(&c, &viewers, now_ms, &after, &count, reterr);
		ret->records += (int64_t)count;
	} while (st == OK && count == VIEWER_CHECK_PAGE);
	arena_reset(&a);
	return st;
}
