/* "Vraag een account aan": a colleague of one's own organisation, with the first role he needs. */
#include "people/request_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "law/validate.h"
#include "people/appointing.h"
#include "people/people_http.h"
#include "platform/core/calendar.h"
#include "platform/text/fold.h"
#include "work/work.h"

enum { DUE_WORKING_DAYS = 5, NAME_CHARS = 100, EMAIL_CHARS = 254, REASON_CHARS = 500 };

struct request_input {
	const char *name, *email;
	struct appointing_input role;
};

static int check_email(const void *member, struct arena *a, const char **ret_message)
{
	struct law_checked c = law_check_email(*(const char *const *)member);
	if (c.level != CHECK_ERROR)
		return -1;
	*ret_message = arena_strdup(a, c.sentence);
	return PROBLEM_ERROR;
}

static const struct field REQUEST_FIELDS[] = {
	{ .path = "name",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct request_input, name),
	  .label = "Naam",
	  .required = true,
	  .missing = "Vul de voornaam en achternaam in.",
	  .max_chars = NAME_CHARS },
	{ .path = "email",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct request_input, email),
	  .label = "E-mailadres van het werk",
	  .required = true,
	  .missing = "Vul het e-mailadres in.",
	  .max_chars = EMAIL_CHARS,
	  .check = check_email },
	{ .path = "role",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct request_input, role.role),
	  .label = "Eerste rol",
	  .required = true,
	  .missing = "Kies een rol.",
	  .codes = ROLE_CODES },
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct request_input, role.organ),
	  .label = "Namens wie" },
	{ .path = "reason",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct request_input, role.reason),
	  .label = "Waarom heeft deze collega Plein nodig?",
	  .required = true,
	  .missing = "Schrijf kort waarom. Wie tekent, leest dit.",
	  .max_chars = REASON_CHARS },
};
static const struct form REQUEST_FORM = { REQUEST_FIELDS, 5, sizeof(struct request_input) };

/* ---- the page ------------------------------------------------------------------------ */

struct request_page {
	const char *organisation;
	struct array organ_options;
	const char *name, *email, *reason;
	int role;
};
static const struct view_field REQUEST_PAGE_FIELDS[] = {
	VIEW_F(struct request_page, organisation, VIEW_TEXT),
	VIEW_AS(struct request_page, organ_options, "organOptions", VIEW_LIST,
	        .view = &PEOPLE_OPTION_VIEW, .page_only = true),
	VIEW_F(struct request_page, name, VIEW_TEXT),
	VIEW_F(struct request_page, email, VIEW_TEXT),
	VIEW_F(struct request_page, reason, VIEW_TEXT),
	VIEW_AS(struct request_page, role, "role", VIEW_CODE, .codes = ROLE_CODES),
};
static const struct view REQUEST_VIEW = VIEW_OF(struct request_page, REQUEST_PAGE_FIELDS);

static enum status show_request(struct request *rq, struct response *rs, struct error *reterr)
{
	struct workplace w;
	enum status st = workplace_load(rq, rq->viewer->participant_id, 0, &w, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Account aanvragen",
		                   .place = "/people",
		                   .template_name = "people/account_request_form",
		                   .form = workplace_form(rq->arena, &w, &REQUEST_FORM) };
	const struct request_page record = {
		.organisation = w.participant.name,
		.organ_options =
		    workplace_organ_options(rq->arena, &w, input_text(rq->body, "organ")),
	};
	return page_respond(rq, rs, &page, &REQUEST_VIEW, &record, reterr);
}

/* ---- the change ---------------------------------------------------------------------- */

struct request_change {
	struct person_new person;
	struct appointment_new appointment;
	bool bureau;
};

const char *person_address(struct arena *a, const char *typed)
{
	struct law_checked c = law_check_email(typed);
	char *address = arena_strdup(a, c.value);
	for (char *p = address; *p != '\0'; p++)
		if (*p >= 'A' && *p <= 'Z')
			*p = (char)(*p - 'A' + 'a');
	return address;
}

/* ICU's tables take milliseconds to open; a request for an account is rare enough. */
static enum status fill_person(struct request *rq, const struct request_input *in,
                               struct person_new *ret, struct error *reterr)
{
	struct folder *folder = NULL;
	enum status st = folder_open(&folder, reterr);
	if (st != OK)
		return st;
	*ret = (struct person_new){
		.uuid = uuid_random(),
		.email = person_address(rq->arena, in->email),
		.full_name = in->name,
		.phone = "",
		.participant_id = rq->viewer->participant_id,
		.state = ACCOUNT_REQUESTED,
		.screened_on = NO_DAY,
		.trained_on = NO_DAY,
		.requested_at = rq->now_ms,
	};
	ret->sort_key = fold_sort_key(folder, in->name, rq->arena, &ret->sort_key_len);
	folder_close(folder);
	return OK;
}

static enum status prepare_request(struct request *rq, void **ret_input, struct error *reterr)
{
	struct request_change *change = ARENA_NEW(rq->arena, struct request_change);
	struct request_input in;
	struct workplace w;

	rq->touched = (struct touched){ .kind = OBJECT_PERSON };
	enum status st = workplace_load(rq, rq->viewer->participant_id, 0, &w, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &REQUEST_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	in.role.from = FIELD_NO_DAY;
	in.role.until = FIELD_NO_DAY;
	if (rq->problems->error_count == 0)
		appointing_check(rq, &w, &in.role, &change->appointment);
	if (rq->problems->error_count > 0)
		return OK;
	change->bureau = w.participant.bureau;
	*ret_input = change;
	return fill_person(rq, &in, &change->person, reterr);
}

static enum status ask_to_confirm(struct db_tx *tx, const struct request *rq,
                                  const struct request_change *c, int64_t person_id,
                                  struct error *reterr)
{
	const struct work_task task = {
		.owner = employer_audience(c->person.participant_id, c->bureau),
		.kind = WORK_ACCOUNT_CONFIRM,
		.object_kind = OBJECT_PERSON,
		.object_id = person_id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)person_id),
		.due_day = working_days_add(local_day(rq->now_ms), DUE_WORKING_DAYS, NULL),
		.created_at = rq->now_ms,
		.created_by = rq->viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

static enum status apply_request(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request_change *c = change->input;
	struct appointment_new appointment = c->appointment;
	int64_t person_id = 0, appointment_id = 0;

	enum status st = person_insert(tx, &c->person, &person_id, reterr);
	appointment.person_id = person_id;
	if (st == OK)
		st = appointing_apply(tx, change->rq, &appointment, &appointment_id, reterr);
	if (st == OK)
		st = ask_to_confirm(tx, change->rq, c, person_id, reterr);
	if (st != OK)
		return st;
	change->touched.id = person_id;
	change->created = true;
	change->location = arena_printf(db_tx_arena(tx), "/people/%lld", (long long)person_id);
	change->json = arena_printf(db_tx_arena(tx), "{\"id\":%lld,\"appointment\":%lld}",
	                            (long long)person_id, (long long)appointment_id);
	change->note = "De aanvraag is verstuurd.";
	return OK;
}

const struct route request_routes[] = {
	{ .method = "GET",
	  .path = "/people/requests",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_PEOPLE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_request,
	  .summary = "De pagina om een account aan te vragen" },
	{ .method = "POST",
	  .path = "/people/requests",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_ACCOUNT_REQUEST,
	  .prepare = prepare_request,
	  .apply = apply_request,
	  .redraw = show_request,
	  .form = &REQUEST_FORM,
	  .summary = "Een account aanvragen voor een collega" },
	{ 0 },
};

const struct page_template request_templates[] = {
	{ .name = "people/account_request_form",
	  .view = &REQUEST_VIEW,
	  .form = &REQUEST_FORM,
	  .whole = true },
	{ 0 },
};
