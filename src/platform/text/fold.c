#include "platform/text/fold.h"

#include <assert.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <uchar.h>

#include <unicode/ucol.h>
#include <unicode/ustring.h>
#include <unicode/utrans.h>

struct folder {
	UTransliterator *latin;
	UCollator *dutch;
};

/* Latin before ASCII, so that Greek and Cyrillic names are found by their Latin spelling. */
static const char16_t RULE[] = u"Any-Latin; NFKD; [:Mn:] Remove; Latin-ASCII; Lower";

static enum status icu_failed(struct folder *f, const char *what, UErrorCode code,
                              struct error *reterr)
{
	folder_close(f);
	(void)FAIL_INTERNAL(reterr);
	return error_cause(reterr, "icu: %s: %s", what, u_errorName(code));
}

enum status folder_open(struct folder **ret, struct error *reterr)
{
	UErrorCode code = U_ZERO_ERROR;
	struct folder *f = calloc(1, sizeof *f);

	if (f == NULL)
		return icu_failed(NULL, "folder", U_MEMORY_ALLOCATION_ERROR, reterr);
	f->latin = utrans_openU(RULE, -1, UTRANS_FORWARD, NULL, 0, NULL, &code);
	if (U_FAILURE(code))
		return icu_failed(f, "transliterator", code, reterr);
	f->dutch = ucol_open("nl", &code);
	if (U_FAILURE(code))
		return icu_failed(f, "collator", code, reterr);
	*ret = f;
	return OK;
}

void folder_close(struct folder *f)
{
	if (f == NULL)
		return;
	if (f->latin != NULL)
		utrans_close(f->latin);
	if (f->dutch != NULL)
		ucol_close(f->dutch);
	free(f);
}

static const UChar *utf16(const char *text, struct arena *arena, int32_t room, int32_t *ret_len)
{
	UErrorCode code = U_ZERO_ERROR;
	UChar *ret = ARENA_ARRAY(arena, UChar, (size_t)room);

	u_strFromUTF8WithSub(ret, room, ret_len, text, -1, ' ', NULL, &code);
	assert(U_SUCCESS(code));
	return ret;
}

static bool is_word(unsigned char c)
{
	return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
}

/* In place: everything but a-z and 0-9 becomes one space between words. */
static void squeeze(char *text)
{
	char *to = text;
	bool gap = false;

	for (const char *from = text; *from != '\0'; from++) {
		if (!is_word((unsigned char)*from)) {
			gap = to != text;
			continue;
		}
		if (gap)
			*to++ = ' ';
		gap = false;
		*to++ = *from;
	}
	*to = '\0';
}

static bool is_plain(const char *text)
{
	for (; *text != '\0'; text++)
		if ((unsigned char)*text >= 0x80)
			return false;
	return true;
}

static char *lower_plain(const char *text, struct arena *arena)
{
	char *ret = arena_strdup(arena, text);

	for (char *at = ret; *at != '\0'; at++)
		if (*at >= 'A' && *at <= 'Z')
			*at = (char)(*at + 32);
	return ret;
}

/* Apostrophes belong to a word ("d'Hondt" is found as "dhondt"); ICU's own come from scripts. */
static void drop_apostrophes(char *text)
{
	char *to = text;

	for (const char *from = text; *from != '\0'; from++)
		if (*from != '\'' && *from != '`')
			*to++ = *from;
	*to = '\0';
}

static char *transliterate(struct folder *f, const char *text, struct arena *arena)
{
	UErrorCode code = U_ZERO_ERROR;
	const size_t bytes = strlen(text);
	int32_t len = 0, limit, capacity, out_len = 0;

	assert(bytes < 1 << 24);
	capacity = (int32_t)bytes * 8 + 64;
	UChar *wide = ARENA_ARRAY(arena, UChar, (size_t)capacity);
	u_strFromUTF8WithSub(wide, capacity, &len, text, -1, ' ', NULL, &code);
	limit = len;
	utrans_transUChars(f->latin, wide, &len, capacity, 0, &limit, &code);
	char *ret = arena_alloc(arena, (size_t)capacity * 3 + 1);
	u_strToUTF8WithSub(ret, capacity * 3, &out_len, wide, limit, ' ', NULL, &code);
	if (U_FAILURE(code)) /* a script that grows beyond eight times: found by nothing */
		return arena_strdup(arena, "");
	return ret;
}

const char *fold_text(struct folder *f, const char *text, struct arena *arena)
{
	char *ret = is_plain(text) ? lower_plain(text, arena) : transliterate(f, text, arena);

	drop_apostrophes(ret);
	squeeze(ret);
	return ret;
}

size_t fold_words(struct folder *f, const char *text, struct arena *arena, size_t max,
                  const char **ret)
{
	const char *at = fold_text(f, text, arena);
	size_t count = 0;

	while (*at != '\0' && count < max) {
		const size_t len = strcspn(at, " ");
		ret[count++] =
		    arena_strndup(arena, at, len < FOLD_WORD_MAX_BYTES ? len : FOLD_WORD_MAX_BYTES);
		at += len;
		at += *at == ' ';
	}
	return count;
}

const uint8_t *fold_sort_key(struct folder *f, const char *name, struct arena *arena,
                             size_t *ret_len)
{
	int32_t len = 0;
	const UChar *wide = utf16(name, arena, (int32_t)strlen(name) + 1, &len);
	const int32_t size = ucol_getSortKey(f->dutch, wide, len, NULL, 0);
	uint8_t *ret = arena_alloc(arena, (size_t)size + 1);

	(void)ucol_getSortKey(f->dutch, wide, len, ret, size);
	*ret_len = (size_t)size;
	return ret;
}
