#include "people/first_password.h"

#include "access/access.h"
#include "audit/action.h"
#include "people/people_http.h"
#include "platform/crypto/password.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/token.h"
#include "plein/plein.h"

enum { SHOWN_CHARS = 16 /* 96 bits, short enough to read aloud once */ };

static struct seal_place place_of(int64_t person_id)
{
	return (struct seal_place){ .table = "credential",
		                    .column = "first_password",
		                    .id = person_id };
}

enum status first_password_new(const struct request *rq, int64_t person_id,
                               struct first_password *ret, struct error *reterr)
{
	const struct plein *p = plein_of(rq);
	const struct seal_place place = place_of(person_id);
	struct token once = token_new();

	once.text[SHOWN_CHARS] = '\0';
	struct password_job job = { .work = PASSWORD_HASH, .password = once.text };
	enum status st = password_run(p->passwords, &job, reterr);
	if (st == OK) {
		ret->hash = arena_strdup(rq->arena, job.hash.text);
		ret->sealed = seal_in(rq->arena, p->account_key, &place, once.text, SHOWN_CHARS,
		                      &ret->sealed_len);
	}
	secret_wipe(&once, sizeof once);
	return st;
}

enum status first_password_set(struct db_tx *tx, int64_t person_id, const struct first_password *p,
                               int64_t reader, int64_t now_ms, struct error *reterr)
{
	enum status st = credential_set_password(tx, person_id, p->hash, true, now_ms, reterr);
	if (st != OK)
		return st;
	return credential_show_first(tx, person_id, p->sealed, p->sealed_len, reader, reterr);
}

/* ---- the page where it is read ------------------------------------------------------- */

struct first_page {
	int64_t id;
	const char *name, *email, *password, *passed_href;
};
static const struct view_field FIRST_FIELDS[] = {
	VIEW_F(struct first_page, id, VIEW_INT),
	VIEW_F(struct first_page, name, VIEW_TEXT),
	VIEW_F(struct first_page, email, VIEW_TEXT),
	VIEW_F(struct first_page, password, VIEW_TEXT),
	VIEW_AS(struct first_page, passed_href, "passedHref", VIEW_TEXT, .page_only = true),
};
static const struct view FIRST_VIEW = VIEW_OF(struct first_page, FIRST_FIELDS);

/* Only for who activated this account, and only while it waits. */
static enum status waiting_for(const struct request *rq, struct credential *ret,
                               struct error *reterr)
{
	int64_t id;
	enum status st = people_path_id(rq, &id, reterr);
	if (st == OK)
		st = credential_of(rq->db, id, rq->arena, ret, reterr);
	if (st == OK && (ret->first_sealed == NULL || ret->first_reader != rq->viewer->person_id))
		return FAIL_NOT_FOUND(reterr);
	return st;
}

static enum status show_first(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Eenmalig wachtwoord",
		                   .place = "/people",
		                   .confidential = true,
		                   .template_name = "people/first_password" };
	struct credential c;
	const char *plain;
	size_t len;

	enum status st = waiting_for(rq, &c, reterr);
	if (st != OK)
		return st;
	const struct seal_place place = place_of(c.person_id);
	st = seal_open(plein_of(rq)->account_key, &place, c.first_sealed, c.first_len, rq->arena,
	               &plain, &len, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = c.person_id };
	const struct first_page record = {
		.id = c.person_id,
		.name = c.full_name,
		.email = c.email,
		.password = arena_printf(rq->arena, "%.*s", (int)len, plain),
		.passed_href = arena_printf(rq->arena, "/people/%lld/first-password/_passed",
		                            (long long)c.person_id),
	};
	return page_respond(rq, rs, &page, &FIRST_VIEW, &record, reterr);
}

static enum status prepare_passed(struct request *rq, void **ret_input, struct error *reterr)
{
	struct credential *c = ARENA_NEW(rq->arena, struct credential);
	enum status st = waiting_for(rq, c, reterr);
	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_PERSON, .id = c->person_id };
	*ret_input = c;
	return st;
}

static enum status apply_passed(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct credential *c = change->input;

	change->location = arena_printf(db_tx_arena(tx), "/people/%lld", (long long)c->person_id);
	change->note = "Het wachtwoord staat nergens meer.";
	return credential_show_first(tx, c->person_id, NULL, 0, 0, reterr);
}

const struct route first_password_routes[] = {
	{ .method = "GET",
	  .path = "/people/{id}/first-password",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_PEOPLE_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_first,
	  .view = &FIRST_VIEW,
	  .summary = "Het eenmalige wachtwoord van een nieuw account" },
	{ .method = "POST",
	  .path = "/people/{id}/first-password/_passed",
	  .permission = PERM_PEOPLE_MANAGE,
	  .action = AUDIT_CREDENTIAL_CHANGE,
	  .flags = ROUTE_PAGE_ONLY,
	  .prepare = prepare_passed,
	  .apply = apply_passed,
	  .summary = "Het eenmalige wachtwoord is doorgegeven" },
	{ 0 },
};

const struct page_template first_password_templates[] = {
	{ .name = "people/first_password", .view = &FIRST_VIEW, .whole = true },
	{ 0 },
};
