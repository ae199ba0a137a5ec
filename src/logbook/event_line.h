/* event_line.h - an event of the log in words; inside logbook/ */
#ifndef LOGBOOK_EVENT_LINE_H
#define LOGBOOK_EVENT_LINE_H

#include "audit/list.h"
#include "platform/http/http.h"
#include "platform/view/view.h"

struct event_line {
	/* as a page shows it */
	const char *day; /* on the first line of its day, else NULL */
	const char *at;  /* "14.02 uur" */
	const char *actor, *organisation, *what, *about, *href, *why;
	bool denied;
	/* as a machine reads it */
	int64_t occurred_at, actor_id, object_id, count;
	const char *action, *object_type, *role;
	int outcome, purpose; /* enum audit_outcome, enum log_purpose */
	bool sealed;
};
extern const struct view EVENT_LINE_VIEW;

extern const struct code LOG_OUTCOMES[], LOG_PURPOSES[];

/* Who did it, in which words. */
enum actor_words {
	ACTORS_BY_NUMBER, /* the auditor: "Medewerker 5510" */
	ACTORS_BY_NAME,   /* names of people this viewer may see; else the number */
	ACTORS_SELF       /* all events are the viewer's own */
};

/* An array of struct event_line, in the same order. */
MUST_CHECK enum status event_lines(struct request *rq, const struct audit_page *page,
                                   enum actor_words words, struct array *ret, struct error *reterr);

/* "20264-1795510800000-17-1", and back; false for anything else. */
const char *log_cursor_text(struct arena *a, const struct audit_cursor *c);
bool log_cursor_read(const char *text, struct audit_cursor *ret);

#endif
