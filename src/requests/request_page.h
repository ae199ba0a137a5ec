/* request_page.h - one request as its pages and changes need it; inside requests/ only */
#ifndef REQUESTS_REQUEST_PAGE_H
#define REQUESTS_REQUEST_PAGE_H

#include "platform/http/http.h"
#include "platform/view/page.h"
#include "requests/request_case.h"
#include "requests/request_http.h"
#include "requests/request_store.h"
#include "subjects/copy.h"

/* The request of params[0] with its casefile; rq->touched is set. */
struct on_request {
	struct information_request request;
	struct asked_casefile casefile;
	struct array subjects; /* of struct asked_subject: those who are asked about */
	struct array parts;    /* of struct request_part */
	bool of_addressee;     /* the viewer works for whom it was sent to */
	bool sees_refusal;
};
MUST_CHECK enum status on_request(struct request *rq, struct on_request *ret, struct error *reterr);

/* What the rules ask now, for this viewer: of the request, its casefile and the phases. */
MUST_CHECK enum status request_picture_now(struct db_read *r, const struct viewer *viewer,
                                           const struct information_request *q, struct arena *a,
                                           struct request_picture *ret, struct error *reterr);

/* The question as the rules of an answer need it. In the arena. */
struct answer_asked request_asked(const struct on_request *on, struct arena *a, int32_t today);
const struct asked_subject *request_subject(const struct on_request *on, int64_t presence_id);
/* By its number in the casefile; NULL: not asked about. */
const struct asked_subject *request_subject_numbered(const struct on_request *on, int64_t number);

/* Does somebody in this role judge what came? Of phase 3 the coordinators, who asked for it. */
bool request_checks(enum role role, const struct information_request *q);

const char *request_path(struct arena *a, const struct information_request *q, const char *rest);
struct array request_crumbs(struct arena *a, const struct information_request *q);

/* Who the request is about, as this viewer gets it now: for the registry of copies. */
struct copy request_copy(const struct request *rq, const struct information_request *q,
                         enum copy_act act);

extern const struct code REQUEST_KINDS[], REQUEST_CATEGORIES[], REQUEST_GRADES[];
extern const struct code REQUEST_NATURES[];
enum { NATURE_FACT = 1, NATURE_JUDGEMENT = 2 };

/* One item as its form sends it. */
struct item_input {
	int64_t version, subject, kind, task;
	const char *text, *settled;
	int64_t day, cents;
	int nature, grade;
};
extern const struct form ITEM_FORM;

MUST_CHECK enum status show_request(struct request *rq, struct response *rs, struct error *reterr);

/* What of a table that was sent stays at its field, to be corrected. */
struct refused_told {
	const char *sentence; /* which row, about whom, and why not */
};
struct table_left {
	const char *text; /* in the field; NULL: nothing */
	const char *task; /* as chosen; NULL: none */
	const char
	    *verdict;      /* what was stored and what wasn't; NULL: the whole table was refused */
	struct array rows; /* of struct refused_told: the first of them */
	const char *more;  /* about the others, or NULL */
};
MUST_CHECK enum status show_request_after_table(struct request *rq, struct response *rs,
                                                const struct table_left *left,
                                                struct error *reterr);

#endif
