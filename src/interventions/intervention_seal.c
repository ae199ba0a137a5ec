/* The words of an intervention: each part under a key of its own version. */
#include "interventions/intervention_parts.h"

#include <string.h>

#include "platform/crypto/stored.h"

static const struct db_stmt TEXTS = { "intervention_texts", "i",
	                              "SELECT part, key_id, sealed FROM intervention_text WHERE "
	                              "intervention_id = $1 ORDER BY part, key_id" };
const struct db_stmt *const intervention_seal_statements[] = { &TEXTS, NULL };

/* number: the part of a text, the organ of a reason or report. */
static struct seal_place place_at(const struct uuid *of, const char *table, int64_t number,
                                  int64_t key_id)
{
	return (struct seal_place){ .table = table,
		                    .column = "sealed",
		                    .id = uuid_number(of),
		                    .category = number,
		                    .version = key_id };
}

static bool is_blank(const char *text)
{
	return text == NULL || text[strspn(text, " \n\t")] == '\0';
}

void intervention_seal_words(struct keyring *k, const struct words_place *at, const char *text,
                             struct arena *a, struct intervention_words *ret)
{
	*ret = (struct intervention_words){ 0 };
	if (is_blank(text))
		return;
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	const struct seal_place place = place_at(at->of, at->table, at->number, ret->key.id);
	ret->sealed = seal_in(a, &ret->key.key, &place, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

enum status intervention_open_words(struct db_read *r, struct keyring *k,
                                    const struct sealed_words *w, struct arena *a, const char **ret,
                                    struct error *reterr)
{
	const struct seal_place place = place_at(w->at.of, w->at.table, w->at.number, w->key_id);
	const struct closed_text text = { w->key_id, { w->bytes, w->len } };

	return text_open(r, k, &text, &place, a, ret, reterr);
}

void intervention_seal_part(struct keyring *k, struct intervention_new *n,
                            enum intervention_part part, const char *text, struct arena *a)
{
	const struct words_place at = { &n->uuid, WORDS_OF_INTERVENTION, part };
	intervention_seal_words(k, &at, text, a, &n->parts[part]);
}

void intervention_seal_text(struct keyring *k, const struct intervention *i,
                            enum intervention_part part, const char *text, struct arena *a,
                            struct intervention_words *ret)
{
	const struct words_place at = { &i->uuid, WORDS_OF_INTERVENTION, part };
	intervention_seal_words(k, &at, text, a, ret);
}

void intervention_seal_owner_reason(struct keyring *k, const struct intervention *i,
                                    int64_t organ_id, const char *text, struct arena *a,
                                    struct intervention_words *ret)
{
	const struct words_place at = { &i->uuid, WORDS_OF_OWNER, organ_id };
	intervention_seal_words(k, &at, text, a, ret);
}

enum status intervention_texts_open(struct db_read *r, struct keyring *k,
                                    const struct intervention *i, struct arena *a,
                                    struct intervention_texts *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };

	for (int part = 0; part < INTERVENTION_PART_COUNT; part++)
		ret->part[part] = "";
	enum status st = db_query(r, &TEXTS, DB_ARGS(DB_INT(i->id)), &rows, reterr);
	while (st == OK && db_next(&rows)) {
		const int64_t part = db_int(&rows, 0);
		struct sealed_words w = { .at = { &i->uuid, WORDS_OF_INTERVENTION, part },
			                  .key_id = db_int(&rows, 1) };
		w.bytes = db_bytes(&rows, 2, a, &w.len);
		if (part > 0 && part < INTERVENTION_PART_COUNT)
			st = intervention_open_words(r, k, &w, a, &ret->part[part], reterr);
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}
