/* A table that the desk sends: what is right is kept, each other row comes back with its reasons. */
#include "access/access.h"
#include "audit/action.h"
#include "platform/core/limits.h"
#include "requests/request_answer.h"
#include "requests/request_file.h"
#include "requests/request_table.h"

enum { PROGRAM_PROBLEMS_MAX = 200 };

/* ---- what is sent ---------------------------------------------------------------------------- */

struct table_input {
	int64_t version, task;
	const char *table;
	const struct input_value *file;
};
#define TASK_FIELD                                                                                 \
	{                                                                                          \
		.path = "task", .kind = FIELD_INT, .offset = offsetof(struct table_input, task),   \
		.label = "Uit welke taak of welk register?", .required = true                      \
	}
static const struct field PASTE_FIELDS[] = {
	FIELD_VERSION(struct table_input),
	TASK_FIELD,
	{ .path = "table",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct table_input, table),
	  .label = "Plak hier de tabel",
	  .max_chars = TABLE_CHARS_MAX },
};
static const struct form PASTE_FORM = { PASTE_FIELDS, 3, sizeof(struct table_input) };
static const struct field FILE_FIELDS[] = {
	FIELD_VERSION(struct table_input),
	TASK_FIELD,
	{ .path = "file",
	  .kind = FIELD_FILE,
	  .offset = offsetof(struct table_input, file),
	  .label = "Het bestand",
	  .required = true,
	  .missing = "Kies eerst een bestand." },
};
static const struct form FILE_FORM = { FILE_FIELDS, 3, sizeof(struct table_input) };
#undef TASK_FIELD

/* ---- what a program is told ------------------------------------------------------------------ */

struct row_problem {
	int64_t row;
	const char *field, *message, *rule, *article;
};
static const struct view_field ROW_PROBLEM_FIELDS[] = {
	VIEW_F(struct row_problem, row, VIEW_INT),
	VIEW_F(struct row_problem, field, VIEW_TEXT),
	VIEW_F(struct row_problem, message, VIEW_TEXT),
	VIEW_F(struct row_problem, rule, VIEW_TEXT),
	VIEW_F(struct row_problem, article, VIEW_TEXT),
};
static const struct view ROW_PROBLEM_VIEW = VIEW_OF(struct row_problem, ROW_PROBLEM_FIELDS);

struct table_told {
	int64_t kept, refused, more_problems;
	struct array problems; /* of struct row_problem */
};
static const struct view_field TOLD_FIELDS[] = {
	VIEW_F(struct table_told, kept, VIEW_INT),
	VIEW_F(struct table_told, refused, VIEW_INT),
	VIEW_AS(struct table_told, problems, "problems", VIEW_LIST, .view = &ROW_PROBLEM_VIEW),
	VIEW_AS(struct table_told, more_problems, "moreProblems", VIEW_INT),
};
static const struct view TOLD_VIEW = VIEW_OF(struct table_told, TOLD_FIELDS);

struct table_change {
	struct table_input in;
	struct on_request on;
	struct taken_table taken;
};

/* ---- nothing of it may be kept ----------------------------------------------------------------- */

static void refuse_on_page(struct request *rq, const struct taken_table *t, const char *path)
{
	const char *more = table_more_told(rq->arena, t);

	for (size_t i = 0; i < table_named(t); i++)
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             table_refusal_told(rq->arena, &t->refused[i]));
	if (more != NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path, more);
}

/* Problems of a row stand at table[3].text, where a spreadsheet calls it row 3. */
static void refuse_to_program(struct request *rq, const struct taken_table *t, const char *path)
{
	for (size_t i = 0; i < t->refused_count; i++)
		for (const struct problem *p = t->refused[i].wrong.first; p != NULL; p = p->next)
			problems_add_again(rq->problems,
			                   arena_printf(rq->arena, "%s[%lld]%s%s", path,
			                                (long long)t->refused[i].row,
			                                p->path[0] != '\0' ? "." : "", p->path),
			                   p);
}

static void take_table(struct request *rq, struct table_change *c, const char *text,
                       const char *path)
{
	const uint16_t task = c->in.task > 0 && c->in.task <= UINT16_MAX ? (uint16_t)c->in.task : 0;

	c->taken = request_table_take(rq, &c->on, text, task);
	if (c->taken.count > 0)
		return;
	if (c->taken.table.problem != NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path, c->taken.table.problem);
	else if (c->taken.refused_count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, path, "Er staat geen enkele regel in.");
	else if (rq->wants_json)
		refuse_to_program(rq, &c->taken, path);
	else
		refuse_on_page(rq, &c->taken, path);
}

static enum status prepare_paste(struct request *rq, void **ret_input, struct error *reterr)
{
	struct table_change *c = ARENA_NEW(rq->arena, struct table_change);

	*ret_input = c;
	enum status st = on_answer(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &PASTE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count == 0)
		take_table(rq, c, c->in.table, "table");
	return OK;
}

static enum status prepare_file(struct request *rq, void **ret_input, struct error *reterr)
{
	struct table_change *c = ARENA_NEW(rq->arena, struct table_change);
	const char *text = "", *problem = NULL;

	*ret_input = c;
	enum status st = on_answer(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &FILE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	st = request_file_text(rq->arena, c->in.file, &text, &problem, reterr);
	if (st == OK && problem != NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "file", problem);
	else if (st == OK)
		take_table(rq, c, text, "file");
	return st;
}

/* ---- the answer -------------------------------------------------------------------------------- */

static struct array program_problems(struct arena *a, const struct taken_table *t, size_t *ret_all)
{
	struct row_problem *to = ARENA_ARRAY(a, struct row_problem, PROGRAM_PROBLEMS_MAX);

	*ret_all = 0;
	for (size_t i = 0; i < t->refused_count; i++)
		for (const struct problem *p = t->refused[i].wrong.first; p != NULL; p = p->next)
			if ((*ret_all)++ < PROGRAM_PROBLEMS_MAX)
				to[*ret_all - 1] =
				    (struct row_problem){ t->refused[i].row, p->path, p->message,
					                  p->rule, p->article };
	return (struct array){ to,
		               *ret_all < PROGRAM_PROBLEMS_MAX ? *ret_all : PROGRAM_PROBLEMS_MAX };
}

/* An answer is kept with its token, in no more than LIMIT_FORM_ANSWER_BYTES: so many problems as
 * fit in three quarters of that, and how many more there are. */
static const char *program_told(struct arena *a, const struct taken_table *t)
{
	struct table_told told = { .kept = (int64_t)t->count,
		                   .refused = (int64_t)t->refused_count };
	size_t all = 0;
	struct out o;

	told.problems = program_problems(a, t, &all);
	out_init(&o, LIMIT_FORM_ANSWER_BYTES * 3 / 4);
	for (;;) {
		told.more_problems = (int64_t)(all - told.problems.count);
		view_json(&o, &TOLD_VIEW, &told);
		if (!o.overflowed)
			break;
		out_clear(&o);
		told.problems.count /= 2;
	}
	const char *text = arena_strndup(a, o.data, o.len);
	out_free(&o);
	return text;
}

static enum status apply_table(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct table_change *c = change->input;
	struct arena *a = db_tx_arena(tx);

	enum status st = claim_answer(tx, rq, &c->on.request, c->in.version, reterr);
	for (size_t i = 0; st == OK && i < c->taken.count; i++)
		st = request_item_add(tx, c->on.request.id, &c->taken.items[i],
		                      rq->viewer->appointment_id, rq->now_ms, reterr);
	change->location = request_path(a, &c->on.request, "");
	change->note = table_verdict(a, &c->taken);
	change->json = program_told(a, &c->taken);
	change->redraw = c->taken.refused_count > 0;
	return st;
}

/* ---- the page again ------------------------------------------------------------------------------ */

/* Without problems: part of the table was kept, the rest of it comes back. */
static enum status show_table(struct request *rq, struct response *rs, struct error *reterr)
{
	struct table_left left = { .task = input_text(rq->body, "task") };
	const struct table_change *c = rq->input;

	if (rq->problems->error_count == 0)
		table_fill_left(rq->arena, &c->taken, &left);
	else
		left.text = input_text(rq->body, "table");
	return show_request_after_table(rq, rs, &left, reterr);
}

const struct route request_table_routes[] = {
	{ .method = "POST",
	  .path = "/requests/{ref}/items/_paste",
	  .permission = PERM_REQUEST_ANSWER,
	  .action = AUDIT_REQUEST_WRITE,
	  .prepare = prepare_paste,
	  .apply = apply_table,
	  .redraw = show_table,
	  .form = &PASTE_FORM,
	  .view = &TOLD_VIEW,
	  .summary = "Een tabel of CSV bij een antwoord zetten: wat goed is, wordt bewaard" },
	{ .method = "POST",
	  .path = "/requests/{ref}/items/_file",
	  .permission = PERM_REQUEST_ANSWER,
	  .action = AUDIT_REQUEST_WRITE,
	  .flags = ROUTE_UPLOAD | ROUTE_PIECES,
	  .prepare = prepare_file,
	  .apply = apply_table,
	  .redraw = show_table,
	  .form = &FILE_FORM,
	  .view = &TOLD_VIEW,
	  .summary = "Een CSV of XLSX bij een antwoord zetten: wat goed is, wordt bewaard" },
	{ 0 },
};
