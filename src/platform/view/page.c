#include "platform/view/page.h"

#include <assert.h>

#include "platform/view/difference.h"
#include "platform/view/draw.h"
#include "platform/view/frame.h"
#include "platform/view/refill.h"

static const struct view_field LINK_FIELDS[] = {
	VIEW_F(struct link, label, VIEW_TEXT),
	VIEW_F(struct link, href, VIEW_TEXT),
	VIEW_F(struct link, count, VIEW_COUNT),
	VIEW_F(struct link, current, VIEW_BOOL),
};
static const struct view LINK_VIEW = VIEW_OF(struct link, LINK_FIELDS);

static const struct view_field CAPACITY_FIELDS[] = {
	VIEW_F(struct capacity_choice, value, VIEW_TEXT),
	VIEW_F(struct capacity_choice, label, VIEW_TEXT),
	VIEW_F(struct capacity_choice, current, VIEW_BOOL),
};
static const struct view CAPACITY_VIEW = VIEW_OF(struct capacity_choice, CAPACITY_FIELDS);

static const struct view_field FRAME_FIELDS[] = {
	VIEW_F(struct frame_picture, title, VIEW_TEXT),
	VIEW_F(struct frame_picture, region, VIEW_TEXT),
	VIEW_F(struct frame_picture, person, VIEW_TEXT),
	VIEW_AS(struct frame_picture, on_behalf, "onBehalf", VIEW_TEXT, .label = NULL),
	VIEW_F(struct frame_picture, note, VIEW_TEXT),
	VIEW_F(struct frame_picture, density, VIEW_TEXT),
	VIEW_F(struct frame_picture, colours, VIEW_TEXT),
	VIEW_F(struct frame_picture, version, VIEW_TEXT),
	VIEW_AS(struct frame_picture, who_sees_href, "frameWhoSees", VIEW_TEXT, .label = NULL),
	VIEW_AS(struct frame_picture, access_log_href, "frameAccessLog", VIEW_TEXT, .label = NULL),
	VIEW_F(struct frame_picture, demo, VIEW_BOOL),
	VIEW_F(struct frame_picture, confidential, VIEW_BOOL),
	VIEW_AS(struct frame_picture, has_crumbs, "hasCrumbs", VIEW_BOOL, .label = NULL),
	VIEW_AS(struct frame_picture, news_count, "newsCount", VIEW_COUNT, .label = NULL),
	VIEW_AS(struct frame_picture, printed_at, "printedAt", VIEW_MOMENT, .label = NULL),
	VIEW_AS(struct frame_picture, crumbs, "crumbs", VIEW_LIST, .view = &LINK_VIEW),
	VIEW_AS(struct frame_picture, menu, "menu", VIEW_LIST, .view = &LINK_VIEW),
	VIEW_AS(struct frame_picture, foot, "foot", VIEW_LIST, .view = &LINK_VIEW),
	VIEW_AS(struct frame_picture, capacities, "capacities", VIEW_LIST, .view = &CAPACITY_VIEW),
	VIEW_AS(struct frame_picture, stale, "stale", VIEW_OBJECT, .view = &STALE_VIEW),
};
const struct view FRAME_VIEW = VIEW_OF(struct frame_picture, FRAME_FIELDS);

const struct scope *frame_open(struct frame_scope *ret, const struct frame *f,
                               const struct page *page)
{
	if (f == NULL)
		return NULL;
	ret->picture = (struct frame_picture){
		.region = f->region,
		.person = f->person,
		.on_behalf = f->on_behalf,
		.note = f->note,
		.density = f->density,
		.colours = f->colours,
		.version = f->version,
		.demo = f->demo,
		.news_count = f->news_count,
		.printed_at = INT64_MIN,
		.menu = f->menu,
		.foot = f->foot,
		.capacities = f->capacities,
	};
	if (page != NULL) {
		ret->picture.title = page->title;
		ret->picture.confidential = page->confidential;
		ret->picture.crumbs = page->crumbs;
		ret->picture.stale = page->stale;
		ret->picture.has_crumbs = page->crumbs.count > 0;
	}
	ret->scope = (struct scope){ &FRAME_VIEW, &ret->picture, NULL };
	return &ret->scope;
}

/* The menu with the place of this page marked; the gate's own list stays as it is. */
static struct array menu_at(struct arena *a, struct array menu, const char *place)
{
	if (place == NULL || menu.count == 0)
		return menu;
	struct link *copy = ARENA_ARRAY(a, struct link, menu.count);
	memcpy(copy, menu.items, menu.count * sizeof(*copy));
	for (size_t i = 0; i < menu.count; i++)
		copy[i].current = strcmp(copy[i].href, place) == 0;
	return (struct array){ copy, menu.count };
}

static void link_to_seers(struct arena *a, const struct frame *f, const struct page *page,
                          struct frame_picture *ret)
{
	if (page->record_path == NULL)
		return;
	if (f->asks_who_sees)
		ret->who_sees_href = arena_printf(a, "%s/who-sees", page->record_path);
	if (f->asks_who_saw && !page->no_access_log)
		ret->access_log_href = arena_printf(a, "%s/access-log", page->record_path);
}

static const struct template *found(const char *name)
{
	const struct template *t = template_find(name);
	assert(t != NULL && "a template that isn't in web/");
	return t;
}

/* A stranger's frame: the sign-in page, and error pages before anyone is known. */
static const struct frame BARE = { .region = "", .density = "comfortable", .colours = "auto" };

void page_html(struct out *o, const struct drawing *d, const struct page *page,
               const struct view *view, const void *record)
{
	struct frame_scope frame;
	struct canvas c = { .out = o, .d = d, .rows = "", .form = d->form };
	const struct scope *outer = frame_open(&frame, d->frame == NULL ? &BARE : d->frame, page);
	struct scope scope = { view, record, outer };

	frame.picture.menu = menu_at(d->arena, frame.picture.menu, page->place);
	if (d->frame != NULL)
		link_to_seers(d->arena, d->frame, page, &frame.picture);
	frame.picture.printed_at = d->now_ms;
	draw_template(&c, found("frame/top"), outer);
	draw_template(&c, found(page->template_name), &scope);
	draw_template(&c, found("frame/bottom"), outer);
}

enum { NOTHING_BYTES = 2 }; /* the least that a buffer holds: full at once, and silent */

void page_parts(struct out *o, const struct drawing *d, const struct page *page,
                const struct view *view, const void *record, const char *parts)
{
	struct frame_scope frame;
	struct out nothing;
	struct canvas c = {
		.out = &nothing, .d = d, .rows = "", .form = d->form, .parts = parts, .page = o
	};
	const struct scope *outer = frame_open(&frame, d->frame == NULL ? &BARE : d->frame, page);
	struct scope scope = { view, record, outer };

	out_init(&nothing, NOTHING_BYTES);
	draw_template(&c, found(page->template_name), &scope);
	out_free(&nothing);
}

static enum status fetch_frame(struct request *rq, struct error *reterr)
{
	if (rq->wants_json || rq->parts != NULL || rq->frame == NULL || rq->frame->fetch == NULL)
		return OK;
	enum status (*fetch)(struct request *, struct error *) = rq->frame->fetch;
	rq->frame->fetch = NULL;
	return fetch(rq, reterr);
}

static void page_refilled(const struct request *rq, struct out *o, const struct drawing *d,
                          const struct page *page, const struct view *view, const void *record)
{
	struct out drawn;

	out_init(&drawn, o->max);
	page_html(&drawn, d, page, view, record);
	if (drawn.data != NULL)
		refill(o, drawn.data, rq->path, rq->body, rq->problems);
	o->overflowed |= drawn.overflowed;
	out_free(&drawn);
}

enum status page_respond(struct request *rq, struct response *rs, const struct page *page,
                         const struct view *view, const void *record, struct error *reterr)
{
	enum status st = fetch_frame(rq, reterr);
	if (st != OK)
		return st;

	const struct drawing d = {
		.arena = rq->arena,
		.now_ms = rq->now_ms,
		.problems = rq->problems,
		.typed = rq->body != NULL && rq->body->count > 0 ? rq->body : NULL,
		.form = page->form,
		.frame = rq->frame,
	};

	struct page whole = *page;
	if (rq->stale && page->form != NULL && page->stale == NULL && d.typed != NULL)
		whole.stale = stale_of(rq->arena, page->form, view, record, d.typed);
	if (rq->wants_json) {
		rs->content_type = "application/json; charset=utf-8";
		view_json(&rs->body, view, record);
	} else {
		rs->content_type = "text/html; charset=utf-8";
		if (rq->parts != NULL)
			page_parts(&rs->body, &d, &whole, view, record, rq->parts);
		else if (d.typed != NULL && rq->problems->error_count > 0)
			page_refilled(rq, &rs->body, &d, &whole, view, record);
		else
			page_html(&rs->body, &d, &whole, view, record);
	}
	return out_end(&rs->body, reterr);
}

enum status page_csv_whole(size_t rows, struct error *reterr)
{
	if (rows <= PAGE_CSV_ROWS)
		return OK;
	return FAIL(reterr, ERR_LIMIT,
	            "Dit zijn meer dan 5.000 regels: te veel voor één bestand. Kies eerst een "
	            "filter of een kortere periode.");
}

enum status page_csv(struct request *rq, struct response *rs, const char *file_name,
                     const struct view *row, struct array rows, struct error *reterr)
{
	const struct drawing d = { .arena = rq->arena, .now_ms = rq->now_ms };
	const enum status st = page_csv_whole(rows.count, reterr);

	if (st != OK)
		return st;
	rs->content_type = "text/csv; charset=utf-8";
	rs->file_name = file_name;
	view_csv(&rs->body, &d, row, rows.items, rows.count);
	return out_end(&rs->body, reterr);
}

enum status page_ods(struct request *rq, struct response *rs, const char *file_name,
                     const struct view *row, struct array rows, struct error *reterr)
{
	const struct drawing d = { .arena = rq->arena, .now_ms = rq->now_ms };
	const enum status st = page_csv_whole(rows.count, reterr);

	if (st != OK)
		return st;
	rs->content_type = "application/vnd.oasis.opendocument.spreadsheet";
	rs->file_name = file_name;
	view_ods(&rs->body, &d, row, rows.items, rows.count);
	return out_end(&rs->body, reterr);
}
