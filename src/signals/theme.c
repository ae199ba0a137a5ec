#include "signals/theme.h"

#include <stddef.h>

#include "signals/signal.h"

const struct code SIGNAL_THEMES[] = {
	{ 1, "HUMAN_TRAFFICKING", "Mensenhandel en uitbuiting" },
	{ 2, "CANNABIS", "Georganiseerde hennepteelt" },
	{ 3, "DRUGS", "Drugs" },
	{ 4, "REAL_ESTATE", "Misbruik van vastgoed" },
	{ 5, "LAUNDERING", "Witwassen en crimineel geld" },
	{ 6, "CARE_FRAUD", "Zorgfraude" },
	{ 7, "MOTORCYCLE_GANGS", "Criminele motorbendes" },
	{ 8, "ENVIRONMENT", "Milieucriminaliteit" },
	{ 9, "LABOUR", "Uitbuiting op het werk" },
	{ 10, "OTHER", "Een ander thema" },
	{ 0 },
};

enum { THEME_PLACES = 11 };

static const enum law_crime_form FORM_OF[THEME_PLACES] = {
	[1] = CRIME_FORM_HUMAN_TRAFFICKING,
	[2] = CRIME_FORM_DRUGS,
	[3] = CRIME_FORM_DRUGS,
	[4] = CRIME_FORM_REAL_ESTATE,
	[5] = CRIME_FORM_LAUNDERING,
	[6] = CRIME_FORM_SERIOUS_BREACH,
	[7] = CRIME_FORM_SERIOUS_BREACH,
	[8] = CRIME_FORM_SERIOUS_BREACH,
	[9] = CRIME_FORM_HUMAN_TRAFFICKING,
	[10] = CRIME_FORM_SERIOUS_BREACH,
};
_Static_assert(sizeof SIGNAL_THEMES / sizeof SIGNAL_THEMES[0] == sizeof FORM_OF / sizeof FORM_OF[0],
               "every theme has its form of crime");

/* Labels are those of law/admission.h in the words of a list; tests hold them side by side. */
const struct code SIGNAL_CRIME_FORMS[] = {
	{ CRIME_FORM_HUMAN_TRAFFICKING, "HUMAN_TRAFFICKING", "Mensenhandel of mensensmokkel" },
	{ CRIME_FORM_DRUGS, "DRUGS", "Drugs" },
	{ CRIME_FORM_REAL_ESTATE, "REAL_ESTATE", "Fraude of misbruik met vastgoed" },
	{ CRIME_FORM_LAUNDERING, "LAUNDERING", "Witwassen" },
	{ CRIME_FORM_SERIOUS_BREACH, "SERIOUS_BREACH", "Andere ernstige inbreuk op de rechtsorde" },
	{ CRIME_FORM_DESIGNATED, "DESIGNATED", "Een vorm die de minister aanwees" },
	{ 0 },
};

const struct code SIGNAL_LINES[] = {
	{ LINE_LOCATION, "LOCATION", "Een plek of gebied" },
	{ LINE_PHENOMENON, "PHENOMENON", "Een verschijnsel" },
	{ LINE_SUBJECT, "SUBJECT", "Een persoon, bedrijf of netwerk" },
	{ LINE_OPPORTUNITY, "OPPORTUNITY", "Een gelegenheid die misdaad mogelijk maakt" },
	{ 0 },
};

const struct code SIGNAL_RELIABILITIES[] = {
	{ 1, "OWN", "Zelf gezien of zelf vastgelegd" },
	{ 2, "KNOWN", "Gehoord van iemand die wij kennen" },
	{ 3, "ANONYMOUS", "Anonieme melding" },
	{ 0 },
};

const struct code SIGNAL_REASONS[] = {
	{ 1, "CRITERIA", "Past niet bij de vijf criteria" },
	{ 2, "ONE_PARTNER", "Eén organisatie kan dit zelf" },
	{ 3, "TOO_LITTLE", "Te weinig feiten" },
	{ 4, "CAPACITY", "Andere signalen gaan nu voor" },
	{ 5, "ELSEWHERE", "Hoort ergens anders" },
	{ REASON_TERM_PASSED, "TERM_PASSED", "Na 180 dagen nog geen besluit" },
	{ 0 },
};

enum law_crime_form theme_crime_form(int theme)
{
	return theme > 0 && theme < THEME_PLACES ? FORM_OF[theme] : CRIME_FORM_NONE;
}

const char *code_label(const struct code *codes, int value)
{
	for (; codes->name != NULL; codes++)
		if (codes->value == value)
			return codes->label;
	return NULL;
}
