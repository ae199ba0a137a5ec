/* report_form.h - the monthly status as people send it; inside interventions/ only */
#ifndef INTERVENTIONS_REPORT_FORM_H
#define INTERVENTIONS_REPORT_FORM_H

#include "platform/core/arena.h"
#include "platform/http/input.h"

struct report_input {
	int standing;
	int64_t hours;
	const char *note;
	bool correct;
};
extern const struct form REPORT_FORM;

/* "november 2026", of year * 100 + month. */
const char *report_month_words(struct arena *a, int64_t month);

#endif
