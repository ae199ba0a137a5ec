#include "matching/siphash.h"

#include <string.h>

struct state {
	uint64_t v0, v1, v2, v3;
};

static inline uint64_t turn(uint64_t x, int bits)
{
	return x << bits | x >> (64 - bits);
}

static inline void round_once(struct state *s)
{
	s->v0 += s->v1;
	s->v1 = turn(s->v1, 13) ^ s->v0;
	s->v0 = turn(s->v0, 32);
	s->v2 += s->v3;
	s->v3 = turn(s->v3, 16) ^ s->v2;
	s->v0 += s->v3;
	s->v3 = turn(s->v3, 21) ^ s->v0;
	s->v2 += s->v1;
	s->v1 = turn(s->v1, 17) ^ s->v2;
	s->v2 = turn(s->v2, 32);
}

static inline void absorb(struct state *s, uint64_t word)
{
	s->v3 ^= word;
	round_once(s);
	round_once(s);
	s->v0 ^= word;
}

static inline struct state begin(const struct siphash_key *key)
{
	return (struct state){ key->k0 ^ 0x736f6d6570736575u, key->k1 ^ 0x646f72616e646f6du,
		               key->k0 ^ 0x6c7967656e657261u, key->k1 ^ 0x7465646279746573u };
}

static inline uint64_t finish(struct state *s)
{
	s->v2 ^= 0xff;
	for (int i = 0; i < 4; i++)
		round_once(s);
	return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

uint64_t siphash(const struct siphash_key *key, const void *data, size_t bytes)
{
	struct state s = begin(key);
	const unsigned char *p = data;
	uint64_t word = 0, last = (uint64_t)bytes << 56;

	for (; bytes >= 8; bytes -= 8, p += 8) {
		memcpy(&word, p, 8);
		absorb(&s, word);
	}
	for (size_t i = 0; i < bytes; i++)
		last |= (uint64_t)p[i] << (8 * i);
	absorb(&s, last);
	return finish(&s);
}

uint64_t siphash_words(const struct siphash_key *key, uint64_t a, uint64_t b)
{
	struct state s = begin(key);

	absorb(&s, a);
	absorb(&s, b);
	absorb(&s, (uint64_t)16 << 56);
	return finish(&s);
}
