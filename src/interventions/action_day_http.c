/* The joint day of action: a running sheet that can be printed, without anything personal in it. */
#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "interventions/action_day.h"
#include "interventions/intervention_page.h"
#include "law/validate.h"
#include "platform/core/calendar.h"

enum { TEXT_CHARS = 1000, MINUTES_OF_HOUR = 60 };

/* ---- what pages are fed ---------------------------------------------------------------------------- */

struct shown_step {
	const char *time, *what, *who, *drop_href, *id;
};
static const struct view_field STEP_FIELDS[] = {
	VIEW_F(struct shown_step, time, VIEW_TEXT),
	VIEW_F(struct shown_step, what, VIEW_TEXT),
	VIEW_F(struct shown_step, who, VIEW_TEXT),
	VIEW_AS(struct shown_step, drop_href, "dropHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct shown_step, id, "stepId", VIEW_TEXT, .page_only = true),
};
static const struct view STEP_VIEW = VIEW_OF(struct shown_step, STEP_FIELDS);

struct shown_day {
	int64_t day, number;
	const char *href, *gather, *briefing;
};
static const struct view_field DAY_FIELDS[] = {
	VIEW_F(struct shown_day, day, VIEW_DAY),
	VIEW_F(struct shown_day, number, VIEW_INT),
	VIEW_F(struct shown_day, gather, VIEW_TEXT),
	VIEW_F(struct shown_day, briefing, VIEW_TEXT),
	VIEW_AS(struct shown_day, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view DAY_VIEW = VIEW_OF(struct shown_day, DAY_FIELDS);

struct record {
	const char *reference, *add_href, *back_href, *gather, *briefing;
	int64_t day;
	struct array days, steps, organs;
	bool has_days, has_steps;
};
static const struct view_field RECORD_FIELDS[] = {
	VIEW_F(struct record, reference, VIEW_REF),
	VIEW_F(struct record, day, VIEW_DAY),
	VIEW_F(struct record, gather, VIEW_TEXT),
	VIEW_F(struct record, briefing, VIEW_TEXT),
	VIEW_AS(struct record, days, "days", VIEW_LIST, .view = &DAY_VIEW),
	VIEW_AS(struct record, steps, "steps", VIEW_LIST, .view = &STEP_VIEW),
	VIEW_AS(struct record, organs, "organs", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct record, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct record, has_days, "hasDays", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct record, has_steps, "hasSteps", VIEW_BOOL, .page_only = true),
};
static const struct view RECORD_VIEW = VIEW_OF(struct record, RECORD_FIELDS);

struct day_input {
	int64_t day;
	const char *gather, *briefing;
};
static const struct field DAY_INPUT[] = {
	{ .path = "day",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct day_input, day),
	  .label = "Welke dag?",
	  .required = true },
	{ .path = "gather",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct day_input, gather),
	  .label = "Waar verzamelt iedereen?",
	  .required = true,
	  .missing = "Schrijf waar iedereen verzamelt.",
	  .max_chars = 200 },
	{ .path = "briefing",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct day_input, briefing),
	  .label = "Wat moet iedereen weten?",
	  .max_chars = TEXT_CHARS },
};
static const struct form DAY_FORM = { DAY_INPUT, 3, sizeof(struct day_input) };

struct step_input {
	const char *time, *what;
	int64_t organ;
};
static const struct field STEP_INPUT[] = {
	{ .path = "time",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct step_input, time),
	  .label = "Hoe laat?",
	  .required = true,
	  .max_chars = 20 },
	{ .path = "what",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct step_input, what),
	  .label = "Wat gebeurt er?",
	  .required = true,
	  .missing = "Schrijf wat er gebeurt.",
	  .max_chars = TEXT_CHARS },
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct step_input, organ),
	  .label = "Wie doet het?" },
};
static const struct form STEP_FORM = { STEP_INPUT, 3, sizeof(struct step_input) };

struct drop_input {
	int64_t step;
};
static const struct field DROP_INPUT[] = {
	{ .path = "step",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct drop_input, step),
	  .label = "Regel",
	  .required = true },
};
static const struct form DROP_FORM = { DROP_INPUT, 1, sizeof(struct drop_input) };

/* ---- pages ------------------------------------------------------------------------------------------- */

struct on_day {
	struct casefile casefile;
	struct action_day day;
	struct array names, organs; /* organs: of struct casefile_organ */
	struct day_input day_in;
	struct step_input step_in;
	struct drop_input drop_in;
	int64_t minute;
};

static bool leads(const struct request *rq, const struct casefile *c)
{
	return rq->viewer->role == ROLE_INTERVENTION_LEAD && c->member &&
	       casefile_is_live(c->state);
}

static enum status load(struct request *rq, struct on_day *d, bool one, struct error *reterr)
{
	enum status st =
	    casefile_load(rq->db, rq->viewer, rq->params[0], rq->arena, &d->casefile, reterr);

	if (st == OK)
		st = casefile_organs(rq->db, d->casefile.id, rq->arena, &d->organs, reterr);
	if (st == OK && one)
		st = action_day_load(rq->db, d->casefile.id, strtoll(rq->params[1], NULL, 10),
		                     rq->arena, &d->day, reterr);
	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_CASEFILE,
			                        .id = d->casefile.id,
			                        .owner_id = d->casefile.id,
			                        .owner_kind = OBJECT_CASEFILE };
	return st;
}

static const char *path_of(struct arena *a, const struct on_day *d, int64_t number)
{
	return number == 0 ? arena_printf(a, "/casefiles/%s/action-days", d->casefile.reference)
	                   : arena_printf(a, "/casefiles/%s/action-days/%lld",
	                                  d->casefile.reference, (long long)number);
}

static struct array crumbs_of(struct arena *a, const struct on_day *d)
{
	struct link *links = ARENA_ARRAY(a, struct link, 3);

	links[0] = (struct link){ "Casussen", "/casefiles", -1, false };
	links[1] =
	    (struct link){ d->casefile.reference,
		           arena_printf(a, "/casefiles/%s", d->casefile.reference), -1, false };
	links[2] = (struct link){ "Actiedagen", path_of(a, d, 0), -1, false };
	return (struct array){ links, 3 };
}

static enum status show_days(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_day d = { 0 };
	struct array found = { 0 };

	enum status st = load(rq, &d, false, reterr);
	if (st == OK)
		st = action_days(rq->db, d.casefile.id, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct action_day *from = found.items;
	struct shown_day *to = ARENA_ARRAY(rq->arena, struct shown_day, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct shown_day){ from[i].day, from[i].number,
			                    path_of(rq->arena, &d, from[i].number), from[i].gather,
			                    from[i].briefing };
	const struct record record = {
		.reference = d.casefile.reference,
		.day = INT64_MIN,
		.days = { to, found.count },
		.has_days = found.count > 0,
		.add_href = leads(rq, &d.casefile) ? path_of(rq->arena, &d, 0) : NULL,
	};
	const struct page page = { .title = "Actiedagen",
		                   .place = "/casefiles",
		                   .crumbs = crumbs_of(rq->arena, &d),
		                   .confidential = true,
		                   .template_name = "interventions/action_days",
		                   .form = &DAY_FORM };
	return page_respond(rq, rs, &page, &RECORD_VIEW, &record, reterr);
}

static struct array organ_choices(struct arena *a, const struct on_day *d)
{
	const struct casefile_organ *o = d->organs.items;
	struct array to = choices_for(a, d->organs.count);

	for (size_t i = 0; i < d->organs.count; i++)
		choices_add(&to, arena_printf(a, "%lld", (long long)o[i].organ_id),
		            o[i].participant, "");
	return to;
}

static enum status show_sheet(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_day d = { 0 };
	struct array found = { 0 };

	enum status st = load(rq, &d, true, reterr);
	if (st == OK)
		st = action_steps(rq->db, d.day.id, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const bool may = leads(rq, &d.casefile);
	const char *here = path_of(rq->arena, &d, d.day.number);
	const struct action_step *from = found.items;
	struct shown_step *to = ARENA_ARRAY(rq->arena, struct shown_step, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct shown_step){
			.time = arena_printf(rq->arena, "%02d.%02d uur",
			                     (int)(from[i].minute / MINUTES_OF_HOUR),
			                     (int)(from[i].minute % MINUTES_OF_HOUR)),
			.what = from[i].what,
			.who = from[i].participant[0] != '\0' ? from[i].participant : "Iedereen",
			.drop_href = may ? arena_printf(rq->arena, "%s/_drop", here) : NULL,
			.id = arena_printf(rq->arena, "%lld", (long long)from[i].id),
		};
	const struct record record = {
		.reference = d.casefile.reference,
		.day = d.day.day,
		.gather = d.day.gather,
		.briefing = d.day.briefing[0] != '\0' ? d.day.briefing : NULL,
		.steps = { to, found.count },
		.has_steps = found.count > 0,
		.organs = organ_choices(rq->arena, &d),
		.add_href = may ? arena_printf(rq->arena, "%s/steps", here) : NULL,
		.back_href = path_of(rq->arena, &d, 0),
	};
	const struct page page = { .title = "Draaiboek",
		                   .place = "/casefiles",
		                   .crumbs = crumbs_of(rq->arena, &d),
		                   .template_name = "interventions/action_day",
		                   .form = &STEP_FORM };
	return page_respond(rq, rs, &page, &RECORD_VIEW, &record, reterr);
}

/* ---- changes -------------------------------------------------------------------------------------------- */

static enum status begin(struct request *rq, bool one, struct on_day **ret, struct error *reterr)
{
	struct on_day *d = ARENA_NEW(rq->arena, struct on_day);

	*ret = d;
	enum status st = load(rq, d, one, reterr);
	if (st == OK && !leads(rq, &d->casefile))
		return FAIL(reterr, ERR_CONFLICT, "De regievoerder van de casus plant de dag.");
	return st == OK ? intervention_names(rq, d->casefile.id, &d->names, reterr) : st;
}

static enum status prepare_day(struct request *rq, void **ret_input, struct error *reterr)
{
	struct on_day *d = NULL;
	enum status st = begin(rq, false, &d, reterr);

	*ret_input = d;
	if (st != OK)
		return st;
	input_read(rq->body, &DAY_FORM, rq->wants_json, rq->arena, &d->day_in, rq->problems);
	if (d->day_in.day != FIELD_NO_DAY && d->day_in.day < local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "day", "Deze dag is al geweest.");
	intervention_check_free(rq, &d->names, d->day_in.gather, "gather");
	intervention_check_free(rq, &d->names, d->day_in.briefing, "briefing");
	return OK;
}

static enum status apply_day(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct on_day *d = change->input;
	const struct action_day_new n = { d->casefile.id,   d->day_in.day,
		                          rq->now_ms,       rq->viewer->appointment_id,
		                          d->day_in.gather, d->day_in.briefing };
	int64_t number = 0;

	const enum status st = action_day_add(tx, &n, &number, reterr);
	change->location = path_of(db_tx_arena(tx), d, number);
	change->note = "De dag staat. Vul nu het draaiboek.";
	change->created = true;
	return st;
}

static void read_time(struct request *rq, struct on_day *d)
{
	if (d->step_in.time[0] == '\0')
		return;
	const struct law_checked c = law_check_time(d->step_in.time);
	if (c.level == CHECK_ERROR)
		problems_add(rq->problems, PROBLEM_ERROR, "time",
		             arena_strdup(rq->arena, c.sentence));
	d->minute = c.number;
}

static enum status prepare_step(struct request *rq, void **ret_input, struct error *reterr)
{
	struct on_day *d = NULL;
	bool involved = false;
	enum status st = begin(rq, true, &d, reterr);

	*ret_input = d;
	if (st != OK)
		return st;
	input_read(rq->body, &STEP_FORM, rq->wants_json, rq->arena, &d->step_in, rq->problems);
	read_time(rq, d);
	const struct casefile_organ *o = d->organs.items;
	for (size_t i = 0; i < d->organs.count; i++)
		involved = involved || o[i].organ_id == d->step_in.organ;
	if (d->step_in.organ != 0 && !involved)
		problems_add(rq->problems, PROBLEM_ERROR, "organ",
		             "Kies een deelnemer die bij de casus betrokken is.");
	intervention_check_free(rq, &d->names, d->step_in.what, "what");
	return OK;
}

static enum status apply_step(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct on_day *d = change->input;
	const struct action_step_new n = { d->day.id, d->minute, d->step_in.organ,
		                           d->step_in.what };

	change->location = path_of(db_tx_arena(tx), d, d->day.number);
	change->note = "Toegevoegd.";
	change->created = true;
	return action_step_add(tx, &n, reterr);
}

static enum status prepare_drop(struct request *rq, void **ret_input, struct error *reterr)
{
	struct on_day *d = NULL;
	const enum status st = begin(rq, true, &d, reterr);

	*ret_input = d;
	if (st == OK)
		input_read(rq->body, &DROP_FORM, rq->wants_json, rq->arena, &d->drop_in,
		           rq->problems);
	return st;
}

static enum status apply_drop(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct on_day *d = change->input;

	change->location = path_of(db_tx_arena(tx), d, d->day.number);
	change->note = "Weggehaald.";
	return action_step_drop(tx, d->day.id, d->drop_in.step, reterr);
}

#define ROUTE(method_, path_, ...)                                                                 \
	{                                                                                          \
		.method = (method_), .path = "/casefiles/{ref}/action-days" path_, __VA_ARGS__     \
	}
#define READS  .permission = PERM_INTERVENTION_READ, .action = AUDIT_INTERVENTION_VIEW
#define WRITES .permission = PERM_INTERVENTION_WORK, .action = AUDIT_INTERVENTION_PLAN
const struct route action_day_routes[] = {
	ROUTE("GET", "", READS, .read = show_days, .view = &RECORD_VIEW,
	      .summary = "De gezamenlijke actiedagen van een casus"),
	ROUTE("POST", "", WRITES, .prepare = prepare_day, .apply = apply_day, .redraw = show_days,
	      .form = &DAY_FORM, .summary = "Een gezamenlijke actiedag plannen"),
	ROUTE("GET", "/{number}", READS, .read = show_sheet, .view = &RECORD_VIEW,
	      .summary = "Het draaiboek van een actiedag, zonder persoonsgegevens"),
	ROUTE("POST", "/{number}/steps", WRITES, .prepare = prepare_step, .apply = apply_step,
	      .redraw = show_sheet, .form = &STEP_FORM,
	      .summary = "Een regel in het draaiboek zetten"),
	ROUTE("POST", "/{number}/_drop", WRITES, .prepare = prepare_drop, .apply = apply_drop,
	      .redraw = show_sheet, .form = &DROP_FORM,
	      .summary = "Een regel uit het draaiboek halen"),
	{ 0 },
};

const struct page_template action_day_templates[] = {
	{ .name = "interventions/action_days",
	  .view = &RECORD_VIEW,
	  .form = &DAY_FORM,
	  .whole = true },
	{ .name = "interventions/action_day",
	  .view = &RECORD_VIEW,
	  .form = &STEP_FORM,
	  .whole = true },
	{ 0 },
};
