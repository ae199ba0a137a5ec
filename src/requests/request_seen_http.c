/* Of one request: who can open it now, and who did. */
#include "requests/request_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "explain/who_sees.h"
#include "logbook/logbook.h"

static enum status show_seers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_request on = { 0 };
	struct thing thing;
	struct array blocked = { 0 };

	enum status st = on_request(rq, &on, reterr);
	if (st == OK)
		st = asked_blocked(rq->db, on.request.casefile_id, rq->arena, &blocked, reterr);
	if (st != OK)
		return st;
	request_thing(&on.request, &thing);
	thing.blocked_persons = blocked.items;
	thing.blocked_count = blocked.count;
	const struct seen_record record = {
		.object_type = OBJECT_REQUEST,
		.id = on.request.id,
		.reference = on.request.reference,
		.subject = "Bevraging",
		.path = request_path(rq->arena, &on.request, "/who-sees"),
		.needs = PERM_REQUEST_READ,
		.thing = &thing,
		.crumbs = request_crumbs(rq->arena, &on.request),
		.place = "/requests",
	};
	return explain_show_seers(rq, rs, &record, reterr);
}

static enum status record_of(struct request *rq, struct logbook_record *ret, struct error *reterr)
{
	struct on_request on = { 0 };
	const enum status st = on_request(rq, &on, reterr);

	if (st != OK)
		return st;
	*ret = (struct logbook_record){
		.object_type = OBJECT_REQUEST,
		.id = on.request.id,
		.with_parts = false,
		.reference = on.request.reference,
		.subject = "Bevraging",
		.path = request_path(rq->arena, &on.request, "/access-log"),
		.template_name = "audit/request_access_log",
		.crumbs = request_crumbs(rq->arena, &on.request),
		.place = "/requests",
	};
	return OK;
}

static enum status show_log(struct request *rq, struct response *rs, struct error *reterr)
{
	struct logbook_record record;
	const enum status st = record_of(rq, &record, reterr);

	return st == OK ? logbook_show_record(rq, rs, &record, reterr) : st;
}

static enum status prepare_log(struct request *rq, void **ret_input, struct error *reterr)
{
	struct logbook_record record;
	const enum status st = record_of(rq, &record, reterr);

	return st == OK ? logbook_prepare_inquiry(rq, &record, ret_input, reterr) : st;
}

const struct route request_seen_routes[] = {
	{ .method = "GET",
	  .path = "/requests/{ref}/who-sees",
	  .permission = PERM_WHO_SEES,
	  .action = AUDIT_ACCESS_EXPLAIN,
	  .read = show_seers,
	  .view = &WHO_SEES_VIEW,
	  .summary = "Wie een bevraging nu kan openen, en waarom" },
	{ .method = "GET",
	  .path = "/requests/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .read = show_log,
	  .view = &LOGBOOK_RECORD_VIEW,
	  .summary = "Wie een bevraging bekeek of wijzigde" },
	{ .method = "POST",
	  .path = "/requests/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .prepare = prepare_log,
	  .apply = logbook_apply_inquiry,
	  .redraw = show_log,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .summary = "Zeg waarvoor u wilt zien wie deze bevraging bekeek" },
	{ 0 },
};

const struct page_template request_seen_templates[] = {
	{ .name = "audit/request_access_log",
	  .view = &LOGBOOK_RECORD_VIEW,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .whole = true },
	{ 0 },
};
