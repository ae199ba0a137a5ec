#include "retention/hold_due.h"

#include "audit/action.h"
#include "audit/event.h"
#include "casework/casefile_end.h"
#include "platform/core/calendar.h"
#include "retention/forgetters.h"
#include "retention/held_copy.h"
#include "retention/hold.h"
#include "search/search.h"
#include "signals/signals.h"
#include "work/work.h"

enum { AT_ONCE = 100, HOLDS_ARENA_BYTES = 4 << 20 };

static const struct db_stmt REMINDED = {
	"hold_reminded", "ii",
	"UPDATE destruction_hold SET reminded_at = $2 WHERE id = $1 AND reminded_at = 0"
};
/* 2: applies. */
static const struct db_stmt TO_REMIND = {
	"holds_to_remind", "i",
	"SELECT id, 0 FROM destruction_hold WHERE state = 2 AND reminded_at = 0 AND until_day <= $1"
	" ORDER BY until_day, id LIMIT 100"
};
static const struct db_stmt OVER = {
	"holds_over", "i",
	"SELECT id, 0 FROM destruction_hold WHERE state = 2 AND until_day < $1"
	" ORDER BY until_day, id LIMIT 100"
};
/* $1 ms: set before this. */
static const struct db_stmt UNSIGNED = {
	"holds_unsigned", "i",
	"SELECT id, 0 FROM destruction_hold WHERE state = 1 AND set_at < $1 ORDER BY set_at, id"
	" LIMIT 100"
};
/* 10 not adopted, 11 withdrawn: those of which nothing else is left. */
static const struct db_stmt SIGNALS = {
	"holds_signals_to_hide", "i",
	"SELECT id, 0 FROM signal WHERE held = 1 AND shielded = 0 AND state IN (10, 11)"
	" AND destroy_due > 0 AND destroy_due <= $1 ORDER BY destroy_due, id LIMIT 100"
};
/* 9 closed, 10 stopped, 11 archived. */
static const struct db_stmt CASEFILES = {
	"holds_casefiles_to_hide", "i",
	"SELECT id, state FROM casefile WHERE held = 1 AND shielded = 0 AND state IN (9, 10, 11)"
	" AND destroy_due > 0 AND destroy_due <= $1 ORDER BY destroy_due, id LIMIT 100"
};
/* Out of sight, and this hold has no copy of it yet. */
#define UNKEPT(of)                                                                                 \
	" WHERE h.state IN (1, 2) AND h.set_at <= $1 AND " of ".held = 1 AND " of                  \
	".shielded = 1 AND NOT EXISTS (SELECT 1 FROM held_copy x WHERE x.hold_id = h.id"           \
	" AND x.subject_number = 0 AND x.reference = " of ".reference) ORDER BY h.id, " of         \
	".id LIMIT 100"
#define LED_TO(signal) "(" signal ".id = t.signal_id OR " signal ".merged_into = t.signal_id)"
static const struct db_stmt CASEFILES_UNKEPT = {
	"holds_casefiles_unkept", "i",
	"SELECT DISTINCT h.id, c.id FROM destruction_hold h JOIN destruction_hold_object o"
	" ON o.hold_id = h.id JOIN casefile c ON (o.object_kind = 17 AND o.object_id = c.id)"
	" OR (o.object_kind = 10 AND EXISTS (SELECT 1 FROM casefile_signal t JOIN signal g"
	" ON " LED_TO("g") " WHERE t.casefile_id = c.id AND g.id = o.object_id))" UNKEPT("c")
};
static const struct db_stmt SIGNALS_UNKEPT = {
	"holds_signals_unkept", "i",
	"SELECT DISTINCT h.id, s.id FROM destruction_hold h JOIN destruction_hold_object o"
	" ON o.hold_id = h.id JOIN signal s ON (o.object_kind = 10 AND o.object_id = s.id)"
	" OR (o.object_kind = 17 AND EXISTS (SELECT 1 FROM casefile_signal t"
	" WHERE t.casefile_id = o.object_id AND " LED_TO("s") "))" UNKEPT("s")
};
static const struct db_stmt HIDE_SIGNAL = {
	"hold_hide_signal", "i", "UPDATE signal SET shielded = 1 WHERE id = $1 AND shielded = 0"
};
static const struct db_stmt HIDE_CASEFILE = {
	"hold_hide_casefile", "i", "UPDATE casefile SET shielded = 1 WHERE id = $1 AND shielded = 0"
};

const struct db_stmt *const hold_due_statements[] = {
	&REMINDED,         &TO_REMIND,      &OVER,        &UNSIGNED,      &SIGNALS, &CASEFILES,
	&CASEFILES_UNKEPT, &SIGNALS_UNKEPT, &HIDE_SIGNAL, &HIDE_CASEFILE, NULL
};

/* ---- one of them, one job ---------------------------------------------------------------------- */

struct acting {
	int64_t id, other, now_ms; /* other: what the statement says beside it */
	struct keyring *keyring;
};
typedef enum status act_fn(struct db_tx *tx, const struct acting *on, struct error *reterr);

static enum status move(struct db_tx *tx, const struct acting *on, enum hold_action action,
                        struct error *reterr)
{
	struct hold h;
	const enum status st = hold_load(db_tx_read(tx), on->id, 0, db_tx_arena(tx), &h, reterr);

	if (st != OK || machine_move(&HOLD_MACHINE, h.state, (uint8_t)action) == NULL)
		return st; /* somebody decided meanwhile */
	return hold_move(tx, &h, action, NULL, on->now_ms, reterr);
}

static enum status lapse(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	return move(tx, on, HOLD_LAPSE, reterr);
}

static enum status expire(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	return move(tx, on, HOLD_EXPIRE, reterr);
}

static enum status remind(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	struct hold h;
	enum status st = hold_load(db_tx_read(tx), on->id, 0, db_tx_arena(tx), &h, reterr);

	if (st == OK)
		st = db_exec(tx, &REMINDED, DB_ARGS(DB_INT(on->id), DB_INT(on->now_ms)), NULL,
		             reterr);
	if (st != OK)
		return st;
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_COORD_DPO),
		.kind = WORK_HOLD_ENDS,
		.object_kind = OBJECT_HOLD,
		.object_id = on->id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)on->id),
		.due_day = h.until_day,
		.created_at = on->now_ms,
	};
	return work_add(tx, &task, reterr);
}

static enum status hide_signal(struct db_tx *tx, int64_t id, struct error *reterr)
{
	enum status st = db_exec(tx, &HIDE_SIGNAL, DB_ARGS(DB_INT(id)), NULL, reterr);

	if (st == OK)
		st = signal_refer(tx, id, reterr);
	return st == OK ? search_drop(tx, OBJECT_SIGNAL, id, reterr) : st;
}

static enum status hide_one_signal(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	return hide_signal(tx, on->id, reterr);
}

static enum status shield(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	struct casefile_picture picture = { 0 };

	if (on->other == CASEFILE_ARCHIVED)
		return OK;
	const enum status st = casefile_picture_load(db_tx_read(tx), on->id, &picture, reterr);
	const struct casefile_moving m = { .who = { on->id, NULL, on->now_ms },
		                           .action = CASEFILE_ARCHIVE,
		                           .picture = &picture };
	return st == OK ? casefile_move(tx, &m, reterr) : st;
}

/* With the signals that led to it alone, and what other rooms show of it to readers of their own. */
static enum status hide_casefile(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	struct array signals = { 0 };

	enum status st = db_exec(tx, &HIDE_CASEFILE, DB_ARGS(DB_INT(on->id)), NULL, reterr);
	if (st == OK)
		st = shield(tx, on, reterr);
	for (const struct forgetter *f = FORGETTERS; st == OK && f->casefile != NULL; f++)
		st = f->hide == NULL ? OK : f->hide(tx, on->id, on->now_ms, reterr);
	if (st == OK)
		st = casefile_only_signals(db_tx_read(tx), on->id, db_tx_arena(tx), &signals,
		                           reterr);
	const int64_t *ids = signals.items;
	for (size_t i = 0; st == OK && i < signals.count; i++)
		st = hide_signal(tx, ids[i], reterr);
	return st;
}

static enum status keep_whole(struct db_tx *tx, const struct acting *on, int kind,
                              struct error *reterr)
{
	struct hold h;
	const enum status st = hold_load(db_tx_read(tx), on->id, 0, db_tx_arena(tx), &h, reterr);

	if (st != OK || !hold_keeps(h.state))
		return st; /* it ended meanwhile */
	const struct held_whole_of record = { h.id, h.key_id, on->other, kind };
	return held_whole(tx, on->keyring, &record, on->now_ms, reterr);
}

static enum status keep_casefile(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	return keep_whole(tx, on, OBJECT_CASEFILE, reterr);
}

static enum status keep_signal(struct db_tx *tx, const struct acting *on, struct error *reterr)
{
	return keep_whole(tx, on, OBJECT_SIGNAL, reterr);
}

/* ---- all of them ------------------------------------------------------------------------------- */

struct round {
	const struct db_stmt *find;
	int64_t until; /* $1 */
	act_fn *act;
	uint16_t action, object;
	int64_t *counted;
};
struct job_args {
	act_fn *act;
	struct acting on;
};

static enum status run_one(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct job_args *j = args;
	return j->act(tx, &j->on, reterr);
}

struct keeping {
	struct db *db;
	struct keyring *keyring;
	int64_t now_ms;
};

static enum status find(const struct keeping *k, const struct round *round,
                        struct acting list[AT_ONCE], size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct db_read *r = NULL;
	enum status st = db_read_begin(k->db, &r, reterr);

	*ret_count = 0;
	if (st == OK)
		st = db_query(r, round->find, DB_ARGS(DB_INT(round->until)), &rows, reterr);
	while (st == OK && *ret_count < AT_ONCE && db_next(&rows))
		list[(*ret_count)++] =
		    (struct acting){ db_int(&rows, 0), db_int(&rows, 1), k->now_ms, k->keyring };
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	db_read_end(r);
	return st;
}

static enum status keep_round(const struct keeping *k, const struct round *round,
                              struct error *reterr)
{
	struct acting list[AT_ONCE];
	size_t count = AT_ONCE;
	enum status st = OK;

	while (st == OK && count == AT_ONCE) {
		st = find(k, round, list, &count, reterr);
		for (size_t i = 0; st == OK && i < count; i++) {
			struct job_args args = { round->act, list[i] };
			struct audit_event event = { .at_ms = k->now_ms,
				                     .action = round->action,
				                     .object_type = round->object,
				                     .object_id = list[i].id };
			struct db_job job = {
				.run = run_one, .args = &args, .event = &event, .lane = LANE_BULK
			};
			st = db_run(k->db, &job, reterr);
			*round->counted += st == OK;
		}
	}
	return st;
}

static enum status settle(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return holds_settle(tx, reterr);
}

enum status holds_keep(struct db *db, struct keyring *keyring, int64_t now_ms,
                       struct holds_done *ret, struct error *reterr)
{
	const struct keeping k = { db, keyring, now_ms };
	const int32_t today = local_day(now_ms);
	const struct round rounds[] = {
		{ &UNSIGNED, ms_at_day_start(today - HOLD_CONFIRM_DAYS), lapse, AUDIT_HOLD_MOVE,
		  OBJECT_HOLD, &ret->lapsed },
		{ &OVER, today, expire, AUDIT_HOLD_MOVE, OBJECT_HOLD, &ret->ended },
		{ &TO_REMIND, today + HOLD_REMIND_DAYS, remind, AUDIT_HOLD_MOVE, OBJECT_HOLD,
		  &ret->reminded },
		{ &SIGNALS, today, hide_one_signal, AUDIT_SIGNAL_MOVE, OBJECT_SIGNAL,
		  &ret->shielded },
		{ &CASEFILES, today, hide_casefile, AUDIT_CASEFILE_MOVE, OBJECT_CASEFILE,
		  &ret->shielded },
		{ &CASEFILES_UNKEPT, now_ms, keep_casefile, AUDIT_HOLD_MOVE, OBJECT_HOLD,
		  &ret->kept },
		{ &SIGNALS_UNKEPT, now_ms, keep_signal, AUDIT_HOLD_MOVE, OBJECT_HOLD, &ret->kept },
	};
	struct db_job job = { .run = settle, .lane = LANE_BULK };

	*ret = (struct holds_done){ 0 };
	enum status st = db_run(db, &job, reterr);
	for (size_t i = 0; st == OK && i < sizeof rounds / sizeof rounds[0]; i++)
		st = keep_round(&k, &rounds[i], reterr);
	return st;
}
