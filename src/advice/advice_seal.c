#include "advice/advice_seal.h"

#include <string.h>

#include "platform/crypto/stored.h"

const char *const PROPOSAL_TEXT_COLUMNS[PROPOSAL_TEXT_COUNT] = { "basis", "approach", "effect",
	                                                         "indicator" };

struct seal_place advice_text_place(const struct uuid *advice, const char *column)
{
	return (
	    struct seal_place){ .table = "advice", .column = column, .id = uuid_number(advice) };
}

struct seal_place proposal_text_place(const struct uuid *proposal, size_t text)
{
	return (struct seal_place){ .table = "advice_proposal",
		                    .column = PROPOSAL_TEXT_COLUMNS[text],
		                    .id = uuid_number(proposal) };
}

static int64_t chars_of(const char *text)
{
	int64_t chars = 0;

	for (; *text != '\0'; text++)
		chars += ((unsigned char)*text & 0xc0u) != 0x80u;
	return chars;
}

/* White space alone says nothing. */
static int64_t said_chars(const char *text)
{
	return text[strspn(text, " \t\n")] == '\0' ? 0 : chars_of(text);
}

void advice_seal_texts(struct keyring *k, const struct uuid *advice, const char *introduction,
                       const char *conclusion, struct arena *a, struct sealed_advice_texts *ret)
{
	const struct seal_place first = advice_text_place(advice, "introduction");
	const struct seal_place last = advice_text_place(advice, "conclusion");

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->introduction = seal_in(a, &ret->key.key, &first, introduction, strlen(introduction),
	                            &ret->introduction_len);
	ret->conclusion =
	    seal_in(a, &ret->key.key, &last, conclusion, strlen(conclusion), &ret->conclusion_len);
	ret->introduction_chars = said_chars(introduction);
	ret->conclusion_chars = said_chars(conclusion);
	seal_key_wipe(&ret->key.key);
}

void advice_seal_proposal(struct keyring *k, const struct uuid *proposal,
                          const struct proposal_texts *texts, struct arena *a,
                          struct sealed_proposal_texts *ret)
{
	const char *const words[PROPOSAL_TEXT_COUNT] = { texts->basis, texts->approach,
		                                         texts->effect, texts->indicator };

	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	for (size_t i = 0; i < PROPOSAL_TEXT_COUNT; i++) {
		const struct seal_place place = proposal_text_place(proposal, i);
		ret->text[i] =
		    seal_in(a, &ret->key.key, &place, words[i], strlen(words[i]), &ret->len[i]);
		ret->chars[i] = said_chars(words[i]);
	}
	seal_key_wipe(&ret->key.key);
}

static struct seal_place words_place(enum advice_words what, int64_t place)
{
	static const struct {
		const char *table, *column;
	} PLACES[] = {
		[WORDS_WITHDRAWAL] = { "advice", "reason" },
		[WORDS_OWNER_ANSWER] = { "advice_proposal", "answer" },
		[WORDS_OBJECTION] = { "advice_source", "reason" },
		[WORDS_HANDLING] = { "advice_source", "handling" },
		[WORDS_FROZEN] = { "advice", "frozen" },
		[WORDS_QUICK_REASON] = { "quick_action", "reason" },
	};
	return (struct seal_place){ .table = PLACES[what].table,
		                    .column = PLACES[what].column,
		                    .id = place };
}

void advice_seal_words(struct keyring *k, enum advice_words what, int64_t place, const char *text,
                       struct arena *a, struct sealed_words *ret)
{
	const struct seal_place at = words_place(what, place);

	*ret = (struct sealed_words){ 0 };
	if (said_chars(text) == 0)
		return;
	key_fresh(k, KEY_PARAGRAPH, &ret->key);
	ret->sealed = seal_in(a, &ret->key.key, &at, text, strlen(text), &ret->len);
	seal_key_wipe(&ret->key.key);
}

// NOLINTNEXTLINE(readability-function-size): which words, where, under which key
enum status advice_open_words(struct db_read *r, struct keyring *k, enum advice_words what,
                              int64_t place, int64_t key_id, struct span sealed, struct arena *a,
                              const char **ret, struct error *reterr)
{
	const struct seal_place at = words_place(what, place);
	const struct closed_text text = { key_id, sealed };

	return text_open(r, k, &text, &at, a, ret, reterr);
}

static enum status open_both(const struct advice *d, const struct seal_key *key, struct arena *a,
                             struct advice_texts *ret, struct error *reterr)
{
	const struct seal_place first = advice_text_place(&d->uuid, "introduction");
	const struct seal_place last = advice_text_place(&d->uuid, "conclusion");
	size_t len = 0;

	enum status st = seal_open(key, &first, d->introduction.bytes, d->introduction.len, a,
	                           &ret->introduction, &len, reterr);
	return st == OK ? seal_open(key, &last, d->conclusion.bytes, d->conclusion.len, a,
	                            &ret->conclusion, &len, reterr)
	                : st;
}

enum status advice_texts_open(struct db_read *r, struct keyring *k, const struct advice *d,
                              struct arena *a, struct advice_texts *ret, struct error *reterr)
{
	struct seal_key key;

	*ret = (struct advice_texts){ "", "", "" };
	if (d->introduction.bytes != NULL) {
		enum status st = key_load(r, k, d->key_id, KEY_PARAGRAPH, &key, reterr);
		if (st == OK) {
			st = open_both(d, &key, a, ret, reterr);
			seal_key_wipe(&key);
		}
		if (st != OK && st != ERR_NOT_FOUND)
			return st;
	}
	return advice_open_words(r, k, WORDS_WITHDRAWAL, d->id, d->reason_key_id, d->reason, a,
	                         &ret->reason, reterr);
}
