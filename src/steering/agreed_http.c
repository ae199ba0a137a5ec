/* What a meeting agrees beside its decisions: who does what by when, and questions to the Stuurgroep. */
#include "steering/agreed.h"
#include "steering/steering_page.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "work/work.h"

/* ---- the page of a meeting ------------------------------------------------------------------- */

struct action_line {
	const char *reference, *text, *owner, *on_behalf, *casefile, *href;
	int64_t due_day, done_at, version;
	bool open, mine;
};
static const struct view_field ACTION_FIELDS[] = {
	VIEW_F(struct action_line, reference, VIEW_REF),
	VIEW_F(struct action_line, text, VIEW_TEXT),
	VIEW_F(struct action_line, owner, VIEW_TEXT),
	VIEW_AS(struct action_line, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct action_line, casefile, VIEW_TEXT),
	VIEW_AS(struct action_line, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct action_line, due_day, "due", VIEW_DUE),
	VIEW_AS(struct action_line, done_at, "doneAt", VIEW_MOMENT),
	VIEW_F(struct action_line, version, VIEW_INT),
	VIEW_F(struct action_line, open, VIEW_BOOL),
	VIEW_F(struct action_line, mine, VIEW_BOOL),
};
static const struct view ACTION_VIEW = VIEW_OF(struct action_line, ACTION_FIELDS);

struct question_line {
	const char *reference, *casefile, *question, *answer, *answer_href;
	int64_t asked_at, answered_at, version, index;
};
static const struct view_field QUESTION_FIELDS[] = {
	VIEW_F(struct question_line, reference, VIEW_REF),
	VIEW_F(struct question_line, casefile, VIEW_TEXT),
	VIEW_F(struct question_line, question, VIEW_TEXT),
	VIEW_F(struct question_line, answer, VIEW_TEXT),
	VIEW_AS(struct question_line, answer_href, "answerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct question_line, asked_at, "askedAt", VIEW_MOMENT),
	VIEW_AS(struct question_line, answered_at, "answeredAt", VIEW_MOMENT),
	VIEW_F(struct question_line, version, VIEW_INT),
	VIEW_AS(struct question_line, index, "index", VIEW_INT, .page_only = true),
};
static const struct view QUESTION_VIEW = VIEW_OF(struct question_line, QUESTION_FIELDS);

struct agreed_page {
	const char *reference, *action_href, *escalate_href, *back_href;
	struct array actions, questions, owners, casefiles;
	bool has_actions, has_questions, may_register;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct agreed_page, reference, VIEW_REF),
	VIEW_AS(struct agreed_page, action_href, "actionHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct agreed_page, escalate_href, "escalateHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct agreed_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct agreed_page, actions, "actions", VIEW_LIST, .view = &ACTION_VIEW),
	VIEW_AS(struct agreed_page, questions, "questions", VIEW_LIST, .view = &QUESTION_VIEW),
	VIEW_AS(struct agreed_page, owners, "owners", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct agreed_page, casefiles, "casefiles", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct agreed_page, has_actions, "hasActions", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct agreed_page, has_questions, "hasQuestions", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct agreed_page, may_register, "mayRegister", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct agreed_page, PAGE_FIELDS);

static struct action_line line_of(struct request *rq, const struct agreed_action *x)
{
	return (struct action_line){
		.reference = x->reference,
		.text = x->text,
		.owner = x->owner,
		.on_behalf = x->on_behalf[0] != '\0' ? x->on_behalf : "RIEC-bureau",
		.casefile = x->casefile[0] != '\0' ? x->casefile : NULL,
		.href = arena_printf(rq->arena, "/steering/actions/%s", x->reference),
		.due_day = x->done_at == 0 ? x->due_day : INT64_MIN,
		.done_at = moment_or_none(x->done_at),
		.version = x->version,
		.open = x->done_at == 0,
		.mine = x->owner_id == rq->viewer->appointment_id,
	};
}

static enum status fill_lines(struct request *rq, const struct gathering *m,
                              struct agreed_page *ret, struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct array actions = { 0 }, questions = { 0 };
	enum status st =
	    action_list(rq->db, k, rq->viewer, m->id, false, rq->arena, &actions, reterr);

	if (st == OK)
		st = escalation_list(rq->db, k, rq->viewer, m->id, rq->arena, &questions, reterr);
	if (st != OK)
		return st;
	const struct agreed_action *x = actions.items;
	const struct escalation *q = questions.items;
	struct action_line *to = ARENA_ARRAY(rq->arena, struct action_line, actions.count + 1);
	struct question_line *asked =
	    ARENA_ARRAY(rq->arena, struct question_line, questions.count + 1);
	for (size_t i = 0; i < actions.count; i++)
		to[i] = line_of(rq, &x[i]);
	for (size_t i = 0; i < questions.count; i++)
		asked[i] = (struct question_line){
			.reference = q[i].reference,
			.casefile = q[i].casefile[0] != '\0' ? q[i].casefile : NULL,
			.question = q[i].question,
			.answer = q[i].answer[0] != '\0' ? q[i].answer : NULL,
			.answer_href =
			    q[i].answered_at == 0 &&
				    access_permits(rq->viewer->role, PERM_STEERING_RUN)
				? gathering_path(rq->arena, m,
			                         arena_printf(rq->arena, "/questions/%s/_answer",
			                                      q[i].reference))
				: NULL,
			.asked_at = q[i].asked_at,
			.answered_at = moment_or_none(q[i].answered_at),
			.version = q[i].version,
			.index = (int64_t)i,
		};
	ret->actions = (struct array){ to, actions.count };
	ret->questions = (struct array){ asked, questions.count };
	ret->has_actions = actions.count > 0;
	ret->has_questions = questions.count > 0;
	rq->touched.count = (int32_t)(actions.count + questions.count);
	return OK;
}

/* Who sits in this meeting, and the secretary himself. */
static enum status fill_choices(struct request *rq, const struct gathering *m,
                                struct agreed_page *ret, struct error *reterr)
{
	struct array seats = { 0 }, points = { 0 };
	enum status st = seat_list(rq->db, m->id, rq->arena, &seats, reterr);

	if (st == OK)
		st = point_list(rq->db, rq->viewer, m, rq->arena, &points, reterr);
	if (st != OK)
		return st;
	const struct steering_seat *s = seats.items;
	const struct steering_point *p = points.items;
	const char *owner = typed_or_none(rq, "owner"), *about = typed_or_none(rq, "casefile");
	ret->owners = choices_for(rq->arena, seats.count + 1);
	choices_add(&ret->owners,
	            arena_printf(rq->arena, "%lld", (long long)rq->viewer->appointment_id),
	            "Ik zelf", owner);
	for (size_t i = 0; i < seats.count; i++)
		choices_add(&ret->owners,
		            arena_printf(rq->arena, "%lld", (long long)s[i].seat.appointment_id),
		            arena_printf(rq->arena, "%s, %s", s[i].person, s[i].on_behalf), owner);
	ret->casefiles = choices_for(rq->arena, points.count);
	for (size_t i = 0; i < points.count; i++)
		if (p[i].casefile_id != 0)
			choices_add(&ret->casefiles, p[i].casefile, p[i].casefile, about);
	return OK;
}

static enum status show_agreed(struct request *rq, struct response *rs, struct error *reterr)
{
	struct gathering m;
	enum status st = on_gathering(rq, &m, reterr);

	if (st != OK)
		return st;
	struct agreed_page record = {
		.reference = m.reference,
		.action_href = gathering_path(rq->arena, &m, "/_action"),
		.escalate_href = gathering_path(rq->arena, &m, "/_escalate"),
		.back_href = gathering_path(rq->arena, &m, ""),
		.may_register = access_permits(rq->viewer->role, PERM_STEERING_RUN) &&
		                m.state != STEERING_SIGNED_OFF && m.state != MEETING_CALLED_OFF,
	};
	st = fill_lines(rq, &m, &record, reterr);
	if (st == OK && record.may_register)
		st = fill_choices(rq, &m, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Afspraken",
		                   .place = "/steering",
		                   .crumbs = gathering_crumbs(rq->arena, &m),
		                   .confidential = true,
		                   .template_name = "steering/agreed" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- registering ------------------------------------------------------------------------------- */

struct agreed_input {
	const char *text, *casefile;
	int64_t owner, due_day;
};
static const struct field ACTION_INPUT[] = {
	{ .path = "text",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct agreed_input, text),
	  .label = "Wat",
	  .required = true,
	  .missing = "Schrijf op wat er moet gebeuren.",
	  .max_chars = 1000 },
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct agreed_input, casefile),
	  .label = "Over welke casus?",
	  .max_chars = 14 },
	{ .path = "owner",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct agreed_input, owner),
	  .label = "Wie",
	  .required = true,
	  .missing = "Kies wie dit doet." },
	{ .path = "dueDay",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct agreed_input, due_day),
	  .label = "Wanneer klaar?",
	  .required = true },
};
static const struct form ACTION_FORM = { ACTION_INPUT, 4, sizeof(struct agreed_input) };
static const struct field QUESTION_INPUT[] = {
	{ .path = "question",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct agreed_input, text),
	  .label = "Vraag aan de Stuurgroep",
	  .required = true,
	  .max_chars = 2000 },
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct agreed_input, casefile),
	  .label = "Over welke casus?",
	  .max_chars = 14 },
};
static const struct form QUESTION_FORM = { QUESTION_INPUT, 2, sizeof(struct agreed_input) };

struct agreed_change {
	struct agreed_input in;
	struct gathering meeting;
	struct action_new action;
	struct escalation_new question;
	int64_t casefile_id;
};

/* The casefile must be on the agenda that this person sees. */
static enum status find_casefile(struct request *rq, struct agreed_change *c, struct error *reterr)
{
	struct array points = { 0 };
	const enum status st =
	    point_list(rq->db, rq->viewer, &c->meeting, rq->arena, &points, reterr);
	const struct steering_point *p = points.items;

	for (size_t i = 0; st == OK && i < points.count; i++)
		if (p[i].casefile_id != 0 && strcmp(p[i].casefile, c->in.casefile) == 0)
			c->casefile_id = p[i].casefile_id;
	if (st == OK && c->in.casefile[0] != '\0' && c->casefile_id == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "casefile",
		             "Kies een casus van deze agenda.");
	return st;
}

static enum status load_change(struct request *rq, const struct form *form, struct agreed_change *c,
                               struct error *reterr)
{
	enum status st = on_gathering(rq, &c->meeting, reterr);

	if (st != OK)
		return st;
	input_read(rq->body, form, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->meeting.state == STEERING_SIGNED_OFF || c->meeting.state == MEETING_CALLED_OFF)
		return FAIL(reterr, ERR_CONFLICT,
		            "Het verslag van deze vergadering is vastgesteld.");
	return find_casefile(rq, c, reterr);
}

static enum status prepare_action(struct request *rq, void **ret_input, struct error *reterr)
{
	struct agreed_change *c = ARENA_NEW(rq->arena, struct agreed_change);
	struct array seats = { 0 };

	*ret_input = c;
	enum status st = load_change(rq, &ACTION_FORM, c, reterr);
	if (st == OK)
		st = seat_list(rq->db, c->meeting.id, rq->arena, &seats, reterr);
	if (st != OK)
		return st;
	const struct steering_seat *s = seats.items;
	bool known = c->in.owner == rq->viewer->appointment_id;
	for (size_t i = 0; i < seats.count; i++)
		known |= s[i].seat.appointment_id == c->in.owner;
	if (c->in.owner != 0 && !known)
		problems_add(rq->problems, PROBLEM_ERROR, "owner",
		             "Kies iemand van deze vergadering.");
	if (c->in.due_day != FIELD_NO_DAY && c->in.due_day < local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "dueDay",
		             "Kies vandaag of een dag die nog komt.");
	if (rq->problems->error_count > 0)
		return OK;
	c->action = (struct action_new){ .uuid = uuid_at(rq->now_ms),
		                         .reference_key = plein_of(rq)->reference_key,
		                         .meeting_id = c->meeting.id,
		                         .casefile_id = c->casefile_id,
		                         .owner_id = c->in.owner,
		                         .due_day = c->in.due_day,
		                         .appointment_id = rq->viewer->appointment_id,
		                         .now_ms = rq->now_ms };
	steering_line_seal(plein_of(rq)->keyring, &c->action.uuid, LINE_ACTION, c->in.text,
	                   rq->arena, &c->action.words);
	return OK;
}

static enum status apply_action(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct agreed_change *c = change->input;
	const char *reference = NULL;
	int64_t id = 0;

	enum status st = action_insert(tx, &c->action, &id, &reference, reterr);
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, c->action.owner_id),
		.kind = WORK_STEERING_ACTION,
		.object_kind = OBJECT_STEERING_ACTION,
		.object_id = id,
		.reference = reference,
		.due_day = c->action.due_day,
		.created_at = c->action.now_ms,
		.created_by = c->action.appointment_id,
	};
	if (st == OK)
		st = work_add(tx, &task, reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "/agreed");
	change->note = "De actie staat op de lijst en bij wie het doet.";
	return st;
}

static enum status prepare_question(struct request *rq, void **ret_input, struct error *reterr)
{
	struct agreed_change *c = ARENA_NEW(rq->arena, struct agreed_change);
	const enum status st = load_change(rq, &QUESTION_FORM, c, reterr);

	*ret_input = c;
	if (st != OK || rq->problems->error_count > 0)
		return st;
	c->question = (struct escalation_new){ .uuid = uuid_at(rq->now_ms),
		                               .reference_key = plein_of(rq)->reference_key,
		                               .meeting_id = c->meeting.id,
		                               .casefile_id = c->casefile_id,
		                               .appointment_id = rq->viewer->appointment_id,
		                               .now_ms = rq->now_ms };
	steering_line_seal(plein_of(rq)->keyring, &c->question.uuid, LINE_QUESTION, c->in.text,
	                   rq->arena, &c->question.words);
	return OK;
}

static enum status apply_question(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct agreed_change *c = change->input;
	const char *reference = NULL;

	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "/agreed");
	change->note = "De vraag gaat naar de Stuurgroep. Het antwoord komt op de agenda.";
	return escalation_insert(tx, &c->question, &reference, reterr);
}

/* ---- the answer of the Stuurgroep ---------------------------------------------------------------- */

struct answer_input {
	int64_t version;
	const char *answer;
};
static const struct field ANSWER_INPUT[] = {
	FIELD_VERSION(struct answer_input),
	{ .path = "answer",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct answer_input, answer),
	  .label = "Antwoord van de Stuurgroep",
	  .required = true,
	  .max_chars = 2000 },
};
static const struct form ANSWER_FORM = { ANSWER_INPUT, 2, sizeof(struct answer_input) };

struct answer_change {
	struct answer_input in;
	struct gathering meeting;
	int64_t id;
	struct steering_line words;
};

static enum status prepare_answer(struct request *rq, void **ret_input, struct error *reterr)
{
	struct answer_change *c = ARENA_NEW(rq->arena, struct answer_change);
	struct array found = { 0 };

	*ret_input = c;
	enum status st = on_gathering(rq, &c->meeting, reterr);
	if (st == OK)
		st = escalation_list(rq->db, plein_of(rq)->keyring, rq->viewer, c->meeting.id,
		                     rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct escalation *q = found.items;
	const struct escalation *of = NULL;
	for (size_t i = 0; i < found.count; i++)
		if (strcmp(q[i].reference, rq->params[1]) == 0)
			of = &q[i];
	if (of == NULL)
		return FAIL_NOT_FOUND(reterr);
	input_read(rq->body, &ANSWER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	c->id = of->id;
	steering_line_seal(plein_of(rq)->keyring, &of->uuid, LINE_ANSWER, c->in.answer, rq->arena,
	                   &c->words);
	return OK;
}

static enum status apply_answer(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct answer_change *c = change->input;

	enum status st = db_claim(tx, &ESCALATION_ROOT, c->id, c->in.version, reterr);
	if (st == OK)
		st = escalation_answer(tx, c->id, &c->words, rq->viewer->appointment_id, rq->now_ms,
		                       reterr);
	change->location = gathering_path(db_tx_arena(tx), &c->meeting, "/agreed");
	change->note = "Vastgelegd. Het antwoord komt op de volgende agenda.";
	return st;
}

/* ---- one action, for its owner -------------------------------------------------------------------- */

struct action_page {
	struct array actions; /* one struct action_line */
	const char *reference, *done_href, *meeting_href;
	int64_t version;
};
static const struct view_field ACTION_PAGE_FIELDS[] = {
	VIEW_AS(struct action_page, actions, "actions", VIEW_LIST, .view = &ACTION_VIEW),
	VIEW_F(struct action_page, reference, VIEW_REF),
	VIEW_AS(struct action_page, done_href, "doneHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct action_page, meeting_href, "meetingHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct action_page, version, VIEW_INT),
};
static const struct view ACTION_PAGE_VIEW = VIEW_OF(struct action_page, ACTION_PAGE_FIELDS);

static enum status on_action(struct request *rq, struct agreed_action *ret, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = action_list(rq->db, plein_of(rq)->keyring, rq->viewer, 0, false,
	                                   rq->arena, &found, reterr);
	const struct agreed_action *x = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++)
		if (strcmp(x[i].reference, rq->params[0]) == 0) {
			*ret = x[i];
			rq->touched =
			    (struct touched){ .kind = OBJECT_STEERING_ACTION, .id = ret->id };
			return OK;
		}
	return st == OK ? FAIL_NOT_FOUND(reterr) : st;
}

static bool may_finish(const struct request *rq, const struct agreed_action *x)
{
	return x->done_at == 0 && (x->owner_id == rq->viewer->appointment_id ||
	                           access_permits(rq->viewer->role, PERM_STEERING_RUN));
}

static enum status show_action(struct request *rq, struct response *rs, struct error *reterr)
{
	struct agreed_action x = { 0 };
	const enum status st = on_action(rq, &x, reterr);

	if (st != OK)
		return st;
	struct action_line *line = ARENA_NEW(rq->arena, struct action_line);
	*line = line_of(rq, &x);
	const struct action_page record = {
		.actions = { line, 1 },
		.reference = x.reference,
		.done_href =
		    may_finish(rq, &x) ? arena_printf(rq->arena, "%s/_done", line->href) : NULL,
		.meeting_href = arena_printf(rq->arena, "/steering/%s", x.meeting),
		.version = x.version,
	};
	const struct page page = { .title = "Actie van de Stuurploeg",
		                   .place = "/steering",
		                   .confidential = true,
		                   .template_name = "steering/action" };
	return page_respond(rq, rs, &page, &ACTION_PAGE_VIEW, &record, reterr);
}

struct done_change {
	struct version_input in;
	struct agreed_action action;
};

static enum status prepare_done(struct request *rq, void **ret_input, struct error *reterr)
{
	struct done_change *c = ARENA_NEW(rq->arena, struct done_change);
	const enum status st = on_action(rq, &c->action, reterr);

	*ret_input = c;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (st == OK && !may_finish(rq, &c->action))
		return FAIL(reterr, ERR_CONFLICT,
		            "Alleen wie het doet of de secretaris meldt dit als klaar.");
	return st;
}

static enum status apply_done(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct done_change *c = change->input;

	enum status st = db_claim(tx, &ACTION_ROOT, c->action.id, c->in.version, reterr);
	if (st == OK)
		st = action_done(tx, c->action.id, rq->viewer->appointment_id, rq->now_ms, reterr);
	if (st == OK)
		st = work_done(tx, WORK_STEERING_ACTION, OBJECT_STEERING_ACTION, c->action.id,
		               rq->viewer->person_id, rq->now_ms, reterr);
	change->location =
	    arena_printf(db_tx_arena(tx), "/steering/actions/%s", c->action.reference);
	change->note = "Gemeld als klaar.";
	return st;
}

/* clang-format off */
#define CHANGE(path_, permission_, prepare_, apply_, redraw_, form_, summary_)                     \
	{ .method = "POST", .path = (path_), .permission = (permission_),                          \
	  .action = AUDIT_STEERING_CHANGE, .prepare = (prepare_), .apply = (apply_),               \
	  .redraw = (redraw_), .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route steering_agreed_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/agreed",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_agreed,
	  .view = &PAGE_VIEW,
	  .summary = "De actielijst van een vergadering, en vragen aan de Stuurgroep" },
	CHANGE("/steering/{ref}/_action", PERM_STEERING_RUN, prepare_action, apply_action,
	       show_agreed, &ACTION_FORM, "Een actie op de lijst zetten"),
	CHANGE("/steering/{ref}/_escalate", PERM_STEERING_RUN, prepare_question, apply_question,
	       show_agreed, &QUESTION_FORM, "Een vraag aan de Stuurgroep voorleggen"),
	CHANGE("/steering/{ref}/questions/{name}/_answer", PERM_STEERING_RUN, prepare_answer,
	       apply_answer, show_agreed, &ANSWER_FORM, "Het antwoord van de Stuurgroep"),
	{ .method = "GET",
	  .path = "/steering/actions/{ref}",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_action,
	  .view = &ACTION_PAGE_VIEW,
	  .summary = "Eén actie van de Stuurploeg" },
	CHANGE("/steering/actions/{ref}/_done", PERM_STEERING_READ, prepare_done, apply_done,
	       show_action, &VERSION_FORM, "Een actie melden als klaar"),
	{ 0 },
};

const struct page_template steering_agreed_templates[] = {
	{ .name = "steering/agreed", .view = &PAGE_VIEW, .whole = true },
	{ .name = "steering/action", .view = &ACTION_PAGE_VIEW, .whole = true },
	{ 0 },
};
