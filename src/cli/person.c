/* plein person: who works with Plein; and a new start for who lost phone and codes. */
#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "cli/cli.h"
#include "people/credential.h"
#include "people/people.h"
#include "people/session.h"
#include "platform/crypto/password.h"
#include "platform/crypto/token.h"
#include "server/open.h"

static const char HELP[] =
    "plein person - mensen die met Plein werken\n"
    "\n"
    "  plein person list [--data MAP] [--json]\n"
    "      e-mail, rol en organisatie van iedereen met een rol die nu geldt\n"
    "  plein person restart --person E-MAIL [--data MAP]\n"
    "      nieuwe start: een eenmalig wachtwoord, en de telefoon opnieuw koppelen\n";

enum {
	PAGE = 100,
	ONCE_LETTERS = 16, /* 96 bits, short enough to read aloud once */
};

struct listing {
	struct out *o;
	bool json;
	size_t count;
};

static void print_one(struct listing *l, const struct person *p, const struct appointment *a)
{
	const char *role = access_role(a->role)->name;

	if (!l->json) {
		out_fmt(l->o, "%-40s %-24s %s\n", p->email, role, a->on_behalf);
		return;
	}
	if (l->count++ > 0)
		OUT_LIT(l->o, ",\n");
	OUT_LIT(l->o, "  {\"email\":");
	out_json(l->o, p->email);
	OUT_LIT(l->o, ",\"name\":");
	out_json(l->o, p->full_name);
	OUT_LIT(l->o, ",\"role\":");
	out_json(l->o, role);
	OUT_LIT(l->o, ",\"participant\":");
	out_json(l->o, a->participant);
	OUT_LIT(l->o, ",\"onBehalf\":");
	out_json(l->o, a->on_behalf);
	OUT_LIT(l->o, ",\"state\":");
	out_json(l->o, machine_state(&ACCOUNT_MACHINE, p->state)->name);
	OUT_LIT(l->o, "}");
}

static enum status print_person(struct db_read *r, struct arena *a, struct listing *l,
                                const struct person *p, struct error *reterr)
{
	struct array list = { 0 };
	enum status st = appointment_list(r, p->id, a, &list, reterr);
	const struct appointment *all = list.items;

	for (size_t i = 0; st == OK && i < list.count; i++)
		if (all[i].state == APPOINTMENT_IN_FORCE)
			print_one(l, p, &all[i]);
	return st;
}

static enum status print_all(struct db_read *r, struct arena *a, struct listing *l,
                             struct error *reterr)
{
	const struct people_scope scope = { .all = true };
	struct person_filter f = { .limit = PAGE };
	struct array page = { 0 };
	enum status st;

	do {
		st = person_list(r, &scope, &f, a, &page, reterr);
		const struct person *all = page.items;
		for (size_t i = 0; st == OK && i < page.count; i++)
			st = print_person(r, a, l, &all[i], reterr);
		if (st == OK && page.count > 0) {
			const struct person *last = &all[page.count - 1];
			f.after_key = last->sort_key;
			f.after_len = last->sort_key_len;
			f.after_id = last->id;
		}
	} while (st == OK && page.count == PAGE);
	return st;
}

static enum status list(struct plein *p, struct arena *a, bool json, struct out *o,
                        struct error *reterr)
{
	struct listing l = { .o = o, .json = json };
	struct db_read *r = NULL;

	if (json)
		OUT_LIT(o, "[\n");
	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = print_all(r, a, &l, reterr);
	db_read_end(r);
	if (json)
		OUT_LIT(o, "\n]\n");
	return st;
}

/* ---- a new start ------------------------------------------------------------------- */

struct restart {
	int64_t person_id, now_ms;
	const char *hash;
};

static enum status restart_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct restart *in = args;
	enum status st =
	    credential_set_password(tx, in->person_id, in->hash, true, in->now_ms, reterr);
	if (st == OK)
		st = credential_drop_totp(tx, in->person_id, reterr);
	if (st == OK)
		st = session_end_others(tx, in->person_id, 0, in->now_ms, reterr);
	return st;
}

static enum status find_person(struct plein *p, struct arena *a, const char *email,
                               struct credential *ret, struct error *reterr)
{
	struct db_read *r = NULL;
	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = credential_by_email(r, email, a, ret, reterr);
	db_read_end(r);
	if (st == ERR_NOT_FOUND)
		return FAIL(reterr, ERR_INVALID, "Niemand heeft het e-mailadres %s.", email);
	return st;
}

static enum status restart(struct plein *p, struct arena *a, const char *email, struct out *o,
                           struct error *reterr)
{
	struct credential c;
	struct password_hash hash;
	const struct token whole = token_new();
	char once[ONCE_LETTERS + 1];

	if (email == NULL)
		return FAIL(reterr, ERR_INVALID, "Noem de persoon: --person E-MAIL.");
	(void)snprintf(once, sizeof once, "%.*s", ONCE_LETTERS, whole.text);
	enum status st = find_person(p, a, email, &c, reterr);
	if (st == OK)
		st = password_hash(once, &hash, reterr);
	if (st != OK)
		return st;
	struct audit_event event = { .at_ms = clock_now_ms(p->clock),
		                     .action = AUDIT_ADMIN,
		                     .object_type = OBJECT_PERSON,
		                     .object_id = c.person_id };
	struct restart in = { c.person_id, event.at_ms, hash.text };
	struct db_job job = { .run = restart_run, .args = &in, .event = &event };
	st = db_run(p->db, &job, reterr);
	if (st == OK)
		out_fmt(o, "Eenmalig wachtwoord voor %s: %s\n", c.email, once);
	return st;
}

static enum status run(struct plein *p, struct arena *a, char **words, int word_count,
                       struct out *o, struct error *reterr)
{
	bool json = cli_flag(words, &word_count, "json");
	const char *email = cli_option(words, &word_count, "person");

	if (word_count == 1 && strcmp(words[0], "list") == 0)
		return list(p, a, json, o, reterr);
	if (word_count == 1 && strcmp(words[0], "restart") == 0)
		return restart(p, a, email, o, reterr);
	return FAIL(reterr, ERR_INVALID, "Kies list of restart. Kijk bij --help.");
}

const struct cli_task PERSON_TASK = { "person", run, .creates = false };

int cli_person(int argc, char **argv)
{
	return cli_do(argc, argv, HELP, &PERSON_TASK);
}
