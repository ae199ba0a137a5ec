#include "demo/case_tale.h"

#include <string.h>

#include "demo/quick_tale.h"
#include "law/statute.h"
#include "platform/core/calendar.h"

enum {
	PHASE_IN_HUNDRED = 35,
	BOUND_ONE_IN = 3, /* told, but not for a court without asking */
	ANALYSES_IN_HUNDRED = 85,
	ASKING_DAYS = 20,   /* how long the analyst waits for answers */
	ANALYSIS_DAYS = 25, /* how long the analysis takes */
	THINKING_DAYS = 15, /* before a casefile without an approach stops */
	OBJECTION_WORKING_DAYS = 5,
	ADVISES_IN_HUNDRED = 75,
	PATIENCE_DAYS = 6
};

/* What an organisation may know of its own task; told with the first kind that the law offers. */
struct knowledge {
	const char *kind; /* law kinds, as the form names them */
	enum story_subject about;
	const char *text;
};
static const struct knowledge KNOWN[] = {
	{ "TRADE_REGISTER", STORY_FIRM,
	  "Ingeschreven sinds twee jaar. In die tijd drie keer van bestuurder gewisseld. Er is nog "
	  "geen jaarrekening neergelegd." },
	{ "APPLICATION", STORY_FIRM,
	  "Vroeg vorig jaar een exploitatievergunning aan en trok die in toen er vragen kwamen "
	  "over "
	  "de financiering." },
	{ "INSPECTION", STORY_FIRM,
	  "Bij een controle op een dinsdagmiddag was er geen klant, geen voorraad en geen kassa. "
	  "De "
	  "beheerder wist niet wie de eigenaar was." },
	{ "DWELLING_STATE", STORY_PLACE,
	  "De ramen aan de achterkant zijn afgeplakt. Op zolder liggen buizen en een "
	  "koolstoffilter; "
	  "de vloer is nat geweest." },
	{ "OCCUPANTS", STORY_PLACE,
	  "Er staan vier mensen ingeschreven die elkaar niet kennen. Bij het huisbezoek woonde er "
	  "niemand van hen." },
	{ "INSPECTION", STORY_PLACE,
	  "Tijdens de controle stonden er twaalf matrassen in drie kamers. De nooduitgang zat op "
	  "slot." },
	{ "CONTACT", STORY_PERSON,
	  "Staat sinds een half jaar op een ander adres ingeschreven dan waar hij wordt gezien." },
	{ "MEASURE", STORY_PERSON,
	  "Kreeg vorig jaar een last onder dwangsom voor een bedrijf op hetzelfde adres. De "
	  "dwangsom "
	  "is betaald, contant." },
	{ "INSPECTION", STORY_PERSON,
	  "Was bij twee controles aanwezig en gaf beide keren aan dat hij alleen op bezoek was." },
	{ "VEHICLE_FACT", STORY_VEHICLE,
	  "In een jaar vier keer van eigenaar gewisseld. Staat nu op naam van een bedrijf zonder "
	  "personeel." },
	{ "INSPECTION", STORY_VEHICLE,
	  "Stond bij drie controles voor de deur, steeds met andere platen achterin." },
};

const char *case_path(struct stage *s, const struct case_tale *c, const char *rest)
{
	return arena_printf(&s->turn, "/casefiles/%s%s", c->ref, rest);
}

const char *case_subject_path(struct stage *s, const struct case_tale *c, const char *rest)
{
	return case_path(s, c, arena_printf(&s->turn, "/subjects/%d%s", c->about, rest));
}

/* ---- people ---------------------------------------------------------------------------------- */

static enum status name(struct stage *s, const struct case_tale *c, const struct player *who,
                        struct error *reterr)
{
	const char *page = case_path(s, c, "/members");
	return stage_edit(s, c->coordinator, page, page,
	                  stage_json(s, "appointment",
	                             arena_printf(&s->turn, "%lld", (long long)who->appointment_id),
	                             NULL),
	                  reterr);
}

/* Whom the page offers: people of the participants involved. */
static bool offered(struct stage *s, const char *body, const struct player *who)
{
	return who->role == ROLE_WORKING_GROUP &&
	       stage_offers(s, body, "candidates",
	                    arena_printf(&s->turn, "%lld", (long long)who->appointment_id));
}

static enum status staff(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const char *body;

	enum status st = stage_get(s, c->coordinator, case_path(s, c, "/members"), &body, reterr);
	if (st == OK)
		st = name(s, c, c->analyst, reterr);
	for (size_t i = 0; st == OK && i < s->player_count && c->named_count < CASE_NAMED_MAX; i++)
		if (offered(s, body, &s->players[i])) {
			st = name(s, c, &s->players[i], reterr);
			c->named[c->named_count++] = &s->players[i];
		}
	return st;
}

/* One in three belongs to a project; who is first registers it. */
static enum status join_project(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	const char *page = case_path(s, c, "/project"), *body = "", *found;
	enum status st = stage_get(s, c->coordinator, "/projects", &body, reterr);

	if (st == OK && strstr(body, "\"id\":") == NULL) {
		st = stage_post(s, c->coordinator, "/projects",
		                stage_json(s, "name", "Schone loodsen", "aim",
		                           "Minder misbruik van loodsen en bedrijfsruimte.", "from",
		                           "2025-03-01", "until", "2027-12-31", NULL),
		                NULL, reterr);
		if (st == OK)
			st = stage_get(s, c->coordinator, "/projects", &body, reterr);
	}
	found = strstr(body, "\"id\":");
	if (st != OK || found == NULL)
		return st;
	found += sizeof "\"id\":" - 1;
	return stage_edit(
	    s, c->coordinator, page, page,
	    stage_json(s, "project",
	               arena_printf(&s->turn, "%.*s", (int)strspn(found, "0123456789"), found),
	               NULL),
	    reterr);
}

/* ---- what they know -------------------------------------------------------------------------- */

/* Each tells something else: from its own place in the table on, what nobody told before. */
static const struct knowledge *next_known(struct stage *s, const struct case_tale *c,
                                          const char *page, size_t place, uint32_t *told)
{
	const size_t count = sizeof KNOWN / sizeof KNOWN[0];

	for (size_t i = 0; i < count; i++) {
		const size_t n = (place + i) % count;
		if ((*told >> n & 1) != 0 || KNOWN[n].about != c->story->subjects[0] ||
		    !stage_offers(s, page, "kinds", KNOWN[n].kind))
			continue;
		*told |= UINT32_C(1) << n;
		return &KNOWN[n];
	}
	return NULL; /* nothing that he may tell of this one */
}

static enum status tell(struct stage *s, const struct case_tale *c, struct player *who,
                        uint32_t *told, struct error *reterr)
{
	const char *path = case_subject_path(s, c, "/facts"), *page;
	const enum status st = stage_get(s, who, path, &page, reterr);
	if (st != OK)
		return st;
	const uint32_t place = stage_draw(s, "knows", c->number, sizeof KNOWN / sizeof KNOWN[0]);
	const struct knowledge *k = next_known(s, c, page, place, told);
	if (k == NULL)
		return OK;
	const bool bound =
	    stage_draw(s, "bound", c->number ^ who->organ_id << 16, BOUND_ONE_IN) == 0;
	return stage_post(
	    s, who, path,
	    stage_json(s, "kind", k->kind, "nature", "FACT", "task",
	               arena_printf(&s->turn, "%d", law_first_task((enum law_letter)who->letter)),
	               "text", k->text, "sourceGrade", "A", "informationGrade", "2", "handling",
	               bound ? "H1" : "H0", NULL),
	    NULL, reterr);
}

/* One voice an organisation. */
static bool spoke_before(const struct case_tale *c, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (c->named[k]->participant_id == c->named[i]->participant_id)
			return true;
	return false;
}

static enum status tell_all(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	uint32_t told = 0;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->named_count; i++)
		if (!spoke_before(c, i))
			st = tell(s, c, c->named[i], &told, reterr);
	return st;
}

/* ---- phase 2 --------------------------------------------------------------------------------- */

static enum status propose_phase(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	return stage_post(
	    s, c->analyst, case_subject_path(s, c, "/phases"),
	    stage_json(s, "phase", "2", "necessity",
	               "Twee deelnemers kennen deze betrokkene bij een ander bedrijf. "
	               "Zonder de gegevens van fase 2 is niet te zien of het om "
	               "hetzelfde geld gaat.",
	               NULL),
	    NULL, reterr);
}

static enum status open_phase(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	const char *page = case_subject_path(s, c, "/phases"), *body;
	const enum status st = stage_get(s, c->coordinator, page, &body, reterr);
	if (st != OK)
		return st;
	const char *sign = stage_text(&s->turn, body, "buttons", "path");
	return sign != NULL ? stage_edit(s, c->coordinator, page, sign, NULL, reterr) : OK;
}

/* ---- day by day ------------------------------------------------------------------------------ */

static bool has_subject(const struct case_tale *c)
{
	return c->story->subjects[0] != STORY_NONE;
}

static enum status analyse(struct stage *s, const struct case_tale *c, struct error *reterr)
{
	return stage_edit(s, c->analyst, case_path(s, c, ""), case_path(s, c, "/move/analyse"),
	                  NULL, reterr);
}

static void go_on(struct stage *s, struct case_tale *c, enum case_next next, int32_t after)
{
	c->next = next;
	c->day += after + 1 + (int32_t)stage_draw(s, "case", c->number * 16 + next, PATIENCE_DAYS);
}

/* Only what somebody may and can do is advised: without an owner it stays an analysis, and stops. */
static bool will_advise(struct stage *s, const struct case_tale *c)
{
	return case_has_owner(s, c) &&
	       stage_draw(s, "advises", c->number, 100) < ADVISES_IN_HUNDRED;
}

static enum status write_advice(struct stage *s, struct case_tale *c, struct error *reterr)
{
	if (!will_advise(s, c)) {
		go_on(s, c, CASE_TO_STOP, THINKING_DAYS);
		return OK;
	}
	enum status st = case_write_analysis(s, c, reterr);
	if (st == OK)
		st = case_cite(s, c, reterr);
	if (st == OK)
		st = case_fix_analysis(s, c, reterr);
	if (st == OK)
		st = case_begin_advice(s, c, reterr);
	if (st == OK)
		st = case_propose(s, c, reterr);
	go_on(s, c, CASE_TO_ASK_OWNERS, 0);
	return st;
}

static enum status submit(struct stage *s, struct case_tale *c, struct player *head,
                          struct error *reterr)
{
	c->next = CASE_AT_STEERING;
	return stage_edit(s, head, case_path(s, c, ""), case_path(s, c, "/move/to-steering"), NULL,
	                  reterr);
}

static enum status ask_owners(struct stage *s, struct case_tale *c, struct error *reterr)
{
	enum status st = case_move_advice(s, c, c->analyst, "ask", reterr);

	if (st == OK)
		st = case_owners_answer(s, c, reterr);
	/* the term runs from today, and holidays count */
	c->day = working_days_add(local_day(clock_now_ms(s->clock)), OBJECTION_WORKING_DAYS, NULL);
	go_on(s, c, CASE_TO_SIGN, 0);
	return st;
}

/* By two persons: the analyst who wrote it, and the head. */
static enum status sign_by_two(struct stage *s, struct case_tale *c, struct error *reterr)
{
	struct player *head = stage_player(s, ROLE_RIEC_HEAD, NULL, 0, 0);
	const enum case_next now = c->next;

	if (now == CASE_TO_SUBMIT)
		return submit(s, c, head, reterr);
	go_on(s, c, now == CASE_TO_SIGN ? CASE_TO_CONFIRM : CASE_TO_SUBMIT, 0);
	return now == CASE_TO_SIGN ? case_move_advice(s, c, c->analyst, "sign", reterr)
	                           : case_move_advice(s, c, head, "confirm", reterr);
}

static enum status act(struct stage *s, struct case_tale *c, struct error *reterr)
{
	const bool opens =
	    has_subject(c) && stage_draw(s, "phase", c->number, 100) < PHASE_IN_HUNDRED;
	enum status st = OK;

	switch (c->next) {
	case CASE_TO_STAFF:
		st = staff(s, c, reterr);
		if (st == OK && c->number % 3 == 0)
			st = join_project(s, c, reterr);
		go_on(s, c, has_subject(c) ? CASE_TO_TELL : CASE_TO_ANALYSE, 0);
		break;
	case CASE_TO_TELL:
		st = tell_all(s, c, reterr);
		if (st == OK)
			st = case_split(s, c, reterr);
		go_on(s, c, CASE_TO_ASK, 0);
		break;
	case CASE_TO_ASK:
		st = case_ask(s, c, reterr);
		if (st == OK)
			st = case_talk(s, c, reterr);
		go_on(s, c, opens ? CASE_TO_PROPOSE_PHASE : CASE_TO_ANALYSE,
		      opens ? 0 : ASKING_DAYS);
		break;
	case CASE_TO_PROPOSE_PHASE:
		st = propose_phase(s, c, reterr);
		go_on(s, c, CASE_TO_OPEN_PHASE, 0);
		break;
	case CASE_TO_OPEN_PHASE:
		st = open_phase(s, c, reterr);
		go_on(s, c, CASE_TO_ANALYSE, ASKING_DAYS);
		break;
	case CASE_TO_ANALYSE:
		st = case_end_tasks(s, c, reterr);
		if (c->is_part ||
		    stage_draw(s, "analyses", c->number, 100) >= ANALYSES_IN_HUNDRED) {
			go_on(s, c, CASE_TO_STOP, THINKING_DAYS);
			break;
		}
		if (st == OK)
			st = case_correct(s, c, reterr);
		if (st == OK)
			st = analyse(s, c, reterr);
		if (st == OK && will_advise(s, c))
			st = quick_play(s, c, reterr);
		go_on(s, c, CASE_TO_ADVISE, ANALYSIS_DAYS);
		break;
	case CASE_TO_ADVISE:
		return write_advice(s, c, reterr);
	case CASE_TO_ASK_OWNERS:
		return ask_owners(s, c, reterr);
	case CASE_TO_SIGN:
	case CASE_TO_CONFIRM:
	case CASE_TO_SUBMIT:
		return sign_by_two(s, c, reterr);
	case CASE_DECIDED:
		st = doing_find(s, c, reterr);
		c->next = CASE_DOING;
		break;
	case CASE_TO_STOP:
		return case_stop(s, c, reterr);
	case CASE_AT_STEERING:
	case CASE_DOING:
	case CASE_OVER:
		break;
	}
	return st;
}

enum status case_step(struct stage *s, struct case_tale *c, int32_t day, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->asked_count; i++)
		st = asked_step(s, c, &c->asked[i], day, reterr);
	for (size_t i = 0; st == OK && i < c->doing_count; i++)
		st = doing_step(s, c, &c->doing[i], day, reterr);
	return st == OK && c->next != CASE_OVER && c->day <= day ? act(s, c, reterr) : st;
}
