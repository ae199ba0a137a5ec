#include "casework/split.h"

#include "audit/action.h"
#include "casework/casefile_index.h"
#include "casework/casework_parts.h"
#include "search/search_feed.h"
#include "work/work.h"

/* $1 the new casefile, $2 the one that they leave. */
static const struct db_stmt MOVE = {
	"split_move", "iii",
	"UPDATE presence SET casefile_id = $1 WHERE casefile_id = $2 AND number = $3"
};
static const struct db_stmt KEEP_NUMBERS = {
	"split_keep_numbers", "i",
	"UPDATE casefile SET last_number = coalesce((SELECT max(p.number) FROM presence p"
	" WHERE p.casefile_id = casefile.id AND p.number > casefile.last_number),"
	" casefile.last_number) WHERE id = $1"
};
static const struct db_stmt STAYING = { "split_staying", "i",
	                                "SELECT count(*) FROM presence WHERE casefile_id = $1" };

/* ---- what others rest on: each gives a number of who goes, and of who stays or 0 -------------- */

static const struct db_stmt TIED = {
	"split_tied", "ii",
	"SELECT p.number, q.number FROM presence p JOIN fact f ON f.presence_id = p.id"
	" OR f.other_presence_id = p.id JOIN presence q ON q.id = f.presence_id +"
	" f.other_presence_id - p.id WHERE p.casefile_id = $1 AND q.casefile_id = $2"
	" AND f.other_presence_id IS NOT NULL AND NOT EXISTS (SELECT 1 FROM fact_correction k"
	" WHERE k.fact_id = f.id) ORDER BY p.number, q.number, p.id, q.id LIMIT 1"
};
/* Judged the same, or waiting for a second person to judge. */
static const struct db_stmt SAME = {
	"split_same", "ii",
	"SELECT p.number, q.number FROM presence p JOIN judgement j ON j.one_id = p.id"
	" OR j.other_id = p.id JOIN presence q ON q.id = j.one_id + j.other_id - p.id"
	" WHERE p.casefile_id = $1 AND q.casefile_id = $2 AND j.kind = 1 AND j.state IN (1, 2)"
	" ORDER BY p.number, q.number, p.id, q.id LIMIT 1"
};
/* After those about nobody else went along. */
static const struct db_stmt ASKED = {
	"split_asked", "ii",
	"SELECT p.number, 0 FROM presence p JOIN request_part t ON t.presence_id = p.id"
	" JOIN information_request q ON q.id = t.request_id WHERE p.casefile_id = $1"
	" AND q.casefile_id = $2 AND q.closed_at = 0 ORDER BY p.number, p.id LIMIT 1"
};
/* What stands in the analysis now: cited or mentioned. */
static const struct db_stmt CITED = {
	"split_cited", "ii",
	"SELECT p.number, 0 FROM analysis s JOIN analysis_paragraph g ON g.analysis_id = s.id"
	" JOIN analysis_version v ON v.paragraph_id = g.id AND v.number = g.version_number"
	" JOIN presence p ON p.casefile_id = $1 WHERE s.casefile_id = $2 AND g.state = 1"
	" AND (EXISTS (SELECT 1 FROM analysis_mention m WHERE m.version_id = v.id"
	" AND m.presence_uuid = p.uuid) OR EXISTS (SELECT 1 FROM analysis_citation c"
	" JOIN fact f ON f.uuid = c.fact_uuid WHERE c.version_id = v.id"
	" AND f.presence_id = p.id)) ORDER BY p.number, p.id LIMIT 1"
};
/* What was set down, or lies with somebody to sign: it isn't changed any more. */
static const struct db_stmt FIXED = {
	"split_fixed", "ii",
	"SELECT p.number, 0 FROM analysis s JOIN analysis_frozen z ON z.analysis_id = s.id"
	" JOIN analysis_frozen_part x ON x.frozen_id = z.id"
	" JOIN presence p ON p.casefile_id = $1 WHERE s.casefile_id = $2"
	" AND (EXISTS (SELECT 1 FROM analysis_mention m WHERE m.version_id = x.version_id"
	" AND m.presence_uuid = p.uuid) OR EXISTS (SELECT 1 FROM analysis_citation c"
	" JOIN fact f ON f.uuid = c.fact_uuid WHERE c.version_id = x.version_id"
	" AND f.presence_id = p.id)) ORDER BY p.number, p.id LIMIT 1"
};
/* 4: withdrawn (advice/advices.h). */
static const struct db_stmt ADVISED = {
	"split_advised", "ii",
	"SELECT p.number, 0 FROM advice d JOIN advice_fact c ON c.advice_id = d.id"
	" JOIN fact f ON f.uuid = c.fact_uuid JOIN presence p ON p.id = f.presence_id"
	" WHERE d.casefile_id = $2 AND d.state <> 4 AND p.casefile_id = $1"
	" ORDER BY p.number, p.id LIMIT 1"
};

static const struct hold {
	const struct db_stmt *find;
	const char *what; /* behind "Nummer 2"; names the other behind it when there is one */
	const char *next;
} HOLDS[] = {
	{ &TIED, "heeft een band met nummer", "Laat ze allebei gaan, of houd ze allebei hier." },
	{ &SAME, "is dezelfde, of misschien dezelfde, als nummer",
	  "Laat ze allebei gaan, of maak dat oordeel eerst ongedaan." },
	{ &ASKED, "staat in een bevraging die nog loopt en ook over een ander gaat",
	  "Rond die eerst af of trek haar in." },
	{ &FIXED, "staat in een vastgestelde analyse. Die verandert niet meer",
	  "Houd dit nummer hier." },
	{ &CITED, "staat in de analyse",
	  "Haal de alinea daar eerst weg, of houd dit nummer hier." },
	{ &ADVISED, "staat in een advies", "Trek dat eerst in, of houd dit nummer hier." },
};

/* ---- what goes along ------------------------------------------------------------------------- */

/* Between who goes and who stays, and taken back: it says nothing to either any more. */
static const struct db_stmt DROP_TIES = {
	"split_drop_ties", "ii",
	"DELETE FROM fact WHERE other_presence_id IS NOT NULL AND ((presence_id IN"
	" (SELECT p.id FROM presence p WHERE p.casefile_id = $1) AND other_presence_id IN"
	" (SELECT q.id FROM presence q WHERE q.casefile_id = $2)) OR (presence_id IN"
	" (SELECT q.id FROM presence q WHERE q.casefile_id = $2) AND other_presence_id IN"
	" (SELECT p.id FROM presence p WHERE p.casefile_id = $1)))"
};
static const struct db_stmt PHASES = {
	"split_phases", "ii",
	"UPDATE casefile_phase SET casefile_id = $1 WHERE casefile_id = $2 AND presence_id IN"
	" (SELECT p.id FROM presence p WHERE p.casefile_id = $1)"
};
static const struct db_stmt CORRECTIONS = {
	"split_corrections", "ii",
	"UPDATE fact_correction SET casefile_id = $1 WHERE casefile_id = $2 AND fact_id IN"
	" (SELECT f.id FROM fact f JOIN presence p ON p.id = f.presence_id"
	" WHERE p.casefile_id = $1)"
};
/* About nobody who stays. */
static const struct db_stmt REQUESTS = {
	"split_requests", "ii",
	"UPDATE information_request SET casefile_id = $1 WHERE casefile_id = $2 AND EXISTS"
	" (SELECT 1 FROM request_part t JOIN presence p ON p.id = t.presence_id"
	" WHERE t.request_id = information_request.id AND p.casefile_id = $1) AND NOT EXISTS"
	" (SELECT 1 FROM request_part t JOIN presence p ON p.id = t.presence_id"
	" WHERE t.request_id = information_request.id AND p.casefile_id = $2)"
};
/* What a hold keeps follows into the other casefile. */
static const struct db_stmt KEPT_LONGER = {
	"split_holds", "ii",
	"INSERT INTO destruction_hold_object (hold_id, object_kind, object_id) SELECT o.hold_id, "
	"17,"
	" $1 FROM destruction_hold_object o WHERE o.object_kind = 17 AND o.object_id = $2"
	" ON CONFLICT (object_kind, object_id, hold_id) DO NOTHING"
};
static const struct db_stmt REQUEST_READERS = {
	"split_request_readers", "ii",
	"UPDATE request_audience SET casefile_id = $1 WHERE casefile_id = $2 AND id IN"
	" (SELECT q.id FROM information_request q WHERE q.casefile_id = $1)"
};
static const struct db_stmt SIGNALS = {
	"split_signals", "ii",
	"INSERT INTO casefile_signal (casefile_id, signal_id, linked_at) SELECT $1, s.signal_id,"
	" s.linked_at FROM casefile_signal s WHERE s.casefile_id = $2"
};
static const struct db_stmt MEMBERS = {
	"split_members", "ii",
	"INSERT INTO casefile_member (casefile_id, appointment_id, capacity, heavy, added_by,"
	" added_at) SELECT $1, m.appointment_id, m.capacity, m.heavy, m.added_by, m.added_at"
	" FROM casefile_member m WHERE m.casefile_id = $2"
};
static const struct db_stmt BLOCKS = {
	"split_blocks", "ii",
	"INSERT INTO casefile_block (casefile_id, person_id, kind, set_by, set_at) SELECT $1,"
	" k.person_id, k.kind, k.set_by, k.set_at FROM casefile_block k WHERE k.casefile_id = $2"
	" AND k.lifted_at = 0"
};
static const struct db_stmt NOTE = {
	"split_note", "iiii",
	"UPDATE casefile_note SET casefile_id = $1 WHERE casefile_id = $2 AND id = $3"
	" AND version = $4"
};
static const struct db_stmt MOVED_REQUESTS = {
	"split_moved_requests", "i",
	"SELECT id FROM information_request WHERE casefile_id = $1 ORDER BY id LIMIT 1000"
};

const struct db_stmt *const split_statements[] = {
	&MOVE,    &KEEP_NUMBERS, &STAYING, &TIED,        &SAME,      &ASKED,           &CITED,
	&FIXED,   &ADVISED,      &PHASES,  &CORRECTIONS, &REQUESTS,  &REQUEST_READERS, &KEPT_LONGER,
	&SIGNALS, &MEMBERS,      &BLOCKS,  &NOTE,        &DROP_TIES, &MOVED_REQUESTS,  NULL,
};

/* ---- one casefile out of another ------------------------------------------------------------- */

struct two_casefiles {
	int64_t into, from;
};

static enum status run(struct db_tx *tx, const struct db_stmt *s, const struct two_casefiles *two,
                       struct error *reterr)
{
	return db_exec(tx, s, DB_ARGS(DB_INT(two->into), DB_INT(two->from)), NULL, reterr);
}

static enum status move_subjects(struct db_tx *tx, const struct casefile_split *s,
                                 const struct two_casefiles *two, struct error *reterr)
{
	enum status st = db_exec(tx, &KEEP_NUMBERS, DB_ARGS(DB_INT(two->from)), NULL, reterr);

	for (size_t i = 0; st == OK && i < s->count; i++) {
		int64_t moved = 0;
		st = db_exec(tx, &MOVE,
		             DB_ARGS(DB_INT(two->into), DB_INT(two->from), DB_INT(s->numbers[i])),
		             &moved, reterr);
		if (st == OK && moved == 0)
			return FAIL(reterr, ERR_INVALID, "Nummer %lld staat niet in deze casus.",
			            (long long)s->numbers[i]);
	}
	return st;
}

static enum status must_leave_somebody(struct db_tx *tx, const struct two_casefiles *two,
                                       struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &STAYING, DB_ARGS(DB_INT(two->from)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	return st == OK && db_int(&row, 0) == 0
	           ? FAIL(reterr, ERR_CONFLICT,
	                  "Dan blijft er niemand over in deze casus. Houd hier ten minste één "
	                  "persoon of zaak.")
	           : st;
}

static enum status refuse(const struct hold *h, int64_t who, int64_t other, struct error *reterr)
{
	if (other != 0)
		return FAIL(reterr, ERR_CONFLICT, "Nummer %lld %s %lld. %s", (long long)who,
		            h->what, (long long)other, h->next);
	return FAIL(reterr, ERR_CONFLICT, "Nummer %lld %s. %s", (long long)who, h->what, h->next);
}

static enum status must_be_free(struct db_tx *tx, const struct two_casefiles *two,
                                struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof HOLDS / sizeof HOLDS[0]; i++) {
		AUTO(db_rows_close) struct db_rows row = { 0 };
		st = db_query(db_tx_read(tx), HOLDS[i].find,
		              DB_ARGS(DB_INT(two->into), DB_INT(two->from)), &row, reterr);
		if (st == OK && db_next(&row))
			return refuse(&HOLDS[i], db_int(&row, 0), db_int(&row, 1), reterr);
		if (st == OK)
			st = db_rows_end(&row, reterr);
	}
	return st;
}

static enum status move_notes(struct db_tx *tx, const struct casefile_split *s,
                              const struct two_casefiles *two, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < s->note_count; i++) {
		int64_t moved = 0;
		st = db_exec(tx, &NOTE,
		             DB_ARGS(DB_INT(two->into), DB_INT(two->from), DB_INT(s->notes[i].id),
		                     DB_INT(s->notes[i].version)),
		             &moved, reterr);
		if (st == OK && moved == 0)
			return FAIL(
			    reterr, ERR_CONFLICT,
			    "Een collega wijzigde intussen een notitie. Kies opnieuw wie er "
			    "gaat.");
	}
	return st;
}

/* Requests that went along are found by who sees the casefile where they are now. */
static enum status tell_search(struct db_tx *tx, const struct two_casefiles *two,
                               struct error *reterr)
{
	enum { MAX = 1000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *ids = ARENA_ARRAY(db_tx_arena(tx), int64_t, MAX);
	size_t count = 0;

	enum status st =
	    db_query(db_tx_read(tx), &MOVED_REQUESTS, DB_ARGS(DB_INT(two->into)), &rows, reterr);
	while (st == OK && count < MAX && db_next(&rows))
		ids[count++] = db_int(&rows, 0);
	if (st == OK)
		st = db_rows_end(&rows, reterr);
	db_rows_close(&rows); /* a second statement runs when the first is done */
	for (size_t i = 0; st == OK && i < count; i++)
		st = search_changed(tx, OBJECT_REQUEST, ids[i], reterr);
	return st;
}

static enum status move_along(struct db_tx *tx, const struct casefile_split *s,
                              const struct two_casefiles *two, struct error *reterr)
{
	static const struct db_stmt *const STEPS[] = { &DROP_TIES,       &PHASES,     &CORRECTIONS,
		                                       &REQUEST_READERS, &SIGNALS,    &MEMBERS,
		                                       &BLOCKS,          &KEPT_LONGER };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		st = run(tx, STEPS[i], two, reterr);
	if (st == OK)
		st = move_notes(tx, s, two, reterr);
	return st == OK ? tell_search(tx, two, reterr) : st;
}

static enum status tell_both(struct db_tx *tx, const struct casefile_split *s,
                             const struct two_casefiles *two, const char *reference,
                             struct error *reterr)
{
	struct casefile_picture picture = { 0 };
	enum status st = casefile_picture_load(db_tx_read(tx), two->from, &picture, reterr);

	if (st == OK)
		st = casefile_history_between(tx, &s->who, CASEFILE_SPLIT, picture.state, two->into,
		                              reterr);
	if (st == OK)
		st = casefile_tasks_follow(tx, two->into, reference, reterr);
	if (st == OK)
		st = casefile_readers_changed(tx, two->into, &reference, reterr);
	if (st == OK)
		st = casefile_words_changed(tx, two->from, reterr);
	if (st == OK)
		st = casefile_words_changed(tx, two->into, reterr);
	const struct casefile_writer in_new = { two->into, s->who.viewer, s->who.now_ms };
	return st == OK ? casefile_tell_members(tx, &in_new, NEWS_CASEFILE_SPLIT, reference, reterr)
	                : st;
}

enum status casefile_split(struct db_tx *tx, const struct casefile_split *s,
                           const char **ret_reference, struct error *reterr)
{
	struct two_casefiles two = { .from = s->who.casefile_id };

	enum status st = casefile_open(tx, &s->into, &two.into, ret_reference, reterr);
	if (st == OK)
		st = move_subjects(tx, s, &two, reterr);
	if (st == OK)
		st = must_leave_somebody(tx, &two, reterr);
	if (st == OK)
		st = run(tx, &REQUESTS, &two, reterr);
	if (st == OK)
		st = must_be_free(tx, &two, reterr);
	if (st == OK)
		st = move_along(tx, s, &two, reterr);
	return st == OK ? tell_both(tx, s, &two, *ret_reference, reterr) : st;
}
