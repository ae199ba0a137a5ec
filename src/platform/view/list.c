#include "platform/view/list.h"

#include <assert.h>

#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/address.h"
#include "platform/view/value.h"

static const struct view_field LINK_FIELDS[] = {
	VIEW_F(struct list_link, label, VIEW_TEXT),
	VIEW_F(struct list_link, href, VIEW_TEXT),
	VIEW_F(struct list_link, name, VIEW_TEXT),
	VIEW_F(struct list_link, current, VIEW_BOOL),
};
const struct view LIST_LINK_VIEW = VIEW_OF(struct list_link, LINK_FIELDS);

static const struct view_field FILTER_FIELDS[] = {
	VIEW_F(struct list_filter_picture, name, VIEW_TEXT),
	VIEW_AS(struct list_filter_picture, name, "filterName", VIEW_TEXT),
	VIEW_F(struct list_filter_picture, label, VIEW_TEXT),
	VIEW_F(struct list_filter_picture, from, VIEW_TEXT),
	VIEW_F(struct list_filter_picture, until, VIEW_TEXT),
	VIEW_F(struct list_filter_picture, kept, VIEW_TEXT),
	VIEW_F(struct list_filter_picture, days, VIEW_BOOL),
	VIEW_F(struct list_filter_picture, choice, VIEW_BOOL),
	VIEW_AS(struct list_filter_picture, choices, "choices", VIEW_LIST, .view = &LIST_LINK_VIEW),
};
const struct view LIST_FILTER_VIEW = VIEW_OF(struct list_filter_picture, FILTER_FIELDS);

/* Rows counted while paging; nobody pages further by hand. */
enum { START_MAX = 1000000000 };

/* ---- what the URL asks -------------------------------------------------------------------------
 */

static uint64_t bit_named(const struct code *codes, const char *name)
{
	for (const struct code *c = codes; c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return UINT64_C(1) << (unsigned)c->value;
	return 0;
}

static int64_t day_at(const struct input *in, struct arena *a, const char *name, const char *end,
                      int64_t open)
{
	int32_t day;
	const char *text = input_text(in, arena_printf(a, "%s%s", name, end));
	return text != NULL && iso_date_read(text, &day) ? day : open;
}

static const struct code *code_called(const struct code *codes, const char *name)
{
	for (const struct code *c = codes; name != NULL && c->name != NULL; c++)
		if (strcmp(c->name, name) == 0)
			return c;
	return NULL;
}

/* Only what can't be anything else than our own: it goes back into addresses. */
static const char *kept_text(const char *text, const char *ours)
{
	if (text == NULL || *text == '\0' || strlen(text) > LIST_KEPT_CHARS_MAX)
		return NULL;
	return text[strspn(text, ours)] == '\0' ? text : NULL;
}

static struct list_chosen chosen_of(const struct list_filter *f, const struct input *in,
                                    struct arena *a)
{
	struct list_chosen chosen = { .from = INT64_MIN, .until = INT64_MAX };

	if (f->kind == FILTER_DAYS) {
		chosen.from = day_at(in, a, f->name, "From", INT64_MIN);
		chosen.until = day_at(in, a, f->name, "Until", INT64_MAX);
		return chosen;
	}
	if (f->kind == FILTER_ONE)
		chosen.one = code_called(f->codes, input_text(in, f->name));
	if (f->kind == FILTER_KEPT)
		chosen.kept =
		    kept_text(input_text(in, f->name), "abcdefghijklmnopqrstuvwxyz0123456789.");
	if (f->kind == FILTER_CALENDAR)
		chosen.kept = kept_text(input_text(in, f->name), "0123456789-");
	for (size_t i = 0; f->kind == FILTER_CODES && i < in->count; i++)
		if (strcmp(in->values[i].path, f->name) == 0)
			chosen.codes |= bit_named(f->codes, in->values[i].text);
	return chosen;
}

static void begin_at_start(struct list_query *q)
{
	for (size_t i = 0; i < LIST_KEYS_MAX && q->sort->keys[i].field != NULL; i++) {
		const struct list_key *key = &q->sort->keys[i];
		const struct view_field *f = view_field_named(q->list->row, key->field);
		assert(f != NULL && "a sort key that the row's view lacks");
		bool text = f->kind == VIEW_TEXT || f->kind == VIEW_REF;
		/* Every text is larger than "" ; none is larger than U+10FFFF. */
		q->keys[i].text = !text ? NULL : key->descending ? "\xF4\x8F\xBF\xBF" : "";
		q->keys[i].number = key->descending ? INT64_MAX : INT64_MIN;
	}
}

struct list_query list_read_input(const struct list *list, const struct input *in, bool csv,
                                  struct arena *a)
{
	const char *sort = input_text(in, "sort"), *cursor = input_text(in, "page");
	struct list_place place = { 0 };
	struct list_query q = { .list = list,
		                .sort = &list->sorts[0],
		                .base = "",
		                .limit = (csv ? LIST_CSV_ROWS : LIST_ROWS) + 1,
		                .csv = csv };

	assert(list->sort_count > 0 && list->filter_count <= LIST_FILTERS_MAX);
	for (size_t i = 0; sort != NULL && i < list->sort_count; i++)
		if (strcmp(list->sorts[i].name, sort) == 0)
			q.sort_index = i;
	q.sort = &list->sorts[q.sort_index];
	for (size_t i = 0; i < list->filter_count; i++)
		q.chosen[i] = chosen_of(&list->filters[i], in, a);
	q.first = csv || cursor == NULL || !list_cursor_read(a, list, q.sort, cursor, &place);
	q.backward = q.sort->mirrored;
	if (q.first) {
		begin_at_start(&q);
		return q;
	}
	memcpy(q.keys, place.keys, sizeof(q.keys));
	q.turned = place.backward;
	q.backward = q.sort->mirrored != place.backward;
	q.start = place.start > START_MAX ? START_MAX : place.start;
	return q;
}

struct list_query list_read_asked(const struct list *list, const struct request *rq,
                                  const struct input *in)
{
	const bool whole = rq->wants_csv || rq->wants_ods || rq->counted != NULL;
	struct list_query q = list_read_input(list, in, whole, rq->arena);

	if (rq->counted != NULL)
		q.limit = COUNTED_ROWS_MAX + 1;
	q.ods = rq->wants_ods;
	q.base = rq->wants_json ? "/api/v1" : "";
	return q;
}

struct list_query list_read(const struct list *list, const struct request *rq)
{
	return list_read_asked(list, rq, rq->query);
}

int64_t list_from_ms(const struct list_chosen *c)
{
	return c->from == INT64_MIN ? INT64_MIN : ms_at_day_start((int32_t)c->from);
}

int64_t list_until_ms(const struct list_chosen *c)
{
	return c->until == INT64_MAX ? INT64_MAX : ms_at_day_start((int32_t)c->until + 1);
}

/* ---- addresses ------------------------------------------------------------------------------- */

/* What an address keeps of the query. */
struct variant {
	const struct list_sort *sort;
	const struct list_filter *without; /* this filter, or of it only the code below */
	const struct code *without_code;
	const char *cursor;
	const char *format; /* "csv", "ods", or NULL: the page */
	bool no_filters;
};

static void parameter(struct out *o, struct arena *a, const char *name, const char *end,
                      const char *value)
{
	out_fmt(o, "%s%s%s=", memchr(o->data, '?', o->len) == NULL ? "?" : "&", name, end);
	const char *encoded = address_encoded(a, value);
	out_raw(o, encoded, strlen(encoded));
}

static void filter_parameters(struct out *o, struct arena *a, const struct list_filter *f,
                              const struct list_chosen *chosen, const struct variant *v)
{
	bool without = v->without == f;

	if (f->kind == FILTER_DAYS) {
		if (chosen->from != INT64_MIN && !without)
			parameter(o, a, f->name, "From", iso_date(a, (int32_t)chosen->from));
		if (chosen->until != INT64_MAX && !without)
			parameter(o, a, f->name, "Until", iso_date(a, (int32_t)chosen->until));
		return;
	}
	if (f->kind == FILTER_ONE && chosen->one != NULL && !without)
		parameter(o, a, f->name, "", chosen->one->name);
	if (chosen->kept != NULL && !without)
		parameter(o, a, f->name, "", chosen->kept);
	if (f->kind != FILTER_CODES)
		return;
	for (const struct code *c = f->codes; c->name != NULL; c++)
		if ((chosen->codes >> (unsigned)c->value & 1) != 0 &&
		    !(without && (v->without_code == NULL || v->without_code == c)))
			parameter(o, a, f->name, "", c->name);
}

static const char *href(struct arena *a, const struct list_query *q, const struct variant *v)
{
	struct out o;

	out_init(&o, 1 << 14);
	out_fmt(&o, "%s%s", q->base, q->list->path);
	for (size_t i = 0; i < q->list->filter_count && !v->no_filters; i++)
		filter_parameters(&o, a, &q->list->filters[i], &q->chosen[i], v);
	if (v->sort != &q->list->sorts[0])
		parameter(&o, a, "sort", "", v->sort->name);
	if (v->cursor != NULL)
		parameter(&o, a, "page", "", v->cursor);
	if (v->format != NULL)
		parameter(&o, a, "format", "", v->format);
	const char *text = arena_strndup(a, o.data, o.len);
	out_free(&o);
	return text;
}

const char *list_address(const struct list_query *q, struct arena *a)
{
	const struct variant v = { .sort = q->sort };

	return href(a, q, &v);
}

/* ---- the page -------------------------------------------------------------------------------- */

static struct list_value key_of(const struct list_query *q, const struct list_key *key,
                                const void *row)
{
	const struct view_field *f = view_field_named(q->list->row, key->field);
	const void *at = (const char *)row + f->offset;

	if (f->kind == VIEW_TEXT || f->kind == VIEW_REF) {
		const char *text = *(const char *const *)at;
		return (struct list_value){ 0, text == NULL ? "" : text };
	}
	if (f->kind == VIEW_COUNT)
		return (struct list_value){ *(const int32_t *)at, NULL };
	return (struct list_value){ *(const int64_t *)at, NULL };
}

static const char *place_href(const struct list_query *q, struct arena *a, const void *row,
                              bool backward, int64_t start)
{
	struct list_place place = { .backward = backward,
		                    .start = start < 0           ? 0
		                             : start > START_MAX ? START_MAX
		                                                 : (uint32_t)start };
	for (size_t i = 0; i < LIST_KEYS_MAX && q->sort->keys[i].field != NULL; i++)
		place.keys[i] = key_of(q, &q->sort->keys[i], row);
	const struct variant v = { .sort = q->sort,
		                   .cursor = list_cursor(a, q->list, q->sort, &place) };
	return href(a, q, &v);
}

static void turn_round(char *items, size_t count, size_t size, struct arena *a)
{
	char *spare = arena_alloc(a, size);
	for (size_t i = 0; i < count / 2; i++) {
		char *low = items + i * size, *high = items + (count - 1 - i) * size;
		memcpy(spare, low, size);
		memcpy(low, high, size);
		memcpy(high, spare, size);
	}
}

static struct array sorts_of(const struct list_query *q, struct arena *a)
{
	struct list_link *links = ARENA_ARRAY(a, struct list_link, q->list->sort_count);
	for (size_t i = 0; i < q->list->sort_count; i++) {
		const struct list_sort *s = &q->list->sorts[i];
		const struct variant v = { .sort = s };
		links[i] = (struct list_link){ s->label, href(a, q, &v), s->name, s == q->sort };
	}
	return (struct array){ links, q->list->sort_count };
}

static const char *days_label(struct arena *a, const struct list_filter *f,
                              const struct list_chosen *c)
{
	if (c->until == INT64_MAX)
		return arena_printf(a, "%s vanaf %s", f->label, dutch_date(a, (int32_t)c->from));
	if (c->from == INT64_MIN)
		return arena_printf(a, "%s tot en met %s", f->label,
		                    dutch_date(a, (int32_t)c->until));
	return arena_printf(a, "%s %s tot en met %s", f->label, dutch_date(a, (int32_t)c->from),
	                    dutch_date(a, (int32_t)c->until));
}

static bool has_days(const struct list_chosen *c)
{
	return c->from != INT64_MIN || c->until != INT64_MAX;
}

static size_t add_chips(const struct list_query *q, struct arena *a, size_t at,
                        struct list_link *chips)
{
	const struct list_filter *f = &q->list->filters[at];
	struct variant v = { .sort = q->sort, .without = f };
	size_t count = 0;

	if (f->kind == FILTER_DAYS) {
		if (has_days(&q->chosen[at]))
			chips[count++] = (struct list_link){ days_label(a, f, &q->chosen[at]),
				                             href(a, q, &v), f->name, true };
		return count;
	}
	if (f->kind == FILTER_ONE && q->chosen[at].one != NULL)
		chips[count++] = (struct list_link){ arena_printf(a, "%s: %s", f->label,
			                                          q->chosen[at].one->label),
			                             href(a, q, &v), f->name, true };
	if (q->chosen[at].kept != NULL)
		chips[count++] =
		    (struct list_link){ f->kind == FILTER_KEPT ? f->label
			                                       : arena_printf(a, "%s: %s", f->label,
			                                                      q->chosen[at].kept),
			                href(a, q, &v), f->name, true };
	if (f->kind != FILTER_CODES)
		return count;
	for (const struct code *c = f->codes; c->name != NULL; c++) {
		if ((q->chosen[at].codes >> (unsigned)c->value & 1) == 0)
			continue;
		v.without_code = c;
		chips[count++] = (struct list_link){ arena_printf(a, "%s: %s", f->label, c->label),
			                             href(a, q, &v), f->name, true };
	}
	return count;
}

static struct array chips_of(const struct list_query *q, struct arena *a)
{
	size_t count = 0, max = q->list->filter_count;
	for (size_t i = 0; i < q->list->filter_count; i++)
		max += (size_t)__builtin_popcountll(q->chosen[i].codes);
	struct list_link *chips = ARENA_ARRAY(a, struct list_link, max);
	for (size_t i = 0; i < q->list->filter_count; i++)
		count += add_chips(q, a, i, chips + count);
	return (struct array){ chips, count };
}

static bool is_chosen(const struct list_filter *f, const struct list_chosen *chosen,
                      const struct code *c)
{
	if (f->kind == FILTER_ONE)
		return chosen->one == c;
	return (chosen->codes >> (unsigned)c->value & 1) != 0;
}

static struct array choices_of(struct arena *a, const struct list_filter *f,
                               const struct list_chosen *chosen)
{
	size_t count = 0, max = 0;
	while (f->codes != NULL && f->codes[max].name != NULL)
		max++;
	struct list_link *links = ARENA_ARRAY(a, struct list_link, max);
	for (const struct code *c = f->codes; count < max; c++)
		links[count++] =
		    (struct list_link){ c->label, NULL, c->name, is_chosen(f, chosen, c) };
	return (struct array){ links, count };
}

static struct array filters_of(const struct list_query *q, struct arena *a)
{
	size_t n = q->list->filter_count;
	struct list_filter_picture *pictures = ARENA_ARRAY(a, struct list_filter_picture, n);
	for (size_t i = 0; i < n; i++) {
		const struct list_filter *f = &q->list->filters[i];
		const struct list_chosen *c = &q->chosen[i];
		pictures[i] = (struct list_filter_picture){ .name = f->name, .label = f->label };
		pictures[i].days = f->kind == FILTER_DAYS;
		pictures[i].choice = f->kind == FILTER_CODES || f->kind == FILTER_ONE;
		pictures[i].kept = c->kept;
		if (c->from != INT64_MIN && pictures[i].days)
			pictures[i].from = iso_date(a, (int32_t)c->from);
		if (c->until != INT64_MAX && pictures[i].days)
			pictures[i].until = iso_date(a, (int32_t)c->until);
		pictures[i].choices = choices_of(a, f, c);
	}
	return (struct array){ pictures, n };
}

static const char *empty_sentence(const struct list_query *q, size_t count, bool filtered)
{
	if (count > 0)
		return NULL;
	if (filtered)
		return "Niets gevonden met deze filters. Haal een filter weg.";
	return q->first ? q->list->empty : "Hier houdt de lijst op.";
}

/* Which pages lie around this one. More rows than shown lie in the direction we went; behind us
 * lies where we came from. */
static void add_places(const struct list_query *q, struct arena *a, bool more,
                       struct list_page *page)
{
	size_t count = page->items.count, size = q->list->row->struct_bytes;
	int64_t start = q->turned ? q->start - (int64_t)count : q->start;

	if (count == 0 || q->csv)
		return;
	start = start < 0 || (q->turned && !more) ? 0 : start;
	const char *first = page->items.items;
	if (q->turned ? true : more)
		page->next =
		    place_href(q, a, first + (count - 1) * size, false, start + (int64_t)count);
	if (q->turned ? more : !q->first)
		page->previous = place_href(q, a, first, true, start);
	page->first_row = (int32_t)start + 1;
	page->last_row = (int32_t)start + (int32_t)count;
}

struct list_page list_finish(const struct list_query *q, struct arena *a, void *items, size_t count)
{
	const struct variant csv = { .sort = q->sort, .format = "csv" };
	const struct variant ods = { .sort = q->sort, .format = "ods" };
	const struct variant clear = { .sort = q->sort, .no_filters = true };
	bool more = count >= (size_t)q->limit;

	if (more)
		count = (size_t)q->limit - 1;
	if (q->turned)
		turn_round(items, count, q->list->row->struct_bytes, a);
	struct list_page page = { .items = { items, count },
		                  .chips = chips_of(q, a),
		                  .sorts = sorts_of(q, a),
		                  .filters = filters_of(q, a),
		                  .csv = href(a, q, &csv),
		                  .ods = href(a, q, &ods),
		                  .clear = href(a, q, &clear),
		                  .sort = q->sort->name,
		                  .first_row = -1,
		                  .last_row = -1 };
	page.has_sorts = q->list->sort_count > 1;
	page.has_chips = page.filtered = page.chips.count > 0;
	page.cut = more && q->csv;
	page.empty = empty_sentence(q, count, page.filtered);
	add_places(q, a, more, &page);
	return page;
}

/* ---- a list that was loaded whole -------------------------------------------------------------- */

/* Where a row stands to the place of the query, in the order of its sort. */
static int order_of(const struct list_query *q, const void *row, const struct list_value *place)
{
	for (size_t i = 0; i < LIST_KEYS_MAX && q->sort->keys[i].field != NULL; i++) {
		const struct list_value v = key_of(q, &q->sort->keys[i], row);
		const int order = v.text != NULL && place[i].text != NULL
		                      ? strcmp(v.text, place[i].text)
		                      : (v.number > place[i].number) - (v.number < place[i].number);
		if (order != 0)
			return q->sort->keys[i].descending ? -order : order;
	}
	return 0;
}

static bool in_order(const struct list_query *q, const void *one, const void *other)
{
	struct list_value place[LIST_KEYS_MAX] = { 0 };

	for (size_t i = 0; i < LIST_KEYS_MAX && q->sort->keys[i].field != NULL; i++)
		place[i] = key_of(q, &q->sort->keys[i], other);
	return order_of(q, one, place) <= 0;
}

/* Sorted runs of `width` become runs twice as long. */
static void merge_runs(const struct list_query *q, const char *from, char *to, size_t count,
                       size_t width)
{
	const size_t size = q->list->row->struct_bytes;

	for (size_t start = 0; start < count; start += 2 * width) {
		const size_t middle = start + width < count ? start + width : count;
		const size_t end = middle + width < count ? middle + width : count;
		size_t left = start, right = middle;
		for (size_t at = start; at < end; at++) {
			const bool take_left =
			    right == end ||
			    (left < middle && in_order(q, from + left * size, from + right * size));
			const size_t taken = take_left ? left++ : right++;
			memcpy(to + at * size, from + taken * size, size);
		}
	}
}

static void sort_rows(const struct list_query *q, struct arena *a, char *items, size_t count)
{
	const size_t bytes = count * q->list->row->struct_bytes;
	char *spare = arena_alloc(a, bytes + 1);

	for (size_t width = 1; width < count; width *= 2) {
		merge_runs(q, items, spare, count, width);
		memcpy(items, spare, bytes);
	}
}

struct list_page list_finish_whole(const struct list_query *q, struct arena *a, void *items,
                                   size_t count)
{
	const size_t size = q->list->row->struct_bytes, limit = (size_t)q->limit;
	char *rows = items;
	size_t from = 0, until = count;

	sort_rows(q, a, rows, count);
	for (size_t i = 0; i < count && !q->first; i++) {
		const int order = order_of(q, rows + i * size, q->keys);
		if (q->turned && order >= 0 && until == count)
			until = i;
		if (!q->turned && order <= 0)
			from = i + 1;
	}
	if (until - from > limit) {
		from = q->turned ? until - limit : from;
		until = from + limit;
	}
	if (q->turned) /* as a statement would give them */
		turn_round(rows + from * size, until - from, size, a);
	return list_finish(q, a, rows + from * size, until - from);
}

/* "signalen.csv" as "signalen.ods" */
static const char *ods_name(struct arena *a, const char *csv_name)
{
	const char *dot = strrchr(csv_name, '.');

	return arena_printf(a, "%.*s.ods",
	                    dot != NULL ? (int)(dot - csv_name) : (int)strlen(csv_name), csv_name);
}

enum status list_respond(struct request *rq, struct response *rs, const struct list_query *q,
                         const struct list_drawing *what, struct error *reterr)
{
	const struct array *items = &what->shown->items;

	rq->touched.count = (int32_t)items->count;
	if (rq->counted != NULL) {
		*rq->counted = (int64_t)items->count + (what->shown->cut ? 1 : 0);
		return OK;
	}
	if (!q->csv)
		return page_respond(rq, rs, what->page, what->view, what->record, reterr);
	const enum status st = page_csv_whole(items->count + (what->shown->cut ? 1 : 0), reterr);
	if (st != OK)
		return st;
	if (q->ods)
		return page_ods(rq, rs, ods_name(rq->arena, q->list->file_name), q->list->row,
		                *items, reterr);
	return page_csv(rq, rs, q->list->file_name, q->list->row, *items, reterr);
}
