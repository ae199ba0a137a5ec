#include "subjects/casefile_tie.h"
#include "platform/crypto/stored.h"

#include <string.h>

#include "subjects/presence_end.h"

static const struct db_stmt END = {
	"casefile_tie_end", "ii",
	"SELECT uuid, key_id, kind, role FROM presence WHERE casefile_id = $1 AND number = $2"
};
static const struct db_stmt COUNT = {
	"casefile_tie_count", "i",
	"SELECT count(*) FROM presence p JOIN fact f ON f.presence_id = p.id"
	" WHERE p.casefile_id = $1 AND f.other_presence_id IS NOT NULL"
};
static const struct db_stmt ADD = {
	"casefile_tie_add", "bibbiiiiIibbiiB",
	"INSERT INTO fact (uuid, presence_id, other_presence_id, kind, category, phase,"
	" source_participant_id, source_organ_id, task, judgement, value, raw, received_at,"
	" recorded_by, period) SELECT $1, p.id, q.id, $5, $6, $7, $8, $9, $10, 0, $11, $12, $13,"
	" $14, $15 FROM presence p, presence q WHERE p.casefile_id = $2 AND p.uuid = $3"
	" AND q.casefile_id = $2 AND q.uuid = $4 AND NOT EXISTS (SELECT 1 FROM fact f"
	" WHERE f.presence_id = p.id AND f.other_presence_id = q.id AND f.kind = $5"
	" AND f.source_participant_id = $8 AND NOT EXISTS (SELECT 1 FROM fact_correction k"
	" WHERE k.fact_id = f.id))"
};
static const struct db_stmt LAST = {
	"casefile_tie_last", "i",
	"SELECT count(p.id), coalesce(max(CASE WHEN p.number > c.last_number THEN p.number"
	" ELSE c.last_number END), 0) FROM casefile c LEFT JOIN presence p"
	" ON p.casefile_id = c.id WHERE c.id = $1"
};
static const struct db_stmt ADD_PRESENCE = {
	"casefile_circle_add", "bbiiiii",
	"INSERT INTO presence (uuid, subject_uuid, casefile_id, number, kind, role, key_id,"
	" first_processed_at, created_at) VALUES ($1, $2, $3, $4, $5, 2, $6, $7, $7)"
	" RETURNING id"
};
static const struct db_stmt ADD_TOKEN = {
	"casefile_circle_token", "iit",
	"INSERT INTO identifier_token (presence_id, kind, token) VALUES ($1, $2, $3)"
	" ON CONFLICT (token, kind, presence_id) DO NOTHING"
};
const struct db_stmt *const casefile_tie_statements[] = { &END,          &COUNT,     &ADD, &LAST,
	                                                  &ADD_PRESENCE, &ADD_TOKEN, NULL };

static struct seal_place place_of(const char *column, const struct sealed_casefile_tie *t)
{
	return (struct seal_place){ .table = "fact",
		                    .column = column,
		                    .id = uuid_number(&t->uuid),
		                    .presence = uuid_number(&t->from),
		                    .category = t->in.category,
		                    .phase = t->in.phase,
		                    .source = t->in.source.participant_id };
}

static enum status load_end(struct db_read *r, struct keyring *k, int64_t casefile_id,
                            int64_t number, struct tie_end *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &END, DB_ARGS(DB_INT(casefile_id), DB_INT(number)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct tie_end){ .kind = (int)db_int(&row, 2), .role = (int)db_int(&row, 3) };
	ret->uuid = uuid_stored(&row, 0);
	const int64_t key_id = db_int(&row, 1);
	db_rows_close(&row); /* a second statement runs when the first is done */
	return key_load(r, k, key_id, KEY_PRESENCE, &ret->key, reterr);
}

/* "19800|20100"; nothing where nothing was said. */
static void seal_between(const struct tie_end *from, const struct tie_end *to,
                         const struct casefile_tie_new *in, int64_t now_ms, struct arena *a,
                         struct sealed_casefile_tie *ret)
{
	struct seal_key key =
	    seal_tie_key(uuid_number(&from->uuid), &from->key, uuid_number(&to->uuid), &to->key);

	*ret = (struct sealed_casefile_tie){
		.uuid = uuid_at(now_ms), .from = from->uuid, .to = to->uuid, .in = *in
	};
	const struct seal_place value = place_of("value", ret), raw = place_of("raw", ret);
	const struct seal_place period = place_of("period", ret);
	ret->value = seal_in(a, &key, &value, in->note, strlen(in->note), &ret->value_len);
	ret->raw = seal_in(a, &key, &raw, in->note, strlen(in->note), &ret->raw_len);
	if (in->from_day != INT64_MIN || in->until_day != INT64_MIN) {
		const char *text =
		    arena_printf(a, "%lld|%lld", (long long)in->from_day, (long long)in->until_day);
		ret->period = seal_in(a, &key, &period, text, strlen(text), &ret->period_len);
	}
	seal_key_wipe(&key);
}

// NOLINTNEXTLINE(readability-function-size): two subjects, their keys and what binds them
enum status casefile_tie_seal(struct db_read *r, struct keyring *k, int64_t casefile_id,
                              const struct casefile_tie_new *in, int64_t now_ms, struct arena *a,
                              struct sealed_casefile_tie *ret, struct error *reterr)
{
	struct tie_end from, to;

	enum status st = load_end(r, k, casefile_id, in->from, &from, reterr);
	if (st != OK)
		return st;
	st = load_end(r, k, casefile_id, in->to, &to, reterr);
	if (st == OK) {
		seal_between(&from, &to, in, now_ms, a, ret);
		seal_key_wipe(&to.key);
	}
	seal_key_wipe(&from.key);
	return st;
}

static enum status count_ties(struct db_tx *tx, int64_t casefile_id, int64_t *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &COUNT, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

enum status casefile_tie_add(struct db_tx *tx, int64_t casefile_id,
                             const struct sealed_casefile_tie *t, int64_t now_ms,
                             struct error *reterr)
{
	const struct casefile_tie_new *in = &t->in;
	int64_t count = 0, changed = 0;

	enum status st = count_ties(tx, casefile_id, &count, reterr);
	if (st == OK && count >= TIES_MAX)
		return FAIL(reterr, ERR_LIMIT, "Een casus heeft ten hoogste 500 banden.");
	if (st == OK)
		st = db_exec(
		    tx, &ADD,
		    DB_ARGS(DB_BYTES(t->uuid.bytes, UUID_BYTES), DB_INT(casefile_id),
		            DB_BYTES(t->from.bytes, UUID_BYTES), DB_BYTES(t->to.bytes, UUID_BYTES),
		            DB_INT(in->kind), DB_INT(in->category), DB_INT(in->phase),
		            DB_INT(in->source.participant_id),
		            in->source.organ_id != 0 ? DB_INT(in->source.organ_id) : DB_NULL,
		            DB_INT(in->source.task), DB_BYTES(t->value, t->value_len),
		            DB_BYTES(t->raw, t->raw_len), DB_INT(now_ms),
		            DB_INT(in->source.appointment_id),
		            t->period != NULL ? DB_BYTES(t->period, t->period_len) : DB_NULL),
		    &changed, reterr);
	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT, "Deze band staat er al van uw organisatie.")
	           : st;
}

/* ---- the direct circle -------------------------------------------------------------------------- */

static void seal_facts(const struct subject_fact *facts, size_t count,
                       const struct subject_source *source, int64_t now_ms, struct arena *a,
                       struct sealed_circle *ret)
{
	ret->fact_count = count;
	for (size_t i = 0; i < count; i++) {
		struct sealed_known_fact *f = &ret->facts[i];
		const struct fact_new in = { .kind = (int)facts[i].kind,
			                     .category = facts[i].category,
			                     .phase = law_category(facts[i].category)->phase,
			                     .text = facts[i].value,
			                     .raw = facts[i].raw,
			                     .task = source->task,
			                     .participant_id = source->participant_id,
			                     .organ_id = source->organ_id,
			                     .appointment_id = source->appointment_id };
		fact_seal_under(&ret->key.key, &ret->uuid, &in, now_ms, a, f);
	}
}

static void make_tokens(const struct mac_key *key, const struct subject_fact *facts, size_t count,
                        struct arena *a, struct sealed_circle *ret)
{
	struct subject_token tokens[FACT_KIND_COUNT];

	ret->token_count = subject_tokens(facts, count, a, tokens);
	for (size_t i = 0; i < ret->token_count; i++) {
		ret->tokens[i].kind = tokens[i].kind;
		identifier_token(key, tokens[i].name, tokens[i].normal, ret->tokens[i].token);
	}
}

// NOLINTNEXTLINE(readability-function-size): who, what is known of him, and his tie
enum status casefile_circle_seal(struct db_read *r, struct keyring *k,
                                 const struct mac_key *identifier_key, int64_t casefile_id,
                                 int kind, const struct subject_fact *facts, size_t count,
                                 const struct casefile_tie_new *tie, int64_t now_ms,
                                 struct arena *a, struct sealed_circle *ret, struct error *reterr)
{
	struct tie_end from = { .kind = kind, .role = ROLE_DIRECT_CIRCLE }, to;
	enum status st = load_end(r, k, casefile_id, tie->to, &to, reterr);

	if (st != OK)
		return st;
	*ret = (struct sealed_circle){ .uuid = uuid_at(now_ms),
		                       .subject_uuid = uuid_random(),
		                       .kind = kind };
	key_fresh(k, KEY_PRESENCE, &ret->key);
	seal_facts(facts, count, &tie->source, now_ms, a, ret);
	make_tokens(identifier_key, facts, count, a, ret);
	from.uuid = ret->uuid;
	from.key = ret->key.key;
	seal_between(&from, &to, tie, now_ms, a, &ret->tie);
	seal_key_wipe(&from.key);
	seal_key_wipe(&to.key);
	seal_key_wipe(&ret->key.key);
	return OK;
}

static enum status next_number(struct db_tx *tx, int64_t casefile_id, int64_t *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &LAST, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	if (db_int(&row, 0) >= SUBJECTS_MAX)
		return FAIL(reterr, ERR_LIMIT,
		            "Een casus gaat over ten hoogste 100 personen of zaken.");
	*ret = db_int(&row, 1) + 1;
	return OK;
}

static enum status add_parts(struct db_tx *tx, int64_t casefile_id, int64_t presence_id,
                             const struct sealed_circle *c, int64_t now_ms, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->fact_count; i++) {
		struct sealed_known_fact f = c->facts[i];
		f.presence_id = presence_id;
		st = casefile_fact_add(tx, casefile_id, &f, now_ms, reterr);
	}
	for (size_t i = 0; st == OK && i < c->token_count; i++)
		st = db_exec(tx, &ADD_TOKEN,
		             DB_ARGS(DB_INT(presence_id), DB_INT(c->tokens[i].kind),
		                     DB_TEXT(c->tokens[i].token)),
		             NULL, reterr);
	return st;
}

enum status casefile_circle_add(struct db_tx *tx, int64_t casefile_id,
                                const struct sealed_circle *c, int64_t now_ms, int64_t *ret_number,
                                struct error *reterr)
{
	int64_t id = 0;

	enum status st = next_number(tx, casefile_id, ret_number, reterr);
	if (st == OK)
		st = key_store(tx, &c->key, reterr);
	if (st == OK)
		st = db_insert(tx, &ADD_PRESENCE,
		               DB_ARGS(DB_BYTES(c->uuid.bytes, UUID_BYTES),
		                       DB_BYTES(c->subject_uuid.bytes, UUID_BYTES),
		                       DB_INT(casefile_id), DB_INT(*ret_number), DB_INT(c->kind),
		                       DB_INT(c->key.id), DB_INT(now_ms)),
		               &id, reterr);
	if (st == OK)
		st = add_parts(tx, casefile_id, id, c, now_ms, reterr);
	if (st == OK)
		st = casefile_tie_add(tx, casefile_id, &c->tie, now_ms, reterr);
	return st == OK ? casefile_circle_check(tx, casefile_id, reterr) : st;
}

enum status casefile_circle_check(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	struct array astray = { 0 };
	enum status st =
	    presences_astray(db_tx_read(tx), 0, casefile_id, db_tx_arena(tx), &astray, reterr);

	if (st == OK && astray.count > 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Iemand uit de directe kring houdt zo geen band over met een "
		            "hoofdpersoon. Leg eerst een andere band.");
	return st;
}
