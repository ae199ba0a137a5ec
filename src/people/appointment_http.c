#include "people/appointment_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/appointing.h"
#include "people/people_http.h"
#include "platform/core/calendar.h"

enum { REASON_CHARS = 500 };

struct appointment_input {
	int64_t version;
	struct appointing_input role;
};
static const struct field APPOINTMENT_FIELDS[] = {
	FIELD_VERSION(struct appointment_input),
	{ .path = "role",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct appointment_input, role.role),
	  .label = "Rol",
	  .required = true,
	  .missing = "Kies een rol.",
	  .codes = ROLE_CODES },
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct appointment_input, role.organ),
	  .label = "Namens wie" },
	{ .path = "desk",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct appointment_input, role.desk),
	  .label = "Loket of onderdeel" },
	{ .path = "from",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct appointment_input, role.from),
	  .label = "Van",
	  .required = true,
	  .missing = "Vul in op welke dag de rol ingaat." },
	{ .path = "until",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct appointment_input, role.until),
	  .label = "Tot en met" },
	{ .path = "deputyFor",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct appointment_input, role.deputy_for),
	  .label = "Vervangt" },
	{ .path = "reason",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct appointment_input, role.reason),
	  .label = "Waarom is deze rol nodig?",
	  .required = true,
	  .missing = "Schrijf kort waarom. Wie tekent, leest dit.",
	  .max_chars = REASON_CHARS },
};
static const struct form APPOINTMENT_FORM = { APPOINTMENT_FIELDS, 8,
	                                      sizeof(struct appointment_input) };

/* ---- the page ------------------------------------------------------------------------ */

struct form_page {
	int64_t version, from, until;
	const char *person_name, *action, *back_href, *reason;
	struct array organ_options, desk_options, deputy_options;
	int role;
};
static const struct view_field FORM_FIELDS[] = {
	VIEW_F(struct form_page, version, VIEW_INT),
	VIEW_AS(struct form_page, person_name, "personName", VIEW_TEXT),
	VIEW_F(struct form_page, action, VIEW_TEXT),
	VIEW_AS(struct form_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct form_page, organ_options, "organOptions", VIEW_LIST,
	        .view = &PEOPLE_OPTION_VIEW, .page_only = true),
	VIEW_AS(struct form_page, desk_options, "deskOptions", VIEW_LIST,
	        .view = &PEOPLE_OPTION_VIEW, .page_only = true),
	VIEW_AS(struct form_page, deputy_options, "deputyOptions", VIEW_LIST,
	        .view = &PEOPLE_OPTION_VIEW, .page_only = true),
	VIEW_AS(struct form_page, role, "role", VIEW_CODE, .codes = ROLE_CODES),
	VIEW_F(struct form_page, from, VIEW_DAY),
	VIEW_F(struct form_page, until, VIEW_DAY),
	VIEW_F(struct form_page, reason, VIEW_TEXT),
};
static const struct view FORM_VIEW = VIEW_OF(struct form_page, FORM_FIELDS);

static enum status load_person(struct request *rq, struct person *ret, struct workplace *ret_place,
                               struct error *reterr)
{
	const struct people_scope scope = people_scope_of(rq->viewer);
	int64_t id;

	enum status st = people_path_id(rq, &id, reterr);
	if (st == OK)
		st = person_load(rq->db, &scope, id, rq->arena, ret, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = id };
	return workplace_load(rq, ret->participant_id, id, ret_place, reterr);
}

static enum status show_form(struct request *rq, struct response *rs, struct error *reterr)
{
	struct workplace w;
	struct person p;

	enum status st = load_person(rq, &p, &w, reterr);
	if (st != OK)
		return st;
	struct arena *a = rq->arena;
	const struct page page = { .title = "Functie toevoegen",
		                   .place = "/people",
		                   .template_name = "people/appointment_form",
		                   .form = workplace_form(a, &w, &APPOINTMENT_FORM) };
	const struct form_page record = {
		.version = p.version,
		.person_name = p.full_name,
		.action = arena_printf(a, "/people/%lld/appointments", (long long)p.id),
		.back_href = arena_printf(a, "/people/%lld", (long long)p.id),
		.organ_options = workplace_organ_options(a, &w, input_text(rq->body, "organ")),
		.desk_options = workplace_desk_options(a, &w, input_text(rq->body, "desk")),
		.deputy_options =
		    workplace_deputy_options(a, &w, input_text(rq->body, "deputyFor")),
		.from = w.today,
		.until = INT64_MIN,
	};
	return page_respond(rq, rs, &page, &FORM_VIEW, &record, reterr);
}

/* ---- the change ---------------------------------------------------------------------- */

struct appointment_change {
	int64_t version;
	struct appointment_new appointment;
};

static enum status prepare_appointment(struct request *rq, void **ret_input, struct error *reterr)
{
	struct appointment_change *change = ARENA_NEW(rq->arena, struct appointment_change);
	struct appointment_input in;
	struct workplace w;
	struct person p;

	enum status st = load_person(rq, &p, &w, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &APPOINTMENT_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (rq->problems->error_count == 0)
		appointing_check(rq, &w, &in.role, &change->appointment);
	change->version = in.version;
	change->appointment.person_id = p.id;
	*ret_input = change;
	return OK;
}

/* The person's row is claimed, so that an account that is revoked meanwhile gets no role. */
static enum status apply_appointment(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct appointment_change *c = change->input;
	const bool four_eyes = access_role(c->appointment.role)->four_eyes;
	int64_t id = 0;

	enum status st = db_claim(tx, &PERSON_ROOT, c->appointment.person_id, c->version, reterr);
	if (st == OK)
		st = appointing_apply(tx, change->rq, &c->appointment, &id, reterr);
	if (st != OK)
		return st;
	change->touched = (struct touched){ .kind = OBJECT_APPOINTMENT, .id = id };
	change->created = true;
	change->location = arena_printf(db_tx_arena(tx), "/people/proposals/%lld", (long long)id);
	change->json = arena_printf(db_tx_arena(tx), "{\"id\":%lld,\"state\":\"%s\"}",
	                            (long long)id, four_eyes ? "PROPOSED" : "IN_FORCE");
	change->note = four_eyes ? "De rol is voorgesteld. Een ander tekent mee." : "De rol geldt.";
	return OK;
}

const struct route appointment_routes[] = {
	{ .method = "GET",
	  .path = "/people/{id}/appointments",
	  .permission = PERM_ROLE_PROPOSE,
	  .action = AUDIT_PEOPLE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_form,
	  .summary = "De pagina om iemand een rol te geven" },
	{ .method = "POST",
	  .path = "/people/{id}/appointments",
	  .permission = PERM_ROLE_PROPOSE,
	  .action = AUDIT_ROLE_CHANGE,
	  .prepare = prepare_appointment,
	  .apply = apply_appointment,
	  .redraw = show_form,
	  .form = &APPOINTMENT_FORM,
	  .summary = "Iemand een rol geven of voorstellen" },
	{ 0 },
};

const struct page_template appointment_templates[] = {
	{ .name = "people/appointment_form",
	  .view = &FORM_VIEW,
	  .form = &APPOINTMENT_FORM,
	  .whole = true },
	{ 0 },
};
