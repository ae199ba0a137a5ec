/* From the signal to the casefile: what is known is sealed anew, under keys of its own. */
#include "subjects/casefile_subject.h"
#include "platform/crypto/stored.h"
#include "subjects/tie.h"

static const struct db_stmt FROM = {
	"carry_presences", "i",
	"SELECT id, uuid, subject_uuid, number, kind, role, key_id, CASE WHEN"
	" first_processed_at > 0 THEN first_processed_at ELSE created_at END"
	" FROM presence WHERE signal_id = $1 ORDER BY number, id LIMIT 100"
};
static const struct db_stmt FACTS = {
	"carry_facts", "i",
	"SELECT p.id, coalesce(f.other_presence_id, 0), f.uuid, f.kind, f.category, f.phase,"
	" f.source_participant_id, coalesce(f.source_organ_id, 0), f.task, f.judgement,"
	" f.evaluation, f.handling, f.value, f.raw, f.received_at, f.recorded_by"
	" FROM presence p JOIN fact f ON f.presence_id = p.id WHERE p.signal_id = $1"
	" ORDER BY p.number, f.kind, f.id LIMIT 4000"
};
static const struct db_stmt ADD = {
	"carry_presence_add", "bbiiiiiii",
	"INSERT INTO presence (uuid, subject_uuid, casefile_id, number, kind, role, key_id,"
	" first_processed_at, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9)"
	" RETURNING id"
};
static const struct db_stmt ADD_TOKENS = {
	"carry_tokens_add", "ii",
	"INSERT INTO identifier_token (presence_id, kind, token) SELECT $1, kind, token"
	" FROM identifier_token WHERE presence_id = $2"
};
static const struct db_stmt ADD_FACT = {
	"carry_fact_add", "biIiiiiIiiiibbii",
	"INSERT INTO fact (uuid, presence_id, other_presence_id, kind, category, phase,"
	" source_participant_id, source_organ_id, task, judgement, evaluation, handling, value,"
	" raw, received_at, recorded_by) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11,"
	" $12, $13, $14, $15, $16)"
};
static const struct db_stmt LAST = {
	"carry_last", "i",
	"SELECT count(p.id), coalesce(max(CASE WHEN p.number > c.last_number THEN p.number"
	" ELSE c.last_number END), 0) FROM casefile c LEFT JOIN presence p"
	" ON p.casefile_id = c.id WHERE c.id = $1"
};
const struct db_stmt *const carry_statements[] = { &FROM,     &FACTS, &ADD, &ADD_TOKENS,
	                                           &ADD_FACT, &LAST,  NULL };

struct carried_presence {
	int64_t from_id, number, from_key, first_processed_at;
	struct uuid from, uuid, subject_uuid;
	int kind, role;
	struct fresh_key key;
	struct seal_key old;
	bool opens; /* false: forgotten in the signal */
};
struct carried_fact {
	size_t presence, other; /* index of the presences */
	bool is_tie;
	struct uuid from, uuid;
	int64_t kind, category, from_phase, phase, participant, organ, task, judgement;
	int64_t evaluation, handling, received_at, recorded_by;
	const uint8_t *value, *raw;
	size_t value_len, raw_len;
};

static enum status read_presences(struct db_read *r, int64_t signal_id, int64_t now_ms,
                                  struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct carried_presence *list = ARENA_ARRAY(a, struct carried_presence, SUBJECTS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &FROM, DB_ARGS(DB_INT(signal_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < SUBJECTS_MAX && db_next(&rows))
		list[count++] = (struct carried_presence){
			.from_id = db_int(&rows, 0),
			.from = uuid_stored(&rows, 1),
			.subject_uuid = uuid_stored(&rows, 2),
			.number = db_int(&rows, 3),
			.kind = (int)db_int(&rows, 4),
			.role = (int)db_int(&rows, 5),
			.from_key = db_int(&rows, 6),
			.first_processed_at = db_int(&rows, 7),
			.uuid = uuid_at(now_ms),
		};
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* Index of the presence with this id; count: none. */
static size_t index_of(const struct array *presences, int64_t id)
{
	const struct carried_presence *p = presences->items;
	size_t i = 0;

	while (i < presences->count && p[i].from_id != id)
		i++;
	return i;
}

static void read_fact(const struct db_rows *row, const struct array *presences, int64_t now_ms,
                      struct arena *a, struct carried_fact *ret)
{
	const struct law_category_row *category = law_category((enum law_category)db_int(row, 4));

	*ret = (struct carried_fact){
		.presence = index_of(presences, db_int(row, 0)),
		.other = index_of(presences, db_int(row, 1)),
		.is_tie = db_int(row, 1) != 0,
		.from = uuid_stored(row, 2),
		.uuid = uuid_at(now_ms),
		.kind = db_int(row, 3),
		.category = db_int(row, 4),
		.from_phase = db_int(row, 5),
		.phase = category != NULL ? (int64_t)category->phase : PHASE_UNKNOWN,
		.participant = db_int(row, 6),
		.organ = db_int(row, 7),
		.task = db_int(row, 8),
		.judgement = db_int(row, 9),
		.evaluation = db_int(row, 10),
		.handling = db_int(row, 11),
		.received_at = db_int(row, 14),
		.recorded_by = db_int(row, 15),
	};
	ret->value = db_bytes(row, 12, a, &ret->value_len);
	ret->raw = db_bytes(row, 13, a, &ret->raw_len);
}

/* Only the first phase is open in a new casefile. */
static enum status read_facts(struct db_read *r, int64_t signal_id, const struct array *presences,
                              int64_t now_ms, struct arena *a, struct array *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct carried_fact *list = ARENA_ARRAY(a, struct carried_fact, CASEFILE_FACTS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &FACTS, DB_ARGS(DB_INT(signal_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < CASEFILE_FACTS_MAX && db_next(&rows)) {
		struct carried_fact *f = &list[count];
		read_fact(&rows, presences, now_ms, a, f);
		count += f->phase <= PHASE_1 && f->presence < presences->count &&
		         (!f->is_tie || f->other < presences->count);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static struct seal_place place_of(const char *column, const struct uuid *fact,
                                  const struct uuid *presence, const struct carried_fact *f,
                                  int64_t phase)
{
	return (struct seal_place){ .table = "fact",
		                    .column = column,
		                    .id = uuid_number(fact),
		                    .presence = uuid_number(presence),
		                    .category = f->category,
		                    .phase = phase,
		                    .source = f->participant };
}

struct both_keys {
	struct seal_key old, new;
};

static struct both_keys keys_of(const struct carried_presence *p, const struct carried_fact *f)
{
	const struct carried_presence *from = &p[f->presence], *to = &p[f->other];

	if (!f->is_tie)
		return (struct both_keys){ from->old, from->key.key };
	return (struct both_keys){
		seal_tie_key(uuid_number(&from->from), &from->old, uuid_number(&to->from),
		             &to->old),
		seal_tie_key(uuid_number(&from->uuid), &from->key.key, uuid_number(&to->uuid),
		             &to->key.key),
	};
}

static enum status reseal(const struct carried_presence *p, struct carried_fact *f, struct arena *a,
                          struct error *reterr)
{
	static const char *const COLUMNS[] = { "value", "raw" };
	const uint8_t **const bytes[] = { &f->value, &f->raw };
	size_t *const lens[] = { &f->value_len, &f->raw_len };
	struct both_keys keys = keys_of(p, f);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof COLUMNS / sizeof COLUMNS[0]; i++) {
		const struct seal_place old =
		    place_of(COLUMNS[i], &f->from, &p[f->presence].from, f, f->from_phase);
		const struct seal_place new =
		    place_of(COLUMNS[i], &f->uuid, &p[f->presence].uuid, f, f->phase);
		const char *plain = NULL;
		size_t len = 0;
		st = seal_open(&keys.old, &old, *bytes[i], *lens[i], a, &plain, &len, reterr);
		if (st == OK)
			*bytes[i] = seal_in(a, &keys.new, &new, plain, len, lens[i]);
	}
	seal_key_wipe(&keys.old);
	seal_key_wipe(&keys.new);
	return st;
}

static enum status take_keys(struct db_read *r, struct keyring *k, struct array presences,
                             struct error *reterr)
{
	struct carried_presence *p = presences.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < presences.count; i++) {
		st = key_load(r, k, p[i].from_key, KEY_PRESENCE, &p[i].old, reterr);
		p[i].opens = st == OK;
		if (st == ERR_NOT_FOUND) /* forgotten: as if it had never been there */
			st = OK;
		if (p[i].opens)
			key_fresh(k, KEY_PRESENCE, &p[i].key);
	}
	return st;
}

static void drop_keys(struct array presences)
{
	struct carried_presence *p = presences.items;

	for (size_t i = 0; i < presences.count; i++) {
		seal_key_wipe(&p[i].old);
		seal_key_wipe(&p[i].key.key);
	}
}

enum status subjects_carry(struct db_read *r, struct keyring *k, int64_t signal_id, int64_t now_ms,
                           struct arena *a, struct carried_subjects *ret, struct error *reterr)
{
	enum status st = read_presences(r, signal_id, now_ms, a, &ret->presences, reterr);

	if (st == OK)
		st = read_facts(r, signal_id, &ret->presences, now_ms, a, &ret->facts, reterr);
	if (st == OK)
		st = take_keys(r, k, ret->presences, reterr);
	const struct carried_presence *p = ret->presences.items;
	struct carried_fact *f = ret->facts.items;
	size_t kept = 0;
	for (size_t i = 0; st == OK && i < ret->facts.count; i++) {
		if (!p[f[i].presence].opens || (f[i].is_tie && !p[f[i].other].opens))
			continue;
		st = reseal(p, &f[i], a, reterr);
		f[kept++] = f[i];
	}
	ret->facts.count = kept;
	drop_keys(ret->presences);
	return st;
}

/* ---- in the job ------------------------------------------------------------------------------- */

/* The numbers go on behind those that are there. */
static enum status last_number(struct db_tx *tx, int64_t casefile_id, size_t more, int64_t *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &LAST, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	if (db_int(&row, 0) + (int64_t)more > SUBJECTS_MAX)
		return FAIL(reterr, ERR_LIMIT,
		            "Een casus gaat over ten hoogste 100 personen en zaken.");
	*ret = db_int(&row, 1);
	return OK;
}

// NOLINTNEXTLINE(readability-function-size): which one, where, under which number
static enum status put_presence(struct db_tx *tx, int64_t casefile_id, int64_t number,
                                const struct carried_presence *p, int64_t now_ms, int64_t *ret_id,
                                struct error *reterr)
{
	enum status st = key_store(tx, &p->key, reterr);

	if (st == OK)
		st = db_insert(tx, &ADD,
		               DB_ARGS(DB_BYTES(p->uuid.bytes, UUID_BYTES),
		                       DB_BYTES(p->subject_uuid.bytes, UUID_BYTES),
		                       DB_INT(casefile_id), DB_INT(number), DB_INT(p->kind),
		                       DB_INT(p->role), DB_INT(p->key.id),
		                       DB_INT(p->first_processed_at), DB_INT(now_ms)),
		               ret_id, reterr);
	return st == OK ? db_exec(tx, &ADD_TOKENS, DB_ARGS(DB_INT(*ret_id), DB_INT(p->from_id)),
	                          NULL, reterr)
	                : st;
}

static enum status put_fact(struct db_tx *tx, const struct carried_fact *f, const int64_t *ids,
                            struct error *reterr)
{
	return db_exec(tx, &ADD_FACT,
	               DB_ARGS(DB_BYTES(f->uuid.bytes, UUID_BYTES), DB_INT(ids[f->presence]),
	                       f->is_tie ? DB_INT(ids[f->other]) : DB_NULL, DB_INT(f->kind),
	                       DB_INT(f->category), DB_INT(f->phase), DB_INT(f->participant),
	                       f->organ != 0 ? DB_INT(f->organ) : DB_NULL, DB_INT(f->task),
	                       DB_INT(f->judgement), DB_INT(f->evaluation), DB_INT(f->handling),
	                       DB_BYTES(f->value, f->value_len), DB_BYTES(f->raw, f->raw_len),
	                       DB_INT(f->received_at), DB_INT(f->recorded_by)),
	               NULL, reterr);
}

enum status subjects_carry_put(struct db_tx *tx, int64_t casefile_id,
                               const struct carried_subjects *c, int64_t now_ms,
                               struct error *reterr)
{
	const struct carried_presence *p = c->presences.items;
	const struct carried_fact *f = c->facts.items;
	int64_t *ids = ARENA_ARRAY(db_tx_arena(tx), int64_t, c->presences.count + 1);
	int64_t last = 0;

	enum status st = last_number(tx, casefile_id, c->presences.count, &last, reterr);
	for (size_t i = 0; st == OK && i < c->presences.count; i++)
		if (p[i].opens)
			st = put_presence(tx, casefile_id, last + p[i].number, &p[i], now_ms,
			                  &ids[i], reterr);
	for (size_t i = 0; st == OK && i < c->facts.count; i++)
		st = put_fact(tx, &f[i], ids, reterr);
	return st;
}
