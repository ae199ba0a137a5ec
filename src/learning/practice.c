#include "learning/practice.h"

#include "audit/action.h"

static const struct state STATES[] = {
	{ PRACTICE_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ PRACTICE_OFFERED, "OFFERED", "Wacht op een tweede lezer", LOOK_SIGN },
	{ PRACTICE_RETURNED, "RETURNED", "Terug bij de schrijver", LOOK_WAIT },
	{ PRACTICE_PUBLISHED, "PUBLISHED", "Gepubliceerd", LOOK_DONE },
	{ PRACTICE_WITHDRAWN, "WITHDRAWN", "Ingetrokken", LOOK_STOPPED },
};
static const struct action ACTIONS[] = {
	{ PRACTICE_OFFER, "offer", "Bied aan" },
	{ PRACTICE_PUBLISH, "publish", "Publiceer voor alle gemeenten" },
	{ PRACTICE_RETURN, "return", "Geef terug aan de schrijver" },
	{ PRACTICE_OFFER_AGAIN, "offer-again", "Bied opnieuw aan" },
	{ PRACTICE_WITHDRAW, "withdraw", "Trek in" },
};

static const struct verdict YES = { .kind = VERDICT_YES };

static struct verdict no(const char *sentence, const char *next)
{
	return (struct verdict){ .kind = VERDICT_NO, .sentence = sentence, .next = next };
}

static struct verdict may_publish(const void *picture)
{
	const struct practice_picture *p = picture;

	if (p->writer)
		return no("U schreef dit zelf. Een ander leest het na.",
		          "Vraag een collega om het te lezen.");
	return p->nothing_personal
	           ? YES
	           : no("Zeg eerst dat er niets in staat dat naar een persoon wijst.",
	                "Zet het vinkje als u alles hebt gelezen.");
}

static struct verdict may_return(const void *picture)
{
	const struct practice_picture *p = picture;

	if (p->writer)
		return no("U schreef dit zelf. U kunt het intrekken.", NULL);
	return p->remark_given ? YES : no("Schrijf op wat anders moet.", "Vul de opmerking in.");
}

static struct verdict is_writer(const void *picture)
{
	const struct practice_picture *p = picture;
	return p->writer ? YES : no("De schrijver past de tekst aan.", NULL);
}

#define R(name) ROLE_BIT(ROLE_##name)
static const uint64_t WRITERS = R(ANALYST) | R(INFO_COORDINATOR) | R(INTERVENTION_LEAD) |
                                R(WORKING_GROUP) | R(EXPERT) | R(ACCOUNT_MANAGER) |
                                R(MUNICIPAL_CONTACT) | R(RIEC_HEAD);
static const uint64_t CHECKERS = R(INFO_COORDINATOR) | R(RIEC_HEAD);

#define MOVE(from_, action_, to_, who_, guard_, eyes_)                                             \
	{                                                                                          \
		PRACTICE_##from_, PRACTICE_##action_, PRACTICE_##to_, (who_), (guard_), (eyes_),   \
		    AUDIT_PRACTICE_WRITE, "WGS 1.7(4); decisions 4.4"                              \
	}
static const struct move MOVES[] = {
	MOVE(NONE, OFFER, OFFERED, WRITERS, NULL, ONE_PERSON),
	MOVE(OFFERED, PUBLISH, PUBLISHED, CHECKERS, may_publish, FOUR_EYES),
	MOVE(OFFERED, RETURN, RETURNED, CHECKERS, may_return, ONE_PERSON),
	MOVE(RETURNED, OFFER_AGAIN, OFFERED, WRITERS, is_writer, ONE_PERSON),
	MOVE(OFFERED, WITHDRAW, WITHDRAWN, WRITERS, is_writer, ONE_PERSON),
	MOVE(RETURNED, WITHDRAW, WITHDRAWN, WRITERS, is_writer, ONE_PERSON),
	MOVE(PUBLISHED, WITHDRAW, WITHDRAWN, CHECKERS, NULL, ONE_PERSON),
};

#define COUNT(table) (sizeof(table) / sizeof((table)[0]))
const struct machine PRACTICE_MACHINE = {
	.name = "good-practice",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

bool practice_visible(uint8_t state, bool writer, enum role role)
{
	return state == PRACTICE_PUBLISHED || writer || (CHECKERS & ROLE_BIT(role)) != 0;
}
