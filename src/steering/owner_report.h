/* owner_report.h - what an owner may put in a decision of its own; inside steering/ only */
#ifndef STEERING_OWNER_REPORT_H
#define STEERING_OWNER_REPORT_H

#include "advice/advices.h"
#include "interventions/interventions.h"
#include "platform/http/http.h"
#include "platform/view/page.h"
#include "steering/consent.h"
#include "subjects/casefile_subject.h"

enum { REPORT_FACTS_MAX = 400 };

struct usable_fact {
	const struct casefile_subject *subject;
	const struct known_fact *fact;
	int64_t organ_id;              /* its source */
	const struct consent *consent; /* by which it may stand there; NULL: none was needed */
	int answer;                    /* enum consent_answer */
};
struct owner_report {
	struct intervention intervention;
	struct intervention_texts texts;
	const char *advice;
	struct uuid advice_uuid;
	struct array facts;   /* struct usable_fact: may be used */
	struct array to_ask;  /* the same: after consent, and not asked yet */
	struct array sources; /* struct advice_source: who agreed to be named */
	struct consents consents;
};
/* For an owner, leading or beside, and nobody else; others find nothing here. */
MUST_CHECK enum status report_load_owned(struct request *rq, struct owner_report *ret,
                                         struct error *reterr);
MUST_CHECK enum status report_load_facts(struct request *rq, struct owner_report *report,
                                         struct error *reterr);
/* The page before one is made, also when a question is refused. */
MUST_CHECK enum status show_owner_report(struct request *rq, struct response *rs,
                                         struct error *reterr);
extern const struct form CONSENT_ASK_FORM;

#endif
