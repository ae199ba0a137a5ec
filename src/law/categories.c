#include "law/categories.h"

#include <string.h>

#define SINCE_WGS                                                                                  \
	{                                                                                          \
		WGS_FIRST_DAY, DAY_NONE                                                            \
	}
#define BIT(letter) LAW_LETTER_BIT(LETTER_##letter)
/* FIOD is read as a part of the tax administration wherever that is the stricter reading. */
#define NOT_TAX       ((law_letters)(LAW_LETTERS_ALL & ~(BIT(TAX) | BIT(FIOD))))
#define INVESTIGATORS ((law_letters)(BIT(POLICE) | BIT(KMAR) | BIT(FIOD) | BIT(LABOUR) | BIT(NVWA)))
#define MUNICIPALITY  ((law_letters)(BIT(MAYOR) | BIT(EXECUTIVE)))
#define BGS_215       "BGS, artikel 2.15"

static const struct law_phase_row phases[] = {
	{ PHASE_SIGNAL, "Signaal",
	  "Een deelnemer meldt een signaal en gebruikt daarvoor zijn eigen gegevens.",
	  "WGS, artikel 2.23, eerste lid" },
	{ PHASE_1, "Fase 1", "Open zodra het overleg het signaal in behandeling neemt.",
	  "WGS, artikel 2.23, zesde lid, onderdeel a" },
	{ PHASE_2, "Fase 2",
	  "Open als het voor deze persoon nodig is en een tweede persoon dat bevestigt.",
	  "WGS, artikel 2.23, zesde lid, onderdeel b" },
	{ PHASE_3, "Fase 3",
	  "Open als het nodig is en politie en OM het goed vinden. Nooit bij een scan.",
	  "WGS, artikel 2.23, zesde lid, onderdeel c" },
};

const struct law_phase_row *law_phases(size_t *ret_count)
{
	*ret_count = sizeof(phases) / sizeof(phases[0]);
	return phases;
}

static const struct law_category_row categories[] = {
	{ CATEGORY_IDENT, "IDENT", "Identificerende en contactgegevens",
	  "naam, adres, telefoon, BSN",
	  "Volledige personalia, titels, aliassen, adres en eerdere adressen, contactgegevens, "
	  "BSN, en "
	  "wie tot de directe kring hoort.",
	  PHASE_1, LAW_LETTERS_ALL, 0, "elke deelnemer", NULL, IN_SIGNAL_YES, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_RESIDENCE_STATUS, "RESIDENCE_STATUS", "Verblijfsstatus", "verblijfsvergunning",
	  "De verblijfsrechtelijke positie van een vreemdeling.", PHASE_1, BIT(IND), 0,
	  "alleen de IND", "de IND", IN_SIGNAL_YES, false, false, BGS_215, SINCE_WGS },
	{ CATEGORY_HOUSING, "HOUSING", "Woonsituatie", "wie er woont en hoe",
	  "Huur, koop of inwoning, samenstelling van het huishouden, ligging, staat en inrichting "
	  "van "
	  "de woning, aard en aantal van de inschrijvingen op het adres.",
	  PHASE_1, LAW_LETTERS_ALL, 0, "elke deelnemer", NULL, IN_SIGNAL_YES, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_VEHICLE, "VEHICLE", "Voertuiggegevens", "kenteken en eigenaar",
	  "Kenteken, jaar van uitgave, eigenaar en vorige eigenaren, historie, soort, catalogus- "
	  "en "
	  "dagwaarde, uiterlijke kenmerken, overschrijvende instantie, in- en uitvoer, sloop.",
	  PHASE_1, LAW_LETTERS_ALL, 0, "elke deelnemer", NULL, IN_SIGNAL_YES, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_FINANCIAL, "FINANCIAL", "Financiële gegevens", "bezit, huur en pacht",
	  "Financiële positie en eigendom: pacht, huur, verhuur, gebruik van objecten en gronden, "
	  "erfpacht, opstal, erfdienstbaarheid, grondexploitatie, aan- en verkoop en eigendom van "
	  "onroerend goed.",
	  PHASE_1, NOT_TAX, 0, "elke deelnemer behalve de rijksbelastingdienst",
	  "de gemeente, het UWV of de politie", IN_SIGNAL_YES, false, false, BGS_215, SINCE_WGS },
	{ CATEGORY_CADASTRAL, "CADASTRAL", "Kadastrale gegevens",
	  "koop, hypotheek, gebruik van een pand",
	  "Koopdatum en voorwaarden, financiering, notaris, koper of verkoper, koopsom, hypotheek, "
	  "WOZ-waarde, gebruik of bestemming van een pand.",
	  PHASE_1, LAW_LETTERS_ALL, 0, "elke deelnemer", NULL, IN_SIGNAL_YES, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_COMPANY, "COMPANY", "Bedrijfsgegevens", "uit het handelsregister",
	  "Gegevens van de Kamer van Koophandel die een deelnemer heeft.", PHASE_1, LAW_LETTERS_ALL,
	  0, "elke deelnemer", NULL, IN_SIGNAL_YES, false, false, BGS_215, SINCE_WGS },
	{ CATEGORY_INCOME, "INCOME", "Inkomensgegevens", "loon, uitkering, spaargeld",
	  "Loon, uitkering, beleggingen, andere inkomsten, spaarsaldo, onrechtmatige inkomsten of "
	  "aanwijzingen daarvoor.",
	  PHASE_1, NOT_TAX, 0, "elke deelnemer behalve de rijksbelastingdienst", "het UWV",
	  IN_SIGNAL_YES, false, false, BGS_215, SINCE_WGS },
	{ CATEGORY_BUSINESS_RELATIONS, "BUSINESS_RELATIONS", "Zakelijke relaties",
	  "met wie iemand zaken doet", "De aard van de zakelijke relaties.", PHASE_1,
	  LAW_LETTERS_ALL, 0, "elke deelnemer", NULL, IN_SIGNAL_YES, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_PERMITS_SUBSIDIES, "PERMITS_SUBSIDIES", "Vergunningen en subsidies",
	  "aanvragen, besluiten, procedures",
	  "Aanvragen voor vergunning of subsidie, de besluiten daarop en de procedures daarover.",
	  PHASE_1, (law_letters)(MUNICIPALITY | BIT(PROVINCE) | BIT(UWV) | BIT(NVWA)), 0,
	  "alleen gemeente, provincie, UWV en NVWA",
	  "de gemeente, de provincie, het UWV of de NVWA", IN_SIGNAL_YES, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_SUPERVISION, "SUPERVISION", "Toezicht en handhaving",
	  "controles, maatregelen, meldingen",
	  "Voornemens, besluiten en procedures over toezicht, handhaving en bestuurlijke "
	  "maatregelen, "
	  "conservatoir beslag, meldingen voor openbare orde en veiligheid.",
	  PHASE_1, LAW_LETTERS_ALL, 0, "elke deelnemer", NULL, IN_SIGNAL_YES, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_TAX, "TAX", "Fiscale gegevens", "aanslagen, aangiften, belastingschuld",
	  "Besluiten, boeten, aanslagen, procedures, boekenonderzoeken, aangiften, schulden, "
	  "betalingen, "
	  "en de WOZ-beschikkingen van de gemeente.",
	  PHASE_2, (law_letters)(BIT(TAX) | BIT(FIOD) | BIT(EXECUTIVE)), 0,
	  "alleen de rijksbelastingdienst en de gemeente (college)",
	  "de Belastingdienst of de gemeente", IN_SIGNAL_MINIMUM, false, false, BGS_215,
	  SINCE_WGS },
	{ CATEGORY_POLICE_8_13, "POLICE_8_13", "Politiegegevens (artikel 8 en 13)",
	  "meldingen en mutaties van de politie",
	  "Politiegegevens in de zin van artikel 8 en 13 van de Wet politiegegevens.", PHASE_2,
	  INVESTIGATORS, MUNICIPALITY,
	  "politie, Marechaussee, FIOD, Arbeidsinspectie, NVWA en de boa van de gemeente",
	  "de politie", IN_SIGNAL_MINIMUM, true, false, BGS_215, SINCE_WGS },
	{ CATEGORY_JUSTICE, "JUSTICE", "Justitiële en strafvorderlijke gegevens",
	  "veroordelingen, strafzaken, openstaande straffen",
	  "Justitiële, strafvorderlijke en tenuitvoerleggingsgegevens in de zin van artikel 1 van "
	  "de "
	  "Wet justitiële en strafvorderlijke gegevens.",
	  PHASE_2, BIT(OM), 0, "alleen het Openbaar Ministerie", "het Openbaar Ministerie",
	  IN_SIGNAL_NEVER, true, false, "WGS, artikel 2.22, eerste lid, onderdeel a, onder 2°",
	  SINCE_WGS },
	{ CATEGORY_SEXUAL_CONDUCT, "SEXUAL_CONDUCT", "Seksueel gedrag",
	  "alleen bij mensenhandel en uitbuiting",
	  "Seksueel gedrag, alleen als aanvulling op strafrechtelijke gegevens, bij mensenhandel, "
	  "illegale prostitutie en uitbuiting. Nooit seksuele gerichtheid.",
	  PHASE_2, LAW_LETTERS_ALL, 0, "elke deelnemer, onder strenge voorwaarden", NULL,
	  IN_SIGNAL_NEVER, false, true, BGS_215, SINCE_WGS },
	{ CATEGORY_POLICE_9_10, "POLICE_9_10", "Politiegegevens (artikel 9 en 10)",
	  "gerichte onderzoeken van de politie",
	  "Politiegegevens in de zin van artikel 9 en artikel 10, eerste lid, onderdelen a en c, "
	  "van de "
	  "Wet politiegegevens.",
	  PHASE_3, INVESTIGATORS, 0, "politie, Marechaussee en bijzondere opsporingsdiensten",
	  "de politie", IN_SIGNAL_NEVER, true, false, BGS_215, SINCE_WGS },
	{ CATEGORY_STAFF, "STAFF", "Medewerkers van deelnemers", "wie in Plein werkt",
	  "Identificatie en contact, autorisatieniveau en wijze van screening van medewerkers.",
	  PHASE_1, LAW_LETTERS_ALL, 0, "elke deelnemer, over eigen medewerkers", NULL,
	  IN_SIGNAL_NEVER, false, false, "WGS, artikel 2.22, eerste lid, onderdeel c", SINCE_WGS },
};

const struct law_category_row *law_categories(size_t *ret_count)
{
	*ret_count = sizeof(categories) / sizeof(categories[0]);
	return categories;
}

const struct law_category_row *law_category(enum law_category code)
{
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
		if (categories[i].code == code)
			return &categories[i];
	return NULL;
}

const struct law_category_row *law_category_named(const char *id)
{
	for (size_t i = 0; i < sizeof(categories) / sizeof(categories[0]); i++)
		if (strcmp(categories[i].id, id) == 0)
			return &categories[i];
	return NULL;
}

bool law_source_may(enum law_category category, enum law_letter source, enum law_unit unit)
{
	const struct law_category_row *row = law_category(category);

	if (row == NULL)
		return false;
	if (law_letters_have(row->sources, source))
		return true;
	return unit == UNIT_BOA && law_letters_have(row->sources_by_unit, source);
}

static const struct law_role_row roles[] = {
	{ ROLE_MAIN, "MAIN", "Over wie het gaat", true,
	  "De persoon of rechtspersoon over wie het signaal gaat.",
	  "WGS, artikel 2.22, eerste lid, onderdeel a" },
	{ ROLE_DIRECT_CIRCLE, "DIRECT_CIRCLE", "Directe kring", true,
	  "Heeft een band met een hoofdpersoon. De kring van de kring hoort er niet bij.",
	  "WGS, artikel 2.22, eerste lid, onderdeel b" },
	{ ROLE_VICTIM, "VICTIM", "Slachtoffer", false,
	  "Zonder naam. Alleen een slachtoffer van uitbuiting mag als hoofdpersoon, met een reden.",
	  "WGS, artikel 2.22, eerste lid" },
	{ ROLE_TIPSTER, "TIPSTER", "Melder", false, "Nooit met naam. Schrijf: een melder.",
	  "WGS, artikel 2.22, eerste lid" },
	{ ROLE_BYSTANDER, "BYSTANDER", "Omstander", false, "Nooit met naam.",
	  "WGS, artikel 2.22, eerste lid" },
};

const struct law_role_row *law_roles(size_t *ret_count)
{
	*ret_count = sizeof(roles) / sizeof(roles[0]);
	return roles;
}
