/*
 * casefile_page.h - one casefile as all its pages and the API show it; inside casework/
 *
 * What the viewer may not see was never loaded.
 */
#ifndef CASEWORK_CASEFILE_PAGE_H
#define CASEWORK_CASEFILE_PAGE_H

#include "casework/casework.h"
#include "platform/http/http.h"
#include "platform/view/page.h"
#include "platform/view/view.h"
#include "subjects/held.h"

struct casefile_page {
	const char *reference, *href;
	int64_t version;
	uint8_t state;
	int activity, variant, theme, end_reason;
	const char *title, *purpose, *assignment, *bottleneck, *municipality, *analyst;
	int64_t opened_at, state_since;
	struct array plan, steps, actions, blocked, tabs, organs, seers, history, signals, subjects;
	int64_t first_gone_on, subject_count;
	int64_t block_count;
	const char *project, *project_href;
	struct held_card held;
	const char *who_sees_href, *access_log_href, *history_href, *supplement_path, *join_href,
	    *split_href, *why_split, *rights;
	bool stopped;
	bool has_own_assignment; /* another text than the purpose */

	/* a page that asks for one move */
	const char *heading, *consequence, *action_path, *action_label, *back_href;
	bool danger, asks_reason;

	/* for handlers, not drawn */
	struct casefile casefile;
	struct casefile_picture picture;
};
extern const struct view CASEFILE_VIEW;

/* Fills the record and what stands around it, for the {ref} of the path. Sets rq->touched. */
MUST_CHECK enum status casefile_page_load(struct request *rq, struct casefile_page *ret,
                                          struct error *reterr);

/* The casefile of the path alone; sets rq->touched. */
MUST_CHECK enum status casefile_of_path(struct request *rq, struct casefile *ret,
                                        struct error *reterr);

/* What a row of the history says, with whom by and the other casefile that it is about. */
const char *casefile_event_text(struct arena *a, const struct casefile_event *e);

/* By a signal of his own organisation: whoever works on it for a partner, also once it is closed. */
bool casefile_may_supplement(const struct viewer *viewer, const struct casefile *c);

struct array casefile_crumbs(struct arena *a, const struct casefile *c);
/* Parts of a casefile: struct link-like rows with CASEFILE_TAB_VIEW. */
struct casefile_tab {
	const char *label, *href;
	int32_t count;
	bool current;
};
extern const struct view CASEFILE_TAB_VIEW;
struct array casefile_tabs(struct request *rq, const struct casefile *c);

/* Where it is in the move's table; the note that follows it. NULL: nobody makes it by a page. */
struct casefile_move_words {
	enum casefile_action action;
	const char *consequence, *note;
	bool danger;
};
const struct casefile_move_words *casefile_move_words(int action);

#endif
