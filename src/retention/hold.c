#include "retention/hold.h"

#include "audit/action.h"
#include "law/rules.h"
#include "platform/core/calendar.h"

const struct code HOLD_GROUNDS[] = {
	{ HOLD_STATUTORY_BAR, "STATUTORY_BAR", "Een andere wet verbiedt vernietigen nu" },
	{ HOLD_LEGAL_CLAIM, "LEGAL_CLAIM", "Nodig voor een rechtsvordering" },
	{ 0 },
};

static const struct state STATES[] = {
	{ HOLD_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ HOLD_PROPOSED, "PROPOSED", "Wacht op een tweede handtekening", LOOK_SIGN },
	{ HOLD_ACTIVE, "ACTIVE", "Geldt", LOOK_WAIT },
	{ HOLD_REFUSED, "REFUSED", "Afgewezen", LOOK_STOPPED },
	{ HOLD_LAPSED, "LAPSED", "Vervallen: niemand tekende", LOOK_STOPPED },
	{ HOLD_ENDED, "ENDED", "Voorbij", LOOK_DONE },
};
static const struct action ACTIONS[] = {
	{ HOLD_PROPOSE, "propose", "Stel de bewaarstop in" },
	{ HOLD_CONFIRM, "confirm", "Teken de bewaarstop" },
	{ HOLD_REFUSE, "refuse", "Wijs de bewaarstop af" },
	{ HOLD_LAPSE, "lapse", "Laat vervallen" },
	{ HOLD_END, "end", "Beëindig de bewaarstop" },
	{ HOLD_EXPIRE, "expire", "Laat aflopen" },
};

static struct verdict is_another(const void *picture)
{
	const struct hold_picture *p = picture;

	return p->own
	           ? verdict_no("X-16", NULL,
	                        "U stelde deze bewaarstop zelf in. Daarom moet een ander tekenen.",
	                        "Vraag het hoofd of een andere coördinerend FG.")
	           : verdict_yes();
}

#define R(name) ROLE_BIT(ROLE_##name)
static const uint64_t SETTERS = R(COORD_DPO);
static const uint64_t SIGNERS = R(COORD_DPO) | R(RIEC_HEAD);

#define MOVE(from_, action_, to_, who_, guard_, eyes_)                                             \
	{                                                                                          \
		HOLD_##from_, HOLD_##action_, HOLD_##to_, (who_), (guard_), (eyes_),               \
		    AUDIT_HOLD_MOVE, "D 6.3; WGS 1.8(7); X-17"                                     \
	}
static const struct move MOVES[] = {
	MOVE(NONE, PROPOSE, PROPOSED, SETTERS, NULL, ONE_PERSON),
	MOVE(PROPOSED, CONFIRM, ACTIVE, SIGNERS, is_another, FOUR_EYES),
	MOVE(PROPOSED, REFUSE, REFUSED, SIGNERS, NULL, ONE_PERSON),
	MOVE(PROPOSED, LAPSE, LAPSED, 0, NULL, ONE_PERSON),
	MOVE(ACTIVE, END, ENDED, SETTERS, NULL, ONE_PERSON),
	MOVE(ACTIVE, EXPIRE, ENDED, 0, NULL, ONE_PERSON),
};

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))
const struct machine HOLD_MACHINE = {
	.name = "destruction-hold",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

struct verdict hold_until(int ground, int32_t until, int32_t today)
{
	const bool known = ground == HOLD_STATUTORY_BAR || ground == HOLD_LEGAL_CLAIM;
	const struct verdict v = law_x17_hold(ground != 0, known, until, today + 1);

	if (!verdict_allows(v))
		return v;
	return until <= day_add_years(today, HOLD_MAX_YEARS)
	           ? v
	           : verdict_no("X-17", NULL, "Een bewaarstop duurt ten hoogste een jaar.",
	                        "Kies een dag binnen een jaar. Daarna kan een nieuwe.");
}

bool hold_keeps(uint8_t state)
{
	return state == HOLD_PROPOSED || state == HOLD_ACTIVE;
}

const char *hold_what(struct arena *a, const struct hold *h)
{
	return h->subject == 0
	           ? h->reference
	           : arena_printf(a, "%s, betrokkene %lld", h->reference, (long long)h->subject);
}
