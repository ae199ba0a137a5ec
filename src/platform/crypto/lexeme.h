/*
 * lexeme.h - words that can be found but not read: what the search index holds
 *
 * A folded word (platform/text/fold.h) becomes 40 bits of keyed BLAKE2b, written as eight
 * characters a-z2-7, so that FTS5 and tsvector take it for a word. Who steals the index learns
 * how often something occurs, not what. Two words share a lexeme once in 10^12: the page's own
 * check after decrypting settles it.
 *
 * field keeps worlds apart ("text", "name", "audience"): the same word gives another lexeme.
 */
#ifndef PLATFORM_CRYPTO_LEXEME_H
#define PLATFORM_CRYPTO_LEXEME_H

#include <stddef.h>

#include "platform/core/arena.h"
#include "platform/core/out.h"
#include "platform/crypto/crypto.h"
#include "platform/text/fold.h"

enum { LEXEME_TEXT_BYTES = 9 /* with NUL */ };

struct lexeme {
	char text[LEXEME_TEXT_BYTES];
};

struct lexeme lexeme_of(const struct mac_key *key, const char *field, const char *folded_word);

/* An audience, or any other number, as a lexeme. */
struct lexeme lexeme_of_number(const struct mac_key *key, const char *field, int64_t number);

/* Lexemes of the words of text, in order, at most max; written to ret, returns how many. */
size_t lexemes_of_text(const struct mac_key *key, const char *field, struct folder *f,
                       const char *text, struct arena *arena, size_t max, struct lexeme *ret);

/*
 * Identifiers (BSN, plate, IBAN, KvK, ...) as a keyed token of 128 bits, 22 characters and NUL:
 * equal after normalising by the caller, equal token. Nothing orders or prefixes.
 */
enum { IDENTIFIER_TOKEN_BYTES = 23 };
void identifier_token(const struct mac_key *key, const char *kind, const char *normalised,
                      char ret[IDENTIFIER_TOKEN_BYTES]);

#endif
