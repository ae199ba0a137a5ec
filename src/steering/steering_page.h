/* steering_page.h - what the pages of the Stuurploeg share; inside steering/ only */
#ifndef STEERING_STEERING_PAGE_H
#define STEERING_STEERING_PAGE_H

#include "platform/http/http.h"
#include "platform/view/choice.h"
#include "platform/view/page.h"
#include "steering/steering_http.h"
#include "steering/steering_store.h"

/* The meeting of params[0]; rq->touched is set. */
MUST_CHECK enum status on_gathering(struct request *rq, struct gathering *ret,
                                    struct error *reterr);

/* The point of params[1] on it, as far as this viewer sees it. */
struct on_point {
	struct gathering meeting;
	struct steering_point point;
	int64_t number; /* its place among those that he sees, from 1 */
};
MUST_CHECK enum status on_point(struct request *rq, struct on_point *ret, struct error *reterr);

/* The same for a guest (guest.h): the meeting over or not, a point while it isn't. number: among his. */
MUST_CHECK enum status on_guest_gathering(struct request *rq, struct gathering *ret,
                                          struct error *reterr);
MUST_CHECK enum status on_guest_point(struct request *rq, struct on_point *ret,
                                      struct error *reterr);

/* A guest of the meeting as this viewer sees him: those of points that he sees himself. */
struct guest_row {
	int64_t id;
	const char *name, *organisation, *points, *remove_href; /* points: "punt 1, 3" */
	bool remote, reads;
};
extern const struct view GUEST_ROW_VIEW;
/* points: the agenda as he sees it. An array of struct guest_row. */
MUST_CHECK enum status guest_rows(struct request *rq, const struct gathering *m,
                                  struct array points, struct array *ret, struct error *reterr);

/* What a point is called: the title of its casefile, or what it reports. */
MUST_CHECK enum status point_title(struct request *rq, const struct steering_point *p,
                                   const char **ret, struct error *reterr);

const char *gathering_title(const struct gathering *m);
const char *gathering_path(struct arena *a, const struct gathering *m, const char *rest);
const char *point_path(struct arena *a, const struct on_point *on, const char *rest);
struct array gathering_crumbs(struct arena *a, const struct gathering *m);
struct array point_crumbs(struct arena *a, const struct on_point *on);
/* Of a guest, who has no agenda to go back to: on NULL for his own page. */
struct array guest_crumbs(struct arena *a, const struct gathering *m, const struct on_point *on);

/* What open screens of this meeting follow, and the last of every change that they show. */
const char *steering_topic(struct arena *a, const struct gathering *m);
MUST_CHECK enum status stir_steering(struct db_tx *tx, struct change *change,
                                     const struct gathering *m, struct error *reterr);
/* What the meeting is busy with: the point that its secretary took up, else the first that waits;
 * NULL: none of those that this viewer sees. */
const struct steering_point *point_on_now(const struct gathering *m, struct array points);

/* Whether the viewer's role may make this move at all; the guard is asked elsewhere. */
bool steering_role_may(const struct request *rq, const struct machine *m, uint8_t from,
                       uint8_t action);

/* A button of a move: whether it can be pressed now, and if not, why. */
struct move_button {
	const char *label, *path, *why_not;
};
extern const struct view MOVE_BUTTON_VIEW;
/* Those of the meeting that the viewer's role has, as struct move_button. */
MUST_CHECK enum status gathering_moves(struct request *rq, const struct gathering *m,
                                       struct array *ret, struct error *reterr);

/* What was typed in this field, "" for nothing: the chosen one of choices_add(). */
const char *typed_or_none(const struct request *rq, const char *field);

/* ms or INT64_MIN for "not yet", as views want it. */
static inline int64_t moment_or_none(int64_t ms)
{
	return ms > 0 ? ms : INT64_MIN;
}

MUST_CHECK enum status show_gathering(struct request *rq, struct response *rs,
                                      struct error *reterr);

#endif
