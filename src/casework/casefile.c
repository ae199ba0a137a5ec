#include "casework/casefile.h"

#include "audit/action.h"
#include "platform/core/calendar.h"

const struct code CASEFILE_VARIANTS[] = {
	{ VARIANT_USUAL, "USUAL", "Integrale analyse" },
	{ VARIANT_FAST_TRACK, "FAST_TRACK", "Direct naar interventies" },
	{ VARIANT_WASSTRAAT, "WASSTRAAT", "Wasstraat" },
	{ VARIANT_CARWASH, "CARWASH", "Carwash" },
	{ VARIANT_SCAN, "SCAN", "Ondermijningsbeeld" },
	{ 0 },
};
const struct code CASEFILE_ACTIVITIES[] = {
	{ ACTIVITY_BOTTLENECK, "BOTTLENECK", "Handhavingsknelpunt" },
	{ ACTIVITY_CASE_CONSULTATION, "CASE_CONSULTATION", "Casusoverleg" },
	{ ACTIVITY_SCAN, "SCAN", "Ondermijningsbeeld" },
	{ 0 },
};
/* clang-format off */
#define STOP_REASONS                                                                               \
	{ 1, "NO_INDICATION", "Geen aanwijzingen meer" },                                          \
	{ 2, "ONE_PARTNER", "Eén partner pakt het alleen op" },                                    \
	{ 3, "NOT_FEASIBLE", "Geen aanpak die kan werken" },                                       \
	{ 4, "DONE_ELSEWHERE", "Al opgelost, buiten deze casus" }
/* clang-format on */
const struct code CASEFILE_STOP_REASONS[] = { STOP_REASONS, { 0 } };
const struct code CASEFILE_END_REASONS[] = {
	STOP_REASONS,
	{ END_REASON_JOINED, "JOINED", "Samengevoegd met een andere casus" },
	{ 0 },
};
const struct code CASEFILE_CAPACITIES[] = {
	{ CAPACITY_ANALYST, "ANALYST", "Analist" },
	{ CAPACITY_COORDINATOR, "COORDINATOR", "Informatiecoördinator" },
	{ CAPACITY_WORKING_GROUP, "WORKING_GROUP", "Lid van de werkgroep" },
	{ CAPACITY_LEAD, "LEAD", "Regievoerder" },
	{ 0 },
};
const struct code CASEFILE_BLOCKS[] = {
	{ BLOCK_CONFLICT, "CONFLICT_OF_INTEREST", "Eigen belang" },
	{ BLOCK_EMBARGO, "EMBARGO", "Embargo" },
	{ 0 },
};

/* ---- life ------------------------------------------------------------------------------------ */

static const struct state STATES[] = {
	{ CASEFILE_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ CASEFILE_OPEN, "OPEN", "Informatie ophalen", LOOK_BUSY },
	{ CASEFILE_ANALYSIS, "ANALYSIS", "Analyse", LOOK_BUSY },
	{ CASEFILE_ADVICE_DRAFT, "ADVICE_DRAFT", "Conceptadvies", LOOK_BUSY },
	{ CASEFILE_ADVICE_FINAL, "ADVICE_FINAL", "Advies klaar", LOOK_TODO },
	{ CASEFILE_AT_STEERING, "AT_STEERING", "Bij de Stuurploeg", LOOK_WAIT },
	{ CASEFILE_DECIDED, "DECIDED", "Besloten", LOOK_TODO },
	{ CASEFILE_EXECUTION, "EXECUTION", "Uitvoering", LOOK_BUSY },
	{ CASEFILE_EVALUATION, "EVALUATION", "Evaluatie", LOOK_BUSY },
	{ CASEFILE_CLOSED, "CLOSED", "Afgesloten", LOOK_DONE },
	{ CASEFILE_STOPPED, "STOPPED", "Gestopt zonder vervolg", LOOK_STOPPED },
	{ CASEFILE_ARCHIVED, "ARCHIVED", "Gearchiveerd, afgeschermd", LOOK_GONE },
	{ CASEFILE_DESTROYED, "DESTROYED", "Vernietigd", LOOK_GONE },
};

static const struct action ACTIONS[] = {
	{ CASEFILE_OPENED, "open", "Open de casus" },
	{ CASEFILE_ANALYSE, "analyse", "Start de analyse" },
	{ CASEFILE_DRAFT_ADVICE, "draft-advice", "Begin het advies" },
	{ CASEFILE_RESUME_ANALYSIS, "resume-analysis", "Terug naar de analyse" },
	{ CASEFILE_FINISH_ADVICE, "finish-advice", "Maak het advies definitief" },
	{ CASEFILE_TO_STEERING, "to-steering", "Leg voor aan de Stuurploeg" },
	{ CASEFILE_DECIDE, "decide", "Leg het besluit vast" },
	{ CASEFILE_SEND_BACK, "send-back", "Stuur terug met vragen" },
	{ CASEFILE_EXECUTE, "execute", "Start de uitvoering" },
	{ CASEFILE_PROVIDE, "provide", "Verstrek het advies aan de partners" },
	{ CASEFILE_EVALUATE, "evaluate", "Start de evaluatie" },
	{ CASEFILE_CLOSE, "close", "Sluit de casus" },
	{ CASEFILE_STOP, "stop", "Stop de casus" },
	{ CASEFILE_ARCHIVE, "archive", "Archiveer" },
	{ CASEFILE_TAKE_UP_AGAIN, "take-up-again", "Neem weer in behandeling" },
	{ CASEFILE_DESTROY, "destroy", "Vernietig" },
	{ CASEFILE_LOSE_ADVICE, "lose-advice", "Trek het advies in" },
};

static const struct verdict YES = { .kind = VERDICT_YES };

static struct verdict may_analyse(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->analysts > 0 ? YES
	                       : verdict_no_by(NULL, "Er is nog geen analist aan deze casus.",
	                                       "Voeg bij Leden een analist toe.");
}

static struct verdict may_draft(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->variant == VARIANT_SCAN
	           ? verdict_no_by("WGS, artikel 2.18",
	                           "Een ondermijningsbeeld leidt niet tot een advies.",
	                           "Sluit het beeld af, of laat een nieuw signaal wegen.")
	           : YES;
}

static struct verdict may_finish(const void *picture)
{
	const struct casefile_picture *p = picture;
	if (p->proposals == 0)
		return verdict_no_by(NULL, "Er staat nog geen interventie in het advies.",
		                     "Voeg bij Advies een interventie toe.");
	if (p->incomplete_proposals > 0)
		return verdict_no_by(
		    NULL, "Bij een interventie mist de grondslag, de eigenaar of het effect.",
		    "Vul elk voorstel aan.");
	if (p->open_objections > 0)
		return verdict_no_by("WGS, artikel 1.7, eerste lid",
		                     "Een deelnemer heeft bezwaar. Behandel dat eerst.",
		                     "Open het advies. Daar staat wie bezwaar heeft, en waarom.");
	if (!p->second_person)
		return verdict_no_by(NULL,
		                     "U schreef dit advies zelf. Daarom moet een ander tekenen.",
		                     "Vraag een collega die dit mag.");
	return YES;
}

static struct verdict may_submit(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->variant == VARIANT_WASSTRAAT
	           ? verdict_no_by(NULL, "Een advies uit de wasstraat gaat naar de partners zelf.",
	                           "Verstrek het advies. De Stuurploeg krijgt bericht.")
	           : YES;
}

static struct verdict may_skip_analysis(const void *picture)
{
	const struct casefile_picture *p = picture;
	if (p->variant != VARIANT_FAST_TRACK)
		return verdict_no_by(NULL,
		                     "Alleen een casus die direct naar interventies gaat, mag dit.",
		                     "Start de analyse.");
	return p->advice_final ? YES
	                       : verdict_no_by(NULL, "Er is nog geen definitief advies.",
	                                       "Schrijf het advies en laat het twee keer tekenen.");
}

static struct verdict has_no_advice(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->advice_final ? verdict_no_by(NULL, "Het advies is nog definitief.",
	                                       "Trek eerst het advies in.")
	                       : YES;
}

static struct verdict may_provide(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->variant == VARIANT_WASSTRAAT
	           ? YES
	           : verdict_no_by(NULL, "Over dit advies besluit de Stuurploeg.",
	                           "Leg het voor aan de Stuurploeg.");
}

static struct verdict has_decision(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->steering_decided ? YES
	                           : verdict_no_by(NULL, "Dat besluit de Stuurploeg.",
	                                           "Zet de casus op de agenda van de Stuurploeg.");
}

static struct verdict has_lead(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->lead_appointed ? YES
	                         : verdict_no_by(NULL, "Er is nog geen regievoerder.",
	                                         "De Stuurploeg wijst die aan.");
}

static struct verdict all_done(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->open_interventions == 0
	           ? YES
	           : verdict_no_by(NULL, "Er loopt nog een interventie.",
	                           "Wacht tot elke interventie klaar is of niet doorgaat.");
}

static struct verdict may_close(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->feedback_arranged
	           ? YES
	           : verdict_no_by(
			 "WGS, artikel 1.7, vierde lid",
			 "De terugkoppeling is nog niet binnen of afgesproken.",
			 "Leg op de vergadering vast dat zij binnen is, of wanneer zij komt.");
}

static struct verdict has_reason(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->reason_given ? YES : verdict_no_by(NULL, "Kies de reden.", NULL);
}

static struct verdict has_signal(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->signal_adopted
	           ? YES
	           : verdict_no_by(NULL, "Alleen een nieuw signaal kan deze casus weer openen.",
	                           "Breng een signaal in. Neemt het overleg dat in behandeling, "
	                           "dan gaat deze casus weer open.");
}

static struct verdict is_signed_twice(const void *picture)
{
	const struct casefile_picture *p = picture;
	return p->second_signature
	           ? YES
	           : verdict_no_by("BGS, artikel 1.16", "Een tweede persoon moet de lijst tekenen.",
	                           "Vraag een collega die vernietigt om te tekenen.");
}

#define R(name) ROLE_BIT(ROLE_##name)
static const uint64_t ANALYSTS = R(ANALYST);
static const uint64_t HEAD = R(RIEC_HEAD);
static const uint64_t STEERING = R(STEERING_MEMBER) | R(STEERING_SECRETARY);
static const uint64_t LEAD = R(INTERVENTION_LEAD);
static const uint64_t STOPPERS = R(INFO_COORDINATOR) | R(RIEC_HEAD);
static const uint64_t RECORDS = R(RECORDS_MANAGER);
static const uint64_t SYSTEM = 0;

#define MOVE(from_, action_, to_, who_, guard_, source_)                                           \
	{                                                                                          \
		.from = CASEFILE_##from_, .action = CASEFILE_##action_, .to = CASEFILE_##to_,      \
		.who = (who_), .guard = (guard_), .audit_action = AUDIT_CASEFILE_MOVE,             \
		.source = (source_)                                                                \
	}
#define DESTROY_FROM(from_)                                                                        \
	{                                                                                          \
		.from = CASEFILE_##from_, .action = CASEFILE_DESTROY, .to = CASEFILE_DESTROYED,    \
		.who = RECORDS, .guard = is_signed_twice, .audit_action = AUDIT_DESTROY,           \
		.source = "D 6.3; BGS 1.16"                                                        \
	}
#define STOP_FROM(from_) MOVE(from_, STOP, STOPPED, STOPPERS, has_reason, "D 6.3; BGS 1.16(1)(a)")

static const struct move MOVES[] = {
	MOVE(OPEN, ANALYSE, ANALYSIS, ANALYSTS, may_analyse, "D 6.3"),
	MOVE(OPEN, TO_STEERING, AT_STEERING, HEAD, may_skip_analysis, "D 3.2, FAST_TRACK"),
	MOVE(ANALYSIS, DRAFT_ADVICE, ADVICE_DRAFT, ANALYSTS, may_draft, "D 6.3"),
	MOVE(ADVICE_DRAFT, RESUME_ANALYSIS, ANALYSIS, ANALYSTS, NULL, "D 6.3"),
	MOVE(ADVICE_DRAFT, FINISH_ADVICE, ADVICE_FINAL, ANALYSTS | HEAD, may_finish,
	     "D 6.3; BGS 1.8(2); WGS 1.7(1)"),
	MOVE(ADVICE_FINAL, LOSE_ADVICE, ADVICE_DRAFT, ANALYSTS | HEAD, has_no_advice,
	     "decisions 4.3"),
	MOVE(AT_STEERING, LOSE_ADVICE, ADVICE_DRAFT, ANALYSTS | HEAD, has_no_advice,
	     "decisions 4.3"),
	MOVE(ADVICE_FINAL, TO_STEERING, AT_STEERING, HEAD, may_submit, "D 6.3"),
	MOVE(ADVICE_FINAL, PROVIDE, EXECUTION, HEAD, may_provide, "decisions 2.7"),
	MOVE(AT_STEERING, DECIDE, DECIDED, STEERING | HEAD, has_decision,
	     "D 6.3; D 3.1, by mandate"),
	MOVE(AT_STEERING, SEND_BACK, ANALYSIS, STEERING, NULL, "D 6.3"),
	MOVE(DECIDED, EXECUTE, EXECUTION, LEAD, has_lead, "D 6.3"),
	MOVE(EXECUTION, EVALUATE, EVALUATION, LEAD, all_done, "D 6.3"),
	MOVE(EVALUATION, CLOSE, CLOSED, STEERING | HEAD, may_close, "D 6.3; WGS 1.7(4)"),
	STOP_FROM(OPEN),
	STOP_FROM(ANALYSIS),
	STOP_FROM(ADVICE_DRAFT),
	STOP_FROM(ADVICE_FINAL),
	STOP_FROM(AT_STEERING),
	STOP_FROM(DECIDED),
	STOP_FROM(EXECUTION),
	STOP_FROM(EVALUATION),
	MOVE(CLOSED, ARCHIVE, ARCHIVED, SYSTEM, NULL, "D 6.3; decisions 3.10"),
	/* a hold keeps it past its day (retention/hold.h): out of sight all the same */
	MOVE(STOPPED, ARCHIVE, ARCHIVED, SYSTEM, NULL, "D 6.3; WGS 1.8(7)"),
	MOVE(CLOSED, TAKE_UP_AGAIN, OPEN, SYSTEM, has_signal, "decisions 3.10"),
	DESTROY_FROM(STOPPED),
	DESTROY_FROM(CLOSED),
	DESTROY_FROM(ARCHIVED),
};

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct machine CASEFILE_MACHINE = {
	.name = "casefile",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

const char *casefile_event_label(int action, uint8_t to_state)
{
	static const struct {
		enum casefile_action action;
		const char *label;
	} EVENTS[] = {
		{ CASEFILE_OPENED, "Casus geopend" },
		{ CASEFILE_TAKE_UP_AGAIN, "Weer in behandeling" },
		{ CASEFILE_SUPPLEMENTED, "Aangevuld uit een nieuw signaal" },
		{ CASEFILE_JOINED, "Een andere casus kwam hierbij" },
		{ CASEFILE_SPLIT, "Een deel werd een eigen casus" },
		{ CASEFILE_HANDED_OVER, "Het werk van een lid is overgedragen" },
	};
	const struct state *s = machine_state(&CASEFILE_MACHINE, to_state);

	for (size_t i = 0; i < COUNT(EVENTS); i++)
		if ((int)EVENTS[i].action == action)
			return EVENTS[i].label;
	return s != NULL ? s->label : "";
}

bool casefile_is_live(uint8_t state)
{
	return state >= CASEFILE_OPEN && state <= CASEFILE_EVALUATION;
}

int64_t casefile_destroy_due(uint8_t state, int32_t today)
{
	if (state == CASEFILE_STOPPED)
		return today + CASEFILE_STOPPED_DAYS;
	if (state == CASEFILE_CLOSED)
		return day_add_months(today, CASEFILE_CLOSED_MONTHS);
	return state == CASEFILE_ARCHIVED ? -1 : 0;
}

/* ---- opening ------------------------------------------------------------------------------------ */

struct verdict casefile_may_open(const struct casefile_opening *o)
{
	if (o->organs == 0)
		return verdict_no_by("WGS, artikel 2.23, vijfde lid",
		                     "Kies welke deelnemers meedoen. Alleen zij krijgen toegang.",
		                     NULL);
	if (!o->has_purpose)
		return verdict_no_by("WGS, artikel 2.23, vijfde lid",
		                     "Schrijf op waarvoor deze casus is.", NULL);
	if (o->activity == ACTIVITY_BOTTLENECK && !o->bottleneck_chosen)
		return verdict_no_by(
		    "WGS, artikel 2.18", "Kies het aangewezen handhavingsknelpunt.",
		    "Staat het er niet? Kies casusoverleg, of laat het knelpunt aanwijzen.");
	if (o->activity == ACTIVITY_BOTTLENECK && !o->bottleneck_in_force)
		return verdict_no_by("WGS, artikel 2.18",
		                     "De aanwijzing van dit knelpunt geldt nu niet.",
		                     "Laat het knelpunt opnieuw aanwijzen, of kies casusoverleg.");
	if ((o->activity == ACTIVITY_SCAN) != (o->variant == VARIANT_SCAN))
		return verdict_no_by(
		    NULL, "Een ondermijningsbeeld is zowel de activiteit als de werkwijze.",
		    "Kies bij beide ondermijningsbeeld, of bij geen van beide.");
	return YES;
}

struct verdict casefile_may_join(const struct casefile_joining *j)
{
	if (j->into_state != CASEFILE_OPEN && j->into_state != CASEFILE_ANALYSIS)
		return verdict_no(NULL, NULL,
		                  "Bij deze casus kan niets meer komen: het advies is al begonnen.",
		                  "Laat de casussen apart.");
	if (j->other_state != CASEFILE_OPEN)
		return verdict_no(NULL, NULL,
		                  "De andere casus is al verder dan informatie ophalen.",
		                  "Begon daar de analyse al? Doe het dan andersom: voeg deze casus "
		                  "bij de andere. Kan dat ook niet, laat ze dan apart.");
	if (!j->same_activity || !j->same_variant || !j->same_bottleneck)
		return verdict_no(
		    NULL, "WGS, artikel 2.18",
		    "De twee casussen zijn er voor iets anders. Dan mogen de gegevens niet samen.",
		    "Laat ze apart. Is iets voor allebei nodig? Vraag het in elke casus.");
	if (j->paragraphs > 0 && j->into_paragraphs == 0)
		return verdict_no(NULL, NULL, "In de andere casus staat al een analyse.",
		                  "Doe het andersom: voeg deze casus bij de andere.");
	if (j->paragraphs > 0)
		return verdict_no(
		    NULL, NULL, "In allebei de casussen staat een analyse.",
		    "Open eerst de analyse van de andere casus. Neem wat nodig is over "
		    "in deze analyse. Haal daar dan elke alinea weg, en voeg samen.");
	if (j->proposals > 0)
		return verdict_no(
		    NULL, NULL, "In de andere casus staat al een advies of interventie.",
		    "Doe het andersom: voeg deze casus bij de andere. Of trek het advies daar in.");
	if (j->members > CASEFILE_MEMBERS_MAX || j->subjects > CASEFILE_SUBJECTS_MAX ||
	    j->notes > CASEFILE_NOTES_MAX || j->tasks > CASEFILE_TO_DO_MAX)
		return verdict_no(
		    NULL, NULL,
		    "Samen wordt dat te groot: ten hoogste 60 leden, 100 personen en zaken, 500 "
		    "notities en 200 taken.",
		    "Laat ze apart, of splits eerst een deel af.");
	return verdict_yes();
}

/* ---- people ----------------------------------------------------------------------------------------- */

static const struct role_rights {
	enum role role;
	int capacity;     /* as member; 0: is none */
	int phase, heavy; /* the highest that he reads, and when named for phase 3 */
} RIGHTS[] = {
	{ ROLE_ANALYST, CAPACITY_ANALYST, 2, 3 },
	{ ROLE_INFO_COORDINATOR, CAPACITY_COORDINATOR, 2, 3 },
	{ ROLE_WORKING_GROUP, CAPACITY_WORKING_GROUP, 2, 3 },
	{ ROLE_INTERVENTION_LEAD, CAPACITY_LEAD, 1, 1 },
	{ ROLE_RIEC_HEAD, 0, 2, 2 },
	{ ROLE_COORD_DPO, 0, 2, 2 },
};

static const struct role_rights *rights_of(enum role role)
{
	for (size_t i = 0; i < COUNT(RIGHTS); i++)
		if (RIGHTS[i].role == role)
			return &RIGHTS[i];
	return NULL;
}

int capacity_of_role(enum role role)
{
	const struct role_rights *r = rights_of(role);
	return r != NULL ? r->capacity : 0;
}

int casefile_reads_phase(enum role role, bool named_heavy)
{
	const struct role_rights *r = rights_of(role);
	if (r == NULL)
		return 0;
	return named_heavy ? r->heavy : r->phase;
}

static void reads(struct thing *t, audience a)
{
	if (t->reader_count < THING_AUDIENCES_MAX)
		t->readers[t->reader_count++] = a;
}

static void writes(struct thing *t, audience a)
{
	reads(t, a);
	t->writers[t->writer_count++] = a;
}

void casefile_thing(const struct casefile_facts *c, struct thing *ret)
{
	*ret = (struct thing){ 0 };
	if (c->state == CASEFILE_NONE || c->state == CASEFILE_DESTROYED)
		return;
	reads(ret, audience_of(AUDIENCE_ROLE, ROLE_COORD_DPO));
	if (c->state == CASEFILE_ARCHIVED)
		return;
	reads(ret, audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD));
	if (c->state == CASEFILE_STOPPED)
		return;
	const audience working[] = { audience_of(AUDIENCE_ROLE, ROLE_ANALYST),
		                     audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR),
		                     audience_of(AUDIENCE_CASEFILE, c->id) };
	for (size_t i = 0; i < COUNT(working); i++)
		if (casefile_is_live(c->state))
			writes(ret, working[i]);
		else
			reads(ret, working[i]);
}
