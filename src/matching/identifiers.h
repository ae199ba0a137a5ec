/*
 * identifiers.h - numbers and codes that stand for someone or somewhere, read to a normal form
 *
 * Each reader takes the text of a cell and gives a packed value, 0 for "nothing usable here":
 * a value that fails its check digit is kept where a slip is likely and marked by its flag.
 */
#ifndef MATCHING_IDENTIFIERS_H
#define MATCHING_IDENTIFIERS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* 1000 AA .. 9999 ZZ in 23 bits: (digits * 26 + letter) * 26 + letter + 1. Letters may be absent
 * (then the last digit of the letter part is AA's and POSTCODE_NO_LETTERS is told). */
uint32_t postcode_parse(const char *text, size_t bytes);

static inline uint32_t postcode_digits(uint32_t postcode)
{
	return postcode == 0 ? 0 : (postcode - 1) / 676;
}

/* Equal but for one digit or letter. */
bool postcode_one_slip(uint32_t a, uint32_t b);

/* 1..99999; what follows the number ("12b") is left to the addition. */
uint32_t house_number_parse(const char *text, size_t bytes, size_t *ret_used);

/* Eight bits that are equal for equal additions: "hs", "2", "II", "bis", "a". 0: none. */
uint32_t house_addition_parse(const char *text, size_t bytes);

/*
 * National number without its leading 0 in 30 bits (+31, 0031 and 0 are the same). Foreign
 * numbers become a hash with bit 31 set. Fewer than 7 digits, or one digit repeated: nothing.
 */
uint32_t phone_parse(const char *text, size_t bytes);

/* Two national numbers that differ in one digit or by two neighbouring ones swapped. */
bool digits_one_slip(uint32_t a, uint32_t b);

/* Up to nine digits; false when the eleven-test of a BSN or RSIN fails. 111222333 passes, all
 * digits equal never does. */
bool bsn_is_valid(uint32_t digits);
uint32_t digits_parse(const char *text, size_t bytes, int digits_min, int digits_max);

/* ISO 7064 mod 97-10 over a folded IBAN (upper or lower case, no spaces). */
bool iban_is_valid(const char *text, size_t bytes);

#endif
