#include "matching/values.h"

#include <assert.h>
#include <string.h>

#include "matching/hash.h"
#include "matching/organisations.h"

void values_init(struct values *v)
{
	struct value empty = { .length = 0 };

	memset(v, 0, sizeof(*v));
	for (int g = 0; g < VALUE_GROUPS; g++) {
		dictionary_init(&v->dictionary[g]);
		(void)bigarray_push(&v->table[g], &empty, sizeof(empty));
	}
	v->nicknames = block_alloc(1, sizeof(*v->nicknames));
	nicknames_init(v->nicknames);
}

void values_free(struct values *v)
{
	for (int g = 0; g < VALUE_GROUPS; g++) {
		dictionary_free(&v->dictionary[g]);
		bigarray_free(&v->table[g]);
	}
	block_free(v->nicknames);
	memset(v, 0, sizeof(*v));
}

static const struct {
	enum value_group group;
	enum fold_style style;
	bool text;
} KINDS[FIELD_KINDS] = {
	[FIELD_GIVEN] = { GROUP_NAMES, FOLD_NAME, true },
	[FIELD_FAMILY] = { GROUP_NAMES, FOLD_NAME, true },
	[FIELD_STREET] = { GROUP_TEXTS, FOLD_TEXT, true },
	[FIELD_WORDS] = { GROUP_TEXTS, FOLD_TEXT, true },
	[FIELD_EMAIL] = { GROUP_CODES, FOLD_CODE, true },
	[FIELD_SIGNS] = { GROUP_CODES, FOLD_CODE, true },
	[FIELD_ORGANISATION] = { GROUP_ORGANISATIONS, FOLD_TEXT, true },
};

enum value_group field_group(enum model_field_kind kind)
{
	return KINDS[kind].group;
}

bool field_has_text(enum model_field_kind kind)
{
	return KINDS[kind].text;
}

int values_fold(struct name_folder *f, enum model_field_kind kind, const char *text, size_t bytes,
                char folded[FOLD_MAX_BYTES + 1], int *ret_skip)
{
	int length = fold(f, KINDS[kind].style, text, bytes, folded);

	assert(KINDS[kind].text);
	*ret_skip = 0;
	if (length > 0 && kind == FIELD_FAMILY)
		*ret_skip = name_particle_bytes(folded, length);
	if (length > 0 && kind == FIELD_ORGANISATION)
		length = organisation_strip(folded, length);
	return length - *ret_skip;
}

int64_t values_code(struct values *v, struct name_folder *f, enum model_field_kind kind,
                    const char *text, size_t bytes)
{
	char folded[FOLD_MAX_BYTES + 1];
	int skip = 0, length = values_fold(f, kind, text, bytes, folded, &skip);

	if (length < 0)
		return -1;
	return dictionary_code(&v->dictionary[KINDS[kind].group], folded + skip, (size_t)length);
}

static size_t word_bytes(const char *text, const char *end)
{
	const char *space = memchr(text, ' ', (size_t)(end - text));

	return (size_t)((space == NULL ? end : space) - text);
}

static uint32_t sound_hash(const char *text, int bytes)
{
	char sound[PHONETIC_MAX_BYTES + 1];
	int length = name_phonetic(text, bytes, sound);

	return length == 0 ? 0 : hash_fold_nonzero(hash_bytes(sound, (size_t)length));
}

/* Codes of the first and the last word, which stand in the dictionary (values_add_words). */
static void find_words(const struct values *v, enum value_group group, struct value *x,
                       const char *text)
{
	const struct dictionary *d = &v->dictionary[group];
	const char *last = x->length == 0 ? NULL : memrchr(text, ' ', x->length);

	if (last == NULL)
		return;
	x->first = dictionary_find(d, text, x->first_length);
	x->last = dictionary_find(d, last + 1, (size_t)(text + x->length - last) - 1);
}

/* What the text alone tells. */
static void describe(const struct values *v, enum value_group group, const char *text, int length,
                     uint32_t code, struct value *x)
{
	const char *space = memchr(text, ' ', (size_t)length);

	*x = (struct value){ .length = (uint8_t)length, .first = code, .last = code };
	memcpy(x->head, text, (size_t)(length < VALUE_HEAD_BYTES ? length : VALUE_HEAD_BYTES));
	for (int i = 0; i < length; i++)
		x->letters |= 1u << (text[i] & 31);
	if (group != GROUP_CODES)
		x->sound = sound_hash(text, length);
	x->first_length = (uint8_t)(space == NULL || group != GROUP_NAMES ? length : space - text);
	if (group != GROUP_NAMES)
		return;
	x->first_sound = x->first_length == length ? x->sound : sound_hash(text, x->first_length);
	nicknames_rows(v->nicknames, text, x->first_length, x->nick);
}

/* Each word of a company's name becomes a value of its own, so that its uses can be counted; of a
 * person's name the first and the last do. The text is copied: adding may move it. */
static void add_words(struct dictionary *d, enum value_group group, const char *from, size_t bytes)
{
	char text[FOLD_MAX_BYTES + 1];

	memcpy(text, from, bytes);
	text[bytes] = '\0';
	const char *last = strrchr(text, ' ') + 1;
	for (const char *word = text; *word != '\0';) {
		size_t n = strcspn(word, " ");
		if (group == GROUP_ORGANISATIONS || word == text || word == last)
			(void)dictionary_code(d, word, n);
		word += n + (word[n] == ' ');
	}
}

void values_add_words(struct values *v, enum value_group group, uint32_t from_code)
{
	struct dictionary *d = &v->dictionary[group];

	if (group != GROUP_NAMES && group != GROUP_ORGANISATIONS)
		return;
	for (uint32_t code = from_code; code < d->count; code++) {
		size_t bytes = dictionary_entry(d, code)->length;
		const char *text = dictionary_text(d, code);
		if (memchr(text, ' ', bytes) != NULL)
			add_words(d, group, text, bytes);
	}
}

void values_reserve(struct values *v, enum value_group group)
{
	struct bigarray *table = &v->table[group];
	size_t bytes = (size_t)v->dictionary[group].count * sizeof(struct value);

	if (bytes > table->capacity_bytes)
		(void)bigarray_reserve(table, bytes * 3 / 2);
	table->bytes = bytes;
}

void values_describe(struct values *v, enum value_group group, uint32_t from_code, uint32_t to_code)
{
	const struct dictionary *d = &v->dictionary[group];
	struct value *table = v->table[group].data;

	for (uint32_t code = from_code; code < to_code; code++) {
		const char *text = dictionary_text(d, code);
		describe(v, group, text, (int)dictionary_entry(d, code)->length, code,
		         &table[code]);
		if (group == GROUP_NAMES)
			find_words(v, group, &table[code], text);
	}
}

void values_derive(struct values *v, enum value_group group, uint32_t from_code)
{
	values_add_words(v, group, from_code);
	values_reserve(v, group);
	values_describe(v, group, from_code, v->dictionary[group].count);
}

static uint32_t query_value(struct values *v, enum value_group group, const char *text, int length)
{
	struct query_values *q = v->query;
	uint32_t code = dictionary_find(&v->dictionary[group], text, (size_t)length);

	for (int i = 0; i < q->count && code == 0; i++)
		if (q->group[i] == group && q->table[i].length == length &&
		    memcmp(q->text[i], text, (size_t)length) == 0)
			code = VALUE_QUERY_BASE + (uint32_t)i;
	if (length == 0 || code != 0 || q->count == QUERY_VALUES_MAX)
		return code;
	code = VALUE_QUERY_BASE + (uint32_t)q->count;
	struct value *x = &q->table[q->count];
	q->group[q->count] = group;
	memcpy(q->text[q->count], text, (size_t)length);
	q->text[q->count++][length] = '\0';
	describe(v, group, text, length, code, x);
	for (int role = 0; role < FREQUENCY_ROLES; role++)
		x->frequency[role] = FREQUENCY_CLASSES - 1;
	const char *last = memrchr(text, ' ', (size_t)length);
	if (group == GROUP_NAMES && last != NULL) {
		x->first = query_value(v, group, text, x->first_length);
		x->last = query_value(v, group, last + 1, (int)(text + length - last) - 1);
	}
	return code;
}

int64_t values_query_code(struct values *v, struct name_folder *f, enum model_field_kind kind,
                          const char *text, size_t bytes)
{
	char folded[FOLD_MAX_BYTES + 1];
	int skip = 0, length = values_fold(f, kind, text, bytes, folded, &skip);

	assert(v->query != NULL);
	if (length < 0)
		return -1;
	return query_value(v, KINDS[kind].group, folded + skip, length);
}

static void count_words(struct values *v, uint32_t code, uint32_t uses)
{
	const char *text = value_text(v, GROUP_ORGANISATIONS, code);
	struct value *table = v->table[GROUP_ORGANISATIONS].data;

	for (const char *end = text + table[code].length; text < end;) {
		size_t n = word_bytes(text, end);
		uint32_t word = dictionary_find(&v->dictionary[GROUP_ORGANISATIONS], text, n);
		table[word].count[0] += uses;
		text += n + 1;
	}
}

/* The word that fewest names have; of equals the longest. */
static uint32_t rarest_word(const struct values *v, uint32_t code)
{
	const char *text = value_text(v, GROUP_ORGANISATIONS, code);
	const char *end = text + value_at(v, GROUP_ORGANISATIONS, code)->length;
	uint32_t best = 0;

	for (size_t n = 0; text < end; text += n + 1) {
		n = word_bytes(text, end);
		uint32_t word = dictionary_find(&v->dictionary[GROUP_ORGANISATIONS], text, n);
		const struct value *x = value_at(v, GROUP_ORGANISATIONS, word);
		const struct value *held = value_at(v, GROUP_ORGANISATIONS, best);
		if (word != 0 && (best == 0 || x->count[0] < held->count[0] ||
		                  (x->count[0] == held->count[0] && x->length > held->length)))
			best = word;
	}
	return best;
}

void values_count(struct values *v, enum value_group group, uint32_t code, int role, uint32_t uses)
{
	struct value *table = v->table[group].data;

	if (role == 0)
		code = table[code].first;
	table[code].count[role] += uses;
	if (group == GROUP_ORGANISATIONS)
		count_words(v, code, uses);
}

uint8_t values_frequency_class(uint64_t count, uint64_t record_count)
{
	static const uint32_t ONE_IN[FREQUENCY_CLASSES - 1] = { 250, 1000, 5000, 30000 };
	uint8_t k = 0;

	while (k < FREQUENCY_CLASSES - 1 && count * ONE_IN[k] < record_count)
		k++;
	return k;
}

static void rank(struct value *x, uint64_t record_count)
{
	for (int role = 0; role < FREQUENCY_ROLES; role++)
		x->frequency[role] = values_frequency_class(x->count[role], record_count);
}

void values_rank_one(struct values *v, enum value_group group, uint32_t code, uint64_t record_count)
{
	struct value *table = v->table[group].data;

	rank(&table[code], record_count);
	rank(&table[table[code].first], record_count);
	if (group == GROUP_ORGANISATIONS)
		table[code].rare_word = rarest_word(v, code);
}

void values_rank_range(struct values *v, enum value_group group, uint64_t record_count,
                       uint32_t from_code, uint32_t to_code)
{
	struct value *table = v->table[group].data;

	for (uint32_t code = from_code; code < to_code; code++) {
		rank(&table[code], record_count);
		if (group == GROUP_ORGANISATIONS)
			table[code].rare_word = rarest_word(v, code);
	}
}

void values_rank(struct values *v, enum value_group group, uint64_t record_count)
{
	values_rank_range(v, group, record_count, 1, v->dictionary[group].count);
}
