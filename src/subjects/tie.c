#include "subjects/tie.h"
#include "platform/crypto/stored.h"

#include <string.h>

const struct code TIE_KINDS[] = {
	{ 201, "FAMILY", "is familie van" },
	{ 202, "PARTNER", "is partner van" },
	{ 203, "HOUSEHOLD", "woont samen met" },
	{ 204, "LIVES_AT", "woont op" },
	{ 205, "REGISTERED_AT", "staat ingeschreven op" },
	{ 206, "STAYS_AT", "verblijft op" },
	{ 207, "RENTS", "huurt" },
	{ 208, "RENTS_OUT", "verhuurt" },
	{ 209, "OWNS_PROPERTY", "is eigenaar van (pand of grond)" },
	{ 210, "OWNS_VEHICLE", "is eigenaar van (voertuig)" },
	{ 211, "DRIVES", "rijdt in" },
	{ 212, "DIRECTOR", "is bestuurder van" },
	{ 213, "SHAREHOLDER", "is aandeelhouder van" },
	{ 214, "AUTHORISED", "is gevolmachtigde van" },
	{ 215, "ESTABLISHED_AT", "is gevestigd op" },
	{ 216, "WORKS_FOR", "werkt voor" },
	{ 217, "BUSINESS_WITH", "doet zaken met" },
	{ 218, "PAYS", "betaalt aan" },
	{ 219, "LENDS_TO", "leent geld aan" },
	{ 220, "ACCOUNT_HOLDER", "is houder van rekening" },
	{ 221, "USES_PHONE", "gebruikt telefoon" },
	{ 222, "CALLS", "belt met" },
	{ 223, "PERMIT_HOLDER", "is vergunninghouder van" },
	{ 224, "MANAGER_ON_PERMIT", "staat als leidinggevende op de vergunning van" },
	{ 225, "SEEN_WITH", "werd bij een controle gezien met" },
	{ 226, "SEEN_AT", "werd bij een controle gezien op" },
	{ 227, "SUSPECT_WITH", "is samen verdacht met" },
	{ 228, "CONVICTED_WITH", "is samen veroordeeld met" },
	{ 0 },
};
enum { FIRST_KIND = 201, KIND_COUNT = 28 };
_Static_assert(sizeof TIE_KINDS / sizeof TIE_KINDS[0] == KIND_COUNT + 1, "all ties, and the end");

/* ---- what goes from what to what ------------------------------------------------------------- */

enum {
	PERSON = 1,
	FIRM = 1 << (SUBJECT_ORGANISATION - SUBJECT_PERSON),
	PLACE = 1 << (SUBJECT_PLACE - SUBJECT_PERSON),
	VEHICLE = 1 << (SUBJECT_VEHICLE - SUBJECT_PERSON),
	PHONE = 1 << (SUBJECT_PHONE - SUBJECT_PERSON),
	ACCOUNT = 1 << (SUBJECT_ACCOUNT - SUBJECT_PERSON),
	EITHER = PERSON | FIRM
};

static const struct fitting {
	unsigned from, to;
} FITTINGS[KIND_COUNT] = {
	{ PERSON, PERSON },                     /* family */
	{ PERSON, PERSON },                     /* partner */
	{ PERSON, PERSON },                     /* household */
	{ PERSON, PLACE },                      /* lives at */
	{ PERSON, PLACE },                      /* registered at */
	{ PERSON, PLACE },                      /* stays at */
	{ EITHER, PLACE | VEHICLE },            /* rents */
	{ EITHER, PLACE | VEHICLE },            /* rents out */
	{ EITHER, PLACE },                      /* owns property */
	{ EITHER, VEHICLE },                    /* owns vehicle */
	{ PERSON, VEHICLE },                    /* drives */
	{ EITHER, FIRM },                       /* director */
	{ EITHER, FIRM },                       /* shareholder */
	{ EITHER, FIRM },                       /* authorised */
	{ FIRM, PLACE },                        /* established at */
	{ PERSON, EITHER },                     /* works for */
	{ EITHER, EITHER },                     /* business with */
	{ EITHER, EITHER },                     /* pays */
	{ EITHER, EITHER },                     /* lends to */
	{ EITHER, ACCOUNT },                    /* account holder */
	{ EITHER, PHONE },                      /* uses phone */
	{ PERSON | PHONE, PERSON | PHONE },     /* calls */
	{ EITHER, FIRM | PLACE },               /* permit holder */
	{ PERSON, FIRM | PLACE },               /* manager on permit */
	{ PERSON | VEHICLE, PERSON | VEHICLE }, /* seen with */
	{ PERSON | VEHICLE, PLACE },            /* seen at */
	{ PERSON, PERSON },                     /* suspect with */
	{ PERSON, PERSON },                     /* convicted with */
};

static unsigned bit_of(int subject_kind)
{
	return subject_kind >= SUBJECT_PERSON && subject_kind <= SUBJECT_ACCOUNT
	           ? 1U << (subject_kind - SUBJECT_PERSON)
	           : 0;
}

const char *tie_label(int tie_kind)
{
	for (const struct code *c = TIE_KINDS; c->name != NULL; c++)
		if (c->value == tie_kind)
			return c->label;
	return "";
}

bool tie_fits(int tie_kind, int from_kind, int to_kind)
{
	if (tie_kind < FIRST_KIND || tie_kind >= FIRST_KIND + KIND_COUNT)
		return false;
	const struct fitting *f = &FITTINGS[tie_kind - FIRST_KIND];
	return (f->from & bit_of(from_kind)) != 0 && (f->to & bit_of(to_kind)) != 0;
}

/* ---- statements -------------------------------------------------------------------------------- */

static const struct db_stmt LIST = {
	"tie_list", "i",
	"SELECT f.id, f.uuid, f.kind, f.category, f.source_participant_id, f.value, p.number,"
	" p.uuid, p.key_id, q.number, q.uuid, q.key_id, x.period_id, x.wrapped, y.period_id,"
	" y.wrapped FROM presence p"
	" JOIN fact f ON f.presence_id = p.id JOIN presence q ON q.id = f.other_presence_id"
	" LEFT JOIN sealed_key x ON x.id = p.key_id AND x.kind = 1"
	" LEFT JOIN sealed_key y ON y.id = q.key_id AND y.kind = 1"
	" WHERE p.signal_id = $1 ORDER BY f.id LIMIT 500"
};
static const struct db_stmt END = {
	"tie_end", "ii",
	"SELECT uuid, key_id, kind, role FROM presence WHERE signal_id = $1 AND number = $2"
};
static const struct db_stmt COUNT = {
	"tie_count", "i",
	"SELECT count(*) FROM presence p JOIN fact f ON f.presence_id = p.id"
	" WHERE p.signal_id = $1 AND f.other_presence_id IS NOT NULL"
};
static const struct db_stmt ADD = {
	"tie_add", "bibbiiiIibbii",
	"INSERT INTO fact (uuid, presence_id, other_presence_id, kind, category, phase,"
	" source_participant_id, source_organ_id, task, judgement, value, raw, received_at,"
	" recorded_by) SELECT $1, p.id, q.id, $5, $6, 0, $7, $8, $9, 0, $10, $11, $12, $13"
	" FROM presence p, presence q WHERE p.signal_id = $2 AND p.uuid = $3"
	" AND q.signal_id = $2 AND q.uuid = $4"
};
static const struct db_stmt REMOVE = {
	"tie_remove", "ii",
	"DELETE FROM fact WHERE id = $2 AND other_presence_id IS NOT NULL"
	" AND presence_id IN (SELECT id FROM presence WHERE signal_id = $1)"
};
/* 2: the direct circle; 1: who it is about. */
static const struct db_stmt LOOSE = {
	"tie_loose_circle", "i",
	"SELECT count(*) FROM presence c WHERE c.signal_id = $1 AND c.role = 2"
	" AND NOT EXISTS (SELECT f.id FROM fact f JOIN presence m ON m.id = f.other_presence_id"
	" WHERE f.presence_id = c.id AND m.role = 1)"
	" AND NOT EXISTS (SELECT f.id FROM fact f JOIN presence m ON m.id = f.presence_id"
	" WHERE f.other_presence_id = c.id AND m.role = 1)"
};

const struct db_stmt *const tie_statements[] = { &LIST, &END, &COUNT, &ADD, &REMOVE, &LOOSE, NULL };

/* ---- sealing ------------------------------------------------------------------------------------- */

static struct seal_place place_of(const char *column, const struct uuid *tie,
                                  const struct uuid *from, int64_t category, int64_t source)
{
	return (struct seal_place){ .table = "fact",
		                    .column = column,
		                    .id = uuid_number(tie),
		                    .presence = uuid_number(from),
		                    .category = category,
		                    .phase = PHASE_SIGNAL,
		                    .source = source };
}

static struct seal_key key_of(const struct uuid *from, const struct seal_key *from_key,
                              const struct uuid *to, const struct seal_key *to_key)
{
	return seal_tie_key(uuid_number(from), from_key, uuid_number(to), to_key);
}

// NOLINTNEXTLINE(readability-function-size): two ends, what is between them, and room for it
void tie_seal(const struct tie_end *from, const struct tie_end *to, int kind, const char *note,
              const struct subject_source *source, int64_t now_ms, struct arena *a,
              struct sealed_tie *ret)
{
	const struct law_kind *row = law_kind((uint16_t)kind);
	struct seal_key key = key_of(&from->uuid, &from->key, &to->uuid, &to->key);

	*ret = (struct sealed_tie){ .uuid = uuid_at(now_ms),
		                    .from = from->uuid,
		                    .to = to->uuid,
		                    .kind = kind,
		                    .category = row != NULL ? row->category : CATEGORY_NONE };
	const struct seal_place value =
	    place_of("value", &ret->uuid, &from->uuid, ret->category, source->participant_id);
	const struct seal_place raw =
	    place_of("raw", &ret->uuid, &from->uuid, ret->category, source->participant_id);
	ret->value = seal_in(a, &key, &value, note, strlen(note), &ret->value_len);
	ret->raw = seal_in(a, &key, &raw, note, strlen(note), &ret->raw_len);
	seal_key_wipe(&key);
}

/* ---- reading -------------------------------------------------------------------------------------- */

struct tie_row {
	struct tie tie;
	struct uuid uuid, from, to;
	struct wrapped_key from_key, to_key;
	int64_t category, source;
	const uint8_t *value;
	size_t len;
};

static enum status read_rows(struct db_read *r, int64_t signal_id, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct tie_row *list = ARENA_ARRAY(a, struct tie_row, TIES_MAX);
	size_t count = 0;

	enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(signal_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < TIES_MAX && db_next(&rows)) {
		struct tie_row *row = &list[count++];
		*row = (struct tie_row){
			.tie = { .id = db_int(&rows, 0),
			         .from = db_int(&rows, 6),
			         .to = db_int(&rows, 9),
			         .kind = (int)db_int(&rows, 2) },
			.uuid = uuid_stored(&rows, 1),
			.from = uuid_stored(&rows, 7),
			.to = uuid_stored(&rows, 10),
			.category = db_int(&rows, 3),
			.source = db_int(&rows, 4),
			.from_key = key_beside(&rows, 8, 12, KEY_PRESENCE, a),
			.to_key = key_beside(&rows, 11, 14, KEY_PRESENCE, a),
		};
		row->value = db_bytes(&rows, 5, a, &row->len);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* ERR_NOT_FOUND: one of the two was forgotten. */
static enum status open_row(struct keyring *k, struct tie_row *row, struct arena *a,
                            struct error *reterr)
{
	const struct seal_place place =
	    place_of("value", &row->uuid, &row->from, row->category, row->source);
	struct seal_key from, to;
	size_t len = 0;

	enum status st = key_open(k, &row->from_key, &from, reterr);
	if (st != OK)
		return st;
	st = key_open(k, &row->to_key, &to, reterr);
	if (st == OK) {
		struct seal_key key = key_of(&row->from, &from, &row->to, &to);
		st = seal_open(&key, &place, row->value, row->len, a, &row->tie.note, &len, reterr);
		seal_key_wipe(&key);
		seal_key_wipe(&to);
	}
	seal_key_wipe(&from);
	return st;
}

enum status tie_list(struct db_read *r, struct keyring *k, int64_t signal_id, struct arena *a,
                     struct array *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_rows(r, signal_id, a, &rows, reterr);
	struct tie_row *from = rows.items;
	struct tie *to = ARENA_ARRAY(a, struct tie, rows.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		st = open_row(k, &from[i], a, reterr);
		if (st == ERR_NOT_FOUND)
			st = OK;
		else
			to[count++] = from[i].tie;
	}
	*ret = (struct array){ to, count };
	return st;
}

enum status tie_end_load(struct db_read *r, struct keyring *k, int64_t signal_id, int64_t number,
                         struct tie_end *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct arena a;
	enum status st =
	    db_query(r, &END, DB_ARGS(DB_INT(signal_id), DB_INT(number)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	arena_init(&a, UUID_BYTES * 16);
	*ret = (struct tie_end){ .uuid = uuid_stored(&row, 0),
		                 .kind = (int)db_int(&row, 2),
		                 .role = (int)db_int(&row, 3) };
	const int64_t key_id = db_int(&row, 1);
	arena_reset(&a);
	db_rows_close(&row); /* a second statement runs when the first is done */
	return key_load(r, k, key_id, KEY_PRESENCE, &ret->key, reterr);
}

/* ---- writing --------------------------------------------------------------------------------------- */

static enum status number_of(struct db_tx *tx, const struct db_stmt *s, int64_t signal_id,
                             int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), s, DB_ARGS(DB_INT(signal_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

enum status tie_add(struct db_tx *tx, int64_t signal_id, const struct sealed_tie *tie,
                    const struct subject_source *source, int64_t now_ms, struct error *reterr)
{
	int64_t count = 0, changed = 0;

	enum status st = number_of(tx, &COUNT, signal_id, &count, reterr);
	if (st == OK && count >= TIES_MAX)
		return FAIL(reterr, ERR_LIMIT, "Een signaal heeft ten hoogste 500 banden.");
	if (st == OK)
		st = db_exec(tx, &ADD,
		             DB_ARGS(DB_BYTES(tie->uuid.bytes, UUID_BYTES), DB_INT(signal_id),
		                     DB_BYTES(tie->from.bytes, UUID_BYTES),
		                     DB_BYTES(tie->to.bytes, UUID_BYTES), DB_INT(tie->kind),
		                     DB_INT(tie->category), DB_INT(source->participant_id),
		                     source->organ_id != 0 ? DB_INT(source->organ_id) : DB_NULL,
		                     DB_INT(source->task), DB_BYTES(tie->value, tie->value_len),
		                     DB_BYTES(tie->raw, tie->raw_len), DB_INT(now_ms),
		                     DB_INT(source->appointment_id)),
		             &changed, reterr);
	return st == OK && changed == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

enum status tie_remove(struct db_tx *tx, int64_t signal_id, int64_t id, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &REMOVE, DB_ARGS(DB_INT(signal_id), DB_INT(id)), &changed, reterr);

	return st == OK && changed == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

enum status circle_check(struct db_tx *tx, int64_t signal_id, struct error *reterr)
{
	int64_t loose = 0;
	enum status st = number_of(tx, &LOOSE, signal_id, &loose, reterr);

	if (st == OK && loose > 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Iemand uit de directe kring houdt zo geen band over met wie het "
		            "signaal gaat. Leg eerst een andere band, of haal die persoon weg.");
	return st;
}
