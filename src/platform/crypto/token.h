/*
 * token.h - secrets that a browser or a machine carries: sessions, API tokens, CSRF
 *
 * A token is 32 random bytes, shown as 43 characters of base64url. What is stored is its
 * keyed digest: whoever reads the table can't sign in with it, and looking up by digest leaks
 * nothing through time.
 */
#ifndef PLATFORM_CRYPTO_TOKEN_H
#define PLATFORM_CRYPTO_TOKEN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "platform/crypto/crypto.h"

enum { TOKEN_BYTES = 32, TOKEN_TEXT_BYTES = 44 /* with NUL */ };

struct token {
	char text[TOKEN_TEXT_BYTES];
};

/* A new one. The caller shows it once and stores token_digest of it. */
struct token token_new(void);

/* Has text the shape of a token? Nothing else about it is known. */
bool token_has_shape(const char *text);

/* What is stored. kind ("session", "api"): a token of one kind is none of another. */
struct digest token_digest(const struct mac_key *key, const char *kind, const char *text);

/*
 * The CSRF token of one session and route, as 43 characters; compare with csrf_matches, which
 * takes the same time for every wrong one of the same length. NULL is a wrong one.
 */
struct token csrf_token(const struct mac_key *key, const struct digest *session, const char *route);
bool csrf_matches(const struct mac_key *key, const struct digest *session, const char *route,
                  const char *given);

/* ETag of the bytes sent, 22 characters and NUL: equal bytes, equal tag; tells nothing else. */
enum { ETAG_TEXT_BYTES = 23 };
void etag_text(const struct mac_key *key, const void *bytes, size_t len, char ret[ETAG_TEXT_BYTES]);

/*
 * A pseudonym of 64 bits for something that must not be stored as it is (a network address in
 * the log): equal things get equal pseudonyms as long as the key lives.
 */
uint64_t pseudonym(const struct mac_key *key, const char *domain, const void *bytes, size_t len);

/* base64url without padding. ret holds base64_text_bytes(len). */
size_t base64_text_bytes(size_t len);
void base64_text(const void *bytes, size_t len, char *ret);
/* Exactly len bytes; false otherwise, also for a text that isn't the canonical one. */
bool base64_parse(const char *text, void *ret, size_t len);

#endif
