/* An advice is written: begun, its words, its proposals, the facts it cites. */
#include "advice/advice_write.h"

#include "advice/advice_trail.h"
#include "audit/action.h"
#include "platform/crypto/numbering.h"
#include "search/search_feed.h"

const struct db_root ADVICE_ROOT = DB_ROOT(50, advice);
const struct db_root PROPOSAL_ROOT = DB_ROOT(51, advice_proposal);

static const struct db_stmt EDITIONS = {
	"advice_editions", "i",
	"SELECT coalesce(max(edition), 0), coalesce(sum(CASE WHEN state <> 4 THEN 1 ELSE 0 END), 0)"
	" FROM advice WHERE casefile_id = $1"
};
static const struct db_stmt INSERT = {
	"advice_insert", "btiiii",
	"INSERT INTO advice (uuid, reference, casefile_id, edition, state, state_since, written_by,"
	" created_at) VALUES ($1, $2, $3, $4, 1, $5, $6, $5) RETURNING id"
};
static const struct db_stmt PUT_TEXTS = {
	"advice_texts_put", "iibbii",
	"UPDATE advice SET key_id = $2, introduction = $3, conclusion = $4,"
	" introduction_chars = $5, conclusion_chars = $6 WHERE id = $1"
};
static const struct db_stmt LAST_PROPOSAL = {
	"advice_last_proposal", "i",
	"SELECT coalesce(max(number), 0), coalesce(max(place), 0), count(*) FROM advice_proposal"
	" WHERE advice_id = $1"
};
static const struct db_stmt ADD_PROPOSAL = {
	"advice_proposal_add", "biiiiiiiiiiiiiibbbbiiii",
	"INSERT INTO advice_proposal (uuid, advice_id, number, place, instrument, kind, weight,"
	" barrier, lead_organ_id, hours, wanted_day, waits_for, alternative_to, key_id, named,"
	" basis, approach, effect, indicator, basis_chars, approach_chars, effect_chars,"
	" indicator_chars) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14,"
	" $15, $16, $17, $18, $19, $20, $21, $22, $23) RETURNING id"
};
static const struct db_stmt PROPOSAL_KEYS = {
	"advice_proposal_keys", "ii",
	"SELECT id, key_id, answer_key_id, number, place FROM advice_proposal"
	" WHERE advice_id = $1 AND number = $2"
};
static const struct db_stmt CHANGE_PROPOSAL = {
	"advice_proposal_change", "iiiiiiiiiiibbbbiiii",
	"UPDATE advice_proposal SET instrument = $2, kind = $3, weight = $4, barrier = $5,"
	" lead_organ_id = $6, hours = $7, wanted_day = $8, waits_for = $9, alternative_to = $10,"
	" key_id = $11, basis = $12, approach = $13, effect = $14, indicator = $15,"
	" basis_chars = $16, approach_chars = $17, effect_chars = $18, indicator_chars = $19,"
	" feasible = 0, feasible_hours = 0, asked_at = 0, due_day = 0, answered_by = NULL,"
	" answered_at = 0, answer_key_id = 0, answer = NULL, named = 0 WHERE id = $1"
};
static const struct db_stmt DROP_CO_OWNERS = {
	"advice_co_owners_drop", "i", "DELETE FROM advice_co_owner WHERE proposal_id = $1"
};
static const struct db_stmt ADD_CO_OWNER = {
	"advice_co_owner_add", "ii",
	"INSERT INTO advice_co_owner (proposal_id, organ_id) VALUES ($1, $2)"
	" ON CONFLICT (proposal_id, organ_id) DO NOTHING"
};
static const struct db_stmt UNTIE = {
	"advice_proposals_untie", "ii",
	"UPDATE advice_proposal SET waits_for = CASE WHEN waits_for = $2 THEN 0 ELSE waits_for END,"
	" alternative_to = CASE WHEN alternative_to = $2 THEN 0 ELSE alternative_to END"
	" WHERE advice_id = $1"
};
static const struct db_stmt UNTIE_FACTS = {
	"advice_facts_untie", "ii",
	"UPDATE advice_fact SET proposal_number = 0 WHERE advice_id = $1 AND proposal_number = $2"
};
static const struct db_stmt DROP_PROPOSAL = { "advice_proposal_drop", "i",
	                                      "DELETE FROM advice_proposal WHERE id = $1" };
static const struct db_stmt ABOVE = {
	"advice_proposal_above", "ii",
	"SELECT coalesce(max(place), 0) FROM advice_proposal WHERE advice_id = $1 AND place < $2"
};
static const struct db_stmt SWAP = {
	"advice_proposal_swap", "iii",
	"UPDATE advice_proposal SET place = CASE WHEN place = $2 THEN $3 ELSE $2 END"
	" WHERE advice_id = $1 AND place IN ($2, $3)"
};
static const struct db_stmt CITABLE = {
	"advice_citable", "iii",
	"SELECT f.uuid, coalesce(f.source_organ_id, (SELECT min(o.id) FROM organ o"
	" WHERE o.participant_id = f.source_participant_id)), f.phase, f.handling,"
	" (SELECT count(*) FROM advice_fact x WHERE x.advice_id = d.id) FROM fact f"
	" JOIN presence p ON p.id = f.presence_id JOIN advice d ON d.casefile_id = p.casefile_id"
	" WHERE d.id = $1 AND f.id = $2 AND f.phase <= $3"
};
static const struct db_stmt CITE = {
	"advice_cite", "ibiiii",
	"INSERT INTO advice_fact (advice_id, fact_uuid, proposal_number, organ_id, phase, usable,"
	" said_by) VALUES ($1, $2, $3, $4, $5, $6, NULL) ON CONFLICT (advice_id, fact_uuid)"
	" DO UPDATE SET proposal_number = $3"
};
static const struct db_stmt UNCITE = {
	"advice_uncite", "iii",
	"DELETE FROM advice_fact WHERE advice_id = $1 AND phase <= $3 AND fact_uuid ="
	" (SELECT f.uuid FROM fact f WHERE f.id = $2)"
};

const struct db_stmt *const advice_write_statements[] = {
	&ADVICE_ROOT.claim,
	&ADVICE_ROOT.look,
	&PROPOSAL_ROOT.claim,
	&PROPOSAL_ROOT.look,
	&EDITIONS,
	&INSERT,
	&PUT_TEXTS,
	&LAST_PROPOSAL,
	&ADD_PROPOSAL,
	&PROPOSAL_KEYS,
	&CHANGE_PROPOSAL,
	&DROP_CO_OWNERS,
	&ADD_CO_OWNER,
	&UNTIE,
	&UNTIE_FACTS,
	&DROP_PROPOSAL,
	&ABOVE,
	&SWAP,
	&CITABLE,
	&CITE,
	&UNCITE,
	NULL,
};

/* ---- beginning ----------------------------------------------------------------------------------- */

static enum status numbers(struct db_tx *tx, const struct db_stmt *s, const struct db_value *args,
                           int64_t *ret, int count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), s, args, &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	for (int i = 0; st == OK && i < count; i++)
		ret[i] = db_int(&row, i);
	return st;
}

enum status advice_insert(struct db_tx *tx, const struct advice_new *n, int64_t *ret_id,
                          const char **ret_reference, struct error *reterr)
{
	int64_t found[2] = { 0 };

	enum status st = numbers(tx, &EDITIONS, DB_ARGS(DB_INT(n->casefile_id)), found, 2, reterr);
	if (st == OK && found[1] > 0)
		return FAIL(reterr, ERR_CONFLICT, "Deze casus heeft al een advies.");
	if (st == OK)
		st = reference_next(tx, n->reference_key, "A", n->now_ms, ret_reference, reterr);
	if (st == OK)
		st = db_insert(tx, &INSERT,
		               DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(*ret_reference),
		                       DB_INT(n->casefile_id), DB_INT(found[0] + 1),
		                       DB_INT(n->now_ms), DB_INT(n->viewer->appointment_id)),
		               ret_id, reterr);
	const struct advice made = { .id = *ret_id };
	const struct advice_writer w = { &made, n->viewer, n->now_ms };
	return st == OK ? advice_record(tx, &w, ADVICE_WRITE, reterr) : st;
}

enum status advice_texts_put(struct db_tx *tx, const struct advice_writer *w,
                             const struct sealed_advice_texts *t, struct error *reterr)
{
	enum status st = key_store(tx, &t->key, reterr);

	if (st == OK)
		st = db_exec(tx, &PUT_TEXTS,
		             DB_ARGS(DB_INT(w->advice->id), DB_INT(t->key.id),
		                     DB_BYTES(t->introduction, t->introduction_len),
		                     DB_BYTES(t->conclusion, t->conclusion_len),
		                     DB_INT(t->introduction_chars), DB_INT(t->conclusion_chars)),
		             NULL, reterr);
	if (st == OK)
		st = advice_forget_key(tx, w->advice->key_id, reterr);
	return st == OK ? search_changed(tx, OBJECT_ADVICE, w->advice->id, reterr) : st;
}

/* ---- proposals ------------------------------------------------------------------------------------- */

#define SEALED(t, i) DB_BYTES((t)->text[i], (t)->len[i])

static enum status add_proposal(struct db_tx *tx, const struct advice_writer *w,
                                const struct proposal_new *p, int64_t *ret_id, int64_t *ret_number,
                                struct error *reterr)
{
	const struct sealed_proposal_texts *t = &p->texts;
	int64_t last[3] = { 0 };

	enum status st =
	    numbers(tx, &LAST_PROPOSAL, DB_ARGS(DB_INT(w->advice->id)), last, 3, reterr);
	if (st == OK && last[2] >= ADVICE_PROPOSALS_MAX)
		return FAIL(reterr, ERR_LIMIT, "Een advies heeft ten hoogste 40 voorstellen.");
	*ret_number = last[0] + 1;
	return st == OK
	           ? db_insert(
			 tx, &ADD_PROPOSAL,
			 DB_ARGS(DB_BYTES(p->uuid.bytes, UUID_BYTES), DB_INT(w->advice->id),
	                         DB_INT(*ret_number), DB_INT(last[1] + 1), DB_INT(p->instrument),
	                         DB_INT(p->kind), DB_INT(p->weight), DB_INT(p->barrier),
	                         DB_INT(p->lead_organ_id), DB_INT(p->hours), DB_INT(p->wanted_day),
	                         DB_INT(p->waits_for), DB_INT(p->alternative_to), DB_INT(t->key.id),
	                         DB_INT(NAMED_NOT_SAID), SEALED(t, 0), SEALED(t, 1), SEALED(t, 2),
	                         SEALED(t, 3), DB_INT(t->chars[0]), DB_INT(t->chars[1]),
	                         DB_INT(t->chars[2]), DB_INT(t->chars[3])),
			 ret_id, reterr)
	           : st;
}

struct proposal_keys {
	int64_t id, key_id, answer_key_id, number, place;
};

static enum status find_proposal(struct db_tx *tx, int64_t advice_id, int64_t number,
                                 struct proposal_keys *ret, struct error *reterr)
{
	int64_t found[5] = { 0 };
	enum status st = numbers(tx, &PROPOSAL_KEYS, DB_ARGS(DB_INT(advice_id), DB_INT(number)),
	                         found, 5, reterr);

	*ret = (struct proposal_keys){ found[0], found[1], found[2], found[3], found[4] };
	return st;
}

static enum status change_proposal(struct db_tx *tx, const struct proposal_new *p,
                                   const struct proposal_keys *old, struct error *reterr)
{
	const struct sealed_proposal_texts *t = &p->texts;
	enum status st =
	    db_exec(tx, &CHANGE_PROPOSAL,
	            DB_ARGS(DB_INT(old->id), DB_INT(p->instrument), DB_INT(p->kind),
	                    DB_INT(p->weight), DB_INT(p->barrier), DB_INT(p->lead_organ_id),
	                    DB_INT(p->hours), DB_INT(p->wanted_day), DB_INT(p->waits_for),
	                    DB_INT(p->alternative_to), DB_INT(t->key.id), SEALED(t, 0),
	                    SEALED(t, 1), SEALED(t, 2), SEALED(t, 3), DB_INT(t->chars[0]),
	                    DB_INT(t->chars[1]), DB_INT(t->chars[2]), DB_INT(t->chars[3])),
	            NULL, reterr);

	if (st == OK)
		st = advice_forget_key(tx, old->key_id, reterr);
	return st == OK ? advice_forget_key(tx, old->answer_key_id, reterr) : st;
}

static enum status put_co_owners(struct db_tx *tx, int64_t proposal_id,
                                 const struct proposal_new *p, struct error *reterr)
{
	enum status st = db_exec(tx, &DROP_CO_OWNERS, DB_ARGS(DB_INT(proposal_id)), NULL, reterr);

	for (size_t i = 0; st == OK && i < p->co_owner_count; i++)
		if (p->co_owners[i] != p->lead_organ_id)
			st = db_exec(tx, &ADD_CO_OWNER,
			             DB_ARGS(DB_INT(proposal_id), DB_INT(p->co_owners[i])), NULL,
			             reterr);
	return st;
}

/* Whoever was asked about it needn't answer any more. */
static enum status ask_no_more(struct db_tx *tx, const struct advice_writer *w, int64_t proposal_id,
                               struct error *reterr)
{
	return work_done(tx, WORK_ADVICE_FEASIBLE, OBJECT_PROPOSAL, proposal_id,
	                 w->viewer->person_id, w->now_ms, reterr);
}

enum status advice_proposal_put(struct db_tx *tx, const struct advice_writer *w,
                                const struct proposal_new *p, int64_t *ret_number,
                                struct error *reterr)
{
	struct proposal_keys old = { .id = p->id, .number = *ret_number };

	enum status st = key_store(tx, &p->texts.key, reterr);
	if (st == OK && p->id == 0)
		st = add_proposal(tx, w, p, &old.id, ret_number, reterr);
	else if (st == OK)
		st = find_proposal(tx, w->advice->id, *ret_number, &old, reterr);
	if (st == OK && p->id != 0)
		st = change_proposal(tx, p, &old, reterr);
	if (st == OK && p->id != 0)
		st = ask_no_more(tx, w, old.id, reterr);
	if (st == OK)
		st = put_co_owners(tx, old.id, p, reterr);
	return st == OK ? advice_rewrite_audiences(tx, w->advice->id, reterr) : st;
}

enum status advice_proposal_remove(struct db_tx *tx, const struct advice_writer *w, int64_t number,
                                   struct error *reterr)
{
	const struct db_value *which = DB_ARGS(DB_INT(w->advice->id), DB_INT(number));
	struct proposal_keys old = { 0 };

	enum status st = find_proposal(tx, w->advice->id, number, &old, reterr);
	if (st == OK)
		st = ask_no_more(tx, w, old.id, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_CO_OWNERS, DB_ARGS(DB_INT(old.id)), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &DROP_PROPOSAL, DB_ARGS(DB_INT(old.id)), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &UNTIE, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &UNTIE_FACTS, which, NULL, reterr);
	if (st == OK)
		st = advice_forget_key(tx, old.key_id, reterr);
	if (st == OK)
		st = advice_forget_key(tx, old.answer_key_id, reterr);
	return st == OK ? advice_rewrite_audiences(tx, w->advice->id, reterr) : st;
}

enum status advice_proposal_up(struct db_tx *tx, const struct advice_writer *w, int64_t number,
                               struct error *reterr)
{
	struct proposal_keys p = { 0 };
	int64_t above = 0;

	enum status st = find_proposal(tx, w->advice->id, number, &p, reterr);
	if (st == OK)
		st = numbers(tx, &ABOVE, DB_ARGS(DB_INT(w->advice->id), DB_INT(p.place)), &above, 1,
		             reterr);
	if (st == OK && above > 0)
		st = db_exec(tx, &SWAP,
		             DB_ARGS(DB_INT(w->advice->id), DB_INT(p.place), DB_INT(above)), NULL,
		             reterr);
	return st;
}

/* ---- facts --------------------------------------------------------------------------------------------- */

struct citable {
	const uint8_t *uuid;
	size_t len;
	int64_t organ_id, phase, handling, count;
};

static enum status find_fact(struct db_tx *tx, const struct advice_writer *w,
                             const struct citing *c, struct citable *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    db_tx_read(tx), &CITABLE,
	    DB_ARGS(DB_INT(w->advice->id), DB_INT(c->fact_id), DB_INT(c->max_phase)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	ret->uuid = db_bytes(&row, 0, db_tx_arena(tx), &ret->len);
	ret->organ_id = db_int(&row, 1);
	ret->phase = db_int(&row, 2);
	ret->handling = db_int(&row, 3);
	ret->count = db_int(&row, 4);
	return OK;
}

enum status advice_cite(struct db_tx *tx, const struct advice_writer *w, const struct citing *c,
                        struct error *reterr)
{
	struct proposal_keys p = { 0 };
	struct citable f = { 0 };

	enum status st = find_fact(tx, w, c, &f, reterr);
	if (st == OK && f.count >= ADVICE_FACTS_MAX)
		return FAIL(reterr, ERR_LIMIT, "Een advies noemt ten hoogste 400 feiten.");
	if (st == OK && c->proposal_number != 0)
		st = find_proposal(tx, w->advice->id, c->proposal_number, &p, reterr);
	if (st == OK)
		st = db_exec(tx, &CITE,
		             DB_ARGS(DB_INT(w->advice->id), DB_BYTES(f.uuid, f.len),
		                     DB_INT(c->proposal_number), DB_INT(f.organ_id),
		                     DB_INT(f.phase), DB_INT(usable_at_first((int)f.handling))),
		             NULL, reterr);
	return st;
}

enum status advice_uncite(struct db_tx *tx, const struct advice_writer *w, const struct citing *c,
                          struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &UNCITE, DB_ARGS(DB_INT(w->advice->id), DB_INT(c->fact_id), DB_INT(c->max_phase)),
	    &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	return st;
}
