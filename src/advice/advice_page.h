/*
 * advice_page.h - one advice as its pages, its API and its documents show it; inside advice/
 *
 * What the viewer may not see was never put into the record: who reads only its own part gets the
 * proposals that it owns and what it was asked as a source; facts only who reads them in the
 * casefile, up to his phase.
 */
#ifndef ADVICE_ADVICE_PAGE_H
#define ADVICE_ADVICE_PAGE_H

#include "advice/advice_document.h"
#include "advice/instrument_choices.h"
#include "casework/casework.h"
#include "platform/http/http.h"
#include "platform/view/acts.h"
#include "platform/view/page.h"
#include "platform/view/view.h"

/* The advice of params[0] and the viewer's place in it; rq->touched is set. */
struct on_advice {
	struct advice advice;
	struct casefile casefile; /* where has_casefile */
	bool has_casefile;
	bool writes;    /* its words and proposals, now */
	bool at_bureau; /* analyst, coordinator, head or DPO: reads how sources answered */
	int max_phase;  /* of facts that he reads in the casefile; 0: none */
};
MUST_CHECK enum status on_advice(struct request *rq, struct on_advice *ret, struct error *reterr);
/* The same for an advice that was found otherwise. */
MUST_CHECK enum status on_this_advice(struct request *rq, const struct advice *d,
                                      struct on_advice *ret, struct error *reterr);

/* ERR_CONFLICT: its words can't be changed by this viewer now. */
MUST_CHECK enum status advice_writable(struct request *rq, struct on_advice *ret,
                                       struct error *reterr);

struct advice_line {
	const char *text;
};
extern const struct view ADVICE_LINE_VIEW;

struct shown_fact {
	int64_t id, index, phase;
	const char *subject, *label, *value, *source, *proposal, *fact; /* fact: its uuid */
	int usable;
	int64_t corrected_day; /* since then it doesn't count; INT64_MIN: it does */
	const char *remove_href;
};
extern const struct view ADVICE_FACT_VIEW;

struct shown_proposal {
	const char *learning_href; /* what this instrument did before */
	int64_t number, version, ordinal;
	int kind, weight, barrier, feasible, named;
	const char *instrument, *lead, *basis, *approach, *effect, *indicator, *waits_for,
	    *alternative_to, *answer, *answered_by;
	struct array co_owners; /* of struct advice_line */
	int64_t hours, feasible_hours, wanted_day, due_day, answered_at;
	int64_t waits_for_number, alternative_to_number, lead_organ;
	bool whole, has_co_owners, is_asked, is_infeasible, is_feasible;
	const char *edit_href, *remove_href, *up_href, *answer_href;
};
struct shown_source {
	int64_t id, version, due_day, answered_at, handled_at;
	const char *on_behalf, *reason, *handling, *answered_by, *handled_by;
	int state, named, handled_how;
	const char *handle_href;
};
struct shown_signature {
	const char *person, *role;
	int64_t at;
};
struct shown_action {
	const char *name, *label, *href;
	bool primary, danger, asks_reason;
};
/* What one partner does already: decided before this advice was signed. */
struct shown_quick_action {
	int64_t number, decided_at;
	const char *instrument, *owner, *intervention, *href;
	uint8_t state; /* of the intervention */
};
/* What the viewer is asked as a source. */
struct asked_source {
	int64_t version, due_day;
	int state, named;
	const char *answer_href, *reason;
	struct array facts;                /* of struct shown_fact: its own */
	bool has_facts, may_answer, again; /* again: it answered before */
};

struct advice_record {
	const char *reference, *casefile, *casefile_href, *href, *lead;
	int64_t version, revision, edition, state_since, proposal_count;
	int64_t facts_gone; /* of those it rested on: destroyed since */
	uint8_t state;
	const char *introduction, *conclusion, *reason, *digest;
	const char *gone; /* the same in a sentence; NULL: none */
	const char *copy; /* the number of this copy on paper; NULL: it is a page */
	struct array proposals, facts, sources, earlier_sources, signatures, history, actions,
	    blocked, tabs, named_sources, outline, quick_actions;
	const struct asked_source *asked;
	bool whole, genuine, tampered, has_facts, has_sources, has_earlier_sources, has_named,
	    has_outline, has_quick, is_final, casefile_reader, has_signatures;
	const char *text_href, *new_proposal_href, *facts_href, *print_href, *odt_href, *pdf_href,
	    *who_sees_href, *access_log_href, *back_href, *quick_href;
};
extern const struct view ADVICE_VIEW;

/* Fills the record for what this viewer may see of it. */
MUST_CHECK enum status advice_record_load(struct request *rq, const struct on_advice *on,
                                          struct advice_record *ret, struct error *reterr);
/* The whole advice as it goes out on paper: registered as a copy with a number of its own, when the
 * event of the view is written. ERR_NOT_FOUND: not for who reads his own part. */
MUST_CHECK enum status advice_on_paper(struct request *rq, struct response *rs,
                                       struct on_advice *on, struct advice_record *ret,
                                       struct error *reterr);
/* The answer of every page of one advice, and of a change that was refused. */
MUST_CHECK enum status show_advice(struct request *rq, struct response *rs, struct error *reterr);
MUST_CHECK enum status show_this_advice(struct request *rq, struct response *rs,
                                        const struct on_advice *on, struct error *reterr);

const char *advice_path(struct arena *a, const struct advice *d, const char *rest);
struct array advice_crumbs(struct arena *a, const struct on_advice *on);
/* Parts of an advice, as tables of the page and the API. */
extern const struct view ADVICE_PROPOSAL_VIEW, ADVICE_SOURCE_VIEW;

/* What it rests on, as far as this viewer reads. */
struct facts_shown {
	struct array facts; /* of struct shown_fact */
	int64_t gone;       /* so many more were destroyed since */
};
/* organ_id: only those of one source; 0: all. */
MUST_CHECK enum status advice_facts_shown(struct request *rq, const struct on_advice *on,
                                          struct array proposals, int64_t organ_id, int max_phase,
                                          struct facts_shown *ret, struct error *reterr);

/* Actions and reasons why not, for the viewer now. */
MUST_CHECK enum status advice_actions(struct request *rq, const struct on_advice *on,
                                      struct advice_record *ret, struct error *reterr);
/* What a move asks, with who acts now. */
MUST_CHECK enum status advice_picture_now(struct db_read *r, const struct viewer *viewer,
                                          const struct advice *d, struct advice_picture *ret,
                                          struct error *reterr);

#endif
