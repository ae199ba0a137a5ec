/* Paragraphs elsewhere: another place, away and back, and looked at again. */
#include "access/access.h"
#include "analysis/analysis_http.h"
#include "analysis/paragraph_change.h"
#include "audit/action.h"
#include "plein/plein.h"

static const struct code DIRECTIONS[] = { { 1, "UP", "Omhoog" }, { 2, "DOWN", "Omlaag" }, { 0 } };
struct move_input {
	int direction;
	const char *section, *after;
};
static const struct field MOVE_FIELDS[] = {
	{ .path = "direction",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct move_input, direction),
	  .label = "Waarheen",
	  .codes = DIRECTIONS },
	{ .path = "section",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct move_input, section),
	  .label = "Naar welk onderdeel",
	  .max_chars = 40 },
	{ .path = "after",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct move_input, after),
	  .label = "Na welke alinea",
	  .max_chars = 40 },
};
static const struct form MOVE_FORM = { MOVE_FIELDS, 3, sizeof(struct move_input) };

/* One further among those that this writer sees; what he doesn't see stays with its neighbours. */
static enum status beside(struct request *rq, const struct paragraph_change *c, bool up,
                          struct paragraph_spot *ret, struct error *reterr)
{
	struct array all = { 0 };
	struct analysis analysis;
	int64_t earlier = 0, before = 0;
	bool passed = false;

	enum status st = analysis_find(rq->db, c->on.casefile.id, c->on.level, &analysis, reterr);
	if (st == OK)
		st = paragraph_list(rq->db, plein_of(rq)->keyring, analysis.id, c->on.level,
		                    PARAGRAPH_STANDS, rq->arena, &all, reterr);
	const struct paragraph *p = all.items;
	*ret = (struct paragraph_spot){ .section = c->paragraph.section, .after = -1 };
	for (size_t i = 0; st == OK && i < all.count; i++) {
		if (p[i].section != c->paragraph.section)
			continue;
		if (passed) { /* down: after the next one */
			ret->after = p[i].id;
			return OK;
		}
		passed = p[i].id == c->paragraph.id && !up;
		if (p[i].id == c->paragraph.id && up) {
			ret->after = earlier;
			return OK;
		}
		earlier = before;
		before = p[i].id;
	}
	return st;
}

static enum status load_standing(struct request *rq, struct paragraph_change *c, uint8_t state,
                                 struct error *reterr)
{
	enum status st = on_analysis_to_write(rq, &c->on, reterr);

	if (st == OK)
		st = paragraph_of_path(rq, &c->on, &c->paragraph, reterr);
	return st == OK && c->paragraph.state != state ? FAIL_NOT_FOUND(reterr) : st;
}

static enum status prepare_move(struct request *rq, void **ret_input, struct error *reterr)
{
	struct paragraph_change *c = ARENA_NEW(rq->arena, struct paragraph_change);
	struct move_input in;

	*ret_input = c;
	enum status st = load_standing(rq, c, PARAGRAPH_STANDS, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &MOVE_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	if (in.direction != 0)
		return beside(rq, c, in.direction == 1, &c->spot, reterr);
	if (in.section[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "direction",
		             "Kies omhoog of omlaag, of een onderdeel.");
	return paragraph_spot_named(rq, &c->on, in.section, in.after, &c->spot, reterr);
}

static enum status apply_move(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct paragraph_change *c = change->input;
	const struct analysis_writer w = paragraph_writer(change->rq, &c->on);

	enum status st = analysis_still_live(tx, w.casefile_id, reterr);
	if (st == OK)
		st = paragraph_move(tx, &w, &c->paragraph, &c->spot, reterr);
	paragraph_finish(tx, change, c, c->paragraph.phase, "De alinea staat nu ergens anders.");
	return st;
}

static enum status prepare_versioned(struct request *rq, uint8_t state, void **ret_input,
                                     struct error *reterr)
{
	struct paragraph_change *c = ARENA_NEW(rq->arena, struct paragraph_change);
	struct version_input in;

	*ret_input = c;
	enum status st = load_standing(rq, c, state, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	c->version = in.version;
	return OK;
}

static enum status prepare_remove(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare_versioned(rq, PARAGRAPH_STANDS, ret_input, reterr);
}

static enum status prepare_restore(struct request *rq, void **ret_input, struct error *reterr)
{
	return prepare_versioned(rq, PARAGRAPH_REMOVED, ret_input, reterr);
}

static enum status set_state(struct db_tx *tx, struct change *change, uint8_t state,
                             const char *note, struct error *reterr)
{
	const struct paragraph_change *c = change->input;
	const struct analysis_writer w = paragraph_writer(change->rq, &c->on);

	enum status st = db_claim(tx, &PARAGRAPH_ROOT, c->paragraph.id, c->version, reterr);
	if (st == OK)
		st = analysis_still_live(tx, w.casefile_id, reterr);
	if (st == OK)
		st = paragraph_set_state(tx, &w, &c->paragraph, state, reterr);
	paragraph_finish(tx, change, c, c->paragraph.phase, note);
	return st;
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	return set_state(tx, args, PARAGRAPH_REMOVED,
	                 "De alinea is weggehaald. Onderaan kunt u haar terugzetten.", reterr);
}

static enum status apply_restore(struct db_tx *tx, void *args, struct error *reterr)
{
	return set_state(tx, args, PARAGRAPH_STANDS, "De alinea staat er weer.", reterr);
}

/* ---- looked at again ------------------------------------------------------------------------------------ */

/* It stays as it is: the same words, resting on what is still there, as it is now. */
static enum status prepare_looked(struct request *rq, void **ret_input, struct error *reterr)
{
	enum status st = prepare_versioned(rq, PARAGRAPH_STANDS, ret_input, reterr);
	struct paragraph_change *c = *ret_input;
	struct paragraph_words words;
	struct array citations = { 0 };
	struct known_world world;

	if (st == OK)
		st = known_world_load(rq->db, plein_of(rq)->keyring, c->on.casefile.id, c->on.level,
		                      rq->arena, &world, reterr);
	if (st == OK)
		st = citations_of_version(rq->db, c->paragraph.version_id, c->on.level, rq->arena,
		                          &citations, reterr);
	if (st != OK)
		return st;
	const struct citation *from = citations.items;
	struct cited_input *facts = ARENA_ARRAY(rq->arena, struct cited_input, citations.count + 1);
	for (size_t i = 0; i < citations.count; i++)
		facts[i].id = from[i].now_id;
	const struct words_input in = {
		.text = mention_typed(rq->arena, c->paragraph.stored, world.known, world.count),
		.facts = { facts, citations.count },
		.other_name = true,
	};
	st = words_read(rq, &c->on, &in, &words, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	c->fresh = uuid_at(rq->now_ms);
	paragraph_seal(plein_of(rq)->keyring, &words, rq->now_ms, rq->arena, &c->words);
	return OK;
}

#define PARAGRAPH "/casefiles/{ref}/analysis/paragraphs/{id}"
const struct route paragraph_place_routes[] = {
	{ .method = "POST",
	  .path = PARAGRAPH "/_move",
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_WRITE,
	  .prepare = prepare_move,
	  .apply = apply_move,
	  .form = &MOVE_FORM,
	  .summary = "Een alinea verplaatsen" },
	{ .method = "POST",
	  .path = PARAGRAPH "/_remove",
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_WRITE,
	  .prepare = prepare_remove,
	  .apply = apply_remove,
	  .form = &VERSION_FORM,
	  .summary = "Een alinea weghalen" },
	{ .method = "POST",
	  .path = PARAGRAPH "/_restore",
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_WRITE,
	  .prepare = prepare_restore,
	  .apply = apply_restore,
	  .form = &VERSION_FORM,
	  .summary = "Een weggehaalde alinea terugzetten" },
	{ .method = "POST",
	  .path = PARAGRAPH "/_looked",
	  .permission = PERM_ANALYSIS_WRITE,
	  .action = AUDIT_ANALYSIS_WRITE,
	  .prepare = prepare_looked,
	  .apply = paragraph_apply_words,
	  .form = &VERSION_FORM,
	  .summary = "Zeggen dat een alinea is nagekeken en blijft staan" },
	{ 0 },
};
