#include "platform/crypto/reference.h"

#include <assert.h>
#include <stdbool.h>

static const char ALPHABET[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";

enum { HALF_BITS = 10, HALF_MASK = (1 << HALF_BITS) - 1, ROUNDS = 10, PLACE_CHARACTERS = 4 };

/* ---- the permutation ------------------------------------------------------------------------ */

static uint32_t feistel_round(const struct mac_key *key, const struct reference *ref, uint8_t round,
                              uint32_t half)
{
	const uint8_t input[] = { round, (uint8_t)(half >> 8), (uint8_t)half,
		                  (uint8_t)(ref->year >> 8), (uint8_t)ref->year };
	const struct span parts[] = { SPAN_OF(input), SPAN_TEXT(ref->kind) };
	const struct digest d = digest_keyed(key, "reference", parts, 2);

	return (uint32_t)(d.bytes[0] << 8 | d.bytes[1]) & HALF_MASK;
}

static void set_kind(struct reference *ref, const char *kind)
{
	const size_t len = strlen(kind);

	assert(len == 1 || len == 2);
	for (size_t i = 0; i < len; i++) {
		assert(kind[i] >= 'A' && kind[i] <= 'Z');
		ref->kind[i] = kind[i];
	}
}

struct reference reference_of(const struct mac_key *key, const char *kind, int year,
                              uint32_t counter)
{
	struct reference ref = { .year = year };
	uint32_t left = counter >> HALF_BITS, right = counter & HALF_MASK;

	assert(counter < REFERENCE_PLACES);
	assert(year >= REFERENCE_YEAR_MIN && year <= REFERENCE_YEAR_MAX);
	set_kind(&ref, kind);
	for (int round = 0; round < ROUNDS; round++) {
		const uint32_t next = left ^ feistel_round(key, &ref, (uint8_t)round, right);
		left = right;
		right = next;
	}
	ref.place = left << HALF_BITS | right;
	return ref;
}

uint32_t reference_counter(const struct mac_key *key, const struct reference *ref)
{
	uint32_t left = ref->place >> HALF_BITS, right = ref->place & HALF_MASK;

	for (uint8_t round = ROUNDS; round-- > 0;) {
		const uint32_t before = right ^ feistel_round(key, ref, round, left);
		right = left;
		left = before;
	}
	return left << HALF_BITS | right;
}

/* ---- the check character: a weighted sum over GF(32), x^5 + x^2 + 1 ---------------------------
 */

static uint8_t gf32_double(uint8_t a)
{
	const uint8_t doubled = (uint8_t)(a << 1);

	return (doubled & 32) != 0 ? (uint8_t)(doubled ^ 37) : doubled;
}

/* Horner's rule: each symbol gets a power of x of its own, and x has order 31. */
static uint8_t check_add(uint8_t sum, uint8_t symbol)
{
	assert(symbol < 32);
	return gf32_double((uint8_t)(sum ^ symbol));
}

static uint8_t place_symbol(uint32_t place, int index)
{
	return (uint8_t)(place >> (5 * (PLACE_CHARACTERS - 1 - index)) & 31);
}

static uint8_t check_symbol(const struct reference *ref)
{
	uint8_t sum = 0;

	for (int i = 0; i < 2; i++)
		sum = check_add(sum, ref->kind[i] == '\0' ? 0 : (uint8_t)(ref->kind[i] - 'A' + 1));
	for (int divisor = 1000; divisor > 0; divisor /= 10)
		sum = check_add(sum, (uint8_t)(ref->year / divisor % 10));
	for (int i = 0; i < PLACE_CHARACTERS; i++)
		sum = check_add(sum, place_symbol(ref->place, i));
	return sum;
}

/* ---- text ----------------------------------------------------------------------------------- */

void reference_text(const struct reference *ref, char ret[REFERENCE_TEXT_BYTES])
{
	char place[PLACE_CHARACTERS + 2] = { 0 };

	assert(ref->place < REFERENCE_PLACES);
	for (int i = 0; i < PLACE_CHARACTERS; i++)
		place[i] = ALPHABET[place_symbol(ref->place, i)];
	place[PLACE_CHARACTERS] = ALPHABET[check_symbol(ref)];
	const int len =
	    snprintf(ret, REFERENCE_TEXT_BYTES, "%s-%04d-%s", ref->kind, ref->year, place);
	assert(len > 0 && len < REFERENCE_TEXT_BYTES);
}

static char upper(char c)
{
	return c >= 'a' && c <= 'z' ? (char)(c - 32) : c;
}

/* The value of a character as people write it, or -1. */
static int symbol_value(char c)
{
	if (c == 'O')
		c = '0';
	if (c == 'I' || c == 'L')
		c = '1';
	const char *at = c == '\0' ? NULL : strchr(ALPHABET, c);
	return at == NULL ? -1 : (int)(at - ALPHABET);
}

/* Upper-case letters and digits of text without spaces and hyphens; false if it can't be one. */
static bool squeeze(const char *text, char ret[REFERENCE_TEXT_BYTES])
{
	size_t len = 0;

	for (; *text != '\0'; text++) {
		const char c = upper(*text);
		if (c == ' ' || c == '-')
			continue;
		if (!((c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) ||
		    len == REFERENCE_TEXT_BYTES - 1)
			return false;
		ret[len++] = c;
	}
	ret[len] = '\0';
	return true;
}

/* The kind is what stands before the nine last characters. */
static const char *read_kind(const char *text, struct reference *ref)
{
	const size_t len = strlen(text);

	if (len != 10 && len != 11)
		return NULL;
	for (size_t i = 0; i < len - 9; i++) {
		if (text[i] < 'A' || text[i] > 'Z')
			return NULL;
		ref->kind[i] = text[i];
	}
	return text + len - 9;
}

static const char *read_year(const char *at, struct reference *ref)
{
	for (int i = 0; i < 4; i++, at++) {
		const int digit = symbol_value(*at);
		if (digit < 0 || digit > 9)
			return NULL;
		ref->year = ref->year * 10 + digit;
	}
	return ref->year >= REFERENCE_YEAR_MIN && ref->year <= REFERENCE_YEAR_MAX ? at : NULL;
}

enum reference_reading reference_parse(const char *text, struct reference *ret)
{
	struct reference ref = { .year = 0 };
	char squeezed[REFERENCE_TEXT_BYTES];

	if (!squeeze(text, squeezed))
		return REFERENCE_NO_SHAPE;
	const char *at = read_kind(squeezed, &ref);
	if (at != NULL)
		at = read_year(at, &ref);
	if (at == NULL)
		return REFERENCE_NO_SHAPE;
	for (int i = 0; i < PLACE_CHARACTERS; i++, at++) {
		const int symbol = symbol_value(*at);
		if (symbol < 0)
			return REFERENCE_MISTYPED;
		ref.place = ref.place << 5 | (uint32_t)symbol;
	}
	if (symbol_value(*at) != check_symbol(&ref))
		return REFERENCE_MISTYPED;
	*ret = ref;
	return REFERENCE_READ;
}
