/*
 * The pack of a member: what he may see of a meeting, as page and PDF. Making one registers a copy:
 * its number, for whom, what is in it. Only he opens it.
 */
#include "steering/pack.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "steering/pack_file.h"

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
	int64_t id = 0;

	enum status st = handed_insert(tx, &c->made, &id, &reference, reterr);
	if (st == OK)
		st = pack_file_ask(tx, id, c->made.now_ms, reterr);

	change->location =
	    gathering_path(db_tx_arena(tx), &c->meeting,
	                   arena_printf(db_tx_arena(tx), "/packs/%s", st == OK ? reference : ""));
	change->note = "Uw stukken liggen klaar. Dit exemplaar staat op uw naam.";
	change->created = true;
	return st;
}

/* ---- one pack ---------------------------------------------------------------------------------------- */

static const char *pack_path(struct request *rq, const struct pack *pack, const char *rest)
{
	return gathering_path(rq->arena, &pack->meeting,
	                      arena_printf(rq->arena, "/packs/%s%s", pack->handed.reference, rest));
}

struct pack_page {
	const char *reference, *title, *under, *file_href, *back_href;
	struct array lines;
};
static const struct view_field PACK_FIELDS[] = {
	VIEW_F(struct pack_page, reference, VIEW_REF),
	VIEW_F(struct pack_page, title, VIEW_TEXT),
	VIEW_F(struct pack_page, under, VIEW_TEXT),
	VIEW_AS(struct pack_page, file_href, "pdfHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pack_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct pack_page, lines, "lines", VIEW_LIST, .view = &PAPER_LINE_VIEW),
};
static const struct view PACK_VIEW = VIEW_OF(struct pack_page, PACK_FIELDS);

static enum status show_pack(struct request *rq, struct response *rs, struct error *reterr)
{
	struct pack pack = { 0 };

	enum status st = pack_load(rq, &pack, reterr);
	if (st == OK)
		st = pack_compose(rq, &pack, reterr);
	if (st != OK)
		return st;
	const struct pack_page record = {
		.reference = pack.handed.reference,
		.title = pack.paper.title,
		.under = pack.paper.under,
		.file_href = pack_path(rq, &pack, "/file"),
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

/* ---- its PDF: how far it is, the file, another one ------------------------------------------------------ */

struct file_page {
	const char *reference, *meeting, *pdf_href, *make_href, *back_href;
	int64_t percent, kilobytes, ready_at;
	bool busy, ready, failed, old, absent;
};
static const struct view_field FILE_FIELDS[] = {
	VIEW_F(struct file_page, reference, VIEW_REF),
	VIEW_F(struct file_page, meeting, VIEW_REF),
	VIEW_AS(struct file_page, pdf_href, "pdfHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct file_page, make_href, "makeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct file_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct file_page, percent, VIEW_INT),
	VIEW_F(struct file_page, kilobytes, VIEW_INT),
	VIEW_AS(struct file_page, ready_at, "readyAt", VIEW_MOMENT),
	VIEW_F(struct file_page, busy, VIEW_BOOL),
	VIEW_F(struct file_page, ready, VIEW_BOOL),
	VIEW_F(struct file_page, failed, VIEW_BOOL),
	VIEW_AS(struct file_page, old, "outdated", VIEW_BOOL),
	VIEW_F(struct file_page, absent, VIEW_BOOL),
};
static const struct view FILE_VIEW = VIEW_OF(struct file_page, FILE_FIELDS);

/* Is the file that lies ready what he would get now? */
static enum status load_file(struct request *rq, struct pack *pack, struct pack_file *ret,
                             bool *ret_same, struct error *reterr)
{
	enum status st = pack_load(rq, pack, reterr);

	if (st == OK)
		st = pack_file_load(rq->db, pack->handed.id, rq->now_ms, rq->arena, ret, reterr);
	*ret_same = st == OK && ret->state == PACK_READY &&
	            secret_equal(ret->mark.bytes, pack->mark.bytes, sizeof ret->mark.bytes);
	return st;
}

static enum status show_file(struct request *rq, struct response *rs, struct error *reterr)
{
	enum { REFRESH_SECONDS = 1, BYTES_OF_KILOBYTE = 1000, MILLE_OF_PERCENT = 10 };
	struct pack pack = { 0 };
	struct pack_file file;
	bool same = false;

	const enum status st = load_file(rq, &pack, &file, &same, reterr);
	if (st != OK)
		return st;
	const bool busy = file.state == PACK_WAITS || file.state == PACK_BUSY;
	const struct file_page record = {
		.reference = pack.handed.reference,
		.meeting = pack.meeting.reference,
		.pdf_href = pack_path(rq, &pack, "/pdf"),
		.make_href = pack_path(rq, &pack, "/file"),
		.back_href = pack_path(rq, &pack, ""),
		.percent = file.per_mille / MILLE_OF_PERCENT,
		.kilobytes = (file.bytes + BYTES_OF_KILOBYTE - 1) / BYTES_OF_KILOBYTE,
		.ready_at = moment_or_none(file.ready_at),
		.busy = busy,
		.ready = same,
		.failed = file.state == PACK_FAILED,
		.old = file.state == PACK_READY && !same,
		.absent = file.state == 0,
	};
	rs->refresh_s = busy ? REFRESH_SECONDS : 0;
	const struct page page = { .title = "PDF van uw stukken",
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &pack.meeting),
		                   .template_name = "steering/pack_file" };
	return page_respond(rq, rs, &page, &FILE_VIEW, &record, reterr);
}

static enum status prepare_file(struct request *rq, void **ret_input, struct error *reterr)
{
	struct pack *pack = ARENA_NEW(rq->arena, struct pack);

	*ret_input = pack;
	return pack_load(rq, pack, reterr);
}

static enum status apply_file(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct pack *pack = change->input;

	change->location =
	    gathering_path(db_tx_arena(tx), &pack->meeting,
	                   arena_printf(db_tx_arena(tx), "/packs/%s/file", pack->handed.reference));
	return pack_file_ask(tx, pack->handed.id, change->rq->now_ms, reterr);
}

/* What lies ready, or the same made now for who doesn't wait. */
static enum status send_pdf(struct request *rq, struct response *rs, struct error *reterr)
{
	struct pack pack = { 0 };
	struct pack_file file;
	const char *bytes = NULL;
	size_t len = 0;
	bool same = false;

	enum status st = load_file(rq, &pack, &file, &same, reterr);
	if (st != OK)
		return st;
	rs->content_type = "application/pdf";
	rs->file_name = arena_printf(rq->arena, "stukken-%s.pdf", pack.handed.reference);
	if (same) {
		st = pack_file_open(rq->db, plein_of(rq)->keyring, &file, rq->arena, &bytes, &len,
		                    reterr);
		if (st == OK)
			out_raw(&rs->body, bytes, len);
		return st;
	}
	st = pack_compose(rq, &pack, reterr);
	return st == OK ? paper_pdf(&pack.paper, rq->now_ms, NULL, &rs->body, reterr) : st;
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
	  .path = "/steering/{ref}/packs/{name}/file",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_file,
	  .view = &FILE_VIEW,
	  .summary = "Hoe ver de PDF van een eigen exemplaar is" },
	{ .method = "POST",
	  .path = "/steering/{ref}/packs/{name}/file",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_COPY,
	  .prepare = prepare_file,
	  .apply = apply_file,
	  .redraw = show_file,
	  .summary = "De PDF van een eigen exemplaar opnieuw laten maken" },
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
	{ .name = "steering/pack_file", .view = &FILE_VIEW, .whole = true },
	{ 0 },
};
