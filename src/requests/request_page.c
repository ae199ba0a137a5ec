/* One request as somebody may see it: the question, what came back, and what can be done now. */
#include "requests/request_page.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/people.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"

const struct code REQUEST_KINDS[] = {
	{ REQUEST_HIT_NO_HIT, "HIT_NO_HIT", "Kent u deze betrokkenen?" },
	{ REQUEST_CONTENT, "CONTENT", "Wat weet u over hen?" },
	{ 0 },
};

/* Labels are those of law/categories.h; a test holds them side by side. */
const struct code REQUEST_CATEGORIES[] = {
	{ CATEGORY_IDENT, "IDENT", "Identificerende en contactgegevens" },
	{ CATEGORY_RESIDENCE_STATUS, "RESIDENCE_STATUS", "Verblijfsstatus" },
	{ CATEGORY_HOUSING, "HOUSING", "Woonsituatie" },
	{ CATEGORY_VEHICLE, "VEHICLE", "Voertuiggegevens" },
	{ CATEGORY_FINANCIAL, "FINANCIAL", "Financiële gegevens" },
	{ CATEGORY_CADASTRAL, "CADASTRAL", "Kadastrale gegevens" },
	{ CATEGORY_COMPANY, "COMPANY", "Bedrijfsgegevens" },
	{ CATEGORY_INCOME, "INCOME", "Inkomensgegevens" },
	{ CATEGORY_BUSINESS_RELATIONS, "BUSINESS_RELATIONS", "Zakelijke relaties" },
	{ CATEGORY_PERMITS_SUBSIDIES, "PERMITS_SUBSIDIES", "Vergunningen en subsidies" },
	{ CATEGORY_SUPERVISION, "SUPERVISION", "Toezicht en handhaving" },
	{ CATEGORY_TAX, "TAX", "Fiscale gegevens" },
	{ CATEGORY_POLICE_8_13, "POLICE_8_13", "Politiegegevens (artikel 8 en 13)" },
	{ CATEGORY_JUSTICE, "JUSTICE", "Justitiële en strafvorderlijke gegevens" },
	{ CATEGORY_SEXUAL_CONDUCT, "SEXUAL_CONDUCT", "Seksueel gedrag" },
	{ CATEGORY_POLICE_9_10, "POLICE_9_10", "Politiegegevens (artikel 9 en 10)" },
	{ 0 },
};

/* Source grade and information grade in one choice: 256 * letter + figure. */
#define GRADE(letter, figure) ((letter) << 8 | (figure))
const struct code REQUEST_GRADES[] = {
	{ GRADE('A', '1'), "A1", "A1: staat vast" },
	{ GRADE('A', '2'), "A2", "A2: zelf gezien door een betrouwbare bron" },
	{ GRADE('A', '3'), "A3", "A3: gehoord, wel bevestigd" },
	{ GRADE('B', '1'), "B1", "B1: staat vast, bron meestal betrouwbaar" },
	{ GRADE('B', '2'), "B2", "B2: zelf gezien, bron meestal betrouwbaar" },
	{ GRADE('B', '3'), "B3", "B3: gehoord, wel bevestigd" },
	{ GRADE('C', '3'), "C3", "C3: gehoord, bron meestal niet betrouwbaar" },
	{ GRADE('X', '4'), "X4", "X4: niet te beoordelen" },
	{ 0 },
};
const struct code REQUEST_NATURES[] = {
	{ NATURE_FACT, "FACT", "Feit" },
	{ NATURE_JUDGEMENT, "JUDGEMENT", "Oordeel van mij" },
	{ 0 },
};

static const struct field ITEM_FIELDS[] = {
	FIELD_VERSION(struct item_input),
	{ .path = "subject",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct item_input, subject),
	  .label = "Over wie of wat?",
	  .required = true },
	{ .path = "kind",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct item_input, kind),
	  .label = "Wat is het?",
	  .required = true },
	{ .path = "task",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct item_input, task),
	  .label = "Uit welke taak of welk register?",
	  .required = true },
	{ .path = "amount",
	  .kind = FIELD_MONEY,
	  .offset = offsetof(struct item_input, cents),
	  .label = "Bedrag in euro" },
	{ .path = "day",
	  .kind = FIELD_DAY,
	  .offset = offsetof(struct item_input, day),
	  .label = "Op welke dag gold dit?" },
	{ .path = "grade",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct item_input, grade),
	  .label = "Waardering",
	  .codes = REQUEST_GRADES },
	{ .path = "nature",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct item_input, nature),
	  .label = "Feit of oordeel?",
	  .codes = REQUEST_NATURES },
	{ .path = "text",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct item_input, text),
	  .label = "Wat weet u?",
	  .max_chars = ANSWER_TEXT_CHARS_MAX },
	{ .path = "settled",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct item_input, settled),
	  .label = "Waarom mogen deze woorden blijven staan?",
	  .max_chars = ANSWER_SETTLED_CHARS_MAX },
};
const struct form ITEM_FORM = { ITEM_FIELDS, sizeof ITEM_FIELDS / sizeof ITEM_FIELDS[0],
	                        sizeof(struct item_input) };

/* ---- loading ------------------------------------------------------------------------------------ */

static struct array asked_about(struct arena *a, struct array all, struct array parts)
{
	const struct asked_subject *from = all.items;
	const struct request_part *p = parts.items;
	struct asked_subject *to = ARENA_ARRAY(a, struct asked_subject, all.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < all.count; i++)
		for (size_t j = 0; j < parts.count; j++)
			if (p[j].presence_id == from[i].presence_id) {
				to[count++] = from[i];
				break;
			}
	return (struct array){ to, count };
}

enum status on_request(struct request *rq, struct on_request *ret, struct error *reterr)
{
	struct information_request *q = &ret->request;
	struct array all = { 0 };

	enum status st = request_load(rq->db, rq->viewer, rq->params[0], rq->arena, q, reterr);
	if (st == OK)
		st = asked_casefile_load(rq->db, q->casefile_id, rq->arena, &ret->casefile, reterr);
	if (st == OK)
		st = request_parts(rq->db, q->id, rq->arena, &ret->parts, reterr);
	if (st == OK)
		st = asked_subjects(rq->db, plein_of(rq)->keyring, q->casefile_id, rq->arena, &all,
		                    reterr);
	if (st != OK)
		return st;
	ret->subjects = asked_about(rq->arena, all, ret->parts);
	ret->of_addressee = rq->viewer->organ_id == q->organ_id;
	ret->sees_refusal = request_refusal_open_to(rq->viewer->role, ret->of_addressee);
	rq->touched = (struct touched){ .kind = OBJECT_REQUEST,
		                        .id = q->id,
		                        .owner_id = q->casefile_id,
		                        .owner_kind = OBJECT_CASEFILE,
		                        .phase = (uint8_t)q->phase };
	return OK;
}

enum status request_picture_now(struct db_read *r, const struct viewer *viewer,
                                const struct information_request *q, struct arena *a,
                                struct request_picture *ret, struct error *reterr)
{
	struct asked_casefile c = { 0 };

	enum status st = request_picture_load(r, q->id, ret, reterr);
	if (st == OK)
		st = asked_casefile_load(r, q->casefile_id, a, &c, reterr);
	ret->casefile_open = c.open;
	if (st == OK)
		st = asked_closed_phase(r, q->id, &ret->parts_closed_phase, reterr);
	if (st == OK)
		st = asked_involved(r, q->casefile_id, q->organ_id, &ret->addressee_involved,
		                    reterr);
	ret->actor_person_id = viewer->person_id;
	ret->actor_role = viewer->role;
	return st;
}

const struct asked_subject *request_subject(const struct on_request *on, int64_t presence_id)
{
	const struct asked_subject *s = on->subjects.items;

	for (size_t i = 0; i < on->subjects.count; i++)
		if (s[i].presence_id == presence_id)
			return &s[i];
	return NULL;
}

const struct asked_subject *request_subject_numbered(const struct on_request *on, int64_t number)
{
	const struct asked_subject *s = on->subjects.items;

	for (size_t i = 0; i < on->subjects.count; i++)
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

struct answer_asked request_asked(const struct on_request *on, struct arena *a, int32_t today)
{
	const struct request_part *from = on->parts.items;
	struct answer_part *to = ARENA_ARRAY(a, struct answer_part, on->parts.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < on->parts.count; i++) {
		const struct asked_subject *s = request_subject(on, from[i].presence_id);
		if (s != NULL) /* else: forgotten since it was asked */
			to[count++] = (struct answer_part){ .subject = s->number,
				                            .name = s->name,
				                            .category = from[i].category,
				                            .opened_phase = s->opened };
	}
	return (struct answer_asked){ .kind = (uint8_t)on->request.kind,
		                      .parts = { to, count },
		                      .addressee = (enum law_letter)on->request.letter,
		                      .activity = on->casefile.activity,
		                      .crime_form = on->casefile.crime_form,
		                      .today = today };
}

bool request_checks(enum role role, const struct information_request *q)
{
	if (q->state != REQUEST_ANSWERED && q->state != REQUEST_PARTLY)
		return false;
	return role == ROLE_ANALYST || (role == ROLE_INFO_COORDINATOR && q->phase == PHASE_3);
}

const char *request_path(struct arena *a, const struct information_request *q, const char *rest)
{
	return arena_printf(a, "/requests/%s%s", q->reference, rest);
}

struct array request_crumbs(struct arena *a, const struct information_request *q)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Bevragingen", "/requests", -1, false };
	links[1] = (struct link){ q->reference, request_path(a, q, ""), -1, false };
	return (struct array){ links, 2 };
}

struct copy request_copy(const struct request *rq, const struct information_request *q,
                         enum copy_act act)
{
	return (struct copy){ .act = act,
		              .scope = COPY_OF_REQUEST,
		              .scope_id = q->id,
		              .max_phase = PHASE_1,
		              .object_kind = OBJECT_REQUEST,
		              .object_id = q->id,
		              .reference = q->reference,
		              .appointment_id = rq->viewer->appointment_id };
}
