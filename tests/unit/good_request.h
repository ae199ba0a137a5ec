/* good_request.h - a request for content with everything that each step needs, answered in full */
#ifndef UNIT_GOOD_REQUEST_H
#define UNIT_GOOD_REQUEST_H

#include "requests/information_request.h"

static inline struct request_picture good(void)
{
	return (struct request_picture){
		.kind = REQUEST_CONTENT,
		.addressee_involved = true,
		.casefile_open = true,
		.subjects = 2,
		.parts = 4,
		.parts_facts = 2,
		.items = 3,
		.necessity_chars = 80,
		.question_chars = 40,
		.due_day = 20780,
		.wanted_day = 20782,
		.actor_person_id = 1,
		.answering_person_id = 2,
	};
}

#endif
