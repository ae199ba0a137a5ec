#include "weighing/planning.h"

#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "weighing/attendance.h"

static const struct field INVITED_FIELDS[] = {
	{ .path = "id",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct planning_invited, id),
	  .label = "Wie" },
};
static const struct form INVITED_FORM = { INVITED_FIELDS, 1, sizeof(struct planning_invited) };

/* The chair comes last: the form without one ends before it. */
static const struct field FIELDS[] = {
	{ .path = "day",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct planning_input, day),
	  .label = "Op welke dag?",
	  .required = true },
	{ .path = "time",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct planning_input, time),
	  .label = "Hoe laat?",
	  .required = true,
	  .max_chars = 9 },
	{ .path = "place",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct planning_input, place),
	  .label = "Waar?",
	  .required = true,
	  .max_chars = 100 },
	{ .path = "invited",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct planning_input, invited),
	  .label = "Wie nodigt u uit?",
	  .max_chars = ATTENDEES_MAX,
	  .element = &INVITED_FORM },
	{ .path = "chair",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct planning_input, chair),
	  .label = "Wie zit voor?",
	  .required = true,
	  .missing = "Kies wie voorzit. De voorzitter tekent de besluiten." },
};
enum { FIELD_COUNT = sizeof FIELDS / sizeof FIELDS[0] };
const struct form PLANNING_FORM = { FIELDS, FIELD_COUNT - 1, sizeof(struct planning_input) };
const struct form PLANNING_WITH_CHAIR_FORM = { FIELDS, FIELD_COUNT, sizeof(struct planning_input) };

struct planned *planning_read(struct request *rq, const struct form *form, enum meeting_kind kind)
{
	struct planned *p = ARENA_NEW(rq->arena, struct planned);
	int hour = 0, minute = 0;

	input_read(rq->body, form, rq->wants_json, rq->arena, &p->in, rq->problems);
	const bool known_time = dutch_time_read(p->in.time, &hour, &minute);
	if (p->in.time[0] != '\0' && !known_time)
		problems_add(rq->problems, PROBLEM_ERROR, "time",
		             "Schrijf de tijd als 9.30 of 14.00.");
	if (p->in.day != FIELD_NO_DAY && p->in.day < local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "day",
		             "Kies vandaag of een dag die nog komt.");
	if (rq->problems->error_count > 0)
		return p;
	p->meeting = (struct meeting_new){
		.uuid = uuid_at(rq->now_ms),
		.reference_key = plein_of(rq)->reference_key,
		.starts_at = ms_at_local((int32_t)p->in.day, hour, minute),
		.appointment_id = rq->viewer->appointment_id,
		.now_ms = rq->now_ms,
		.place = p->in.place,
		.kind = kind,
	};
	return p;
}

static const struct view_field CANDIDATE_FIELDS[] = {
	VIEW_F(struct planning_candidate, index, VIEW_INT),
	VIEW_F(struct planning_candidate, id, VIEW_INT),
	VIEW_F(struct planning_candidate, person, VIEW_TEXT),
	VIEW_AS(struct planning_candidate, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct planning_candidate, chosen, VIEW_BOOL),
};
const struct view PLANNING_CANDIDATE_VIEW = VIEW_OF(struct planning_candidate, CANDIDATE_FIELDS);

struct array planning_candidates(struct request *rq, const struct array *found)
{
	const struct attendee *from = found->items;
	struct planning_candidate *to =
	    ARENA_ARRAY(rq->arena, struct planning_candidate, found->count + 1);

	for (size_t i = 0; i < found->count; i++) {
		const char *path = arena_printf(rq->arena, "invited[%zu].id", i);
		to[i] = (struct planning_candidate){
			.index = (int64_t)i,
			.id = from[i].appointment_id,
			.person = from[i].person,
			.on_behalf = from[i].on_behalf,
			.chosen = input_at(rq->body, path) != NULL,
		};
	}
	return (struct array){ to, found->count };
}

/* ---- whom, afterwards ----------------------------------------------------------------------------- */

static const struct field WHO_FIELDS[] = {
	FIELD_VERSION(struct who_input),
	{ .path = "id",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct who_input, id),
	  .label = "Wie",
	  .required = true,
	  .missing = "Kies iemand." },
};
const struct form WHO_FORM = { WHO_FIELDS, 2, sizeof(struct who_input) };
