/*
 * planning.h - what planning a meeting asks, of whatever kind: when, where, whom, and who chairs it
 *
 * The informatie-overleg and the Stuurploeg ask the same, but for the chair, who is chosen for the second
 * only. What follows from the answers is each room's own.
 */
#ifndef WEIGHING_PLANNING_H
#define WEIGHING_PLANNING_H

#include "platform/http/http.h"
#include "platform/view/view.h"
#include "weighing/meeting.h"

struct planning_invited {
	int64_t id; /* an appointment; 0: this line wasn't ticked */
};
struct planning_input {
	int64_t day, chair; /* chair: an appointment */
	const char *time, *place;
	struct array invited; /* of struct planning_invited */
};
extern const struct form PLANNING_FORM, PLANNING_WITH_CHAIR_FORM;

struct planned {
	struct planning_input in;
	struct meeting_new meeting;
};
/* In prepare. What is wrong goes into rq->problems at its field; meeting is filled when nothing is. */
struct planned *planning_read(struct request *rq, const struct form *form, enum meeting_kind kind);

/* Who can be invited, ticked as before. */
struct planning_candidate {
	int64_t index, id;
	const char *person, *on_behalf;
	bool chosen;
};
extern const struct view PLANNING_CANDIDATE_VIEW;
/* found: of struct attendee. */
struct array planning_candidates(struct request *rq, const struct array *found);

/* One more invited, or one less, when it is planned already. */
struct who_input {
	int64_t version, id; /* of the meeting; an appointment */
};
extern const struct form WHO_FORM;

#endif
