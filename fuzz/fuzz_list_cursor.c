/* A cursor that is accepted is one that list_cursor() wrote: written again it is the same text. */
#include <assert.h>
#include <stdint.h>

#include "platform/view/list.h"

struct row {
	int64_t at;
	const char *ref;
};

static const struct view_field FIELDS[] = {
	VIEW_F(struct row, at, VIEW_MOMENT),
	VIEW_F(struct row, ref, VIEW_REF),
};
static const struct view ROW = VIEW_OF(struct row, FIELDS);
static const struct list_sort SORT = { "newest", "", { { "at", true }, { "ref", true } }, false };
static const struct list LIST = { .name = "rows", .row = &ROW, .sorts = &SORT, .sort_count = 1 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	struct list_place place;

	if (size > 8192)
		return 0;
	arena_init(&a, 1 << 20);
	const char *text = arena_strndup(&a, (const char *)data, size);
	if (list_cursor_read(&a, &LIST, &SORT, text, &place)) {
		assert(strcmp(list_cursor(&a, &LIST, &SORT, &place), text) == 0);
		assert(input_is_utf8(place.keys[1].text, strlen(place.keys[1].text)));
	}
	arena_reset(&a);
	return 0;
}
