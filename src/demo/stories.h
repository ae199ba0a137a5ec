/*
 * stories.h - what the signals of the demo world tell: invented texts, filled in by the player
 *
 * In a text stands $S for a street with number, $M for the municipality, $F for a firm, $D for a
 * day ("3 oktober 2025"). No story names a person: persons are subjects. Pure tables.
 */
#ifndef DEMO_STORIES_H
#define DEMO_STORIES_H

#include <stddef.h>

enum { STORY_CRITERIA = 5, STORY_SUBJECTS = 3 };

enum story_subject { STORY_NONE = 0, STORY_PERSON, STORY_FIRM, STORY_PLACE, STORY_VEHICLE };

struct story {
	const char *theme, *line; /* codes of signals/theme.h */
	const char *from;         /* code of the participant; "GM": a municipality */
	int task;                 /* law/statute.h, of that participant's organ */
	const char *reliability;  /* OWN, KNOWN or ANONYMOUS */
	const char *title, *facts, *judgement, *tried, *effect;
	const char *criteria[STORY_CRITERIA];
	enum story_subject subjects[STORY_SUBJECTS];
	const char *question; /* what a coordinator asks when it is too thin, and the answer */
	const char *answer;
	const char *assignment; /* what is to be found out together */
};

const struct story *demo_stories(size_t *ret_count);

/* Streets and firms that exist nowhere together. */
const char *demo_street(size_t i);
const char *demo_firm(size_t i);

#endif
