/* An advice as a document, ODT or tagged PDF: the same as its printed page. */
#include "advice/advice_http.h"

#include "access/access.h"
#include "advice/advice_page.h"
#include "audit/action.h"
#include "interventions/intervention.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/pdf/pdf.h"
#include "platform/view/odt.h"
#include "plein/plein.h"
#include "subjects/copy.h"

/* One of the two that is written. */
struct document {
	struct odt *odt;
	struct pdf *pdf; /* NULL: the other */
};

/* The title of a PDF stands in its own place: there headings begin one level higher. */
static void heading(const struct document *d, int level, const char *text)
{
	if (d->pdf == NULL)
		odt_heading(d->odt, level, text);
	else if (level > 1)
		pdf_heading(d->pdf, level - 1, text);
}

static void line(const struct document *d, const char *label, const char *text)
{
	if (d->pdf == NULL)
		odt_line(d->odt, label, text);
	else
		pdf_labelled(d->pdf, label, text);
}

static void paragraph(const struct document *d, const char *text)
{
	if (d->pdf == NULL)
		odt_paragraph(d->odt, text);
	else if (text != NULL && text[0] != '\0')
		pdf_paragraph(d->pdf, text);
}

static const char *label_of(const struct code *codes, int value)
{
	for (const struct code *c = codes; c->name != NULL; c++)
		if (c->value == value)
			return c->label;
	return NULL;
}

static const char *joined(struct arena *a, struct array lines)
{
	const struct advice_line *l = lines.items;
	const char *ret = "";

	for (size_t i = 0; i < lines.count; i++)
		ret = arena_printf(a, "%s%s%s", ret, i == 0 ? "" : "; ", l[i].text);
	return ret;
}

static const char *hours(struct arena *a, int64_t count)
{
	return count > 0 ? arena_printf(a, "%lld uur", (long long)count) : NULL;
}

static void write_proposal(const struct document *o, struct arena *a,
                           const struct shown_proposal *p)
{
	const char *feasible = label_of(FEASIBILITIES, p->feasible);

	heading(o, 2, arena_printf(a, "%lld. %s", (long long)p->ordinal, p->instrument));
	line(o, "Soort",
	     arena_printf(a, "%s, traject %s", label_of(ADVICE_KINDS, p->kind),
	                  label_of(ADVICE_WEIGHTS, p->weight)));
	line(o, "Trekt het", p->lead);
	line(o, "Doet mee", joined(a, p->co_owners));
	line(o, "Grondslag", p->basis);
	line(o, "Wat gebeurt er", p->approach);
	line(o, "Wordt moeilijker", label_of(ADVICE_BARRIERS, p->barrier));
	line(o, "Bedoeld effect", p->effect);
	line(o, "Zo meten wij dat", p->indicator);
	line(o, "Uren gevraagd", hours(a, p->hours));
	if (p->wanted_day != INT64_MIN)
		line(o, "Klaar op", dutch_date(a, (int32_t)p->wanted_day));
	line(o, "Wacht op", p->waits_for);
	line(o, "Alternatief voor", p->alternative_to);
	line(o, "De eigenaar zegt", feasible);
	line(o, "Uren die de eigenaar kan geven", hours(a, p->feasible_hours));
	line(o, "Toelichting van de eigenaar", p->answer);
}

static void write_quick(const struct document *o, struct arena *a, const struct advice_record *r)
{
	const struct shown_quick_action *q = r->quick_actions.items;

	if (r->has_quick)
		heading(o, 2, "Snelle acties: hierover is al besloten");
	for (size_t i = 0; i < r->quick_actions.count; i++) {
		const struct state *state = machine_state(&INTERVENTION_MACHINE, q[i].state);
		line(o, q[i].instrument,
		     arena_printf(a, "door %s, besloten op %s, interventie %s: %s", q[i].owner,
		                  dutch_date(a, local_day(q[i].decided_at)), q[i].intervention,
		                  state != NULL ? state->label : ""));
	}
}

static void write_advice(const struct document *o, struct arena *a, const struct advice_record *r)
{
	const struct shown_proposal *p = r->proposals.items;
	const struct shown_signature *s = r->signatures.items;
	const struct state *state = machine_state(&ADVICE_MACHINE, r->state);

	heading(o, 1, arena_printf(a, "Interventieadvies %s", r->reference));
	line(o, "Casus", r->casefile);
	line(o, "Uitgave", arena_printf(a, "%lld", (long long)r->edition));
	line(o, "Stand", state != NULL ? state->label : NULL);
	line(o, "Ingetrokken omdat", r->reason);
	if (r->introduction != NULL)
		heading(o, 2, "Inleiding");
	paragraph(o, r->introduction);
	if (r->conclusion != NULL)
		heading(o, 2, "Conclusie en advies");
	paragraph(o, r->conclusion);
	for (size_t i = 0; i < r->proposals.count; i++)
		write_proposal(o, a, &p[i]);
	write_quick(o, a, r);
	if (r->has_named)
		heading(o, 2, "Bronnen");
	paragraph(o, joined(a, r->named_sources));
	if (r->has_signatures)
		heading(o, 2, "Handtekeningen");
	for (size_t i = 0; i < r->signatures.count; i++)
		line(o, s[i].role,
		     arena_printf(a, "%s, %s", s[i].person, dutch_moment(a, s[i].at)));
	line(o, "SHA-256", r->digest);
	line(o, "Exemplaar", r->copy);
}

/* ---- going out ------------------------------------------------------------------------------ */

/* It holds no facts: the copy stands in the registry by itself. */
static enum status remember(struct db_tx *tx, void *args, struct error *reterr)
{
	return copy_put_facts(tx, args, NULL, 0, reterr);
}

enum status advice_on_paper(struct request *rq, struct response *rs, struct on_advice *on,
                            struct advice_record *ret, struct error *reterr)
{
	struct copy *copy = ARENA_NEW(rq->arena, struct copy);

	enum status st = on_advice(rq, on, reterr);
	if (st == OK && on->advice.reach != REACH_WHOLE)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = advice_record_load(rq, on, ret, reterr);
	if (st != OK)
		return st;
	*copy = (struct copy){ .act = COPY_PRINT,
		               .object_kind = OBJECT_ADVICE,
		               .object_id = on->advice.id,
		               .reference = on->advice.reference,
		               .appointment_id = rq->viewer->appointment_id,
		               .now_ms = rq->now_ms,
		               .uuid = uuid_at(rq->now_ms) };
	rs->remember = remember;
	rs->remember_args = copy;
	ret->copy = copy_number(rq->arena, &copy->uuid);
	return OK;
}

static enum status send_odt(struct request *rq, struct response *rs, struct error *reterr)
{
	struct advice_record *record = ARENA_NEW(rq->arena, struct advice_record);
	struct odt doc;
	const struct document o = { .odt = &doc };
	struct on_advice on;

	enum status st = advice_on_paper(rq, rs, &on, record, reterr);
	if (st != OK)
		return st;
	rs->content_type = ODT_CONTENT_TYPE;
	rs->file_name = arena_printf(rq->arena, "advies-%s.odt", record->reference);
	odt_begin(&doc, &rs->body, rq->arena);
	write_advice(&o, rq->arena, record);
	odt_end(&doc);
	return OK;
}

static enum status send_pdf(struct request *rq, struct response *rs, struct error *reterr)
{
	struct advice_record *record = ARENA_NEW(rq->arena, struct advice_record);
	struct on_advice on;

	enum status st = advice_on_paper(rq, rs, &on, record, reterr);
	if (st != OK)
		return st;
	const struct pdf_about about = {
		.title = arena_printf(rq->arena, "Interventieadvies %s", record->reference),
		.author = plein_of(rq)->region,
		.under = arena_printf(rq->arena, "Casus %s", record->casefile),
		.footer = arena_printf(rq->arena, "Vertrouwelijk. Opgehaald op %s. Exemplaar %s.",
		                       dutch_moment(rq->arena, rq->now_ms), record->copy),
		.made_at = rq->now_ms,
	};
	const struct document o = { .pdf = pdf_new(rq->arena, &about) };
	write_advice(&o, rq->arena, record);
	rs->content_type = "application/pdf";
	rs->file_name = arena_printf(rq->arena, "advies-%s.pdf", record->reference);
	return pdf_write(o.pdf, NULL, &rs->body, reterr);
}

const struct route advice_odt_routes[] = {
	{ .method = "GET",
	  .path = "/advices/{ref}/odt",
	  .permission = PERM_ADVICE_READ,
	  .action = AUDIT_ADVICE_PRINT,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = send_odt,
	  .summary = "Een interventieadvies als tekstdocument (ODT)" },
	{ .method = "GET",
	  .path = "/advices/{ref}/pdf",
	  .permission = PERM_ADVICE_READ,
	  .action = AUDIT_ADVICE_PRINT,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = send_pdf,
	  .summary = "Een interventieadvies als getagde PDF" },
	{ 0 },
};
