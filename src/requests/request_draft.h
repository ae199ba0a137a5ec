/* request_draft.h - the form that writes a request, to one partner or to several; inside requests/ only */
#ifndef REQUESTS_REQUEST_DRAFT_H
#define REQUESTS_REQUEST_DRAFT_H

#include "casework/casework.h"
#include "platform/http/input.h"
#include "requests/request_page.h"
#include "requests/request_plan.h"

struct draft_input {
	int64_t version; /* of the draft that is written anew */
	int64_t template_code;
	const char *question, *necessity, *settled;
	int kind;
	bool urgent, issue;
	uint64_t categories;
	struct array subjects; /* of struct draft_number: their numbers in the casefile */
	const char *casefile;  /* of what is new: its reference */
	struct array organs;   /* of struct draft_number: whom he asks */
};
struct draft_number {
	int64_t number;
};
/* Writing anew: its version, no casefile and nobody else to ask. */
extern const struct form DRAFT_FORM, REDRAFT_FORM;

/* ---- what is drawn ------------------------------------------------------------------------------ */

struct draft_page {
	const char *casefile, *reference, *redraft_href, *addressee, *question, *necessity,
	    *settled;
	int64_t version;
	uint64_t categories;
	int kind;
	bool urgent, has_subjects, has_organs, may_issue, asks_why;
	struct array organs, subjects, templates;
	const char *subjects_problem, *organs_problem;
};
extern const struct view DRAFT_VIEW;

/* Everything but the words: who can be asked, about whom, what may be done with it. chosen: of
 * struct request_part, who is asked about until something was typed. */
MUST_CHECK enum status draft_page_fill(struct request *rq, const struct casefile *c,
                                       struct array chosen, struct draft_page *ret,
                                       struct error *reterr);

/* ---- what is judged -------------------------------------------------------------------------------- */

struct draft_question {
	const struct casefile *casefile;
	const struct draft_input *in;
	const struct casefile_organ *const *organs; /* whom he asks */
	size_t organ_count;
	struct array subjects; /* of struct asked_subject: all of the casefile */
};
/* What is wrong becomes problems at its field; ret holds a plan for each organ then. */
void draft_judge(struct request *rq, const struct draft_question *q, struct plan_parts *ret);

/* Sealed under the number of its request and ready to be written, for one of those who are asked. */
struct request_new draft_sealed(struct request *rq, const struct draft_question *q,
                                const struct casefile_organ *to, const struct plan_parts *parts,
                                const struct uuid *uuid);

/* "Bij de politie viel weg: Fiscale gegevens." or NULL: nothing was left out. */
const char *draft_left_out(struct arena *a, const struct draft_question *q,
                           const struct plan_parts *plans);

#endif
