#include "interventions/message.h"

#include "audit/action.h"
#include "interventions/message_parts.h"
#include "law/statute.h"
#include "platform/core/calendar.h"
#include "work/work.h"

#define WORDS_OF_MESSAGE    "intervention_message"
#define WORDS_OF_MESSAGE_NO "intervention_message_no"

static const struct db_stmt LOAD = {
	"message_load", "i",
	"SELECT key_id, sealed, embargo_at, written_at, released_at, edition"
	" FROM intervention_message WHERE intervention_id = $1"
};
/* A yes counts for the edition that there is now; of a no it is told to which it was. */
static const struct db_stmt PARTNERS = {
	"message_partners", "i",
	"SELECT w.organ_id, p.short_name, coalesce(y.said_at, 0), o.letter,"
	" coalesce(p.municipality_id, 0), coalesce(n.edition, 0), coalesce(n.key_id, 0), n.sealed"
	" FROM intervention_owner w JOIN organ o ON o.id = w.organ_id"
	" JOIN participant p ON p.id = w.participant_id LEFT JOIN intervention_message m"
	" ON m.intervention_id = w.intervention_id LEFT JOIN intervention_message_yes y"
	" ON y.intervention_id = w.intervention_id AND y.organ_id = w.organ_id"
	" AND y.edition = m.edition LEFT JOIN intervention_message_no n"
	" ON n.intervention_id = w.intervention_id AND n.organ_id = w.organ_id"
	" WHERE w.intervention_id = $1 ORDER BY w.place, p.id LIMIT 8"
};
static const struct db_stmt PUT = {
	"message_put", "iibiiii",
	"INSERT INTO intervention_message (intervention_id, key_id, sealed, embargo_at, written_by,"
	" written_at, remind_day) VALUES ($1, $2, $3, $4, $5, $6, $7)"
	" ON CONFLICT (intervention_id) DO UPDATE SET key_id = $2, sealed = $3, embargo_at = $4,"
	" written_by = $5, written_at = $6, remind_day = $7, reminded_at = 0,"
	" edition = intervention_message.edition + 1"
};
static const struct db_stmt FORGET_YES = {
	"message_forget_yes", "i", "DELETE FROM intervention_message_yes WHERE intervention_id = $1"
};
static const struct db_stmt RELEASE = {
	"message_release", "iii",
	"UPDATE intervention_message SET released_by = $2, released_at = $3"
	" WHERE intervention_id = $1 AND released_at = 0"
};
const struct db_stmt *const message_statements[] = {
	&LOAD, &PARTNERS, &PUT, &FORGET_YES, &RELEASE, NULL,
};

bool message_refused(const struct message *m, const struct message_partner *p)
{
	return m->edition != 0 && p->refused_edition == m->edition;
}

struct verdict message_may_release(const struct message *m, int64_t now_ms)
{
	const struct message_partner *p = m->partners.items;

	if (m->released_at != 0)
		return verdict_no_by(NULL, "Dit bericht is al naar buiten.", NULL);
	if (m->written_at == 0)
		return verdict_no_by(NULL, "Er is nog geen bericht geschreven.", NULL);
	for (size_t i = 0; i < m->partners.count; i++)
		if (message_refused(m, &p[i]))
			return verdict_no_by(
			    NULL, "Een partner zei nee tegen deze tekst. Pas hem aan.", NULL);
	for (size_t i = 0; i < m->partners.count; i++)
		if (p[i].said_at == 0)
			return verdict_no_by(NULL, "Nog niet elke partner zei ja tegen deze tekst.",
			                     NULL);
	if (now_ms < m->embargo_at)
		return verdict_no_by(NULL, "Er rust nog een embargo op dit bericht.", NULL);
	return verdict_yes();
}

/* The last working day on which nothing may go out yet. */
static int32_t last_day_before(int32_t embargo_day)
{
	return is_working_day(embargo_day, NULL) ? embargo_day
	                                         : working_days_add(embargo_day, -1, NULL);
}

static int32_t later(int32_t a, int32_t b)
{
	return a > b ? a : b;
}

int32_t message_answer_day(int32_t today, int32_t embargo_day)
{
	enum { DAYS = 3 };
	const int32_t usual = working_days_add(today, DAYS, NULL);

	if (embargo_day == 0)
		return usual;
	const int32_t last = later(last_day_before(embargo_day), today);
	return last < usual ? last : usual;
}

int32_t message_remind_day(int32_t today, int32_t embargo_day)
{
	const int32_t day =
	    embargo_day == 0 ? message_answer_day(today, 0) : last_day_before(embargo_day);
	return later(day, working_days_add(today, 1, NULL));
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
		ret->edition = db_int(&row, 5);
	}
	return db_rows_end(&row, reterr);
}

static struct message_partner read_partner(const struct db_rows *row, struct arena *a)
{
	const bool mayor = db_text(row, 3, a)[0] == LETTER_MAYOR;

	return (struct message_partner){ .organ_id = db_int(row, 0),
		                         .participant = db_text(row, 1, a),
		                         .said_at = db_int(row, 2),
		                         .mayor_of = mayor ? db_int(row, 4) : 0,
		                         .refused_edition = db_int(row, 5),
		                         .reason = "" };
}

/* ret_reasons: NULL, or INTERVENTION_OWNERS_MAX places for why each said no, sealed. */
static enum status read_partners(struct db_read *r, const struct intervention *i, struct arena *a,
                                 struct array *ret, struct sealed_words *ret_reasons,
                                 struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct message_partner *list =
	    ARENA_ARRAY(a, struct message_partner, INTERVENTION_OWNERS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &PARTNERS, DB_ARGS(DB_INT(i->id)), &rows, reterr);

	for (; st == OK && count < INTERVENTION_OWNERS_MAX && db_next(&rows); count++) {
		list[count] = read_partner(&rows, a);
		if (ret_reasons == NULL)
			continue;
		struct sealed_words *w = &ret_reasons[count];
		*w = (struct sealed_words){
			.at = { &i->uuid, WORDS_OF_MESSAGE_NO, list[count].organ_id },
			.key_id = db_int(&rows, 6),
		};
		if (w->key_id != 0)
			w->bytes = db_bytes(&rows, 7, a, &w->len);
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

enum status message_partners(struct db_read *r, const struct intervention *i, struct arena *a,
                             struct array *ret, struct error *reterr)
{
	return read_partners(r, i, a, ret, NULL, reterr);
}

enum status message_load(struct db_read *r, struct keyring *k, const struct intervention *i,
                         struct arena *a, struct message *ret, struct error *reterr)
{
	struct sealed_words words, reasons[INTERVENTION_OWNERS_MAX];

	enum status st = load_row(r, i, a, ret, &words, reterr);
	if (st == OK)
		st = read_partners(r, i, a, &ret->partners, reasons, reterr);
	struct message_partner *p = ret->partners.items;
	for (size_t n = 0; st == OK && n < ret->partners.count; n++)
		st = intervention_open_words(r, k, &reasons[n], a, &p[n].reason, reterr);
	return st == OK ? intervention_open_words(r, k, &words, a, &ret->text, reterr) : st;
}

/* ---- inside a job --------------------------------------------------------------------------------- */

void message_seal(struct keyring *k, const struct intervention *i, const char *text,
                  struct arena *a, struct intervention_words *ret)
{
	const struct words_place at = { &i->uuid, WORDS_OF_MESSAGE, 0 };
	intervention_seal_words(k, &at, text, a, ret);
}

void message_seal_reason(struct keyring *k, const struct intervention *i, int64_t organ_id,
                         const char *text, struct arena *a, struct intervention_words *ret)
{
	const struct words_place at = { &i->uuid, WORDS_OF_MESSAGE_NO, organ_id };
	intervention_seal_words(k, &at, text, a, ret);
}

size_t message_who_says(const struct message_partner *p, audience ret[2])
{
	ret[0] = audience_of(AUDIENCE_DECIDERS, p->organ_id);
	ret[1] = audience_of(AUDIENCE_MUNICIPALITY, p->mayor_of);
	return p->mayor_of != 0 ? 2 : 1;
}

static enum status ask_partner(struct db_tx *tx, const struct message_new *n,
                               const struct message_partner *p, struct error *reterr)
{
	audience who[2];
	const size_t count = message_who_says(p, who);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		const struct intervention_task t = {
			.id = n->intervention->id,
			.reference = n->intervention->reference,
			.owner = who[i],
			.kind = WORK_INTERVENTION_MESSAGE,
			.due_day = message_answer_day(local_day(n->now_ms), n->embargo_day),
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
		st = message_partners(db_tx_read(tx), i, db_tx_arena(tx), &found, reterr);
	const struct message_partner *p = found.items;
	for (size_t o = 0; st == OK && o < found.count; o++)
		st = ask_partner(tx, n, &p[o], reterr);
	return st;
}

enum status message_write(struct db_tx *tx, const struct message_new *n, struct error *reterr)
{
	const int64_t id = n->intervention->id;
	const int64_t until = n->embargo_day != 0 ? ms_at_day_start(n->embargo_day + 1) : 0;
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
		st = db_exec(
		    tx, &PUT,
		    DB_ARGS(DB_INT(id), DB_INT(n->text->key.id),
		            DB_BYTES(n->text->sealed, n->text->len), DB_INT(until),
		            DB_INT(n->viewer->appointment_id), DB_INT(n->now_ms),
		            DB_INT(message_remind_day(local_day(n->now_ms), n->embargo_day))),
		    NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &FORGET_YES, DB_ARGS(DB_INT(id)), NULL, reterr);
	return st == OK ? ask_partners(tx, n, reterr) : st;
}

enum status message_release(struct db_tx *tx, const struct intervention *i,
                            const struct viewer *viewer, int64_t now_ms, struct error *reterr)
{
	struct sealed_words words;
	struct message m;
	int64_t changed = 0;

	enum status st = load_row(db_tx_read(tx), i, db_tx_arena(tx), &m, &words, reterr);
	if (st == OK)
		st = message_partners(db_tx_read(tx), i, db_tx_arena(tx), &m.partners, reterr);
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
