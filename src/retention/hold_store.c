#include <string.h>

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/stored.h"
#include "retention/held_copy.h"
#include "retention/hold.h"
#include "work/work.h"

const struct db_root HOLD_ROOT = DB_ROOT(31, destruction_hold);

#define ROW                                                                                        \
	"SELECT h.id, h.version, h.until_day, h.uuid, h.state, h.ground, h.reference,"             \
	" h.subject_number, h.set_at, h.decided_at, h.ended_at, s.person_id, p.full_name,"         \
	" coalesce(q.full_name, ''), (SELECT count(*) FROM held_copy c WHERE c.hold_id = h.id),"   \
	" h.key_id, h.reason FROM destruction_hold h JOIN appointment s ON s.id = h.set_by"        \
	" JOIN person p ON p.id = s.person_id LEFT JOIN appointment d ON d.id = h.decided_by"      \
	" LEFT JOIN person q ON q.id = d.person_id"
/* A hold on a casefile, or on somebody in it, isn't there for who is kept from that casefile; also
 * where it follows into another. */
#define NOT_KEPT_FROM(person)                                                                      \
	" NOT EXISTS (SELECT 1 FROM casefile_block k JOIN casefile c ON c.id = k.casefile_id"      \
	" WHERE k.person_id = " person                                                             \
	" AND k.lifted_at = 0 AND (c.reference = h.reference OR EXISTS (SELECT 1"                  \
	" FROM destruction_hold_object o LEFT JOIN presence x ON o.object_kind = 11"               \
	" AND x.id = o.object_id WHERE o.hold_id = h.id AND ((o.object_kind = 17"                  \
	" AND o.object_id = c.id) OR x.casefile_id = c.id))))"
/* 1, 2: keeps. */
static const struct db_stmt LIST = {
	"hold_list", "i",
	ROW " WHERE" NOT_KEPT_FROM("$1") " ORDER BY CASE WHEN h.state IN (1, 2) THEN 0 ELSE 1 END,"
					 " h.set_at DESC, h.id DESC LIMIT 1000"
};
static const struct db_stmt LOAD = { "hold_load", "ii",
	                             ROW " WHERE h.id = $1 AND" NOT_KEPT_FROM("$2") };
/* 1: draft, 12: destroyed. */
static const struct db_stmt FIND_SIGNAL = {
	"hold_find_signal", "t",
	"SELECT id FROM signal WHERE reference = $1 AND state > 1 AND state < 12"
};
static const struct db_stmt FIND_SUBJECT = {
	"hold_find_subject", "ii", "SELECT id FROM presence WHERE casefile_id = $1 AND number = $2"
};
static const struct db_stmt ADD = {
	"hold_add", "biitiiibii",
	"INSERT INTO destruction_hold (uuid, state, ground, reference, subject_number, until_day,"
	" key_id, reason, set_by, set_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id"
};
static const struct db_stmt ADD_OBJECT = {
	"hold_add_object", "iii",
	"INSERT INTO destruction_hold_object (hold_id, object_kind, object_id, subject_uuid)"
	" SELECT $1, $2, $3, CASE WHEN $2 = 11 THEN (SELECT p.subject_uuid FROM presence p"
	" WHERE p.id = $3) END"
};
static const struct db_stmt MOVE = {
	"hold_move", "iiiIi",
	"UPDATE destruction_hold SET state = $3,"
	" decided_by = CASE WHEN $3 IN (2, 3) THEN $4 ELSE decided_by END,"
	" decided_at = CASE WHEN $3 IN (2, 3) THEN $5 ELSE decided_at END,"
	" ended_at = CASE WHEN $3 > 2 THEN $5 ELSE 0 END WHERE id = $1 AND state = $2"
};
static const struct db_stmt FORGET_REASON = {
	"hold_forget_reason", "ib", "UPDATE destruction_hold SET reason = $2 WHERE id = $1"
};

#define KEPT  " FROM destruction_hold h JOIN destruction_hold_object o ON o.hold_id = h.id"
#define KEEPS " WHERE h.state IN (1, 2) AND o.object_kind = "
/* 17: of the casefile itself; 10: of a signal that led to it, or came into one that did. */
#define HELD_CASEFILES                                                                             \
	"(SELECT o.object_id" KEPT KEEPS "17 UNION SELECT t.casefile_id" KEPT                      \
	" JOIN signal g ON g.id = o.object_id JOIN casefile_signal t ON t.signal_id = g.id"        \
	" OR t.signal_id = g.merged_into" KEEPS "10)"
#define HELD_SIGNALS                                                                               \
	"(SELECT o.object_id" KEPT KEEPS "10 UNION SELECT g.id" KEPT                               \
	" JOIN casefile_signal t ON t.casefile_id = o.object_id JOIN signal g"                     \
	" ON g.id = t.signal_id OR g.merged_into = t.signal_id" KEEPS "17)"
static const struct db_stmt LET_GO_CASEFILES = {
	"hold_let_go_casefiles", "",
	"UPDATE casefile SET held = 0 WHERE held = 1 AND id NOT IN " HELD_CASEFILES
};
static const struct db_stmt KEEP_CASEFILES = {
	"hold_keep_casefiles", "",
	"UPDATE casefile SET held = 1 WHERE held = 0 AND id IN " HELD_CASEFILES
};
static const struct db_stmt LET_GO_SIGNALS = {
	"hold_let_go_signals", "",
	"UPDATE signal SET held = 0 WHERE held = 1 AND id NOT IN " HELD_SIGNALS
};
static const struct db_stmt KEEP_SIGNALS = {
	"hold_keep_signals", "", "UPDATE signal SET held = 1 WHERE held = 0 AND id IN " HELD_SIGNALS
};
static const struct db_stmt OF_SIGNAL = { "hold_of_signal", "i",
	                                  "SELECT held FROM signal WHERE id = $1" };
static const struct db_stmt OF_CASEFILE = { "hold_of_casefile", "i",
	                                    "SELECT held FROM casefile WHERE id = $1" };

const struct db_stmt *const hold_statements[] = { &HOLD_ROOT.claim,
	                                          &HOLD_ROOT.look,
	                                          &LIST,
	                                          &LOAD,
	                                          &FIND_SIGNAL,
	                                          &FIND_SUBJECT,
	                                          &ADD,
	                                          &ADD_OBJECT,
	                                          &MOVE,
	                                          &FORGET_REASON,
	                                          &LET_GO_SIGNALS,
	                                          &KEEP_SIGNALS,
	                                          &LET_GO_CASEFILES,
	                                          &KEEP_CASEFILES,
	                                          &OF_SIGNAL,
	                                          &OF_CASEFILE,
	                                          NULL };

/* ---- reading -------------------------------------------------------------------------------- */

static struct hold read_hold(const struct db_rows *row, struct arena *a)
{
	struct hold h = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.until_day = db_int(row, 2),
		.state = (uint8_t)db_int(row, 4),
		.ground = (int)db_int(row, 5),
		.reference = db_text(row, 6, a),
		.subject = db_int(row, 7),
		.set_at = db_int(row, 8),
		.decided_at = db_int(row, 9),
		.ended_at = db_int(row, 10),
		.set_by_person = db_int(row, 11),
		.setter = db_text(row, 12, a),
		.decider = db_text(row, 13, a),
		.copies = db_int(row, 14),
		.key_id = db_int(row, 15),
	};

	h.reason = db_bytes(row, 16, a, &h.reason_len);
	h.uuid = uuid_stored(row, 3);
	return h;
}

enum status hold_list(struct db_read *r, int64_t person_id, struct arena *a, struct array *ret,
                      struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct hold *list = ARENA_ARRAY(a, struct hold, HOLDS_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < HOLDS_MAX && db_next(&rows))
		list[count++] = read_hold(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status hold_load(struct db_read *r, int64_t id, int64_t person_id, struct arena *a,
                      struct hold *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LOAD, DB_ARGS(DB_INT(id), DB_INT(person_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_hold(&row, a);
	return st;
}

static enum status find(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                        int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

enum status hold_find_signal(struct db_read *r, const char *reference, int64_t *ret,
                             struct error *reterr)
{
	return find(r, &FIND_SIGNAL, DB_ARGS(DB_TEXT(reference)), ret, reterr);
}

enum status hold_find_subject(struct db_read *r, int64_t casefile_id, int64_t number, int64_t *ret,
                              struct error *reterr)
{
	return find(r, &FIND_SUBJECT, DB_ARGS(DB_INT(casefile_id), DB_INT(number)), ret, reterr);
}

enum status hold_stands_on(struct db_read *r, int kind, int64_t id, bool *ret, struct error *reterr)
{
	int64_t held = 0;
	const enum status st = find(r, kind == OBJECT_CASEFILE ? &OF_CASEFILE : &OF_SIGNAL,
	                            DB_ARGS(DB_INT(id)), &held, reterr);

	*ret = held == 1;
	return st;
}

/* ---- its words ------------------------------------------------------------------------------ */

static struct seal_place reason_place(const struct uuid *uuid)
{
	return (struct seal_place){ .table = "destruction_hold",
		                    .column = "reason",
		                    .id = uuid_number(uuid) };
}

enum status hold_reason(struct db_read *r, struct keyring *k, const struct hold *h, struct arena *a,
                        const char **ret, struct error *reterr)
{
	const struct seal_place place = reason_place(&h->uuid);
	struct seal_key key;
	size_t len = 0;

	*ret = "";
	if (!hold_keeps(h->state))
		return OK;
	enum status st = key_load(r, k, h->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &place, h->reason, h->reason_len, a, ret, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

void hold_seal(struct keyring *k, const char *reason, int64_t now_ms, struct arena *a,
               struct hold_new *ret)
{
	ret->uuid = uuid_at(now_ms);
	const struct seal_place place = reason_place(&ret->uuid);
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->reason = seal_in(a, &ret->key.key, &place, reason, strlen(reason), &ret->reason_len);
	seal_key_wipe(&ret->key.key);
}

/* ---- setting and moving --------------------------------------------------------------------- */

enum status holds_settle(struct db_tx *tx, struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &LET_GO_CASEFILES, &KEEP_CASEFILES,
		                                       &LET_GO_SIGNALS, &KEEP_SIGNALS };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = db_exec(tx, STEPS[i], DB_NO_ARGS, NULL, reterr);
	return st;
}

static enum status ask_signature(struct db_tx *tx, int64_t id, const struct viewer *viewer,
                                 int64_t now_ms, struct error *reterr)
{
	enum { DUE_WORKING_DAYS = 3 };
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_ROLE, ROLE_RIEC_HEAD),
		.kind = WORK_HOLD_SIGN,
		.object_kind = OBJECT_HOLD,
		.object_id = id,
		.reference = arena_printf(db_tx_arena(tx), "%lld", (long long)id),
		.due_day = working_days_add(local_day(now_ms), DUE_WORKING_DAYS, NULL),
		.created_at = now_ms,
		.created_by = viewer->appointment_id,
	};
	return work_add(tx, &task, reterr);
}

enum status hold_set(struct db_tx *tx, const struct hold_new *n, const struct viewer *viewer,
                     int64_t now_ms, int64_t *ret_id, struct error *reterr)
{
	enum status st = key_store(tx, &n->key, reterr);

	if (st == OK)
		st = db_insert(tx, &ADD,
		               DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(HOLD_PROPOSED),
		                       DB_INT(n->ground), DB_TEXT(n->reference), DB_INT(n->subject),
		                       DB_INT(n->until_day), DB_INT(n->key.id),
		                       DB_BYTES(n->reason, n->reason_len),
		                       DB_INT(viewer->appointment_id), DB_INT(now_ms)),
		               ret_id, reterr);
	if (st == OK)
		st = db_exec(tx, &ADD_OBJECT,
		             DB_ARGS(DB_INT(*ret_id), DB_INT(n->object_kind), DB_INT(n->object_id)),
		             NULL, reterr);
	if (st == OK)
		st = holds_settle(tx, reterr);
	return st == OK ? ask_signature(tx, *ret_id, viewer, now_ms, reterr) : st;
}

/* It keeps nothing any more: words, copies and key go. */
static enum status let_go(struct db_tx *tx, const struct hold *h, struct error *reterr)
{
	enum status st = held_copies_drop(tx, h->id, reterr);

	if (st == OK)
		st = db_exec(tx, &FORGET_REASON, DB_ARGS(DB_INT(h->id), DB_BYTES("", 0)), NULL,
		             reterr);
	if (st == OK)
		st = key_destroy(tx, h->key_id, reterr);
	return st == OK ? holds_settle(tx, reterr) : st;
}

static enum status tell_setters(struct db_tx *tx, const struct hold *h, int64_t now_ms,
                                struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = NEWS_HOLD_ENDED,
		                        .object_kind = OBJECT_HOLD,
		                        .object_id = h->id,
		                        .reference = arena_printf(db_tx_arena(tx), "%lld",
		                                                  (long long)h->id) };
	return work_tell(tx, audience_of(AUDIENCE_ROLE, ROLE_COORD_DPO), &news, reterr);
}

enum status hold_move(struct db_tx *tx, const struct hold *h, enum hold_action action,
                      const struct viewer *viewer, int64_t now_ms, struct error *reterr)
{
	const struct hold_picture picture = { .own = viewer != NULL &&
		                                     viewer->person_id == h->set_by_person };
	const struct move *mv = machine_move(&HOLD_MACHINE, h->state, (uint8_t)action);
	int64_t changed = 0;

	if (mv == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	const struct verdict v =
	    move_verdict(mv, viewer != NULL ? ROLE_BIT(viewer->role) : 0, &picture);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	enum status st = db_exec(tx, &MOVE,
	                         DB_ARGS(DB_INT(h->id), DB_INT(h->state), DB_INT(mv->to),
	                                 viewer != NULL ? DB_INT(viewer->appointment_id) : DB_NULL,
	                                 DB_INT(now_ms)),
	                         &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	if (st == OK)
		st = work_done(tx, 0, OBJECT_HOLD, h->id, viewer != NULL ? viewer->person_id : 0,
		               now_ms, reterr);
	if (st != OK || hold_keeps(mv->to))
		return st;
	st = let_go(tx, h, reterr);
	return st == OK ? tell_setters(tx, h, now_ms, reterr) : st;
}
