/*
 * deltaland.h - the invented region: its municipalities with their mergers, and the people one
 * meets
 *
 * Nothing here exists: CBS codes 99xx are not given out, no municipality has these names, and the
 * persons are made up. The number of municipalities goes 33, 32 (2015), 25 (2019), 23 (2023), so
 * that dated membership can be tried. Pure tables.
 */
#ifndef DEMO_DELTALAND_H
#define DEMO_DELTALAND_H

#include <stddef.h>
#include <stdint.h>

#include "access/access.h"

struct deltaland_municipality {
	const char *cbs_code, *name;
	int64_t inhabitants;
	int32_t from, until;   /* 20190101, as in partners/reference.h; until 0: it exists */
	const char *successor; /* CBS code; NULL while it exists */
};
const struct deltaland_municipality *deltaland_municipalities(size_t *ret_count);

struct deltaland_participant {
	const char *code;   /* as stored: "POLICE", "GM9901" */
	const char *domain; /* of its e-mail addresses, always under .example */
};
/* Every participant that has people: the municipalities of today last, in order of code. */
const struct deltaland_participant *deltaland_participants(size_t *ret_count);

enum { CAST_ROLES_MAX = 3 };

struct cast_role {
	enum role role; /* 0 ends the list */
	char letter; /* of a municipality's organ: 'h' or 'i'; 0: the participant's one, or none */
	const char *desk; /* code of a desk, or NULL */
};

struct cast_person {
	const char *first_name, *surname; /* "Sanne", "Duinker" */
	const char *participant;          /* code */
	struct cast_role roles[CAST_ROLES_MAX];
	const char *post; /* what this person does, for the table of people */
};
/* The head of the bureau is the first. Every role of access.h is held by somebody. */
const struct cast_person *deltaland_cast(size_t *ret_count);

#endif
