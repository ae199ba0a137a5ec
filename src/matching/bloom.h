/*
 * bloom.h - records that can be compared by who may not read them
 *
 * Each field becomes bits of its own part of a 1024-bit filter: its bigrams (numbers: their digits
 * with their places), each hashed under a secret key (siphash.h) to two places. Two filters are
 * alike as their bits are (Dice: 2 |a and b| / (|a| + |b|)), so slips of the pen still match.
 * Blocking keys become keyed 32-bit tokens. Schnell, Bachteler, Reiher, BMC Med Inform Decis Mak 9
 * (2009); per-field filters as Durham et al. 2014.
 *
 * Plain filters leak: who counts them finds the common names (Kuzu et al. 2011), and who looks
 * which bits go together finds the common bigrams (Christen et al. 2018). Against both:
 *  - names are salted by the year of birth, so that a name has another filter in each year and a
 *    bigram has no bits of its own;
 *  - each part is made twice as wide and folded with XOR (Schnell and Borgs 2016), so that a bit
 *    that is set tells two things at once.
 * Both attacks run in tests/unit/test_match_bloom.c against plain and hardened filters; the docs
 * carry the numbers. What stays: equal records give equal filters; who has the key can guess; and
 * the date's own part isn't salted, so who first unravels the dates can count names per year, of
 * which there are few of each. The matcher therefore gets filters, never a list of dates.
 *
 * Cost: some forty hashes a record, 0.5 us. Read-only functions, safe for all threads.
 */
#ifndef MATCHING_BLOOM_H
#define MATCHING_BLOOM_H

#include <stdbool.h>
#include <stdint.h>

#include "matching/records.h"
#include "matching/siphash.h"

enum bloom_part {
	BLOOM_GIVEN,
	BLOOM_FAMILY,
	BLOOM_DATE,
	BLOOM_ADDRESS,
	BLOOM_PHONE,
	BLOOM_INITIAL,
	BLOOM_PARTS
};

enum { BLOOM_WORDS = 16 /* of 64 bits */ };

/* Where each part stands: first word and number of words. */
extern const uint8_t BLOOM_FIRST[BLOOM_PARTS], BLOOM_WIDTH[BLOOM_PARTS];

struct bloom_settings {
	struct siphash_key key;
	bool salted; /* by the year of birth; off only to show what it is good for */
	bool folded; /* XOR folding; likewise */
};

struct bloom {
	uint64_t words[BLOOM_WORDS];
};

/* The persons model's fields of row i of r as a filter. */
void bloom_encode(const struct bloom_settings *s, const struct records *r, uint32_t record,
                  struct bloom *ret);

/* All of r, with threads; filters has room for r->count. */
void bloom_encode_all(const struct bloom_settings *s, const struct records *r, int threads,
                      struct bloom *filters);

/* Replaces the rows' blocking keys by keyed tokens: equal keys stay equal, nothing else is told. */
void bloom_hide_keys(const struct bloom_settings *s, struct records *r, int threads);

/* Dice of one part, 0..1; 0 when both are empty. Symmetric. */
double bloom_dice(const struct bloom *a, const struct bloom *b, enum bloom_part part);

/* Filters err otherwise than names do (a wrong year of birth changes all of a name's bits), so EM holds
 * the persons model less tightly to it (dedupe.h). */
#define BLOOM_ANCHOR 0.02

/* The persons model for filters: with a class for one person of whom one record has another year
 * of birth, which changes every bit of the salted names. */
void bloom_model(const struct model *persons, struct model *ret);

/* Two filters as a pattern of the persons model, levels by Dice; 0 where a part is empty, and for names
 * where one side alone has a date: under another salt their bits say nothing. Names that are equal count
 * as neither common nor rare. */
uint32_t bloom_pattern(const struct model *m, const struct bloom *a, const struct bloom *b);

/*
 * How common each record's names are, as far as whoever holds the filters can count: how often the
 * same bits stand in that part. Salted names are counted among those of one year of birth, of which
 * a register has some BLOOM_YEARS.
 */
enum { BLOOM_YEARS = 80 };
struct bloom_commonness {
	struct bigarray classes; /* per record two bytes: given, family; a class of values.h */
};
void bloom_commonness_count(struct bloom_commonness *ret, const struct bloom *filters,
                            uint32_t count, bool salted);
void bloom_commonness_free(struct bloom_commonness *c);

/* The pattern of two of those records, with how common their names are. */
uint32_t bloom_pattern_among(const struct model *m, const struct bloom *filters,
                             const struct bloom_commonness *c, uint32_t left, uint32_t right);

#endif
