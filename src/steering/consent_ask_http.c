/* An owner asks the sources of facts that may be used after consent only. */
#include "steering/owner_report.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "steering/steering_page.h"

struct ask_input {
	int64_t version;
	const char *purpose;
};
static const struct field ASK_FIELDS[] = {
	FIELD_VERSION(struct ask_input),
	{ .path = "purpose",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct ask_input, purpose),
	  .label = "Voor welk besluit heeft u de gegevens nodig?",
	  .required = true,
	  .missing = "Schrijf voor welk besluit u de gegevens nodig heeft. De bron leest dit.",
	  .max_chars = 1000 },
};
const struct form CONSENT_ASK_FORM = { ASK_FIELDS, 2, sizeof(struct ask_input) };

struct ask_change {
	struct ask_input in;
	struct owner_report report;
	struct consent_new *questions; /* one a source */
	struct consent_fact **facts;   /* of each */
	size_t count;
};

/* Its place; a new one where this source has none yet. */
static size_t question_to(struct request *rq, struct ask_change *c, int64_t organ_id)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->questions[i].organ_id == organ_id)
			return i;
	struct consent_new *q = &c->questions[c->count];
	c->facts[c->count] = ARENA_ARRAY(rq->arena, struct consent_fact, c->report.to_ask.count);
	*q = (struct consent_new){
		.uuid = uuid_at(rq->now_ms),
		.reference_key = plein_of(rq)->reference_key,
		.intervention_id = c->report.intervention.id,
		.casefile_id = c->report.intervention.casefile_id,
		.organ_id = organ_id,
		.appointment_id = rq->viewer->appointment_id,
		.now_ms = rq->now_ms,
		.facts = c->facts[c->count],
	};
	steering_line_seal(plein_of(rq)->keyring, &q->uuid, LINE_PURPOSE, c->in.purpose, rq->arena,
	                   &q->purpose);
	return c->count++;
}

static void write_questions(struct request *rq, struct ask_change *c)
{
	const struct usable_fact *f = c->report.to_ask.items;

	c->questions = ARENA_ARRAY(rq->arena, struct consent_new, c->report.to_ask.count);
	c->facts = ARENA_ARRAY(rq->arena, struct consent_fact *, c->report.to_ask.count);
	for (size_t i = 0; i < c->report.to_ask.count; i++) {
		const size_t n = question_to(rq, c, f[i].organ_id);
		c->facts[n][c->questions[n].fact_count++] =
		    (struct consent_fact){ .fact = f[i].fact->uuid, .edition = f[i].fact->version };
	}
}

static enum status prepare_ask(struct request *rq, void **ret_input, struct error *reterr)
{
	struct ask_change *c = ARENA_NEW(rq->arena, struct ask_change);

	*ret_input = c;
	enum status st = report_load_owned(rq, &c->report, reterr);
	if (st == OK)
		st = report_load_facts(rq, &c->report, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &CONSENT_ASK_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->report.to_ask.count == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Er zijn geen gegevens waarvoor u nog toestemming kunt vragen.");
	if (c->report.consents.list.count + c->report.to_ask.count > CONSENTS_MAX)
		return FAIL(reterr, ERR_CONFLICT, "Er is al %d keer toestemming gevraagd.",
		            (int)c->report.consents.list.count);
	if (rq->problems->error_count == 0)
		write_questions(rq, c);
	return OK;
}

/* Two owners who ask at once: the claim lets one of them go first. */
static enum status apply_ask(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct ask_change *c = change->input;
	const struct intervention *i = &c->report.intervention;
	enum status st = db_claim(tx, &INTERVENTION_ROOT, i->id, c->in.version, reterr);

	for (size_t n = 0; st == OK && n < c->count; n++)
		st = consent_ask(tx, &c->questions[n], reterr);
	change->location =
	    arena_printf(db_tx_arena(tx), "/interventions/%s/owner-report", i->reference);
	change->note = "Gevraagd. Geen antwoord is geen toestemming.";
	return st;
}

/* ---- waiting no longer ---------------------------------------------------------------------------- */

struct stop_input {
	int64_t version;
	const char *question;
};
static const struct field STOP_FIELDS[] = {
	FIELD_VERSION(struct stop_input),
	{ .path = "question",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct stop_input, question),
	  .label = "Vraag",
	  .required = true,
	  .missing = "Kies de vraag waarop u niet langer wacht.",
	  .max_chars = 40 },
};
static const struct form STOP_FORM = { STOP_FIELDS, 2, sizeof(struct stop_input) };

struct stop_change {
	struct stop_input in;
	struct owner_report report;
	const struct consent *consent;
};

static const struct consent *asked_as(const struct consents *c, const char *reference)
{
	const struct consent *list = c->list.items;

	for (size_t i = 0; i < c->list.count; i++)
		if (strcmp(list[i].reference, reference) == 0)
			return &list[i];
	return NULL;
}

static enum status prepare_stop(struct request *rq, void **ret_input, struct error *reterr)
{
	struct stop_change *c = ARENA_NEW(rq->arena, struct stop_change);

	*ret_input = c;
	enum status st = report_load_owned(rq, &c->report, reterr);
	if (st == OK)
		st = report_load_facts(rq, &c->report, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &STOP_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	c->consent = asked_as(&c->report.consents, c->in.question);
	if (c->consent == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "question",
		             "Deze vraag hoort niet bij deze interventie.");
	return OK;
}

static enum status apply_stop(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct stop_change *c = change->input;

	enum status st = db_claim(tx, &CONSENT_ROOT, c->consent->id, c->in.version, reterr);
	if (st == OK)
		st = consent_stop(tx, c->consent, rq->viewer, rq->now_ms, reterr);
	change->location = arena_printf(db_tx_arena(tx), "/interventions/%s/owner-report",
	                                c->report.intervention.reference);
	change->note = "U wacht niet langer. Er is geen toestemming; u kunt haar opnieuw vragen.";
	return st;
}

const struct route consent_ask_routes[] = {
	{ .method = "POST",
	  .path = "/interventions/{ref}/owner-report/_stop",
	  .permission = PERM_OWNER_REPORT,
	  .action = AUDIT_REPORT_CONSENT,
	  .prepare = prepare_stop,
	  .apply = apply_stop,
	  .redraw = show_owner_report,
	  .form = &STOP_FORM,
	  .summary = "Niet langer op toestemming van een bron wachten" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/owner-report/_ask",
	  .permission = PERM_OWNER_REPORT,
	  .action = AUDIT_REPORT_CONSENT,
	  .prepare = prepare_ask,
	  .apply = apply_ask,
	  .redraw = show_owner_report,
	  .form = &CONSENT_ASK_FORM,
	  .summary = "Bronnen om toestemming vragen voor gegevens in een eigen besluit" },
	{ 0 },
};
