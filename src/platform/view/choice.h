/* choice.h - one option of a select whose choices only the handler knows: components/option */
#ifndef PLATFORM_VIEW_CHOICE_H
#define PLATFORM_VIEW_CHOICE_H

#include "platform/view/view.h"

struct choice {
	const char *value, *label;
	bool selected;
};
extern const struct view CHOICE_VIEW;

/* Room for max choices, none yet. */
struct array choices_for(struct arena *a, size_t max);

/* Adds one, selected when its value is the chosen one. */
void choices_add(struct array *choices, const char *value, const char *label, const char *chosen);

#endif
