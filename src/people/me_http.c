/* A person's own pages: on whose behalf, sessions, password, recovery codes, looks, step-up. */
#include "people/me_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/credential.h"
#include "people/gate.h"
#include "people/people.h"
#include "people/second_factor.h"
#include "platform/core/calendar.h"
#include "platform/crypto/password.h"
#include "platform/crypto/token.h"

static struct touched own(const struct request *rq)
{
	return (struct touched){ .kind = OBJECT_PERSON, .id = rq->session->person_id };
}

static enum status path_number(const struct request *rq, int64_t *ret, struct error *reterr)
{
	char *end = NULL;
	long long number = strtoll(rq->params[0], &end, 10);
	if (end == rq->params[0] || *end != '\0' || number <= 0 || number > INT64_MAX / 2)
		return FAIL_NOT_FOUND(reterr);
	*ret = number;
	return OK;
}

/* ---- on whose behalf --------------------------------------------------------------- */

struct behalf_input {
	int64_t appointment;
};
static const struct field BEHALF_FIELDS[] = {
	{ .path = "appointment",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct behalf_input, appointment),
	  .label = "Namens wie",
	  .required = true,
	  .missing = "Kies namens wie u werkt." },
};
static const struct form BEHALF_FORM = { BEHALF_FIELDS, 1, sizeof(struct behalf_input) };

static enum status prepare_behalf(struct request *rq, void **ret_input, struct error *reterr)
{
	struct behalf_input *in = ARENA_NEW(rq->arena, struct behalf_input);
	struct array list = { 0 };

	if (rq->session->id == 0)
		return FAIL(reterr, ERR_DENIED,
		            "Een toegangssleutel werkt altijd namens dezelfde.");
	input_read(rq->body, &BEHALF_FORM, false, rq->arena, in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	enum status st = session_capacities(rq->db, rq->session->person_id, local_day(rq->now_ms),
	                                    rq->now_ms, rq->arena, &list, reterr);
	if (st != OK)
		return st;
	const struct capacity *all = list.items;
	for (size_t i = 0; i < list.count; i++)
		if (all[i].appointment_id == in->appointment) {
			rq->touched =
			    (struct touched){ .kind = OBJECT_APPOINTMENT, .id = in->appointment };
			*ret_input = in;
			return OK;
		}
	return FAIL_NOT_FOUND(reterr);
}

static enum status apply_behalf(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct behalf_input *in = change->input;

	change->location = "/";
	return session_choose(tx, change->rq->session->id, in->appointment, reterr);
}

/* ---- sessions ---------------------------------------------------------------------- */

struct session_item {
	int64_t id, started_at, used_at;
	const char *device, *end_href;
	bool current;
};
static const struct view_field SESSION_FIELDS[] = {
	VIEW_F(struct session_item, id, VIEW_INT),
	VIEW_AS(struct session_item, started_at, "startedAt", VIEW_MOMENT),
	VIEW_AS(struct session_item, used_at, "usedAt", VIEW_MOMENT),
	VIEW_F(struct session_item, device, VIEW_TEXT),
	VIEW_F(struct session_item, current, VIEW_BOOL),
	VIEW_AS(struct session_item, end_href, "endHref", VIEW_TEXT, .page_only = true),
};
static const struct view SESSION_VIEW = VIEW_OF(struct session_item, SESSION_FIELDS);

struct sign_in_item {
	int64_t at;
	bool succeeded;
	const char *device;
};
static const struct view_field SIGN_IN_FIELDS[] = {
	VIEW_F(struct sign_in_item, at, VIEW_MOMENT),
	VIEW_F(struct sign_in_item, succeeded, VIEW_BOOL),
	VIEW_F(struct sign_in_item, device, VIEW_TEXT),
};
static const struct view SIGN_IN_VIEW = VIEW_OF(struct sign_in_item, SIGN_IN_FIELDS);

struct sessions_page {
	struct array sessions, sign_ins;
	bool has_others;
	int64_t first_row, last_row;
	const char *csv_href, *newer_href, *older_href;
};
static const struct view_field SESSIONS_FIELDS[] = {
	VIEW_AS(struct sessions_page, sessions, "sessions", VIEW_LIST, .view = &SESSION_VIEW),
	VIEW_AS(struct sessions_page, sign_ins, "signIns", VIEW_LIST, .view = &SIGN_IN_VIEW),
	VIEW_AS(struct sessions_page, has_others, "hasOthers", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct sessions_page, first_row, "firstRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct sessions_page, last_row, "lastRow", VIEW_INT, .page_only = true),
	VIEW_AS(struct sessions_page, csv_href, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct sessions_page, newer_href, "newerHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct sessions_page, older_href, "olderHref", VIEW_TEXT, .page_only = true),
};
static const struct view SESSIONS_VIEW = VIEW_OF(struct sessions_page, SESSIONS_FIELDS);

static struct array session_items(struct request *rq, struct array rows)
{
	const struct session_row *from = rows.items;
	struct session_item *to = ARENA_ARRAY(rq->arena, struct session_item, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct session_item){
			.id = from[i].id,
			.started_at = from[i].created_at,
			.used_at = from[i].seen_at,
			.device = from[i].device,
			.current = from[i].current,
			.end_href = arena_printf(rq->arena, "/me/sessions/%lld/_end",
			                         (long long)from[i].id),
		};
	return (struct array){ to, rows.count };
}

static struct array sign_in_items(struct request *rq, struct array rows)
{
	const struct sign_in_row *from = rows.items;
	struct sign_in_item *to = ARENA_ARRAY(rq->arena, struct sign_in_item, rows.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < rows.count; i++) {
		if (from[i].outcome == SIGN_IN_ENDED)
			continue;
		to[count++] = (struct sign_in_item){
			.at = from[i].at,
			.device = from[i].device,
			.succeeded = from[i].outcome == SIGN_IN_OK ||
			             from[i].outcome == SIGN_IN_RECOVERY_USED,
		};
	}
	return (struct array){ to, count };
}

static enum status show_sessions(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Sessies", .template_name = "people/sessions" };
	struct array sessions = { 0 }, sign_ins = { 0 };

	rq->touched = own(rq);
	enum status st = session_list(rq->db, rq->session->person_id, rq->session->id, rq->now_ms,
	                              rq->arena, &sessions, reterr);
	if (st == OK)
		st = sign_in_list(rq->db, rq->session->person_id, rq->arena, &sign_ins, reterr);
	if (st != OK)
		return st;
	const struct sessions_page record = { .sessions = session_items(rq, sessions),
		                              .sign_ins = sign_in_items(rq, sign_ins),
		                              .has_others = sessions.count > 1 };
	return page_respond(rq, rs, &page, &SESSIONS_VIEW, &record, reterr);
}

static enum status prepare_end(struct request *rq, void **ret_input, struct error *reterr)
{
	int64_t *id = ARENA_NEW(rq->arena, int64_t);
	enum status st = path_number(rq, id, reterr);
	rq->touched = (struct touched){ .kind = OBJECT_SESSION, .id = *id };
	*ret_input = id;
	return st;
}

static enum status apply_end(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;

	change->location = "/me/sessions";
	change->note = "De sessie is beëindigd.";
	return session_end(tx, rq->session->person_id, *(const int64_t *)change->input, rq->now_ms,
	                   reterr);
}

static enum status apply_end_others(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;

	change->touched = own(rq);
	change->location = "/me/sessions";
	change->note = "Alle andere sessies zijn beëindigd.";
	return session_end_others(tx, rq->session->person_id, rq->session->id, rq->now_ms, reterr);
}

/* ---- password ---------------------------------------------------------------------- */

struct password_input {
	const char *current, *password, *again;
};
static const struct field PASSWORD_FIELDS[] = {
	{ .path = "current",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct password_input, current),
	  .label = "Uw wachtwoord van nu",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Vul uw wachtwoord van nu in." },
	{ .path = "password",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct password_input, password),
	  .label = "Nieuw wachtwoord",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Vul een nieuw wachtwoord in." },
	{ .path = "again",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct password_input, again),
	  .label = "Nog een keer",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Vul het nieuwe wachtwoord nog een keer in." },
};
static const struct form PASSWORD_FORM = { PASSWORD_FIELDS, 3, sizeof(struct password_input) };

struct password_page {
	bool ask_current;
};
static const struct view_field PASSWORD_PAGE_FIELDS[] = {
	VIEW_AS(struct password_page, ask_current, "askCurrent", VIEW_BOOL),
};
static const struct view PASSWORD_VIEW = VIEW_OF(struct password_page, PASSWORD_PAGE_FIELDS);

static enum status show_password(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Nieuw wachtwoord",
		                   .template_name = "people/password",
		                   .form = &PASSWORD_FORM };
	const struct password_page record = { .ask_current = true };
	return page_respond(rq, rs, &page, &PASSWORD_VIEW, &record, reterr);
}

static void check_new_password(struct request *rq, const struct password_input *in)
{
	const char *problem = password_problem(in->password, rq->session->email);

	if (problem != NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "password", problem);
	if (strcmp(in->password, in->again) != 0)
		problems_add(rq->problems, PROBLEM_ERROR, "again",
		             "Dit is niet hetzelfde als het nieuwe wachtwoord.");
	if (strcmp(in->password, in->current) == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "password",
		             "Dit is uw wachtwoord van nu. Kies een ander.");
}

static enum status check_current(struct request *rq, const char *current, struct error *reterr)
{
	struct credential c;
	enum status st = credential_of(rq->db, rq->session->person_id, rq->arena, &c, reterr);
	if (st != OK)
		return st;
	struct password_job job = { .work = PASSWORD_VERIFY,
		                    .password = current,
		                    .stored = c.password_hash };
	st = password_run(plein_of(rq)->passwords, &job, reterr);
	if (st == OK && !job.matches)
		problems_add(rq->problems, PROBLEM_ERROR, "current",
		             "Dit is niet uw wachtwoord van nu.");
	return st;
}

static enum status prepare_password(struct request *rq, void **ret_input, struct error *reterr)
{
	struct password_input in;

	rq->touched = own(rq);
	input_read(rq->body, &PASSWORD_FORM, false, rq->arena, &in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	check_new_password(rq, &in);
	enum status st = check_current(rq, in.current, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	struct password_job job = { .work = PASSWORD_HASH, .password = in.password };
	st = password_run(plein_of(rq)->passwords, &job, reterr);
	if (st == OK)
		*ret_input = arena_strdup(rq->arena, job.hash.text);
	return st;
}

static enum status apply_password(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;

	change->location = "/";
	change->note = "Uw nieuwe wachtwoord geldt vanaf nu. Andere sessies zijn beëindigd.";
	enum status st = credential_set_password(tx, rq->session->person_id, change->input, false,
	                                         rq->now_ms, reterr);
	if (st != OK)
		return st;
	return session_end_others(tx, rq->session->person_id, rq->session->id, rq->now_ms, reterr);
}

/* ---- recovery codes ---------------------------------------------------------------- */

struct codes_page {
	struct array codes;
};
static const struct view_field CODE_FIELDS[] = {
	{ .name = "code", .kind = VIEW_TEXT, .offset = 0 },
};
struct code_item {
	const char *code;
};
static const struct view CODE_VIEW = VIEW_OF(struct code_item, CODE_FIELDS);
static const struct view_field CODES_FIELDS[] = {
	VIEW_AS(struct codes_page, codes, "codes", VIEW_LIST, .view = &CODE_VIEW),
};
static const struct view CODES_VIEW = VIEW_OF(struct codes_page, CODES_FIELDS);

static enum status show_codes(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Herstelcodes",
		                   .template_name = "people/recovery_codes" };
	struct credential c;

	rq->touched = own(rq);
	enum status st = credential_of(rq->db, rq->session->person_id, rq->arena, &c, reterr);
	if (st != OK)
		return st;
	const struct recovery_code *codes = second_factor_shown(plein_of(rq), rq->arena, &c);
	if (codes == NULL) {
		rs->code = 303;
		rs->location = "/me/settings";
		return OK;
	}
	struct code_item *items = ARENA_ARRAY(rq->arena, struct code_item, RECOVERY_CODES);
	for (size_t i = 0; i < RECOVERY_CODES; i++)
		items[i].code = codes[i].text;
	const struct codes_page record = { { items, RECOVERY_CODES } };
	return page_respond(rq, rs, &page, &CODES_VIEW, &record, reterr);
}

static enum status apply_kept(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;

	change->touched = own(change->rq);
	change->location = "/";
	return credential_kept_recovery(tx, change->rq->session->person_id, reterr);
}

static enum status prepare_codes(struct request *rq, void **ret_input, struct error *reterr)
{
	(void)reterr;
	rq->touched = own(rq);
	*ret_input = second_factor_recovery(plein_of(rq), rq->arena, rq->session->person_id);
	return OK;
}

static enum status apply_codes(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct recovery_set *set = change->input;

	change->location = "/me/recovery-codes";
	return credential_set_recovery(tx, change->rq->session->person_id, set->digests,
	                               RECOVERY_CODES, set->sealed, set->sealed_len, reterr);
}

/* ---- settings ---------------------------------------------------------------------- */

static const struct code COLOUR_CODES[] = { { 0, "auto", "Zoals mijn apparaat" },
	                                    { 1, "light", "Licht" },
	                                    { 2, "dark", "Donker" },
	                                    { 0 } };
static const struct code DENSITY_CODES[] = { { 0, "comfortable", "Ruim" },
	                                     { 1, "compact", "Compact, meer regels op een scherm" },
	                                     { 0 } };

struct looks {
	int colours, density;
};
static const struct field LOOKS_FIELDS[] = {
	{ .path = "colours",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct looks, colours),
	  .label = "Kleuren",
	  .required = true,
	  .codes = COLOUR_CODES },
	{ .path = "density",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct looks, density),
	  .label = "Lijsten",
	  .required = true,
	  .codes = DENSITY_CODES },
};
static const struct form LOOKS_FORM = { LOOKS_FIELDS, 2, sizeof(struct looks) };

struct settings_page {
	int colours, density;
	int64_t recovery_codes_left;
};
static const struct view_field SETTINGS_FIELDS[] = {
	VIEW_AS(struct settings_page, colours, "colours", VIEW_CODE, .codes = COLOUR_CODES),
	VIEW_AS(struct settings_page, density, "density", VIEW_CODE, .codes = DENSITY_CODES),
	VIEW_AS(struct settings_page, recovery_codes_left, "recoveryCodesLeft", VIEW_INT),
};
static const struct view SETTINGS_VIEW = VIEW_OF(struct settings_page, SETTINGS_FIELDS);

static enum status show_settings(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Instellingen",
		                   .template_name = "people/settings",
		                   .form = &LOOKS_FORM };
	struct credential c;

	rq->touched = own(rq);
	enum status st = credential_of(rq->db, rq->session->person_id, rq->arena, &c, reterr);
	if (st != OK)
		return st;
	const struct settings_page record = { .colours = rq->session->colours,
		                              .density = rq->session->density,
		                              .recovery_codes_left = c.recovery_left };
	return page_respond(rq, rs, &page, &SETTINGS_VIEW, &record, reterr);
}

static enum status prepare_settings(struct request *rq, void **ret_input, struct error *reterr)
{
	(void)reterr;
	rq->touched = own(rq);
	*ret_input = ARENA_NEW(rq->arena, struct looks);
	input_read(rq->body, &LOOKS_FORM, rq->wants_json, rq->arena, *ret_input, rq->problems);
	return OK;
}

static enum status apply_settings(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct looks *in = change->input;

	change->location = "/me/settings";
	change->note = "Uw instellingen zijn bewaard.";
	return person_set_looks(tx, change->rq->session->person_id, in->density, in->colours,
	                        reterr);
}

/* ---- step-up ----------------------------------------------------------------------- */

struct step_up_page {
	const char *reason, *next;
};
static const struct view_field STEP_UP_FIELDS[] = {
	VIEW_F(struct step_up_page, reason, VIEW_TEXT),
	VIEW_F(struct step_up_page, next, VIEW_TEXT),
};
static const struct view STEP_UP_VIEW = VIEW_OF(struct step_up_page, STEP_UP_FIELDS);

struct step_up_input {
	const char *code, *next;
};
static const struct field STEP_UP_FORM_FIELDS[] = {
	{ .path = "code",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct step_up_input, code),
	  .label = "Code",
	  .required = true,
	  .max_chars = 20,
	  .missing = "Vul de code in." },
	{ .path = "next",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct step_up_input, next),
	  .label = "Daarna",
	  .max_chars = 500 },
};
static const struct form STEP_UP_FORM = { STEP_UP_FORM_FIELDS, 2, sizeof(struct step_up_input) };

static const char *local_path(const char *next)
{
	return next != NULL && next[0] == '/' && next[1] != '/' && strchr(next, '\\') == NULL ? next
	                                                                                      : "/";
}

static enum status show_step_up(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Bevestigen",
		                   .template_name = "people/step_up",
		                   .form = &STEP_UP_FORM };
	const char *typed = input_text(rq->body, "next");
	const struct step_up_page record = {
		.reason = "U gaat iets doen waarvoor extra zekerheid nodig is.",
		.next = local_path(typed != NULL ? typed : input_text(rq->query, "next")),
	};
	return page_respond(rq, rs, &page, &STEP_UP_VIEW, &record, reterr);
}

struct step_up_change {
	int64_t step;
	const char *next;
};

static enum status prepare_step_up(struct request *rq, void **ret_input, struct error *reterr)
{
	struct step_up_change *change = ARENA_NEW(rq->arena, struct step_up_change);
	struct step_up_input in;
	struct credential c;

	rq->touched = own(rq);
	if (rq->session->id == 0)
		return FAIL(reterr, ERR_DENIED, "Dit kan alleen een mens, met een code.");
	input_read(rq->body, &STEP_UP_FORM, false, rq->arena, &in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	enum status st = credential_of(rq->db, rq->session->person_id, rq->arena, &c, reterr);
	if (st != OK)
		return st;
	if (!second_factor_matches(plein_of(rq), rq->arena, &c, in.code, rq->now_ms, &change->step))
		problems_add(rq->problems, PROBLEM_ERROR, "code",
		             "Deze code klopt niet. Kijk welke code er nu in de app staat.");
	change->next = local_path(in.next);
	*ret_input = change;
	return OK;
}

static enum status apply_step_up(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct step_up_change *in = change->input;
	const struct request *rq = change->rq;

	change->location = in->next;
	enum status st =
	    credential_use_step(tx, rq->session->person_id, in->step, rq->now_ms, reterr);
	return st == OK ? session_step_up(tx, rq->session->id, rq->now_ms, reterr) : st;
}

const struct route me_routes[] = {
	{ .method = "POST",
	  .path = "/me/on-behalf",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_CAPACITY_CHOICE,
	  .flags = ROUTE_PAGE_ONLY | ROUTE_ANY_STATE,
	  .prepare = prepare_behalf,
	  .apply = apply_behalf,
	  .form = &BEHALF_FORM,
	  .summary = "Kiezen namens wie u werkt" },
	{ .method = "GET",
	  .path = "/me/sessions",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .read = show_sessions,
	  .view = &SESSIONS_VIEW,
	  .summary = "Uw sessies en wanneer u inlogde" },
	{ .method = "POST",
	  .path = "/me/sessions/{id}/_end",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_CHANGE,
	  .prepare = prepare_end,
	  .apply = apply_end,
	  .summary = "Een sessie beëindigen" },
	{ .method = "POST",
	  .path = "/me/sessions/_end-others",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_CHANGE,
	  .apply = apply_end_others,
	  .summary = "Alle andere sessies beëindigen" },
	{ .method = "GET",
	  .path = "/me/password",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .flags = ROUTE_PAGE_ONLY | ROUTE_ANY_STATE,
	  .read = show_password,
	  .summary = "De pagina voor een nieuw wachtwoord" },
	{ .method = "POST",
	  .path = "/me/password",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_CREDENTIAL_CHANGE,
	  .flags = ROUTE_PAGE_ONLY | ROUTE_ANY_STATE,
	  .prepare = prepare_password,
	  .apply = apply_password,
	  .redraw = show_password,
	  .form = &PASSWORD_FORM,
	  .summary = "Wachtwoord wijzigen" },
	{ .method = "GET",
	  .path = "/me/recovery-codes",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .flags = ROUTE_PAGE_ONLY | ROUTE_ANY_STATE,
	  .read = show_codes,
	  .summary = "Nieuwe herstelcodes, één keer" },
	{ .method = "POST",
	  .path = "/me/recovery-codes",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_CREDENTIAL_CHANGE,
	  .flags = ROUTE_PAGE_ONLY | ROUTE_STEP_UP,
	  .prepare = prepare_codes,
	  .apply = apply_codes,
	  .summary = "Nieuwe herstelcodes maken" },
	{ .method = "POST",
	  .path = "/me/recovery-codes/_kept",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_CHANGE,
	  .flags = ROUTE_PAGE_ONLY | ROUTE_ANY_STATE,
	  .apply = apply_kept,
	  .summary = "Herstelcodes zijn bewaard" },
	{ .method = "GET",
	  .path = "/me/settings",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .read = show_settings,
	  .view = &SETTINGS_VIEW,
	  .summary = "Uw instellingen" },
	{ .method = "POST",
	  .path = "/me/settings",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_CHANGE,
	  .prepare = prepare_settings,
	  .apply = apply_settings,
	  .redraw = show_settings,
	  .form = &LOOKS_FORM,
	  .summary = "Uw instellingen wijzigen" },
	{ .method = "GET",
	  .path = "/step-up",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_step_up,
	  .summary = "De pagina om met een code te bevestigen" },
	{ .method = "POST",
	  .path = "/step-up",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_STEP_UP,
	  .flags = ROUTE_PAGE_ONLY,
	  .prepare = prepare_step_up,
	  .apply = apply_step_up,
	  .redraw = show_step_up,
	  .form = &STEP_UP_FORM,
	  .summary = "Bevestigen met een code" },
	{ 0 },
};

const struct page_template me_templates[] = {
	{ .name = "people/sessions", .view = &SESSIONS_VIEW, .whole = true },
	{ .name = "people/password",
	  .view = &PASSWORD_VIEW,
	  .form = &PASSWORD_FORM,
	  .whole = true },
	{ .name = "people/recovery_codes", .view = &CODES_VIEW, .whole = true },
	{ .name = "people/settings", .view = &SETTINGS_VIEW, .form = &LOOKS_FORM, .whole = true },
	{ .name = "people/step_up", .view = &STEP_UP_VIEW, .form = &STEP_UP_FORM, .whole = true },
	{ 0 },
};
