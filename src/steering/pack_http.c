/*
 * The pack of a member: what he may see of a meeting, as page and PDF. Making one registers a copy:
 * its number, for whom, what is in it. Only he opens it.
 */
#include "steering/meeting_paper.h"
#include "steering/pack_store.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"

/* ---- the register ------------------------------------------------------------------------------ */

struct pack_row {
	const char *reference, *person, *on_behalf, *href;
	int64_t made_at, parts;
	bool mine;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct pack_row, reference, VIEW_REF),
	VIEW_F(struct pack_row, person, VIEW_TEXT),
	VIEW_AS(struct pack_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct pack_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pack_row, made_at, "madeAt", VIEW_MOMENT),
	VIEW_F(struct pack_row, parts, VIEW_INT),
	VIEW_F(struct pack_row, mine, VIEW_BOOL),
};
static const struct view ROW_VIEW = VIEW_OF(struct pack_row, ROW_FIELDS);

struct packs_page {
	const char *reference, *make_href, *back_href;
	struct array packs;
	bool has_packs, all;
};
static const struct view_field PACKS_FIELDS[] = {
	VIEW_F(struct packs_page, reference, VIEW_REF),
	VIEW_AS(struct packs_page, make_href, "makeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct packs_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct packs_page, packs, "packs", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct packs_page, has_packs, "hasPacks", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct packs_page, all, "all", VIEW_BOOL, .page_only = true),
};
static const struct view PACKS_VIEW = VIEW_OF(struct packs_page, PACKS_FIELDS);

static enum status show_packs(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array found = { 0 };
	struct gathering m;
	enum status st = on_gathering(rq, &m, reterr);

	if (st == OK)
		st = handed_list(rq->db, m.id, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const bool all = oversees_steering(rq->viewer->role);
	const struct handed *h = found.items;
	struct pack_row *rows = ARENA_ARRAY(rq->arena, struct pack_row, found.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < found.count; i++) {
		const bool mine = h[i].appointment_id == rq->viewer->appointment_id;
		if (!mine && !all)
			continue;
		rows[count++] = (struct pack_row){
			.reference = h[i].reference,
			.person = h[i].person,
			.on_behalf = h[i].on_behalf[0] != '\0' ? h[i].on_behalf : "RIEC-bureau",
			.href = mine ? gathering_path(
					   rq->arena, &m,
					   arena_printf(rq->arena, "/packs/%s", h[i].reference))
			             : NULL,
			.made_at = h[i].made_at,
			.parts = h[i].parts,
			.mine = mine,
		};
	}
	rq->touched.count = (int32_t)count;
	const struct packs_page record = {
		.reference = m.reference,
		.make_href = gathering_path(rq->arena, &m, "/packs"),
		.back_href = gathering_path(rq->arena, &m, ""),
		.packs = { rows, count },
		.has_packs = count > 0,
		.all = all,
	};
	const struct page page = { .title = "Stukken",
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &m),
		                   .template_name = "steering/packs" };
	return page_respond(rq, rs, &page, &PACKS_VIEW, &record, reterr);
}

/* ---- making one ---------------------------------------------------------------------------------- */

struct pack_change {
	struct gathering meeting;
	struct handing made;
};

static enum status prepare_pack(struct request *rq, void **ret_input, struct error *reterr)
{
	struct pack_change *c = ARENA_NEW(rq->arena, struct pack_change);
	struct array points = { 0 };

	*ret_input = c;
	enum status st = on_gathering(rq, &c->meeting, reterr);
	if (st == OK)
		st = point_list(rq->db, rq->viewer, &c->meeting, rq->arena, &points, reterr);
	const struct steering_point *p = points.items;
	struct handed_part *parts = ARENA_ARRAY(rq->arena, struct handed_part, points.count + 1);
	for (size_t i = 0; st == OK && i < points.count; i++) {
		if (p[i].casefile_id == 0)
			continue;
		const bool advice = p[i].advice_id != 0;
		parts[c->made.part_count++] = (struct handed_part){
			.object_kind = advice ? OBJECT_ADVICE : OBJECT_CASEFILE,
			.uuid = advice ? p[i].advice_uuid : p[i].casefile_uuid,
			.edition = p[i].advice_edition,
		};
	}
	c->made.uuid = uuid_at(rq->now_ms);
	c->made.reference_key = plein_of(rq)->reference_key;
	c->made.kind = HANDED_PACK;
	c->made.meeting_id = c->meeting.id;
	c->made.appointment_id = rq->viewer->appointment_id;
	c->made.participant_id = rq->viewer->participant_id;
	c->made.now_ms = rq->now_ms;
	c->made.parts = parts;
	return st;
}

static enum status apply_pack(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct pack_change *c = change->input;
	const char *reference = NULL;
	const enum status st = handed_insert(tx, &c->made, &reference, reterr);

	change->location =
	    gathering_path(db_tx_arena(tx), &c->meeting,
	                   arena_printf(db_tx_arena(tx), "/packs/%s", st == OK ? reference : ""));
	change->note = "Uw stukken liggen klaar. Dit exemplaar staat op uw naam.";
	change->created = true;
	return st;
}

/* ---- one pack ---------------------------------------------------------------------------------------- */

struct pack {
	struct gathering meeting;
	struct handed handed;
	struct array parts;
	struct paper paper;
};

/* What was withdrawn or replaced since isn't in the pack any more. */
static bool in_pack(const struct steering_point *p, const void *context)
{
	const struct pack *pack = context;
	const struct handed_part *part = pack->parts.items;

	if (p->casefile_id == 0)
		return true;
	const struct uuid *of = p->advice_id != 0 ? &p->advice_uuid : &p->casefile_uuid;
	for (size_t i = 0; i < pack->parts.count; i++)
		if (memcmp(part[i].uuid.bytes, of->bytes, UUID_BYTES) == 0)
			return true;
	return false;
}

static enum status load_pack(struct request *rq, struct pack *ret, struct error *reterr)
{
	enum status st = on_gathering(rq, &ret->meeting, reterr);

	if (st == OK)
		st = handed_load(rq->db, rq->params[1], rq->viewer->appointment_id, HANDED_PACK,
		                 rq->arena, &ret->handed, reterr);
	if (st != OK)
		return st;
	if (ret->handed.meeting_id != ret->meeting.id)
		return FAIL_NOT_FOUND(reterr);
	rq->touched = (struct touched){ .kind = OBJECT_STEERING_COPY,
		                        .id = ret->handed.id,
		                        .owner_id = ret->meeting.id,
		                        .owner_kind = OBJECT_MEETING };
	st = handed_parts(rq->db, ret->handed.id, rq->arena, &ret->parts, reterr);
	if (st != OK)
		return st;
	struct paper *p = &ret->paper;
	paper_begin(p, rq->arena,
	            arena_printf(rq->arena, "Stukken Stuurploeg %s", ret->meeting.reference));
	p->under = arena_printf(rq->arena, "%s, %s. Exemplaar %s van %s.",
	                        dutch_moment(rq->arena, ret->meeting.starts_at), ret->meeting.place,
	                        ret->handed.reference, ret->handed.person);
	p->footer = arena_printf(rq->arena, "Vertrouwelijk. Exemplaar %s van %s",
	                         ret->handed.reference, ret->handed.person);
	return write_points(rq, &ret->meeting, true, in_pack, ret, p, reterr);
}

struct pack_page {
	const char *reference, *title, *under, *pdf_href, *back_href;
	struct array lines;
};
static const struct view_field PACK_FIELDS[] = {
	VIEW_F(struct pack_page, reference, VIEW_REF),
	VIEW_F(struct pack_page, title, VIEW_TEXT),
	VIEW_F(struct pack_page, under, VIEW_TEXT),
	VIEW_AS(struct pack_page, pdf_href, "pdfHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pack_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pack_page, lines, "lines", VIEW_LIST, .view = &PAPER_LINE_VIEW),
};
static const struct view PACK_VIEW = VIEW_OF(struct pack_page, PACK_FIELDS);

static enum status show_pack(struct request *rq, struct response *rs, struct error *reterr)
{
	struct pack pack = { 0 };
	const enum status st = load_pack(rq, &pack, reterr);

	if (st != OK)
		return st;
	const struct pack_page record = {
		.reference = pack.handed.reference,
		.title = pack.paper.title,
		.under = pack.paper.under,
		.pdf_href =
		    gathering_path(rq->arena, &pack.meeting,
		                   arena_printf(rq->arena, "/packs/%s/pdf", pack.handed.reference)),
		.back_href = gathering_path(rq->arena, &pack.meeting, ""),
		.lines = paper_lines(&pack.paper),
	};
	const struct page page = { .title = "Stukken van de Stuurploeg",
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &pack.meeting),
		                   .confidential = true,
		                   .template_name = "steering/pack" };
	return page_respond(rq, rs, &page, &PACK_VIEW, &record, reterr);
}

static enum status send_pdf(struct request *rq, struct response *rs, struct error *reterr)
{
	struct pack pack = { 0 };
	const enum status st = load_pack(rq, &pack, reterr);

	if (st != OK)
		return st;
	rs->content_type = "application/pdf";
	rs->file_name = arena_printf(rq->arena, "stukken-%s.pdf", pack.handed.reference);
	return paper_pdf(&pack.paper, rq->now_ms, &rs->body, reterr);
}

const struct route steering_pack_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/packs",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_packs,
	  .view = &PACKS_VIEW,
	  .summary = "Exemplaren van de stukken: die van u, voor de secretaris alle" },
	{ .method = "POST",
	  .path = "/steering/{ref}/packs",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_COPY,
	  .prepare = prepare_pack,
	  .apply = apply_pack,
	  .redraw = show_packs,
	  .summary = "Een exemplaar van de stukken maken, op eigen naam" },
	{ .method = "GET",
	  .path = "/steering/{ref}/packs/{name}",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_COPY,
	  .read = show_pack,
	  .view = &PACK_VIEW,
	  .summary = "Een eigen exemplaar van de stukken" },
	{ .method = "GET",
	  .path = "/steering/{ref}/packs/{name}/pdf",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_COPY,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = send_pdf,
	  .summary = "Een eigen exemplaar als PDF met inhoudsopgave" },
	{ 0 },
};

const struct page_template steering_pack_templates[] = {
	{ .name = "steering/packs", .view = &PACKS_VIEW, .whole = true },
	{ .name = "steering/pack", .view = &PACK_VIEW, .whole = true },
	{ 0 },
};
