#include "law/rules.h"

#include <assert.h>

static struct verdict r2_no(const char *article, const char *sentence, const char *next)
{
	return verdict_no("R-2", article, sentence, next);
}

static struct verdict phase_3_may_open(const struct law_opening *o)
{
	const char *article = "WGS, artikel 2.23, zesde lid, onderdeel c";

	if (o->activity == ACTIVITY_SCAN)
		return r2_no(article, "Nee. In een gebiedsscan mag fase 3 nooit open.",
		             "Breng een signaal in voor een casus over deze persoon.");
	if (o->activity == ACTIVITY_UNKNOWN)
		return r2_no(article, "Voor welke activiteit is dit? Dat is niet vastgelegd.",
		             "Kies casusoverleg of handhavingsknelpunt.");
	if (o->proportionality_chars < LAW_CRITERION_TEXT_MIN ||
	    o->subsidiarity_chars < LAW_CRITERION_TEXT_MIN)
		return r2_no(
		    article,
		    "Leg uit waarom dit in verhouding is, en waarom minder niet genoeg is.",
		    "Vul beide vakken in.");
	if (!o->police_om_agreed)
		return r2_no(article, "Politie en OM hebben nog niet ingestemd.",
		             "Leg vast wie namens politie en OM instemde, en wanneer.");
	return verdict_yes();
}

struct verdict law_r2_open_phase(const struct law_opening *o)
{
	const char *article = "WGS, artikel 2.23, zesde lid";

	if (o->phase != PHASE_2 && o->phase != PHASE_3)
		return r2_no(article, "Alleen fase 2 en fase 3 gaan apart open.",
		             "Fase 1 is open zodra het overleg het signaal in behandeling neemt.");
	if (o->now < (enum law_phase)(o->phase - 1) || o->now == PHASE_UNKNOWN)
		return r2_no(article, "De vorige fase is hier nog dicht.",
		             "Open eerst de vorige fase.");
	if (o->necessity_chars < LAW_CRITERION_TEXT_MIN)
		return r2_no(article, "Leg uit waarom dit voor deze persoon nodig is.",
		             "Schrijf in een paar zinnen wat u mist en waarom.");
	struct verdict v = o->phase == PHASE_3 ? phase_3_may_open(o) : verdict_yes();
	if (v.kind != VERDICT_YES)
		return v;
	if (o->second_id == 0)
		return verdict_only_if("R-2", article,
		                       "Alleen als een tweede persoon dit bevestigt.",
		                       "Vraag een collega om te tekenen.");
	return law_x16_four_eyes(o->proposer_id, o->second_id);
}

struct verdict law_x6_explained(const struct law_criteria_state *c)
{
	for (size_t i = 0; i < LAW_CRITERION_COUNT; i++)
		if (c->explained_chars[i] < LAW_CRITERION_TEXT_MIN)
			return verdict_no(
			    "X-6", "BGS, artikel 2.16, tweede lid",
			    "Leg bij alle vijf punten uit waarom dit bij het RIEC past.",
			    "Minstens 20 tekens per punt. Kijk naar het voorbeeld erbij.");
	return verdict_yes();
}

struct verdict law_x6_registered_met(const struct law_criteria_state *c)
{
	for (size_t i = 0; i < LAW_CRITERION_COUNT; i++)
		if (!c->registered_met[i])
			return verdict_no(
			    "X-6", "BGS, artikel 2.16, eerste en tweede lid",
			    "Het overleg moet bij alle vijf punten vastleggen: voldaan.",
			    "Is een punt niet voldaan? Neem het signaal dan niet in behandeling.");
	return verdict_yes();
}

struct verdict law_x7_direct_circle(const struct law_subject_state *s)
{
	const char *article = "WGS, artikel 2.22, eerste lid, onderdeel b";

	if (s->role != ROLE_DIRECT_CIRCLE)
		return verdict_yes();
	if (s->only_tie_is_to_circle)
		return verdict_no("X-7", article, "Nee. De kring van de kring hoort er niet bij.",
		                  "Is er een band met een hoofdpersoon? Leg die vast.");
	if (!s->has_tie_to_main)
		return verdict_no("X-7", article,
		                  "Welke band heeft deze persoon met een hoofdpersoon?",
		                  "Leg de band vast, of haal deze persoon weg.");
	if (!s->tie_has_kind || !s->tie_has_source)
		return verdict_no("X-7", article, "Van de band ontbreekt de soort of de bron.",
		                  "Vul in wat de band is en van wie u het weet.");
	return verdict_yes();
}

static struct verdict unnamed_role(const struct law_subject_state *s)
{
	const char *article = "WGS, artikel 2.22, eerste lid";

	if (!s->by_name)
		return verdict_yes();
	if (s->role == ROLE_VICTIM)
		return verdict_no(
		    "X-20", article, "Nee. Een slachtoffer staat niet met naam in Plein.",
		    "Wordt iemand uitgebuit? Kies dan 'over wie het gaat' en leg uit waarom.");
	if (s->role == ROLE_TIPSTER)
		return verdict_no(
		    "X-20", article, "Nee. Een melder staat nooit met naam in Plein.",
		    "Schrijf: een melder. Wil die anoniem blijven? Meld Misdaad Anoniem.");
	return verdict_no("X-20", article, "Nee. Een omstander staat niet met naam in Plein.",
	                  "Laat de naam weg.");
}

struct verdict law_x20_role(const struct law_subject_state *s)
{
	const char *article = "WGS, artikel 2.22, eerste lid, onderdeel a";

	switch (s->role) {
	case ROLE_VICTIM:
	case ROLE_TIPSTER:
	case ROLE_BYSTANDER:
		return unnamed_role(s);
	case ROLE_DIRECT_CIRCLE:
		return law_x7_direct_circle(s);
	case ROLE_MAIN:
		if (s->exploited_victim && !s->has_reason)
			return verdict_no("X-20", article,
			                  "Waarom moet dit slachtoffer met naam in het signaal?",
			                  "Leg uit waarom het zonder naam niet kan.");
		if (s->adopted && !s->supplementary)
			return verdict_only_if(
			    "X-20", "WGS, artikel 2.23, eerste lid",
			    "Alleen als het overleg een aanvullend signaal aanneemt.",
			    "Maak vanuit de casus een aanvullend signaal.");
		return verdict_yes();
	case ROLE_UNKNOWN:
		break;
	}
	return verdict_no("X-20", "WGS, artikel 2.22, eerste lid",
	                  "Gaat het signaal over deze persoon, of hoort die bij de directe kring?",
	                  "Kies de rol.");
}

struct verdict law_x9_addressee(law_letters involved, enum law_letter addressee)
{
	if (law_letters_have(involved, addressee))
		return verdict_yes();
	return verdict_no("X-9", "WGS, artikel 2.23, vijfde lid",
	                  "Nee. Deze deelnemer is niet bij de casus betrokken.",
	                  "Laat het overleg deze deelnemer eerst betrekken.");
}

static void add(struct law_conditions *c, const char *text, enum law_condition_state state,
                const char *todo)
{
	assert(c->count < LAW_CONDITIONS_MAX);
	c->item[c->count++] = (struct law_condition){ text, state, todo };
}

static enum law_condition_state met_if(bool met)
{
	return met ? CONDITION_MET : CONDITION_OPEN;
}

static enum law_condition_state consent_state(enum law_consent consent)
{
	if (consent == CONSENT_REFUSED)
		return CONDITION_BROKEN;
	return met_if(consent == CONSENT_GIVEN);
}

static struct verdict verdict_of(const struct law_conditions *c)
{
	enum law_condition_state worst = CONDITION_MET;
	const struct law_condition *open = NULL;

	for (size_t i = 0; i < c->count; i++) {
		if (c->item[i].state == CONDITION_BROKEN)
			return verdict_no(
			    "X-10", "WGS, artikel 1.7, tweede en derde lid",
			    "Nee. Een deelnemer wil niet dat dit naar een derde gaat.",
			    "Vraag de jurist van het RIEC wat nog wel kan.");
		if (c->item[i].state == CONDITION_OPEN && open == NULL)
			open = &c->item[i];
		if (c->item[i].state == CONDITION_OPEN)
			worst = CONDITION_OPEN;
	}
	if (worst == CONDITION_MET)
		return verdict_yes();
	return verdict_only_if(
	    "X-10", "WGS, artikel 1.7, tweede lid, en 2.23, achtste lid",
	    "Alleen als geen enkele deelnemer bezwaar heeft en de commissie dit heeft "
	    "getoetst.",
	    open->todo);
}

struct verdict law_x10_third_party(const struct law_provision *p,
                                   struct law_conditions *ret_conditions)
{
	struct law_conditions *c = ret_conditions;
	enum law_condition_state objection =
	    p->objected ? CONDITION_BROKEN : met_if(p->window_closed);

	c->count = 0;
	add(c, "Het is nodig voor een taak of belang dat past bij het doel van het RIEC",
	    met_if(p->task_compatible), "Leg vast voor welke taak de derde het nodig heeft.");
	add(c, "De rechtmatigheidsadviescommissie heeft deze verstrekking getoetst",
	    met_if(p->rac_tested), "Vraag de toets aan.");
	add(c, "Geen enkele deelnemer heeft bezwaar", objection,
	    "Wacht tot de tijd voor bezwaar voorbij is.");
	if (p->contains_criminal_or_special)
		add(c, "Wie de strafrechtelijke of bijzondere gegevens leverde, zegt vooraf ja",
		    consent_state(p->consent), "Vraag toestemming. Zwijgen is geen ja.");
	struct verdict tax = law_x11_no_tax_to_private(p);
	return tax.kind == VERDICT_YES ? verdict_of(c) : tax;
}

struct verdict law_x11_no_tax_to_private(const struct law_provision *p)
{
	if (!p->to_private || !p->for_legitimate_interest || !p->contains_tax_data)
		return verdict_yes();
	return verdict_no(
	    "X-11", "WGS, artikel 1.7, zesde lid",
	    "Nee. Wat op gegevens van de Belastingdienst rust, gaat niet naar een private "
	    "partij voor een eigen belang.",
	    "Haal dat deel eruit. Gegevens van de FIOD vallen hier niet onder.");
}

struct verdict law_x19_open_provision(bool due_for_destruction, bool open_provision)
{
	if (!due_for_destruction || !open_provision)
		return verdict_yes();
	return verdict_only_if(
	    "X-19", "WGS, artikel 1.8, zevende lid",
	    "Er loopt nog een verstrekking over deze persoon. Vernietigen gaat door.",
	    "Rond de verstrekking af voor de dag van vernietiging.");
}

struct verdict law_result_to_participant(bool task_compatible, bool source_objected)
{
	const char *article = "WGS, artikel 1.7, eerste lid";

	if (source_objected)
		return verdict_no(
		    NULL, article,
		    "Nee. Een deelnemer van wie de gegevens komen, heeft zwaarwegende redenen.",
		    "Vraag de coördinator of een deel wel kan.");
	if (!task_compatible)
		return verdict_only_if(
		    NULL, article,
		    "Alleen als de deelnemer het nodig heeft voor een eigen taak die past "
		    "bij het doel.",
		    "Leg vast voor welke taak het nodig is.");
	return verdict_yes();
}

struct verdict law_x12_person(const struct law_person_state *p)
{
	if (!p->active)
		return verdict_no("X-12", "WGS, artikel 1.8, tweede lid",
		                  "Dit account is niet actief.",
		                  "Vraag de beheerder van uw organisatie.");
	if (p->screening_until == DAY_NONE || p->screening_until < p->today)
		return verdict_no("X-12", "BGS, artikel 1.11, eerste lid",
		                  "De screening is verlopen of niet vastgelegd.",
		                  "Laat uw organisatie de screening bijwerken.");
	if (!p->authorised_here)
		return verdict_no("X-12", "WGS, artikel 1.8, tweede lid",
		                  "U bent hiervoor niet aangewezen.", "Vraag uw coördinator.");
	return verdict_yes();
}

struct verdict law_x16_four_eyes(int64_t author_person_id, int64_t confirmer_person_id)
{
	if (author_person_id != confirmer_person_id)
		return verdict_yes();
	return verdict_no("X-16", NULL, "U schreef dit zelf. Daarom moet een ander tekenen.",
	                  "Vraag een collega die dit mag.");
}

struct verdict law_x13_prose(size_t topic_hits, size_t bsn_hits, size_t settled_hits)
{
	if (topic_hits + bsn_hits <= settled_hits)
		return verdict_yes();
	if (bsn_hits > 0)
		return verdict_only_if("X-13", "WGS, artikel 2.21, eerste lid",
		                       "Alleen als u het BSN uit de tekst haalt.",
		                       "Zet het in het vak BSN bij de persoon.");
	return verdict_only_if(
	    "X-13", "WGS, artikel 2.21, eerste lid",
	    "Alleen als u bij elk woord kiest: weghalen, of geen bijzonder gegeven.",
	    "Loop de gemarkeerde woorden na.");
}

struct verdict law_x14_approvable(const struct law_intervention_state *i)
{
	const char *article = "WGS, artikel 2.23, zevende lid";

	if (!i->has_legal_basis)
		return verdict_no("X-14", article, "Op welke wet rust deze interventie?",
		                  "Vul de grondslag in.");
	if (!i->has_owner)
		return verdict_no("X-14", article, "Welke deelnemer voert dit uit?",
		                  "Kies de deelnemer die het trekt.");
	if (!i->has_lead)
		return verdict_no("X-14", article, "Wie heeft de regie?",
		                  "Wijs een regievoerder aan.");
	if (!i->has_target_date)
		return verdict_no("X-14", article, "Wanneer moet dit klaar zijn?", "Kies een dag.");
	return verdict_yes();
}

struct verdict law_x15_executable(const struct law_intervention_state *i)
{
	if (!i->has_result_text)
		return verdict_no("X-15", "WGS, artikel 1.7, vierde lid", "Wat leverde het op?",
		                  "Schrijf het resultaat in een paar zinnen.");
	if (i->has_amount && !i->amount_has_column)
		return verdict_no("X-15", NULL, "Wat voor bedrag is dit?",
		                  "Kies een van de zeven kolommen, zoals opgelegd of geïnd.");
	return verdict_yes();
}

struct verdict law_x17_hold(bool has_ground, bool ground_is_lawful, int32_t until, int32_t today)
{
	const char *article = "WGS, artikel 1.8, zevende lid";

	if (!has_ground || !ground_is_lawful)
		return verdict_no("X-17", article,
		                  "Langer bewaren mag alleen om een wettelijk voorschrift of een "
		                  "rechtsvordering.",
		                  "Noem het voorschrift of de vordering.");
	if (until == DAY_NONE || until < today)
		return verdict_no("X-17", article, "Tot wanneer moet dit blijven?",
		                  "Kies een dag in de toekomst.");
	return verdict_yes();
}

struct verdict law_x18_index_record(const struct law_index_record *r)
{
	if (!r->has_content && !r->has_theme && !r->has_partner_names && !r->has_clear_identifier)
		return verdict_yes();
	return verdict_no("X-18", "WGS, artikel 2.20, eerste lid",
	                  "De verwijsindex bevat geen inhoud, thema, partner of leesbaar nummer.",
	                  "Zet alleen de sleutels en het loket in de index.");
}
