/* Of one intervention: who can open it now, and who did. */
#include "casework/casefile_seers.h"
#include "casework/casework.h"
#include "explain/who_sees.h"
#include "interventions/intervention_page.h"

/* Its own audiences, and everybody who sees its casefile; nobody who is kept from that. */
static enum status thing_of(struct request *rq, const struct intervention *i, struct thing *ret,
                            struct error *reterr)
{
	struct thing own;
	struct casefile_picture p = { 0 };

	enum status st = intervention_thing(rq->db, i->id, &own, reterr);
	if (st == OK)
		st = casefile_picture_load(rq->db, i->casefile_id, &p, reterr);
	if (st != OK)
		return st;
	casefile_thing(&(struct casefile_facts){ i->casefile_id, p.state }, ret);
	for (uint8_t n = 0; n < own.reader_count && ret->reader_count < THING_AUDIENCES_MAX; n++)
		ret->readers[ret->reader_count++] = own.readers[n];
	return casefile_keep_out(rq->db, i->casefile_id, rq->arena, ret, reterr);
}

static enum status find(struct request *rq, struct seen_record *ret, struct error *reterr)
{
	struct on_intervention on;

	enum status st = on_intervention(rq, &on, reterr);
	if (st != OK)
		return st;
	const struct intervention *i = &on.intervention;
	*ret = (struct seen_record){ .object_type = OBJECT_INTERVENTION,
		                     .id = i->id,
		                     .reference = i->reference,
		                     .path = intervention_path(rq->arena, i, ""),
		                     .crumbs = intervention_crumbs(rq->arena, i) };
	st = thing_of(rq, i, &ret->thing, reterr);
	return st == OK ? casefile_invited(rq->db, i->casefile_id, rq->now_ms, rq->arena,
	                                   &ret->invited, reterr)
	                : st;
}

static const struct seen_pages PAGES = { find, "Interventie", "/interventions",
	                                 "audit/intervention_access_log", PERM_INTERVENTION_READ };

const struct route intervention_seen_routes[] = {
	SEEN_ROUTES("/interventions/{ref}", "een interventie", PAGES),
	{ 0 },
};

const struct page_template intervention_seen_templates[] = {
	SEEN_TEMPLATE("audit/intervention_access_log"),
	{ 0 },
};
