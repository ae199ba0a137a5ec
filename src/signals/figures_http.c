/* The same choice as the list, as figures and as a board by state. */
#include "signals/figures_http.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "platform/view/figure_lines.h"
#include "plein/plein.h"
#include "signals/list_query.h"
#include "signals/signal.h"
#include "signals/theme.h"

/* ---- figures -------------------------------------------------------------------------------------- */

struct figure {
	const char *label;
	int64_t count;
};
static const struct view_field FIGURE_FIELDS[] = {
	VIEW_AS(struct figure, label, "label", VIEW_TEXT, .label = "Wat"),
	VIEW_AS(struct figure, count, "count", VIEW_INT, .label = "Aantal"),
};
static const struct view FIGURE_VIEW = VIEW_OF(struct figure, FIGURE_FIELDS);

struct figure_table {
	const char *name, *title, *head;
	struct array rows;
};
static const struct view_field TABLE_FIELDS[] = {
	VIEW_F(struct figure_table, name, VIEW_TEXT),
	VIEW_F(struct figure_table, title, VIEW_TEXT),
	VIEW_F(struct figure_table, head, VIEW_TEXT),
	VIEW_AS(struct figure_table, rows, "rows", VIEW_LIST, .view = &FIGURE_VIEW),
};
static const struct view TABLE_VIEW = VIEW_OF(struct figure_table, TABLE_FIELDS);

struct figures_record {
	struct list_page list;
	struct array tables;
	int64_t total;
	const char *list_href;
	struct figure_files files;
};
static const struct view_field FIGURES_FIELDS[] = {
	FIGURE_FILES_FIELDS(struct figures_record, files),
	VIEW_F(struct figures_record, total, VIEW_INT),
	VIEW_AS(struct figures_record, tables, "tables", VIEW_LIST, .view = &TABLE_VIEW),
	VIEW_AS(struct figures_record, list_href, "listHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct figures_record, list.chips, "chips", VIEW_LIST, .view = &LIST_LINK_VIEW,
	        .page_only = true),
	VIEW_AS(struct figures_record, list.has_chips, "hasChips", VIEW_BOOL, .page_only = true),
};
static const struct view FIGURES_VIEW = VIEW_OF(struct figures_record, FIGURES_FIELDS);

static const struct {
	enum signal_figure by;
	const char *name, *title, *head;
} TABLES[] = {
	{ FIGURE_STATE, "states", "Hoe staan ze?", "Stand" },
	{ FIGURE_PARTICIPANT, "partners", "Wie bracht ze in?", "Indiener" },
	{ FIGURE_MUNICIPALITY, "municipalities", "In welke gemeente?", "Gemeente" },
	{ FIGURE_THEME, "themes", "Waar gaan ze over?", "Thema" },
	{ FIGURE_HOUR, "months", "Wanneer kwamen ze binnen?", "Maand" },
};
enum { TABLE_COUNT = sizeof TABLES / sizeof TABLES[0] };

static const char *label_of(enum signal_figure by, const struct signal_count *c)
{
	const struct state *state;
	const char *theme;

	switch (by) {
	case FIGURE_STATE:
		state = machine_state(&SIGNAL_MACHINE, (uint8_t)c->key);
		return state != NULL ? state->label : "";
	case FIGURE_THEME:
		theme = code_label(SIGNAL_THEMES, (int)c->key);
		return theme != NULL ? theme : "Nog niet gekozen";
	case FIGURE_PARTICIPANT:
	case FIGURE_MUNICIPALITY:
		return c->label[0] != '\0' ? c->label : "Nog niet gekozen";
	case FIGURE_HOUR:
	case FIGURE_COUNT:
		break;
	}
	return "";
}

/* "november 2026" */
static const char *month_label(struct arena *a, int32_t day)
{
	const char *date = dutch_date(a, day);
	const char *space = strchr(date, ' ');

	return space != NULL ? space + 1 : date;
}

/* Hours, oldest first, as the months in Amsterdam that they fall in, newest first. */
static struct array months_of(struct arena *a, const struct array *hours)
{
	static const int64_t HOUR_MS = INT64_C(3600000);
	const struct signal_count *from = hours->items;
	struct figure *months = ARENA_ARRAY(a, struct figure, hours->count + 1);
	size_t count = 0;
	int last = -1;

	for (size_t i = hours->count; i-- > 0;) {
		const int32_t day = local_day(from[i].key * HOUR_MS);
		const struct civil c = civil_from_day(day);
		if (c.year * 12 + c.month != last)
			months[count++] = (struct figure){ month_label(a, day), 0 };
		last = c.year * 12 + c.month;
		months[count - 1].count += from[i].count;
	}
	return (struct array){ months, count };
}

static struct array figures_of(struct arena *a, enum signal_figure by, const struct array *counts)
{
	const struct signal_count *from = counts->items;
	struct figure *to = ARENA_ARRAY(a, struct figure, counts->count + 1);

	if (by == FIGURE_HOUR)
		return months_of(a, counts);
	for (size_t i = 0; i < counts->count; i++)
		to[i] = (struct figure){ label_of(by, &from[i]), from[i].count };
	return (struct array){ to, counts->count };
}

static int64_t sum(const struct array *counts)
{
	const struct signal_count *c = counts->items;
	int64_t total = 0;

	for (size_t i = 0; i < counts->count; i++)
		total += c[i].count;
	return total;
}

static enum status respond_file(struct request *rq, struct response *rs, const struct array *tables,
                                struct error *reterr)
{
	const struct figure_table *t = tables->items;
	struct figure_lines lines = { .arena = rq->arena };

	for (size_t i = 0; i < tables->count; i++) {
		const struct figure *f = t[i].rows.items;
		for (size_t k = 0; k < t[i].rows.count; k++)
			figure_count(&lines, t[i].title, f[k].label, NULL, f[k].count);
	}
	return figure_lines_respond(rq, rs, "signalen-in-cijfers", &lines, reterr);
}

static enum status show_figures(struct request *rq, struct response *rs, struct error *reterr)
{
	struct figures_record record = { 0 };
	struct figure_table *tables = ARENA_ARRAY(rq->arena, struct figure_table, TABLE_COUNT);
	struct list_query q;

	enum status st = signal_list_read(rq, rq->query, &q, reterr);
	if (st != OK)
		return st;
	const struct signal_query asked = signal_list_query(rq, &q);
	for (size_t i = 0; st == OK && i < TABLE_COUNT; i++) {
		struct array counts = { 0 };
		st = signal_figures(rq->db, &asked, TABLES[i].by, rq->arena, &counts, reterr);
		tables[i] = (struct figure_table){ TABLES[i].name, TABLES[i].title, TABLES[i].head,
			                           figures_of(rq->arena, TABLES[i].by, &counts) };
		if (TABLES[i].by == FIGURE_STATE)
			record.total = sum(&counts);
	}
	if (st != OK)
		return st;
	record.list = list_finish(&q, rq->arena, NULL, 0);
	record.list_href = list_address(&q, rq->arena);
	record.tables = (struct array){ tables, TABLE_COUNT };
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL, .count = (int32_t)record.total };
	if (figure_lines_asked(rq))
		return respond_file(rq, rs, &record.tables, reterr);
	record.files = figure_files_of(rq);
	const struct page page = { .title = "Signalen in cijfers",
		                   .place = "/signals",
		                   .template_name = "signals/figures" };
	return page_respond(rq, rs, &page, &FIGURES_VIEW, &record, reterr);
}

/* ---- the board ------------------------------------------------------------------------------------- */

enum { BOARD_CARDS = 10 };

struct board_card {
	const char *reference, *href, *title, *participant;
	int64_t at;
};
static const struct view_field CARD_FIELDS[] = {
	VIEW_F(struct board_card, reference, VIEW_REF),
	VIEW_AS(struct board_card, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct board_card, title, VIEW_TEXT),
	VIEW_F(struct board_card, participant, VIEW_TEXT),
	VIEW_F(struct board_card, at, VIEW_MOMENT),
};
static const struct view CARD_VIEW = VIEW_OF(struct board_card, CARD_FIELDS);

struct board_column {
	uint8_t state;
	const char *more_href; /* NULL: all are on the board */
	struct array cards;
	bool empty;
};
static const struct view_field COLUMN_FIELDS[] = {
	VIEW_AS(struct board_column, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE),
	VIEW_AS(struct board_column, more_href, "moreHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct board_column, cards, "cards", VIEW_LIST, .view = &CARD_VIEW),
	VIEW_AS(struct board_column, empty, "empty", VIEW_BOOL, .page_only = true),
};
static const struct view COLUMN_VIEW = VIEW_OF(struct board_column, COLUMN_FIELDS);

struct board_record {
	struct list_page list;
	struct array columns;
	const char *list_href;
};
static const struct view_field BOARD_FIELDS[] = {
	VIEW_AS(struct board_record, columns, "columns", VIEW_LIST, .view = &COLUMN_VIEW),
	VIEW_AS(struct board_record, list_href, "listHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct board_record, list.csv, "csvHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct board_record, list.ods, "odsHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct board_record, list.chips, "chips", VIEW_LIST, .view = &LIST_LINK_VIEW,
	        .page_only = true),
	VIEW_AS(struct board_record, list.has_chips, "hasChips", VIEW_BOOL, .page_only = true),
};
static const struct view BOARD_VIEW = VIEW_OF(struct board_record, BOARD_FIELDS);

/* In the order of a signal's life. */
static const uint8_t COLUMNS[] = { SIGNAL_DRAFT,        SIGNAL_SUBMITTED,      SIGNAL_RETURNED,
	                           SIGNAL_INTAKE_OK,    SIGNAL_ON_AGENDA,      SIGNAL_DEFERRED,
	                           SIGNAL_ADOPTED_CASE, SIGNAL_ADOPTED_DIRECT, SIGNAL_MERGED };
enum { COLUMN_COUNT = sizeof COLUMNS / sizeof COLUMNS[0] };

static struct array cards_of(struct arena *a, const struct array *signals)
{
	const struct signal_row *from = signals->items;
	const size_t shown = signals->count < BOARD_CARDS ? signals->count : BOARD_CARDS;
	struct board_card *to = ARENA_ARRAY(a, struct board_card, shown + 1);

	for (size_t i = 0; i < shown; i++)
		to[i] = (struct board_card){
			.reference = from[i].reference,
			.href = arena_printf(a, "/signals/%s", from[i].reference),
			.title = from[i].title[0] != '\0' ? from[i].title : "Nog zonder titel",
			.participant = from[i].participant,
			.at = from[i].at,
		};
	return (struct array){ to, shown };
}

static enum status fill_column(struct request *rq, const struct signal_query *chosen, uint8_t state,
                               struct board_column *ret, struct error *reterr)
{
	struct signal_query q = *chosen;
	struct array signals = { 0 };

	q.states = UINT64_C(1) << state;
	q.reference = NULL;
	q.backward = false;
	q.word_count = 0;
	q.limit = BOARD_CARDS + 1;
	enum status st = signal_rows(rq->db, &q, rq->arena, &signals, reterr);
	*ret = (struct board_column){
		.state = state,
		.cards = cards_of(rq->arena, &signals),
		.empty = signals.count == 0,
	};
	if (signals.count > BOARD_CARDS)
		ret->more_href = arena_printf(rq->arena, "/signals?state=%s",
		                              machine_state(&SIGNAL_MACHINE, state)->name);
	rq->touched.count += (int32_t)ret->cards.count;
	return st;
}

/* A column for each state that is chosen; without a choice for all. */
static enum status show_board(struct request *rq, struct response *rs, struct error *reterr)
{
	struct board_column *columns = ARENA_ARRAY(rq->arena, struct board_column, COLUMN_COUNT);
	struct board_record record = { 0 };
	struct list_query q;
	size_t count = 0;

	enum status st = signal_list_read(rq, rq->query, &q, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL };
	const struct signal_query chosen = signal_list_query(rq, &q);
	for (size_t i = 0; st == OK && i < COLUMN_COUNT; i++)
		if (chosen.states == 0 || (chosen.states & UINT64_C(1) << COLUMNS[i]) != 0)
			st = fill_column(rq, &chosen, COLUMNS[i], &columns[count++], reterr);
	if (st != OK)
		return st;
	record.list = list_finish(&q, rq->arena, NULL, 0);
	record.columns = (struct array){ columns, count };
	record.list_href = list_address(&q, rq->arena);
	const struct page page = { .title = "Bord van signalen",
		                   .place = "/signals",
		                   .template_name = "signals/board" };
	return page_respond(rq, rs, &page, &BOARD_VIEW, &record, reterr);
}

const struct route signal_figures_routes[] = {
	{ .method = "GET",
	  .path = "/signals/figures",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_LIST,
	  .read = show_figures,
	  .view = &FIGURES_VIEW,
	  .summary = "Hoeveel signalen u mag zien, per stand, indiener, gemeente, thema en maand" },
	{ .method = "GET",
	  .path = "/signals/board",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_LIST,
	  .read = show_board,
	  .view = &BOARD_VIEW,
	  .summary = "Signalen die u mag zien, per stand" },
	{ 0 },
};

const struct page_template signal_figures_templates[] = {
	{ .name = "signals/figures", .view = &FIGURES_VIEW, .whole = true },
	{ .name = "signals/board", .view = &BOARD_VIEW, .whole = true },
	{ 0 },
};
