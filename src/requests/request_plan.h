/*
 * request_plan.h - one question to several partners: who is asked what about whom; pure
 *
 * Each partner gets a request of his own with the parts that he may be asked. What none of them may
 * give, or what lies in a phase that isn't open for a subject, is a no for the whole question. What
 * only some may give goes to those; the others are asked for the rest.
 */
#ifndef REQUESTS_REQUEST_PLAN_H
#define REQUESTS_REQUEST_PLAN_H

#include "platform/core/arena.h"
#include "requests/information_request.h"

enum { PLAN_ORGANS_MAX = 20 };

struct plan_subject {
	int64_t presence_id;
	enum law_phase opened;
};

struct plan_question {
	enum request_kind kind;
	uint64_t categories;                 /* bits of 1 << enum law_category */
	const struct plan_subject *subjects; /* who is asked about */
	size_t subject_count;
	enum law_activity activity;
	enum law_crime_form crime_form;
	int32_t on_day;
};

struct plan_parts { /* of one partner */
	struct request_part *parts;
	size_t count;
	uint64_t left_out; /* categories that others are asked for and he isn't */
};

/*
 * letters: of the partners, at most PLAN_ORGANS_MAX. Fills ret[i] for each, in the arena. A no is
 * of the whole: nothing is asked then. *ret_at: the partner who may be asked for nothing at all;
 * count: the no isn't about one partner. Parts beyond REQUEST_PARTS_MAX of one request are a no.
 * Cost: partners times subjects times categories.
 */
struct verdict request_plan(struct arena *a, const struct plan_question *q,
                            const enum law_letter *letters, size_t count, struct plan_parts *ret,
                            size_t *ret_at);

#endif
