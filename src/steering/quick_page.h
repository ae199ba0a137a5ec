/* quick_page.h - the page of a casefile's quick actions and its forms; inside steering/ only */
#ifndef STEERING_QUICK_PAGE_H
#define STEERING_QUICK_PAGE_H

#include "advice/advices.h"
#include "advice/quick_actions.h"
#include "casework/casework.h"
#include "platform/http/http.h"
#include "platform/view/page.h"

struct quick_input {
	int64_t instrument, owner, hours, day;
	int weight, barrier, ground;
	const char *basis, *approach, *urgency, *effect, *indicator;
};
extern const struct form QUICK_FORM;

struct decide_input {
	int64_t version, lead;
	const char *reason;
};
extern const struct form QUICK_DECIDE_FORM;

struct on_quick {
	struct casefile casefile;
	struct array all, owners; /* struct quick_action, struct advice_owner */
	bool before_advice;
	int64_t advice_id;                /* the living one, 0: none */
	const struct quick_action *quick; /* of the address, NULL: none is named there */
};

/* The casefile of params[0], for who reads it; `quick` stays NULL. */
MUST_CHECK enum status quick_load(struct request *rq, struct on_quick *ret, struct error *reterr);

/* What a rule asks, as far as the page knows: mandate, lead and reason come with the act. */
struct quick_picture quick_picture_of(const struct request *rq, const struct on_quick *on,
                                      const struct quick_action *q);
struct verdict quick_may(const struct request *rq, enum quick_move action, uint8_t state,
                         const struct quick_picture *p);

extern const struct view QUICK_PAGE_VIEW;
MUST_CHECK enum status show_quick(struct request *rq, struct response *rs, struct error *reterr);

#endif
