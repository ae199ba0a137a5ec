#include "subjects/presence.h"
#include "platform/crypto/stored.h"

#include <string.h>

#include "subjects/presence_end.h"

#define PRESENCES_WHERE(which)                                                                     \
	"SELECT p.id, p.uuid, p.number, p.kind, p.role, p.key_id, k.period_id, k.wrapped"          \
	" FROM presence p LEFT JOIN sealed_key k ON k.id = p.key_id AND k.kind = 1"                \
	" WHERE " which " ORDER BY p.number, p.id LIMIT 100"
_Static_assert(KEY_PRESENCE == 1, "the statements above name the kind of key");
/* In the order of their presences, so that one walk joins them. */
#define FACTS_WHERE(which)                                                                         \
	"SELECT f.uuid, f.kind, f.category, f.phase, f.source_participant_id, f.value, f.raw,"     \
	" f.task, f.evaluation, f.presence_id FROM presence p JOIN fact f ON f.presence_id = p.id" \
	" WHERE " which " AND f.other_presence_id IS NULL"
#define IN_ORDER " ORDER BY p.number, p.id, f.kind, f.id LIMIT 4000"
/* What tells who it is (1 to 18: subject.h), in the first phase. */
#define IDENTITY_ALONE                                                                             \
	" AND f.kind < 19 AND f.phase <= 1"                                                        \
	" AND NOT EXISTS (SELECT 1 FROM fact_correction c WHERE c.fact_id = f.id)"
static const struct db_stmt PRESENCES = { "subject_presences", "i",
	                                  PRESENCES_WHERE("p.signal_id = $1") };
static const struct db_stmt FACTS = { "subject_facts", "i",
	                              FACTS_WHERE("p.signal_id = $1") IN_ORDER };
static const struct db_stmt PRESENCES_IN_CASEFILE = { "subject_presences_in_casefile", "i",
	                                              PRESENCES_WHERE("p.casefile_id = $1") };
static const struct db_stmt IDENTITIES_IN_CASEFILE = { "subject_identities_in_casefile", "i",
	                                               FACTS_WHERE("p.casefile_id = $1")
	                                                   IDENTITY_ALONE IN_ORDER };
static const struct db_stmt PRESENCE_ITSELF = { "subject_presence_itself", "i",
	                                        PRESENCES_WHERE("p.id = $1") };
static const struct db_stmt IDENTITY = { "subject_identity", "i",
	                                 FACTS_WHERE("p.id = $1") IDENTITY_ALONE IN_ORDER };
static const struct db_stmt LAST = {
	"subject_last", "i",
	"SELECT count(*), coalesce(max(number), 0) FROM presence WHERE signal_id = $1"
};
static const struct db_stmt ADD = {
	"subject_add", "bbiiiiii",
	"INSERT INTO presence (uuid, subject_uuid, signal_id, number, kind, role, key_id,"
	" created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id"
};
static const struct db_stmt ADD_FRESH = {
	"subject_add_fresh", "ibbiiiiiii",
	"INSERT INTO presence (id, uuid, subject_uuid, signal_id, number, kind, role, key_id,"
	" created_at, first_processed_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)"
};
static const struct db_stmt ADD_FACT = {
	"subject_add_fact", "biiiiIibbiii",
	"INSERT INTO fact (uuid, presence_id, kind, category, phase, source_participant_id,"
	" source_organ_id, task, judgement, evaluation, value, raw, received_at, recorded_by)"
	" VALUES ($1, $2, $3, $4, 0, $5, $6, $7, 0, $12, $8, $9, $10, $11)"
};
static const struct db_stmt ADD_TOKEN = {
	"subject_add_token", "iit",
	"INSERT INTO identifier_token (presence_id, kind, token) VALUES ($1, $2, $3)"
	" ON CONFLICT (token, kind, presence_id) DO NOTHING"
};
static const struct db_stmt BEGIN_CLOCK = {
	"subject_begin_clock", "ii",
	"UPDATE presence SET first_processed_at = $2 WHERE signal_id = $1"
	" AND first_processed_at = 0"
};
/* number 0: every presence of the signal. */
static const struct db_stmt DOOMED = {
	"subject_doomed", "ii",
	"SELECT id FROM presence WHERE signal_id = $1 AND ($2 = 0 OR number = $2)"
	" ORDER BY id LIMIT 100"
};
static const struct db_stmt DROP_TOKENS = { "subject_drop_tokens", "i",
	                                    "DELETE FROM identifier_token WHERE presence_id = $1" };
/* Its own facts: ties have a second presence. */
static const struct db_stmt DROP_OWN_FACTS = {
	"subject_drop_own_facts", "i",
	"DELETE FROM fact WHERE presence_id = $1 AND other_presence_id IS NULL"
};
static const struct db_stmt PRESENCE = {
	"subject_presence", "ii",
	"SELECT id, uuid, key_id, kind FROM presence WHERE signal_id = $1 AND number = $2"
};
static const struct db_stmt SET_ROLE = {
	"subject_set_role", "iii",
	"UPDATE presence SET role = $3, version = version + 1 WHERE id = $1 AND signal_id = $2"
};

const struct db_stmt *const subject_statements[] = { &PRESENCES,
	                                             &FACTS,
	                                             &LAST,
	                                             &ADD,
	                                             &ADD_FRESH,
	                                             &ADD_FACT,
	                                             &ADD_TOKEN,
	                                             &DOOMED,
	                                             &DROP_TOKENS,
	                                             &DROP_OWN_FACTS,
	                                             &PRESENCE,
	                                             &SET_ROLE,
	                                             &BEGIN_CLOCK,
	                                             &PRESENCES_IN_CASEFILE,
	                                             &IDENTITIES_IN_CASEFILE,
	                                             &IDENTITY,
	                                             &PRESENCE_ITSELF,
	                                             NULL };

/* The uuid stands for the row: it is known before the row is there. */
static struct seal_place place_of(const char *column, const struct uuid *fact,
                                  const struct uuid *presence, int64_t category, int64_t phase,
                                  int64_t source)
{
	return (struct seal_place){ .table = "fact",
		                    .column = column,
		                    .id = uuid_number(fact),
		                    .presence = uuid_number(presence),
		                    .category = category,
		                    .phase = phase,
		                    .source = source };
}

/* ---- reading ------------------------------------------------------------------------------------ */

struct presence_row {
	struct subject subject;
	struct uuid uuid;
	struct wrapped_key wrapped;
	struct seal_key key;
	bool opens; /* false: as if it had never been there */
};

static enum status read_presences(struct db_read *r, const struct db_stmt *of, int64_t owner_id,
                                  struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct presence_row *list = ARENA_ARRAY(a, struct presence_row, SUBJECTS_MAX);
	size_t count = 0;

	enum status st = db_query(r, of, DB_ARGS(DB_INT(owner_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < SUBJECTS_MAX && db_next(&rows)) {
		struct presence_row *p = &list[count++];
		*p = (struct presence_row){
			.subject = { .id = db_int(&rows, 0),
			             .number = db_int(&rows, 2),
			             .kind = (int)db_int(&rows, 3),
			             .role = (int)db_int(&rows, 4) },
			.uuid = uuid_stored(&rows, 1),
			.wrapped = key_beside(&rows, 5, 6, KEY_PRESENCE, a),
		};
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status open_fact(const struct db_rows *row, const struct seal_key *key,
                             const struct uuid *presence, struct arena *a, struct subject_fact *ret,
                             struct error *reterr)
{
	const struct uuid uuid = uuid_stored(row, 0);
	const int64_t category = db_int(row, 2), phase = db_int(row, 3), source = db_int(row, 4);
	const struct seal_place value = place_of("value", &uuid, presence, category, phase, source);
	const struct seal_place raw = place_of("raw", &uuid, presence, category, phase, source);
	size_t len = 0, plain_len = 0;

	*ret = (struct subject_fact){ .kind = (enum fact_kind)db_int(row, 1),
		                      .category = (enum law_category)category,
		                      .task = (int)db_int(row, 7),
		                      .evaluation = (int)db_int(row, 8) };
	const uint8_t *sealed = db_bytes(row, 5, a, &len);
	enum status st = seal_open(key, &value, sealed, len, a, &ret->value, &plain_len, reterr);
	sealed = db_bytes(row, 6, a, &len);
	return st == OK ? seal_open(key, &raw, sealed, len, a, &ret->raw, &plain_len, reterr) : st;
}

static enum status open_keys(struct keyring *k, struct array presences, struct error *reterr)
{
	struct presence_row *p = presences.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < presences.count; i++) {
		st = key_open(k, &p[i].wrapped, &p[i].key, reterr);
		p[i].opens = st == OK;
		st = st == ERR_NOT_FOUND ? OK : st; /* forgotten */
	}
	return st;
}

static enum status add_fact(const struct db_rows *row, struct presence_row *p, struct arena *a,
                            struct error *reterr)
{
	struct array *facts = &p->subject.facts;

	if (!p->opens || facts->count == FACT_KIND_COUNT)
		return OK;
	if (facts->items == NULL)
		facts->items = ARENA_ARRAY(a, struct subject_fact, FACT_KIND_COUNT);
	struct subject_fact *list = facts->items;
	return open_fact(row, &p->key, &p->uuid, a, &list[facts->count++], reterr);
}

/* Facts and presences stand in the same order. */
static enum status read_facts(struct db_read *r, const struct db_stmt *facts, int64_t owner_id,
                              struct array presences, struct arena *a, struct error *reterr)
{
	enum { PRESENCE_COLUMN = 9 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct presence_row *p = presences.items;
	size_t at = 0;

	enum status st = db_query(r, facts, DB_ARGS(DB_INT(owner_id)), &rows, reterr);
	while (st == OK && db_next(&rows)) {
		while (at < presences.count && p[at].subject.id != db_int(&rows, PRESENCE_COLUMN))
			at++;
		if (at < presences.count)
			st = add_fact(&rows, &p[at], a, reterr);
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

struct listing {
	const struct db_stmt *presences, *facts;
	int64_t owner_id;
};

static enum status list_subjects(struct db_read *r, struct keyring *k, const struct listing *l,
                                 struct arena *a, struct array *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_presences(r, l->presences, l->owner_id, a, &rows, reterr);
	struct presence_row *from = rows.items;
	struct subject *to = ARENA_ARRAY(a, struct subject, rows.count + 1);
	size_t count = 0;

	if (st == OK)
		st = open_keys(k, rows, reterr);
	if (st == OK && rows.count > 0)
		st = read_facts(r, l->facts, l->owner_id, rows, a, reterr);
	for (size_t i = 0; i < rows.count; i++) {
		seal_key_wipe(&from[i].key);
		if (from[i].opens)
			to[count++] = from[i].subject;
	}
	*ret = (struct array){ to, count };
	return st;
}

enum status subject_list(struct db_read *r, struct keyring *k, int64_t signal_id, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	const struct listing l = { &PRESENCES, &FACTS, signal_id };
	return list_subjects(r, k, &l, a, ret, reterr);
}

enum status subject_list_in_casefile(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                     struct arena *a, struct array *ret, struct error *reterr)
{
	const struct listing l = { &PRESENCES_IN_CASEFILE, &IDENTITIES_IN_CASEFILE, casefile_id };
	return list_subjects(r, k, &l, a, ret, reterr);
}

enum status subject_identity(struct db_read *r, struct keyring *k, int64_t presence_id,
                             struct arena *a, struct subject *ret, struct error *reterr)
{
	const struct listing l = { &PRESENCE_ITSELF, &IDENTITY, presence_id };
	struct array rows = { 0 };
	const enum status st = list_subjects(r, k, &l, a, &rows, reterr);

	if (st == OK && rows.count == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		*ret = *(const struct subject *)rows.items;
	return st;
}

/* ---- writing -------------------------------------------------------------------------------------- */

static struct sealed_fact seal_fact(const struct seal_key *key, const struct uuid *presence,
                                    const struct subject_fact *f, int64_t source, int64_t now_ms,
                                    struct arena *a)
{
	struct sealed_fact ret = { .uuid = uuid_at(now_ms),
		                   .kind = f->kind,
		                   .category = f->category,
		                   .task = f->task,
		                   .evaluation = f->evaluation,
		                   .organ_id = f->organ_id };
	const struct seal_place value =
	    place_of("value", &ret.uuid, presence, f->category, PHASE_SIGNAL, source);
	const struct seal_place raw =
	    place_of("raw", &ret.uuid, presence, f->category, PHASE_SIGNAL, source);

	ret.value = seal_in(a, key, &value, f->value, strlen(f->value), &ret.value_len);
	ret.raw = seal_in(a, key, &raw, f->raw, strlen(f->raw), &ret.raw_len);
	return ret;
}

static void seal_facts(const struct seal_key *key, const struct subject_fact *facts, size_t count,
                       const struct subject_source *source, int64_t now_ms, struct arena *a,
                       struct sealed_subject *ret)
{
	ret->fact_count = count;
	for (size_t i = 0; i < count; i++)
		ret->facts[i] =
		    seal_fact(key, &ret->uuid, &facts[i], source->participant_id, now_ms, a);
}

static void make_tokens(const struct mac_key *key, const struct subject_fact *facts, size_t count,
                        struct arena *a, struct sealed_subject *ret)
{
	struct subject_token tokens[FACT_KIND_COUNT];

	ret->token_count = subject_tokens(facts, count, a, tokens);
	for (size_t i = 0; i < ret->token_count; i++) {
		ret->tokens[i].kind = tokens[i].kind;
		identifier_token(key, tokens[i].name, tokens[i].normal, ret->tokens[i].token);
	}
}

// NOLINTNEXTLINE(readability-function-size): keys, place and time are apart on purpose
void subject_seal(struct keyring *k, const struct mac_key *identifier_key,
                  const struct subject_input *in, const struct subject_fact *facts, size_t count,
                  const struct subject_source *source, int64_t now_ms, struct arena *a,
                  struct sealed_subject *ret)
{
	*ret = (struct sealed_subject){ .uuid = uuid_at(now_ms),
		                        .subject_uuid = uuid_random(),
		                        .kind = in->kind,
		                        .role = in->role };
	key_fresh(k, KEY_PRESENCE, &ret->key);
	seal_facts(&ret->key.key, facts, count, source, now_ms, a, ret);
	make_tokens(identifier_key, facts, count, a, ret);
}

static enum status load_presence(struct db_read *r, int64_t signal_id, int64_t number,
                                 struct sealed_subject *ret, int64_t *ret_key_id,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &PRESENCE, DB_ARGS(DB_INT(signal_id), DB_INT(number)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	ret->presence_id = db_int(&row, 0);
	ret->uuid = uuid_stored(&row, 1);
	*ret_key_id = db_int(&row, 2);
	ret->kind = (int)db_int(&row, 3);
	return OK;
}

// NOLINTNEXTLINE(readability-function-size): subject_seal, and where what was there lies
enum status subject_reseal(struct db_read *r, struct keyring *k,
                           const struct mac_key *identifier_key, const struct subject_place *place,
                           const struct subject_input *in, const struct subject_fact *facts,
                           size_t count, const struct subject_source *source, int64_t now_ms,
                           struct arena *a, struct sealed_subject *ret, struct error *reterr)
{
	struct seal_key key;
	int64_t key_id = 0;

	*ret = (struct sealed_subject){ .role = in->role };
	enum status st = load_presence(r, place->signal_id, place->number, ret, &key_id, reterr);
	if (st == OK && ret->kind != in->kind)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = key_load(r, k, key_id, KEY_PRESENCE, &key, reterr);
	if (st != OK)
		return st;
	seal_facts(&key, facts, count, source, now_ms, a, ret);
	make_tokens(identifier_key, facts, count, a, ret);
	seal_key_wipe(&key);
	return OK;
}

static enum status next_number(struct db_tx *tx, int64_t signal_id, int64_t *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &LAST, DB_ARGS(DB_INT(signal_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	if (db_int(&row, 0) >= SUBJECTS_MAX)
		return FAIL(reterr, ERR_LIMIT,
		            "Een signaal gaat over ten hoogste 100 personen of zaken.");
	*ret = db_int(&row, 1) + 1;
	return OK;
}

static enum status add_parts(struct db_tx *tx, int64_t presence_id, const struct sealed_subject *s,
                             const struct subject_source *source, int64_t now_ms,
                             struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < s->fact_count; i++) {
		const struct sealed_fact *f = &s->facts[i];
		const int64_t organ = f->organ_id != 0 ? f->organ_id : source->organ_id;
		st = db_exec_late(
		    tx, &ADD_FACT,
		    DB_ARGS(DB_BYTES(f->uuid.bytes, UUID_BYTES), DB_INT(presence_id),
		            DB_INT(f->kind), DB_INT(f->category), DB_INT(source->participant_id),
		            organ != 0 ? DB_INT(organ) : DB_NULL,
		            DB_INT(f->task != 0 ? f->task : source->task),
		            DB_BYTES(f->value, f->value_len), DB_BYTES(f->raw, f->raw_len),
		            DB_INT(now_ms), DB_INT(source->appointment_id), DB_INT(f->evaluation)),
		    reterr);
	}
	for (size_t i = 0; st == OK && i < s->token_count; i++)
		st = db_exec_late(tx, &ADD_TOKEN,
		                  DB_ARGS(DB_INT(presence_id), DB_INT(s->tokens[i].kind),
		                          DB_TEXT(s->tokens[i].token)),
		                  reterr);
	return st;
}

enum status subject_add(struct db_tx *tx, int64_t signal_id, const struct sealed_subject *s,
                        const struct subject_source *source, int64_t now_ms, struct error *reterr)
{
	int64_t number = 0, id = 0;

	enum status st = next_number(tx, signal_id, &number, reterr);
	if (st == OK)
		st = key_store(tx, &s->key, reterr);
	if (st == OK)
		st = db_insert(tx, &ADD,
		               DB_ARGS(DB_BYTES(s->uuid.bytes, UUID_BYTES),
		                       DB_BYTES(s->subject_uuid.bytes, UUID_BYTES),
		                       DB_INT(signal_id), DB_INT(number), DB_INT(s->kind),
		                       DB_INT(s->role), DB_INT(s->key.id), DB_INT(now_ms)),
		               &id, reterr);
	return st == OK ? add_parts(tx, id, s, source, now_ms, reterr) : st;
}

enum status subject_add_fresh(struct db_tx *tx, const struct subject_fresh *at,
                              const struct sealed_subject *s, const struct subject_source *source,
                              int64_t now_ms, struct error *reterr)
{
	enum status st = key_store(tx, &s->key, reterr);

	if (st == OK)
		st = db_exec_late(tx, &ADD_FRESH,
		                  DB_ARGS(DB_INT(at->id), DB_BYTES(s->uuid.bytes, UUID_BYTES),
		                          DB_BYTES(s->subject_uuid.bytes, UUID_BYTES),
		                          DB_INT(at->signal_id), DB_INT(at->number),
		                          DB_INT(s->kind), DB_INT(s->role), DB_INT(s->key.id),
		                          DB_INT(now_ms), DB_INT(at->first_processed_at)),
		                  reterr);
	return st == OK ? add_parts(tx, at->id, s, source, now_ms, reterr) : st;
}

enum status subject_replace(struct db_tx *tx, int64_t signal_id, const struct sealed_subject *s,
                            const struct subject_source *source, int64_t now_ms,
                            struct error *reterr)
{
	const struct db_value *which = DB_ARGS(DB_INT(s->presence_id));
	int64_t changed = 0;

	enum status st = db_exec(
	    tx, &SET_ROLE, DB_ARGS(DB_INT(s->presence_id), DB_INT(signal_id), DB_INT(s->role)),
	    &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_OWN_FACTS, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_TOKENS, which, NULL, reterr);
	return st == OK ? add_parts(tx, s->presence_id, s, source, now_ms, reterr) : st;
}

static enum status find_doomed(struct db_tx *tx, int64_t signal_id, int64_t number,
                               int64_t ret[SUBJECTS_MAX], size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(db_tx_read(tx), &DOOMED,
	                          DB_ARGS(DB_INT(signal_id), DB_INT(number)), &rows, reterr);

	if (st != OK)
		return st;
	while (*ret_count < SUBJECTS_MAX && db_next(&rows))
		ret[(*ret_count)++] = db_int(&rows, 0);
	return db_rows_end(&rows, reterr);
}

enum status subject_remove(struct db_tx *tx, int64_t signal_id, int64_t number,
                           struct error *reterr)
{
	int64_t doomed[SUBJECTS_MAX];
	size_t count = 0;

	if (number <= 0)
		return FAIL_NOT_FOUND(reterr);
	enum status st = find_doomed(tx, signal_id, number, doomed, &count, reterr);
	if (st == OK && count == 0)
		return FAIL_NOT_FOUND(reterr);
	return st == OK ? presence_forget(tx, doomed[0], reterr) : st;
}

enum status subjects_destroy(struct db_tx *tx, int64_t signal_id, struct error *reterr)
{
	int64_t doomed[SUBJECTS_MAX];
	size_t count = 0;

	enum status st = find_doomed(tx, signal_id, 0, doomed, &count, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = presence_forget(tx, doomed[i], reterr);
	return st;
}

enum status subjects_begin_clock(struct db_tx *tx, int64_t signal_id, int64_t now_ms,
                                 struct error *reterr)
{
	return db_exec_late(tx, &BEGIN_CLOCK, DB_ARGS(DB_INT(signal_id), DB_INT(now_ms)), reterr);
}
