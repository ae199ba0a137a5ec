/*
 * who_sees.h - of one record: "Wie ziet dit?" and "Wie heeft dit bekeken?"
 *
 * The same two functions that every request asks decide who can open it: access_may() on the
 * record's own audiences, access_standing() on each appointment. Nothing is kept here, so
 * nothing can differ. Who did look, the log says (logbook/logbook.h).
 *
 * A room that has records of its own says of them once what both pages need: a struct
 * seen_pages with a function that finds the record of the address. SEEN_ROUTES() makes the
 * routes, SEEN_TEMPLATE() the template (web/audit/signal_access_log.html is the example).
 */
#ifndef EXPLAIN_WHO_SEES_H
#define EXPLAIN_WHO_SEES_H

#include "access/access.h"
#include "audit/action.h"
#include "logbook/logbook.h"
#include "platform/http/http.h"
#include "platform/view/page.h"

struct seen_record {
	uint16_t object_type; /* enum audit_object */
	int64_t id;
	bool with_parts;       /* its log holds what belongs to it too: a signal with its facts */
	const char *reference; /* shown; without names of persons */
	const char *path;      /* of the record: "/signals/S-2026-7K3QF" */
	struct thing thing;    /* from the function that writes its audiences */
	struct array invited;  /* of struct invited; may be empty */
	/* For a rule of role and organisation, or of two records at once: a Dutch sentence why this
	 * viewer (with what he is invited to) can open it, NULL: he can't. The thing then only says
	 * who is blocked. NULL: the thing's readers decide. Pure. */
	const char *(*why)(const struct viewer *v, const void *facts);
	const void *facts;   /* of why */
	struct array crumbs; /* of struct link */
};

struct seen_pages {
	/* The record of rq->params, after deciding that this viewer sees it: else ERR_NOT_FOUND. */
	enum status (*find)(struct request *rq, struct seen_record *ret, struct error *reterr);
	const char *subject;      /* "Signaal" */
	const char *place;        /* in the menu */
	const char *log_template; /* "audit/signal_access_log" */
	enum permission needs;    /* of the page that shows the record */
};

extern const struct view WHO_SEES_VIEW;

/* By organisation and name, pages of 50; also as CSV. Cost: one row for each appointment of a
 * role that has `needs`. */
MUST_CHECK enum status explain_show_seers(struct request *rq, struct response *rs,
                                          struct error *reterr);
MUST_CHECK enum status explain_show_log(struct request *rq, struct response *rs,
                                        struct error *reterr);
MUST_CHECK enum status explain_prepare_inquiry(struct request *rq, void **ret_input,
                                               struct error *reterr);

/* Rows of a route table. record: the address, "/signals/{ref}"; words: "een signaal". */
#define SEEN_ROUTES(record, words, pages)                                                          \
	WHO_SEES_ROUTE(record, words, pages), ACCESS_LOG_ROUTES(record, words, pages)
#define WHO_SEES_ROUTE(record, words, pages)                                                       \
	{                                                                                          \
		.method = "GET", .path = record "/who-sees", .permission = PERM_WHO_SEES,          \
		.action = AUDIT_ACCESS_EXPLAIN, .read = explain_show_seers, .about = &(pages),     \
		.view = &WHO_SEES_VIEW, .summary = "Wie " words " nu kan openen, en waarom"        \
	}
#define ACCESS_LOG_ROUTES(record, words, pages)                                                    \
	{ .method = "GET",                                                                         \
	  .path = record "/access-log",                                                            \
	  .permission = PERM_RECORD_LOG_READ,                                                      \
	  .action = AUDIT_RECORD_LOG_VIEW,                                                         \
	  .read = explain_show_log,                                                                \
	  .about = &(pages),                                                                       \
	  .view = &LOGBOOK_RECORD_VIEW,                                                            \
	  .summary = "Wie " words " bekeek of wijzigde" },                                         \
	{                                                                                          \
		.method = "POST", .path = record "/access-log",                                    \
		.permission = PERM_RECORD_LOG_READ, .action = AUDIT_RECORD_LOG_VIEW,               \
		.prepare = explain_prepare_inquiry, .apply = logbook_apply_inquiry,                \
		.redraw = explain_show_log, .about = &(pages), .form = &LOGBOOK_INQUIRY_FORM,      \
		.summary = "Zeg waarvoor u wilt zien wie " words " bekeek"                         \
	}

#define SEEN_TEMPLATE(file)                                                                        \
	{                                                                                          \
		.name = (file), .view = &LOGBOOK_RECORD_VIEW, .form = &LOGBOOK_INQUIRY_FORM,       \
		.whole = true                                                                      \
	}

#endif
