/* period.h - which year, theme, place and participant the monitor shows; inside monitor/ */
#ifndef MONITOR_PERIOD_H
#define MONITOR_PERIOD_H

#include "monitor/figures.h"
#include "platform/http/http.h"

struct chosen_period {
	struct figures_period figures;
	int year, first_year, this_year;
	int32_t from_day, until_day; /* both included; until: today at most */
};

/*
 * ?year=2026&theme=DRUGS&municipality=12&participant=h&line=LOCATION&weight=LIGHT&variant=USUAL
 * &project=3&effectAfter=12; what isn't there is all, and this year.
 * What can't be shown is a problem at its field (rq->problems) and counts as not chosen: a year
 * before the figures were defined or after this one, an unknown theme or participant.
 */
struct chosen_period period_read(struct request *rq);

/* After three, six or twelve months; six where nothing is chosen. */
extern const struct code EFFECT_AFTER[];

/* The same choice in another year. */
struct chosen_period period_of_year(const struct chosen_period *p, int year, int32_t today);

/* Choices of the page (platform/view/choice.h): years, newest first; municipalities of the region. */
struct array period_years(struct arena *a, const struct chosen_period *p);
struct place_choice {
	const char *none;        /* the choice of no municipality: "Alle gemeenten" */
	int64_t inhabitants_min; /* 0: all */
};
MUST_CHECK enum status period_municipalities(struct request *rq, const struct chosen_period *p,
                                             const struct place_choice *wish, struct array *ret,
                                             struct error *reterr);

/* Newest first. */
MUST_CHECK enum status period_projects(struct request *rq, const struct chosen_period *p,
                                       struct array *ret, struct error *reterr);

/* "1 januari tot en met 22 november 2026". */
const char *period_words(struct arena *a, const struct chosen_period *p);

#endif
