/* instrument_choices.h - the law's list of instruments as a choice, by kind: proposals, quick actions */
#ifndef ADVICE_INSTRUMENT_CHOICES_H
#define ADVICE_INSTRUMENT_CHOICES_H

#include "platform/view/choice.h"

struct instrument_group {
	const char *label;
	struct array choices; /* of struct choice */
};
extern const struct view INSTRUMENT_GROUP_VIEW;

/* Every kind with its instruments, in the order of the law's list: an array of struct
 * instrument_group. selected: the code as text, "" for none. */
struct array instrument_groups(struct arena *a, const char *selected);

/* "Pand sluiten na drugs" */
const char *instrument_label(int64_t code);
/* The basis that the list gives; NULL: its owner states it, or there is no such instrument. */
const char *instrument_basis(int64_t code);

#endif
