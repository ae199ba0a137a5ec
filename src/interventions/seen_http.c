/* Of one intervention: who can open it now. */
#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "explain/who_sees.h"
#include "interventions/intervention_page.h"

/* Its own audiences, and everybody who sees its casefile; nobody who is kept from that. */
static enum status readers_of(struct request *rq, const struct intervention *i,
                              struct seen_record *record, struct thing *ret, struct error *reterr)
{
	struct thing own;
	struct array blocks = { 0 }, members = { 0 };
	struct casefile_picture p = { 0 };

	enum status st = intervention_thing(rq->db, i->id, &own, reterr);
	if (st == OK)
		st = casefile_picture_load(rq->db, i->casefile_id, &p, reterr);
	if (st == OK)
		st = casefile_blocks(rq->db, i->casefile_id, rq->arena, &blocks, reterr);
	if (st == OK)
		st = casefile_members(rq->db, i->casefile_id, rq->now_ms, rq->arena, &members,
		                      reterr);
	if (st != OK)
		return st;
	casefile_thing(&(struct casefile_facts){ i->casefile_id, p.state }, ret);
	for (uint8_t n = 0; n < own.reader_count && ret->reader_count < THING_AUDIENCES_MAX; n++)
		ret->readers[ret->reader_count++] = own.readers[n];
	const struct casefile_block *b = blocks.items;
	const struct casefile_member *m = members.items;
	int64_t *persons = ARENA_ARRAY(rq->arena, int64_t, blocks.count + 1);
	int64_t *appointments = ARENA_ARRAY(rq->arena, int64_t, members.count + 1);
	for (size_t n = 0; n < blocks.count; n++)
		persons[n] = b[n].person_id;
	for (size_t n = 0; n < members.count; n++)
		appointments[n] = m[n].appointment_id;
	ret->blocked_persons = persons;
	ret->blocked_count = blocks.count;
	struct invited *invited = ARENA_NEW(rq->arena, struct invited);
	*invited = (struct invited){ audience_of(AUDIENCE_CASEFILE, i->casefile_id),
		                     { appointments, members.count } };
	record->invited = (struct array){ invited, 1 };
	return OK;
}

static enum status show_seers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_intervention on;
	struct thing thing;
	struct seen_record record = { .object_type = OBJECT_INTERVENTION,
		                      .subject = "Interventie",
		                      .needs = PERM_INTERVENTION_READ,
		                      .place = "/interventions" };

	enum status st = on_intervention(rq, &on, reterr);
	if (st == OK)
		st = readers_of(rq, &on.intervention, &record, &thing, reterr);
	if (st != OK)
		return st;
	record.id = on.intervention.id;
	record.reference = on.intervention.reference;
	record.path = intervention_path(rq->arena, &on.intervention, "/who-sees");
	record.thing = &thing;
	record.crumbs = intervention_crumbs(rq->arena, &on.intervention);
	return explain_show_seers(rq, rs, &record, reterr);
}

const struct route intervention_seen_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}/who-sees",
	  .permission = PERM_WHO_SEES,
	  .action = AUDIT_ACCESS_EXPLAIN,
	  .read = show_seers,
	  .view = &WHO_SEES_VIEW,
	  .summary = "Wie een interventie nu kan openen, en waarom" },
	{ 0 },
};
