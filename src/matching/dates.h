/*
 * dates.h - birth dates with unknown parts, packed in 23 bits
 *
 * year << 9 | month << 5 | day; a part that isn't known is 0; 0 as a whole is no date at all.
 * Years run from 1 to 9999.
 */
#ifndef MATCHING_DATES_H
#define MATCHING_DATES_H

#include <stddef.h>
#include <stdint.h>

static inline uint32_t date_pack(uint32_t year, uint32_t month, uint32_t day)
{
	return year << 9 | month << 5 | day;
}

static inline uint32_t date_year(uint32_t date)
{
	return date >> 9;
}

static inline uint32_t date_month(uint32_t date)
{
	return date >> 5 & 15;
}

static inline uint32_t date_day(uint32_t date)
{
	return date & 31;
}

/*
 * Reads 1977-12-28, 28-12-1977, 28/12/1977, 28.12.77 (a year 00-99 counts as 19xx), 19771228 and
 * 1977; 00 or missing parts are unknown. Anything else is 0: not known.
 */
uint32_t date_parse(const char *text, size_t bytes);

enum date_level {
	DATE_MISSING,
	DATE_DIFFERENT,
	DATE_SAME_YEAR,
	DATE_NEAR,     /* two digits apart, or the known parts agree and are few */
	DATE_ONE_SLIP, /* one digit or two neighbouring ones, or day and month swapped */
	DATE_DEFAULT,  /* equal, but 1 January: what clerks write for "unknown" */
	DATE_HALF,     /* one side is 1 January or lacks day or month; the rest agrees */
	DATE_SAME,
	DATE_LEVELS
};

/* Symmetric; DATE_SAME or DATE_DEFAULT exactly when a == b. Cost: a few instructions. */
enum date_level date_compare(uint32_t a, uint32_t b);

#endif
