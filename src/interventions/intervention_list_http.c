/* My interventions: what must be done first stands on top. */
#include "access/access.h"
#include "audit/action.h"
#include "interventions/intervention_page.h"
#include "law/instruments.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"

struct row {
	const char *reference, *href, *instrument, *participant, *casefile, *lead;
	uint8_t state;
	int kind, weight;
	int64_t due_day, place, hours_pledged, hours_delivered;
	bool late;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, instrument, "instrument", VIEW_TEXT, .label = "Wat"),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &INTERVENTION_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct row, kind, "kind", VIEW_CODE, .codes = INTERVENTION_KINDS, .label = "Soort"),
	VIEW_AS(struct row, weight, "weight", VIEW_CODE, .codes = INTERVENTION_WEIGHTS,
	        .label = "Gewicht"),
	VIEW_AS(struct row, participant, "participant", VIEW_TEXT, .label = "Eigenaar"),
	VIEW_AS(struct row, lead, "lead", VIEW_TEXT, .label = "Regievoerder"),
	VIEW_AS(struct row, casefile, "casefile", VIEW_REF, .label = "Casus"),
	VIEW_AS(struct row, due_day, "due", VIEW_DUE, .label = "Uiterlijk"),
	VIEW_AS(struct row, hours_pledged, "hoursPledged", VIEW_INT, .label = "Uren toegezegd"),
	VIEW_AS(struct row, hours_delivered, "hoursDelivered", VIEW_INT, .label = "Uren geleverd"),
	VIEW_AS(struct row, late, "late", VIEW_BOOL, .label = "Melding te laat"),
	VIEW_AS(struct row, place, "place", VIEW_INT, .page_only = true),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

static const struct code STATES[] = {
	{ INTERVENTION_AGREEING, "AGREEING", "Wacht op instemming" },
	{ INTERVENTION_APPROVED, "APPROVED", "Geaccordeerd" },
	{ INTERVENTION_ASSIGNED, "ASSIGNED", "Toegewezen" },
	{ INTERVENTION_IN_PROGRESS, "IN_PROGRESS", "In uitvoering" },
	{ INTERVENTION_ON_HOLD, "ON_HOLD", "Aangehouden" },
	{ INTERVENTION_EXECUTED, "EXECUTED", "Uitgevoerd" },
	{ INTERVENTION_NOT_EXECUTED, "NOT_EXECUTED", "Niet uitgevoerd" },
	{ INTERVENTION_CONFIRMED, "RESULT_CONFIRMED", "Resultaat vastgesteld" },
	{ INTERVENTION_ASSESSED, "EFFECT_ASSESSED", "Effect beoordeeld" },
	{ INTERVENTION_REJECTED, "REJECTED", "Afgewezen" },
	{ INTERVENTION_CANCELLED, "CANCELLED", "Vervallen" },
	{ INTERVENTION_CLOSED, "CLOSED", "Afgesloten" },
	{ 0 },
};
static const struct code LATE[] = { { 1, "LATE", "Te laat" }, { 0 } };
static const struct list_sort SORTS[] = {
	{ "due", "Uiterlijk, eerste eerst", { { "place", false }, { "reference", false } }, false },
	{ "last", "Uiterlijk, laatste eerst", { { "place", true }, { "reference", true } }, true },
};
enum { FILTER_STATE, FILTER_KIND, FILTER_LATE };
static const struct list_filter FILTERS[] = {
	[FILTER_STATE] = { "state", "Stand", FILTER_CODES, STATES },
	[FILTER_KIND] = { "kind", "Soort", FILTER_CODES, INTERVENTION_KINDS },
	[FILTER_LATE] = { "late", "Op tijd?", FILTER_ONE, LATE },
};
static const struct list LIST = {
	.name = "interventions",
	.path = "/interventions",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.filters = FILTERS,
	.filter_count = 3,
	.empty = "Geen interventies om te tonen.",
	.file_name = "interventies.csv",
};

struct list_record {
	struct list_page list;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
};
static const struct view PAGE_VIEW = VIEW_OF(struct list_record, PAGE_FIELDS);

static struct row row_of(struct request *rq, const struct intervention_row *from)
{
	const struct law_instrument *instrument = law_instrument(from->instrument);

	return (struct row){
		.reference = from->reference,
		.href = arena_printf(rq->arena, "/interventions/%s", from->reference),
		.instrument = instrument != NULL ? instrument->label : "",
		.participant = from->participant,
		.casefile = from->casefile[0] != '\0' && rq->viewer->role != ROLE_EXECUTOR
		                ? from->casefile
		                : NULL,
		.lead = from->lead[0] != '\0' ? from->lead : NULL,
		.state = from->state,
		.kind = from->kind,
		.weight = from->weight,
		.due_day = intervention_runs(from->state) && from->due_day != 0 ? from->due_day
		                                                                : INT64_MIN,
		.place = from->place,
		.hours_pledged = from->hours_pledged,
		.hours_delivered = from->hours_delivered,
		.late = from->late,
	};
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	const struct intervention_query asked = {
		.viewer = rq->viewer,
		.place = q.keys[0].number,
		.reference = q.first ? NULL : q.keys[1].text,
		.backward = q.backward,
		.states = q.chosen[FILTER_STATE].codes,
		.kinds = q.chosen[FILTER_KIND].codes,
		.late_only = q.chosen[FILTER_LATE].one != NULL,
		.today = local_day(rq->now_ms),
		.limit = q.limit,
	};
	struct array found = { 0 };

	enum status st = intervention_rows(rq->db, &asked, rq->arena, &found, reterr);
	if (st != OK)
		return st;
	const struct intervention_row *from = found.items;
	struct row *to = ARENA_ARRAY(rq->arena, struct row, found.count + 1);
	for (size_t i = 0; i < found.count; i++)
		to[i] = row_of(rq, &from[i]);
	rq->touched =
	    (struct touched){ .kind = OBJECT_INTERVENTION, .count = (int32_t)found.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, to, found.count),
	};
	const struct page page = { .title = "Interventies",
		                   .place = "/interventions",
		                   .template_name = "interventions/list" };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

const struct route intervention_list_routes[] = {
	{ .method = "GET",
	  .path = "/interventions",
	  .permission = PERM_INTERVENTION_READ,
	  .action = AUDIT_INTERVENTION_LIST,
	  .read = show_list,
	  .view = &PAGE_VIEW,
	  .summary = "Interventies die u mag zien: wat het eerst moet, staat vooraan" },
	{ 0 },
};

const struct page_template intervention_list_templates[] = {
	{ .name = "interventions/list", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
