/* Fixed versions: laid down by one, signed by another, read by each as far as he may. */
#include <string.h>

#include "access/access.h"
#include "analysis/analysis_http.h"
#include "analysis/analysis_page.h"
#include "analysis/analysis_paper.h"
#include "analysis/version_page.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "work/work.h"

/* ---- rows of the living page -------------------------------------------------------------------- */

static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct version_item, id, VIEW_TEXT),
	VIEW_AS(struct version_item, state, "state", VIEW_STATE, .machine = &FROZEN_MACHINE),
	VIEW_AS(struct version_item, drafted_by, "draftedBy", VIEW_TEXT),
	VIEW_AS(struct version_item, drafted_at, "draftedAt", VIEW_MOMENT),
	VIEW_AS(struct version_item, href, "href", VIEW_TEXT, .page_only = true),
};
const struct view VERSION_ITEM_VIEW = VIEW_OF(struct version_item, ROW_FIELDS);

const char *version_id(struct arena *a, const struct frozen *f)
{
	char *id = arena_alloc(a, UUID_TEXT_BYTES);

	uuid_text(&f->uuid, id);
	return id;
}

const char *version_path(struct arena *a, const struct casefile *c, const struct frozen *f,
                         const char *rest)
{
	return analysis_path(a, c, arena_printf(a, "/versions/%s%s", version_id(a, f), rest));
}

enum status version_items(struct request *rq, const struct on_analysis *on, int64_t analysis_id,
                          struct array *ret, struct error *reterr)
{
	const bool signs = access_permits(rq->viewer->role, PERM_ANALYSIS_FREEZE);
	struct array found = { 0 };
	enum status st =
	    frozen_list(rq->db, analysis_id, on->level, signs, rq->arena, &found, reterr);
	const struct frozen *f = found.items;
	struct version_item *to = ARENA_ARRAY(rq->arena, struct version_item, found.count + 1);

	for (size_t i = 0; st == OK && i < found.count; i++) {
		to[i] = (struct version_item){ version_id(rq->arena, &f[i]), f[i].drafted_by,
			                       version_path(rq->arena, &on->casefile, &f[i], ""),
			                       f[i].drafted_at, f[i].state };
	}
	*ret = (struct array){ to, found.count };
	return st;
}

/* ---- may it be laid down? ------------------------------------------------------------------------- */

static bool concludes(struct array paragraphs)
{
	const struct paragraph *p = paragraphs.items;

	for (size_t i = 0; i < paragraphs.count; i++)
		if (p[i].section == SECTION_CONCLUSIONS)
			return true;
	return false;
}

static int64_t waiting(struct array paragraphs, struct array citations)
{
	const struct paragraph *p = paragraphs.items;
	const struct citation *c = citations.items;
	int64_t count = 0;

	for (size_t i = 0; i < paragraphs.count; i++)
		count += p[i].review != 0;
	for (size_t i = 0; i < citations.count; i++)
		count += c[i].changed || c[i].now_id == 0;
	return count;
}

struct drafting {
	struct on_analysis on;
	struct analysis analysis;
	struct array paragraphs, citations;
	struct frozen_new made;
};

static enum status load_drafting(struct request *rq, struct drafting *ret,
                                 struct frozen_picture *picture, struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	bool hides = false;

	enum status st = on_analysis(rq, &ret->on, reterr);
	if (st == OK)
		st = analysis_find(rq->db, ret->on.casefile.id, ret->on.level, &ret->analysis,
		                   reterr);
	const int64_t id = ret->analysis.id;
	if (st == OK && id != 0)
		st = paragraph_list(rq->db, k, id, ret->on.level, PARAGRAPH_STANDS, rq->arena,
		                    &ret->paragraphs, reterr);
	if (st == OK && id != 0)
		st = citations_of_analysis(rq->db, id, ret->on.level, rq->arena, &ret->citations,
		                           reterr);
	if (st == OK && id != 0)
		st = analysis_hides(rq->db, id, ret->on.level, &hides, reterr);
	*picture = (struct frozen_picture){
		.actor_id = rq->viewer->person_id,
		.paragraphs = (int64_t)ret->paragraphs.count,
		.reviews = waiting(ret->paragraphs, ret->citations),
		.has_conclusion = concludes(ret->paragraphs),
		.reads_all = !hides,
		.casefile_live = casefile_is_live(ret->on.casefile.state),
	};
	return st;
}

/* Sections in the order of the template, not of their codes. */
static struct array in_reading_order(struct arena *a, const struct casefile *c, struct array list)
{
	struct analysis_heading headings[ANALYSIS_SECTIONS_MAX];
	const size_t sections = analysis_template(c->theme, headings);
	const struct paragraph *p = list.items;
	struct paragraph *to = ARENA_ARRAY(a, struct paragraph, list.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < sections; i++)
		for (size_t j = 0; j < list.count; j++)
			if (p[j].section == headings[i].section)
				to[count++] = p[j];
	return (struct array){ to, count };
}

enum status version_may_draft(struct request *rq, struct verdict *ret, struct error *reterr)
{
	const struct move *mv = machine_move(&FROZEN_MACHINE, FROZEN_NONE, FROZEN_PROPOSE);
	struct drafting d = { 0 };
	struct frozen_picture picture;
	enum status st = load_drafting(rq, &d, &picture, reterr);

	if (st == OK)
		*ret = move_verdict(mv, ROLE_BIT(rq->viewer->role), &picture);
	return st;
}

static enum status prepare_draft(struct request *rq, void **ret_input, struct error *reterr)
{
	const struct move *mv = machine_move(&FROZEN_MACHINE, FROZEN_NONE, FROZEN_PROPOSE);
	struct drafting *d = ARENA_NEW(rq->arena, struct drafting);
	struct frozen_picture picture;

	*ret_input = d;
	enum status st = load_drafting(rq, d, &picture, reterr);
	if (st != OK)
		return st;
	const struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	d->made = (struct frozen_new){ .uuid = uuid_at(rq->now_ms),
		                       .analysis_id = d->analysis.id,
		                       .casefile_id = d->on.casefile.id,
		                       .appointment_id = rq->viewer->appointment_id,
		                       .person_id = rq->viewer->person_id,
		                       .now_ms = rq->now_ms };
	frozen_digest(keyring_mac(plein_of(rq)->keyring, RING_PSEUDONYM), &d->on.casefile.uuid,
	              in_reading_order(rq->arena, &d->on.casefile, d->paragraphs), d->citations,
	              rq->arena, &d->made);
	return OK;
}

static enum status apply_draft(struct db_tx *tx, void *args, struct error *reterr)
{
	enum { WORKING_DAYS = 5 };
	struct change *change = args;
	const struct drafting *d = change->input;
	struct arena *a = db_tx_arena(tx);
	int64_t id = 0;

	enum status st = analysis_still_live(tx, d->made.casefile_id, reterr);
	if (st == OK)
		st = frozen_insert(tx, &d->made, &id, reterr);
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		.kind = WORK_ANALYSIS_SIGN,
		.object_kind = OBJECT_ANALYSIS,
		.object_id = id,
		.reference = d->on.casefile.reference,
		.due_day = working_days_add(local_day(d->made.now_ms), WORKING_DAYS, NULL),
		.created_at = d->made.now_ms,
		.created_by = d->made.appointment_id,
	};
	if (st == OK)
		st = work_add(tx, &task, reterr);
	const struct frozen f = { .uuid = d->made.uuid };
	char *uuid = arena_alloc(a, UUID_TEXT_BYTES);
	uuid_text(&d->made.uuid, uuid);
	change->location = version_path(a, &d->on.casefile, &f, "");
	change->json = arena_printf(a, "{\"id\":\"%s\"}", uuid);
	change->note = "Vastgelegd en door u getekend. Een tweede persoon tekent mee.";
	change->created = true;
	change->touched.phase = (uint8_t)d->made.phase;
	return st;
}

/* ---- one fixed version ------------------------------------------------------------------------------ */

struct version_record {
	const char *reference, *casefile_title, *id, *hash, *drafted_by, *decided_by, *back_href;
	const char *sign_href, *withdraw_href, *pdf_href, *odt_href, *why_not, *changes_href;
	uint8_t state;
	int64_t version, drafted_at, decided_at, destroyed;
	struct array sections;
	bool left_out, has_destroyed, changed, decided;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct version_record, reference, VIEW_REF),
	VIEW_AS(struct version_record, casefile_title, "title", VIEW_TEXT),
	VIEW_F(struct version_record, id, VIEW_TEXT),
	VIEW_F(struct version_record, version, VIEW_INT),
	VIEW_AS(struct version_record, state, "state", VIEW_STATE, .machine = &FROZEN_MACHINE),
	VIEW_F(struct version_record, hash, VIEW_TEXT),
	VIEW_AS(struct version_record, drafted_by, "draftedBy", VIEW_TEXT),
	VIEW_AS(struct version_record, drafted_at, "draftedAt", VIEW_MOMENT),
	VIEW_AS(struct version_record, decided_by, "decidedBy", VIEW_TEXT),
	VIEW_AS(struct version_record, decided_at, "decidedAt", VIEW_MOMENT),
	VIEW_AS(struct version_record, sections, "sections", VIEW_LIST, .view = &COPY_SECTION_VIEW),
	VIEW_AS(struct version_record, left_out, "leftOut", VIEW_BOOL),
	VIEW_F(struct version_record, destroyed, VIEW_INT),
	VIEW_F(struct version_record, changed, VIEW_BOOL),
	VIEW_AS(struct version_record, has_destroyed, "hasDestroyed", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct version_record, decided, "decided", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct version_record, why_not, "whyNot", VIEW_TEXT),
	VIEW_AS(struct version_record, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct version_record, sign_href, "signHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct version_record, withdraw_href, "withdrawHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct version_record, pdf_href, "pdfHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct version_record, odt_href, "odtHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct version_record, changes_href, "changesHref", VIEW_TEXT, .page_only = true),
};
static const struct view FROZEN_VIEW = VIEW_OF(struct version_record, FIELDS);

static struct frozen_picture picture_of(const struct request *rq, const struct on_version *v)
{
	return (struct frozen_picture){
		.drafter_id = v->frozen.drafted_person,
		.actor_id = rq->viewer->person_id,
		.reads_all = v->frozen.phase <= v->on.level,
		.casefile_live = casefile_is_live(v->on.casefile.state),
	};
}

/* Who can't sign doesn't hear of what waits. */
enum status on_version(struct request *rq, struct on_version *ret, struct error *reterr)
{
	enum status st = on_analysis(rq, &ret->on, reterr);

	if (st == OK)
		st = frozen_load(rq->db, ret->on.casefile.id, ret->on.level, rq->params[1],
		                 rq->arena, &ret->frozen, reterr);
	if (st == OK && ret->frozen.state != FROZEN_SIGNED &&
	    !access_permits(rq->viewer->role, PERM_ANALYSIS_FREEZE))
		return FAIL_NOT_FOUND(reterr);
	return st;
}

enum status version_copy(struct request *rq, struct on_version *v, struct analysis_copy *ret,
                         struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	const struct casefile *c = &v->on.casefile;
	struct copy_source source = { .casefile = c, .world = &v->world, .links = false };

	*ret = (struct analysis_copy){ 0 };
	enum status st =
	    known_world_load(rq->db, k, c->id, v->on.level, rq->arena, &v->world, reterr);
	if (st == OK)
		st = frozen_paragraphs(rq->db, k, v->frozen.id, v->on.level, rq->arena,
		                       &source.paragraphs, &v->destroyed, reterr);
	if (st == OK)
		st = citations_of_frozen(rq->db, v->frozen.id, v->on.level, rq->arena,
		                         &source.citations, reterr);
	if (st == OK)
		st = casefile_title_load(rq->db, k, c->id, &c->uuid, rq->arena,
		                         &ret->casefile_title, reterr);
	if (st != OK)
		return st;
	analysis_note_phase(rq, source.paragraphs);
	copy_make(rq->arena, &source, ret);
	ret->left_out = v->on.tells && v->frozen.phase > v->on.level;
	return OK;
}

static void fill_moves(struct request *rq, const struct on_version *v, struct version_record *ret)
{
	const struct move *sign = machine_move(&FROZEN_MACHINE, v->frozen.state, FROZEN_SIGN);
	const struct move *withdraw =
	    machine_move(&FROZEN_MACHINE, v->frozen.state, FROZEN_WITHDRAW);
	const struct frozen_picture p = picture_of(rq, v);
	const uint64_t role = ROLE_BIT(rq->viewer->role);

	if (sign == NULL)
		return;
	const struct verdict may = move_verdict(sign, role, &p);
	if (verdict_allows(may))
		ret->sign_href = version_path(rq->arena, &v->on.casefile, &v->frozen, "/_sign");
	else
		ret->why_not = may.sentence;
	if (withdraw != NULL && verdict_allows(move_verdict(withdraw, role, &p)))
		ret->withdraw_href =
		    version_path(rq->arena, &v->on.casefile, &v->frozen, "/_withdraw");
}

const char *version_hash(struct arena *a, const struct frozen *f)
{
	char *hex = arena_alloc(a, 2 * sizeof f->hash.bytes + 1);

	hex_text(f->hash.bytes, sizeof f->hash.bytes, hex);
	return hex;
}

static enum status show_version(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_version v = { 0 };
	struct analysis_copy copy;

	enum status st = on_version(rq, &v, reterr);
	if (st == OK)
		st = version_copy(rq, &v, &copy, reterr);
	if (st != OK)
		return st;
	struct version_record record = {
		.reference = v.on.casefile.reference,
		.casefile_title = copy.casefile_title,
		.id = version_id(rq->arena, &v.frozen),
		.version = v.frozen.version,
		.state = v.frozen.state,
		.hash = version_hash(rq->arena, &v.frozen),
		.drafted_by = v.frozen.drafted_by,
		.drafted_at = v.frozen.drafted_at,
		.decided_by = v.frozen.decided_by[0] != '\0' ? v.frozen.decided_by : NULL,
		.decided_at = v.frozen.decided_at != 0 ? v.frozen.decided_at : INT64_MIN,
		.decided = v.frozen.decided_at != 0,
		.sections = copy.sections,
		.left_out = copy.left_out,
		.destroyed = v.destroyed,
		.has_destroyed = v.destroyed > 0,
		.changed = copy.reviews > 0,
		.back_href = analysis_path(rq->arena, &v.on.casefile, ""),
		.pdf_href = version_path(rq->arena, &v.on.casefile, &v.frozen, "/pdf"),
		.odt_href = version_path(rq->arena, &v.on.casefile, &v.frozen, "/odt"),
		.changes_href = version_path(rq->arena, &v.on.casefile, &v.frozen, "/changes"),
	};
	fill_moves(rq, &v, &record);
	const struct page page = { .title = "Vastgestelde analyse",
		                   .place = "/casefiles",
		                   .crumbs = analysis_crumbs(rq->arena, &v.on.casefile),
		                   .confidential = true,
		                   .template_name = "analysis/version" };
	return page_respond(rq, rs, &page, &FROZEN_VIEW, &record, reterr);
}

/* ---- signing and withdrawing -------------------------------------------------------------------------- */

struct deciding {
	struct on_version on;
	const struct move *move;
	int64_t version;
	const struct sign_secret *signer; /* NULL: withdraws */
};

static enum status prepare_decision(struct request *rq, uint8_t action, void **ret_input,
                                    struct error *reterr)
{
	struct deciding *d = ARENA_NEW(rq->arena, struct deciding);
	struct version_input in;

	*ret_input = d;
	enum status st = on_version(rq, &d->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	d->version = in.version;
	d->move = machine_move(&FROZEN_MACHINE, d->on.frozen.state, action);
	if (d->move == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	const struct frozen_picture picture = picture_of(rq, &d->on);
	const struct verdict v = move_verdict(d->move, ROLE_BIT(rq->viewer->role), &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	if (action == FROZEN_SIGN)
		d->signer = keyring_signer(plein_of(rq)->keyring);
	return OK;
}

static enum status prepare_sign(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare_decision(rq, FROZEN_SIGN, ret_input, reterr);
}

static enum status prepare_withdraw(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare_decision(rq, FROZEN_WITHDRAW, ret_input, reterr);
}

static enum status apply_decision(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct deciding *d = change->input;
	const struct request *rq = change->rq;
	const struct frozen_decision decision = { rq->viewer->appointment_id, rq->viewer->person_id,
		                                  rq->now_ms, d->signer };

	enum status st = db_claim(tx, &FROZEN_ROOT, d->on.frozen.id, d->version, reterr);
	if (st == OK)
		st = analysis_still_live(tx, d->on.on.casefile.id, reterr);
	if (st == OK)
		st = frozen_decide(tx, d->on.frozen.id, d->move, &decision, reterr);
	change->location =
	    d->signer != NULL ? version_path(db_tx_arena(tx), &d->on.on.casefile, &d->on.frozen, "")
			      : analysis_path(db_tx_arena(tx), &d->on.on.casefile, "");
	change->note = d->signer != NULL ? "Vastgesteld. Deze versie verandert niet meer."
	                                 : "Ingetrokken. De analyse zelf blijft staan.";
	return st;
}

#define VERSION "/casefiles/{ref}/analysis/versions/{id}"
const struct route analysis_version_routes[] = {
	{ .method = "POST",
	  .path = "/casefiles/{ref}/analysis/versions",
	  .permission = PERM_ANALYSIS_FREEZE,
	  .action = AUDIT_ANALYSIS_FREEZE,
	  .prepare = prepare_draft,
	  .apply = apply_draft,
	  .summary = "De analyse vastleggen en tekenen, klaar voor een tweede handtekening" },
	{ .method = "GET",
	  .path = VERSION,
	  .permission = PERM_ANALYSIS_READ,
	  .action = AUDIT_ANALYSIS_VIEW,
	  .read = show_version,
	  .view = &FROZEN_VIEW,
	  .summary = "Een vastgestelde versie, voor zover u die mag lezen" },
	{ .method = "POST",
	  .path = VERSION "/_sign",
	  .permission = PERM_ANALYSIS_FREEZE,
	  .action = AUDIT_ANALYSIS_FREEZE,
	  .prepare = prepare_sign,
	  .apply = apply_decision,
	  .form = &VERSION_FORM,
	  .summary = "Een vastgelegde analyse als tweede persoon tekenen" },
	{ .method = "POST",
	  .path = VERSION "/_withdraw",
	  .permission = PERM_ANALYSIS_FREEZE,
	  .action = AUDIT_ANALYSIS_FREEZE,
	  .prepare = prepare_withdraw,
	  .apply = apply_decision,
	  .form = &VERSION_FORM,
	  .summary = "Een vastgelegde analyse intrekken voordat er meegetekend is" },
	{ 0 },
};

const struct page_template analysis_version_templates[] = {
	{ .name = "analysis/version", .view = &FROZEN_VIEW, .whole = true },
	{ 0 },
};
