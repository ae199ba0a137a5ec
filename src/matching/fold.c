#include "matching/fold.h"

#include <string.h>

#include "matching/bigarray.h"
#include "matching/csv.h"
#include "platform/core/arena.h"
#include "platform/text/fold.h"

struct sink {
	char *to;
	int length;
	enum fold_style style;
	bool gap; /* a space is due before the next letter */
};

enum { ROMANISED_MAX_BYTES = 512, ROOM_BYTES = 1 << 20 };

void name_folder_free(struct name_folder *f)
{
	folder_close(f->romaniser);
	block_free(f->arena);
	*f = (struct name_folder){ .romaniser = NULL };
}

static void put(struct sink *s, char c)
{
	if (s->gap && s->length > 0 && s->style != FOLD_CODE && s->length < FOLD_MAX_BYTES)
		s->to[s->length++] = ' ';
	s->gap = false;
	if (s->length < FOLD_MAX_BYTES)
		s->to[s->length++] = c;
}

static void put_ascii(struct sink *s, unsigned char c)
{
	static const char LOOKS_LIKE[10] = { 'o', 'l', 'z', 'e', 'a', 's', 'g', 't', 'b', 'g' };

	if (c >= 'A' && c <= 'Z')
		put(s, (char)(c + 32));
	else if (c >= 'a' && c <= 'z')
		put(s, (char)c);
	else if (c >= '0' && c <= '9')
		put(s, s->style == FOLD_NAME ? LOOKS_LIKE[c - '0'] : (char)c);
	else if (c != '\'' && c != '`')
		s->gap = true;
}

static void put_letters(struct sink *s, const char *letters)
{
	for (; *letters != '\0'; letters++)
		put(s, *letters);
}

/* Ignored altogether: combining marks, zero-width and direction marks, typographic apostrophes. */
static bool is_silent(uint32_t c)
{
	return (c >= 0x300 && c <= 0x36f) || (c >= 0x200b && c <= 0x200f) ||
	       (c >= 0x202a && c <= 0x202e) || (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       c == 0x2018 || c == 0x2019 || c == 0x2bc || c == 0xb4 || c == 0xad;
}

/* The character at *at, which is well-formed UTF-8; moves *at past it. */
static uint32_t next_character(const unsigned char **at)
{
	const unsigned char *p = *at;

	if (p[0] < 0xe0) {
		*at += 2;
		return (uint32_t)(p[0] & 0x1f) << 6 | (p[1] & 0x3fu);
	}
	if (p[0] < 0xf0) {
		*at += 3;
		return (uint32_t)(p[0] & 0x0f) << 12 | (uint32_t)(p[1] & 0x3f) << 6 |
		       (p[2] & 0x3fu);
	}
	*at += 4;
	return (uint32_t)(p[0] & 0x07) << 18 | (uint32_t)(p[1] & 0x3f) << 12 |
	       (uint32_t)(p[2] & 0x3f) << 6 | (p[3] & 0x3fu);
}

/* Whether the letter is of a script that must be romanised rather than looked up. */
static bool is_foreign(uint32_t c)
{
	return (c >= 0x370 && c < 0x1e00) || (c >= 0x1f00 && c < 0x2000) ||
	       (c >= 0x2e80 && c < 0xe000) || (c >= 0xf900 && c < 0xfe00) ||
	       (c >= 0xfe70 && c < 0xfeff) || (c >= 0x20000 && c < 0x30000);
}

/* Romanises a whole text; where ICU isn't to be had the text counts as empty. */
static void put_romanised(struct name_folder *f, struct sink *s, const char *text, size_t bytes)
{
	struct error error;

	if (f->romaniser == NULL && folder_open(&f->romaniser, &error) != OK)
		return;
	if (f->arena == NULL)
		f->arena = block_alloc(1, sizeof(*f->arena));
	if (bytes > ROMANISED_MAX_BYTES)
		bytes = ROMANISED_MAX_BYTES;
	while (bytes > 0 && ((unsigned char)text[bytes] & 0xc0) == 0x80)
		bytes--;
	arena_init(f->arena, ROOM_BYTES);
	const char *latin = fold_text(f->romaniser, arena_strndup(f->arena, text, bytes), f->arena);
	for (; *latin != '\0'; latin++)
		put_ascii(s, (unsigned char)*latin);
	arena_reset(f->arena);
}

/* False when a letter of another script comes up. */
static bool put_latin(struct sink *s, const unsigned char *at, const unsigned char *end)
{
	while (at < end) {
		if (*at < 0x80) {
			put_ascii(s, *at++);
			continue;
		}
		uint32_t c = next_character(&at);
		if (c >= FOLD_LATIN_START && c < FOLD_LATIN_END && !is_silent(c))
			put_letters(s, FOLD_LATIN[c - FOLD_LATIN_START]);
		else if (c >= FOLD_MORE_START && c < FOLD_MORE_END)
			put_letters(s, FOLD_LATIN_MORE[c - FOLD_MORE_START]);
		else if (is_foreign(c))
			return false;
		else if (!is_silent(c))
			s->gap = true;
	}
	return true;
}

int fold(struct name_folder *f, enum fold_style style, const char *text, size_t bytes,
         char ret[FOLD_MAX_BYTES + 1])
{
	struct sink s = { .to = ret, .style = style };

	if (!csv_is_utf8(text, bytes))
		return -1;
	const unsigned char *start = (const unsigned char *)text;
	if (!put_latin(&s, start, start + bytes)) {
		s = (struct sink){ .to = ret, .style = style };
		put_romanised(f, &s, text, bytes);
	}
	ret[s.length] = '\0';
	return s.length;
}
