/*
 * logbook.h - the screens of the log: the auditor's list, "Wat ik deed", "Wie heeft dit bekeken?"
 *
 * The log serves lawfulness, internal control, security and court only (WGS 1.8(4)): whoever
 * asks who saw a record says for what, and that is stored. For INQUIRY_MINUTES he may then look
 * and page; each look is an event that carries the purpose.
 *
 * A room that has records of its own gets "Wie heeft dit bekeken?" by explain/who_sees.h; what
 * stands here is what those pages are made of.
 */
#ifndef LOGBOOK_LOGBOOK_H
#define LOGBOOK_LOGBOOK_H

#include "platform/db/db.h"
#include "platform/http/http.h"
#include "platform/view/page.h"

enum { INQUIRY_MINUTES = 30 };

/* Codes of the event; stored. WGS, artikel 1.8, vierde lid. */
enum log_purpose {
	PURPOSE_LAWFULNESS = 1,
	PURPOSE_INTERNAL = 2,
	PURPOSE_SECURITY = 3,
	PURPOSE_COURT = 4
};

struct logbook_record {
	uint16_t object_type; /* enum audit_object */
	int64_t id;
	bool with_parts;       /* events of what belongs to it (owner): a signal with its facts */
	const char *reference; /* shown; without names of persons */
	const char *subject;   /* "Medewerker" */
	const char *path;      /* of this page: "/people/17/access-log" */
	const char *template_name;
	struct array crumbs; /* of struct link */
	const char *place;   /* in the menu */
};

extern const struct form LOGBOOK_INQUIRY_FORM;
extern const struct view LOGBOOK_RECORD_VIEW; /* what the template is fed */

MUST_CHECK enum status logbook_show_record(struct request *rq, struct response *rs,
                                           const struct logbook_record *record,
                                           struct error *reterr);
MUST_CHECK enum status logbook_prepare_inquiry(struct request *rq,
                                               const struct logbook_record *record,
                                               void **ret_input, struct error *reterr);
db_job_fn logbook_apply_inquiry;

extern const struct route logbook_routes[];
extern const struct page_template logbook_templates[];
extern const struct route record_log_routes[];
extern const struct page_template record_log_templates[];
extern const struct db_stmt *const logbook_statements[];
extern const struct db_stmt *const record_reference_statements[];

#endif
