/* weighing_page.h - what the pages of a meeting share; inside weighing/ only */
#ifndef WEIGHING_WEIGHING_PAGE_H
#define WEIGHING_WEIGHING_PAGE_H

#include "platform/http/http.h"
#include "platform/view/page.h"
#include "weighing/weighing_http.h"
#include "weighing/weighing_store.h"

/* The meeting of params[0]. */
MUST_CHECK enum status on_meeting(struct request *rq, struct meeting *ret, struct error *reterr);

/* The meeting of params[0], its agenda, and the item whose number is params[1]. */
struct on_item {
	struct meeting meeting;
	struct array items; /* struct agenda_item */
	struct agenda_item item;
	int64_t place; /* 1 for the first on the agenda */
};
MUST_CHECK enum status on_item(struct request *rq, struct on_item *ret, struct error *reterr);

/* Whoever may see this meeting reads the signals on its agenda by that, also when another
 * meeting of his comes first. */
struct viewer viewer_at(const struct viewer *v, const struct meeting *m);

/* The title of a signal that is still on the agenda or was taken into treatment; NULL once it may
 * not be shown any more (decisions 1.8) or to who isn't involved. */
MUST_CHECK enum status item_title(struct request *rq, const struct agenda_item *item,
                                  const char **ret, struct error *reterr);

struct array meeting_crumbs(struct arena *a, const struct meeting *m);
const char *meeting_path(struct arena *a, const struct meeting *m, const char *rest);
const char *item_path(struct arena *a, const struct on_item *on, const char *rest);
/* "meeting-IO-2026-7K3QF" */
const char *meeting_topic(struct arena *a, const struct meeting *m);

/* What comes before every change of a meeting: its picture, asked by the table and the role.
 * *ret_move: the move that may be made. Claims nothing. */
MUST_CHECK enum status ask_meeting(struct db_tx *tx, const struct request *rq,
                                   const struct meeting *m, uint8_t action,
                                   const struct move **ret_move, struct error *reterr);

/* A task for somebody invited: read and prepare, the day before at the latest. */
MUST_CHECK enum status ask_to_prepare(struct db_tx *tx, const struct request *rq,
                                      const struct meeting *m, int64_t appointment_id,
                                      struct error *reterr);

/* The last of every change: moves the meeting's live number and tells open screens. */
MUST_CHECK enum status stir_screens(struct db_tx *tx, struct change *change,
                                    const struct meeting *m, struct error *reterr);

/* The short name of the outcome: "casus", "niet in behandeling"; NULL for none. */
const char *outcome_label(int action);
extern const struct code OUTCOMES[];

struct weigh_option {
	const char *value, *label;
	bool selected;
};
extern const struct view WEIGH_OPTION_VIEW;
/* The options of one select: `empty`, then the codes; what was typed in `field` wins over `now`. */
struct array weigh_options(struct request *rq, const char *field, const struct code *codes, int now,
                           const char *empty);

/* "Aanwezig", "Op afstand", ...: stored codes of enum presence. */
extern const struct code PRESENCES[];
const char *presence_label(int presence);

/* "0" to "3", stored + 1 so that "not chosen" is told apart from 0. */
extern const struct code FACTOR_SCORES[];

/* One row an organ: present if anybody of it is, ready if all four scores are given. */
extern const struct view READY_VIEW;
struct array ready_rows(struct request *rq, struct array people, struct array scorers,
                        int64_t *ret_ready, int64_t *ret_present);

/* What one organ said: beside its score, or why it thought otherwise (about: of what). */
struct remark {
	const char *organ, *about, *text; /* about NULL: of the scores; text "": nothing written */
};
extern const struct view REMARK_VIEW;
/* "een andere deelnemer" for an organ that nobody speaks for any more. */
const char *organ_name(struct array speakers, int64_t organ_id);
MUST_CHECK enum status dissent_remarks(struct request *rq, int64_t item_id, struct array speakers,
                                       struct array *ret, struct error *reterr);
/* None before the reveal. */
MUST_CHECK enum status score_remarks(struct request *rq, const struct agenda_item *item,
                                     struct array speakers, struct array scorers, struct array *ret,
                                     struct error *reterr);

/* The meeting's own page, and that of who is there; drawn again after a refusal. */
MUST_CHECK enum status show_meeting(struct request *rq, struct response *rs, struct error *reterr);

extern const struct form DECIDE_FORM;
MUST_CHECK enum status show_item(struct request *rq, struct response *rs, struct error *reterr);

/* Whether the viewer's role may make this move at all; the guard is asked elsewhere. */
bool role_may(const struct request *rq, const struct machine *m, uint8_t from, uint8_t action);

#endif
