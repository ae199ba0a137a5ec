/* log_file.h - events of the log as a file; inside logbook/ */
#ifndef LOGBOOK_LOG_FILE_H
#define LOGBOOK_LOG_FILE_H

#include "audit/list.h"
#include "logbook/event_line.h"

enum { LOG_FILE_ROWS = 5000 };

struct log_file {
	const struct audit_filter *filter;
	const struct audit_cursor *from;
	enum actor_words words;
	const char *name; /* without its ending: "logboek" */
};

/* Every event that is asked for, in the request's arena. ERR_LIMIT: more than LOG_FILE_ROWS. */
MUST_CHECK enum status log_file_rows(struct request *rq, const struct log_file *file,
                                     struct audit_page *ret, struct error *reterr);
/* The same as lines: as ODS where that was asked, else as CSV. Counts them in rq->touched. */
MUST_CHECK enum status log_file_respond(struct request *rq, struct response *rs,
                                        const struct log_file *file, struct error *reterr);

#endif
