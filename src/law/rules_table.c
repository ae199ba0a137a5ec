#include "law/rules.h"

#include <string.h>

#define SINCE_WGS                                                                                  \
	{                                                                                          \
		WGS_FIRST_DAY, DAY_NONE                                                            \
	}
#define ERROR_ROW(id, text, article)                                                               \
	{                                                                                          \
		(id), (text), "ERROR", (article), SINCE_WGS                                        \
	}
#define WARNING_ROW(id, text, article)                                                             \
	{                                                                                          \
		(id), (text), "WARNING", (article), SINCE_WGS                                      \
	}

static const struct law_rule rules[] = {
	ERROR_ROW("R-1", "Elk gegeven heeft een soort, een deelnemer die het levert en een fase.",
	          "BGS, artikel 2.15"),
	ERROR_ROW(
	    "R-2",
	    "Fase 2 of 3 gaat per persoon open, met uitleg en een tweede handtekening. Bij fase 3 "
	    "stemmen politie en OM in.",
	    "WGS, artikel 2.23, zesde lid"),
	ERROR_ROW(
	    "R-3",
	    "Financiën en inkomen komen nooit van de Belastingdienst, vergunningen alleen van "
	    "gemeente, provincie, UWV of NVWA, verblijfsstatus alleen van de IND.",
	    "BGS, artikel 2.15"),
	ERROR_ROW("R-4",
	          "Nationaliteit mag alleen om vast te stellen wie iemand is, met een reden.",
	          "BGS, artikel 1.9"),
	ERROR_ROW(
	    "R-5",
	    "Gezondheid, afkomst, geloof, politiek, vakbond, seksuele gerichtheid, biometrie en "
	    "erfelijkheid horen nergens.",
	    "WGS, artikel 2.21, eerste lid"),
	ERROR_ROW("R-6",
	          "Een BSN mag, maar alleen in het eigen vak bij een persoon, en afgeschermd.",
	          "WGS, artikel 2.21, eerste lid"),
	ERROR_ROW("X-1",
	          "Bij elk gegeven staat: over wie of wat, in welk signaal of welke casus, uit "
	          "welke taak, "
	          "en wanneer het binnenkwam.",
	          "WGS, artikel 2.22, eerste lid"),
	ERROR_ROW("X-2", "Een gegeven past bij de fase die voor deze persoon open is.",
	          "WGS, artikel 2.23, zesde lid"),
	ERROR_ROW("X-3", "Soort en leverancier passen bij elkaar.", "BGS, artikel 2.15"),
	ERROR_ROW("X-4", "Gegevens uit fase 3 komen nooit in een scan.",
	          "WGS, artikel 2.23, zesde lid, onderdeel c"),
	ERROR_ROW("X-5",
	          "Seksueel gedrag alleen naast strafrechtelijke gegevens, bij mensenhandel en "
	          "uitbuiting.",
	          "BGS, artikel 2.15"),
	ERROR_ROW("X-6",
	          "Vijf punten uitgelegd bij indienen, en als voldaan vastgelegd bij aannemen.",
	          "BGS, artikel 2.16"),
	ERROR_ROW("X-7", "Iemand uit de directe kring heeft een band met een hoofdpersoon.",
	          "WGS, artikel 2.22, eerste lid, onderdeel b"),
	ERROR_ROW("X-8", "Een oordeel noemt wie het vindt; een feit noemt waar het vandaan komt.",
	          "BGS, artikel 1.6, eerste lid"),
	ERROR_ROW("X-9", "Een bevraging gaat alleen naar betrokken deelnemers.",
	          "WGS, artikel 2.23, vijfde lid"),
	ERROR_ROW(
	    "X-10",
	    "Naar een derde alleen met grondslag, toets, zonder bezwaar en met toestemming voor "
	    "strafrechtelijke gegevens.",
	    "WGS, artikel 1.7, tweede en derde lid"),
	ERROR_ROW("X-11",
	          "Wat op gegevens van de Belastingdienst rust, gaat niet naar een private partij "
	          "voor een "
	          "eigen belang.",
	          "WGS, artikel 1.7, zesde lid"),
	ERROR_ROW("X-12", "Alleen wie actief, aangewezen en gescreend is, komt erbij.",
	          "WGS, artikel 1.8, tweede lid"),
	WARNING_ROW("X-13", "Een BSN of een gevoelig woord in een tekst wordt eerst afgehandeld.",
	            "WGS, artikel 2.21, eerste lid"),
	ERROR_ROW("X-14", "Een interventie heeft grondslag, eigenaar, regievoerder en dag.",
	          "WGS, artikel 2.23, zevende lid"),
	ERROR_ROW("X-15",
	          "Een uitgevoerde interventie heeft een resultaat; een bedrag heeft een kolom.",
	          "WGS, artikel 1.7, vierde lid"),
	ERROR_ROW("X-16", "Wie iets schreef, bevestigt het niet zelf.", NULL),
	ERROR_ROW("X-17", "Langer bewaren heeft een wettelijke grond en een einddatum.",
	          "WGS, artikel 1.8, zevende lid"),
	ERROR_ROW("X-18", "De verwijsindex bevat alleen sleutels en een loket.",
	          "WGS, artikel 2.20, eerste lid"),
	WARNING_ROW("X-19", "Een lopende verstrekking houdt vernietigen niet tegen.",
	            "WGS, artikel 1.8, zevende lid"),
	ERROR_ROW(
	    "X-20",
	    "Melders, slachtoffers en omstanders staan niet met naam. Een nieuwe hoofdpersoon komt "
	    "binnen met een aanvullend signaal.",
	    "WGS, artikel 2.22, eerste lid"),
	ERROR_ROW("X-21", "Een Bibob-advies blijft buiten Plein.", "Wet Bibob, artikel 28"),
};

const struct law_rule *law_rules(size_t *ret_count)
{
	*ret_count = sizeof(rules) / sizeof(rules[0]);
	return rules;
}

const struct law_rule *law_rule(const char *id)
{
	for (size_t i = 0; i < sizeof(rules) / sizeof(rules[0]); i++)
		if (strcmp(rules[i].id, id) == 0)
			return &rules[i];
	return NULL;
}
