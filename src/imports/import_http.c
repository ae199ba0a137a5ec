/* Reading signals from a file: send it, say what the columns are, see what is wrong, read it in,
 * undo it. The work itself is import_run's. */
#include "imports/import_http.h"

#include "access/access.h"
#include "attachments/media.h"
#include "audit/action.h"
#include "imports/import_file.h"
#include "imports/import_page.h"
#include "imports/import_run.h"
#include "imports/import_store.h"
#include "platform/view/list.h"
#include "plein/plein.h"

enum { EXAMPLES = 3, REFRESH_SECONDS = 3 };

static enum status only_submitters(const struct request *rq, struct error *reterr)
{
	if (rq->viewer->organ_id != 0)
		return OK;
	return FAIL(reterr, ERR_DENIED,
	            "Alleen een indiener leest signalen in, namens zijn organisatie.");
}

/* ---- all rounds, and sending a file ------------------------------------------------------------- */

struct round_line {
	int64_t id, created_at, rows_all, stored;
	const char *href;
	uint8_t state;
};
static const struct view_field LINE_FIELDS[] = {
	VIEW_AS(struct round_line, id, "id", VIEW_INT, .label = "Nummer"),
	VIEW_AS(struct round_line, created_at, "createdAt", VIEW_MOMENT, .label = "Wanneer"),
	VIEW_AS(struct round_line, rows_all, "rows", VIEW_INT, .label = "Regels"),
	VIEW_AS(struct round_line, stored, "stored", VIEW_INT, .label = "Concepten"),
	VIEW_AS(struct round_line, state, "state", VIEW_STATE, .machine = &IMPORT_MACHINE,
	        .label = "Stand"),
	VIEW_AS(struct round_line, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view LINE_VIEW = VIEW_OF(struct round_line, LINE_FIELDS);

static const struct list_sort SORTS[] = {
	{ "newest", "Wanneer, nieuwste eerst", { { "createdAt", true }, { "id", true } }, false },
	{ "oldest", "Wanneer, oudste eerst", { { "createdAt", false }, { "id", false } }, true },
};
static const struct list LIST = {
	.name = "imports",
	.path = "/imports",
	.row = &LINE_VIEW,
	.sorts = SORTS,
	.sort_count = 2,
	.empty = "Nog geen bestanden.",
	.file_name = "ingelezen-bestanden.csv",
};

struct list_page_record {
	struct list_page list;
	const char *no_text; /* always NULL */
};
static const struct view_field LIST_RECORD_FIELDS[] = {
	LIST_FIELDS(struct list_page_record, list, LINE_VIEW),
	VIEW_AS(struct list_page_record, no_text, "file", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct list_page_record, no_text, "mapping", VIEW_TEXT, .page_only = true),
};
static const struct view LIST_RECORD_VIEW = VIEW_OF(struct list_page_record, LIST_RECORD_FIELDS);

enum { MAPPING_CHARS = 60 };

struct upload_input {
	const struct input_value *file;
	const char *mapping;
};
static const struct field UPLOAD_FIELDS[] = {
	{ .path = "file",
	  .kind = FIELD_FILE,
	  .offset = offsetof(struct upload_input, file),
	  .label = "Het bestand",
	  .required = true,
	  .missing = "Kies eerst een bestand." },
	{ .path = "mapping",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct upload_input, mapping),
	  .label = "Bewaarde indeling",
	  .max_chars = MAPPING_CHARS },
};
static const struct form UPLOAD_FORM = { UPLOAD_FIELDS, 2, sizeof(struct upload_input) };

static enum status show_list(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct list_query q = list_read(&LIST, rq);
	struct array rounds = { 0 };

	enum status st = only_submitters(rq, reterr);
	if (st == OK)
		st = import_list(rq->db, rq->viewer->organ_id, rq->arena, &rounds, reterr);
	if (st != OK)
		return st;
	const struct import_round *from = rounds.items;
	struct round_line *to = ARENA_ARRAY(rq->arena, struct round_line, rounds.count + 1);
	for (size_t i = 0; i < rounds.count; i++)
		to[i] = (struct round_line){ from[i].id,
			                     from[i].created_at,
			                     from[i].rows_all,
			                     from[i].stored,
			                     arena_printf(rq->arena, "/imports/%lld",
			                                  (long long)from[i].id),
			                     from[i].state };
	const struct list_page_record record = {
		.list = list_finish_whole(&q, rq->arena, to, rounds.count),
	};
	rq->touched = (struct touched){ .kind = OBJECT_IMPORT, .count = (int32_t)rounds.count };
	const struct page page = { .title = "Signalen inlezen",
		                   .place = "/signals",
		                   .template_name = "imports/list",
		                   .form = &UPLOAD_FORM };
	const struct list_drawing drawing = { &page, &LIST_RECORD_VIEW, &record, &record.list };
	return list_respond(rq, rs, &q, &drawing, reterr);
}

static struct import_sender sender_of(const struct request *rq)
{
	return (struct import_sender){ plein_of(rq), rq->viewer, rq->now_ms };
}

static enum status prepare_upload(struct request *rq, void **ret_input, struct error *reterr)
{
	struct import_offer *offer = ARENA_NEW(rq->arena, struct import_offer);
	const struct import_sender who = sender_of(rq);
	struct upload_input in;

	*ret_input = offer;
	enum status st = only_submitters(rq, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &UPLOAD_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (in.file == NULL || rq->problems->error_count > 0)
		return OK;
	const struct import_wish wish = { in.file, in.mapping };
	return import_look(rq->db, &who, &wish, rq->arena, rq->problems, offer, reterr);
}

static enum status apply_upload(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct import_sender who = sender_of(change->rq);
	int64_t id = 0;

	const enum status st = import_begin(tx, &who, change->input, &id, reterr);
	change->touched = (struct touched){
		.kind = OBJECT_IMPORT, .id = id, .owner_id = id, .owner_kind = OBJECT_IMPORT
	};
	change->location = arena_printf(db_tx_arena(tx), "/imports/%lld", (long long)id);
	change->json = arena_printf(db_tx_arena(tx), "{\"id\":%lld}", (long long)id);
	change->created = true;
	return st;
}

/* ---- one round ------------------------------------------------------------------------------------ */

struct column {
	const char *path, *name, *heading, *examples;
	struct array options; /* of struct option */
};
struct option {
	const char *value, *label;
	bool selected;
};
static const struct view_field OPTION_FIELDS[] = {
	VIEW_F(struct option, value, VIEW_TEXT),
	VIEW_F(struct option, label, VIEW_TEXT),
	VIEW_F(struct option, selected, VIEW_BOOL),
};
static const struct view OPTION_VIEW = VIEW_OF(struct option, OPTION_FIELDS);
static const struct view_field COLUMN_FIELDS[] = {
	VIEW_F(struct column, path, VIEW_TEXT),
	VIEW_F(struct column, name, VIEW_TEXT),
	VIEW_F(struct column, heading, VIEW_TEXT),
	VIEW_F(struct column, examples, VIEW_TEXT),
	VIEW_AS(struct column, options, "options", VIEW_LIST, .view = &OPTION_VIEW),
};
static const struct view COLUMN_VIEW = VIEW_OF(struct column, COLUMN_FIELDS);

static const struct view_field PROBLEM_FIELDS[] = {
	VIEW_F(struct import_problem, line, VIEW_INT),
	VIEW_F(struct import_problem, place, VIEW_TEXT),
	VIEW_F(struct import_problem, sentence, VIEW_TEXT),
};
static const struct view PROBLEM_VIEW = VIEW_OF(struct import_problem, PROBLEM_FIELDS);

struct round_page {
	struct import_round round;
	const char *href, *no_text; /* no_text: always NULL */
	int64_t good, percent, id;
	struct array columns, problems;
	bool asks_columns, checked, busy, done, undone, may_read, may_undo, has_wrong, more_wrong,
	    has_kept;
};
#define P                         struct round_page
#define AROUND(member, name, ...) VIEW_AS(P, member, name, __VA_ARGS__, .page_only = true)
static const struct view_field ROUND_FIELDS[] = {
	VIEW_AS(P, id, "id", VIEW_INT),
	VIEW_AS(P, round.version, "version", VIEW_INT),
	VIEW_AS(P, round.state, "state", VIEW_STATE, .machine = &IMPORT_MACHINE),
	VIEW_AS(P, round.created_at, "createdAt", VIEW_MOMENT),
	VIEW_AS(P, round.rows_all, "rows", VIEW_INT),
	VIEW_AS(P, round.rows_done, "rowsDone", VIEW_INT),
	VIEW_AS(P, round.wrong, "wrong", VIEW_INT),
	VIEW_AS(P, round.stored, "stored", VIEW_INT),
	VIEW_AS(P, round.kept, "kept", VIEW_INT),
	VIEW_F(P, good, VIEW_INT),
	VIEW_F(P, percent, VIEW_INT),
	VIEW_AS(P, problems, "problemList", VIEW_LIST, .view = &PROBLEM_VIEW),
	AROUND(href, "href", VIEW_TEXT),
	AROUND(no_text, "saveAs", VIEW_TEXT),
	AROUND(columns, "columns", VIEW_LIST, .view = &COLUMN_VIEW),
	AROUND(asks_columns, "asksColumns", VIEW_BOOL),
	AROUND(checked, "checked", VIEW_BOOL),
	AROUND(busy, "busy", VIEW_BOOL),
	AROUND(done, "done", VIEW_BOOL),
	AROUND(undone, "undone", VIEW_BOOL),
	AROUND(may_read, "mayRead", VIEW_BOOL),
	AROUND(may_undo, "mayUndo", VIEW_BOOL),
	AROUND(has_wrong, "hasWrong", VIEW_BOOL),
	AROUND(more_wrong, "moreWrong", VIEW_BOOL),
	AROUND(has_kept, "hasKept", VIEW_BOOL),
};
#undef P
static const struct view ROUND_VIEW = VIEW_OF(struct round_page, ROUND_FIELDS);

struct column_input {
	int field;
};
static const struct field COLUMN_INPUT_FIELDS[] = {
	{ .path = "field",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct column_input, field),
	  .label = "Wat staat hierin?",
	  .codes = IMPORT_FIELDS },
};
static const struct form COLUMN_FORM = { COLUMN_INPUT_FIELDS, 1, sizeof(struct column_input) };

struct move_input {
	int64_t version;
	struct array columns; /* of struct column_input, with check */
	const char *save_as;
};
static const struct field MOVE_FIELDS[] = {
	FIELD_VERSION(struct move_input),
	{ .path = "columns",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct move_input, columns),
	  .label = "De kolommen",
	  .max_chars = SHEET_COLUMNS_MAX,
	  .element = &COLUMN_FORM },
	{ .path = "saveAs",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct move_input, save_as),
	  .label = "Bewaar deze indeling als",
	  .max_chars = MAPPING_CHARS },
};
static const struct form MOVE_FORM = { MOVE_FIELDS, 3, sizeof(struct move_input) };

enum status import_of_path(struct request *rq, struct import_round *ret, struct error *reterr)
{
	enum status st = only_submitters(rq, reterr);

	if (st == OK)
		st = import_load(rq->db, rq->viewer->organ_id, strtoll(rq->params[0], NULL, 10),
		                 rq->arena, ret, reterr);
	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_IMPORT,
			                        .id = ret->id,
			                        .owner_id = ret->id,
			                        .owner_kind = OBJECT_IMPORT };
	return st;
}

/* The first rows of the file, to recognise the columns by. */
struct glance {
	struct arena *a;
	const char *heading[SHEET_COLUMNS_MAX], *examples[SHEET_COLUMNS_MAX];
	size_t count;
	int rows;
};

static const char *shortened(struct arena *a, const char *text)
{
	enum { SHOWN_BYTES = 60 };
	size_t len = strlen(text);

	if (len <= SHOWN_BYTES)
		return arena_strdup(a, text);
	len = SHOWN_BYTES;
	while (len > 0 && ((unsigned char)text[len] & 0xC0) == 0x80)
		len--; /* not inside a character */
	return arena_printf(a, "%.*s…", (int)len, text);
}

static bool glance_row(void *context, const struct sheet_row *row)
{
	struct glance *g = context;

	for (size_t i = 0; i < row->count; i++) {
		const char *text = shortened(g->a, row->cells[i]);
		if (g->rows == 0)
			g->heading[i] = text;
		else if (text[0] != '\0')
			g->examples[i] = g->examples[i] == NULL
			                     ? text
			                     : arena_printf(g->a, "%s; %s", g->examples[i], text);
	}
	g->count = row->count > g->count ? row->count : g->count;
	return g->rows++ < EXAMPLES;
}

static enum status glance_at(struct request *rq, const struct import_round *round, struct glance *g,
                             struct error *reterr)
{
	struct import_source file;

	const enum status st =
	    import_file_open(rq->db, plein_of(rq), round, rq->arena, &file, reterr);
	return st == OK ? sheet_read(file.kind, &file.bytes, glance_row, g, reterr) : st;
}

static struct array options_of(struct arena *a, int chosen)
{
	size_t count = 1;

	for (const struct code *c = IMPORT_FIELDS; c->name != NULL; c++)
		count++;
	struct option *to = ARENA_ARRAY(a, struct option, count);
	to[0] = (struct option){ "", "Lees niet in", chosen == IMPORT_NOTHING };
	count = 1;
	for (const struct code *c = IMPORT_FIELDS; c->name != NULL; c++)
		to[count++] = (struct option){ c->name, c->label, c->value == chosen };
	return (struct array){ to, count };
}

static enum status fill_columns(struct request *rq, struct round_page *page, struct error *reterr)
{
	const struct import_columns chosen = import_columns_read(page->round.columns);
	struct glance *g = ARENA_NEW(rq->arena, struct glance);

	g->a = rq->arena;
	enum status st = glance_at(rq, &page->round, g, reterr);
	if (st != OK)
		return st;
	struct column *to = ARENA_ARRAY(rq->arena, struct column, g->count + 1);
	for (size_t i = 0; i < g->count; i++) {
		char name[4];
		sheet_column_name(i + 1, name);
		to[i] = (struct column){
			.path = arena_printf(rq->arena, "columns[%zu].field", i),
			.name = arena_strdup(rq->arena, name),
			.heading = g->heading[i],
			.examples = g->examples[i],
			.options = options_of(rq->arena,
			                      i < chosen.count ? chosen.field[i] : IMPORT_NOTHING),
		};
	}
	page->columns = (struct array){ to, g->count };
	return OK;
}

static void fill_standing(struct request *rq, struct round_page *page)
{
	const struct import_round *r = &page->round;
	const struct import_columns c = import_columns_read(r->columns);
	const struct import_picture p = import_picture_of(r, &c);
	const uint64_t role = ROLE_BIT(rq->viewer->role);
	const struct move *read = machine_move(&IMPORT_MACHINE, r->state, IMPORT_READ);
	const struct move *undo = machine_move(&IMPORT_MACHINE, r->state, IMPORT_UNDO);

	page->id = r->id;
	page->href = arena_printf(rq->arena, "/imports/%lld", (long long)r->id);
	page->good = p.rows_good;
	page->percent =
	    r->rows_all > 0 ? (r->rows_done > 0 ? r->rows_done - 1 : 0) * 100 / r->rows_all : 0;
	page->asks_columns = r->state == IMPORT_COLUMNS || r->state == IMPORT_CHECKED;
	page->checked = r->state == IMPORT_CHECKED;
	page->busy =
	    r->state == IMPORT_CHECKING || r->state == IMPORT_READING || r->state == IMPORT_UNDOING;
	page->done = r->state == IMPORT_DONE;
	page->undone = r->state == IMPORT_UNDONE;
	page->may_read = read != NULL && verdict_allows(move_verdict(read, role, &p));
	page->may_undo = undo != NULL && verdict_allows(move_verdict(undo, role, &p));
	page->has_wrong = r->wrong > 0;
	page->has_kept = r->kept > 0;
	page->more_wrong = page->problems.count >= IMPORT_PROBLEMS_MAX;
}

static enum status show_round(struct request *rq, struct response *rs, struct error *reterr)
{
	struct round_page *page = ARENA_NEW(rq->arena, struct round_page);

	enum status st = import_of_path(rq, &page->round, reterr);
	if (st == OK)
		st = import_problems(rq->db, page->round.id, rq->arena, &page->problems, reterr);
	if (st != OK)
		return st;
	fill_standing(rq, page);
	if (page->asks_columns && !rq->wants_json)
		st = fill_columns(rq, page, reterr);
	if (st != OK)
		return st;
	rs->refresh_s = page->busy ? REFRESH_SECONDS : 0;
	const struct page drawn = { .title = "Signalen inlezen",
		                    .place = "/signals",
		                    .confidential = true,
		                    .record_path = arena_printf(rq->arena, "/imports/%lld",
		                                                (long long)page->id),
		                    .template_name = "imports/round",
		                    .form = &MOVE_FORM };
	return page_respond(rq, rs, &drawn, &ROUND_VIEW, page, reterr);
}

/* ---- moves ------------------------------------------------------------------------------------------ */

struct move_change {
	struct move_input in;
	struct import_round round;
	struct import_columns columns;
	const struct move *move;
};

static void take_columns(struct move_change *c)
{
	const struct column_input *in = c->in.columns.items;

	c->columns.count = c->in.columns.count;
	for (size_t i = 0; i < c->columns.count && i < SHEET_COLUMNS_MAX; i++)
		c->columns.field[i] = in[i].field;
}

/* Two columns that are the same thing: which one counts? */
static void check_columns(struct request *rq, const struct move_change *c)
{
	for (size_t i = 0; i < c->columns.count; i++)
		for (size_t j = 0; j < i; j++)
			if (c->columns.field[i] != IMPORT_NOTHING &&
			    c->columns.field[i] == c->columns.field[j])
				problems_add(rq->problems, PROBLEM_ERROR,
				             arena_printf(rq->arena, "columns[%zu].field", i),
				             "Dit koos u ook voor een andere kolom.");
}

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct move_change *c = ARENA_NEW(rq->arena, struct move_change);
	const struct action *action = machine_action_named(&IMPORT_MACHINE, rq->params[1]);

	enum status st = import_of_path(rq, &c->round, reterr);
	if (st != OK)
		return st;
	c->move =
	    action != NULL ? machine_move(&IMPORT_MACHINE, c->round.state, action->code) : NULL;
	if (c->move == NULL || c->move->who == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	input_read(rq->body, &MOVE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	*ret_input = c;
	c->columns = import_columns_read(c->round.columns);
	if (c->move->action == IMPORT_CHECK) {
		take_columns(c);
		check_columns(rq, c);
	}
	const struct import_picture p = import_picture_of(&c->round, &c->columns);
	const struct verdict v = move_verdict(c->move, ROLE_BIT(rq->viewer->role), &p);
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct move_change *c = change->input;
	const int64_t id = c->round.id;

	enum status st = db_claim(tx, &IMPORT_ROOT, id, c->in.version, reterr);
	if (st == OK && c->move->action == IMPORT_CHECK) {
		st = import_set_columns(tx, id, import_columns_text(db_tx_arena(tx), &c->columns),
		                        reterr);
		if (st == OK)
			st = import_clear_problems(tx, id, reterr);
		if (st == OK && c->in.save_as[0] != '\0')
			st = import_keep_mapping(tx, change->rq->viewer->organ_id, c->in.save_as,
			                         import_columns_text(db_tx_arena(tx), &c->columns),
			                         reterr);
	}
	if (st == OK)
		st = import_set_state(tx, id, c->move->from, c->move->to, change->rq->now_ms,
		                      reterr);
	change->location = arena_printf(db_tx_arena(tx), "/imports/%lld", (long long)id);
	return st;
}

/* ---- routes ------------------------------------------------------------------------------------------ */

const struct route import_routes[] = {
	{ .method = "GET",
	  .path = "/imports",
	  .permission = PERM_SIGNAL_IMPORT,
	  .action = AUDIT_OWN_VIEW,
	  .read = show_list,
	  .view = &LIST_RECORD_VIEW,
	  .summary = "Bestanden waaruit signalen zijn ingelezen" },
	{ .method = "POST",
	  .path = "/imports",
	  .permission = PERM_SIGNAL_IMPORT,
	  .action = AUDIT_SIGNAL_IMPORT,
	  .flags = ROUTE_UPLOAD | ROUTE_PIECES,
	  .prepare = prepare_upload,
	  .apply = apply_upload,
	  .redraw = show_list,
	  .form = &UPLOAD_FORM,
	  .summary = "Een bestand met signalen sturen" },
	{ .method = "GET",
	  .path = "/imports/{id}",
	  .permission = PERM_SIGNAL_IMPORT,
	  .action = AUDIT_SIGNAL_IMPORT,
	  .read = show_round,
	  .view = &ROUND_VIEW,
	  .summary = "Een bestand met signalen: kolommen, wat niet klopt, hoe ver het is" },
	{ .method = "POST",
	  .path = "/imports/{id}/{action}",
	  .permission = PERM_SIGNAL_IMPORT,
	  .action = AUDIT_SIGNAL_IMPORT,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .redraw = show_round,
	  .form = &MOVE_FORM,
	  .summary = "Een bestand nakijken, inlezen of terugdraaien: check, read of undo" },
	{ 0 },
};

const struct page_template import_templates[] = {
	{ .name = "imports/list", .view = &LIST_RECORD_VIEW, .form = &UPLOAD_FORM, .whole = true },
	{ .name = "imports/round", .view = &ROUND_VIEW, .form = &MOVE_FORM, .whole = true },
	{ 0 },
};
