#include "platform/view/figure_lines.h"

#include <string.h>

#include "platform/view/address.h"
#include "platform/view/page.h"

static const struct view_field LINE_FIELDS[] = {
	VIEW_AS(struct figure_line, part, "part", VIEW_TEXT, .label = "Onderdeel"),
	VIEW_AS(struct figure_line, what, "what", VIEW_TEXT, .label = "Wat"),
	VIEW_AS(struct figure_line, kind, "kind", VIEW_TEXT, .label = "Waarvan"),
	VIEW_AS(struct figure_line, count, "count", VIEW_COUNT, .label = "Aantal"),
	VIEW_AS(struct figure_line, cents, "cents", VIEW_MONEY, .label = "Bedrag"),
	VIEW_AS(struct figure_line, text, "text", VIEW_TEXT, .label = "In woorden"),
};
static const struct view LINE_VIEW = VIEW_OF(struct figure_line, LINE_FIELDS);

static void add(struct figure_lines *to, const struct figure_line *line)
{
	if (to->count == to->room) {
		const size_t room = to->room == 0 ? 64 : 2 * to->room;
		struct figure_line *lines = ARENA_ARRAY(to->arena, struct figure_line, room);
		if (to->count > 0)
			memcpy(lines, to->lines, to->count * sizeof *lines);
		to->lines = lines;
		to->room = room;
	}
	to->lines[to->count++] = *line;
}

void figure_count(struct figure_lines *to, const char *part, const char *what, const char *kind,
                  int64_t count)
{
	if (count < 0 || count > INT32_MAX) {
		figure_text(to, part, what, kind,
		            arena_printf(to->arena, "%lld", (long long)count));
		return;
	}
	add(to, &(struct figure_line){ part, what, kind, (int32_t)count, INT64_MIN, NULL });
}

void figure_cents(struct figure_lines *to, const char *part, const char *what, const char *kind,
                  int64_t cents)
{
	if (cents != INT64_MIN)
		add(to, &(struct figure_line){ part, what, kind, -1, cents, NULL });
}

void figure_text(struct figure_lines *to, const char *part, const char *what, const char *kind,
                 const char *text)
{
	if (text != NULL)
		add(to, &(struct figure_line){ part, what, kind, -1, INT64_MIN, text });
}

bool figure_lines_asked(const struct request *rq)
{
	return rq->wants_csv || rq->wants_ods;
}

enum status figure_lines_respond(struct request *rq, struct response *rs, const char *name,
                                 const struct figure_lines *lines, struct error *reterr)
{
	const struct array rows = { lines->lines, lines->count };

	if (rq->wants_ods)
		return page_ods(rq, rs, arena_printf(rq->arena, "%s.ods", name), &LINE_VIEW, rows,
		                reterr);
	return page_csv(rq, rs, arena_printf(rq->arena, "%s.csv", name), &LINE_VIEW, rows, reterr);
}

static const char *same_as(const struct request *rq, const char *format)
{
	const char *href = arena_printf(rq->arena, "%s?format=%s", rq->path, format);

	for (size_t i = 0; i < rq->query->count; i++) {
		const struct input_value *v = &rq->query->values[i];
		if (strcmp(v->path, "format") == 0 || v->text[0] == '\0')
			continue;
		href =
		    arena_printf(rq->arena, "%s&%s=%s", href, address_encoded(rq->arena, v->path),
		                 address_encoded(rq->arena, v->text));
	}
	return href;
}

struct figure_files figure_files_of(const struct request *rq)
{
	return (struct figure_files){ same_as(rq, "csv"), same_as(rq, "ods") };
}
