/*
 * uuid.h - names for what travels between nodes: signal, casefile, subject, presence, fact, ...
 *
 * Version 7 of RFC 9562: 48 bits of milliseconds, then random. Where the moment of birth may
 * not be read from the name (a subject), uuid_random gives version 4.
 */
#ifndef PLATFORM_CRYPTO_UUID_H
#define PLATFORM_CRYPTO_UUID_H

#include <stdbool.h>
#include <stdint.h>

enum { UUID_BYTES = 16, UUID_TEXT_BYTES = 37 /* with NUL */ };

struct uuid {
	uint8_t bytes[UUID_BYTES];
};

/* at_ms: milliseconds UTC since 1970, 0 <= at_ms < 2^48. */
struct uuid uuid_at(int64_t at_ms);
struct uuid uuid_random(void);

/* "0190b6a4-7c1e-7c3a-9f00-0123456789ab", lower case, with NUL. */
void uuid_text(const struct uuid *uuid, char ret[UUID_TEXT_BYTES]);
/* Either case, hyphens where they belong; false for anything else, including other versions than
 * 4 and 7. */
bool uuid_parse(const char *text, struct uuid *ret);

/* 63 bits of its random end: where a row's place must be known before the row is there. */
int64_t uuid_number(const struct uuid *uuid);

#endif
