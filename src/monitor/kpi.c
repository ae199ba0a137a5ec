#include "monitor/kpi.h"

#include <string.h>

enum {
	LAW_IN_FORCE = 20148,    /* 1 March 2025 */
	PROJECTS_COUNTED = 20779 /* 22 November 2026 */
};

static const struct kpi ROWS[] = {
	{ "SIGNALS", 1, LAW_IN_FORCE, "Signalen",
	  "Een signaal telt op de dag waarop het voor het eerst is ingediend. Opnieuw indienen na "
	  "vragen telt niet mee. In behandeling telt op de dag van het besluit: als casus, of "
	  "direct "
	  "naar interventies. Wat in een andere periode is ingediend, telt bij het besluit wel "
	  "mee." },
	{ "FEEDBACK", 1, LAW_IN_FORCE, "Op tijd teruggekoppeld",
	  "Het deel van de besluiten waarvan de indiener uiterlijk één werkdag na het overleg "
	  "bericht "
	  "kreeg. Een besluit telt op de dag waarop het is genomen." },
	{ "FEEDBACK_OWED", 1, LAW_IN_FORCE, "Wie moet nog terugkoppelen",
	  "Hoe het er nu voor staat, los van de gekozen periode. Van elke deelnemer die een "
	  "interventie uitvoert: de maandmeldingen die nog komen, en die over hun dag heen zijn. "
	  "Van het bureau: besluiten waarvan de indiener nog geen bericht kreeg." },
	{ "REQUESTS", 1, LAW_IN_FORCE, "Bevragingen op tijd",
	  "Het eerste antwoord op een bevraging telt, wat het antwoord ook was: gegevens, niets "
	  "bekend of geen verstrekking. Op tijd is uiterlijk op de laatste dag van de termijn, met "
	  "gegeven uitstel." },
	{ "STEPS", 1, LAW_IN_FORCE, "Doorlooptijd per stap",
	  "Hele dagen tussen het begin en het eind van een stap, van alles wat die stap in deze "
	  "periode verliet. De stip is de middelste waarde. De balk loopt van de tiende tot de "
	  "negentigste van elke honderd." },
	{ "CASEFILES", 1, LAW_IN_FORCE, "Casussen",
	  "Hoe vaak een casus in deze periode een stap bereikte. Een casus kan een stap twee keer "
	  "bereiken, als hij met vragen is teruggelegd; hij telt dan twee keer." },
	{ "CASEFILES", 2, PROJECTS_COUNTED, "Casussen",
	  "Hoe vaak een casus in deze periode een stap bereikte. Een casus kan een stap twee keer "
	  "bereiken, als hij met vragen is teruggelegd; hij telt dan twee keer. Kiest u een "
	  "project, dan telt een stap als de casus op dat moment bij het project hoorde." },
	{ "PROJECT", 1, LAW_IN_FORCE, "Een project",
	  "Stappen van casussen, en stappen, uren, bedragen en effecten van hun interventies, op "
	  "het moment waarop de casus bij het project hoorde. Wat daarvoor gebeurde, telt niet "
	  "mee. "
	  "Signalen en bevragingen horen bij geen project; die cijfers blijven van de hele "
	  "regio." },
	{ "INTERVENTIONS", 1, LAW_IN_FORCE, "Interventies",
	  "Hoeveel interventies in deze periode een stap bereikten, naar gewicht. Goedgekeurd is "
	  "besloten door de Stuurploeg én akkoord van de deelnemer die haar uitvoert." },
	{ "HOURS", 1, LAW_IN_FORCE, "Uren",
	  "Toegezegd zijn de uren die een deelnemer in de Stuurploeg beloofde. Geleverd zijn de "
	  "uren "
	  "die uitvoerders meldden. Beide tellen in het kwartaal van de toezegging of de "
	  "melding." },
	{ "EFFECT", 1, LAW_IN_FORCE, "Effect",
	  "Het oordeel na zes maanden, van 0 (geen) tot 3 (groot), tegen het effect dat vooraf "
	  "was bedoeld. Het gaat over een plek of een verschijnsel, nooit over een persoon." },
	{ "EFFECT", 2, PROJECTS_COUNTED, "Effect",
	  "Het oordeel na drie, zes en twaalf maanden, van 0 (geen) tot 3 (groot), tegen het "
	  "effect dat vooraf was bedoeld. Boven aan de bladzijde en in landelijke cijfers telt het "
	  "oordeel na zes maanden; per instrument kiest u het moment. Het gaat over een plek of "
	  "een verschijnsel, nooit over een persoon." },
	{ "EFFECT_DUE", 1, PROJECTS_COUNTED, "Effect nog niet bekend",
	  "Hoe het er nu voor staat, los van de gekozen periode. Een interventie telt als haar "
	  "resultaat vaststaat, zij drie, zes of twaalf maanden geleden of eerder is uitgevoerd, "
	  "en het oordeel op dat moment er nog niet is." },
	{ "AMOUNTS", 1, LAW_IN_FORCE, "Bedragen",
	  "Zeven kolommen die u nooit bij elkaar mag optellen: hetzelfde geld kan in meer kolommen "
	  "staan. Een bedrag telt in het kwartaal waarin het is gemeld." },
	{ "YEAR", 1, LAW_IN_FORCE, "Het jaar van een gemeente",
	  "Signalen over deze gemeente, op de dag van elke stap: van de gemeente zelf "
	  "(burgemeester "
	  "en college) en van partners. Interventies die in deze gemeente een stap bereikten. Het "
	  "effect is de laatste beoordeling van dit jaar, per interventie. Wat nu wacht of loopt, "
	  "telt zoals het er nu voor staat." },
	{ "WHITE_SPOTS", 1, LAW_IN_FORCE, "Witte plekken",
	  "Gemeenten en thema's waarover in deze periode geen signaal is ingediend. Van een "
	  "gemeente "
	  "met minder dan 20.000 inwoners blijft na vernietiging geen cijfer over; zo'n gemeente "
	  "kan "
	  "hier dus ten onrechte staan." },
};
enum { ROW_COUNT = sizeof ROWS / sizeof ROWS[0] };

const struct kpi *kpi_rows(size_t *ret_count)
{
	*ret_count = ROW_COUNT;
	return ROWS;
}

const struct kpi *kpi_on(const char *code, int32_t day)
{
	const struct kpi *found = NULL;

	for (size_t i = 0; i < ROW_COUNT; i++)
		if (strcmp(ROWS[i].code, code) == 0 && ROWS[i].from_day <= day)
			found = &ROWS[i];
	return found;
}

int32_t kpi_first_day(void)
{
	int32_t first = ROWS[0].from_day;

	for (size_t i = 1; i < ROW_COUNT; i++)
		if (ROWS[i].from_day < first)
			first = ROWS[i].from_day;
	return first;
}

const char *kpi_place(struct arena *a, const char *code, int32_t day)
{
	const struct kpi *then = kpi_on(code, day), *newest = kpi_on(code, INT32_MAX);

	return then == NULL || then == newest ? code
	                                      : arena_printf(a, "%s-%d", code, then->version);
}
