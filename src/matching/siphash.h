/*
 * siphash.h - SipHash-2-4 (Aumasson and Bernstein 2012): a keyed hash of short texts
 *
 * Without the 16 bytes of the key nobody can work out the hash of a guess, which is what the
 * tokens and filters of bloom.h rest on. Here and not from a library, since this room has none.
 */
#ifndef MATCHING_SIPHASH_H
#define MATCHING_SIPHASH_H

#include <stddef.h>
#include <stdint.h>

struct siphash_key {
	uint64_t k0, k1;
};

uint64_t siphash(const struct siphash_key *key, const void *data, size_t bytes);

/* Of one or two words, as little-endian bytes: the same value, without the copying. */
uint64_t siphash_words(const struct siphash_key *key, uint64_t a, uint64_t b);

#endif
