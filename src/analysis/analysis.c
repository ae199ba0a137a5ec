#include "analysis/analysis.h"

#include <string.h>

#include "audit/action.h"
#include "casework/casefile.h"
#include "casework/phase.h"
#include "law/rules.h"
#include "platform/core/calendar.h"

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

/* ---- sections ---------------------------------------------------------------------------------- */

static const struct analysis_heading BEFORE[] = {
	{ SECTION_QUESTION, "QUESTION", "De vraag",
	  "Wat willen de partners weten, en waarom nu? Eén of twee zinnen.", false },
	{ SECTION_SUBJECTS, "SUBJECTS", "Wie en wat",
	  "Wie zijn erbij betrokken, wat is hun rol, en wat bindt hen?", false },
	{ SECTION_MODUS_OPERANDI, "MODUS_OPERANDI", "Werkwijze",
	  "Hoe gaat het in zijn werk? Van begin tot eind.", false },
};
static const struct analysis_heading AFTER[] = {
	{ SECTION_OPPORTUNITIES, "OPPORTUNITIES", "Gelegenheid",
	  "Wat maakt dit mogelijk? Plekken, regels, dienstverleners, gewoonten.", false },
	{ SECTION_GAPS, "GAPS", "Wat wij niet weten",
	  "Welke vragen staan open? Wat spreekt elkaar tegen?", false },
	{ SECTION_CONCLUSIONS, "CONCLUSIONS", "Conclusies",
	  "Wat volgt hieruit? Noem alleen wat op gegevens rust.", false },
};
static const char *const STEP_NAMES[BARRIER_STEPS_MAX] = { "STEP_1", "STEP_2", "STEP_3",
	                                                   "STEP_4", "STEP_5", "STEP_6",
	                                                   "STEP_7", "STEP_8", "STEP_9" };

/* Themes by their code in signals/theme.h; 0 is any other. */
static const struct {
	int theme;
	const char *steps[BARRIER_STEPS_MAX];
} STEPS[] = {
	{ 1, { "Werven", "Vervoeren", "Huisvesten", "Uitbuiten", "Opbrengst gebruiken" } },
	{ 2,
	  { "Plek vinden", "Inrichten", "Stroom en water", "Kweken", "Oogsten en drogen",
	    "Vervoer en handel", "Opbrengst gebruiken" } },
	{ 3,
	  { "Grondstoffen en plek", "Maken of invoeren", "Opslaan", "Vervoer en handel",
	    "Afval kwijtraken", "Opbrengst gebruiken" } },
	{ 4, { "Kopen", "Financieren", "Gereedmaken", "Verhuren of doorverkopen", "Gebruiken" } },
	{ 5, { "Inbrengen", "Verhullen", "Rechtvaardigen", "Besteden" } },
	{ 9, { "Werven", "Vervoeren", "Huisvesten", "Uitbuiten", "Opbrengst gebruiken" } },
	{ 0,
	  { "Voorbereiden", "Inrichten en verhullen", "Uitvoeren", "Vervoer en handel",
	    "Opbrengst gebruiken" } },
};

static const char *const *steps_of(int theme)
{
	for (size_t i = 0; i < COUNT(STEPS); i++)
		if (STEPS[i].theme == theme)
			return STEPS[i].steps;
	return STEPS[COUNT(STEPS) - 1].steps;
}

size_t analysis_template(int theme, struct analysis_heading ret[ANALYSIS_SECTIONS_MAX])
{
	const char *const *steps = steps_of(theme);
	size_t count = 0;

	for (size_t i = 0; i < COUNT(BEFORE); i++)
		ret[count++] = BEFORE[i];
	for (int i = 0; i < BARRIER_STEPS_MAX && steps[i] != NULL; i++)
		ret[count++] = (struct analysis_heading){
			SECTION_STEP_1 + i, STEP_NAMES[i], steps[i],
			"Wie helpt hier, wat valt op, en welke drempel werkt?", true
		};
	for (size_t i = 0; i < COUNT(AFTER); i++)
		ret[count++] = AFTER[i];
	return count;
}

const struct analysis_heading *analysis_heading_of(const struct analysis_heading *list,
                                                   size_t count, int section)
{
	for (size_t i = 0; i < count; i++)
		if (list[i].section == section)
			return &list[i];
	return NULL;
}

const struct analysis_heading *analysis_heading_named(const struct analysis_heading *list,
                                                      size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(list[i].name, name) == 0)
			return &list[i];
	return NULL;
}

/* ---- who ----------------------------------------------------------------------------------------- */

int analysis_level(enum role role, bool named_heavy)
{
	if (!access_permits(role, PERM_ANALYSIS_READ))
		return 0;
	return casefile_reads_phase(role, named_heavy);
}

bool analysis_tells_left_out(enum role role, bool named_heavy)
{
	return phase_shows_heavy(role, named_heavy);
}

/* ---- review ---------------------------------------------------------------------------------------- */

int64_t review_last_day(int64_t gone_on, int32_t today)
{
	if (gone_on > today)
		return gone_on;
	return working_days_add(today, REVIEW_GONE_WORKING_DAYS, NULL);
}

bool review_is_due(int64_t gone_on, int32_t today)
{
	return gone_on - today <= REVIEW_WARN_DAYS;
}

/* ---- a fixed version ---------------------------------------------------------------------------------- */

static const struct state FROZEN_STATES[] = {
	{ FROZEN_NONE, "NONE", "Nog niet", LOOK_DRAFT },
	{ FROZEN_PROPOSED, "PROPOSED", "Wacht op een tweede handtekening", LOOK_SIGN },
	{ FROZEN_SIGNED, "SIGNED", "Vastgesteld", LOOK_DONE },
	{ FROZEN_WITHDRAWN, "WITHDRAWN", "Ingetrokken", LOOK_STOPPED },
};
static const struct action FROZEN_ACTIONS[] = {
	{ FROZEN_PROPOSE, "propose", "Leg vast en teken" },
	{ FROZEN_SIGN, "sign", "Teken mee" },
	{ FROZEN_WITHDRAW, "withdraw", "Trek in" },
};

static const struct verdict YES = { .kind = VERDICT_YES };

static struct verdict may_propose(const void *picture)
{
	const struct frozen_picture *p = picture;

	if (!p->casefile_live)
		return verdict_no_by(NULL, "Aan deze casus werkt niemand meer.", NULL);
	if (p->paragraphs == 0)
		return verdict_no_by(NULL, "Er staat nog niets in de analyse.", NULL);
	if (!p->reads_all)
		return verdict_no_by(NULL, "Alleen wie alles leest, kan de analyse vastleggen.",
		                     NULL);
	if (p->reviews > 0)
		return verdict_no_by(
		    NULL, "Er wachten alinea's op een tweede blik. Kijk die eerst na.", NULL);
	if (!p->has_conclusion)
		return verdict_no_by(NULL, "Schrijf eerst een conclusie.", NULL);
	return YES;
}

static struct verdict may_sign(const void *picture)
{
	const struct frozen_picture *p = picture;

	if (!p->casefile_live)
		return verdict_no_by(NULL, "Aan deze casus werkt niemand meer.", NULL);
	if (!p->reads_all)
		return verdict_no_by(NULL, "Alleen wie alles leest, kan meetekenen.", NULL);
	return law_x16_four_eyes(p->drafter_id, p->actor_id);
}

static struct verdict by_drafter(const void *picture)
{
	const struct frozen_picture *p = picture;

	return p->drafter_id == p->actor_id
	           ? YES
	           : verdict_no_by(NULL, "Alleen wie dit vastlegde, kan het intrekken.", NULL);
}

#define SIGNERS (ROLE_BIT(ROLE_ANALYST) | ROLE_BIT(ROLE_INFO_COORDINATOR))
#define MOVE(from_, action_, to_, guard_)                                                          \
	{                                                                                          \
		.from = FROZEN_##from_, .action = FROZEN_##action_, .to = FROZEN_##to_,            \
		.who = SIGNERS, .guard = (guard_), .audit_action = AUDIT_ANALYSIS_FREEZE,          \
		.source = "issue 4, item 5; decisions 3.1 (second person)"                         \
	}
static const struct move FROZEN_MOVES[] = {
	MOVE(NONE, PROPOSE, PROPOSED, may_propose),
	MOVE(PROPOSED, SIGN, SIGNED, may_sign),
	MOVE(PROPOSED, WITHDRAW, WITHDRAWN, by_drafter),
};

const struct machine FROZEN_MACHINE = {
	.name = "frozen-analysis",
	.states = FROZEN_STATES,
	.state_count = COUNT(FROZEN_STATES),
	.actions = FROZEN_ACTIONS,
	.action_count = COUNT(FROZEN_ACTIONS),
	.moves = FROZEN_MOVES,
	.move_count = COUNT(FROZEN_MOVES),
};
