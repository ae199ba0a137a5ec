#include "logbook/log_file.h"

#include <string.h>

#include "plein/plein.h"
#include "platform/view/page.h"

enum status log_file_rows(struct request *rq, const struct log_file *file, struct audit_page *ret,
                          struct error *reterr)
{
	struct audit_cursor at = *file->from;
	bool more = true;

	*ret = (struct audit_page){ .rows = ARENA_ARRAY(rq->arena, struct audit_row,
		                                        LOG_FILE_ROWS + AUDIT_PAGE_MAX) };
	while (more) {
		struct audit_page part;
		const enum status st = audit_list(plein_of(rq)->log, rq->arena, file->filter, &at,
		                                  AUDIT_PAGE_MAX, &part, reterr);
		if (st != OK)
			return st;
		memcpy(ret->rows + ret->count, part.rows, part.count * sizeof *part.rows);
		ret->count += part.count;
		more = part.more;
		at = part.next;
		if (ret->count > LOG_FILE_ROWS || arena_over(rq->arena))
			return FAIL(reterr, ERR_LIMIT,
			            "Dit zijn meer dan 5.000 regels. Kies een kortere periode of "
			            "meer filters.");
	}
	return OK;
}

enum status log_file_respond(struct request *rq, struct response *rs, const struct log_file *file,
                             struct error *reterr)
{
	struct audit_page all;
	struct array lines;

	enum status st = log_file_rows(rq, file, &all, reterr);
	if (st == OK)
		st = event_lines(rq, &all, file->words, &lines, reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)all.count;
	const char *name =
	    arena_printf(rq->arena, "%s.%s", file->name, rq->wants_ods ? "ods" : "csv");
	return rq->wants_ods ? page_ods(rq, rs, name, &EVENT_LINE_VIEW, lines, reterr)
	                     : page_csv(rq, rs, name, &EVENT_LINE_VIEW, lines, reterr);
}
