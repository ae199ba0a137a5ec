#include "interventions/paper_law.h"

#include "platform/core/calendar.h"

/* Says what lacks for a paper of a heavier phase, before the law is asked; false: something does. What is of
 * phase 3 is weighed fact by fact (X-1: source and information), which a paper can't be. */
static bool heavy_is_his(struct request *rq, const struct paper_claim *c,
                         const struct law_category_row *row)
{
	const char *path = "kind", *problem = NULL;

	if (row->phase <= PHASE_1)
		return true;
	if (row->phase > PHASE_2)
		problem =
		    "Zo’n stuk is van fase 3 en blijft bij u. Zet wat nodig is als gegevens in "
		    "de casus, elk met een oordeel over bron en informatie.";
	else if (!c->tells)
		problem = "Zo’n stuk is zwaarder dan fase 1. Iemand uit de werkgroep van uw "
			  "organisatie voegt het toe.";
	else if (c->presence_id == 0) {
		path = "subject";
		problem = "Zo’n stuk gaat over iemand of iets uit de casus. Kies wie of wat.";
	}
	if (problem != NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path, problem);
	return problem == NULL;
}

static struct verdict ask_law(const struct request *rq, const struct paper_claim *c,
                              const struct law_category_row *row)
{
	const int32_t today = local_day(rq->now_ms);
	const struct casefile *file = c->casefile;
	const struct law_item item = {
		.category = row != NULL ? row->code : CATEGORY_NONE,
		.source = (enum law_letter)rq->viewer->letter,
		.phase = row != NULL ? row->phase : PHASE_UNKNOWN,
		.opened_phase = c->opened,
		.task = c->task > 0 && c->task <= UINT16_MAX ? (uint16_t)c->task : 0,
		.received_day = today,
		.about_subject = c->presence_id != 0,
		.about_phenomenon = c->presence_id == 0,
		.in_casefile = true,
		.activity =
		    file->id != 0 ? (enum law_activity)file->activity : ACTIVITY_CASE_CONSULTATION,
		.crime_form = (enum law_crime_form)file->crime_form,
		.has_origin = true,
		.kind = (uint16_t)c->kind,
		.on_day = today,
	};
	return law_item_may(&item);
}

void paper_check_law(struct request *rq, const struct paper_claim *c)
{
	const struct law_kind *kind = law_kind((uint16_t)c->kind);
	const struct law_category_row *row = kind != NULL ? law_category(kind->category) : NULL;

	if (kind == NULL)
		return;
	if (!kind->refused && row == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, "kind",
		             "Een stuk met van alles wat hoort in het casusdossier. Kies hier een "
		             "stuk van één soort.");
		return;
	}
	if (row != NULL && !heavy_is_his(rq, c, row))
		return;
	const struct verdict v = ask_law(rq, c, row);
	if (!verdict_allows(v))
		problems_add_verdict(rq->problems, "kind", v);
}
