#include "analysis/frozen_store.h"

#include <string.h>

#include "audit/action.h"
#include "platform/core/out.h"
#include "platform/crypto/stored.h"
#include "work/work.h"

const struct db_root FROZEN_ROOT = DB_ROOT(44, analysis_frozen);

/* $2 the level decides which hash and signature are read. */
#define OF_LEVEL(what)                                                                             \
	" CASE WHEN $2 = 1 THEN f." what "_1 WHEN $2 = 2 THEN f." what "_2 ELSE f." what "_3 END"
#define COLUMNS                                                                                    \
	"SELECT f.id, f.version, f.uuid, f.state, f.phase, f.drafted_person, f.drafted_at,"        \
	" f.decided_at, d.full_name, coalesce(e.full_name, '')," OF_LEVEL("hash") "," OF_LEVEL(    \
	    "signature") " FROM analysis_frozen f JOIN person d ON d.id = f.drafted_person"        \
			 " LEFT JOIN appointment b ON b.id = f.decided_by"                         \
			 " LEFT JOIN person e ON e.id = b.person_id"
static const struct db_stmt LIST = {
	"analysis_frozen_list", "iii",
	COLUMNS " WHERE f.analysis_id = $1 AND (f.state = 2 OR ($3 = 1 AND f.state = 1))"
		" ORDER BY f.drafted_at, f.id LIMIT 200"
};
static const struct db_stmt LOAD = {
	"analysis_frozen_load", "iib",
	COLUMNS " JOIN analysis n ON n.id = f.analysis_id WHERE n.casefile_id = $1 AND f.uuid = $3"
};
static const struct db_stmt PARTS = {
	"analysis_frozen_parts", "ii",
	"SELECT count(*) FROM analysis_frozen_part WHERE frozen_id = $1 AND phase <= $2"
};
static const struct db_stmt INSERT = {
	"analysis_frozen_insert", "biiiiibbb",
	"INSERT INTO analysis_frozen (uuid, analysis_id, state, phase, drafted_by, drafted_person,"
	" drafted_at, hash_1, hash_2, hash_3) VALUES ($1, $2, 1, $3, $4, $5, $6, $7, $8, $9)"
	" RETURNING id"
};
static const struct db_stmt INSERT_PART = {
	"analysis_frozen_part_insert", "iiiiiibb",
	"INSERT INTO analysis_frozen_part (frozen_id, position, section, paragraph_id, version_id,"
	" phase, nonce, digest) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)"
};
static const struct db_stmt HASHES = {
	"analysis_frozen_hashes", "i",
	"SELECT hash_1, hash_2, hash_3, drafted_by, drafted_at FROM analysis_frozen WHERE id = $1"
};
static const struct db_stmt DECIDE = {
	"analysis_frozen_decide", "iiiiiBBB",
	"UPDATE analysis_frozen SET state = $3, decided_by = $4, decided_at = $5, signature_1 = $6,"
	" signature_2 = $7, signature_3 = $8 WHERE id = $1 AND state = $2"
};
const struct db_stmt *const frozen_statements[] = {
	&FROZEN_ROOT.claim, &FROZEN_ROOT.look, &LIST,   &LOAD, &PARTS, &INSERT,
	&INSERT_PART,       &HASHES,           &DECIDE, NULL,
};

static struct frozen read_frozen(const struct db_rows *row, struct arena *a)
{
	struct frozen f = { .id = db_int(row, 0),
		            .version = db_int(row, 1),
		            .state = (uint8_t)db_int(row, 3),
		            .phase = (int)db_int(row, 4),
		            .drafted_person = db_int(row, 5),
		            .drafted_at = db_int(row, 6),
		            .decided_at = db_int(row, 7),
		            .drafted_by = db_text(row, 8, a),
		            .decided_by = db_text(row, 9, a),
		            .hash = digest_stored(row, 10) };

	f.uuid = uuid_stored(row, 2);
	f.signature.bytes = db_bytes(row, 11, a, &f.signature.len);
	return f;
}

static bool same_hash(const struct frozen *x, const struct frozen *y)
{
	return memcmp(x->hash.bytes, y->hash.bytes, sizeof x->hash.bytes) == 0;
}

enum status frozen_list(struct db_read *r, int64_t analysis_id, int level, bool waiting,
                        struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 200 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct frozen *list = ARENA_ARRAY(a, struct frozen, MAX);
	struct frozen *to = ARENA_ARRAY(a, struct frozen, MAX);
	size_t count = 0;

	enum status st = db_query(
	    r, &LIST, DB_ARGS(DB_INT(analysis_id), DB_INT(level), DB_INT(waiting)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		const struct frozen f = read_frozen(&rows, a);
		/* a signer sees all that waits for him */
		if (count == 0 || !same_hash(&f, &list[count - 1]) || f.state == FROZEN_PROPOSED ||
		    list[count - 1].state == FROZEN_PROPOSED)
			list[count++] = f;
	}
	for (size_t i = 0; i < count; i++)
		to[i] = list[count - 1 - i];
	*ret = (struct array){ to, count };
	return db_rows_end(&rows, reterr);
}

enum status frozen_load(struct db_read *r, int64_t casefile_id, int level, const char *uuid,
                        struct arena *a, struct frozen *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct uuid id;

	if (!uuid_parse(uuid, &id))
		id = (struct uuid){ { 0 } }; /* as if there were none */
	enum status st = db_query(
	    r, &LOAD, DB_ARGS(DB_INT(casefile_id), DB_INT(level), DB_BYTES(id.bytes, UUID_BYTES)),
	    &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = read_frozen(&row, a);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): of which fixed version, for whom
enum status frozen_paragraphs(struct db_read *r, struct keyring *k, int64_t frozen_id, int level,
                              struct arena *a, struct array *ret, int64_t *ret_destroyed,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = paragraphs_of_frozen(r, k, frozen_id, level, a, ret, reterr);

	if (st == OK)
		st = db_query(r, &PARTS, DB_ARGS(DB_INT(frozen_id), DB_INT(level)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret_destroyed = db_int(&row, 0) - (int64_t)ret->count;
	return st;
}

/* ---- digests --------------------------------------------------------------------------------------- */

static void put_citations(struct out *o, const struct paragraph *p, struct array citations)
{
	const struct citation *c = citations.items;
	char text[UUID_TEXT_BYTES];

	for (size_t i = 0; i < citations.count; i++)
		if (c[i].version_id == p->version_id) {
			uuid_text(&c[i].fact, text);
			out_fmt(o, "cites %s %lld %d\n", text, (long long)c[i].fact_version,
			        c[i].phase);
		}
}

/* One part, written in one way only. */
static struct digest part_digest(const struct digest *nonce, const struct paragraph *p,
                                 struct array citations)
{
	enum { BYTES_MAX = 1 << 20 };
	char paragraph[UUID_TEXT_BYTES], version[UUID_TEXT_BYTES];
	struct out o;

	out_init(&o, BYTES_MAX);
	uuid_text(&p->uuid, paragraph);
	uuid_text(&p->version_uuid, version);
	out_fmt(&o, "plein-analysis-part 1\n%d %d %s %s %lld\n", p->section, p->phase, paragraph,
	        version, (long long)p->written_at);
	put_citations(&o, p, citations);
	out_fmt(&o, "text %zu\n", strlen(p->stored));
	out_raw(&o, p->stored, strlen(p->stored));
	const struct digest d = sha256_two(nonce->bytes, sizeof nonce->bytes, o.data, o.len);
	out_free(&o);
	return d;
}

static struct digest level_hash(const struct uuid *casefile, const struct frozen_part *parts,
                                size_t count, int level, struct arena *a)
{
	static const char DOMAIN[] = "plein-analysis 1\n";
	struct span *spans = ARENA_ARRAY(a, struct span, count + 2);
	size_t used = 0;

	spans[used++] = (struct span){ (const uint8_t *)DOMAIN, sizeof DOMAIN - 1 };
	spans[used++] = (struct span){ casefile->bytes, UUID_BYTES };
	for (size_t i = 0; i < count; i++)
		if (parts[i].phase <= level)
			spans[used++] =
			    (struct span){ parts[i].digest.bytes, sizeof parts[i].digest.bytes };
	return sha256_parts(spans, used);
}

void frozen_digest(const struct mac_key *key, const struct uuid *casefile, struct array paragraphs,
                   struct array citations, struct arena *a, struct frozen_new *ret)
{
	const struct paragraph *p = paragraphs.items;
	struct frozen_part *parts = ARENA_ARRAY(a, struct frozen_part, paragraphs.count + 1);

	ret->phase = 1;
	for (size_t i = 0; i < paragraphs.count; i++) {
		const struct span version = { p[i].version_uuid.bytes, UUID_BYTES };
		parts[i] = (struct frozen_part){ p[i].id,
			                         p[i].version_id,
			                         p[i].section,
			                         p[i].phase,
			                         digest_keyed(key, "analysis-part", &version, 1),
			                         { { 0 } } };
		parts[i].digest = part_digest(&parts[i].nonce, &p[i], citations);
		ret->phase = p[i].phase > ret->phase ? p[i].phase : ret->phase;
	}
	ret->parts = parts;
	ret->count = paragraphs.count;
	for (int level = 1; level <= FROZEN_LEVELS; level++)
		ret->hash[level - 1] = level_hash(casefile, parts, paragraphs.count, level, a);
}

/* ---- writing ------------------------------------------------------------------------------------------ */

#define DIGEST(d) DB_BYTES((d).bytes, sizeof(d).bytes)

enum status frozen_insert(struct db_tx *tx, const struct frozen_new *n, int64_t *ret_id,
                          struct error *reterr)
{
	enum status st = db_insert(
	    tx, &INSERT,
	    DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_INT(n->analysis_id), DB_INT(n->phase),
	            DB_INT(n->appointment_id), DB_INT(n->person_id), DB_INT(n->now_ms),
	            DIGEST(n->hash[0]), DIGEST(n->hash[1]), DIGEST(n->hash[2])),
	    ret_id, reterr);

	for (size_t i = 0; st == OK && i < n->count; i++) {
		const struct frozen_part *p = &n->parts[i];
		st = db_exec(tx, &INSERT_PART,
		             DB_ARGS(DB_INT(*ret_id), DB_INT((int64_t)i), DB_INT(p->section),
		                     DB_INT(p->paragraph_id), DB_INT(p->version_id),
		                     DB_INT(p->phase), DIGEST(p->nonce), DIGEST(p->digest)),
		             NULL, reterr);
	}
	return st;
}

struct signing {
	struct digest hash[FROZEN_LEVELS];
	int64_t drafted_by, drafted_at;
};

static enum status load_signing(struct db_tx *tx, int64_t id, struct signing *ret,
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &HASHES, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	for (int i = 0; st == OK && i < FROZEN_LEVELS; i++)
		ret->hash[i] = digest_stored(&row, i);
	if (st == OK) {
		ret->drafted_by = db_int(&row, 3);
		ret->drafted_at = db_int(&row, 4);
	}
	return st;
}

/* What both persons put their name to: the hash, who and when. */
static struct signature sign_level(const struct signing *s, int i, const struct frozen_decision *d,
                                   struct arena *a)
{
	char hex[2 * sizeof s->hash[0].bytes + 1];

	hex_text(s->hash[i].bytes, sizeof s->hash[i].bytes, hex);
	const char *text = arena_printf(a, "plein-analysis-signed 1\n%s\n%lld %lld\n%lld %lld\n",
	                                hex, (long long)s->drafted_by, (long long)s->drafted_at,
	                                (long long)d->appointment_id, (long long)d->now_ms);
	return sign(d->signer, text, strlen(text));
}

enum status frozen_decide(struct db_tx *tx, int64_t id, const struct move *mv,
                          const struct frozen_decision *d, struct error *reterr)
{
	struct signature by[FROZEN_LEVELS] = { 0 };
	struct signing s = { 0 };
	int64_t changed = 0;
	enum status st = load_signing(tx, id, &s, reterr);

	for (int i = 0; st == OK && d->signer != NULL && i < FROZEN_LEVELS; i++)
		by[i] = sign_level(&s, i, d, db_tx_arena(tx));
#define SIGNED(i) d->signer != NULL ? DB_BYTES(by[i].bytes, SIGNATURE_BYTES) : DB_NULL
	if (st == OK)
		st = db_exec(tx, &DECIDE,
		             DB_ARGS(DB_INT(id), DB_INT(mv->from), DB_INT(mv->to),
		                     DB_INT(d->appointment_id), DB_INT(d->now_ms), SIGNED(0),
		                     SIGNED(1), SIGNED(2)),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	return st == OK ? work_done(tx, WORK_ANALYSIS_SIGN, OBJECT_ANALYSIS, id, d->person_id,
	                            d->now_ms, reterr)
	                : st;
}
