#include "casework/note_carry.h"
#include "platform/crypto/stored.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* table 1 a version of a note, 2 a task: their place in the sealing is that of note_store.c. */
static const struct db_stmt WORDS = {
	"note_carry_words", "i",
	"SELECT 1 AS source, n.id AS id, v.version AS version, n.uuid, v.key_id, v.sealed"
	" FROM casefile_note n JOIN casefile_note_version v ON v.note_id = n.id"
	" WHERE n.casefile_id = $1 UNION ALL SELECT 2, t.id, 0, t.uuid, t.key_id, t.sealed"
	" FROM casefile_task t WHERE t.casefile_id = $1 ORDER BY source, id, version"
};
static const struct db_stmt COUNT = {
	"note_carry_count", "ii",
	"SELECT (SELECT count(*) FROM casefile_note n JOIN casefile_note_version v"
	" ON v.note_id = n.id WHERE n.casefile_id = $1), (SELECT count(*) FROM casefile_task t"
	" WHERE t.casefile_id = $1), (SELECT coalesce(max(n.number), 0) FROM casefile_note n"
	" WHERE n.casefile_id = $2)"
};
static const struct db_stmt REWRITE_NOTE = {
	"note_carry_note", "iib",
	"UPDATE casefile_note_version SET sealed = $3 WHERE note_id = $1 AND version = $2"
};
static const struct db_stmt REWRITE_TASK = { "note_carry_task", "ib",
	                                     "UPDATE casefile_task SET sealed = $2 WHERE id = $1" };
static const struct db_stmt NOTES = {
	"note_carry_notes", "iii",
	"UPDATE casefile_note SET casefile_id = $1, number = number + $3 WHERE casefile_id = $2"
};
static const struct db_stmt TASKS = {
	"note_carry_tasks", "ii", "UPDATE casefile_task SET casefile_id = $1 WHERE casefile_id = $2"
};

const struct db_stmt *const note_carry_statements[] = { &WORDS,        &COUNT, &REWRITE_NOTE,
	                                                &REWRITE_TASK, &NOTES, &TASKS,
	                                                NULL };

_Static_assert((int)NOTES_MAX == (int)CASEFILE_NOTES_MAX &&
                   (int)CASEFILE_TASKS_MAX == (int)CASEFILE_TO_DO_MAX,
               "one limit");

enum { NOTE_VERSION = 1, TASK = 2 };

struct rewritten {
	int64_t source, id, version;
	const uint8_t *sealed;
	size_t len;
};
struct found_words {
	struct rewritten row;
	struct uuid uuid;
	int64_t key_id;
};

/* ---- numbers in a text ------------------------------------------------------------------------ */

/* The next "@3" from here; NULL: none. */
static const char *next_mention(const char *at)
{
	for (at = strchr(at, '@'); at != NULL; at = strchr(at + 1, '@'))
		if (isdigit((unsigned char)at[1]))
			return at;
	return NULL;
}

const char *note_renumbered(struct arena *a, const char *text, int64_t by)
{
	const char *at = next_mention(text), *done = "";
	char *end = NULL;

	if (at == NULL)
		return NULL;
	for (; at != NULL; at = next_mention(text)) {
		const long long number = strtoll(at + 1, &end, 10);
		done = arena_printf(a, "%s%.*s@%lld", done, (int)(at - text), text,
		                    number + (long long)by);
		text = end;
	}
	return arena_printf(a, "%s%s", done, text);
}

bool note_mentions(const char *text, int64_t number)
{
	const char *at = next_mention(text);

	while (at != NULL && strtoll(at + 1, NULL, 10) != number)
		at = next_mention(at + 1);
	return at != NULL;
}

bool note_is_about(const char *text, const int64_t *numbers, size_t count)
{
	const char *at = next_mention(text);
	const bool any = at != NULL;

	for (; at != NULL; at = next_mention(at + 1)) {
		const long long number = strtoll(at + 1, NULL, 10);
		size_t i = 0;
		while (i < count && numbers[i] != number)
			i++;
		if (i == count)
			return false;
	}
	return any;
}

/* ---- before the job ---------------------------------------------------------------------------- */

static enum status count_words(struct db_read *r, int64_t casefile_id, int64_t into_id,
                               struct carried_words *ret, int64_t *ret_last, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &COUNT, DB_ARGS(DB_INT(casefile_id), DB_INT(into_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	ret->versions = db_int(&row, 0);
	ret->tasks = db_int(&row, 1);
	*ret_last = db_int(&row, 2);
	return OK;
}

static void read_words(const struct db_rows *row, struct arena *a, struct found_words *ret)
{
	*ret = (struct found_words){ .row = { .source = db_int(row, 0),
		                              .id = db_int(row, 1),
		                              .version = db_int(row, 2) },
		                     .key_id = db_int(row, 4) };
	ret->uuid = uuid_stored(row, 3);
	ret->row.sealed = db_bytes(row, 5, a, &ret->row.len);
}

static enum status find_words(struct db_read *r, int64_t casefile_id, size_t max, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct found_words *list = ARENA_ARRAY(a, struct found_words, max + 1);
	size_t count = 0;

	enum status st = db_query(r, &WORDS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < max && db_next(&rows))
		read_words(&rows, a, &list[count++]);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* *ret_changed false: it mentions nobody, or its key is gone. */
// NOLINTNEXTLINE(readability-function-size): the words, their key, the step, what becomes of them
static enum status renumber(struct db_read *r, struct keyring *k, const struct found_words *f,
                            int64_t by, struct arena *a, struct rewritten *ret, bool *ret_changed,
                            struct error *reterr)
{
	const struct seal_place place = {
		.table = f->row.source == NOTE_VERSION ? "casefile_note_version" : "casefile_task",
		.column = "sealed",
		.id = uuid_number(&f->uuid),
		.version = f->row.version,
	};
	const char *plain = NULL, *text = NULL;
	struct seal_key key;
	size_t len = 0;

	*ret_changed = false;
	enum status st = key_load(r, k, f->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st;
	st = seal_open(&key, &place, f->row.sealed, f->row.len, a, &plain, &len, reterr);
	if (st == OK)
		text = note_renumbered(a, plain, by);
	*ret = f->row;
	*ret_changed = text != NULL;
	if (text != NULL)
		ret->sealed = seal_in(a, &key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&key);
	return st;
}

enum status notes_carry(struct db_read *r, struct keyring *k, int64_t casefile_id, int64_t by,
                        struct arena *a, struct carried_words *ret, struct error *reterr)
{
	struct array found = { 0 };
	int64_t last = 0;

	*ret = (struct carried_words){ 0 };
	enum status st = count_words(r, casefile_id, casefile_id, ret, &last, reterr);
	if (st == OK)
		st = find_words(r, casefile_id, (size_t)(ret->versions + ret->tasks), a, &found,
		                reterr);
	const struct found_words *f = found.items;
	struct rewritten *to = ARENA_ARRAY(a, struct rewritten, found.count + 1);
	size_t count = 0;
	for (size_t i = 0; st == OK && i < found.count; i++) {
		bool changed = false;
		st = renumber(r, k, &f[i], by, a, &to[count], &changed, reterr);
		count += changed;
	}
	ret->rewritten = (struct array){ to, count };
	return st;
}

/* ---- in the job -------------------------------------------------------------------------------- */

static enum status must_be_all(struct db_tx *tx, int64_t from_id, int64_t into_id,
                               const struct carried_words *w, int64_t *ret_last,
                               struct error *reterr)
{
	struct carried_words now = { 0 };
	const enum status st =
	    count_words(db_tx_read(tx), from_id, into_id, &now, ret_last, reterr);

	if (st == OK && (now.versions != w->versions || now.tasks != w->tasks))
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega schreef intussen iets in de andere casus. Probeer het nog "
		            "eens.");
	return st;
}

static enum status rewrite(struct db_tx *tx, const struct rewritten *x, struct error *reterr)
{
	if (x->source == TASK)
		return db_exec(tx, &REWRITE_TASK,
		               DB_ARGS(DB_INT(x->id), DB_BYTES(x->sealed, x->len)), NULL, reterr);
	return db_exec(tx, &REWRITE_NOTE,
	               DB_ARGS(DB_INT(x->id), DB_INT(x->version), DB_BYTES(x->sealed, x->len)),
	               NULL, reterr);
}

enum status notes_carry_put(struct db_tx *tx, int64_t from_id, int64_t into_id,
                            const struct carried_words *w, struct error *reterr)
{
	const struct rewritten *x = w->rewritten.items;
	int64_t last = 0;

	enum status st = must_be_all(tx, from_id, into_id, w, &last, reterr);
	for (size_t i = 0; st == OK && i < w->rewritten.count; i++)
		st = rewrite(tx, &x[i], reterr);
	if (st == OK)
		st = db_exec(tx, &NOTES, DB_ARGS(DB_INT(into_id), DB_INT(from_id), DB_INT(last)),
		             NULL, reterr);
	return st == OK
	           ? db_exec(tx, &TASKS, DB_ARGS(DB_INT(into_id), DB_INT(from_id)), NULL, reterr)
	           : st;
}
