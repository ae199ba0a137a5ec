/* The register of projects, and to which one a casefile belongs. */
#include "casework/project.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/subject_page.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"

/* ---- the register ------------------------------------------------------------------------------ */

struct project_input {
	const char *name, *aim;
	int64_t from, until;
};
#define I struct project_input
static const struct field PROJECT_FIELDS[] = {
	{ .path = "name",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(I, name),
	  .label = "Naam van het project",
	  .required = true,
	  .missing = "Vul een naam in, zonder personen.",
	  .max_chars = PROJECT_NAME_CHARS },
	{ .path = "aim",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(I, aim),
	  .label = "Wat wil het project bereiken?",
	  .required = true,
	  .missing = "Schrijf op wat het project wil bereiken.",
	  .max_chars = PROJECT_AIM_CHARS },
	{ .path = "from",
	  .kind = FIELD_DAY,
	  .offset = offsetof(I, from),
	  .label = "Vanaf",
	  .required = true,
	  .missing = "Vul in wanneer het project begint." },
	{ .path = "until",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(I, until),
	  .label = "Tot en met",
	  .required = true,
	  .missing = "Vul in wanneer het project eindigt." },
};
#undef I
static const struct form PROJECT_FORM = { PROJECT_FIELDS, 4, sizeof(struct project_input) };

struct project_row {
	int64_t id, from, until, casefiles;
	const char *name, *aim, *monitor_href;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct project_row, id, VIEW_INT),
	VIEW_F(struct project_row, name, VIEW_TEXT),
	VIEW_F(struct project_row, aim, VIEW_TEXT),
	VIEW_F(struct project_row, from, VIEW_DAY),
	VIEW_F(struct project_row, until, VIEW_DAY),
	VIEW_F(struct project_row, casefiles, VIEW_INT),
	VIEW_AS(struct project_row, monitor_href, "monitorHref", VIEW_TEXT, .page_only = true),
};
static const struct view ROW_VIEW = VIEW_OF(struct project_row, ROW_FIELDS);

struct projects_page {
	struct array projects;
	bool has_projects;
	const char *nothing; /* always NULL: the form is empty until somebody types */
};
#define TYPED(path) VIEW_AS(struct projects_page, nothing, path, VIEW_TEXT, .page_only = true)
static const struct view_field PAGE_FIELDS[] = {
	VIEW_AS(struct projects_page, projects, "projects", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct projects_page, has_projects, "hasProjects", VIEW_BOOL, .page_only = true),
	TYPED("name"),
	TYPED("aim"),
	TYPED("from"),
	TYPED("until"),
};
static const struct view PAGE_VIEW = VIEW_OF(struct projects_page, PAGE_FIELDS);

static enum status show_projects(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array rows = { 0 };
	const enum status st = project_list(rq->db, rq->arena, &rows, reterr);

	if (st != OK)
		return st;
	const struct project *from = rows.items;
	struct project_row *to = ARENA_ARRAY(rq->arena, struct project_row, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct project_row){
			.id = from[i].id,
			.name = from[i].name,
			.aim = from[i].aim,
			.from = from[i].from_day,
			.until = from[i].until_day,
			.casefiles = from[i].casefiles,
			.monitor_href = access_permits(rq->viewer->role, PERM_MONITOR)
			                    ? arena_printf(rq->arena, "/monitor?project=%lld",
			                                   (long long)from[i].id)
			                    : NULL,
		};
	const struct projects_page record = { .projects = { to, rows.count },
		                              .has_projects = rows.count > 0 };
	const struct page page = { .title = "Projecten",
		                   .place = "/casefiles",
		                   .template_name = "casework/projects",
		                   .form = &PROJECT_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

static enum status prepare_project(struct request *rq, void **ret_input, struct error *reterr)
{
	struct project *p = ARENA_NEW(rq->arena, struct project);
	struct project_input in;

	(void)reterr;
	input_read(rq->body, &PROJECT_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (rq->problems->error_count == 0) {
		casefile_check_words(rq, "name", in.name);
		casefile_check_words(rq, "aim", in.aim);
	}
	if (rq->problems->error_count == 0 && in.until < in.from)
		problems_add(rq->problems, PROBLEM_ERROR, "until",
		             "De laatste dag ligt vóór de eerste. Kies een latere dag.");
	*p = (struct project){ .uuid = uuid_at(rq->now_ms),
		               .name = in.name,
		               .aim = in.aim,
		               .from_day = in.from,
		               .until_day = in.until };
	*ret_input = p;
	return OK;
}

static enum status apply_project(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;

	change->location = "/projects";
	change->note = "Het project staat in de lijst.";
	change->created = true;
	return project_add(tx, change->input, rq->viewer->appointment_id, rq->now_ms, reterr);
}

/* ---- of a casefile ----------------------------------------------------------------------------- */

struct belonging {
	int64_t version, project;
};
static const struct field BELONGING_FIELDS[] = {
	FIELD_VERSION(struct belonging),
	{ .path = "project",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct belonging, project),
	  .label = "Bij welk project hoort deze casus?" },
};
static const struct form BELONGING_FORM = { BELONGING_FIELDS, 2, sizeof(struct belonging) };

struct belonging_page {
	const char *reference, *action_path, *back_href;
	int64_t version;
	uint8_t state;
	struct array projects;
	bool has_projects;
};
static const struct view_field BELONGING_VIEW_FIELDS[] = {
	VIEW_F(struct belonging_page, reference, VIEW_REF),
	VIEW_F(struct belonging_page, version, VIEW_INT),
	VIEW_AS(struct belonging_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(struct belonging_page, action_path, "actionPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct belonging_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct belonging_page, projects, "projects", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct belonging_page, has_projects, "hasProjects", VIEW_BOOL, .page_only = true),
};
static const struct view BELONGING_VIEW = VIEW_OF(struct belonging_page, BELONGING_VIEW_FIELDS);

/* Those that run today, and the one it belongs to whatever its days. */
static bool may_choose(const struct request *rq, const struct project *p, const struct casefile *c)
{
	const int32_t today = local_day(rq->now_ms);

	return p->id == c->project_id || (p->from_day <= today && p->until_day >= today);
}

static const char *number(struct arena *a, int64_t n)
{
	return arena_printf(a, "%lld", (long long)n);
}

static enum status show_belonging(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array rows = { 0 };
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = project_list(rq->db, rq->arena, &rows, reterr);
	if (st != OK)
		return st;
	const struct project *p = rows.items;
	const char *typed = input_text(rq->body, "project");
	struct belonging_page record = {
		.reference = c.reference,
		.version = c.version,
		.state = c.state,
		.action_path = arena_printf(rq->arena, "/casefiles/%s/project", c.reference),
		.back_href = arena_printf(rq->arena, "/casefiles/%s", c.reference),
		.projects = choices_for(rq->arena, rows.count + 1),
	};
	if (typed == NULL && c.project_id != 0)
		typed = number(rq->arena, c.project_id);
	choices_add(&record.projects, "", "Geen project", "?");
	for (size_t i = 0; i < rows.count; i++)
		if (may_choose(rq, &p[i], &c))
			choices_add(&record.projects, number(rq->arena, p[i].id), p[i].name,
			            typed != NULL ? typed : "?");
	record.has_projects = record.projects.count > 1;
	const struct page page = { .title = "Project van deze casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "casework/project",
		                   .form = &BELONGING_FORM };
	return page_respond(rq, rs, &page, &BELONGING_VIEW, &record, reterr);
}

struct belonging_change {
	struct belonging in;
	struct casefile casefile;
};

static enum status prepare_belonging(struct request *rq, void **ret_input, struct error *reterr)
{
	struct belonging_change *c = ARENA_NEW(rq->arena, struct belonging_change);
	struct array rows = { 0 };
	bool known = false;

	*ret_input = c;
	enum status st = casefile_of_path(rq, &c->casefile, reterr);
	if (st == OK)
		st = project_list(rq->db, rq->arena, &rows, reterr);
	if (st == OK && !casefile_is_live(c->casefile.state))
		st = FAIL(reterr, ERR_CONFLICT, "Aan deze casus werkt niemand meer.");
	if (st != OK)
		return st;
	input_read(rq->body, &BELONGING_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	const struct project *p = rows.items;
	for (size_t i = 0; i < rows.count; i++)
		known = known || (p[i].id == c->in.project && may_choose(rq, &p[i], &c->casefile));
	if (c->in.project != 0 && !known)
		problems_add(rq->problems, PROBLEM_ERROR, "project",
		             "Kies een project dat nu loopt.");
	return OK;
}

static enum status apply_belonging(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct belonging_change *c = change->input;

	change->location = arena_printf(db_tx_arena(tx), "/casefiles/%s", c->casefile.reference);
	change->note = c->in.project != 0 ? "De casus hoort vanaf nu bij dit project."
	                                  : "De casus hoort bij geen project meer.";
	const enum status st = db_claim(tx, &CASEFILE_ROOT, c->casefile.id, c->in.version, reterr);
	return st == OK ? casefile_set_project(tx, c->casefile.id, c->in.project, reterr) : st;
}

const struct route project_routes[] = {
	{ .method = "GET",
	  .path = "/projects",
	  .permission = PERM_PROJECTS,
	  .action = AUDIT_PROJECT,
	  .read = show_projects,
	  .view = &PAGE_VIEW,
	  .summary = "De projecten van het samenwerkingsverband" },
	{ .method = "POST",
	  .path = "/projects",
	  .permission = PERM_PROJECTS,
	  .action = AUDIT_PROJECT,
	  .prepare = prepare_project,
	  .apply = apply_project,
	  .redraw = show_projects,
	  .form = &PROJECT_FORM,
	  .summary = "Een project vastleggen" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/project",
	  .permission = PERM_PROJECTS,
	  .action = AUDIT_CASEFILE_VIEW,
	  .read = show_belonging,
	  .view = &BELONGING_VIEW,
	  .summary = "Bij welk project een casus hoort" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/project",
	  .permission = PERM_PROJECTS,
	  .action = AUDIT_PROJECT,
	  .prepare = prepare_belonging,
	  .apply = apply_belonging,
	  .redraw = show_belonging,
	  .form = &BELONGING_FORM,
	  .summary = "Een casus bij een project zetten, of eruit halen" },
	{ 0 },
};

const struct page_template project_templates[] = {
	{ .name = "casework/projects", .view = &PAGE_VIEW, .form = &PROJECT_FORM, .whole = true },
	{ .name = "casework/project",
	  .view = &BELONGING_VIEW,
	  .form = &BELONGING_FORM,
	  .whole = true },
	{ 0 },
};
