#include "advice/quick_action.h"

#include "audit/action.h"
#include "casework/casefile.h"

const struct code QUICK_GROUNDS[] = {
	{ QUICK_OWN_KNOWLEDGE, "OWN_KNOWLEDGE", "Alleen op wat deze deelnemer zelf weet" },
	{ QUICK_NO_PERSONS, "NO_PERSONS", "Niet op gegevens over personen" },
	{ QUICK_OF_OTHERS, "OF_OTHERS", "Ook op gegevens van een ander" },
	{ 0 },
};

static const struct state STATES[] = {
	{ QUICK_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ QUICK_ASKED, "ASKED", "Wacht op besluit", LOOK_SIGN },
	{ QUICK_APPROVED, "APPROVED", "Besloten: doen", LOOK_DONE },
	{ QUICK_REJECTED, "REJECTED", "Besloten: niet doen", LOOK_STOPPED },
	{ QUICK_WITHDRAWN, "WITHDRAWN", "Ingetrokken", LOOK_GONE },
};

static const struct action ACTIONS[] = {
	{ QUICK_ASK, "ask", "Vraag een besluit" },
	{ QUICK_APPROVE, "approve", "Besluit: doen" },
	{ QUICK_REJECT, "reject", "Besluit: niet doen" },
	{ QUICK_WITHDRAW, "withdraw", "Trek in" },
};

static const struct verdict YES = { .kind = VERDICT_YES };

struct verdict quick_may_rest_on(enum quick_ground ground)
{
	if (ground != QUICK_OF_OTHERS)
		return YES;
	return verdict_no_by("WGS, artikel 1.7, eerste lid",
	                     "Een ander kan dan nog bezwaar maken tegen het gebruik.",
	                     "Zet het in het advies: daar vraagt u elke bron.");
}

static struct verdict in_time(const struct quick_picture *p)
{
	return p->before_advice
	           ? YES
	           : verdict_no_by(NULL, "Het advies is al getekend, of de casus is verder.",
	                           "Een snelle actie is er voor de tijd daarvoor.");
}

static struct verdict may_ask(const void *picture)
{
	const struct quick_picture *p = picture;
	const struct verdict v = in_time(p);

	if (!verdict_allows(v))
		return v;
	if (p->weight == WEIGHT_HEAVY)
		return verdict_no_by(NULL, "Een zwaar traject is geen snelle actie.",
		                     "Zet het in het advies.");
	return quick_may_rest_on(p->ground);
}

static struct verdict may_approve(const void *picture)
{
	const struct quick_picture *p = picture;
	const struct verdict v = in_time(p);

	if (!verdict_allows(v))
		return v;
	if (p->actor_person_id == p->asker_person_id)
		return verdict_no_by(NULL, "U vroeg dit zelf. Een ander besluit.", NULL);
	if (!p->mandate_covers)
		return verdict_no_by(
		    NULL, "Geen mandaat van de Stuurploeg dekt dit gewicht en deze uren.",
		    "Vraag de Stuurploeg om een mandaat, of zet het in het advies.");
	if (!p->lead_chosen)
		return verdict_no_by(NULL, "Kies wie de regie voert.", NULL);
	return YES;
}

static struct verdict may_reject(const void *picture)
{
	const struct quick_picture *p = picture;
	return p->reason_given ? YES : verdict_no_by(NULL, "Schrijf op waarom niet.", NULL);
}

#define R(name) ROLE_BIT(ROLE_##name)
#define MOVE(from_, action_, to_, who_, guard_, eyes_, audit_, source_)                            \
	{                                                                                          \
		.from = QUICK_##from_, .action = QUICK_##action_, .to = QUICK_##to_,               \
		.who = (who_), .guard = (guard_), .eyes = (eyes_),                                 \
		.audit_action = AUDIT_QUICK_##audit_, .source = (source_)                          \
	}
static const struct move MOVES[] = {
	MOVE(NONE, ASK, ASKED, R(ANALYST) | R(WORKING_GROUP), may_ask, FOUR_EYES, ASK,
	     "decisions 2.7; WGS 1.3(4)"),
	MOVE(ASKED, APPROVE, APPROVED, R(RIEC_HEAD), may_approve, ONE_PERSON, DECIDE,
	     "decisions 2.7; D 6.4, four eyes"),
	MOVE(ASKED, REJECT, REJECTED, R(RIEC_HEAD), may_reject, ONE_PERSON, DECIDE,
	     "decisions 2.7"),
	MOVE(ASKED, WITHDRAW, WITHDRAWN, R(ANALYST) | R(WORKING_GROUP), NULL, ONE_PERSON, ASK,
	     "decisions 2.7"),
};

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct machine QUICK_MACHINE = {
	.name = "quick_action",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

bool quick_in_time(uint8_t casefile_state)
{
	return casefile_state == CASEFILE_OPEN || casefile_state == CASEFILE_ANALYSIS ||
	       casefile_state == CASEFILE_ADVICE_DRAFT;
}
