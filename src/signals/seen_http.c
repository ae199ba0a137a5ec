/* Of one signal: who can open it now, and who did. */
#include "access/access.h"
#include "audit/action.h"
#include "explain/who_sees.h"
#include "logbook/logbook.h"
#include "people/holder.h"
#include "signals/signal_http.h"
#include "signals/signals.h"

static struct array crumbs_of(struct arena *a, const struct signal *s)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Signalen", "/signals", -1, false };
	links[1] =
	    (struct link){ s->reference, arena_printf(a, "/signals/%s", s->reference), -1, false };
	return (struct array){ links, 2 };
}

static enum status invited_to(struct request *rq, int64_t meeting_id, struct array *ret,
                              struct error *reterr)
{
	struct invited *to = ARENA_NEW(rq->arena, struct invited);

	*ret = (struct array){ 0 };
	if (meeting_id == 0)
		return OK;
	to->to = audience_of(AUDIENCE_MEETING, meeting_id);
	*ret = (struct array){ to, 1 };
	return holder_invited(rq->db, meeting_id, rq->arena, &to->appointments, reterr);
}

static enum status show_seers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct seen_record record = { .object_type = OBJECT_SIGNAL,
		                      .subject = "Signaal",
		                      .needs = PERM_SIGNAL_READ,
		                      .place = "/signals" };
	struct thing thing;
	struct signal s;

	enum status st = signal_load(rq->db, rq->viewer, rq->params[0], rq->arena, &s, reterr);
	if (st == OK)
		st = invited_to(rq, s.meeting_id, &record.invited, reterr);
	if (st != OK)
		return st;
	signal_thing_of(&s, &thing);
	record.id = s.id;
	record.reference = s.reference;
	record.path = arena_printf(rq->arena, "/signals/%s/who-sees", s.reference);
	record.thing = &thing;
	record.crumbs = crumbs_of(rq->arena, &s);
	return explain_show_seers(rq, rs, &record, reterr);
}

static enum status record_of(struct request *rq, struct logbook_record *ret, struct error *reterr)
{
	struct signal s;
	const enum status st =
	    signal_load(rq->db, rq->viewer, rq->params[0], rq->arena, &s, reterr);

	if (st != OK)
		return st;
	*ret = (struct logbook_record){
		.object_type = OBJECT_SIGNAL,
		.id = s.id,
		.with_parts = true,
		.reference = s.reference,
		.subject = "Signaal",
		.path = arena_printf(rq->arena, "/signals/%s/access-log", s.reference),
		.template_name = "audit/signal_access_log",
		.crumbs = crumbs_of(rq->arena, &s),
		.place = "/signals",
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

const struct route signal_seen_routes[] = {
	{ .method = "GET",
	  .path = "/signals/{ref}/who-sees",
	  .permission = PERM_WHO_SEES,
	  .action = AUDIT_ACCESS_EXPLAIN,
	  .read = show_seers,
	  .view = &WHO_SEES_VIEW,
	  .summary = "Wie een signaal nu kan openen, en waarom" },
	{ .method = "GET",
	  .path = "/signals/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .read = show_log,
	  .view = &LOGBOOK_RECORD_VIEW,
	  .summary = "Wie een signaal bekeek of wijzigde" },
	{ .method = "POST",
	  .path = "/signals/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .prepare = prepare_log,
	  .apply = logbook_apply_inquiry,
	  .redraw = show_log,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .summary = "Zeg waarvoor u wilt zien wie dit signaal bekeek" },
	{ 0 },
};

const struct page_template signal_seen_templates[] = {
	{ .name = "audit/signal_access_log",
	  .view = &LOGBOOK_RECORD_VIEW,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .whole = true },
	{ 0 },
};
