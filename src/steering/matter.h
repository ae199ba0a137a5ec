/*
 * matter.h - all that lies before the Stuurploeg at one point, as pages, pack and minutes show it;
 * inside steering/ only. Loaded for who may see the point.
 */
#ifndef STEERING_MATTER_H
#define STEERING_MATTER_H

#include "advice/advices.h"
#include "steering/decision_store.h"
#include "steering/steering_page.h"

struct matter {
	bool has_advice; /* a living one that is final */
	struct advice advice;
	struct advice_texts texts;
	struct array proposals; /* struct advice_proposal, by place */
	struct array decisions; /* struct steering_decision of this point */
	struct array earlier;   /* the same, of its casefile: signed at other points */
	struct array pledges;   /* struct pledge_row */
	struct array votes;     /* struct vote_row */
};
MUST_CHECK enum status matter_load(struct request *rq, const struct steering_point *p,
                                   struct matter *ret, struct error *reterr);

const struct advice_proposal *proposal_of(const struct matter *m, int64_t id);
const struct advice_proposal *proposal_numbered(const struct matter *m, int64_t number);
/* The ruling in this point; NULL: none yet. proposal_id 0: of the whole. */
const struct steering_decision *ruling_of(const struct matter *m, int64_t proposal_id);

/* The decision signed elsewhere that stands (not amended); NULL: none. */
const struct steering_decision *standing_of(const struct matter *m, int64_t proposal_id);

/* Is the casefile where this kind of point expects it, with the advice that the point is about? */
bool subject_stands(const struct steering_point *p, const struct matter *m);

/* May a proposal be ruled at this kind of point, after what stands about it already (NULL: nothing)? */
bool may_rule(int point_kind, const struct steering_decision *before);

/* One ruling as people read it. */
struct ruling_view {
	const char *reference, *amends, *amended_by, *lead, *owner, *next_meeting, *pledges, *votes;
	const char *reason, *conditions, *questions, *worked, *failed, *lessons, *meeting,
	    *secretary, *chair;
	const char *instrument, *owner_word;
	int64_t number, proposal, hours, due_day, signed_at, feedback_day;
	int ruling;
	bool draft, no_lead, feedback_later, amended;
	struct array dissents; /* struct dissent_view */
};
extern const struct view RULING_VIEW;
struct dissent_view {
	const char *organ, *text;
};

/* Every text is opened; m gives pledges and votes. */
MUST_CHECK enum status ruling_view_load(struct request *rq, const struct matter *m,
                                        const struct steering_decision *d, struct ruling_view *ret,
                                        struct error *reterr);

/* One advised intervention with its ruling. */
struct proposal_view {
	const char *instrument, *lead, *co_owners, *approach, *effect, *indicator, *basis, *answer;
	const char *rule_href, *waits_for;
	int64_t number, hours, wanted_day;
	int kind, weight, feasible;
	const struct ruling_view *ruling; /* NULL: none yet */
};
extern const struct view PROPOSAL_VIEW;
/* In the order of the advice: an array of struct proposal_view. on NULL: without links. */
MUST_CHECK enum status proposal_views(struct request *rq, const struct on_point *on,
                                      const struct matter *m, struct array *ret,
                                      struct error *reterr);

#endif
