#include "analysis/analysis_store.h"
#include "platform/crypto/stored.h"

#include <string.h>

static const struct db_stmt FIND = { "analysis_find", "i",
	                             "SELECT id, casefile_id, begun_at, live_1, live_2, live_3 "
	                             "FROM analysis WHERE casefile_id = $1" };
#define COLUMNS_IN(section)                                                                        \
	"SELECT p.id, p.version, p.uuid, " section ", p.phase, p.state, p.review, p.review_until," \
	" v.id, v.number, v.uuid, coalesce(p.follows_id, 0), v.key_id, v.sealed, v.written_at,"    \
	" v.written_by, coalesce(h.full_name, ''), w.short_name FROM analysis_paragraph p"
#define COLUMNS COLUMNS_IN("p.section")
#define VERSION_OF                                                                                 \
	" JOIN appointment b ON b.id = v.written_by LEFT JOIN person h ON h.id = b.person_id"      \
	" JOIN participant w ON w.id = b.participant_id"
#define NEWEST                                                                                     \
	" JOIN analysis_version v ON v.paragraph_id = p.id AND v.number = "                        \
	"p.version_number" VERSION_OF
static const struct db_stmt LIST = { "analysis_paragraphs", "iii",
	                             COLUMNS NEWEST
	                             " WHERE p.analysis_id = $1 AND p.phase <= $2 AND p.state = $3"
	                             " ORDER BY p.section, p.place, p.id LIMIT 600" };
static const struct db_stmt LOAD = {
	"analysis_paragraph_load", "iib",
	COLUMNS NEWEST " JOIN analysis n ON n.id = p.analysis_id WHERE n.casefile_id = $1"
		       " AND p.phase <= $2 AND p.uuid = $3 AND p.state IN (1, 2)"
};
static const struct db_stmt VERSIONS = {
	"analysis_versions", "ii",
	COLUMNS " JOIN analysis_version v ON v.paragraph_id = p.id" VERSION_OF
		" WHERE p.id = $1 AND p.phase <= $2 AND p.state IN (1, 2, 4)"
		" ORDER BY v.number DESC, v.id LIMIT 200"
};
static const struct db_stmt OF_FROZEN = {
	"analysis_frozen_paragraphs", "ii",
	COLUMNS_IN("q.section") " JOIN analysis_frozen_part q ON q.paragraph_id = p.id"
				" JOIN analysis_version v ON v.id = q.version_id" VERSION_OF
				" WHERE q.frozen_id = $1 AND q.phase <= $2"
				" ORDER BY q.frozen_id, q.position LIMIT 600"
};
/* Those that stand or were fixed: each once, also where several fixed versions have it. */
#define LASTS                                                                                      \
	" AND length(v.sealed) > 0 AND ((p.state = 1 AND v.number = p.version_number)"             \
	" OR EXISTS (SELECT 1 FROM analysis_frozen_part q WHERE q.version_id = v.id))"
static const struct db_stmt ABOUT = {
	"analysis_about", "i",
	COLUMNS " JOIN analysis_version v ON v.paragraph_id = p.id" VERSION_OF
		" JOIN analysis_mention m ON m.version_id = v.id"
		" JOIN presence x ON x.uuid = m.presence_uuid WHERE x.id = $1" LASTS
		" ORDER BY v.id LIMIT 600"
};
static const struct db_stmt LASTING = {
	"analysis_lasting", "i",
	COLUMNS " JOIN analysis_version v ON v.paragraph_id = p.id" VERSION_OF
		" JOIN analysis n ON n.id = p.analysis_id WHERE n.casefile_id = $1" LASTS
		" ORDER BY p.section, p.place, v.id LIMIT 600"
};
static const struct db_stmt HIDES = {
	"analysis_hides", "ii",
	"SELECT count(*) FROM analysis_paragraph WHERE analysis_id = $1 AND phase > $2"
	" AND state = 1"
};
#define CITED                                                                                      \
	"SELECT c.version_id, c.fact_uuid, c.fact_version, c.phase, coalesce(f.id, 0),"            \
	" CASE WHEN k.id IS NULL OR c.corrected = 1 THEN 0 ELSE 1 END FROM analysis_citation c"    \
	" LEFT JOIN fact f ON f.uuid = c.fact_uuid"                                                \
	" LEFT JOIN fact_correction k ON k.fact_id = f.id"
static const struct db_stmt CITED_NOW = {
	"analysis_citations", "ii",
	CITED " JOIN analysis_version v ON v.id = c.version_id"
	      " JOIN analysis_paragraph p ON p.id = v.paragraph_id AND p.version_number = v.number"
	      " WHERE p.analysis_id = $1 AND p.phase <= $2 AND p.state = 1 AND c.phase <= $2"
	      " ORDER BY c.version_id, c.position LIMIT 5000"
};
static const struct db_stmt CITED_FROZEN = {
	"analysis_frozen_citations", "ii",
	CITED " JOIN analysis_frozen_part q ON q.version_id = c.version_id"
	      " WHERE q.frozen_id = $1 AND q.phase <= $2 AND c.phase <= $2"
	      " ORDER BY c.version_id, c.position LIMIT 5000"
};
static const struct db_stmt CITED_VERSION = {
	"analysis_version_citations", "ii",
	CITED
	" WHERE c.version_id = $1 AND c.phase <= $2 ORDER BY c.version_id, c.position LIMIT 5000"
};
static const struct db_stmt CITABLE = {
	"analysis_citable", "ii",
	"SELECT f.id, f.version, f.uuid, f.phase, CASE WHEN k.id IS NULL THEN 0 ELSE 1 END"
	" FROM presence p JOIN fact f ON f.presence_id = p.id"
	" LEFT JOIN fact_correction k ON k.fact_id = f.id"
	" WHERE p.casefile_id = $1 AND f.phase <= $2 AND f.other_presence_id IS NULL"
	" ORDER BY f.id LIMIT 4000"
};
static const struct db_stmt NAMES = {
	"analysis_presences", "i",
	"SELECT id, number, uuid FROM presence WHERE casefile_id = $1 ORDER BY number, id LIMIT 100"
};
const struct db_stmt *const analysis_read_statements[] = {
	&OF_FROZEN, &FIND,      &LIST,         &LOAD,          &VERSIONS, &ABOUT, &LASTING,
	&HIDES,     &CITED_NOW, &CITED_FROZEN, &CITED_VERSION, &CITABLE,  &NAMES, NULL,
};

enum status analysis_find(struct db_read *r, int64_t casefile_id, int level, struct analysis *ret,
                          struct error *reterr)
{
	enum { LIVE_COLUMN = 2 /* live_1 is the third after it */ };
	AUTO(db_rows_close) struct db_rows row = { 0 };

	*ret = (struct analysis){ 0 };
	enum status st = db_query(r, &FIND, DB_ARGS(DB_INT(casefile_id)), &row, reterr);
	if (st != OK || !db_next(&row))
		return st != OK ? st : db_rows_end(&row, reterr);
	ret->id = db_int(&row, 0);
	ret->begun_at = db_int(&row, LIVE_COLUMN);
	for (int phase = 1; phase <= level && phase <= 3; phase++)
		if (db_int(&row, LIVE_COLUMN + phase) > ret->live)
			ret->live = db_int(&row, LIVE_COLUMN + phase);
	return OK;
}

/* ---- paragraphs --------------------------------------------------------------------------------- */

static struct seal_place place_of(const struct uuid *version, int phase)
{
	return (struct seal_place){ .table = "analysis_version",
		                    .column = "sealed",
		                    .id = uuid_number(version),
		                    .phase = phase };
}

static struct paragraph read_paragraph(const struct db_rows *row, struct arena *a)
{
	struct paragraph ret = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.uuid = uuid_stored(row, 2),
		.section = (int)db_int(row, 3),
		.phase = (int)db_int(row, 4),
		.state = (uint8_t)db_int(row, 5),
		.review = db_int(row, 6),
		.review_until = db_int(row, 7),
		.version_id = db_int(row, 8),
		.number = db_int(row, 9),
		.version_uuid = uuid_stored(row, 10),
		.follows = db_int(row, 11),
		.key_id = db_int(row, 12),
		.written_at = db_int(row, 14),
		.written_by = db_int(row, 15),
		.author = db_text(row, 16, a),
		.participant = db_text(row, 17, a),
	};
	ret.sealed.bytes = db_bytes(row, 13, a, &ret.sealed.len);
	return ret;
}

/* stored stays NULL where the key is gone. */
static enum status open_words(struct db_read *r, struct keyring *k, struct paragraph *p,
                              struct arena *a, struct error *reterr)
{
	const struct seal_place place = place_of(&p->version_uuid, p->phase);
	struct seal_key key;
	size_t len = 0;

	enum status st = key_load(r, k, p->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st == ERR_NOT_FOUND)
		return OK;
	if (st != OK)
		return st;
	st = seal_open(&key, &place, p->sealed.bytes, p->sealed.len, a, &p->stored, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): which statement, asked how, of how many
static enum status read_list(struct db_read *r, struct keyring *k, const struct db_stmt *s,
                             const struct db_value *args, size_t max, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct paragraph *list = ARENA_ARRAY(a, struct paragraph, max);
	size_t count = 0, opened = 0;

	enum status st = db_query(r, s, args, &rows, reterr);
	while (st == OK && count < max && db_next(&rows))
		list[count++] = read_paragraph(&rows, a);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = open_words(r, k, &list[i], a, reterr);
		if (st == OK && list[i].stored != NULL)
			list[opened++] = list[i];
	}
	*ret = (struct array){ list, opened };
	return st;
}

// NOLINTNEXTLINE(readability-function-size): of which analysis, for whom, in which state
enum status paragraph_list(struct db_read *r, struct keyring *k, int64_t analysis_id, int level,
                           uint8_t state, struct arena *a, struct array *ret, struct error *reterr)
{
	return read_list(r, k, &LIST, DB_ARGS(DB_INT(analysis_id), DB_INT(level), DB_INT(state)),
	                 ANALYSIS_PARAGRAPHS_MAX, a, ret, reterr);
}

// NOLINTNEXTLINE(readability-function-size): which paragraph, of which casefile, for whom
enum status paragraph_load(struct db_read *r, struct keyring *k, int64_t casefile_id, int level,
                           const char *uuid, struct arena *a, struct paragraph *ret,
                           struct error *reterr)
{
	struct array found = { 0 };
	struct uuid id;

	if (!uuid_parse(uuid, &id))
		id = (struct uuid){ { 0 } }; /* as if there were none */
	enum status st =
	    read_list(r, k, &LOAD,
	              DB_ARGS(DB_INT(casefile_id), DB_INT(level), DB_BYTES(id.bytes, UUID_BYTES)),
	              1, a, &found, reterr);
	if (st == OK && found.count == 0)
		return FAIL_NOT_FOUND(reterr);
	if (st == OK)
		*ret = *(const struct paragraph *)found.items;
	return st;
}

// NOLINTNEXTLINE(readability-function-size): of which paragraph, for whom
enum status paragraph_versions(struct db_read *r, struct keyring *k, const struct paragraph *p,
                               int level, struct arena *a, struct array *ret, struct error *reterr)
{
	struct paragraph *to = ARENA_ARRAY(a, struct paragraph, ANALYSIS_VERSIONS_MAX);
	size_t count = 0;
	enum status st = OK;

	for (int64_t id = p->id; st == OK && id != 0 && count < ANALYSIS_VERSIONS_MAX;) {
		struct array found = { 0 };
		st = read_list(r, k, &VERSIONS, DB_ARGS(DB_INT(id), DB_INT(level)),
		               ANALYSIS_VERSIONS_MAX - count, a, &found, reterr);
		const struct paragraph *rows = found.items;
		for (size_t i = 0; st == OK && i < found.count; i++)
			to[count++] = rows[i];
		id = found.count > 0 ? rows[0].follows : 0;
	}
	*ret = (struct array){ to, count };
	return st;
}

// NOLINTNEXTLINE(readability-function-size): of which fixed version, for whom
enum status paragraphs_about(struct db_read *r, struct keyring *k, int64_t presence_id,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	return read_list(r, k, &ABOUT, DB_ARGS(DB_INT(presence_id)), ANALYSIS_PARAGRAPHS_MAX, a,
	                 ret, reterr);
}

enum status paragraphs_lasting(struct db_read *r, struct keyring *k, int64_t casefile_id,
                               struct arena *a, struct array *ret, struct error *reterr)
{
	return read_list(r, k, &LASTING, DB_ARGS(DB_INT(casefile_id)), ANALYSIS_PARAGRAPHS_MAX, a,
	                 ret, reterr);
}

enum status paragraphs_of_frozen(struct db_read *r, struct keyring *k, int64_t frozen_id, int level,
                                 struct arena *a, struct array *ret, struct error *reterr)
{
	enum status st = read_list(r, k, &OF_FROZEN, DB_ARGS(DB_INT(frozen_id), DB_INT(level)),
	                           ANALYSIS_PARAGRAPHS_MAX, a, ret, reterr);
	struct paragraph *p = ret->items;

	for (size_t i = 0; st == OK && i < ret->count; i++) { /* nothing of the living one */
		p[i].version = p[i].number;
		p[i].review = 0;
		p[i].review_until = 0;
	}
	return st;
}

enum status analysis_hides(struct db_read *r, int64_t analysis_id, int level, bool *ret,
                           struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &HIDES, DB_ARGS(DB_INT(analysis_id), DB_INT(level)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	*ret = st == OK && db_int(&row, 0) > 0;
	return st;
}

/* ---- citations ------------------------------------------------------------------------------------- */

static enum status read_citations(struct db_read *r, const struct db_stmt *s, int64_t id, int level,
                                  struct arena *a, struct array *ret, struct error *reterr)
{
	enum { MAX = 5000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct citation *list = ARENA_ARRAY(a, struct citation, MAX);
	size_t count = 0;

	enum status st = db_query(r, s, DB_ARGS(DB_INT(id), DB_INT(level)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		list[count++] = (struct citation){ .version_id = db_int(&rows, 0),
			                           .fact = uuid_stored(&rows, 1),
			                           .fact_version = db_int(&rows, 2),
			                           .phase = (int)db_int(&rows, 3),
			                           .now_id = db_int(&rows, 4),
			                           .changed = db_int(&rows, 5) == 1 };
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status citations_of_analysis(struct db_read *r, int64_t analysis_id, int level,
                                  struct arena *a, struct array *ret, struct error *reterr)
{
	return read_citations(r, &CITED_NOW, analysis_id, level, a, ret, reterr);
}

enum status citations_of_frozen(struct db_read *r, int64_t frozen_id, int level, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	return read_citations(r, &CITED_FROZEN, frozen_id, level, a, ret, reterr);
}

enum status citations_of_version(struct db_read *r, int64_t version_id, int level, struct arena *a,
                                 struct array *ret, struct error *reterr)
{
	return read_citations(r, &CITED_VERSION, version_id, level, a, ret, reterr);
}

enum status citable_facts(struct db_read *r, int64_t casefile_id, int level, struct arena *a,
                          struct array *ret, struct error *reterr)
{
	enum { MAX = 4000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct citable *list = ARENA_ARRAY(a, struct citable, MAX);
	size_t count = 0;

	enum status st =
	    db_query(r, &CITABLE, DB_ARGS(DB_INT(casefile_id), DB_INT(level)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] =
		    (struct citable){ db_int(&rows, 0), db_int(&rows, 1), uuid_stored(&rows, 2),
			              (int)db_int(&rows, 3), db_int(&rows, 4) == 1 };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status presence_names(struct db_read *r, int64_t casefile_id, struct arena *a,
                           struct array *ret, struct error *reterr)
{
	enum { MAX = 100 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct presence_name *list = ARENA_ARRAY(a, struct presence_name, MAX);
	size_t count = 0;

	enum status st = db_query(r, &NAMES, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct presence_name){ db_int(&rows, 0), db_int(&rows, 1),
			                                uuid_stored(&rows, 2) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* ---- sealing ----------------------------------------------------------------------------------------- */

void paragraph_seal(struct keyring *k, const struct paragraph_words *words, int64_t now_ms,
                    struct arena *a, struct sealed_words *ret)
{
	*ret = (struct sealed_words){ .uuid = uuid_at(now_ms), .words = *words };
	const struct seal_place place = place_of(&ret->uuid, words->phase);
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed =
	    seal_in(a, &ret->key.key, &place, words->stored, strlen(words->stored), &ret->len);
	seal_key_wipe(&ret->key.key);
}
