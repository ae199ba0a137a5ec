/* Signing in: password, then the code of an app or a recovery code; enrolling; signing out. */
#include "people/sign_in_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/credential.h"
#include "people/frame.h"
#include "people/gate.h"
#include "people/second_factor.h"
#include "platform/core/calendar.h"
#include "platform/crypto/password.h"
#include "platform/crypto/token.h"

static const char WRONG[] = "Deze combinatie kennen wij niet. Probeer het nog eens.";

struct sign_in_input {
	const char *email, *password, *next;
};
static const struct field SIGN_IN_FIELDS[] = {
	{ .path = "email",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct sign_in_input, email),
	  .label = "E-mailadres",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Vul uw e-mailadres in." },
	{ .path = "password",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct sign_in_input, password),
	  .label = "Wachtwoord",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Vul uw wachtwoord in." },
	{ .path = "next",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct sign_in_input, next),
	  .label = "Daarna",
	  .max_chars = 500 },
};
static const struct form SIGN_IN_FORM = { SIGN_IN_FIELDS, 3, sizeof(struct sign_in_input) };

struct code_input {
	const char *code, *next;
};
static const struct field CODE_FIELDS[] = {
	{ .path = "code",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct code_input, code),
	  .label = "Code",
	  .required = true,
	  .max_chars = 40,
	  .missing = "Vul de code in." },
	{ .path = "next",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct code_input, next),
	  .label = "Daarna",
	  .max_chars = 500 },
};
static const struct form CODE_FORM = { CODE_FIELDS, 2, sizeof(struct code_input) };

/* ---- pages ------------------------------------------------------------------------- */

struct sign_in_page {
	bool timed_out, kept, signed_out;
	const char *next;
};
static const struct view_field SIGN_IN_PAGE_FIELDS[] = {
	VIEW_AS(struct sign_in_page, timed_out, "timedOut", VIEW_BOOL),
	VIEW_F(struct sign_in_page, kept, VIEW_BOOL),
	VIEW_AS(struct sign_in_page, signed_out, "signedOut", VIEW_BOOL),
	VIEW_F(struct sign_in_page, next, VIEW_TEXT),
};
static const struct view SIGN_IN_VIEW = VIEW_OF(struct sign_in_page, SIGN_IN_PAGE_FIELDS);

struct code_page {
	const char *next, *reason;
};
static const struct view_field CODE_PAGE_FIELDS[] = {
	VIEW_F(struct code_page, next, VIEW_TEXT),
	VIEW_F(struct code_page, reason, VIEW_TEXT),
};
static const struct view CODE_VIEW = VIEW_OF(struct code_page, CODE_PAGE_FIELDS);

struct enrol_page {
	const char *qr_href, *secret;
};
static const struct view_field ENROL_FIELDS[] = {
	VIEW_AS(struct enrol_page, qr_href, "qrHref", VIEW_TEXT),
	VIEW_F(struct enrol_page, secret, VIEW_TEXT),
};
static const struct view ENROL_VIEW = VIEW_OF(struct enrol_page, ENROL_FIELDS);

/* Only a path on this site: "//elsewhere" and "https:" lead nowhere. */
static const char *safe_next(const char *next)
{
	if (next == NULL || next[0] != '/' || next[1] == '/' || next[1] == '\\')
		return NULL;
	for (const char *p = next; *p != '\0'; p++)
		if ((unsigned char)*p < 0x20 || *p == '\\')
			return NULL;
	return next;
}

static const char *next_of(const struct request *rq)
{
	const char *typed = input_text(rq->body, "next");
	return safe_next(typed != NULL ? typed : input_text(rq->query, "next"));
}

static enum status show_sign_in(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Inloggen",
		                   .template_name = "people/sign_in",
		                   .form = &SIGN_IN_FORM };
	const char *next = next_of(rq);
	const struct sign_in_page record = {
		.timed_out = frame_expired_person(rq) != 0,
		.kept = next != NULL && strstr(next, "?parked=1") != NULL,
		.signed_out = input_at(rq->query, "signed-out") != NULL,
		.next = next,
	};
	return page_respond(rq, rs, &page, &SIGN_IN_VIEW, &record, reterr);
}

static bool half_way(const struct request *rq)
{
	return rq->session != NULL && rq->session->times.stage == STAGE_PASSWORD;
}

static enum status show_code_page(struct request *rq, struct response *rs, const char *title,
                                  const char *template_name, struct error *reterr)
{
	const struct page page = { .title = title,
		                   .template_name = template_name,
		                   .form = &CODE_FORM };
	const struct code_page record = { .next = next_of(rq) };

	if (!half_way(rq)) {
		rs->code = 303;
		rs->location = "/sign-in";
		return OK;
	}
	return page_respond(rq, rs, &page, &CODE_VIEW, &record, reterr);
}

static enum status show_code(struct request *rq, struct response *rs, struct error *reterr)
{
	return show_code_page(rq, rs, "Code invullen", "people/sign_in_code", reterr);
}

static enum status show_recovery(struct request *rq, struct response *rs, struct error *reterr)
{
	return show_code_page(rq, rs, "Herstelcode", "people/sign_in_recovery", reterr);
}

/* ---- guessing ---------------------------------------------------------------------- */

struct guess {
	struct digest account, origin;
	int64_t person_id, now_ms; /* person_id 0: nobody has this address */
	enum sign_in_outcome outcome;
	const char *device;
};

static struct guess guess_at(const struct request *rq, const char *account)
{
	return (struct guess){
		.account = digest_keyed(plein_of(rq)->pseudonym_key, "sign-in account",
		                        &SPAN_TEXT(account), 1),
		.origin = origin_digest(rq),
		.now_ms = rq->now_ms,
		.device = device_name(rq->arena, rq->user_agent),
	};
}

static enum status wrong_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct guess *g = args;
	enum status st = tries_add(tx, &g->account, &g->origin, g->now_ms, reterr);
	if (st == OK && g->person_id != 0)
		st = sign_in_record(tx, g->person_id, g->now_ms, g->outcome, g->device, reterr);
	return st;
}

/* Counts a wrong guess at once, apart from the request that is about to be refused. */
static enum status count_wrong(const struct request *rq, struct guess *g, struct error *reterr)
{
	struct db_job job = { .run = wrong_run, .args = g };
	return db_run(plein_of(rq)->db, &job, reterr);
}

/* Adds a problem and gives true while this origin has to wait for this account. */
static enum status slowed(struct request *rq, const struct guess *g, bool *ret,
                          struct error *reterr)
{
	struct tries tries;
	enum status st = tries_load(rq->db, &g->account, &g->origin, &tries, reterr);
	if (st != OK)
		return st;
	int64_t wait = tries_wait_s(tries.failures, tries.last_at_ms, rq->now_ms);
	*ret = wait > 0;
	if (wait > 0)
		problems_add(rq->problems, PROBLEM_ERROR, "",
		             arena_printf(rq->arena,
		                          "U probeerde het te vaak. Wacht %lld seconden.",
		                          (long long)wait));
	return OK;
}

/* ---- step 1: the password ---------------------------------------------------------- */

struct start_change {
	struct session_start session;
	struct token token;
	bool enrol;
	const uint8_t *totp; /* a first secret, sealed, when there is none yet */
	size_t totp_len;
	const char *next;
};

static enum status check_password(struct request *rq, const struct sign_in_input *in,
                                  struct credential *ret, bool *ret_right, struct error *reterr)
{
	enum status st = credential_by_email(rq->db, in->email, rq->arena, ret, reterr);
	if (st != OK && st != ERR_NOT_FOUND)
		return st;
	if (st == ERR_NOT_FOUND)
		*ret = (struct credential){ 0 };
	struct password_job job = { .work = PASSWORD_VERIFY,
		                    .password = in->password,
		                    .stored = ret->password_hash };
	st = password_run(plein_of(rq)->passwords, &job, reterr);
	*ret_right = st == OK && job.matches;
	return st;
}

static void start_session(struct request *rq, const struct credential *c, const char *next,
                          struct start_change *ret)
{
	ret->token = token_new();
	ret->enrol = !c->totp_confirmed;
	ret->next = safe_next(next);
	ret->session = (struct session_start){
		.token = token_digest(plein_of(rq)->token_key, "session", ret->token.text),
		.person_id = c->person_id,
		.stage = ret->enrol ? STAGE_ENROL : STAGE_PASSWORD,
		.now_ms = rq->now_ms,
		.device = device_name(rq->arena, rq->user_agent),
	};
	if (ret->enrol && c->totp_sealed == NULL)
		ret->totp =
		    second_factor_new(plein_of(rq), rq->arena, c->person_id, &ret->totp_len);
}

static enum status prepare_sign_in(struct request *rq, void **ret_input, struct error *reterr)
{
	struct sign_in_input in;
	struct credential c;
	bool wait = false, right = false;

	input_read(rq->body, &SIGN_IN_FORM, false, rq->arena, &in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	struct guess g = guess_at(rq, in.email);
	enum status st = slowed(rq, &g, &wait, reterr);
	if (st == OK && !wait)
		st = check_password(rq, &in, &c, &right, reterr);
	if (st != OK || wait)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = c.person_id };
	if (!right) {
		g.person_id = c.person_id;
		g.outcome = SIGN_IN_WRONG_PASSWORD;
		problems_add(rq->problems, PROBLEM_ERROR, "", WRONG);
		return count_wrong(rq, &g, reterr);
	}
	if (c.account != ACCOUNT_ACTIVE) {
		problems_add(rq->problems, PROBLEM_ERROR, "",
		             "Uw account is niet actief. Vraag uw autorisatiebeheerder.");
		return OK;
	}
	struct start_change *change = ARENA_NEW(rq->arena, struct start_change);
	start_session(rq, &c, in.next, change);
	*ret_input = change;
	return OK;
}

static struct cookie session_cookie(const struct request *rq, const char *value)
{
	return (struct cookie){ session_cookie_name(plein_of(rq)), value, 0 };
}

static const char *with_query(struct arena *a, const char *path, const char *next)
{
	return next == NULL ? path : arena_printf(a, "%s?next=%s", path, next);
}

static enum status apply_sign_in(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct start_change *in = change->input;
	int64_t id;
	enum status st = session_insert(tx, &in->session, &id, reterr);

	if (st == OK && in->totp != NULL)
		st = credential_set_totp(tx, in->session.person_id, in->totp, in->totp_len, reterr);
	if (st != OK)
		return st;
	change->cookie = session_cookie(change->rq, in->token.text);
	change->location =
	    in->enrol ? "/me/enrol" : with_query(db_tx_arena(tx), "/sign-in/code", in->next);
	return OK;
}

/* ---- step 2: the second factor ----------------------------------------------------- */

struct complete_change {
	int64_t session_id, person_id, appointment_id, now_ms;
	int64_t step; /* the app's code; -1: a recovery code */
	struct digest recovery, new_token_digest;
	struct token new_token;
	struct guess guess;
	struct recovery_set *codes; /* enrolling: the first recovery codes; else NULL */
	const char *next;
};

static enum status first_capacity(struct request *rq, int64_t person_id, int64_t *ret,
                                  struct error *reterr)
{
	struct array list = { 0 };
	enum status st = session_capacities(rq->db, person_id, local_day(rq->now_ms), rq->now_ms,
	                                    rq->arena, &list, reterr);
	*ret = list.count > 0 ? ((const struct capacity *)list.items)[0].appointment_id : 0;
	return st;
}

static enum status prepare_complete(struct request *rq, const struct code_input *in,
                                    struct complete_change *ret, struct error *reterr)
{
	const struct session *s = rq->session;
	ret->session_id = s->id;
	ret->person_id = s->person_id;
	ret->now_ms = rq->now_ms;
	ret->next = safe_next(in->next);
	/* a new token with more rights: one that leaked before the code is worth nothing */
	ret->new_token = token_new();
	ret->new_token_digest =
	    token_digest(plein_of(rq)->token_key, "session", ret->new_token.text);
	ret->guess.outcome = ret->step >= 0 ? SIGN_IN_OK : SIGN_IN_RECOVERY_USED;
	return first_capacity(rq, s->person_id, &ret->appointment_id, reterr);
}

static enum status refuse_code(struct request *rq, struct guess *g, const char *sentence,
                               struct error *reterr)
{
	g->person_id = rq->session->person_id;
	g->outcome = SIGN_IN_WRONG_CODE;
	problems_add(rq->problems, PROBLEM_ERROR, "code", sentence);
	return count_wrong(rq, g, reterr);
}

/* Reads the form and looks whether the guesser must wait; *ret_go: neither problem nor wait. */
static enum status read_code(struct request *rq, struct code_input *ret, struct guess *ret_guess,
                             bool *ret_go, struct error *reterr)
{
	bool wait = false;

	*ret_go = false;
	if (rq->session == NULL)
		return FAIL(reterr, ERR_DENIED, "Dit duurde te lang. Log opnieuw in.");
	rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = rq->session->person_id };
	input_read(rq->body, &CODE_FORM, false, rq->arena, ret, rq->problems);
	*ret_guess = guess_at(rq, rq->session->email);
	ret_guess->person_id = rq->session->person_id;
	if (rq->problems->error_count > 0)
		return OK;
	enum status st = slowed(rq, ret_guess, &wait, reterr);
	*ret_go = st == OK && !wait;
	return st;
}

static enum status prepare_code(struct request *rq, void **ret_input, struct error *reterr)
{
	struct complete_change *change = ARENA_NEW(rq->arena, struct complete_change);
	struct code_input in;
	struct credential c;
	bool go;

	enum status st = read_code(rq, &in, &change->guess, &go, reterr);
	if (st != OK || !go)
		return st;
	st = credential_of(rq->db, rq->session->person_id, rq->arena, &c, reterr);
	if (st != OK)
		return st;
	if (!second_factor_matches(plein_of(rq), rq->arena, &c, in.code, rq->now_ms, &change->step))
		return refuse_code(rq, &change->guess,
		                   "Deze code klopt niet. Kijk welke code er nu in de app staat.",
		                   reterr);
	*ret_input = change;
	return prepare_complete(rq, &in, change, reterr);
}

static enum status prepare_recovery(struct request *rq, void **ret_input, struct error *reterr)
{
	struct complete_change *change = ARENA_NEW(rq->arena, struct complete_change);
	struct code_input in;
	bool go, found = false;

	enum status st = read_code(rq, &in, &change->guess, &go, reterr);
	if (st != OK || !go)
		return st;
	change->step = -1;
	change->recovery =
	    recovery_digest(plein_of(rq)->token_key, rq->session->person_id, in.code);
	st = credential_has_recovery(rq->db, rq->session->person_id, &change->recovery, &found,
	                             reterr);
	if (st != OK)
		return st;
	if (!found)
		return refuse_code(rq, &change->guess,
		                   "Deze herstelcode klopt niet, of is al gebruikt.", reterr);
	*ret_input = change;
	return prepare_complete(rq, &in, change, reterr);
}

static enum status use_factor(struct db_tx *tx, const struct complete_change *in,
                              struct error *reterr)
{
	if (in->step >= 0)
		return credential_use_step(tx, in->person_id, in->step, in->now_ms, reterr);
	return credential_use_recovery(tx, in->person_id, &in->recovery, in->now_ms, reterr);
}

static enum status apply_complete(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct complete_change *in = change->input;

	enum status st = use_factor(tx, in, reterr);
	if (st == OK)
		st = session_complete(tx, in->session_id, &in->new_token_digest, in->appointment_id,
		                      in->now_ms, reterr);
	if (st == OK)
		st = tries_forget(tx, &in->guess.account, &in->guess.origin, reterr);
	if (st == OK && in->codes != NULL)
		st = credential_set_recovery(tx, in->person_id, in->codes->digests, RECOVERY_CODES,
		                             in->codes->sealed, in->codes->sealed_len, reterr);
	if (st == OK)
		st = sign_in_record(tx, in->person_id, in->now_ms, in->guess.outcome,
		                    in->guess.device, reterr);
	if (st != OK)
		return st;
	change->cookie = session_cookie(change->rq, in->new_token.text);
	change->location = in->codes != NULL  ? "/me/recovery-codes"
	                   : in->next != NULL ? in->next
	                                      : "/";
	return OK;
}

/* ---- enrolling --------------------------------------------------------------------- */

static enum status own_secret(struct request *rq, struct totp_secret *ret, struct error *reterr)
{
	struct credential c;
	enum status st = credential_of(rq->db, rq->session->person_id, rq->arena, &c, reterr);
	if (st != OK)
		return st;
	if (c.totp_sealed == NULL || c.totp_confirmed)
		return FAIL_NOT_FOUND(reterr);
	return second_factor_open(plein_of(rq), rq->arena, &c, ret, reterr);
}

static enum status show_enrol(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Koppel uw telefoon",
		                   .template_name = "people/enrol",
		                   .form = &CODE_FORM };
	struct totp_secret secret;
	char text[TOTP_SECRET_TEXT_BYTES];

	enum status st = own_secret(rq, &secret, reterr);
	if (st != OK)
		return st;
	totp_secret_text(&secret, text);
	const struct enrol_page record = { .qr_href = "/me/enrol/qr.svg", .secret = text };
	st = page_respond(rq, rs, &page, &ENROL_VIEW, &record, reterr);
	secret_wipe(&secret, sizeof secret);
	secret_wipe(text, sizeof text);
	return st;
}

static enum status show_qr(struct request *rq, struct response *rs, struct error *reterr)
{
	struct totp_secret secret;
	enum status st = own_secret(rq, &secret, reterr);
	if (st != OK)
		return st;
	const char *uri = totp_uri(&secret, "Plein", rq->session->email, rq->arena);
	secret_wipe(&secret, sizeof secret);
	rs->content_type = "image/svg+xml";
	return qr_svg(uri, "Code om te scannen", &rs->body, reterr);
}

static enum status prepare_enrol(struct request *rq, void **ret_input, struct error *reterr)
{
	enum status st = prepare_code(rq, ret_input, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	struct complete_change *change = *ret_input;
	change->codes = second_factor_recovery(plein_of(rq), rq->arena, change->person_id);
	return OK;
}

/* ---- signing out ------------------------------------------------------------------- */

static enum status apply_sign_out(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct session *s = change->rq->session;

	change->cookie = session_cookie(change->rq, NULL);
	change->location = "/sign-in?signed-out=1";
	if (s == NULL || s->id == 0)
		return OK;
	enum status st = session_end(tx, s->person_id, s->id, change->rq->now_ms, reterr);
	if (st == ERR_NOT_FOUND)
		return OK; /* ended meanwhile: what was asked for */
	return st == OK
	           ? sign_in_record(tx, s->person_id, change->rq->now_ms, SIGN_IN_ENDED, "", reterr)
	           : st;
}

const struct route sign_in_routes[] = {
	{ .method = "GET",
	  .path = "/sign-in",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_NONE,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_EVENT,
	  .read = show_sign_in,
	  .summary = "De pagina om in te loggen" },
	{ .method = "POST",
	  .path = "/sign-in",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_SIGN_IN,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_ONCE,
	  .prepare = prepare_sign_in,
	  .apply = apply_sign_in,
	  .redraw = show_sign_in,
	  .form = &SIGN_IN_FORM,
	  .summary = "Wachtwoord controleren" },
	{ .method = "GET",
	  .path = "/sign-in/code",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_NONE,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_EVENT,
	  .read = show_code,
	  .summary = "De pagina voor de code" },
	{ .method = "POST",
	  .path = "/sign-in/code",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_SIGN_IN,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_ONCE,
	  .prepare = prepare_code,
	  .apply = apply_complete,
	  .redraw = show_code,
	  .form = &CODE_FORM,
	  .summary = "Code controleren" },
	{ .method = "GET",
	  .path = "/sign-in/recovery",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_NONE,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_EVENT,
	  .read = show_recovery,
	  .summary = "De pagina voor een herstelcode" },
	{ .method = "POST",
	  .path = "/sign-in/recovery",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_SIGN_IN,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_ONCE,
	  .prepare = prepare_recovery,
	  .apply = apply_complete,
	  .redraw = show_recovery,
	  .form = &CODE_FORM,
	  .summary = "Herstelcode gebruiken" },
	{ .method = "GET",
	  .path = "/me/enrol",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .flags = ROUTE_ANY_STATE | ROUTE_PAGE_ONLY,
	  .read = show_enrol,
	  .summary = "De pagina om een telefoon te koppelen" },
	{ .method = "GET",
	  .path = "/me/enrol/qr.svg",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_OWN_VIEW,
	  .flags = ROUTE_ANY_STATE | ROUTE_PAGE_ONLY,
	  .read = show_qr,
	  .summary = "De code om te scannen" },
	{ .method = "POST",
	  .path = "/me/enrol",
	  .permission = PERM_SIGNED_IN,
	  .action = AUDIT_CREDENTIAL_CHANGE,
	  .flags = ROUTE_ANY_STATE | ROUTE_PAGE_ONLY | ROUTE_NO_ONCE,
	  .prepare = prepare_enrol,
	  .apply = apply_complete,
	  .redraw = show_enrol,
	  .form = &CODE_FORM,
	  .summary = "Telefoon koppelen" },
	{ .method = "POST",
	  .path = "/sign-out",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_SIGN_OUT,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_ONCE,
	  .apply = apply_sign_out,
	  .summary = "Uitloggen" },
	{ 0 },
};

const struct page_template sign_in_templates[] = {
	{ .name = "people/sign_in", .view = &SIGN_IN_VIEW, .form = &SIGN_IN_FORM, .whole = true },
	{ .name = "people/sign_in_code", .view = &CODE_VIEW, .form = &CODE_FORM, .whole = true },
	{ .name = "people/sign_in_recovery",
	  .view = &CODE_VIEW,
	  .form = &CODE_FORM,
	  .whole = true },
	{ .name = "people/enrol", .view = &ENROL_VIEW, .form = &CODE_FORM, .whole = true },
	{ 0 },
};
