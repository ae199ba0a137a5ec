#include "requests/information_request.h"

#include "audit/action.h"
#include "law/terms.h"

static const struct verdict YES = { .kind = VERDICT_YES };

#define R(name)  ROLE_BIT(ROLE_##name)
#define COUNT(t) (sizeof(t) / sizeof((t)[0]))
#define ART_223  "WGS, artikel 2.23, vijfde lid"

/* ---- the life of a request ----------------------------------------------------------------- */

static const struct state STATES[] = {
	{ REQUEST_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ REQUEST_DRAFT, "DRAFT", "Concept", LOOK_DRAFT },
	{ REQUEST_ISSUED, "ISSUED", "Uitgezet", LOOK_TODO },
	{ REQUEST_ACCEPTED, "ACCEPTED", "In behandeling", LOOK_BUSY },
	{ REQUEST_SIGNING, "SIGNING", "Wacht op tweede persoon", LOOK_SIGN },
	{ REQUEST_NO_HIT, "ANSWERED_NO_HIT", "Niets bekend", LOOK_DONE },
	{ REQUEST_HIT, "ANSWERED_HIT", "Bekend", LOOK_DONE },
	{ REQUEST_ANSWERED, "ANSWERED", "Beantwoord", LOOK_DONE },
	{ REQUEST_PARTLY, "PARTLY_ANSWERED", "Deels beantwoord", LOOK_DONE },
	{ REQUEST_REFUSED, "REFUSED", "Geweigerd", LOOK_STOPPED },
	{ REQUEST_CANCELLED, "CANCELLED", "Ingetrokken", LOOK_GONE },
	{ REQUEST_CHECKED, "CHECKED", "Gecontroleerd", LOOK_DONE },
	{ REQUEST_CLOSED, "CLOSED", "Afgesloten", LOOK_DONE },
	{ REQUEST_EMPTY, "HANDLED", "Afgehandeld, niets toegevoegd", LOOK_DONE },
};
_Static_assert(COUNT(STATES) == REQUEST_STATE_COUNT, "every state has a row");

static const struct action ACTIONS[] = {
	{ REQUEST_WRITE, "write", "Schrijf een bevraging" },
	{ REQUEST_ISSUE, "issue", "Zet de bevraging uit" },
	{ REQUEST_ACCEPT, "accept", "Neem in behandeling" },
	{ REQUEST_SAY_NOTHING, "nothing-known", "Niets bekend" },
	{ REQUEST_SAY_KNOWN, "known", "Bekend" },
	{ REQUEST_ANSWER, "answer", "Verstuur het antwoord" },
	{ REQUEST_ANSWER_PARTLY, "answer-partly", "Verstuur het antwoord, een deel niet" },
	{ REQUEST_OFFER, "offer", "Leg voor aan een tweede persoon" },
	{ REQUEST_SIGN, "sign", "Teken en verstuur" },
	{ REQUEST_SIGN_PARTLY, "sign-partly", "Teken en verstuur, een deel niet" },
	{ REQUEST_GIVE_BACK, "give-back", "Geef terug aan het loket" },
	{ REQUEST_REFUSE, "refuse", "Weiger de hele vraag" },
	{ REQUEST_CANCEL, "cancel", "Trek in" },
	{ REQUEST_CHECK, "check", "Rond de controle af" },
	{ REQUEST_CLOSE, "close", "Sluit af" },
	{ REQUEST_ADD, "add", "Vul aan" },
	{ REQUEST_ASK_TIME, "ask-time", "Vraag uitstel" },
	{ REQUEST_GIVE_TIME, "give-time", "Geef uitstel" },
	{ REQUEST_DENY_TIME, "deny-time", "Geef geen uitstel" },
	{ REQUEST_FORWARD, "forward", "Geef door aan een collega" },
	{ REQUEST_REWRITE, "rewrite", "Wijzig het concept" },
};

static struct verdict casefile_open(const struct request_picture *p)
{
	return p->casefile_open
	           ? YES
	           : verdict_no_by("WGS, artikel 2.23, zesde lid",
	                           "De casus is niet meer open. Er kunnen geen gegevens meer bij.",
	                           "Is er iets nieuws? Breng een signaal in.");
}

static struct verdict may_issue(const void *picture)
{
	const struct request_picture *p = picture;
	struct verdict v = casefile_open(p);

	if (!verdict_allows(v))
		return v;
	if (!p->addressee_involved)
		return verdict_no_by(ART_223, "Deze deelnemer is niet bij de casus betrokken.",
		                     "Laat het overleg deze deelnemer eerst betrekken.");
	if (p->subjects == 0)
		return verdict_no_by(ART_223, "Er staat nog niet bij over wie de vraag gaat.",
		                     "Kies minstens één betrokkene.");
	if (p->kind == REQUEST_CONTENT && p->parts == 0)
		return verdict_no_by("WGS, artikel 2.22, eerste lid",
		                     "Er staat nog niet bij welke gegevens u vraagt.",
		                     "Kies minstens één soort.");
	if (p->parts_closed_phase > 0)
		return verdict_no_by("WGS, artikel 2.23, zesde lid",
		                     "U vraagt gegevens uit een fase die niet open is.",
		                     "Haal die soort weg, of laat de fase eerst openen.");
	if (p->necessity_chars < REQUEST_NECESSITY_CHARS_MIN)
		return verdict_no_by("WGS, artikel 1.5, eerste lid",
		                     "Er staat nog niet genoeg bij waarom de gegevens nodig zijn.",
		                     "Schrijf dat op, in minstens één zin.");
	if (p->kind == REQUEST_CONTENT && p->question_chars == 0)
		return verdict_no_by(NULL, "De vraag staat er nog niet bij.",
		                     "Schrijf de vraag op.");
	return YES;
}

static struct verdict may_say_nothing(const void *picture)
{
	const struct request_picture *p = picture;
	return p->items == 0 ? YES
	                     : verdict_no_by(NULL, "U schreef al iets op.",
	                                     "Verstuur dat, of haal het eerst weg.");
}

static struct verdict may_say_known(const void *picture)
{
	const struct request_picture *p = picture;
	return p->kind == REQUEST_HIT_NO_HIT ? YES
	                                     : verdict_no_by(NULL, "Hier is om de inhoud gevraagd.",
	                                                     "Vul in wat u weet, en verstuur dat.");
}

static struct verdict complete(const struct request_picture *p)
{
	struct verdict v = casefile_open(p);

	if (!verdict_allows(v))
		return v;
	if (p->kind != REQUEST_CONTENT)
		return verdict_no_by(NULL, "Hier is niet om de inhoud gevraagd.",
		                     "Kies alleen: bekend, of niets bekend.");
	if (p->parts_closed_phase > 0)
		return verdict_no_by(
		    "WGS, artikel 2.23, zesde lid", "Een van de gevraagde fases is niet meer open.",
		    "Vraag de informatiecoördinator om de bevraging aan te passen.");
	if (p->parts_open > 0)
		return verdict_no_by(NULL, "Nog niet alle onderdelen zijn klaar.",
		                     "Vul ze in, of kies bij elk onderdeel: niets bekend.");
	if (p->parts_facts == 0)
		return verdict_no_by(NULL, "U schreef niets op.",
		                     "Kies: niets bekend over de hele vraag.");
	return YES;
}

static struct verdict whole(const struct request_picture *p)
{
	struct verdict v = complete(p);

	if (verdict_allows(v) && p->parts_refused > 0)
		return verdict_no_by(NULL, "U houdt een deel achter.",
		                     "Verstuur het antwoord als deel.");
	return v;
}

static struct verdict part(const struct request_picture *p)
{
	struct verdict v = complete(p);

	if (verdict_allows(v) && p->parts_refused == 0)
		return verdict_no_by(NULL, "U houdt niets achter.", "Verstuur het hele antwoord.");
	return v;
}

static struct verdict not_phase_3(const struct request_picture *p, struct verdict v)
{
	if (verdict_allows(v) && p->phase_3)
		return verdict_no_by(
		    "WGS, artikel 2.23, zesde lid, onderdeel c",
		    "Hier gaat fase 3 over. Een tweede persoon van uw organisatie tekent mee.",
		    "Leg het antwoord voor aan uw beslisser.");
	return v;
}

static struct verdict may_answer(const void *picture)
{
	return not_phase_3(picture, whole(picture));
}

static struct verdict may_answer_partly(const void *picture)
{
	return not_phase_3(picture, part(picture));
}

static struct verdict may_offer(const void *picture)
{
	const struct request_picture *p = picture;

	if (!p->phase_3)
		return verdict_no_by(NULL, "Hier hoeft geen tweede persoon te tekenen.",
		                     "Verstuur het antwoord zelf.");
	return complete(p);
}

static struct verdict second_person(const struct request_picture *p, struct verdict v)
{
	if (verdict_allows(v) && p->actor_person_id == p->answering_person_id)
		return law_x16_four_eyes(p->answering_person_id, p->actor_person_id);
	return v;
}

static struct verdict may_sign(const void *picture)
{
	return second_person(picture, whole(picture));
}

static struct verdict may_sign_partly(const void *picture)
{
	return second_person(picture, part(picture));
}

/* Of phase 3 the analysts see nothing by role: there the coordinator checks who asked for it. */
static struct verdict may_check(const void *picture)
{
	const struct request_picture *p = picture;

	if (p->actor_role == ROLE_INFO_COORDINATOR && !p->phase_3)
		return verdict_no_by("BGS, artikel 1.8", "De analist controleert dit antwoord.",
		                     "Vraag de analist van de casus.");
	return p->items_unjudged == 0
	           ? YES
	           : verdict_no_by("BGS, artikel 1.8", "Nog niet elk gegeven is beoordeeld.",
	                           "Kies bij elk gegeven: houden of terugsturen.");
}

static struct verdict may_add(const void *picture)
{
	return casefile_open(picture);
}

static struct verdict may_ask_time(const void *picture)
{
	const struct request_picture *p = picture;

	if (p->wanted_day == 0)
		return verdict_no_by(NULL, "Er staat nog niet bij tot welke dag u uitstel wilt.",
		                     "Kies een dag.");
	return request_may_extend(p->due_day, p->wanted_day, NULL);
}

static struct verdict time_asked(const void *picture)
{
	const struct request_picture *p = picture;
	return p->wanted_day != 0 ? YES
	                          : verdict_no_by(NULL, "Er is geen uitstel gevraagd.",
	                                          "Wacht tot het loket een dag vraagt.");
}

static const uint64_t COORDINATOR = R(INFO_COORDINATOR);
static const uint64_t WRITERS = R(INFO_COORDINATOR) | R(ANALYST);
static const uint64_t DESK = R(PARTNER_DESK);
static const uint64_t DECIDER = R(PARTNER_DECIDER);
static const uint64_t ADDRESSEE = R(PARTNER_DESK) | R(PARTNER_DECIDER);

#define MOVE(from_, action_, to_, who_, guard_, audit_)                                            \
	{                                                                                          \
		.from = REQUEST_##from_, .action = REQUEST_##action_, .to = REQUEST_##to_,         \
		.who = (who_), .guard = (guard_), .audit_action = AUDIT_##audit_,                  \
		.source = "D 6.2"                                                                  \
	}
#define SIGNED(action_, to_, guard_)                                                               \
	{                                                                                          \
		.from = REQUEST_SIGNING, .action = REQUEST_##action_, .to = REQUEST_##to_,         \
		.who = DECIDER, .guard = (guard_), .eyes = FOUR_EYES,                              \
		.audit_action = AUDIT_REQUEST_ANSWER, .source = "D 6.2; X-16"                      \
	}
static const struct move MOVES[] = {
	MOVE(NONE, WRITE, DRAFT, WRITERS, NULL, REQUEST_WRITE),
	MOVE(DRAFT, REWRITE, DRAFT, WRITERS, NULL, REQUEST_WRITE),
	MOVE(DRAFT, ISSUE, ISSUED, COORDINATOR, may_issue, REQUEST_MOVE),
	MOVE(DRAFT, CANCEL, CANCELLED, WRITERS, NULL, REQUEST_MOVE),
	MOVE(ISSUED, CANCEL, CANCELLED, COORDINATOR, NULL, REQUEST_MOVE),
	MOVE(ISSUED, ACCEPT, ACCEPTED, DESK, NULL, REQUEST_MOVE),
	/* Both of the addressee may say "nothing known": who acted doesn't tell what was said. */
	MOVE(ISSUED, SAY_NOTHING, NO_HIT, ADDRESSEE, may_say_nothing, REQUEST_ANSWER),
	MOVE(ACCEPTED, SAY_NOTHING, NO_HIT, ADDRESSEE, may_say_nothing, REQUEST_ANSWER),
	MOVE(ISSUED, SAY_KNOWN, HIT, DESK, may_say_known, REQUEST_ANSWER),
	MOVE(ACCEPTED, SAY_KNOWN, HIT, DESK, may_say_known, REQUEST_ANSWER),
	MOVE(ACCEPTED, ANSWER, ANSWERED, DESK, may_answer, REQUEST_ANSWER),
	MOVE(ACCEPTED, ANSWER_PARTLY, PARTLY, DESK, may_answer_partly, REQUEST_ANSWER),
	MOVE(ACCEPTED, OFFER, SIGNING, DESK, may_offer, REQUEST_MOVE),
	SIGNED(SIGN, ANSWERED, may_sign),
	SIGNED(SIGN_PARTLY, PARTLY, may_sign_partly),
	MOVE(SIGNING, GIVE_BACK, ACCEPTED, DECIDER, NULL, REQUEST_MOVE),
	/* The same act in the log as an answer: the log of a record doesn't tell them apart. */
	MOVE(ISSUED, REFUSE, REFUSED, DECIDER, NULL, REQUEST_ANSWER),
	MOVE(ACCEPTED, REFUSE, REFUSED, DECIDER, NULL, REQUEST_ANSWER),
	MOVE(SIGNING, REFUSE, REFUSED, DECIDER, NULL, REQUEST_ANSWER),
	MOVE(ISSUED, FORWARD, ACCEPTED, DESK, NULL, REQUEST_MOVE),
	MOVE(ACCEPTED, FORWARD, ACCEPTED, DESK, NULL, REQUEST_MOVE),
	MOVE(ISSUED, ASK_TIME, ISSUED, DESK, may_ask_time, REQUEST_MOVE),
	MOVE(ACCEPTED, ASK_TIME, ACCEPTED, DESK, may_ask_time, REQUEST_MOVE),
	MOVE(ISSUED, GIVE_TIME, ISSUED, COORDINATOR, time_asked, REQUEST_MOVE),
	MOVE(ACCEPTED, GIVE_TIME, ACCEPTED, COORDINATOR, time_asked, REQUEST_MOVE),
	MOVE(ISSUED, DENY_TIME, ISSUED, COORDINATOR, time_asked, REQUEST_MOVE),
	MOVE(ACCEPTED, DENY_TIME, ACCEPTED, COORDINATOR, time_asked, REQUEST_MOVE),
	MOVE(HIT, CHECK, CHECKED, WRITERS, may_check, REQUEST_CHECK),
	MOVE(ANSWERED, CHECK, CHECKED, WRITERS, may_check, REQUEST_CHECK),
	MOVE(PARTLY, CHECK, CHECKED, WRITERS, may_check, REQUEST_CHECK),
	MOVE(CHECKED, CLOSE, CLOSED, COORDINATOR, NULL, REQUEST_MOVE),
	/* Nothing came, so nothing is checked; whether it was refused makes no difference. */
	MOVE(NO_HIT, CLOSE, CLOSED, COORDINATOR, NULL, REQUEST_MOVE),
	MOVE(REFUSED, CLOSE, CLOSED, COORDINATOR, NULL, REQUEST_MOVE),
	MOVE(CHECKED, ADD, ACCEPTED, DESK, may_add, REQUEST_MOVE),
	MOVE(CLOSED, ADD, ACCEPTED, DESK, may_add, REQUEST_MOVE),
};

const struct machine REQUEST_MACHINE = {
	.name = "information_request",
	.states = STATES,
	.state_count = COUNT(STATES),
	.actions = ACTIONS,
	.action_count = COUNT(ACTIONS),
	.moves = MOVES,
	.move_count = COUNT(MOVES),
};

/* ---- what a viewer sees of it ----------------------------------------------------------------- */

bool request_refusal_open_to(enum role role, bool of_addressee)
{
	return role == ROLE_INFO_COORDINATOR || (role == ROLE_PARTNER_DECIDER && of_addressee);
}

bool request_reason_open_to(enum role role, bool of_addressee)
{
	return role == ROLE_RIEC_HEAD || (role == ROLE_PARTNER_DECIDER && of_addressee);
}

uint8_t request_shown(uint8_t state, bool empty, bool sees_refusal)
{
	if (sees_refusal)
		return state;
	if (state == REQUEST_NO_HIT || state == REQUEST_REFUSED ||
	    (state == REQUEST_CLOSED && empty))
		return REQUEST_EMPTY;
	return state == REQUEST_PARTLY ? REQUEST_ANSWERED : state;
}

uint8_t answer_shown(uint8_t answer_state, bool sees_refusal)
{
	return answer_state == ANSWER_REFUSED && !sees_refusal ? ANSWER_NOTHING : answer_state;
}

/* ---- terms -------------------------------------------------------------------------------------- */

int32_t request_due(enum request_kind kind, bool urgent, int32_t issued_day,
                    const struct office_days *office)
{
	const enum law_parameter_id term = urgent ? PARAM_REQUEST_URGENT_WORKING_DAYS
	                                   : kind == REQUEST_HIT_NO_HIT
	                                       ? PARAM_REQUEST_HIT_WORKING_DAYS
	                                       : PARAM_REQUEST_CONTENT_WORKING_DAYS;
	return working_days_add(issued_day, law_parameter(term)->value, office);
}

bool request_waits_for_answer(uint8_t state)
{
	return state == REQUEST_ISSUED || state == REQUEST_ACCEPTED || state == REQUEST_SIGNING;
}

int request_days_late(uint8_t state, int64_t due_day, int32_t today,
                      const struct office_days *office)
{
	if (!request_waits_for_answer(state) || due_day == 0)
		return 0;
	return working_days_between((int32_t)due_day, today, office);
}

bool request_escalates(uint8_t state, int64_t due_day, int32_t today,
                       const struct office_days *office)
{
	return request_days_late(state, due_day, today, office) >=
	       law_parameter(PARAM_REQUEST_ESCALATE_WORKING_DAYS)->value;
}

struct verdict request_may_extend(int64_t due_day, int64_t wanted_day,
                                  const struct office_days *office)
{
	const int32_t due = (int32_t)due_day;

	if (wanted_day <= due_day)
		return verdict_no_by(NULL, "De termijn loopt al tot die dag, of langer.",
		                     "Kies een dag na de laatste dag van de termijn.");
	if (wanted_day > working_days_add(due, REQUEST_EXTENSION_WORKING_DAYS_MAX, office))
		return verdict_no_by(NULL, "Uitstel kan tot 20 werkdagen na de termijn.",
		                     "Kies een eerdere dag, of verstuur vast een deel.");
	return YES;
}

/* ---- what may be asked --------------------------------------------------------------------------- */

struct verdict request_part_may(const struct part_asking *q)
{
	const struct law_category_row *row = law_category(q->category);
	const struct law_item item = {
		.category = q->category,
		.source = q->addressee,
		.source_unit = q->unit,
		.phase = row != NULL ? row->phase : PHASE_UNKNOWN,
		.about_subject = true,
		.in_casefile = true,
		.opened_phase = q->opened_phase,
		.activity = q->activity,
		.crime_form = q->crime_form,
		.exploitation = q->exploitation,
		.criminal_data_present = q->criminal_data_present,
		.on_day = q->on_day,
	};
	static struct verdict (*const RULES[])(const struct law_item *) = {
		law_r1_complete,   law_x3_source_category, law_x4_no_heavy_on_scan,
		law_x2_phase_open, law_x5_sexual_conduct,
	};

	for (size_t i = 0; i < COUNT(RULES); i++) {
		struct verdict v = RULES[i](&item);
		if (v.kind != VERDICT_YES)
			return v;
	}
	return YES;
}

uint64_t request_categories(enum law_letter addressee, enum law_phase opened_phase,
                            enum law_activity activity)
{
	uint64_t set = 0;
	size_t count = 0;
	const struct law_category_row *rows = law_categories(&count);

	for (size_t i = 0; i < count; i++) {
		/* What depends on the crime form is offered; whether it may is asked when it is. */
		const struct part_asking q = { .category = rows[i].code,
			                       .addressee = addressee,
			                       .opened_phase = opened_phase,
			                       .activity = activity,
			                       .exploitation = true,
			                       .criminal_data_present = true,
			                       .on_day = DAY_NONE };
		if (verdict_allows(request_part_may(&q)))
			set |= UINT64_C(1) << rows[i].code;
	}
	return set;
}

enum law_phase request_phase(uint64_t categories)
{
	enum law_phase highest = PHASE_1;
	size_t count = 0;
	const struct law_category_row *rows = law_categories(&count);

	for (size_t i = 0; i < count; i++)
		if ((categories >> rows[i].code & 1) != 0 && rows[i].phase > highest)
			highest = rows[i].phase;
	return highest;
}
