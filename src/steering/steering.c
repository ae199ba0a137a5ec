#include "steering/steering.h"

#include "audit/action.h"

static const struct verdict YES = { .kind = VERDICT_YES };

#define R(name)  ROLE_BIT(ROLE_##name)
#define COUNT(t) (sizeof(t) / sizeof((t)[0]))
static const uint64_t SECRETARY = R(STEERING_SECRETARY);
/* Who chairs is named a meeting at a time; the guard asks whether it is he. */
static const uint64_t CHAIRS = R(STEERING_MEMBER) | R(RIEC_HEAD);

/* ---- the meeting ------------------------------------------------------------------------------ */

static const struct state STATES[] = {
	{ MEETING_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ MEETING_PLANNED, "PLANNED", "Gepland", LOOK_TODO },
	{ MEETING_RUNNING, "RUNNING", "Bezig", LOOK_BUSY },
	{ MEETING_CLOSED, "CLOSED", "Wacht op de voorzitter", LOOK_SIGN },
	{ STEERING_SIGNED_OFF, "SIGNED_OFF", "Vastgesteld", LOOK_DONE },
	{ MEETING_CALLED_OFF, "CALLED_OFF", "Gaat niet door", LOOK_STOPPED },
};
static const struct action ACTIONS[] = {
	{ STEERING_PLAN, "plan", "Plan een vergadering" },
	{ STEERING_OPEN, "open", "Open de vergadering" },
	{ STEERING_CLOSE, "close", "Sluit de vergadering" },
	{ STEERING_CALL_OFF, "call-off", "Laat de vergadering niet doorgaan" },
	{ STEERING_SIGN_OFF, "sign-off", "Stel het verslag vast" },
};

static struct verdict may_open(const void *picture)
{
	const struct steering_picture *p = picture;

	if (p->points == 0)
		return verdict_no_by(NULL, "Er staat nog niets op de agenda.",
		                     "Stel eerst de agenda samen.");
	if (!p->chair_named)
		return verdict_no_by(NULL, "Er is nog geen voorzitter.",
		                     "Kies bij Aanwezigheid wie voorzit.");
	return YES;
}

static struct verdict may_close(const void *picture)
{
	const struct steering_picture *p = picture;

	if (p->waiting > 0)
		return verdict_no_by(NULL, "Niet elk agendapunt is behandeld.",
		                     "Leg een besluit vast, of haal het punt van de agenda.");
	if (p->ready > 0)
		return verdict_no_by(NULL, "De voorzitter heeft nog niet elk besluit getekend.",
		                     NULL);
	if (!p->mandate && p->presence_unsaid > 0)
		return verdict_no_by(NULL, "Van niet iedereen staat vast of hij er was.",
		                     "Leg de aanwezigheid vast.");
	if (!p->mandate && p->present == 0)
		return verdict_no_by(NULL, "Er was niemand aanwezig.", NULL);
	return YES;
}

static struct verdict may_call_off(const void *picture)
{
	const struct steering_picture *p = picture;
	return p->points == p->waiting
	           ? YES
	           : verdict_no_by(NULL, "Er is al iets besloten. Sluit de vergadering.", NULL);
}

static struct verdict may_sign_off(const void *picture)
{
	const struct steering_picture *p = picture;

	if (!p->acts_as_chair)
		return verdict_no_by(NULL, "Alleen de voorzitter van deze vergadering tekent.",
		                     NULL);
	if (!p->other_person)
		return verdict_no_by(
		    NULL, "U maakte dit verslag zelf. Daarom moet een ander tekenen.", NULL);
	return YES;
}

#define MOVE(from_, action_, to_, who_, guard_)                                                    \
	{                                                                                          \
		.from = (from_), .action = (action_), .to = (to_), .who = (who_),                  \
		.guard = (guard_), .audit_action = AUDIT_MEETING_CHANGE,                           \
		.source = "D 3.1; decisions 5"                                                     \
	}
static const struct move MOVES[] = {
	MOVE(MEETING_NONE, STEERING_PLAN, MEETING_PLANNED, SECRETARY, NULL),
	MOVE(MEETING_PLANNED, STEERING_OPEN, MEETING_RUNNING, SECRETARY, may_open),
	MOVE(MEETING_PLANNED, STEERING_CALL_OFF, MEETING_CALLED_OFF, SECRETARY, may_call_off),
	MOVE(MEETING_RUNNING, STEERING_CLOSE, MEETING_CLOSED, SECRETARY, may_close),
	MOVE(MEETING_CLOSED, STEERING_SIGN_OFF, STEERING_SIGNED_OFF, CHAIRS, may_sign_off),
};

const struct machine STEERING_MACHINE = {
	.name = "steering",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

bool steering_is_open(uint8_t state)
{
	return state == MEETING_PLANNED || state == MEETING_RUNNING;
}

/* ---- points of the agenda ------------------------------------------------------------------------- */

const struct code POINT_KINDS[] = {
	{ POINT_ADVICE, "ADVICE", "Interventieadvies" },
	{ POINT_RECONSIDER, "RECONSIDER", "Nieuw besluit over een eerder besluit" },
	{ POINT_CLOSING, "CLOSING", "Casus afsluiten" },
	{ POINT_OVERDUE, "OVERDUE", "Interventies die achterlopen" },
	{ POINT_PROVIDED, "PROVIDED", "Wasstraat: advies ging naar de partners" },
	{ POINT_MANDATED, "MANDATED", "Besluiten in mandaat" },
	{ POINT_ANSWERED, "ANSWERED", "Antwoord van de Stuurgroep" },
	{ POINT_ACTIONS, "ACTIONS", "Actielijst" },
	{ POINT_RETURNED, "RETURNED", "Teruggestuurd met vragen" },
	{ 0 },
};

bool point_is_ruled(int kind)
{
	return kind == POINT_ADVICE || kind == POINT_RECONSIDER || kind == POINT_CLOSING;
}

static const struct state POINT_STATES[] = {
	{ POINT_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ POINT_WAITING, "WAITING", "Nog te bespreken", LOOK_TODO },
	{ POINT_READY, "READY", "Wacht op de voorzitter", LOOK_SIGN },
	{ POINT_SIGNED, "SIGNED", "Besloten", LOOK_DONE },
	{ POINT_NOTED, "NOTED", "Besproken", LOOK_DONE },
	{ POINT_TAKEN_OFF, "TAKEN_OFF", "Van de agenda", LOOK_STOPPED },
};
static const struct action POINT_ACTION_ROWS[] = {
	{ POINT_ADD, "add", "Zet op de agenda" },
	{ POINT_PREPARE, "prepare", "Leg voor aan de voorzitter" },
	{ POINT_REOPEN, "reopen", "Terug naar de secretaris" },
	{ POINT_SIGN, "sign", "Onderteken het besluit" },
	{ POINT_NOTE, "note", "Besproken" },
	{ POINT_TAKE_OFF, "take-off", "Haal van de agenda" },
};

const char POINT_IS_STALE[] =
    "Het advies is ingetrokken of de casus is verder. Hierover kan nu niet worden besloten.";

static struct verdict running(const struct point_picture *p)
{
	return p->meeting_state == MEETING_RUNNING
	           ? YES
	           : verdict_no_by(NULL, "De vergadering is nu niet bezig.",
	                           "Open de vergadering.");
}

static struct verdict stands(const struct point_picture *p)
{
	const struct verdict v = running(p);

	if (!verdict_allows(v))
		return v;
	return p->subject_stands
	           ? YES
	           : verdict_no_by(NULL, POINT_IS_STALE, "Haal het punt van de agenda.");
}

static struct verdict rulings_are_whole(const struct point_picture *p)
{
	if (!p->whole && p->kind != POINT_RECONSIDER && p->ruled < p->proposals)
		return verdict_no_by("D 6.3", "Niet over elk voorstel is een besluit vastgelegd.",
		                     NULL);
	if (!p->whole && p->ruled == 0)
		return verdict_no_by(NULL, "Er is nog geen besluit vastgelegd.", NULL);
	if (p->without_lead > 0)
		return verdict_no_by(NULL, "De gekozen regievoerder is niet meer aangesteld.",
		                     "Kies een andere regievoerder.");
	if (p->mandate && !p->mandate_covers)
		return verdict_no_by(NULL, "Dit valt niet binnen het mandaat van het hoofd.",
		                     "Zet het op de agenda van een vergadering.");
	return YES;
}

static struct verdict may_prepare(const void *picture)
{
	const struct point_picture *p = picture;
	const struct verdict v = stands(p);

	if (!verdict_allows(v))
		return v;
	if (!point_is_ruled(p->kind))
		return verdict_no_by(NULL, "Over dit punt valt niets te besluiten.",
		                     "Kies Besproken.");
	return rulings_are_whole(p);
}

static struct verdict may_sign(const void *picture)
{
	const struct point_picture *p = picture;
	struct verdict v = stands(p);

	if (!verdict_allows(v))
		return v;
	if (!p->acts_as_chair)
		return verdict_no_by(NULL, "Alleen de voorzitter van deze vergadering tekent.",
		                     NULL);
	if (!p->chair_present)
		return verdict_no_by(NULL, "De voorzitter staat niet als aanwezig op de lijst.",
		                     "Leg de aanwezigheid vast.");
	if (!p->other_person)
		return verdict_no_by(
		    NULL, "U legde dit besluit zelf vast. Daarom moet een ander tekenen.", NULL);
	return rulings_are_whole(p);
}

static struct verdict may_note(const void *picture)
{
	const struct point_picture *p = picture;

	if (point_is_ruled(p->kind))
		return verdict_no_by(NULL, "Leg over dit punt eerst een besluit vast.", NULL);
	return running(p);
}

#define POINT_MOVE(from_, action_, to_, who_, guard_, audit_)                                      \
	{                                                                                          \
		.from = POINT_##from_, .action = POINT_##action_, .to = POINT_##to_,               \
		.who = (who_), .guard = (guard_), .audit_action = (audit_), .source = "D 6.3"      \
	}
static const struct move POINT_MOVES[] = {
	POINT_MOVE(NONE, ADD, WAITING, SECRETARY, NULL, AUDIT_MEETING_CHANGE),
	POINT_MOVE(WAITING, PREPARE, READY, SECRETARY, may_prepare, AUDIT_STEERING_DECIDE),
	POINT_MOVE(READY, REOPEN, WAITING, SECRETARY | CHAIRS, NULL, AUDIT_STEERING_DECIDE),
	POINT_MOVE(READY, SIGN, SIGNED, CHAIRS, may_sign, AUDIT_STEERING_DECIDE),
	POINT_MOVE(WAITING, NOTE, NOTED, SECRETARY, may_note, AUDIT_MEETING_CHANGE),
	POINT_MOVE(WAITING, TAKE_OFF, TAKEN_OFF, SECRETARY, NULL, AUDIT_MEETING_CHANGE),
};

const struct machine POINT_MACHINE = {
	.name = "steering_point",
	.states = POINT_STATES,
	.state_count = COUNT(POINT_STATES),
	.actions = POINT_ACTION_ROWS,
	.action_count = COUNT(POINT_ACTION_ROWS),
	.moves = POINT_MOVES,
	.move_count = COUNT(POINT_MOVES),
};

/* ---- rulings --------------------------------------------------------------------------------------- */

#define OF_ONE_PROPOSAL                                                                            \
	{ RULING_APPROVE, "APPROVE", "Akkoord" },                                                  \
	    { RULING_AMEND, "AMEND", "Akkoord met wijziging" },                                    \
	    { RULING_REJECT, "REJECT", "Niet doen" }, { RULING_DEFER, "DEFER", "Aanhouden" },

/* clang-format off */
const struct code RULINGS[] = {
	OF_ONE_PROPOSAL
	{ RULING_RETURN, "RETURN", "Terug met vragen" },
	{ RULING_CLOSE, "CLOSE", "Casus gesloten" },
	{ 0 },
};
const struct code PROPOSAL_RULINGS[] = { OF_ONE_PROPOSAL { 0 } };
/* clang-format on */

const struct code OWNER_WORDS[] = {
	{ OWNER_CONSENTS, "AGREED", "De eigenaar stemt in" },
	{ OWNER_ASK_LATER, "ASK", "Nog aan de eigenaar vragen" },
	{ 0 },
};

const struct code VOTES[] = {
	{ VOTE_FOR, "FOR", "Voor" },
	{ VOTE_AGAINST, "AGAINST", "Tegen" },
	{ VOTE_NONE, "NONE", "Geen stem" },
	{ 0 },
};

bool ruling_goes_ahead(int ruling)
{
	return ruling == RULING_APPROVE || ruling == RULING_AMEND;
}

struct gaps {
	struct ruling_gap *at;
	size_t count;
};

static void gap(struct gaps *g, bool missing, const char *field, const char *sentence)
{
	if (missing)
		g->at[g->count++] = (struct ruling_gap){ field, sentence };
}

static void whole_gaps(const struct ruling_facts *f, struct gaps *g)
{
	gap(g, f->ruling == RULING_RETURN && !f->has_questions, "questions",
	    "Schrijf op welke vragen de analist moet beantwoorden.");
	gap(g, f->ruling == RULING_CLOSE && !f->has_worked, "worked",
	    "Schrijf op wat werkte. Niets? Schrijf dat op.");
	gap(g, f->ruling == RULING_CLOSE && !f->has_failed, "failed",
	    "Schrijf op wat niet werkte. Niets? Schrijf dat op.");
	gap(g, f->ruling == RULING_CLOSE && !f->has_lessons, "lessons",
	    "Schrijf op wat de partners een volgende keer anders doen.");
	gap(g, f->ruling == RULING_CLOSE && !f->feedback_said, "feedback",
	    "Leg vast of de terugkoppeling binnen is, of wanneer die komt.");
	gap(g, f->ruling == RULING_CLOSE && f->feedback_day != 0 && f->feedback_day < f->today,
	    "feedbackDay", "Kies vandaag of een dag die nog komt.");
}

size_t ruling_gaps(const struct ruling_facts *f, struct ruling_gap ret[RULING_GAPS_MAX])
{
	const bool ahead = ruling_goes_ahead(f->ruling);
	struct gaps g = { ret, 0 };

	gap(&g, f->ruling == 0, "ruling", "Kies wat de Stuurploeg besluit.");
	gap(&g,
	    (f->ruling == RULING_AMEND || f->ruling == RULING_REJECT || f->ruling == RULING_DEFER ||
	     f->point_kind == POINT_RECONSIDER) &&
	        f->ruling != 0 && !f->has_reason,
	    "reason", "Schrijf op waarom.");
	gap(&g, f->ruling == RULING_AMEND && !f->changed, "conditions",
	    "Zeg wat er anders is: uren, dag, eigenaar of een voorwaarde.");
	gap(&g, ahead && !f->lead_chosen, "lead", "Kies wie de regie voert.");
	gap(&g, ahead && f->lead_chosen && !f->lead_in_force, "lead",
	    "Deze regievoerder is niet meer aangesteld. Kies een ander.");
	gap(&g, ahead && f->owner == OWNER_UNSAID, "owner",
	    "Leg vast of de eigenaar instemt. Zijn eigen bevoegdheid beslist.");
	gap(&g, ahead && f->due_day != 0 && f->due_day < f->today, "dueDay",
	    "Kies vandaag of een dag die nog komt.");
	gap(&g, f->ruling == RULING_DEFER && !f->meeting_chosen, "meeting",
	    "Kies de vergadering waar dit terugkomt.");
	whole_gaps(f, &g);
	return g.count;
}

/* ---- hours -------------------------------------------------------------------------------------------- */

int64_t pool_left(const struct pool_load *l)
{
	return l->pool < 0 ? 0 : l->pool - l->pledged - l->asked;
}

int pledged_twice(const struct pledge *p, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = 0; j < i; j++)
			if (p[i].participant_id != 0 && p[i].participant_id == p[j].participant_id)
				return (int)i;
	return -1;
}

/* ---- deputies and mandate --------------------------------------------------------------------------------- */

bool seat_has_voice(const struct seat *seats, size_t count, size_t index)
{
	const struct seat *s = &seats[index];

	if (!is_present(s->presence))
		return false;
	for (size_t i = 0; i < count; i++) {
		const struct seat *o = &seats[i];
		if (i == index || !is_present(o->presence))
			continue;
		if (s->deputy_for != 0 && o->appointment_id == s->deputy_for)
			return false;
		const bool member_first = o->deputy_for == 0 && s->deputy_for != 0;
		const bool alike = (o->deputy_for == 0) == (s->deputy_for == 0);
		if (o->organ_id == s->organ_id && (member_first || (alike && i < index)))
			return false;
	}
	return true;
}

struct verdict mandate_covers(const struct mandate_terms *m, int64_t weight, int64_t hours)
{
	if (!m->confirmed || m->ended || m->today < m->from_day || m->today > m->until_day)
		return verdict_no_by(NULL, "Het mandaat van het hoofd geldt nu niet.",
		                     "Zet het op de agenda van een vergadering.");
	if (weight > m->max_weight)
		return verdict_no_by(NULL,
		                     "Deze interventie is te zwaar voor het mandaat van het hoofd.",
		                     "Zet het op de agenda van een vergadering.");
	if (hours > m->max_hours)
		return verdict_no_by(NULL,
		                     "Deze interventie vraagt meer uren dan het mandaat toestaat.",
		                     "Zet het op de agenda van een vergadering.");
	return YES;
}
