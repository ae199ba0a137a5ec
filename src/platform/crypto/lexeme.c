#include "platform/crypto/lexeme.h"

#include <stdint.h>

#include "platform/crypto/token.h"

enum { LEXEME_BITS = 40 };

static struct lexeme lexeme_write(struct digest d)
{
	static const char LETTERS[] = "abcdefghijklmnopqrstuvwxyz234567";
	struct lexeme ret = { { 0 } };
	uint64_t bits = 0;

	for (int i = 0; i < LEXEME_BITS / 8; i++)
		bits = bits << 8 | d.bytes[i];
	for (int i = 0; i < LEXEME_TEXT_BYTES - 1; i++)
		ret.text[i] = LETTERS[bits >> (LEXEME_BITS - 5 * (i + 1)) & 31];
	return ret;
}

struct lexeme lexeme_of(const struct mac_key *key, const char *field, const char *folded_word)
{
	const struct span parts[] = { SPAN_TEXT(field), SPAN_TEXT(folded_word) };

	return lexeme_write(digest_keyed(key, "lexeme", parts, 2));
}

struct lexeme lexeme_of_number(const struct mac_key *key, const char *field, int64_t number)
{
	const struct span parts[] = { SPAN_TEXT(field), SPAN_OF(number) };

	return lexeme_write(digest_keyed(key, "lexeme-number", parts, 2));
}

size_t lexemes_of_text(const struct mac_key *key, const char *field, struct folder *f,
                       const char *text, struct arena *arena, size_t max, struct lexeme *ret)
{
	const char **words = ARENA_ARRAY(arena, const char *, max);
	const size_t count = fold_words(f, text, arena, max, words);

	for (size_t i = 0; i < count; i++)
		ret[i] = lexeme_of(key, field, words[i]);
	return count;
}

void identifier_token(const struct mac_key *key, const char *kind, const char *normalised,
                      char ret[IDENTIFIER_TOKEN_BYTES])
{
	const struct span parts[] = { SPAN_TEXT(kind), SPAN_TEXT(normalised) };
	const struct digest d = digest_keyed(key, "identifier", parts, 2);

	base64_text(d.bytes, 16, ret);
}
