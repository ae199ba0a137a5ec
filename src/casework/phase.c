#include "casework/phase.h"

#include "audit/action.h"
#include "law/statute.h"

static const struct state STATES[] = {
	{ PHASE_NONE, "NONE", "Dicht", LOOK_DRAFT },
	{ PHASE_PROPOSED, "PROPOSED", "Voorgesteld", LOOK_SIGN },
	{ PHASE_AGREED, "AGREED", "Politie of OM stemt in", LOOK_SIGN },
	{ PHASE_OPENED, "OPENED", "Open", LOOK_DONE },
	{ PHASE_REFUSED, "REFUSED", "Niet geopend", LOOK_STOPPED },
	{ PHASE_WITHDRAWN, "WITHDRAWN", "Ingetrokken", LOOK_STOPPED },
};
static const struct action ACTIONS[] = {
	{ PHASE_PROPOSE, "propose", "Stel voor" },  { PHASE_AGREE, "agree", "Stem in" },
	{ PHASE_OPEN, "open", "Teken: fase open" }, { PHASE_REFUSE, "refuse", "Open niet" },
	{ PHASE_WITHDRAW, "withdraw", "Trek in" },
};

static struct verdict no(const char *sentence, const char *next)
{
	return verdict_no("R-2", "WGS, artikel 2.23, zesde lid", sentence, next);
}

static struct verdict live(const struct phase_picture *p)
{
	if (!p->casefile_live)
		return no("Aan deze casus werkt niemand meer.", NULL);
	return verdict_yes();
}

static struct verdict may_agree(const void *picture)
{
	const struct phase_picture *p = picture;
	const struct verdict v = live(p);

	if (!verdict_allows(v))
		return v;
	if (p->opening.phase != PHASE_3)
		return no("Fase 2 vraagt geen instemming van politie of OM.", NULL);
	if (p->letter != LETTER_POLICE && p->letter != LETTER_OM)
		return no("Alleen de politie of het OM kan instemmen.", NULL);
	return law_x16_four_eyes(p->opening.proposer_id, p->opening.second_id);
}

static struct verdict may_open(const void *picture)
{
	const struct phase_picture *p = picture;
	const struct verdict v = live(p);

	return verdict_allows(v) ? law_r2_open_phase(&p->opening) : v;
}

static struct verdict by_another(const void *picture)
{
	const struct phase_picture *p = picture;
	return law_x16_four_eyes(p->opening.proposer_id, p->opening.second_id);
}

static struct verdict by_himself(const void *picture)
{
	const struct phase_picture *p = picture;
	if (p->opening.proposer_id != p->opening.second_id)
		return no("Alleen wie dit voorstelde, kan het intrekken.", NULL);
	return verdict_yes();
}

#define MOVE(from_, action_, to_, who_, guard_)                                                    \
	{                                                                                          \
		.from = PHASE_##from_, .action = PHASE_##action_, .to = PHASE_##to_,               \
		.who = (who_), .guard = (guard_), .audit_action = AUDIT_PHASE,                     \
		.source = "decisions 3.1; WGS 2.23(6)"                                             \
	}
#define COORDINATOR ROLE_BIT(ROLE_INFO_COORDINATOR)
#define ANALYSTS    ROLE_BIT(ROLE_ANALYST)
#define GROUP       ROLE_BIT(ROLE_WORKING_GROUP)

static const struct move MOVES[] = {
	MOVE(PROPOSED, AGREE, AGREED, GROUP, may_agree),
	MOVE(PROPOSED, OPEN, OPENED, COORDINATOR, may_open),
	MOVE(AGREED, OPEN, OPENED, COORDINATOR, may_open),
	MOVE(PROPOSED, REFUSE, REFUSED, COORDINATOR, by_another),
	MOVE(AGREED, REFUSE, REFUSED, COORDINATOR, by_another),
	MOVE(PROPOSED, WITHDRAW, WITHDRAWN, ANALYSTS, by_himself),
	MOVE(AGREED, WITHDRAW, WITHDRAWN, ANALYSTS, by_himself),
};
#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct machine PHASE_MACHINE = {
	.name = "phase",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

struct verdict phase_may_propose(const struct law_opening *o)
{
	struct law_opening asked = *o;
	asked.police_om_agreed = true;
	asked.second_id = 0;
	const struct verdict v = law_r2_open_phase(&asked);

	return v.kind == VERDICT_ONLY_IF ? verdict_yes() : v;
}

bool phase_shows_heavy(enum role role, bool named_heavy)
{
	return role == ROLE_ANALYST || role == ROLE_INFO_COORDINATOR || named_heavy;
}
