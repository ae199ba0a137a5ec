/*
 * analysis.h - the integrated analysis of a casefile: its sections, who reads and writes, and how a
 * version becomes fixed; pure
 *
 * A structured document, written by several people at once, paragraph by paragraph. A paragraph
 * has the highest phase of the facts that it cites; who doesn't read facts of that phase in this
 * casefile doesn't get the paragraph, and nothing that he gets depends on it.
 */
#ifndef ANALYSIS_ANALYSIS_H
#define ANALYSIS_ANALYSIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access/access.h"
#include "platform/core/machine.h"

/* ---- sections ---------------------------------------------------------------------------------- */

/* Stored; never reused. Steps of the barrier model are sections of their own. */
enum analysis_section {
	SECTION_QUESTION = 1,
	SECTION_SUBJECTS = 2,
	SECTION_MODUS_OPERANDI = 3,
	SECTION_OPPORTUNITIES = 5,
	SECTION_GAPS = 6,
	SECTION_CONCLUSIONS = 7,
	SECTION_STEP_1 = 11 /* up to SECTION_STEP_1 + BARRIER_STEPS_MAX - 1 */
};
enum { BARRIER_STEPS_MAX = 9, ANALYSIS_SECTIONS_MAX = 6 + BARRIER_STEPS_MAX };

struct analysis_heading {
	int section;
	const char *name;  /* as in the API: "QUESTION", "STEP_1" */
	const char *label; /* on screen */
	const char *hint;  /* what belongs here */
	bool step;         /* of the barrier model */
};
/* The template of a theme (signals/theme.h), in reading order; a theme without steps of its own
 * gets the general ones. Which steps a phenomenon has is an assumption (D 3.5). Returns how many. */
size_t analysis_template(int theme, struct analysis_heading ret[ANALYSIS_SECTIONS_MAX]);
/* The heading with this section, or this name; NULL: the theme has none. */
const struct analysis_heading *analysis_heading_of(const struct analysis_heading *list,
                                                   size_t count, int section);
const struct analysis_heading *analysis_heading_named(const struct analysis_heading *list,
                                                      size_t count, const char *name);

/* ---- who ----------------------------------------------------------------------------------------- */

/* The highest phase of paragraphs that this role reads; 0: none at all. */
int analysis_level(enum role role, bool named_heavy);

/* May he know that something is left out of his copy, where something is (decisions 3.7)? */
bool analysis_tells_left_out(enum role role, bool named_heavy);

/* ---- review ---------------------------------------------------------------------------------------- */

/* Stored; never reused. Why somebody must look at a paragraph again. */
enum review_reason {
	REVIEW_FACT_CORRECTED = 1,
	REVIEW_FACT_GONE = 2,
	REVIEW_PERSON_GOES = 4, /* a person it mentions is destroyed, or soon will be */
};

enum { REVIEW_WARN_DAYS = 30, REVIEW_GONE_WORKING_DAYS = 10 };

/*
 * The last day on which somebody can look: the day a person goes, or when he went without a
 * warning, some working days from now. gone_on: the day by which he must be gone; 0: he is gone.
 */
int64_t review_last_day(int64_t gone_on, int32_t today);
/* Is it time to put a paragraph up for review for a person who must be gone by that day? */
bool review_is_due(int64_t gone_on, int32_t today);

/* ---- a fixed version ---------------------------------------------------------------------------------- */

/* Stored; never reused. */
enum frozen_state { FROZEN_NONE = 0, FROZEN_PROPOSED = 1, FROZEN_SIGNED = 2, FROZEN_WITHDRAWN = 3 };
enum frozen_action { FROZEN_PROPOSE = 1, FROZEN_SIGN = 2, FROZEN_WITHDRAW = 3 };

struct frozen_picture {
	int64_t drafter_id, actor_id; /* persons; drafter 0: it isn't there yet */
	int64_t paragraphs;           /* that stand */
	int64_t reviews;              /* that wait for a second look */
	bool has_conclusion;
	bool reads_all; /* the actor reads every paragraph in it */
	bool casefile_live;
};
extern const struct machine FROZEN_MACHINE;

#endif
