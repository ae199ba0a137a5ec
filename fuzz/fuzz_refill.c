/* Whatever a row hides and whoever types what: the sent form holds just that, the rest stays to the byte.
 * Input: what the row hides and what was typed, with a NUL between. */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "platform/view/refill.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX_BYTES = 4096, PAGE_MAX_BYTES = 1 << 20 };

/* A row of the page; typed NULL: as its template draws it. */
static void draw_row(struct out *o, const char *hides, const char *more, const char *typed)
{
	const char *const fold = typed != NULL ? " open" : "";

	out_fmt(o, "<details class=\"a\"%s><form action=\"/do\">", fold);
	OUT_LIT(o, "<input type=\"hidden\" name=\"row\" value=\"");
	out_html(o, hides);
	out_html(o, more);
	OUT_LIT(o, "\"><input name=\"day\"");
	if (typed != NULL && typed[0] != '\0') {
		OUT_LIT(o, " value=\"");
		out_html(o, typed);
		OUT_LIT(o, "\"");
	}
	OUT_LIT(o, "><textarea name=\"why\">");
	if (typed != NULL && typed[0] != '\0') {
		OUT_LIT(o, "\n");
		out_html(o, typed);
	}
	OUT_LIT(o, "</textarea></form></details>");
}

static void draw_page(struct out *o, const char *hides, const char *typed)
{
	draw_row(o, hides, "1", NULL);
	draw_row(o, hides, "", typed);
	draw_row(o, hides, "<\"&", NULL);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct problems problems;
	struct out page, expected, found;

	if (size > INPUT_MAX_BYTES)
		return 0;
	arena_init(&a, PAGE_MAX_BYTES);
	problems_init(&problems, &a);
	const char *hides = arena_strndup(&a, (const char *)data, size);
	const size_t len = strlen(hides);
	const char *text = len < size ? hides + len + 1 : "";
	const struct input_value values[] = { { .path = "row", .text = hides },
		                              { .path = "day", .text = text },
		                              { .path = "why", .text = text } };
	const struct input typed = { .values = values, .count = sizeof values / sizeof values[0] };
	out_init(&page, PAGE_MAX_BYTES);
	out_init(&expected, PAGE_MAX_BYTES);
	out_init(&found, PAGE_MAX_BYTES);
	draw_page(&page, hides, NULL);
	draw_page(&expected, hides, text);
	refill(&found, page.data, "/do", &typed, &problems);
	assert(strcmp(found.data, expected.data) == 0);
	out_free(&page);
	out_free(&expected);
	out_free(&found);
	arena_reset(&a);
	return 0;
}
