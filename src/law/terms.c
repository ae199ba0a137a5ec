#include "law/terms.h"

#include <assert.h>

static const struct law_retention retentions[] = {
	{ "Niet meer nodig voor het doel", "Meteen vernietigen of anonimiseren.",
	  "WGS, artikel 1.8, zevende lid", false },
	{ "Vijf jaar na de eerste verwerking van deze persoon",
	  "Uiterlijk dan verwijderen of anonimiseren. Niets schuift deze dag op.",
	  "WGS, artikel 1.8, zevende lid", false },
	{ "Een wettelijk voorschrift verhindert het, of het is nodig voor een rechtsvordering",
	  "Alleen dan langer, met grond en einddatum.", "WGS, artikel 1.8, zevende lid", false },
	{ "De analyse leverde niets op", "Vernietigen of anonimiseren.",
	  "BGS, artikel 1.16, eerste lid, onderdeel a", false },
	{ "Het signaal wordt niet in behandeling genomen",
	  "Vernietigen of anonimiseren, uiterlijk 30 dagen na het besluit.",
	  "BGS, artikel 1.16, eerste lid, onderdeel b", true },
	{ "De indiener trekt het signaal in",
	  "Vernietigen of anonimiseren, uiterlijk 30 dagen daarna.",
	  "BGS, artikel 1.16, eerste lid, onderdeel b", true },
	{ "De casus sluit",
	  "Per persoon vastleggen of bewaren nog nodig is, waarom en tot wanneer. Anders na zes "
	  "maanden "
	  "vernietigen.",
	  "WGS, artikel 1.8, zevende lid", true },
	{ "Hernieuwde verwerking na vijf jaar",
	  "Kan niet bij het RIEC. Alleen het Zorg- en Veiligheidshuis kent dat.",
	  "BGS, artikel 1.16, tweede lid", false },
	{ "Concept zonder wijziging", "Na 90 dagen weg; waarschuwing na 60 en 83 dagen.", NULL,
	  true },
};

const struct law_retention *law_retentions(size_t *ret_count)
{
	*ret_count = sizeof(retentions) / sizeof(retentions[0]);
	return retentions;
}

static const struct law_parameter parameters[] = {
	{ PARAM_REJECTED_DESTROY_DAYS, "signal.rejected.destroy_after_days",
	  "Dagen tot vernietiging van een niet opgepakt signaal", 30, 0, 30,
	  "BGS, artikel 1.16, eerste lid, onderdeel b" },
	{ PARAM_RETURNED_MAX_DAYS, "signal.returned.max_days",
	  "Dagen waarin een teruggelegd signaal terug moet zijn", 30, 1, 30, NULL },
	{ PARAM_DRAFT_MAX_DAYS, "signal.draft.max_days", "Dagen dat een concept blijft staan", 90,
	  1, 90, NULL },
	{ PARAM_UNDECIDED_HEAD_DAYS, "signal.undecided.head_after_days",
	  "Dagen tot een onbeslist signaal bij het hoofd komt", 90, 1, 90, NULL },
	{ PARAM_UNDECIDED_END_DAYS, "signal.undecided.end_after_days",
	  "Dagen tot een onbeslist signaal vervalt", 180, 1, 180, NULL },
	{ PARAM_DEFERRED_MAX_TIMES, "signal.deferred.max_times",
	  "Keren dat een signaal mag wachten", 2, 0, 2, NULL },
	{ PARAM_REQUEST_HIT_WORKING_DAYS, "request.due.hit_no_hit",
	  "Werkdagen voor een vraag met ja of nee", 5, 1, 60, NULL },
	{ PARAM_REQUEST_CONTENT_WORKING_DAYS, "request.due.content",
	  "Werkdagen voor een vraag om inhoud", 15, 1, 60, NULL },
	{ PARAM_REQUEST_URGENT_WORKING_DAYS, "request.due.urgent", "Werkdagen voor een spoedvraag",
	  2, 1, 60, NULL },
	{ PARAM_REQUEST_ESCALATE_WORKING_DAYS, "request.escalate_after",
	  "Werkdagen te laat voordat het hoofd het ziet", 5, 1, 60, NULL },
	{ PARAM_OBJECTION_WORKING_DAYS, "provision.objection_window",
	  "Werkdagen om bezwaar te maken tegen een verstrekking", 5, 1, 60,
	  "WGS, artikel 1.7, tweede lid" },
	{ PARAM_STATUS_INTERVAL_MONTHS, "intervention.status_interval",
	  "Maanden tussen twee standen van een interventie", 1, 1, 12, NULL },
	{ PARAM_RETENTION_YEARS, "retention.max_years", "Jaren dat een persoon hoogstens blijft", 5,
	  1, 5, "WGS, artikel 1.8, zevende lid" },
	{ PARAM_CLOSED_DESTROY_MONTHS, "retention.after_closing_months",
	  "Maanden na sluiten tot vernietiging", 6, 0, 60, "WGS, artikel 1.8, zevende lid" },
	{ PARAM_IDLE_SUSPEND_DAYS, "account.idle_suspend_days",
	  "Dagen zonder gebruik tot een account stilstaat", 90, 1, 365, NULL },
	{ PARAM_RECERTIFY_MONTHS, "account.recertify_months",
	  "Maanden tussen twee bevestigingen door de deelnemer", 12, 1, 12, NULL },
	{ PARAM_SCREENING_WARN_MONTHS, "account.screening_warn_months",
	  "Maanden na een VOG tot een waarschuwing", 36, 1, 60, "BGS, artikel 1.11, eerste lid" },
	{ PARAM_SCREENING_BLOCK_MONTHS, "account.screening_block_months",
	  "Maanden na een VOG tot de toegang stopt", 48, 1, 60, "BGS, artikel 1.11, eerste lid" },
	{ PARAM_BACKUP_MAX_DAYS, "backup.max_age_days", "Dagen dat een reservekopie blijft", 90, 1,
	  90, "WGS, artikel 1.8, zevende lid" },
	{ PARAM_LOG_YEARS, "audit.log_years", "Jaren dat het logboek blijft", 5, 1, 5,
	  "WGS, artikel 1.8, vierde lid" },
	{ PARAM_MIN_CELL_COUNT, "map.min_cell_count",
	  "Personen die een cijfer minstens moet tellen", 5, 5, 100, NULL },
	{ PARAM_AUDIT_INTERVAL_YEARS, "privacy_audit.interval_years",
	  "Jaren tussen twee privacy-audits", 4, 4, 4, "BGS, artikel 1.18, eerste lid" },
	{ PARAM_REAUDIT_YEARS, "privacy_audit.reaudit_years", "Jaren tot een hercontrole", 1, 1, 1,
	  "WGS, artikel 1.10, derde lid" },
	{ PARAM_FEEDBACK_MONTHS, "feedback.interval_months",
	  "Maanden waarin een ontvanger laat weten wat hij ermee deed", 12, 1, 12,
	  "WGS, artikel 1.7, vierde lid" },
	{ PARAM_QUORUM_PARTICIPANTS, "weighing.quorum_others",
	  "Andere deelnemers die bij het wegen moeten zijn", 2, 1, 11,
	  "WGS, artikel 2.23, tweede lid" },
	{ PARAM_REVIEW_WORKING_DAYS, "signal.review_within",
	  "Werkdagen voor de tweede blik op gevoelige woorden", 2, 1, 10, NULL },
};

const struct law_parameter *law_parameters(size_t *ret_count)
{
	*ret_count = sizeof(parameters) / sizeof(parameters[0]);
	return parameters;
}

const struct law_parameter *law_parameter(enum law_parameter_id id)
{
	assert(id >= PARAM_REJECTED_DESTROY_DAYS && id <= PARAM_REVIEW_WORKING_DAYS);
	return &parameters[id - 1];
}

int32_t law_parameter_held(enum law_parameter_id id, int32_t wanted)
{
	const struct law_parameter *p = law_parameter(id);
	if (wanted < p->least)
		return p->least;
	return wanted > p->most ? p->most : wanted;
}

const int32_t *law_retention_warn_days(size_t *ret_count)
{
	static const int32_t days[] = { 180, 90, 30 };

	*ret_count = sizeof(days) / sizeof(days[0]);
	return days;
}

int32_t law_destroy_before(int32_t first, int32_t years)
{
	return day_add_years(first, law_parameter_held(PARAM_RETENTION_YEARS, years));
}
