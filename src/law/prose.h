/* prose.h - the finders behind read_prose.h; for src/law alone */
#ifndef LAW_PROSE_H
#define LAW_PROSE_H

#include "law/read_prose.h"

/* The text with plain spaces and dashes, and where each byte stood. */
struct prose {
	const char *s;    /* NUL-terminated; may hold other NULs, which part words */
	const size_t *at; /* at[i] is the place of s[i] in the text; at[len] is the text's end */
	size_t len;
	int32_t today;
};

/* Tries at a word's start; the end of what was found (> i), or 0. Fills *ret but for its place. */
typedef size_t prose_finder(const struct prose *p, size_t i, struct law_find *ret);

prose_finder prose_find_email, prose_find_iban, prose_find_vat, prose_find_amount;
prose_finder prose_find_date, prose_find_time, prose_find_phone, prose_find_number;
prose_finder prose_find_postcode, prose_find_plate, prose_find_address, prose_find_name;

/* Letters, digits and any byte of a non-ASCII character. */
bool prose_is_word(char c);
bool prose_word_starts(const struct prose *p, size_t i);
/* True if no word goes on at i. */
bool prose_word_ended(const struct prose *p, size_t i);
size_t prose_word_end(const struct prose *p, size_t i);
/* s[i..] begins with this word in small letters, and ends there. The place after it, or 0. */
size_t prose_word_is(const struct prose *p, size_t i, const char *word);

/* Is one of these words (NULL-terminated, small letters) among the last characters before i? */
bool prose_follows(const struct prose *p, size_t i, const char *const *words);

/* Copies s[i..end) as a string; false if it is longer than a field may be. */
enum { PROSE_CANDIDATE_MAX = 100 };
struct candidate {
	char s[PROSE_CANDIDATE_MAX + 1];
};
bool prose_candidate(const struct prose *p, size_t i, size_t end, struct candidate *ret);

void prose_keep(struct law_find *find, enum law_find_kind kind, const struct law_checked *checked,
                const char *as_written);

#endif
