/* intervention_page.h - one intervention as its pages and changes need it; inside interventions/ only */
#ifndef INTERVENTIONS_INTERVENTION_PAGE_H
#define INTERVENTIONS_INTERVENTION_PAGE_H

#include "interventions/free_words.h"
#include "interventions/intervention_acts.h"
#include "interventions/intervention_http.h"
#include "platform/http/http.h"
#include "platform/view/choice.h"
#include "platform/view/page.h"

/* The intervention of params[0] as this viewer may see it; rq->touched is set. */
struct on_intervention {
	struct intervention intervention;
	struct intervention_picture picture;
	bool of_owner;  /* the viewer works for an owner, in a role that answers or reports */
	bool concerned; /* intervention_concerns() */
	bool card_only; /* an executor: no casefile, nothing about others */
	bool left;      /* its casefile is destroyed: only the effect remains to be seen */
};
/* One that was left behind is ERR_NOT_FOUND here. */
MUST_CHECK enum status on_intervention(struct request *rq, struct on_intervention *ret,
                                       struct error *reterr);
/* Both: for what may still be done when the casefile is gone. */
MUST_CHECK enum status on_intervention_or_left(struct request *rq, struct on_intervention *ret,
                                               struct error *reterr);
/* Whose is it to say what it did? The regievoerder's, or the working group's; when the casefile is gone
 * the lead owner's desk too, and the Stuurploeg's secretary if nobody has the direction any more. */
bool effect_is_his(const struct viewer *viewer, const struct on_intervention *on);

const char *intervention_path(struct arena *a, const struct intervention *i, const char *rest);
struct array intervention_crumbs(struct arena *a, const struct intervention *i);
const char *intervention_title(const struct intervention *i); /* the instrument's label */

/* An amount as typed: cents, or a problem at path. Empty: FIELD_NO_MONEY. */
int64_t intervention_cents(struct request *rq, const char *text, const char *path);
/* What may not stand in a text that outlives persons, or goes to partners: problems at path. */
void intervention_check_words(struct request *rq, const char *text, const char *path);

/* One of the seven columns; total FIELD_NO_MONEY where nothing was registered. */
struct amount_column {
	const char *label, *what, *name;
	int64_t total;
};
extern const struct view AMOUNT_COLUMN_VIEW;
struct array intervention_columns(struct arena *a, struct array amounts);

/* Who decides names the regievoerder, while it isn't over. */
bool lead_may_change(const struct viewer *viewer, const struct intervention *i);

/* What may stay of the goal when the casefile goes: "" for a part that names somebody. *ret_named: one does. */
MUST_CHECK enum status intervention_yardstick(struct request *rq, const struct intervention *i,
                                              struct effect_yardstick *ret, bool *ret_named,
                                              struct error *reterr);

MUST_CHECK enum status show_intervention(struct request *rq, struct response *rs,
                                         struct error *reterr);

#endif
