/*
 * acts.h - what may be done with a record, what can't be now and why, what happened to it
 *
 * The three lists that stand on the page of every record with a state: drawn by
 * web/components/actions.html and history.html.
 */
#ifndef PLATFORM_VIEW_ACTS_H
#define PLATFORM_VIEW_ACTS_H

#include "platform/view/view.h"

/* An act that leads to a page of its own. */
struct act_link {
	const char *label, *href;
	bool primary, danger;
};

/* An act that isn't possible now: the reason, and what to do first (NULL: nothing helps). */
struct act_blocked {
	const char *label, *reason, *next;
};

/* Something that happened, in words; href NULL: leads nowhere. */
struct history_line {
	int64_t at; /* ms UTC */
	const char *text, *href;
};

/* Something that happened: what, and which organisation did it. */
struct history_by {
	int64_t at; /* ms UTC */
	const char *what, *organisation;
};

extern const struct view ACT_LINK_VIEW, ACT_BLOCKED_VIEW, HISTORY_LINE_VIEW, HISTORY_BY_VIEW;

#endif
