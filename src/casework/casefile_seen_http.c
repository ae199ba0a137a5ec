/* Of one casefile: who can open it now, and who did. */
#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "explain/who_sees.h"
#include "logbook/logbook.h"

/* Its members as those who come by the audience of the casefile. */
static enum status members_of(struct request *rq, const struct casefile *c, struct array *ret,
                              struct error *reterr)
{
	struct invited *to = ARENA_NEW(rq->arena, struct invited);
	struct array rows = { 0 };
	enum status st = casefile_members(rq->db, c->id, rq->now_ms, rq->arena, &rows, reterr);
	const struct casefile_member *m = rows.items;
	int64_t *ids = ARENA_ARRAY(rq->arena, int64_t, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		ids[i] = m[i].appointment_id;
	*to = (struct invited){ audience_of(AUDIENCE_CASEFILE, c->id), { ids, rows.count } };
	*ret = (struct array){ to, 1 };
	return st;
}

static enum status thing_of(struct request *rq, const struct casefile *c, struct thing *ret,
                            struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = casefile_blocks(rq->db, c->id, rq->arena, &rows, reterr);
	const struct casefile_block *b = rows.items;
	int64_t *persons = ARENA_ARRAY(rq->arena, int64_t, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		persons[i] = b[i].person_id;
	casefile_thing(&(struct casefile_facts){ c->id, c->state }, ret);
	ret->blocked_persons = persons;
	ret->blocked_count = rows.count;
	return st;
}

static enum status show_seers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct seen_record record = { .object_type = OBJECT_CASEFILE,
		                      .subject = "Casus",
		                      .needs = PERM_CASEFILE_READ,
		                      .place = "/casefiles" };
	struct thing thing;
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = members_of(rq, &c, &record.invited, reterr);
	if (st == OK)
		st = thing_of(rq, &c, &thing, reterr);
	if (st != OK)
		return st;
	record.id = c.id;
	record.reference = c.reference;
	record.path = arena_printf(rq->arena, "/casefiles/%s/who-sees", c.reference);
	record.thing = &thing;
	record.crumbs = casefile_crumbs(rq->arena, &c);
	return explain_show_seers(rq, rs, &record, reterr);
}

static enum status record_of(struct request *rq, struct logbook_record *ret, struct error *reterr)
{
	struct casefile c;
	const enum status st = casefile_of_path(rq, &c, reterr);

	if (st != OK)
		return st;
	*ret = (struct logbook_record){
		.object_type = OBJECT_CASEFILE,
		.id = c.id,
		.with_parts = true,
		.reference = c.reference,
		.subject = "Casus",
		.path = arena_printf(rq->arena, "/casefiles/%s/access-log", c.reference),
		.template_name = "audit/casefile_access_log",
		.crumbs = casefile_crumbs(rq->arena, &c),
		.place = "/casefiles",
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

const struct route casefile_seen_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/who-sees",
	  .permission = PERM_WHO_SEES,
	  .action = AUDIT_ACCESS_EXPLAIN,
	  .read = show_seers,
	  .view = &WHO_SEES_VIEW,
	  .summary = "Wie een casus nu kan openen, en waarom" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .read = show_log,
	  .view = &LOGBOOK_RECORD_VIEW,
	  .summary = "Wie een casus bekeek of wijzigde" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/access-log",
	  .permission = PERM_RECORD_LOG_READ,
	  .action = AUDIT_RECORD_LOG_VIEW,
	  .prepare = prepare_log,
	  .apply = logbook_apply_inquiry,
	  .redraw = show_log,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .summary = "Zeg waarvoor u wilt zien wie deze casus bekeek" },
	{ 0 },
};

const struct page_template casefile_seen_templates[] = {
	{ .name = "audit/casefile_access_log",
	  .view = &LOGBOOK_RECORD_VIEW,
	  .form = &LOGBOOK_INQUIRY_FORM,
	  .whole = true },
	{ 0 },
};
