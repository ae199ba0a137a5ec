#include "law/date_words.h"
#include "law/validate.h"
#include "law/validate_text.h"

#include "platform/core/dutch.h"

#include <string.h>

enum { YEAR_LEAST = 1850, YEAR_MOST = 2150, AGE_MOST = 120, ADULT = 18, YEARS_AHEAD = 10 };

static const char NO_DATE[] = "Dit is geen datum. Schrijf die zo: 21-11-2026 of 21 november 2026.";

static int full_year(const struct date_parts *d, int32_t today, int ahead)
{
	int this_year = civil_from_day(today).year;

	if (!d->short_year)
		return d->year;
	int year = this_year - this_year % 100 + d->year;
	return year > this_year + ahead ? year - 100 : year;
}

/* Month and day against the calendar; CHECK_FINE if they exist. */
static struct law_checked check_exists(const struct date_parts *d, int year)
{
	if (year < YEAR_LEAST || year > YEAR_MOST)
		return checked_error("Het jaar %d kan niet. Controleer het jaar.", year);
	if (d->month > 12 && d->day >= 1 && d->day <= 12)
		return checked_error(
		    "Maand %d bestaat niet. Schrijf eerst de dag, dan de maand: %d-%d-%d.",
		    d->month, d->month, d->day, year);
	if (d->month < 1 || d->month > 12)
		return checked_error("Maand %d bestaat niet. Kies een maand van 1 tot en met 12.",
		                     d->month);
	int length = month_length(year, d->month);
	if (d->day >= 1 && d->day <= length)
		return checked_fine("");
	if (d->month == 2 && d->day == 29)
		return checked_error(
		    "29 februari %d bestaat niet. Kies een dag van 1 tot en met 28.", year);
	return checked_error("%d %s bestaat niet. Kies een dag van 1 tot en met %d.", d->day,
	                     dutch_month(d->month), length);
}

static struct law_checked fine_day(int32_t day)
{
	struct civil c = civil_from_day(day);
	char value[40];

	(void)snprintf(value, sizeof(value), "%04d-%02d-%02d", c.year, c.month, c.day);
	struct law_checked checked = checked_fine(value);
	checked.number = day;
	return checked;
}

static struct law_checked warn_day(int32_t day, const char *sentence)
{
	struct law_checked fine = fine_day(day);
	struct law_checked warned = checked_warning(fine.value, "%s", sentence);

	warned.number = day;
	return warned;
}

static struct law_checked check_when(int32_t day, int32_t today, enum law_when when)
{
	if (when == WHEN_PAST && day > today)
		return checked_error("Deze datum moet nog komen. Vul in wanneer u het zag.");
	if (when == WHEN_FUTURE && day < today)
		return checked_error("Deze datum is al voorbij. Kies een dag vanaf vandaag.");
	return fine_day(day);
}

static struct law_checked check_weekday(const struct date_parts *d, struct law_checked checked)
{
	if (checked.level != CHECK_FINE || d->weekday == 0 ||
	    weekday_of((int32_t)checked.number) == (enum weekday)d->weekday)
		return checked;
	char sentence[100];
	(void)snprintf(sentence, sizeof(sentence), "Die dag is een %s. Klopt de datum?",
	               dutch_weekday(weekday_of((int32_t)checked.number)));
	return warn_day((int32_t)checked.number, sentence);
}

struct law_checked law_check_date(const char *text, int32_t today, enum law_when when)
{
	struct plain p = plain_of(text);
	struct date_parts d;

	if (p.refused || p.len == 0 || !date_parts_read(p.s, &d))
		return checked_error("%s", NO_DATE);
	if (d.days_ago >= 0)
		return check_weekday(&d, check_when(today - d.days_ago, today, when));
	if (d.month == 0)
		return checked_error("De dag en de maand ontbreken. Schrijf die zo: 21-11-2026.");
	if (!d.has_day)
		return checked_error("De dag ontbreekt. Schrijf die zo: 21-11-2026.");
	bool no_year = d.year == 0 && !d.short_year;
	int year = no_year ? dutch_year_meant(d.month, d.day, today, when == WHEN_FUTURE)
	                   : full_year(&d, today, YEARS_AHEAD);
	struct law_checked exists = check_exists(&d, year);
	if (exists.level != CHECK_FINE)
		return exists;
	int32_t day = day_from_civil((struct civil){ year, d.month, d.day });
	return check_weekday(&d, check_when(day, today, when));
}

/* ---- birth dates: unknown parts are zero, as in the population register ---- */

/* "1980-05-00", "00-00-1980", "mei 1980", "1980" as parts; a plain date otherwise. */
static struct law_checked birth_of_parts(const struct date_parts *d, int32_t today)
{
	int year = full_year(d, today, 0);
	int this_year = civil_from_day(today).year;
	char value[40];

	if (year < YEAR_LEAST || year > YEAR_MOST)
		return checked_error("Het jaar %d kan niet. Controleer het jaar.", year);
	if (d->month > 12)
		return checked_error("Maand %d bestaat niet. Kies een maand van 1 tot en met 12.",
		                     d->month);
	if (year > this_year || (year == this_year && d->month > civil_from_day(today).month))
		return checked_error("Deze geboortedatum moet nog komen. Controleer het jaar.");
	(void)snprintf(value, sizeof(value), "%04d-%02d-00", year, d->month);
	struct law_checked c =
	    this_year - year > AGE_MOST
		? checked_warning(value, "Deze persoon is ouder dan 120 jaar. Klopt het jaar?")
		: checked_fine(value);
	c.number = DAY_NONE;
	return c;
}

static struct law_checked birth_of_day(const struct date_parts *d, int32_t today)
{
	int year = full_year(d, today, 0);
	struct law_checked exists = check_exists(d, year);

	if (exists.level != CHECK_FINE)
		return exists;
	int32_t day = day_from_civil((struct civil){ year, d->month, d->day });
	if (day > today)
		return checked_error("Deze geboortedatum moet nog komen. Controleer het jaar.");
	if (age_on(day, today) > AGE_MOST)
		return warn_day(day, "Deze persoon is ouder dan 120 jaar. Klopt het jaar?");
	return fine_day(day);
}

struct law_checked law_check_birth_date(const char *text, int32_t today)
{
	struct plain p = plain_of(text);
	struct date_parts d;

	bool read = !p.refused && p.len > 0 && date_parts_read(p.s, &d);
	if (!read || d.days_ago >= 0)
		return checked_error("%s", NO_DATE);
	if (d.year == 0 && !d.short_year)
		return checked_error(
		    "Het geboortejaar ontbreekt. Is alleen het jaar bekend? Vul dat in.");
	if (d.month == 0 && d.day != 0)
		return checked_error("%s", NO_DATE);
	return d.day == 0 ? birth_of_parts(&d, today) : birth_of_day(&d, today);
}

bool law_is_minor(int32_t birth_day, int32_t on_day)
{
	return birth_day != DAY_NONE && age_on(birth_day, on_day) < ADULT;
}

/* ---- times ---- */

static struct law_checked no_time(void)
{
	return checked_error("Dit is geen tijd. Schrijf die zo: 14.05 uur.");
}

struct law_checked law_check_time(const char *text)
{
	struct plain p = plain_of(text);
	const char *s = p.s;
	size_t hour_digits = strspn(s, "0123456789");

	if (p.refused || hour_digits < 1 || hour_digits > 2)
		return no_time();
	int hour = (int)digits_number(s, hour_digits), minute = 0;
	s += hour_digits;
	if (*s == '.' || *s == ':' || ((*s == 'u' || *s == 'U' || *s == 'h') && is_digit(s[1]))) {
		s++;
		if (strspn(s, "0123456789") != 2)
			return no_time();
		minute = (int)digits_number(s, 2);
		s += 2;
	} else if (*s == '\0') {
		return no_time(); /* a bare number is no time */
	}
	while (*s == ' ')
		s++;
	if (*s != '\0' && strcmp(s, "uur") != 0 && strcmp(s, "u") != 0 && strcmp(s, "h") != 0)
		return no_time();
	if (hour > 23 || minute > 59)
		return checked_error(
		    "%d.%02d uur bestaat niet. Kies een tijd tot en met 23.59 uur.", hour, minute);
	char value[32];
	(void)snprintf(value, sizeof(value), "%02d:%02d", hour, minute);
	struct law_checked c = checked_fine(value);
	c.number = hour * 60 + minute;
	return c;
}
