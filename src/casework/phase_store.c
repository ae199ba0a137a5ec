#include "casework/phases.h"
#include "platform/crypto/stored.h"

#include <string.h>

const struct db_root PHASE_ROOT = DB_ROOT(41, casefile_phase);

static const struct db_stmt LIST = {
	"phase_list", "iii",
	"SELECT f.id, f.version, f.presence_id, f.phase, f.state, f.proposed_at, f.decided_at,"
	" n.id, n.full_name, f.authority_at, f.key_id, f.uuid, f.necessity, f.proportionality,"
	" f.subsidiarity, f.proposed_by, coalesce(m.full_name, '') FROM casefile_phase f"
	" JOIN appointment a ON a.id = f.proposed_by JOIN person n ON n.id = a.person_id"
	" LEFT JOIN appointment d ON d.id = f.decided_by LEFT JOIN person m ON m.id = d.person_id"
	" WHERE f.casefile_id = $1 AND f.presence_id = $2"
	" AND f.phase <= $3 ORDER BY f.proposed_at, f.id LIMIT 50"
};
static const struct db_stmt OPENED = {
	"phase_opened", "ii",
	"SELECT coalesce(max(phase), 1) FROM casefile_phase WHERE casefile_id = $1"
	" AND presence_id = $2 AND state = 3"
};
/* At most one that waits (1, 2) or is open (3), for a subject and phase. */
static const struct db_stmt INSERT = {
	"phase_insert", "biiiibbbii",
	"INSERT INTO casefile_phase (uuid, casefile_id, presence_id, phase, state, key_id,"
	" necessity, proportionality, subsidiarity, proposed_by, proposed_at)"
	" SELECT $1, $2, p.id, $4, 1, $5, $6, $7, $8, $9, $10 FROM presence p WHERE p.id = $3"
	" AND p.casefile_id = $2 AND NOT EXISTS (SELECT 1 FROM casefile_phase f"
	" WHERE f.presence_id = $3 AND f.casefile_id = $2 AND f.phase = $4 AND f.state <= 3)"
};
static const struct db_stmt SET_STATE = {
	"phase_set_state", "iiiii",
	"UPDATE casefile_phase SET state = $3,"
	" authority_by = CASE WHEN $3 = 2 THEN $4 ELSE authority_by END,"
	" authority_at = CASE WHEN $3 = 2 THEN $5 ELSE authority_at END,"
	" decided_by = CASE WHEN $3 > 2 THEN $4 ELSE decided_by END,"
	" decided_at = CASE WHEN $3 > 2 THEN $5 ELSE decided_at END"
	" WHERE id = $1 AND state = $2"
};
const struct db_stmt *const phase_statements[] = {
	&PHASE_ROOT.claim, &PHASE_ROOT.look, &LIST, &OPENED, &INSERT, &SET_STATE, NULL
};

static const char *const COLUMNS[3] = { "necessity", "proportionality", "subsidiarity" };

static struct seal_place place_of(const char *column, const struct uuid *uuid, int64_t phase)
{
	return (struct seal_place){
		.table = "casefile_phase", .column = column, .id = uuid_number(uuid), .phase = phase
	};
}

struct row {
	struct phase_proposal proposal;
	struct uuid uuid;
	int64_t key_id;
	const uint8_t *text[3];
	size_t len[3];
};

static void read_row(const struct db_rows *row, struct arena *a, struct row *ret)
{
	*ret = (struct row){ .proposal = { .id = db_int(row, 0),
		                           .version = db_int(row, 1),
		                           .presence_id = db_int(row, 2),
		                           .phase = (int)db_int(row, 3),
		                           .state = (uint8_t)db_int(row, 4),
		                           .proposed_at = db_int(row, 5),
		                           .decided_at = db_int(row, 6),
		                           .proposer_id = db_int(row, 7),
		                           .proposer = db_text(row, 8, a),
		                           .agreed = db_int(row, 9) > 0,
		                           .proposed_by = db_int(row, 15),
		                           .decider = db_text(row, 16, a) },
		             .key_id = db_int(row, 10) };
	ret->uuid = uuid_stored(row, 11);
	for (int i = 0; i < 3; i++)
		ret->text[i] = db_bytes(row, 12 + i, a, &ret->len[i]);
}

static enum status open_row(struct db_read *r, struct keyring *k, struct row *row, struct arena *a,
                            struct error *reterr)
{
	struct phase_proposal *p = &row->proposal;
	const char **const to[3] = { &p->necessity, &p->proportionality, &p->subsidiarity };
	struct seal_key key;
	size_t len = 0;

	enum status st = key_load(r, k, row->key_id, KEY_PARAGRAPH, &key, reterr);
	for (int i = 0; i < 3; i++)
		*to[i] = "";
	if (st == ERR_NOT_FOUND)
		return OK; /* forgotten: as if it was never written */
	for (int i = 0; st == OK && i < 3; i++) {
		const struct seal_place place = place_of(COLUMNS[i], &row->uuid, p->phase);
		st = seal_open(&key, &place, row->text[i], row->len[i], a, to[i], &len, reterr);
	}
	seal_key_wipe(&key);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): whose, up to which phase, and where the words go
enum status phase_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                       int64_t presence_id, int max_phase, struct arena *a, struct array *ret,
                       struct error *reterr)
{
	enum { MAX = 50 };
	struct row *list = ARENA_ARRAY(a, struct row, MAX);
	struct phase_proposal *to = ARENA_ARRAY(a, struct phase_proposal, MAX);
	struct db_rows rows = { 0 };
	size_t count = 0;

	enum status st =
	    db_query(r, &LIST, DB_ARGS(DB_INT(casefile_id), DB_INT(presence_id), DB_INT(max_phase)),
	             &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows))
		read_row(&rows, a, &list[count++]);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* keys are read when the first statement is done */
	for (size_t i = 0; st == OK && i < count; i++) {
		st = open_row(r, k, &list[i], a, reterr);
		to[i] = list[i].proposal;
	}
	*ret = (struct array){ to, count };
	return st;
}

enum status phase_opened(struct db_read *r, int64_t casefile_id, int64_t presence_id,
                         enum law_phase *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &OPENED, DB_ARGS(DB_INT(casefile_id), DB_INT(presence_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (enum law_phase)db_int(&row, 0);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): whose, which phase, the three texts, and when
void phase_seal(struct keyring *k, int64_t casefile_id, int64_t presence_id, int phase,
                const char *const text[3], int64_t now_ms, struct arena *a,
                struct sealed_proposal *ret)
{
	*ret = (struct sealed_proposal){ .uuid = uuid_at(now_ms),
		                         .casefile_id = casefile_id,
		                         .presence_id = presence_id,
		                         .phase = phase };
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	for (int i = 0; i < 3; i++) {
		const struct seal_place place = place_of(COLUMNS[i], &ret->uuid, phase);
		ret->text[i] =
		    seal_in(a, &ret->key.key, &place, text[i], strlen(text[i]), &ret->len[i]);
	}
	seal_key_wipe(&ret->key.key);
}

enum status phase_propose(struct db_tx *tx, const struct sealed_proposal *p, int64_t appointment_id,
                          int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = key_store(tx, &p->key, reterr);

	if (st == OK)
		st = db_exec(tx, &INSERT,
		             DB_ARGS(DB_BYTES(p->uuid.bytes, UUID_BYTES), DB_INT(p->casefile_id),
		                     DB_INT(p->presence_id), DB_INT(p->phase), DB_INT(p->key.id),
		                     DB_BYTES(p->text[0], p->len[0]),
		                     DB_BYTES(p->text[1], p->len[1]),
		                     DB_BYTES(p->text[2], p->len[2]), DB_INT(appointment_id),
		                     DB_INT(now_ms)),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Deze fase is al open of al voorgesteld. Bekijk hoe het nu staat.");
	return st;
}

enum status phase_set_state(struct db_tx *tx, int64_t id, const struct move *mv,
                            int64_t appointment_id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &SET_STATE,
	                         DB_ARGS(DB_INT(id), DB_INT(mv->from), DB_INT(mv->to),
	                                 DB_INT(appointment_id), DB_INT(now_ms)),
	                         &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega was eerder. Bekijk hoe het nu staat.");
	return st;
}
