/* Cells of the kinds that fit in a word: dates, postcodes, numbers, initials, what a place sounds
 * like. */
#include <string.h>

#include "matching/dates.h"
#include "matching/encode.h"
#include "matching/hash.h"
#include "matching/identifiers.h"

/* Up to five letters, five bits each, first letter lowest. "J.P.", "JP" and "J P" are the same;
 * "Th." is one initial. */
static uint32_t initials_parse(const char *text, size_t bytes)
{
	uint32_t packed = 0;
	int count = 0;

	for (size_t i = 0; i < bytes && count < 5; i++) {
		unsigned char c = (unsigned char)text[i] | 32u;
		bool capital = text[i] >= 'A' && text[i] <= 'Z';
		bool starts = i == 0 || text[i - 1] == '.' || text[i - 1] == ' ' || capital;
		if (c < 'a' || c > 'z' || !starts)
			continue;
		packed |= (uint32_t)(c - 'a' + 1) << (5 * count++);
	}
	return packed;
}

static uint32_t place_parse(struct name_folder *f, const char *text, size_t bytes)
{
	char folded[FOLD_MAX_BYTES + 1], sound[PHONETIC_MAX_BYTES + 1];
	int length = fold(f, FOLD_NAME, text, bytes, folded);

	if (length <= 0)
		return 0;
	int start = name_particle_bytes(folded, length);
	int heard = name_phonetic(folded + start, length - start, sound);
	return (uint32_t)(hash_bytes(sound, (size_t)heard) % 255) + 1;
}

uint32_t encode_packed(struct name_folder *f, enum field_kind kind, const char *text, size_t bytes)
{
	size_t used = 0;

	if (bytes == 0)
		return 0;
	switch ((int)kind) {
	case FIELD_INITIALS:
		return initials_parse(text, bytes);
	case FIELD_DATE:
		return date_parse(text, bytes);
	case FIELD_POSTCODE:
		return postcode_parse(text, bytes);
	case FIELD_HOUSE_NUMBER:
		return house_number_parse(text, bytes, &used);
	case FIELD_HOUSE_ADDITION:
		return house_addition_parse(text, bytes);
	case FIELD_PLACE:
		return place_parse(f, text, bytes);
	case FIELD_PHONE:
		return phone_parse(text, bytes);
	case FIELD_BSN:
		return digits_parse(text, bytes, 8, 9);
	case FIELD_DIGITS:
		return digits_parse(text, bytes, 1, 9);
	default:
		return 0;
	}
}
