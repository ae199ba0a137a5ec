#include "interventions/seizure.h"

#include "interventions/intervention_parts.h"
#include "law/instruments.h"
#include "platform/crypto/numbering.h"
#include "platform/crypto/stored.h"

const struct code ASSET_KINDS[] = {
	{ ASSET_MONEY, "MONEY", "Contant geld" },
	{ ASSET_ACCOUNT, "ACCOUNT", "Tegoed op een rekening" },
	{ ASSET_REAL_ESTATE, "REAL_ESTATE", "Pand of grond" },
	{ ASSET_VEHICLE, "VEHICLE", "Voertuig of vaartuig" },
	{ ASSET_GOODS, "GOODS", "Goederen" },
	{ ASSET_CRYPTO, "CRYPTO", "Cryptovaluta" },
	{ ASSET_COMPANY, "COMPANY", "Bedrijf of aandelen" },
	{ ASSET_OTHER, "OTHER", "Iets anders" },
	{ 0 },
};
const struct code SEIZURE_KINDS[] = {
	{ INTERVENTION_ADMIN, "ADMIN", "Bestuurlijk" },
	{ INTERVENTION_FISCAL, "FISCAL", "Fiscaal" },
	{ INTERVENTION_CRIMINAL, "CRIMINAL", "Strafrechtelijk" },
	{ INTERVENTION_CIVIL, "CIVIL", "Civielrechtelijk" },
	{ 0 },
};

bool seizure_sees_all(enum role role)
{
	return role == ROLE_RIEC_HEAD || role == ROLE_STEERING_SECRETARY;
}

bool seizure_opens_to(const struct viewer *viewer, int64_t organ_id)
{
	return seizure_sees_all(viewer->role) || viewer->organ_id == organ_id;
}

#define SUM(column)                                                                                \
	"coalesce((SELECT sum(a.cents) FROM seizure_amount a WHERE a.seizure_id = s.id"            \
	" AND a.amount = " column "), -1)"
#define COLUMNS                                                                                    \
	"SELECT s.id, s.organ_id, s.begun_day, s.ended_day, s.uuid, s.reference, p.short_name,"    \
	" s.basis, s.kind, s.asset, s.key_id, s.described, " SUM("1") ", " SUM("2") ", " SUM(      \
	    "3") ", " SUM("4") ", " SUM("5") ", " SUM("6") ", " SUM("7") ", "                      \
									 "coalesce(f.reference, "  \
									 "''), "                   \
									 "coalesce(v.reference, "  \
									 "'') FROM seizure s"      \
									 " JOIN organ o ON o.id "  \
									 "= s.organ_id JOIN "      \
									 "participant p ON p.id "  \
									 "= o.participant_id"      \
									 " LEFT JOIN casefile f "  \
									 "ON f.id = s.casefile_id" \
									 " LEFT JOIN "             \
									 "intervention v ON v.id " \
									 "= s.intervention_id"
/* $1: sees all; $2 his organ. */
#define OPEN_TO " WHERE ($1 = 1 OR s.organ_id = $2)"
static const struct db_stmt LOAD = { "seizure_load", "iit",
	                             COLUMNS OPEN_TO " AND s.reference = $3" };
/* $3 day and $4 reference of the row where the page begins, $5 kinds, $6 assets (masks; 0: any),
 * $7-$8 days of the year, $9 rows. */
#define ASKED                                                                                      \
	OPEN_TO " AND ($5 = 0 OR ($5 & (CAST(1 AS bigint) << CAST(s.kind AS int))) <> 0)"          \
		" AND ($6 = 0 OR ($6 & (CAST(1 AS bigint) << CAST(s.asset AS int))) <> 0)"         \
		" AND s.begun_day >= $7 AND s.begun_day <= $8"
#define BEGIN_AT "coalesce((SELECT x.id FROM seizure x WHERE x.reference = $4), $10)"
static const struct db_stmt FORWARD = { "seizure_rows_forward", "iiitiiiiii",
	                                COLUMNS ASKED
	                                " AND (s.begun_day, s.id) < ($3, " BEGIN_AT
	                                ") ORDER BY s.begun_day DESC, s.id DESC LIMIT $9" };
static const struct db_stmt BACKWARD = { "seizure_rows_backward", "iiitiiiiii",
	                                 COLUMNS ASKED " AND (s.begun_day, s.id) > ($3, " BEGIN_AT
	                                               ") ORDER BY s.begun_day, s.id LIMIT $9" };
static const struct db_stmt YEAR = { "seizure_year", "ii",
	                             "SELECT amount, sum(cents) FROM seizure_amount WHERE day >= "
	                             "$1 AND day <= $2 GROUP BY amount" };
static const struct db_stmt TARGETS = { "seizure_targets", "i",
	                                "SELECT amount, cents FROM seizure_target WHERE year = $1"
	                                " ORDER BY amount, year LIMIT 7" };
static const struct db_stmt ADD = {
	"seizure_add", "btiiitiBiiiII",
	"INSERT INTO seizure (uuid, reference, organ_id, kind, asset, basis, key_id, described,"
	" begun_day, registered_by, registered_at, casefile_id, intervention_id)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)"
};
static const struct db_stmt OF_INTERVENTION = {
	"seizures_of_intervention", "i",
	"SELECT reference, organ_id, asset FROM seizure WHERE intervention_id = $1"
	" ORDER BY id LIMIT 50"
};
static const struct db_stmt ADD_AMOUNT = {
	"seizure_amount_add", "iiiiii",
	"INSERT INTO seizure_amount (seizure_id, amount, cents, day, registered_by, registered_at)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt END = {
	"seizure_end", "ii",
	"UPDATE seizure SET ended_day = $2 WHERE id = $1 AND ended_day = 0 AND begun_day <= $2"
};
static const struct db_stmt PUT_TARGET = {
	"seizure_target_put", "iiiii",
	"INSERT INTO seizure_target (year, amount, cents, set_by, set_at) VALUES ($1, $2, $3, $4, "
	"$5)"
	" ON CONFLICT (year, amount) DO UPDATE SET cents = $3, set_by = $4, set_at = $5"
};
const struct db_stmt *const seizure_statements[] = {
	&LOAD, &OF_INTERVENTION, &FORWARD, &BACKWARD,   &YEAR, &TARGETS,
	&ADD,  &ADD_AMOUNT,      &END,     &PUT_TARGET, NULL,
};

/* ---- reading ------------------------------------------------------------------------------------- */

static struct seizure read_one(const struct db_rows *row, struct arena *a)
{
	enum { FIRST_SUM = 12 };
	struct seizure s = {
		.id = db_int(row, 0),
		.organ_id = db_int(row, 1),
		.begun_day = db_int(row, 2),
		.ended_day = db_int(row, 3),
		.reference = db_text(row, 5, a),
		.participant = db_text(row, 6, a),
		.basis = db_text(row, 7, a),
		.kind = (int)db_int(row, 8),
		.asset = (int)db_int(row, 9),
		.key_id = db_int(row, 10),
	};

	s.uuid = uuid_stored(row, 4);
	s.described.bytes = db_bytes(row, 11, a, &s.described.len);
	for (int i = 0; i < AMOUNT_KINDS; i++)
		s.cents[i] = db_int(row, FIRST_SUM + i);
	s.casefile = db_text(row, FIRST_SUM + AMOUNT_KINDS, a);
	s.intervention = db_text(row, FIRST_SUM + AMOUNT_KINDS + 1, a);
	return s;
}

enum status seizure_load(struct db_read *r, const struct viewer *viewer, const char *reference,
                         struct arena *a, struct seizure *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LOAD,
	                          DB_ARGS(DB_INT(seizure_sees_all(viewer->role)),
	                                  DB_INT(viewer->organ_id), DB_TEXT(reference)),
	                          &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_one(&row, a);
	return st;
}

enum status seizures_of_intervention(struct db_read *r, const struct viewer *viewer,
                                     int64_t intervention_id, struct arena *a, struct array *ret,
                                     struct error *reterr)
{
	enum { MAX = 50 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct seizure_line *list = ARENA_ARRAY(a, struct seizure_line, MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &OF_INTERVENTION, DB_ARGS(DB_INT(intervention_id)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows)) {
		const struct seizure_line line = { db_text(&rows, 0, a), db_int(&rows, 1),
			                           (int)db_int(&rows, 2) };
		if (seizure_opens_to(viewer, line.organ_id))
			list[count++] = line;
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static int64_t first_day(int64_t year)
{
	return year == 0 ? INT32_MIN : day_from_civil((struct civil){ (int)year, 1, 1 });
}

static int64_t last_day(int64_t year)
{
	return year == 0 ? INT32_MAX : day_from_civil((struct civil){ (int)year, 12, 31 });
}

enum status seizure_rows(struct db_read *r, const struct seizure_query *q, struct arena *a,
                         struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct seizure *list = ARENA_ARRAY(a, struct seizure, (size_t)q->limit + 1);
	const int64_t start = q->backward ? INT64_MIN : INT64_MAX;
	size_t count = 0;

	enum status st = db_query(
	    r, q->backward ? &BACKWARD : &FORWARD,
	    DB_ARGS(DB_INT(seizure_sees_all(q->viewer->role)), DB_INT(q->viewer->organ_id),
	            DB_INT(q->reference != NULL ? q->day : start),
	            DB_TEXT(q->reference != NULL ? q->reference : ""), DB_INT((int64_t)q->kinds),
	            DB_INT((int64_t)q->assets), DB_INT(first_day(q->year)),
	            DB_INT(last_day(q->year)), DB_INT(q->limit), DB_INT(start)),
	    &rows, reterr);
	while (st == OK && count < (size_t)q->limit && db_next(&rows))
		list[count++] = read_one(&rows, a);
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

static struct words_place place_of(const struct uuid *uuid)
{
	return (struct words_place){ uuid, "seizure", 0 };
}

enum status seizure_described(struct db_read *r, struct keyring *k, const struct seizure *s,
                              struct arena *a, const char **ret, struct error *reterr)
{
	const struct sealed_words w = { place_of(&s->uuid), s->key_id, s->described.bytes,
		                        s->described.len };
	return intervention_open_words(r, k, &w, a, ret, reterr);
}

static enum status by_column(struct db_read *r, const struct db_stmt *s,
                             const struct db_value *args, int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };

	for (int i = 0; i < AMOUNT_KINDS; i++)
		ret[i] = -1;
	enum status st = db_query(r, s, args, &rows, reterr);
	while (st == OK && db_next(&rows)) {
		const int64_t column = db_int(&rows, 0);
		if (column >= 1 && column <= AMOUNT_KINDS)
			ret[column - 1] = db_int(&rows, 1);
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status seizure_year_load(struct db_read *r, int year, struct seizure_year *ret,
                              struct error *reterr)
{
	enum status st = by_column(
	    r, &YEAR, DB_ARGS(DB_INT(first_day(year)), DB_INT(last_day(year))), ret->cents, reterr);
	return st == OK ? by_column(r, &TARGETS, DB_ARGS(DB_INT(year)), ret->target, reterr) : st;
}

/* ---- inside a job --------------------------------------------------------------------------------- */

void seizure_seal(struct keyring *k, struct seizure_new *n, const char *described, struct arena *a)
{
	const struct words_place at = place_of(&n->uuid);
	intervention_seal_words(k, &at, described, a, &n->described);
}

static struct db_value number_or_null(int64_t id)
{
	return id != 0 ? DB_INT(id) : DB_NULL;
}

enum status seizure_add(struct db_tx *tx, const struct seizure_new *n, const char **ret_reference,
                        struct error *reterr)
{
	const bool described = n->described.sealed != NULL;
	enum status st =
	    reference_next(tx, n->reference_key, "AP", n->now_ms, ret_reference, reterr);

	if (st == OK && described)
		st = key_store(tx, &n->described.key, reterr);
	return st == OK
	           ? db_exec(tx, &ADD,
	                     DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(*ret_reference),
	                             DB_INT(n->viewer->organ_id), DB_INT(n->kind), DB_INT(n->asset),
	                             DB_TEXT(n->basis), DB_INT(described ? n->described.key.id : 0),
	                             described ? DB_BYTES(n->described.sealed, n->described.len)
	                                       : DB_NULL,
	                             DB_INT(n->begun_day), DB_INT(n->viewer->appointment_id),
	                             DB_INT(n->now_ms), number_or_null(n->casefile_id),
	                             number_or_null(n->intervention_id)),
	                     NULL, reterr)
	           : st;
}

enum status seizure_amount_add(struct db_tx *tx, const struct seizure_amount_new *n,
                               struct error *reterr)
{
	return db_exec(tx, &ADD_AMOUNT,
	               DB_ARGS(DB_INT(n->seizure_id), DB_INT(n->amount), DB_INT(n->cents),
	                       DB_INT(n->day), DB_INT(n->appointment_id), DB_INT(n->now_ms)),
	               NULL, reterr);
}

bool seizure_may_end(const struct seizure *s, const struct viewer *viewer)
{
	return s->ended_day == 0 && s->organ_id == viewer->organ_id &&
	       access_permits(viewer->role, PERM_SEIZURE_WRITE);
}

enum status seizure_end(struct db_tx *tx, int64_t seizure_id, int64_t day, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &END, DB_ARGS(DB_INT(seizure_id), DB_INT(day)), &changed, reterr);

	return st == OK && changed == 0
	           ? FAIL(reterr, ERR_CONFLICT, "Deze maatregel is al geëindigd, of begon later.")
	           : st;
}

// NOLINTNEXTLINE(readability-function-size): which year and column, how much, by whom, when
enum status seizure_target_put(struct db_tx *tx, int year, int amount, int64_t cents,
                               const struct viewer *viewer, int64_t now_ms, struct error *reterr)
{
	return db_exec(tx, &PUT_TARGET,
	               DB_ARGS(DB_INT(year), DB_INT(amount), DB_INT(cents),
	                       DB_INT(viewer->appointment_id), DB_INT(now_ms)),
	               NULL, reterr);
}
