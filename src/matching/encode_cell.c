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

uint32_t encode_packed(struct name_folder *f, enum model_field_kind kind, const char *text,
                       size_t bytes)
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

static enum status encode_text(const struct record_encoding *with, int field, const char *text,
                               uint32_t *ret, struct error *reterr)
{
	struct values *v = with->values;
	const bool add = with->add;
	enum model_field_kind kind = with->model->fields[field].kind;
	uint32_t known = v->dictionary[field_group(kind)].count;
	int64_t code = add ? values_code(v, with->folder, kind, text, strlen(text))
	                   : values_query_code(v, with->folder, kind, text, strlen(text));

	if (code < 0)
		return FAIL(reterr, ERR_INVALID, "De tekst bij %s is geen UTF-8.",
		            with->model->fields[field].name);
	if (add && v->dictionary[field_group(kind)].count > known)
		values_derive(v, field_group(kind), known);
	if (add && code != 0)
		values_count(v, field_group(kind), (uint32_t)code, kind == FIELD_GIVEN ? 0 : 1, 1);
	*ret = (uint32_t)code;
	return OK;
}

/* "12b": the b goes to the addition unless that has its own text. */
static void encode_house_number(const struct model *m, const struct layout *l, int field,
                                const char *const *texts, uint32_t *row)
{
	size_t used = 0, bytes = strlen(texts[field]);

	place_put(row, l->fields[field], house_number_parse(texts[field], bytes, &used));
	for (int i = 0; i < m->field_count && used < bytes; i++)
		if (m->fields[i].kind == FIELD_HOUSE_ADDITION &&
		    (texts[i] == NULL || texts[i][0] == '\0'))
			place_put(row, l->fields[i],
			          house_addition_parse(texts[field] + used, bytes - used));
}

enum status encode_record(const struct record_encoding *with, const char *const *texts,
                          uint32_t *row, struct error *reterr)
{
	const struct model *m = with->model;
	const struct layout *l = with->layout;

	for (int i = 0; i < m->field_count; i++) {
		enum model_field_kind kind = m->fields[i].kind;
		uint32_t code = 0;
		if (texts[i] == NULL || texts[i][0] == '\0' || l->fields[i].mask == 0)
			continue;
		if (kind == FIELD_HOUSE_NUMBER) {
			encode_house_number(m, l, i, texts, row);
			continue;
		}
		enum status st = OK;
		if (field_has_text(kind))
			st = encode_text(with, i, texts[i], &code, reterr);
		else
			code = encode_packed(with->folder, kind, texts[i], strlen(texts[i]));
		if (st != OK)
			return st;
		place_put(row, l->fields[i], code);
	}
	row_keys(with->plan, with->values, row, row + l->word_count);
	return OK;
}
