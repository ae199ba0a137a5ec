#include "subjects/correction.h"

#include <string.h>

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/stored.h"
#include "subjects/copy.h"
#include "work/work.h"

static const struct db_stmt PRESENCE = {
	"correction_presence", "ii",
	"SELECT p.id, p.uuid, p.key_id FROM presence p WHERE p.casefile_id = $1 AND p.number = $2"
};
static const struct db_stmt ADD = {
	"correction_add", "biiibii",
	"INSERT INTO fact_correction (uuid, casefile_id, fact_id, kind, reason, corrected_by,"
	" corrected_at) SELECT $1, $2, f.id, $4, $5, $6, $7 FROM fact f JOIN presence p"
	" ON p.id = f.presence_id WHERE f.id = $3 AND p.casefile_id = $2 AND NOT EXISTS"
	" (SELECT 1 FROM fact_correction k WHERE k.fact_id = $3)"
};
static const struct db_stmt ADDED = { "correction_added", "i",
	                              "SELECT id FROM fact_correction WHERE fact_id = $1" };
static const struct db_stmt REPLACE = {
	"correction_replace", "ib",
	"UPDATE fact_correction SET replaced_by = (SELECT f.id FROM fact f WHERE f.uuid = $2)"
	" WHERE id = $1"
};
static const struct db_stmt BLANK = { "correction_blank", "ib",
	                              "UPDATE fact SET value = $2, raw = $2 WHERE id = $1" };
static const struct db_stmt TELL = {
	"correction_tell", "iii",
	"INSERT INTO fact_correction_told (correction_id, appointment_id, told_at)"
	" VALUES ($1, $2, $3) ON CONFLICT (correction_id, appointment_id) DO NOTHING"
};
static const struct db_stmt SAW = {
	"corrections_saw", "iii",
	"UPDATE fact_correction_told SET seen_at = $3 WHERE appointment_id = $2 AND seen_at = 0"
	" AND correction_id IN (SELECT k.id FROM fact_correction k WHERE k.casefile_id = $1)"
};
static const struct db_stmt DROP_TOKENS = { "correction_drop_tokens", "i",
	                                    "DELETE FROM identifier_token WHERE presence_id = $1" };
static const struct db_stmt ADD_TOKEN = {
	"correction_add_token", "iit",
	"INSERT INTO identifier_token (presence_id, kind, token) VALUES ($1, $2, $3)"
	" ON CONFLICT (token, kind, presence_id) DO NOTHING"
};
static const struct db_stmt LIST = {
	"correction_list", "iii",
	"SELECT k.id, k.uuid, k.corrected_at, p.number, k.fact_id, coalesce(k.replaced_by, 0),"
	" k.kind, f.kind, coalesce(o.on_behalf, 'RIEC-bureau'), k.reason, p.uuid, p.key_id,"
	" (SELECT count(*) FROM fact_correction_told t WHERE t.correction_id = k.id),"
	" (SELECT count(*) FROM fact_correction_told t WHERE t.correction_id = k.id"
	" AND t.seen_at > 0), (SELECT count(*) FROM fact_correction_told t"
	" WHERE t.correction_id = k.id AND t.appointment_id = $3 AND t.seen_at = 0)"
	" FROM fact_correction k JOIN fact f ON f.id = k.fact_id"
	" JOIN presence p ON p.id = f.presence_id JOIN appointment a ON a.id = k.corrected_by"
	" LEFT JOIN organ o ON o.id = a.organ_id WHERE k.casefile_id = $1 AND f.phase <= $2"
	" ORDER BY k.corrected_at DESC, k.id DESC LIMIT 200"
};
const struct db_stmt *const correction_statements[] = { &PRESENCE,  &ADD,  &ADDED, &REPLACE,
	                                                &BLANK,     &TELL, &SAW,   &DROP_TOKENS,
	                                                &ADD_TOKEN, &LIST, NULL };

static struct seal_place reason_place(const struct uuid *uuid, const struct uuid *presence)
{
	return (struct seal_place){ .table = "fact_correction",
		                    .column = "reason",
		                    .id = uuid_number(uuid),
		                    .presence = uuid_number(presence) };
}

/* ---- sealing ----------------------------------------------------------------------------------- */

struct of_presence {
	int64_t id, key_id;
	struct uuid uuid;
};

static enum status find_presence(struct db_read *r, int64_t casefile_id, int64_t number,
                                 struct of_presence *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &PRESENCE, DB_ARGS(DB_INT(casefile_id), DB_INT(number)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret =
		    (struct of_presence){ db_int(&row, 0), db_int(&row, 2), uuid_stored(&row, 1) };
	return st;
}

static enum status seal_reason(struct db_read *r, struct keyring *k, const struct of_presence *p,
                               const char *reason, struct arena *a, struct sealed_correction *ret,
                               struct error *reterr)
{
	const struct seal_place place = reason_place(&ret->uuid, &p->uuid);
	struct seal_key key;

	enum status st = key_load(r, k, p->key_id, KEY_PRESENCE, &key, reterr);
	if (st != OK)
		return st;
	ret->reason = seal_in(a, &key, &place, reason, strlen(reason), &ret->reason_len);
	seal_key_wipe(&key);
	return OK;
}

static struct fact_new fact_of(const struct correction_new *in)
{
	const struct known_fact *f = in->old;

	return (struct fact_new){ .kind = f->kind,
		                  .category = f->category,
		                  .phase = (enum law_phase)f->phase,
		                  .text = in->text,
		                  .raw = in->raw,
		                  .version = f->version + 1,
		                  .is_judgement = f->is_judgement,
		                  .source_grade = f->source_grade,
		                  .information_grade = f->information_grade,
		                  .handling = f->handling,
		                  .task = f->task,
		                  .participant_id = f->participant_id,
		                  .organ_id = f->organ_id,
		                  .appointment_id = in->appointment_id };
}

/* What this subject is found by, once the correction counts: its other facts and the new one. */
// NOLINTNEXTLINE(readability-function-size): both keys, the fact and where it stands
static enum status make_tokens(struct db_read *r, struct keyring *k, const struct mac_key *key,
                               int64_t casefile_id, const struct correction_new *in,
                               struct arena *a, struct sealed_correction *ret, struct error *reterr)
{
	struct subject_fact facts[FACT_KIND_COUNT + 1];
	struct subject_token tokens[FACT_KIND_COUNT];
	struct array subjects = { 0 };
	size_t count = 0;

	ret->identifies = in->old->kind < FACT_KIND_COUNT;
	if (!ret->identifies)
		return OK;
	enum status st = subject_list_in_casefile(r, k, casefile_id, a, &subjects, reterr);
	const struct subject *s = subjects.items;
	for (size_t i = 0; st == OK && i < subjects.count; i++) {
		const struct subject_fact *f = s[i].facts.items;
		for (size_t j = 0;
		     s[i].id == ret->presence_id && j < s[i].facts.count && count < FACT_KIND_COUNT;
		     j++)
			if ((int)f[j].kind != in->old->kind)
				facts[count++] = f[j];
	}
	if (in->kind == CORRECTION_RECTIFIED)
		facts[count++] = (struct subject_fact){ .kind = (enum fact_kind)in->old->kind,
			                                .category = in->old->category,
			                                .raw = in->raw,
			                                .value = in->text };
	ret->token_count = subject_tokens(facts, count, a, tokens);
	for (size_t i = 0; i < ret->token_count; i++) {
		ret->tokens[i].kind = tokens[i].kind;
		identifier_token(key, tokens[i].name, tokens[i].normal, ret->tokens[i].token);
	}
	return st;
}

// NOLINTNEXTLINE(readability-function-size): keys and place are apart on purpose
enum status correction_seal(struct db_read *r, struct keyring *k,
                            const struct mac_key *identifier_key, int64_t casefile_id,
                            const struct correction_new *in, struct arena *a,
                            struct sealed_correction *ret, struct error *reterr)
{
	struct of_presence p = { 0 };

	*ret = (struct sealed_correction){ .uuid = uuid_at(in->now_ms),
		                           .old_uuid = in->old->uuid,
		                           .kind = in->kind,
		                           .fact_id = in->old->id,
		                           .appointment_id = in->appointment_id,
		                           .now_ms = in->now_ms };
	enum status st = find_presence(r, casefile_id, in->subject_number, &p, reterr);
	if (st == OK)
		st = seal_reason(r, k, &p, in->reason, a, ret, reterr);
	ret->presence_id = p.id;
	if (st == OK)
		st = make_tokens(r, k, identifier_key, casefile_id, in, a, ret, reterr);
	if (st != OK || in->kind == CORRECTION_WITHDRAWN)
		return st;
	const struct fact_new fact = fact_of(in);
	return casefile_fact_seal(r, k, casefile_id, in->subject_number, &fact, in->now_ms, a,
	                          &ret->replacement, reterr);
}

/* ---- in the job ----------------------------------------------------------------------------------- */

static enum status add(struct db_tx *tx, int64_t casefile_id, const struct sealed_correction *c,
                       int64_t *ret_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	int64_t changed = 0;

	enum status st =
	    db_exec(tx, &ADD,
	            DB_ARGS(DB_BYTES(c->uuid.bytes, UUID_BYTES), DB_INT(casefile_id),
	                    DB_INT(c->fact_id), DB_INT(c->kind), DB_BYTES(c->reason, c->reason_len),
	                    DB_INT(c->appointment_id), DB_INT(c->now_ms)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Iemand anders verbeterde dit gegeven al. Bekijk hoe het nu staat.");
	if (st == OK)
		st = db_query(db_tx_read(tx), &ADDED, DB_ARGS(DB_INT(c->fact_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret_id = db_int(&row, 0);
	return st;
}

static enum status put_tokens(struct db_tx *tx, const struct sealed_correction *c,
                              struct error *reterr)
{
	enum status st = OK;

	if (c->identifies)
		st = db_exec(tx, &DROP_TOKENS, DB_ARGS(DB_INT(c->presence_id)), NULL, reterr);
	for (size_t i = 0; st == OK && i < c->token_count; i++)
		st = db_exec(tx, &ADD_TOKEN,
		             DB_ARGS(DB_INT(c->presence_id), DB_INT(c->tokens[i].kind),
		                     DB_TEXT(c->tokens[i].token)),
		             NULL, reterr);
	return st;
}

static enum status give_task(struct db_tx *tx, const struct copy_holder *h, int64_t id,
                             int64_t now_ms, struct error *reterr)
{
	enum { DAYS = 5 };
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, h->appointment_id),
		.kind = WORK_FACT_CORRECTED,
		.object_kind = OBJECT_FACT,
		.object_id = id,
		.reference = h->reference,
		.due_day = working_days_add(local_day(now_ms), DAYS, NULL),
		.created_at = now_ms,
	};
	return work_add(tx, &task, reterr);
}

static enum status tell(struct db_tx *tx, const struct copy_holder *h, int64_t id, int64_t now_ms,
                        struct error *reterr)
{
	const struct work_news news = {
		.at = now_ms,
		.kind = h->object_kind == OBJECT_REQUEST        ? NEWS_REQUEST_FACT_CORRECTED
		        : h->object_kind == OBJECT_INTERVENTION ? NEWS_REPORT_FACT_CORRECTED
		                                                : NEWS_FACT_CORRECTED,
		.object_kind = h->object_kind,
		.object_id = h->object_id,
		.reference = h->reference,
	};

	enum status st =
	    db_exec(tx, &TELL, DB_ARGS(DB_INT(id), DB_INT(h->appointment_id), DB_INT(now_ms)), NULL,
	            reterr);
	if (st == OK)
		st = work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, h->appointment_id), &news,
		               reterr);
	return st == OK && h->object_kind == OBJECT_CASEFILE ? give_task(tx, h, id, now_ms, reterr)
	                                                     : st;
}

static enum status tell_holders(struct db_tx *tx, const struct sealed_correction *c, int64_t id,
                                int64_t *ret_told, struct error *reterr)
{
	struct array holders = { 0 };
	enum status st =
	    copy_holders(db_tx_read(tx), &c->old_uuid, db_tx_arena(tx), &holders, reterr);
	const struct copy_holder *h = holders.items;

	*ret_told = 0;
	for (size_t i = 0; st == OK && i < holders.count; i++) {
		if (h[i].appointment_id == c->appointment_id)
			continue;
		st = tell(tx, &h[i], id, c->now_ms, reterr);
		++*ret_told;
	}
	return st;
}

enum status correction_put(struct db_tx *tx, const struct correction_place *where,
                           const struct sealed_correction *c, int64_t *ret_told,
                           struct error *reterr)
{
	int64_t id = 0;

	enum status st = add(tx, where->casefile_id, c, &id, reterr);
	if (st == OK && c->kind == CORRECTION_WITHDRAWN)
		st =
		    db_exec(tx, &BLANK, DB_ARGS(DB_INT(c->fact_id), DB_BYTES("", 0)), NULL, reterr);
	if (st == OK && c->kind == CORRECTION_RECTIFIED) {
		const struct uuid *uuid = &c->replacement.uuid;
		st = casefile_fact_add(tx, where->casefile_id, &c->replacement, c->now_ms, reterr);
		if (st == OK)
			st = db_exec(tx, &REPLACE,
			             DB_ARGS(DB_INT(id), DB_BYTES(uuid->bytes, UUID_BYTES)), NULL,
			             reterr);
	}
	if (st == OK)
		st = put_tokens(tx, c, reterr);
	return st == OK ? tell_holders(tx, c, id, ret_told, reterr) : st;
}

enum status corrections_saw(struct db_tx *tx, const struct correction_place *where,
                            int64_t appointment_id, int64_t person_id, int64_t now_ms,
                            struct error *reterr)
{
	const struct work_mine mine = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, appointment_id),
		.kind = WORK_FACT_CORRECTED,
		.reference = where->reference,
	};
	enum status st = db_exec(
	    tx, &SAW, DB_ARGS(DB_INT(where->casefile_id), DB_INT(appointment_id), DB_INT(now_ms)),
	    NULL, reterr);
	return st == OK ? work_done_mine(tx, &mine, person_id, now_ms, reterr) : st;
}

/* ---- reading --------------------------------------------------------------------------------------- */

struct sealed_row {
	struct correction_row row;
	struct uuid uuid, presence;
	int64_t key_id;
	const uint8_t *reason;
	size_t len;
};

static enum status read_rows(struct db_read *r, const struct db_value *args, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct sealed_row *list = ARENA_ARRAY(a, struct sealed_row, MAX);
	size_t count = 0;

	enum status st = db_query(r, &LIST, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		struct sealed_row *s = &list[count++];
		*s = (struct sealed_row){ .row = { .id = db_int(&rows, 0),
			                           .at = db_int(&rows, 2),
			                           .subject_number = db_int(&rows, 3),
			                           .fact_id = db_int(&rows, 4),
			                           .replaced_by = db_int(&rows, 5),
			                           .kind = (int)db_int(&rows, 6),
			                           .fact_kind = (int)db_int(&rows, 7),
			                           .by = db_text(&rows, 8, a),
			                           .told = db_int(&rows, 12),
			                           .seen = db_int(&rows, 13),
			                           .waits_for_me = db_int(&rows, 14) > 0 },
			                  .uuid = uuid_stored(&rows, 1),
			                  .presence = uuid_stored(&rows, 10),
			                  .key_id = db_int(&rows, 11) };
		s->reason = db_bytes(&rows, 9, a, &s->len);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status open_row(struct db_read *r, struct keyring *k, struct sealed_row *s,
                            struct arena *a, struct error *reterr)
{
	const struct seal_place place = reason_place(&s->uuid, &s->presence);
	struct seal_key key;
	size_t len = 0;

	enum status st = key_load(r, k, s->key_id, KEY_PRESENCE, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &place, s->reason, s->len, a, &s->row.reason, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): who looks, at what, how far
enum status correction_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                            int max_phase, int64_t appointment_id, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st =
	    read_rows(r, DB_ARGS(DB_INT(casefile_id), DB_INT(max_phase), DB_INT(appointment_id)), a,
	              &rows, reterr);
	struct sealed_row *from = rows.items;
	struct correction_row *to = ARENA_ARRAY(a, struct correction_row, rows.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		st = open_row(r, k, &from[i], a, reterr);
		if (st == ERR_NOT_FOUND)
			st = OK; /* forgotten: as if it had never been there */
		else
			to[count++] = from[i].row;
	}
	*ret = (struct array){ to, count };
	return st;
}
