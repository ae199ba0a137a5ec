#include "interventions/intervention.h"

#include "audit/action.h"
#include "law/instruments.h"

#define R(name)   ROLE_BIT(ROLE_##name)
#define COUNT(t)  (sizeof(t) / sizeof((t)[0]))
#define OWN_POWER "WGS, artikel 1.3, vierde lid"
#define FEEDBACK  "WGS, artikel 1.7, vierde lid"

const struct code OWNER_ANSWERS[] = {
	{ OWNER_ASKED, "ASKED", "Gevraagd" },
	{ OWNER_AGREED, "AGREED", "Stemt in" },
	{ OWNER_DECLINED, "DECLINED", "Stemt niet in" },
	{ 0 },
};
const struct code REPORT_STANDINGS[] = {
	{ REPORT_ON_SCHEDULE, "ON_SCHEDULE", "Op schema" },
	{ REPORT_DELAYED, "DELAYED", "Vertraagd" },
	{ REPORT_NEEDS_HELP, "NEEDS_HELP", "Hulp nodig" },
	{ 0 },
};
const struct code DISPLACEMENTS[] = {
	{ DISPLACED_UNKNOWN, "UNKNOWN", "Niet bekend" },
	{ DISPLACED_NO, "NO", "Niet gezien" },
	{ DISPLACED_YES, "YES", "Verplaatst naar een andere plek" },
	{ 0 },
};
/* One more than the mark, so that a form can tell 0 from nothing chosen. */
const struct code EFFECTS[] = {
	{ 1, "NONE", "0: geen effect" },
	{ 2, "LITTLE", "1: een beetje" },
	{ 3, "CLEAR", "2: duidelijk" },
	{ 4, "SOLVED", "3: het probleem is weg" },
	{ 0 },
};
const struct code INTERVENTION_REASONS[] = {
	{ 1, "NO_CAPACITY", "Geen mensen of tijd" },
	{ 2, "NO_GROUND", "Geen wettelijke grond gebleken" },
	{ 3, "OVERTAKEN", "De situatie is veranderd" },
	{ 4, "INVESTIGATION", "Een onderzoek gaat voor" },
	{ 5, "OWNER_DECIDED", "De eigenaar besloot anders" },
	{ 6, "OTHER", "Een andere reden" },
	{ 0 },
};
const struct code INTERVENTION_KINDS[] = {
	{ INTERVENTION_ADMIN, "ADMIN", "Bestuurlijk" },
	{ INTERVENTION_FISCAL, "FISCAL", "Fiscaal" },
	{ INTERVENTION_CRIMINAL, "CRIMINAL", "Strafrechtelijk" },
	{ INTERVENTION_CIVIL, "CIVIL", "Civielrechtelijk" },
	{ INTERVENTION_COMM, "COMM", "Communicatie" },
	{ INTERVENTION_PREVENT, "PREVENT", "Gesprek en preventie" },
	{ 0 },
};
const struct code INTERVENTION_WEIGHTS[] = {
	{ WEIGHT_LIGHT, "LIGHT", "Licht" },
	{ WEIGHT_MEDIUM, "MEDIUM", "Middel" },
	{ WEIGHT_HEAVY, "HEAVY", "Zwaar" },
	{ 0 },
};

/* ---- life ------------------------------------------------------------------------------------ */

static const struct state STATES[] = {
	{ INTERVENTION_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ INTERVENTION_PROPOSED, "PROPOSED", "Geadviseerd", LOOK_WAIT },
	{ INTERVENTION_AGREEING, "AGREEING", "Wacht op instemming", LOOK_SIGN },
	{ INTERVENTION_APPROVED, "APPROVED", "Geaccordeerd", LOOK_TODO },
	{ INTERVENTION_REJECTED, "REJECTED", "Afgewezen", LOOK_STOPPED },
	{ INTERVENTION_ASSIGNED, "ASSIGNED", "Toegewezen", LOOK_TODO },
	{ INTERVENTION_IN_PROGRESS, "IN_PROGRESS", "In uitvoering", LOOK_BUSY },
	{ INTERVENTION_ON_HOLD, "ON_HOLD", "Aangehouden", LOOK_WAIT },
	{ INTERVENTION_NOT_EXECUTED, "NOT_EXECUTED", "Niet uitgevoerd", LOOK_STOPPED },
	{ INTERVENTION_EXECUTED, "EXECUTED", "Uitgevoerd", LOOK_SIGN },
	{ INTERVENTION_CONFIRMED, "RESULT_CONFIRMED", "Resultaat vastgesteld", LOOK_DONE },
	{ INTERVENTION_ASSESSED, "EFFECT_ASSESSED", "Effect beoordeeld", LOOK_DONE },
	{ INTERVENTION_CLOSED, "CLOSED", "Afgesloten", LOOK_DONE },
	{ INTERVENTION_CANCELLED, "CANCELLED", "Vervallen", LOOK_GONE },
};
_Static_assert(COUNT(STATES) == INTERVENTION_STATE_COUNT, "every state has a row");

static const struct action ACTIONS[] = {
	{ INTERVENTION_PROPOSE, "propose", "Leg voor" },
	{ INTERVENTION_APPROVE, "approve", "Keur goed" },
	{ INTERVENTION_ASK_OWNERS, "ask-owners", "Vraag de eigenaren om instemming" },
	{ INTERVENTION_AGREE, "agree", "Stem in" },
	{ INTERVENTION_REJECT, "reject", "Wijs af" },
	{ INTERVENTION_ASSIGN, "assign", "Wijs toe" },
	{ INTERVENTION_START, "start", "Begin" },
	{ INTERVENTION_HOLD, "hold", "Houd aan" },
	{ INTERVENTION_RESUME, "resume", "Ga verder" },
	{ INTERVENTION_GIVE_UP, "give-up", "Wordt niet uitgevoerd" },
	{ INTERVENTION_EXECUTE, "execute", "Meld het resultaat" },
	{ INTERVENTION_CONFIRM, "confirm", "Stel het resultaat vast" },
	{ INTERVENTION_ASSESS, "assess", "Beoordeel het effect" },
	{ INTERVENTION_CLOSE, "close", "Sluit af" },
	{ INTERVENTION_CANCEL, "cancel", "Laat vervallen" },
};

static const struct verdict YES = { .kind = VERDICT_YES };

static struct verdict lead_holds(const struct intervention_picture *p)
{
	return p->lead_in_force
	           ? YES
	           : verdict_no_by(NULL, "De aanstelling van deze regievoerder is afgelopen.",
	                           "Wijs een ander aan.");
}

static struct verdict may_ask(const void *picture)
{
	const struct intervention_picture *p = picture;
	const struct law_intervention_state s = { .has_lead = p->has_lead,
		                                  .has_owner = p->owners > 0,
		                                  .has_target_date = p->due_day != 0,
		                                  .has_legal_basis = p->has_basis };
	const struct verdict v = law_x14_approvable(&s);

	return v.kind == VERDICT_YES ? lead_holds(p) : v;
}

static struct verdict owners_agree(const void *picture)
{
	const struct intervention_picture *p = picture;
	return p->owners > 0 && p->owners_agreed == p->owners
	           ? YES
	           : verdict_no_by(OWN_POWER, "Nog niet elke eigenaar stemt in.",
	                           "Elke eigenaar beslist zelf over de eigen bevoegdheid.");
}

static struct verdict may_approve(const void *picture)
{
	const struct verdict v = may_ask(picture);
	return v.kind == VERDICT_YES ? owners_agree(picture) : v;
}

static struct verdict may_assign(const void *picture)
{
	const struct verdict v = owners_agree(picture);
	return v.kind == VERDICT_YES ? lead_holds(picture) : v;
}

static struct verdict has_reason(const void *picture)
{
	const struct intervention_picture *p = picture;
	return p->reason_given ? YES : verdict_no_by(FEEDBACK, "Schrijf op waarom.", NULL);
}

static struct verdict may_hold(const void *picture)
{
	const struct intervention_picture *p = picture;
	if (!p->reason_given)
		return verdict_no_by(NULL, "Schrijf op waarom.", NULL);
	if (p->review_day <= p->today)
		return verdict_no_by(NULL, "Wanneer kijkt u opnieuw? Kies een dag na vandaag.",
		                     NULL);
	return YES;
}

static struct verdict may_execute(const void *picture)
{
	const struct intervention_picture *p = picture;
	const struct law_intervention_state s = { .has_result_text = p->has_result,
		                                  .has_amount = p->has_amount,
		                                  .amount_has_column = p->has_amount };

	if (p->executed_day == 0)
		return verdict_no_by(FEEDBACK, "Op welke dag is het uitgevoerd?", NULL);
	if (p->executed_day > p->today)
		return verdict_no_by(FEEDBACK,
		                     "De dag van uitvoering kan niet in de toekomst liggen.", NULL);
	return law_x15_executable(&s);
}

static struct verdict has_assessment(const void *picture)
{
	const struct intervention_picture *p = picture;
	return p->assessments > 0 ? YES
	                          : verdict_no_by(NULL, "Het effect is nog niet beoordeeld.", NULL);
}

static const uint64_t STEERING = R(STEERING_MEMBER) | R(STEERING_SECRETARY);
/* The head decides light ones between meetings, within a mandate that steering/ keeps. */
static const uint64_t DECIDERS = R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD);
static const uint64_t OWNERS = R(MAYOR_READER) | R(PARTNER_DECIDER);
static const uint64_t LEAD = R(INTERVENTION_LEAD);
static const uint64_t EXECUTORS = R(EXECUTOR) | R(PARTNER_DESK);

#define MOVE(from_, action_, to_, who_, guard_, source_)                                           \
	{                                                                                          \
		.from = INTERVENTION_##from_, .action = INTERVENTION_##action_,                    \
		.to = INTERVENTION_##to_, .who = (who_), .guard = (guard_),                        \
		.audit_action = AUDIT_INTERVENTION_MOVE, .source = (source_)                       \
	}
static const struct move MOVES[] = {
	MOVE(NONE, PROPOSE, PROPOSED, DECIDERS, NULL, "D 6.4"),
	MOVE(PROPOSED, APPROVE, APPROVED, DECIDERS, may_approve, "D 6.4; X-14; WGS 1.3(4)"),
	MOVE(PROPOSED, ASK_OWNERS, AGREEING, DECIDERS, may_ask, "D 6.4; X-14"),
	MOVE(PROPOSED, REJECT, REJECTED, DECIDERS, has_reason, "D 6.4"),
	MOVE(AGREEING, AGREE, APPROVED, OWNERS, owners_agree, "D 6.4; WGS 1.3(4)"),
	MOVE(AGREEING, CANCEL, CANCELLED, STEERING, has_reason, "D 6.4"),
	MOVE(APPROVED, ASSIGN, ASSIGNED, LEAD, may_assign, "D 6.4"),
	MOVE(APPROVED, CANCEL, CANCELLED, STEERING, has_reason, "D 6.4"),
	MOVE(ASSIGNED, ASSIGN, ASSIGNED, LEAD, may_assign, "D 6.4"),
	MOVE(ASSIGNED, START, IN_PROGRESS, EXECUTORS, NULL, "D 6.4; decisions 4.4"),
	MOVE(ASSIGNED, HOLD, ON_HOLD, EXECUTORS | LEAD, may_hold, "D 6.4"),
	MOVE(ASSIGNED, GIVE_UP, NOT_EXECUTED, LEAD, has_reason, "D 6.4; WGS 1.7(4)"),
	MOVE(ASSIGNED, CANCEL, CANCELLED, STEERING, has_reason, "D 6.4"),
	MOVE(IN_PROGRESS, ASSIGN, IN_PROGRESS, LEAD, may_assign, "D 6.4"),
	MOVE(IN_PROGRESS, HOLD, ON_HOLD, EXECUTORS | LEAD, may_hold, "D 6.4"),
	MOVE(IN_PROGRESS, GIVE_UP, NOT_EXECUTED, LEAD, has_reason, "D 6.4; WGS 1.7(4)"),
	MOVE(IN_PROGRESS, EXECUTE, EXECUTED, EXECUTORS, may_execute, "D 6.4; X-15"),
	MOVE(IN_PROGRESS, CANCEL, CANCELLED, STEERING, has_reason, "D 6.4"),
	MOVE(ON_HOLD, ASSIGN, ON_HOLD, LEAD, may_assign, "D 6.4"),
	MOVE(ON_HOLD, RESUME, IN_PROGRESS, EXECUTORS, NULL, "D 6.4"),
	MOVE(ON_HOLD, GIVE_UP, NOT_EXECUTED, LEAD, has_reason, "D 6.4; WGS 1.7(4)"),
	MOVE(ON_HOLD, CANCEL, CANCELLED, STEERING, has_reason, "D 6.4"),
	MOVE(EXECUTED, CONFIRM, CONFIRMED, LEAD, NULL, "D 6.4"),
	MOVE(CONFIRMED, ASSESS, ASSESSED, LEAD | R(WORKING_GROUP), has_assessment, "D 6.4"),
	MOVE(ASSESSED, CLOSE, CLOSED, DECIDERS, NULL, "D 6.4"),
	MOVE(NOT_EXECUTED, CLOSE, CLOSED, DECIDERS, NULL, "D 6.4"),
};

const struct machine INTERVENTION_MACHINE = {
	.name = "intervention",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

bool intervention_runs(uint8_t state)
{
	return state == INTERVENTION_PROPOSED || state == INTERVENTION_AGREEING ||
	       state == INTERVENTION_APPROVED || intervention_reports(state) ||
	       state == INTERVENTION_EXECUTED;
}

bool intervention_reports(uint8_t state)
{
	return state == INTERVENTION_ASSIGNED || state == INTERVENTION_IN_PROGRESS ||
	       state == INTERVENTION_ON_HOLD;
}

bool intervention_takes_amounts(uint8_t state)
{
	return state == INTERVENTION_IN_PROGRESS || state == INTERVENTION_ON_HOLD ||
	       state == INTERVENTION_EXECUTED || state == INTERVENTION_CONFIRMED ||
	       state == INTERVENTION_ASSESSED;
}

bool intervention_concerns(const struct viewer *viewer, const struct intervention_people *people)
{
	if (viewer->role == ROLE_INTERVENTION_LEAD)
		return viewer->appointment_id == people->lead_id;
	if (viewer->role == ROLE_EXECUTOR)
		return viewer->appointment_id == people->executor_id;
	if (viewer->role == ROLE_PARTNER_DESK)
		return people->executor_id == 0 && viewer->organ_id == people->organ_id;
	return true;
}

/* ---- readers ---------------------------------------------------------------------------------- */

static size_t open_to(audience *list, size_t count, audience of)
{
	for (size_t i = 0; i < count; i++)
		if (list[i] == of)
			return count;
	if (count < INTERVENTION_READERS_MAX)
		list[count++] = of;
	return count;
}

static size_t open_to_party(audience *list, size_t count, const struct intervention_party *p)
{
	count = open_to(list, count, audience_of(AUDIENCE_DECIDERS, p->organ_id));
	count = open_to(list, count, audience_of(AUDIENCE_ORGAN_DESK, p->organ_id));
	if (p->executor_id != 0)
		count = open_to(list, count, audience_of(AUDIENCE_APPOINTMENT, p->executor_id));
	return p->municipality_id == 0
	           ? count
	           : open_to(list, count, audience_of(AUDIENCE_MUNICIPALITY, p->municipality_id));
}

size_t intervention_readers(int64_t lead_id, const struct intervention_party *parties, size_t count,
                            const int64_t *casefile_organs, size_t organ_count, audience *ret)
{
	size_t n = open_to(ret, 0, audience_of(AUDIENCE_ROLE, ROLE_STEERING_SECRETARY));

	if (lead_id != 0)
		n = open_to(ret, n, audience_of(AUDIENCE_APPOINTMENT, lead_id));
	for (size_t i = 0; i < count; i++)
		n = open_to_party(ret, n, &parties[i]);
	for (size_t i = 0; i < organ_count; i++)
		n = open_to(ret, n, audience_of(AUDIENCE_STEERING, casefile_organs[i]));
	return n;
}

/* ---- monthly reports ------------------------------------------------------------------------ */

int64_t report_month(int32_t day)
{
	const struct civil c = civil_from_day(day);
	return (int64_t)c.year * 100 + c.month;
}

int64_t report_first_due(int32_t assigned_day)
{
	return day_add_months(assigned_day, 1);
}

int64_t report_next_due(int64_t due_day, int32_t reported_day)
{
	int32_t next = day_add_months((int32_t)due_day, 1);

	while (next <= reported_day || report_month(next) <= report_month(reported_day))
		next = day_add_months(next, 1);
	return next;
}

/* ---- effect ---------------------------------------------------------------------------------- */

static const int MONTHS[] = { 3, 6, 12 };

int64_t effect_bit(int months)
{
	return INT64_C(1) << (months / 3);
}

int effect_next_months(int64_t done)
{
	for (size_t i = 0; i < COUNT(MONTHS); i++)
		if ((done & effect_bit(MONTHS[i])) == 0)
			return MONTHS[i];
	return 0;
}

int32_t effect_due_day(int64_t executed_day, int months)
{
	return day_add_months((int32_t)executed_day, months);
}

struct verdict effect_may_assess(uint8_t state, int64_t executed_day, int64_t done, int months,
                                 int32_t today)
{
	if (state != INTERVENTION_CONFIRMED && state != INTERVENTION_ASSESSED &&
	    state != INTERVENTION_CLOSED)
		return verdict_no_by(NULL, "Het resultaat is nog niet vastgesteld.",
		                     "Beoordeel het effect daarna.");
	if (executed_day == 0)
		return verdict_no_by(NULL, "Deze interventie is niet uitgevoerd.", NULL);
	if (months != 3 && months != 6 && months != 12)
		return verdict_no_by(NULL, "Beoordeel het effect na 3, 6 of 12 maanden.", NULL);
	if ((done & effect_bit(months)) != 0)
		return verdict_no_by(NULL, "Dit moment is al beoordeeld.", NULL);
	if (today < effect_due_day(executed_day, months))
		return verdict_no_by(NULL, "Daarvoor is het nog te vroeg.",
		                     "Wacht tot de maanden voorbij zijn.");
	return YES;
}
