/*
 * The bestuurlijke rapportage of an intervention: what its owner may use and disclose in a decision
 * of its own (decisions 4.3). Only facts whose source said that they may be used; each copy is
 * registered, with every fact in it, for the one who made it.
 */
#include "steering/owner_report.h"

#include "steering/pack_store.h"
#include "steering/paper.h"
#include "steering/steering_page.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "law/instruments.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "subjects/copy.h"

/* Heavy data never leave this way (decisions 4.6). */
enum { REPORT_PHASE_MAX = 2 };

enum status report_load_owned(struct request *rq, struct owner_report *ret, struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct array owners = { 0 };
	bool owns = false;
	enum status st = intervention_load(rq->db, rq->viewer, rq->params[0], rq->now_ms, rq->arena,
	                                   &ret->intervention, reterr);

	if (st == OK)
		st = intervention_owners(rq->db, k, &ret->intervention, rq->arena, &owners, reterr);
	if (st != OK)
		return st;
	const struct intervention_owner *o = owners.items;
	for (size_t i = 0; i < owners.count; i++)
		owns |= rq->viewer->organ_id != 0 && o[i].organ_id == rq->viewer->organ_id;
	if (!owns)
		return FAIL_NOT_FOUND(reterr);
	rq->touched = (struct touched){ .kind = OBJECT_INTERVENTION,
		                        .id = ret->intervention.id,
		                        .owner_id = ret->intervention.casefile_id,
		                        .owner_kind = OBJECT_CASEFILE };
	return intervention_texts_open(rq->db, k, &ret->intervention, rq->arena, &ret->texts,
	                               reterr);
}

/* The advice that it came from, as long as that one lives. *ret_number 0: there is none. */
static enum status find_proposal(struct request *rq, struct owner_report *report,
                                 struct advice *ret, int64_t *ret_number, struct error *reterr)
{
	struct array proposals = { 0 };
	struct error none = { 0 };
	enum status st =
	    advice_of_casefile(rq->db, report->intervention.casefile_id, rq->arena, ret, &none);

	*ret_number = 0;
	if (st == ERR_NOT_FOUND)
		return OK;
	if (st != OK)
		return *reterr = none, st;
	st = advice_proposals(rq->db, plein_of(rq)->keyring, ret, rq->arena, &proposals, reterr);
	const struct advice_proposal *p = proposals.items;
	for (size_t i = 0; st == OK && i < proposals.count; i++)
		if (p[i].id == report->intervention.proposal_id)
			*ret_number = p[i].number;
	return st;
}

static const struct cited_fact *cited(struct array list, const struct uuid *uuid, int64_t proposal)
{
	const struct cited_fact *f = list.items;

	for (size_t i = 0; i < list.count; i++)
		if (memcmp(f[i].fact.bytes, uuid->bytes, UUID_BYTES) == 0 &&
		    (f[i].proposal_number == 0 || f[i].proposal_number == proposal))
			return &f[i];
	return NULL;
}

static void add_fact(struct array *to, const struct usable_fact *f)
{
	if (to->count < REPORT_FACTS_MAX)
		((struct usable_fact *)to->items)[to->count++] = *f;
}

/* What its source released, what it gave consent for, what is the owner's own; else it may be asked. */
static void sort_fact(const struct request *rq, struct owner_report *r, const struct cited_fact *c,
                      struct usable_fact f)
{
	f.organ_id = c->organ_id;
	if (c->usable == USABLE_AFTER_CONSENT)
		f.consent =
		    consent_granted(&r->consents, &f.fact->uuid, f.fact->version, &f.answer);
	const bool own = c->usable == USABLE_AFTER_CONSENT && c->organ_id == rq->viewer->organ_id;
	if (c->usable == USABLE_YES || f.consent != NULL || own)
		add_fact(&r->facts, &f);
	else if (c->usable == USABLE_AFTER_CONSENT &&
	         !consent_is_asked(&r->consents, &f.fact->uuid, f.fact->version))
		add_fact(&r->to_ask, &f);
}

enum status report_load_facts(struct request *rq, struct owner_report *report, struct error *reterr)
{
	struct array list = { 0 }, subjects = { 0 };
	struct advice advice = { 0 };
	int64_t proposal = 0;

	enum status st = find_proposal(rq, report, &advice, &proposal, reterr);
	if (st != OK || proposal == 0)
		return st;
	report->advice = advice.reference;
	report->advice_uuid = advice.uuid;
	st = advice_cited_facts(rq->db, &advice, REPORT_PHASE_MAX, rq->arena, &list, reterr);
	if (st == OK)
		st = advice_sources(rq->db, plein_of(rq)->keyring, &advice, REPORT_PHASE_MAX,
		                    rq->arena, &report->sources, reterr);
	if (st == OK)
		st = casefile_subject_list(rq->db, plein_of(rq)->keyring,
		                           report->intervention.casefile_id, REPORT_PHASE_MAX,
		                           rq->arena, &subjects, reterr);
	if (st == OK)
		st = consents_of(rq->db, plein_of(rq)->keyring, report->intervention.id, rq->arena,
		                 &report->consents, reterr);
	const struct casefile_subject *s = subjects.items;
	report->facts.items = ARENA_ARRAY(rq->arena, struct usable_fact, REPORT_FACTS_MAX);
	report->to_ask.items = ARENA_ARRAY(rq->arena, struct usable_fact, REPORT_FACTS_MAX);
	for (size_t i = 0; st == OK && i < subjects.count; i++) {
		const struct known_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++) {
			const struct cited_fact *c = cited(list, &f[j].uuid, proposal);
			if (f[j].correction == 0 && c != NULL)
				sort_fact(rq, report, c,
				          (struct usable_fact){ .subject = &s[i], .fact = &f[j] });
		}
	}
	return st;
}

/* ---- the page before ------------------------------------------------------------------------- */

/* What a source was asked and said: numbers of facts, never the facts. */
struct asked_row {
	const char *reference, *source, *words;
	int64_t asked_at, due_day, answered_at, yes, with_conditions, no, facts, version;
	bool waits, late, withdrawn, stopped;
};
static const struct view_field ASKED_FIELDS[] = {
	VIEW_F(struct asked_row, reference, VIEW_TEXT),
	VIEW_F(struct asked_row, source, VIEW_TEXT),
	VIEW_F(struct asked_row, words, VIEW_TEXT),
	VIEW_AS(struct asked_row, asked_at, "askedAt", VIEW_MOMENT),
	VIEW_AS(struct asked_row, due_day, "dueDay", VIEW_DAY),
	VIEW_AS(struct asked_row, answered_at, "answeredAt", VIEW_MOMENT),
	VIEW_F(struct asked_row, yes, VIEW_INT),
	VIEW_AS(struct asked_row, with_conditions, "withConditions", VIEW_INT),
	VIEW_F(struct asked_row, no, VIEW_INT),
	VIEW_F(struct asked_row, facts, VIEW_INT),
	VIEW_F(struct asked_row, waits, VIEW_BOOL),
	VIEW_F(struct asked_row, late, VIEW_BOOL),
	VIEW_F(struct asked_row, withdrawn, VIEW_BOOL),
	VIEW_F(struct asked_row, stopped, VIEW_BOOL),
	VIEW_F(struct asked_row, version, VIEW_INT),
};
static const struct view ASKED_VIEW = VIEW_OF(struct asked_row, ASKED_FIELDS);

struct before_page {
	const char *reference, *instrument, *make_href, *ask_href, *stop_href, *back_href, *purpose;
	int64_t version, facts, to_ask;
	struct array asked; /* struct asked_row */
	bool has_facts, has_to_ask, has_asked;
};
static const struct view_field BEFORE_FIELDS[] = {
	VIEW_F(struct before_page, reference, VIEW_REF),
	VIEW_F(struct before_page, instrument, VIEW_TEXT),
	VIEW_AS(struct before_page, make_href, "makeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct before_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct before_page, facts, VIEW_INT),
	VIEW_AS(struct before_page, has_facts, "hasFacts", VIEW_BOOL, .page_only = true),
	VIEW_F(struct before_page, version, VIEW_INT),
	VIEW_AS(struct before_page, to_ask, "toAsk", VIEW_INT),
	VIEW_AS(struct before_page, ask_href, "askHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct before_page, stop_href, "stopHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct before_page, purpose, "purpose", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct before_page, asked, "asked", VIEW_LIST, .view = &ASKED_VIEW),
	VIEW_AS(struct before_page, has_to_ask, "hasToAsk", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct before_page, has_asked, "hasAsked", VIEW_BOOL, .page_only = true),
};
static const struct view BEFORE_VIEW = VIEW_OF(struct before_page, BEFORE_FIELDS);

static const char *instrument_name(const struct owner_report *r)
{
	const struct law_instrument *i = law_instrument(r->intervention.instrument);
	return i != NULL ? i->label : "Interventie";
}

static struct array report_crumbs(struct arena *a, const struct owner_report *r)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Interventies", "/interventions", -1, false };
	links[1] = (struct link){ r->intervention.reference,
		                  arena_printf(a, "/interventions/%s", r->intervention.reference),
		                  -1, false };
	return (struct array){ links, 2 };
}

static const char *name_of_source(const struct owner_report *r, const struct consent *c)
{
	const struct advice_source *s = r->sources.items;

	for (size_t i = 0; i < r->sources.count; i++)
		if (s[i].organ_id == c->organ_id && s[i].named == NAMED_YES)
			return c->source;
	return NULL;
}

static struct asked_row asked_row(const struct owner_report *r, const struct consent *c)
{
	const struct consent_fact *f = r->consents.facts.items;
	struct asked_row row = { .reference = c->reference,
		                 .source = name_of_source(r, c),
		                 .words = c->words[0] != '\0' ? c->words : NULL,
		                 .asked_at = c->asked_at,
		                 .due_day = c->due_day,
		                 .answered_at = moment_or_none(c->answered_at),
		                 .waits = c->answered_at == 0 && c->withdrawn_at == 0,
		                 .version = c->version,
		                 .stopped = consent_stopped(c),
		                 .late =
		                     c->answered_at == 0 && c->withdrawn_at == 0 && c->late_at != 0,
		                 .withdrawn = c->answered_at != 0 && c->withdrawn_at != 0 };

	for (size_t i = 0; i < r->consents.facts.count; i++) {
		if (f[i].consent_id != c->id)
			continue;
		row.facts++;
		row.yes += f[i].answer == CONSENT_YES;
		row.with_conditions += f[i].answer == CONSENT_CONDITIONS;
		row.no += f[i].answer == CONSENT_NO;
	}
	return row;
}

static struct array asked_rows(struct arena *a, const struct owner_report *r)
{
	const struct consent *c = r->consents.list.items;
	struct asked_row *rows = ARENA_ARRAY(a, struct asked_row, r->consents.list.count + 1);

	for (size_t i = 0; i < r->consents.list.count; i++)
		rows[i] = asked_row(r, &c[i]);
	return (struct array){ rows, r->consents.list.count };
}

enum status show_owner_report(struct request *rq, struct response *rs, struct error *reterr)
{
	struct owner_report r = { 0 };
	enum status st = report_load_owned(rq, &r, reterr);

	if (st == OK)
		st = report_load_facts(rq, &r, reterr);
	if (st != OK)
		return st;
	const struct before_page record = {
		.reference = r.intervention.reference,
		.instrument = instrument_name(&r),
		.make_href = arena_printf(rq->arena, "/interventions/%s/owner-report",
		                          r.intervention.reference),
		.back_href = arena_printf(rq->arena, "/interventions/%s", r.intervention.reference),
		.facts = (int64_t)r.facts.count,
		.has_facts = r.facts.count > 0,
		.version = r.intervention.version,
		.to_ask = (int64_t)r.to_ask.count,
		.has_to_ask = r.to_ask.count > 0,
		.ask_href = arena_printf(rq->arena, "/interventions/%s/owner-report/_ask",
		                         r.intervention.reference),
		.stop_href = arena_printf(rq->arena, "/interventions/%s/owner-report/_stop",
		                          r.intervention.reference),
		.asked = asked_rows(rq->arena, &r),
		.has_asked = r.consents.list.count > 0,
	};
	const struct page page = { .title = "Bestuurlijke rapportage",
		                   .place = "/interventions",
		                   .crumbs = report_crumbs(rq->arena, &r),
		                   .template_name = "steering/owner_report_new",
		                   .form = &CONSENT_ASK_FORM };
	return page_respond(rq, rs, &page, &BEFORE_VIEW, &record, reterr);
}

/* ---- making one ---------------------------------------------------------------------------------- */

struct report_change {
	struct owner_report report;
	struct handing made;
	struct copy copy;
	struct copied_fact *copied;
};

static enum status prepare_report(struct request *rq, void **ret_input, struct error *reterr)
{
	struct report_change *c = ARENA_NEW(rq->arena, struct report_change);
	struct owner_report *r = &c->report;

	*ret_input = c;
	enum status st = report_load_owned(rq, r, reterr);
	if (st == OK)
		st = report_load_facts(rq, r, reterr);
	if (st != OK)
		return st;
	const struct usable_fact *f = r->facts.items;
	struct handed_part *parts = ARENA_ARRAY(rq->arena, struct handed_part, r->facts.count + 1);
	c->copied = ARENA_ARRAY(rq->arena, struct copied_fact, r->facts.count + 1);
	parts[0] = (struct handed_part){ OBJECT_INTERVENTION, r->intervention.uuid, 0 };
	for (size_t i = 0; i < r->facts.count; i++) {
		parts[i + 1] =
		    (struct handed_part){ OBJECT_FACT, f[i].fact->uuid, f[i].fact->version };
		c->copied[i] = (struct copied_fact){ f[i].fact->uuid, f[i].fact->version };
	}
	c->made = (struct handing){ .uuid = uuid_at(rq->now_ms),
		                    .reference_key = plein_of(rq)->reference_key,
		                    .kind = HANDED_REPORT,
		                    .casefile_id = r->intervention.casefile_id,
		                    .appointment_id = rq->viewer->appointment_id,
		                    .participant_id = rq->viewer->participant_id,
		                    .now_ms = rq->now_ms,
		                    .parts = parts,
		                    .part_count = r->facts.count + 1 };
	c->copy = (struct copy){ .act = COPY_PACK,
		                 .scope = COPY_OF_FACT,
		                 .object_kind = OBJECT_INTERVENTION,
		                 .object_id = r->intervention.id,
		                 .reference = r->intervention.reference,
		                 .appointment_id = rq->viewer->appointment_id,
		                 .now_ms = rq->now_ms,
		                 .uuid = c->made.uuid };
	return OK;
}

static enum status apply_report(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct report_change *c = change->input;
	const char *reference = "";
	int64_t id = 0;

	const struct usable_fact *f = c->report.facts.items;

	enum status st = handed_insert(tx, &c->made, &id, &reference, reterr);
	for (size_t i = 0; st == OK && i < c->report.facts.count; i++)
		if (f[i].consent != NULL)
			st = consent_release(tx, f[i].consent->id, c->made.now_ms, reterr);
	if (st == OK && c->report.facts.count > 0)
		st = copy_put_facts(tx, &c->copy, c->copied, c->report.facts.count, reterr);
	change->location = arena_printf(db_tx_arena(tx), "/interventions/%s/owner-report/%s",
	                                c->report.intervention.reference, reference);
	change->note = "De rapportage is gemaakt en staat op uw naam.";
	change->created = true;
	return st;
}

/* ---- one copy -------------------------------------------------------------------------------------- */

static bool has_part(struct array parts, const struct uuid *uuid, int64_t edition)
{
	const struct handed_part *p = parts.items;

	for (size_t i = 0; i < parts.count; i++)
		if (p[i].edition == edition &&
		    memcmp(p[i].uuid.bytes, uuid->bytes, UUID_BYTES) == 0)
			return true;
	return false;
}

/* A source is stated only where it agreed (decisions 4.3). */
static const char *source_words(struct arena *a, const struct owner_report *r,
                                const struct known_fact *f)
{
	const struct advice_source *s = r->sources.items;

	for (size_t i = 0; i < r->sources.count; i++)
		if (s[i].organ_id == f->organ_id && s[i].named == NAMED_YES)
			return arena_printf(a, "bron: %s", f->source);
	return "de bron wordt niet genoemd";
}

/* A subject has a number here: its name is a fact like any other, and stands where it may. */
static void write_facts(struct paper *p, const struct owner_report *r, struct array parts)
{
	const struct usable_fact *f = r->facts.items;
	const struct casefile_subject *last = NULL;

	for (size_t i = 0; i < r->facts.count; i++) {
		const struct known_fact *fact = f[i].fact;
		if (!has_part(parts, &fact->uuid, fact->version))
			continue;
		if (f[i].subject != last)
			paper_heading(p, arena_printf(p->arena, "Betrokkene %lld",
			                              (long long)f[i].subject->number));
		last = f[i].subject;
		const struct consent *by = f[i].consent;
		paper_labelled(p, fact->label,
		               arena_printf(p->arena, "%s (%s, ontvangen %s%s)", fact->value,
		                            source_words(p->arena, r, fact),
		                            dutch_date(p->arena, local_day(fact->received_at)),
		                            fact->is_judgement ? ", een oordeel van de bron" : ""));
		if (by != NULL)
			paper_labelled(
			    p, "Toestemming van de bron",
			    arena_printf(p->arena, "%s, %s", by->reference,
			                 dutch_date(p->arena, local_day(by->answered_at))));
		if (by != NULL && f[i].answer == CONSENT_CONDITIONS)
			paper_labelled(p, "Voorwaarden van de bron", by->words);
	}
	if (last == NULL)
		paper_text(p, "Er zijn geen gegevens die in een besluit mogen worden gebruikt.");
}

static enum status write_report(struct request *rq, struct owner_report *r, struct handed *handed,
                                struct paper *p, struct error *reterr)
{
	struct array parts = { 0 };
	enum status st = report_load_owned(rq, r, reterr);

	if (st == OK)
		st = handed_load(rq->db, rq->params[1], rq->viewer->appointment_id, HANDED_REPORT,
		                 rq->arena, handed, reterr);
	if (st == OK)
		st = handed_parts(rq->db, handed->id, rq->arena, &parts, reterr);
	if (st == OK && !has_part(parts, &r->intervention.uuid, 0))
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = report_load_facts(rq, r, reterr);
	if (st != OK)
		return st;
	paper_begin(p, rq->arena, "Bestuurlijke rapportage");
	p->under = arena_printf(rq->arena, "%s, voor %s. Exemplaar %s, %s.",
	                        r->intervention.reference, r->intervention.on_behalf,
	                        handed->reference, dutch_moment(rq->arena, handed->made_at));
	p->footer = arena_printf(rq->arena, "Vertrouwelijk. Exemplaar %s", handed->reference);
	paper_chapter(p, "De interventie");
	paper_labelled(p, "Instrument", instrument_name(r));
	paper_labelled(p, "Wat", r->texts.part[INTERVENTION_WHAT]);
	paper_labelled(p, "Grondslag", r->texts.part[INTERVENTION_BASIS]);
	paper_labelled(p, "Advies", r->advice);
	paper_chapter(p, "Gegevens die u mag gebruiken en noemen");
	write_facts(p, r, parts);
	paper_chapter(p, "Zo gebruikt u dit");
	paper_text(p, "U besluit zelf, op uw eigen bevoegdheid (WGS, artikel 1.3, vierde lid). "
	              "Gebruik alleen wat hier staat. Andere gegevens uit de casus mogen niet in "
	              "uw besluit.");
	return OK;
}

struct report_page {
	const char *reference, *title, *under, *pdf_href, *back_href;
	struct array lines;
};
static const struct view_field REPORT_FIELDS[] = {
	VIEW_F(struct report_page, reference, VIEW_REF),
	VIEW_F(struct report_page, title, VIEW_TEXT),
	VIEW_F(struct report_page, under, VIEW_TEXT),
	VIEW_AS(struct report_page, pdf_href, "pdfHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct report_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct report_page, lines, "lines", VIEW_LIST, .view = &PAPER_LINE_VIEW),
};
static const struct view REPORT_VIEW = VIEW_OF(struct report_page, REPORT_FIELDS);

static enum status show_report(struct request *rq, struct response *rs, struct error *reterr)
{
	struct owner_report r = { 0 };
	struct handed handed = { 0 };
	struct paper p;
	const enum status st = write_report(rq, &r, &handed, &p, reterr);

	if (st != OK)
		return st;
	const char *base = arena_printf(rq->arena, "/interventions/%s", r.intervention.reference);
	const struct report_page record = {
		.reference = handed.reference,
		.title = p.title,
		.under = p.under,
		.pdf_href =
		    arena_printf(rq->arena, "%s/owner-report/%s/pdf", base, handed.reference),
		.back_href = base,
		.lines = paper_lines(&p),
	};
	const struct page page = { .title = "Bestuurlijke rapportage",
		                   .place = "/interventions",
		                   .crumbs = report_crumbs(rq->arena, &r),
		                   .confidential = true,
		                   .template_name = "steering/pack" };
	return page_respond(rq, rs, &page, &REPORT_VIEW, &record, reterr);
}

static enum status send_pdf(struct request *rq, struct response *rs, struct error *reterr)
{
	struct owner_report r = { 0 };
	struct handed handed = { 0 };
	struct paper p;
	const enum status st = write_report(rq, &r, &handed, &p, reterr);

	if (st != OK)
		return st;
	rs->content_type = "application/pdf";
	rs->file_name = arena_printf(rq->arena, "rapportage-%s.pdf", handed.reference);
	return paper_pdf(&p, rq->now_ms, NULL, &rs->body, reterr);
}

const struct route owner_report_routes[] = {
	{ .method = "GET",
	  .path = "/interventions/{ref}/owner-report",
	  .permission = PERM_OWNER_REPORT,
	  .action = AUDIT_STEERING_COPY,
	  .read = show_owner_report,
	  .view = &BEFORE_VIEW,
	  .summary = "Wat een eigenaar van een interventie in een eigen besluit mag gebruiken" },
	{ .method = "POST",
	  .path = "/interventions/{ref}/owner-report",
	  .permission = PERM_OWNER_REPORT,
	  .action = AUDIT_STEERING_COPY,
	  .prepare = prepare_report,
	  .apply = apply_report,
	  .redraw = show_owner_report,
	  .summary = "Een bestuurlijke rapportage maken, op eigen naam" },
	{ .method = "GET",
	  .path = "/interventions/{ref}/owner-report/{name}",
	  .permission = PERM_OWNER_REPORT,
	  .action = AUDIT_STEERING_COPY,
	  .read = show_report,
	  .view = &REPORT_VIEW,
	  .summary = "Een eigen exemplaar van een bestuurlijke rapportage" },
	{ .method = "GET",
	  .path = "/interventions/{ref}/owner-report/{name}/pdf",
	  .permission = PERM_OWNER_REPORT,
	  .action = AUDIT_STEERING_COPY,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = send_pdf,
	  .summary = "Een eigen exemplaar van een bestuurlijke rapportage als PDF" },
	{ 0 },
};

const struct page_template owner_report_templates[] = {
	{ .name = "steering/owner_report_new",
	  .view = &BEFORE_VIEW,
	  .form = &CONSENT_ASK_FORM,
	  .whole = true },
	{ .name = "steering/pack", .view = &REPORT_VIEW, .whole = true },
	{ 0 },
};
