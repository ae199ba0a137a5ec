/* One step of an intervention: the page that asks what it needs, and the step itself. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "interventions/intervention_page.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

struct step_input {
	int64_t version, review_day, executed_day, due_day;
	int reason_class;
	const char *reason, *result;
	const char *executor; /* "123": an appointment; "desk-45": the desk of organ 45 */
	const char *amounts[AMOUNT_KINDS];
};
#define AMOUNT(path_, label_, index)                                                               \
	{                                                                                          \
		.path = (path_), .kind = FIELD_TEXT,                                               \
		.offset = offsetof(struct step_input, amounts) + (index) * sizeof(const char *),   \
		.label = (label_), .max_chars = 40                                                 \
	}
#define REASON                                                                                     \
	{                                                                                          \
		.path = "reason", .kind = FIELD_PROSE,                                             \
		.offset = offsetof(struct step_input, reason), .label = "Waarom?",                 \
		.required = true, .missing = "Schrijf op waarom.", .max_chars = 1000               \
	}
#define REASON_CLASS                                                                               \
	{                                                                                          \
		.path = "reasonClass", .kind = FIELD_CODE,                                         \
		.offset = offsetof(struct step_input, reason_class),                               \
		.label = "Welke reden past het best?", .required = true,                           \
		.missing = "Kies de reden.", .codes = INTERVENTION_REASONS                         \
	}
#define REVIEW_DAY                                                                                 \
	{                                                                                          \
		.path = "reviewDay", .kind = FIELD_DAY, .to_come = true,                           \
		.offset = offsetof(struct step_input, review_day),                                 \
		.label = "Wanneer kijkt u opnieuw?", .required = true,                             \
		.missing = "Kies een dag na vandaag."                                              \
	}
#define EXECUTOR                                                                                   \
	{                                                                                          \
		.path = "executor", .kind = FIELD_TEXT,                                            \
		.offset = offsetof(struct step_input, executor), .label = "Wie voert het uit?",    \
		.required = true,                                                                  \
		.missing = "Kies een uitvoerder, of het loket van een eigenaar.", .max_chars = 40  \
	}
#define DUE_DAY                                                                                    \
	{                                                                                          \
		.path = "dueDay", .kind = FIELD_DAY, .to_come = true,                              \
		.offset = offsetof(struct step_input, due_day),                                    \
		.label = "Wanneer moet het klaar zijn?"                                            \
	}
#define RESULT                                                                                     \
	{ .path = "executedDay",                                                                   \
	  .kind = FIELD_DAY,                                                                       \
	  .offset = offsetof(struct step_input, executed_day),                                     \
	  .label = "Op welke dag is het uitgevoerd?",                                              \
	  .required = true,                                                                        \
	  .missing = "Kies de dag waarop het is uitgevoerd." },                                    \
	    { .path = "result",                                                                    \
	      .kind = FIELD_PROSE,                                                                 \
	      .offset = offsetof(struct step_input, result),                                       \
	      .label = "Wat leverde het op?",                                                      \
	      .required = true,                                                                    \
	      .missing = "Schrijf het resultaat in een paar zinnen.",                              \
	      .max_chars = 4000 },                                                                 \
	    AMOUNT("calculated", "Berekend", 0), AMOUNT("claimed", "Gevorderd", 1),                \
	    AMOUNT("imposed", "Opgelegd", 2), AMOUNT("seized", "In beslag", 3),                    \
	    AMOUNT("collected", "Geïnd", 4), AMOUNT("setOff", "Verrekend", 5),                     \
	    AMOUNT("prevented", "Voorkomen", 6)
static const struct field BARE_FIELDS[] = { FIELD_VERSION(struct step_input) };
static const struct field ASSIGN_FIELDS[] = { FIELD_VERSION(struct step_input), EXECUTOR, DUE_DAY };
static const struct field HOLD_FIELDS[] = { FIELD_VERSION(struct step_input), REASON, REVIEW_DAY };
static const struct field GIVE_UP_FIELDS[] = { FIELD_VERSION(struct step_input), REASON_CLASS,
	                                       REASON };
static const struct field CANCEL_FIELDS[] = { FIELD_VERSION(struct step_input), REASON };
static const struct field RESULT_FIELDS[] = { FIELD_VERSION(struct step_input), RESULT };
/* Every field of every step, for openapi.json and the check of the template. */
static const struct field FIELDS[] = { FIELD_VERSION(struct step_input),
	                               REASON,
	                               REASON_CLASS,
	                               REVIEW_DAY,
	                               EXECUTOR,
	                               DUE_DAY,
	                               RESULT };
#define FORM_OF(fields)                                                                            \
	{                                                                                          \
		(fields), sizeof(fields) / sizeof((fields)[0]), sizeof(struct step_input)          \
	}
static const struct form BARE_FORM = FORM_OF(BARE_FIELDS);
static const struct form ASSIGN_FORM = FORM_OF(ASSIGN_FIELDS);
static const struct form HOLD_FORM = FORM_OF(HOLD_FIELDS);
static const struct form GIVE_UP_FORM = FORM_OF(GIVE_UP_FIELDS);
static const struct form CANCEL_FORM = FORM_OF(CANCEL_FIELDS);
static const struct form RESULT_FORM = FORM_OF(RESULT_FIELDS);
static const struct form FORM = FORM_OF(FIELDS);
#define DESK "desk-"
static const char *const AMOUNT_PATHS[AMOUNT_KINDS] = {
	"calculated", "claimed", "imposed", "seized", "collected", "setOff", "prevented",
};

/* ---- words of each step ---------------------------------------------------------------------------- */

static const struct step_words {
	enum intervention_action action;
	const struct form *form;
	const char *consequence, *note;
	bool danger, asks_reason, asks_class, asks_review, asks_result, asks_executor;
} WORDS[] = {
	{ .action = INTERVENTION_ASSIGN,
	  .form = &ASSIGN_FORM,
	  .consequence = "De uitvoerder krijgt een kaart met wat er moet gebeuren.",
	  .note = "Toegewezen. De uitvoerder krijgt bericht.",
	  .asks_executor = true },
	{ .action = INTERVENTION_START,
	  .form = &BARE_FORM,
	  .note = "U bent begonnen. Meld elke maand hoe het staat." },
	{ .action = INTERVENTION_HOLD,
	  .form = &HOLD_FORM,
	  .consequence = "De interventie ligt stil tot u opnieuw kijkt.",
	  .note = "Aangehouden. Op de gekozen dag komt het terug.",
	  .asks_reason = true,
	  .asks_review = true },
	{ .action = INTERVENTION_RESUME, .form = &BARE_FORM, .note = "U gaat verder." },
	{ .action = INTERVENTION_GIVE_UP,
	  .form = &GIVE_UP_FORM,
	  .consequence = "De Stuurploeg krijgt de reden te lezen. Daarna kan er geen resultaat "
	                 "meer bij.",
	  .note = "Vastgelegd: niet uitgevoerd. De Stuurploeg bespreekt het.",
	  .danger = true,
	  .asks_reason = true,
	  .asks_class = true },
	{ .action = INTERVENTION_EXECUTE,
	  .form = &RESULT_FORM,
	  .consequence = "De regievoerder leest dit en stelt het resultaat vast.",
	  .note = "Het resultaat is gemeld. De regievoerder stelt het vast.",
	  .asks_result = true },
	{ .action = INTERVENTION_CONFIRM,
	  .form = &BARE_FORM,
	  .note = "Het resultaat is vastgesteld. Na 3, 6 en 12 maanden beoordeelt u het effect." },
	{ .action = INTERVENTION_CLOSE,
	  .form = &BARE_FORM,
	  .note = "De interventie is afgesloten." },
	{ .action = INTERVENTION_CANCEL,
	  .form = &CANCEL_FORM,
	  .consequence = "De interventie vervalt. Er kan niets meer bij.",
	  .note = "De interventie is vervallen.",
	  .danger = true,
	  .asks_reason = true },
};

static const struct step_words *words_of(uint8_t action)
{
	for (size_t i = 0; i < sizeof WORDS / sizeof WORDS[0]; i++)
		if (WORDS[i].action == action)
			return &WORDS[i];
	return NULL;
}

/* ---- the page that asks ---------------------------------------------------------------------------------- */

struct step_page {
	int64_t version;
	const char *reference, *heading, *consequence, *action_path, *back_href, *problem;
	uint8_t state;
	bool danger, asks_reason, asks_class, asks_review, asks_result, asks_executor;
	struct array executors;
};
#define PAGE(member, name, kind) VIEW_AS(struct step_page, member, name, kind, .page_only = true)
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct step_page, version, VIEW_INT),
	VIEW_F(struct step_page, reference, VIEW_REF),
	VIEW_AS(struct step_page, state, "state", VIEW_STATE, .machine = &INTERVENTION_MACHINE),
	PAGE(heading, "heading", VIEW_TEXT),
	PAGE(consequence, "consequence", VIEW_TEXT),
	PAGE(action_path, "actionPath", VIEW_TEXT),
	PAGE(back_href, "backHref", VIEW_TEXT),
	PAGE(danger, "danger", VIEW_BOOL),
	PAGE(asks_reason, "asksReason", VIEW_BOOL),
	PAGE(asks_class, "asksClass", VIEW_BOOL),
	PAGE(asks_review, "asksReview", VIEW_BOOL),
	PAGE(asks_result, "asksResult", VIEW_BOOL),
	PAGE(asks_executor, "asksExecutor", VIEW_BOOL),
	VIEW_AS(struct step_page, executors, "executors", VIEW_LIST, .view = &CHOICE_VIEW),
};
static const struct view PAGE_VIEW = VIEW_OF(struct step_page, PAGE_FIELDS);

struct step_change {
	struct on_intervention on;
	struct step_input in;
	const struct move *move;
	const struct step_words *words;
	int64_t cents[AMOUNT_KINDS];
	struct intervention_words reason, result;
	int64_t executor, organ;
	struct casefile casefile; /* id 0: isn't seen, or needn't follow */
	struct effect_yardstick yardstick;
	bool goal_names; /* the goal names somebody: it won't outlive the casefile */
};

static enum status load_step(struct request *rq, struct step_change *c, struct error *reterr)
{
	const struct action *action = machine_action_named(&INTERVENTION_MACHINE, rq->params[1]);
	enum status st = on_intervention(rq, &c->on, reterr);

	if (st != OK)
		return st;
	c->words = action != NULL ? words_of(action->code) : NULL;
	if (c->words == NULL)
		return FAIL_NOT_FOUND(reterr);
	const uint8_t state = c->on.intervention.state;
	c->move = machine_move(&INTERVENTION_MACHINE, state, action->code);
	if (state == INTERVENTION_CANCELLED)
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze interventie is vervallen. Er kan niets meer bij.");
	if (c->move == NULL || (c->move->who & ROLE_BIT(rq->viewer->role)) == 0 || !c->on.concerned)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	return OK;
}

/* Executors by name, then the desks: one list to choose from. */
static enum status fill_executors(struct request *rq, const struct intervention *i,
                                  struct array *ret, struct error *reterr)
{
	struct array owners = { 0 }, people = { 0 };
	enum status st =
	    intervention_owners(rq->db, plein_of(rq)->keyring, i, rq->arena, &owners, reterr);
	if (st == OK)
		st = intervention_executors(rq->db, i->id, rq->now_ms, rq->arena, &people, reterr);
	if (st != OK)
		return st;
	const struct intervention_owner *o = owners.items;
	const struct executor *p = people.items;
	const char *typed = input_text(rq->body, "executor");
	const char *chosen = typed != NULL ? typed : "";
	*ret = choices_for(rq->arena, owners.count + people.count);
	for (size_t n = 0; n < people.count; n++)
		choices_add(ret, arena_printf(rq->arena, "%lld", (long long)p[n].appointment_id),
		            arena_printf(rq->arena, "%s, %s", p[n].participant, p[n].name), chosen);
	for (size_t n = 0; n < owners.count; n++)
		choices_add(ret, arena_printf(rq->arena, DESK "%lld", (long long)o[n].organ_id),
		            arena_printf(rq->arena, "%s, het loket meldt", o[n].participant),
		            chosen);
	return OK;
}

static enum status show_step(struct request *rq, struct response *rs, struct error *reterr)
{
	struct step_change *c = ARENA_NEW(rq->arena, struct step_change);
	struct array executors = { 0 };

	enum status st = load_step(rq, c, reterr);
	if (st == OK && c->words->asks_executor)
		st = fill_executors(rq, &c->on.intervention, &executors, reterr);
	if (st != OK)
		return st;
	const struct intervention *i = &c->on.intervention;
	const struct action *action = machine_action(&INTERVENTION_MACHINE, c->move->action);
	const struct step_page record = {
		.version = i->version,
		.reference = i->reference,
		.state = i->state,
		.heading = action->label,
		.consequence = c->words->consequence,
		.action_path = intervention_path(rq->arena, i,
		                                 arena_printf(rq->arena, "/move/%s", action->name)),
		.back_href = intervention_path(rq->arena, i, ""),
		.danger = c->words->danger,
		.asks_reason = c->words->asks_reason,
		.asks_class = c->words->asks_class,
		.asks_review = c->words->asks_review,
		.asks_result = c->words->asks_result,
		.asks_executor = c->words->asks_executor,
		.executors = executors,
	};
	const struct page page = { .title = action->label,
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, i),
		                   .confidential = true,
		                   .template_name = "interventions/step",
		                   .form = c->words->form };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- before ------------------------------------------------------------------------------------------------ */

/* What the form of this step has no field for is empty. */
static void read_input(struct request *rq, struct step_change *c)
{
	input_read(rq->body, c->words->form, rq->wants_json, rq->arena, &c->in, rq->problems);
	for (size_t n = 0; n < AMOUNT_KINDS; n++)
		if (c->in.amounts[n] == NULL)
			c->in.amounts[n] = "";
	if (c->in.reason == NULL)
		c->in.reason = "";
	if (c->in.result == NULL)
		c->in.result = "";
	if (c->in.executor == NULL)
		c->in.executor = "";
	if (!c->words->asks_review)
		c->in.review_day = FIELD_NO_DAY;
	if (!c->words->asks_result)
		c->in.executed_day = FIELD_NO_DAY;
	if (!c->words->asks_executor)
		c->in.due_day = FIELD_NO_DAY;
}

static void read_amounts(struct request *rq, struct step_change *c)
{
	for (size_t n = 0; n < AMOUNT_KINDS; n++)
		c->cents[n] = c->words->asks_result
		                  ? intervention_cents(rq, c->in.amounts[n], AMOUNT_PATHS[n])
		                  : FIELD_NO_MONEY;
}

/* The guard has the last word; days that can't be are told at their field. */
static void check_days(struct request *rq, const struct step_change *c)
{
	const int32_t today = local_day(rq->now_ms);

	if (c->in.review_day != FIELD_NO_DAY && c->in.review_day <= today)
		problems_add(rq->problems, PROBLEM_ERROR, "reviewDay", "Kies een dag na vandaag.");
	if (c->in.executed_day != FIELD_NO_DAY && c->in.executed_day > today)
		problems_add(rq->problems, PROBLEM_ERROR, "executedDay",
		             "Deze dag ligt in de toekomst.");
}

static enum status find_executor(struct request *rq, struct step_change *c, struct error *reterr)
{
	const bool desk = strncmp(c->in.executor, DESK, strlen(DESK)) == 0;
	const int64_t id = strtoll(c->in.executor + (desk ? strlen(DESK) : 0), NULL, 10);
	struct array people = { 0 };

	if (!c->words->asks_executor || desk) {
		c->organ = id;
		return OK;
	}
	enum status st = intervention_executors(rq->db, c->on.intervention.id, rq->now_ms,
	                                        rq->arena, &people, reterr);
	const struct executor *p = people.items;
	for (size_t n = 0; n < people.count; n++)
		if (p[n].appointment_id == id) {
			c->executor = id;
			c->organ = p[n].organ_id;
		}
	if (st == OK && c->organ == 0 && c->in.executor[0] != '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "executor",
		             "Kies een uitvoerder uit de lijst.");
	return st;
}

/* The casefile that has to follow, where this viewer sees it. */
static enum status load_casefile(struct request *rq, struct step_change *c, struct error *reterr)
{
	if (rq->viewer->role != ROLE_INTERVENTION_LEAD || !c->on.intervention.sees_casefile)
		return OK;
	return casefile_load(rq->db, rq->viewer, c->on.intervention.casefile, rq->arena,
	                     &c->casefile, reterr);
}

static enum status prepare_step(struct request *rq, void **ret_input, struct error *reterr)
{
	struct step_change *c = ARENA_NEW(rq->arena, struct step_change);
	struct keyring *k = plein_of(rq)->keyring;

	*ret_input = c;
	enum status st = load_step(rq, c, reterr);
	if (st != OK)
		return st;
	read_input(rq, c);
	read_amounts(rq, c);
	check_days(rq, c);
	intervention_check_words(rq, c->in.reason, "reason");
	intervention_check_words(rq, c->in.result, "result");
	st = find_executor(rq, c, reterr);
	if (st == OK)
		st = load_casefile(rq, c, reterr);
	if (st == OK && c->words->action == INTERVENTION_CONFIRM)
		st = intervention_yardstick(rq, &c->on.intervention, &c->yardstick, &c->goal_names,
		                            reterr);
	intervention_seal_text(k, &c->on.intervention, INTERVENTION_REASON, c->in.reason, rq->arena,
	                       &c->reason);
	intervention_seal_text(k, &c->on.intervention, INTERVENTION_RESULT, c->in.result, rq->arena,
	                       &c->result);
	return st;
}

/* ---- inside the job ---------------------------------------------------------------------------------------- */

/* Execution of the casefile begins with the first that is assigned, and ends with the last. */
static enum status casefile_follows(struct db_tx *tx, const struct request *rq,
                                    const struct step_change *c, struct error *reterr)
{
	struct casefile_picture p = { 0 };
	const bool begins = c->move->action == INTERVENTION_ASSIGN;
	const bool ends =
	    c->move->action == INTERVENTION_CONFIRM || c->move->action == INTERVENTION_GIVE_UP;

	if (c->casefile.id == 0 || (!begins && !ends))
		return OK;
	enum status st = casefile_picture_load(db_tx_read(tx), c->casefile.id, &p, reterr);
	if (st != OK || (begins && p.state != CASEFILE_DECIDED) ||
	    (ends && (p.state != CASEFILE_EXECUTION || p.open_interventions > 0)))
		return st;
	const struct casefile_moving m = { .who = { c->casefile.id, rq->viewer, rq->now_ms },
		                           .action = begins ? CASEFILE_EXECUTE : CASEFILE_EVALUATE,
		                           .picture = &p };
	return casefile_move(tx, &m, reterr);
}

static enum status assign(struct db_tx *tx, const struct request *rq, const struct step_change *c,
                          struct error *reterr)
{
	const struct assigning n = { &c->on.intervention, c->organ, c->executor, rq->now_ms };

	return c->words->asks_executor ? intervention_assign(tx, &n, reterr) : OK;
}

static enum status add_amounts(struct db_tx *tx, const struct request *rq,
                               const struct step_change *c, struct error *reterr)
{
	enum status st = OK;

	for (int n = 0; st == OK && n < AMOUNT_KINDS; n++) {
		const struct amount_new a = { .intervention = &c->on.intervention,
			                      .viewer = rq->viewer,
			                      .organ_id = c->on.intervention.organ_id,
			                      .now_ms = rq->now_ms,
			                      .day = c->in.executed_day,
			                      .cents = c->cents[n],
			                      .kind = n + 1 };
		if (c->cents[n] != FIELD_NO_MONEY)
			st = intervention_amount(tx, &a, reterr);
	}
	return st;
}

static int64_t day_or_none(int64_t day)
{
	return day != FIELD_NO_DAY ? day : 0;
}

static enum status apply_step(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct step_change *c = change->input;
	const struct intervention *i = &c->on.intervention;
	struct intervention_picture p = { 0 };

	enum status st = db_claim(tx, &INTERVENTION_ROOT, i->id, c->in.version, reterr);
	if (st == OK)
		st = assign(tx, rq, c, reterr);
	if (st == OK)
		st = intervention_picture_load(db_tx_read(tx), i->id, rq->now_ms, &p, reterr);
	if (st != OK)
		return st;
	p.reason_given = c->reason.sealed != NULL;
	p.has_result = c->result.sealed != NULL;
	p.review_day = day_or_none(c->in.review_day);
	p.executed_day = day_or_none(c->in.executed_day);
	const struct intervention_moving m = { .intervention = i,
		                               .action = c->words->action,
		                               .viewer = rq->viewer,
		                               .picture = &p,
		                               .now_ms = rq->now_ms,
		                               .review_day = p.review_day,
		                               .executed_day = p.executed_day,
		                               .due_day = day_or_none(c->in.due_day),
		                               .reason_class = c->in.reason_class,
		                               .reason = &c->reason,
		                               .result = &c->result };
	st = intervention_move(tx, &m, reterr);
	if (st == OK)
		st = add_amounts(tx, rq, c, reterr);
	if (st == OK)
		st = casefile_follows(tx, rq, c, reterr);
	if (st == OK && c->words->action == INTERVENTION_CONFIRM)
		st = effect_yardstick_keep(tx, i->id, &c->yardstick, reterr);
	change->location = intervention_path(db_tx_arena(tx), i, "");
	change->note = c->goal_names ? "Vastgesteld. Let op: het doel noemt een persoon. Dat deel "
	                               "verdwijnt met de casus."
	                             : c->words->note;
	return st;
}

const struct route intervention_step_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}/move/{action}",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_VIEW,
	  .view = &PAGE_VIEW,
	  .read = show_step,
	  .summary = "Wat een stap van een interventie vraagt" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/move/{action}",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_MOVE,
	  .prepare = prepare_step,
	  .apply = apply_step,
	  .redraw = show_step,
	  .form = &FORM,
	  .summary = "Een stap van een interventie: toewijzen, beginnen, aanhouden, resultaat "
	             "melden, ..." },
	{ 0 },
};

const struct page_template intervention_step_templates[] = {
	{ .name = "interventions/step", .view = &PAGE_VIEW, .form = &FORM, .whole = true },
	{ 0 },
};
