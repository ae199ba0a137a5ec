#include "platform/view/choice.h"

#include <string.h>

static const struct view_field CHOICE_FIELDS[] = {
	VIEW_F(struct choice, value, VIEW_TEXT),
	VIEW_F(struct choice, label, VIEW_TEXT),
	VIEW_AS(struct choice, selected, "selected", VIEW_BOOL, .page_only = true),
};
const struct view CHOICE_VIEW = VIEW_OF(struct choice, CHOICE_FIELDS);

struct array choices_for(struct arena *a, size_t max)
{
	return (struct array){ ARENA_ARRAY(a, struct choice, max), 0 };
}

void choices_add(struct array *choices, const char *value, const char *label, const char *chosen)
{
	struct choice *c = choices->items;

	c[choices->count++] = (struct choice){ value, label, strcmp(value, chosen) == 0 };
}
