#include "steering/consent.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_seers.h"
#include "platform/core/calendar.h"
#include "platform/crypto/numbering.h"
#include "platform/crypto/stored.h"
#include "work/work.h"

const struct db_root CONSENT_ROOT = DB_ROOT(48, report_consent);

const struct code CONSENT_ANSWERS[] = {
	{ CONSENT_YES, "YES", "Ja" },
	{ CONSENT_CONDITIONS, "CONDITIONS", "Ja, met voorwaarden" },
	{ CONSENT_NO, "NO", "Nee" },
	{ 0 },
};

#define COLUMNS                                                                                    \
	"SELECT c.id, c.version, c.intervention_id, c.casefile_id, c.organ_id, c.asked_by,"        \
	" c.asked_at, c.due_day, c.answered_at, c.withdrawn_at, c.released_at, c.late_at, c.uuid," \
	" c.reference, i.reference, o.on_behalf, coalesce(w.on_behalf, ''), i.instrument,"         \
	" c.purpose_key_id, c.purpose, c.words_key_id, c.words FROM report_consent c"              \
	" JOIN intervention i ON i.id = c.intervention_id JOIN organ o ON o.id = c.organ_id"       \
	" JOIN appointment a ON a.id = c.asked_by LEFT JOIN organ w ON w.id = a.organ_id"
/* Stopped (10) and archived (11) casefiles are shielded. */
static const struct db_stmt LOAD = {
	"consent_load", "t",
	COLUMNS " JOIN casefile f ON f.id = c.casefile_id AND f.state < 10 WHERE c.reference = $1"
};
static const struct db_stmt OF_INTERVENTION = {
	"consents_of", "i", COLUMNS " WHERE c.intervention_id = $1 ORDER BY c.id LIMIT 100"
};
static const struct db_stmt FACTS = {
	"consent_facts", "i",
	"SELECT consent_id, edition, fact_uuid, answer FROM report_consent_fact"
	" WHERE consent_id = $1 ORDER BY consent_id, fact_uuid LIMIT 400"
};
static const struct db_stmt FACTS_OF_INTERVENTION = {
	"consent_facts_of", "i",
	"SELECT q.consent_id, q.edition, q.fact_uuid, q.answer FROM report_consent_fact q"
	" JOIN report_consent c ON c.id = q.consent_id WHERE c.intervention_id = $1"
	" ORDER BY q.consent_id, q.fact_uuid LIMIT 400"
};
static const struct db_stmt INSERT = {
	"consent_insert", "btiiiiiiib",
	"INSERT INTO report_consent (uuid, reference, intervention_id, casefile_id, organ_id,"
	" asked_by, asked_at, due_day, purpose_key_id, purpose)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) RETURNING id"
};
static const struct db_stmt INSERT_FACT = {
	"consent_fact_insert", "ibi",
	"INSERT INTO report_consent_fact (consent_id, fact_uuid, edition) VALUES ($1, $2, $3)"
};
static const struct db_stmt SAY = {
	"consent_say", "iiiIB",
	"UPDATE report_consent SET answered_by = $2, answered_at = $3,"
	" words_key_id = coalesce($4, 0), words = $5 WHERE id = $1 AND answered_at = 0"
	" AND withdrawn_at = 0"
};
static const struct db_stmt SAY_FACT = {
	"consent_fact_say", "ibi",
	"UPDATE report_consent_fact SET answer = $3 WHERE consent_id = $1 AND fact_uuid = $2"
};
static const struct db_stmt WITHDRAW = {
	"consent_withdraw", "iii",
	"UPDATE report_consent SET withdrawn_at = $2, withdrawn_by = $3, version = version + 1 "
	"WHERE id = $1"
	" AND answered_at > 0 AND withdrawn_at = 0 AND released_at = 0"
};
/* Who asked waits no longer: the same columns, without an answer. */
static const struct db_stmt STOP = {
	"consent_stop", "iii",
	"UPDATE report_consent SET withdrawn_at = $2, withdrawn_by = $3 WHERE id = $1"
	" AND answered_at = 0 AND withdrawn_at = 0"
};
/* The same row as a withdrawal's, so that of the two one comes first. */
static const struct db_stmt RELEASE = {
	"consent_release", "ii",
	"UPDATE report_consent SET released_at = CASE WHEN released_at = 0 THEN $2"
	" ELSE released_at END WHERE id = $1 AND answered_at > 0 AND withdrawn_at = 0"
};
#define KEYS_OF(which)                                                                             \
	"SELECT u.key_id FROM (SELECT c.purpose_key_id AS key_id FROM report_consent c"            \
	" WHERE c.purpose_key_id > 0 AND " which " UNION SELECT c.words_key_id AS key_id"          \
	" FROM report_consent c WHERE c.words_key_id > 0 AND " which                               \
	") u ORDER BY u.key_id LIMIT 1000"
#define OF_CASEFILE "c.casefile_id = $1"
#define OF_PRESENCE                                                                                \
	"c.id IN (SELECT q.consent_id FROM report_consent_fact q JOIN fact t"                      \
	" ON t.uuid = q.fact_uuid WHERE t.presence_id = $1 OR t.other_presence_id = $1)"
static const struct db_stmt CASEFILE_KEYS = { "consent_keys_of_casefile", "i",
	                                      KEYS_OF(OF_CASEFILE) };
static const struct db_stmt PRESENCE_KEYS = { "consent_keys_of_presence", "i",
	                                      KEYS_OF(OF_PRESENCE) };
static const struct db_stmt EMPTY_CASEFILE = {
	"consents_empty_casefile", "i",
	"UPDATE report_consent SET purpose_key_id = 0, words_key_id = 0, words = NULL"
	" WHERE casefile_id = $1"
};
static const struct db_stmt EMPTY_PRESENCE = {
	"consents_empty_presence", "i",
	"UPDATE report_consent SET purpose_key_id = 0, words_key_id = 0, words = NULL"
	" WHERE id IN (SELECT q.consent_id FROM report_consent_fact q JOIN fact t"
	" ON t.uuid = q.fact_uuid WHERE t.presence_id = $1 OR t.other_presence_id = $1)"
};

const struct db_stmt *const consent_statements[] = {
	&CONSENT_ROOT.claim,
	&CONSENT_ROOT.look,
	&LOAD,
	&OF_INTERVENTION,
	&FACTS,
	&FACTS_OF_INTERVENTION,
	&INSERT,
	&INSERT_FACT,
	&SAY,
	&SAY_FACT,
	&WITHDRAW,
	&STOP,
	&RELEASE,
	&CASEFILE_KEYS,
	&PRESENCE_KEYS,
	&EMPTY_CASEFILE,
	&EMPTY_PRESENCE,
	NULL,
};

/* ---- reading ----------------------------------------------------------------------------------- */

struct sealed_pair {
	int64_t purpose_key, words_key;
	struct span purpose, words;
};

static struct consent read_consent(const struct db_rows *row, struct arena *a,
                                   struct sealed_pair *ret_sealed)
{
	struct consent c = {
		.id = db_int(row, 0),
		.version = db_int(row, 1),
		.intervention_id = db_int(row, 2),
		.casefile_id = db_int(row, 3),
		.organ_id = db_int(row, 4),
		.asker_id = db_int(row, 5),
		.asked_at = db_int(row, 6),
		.due_day = db_int(row, 7),
		.answered_at = db_int(row, 8),
		.withdrawn_at = db_int(row, 9),
		.released_at = db_int(row, 10),
		.late_at = db_int(row, 11),
		.reference = db_text(row, 13, a),
		.intervention = db_text(row, 14, a),
		.source = db_text(row, 15, a),
		.asker = db_text(row, 16, a),
		.instrument = (uint16_t)db_int(row, 17),
		.purpose = "",
		.words = "",
	};

	c.uuid = uuid_stored(row, 12);
	ret_sealed->purpose_key = db_int(row, 18);
	ret_sealed->purpose.bytes = db_bytes(row, 19, a, &ret_sealed->purpose.len);
	ret_sealed->words_key = db_int(row, 20);
	ret_sealed->words.bytes = db_bytes(row, 21, a, &ret_sealed->words.len);
	return c;
}

static enum status open_words(struct db_read *r, struct keyring *k, const struct sealed_pair *from,
                              struct arena *a, struct consent *to, struct error *reterr)
{
	enum status st = OK;

	if (from->purpose_key != 0)
		st = steering_line_open(r, k, from->purpose_key, &to->uuid, LINE_PURPOSE,
		                        &from->purpose, a, &to->purpose, reterr);
	if (st == OK && from->words_key != 0)
		st = steering_line_open(r, k, from->words_key, &to->uuid, LINE_CONSENT,
		                        &from->words, a, &to->words, reterr);
	return st;
}

enum status consent_thing(struct db_read *r, const struct consent *c, struct arena *a,
                          struct thing *ret, struct error *reterr)
{
	*ret = (struct thing){ .readers = { audience_of(AUDIENCE_DECIDERS, c->organ_id) },
		               .reader_count = 1 };
	return casefile_keep_out(r, c->casefile_id, a, ret, reterr);
}

static enum status ask_reader(struct db_read *r, const struct viewer *viewer,
                              const struct consent *c, struct arena *a, struct error *reterr)
{
	struct thing thing;
	const enum status st = consent_thing(r, c, a, &thing, reterr);

	if (st == OK && !access_may(viewer, ACT_READ, &thing))
		return FAIL_NOT_FOUND(reterr);
	return st;
}

enum status consent_load(struct db_read *r, struct keyring *k, const struct viewer *viewer,
                         const char *reference, struct arena *a, struct consent *ret,
                         struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct sealed_pair sealed = { 0 };
	enum status st = db_query(r, &LOAD, DB_ARGS(DB_TEXT(reference)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = read_consent(&row, a, &sealed);
	db_rows_close(&row);
	st = ask_reader(r, viewer, ret, a, reterr);
	return st == OK ? open_words(r, k, &sealed, a, ret, reterr) : st;
}

static enum status read_facts(struct db_read *r, const struct db_stmt *s, int64_t id,
                              struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct consent_fact *list = ARENA_ARRAY(a, struct consent_fact, CONSENT_FACTS_MAX);
	size_t count = 0;
	const enum status st = db_query(r, s, DB_ARGS(DB_INT(id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < CONSENT_FACTS_MAX && db_next(&rows); count++) {
		list[count] = (struct consent_fact){ .consent_id = db_int(&rows, 0),
			                             .edition = db_int(&rows, 1),
			                             .answer = (int)db_int(&rows, 3) };
		list[count].fact = uuid_stored(&rows, 2);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status consent_facts(struct db_read *r, int64_t consent_id, struct arena *a, struct array *ret,
                          struct error *reterr)
{
	return read_facts(r, &FACTS, consent_id, a, ret, reterr);
}

enum status consents_of(struct db_read *r, struct keyring *k, int64_t intervention_id,
                        struct arena *a, struct consents *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct consent *list = ARENA_ARRAY(a, struct consent, CONSENTS_MAX);
	struct sealed_pair *sealed = ARENA_ARRAY(a, struct sealed_pair, CONSENTS_MAX);
	size_t count = 0;
	enum status st =
	    db_query(r, &OF_INTERVENTION, DB_ARGS(DB_INT(intervention_id)), &rows, reterr);

	if (st != OK)
		return st;
	for (; count < CONSENTS_MAX && db_next(&rows); count++)
		list[count] = read_consent(&rows, a, &sealed[count]);
	st = db_rows_end(&rows, reterr);
	db_rows_close(&rows);
	for (size_t i = 0; st == OK && k != NULL && i < count; i++)
		st = open_words(r, k, &sealed[i], a, &list[i], reterr);
	ret->list = (struct array){ list, count };
	return st == OK
	           ? read_facts(r, &FACTS_OF_INTERVENTION, intervention_id, a, &ret->facts, reterr)
	           : st;
}

bool consent_stopped(const struct consent *c)
{
	return c->answered_at == 0 && c->withdrawn_at != 0;
}

/* ---- what stands --------------------------------------------------------------------------------- */

static const struct consent *numbered(const struct consents *c, int64_t id)
{
	const struct consent *list = c->list.items;

	for (size_t i = 0; i < c->list.count; i++)
		if (list[i].id == id)
			return &list[i];
	return NULL;
}

static const struct consent *stands(const struct consents *c, const struct uuid *fact,
                                    int64_t edition, int *ret_answer)
{
	const struct consent_fact *f = c->facts.items;

	for (size_t i = 0; i < c->facts.count; i++) {
		const struct consent *of = numbered(c, f[i].consent_id);
		if (f[i].edition != edition || of == NULL || of->withdrawn_at != 0 ||
		    f[i].answer == CONSENT_NO ||
		    memcmp(f[i].fact.bytes, fact->bytes, UUID_BYTES) != 0)
			continue;
		*ret_answer = f[i].answer;
		return of;
	}
	return NULL;
}

const struct consent *consent_granted(const struct consents *c, const struct uuid *fact,
                                      int64_t edition, int *ret_answer)
{
	const struct consent *of = stands(c, fact, edition, ret_answer);

	return of != NULL && *ret_answer != CONSENT_NONE ? of : NULL;
}

bool consent_is_asked(const struct consents *c, const struct uuid *fact, int64_t edition)
{
	int answer = CONSENT_NONE;

	return stands(c, fact, edition, &answer) != NULL;
}

/* ---- inside a job ------------------------------------------------------------------------------- */

enum status consent_ask(struct db_tx *tx, const struct consent_new *n, struct error *reterr)
{
	const int32_t today = local_day(n->now_ms);
	struct work_task task = {
		.owner = audience_of(AUDIENCE_DECIDERS, n->organ_id),
		.kind = WORK_REPORT_CONSENT,
		.object_kind = OBJECT_CONSENT,
		.due_day = working_days_add(today, CONSENT_WORKING_DAYS, NULL),
		.created_at = n->now_ms,
		.created_by = n->appointment_id,
	};

	enum status st =
	    reference_next(tx, n->reference_key, "T", n->now_ms, &task.reference, reterr);
	if (st == OK)
		st = key_store(tx, &n->purpose.key, reterr);
	if (st == OK)
		st = db_insert(
		    tx, &INSERT,
		    DB_ARGS(DB_BYTES(n->uuid.bytes, UUID_BYTES), DB_TEXT(task.reference),
		            DB_INT(n->intervention_id), DB_INT(n->casefile_id), DB_INT(n->organ_id),
		            DB_INT(n->appointment_id), DB_INT(n->now_ms), DB_INT(task.due_day),
		            DB_INT(n->purpose.key.id), DB_BYTES(n->purpose.sealed, n->purpose.len)),
		    &task.object_id, reterr);
	for (size_t i = 0; st == OK && i < n->fact_count; i++)
		st = db_exec(tx, &INSERT_FACT,
		             DB_ARGS(DB_INT(task.object_id),
		                     DB_BYTES(n->facts[i].fact.bytes, UUID_BYTES),
		                     DB_INT(n->facts[i].edition)),
		             NULL, reterr);
	return st == OK ? work_add(tx, &task, reterr) : st;
}

static enum status tell_asker(struct db_tx *tx, const struct consent *c, int kind, int64_t now_ms,
                              struct error *reterr)
{
	const struct work_news news = { .at = now_ms,
		                        .kind = kind,
		                        .object_kind = OBJECT_INTERVENTION,
		                        .object_id = c->intervention_id,
		                        .reference = c->intervention };
	return work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, c->asker_id), &news, reterr);
}

enum status consent_say(struct db_tx *tx, const struct consent_said *s, struct error *reterr)
{
	const bool has_words = s->words.sealed != NULL;
	int64_t changed = 0;

	enum status st = has_words ? key_store(tx, &s->words.key, reterr) : OK;
	if (st == OK)
		st = db_exec(tx, &SAY,
		             DB_ARGS(DB_INT(s->consent->id), DB_INT(s->viewer->appointment_id),
		                     DB_INT(s->now_ms),
		                     has_words ? DB_INT(s->words.key.id) : DB_NULL,
		                     has_words ? DB_BYTES(s->words.sealed, s->words.len) : DB_NULL),
		             &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT, "Deze vraag is al beantwoord of ingetrokken.");
	for (size_t i = 0; st == OK && i < s->fact_count; i++)
		st = db_exec(tx, &SAY_FACT,
		             DB_ARGS(DB_INT(s->consent->id),
		                     DB_BYTES(s->facts[i].fact.bytes, UUID_BYTES),
		                     DB_INT(s->facts[i].answer)),
		             NULL, reterr);
	if (st == OK)
		st = work_done(tx, WORK_REPORT_CONSENT, OBJECT_CONSENT, s->consent->id,
		               s->viewer->person_id, s->now_ms, reterr);
	return st == OK ? tell_asker(tx, s->consent, NEWS_CONSENT_ANSWERED, s->now_ms, reterr) : st;
}

enum status consent_withdraw(struct db_tx *tx, const struct consent *c, const struct viewer *viewer,
                             int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st = db_exec(
	    tx, &WITHDRAW, DB_ARGS(DB_INT(c->id), DB_INT(now_ms), DB_INT(viewer->appointment_id)),
	    &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(
		    reterr, ERR_CONFLICT,
		    "Intrekken kan niet meer: de rapportage is al gemaakt, of u trok al in.");
	return st == OK ? tell_asker(tx, c, NEWS_CONSENT_WITHDRAWN, now_ms, reterr) : st;
}

enum status consent_stop(struct db_tx *tx, const struct consent *c, const struct viewer *viewer,
                         int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st = db_exec(
	    tx, &STOP, DB_ARGS(DB_INT(c->id), DB_INT(now_ms), DB_INT(viewer->appointment_id)),
	    &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Op deze vraag wacht u niet meer: er is een antwoord, of zij is al "
		            "ingetrokken.");
	return st == OK ? work_done(tx, WORK_REPORT_CONSENT, OBJECT_CONSENT, c->id,
	                            viewer->person_id, now_ms, reterr)
	                : st;
}

enum status consent_release(struct db_tx *tx, int64_t id, int64_t now_ms, struct error *reterr)
{
	int64_t changed = 0;
	const enum status st =
	    db_exec(tx, &RELEASE, DB_ARGS(DB_INT(id), DB_INT(now_ms)), &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een bron trok zijn toestemming in. Bekijk wat er nu in mag staan.");
	return st;
}

enum status consents_forget(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	const enum status st =
	    keys_destroy(tx, &CASEFILE_KEYS, DB_ARGS(DB_INT(casefile_id)), reterr);

	return st == OK ? db_exec(tx, &EMPTY_CASEFILE, DB_ARGS(DB_INT(casefile_id)), NULL, reterr)
	                : st;
}

enum status consents_forget_presence(struct db_tx *tx, int64_t presence_id, struct error *reterr)
{
	const enum status st =
	    keys_destroy(tx, &PRESENCE_KEYS, DB_ARGS(DB_INT(presence_id)), reterr);

	return st == OK ? db_exec(tx, &EMPTY_PRESENCE, DB_ARGS(DB_INT(presence_id)), NULL, reterr)
	                : st;
}
