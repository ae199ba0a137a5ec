#include "retention/held_copy.h"

#include <stdlib.h>
#include <string.h>

#include "law/statute.h"
#include "platform/crypto/seal.h"
#include "platform/crypto/sealed_key.h"
#include "subjects/casefile_subject.h"
#include "subjects/tie.h"

enum { HOLDS_ON_ONE = 20, LINES_MAX = CASEFILE_FACTS_MAX + 1000 };

#define SAME_SIGNAL "g.id = t.signal_id OR g.merged_into = t.signal_id"
static const struct db_stmt HOLDS_ON = {
	"held_holds_on", "i",
	"SELECT DISTINCT h.id, h.key_id FROM destruction_hold h JOIN destruction_hold_object o"
	" ON o.hold_id = h.id JOIN presence p ON p.id = $1 WHERE h.state IN (1, 2)"
	" AND ((o.object_kind = 11 AND o.object_id = p.id)"
	" OR (o.object_kind = 17 AND o.object_id = p.casefile_id)"
	" OR (o.object_kind = 10 AND o.object_id = p.signal_id)"
	" OR (o.object_kind = 17 AND EXISTS (SELECT 1 FROM casefile_signal t JOIN signal g"
	" ON " SAME_SIGNAL " WHERE t.casefile_id = o.object_id AND g.id = p.signal_id))"
	" OR (o.object_kind = 10 AND EXISTS (SELECT 1 FROM casefile_signal t JOIN signal g"
	" ON " SAME_SIGNAL " WHERE t.casefile_id = p.casefile_id AND g.id = o.object_id)))"
	" ORDER BY h.id, h.key_id LIMIT 20"
};
static const struct db_stmt WHERE_IT_IS = {
	"held_where_it_is", "i",
	"SELECT coalesce(p.signal_id, 0), coalesce(p.casefile_id, 0), p.number,"
	" coalesce(c.reference, s.reference, '') FROM presence p"
	" LEFT JOIN casefile c ON c.id = p.casefile_id LEFT JOIN signal s ON s.id = p.signal_id"
	" WHERE p.id = $1"
};
static const struct db_stmt ADD = {
	"held_add", "bitibi",
	"INSERT INTO held_copy (uuid, hold_id, reference, subject_number, sealed, made_at)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt DROP = { "held_drop", "i", "DELETE FROM held_copy WHERE hold_id = $1" };
#define COLUMNS "SELECT id, subject_number, made_at, reference"
static const struct db_stmt LIST = { "held_list", "i",
	                             COLUMNS
	                             " FROM held_copy WHERE hold_id = $1 ORDER BY id LIMIT 200" };
static const struct db_stmt LOAD = {
	"held_load", "ii", COLUMNS ", uuid, sealed FROM held_copy WHERE hold_id = $1 AND id = $2"
};

const struct db_stmt *const held_copy_statements[] = { &HOLDS_ON, &WHERE_IT_IS, &ADD, &DROP,
	                                               &LIST,     &LOAD,        NULL };

/* ---- what is known of it ----------------------------------------------------------------------- */

struct place {
	int64_t signal_id, casefile_id, number;
	const char *reference;
};

static enum status find_place(struct db_read *r, int64_t presence_id, struct arena *a,
                              struct place *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &WHERE_IT_IS, DB_ARGS(DB_INT(presence_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = (struct place){ db_int(&row, 0), db_int(&row, 1), db_int(&row, 2),
			               db_text(&row, 3, a) };
	return st;
}

static void add_line(struct array *lines, const struct held_line *line)
{
	if (lines->count < LINES_MAX)
		((struct held_line *)lines->items)[lines->count++] = *line;
}

static void add_facts(struct array *lines, const struct casefile_subject *s)
{
	const struct known_fact *f = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		add_line(lines, &(struct held_line){ f[i].phase, f[i].label, f[i].value,
		                                     f[i].source, f[i].received_at });
}

static const char *name_of(const struct array *subjects, int64_t number)
{
	const struct casefile_subject *s = subjects->items;

	for (size_t i = 0; i < subjects->count; i++)
		if (s[i].number == number)
			return s[i].name;
	return "";
}

struct reading {
	struct db_read *read;
	struct keyring *keyring;
	struct arena *arena;
};

static enum status add_ties(const struct reading *rd, const struct place *p,
                            const struct array *subjects, struct array *lines, struct error *reterr)
{
	struct array ties = { 0 };
	const enum status st = casefile_tie_list(rd->read, rd->keyring, p->casefile_id, PHASE_3,
	                                         rd->arena, &ties, reterr);

	const struct known_tie *t = ties.items;
	for (size_t i = 0; st == OK && i < ties.count; i++)
		if (t[i].from == p->number || t[i].to == p->number)
			add_line(lines, &(struct held_line){
					    t[i].phase, tie_label(t[i].kind),
					    arena_printf(rd->arena, "%s, %s. %s",
			                                 name_of(subjects, t[i].from),
			                                 name_of(subjects, t[i].to), t[i].note),
					    t[i].source, t[i].received_at });
	return st;
}

static enum status read_in_casefile(const struct reading *rd, const struct place *p,
                                    struct array *lines, struct error *reterr)
{
	struct array subjects = { 0 };
	enum status st = casefile_subject_outline(rd->read, rd->keyring, p->casefile_id, PHASE_3,
	                                          rd->arena, &subjects, reterr);
	struct casefile_subject *s = subjects.items;

	for (size_t i = 0; st == OK && i < subjects.count; i++) {
		if (s[i].number != p->number)
			continue;
		st = casefile_subject_fill(rd->read, rd->keyring, p->casefile_id, PHASE_3,
		                           rd->arena, &s[i], reterr);
		if (st == OK)
			add_facts(lines, &s[i]);
	}
	return st == OK ? add_ties(rd, p, &subjects, lines, reterr) : st;
}

static enum status read_in_signal(const struct reading *rd, const struct place *p,
                                  struct array *lines, struct error *reterr)
{
	struct array subjects = { 0 };
	const enum status st =
	    subject_list(rd->read, rd->keyring, p->signal_id, rd->arena, &subjects, reterr);
	const struct subject *s = subjects.items;

	for (size_t i = 0; st == OK && i < subjects.count; i++) {
		const struct subject_fact *f = s[i].facts.items;
		for (size_t j = 0; s[i].number == p->number && j < s[i].facts.count; j++)
			add_line(lines, &(struct held_line){ PHASE_1, fact_label((int)f[j].kind),
			                                     f[j].value, "", INT64_MIN });
	}
	return st;
}

/* ---- as bytes: fields end in a unit separator, a line begins with its phase --------------------- */

#define FIELD_END "\x1f"

static const char *written(struct arena *a, const struct array *lines)
{
	const struct held_line *l = lines->items;
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
	struct array lines = { ARENA_ARRAY(a, struct held_line, LINES_MAX), 0 };

	*ret_more = 0;
	while (strchr(text, FIELD_END[0]) != NULL) {
		struct held_line l = { .phase = (int)strtol(field(&text), NULL, 10) };
		l.label = field(&text);
		l.value = field(&text);
		l.source = field(&text);
		l.received_at = strtoll(field(&text), NULL, 10);
		if (l.phase <= max_phase)
			add_line(&lines, &l);
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

static enum status keep_under(struct db_tx *tx, struct keyring *k, const struct holding *hold,
                              const struct place *p, const char *text, int64_t now_ms,
                              struct error *reterr)
{
	const struct uuid uuid = uuid_at(now_ms);
	const struct seal_place place = place_of(&uuid);
	struct seal_key key;
	size_t len = 0;

	const enum status st =
	    key_load(db_tx_read(tx), k, hold->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	const uint8_t *sealed = seal_in(db_tx_arena(tx), &key, &place, text, strlen(text), &len);
	seal_key_wipe(&key);
	return db_exec(tx, &ADD,
	               DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(hold->id),
	                       DB_TEXT(p->reference), DB_INT(p->number), DB_BYTES(sealed, len),
	                       DB_INT(now_ms)),
	               NULL, reterr);
}

enum status held_set_apart(struct db_tx *tx, struct keyring *k, int64_t presence_id, int64_t now_ms,
                           struct error *reterr)
{
	struct holding holds[HOLDS_ON_ONE];
	size_t count = 0;
	struct place p;
	struct arena *a = db_tx_arena(tx);
	const struct reading rd = { db_tx_read(tx), k, a };

	enum status st = find_holds(rd.read, presence_id, holds, &count, reterr);
	if (st != OK || count == 0)
		return st;
	if (k == NULL)
		return FAIL(reterr, ERR_UNAVAILABLE, "Hier ligt een bewaarstop op.");
	struct array lines = { ARENA_ARRAY(a, struct held_line, LINES_MAX), 0 };
	st = find_place(rd.read, presence_id, a, &p, reterr);
	if (st == OK)
		st = p.casefile_id != 0 ? read_in_casefile(&rd, &p, &lines, reterr)
		                        : read_in_signal(&rd, &p, &lines, reterr);
	const char *text = st == OK ? written(a, &lines) : "";
	for (size_t i = 0; st == OK && i < count; i++)
		st = keep_under(tx, k, &holds[i], &p, text, now_ms, reterr);
	return st;
}

enum status held_copies_drop(struct db_tx *tx, int64_t hold_id, struct error *reterr)
{
	return db_exec(tx, &DROP, DB_ARGS(DB_INT(hold_id)), NULL, reterr);
}

/* ---- reading -------------------------------------------------------------------------------------- */

static struct held_copy read_copy(const struct db_rows *row, struct arena *a)
{
	return (struct held_copy){ .id = db_int(row, 0),
		                   .number = db_int(row, 1),
		                   .made_at = db_int(row, 2),
		                   .reference = db_text(row, 3, a) };
}

enum status held_copies(struct db_read *r, int64_t hold_id, struct arena *a, struct array *ret,
                        struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct held_copy *list = ARENA_ARRAY(a, struct held_copy, HELD_COPIES_SHOWN);
	size_t count = 0;

	const enum status st = db_query(r, &LIST, DB_ARGS(DB_INT(hold_id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < HELD_COPIES_SHOWN && db_next(&rows))
		list[count++] = read_copy(&rows, a);
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

enum status held_copy_load(struct db_read *r, int64_t hold_id, int64_t id, struct arena *a,
                           struct held_copy *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(r, &LOAD, DB_ARGS(DB_INT(hold_id), DB_INT(id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	*ret = read_copy(&row, a);
	size_t len = 0;
	const uint8_t *uuid = db_bytes(&row, 4, a, &len);
	if (len == UUID_BYTES)
		memcpy(ret->uuid.bytes, uuid, UUID_BYTES);
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
