/* An advice as a text document: the same as its printed page. */
#include "advice/advice_http.h"

#include "access/access.h"
#include "advice/advice_page.h"
#include "audit/action.h"
#include "platform/core/dutch.h"
#include "platform/view/odt.h"

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

static void write_proposal(struct odt *o, struct arena *a, const struct shown_proposal *p)
{
	const char *feasible = label_of(FEASIBILITIES, p->feasible);

	odt_heading(o, 2, arena_printf(a, "%lld. %s", (long long)p->ordinal, p->instrument));
	odt_line(o, "Soort",
	         arena_printf(a, "%s, traject %s", label_of(ADVICE_KINDS, p->kind),
	                      label_of(ADVICE_WEIGHTS, p->weight)));
	odt_line(o, "Trekt het", p->lead);
	odt_line(o, "Doet mee", joined(a, p->co_owners));
	odt_line(o, "Grondslag", p->basis);
	odt_line(o, "Wat gebeurt er", p->approach);
	odt_line(o, "Wordt moeilijker", label_of(ADVICE_BARRIERS, p->barrier));
	odt_line(o, "Bedoeld effect", p->effect);
	odt_line(o, "Zo meten wij dat", p->indicator);
	odt_line(o, "Uren gevraagd", hours(a, p->hours));
	if (p->wanted_day != INT64_MIN)
		odt_line(o, "Klaar op", dutch_date(a, (int32_t)p->wanted_day));
	odt_line(o, "Wacht op", p->waits_for);
	odt_line(o, "Alternatief voor", p->alternative_to);
	odt_line(o, "De eigenaar zegt", feasible);
	odt_line(o, "Uren die de eigenaar kan geven", hours(a, p->feasible_hours));
	odt_line(o, "Toelichting van de eigenaar", p->answer);
}

static void write_advice(struct odt *o, struct arena *a, const struct advice_record *r)
{
	const struct shown_proposal *p = r->proposals.items;
	const struct shown_signature *s = r->signatures.items;
	const struct state *state = machine_state(&ADVICE_MACHINE, r->state);

	odt_heading(o, 1, arena_printf(a, "Interventieadvies %s", r->reference));
	odt_line(o, "Casus", r->casefile);
	odt_line(o, "Uitgave", arena_printf(a, "%lld", (long long)r->edition));
	odt_line(o, "Stand", state != NULL ? state->label : NULL);
	odt_line(o, "Ingetrokken omdat", r->reason);
	if (r->introduction != NULL)
		odt_heading(o, 2, "Inleiding");
	odt_paragraph(o, r->introduction);
	if (r->conclusion != NULL)
		odt_heading(o, 2, "Conclusie en advies");
	odt_paragraph(o, r->conclusion);
	for (size_t i = 0; i < r->proposals.count; i++)
		write_proposal(o, a, &p[i]);
	if (r->has_named)
		odt_heading(o, 2, "Bronnen");
	odt_paragraph(o, joined(a, r->named_sources));
	if (r->has_signatures)
		odt_heading(o, 2, "Handtekeningen");
	for (size_t i = 0; i < r->signatures.count; i++)
		odt_line(o, s[i].role,
		         arena_printf(a, "%s, %s", s[i].person, dutch_moment(a, s[i].at)));
	odt_line(o, "SHA-256", r->digest);
}

static enum status send_odt(struct request *rq, struct response *rs, struct error *reterr)
{
	struct advice_record *record = ARENA_NEW(rq->arena, struct advice_record);
	struct on_advice on;
	struct odt doc;

	enum status st = on_advice(rq, &on, reterr);
	if (st == OK && on.advice.reach != REACH_WHOLE)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = advice_record_load(rq, &on, record, reterr);
	if (st != OK)
		return st;
	rs->content_type = ODT_CONTENT_TYPE;
	rs->file_name = arena_printf(rq->arena, "advies-%s.odt", on.advice.reference);
	odt_begin(&doc, &rs->body, rq->arena);
	write_advice(&doc, rq->arena, record);
	odt_end(&doc);
	return OK;
}

const struct route advice_odt_routes[] = {
	{ .method = "GET",
	  .path = "/advices/{ref}/odt",
	  .permission = PERM_ADVICE_READ,
	  .action = AUDIT_ADVICE_PRINT,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = send_odt,
	  .summary = "Een interventieadvies als tekstdocument (ODT)" },
	{ 0 },
};
