/* Paging by key shows every row once, in order, whichever way one goes; the URL holds everything.
 */
#include "view_world.h"

#include "platform/view/list.h"

#include "../world/naughty.h"

struct row {
	int64_t at;
	const char *ref;
	const char *title;
	int state;
};

static const struct code STATE_CODES[] = { { 0, "DRAFT", "Concept" },
	                                   { 3, "DONE", "Klaar" },
	                                   { 0 } };

static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, at, "at", VIEW_MOMENT, .label = "Wanneer"),
	VIEW_AS(struct row, ref, "ref", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, title, "title", VIEW_TEXT, .label = "Titel"),
	VIEW_AS(struct row, state, "state", VIEW_CODE, .label = "Stand", .codes = STATE_CODES),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

static const struct list_sort SORTS[] = {
	{ "newest", "Wanneer, nieuwste eerst", { { "at", true }, { "ref", true } }, false },
	{ "title", "Titel, van a naar z", { { "title", false }, { "ref", false } }, false },
	{ "oldest", "Wanneer, oudste eerst", { { "at", false }, { "ref", false } }, true },
};
static const struct list_filter FILTERS[] = {
	{ "state", "Stand", FILTER_CODES, STATE_CODES },
	{ "seen", "Gezien", FILTER_DAYS, NULL },
	{ "month", "Maand", FILTER_CALENDAR, NULL },
};
static const struct list LIST = { "rows",  "/rows", &ROW_VIEW,           SORTS,       3,
	                          FILTERS, 3,       "Niets wacht op u.", "regels.csv" };

struct rows_page {
	struct list_page list;
};
static const struct view_field PAGE_FIELDS[] = { LIST_FIELDS(struct rows_page, list, ROW_VIEW) };
static const struct view PAGE_VIEW = VIEW_OF(struct rows_page, PAGE_FIELDS);

/* ---- what a room's two statements do, over an array -------------------------------------------
 */

static int compare(const struct row *a, int64_t at, const char *title, const char *ref,
                   bool by_title)
{
	int order = by_title ? strcmp(a->title, title) : (a->at > at) - (a->at < at);
	return order != 0 ? order : strcmp(a->ref, ref);
}

static size_t ask(const struct list_query *q, const struct row *table, size_t count,
                  struct row *ret)
{
	bool by_title = q->sort_index == 1;
	bool up = by_title != q->backward;
	size_t found = 0;
	/* table is sorted upwards by this order */
	for (size_t i = 0; i < count && found < (size_t)q->limit; i++) {
		const struct row *r = up ? &table[i] : &table[count - 1 - i];
		int order =
		    compare(r, q->keys[0].number, q->keys[0].text, q->keys[1].text, by_title);
		if (up ? order > 0 : order < 0)
			ret[found++] = *r;
	}
	return found;
}

static const struct input *query_of(struct world *w, const char *href)
{
	struct input *in = ARENA_NEW(&w->arena, struct input);
	struct error e;
	const char *mark = strchr(href, '?');
	const char *text = mark == NULL ? "" : mark + 1;
	assert_int_equal(input_urlencoded(&w->arena, text, strlen(text), in, &e), OK);
	return in;
}

static struct list_query asked(struct world *w, const char *href)
{
	return list_read_input(&LIST, query_of(w, href), false, &w->arena);
}

static struct list_page shown(struct world *w, const char *href, const struct row *table,
                              size_t count)
{
	struct list_query q = asked(w, href);
	struct row *rows = ARENA_ARRAY(&w->arena, struct row, LIST_ROWS + 1);
	return list_finish(&q, &w->arena, rows, ask(&q, table, count, rows));
}

/* The same from a room that loaded all of it, in an order of its own. */
static struct list_page shown_whole(struct world *w, const char *href, const struct row *table,
                                    size_t count)
{
	struct list_query q = asked(w, href);
	struct row *rows = ARENA_ARRAY(&w->arena, struct row, count + 1);
	for (size_t i = 0; i < count; i++)
		rows[i] = table[(i * 7919 + 3) % count];
	return list_finish_whole(&q, &w->arena, rows, count);
}

typedef struct list_page show_fn(struct world *w, const char *href, const struct row *table,
                                 size_t count);

static uint32_t drawn_number(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 16;
}

static int by_time(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	return compare(x, y->at, NULL, y->ref, false);
}

static int by_title(const void *a, const void *b)
{
	const struct row *x = a, *y = b;
	return compare(x, 0, y->title, y->ref, true);
}

static struct row *table_of(struct world *w, size_t count, uint32_t seed, bool titles)
{
	struct row *table = ARENA_ARRAY(&w->arena, struct row, count);
	for (size_t i = 0; i < count; i++) {
		table[i].at = drawn_number(&seed) % 7 == 0 ? 5 : drawn_number(&seed);
		table[i].ref = arena_printf(&w->arena, "S-%05zu", i);
		table[i].title = NAUGHTY[drawn_number(&seed) % NAUGHTY_COUNT];
	}
	qsort(table, count, sizeof(*table), titles ? by_title : by_time);
	return table;
}

/* Every row once, in order, forwards; then all the way back. */
static void walk(struct world *w, show_fn *show, const char *start, const struct row *table,
                 size_t count, bool up)
{
	size_t seen = 0;
	const char *href = start, *last = start;
	for (int pages = 0; href != NULL; pages++) {
		struct list_page page = show(w, href, table, count);
		const struct row *rows = page.items.items;
		assert_true(pages < 100);
		for (size_t i = 0; i < page.items.count; i++, seen++)
			assert_string_equal(rows[i].ref, table[up ? seen : count - 1 - seen].ref);
		last = href;
		href = page.next;
	}
	assert_int_equal(seen, count);
	for (href = last; href != NULL;) {
		struct list_page page = show(w, href, table, count);
		const struct row *rows = page.items.items;
		for (size_t i = page.items.count; i-- > 0; seen--)
			assert_string_equal(rows[i].ref, table[up ? seen - 1 : count - seen].ref);
		href = page.previous;
	}
	assert_int_equal(seen, 0);
}

static void walk_all_orders(struct world *w, show_fn *show, size_t n)
{
	walk(w, show, "/rows", table_of(w, n, 7 + (uint32_t)n, false), n, false);
	walk(w, show, "/rows?sort=oldest", table_of(w, n, 7 + (uint32_t)n, false), n, true);
	walk(w, show, "/rows?sort=title", table_of(w, n, 9 + (uint32_t)n, true), n, true);
}

static void paging_shows_every_row_once_both_ways(void **state)
{
	struct world *w = *state;
	static const size_t sizes[] = { 0, 1, 49, 50, 51, 100, 101, 237 };
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		walk_all_orders(w, shown, sizes[i]);
}

static void a_list_that_was_loaded_whole_pages_as_any_other(void **state)
{
	struct world *w = *state;
	static const size_t sizes[] = { 0, 1, 2, 3, 50, 51, 52, 100, 101, 237 };
	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++)
		walk_all_orders(w, shown_whole, sizes[i]);
}

static void a_page_tells_which_rows_it_shows(void **state)
{
	struct world *w = *state;
	struct row *table = table_of(w, 120, 3, false);
	struct list_page page = shown(w, "/rows", table, 120);
	assert_int_equal(page.first_row, 1);
	assert_int_equal(page.last_row, 50);
	assert_null(page.previous);
	page = shown(w, page.next, table, 120);
	assert_int_equal(page.first_row, 51);
	assert_int_equal(page.last_row, 100);
	page = shown(w, page.next, table, 120);
	assert_int_equal(page.first_row, 101);
	assert_int_equal(page.last_row, 120);
	assert_null(page.next);
	page = shown(w, page.previous, table, 120);
	assert_int_equal(page.first_row, 51);
	assert_int_equal(page.last_row, 100);
	page = shown(w, page.previous, table, 120);
	assert_int_equal(page.first_row, 1);
	assert_int_equal(page.last_row, 50);
	assert_null(page.previous);
}

static void what_cannot_be_understood_is_ignored(void **state)
{
	struct world *w = *state;
	struct list_query q =
	    asked(w, "/rows?sort=nothing&page=zz&state=CASTLE&seenFrom=gisteren&x=1");
	assert_int_equal(q.sort_index, 0);
	assert_true(q.first);
	assert_int_equal(q.chosen[0].codes, 0);
	assert_int_equal(q.chosen[1].from, INT64_MIN);
	assert_int_equal(q.keys[0].number, INT64_MAX);
	for (size_t i = 0; i < NAUGHTY_COUNT; i++) {
		struct list_place place;
		assert_false(list_cursor_read(&w->arena, &LIST, &SORTS[0], NAUGHTY[i], &place));
	}
}

static void a_cursor_fits_only_its_own_order(void **state)
{
	struct world *w = *state;
	const struct list_place place = { true, 50, { { 7, NULL }, { 0, "S-1" } } };
	struct list_place back;
	const char *cursor = list_cursor(&w->arena, &LIST, &SORTS[0], &place);
	assert_true(list_cursor_read(&w->arena, &LIST, &SORTS[0], cursor, &back));
	assert_true(back.backward);
	assert_int_equal(back.start, 50);
	assert_int_equal(back.keys[0].number, 7);
	assert_string_equal(back.keys[1].text, "S-1");
	assert_false(list_cursor_read(&w->arena, &LIST, &SORTS[1], cursor, &back));
	char *longer = arena_printf(&w->arena, "%s00", cursor);
	assert_false(list_cursor_read(&w->arena, &LIST, &SORTS[0], longer, &back));
	longer[strlen(cursor) - 2] = '\0';
	assert_false(list_cursor_read(&w->arena, &LIST, &SORTS[0], longer, &back));
}

static const struct list_link *link_at(struct array links, size_t i)
{
	assert_true(i < links.count);
	return &((const struct list_link *)links.items)[i];
}

static void chips_take_one_filter_away(void **state)
{
	struct world *w = *state;
	struct list_page page =
	    shown(w, "/rows?state=DRAFT&state=DONE&seenFrom=2026-11-01&sort=title", NULL, 0);
	assert_int_equal(page.chips.count, 3);
	assert_string_equal(link_at(page.chips, 0)->label, "Stand: Concept");
	assert_string_equal(link_at(page.chips, 0)->href,
	                    "/rows?state=DONE&seenFrom=2026-11-01&sort=title");
	assert_string_equal(link_at(page.chips, 2)->label, "Gezien vanaf 1 november 2026");
	assert_string_equal(link_at(page.chips, 2)->href,
	                    "/rows?state=DRAFT&state=DONE&sort=title");
	assert_string_equal(page.clear, "/rows?sort=title");
	assert_string_equal(page.csv, "/rows?state=DRAFT&state=DONE&seenFrom=2026-11-01&sort=title"
	                              "&format=csv");
	assert_string_equal(link_at(page.sorts, 0)->href,
	                    "/rows?state=DRAFT&state=DONE&seenFrom=2026-11-01");
	assert_true(link_at(page.sorts, 1)->current);
}

static void a_period_is_kept_and_said(void **state)
{
	struct world *w = *state;
	struct list_page page = shown(w, "/rows?month=2026-11&sort=title", NULL, 0);
	assert_string_equal(link_at(page.chips, 0)->label, "Maand: 2026-11");
	assert_string_equal(link_at(page.chips, 0)->href, "/rows?sort=title");
	assert_string_equal(page.csv, "/rows?month=2026-11&sort=title&format=csv");
	assert_int_equal(shown(w, "/rows?month=<b>", NULL, 0).chips.count, 0);
}

static void an_empty_list_says_why(void **state)
{
	struct world *w = *state;
	assert_string_equal(shown(w, "/rows", NULL, 0).empty, "Niets wacht op u.");
	assert_string_equal(shown(w, "/rows?state=DONE", NULL, 0).empty,
	                    "Niets gevonden met deze filters. Haal een filter weg.");
	struct row *table = table_of(w, 1, 1, false);
	assert_null(shown(w, "/rows", table, 1).empty);
}

static void days_are_whole_days_in_amsterdam(void **state)
{
	struct world *w = *state;
	struct list_query q = asked(w, "/rows?seenFrom=2026-07-01&seenUntil=2026-07-01");
	assert_int_equal(list_until_ms(&q.chosen[1]) - list_from_ms(&q.chosen[1]), 86400000);
	assert_int_equal(local_day(list_from_ms(&q.chosen[1])), q.chosen[1].from);
	q = asked(w, "/rows");
	assert_int_equal(list_from_ms(&q.chosen[1]), INT64_MIN);
	assert_int_equal(list_until_ms(&q.chosen[1]), INT64_MAX);
}

static void the_api_shows_rows_and_the_way_on(void **state)
{
	struct world *w = *state;
	struct row *table = table_of(w, 51, 3, false);
	struct rows_page page = { shown(w, "/rows", table, 51) };
	out_clear(&w->out);
	view_json(&w->out, &PAGE_VIEW, &page);
	assert_memory_equal(w->out.data, "{\"items\":[{\"at\":", 16);
	assert_non_null(strstr(w->out.data, "],\"next\":\"/rows?page="));
	assert_null(strstr(w->out.data, "chips"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(paging_shows_every_row_once_both_ways),
		T(a_list_that_was_loaded_whole_pages_as_any_other),
		T(a_period_is_kept_and_said),
		T(a_page_tells_which_rows_it_shows),
		T(what_cannot_be_understood_is_ignored),
		T(a_cursor_fits_only_its_own_order),
		T(chips_take_one_filter_away),
		T(an_empty_list_says_why),
		T(days_are_whole_days_in_amsterdam),
		T(the_api_shows_rows_and_the_way_on),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
