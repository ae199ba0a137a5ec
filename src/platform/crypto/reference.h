/*
 * reference.h - the names that people see: S-2026-7K3QF, which can't be counted or mistyped
 *
 * kind - year - four characters that are a keyed permutation of a counter - one check
 * character. The permutation is a balanced Feistel network over 20 bits (10 rounds of keyed
 * BLAKE2b; Luby and Rackoff, 1988), so that a year holds 1,048,576 references per kind without
 * any twice, and neighbours look unrelated. The alphabet is Crockford's base32.
 *
 * The check character is a sum over GF(32) with different weights, over kind, year and place:
 * every single wrong character and every swap of two characters (also of year and kind) is
 * found; other slips pass one time in 32. Reading is kind: lower case, spaces, missing hyphens,
 * O for 0, and I or L for 1 are understood.
 */
#ifndef PLATFORM_CRYPTO_REFERENCE_H
#define PLATFORM_CRYPTO_REFERENCE_H

#include <stdint.h>

#include "platform/crypto/crypto.h"

enum {
	REFERENCE_PLACES = 1 << 20, /* per kind and year */
	REFERENCE_TEXT_BYTES = 14,  /* "IV-2026-7K3QF" and NUL */
	REFERENCE_YEAR_MIN = 2000,
	REFERENCE_YEAR_MAX = 2999,
};

struct reference {
	char kind[3];   /* one or two letters A-Z: "S" */
	int year;       /* REFERENCE_YEAR_MIN..MAX */
	uint32_t place; /* 0..REFERENCE_PLACES-1: the counter, permuted */
};

/* The counter-th reference (from 0) of this kind and year. counter < REFERENCE_PLACES. */
struct reference reference_of(const struct mac_key *key, const char *kind, int year,
                              uint32_t counter);
/* The counter that it came from. */
uint32_t reference_counter(const struct mac_key *key, const struct reference *ref);

void reference_text(const struct reference *ref, char ret[REFERENCE_TEXT_BYTES]);

enum reference_reading {
	REFERENCE_READ,
	REFERENCE_NO_SHAPE, /* isn't one at all: search for it as a word instead */
	REFERENCE_MISTYPED, /* looks like one, but a character is wrong or two are swapped */
};

/* Reads what a person typed; *ret only with REFERENCE_READ. text may be anything, up to its NUL. */
enum reference_reading reference_parse(const char *text, struct reference *ret);

#endif
