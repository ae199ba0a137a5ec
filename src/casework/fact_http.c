/*
 * A partner tells what it knows of one subject. The form asks what it is and offers only what the
 * law lets this source give in the phase that is open; the rest stands beside it, with the reason.
 */
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/phases.h"
#include "casework/subject_page.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"
#include "plein/plein.h"

static const struct code FACT_KINDS[] = {
	{ 401, "NAME", "Naam, geboortedatum, alias" },
	{ 402, "CONTACT", "Adres, telefoon, e-mail" },
	{ 404, "RESIDENCE", "Verblijfsrecht" },
	{ 405, "OCCUPANTS", "Wie er wonen of ingeschreven staan" },
	{ 406, "DWELLING_STATE", "Staat en inrichting van een woning" },
	{ 407, "VEHICLE_FACT", "Voertuig: eigenaar, historie, waarde" },
	{ 408, "PROPERTY_POSITION", "Bezit, huur, pacht, verhuur" },
	{ 409, "DEBTS", "Schulden en leningen (niet aan de fiscus)" },
	{ 410, "PURCHASE", "Koop, prijs, hypotheek, notaris" },
	{ 411, "OBJECT_VALUE_USE", "Waarde en gebruik van een pand" },
	{ 412, "TRADE_REGISTER", "Inschrijving, bestuur, jaarrekening (KvK)" },
	{ 413, "EARNINGS", "Loon, uitkering, spaargeld" },
	{ 414, "UNEXPLAINED_INCOME", "Inkomsten zonder verklaring" },
	{ 415, "BUSINESS_TIE", "Zakelijke band" },
	{ 416, "APPLICATION", "Aanvraag of besluit: vergunning, subsidie" },
	{ 417, "BIBOB_DECISION", "Besluit na een Bibob-onderzoek" },
	{ 418, "INSPECTION", "Controle en wat daar bleek" },
	{ 419, "MEASURE", "Maatregel, boete of voornemen daartoe" },
	{ 420, "CONSERVATORY_SEIZURE", "Conservatoir beslag" },
	{ 421, "PUBLIC_ORDER_REPORT", "Melding over openbare orde of veiligheid" },
	{ 422, "TAX_DEBT", "Belastingschuld of betaling" },
	{ 423, "TAX_ASSESSMENT", "Aanslag, boete, aangifte, boekenonderzoek" },
	{ 424, "WOZ", "WOZ-beschikking: gebruiker, eigenaar, bezwaar" },
	{ 425, "POLICE_REPORT_FACT", "Melding, mutatie of aangifte bij de politie" },
	{ 426, "SUSPICIOUS_TRANSACTION", "Verdachte transactie (via de politie)" },
	{ 427, "CONVICTION", "Strafzaak, straf of openstaande vordering" },
	{ 428, "SEXUAL_CONDUCT_FACT", "Seksueel gedrag bij uitbuiting" },
	{ 429, "INVESTIGATION", "Uit een gericht onderzoek" },
	{ 0 },
};
static const struct code NATURES[] = {
	{ 1, "FACT", "Feit: gezien, gemeten of geregistreerd" },
	{ 2, "JUDGEMENT", "Oordeel: wat uw organisatie ervan denkt" },
	{ 0 },
};
static const struct code HANDLINGS[] = { { 1, "H0", "H0: gewoon gebruik" },
	                                 { 2, "H1", "H1: niet in een rechtszaak" },
	                                 { 3, "H2", "H2: niet verder geven" },
	                                 { 4, "H3", "H3: andere beperking" },
	                                 { 0 } };

struct fact_input {
	int kind, nature, source_grade, information_grade, handling;
	int64_t task;
	const char *text, *necessity;
};
#define CODE(path_, member, label_, codes_, must, missing_)                                        \
	{                                                                                          \
		.path = (path_), .kind = FIELD_CODE,                                               \
		.offset = offsetof(struct fact_input, member), .label = (label_),                  \
		.codes = (codes_), .required = (must), .missing = (missing_)                       \
	}
static const struct field INPUT_FIELDS[] = {
	CODE("kind", kind, "Wat weet u?", FACT_KINDS, true, "Kies wat u weet."),
	CODE("nature", nature, "Is dit een feit of een oordeel?", NATURES, true,
	     "Kies: feit of oordeel."),
	{ .path = "task",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct fact_input, task),
	  .label = "Uit welke taak of welk register?",
	  .required = true,
	  .missing = "Kies uit welke taak u dit weet." },
	{ .path = "text",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct fact_input, text),
	  .label = "Wat staat vast, of wat denkt u?",
	  .required = true,
	  .missing = "Schrijf op wat u weet.",
	  .max_chars = CASEFILE_FACT_CHARS },
	{ .path = "minorNecessity",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct fact_input, necessity),
	  .label = "Jonger dan 18 jaar: waarom is dit toch nodig?",
	  .max_chars = CASEFILE_FACT_CHARS },
	CODE("sourceGrade", source_grade, "Hoe betrouwbaar is de bron?", FACT_SOURCE_GRADES, false,
	     NULL),
	CODE("informationGrade", information_grade, "Hoe zeker is dit?", FACT_INFORMATION_GRADES,
	     false, NULL),
	CODE("handling", handling, "Wat mag een ontvanger ermee?", HANDLINGS, false, NULL),
};
static const struct form FACT_FORM = { INPUT_FIELDS, sizeof INPUT_FIELDS / sizeof INPUT_FIELDS[0],
	                               sizeof(struct fact_input) };

/* ---- the law ---------------------------------------------------------------------------------- */

static struct verdict ask_law(const struct viewer *viewer, const struct casefile *c,
                              enum law_phase opened, const struct fact_input *in, int32_t today)
{
	const struct law_kind *kind = law_kind((uint16_t)in->kind);
	const enum law_category category = kind != NULL ? kind->category : CATEGORY_NONE;
	const struct law_category_row *row = law_category(category);
	const struct law_item item = {
		.category = category,
		.source = (enum law_letter)viewer->letter,
		.phase = row != NULL ? row->phase : PHASE_UNKNOWN,
		.task = (uint16_t)in->task,
		.received_day = today,
		.about_subject = true,
		.in_casefile = true,
		.opened_phase = opened,
		.activity = (enum law_activity)c->activity,
		.crime_form = (enum law_crime_form)c->crime_form,
		.is_judgement = in->nature == 2,
		.has_author = true,
		.has_origin = in->task != 0,
		.source_grade = (char)in->source_grade,
		.information_grade = (char)in->information_grade,
		.kind = (uint16_t)in->kind,
		.on_day = today,
	};
	return law_item_may(&item);
}

/* ---- the page ----------------------------------------------------------------------------------- */

struct closed_item {
	const char *label, *reason;
};
static const struct view_field CLOSED_FIELDS[] = {
	VIEW_F(struct closed_item, label, VIEW_TEXT),
	VIEW_F(struct closed_item, reason, VIEW_TEXT),
};
static const struct view CLOSED_VIEW = VIEW_OF(struct closed_item, CLOSED_FIELDS);

struct fact_page {
	const char *reference, *name, *action_path, *back_href, *text, *necessity;
	bool minor;
	uint8_t state;
	struct array kinds, tasks, closed;
	int nature, source_grade, information_grade, handling;
	int64_t closed_count;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct fact_page, reference, VIEW_REF),
	VIEW_AS(struct fact_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_F(struct fact_page, name, VIEW_TEXT),
	VIEW_AS(struct fact_page, kinds, "kinds", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct fact_page, tasks, "tasks", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct fact_page, closed, "closed", VIEW_LIST, .view = &CLOSED_VIEW),
	VIEW_AS(struct fact_page, closed_count, "closedCount", VIEW_INT, .page_only = true),
	VIEW_AS(struct fact_page, action_path, "actionPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct fact_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct fact_page, text, "text", VIEW_TEXT, .page_only = true),
	VIEW_F(struct fact_page, minor, VIEW_BOOL),
	VIEW_AS(struct fact_page, necessity, "minorNecessity", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct fact_page, nature, "nature", VIEW_CODE, .codes = NATURES, .page_only = true),
	VIEW_AS(struct fact_page, source_grade, "sourceGrade", VIEW_CODE,
	        .codes = FACT_SOURCE_GRADES, .page_only = true),
	VIEW_AS(struct fact_page, information_grade, "informationGrade", VIEW_CODE,
	        .codes = FACT_INFORMATION_GRADES, .page_only = true),
	VIEW_AS(struct fact_page, handling, "handling", VIEW_CODE, .codes = HANDLINGS,
	        .page_only = true),
};
static const struct view FACT_PAGE_VIEW = VIEW_OF(struct fact_page, FIELDS);

/* Each kind is put to the law as if everything else were filled in well. */
static void fill_kinds(struct request *rq, const struct casefile *c, enum law_phase opened,
                       struct fact_page *page)
{
	const char *typed = input_text(rq->body, "kind");
	const size_t max = sizeof FACT_KINDS / sizeof FACT_KINDS[0];
	struct closed_item *closed = ARENA_ARRAY(rq->arena, struct closed_item, max);
	size_t closed_count = 0;

	page->kinds = choices_for(rq->arena, max);
	choices_add(&page->kinds, "", "Kies", "");
	for (const struct code *k = FACT_KINDS; k->name != NULL; k++) {
		const struct fact_input whole = { .kind = k->value,
			                          .nature = 1,
			                          .source_grade = 'A',
			                          .information_grade = '1',
			                          .task = law_first_task(
						      (enum law_letter)rq->viewer->letter) };
		const struct verdict v =
		    ask_law(rq->viewer, c, opened, &whole, local_day(rq->now_ms));
		if (v.kind != VERDICT_NO)
			choices_add(&page->kinds, k->name, k->label, typed != NULL ? typed : "");
		else
			closed[closed_count++] = (struct closed_item){ k->label, v.sentence };
	}
	page->closed = (struct array){ closed, closed_count };
	page->closed_count = (int64_t)closed_count;
}

static void fill_tasks(struct request *rq, struct fact_page *page)
{
	const char *typed = input_text(rq->body, "task");
	size_t count = 0;
	const struct law_task *tasks = law_tasks(&count);

	page->tasks = choices_for(rq->arena, count + 1);
	choices_add(&page->tasks, "", "Kies", "");
	for (size_t i = 0; i < count; i++)
		if (tasks[i].letter == (enum law_letter)rq->viewer->letter)
			choices_add(&page->tasks, arena_printf(rq->arena, "%d", tasks[i].code),
			            tasks[i].label, typed != NULL ? typed : "");
}

/* The subject of the path, for somebody who may tell something about it. */
static enum status on_subject(struct request *rq, struct casefile *c,
                              const struct casefile_subject **ret, enum law_phase *ret_opened,
                              struct error *reterr)
{
	struct array subjects = { 0 };
	enum status st = casefile_of_path(rq, c, reterr);

	if (st == OK)
		st = casefile_subjects_named(rq, c, &subjects, reterr);
	if (st != OK)
		return st;
	*ret = subject_numbered(subjects, rq->params[1]);
	if (*ret == NULL)
		return FAIL_NOT_FOUND(reterr);
	rq->touched.kind = OBJECT_SUBJECT;
	rq->touched.id = (*ret)->id;
	if (!casefile_may_tell(rq->viewer, c))
		return FAIL(reterr, ERR_CONFLICT,
		            "Alleen wie namens een deelnemer meewerkt, kan feiten inbrengen.");
	st = phase_opened(rq->db, c->id, (*ret)->id, ret_opened, reterr);
	/* who isn't named for it doesn't learn that it is open either */
	if (*ret_opened == PHASE_3 && !c->named_heavy)
		*ret_opened = PHASE_2;
	return st;
}

static enum status show_form(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct casefile_subject *s = NULL;
	struct fact_page record = { 0 };
	enum law_phase opened = PHASE_1;
	struct casefile c;

	enum status st = on_subject(rq, &c, &s, &opened, reterr);
	if (st != OK)
		return st;
	record.reference = c.reference;
	record.state = c.state;
	record.name = s->name;
	record.minor = subject_is_minor(s, rq->now_ms);
	record.back_href = arena_printf(rq->arena, "/casefiles/%s/subjects/%lld", c.reference,
	                                (long long)s->number);
	record.action_path = arena_printf(rq->arena, "%s/facts", record.back_href);
	fill_kinds(rq, &c, opened, &record);
	fill_tasks(rq, &record);
	const struct page page = { .title = "Een feit toevoegen",
		                   .place = "/casefiles",
		                   .crumbs = subject_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "casework/fact",
		                   .form = &FACT_FORM };
	return page_respond(rq, rs, &page, &FACT_PAGE_VIEW, &record, reterr);
}

/* ---- the change ------------------------------------------------------------------------------------ */

struct fact_change {
	struct casefile casefile;
	struct sealed_known_fact sealed;
	int64_t number;
};

static struct fact_new fact_of(const struct viewer *v, const struct fact_input *in)
{
	const enum law_category category = law_kind((uint16_t)in->kind)->category;

	return (struct fact_new){ .kind = in->kind,
		                  .category = category,
		                  .phase = law_category(category)->phase,
		                  .text = in->text,
		                  .necessity = in->necessity[0] != '\0' ? in->necessity : NULL,
		                  .is_judgement = in->nature == 2,
		                  .source_grade = (char)in->source_grade,
		                  .information_grade = (char)in->information_grade,
		                  .handling = in->handling,
		                  .task = (int)in->task,
		                  .participant_id = v->participant_id,
		                  .organ_id = v->organ_id,
		                  .appointment_id = v->appointment_id };
}

/* Extra necessity for who is under 18. */
static void check_minor(struct request *rq, const struct casefile_subject *s,
                        const struct fact_input *in)
{
	size_t chars = 0;

	for (const char *c = in->necessity; *c != '\0'; c++)
		chars += ((unsigned char)*c & 0xC0) != 0x80;
	if (subject_is_minor(s, rq->now_ms) && chars < LAW_CRITERION_TEXT_MIN)
		problems_add(rq->problems, PROBLEM_ERROR, "minorNecessity",
		             "Deze persoon is jonger dan 18 jaar. Schrijf in minstens 20 tekens "
		             "waarom dit toch nodig is.");
}

static void check_input(struct request *rq, const struct casefile *c, enum law_phase opened,
                        const struct fact_input *in)
{
	const struct law_task *task = law_task((uint16_t)in->task);

	if (rq->problems->error_count > 0)
		return;
	if (task == NULL || task->letter != (enum law_letter)rq->viewer->letter)
		problems_add(rq->problems, PROBLEM_ERROR, "task",
		             "Kies een taak van uw eigen organisatie.");
	if ((in->source_grade == 0) != (in->information_grade == 0))
		problems_add(rq->problems, PROBLEM_ERROR, "informationGrade",
		             "Kies beide: hoe betrouwbaar de bron is en hoe zeker dit is.");
	const struct verdict v = ask_law(rq->viewer, c, opened, in, local_day(rq->now_ms));
	if (v.kind == VERDICT_NO)
		problems_add_verdict(rq->problems, "kind", v);
	casefile_check_words(rq, "text", in->text);
	casefile_check_words(rq, "minorNecessity", in->necessity);
}

static enum status prepare_fact(struct request *rq, void **ret_input, struct error *reterr)
{
	struct fact_change *c = ARENA_NEW(rq->arena, struct fact_change);
	const struct casefile_subject *s = NULL;
	enum law_phase opened = PHASE_1;
	struct fact_input in;

	enum status st = on_subject(rq, &c->casefile, &s, &opened, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &FACT_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	check_input(rq, &c->casefile, opened, &in);
	check_minor(rq, s, &in);
	*ret_input = c;
	if (rq->problems->error_count > 0)
		return OK;
	const struct fact_new fact = fact_of(rq->viewer, &in);
	c->number = s->number;
	return casefile_fact_seal(rq->db, plein_of(rq)->keyring, c->casefile.id, s->number, &fact,
	                          rq->now_ms, rq->arena, &c->sealed, reterr);
}

/* Facts are only added, so that two partners at once don't stand in each other's way. */
static enum status apply_fact(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct fact_change *c = change->input;
	struct casefile_picture picture;

	enum status st = casefile_picture_load(db_tx_read(tx), c->casefile.id, &picture, reterr);
	if (st == OK && !casefile_is_live(picture.state))
		return FAIL(reterr, ERR_CONFLICT, "Aan deze casus werkt niemand meer.");
	if (st == OK)
		st = casefile_fact_add(tx, c->casefile.id, &c->sealed, change->rq->now_ms, reterr);
	change->location = arena_printf(db_tx_arena(tx), "/casefiles/%s/subjects/%lld",
	                                c->casefile.reference, (long long)c->number);
	change->note = "Toegevoegd. De leden van de casus zien het nu.";
	change->created = true;
	return st;
}

const struct route casefile_fact_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/subjects/{number}/facts",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_SUBJECT_VIEW,
	  .read = show_form,
	  .view = &FACT_PAGE_VIEW,
	  .summary = "Wat u over een betrokkene mag inbrengen, en wat niet" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/subjects/{number}/facts",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_FACT_WRITE,
	  .prepare = prepare_fact,
	  .apply = apply_fact,
	  .redraw = show_form,
	  .form = &FACT_FORM,
	  .summary = "Een feit of oordeel over een betrokkene inbrengen" },
	{ 0 },
};

const struct page_template casefile_fact_templates[] = {
	{ .name = "casework/fact", .view = &FACT_PAGE_VIEW, .form = &FACT_FORM, .whole = true },
	{ 0 },
};
