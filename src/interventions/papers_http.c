/*
 * Papers of a result: the decision that was served, the report of a check. Of the owner that adds them; who sees
 * them is in paper_index.h. Gone with the casefile, and a heavier one with whom it is about.
 */
#include <stdlib.h>

#include "access/access.h"
#include "attachments/attachment_page.h"
#include "attachments/virus_scan.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "casework/phases.h"
#include "interventions/intervention_page.h"
#include "interventions/paper_index.h"
#include "interventions/paper_law.h"
#include "law/law.h"
#include "plein/plein.h"

/* ---- the form ---------------------------------------------------------------------------------- */

struct paper_form {
	int64_t version, task, subject; /* subject: its number in the casefile; 0: none */
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
	{ .path = "subject",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct paper_form, subject),
	  .label = "Over wie of wat gaat het?" },
};
static const struct form PAPER_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                sizeof(struct paper_form) };

/* ---- the page ---------------------------------------------------------------------------------- */

struct line {
	struct attachment_line paper;
	int phase;
	int64_t about; /* number of a subject; 0: the place or phenomenon */
	const char *about_href, *remove_path;
};
static const struct view_field LINE_FIELDS[] = {
	ATTACHMENT_LINE_FIELDS(struct line, paper),
	VIEW_F(struct line, phase, VIEW_INT),
	VIEW_F(struct line, about, VIEW_INT),
	VIEW_AS(struct line, about_href, "aboutHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct line, remove_path, "removePath", VIEW_TEXT, .page_only = true),
};
static const struct view LINE_VIEW = VIEW_OF(struct line, LINE_FIELDS);

struct papers_page {
	const char *reference, *heading, *add_href, *back_href;
	int64_t version;
	struct array papers, tasks, subjects;
	bool has_papers, tells; /* tells: may add heavier ones too */
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct papers_page, reference, VIEW_REF),
	VIEW_AS(struct papers_page, heading, "heading", VIEW_TEXT, .page_only = true),
	VIEW_F(struct papers_page, version, VIEW_INT),
	VIEW_AS(struct papers_page, papers, "papers", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(struct papers_page, has_papers, "hasPapers", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct papers_page, tasks, "tasks", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct papers_page, subjects, "subjects", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct papers_page, tells, "tells", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct papers_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct papers_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct papers_page, PAGE_FIELDS);

static struct attachment_owner owner_of(const struct intervention *i)
{
	return (struct attachment_owner){ OBJECT_INTERVENTION, i->id };
}

/* What was asked for, and how far this viewer reads its casefile. */
struct on_papers {
	struct on_intervention on;
	struct casefile casefile; /* id 0: not his */
	int reach;                /* 0, or a phase */
	bool tells;               /* he brings facts into that casefile: papers of phase 2 too */
};

static enum status on_papers(struct request *rq, struct on_papers *ret, struct error *reterr)
{
	*ret = (struct on_papers){ 0 };
	enum status st = on_intervention(rq, &ret->on, reterr);
	if (st != OK || !ret->on.intervention.sees_casefile)
		return st;
	st = casefile_load(rq->db, rq->viewer, ret->on.intervention.casefile, rq->arena,
	                   &ret->casefile, reterr);
	if (st == ERR_NOT_FOUND)
		return OK;
	ret->reach = casefile_reads_phase(rq->viewer->role, ret->casefile.named_heavy);
	ret->tells = st == OK && ret->on.of_owner && casefile_may_tell(rq->viewer, &ret->casefile);
	return st;
}

static bool sees(const struct request *rq, const struct on_papers *on,
                 const struct attachment *what)
{
	return paper_seen_by(rq->viewer, &on->on.intervention, on->reach, what);
}

/* As amounts: whoever carries it out, or the desk for him; who brings facts into the casefile too. */
static bool may_add(const struct request *rq, const struct on_papers *on)
{
	const enum role role = rq->viewer->role;

	return on->on.of_owner &&
	       (role == ROLE_EXECUTOR || role == ROLE_PARTNER_DESK || on->tells) &&
	       intervention_takes_amounts(on->on.intervention.state);
}

static struct line line_of(struct request *rq, const struct on_papers *on,
                           const struct attachment *what)
{
	const int64_t *about = what->presences.items;
	const int64_t number = what->presences.count > 0 ? about[0] : 0;
	const char *href =
	    intervention_path(rq->arena, &on->on.intervention,
	                      arena_printf(rq->arena, "/papers/%lld", (long long)what->number));
	const bool own = what->source_participant_id == rq->viewer->participant_id;

	return (struct line){
		.paper = attachment_line(rq->arena, what, href),
		.phase = paper_phase(what),
		.about = number,
		.about_href = number > 0 ? arena_printf(rq->arena, "/casefiles/%s/subjects/%lld",
		                                        on->casefile.reference, (long long)number)
		                         : NULL,
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

/* Those of the casefile, to who may add a paper about one of them. */
static enum status subjects_of(struct request *rq, const struct on_papers *on, struct array *ret,
                               struct error *reterr)
{
	const char *typed = input_text(rq->body, "subject");
	struct array found = { 0 };
	enum status st = OK;

	if (on->tells)
		st = casefile_subject_outline(rq->db, plein_of(rq)->keyring, on->casefile.id,
		                              on->reach, rq->arena, &found, reterr);
	*ret = choices_for(rq->arena, found.count + 1);
	choices_add(ret, "", "De plek of het verschijnsel", typed != NULL ? typed : "");
	const struct casefile_subject *s = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++)
		choices_add(ret, arena_printf(rq->arena, "%lld", (long long)s[i].number),
		            arena_printf(rq->arena, "%lld. %s", (long long)s[i].number, s[i].name),
		            typed != NULL ? typed : "");
	return st;
}

static enum status show_papers(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_papers on;
	struct array found = { 0 }, subjects = { 0 };

	enum status st = on_papers(rq, &on, reterr);
	if (st == OK)
		st = subjects_of(rq, &on, &subjects, reterr);
	if (st != OK)
		return st;
	const struct intervention *i = &on.on.intervention;
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
		.subjects = subjects,
		.tells = on.tells,
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
	struct on_papers on;
	struct attachment what = { 0 };

	enum status st = on_papers(rq, &on, reterr);
	if (st != OK)
		return st;
	const struct attachment_owner owner = owner_of(&on.on.intervention);
	st = attachment_load(rq->db, p->keyring, &owner, strtoll(rq->params[1], NULL, 10),
	                     rq->arena, &what, reterr);
	if (st == OK && !sees(rq, &on, &what))
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_ATTACHMENT,
		                        .id = what.id,
		                        .owner_id = on.on.intervention.casefile_id,
		                        .owner_kind = OBJECT_CASEFILE };
	const char *name = arena_printf(rq->arena, "%s-stuk-%lld", on.on.intervention.reference,
	                                (long long)what.number);
	return attachment_send(rq, rs, p->keyring, p->files, &what, name, reterr);
}

/* ---- adding and removing ----------------------------------------------------------------------- */

struct paper_change {
	struct on_papers on;
	struct paper_form in;
	struct paper_claim claim;
	struct version_input version;
	struct sealed_attachment sealed;
	int64_t number;
};

static enum status must_be_owner(struct request *rq, const struct on_papers *on,
                                 struct error *reterr)
{
	if (!on->on.of_owner)
		return FAIL(reterr, ERR_CONFLICT, "Stukken legt de eigenaar vast.");
	if (!may_add(rq, on))
		return FAIL(reterr, ERR_CONFLICT,
		            "Stukken horen bij een interventie die wordt of is uitgevoerd.");
	return OK;
}

/* Whom it is about, of those he sees, and how far the law lets partners go for that one. */
static enum status find_subject(struct request *rq, struct paper_change *c, struct error *reterr)
{
	struct array found = { 0 };

	c->claim = (struct paper_claim){ .casefile = &c->on.casefile,
		                         .kind = c->in.kind,
		                         .task = c->in.task,
		                         .opened = PHASE_1,
		                         .tells = c->on.tells };
	if (c->in.subject == 0 || !c->on.tells)
		return OK;
	enum status st = casefile_subject_outline(rq->db, plein_of(rq)->keyring, c->on.casefile.id,
	                                          c->on.reach, rq->arena, &found, reterr);
	const struct casefile_subject *s = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++)
		if (s[i].number == c->in.subject)
			c->claim.presence_id = s[i].id;
	if (st == OK && c->claim.presence_id == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "subject",
		             "Kies iemand of iets uit de lijst.");
	return st == OK && c->claim.presence_id != 0
	           ? phase_opened(rq->db, c->on.casefile.id, c->claim.presence_id, &c->claim.opened,
	                          reterr)
	           : st;
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
	enum status st = on_papers(rq, &c->on, reterr);
	if (st == OK)
		st = must_be_owner(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &PAPER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	st = find_subject(rq, c, reterr);
	if (st != OK)
		return st;
	const struct law_kind *kind = law_kind((uint16_t)c->in.kind);
	const struct attachment_input in = { .kind = c->in.kind,
		                             .category = kind != NULL ? (int)kind->category : 0,
		                             .file = c->in.file,
		                             .source_participant_id = rq->viewer->participant_id };
	paper_check_law(rq, &c->claim);
	const int media = attachment_check(&in, "file", rq->problems);
	return rq->problems->error_count > 0 ? OK : keep_file(rq, c, &in, media, reterr);
}

static enum status apply_add(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct paper_change *c = change->input;
	const struct intervention *i = &c->on.on.intervention;
	const struct attachment_adding in = { .owner = owner_of(i),
		                              .what = &c->sealed,
		                              .organ_id = rq->viewer->organ_id,
		                              .appointment_id = rq->viewer->appointment_id,
		                              .task = (int)c->in.task,
		                              .presence_ids = &c->claim.presence_id,
		                              .presence_count = c->claim.presence_id != 0 ? 1 : 0,
		                              .now_ms = rq->now_ms };

	change->location = intervention_path(db_tx_arena(tx), i, "/papers");
	change->note = "Bewaard.";
	change->created = true;
	const enum status st = db_claim(tx, &INTERVENTION_ROOT, i->id, c->in.version, reterr);
	return st == OK ? attachment_add(tx, &in, reterr) : st;
}

static enum status prepare_remove(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paper_change *c = ARENA_NEW(rq->arena, struct paper_change);
	struct attachment what = { 0 };

	*ret_input = c;
	c->number = strtoll(rq->params[1], NULL, 10);
	enum status st = on_papers(rq, &c->on, reterr);
	if (st == OK)
		st = must_be_owner(rq, &c->on, reterr);
	if (st != OK)
		return st;
	const struct attachment_owner owner = owner_of(&c->on.on.intervention);
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
	const struct attachment_owner owner = owner_of(&c->on.on.intervention);

	change->location = intervention_path(db_tx_arena(tx), &c->on.on.intervention, "/papers");
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
