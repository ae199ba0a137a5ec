#include "law/admission.h"

#define SINCE_WGS                                                                                  \
	{                                                                                          \
		WGS_FIRST_DAY, DAY_NONE                                                            \
	}
#define FORM_ART(n) "BGS, artikel 2.16, eerste lid, onderdeel b, onder " n "°"
#define ADMIT(x)    "BGS, artikel 2.16, eerste lid, onderdeel " x
#define WEIGH(x)    "WGS, artikel 2.23, derde lid, onderdeel " x

static const struct law_crime_form_row crime_forms[] = {
	{ CRIME_FORM_HUMAN_TRAFFICKING, "HUMAN_TRAFFICKING", "Mensenhandel en mensensmokkel",
	  "Uitbuiting in werk of prostitutie, mensen die niet vrij zijn om te gaan, gedwongen "
	  "criminaliteit.",
	  FORM_ART("1"), SINCE_WGS },
	{ CRIME_FORM_DRUGS, "DRUGS", "Georganiseerde drugscriminaliteit",
	  "Kwekerijen, laboratoria, opslag, dumpingen, uithalers in de haven.", FORM_ART("2"),
	  SINCE_WGS },
	{ CRIME_FORM_REAL_ESTATE, "REAL_ESTATE", "Fraude of misbruik in vastgoed",
	  "Huisjesmelken, schijnverhuur, panden kopen met geld zonder herkomst.", FORM_ART("3"),
	  SINCE_WGS },
	{ CRIME_FORM_LAUNDERING, "LAUNDERING", "Witwassen en verwante financiële criminaliteit",
	  "Zaken zonder klanten, veel contant geld, leningen zonder bank, steeds nieuwe eigenaren.",
	  FORM_ART("4"), SINCE_WGS },
	{ CRIME_FORM_SERIOUS_BREACH, "SERIOUS_BREACH", "Andere zware georganiseerde misdrijven",
	  "Misdrijven die de rechtsorde ernstig schokken: wapenhandel, afpersing, geweld in "
	  "opdracht.",
	  FORM_ART("5"), SINCE_WGS },
	{ CRIME_FORM_DESIGNATED, "DESIGNATED", "Aangewezen vorm",
	  "Door de bestuurders of de minister aangewezen en op internet bekendgemaakt.",
	  FORM_ART("6"), SINCE_WGS },
};

const struct law_crime_form_row *law_crime_forms(size_t *ret_count)
{
	*ret_count = sizeof(crime_forms) / sizeof(crime_forms[0]);
	return crime_forms;
}

const struct law_crime_form_row *law_crime_form(enum law_crime_form code)
{
	for (size_t i = 0; i < sizeof(crime_forms) / sizeof(crime_forms[0]); i++)
		if (crime_forms[i].code == code)
			return &crime_forms[i];
	return NULL;
}

static const struct law_criterion criteria[LAW_CRITERION_COUNT] = {
	{ 'a',
	  "Welke concrete aanwijzingen heeft u zelf?",
	  "Feiten, omstandigheden en gedrag dat uw organisatie in haar eigen werk zag. Een gevoel "
	  "of een "
	  "gerucht alleen is niet genoeg.",
	  { "Bij de controle op … zagen wij …", "In ons register staat sinds … dat …",
	    "Op … en … gebeurde telkens …" },
	  "Bij drie controles (3, 12 en 24 oktober) was de winkel open zonder voorraad en zonder "
	  "klanten. "
	  "De vergunning kreeg in twee jaar vier verschillende houders.",
	  "De winkel is verdacht, iedereen in de straat weet dat.",
	  "Wie zag wat, en wanneer? Noem controles, data en stukken.",
	  ADMIT("a"),
	  "Er zijn eigen, concrete aanwijzingen" },
	{ 'b',
	  "Met welke vorm van georganiseerde criminaliteit hangt dit samen?",
	  "Kies een van de zes vormen en leg het verband uit. Zonder verband kan het RIEC er niets "
	  "mee.",
	  { "Dit past bij witwassen, omdat …", "Wij denken aan mensenhandel, want …",
	    "Het verband met drugs blijkt uit …" },
	  "Dit past bij witwassen: de omzet in de jaarrekening past niet bij een zaak zonder "
	  "klanten, en "
	  "de koopsom kwam van een buitenlandse vennootschap.",
	  "Het zal wel iets met drugs zijn.",
	  "Waaruit blijkt het verband? Noem één feit dat het draagt.",
	  ADMIT("b"),
	  "Het hangt samen met georganiseerde criminaliteit" },
	{ 'c',
	  "Waarom is het nodig om samen gegevens te verwerken?",
	  "Leg uit waarom u er met uw eigen gegevens niet uitkomt, en wat u mist.",
	  { "Met onze eigen gegevens kunnen wij niet zien …", "Wij missen …, en dat heeft …",
	    "Zonder de gegevens van … blijft onduidelijk of …" },
	  "Wij zien alleen de vergunningen. Of de omzet klopt weet de Belastingdienst, en of de "
	  "werknemers bestaan weet het UWV.",
	  "Samen weten we meer.",
	  "Wat mist u precies, en wie heeft dat?",
	  ADMIT("c"),
	  "Samen gegevens verwerken is nodig" },
	{ 'd',
	  "Waarom is een gezamenlijke aanpak nodig?",
	  "Leg uit welke partners iets kunnen doen wat u niet kunt, en waarom één organisatie niet "
	  "genoeg "
	  "is.",
	  { "Wij kunnen …, maar niet …", "Alleen als ook …, stopt …",
	    "Eerder deden wij alleen …, en dat hielp niet, omdat …" },
	  "Wij trokken de vergunning al eens in. Vier weken later zat er een nieuwe houder. Alleen "
	  "met een "
	  "controle van de Belastingdienst en de Arbeidsinspectie tegelijk raakt dit de eigenaar.",
	  "De politie moet hier iets aan doen.",
	  "Wat doet u zelf, en wat vraagt u van welke andere partner?",
	  ADMIT("d"),
	  "Een gezamenlijke aanpak is nodig" },
	{ 'e',
	  "Waarom hoort dit bij deze regio?",
	  "Noem de plaats of de gemeente in deze regio waar het speelt. Andere regio's mogen ook "
	  "geraakt "
	  "zijn.",
	  { "Het pand staat in …", "De persoon woont of werkt in …", "De ladingen komen aan in …" },
	  "De drie panden staan in onze gemeente; de eigenaar woont in een buurgemeente in deze "
	  "regio.",
	  "Het speelt overal.",
	  "Noem ten minste één plaats in de regio.",
	  ADMIT("e"),
	  "Het hoort bij deze regio" },
};

const struct law_criterion *law_criteria(size_t *ret_count)
{
	*ret_count = LAW_CRITERION_COUNT;
	return criteria;
}

static const struct law_factor factors[LAW_FACTOR_COUNT] = {
	{ 'a',
	  "Soort signaal",
	  "Hoe duidelijk wijst dit signaal op georganiseerde criminaliteit?",
	  { "Geen aanwijzing", "Zwakke of losse aanwijzing", "Duidelijke aanwijzing",
	    "Sterke aanwijzing, uit meer dan één bron" },
	  WEIGH("a") },
	{ 'b',
	  "Aantal, aard en omvang",
	  "Om hoeveel signalen gaat het, en hoe groot is wat zij beschrijven?",
	  { "Eén klein voorval", "Een paar voorvallen op één plek",
	    "Veel voorvallen, of meer plekken of personen",
	    "Stelselmatig, met meer plekken en personen" },
	  WEIGH("b") },
	{ 'c',
	  "Gewicht en eerdere ingrepen",
	  "Hoe ernstig is het, en wat is er al gedaan?",
	  { "Licht, en de gewone aanpak werkt",
	    "Merkbaar, en de gewone aanpak is nog niet geprobeerd",
	    "Ernstig, en eerdere ingrepen hielpen maar kort",
	    "Zeer ernstig, en eerdere ingrepen hielpen niet" },
	  WEIGH("c") },
	{ 'd',
	  "Deelnemers en verband",
	  "Hoeveel deelnemers zien hetzelfde, en hangt het samen?",
	  { "Alleen de indiener, geen verband", "Eén andere deelnemer ziet iets soortgelijks",
	    "Meer deelnemers, verband waarschijnlijk", "Meer deelnemers, verband duidelijk" },
	  WEIGH("d") },
};

const struct law_factor *law_factors(size_t *ret_count)
{
	*ret_count = LAW_FACTOR_COUNT;
	return factors;
}

const char *law_criteria_version(void)
{
	return "2025-03-01.1";
}

static const struct law_line_row lines[] = {
	{ LINE_LOCATION, "LOCATION", "Locaties, knooppunten en gebieden",
	  "bedrijventerreinen, havens, wijken, vakantieparken" },
	{ LINE_PHENOMENON, "PHENOMENON", "Fenomenen", "drugs, mensenhandel, witwassen" },
	{ LINE_SUBJECT, "SUBJECT", "Subjecten en netwerken",
	  "leiders, dienstverleners, families, facilitators" },
	{ LINE_OPPORTUNITY, "OPPORTUNITY", "Gelegenheidsstructuren",
	  "branches en voorzieningen die misdaad mogelijk maken" },
};

const struct law_line_row *law_lines(size_t *ret_count)
{
	*ret_count = sizeof(lines) / sizeof(lines[0]);
	return lines;
}
