/* Who did more in an hour than is usual: alarms, counts, and exceptions that two persons agree to. */
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "people/budget_store.h"
#include "people/people_http.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"
#include "plein/plein.h"

static const int64_t HOUR_MS = INT64_C(3600000);

/* ---- all alarms -------------------------------------------------------------------------------- */

struct alarm_row {
	int64_t person, at, count;
	const char *name, *href;
	int kind, level;
	bool seen;
};
static const struct view_field ALARM_FIELDS[] = {
	VIEW_F(struct alarm_row, person, VIEW_INT),
	VIEW_F(struct alarm_row, name, VIEW_TEXT),
	VIEW_AS(struct alarm_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct alarm_row, at, VIEW_MOMENT),
	VIEW_AS(struct alarm_row, kind, "kind", VIEW_CODE, .codes = BUDGET_KINDS),
	VIEW_AS(struct alarm_row, level, "level", VIEW_CODE, .codes = BUDGET_LEVELS),
	VIEW_F(struct alarm_row, count, VIEW_INT),
	VIEW_F(struct alarm_row, seen, VIEW_BOOL),
};
static const struct view ALARM_VIEW = VIEW_OF(struct alarm_row, ALARM_FIELDS);

struct alarms_page {
	struct array alarms;
	bool has_alarms;
};
static const struct view_field ALARMS_FIELDS[] = {
	VIEW_AS(struct alarms_page, alarms, "alarms", VIEW_LIST, .view = &ALARM_VIEW),
	VIEW_AS(struct alarms_page, has_alarms, "hasAlarms", VIEW_BOOL, .page_only = true),
};
static const struct view ALARMS_VIEW = VIEW_OF(struct alarms_page, ALARMS_FIELDS);

static struct array alarm_rows(struct request *rq, struct array found, int64_t person_id)
{
	const struct budget_alarm *from = found.items;
	struct alarm_row *to = ARENA_ARRAY(rq->arena, struct alarm_row, found.count + 1);
	size_t kept = 0;

	for (size_t i = 0; i < found.count; i++)
		if (person_id == 0 || from[i].person_id == person_id)
			to[kept++] = (struct alarm_row){
				.person = from[i].person_id,
				.name = from[i].person,
				.href = arena_printf(rq->arena, "/people/budgets/%lld",
				                     (long long)from[i].person_id),
				.at = from[i].hour * HOUR_MS,
				.kind = from[i].kind,
				.level = from[i].level,
				.count = from[i].count,
				.seen = from[i].seen_at > 0,
			};
	return (struct array){ to, kept };
}

static enum status load_alarms(struct request *rq, int64_t person_id, struct array *ret,
                               struct error *reterr)
{
	const struct people_scope scope = people_scope_of(rq->viewer);
	struct array found = { 0 };
	const enum status st =
	    budget_alarms(rq->db, scope.all ? 0 : scope.participant_id, rq->arena, &found, reterr);

	*ret = alarm_rows(rq, found, person_id);
	return st;
}

static enum status list_alarms(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Veel in één uur",
		                   .place = "/people",
		                   .template_name = "people/budgets" };
	struct alarms_page record = { 0 };

	const enum status st = load_alarms(rq, 0, &record.alarms, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_PERSON };
	record.has_alarms = record.alarms.count > 0;
	return page_respond(rq, rs, &page, &ALARMS_VIEW, &record, reterr);
}

/* ---- one person -------------------------------------------------------------------------------- */

struct hour_row {
	int64_t at, read, search, exported;
};
static const struct view_field HOUR_FIELDS[] = {
	VIEW_F(struct hour_row, at, VIEW_MOMENT),
	VIEW_F(struct hour_row, read, VIEW_INT),
	VIEW_F(struct hour_row, search, VIEW_INT),
	VIEW_F(struct hour_row, exported, VIEW_INT),
};
static const struct view HOUR_VIEW = VIEW_OF(struct hour_row, HOUR_FIELDS);

struct exception_row {
	int64_t id, most, until;
	const char *reason, *asked_by, *sign_path, *end_path, *state;
	int kind;
};
static const struct view_field EXCEPTION_FIELDS[] = {
	VIEW_F(struct exception_row, id, VIEW_INT),
	VIEW_AS(struct exception_row, kind, "kind", VIEW_CODE, .codes = BUDGET_KINDS),
	VIEW_F(struct exception_row, most, VIEW_INT),
	VIEW_AS(struct exception_row, until, "untilDay", VIEW_DAY),
	VIEW_F(struct exception_row, reason, VIEW_TEXT),
	VIEW_F(struct exception_row, state, VIEW_TEXT),
	VIEW_AS(struct exception_row, asked_by, "askedBy", VIEW_TEXT),
	VIEW_AS(struct exception_row, sign_path, "signPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct exception_row, end_path, "endPath", VIEW_TEXT, .page_only = true),
};
static const struct view EXCEPTION_VIEW = VIEW_OF(struct exception_row, EXCEPTION_FIELDS);

struct person_page {
	int64_t person;
	const char *name, *href, *ask_path, *seen_path;
	struct array alarms, hours, exceptions, kinds;
	bool has_alarms, has_hours, has_exceptions, unseen;
};
#define P struct person_page
static const struct view_field PERSON_FIELDS[] = {
	VIEW_F(P, person, VIEW_INT),
	VIEW_F(P, name, VIEW_TEXT),
	VIEW_AS(P, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, ask_path, "askPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, seen_path, "seenPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, alarms, "alarms", VIEW_LIST, .view = &ALARM_VIEW),
	VIEW_AS(P, hours, "hours", VIEW_LIST, .view = &HOUR_VIEW),
	VIEW_AS(P, exceptions, "exceptions", VIEW_LIST, .view = &EXCEPTION_VIEW),
	VIEW_AS(P, kinds, "kinds", VIEW_LIST, .view = &CHOICE_VIEW, .page_only = true),
	VIEW_AS(P, has_alarms, "hasAlarms", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, has_hours, "hasHours", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, has_exceptions, "hasExceptions", VIEW_BOOL, .page_only = true),
	VIEW_F(P, unseen, VIEW_BOOL),
};
#undef P
static const struct view PERSON_VIEW = VIEW_OF(struct person_page, PERSON_FIELDS);

struct exception_input {
	int64_t most;
	int64_t until_day; /* days since 1970 */
	int kind;
	const char *reason;
};
#define I struct exception_input
static const struct field FIELDS[] = {
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(I, kind),
	  .label = "Wat mag vaker?",
	  .codes = BUDGET_KINDS,
	  .required = true,
	  .missing = "Kies wat er vaker mag." },
	{ .path = "most",
	  .kind = FIELD_INT,
	  .offset = offsetof(I, most),
	  .label = "Hoe vaak per uur, ten hoogste?",
	  .required = true,
	  .missing = "Vul in hoe vaak het per uur mag." },
	{ .path = "untilDay",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(I, until_day),
	  .label = "Tot en met welke dag?",
	  .required = true,
	  .missing = "Vul de laatste dag in." },
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(I, reason),
	  .label = "Waarom is dit nodig?",
	  .required = true,
	  .missing = "Schrijf op waarom dit nodig is.",
	  .max_chars = EXCEPTION_REASON_CHARS },
};
#undef I
static const struct form EXCEPTION_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                    sizeof(struct exception_input) };

/* Somebody of his own organisation, or the neutral "not found". */
static enum status person_of_path(struct request *rq, struct person *ret, struct error *reterr)
{
	const struct people_scope scope = people_scope_of(rq->viewer);
	int64_t id = 0;

	enum status st = people_path_id(rq, &id, reterr);
	if (st == OK)
		st = person_load(rq->db, &scope, id, rq->arena, ret, reterr);
	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = id };
	return st;
}

static enum status fill_hours(struct request *rq, int64_t person_id, struct person_page *ret,
                              struct error *reterr)
{
	enum { HOURS = 7 * 24 };
	struct array found = { 0 };
	const enum status st = budget_hours(rq->db, person_id, budget_hour(rq->now_ms) - HOURS,
	                                    rq->arena, &found, reterr);
	const struct budget_of_hour *from = found.items;
	struct hour_row *to = ARENA_ARRAY(rq->arena, struct hour_row, found.count + 1);

	for (size_t i = 0; i < found.count; i++)
		to[i] = (struct hour_row){ from[i].hour * HOUR_MS, from[i].read, from[i].search,
			                   from[i].exported };
	ret->hours = (struct array){ to, found.count };
	ret->has_hours = found.count > 0;
	return st;
}

static const char *state_words(const struct budget_exception *e, int32_t today)
{
	if (e->state == EXCEPTION_WAITS)
		return "wacht op een tweede handtekening";
	return e->state == EXCEPTION_HOLDS && e->until_day >= today ? "geldt" : "voorbij";
}

static enum status fill_exceptions(struct request *rq, int64_t person_id, struct person_page *ret,
                                   struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = budget_exceptions(rq->db, person_id, rq->arena, &found, reterr);
	const struct budget_exception *from = found.items;
	struct exception_row *to = ARENA_ARRAY(rq->arena, struct exception_row, found.count + 1);
	const int32_t today = local_day(rq->now_ms);

	for (size_t i = 0; i < found.count; i++) {
		const char *path =
		    arena_printf(rq->arena, "%s/exceptions/%lld", ret->href, (long long)from[i].id);
		const bool waits = from[i].state == EXCEPTION_WAITS;
		const bool holds = from[i].state == EXCEPTION_HOLDS && from[i].until_day >= today;
		to[i] = (struct exception_row){
			.id = from[i].id,
			.kind = from[i].kind,
			.most = from[i].most,
			.until = from[i].until_day,
			.reason = from[i].reason,
			.asked_by = from[i].asked_by,
			.state = state_words(&from[i], today),
			.sign_path = waits && from[i].asked_person != rq->viewer->person_id
			                 ? arena_printf(rq->arena, "%s/sign", path)
			                 : NULL,
			.end_path = waits || holds ? arena_printf(rq->arena, "%s/end", path) : NULL,
		};
	}
	ret->exceptions = (struct array){ to, found.count };
	ret->has_exceptions = found.count > 0;
	return st;
}

static void fill_kinds(struct request *rq, struct person_page *ret)
{
	const char *typed = input_text(rq->body, "kind");

	ret->kinds = choices_for(rq->arena, BUDGET_KIND_COUNT);
	for (const struct code *k = BUDGET_KINDS; k->name != NULL; k++)
		choices_add(&ret->kinds, k->name, k->label, typed != NULL ? typed : "READ");
}

static enum status show_person(struct request *rq, struct response *rs, struct error *reterr)
{
	struct person_page record = { 0 };
	struct person who;

	enum status st = person_of_path(rq, &who, reterr);
	if (st != OK)
		return st;
	record.person = who.id;
	record.name = who.full_name;
	record.href = arena_printf(rq->arena, "/people/budgets/%lld", (long long)who.id);
	record.ask_path = arena_printf(rq->arena, "%s/exceptions", record.href);
	record.seen_path = arena_printf(rq->arena, "%s/seen", record.href);
	fill_kinds(rq, &record);
	st = load_alarms(rq, who.id, &record.alarms, reterr);
	if (st == OK)
		st = fill_hours(rq, who.id, &record, reterr);
	if (st == OK)
		st = fill_exceptions(rq, who.id, &record, reterr);
	if (st != OK)
		return st;
	const struct alarm_row *alarms = record.alarms.items;
	record.has_alarms = record.alarms.count > 0;
	for (size_t i = 0; i < record.alarms.count; i++)
		record.unseen = record.unseen || !alarms[i].seen;
	const struct page page = { .title = "Hoeveel per uur",
		                   .place = "/people",
		                   .confidential = true,
		                   .template_name = "people/budget",
		                   .form = &EXCEPTION_FORM };
	return page_respond(rq, rs, &page, &PERSON_VIEW, &record, reterr);
}

/* ---- changes ------------------------------------------------------------------------------------ */

struct budget_change {
	struct exception_input in;
	struct person who;
	int64_t exception_id;
};

static struct budget_actor actor_of(const struct request *rq)
{
	return (struct budget_actor){ rq->viewer->person_id, rq->viewer->appointment_id,
		                      rq->now_ms };
}

static const char *back_to(struct db_tx *tx, const struct budget_change *c)
{
	return arena_printf(db_tx_arena(tx), "/people/budgets/%lld", (long long)c->who.id);
}

static enum status prepare_seen(struct request *rq, void **ret_input, struct error *reterr)
{
	struct budget_change *c = ARENA_NEW(rq->arena, struct budget_change);

	*ret_input = c;
	return person_of_path(rq, &c->who, reterr);
}

static enum status apply_seen(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct budget_change *c = change->input;
	const struct budget_actor who = actor_of(change->rq);

	change->location = back_to(tx, c);
	change->note = "Bekeken. De taak is van uw lijst.";
	return budget_see(tx, c->who.id, &who, reterr);
}

static void check_exception(struct request *rq, const struct exception_input *in)
{
	const int32_t today = local_day(rq->now_ms);

	if (in->most < 1 || in->most > EXCEPTION_MOST_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "most",
		             "Vul een getal in tussen 1 en 100.000.");
	if (in->until_day < today || in->until_day > today + EXCEPTION_DAYS_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "untilDay",
		             "Kies een dag tussen vandaag en 90 dagen verder.");
}

static enum status prepare_ask(struct request *rq, void **ret_input, struct error *reterr)
{
	struct budget_change *c = NULL;
	const enum status st = prepare_seen(rq, ret_input, reterr);

	c = *ret_input;
	if (st != OK)
		return st;
	if (c->who.id == rq->viewer->person_id)
		return FAIL(reterr, ERR_CONFLICT,
		            "Voor uzelf vraagt een ander dit aan. Vraag een collega of het hoofd.");
	input_read(rq->body, &EXCEPTION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count == 0)
		check_exception(rq, &c->in);
	return OK;
}

static enum status apply_ask(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct budget_change *c = change->input;
	const struct budget_actor who = actor_of(change->rq);
	const struct budget_exception e = { .kind = c->in.kind,
		                            .most = c->in.most,
		                            .until_day = c->in.until_day,
		                            .reason = c->in.reason };

	change->location = back_to(tx, c);
	change->note = "Voorgesteld. Een ander moet nog tekenen.";
	return budget_ask(tx, c->who.id, &e, &who, reterr);
}

static enum status exception_of_path(struct request *rq, struct budget_change *c,
                                     struct budget_exception *ret, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = budget_exceptions(rq->db, c->who.id, rq->arena, &found, reterr);
	const struct budget_exception *e = found.items;

	if (st != OK)
		return st;
	for (size_t i = 0; i < found.count; i++)
		if (strcmp(rq->params[1], arena_printf(rq->arena, "%lld", (long long)e[i].id)) ==
		    0) {
			c->exception_id = e[i].id;
			*ret = e[i];
			return OK;
		}
	return FAIL_NOT_FOUND(reterr);
}

/* The second signature is another person's than the first, and not of whom it is about. */
static enum status prepare_sign(struct request *rq, void **ret_input, struct error *reterr)
{
	struct budget_exception e = { 0 };
	enum status st = prepare_seen(rq, ret_input, reterr);
	struct budget_change *c = *ret_input;

	if (st == OK)
		st = exception_of_path(rq, c, &e, reterr);
	if (st != OK)
		return st;
	if (e.asked_person == rq->viewer->person_id || c->who.id == rq->viewer->person_id)
		return FAIL(reterr, ERR_CONFLICT,
		            "U stelde dit zelf voor, of het gaat over u. Een ander moet tekenen.");
	return e.state == EXCEPTION_WAITS
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT, "Hier valt niets meer te tekenen.");
}

static enum status apply_sign(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct budget_change *c = change->input;
	const struct budget_actor who = actor_of(change->rq);

	change->location = back_to(tx, c);
	change->note = "Getekend. De uitzondering geldt binnen een paar seconden.";
	return budget_decide(tx, c->who.id, c->exception_id, EXCEPTION_HOLDS, &who, reterr);
}

static enum status prepare_end(struct request *rq, void **ret_input, struct error *reterr)
{
	struct budget_exception e = { 0 };
	enum status st = prepare_seen(rq, ret_input, reterr);

	return st == OK ? exception_of_path(rq, *ret_input, &e, reterr) : st;
}

static enum status apply_end(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct budget_change *c = change->input;
	const struct budget_actor who = actor_of(change->rq);

	change->location = back_to(tx, c);
	change->note = "Deze uitzondering geldt niet.";
	return budget_decide(tx, c->who.id, c->exception_id, EXCEPTION_ENDED, &who, reterr);
}

const struct route budget_routes[] = {
	{ .method = "GET",
	  .path = "/people/budgets",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_PEOPLE_VIEW,
	  .read = list_alarms,
	  .view = &ALARMS_VIEW,
	  .summary = "Wie in één uur meer opende, zocht of meenam dan gewoonlijk" },
	{ .method = "GET",
	  .path = "/people/budgets/{id}",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_PEOPLE_VIEW,
	  .read = show_person,
	  .view = &PERSON_VIEW,
	  .summary = "Hoeveel iemand per uur opende, zocht en meenam: aantallen, geen inhoud" },
	{ .method = "POST",
	  .path = "/people/budgets/{id}/seen",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_BUDGET,
	  .prepare = prepare_seen,
	  .apply = apply_seen,
	  .summary = "Zeggen dat een alarm is bekeken" },
	{ .method = "POST",
	  .path = "/people/budgets/{id}/exceptions",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_BUDGET,
	  .prepare = prepare_ask,
	  .apply = apply_ask,
	  .redraw = show_person,
	  .form = &EXCEPTION_FORM,
	  .summary = "Voorstellen dat iemand een tijd lang meer mag" },
	{ .method = "POST",
	  .path = "/people/budgets/{id}/exceptions/{exception}/sign",
	  .permission = PERM_ROLE_CONFIRM,
	  .action = AUDIT_BUDGET,
	  .prepare = prepare_sign,
	  .apply = apply_sign,
	  .summary = "Meetekenen dat iemand een tijd lang meer mag" },
	{ .method = "POST",
	  .path = "/people/budgets/{id}/exceptions/{exception}/end",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_BUDGET,
	  .prepare = prepare_end,
	  .apply = apply_end,
	  .summary = "Een uitzondering weigeren of beëindigen" },
	{ 0 },
};

const struct page_template budget_templates[] = {
	{ .name = "people/budgets", .view = &ALARMS_VIEW, .whole = true },
	{ .name = "people/budget", .view = &PERSON_VIEW, .form = &EXCEPTION_FORM, .whole = true },
	{ 0 },
};
