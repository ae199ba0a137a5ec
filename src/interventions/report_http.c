/* What owners send: yes or no, how it stands this month, and amounts. */
#include "access/access.h"
#include "audit/action.h"
#include "interventions/amount_form.h"
#include "interventions/intervention_page.h"
#include "interventions/report_form.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"

/* ---- the monthly status ----------------------------------------------------------------------- */

static int check_hours(const void *member, struct arena *a, const char **ret_message)
{
	const int64_t hours = *(const int64_t *)member;
	(void)a;
	if (hours >= 0 && hours <= REPORT_HOURS_MAX)
		return -1;
	*ret_message = hours < 0 ? "Uren kunnen niet onder nul zijn."
	                         : "Dit zijn meer dan 2000 uren in een maand. Controleer het.";
	return PROBLEM_ERROR;
}

static const struct field REPORT_FIELDS[] = {
	{ .path = "standing",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct report_input, standing),
	  .label = "Hoe staat het?",
	  .required = true,
	  .missing = "Kies hoe het staat.",
	  .codes = REPORT_STANDINGS },
	{ .path = "hours",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct report_input, hours),
	  .label = "Uren deze maand",
	  .check = check_hours },
	{ .path = "note",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct report_input, note),
	  .label = "Toelichting",
	  .max_chars = 1000 },
	{ .path = "correct",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct report_input, correct),
	  .label = "Verbeter de melding van deze maand" },
};
const struct form REPORT_FORM = { REPORT_FIELDS, sizeof REPORT_FIELDS / sizeof REPORT_FIELDS[0],
	                          sizeof(struct report_input) };

const char *report_month_words(struct arena *a, int64_t month)
{
	return arena_printf(a, "%s %d", dutch_month((int)(month % 100)), (int)(month / 100));
}

struct report_change {
	struct on_intervention on;
	struct report_input in;
	struct intervention_words note;
};

/* Its executor, or the desk of an owner without one. */
static enum status check_reporter(struct request *rq, const struct intervention *i,
                                  struct error *reterr)
{
	struct array owners = { 0 };
	enum status st =
	    intervention_owners(rq->db, plein_of(rq)->keyring, i, rq->arena, &owners, reterr);
	const struct intervention_owner *o = owners.items;

	for (size_t n = 0; st == OK && n < owners.count; n++) {
		if (o[n].organ_id != rq->viewer->organ_id)
			continue;
		if (rq->viewer->role == ROLE_EXECUTOR &&
		    o[n].executor_id == rq->viewer->appointment_id)
			return OK;
		if (rq->viewer->role == ROLE_PARTNER_DESK && o[n].executor_id == 0)
			return OK;
	}
	return st == OK ? FAIL(reterr, ERR_CONFLICT, "Dit meldt de uitvoerder van de eigenaar.")
	                : st;
}

static enum status prepare_report(struct request *rq, void **ret_input, struct error *reterr)
{
	struct report_change *c = ARENA_NEW(rq->arena, struct report_change);

	*ret_input = c;
	enum status st = on_intervention(rq, &c->on, reterr);
	if (st == OK)
		st = check_reporter(rq, &c->on.intervention, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &REPORT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	intervention_check_words(rq, c->in.note, "note");
	intervention_seal_note(plein_of(rq)->keyring, &c->on.intervention, rq->viewer->organ_id,
	                       c->in.note, rq->arena, &c->note);
	return OK;
}

static enum status apply_report(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct report_change *c = change->input;
	const struct reporting p = { .intervention = &c->on.intervention,
		                     .viewer = rq->viewer,
		                     .organ_id = rq->viewer->organ_id,
		                     .now_ms = rq->now_ms,
		                     .month = report_month(local_day(rq->now_ms)),
		                     .standing = c->in.standing,
		                     .hours = c->in.hours,
		                     .note = &c->note,
		                     .correct = c->in.correct };

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "");
	change->note = "Gemeld. De regievoerder ziet het.";
	return intervention_report(tx, &p, reterr);
}

/* ---- an owner's yes or no ------------------------------------------------------------------------- */

static const struct code ANSWERS[] = {
	{ OWNER_AGREED, "AGREED", "Stem in" },
	{ OWNER_DECLINED, "DECLINED", "Stem niet in" },
	{ 0 },
};
struct answer_input {
	int64_t version;
	int answer;
	const char *reason;
};
static const struct field ANSWER_FIELDS[] = {
	FIELD_VERSION(struct answer_input),
	{ .path = "answer",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct answer_input, answer),
	  .label = "Stemt uw organisatie in?",
	  .required = true,
	  .codes = ANSWERS },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct answer_input, reason),
	  .label = "Waarom niet?",
	  .max_chars = 1000 },
};
static const struct form ANSWER_FORM = { ANSWER_FIELDS, 3, sizeof(struct answer_input) };

struct answer_change {
	struct on_intervention on;
	struct answer_input in;
	struct intervention_words reason;
};

static enum status prepare_answer(struct request *rq, void **ret_input, struct error *reterr)
{
	struct answer_change *c = ARENA_NEW(rq->arena, struct answer_change);

	*ret_input = c;
	enum status st = on_intervention(rq, &c->on, reterr);
	if (st != OK)
		return st;
	if (!c->on.of_owner)
		return FAIL(reterr, ERR_CONFLICT, "Alleen een eigenaar stemt in.");
	input_read(rq->body, &ANSWER_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->in.answer == OWNER_DECLINED && c->in.reason[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "reason",
		             "Schrijf op waarom uw organisatie niet instemt.");
	intervention_check_words(rq, c->in.reason, "reason");
	intervention_seal_owner_reason(plein_of(rq)->keyring, &c->on.intervention,
	                               rq->viewer->organ_id, c->in.reason, rq->arena, &c->reason);
	return OK;
}

static enum status apply_answer(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct answer_change *c = change->input;
	const struct owner_answering o = { .intervention = &c->on.intervention,
		                           .viewer = rq->viewer,
		                           .organ_id = rq->viewer->organ_id,
		                           .now_ms = rq->now_ms,
		                           .agrees = c->in.answer == OWNER_AGREED,
		                           .reason = &c->reason };

	enum status st =
	    db_claim(tx, &INTERVENTION_ROOT, c->on.intervention.id, c->in.version, reterr);
	if (st == OK)
		st = intervention_answer(tx, &o, reterr);
	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "");
	change->note = o.agrees ? "Uw organisatie stemt in."
	                        : "Vastgelegd: uw organisatie stemt niet in. De regievoerder en "
	                          "de secretaris weten het.";
	return st;
}

/* ---- amounts --------------------------------------------------------------------------------------- */

struct amount_row {
	int64_t day, cents;
	const char *column, *participant;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct amount_row, day, VIEW_DAY),
	VIEW_AS(struct amount_row, cents, "amount", VIEW_MONEY),
	VIEW_F(struct amount_row, column, VIEW_TEXT),
	VIEW_F(struct amount_row, participant, VIEW_TEXT),
};
static const struct view ROW_VIEW = VIEW_OF(struct amount_row, ROW_FIELDS);

struct amounts_record {
	const char *reference, *heading, *add_href;
	struct array columns, amounts;
	bool has_amounts;
};
static const struct view_field AMOUNTS_FIELDS[] = {
	VIEW_F(struct amounts_record, reference, VIEW_REF),
	VIEW_AS(struct amounts_record, heading, "heading", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct amounts_record, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct amounts_record, columns, "columns", VIEW_LIST, .view = &AMOUNT_COLUMN_VIEW),
	VIEW_AS(struct amounts_record, amounts, "amounts", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct amounts_record, has_amounts, "hasAmounts", VIEW_BOOL, .page_only = true),
};
static const struct view AMOUNTS_VIEW = VIEW_OF(struct amounts_record, AMOUNTS_FIELDS);

static struct array rows_of(struct arena *a, struct array found)
{
	const struct intervention_amount *from = found.items;
	struct amount_row *to = ARENA_ARRAY(a, struct amount_row, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct amount_row){ from[i].day, from[i].cents,
			                     AMOUNT_COLUMNS_SHOWN[from[i].kind - 1].label,
			                     from[i].participant };
	return (struct array){ to, found.count };
}

static enum status show_amounts(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_intervention on;
	struct array found = { 0 };

	enum status st = on_intervention(rq, &on, reterr);
	if (st == OK)
		st = intervention_amounts(rq->db, on.intervention.id, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const bool may_add = on.of_owner && (rq->viewer->role == ROLE_EXECUTOR ||
	                                     rq->viewer->role == ROLE_PARTNER_DESK);
	const struct amounts_record record = {
		.reference = on.intervention.reference,
		.heading = intervention_title(&on.intervention),
		.add_href = may_add && intervention_takes_amounts(on.intervention.state)
		                ? intervention_path(rq->arena, &on.intervention, "/amounts")
		                : NULL,
		.columns = intervention_columns(rq->arena, found),
		.amounts = rows_of(rq->arena, found),
		.has_amounts = found.count > 0,
	};
	const struct page page = { .title = "Bedragen van een interventie",
		                   .place = "/interventions",
		                   .crumbs = intervention_crumbs(rq->arena, &on.intervention),
		                   .confidential = true,
		                   .template_name = "interventions/amounts",
		                   .form = &AMOUNT_FORM };
	return page_respond(rq, rs, &page, &AMOUNTS_VIEW, &record, reterr);
}

struct amount_change {
	struct on_intervention on;
	struct amount_input in;
	int64_t cents;
};

static enum status prepare_amount(struct request *rq, void **ret_input, struct error *reterr)
{
	struct amount_change *c = ARENA_NEW(rq->arena, struct amount_change);

	*ret_input = c;
	enum status st = on_intervention(rq, &c->on, reterr);
	if (st != OK)
		return st;
	if (!c->on.of_owner)
		return FAIL(reterr, ERR_CONFLICT, "Bedragen legt de eigenaar vast.");
	input_read(rq->body, &AMOUNT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	c->cents = intervention_cents(rq, c->in.amount, "amount");
	if (c->in.day != FIELD_NO_DAY && c->in.day > local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "day",
		             "Deze dag ligt in de toekomst. Kies de dag waarop het gebeurde.");
	return OK;
}

static enum status apply_amount(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct amount_change *c = change->input;
	const struct amount_new n = { .intervention = &c->on.intervention,
		                      .viewer = rq->viewer,
		                      .organ_id = rq->viewer->organ_id,
		                      .now_ms = rq->now_ms,
		                      .day = c->in.day,
		                      .cents = c->cents,
		                      .kind = c->in.column };

	change->location = intervention_path(db_tx_arena(tx), &c->on.intervention, "/amounts");
	change->note = "Vastgelegd.";
	change->created = true;
	return intervention_amount(tx, &n, reterr);
}

const struct route intervention_report_routes[] = {
	{ .method = "POST",
	  .path = "/interventions/{ref}/reports",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_REPORT,
	  .prepare = prepare_report,
	  .apply = apply_report,
	  .redraw = show_intervention,
	  .form = &REPORT_FORM,
	  .summary = "De maandelijkse stand van een interventie melden, met uren" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/_answer",
	  .permission = PERM_INTERVENTION_AGREE,
	  .action = AUDIT_INTERVENTION_MOVE,
	  .prepare = prepare_answer,
	  .apply = apply_answer,
	  .redraw = show_intervention,
	  .form = &ANSWER_FORM,
	  .summary = "Als eigenaar instemmen met een interventie, of niet" },
	{ .method = "GET",
	  .path = "/interventions/{ref}/amounts",
	  .permission = PERM_INTERVENTION_READ,
	  .action = AUDIT_INTERVENTION_VIEW,
	  .read = show_amounts,
	  .view = &AMOUNTS_VIEW,
	  .summary = "De bedragen van een interventie, in zeven kolommen" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/amounts",
	  .permission = PERM_INTERVENTION_WORK,
	  .action = AUDIT_INTERVENTION_AMOUNT,
	  .prepare = prepare_amount,
	  .apply = apply_amount,
	  .redraw = show_amounts,
	  .form = &AMOUNT_FORM,
	  .summary = "Een bedrag vastleggen in een van de zeven kolommen" },
	{ 0 },
};

const struct page_template intervention_report_templates[] = {
	{ .name = "interventions/amounts",
	  .view = &AMOUNTS_VIEW,
	  .form = &AMOUNT_FORM,
	  .whole = true },
	{ 0 },
};
