/* request_parts.h - who is asked about, part by part, as a page draws it; inside requests/ only */
#ifndef REQUESTS_REQUEST_PARTS_H
#define REQUESTS_REQUEST_PARTS_H

#include "platform/view/choice.h"
#include "requests/request_page.h"

extern const struct view REQUEST_SUBJECT_VIEW;

struct parts_drawing { /* what all parts share */
	const struct on_request *on;
	struct array items; /* of struct request_item */
	bool answering, checking, of_addressee;
};
/* One element a subject, for REQUEST_SUBJECT_VIEW. */
struct array request_drawn_subjects(struct request *rq, const struct parts_drawing *d);

/* The tasks of this participant that data may come from: an array of struct choice. */
struct array request_task_choices(struct arena *a, enum law_letter letter, const char *typed);
struct choice request_choice(struct arena *a, int64_t value, const char *label, bool chosen);
/* What is wrong with this field, or NULL. */
const char *request_problem_at(const struct request *rq, const char *path);

#endif
