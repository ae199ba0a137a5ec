#include "law/admission.h"
#include "law/topics.h"

#define BGS_215 "BGS, artikel 2.15"
#define NOT_219 "WGS, artikel 2.19, eerste lid, onderdeel i"

static const struct law_municipal_source municipal_sources[] = {
	{ "Basisregistratie personen (BRP)",
	  "Wie staan er ingeschreven, hoe vaak wisselt dat, zijn er adresonderzoeken?",
	  LETTER_EXECUTIVE, CATEGORY_HOUSING, 909, SOURCE_YES,
	  "Naam en adres vallen onder identificerende gegevens.", BGS_215 },
	{ "Basisregistratie adressen en gebouwen (BAG)",
	  "Gebruik, oppervlakte en status van het pand.", LETTER_EXECUTIVE, CATEGORY_CADASTRAL, 901,
	  SOURCE_YES, "De BAG is openbaar en bevat geen personen.", BGS_215 },
	{ "Horeca- en exploitatievergunningen",
	  "Houders, leidinggevenden, weigeringen, wisselingen.", LETTER_MAYOR,
	  CATEGORY_PERMITS_SUBSIDIES, 805, SOURCE_YES,
	  "Een Bibob-advies blijft buiten Plein. Aanvraag en besluit mogen wel.", BGS_215 },
	{ "Omgevingsvergunningen", "Aanvragen, besluiten, bouw zonder vergunning.",
	  LETTER_EXECUTIVE, CATEGORY_PERMITS_SUBSIDIES, 906, SOURCE_YES, NULL, BGS_215 },
	{ "Subsidies", "Aanvragen, toekenning, terugvordering.", LETTER_EXECUTIVE,
	  CATEGORY_PERMITS_SUBSIDIES, 901, SOURCE_YES, NULL, BGS_215 },
	{ "Bouw- en woningtoezicht", "Controles, aanschrijvingen, dwangsommen.", LETTER_EXECUTIVE,
	  CATEGORY_SUPERVISION, 907, SOURCE_YES, NULL, BGS_215 },
	{ "Handhaving openbare ruimte en APV", "Controles, overlastmeldingen, maatregelen.",
	  LETTER_MAYOR, CATEGORY_SUPERVISION, 804, SOURCE_YES, "Haal de naam van een melder weg.",
	  BGS_215 },
	{ "Sluitingen (Opiumwet, artikel 13b)", "Besluiten en waarschuwingen op dit adres.",
	  LETTER_MAYOR, CATEGORY_SUPERVISION, 803, SOURCE_YES, NULL, BGS_215 },
	{ "WOZ-waarde en gebruik van het pand", "Waarde, objectkenmerken, gebruik.",
	  LETTER_EXECUTIVE, CATEGORY_CADASTRAL, 902, SOURCE_YES, NULL, BGS_215 },
	{ "Gemeentelijke belastingen en WOZ-beschikkingen", "Aanslagen, betaling, bezwaar.",
	  LETTER_EXECUTIVE, CATEGORY_TAX, 902, SOURCE_PHASE_2,
	  "In een signaal alleen wat nodig is om het te begrijpen.", BGS_215 },
	{ "Verhuur- en huisvestingsvergunningen", "Verhuurders, splitsing, boeten.",
	  LETTER_EXECUTIVE, CATEGORY_PERMITS_SUBSIDIES, 908, SOURCE_YES, NULL, BGS_215 },
	{ "Participatiewet (bijstand)", "Uitkering en bevindingen van een controle.",
	  LETTER_EXECUTIVE, CATEGORY_INCOME, 905, SOURCE_YES,
	  "Alleen wat uw gemeente voor dit doel rechtmatig verwerkt (BGS, artikel 1.5).", BGS_215 },
	{ "Eigendommen en contracten van de gemeente", "Verhuur, erfpacht, gronduitgifte.",
	  LETTER_EXECUTIVE, CATEGORY_FINANCIAL, 901, SOURCE_YES, NULL, BGS_215 },
	{ "Handelsregister (KvK)", "Bestuur, vestigingen, jaarrekening.", LETTER_EXECUTIVE,
	  CATEGORY_COMPANY, 901, SOURCE_YES, "Wat uw gemeente zelf opvroeg voor haar eigen taak.",
	  BGS_215 },
	{ "Kadaster", "Eigenaar, koopsom, hypotheek.", LETTER_EXECUTIVE, CATEGORY_CADASTRAL, 901,
	  SOURCE_YES, "Wat uw gemeente zelf opvroeg voor haar eigen taak.", BGS_215 },
	{ "Boa's", "Processen-verbaal en waarnemingen van de boa.", LETTER_EXECUTIVE,
	  CATEGORY_POLICE_8_13, 911, SOURCE_PHASE_2,
	  "Dit zijn politiegegevens. In een signaal alleen wat nodig is om het te begrijpen.",
	  "WGS, artikel 2.22, eerste lid, onderdeel a, onder 2°" },
	{ "Wmo", "Niets: deze gegevens blijven daar.", LETTER_NONE, CATEGORY_NONE, 0, SOURCE_NO,
	  "Ga naar het Zorg- en Veiligheidshuis.", NOT_219 },
	{ "Jeugdhulp", "Niets: deze gegevens blijven daar.", LETTER_NONE, CATEGORY_NONE, 0,
	  SOURCE_NO, "Ga naar het Zorg- en Veiligheidshuis.", NOT_219 },
	{ "Schuldhulp", "Niets: deze gegevens blijven daar.", LETTER_NONE, CATEGORY_NONE, 0,
	  SOURCE_NO, "Ga naar het Zorg- en Veiligheidshuis.", NOT_219 },
	{ "Leerplicht", "Niets: deze gegevens blijven daar.", LETTER_NONE, CATEGORY_NONE, 0,
	  SOURCE_NO, "Ga naar het Zorg- en Veiligheidshuis.", NOT_219 },
};

const struct law_municipal_source *law_municipal_sources(size_t *ret_count)
{
	*ret_count = sizeof(municipal_sources) / sizeof(municipal_sources[0]);
	return municipal_sources;
}

static const char *const danger_words[] = { "direct gevaar", "nu gevaar",   "bedreigt nu", "brand",
	                                    "schietpartij",  "steekpartij", NULL };
static const char *const family_words[] = { "kindermishandel",
	                                    "huiselijk geweld",
	                                    "mishandelt haar",
	                                    "mishandelt zijn",
	                                    "mishandelt de kinderen",
	                                    "ouderenmishandel",
	                                    "kind wordt mishandeld",
	                                    "kinderen worden mishandeld",
	                                    "vrouw wordt mishandeld",
	                                    "eergerelateerd",
	                                    NULL };
static const char *const care_words[] = {
	"verwarde",  "verward gedrag", "hulpverlening", "begeleiding nodig", "wmo",
	"jeugdzorg", "schuldhulp",     "leerplicht",    "dakloze",           NULL
};
static const char *const anonymous_words[] = { "anonieme tip", "durft geen naam", "wil anoniem",
	                                       "anoniem melden", NULL };

static const struct law_pointer pointers[] = {
	{ "Er is nu gevaar voor iemand", "Bel 112", "Plein is geen alarmnummer. Niemand leest mee.",
	  danger_words },
	{ "Het gaat om huiselijk geweld of kindermishandeling", "Bel Veilig Thuis (0800 2000)",
	  "Veilig Thuis mag en moet dit onderzoeken. Het RIEC niet.", family_words },
	{ "Het gaat om zorg, schulden, jeugd of verward gedrag",
	  "Ga naar het Zorg- en Veiligheidshuis",
	  "Daar zitten zorg en veiligheid aan één tafel. Zorggegevens mogen niet in het RIEC.",
	  care_words },
	{ "Een burger wil iets melden zonder naam", "Verwijs naar Meld Misdaad Anoniem (0800 7000)",
	  "Daar blijft de melder echt onbekend. U legt geen melders vast.", anonymous_words },
};

const struct law_pointer *law_pointers(size_t *ret_count)
{
	*ret_count = sizeof(pointers) / sizeof(pointers[0]);
	return pointers;
}

const struct law_pointer *law_pointer_for(const char *text, size_t text_bytes)
{
	for (size_t i = 0; i < sizeof(pointers) / sizeof(pointers[0]); i++)
		for (const char *const *w = pointers[i].words; *w != NULL; w++)
			if (law_text_mentions(text, text_bytes, *w))
				return &pointers[i];
	return NULL;
}
