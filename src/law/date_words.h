/* date_words.h - the parts of a date in Dutch words or figures; for src/law alone */
#ifndef LAW_DATE_WORDS_H
#define LAW_DATE_WORDS_H

#include <stdbool.h>
#include <stddef.h>

/* What a date text says; 0 is "not said" (a day may be said to be 0). Nothing here is checked
 * against the calendar. */
struct date_parts {
	int day, month, year;
	int weekday;  /* 1 Monday to 7 Sunday */
	int days_ago; /* "gisteren" is 1; -1: no such word */
	bool has_day;
	bool short_year; /* two digits */
};

/* Month 1 to 12 of a name or a usual short form ("mrt", "mrt."), or 0. len bytes, any case. */
int date_month(const char *word, size_t len);
int date_weekday(const char *word, size_t len);

/* Reads the whole text (plain ASCII spaces and dashes); false if anything in it is no date. */
bool date_parts_read(const char *text, struct date_parts *ret);

#endif
