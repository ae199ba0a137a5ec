/* Copies of a casefile: the list of what went out, and what one of them held. */
#include "retention/copies_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile.h"
#include "casework/casefile_page.h"
#include "casework/casework.h"
#include "law/categories.h"
#include "retention/copies.h"
#include "subjects/copy.h"
#include "subjects/correction.h"
#include "subjects/subject.h"

struct copy_item {
	const char *number, *href, *person, *on_behalf, *via;
	int act;
	int64_t at, facts;
};
#define I struct copy_item
static const struct view_field ITEM_FIELDS[] = {
	VIEW_AS(I, number, "number", VIEW_TEXT, .label = "Kopie"),
	VIEW_AS(I, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(I, at, "at", VIEW_MOMENT, .label = "Wanneer"),
	VIEW_AS(I, person, "person", VIEW_TEXT, .label = "Wie"),
	VIEW_AS(I, on_behalf, "onBehalf", VIEW_TEXT, .label = "Namens"),
	VIEW_AS(I, act, "act", VIEW_CODE, .codes = COPY_ACTS, .label = "Hoe"),
	VIEW_AS(I, via, "via", VIEW_REF, .label = "Via"),
	VIEW_AS(I, facts, "facts", VIEW_INT, .label = "Gegevens"),
};
#undef I
static const struct view ITEM_VIEW = VIEW_OF(struct copy_item, ITEM_FIELDS);

struct copies_page {
	const char *reference, *older_href, *csv_href;
	struct array copies, tabs;
	bool has_copies;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct copies_page, reference, VIEW_REF),
	VIEW_AS(struct copies_page, older_href, "olderHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct copies_page, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct copies_page, copies, "copies", VIEW_LIST, .view = &ITEM_VIEW),
	VIEW_AS(struct copies_page, has_copies, "hasCopies", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct copies_page, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct copies_page, PAGE_FIELDS);

static struct copy_item item_of(struct arena *a, const struct casefile *c,
                                const struct kept_copy *k)
{
	const char *number = copy_number(a, &k->uuid);

	return (struct copy_item){
		.number = number,
		.href = arena_printf(a, "/casefiles/%s/copies/%s", c->reference, number),
		.person = k->person,
		.on_behalf = k->on_behalf[0] != '\0' ? k->on_behalf : "RIEC-bureau",
		.via = k->reference,
		.act = k->act,
		.at = k->at,
		.facts = k->facts,
	};
}

struct on_copies {
	struct casefile casefile;
	int max_phase;
};

/* The casefile of params[0], and how far this viewer reads in it. */
static enum status on_copies(struct request *rq, struct on_copies *ret, struct error *reterr)
{
	struct casefile *c = &ret->casefile;
	enum status st = casefile_load(rq->db, rq->viewer, rq->params[0], rq->arena, c, reterr);

	if (st != OK)
		return st;
	ret->max_phase = casefile_reads_phase(rq->viewer->role, c->named_heavy);
	rq->touched = (struct touched){ .kind = OBJECT_CASEFILE,
		                        .id = c->id,
		                        .owner_id = c->id,
		                        .owner_kind = OBJECT_CASEFILE };
	return OK;
}

static int64_t before_of(const struct request *rq)
{
	const char *text = input_text(rq->query, "before");
	const int64_t id = text != NULL ? strtoll(text, NULL, 10) : 0;

	return id > 0 ? id : INT64_MAX;
}

static enum status show_copies(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_copies on = { 0 };
	struct array found = { 0 };
	enum status st = on_copies(rq, &on, reterr);

	if (st == OK)
		st = copies_of_casefile(rq->db, on.casefile.id, on.max_phase, before_of(rq),
		                        rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct kept_copy *from = found.items;
	const size_t shown = found.count > COPIES_SHOWN ? COPIES_SHOWN : found.count;
	struct copy_item *to = ARENA_ARRAY(rq->arena, struct copy_item, shown + 1);
	for (size_t i = 0; i < shown; i++)
		to[i] = item_of(rq->arena, &on.casefile, &from[i]);
	rq->touched.count = (int32_t)shown;
	if (rq->wants_csv)
		return page_csv(rq, rs, "kopieen.csv", &ITEM_VIEW, (struct array){ to, shown },
		                reterr);
	const char *ref = on.casefile.reference;
	const struct copies_page record = {
		.reference = ref,
		.tabs = casefile_tabs(rq, &on.casefile),
		.older_href = found.count > COPIES_SHOWN
		                  ? arena_printf(rq->arena, "/casefiles/%s/copies?before=%lld", ref,
		                                 (long long)from[shown - 1].id)
		                  : NULL,
		.csv_href = arena_printf(rq->arena, "/casefiles/%s/copies?format=csv", ref),
		.copies = { to, shown },
		.has_copies = shown > 0,
	};
	const struct page page = { .title = "Kopieën van een casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "retention/copies" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- one of them ---------------------------------------------------------------------------------- */

static const struct code SINCE[] = {
	{ CORRECTION_RECTIFIED, "RECTIFIED", "Daarna verbeterd" },
	{ CORRECTION_WITHDRAWN, "WITHDRAWN", "Daarna ingetrokken" },
	{ 0 },
};

struct fact_row {
	int64_t subject, phase, version;
	const char *what, *href;
	int since;
};
static const struct view_field FACT_FIELDS[] = {
	VIEW_F(struct fact_row, subject, VIEW_INT),
	VIEW_F(struct fact_row, what, VIEW_TEXT),
	VIEW_AS(struct fact_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct fact_row, phase, VIEW_INT),
	VIEW_F(struct fact_row, version, VIEW_INT),
	VIEW_AS(struct fact_row, since, "since", VIEW_CODE, .codes = SINCE),
};
static const struct view FACT_VIEW = VIEW_OF(struct fact_row, FACT_FIELDS);

struct copy_page {
	const char *reference, *number, *person, *on_behalf, *via;
	int act;
	int64_t at;
	struct array facts;
	bool has_facts;
};
static const struct view_field COPY_FIELDS[] = {
	VIEW_F(struct copy_page, reference, VIEW_REF),
	VIEW_F(struct copy_page, number, VIEW_TEXT),
	VIEW_F(struct copy_page, person, VIEW_TEXT),
	VIEW_AS(struct copy_page, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(struct copy_page, via, VIEW_REF),
	VIEW_AS(struct copy_page, act, "act", VIEW_CODE, .codes = COPY_ACTS),
	VIEW_AS(struct copy_page, at, "at", VIEW_MOMENT),
	VIEW_AS(struct copy_page, facts, "facts", VIEW_LIST, .view = &FACT_VIEW),
	VIEW_AS(struct copy_page, has_facts, "hasFacts", VIEW_BOOL, .page_only = true),
};
static const struct view COPY_VIEW = VIEW_OF(struct copy_page, COPY_FIELDS);

static struct array fact_rows(struct arena *a, const struct casefile *c, struct array found)
{
	const struct kept_fact *from = found.items;
	struct fact_row *to = ARENA_ARRAY(a, struct fact_row, found.count + 1);

	for (size_t i = 0; i < found.count; i++) {
		const struct law_kind *kind = law_kind((uint16_t)from[i].kind);
		to[i] = (struct fact_row){
			.subject = from[i].subject,
			.phase = from[i].phase,
			.version = from[i].version,
			.what = kind != NULL ? kind->label : fact_label(from[i].kind),
			.href = arena_printf(a, "/casefiles/%s/subjects/%lld", c->reference,
			                     (long long)from[i].subject),
			.since = from[i].correction,
		};
	}
	return (struct array){ to, found.count };
}

static enum status show_copy(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_copies on = { 0 };
	struct kept_copy copy = { 0 };
	struct array found = { 0 };
	enum status st = on_copies(rq, &on, reterr);

	if (st == OK)
		st = copy_of_casefile(rq->db, on.casefile.id, on.max_phase, rq->params[1],
		                      rq->arena, &copy, reterr);
	if (st == OK)
		st = copy_contents(rq->db, copy.id, on.casefile.id, on.max_phase, rq->arena, &found,
		                   reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)found.count;
	const struct copy_item item = item_of(rq->arena, &on.casefile, &copy);
	const struct copy_page record = { .reference = on.casefile.reference,
		                          .number = item.number,
		                          .person = item.person,
		                          .on_behalf = item.on_behalf,
		                          .via = item.via,
		                          .act = item.act,
		                          .at = item.at,
		                          .facts = fact_rows(rq->arena, &on.casefile, found),
		                          .has_facts = found.count > 0 };
	const struct page page = { .title = "Kopie van een casus",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "retention/copy" };
	return page_respond(rq, rs, &page, &COPY_VIEW, &record, reterr);
}

const struct route copies_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/copies",
	  .permission = PERM_COPIES_READ,
	  .action = AUDIT_COPIES,
	  .read = show_copies,
	  .view = &PAGE_VIEW,
	  .summary =
	      "Wat uit een casus naar buiten ging: wie kreeg hoeveel gegevens, wanneer, hoe" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/copies/{number}",
	  .permission = PERM_COPIES_READ,
	  .action = AUDIT_COPIES,
	  .read = show_copy,
	  .view = &COPY_VIEW,
	  .summary = "Eén kopie: van wie zij is en welke gegevens erin staan" },
	{ 0 },
};

const struct page_template copies_templates[] = {
	{ .name = "retention/copies", .view = &PAGE_VIEW, .whole = true },
	{ .name = "retention/copy", .view = &COPY_VIEW, .whole = true },
	{ 0 },
};
