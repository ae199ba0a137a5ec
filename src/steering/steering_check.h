/*
 * steering_check.h - who opens a meeting of the Stuurploeg and a point on it, as rules; and the
 * statements that decide it beside them
 */
#ifndef STEERING_STEERING_CHECK_H
#define STEERING_STEERING_CHECK_H

#include "explain/viewer_check.h"

struct casefile_organ;

struct steering_point_facts {
	int64_t meeting_id, chair_id; /* chair: an appointment; 0: none */
	bool of_casefile, shielded;   /* shielded: the casefile was stopped or archived */
	const struct casefile_organ *organs;
	size_t organ_count;
	struct array guests; /* of audience: who reads it as a guest */
};

/* A Dutch sentence why this viewer, with what he is invited to, opens it; NULL: he doesn't. Pure.
 * facts: the meeting's id; a struct steering_point_facts. */
const char *steering_why_meeting(const struct viewer *v, const void *facts);
const char *steering_why_point(const struct viewer *v, const void *facts);

extern const struct viewer_room STEERING_MEETING_VIEWERS, STEERING_POINT_VIEWERS;
extern const struct db_stmt *const steering_check_statements[];

#endif
