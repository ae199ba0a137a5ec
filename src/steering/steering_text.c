/* The sealed words of the Stuurploeg: one key a text, so that each can be forgotten by itself. */
#include "steering/steering_store.h"

#include "platform/crypto/stored.h"
#include "steering/consent.h"
#include "steering/pack_file.h"

#include <string.h>

#define AT_PLACE " WHERE point_id = $1 AND proposal_id = $2 AND kind = $3 AND organ_id = $4"
static const struct db_stmt FIND = { "steering_text_find", "iiii",
	                             "SELECT key_id, sealed FROM steering_text" AT_PLACE };
static const struct db_stmt DROP = { "steering_text_drop", "iiii",
	                             "DELETE FROM steering_text" AT_PLACE };
static const struct db_stmt PUT = {
	"steering_text_put", "iiiiib",
	"INSERT INTO steering_text (point_id, proposal_id, kind, organ_id, key_id, sealed)"
	" VALUES ($1, $2, $3, $4, $5, $6)"
};
static const struct db_stmt OF_CASEFILE = {
	"steering_text_of_casefile", "i",
	"SELECT t.point_id, t.proposal_id, t.kind, t.organ_id FROM steering_text t"
	" JOIN steering_point p ON p.id = t.point_id WHERE p.casefile_id = $1"
	" ORDER BY t.point_id, t.proposal_id, t.kind, t.organ_id LIMIT 1000"
};

static const struct db_stmt LINE_KEYS = {
	"steering_line_keys", "i",
	"SELECT u.key_id FROM (SELECT key_id FROM steering_action WHERE casefile_id = $1"
	" UNION SELECT key_id FROM steering_escalation WHERE casefile_id = $1"
	" UNION SELECT answer_key_id FROM steering_escalation WHERE casefile_id = $1) u"
	" WHERE u.key_id <> 0 ORDER BY u.key_id LIMIT 1000"
};
static const struct db_stmt EMPTY_ACTIONS = {
	"steering_actions_empty", "i",
	"UPDATE steering_action SET key_id = 0 WHERE casefile_id = $1"
};
static const struct db_stmt EMPTY_QUESTIONS = {
	"steering_questions_empty", "i",
	"UPDATE steering_escalation SET key_id = 0, answer_key_id = 0, answer = NULL"
	" WHERE casefile_id = $1"
};

const struct db_stmt *const steering_text_statements[] = {
	&FIND, &DROP, &PUT, &OF_CASEFILE, &LINE_KEYS, &EMPTY_ACTIONS, &EMPTY_QUESTIONS, NULL
};

#define PLACE(t)                                                                                   \
	DB_ARGS(DB_INT((t)->point_id), DB_INT((t)->proposal_id), DB_INT((t)->kind),                \
	        DB_INT((t)->organ_id))

static struct seal_place place_of(const struct steering_text *t)
{
	return (struct seal_place){ .table = "steering_text",
		                    .column = "sealed",
		                    .id = t->point_id,
		                    .version = t->proposal_id,
		                    .category = t->kind,
		                    .source = t->organ_id };
}

void steering_text_seal(struct keyring *k, const char *text, struct arena *a,
                        struct steering_text *ret)
{
	const struct seal_place place = place_of(ret);

	if (text == NULL || text[0] == '\0')
		return;
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

static enum status forget(struct db_tx *tx, const struct steering_text *t, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	enum status st = db_query(db_tx_read(tx), &FIND, PLACE(t), &row, reterr);

	if (st != OK)
		return st;
	if (!db_next(&row))
		return db_rows_end(&row, reterr);
	const int64_t key = db_int(&row, 0);
	db_rows_close(&row);
	st = key_destroy(tx, key, reterr);
	return st == OK ? db_exec(tx, &DROP, PLACE(t), NULL, reterr) : st;
}

enum status steering_text_put(struct db_tx *tx, const struct steering_text *t, struct error *reterr)
{
	enum status st = forget(tx, t, reterr);

	if (st != OK || t->sealed == NULL)
		return st;
	st = key_store(tx, &t->key, reterr);
	if (st != OK)
		return st;
	return db_exec(tx, &PUT,
	               DB_ARGS(DB_INT(t->point_id), DB_INT(t->proposal_id), DB_INT(t->kind),
	                       DB_INT(t->organ_id), DB_INT(t->key.id), DB_BYTES(t->sealed, t->len)),
	               NULL, reterr);
}

enum status steering_text_load(struct db_read *r, struct keyring *k,
                               const struct steering_text *which, struct arena *a, const char **ret,
                               struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct seal_place place = place_of(which);
	struct span sealed = { 0 };

	*ret = "";
	enum status st = db_query(r, &FIND, PLACE(which), &row, reterr);
	if (st != OK)
		return st;
	if (!db_next(&row))
		return db_rows_end(&row, reterr);
	const int64_t key_id = db_int(&row, 0);
	sealed.bytes = db_bytes(&row, 1, a, &sealed.len);
	db_rows_close(&row);
	return text_open(r, k, &(struct closed_text){ key_id, sealed }, &place, a, ret, reterr);
}

static enum status forget_texts(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	enum { MAX = 1000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct steering_text *list = ARENA_ARRAY(db_tx_arena(tx), struct steering_text, MAX);
	size_t count = 0;
	enum status st =
	    db_query(db_tx_read(tx), &OF_CASEFILE, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		list[count++] = (struct steering_text){
			.point_id = db_int(&rows, 0),
			.proposal_id = db_int(&rows, 1),
			.kind = (enum steering_words)db_int(&rows, 2),
			.organ_id = db_int(&rows, 3),
		};
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = forget(tx, &list[i], reterr);
	return st;
}

/* Keys of actions and questions about it; the rows stay, with an empty line. */
static enum status forget_lines(struct db_tx *tx, int64_t casefile_id, struct error *reterr)
{
	enum { MAX = 1000 };
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	int64_t *keys = ARENA_ARRAY(db_tx_arena(tx), int64_t, MAX);
	size_t count = 0;
	enum status st =
	    db_query(db_tx_read(tx), &LINE_KEYS, DB_ARGS(DB_INT(casefile_id)), &rows, reterr);

	if (st != OK)
		return st;
	while (count < MAX && db_next(&rows))
		keys[count++] = db_int(&rows, 0);
	st = db_rows_end(&rows, reterr);
	for (size_t i = 0; st == OK && i < count; i++)
		st = key_destroy(tx, keys[i], reterr);
	if (st == OK)
		st = db_exec(tx, &EMPTY_ACTIONS, DB_ARGS(DB_INT(casefile_id)), NULL, reterr);
	return st == OK ? db_exec(tx, &EMPTY_QUESTIONS, DB_ARGS(DB_INT(casefile_id)), NULL, reterr)
	                : st;
}

enum status steering_forget_casefile(struct db_tx *tx, int64_t casefile_id, int64_t now_ms,
                                     struct error *reterr)
{
	enum status st = forget_texts(tx, casefile_id, reterr);

	(void)now_ms;
	if (st == OK)
		st = pack_files_forget(tx, casefile_id, reterr);
	if (st == OK)
		st = consents_forget(tx, casefile_id, reterr);
	return st == OK ? forget_lines(tx, casefile_id, reterr) : st;
}

enum status steering_forget_presence(struct db_tx *tx, int64_t presence_id, int64_t now_ms,
                                     struct error *reterr)
{
	const enum status st = consents_forget_presence(tx, presence_id, reterr);

	(void)now_ms;
	return st == OK ? pack_files_forget_presence(tx, presence_id, reterr) : st;
}

/* ---- one line under a key of its own --------------------------------------------------------- */

static struct seal_place line_place(const struct uuid *of, enum steering_line_kind kind)
{
	return (struct seal_place){ .table = "steering_line",
		                    .column = "sealed",
		                    .id = uuid_number(of),
		                    .category = kind };
}

void steering_line_seal(struct keyring *k, const struct uuid *of, enum steering_line_kind kind,
                        const char *text, struct arena *a, struct steering_line *ret)
{
	const struct seal_place place = line_place(of, kind);

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

// NOLINTNEXTLINE(readability-function-size): whose line, of which kind, where it lies
enum status steering_line_open(struct db_read *r, struct keyring *k, int64_t key_id,
                               const struct uuid *of, enum steering_line_kind kind,
                               const struct span *sealed, struct arena *a, const char **ret,
                               struct error *reterr)
{
	const struct seal_place place = line_place(of, kind);

	return text_open(r, k, &(struct closed_text){ key_id, *sealed }, &place, a, ret, reterr);
}
