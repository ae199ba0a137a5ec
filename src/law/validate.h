/*
 * validate.h - numbers, dates, amounts and addresses as people type them
 *
 * Each function takes NUL-terminated UTF-8 of any length and gives the normal form
 * that is stored beside the raw text, with a level: CHECK_ERROR can't be stored,
 * CHECK_WARNING may be stored with a reason (a number as seen in the field), and
 * then `value` is the best reading. Spaces of every kind, typographic dashes and
 * invisible characters are read as what they stand for. Checking a `value` again
 * gives the same value. Pure; no allocation; constant cost.
 */
#ifndef LAW_VALIDATE_H
#define LAW_VALIDATE_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/calendar.h"

enum law_check_level { CHECK_FINE = 0, CHECK_WARNING = 1, CHECK_ERROR = 2 };

enum {
	LAW_CHECK_INPUT_MAX = 320, /* bytes; what is longer, or no UTF-8, is CHECK_ERROR */
	LAW_CHECK_VALUE_MAX = 320
};

struct law_checked {
	enum law_check_level level;
	char value[LAW_CHECK_VALUE_MAX + 1]; /* normal form; "" with CHECK_ERROR */
	char sentence[200];                  /* Dutch, for at the field; "" when fine */
	int64_t number;                      /* where the function says so; else 0 */
};

/* ---- persons ---- */

struct law_checked law_check_bsn(const char *text);             /* "999990019" */
struct law_checked law_check_rsin(const char *text);            /* same test; another field */
struct law_checked law_check_travel_document(const char *text); /* "ZZ0000000"; never an error */

/* Full date, year and month, or year: "1980-05-17", "1980-05-00", "1980-00-00". number is the day,
 * or DAY_NONE where a part is unknown. Future is an error, older than 120 a warning. */
struct law_checked law_check_birth_date(const char *text, int32_t today);

/* ---- organisations ---- */

struct law_checked law_check_kvk(const char *text);           /* 8 digits */
struct law_checked law_check_establishment(const char *text); /* 12 digits */
struct law_checked law_check_vat(const char *text);           /* "NL999999999B67" */
struct law_checked law_check_oin(const char *text);           /* 20 digits */
struct law_checked
law_check_municipality_code(const char *text); /* 4 digits; not whether it exists */

/* ---- money ---- */

/* Country known: length and check digits; else a warning. A number that looks like none at all is
 * an error, one that doesn't add up a warning. Value without spaces. */
struct law_checked law_check_iban(const char *text);

/* Length of an IBAN in this country ("NL"), or 0: not in the table. */
int law_iban_length(const char *country);

/* "1.234,56", "€ 12,-", "1234.56", "2,5 miljoen": number in cents, value "1234,56". */
struct law_checked law_check_amount(const char *text);

/* ---- places ---- */

struct law_checked law_check_postcode(const char *text); /* "2611 ET" */

struct law_house_number {
	int number; /* 1 to 99999 */
	char letter[2];
	char addition[5];
};

/* "12a bis" gives value "12 A bis" and its parts; ret may be NULL. */
struct law_checked law_check_house_number(const char *text, struct law_house_number *ret);

struct law_checked law_check_bag_id(const char *text); /* 16 digits; number is the type, 1 to 30 */
struct law_checked law_check_place_code(const char *text); /* BAG woonplaats: 4 digits */
const char *law_bag_type_label(int type);                  /* "verblijfsobject", or NULL */

struct law_checked law_check_cadastral(const char *text); /* "TST00 Z 123", "TST00 Z 123 A1" */

/* Rijksdriehoek in millimetres, three decimals of a metre. */
struct law_rd {
	int64_t x_mm, y_mm;
};

/* Both in metres as typed ("155000", "155.000,5"). Out of bounds or swapped is an error. */
struct law_checked law_check_rd(const char *x_text, const char *y_text, struct law_rd *ret);

struct law_wgs84 {
	double latitude, longitude; /* degrees; in this order */
};

/* The well-known polynomials (Schreutelkamp and Strang van Hees): within a metre in the
 * Netherlands, enough for a map; RDNAPTRANS is the official transformation. */
struct law_wgs84 law_rd_to_wgs84(struct law_rd rd);
struct law_rd law_wgs84_to_rd(struct law_wgs84 at);

/* A point in one field: RD in metres or WGS84 in degrees, north first. value: RD, to the metre where
 * degrees were typed. */
struct law_checked law_check_point(const char *text);

/* ---- vehicles ---- */

/* Dutch plate: "12-ZZZ-3", number is the series 1 to 14. No such pattern, or letters that were
 * never given out, is a warning. */
struct law_checked law_check_plate(const char *text);
/* Any other country: two or three letters, and free text of at most 12 characters. */
struct law_checked law_check_foreign_plate(const char *country, const char *text);

/* ---- contact ---- */

struct law_checked law_check_phone(const char *text); /* "+31612345678" */
struct law_checked law_check_email(const char *text);

/* ---- dates and times ---- */

enum law_when {
	WHEN_ANY,
	WHEN_PAST,  /* today or before: what someone saw */
	WHEN_FUTURE /* today or after: a term */
};

/*
 * "1-3-26", "1 maart", "zaterdag 21 november 2026", "2026-03-01", "gisteren": value in ISO, number
 * the day. Without a year: the last such day (the next one with WHEN_FUTURE). Two-digit years run
 * to ten years ahead of today.
 */
struct law_checked law_check_date(const char *text, int32_t today, enum law_when when);

/* "14.05", "14:05 uur", "8 uur": value "14:05", number the minute of the day. */
struct law_checked law_check_time(const char *text);

/* Younger than 18 on that day: extra necessity is asked. */
bool law_is_minor(int32_t birth_day, int32_t on_day);

#endif
