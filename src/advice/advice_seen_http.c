/* Of one advice: who can open it now, and who did. */
#include "advice/advice_http.h"

#include "access/access.h"
#include "advice/advice_page.h"
#include "audit/action.h"
#include "explain/who_sees.h"
#include "logbook/logbook.h"

static enum status whole_only(struct request *rq, struct on_advice *ret, struct error *reterr)
{
	const enum status st = on_advice(rq, ret, reterr);

	if (st == OK && ret->advice.reach != REACH_WHOLE)
		return FAIL_NOT_FOUND(reterr);
	return st;
}

/* Members of the casefile, as those who come by its audience. */
static enum status members_of(struct request *rq, int64_t casefile_id, struct array *ret,
                              struct error *reterr)
{
	struct invited *to = ARENA_NEW(rq->arena, struct invited);
	struct array rows = { 0 };
	enum status st =
	    casefile_members(rq->db, casefile_id, rq->now_ms, rq->arena, &rows, reterr);
	const struct casefile_member *m = rows.items;
	int64_t *ids = ARENA_ARRAY(rq->arena, int64_t, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		ids[i] = m[i].appointment_id;
	*to = (struct invited){ audience_of(AUDIENCE_CASEFILE, casefile_id), { ids, rows.count } };
	*ret = (struct array){ to, 1 };
	return st;
}

static enum status show_seers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct seen_record record = { .object_type = OBJECT_ADVICE,
		                      .subject = "Advies",
		                      .needs = PERM_ADVICE_READ,
		                      .place = "/advices" };
	struct on_advice on;
	struct thing thing;

	enum status st = whole_only(rq, &on, reterr);
	if (st == OK)
		st = members_of(rq, on.advice.casefile_id, &record.invited, reterr);
	if (st == OK)
		st = advice_thing(rq->db, &on.advice, rq->arena, &thing, reterr);
	if (st != OK)
		return st;
	record.id = on.advice.id;
	record.reference = on.advice.reference;
	record.path = advice_path(rq->arena, &on.advice, "/who-sees");
	record.thing = &thing;
	record.crumbs = advice_crumbs(rq->arena, &on);
	return explain_show_seers(rq, rs, &record, reterr);
}

static enum status record_of(struct request *rq, struct logbook_record *ret, struct error *reterr)
{
	struct on_advice on;
	const enum status st = whole_only(rq, &on, reterr);

	if (st != OK)
		return st;
	*ret = (struct logbook_record){
		.object_type = OBJECT_ADVICE,
		.id = on.advice.id,
		.with_parts = false,
		.reference = on.advice.reference,
		.subject = "Advies",
		.path = advice_path(rq->arena, &on.advice, "/access-log"),
		.template_name = "audit/advice_access_log",
		.crumbs = advice_crumbs(rq->arena, &on),
		.place = "/advices",
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

const struct route advice_seen_routes[] = {
	{ .method = "GET",
	  .path = "/advices/{ref}/who-sees",
	  .permission = PERM_WHO_SEES,
	  .action = AUDIT_ACCESS_EXPLAIN,
	  .read = show_seers,
	  .view = &WHO_SEES_VIEW,
	  .summary = "Wie een advies nu kan openen, en waarom" },
	{ .method = "GET",
	  .path = "/advices/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .read = show_log,
	  .view = &LOGBOOK_RECORD_VIEW,
	  .summary = "Wie een advies bekeek of wijzigde" },
	{ .method = "POST",
	  .path = "/advices/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .prepare = prepare_log,
	  .apply = logbook_apply_inquiry,
	  .redraw = show_log,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .summary = "Zeg waarvoor u wilt zien wie dit advies bekeek" },
	{ 0 },
};

const struct page_template advice_seen_templates[] = {
	{ .name = "audit/advice_access_log",
	  .view = &LOGBOOK_RECORD_VIEW,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .whole = true },
	{ 0 },
};
