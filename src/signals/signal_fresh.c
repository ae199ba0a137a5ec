#include "signals/signal_fresh.h"

#include "audit/action.h"
#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "search/search.h"
#include "signals/signal_rows.h"

static const struct db_stmt ADD = {
	"signal_add_fresh", "ibtiiiiIiiiiiiiiii",
	"INSERT INTO signal (id, uuid, reference, state, participant_id, organ_id, appointment_id,"
	" municipality_id, theme, crime_form, line, task, source_reliability, seen_from,"
	" seen_until, lawful_declared, submitted_at, state_since, created_at, edited_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18,"
	" $18, $18)"
};
static const struct db_stmt ADD_STATISTIC = {
	"signal_statistic_add_fresh", "itIiiiii",
	"INSERT INTO signal_statistic (quarter, letter, municipality_id, theme, crime_form, line,"
	" transition, action, reason_class, days_in_state)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, 0, 0)"
};

const struct db_stmt *const signal_fresh_statements[] = { &ADD, &ADD_STATISTIC, NULL };

enum status signals_take(struct db_tx *tx, const struct mac_key *reference_key, int64_t now_ms,
                         size_t count, struct signal_numbers *ret, struct error *reterr)
{
	int64_t *ids = ARENA_ARRAY(db_tx_arena(tx), int64_t, 2 * count);
	const char **references = ARENA_ARRAY(db_tx_arena(tx), const char *, count);

	enum status st = db_take_ids(tx, "signal", count, ids, reterr);
	if (st == OK)
		st = db_take_ids(tx, "search_document", count, ids + count, reterr);
	const bool referred = count > 0 && ret[0].reference != NULL;
	if (st == OK && !referred)
		st = references_next(tx, reference_key, "S", now_ms, count, references, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		ret[i] = (struct signal_numbers){ ids[i], ids[count + i],
			                          referred ? ret[i].reference : references[i] };
	return st;
}

static struct db_value municipality_of(const struct signal_codes *c, bool shown)
{
	return shown && c->municipality_id != 0 ? DB_INT(c->municipality_id) : DB_NULL;
}

static enum status add_signal(struct db_tx *tx, const struct signal_fresh *f, uint8_t state,
                              struct error *reterr)
{
	const struct signal_codes *c = f->codes;

	return db_exec_late(
	    tx, &ADD,
	    DB_ARGS(DB_INT(f->at.id), DB_BYTES(f->uuid.bytes, UUID_BYTES), DB_TEXT(f->at.reference),
	            DB_INT(state), DB_INT(f->viewer->participant_id), DB_INT(f->viewer->organ_id),
	            DB_INT(f->viewer->appointment_id), municipality_of(c, true), DB_INT(c->theme),
	            DB_INT(c->crime_form), DB_INT(c->line), DB_INT(c->task),
	            DB_INT(c->source_reliability), DB_INT(c->seen_from), DB_INT(c->seen_until),
	            DB_INT(c->lawful_declared), DB_INT(state != SIGNAL_DRAFT ? f->now_ms : 0),
	            DB_INT(f->now_ms)),
	    reterr);
}

static enum status add_statistic(struct db_tx *tx, const struct signal_fresh *f,
                                 const struct move *mv, struct error *reterr)
{
	const struct signal_codes *c = f->codes;
	const char letter[] = { f->viewer->letter, '\0' };

	return db_exec_late(tx, &ADD_STATISTIC,
	                    DB_ARGS(DB_INT(local_quarter(f->now_ms)), DB_TEXT(letter),
	                            municipality_of(c, f->large_place), DB_INT(c->theme),
	                            DB_INT(c->crime_form), DB_INT(c->line), DB_INT(mv->to),
	                            DB_INT(mv->action)),
	                    reterr);
}

static enum status add_step(struct db_tx *tx, const struct signal_fresh *f, uint8_t action,
                            uint8_t from, uint8_t to, struct error *reterr)
{
	const struct signal_step step = { f->at.id, f->now_ms, f->viewer, action, from, to };

	return signal_add_history(tx, &step, reterr);
}

static struct audience_picture picture_of(const struct signal_fresh *f, uint8_t state)
{
	return (struct audience_picture){
		.facts = { .state = state,
		           .organ_id = f->viewer->organ_id,
		           .appointment_id = f->viewer->appointment_id,
		           .municipality_id = f->codes->municipality_id },
		.theme = f->codes->theme,
		.line = f->codes->line,
		.participant_id = f->viewer->participant_id,
		.at = f->now_ms,
		.edited_at = f->now_ms,
		.reference = f->at.reference,
	};
}

static enum status add_readers(struct db_tx *tx, const struct signal_fresh *f,
                               const struct audience_picture *p, struct error *reterr)
{
	struct thing thing;
	const struct search_entry entry = { .kind = OBJECT_SIGNAL,
		                            .object_id = f->at.id,
		                            .reference = f->at.reference,
		                            .at = f->now_ms,
		                            .thing = &thing };

	signal_thing(&p->facts, &thing);
	enum status st = signal_add_audiences(tx, f->at.id, p, &thing, reterr);
	if (st == OK)
		st = search_refer_fresh(tx, f->at.document, &entry, reterr);
	return st == OK ? signal_unindexed(tx, f->at.id, reterr) : st;
}

/* What a move adds to the rows of a draft. */
static enum status add_move(struct db_tx *tx, const struct signal_fresh *f,
                            const struct signal_moving *m, const struct move *mv,
                            const struct audience_picture *p, struct error *reterr)
{
	enum status st = add_statistic(tx, f, mv, reterr);

	if (st == OK)
		st = add_step(tx, f, mv->action, mv->from, mv->to, reterr);
	if (st == OK)
		st = signal_add_tasks(tx, m, p, reterr);
	return st == OK ? signal_tell_submitter(tx, m, p, reterr) : st;
}

enum status signal_store_fresh(struct db_tx *tx, const struct signal_fresh *f, struct error *reterr)
{
	const struct signal_moving m = { .id = f->at.id,
		                         .action = SIGNAL_SUBMIT,
		                         .viewer = f->viewer,
		                         .picture = f->submits,
		                         .now_ms = f->now_ms };
	const struct move *mv = NULL;

	enum status st = f->submits != NULL ? signal_ask_table(&m, &mv, reterr) : OK;
	if (st != OK)
		return st;
	const uint8_t state = mv != NULL ? mv->to : SIGNAL_DRAFT;
	const struct audience_picture p = picture_of(f, state);
	st = add_signal(tx, f, state, reterr);
	if (st == OK)
		st = add_step(tx, f, 0, SIGNAL_NONE, SIGNAL_DRAFT, reterr);
	if (st == OK)
		st = add_readers(tx, f, &p, reterr);
	return st == OK && mv != NULL ? add_move(tx, f, &m, mv, &p, reterr) : st;
}
