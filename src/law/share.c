#include "law/share.h"
#include "law/asking.h"
#include "law/topics.h"

#include <assert.h>
#include <string.h>

static const char ONLY_NEEDED[] = "Deel alleen wat nodig is, en wat uw organisatie zelf mag "
				  "gebruiken (BGS, artikel 1.5 en 2.15).";

static const char *noun(const struct asking *a)
{
	return a->thing != NULL ? a->thing->noun : "dit";
}

static const char *giver_words(enum law_letter letter)
{
	if (letter == LETTER_EXECUTIVE)
		return "het college";
	return law_letter_known(letter) ? law_participant(letter)->in_sentence : "deze deelnemer";
}

/* ---- what has its own answer whoever gives it ---- */

static struct verdict refused_task(const struct asking *a)
{
	size_t count;
	const struct law_refused_task *rows = law_refused_tasks(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code == a->thing->detail)
			return verdict_no(NULL, rows[i].article,
			                  arena_printf(a->arena, "Nee. %s", rows[i].sentence),
			                  rows[i].next);
	return verdict_no(NULL, "WGS, artikel 2.19, eerste lid",
	                  "Nee. De wet noemt deze taak niet.", "Laat het weg.");
}

static struct verdict refused_kind(const struct asking *a)
{
	const struct law_kind *kind = law_kind(a->thing->detail);
	const struct law_item item = { .kind = a->thing->detail };
	struct verdict v = law_x21_no_bibob_advice(&item);

	assert(kind != NULL && kind->refused);
	v.sentence = arena_printf(a->arena, "Nee. %s", v.sentence);
	if (a->thing->detail != 332) /* 332 is the advice that gave X-21 its name */
		v.rule = "R-5";
	else
		v.next = "De aanvraag, uw besluit en een procedure mogen wel.";
	return v;
}

static struct verdict forbidden_topic(const struct asking *a)
{
	struct verdict v = law_r5_topic(a->thing->detail);

	v.sentence = arena_printf(a->arena, "Nee. %s hoort nergens in Plein.",
	                          law_topic((enum law_topic)a->thing->detail)->label);
	return v;
}

static struct verdict unnamed(const struct asking *a)
{
	const struct law_subject_state s = { .role = (enum law_role)a->thing->detail,
		                             .by_name = true };
	return law_x20_role(&s);
}

static struct verdict bsn(struct asking *a)
{
	share_condition(a, "Het staat in het vak BSN bij een persoon, niet in de tekst",
	                CONDITION_OPEN, "Zet het over. Plein haalt het uit de tekst.");
	share_condition(a, "Het is nodig om te weten wie het is", CONDITION_OPEN, NULL);
	return law_r6_bsn(false, true, true);
}

static struct verdict nationality(struct asking *a)
{
	share_condition(a, "Zonder nationaliteit is niet vast te stellen wie dit is",
	                CONDITION_OPEN, "Schrijf waarom naam en geboortedatum niet genoeg zijn.");
	return law_r4_nationality(true, false);
}

/* The duty of secrecy covers more than persons: also what is known to be confidential. */
static struct verdict person_free(struct asking *a)
{
	if (share_goes_into_the_riec(a->q))
		return (struct verdict){ VERDICT_YES, NULL, "WGS, artikel 1.6, eerste lid",
			                 "Ja. Cijfers waarin niemand te herkennen is, mag u delen.",
			                 NULL };
	share_condition(a, "Niemand is erin te herkennen", CONDITION_OPEN,
	                "Laat kleine aantallen weg.");
	share_condition(a, "Het is niet vertrouwelijk", CONDITION_OPEN,
	                "Twijfelt u? Vraag de coördinator.");
	return verdict_only_if(NULL, "WGS, artikel 1.11, derde lid",
	                       "Alleen als niemand erin te herkennen is en het niet "
	                       "vertrouwelijk is.",
	                       "Twijfelt u? Vraag de coördinator.");
}

/* ---- to the joint system ---- */

static struct law_item item_of(const struct asking *a)
{
	enum law_unit unit = a->q->unit;

	if (unit == UNIT_NONE && a->thing != NULL)
		unit = a->thing->unit;
	return (struct law_item){
		.category = a->category->code,
		.source = a->q->giver,
		.source_unit = unit,
		.phase = a->category->phase,
		.about_subject = true,
		.activity = a->q->activity,
		.opened_phase = a->q->phase == PHASE_UNKNOWN ? PHASE_SIGNAL : a->q->phase,
	};
}

static struct verdict source_verdict(struct asking *a, const struct law_item *item)
{
	bool by_boa = law_letters_have(a->category->sources_by_unit, a->q->giver);

	if (!law_letter_known(a->q->giver)) {
		share_condition(a,
		                arena_printf(a->arena, "Het komt van wie het mag leveren: %s",
		                             a->category->source_words),
		                CONDITION_OPEN, "Zoek uit wie het heeft.");
		return verdict_yes();
	}
	if (by_boa && item->source_unit == UNIT_NONE) {
		share_condition(a, "Het komt van de eigen boa van de gemeente", CONDITION_OPEN,
		                "Vraag anders de politie om haar gegevens.");
		return verdict_yes();
	}
	struct verdict v = law_r3_source(item);
	if (v.kind != VERDICT_YES && a->category->code == CATEGORY_TAX &&
	    a->q->giver == LETTER_MAYOR)
		v.next = "Geef het namens het college.";
	return v;
}

static struct verdict criminal_rules(struct asking *a)
{
	if (a->category->code != CATEGORY_SEXUAL_CONDUCT)
		return verdict_yes();
	share_condition(a, "De casus gaat over mensenhandel, illegale prostitutie of uitbuiting",
	                CONDITION_OPEN, "Leg die vorm eerst vast.");
	share_condition(a, "Er zijn al strafrechtelijke gegevens over deze persoon", CONDITION_OPEN,
	                "Vraag eerst de politie of het OM.");
	return verdict_yes();
}

static void phase_conditions(struct asking *a)
{
	enum law_phase needed = a->category->phase;
	bool open = a->q->phase != PHASE_UNKNOWN && a->q->phase >= needed;

	if (needed == PHASE_1 && (open || a->q->phase == PHASE_UNKNOWN))
		return; /* phase 1 is open in every casefile */
	share_condition(a, arena_printf(a->arena, "Fase %d is voor deze persoon open", (int)needed),
	                open ? CONDITION_MET : CONDITION_OPEN,
	                needed == PHASE_1 ? "Wacht op het besluit van het overleg."
	                                  : "Vraag de werkgroep om de fase te openen.");
	if (needed == PHASE_3)
		share_condition(
		    a, "De activiteit is een casusoverleg of handhavingsknelpunt, geen scan",
		    a->q->activity == ACTIVITY_UNKNOWN ? CONDITION_OPEN : CONDITION_MET, NULL);
}

static bool all_met(const struct law_conditions *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->item[i].state != CONDITION_MET)
			return false;
	return true;
}

static const struct law_condition *first_open(const struct law_conditions *c)
{
	for (size_t i = 0; i < c->count; i++)
		if (c->item[i].state != CONDITION_MET)
			return &c->item[i];
	return NULL;
}

/* The condition as the end of "Alleen als ...": its first letter small. */
static const char *as_only_if(struct asking *a, const char *text)
{
	if (strncmp(text, "Alleen als ", 11) == 0)
		return text;
	if (text == a->answer->conditions.item[0].text && strncmp(text, "Fase ", 5) == 0)
		return arena_printf(a->arena, "Alleen als fase %d voor deze persoon open is.",
		                    (int)a->category->phase);
	char *lower = arena_strdup(a->arena, text);
	if (lower[0] >= 'A' && lower[0] <= 'Z' && strncmp(lower, "BSN", 3) != 0)
		lower[0] = (char)(lower[0] - 'A' + 'a');
	return arena_printf(a->arena, "Alleen als dit klopt: %s.", lower);
}

static const char *phase_article(enum law_phase phase)
{
	static const char *const articles[] = {
		"WGS, artikel 2.23, eerste lid",
		"BGS, artikel 2.15",
		"WGS, artikel 2.23, zesde lid, onderdeel b",
		"WGS, artikel 2.23, zesde lid, onderdeel c",
	};

	return articles[phase <= PHASE_3 ? phase : PHASE_1];
}

static const char *mind(const struct asking *a)
{
	if (a->thing == NULL || a->thing->mind == NULL)
		return ONLY_NEEDED;
	return arena_printf(a->arena, "%s %s", a->thing->mind, ONLY_NEEDED);
}

static struct verdict casefile_yes(struct asking *a)
{
	a->answer->mind = mind(a);
	return (struct verdict){
		.kind = VERDICT_YES,
		.rule = "X-3",
		.article = a->category->article,
		.sentence =
		    arena_printf(a->arena, "Ja. In fase %d mag %s %s leveren.",
		                 (int)a->category->phase, giver_words(a->q->giver), noun(a)),
	};
}

static struct verdict conditional(struct asking *a, const char *rule, const char *article)
{
	const struct law_condition *open = first_open(&a->answer->conditions);

	assert(open != NULL);
	return verdict_only_if(rule, article, as_only_if(a, open->text), open->todo);
}

static void thing_condition(struct asking *a)
{
	if (a->thing != NULL && a->thing->condition != NULL)
		share_condition(a, a->thing->condition, CONDITION_OPEN, a->thing->condition_todo);
}

static struct verdict own_condition(struct asking *a)
{
	return verdict_only_if(NULL, a->thing->condition_article, a->thing->condition,
	                       a->thing->condition_todo);
}

static bool has_own_condition(const struct asking *a)
{
	return a->thing != NULL && a->thing->condition != NULL;
}

static struct verdict to_casefile(struct asking *a)
{
	const struct law_item item = item_of(a);
	struct verdict v = source_verdict(a, &item);

	if (v.kind == VERDICT_YES)
		v = law_x4_no_heavy_on_scan(&item);
	if (v.kind == VERDICT_YES)
		v = criminal_rules(a);
	if (v.kind != VERDICT_YES)
		return v;
	phase_conditions(a);
	bool first_is_phase = a->answer->conditions.count > 0;
	thing_condition(a);
	if (all_met(&a->answer->conditions))
		return casefile_yes(a);
	if (has_own_condition(a) && !first_is_phase)
		return own_condition(a);
	return conditional(a, "X-2", phase_article(a->category->phase));
}

static struct verdict signal_yes(struct asking *a)
{
	a->answer->mind = mind(a);
	return (struct verdict){
		.kind = VERDICT_YES,
		.rule = "X-3",
		.article = a->category->article,
		.sentence = arena_printf(a->arena, "Ja. In een signaal mag %s %s noemen.",
		                         giver_words(a->q->giver), noun(a)),
	};
}

static struct verdict to_signal(struct asking *a)
{
	const struct law_item item = item_of(a);
	struct verdict v = source_verdict(a, &item);

	if (v.kind == VERDICT_YES)
		v = law_phase_0(&item);
	if (v.kind == VERDICT_NO)
		return v;
	if (v.kind == VERDICT_ONLY_IF)
		share_condition(a, "Het is nodig om het signaal te begrijpen", CONDITION_OPEN,
		                "Beperk het tot het minimum en vink dat aan.");
	thing_condition(a);
	if (has_own_condition(a))
		return own_condition(a);
	if (v.kind == VERDICT_ONLY_IF)
		return v;
	return all_met(&a->answer->conditions) ? signal_yes(a)
	                                       : conditional(a, "X-3", a->category->article);
}

static struct verdict result_to_casefile(const struct asking *a)
{
	(void)a;
	return (struct verdict){ VERDICT_YES, NULL, "WGS, artikel 2.23, zevende lid",
		                 "Ja. Wie bij de casus betrokken is, mag het resultaat zien.",
		                 NULL };
}

static struct verdict into_the_riec(struct asking *a)
{
	if (a->thing != NULL && a->thing->nature == THING_RESULT)
		return result_to_casefile(a);
	if (a->category == NULL)
		return verdict_only_if("R-1", "WGS, artikel 2.22, eerste lid",
		                       "Alleen als het een van de soorten uit de wet is.",
		                       "Kies eerst wat het is.");
	return a->q->taker == TAKER_SIGNAL ? to_signal(a) : to_casefile(a);
}

static struct verdict by_taker(struct asking *a)
{
	return share_goes_into_the_riec(a->q) ? into_the_riec(a) : share_outside(a);
}

static struct verdict by_nature(struct asking *a)
{
	switch (a->thing != NULL ? a->thing->nature : THING_BY_CATEGORY) {
	case THING_TOPIC:
		return forbidden_topic(a);
	case THING_REFUSED_TASK:
		return refused_task(a);
	case THING_REFUSED_KIND:
		return refused_kind(a);
	case THING_BSN:
		return bsn(a);
	case THING_NATIONALITY:
		return nationality(a);
	case THING_UNNAMED:
		return unnamed(a);
	case THING_STAFF:
		return verdict_no(
		    "X-3", "WGS, artikel 2.22, eerste lid, onderdeel c",
		    "Nee. Gegevens over medewerkers staan alleen bij hun eigen account.",
		    "Noem in een signaal de organisatie, niet de medewerker.");
	case THING_PERSON_FREE:
		return person_free(a);
	case THING_BY_CATEGORY:
	case THING_RESULT:
		break;
	}
	return by_taker(a);
}

/* Inside the RIEC these stand whatever the taker; outside it, the taker's own rule is stricter. */
static bool own_answer_holds_outside(enum law_thing_nature nature)
{
	return nature == THING_TOPIC || nature == THING_REFUSED_TASK ||
	       nature == THING_REFUSED_KIND || nature == THING_UNNAMED ||
	       nature == THING_PERSON_FREE;
}

static struct verdict outsider_verdict(const struct law_question *q)
{
	size_t count;
	const struct law_outsider_row *rows = law_outsiders(&count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code == q->outsider)
			return verdict_no("X-3", "WGS, artikel 2.19, eerste lid", rows[i].sentence,
			                  rows[i].next);
	return verdict_no("X-3", "WGS, artikel 2.19, eerste lid", "Nee. Dit is geen deelnemer.",
	                  "Vraag een deelnemer die het rechtmatig heeft.");
}

static struct verdict unnamed_person(const struct law_question *q)
{
	const struct law_subject_state s = { .role = q->role, .by_name = true };
	return law_x20_role(&s);
}

static bool is_unnamed_role(enum law_role role)
{
	return role == ROLE_VICTIM || role == ROLE_TIPSTER || role == ROLE_BYSTANDER;
}

static struct verdict before_the_act(void)
{
	return verdict_no(
	    NULL, "BGS, artikel 4.1",
	    "Nee. Deze regels gelden vanaf 1 maart 2025. Daarvoor gold een convenant.",
	    "Vraag de jurist van het RIEC.");
}

static struct verdict answer(struct asking *a)
{
	const struct law_question *q = a->q;

	if (q->on_day != DAY_NONE && q->on_day < WGS_FIRST_DAY)
		return before_the_act();
	if (q->outsider != OUTSIDER_NONE && share_goes_into_the_riec(q))
		return outsider_verdict(q);
	if (a->category != NULL && a->category->code == CATEGORY_IDENT && is_unnamed_role(q->role))
		return unnamed_person(q);
	if (share_goes_into_the_riec(q) ||
	    (a->thing != NULL && own_answer_holds_outside(a->thing->nature)))
		return by_nature(a);
	return by_taker(a);
}

struct law_answer law_may_share(struct arena *arena, const struct law_question *q)
{
	struct law_answer answered = { .valid_since = WGS_FIRST_DAY,
		                       .rules_version = law_rules_version() };
	struct asking a = {
		.arena = arena, .q = q, .thing = law_thing(q->thing), .answer = &answered
	};

	answered.category = a.thing != NULL ? a.thing->category : q->category;
	a.category = law_category(answered.category);
	answered.verdict = answer(&a);
	if (answered.verdict.kind == VERDICT_NO)
		answered.conditions.count = 0;
	assert(answered.verdict.sentence != NULL);
	return answered;
}

const char *law_without_word(const char *sentence)
{
	static const char *const words[] = { "Ja. ", "Nee. ", "Nee, nog niet. " };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		size_t len = strlen(words[i]);
		if (strncmp(sentence, words[i], len) == 0)
			return sentence + len;
	}
	return sentence;
}
