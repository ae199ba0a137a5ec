/* What the desk writes down, item by item; and what the analyst keeps of it. */
#include "requests/request_answer.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "requests/request_news.h"
#include "work/work.h"

/* ---- may it be written on? ------------------------------------------------------------------- */

enum status on_answer(struct request *rq, struct on_request *on, struct error *reterr)
{
	enum status st = on_request(rq, on, reterr);

	if (st != OK)
		return st;
	if (!on->of_addressee || rq->viewer->role != ROLE_PARTNER_DESK)
		return FAIL(reterr, ERR_DENIED, "Alleen het loket dat de vraag kreeg, antwoordt.");
	if (on->request.state != REQUEST_ACCEPTED)
		return FAIL(reterr, ERR_CONFLICT,
		            "U kunt hier nu niets invullen. Neem de bevraging eerst in "
		            "behandeling, of kies: vul aan.");
	return OK;
}

enum status claim_answer(struct db_tx *tx, const struct request *rq,
                         const struct information_request *q, int64_t version, struct error *reterr)
{
	struct request_picture picture = { 0 };

	enum status st = db_claim(tx, &REQUEST_ROOT, q->id, version, reterr);
	if (st == OK)
		st = request_picture_now(db_tx_read(tx), rq->viewer, q, db_tx_arena(tx), &picture,
		                         reterr);
	if (st == OK && !picture.casefile_open)
		return FAIL(reterr, ERR_CONFLICT,
		            "De casus is niet meer open. Er kunnen geen gegevens meer bij.");
	return st;
}

/* ---- one item --------------------------------------------------------------------------------------- */

struct item_change {
	struct item_input in;
	struct on_request on;
	struct sealed_item item;
};

static struct answer_item item_of(const struct item_input *in)
{
	const struct law_kind *kind =
	    in->kind > 0 && in->kind <= UINT16_MAX ? law_kind((uint16_t)in->kind) : NULL;

	return (struct answer_item){
		.subject = in->subject,
		.kind = kind != NULL ? kind->code : 0,
		.category = kind != NULL ? kind->category : CATEGORY_NONE,
		.text = in->text,
		.settled = in->settled,
		.day = in->day,
		.cents = in->cents,
		.is_judgement = in->nature == NATURE_JUDGEMENT,
		.source_grade = (char)(in->grade >> 8 & 0x7f),
		.information_grade = (char)(in->grade & 0x7f),
		.task = in->task > 0 && in->task <= UINT16_MAX ? (uint16_t)in->task : 0,
	};
}

static enum status prepare_item(struct request *rq, void **ret_input, struct error *reterr)
{
	struct item_change *c = ARENA_NEW(rq->arena, struct item_change);

	*ret_input = c;
	enum status st = on_answer(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &ITEM_FORM, false, rq->arena, &c->in, rq->problems);
	const struct answer_item item = item_of(&c->in);
	const struct answer_asked asked = request_asked(&c->on, rq->arena, local_day(rq->now_ms));
	const struct asked_subject *subject = request_subject_numbered(&c->on, item.subject);
	if (answer_item_check(&asked, &item, "", rq->arena, rq->problems) && subject != NULL)
		request_seal_item(plein_of(rq)->keyring, &item, subject->presence_id,
		                  c->on.request.participant_id, rq->now_ms, rq->arena, &c->item);
	return OK;
}

static enum status apply_item(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct item_change *c = change->input;

	enum status st = claim_answer(tx, rq, &c->on.request, c->in.version, reterr);
	if (st == OK)
		st = request_item_add(tx, c->on.request.id, &c->item, rq->viewer->appointment_id,
		                      rq->now_ms, reterr);
	change->location = request_path(db_tx_arena(tx), &c->on.request, "");
	change->note = "Bewaard. Nog niet verstuurd.";
	return st;
}

/* ---- taking one back, parts as a whole ------------------------------------------------------------------ */

static const struct code PART_CHOICES[] = {
	{ ANSWER_NOTHING, "NOTHING_KNOWN", "Niets bekend" },
	{ ANSWER_REFUSED, "REFUSED", "Niet verstrekken" },
	{ ANSWER_OPEN + 10, "OPEN", "Toch invullen" },
	{ 0 },
};
struct part_input {
	int64_t version, subject, category;
	int state;
};
static const struct field PART_FIELDS[] = {
	FIELD_VERSION(struct part_input),
	{ .path = "subject",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct part_input, subject),
	  .label = "Over wie of wat?",
	  .required = true },
	{ .path = "category",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct part_input, category),
	  .label = "Onderdeel" },
	{ .path = "state",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct part_input, state),
	  .label = "Wat is het antwoord?",
	  .codes = PART_CHOICES,
	  .required = true },
};
static const struct form PART_FORM = { PART_FIELDS, 4, sizeof(struct part_input) };

struct part_change {
	struct part_input in;
	struct on_request on;
	int64_t presence_id, number;
};

static enum status prepare_part(struct request *rq, void **ret_input, struct error *reterr)
{
	struct part_change *c = ARENA_NEW(rq->arena, struct part_change);

	*ret_input = c;
	enum status st = on_answer(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &PART_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	const struct asked_subject *s = request_subject_numbered(&c->on, c->in.subject);
	if (s == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "subject",
		             "Deze persoon of zaak staat niet in de vraag.");
	else
		c->presence_id = s->presence_id;
	return OK;
}

static enum status apply_part(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct part_change *c = change->input;
	const struct information_request *q = &c->on.request;

	enum status st = claim_answer(tx, change->rq, q, c->in.version, reterr);
	if (st == OK)
		st = request_part_set(tx, q->id, c->presence_id, (enum law_category)c->in.category,
		                      (enum answer_state)(c->in.state % 10), reterr);
	change->location = request_path(db_tx_arena(tx), q, "");
	change->note = "Bewaard. Nog niet verstuurd.";
	return st;
}

static enum status prepare_remove(struct request *rq, void **ret_input, struct error *reterr)
{
	struct part_change *c = ARENA_NEW(rq->arena, struct part_change);
	struct version_input in = { 0 };

	*ret_input = c;
	enum status st = on_answer(rq, &c->on, reterr);
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	c->in.version = in.version;
	c->number = strtoll(rq->params[1], NULL, 10);
	return st;
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct part_change *c = change->input;
	const struct information_request *q = &c->on.request;

	enum status st = claim_answer(tx, change->rq, q, c->in.version, reterr);
	if (st == OK)
		st = request_item_remove(tx, q->id, c->number, reterr);
	change->location = request_path(db_tx_arena(tx), q, "");
	change->note = "Weggehaald.";
	return st;
}

/* ---- the analyst judges ----------------------------------------------------------------------------------- */

static const struct code JUDGEMENTS[] = {
	{ 1, "KEEP", "Houden" },
	{ 2, "SEND_BACK", "Terugsturen en wissen" },
	{ 0 },
};
struct judge_row {
	int64_t number;
	int judgement;
};
static const struct field JUDGE_ROW_FIELDS[] = {
	{ .path = "number",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct judge_row, number),
	  .label = "Nummer" },
	{ .path = "judgement",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct judge_row, judgement),
	  .label = "Houden of terugsturen?",
	  .codes = JUDGEMENTS },
};
static const struct form JUDGE_ROW = { JUDGE_ROW_FIELDS, 2, sizeof(struct judge_row) };
struct judge_input {
	int64_t version;
	struct array items;
};
static const struct field JUDGE_FIELDS[] = {
	FIELD_VERSION(struct judge_input),
	{ .path = "items",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct judge_input, items),
	  .label = "Gegevens",
	  .max_chars = ANSWER_ITEMS_MAX,
	  .element = &JUDGE_ROW },
};
static const struct form JUDGE_FORM = { JUDGE_FIELDS, 2, sizeof(struct judge_input) };

struct judge_change {
	struct judge_input in;
	struct on_request on;
};

static enum status prepare_judge(struct request *rq, void **ret_input, struct error *reterr)
{
	struct judge_change *c = ARENA_NEW(rq->arena, struct judge_change);

	*ret_input = c;
	enum status st = on_request(rq, &c->on, reterr);
	if (st != OK)
		return st;
	if (!request_checks(rq->viewer->role, &c->on.request))
		return FAIL(reterr, ERR_CONFLICT, "Hier is nu niets te controleren.");
	input_read(rq->body, &JUDGE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	return OK;
}

static const char *judged_note(size_t kept, size_t sent_back)
{
	if (sent_back > 0)
		return "Bewaard. Wat u terugstuurde, is gewist. De partner krijgt daar bericht "
		       "van.";
	return kept > 0 ? "Bewaard." : "U koos nog niets. Kies bij elk gegeven.";
}

static enum status apply_judge(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct judge_change *c = change->input;
	const struct information_request *q = &c->on.request;
	const struct judge_row *rows = c->in.items.items;
	size_t kept = 0, sent_back = 0;

	enum status st = db_claim(tx, &REQUEST_ROOT, q->id, c->in.version, reterr);
	for (size_t i = 0; st == OK && i < c->in.items.count; i++) {
		if (rows[i].number == 0 || rows[i].judgement == 0)
			continue;
		const bool keep = rows[i].judgement == 1;
		st = request_item_judge(tx, q->id, rows[i].number, keep, rq->viewer->appointment_id,
		                        rq->now_ms, reterr);
		kept += keep;
		sent_back += !keep;
	}
	if (st == OK && sent_back > 0)
		st = request_tell_desk(tx, q, NEWS_REQUEST_SENT_BACK, rq->now_ms, reterr);
	change->location = request_path(db_tx_arena(tx), q, "");
	change->note = judged_note(kept, sent_back);
	return st;
}

const struct route request_answer_routes[] = {
	{ .method = "POST",
	  .path = "/requests/{ref}/items",
	  .permission = PERM_REQUEST_ANSWER,
	  .action = AUDIT_REQUEST_WRITE,
	  .prepare = prepare_item,
	  .apply = apply_item,
	  .redraw = show_request,
	  .form = &ITEM_FORM,
	  .summary = "Eén gegeven bij een antwoord zetten" },
	{ .method = "POST",
	  .path = "/requests/{ref}/items/{number}/_remove",
	  .permission = PERM_REQUEST_ANSWER,
	  .action = AUDIT_REQUEST_WRITE,
	  .prepare = prepare_remove,
	  .apply = apply_remove,
	  .redraw = show_request,
	  .form = &VERSION_FORM,
	  .summary = "Een gegeven weghalen dat nog niet verstuurd is" },
	{ .method = "POST",
	  .path = "/requests/{ref}/parts/_set",
	  .permission = PERM_REQUEST_ANSWER,
	  .action = AUDIT_REQUEST_WRITE,
	  .prepare = prepare_part,
	  .apply = apply_part,
	  .redraw = show_request,
	  .form = &PART_FORM,
	  .summary = "Over een onderdeel of een betrokkene: niets bekend, of niet verstrekken" },
	{ .method = "POST",
	  .path = "/requests/{ref}/_judge",
	  .permission = PERM_REQUEST_CHECK,
	  .action = AUDIT_REQUEST_CHECK,
	  .prepare = prepare_judge,
	  .apply = apply_judge,
	  .redraw = show_request,
	  .form = &JUDGE_FORM,
	  .summary = "Per gegeven: houden, of terugsturen en wissen" },
	{ 0 },
};
