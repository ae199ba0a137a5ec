#include "matching/compare.h"

#include <string.h>

#include "matching/block.h"
#include "matching/dates.h"
#include "matching/distance.h"
#include "matching/identifiers.h"

enum { RARE_CLASS = 2 /* a word in at most one of a thousand names */ };

/* What one comparison needs of one pair. */
struct sides {
	const struct values *values;
	const struct place *at; /* operands */
	const uint32_t *a, *b;
};

static inline uint32_t left(const struct sides *s, int operand)
{
	return place_get(s->a, s->at[operand]);
}

static inline uint32_t right(const struct sides *s, int operand)
{
	return place_get(s->b, s->at[operand]);
}

enum { FAR = 99 };

/* Without the machine's own instruction, which not every machine has, a call would be made. */
static inline int bits_in(uint32_t x)
{
	x -= x >> 1 & 0x55555555u;
	x = (x & 0x33333333u) + (x >> 2 & 0x33333333u);
	return (int)(((x + (x >> 4)) & 0x0f0f0f0fu) * 0x01010101u >> 24);
}

/* Whether two texts can't be within `most` slips: each slip changes the length by at most one and
 * the set of letters by at most two. */
static bool surely_far(const struct value *x, int x_length, const struct value *y, int y_length,
                       int most)
{
	int difference = x_length > y_length ? x_length - y_length : y_length - x_length;

	return difference > most || bits_in(x->letters ^ y->letters) > 2 * most;
}

/* The distance of the first bytes of two values' texts. */
static int distance_of(const struct values *v, enum value_group group, uint32_t x, int x_length,
                       uint32_t y, int y_length)
{
	if (x_length <= DISTANCE_NEAR_BYTES)
		return distance_osa_16(value_at(v, group, x)->head, x_length,
		                       value_text(v, group, y), y_length);
	if (y_length <= DISTANCE_NEAR_BYTES)
		return distance_osa_16(value_at(v, group, y)->head, y_length,
		                       value_text(v, group, x), x_length);
	return distance_osa(value_text(v, group, x), x_length, value_text(v, group, y), y_length);
}

static int first_words_distance(const struct values *v, uint32_t x, uint32_t y)
{
	return distance_of(v, GROUP_NAMES, x, value_at(v, GROUP_NAMES, x)->first_length, y,
	                   value_at(v, GROUP_NAMES, y)->first_length);
}

static bool share_nickname(const struct value *x, const struct value *y)
{
	for (int i = 0; i < NICKNAME_ROWS_PER_NAME && x->nick[i] != 0; i++)
		for (int k = 0; k < NICKNAME_ROWS_PER_NAME && y->nick[k] != 0; k++)
			if (x->nick[i] == y->nick[k])
				return true;
	return false;
}

/* One first word is the start of the other, and of three letters or more. */
static bool is_prefix_of_other(const struct value *x, const struct value *y)
{
	size_t shorter = x->first_length < y->first_length ? x->first_length : y->first_length;

	return shorter >= 3 && shorter <= VALUE_HEAD_BYTES &&
	       memcmp(x->head, y->head, shorter) == 0;
}

/* Or its end, of four letters or more: Hendrika, Drika. */
static bool is_ending_of_other(const struct value *x, const struct value *y)
{
	const struct value *longer = x->first_length > y->first_length ? x : y;
	const struct value *other = longer == x ? y : x;

	return other->first_length >= 4 && longer->first_length <= VALUE_HEAD_BYTES &&
	       memcmp(longer->head + longer->first_length - other->first_length, other->head,
	              other->first_length) == 0;
}

/* Whether one of two texts is a name that more than one in a thousand have, in that role. */
static bool one_is_common(const struct values *v, const struct value *x, const struct value *y,
                          int role)
{
	if (role == 0) {
		x = value_at(v, GROUP_NAMES, x->first);
		y = value_at(v, GROUP_NAMES, y->first);
	}
	return x->frequency[role] < RARE_CLASS || y->frequency[role] < RARE_CLASS;
}

static int given_slip(const struct values *v, const struct value *x, const struct value *y)
{
	return one_is_common(v, x, y, 0) ? GIVEN_ONE_SLIP_COMMON : GIVEN_ONE_SLIP;
}

static int family_slip(const struct values *v, const struct value *x, const struct value *y)
{
	return one_is_common(v, x, y, 1) ? FAMILY_ONE_SLIP_COMMON : FAMILY_ONE_SLIP;
}

/* Two given names of more than one letter whose first words differ. */
static int compare_different_given(const struct values *v, uint32_t cx, uint32_t cy)
{
	const struct value *x = value_at(v, GROUP_NAMES, cx), *y = value_at(v, GROUP_NAMES, cy);
	int distance = FAR;
	int shorter = x->first_length < y->first_length ? x->first_length : y->first_length;

	if (x->first_sound == y->first_sound && x->first_sound != 0)
		return given_slip(v, x, y);
	/* letters are of the whole text: no filter where other words stand behind the first */
	if ((x->first != cx || y->first != cy) || !surely_far(x, x->length, y, y->length, 2))
		distance = first_words_distance(v, cx, cy);
	if (distance == 1 && shorter >= 3)
		return given_slip(v, x, y);
	if (share_nickname(x, y))
		return GIVEN_NICKNAME;
	if ((distance == 2 && shorter >= 5) || is_prefix_of_other(x, y) || is_ending_of_other(x, y))
		return GIVEN_PART;
	return x->head[0] == y->head[0] ? GIVEN_SAME_INITIAL : GIVEN_DIFFERENT;
}

/* The first letter of the initials, or of the given name where there are none. */
static char initial_of(uint32_t initials, const struct value *given)
{
	if (initials != 0)
		return (char)('a' + (initials & 31) - 1);
	return given == NULL ? '\0' : given->head[0];
}

static int compare_initials(const struct value *x, const struct value *y, uint32_t ix, uint32_t iy)
{
	char a = x != NULL && x->first_length == 1 ? x->head[0] : initial_of(ix, x);
	char b = y != NULL && y->first_length == 1 ? y->head[0] : initial_of(iy, y);

	if (a == '\0' || b == '\0')
		return GIVEN_MISSING;
	if (a == b || (x != NULL && x->head[0] == b) || (y != NULL && y->head[0] == a))
		return GIVEN_INITIAL_FITS;
	return GIVEN_DIFFERENT;
}

/* Whether one name could be the other, written in the wrong box. */
static bool could_be(const struct values *v, uint32_t x, uint32_t y)
{
	const struct value *a = value_at(v, GROUP_NAMES, x), *b = value_at(v, GROUP_NAMES, y);

	if (x == y || a->first == b->last || a->last == b->first ||
	    (a->first_sound == b->first_sound && a->first_sound != 0))
		return true;
	if (a->first_length == 1 || b->first_length == 1)
		return a->head[0] == b->head[0];
	int shorter = a->first_length < b->first_length ? a->first_length : b->first_length;
	return first_words_distance(v, x, y) <= (shorter >= 6 ? 2 : 1) || is_prefix_of_other(a, b);
}

/* Given of one is family of the other, both ways, and at least one way to the letter or ear. */
static bool swapped(const struct values *v, uint32_t gx, uint32_t fx, uint32_t gy, uint32_t fy)
{
	if (gx == 0 || fx == 0 || gy == 0 || fy == 0 || gx == gy)
		return false;
	uint32_t gx_first = value_at(v, GROUP_NAMES, gx)->first;
	uint32_t gy_first = value_at(v, GROUP_NAMES, gy)->first;
	bool exact =
	    gx_first == fy || gy_first == fx ||
	    value_at(v, GROUP_NAMES, gx)->first_sound == value_at(v, GROUP_NAMES, fy)->sound ||
	    value_at(v, GROUP_NAMES, gy)->first_sound == value_at(v, GROUP_NAMES, fx)->sound;
	return exact && could_be(v, gx, fy) && could_be(v, gy, fx);
}

/* Names that differ: what the initials say about them. */
static int beside_initials(int level, uint32_t ix, uint32_t iy)
{
	if (ix == 0 || iy == 0)
		return level;
	if (ix == iy && ix > 31)
		return GIVEN_SAME_INITIALS;
	return (ix & 31) == (iy & 31) ? GIVEN_SAME_INITIAL : level;
}

static int compare_given(const struct sides *s)
{
	const struct values *v = s->values;
	uint32_t gx = left(s, 0), gy = right(s, 0);
	const struct value *x = gx == 0 ? NULL : value_at(v, GROUP_NAMES, gx);
	const struct value *y = gy == 0 ? NULL : value_at(v, GROUP_NAMES, gy);

	if (x == NULL || y == NULL || x->first_length == 1 || y->first_length == 1) {
		if (swapped(v, gx, left(s, 2), gy, right(s, 2)))
			return GIVEN_SWAPPED;
		return compare_initials(x, y, left(s, 1), right(s, 1));
	}
	if (x->first == y->first)
		return GIVEN_SAME + value_at(v, GROUP_NAMES, x->first)->frequency[0];
	int level = compare_different_given(v, gx, gy);
	if (level > GIVEN_SAME_INITIAL)
		return level;
	if (swapped(v, gx, left(s, 2), gy, right(s, 2)))
		return GIVEN_SWAPPED;
	return beside_initials(level, left(s, 1), right(s, 1));
}

static bool share_part(const struct value *x, const struct value *y)
{
	if (x->first == x->last && y->first == y->last)
		return false;
	return x->first == y->first || x->first == y->last || x->last == y->first ||
	       x->last == y->last;
}

static int compare_different_family(const struct values *v, uint32_t cx, uint32_t cy)
{
	const struct value *x = value_at(v, GROUP_NAMES, cx), *y = value_at(v, GROUP_NAMES, cy);
	int shorter = x->length < y->length ? x->length : y->length;
	int distance = FAR;

	if (!surely_far(x, x->length, y, y->length, 3))
		distance = distance_of(v, GROUP_NAMES, cx, x->length, cy, y->length);

	if (distance == 1 && shorter >= 3)
		return family_slip(v, x, y);
	if (x->sound == y->sound && x->sound != 0 && shorter >= 3)
		return family_slip(v, x, y);
	if (distance == 2 && shorter >= 5)
		return FAMILY_TWO_SLIPS;
	if (share_part(x, y))
		return FAMILY_PART;
	if (distance <= 2 || (distance == 3 && shorter >= 8))
		return FAMILY_SIMILAR;
	return FAMILY_DIFFERENT;
}

/* The family names behind two swapped names are as rare as the likelier way round has them. */
static int swapped_family(const struct values *v, uint32_t gx, uint32_t fx, uint32_t gy,
                          uint32_t fy)
{
	const struct value *one = value_at(v, GROUP_NAMES, fx),
			   *other = value_at(v, GROUP_NAMES, fy);

	if (gx != fy && gy != fx)
		return family_slip(v, one, other);
	return FAMILY_SAME +
	       (one->count[1] > other->count[1] ? one->frequency[1] : other->frequency[1]);
}

static int compare_family(const struct sides *s)
{
	const struct values *v = s->values;
	uint32_t fx = left(s, 0), fy = right(s, 0);

	if (fx == 0 || fy == 0)
		return FAMILY_MISSING;
	if (fx == fy)
		return FAMILY_SAME + value_at(v, GROUP_NAMES, fx)->frequency[1];
	int level = compare_different_family(v, fx, fy);
	if (level <= FAMILY_SIMILAR && swapped(v, left(s, 1), fx, right(s, 1), fy))
		return swapped_family(v, left(s, 1), fx, right(s, 1), fy);
	return level;
}

/* Streets: equal, or one slip, or the same sound. */
static bool same_street(const struct values *v, uint32_t x, uint32_t y)
{
	if (x == 0 || y == 0)
		return false;
	if (x == y)
		return true;
	const struct value *a = value_at(v, GROUP_TEXTS, x), *b = value_at(v, GROUP_TEXTS, y);
	if (a->sound == b->sound && a->sound != 0)
		return true;
	return !surely_far(a, a->length, b, b->length, 1) &&
	       distance_of(v, GROUP_TEXTS, x, a->length, y, b->length) <= 1;
}

static bool number_near(uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return false;
	return digits_one_slip(a, b) || a / 10 == b || b / 10 == a;
}

/* The same postcode: what is left is the door. */
static int compare_within_postcode(uint32_t ha, uint32_t hb, uint32_t aa, uint32_t ab)
{
	if (ha == hb && ha != 0)
		return aa == ab || aa == 0 || ab == 0 ? ADDRESS_SAME : ADDRESS_OTHER_DOOR;
	return number_near(ha, hb) ? ADDRESS_NEAR : ADDRESS_SAME_STREET;
}

static int compare_other_postcode(const struct sides *s, uint32_t pa, uint32_t pb, bool same_number)
{
	uint32_t la = left(s, 4), lb = right(s, 4);
	bool same_place = la == lb && la != 0;
	bool one_missing = pa == 0 || pb == 0;

	if (one_missing && left(s, 3) == 0 && la == 0)
		return ADDRESS_MISSING;
	if (one_missing && right(s, 3) == 0 && lb == 0)
		return ADDRESS_MISSING;
	bool street = same_street(s->values, left(s, 3), right(s, 3));
	if (street && same_number && one_missing)
		return same_place || la == 0 || lb == 0 ? ADDRESS_SAME : ADDRESS_NEAR;
	if (same_number && (postcode_one_slip(pa, pb) || (street && same_place)))
		return ADDRESS_NEAR;
	if (street && same_place)
		return ADDRESS_SAME_STREET;
	if (same_place || (!one_missing && postcode_digits(pa) == postcode_digits(pb)))
		return ADDRESS_SAME_AREA;
	return ADDRESS_DIFFERENT;
}

static int compare_address(const struct sides *s)
{
	uint32_t pa = left(s, 0), pb = right(s, 0);
	uint32_t ha = left(s, 1), hb = right(s, 1);

	if (pa != 0 && pa == pb)
		return compare_within_postcode(ha, hb, left(s, 2), right(s, 2));
	return compare_other_postcode(s, pa, pb, ha == hb && ha != 0);
}

static int compare_number(const struct sides *s)
{
	uint32_t a = left(s, 0), b = right(s, 0);

	if (a == 0 || b == 0)
		return NUMBER_MISSING;
	if (a == b)
		return NUMBER_SAME;
	return digits_one_slip(a, b) ? NUMBER_ONE_SLIP : NUMBER_DIFFERENT;
}

static int compare_texts(const struct sides *s, enum value_group group)
{
	uint32_t a = left(s, 0), b = right(s, 0);

	if (a == 0 || b == 0)
		return TEXT_MISSING;
	if (a == b)
		return TEXT_SAME;
	const struct value *x = value_at(s->values, group, a), *y = value_at(s->values, group, b);
	int distance = distance_of(s->values, group, a, x->length, b, y->length);
	int shorter = x->length < y->length ? x->length : y->length;
	if (distance == 1 && shorter >= 4)
		return TEXT_ONE_SLIP;
	return distance * 5 <= shorter ? TEXT_SIMILAR : TEXT_DIFFERENT;
}

static int compare_code(const struct sides *s)
{
	return compare_texts(s, GROUP_CODES);
}

static int compare_text(const struct sides *s)
{
	return compare_texts(s, GROUP_TEXTS);
}

/* Whether the other name has the word, as a word. */
static bool has_word(const char *text, size_t bytes, const char *word, size_t word_length)
{
	for (const char *at = text; at + word_length <= text + bytes; at++) {
		at = memmem(at, (size_t)(text + bytes - at), word, word_length);
		if (at == NULL)
			return false;
		bool starts = at == text || at[-1] == ' ';
		bool ends = at + word_length == text + bytes || at[word_length] == ' ';
		if (starts && ends)
			return true;
	}
	return false;
}

struct words {
	int count, shared;
	bool rare; /* one of the shared ones */
};

static struct words shared_words(const struct values *v, uint32_t a, uint32_t b)
{
	const struct value *x = value_at(v, GROUP_ORGANISATIONS, a);
	const struct value *y = value_at(v, GROUP_ORGANISATIONS, b);
	const char *text = value_text(v, GROUP_ORGANISATIONS, a), *end = text + x->length;
	const char *other = value_text(v, GROUP_ORGANISATIONS, b);
	struct words w = { 0 };

	while (text < end) {
		const char *space = memchr(text, ' ', (size_t)(end - text));
		size_t n = (size_t)((space == NULL ? end : space) - text);
		w.count++;
		if (has_word(other, y->length, text, n)) {
			uint32_t code =
			    dictionary_find(&v->dictionary[GROUP_ORGANISATIONS], text, n);
			w.shared++;
			w.rare |=
			    code == 0 ||
			    value_at(v, GROUP_ORGANISATIONS, code)->frequency[0] >= RARE_CLASS;
		}
		text += n + 1;
	}
	return w;
}

static int compare_organisation(const struct sides *s)
{
	uint32_t a = left(s, 0), b = right(s, 0);

	if (a == 0 || b == 0)
		return ORGANISATION_MISSING;
	if (a == b)
		return ORGANISATION_SAME;
	int level = compare_texts(s, GROUP_ORGANISATIONS);
	const struct value *x = value_at(s->values, GROUP_ORGANISATIONS, a);
	const struct value *y = value_at(s->values, GROUP_ORGANISATIONS, b);
	if (level == TEXT_ONE_SLIP || (x->sound == y->sound && x->sound != 0))
		return ORGANISATION_ONE_SLIP;
	struct words w = shared_words(s->values, a, b), other = shared_words(s->values, b, a);
	int fewest = w.count < other.count ? w.count : other.count;
	bool rare = w.rare || other.rare;
	if (w.shared > 0 && rare && (w.shared == fewest || w.shared * 3 >= fewest * 2))
		return ORGANISATION_MOST_WORDS;
	if (level == TEXT_SIMILAR || (w.shared > 0 && rare))
		return ORGANISATION_RARE_WORD;
	return w.shared > 0 ? ORGANISATION_COMMON_WORD : ORGANISATION_DIFFERENT;
}

static int compare_date(const struct sides *s)
{
	return (int)date_compare(left(s, 0), right(s, 0));
}

/* A switch, so that each comparison stands in the loop itself. */
static inline int level_of(enum comparison_kind kind, const struct sides *s)
{
	switch (kind) {
	case COMPARE_GIVEN:
		return compare_given(s);
	case COMPARE_FAMILY:
		return compare_family(s);
	case COMPARE_DATE:
		return compare_date(s);
	case COMPARE_ADDRESS:
		return compare_address(s);
	case COMPARE_NUMBER:
		return compare_number(s);
	case COMPARE_CODE:
		return compare_code(s);
	case COMPARE_ORGANISATION:
		return compare_organisation(s);
	case COMPARE_TEXT:
		return compare_text(s);
	case COMPARISON_KINDS:
		break;
	}
	return 0;
}

static bool is_listed(const struct comparer *c, struct place at)
{
	for (int i = 0; i < c->text_count; i++)
		if (c->texts[i].word == at.word)
			return true;
	return false;
}

/* A place of the comparison that the data has; its values are fetched beforehand. */
static void list_operand(struct comparer *c, enum model_field_kind kind, struct place at)
{
	if (!field_has_text(kind) || is_listed(c, at))
		return;
	c->texts[c->text_count] = at;
	c->groups[c->text_count++] = field_group(kind);
}

void comparer_init(struct comparer *c, const struct model *m, const struct layout *l,
                   const struct values *v)
{
	*c = (struct comparer){ .model = m, .values = v };
	for (int i = 0; i < m->comparison_count; i++) {
		bool any = false;
		for (int k = 0; k < m->comparisons[i].operand_count; k++) {
			int field = m->comparisons[i].operands[k];
			if (field < 0 || l->fields[field].mask == 0)
				continue;
			c->operands[i][k] = l->fields[field];
			list_operand(c, m->fields[field].kind, l->fields[field]);
			any = true;
		}
		if (any)
			c->present[c->present_count++] = (uint8_t)i;
	}
}

uint32_t compare_rows(const struct comparer *c, const uint32_t *a, const uint32_t *b)
{
	uint32_t pattern = 0;

	for (int i = 0; i < c->present_count; i++) {
		int k = c->present[i];
		struct sides s = { c->values, c->operands[k], a, b };
		int level = level_of(c->model->comparisons[k].kind, &s);
		pattern |= (uint32_t)level << (4 * k);
	}
	return pattern;
}

enum { TOGETHER = 64 };

/* Of two equal texts nothing is read, unless it's a name, whose frequency counts. */
static void expect_pair(const struct comparer *c, const uint32_t *a, const uint32_t *b)
{
	for (int i = 0; i < c->text_count; i++) {
		const struct value *table = c->values->table[c->groups[i]].data;
		uint32_t x = a[c->texts[i].word], y = b[c->texts[i].word];
		bool read = x != y || c->groups[i] == GROUP_NAMES;
		__builtin_prefetch(table + (read ? x : 0));
		__builtin_prefetch(table + (read ? y : 0));
	}
}

/* Pairs that are compared together: one comparison of all, then the next, so that what the machine has
 * learnt of one serves for many. */
struct together {
	const uint32_t *left[TOGETHER], *right[TOGETHER];
	uint32_t patterns[TOGETHER];
	size_t count;
};

static inline void compare_all(const struct comparer *c, struct together *t, int k,
                               int (*level)(const struct sides *s))
{
	for (size_t i = 0; i < t->count; i++) {
		const struct sides s = { c->values, c->operands[k], t->left[i], t->right[i] };
		t->patterns[i] |= (uint32_t)level(&s) << (4 * k);
	}
}

static void compare_kind(const struct comparer *c, struct together *t, int k)
{
	switch (c->model->comparisons[k].kind) {
	case COMPARE_GIVEN:
		compare_all(c, t, k, compare_given);
		break;
	case COMPARE_FAMILY:
		compare_all(c, t, k, compare_family);
		break;
	case COMPARE_DATE:
		compare_all(c, t, k, compare_date);
		break;
	case COMPARE_ADDRESS:
		compare_all(c, t, k, compare_address);
		break;
	case COMPARE_NUMBER:
		compare_all(c, t, k, compare_number);
		break;
	case COMPARE_CODE:
		compare_all(c, t, k, compare_code);
		break;
	case COMPARE_ORGANISATION:
		compare_all(c, t, k, compare_organisation);
		break;
	case COMPARE_TEXT:
		compare_all(c, t, k, compare_text);
		break;
	case COMPARISON_KINDS:
		break;
	}
}

void compare_pairs(const struct comparer *c, const struct records *r, struct pair *pairs,
                   size_t count)
{
	struct together t;

	for (size_t begin = 0; begin < count; begin += t.count) {
		t.count = count - begin < TOGETHER ? count - begin : TOGETHER;
		for (size_t i = 0; i < t.count; i++) {
			t.left[i] = record_row(r, pairs[begin + i].left);
			t.right[i] = record_row(r, pairs[begin + i].right);
			t.patterns[i] = 0;
			expect_pair(c, t.left[i], t.right[i]);
		}
		for (int i = 0; i < c->present_count; i++)
			compare_kind(c, &t, c->present[i]);
		for (size_t i = 0; i < t.count; i++)
			pairs[begin + i].pattern = t.patterns[i];
	}
}
