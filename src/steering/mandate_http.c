/* The head's mandate: what he may decide between meetings; and opening such a decision. */
#include "steering/agreed.h"
#include "steering/steering_page.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "advice/advice.h"
#include "audit/action.h"
#include "people/holder.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"

struct mandate_line {
	int64_t number, max_hours, from_day, until_day, version;
	const char *meeting, *confirm_href, *end_href, *standing;
	int max_weight;
	bool in_force;
};
static const struct view_field LINE_FIELDS[] = {
	VIEW_AS(struct mandate_line, number, "number", VIEW_INT, .label = "Nummer"),
	VIEW_AS(struct mandate_line, from_day, "from", VIEW_DAY, .label = "Vanaf"),
	VIEW_AS(struct mandate_line, until_day, "until", VIEW_DAY, .label = "Tot en met"),
	VIEW_AS(struct mandate_line, max_weight, "maxWeight", VIEW_CODE, .codes = ADVICE_WEIGHTS,
	        .label = "Tot welk gewicht"),
	VIEW_AS(struct mandate_line, max_hours, "maxHours", VIEW_INT, .label = "Tot hoeveel uren"),
	VIEW_F(struct mandate_line, version, VIEW_INT),
	VIEW_AS(struct mandate_line, meeting, "meeting", VIEW_TEXT, .label = "Gegeven in"),
	VIEW_AS(struct mandate_line, confirm_href, "confirmHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct mandate_line, end_href, "endHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct mandate_line, standing, "standing", VIEW_TEXT, .label = "Stand"),
	VIEW_AS(struct mandate_line, in_force, "inForce", VIEW_BOOL),
};
static const struct view LINE_VIEW = VIEW_OF(struct mandate_line, LINE_FIELDS);

static const struct list_sort SORTS[] = {
	{ "last", "Loopt het langst door", { { "until", true }, { "number", true } }, false },
	{ "first", "Loopt het eerst af", { { "until", false }, { "number", false } }, true },
};
static const struct list LIST = {
	.name = "mandates",
	.path = "/steering/mandates",
	.row = &LINE_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.empty = "Er is geen mandaat.",
	.file_name = "mandaten.csv",
};

struct mandates_page {
	struct list_page list;
	struct array meetings, casefiles;
	const char *hours; /* NULL: nothing yet */
	int64_t from_day, until_day;
	int weight;
	bool may_register, may_use;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct mandates_page, list, LINE_VIEW),
	VIEW_AS(struct mandates_page, meetings, "meetings", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct mandates_page, casefiles, "casefiles", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct mandates_page, hours, "hours", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct mandates_page, from_day, "from", VIEW_DAY, .page_only = true),
	VIEW_AS(struct mandates_page, until_day, "until", VIEW_DAY, .page_only = true),
	VIEW_AS(struct mandates_page, weight, "weight", VIEW_CODE, .codes = ADVICE_WEIGHTS,
	        .page_only = true),
	VIEW_AS(struct mandates_page, may_register, "mayRegister", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct mandates_page, may_use, "mayUse", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct mandates_page, PAGE_FIELDS);

/* ---- registering ----------------------------------------------------------------------------- */

struct mandate_input {
	const char *meeting;
	int64_t hours, from_day, until_day;
	int weight;
};
static const struct field MANDATE_FIELDS[] = {
	{ .path = "meeting",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct mandate_input, meeting),
	  .label = "In welke vergadering gegeven?",
	  .required = true,
	  .max_chars = 14 },
	{ .path = "weight",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct mandate_input, weight),
	  .label = "Tot welk gewicht?",
	  .required = true,
	  .codes = ADVICE_WEIGHTS },
	{ .path = "hours",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct mandate_input, hours),
	  .label = "Tot hoeveel uren per interventie?",
	  .required = true },
	{ .path = "from",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct mandate_input, from_day),
	  .label = "Vanaf welke dag?",
	  .required = true },
	{ .path = "until",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct mandate_input, until_day),
	  .label = "Tot en met welke dag?",
	  .required = true },
};
static const struct form MANDATE_FORM = { MANDATE_FIELDS, 5, sizeof(struct mandate_input) };

static const char *standing_of_mandate(const struct mandate *m, int32_t today)
{
	if (m->ended_at > 0)
		return "beëindigd";
	if (m->confirmed_at == 0)
		return "wacht op een lid van de Stuurploeg";
	if (today < m->from_day)
		return "begint later";
	return today > m->until_day ? "afgelopen" : "geldt";
}

static struct array mandate_lines(struct request *rq, struct array found)
{
	const struct mandate *m = found.items;
	struct mandate_line *rows = ARENA_ARRAY(rq->arena, struct mandate_line, found.count + 1);
	const int32_t today = local_day(rq->now_ms);

	for (size_t i = 0; i < found.count; i++) {
		const bool open = m[i].ended_at == 0;
		rows[i] = (struct mandate_line){
			.number = m[i].id,
			.max_hours = m[i].max_hours,
			.from_day = m[i].from_day,
			.until_day = m[i].until_day,
			.version = m[i].version,
			.meeting = m[i].meeting,
			.max_weight = (int)m[i].max_weight,
			.standing = standing_of_mandate(&m[i], today),
			.in_force = open && m[i].confirmed_at > 0 && today >= m[i].from_day &&
			            today <= m[i].until_day,
		};
		if (open && m[i].confirmed_at == 0 && rq->viewer->role == ROLE_STEERING_MEMBER &&
		    m[i].registrar_person_id != rq->viewer->person_id)
			rows[i].confirm_href = arena_printf(
			    rq->arena, "/steering/mandates/%lld/_confirm", (long long)m[i].id);
		if (open && access_permits(rq->viewer->role, PERM_STEERING_RUN))
			rows[i].end_href = arena_printf(rq->arena, "/steering/mandates/%lld/_end",
			                                (long long)m[i].id);
	}
	return (struct array){ rows, found.count };
}

static enum status newest_meetings(struct request *rq, struct array *ret, struct error *reterr)
{
	const struct gathering_query newest = {
		.viewer = rq->viewer, .starts_at = INT64_MAX, .reference = "", .limit = MEETINGS_MAX
	};

	return gathering_list(rq->db, &newest, rq->arena, ret, reterr);
}

static enum status fill_choices(struct request *rq, struct mandates_page *ret, struct error *reterr)
{
	struct array meetings = { 0 }, cases = { 0 };
	enum status st = newest_meetings(rq, &meetings, reterr);

	if (st == OK)
		st = point_candidates(rq->db, rq->viewer, rq->arena, &cases, reterr);
	const struct gathering *g = meetings.items;
	const struct steering_point *p = cases.items;
	ret->meetings = choices_for(rq->arena, meetings.count);
	for (size_t i = 0; st == OK && i < meetings.count; i++)
		if (g[i].kind == MEETING_STEERING && g[i].state != MEETING_CALLED_OFF)
			choices_add(&ret->meetings, g[i].reference, g[i].reference,
			            typed_or_none(rq, "meeting"));
	ret->casefiles = choices_for(rq->arena, cases.count);
	for (size_t i = 0; st == OK && i < cases.count; i++)
		if (p[i].kind != POINT_RECONSIDER)
			choices_add(&ret->casefiles, p[i].casefile, p[i].casefile,
			            typed_or_none(rq, "casefile"));
	return st;
}

static enum status show_mandates(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	struct mandates_page record = { .from_day = INT64_MIN, .until_day = INT64_MIN };
	struct array found = { 0 };

	enum status st = mandate_list(rq->db, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct array lines = mandate_lines(rq, found);
	struct mandate_line *m = lines.items;
	record.may_register = access_permits(rq->viewer->role, PERM_STEERING_RUN);
	if (record.may_register)
		st = fill_choices(rq, &record, reterr);
	if (st != OK)
		return st;
	for (size_t i = 0; i < lines.count; i++)
		record.may_use |= m[i].in_force && record.casefiles.count > 0;
	record.list = list_finish_whole(&q, rq->arena, m, lines.count);
	const struct page page = { .title = "Mandaat van het hoofd",
		                   .place = "/steering",
		                   .template_name = "steering/mandates",
		                   .form = &MANDATE_FORM };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

struct mandate_change {
	struct mandate_input in;
	struct mandate_new made;
};

static enum status prepare_mandate(struct request *rq, void **ret_input, struct error *reterr)
{
	struct mandate_change *c = ARENA_NEW(rq->arena, struct mandate_change);
	struct array meetings = { 0 };

	*ret_input = c;
	input_read(rq->body, &MANDATE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	const enum status st = newest_meetings(rq, &meetings, reterr);
	const struct gathering *g = meetings.items;
	for (size_t i = 0; st == OK && i < meetings.count; i++)
		if (g[i].kind == MEETING_STEERING && strcmp(g[i].reference, c->in.meeting) == 0)
			c->made.meeting_id = g[i].id;
	if (c->in.meeting[0] != '\0' && c->made.meeting_id == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "meeting",
		             "Kies een vergadering van de Stuurploeg.");
	if (c->in.from_day != FIELD_NO_DAY && c->in.until_day != FIELD_NO_DAY &&
	    c->in.until_day < c->in.from_day)
		problems_add(rq->problems, PROBLEM_ERROR, "until",
		             "Kies een dag die na de eerste komt.");
	if (c->in.hours < 0 || c->in.hours > PLEDGE_HOURS_MAX)
		problems_add(rq->problems, PROBLEM_ERROR, "hours",
		             "Schrijf een aantal uren van 0 tot 20.000.");
	c->made.uuid = uuid_at(rq->now_ms);
	c->made.max_weight = c->in.weight;
	c->made.max_hours = c->in.hours;
	c->made.from_day = c->in.from_day;
	c->made.until_day = c->in.until_day;
	c->made.appointment_id = rq->viewer->appointment_id;
	c->made.now_ms = rq->now_ms;
	return st;
}

static enum status apply_mandate(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct mandate_change *c = change->input;

	change->location = "/steering/mandates";
	change->note = "Vastgelegd. Het geldt als een lid van de Stuurploeg het bevestigt.";
	return mandate_insert(tx, &c->made, reterr);
}

/* ---- confirming and ending ---------------------------------------------------------------------- */

struct ending {
	struct version_input in;
	struct mandate mandate;
};

static enum status find_mandate(struct request *rq, struct ending *ret, struct error *reterr)
{
	struct array found = { 0 };
	const enum status st = mandate_list(rq->db, rq->arena, &found, reterr);
	const struct mandate *m = found.items;
	const int64_t id = strtoll(rq->params[0], NULL, 10);

	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &ret->in, rq->problems);
	for (size_t i = 0; st == OK && i < found.count; i++)
		if (m[i].id == id) {
			ret->mandate = m[i];
			return OK;
		}
	return st == OK ? FAIL_NOT_FOUND(reterr) : st;
}

static enum status prepare_confirm(struct request *rq, void **ret_input, struct error *reterr)
{
	struct ending *c = ARENA_NEW(rq->arena, struct ending);
	const enum status st = find_mandate(rq, c, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	if (rq->viewer->role != ROLE_STEERING_MEMBER)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een lid van de Stuurploeg bevestigt het mandaat, niet het bureau.");
	return c->mandate.registrar_person_id == rq->viewer->person_id
	           ? FAIL(reterr, ERR_CONFLICT,
	                  "U legde dit zelf vast. Daarom moet een ander bevestigen.")
	           : OK;
}

static enum status apply_confirm(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct ending *c = change->input;
	enum status st = db_claim(tx, &MANDATE_ROOT, c->mandate.id, c->in.version, reterr);

	change->location = "/steering/mandates";
	change->note = "Bevestigd. Het hoofd kan hiermee besluiten.";
	return st == OK ? mandate_confirm(tx, c->mandate.id, change->rq->viewer->appointment_id,
	                                  change->rq->now_ms, reterr)
	                : st;
}

static enum status prepare_end(struct request *rq, void **ret_input, struct error *reterr)
{
	struct ending *c = ARENA_NEW(rq->arena, struct ending);

	*ret_input = c;
	return find_mandate(rq, c, reterr);
}

static enum status apply_end(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct ending *c = change->input;
	enum status st = db_claim(tx, &MANDATE_ROOT, c->mandate.id, c->in.version, reterr);

	change->location = "/steering/mandates";
	change->note = "Het mandaat is beëindigd.";
	return st == OK ? mandate_end(tx, c->mandate.id, change->rq->now_ms, reterr) : st;
}

/* ---- using it: a decision between meetings ------------------------------------------------------- */

struct use_input {
	const char *casefile;
};
static const struct field USE_FIELDS[] = {
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct use_input, casefile),
	  .label = "Welke casus?",
	  .required = true,
	  .max_chars = 14 },
};
static const struct form USE_FORM = { USE_FIELDS, 1, sizeof(struct use_input) };

struct use_change {
	struct use_input in;
	struct meeting_new meeting;
	struct point_new point;
	int64_t head;
};

static bool in_force_today(const struct holder *h, void *context)
{
	const struct request *rq = context;

	return verdict_allows(
	    access_standing(&h->standing, &SCREENING_TERMS, rq->now_ms, local_day(rq->now_ms)));
}

static enum status prepare_use(struct request *rq, void **ret_input, struct error *reterr)
{
	struct use_change *c = ARENA_NEW(rq->arena, struct use_change);
	struct array cases = { 0 }, heads = { 0 };

	*ret_input = c;
	input_read(rq->body, &USE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	enum status st = point_candidates(rq->db, rq->viewer, rq->arena, &cases, reterr);
	if (st == OK)
		st = holder_list(rq->db, ROLE_RIEC_HEAD, in_force_today, rq, rq->arena, &heads,
		                 reterr);
	if (st != OK)
		return st;
	if (heads.count == 0)
		return FAIL(reterr, ERR_CONFLICT, "Er is nu geen hoofd dat kan besluiten.");
	const struct steering_point *p = cases.items;
	for (size_t i = 0; i < cases.count; i++)
		if (p[i].kind != POINT_RECONSIDER && strcmp(p[i].casefile, c->in.casefile) == 0)
			c->point = (struct point_new){ .uuid = uuid_at(rq->now_ms),
				                       .casefile_id = p[i].casefile_id,
				                       .advice_id = p[i].advice_id,
				                       .name = p[i].name,
				                       .kind = p[i].kind,
				                       .appointment_id = rq->viewer->appointment_id,
				                       .now_ms = rq->now_ms };
	if (c->in.casefile[0] != '\0' && c->point.casefile_id == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "casefile",
		             "Kies een casus uit de lijst. Staat hij al op een agenda?");
	c->head = ((const struct holder *)heads.items)[0].viewer.appointment_id;
	c->meeting = (struct meeting_new){ .uuid = uuid_at(rq->now_ms),
		                           .reference_key = plein_of(rq)->reference_key,
		                           .starts_at = rq->now_ms,
		                           .appointment_id = rq->viewer->appointment_id,
		                           .now_ms = rq->now_ms,
		                           .place = "Tussen vergaderingen",
		                           .kind = MEETING_MANDATE };
	return OK;
}

static enum status apply_use(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct use_change *c = change->input;
	struct point_new point = c->point;
	const char *reference = NULL;

	enum status st = meeting_insert(tx, &c->meeting, &point.meeting_id, &reference, reterr);
	if (st == OK)
		st = gathering_set_chair(tx, point.meeting_id, c->head, reterr);
	if (st == OK)
		st = point_insert(tx, &point, reterr);
	if (st == OK)
		st = meeting_set_state(tx, point.meeting_id, MEETING_PLANNED, MEETING_RUNNING,
		                       c->meeting.appointment_id, c->meeting.now_ms, reterr);
	change->touched = (struct touched){ .kind = OBJECT_MEETING,
		                            .id = point.meeting_id,
		                            .owner_id = point.meeting_id,
		                            .owner_kind = OBJECT_MEETING };
	change->location =
	    arena_printf(db_tx_arena(tx), "/steering/%s/points/%s", reference, point.name);
	change->note = "Leg het besluit vast. Het hoofd tekent; de Stuurploeg hoort ervan.";
	change->created = true;
	return st;
}

/* clang-format off */
#define CHANGE(path_, permission_, prepare_, apply_, form_, summary_)                              \
	{ .method = "POST", .path = (path_), .permission = (permission_),                          \
	  .action = AUDIT_STEERING_CHANGE, .prepare = (prepare_), .apply = (apply_),               \
	  .redraw = show_mandates, .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route steering_mandate_routes[] = {
	{ .method = "GET",
	  .path = "/steering/mandates",
	  .permission = PERM_STEERING_READ,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_mandates,
	  .view = &PAGE_VIEW,
	  .summary = "Wat het hoofd tussen vergaderingen mag besluiten" },
	CHANGE("/steering/mandates", PERM_STEERING_RUN, prepare_mandate, apply_mandate,
	       &MANDATE_FORM, "Een mandaat vastleggen"),
	CHANGE("/steering/mandates/{number}/_confirm", PERM_STEERING_SIGN, prepare_confirm,
	       apply_confirm, &VERSION_FORM, "Een mandaat bevestigen"),
	CHANGE("/steering/mandates/{number}/_end", PERM_STEERING_RUN, prepare_end, apply_end,
	       &VERSION_FORM, "Een mandaat beëindigen"),
	CHANGE("/steering/mandates/_use", PERM_STEERING_RUN, prepare_use, apply_use, &USE_FORM,
	       "Een besluit in mandaat beginnen"),
	{ 0 },
};

const struct page_template steering_mandate_templates[] = {
	{ .name = "steering/mandates", .view = &PAGE_VIEW, .form = &MANDATE_FORM, .whole = true },
	{ 0 },
};
