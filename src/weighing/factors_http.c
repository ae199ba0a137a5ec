/* The register of own factors: every version, a new one, its second person. */
#include "weighing/factors.h"
#include "weighing/weighing_page.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "work/work.h"

static const struct code USES[] = {
	{ FACTOR_FOR_ORDER, "order", "Volgorde: wat eerst" },
	{ FACTOR_FOR_CAPACITY, "capacity", "Capaciteit: wat het vraagt" },
	{ 0 },
};

/* ---- the page ---------------------------------------------------------------------------------- */

static const struct view_field FACTOR_FIELDS[] = {
	VIEW_F(struct extra_factor, name, VIEW_TEXT),
	VIEW_F(struct extra_factor, question, VIEW_TEXT),
	VIEW_F(struct extra_factor, low, VIEW_TEXT),
	VIEW_F(struct extra_factor, high, VIEW_TEXT),
	VIEW_AS(struct extra_factor, use, "use", VIEW_CODE, .codes = USES),
};
static const struct view FACTOR_VIEW = VIEW_OF(struct extra_factor, FACTOR_FIELDS);

struct list_row {
	int64_t number, version, from_day, proposed_at, confirmed_at;
	const char *reason, *proposer, *confirmer, *standing, *confirm_href, *withdraw_href;
	struct array factors;
	bool in_force, has_factors;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct list_row, number, VIEW_INT),
	VIEW_F(struct list_row, version, VIEW_INT),
	VIEW_AS(struct list_row, from_day, "fromDay", VIEW_DAY),
	VIEW_AS(struct list_row, proposed_at, "proposedAt", VIEW_MOMENT),
	VIEW_AS(struct list_row, confirmed_at, "confirmedAt", VIEW_MOMENT),
	VIEW_F(struct list_row, reason, VIEW_TEXT),
	VIEW_F(struct list_row, proposer, VIEW_TEXT),
	VIEW_F(struct list_row, confirmer, VIEW_TEXT),
	VIEW_F(struct list_row, standing, VIEW_TEXT),
	VIEW_AS(struct list_row, confirm_href, "confirmHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_row, withdraw_href, "withdrawHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_row, factors, "factors", VIEW_LIST, .view = &FACTOR_VIEW),
	VIEW_AS(struct list_row, in_force, "inForce", VIEW_BOOL),
	VIEW_AS(struct list_row, has_factors, "hasFactors", VIEW_BOOL, .page_only = true),
};
static const struct view ROW_VIEW = VIEW_OF(struct list_row, ROW_FIELDS);

struct factors_page {
	struct array lists, factors; /* factors: the form's rows */
	int64_t from_day;
	const char *law_version, *weighed_on, *reason;
	bool has_lists, may_propose;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_AS(struct factors_page, lists, "lists", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct factors_page, factors, "factors", VIEW_LIST, .view = &FACTOR_VIEW,
	        .page_only = true),
	VIEW_AS(struct factors_page, from_day, "fromDay", VIEW_DAY, .page_only = true),
	VIEW_AS(struct factors_page, law_version, "lawVersion", VIEW_TEXT),
	VIEW_AS(struct factors_page, weighed_on, "weighedOn", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct factors_page, reason, "reason", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct factors_page, has_lists, "hasLists", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct factors_page, may_propose, "mayPropose", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct factors_page, PAGE_FIELDS);

struct factors_input {
	int64_t from_day;
	const char *reason;
	struct array factors; /* struct extra_factor */
};
#define PART_OF(member_, label_, chars_)                                                           \
	{                                                                                          \
		.path = #member_, .kind = FIELD_TEXT,                                              \
		.offset = offsetof(struct extra_factor, member_), .label = (label_),               \
		.max_chars = (chars_)                                                              \
	}
static const struct field FACTOR_INPUT[] = {
	PART_OF(name, "Naam van de factor", 40),
	PART_OF(question, "Welke vraag beantwoordt u?", 160),
	PART_OF(low, "Wat betekent 0?", 40),
	PART_OF(high, "Wat betekent 3?", 40),
	{ .path = "use",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct extra_factor, use),
	  .label = "Waar helpt deze factor bij?",
	  .codes = USES },
};
static const struct form FACTOR_FORM = { FACTOR_INPUT, 5, sizeof(struct extra_factor) };
static const struct field LIST_INPUT[] = {
	{ .path = "fromDay",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct factors_input, from_day),
	  .label = "Vanaf welke dag?",
	  .required = true },
	{ .path = "reason",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct factors_input, reason),
	  .label = "Waarom een nieuwe lijst?",
	  .required = true,
	  .missing = "Schrijf op waarom de lijst verandert.",
	  .max_chars = 300 },
	{ .path = "factors",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct factors_input, factors),
	  .label = "Eigen factoren",
	  .max_chars = EXTRA_FACTORS_MAX,
	  .element = &FACTOR_FORM },
};
static const struct form LIST_FORM = { LIST_INPUT, 3, sizeof(struct factors_input) };

static const char *standing_of(const struct factor_list *l, const struct factor_list *now,
                               int32_t today)
{
	if (l->withdrawn_at > 0)
		return "ingetrokken";
	if (l->confirmed_at == 0)
		return "wacht op een tweede persoon";
	if (l == now)
		return "geldt nu";
	return l->from_day > today ? "begint later" : "vervangen";
}

static struct list_row row_of(struct request *rq, const struct factor_list *l,
                              const struct factor_list *now)
{
	const int32_t today = local_day(rq->now_ms);
	struct list_row row = {
		.number = l->number,
		.version = l->version,
		.from_day = l->from_day,
		.proposed_at = l->proposed_at,
		.confirmed_at = l->confirmed_at > 0 ? l->confirmed_at : INT64_MIN,
		.reason = l->reason,
		.proposer = l->proposer,
		.confirmer = l->confirmer[0] != '\0' ? l->confirmer : NULL,
		.standing = standing_of(l, now, today),
		.factors = l->factors,
		.in_force = l == now,
		.has_factors = l->factors.count > 0,
	};

	if (access_permits(rq->viewer->role, PERM_FACTORS_CONFIRM) &&
	    verdict_allows(factor_list_may_confirm(l, rq->viewer->person_id)))
		row.confirm_href = arena_printf(rq->arena, "/meetings/factors/%lld/_confirm",
		                                (long long)l->number);
	if (access_permits(rq->viewer->role, PERM_MEETING_RUN) &&
	    verdict_allows(factor_list_may_withdraw(l, today)))
		row.withdraw_href = arena_printf(rq->arena, "/meetings/factors/%lld/_withdraw",
		                                 (long long)l->number);
	return row;
}

/* The form begins with what holds now, and has room for as many as there may be. */
static struct array form_rows(struct arena *a, const struct factor_list *now)
{
	struct extra_factor *rows = ARENA_ARRAY(a, struct extra_factor, EXTRA_FACTORS_MAX);

	for (int i = 0; i < EXTRA_FACTORS_MAX; i++)
		rows[i] = (struct extra_factor){ .use = FACTOR_FOR_ORDER };
	if (now != NULL && now->factors.count > 0)
		memcpy(rows, now->factors.items, now->factors.count * sizeof *rows);
	return (struct array){ rows, EXTRA_FACTORS_MAX };
}

static enum status show_factors(struct request *rq, struct response *rs, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = factor_list_all(rq->db, rq->arena, &found, reterr);

	if (st != OK)
		return st;
	const struct factor_list *lists = found.items;
	const struct factor_list *now = factor_list_on(lists, found.count, local_day(rq->now_ms));
	struct list_row *rows = ARENA_ARRAY(rq->arena, struct list_row, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		rows[i] = row_of(rq, &lists[i], now);
	rq->touched = (struct touched){ .kind = OBJECT_MEETING, .count = (int32_t)found.count };
	const struct factors_page record = {
		.lists = { rows, found.count },
		.factors = form_rows(rq->arena, now),
		.from_day = INT64_MIN,
		.law_version = law_criteria_version(),
		.weighed_on = weighing_version_words(rq->arena, law_criteria_version()),
		.has_lists = found.count > 0,
		.may_propose = access_permits(rq->viewer->role, PERM_MEETING_RUN),
	};
	const struct page page = { .title = "Eigen factoren bij het wegen",
		                   .place = "/meetings",
		                   .template_name = "weighing/factors",
		                   .form = &LIST_FORM };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

/* ---- a new version ----------------------------------------------------------------------------- */

struct propose_change {
	struct factors_input in;
	struct factor_list_new made;
};

static bool blank(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0';
}

/* A row that says nothing is no factor; one that says something says all. */
static void check_factor(struct request *rq, size_t i, const struct extra_factor *f)
{
	const struct {
		const char *path, *value, *sentence;
	} parts[] = {
		{ "name", f->name, "Geef deze factor een naam." },
		{ "question", f->question, "Schrijf op welke vraag men beantwoordt." },
		{ "low", f->low, "Schrijf op wat 0 betekent." },
		{ "high", f->high, "Schrijf op wat 3 betekent." },
	};

	for (size_t p = 0; p < sizeof parts / sizeof parts[0]; p++)
		if (blank(parts[p].value))
			problems_add(rq->problems, PROBLEM_ERROR,
			             arena_printf(rq->arena, "factors[%zu].%s", i, parts[p].path),
			             parts[p].sentence);
	if (f->use == 0)
		problems_add(rq->problems, PROBLEM_ERROR,
		             arena_printf(rq->arena, "factors[%zu].use", i),
		             "Kies waar deze factor bij helpt.");
}

static void take_factors(struct request *rq, struct propose_change *c)
{
	const struct extra_factor *from = c->in.factors.items;
	struct extra_factor *to = ARENA_ARRAY(rq->arena, struct extra_factor, EXTRA_FACTORS_MAX);

	for (size_t i = 0; i < c->in.factors.count && i < EXTRA_FACTORS_MAX; i++) {
		const struct extra_factor *f = &from[i];
		if (blank(f->name) && blank(f->question) && blank(f->low) && blank(f->high))
			continue;
		check_factor(rq, i, f);
		to[c->made.factor_count++] = *f;
	}
	c->made.factors = to;
}

static enum status prepare_propose(struct request *rq, void **ret_input, struct error *reterr)
{
	struct propose_change *c = ARENA_NEW(rq->arena, struct propose_change);

	(void)reterr;
	*ret_input = c;
	input_read(rq->body, &LIST_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->in.from_day != FIELD_NO_DAY && c->in.from_day < local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "fromDay",
		             "Kies vandaag of een dag die nog komt.");
	take_factors(rq, c);
	c->made.uuid = uuid_at(rq->now_ms);
	c->made.from_day = c->in.from_day;
	c->made.reason = c->in.reason;
	c->made.appointment_id = rq->viewer->appointment_id;
	c->made.now_ms = rq->now_ms;
	return OK;
}

/* The head and the chair may both confirm: each is asked, the first ends it for both. */
static enum status ask_second(struct db_tx *tx, const struct request *rq, int64_t id,
                              int64_t number, struct error *reterr)
{
	static const enum role WHO[] = { ROLE_RIEC_HEAD, ROLE_CHAIR };
	enum { DAYS_TO_CONFIRM = 5 };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof WHO / sizeof WHO[0]; i++) {
		const struct work_task task = {
			.owner = audience_of(AUDIENCE_ROLE, WHO[i]),
			.kind = WORK_FACTORS_CONFIRM,
			.object_kind = OBJECT_MEETING,
			.object_id = id,
			.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)number),
			.due_day = working_days_add(local_day(rq->now_ms), DAYS_TO_CONFIRM, NULL),
			.created_at = rq->now_ms,
			.created_by = rq->viewer->appointment_id,
		};
		st = work_add(tx, &task, reterr);
	}
	return st;
}

static enum status apply_propose(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct propose_change *c = change->input;
	int64_t id = 0, number = 0;
	const enum status st = factor_list_insert(tx, &c->made, &id, &number, reterr);

	change->touched = (struct touched){ .kind = OBJECT_MEETING, .count = (int32_t)number };
	change->location = "/meetings/factors";
	change->note = "Voorgesteld. De lijst geldt als de voorzitter of het hoofd bevestigt.";
	return st == OK ? ask_second(tx, change->rq, id, number, reterr) : st;
}

/* ---- confirming and withdrawing ------------------------------------------------------------------ */

struct list_change {
	struct version_input in;
	struct factor_list list;
};

static enum status find_list(struct request *rq, struct list_change *ret, struct error *reterr)
{
	struct array found = { 0 };
	char *end = NULL;
	const long long number = strtoll(rq->params[0], &end, 10);
	const enum status st = factor_list_all(rq->db, rq->arena, &found, reterr);
	const struct factor_list *l = found.items;

	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &ret->in, rq->problems);
	for (size_t i = 0; st == OK && *end == '\0' && i < found.count; i++)
		if (l[i].number == number) {
			ret->list = l[i];
			return OK;
		}
	return st == OK ? FAIL_NOT_FOUND(reterr) : st;
}

static enum status asked(struct verdict v, struct error *reterr)
{
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

static enum status prepare_confirm(struct request *rq, void **ret_input, struct error *reterr)
{
	struct list_change *c = ARENA_NEW(rq->arena, struct list_change);
	const enum status st = find_list(rq, c, reterr);

	*ret_input = c;
	return st == OK ? asked(factor_list_may_confirm(&c->list, rq->viewer->person_id), reterr)
	                : st;
}

static enum status end_asking(struct db_tx *tx, const struct change *change, struct error *reterr)
{
	const struct list_change *c = change->input;

	return work_done(tx, WORK_FACTORS_CONFIRM, OBJECT_MEETING, c->list.id,
	                 change->rq->viewer->person_id, change->rq->now_ms, reterr);
}

static enum status apply_confirm(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct list_change *c = change->input;
	enum status st = db_claim(tx, &FACTOR_LIST_ROOT, c->list.id, c->in.version, reterr);

	if (st == OK)
		st = factor_list_confirm(tx, c->list.id, change->rq->viewer->appointment_id,
		                         change->rq->now_ms, reterr);
	change->touched =
	    (struct touched){ .kind = OBJECT_MEETING, .count = (int32_t)c->list.number };
	change->location = "/meetings/factors";
	change->note = "Bevestigd. Overleggen die al open zijn, houden hun eigen lijst.";
	return st == OK ? end_asking(tx, change, reterr) : st;
}

static enum status prepare_withdraw(struct request *rq, void **ret_input, struct error *reterr)
{
	struct list_change *c = ARENA_NEW(rq->arena, struct list_change);
	const enum status st = find_list(rq, c, reterr);

	*ret_input = c;
	return st == OK ? asked(factor_list_may_withdraw(&c->list, local_day(rq->now_ms)), reterr)
	                : st;
}

static enum status apply_withdraw(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct list_change *c = change->input;
	enum status st = db_claim(tx, &FACTOR_LIST_ROOT, c->list.id, c->in.version, reterr);

	if (st == OK)
		st = factor_list_withdraw(tx, c->list.id, change->rq->now_ms, reterr);
	change->touched =
	    (struct touched){ .kind = OBJECT_MEETING, .count = (int32_t)c->list.number };
	change->location = "/meetings/factors";
	change->note = "De lijst is ingetrokken.";
	return st == OK ? end_asking(tx, change, reterr) : st;
}

/* clang-format off */
#define ON_LIST(path_, permission_, prepare_, apply_, form_, summary_)                             \
	{ .method = "POST", .path = "/meetings/factors" path_, .permission = (permission_),        \
	  .action = AUDIT_MEETING_CHANGE, .prepare = (prepare_), .apply = (apply_),                \
	  .redraw = show_factors, .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route factor_routes[] = {
	{ .method = "GET",
	  .path = "/meetings/factors",
	  .permission = PERM_MEETING_READ,
	  .action = AUDIT_MEETING_VIEW,
	  .read = show_factors,
	  .view = &PAGE_VIEW,
	  .summary = "Eigen factoren naast die van de wet: alle versies" },
	ON_LIST("", PERM_MEETING_RUN, prepare_propose, apply_propose, &LIST_FORM,
	        "Een nieuwe lijst van eigen factoren voorstellen"),
	ON_LIST("/{number}/_confirm", PERM_FACTORS_CONFIRM, prepare_confirm, apply_confirm,
	        &VERSION_FORM, "Een lijst van eigen factoren bevestigen, als tweede persoon"),
	ON_LIST("/{number}/_withdraw", PERM_MEETING_RUN, prepare_withdraw, apply_withdraw,
	        &VERSION_FORM, "Een lijst intrekken die nog niet geldt"),
	{ 0 },
};

const struct page_template factor_templates[] = {
	{ .name = "weighing/factors", .view = &PAGE_VIEW, .form = &LIST_FORM, .whole = true },
	{ 0 },
};
