/* All signals that I may see, newest first; and starting one. */
#include "signals/signal_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "platform/view/list.h"
#include "signals/signals.h"
#include "signals/signal_text.h"
#include "signals/theme.h"

struct row {
	const char *reference, *href, *title, *participant, *municipality;
	uint8_t state;
	int theme, line;
	int64_t at;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_AS(struct row, reference, "reference", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct row, title, "title", VIEW_TEXT, .label = "Titel"),
	VIEW_AS(struct row, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct row, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES, .label = "Thema"),
	VIEW_AS(struct row, line, "line", VIEW_CODE, .codes = SIGNAL_LINES, .label = "Lijn"),
	VIEW_AS(struct row, participant, "participant", VIEW_TEXT, .label = "Indiener"),
	VIEW_AS(struct row, municipality, "municipality", VIEW_TEXT, .label = "Gemeente"),
	VIEW_AS(struct row, at, "at", VIEW_MOMENT, .label = "Sinds"),
};
static const struct view ROW_VIEW = VIEW_OF(struct row, ROW_FIELDS);

/* Not adopted, withdrawn and destroyed are in no list. */
static const struct code STATES[] = {
	{ SIGNAL_DRAFT, "DRAFT", "Concept" },
	{ SIGNAL_SUBMITTED, "SUBMITTED", "Ingediend" },
	{ SIGNAL_RETURNED, "RETURNED", "Teruggelegd met vragen" },
	{ SIGNAL_INTAKE_OK, "INTAKE_OK", "Intake akkoord" },
	{ SIGNAL_ON_AGENDA, "ON_AGENDA", "Op de agenda" },
	{ SIGNAL_DEFERRED, "DEFERRED", "Aangehouden" },
	{ SIGNAL_ADOPTED_CASE, "ADOPTED_CASE", "In behandeling als casus" },
	{ SIGNAL_ADOPTED_DIRECT, "ADOPTED_DIRECT", "Direct naar interventies" },
	{ SIGNAL_MERGED, "MERGED", "Samengevoegd" },
	{ 0 },
};
static const struct list_sort SORTS[] = {
	{ "newest", "Sinds, nieuwste eerst", { { "at", true }, { "reference", true } } },
};
enum { FILTER_STATE, FILTER_THEME, FILTER_LINE };
static const struct list_filter FILTERS[] = {
	[FILTER_STATE] = { "state", "Stand", FILTER_CODES, STATES },
	[FILTER_THEME] = { "theme", "Thema", FILTER_CODES, SIGNAL_THEMES },
	[FILTER_LINE] = { "line", "Lijn", FILTER_CODES, SIGNAL_LINES },
};
static const struct list LIST = {
	.name = "signals",
	.path = "/signals",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 1,
	.filters = FILTERS,
	.filter_count = 3,
	.empty = "Nog geen signalen om te tonen.",
	.file_name = "signalen.csv",
};

struct list_record {
	struct list_page list;
	bool may_write;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
	VIEW_AS(struct list_record, may_write, "mayWrite", VIEW_BOOL, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct list_record, PAGE_FIELDS);

static enum status rows_of(struct request *rq, struct array signals, struct row *to,
                           struct error *reterr)
{
	const struct signal_row *from = signals.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < signals.count; i++) {
		to[i] = (struct row){
			.reference = from[i].reference,
			.href = arena_printf(rq->arena, "/signals/%s", from[i].reference),
			.participant = from[i].participant,
			.municipality = from[i].municipality,
			.state = from[i].state,
			.theme = from[i].theme,
			.line = from[i].line,
			.at = from[i].at,
		};
		st = signal_title_load(rq->db, plein_of(rq)->keyring, from[i].id, &from[i].uuid,
		                       rq->arena, &to[i].title, reterr);
		if (st == OK && to[i].title[0] == '\0')
			to[i].title = "Nog zonder titel";
	}
	return st;
}

static bool may_write(const struct request *rq)
{
	return rq->viewer->role == ROLE_SUBMITTER && rq->viewer->organ_id != 0;
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	const struct signal_query asked = {
		.viewer = rq->viewer,
		.backward = q.backward,
		.at = q.keys[0].number,
		.reference = q.first ? NULL : q.keys[1].text,
		.states = q.chosen[FILTER_STATE].codes,
		.themes = q.chosen[FILTER_THEME].codes,
		.lines = q.chosen[FILTER_LINE].codes,
		.limit = q.limit,
	};
	struct array signals = { 0 };

	enum status st = signal_rows(rq->db, &asked, rq->arena, &signals, reterr);
	if (st != OK)
		return st;
	struct row *rows = ARENA_ARRAY(rq->arena, struct row, signals.count + 1);
	st = rows_of(rq, signals, rows, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL, .count = (int32_t)signals.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, rows, signals.count),
		.may_write = may_write(rq),
	};
	const struct page page = { .title = "Signalen",
		                   .place = "/signals",
		                   .template_name = "signals/list" };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- starting one ------------------------------------------------------------------------------- */

static enum status prepare_new(struct request *rq, void **ret_input, struct error *reterr)
{
	struct signal_new *n = ARENA_NEW(rq->arena, struct signal_new);

	if (!may_write(rq))
		return FAIL(
		    reterr, ERR_DENIED,
		    "Alleen een indiener kan een signaal schrijven, namens zijn organisatie.");
	*n = (struct signal_new){ .uuid = uuid_at(rq->now_ms),
		                  .reference_key = plein_of(rq)->reference_key,
		                  .viewer = rq->viewer,
		                  .municipality_id = rq->viewer->municipality_id,
		                  .now_ms = rq->now_ms };
	*ret_input = n;
	return OK;
}

static enum status apply_new(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const char *reference = NULL;
	int64_t id = 0;

	enum status st = signal_create(tx, change->input, &id, &reference, reterr);
	if (st != OK)
		return st;
	change->touched = (struct touched){
		.kind = OBJECT_SIGNAL, .id = id, .owner_id = id, .owner_kind = OBJECT_SIGNAL
	};
	change->location = arena_printf(
	    db_tx_arena(tx), change->rq->wants_json ? "/signals/%s" : "/signals/%s/edit/facts",
	    reference);
	change->json =
	    arena_printf(db_tx_arena(tx), "{\"reference\":\"%s\",\"version\":1}", reference);
	change->created = true;
	return OK;
}

const struct route signal_list_routes[] = {
	{ .method = "GET",
	  .path = "/signals",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_LIST,
	  .read = show_list,
	  .view = &PAGE_VIEW,
	  .summary = "Signalen die u mag zien" },
	{ .method = "POST",
	  .path = "/signals",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_new,
	  .apply = apply_new,
	  .redraw = show_list,
	  .summary = "Een signaal beginnen" },
	{ 0 },
};

const struct page_template signal_list_templates[] = {
	{ .name = "signals/list", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
