/* Whatever a template says, a record's text never becomes markup. */
#include <assert.h>
#include <stdint.h>

#include "platform/view/draw.h"
#include "platform/view/template.h"

struct beast {
	const char *name;
	int64_t weight;
	struct array young;
};

/* A text that shows where it came out: the marks never stand in the template. */
#define HOSTILE "\x01<\x01\"\x01'\x01&\x01"

static const struct view_field YOUNG_FIELDS[] = { VIEW_F(struct beast, name, VIEW_TEXT) };
static const struct view YOUNG = VIEW_OF(struct beast, YOUNG_FIELDS);
static const struct view_field FIELDS[] = {
	VIEW_AS(struct beast, name, "a", VIEW_TEXT, .label = NULL),
	VIEW_AS(struct beast, weight, "b", VIEW_INT, .label = NULL),
	VIEW_AS(struct beast, weight, "c", VIEW_MOMENT, .label = NULL),
	VIEW_AS(struct beast, young, "d", VIEW_LIST, .view = &YOUNG),
};
static const struct view VIEW = VIEW_OF(struct beast, FIELDS);

static const struct field FORM_FIELDS[] = {
	{ .path = "a", .kind = FIELD_TEXT, .label = HOSTILE, .max_chars = 9 },
	{ .path = "b", .kind = FIELD_INT, .label = HOSTILE },
};
static const struct form FORM = { FORM_FIELDS, 2, 16 };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char *const raw[] = { "\x01<\x01", "\x01\"\x01", "\x01'\x01", "\x01&\x01" };
	struct arena a;
	struct out o;
	struct template t = { .name = "fuzz" };
	struct template_fault fault;
	const struct template_library library = { .lenient = true };

	if (size > 4096)
		return 0;
	arena_init(&a, 64 << 20);
	out_init(&o, 4 << 20);
	const char *source = arena_strndup(&a, (const char *)data, size);
	if (strchr(source, '\x01') == NULL && template_parse(&a, source, &library, &t, &fault)) {
		struct beast young = { .name = HOSTILE };
		struct beast record = { HOSTILE, 7, { &young, 1 } };
		struct drawing d = { .arena = &a, .form = &FORM };
		view_draw(&o, &d, &t, &VIEW, &record);
		for (int i = 0; i < 4 && o.len > 0; i++)
			assert(strstr(o.data, raw[i]) == NULL);
	}
	out_free(&o);
	arena_reset(&a);
	return 0;
}
