#include "signals/signal.h"

#include "audit/action.h"

static const struct state STATES[] = {
	{ SIGNAL_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ SIGNAL_DRAFT, "DRAFT", "Concept", LOOK_DRAFT },
	{ SIGNAL_SUBMITTED, "SUBMITTED", "Ingediend", LOOK_TODO },
	{ SIGNAL_RETURNED, "RETURNED", "Teruggelegd met vragen", LOOK_WAIT },
	{ SIGNAL_INTAKE_OK, "INTAKE_OK", "Intake akkoord", LOOK_BUSY },
	{ SIGNAL_ON_AGENDA, "ON_AGENDA", "Op de agenda", LOOK_BUSY },
	{ SIGNAL_ADOPTED_CASE, "ADOPTED_CASE", "In behandeling als casus", LOOK_DONE },
	{ SIGNAL_ADOPTED_DIRECT, "ADOPTED_DIRECT", "Direct naar interventies", LOOK_DONE },
	{ SIGNAL_MERGED, "MERGED", "Samengevoegd", LOOK_DONE },
	{ SIGNAL_DEFERRED, "DEFERRED", "Aangehouden", LOOK_WAIT },
	{ SIGNAL_NOT_ADOPTED, "NOT_ADOPTED", "Niet in behandeling", LOOK_STOPPED },
	{ SIGNAL_WITHDRAWN, "WITHDRAWN", "Ingetrokken", LOOK_STOPPED },
	{ SIGNAL_DESTROYED, "DESTROYED", "Vernietigd", LOOK_GONE },
};

static const struct action ACTIONS[] = {
	{ SIGNAL_SUBMIT, "submit", "Dien in" },
	{ SIGNAL_RETURN, "return", "Stel vragen en leg terug" },
	{ SIGNAL_RESUBMIT, "resubmit", "Dien opnieuw in" },
	{ SIGNAL_ACCEPT, "accept", "Intake akkoord" },
	{ SIGNAL_PUT_ON_AGENDA, "put-on-agenda", "Zet op de agenda" },
	{ SIGNAL_ADOPT_CASE, "adopt-case", "Neem in behandeling als casus" },
	{ SIGNAL_ADOPT_DIRECT, "adopt-direct", "Ga direct naar interventies" },
	{ SIGNAL_MERGE, "merge", "Voeg samen" },
	{ SIGNAL_DEFER, "defer", "Houd aan" },
	{ SIGNAL_NOT_ADOPT, "not-adopt", "Neem niet in behandeling" },
	{ SIGNAL_WITHDRAW, "withdraw", "Trek in" },
	{ SIGNAL_DESTROY, "destroy", "Vernietig" },
	{ SIGNAL_BACK_TO_DRAFT, "back-to-draft", "Terug naar het concept van de indiener" },
	{ SIGNAL_TAKE_OFF_AGENDA, "take-off-agenda", "Haal van de agenda" },
	{ SIGNAL_LAPSE, "lapse", "Concept te lang niet gewijzigd" },
	{ SIGNAL_EXPIRE, "expire", "Te lang zonder besluit" },
};

static struct verdict own(const struct signal_picture *p)
{
	if (!p->actor_is_submitter)
		return verdict_no(NULL, "WGS, artikel 2.23, eerste lid",
		                  "Alleen de organisatie die het signaal schrijft, mag dit.", NULL);
	return verdict_yes();
}

static struct verdict may_submit(const void *picture)
{
	const struct signal_picture *p = picture;
	struct verdict v = own(p);
	if (!verdict_allows(v))
		return v;
	if (!p->has_title || !p->has_facts || !p->has_where || !p->has_municipality)
		return verdict_no("X-1", "BGS, artikel 2.16, eerste lid, onder a",
		                  "Vertel eerst wat u zag en waar. Kies ook de gemeente.",
		                  "Vul de stappen Feiten en Plaats aan.");
	if (!p->has_theme || !p->has_line || !p->has_task)
		return verdict_no("X-1", "BGS, artikel 1.5",
		                  "Kies het thema, de lijn en de taak waaruit u dit weet.",
		                  "Vul de stap Thema en taak aan.");
	if (!p->criteria_explained)
		return verdict_no("X-6", "BGS, artikel 2.16, tweede lid",
		                  "Leg bij elk van de vijf criteria uit waarom het past.",
		                  "Minstens 20 tekens per criterium.");
	if (!p->hits_settled)
		return verdict_no("X-13", "BGS, artikel 2.15",
		                  "In de tekst staat iets wat hier misschien niet mag staan.",
		                  "Haal het weg, of zeg dat het geen bijzonder gegeven is.");
	if (!p->lawful_declared)
		return verdict_no(NULL, "BGS, artikel 1.5 en 1.6",
		                  "Bevestig dat u deze gegevens mag gebruiken en dat ze kloppen.",
		                  NULL);
	return verdict_yes();
}

static struct verdict may_resubmit(const void *picture)
{
	const struct signal_picture *p = picture;
	struct verdict v = may_submit(p);
	if (!verdict_allows(v))
		return v;
	if (p->open_questions > 0)
		return verdict_no(NULL, NULL, "Er staan nog vragen open. Beantwoord ze eerst.",
		                  "Ga naar Vragen en antwoorden.");
	return verdict_yes();
}

static struct verdict may_withdraw(const void *picture)
{
	return own(picture);
}

static struct verdict may_return(const void *picture)
{
	const struct signal_picture *p = picture;
	if (p->open_questions == 0)
		return verdict_no(NULL, NULL, "Stel eerst minstens één vraag.", NULL);
	return verdict_yes();
}

static struct verdict may_accept(const void *picture)
{
	const struct signal_picture *p = picture;
	if (!p->matched)
		return verdict_no(NULL, "WGS, artikel 2.23, derde lid",
		                  "Kijk eerst of dit al bekend is in de eigen regio.",
		                  "Open Al bekend? en leg vast dat u keek.");
	if (!p->hits_reviewed)
		return verdict_no(
		    "X-13", NULL,
		    "De indiener zegt bij een woord: geen bijzonder gegeven. Kijk dat eerst na.",
		    NULL);
	if (p->open_questions > 0)
		return verdict_no(NULL, NULL, "Er staat nog een vraag open.", NULL);
	return verdict_yes();
}

static struct verdict has_meeting(const void *picture)
{
	const struct signal_picture *p = picture;
	return p->meeting_chosen
	           ? verdict_yes()
	           : verdict_no(NULL, NULL, "Kies een overleg dat nog moet komen.", NULL);
}

static struct verdict may_adopt(const void *picture)
{
	const struct signal_picture *p = picture;
	if (p->criteria_met < 5)
		return verdict_no("X-6", "BGS, artikel 2.16, eerste lid",
		                  "Niet alle vijf criteria zijn als voldaan vastgelegd.",
		                  "Leg ze vast, of neem het signaal niet in behandeling.");
	if (p->factors_recorded < 4)
		return verdict_no(NULL, "WGS, artikel 2.23, derde lid",
		                  "Leg bij alle vier de factoren vast wat het overleg vindt.",
		                  NULL);
	if (p->participants_involved == 0)
		return verdict_no(NULL, "WGS, artikel 2.23, vijfde lid",
		                  "Kies welke deelnemers meedoen. Alleen zij krijgen toegang.",
		                  NULL);
	if (!p->assignment_given)
		return verdict_no(NULL, NULL, "Schrijf de opdracht op.", NULL);
	return verdict_yes();
}

static struct verdict may_merge(const void *picture)
{
	const struct signal_picture *p = picture;
	return p->target_chosen
	           ? verdict_yes()
	           : verdict_no(NULL, NULL, "Kies het signaal waarmee u samenvoegt.", NULL);
}

static struct verdict may_defer(const void *picture)
{
	const struct signal_picture *p = picture;
	if (p->deferred_times >= DEFERRED_MAX_TIMES)
		return verdict_no(NULL, NULL,
		                  "Dit signaal is al twee keer aangehouden. Besluit nu.", NULL);
	return p->reason_given ? verdict_yes()
	                       : verdict_no(NULL, NULL, "Zeg waarom u het aanhoudt.", NULL);
}

static struct verdict may_refuse(const void *picture)
{
	const struct signal_picture *p = picture;
	return p->reason_given ? verdict_yes() : verdict_no(NULL, NULL, "Kies de reden.", NULL);
}

static struct verdict second_signature(const void *picture)
{
	const struct signal_picture *p = picture;
	if (!p->second_person)
		return verdict_no("X-16", "BGS, artikel 1.16, eerste lid",
		                  "U maakte deze lijst zelf. Daarom moet een ander tekenen.", NULL);
	return verdict_yes();
}

#define R(name) ROLE_BIT(ROLE_##name)
/* Who works on a casefile for a partner writes what adds somebody to it (decisions 1.4). */
static const uint64_t WRITERS = R(SUBMITTER) | R(WORKING_GROUP);
static const uint64_t COORDINATOR = R(INFO_COORDINATOR);
static const uint64_t SECRETARIES = R(SECRETARY) | R(INFO_COORDINATOR);
static const uint64_t RECORDS = R(RECORDS_MANAGER);
static const uint64_t SYSTEM = 0;

#define MOVE(from_, action_, to_, who_, guard_, audit_, source_)                                   \
	{                                                                                          \
		.from = SIGNAL_##from_, .action = SIGNAL_##action_, .to = SIGNAL_##to_,            \
		.who = (who_), .guard = (guard_), .audit_action = (audit_), .source = (source_)    \
	}

static const struct move MOVES[] = {
	MOVE(DRAFT, SUBMIT, SUBMITTED, WRITERS, may_submit, AUDIT_SIGNAL_SUBMIT,
	     "D 6.1; BGS 2.16(2), 1.5, 1.6"),
	MOVE(SUBMITTED, RETURN, RETURNED, COORDINATOR, may_return, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(RETURNED, RESUBMIT, SUBMITTED, WRITERS, may_resubmit, AUDIT_SIGNAL_SUBMIT, "D 6.1"),
	MOVE(RETURNED, BACK_TO_DRAFT, DRAFT, SYSTEM, NULL, AUDIT_SIGNAL_MOVE, "decisions 1.7"),
	MOVE(SUBMITTED, ACCEPT, INTAKE_OK, COORDINATOR, may_accept, AUDIT_SIGNAL_MOVE,
	     "D 6.1; decisions 1.2"),
	MOVE(INTAKE_OK, PUT_ON_AGENDA, ON_AGENDA, COORDINATOR, has_meeting, AUDIT_SIGNAL_MOVE,
	     "D 6.1"),
	MOVE(DEFERRED, PUT_ON_AGENDA, ON_AGENDA, COORDINATOR, has_meeting, AUDIT_SIGNAL_MOVE,
	     "D 6.1"),
	MOVE(ON_AGENDA, TAKE_OFF_AGENDA, INTAKE_OK, SECRETARIES, NULL, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(ON_AGENDA, ADOPT_CASE, ADOPTED_CASE, SECRETARIES, may_adopt, AUDIT_OUTCOME,
	     "D 6.1; WGS 2.23(3), (5)"),
	MOVE(ON_AGENDA, ADOPT_DIRECT, ADOPTED_DIRECT, SECRETARIES, may_adopt, AUDIT_OUTCOME,
	     "D 6.1"),
	MOVE(ON_AGENDA, MERGE, MERGED, SECRETARIES, may_merge, AUDIT_OUTCOME, "D 6.1"),
	MOVE(ON_AGENDA, DEFER, DEFERRED, SECRETARIES, may_defer, AUDIT_OUTCOME, "D 6.1"),
	MOVE(ON_AGENDA, NOT_ADOPT, NOT_ADOPTED, SECRETARIES, may_refuse, AUDIT_OUTCOME, "D 6.1"),
	MOVE(DRAFT, LAPSE, DESTROYED, SYSTEM, NULL, AUDIT_DESTROY, "decisions 1.7"),
	MOVE(SUBMITTED, EXPIRE, NOT_ADOPTED, SYSTEM, NULL, AUDIT_SIGNAL_MOVE, "decisions 1.7"),
	MOVE(RETURNED, EXPIRE, NOT_ADOPTED, SYSTEM, NULL, AUDIT_SIGNAL_MOVE, "decisions 1.7"),
	MOVE(INTAKE_OK, EXPIRE, NOT_ADOPTED, SYSTEM, NULL, AUDIT_SIGNAL_MOVE, "decisions 1.7"),
	MOVE(DEFERRED, EXPIRE, NOT_ADOPTED, SYSTEM, NULL, AUDIT_SIGNAL_MOVE, "decisions 1.7"),
	MOVE(DRAFT, WITHDRAW, WITHDRAWN, WRITERS, may_withdraw, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(SUBMITTED, WITHDRAW, WITHDRAWN, WRITERS, may_withdraw, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(RETURNED, WITHDRAW, WITHDRAWN, WRITERS, may_withdraw, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(INTAKE_OK, WITHDRAW, WITHDRAWN, WRITERS, may_withdraw, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(ON_AGENDA, WITHDRAW, WITHDRAWN, WRITERS, may_withdraw, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(DEFERRED, WITHDRAW, WITHDRAWN, WRITERS, may_withdraw, AUDIT_SIGNAL_MOVE, "D 6.1"),
	MOVE(NOT_ADOPTED, DESTROY, DESTROYED, RECORDS, second_signature, AUDIT_DESTROY,
	     "D 6.1; BGS 1.16(1)(b)"),
	MOVE(WITHDRAWN, DESTROY, DESTROYED, RECORDS, second_signature, AUDIT_DESTROY,
	     "D 6.1; BGS 1.16(1)(b)"),
	/* with the casefile that came of it */
	MOVE(ADOPTED_CASE, DESTROY, DESTROYED, RECORDS, second_signature, AUDIT_DESTROY,
	     "D 6.3; BGS 1.16(1)(a)"),
	MOVE(ADOPTED_DIRECT, DESTROY, DESTROYED, RECORDS, second_signature, AUDIT_DESTROY,
	     "D 6.3; BGS 1.16(1)(a)"),
	MOVE(MERGED, DESTROY, DESTROYED, RECORDS, second_signature, AUDIT_DESTROY,
	     "D 6.3; BGS 1.16(1)(a)"),
};

#define COUNT(t) (sizeof(t) / sizeof((t)[0]))

const struct machine SIGNAL_MACHINE = {
	.name = "signal",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

int signal_needs(const struct signal_picture *p, int subject_count, bool tried, bool effect,
                 struct signal_need ret[SIGNAL_NEEDS])
{
	const struct signal_need all[] = {
		{ "Titel", "Zo herkent iedereen het signaal, zonder namen.", "facts", true,
		  p->has_title },
		{ "Wat er is gezien", "Feiten dragen het signaal; een oordeel alleen is te weinig.",
		  "facts", true, p->has_facts },
		{ "Waar", "Zonder plaats kan niemand het nagaan.", "place", true, p->has_where },
		{ "Gemeente", "Minstens één gemeente in deze regio.", "place", true,
		  p->has_municipality },
		{ "Thema", "Zo komt het bij de juiste mensen.", "theme", true, p->has_theme },
		{ "Lijn", "Gaat het om een plaats, een fenomeen, een persoon of een gelegenheid?",
		  "theme", true, p->has_line },
		{ "Taak of register", "De wet vraagt uit welke taak u dit weet.", "theme", true,
		  p->has_task },
		{ "De vijf criteria", "Het overleg toetst ze; u legt ze uit.", "criteria", true,
		  p->criteria_explained },
		{ "Bijzondere gegevens", "Wat hier niet mag staan, moet eerst weg.", "facts", true,
		  p->hits_settled },
		{ "Uw bevestiging", "U mag deze gegevens gebruiken en ze kloppen.", "submit", true,
		  p->lawful_declared },
		{ "Over wie of wat", "Met een naam, bedrijf of adres kunnen partners zoeken.",
		  "subjects", false, subject_count > 0 },
		{ "Wat is er al gedaan", "Het overleg weegt wat al geprobeerd is.", "effect", false,
		  tried },
		{ "Wat hoopt u te bereiken", "Zo kiest het overleg een aanpak die past.", "effect",
		  false, effect },
		{ "Antwoorden", "Vragen van het RIEC zijn beantwoord.", "questions", true,
		  p->open_questions == 0 },
	};
	_Static_assert(sizeof all / sizeof all[0] == SIGNAL_NEEDS, "every need has a row");
	int done = 0;

	for (int i = 0; i < SIGNAL_NEEDS; i++) {
		ret[i] = all[i];
		done += all[i].done;
	}
	return done;
}

/* ---- who it is open to ------------------------------------------------------------------ */

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

static void region_reads(const struct signal_facts *s, struct thing *t)
{
	static const enum role ROLES[] = { ROLE_ANALYST, ROLE_RIEC_HEAD, ROLE_COORD_DPO };

	reads(t, audience_of(AUDIENCE_ORGAN_DESK, s->organ_id));
	writes(t, audience_of(AUDIENCE_ROLE, ROLE_INFO_COORDINATOR));
	for (size_t i = 0; i < COUNT(ROLES); i++)
		reads(t, audience_of(AUDIENCE_ROLE, ROLES[i]));
	if (s->municipality_id != 0)
		reads(t, audience_of(AUDIENCE_MUNICIPALITY, s->municipality_id));
	if (s->meeting_id == 0)
		return;
	reads(t, audience_of(AUDIENCE_MEETING, s->meeting_id));
	writes(t, audience_of(AUDIENCE_ROLE, ROLE_SECRETARY));
	reads(t, audience_of(AUDIENCE_ROLE, ROLE_CHAIR));
}

static void own_organ(const struct signal_facts *s, struct thing *t)
{
	const bool writable = s->state == SIGNAL_DRAFT || s->state == SIGNAL_RETURNED;
	const audience organ = audience_of(AUDIENCE_ORGAN, s->organ_id);

	if (!writable) {
		reads(t, organ);
		if (s->helper_appointment_id != 0 && s->helper_appointment_id == s->appointment_id)
			reads(t, audience_of(AUDIENCE_APPOINTMENT, s->appointment_id));
		return;
	}
	writes(t, organ);
	if (s->helper_appointment_id != 0)
		writes(t, audience_of(AUDIENCE_APPOINTMENT, s->helper_appointment_id));
}

bool signal_is_over(uint8_t state)
{
	return state == SIGNAL_NOT_ADOPTED || state == SIGNAL_WITHDRAWN ||
	       state == SIGNAL_DESTROYED;
}

void signal_thing(const struct signal_facts *s, struct thing *ret)
{
	*ret = (struct thing){ 0 };
	if (s->state == SIGNAL_DESTROYED || s->state == SIGNAL_NONE || s->shielded)
		return;
	own_organ(s, ret);
	if (s->state == SIGNAL_DRAFT)
		return;
	if (s->state == SIGNAL_NOT_ADOPTED || s->state == SIGNAL_WITHDRAWN) {
		reads(ret, audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD));
		return;
	}
	region_reads(s, ret);
}
