/* fuzz_calendar.c - days and dates are each other's inverse; a day starts at its own midnight */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "platform/core/dutch.h"

static void a_day(int32_t day)
{
	struct civil c = civil_from_day(day);

	if (!civil_valid(c))
		return;
	assert(day_from_civil(c) == day);
	assert(local_day(ms_at_day_start(day)) == day);
	if (c.year > 1600 && c.year < 9000) {
		int32_t due = working_days_add(day, 7, NULL);
		assert(working_days_between(day, due, NULL) == 7);
		assert(day_add_years(day_add_years(day, 4), -4) <= day);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	int32_t day;

	if (size < sizeof(day))
		return 0;
	memcpy(&day, data, sizeof(day));
	a_day(day % 3000000);
	char text[64];
	size_t len = size < sizeof(text) ? size : sizeof(text) - 1;
	memcpy(text, data, len);
	text[len] = '\0';
	int32_t read = 0;
	if (!iso_date_read(text, &read))
		return 0;
	struct arena a;
	arena_init(&a, 4096);
	assert(strcmp(iso_date(&a, read), text) == 0);
	arena_reset(&a);
	return 0;
}
