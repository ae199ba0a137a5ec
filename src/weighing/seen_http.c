/* Of one meeting: who can open it now, and who did. */
#include "access/access.h"
#include "audit/action.h"
#include "explain/who_sees.h"
#include "logbook/logbook.h"
#include "people/holder.h"
#include "weighing/weighing_page.h"

/* As meeting_load() decides it: who runs or oversees all meetings, and who is invited. */
static void thing_of(const struct meeting *m, struct thing *ret)
{
	*ret = (struct thing){ 0 };
	for (int role = 1; role < ROLE_COUNT; role++)
		if (sees_every_meeting((enum role)role))
			ret->readers[ret->reader_count++] = audience_of(AUDIENCE_ROLE, role);
	ret->readers[ret->reader_count++] = audience_of(AUDIENCE_MEETING, m->id);
}

static enum status show_seers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct meeting m;
	struct thing thing;
	struct invited *to = ARENA_NEW(rq->arena, struct invited);

	enum status st = on_meeting(rq, &m, reterr);
	if (st == OK)
		st = holder_invited(rq->db, m.id, rq->arena, &to->appointments, reterr);
	if (st != OK)
		return st;
	to->to = audience_of(AUDIENCE_MEETING, m.id);
	thing_of(&m, &thing);
	const struct seen_record record = {
		.object_type = OBJECT_MEETING,
		.id = m.id,
		.reference = m.reference,
		.subject = "Overleg",
		.path = meeting_path(rq->arena, &m, "/who-sees"),
		.needs = PERM_MEETING_READ,
		.thing = &thing,
		.invited = { to, 1 },
		.crumbs = meeting_crumbs(rq->arena, &m),
		.place = "/meetings",
	};
	return explain_show_seers(rq, rs, &record, reterr);
}

static enum status record_of(struct request *rq, struct logbook_record *ret, struct error *reterr)
{
	struct meeting m;
	const enum status st = on_meeting(rq, &m, reterr);

	if (st != OK)
		return st;
	*ret = (struct logbook_record){
		.object_type = OBJECT_MEETING,
		.id = m.id,
		.with_parts = true,
		.reference = m.reference,
		.subject = "Overleg",
		.path = meeting_path(rq->arena, &m, "/access-log"),
		.template_name = "audit/meeting_access_log",
		.crumbs = meeting_crumbs(rq->arena, &m),
		.place = "/meetings",
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

const struct route meeting_seen_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/{ref}/who-sees",
	  .permission = PERM_WHO_SEES,
	  .action = AUDIT_ACCESS_EXPLAIN,
	  .read = show_seers,
	  .view = &WHO_SEES_VIEW,
	  .summary = "Wie een overleg nu kan openen, en waarom" },
	{ .method = "GET",
	  .path = "/meetings/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .read = show_log,
	  .view = &LOGBOOK_RECORD_VIEW,
	  .summary = "Wie een overleg bekeek of wijzigde" },
	{ .method = "POST",
	  .path = "/meetings/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .prepare = prepare_log,
	  .apply = logbook_apply_inquiry,
	  .redraw = show_log,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .summary = "Zeg waarvoor u wilt zien wie dit overleg bekeek" },
	{ 0 },
};

const struct page_template meeting_seen_templates[] = {
	{ .name = "audit/meeting_access_log",
	  .view = &LOGBOOK_RECORD_VIEW,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .whole = true },
	{ 0 },
};
