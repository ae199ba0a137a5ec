#include "retention/signal_terms.h"

#include <stddef.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "audit/event.h"
#include "platform/core/calendar.h"
#include "retention/forget.h"
#include "signals/signal_life.h"
#include "signals/signals.h"
#include "work/work.h"

enum { AT_ONCE = 100, TERMS_ARENA_BYTES = 4 << 20 };

/* $1 id of the last row, $2 the state, $3 ms: since before this. */
static const struct db_stmt DRAFTS = {
	"terms_drafts", "iii",
	"SELECT id, version, reference, organ_id, edited_at FROM signal"
	" WHERE id > $1 AND state = $2 AND edited_at < $3 AND held = 0 ORDER BY id LIMIT 100"
};
static const struct db_stmt RETURNED = {
	"terms_returned", "iii",
	"SELECT id, version, reference, organ_id, state_since FROM signal"
	" WHERE id > $1 AND state = $2 AND state_since < $3 ORDER BY id LIMIT 100"
};
/* 2 submitted, 3 returned, 4 accepted, 5 on an agenda, 9 deferred; $2 isn't one of them. */
static const struct db_stmt UNDECIDED = {
	"terms_undecided", "iii",
	"SELECT id, version, reference, organ_id, submitted_at FROM signal"
	" WHERE id > $1 AND state IN (2, 3, 4, 5, 9) AND state <> $2 AND submitted_at < $3"
	" ORDER BY id LIMIT 100"
};
static const struct db_stmt WAS_WARNED = {
	"terms_was_warned", "iii",
	"SELECT count(*) FROM signal_warning WHERE signal_id = $1 AND kind = $2 AND since = $3"
};
static const struct db_stmt WARNED = {
	"terms_warned", "iiii",
	"INSERT INTO signal_warning (signal_id, kind, since, warned_at) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (signal_id, kind, since) DO NOTHING"
};
/* What the partnership added while the signal was its own. */
static const struct db_stmt OWN_AGAIN = {
	"terms_own_again", "ii",
	"UPDATE signal SET matched_at = 0, submitted_at = 0, edited_at = $2,"
	" helper_appointment_id = NULL, helper_since = 0 WHERE id = $1 AND state = 1"
};
static const struct db_stmt UNREVIEW = {
	"terms_unreview", "i",
	"UPDATE signal_hit SET reviewed_by = NULL, reviewed_at = 0 WHERE signal_id = $1"
};
static const struct db_stmt UNLINK = { "terms_unlink", "i",
	                               "DELETE FROM signal_link WHERE signal_id = $1"
	                               " OR other_id = $1" };

const struct db_stmt *const signal_terms_statements[] = { &DRAFTS,     &RETURNED, &UNDECIDED,
	                                                  &WAS_WARNED, &WARNED,   &OWN_AGAIN,
	                                                  &UNREVIEW,   &UNLINK,   NULL };

struct aged {
	int64_t id, version, organ_id, since;
	const char *reference;
};

/* Everything that a term does to one signal, tried in this order: the first that is due. */
struct term {
	int kind;  /* stored in signal_warning; never reused */
	int days;  /* from the beginning of this day on */
	int until; /* and before this one; 0: for good */
	enum status (*act)(struct db_tx *tx, const struct aged *s, int64_t now_ms,
	                   struct error *reterr);
	size_t counted; /* offset in struct terms_done */
};

/* ---- what is done ---------------------------------------------------------------------------------- */

static enum status tell(struct db_tx *tx, const struct aged *s, int kind, int64_t now_ms,
                        struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = kind,
		                        .object_kind = OBJECT_SIGNAL,
		                        .object_id = s->id,
		                        .reference = s->reference };

	return work_tell(tx, audience_of(AUDIENCE_ORGAN, s->organ_id), &news, reterr);
}

static enum status move(struct db_tx *tx, const struct aged *s, enum signal_action action,
                        int64_t now_ms, struct error *reterr)
{
	struct signal_picture picture;
	enum status st = db_claim(tx, &SIGNAL_ROOT, s->id, s->version, reterr);

	if (st == OK)
		st = signal_picture_load(db_tx_read(tx), NULL, s->id, &picture, reterr);
	if (st != OK)
		return st;
	const struct signal_moving m = {
		.id = s->id,
		.action = action,
		.picture = &picture,
		.now_ms = now_ms,
		.reason_class = action == SIGNAL_EXPIRE ? REASON_TERM_PASSED : 0,
	};
	return signal_move(tx, &m, reterr);
}

static enum status warn_draft(struct db_tx *tx, const struct aged *s, int64_t now_ms,
                              struct error *reterr)
{
	return tell(tx, s, NEWS_SIGNAL_DRAFT_ENDS, now_ms, reterr);
}

static enum status end_draft(struct db_tx *tx, const struct aged *s, int64_t now_ms,
                             struct error *reterr)
{
	enum status st = move(tx, s, SIGNAL_LAPSE, now_ms, reterr);

	if (st == OK)
		st = signal_forget(tx, s->id, reterr);
	return st == OK ? tell(tx, s, NEWS_SIGNAL_DRAFT_ENDED, now_ms, reterr) : st;
}

static enum status warn_returned(struct db_tx *tx, const struct aged *s, int64_t now_ms,
                                 struct error *reterr)
{
	return tell(tx, s, NEWS_SIGNAL_RETURN_ENDS, now_ms, reterr);
}

static enum status back_to_draft(struct db_tx *tx, const struct aged *s, int64_t now_ms,
                                 struct error *reterr)
{
	enum status st = move(tx, s, SIGNAL_BACK_TO_DRAFT, now_ms, reterr);

	if (st == OK)
		st = db_exec(tx, &OWN_AGAIN, DB_ARGS(DB_INT(s->id), DB_INT(now_ms)), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &UNREVIEW, DB_ARGS(DB_INT(s->id)), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &UNLINK, DB_ARGS(DB_INT(s->id)), NULL, reterr);
	return st == OK ? signal_refer(tx, s->id, reterr) : st;
}

static enum status to_head(struct db_tx *tx, const struct aged *s, int64_t now_ms,
                           struct error *reterr)
{
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD),
		.kind = WORK_SIGNAL_UNDECIDED,
		.object_kind = OBJECT_SIGNAL,
		.object_id = s->id,
		.reference = s->reference,
		.due_day = local_day(s->since) + UNDECIDED_MAX_DAYS,
		.created_at = now_ms,
	};
	return work_add(tx, &task, reterr);
}

static enum status not_adopt(struct db_tx *tx, const struct aged *s, int64_t now_ms,
                             struct error *reterr)
{
	enum status st = move(tx, s, SIGNAL_EXPIRE, now_ms, reterr);

	return st == OK ? signal_told(tx, s->id, now_ms, reterr) : st;
}

#define COUNTS(member) offsetof(struct terms_done, member)
static const struct term DRAFT_TERMS[] = {
	{ 1, DRAFT_MAX_DAYS, 0, end_draft, COUNTS(ended) },
	{ 2, DRAFT_WARN_AGAIN_DAYS, DRAFT_MAX_DAYS, warn_draft, COUNTS(warned) },
	{ 3, DRAFT_WARN_DAYS, DRAFT_WARN_AGAIN_DAYS, warn_draft, COUNTS(warned) },
	{ 0 },
};
static const struct term RETURNED_TERMS[] = {
	{ 4, RETURNED_MAX_DAYS, 0, back_to_draft, COUNTS(back_to_draft) },
	{ 5, RETURNED_WARN_AGAIN_DAYS, RETURNED_MAX_DAYS, warn_returned, COUNTS(warned) },
	{ 6, RETURNED_WARN_DAYS, RETURNED_WARN_AGAIN_DAYS, warn_returned, COUNTS(warned) },
	{ 0 },
};
static const struct term UNDECIDED_TERMS[] = {
	{ 7, UNDECIDED_WARN_DAYS, 0, to_head, COUNTS(to_head) },
	{ 0 },
};
/* Not on an agenda: its meeting decides. */
static const struct term EXPIRY_TERMS[] = {
	{ 8, UNDECIDED_MAX_DAYS, 0, not_adopt, COUNTS(not_adopted) },
	{ 0 },
};

/* In this order: what goes back to draft after 30 days isn't called undecided. */
static const struct round {
	const struct db_stmt *find;
	int64_t state; /* $2 */
	int days;      /* the earliest term */
	const struct term *terms;
} ROUNDS[] = {
	{ &DRAFTS, SIGNAL_DRAFT, DRAFT_WARN_DAYS, DRAFT_TERMS },
	{ &RETURNED, SIGNAL_RETURNED, RETURNED_WARN_DAYS, RETURNED_TERMS },
	{ &UNDECIDED, SIGNAL_ON_AGENDA, UNDECIDED_MAX_DAYS, EXPIRY_TERMS },
	{ &UNDECIDED, SIGNAL_NONE, UNDECIDED_WARN_DAYS, UNDECIDED_TERMS },
};

/* ---- one signal, one job ----------------------------------------------------------------------------- */

struct acting {
	const struct term *term;
	const struct aged *signal;
	int64_t now_ms;
	bool did;
};

static enum status act_once(struct db_tx *tx, void *args, struct error *reterr)
{
	struct acting *a = args;
	int64_t first = 0;
	enum status st = db_exec(tx, &WARNED,
	                         DB_ARGS(DB_INT(a->signal->id), DB_INT(a->term->kind),
	                                 DB_INT(a->signal->since), DB_INT(a->now_ms)),
	                         &first, reterr);

	a->did = st == OK && first == 1;
	return a->did ? a->term->act(tx, a->signal, a->now_ms, reterr) : st;
}

static const struct term *due_term(const struct term *terms, int64_t since, int32_t today)
{
	const int32_t days = today - local_day(since);

	for (const struct term *t = terms; t->kind != 0; t++)
		if (days >= t->days && (t->until == 0 || days < t->until))
			return t;
	return NULL;
}

static enum status was_done(struct db *db, const struct term *term, const struct aged *s, bool *ret,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct db_read *r = NULL;
	enum status st = db_read_begin(db, &r, reterr);

	if (st == OK)
		st = db_query(r, &WAS_WARNED,
		              DB_ARGS(DB_INT(s->id), DB_INT(term->kind), DB_INT(s->since)), &row,
		              reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	*ret = st == OK && db_int(&row, 0) > 0;
	db_rows_close(&row);
	db_read_end(r);
	return st;
}

static enum status keep_one(struct db *db, const struct round *round, const struct aged *s,
                            int64_t now_ms, struct terms_done *done, struct error *reterr)
{
	const struct term *term = due_term(round->terms, s->since, local_day(now_ms));
	struct audit_event event = { .at_ms = now_ms,
		                     .action = AUDIT_SIGNAL_MOVE,
		                     .object_type = OBJECT_SIGNAL,
		                     .object_id = s->id };
	struct acting a = { .term = term, .signal = s, .now_ms = now_ms };
	struct db_job job = { .run = act_once, .args = &a, .event = &event, .lane = LANE_BULK };

	bool was = true;

	enum status st = term != NULL ? was_done(db, term, s, &was, reterr) : OK;
	if (st != OK || was)
		return st;
	st = db_run(db, &job, reterr);
	if (st == ERR_CONFLICT && reterr->field != NULL &&
	    strcmp(reterr->field, DB_FIELD_VERSION) == 0)
		return OK; /* somebody moved or edited it this moment: its term is another now */
	if (st == OK && a.did)
		++*(int64_t *)(void *)((char *)done + term->counted);
	return st;
}

/* ---- all of them --------------------------------------------------------------------------------------- */

// NOLINTNEXTLINE(readability-function-size): a page of rows: from where, into what, how many
static enum status load_aged(struct db *db, const struct round *round, int64_t after,
                             int64_t now_ms, struct arena *a, struct aged *list, size_t *ret_count,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r = NULL;
	const int64_t before = ms_at_day_start(local_day(now_ms) - round->days + 1);
	size_t count = 0;

	enum status st = db_read_begin(db, &r, reterr);
	if (st == OK)
		st = db_query(r, round->find,
		              DB_ARGS(DB_INT(after), DB_INT(round->state), DB_INT(before)), &rows,
		              reterr);
	while (st == OK && count < AT_ONCE && db_next(&rows))
		list[count++] = (struct aged){ .id = db_int(&rows, 0),
			                       .version = db_int(&rows, 1),
			                       .reference = db_text(&rows, 2, a),
			                       .organ_id = db_int(&rows, 3),
			                       .since = db_int(&rows, 4) };
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	*ret_count = count;
	return st;
}

static enum status keep_round(struct db *db, const struct round *round, int64_t now_ms,
                              struct terms_done *done, struct error *reterr)
{
	int64_t after = 0;
	size_t count = AT_ONCE;
	enum status st = OK;

	while (st == OK && count == AT_ONCE) {
		struct aged list[AT_ONCE];
		struct arena a;
		arena_init(&a, TERMS_ARENA_BYTES);
		st = load_aged(db, round, after, now_ms, &a, list, &count, reterr);
		for (size_t i = 0; st == OK && i < count; i++) {
			after = list[i].id;
			st = keep_one(db, round, &list[i], now_ms, done, reterr);
		}
		arena_reset(&a);
	}
	return st;
}

enum status signal_terms_keep(struct db *db, int64_t now_ms, struct terms_done *ret,
                              struct error *reterr)
{
	enum status st = OK;

	*ret = (struct terms_done){ 0 };
	for (size_t i = 0; st == OK && i < sizeof ROUNDS / sizeof ROUNDS[0]; i++)
		st = keep_round(db, &ROUNDS[i], now_ms, ret, reterr);
	return st;
}
