#include "matching/names.h"

#include <assert.h>
#include <string.h>

#include "matching/hash.h"

struct sound {
	const char *spelled;
	const char *heard;
	int bytes; /* of spelled */
};

/* By their first letter, in the alphabet's order; within a letter longest first where one begins
 * another: the first that fits is taken. */
static const struct sound SOUNDS[] = {
	{ "cz", "C", 2 },  { "ch", "g", 2 },  { "ck", "k", 2 },   { "cq", "k", 2 },
	{ "ce", "s", 2 },  { "ci", "s", 2 },  { "cy", "s", 2 },   { "c", "k", 1 },
	{ "dzj", "j", 3 }, { "dsj", "j", 3 }, { "dt", "t", 2 },   { "dh", "d", 2 },
	{ "dj", "j", 2 },  { "gh", "g", 2 },  { "kh", "g", 2 },   { "ph", "f", 2 },
	{ "q", "k", 1 },   { "rz", "r", 2 },  { "szcz", "S", 4 }, { "sch", "S", 3 },
	{ "sz", "S", 2 },  { "sh", "S", 2 },  { "sj", "S", 2 },   { "tsch", "C", 4 },
	{ "tsj", "C", 3 }, { "tch", "C", 3 }, { "th", "t", 2 },   { "tj", "C", 2 },
	{ "v", "f", 1 },   { "w", "f", 1 },   { "x", "ks", 1 },   { "z", "s", 1 },
};

/* Where a letter's rows begin and how many there are. */
static const struct {
	uint8_t first, count;
} SOUNDS_OF['z' + 1] = {
	['c'] = { 0, 8 },  ['d'] = { 8, 5 },  ['g'] = { 13, 1 }, ['k'] = { 14, 1 },
	['p'] = { 15, 1 }, ['q'] = { 16, 1 }, ['r'] = { 17, 1 }, ['s'] = { 18, 5 },
	['t'] = { 23, 5 }, ['v'] = { 28, 1 }, ['w'] = { 29, 1 }, ['x'] = { 30, 1 },
	['z'] = { 31, 1 },
};

static bool is_vowel(char c)
{
	return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u' || c == 'y';
}

/* Two to four letters: sooner compared than handed to a function. */
static bool spells(const struct sound *sound, const char *s)
{
	for (int i = 1; i < sound->bytes; i++)
		if (s[i] != sound->spelled[i])
			return false;
	return true;
}

static const struct sound *sound_at(const char *s, int left)
{
	unsigned char letter = (unsigned char)*s;
	int first = letter <= 'z' ? SOUNDS_OF[letter].first : 0;
	int count = letter <= 'z' ? SOUNDS_OF[letter].count : 0;

	for (const struct sound *x = SOUNDS + first; x < SOUNDS + first + count; x++)
		if (x->bytes <= left && spells(x, s))
			return x;
	return NULL;
}

static int put_sound(char *to, int length, char c)
{
	if (length == PHONETIC_MAX_BYTES || (length > 0 && to[length - 1] == c))
		return length;
	to[length] = c;
	return length + 1;
}

/* y and j before a vowel are one consonant; a vowel counts only at the start, as one class. */
static char vowel_or_glide(const char *s, int at, int bytes)
{
	bool before_vowel = at + 1 < bytes && is_vowel(s[at + 1]);

	if (s[at] == 'j' || (s[at] == 'y' && before_vowel && at == 0))
		return at > 0 && s[at - 1] == 'i' ? '\0' : 'j';
	if (at > 0)
		return '\0';
	return s[at] == 'i' || s[at] == 'y' || s[at] == 'e' ? 'e' : s[at] == 'a' ? 'a' : 'o';
}

int name_phonetic(const char *folded, int bytes, char ret[PHONETIC_MAX_BYTES + 1])
{
	int length = 0;

	for (int at = 0; at < bytes;) {
		char c = folded[at];
		if (is_vowel(c) || c == 'j') {
			char heard = vowel_or_glide(folded, at, bytes);
			if (heard != '\0')
				length = put_sound(ret, length, heard);
			at++;
			continue;
		}
		const struct sound *s = sound_at(folded + at, bytes - at);
		bool soft_c = s != NULL && is_vowel(s->spelled[1]) && s->spelled[0] == 'c';
		int used = s == NULL || soft_c ? 1 : s->bytes;
		bool ends = at + used == bytes || folded[at + used] == ' ';
		if (s != NULL)
			for (const char *h = s->heard; *h != '\0'; h++)
				length = put_sound(ret, length, *h);
		else if (c == 'd' && ends)
			length = put_sound(ret, length, 't');
		else if (c == 'b' && ends)
			length = put_sound(ret, length, 'p');
		else if (c != 'h' && c != ' ')
			length = put_sound(ret, length, c);
		at += used;
	}
	ret[length] = '\0';
	return length;
}

static const char *const PARTICLES[] = {
	"van", "de",    "der",  "den",  "het", "ter", "ten", "te",   "t",   "op",
	"in",  "aan",   "bij",  "uit",  "von", "du",  "la",  "le",   "les", "di",
	"da",  "dos",   "do",   "del",  "el",  "al",  "d",   "s",    "v",   "vd",
	"vdr", "onder", "over", "voor", "zu",  "vom", "zum", "ould", "ait",
};

static bool is_particle(const char *word, int bytes)
{
	for (size_t i = 0; i < sizeof(PARTICLES) / sizeof(PARTICLES[0]); i++)
		if ((int)strlen(PARTICLES[i]) == bytes &&
		    memcmp(word, PARTICLES[i], (size_t)bytes) == 0)
			return true;
	return false;
}

int name_particle_bytes(const char *folded, int bytes)
{
	int start = 0;

	for (;;) {
		const char *space = memchr(folded + start, ' ', (size_t)(bytes - start));
		if (space == NULL)
			return start;
		int word = (int)(space - folded) - start;
		if (!is_particle(folded + start, word))
			return start;
		start += word + 1;
	}
}

static size_t find_slot(const struct nicknames *n, uint64_t name)
{
	size_t i = (size_t)name & (NICKNAME_SLOTS - 1);

	while (n->names[i] != 0 && n->names[i] != name)
		i = (i + 1) & (NICKNAME_SLOTS - 1);
	return i;
}

static void add_name(struct nicknames *n, const char *name, size_t bytes, uint16_t row)
{
	uint64_t h = hash_bytes(name, bytes) | 1;
	size_t slot = find_slot(n, h);

	n->names[slot] = h;
	for (int i = 0; i < NICKNAME_ROWS_PER_NAME; i++) {
		if (n->rows[slot][i] == row)
			return;
		if (n->rows[slot][i] == 0) {
			n->rows[slot][i] = row;
			return;
		}
	}
}

void nicknames_init(struct nicknames *n)
{
	memset(n, 0, sizeof(*n));
	assert(NICKNAME_ROW_COUNT * 8 < NICKNAME_SLOTS);
	for (size_t row = 0; row < NICKNAME_ROW_COUNT; row++) {
		const char *s = NICKNAME_ROWS[row];
		while (*s != '\0') {
			size_t bytes = strcspn(s, " ");
			add_name(n, s, bytes, (uint16_t)(row + 1));
			s += bytes + (s[bytes] == ' ');
		}
	}
}

void nicknames_rows(const struct nicknames *n, const char *folded, int bytes,
                    uint16_t ret[NICKNAME_ROWS_PER_NAME])
{
	uint64_t h = hash_bytes(folded, (size_t)bytes) | 1;
	size_t slot = find_slot(n, h);

	for (int i = 0; i < NICKNAME_ROWS_PER_NAME; i++)
		ret[i] = n->names[slot] == h ? n->rows[slot][i] : 0;
}
