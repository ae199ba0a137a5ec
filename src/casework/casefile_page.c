#include "casework/casefile_page.h"

#include <string.h>

#include "audit/action.h"
#include "casework/subject_page.h"
#include "casework/variant.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/acts.h"
#include "plein/plein.h"
#include "signals/theme.h"

/* ---- rows ---------------------------------------------------------------------------------- */

struct step_row {
	const char *label;
	bool done, current, later;
};
static const struct view_field STEP_FIELDS[] = {
	VIEW_F(struct step_row, label, VIEW_TEXT),
	VIEW_F(struct step_row, done, VIEW_BOOL),
	VIEW_F(struct step_row, current, VIEW_BOOL),
	VIEW_F(struct step_row, later, VIEW_BOOL),
};
static const struct view STEP_VIEW = VIEW_OF(struct step_row, STEP_FIELDS);

static const struct view_field TAB_FIELDS[] = {
	VIEW_F(struct casefile_tab, label, VIEW_TEXT),
	VIEW_F(struct casefile_tab, href, VIEW_TEXT),
	VIEW_F(struct casefile_tab, count, VIEW_COUNT),
	VIEW_F(struct casefile_tab, current, VIEW_BOOL),
};
const struct view CASEFILE_TAB_VIEW = VIEW_OF(struct casefile_tab, TAB_FIELDS);

struct organ_row {
	const char *participant, *on_behalf;
	int64_t members;
	bool nobody;
};
static const struct view_field ORGAN_FIELDS[] = {
	VIEW_F(struct organ_row, participant, VIEW_TEXT),
	VIEW_AS(struct organ_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct organ_row, members, VIEW_INT),
	VIEW_F(struct organ_row, nobody, VIEW_BOOL),
};
static const struct view ORGAN_VIEW = VIEW_OF(struct organ_row, ORGAN_FIELDS);

struct seer_row {
	const char *organisation, *count;
};
static const struct view_field SEER_FIELDS[] = {
	VIEW_F(struct seer_row, organisation, VIEW_TEXT),
	VIEW_F(struct seer_row, count, VIEW_TEXT),
};
static const struct view SEER_VIEW = VIEW_OF(struct seer_row, SEER_FIELDS);

struct signal_row {
	const char *reference, *href, *participant;
};
static const struct view_field SIGNAL_FIELDS[] = {
	VIEW_F(struct signal_row, reference, VIEW_REF),
	VIEW_AS(struct signal_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct signal_row, participant, VIEW_TEXT),
};
static const struct view SIGNAL_ROW_VIEW = VIEW_OF(struct signal_row, SIGNAL_FIELDS);

struct subject_row {
	const char *name, *href, *kind, *role;
	int64_t number, gone_on, facts;
	bool person, organisation, place, vehicle;
};
static const struct view_field SUBJECT_FIELDS[] = {
	VIEW_F(struct subject_row, number, VIEW_INT),
	VIEW_F(struct subject_row, name, VIEW_TEXT),
	VIEW_AS(struct subject_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct subject_row, kind, VIEW_TEXT),
	VIEW_F(struct subject_row, role, VIEW_TEXT),
	VIEW_AS(struct subject_row, gone_on, "goneOn", VIEW_DAY),
	VIEW_F(struct subject_row, facts, VIEW_INT),
	VIEW_AS(struct subject_row, person, "person", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_row, organisation, "organisation", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_row, place, "place", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_row, vehicle, "vehicle", VIEW_BOOL, .page_only = true),
};
static const struct view SUBJECT_ROW_VIEW = VIEW_OF(struct subject_row, SUBJECT_FIELDS);

struct plan_row {
	const char *label;
	int64_t due;
	bool done, late;
};
static const struct view_field PLAN_FIELDS[] = {
	VIEW_F(struct plan_row, label, VIEW_TEXT),
	VIEW_F(struct plan_row, due, VIEW_DAY),
	VIEW_F(struct plan_row, done, VIEW_BOOL),
	VIEW_F(struct plan_row, late, VIEW_BOOL),
};
static const struct view PLAN_VIEW = VIEW_OF(struct plan_row, PLAN_FIELDS);

/* ---- the record -------------------------------------------------------------------------------- */

#define PAGE(member, kind) VIEW_AS(struct casefile_page, member, #member, kind, .page_only = true)
static const struct view_field FIELDS[] = {
	VIEW_F(struct casefile_page, reference, VIEW_REF),
	PAGE(href, VIEW_TEXT),
	VIEW_F(struct casefile_page, version, VIEW_INT),
	VIEW_AS(struct casefile_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(struct casefile_page, activity, "activity", VIEW_CODE,
	        .codes = CASEFILE_ACTIVITIES),
	VIEW_AS(struct casefile_page, variant, "variant", VIEW_CODE, .codes = CASEFILE_VARIANTS),
	VIEW_AS(struct casefile_page, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES),
	VIEW_AS(struct casefile_page, end_reason, "endReason", VIEW_CODE,
	        .codes = CASEFILE_END_REASONS),
	VIEW_F(struct casefile_page, title, VIEW_TEXT),
	VIEW_F(struct casefile_page, purpose, VIEW_TEXT),
	VIEW_F(struct casefile_page, assignment, VIEW_TEXT),
	VIEW_F(struct casefile_page, bottleneck, VIEW_TEXT),
	VIEW_F(struct casefile_page, project, VIEW_TEXT),
	VIEW_AS(struct casefile_page, project_href, "projectHref", VIEW_TEXT, .page_only = true),
	HELD_CARD_FIELDS(struct casefile_page, held),
	VIEW_F(struct casefile_page, municipality, VIEW_TEXT),
	VIEW_F(struct casefile_page, analyst, VIEW_TEXT),
	VIEW_AS(struct casefile_page, opened_at, "openedAt", VIEW_MOMENT),
	VIEW_AS(struct casefile_page, state_since, "stateSince", VIEW_MOMENT),
	VIEW_AS(struct casefile_page, steps, "steps", VIEW_LIST, .view = &STEP_VIEW,
	        .page_only = true),
	VIEW_AS(struct casefile_page, actions, "actions", VIEW_LIST, .view = &ACT_LINK_VIEW),
	VIEW_AS(struct casefile_page, blocked, "blocked", VIEW_LIST, .view = &ACT_BLOCKED_VIEW),
	VIEW_AS(struct casefile_page, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
	VIEW_AS(struct casefile_page, organs, "organs", VIEW_LIST, .view = &ORGAN_VIEW),
	VIEW_AS(struct casefile_page, seers, "seers", VIEW_LIST, .view = &SEER_VIEW,
	        .page_only = true),
	VIEW_AS(struct casefile_page, history, "history", VIEW_LIST, .view = &HISTORY_LINE_VIEW),
	VIEW_AS(struct casefile_page, signals, "signals", VIEW_LIST, .view = &SIGNAL_ROW_VIEW),
	VIEW_AS(struct casefile_page, subjects, "subjects", VIEW_LIST, .view = &SUBJECT_ROW_VIEW),
	VIEW_AS(struct casefile_page, subject_count, "subjectCount", VIEW_INT),
	VIEW_AS(struct casefile_page, first_gone_on, "firstGoneOn", VIEW_DAY),
	VIEW_AS(struct casefile_page, block_count, "blockCount", VIEW_INT),
	VIEW_AS(struct casefile_page, who_sees_href, "whoSeesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_page, access_log_href, "accessLogHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct casefile_page, history_href, "historyHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_page, supplement_path, "supplementPath", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct casefile_page, plan, "plan", VIEW_LIST, .view = &PLAN_VIEW),
	VIEW_F(struct casefile_page, rights, VIEW_TEXT),
	VIEW_AS(struct casefile_page, join_href, "joinHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_page, split_href, "splitHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_page, why_split, "whySplit", VIEW_TEXT),
	PAGE(stopped, VIEW_BOOL),
	VIEW_AS(struct casefile_page, has_own_assignment, "hasOwnAssignment", VIEW_BOOL,
	        .page_only = true),
	PAGE(heading, VIEW_TEXT),
	PAGE(consequence, VIEW_TEXT),
	VIEW_AS(struct casefile_page, action_path, "actionPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_page, action_label, "actionLabel", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct casefile_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	PAGE(danger, VIEW_BOOL),
	VIEW_AS(struct casefile_page, asks_reason, "asksReason", VIEW_BOOL, .page_only = true),
};
const struct view CASEFILE_VIEW = VIEW_OF(struct casefile_page, FIELDS);

enum status casefile_of_path(struct request *rq, struct casefile *ret, struct error *reterr)
{
	enum status st = casefile_load(rq->db, rq->viewer, rq->params[0], rq->arena, ret, reterr);
	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_CASEFILE,
			                        .id = ret->id,
			                        .owner_id = ret->id,
			                        .owner_kind = OBJECT_CASEFILE };
	return st;
}

static const char *path_to(struct arena *a, const struct casefile *c, const char *rest)
{
	return arena_printf(a, "/casefiles/%s%s", c->reference, rest);
}

struct array casefile_crumbs(struct arena *a, const struct casefile *c)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Casussen", "/casefiles", -1, false };
	links[1] = (struct link){ c->reference, path_to(a, c, ""), -1, false };
	return (struct array){ links, 2 };
}

struct array casefile_tabs(struct request *rq, const struct casefile *c)
{
	static const struct {
		const char *label, *rest;
		enum permission needs;
	} TABS[] = { { "Overzicht", "", PERM_CASEFILE_READ },
		     { "Bevragingen", "/requests", PERM_REQUEST_READ },
		     { "Besluiten", "/decisions", PERM_DECISION_READ },
		     { "Analyse", "/analysis", PERM_ANALYSIS_READ },
		     { "Advies", "/advice", PERM_ADVICE_READ },
		     { "Interventies", "/interventions", PERM_INTERVENTION_READ },
		     { "Taken", "/tasks", PERM_CASEFILE_READ },
		     { "Notities", "/notes", PERM_CASEFILE_READ },
		     { "Tijdlijn", "/timeline", PERM_CASEFILE_READ },
		     { "Verbeterd", "/corrections", PERM_CASEFILE_READ },
		     { "Kopieën", "/copies", PERM_COPIES_READ },
		     { "Leden", "/members", PERM_CASEFILE_READ } };
	enum { COUNT = sizeof TABS / sizeof TABS[0] };
	struct casefile_tab *tabs = ARENA_ARRAY(rq->arena, struct casefile_tab, COUNT);
	size_t count = 0;

	for (size_t i = 0; i < COUNT; i++)
		if (access_permits(rq->viewer->role, TABS[i].needs))
			tabs[count++] = (struct casefile_tab){
				TABS[i].label, path_to(rq->arena, c, TABS[i].rest), -1,
				strcmp(rq->route->path,
				       arena_printf(rq->arena, "/casefiles/{ref}%s",
				                    TABS[i].rest)) == 0
			};
	return (struct array){ tabs, count };
}

/* ---- the life in seven words ------------------------------------------------------------------- */

static void fill_steps(struct request *rq, struct casefile_page *page)
{
	static const struct {
		const char *label;
		uint8_t from, until;
	} STEPS[] = {
		{ "Geopend", CASEFILE_NONE, CASEFILE_NONE },
		{ "Informatie ophalen", CASEFILE_OPEN, CASEFILE_OPEN },
		{ "Analyse", CASEFILE_ANALYSIS, CASEFILE_ANALYSIS },
		{ "Advies", CASEFILE_ADVICE_DRAFT, CASEFILE_ADVICE_FINAL },
		{ "Stuurploeg", CASEFILE_AT_STEERING, CASEFILE_DECIDED },
		{ "Uitvoering", CASEFILE_EXECUTION, CASEFILE_EXECUTION },
		{ "Evaluatie", CASEFILE_EVALUATION, CASEFILE_EVALUATION },
	};
	enum { COUNT = sizeof STEPS / sizeof STEPS[0] };
	struct step_row *rows = ARENA_ARRAY(rq->arena, struct step_row, COUNT);

	page->stopped = page->state == CASEFILE_STOPPED;
	if (page->stopped)
		return;
	for (size_t i = 0; i < COUNT; i++) {
		const bool current = page->state >= STEPS[i].from && page->state <= STEPS[i].until;
		const bool done = page->state > STEPS[i].until;
		rows[i] = (struct step_row){ STEPS[i].label, done, current, !done && !current };
	}
	page->steps = (struct array){ rows, COUNT };
}

/* What this way of working asks by when: of one that runs and has no advice yet. */
static void fill_plan(struct request *rq, struct casefile_page *page)
{
	const struct variant_template *t = variant_template(page->variant);
	const int32_t opened = local_day(page->opened_at), today = local_day(rq->now_ms);
	struct plan_row *rows = ARENA_ARRAY(rq->arena, struct plan_row, VARIANT_STEPS_MAX);
	size_t count = 0;

	page->rights = t->rights;
	if (!casefile_is_live(page->state))
		return;
	for (const struct variant_step *s = t->steps; s->work_kind != 0; s++) {
		const int32_t due = variant_step_due(s, opened);
		const bool done = variant_step_done(s, &page->picture);
		rows[count++] = (struct plan_row){ s->label, due, done, !done && due < today };
	}
	page->plan = (struct array){ rows, count };
}

/* ---- what can be done --------------------------------------------------------------------------- */

static const struct casefile_move_words WORDS[] = {
	{ CASEFILE_ANALYSE, "U begint de analyse. Partners kunnen nog steeds feiten toevoegen.",
	  "De analyse is begonnen.", false },
	{ CASEFILE_DRAFT_ADVICE, "U begint het interventieadvies. De analyse blijft staan.",
	  "Het advies is begonnen.", false },
	{ CASEFILE_RESUME_ANALYSIS, "U gaat terug naar de analyse. Het conceptadvies blijft staan.",
	  "Terug in de analyse.", false },
	{ CASEFILE_TO_STEERING, "U legt de casus voor aan de Stuurploeg. Die besluit.",
	  "De casus ligt bij de Stuurploeg.", false },
	{ CASEFILE_PROVIDE,
	  "De partners krijgen het advies en gaan ermee aan de slag. De Stuurploeg krijgt bericht.",
	  "Het advies is verstrekt.", false },
	{ CASEFILE_STOP,
	  "De casus stopt. Alleen het hoofd en de privacyfunctionaris lezen hem nog. Daarna wordt "
	  "hij vernietigd. Weer openen kan niet.",
	  "De casus is gestopt.", true },
	{ CASEFILE_CLOSE, "De casus sluit. Niemand kan er nog iets aan toevoegen.",
	  "De casus is gesloten.", true },
	{ CASEFILE_EXECUTE, "De uitvoering begint. U volgt de interventies.",
	  "De uitvoering is begonnen.", false },
	{ CASEFILE_EVALUATE, "De evaluatie begint. Vraag de partners om hun ervaring.",
	  "De evaluatie is begonnen.", false },
};

const struct casefile_move_words *casefile_move_words(int action)
{
	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		if ((int)WORDS[i].action == action)
			return &WORDS[i];
	return NULL;
}

static void fill_actions(struct request *rq, struct casefile_page *page)
{
	const uint64_t role = ROLE_BIT(rq->viewer->role);
	const size_t max = CASEFILE_MACHINE.action_count;
	struct act_link *may = ARENA_ARRAY(rq->arena, struct act_link, max);
	struct act_blocked *blocked = ARENA_ARRAY(rq->arena, struct act_blocked, max);
	struct casefile_picture p = page->picture;
	size_t may_count = 0, blocked_count = 0;

	p.reason_given = true; /* its page asks for it */
	for (size_t i = 0; i < max; i++) {
		const struct action *action = &CASEFILE_MACHINE.actions[i];
		const struct move *mv = machine_move(&CASEFILE_MACHINE, page->state, action->code);
		const struct casefile_move_words *words = casefile_move_words(action->code);
		if (mv == NULL || words == NULL || (mv->who & role) == 0)
			continue;
		const struct verdict v = move_verdict(mv, role, &p);
		if (!verdict_allows(v))
			blocked[blocked_count++] =
			    (struct act_blocked){ action->label, v.sentence, v.next };
		else
			may[may_count++] = (struct act_link){
				action->label,
				path_to(rq->arena, &page->casefile,
				        arena_printf(rq->arena, "/move/%s", action->name)),
				false, words->danger
			};
	}
	page->actions = (struct array){ may, may_count };
	page->blocked = (struct array){ blocked, blocked_count };
}

/* ---- people --------------------------------------------------------------------------------------- */

static enum status fill_organs(struct request *rq, struct casefile_page *page, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = casefile_organs(rq->db, page->casefile.id, rq->arena, &rows, reterr);
	const struct casefile_organ *from = rows.items;
	struct organ_row *to = ARENA_ARRAY(rq->arena, struct organ_row, rows.count + 1);
	struct seer_row *seers = ARENA_ARRAY(rq->arena, struct seer_row, rows.count + 2);
	size_t seen = 0;

	for (size_t i = 0; i < rows.count; i++) {
		to[i] = (struct organ_row){ from[i].participant, from[i].on_behalf, from[i].members,
			                    from[i].members == 0 };
		if (from[i].members > 0)
			seers[seen++] = (struct seer_row){ from[i].on_behalf,
				                           dutch_count(rq->arena, from[i].members,
				                                       "persoon", "mensen") };
	}
	seers[seen++] =
	    (struct seer_row){ "RIEC-bureau",
		               page->state == CASEFILE_STOPPED ? "hoofd, privacyfunctionaris"
		               : page->state == CASEFILE_ARCHIVED
		                   ? "privacyfunctionaris"
		                   : "analisten, coördinatoren, hoofd, privacyfunctionaris" };
	page->organs = (struct array){ to, rows.count };
	page->seers = (struct array){ seers, seen };
	return st;
}

static enum status fill_people(struct request *rq, struct casefile_page *page, struct error *reterr)
{
	struct array members = { 0 }, blocks = { 0 };
	enum status st =
	    casefile_members(rq->db, page->casefile.id, rq->now_ms, rq->arena, &members, reterr);
	const struct casefile_member *m = members.items;

	for (size_t i = 0; i < members.count; i++)
		if (m[i].capacity == CAPACITY_ANALYST)
			page->analyst =
			    page->analyst == NULL
				? m[i].person
				: arena_printf(rq->arena, "%s, %s", page->analyst, m[i].person);
	if (st == OK && access_permits(rq->viewer->role, PERM_CASEFILE_PEOPLE))
		st = casefile_blocks(rq->db, page->casefile.id, rq->arena, &blocks, reterr);
	page->block_count = (int64_t)blocks.count;
	return st;
}

/* ---- what happened ---------------------------------------------------------------------------------- */

const char *casefile_event_text(struct arena *a, const struct casefile_event *e)
{
	const char *by = e->actor[0] != '\0' ? ", door " : "";

	if (e->action == CASEFILE_OPENED && e->other[0] != '\0')
		return arena_printf(a, "Afgesplitst van casus %s%s%s", e->other, by, e->actor);
	return arena_printf(a, "%s%s%s%s%s", casefile_event_label(e->action, e->to_state), by,
	                    e->actor, e->other[0] != '\0' ? ": casus " : "", e->other);
}

/* Where the other casefile is that an event is about; NULL: none. */
static const char *other_href(struct arena *a, const struct casefile_event *e)
{
	return e->other[0] != '\0' ? arena_printf(a, "/casefiles/%s", e->other) : NULL;
}

static enum status fill_history(struct request *rq, struct casefile_page *page,
                                struct error *reterr)
{
	struct array rows = { 0 };
	enum status st =
	    casefile_history(rq->db, rq->viewer, page->casefile.id, rq->arena, &rows, reterr);
	const struct casefile_event *from = rows.items;
	struct history_line *to = ARENA_ARRAY(rq->arena, struct history_line, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct history_line){ from[i].at, casefile_event_text(rq->arena, &from[i]),
			                       other_href(rq->arena, &from[i]) };
	page->history = (struct array){ to, rows.count };
	return st;
}

static enum status fill_signals(struct request *rq, struct casefile_page *page,
                                struct error *reterr)
{
	struct array rows = { 0 };
	enum status st =
	    casefile_signals(rq->db, rq->viewer, page->casefile.id, rq->arena, &rows, reterr);
	const struct casefile_source *from = rows.items;
	struct signal_row *to = ARENA_ARRAY(rq->arena, struct signal_row, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		to[i] =
		    (struct signal_row){ from[i].reference,
			                 from[i].readable ? arena_printf(rq->arena, "/signals/%s",
			                                                 from[i].reference)
			                                  : NULL,
			                 from[i].participant };
	page->signals = (struct array){ to, rows.count };
	return st;
}

static enum status fill_subjects(struct request *rq, struct casefile_page *page,
                                 struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = casefile_subjects_named(rq, &page->casefile, &rows, reterr);
	const struct casefile_subject *from = rows.items;
	struct subject_row *to = ARENA_ARRAY(rq->arena, struct subject_row, rows.count + 1);

	page->first_gone_on = INT64_MIN;
	for (size_t i = 0; st == OK && i < rows.count; i++) {
		const int64_t gone_on = casefile_subject_gone_on(from[i].first_processed_at);
		to[i] = (struct subject_row){
			.name = from[i].name,
			.href = path_to(
			    rq->arena, &page->casefile,
			    arena_printf(rq->arena, "/subjects/%lld", (long long)from[i].number)),
			.kind = subject_kind_label(from[i].kind),
			.role = casefile_role_label(from[i].role),
			.number = from[i].number,
			.gone_on = from[i].kind == SUBJECT_PLACE ? INT64_MIN : gone_on,
			.facts = from[i].fact_count,
			.person = from[i].kind == SUBJECT_PERSON,
			.organisation = from[i].kind == SUBJECT_ORGANISATION,
			.place = from[i].kind == SUBJECT_PLACE,
			.vehicle = from[i].kind == SUBJECT_VEHICLE,
		};
		if (from[i].kind == SUBJECT_PERSON &&
		    (page->first_gone_on == INT64_MIN || gone_on < page->first_gone_on))
			page->first_gone_on = gone_on;
	}
	page->subjects = (struct array){ to, rows.count };
	page->subject_count = (int64_t)rows.count;
	return st;
}

static const char *or_null(const char *text)
{
	return text[0] != '\0' ? text : NULL;
}

static enum status fill_record(struct request *rq, struct casefile_page *page, struct error *reterr)
{
	const struct casefile *c = &page->casefile;
	struct casefile_texts texts;

	enum status st =
	    casefile_texts_load(rq->db, plein_of(rq)->keyring, c, rq->arena, &texts, reterr);
	if (st != OK)
		return st;
	page->reference = c->reference;
	page->href = path_to(rq->arena, c, "");
	page->version = c->version;
	page->state = c->state;
	page->activity = c->activity;
	page->variant = c->variant;
	page->theme = c->theme;
	page->end_reason = c->end_reason;
	page->opened_at = c->opened_at;
	page->state_since = c->state_since;
	page->bottleneck = or_null(c->bottleneck);
	page->project = or_null(c->project);
	if (casefile_is_live(c->state) && access_permits(rq->viewer->role, PERM_PROJECTS))
		page->project_href = path_to(rq->arena, c, "/project");
	page->municipality = or_null(c->municipality);
	page->title = or_null(texts.part[CASEFILE_TITLE]);
	page->purpose = or_null(texts.part[CASEFILE_PURPOSE]);
	page->assignment = or_null(texts.part[CASEFILE_ASSIGNMENT]);
	page->why_split = or_null(texts.part[CASEFILE_WHY_SPLIT]);
	page->has_own_assignment =
	    page->assignment != NULL &&
	    (page->purpose == NULL || strcmp(page->assignment, page->purpose) != 0);
	if ((c->state == CASEFILE_OPEN || c->state == CASEFILE_ANALYSIS) &&
	    access_permits(rq->viewer->role, PERM_CASEFILE_PEOPLE)) {
		page->join_href = path_to(rq->arena, c, "/join");
		page->split_href = path_to(rq->arena, c, "/split");
	}
	if (casefile_may_supplement(rq->viewer, c))
		page->supplement_path = path_to(rq->arena, c, "/supplement");
	if (access_permits(rq->viewer->role, PERM_WHO_SEES))
		page->who_sees_href = path_to(rq->arena, c, "/who-sees");
	if (access_permits(rq->viewer->role, PERM_RECORD_LOG_READ))
		page->access_log_href = path_to(rq->arena, c, "/access-log");
	return OK;
}

enum status casefile_page_load(struct request *rq, struct casefile_page *ret, struct error *reterr)
{
	*ret = (struct casefile_page){ 0 };
	enum status st = casefile_of_path(rq, &ret->casefile, reterr);

	if (st == OK)
		st = fill_record(rq, ret, reterr);
	if (st == OK)
		st = held_card(rq->db, rq->viewer,
		               &(struct held_record){ OBJECT_CASEFILE, ret->casefile.id,
		                                      ret->casefile.reference },
		               rq->arena, &ret->held, reterr);
	if (st == OK)
		st = casefile_picture_load(rq->db, ret->casefile.id, &ret->picture, reterr);
	if (st == OK)
		st = fill_organs(rq, ret, reterr);
	if (st == OK)
		st = fill_people(rq, ret, reterr);
	if (st == OK)
		st = fill_history(rq, ret, reterr);
	if (st == OK)
		st = fill_signals(rq, ret, reterr);
	if (st == OK)
		st = fill_subjects(rq, ret, reterr);
	if (st != OK)
		return st;
	fill_steps(rq, ret);
	fill_plan(rq, ret);
	fill_actions(rq, ret);
	ret->tabs = casefile_tabs(rq, &ret->casefile);
	return OK;
}
