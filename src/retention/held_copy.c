#include "retention/held_copy.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "attachments/attachment.h"
#include "audit/action.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/sealed_key.h"
#include "platform/crypto/stored.h"
#include "retention/held_words.h"

enum { HOLDS_ON_ONE = 20, FILES_MAX = 500 };

#define SAME_SIGNAL "g.id = t.signal_id OR g.merged_into = t.signal_id"
/* A held person of a casefile is held in the signal that he came from, too: files about him are there. */
#define THE_PERSON                                                                                 \
	"(o.object_kind = 11 AND (o.object_id = p.id OR (p.signal_id IS NOT NULL"                  \
	" AND p.subject_uuid = o.subject_uuid)))"
static const struct db_stmt HOLDS_ON = {
	"held_holds_on", "i",
	"SELECT DISTINCT h.id, h.key_id FROM destruction_hold h JOIN destruction_hold_object o"
	" ON o.hold_id = h.id JOIN presence p ON p.id = $1 WHERE h.state IN (1, 2)"
	" AND (" THE_PERSON " OR (o.object_kind = 17 AND o.object_id = p.casefile_id)"
	" OR (o.object_kind = 10 AND o.object_id = p.signal_id)"
	" OR (o.object_kind = 17 AND EXISTS (SELECT 1 FROM casefile_signal t JOIN signal g"
	" ON " SAME_SIGNAL " WHERE t.casefile_id = o.object_id AND g.id = p.signal_id))"
	" OR (o.object_kind = 10 AND EXISTS (SELECT 1 FROM casefile_signal t JOIN signal g"
	" ON " SAME_SIGNAL " WHERE t.casefile_id = p.casefile_id AND g.id = o.object_id)))"
	" ORDER BY h.id, h.key_id LIMIT 20"
};
static const struct db_stmt HELD_PERSONS = {
	"held_persons", "i",
	"SELECT DISTINCT p.id FROM destruction_hold h JOIN destruction_hold_object o"
	" ON o.hold_id = h.id AND o.object_kind = 11 JOIN presence p ON " THE_PERSON
	" WHERE h.state IN (1, 2) AND (p.casefile_id = $1 OR p.signal_id IN (SELECT t.signal_id"
	" FROM casefile_signal t WHERE t.casefile_id = $1)) ORDER BY p.id LIMIT 200"
};
static const struct db_stmt WHERE_IT_IS = {
	"held_where_it_is", "i",
	"SELECT coalesce(p.signal_id, 0), coalesce(p.casefile_id, 0), p.number,"
	" coalesce(c.reference, s.reference, ''), p.uuid FROM presence p"
	" LEFT JOIN casefile c ON c.id = p.casefile_id LEFT JOIN signal s ON s.id = p.signal_id"
	" WHERE p.id = $1"
};
static const struct db_stmt THE_CASEFILE = {
	"held_the_casefile", "i", "SELECT 0, id, 0, reference, uuid FROM casefile WHERE id = $1"
};
static const struct db_stmt THE_SIGNAL = {
	"held_the_signal", "i", "SELECT id, 0, 0, reference, uuid FROM signal WHERE id = $1"
};
static const struct db_stmt ADD = {
	"held_add", "bitibi",
	"INSERT INTO held_copy (uuid, hold_id, reference, subject_number, sealed, made_at)"
	" VALUES ($1, $2, $3, $4, $5, $6) RETURNING id"
};
static const struct db_stmt ADD_FILE = {
	"held_add_file", "iii",
	"INSERT INTO held_file (copy_id, attachment_id, hold_id) VALUES ($1, $2, $3)"
};
/* $1 of this signal, as long as they are its own. */
static const struct db_stmt FILES_OF_SIGNAL = {
	"held_files_of_signal", "i",
	"SELECT id FROM attachment WHERE owner_kind = 10 AND owner_id = $1 ORDER BY number, id"
	" LIMIT 50"
};
static const struct db_stmt DROP_FILES = { "held_drop_files", "i",
	                                   "DELETE FROM held_file WHERE hold_id = $1" };
/* Set apart (24) under this hold and no other. */
static const struct db_stmt LONELY_FILES = {
	"held_lonely_files", "i",
	"SELECT DISTINCT a.id FROM held_file f JOIN attachment a ON a.id = f.attachment_id"
	" WHERE f.hold_id = $1 AND a.owner_kind = 24 AND NOT EXISTS (SELECT 1 FROM held_file o"
	" WHERE o.attachment_id = f.attachment_id AND o.hold_id <> $1) ORDER BY a.id LIMIT 500"
};
static const struct db_stmt FILES = {
	"held_files", "i",
	"SELECT a.owner_kind, a.owner_id, a.number FROM held_file f JOIN attachment a"
	" ON a.id = f.attachment_id WHERE f.copy_id = $1 ORDER BY f.copy_id, f.attachment_id"
	" LIMIT 500"
};
static const struct db_stmt DROP = { "held_drop", "i", "DELETE FROM held_copy WHERE hold_id = $1" };
/* $2 the person who looks: from whom a casefile is kept, doesn't get copies of it. */
#define COPIES                                                                                     \
	" FROM held_copy x WHERE x.hold_id = $1 AND NOT EXISTS (SELECT 1 FROM casefile c"          \
	" JOIN casefile_block k ON k.casefile_id = c.id WHERE c.reference = x.reference"           \
	" AND k.person_id = $2 AND k.lifted_at = 0)"
#define COLUMNS "SELECT x.id, x.subject_number, x.made_at, x.reference"
static const struct db_stmt LIST = { "held_list", "ii", COLUMNS COPIES " ORDER BY x.id LIMIT 200" };
static const struct db_stmt LOAD = { "held_load", "iii",
	                             COLUMNS ", x.uuid, x.sealed" COPIES " AND x.id = $3" };

const struct db_stmt *const held_copy_statements[] = {
	&HOLDS_ON,   &HELD_PERSONS, &WHERE_IT_IS, &THE_CASEFILE,
	&THE_SIGNAL, &ADD,          &ADD_FILE,    &FILES_OF_SIGNAL,
	&DROP_FILES, &LONELY_FILES, &FILES,       &DROP,
	&LIST,       &LOAD,         NULL
};

/* ---- where it stands --------------------------------------------------------------------------- */

static enum status find_place(struct db_read *r, const struct db_stmt *s, int64_t id,
                              struct arena *a, struct held_place *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, s, DB_ARGS(DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = (struct held_place){ .signal_id = db_int(&row, 0),
		                    .casefile_id = db_int(&row, 1),
		                    .number = db_int(&row, 2),
		                    .reference = db_text(&row, 3, a) };
	ret->uuid = uuid_stored(&row, 4);
	return OK;
}

/* ---- as bytes: fields end in a unit separator, a line begins with its phase --------------------- */

#define FIELD_END "\x1f"

static const char *written(struct arena *a, const struct array *lines)
{
	const struct kept_line *l = lines->items;
	size_t room = 1, at = 0;

	for (size_t i = 0; i < lines->count; i++)
		room += strlen(l[i].label) + strlen(l[i].value) + strlen(l[i].source) + 40;
	char *text = arena_alloc(a, room);
	text[0] = '\0';
	for (size_t i = 0; i < lines->count; i++) {
		const char *one = arena_printf(
		    a, "%d" FIELD_END "%s" FIELD_END "%s" FIELD_END "%s" FIELD_END "%lld" FIELD_END,
		    l[i].phase, l[i].label, l[i].value, l[i].source, (long long)l[i].received_at);
		const size_t len = strlen(one);
		memcpy(text + at, one, len + 1);
		at += len;
	}
	return text;
}

/* The field that begins here, ended in place; *text is behind it. */
static const char *field(char **text)
{
	char *begins = *text, *end = strchr(begins, FIELD_END[0]);

	if (end == NULL)
		return "";
	*end = '\0';
	*text = end + 1;
	return begins;
}

static struct array parsed(struct arena *a, char *text, int max_phase, int64_t *ret_more)
{
	struct array lines = kept_lines(a);

	*ret_more = 0;
	while (strchr(text, FIELD_END[0]) != NULL) {
		struct kept_line l = { .phase = (int)strtol(field(&text), NULL, 10) };
		l.label = field(&text);
		l.value = field(&text);
		l.source = field(&text);
		l.received_at = strtoll(field(&text), NULL, 10);
		if (l.phase <= max_phase)
			kept_add(&lines, &l);
		else
			++*ret_more;
	}
	return lines;
}

/* ---- under each hold ----------------------------------------------------------------------------- */

static struct seal_place place_of(const struct uuid *uuid)
{
	return (
	    struct seal_place){ .table = "held_copy", .column = "sealed", .id = uuid_number(uuid) };
}

struct holding {
	int64_t id, key_id;
};

static enum status find_holds(struct db_read *r, int64_t presence_id, struct holding ret[],
                              size_t *ret_count, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const enum status st = db_query(r, &HOLDS_ON, DB_ARGS(DB_INT(presence_id)), &rows, reterr);

	*ret_count = 0;
	if (st != OK)
		return st;
	while (*ret_count < HOLDS_ON_ONE && db_next(&rows))
		ret[(*ret_count)++] = (struct holding){ db_int(&rows, 0), db_int(&rows, 1) };
	return db_rows_end(&rows, reterr);
}

struct keeping {
	const struct held_place *place;
	const char *text;
	struct array files; /* of int64_t: ids of attachments */
	int64_t now_ms;
};

static enum status seal_words(struct db_tx *tx, struct keyring *k, const struct holding *hold,
                              const struct keeping *what, int64_t *ret_id, struct error *reterr)
{
	const struct uuid uuid = uuid_at(what->now_ms);
	const struct seal_place place = place_of(&uuid);
	struct seal_key key;
	size_t len = 0;

	const enum status st =
	    key_load(db_tx_read(tx), k, hold->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	const uint8_t *sealed =
	    seal_in(db_tx_arena(tx), &key, &place, what->text, strlen(what->text), &len);
	seal_key_wipe(&key);
	return db_insert(tx, &ADD,
	                 DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(hold->id),
	                         DB_TEXT(what->place->reference), DB_INT(what->place->number),
	                         DB_BYTES(sealed, len), DB_INT(what->now_ms)),
	                 ret_id, reterr);
}

static enum status keep_under(struct db_tx *tx, struct keyring *k, const struct holding *hold,
                              const struct keeping *what, struct error *reterr)
{
	int64_t copy_id = 0;
	enum status st = seal_words(tx, k, hold, what, &copy_id, reterr);
	const int64_t *files = what->files.items;

	for (size_t i = 0; st == OK && i < what->files.count; i++)
		st = db_exec(tx, &ADD_FILE,
		             DB_ARGS(DB_INT(copy_id), DB_INT(files[i]), DB_INT(hold->id)), NULL,
		             reterr);
	return st;
}

static enum status set_apart(struct db_tx *tx, struct keyring *k, int64_t presence_id,
                             struct keeping *what, struct error *reterr)
{
	struct array lines = kept_lines(db_tx_arena(tx));
	enum status st = held_words(db_tx_read(tx), k, presence_id, what->place, db_tx_arena(tx),
	                            &lines, reterr);

	if (st == OK)
		st = attachments_about(db_tx_read(tx), presence_id, db_tx_arena(tx), &what->files,
		                       reterr);
	const int64_t *files = what->files.items;
	for (size_t i = 0; st == OK && i < what->files.count; i++)
		st = attachment_set_apart(tx, files[i], reterr);
	what->text = st == OK ? written(db_tx_arena(tx), &lines) : "";
	return st;
}

enum status held_set_apart(struct db_tx *tx, struct keyring *k, int64_t presence_id, int64_t now_ms,
                           struct error *reterr)
{
	struct holding holds[HOLDS_ON_ONE];
	size_t count = 0;
	struct held_place p;
	struct keeping what = { .place = &p, .now_ms = now_ms };

	enum status st = find_holds(db_tx_read(tx), presence_id, holds, &count, reterr);
	if (st != OK || count == 0)
		return st;
	if (k == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "Hier ligt een bewaarstop op.");
	st = find_place(db_tx_read(tx), &WHERE_IT_IS, presence_id, db_tx_arena(tx), &p, reterr);
	if (st == OK)
		st = set_apart(tx, k, presence_id, &what, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = keep_under(tx, k, &holds[i], &what, reterr);
	return st;
}

static enum status ids(struct db_read *r, const struct db_stmt *s, int64_t arg, struct arena *a,
                       struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *list = ARENA_ARRAY(a, int64_t, FILES_MAX);
	size_t count = 0;

	const enum status st = db_query(r, s, DB_ARGS(DB_INT(arg)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < FILES_MAX && db_next(&rows))
		list[count++] = db_int(&rows, 0);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status held_persons_of(struct db_read *r, int64_t casefile_id, struct arena *a,
                            struct array *ret, struct error *reterr)
{
	return ids(r, &HELD_PERSONS, casefile_id, a, ret, reterr);
}

enum status held_whole(struct db_tx *tx, struct keyring *k, const struct held_whole_of *record,
                       int64_t now_ms, struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	const bool is_signal = record->kind == OBJECT_SIGNAL;
	const struct holding hold = { record->hold_id, record->key_id };
	struct array lines = kept_lines(a);
	struct held_place p;
	struct keeping what = { .place = &p, .now_ms = now_ms };

	enum status st = find_place(db_tx_read(tx), is_signal ? &THE_SIGNAL : &THE_CASEFILE,
	                            record->id, a, &p, reterr);
	if (st == OK)
		st = held_words(db_tx_read(tx), k, 0, &p, a, &lines, reterr);
	if (st == OK && is_signal)
		st = ids(db_tx_read(tx), &FILES_OF_SIGNAL, record->id, a, &what.files, reterr);
	if (st != OK)
		return st;
	what.text = written(a, &lines);
	return keep_under(tx, k, &hold, &what, reterr);
}

enum status held_copies_drop(struct db_tx *tx, int64_t hold_id, struct error *reterr)
{
	struct array lonely = { 0 };
	enum status st =
	    ids(db_tx_read(tx), &LONELY_FILES, hold_id, db_tx_arena(tx), &lonely, reterr);

	if (st == OK)
		st = db_exec(tx, &DROP_FILES, DB_ARGS(DB_INT(hold_id)), NULL, reterr);
	const int64_t *files = lonely.items;
	for (size_t i = 0; st == OK && i < lonely.count; i++) {
		const struct attachment_owner owner = { OBJECT_HOLD, files[i] };
		st = attachments_destroy(tx, &owner, reterr);
	}
	return st == OK ? db_exec(tx, &DROP, DB_ARGS(DB_INT(hold_id)), NULL, reterr) : st;
}

/* ---- reading -------------------------------------------------------------------------------------- */

static struct held_copy read_copy(const struct db_rows *row, struct arena *a)
{
	return (struct held_copy){ .id = db_int(row, 0),
		                   .number = db_int(row, 1),
		                   .made_at = db_int(row, 2),
		                   .reference = db_text(row, 3, a) };
}

enum status held_copies(struct db_read *r, int64_t hold_id, int64_t person_id, struct arena *a,
                        struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct held_copy *list = ARENA_ARRAY(a, struct held_copy, HELD_COPIES_SHOWN);
	size_t count = 0;

	const enum status st =
	    db_query(r, &LIST, DB_ARGS(DB_INT(hold_id), DB_INT(person_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < HELD_COPIES_SHOWN && db_next(&rows))
		list[count++] = read_copy(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status held_copy_load(struct db_read *r, const struct held_key *key, struct arena *a,
                           struct held_copy *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(
	    r, &LOAD, DB_ARGS(DB_INT(key->hold_id), DB_INT(key->person_id), DB_INT(key->id)), &row,
	    reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = read_copy(&row, a);
	ret->uuid = uuid_stored(&row, 4);
	ret->sealed = db_bytes(&row, 5, a, &ret->len);
	return OK;
}

// NOLINTNEXTLINE(readability-function-size): whose key, which copy, up to where; two results
enum status held_copy_open(struct db_read *r, struct keyring *k, int64_t key_id,
                           const struct held_copy *c, int max_phase, struct arena *a,
                           struct array *ret, int64_t *ret_more, struct error *reterr)
{
	const struct seal_place place = place_of(&c->uuid);
	const char *text = "";
	struct seal_key key;
	size_t len = 0;

	enum status st = key_load(r, k, key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &place, c->sealed, c->len, a, &text, &len, reterr);
	seal_key_wipe(&key);
	if (st == OK)
		*ret = parsed(a, arena_strdup(a, text), max_phase, ret_more);
	return st;
}

/* ---- files ---------------------------------------------------------------------------------------- */

struct owned {
	struct attachment_owner owner;
	int64_t number;
};

static enum status find_files(struct db_read *r, int64_t copy_id, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct owned *list = ARENA_ARRAY(a, struct owned, FILES_MAX);
	size_t count = 0;

	const enum status st = db_query(r, &FILES, DB_ARGS(DB_INT(copy_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < FILES_MAX && db_next(&rows))
		list[count++] =
		    (struct owned){ { (int)db_int(&rows, 0), db_int(&rows, 1) }, db_int(&rows, 2) };
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static bool is_up_to(const struct attachment *what, int max_phase)
{
	const struct law_category_row *row = law_category((enum law_category)what->category);
	return row != NULL && (int)row->phase <= max_phase;
}

enum status held_files(struct db_read *r, struct keyring *k, int64_t copy_id, int max_phase,
                       struct arena *a, struct array *ret, struct error *reterr)
{
	struct array owned = { 0 };
	enum status st = find_files(r, copy_id, a, &owned, reterr);
	const struct owned *from = owned.items;
	struct attachment *to = ARENA_ARRAY(a, struct attachment, owned.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < owned.count; i++) {
		st = attachment_load(r, k, &from[i].owner, from[i].number, a, &to[count], reterr);
		count += st == OK && is_up_to(&to[count], max_phase);
		if (st == ERR_NOT_FOUND)
			st = OK;
	}
	*ret = (struct array){ to, count };
	return st;
}
