/*
 * bench_view - what drawing costs beside the bytes themselves: a list page of some 20 KB
 *
 * The yardstick in the same run is copying the finished bytes into the same buffer.
 */
#include <stdint.h>

#include <time.h>

#include "platform/core/clock.h"
#include "platform/view/list.h"
#include "platform/view/page.h"
#include "platform/view/template.h"
#include "platform/view/view.h"

enum { ROWS = 50, ROUNDS = 4000, REPEATS = 5 };

struct row {
	const char *ref, *title, *place, *owner, *href;
	int64_t at, cents;
	int kind;
};

struct page_record {
	struct array rows;
};

static const struct code KINDS[] = { { 1, "tip", "Melding" }, { 2, "check", "Controle" }, { 0 } };

static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, ref, "ref", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, title, "title", VIEW_TEXT, .label = "Titel"),
	VIEW_AS(struct row, place, "place", VIEW_TEXT, .label = "Plaats"),
	VIEW_AS(struct row, owner, "owner", VIEW_TEXT, .label = "Van"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, at, "at", VIEW_MOMENT, .label = "Wanneer"),
	VIEW_AS(struct row, cents, "cents", VIEW_MONEY, .label = "Bedrag"),
	VIEW_AS(struct row, kind, "kind", VIEW_CODE, .label = "Soort", .codes = KINDS),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);
static const struct view_field PAGE_FIELDS[] = {
	VIEW_AS(struct page_record, rows, "rows", VIEW_LIST, .view = &ROW_VIEW),
};
static const struct view PAGE_VIEW = VIEW_OF(struct page_record, PAGE_FIELDS);

static const char SOURCE[] =
    "<h1>Signalen</h1><table role=\"table\" class=\"plein-table plein-table--stack\">\n"
    "{{#rows}}<tr role=\"row\"><td role=\"cell\" data-label=\"Nummer\"><a class=\"plein-rowlink\" "
    "href=\"{{href}}\">{{ref}}</a></td><td role=\"cell\" data-label=\"Titel\">{{title}}</td>"
    "<td role=\"cell\" data-label=\"Soort\">{{kind}}</td><td role=\"cell\" data-label=\"Plaats\">"
    "{{place}}</td><td role=\"cell\" data-label=\"Van\">{{owner}}</td><td role=\"cell\">{{at}}</td>"
    "<td role=\"cell\" data-label=\"Bedrag\">{{cents}}</td></tr>\n{{/rows}}</table>\n";

static int64_t nanoseconds(void)
{
	struct timespec t;
	(void)clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

struct bench {
	struct arena arena;
	struct out out;
	struct template list;
	struct row rows[ROWS];
	struct page_record record;
	const char *bytes;
	size_t len;
};

static void draw_html(struct bench *b)
{
	const struct drawing d = { .arena = &b->arena, .now_ms = 0 };
	view_draw(&b->out, &d, &b->list, &PAGE_VIEW, &b->record);
}

static void draw_json(struct bench *b)
{
	view_json(&b->out, &PAGE_VIEW, &b->record);
}

static void draw_csv(struct bench *b)
{
	const struct drawing d = { .arena = &b->arena, .now_ms = 0 };
	view_csv(&b->out, &d, &ROW_VIEW, b->rows, ROWS);
}

static void copy_bytes(struct bench *b)
{
	out_raw(&b->out, b->bytes, b->len);
}

/* The best of a few repeats, in ns a page. */
static double measured(struct bench *b, void (*draw)(struct bench *))
{
	double best = 0;
	for (int i = 0; i < REPEATS; i++) {
		int64_t start = nanoseconds();
		for (int round = 0; round < ROUNDS; round++) {
			out_clear(&b->out);
			draw(b);
			arena_reset(&b->arena);
		}
		double each = (double)(nanoseconds() - start) / ROUNDS;
		best = i == 0 || each < best ? each : best;
	}
	return best;
}

static void line(struct bench *b, const char *what, void (*draw)(struct bench *), double copy)
{
	double ns = measured(b, draw);
	printf("%-28s %8zu bytes %8.1f us %8.0f MB/s %8.1f x copying\n", what, b->out.len,
	       ns / 1000, (double)b->out.len * 1000 / ns, ns / copy);
}

int main(void)
{
	static struct bench b;
	struct arena kept;
	struct template_fault fault;
	const struct template_library library = { .lenient = true };

	arena_init(&kept, 1 << 22);
	arena_init(&b.arena, 1 << 22);
	out_init(&b.out, 1 << 22);
	if (!template_parse(&kept, SOURCE, &library, &b.list, &fault))
		return 1;
	for (int i = 0; i < ROWS; i++)
		b.rows[i] =
		    (struct row){ arena_printf(&kept, "S-2026-%05d", i),
			          "Vakantiehuisjes waar steeds andere mensen slapen & werken",
			          "Duinwaard",
			          "college van B en W Duinwaard",
			          arena_printf(&kept, "/signals/S-2026-%05d", i),
			          INT64_C(1795266300000) + i * INT64_C(7777777),
			          i * 123457,
			          1 + i % 2 };
	b.record.rows = (struct array){ b.rows, ROWS };
	draw_html(&b);
	b.bytes = arena_strndup(&kept, b.out.data, b.out.len);
	b.len = b.out.len;
	double copy = measured(&b, copy_bytes);
	printf("%-28s %8zu bytes %8.1f us\n", "copying the same bytes", b.len, copy / 1000);
	line(&b, "list page of 50, HTML", draw_html, copy);
	line(&b, "the same as JSON", draw_json, copy);
	line(&b, "the same as CSV", draw_csv, copy);
	out_free(&b.out);
	arena_reset(&b.arena);
	arena_reset(&kept);
	return 0;
}
