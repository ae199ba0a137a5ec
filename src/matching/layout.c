#include "matching/layout.h"

#include <assert.h>
#include <string.h>

/* Bits per kind; a dictionary code takes a whole word. */
static const uint8_t BITS[] = {
	[FIELD_GIVEN] = 32,        [FIELD_FAMILY] = 32,        [FIELD_INITIALS] = 25,
	[FIELD_PREFIX] = 0,        [FIELD_DATE] = 23,          [FIELD_POSTCODE] = 23,
	[FIELD_HOUSE_NUMBER] = 17, [FIELD_HOUSE_ADDITION] = 8, [FIELD_STREET] = 32,
	[FIELD_PLACE] = 8,         [FIELD_PHONE] = 32,         [FIELD_EMAIL] = 32,
	[FIELD_BSN] = 30,          [FIELD_DIGITS] = 30,        [FIELD_SIGNS] = 32,
	[FIELD_ORGANISATION] = 32, [FIELD_WORDS] = 32,
};
_Static_assert(sizeof(BITS) == FIELD_KINDS, "every kind has a width");

static uint32_t mask_of(int bits)
{
	return bits == 32 ? UINT32_MAX : (1u << bits) - 1;
}

static void put_first_fit(struct layout *l, int used[MODEL_FIELD_MAX], int field, int bits)
{
	int word = 0;

	while (word < l->word_count && used[word] + bits > 32)
		word++;
	if (word == l->word_count)
		used[l->word_count++] = 0;
	l->fields[field] = (struct place){ (uint8_t)word, (uint8_t)used[word], mask_of(bits) };
	used[word] += bits;
}

void layout_init(struct layout *l, const struct model *m, const bool *present)
{
	int used[MODEL_FIELD_MAX] = { 0 };

	memset(l, 0, sizeof(*l));
	for (int bits = 32; bits > 0; bits--)
		for (int i = 0; i < m->field_count; i++)
			if (present[i] && BITS[m->fields[i].kind] == bits)
				put_first_fit(l, used, i, bits);
	l->key_count = m->rule_count;
	l->stride = (l->word_count + l->key_count + 15) / 16 * 16;
	assert(l->stride >= 16);
}
