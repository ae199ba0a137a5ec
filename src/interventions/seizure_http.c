/* The ledger of integral seizure: the list with its sums per column, one measure, yearly targets. */
#include "casework/casework.h"
#include "interventions/seizure.h"

#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "interventions/amount_form.h"
#include "interventions/intervention_page.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"

/* ---- the list ----------------------------------------------------------------------------------- */

struct row {
	const char *reference, *href, *participant, *basis;
	int kind, asset;
	int64_t begun_day, ended_day;
	int64_t calculated, claimed, imposed, seized, collected, set_off, prevented;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, begun_day, "begunDay", VIEW_DAY, .label = "Vanaf"),
	VIEW_AS(struct row, ended_day, "endedDay", VIEW_DAY, .label = "Tot en met"),
	VIEW_AS(struct row, kind, "kind", VIEW_CODE, .codes = SEIZURE_KINDS, .label = "Soort"),
	VIEW_AS(struct row, asset, "asset", VIEW_CODE, .codes = ASSET_KINDS, .label = "Waarop"),
	VIEW_AS(struct row, basis, "legalBasis", VIEW_TEXT, .label = "Grondslag"),
	VIEW_AS(struct row, participant, "participant", VIEW_TEXT, .label = "Eigenaar"),
	VIEW_AS(struct row, calculated, "calculated", VIEW_MONEY, .label = "Berekend"),
	VIEW_AS(struct row, claimed, "claimed", VIEW_MONEY, .label = "Gevorderd"),
	VIEW_AS(struct row, imposed, "imposed", VIEW_MONEY, .label = "Opgelegd"),
	VIEW_AS(struct row, seized, "seized", VIEW_MONEY, .label = "In beslag"),
	VIEW_AS(struct row, collected, "collected", VIEW_MONEY, .label = "Geïnd"),
	VIEW_AS(struct row, set_off, "setOff", VIEW_MONEY, .label = "Verrekend"),
	VIEW_AS(struct row, prevented, "prevented", VIEW_MONEY, .label = "Voorkomen"),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

struct column {
	const char *label, *name;
	int64_t place, sum, target, percent;
};
static const struct view_field COLUMN_FIELDS[] = {
	VIEW_AS(struct column, place, "place", VIEW_INT, .page_only = true),
	VIEW_AS(struct column, label, "label", VIEW_TEXT, .label = "Kolom"),
	VIEW_AS(struct column, name, "column", VIEW_TEXT),
	VIEW_AS(struct column, sum, "sum", VIEW_MONEY, .label = "Som"),
	VIEW_AS(struct column, target, "target", VIEW_MONEY, .label = "Doel"),
	VIEW_AS(struct column, percent, "percent", VIEW_INT, .page_only = true),
};
static const struct view COLUMN_VIEW = VIEW_OF(struct column, COLUMN_FIELDS);

static const struct list_sort SORTS[] = {
	{ "newest",
	  "Vanaf, nieuwste eerst",
	  { { "begunDay", true }, { "reference", true } },
	  false },
	{ "oldest",
	  "Vanaf, oudste eerst",
	  { { "begunDay", false }, { "reference", false } },
	  true },
};
enum { FILTER_KIND, FILTER_ASSET };
static const struct list_filter FILTERS[] = {
	[FILTER_KIND] = { "kind", "Soort", FILTER_CODES, SEIZURE_KINDS },
	[FILTER_ASSET] = { "asset", "Waarop", FILTER_CODES, ASSET_KINDS },
};
static const struct list LIST = {
	.name = "seizures",
	.path = "/seizures",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.filters = FILTERS,
	.filter_count = 2,
	.empty = "Nog geen maatregelen om te tonen.",
	.file_name = "afpakken.csv",
};

struct list_record {
	struct list_page list;
	struct array columns;
	int64_t year;
	const char *new_href, *targets_href;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
	VIEW_AS(struct list_record, columns, "columns", VIEW_LIST, .view = &COLUMN_VIEW),
	VIEW_F(struct list_record, year, VIEW_INT),
	VIEW_AS(struct list_record, new_href, "newHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_record, targets_href, "targetsHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct list_record, PAGE_FIELDS);

static int64_t money(int64_t cents)
{
	return cents >= 0 ? cents : FIELD_NO_MONEY;
}

static struct row row_of(struct arena *a, const struct seizure *s)
{
	return (struct row){
		.reference = s->reference,
		.href = arena_printf(a, "/seizures/%s", s->reference),
		.participant = s->participant,
		.basis = s->basis,
		.kind = s->kind,
		.asset = s->asset,
		.begun_day = s->begun_day,
		.ended_day = s->ended_day != 0 ? s->ended_day : INT64_MIN,
		.calculated = money(s->cents[AMOUNT_CALCULATED - 1]),
		.claimed = money(s->cents[AMOUNT_CLAIMED - 1]),
		.imposed = money(s->cents[AMOUNT_IMPOSED - 1]),
		.seized = money(s->cents[AMOUNT_SEIZED - 1]),
		.collected = money(s->cents[AMOUNT_COLLECTED - 1]),
		.set_off = money(s->cents[AMOUNT_SET_OFF - 1]),
		.prevented = money(s->cents[AMOUNT_PREVENTED - 1]),
	};
}

static struct array columns_of(struct arena *a, const struct seizure_year *y)
{
	enum { WHOLE = 100 };
	size_t count = 0;
	const struct law_amount_row *rows = law_amounts(&count);
	struct column *to = ARENA_ARRAY(a, struct column, count + 1);

	for (size_t i = 0; i < count; i++) {
		const int64_t sum = y->cents[rows[i].code - 1], goal = y->target[rows[i].code - 1];
		to[i] = (struct column){ .label = rows[i].label,
			                 .name = rows[i].id,
			                 .place = (int64_t)i,
			                 .sum = money(sum),
			                 .target = money(goal) };
		if (goal > 0 && sum > 0)
			to[i].percent = sum >= goal ? WHOLE : sum / (goal / WHOLE + 1);
	}
	return (struct array){ to, count };
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	const struct seizure_query asked = { .viewer = rq->viewer,
		                             .day = q.keys[0].number,
		                             .reference = q.first ? NULL : q.keys[1].text,
		                             .backward = q.backward,
		                             .kinds = q.chosen[FILTER_KIND].codes,
		                             .assets = q.chosen[FILTER_ASSET].codes,
		                             .limit = q.limit };
	const int year = civil_from_day(local_day(rq->now_ms)).year;
	struct array found = { 0 };
	struct seizure_year sums;

	enum status st = seizure_rows(rq->db, &asked, rq->arena, &found, reterr);
	if (st == OK)
		st = seizure_year_load(rq->db, year, &sums, reterr);
	if (st != OK)
		return st;
	const struct seizure *from = found.items;
	struct row *to = ARENA_ARRAY(rq->arena, struct row, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = row_of(rq->arena, &from[i]);
	rq->touched = (struct touched){ .kind = OBJECT_SEIZURE, .count = (int32_t)found.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, to, found.count),
		.columns = columns_of(rq->arena, &sums),
		.year = year,
		.new_href =
		    access_permits(rq->viewer->role, PERM_SEIZURE_WRITE) ? "/seizures/new" : NULL,
		.targets_href = access_permits(rq->viewer->role, PERM_SEIZURE_TARGETS)
		                    ? "/seizures/targets"
		                    : NULL,
	};
	const struct page page = { .title = "Afpakken",
		                   .place = "/seizures",
		                   .template_name = "seizures/list" };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- a new one ------------------------------------------------------------------------------------- */

struct seizure_input {
	int kind, asset;
	const char *basis, *described, *intervention, *casefile;
	int64_t begun_day;
};
static const struct field FIELDS[] = {
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct seizure_input, kind),
	  .label = "Wat voor maatregel is het?",
	  .required = true,
	  .codes = SEIZURE_KINDS },
	{ .path = "asset",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct seizure_input, asset),
	  .label = "Waarop?",
	  .required = true,
	  .codes = ASSET_KINDS },
	{ .path = "described",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct seizure_input, described),
	  .label = "Om welk bezit gaat het?",
	  .max_chars = 500 },
	{ .path = "legalBasis",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct seizure_input, basis),
	  .label = "Op welke wet rust het?",
	  .required = true,
	  .missing = "Noem de wet en het artikel.",
	  .max_chars = 200 },
	{ .path = "begunDay",
	  .kind = FIELD_DAY,
	  .offset = offsetof(struct seizure_input, begun_day),
	  .label = "Vanaf welke dag?",
	  .required = true },
	{ .path = "intervention",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct seizure_input, intervention),
	  .label = "Bij welke interventie hoort het?",
	  .max_chars = 20 },
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct seizure_input, casefile),
	  .label = "Of bij welke casus?",
	  .max_chars = 20 },
};
static const struct form FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                          sizeof(struct seizure_input) };

struct nothing {
	const char *back_href, *intervention;
};
static const struct view_field NOTHING_FIELDS[] = {
	VIEW_AS(struct nothing, intervention, "intervention", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct nothing, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view NOTHING_VIEW = VIEW_OF(struct nothing, NOTHING_FIELDS);

static struct array crumbs(struct arena *a)
{
	struct link *links = ARENA_ARRAY(a, struct link, 1);
	links[0] = (struct link){ "Afpakken", "/seizures", -1, false };
	return (struct array){ links, 1 };
}

static enum status show_new(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct nothing record = { "/seizures", input_text(rq->query, "intervention") };
	const struct page page = { .title = "Nieuwe maatregel",
		                   .place = "/seizures",
		                   .crumbs = crumbs(rq->arena),
		                   .confidential = true,
		                   .template_name = "seizures/new",
		                   .form = &FORM };
	return page_respond(rq, rs, &page, &NOTHING_VIEW, &record, reterr);
}

static void no_future(struct request *rq, int64_t day, const char *path)
{
	if (day != FIELD_NO_DAY && day > local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, path, "Deze dag ligt in de toekomst.");
}

/* What isn't open to him isn't there: both read the same. */
static enum status find_intervention(struct request *rq, const struct seizure_input *in,
                                     struct seizure_new *n, struct error *reterr)
{
	struct intervention i;

	if (in->intervention[0] == '\0')
		return OK;
	const enum status st = intervention_load(rq->db, rq->viewer, in->intervention, rq->now_ms,
	                                         rq->arena, &i, reterr);
	if (st == ERR_NOT_FOUND) {
		problems_add(rq->problems, PROBLEM_ERROR, "intervention",
		             "Deze interventie vinden wij niet voor u. Kijk het nummer na.");
		return OK;
	}
	if (st == OK) {
		n->intervention_id = i.id;
		n->casefile_id = i.casefile_id;
	}
	return st;
}

static enum status find_casefile(struct request *rq, const struct seizure_input *in,
                                 struct seizure_new *n, struct error *reterr)
{
	struct casefile c = { 0 };

	if (in->casefile[0] == '\0')
		return OK;
	const enum status st =
	    access_permits(rq->viewer->role, PERM_CASEFILE_READ)
		? casefile_load(rq->db, rq->viewer, in->casefile, rq->arena, &c, reterr)
		: ERR_NOT_FOUND;
	if (st != OK && st != ERR_NOT_FOUND)
		return st;
	if (st == ERR_NOT_FOUND)
		problems_add(rq->problems, PROBLEM_ERROR, "casefile",
		             "Deze casus vinden wij niet voor u. Kijk het nummer na.");
	else if (n->casefile_id != 0 && n->casefile_id != c.id)
		problems_add(rq->problems, PROBLEM_ERROR, "casefile",
		             "De interventie hoort bij een andere casus.");
	else
		n->casefile_id = c.id;
	return OK;
}

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	struct seizure_new *n = ARENA_NEW(rq->arena, struct seizure_new);
	struct seizure_input in;

	*ret_input = n;
	if (rq->viewer->organ_id == 0)
		return FAIL(reterr, ERR_CONFLICT, "Een maatregel is van een deelnemer.");
	input_read(rq->body, &FORM, rq->wants_json, rq->arena, &in, rq->problems);
	no_future(rq, in.begun_day, "begunDay");
	intervention_check_words(rq, in.described, "described");
	intervention_check_words(rq, in.basis, "legalBasis");
	*n = (struct seizure_new){ .uuid = uuid_at(rq->now_ms),
		                   .reference_key = plein_of(rq)->reference_key,
		                   .viewer = rq->viewer,
		                   .now_ms = rq->now_ms,
		                   .begun_day = in.begun_day,
		                   .kind = in.kind,
		                   .asset = in.asset,
		                   .basis = in.basis };
	seizure_seal(plein_of(rq)->keyring, n, in.described, rq->arena);
	const enum status st = find_intervention(rq, &in, n, reterr);
	return st == OK ? find_casefile(rq, &in, n, reterr) : st;
}

static enum status apply_new(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const char *reference = NULL;
	const enum status st = seizure_add(tx, change->input, &reference, reterr);

	if (st != OK)
		return st;
	change->location = arena_printf(db_tx_arena(tx), "/seizures/%s", reference);
	change->json = arena_printf(db_tx_arena(tx), "{\"reference\":\"%s\"}", reference);
	change->note = "Vastgelegd. Voeg nu de bedragen toe.";
	change->created = true;
	return OK;
}

/* ---- one measure -------------------------------------------------------------------------------------- */

struct seizure_page {
	const char *reference, *participant, *basis, *described, *amount_href, *end_href;
	const char *casefile, *casefile_href, *intervention, *intervention_href;
	int kind, asset;
	int64_t begun_day, ended_day;
	struct array columns;
};
static const struct view_field SHOW_FIELDS[] = {
	VIEW_F(struct seizure_page, reference, VIEW_REF),
	VIEW_F(struct seizure_page, participant, VIEW_TEXT),
	VIEW_AS(struct seizure_page, basis, "legalBasis", VIEW_TEXT),
	VIEW_F(struct seizure_page, described, VIEW_TEXT),
	VIEW_AS(struct seizure_page, kind, "kind", VIEW_CODE, .codes = SEIZURE_KINDS),
	VIEW_AS(struct seizure_page, asset, "asset", VIEW_CODE, .codes = ASSET_KINDS),
	VIEW_F(struct seizure_page, casefile, VIEW_REF),
	VIEW_F(struct seizure_page, intervention, VIEW_REF),
	VIEW_AS(struct seizure_page, casefile_href, "casefileHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seizure_page, intervention_href, "interventionHref", VIEW_TEXT,
	        .page_only = true),
	VIEW_AS(struct seizure_page, begun_day, "begunDay", VIEW_DAY),
	VIEW_AS(struct seizure_page, ended_day, "endedDay", VIEW_DAY),
	VIEW_AS(struct seizure_page, columns, "columns", VIEW_LIST, .view = &COLUMN_VIEW),
	VIEW_AS(struct seizure_page, amount_href, "amountHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct seizure_page, end_href, "endHref", VIEW_TEXT, .page_only = true),
};
static const struct view SHOW_VIEW = VIEW_OF(struct seizure_page, SHOW_FIELDS);

static enum status of_path(struct request *rq, struct seizure *ret, struct error *reterr)
{
	const enum status st =
	    seizure_load(rq->db, rq->viewer, rq->params[0], rq->arena, ret, reterr);

	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_SEIZURE, .id = ret->id };
	return st;
}

/* Where it belongs, as far as this viewer sees that. */
static enum status fill_where(struct request *rq, const struct seizure *s, struct seizure_page *ret,
                              struct error *reterr)
{
	struct intervention i;
	struct casefile c;
	enum status st = OK;

	if (s->intervention[0] != '\0' && access_permits(rq->viewer->role, PERM_INTERVENTION_READ))
		st = intervention_load(rq->db, rq->viewer, s->intervention, rq->now_ms, rq->arena,
		                       &i, reterr);
	else
		st = ERR_NOT_FOUND;
	if (st == OK) {
		ret->intervention = s->intervention;
		ret->intervention_href = intervention_path(rq->arena, &i, "");
	}
	if (st != OK && st != ERR_NOT_FOUND)
		return st;
	st = s->casefile[0] != '\0' && access_permits(rq->viewer->role, PERM_CASEFILE_READ)
	         ? casefile_load(rq->db, rq->viewer, s->casefile, rq->arena, &c, reterr)
	         : ERR_NOT_FOUND;
	if (st == OK) {
		ret->casefile = s->casefile;
		ret->casefile_href = arena_printf(rq->arena, "/casefiles/%s", s->casefile);
	}
	return st == ERR_NOT_FOUND ? OK : st;
}

static enum status show_one(struct request *rq, struct response *rs, struct error *reterr)
{
	struct seizure s = { 0 };
	struct seizure_year y = { 0 };
	const char *described = "";

	enum status st = of_path(rq, &s, reterr);
	if (st == OK)
		st = seizure_described(rq->db, plein_of(rq)->keyring, &s, rq->arena, &described,
		                       reterr);
	if (st != OK)
		return st;
	for (int i = 0; i < AMOUNT_KINDS; i++) {
		y.cents[i] = s.cents[i];
		y.target[i] = -1;
	}
	const bool may = access_permits(rq->viewer->role, PERM_SEIZURE_WRITE) &&
	                 s.organ_id == rq->viewer->organ_id;
	struct seizure_page record = {
		.reference = s.reference,
		.participant = s.participant,
		.basis = s.basis,
		.described = described[0] != '\0' ? described : NULL,
		.kind = s.kind,
		.asset = s.asset,
		.begun_day = s.begun_day,
		.ended_day = s.ended_day != 0 ? s.ended_day : INT64_MIN,
		.columns = columns_of(rq->arena, &y),
		.amount_href =
		    may ? arena_printf(rq->arena, "/seizures/%s/amounts", s.reference) : NULL,
		.end_href = seizure_may_end(&s, rq->viewer)
		                ? arena_printf(rq->arena, "/seizures/%s/end", s.reference)
		                : NULL,
	};
	const struct page page = { .title = "Maatregel",
		                   .place = "/seizures",
		                   .crumbs = crumbs(rq->arena),
		                   .confidential = true,
		                   .record_path =
		                       arena_printf(rq->arena, "/seizures/%s", s.reference),
		                   .template_name = "seizures/show",
		                   .form = &AMOUNT_FORM };
	st = fill_where(rq, &s, &record, reterr);
	return st == OK ? page_respond(rq, rs, &page, &SHOW_VIEW, &record, reterr) : st;
}

struct amount_change {
	struct seizure seizure;
	struct seizure_amount_new amount;
};

static enum status prepare_amount(struct request *rq, void **ret_input, struct error *reterr)
{
	struct amount_change *c = ARENA_NEW(rq->arena, struct amount_change);
	struct amount_input in;

	*ret_input = c;
	enum status st = of_path(rq, &c->seizure, reterr);
	if (st != OK)
		return st;
	if (c->seizure.organ_id != rq->viewer->organ_id)
		return FAIL(reterr, ERR_CONFLICT, "Bedragen legt de eigenaar vast.");
	input_read(rq->body, &AMOUNT_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	no_future(rq, in.day, "day");
	c->amount = (struct seizure_amount_new){
		.seizure_id = c->seizure.id,
		.cents = intervention_cents(rq, in.amount, "amount"),
		.day = in.day,
		.now_ms = rq->now_ms,
		.appointment_id = rq->viewer->appointment_id,
		.amount = in.column,
	};
	return OK;
}

static enum status apply_amount(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct amount_change *c = change->input;

	change->location = arena_printf(db_tx_arena(tx), "/seizures/%s", c->seizure.reference);
	change->note = "Vastgelegd.";
	change->created = true;
	return seizure_amount_add(tx, &c->amount, reterr);
}

/* ---- yearly targets ----------------------------------------------------------------------------------- */

struct target_input {
	int64_t year;
	int column;
	const char *amount;
};
static const struct field TARGET_FIELDS[] = {
	{ .path = "year",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct target_input, year),
	  .label = "Jaar",
	  .required = true },
	{ .path = "column",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct target_input, column),
	  .label = "Welke kolom?",
	  .required = true,
	  .codes = AMOUNT_COLUMNS_SHOWN },
	{ .path = "amount",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct target_input, amount),
	  .label = "Doel in euro",
	  .required = true,
	  .max_chars = 40 },
};
static const struct form TARGET_FORM = { TARGET_FIELDS, 3, sizeof(struct target_input) };

static const struct list_sort TARGET_SORTS[] = {
	{ "columns", "Zoals in het register", { { "place", false } }, false },
	{ "back", "Laatste kolom eerst", { { "place", true } }, true },
	{ "target", "Hoogste doel eerst", { { "target", true }, { "place", false } }, false },
};
static const struct list_filter TARGET_FILTERS[] = {
	{ "year", "Jaar", FILTER_CALENDAR, NULL },
};
static const struct list TARGET_LIST = {
	.name = "targets",
	.path = "/seizures/targets",
	.row = &COLUMN_VIEW,
	.sorts = TARGET_SORTS,
	.sort_count = 3,
	.filters = TARGET_FILTERS,
	.filter_count = 1,
	.empty = "Er zijn geen kolommen.",
	.file_name = "doelen-afpakken.csv",
};

struct target_page {
	struct list_page list;
	int64_t year;
	const char *before_href, *after_href;
};
static const struct view_field TARGET_PAGE_FIELDS[] = {
	LIST_FIELDS(struct target_page, list, COLUMN_VIEW),
	VIEW_F(struct target_page, year, VIEW_INT),
	VIEW_AS(struct target_page, before_href, "beforeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct target_page, after_href, "afterHref", VIEW_TEXT, .page_only = true),
};
static const struct view TARGET_VIEW = VIEW_OF(struct target_page, TARGET_PAGE_FIELDS);

enum { TARGET_YEAR_FIRST = 2020, TARGET_YEAR_LAST = 2099 };

/* This year when it can't be read. */
static int64_t target_year(const struct request *rq, const char *asked)
{
	const long year = asked != NULL ? strtol(asked, NULL, 10) : 0;

	return year >= TARGET_YEAR_FIRST && year <= TARGET_YEAR_LAST
	           ? year
	           : civil_from_day(local_day(rq->now_ms)).year;
}

static const char *target_href(struct arena *a, int64_t year)
{
	if (year < TARGET_YEAR_FIRST || year > TARGET_YEAR_LAST)
		return NULL;
	return arena_printf(a, "/seizures/targets?year=%lld", (long long)year);
}

static enum status show_targets(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&TARGET_LIST, rq);
	struct target_page record = { .year = target_year(rq, q.chosen[0].kept) };
	struct seizure_year y;

	const enum status st = seizure_year_load(rq->db, (int)record.year, &y, reterr);
	if (st != OK)
		return st;
	const struct array columns = columns_of(rq->arena, &y);
	record.list = list_finish_whole(&q, rq->arena, columns.items, columns.count);
	record.before_href = target_href(rq->arena, record.year - 1);
	record.after_href = target_href(rq->arena, record.year + 1);
	const struct page page = { .title = "Doelen voor afpakken",
		                   .place = "/seizures",
		                   .crumbs = crumbs(rq->arena),
		                   .template_name = "seizures/targets",
		                   .form = &TARGET_FORM };
	const struct list_drawing drawing = { &page, &TARGET_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

struct target_change {
	struct target_input in;
	int64_t cents;
};

static enum status prepare_target(struct request *rq, void **ret_input, struct error *reterr)
{
	struct target_change *c = ARENA_NEW(rq->arena, struct target_change);

	(void)reterr;
	*ret_input = c;
	input_read(rq->body, &TARGET_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	c->cents = intervention_cents(rq, c->in.amount, "amount");
	if (rq->problems->error_count == 0 &&
	    (c->in.year < TARGET_YEAR_FIRST || c->in.year > TARGET_YEAR_LAST))
		problems_add(rq->problems, PROBLEM_ERROR, "year", "Vul een jaar vanaf 2020 in.");
	return OK;
}

static enum status apply_target(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct target_change *c = change->input;

	change->location = target_href(db_tx_arena(tx), c->in.year);
	change->note = "Het doel staat vast.";
	return seizure_target_put(tx, (int)c->in.year, c->in.column, c->cents, change->rq->viewer,
	                          change->rq->now_ms, reterr);
}

#define ROUTE(method_, path_, permission_, ...)                                                    \
	{                                                                                          \
		.method = (method_), .path = (path_), .permission = (permission_),                 \
		.action = AUDIT_SEIZURE, __VA_ARGS__                                               \
	}
const struct route seizure_routes[] = {
	ROUTE("GET", "/seizures", PERM_SEIZURE_READ, .read = show_list, .view = &PAGE_VIEW,
	      .summary = "Het register van afpakken, met sommen per kolom"),
	ROUTE("GET", "/seizures/new", PERM_SEIZURE_WRITE, .flags = ROUTE_PAGE_ONLY,
	      .read = show_new, .summary = "Een nieuwe maatregel"),
	ROUTE("POST", "/seizures", PERM_SEIZURE_WRITE, .prepare = prepare_new, .apply = apply_new,
	      .redraw = show_new, .form = &FORM, .summary = "Een maatregel vastleggen"),
	ROUTE("GET", "/seizures/targets", PERM_SEIZURE_TARGETS, .read = show_targets,
	      .view = &TARGET_VIEW, .summary = "De doelen van dit jaar, per kolom"),
	ROUTE("POST", "/seizures/targets", PERM_SEIZURE_TARGETS, .prepare = prepare_target,
	      .apply = apply_target, .redraw = show_targets, .form = &TARGET_FORM,
	      .summary = "Een doel voor een jaar en een kolom vastleggen"),
	ROUTE("GET", "/seizures/{ref}", PERM_SEIZURE_READ, .read = show_one, .view = &SHOW_VIEW,
	      .summary = "Eén maatregel met haar bedragen"),
	ROUTE("POST", "/seizures/{ref}/amounts", PERM_SEIZURE_WRITE, .prepare = prepare_amount,
	      .apply = apply_amount, .redraw = show_one, .form = &AMOUNT_FORM,
	      .summary = "Een bedrag van een maatregel vastleggen"),
	{ 0 },
};

const struct page_template seizure_templates[] = {
	{ .name = "seizures/list", .view = &PAGE_VIEW, .whole = true },
	{ .name = "seizures/new", .view = &NOTHING_VIEW, .form = &FORM, .whole = true },
	{ .name = "seizures/show", .view = &SHOW_VIEW, .form = &AMOUNT_FORM, .whole = true },
	{ .name = "seizures/targets", .view = &TARGET_VIEW, .form = &TARGET_FORM, .whole = true },
	{ 0 },
};
