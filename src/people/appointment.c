#include "people/appointment.h"

#include "audit/action.h"

static const struct state STATES[] = {
	{ APPOINTMENT_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ APPOINTMENT_PROPOSED, "PROPOSED", "Wacht op tweede handtekening", LOOK_SIGN },
	{ APPOINTMENT_IN_FORCE, "IN_FORCE", "Geldt", LOOK_DONE },
	{ APPOINTMENT_REFUSED, "REFUSED", "Afgewezen", LOOK_STOPPED },
	{ APPOINTMENT_ENDED, "ENDED", "Beëindigd", LOOK_STOPPED },
};

static const struct action ACTIONS[] = {
	{ APPOINTMENT_PROPOSE, "propose", "Stel deze rol voor" },
	{ APPOINTMENT_GRANT, "grant", "Geef deze rol" },
	{ APPOINTMENT_CONFIRM, "confirm", "Teken mee" },
	{ APPOINTMENT_REFUSE, "refuse", "Wijs af" },
	{ APPOINTMENT_END, "end", "Beëindig deze rol" },
};

bool appointment_role_fits(enum role role, char letter, bool bureau)
{
	const struct role_row *row = access_role(role);

	if (row == NULL)
		return false;
	if (role == ROLE_AUTHORISATION_MANAGER)
		return true; /* the bureau is an employer too: somebody must sign beside its head */
	if (row->bureau != bureau)
		return false;
	if (role == ROLE_MAYOR_READER)
		return letter == 'h';
	return true;
}

static struct verdict may_touch(const struct appointment_picture *p)
{
	if (p->actor_is_subject)
		return verdict_no("X-16", NULL, "U kunt uzelf geen rol geven of afnemen.",
		                  "Vraag een andere beheerder.");
	if (!p->actor_same_employer && !p->actor_is_head)
		return verdict_no(
		    NULL, NULL, "Alleen de eigen organisatie van deze persoon mag dit doen.", NULL);
	return verdict_yes();
}

static struct verdict propose(const void *picture)
{
	const struct appointment_picture *p = picture;
	struct verdict v = may_touch(p);
	if (!verdict_allows(v))
		return v;
	if (!p->account_open)
		return verdict_no(NULL, NULL, "Dit account is ingetrokken.",
		                  "Vraag een nieuw account aan.");
	if (!p->role_fits)
		return verdict_no(NULL, NULL, "Deze rol past niet bij deze organisatie.",
		                  "Kies een andere rol.");
	return verdict_yes();
}

static struct verdict grant(const void *picture)
{
	const struct appointment_picture *p = picture;
	const struct role_row *row = access_role(p->role);
	if (row == NULL || row->four_eyes)
		return verdict_no("X-16", NULL, "Voor deze rol moet een tweede persoon tekenen.",
		                  "Stel de rol voor; een ander tekent mee.");
	return propose(picture);
}

static struct verdict confirm(const void *picture)
{
	const struct appointment_picture *p = picture;
	if (p->actor_is_proposer)
		return verdict_no("X-16", NULL,
		                  "U schreef dit zelf. Daarom moet een ander tekenen.", NULL);
	return propose(picture);
}

static struct verdict refuse(const void *picture)
{
	return may_touch(picture);
}

static struct verdict end(const void *picture)
{
	const struct appointment_picture *p = picture;
	struct verdict v = may_touch(p);
	if (!verdict_allows(v))
		return v;
	if (p->open_work > 0 && !p->successor_named)
		return verdict_no(NULL, NULL,
		                  "Op deze rol staat nog werk. Kies eerst een opvolger.",
		                  "Kies wie het werk overneemt.");
	return verdict_yes();
}

static const uint64_t PROPOSERS = ROLE_BIT(ROLE_AUTHORISATION_MANAGER) | ROLE_BIT(ROLE_RIEC_HEAD);
static const uint64_t CONFIRMERS = ROLE_BIT(ROLE_RIEC_HEAD) | ROLE_BIT(ROLE_AUTHORISATION_MANAGER);

#define MOVE(from_, action_, to_, who_, guard_, eyes_)                                             \
	{                                                                                          \
		.from = APPOINTMENT_##from_, .action = APPOINTMENT_##action_,                      \
		.to = APPOINTMENT_##to_, .who = (who_), .guard = (guard_), .eyes = (eyes_),        \
		.audit_action = AUDIT_ROLE_CHANGE, .source = "D 2.2 (e), D 6.8"                    \
	}

static const struct move MOVES[] = {
	MOVE(NONE, PROPOSE, PROPOSED, PROPOSERS, propose, ONE_PERSON),
	MOVE(NONE, GRANT, IN_FORCE, PROPOSERS, grant, ONE_PERSON),
	MOVE(PROPOSED, CONFIRM, IN_FORCE, CONFIRMERS, confirm, FOUR_EYES),
	MOVE(PROPOSED, REFUSE, REFUSED, CONFIRMERS, refuse, ONE_PERSON),
	MOVE(IN_FORCE, END, ENDED, PROPOSERS, end, ONE_PERSON),
};

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct machine APPOINTMENT_MACHINE = {
	.name = "appointment",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};
