#include "law/asking.h"

#include <assert.h>

void share_condition(struct asking *a, const char *text, enum law_condition_state state,
                     const char *todo)
{
	struct law_conditions *c = &a->answer->conditions;

	assert(c->count < LAW_CONDITIONS_MAX);
	c->item[c->count++] = (struct law_condition){ text, state, todo };
}

bool share_goes_into_the_riec(const struct law_question *q)
{
	return q->taker == TAKER_UNKNOWN || q->taker == TAKER_SIGNAL || q->taker == TAKER_CASEFILE;
}

static struct verdict to_participant(struct asking *a, const char *sentence)
{
	share_condition(a, "De deelnemer heeft het nodig voor een eigen taak die past bij het doel",
	                CONDITION_OPEN, "Leg vast voor welke taak.");
	share_condition(
	    a, "Geen deelnemer van wie de gegevens komen, heeft zwaarwegende redenen ertegen",
	    CONDITION_OPEN, "Vraag een verstrekking aan.");
	return verdict_only_if(NULL, "WGS, artikel 1.7, eerste lid", sentence,
	                       "Vraag een verstrekking aan.");
}

static bool needs_consent(const struct asking *a)
{
	return a->category == NULL || a->category->criminal || a->category->special;
}

static struct verdict to_other_riec(struct asking *a)
{
	const char *article = needs_consent(a) ? "WGS, artikel 2.20, eerste en tweede lid"
	                                       : "WGS, artikel 2.20, eerste lid";

	share_condition(a, "Het is nodig voor een activiteit van het RIEC", CONDITION_OPEN,
	                "Leg vast voor welke casus.");
	if (needs_consent(a))
		share_condition(
		    a, "Wie strafrechtelijke of bijzondere gegevens leverde, zegt vooraf ja",
		    CONDITION_OPEN, "Vraag toestemming. Zwijgen is geen ja.");
	return verdict_only_if(NULL, article,
	                       needs_consent(a)
	                           ? "Alleen als het nodig is, en wie het leverde vooraf ja zegt."
	                           : "Alleen als het nodig is voor een activiteit van het RIEC.",
	                       "Vraag de coördinator om een verstrekking.");
}

static struct verdict to_partnership(struct asking *a)
{
	if (a->q->taker == TAKER_ICOV)
		return verdict_no(
		    NULL, "BGS, artikel 1.10, eerste lid",
		    "Nee. Een resultaat van het RIEC gaat niet naar iCOV.",
		    "Een deelnemer kan zelf een rapport bij iCOV aanvragen en inbrengen.");
	share_condition(a, "De persoon is ook daar bekend", CONDITION_OPEN,
	                "Laat de coördinator dat nagaan, met naam, contactgegevens en BSN.");
	share_condition(a, "Het gaat om wie er meedoet, of om het afstemmen van interventies",
	                CONDITION_OPEN, NULL);
	share_condition(a, "Wie de gegevens leverde, stemt in", CONDITION_OPEN,
	                "Vraag toestemming.");
	return verdict_only_if(
	    NULL, "WGS, artikel 1.7, achtste lid, en BGS, artikel 1.10, eerste lid",
	    "Alleen als de persoon ook daar bekend is en wie het leverde instemt.",
	    "Vraag de coördinator om dit na te gaan.");
}

static struct verdict to_third(struct asking *a)
{
	bool private_party = a->q->taker == TAKER_THIRD_PRIVATE;
	const struct law_provision p = {
		.to_private = private_party,
		.contains_criminal_or_special = needs_consent(a),
		.consent = CONSENT_MISSING,
	};
	struct verdict v = law_x10_third_party(&p, &a->answer->conditions);

	if (private_party)
		share_condition(
		    a,
		    "Bij een eigen belang zit er niets van de Belastingdienst in, behalve van "
		    "de FIOD",
		    CONDITION_OPEN, "Haal dat deel eruit.");
	return v;
}

static struct verdict to_colleague(const struct asking *a)
{
	(void)a;
	return verdict_no(
	    "X-12", "WGS, artikel 1.8, tweede lid, en 1.11, eerste lid",
	    "Nee. Alleen wie uw organisatie voor het RIEC aanwees, mag dit zien.",
	    "Laat uw organisatie de collega aanwijzen. U mag wel verantwoording afleggen over "
	    "uw eigen werk, als dat nodig is.");
}

static struct verdict beside_the_riec(const struct asking *a)
{
	(void)a;
	return verdict_no(
	    NULL, "WGS, artikel 1.2, tweede lid",
	    "Nee, niet via het RIEC. Misschien wel rechtstreeks, op grond van een andere wet.",
	    "Vraag uw privacyfunctionaris.");
}

static struct verdict to_public(const struct asking *a)
{
	(void)a;
	return verdict_no(NULL, "WGS, artikel 1.11, eerste lid",
	                  "Nee. Wat u in het RIEC hoort over personen, blijft geheim.",
	                  "Cijfers en verschijnselen zonder personen mag u noemen, als zij niet "
	                  "vertrouwelijk zijn.");
}

static struct verdict to_subject(const struct asking *a)
{
	(void)a;
	return verdict_no(
	    NULL, "BGS, artikel 1.2 en 1.3",
	    "Nee. Vertel het niet zelf. Het contactpunt beslist wat de persoon hoort.",
	    "Verwijs naar het contactpunt op de website van het RIEC.");
}

struct verdict share_outside(struct asking *a)
{
	switch (a->q->taker) {
	case TAKER_UNKNOWN:
	case TAKER_SIGNAL:
	case TAKER_CASEFILE:
		break; /* share_goes_into_the_riec() */
	case TAKER_PARTICIPANT:
		return to_participant(
		    a, "Alleen als de deelnemer het nodig heeft voor een eigen taak.");
	case TAKER_NEIGHBOUR:
		return to_participant(
		    a, "Alleen als zij deelnemer is en het nodig heeft voor haar taak.");
	case TAKER_OTHER_RIEC:
		return to_other_riec(a);
	case TAKER_ZVH:
	case TAKER_FEC:
	case TAKER_ICOV:
		return to_partnership(a);
	case TAKER_THIRD_PUBLIC:
	case TAKER_THIRD_PRIVATE:
		return to_third(a);
	case TAKER_COLLEAGUE:
		return to_colleague(a);
	case TAKER_PARTNER_DIRECT:
		return beside_the_riec(a);
	case TAKER_COUNCIL:
		return to_public(a);
	case TAKER_SUBJECT:
		return to_subject(a);
	}
	return beside_the_riec(a);
}
