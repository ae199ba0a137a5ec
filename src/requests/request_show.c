/* The page of one request: for the desk that answers, for the bureau that asked and checks. */
#include "platform/view/acts.h"
#include "requests/request_parts.h"

#include "access/access.h"
#include "audit/action.h"
#include "law/instruments.h"
#include "people/people.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/choice.h"
#include "plein/plein.h"

/* ---- what the page is fed -------------------------------------------------------------------- */

struct shown_action {
	const char *name, *label, *href;
	bool primary, danger, asks_day, asks_colleague, asks_reason;
};
static const struct view_field ACTION_FIELDS[] = {
	VIEW_F(struct shown_action, name, VIEW_TEXT),
	VIEW_F(struct shown_action, label, VIEW_TEXT),
	VIEW_AS(struct shown_action, href, "actionHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct shown_action, primary, "primary", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_action, danger, "danger", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_action, asks_day, "asksDay", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_action, asks_colleague, "asksColleague", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_action, asks_reason, "asksReason", VIEW_BOOL, .page_only = true),
};
static const struct view ACTION_VIEW = VIEW_OF(struct shown_action, ACTION_FIELDS);

static const struct view_field REFUSED_FIELDS[] = {
	VIEW_F(struct refused_told, sentence, VIEW_TEXT),
};
static const struct view REFUSED_VIEW = VIEW_OF(struct refused_told, REFUSED_FIELDS);

struct request_record {
	int64_t version, due_day, wanted_day, asked_day;
	const char *reference, *casefile, *activity, *participant, *on_behalf, *handler;
	const char *question, *necessity, *settled, *heading;
	const char *redraft_href, *paste_href, *parts_href, *items_href, *check_href, *copy_href,
	    *reason_href;
	const char *who_sees_href, *access_log_href;
	const char *file_href, *file_problem;
	const char *table_problem, *table; /* what was pasted and not taken */
	const char *table_verdict, *table_more;
	struct array table_rows;
	const char *remark; /* what the viewer must know now */
	uint8_t state;
	int kind;
	bool urgent, late, waits, answering, checking, extension_asked, has_subjects;
	struct array subjects, actions, blocked, history, colleagues, reasons, may_give, tasks;
	int64_t done_parts, all_parts;
	bool has_parts;
};
static const struct view_field RECORD_FIELDS[] = {
	VIEW_F(struct request_record, version, VIEW_INT),
	VIEW_F(struct request_record, reference, VIEW_REF),
	VIEW_F(struct request_record, casefile, VIEW_REF),
	VIEW_F(struct request_record, activity, VIEW_TEXT),
	VIEW_F(struct request_record, participant, VIEW_TEXT),
	VIEW_AS(struct request_record, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct request_record, handler, VIEW_TEXT),
	VIEW_F(struct request_record, question, VIEW_TEXT),
	VIEW_F(struct request_record, necessity, VIEW_TEXT),
	VIEW_F(struct request_record, settled, VIEW_TEXT),
	VIEW_AS(struct request_record, state, "state", VIEW_STATE, .machine = &REQUEST_MACHINE),
	VIEW_AS(struct request_record, kind, "kind", VIEW_CODE, .codes = REQUEST_KINDS),
	VIEW_F(struct request_record, urgent, VIEW_BOOL),
	VIEW_F(struct request_record, late, VIEW_BOOL),
	VIEW_AS(struct request_record, due_day, "due", VIEW_DUE),
	VIEW_AS(struct request_record, due_day, "dueOn", VIEW_DAY, .page_only = true),
	VIEW_AS(struct request_record, wanted_day, "wantedDay", VIEW_DAY),
	VIEW_AS(struct request_record, asked_day, "askedOn", VIEW_DAY),
	VIEW_AS(struct request_record, subjects, "subjects", VIEW_LIST,
	        .view = &REQUEST_SUBJECT_VIEW),
	VIEW_AS(struct request_record, actions, "actions", VIEW_LIST, .view = &ACTION_VIEW),
	VIEW_AS(struct request_record, blocked, "blocked", VIEW_LIST, .view = &ACT_BLOCKED_VIEW),
	VIEW_AS(struct request_record, history, "history", VIEW_LIST, .view = &HISTORY_BY_VIEW),
	VIEW_AS(struct request_record, heading, "heading", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, table_problem, "tableProblem", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, table, "table", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, table_verdict, "tableVerdict", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, table_rows, "tableRows", VIEW_LIST, .view = &REFUSED_VIEW,
	        .page_only = true),
	VIEW_AS(struct request_record, table_more, "tableMore", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, file_href, "fileHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, file_problem, "fileProblem", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, remark, "remark", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, waits, "waits", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct request_record, answering, "answeringNow", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct request_record, checking, "checking", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct request_record, extension_asked, "extensionAsked", VIEW_BOOL,
	        .page_only = true),
	VIEW_AS(struct request_record, has_subjects, "hasSubjects", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct request_record, has_parts, "hasParts", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct request_record, done_parts, "doneParts", VIEW_INT, .page_only = true),
	VIEW_AS(struct request_record, all_parts, "allParts", VIEW_INT, .page_only = true),
	VIEW_AS(struct request_record, colleagues, "colleagues", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct request_record, reasons, "reasons", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct request_record, may_give, "mayGive", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct request_record, tasks, "allTasks", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct request_record, redraft_href, "redraftHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, paste_href, "pasteHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, parts_href, "partsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, items_href, "itemsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, check_href, "checkHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, copy_href, "copyHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, who_sees_href, "whoSeesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct request_record, access_log_href, "accessLogHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct request_record, reason_href, "reasonHref", VIEW_TEXT, .page_only = true),
};
static const struct view RECORD_VIEW = VIEW_OF(struct request_record, RECORD_FIELDS);

/* ---- what can be done -------------------------------------------------------------------------------- */

struct possible {
	struct shown_action *actions;
	struct act_blocked *blocked;
	size_t action_count, blocked_count;
};

/* One button sends an answer: which of the moves it is follows from the answer itself. */
static bool sends(uint8_t action)
{
	return action == REQUEST_ANSWER || action == REQUEST_ANSWER_PARTLY ||
	       action == REQUEST_OFFER || action == REQUEST_SIGN || action == REQUEST_SIGN_PARTLY;
}

static void add_action(struct request *rq, const struct on_request *on, struct possible *p,
                       const struct action *action)
{
	p->actions[p->action_count++] = (struct shown_action){
		.name = action->name,
		.label = action->label,
		.href = request_path(rq->arena, &on->request,
		                     arena_printf(rq->arena, "/move/%s", action->name)),
		.primary = sends(action->code) || action->code == REQUEST_ISSUE ||
		           action->code == REQUEST_CHECK || action->code == REQUEST_CLOSE ||
		           action->code == REQUEST_ACCEPT,
		.danger = action->code == REQUEST_REFUSE || action->code == REQUEST_CANCEL,
		.asks_day = action->code == REQUEST_ASK_TIME,
		.asks_colleague = action->code == REQUEST_FORWARD,
		.asks_reason = action->code == REQUEST_REFUSE,
	};
}

static void consider(struct request *rq, const struct on_request *on, struct possible *p,
                     const struct move *mv, const struct request_picture *picture)
{
	const struct action *action = machine_action(&REQUEST_MACHINE, mv->action);
	struct request_picture asked = *picture;

	if (mv->action == REQUEST_ASK_TIME) /* the day is asked in its form */
		asked.wanted_day = working_days_add((int32_t)picture->due_day, 1, NULL);
	const struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &asked);
	if (verdict_allows(v)) {
		add_action(rq, on, p, action);
		return;
	}
	/* Of several ways to send only one can be open: the whole answer says what lacks. */
	const bool other_way = sends(mv->action) && mv->action != REQUEST_ANSWER;
	if (!other_way && mv->action != REQUEST_SAY_KNOWN && mv->action != REQUEST_GIVE_TIME &&
	    mv->action != REQUEST_DENY_TIME)
		p->blocked[p->blocked_count++] =
		    (struct act_blocked){ action->label, v.sentence, v.next };
}

static bool may_act(const struct request *rq, const struct on_request *on)
{
	const bool bureau =
	    rq->viewer->role == ROLE_INFO_COORDINATOR || rq->viewer->role == ROLE_ANALYST;
	return bureau || on->of_addressee;
}

static void fill_actions(struct request *rq, const struct on_request *on,
                         const struct request_picture *picture, struct request_record *ret)
{
	const size_t max = REQUEST_MACHINE.move_count;
	struct possible p = { .actions = ARENA_ARRAY(rq->arena, struct shown_action, max),
		              .blocked = ARENA_ARRAY(rq->arena, struct act_blocked, max) };

	for (size_t i = 0; i < max && may_act(rq, on); i++) {
		const struct move *mv = &REQUEST_MACHINE.moves[i];
		if (mv->from == on->request.state && mv->action != REQUEST_REWRITE &&
		    (mv->who & ROLE_BIT(rq->viewer->role)) != 0)
			consider(rq, on, &p, mv, picture);
	}
	ret->actions = (struct array){ p.actions, p.action_count };
	ret->blocked = (struct array){ p.blocked, p.blocked_count };
}

/* ---- the rest of the page -------------------------------------------------------------------------------- */

static const struct {
	uint8_t action;
	const char *full, *neutral; /* neutral: to who may not tell a refusal; NULL: the same */
} EVENTS[] = {
	{ REQUEST_ISSUE, "Uitgezet", NULL },
	{ REQUEST_ACCEPT, "In behandeling genomen", NULL },
	/* A refusal and "nothing known" are one line. */
	{ REQUEST_SAY_NOTHING, "Niets bekend", "Afgehandeld" },
	{ REQUEST_REFUSE, "Geweigerd", "Afgehandeld" },
	{ REQUEST_SAY_KNOWN, "Bekend", NULL },
	{ REQUEST_ANSWER, "Beantwoord", NULL },
	{ REQUEST_ANSWER_PARTLY, "Deels beantwoord", "Beantwoord" },
	{ REQUEST_OFFER, "Voorgelegd aan een tweede persoon", NULL },
	{ REQUEST_SIGN, "Getekend en beantwoord", "Beantwoord" },
	{ REQUEST_SIGN_PARTLY, "Getekend en deels beantwoord", "Beantwoord" },
	{ REQUEST_GIVE_BACK, "Teruggegeven aan het loket", NULL },
	{ REQUEST_CANCEL, "Ingetrokken", NULL },
	{ REQUEST_CHECK, "Gecontroleerd", NULL },
	{ REQUEST_CLOSE, "Afgesloten", NULL },
	{ REQUEST_ADD, "Wordt aangevuld", NULL },
	{ REQUEST_ASK_TIME, "Uitstel gevraagd", NULL },
	{ REQUEST_GIVE_TIME, "Uitstel gegeven", NULL },
	{ REQUEST_DENY_TIME, "Geen uitstel gegeven", NULL },
	{ REQUEST_FORWARD, "Doorgegeven aan een collega", NULL },
};

static const char *event_label(uint8_t action, bool sees_refusal)
{
	for (size_t i = 0; i < sizeof EVENTS / sizeof EVENTS[0]; i++)
		if (EVENTS[i].action == action)
			return sees_refusal || EVENTS[i].neutral == NULL ? EVENTS[i].full
			                                                 : EVENTS[i].neutral;
	return "";
}

static enum status fill_history(struct request *rq, const struct on_request *on,
                                struct request_record *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = request_history(rq->db, on->request.id, rq->arena, &found, reterr);
	const struct request_event *from = found.items;
	struct history_by *to = ARENA_ARRAY(rq->arena, struct history_by, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] =
		    (struct history_by){ from[i].at, event_label(from[i].action, on->sees_refusal),
			                 from[i].organisation };
	ret->history = (struct array){ to, found.count };
	return st;
}

static enum status fill_colleagues(struct request *rq, const struct on_request *on,
                                   struct request_record *ret, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = appointment_colleagues(rq->db, on->request.participant_id,
	                                        rq->viewer->person_id, rq->arena, &found, reterr);
	const struct appointment *from = found.items;
	struct choice *to = ARENA_ARRAY(rq->arena, struct choice, found.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < found.count; i++)
		if (from[i].role == ROLE_PARTNER_DESK && from[i].organ_id == on->request.organ_id)
			to[count++] = request_choice(rq->arena, from[i].id, from[i].person, false);
	ret->colleagues = (struct array){ to, count };
	return st;
}

static struct array reason_choices(struct arena *a)
{
	size_t count = 0;
	const struct law_refusal_reason *rows = law_refusal_reasons(&count);
	struct choice *to = ARENA_ARRAY(a, struct choice, count + 1);

	for (size_t i = 0; i < count; i++)
		to[i] = (struct choice){ rows[i].id, rows[i].label, false };
	return (struct array){ to, count };
}

/* What this addressee may give among what was asked, for the card beside the answer. */
static struct array giving(struct arena *a, const struct on_request *on)
{
	const struct request_part *parts = on->parts.items;
	struct choice *to = ARENA_ARRAY(a, struct choice, on->parts.count + 1);
	uint64_t seen = 0;
	size_t count = 0;

	for (size_t i = 0; i < on->parts.count; i++) {
		const struct law_category_row *row = law_category(parts[i].category);
		if (row == NULL || (seen >> row->code & 1) != 0)
			continue;
		seen |= UINT64_C(1) << row->code;
		to[count++] = (struct choice){ row->id, row->label, false };
	}
	return (struct array){ to, count };
}

static void count_parts(const struct on_request *on, struct request_record *ret)
{
	const struct request_part *parts = on->parts.items;

	ret->all_parts = (int64_t)on->parts.count;
	for (size_t i = 0; i < on->parts.count; i++)
		ret->done_parts += parts[i].state != ANSWER_OPEN;
}

static enum status fill_answer(struct request *rq, const struct on_request *on,
                               const struct request_picture *picture, const char *task,
                               struct request_record *ret, struct error *reterr)
{
	struct parts_drawing d = { .on = on,
		                   .answering = ret->answering,
		                   .checking = ret->checking,
		                   .of_addressee = on->of_addressee };
	enum status st =
	    request_items(rq->db, plein_of(rq)->keyring, &on->request, rq->arena, &d.items, reterr);

	if (st != OK)
		return st;
	ret->subjects = request_drawn_subjects(rq, &d);
	ret->has_subjects = ret->subjects.count > 0;
	fill_actions(rq, on, picture, ret);
	if (ret->answering) {
		const char *const base = request_path(rq->arena, &on->request, "");
		ret->paste_href = arena_printf(rq->arena, "%s/items/_paste", base);
		ret->file_href = arena_printf(rq->arena, "%s/items/_file", base);
		ret->parts_href = arena_printf(rq->arena, "%s/parts/_set", base);
		ret->items_href = arena_printf(rq->arena, "%s/items", base);
		ret->may_give = giving(rq->arena, on);
		ret->tasks =
		    request_task_choices(rq->arena, (enum law_letter)on->request.letter, task);
		count_parts(on, ret);
		ret->has_parts = on->request.kind == REQUEST_CONTENT;
	}
	if (rq->viewer->role == ROLE_PARTNER_DECIDER && on->of_addressee)
		ret->reasons = reason_choices(rq->arena);
	return on->of_addressee ? fill_colleagues(rq, on, ret, reterr) : OK;
}

static const char *heading_of(struct arena *a, const struct on_request *on)
{
	const size_t n = on->subjects.count;
	return arena_printf(a, "Wat weet %s over %zu betrokkene%s?", on->request.on_behalf, n,
	                    n == 1 ? "" : "n");
}

static const char *remark_of(const struct request *rq, const struct on_request *on)
{
	if (rq->viewer->role == ROLE_PARTNER_DESK && on->of_addressee &&
	    on->request.state == REQUEST_ISSUED)
		return "Neem de bevraging in behandeling om te antwoorden. Weet u niets? Zeg dat "
		       "in "
		       "één keer.";
	if (on->request.state == REQUEST_SIGNING && on->of_addressee)
		return "Dit gaat over fase 3. Een tweede persoon van uw organisatie leest het na "
		       "en "
		       "tekent.";
	return NULL;
}

/* Where this viewer can go from here. */
static void fill_links(struct request *rq, const struct on_request *on,
                       const struct request_picture *picture, struct request_record *record)
{
	const struct information_request *q = &on->request;

	record->extension_asked = record->wanted_day != INT64_MIN;
	if (q->state == REQUEST_DRAFT && on->casefile.open &&
	    access_permits(rq->viewer->role, PERM_REQUEST_WRITE))
		record->redraft_href = request_path(rq->arena, q, "/redraft");
	if (record->checking && picture->items_unjudged > 0)
		record->check_href = request_path(rq->arena, q, "/_judge");
	if (on->of_addressee && q->answered_at != 0)
		record->copy_href = request_path(rq->arena, q, "/copy");
	if (request_reason_open_to(rq->viewer->role, on->of_addressee) && q->answered_at != 0)
		record->reason_href = request_path(rq->arena, q, "/reason");
	if (access_permits(rq->viewer->role, PERM_WHO_SEES))
		record->who_sees_href = request_path(rq->arena, q, "/who-sees");
	if (access_permits(rq->viewer->role, PERM_RECORD_LOG_READ))
		record->access_log_href = request_path(rq->arena, q, "/access-log");
}

enum status show_request_after_table(struct request *rq, struct response *rs,
                                     const struct table_left *left, struct error *reterr)
{
	struct on_request on = { 0 };
	struct request_picture picture = { 0 };
	struct request_texts texts = { 0 };

	enum status st = on_request(rq, &on, reterr);
	if (st == OK)
		st = request_picture_now(rq->db, rq->viewer, &on.request, rq->arena, &picture,
		                         reterr);
	if (st == OK)
		st = request_texts_open(rq->db, plein_of(rq)->keyring, &on.request, rq->arena,
		                        &texts, reterr);
	if (st != OK)
		return st;
	const struct information_request *q = &on.request;
	const struct law_activity_row *activity = law_activity(on.casefile.activity);
	struct request_record record = {
		.version = q->version,
		.reference = q->reference,
		.casefile = on.casefile.reference,
		.activity = activity != NULL ? activity->label : NULL,
		.participant = q->participant,
		.on_behalf = q->on_behalf,
		.handler = on.of_addressee && q->handler[0] != '\0' ? q->handler : NULL,
		.question = texts.question,
		.necessity = texts.necessity,
		.settled = texts.settled[0] != '\0' ? texts.settled : NULL,
		.heading = heading_of(rq->arena, &on),
		.remark = remark_of(rq, &on),
		.table_problem = request_problem_at(rq, "table"),
		.file_problem = request_problem_at(rq, "file"),
		.table = left->text,
		.table_verdict = left->verdict,
		.table_rows = left->rows,
		.table_more = left->more,
		.state = request_shown(q->state, q->empty, on.sees_refusal),
		.kind = q->kind,
		.urgent = q->urgent,
		.late = q->late,
		.due_day = request_waits_for_answer(q->state) ? q->due_day : INT64_MIN,
		.wanted_day = q->wanted_day != 0 && request_waits_for_answer(q->state)
		                  ? q->wanted_day
		                  : INT64_MIN,
		.asked_day = q->issued_at != 0 ? local_day(q->issued_at) : INT64_MIN,
		.waits = request_waits_for_answer(q->state),
		.answering = q->state == REQUEST_ACCEPTED && on.of_addressee &&
		             rq->viewer->role == ROLE_PARTNER_DESK,
		.checking = request_checks(rq->viewer->role, q),
	};
	fill_links(rq, &on, &picture, &record);
	st = fill_answer(rq, &on, &picture, left->task, &record, reterr);
	if (st == OK)
		st = fill_history(rq, &on, &record, reterr);
	const struct copy seen = request_copy(rq, q, COPY_PAGE);
	if (st == OK)
		st = copy_seen(rq, rs, &seen, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = arena_printf(rq->arena, "Bevraging %s", q->reference),
		                   .place = "/requests",
		                   .crumbs = request_crumbs(rq->arena, q),
		                   .confidential = true,
		                   .template_name = "requests/show",
		                   .form = &ITEM_FORM };
	return page_respond(rq, rs, &page, &RECORD_VIEW, &record, reterr);
}

enum status show_request(struct request *rq, struct response *rs, struct error *reterr)
{
	return show_request_after_table(rq, rs, &(const struct table_left){ 0 }, reterr);
}

const struct route request_page_routes[] = {
	{ .method = "GET",
	  .path = "/requests/{ref}",
	  .permission = PERM_REQUEST_READ,
	  .action = AUDIT_REQUEST_VIEW,
	  .read = show_request,
	  .view = &RECORD_VIEW,
	  .summary = "Eén bevraging: de vraag, het antwoord en wat u kunt doen" },
	{ 0 },
};

const struct page_template request_page_templates[] = {
	{ .name = "requests/show", .view = &RECORD_VIEW, .form = &ITEM_FORM, .whole = true },
	{ 0 },
};
