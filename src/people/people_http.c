/* Who works with Plein: the list, and one person with what can be done. */
#include "people/people_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/gate.h"
#include "people/people.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/acts.h"
#include "platform/view/list.h"

struct actor people_actor(const struct request *rq)
{
	return (struct actor){ rq->viewer->person_id, rq->viewer->participant_id,
		               rq->viewer->role == ROLE_RIEC_HEAD };
}

enum status people_path_id(const struct request *rq, int64_t *ret, struct error *reterr)
{
	char *end = NULL;
	long long id = strtoll(rq->params[0], &end, 10);
	if (end == rq->params[0] || *end != '\0' || id <= 0)
		return FAIL_NOT_FOUND(reterr);
	*ret = id;
	return OK;
}

static const struct view_field OPTION_FIELDS[] = {
	VIEW_F(struct option, value, VIEW_TEXT),
	VIEW_F(struct option, label, VIEW_TEXT),
	VIEW_F(struct option, selected, VIEW_BOOL),
};
const struct view PEOPLE_OPTION_VIEW = VIEW_OF(struct option, OPTION_FIELDS);

/* ---- the list ------------------------------------------------------------------------ */

struct person_item {
	int64_t id;
	const char *href, *name, *organisation, *screened_until;
	uint8_t state;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_AS(struct person_item, id, "id", VIEW_INT),
	VIEW_AS(struct person_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct person_item, name, "name", VIEW_TEXT, .label = "Naam"),
	VIEW_AS(struct person_item, organisation, "organisation", VIEW_TEXT,
	        .label = "Organisatie"),
	VIEW_AS(struct person_item, state, "state", VIEW_STATE, .machine = &ACCOUNT_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct person_item, screened_until, "screenedUntil", VIEW_TEXT,
	        .label = "Screening tot"),
};
static const struct view ITEM_VIEW = VIEW_OF(struct person_item, ITEM_FIELDS);

/* The cursor holds no more than the number of a person: his place is looked up again. */
static const struct list_sort SORTS[] = {
	{ "name", "Naam, van A tot Z", { { "id", false } }, false },
	{ "name-down", "Naam, van Z tot A", { { "id", true } }, true },
};
static const struct code STATES[] = {
	{ ACCOUNT_REQUESTED, "REQUESTED", "Aangevraagd" },
	{ ACCOUNT_EMPLOYER_CONFIRMED, "EMPLOYER_CONFIRMED", "Bevestigd door werkgever" },
	{ ACCOUNT_SCREENING_CHECKED, "SCREENING_CHECKED", "Screening in orde" },
	{ ACCOUNT_TRAINED, "TRAINED", "Training gevolgd" },
	{ ACCOUNT_ACTIVE, "ACTIVE", "Actief" },
	{ ACCOUNT_SUSPENDED, "SUSPENDED", "Geschorst" },
	{ ACCOUNT_REVOKED, "REVOKED", "Ingetrokken" },
	{ 0 },
};
static const struct list_filter FILTERS[] = { { "state", "Stand", FILTER_ONE, STATES } };
static const struct list LIST = {
	.name = "people",
	.path = "/people",
	.row = &ITEM_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.filters = FILTERS,
	.filter_count = 1,
	.empty = "Hier werkt nog niemand met Plein.",
	.file_name = "mensen.csv",
};

struct people_page {
	struct list_page list;
	bool may_request;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct people_page, list, ITEM_VIEW),
	VIEW_AS(struct people_page, may_request, "mayRequest", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct people_page, PAGE_FIELDS);

static const char *screened_until(struct arena *a, int manner, int64_t screened_on)
{
	if (screened_on == NO_DAY)
		return NULL;
	int months =
	    manner == SCREENING_VOG ? SCREENING_TERMS.block_months : SCREENING_TERMS.other_months;
	return dutch_date(a, day_add_months((int32_t)screened_on, months));
}

static struct person_item item_of(struct arena *a, const struct person_line *p)
{
	return (struct person_item){
		.id = p->id,
		.href = arena_printf(a, "/people/%lld", (long long)p->id),
		.name = p->full_name,
		.organisation = p->participant,
		.state = p->state,
		.screened_until = screened_until(a, p->screening_manner, p->screened_on),
	};
}

/* Who left since: the list begins again. */
static enum status place_after(struct request *rq, const struct people_scope *scope, int64_t id,
                               struct person_filter *f, struct error *reterr)
{
	struct person last;
	const enum status st = person_load(rq->db, scope, id, rq->arena, &last, reterr);

	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st;
	f->after_key = last.sort_key;
	f->after_len = last.sort_key_len;
	f->after_id = last.id;
	return OK;
}

static enum status list_people(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Mensen",
		                   .place = "/people",
		                   .template_name = "people/list" };
	const struct people_scope scope = people_scope_of(rq->viewer);
	const struct list_query q = list_read(&LIST, rq);
	const struct code *state = q.chosen[0].one;
	struct person_filter f = { .state = state != NULL ? state->value : 0,
		                   .backward = q.backward,
		                   .limit = q.limit };
	struct array people = { 0 };

	enum status st = q.first ? OK : place_after(rq, &scope, q.keys[0].number, &f, reterr);
	if (st == OK)
		st = person_lines(rq->db, &scope, &f, rq->arena, &people, reterr);
	if (st != OK)
		return st;
	const struct person_line *from = people.items;
	struct person_item *to = ARENA_ARRAY(rq->arena, struct person_item, people.count + 1);
	for (size_t i = 0; i < people.count; i++)
		to[i] = item_of(rq->arena, &from[i]);
	rq->touched = (struct touched){ .kind = OBJECT_PERSON };
	const struct people_page record = {
		.list = list_finish(&q, rq->arena, to, people.count),
		.may_request = access_permits(rq->viewer->role, PERM_PEOPLE_MANAGE),
	};
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- one person ---------------------------------------------------------------------- */

struct appointment_item {
	const char *href, *role, *on_behalf, *deputy_for, *from, *until;
	uint8_t state;
};
static const struct view_field APPOINTMENT_FIELDS[] = {
	VIEW_AS(struct appointment_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct appointment_item, role, VIEW_TEXT),
	VIEW_AS(struct appointment_item, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct appointment_item, deputy_for, "deputyFor", VIEW_TEXT),
	VIEW_F(struct appointment_item, from, VIEW_TEXT),
	VIEW_F(struct appointment_item, until, VIEW_TEXT),
	VIEW_AS(struct appointment_item, state, "state", VIEW_STATE,
	        .machine = &APPOINTMENT_MACHINE),
};
static const struct view APPOINTMENT_VIEW = VIEW_OF(struct appointment_item, APPOINTMENT_FIELDS);

struct person_page {
	int64_t id, version, last_sign_in, screened_on, screening_due, trained_on;
	uint8_t state;
	const char *name, *email, *organisation, *screening, *screened_until;
	const char *add_href, *screening_href, *what_sees_href, *access_log_href, *history_href;
	bool has_insight;
	struct array actions, blocked, appointments, history;
	bool has_appointments;
};
static const struct view_field PERSON_FIELDS[] = {
	VIEW_F(struct person_page, id, VIEW_INT),
	VIEW_F(struct person_page, version, VIEW_INT),
	VIEW_AS(struct person_page, state, "state", VIEW_STATE, .machine = &ACCOUNT_MACHINE),
	VIEW_F(struct person_page, name, VIEW_TEXT),
	VIEW_F(struct person_page, email, VIEW_TEXT),
	VIEW_F(struct person_page, organisation, VIEW_TEXT),
	VIEW_AS(struct person_page, last_sign_in, "lastSignIn", VIEW_MOMENT),
	VIEW_F(struct person_page, screening, VIEW_TEXT),
	VIEW_AS(struct person_page, screened_on, "screenedOn", VIEW_DAY),
	VIEW_AS(struct person_page, screened_until, "screenedUntil", VIEW_TEXT),
	VIEW_AS(struct person_page, screening_due, "screeningDue", VIEW_DUE),
	VIEW_AS(struct person_page, trained_on, "trainedOn", VIEW_DAY),
	VIEW_AS(struct person_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct person_page, screening_href, "screeningHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct person_page, what_sees_href, "whatSeesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct person_page, access_log_href, "accessLogHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct person_page, has_insight, "hasInsight", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct person_page, history_href, "historyHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct person_page, actions, "actions", VIEW_LIST, .view = &ACT_LINK_VIEW),
	VIEW_AS(struct person_page, blocked, "blocked", VIEW_LIST, .view = &ACT_BLOCKED_VIEW),
	VIEW_AS(struct person_page, appointments, "appointments", VIEW_LIST,
	        .view = &APPOINTMENT_VIEW),
	VIEW_AS(struct person_page, has_appointments, "hasAppointments", VIEW_BOOL,
	        .page_only = true),
	VIEW_AS(struct person_page, history, "history", VIEW_LIST, .view = &HISTORY_LINE_VIEW),
};
static const struct view PERSON_VIEW = VIEW_OF(struct person_page, PERSON_FIELDS);

/* Buttons and reasons come from the same table as the guard inside the transaction. */
static void fill_actions(struct request *rq, const struct person *p,
                         const struct account_picture *picture, struct person_page *ret)
{
	const size_t max = ACCOUNT_MACHINE.action_count;
	struct act_link *may = ARENA_ARRAY(rq->arena, struct act_link, max);
	struct act_blocked *not = ARENA_ARRAY(rq->arena, struct act_blocked, max);
	size_t may_count = 0, not_count = 0;

	for (size_t i = 0; i < max; i++) {
		const struct action *action = &ACCOUNT_MACHINE.actions[i];
		const struct move *mv = machine_move(&ACCOUNT_MACHINE, p->state, action->code);
		if (mv == NULL || mv->who == 0 ||
		    !access_permits(rq->viewer->role, PERM_PEOPLE_MANAGE))
			continue;
		/* what the form still asks for isn't a reason to hide the form */
		struct account_picture filled = *picture;
		filled.screened_on = picture->today;
		filled.trained_on = picture->today;
		filled.successor_named = true;
		struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &filled);
		if (verdict_allows(v)) {
			may[may_count] =
			    (struct act_link){ action->label,
				               arena_printf(rq->arena, "/people/%lld/move/%s",
				                            (long long)p->id, action->name),
				               may_count == 0 && action->code != ACCOUNT_REVOKE &&
				                   action->code != ACCOUNT_SUSPEND,
				               action->code == ACCOUNT_REVOKE };
			may_count++;
		} else {
			not [not_count++] =
			    (struct act_blocked){ action->label, v.sentence, v.next };
		}
	}
	ret->actions = (struct array){ may, may_count };
	ret->blocked = (struct array){ not, not_count };
}

static struct array appointment_items(struct request *rq, struct array list)
{
	const struct appointment *from = list.items;
	struct appointment_item *to =
	    ARENA_ARRAY(rq->arena, struct appointment_item, list.count + 1);
	for (size_t i = 0; i < list.count; i++)
		to[i] = (struct appointment_item){
			.href = arena_printf(rq->arena, "/people/proposals/%lld",
			                     (long long)from[i].id),
			.role = access_role(from[i].role)->label,
			.on_behalf = from[i].on_behalf,
			.from = dutch_date(rq->arena, (int32_t)from[i].from_day),
			.until = from[i].until_day != NO_DAY
			             ? dutch_date(rq->arena, (int32_t)from[i].until_day)
			             : NULL,
			.state = from[i].state,
		};
	return (struct array){ to, list.count };
}

static const char *history_text(struct arena *a, const struct history_row *h)
{
	const struct machine *m = h->of_appointment ? &APPOINTMENT_MACHINE : &ACCOUNT_MACHINE;
	const struct state *to = machine_state(m, h->to_state);
	return arena_printf(a, "%s: %s%s%s", h->of_appointment ? "Rol" : "Account",
	                    to != NULL ? to->label : "gewijzigd",
	                    h->actor[0] != '\0' ? ", door " : "", h->actor);
}

static struct array history_items(struct arena *a, struct array rows)
{
	const struct history_row *from = rows.items;
	struct history_line *to = ARENA_ARRAY(a, struct history_line, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct history_line){ from[i].at, history_text(a, &from[i]), NULL };
	return (struct array){ to, rows.count };
}

static const char *manner_label(int manner)
{
	if (manner == SCREENING_VOG)
		return "Verklaring omtrent het gedrag";
	return manner == SCREENING_PARTICIPANT ? "Volgens de regels van de organisatie" : NULL;
}

/* Where to read what this person sees, and who looked at him. */
static void add_insight(struct request *rq, const struct person *p, struct person_page *page)
{
	const long long id = p->id;

	if (access_permits(rq->viewer->role, PERM_ACCESS_EXPLAIN))
		page->what_sees_href = arena_printf(rq->arena, "/access/what-sees?person=%lld", id);
	if (access_permits(rq->viewer->role, PERM_RECORD_LOG_READ))
		page->access_log_href = arena_printf(rq->arena, "/people/%lld/access-log", id);
	page->has_insight = page->what_sees_href != NULL || page->access_log_href != NULL;
}

static struct person_page page_of(struct request *rq, const struct person *p)
{
	const long long id = p->id;
	const bool manages = access_permits(rq->viewer->role, PERM_PEOPLE_MANAGE);
	return (struct person_page){
		.id = p->id,
		.version = p->version,
		.state = p->state,
		.name = p->full_name,
		.email = p->email,
		.organisation = p->participant,
		.last_sign_in = p->last_seen_at > 0 ? p->last_seen_at : INT64_MIN,
		.screening = manner_label(p->screening_manner),
		.screened_on = p->screened_on != NO_DAY ? p->screened_on : INT64_MIN,
		.screened_until = screened_until(rq->arena, p->screening_manner, p->screened_on),
		.screening_due = INT64_MIN,
		.trained_on = p->trained_on != NO_DAY ? p->trained_on : INT64_MIN,
		.add_href = manages && p->state != ACCOUNT_REVOKED
		                ? arena_printf(rq->arena, "/people/%lld/appointments", id)
		                : NULL,
	};
}

static enum status show_person(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct people_scope scope = people_scope_of(rq->viewer);
	const struct actor actor = people_actor(rq);
	struct account_picture picture;
	struct array list = { 0 }, history = { 0 };
	struct person p;
	int64_t id;

	enum status st = people_path_id(rq, &id, reterr);
	if (st == OK)
		st = person_load(rq->db, &scope, id, rq->arena, &p, reterr);
	if (st == OK)
		st = account_picture_load(rq->db, id, &actor, local_day(rq->now_ms), &picture,
		                          reterr);
	if (st == OK)
		st = appointment_list(rq->db, id, rq->arena, &list, reterr);
	if (st == OK)
		st = people_history(rq->db, id, rq->arena, &history, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = id };
	struct person_page record = page_of(rq, &p);
	add_insight(rq, &p, &record);
	fill_actions(rq, &p, &picture, &record);
	record.appointments = appointment_items(rq, list);
	record.has_appointments = list.count > 0;
	record.history = history_items(rq->arena, history);
	const struct page page = { .title = "Medewerker",
		                   .place = "/people",
		                   .template_name = "people/show" };
	return page_respond(rq, rs, &page, &PERSON_VIEW, &record, reterr);
}

const struct route people_routes[] = {
	{ .method = "GET",
	  .path = "/people",
	  .permission = PERM_PEOPLE_READ,
	  .action = AUDIT_PEOPLE_VIEW,
	  .read = list_people,
	  .view = &PAGE_VIEW,
	  .summary = "Mensen van uw organisatie" },
	{ .method = "GET",
	  .path = "/people/{id}",
	  .permission = PERM_PEOPLE_READ,
	  .action = AUDIT_PEOPLE_VIEW,
	  .read = show_person,
	  .view = &PERSON_VIEW,
	  .summary = "Een medewerker: account, rollen, screening en training" },
	{ 0 },
};

const struct page_template people_templates[] = {
	{ .name = "people/list", .view = &PAGE_VIEW, .whole = true },
	{ .name = "people/show", .view = &PERSON_VIEW, .whole = true },
	{ 0 },
};
