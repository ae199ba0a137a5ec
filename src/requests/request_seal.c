/* What a request seals: its texts, each item under a key of its own, the reason of a refusal. */
#include "requests/request_store.h"
#include "platform/crypto/stored.h"

#include <stdlib.h>
#include <string.h>

static const struct db_stmt ITEMS = {
	"request_items", "i",
	"SELECT id, number, presence_id, uuid, state, phase, kind, category, judgement, evaluation,"
	" handling, task, key_id, content, written_at, fact_uuid, settled FROM request_item"
	" WHERE request_id = $1"
	" ORDER BY number, id LIMIT 500"
};
static const struct db_stmt REASON = {
	"request_reason", "i", "SELECT key_id, reason FROM request_refusal WHERE request_id = $1"
};
const struct db_stmt *const request_seal_statements[] = { &ITEMS, &REASON, NULL };

static struct seal_place text_place(const struct uuid *request, const char *column)
{
	return (struct seal_place){ .table = "information_request",
		                    .column = column,
		                    .id = uuid_number(request) };
}

static int64_t chars_of(const char *text)
{
	int64_t chars = 0;

	for (; *text != '\0'; text++)
		chars += ((unsigned char)*text & 0xc0u) != 0x80u;
	return chars;
}

void request_seal_texts(struct keyring *k, const struct uuid *request,
                        const struct request_texts *texts, struct arena *a,
                        struct sealed_texts *ret)
{
	const struct seal_place question = text_place(request, "question");
	const struct seal_place necessity = text_place(request, "necessity");

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->question = seal_in(a, &ret->key.key, &question, texts->question,
	                        strlen(texts->question), &ret->question_len);
	ret->necessity = seal_in(a, &ret->key.key, &necessity, texts->necessity,
	                         strlen(texts->necessity), &ret->necessity_len);
	if (texts->settled[0] != '\0') {
		const struct seal_place settled = text_place(request, "settled");
		ret->settled = seal_in(a, &ret->key.key, &settled, texts->settled,
		                       strlen(texts->settled), &ret->settled_len);
	}
	ret->question_chars = chars_of(texts->question);
	ret->necessity_chars = chars_of(texts->necessity);
	seal_key_wipe(&ret->key.key);
}

enum status request_texts_open(struct db_read *r, struct keyring *k,
                               const struct information_request *q, struct arena *a,
                               struct request_texts *ret, struct error *reterr)
{
	const struct seal_place question = text_place(&q->uuid, "question");
	const struct seal_place necessity = text_place(&q->uuid, "necessity");
	const struct seal_place settled = text_place(&q->uuid, "settled");
	struct seal_key key;
	size_t len = 0;

	*ret = (struct request_texts){ "", "", "" };
	enum status st = key_load(r, k, q->key_id, KEY_PARAGRAPH, &key, reterr);
	if (st == ERR_NOT_FOUND)
		return OK;
	if (st != OK)
		return st;
	st = seal_open(&key, &question, q->question.bytes, q->question.len, a, &ret->question, &len,
	               reterr);
	if (st == OK)
		st = seal_open(&key, &necessity, q->necessity.bytes, q->necessity.len, a,
		               &ret->necessity, &len, reterr);
	if (st == OK && q->settled.len > 0)
		st = seal_open(&key, &settled, q->settled.bytes, q->settled.len, a, &ret->settled,
		               &len, reterr);
	seal_key_wipe(&key);
	return st;
}

/* ---- items ------------------------------------------------------------------------------------- */

struct item_place {
	int64_t presence_id, participant_id;
	enum law_category category;
	enum law_phase phase;
};

static struct seal_place place_of_item(const struct uuid *uuid, const struct item_place *p,
                                       const char *column)
{
	return (struct seal_place){ .table = "request_item",
		                    .column = column,
		                    .id = uuid_number(uuid),
		                    .presence = p->presence_id,
		                    .category = p->category,
		                    .phase = p->phase,
		                    .source = p->participant_id };
}

void request_seal_item(struct keyring *k, const struct answer_item *item, int64_t presence_id,
                       int64_t participant_id, int64_t now_ms, struct arena *a,
                       struct sealed_item *ret)
{
	const struct law_category_row *row = law_category(item->category);
	const enum law_phase phase = row != NULL ? row->phase : PHASE_3;
	const struct item_place at = { presence_id, participant_id, item->category, phase };

	*ret = (struct sealed_item){
		.uuid = uuid_at(now_ms), .presence_id = presence_id, .phase = phase, .item = *item
	};
	const struct seal_place place = place_of_item(&ret->uuid, &at, "content");
	const char *content = arena_printf(a, "%lld\n%lld\n%s", (long long)item->day,
	                                   (long long)item->cents, item->text);
	key_fresh(k, KEY_ANSWER, &ret->key);
	ret->content =
	    seal_in(a, &ret->key.key, &place, content, strlen(content), &ret->content_len);
	if (item->settled != NULL && item->settled[0] != '\0') {
		const struct seal_place said = place_of_item(&ret->uuid, &at, "settled");
		ret->settled = seal_in(a, &ret->key.key, &said, item->settled,
		                       strlen(item->settled), &ret->settled_len);
	}
	seal_key_wipe(&ret->key.key);
}

static void read_content(const char *content, struct answer_item *ret)
{
	char *end = NULL;

	ret->day = strtoll(content, &end, 10);
	ret->cents = strtoll(*end == '\n' ? end + 1 : end, &end, 10);
	ret->text = *end == '\n' ? end + 1 : "";
}

static enum status open_item(struct db_read *r, struct keyring *k, const struct db_rows *row,
                             const struct information_request *q, struct request_item *item,
                             struct arena *a, struct error *reterr)
{
	const struct item_place at = { item->presence_id, q->participant_id, item->item.category,
		                       item->phase };
	const struct seal_place place = place_of_item(&item->uuid, &at, "content");
	const struct seal_place said = place_of_item(&item->uuid, &at, "settled");
	const char *content = "";
	struct seal_key key;
	size_t len = 0, said_len = 0;

	if (db_is_null(row, 13))
		return OK;
	const uint8_t *sealed = db_bytes(row, 13, a, &len);
	const uint8_t *settled = db_is_null(row, 16) ? NULL : db_bytes(row, 16, a, &said_len);
	enum status st = key_load(r, k, db_int(row, 12), KEY_ANSWER, &key, reterr);
	if (st == ERR_NOT_FOUND)
		return OK;
	if (st != OK)
		return st;
	st = seal_open(&key, &place, sealed, len, a, &content, &len, reterr);
	if (st == OK && settled != NULL)
		st =
		    seal_open(&key, &said, settled, said_len, a, &item->item.settled, &len, reterr);
	seal_key_wipe(&key);
	if (st == OK)
		read_content(content, &item->item);
	return st;
}

static struct request_item read_item(const struct db_rows *row)
{
	const int64_t evaluation = db_int(row, 9);
	struct request_item ret = {
		.id = db_int(row, 0),
		.number = db_int(row, 1),
		.presence_id = db_int(row, 2),
		.stage = (enum item_stage)db_int(row, 4),
		.phase = (enum law_phase)db_int(row, 5),
		.written_at = db_int(row, 14),
		.is_fact = !db_is_null(row, 15),
		.item = { .kind = (uint16_t)db_int(row, 6),
		          .category = (enum law_category)db_int(row, 7),
		          .is_judgement = db_int(row, 8) == 1,
		          .source_grade = (char)(evaluation >> 8 & 0x7f),
		          .information_grade = (char)(evaluation & 0x7f),
		          .handling = (uint8_t)db_int(row, 10),
		          .task = (uint16_t)db_int(row, 11),
		          .text = "",
		          .settled = "",
		          .day = INT64_MIN,
		          .cents = INT64_MIN },
	};
	ret.uuid = uuid_stored(row, 3);
	return ret;
}

enum status request_items(struct db_read *r, struct keyring *k, const struct information_request *q,
                          struct arena *a, struct array *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	struct request_item *list = ARENA_ARRAY(a, struct request_item, ANSWER_ITEMS_MAX);
	size_t count = 0;
	enum status st = db_query(r, &ITEMS, DB_ARGS(DB_INT(q->id)), &rows, reterr);

	while (st == OK && count < ANSWER_ITEMS_MAX && db_next(&rows)) {
		list[count] = read_item(&rows);
		st = open_item(r, k, &rows, q, &list[count], a, reterr);
		count++;
	}
	*ret = (struct array){ list, count };
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

/* ---- the reason of a refusal -------------------------------------------------------------------- */

static struct seal_place reason_place(const struct uuid *request)
{
	return (struct seal_place){ .table = "request_refusal",
		                    .column = "reason",
		                    .id = uuid_number(request) };
}

void request_seal_reason(struct keyring *k, const struct uuid *request, int reason_class,
                         const char *words, struct arena *a, struct sealed_reason *ret)
{
	const struct seal_place place = reason_place(request);
	const char *text = arena_printf(a, "%d\n%s", reason_class, words);

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->reason = seal_in(a, &ret->key.key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

enum status request_reason(struct db_read *r, struct keyring *k,
                           const struct information_request *q, struct arena *a, int *ret_class,
                           const char **ret_words, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct seal_place place = reason_place(&q->uuid);
	const char *text = "";
	struct seal_key key;
	char *end = NULL;
	size_t len = 0;

	enum status st = db_query(r, &REASON, DB_ARGS(DB_INT(q->id)), &row, reterr);
	if (st == OK)
		st = db_one(&row, reterr);
	if (st != OK)
		return st;
	const uint8_t *sealed = db_bytes(&row, 1, a, &len);
	st = key_load(r, k, db_int(&row, 0), KEY_PARAGRAPH, &key, reterr);
	if (st != OK)
		return st;
	st = seal_open(&key, &place, sealed, len, a, &text, &len, reterr);
	seal_key_wipe(&key);
	*ret_class = (int)strtol(text, &end, 10);
	*ret_words = *end == '\n' ? end + 1 : "";
	return st;
}
