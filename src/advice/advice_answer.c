/* Asking owners and sources, what they say. */
#include "advice/advice_trail.h"

#include <string.h>

#include "advice/advices.h"
#include "audit/action.h"
#include "platform/core/calendar.h"

const struct db_root SOURCE_ROOT = DB_ROOT(52, advice_source);

static const struct db_stmt TO_ASK = {
	"advice_owners_to_ask", "i",
	"SELECT id, lead_organ_id FROM advice_proposal WHERE advice_id = $1 AND feasible = 0"
	" ORDER BY place, id LIMIT 40"
};
static const struct db_stmt OWNER_ASKED = {
	"advice_owner_asked", "iii",
	"UPDATE advice_proposal SET feasible = 1, asked_at = $2, due_day = $3,"
	" version = version + 1 WHERE id = $1"
};
/* Participants whose facts the casefile rests on, that weren't asked; the lowest phase of each. */
static const struct db_stmt NEW_SOURCES = {
	"advice_new_sources", "i",
	"SELECT u.organ_id, min(u.phase) FROM (SELECT coalesce(f.source_organ_id,"
	" (SELECT min(o.id) FROM organ o WHERE o.participant_id = f.source_participant_id))"
	" AS organ_id, f.phase FROM fact f JOIN presence q ON q.id = f.presence_id"
	" JOIN advice d ON d.casefile_id = q.casefile_id WHERE d.id = $1) u"
	" WHERE u.organ_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM advice_source s"
	" WHERE s.advice_id = $1 AND s.organ_id = u.organ_id) GROUP BY u.organ_id"
	" ORDER BY u.organ_id LIMIT 40"
};
#define NEWEST_FACT       "(SELECT coalesce(max(z.id), 0) FROM fact z)"
#define NEWEST_CORRECTION "(SELECT coalesce(max(z.id), 0) FROM fact_correction z)"
static const struct db_stmt ADD_SOURCE = {
	"advice_source_add", "iiiiii",
	"INSERT INTO advice_source (advice_id, organ_id, phase, state, asked_at, due_day,"
	" seen_fact, seen_correction) VALUES ($1, $2, $3, $4, $5, $6, " NEWEST_FACT
	", " NEWEST_CORRECTION ") RETURNING id"
};
static const struct db_stmt STALE = { "advice_stale_sources", "i",
	                              "SELECT s.id, s.organ_id FROM advice_source s"
	                              " WHERE s.advice_id = $1 AND " ADVICE_SOURCE_STALE
	                              " ORDER BY s.id LIMIT 40" };
static const struct db_stmt KEEP_ANSWER = {
	"advice_keep_answer", "i",
	"INSERT INTO advice_source_before (source_id, state, asked_at, named, answered_by,"
	" answered_at, reason_key_id, reason, handled_how, handled_by, handled_at,"
	" handling_key_id, handling) SELECT id, state, asked_at, named, answered_by, answered_at,"
	" reason_key_id, reason, handled_how, handled_by, handled_at, handling_key_id, handling"
	" FROM advice_source WHERE id = $1"
};
static const struct db_stmt ASK_AGAIN = {
	"advice_ask_again", "iii",
	"UPDATE advice_source SET state = 1, asked_at = $2, due_day = $3, named = 0,"
	" answered_by = NULL, answered_at = 0, reason_key_id = 0, reason = NULL, handled_how = 0,"
	" handled_by = NULL, handled_at = 0, handling_key_id = 0, handling = NULL,"
	" seen_fact = " NEWEST_FACT ", seen_correction = " NEWEST_CORRECTION
	", version = version + 1 WHERE id = $1 AND state IN (2, 4, 5)"
};
static const struct db_stmt OWNER_SAYS = {
	"advice_owner_says", "iiiiiiIB",
	"UPDATE advice_proposal SET feasible = $2, feasible_hours = $3, named = $4,"
	" answered_by = $5, answered_at = $6, answer_key_id = coalesce($7, 0), answer = $8"
	" WHERE id = $1 AND feasible = 1"
};
static const struct db_stmt SOURCE_SAYS = {
	"advice_source_says", "iiiiiIB",
	"UPDATE advice_source SET state = $2, named = $3, answered_by = $4, answered_at = $5,"
	" reason_key_id = coalesce($6, 0), reason = $7, seen_fact = " NEWEST_FACT
	", seen_correction = " NEWEST_CORRECTION " WHERE id = $1 AND state IN (1, 4)"
};
static const struct db_stmt FACT_SAID = {
	"advice_fact_said", "ibiii",
	"UPDATE advice_fact SET usable = $3, said_by = $4 WHERE advice_id = $1 AND fact_uuid = $2"
	" AND organ_id = $5"
};
static const struct db_stmt HANDLED = {
	"advice_objection_handled", "iiiiIB",
	"UPDATE advice_source SET state = 5, handled_how = $2, handled_by = $3, handled_at = $4,"
	" handling_key_id = coalesce($5, 0), handling = $6 WHERE id = $1 AND state = 3"
};
static const struct db_stmt SILENT = {
	"advice_silent", "ii",
	"SELECT id FROM advice_source WHERE advice_id = $1 AND state = 1 AND due_day < $2"
	" ORDER BY id LIMIT 40"
};
static const struct db_stmt FALLS_SILENT = {
	"advice_falls_silent", "ii",
	"UPDATE advice_source SET state = 4, answered_at = $2, version = version + 1 WHERE id = $1"
	" AND state = 1"
};

const struct db_stmt *const advice_answer_statements[] = {
	&SOURCE_ROOT.claim, &SOURCE_ROOT.look, &TO_ASK,       &OWNER_ASKED,
	&NEW_SOURCES,       &ADD_SOURCE,       &STALE,        &KEEP_ANSWER,
	&ASK_AGAIN,         &OWNER_SAYS,       &SOURCE_SAYS,  &FACT_SAID,
	&HANDLED,           &SILENT,           &FALLS_SILENT, NULL,
};

/* ---- asking ------------------------------------------------------------------------------------------ */

static enum status ask_owners(struct db_tx *tx, const struct advice_writer *w, int64_t due_day,
                              struct error *reterr)
{
	struct array found = { 0 };
	enum status st = advice_pairs(tx, &TO_ASK, DB_ARGS(DB_INT(w->advice->id)), &found, reterr);
	const struct advice_pair *p = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		const struct advice_asking k = { WORK_ADVICE_FEASIBLE, OBJECT_PROPOSAL, p[i].one,
			                         audience_of(AUDIENCE_ORGAN_DESK, p[i].other),
			                         due_day };
		st = db_exec(tx, &OWNER_ASKED,
		             DB_ARGS(DB_INT(p[i].one), DB_INT(w->now_ms), DB_INT(due_day)), NULL,
		             reterr);
		if (st == OK)
			st = advice_give_task(tx, w, &k, reterr);
	}
	return st;
}

static enum status ask_sources(struct db_tx *tx, const struct advice_writer *w, int64_t due_day,
                               struct error *reterr)
{
	struct array found = { 0 };
	enum status st =
	    advice_pairs(tx, &NEW_SOURCES, DB_ARGS(DB_INT(w->advice->id)), &found, reterr);
	const struct advice_pair *p = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		struct advice_asking k = { WORK_ADVICE_OBJECTION, OBJECT_ADVICE_SOURCE, 0,
			                   audience_of(AUDIENCE_DECIDERS, p[i].one), due_day };
		st = db_insert(tx, &ADD_SOURCE,
		               DB_ARGS(DB_INT(w->advice->id), DB_INT(p[i].one), DB_INT(p[i].other),
		                       DB_INT(SOURCE_ASKED), DB_INT(w->now_ms), DB_INT(due_day)),
		               &k.object_id, reterr);
		if (st == OK)
			st = advice_give_task(tx, w, &k, reterr);
	}
	return st;
}

/* Those whose facts came or changed after they answered; what they said is kept beside. */
static enum status ask_again(struct db_tx *tx, const struct advice_writer *w, int64_t due_day,
                             struct error *reterr)
{
	struct array found = { 0 };
	enum status st = advice_pairs(tx, &STALE, DB_ARGS(DB_INT(w->advice->id)), &found, reterr);
	const struct advice_pair *p = found.items;

	for (size_t i = 0; st == OK && i < found.count; i++) {
		const struct advice_asking k = { WORK_ADVICE_OBJECTION, OBJECT_ADVICE_SOURCE,
			                         p[i].one,
			                         audience_of(AUDIENCE_DECIDERS, p[i].other),
			                         due_day };
		st = db_exec(tx, &KEEP_ANSWER, DB_ARGS(DB_INT(p[i].one)), NULL, reterr);
		if (st == OK)
			st = db_exec(tx, &ASK_AGAIN,
			             DB_ARGS(DB_INT(p[i].one), DB_INT(w->now_ms), DB_INT(due_day)),
			             NULL, reterr);
		if (st == OK)
			st = advice_give_task(tx, w, &k, reterr);
	}
	return st;
}

enum status advice_ask(struct db_tx *tx, const struct advice_writer *w, struct error *reterr)
{
	const int64_t due_day =
	    working_days_add(local_day(w->now_ms), OBJECTION_WORKING_DAYS, NULL);

	enum status st = ask_owners(tx, w, due_day, reterr);
	if (st == OK)
		st = ask_again(tx, w, due_day, reterr);
	if (st == OK)
		st = ask_sources(tx, w, due_day, reterr);
	if (st == OK)
		st = advice_record(tx, w, ADVICE_ASK, reterr);
	return st == OK ? advice_rewrite_audiences(tx, w->advice->id, reterr) : st;
}

/* ---- what they say ------------------------------------------------------------------------------------- */

static struct db_value key_of(const struct sealed_words *words)
{
	return words->sealed != NULL ? DB_INT(words->key.id) : DB_NULL;
}

static struct db_value bytes_of(const struct sealed_words *words)
{
	return words->sealed != NULL ? DB_BYTES(words->sealed, words->len) : DB_NULL;
}

static enum status store_key_of(struct db_tx *tx, const struct sealed_words *words,
                                struct error *reterr)
{
	return words->sealed != NULL ? key_store(tx, &words->key, reterr) : OK;
}

static enum status tell_writer(struct db_tx *tx, const struct advice_writer *w,
                               struct error *reterr)
{
	const struct work_news news = { .at = w->now_ms,
		                        .kind = NEWS_ADVICE_ANSWERED,
		                        .object_kind = OBJECT_ADVICE,
		                        .object_id = w->advice->id,
		                        .reference = w->advice->reference };
	return work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, w->advice->written_by), &news,
	                 reterr);
}

enum status advice_owner_says(struct db_tx *tx, const struct advice_writer *w,
                              const struct advice_owner_answer *o, struct error *reterr)
{
	int64_t changed = 0;

	enum status st = store_key_of(tx, &o->reason, reterr);
	if (st == OK)
		st = db_exec(tx, &OWNER_SAYS,
		             DB_ARGS(DB_INT(o->proposal->id), DB_INT(o->feasible), DB_INT(o->hours),
		                     DB_INT(o->named), DB_INT(w->viewer->appointment_id),
		                     DB_INT(w->now_ms), key_of(&o->reason), bytes_of(&o->reason)),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return advice_too_late(reterr);
	if (st == OK)
		st = work_done(tx, WORK_ADVICE_FEASIBLE, OBJECT_PROPOSAL, o->proposal->id,
		               w->viewer->person_id, w->now_ms, reterr);
	if (st == OK)
		st = tell_writer(tx, w, reterr);
	return st;
}

/* An objection waits for an analyst. */
static enum status ask_handling(struct db_tx *tx, const struct advice_writer *w, int64_t source_id,
                                struct error *reterr)
{
	enum { SOON = 3 };
	const struct advice_asking k = { WORK_ADVICE_HANDLE, OBJECT_ADVICE_SOURCE, source_id,
		                         audience_of(AUDIENCE_ROLE, ROLE_ANALYST),
		                         working_days_add(local_day(w->now_ms), SOON, NULL) };
	return advice_give_task(tx, w, &k, reterr);
}

static enum status put_usable(struct db_tx *tx, const struct advice_writer *w,
                              const struct advice_source_answer *s, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < s->fact_count; i++)
		st = db_exec(tx, &FACT_SAID,
		             DB_ARGS(DB_INT(w->advice->id),
		                     DB_BYTES(s->facts[i].fact.bytes, UUID_BYTES),
		                     DB_INT(s->facts[i].usable), DB_INT(w->viewer->appointment_id),
		                     DB_INT(s->source->organ_id)),
		             NULL, reterr);
	return st;
}

enum status advice_source_says(struct db_tx *tx, const struct advice_writer *w,
                               const struct advice_source_answer *s, struct error *reterr)
{
	int64_t changed = 0;

	enum status st = store_key_of(tx, &s->reason, reterr);
	if (st == OK)
		st = db_exec(tx, &SOURCE_SAYS,
		             DB_ARGS(DB_INT(s->source->id), DB_INT(s->state), DB_INT(s->named),
		                     DB_INT(w->viewer->appointment_id), DB_INT(w->now_ms),
		                     key_of(&s->reason), bytes_of(&s->reason)),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return advice_too_late(reterr);
	if (st == OK)
		st = put_usable(tx, w, s, reterr);
	if (st == OK)
		st = work_done(tx, WORK_ADVICE_OBJECTION, OBJECT_ADVICE_SOURCE, s->source->id,
		               w->viewer->person_id, w->now_ms, reterr);
	if (st == OK && s->state == SOURCE_OBJECTS)
		st = ask_handling(tx, w, s->source->id, reterr);
	if (st == OK)
		st = tell_writer(tx, w, reterr);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): whose, how and in which words
enum status advice_objection_handled(struct db_tx *tx, const struct advice_writer *w,
                                     const struct advice_source *source, int how,
                                     const struct sealed_words *words, struct error *reterr)
{
	int64_t changed = 0;

	enum status st = store_key_of(tx, words, reterr);
	if (st == OK)
		st = db_exec(tx, &HANDLED,
		             DB_ARGS(DB_INT(source->id), DB_INT(how),
		                     DB_INT(w->viewer->appointment_id), DB_INT(w->now_ms),
		                     key_of(words), bytes_of(words)),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return advice_too_late(reterr);
	if (st == OK)
		st = work_done(tx, WORK_ADVICE_HANDLE, OBJECT_ADVICE_SOURCE, source->id,
		               w->viewer->person_id, w->now_ms, reterr);
	return st;
}

static enum status fall_silent(struct db_tx *tx, int64_t source_id, int64_t now_ms,
                               struct error *reterr)
{
	enum status st =
	    db_exec(tx, &FALLS_SILENT, DB_ARGS(DB_INT(source_id), DB_INT(now_ms)), NULL, reterr);

	return st == OK ? work_done(tx, WORK_ADVICE_OBJECTION, OBJECT_ADVICE_SOURCE, source_id, 0,
	                            now_ms, reterr)
	                : st;
}

enum status advice_silence(struct db_tx *tx, int64_t advice_id, int32_t today, int64_t now_ms,
                           int64_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t list[ADVICE_SOURCES_MAX];
	size_t count = 0;

	enum status st = db_query(db_tx_read(tx), &SILENT,
	                          DB_ARGS(DB_INT(advice_id), DB_INT(today)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < ADVICE_SOURCES_MAX && db_next(&rows))
		list[count++] = db_int(&rows, 0);
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = fall_silent(tx, list[i], now_ms, reterr);
	*ret_count = (int64_t)count;
	return st;
}
