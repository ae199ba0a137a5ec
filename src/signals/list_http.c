/* All signals that I may see, newest first; and starting one. */
#include "signals/signal_http.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/view/list.h"
#include "plein/plein.h"
#include "search/search.h"
#include "signals/list_query.h"
#include "signals/signals.h"
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
	{ "newest", "Sinds, nieuwste eerst", { { "at", true }, { "reference", true } }, false },
	{ "oldest", "Sinds, oudste eerst", { { "at", false }, { "reference", false } }, true },
};
enum {
	FILTER_STATE,
	FILTER_THEME,
	FILTER_LINE,
	FILTER_PARTICIPANT,
	FILTER_MUNICIPALITY,
	FILTER_PERIOD,
	FILTER_WORDS,
	FILTERS
};
static const struct list_filter FIXED[FILTERS] = {
	[FILTER_STATE] = { "state", "Stand", FILTER_CODES, STATES },
	[FILTER_THEME] = { "theme", "Thema", FILTER_CODES, SIGNAL_THEMES },
	[FILTER_LINE] = { "line", "Lijn", FILTER_CODES, SIGNAL_LINES },
	[FILTER_PARTICIPANT] = { "partner", "Indiener", FILTER_ONE, NULL },
	[FILTER_MUNICIPALITY] = { "municipality", "Gemeente", FILTER_ONE, NULL },
	[FILTER_PERIOD] = { "since", "Sinds", FILTER_DAYS, NULL },
	[FILTER_WORDS] = { "words", "Met uw zoekwoorden", FILTER_KEPT, NULL },
};
static const struct list LIST = {
	.name = "signals",
	.path = "/signals",
	.row = &ROW_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.filters = FIXED,
	.filter_count = FILTERS,
	.empty = "Nog geen signalen om te tonen.",
	.file_name = "signalen.csv",
};

/* ---- what can be chosen ------------------------------------------------------------------------- */

static enum status participant_codes(struct request *rq, const struct code **ret,
                                     struct error *reterr)
{
	struct array all = { 0 };
	enum status st = participant_list(rq->db, local_day(rq->now_ms), rq->arena, &all, reterr);
	const struct participant *from = all.items;
	struct code *codes = ARENA_ARRAY(rq->arena, struct code, all.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < all.count; i++)
		if (!from[i].bureau)
			codes[count++] =
			    (struct code){ (int)from[i].id, from[i].code, from[i].short_name };
	codes[count] = (struct code){ 0 };
	*ret = codes;
	return st;
}

static enum status municipality_codes(struct request *rq, const struct code **ret,
                                      struct error *reterr)
{
	struct array all = { 0 };
	struct region own = { 0 };
	enum status st = region_own(rq->db, rq->arena, &own, reterr);

	if (st == OK)
		st = municipality_list(rq->db, own.id, local_day(rq->now_ms), rq->arena, &all,
		                       reterr);
	const struct municipality *from = all.items;
	struct code *codes = ARENA_ARRAY(rq->arena, struct code, all.count + 1);
	for (size_t i = 0; st == OK && i < all.count; i++)
		codes[i] = (struct code){ (int)from[i].id, from[i].cbs_code, from[i].name };
	codes[all.count] = (struct code){ 0 };
	*ret = codes;
	return st;
}

/* The list with the partners and municipalities of today. */
static enum status list_of_today(struct request *rq, const struct list **ret, struct error *reterr)
{
	struct list *list = ARENA_NEW(rq->arena, struct list);
	struct list_filter *filters = ARENA_ARRAY(rq->arena, struct list_filter, FILTERS);

	for (size_t i = 0; i < FILTERS; i++)
		filters[i] = FIXED[i];
	*list = LIST;
	list->filters = filters;
	*ret = list;
	enum status st = participant_codes(rq, &filters[FILTER_PARTICIPANT].codes, reterr);
	return st == OK ? municipality_codes(rq, &filters[FILTER_MUNICIPALITY].codes, reterr) : st;
}

/* ---- words, which stand in the address as lexemes: no name in a history or a log ------------------ */

static const char *words_kept(struct arena *a, const struct lexeme *words, size_t count)
{
	const char *text = "";

	for (size_t i = 0; i < count; i++)
		text = arena_printf(a, "%s%s%s", text, i == 0 ? "" : ".", words[i].text);
	return text;
}

static size_t words_of(const char *kept, struct lexeme ret[SIGNAL_WORDS_MAX])
{
	size_t count = 0;

	while (kept != NULL && *kept != '\0' && count < SIGNAL_WORDS_MAX) {
		const size_t len = strcspn(kept, ".");
		if (len == LEXEME_TEXT_BYTES - 1) {
			memcpy(ret[count].text, kept, len);
			ret[count++].text[len] = '\0';
		}
		kept += len + (kept[len] == '.');
	}
	return count;
}

struct signal_query signal_list_query(const struct request *rq, const struct list_query *q)
{
	const struct list_chosen *c = q->chosen;
	struct lexeme *words = ARENA_ARRAY(rq->arena, struct lexeme, SIGNAL_WORDS_MAX);
	const int64_t until = list_until_ms(&c[FILTER_PERIOD]);

	return (struct signal_query){
		.viewer = rq->viewer,
		.keyring = plein_of(rq)->keyring,
		.backward = q->backward,
		.at = q->keys[0].number,
		.reference = q->first ? NULL : q->keys[1].text,
		.states = c[FILTER_STATE].codes,
		.themes = c[FILTER_THEME].codes,
		.lines = c[FILTER_LINE].codes,
		.participant_id =
		    c[FILTER_PARTICIPANT].one != NULL ? c[FILTER_PARTICIPANT].one->value : 0,
		.municipality_id =
		    c[FILTER_MUNICIPALITY].one != NULL ? c[FILTER_MUNICIPALITY].one->value : 0,
		.from_ms = list_from_ms(&c[FILTER_PERIOD]),
		.until_ms = until != INT64_MAX ? until : 0,
		.words = words,
		.word_count = words_of(c[FILTER_WORDS].kept, words),
		.limit = q->limit,
	};
}

enum status signal_list_read(struct request *rq, const struct input *in, struct list_query *ret,
                             struct error *reterr)
{
	const struct list *list = NULL;
	enum status st = list_of_today(rq, &list, reterr);

	if (st != OK)
		return st;
	*ret = list_read_asked(list, rq, in);
	return OK;
}

/* ---- the page ------------------------------------------------------------------------------------ */

struct words_input {
	const char *q;
};
static const struct field WORDS_FIELDS[] = {
	{ .path = "q",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct words_input, q),
	  .label = "Woorden uit het signaal",
	  .required = true,
	  .max_chars = 200,
	  .missing = "Typ waar u naar zoekt." },
};
static const struct form WORDS_FORM = { WORDS_FIELDS, 1, sizeof(struct words_input) };

struct list_record {
	struct list_page list;
	const char *figures_href, *board_href, *intake_href;
	bool may_write;
};
static const struct view_field PAGE_FIELDS[] = {
	LIST_FIELDS(struct list_record, list, ROW_VIEW),
	VIEW_AS(struct list_record, may_write, "mayWrite", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct list_record, figures_href, "figuresHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_record, board_href, "boardHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_record, intake_href, "intakeHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct list_record, PAGE_FIELDS);

static void rows_of(struct request *rq, struct array signals, struct row *to)
{
	const struct signal_row *from = signals.items;

	for (size_t i = 0; i < signals.count; i++)
		to[i] = (struct row){
			.reference = from[i].reference,
			.href = arena_printf(rq->arena, "/signals/%s", from[i].reference),
			.title = from[i].title[0] != '\0' ? from[i].title : "Nog zonder titel",
			.participant = from[i].participant,
			.municipality = from[i].municipality,
			.state = from[i].state,
			.theme = from[i].theme,
			.line = from[i].line,
			.at = from[i].at,
		};
}

static bool may_write(const struct request *rq)
{
	return rq->viewer->role == ROLE_SUBMITTER && rq->viewer->organ_id != 0;
}

/* The same filters on another page of the same list. */
static const char *beside(struct request *rq, const struct list_query *q, const char *page)
{
	const char *mark = strchr(list_address(q, rq->arena), '?');

	return arena_printf(rq->arena, "/signals/%s%s", page, mark != NULL ? mark : "");
}

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	struct list_query q;
	struct array signals = { 0 };

	enum status st = signal_list_read(rq, rq->query, &q, reterr);
	if (st != OK)
		return st;
	const struct signal_query asked = signal_list_query(rq, &q);
	st = signal_rows(rq->db, &asked, rq->arena, &signals, reterr);
	if (st != OK)
		return st;
	struct row *rows = ARENA_ARRAY(rq->arena, struct row, signals.count + 1);
	rows_of(rq, signals, rows);
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL, .count = (int32_t)signals.count };
	const struct list_record record = {
		.list = list_finish(&q, rq->arena, rows, signals.count),
		.may_write = may_write(rq),
		.figures_href = beside(rq, &q, "figures"),
		.board_href = beside(rq, &q, "board"),
		.intake_href =
		    access_permits(rq->viewer->role, PERM_SIGNAL_INTAKE) ? "/intake" : NULL,
	};
	const struct page page = { .title = "Signalen",
		                   .place = "/signals",
		                   .template_name = "signals/list",
		                   .form = &WORDS_FORM };
	const struct list_drawing drawing = { &page, &PAGE_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

/* ---- the search box ---------------------------------------------------------------------------------- */

enum status signal_search_titles(struct request *rq, const int64_t *ids, size_t count,
                                 const char **ret_titles, struct error *reterr)
{
	enum status st = signal_titles(rq->db, plein_of(rq)->keyring, rq->viewer, ids, count,
	                               rq->arena, ret_titles, reterr);

	for (size_t i = 0; i < count; i++)
		if (ret_titles[i] != NULL && ret_titles[i][0] == '\0')
			ret_titles[i] = "Nog zonder titel";
	return st;
}

/* ---- finding by words ----------------------------------------------------------------------------- */

struct found {
	const char *href;
};
static const struct view_field FOUND_FIELDS[] = { VIEW_F(struct found, href, VIEW_TEXT) };
static const struct view FOUND_VIEW = VIEW_OF(struct found, FOUND_FIELDS);

static enum status prepare_find(struct request *rq, void **ret_input, struct error *reterr)
{
	struct lexeme words[SIGNAL_WORDS_MAX];
	struct words_input in;
	struct list_query q;
	struct found *found = ARENA_NEW(rq->arena, struct found);

	*ret_input = found;
	input_read(rq->body, &WORDS_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	enum status st = signal_list_read(rq, rq->body, &q, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	const size_t count =
	    search_words_of(plein_of(rq)->words, in.q, rq->arena, SIGNAL_WORDS_MAX, words);
	if (count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "q",
		             "Typ een woord van letters of cijfers.");
	q.chosen[FILTER_WORDS].kept = words_kept(rq->arena, words, count);
	found->href = list_address(&q, rq->arena);
	return OK;
}

static enum status show_found(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct found *found = rq->input;
	const struct page page = { .title = "Signalen", .template_name = "signals/list" };

	if (rq->wants_json)
		return page_respond(rq, rs, &page, &FOUND_VIEW, found, reterr);
	rs->code = 303;
	rs->location = found->href;
	return OK;
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
	  .path = "/signals/find",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SEARCH,
	  .prepare = prepare_find,
	  .read = show_found,
	  .redraw = show_list,
	  .form = &WORDS_FORM,
	  .view = &FOUND_VIEW,
	  .summary = "Signalen met deze woorden: het adres van de lijst" },
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
	{ .name = "signals/list", .view = &PAGE_VIEW, .form = &WORDS_FORM, .whole = true },
	{ 0 },
};
