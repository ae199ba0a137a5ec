/* "Mijn werk": what waits for me by due day, what I wait for, what is new; and the list of news. */
#include "home/home_http.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "home/begin.h"
#include "home/named.h"
#include "people/gate.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "work/work.h"

/* ---- rows -------------------------------------------------------------------------- */

struct task_item {
	const char *group; /* "Te laat", on the first row of its group */
	const char *href, *title, *detail, *reference, *about;
	const char *name; /* of the record, where the viewer may read it */
	const char *from; /* what I wait for: from whom */
	int64_t due;
};
static const struct view_field TASK_FIELDS[] = {
	VIEW_AS(struct task_item, group, "group", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct task_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct task_item, title, VIEW_TEXT),
	VIEW_F(struct task_item, detail, VIEW_TEXT),
	VIEW_F(struct task_item, reference, VIEW_TEXT),
	VIEW_F(struct task_item, about, VIEW_TEXT),
	VIEW_F(struct task_item, name, VIEW_TEXT),
	VIEW_F(struct task_item, from, VIEW_TEXT),
	VIEW_F(struct task_item, due, VIEW_DUE),
};
static const struct view TASK_VIEW = VIEW_OF(struct task_item, TASK_FIELDS);

struct news_item {
	int64_t at;
	const char *href, *title, *detail, *reference;
	bool unread;
};
static const struct view_field NEWS_FIELDS[] = {
	VIEW_F(struct news_item, at, VIEW_MOMENT),
	VIEW_AS(struct news_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct news_item, title, VIEW_TEXT),
	VIEW_F(struct news_item, detail, VIEW_TEXT),
	VIEW_F(struct news_item, reference, VIEW_TEXT),
	VIEW_F(struct news_item, unread, VIEW_BOOL),
};
static const struct view NEWS_VIEW = VIEW_OF(struct news_item, NEWS_FIELDS);

enum group { GROUP_LATE, GROUP_TODAY, GROUP_WEEK, GROUP_LATER, GROUP_NONE };
static const char *const GROUPS[] = { "Te laat", "Vandaag", "Deze week", "Later" };

static enum group group_of(int32_t due, int32_t today)
{
	if (due < today)
		return GROUP_LATE;
	if (due == today)
		return GROUP_TODAY;
	/* up to and including Sunday */
	return due <= today + (7 - (int)weekday_of(today)) ? GROUP_WEEK : GROUP_LATER;
}

static const char *filled(struct arena *a, const char *path, const char *reference)
{
	const char *at = path != NULL ? strstr(path, "%s") : NULL;
	if (at == NULL)
		return path;
	return arena_printf(a, "%.*s%s%s", (int)(at - path), path, reference, at + 2);
}

/* A role that may open no casefile has no use for a path into one, though it asked for work there. */
static bool opens(const struct request *rq, int object_kind)
{
	return object_kind != OBJECT_CASEFILE ||
	       access_permits(rq->viewer->role, PERM_CASEFILE_READ);
}

/* What stands behind its words: nothing where only the database knows the number. */
static const char *spoken(int object_kind, const char *reference)
{
	return object_kind == OBJECT_PERSON || object_kind == OBJECT_APPOINTMENT ? NULL : reference;
}

static struct task_item item_of(struct request *rq, const struct work_task *t,
                                const struct work_word *word)
{
	return (struct task_item){
		.title = word != NULL ? word->title : "Taak",
		.detail = word != NULL ? word->detail : NULL,
		.href = word == NULL                ? "/"
		        : opens(rq, t->object_kind) ? filled(rq->arena, word->path, t->reference)
		                                    : NULL,
		.reference = spoken(t->object_kind, t->reference),
		.about = audit_object_word((uint16_t)t->object_kind)->label,
		.due = t->due_day,
	};
}

static enum status task_items(struct request *rq, struct array rows, bool mine, struct array *ret,
                              struct error *reterr)
{
	const char *names[WORK_LIST_MAX] = { 0 };
	const struct work_task *from = rows.items;
	struct task_item *to = ARENA_ARRAY(rq->arena, struct task_item, rows.count + 1);
	const int32_t today = local_day(rq->now_ms);
	enum group last = GROUP_NONE;
	const enum status st = tasks_named(rq, from, rows.count, names, reterr);

	for (size_t i = 0; i < rows.count; i++) {
		to[i] = item_of(rq, &from[i],
		                mine ? work_word(from[i].kind) : work_awaited_word(from[i].kind));
		to[i].name = names[i];
		enum group g = group_of((int32_t)from[i].due_day, today);
		if (mine && g != last)
			to[i].group = GROUPS[g];
		last = g;
	}
	*ret = (struct array){ to, rows.count };
	return st;
}

static struct array news_items(struct request *rq, struct array rows, int64_t seen_at)
{
	const struct work_news *from = rows.items;
	struct news_item *to = ARENA_ARRAY(rq->arena, struct news_item, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++) {
		const struct work_word *word = news_word(from[i].kind);
		to[i] = (struct news_item){
			.at = from[i].at,
			.title = word != NULL ? word->title : "Nieuws",
			.href =
			    word != NULL ? filled(rq->arena, word->path, from[i].reference) : NULL,
			.reference = spoken(from[i].object_kind, from[i].reference),
			.unread = from[i].at > seen_at,
		};
	}
	return (struct array){ to, rows.count };
}

enum { NEWS_AT_HOME = 8, WAITING_AT_HOME = 10 }; /* the rest is one click away */

/* ---- my work ----------------------------------------------------------------------- */

struct home {
	const char *today, *summary;
	struct array begin, elsewhere, tasks, waiting, news;
	bool may_write, has_tasks, has_waiting, has_news;
	int64_t last_visit, count; /* count: of tasks in all */
	int64_t more_waiting;      /* how many there are in all, where not all are shown; else 0 */
	const char *next, *first_href;
};
static const struct view_field HOME_FIELDS[] = {
	VIEW_F(struct home, today, VIEW_TEXT),
	VIEW_F(struct home, summary, VIEW_TEXT),
	VIEW_AS(struct home, begin, "begin", VIEW_LIST, .view = &BEGIN_LINK_VIEW,
	        .page_only = true),
	VIEW_AS(struct home, may_write, "mayWrite", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct home, elsewhere, "elsewhere", VIEW_LIST, .view = &ELSEWHERE_VIEW),
	VIEW_AS(struct home, tasks, "tasks", VIEW_LIST, .view = &TASK_VIEW),
	VIEW_AS(struct home, waiting, "waiting", VIEW_LIST, .view = &TASK_VIEW),
	VIEW_AS(struct home, news, "news", VIEW_LIST, .view = &NEWS_VIEW),
	VIEW_AS(struct home, has_tasks, "hasTasks", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct home, has_waiting, "hasWaiting", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct home, has_news, "hasNews", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct home, last_visit, "lastVisit", VIEW_MOMENT),
	VIEW_F(struct home, count, VIEW_INT),
	VIEW_F(struct home, next, VIEW_TEXT),
	VIEW_AS(struct home, first_href, "firstHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct home, more_waiting, "moreWaiting", VIEW_INT, .page_only = true),
};
static const struct view HOME_VIEW = VIEW_OF(struct home, HOME_FIELDS);

static const char *summary_of(struct request *rq, const struct work_lists *w)
{
	struct arena *a = rq->arena;
	const long long all = w->all, late = w->late, now = w->due_today;

	if (all == 0)
		return "Niets wacht op u.";
	const char *head =
	    all == 1 ? "Er wacht 1 ding op u" : arena_printf(a, "Er wachten %lld dingen op u", all);
	if (late + now == 0)
		return arena_printf(a, "%s.", head);
	if (now == 0)
		return arena_printf(a, "%s: %lld te laat.", head, late);
	if (late == 0)
		return arena_printf(a, "%s: %lld voor vandaag.", head, now);
	return arena_printf(a, "%s: %lld te laat, %lld voor vandaag.", head, late, now);
}

static const char *today_of(struct request *rq)
{
	char *text = arena_strdup(rq->arena, dutch_date_long(rq->arena, local_day(rq->now_ms)));
	if (*text >= 'a' && *text <= 'z')
		*text = (char)(*text - 'a' + 'A');
	return text;
}

/* "?after=20780.513": the day and number of the last task of the page before. */
static struct work_wish wish_of(const struct request *rq)
{
	const char *after = input_text(rq->query, "after");
	struct work_wish w = { .since_ms = rq->session->news_seen_at,
		               .today = local_day(rq->now_ms),
		               .after_due = INT64_MIN };
	char *end = NULL;

	if (after == NULL)
		return w;
	const long long due = strtoll(after, &end, 10);
	if (end == after || *end != '.')
		return w;
	w.after_due = due;
	w.after_id = strtoll(end + 1, NULL, 10);
	return w;
}

static struct array first_of(struct array rows, size_t most)
{
	return (struct array){ rows.items, rows.count < most ? rows.count : most };
}

/* Where the next page of tasks is; NULL: this is the last. */
static const char *later_tasks(struct request *rq, struct array open)
{
	const struct work_task *t = open.items;

	if (open.count <= WORK_PAGE)
		return NULL;
	return arena_printf(rq->arena, "%s?after=%lld.%lld", rq->wants_json ? "/api/v1" : "/",
	                    (long long)t[WORK_PAGE - 1].due_day, (long long)t[WORK_PAGE - 1].id);
}

static enum status fill_home(struct request *rq, const struct work_wish *wish,
                             const struct work_lists *work, struct home *home, struct error *reterr)
{
	const bool everything = input_text(rq->query, "waiting") != NULL;
	const struct array awaited =
	    first_of(work->awaited, everything ? WORK_LIST_MAX : WAITING_AT_HOME);

	home->summary = summary_of(rq, work);
	home->news = news_items(rq, first_of(work->news, NEWS_AT_HOME), wish->since_ms);
	home->has_tasks = work->open.count > 0;
	home->has_waiting = awaited.count > 0;
	home->has_news = work->news.count > 0;
	home->count = work->all;
	home->next = later_tasks(rq, work->open);
	home->first_href = wish->after_due != INT64_MIN ? "/" : NULL;
	home->more_waiting = awaited.count < work->awaited.count ? (int64_t)work->awaited.count : 0;
	const enum status st =
	    task_items(rq, first_of(work->open, WORK_PAGE), true, &home->tasks, reterr);
	return st == OK ? task_items(rq, awaited, false, &home->waiting, reterr) : st;
}

static enum status show_home(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Mijn werk",
		                   .place = "/",
		                   .template_name = "home/my_work" };
	const struct work_wish wish = wish_of(rq);
	struct work_lists work = { 0 };
	struct home record = { .begin = begin_links(rq->arena, rq->viewer->role),
		               .may_write = rq->viewer->role ==
		                            ROLE_SUBMITTER, /* who helps may not begin one */
		               .today = today_of(rq),
		               .last_visit = wish.since_ms > 0 ? wish.since_ms : INT64_MIN };

	enum status st = work_of(rq->db, rq->viewer, &wish, rq->arena, &work, reterr);
	if (st == OK)
		st = elsewhere_list(rq, &record.elsewhere, reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)work.all;
	st = fill_home(rq, &wish, &work, &record, reterr);
	if (st != OK)
		return st;
	return page_respond(rq, rs, &page, &HOME_VIEW, &record, reterr);
}

/* ---- news -------------------------------------------------------------------------- */

struct news_page {
	struct array news;
	bool has_news;
	int64_t first_row, last_row;
	const char *csv_href, *newer_href, *older_href;
};
static const struct view_field NEWS_PAGE_FIELDS[] = {
	VIEW_AS(struct news_page, news, "news", VIEW_LIST, .view = &NEWS_VIEW),
	VIEW_AS(struct news_page, has_news, "hasNews", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct news_page, first_row, "firstRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct news_page, last_row, "lastRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct news_page, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct news_page, newer_href, "newerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct news_page, older_href, "olderHref", VIEW_TEXT, .page_only = true),
};
static const struct view NEWS_PAGE_VIEW = VIEW_OF(struct news_page, NEWS_PAGE_FIELDS);

static enum status show_news(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Nieuw", .template_name = "home/news" };
	struct array news = { 0 };
	enum status st = work_news(rq->db, rq->viewer, 0, rq->arena, &news, reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)news.count;
	const struct news_page record = {
		.news = news_items(rq, news, rq->session->news_seen_at),
		.has_news = news.count > 0,
		.first_row = 1,
		.last_row = (int64_t)news.count,
	};
	return page_respond(rq, rs, &page, &NEWS_PAGE_VIEW, &record, reterr);
}

static enum status apply_read(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;

	change->location = "/news";
	return work_seen(tx, change->rq->session->person_id, change->rq->now_ms, reterr);
}

const struct route home_routes[] = {
	{ .method = "GET",
	  .path = "/",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_HOME_VIEW,
	  .read = show_home,
	  .view = &HOME_VIEW,
	  .summary = "Wat op u wacht en wat er nieuw is" },
	{ .method = "GET",
	  .path = "/news",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .read = show_news,
	  .view = &NEWS_PAGE_VIEW,
	  .summary = "Nieuws over uw werk" },
	{ .method = "POST",
	  .path = "/news/_read",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_CHANGE,
	  .apply = apply_read,
	  .summary = "Al het nieuws is gelezen" },
	{ 0 },
};

const struct page_template home_templates[] = {
	{ .name = "home/my_work", .view = &HOME_VIEW, .whole = true },
	{ .name = "home/news", .view = &NEWS_PAGE_VIEW, .whole = true },
	{ 0 },
};
