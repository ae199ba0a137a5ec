#include "subjects/judgement.h"
#include "platform/crypto/stored.h"

#include <string.h>

#include "subjects/joined.h"
#include "subjects/subject.h"

const struct code JUDGEMENT_KINDS[] = {
	{ JUDGEMENT_SAME, "SAME", "Dezelfde" },
	{ JUDGEMENT_DIFFERENT, "DIFFERENT", "Niet dezelfde" },
	{ JUDGEMENT_UNSURE, "UNSURE", "Ik weet het niet zeker" },
	{ 0 },
};

const char *judgement_word(enum judgement_kind kind)
{
	return JUDGEMENT_KINDS[kind - 1].label;
}

static const struct db_stmt SIDE = {
	"judged_side", "b",
	"SELECT id, key_id, first_processed_at, uuid, subject_uuid, kind,"
	" CASE WHEN casefile_id IS NULL THEN 0 ELSE 1 END FROM presence WHERE uuid = $1"
};
#define COLUMNS                                                                                    \
	"SELECT j.id, j.one_id, j.other_id, j.uuid, j.kind, j.state, j.judged_by, j.judged_at,"    \
	" p.id, p.full_name, coalesce(j.second_by, 0), coalesce(q.full_name, ''), j.model,"        \
	" j.weight"
#define JOINS                                                                                      \
	" FROM judgement j JOIN appointment a ON a.id = j.judged_by"                               \
	" JOIN person p ON p.id = a.person_id LEFT JOIN appointment b ON b.id = j.second_by"       \
	" LEFT JOIN person q ON q.id = b.person_id WHERE j.state IN (1, 2)"
static const struct db_stmt OF_PAIR = { "judgement_of_pair", "ii",
	                                COLUMNS ", j.reason, j.explanation, j.second_reason" JOINS
	                                        " AND j.one_id = $1 AND j.other_id = $2 LIMIT 1" };
static const struct db_stmt STANDING = { "judgements_standing", "i",
	                                 COLUMNS JOINS " ORDER BY j.id DESC LIMIT $1" };
static const struct db_stmt ABOUT = {
	"judgements_about", "ii",
	COLUMNS JOINS " AND (j.one_id = $1 OR j.other_id = $1) ORDER BY j.id DESC LIMIT $2"
};
static const struct db_stmt ADD = {
	"judgement_add", "biiiibbtiii",
	"INSERT INTO judgement (uuid, one_id, other_id, kind, state, reason, explanation, model,"
	" weight, judged_by, judged_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11)"
};
static const struct db_stmt CONFIRM = {
	"judgement_confirm", "iiib",
	"UPDATE judgement SET state = 2, second_by = $2, second_at = $3, second_reason = $4"
	" WHERE id = $1 AND state = 1"
};
static const struct db_stmt UNDO = {
	"judgement_undo", "iiii",
	"UPDATE judgement SET state = 3, undone_by = $3, undone_at = $4"
	" WHERE one_id = $1 AND other_id = $2 AND state IN (1, 2)"
};

const struct db_stmt *const judgement_statements[] = { &SIDE, &OF_PAIR, &STANDING, &ABOUT,
	                                               &ADD,  &CONFIRM, &UNDO,     NULL };

/* ---- reading ------------------------------------------------------------------------------------ */

enum status judged_side_load(struct db_read *r, const struct uuid *presence,
                             struct judged_side *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &SIDE, DB_ARGS(DB_BYTES(presence->bytes, UUID_BYTES)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct judged_side){ .id = db_int(&row, 0),
			                     .key_id = db_int(&row, 1),
			                     .first_processed_at = db_int(&row, 2),
			                     .uuid = uuid_stored(&row, 3),
			                     .subject_uuid = uuid_stored(&row, 4),
			                     .kind = (int)db_int(&row, 5),
			                     .in_casefile = db_int(&row, 6) == 1 };
	return st;
}

bool judgement_needs_two(enum judgement_kind kind, const struct judged_side *one,
                         const struct judged_side *other)
{
	return kind == JUDGEMENT_SAME && one->kind == SUBJECT_PERSON &&
	       (one->in_casefile || other->in_casefile);
}

enum { REASON_COLUMN = 14, EXPLANATION_COLUMN = 15, SECOND_REASON_COLUMN = 16 };
static const double MILLI = 1000;

static struct standing_judgement row_of(const struct db_rows *row, struct arena *a)
{
	return (struct standing_judgement){
		.id = db_int(row, 0),
		.one_id = db_int(row, 1),
		.other_id = db_int(row, 2),
		.uuid = uuid_stored(row, 3),
		.kind = (enum judgement_kind)db_int(row, 4),
		.state = (enum judgement_state)db_int(row, 5),
		.judged_by = db_int(row, 6),
		.judged_at = db_int(row, 7),
		.judged_person = db_int(row, 8),
		.judge = db_text(row, 9, a),
		.second_by = db_int(row, 10),
		.second = db_text(row, 11, a),
		.model = db_text(row, 12, a),
		.weight = (double)db_int(row, 13) / MILLI,
	};
}

struct pair {
	int64_t one, other;
};
static struct pair pair_of(int64_t a, int64_t b)
{
	return a < b ? (struct pair){ a, b } : (struct pair){ b, a };
}

enum status judgement_of_pair(struct db_read *r, int64_t one_id, int64_t other_id, struct arena *a,
                              struct standing_judgement *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct pair p = pair_of(one_id, other_id);
	enum status st =
	    db_query(r, &OF_PAIR, DB_ARGS(DB_INT(p.one), DB_INT(p.other)), &row, reterr);

	*ret = (struct standing_judgement){ 0 };
	if (st != OK)
		return st;
	if (db_next(&row)) {
		*ret = row_of(&row, a);
		ret->reason = db_bytes(&row, REASON_COLUMN, a, &ret->reason_len);
		ret->explanation = db_bytes(&row, EXPLANATION_COLUMN, a, &ret->explanation_len);
		if (!db_is_null(&row, SECOND_REASON_COLUMN))
			ret->second_reason =
			    db_bytes(&row, SECOND_REASON_COLUMN, a, &ret->second_reason_len);
	}
	return db_rows_end(&row, reterr);
}

static enum status list(struct db_read *r, const struct db_stmt *s, const struct db_value *args,
                        struct arena *a, struct array *ret, struct error *reterr)
{
	enum { FIRST_ROOM = 16 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	size_t room = FIRST_ROOM, count = 0;
	struct standing_judgement *to = ARENA_ARRAY(a, struct standing_judgement, room);

	enum status st = db_query(r, s, args, &rows, reterr);
	while (st == OK && count < JUDGEMENTS_MAX && db_next(&rows)) {
		if (count == room) {
			struct standing_judgement *wider =
			    ARENA_ARRAY(a, struct standing_judgement, room * 2);
			memcpy(wider, to, count * sizeof *to);
			to = wider;
			room *= 2;
		}
		to[count++] = row_of(&rows, a);
	}
	*ret = (struct array){ to, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status judgements_standing(struct db_read *r, struct arena *a, struct array *ret,
                                struct error *reterr)
{
	return list(r, &STANDING, DB_ARGS(DB_INT(JUDGEMENTS_MAX)), a, ret, reterr);
}

enum status judgements_about(struct db_read *r, int64_t presence_id, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	return list(r, &ABOUT, DB_ARGS(DB_INT(presence_id), DB_INT(JUDGEMENTS_MAX)), a, ret,
	            reterr);
}

/* ---- sealing -------------------------------------------------------------------------------------- */

static struct seal_place place_of(const char *column, const struct uuid *judgement)
{
	return (struct seal_place){ .table = "judgement",
		                    .column = column,
		                    .id = uuid_number(judgement) };
}

/* The key of both: it opens as long as both live. Wipe it. */
static enum status key_of_both(struct db_read *r, struct keyring *k, const struct judged_side *one,
                               const struct judged_side *other, struct seal_key *ret,
                               struct error *reterr)
{
	struct seal_key a, b;
	enum status st = key_load(r, k, one->key_id, KEY_PRESENCE, &a, reterr);

	if (st != OK)
		return st;
	st = key_load(r, k, other->key_id, KEY_PRESENCE, &b, reterr);
	if (st == OK) {
		*ret = seal_tie_key(uuid_number(&one->uuid), &a, uuid_number(&other->uuid), &b);
		seal_key_wipe(&b);
	}
	seal_key_wipe(&a);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): which pair, whose keys
enum status judgement_open(struct db_read *r, struct keyring *k, const struct standing_judgement *j,
                           const struct judged_side *one, const struct judged_side *other,
                           struct arena *a, struct judgement_words *ret, struct error *reterr)
{
	const struct seal_place reason = place_of("reason", &j->uuid);
	const struct seal_place explanation = place_of("explanation", &j->uuid);
	const struct seal_place second = place_of("second_reason", &j->uuid);
	struct seal_key key;
	size_t len = 0;

	*ret = (struct judgement_words){ .reason = NULL };
	enum status st = key_of_both(r, k, one, other, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &reason, j->reason, j->reason_len, a, &ret->reason, &len, reterr);
	if (st == OK && j->explanation != NULL)
		st = seal_open(&key, &explanation, j->explanation, j->explanation_len, a,
		               &ret->explanation, &len, reterr);
	if (st == OK && j->second_reason != NULL)
		st = seal_open(&key, &second, j->second_reason, j->second_reason_len, a,
		               &ret->second_reason, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

enum status judgement_seal(struct db_read *r, struct keyring *k, struct judging *j, struct arena *a,
                           struct error *reterr)
{
	struct seal_key key;
	enum status st = key_of_both(r, k, &j->one, &j->other, &key, reterr);

	if (st != OK)
		return st;
	j->uuid = uuid_at(j->now_ms);
	const struct seal_place reason = place_of("reason", &j->uuid);
	const struct seal_place explanation = place_of("explanation", &j->uuid);
	j->sealed_reason = seal_in(a, &key, &reason, j->reason, strlen(j->reason), &j->reason_len);
	j->sealed_explanation = seal_in(a, &key, &explanation, j->explanation,
	                                strlen(j->explanation), &j->explanation_len);
	if (j->waiting != NULL) {
		const struct seal_place second = place_of("second_reason", j->waiting);
		j->sealed_second =
		    seal_in(a, &key, &second, j->reason, strlen(j->reason), &j->second_len);
	}
	seal_key_wipe(&key);
	return OK;
}

/* ---- judging ---------------------------------------------------------------------------------------- */

static enum status confirm(struct db_tx *tx, const struct judging *j,
                           const struct standing_judgement *held, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = OK;

	if (j->waiting != NULL && memcmp(j->waiting->bytes, held->uuid.bytes, UUID_BYTES) == 0)
		st = db_exec(tx, &CONFIRM,
		             DB_ARGS(DB_INT(held->id), DB_INT(j->appointment_id), DB_INT(j->now_ms),
		                     DB_BYTES(j->sealed_second, j->second_len)),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Iemand was u voor. Bekijk hoe het nu staat.");
	return st == OK ? joined_settle(tx, j->one.id, reterr) : st;
}

/* What stands makes room, or refuses. */
static enum status make_room(struct db_tx *tx, const struct judging *j,
                             const struct standing_judgement *held, struct error *reterr)
{
	if (held->state == JUDGEMENT_HOLDS)
		return FAIL(reterr, ERR_CONFLICT,
		            "Over deze twee is al een oordeel. Maak dat eerst ongedaan.");
	if (held->judged_person == j->person_id)
		return FAIL(reterr, ERR_CONFLICT,
		            "U oordeelde hier al over. Een tweede persoon moet meekijken.");
	return judgement_undo_pair(tx, held->one_id, held->other_id, j->appointment_id, j->now_ms,
	                           reterr);
}

static enum status add(struct db_tx *tx, const struct judging *j, enum judgement_state state,
                       struct error *reterr)
{
	const struct pair p = pair_of(j->one.id, j->other.id);
	const bool joins = j->kind == JUDGEMENT_SAME && state == JUDGEMENT_HOLDS;

	const enum status st = db_exec(
	    tx, &ADD,
	    DB_ARGS(DB_BYTES(j->uuid.bytes, UUID_BYTES), DB_INT(p.one), DB_INT(p.other),
	            DB_INT(j->kind), DB_INT(state), DB_BYTES(j->sealed_reason, j->reason_len),
	            DB_BYTES(j->sealed_explanation, j->explanation_len), DB_TEXT(j->model),
	            DB_INT((int64_t)(j->weight * MILLI)), DB_INT(j->appointment_id),
	            DB_INT(j->now_ms)),
	    NULL, reterr);
	return st == OK && joins ? joined_settle(tx, p.one, reterr) : st;
}

enum status judgement_put(struct db_tx *tx, const struct judging *j, enum judging_outcome *ret,
                          struct error *reterr)
{
	const bool two = judgement_needs_two(j->kind, &j->one, &j->other);
	struct standing_judgement held;

	enum status st = judgement_of_pair(db_tx_read(tx), j->one.id, j->other.id, db_tx_arena(tx),
	                                   &held, reterr);
	if (st != OK)
		return st;
	if (held.id != 0 && held.state == JUDGEMENT_WAITS && j->kind == JUDGEMENT_SAME &&
	    held.judged_person != j->person_id) {
		*ret = JUDGING_CONFIRMED;
		return confirm(tx, j, &held, reterr);
	}
	if (held.id != 0)
		st = make_room(tx, j, &held, reterr);
	if (st != OK)
		return st;
	*ret = two ? JUDGING_WAITS : JUDGING_HOLDS;
	return add(tx, j, two ? JUDGEMENT_WAITS : JUDGEMENT_HOLDS, reterr);
}

enum status judgement_undo_pair(struct db_tx *tx, int64_t one_id, int64_t other_id,
                                int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	const struct pair p = pair_of(one_id, other_id);
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &UNDO,
	            DB_ARGS(DB_INT(p.one), DB_INT(p.other), DB_INT(appointment_id), DB_INT(now_ms)),
	            &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = joined_settle(tx, p.one, reterr);
	return st == OK ? joined_settle(tx, p.other, reterr) : st;
}
