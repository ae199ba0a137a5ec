#include "law/topics.h"

#include <assert.h>
#include <string.h>

/* Latin-1 letters U+00C0..U+00FF and Latin Extended-A U+0100..U+017F without their accents. */
static const char LATIN_1[] = "aaaaaaaceeeeiiiidnooooo ouuuuypsaaaaaaaceeeeiiiidnooooo ouuuuypy";
static const char EXTENDED_A[] =
    "aaaaaaccccccccddddeeeeeeeeeegggggggghhhhiiiiiiiiiiiijjkkklllllllllln"
    "nnnnnnnnoooooooorrrrrrssssssssttttttuuuuuuuuuuuuwwyyyzzzzzzs";

_Static_assert(sizeof(LATIN_1) == 64 + 1, "one letter for each of U+00C0..U+00FF");
_Static_assert(sizeof(EXTENDED_A) == 128 + 1, "one letter for each of U+0100..U+017F");

static bool continues(const char *text, size_t text_bytes, size_t at)
{
	return at < text_bytes && ((unsigned char)text[at] & 0xc0u) == 0x80u;
}

/* Bytes of the character at `at`; 1 for a byte that starts none. */
static size_t char_bytes(const char *text, size_t text_bytes, size_t at)
{
	unsigned char lead = (unsigned char)text[at];
	size_t want = lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : lead >= 0xc2 ? 2 : 1;

	for (size_t i = 1; i < want; i++)
		if (!continues(text, text_bytes, at + i))
			return 1;
	return want;
}

static char fold_ascii(unsigned char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	if ((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9'))
		return (char)c;
	return ' ';
}

static char fold_two(unsigned code)
{
	if (code >= 0x300 && code <= 0x36f)
		return '\0'; /* combining accents */
	if (code >= 0xc0 && code <= 0xff)
		return LATIN_1[code - 0xc0];
	if (code >= 0x100 && code <= 0x17f)
		return EXTENDED_A[code - 0x100];
	if (code < 0xc0)
		return ' ';
	return '*';
}

char law_fold_at(const char *text, size_t text_bytes, size_t at, size_t *ret_bytes)
{
	unsigned char lead = (unsigned char)text[at];
	size_t bytes = char_bytes(text, text_bytes, at);

	*ret_bytes = bytes;
	if (bytes == 1 && lead < 0x80)
		return fold_ascii(lead);
	if (bytes == 1)
		return '*';
	unsigned char second = (unsigned char)text[at + 1];
	if (bytes == 2)
		return fold_two(((lead & 0x1fu) << 6) | (second & 0x3fu));
	if (lead == 0xe2 && second <= 0x81)
		return ' '; /* general punctuation: curly quotes, dashes, special spaces */
	if (lead == 0xe3 && second == 0x80)
		return ' '; /* CJK spaces and full stops */
	return '*';
}

struct fold_cursor {
	const char *text;
	size_t bytes, at;
};

/* The next folded character and its place; false at the end. Accents are passed over. */
static bool next_folded(struct fold_cursor *c, char *ret, size_t *ret_at)
{
	while (c->at < c->bytes) {
		size_t len;
		size_t at = c->at;
		char folded = law_fold_at(c->text, c->bytes, at, &len);
		c->at += len;
		if (folded == '\0')
			continue;
		*ret = folded;
		*ret_at = at;
		return true;
	}
	return false;
}

/* Where `pattern` ends if it stands at `at`, or SIZE_MAX. */
static size_t match_at(const char *text, size_t text_bytes, size_t at, const char *pattern)
{
	struct fold_cursor c = { text, text_bytes, at };
	char folded = '\0';
	size_t place;

	for (const char *p = pattern; *p != '\0'; p++) {
		if (!next_folded(&c, &folded, &place) || folded != *p)
			return SIZE_MAX;
		if (*p != ' ')
			continue;
		while (c.at < c.bytes) { /* a gap may be wider than one character */
			struct fold_cursor ahead = c;
			if (!next_folded(&ahead, &folded, &place) || folded != ' ')
				break;
			c = ahead;
		}
	}
	return c.at;
}

static size_t word_end(const char *text, size_t text_bytes, size_t at)
{
	struct fold_cursor c = { text, text_bytes, at };
	char folded;
	size_t place;

	while (next_folded(&c, &folded, &place))
		if (folded == ' ')
			return place;
	return text_bytes;
}

bool law_text_mentions(const char *text, size_t text_bytes, const char *stem)
{
	struct fold_cursor c = { text, text_bytes, 0 };
	char folded, before = ' ';
	size_t at;

	while (next_folded(&c, &folded, &at)) {
		if (before == ' ' && folded == stem[0] &&
		    match_at(text, text_bytes, at, stem) != SIZE_MAX)
			return true;
		before = folded;
	}
	return false;
}

/* The rows of the table by the letter that they begin with, in their order. */
enum { LETTERS = 26, BUCKETS = LETTERS + 1, TOPIC_WORDS_MAX = 512 };
struct by_letter {
	uint16_t from[BUCKETS + 1], row[TOPIC_WORDS_MAX];
};

struct finder {
	const struct law_topic_word *words;
	struct by_letter all, parts; /* parts: what may stand inside a word */
	const char *text;
	size_t text_bytes;
	struct law_topic_hit *hits;
	size_t max, count;
	size_t word_start;
	unsigned topics_here; /* bits of topics already hit in this word */
};

static void try_word(struct finder *f, size_t at, const struct law_topic_word *w)
{
	if ((f->topics_here & (1u << w->topic)) != 0)
		return;
	size_t end = match_at(f->text, f->text_bytes, at, w->word);
	if (end == SIZE_MAX)
		return;
	size_t whole = word_end(f->text, f->text_bytes, end);
	if (w->match == MATCH_WORD && whole != end)
		return;
	f->topics_here |= 1u << w->topic;
	if (f->count < f->max)
		f->hits[f->count] = (struct law_topic_hit){
			.topic = w->topic,
			.start = f->word_start,
			.length = whole - f->word_start,
			.word = w,
		};
	f->count++;
}

static size_t bucket_of(char letter)
{
	return letter >= 'a' && letter <= 'z' ? (size_t)(letter - 'a') : LETTERS;
}

static void sort_rows(struct by_letter *ret, const struct law_topic_word *words, size_t count,
                      bool parts_only)
{
	uint16_t at[BUCKETS + 1] = { 0 };

	assert(count <= TOPIC_WORDS_MAX);
	for (size_t i = 0; i < count; i++)
		if (!parts_only || words[i].match == MATCH_PART)
			at[bucket_of(words[i].word[0]) + 1]++;
	for (size_t b = 0; b < BUCKETS; b++)
		at[b + 1] = (uint16_t)(at[b + 1] + at[b]);
	memcpy(ret->from, at, sizeof at);
	for (size_t i = 0; i < count; i++)
		if (!parts_only || words[i].match == MATCH_PART)
			ret->row[at[bucket_of(words[i].word[0])]++] = (uint16_t)i;
}

static void try_table(struct finder *f, size_t at, char first, bool at_start)
{
	const struct by_letter *rows = at_start ? &f->all : &f->parts;
	const size_t b = bucket_of(first);

	for (size_t i = rows->from[b]; i < rows->from[b + 1]; i++)
		if (f->words[rows->row[i]].word[0] == first)
			try_word(f, at, &f->words[rows->row[i]]);
}

size_t law_topics_find(const char *text, size_t text_bytes, struct law_topic_hit *ret_hits,
                       size_t max)
{
	struct finder f = { .text = text, .text_bytes = text_bytes, .hits = ret_hits, .max = max };
	struct fold_cursor c = { text, text_bytes, 0 };
	char folded, before = ' ';
	size_t at, count;

	f.words = law_topic_words(&count);
	sort_rows(&f.all, f.words, count, false);
	sort_rows(&f.parts, f.words, count, true);
	while (next_folded(&c, &folded, &at)) {
		if (folded != ' ' && before == ' ') {
			f.word_start = at;
			f.topics_here = 0;
		}
		if (folded != ' ')
			try_table(&f, at, folded, before == ' ');
		before = folded;
	}
	return f.count;
}
