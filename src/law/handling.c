#include "law/handling.h"

static const struct law_source_grade source_grades[] = {
	{ 'A', "altijd betrouwbaar",
	  "Over echtheid, betrouwbaarheid en deskundigheid van de bron is geen twijfel, of de bron "
	  "was "
	  "tot nu toe altijd betrouwbaar." },
	{ 'B', "meestal betrouwbaar", "De bron was tot nu toe meestal betrouwbaar." },
	{ 'C', "meestal niet betrouwbaar", "De bron was tot nu toe meestal niet betrouwbaar." },
	{ 'X', "niet te beoordelen", "De betrouwbaarheid van de bron is niet te beoordelen." },
};

static const struct law_information_grade information_grades[] = {
	{ '1', "staat vast", "Over de juistheid van de informatie is geen twijfel." },
	{ '2', "uit eigen waarneming van de bron",
	  "De bron weet het zelf, de medewerker die het vastlegt niet." },
	{ '3', "van horen zeggen, wel bevestigd",
	  "De bron weet het niet zelf, maar andere informatie bevestigt het." },
	{ '4', "van horen zeggen, niet te bevestigen",
	  "De bron weet het niet zelf, en het is niet te bevestigen." },
};

static const struct law_handling_code handling_codes[] = {
	{ "H0", "gewoon gebruik",
	  "Alleen om misdrijven te voorkomen en te bestrijden, binnen de wet." },
	{ "H1", "niet in een rechtszaak",
	  "Niet gebruiken in een rechtszaak zonder toestemming van wie het leverde." },
	{ "H2", "niet verder geven", "Niet verder geven zonder toestemming van wie het leverde." },
	{ "H3", "andere beperking", "Er geldt een andere beperking. Lees die bij het feit." },
};

const struct law_source_grade *law_source_grades(size_t *ret_count)
{
	*ret_count = sizeof(source_grades) / sizeof(source_grades[0]);
	return source_grades;
}

const struct law_information_grade *law_information_grades(size_t *ret_count)
{
	*ret_count = sizeof(information_grades) / sizeof(information_grades[0]);
	return information_grades;
}

const struct law_handling_code *law_handling_codes(size_t *ret_count)
{
	*ret_count = sizeof(handling_codes) / sizeof(handling_codes[0]);
	return handling_codes;
}
