/*
 * request_template.h - standard questions per theme, for who writes a request; data
 *
 * A template fills in the question and the categories; the writer adds why it is needed for these
 * subjects. What the addressee may not give, or what isn't open, is left out when it is applied.
 */
#ifndef REQUESTS_REQUEST_TEMPLATE_H
#define REQUESTS_REQUEST_TEMPLATE_H

#include "requests/information_request.h"

struct request_template {
	uint16_t code; /* stored; never reused */
	const char *id;
	int theme; /* of SIGNAL_THEMES; 0: for every theme */
	const char *label;
	uint64_t categories; /* bits of 1 << enum law_category */
	const char *question;
};

const struct request_template *request_templates_all(size_t *ret_count);
const struct request_template *request_template(uint16_t code); /* NULL: none */

/* Those of a theme and those for every theme, in the order of the table; returns how many. */
size_t request_templates_for(int theme, const struct request_template **ret, size_t max);

/* The categories of a template that this addressee may be asked for in this phase. */
uint64_t request_template_categories(const struct request_template *t, enum law_letter addressee,
                                     enum law_phase opened_phase, enum law_activity activity);

#endif
