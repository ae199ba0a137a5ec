#include "interventions/message.h"

#include "audit/action.h"
#include "interventions/intervention_parts.h"
#include "law/statute.h"
#include "platform/core/calendar.h"
#include "work/work.h"

#define WORDS_OF_MESSAGE "intervention_message"

static const struct db_stmt LOAD = {
	"message_load", "i",
	"SELECT key_id, sealed, embargo_at, written_at, released_at FROM intervention_message"
	" WHERE intervention_id = $1"
};
static const struct db_stmt PARTNERS = {
	"message_partners", "i",
	"SELECT w.organ_id, p.short_name, coalesce(y.said_at, 0), o.letter,"
	" coalesce(p.municipality_id, 0) FROM intervention_owner w"
	" JOIN organ o ON o.id = w.organ_id JOIN participant p ON p.id = w.participant_id LEFT "
	"JOIN intervention_message_yes y"
	" ON y.intervention_id = w.intervention_id AND y.organ_id = w.organ_id"
	" WHERE w.intervention_id = $1 ORDER BY w.place, p.id LIMIT 8"
};
static const struct db_stmt PUT = {
	"message_put", "iibiii",
	"INSERT INTO intervention_message (intervention_id, key_id, sealed, embargo_at, written_by,"
	" written_at) VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (intervention_id) DO UPDATE SET"
	" key_id = $2, sealed = $3, embargo_at = $4, written_by = $5, written_at = $6"
};
static const struct db_stmt FORGET_YES = {
	"message_forget_yes", "i", "DELETE FROM intervention_message_yes WHERE intervention_id = $1"
};
static const struct db_stmt SAY_YES = {
	"message_say_yes", "iiiii",
	"INSERT INTO intervention_message_yes (intervention_id, organ_id, said_by, said_at)"
	" SELECT w.intervention_id, w.organ_id, $3, $4 FROM intervention_owner w"
	" JOIN intervention_message m ON m.intervention_id = w.intervention_id"
	" WHERE w.intervention_id = $1 AND w.organ_id = $2 AND m.written_at = $5"
	" AND m.released_at = 0 ON CONFLICT (intervention_id, organ_id) DO UPDATE SET said_at = $4"
};
static const struct db_stmt RELEASE = {
	"message_release", "iii",
	"UPDATE intervention_message SET released_by = $2, released_at = $3"
	" WHERE intervention_id = $1 AND released_at = 0"
};
const struct db_stmt *const message_statements[] = {
	&LOAD, &PARTNERS, &PUT, &FORGET_YES, &SAY_YES, &RELEASE, NULL,
};

struct verdict message_may_release(const struct message *m, int64_t now_ms)
{
	const struct message_partner *p = m->partners.items;

	if (m->released_at != 0)
		return verdict_no_by(NULL, "Dit bericht is al naar buiten.", NULL);
	if (m->written_at == 0)
		return verdict_no_by(NULL, "Er is nog geen bericht geschreven.", NULL);
	for (size_t i = 0; i < m->partners.count; i++)
		if (p[i].said_at == 0)
			return verdict_no_by(NULL, "Nog niet elke partner zei ja tegen deze tekst.",
			                     NULL);
	if (now_ms < m->embargo_at)
		return verdict_no_by(NULL, "Er rust nog een embargo op dit bericht.", NULL);
	return verdict_yes();
}

/* ---- reading -------------------------------------------------------------------------------------- */

static enum status load_row(struct db_read *r, const struct intervention *i, struct arena *a,
                            struct message *ret, struct sealed_words *ret_words,
                            struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };

	*ret = (struct message){ .text = "" };
	*ret_words = (struct sealed_words){ .at = { &i->uuid, WORDS_OF_MESSAGE, 0 } };
	enum status st = db_query(r, &LOAD, DB_ARGS(DB_INT(i->id)), &row, reterr);
	if (st != OK)
		return st;
	if (db_next(&row)) {
		ret_words->key_id = db_int(&row, 0);
		ret_words->bytes = db_bytes(&row, 1, a, &ret_words->len);
		ret->embargo_at = db_int(&row, 2);
		ret->written_at = db_int(&row, 3);
		ret->released_at = db_int(&row, 4);
	}
	return db_rows_end(&row, reterr);
}

static enum status load_partners(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct message_partner *list =
	    ARENA_ARRAY(a, struct message_partner, INTERVENTION_OWNERS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &PARTNERS, DB_ARGS(DB_INT(id)), &rows, reterr);

	for (; st == OK && count < INTERVENTION_OWNERS_MAX && db_next(&rows); count++) {
		const bool mayor = db_text(&rows, 3, a)[0] == LETTER_MAYOR;
		list[count] = (struct message_partner){ .organ_id = db_int(&rows, 0),
			                                .participant = db_text(&rows, 1, a),
			                                .said_at = db_int(&rows, 2),
			                                .mayor_of = mayor ? db_int(&rows, 4) : 0 };
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status message_load(struct db_read *r, struct keyring *k, const struct intervention *i,
                         struct arena *a, struct message *ret, struct error *reterr)
{
	struct sealed_words words;

	enum status st = load_row(r, i, a, ret, &words, reterr);
	if (st == OK)
		st = load_partners(r, i->id, a, &ret->partners, reterr);
	return st == OK ? intervention_open_words(r, k, &words, a, &ret->text, reterr) : st;
}

/* ---- inside a job --------------------------------------------------------------------------------- */

void message_seal(struct keyring *k, const struct intervention *i, const char *text,
                  struct arena *a, struct intervention_words *ret)
{
	const struct words_place at = { &i->uuid, WORDS_OF_MESSAGE, 0 };
	intervention_seal_words(k, &at, text, a, ret);
}

/* Who says yes for a partner: its deciders, and the mayor himself where it is his. *ret: how many. */
static size_t who_says(const struct message_partner *p, audience ret[2])
{
	ret[0] = audience_of(AUDIENCE_DECIDERS, p->organ_id);
	ret[1] = audience_of(AUDIENCE_MUNICIPALITY, p->mayor_of);
	return p->mayor_of != 0 ? 2 : 1;
}

static enum status ask_partner(struct db_tx *tx, const struct message_new *n,
                               const struct message_partner *p, struct error *reterr)
{
	enum { DAYS = 3 };
	audience who[2];
	const size_t count = who_says(p, who);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		const struct intervention_task t = {
			.id = n->intervention->id,
			.reference = n->intervention->reference,
			.owner = who[i],
			.kind = WORK_INTERVENTION_MESSAGE,
			.due_day = working_days_add(local_day(n->now_ms), DAYS, NULL),
			.now_ms = n->now_ms,
			.by = n->viewer->appointment_id,
		};
		st = intervention_task(tx, &t, reterr);
	}
	return st;
}

static enum status ask_partners(struct db_tx *tx, const struct message_new *n, struct error *reterr)
{
	const struct intervention *i = n->intervention;
	struct array found = { 0 };
	enum status st = work_done(tx, WORK_INTERVENTION_MESSAGE, OBJECT_INTERVENTION, i->id,
	                           n->viewer->person_id, n->now_ms, reterr);

	if (st == OK)
		st = load_partners(db_tx_read(tx), i->id, db_tx_arena(tx), &found, reterr);
	const struct message_partner *p = found.items;
	for (size_t o = 0; st == OK && o < found.count; o++)
		st = ask_partner(tx, n, &p[o], reterr);
	return st;
}

/* A partner that said yes has nothing more to read; the others still do. */
static enum status end_tasks(struct db_tx *tx, const struct intervention *i,
                             const struct viewer *viewer, int64_t now_ms, struct error *reterr)
{
	struct array found = { 0 };
	enum status st = load_partners(db_tx_read(tx), i->id, db_tx_arena(tx), &found, reterr);
	const struct message_partner *p = found.items;

	for (size_t o = 0; st == OK && o < found.count; o++) {
		audience who[2];
		const size_t count = p[o].organ_id == viewer->organ_id ? who_says(&p[o], who) : 0;
		for (size_t k = 0; st == OK && k < count; k++) {
			const struct work_mine mine = { who[k], WORK_INTERVENTION_MESSAGE,
				                        i->reference };
			st = work_done_mine(tx, &mine, viewer->person_id, now_ms, reterr);
		}
	}
	return st;
}

enum status message_write(struct db_tx *tx, const struct message_new *n, struct error *reterr)
{
	const int64_t id = n->intervention->id;
	struct sealed_words before;
	struct message m;

	enum status st =
	    load_row(db_tx_read(tx), n->intervention, db_tx_arena(tx), &m, &before, reterr);
	if (st == OK && m.released_at != 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit bericht is al naar buiten.");
	if (st == OK && before.key_id != 0)
		st = key_destroy(tx, before.key_id, reterr);
	if (st == OK)
		st = key_store(tx, &n->text->key, reterr);
	if (st == OK)
		st = db_exec(tx, &PUT,
		             DB_ARGS(DB_INT(id), DB_INT(n->text->key.id),
		                     DB_BYTES(n->text->sealed, n->text->len), DB_INT(n->embargo_at),
		                     DB_INT(n->viewer->appointment_id), DB_INT(n->now_ms)),
		             NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &FORGET_YES, DB_ARGS(DB_INT(id)), NULL, reterr);
	return st == OK ? ask_partners(tx, n, reterr) : st;
}

// NOLINTNEXTLINE(readability-function-size): to which text, who, when
enum status message_say_yes(struct db_tx *tx, const struct intervention *i, int64_t written_at,
                            const struct viewer *viewer, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &SAY_YES,
	            DB_ARGS(DB_INT(i->id), DB_INT(viewer->organ_id), DB_INT(viewer->appointment_id),
	                    DB_INT(now_ms), DB_INT(written_at)),
	            &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(
		    reterr, ERR_CONFLICT,
		    "De tekst is anders, of hier is uw ja niet gevraagd. Lees hem opnieuw.");
	return st == OK ? end_tasks(tx, i, viewer, now_ms, reterr) : st;
}

enum status message_release(struct db_tx *tx, const struct intervention *i,
                            const struct viewer *viewer, int64_t now_ms, struct error *reterr)
{
	struct sealed_words words;
	struct message m;
	int64_t changed = 0;

	enum status st = load_row(db_tx_read(tx), i, db_tx_arena(tx), &m, &words, reterr);
	if (st == OK)
		st = load_partners(db_tx_read(tx), i->id, db_tx_arena(tx), &m.partners, reterr);
	if (st != OK)
		return st;
	const struct verdict v = message_may_release(&m, now_ms);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	st = db_exec(tx, &RELEASE,
	             DB_ARGS(DB_INT(i->id), DB_INT(viewer->appointment_id), DB_INT(now_ms)),
	             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit bericht is al naar buiten.");
	return st == OK ? work_done(tx, WORK_INTERVENTION_MESSAGE, OBJECT_INTERVENTION, i->id,
	                            viewer->person_id, now_ms, reterr)
	                : st;
}
