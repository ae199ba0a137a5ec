/* hash.h - fast hashes for tables in memory; never for anything an attacker may choose freely */
#ifndef MATCHING_HASH_H
#define MATCHING_HASH_H

#include <stddef.h>
#include <stdint.h>
#include <string.h>

static inline uint64_t hash_mix(uint64_t a, uint64_t b)
{
	__uint128_t product = (__uint128_t)(a ^ 0x9e3779b97f4a7c15u) * (b ^ 0xd6e8feb86659fd93u);
	return (uint64_t)product ^ (uint64_t)(product >> 64);
}

/* Wang Yi's wyhash idea: 16 bytes a multiplication. The same bytes give the same value for ever. */
static inline uint64_t hash_bytes(const char *s, size_t bytes)
{
	uint64_t h = bytes * 0xa0761d6478bd642fu, a = 0, b = 0;

	while (bytes > 16) {
		memcpy(&a, s, 8);
		memcpy(&b, s + 8, 8);
		h = hash_mix(a ^ h, b);
		s += 16;
		bytes -= 16;
	}
	a = b = 0;
	if (bytes >= 8) {
		memcpy(&a, s, 8);
		memcpy(&b, s + bytes - 8, 8);
	} else if (bytes >= 4) {
		uint32_t low = 0, high = 0;
		memcpy(&low, s, 4);
		memcpy(&high, s + bytes - 4, 4);
		a = low;
		b = high;
	} else if (bytes > 0) {
		a = (uint64_t)(unsigned char)s[0] << 16 |
		    (uint64_t)(unsigned char)s[bytes / 2] << 8 | (unsigned char)s[bytes - 1];
	}
	return hash_mix(a ^ h, b ^ 0xe7037ed1a0b428dbu);
}

/* Combines key parts; 0 is kept for "no key". */
static inline uint32_t hash_fold_nonzero(uint64_t h)
{
	uint32_t k = (uint32_t)(h ^ h >> 32);
	return k == 0 ? 1 : k;
}

#endif
