/*
 * Up to a thousand whole signals in one request, a result for each. They are stored some at a time,
 * each piece in a job of its own in the bulk lane with a token made of the request's: who sends
 * the same request again gets the same numbers, also when the first one broke off halfway.
 */
#include "signals/bulk_http.h"

#include <stdlib.h>

#include "access/access.h"
#include "audit/action.h"
#include "audit/record.h"
#include "people/gate.h"
#include "platform/core/limits.h"
#include "platform/crypto/numbering.h"
#include "platform/http/json_split.h"
#include "plein/plein.h"
#include "signals/whole.h"

/* PostgreSQL: a job has a transaction of its own, and many rows in one statement cost little. SQLite:
 * everybody's changes wait for the one writer, so a piece takes no longer than a person notices. */
enum { SIGNALS_MAX = 1000, PIECE_SIGNALS = 100, PIECE_SIGNALS_SQLITE = 50 };

/* Some signals that are stored together. */
struct piece {
	const struct request *rq;
	const struct whole_sender *from;
	struct sealed_whole signals[PIECE_SIGNALS];
	struct problems problems[PIECE_SIGNALS];
	size_t count;
};

/* ---- storing ----------------------------------------------------------------------------------- */

static enum status tell(struct db_tx *tx, const struct piece *p, const struct sealed_whole *w,
                        int64_t id, struct error *reterr)
{
	const struct touched about = {
		.kind = OBJECT_SIGNAL, .id = id, .owner_id = id, .owner_kind = OBJECT_SIGNAL
	};
	struct audit_event event;

	gate_event(p->rq, w->submits ? AUDIT_SIGNAL_SUBMIT : AUDIT_SIGNAL_WRITE, &about, &event);
	return audit_write(tx, &event, OK, reterr);
}

/* The answer is the references, one after the other: what a repeated request needs to know. */
static enum status store_piece(struct db_tx *tx, void *args, const char **ret_answer,
                               struct error *reterr)
{
	const struct piece *p = args;
	const struct sealed_whole *fine[PIECE_SIGNALS];
	struct signal_numbers at[PIECE_SIGNALS];
	char *answer = arena_alloc(db_tx_arena(tx), p->count * REFERENCE_TEXT_BYTES + 1);
	char *to = answer;
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++)
		if (p->problems[i].error_count == 0)
			fine[count++] = &p->signals[i];
	enum status st = whole_store(tx, p->from, fine, count, at, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = tell(tx, p, fine[i], at[i].id, reterr);
		to = stpcpy(stpcpy(to, at[i].reference), " ");
	}
	*to = '\0';
	*ret_answer = answer;
	return st == OK ? db_gather_end(tx, reterr) : st;
}

struct storing {
	struct piece *piece;
	struct db_job job;
};

static enum status run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct storing *s = args;

	return store_piece(tx, s->piece, &s->job.answer, reterr);
}

static size_t count_fine(const struct piece *p)
{
	size_t count = 0;

	for (size_t i = 0; i < p->count; i++)
		count += p->problems[i].error_count == 0;
	return count;
}

/* A token of the piece: of the request's, and where the piece begins. */
static struct digest piece_token(const struct request *rq, const char *use, size_t first)
{
	const struct span parts[] = { SPAN(rq->once, ONCE_TOKEN_BYTES), SPAN_OF(first) };
	return digest_keyed(plein_of(rq)->web_key, use, parts, 2);
}

/* ---- numbers beforehand -------------------------------------------------------------------------- */

/*
 * The numbers of a year are counted in one row. On PostgreSQL a job that stores a piece would hold it
 * all the while, and the next one wait; so a short job takes the numbers of a piece first. It has a
 * token too: who sends again gets the same numbers, and leaves no gap.
 */
struct numbering {
	const struct piece *piece;
	struct db_job job;
};

static enum status take_numbers(struct db_tx *tx, void *args, struct error *reterr)
{
	struct numbering *n = args;
	struct reference_block b;
	const enum status st =
	    references_take(tx, "S", n->piece->from->now_ms, count_fine(n->piece), &b, reterr);

	if (st == OK)
		n->job.answer = arena_printf(db_tx_arena(tx), "%d %lld %zu", b.year,
		                             (long long)b.first, b.count);
	return st;
}

/* Fewer than there are now, as when another row is right since: they are taken in the job. */
static void number_piece(const struct request *rq, struct piece *p, const char *answer)
{
	char *end = NULL;
	struct reference_block b = { .year = (int)strtol(answer, &end, 10) };
	size_t taken = 0;

	b.first = strtoll(end, &end, 10);
	b.count = (size_t)strtoull(end, NULL, 10);
	if (b.count < count_fine(p))
		return;
	for (size_t i = 0; i < p->count; i++)
		if (p->problems[i].error_count == 0)
			p->signals[i].reference =
			    reference_in(&b, plein_of(rq)->reference_key, "S", taken++, rq->arena);
}

static enum status number_beforehand(struct request *rq, struct piece *p, size_t first,
                                     const struct digest *body, struct error *reterr)
{
	const struct digest token = piece_token(rq, "bulk numbers", first);
	struct numbering n = { .piece = p };

	if (db_engine_of(plein_of(rq)->db) == DB_SQLITE) /* one job at a time anyhow */
		return OK;
	n.job = (struct db_job){ .run = take_numbers,
		                 .args = &n,
		                 .once = token.bytes,
		                 .once_digest = body->bytes,
		                 .answer_arena = rq->arena };
	const enum status st = db_run(plein_of(rq)->db, &n.job, reterr);
	if (st == OK)
		number_piece(rq, p, n.job.answer);
	return st;
}

/* ---- a piece ------------------------------------------------------------------------------------- */

static enum status keep_piece(struct request *rq, struct piece *p, const struct json_slice *slices,
                              size_t first, const char **ret_references, struct error *reterr)
{
	const struct digest token = piece_token(rq, "bulk piece", first);
	const struct span bytes =
	    SPAN(slices[0].bytes,
	         (size_t)(slices[p->count - 1].bytes + slices[p->count - 1].len - slices[0].bytes));
	const struct digest body = digest_keyed(plein_of(rq)->web_key, "bulk body", &bytes, 1);
	struct storing s = { .piece = p };

	*ret_references = "";
	if (count_fine(p) == 0)
		return OK;
	enum status st = number_beforehand(rq, p, first, &body, reterr);
	if (st != OK)
		return st;
	s.job = (struct db_job){ .run = run,
		                 .args = &s,
		                 .once = token.bytes,
		                 .once_digest = body.bytes,
		                 .answer_arena = rq->arena,
		                 .lane = LANE_BULK };
	st = db_run(plein_of(rq)->db, &s.job, reterr);
	if (st == OK)
		*ret_references = s.job.answer;
	return st;
}

/* ---- the answer ---------------------------------------------------------------------------------- */

/* "subjects[2].bsn" as a JSON pointer: "/subjects/2/bsn". */
static void put_pointer(struct out *o, struct arena *a, const char *path)
{
	char *to = arena_alloc(a, 2 * strlen(path) + 2);
	size_t len = 0;

	if (path[0] != '\0')
		to[len++] = '/';
	for (; *path != '\0'; path++)
		if (*path != ']')
			to[len++] = (char)(*path == '[' || *path == '.' ? '/' : *path);
	to[len] = '\0';
	out_json(o, to);
}

static void put_problem(struct out *o, struct arena *a, const struct problem *p)
{
	OUT_LIT(o, "{\"pointer\":");
	put_pointer(o, a, p->path);
	OUT_LIT(o, ",\"detail\":");
	out_json(o, p->message);
	if (p->rule != NULL) {
		OUT_LIT(o, ",\"rule\":");
		out_json(o, p->rule);
	}
	if (p->article != NULL) {
		OUT_LIT(o, ",\"article\":");
		out_json(o, p->article);
	}
	OUT_LIT(o, "}");
}

static void put_problems(struct out *o, struct arena *a, const struct problems *ps,
                         enum problem_level level, const char *name)
{
	bool first = true;

	out_fmt(o, ",\"%s\":[", name);
	for (const struct problem *p = ps->first; p != NULL; p = p->next) {
		if (p->level != level)
			continue;
		if (!first)
			OUT_LIT(o, ",");
		put_problem(o, a, p);
		first = false;
	}
	OUT_LIT(o, "]");
}

/* references: of those that were stored, in order. */
static void put_piece(struct out *o, struct arena *a, const struct piece *p, size_t first,
                      const char *references)
{
	for (size_t i = 0; i < p->count; i++) {
		const struct problems *ps = &p->problems[i];
		if (first + i > 0)
			OUT_LIT(o, ",");
		out_fmt(o, "\n{\"row\":%zu", first + i);
		if (ps->error_count == 0) {
			const size_t len = strcspn(references, " ");
			out_fmt(o, ",\"reference\":\"%.*s\",\"state\":\"%s\"", (int)len, references,
			        p->signals[i].submits ? "SUBMITTED" : "DRAFT");
			references += len + (references[len] == ' ');
		} else {
			put_problems(o, a, ps, PROBLEM_ERROR, "errors");
		}
		if (ps->warning_count > 0)
			put_problems(o, a, ps, PROBLEM_WARNING, "warnings");
		OUT_LIT(o, "}");
	}
}

/* ---- the request --------------------------------------------------------------------------------- */

/* A row that isn't read is wrong by itself; the others go on. */
static void read_signal(struct request *rq, const struct whole_sender *from,
                        const struct json_slice *slice, struct arena *scratch,
                        struct sealed_whole *ret, struct problems *problems)
{
	struct whole_input in;
	struct input values;
	struct error e = { 0 };

	problems_init(problems, rq->arena);
	if (input_json(rq->arena, slice->bytes, slice->len, &values, &e) != OK) {
		problems_add(problems, PROBLEM_ERROR, "", e.message);
		return;
	}
	input_read(&values, &WHOLE_FORM, true, rq->arena, &in, problems);
	whole_seal(from, &in, rq->arena, scratch, problems, ret);
}

struct bulk {
	const struct whole_sender *from;
	const struct json_slice *slices;
	size_t count, stored, piece;
	struct arena scratch;
};

static enum status do_piece(struct request *rq, struct response *rs, struct bulk *b, size_t first,
                            struct error *reterr)
{
	const struct arena_mark mark = arena_mark(rq->arena);
	struct piece *p = ARENA_NEW(rq->arena, struct piece);
	const char *references = "";

	p->rq = rq;
	p->from = b->from;
	p->count = b->count - first < b->piece ? b->count - first : b->piece;
	for (size_t i = 0; i < p->count; i++)
		read_signal(rq, b->from, &b->slices[first + i], &b->scratch, &p->signals[i],
		            &p->problems[i]);
	enum status st = keep_piece(rq, p, &b->slices[first], first, &references, reterr);
	if (st == OK)
		put_piece(&rs->body, rq->arena, p, first, references);
	for (size_t i = 0; st == OK && i < p->count; i++)
		b->stored += p->problems[i].error_count == 0;
	arena_rewind(rq->arena, mark);
	return st;
}

static enum status check_request(const struct request *rq, struct error *reterr)
{
	if (rq->raw == NULL)
		return FAIL(reterr, ERR_INVALID,
		            "Stuur een JSON-lijst met één object per signaal: [{...}, {...}].");
	if (rq->once == NULL)
		return FAIL(reterr, ERR_INVALID,
		            "Stuur een Idempotency-Key mee. Dan kunt u veilig opnieuw sturen.");
	return OK;
}

static enum status take_bulk(struct request *rq, struct response *rs, struct error *reterr)
{
	struct json_slice *slices = ARENA_ARRAY(rq->arena, struct json_slice, SIGNALS_MAX);
	struct whole_sender from;
	struct bulk b = { .from = &from, .slices = slices };
	const bool sqlite = db_engine_of(plein_of(rq)->db) == DB_SQLITE;

	enum status st = check_request(rq, reterr);
	if (st == OK)
		st = json_split(rq->raw, rq->raw_len, SIGNALS_MAX, slices, &b.count, reterr);
	if (st == OK)
		st = whole_sender_load(rq->db, plein_of(rq), rq->viewer, rq->now_ms, rq->arena,
		                       &from, reterr);
	if (st != OK)
		return st;
	b.piece = sqlite ? PIECE_SIGNALS_SQLITE : PIECE_SIGNALS;
	rs->content_type = "application/json";
	OUT_LIT(&rs->body, "{\"results\":[");
	arena_init(&b.scratch, LIMIT_ARENA_BYTES);
	for (size_t first = 0; st == OK && first < b.count; first += b.piece)
		st = do_piece(rq, rs, &b, first, reterr);
	arena_reset(&b.scratch);
	out_fmt(&rs->body, "\n],\"stored\":%zu,\"refused\":%zu}\n", b.stored, b.count - b.stored);
	rq->touched = (struct touched){ .kind = OBJECT_SIGNAL, .count = (int32_t)b.count };
	return st;
}

const struct route bulk_routes[] = {
	{ .method = "POST",
	  .path = "/signals/bulk",
	  .permission = PERM_SIGNAL_IMPORT,
	  .action = AUDIT_SIGNAL_IMPORT,
	  .flags = ROUTE_API_ONLY | ROUTE_RAW,
	  .read = take_bulk,
	  .form = &WHOLE_FORM,
	  .summary =
	      "Ten hoogste 1.000 hele signalen tegelijk: een JSON-lijst, met een uitkomst per "
	      "signaal" },
	{ 0 },
};
