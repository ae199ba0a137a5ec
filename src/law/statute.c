#include "law/statute.h"

#include <string.h>

#include "platform/core/dutch.h"

#define SINCE_WGS                                                                                  \
	{                                                                                          \
		WGS_FIRST_DAY, DAY_NONE                                                            \
	}
#define ART_219(letter) "WGS, artikel 2.19, eerste lid, onderdeel " letter

const char *law_rules_version(void)
{
	return "2026-11-22.1"; /* WGS as of 5 July 2025, BGS as of 1 March 2025 */
}

const char *law_edition_words(struct arena *a, const char *version)
{
	enum { DAY_CHARS = 10 };
	const char *edition = version + strnlen(version, DAY_CHARS);
	int32_t day = DAY_NONE;

	if (!iso_date_read(arena_strndup(a, version, DAY_CHARS < strlen(version) ? DAY_CHARS : 0),
	                   &day))
		return version;
	return strcmp(edition, ".1") == 0
	           ? dutch_date(a, day)
	           : arena_printf(a, "%s, uitgave %s", dutch_date(a, day), edition + 1);
}

bool law_valid_on(struct law_validity validity, int32_t day)
{
	if (day == DAY_NONE)
		return true;
	return (validity.from == DAY_NONE || day >= validity.from) &&
	       (validity.until == DAY_NONE || day <= validity.until);
}

bool law_letter_known(enum law_letter letter)
{
	return letter >= LETTER_POLICE && letter <= LETTER_NVWA;
}

bool law_letters_have(law_letters set, enum law_letter letter)
{
	return law_letter_known(letter) && (set & LAW_LETTER_BIT(letter)) != 0;
}

static const struct law_participant participants[LAW_LETTER_COUNT] = {
	{ LETTER_POLICE, "Politie", "Politie", "de politie", "Politie", ART_219("a"), SINCE_WGS },
	{ LETTER_TAX, "Rijksbelastingdienst, met Douane en Toeslagen", "Belastingdienst",
	  "de Belastingdienst", "Belastingdienst", ART_219("b"), SINCE_WGS },
	{ LETTER_FIOD, "Fiscale inlichtingen- en opsporingsdienst", "FIOD", "de FIOD", "FIOD",
	  ART_219("c"), SINCE_WGS },
	{ LETTER_KMAR, "Koninklijke Marechaussee", "Marechaussee", "de Koninklijke Marechaussee",
	  "Koninklijke Marechaussee", ART_219("d"), SINCE_WGS },
	{ LETTER_UWV, "Uitvoeringsinstituut werknemersverzekeringen", "UWV", "het UWV", "UWV",
	  ART_219("e"), SINCE_WGS },
	{ LETTER_IND, "Immigratie- en Naturalisatiedienst", "IND", "de IND", "IND", ART_219("f"),
	  SINCE_WGS },
	{ LETTER_OM, "Openbaar Ministerie", "OM", "het Openbaar Ministerie", "Openbaar Ministerie",
	  ART_219("g"), SINCE_WGS },
	{ LETTER_MAYOR, "Burgemeester", "Burgemeester", "de burgemeester", "Gemeente", ART_219("h"),
	  SINCE_WGS },
	{ LETTER_EXECUTIVE, "College van burgemeester en wethouders", "College",
	  "het college van burgemeester en wethouders", "Gemeente", ART_219("i"), SINCE_WGS },
	{ LETTER_PROVINCE, "Provinciebestuur", "Provincie", "de provincie", "Provincie",
	  ART_219("j"), SINCE_WGS },
	{ LETTER_LABOUR, "Nederlandse Arbeidsinspectie", "Arbeidsinspectie",
	  "de Nederlandse Arbeidsinspectie", "Nederlandse Arbeidsinspectie", ART_219("k"),
	  SINCE_WGS },
	{ LETTER_NVWA, "Nederlandse Voedsel- en Warenautoriteit", "NVWA", "de NVWA", "NVWA",
	  ART_219("l") " en BGS, artikel 2.14", SINCE_WGS },
};

const struct law_participant *law_participants(size_t *ret_count)
{
	*ret_count = LAW_LETTER_COUNT;
	return participants;
}

const struct law_participant *law_participant(enum law_letter letter)
{
	return law_letter_known(letter) ? &participants[letter - LETTER_POLICE] : NULL;
}

static const struct law_unit_row units[] = {
	{ UNIT_CUSTOMS, "CUSTOMS", "Douane", LAW_LETTER_BIT(LETTER_TAX),
	  "Hoort bij de rijksbelastingdienst: dezelfde regels.", ART_219("b") },
	{ UNIT_BENEFITS, "BENEFITS", "Toeslagen", LAW_LETTER_BIT(LETTER_TAX),
	  "Hoort bij de rijksbelastingdienst: dezelfde regels.", ART_219("b") },
	{ UNIT_BOA, "BOA", "Boa van de gemeente",
	  LAW_LETTER_BIT(LETTER_MAYOR) | LAW_LETTER_BIT(LETTER_EXECUTIVE),
	  "Mag politiegegevens van artikel 8 en 13 Wpg leveren die hij zelf verwerkt.",
	  "WGS, artikel 2.22, eerste lid, onderdeel a, onder 2°" },
	{ UNIT_MUNICIPAL_TAX, "MUNICIPAL_TAX", "Gemeentelijke belastingen",
	  LAW_LETTER_BIT(LETTER_EXECUTIVE),
	  "Levert aanslagen en WOZ-besluiten van de gemeente, in fase 2.", "BGS, artikel 2.15" },
	{ UNIT_SEAPORT_POLICE, "SEAPORT_POLICE", "Zeehavenpolitie", LAW_LETTER_BIT(LETTER_POLICE),
	  "Hoort bij de politie: dezelfde regels.", ART_219("a") },
	{ UNIT_FUNCTIONAL_OM, "FUNCTIONAL_OM", "Functioneel Parket", LAW_LETTER_BIT(LETTER_OM),
	  "Hoort bij het Openbaar Ministerie: dezelfde regels.", ART_219("g") },
};

const struct law_unit_row *law_units(size_t *ret_count)
{
	*ret_count = sizeof(units) / sizeof(units[0]);
	return units;
}

static const struct law_activity_row activities[] = {
	{ ACTIVITY_BOTTLENECK, "BOTTLENECK", "Handhavingsknelpunt",
	  "Personen, groepen, gebieden of branches waar regels zo stelselmatig worden overtreden "
	  "dat "
	  "het op georganiseerde criminaliteit wijst.",
	  true, "WGS, artikel 2.18, eerste lid, onderdeel a", SINCE_WGS },
	{ ACTIVITY_CASE_CONSULTATION, "CASE_CONSULTATION", "Casusoverleg",
	  "Deelnemers bespreken samen een casus en kiezen samen een aanpak.", true,
	  "WGS, artikel 2.18, eerste lid, onderdeel b", SINCE_WGS },
	{ ACTIVITY_SCAN, "SCAN", "Gebiedsscan of thematische scan",
	  "Misstanden in een gebied, een sector of een voorziening in beeld brengen.", false,
	  "WGS, artikel 2.18, eerste lid, onderdeel c", SINCE_WGS },
};

const struct law_activity_row *law_activities(size_t *ret_count)
{
	*ret_count = sizeof(activities) / sizeof(activities[0]);
	return activities;
}

const struct law_activity_row *law_activity(enum law_activity code)
{
	for (size_t i = 0; i < sizeof(activities) / sizeof(activities[0]); i++)
		if (activities[i].code == code)
			return &activities[i];
	return NULL;
}
