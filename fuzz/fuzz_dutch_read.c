/* Property: a day or amount that is read and written in Dutch reads back as the same. Who knows what day it
 * is reads all that others read, as the same day; what only he reads lies within a year, on his side of
 * today if no word says otherwise. */
#include <stdint.h>
#include <stdlib.h>

#include "platform/core/dutch.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { TODAY = 20781 }; /* 24 November 2026 */

static void read_on_a_day(const char *text)
{
	int32_t plain = 0, last = 0, next = 0;
	const bool without = dutch_day_read(text, &plain);
	const bool behind = dutch_day_read_on(text, TODAY, false, &last);
	const bool ahead = dutch_day_read_on(text, TODAY, true, &next);

	if (without && (!behind || !ahead || last != plain || next != plain))
		abort();
	if (behind && ahead && last != next &&
	    (last > TODAY || next < TODAY || next - last < 365 || next - last > 366))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;
	int32_t day, day_again;
	int64_t cents, cents_again;

	arena_init(&a, (size_t)1 << 20);
	const char *text = arena_strndup(&a, (const char *)data, size < 4096 ? size : 4096);
	read_on_a_day(text);
	if (dutch_day_read(text, &day)) {
		bool four_digits = civil_from_day(day).year >= 1000; /* "5" isn't a year we read */
		bool back = dutch_day_read(iso_date(&a, day), &day_again) && day_again == day;
		if (!back)
			abort();
		if (four_digits &&
		    (!dutch_day_read(dutch_date(&a, day), &day_again) || day_again != day))
			abort();
	}
	if (dutch_euros_read(text, &cents)) {
		if (!dutch_euros_read(dutch_euros(&a, cents), &cents_again) || cents_again != cents)
			abort();
	}
	arena_reset(&a);
	return 0;
}
