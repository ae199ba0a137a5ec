/* Notes, tasks and intents in the database. */
#include "casework/note.h"

#include <string.h>

#include "audit/action.h"
#include "casework/casefile_index.h"
#include "casework/note_index.h"
#include "platform/crypto/stored.h"
#include "search/search_feed.h"
#include "work/work.h"

const struct db_root NOTE_ROOT = DB_ROOT(42, casefile_note);

static const struct db_stmt LIST = {
	"casefile_note_list", "ii",
	"SELECT n.id, n.version, n.number, n.phase, n.uuid, v.written_at, p.full_name,"
	" coalesce(o.on_behalf, 'RIEC-bureau'), v.key_id, v.sealed, v.version FROM casefile_note n"
	" JOIN casefile_note_version v ON v.note_id = n.id AND v.version = n.version"
	" JOIN appointment a ON a.id = v.written_by JOIN person p ON p.id = a.person_id"
	" LEFT JOIN organ o ON o.id = a.organ_id WHERE n.casefile_id = $1 AND n.phase <= $2"
	" AND n.removed_at = 0 ORDER BY v.written_at DESC, n.id DESC LIMIT 500"
};
static const struct db_stmt VERSIONS = {
	"note_versions", "i",
	"SELECT 0, v.version, 0, 0, n.uuid, v.written_at, p.full_name,"
	" coalesce(o.on_behalf, 'RIEC-bureau'), v.key_id, v.sealed, v.version"
	" FROM casefile_note_version v JOIN casefile_note n ON n.id = v.note_id"
	" JOIN appointment a ON a.id = v.written_by JOIN person p ON p.id = a.person_id"
	" LEFT JOIN organ o ON o.id = a.organ_id WHERE v.note_id = $1"
	" ORDER BY v.version DESC, v.note_id LIMIT 500"
};
static const struct db_stmt COUNT = {
	"note_count", "i",
	"SELECT count(*), coalesce(max(number), 0) FROM casefile_note WHERE casefile_id = $1"
};
static const struct db_stmt ADD = {
	"casefile_note_add", "biii",
	"INSERT INTO casefile_note (uuid, casefile_id, number, phase) VALUES ($1, $2, $3, $4)"
	" RETURNING id"
};
static const struct db_stmt ADD_VERSION = {
	"note_add_version", "iiibii",
	"INSERT INTO casefile_note_version (note_id, version, key_id, sealed, written_by,"
	" written_at) VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt TASKS = {
	"casefile_task_list", "i",
	"SELECT t.id, t.due_day, t.given_at, t.done_at, t.appointment_id, p.full_name, t.uuid,"
	" t.key_id, t.sealed FROM casefile_task t JOIN appointment a ON a.id = t.appointment_id"
	" JOIN person p ON p.id = a.person_id WHERE t.casefile_id = $1"
	" ORDER BY CASE WHEN t.done_at = 0 THEN 0 ELSE 1 END, t.due_day, t.id LIMIT 200"
};
static const struct db_stmt TASK_COUNT = {
	"casefile_task_count", "i", "SELECT count(*) FROM casefile_task WHERE casefile_id = $1"
};
static const struct db_stmt ADD_TASK = {
	"casefile_task_add", "biiiibii",
	"INSERT INTO casefile_task (uuid, casefile_id, appointment_id, due_day, key_id, sealed,"
	" given_by, given_at) SELECT $1, $2, x.appointment_id, $4, $5, $6, $7, $8"
	" FROM casefile_member x WHERE x.casefile_id = $2 AND x.appointment_id = $3"
};
static const struct db_stmt TASK_ID = { "casefile_task_id", "b",
	                                "SELECT id FROM casefile_task WHERE uuid = $1" };
static const struct db_stmt TASK_DONE = {
	"casefile_task_done", "iii",
	"UPDATE casefile_task SET done_at = $3 WHERE id = $1 AND casefile_id = $2 AND done_at = 0"
};
static const struct db_stmt INTENTS = {
	"intent_list", "i",
	"SELECT i.id, i.participant_id, i.not_before, i.written_at, i.kind, o.on_behalf, i.uuid,"
	" p.uuid, p.key_id, i.reason FROM subject_intent i JOIN presence p"
	" ON p.id = i.presence_id JOIN organ o ON o.id = i.organ_id"
	" WHERE i.presence_id = $1 AND i.ended_at = 0 ORDER BY i.id LIMIT 50"
};
static const struct db_stmt PRESENCE = { "intent_presence", "i",
	                                 "SELECT uuid, key_id FROM presence WHERE id = $1" };
static const struct db_stmt END_BEFORE = {
	"intent_end_before", "iii",
	"UPDATE subject_intent SET ended_at = $3 WHERE presence_id = $1 AND organ_id = $2"
	" AND ended_at = 0"
};
static const struct db_stmt ADD_INTENT = {
	"intent_add", "biiiiibii",
	"INSERT INTO subject_intent (uuid, presence_id, participant_id, organ_id, kind, not_before,"
	" reason, written_by, written_at) SELECT $1, p.id, $3, $4, $5, $6, $7, $8, $9"
	" FROM presence p WHERE p.id = $2"
};
static const struct db_stmt END_INTENT = {
	"intent_end", "iii",
	"UPDATE subject_intent SET ended_at = $3 WHERE id = $1 AND participant_id = $2"
	" AND ended_at = 0"
};
/* Keys of all that was written: notes and tasks. */
static const struct db_stmt KEYS = {
	"notes_keys", "i",
	"SELECT v.key_id FROM casefile_note_version v JOIN casefile_note n ON n.id = v.note_id"
	" WHERE n.casefile_id = $1 UNION SELECT t.key_id FROM casefile_task t"
	" WHERE t.casefile_id = $1 ORDER BY key_id"
};
static const struct db_stmt DROP_VERSIONS = {
	"notes_drop_versions", "i",
	"DELETE FROM casefile_note_version WHERE note_id IN"
	" (SELECT n.id FROM casefile_note n WHERE n.casefile_id = $1)"
};
static const struct db_stmt DROP_NOTES = { "notes_drop", "i",
	                                   "DELETE FROM casefile_note WHERE casefile_id = $1" };
static const struct db_stmt DROP_TASKS = { "notes_drop_tasks", "i",
	                                   "DELETE FROM casefile_task WHERE casefile_id = $1" };

const struct db_stmt *const note_statements[] = {
	&NOTE_ROOT.claim, &NOTE_ROOT.look, &LIST,       &VERSIONS,   &COUNT,      &ADD,
	&ADD_VERSION,     &TASKS,          &TASK_COUNT, &ADD_TASK,   &TASK_ID,    &TASK_DONE,
	&INTENTS,         &PRESENCE,       &END_BEFORE, &ADD_INTENT, &END_INTENT, &KEYS,
	&DROP_VERSIONS,   &DROP_NOTES,     &DROP_TASKS, NULL
};

/* ---- words ------------------------------------------------------------------------------------- */

static struct seal_place place_of(const char *table, const struct uuid *uuid, int64_t version)
{
	return (struct seal_place){
		.table = table, .column = "sealed", .id = uuid_number(uuid), .version = version
	};
}

/* Words of a forgotten key are "". */
static void seal_words(struct keyring *k, const struct seal_place *place, const char *text,
                       struct arena *a, struct sealed_note_words *ret)
{
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

/* ---- notes --------------------------------------------------------------------------------------- */

struct sealed_note {
	struct casefile_note note;
	struct closed_text text;
};

static enum status read_notes(struct db_read *r, const struct db_stmt *s,
                              const struct db_value *args, struct arena *a, struct array *ret,
                              struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct sealed_note *list = ARENA_ARRAY(a, struct sealed_note, NOTES_MAX);
	size_t count = 0;

	enum status st = db_query(r, s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < NOTES_MAX && db_next(&rows)) {
		struct sealed_note *n = &list[count++];
		*n = (struct sealed_note){ .note = { .id = db_int(&rows, 0),
			                             .version = db_int(&rows, 1),
			                             .number = db_int(&rows, 2),
			                             .phase = db_int(&rows, 3),
			                             .uuid = uuid_stored(&rows, 4),
			                             .written_at = db_int(&rows, 5),
			                             .author = db_text(&rows, 6, a),
			                             .on_behalf = db_text(&rows, 7, a) },
			                   .text = { db_int(&rows, 8), span_stored(&rows, 9, a) } };
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status open_notes(struct db_read *r, struct keyring *k, struct array rows,
                              struct arena *a, struct error *reterr)
{
	struct sealed_note *n = rows.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		const struct seal_place place =
		    place_of("casefile_note_version", &n[i].note.uuid, n[i].note.version);
		st = text_open(r, k, &n[i].text, &place, a, &n[i].note.text, reterr);
	}
	return st;
}

enum status casefile_note_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                               int max_phase, struct arena *a, struct array *ret,
                               struct error *reterr)
{
	struct array rows = { 0 };
	enum status st =
	    read_notes(r, &LIST, DB_ARGS(DB_INT(casefile_id), DB_INT(max_phase)), a, &rows, reterr);

	if (st == OK)
		st = open_notes(r, k, rows, a, reterr);
	const struct sealed_note *n = rows.items;
	struct casefile_note *to = ARENA_ARRAY(a, struct casefile_note, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = n[i].note;
	*ret = (struct array){ to, rows.count };
	return st;
}

enum status note_versions(struct db_read *r, struct keyring *k, const struct casefile_note *note,
                          struct arena *a, struct array *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_notes(r, &VERSIONS, DB_ARGS(DB_INT(note->id)), a, &rows, reterr);

	if (st == OK)
		st = open_notes(r, k, rows, a, reterr);
	const struct sealed_note *n = rows.items;
	struct note_version *to = ARENA_ARRAY(a, struct note_version, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] =
		    (struct note_version){ n[i].note.version, n[i].note.written_at,
			                   n[i].note.author, n[i].note.on_behalf, n[i].note.text };
	*ret = (struct array){ to, rows.count };
	return st;
}

void casefile_note_seal(struct keyring *k, const struct uuid *uuid, int64_t version,
                        const char *text, int64_t now_ms, struct arena *a,
                        struct sealed_note_words *ret)
{
	*ret = (struct sealed_note_words){ .uuid = uuid != NULL ? *uuid : uuid_at(now_ms) };
	const struct seal_place place = place_of("casefile_note_version", &ret->uuid, version);
	seal_words(k, &place, text, a, ret);
}

static enum status next_number(struct db_tx *tx, int64_t casefile_id, int64_t *ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &COUNT, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK && db_int(&row, 0) >= NOTES_MAX)
		return FAIL(reterr, ERR_LIMIT, "Een casus heeft ten hoogste 500 notities.");
	if (st == OK)
		*ret = db_int(&row, 1) + 1;
	return st;
}

enum status note_put_version(struct db_tx *tx, const struct casefile_writer *w, int64_t note_id,
                             int64_t version, const struct sealed_note_words *words,
                             struct error *reterr)
{
	enum status st = key_store(tx, &words->key, reterr);

	if (st == OK)
		st = db_exec(tx, &ADD_VERSION,
		             DB_ARGS(DB_INT(note_id), DB_INT(version), DB_INT(words->key.id),
		                     DB_BYTES(words->sealed, words->len),
		                     DB_INT(w->viewer->appointment_id), DB_INT(w->now_ms)),
		             NULL, reterr);
	if (st == OK)
		st = search_changed(tx, OBJECT_NOTE, note_id, reterr);
	return st == OK ? casefile_words_changed(tx, w->casefile_id, reterr) : st;
}

enum status casefile_note_add(struct db_tx *tx, const struct casefile_writer *w, int phase,
                              const struct sealed_note_words *words, int64_t *ret_number,
                              struct error *reterr)
{
	int64_t id = 0;

	enum status st = next_number(tx, w->casefile_id, ret_number, reterr);
	if (st == OK)
		st = db_insert(tx, &ADD,
		               DB_ARGS(DB_BYTES(words->uuid.bytes, UUID_BYTES),
		                       DB_INT(w->casefile_id), DB_INT(*ret_number), DB_INT(phase)),
		               &id, reterr);
	return st == OK ? note_put_version(tx, w, id, 1, words, reterr) : st;
}

/* ---- tasks --------------------------------------------------------------------------------------- */

struct sealed_task {
	struct casefile_task task;
	struct uuid uuid;
	struct closed_text text;
};

static enum status read_tasks(struct db_read *r, int64_t casefile_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct sealed_task *list = ARENA_ARRAY(a, struct sealed_task, CASEFILE_TASKS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &TASKS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < CASEFILE_TASKS_MAX && db_next(&rows)) {
		struct sealed_task *t = &list[count++];
		*t = (struct sealed_task){ .task = { .id = db_int(&rows, 0),
			                             .due_day = db_int(&rows, 1),
			                             .given_at = db_int(&rows, 2),
			                             .done_at = db_int(&rows, 3),
			                             .appointment_id = db_int(&rows, 4),
			                             .owner = db_text(&rows, 5, a) },
			                   .uuid = uuid_stored(&rows, 6),
			                   .text = { db_int(&rows, 7), span_stored(&rows, 8, a) } };
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status casefile_task_list(struct db_read *r, struct keyring *k, int64_t casefile_id,
                               struct arena *a, struct array *ret, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_tasks(r, casefile_id, a, &rows, reterr);
	struct sealed_task *t = rows.items;
	struct casefile_task *to = ARENA_ARRAY(a, struct casefile_task, rows.count + 1);

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		const struct seal_place place = place_of("casefile_task", &t[i].uuid, 0);
		st = text_open(r, k, &t[i].text, &place, a, &t[i].task.text, reterr);
		to[i] = t[i].task;
	}
	*ret = (struct array){ to, rows.count };
	return st;
}

void casefile_task_seal(struct keyring *k, const char *text, int64_t now_ms, struct arena *a,
                        struct sealed_note_words *ret)
{
	*ret = (struct sealed_note_words){ .uuid = uuid_at(now_ms) };
	const struct seal_place place = place_of("casefile_task", &ret->uuid, 0);
	seal_words(k, &place, text, a, ret);
}

static enum status ask_room(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(db_tx_read(tx), &TASK_COUNT, DB_ARGS(DB_INT(casefile_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	return st == OK && db_int(&row, 0) >= CASEFILE_TASKS_MAX
	           ? FAIL(reterr, ERR_LIMIT, "Een casus heeft ten hoogste 200 taken.")
	           : st;
}

/* Only a member gets one. */
static enum status insert_task(struct db_tx *tx, const struct casefile_writer *w,
                               const struct casefile_task_new *t, int64_t *ret_id,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	int64_t changed = 0;

	enum status st =
	    db_exec(tx, &ADD_TASK,
	            DB_ARGS(DB_BYTES(t->words.uuid.bytes, UUID_BYTES), DB_INT(w->casefile_id),
	                    DB_INT(t->appointment_id), DB_INT(t->due_day), DB_INT(t->words.key.id),
	                    DB_BYTES(t->words.sealed, t->words.len),
	                    DB_INT(w->viewer->appointment_id), DB_INT(w->now_ms)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_INVALID, "Kies een lid van deze casus.");
	if (st == OK)
		st = db_query(db_tx_read(tx), &TASK_ID,
		              DB_ARGS(DB_BYTES(t->words.uuid.bytes, UUID_BYTES)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret_id = db_int(&row, 0);
	return st;
}

enum status casefile_task_add(struct db_tx *tx, const struct casefile_writer *w,
                              const struct casefile_task_new *t, struct error *reterr)
{
	int64_t id = 0;

	enum status st = ask_room(tx, w->casefile_id, reterr);
	if (st == OK)
		st = key_store(tx, &t->words.key, reterr);
	if (st == OK)
		st = insert_task(tx, w, t, &id, reterr);
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, t->appointment_id),
		.kind = WORK_CASEFILE_TASK,
		.object_kind = OBJECT_CASEFILE_TASK,
		.object_id = id,
		.reference = t->reference,
		.due_day = t->due_day,
		.created_at = w->now_ms,
		.created_by = w->viewer->appointment_id,
	};
	return st == OK ? work_add(tx, &task, reterr) : st;
}

enum status casefile_task_done(struct db_tx *tx, const struct casefile_writer *w, int64_t task_id,
                               struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &TASK_DONE, DB_ARGS(DB_INT(task_id), DB_INT(w->casefile_id), DB_INT(w->now_ms)),
	    &changed, reterr);

	if (st == OK && changed == 0)
		return FAIL_NOT_FOUND(reterr);
	return st == OK ? work_done(tx, WORK_CASEFILE_TASK, OBJECT_CASEFILE_TASK, task_id,
	                            w->viewer->person_id, w->now_ms, reterr)
	                : st;
}

/* ---- intents --------------------------------------------------------------------------------------- */

static struct seal_place intent_place(const struct uuid *uuid, const struct uuid *presence)
{
	return (struct seal_place){ .table = "subject_intent",
		                    .column = "reason",
		                    .id = uuid_number(uuid),
		                    .presence = uuid_number(presence) };
}

struct sealed_intent {
	struct subject_intent intent;
	struct uuid uuid, presence;
	int64_t key_id;
	const uint8_t *reason;
	size_t len;
};

static enum status read_intents(struct db_read *r, int64_t presence_id, struct arena *a,
                                struct array *ret, struct error *reterr)
{
	enum { MAX = 50 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct sealed_intent *list = ARENA_ARRAY(a, struct sealed_intent, MAX);
	size_t count = 0;

	enum status st = db_query(r, &INTENTS, DB_ARGS(DB_INT(presence_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows)) {
		struct sealed_intent *i = &list[count++];
		*i = (struct sealed_intent){ .intent = { .id = db_int(&rows, 0),
			                                 .participant_id = db_int(&rows, 1),
			                                 .not_before = db_int(&rows, 2),
			                                 .written_at = db_int(&rows, 3),
			                                 .kind = (int)db_int(&rows, 4),
			                                 .by = db_text(&rows, 5, a) },
			                     .uuid = uuid_stored(&rows, 6),
			                     .presence = uuid_stored(&rows, 7),
			                     .key_id = db_int(&rows, 8) };
		i->reason = db_bytes(&rows, 9, a, &i->len);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status open_intent(struct db_read *r, struct keyring *k, struct sealed_intent *i,
                               struct arena *a, struct error *reterr)
{
	const struct seal_place place = intent_place(&i->uuid, &i->presence);
	struct seal_key key;
	size_t len = 0;

	enum status st = key_load(r, k, i->key_id, KEY_PRESENCE, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &place, i->reason, i->len, a, &i->intent.reason, &len, reterr);
	seal_key_wipe(&key);
	return st;
}

/* The reason of another participant isn't opened at all. */
enum status intent_list(struct db_read *r, struct keyring *k, int64_t presence_id,
                        int64_t participant_id, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_intents(r, presence_id, a, &rows, reterr);
	struct sealed_intent *from = rows.items;
	struct subject_intent *to = ARENA_ARRAY(a, struct subject_intent, rows.count + 1);

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		if (from[i].intent.participant_id == participant_id)
			st = open_intent(r, k, &from[i], a, reterr);
		to[i] = from[i].intent;
	}
	*ret = (struct array){ to, rows.count };
	return st;
}

// NOLINTNEXTLINE(readability-function-size): about whom, by whom, what and when
enum status intent_seal(struct db_read *r, struct keyring *k, int64_t presence_id,
                        const char *reason, int64_t now_ms, struct arena *a, struct intent_new *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	struct seal_key key;

	enum status st = db_query(r, &PRESENCE, DB_ARGS(DB_INT(presence_id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const struct uuid presence = uuid_stored(&row, 0);
	const int64_t key_id = db_int(&row, 1);
	db_rows_close(&row); /* a second statement runs when the first is done */
	st = key_load(r, k, key_id, KEY_PRESENCE, &key, reterr);
	if (st != OK)
		return st;
	ret->uuid = uuid_at(now_ms);
	ret->presence_id = presence_id;
	const struct seal_place place = intent_place(&ret->uuid, &presence);
	ret->reason = seal_in(a, &key, &place, reason, strlen(reason), &ret->len);
	seal_key_wipe(&key);
	return OK;
}

enum status intent_put(struct db_tx *tx, const struct casefile_writer *w,
                       const struct intent_new *in, struct error *reterr)
{
	const struct viewer *v = w->viewer;
	int64_t changed = 0;

	enum status st = db_exec(
	    tx, &END_BEFORE,
	    DB_ARGS(DB_INT(in->presence_id), DB_INT(v->organ_id), DB_INT(w->now_ms)), NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &ADD_INTENT,
		             DB_ARGS(DB_BYTES(in->uuid.bytes, UUID_BYTES), DB_INT(in->presence_id),
		                     DB_INT(v->participant_id), DB_INT(v->organ_id),
		                     DB_INT(in->kind), DB_INT(in->not_before),
		                     DB_BYTES(in->reason, in->len), DB_INT(v->appointment_id),
		                     DB_INT(w->now_ms)),
		             &changed, reterr);
	return st == OK && changed == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

enum status intent_end(struct db_tx *tx, const struct casefile_writer *w, int64_t intent_id,
                       struct error *reterr)
{
	int64_t changed = 0;
	enum status st = db_exec(
	    tx, &END_INTENT,
	    DB_ARGS(DB_INT(intent_id), DB_INT(w->viewer->participant_id), DB_INT(w->now_ms)),
	    &changed, reterr);

	return st == OK && changed == 0 ? FAIL_NOT_FOUND(reterr) : st;
}

/* ---- the end ---------------------------------------------------------------------------------------- */

enum status notes_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                  struct error *reterr)
{
	static const struct db_stmt *const LAST[] = { &DROP_VERSIONS, &DROP_NOTES, &DROP_TASKS };

	(void)now_ms;
	enum status st = keys_destroy(tx, &KEYS, DB_ARGS(DB_INT(casefile_id)), reterr);
	if (st == OK) /* what isn't there leaves the search */
		st = db_exec(tx, &NOTE_QUEUE_OF_CASEFILE, DB_ARGS(DB_INT(casefile_id)), NULL,
		             reterr);
	for (size_t i = 0; st == OK && i < sizeof LAST / sizeof LAST[0]; i++)
		st = db_exec(tx, LAST[i], DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	return st;
}
