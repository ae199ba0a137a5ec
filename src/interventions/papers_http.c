/*
 * Papers of a result: the decision that was served, the report of a check. Of the owner that adds them; for who
 * works on the intervention or reads its casefile, and gone with that casefile.
 */
#include <stdlib.h>

#include "access/access.h"
#include "attachments/attachment_page.h"
#include "attachments/virus_scan.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "interventions/intervention_page.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

/* ---- the form ---------------------------------------------------------------------------------- */

struct paper_form {
	int64_t version, task;
	const struct input_value *file;
	int kind;
};
static const struct field FIELDS[] = {
	FIELD_VERSION(struct paper_form),
	{ .path = "file",
	  .kind = FIELD_FILE,
	  .offset = offsetof(struct paper_form, file),
	  .label = "Het bestand",
	  .required = true,
	  .missing = "Kies eerst een bestand." },
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct paper_form, kind),
	  .label = "Wat is het?",
	  .required = true,
	  .missing = "Kies wat voor stuk dit is.",
	  .codes = ATTACHMENT_KINDS },
	{ .path = "task",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct paper_form, task),
	  .label = "Uit welke taak of welk register komt het?",
	  .required = true,
	  .missing = "Kies uit welke taak of welk register het komt." },
};
static const struct form PAPER_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                sizeof(struct paper_form) };

/* ---- the page ---------------------------------------------------------------------------------- */

struct line {
	struct attachment_line paper;
	const char *remove_path;
};
static const struct view_field LINE_FIELDS[] = {
	ATTACHMENT_LINE_FIELDS(struct line, paper),
	VIEW_AS(struct line, remove_path, "removePath", VIEW_TEXT, .page_only = true),
};
static const struct view LINE_VIEW = VIEW_OF(struct line, LINE_FIELDS);

struct papers_page {
	const char *reference, *heading, *add_href, *back_href;
	int64_t version;
	struct array papers, tasks;
	bool has_papers;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct papers_page, reference, VIEW_REF),
	VIEW_AS(struct papers_page, heading, "heading", VIEW_TEXT, .page_only = true),
	VIEW_F(struct papers_page, version, VIEW_INT),
	VIEW_AS(struct papers_page, papers, "papers", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct papers_page, has_papers, "hasPapers", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct papers_page, tasks, "tasks", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct papers_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct papers_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct papers_page, PAGE_FIELDS);

static struct attachment_owner owner_of(const struct intervention *i)
{
	return (struct attachment_owner){ OBJECT_INTERVENTION, i->id };
}

/* Whoever carries it out sees what its own organisation added; who is concerned, or reads the casefile, all. */
static bool sees(const struct request *rq, const struct on_intervention *on,
                 const struct attachment *what)
{
	return what->source_participant_id == rq->viewer->participant_id ||
	       (!on->card_only && (on->concerned || on->intervention.sees_casefile));
}

/* As amounts: whoever carries it out, or the desk for him. */
static bool may_add(const struct request *rq, const struct on_intervention *on)
{
	const enum role role = rq->viewer->role;

	return on->of_owner && (role == ROLE_EXECUTOR || role == ROLE_PARTNER_DESK) &&
	       intervention_takes_amounts(on->intervention.state);
}

static struct line line_of(struct request *rq, const struct on_intervention *on,
                           const struct attachment *what)
{
	const char *href =
	    intervention_path(rq->arena, &on->intervention,
	                      arena_printf(rq->arena, "/papers/%lld", (long long)what->number));
	const bool own = what->source_participant_id == rq->viewer->participant_id;

	return (struct line){
		.paper = attachment_line(rq->arena, what, href),
		.remove_path =
		    own && may_add(rq, on) ? arena_printf(rq->arena, "%s/remove", href) : NULL,
	};
}

static struct array tasks_of(struct request *rq)
{
	const char *typed = input_text(rq->body, "task");
	size_t count = 0;
	const struct law_task *tasks = law_tasks(&count);
	struct array list = choices_for(rq->arena, count + 1);

	choices_add(&list, "", "Kies", "");
	for (size_t i = 0; i < count; i++)
		if (tasks[i].letter == (enum law_letter)rq->viewer->letter)
			choices_add(&list, arena_printf(rq->arena, "%d", tasks[i].code),
			            tasks[i].label, typed != NULL ? typed : "");
	return list;
}

static enum status show_papers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_intervention on;
	struct array found = { 0 };

	enum status st = on_intervention(rq, &on, reterr);
	if (st != OK)
		return st;
	const struct intervention *i = &on.intervention;
	const struct attachment_owner owner = owner_of(i);
	st = attachment_list(rq->db, plein_of(rq)->keyring, &owner, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct attachment *from = found.items;
	struct line *to = ARENA_ARRAY(rq->arena, struct line, found.count + 1);
	size_t count = 0;
	for (size_t n = 0; n < found.count; n++)
		if (sees(rq, &on, &from[n]))
			to[count++] = line_of(rq, &on, &from[n]);
	rq->touched.count = (int32_t)count;
	const struct papers_page record = {
		.reference = i->reference,
		.heading = intervention_title(i),
		.version = i->version,
		.papers = { to, count },
		.has_papers = count > 0,
		.tasks = tasks_of(rq),
		.add_href = may_add(rq, &on) ? intervention_path(rq->arena, i, "/papers") : NULL,
		.back_href = intervention_path(rq->arena, i, ""),
	};
	const struct page page = { .title = "Stukken bij het resultaat",
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, i),
		                   .confidential = true,
		                   .template_name = "interventions/papers",
		                   .form = &PAPER_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

static enum status send_paper(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct plein *p = plein_of(rq);
	struct on_intervention on;
	struct attachment what = { 0 };

	enum status st = on_intervention(rq, &on, reterr);
	if (st != OK)
		return st;
	const struct attachment_owner owner = owner_of(&on.intervention);
	st = attachment_load(rq->db, p->keyring, &owner, strtoll(rq->params[1], NULL, 10),
	                     rq->arena, &what, reterr);
	if (st == OK && !sees(rq, &on, &what))
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_ATTACHMENT,
		                        .id = what.id,
		                        .owner_id = on.intervention.casefile_id,
		                        .owner_kind = OBJECT_CASEFILE };
	const char *name = arena_printf(rq->arena, "%s-stuk-%lld", on.intervention.reference,
	                                (long long)what.number);
	return attachment_send(rq, rs, p->keyring, p->files, &what, name, reterr);
}

/* ---- adding and removing ----------------------------------------------------------------------- */

struct paper_change {
	struct on_intervention on;
	struct paper_form in;
	struct version_input version;
	struct sealed_attachment sealed;
	int64_t number;
};

static enum status must_be_owner(struct request *rq, const struct on_intervention *on,
                                 struct error *reterr)
{
	if (!on->of_owner)
		return FAIL(reterr, ERR_CONFLICT, "Stukken legt de eigenaar vast.");
	if (!may_add(rq, on))
		return FAIL(reterr, ERR_CONFLICT,
		            "Stukken horen bij een interventie die wordt of is uitgevoerd.");
	return OK;
}

/* A result is about the place or phenomenon; what is heavier than phase 1 stays in the casefile. */
static void check_law(struct request *rq, const struct paper_change *c)
{
	const struct law_kind *kind = law_kind((uint16_t)c->in.kind);
	const struct law_category_row *row = kind != NULL ? law_category(kind->category) : NULL;
	const int32_t today = local_day(rq->now_ms);

	if (kind != NULL && !kind->refused && row == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, "kind",
		             "Een stuk met van alles wat hoort in het casusdossier. Kies hier een "
		             "stuk van één soort.");
		return;
	}
	const struct law_item item = {
		.category = row != NULL ? row->code : CATEGORY_NONE,
		.source = (enum law_letter)rq->viewer->letter,
		.phase = row != NULL ? row->phase : PHASE_UNKNOWN,
		.opened_phase = PHASE_1,
		.task = c->in.task > 0 && c->in.task <= UINT16_MAX ? (uint16_t)c->in.task : 0,
		.received_day = today,
		.about_phenomenon = true,
		.in_casefile = true,
		.activity = ACTIVITY_CASE_CONSULTATION,
		.has_origin = true,
		.kind = (uint16_t)c->in.kind,
		.on_day = today,
	};
	const struct verdict v = law_item_may(&item);
	if (c->in.kind != 0 && !verdict_allows(v))
		problems_add_verdict(rq->problems, "kind", v);
}

/* Slow, and outside every transaction: the scanner and the disk. */
static enum status keep_file(struct request *rq, struct paper_change *c,
                             const struct attachment_input *in, int media, struct error *reterr)
{
	const struct plein *p = plein_of(rq);
	enum status st = OK;

	if (p->clamd != NULL)
		st = virus_scan(p->clamd, &in->file->file, reterr);
	if (st == ERR_INVALID) {
		problems_add(rq->problems, PROBLEM_ERROR, "file", reterr->message);
		return OK;
	}
	return st != OK ? st
	                : attachment_seal(p->keyring, p->files, in, media, rq->now_ms, rq->arena,
	                                  &c->sealed, reterr);
}

static enum status prepare_add(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paper_change *c = ARENA_NEW(rq->arena, struct paper_change);

	*ret_input = c;
	enum status st = on_intervention(rq, &c->on, reterr);
	if (st == OK)
		st = must_be_owner(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &PAPER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	const struct law_kind *kind = law_kind((uint16_t)c->in.kind);
	const struct attachment_input in = { .kind = c->in.kind,
		                             .category = kind != NULL ? (int)kind->category : 0,
		                             .file = c->in.file,
		                             .source_participant_id = rq->viewer->participant_id };
	check_law(rq, c);
	const int media = attachment_check(&in, "file", rq->problems);
	return rq->problems->error_count > 0 ? OK : keep_file(rq, c, &in, media, reterr);
}

static enum status apply_add(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct paper_change *c = change->input;
	const struct attachment_adding in = { .owner = owner_of(&c->on.intervention),
		                              .what = &c->sealed,
		                              .organ_id = rq->viewer->organ_id,
		                              .appointment_id = rq->viewer->appointment_id,
		                              .task = (int)c->in.task,
		                              .now_ms = rq->now_ms };

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "/papers");
	change->note = "Bewaard.";
	change->created = true;
	const enum status st =
	    db_claim(tx, &INTERVENTION_ROOT, c->on.intervention.id, c->in.version, reterr);
	return st == OK ? attachment_add(tx, &in, reterr) : st;
}

static enum status prepare_remove(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paper_change *c = ARENA_NEW(rq->arena, struct paper_change);
	struct attachment what = { 0 };

	*ret_input = c;
	c->number = strtoll(rq->params[1], NULL, 10);
	enum status st = on_intervention(rq, &c->on, reterr);
	if (st == OK)
		st = must_be_owner(rq, &c->on, reterr);
	if (st != OK)
		return st;
	const struct attachment_owner owner = owner_of(&c->on.intervention);
	st = attachment_load(rq->db, plein_of(rq)->keyring, &owner, c->number, rq->arena, &what,
	                     reterr);
	if (st == OK && what.source_participant_id != rq->viewer->participant_id)
		return sees(rq, &c->on, &what)
		           ? FAIL(reterr, ERR_CONFLICT,
		                  "Dit stuk is van een andere deelnemer. Die haalt het zelf weg.")
		           : FAIL_NOT_FOUND(reterr);
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->version, rq->problems);
	return st;
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct paper_change *c = change->input;
	const struct attachment_owner owner = owner_of(&c->on.intervention);

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "/papers");
	change->note = "Weggehaald. Niemand kan het stuk nog openen.";
	const enum status st =
	    db_claim(tx, &INTERVENTION_ROOT, owner.id, c->version.version, reterr);
	return st == OK ? attachment_remove(tx, &owner, c->number, reterr) : st;
}

const struct route paper_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}/papers",
	  .permission = PERM_INTERVENTION_READ,
	  .action = AUDIT_INTERVENTION_VIEW,
	  .read = show_papers,
	  .view = &PAGE_VIEW,
	  .summary = "De stukken bij het resultaat van een interventie" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/papers",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_REPORT,
	  .flags = ROUTE_UPLOAD | ROUTE_PIECES,
	  .prepare = prepare_add,
	  .apply = apply_add,
	  .redraw = show_papers,
	  .form = &PAPER_FORM,
	  .summary = "Een stuk bij het resultaat voegen" },
	{ .method = "GET",
	  .path = "/interventions/{ref}/papers/{number}",
	  .permission = PERM_INTERVENTION_READ,
	  .action = AUDIT_ATTACHMENT_READ,
	  .read = send_paper,
	  .summary = "Een stuk, zoals het gestuurd werd" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/papers/{number}/remove",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_REPORT,
	  .prepare = prepare_remove,
	  .apply = apply_remove,
	  .redraw = show_papers,
	  .form = &VERSION_FORM,
	  .summary = "Een eigen stuk weghalen" },
	{ 0 },
};

const struct page_template paper_templates[] = {
	{ .name = "interventions/papers", .view = &PAGE_VIEW, .form = &PAPER_FORM, .whole = true },
	{ 0 },
};
