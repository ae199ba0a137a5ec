#include "casework/variant.h"

#include "platform/core/calendar.h"
#include "work/work.h"

#define STAFF(days)                                                                                \
	{                                                                                          \
		WORK_CASEFILE_STAFF, ROLE_INFO_COORDINATOR, (days), CASEFILE_ANALYSIS,             \
		    "Kies wie meewerkt"                                                            \
	}
#define ASK(days)                                                                                  \
	{                                                                                          \
		WORK_CASEFILE_ASK, ROLE_INFO_COORDINATOR, (days), CASEFILE_ANALYSIS,               \
		    "Vraag de deelnemers wat zij weten"                                            \
	}
#define ANALYSE(days)                                                                              \
	{                                                                                          \
		WORK_CASEFILE_ANALYSE, ROLE_ANALYST, (days), CASEFILE_ANALYSIS, "Begin de analyse" \
	}
#define ADVISE(days)                                                                               \
	{                                                                                          \
		WORK_CASEFILE_ADVISE, ROLE_ANALYST, (days), CASEFILE_ADVICE_FINAL,                 \
		    "Maak het advies klaar"                                                        \
	}

static const struct variant_template TEMPLATES[] = {
	{ VARIANT_USUAL,
	  "Bevragen, analyse, advies. De Stuurploeg besluit.",
	  { STAFF(5), ASK(10), ANALYSE(30), ADVISE(60), { 0 } } },
	{ VARIANT_FAST_TRACK,
	  "Direct naar interventies: het advies mag zonder analyse naar de Stuurploeg.",
	  { STAFF(2), ASK(5), ADVISE(10), { 0 } } },
	{ VARIANT_WASSTRAAT,
	  "Een vaste groep analyseert. Het advies gaat naar de partners zelf, de Stuurploeg krijgt "
	  "bericht.",
	  { STAFF(3), ASK(5), ANALYSE(10), ADVISE(15), { 0 } } },
	{ VARIANT_CARWASH,
	  "Samen kiezen welke bedrijven een controle krijgen: één interventie met meer eigenaren.",
	  { STAFF(5), ASK(10), ANALYSE(20), ADVISE(30), { 0 } } },
	{ VARIANT_SCAN,
	  "Een beeld van een gebied of verschijnsel. Fase 3 gaat nooit open en er volgt geen "
	  "advies.",
	  { STAFF(10), ASK(20), ANALYSE(40), { 0 } } },
};

const struct variant_template *variant_template(int variant)
{
	for (size_t i = 0; i < sizeof TEMPLATES / sizeof TEMPLATES[0]; i++)
		if (TEMPLATES[i].variant == variant)
			return &TEMPLATES[i];
	return &TEMPLATES[0];
}

int32_t variant_step_due(const struct variant_step *s, int32_t opened_day)
{
	return working_days_add(opened_day, s->working_days, NULL);
}

bool variant_step_done(const struct variant_step *s, const struct casefile_picture *now)
{
	return now->state >= s->done_states ||
	       (s->work_kind == WORK_CASEFILE_STAFF && now->analysts > 0) ||
	       (s->work_kind == WORK_CASEFILE_ASK && now->asked);
}
