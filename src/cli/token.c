/* plein token: access for machines, tied to an appointment, shown once, stored as a digest. */
#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "cli/cli.h"
#include "people/credential.h"
#include "people/people.h"
#include "people/session.h"
#include "platform/core/calendar.h"
#include "platform/crypto/token.h"
#include "server/open.h"

static const char HELP[] =
    "plein token - toegangssleutels voor machines\n"
    "\n"
    "  plein token create --person E-MAIL --days N [--role ROL] [--label TEKST] [--data MAP]\n"
    "      maakt een sleutel en toont hem, alleen nu; stuur hem mee als\n"
    "      Authorization: Bearer SLEUTEL\n";

enum { DAYS_MAX = 366 };
static const int64_t DAY_MS = INT64_C(86400000);

static enum status token_run(struct db_tx *tx, void *args, struct error *reterr)
{
	int64_t id;
	return api_token_insert(tx, args, &id, reterr);
}

enum status cli_capacity(struct plein *p, struct arena *a, const char *email, const char *role,
                         int64_t *ret, struct error *reterr)
{
	struct db_read *r = NULL;
	struct credential c;
	struct array list = { 0 };
	const int64_t now = clock_now_ms(p->clock);

	enum status st = db_read_begin(p->db, &r, reterr);
	if (st == OK)
		st = credential_by_email(r, email, a, &c, reterr);
	if (st == OK)
		st = session_capacities(r, c.person_id, local_day(now), now, a, &list, reterr);
	db_read_end(r);
	if (st == ERR_NOT_FOUND)
		return FAIL(reterr, ERR_INVALID, "Niemand heeft het e-mailadres %s.", email);
	const struct capacity *all = list.items;
	for (size_t i = 0; st == OK && i < list.count; i++)
		if (role == NULL || strcmp(access_role(all[i].role)->name, role) == 0) {
			*ret = all[i].appointment_id;
			return OK;
		}
	return st != OK ? st : FAIL(reterr, ERR_INVALID, "%s heeft nu geen rol die past.", email);
}

static enum status create(struct plein *p, struct arena *a, struct api_token_new *t,
                          const char *email, const char *role, struct out *o, struct error *reterr)
{
	struct token text = token_new();
	enum status st = cli_capacity(p, a, email, role, &t->appointment_id, reterr);
	if (st != OK)
		return st;
	t->digest = token_digest(p->token_key, "api", text.text);
	struct audit_event event = { .at_ms = t->now_ms,
		                     .action = AUDIT_TOKEN_CHANGE,
		                     .object_type = OBJECT_APPOINTMENT,
		                     .object_id = t->appointment_id };
	struct db_job job = { .run = token_run, .args = t, .event = &event };
	st = db_run(p->db, &job, reterr);
	if (st == OK)
		out_fmt(o, "%s\n", text.text);
	return st;
}

static enum status run(struct plein *p, struct arena *a, char **words, int word_count,
                       struct out *o, struct error *reterr)
{
	const char *email = cli_option(words, &word_count, "person");
	const char *days = cli_option(words, &word_count, "days");
	const char *role = cli_option(words, &word_count, "role");
	const char *label = cli_option(words, &word_count, "label");
	const long count = days != NULL ? strtol(days, NULL, 10) : 0;

	if (word_count != 1 || strcmp(words[0], "create") != 0 || email == NULL)
		return FAIL(reterr, ERR_INVALID,
		            "Schrijf: plein token create --person E-MAIL --days N.");
	if (count < 1 || count > DAYS_MAX)
		return FAIL(reterr, ERR_INVALID, "Kies --days van 1 tot en met %d.", DAYS_MAX);
	struct api_token_new t = { .now_ms = clock_now_ms(p->clock),
		                   .label = label != NULL ? label : "opdrachtregel" };
	t.expires_at = t.now_ms + count * DAY_MS;
	return create(p, a, &t, email, role, o, reterr);
}

const struct cli_task TOKEN_TASK = { "token", run, .creates = false };

int cli_token(int argc, char **argv)
{
	return cli_do(argc, argv, HELP, &TOKEN_TASK);
}
