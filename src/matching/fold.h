/*
 * fold.h - any script as plain lower-case ASCII, so that spelling alone never separates two people
 *
 * Latin letters lose their marks by table; other scripts are romanised by
 * platform/text (Any-Latin; Latin-ASCII), which gives the common Dutch reading for Arabic, Cyrillic
 * and Greek closely enough for the phonetic keys (names.h) to do the rest. Marks of direction,
 * zero-width characters, emoji and control characters vanish. A folder belongs to one thread.
 */
#ifndef MATCHING_FOLD_H
#define MATCHING_FOLD_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
	FOLD_MAX_BYTES = 255, /* a folded text is cut off here: what follows never decides */
	FOLD_LATIN_START = 0xa0,
	FOLD_LATIN_END = 0x250,
	FOLD_MORE_START = 0x1e00,
	FOLD_MORE_END = 0x1f00
};

extern const char FOLD_LATIN[FOLD_LATIN_END - FOLD_LATIN_START][3];
extern const char FOLD_LATIN_MORE[FOLD_MORE_END - FOLD_MORE_START][3];

enum fold_style {
	FOLD_TEXT, /* letters, digits, single spaces */
	FOLD_NAME, /* letters, single spaces; digits read as the letters they resemble (Vrie5) */
	FOLD_CODE  /* letters and digits only: identifiers, plates */
};

struct folder; /* platform/text/fold.h */

struct name_folder {
	struct folder *romaniser; /* made when the first foreign letter comes; NULL before */
	struct arena *arena;      /* its working room */
};

void name_folder_free(struct name_folder *f);

/*
 * Folds bytes of UTF-8 into ret (NUL-terminated) and returns its length; -1 when the text is not
 * UTF-8. Space, hyphen, slash, comma and dot part words; an apostrophe joins them. Deterministic:
 * folding what is folded changes nothing.
 */
int fold(struct name_folder *f, enum fold_style style, const char *text, size_t bytes,
         char ret[FOLD_MAX_BYTES + 1]);

#endif
