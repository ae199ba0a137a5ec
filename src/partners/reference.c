#include "partners/reference.h"

#include <assert.h>
#include <string.h>

#include "platform/core/calendar.h"

static const struct reference_region REGIONS[REFERENCE_REGION_COUNT] = {
	[REFERENCE_REGION_NORTH] = { "NOORD-NEDERLAND", "RIEC Noord-Nederland" },
	[REFERENCE_REGION_EAST] = { "OOST-NEDERLAND", "RIEC Oost-Nederland" },
	[REFERENCE_REGION_CENTRE] = { "MIDDEN-NEDERLAND", "RIEC Midden-Nederland" },
	[REFERENCE_REGION_NORTH_HOLLAND] = { "NOORD-HOLLAND", "RIEC Noord-Holland" },
	[REFERENCE_REGION_AMSTERDAM] = { "AMSTERDAM-AMSTELLAND", "RIEC Amsterdam-Amstelland" },
	[REFERENCE_REGION_THE_HAGUE] = { "DEN-HAAG", "RIEC Den Haag" },
	[REFERENCE_REGION_ROTTERDAM] = { "ROTTERDAM", "RIEC Rotterdam" },
	[REFERENCE_REGION_ZEELAND_WEST_BRABANT] = { "ZEELAND-WEST-BRABANT",
	                                            "RIEC Zeeland-West-Brabant" },
	[REFERENCE_REGION_EAST_BRABANT] = { "OOST-BRABANT", "RIEC Oost-Brabant" },
	[REFERENCE_REGION_LIMBURG] = { "LIMBURG", "RIEC Limburg" },
};

const struct reference_region *reference_region(enum reference_region_id id)
{
	assert(id < REFERENCE_REGION_COUNT);
	return &REGIONS[id];
}

const struct reference_region *reference_region_named(const char *code)
{
	for (size_t i = 0; i < REFERENCE_REGION_COUNT; i++)
		if (strcmp(REGIONS[i].code, code) == 0)
			return &REGIONS[i];
	return NULL;
}

bool reference_exists_on(const struct reference_municipality *m, int32_t yyyymmdd)
{
	return m->from <= yyyymmdd && (m->until == 0 || yyyymmdd <= m->until);
}

#define IN(region) (1u << REFERENCE_REGION_##region)

static const struct reference_province PROVINCES[] = {
	{ "PROV-DR", "Provincie Drenthe", IN(NORTH) },
	{ "PROV-FL", "Provincie Flevoland", IN(CENTRE) },
	{ "PROV-FR", "Provincie Fryslân", IN(NORTH) },
	{ "PROV-GE", "Provincie Gelderland", IN(EAST) },
	{ "PROV-GR", "Provincie Groningen", IN(NORTH) },
	{ "PROV-LI", "Provincie Limburg", IN(LIMBURG) },
	{ "PROV-NB", "Provincie Noord-Brabant", IN(ZEELAND_WEST_BRABANT) | IN(EAST_BRABANT) },
	{ "PROV-NH", "Provincie Noord-Holland", IN(NORTH_HOLLAND) | IN(AMSTERDAM) | IN(CENTRE) },
	{ "PROV-OV", "Provincie Overijssel", IN(EAST) },
	{ "PROV-UT", "Provincie Utrecht", IN(CENTRE) },
	{ "PROV-ZE", "Provincie Zeeland", IN(ZEELAND_WEST_BRABANT) },
	{ "PROV-ZH", "Provincie Zuid-Holland", IN(THE_HAGUE) | IN(ROTTERDAM) },
};

const struct reference_province *reference_provinces(size_t *ret_count)
{
	*ret_count = sizeof PROVINCES / sizeof PROVINCES[0];
	return PROVINCES;
}

/* Mayor and executive are a municipality's, the province has a row of its own: they aren't here. */
static const struct reference_partner PARTNERS[] = {
	{ "POLICE", LETTER_POLICE }, { "TAX", LETTER_TAX },    { "FIOD", LETTER_FIOD },
	{ "KMAR", LETTER_KMAR },     { "UWV", LETTER_UWV },    { "IND", LETTER_IND },
	{ "OM", LETTER_OM },         { "NLA", LETTER_LABOUR }, { "NVWA", LETTER_NVWA },
};

const struct reference_partner *reference_partners(size_t *ret_count)
{
	*ret_count = sizeof PARTNERS / sizeof PARTNERS[0];
	return PARTNERS;
}

int32_t reference_day(int32_t yyyymmdd)
{
	const struct civil day = { yyyymmdd / 10000, yyyymmdd / 100 % 100, yyyymmdd % 100 };

	assert(civil_valid(day));
	return day_from_civil(day);
}
