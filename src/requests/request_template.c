#include "requests/request_template.h"

#define C(name) (UINT64_C(1) << CATEGORY_##name)

/* Themes as in SIGNAL_THEMES; tests hold the two tables side by side. */
static const struct request_template TEMPLATES[] = {
	{ 1, "WHO_IS_THIS", 0, "Wie is dit?", C(IDENT) | C(HOUSING) | C(COMPANY),
	  "Wat zijn de huidige en eerdere adressen? Wie staan er ingeschreven? Welke bedrijven "
	  "horen "
	  "erbij?" },
	{ 2, "MONEY_AND_PROPERTY", 0, "Waar is het van betaald?",
	  C(FINANCIAL) | C(INCOME) | C(CADASTRAL) | C(TAX),
	  "Wat zijn inkomsten, bezit en schulden van de laatste drie jaar? Kunnen die de aankopen "
	  "verklaren?" },
	{ 3, "MEASURES_TAKEN", 0, "Wat is er al gedaan?", C(SUPERVISION) | C(PERMITS_SUBSIDIES),
	  "Welke controles, maatregelen en besluiten waren er de laatste vijf jaar? Wat kwam "
	  "daaruit?" },
	{ 4, "POLICE_AND_JUSTICE", 0, "Wat weten politie en justitie?", C(POLICE_8_13) | C(JUSTICE),
	  "Welke meldingen, incidenten en strafzaken waren er de laatste vijf jaar?" },
	{ 10, "EXPLOITATION", 1, "Standaardvragen bij mensenhandel en uitbuiting",
	  C(HOUSING) | C(SUPERVISION) | C(BUSINESS_RELATIONS) | C(POLICE_8_13),
	  "Hoeveel mensen wonen of werken er? Hoe is de woning ingericht? Wie regelt vervoer, werk "
	  "en "
	  "huur?" },
	{ 11, "CANNABIS", 2, "Standaardvragen bij hennepteelt",
	  C(HOUSING) | C(CADASTRAL) | C(SUPERVISION) | C(POLICE_8_13),
	  "Wie is eigenaar en wie huurt? Wat is de staat van het pand? Waren er eerder "
	  "kwekerijen?" },
	{ 12, "DRUGS", 3, "Standaardvragen bij drugs",
	  C(VEHICLE) | C(CADASTRAL) | C(SUPERVISION) | C(POLICE_8_13) | C(JUSTICE),
	  "Welke panden en voertuigen horen erbij? Welke meldingen en strafzaken waren er?" },
	{ 13, "REAL_ESTATE", 4, "Standaardvragen bij vastgoed",
	  C(CADASTRAL) | C(FINANCIAL) | C(PERMITS_SUBSIDIES) | C(TAX),
	  "Wanneer en voor hoeveel is het pand gekocht? Hoe is dat betaald? Welke vergunningen "
	  "zijn "
	  "er?" },
	{ 14, "LAUNDERING", 5, "Standaardvragen bij witwassen",
	  C(COMPANY) | C(FINANCIAL) | C(INCOME) | C(TAX) | C(POLICE_8_13),
	  "Wat is de omzet, en past die bij het bedrijf? Wie leent geld aan wie? Zijn er verdachte "
	  "transacties?" },
	{ 15, "HOSPITALITY", 5, "Standaardvragen over een horecabedrijf",
	  C(COMPANY) | C(PERMITS_SUBSIDIES) | C(SUPERVISION) | C(TAX),
	  "Wie exploiteert het bedrijf en wie staat op de vergunning? Welke controles waren er? "
	  "Kloppen "
	  "omzet en personeel?" },
	{ 16, "CARE_FRAUD", 6, "Standaardvragen bij zorgfraude",
	  C(COMPANY) | C(BUSINESS_RELATIONS) | C(FINANCIAL) | C(SUPERVISION),
	  "Wie besturen de zorgaanbieder? Waar gaat het geld heen? Welke controles waren er?" },
	{ 17, "MOTORCYCLE_GANGS", 7, "Standaardvragen bij motorbendes",
	  C(VEHICLE) | C(PERMITS_SUBSIDIES) | C(SUPERVISION) | C(POLICE_8_13),
	  "Waar komt de groep samen? Welke vergunningen en voertuigen horen erbij? Welke meldingen "
	  "waren er?" },
	{ 18, "ENVIRONMENT", 8, "Standaardvragen bij milieucriminaliteit",
	  C(COMPANY) | C(PERMITS_SUBSIDIES) | C(SUPERVISION) | C(POLICE_8_13),
	  "Welke vergunningen heeft het bedrijf? Welke controles en overtredingen waren er?" },
	{ 19, "LABOUR", 9, "Standaardvragen bij uitbuiting op het werk",
	  C(HOUSING) | C(COMPANY) | C(INCOME) | C(SUPERVISION),
	  "Hoeveel mensen werken en wonen er? Wat verdienen zij? Welke controles waren er?" },
};
enum { TEMPLATE_COUNT = sizeof TEMPLATES / sizeof TEMPLATES[0] };

const struct request_template *request_templates_all(size_t *ret_count)
{
	*ret_count = TEMPLATE_COUNT;
	return TEMPLATES;
}

const struct request_template *request_template(uint16_t code)
{
	for (size_t i = 0; i < TEMPLATE_COUNT; i++)
		if (TEMPLATES[i].code == code)
			return &TEMPLATES[i];
	return NULL;
}

size_t request_templates_for(int theme, const struct request_template **ret, size_t max)
{
	size_t found = 0;

	for (size_t i = 0; i < TEMPLATE_COUNT && found < max; i++)
		if (TEMPLATES[i].theme == 0 || TEMPLATES[i].theme == theme)
			ret[found++] = &TEMPLATES[i];
	return found;
}

uint64_t request_template_categories(const struct request_template *t, enum law_letter addressee,
                                     enum law_phase opened_phase, enum law_activity activity)
{
	return t->categories & request_categories(addressee, opened_phase, activity);
}
