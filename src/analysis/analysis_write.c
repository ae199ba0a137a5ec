/* Paragraphs are written, moved, removed and looked at again. Each inside a job. */
#include "analysis/analysis_store.h"

#include <string.h>

#include "audit/action.h"
#include "search/search_feed.h"
#include "work/work.h"

const struct db_root PARAGRAPH_ROOT = DB_ROOT(43, analysis_paragraph);

static const struct db_stmt BEGIN = {
	"analysis_begin", "biii",
	"INSERT INTO analysis (uuid, casefile_id, begun_by, begun_at) VALUES ($1, $2, $3, $4)"
	" ON CONFLICT (casefile_id) DO NOTHING"
};
static const struct db_stmt BEGUN = { "analysis_begun", "i",
	                              "SELECT id FROM analysis WHERE casefile_id = $1" };
static const struct db_stmt STIR = {
	"analysis_stir", "iii",
	"UPDATE analysis SET live_1 = CASE WHEN $2 = 1 AND live_1 < $3 THEN $3 ELSE live_1 END,"
	" live_2 = CASE WHEN $2 = 2 AND live_2 < $3 THEN $3 ELSE live_2 END,"
	" live_3 = CASE WHEN $2 = 3 AND live_3 < $3 THEN $3 ELSE live_3 END WHERE id = $1"
};
static const struct db_stmt PLACES = {
	"analysis_places", "ii",
	"SELECT id, place FROM analysis_paragraph WHERE analysis_id = $1 AND section = $2"
	" AND state = 1 ORDER BY place, id LIMIT 600"
};
static const struct db_stmt SET_PLACE = {
	"analysis_set_place", "iii",
	"UPDATE analysis_paragraph SET section = $2, place = $3 WHERE id = $1 AND state = 1"
};
static const struct db_stmt INSERT = {
	"analysis_paragraph_insert", "biiiiI",
	"INSERT INTO analysis_paragraph (uuid, analysis_id, section, place, phase, follows_id)"
	" VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"
};
static const struct db_stmt INSERT_VERSION = {
	"analysis_version_insert", "biiibii",
	"INSERT INTO analysis_version (uuid, paragraph_id, number, key_id, sealed, written_by,"
	" written_at) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id"
};
static const struct db_stmt CITE = {
	"analysis_cite", "iibiii",
	"INSERT INTO analysis_citation (version_id, position, fact_uuid, fact_version, phase,"
	" corrected) VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt MENTION = {
	"analysis_mention", "ib",
	"INSERT INTO analysis_mention (version_id, presence_uuid) VALUES ($1, $2)"
	" ON CONFLICT (version_id, presence_uuid) DO NOTHING"
};
static const struct db_stmt NEXT_VERSION = {
	"analysis_next_version", "ii",
	"UPDATE analysis_paragraph SET version_number = $2, review = 0, review_since = 0,"
	" review_until = 0 WHERE id = $1 AND state = 1"
};
static const struct db_stmt SET_STATE = {
	"analysis_set_state", "iii",
	"UPDATE analysis_paragraph SET state = $3 WHERE id = $1 AND state = $2"
};
static const struct db_stmt PLACE_OF = {
	"analysis_place_of", "i",
	"SELECT analysis_id, section, place FROM analysis_paragraph"
	" WHERE id = $1"
};
const struct db_stmt *const analysis_write_statements[] = {
	&PARAGRAPH_ROOT.claim,
	&PARAGRAPH_ROOT.look,
	&BEGIN,
	&BEGUN,
	&STIR,
	&PLACES,
	&SET_PLACE,
	&INSERT,
	&INSERT_VERSION,
	&CITE,
	&MENTION,
	&NEXT_VERSION,
	&SET_STATE,
	&PLACE_OF,
	NULL,
};

enum status analysis_begin(struct db_tx *tx, const struct analysis_writer *w,
                           const struct uuid *fresh, int64_t *ret_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_exec(tx, &BEGIN,
	                         DB_ARGS(DB_BYTES(fresh->bytes, UUID_BYTES), DB_INT(w->casefile_id),
	                                 DB_INT(w->appointment_id), DB_INT(w->now_ms)),
	                         NULL, reterr);

	if (st == OK)
		st =
		    db_query(db_tx_read(tx), &BEGUN, DB_ARGS(DB_INT(w->casefile_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret_id = db_int(&row, 0);
	return st;
}

static enum status stir(struct db_tx *tx, const struct analysis_writer *w, int64_t analysis_id,
                        int phase, struct error *reterr)
{
	return db_exec(tx, &STIR, DB_ARGS(DB_INT(analysis_id), DB_INT(phase), DB_INT(w->now_ms)),
	               NULL, reterr);
}

/* ---- places --------------------------------------------------------------------------------------- */

enum { PLACE_GAP = 1 << 20 };

struct placed {
	int64_t id, place;
};

static enum status load_places(struct db_tx *tx, int64_t analysis_id, int section, int64_t without,
                               struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct placed *list = ARENA_ARRAY(db_tx_arena(tx), struct placed, ANALYSIS_PARAGRAPHS_MAX);
	size_t count = 0;

	enum status st = db_query(db_tx_read(tx), &PLACES,
	                          DB_ARGS(DB_INT(analysis_id), DB_INT(section)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < ANALYSIS_PARAGRAPHS_MAX && db_next(&rows))
		if (db_int(&rows, 0) != without)
			list[count++] = (struct placed){ db_int(&rows, 0), db_int(&rows, 1) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* Everybody gets room again. */
static enum status spread(struct db_tx *tx, int section, struct array list, struct error *reterr)
{
	struct placed *p = list.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < list.count; i++) {
		p[i].place = (int64_t)(i + 1) * PLACE_GAP;
		st = db_exec(tx, &SET_PLACE,
		             DB_ARGS(DB_INT(p[i].id), DB_INT(section), DB_INT(p[i].place)), NULL,
		             reterr);
	}
	return st;
}

/* The number before which it comes; the end if what it should follow is gone. */
static size_t index_after(struct array list, int64_t after)
{
	const struct placed *p = list.items;

	if (after == 0)
		return 0;
	for (size_t i = 0; i < list.count; i++)
		if (p[i].id == after)
			return i + 1;
	return list.count;
}

static bool place_between(struct array list, size_t index, int64_t *ret)
{
	const struct placed *p = list.items;
	const int64_t before = index > 0 ? p[index - 1].place : 0;

	if (index == list.count) {
		*ret = before + PLACE_GAP;
		return true;
	}
	*ret = before + (p[index].place - before) / 2;
	return *ret > before && *ret < p[index].place;
}

static enum status place_for(struct db_tx *tx, int64_t analysis_id,
                             const struct paragraph_spot *spot, int64_t without, int64_t *ret,
                             struct error *reterr)
{
	struct array list = { 0 };
	enum status st = load_places(tx, analysis_id, spot->section, without, &list, reterr);

	if (st != OK)
		return st;
	if (list.count == ANALYSIS_PARAGRAPHS_MAX)
		return FAIL(reterr, ERR_LIMIT, "Dit onderdeel is vol. Haal eerst een alinea weg.");
	const size_t index = index_after(list, spot->after);
	if (place_between(list, index, ret))
		return OK;
	st = spread(tx, spot->section, list, reterr);
	(void)place_between(list, index, ret);
	return st;
}

/* ---- words ------------------------------------------------------------------------------------------ */

static enum status insert_version(struct db_tx *tx, const struct analysis_writer *w,
                                  int64_t paragraph_id, int64_t number,
                                  const struct sealed_words *s, struct error *reterr)
{
	int64_t id = 0;
	enum status st = key_store(tx, &s->key, reterr);

	if (st == OK)
		st = db_insert(tx, &INSERT_VERSION,
		               DB_ARGS(DB_BYTES(s->uuid.bytes, UUID_BYTES), DB_INT(paragraph_id),
		                       DB_INT(number), DB_INT(s->key.id),
		                       DB_BYTES(s->sealed, s->len), DB_INT(w->appointment_id),
		                       DB_INT(w->now_ms)),
		               &id, reterr);
	for (size_t i = 0; st == OK && i < s->words.citation_count; i++) {
		const struct citable *c = &s->words.citations[i];
		st = db_exec(tx, &CITE,
		             DB_ARGS(DB_INT(id), DB_INT((int64_t)i),
		                     DB_BYTES(c->uuid.bytes, UUID_BYTES), DB_INT(c->version),
		                     DB_INT(c->phase), DB_INT(c->corrected)),
		             NULL, reterr);
	}
	for (size_t i = 0; st == OK && i < s->words.mention_count; i++)
		st = db_exec(tx, &MENTION,
		             DB_ARGS(DB_INT(id), DB_BYTES(s->words.mentions[i].bytes, UUID_BYTES)),
		             NULL, reterr);
	return st == OK ? search_changed(tx, OBJECT_PARAGRAPH, paragraph_id, reterr) : st;
}

struct its_place {
	int64_t analysis_id, section, place;
	int64_t follows; /* 0: nothing */
};

static enum status insert_at(struct db_tx *tx, const struct analysis_writer *w,
                             const struct its_place *at, const struct uuid *uuid,
                             const struct sealed_words *words, struct error *reterr)
{
	int64_t id = 0;
	enum status st =
	    db_insert(tx, &INSERT,
	              DB_ARGS(DB_BYTES(uuid->bytes, UUID_BYTES), DB_INT(at->analysis_id),
	                      DB_INT(at->section), DB_INT(at->place), DB_INT(words->words.phase),
	                      at->follows != 0 ? DB_INT(at->follows) : DB_NULL),
	              &id, reterr);

	if (st == OK)
		st = insert_version(tx, w, id, 1, words, reterr);
	return st == OK ? stir(tx, w, at->analysis_id, words->words.phase, reterr) : st;
}

// NOLINTNEXTLINE(readability-function-size): where it comes, and what
enum status paragraph_insert(struct db_tx *tx, const struct analysis_writer *w, int64_t analysis_id,
                             const struct paragraph_spot *spot, const struct uuid *uuid,
                             const struct sealed_words *words, struct error *reterr)
{
	struct its_place at = { .analysis_id = analysis_id, .section = spot->section };
	enum status st = place_for(tx, analysis_id, spot, 0, &at.place, reterr);

	return st == OK ? insert_at(tx, w, &at, uuid, words, reterr) : st;
}

static enum status gone_meanwhile(struct error *reterr)
{
	return FAIL(reterr, ERR_CONFLICT,
	            "Deze alinea is er niet meer. Bekijk de analyse opnieuw.");
}

static enum status change_state(struct db_tx *tx, int64_t id, uint8_t from, uint8_t to,
                                struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(tx, &SET_STATE, DB_ARGS(DB_INT(id), DB_INT(from), DB_INT(to)),
	                         &changed, reterr);

	if (st == OK && changed == 0)
		return gone_meanwhile(reterr);
	return st == OK ? search_changed(tx, OBJECT_PARAGRAPH, id, reterr) : st;
}

static enum status standing_of(struct db_tx *tx, int64_t id, struct its_place *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &PLACE_OF, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct its_place){ db_int(&row, 0), db_int(&row, 1), db_int(&row, 2), id };
	return st;
}

static enum status review_done(struct db_tx *tx, const struct analysis_writer *w, int64_t id,
                               struct error *reterr)
{
	return work_done(tx, WORK_ANALYSIS_REVIEW, OBJECT_PARAGRAPH, id, w->person_id, w->now_ms,
	                 reterr);
}

// NOLINTNEXTLINE(readability-function-size): which paragraph, and what it becomes
enum status paragraph_save(struct db_tx *tx, const struct analysis_writer *w,
                           const struct paragraph *p, const struct uuid *fresh,
                           const struct sealed_words *words, struct error *reterr)
{
	struct its_place at = { 0 };
	int64_t changed = 0;
	enum status st = standing_of(tx, p->id, &at, reterr);

	if (st == OK)
		st = review_done(tx, w, p->id, reterr);
	if (st == OK)
		st = stir(tx, w, at.analysis_id, p->phase, reterr);
	if (st != OK)
		return st;
	if (words->words.phase != p->phase) {
		st = change_state(tx, p->id, PARAGRAPH_STANDS, PARAGRAPH_REPLACED, reterr);
		return st == OK ? insert_at(tx, w, &at, fresh, words, reterr) : st;
	}
	st = db_exec(tx, &NEXT_VERSION, DB_ARGS(DB_INT(p->id), DB_INT(p->number + 1)), &changed,
	             reterr);
	if (st == OK && changed == 0)
		return gone_meanwhile(reterr);
	return st == OK ? insert_version(tx, w, p->id, p->number + 1, words, reterr) : st;
}

enum status paragraph_move(struct db_tx *tx, const struct analysis_writer *w,
                           const struct paragraph *p, const struct paragraph_spot *spot,
                           struct error *reterr)
{
	struct its_place at = { 0 };
	int64_t place = 0, changed = 0;
	enum status st = standing_of(tx, p->id, &at, reterr);

	if (st == OK)
		st = place_for(tx, at.analysis_id, spot, p->id, &place, reterr);
	if (st == OK)
		st = db_exec(tx, &SET_PLACE,
		             DB_ARGS(DB_INT(p->id), DB_INT(spot->section), DB_INT(place)), &changed,
		             reterr);
	if (st == OK && changed == 0)
		return gone_meanwhile(reterr);
	return st == OK ? stir(tx, w, at.analysis_id, p->phase, reterr) : st;
}

enum status paragraph_set_state(struct db_tx *tx, const struct analysis_writer *w,
                                const struct paragraph *p, uint8_t state, struct error *reterr)
{
	struct its_place at = { 0 };
	enum status st = standing_of(tx, p->id, &at, reterr);

	if (st == OK)
		st = change_state(tx, p->id, p->state, state, reterr);
	if (st == OK && state == PARAGRAPH_REMOVED)
		st = review_done(tx, w, p->id, reterr);
	return st == OK ? stir(tx, w, at.analysis_id, p->phase, reterr) : st;
}
