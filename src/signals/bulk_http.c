/*
 * Up to a thousand whole signals in one request, a result for each. They are stored some at a time,
 * each piece in a job of its own in the bulk lane with a token made of the request's: who sends
 * the same request again gets the same numbers, also when the first one broke off halfway. While one
 * piece is being stored the next is read, checked and sealed.
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
	struct arena arena; /* its own: the next one is read while this one is stored */
	struct sealed_whole signals[PIECE_SIGNALS];
	struct problems problems[PIECE_SIGNALS];
	size_t first, count;
	struct digest token, body;
	struct db_job job;
	struct db_waiter waiter;
	bool is_stored; /* or is being stored */
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

static enum status run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct piece *p = args;

	return store_piece(tx, p, &p->job.answer, reterr);
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
static void number_piece(struct piece *p, const char *answer)
{
	const struct mac_key *key = plein_of(p->rq)->reference_key;
	char *end = NULL;
	struct reference_block b = { .year = (int)strtol(answer, &end, 10) };
	size_t taken = 0;

	b.first = strtoll(end, &end, 10);
	b.count = (size_t)strtoull(end, NULL, 10);
	if (b.count < count_fine(p))
		return;
	for (size_t i = 0; i < p->count; i++)
		if (p->problems[i].error_count == 0)
			p->signals[i].reference = reference_in(&b, key, "S", taken++, &p->arena);
}

static enum status number_beforehand(struct piece *p, struct error *reterr)
{
	const struct digest token = piece_token(p->rq, "bulk numbers", p->first);
	struct numbering n = { .piece = p };
	struct db *db = plein_of(p->rq)->db;

	if (db_engine_of(db) == DB_SQLITE) /* one job at a time anyhow */
		return OK;
	n.job = (struct db_job){ .run = take_numbers,
		                 .args = &n,
		                 .once = token.bytes,
		                 .once_digest = p->body.bytes,
		                 .answer_arena = &p->arena };
	const enum status st = db_run(db, &n.job, reterr);
	if (st == OK)
		number_piece(p, n.job.answer);
	return st;
}

/* ---- a piece ------------------------------------------------------------------------------------- */

static struct digest body_of(const struct piece *p, const struct json_slice *slices)
{
	const struct json_slice *last = &slices[p->count - 1];
	const struct span bytes =
	    SPAN(slices[0].bytes, (size_t)(last->bytes + last->len - slices[0].bytes));

	return digest_keyed(plein_of(p->rq)->web_key, "bulk body", &bytes, 1);
}

static void begin_storing(struct piece *p)
{
	p->is_stored = count_fine(p) > 0;
	if (!p->is_stored)
		return;
	p->token = piece_token(p->rq, "bulk piece", p->first);
	p->job = (struct db_job){ .run = run,
		                  .args = p,
		                  .once = p->token.bytes,
		                  .once_digest = p->body.bytes,
		                  .answer_arena = &p->arena,
		                  .lane = LANE_BULK };
	db_start(plein_of(p->rq)->db, &p->job, &p->waiter);
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

static void put_piece(struct out *o, struct piece *p)
{
	/* Of those that were stored, in order. */
	const char *references = p->is_stored ? p->job.answer : "";

	for (size_t i = 0; i < p->count; i++) {
		const struct problems *ps = &p->problems[i];
		if (p->first + i > 0)
			OUT_LIT(o, ",");
		out_fmt(o, "\n{\"row\":%zu", p->first + i);
		if (ps->error_count == 0) {
			const size_t len = strcspn(references, " ");
			out_fmt(o, ",\"reference\":\"%.*s\",\"state\":\"%s\"", (int)len, references,
			        p->signals[i].submits ? "SUBMITTED" : "DRAFT");
			references += len + (references[len] == ' ');
		} else {
			put_problems(o, &p->arena, ps, PROBLEM_ERROR, "errors");
		}
		if (ps->warning_count > 0)
			put_problems(o, &p->arena, ps, PROBLEM_WARNING, "warnings");
		OUT_LIT(o, "}");
	}
}

/* ---- the request --------------------------------------------------------------------------------- */

/* A row that isn't read is wrong by itself; the others go on. */
static void read_signal(struct piece *p, size_t i, const struct json_slice *slice,
                        struct arena *scratch)
{
	struct problems *problems = &p->problems[i];
	struct whole_input in;
	struct input values;
	struct error e = { 0 };

	problems_init(problems, &p->arena);
	if (input_json(&p->arena, slice->bytes, slice->len, &values, &e) != OK) {
		problems_add(problems, PROBLEM_ERROR, "", e.message);
		return;
	}
	input_read(&values, &WHOLE_FORM, true, &p->arena, &in, problems);
	whole_seal(p->from, &in, &p->arena, scratch, problems, &p->signals[i]);
}

struct bulk {
	const struct json_slice *slices;
	size_t count, stored, size; /* size: of a piece */
	struct arena scratch;
	struct piece *pieces[2]; /* the one that is read, and the one before it, that is stored */
};

static enum status read_piece(struct bulk *b, struct piece *p, size_t first, struct error *reterr)
{
	arena_reset(&p->arena);
	p->first = first;
	p->count = b->count - first < b->size ? b->count - first : b->size;
	for (size_t i = 0; i < p->count; i++) {
		p->signals[i] = (struct sealed_whole){ 0 };
		read_signal(p, i, &b->slices[first + i], &b->scratch);
	}
	p->body = body_of(p, &b->slices[first]);
	return count_fine(p) == 0 ? OK : number_beforehand(p, reterr);
}

/* A row is told of when it's stored. */
static enum status end_storing(struct bulk *b, struct piece *p, struct out *o, struct error *reterr)
{
	const enum status st = p->is_stored ? db_wait(&p->job, reterr) : OK;

	if (st == OK)
		put_piece(o, p);
	if (st == OK)
		b->stored += count_fine(p);
	p->is_stored = false;
	p->count = 0;
	return st;
}

/* Whatever goes wrong with one, the one before it is waited for. */
static enum status do_pieces(struct bulk *b, struct out *o, struct error *reterr)
{
	struct piece *now = b->pieces[0], *before = b->pieces[1];
	enum status st = OK;

	for (size_t first = 0; st == OK && first < b->count; first += b->size) {
		struct error ignored;
		st = read_piece(b, now, first, reterr);
		const enum status ended = end_storing(b, before, o, st == OK ? reterr : &ignored);
		if (st == OK)
			st = ended;
		if (st == OK)
			begin_storing(now);
		struct piece *const next = before;
		before = now;
		now = next;
	}
	return st == OK ? end_storing(b, before, o, reterr) : st;
}

static struct piece *new_piece(const struct request *rq, const struct whole_sender *from)
{
	struct piece *p = ARENA_NEW(rq->arena, struct piece);

	p->rq = rq;
	p->from = from;
	arena_init(&p->arena, LIMIT_ARENA_BYTES);
	return p;
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
	struct bulk b = { .slices = slices };
	const bool sqlite = db_engine_of(plein_of(rq)->db) == DB_SQLITE;

	enum status st = check_request(rq, reterr);
	if (st == OK)
		st = json_split(rq->raw, rq->raw_len, SIGNALS_MAX, slices, &b.count, reterr);
	if (st == OK)
		st = whole_sender_load(rq->db, plein_of(rq), rq->viewer, rq->now_ms, rq->arena,
		                       &from, reterr);
	if (st != OK)
		return st;
	b.size = sqlite ? PIECE_SIGNALS_SQLITE : PIECE_SIGNALS;
	rs->content_type = "application/json";
	OUT_LIT(&rs->body, "{\"results\":[");
	arena_init(&b.scratch, LIMIT_ARENA_BYTES);
	b.pieces[0] = new_piece(rq, &from);
	b.pieces[1] = new_piece(rq, &from);
	st = do_pieces(&b, &rs->body, reterr);
	arena_reset(&b.pieces[0]->arena);
	arena_reset(&b.pieces[1]->arena);
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
