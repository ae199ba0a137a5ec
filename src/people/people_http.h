/* people_http.h - the routes of people and their accounts */
#ifndef PEOPLE_PEOPLE_HTTP_H
#define PEOPLE_PEOPLE_HTTP_H

#include "people/people.h"
#include "platform/http/http.h"
#include "platform/view/page.h"

/* One choice of a select that the handler fills. */
struct option {
	const char *value, *label;
	bool selected;
};
extern const struct view PEOPLE_OPTION_VIEW;

/* Who acts, as the machines' guards ask. */
struct actor people_actor(const struct request *rq);

/* The {id} of the path; anything else is the neutral "not found". */
MUST_CHECK enum status people_path_id(const struct request *rq, int64_t *ret, struct error *reterr);

extern const struct route budget_routes[];
extern const struct page_template budget_templates[];
extern const struct route people_routes[];
extern const struct page_template people_templates[];

#endif
