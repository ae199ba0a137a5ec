/* What happens to a request: every move of its life by one route, and what follows from it. */
#include "requests/request_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "requests/request_issue.h"
#include "subjects/casefile_subject.h"

static const struct code REASONS[] = {
	{ 1, "INVESTIGATION", "Een lopend onderzoek" },
	{ 2, "NATIONAL_SECURITY", "Nationale veiligheid" },
	{ 3, "SAFETY_OF_PERSONS", "De veiligheid van personen" },
	{ 4, "SECRECY_LAW", "Een strengere geheimhoudingsplicht" },
	{ 5, "NOT_NECESSARY", "Niet nodig voor deze vraag" },
	{ 6, "OTHER", "Een andere reden" },
	{ 0 },
};

struct move_input {
	int64_t version, day, colleague;
	int reason;
	const char *words;
};
static const struct field MOVE_FIELDS[] = {
	FIELD_VERSION(struct move_input),
	{ .path = "day",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct move_input, day),
	  .label = "Tot welke dag?" },
	{ .path = "colleague",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct move_input, colleague),
	  .label = "Aan wie?" },
	{ .path = "reason",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct move_input, reason),
	  .label = "Welke reden?",
	  .codes = REASONS },
	{ .path = "words",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct move_input, words),
	  .label = "Toelichting",
	  .max_chars = 1000 },
};
static const struct form MOVE_FORM = { MOVE_FIELDS, 5, sizeof(struct move_input) };

struct filed { /* a kept item, as a fact of the casefile */
	int64_t number;
	struct sealed_known_fact fact;
};

struct move_change {
	struct move_input in;
	struct filed *facts;
	size_t fact_count;
	struct on_request on;
	const struct move *move;
	struct sealed_reason reason;
};

/* ---- before ------------------------------------------------------------------------------------------ */

static enum status check_colleague(struct request *rq, const struct move_change *c,
                                   struct error *reterr)
{
	bool fits = false;

	if (c->move->action != REQUEST_FORWARD)
		return OK;
	enum status st = request_may_handle(rq->db, c->in.colleague, c->on.request.organ_id,
	                                    local_day(rq->now_ms), rq->now_ms, &fits, reterr);
	if (st == OK && !fits)
		problems_add(rq->problems, PROBLEM_ERROR, "colleague",
		             "Kies een collega van het loket uit de lijst.");
	return st;
}

/* What the machine would refuse, said at the field before anything is done. */
static void check_day(const struct request *rq, const struct move_change *c)
{
	if (c->move->action != REQUEST_ASK_TIME || problems_at(rq->problems, "day") != NULL)
		return;
	if (c->in.day == FIELD_NO_DAY) {
		problems_add(rq->problems, PROBLEM_ERROR, "day",
		             "Vul in tot welke dag u uitstel vraagt.");
		return;
	}
	const struct verdict v = request_may_extend(c->on.request.due_day, c->in.day, NULL);
	if (!verdict_allows(v))
		problems_add(rq->problems, PROBLEM_ERROR, "day",
		             arena_printf(rq->arena, "%s %s", v.sentence, v.next));
}

/* What people read in the casefile: the words, with amount and day. */
static const char *fact_value(struct arena *a, const struct answer_item *i)
{
	const char *text = i->text;

	if (i->cents != INT64_MIN)
		text = arena_printf(a, "%s%s%s", text, text[0] != '\0' ? " " : "",
		                    dutch_euros(a, i->cents));
	if (i->day != INT64_MIN)
		text = arena_printf(a, "%s (%s)", text, dutch_date(a, (int32_t)i->day));
	return text;
}

static struct fact_new fact_of(const struct request *rq, const struct information_request *q,
                               const struct request_item *i)
{
	return (struct fact_new){
		.kind = i->item.kind,
		.category = i->item.category,
		.phase = i->phase,
		.text = fact_value(rq->arena, &i->item),
		.is_judgement = i->item.is_judgement,
		.source_grade = i->item.source_grade,
		.information_grade = i->item.information_grade,
		.handling = i->item.handling,
		.task = i->item.task,
		.participant_id = q->participant_id,
		.organ_id = q->organ_id,
		.appointment_id = rq->viewer->appointment_id,
	};
}

/* What was kept becomes facts once the check is done. */
static enum status seal_facts(struct request *rq, struct move_change *c, struct error *reterr)
{
	struct array items = { 0 };
	enum status st =
	    request_items(rq->db, plein_of(rq)->keyring, &c->on.request, rq->arena, &items, reterr);
	const struct request_item *i = items.items;

	c->facts = ARENA_ARRAY(rq->arena, struct filed, items.count + 1);
	for (size_t n = 0; st == OK && n < items.count; n++) {
		const struct asked_subject *s = request_subject(&c->on, i[n].presence_id);
		if (i[n].stage != ITEM_KEPT || i[n].is_fact || s == NULL)
			continue; /* s NULL: forgotten since, nothing to file */
		const struct fact_new given = fact_of(rq, &c->on.request, &i[n]);
		struct filed *to = &c->facts[c->fact_count];
		st =
		    casefile_fact_seal(rq->db, plein_of(rq)->keyring, c->on.request.casefile_id,
		                       s->number, &given, rq->now_ms, rq->arena, &to->fact, reterr);
		to->number = i[n].number;
		c->fact_count++;
	}
	return st;
}

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *c = ARENA_NEW(rq->arena, struct move_change);
	const struct action *action = machine_action_named(&REQUEST_MACHINE, rq->params[1]);

	*ret_input = c;
	enum status st = on_request(rq, &c->on, reterr);
	if (st != OK)
		return st;
	if (action == NULL || action->code == REQUEST_WRITE || action->code == REQUEST_REWRITE)
		return FAIL_NOT_FOUND(reterr);
	c->move = machine_move(&REQUEST_MACHINE, c->on.request.state, action->code);
	const bool bureau =
	    rq->viewer->role == ROLE_INFO_COORDINATOR || rq->viewer->role == ROLE_ANALYST;
	if (c->move == NULL || (c->move->who & ROLE_BIT(rq->viewer->role)) == 0 ||
	    (!bureau && !c->on.of_addressee))
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	input_read(rq->body, &MOVE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_day(rq, c);
	st = check_colleague(rq, c, reterr);
	if (st == OK && c->move->action == REQUEST_REFUSE)
		request_seal_reason(plein_of(rq)->keyring, &c->on.request.uuid, c->in.reason,
		                    c->in.words, rq->arena, &c->reason);
	if (st == OK && c->move->action == REQUEST_CHECK)
		st = seal_facts(rq, c, reterr);
	return st;
}

/* ---- what this move sets ---------------------------------------------------------------------- */

static struct request_moving moving_of(const struct move_change *c, const struct request *rq,
                                       const struct request_picture *picture)
{
	const struct information_request *q = &c->on.request;
	const uint8_t action = c->move->action;
	struct request_moving m = { .request = q,
		                    .move = c->move,
		                    .viewer = rq->viewer,
		                    .now_ms = rq->now_ms,
		                    .wanted_day = -1 };

	if (action == REQUEST_ISSUE)
		m.due_day = request_issue_due(q, rq->now_ms);
	if (action == REQUEST_ACCEPT)
		m.handler_id = rq->viewer->appointment_id;
	if (action == REQUEST_FORWARD)
		m.handler_id = c->in.colleague;
	if (action == REQUEST_ASK_TIME)
		m.wanted_day = c->in.day;
	if (action == REQUEST_GIVE_TIME)
		m.due_day = picture->wanted_day;
	if (action == REQUEST_GIVE_TIME || action == REQUEST_DENY_TIME)
		m.wanted_day = 0;
	if (action == REQUEST_ADD)
		m.due_day = request_issue_due(q, rq->now_ms);
	if (action == REQUEST_OFFER)
		m.offered_by = rq->viewer->person_id;
	return m;
}

static const struct {
	uint8_t action;
	const char *note;
} NOTES[] = {
	{ REQUEST_ISSUE, "De bevraging is uitgezet. Het loket krijgt bericht." },
	{ REQUEST_ACCEPT, "U heeft de bevraging in behandeling." },
	{ REQUEST_SAY_NOTHING, "Afgehandeld: niets bekend. Dank u." },
	{ REQUEST_SAY_KNOWN, "Verstuurd: bekend. Dank u." },
	{ REQUEST_ANSWER, "Uw antwoord is verstuurd. De analist controleert het." },
	{ REQUEST_ANSWER_PARTLY, "Uw antwoord is verstuurd. De analist controleert het." },
	{ REQUEST_OFFER, "Voorgelegd. Een tweede persoon leest het na en tekent." },
	{ REQUEST_SIGN, "Getekend en verstuurd." },
	{ REQUEST_SIGN_PARTLY, "Getekend en verstuurd." },
	{ REQUEST_GIVE_BACK, "Teruggegeven aan het loket." },
	{ REQUEST_REFUSE, "Geweigerd. Alleen de informatiecoördinator ziet dat." },
	{ REQUEST_CANCEL, "De bevraging is ingetrokken." },
	{ REQUEST_CHECK, "De controle is klaar. Wat u hield, staat nu in de casus." },
	{ REQUEST_CLOSE, "De bevraging is afgesloten." },
	{ REQUEST_ADD, "U kunt nu aanvullen. Het antwoord wordt opnieuw gecontroleerd." },
	{ REQUEST_ASK_TIME, "Uitstel gevraagd. Tot er antwoord is, geldt de oude termijn." },
	{ REQUEST_GIVE_TIME, "Uitstel gegeven." },
	{ REQUEST_DENY_TIME, "Geen uitstel gegeven. De oude termijn geldt." },
	{ REQUEST_FORWARD, "Doorgegeven aan uw collega." },
};

static const char *note_of(uint8_t action)
{
	for (size_t i = 0; i < sizeof NOTES / sizeof NOTES[0]; i++)
		if (NOTES[i].action == action)
			return NOTES[i].note;
	return NULL;
}

/* ---- inside the job ---------------------------------------------------------------------------------------- */

static bool sends_items(uint8_t action)
{
	return action == REQUEST_ANSWER || action == REQUEST_ANSWER_PARTLY ||
	       action == REQUEST_SIGN || action == REQUEST_SIGN_PARTLY;
}

static enum status follow(struct db_tx *tx, const struct move_change *c,
                          const struct request_moving *m, struct error *reterr)
{
	const struct information_request *q = &c->on.request;
	enum status st = OK;

	if (sends_items(c->move->action))
		st = request_items_send(tx, q, m->now_ms, reterr);
	if (st == OK && c->move->action == REQUEST_REFUSE)
		st = request_reason_put(tx, q->id, &c->reason, reterr);
	for (size_t i = 0; st == OK && i < c->fact_count; i++) {
		st = casefile_fact_add(tx, q->casefile_id, &c->facts[i].fact, m->now_ms, reterr);
		if (st == OK)
			st = request_item_filed(tx, q->id, c->facts[i].number,
			                        &c->facts[i].fact.uuid, reterr);
	}
	return st == OK ? request_hand_on(tx, m, reterr) : st;
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct move_change *c = change->input;
	const struct information_request *q = &c->on.request;
	struct request_picture picture = { 0 };

	enum status st = db_claim(tx, &REQUEST_ROOT, q->id, c->in.version, reterr);
	if (st == OK)
		st = request_picture_now(db_tx_read(tx), rq->viewer, q, db_tx_arena(tx), &picture,
		                         reterr);
	if (st != OK)
		return st;
	if (c->move->action == REQUEST_ASK_TIME)
		picture.wanted_day = c->in.day != FIELD_NO_DAY ? c->in.day : 0;
	const struct verdict v = move_verdict(c->move, ROLE_BIT(rq->viewer->role), &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	const struct request_moving m = moving_of(c, rq, &picture);
	st = request_move(tx, &m, reterr);
	if (st == OK)
		st = follow(tx, c, &m, reterr);
	change->location = request_path(db_tx_arena(tx), q, "");
	change->note = note_of(c->move->action);
	return st;
}

const struct route request_move_routes[] = {
	{ .method = "POST",
	  .path = "/requests/{ref}/move/{action}",
	  .permission = PERM_REQUEST_READ,
	  .action = AUDIT_REQUEST_MOVE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_request,
	  .form = &MOVE_FORM,
	  .summary =
	      "Een stap met een bevraging: uitzetten, beantwoorden, weigeren, sluiten, ..." },
	{ 0 },
};
