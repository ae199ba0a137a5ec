/* Which rows of a file are about who or what the own organisation brought in before: asked before
 * reading in, answered from the living index, nothing kept. */
#include "access/access.h"
#include "audit/action.h"
#include "imports/import_http.h"
#include "imports/import_page.h"
#include "imports/import_run.h"
#include "matches/alike.h"
#include "plein/plein.h"
#include "platform/core/calendar.h"

enum { ROWS_COMPARED = 300, DOUBLES_SHOWN = 50, ROW_ROOM_BYTES = 64 * 1024 * 1024 };

struct double_row {
	int64_t line;
	const char *name, *verdict, *reference, *href, *why;
};
static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct double_row, line, VIEW_INT),
	VIEW_F(struct double_row, name, VIEW_TEXT),
	VIEW_F(struct double_row, verdict, VIEW_TEXT),
	VIEW_F(struct double_row, reference, VIEW_REF),
	VIEW_AS(struct double_row, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct double_row, why, VIEW_TEXT),
};
static const struct view ROW_VIEW = VIEW_OF(struct double_row, ROW_FIELDS);

struct doubles_page {
	int64_t id, compared;
	const char *back_href;
	struct array doubles;
	bool has_doubles, more_rows, loading;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct doubles_page, id, VIEW_INT),
	VIEW_F(struct doubles_page, compared, VIEW_INT),
	VIEW_AS(struct doubles_page, doubles, "items", VIEW_LIST, .view = &ROW_VIEW),
	VIEW_AS(struct doubles_page, more_rows, "moreRows", VIEW_BOOL),
	VIEW_F(struct doubles_page, loading, VIEW_BOOL),
	VIEW_AS(struct doubles_page, has_doubles, "hasDoubles", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct doubles_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct doubles_page, PAGE_FIELDS);

/* Going through the file. */
struct comparing {
	struct request *rq;
	struct import_columns columns;
	struct arena row; /* of the row at hand */
	struct double_row *to;
	size_t count;
	int64_t compared;
	bool more;
	enum status st;
	struct error *reterr;
};

/* Who and what the row is about, as far as it can be read; wrong cells are the check's to tell. */
static struct array subjects_of(struct comparing *c, const struct sheet_row *row)
{
	struct whole_input in;
	struct problems unsaid;

	problems_init(&unsaid, &c->row);
	if (!import_row(&c->columns, row, &c->row, &in, &unsaid))
		return (struct array){ 0 };
	const struct subject_input *from = in.subjects.items;
	struct subject *to = ARENA_ARRAY(&c->row, struct subject, in.subjects.count + 1);
	for (size_t i = 0; i < in.subjects.count; i++) {
		struct subject_fact *facts =
		    ARENA_ARRAY(&c->row, struct subject_fact, FACT_KIND_COUNT);
		const size_t count =
		    subject_read(&from[i], local_day(c->rq->now_ms), &c->row, facts, &unsaid);
		to[i] = (struct subject){ .kind = from[i].kind, .facts = { facts, count } };
	}
	return (struct array){ to, in.subjects.count };
}

static void keep(struct comparing *c, int64_t line, struct array found)
{
	const struct alike *f = found.items;
	struct arena *a = c->rq->arena;

	for (size_t i = 0; i < found.count && c->count < DOUBLES_SHOWN; i++)
		c->to[c->count++] =
		    (struct double_row){ .line = line,
			                 .name = arena_strdup(a, f[i].name),
			                 .verdict = f[i].verdict,
			                 .reference = arena_strdup(a, f[i].reference),
			                 .href = arena_strdup(a, f[i].href),
			                 .why = arena_strdup(a, f[i].why) };
}

static bool compare_row(void *context, const struct sheet_row *row)
{
	struct comparing *c = context;
	const struct plein *p = plein_of(c->rq);
	struct array found = { 0 };

	if (row->number <= 1)
		return true; /* the header */
	c->more = c->compared == ROWS_COMPARED || c->count == DOUBLES_SHOWN;
	if (c->more)
		return false;
	const struct array subjects = subjects_of(c, row);
	const struct alike_question q = { .live = p->live,
		                          .viewer = c->rq->viewer,
		                          .keyring = p->keyring,
		                          .subjects = subjects.items,
		                          .subject_count = subjects.count,
		                          .participant_id = c->rq->viewer->participant_id };
	c->st = alike_find(c->rq->db, &q, &c->row, &found, c->reterr);
	c->compared++;
	if (c->st == OK)
		keep(c, row->number, found);
	arena_reset(&c->row);
	return c->st == OK;
}

static enum status compare_file(struct comparing *c, const struct import_round *round,
                                struct error *reterr)
{
	struct import_source file;

	enum status st =
	    import_file_open(c->rq->db, plein_of(c->rq), round, c->rq->arena, &file, reterr);
	arena_init(&c->row, ROW_ROOM_BYTES);
	if (st == OK)
		st = sheet_read(file.kind, &file.bytes, compare_row, c, reterr);
	arena_reset(&c->row);
	return st == OK ? c->st : st;
}

static enum status show_doubles(struct request *rq, struct response *rs, struct error *reterr)
{
	struct import_round round = { 0 };
	struct comparing c = { .rq = rq, .reterr = reterr };

	enum status st = import_of_path(rq, &round, reterr);
	if (st == OK && round.state != IMPORT_CHECKED)
		st = FAIL(reterr, ERR_CONFLICT,
		          "Kijk eerst alle regels na. Daarna kunt u zien wat al bekend lijkt.");
	if (st != OK)
		return st;
	c.columns = import_columns_read(round.columns);
	c.to = ARENA_ARRAY(rq->arena, struct double_row, DOUBLES_SHOWN);
	st = compare_file(&c, &round, reterr);
	if (st != OK)
		return st;
	rq->touched.count = (int32_t)c.count;
	const struct doubles_page record = {
		.id = round.id,
		.compared = c.compared,
		.back_href = arena_printf(rq->arena, "/imports/%lld", (long long)round.id),
		.doubles = { c.to, c.count },
		.has_doubles = c.count > 0,
		.more_rows = c.more,
		.loading = !live_ready(plein_of(rq)->live),
	};
	const struct page page = { .title = "Al bekend?",
		                   .place = "/signals",
		                   .confidential = true,
		                   .template_name = "imports/doubles" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

const struct route import_doubles_routes[] = {
	{ .method = "GET",
	  .path = "/imports/{id}/doubles",
	  .permission = PERM_SIGNAL_IMPORT,
	  .action = AUDIT_KNOWN_ALREADY,
	  .read = show_doubles,
	  .view = &PAGE_VIEW,
	  .summary =
	      "Welke regels lijken op wat uw organisatie al inbracht? Er wordt niets bewaard" },
	{ 0 },
};

const struct page_template import_doubles_templates[] = {
	{ .name = "imports/doubles", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
