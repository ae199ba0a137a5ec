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
	[FIELD_TEXT] = { GROUP_TEXTS, FOLD_TEXT, true },
	[FIELD_EMAIL] = { GROUP_CODES, FOLD_CODE, true },
	[FIELD_CODE] = { GROUP_CODES, FOLD_CODE, true },
	[FIELD_ORGANISATION] = { GROUP_ORGANISATIONS, FOLD_TEXT, true },
};

enum value_group field_group(enum field_kind kind)
{
	return KINDS[kind].group;
}

bool field_has_text(enum field_kind kind)
{
	return KINDS[kind].text;
}

int values_fold(struct name_folder *f, enum field_kind kind, const char *text, size_t bytes,
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

int64_t values_code(struct values *v, struct name_folder *f, enum field_kind kind, const char *text,
                    size_t bytes)
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

/* Adds first and last word to the dictionary; their own entries are derived by the same loop. */
static void derive_words(struct values *v, enum value_group group, struct value *x,
                         const char *text)
{
	struct dictionary *d = &v->dictionary[group];
	const char *space = memchr(text, ' ', x->length);

	if (space == NULL)
		return;
	const char *last = memrchr(text, ' ', x->length);
	int last_length = (int)(text + x->length - last) - 1;
	char words[2 * FOLD_MAX_BYTES + 2]; /* adding to the dictionary may move its text */
	memcpy(words, text, x->first_length);
	memcpy(words + FOLD_MAX_BYTES, last + 1, (size_t)last_length);
	x->first = dictionary_code(d, words, x->first_length);
	x->last = dictionary_code(d, words + FOLD_MAX_BYTES, (size_t)last_length);
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
	x->first_sound = sound_hash(text, x->first_length);
	nicknames_rows(v->nicknames, text, x->first_length, x->nick);
}

/* Each word of a company's name becomes a value of its own, so that its uses can be counted. */
static void add_words(struct values *v, uint32_t code)
{
	struct dictionary *d = &v->dictionary[GROUP_ORGANISATIONS];
	char text[FOLD_MAX_BYTES + 1];
	size_t bytes = dictionary_entry(d, code)->length;

	memcpy(text, dictionary_text(d, code), bytes);
	text[bytes] = '\0';
	for (char *word = text; *word != '\0';) {
		size_t n = strcspn(word, " ");
		if (n < bytes)
			(void)dictionary_code(d, word, n);
		word += n + (word[n] == ' ');
	}
}

static void derive(struct values *v, enum value_group group, uint32_t code)
{
	struct value x;
	const char *text = dictionary_text(&v->dictionary[group], code);

	describe(v, group, text, (int)dictionary_entry(&v->dictionary[group], code)->length, code,
	         &x);
	if (group == GROUP_NAMES)
		derive_words(v, group, &x, text);
	if (group == GROUP_ORGANISATIONS)
		add_words(v, code);
	*((struct value *)v->table[group].data + code) = x;
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

int64_t values_query_code(struct values *v, struct name_folder *f, enum field_kind kind,
                          const char *text, size_t bytes)
{
	char folded[FOLD_MAX_BYTES + 1];
	int skip = 0, length = values_fold(f, kind, text, bytes, folded, &skip);

	assert(v->query != NULL);
	if (length < 0)
		return -1;
	return query_value(v, KINDS[kind].group, folded + skip, length);
}

void values_derive(struct values *v, enum value_group group, uint32_t from_code)
{
	struct bigarray *table = &v->table[group];

	for (uint32_t code = from_code; code < v->dictionary[group].count; code++) {
		size_t bytes = ((size_t)code + 1) * sizeof(struct value);
		if (bytes > table->capacity_bytes)
			(void)bigarray_reserve(table, bytes * 3 / 2);
		table->bytes = bytes;
		derive(v, group, code);
	}
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

/* Share of the records: above 1 in 250, 1,000, 5,000, 30,000; and rarer. */
static uint8_t frequency_class(uint64_t count, uint64_t record_count)
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
		x->frequency[role] = frequency_class(x->count[role], record_count);
}

void values_rank_one(struct values *v, enum value_group group, uint32_t code, uint64_t record_count)
{
	struct value *table = v->table[group].data;

	rank(&table[code], record_count);
	rank(&table[table[code].first], record_count);
	if (group == GROUP_ORGANISATIONS)
		table[code].rare_word = rarest_word(v, code);
}

void values_rank(struct values *v, enum value_group group, uint64_t record_count)
{
	struct value *table = v->table[group].data;

	for (uint32_t code = 1; code < v->dictionary[group].count; code++)
		rank(&table[code], record_count);
	for (uint32_t code = 1; group == GROUP_ORGANISATIONS && code < v->dictionary[group].count;
	     code++)
		table[code].rare_word = rarest_word(v, code);
}
