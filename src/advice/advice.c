#include "advice/advice.h"

#include "audit/action.h"
#include "casework/casefile.h"

/* Labels are those of law/instruments.h; a test holds them side by side. */
const struct code ADVICE_KINDS[] = {
	{ INTERVENTION_ADMIN, "ADMIN", "Bestuurlijk" },
	{ INTERVENTION_FISCAL, "FISCAL", "Fiscaal" },
	{ INTERVENTION_CRIMINAL, "CRIMINAL", "Strafrechtelijk" },
	{ INTERVENTION_CIVIL, "CIVIL", "Civielrechtelijk" },
	{ INTERVENTION_COMM, "COMM", "Communicatie" },
	{ INTERVENTION_PREVENT, "PREVENT", "Gesprek en preventie" },
	{ 0 },
};
const struct code ADVICE_WEIGHTS[] = {
	{ WEIGHT_LIGHT, "LIGHT", "Licht" },
	{ WEIGHT_MEDIUM, "MEDIUM", "Middel" },
	{ WEIGHT_HEAVY, "HEAVY", "Zwaar" },
	{ 0 },
};
/* The steps that the models of D 3.5 share, in their order; a step of no model is the last. */
const struct code ADVICE_BARRIERS[] = {
	{ 1, "ENTRY", "Binnenkomen" },
	{ 2, "STAY", "Verblijven en huisvesten" },
	{ 3, "INFRASTRUCTURE", "Gebruik van panden en voorzieningen" },
	{ 4, "ACQUIRING", "Een bedrijf of park overnemen" },
	{ 5, "INVESTING", "Investeren en inrichten" },
	{ 6, "OFFENCE", "Het strafbare feit zelf" },
	{ 7, "STORAGE", "Opslaan" },
	{ 8, "TRADE", "Vervoeren en verhandelen" },
	{ 9, "PROCEEDS", "Winst gebruiken en witwassen" },
	{ 10, "OTHER", "Een andere stap" },
	{ 0 },
};
const struct code FEASIBILITIES[] = {
	{ FEASIBLE_NOT_ASKED, "NOT_ASKED", "Nog niet gevraagd" },
	{ FEASIBLE_ASKED, "ASKED", "Gevraagd" },
	{ FEASIBLE_YES, "YES", "Uitvoerbaar" },
	{ FEASIBLE_OTHER_HOURS, "OTHER_HOURS", "Uitvoerbaar, met andere uren" },
	{ FEASIBLE_NO, "NO", "Niet uitvoerbaar" },
	{ 0 },
};
const struct code FEASIBILITY_ANSWERS[] = {
	{ FEASIBLE_YES, "YES", "Ja, wij kunnen dit" },
	{ FEASIBLE_OTHER_HOURS, "OTHER_HOURS", "Ja, maar met andere uren" },
	{ FEASIBLE_NO, "NO", "Nee, wij kunnen dit niet" },
	{ 0 },
};
const struct code NAMINGS[] = {
	{ NAMED_YES, "YES", "Ja, noem ons als bron" },
	{ NAMED_NO, "NO", "Nee, noem ons niet" },
	{ 0 },
};
const struct code USABLES[] = {
	{ USABLE_YES, "YES", "Ja" },
	{ USABLE_AFTER_CONSENT, "AFTER_CONSENT", "Na toestemming" },
	{ USABLE_NO, "NO", "Nee" },
	{ 0 },
};
const struct code SOURCE_STATES[] = {
	{ SOURCE_ASKED, "ASKED", "Gevraagd" },
	{ SOURCE_AGREES, "NO_OBJECTION", "Geen bezwaar" },
	{ SOURCE_OBJECTS, "OBJECTION", "Bezwaar" },
	{ SOURCE_SILENT, "SILENT", "Geen bezwaar: de termijn is voorbij" },
	{ SOURCE_HANDLED, "HANDLED", "Bezwaar behandeld" },
	{ 0 },
};
const struct code OBJECTION_ANSWERS[] = {
	{ SOURCE_AGREES, "NO_OBJECTION", "Geen bezwaar" },
	{ SOURCE_OBJECTS, "OBJECTION", "Bezwaar, om zwaarwegende redenen" },
	{ 0 },
};
const struct code OBJECTION_HANDLINGS[] = {
	{ 1, "LEFT_OUT", "Wat op deze gegevens rust, is uit het advies gehaald" },
	{ 2, "CHANGED", "Het advies is aangepast, de deelnemer is akkoord" },
	{ 3, "TAKEN_BACK", "De deelnemer trok het bezwaar in" },
	{ 0 },
};

/* ---- life ------------------------------------------------------------------------------------ */

static const struct state STATES[] = {
	{ ADVICE_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ ADVICE_DRAFT, "DRAFT", "Concept", LOOK_DRAFT },
	{ ADVICE_SIGNED, "SIGNED", "Wacht op tweede handtekening", LOOK_SIGN },
	{ ADVICE_FINAL, "FINAL", "Definitief", LOOK_DONE },
	{ ADVICE_WITHDRAWN, "WITHDRAWN", "Ingetrokken", LOOK_STOPPED },
};

static const struct action ACTIONS[] = {
	{ ADVICE_WRITE, "write", "Begin het advies" },
	{ ADVICE_ASK, "ask", "Vraag eigenaren en bronnen" },
	{ ADVICE_SIGN, "sign", "Teken het advies" },
	{ ADVICE_GIVE_BACK, "give-back", "Terug naar concept" },
	{ ADVICE_CONFIRM, "confirm", "Teken als tweede" },
	{ ADVICE_WITHDRAW, "withdraw", "Trek het advies in" },
};

static const struct verdict YES = { .kind = VERDICT_YES };

static const char OBJECTING[] = "WGS, artikel 1.7, eerste lid";

static struct verdict is_awaited(const struct advice_picture *p)
{
	return p->casefile_waits ? YES
	                         : verdict_no_by(NULL, "De casus is nu niet bij het advies.",
	                                         "Bekijk de stand van de casus.");
}

static struct verdict proposals_are_whole(const struct advice_picture *p)
{
	if (p->proposals == 0)
		return verdict_no_by(NULL, "Er staat nog geen interventie in het advies.",
		                     "Voeg een voorstel toe.");
	if (p->incomplete > 0)
		return verdict_no_by(
		    "WGS, artikel 2.23, zevende lid",
		    "Bij een voorstel mist de grondslag, het effect, de meting, de uren of "
		    "de dag.",
		    "Vul elk voorstel aan.");
	return YES;
}

static struct verdict may_write(const void *picture)
{
	return is_awaited(picture);
}

static struct verdict may_ask(const void *picture)
{
	const struct advice_picture *p = picture;
	const struct verdict v = is_awaited(p);

	if (!verdict_allows(v))
		return v;
	if (p->proposals > 0 && p->incomplete == 0 && p->unasked == 0 && p->sources_unasked == 0 &&
	    p->sources_stale == 0)
		return verdict_no_by(NULL, "Iedereen is al gevraagd.", NULL);
	return proposals_are_whole(p);
}

static struct verdict owners_can(const struct advice_picture *p)
{
	if (p->unchecked > 0)
		return verdict_no_by(NULL, "Nog niet elke eigenaar zei of het uitvoerbaar is.",
		                     "Vraag het, of wacht op antwoord.");
	if (p->infeasible > 0)
		return verdict_no_by(NULL, "Een eigenaar kan een voorstel niet uitvoeren.",
		                     "Pas het voorstel aan, of haal het weg.");
	return YES;
}

static struct verdict sources_agree(const struct advice_picture *p)
{
	if (p->sources_unasked > 0)
		return verdict_no_by(OBJECTING, "Nog niet elke bron is gevraagd of er bezwaar is.",
		                     "Vraag eigenaren en bronnen.");
	if (p->sources_stale > 0)
		return verdict_no_by(
		    OBJECTING,
		    "Na het antwoord van een bron kwamen er gegevens van die bron bij, of zijn ze "
		    "veranderd.",
		    "Vraag eigenaren en bronnen opnieuw.");
	if (p->objections > 0)
		return verdict_no_by(OBJECTING, "Een deelnemer heeft bezwaar. Behandel dat eerst.",
		                     "Leg vast hoe het bezwaar is behandeld.");
	if (p->sources_waiting > 0)
		return verdict_no_by(
		    OBJECTING, "Een bron kan nog bezwaar maken. De termijn loopt.",
		    "Wacht op antwoord. Is de termijn voorbij? Dan is er geen bezwaar.");
	return YES;
}

static struct verdict is_ready(const struct advice_picture *p)
{
	struct verdict v = is_awaited(p);

	if (verdict_allows(v) && !p->concluded)
		v = verdict_no_by(NULL, "De conclusie is nog leeg.", "Schrijf wat u adviseert.");
	if (verdict_allows(v))
		v = proposals_are_whole(p);
	if (verdict_allows(v))
		v = owners_can(p);
	return verdict_allows(v) ? sources_agree(p) : v;
}

static struct verdict may_sign(const void *picture)
{
	return is_ready(picture);
}

static struct verdict may_confirm(const void *picture)
{
	const struct advice_picture *p = picture;
	const struct verdict v = is_ready(p);

	if (!verdict_allows(v))
		return v;
	if (p->actor_person_id == p->signer_person_id)
		return verdict_no_by(NULL, "U tekende al als eerste. Een ander tekent als tweede.",
		                     "Vraag een andere analist, of het hoofd.");
	return YES;
}

static struct verdict may_withdraw(const void *picture)
{
	const struct advice_picture *p = picture;
	if (p->decided)
		return verdict_no_by(NULL, "Over dit advies is al besloten, of het is verstrekt.",
		                     "Een nieuw besluit kan het oude wijzigen.");
	return p->reason_given ? YES
	                       : verdict_no_by(NULL, "Schrijf waarom u het advies intrekt.", NULL);
}

#define R(name) ROLE_BIT(ROLE_##name)
static const uint64_t WRITERS = R(ANALYST) | R(WORKING_GROUP);
static const uint64_t ANALYSTS = R(ANALYST);
static const uint64_t SIGNERS = R(ANALYST) | R(RIEC_HEAD);

#define MOVE(from_, action_, to_, who_, guard_, eyes_, source_)                                    \
	{                                                                                          \
		.from = ADVICE_##from_, .action = ADVICE_##action_, .to = ADVICE_##to_,            \
		.who = (who_), .guard = (guard_), .eyes = (eyes_),                                 \
		.audit_action = AUDIT_ADVICE_MOVE, .source = (source_)                             \
	}

static const struct move MOVES[] = {
	MOVE(NONE, WRITE, DRAFT, WRITERS, may_write, ONE_PERSON, "D 6.3"),
	MOVE(DRAFT, ASK, DRAFT, ANALYSTS, may_ask, ONE_PERSON, "D 6.3; WGS 1.7(1)"),
	MOVE(DRAFT, SIGN, SIGNED, ANALYSTS, may_sign, FOUR_EYES, "D 6.3; BGS 1.8"),
	MOVE(SIGNED, GIVE_BACK, DRAFT, SIGNERS, NULL, ONE_PERSON, "D 6.3"),
	MOVE(SIGNED, CONFIRM, FINAL, SIGNERS, may_confirm, ONE_PERSON, "D 6.3, four eyes"),
	MOVE(FINAL, WITHDRAW, WITHDRAWN, SIGNERS, may_withdraw, ONE_PERSON, "decisions 4.3"),
};

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct machine ADVICE_MACHINE = {
	.name = "advice",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

bool advice_is_open(uint8_t state)
{
	return state == ADVICE_DRAFT;
}

bool advice_awaited(uint8_t casefile_state, int variant)
{
	if (casefile_state == CASEFILE_ADVICE_DRAFT)
		return true;
	return casefile_state == CASEFILE_OPEN && variant == VARIANT_FAST_TRACK;
}

/* ---- proposals ----------------------------------------------------------------------------------- */

struct verdict advice_may_own(uint16_t instrument, char letter)
{
	const struct law_instrument *i = law_instrument(instrument);

	if (i == NULL)
		return verdict_no_by(NULL, "Kies een instrument uit de lijst.", NULL);
	if (letter < 'a' || letter > 'l' || (i->owners & LAW_LETTER_BIT(letter)) == 0)
		return verdict_no_by("WGS, artikel 1.3, vierde lid",
		                     "Deze deelnemer heeft die bevoegdheid niet.",
		                     "Kies wie dit instrument wel mag inzetten.");
	return YES;
}

enum usable usable_at_first(int handling)
{
	enum { ORDINARY = 1, OTHERWISE_BOUND = 4 }; /* H0, H3 */
	if (handling == ORDINARY)
		return USABLE_YES;
	return handling == OTHERWISE_BOUND ? USABLE_NO : USABLE_AFTER_CONSENT;
}

/* ---- readers -------------------------------------------------------------------------------------------- */

#define AT(state) (UINT64_C(1) << CASEFILE_##state)
static const uint64_t LIVE = AT(OPEN) | AT(ANALYSIS) | AT(ADVICE_DRAFT) | AT(ADVICE_FINAL) |
                             AT(AT_STEERING) | AT(DECIDED) | AT(EXECUTION) | AT(EVALUATION);
static const uint64_t SUBMITTED =
    AT(AT_STEERING) | AT(DECIDED) | AT(EXECUTION) | AT(EVALUATION) | AT(CLOSED);
static const uint64_t PROVIDED = AT(EXECUTION) | AT(EVALUATION);

struct readers {
	struct advice_reader *list;
	size_t count;
};

/* One audience once, with the most that it was given. */
static void give(struct readers *r, audience who, enum advice_reach reach, uint64_t states)
{
	for (size_t i = 0; i < r->count; i++)
		if (r->list[i].who == who && r->list[i].reach == reach) {
			r->list[i].casefile_states |= states;
			return;
		}
	if (r->count < ADVICE_READERS_MAX)
		r->list[r->count++] = (struct advice_reader){ who, reach, states };
}

static void give_both(struct readers *r, int64_t organ_id, enum advice_reach reach, uint64_t states)
{
	give(r, audience_of(AUDIENCE_ORGAN_DESK, organ_id), reach, states);
	give(r, audience_of(AUDIENCE_DECIDERS, organ_id), reach, states);
}

size_t advice_readers(uint8_t state, int casefile_variant, const struct advice_party *parties,
                      size_t count, struct advice_reader *ret)
{
	struct readers r = { .list = ret };

	if (state == ADVICE_NONE || state == ADVICE_WITHDRAWN)
		return 0;
	for (size_t i = 0; i < count; i++) {
		const struct advice_party *p = &parties[i];
		if (p->owner || p->source)
			give_both(&r, p->organ_id, REACH_OWN_PART, LIVE);
		if (state != ADVICE_FINAL || !p->involved)
			continue;
		give(&r, audience_of(AUDIENCE_STEERING, p->organ_id), REACH_WHOLE, SUBMITTED);
		if (casefile_variant == VARIANT_WASSTRAAT)
			give_both(&r, p->organ_id, REACH_WHOLE, PROVIDED);
	}
	if (state == ADVICE_FINAL)
		give(&r, audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY), REACH_WHOLE,
		     SUBMITTED);
	return r.count;
}
