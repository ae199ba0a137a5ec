#include "retention/forgetters.h"

#include "advice/advice_end.h"
#include "analysis/analysis_end.h"
#include "attachments/attachment.h"
#include "audit/action.h"
#include "casework/casefile_end.h"
#include "casework/casefile_index.h"
#include "casework/note.h"
#include "interventions/intervention_forget.h"
#include "requests/request_end.h"
#include "retention/forget.h"
#include "retention/held_copy.h"
#include "retention/hold.h"
#include "search/search.h"
#include "steering/steering.h"
#include "subjects/presence_end.h"

/* One a line, so that two rooms can be added at once. NULL: holds nothing of one person apart. */
const struct forgetter FORGETTERS[] = {
	{ requests_forget_presence, requests_forget_casefile, requests_hide_casefile,
	  requests_keep },
	{ phases_forget_presence, phases_forget_casefile, NULL, phases_keep },
	{ steering_forget_presence, steering_forget_casefile, NULL, NULL },
	{ NULL, interventions_forget_casefile, interventions_hide_casefile, NULL },
	{ NULL, advices_forget_casefile, NULL, advices_keep },
	{ analysis_forget_presence, analysis_forget_casefile, NULL, analysis_keep },
	{ NULL, notes_forget_casefile, NULL, notes_keep },
	{ NULL, NULL, NULL, NULL },
};

/* What a hold keeps of it was set apart before. */
static enum status let_go(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
                          struct error *reterr)
{
	enum status st = attachments_forget_presence(tx, presence_id, reterr);

	for (const struct forgetter *f = FORGETTERS; st == OK && f->casefile != NULL; f++)
		st = f->presence == NULL ? OK : f->presence(tx, presence_id, now_ms, reterr);
	if (st == OK)
		st = casefile_presence_changed(tx, presence_id, reterr);
	return st == OK ? presence_forget(tx, presence_id, reterr) : st;
}

enum status casefile_presence_forget(struct db_tx *tx, struct keyring *k, int64_t presence_id,
                                     int64_t now_ms, struct error *reterr)
{
	const enum status st = held_set_apart(tx, k, presence_id, now_ms, reterr);
	return st == OK ? let_go(tx, presence_id, now_ms, reterr) : st;
}

/* Everybody in it and in the signals that go with it, before any word of them does. */
static enum status set_all_apart(struct db_tx *tx, const struct casefile_forgetting *what,
                                 struct error *reterr)
{
	struct array held = { 0 };
	enum status st = held_persons_of(db_tx_read(tx), what->id, db_tx_arena(tx), &held, reterr);
	const int64_t *ids = held.items;

	for (size_t i = 0; st == OK && i < held.count; i++) {
		const struct arena_mark mark = arena_mark(db_tx_arena(tx));
		st = held_set_apart(tx, what->keyring, ids[i], what->now_ms, reterr);
		arena_rewind(db_tx_arena(tx), mark);
	}
	return st;
}

static enum status forget_subjects(struct db_tx *tx, const struct casefile_forgetting *what,
                                   struct error *reterr)
{
	struct array presences = { 0 };
	enum status st = OK;

	for (const struct forgetter *f = FORGETTERS; st == OK && f->casefile != NULL; f++)
		st = f->casefile(tx, what->id, what->now_ms, reterr);
	if (st == OK)
		st = presences_of_casefile(db_tx_read(tx), what->id, db_tx_arena(tx), &presences,
		                           reterr);
	const int64_t *ids = presences.items;
	for (size_t i = 0; st == OK && i < presences.count; i++) {
		const struct arena_mark mark = arena_mark(db_tx_arena(tx));
		st = let_go(tx, ids[i], what->now_ms, reterr);
		arena_rewind(db_tx_arena(tx), mark); /* a hundred persons are one job */
	}
	return st;
}

static enum status forget_signals(struct db_tx *tx, int64_t id, const struct viewer *viewer,
                                  int64_t now_ms, struct error *reterr)
{
	struct array signals = { 0 };
	enum status st =
	    casefile_only_signals(db_tx_read(tx), id, db_tx_arena(tx), &signals, reterr);
	const int64_t *ids = signals.items;

	for (size_t i = 0; st == OK && i < signals.count; i++)
		st = signal_destroy(tx, ids[i], viewer, now_ms, reterr);
	return st;
}

static enum status forget_rest(struct db_tx *tx, int64_t id, struct error *reterr)
{
	const struct attachment_owner files = { OBJECT_CASEFILE, id };

	enum status st = attachments_destroy(tx, &files, reterr);
	if (st == OK)
		st = search_drop(tx, OBJECT_CASEFILE, id, reterr);
	return st == OK ? casefile_blank(tx, id, reterr) : st;
}

enum status casefile_forget(struct db_tx *tx, const struct casefile_forgetting *f, bool *ret_done,
                            struct error *reterr)
{
	struct casefile_picture picture = { 0 };
	bool held = false;

	enum status st = casefile_picture_load(db_tx_read(tx), f->id, &picture, reterr);
	if (st == OK)
		st = hold_stands_on(db_tx_read(tx), OBJECT_CASEFILE, f->id, &held, reterr);
	*ret_done = st == OK && !held &&
	            machine_move(&CASEFILE_MACHINE, picture.state, CASEFILE_DESTROY) != NULL;
	if (!*ret_done)
		return st;
	picture.second_signature = true; /* asked of the list by destruction_sign() */
	const struct casefile_moving m = { .who = { f->id, f->viewer, f->now_ms },
		                           .action = CASEFILE_DESTROY,
		                           .picture = &picture };
	st = set_all_apart(tx, f, reterr);
	if (st == OK)
		st = casefile_move(tx, &m, reterr);
	if (st == OK)
		st = forget_signals(tx, f->id, f->viewer, f->now_ms, reterr);
	if (st == OK)
		st = forget_subjects(tx, f, reterr);
	return st == OK ? forget_rest(tx, f->id, reterr) : st;
}
