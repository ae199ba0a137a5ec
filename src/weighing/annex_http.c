/*
 * The annex of the minutes: the names that the minutes leave out. It is never stored: it is drawn
 * from what is still there, so that a name that was destroyed is gone from here at once, and the
 * page itself ends ANNEX_DAYS after the meeting.
 */
#include "weighing/minutes.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "subjects/presence.h"

static const struct view_field LINE_FIELDS[] = { VIEW_F(struct minutes_line, text, VIEW_TEXT) };
static const struct view LINE_VIEW = VIEW_OF(struct minutes_line, LINE_FIELDS);

struct annex_item {
	const char *reference, *title;
	struct array names;
	bool has_names;
};
static const struct view_field ANNEX_ITEM_FIELDS[] = {
	VIEW_F(struct annex_item, reference, VIEW_REF),
	VIEW_F(struct annex_item, title, VIEW_TEXT),
	VIEW_AS(struct annex_item, names, "names", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct annex_item, has_names, "hasNames", VIEW_BOOL, .page_only = true),
};
static const struct view ANNEX_ITEM_VIEW = VIEW_OF(struct annex_item, ANNEX_ITEM_FIELDS);

struct annex_page {
	const char *reference, *place, *back_href;
	int64_t starts_at, gone_at;
	struct array people, guests, items;
	bool has_guests, has_items;
};
static const struct view_field ANNEX_FIELDS[] = {
	VIEW_F(struct annex_page, reference, VIEW_REF),
	VIEW_F(struct annex_page, place, VIEW_TEXT),
	VIEW_AS(struct annex_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct annex_page, starts_at, "startsAt", VIEW_MOMENT),
	VIEW_AS(struct annex_page, gone_at, "goneAt", VIEW_MOMENT),
	VIEW_AS(struct annex_page, people, "people", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct annex_page, guests, "guests", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct annex_page, items, "items", VIEW_LIST, .view = &ANNEX_ITEM_VIEW),
	VIEW_AS(struct annex_page, has_guests, "hasGuests", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct annex_page, has_items, "hasItems", VIEW_BOOL, .page_only = true),
};
static const struct view ANNEX_VIEW = VIEW_OF(struct annex_page, ANNEX_FIELDS);

/* "Jan Jansen" or "Bloemenhal BV"; NULL for what has no name, such as a vehicle. */
static const char *name_of(struct arena *a, const struct subject *s)
{
	const struct subject_fact *f = s->facts.items;
	const char *family = NULL, *given = NULL, *name = NULL;

	for (size_t i = 0; i < s->facts.count; i++) {
		family = f[i].kind == FACT_FAMILY_NAME ? f[i].raw : family;
		given = f[i].kind == FACT_GIVEN_NAMES ? f[i].raw : given;
		name = f[i].kind == FACT_NAME ? f[i].raw : name;
	}
	if (family != NULL && given != NULL)
		return arena_printf(a, "%s %s", given, family);
	return family != NULL ? family : name;
}

static enum status item_names(struct request *rq, const struct signal *s, struct annex_item *ret,
                              struct error *reterr)
{
	struct array subjects = { 0 };
	const enum status st =
	    subject_list(rq->db, plein_of(rq)->keyring, s->id, rq->arena, &subjects, reterr);
	const struct subject *from = subjects.items;
	struct minutes_line *rows = ARENA_ARRAY(rq->arena, struct minutes_line, subjects.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < subjects.count; i++) {
		rows[count].text = name_of(rq->arena, &from[i]);
		count += rows[count].text != NULL ? 1 : 0;
	}
	ret->names = (struct array){ rows, count };
	ret->has_names = count > 0;
	return st;
}

/* Only signals that this viewer may read himself. */
static enum status annex_items(struct request *rq, const struct meeting *m, struct array *ret,
                               struct error *reterr)
{
	struct array items = { 0 };
	enum status st = item_list(rq->db, m->id, rq->arena, &items, reterr);
	const struct agenda_item *from = items.items;
	struct annex_item *to = ARENA_ARRAY(rq->arena, struct annex_item, items.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < items.count; i++) {
		struct signal s;
		st = signal_load(rq->db, rq->viewer, from[i].reference, rq->arena, &s, reterr);
		if (st == ERR_NOT_FOUND) {
			st = OK;
			continue;
		}
		if (st != OK)
			return st;
		struct annex_item *row = &to[count++];
		row->reference = from[i].reference;
		st = item_title(rq, &from[i], &row->title, reterr);
		if (st == OK)
			st = item_names(rq, &s, row, reterr);
	}
	*ret = (struct array){ to, count };
	return st;
}

static struct array people_lines(struct arena *a, struct array people)
{
	const struct attendee *p = people.items;
	struct minutes_line *rows = ARENA_ARRAY(a, struct minutes_line, people.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < people.count; i++)
		if (is_present(p[i].presence) || p[i].left_at > 0)
			rows[count++].text =
			    arena_printf(a, "%s, namens %s", p[i].person, p[i].on_behalf);
	return (struct array){ rows, count };
}

static struct array guest_names(struct arena *a, struct array guests)
{
	const struct guest *g = guests.items;
	struct minutes_line *rows = ARENA_ARRAY(a, struct minutes_line, guests.count + 1);

	for (size_t i = 0; i < guests.count; i++)
		rows[i].text = arena_printf(a, "%s, %s", g[i].name != NULL ? g[i].name : "Gast",
		                            g[i].organisation);
	return (struct array){ rows, guests.count };
}

static enum status show_annex(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array people = { 0 }, guests = { 0 };
	struct annex_page record = { 0 };
	struct meeting m;

	enum status st = on_meeting(rq, &m, reterr);
	if (st == OK && !annex_is_open(&m, rq->now_ms))
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = attendee_list(rq->db, m.id, rq->arena, &people, reterr);
	if (st == OK)
		st = guest_list(rq->db, plein_of(rq)->keyring, m.id, rq->arena, &guests, reterr);
	if (st == OK)
		st = annex_items(rq, &m, &record.items, reterr);
	if (st != OK)
		return st;
	record.reference = m.reference;
	record.place = m.place;
	record.starts_at = m.starts_at;
	record.gone_at = m.closed_at + ANNEX_DAYS * INT64_C(86400000);
	record.back_href = meeting_path(rq->arena, &m, "/minutes");
	record.people = people_lines(rq->arena, people);
	record.guests = guest_names(rq->arena, guests);
	record.has_guests = guests.count > 0;
	record.has_items = record.items.count > 0;
	rq->touched.count = (int32_t)record.items.count;
	const struct page page = { .title = "Bijlage met namen",
		                   .place = "/meetings",
		                   .crumbs = meeting_crumbs(rq->arena, &m),
		                   .confidential = true,
		                   .template_name = "weighing/annex" };
	return page_respond(rq, rs, &page, &ANNEX_VIEW, &record, reterr);
}

const struct route annex_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/annex",
	  .permission = PERM_MEETING_RUN,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_annex,
	  .view = &ANNEX_VIEW,
	  .summary = "De namen bij een verslag, tot 30 dagen na het overleg" },
	{ 0 },
};

const struct page_template annex_templates[] = {
	{ .name = "weighing/annex", .view = &ANNEX_VIEW, .whole = true },
	{ 0 },
};
