/* validate_text.h - small tools of the validators in this folder; no other room includes it */
#ifndef LAW_VALIDATE_TEXT_H
#define LAW_VALIDATE_TEXT_H

#include <stdbool.h>
#include <stddef.h>

#include "law/validate.h"

/* The text with plain spaces and dashes, without invisible characters and outer spaces. */
struct plain {
	char s[LAW_CHECK_INPUT_MAX + 1];
	size_t len;
	bool refused; /* too long, or no UTF-8 */
};

struct plain plain_of(const char *text);

/* The plain character for the one at s (left > 0 bytes follow): a space for a typographic space, a
 * dash for a dash, '\0' for an invisible one, else the byte itself. *ret_bytes is how far it goes.
 */
char plain_char(const char *s, size_t left, size_t *ret_bytes);

/* Capitals A-Z and digits alone; false if anything else than the `dropped` characters was there. */
bool plain_compact(const struct plain *p, const char *dropped, struct plain *ret);

bool all_digits(const char *s, size_t len);
bool is_digit(char c);
bool is_letter(char c); /* A-Z, a-z */
char small_letter(char c);
char capital_letter(char c);
/* Value of a run of digits; len at most 18. */
int64_t digits_number(const char *s, size_t len);

/* Sum 9*d1 + ... + 2*d8 - d9, divisible by 11; nine digits, not all zero. */
bool eleven_test(const char *nine_digits);
/* Letters to numbers (A = 10), the whole as one number modulo 97. */
int modulo_97(const char *capitals_and_digits, size_t len);

struct law_checked checked_error(const char *fmt, ...) __attribute__((format(printf, 1, 2)));
struct law_checked checked_fine(const char *value);
struct law_checked checked_warning(const char *value, const char *fmt, ...)
    __attribute__((format(printf, 2, 3)));

#endif
