#include "imports/import_run.h"

#include <string.h>

#include "audit/action.h"
#include "audit/record.h"
#include "imports/import.h"
#include "imports/import_store.h"
#include "attachments/media.h"
#include "platform/core/calendar.h"
#include "platform/core/clock.h"
#include "search/search.h"
#include "work/work.h"

enum {
	CHECK_ROWS = 200, /* in one job: judged rows say only what is wrong */
	PROBLEMS_OF_ROW_MAX = 20,
	PIECE_BYTES = 8 * 1024 * 1024, /* long stories go in smaller pieces */
	ROOM_BYTES = 64 * 1024 * 1024  /* of one piece */
};

struct line_problems {
	int64_t line;
	struct problems problems;
};

/* A step under way. */
struct running {
	struct plein *plein;
	const struct import_round *round;
	struct whole_sender from;
	struct import_columns columns;
	struct arena *rows, *scratch;            /* of the rows of one piece */
	int64_t now_ms, done, taken, seen, step; /* step: rows until the next one begins */
	struct error *reterr;
	enum status st;

	struct sealed_whole signals[PIECE_ROWS_MAX];
	int64_t lines[PIECE_ROWS_MAX];
	struct line_problems wrong[CHECK_ROWS];
	size_t count, wrong_count;
	size_t piece;    /* rows that the next job gets */
	int64_t took_ms; /* of the last one, while it held the transaction */
	int64_t next;    /* rows_done after this piece */
};

/* ---- jobs --------------------------------------------------------------------------------------- */

static enum status tell(struct db_tx *tx, const struct running *r, int64_t signal_id,
                        struct error *reterr)
{
	const struct viewer *v = r->from.viewer;
	struct audit_event event = { .at_ms = r->now_ms,
		                     .action = AUDIT_SIGNAL_IMPORT,
		                     .actor_id = v->person_id,
		                     .appointment_id = v->appointment_id,
		                     .role = (uint8_t)v->role,
		                     .participant_id = v->participant_id,
		                     .organ_id = v->organ_id,
		                     .object_type = OBJECT_SIGNAL,
		                     .object_id = signal_id,
		                     .owner_type = OBJECT_SIGNAL,
		                     .owner_id = signal_id };

	return audit_write(tx, &event, OK, reterr);
}

static enum status store_piece(struct db_tx *tx, void *args, struct error *reterr)
{
	struct running *r = args;
	const int64_t began_ms = clock_monotonic_ms();
	const struct import_progress progress = { .id = r->round->id,
		                                  .from_line = r->done,
		                                  .to_line = r->next,
		                                  .wrong = (int64_t)r->wrong_count,
		                                  .stored = (int64_t)r->count,
		                                  .state = IMPORT_READING };
	const struct sealed_whole *all[PIECE_ROWS_MAX];
	struct signal_numbers at[PIECE_ROWS_MAX];

	enum status st = import_advance(tx, &progress, reterr);
	for (size_t i = 0; i < r->count; i++)
		all[i] = &r->signals[i];
	if (st == OK)
		st = whole_store(tx, &r->from, all, r->count, at, reterr);
	for (size_t i = 0; st == OK && i < r->count; i++) {
		st = import_add_signal(tx, r->round->id, r->lines[i], at[i].id, reterr);
		if (st == OK)
			st = tell(tx, r, at[i].id, reterr);
	}
	if (st == OK)
		st = db_gather_end(tx, reterr);
	r->took_ms = clock_monotonic_ms() - began_ms;
	return st;
}

static enum status add_problems(struct db_tx *tx, const struct running *r,
                                const struct line_problems *l, struct error *reterr)
{
	enum status st = OK;
	int64_t number = 0;

	for (const struct problem *p = l->problems.first;
	     st == OK && p != NULL && number < PROBLEMS_OF_ROW_MAX; p = p->next) {
		const struct import_problem said = { l->line, p->path, p->message };
		if (p->level == PROBLEM_ERROR)
			st = import_add_problem(tx, r->round->id, ++number, &said, reterr);
	}
	return st;
}

/* Only the first rows that are wrong are kept with their sentences: who has 500 to mend begins there. */
static enum status store_check(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct running *r = args;
	const struct import_progress progress = { .id = r->round->id,
		                                  .from_line = r->done,
		                                  .to_line = r->next,
		                                  .wrong = (int64_t)r->wrong_count,
		                                  .state = IMPORT_CHECKING };

	enum status st = import_advance(tx, &progress, reterr);
	for (size_t i = 0; st == OK && i < r->wrong_count; i++)
		if (r->seen + (int64_t)i < IMPORT_PROBLEMS_MAX)
			st = add_problems(tx, r, &r->wrong[i], reterr);
	return st;
}

static void flush(struct running *r)
{
	const bool reads = r->round->state == IMPORT_READING;
	struct db_job job = { .run = reads ? store_piece : store_check,
		              .args = r,
		              .lane = LANE_BULK };

	if (r->st != OK || r->next == r->done)
		return;
	r->st = db_run(r->plein->db, &job, r->reterr);
	if (reads && r->count == r->piece)
		r->piece = import_piece_rows(r->piece, r->took_ms);
	r->taken += r->next - r->done;
	r->seen += (int64_t)r->wrong_count;
	r->done = r->next;
	r->count = r->wrong_count = 0;
	arena_reset(r->rows);
}

/* ---- rows --------------------------------------------------------------------------------------- */

static void judge(struct running *r, const struct sheet_row *row, struct problems *problems,
                  bool *ret_empty)
{
	struct sealed_whole *sealed = &r->signals[r->count];
	struct whole_input in;
	struct problems own;

	problems_init(problems, r->rows);
	problems_init(&own, r->rows);
	*ret_empty = !import_row(&r->columns, row, r->rows, &in, problems);
	if (*ret_empty)
		return;
	in.declared = false; /* submitting stays an act per signal */
	whole_seal(&r->from, &in, r->rows, r->scratch, &own, sealed);
	for (const struct problem *p = own.first; p != NULL; p = p->next)
		problems_add(problems, p->level, import_place(r->rows, &r->columns, p->path),
		             p->message);
	arena_reset(r->scratch);
}

static bool piece_is_full(const struct running *r)
{
	const bool reads = r->round->state == IMPORT_READING;

	return reads ? r->count == r->piece || r->wrong_count == CHECK_ROWS ||
	                   r->rows->used_bytes > PIECE_BYTES
	             : r->next - r->done >= CHECK_ROWS;
}

static bool take_row(void *context, const struct sheet_row *row)
{
	struct running *r = context;
	struct problems problems;
	bool empty = false;

	if (row->number <= 1 || row->number <= r->next)
		return true; /* the header, and what was done before */
	judge(r, row, &problems, &empty);
	if (!empty && problems.error_count > 0)
		r->wrong[r->wrong_count++] = (struct line_problems){ row->number, problems };
	else if (!empty && r->round->state == IMPORT_READING)
		r->lines[r->count++] = row->number;
	r->next = row->number;
	if (piece_is_full(r))
		flush(r);
	return r->st == OK && r->taken < r->step;
}

/* ---- the file ------------------------------------------------------------------------------------- */

enum status import_file_open(struct db_read *r, const struct plein *p,
                             const struct import_round *round, struct arena *a,
                             struct import_source *ret, struct error *reterr)
{
	const struct attachment_owner owner = { OBJECT_IMPORT, round->id };
	struct sealed_reader *reader = NULL;
	struct attachment file;

	enum status st = attachment_load(r, p->keyring, &owner, 1, a, &file, reterr);
	if (st == OK)
		st = attachment_open(r, p->keyring, p->files, &file, a, &reader, reterr);
	if (st != OK)
		return st;
	*ret = (struct import_source){ file.media == MEDIA_XLSX ? SHEET_XLSX : SHEET_CSV,
		                       sealed_file_source(reader) };
	return OK;
}

struct ending {
	const struct running *running;
	uint8_t to;
};

static enum status tell_undone(struct db_tx *tx, const struct running *r, struct error *reterr)
{
	const struct import_round *round = r->round;
	const struct work_news news = { .at = r->now_ms,
		                        .kind = NEWS_IMPORT_UNDONE,
		                        .object_kind = OBJECT_IMPORT,
		                        .object_id = round->id,
		                        .reference = arena_printf(db_tx_arena(tx), "%lld",
		                                                  (long long)round->id) };

	return work_tell(tx, audience_of(AUDIENCE_ORGAN, round->organ_id), &news, reterr);
}

/* The file isn't needed any more once it was read in. */
static enum status end_state(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct ending *e = args;
	const struct import_round *round = e->running->round;
	const struct attachment_owner owner = { OBJECT_IMPORT, round->id };

	enum status st =
	    import_set_state(tx, round->id, round->state, e->to, e->running->now_ms, reterr);
	if (st == OK && e->to != IMPORT_CHECKED)
		st = attachments_destroy(tx, &owner, reterr);
	return st == OK && e->to == IMPORT_UNDONE && e->running->from.viewer != NULL
	           ? tell_undone(tx, e->running, reterr)
	           : st;
}

static enum status end_round(struct running *r, uint8_t to, struct error *reterr)
{
	struct ending e = { r, to };
	struct db_job job = { .run = end_state, .args = &e, .lane = LANE_BULK };

	return db_run(r->plein->db, &job, reterr);
}

static enum status open_round(const struct running *r, struct arena *a, struct import_source *ret,
                              struct error *reterr)
{
	struct db_read *read = NULL;

	enum status st = db_read_begin(r->plein->db, &read, reterr);
	if (st == OK)
		st = import_file_open(read, r->plein, r->round, a, ret, reterr);
	db_read_end(read);
	return st;
}

static enum status do_rows(struct running *r, struct arena *a, bool *ret_more, struct error *reterr)
{
	struct import_source file;

	enum status st = open_round(r, a, &file, reterr);
	if (st == OK)
		st = sheet_read(file.kind, &file.bytes, take_row, r, reterr);
	if (st == OK)
		flush(r);
	if (st == OK)
		st = r->st;
	*ret_more = true;
	if (st != OK || r->taken >= r->step)
		return st;
	return end_round(r, r->round->state == IMPORT_READING ? IMPORT_DONE : IMPORT_CHECKED,
	                 reterr);
}

/* ---- undoing ---------------------------------------------------------------------------------------- */

/* A draft that nobody submitted goes at once, with all it holds; the rest is the organ's own now. */
static enum status undo_one(struct db_tx *tx, const struct running *r, int64_t id, bool *ret_kept,
                            struct error *reterr)
{
	const struct attachment_owner files = { OBJECT_SIGNAL, id };
	struct signal_picture picture;

	enum status st = signal_picture_load(db_tx_read(tx), r->from.viewer, id, &picture, reterr);
	*ret_kept = st == OK && picture.state != SIGNAL_DRAFT;
	if (st != OK || *ret_kept)
		return st;
	const struct signal_moving m = { .id = id,
		                         .action = SIGNAL_WITHDRAW,
		                         .viewer = r->from.viewer,
		                         .picture = &picture,
		                         .now_ms = r->now_ms,
		                         .quiet = true };
	st = signal_move(tx, &m, reterr);
	if (st == OK)
		st = signal_texts_destroy(tx, id, reterr);
	if (st == OK)
		st = attachments_destroy(tx, &files, reterr);
	if (st == OK)
		st = subjects_destroy(tx, id, reterr);
	if (st == OK)
		st = search_drop(tx, OBJECT_SIGNAL, id, reterr);
	return st == OK ? tell(tx, r, id, reterr) : st;
}

static enum status undo_piece(struct db_tx *tx, void *args, struct error *reterr)
{
	struct running *r = args;
	const int64_t began_ms = clock_monotonic_ms();
	int64_t ids[PIECE_ROWS_MAX];
	struct import_progress p = { .id = r->round->id,
		                     .from_line = r->done,
		                     .to_line = r->done,
		                     .state = IMPORT_UNDOING };

	enum status st = import_signals(tx, r->round->id, r->piece, ids, &r->count, reterr);
	for (size_t i = 0; st == OK && i < r->count; i++) {
		bool kept = false;
		st = undo_one(tx, r, ids[i], &kept, reterr);
		if (st == OK)
			st = import_forget_signal(tx, r->round->id, ids[i], reterr);
		p.kept += kept;
		p.stored -= !kept;
	}
	if (st == OK)
		st = import_advance(tx, &p, reterr);
	r->took_ms = clock_monotonic_ms() - began_ms;
	return st;
}

static enum status do_undo(struct running *r, bool *ret_more, struct error *reterr)
{
	enum { PIECES = 50 };
	enum status st = OK;

	*ret_more = true;
	for (int i = 0; st == OK && i < PIECES; i++) {
		struct db_job job = { .run = undo_piece, .args = r, .lane = LANE_BULK };
		st = db_run(r->plein->db, &job, reterr);
		if (st == OK && r->count == 0)
			return end_round(r, IMPORT_UNDONE, reterr);
		if (r->count == r->piece)
			r->piece = import_piece_rows(r->piece, r->took_ms);
	}
	return st;
}

/* ---- a step ----------------------------------------------------------------------------------------- */

static enum status load_round(struct plein *p, struct arena *a, struct running *r,
                              struct import_round *round, struct viewer *viewer,
                              struct error *reterr)
{
	struct db_read *read = NULL;

	enum status st = db_read_begin(p->db, &read, reterr);
	if (st == OK)
		st = import_waiting(read, a, round, reterr);
	if (st == OK)
		st = import_viewer(read, round->appointment_id, viewer, reterr);
	if (st == OK)
		st = whole_sender_load(read, p, viewer, r->now_ms, a, &r->from, reterr);
	db_read_end(read);
	return st;
}

/* Where a round goes that can't go on: its file is damaged, or its owner left. */
static uint8_t stranded(uint8_t state)
{
	return state == IMPORT_CHECKING  ? IMPORT_CHECKED
	       : state == IMPORT_READING ? IMPORT_DONE
	                                 : IMPORT_UNDONE;
}

static enum status do_round(struct plein *p, struct arena *a, struct running *r, bool *ret_more,
                            struct error *reterr)
{
	struct import_round round = { 0 };
	struct viewer viewer = { 0 };

	// cppcheck-suppress autoVariables ; r ends with this function's caller, which doesn't look at it
	r->round = &round;
	enum status st = load_round(p, a, r, &round, &viewer, reterr);
	if (st == ERR_NOT_FOUND && round.id == 0)
		return OK; /* nothing waits */
	r->columns = import_columns_read(round.columns != NULL ? round.columns : "");
	r->done = r->next = round.rows_done;
	r->step = import_step_rows(round.rows_done);
	r->seen = round.wrong;
	if (st == OK)
		st = round.state == IMPORT_UNDOING ? do_undo(r, ret_more, reterr)
		                                   : do_rows(r, a, ret_more, reterr);
	/* one that can't go on must not hold up those behind it */
	if (round.id != 0 && (st == ERR_NOT_FOUND || st == ERR_INVALID || st == ERR_LIMIT))
		st = end_round(r, stranded(round.state), reterr);
	return st;
}

enum status import_step(struct plein *p, bool *ret_more, struct error *reterr)
{
	struct arena a, rows, scratch;

	*ret_more = false;
	arena_init(&a, ROOM_BYTES);
	arena_init(&rows, ROOM_BYTES);
	arena_init(&scratch, ROOM_BYTES);
	struct running *r = ARENA_NEW(&a, struct running);
	r->plein = p;
	r->rows = &rows;
	r->scratch = &scratch;
	r->now_ms = clock_now_ms(p->clock);
	r->reterr = reterr;
	r->piece = PIECE_ROWS_MIN;
	const enum status st = do_round(p, &a, r, ret_more, reterr);
	arena_reset(&scratch);
	arena_reset(&rows);
	arena_reset(&a);
	/* another process was first, or somebody stopped the round: look again */
	return st == ERR_CONFLICT ? OK : st;
}
