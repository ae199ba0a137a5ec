#include "signals/signal_text.h"

#include <string.h>

#include "law/read_prose.h"
#include "platform/crypto/stored.h"

#define TEXT_OF                                                                                    \
	"SELECT t.part, t.key_id, t.version, t.sealed, t.written_at, k.period_id, k.wrapped"       \
	" FROM signal_text t LEFT JOIN sealed_key k ON k.id = t.key_id AND k.kind = 2"             \
	" WHERE t.signal_id = $1"
static const struct db_stmt TEXTS = { "signal_texts", "i",
	                              TEXT_OF " ORDER BY t.part, t.signal_id" };
static const struct db_stmt TITLE = { "signal_title", "i", TEXT_OF " AND t.part = 1" };
_Static_assert(KEY_PARAGRAPH == 2, "the statements above name the kind of key");
static const struct db_stmt TEXT_KEY = {
	"signal_text_key", "ii", "SELECT key_id FROM signal_text WHERE signal_id = $1 AND part = $2"
};
static const struct db_stmt TEXT_DELETE = {
	"signal_text_delete", "ii", "DELETE FROM signal_text WHERE signal_id = $1 AND part = $2"
};
static const struct db_stmt TEXT_ADD = {
	"signal_text_add", "iiiibii",
	"INSERT INTO signal_text (signal_id, part, key_id, version, sealed, written_by, written_at)"
	" VALUES ($1, $2, $3, $4, $5, $6, $7)"
};
/* What was said of a word holds for the text it stood in. */
static const struct db_stmt PART_HITS_DELETE = {
	"signal_part_hits_delete", "ii", "DELETE FROM signal_hit WHERE signal_id = $1 AND part = $2"
};
static const struct db_stmt KEYS = { "signal_keys", "i",
	                             "SELECT key_id FROM signal_text WHERE signal_id = $1"
	                             " UNION SELECT key_id FROM signal_question"
	                             " WHERE signal_id = $1" };
static const struct db_stmt TEXTS_DELETE = { "signal_texts_delete", "i",
	                                     "DELETE FROM signal_text WHERE signal_id = $1" };
static const struct db_stmt QUESTIONS_DELETE = {
	"signal_questions_delete", "i", "DELETE FROM signal_question WHERE signal_id = $1"
};
static const struct db_stmt HITS_DELETE = { "signal_hits_delete", "i",
	                                    "DELETE FROM signal_hit WHERE signal_id = $1" };

static const struct db_stmt QUESTIONS = {
	"signal_questions", "i",
	"SELECT id, key_id, question, asked_at, answer, answered_at FROM signal_question"
	" WHERE signal_id = $1 ORDER BY id LIMIT 50"
};
static const struct db_stmt OPEN_QUESTION = {
	"signal_question_open", "ii",
	"SELECT key_id FROM signal_question WHERE signal_id = $1 AND id = $2 AND answered_at = 0"
};
static const struct db_stmt ASK = {
	"signal_ask", "iibii",
	"INSERT INTO signal_question (signal_id, key_id, question, asked_by, asked_at)"
	" VALUES ($1, $2, $3, $4, $5)"
};
static const struct db_stmt ANSWER = {
	"signal_answer", "iibii",
	"UPDATE signal_question SET answer = $3, answered_by = $4, answered_at = $5"
	" WHERE signal_id = $1 AND id = $2 AND answered_at = 0"
};
static const struct db_stmt SETTLED = {
	"signal_hits_settled", "i",
	"SELECT part, topic FROM signal_hit WHERE signal_id = $1 ORDER BY part, topic, signal_id"
};
static const struct db_stmt SETTLE = {
	"signal_hit_settle", "iiiii",
	"INSERT INTO signal_hit (signal_id, part, topic, said_by, said_at)"
	" VALUES ($1, $2, $3, $4, $5) ON CONFLICT (signal_id, part, topic) DO NOTHING"
};
static const struct db_stmt REVIEW = { "signal_hits_review", "iii",
	                               "UPDATE signal_hit SET reviewed_by = $2, reviewed_at = $3"
	                               " WHERE signal_id = $1 AND reviewed_at = 0" };

const struct db_stmt *const signal_text_statements[] = { &TEXTS,
	                                                 &TITLE,
	                                                 &TEXT_KEY,
	                                                 &TEXT_DELETE,
	                                                 &TEXT_ADD,
	                                                 &KEYS,
	                                                 &TEXTS_DELETE,
	                                                 &QUESTIONS_DELETE,
	                                                 &HITS_DELETE,
	                                                 &QUESTIONS,
	                                                 &OPEN_QUESTION,
	                                                 &ASK,
	                                                 &ANSWER,
	                                                 &SETTLED,
	                                                 &SETTLE,
	                                                 &REVIEW,
	                                                 &PART_HITS_DELETE,
	                                                 NULL };

/* The uuid stands for the row: it is known before the row is there. */
static int64_t place_id(const struct uuid *uuid)
{
	uint64_t id = 0;

	for (int i = 8; i < UUID_BYTES; i++)
		id = id << 8 | uuid->bytes[i];
	return (int64_t)(id & INT64_MAX);
}

static struct seal_place text_place(const struct uuid *uuid, int part, int64_t version)
{
	return (struct seal_place){ .table = "signal_text",
		                    .column = "sealed",
		                    .id = place_id(uuid),
		                    .presence = part,
		                    .version = version };
}

static struct seal_place question_place(const struct uuid *uuid, const char *column, int64_t key)
{
	return (struct seal_place){
		.table = "signal_question", .column = column, .id = place_id(uuid), .version = key
	};
}

/* A value whose key is forgotten is absent, not an error. */
/* ---- parts ------------------------------------------------------------------------------------- */

struct sealed_row {
	int part;
	int64_t version, written_at;
	struct wrapped_key key;
	const uint8_t *sealed;
	size_t len;
};

/* Rows first: a second statement runs only when the first is read to its end. */
static enum status read_rows(struct db_read *r, const struct db_stmt *s, int64_t id,
                             struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct sealed_row *list = ARENA_ARRAY(a, struct sealed_row, SIGNAL_PART_COUNT);
	size_t count = 0;

	enum status st = db_query(r, s, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < SIGNAL_PART_COUNT && db_next(&rows)) {
		struct sealed_row *row = &list[count++];
		row->part = (int)db_int(&rows, 0);
		row->key = key_beside(&rows, 1, 5, KEY_PARAGRAPH, a);
		row->version = db_int(&rows, 2);
		row->sealed = db_bytes(&rows, 3, a, &row->len);
		row->written_at = db_int(&rows, 4);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

/* One whose key is forgotten is absent, not an error. */
static enum status open_row(struct keyring *k, const struct uuid *uuid,
                            const struct sealed_row *row, struct arena *a, const char **ret,
                            struct error *reterr)
{
	const struct seal_place place = text_place(uuid, row->part, row->version);
	struct seal_key key;
	size_t plain_len;

	enum status st = key_open(k, &row->key, &key, reterr);
	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st;
	st = seal_open(&key, &place, row->sealed, row->len, a, ret, &plain_len, reterr);
	seal_key_wipe(&key);
	return st;
}

static enum status open_rows(struct keyring *k, const struct uuid *uuid, const struct array *rows,
                             struct arena *a, struct signal_texts *ret, struct error *reterr)
{
	const struct sealed_row *list = rows->items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < rows->count; i++) {
		const struct sealed_row *row = &list[i];
		if (row->part <= 0 || row->part >= SIGNAL_PART_COUNT)
			continue;
		st = open_row(k, uuid, row, a, &ret->part[row->part], reterr);
		if (row->written_at > ret->written_at)
			ret->written_at = row->written_at;
	}
	return st;
}

// NOLINTNEXTLINE(readability-function-size): signal_texts_load plus its statement
static enum status load_texts(struct db_read *r, struct keyring *k, const struct db_stmt *s,
                              int64_t id, const struct uuid *uuid, struct arena *a,
                              struct signal_texts *ret, struct error *reterr)
{
	struct array rows = { 0 };

	*ret = (struct signal_texts){ 0 };
	for (int i = 0; i < SIGNAL_PART_COUNT; i++)
		ret->part[i] = "";
	enum status st = read_rows(r, s, id, a, &rows, reterr);
	return st == OK ? open_rows(k, uuid, &rows, a, ret, reterr) : st;
}

enum status signal_texts_load(struct db_read *r, struct keyring *k, int64_t id,
                              const struct uuid *uuid, struct arena *a, struct signal_texts *ret,
                              struct error *reterr)
{
	return load_texts(r, k, &TEXTS, id, uuid, a, ret, reterr);
}

enum status signal_title_load(struct db_read *r, struct keyring *k, int64_t id,
                              const struct uuid *uuid, struct arena *a, const char **ret,
                              struct error *reterr)
{
	struct signal_texts texts;
	enum status st = load_texts(r, k, &TITLE, id, uuid, a, &texts, reterr);

	*ret = texts.part[PART_TITLE];
	return st;
}

struct sealed_title signal_title_read(const struct db_rows *row, int column, struct arena *a)
{
	struct sealed_title t = { .version = db_int(row, column + 2),
		                  .key = { .id = db_int(row, column + 1),
		                           .period = db_int(row, column + 4),
		                           .kind = KEY_PARAGRAPH } };

	t.uuid = uuid_stored(row, column);
	if (db_is_null(row, column + 3) || db_is_null(row, column + 5))
		return t;
	t.sealed = db_bytes(row, column + 3, a, &t.len);
	t.key.bytes = db_bytes(row, column + 5, a, &t.key.len);
	return t;
}

enum status signal_title_open(struct keyring *k, const struct sealed_title *t, struct arena *a,
                              const char **ret, struct error *reterr)
{
	const struct seal_place place = text_place(&t->uuid, PART_TITLE, t->version);
	struct seal_key key;
	size_t plain_len;

	*ret = "";
	if (t->sealed == NULL)
		return OK;
	enum status st = key_open(k, &t->key, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &place, t->sealed, t->len, a, ret, &plain_len, reterr);
	seal_key_wipe(&key);
	return st;
}

void signal_seal_part(struct keyring *k, const struct uuid *uuid, int64_t version,
                      enum signal_part part, const char *text, struct arena *a,
                      struct sealed_part *ret)
{
	const struct seal_place place = text_place(uuid, (int)part, version);

	*ret = (struct sealed_part){ .part = part, .version = version };
	if (*text == '\0')
		return;
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

static enum status destroy_keys(struct db_tx *tx, const struct db_stmt *s,
                                const struct db_value *args, struct error *reterr)
{
	enum { BATCH = SIGNAL_PART_COUNT + SIGNAL_QUESTIONS_MAX };
	int64_t keys[BATCH];
	size_t count = 0;
	AUTO(db_rows_close) struct db_rows rows = { 0 };

	enum status st = db_query(db_tx_read(tx), s, args, &rows, reterr);
	if (st != OK)
		return st;
	while (count < BATCH && db_next(&rows))
		keys[count++] = db_int(&rows, 0);
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = key_destroy(tx, keys[i], reterr);
		if (st == ERR_NOT_FOUND)
			st = OK; /* forgotten before: that is what is wanted */
	}
	return st;
}

enum status signal_text_first(struct db_tx *tx, const struct signal_writer *w,
                              const struct sealed_part *p, struct error *reterr)
{
	enum status st = key_store(tx, &p->key, reterr);
	if (st != OK)
		return st;
	return db_exec_late(tx, &TEXT_ADD,
	                    DB_ARGS(DB_INT(w->signal_id), DB_INT(p->part), DB_INT(p->key.id),
	                            DB_INT(p->version), DB_BYTES(p->sealed, p->len),
	                            DB_INT(w->appointment_id), DB_INT(w->now_ms)),
	                    reterr);
}

enum status signal_text_put(struct db_tx *tx, const struct signal_writer *w,
                            const struct sealed_part *p, struct error *reterr)
{
	const struct db_value *which = DB_ARGS(DB_INT(w->signal_id), DB_INT(p->part));

	enum status st = destroy_keys(tx, &TEXT_KEY, which, reterr);
	if (st == OK)
		st = db_exec(tx, &TEXT_DELETE, which, NULL, reterr);
	if (st == OK)
		st = db_exec(tx, &PART_HITS_DELETE, which, NULL, reterr);
	if (st != OK || p->sealed == NULL)
		return st;
	return signal_text_first(tx, w, p, reterr);
}

enum status signal_texts_destroy(struct db_tx *tx, int64_t id, struct error *reterr)
{
	static const struct db_stmt *const DELETES[] = { &TEXTS_DELETE, &QUESTIONS_DELETE,
		                                         &HITS_DELETE };
	const struct db_value *which = DB_ARGS(DB_INT(id));

	enum status st = destroy_keys(tx, &KEYS, which, reterr);
	for (size_t i = 0; st == OK && i < sizeof DELETES / sizeof DELETES[0]; i++)
		st = db_exec(tx, DELETES[i], which, NULL, reterr);
	return st;
}

/* ---- questions --------------------------------------------------------------------------------- */

struct question_row {
	struct signal_question question;
	int64_t key_id;
	struct span asked, answer;
};

static enum status read_questions(struct db_read *r, int64_t id, struct arena *a, struct array *ret,
                                  struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct question_row *list = ARENA_ARRAY(a, struct question_row, SIGNAL_QUESTIONS_MAX);
	size_t count = 0;

	enum status st = db_query(r, &QUESTIONS, DB_ARGS(DB_INT(id)), &rows, reterr);
	if (st != OK)
		return st;
	while (count < SIGNAL_QUESTIONS_MAX && db_next(&rows)) {
		struct question_row *q = &list[count++];
		q->question.id = db_int(&rows, 0);
		q->key_id = db_int(&rows, 1);
		q->asked = span_stored(&rows, 2, a);
		q->question.asked_at = db_int(&rows, 3);
		q->question.answered_at = db_int(&rows, 5);
		if (q->question.answered_at != 0)
			q->answer = span_stored(&rows, 4, a);
	}
	*ret = (struct array){ list, count };
	return db_rows_end(&rows, reterr);
}

static enum status open_question(struct db_read *r, struct keyring *k, const struct uuid *uuid,
                                 struct question_row *q, struct arena *a, struct error *reterr)
{
	const struct seal_place asked_at = question_place(uuid, "question", q->key_id);
	const struct seal_place answer_at = question_place(uuid, "answer", q->key_id);
	const struct closed_text asked = { q->key_id, q->asked }, answer = { q->key_id, q->answer };

	enum status st = text_open(r, k, &asked, &asked_at, a, &q->question.question, reterr);
	return st == OK ? text_open(r, k, &answer, &answer_at, a, &q->question.answer, reterr) : st;
}

enum status signal_questions(struct db_read *r, struct keyring *k, int64_t id,
                             const struct uuid *uuid, struct arena *a, struct array *ret,
                             struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = read_questions(r, id, a, &rows, reterr);
	struct question_row *from = rows.items;
	struct signal_question *to = ARENA_ARRAY(a, struct signal_question, rows.count + 1);

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		st = open_question(r, k, uuid, &from[i], a, reterr);
		to[i] = from[i].question;
	}
	*ret = (struct array){ to, rows.count };
	return st;
}

void signal_seal_question(struct keyring *k, const struct uuid *uuid, const char *text,
                          struct arena *a, struct sealed_question *ret)
{
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	const struct seal_place place = question_place(uuid, "question", ret->key.id);
	ret->sealed = seal_in(a, &ret->key.key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

enum status signal_ask(struct db_tx *tx, const struct signal_writer *w,
                       const struct sealed_question *q, struct error *reterr)
{
	enum status st = key_store(tx, &q->key, reterr);
	if (st != OK)
		return st;
	return db_exec(tx, &ASK,
	               DB_ARGS(DB_INT(w->signal_id), DB_INT(q->key.id), DB_BYTES(q->sealed, q->len),
	                       DB_INT(w->appointment_id), DB_INT(w->now_ms)),
	               NULL, reterr);
}

static enum status open_question_key(struct db_read *r, int64_t id, int64_t question_id,
                                     int64_t *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st =
	    db_query(r, &OPEN_QUESTION, DB_ARGS(DB_INT(id), DB_INT(question_id)), &row, reterr);

	if (st == OK)
		st = db_one(&row, reterr);
	if (st == OK)
		*ret = db_int(&row, 0);
	return st;
}

// NOLINTNEXTLINE(readability-function-size): which question of which signal, and a value of two parts
enum status signal_seal_answer(struct db_read *r, struct keyring *k, int64_t id,
                               const struct uuid *uuid, int64_t question_id, const char *text,
                               struct arena *a, const uint8_t **ret, size_t *ret_len,
                               struct error *reterr)
{
	struct seal_key key;
	int64_t key_id;

	enum status st = open_question_key(r, id, question_id, &key_id, reterr);
	if (st == OK)
		st = key_load(r, k, key_id, KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	const struct seal_place place = question_place(uuid, "answer", key_id);
	*ret = seal_in(a, &key, &place, text, strlen(text), ret_len);
	seal_key_wipe(&key);
	return OK;
}

enum status signal_answer(struct db_tx *tx, const struct signal_writer *w, int64_t question_id,
                          const uint8_t *sealed, size_t len, struct error *reterr)
{
	int64_t changed = 0;
	enum status st =
	    db_exec(tx, &ANSWER,
	            DB_ARGS(DB_INT(w->signal_id), DB_INT(question_id), DB_BYTES(sealed, len),
	                    DB_INT(w->appointment_id), DB_INT(w->now_ms)),
	            &changed, reterr);
	if (st == OK && changed == 0)
		return FAIL(reterr, ERR_CONFLICT,
		            "Een collega gaf al antwoord. Bekijk hoe het nu staat.");
	return st;
}

/* ---- what may not stand in the text ------------------------------------------------------------- */

enum { TOPICS = TOPIC_NATIONALITY + 1 };

/* One bit a topic, per part: what the submitter said of it. */
static enum status load_settled(struct db_read *r, int64_t id, uint32_t ret[SIGNAL_PART_COUNT],
                                struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	enum status st = db_query(r, &SETTLED, DB_ARGS(DB_INT(id)), &rows, reterr);

	if (st != OK)
		return st;
	while (db_next(&rows)) {
		int64_t part = db_int(&rows, 0), topic = db_int(&rows, 1);
		if (part > 0 && part < SIGNAL_PART_COUNT && topic > 0 && topic < TOPICS)
			ret[part] |= UINT32_C(1) << topic;
	}
	return db_rows_end(&rows, reterr);
}

static size_t hits_of_part(enum signal_part part, const char *text, int32_t today, uint32_t settled,
                           struct arena *a, struct signal_hit *ret)
{
	const struct law_finds finds = law_prose_read(a, text, strlen(text), today);
	uint32_t seen = 0;
	size_t count = 0;

	for (size_t i = 0; i < finds.count; i++) {
		const struct law_find *f = &finds.item[i];
		const uint32_t bit = UINT32_C(1) << f->topic;
		if ((f->kind != FIND_TOPIC && f->kind != FIND_BSN) || (seen & bit) != 0)
			continue;
		seen |= bit;
		ret[count++] = (struct signal_hit){
			.part = part,
			.topic = (int)f->topic,
			.words = arena_strndup(a, text + f->start, f->length),
			.settled = f->kind == FIND_TOPIC && (settled & bit) != 0,
		};
	}
	return count;
}

enum status signal_hits(struct db_read *r, int64_t id, const struct signal_texts *texts,
                        int32_t today, struct arena *a, struct array *ret, struct error *reterr)
{
	uint32_t settled[SIGNAL_PART_COUNT] = { 0 };
	struct signal_hit *list = ARENA_ARRAY(a, struct signal_hit, SIGNAL_PART_COUNT * TOPICS);
	size_t count = 0;

	enum status st = load_settled(r, id, settled, reterr);
	for (int part = PART_TITLE; part <= PART_CRITERION_E; part++)
		if (texts->part[part][0] != '\0')
			count += hits_of_part((enum signal_part)part, texts->part[part], today,
			                      settled[part], a, &list[count]);
	*ret = (struct array){ list, count };
	return st;
}

enum status signal_hit_settle(struct db_tx *tx, const struct signal_writer *w,
                              enum signal_part part, int topic, struct error *reterr)
{
	return db_exec(tx, &SETTLE,
	               DB_ARGS(DB_INT(w->signal_id), DB_INT(part), DB_INT(topic),
	                       DB_INT(w->appointment_id), DB_INT(w->now_ms)),
	               NULL, reterr);
}

enum status signal_hits_review(struct db_tx *tx, const struct signal_writer *w,
                               struct error *reterr)
{
	return db_exec(tx, &REVIEW,
	               DB_ARGS(DB_INT(w->signal_id), DB_INT(w->appointment_id), DB_INT(w->now_ms)),
	               NULL, reterr);
}

const char *signal_text_without_bsns(struct arena *a, const char *text,
                                     const struct law_finds *finds)
{
	static const char INSTEAD[] = "(BSN weggehaald)";
	const size_t len = strlen(text);
	char *to = arena_alloc(a, len + finds->count * sizeof INSTEAD + 1);
	size_t n = 0, at = 0;

	for (size_t i = 0; i < finds->count; i++) {
		const struct law_find *f = &finds->item[i];
		if (f->kind != FIND_BSN || f->start < at)
			continue;
		memcpy(to + n, text + at, f->start - at);
		n += f->start - at;
		memcpy(to + n, INSTEAD, sizeof INSTEAD - 1);
		n += sizeof INSTEAD - 1;
		at = f->start + f->length;
	}
	memcpy(to + n, text + at, len - at + 1);
	return to;
}

static size_t characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

void signal_judge_texts(const struct signal_texts *texts, const struct array *hits,
                        struct signal_picture *picture)
{
	const struct signal_hit *hit = hits->items;

	picture->criteria_explained = true;
	for (int part = PART_CRITERION_A; part <= PART_CRITERION_E; part++)
		if (characters(texts->part[part]) < CRITERION_MIN_CHARS)
			picture->criteria_explained = false;
	picture->hits_settled = true;
	for (size_t i = 0; i < hits->count; i++)
		if (!hit[i].settled)
			picture->hits_settled = false;
}
