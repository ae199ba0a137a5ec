/* Short texts of addresses, headers and forms: what is taken is written back as the only text that means it. */
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <strings.h>

#include "logbook/event_line.h"
#include "matching/identifiers.h"
#include "platform/core/dutch.h"
#include "platform/crypto/crypto.h"
#include "platform/crypto/token.h"
#include "platform/crypto/uuid.h"
#include "requests/answer.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

enum { INPUT_MAX_BYTES = 200, BYTES = 32 };

static void try_hex(const char *text)
{
	uint8_t bytes[BYTES];
	char again[2 * BYTES + 1];

	for (size_t len = 0; len <= BYTES; len++) {
		if (!hex_parse(text, bytes, len))
			continue;
		assert(strlen(text) == 2 * len);
		hex_text(bytes, len, again);
		assert(strcasecmp(text, again) == 0);
	}
}

static void try_base64(const char *text)
{
	uint8_t bytes[BYTES];
	char again[64];

	for (size_t len = 1; len <= BYTES; len++) {
		if (!base64_parse(text, bytes, len))
			continue;
		assert(base64_text_bytes(len) <= sizeof again);
		base64_text(bytes, len, again);
		assert(strcmp(text, again) == 0);
	}
}

static void try_uuid(const char *text)
{
	struct uuid uuid;
	char again[UUID_TEXT_BYTES];

	if (!uuid_parse(text, &uuid))
		return;
	uuid_text(&uuid, again);
	assert(strcasecmp(text, again) == 0);
}

static void try_cursor(const char *text, struct arena *a)
{
	struct audit_cursor c = { 0 }, again = { 0 };

	if (!log_cursor_read(text, &c))
		return;
	assert(log_cursor_read(log_cursor_text(a, &c), &again));
	assert(strcmp(log_cursor_text(a, &again), log_cursor_text(a, &c)) == 0);
}

static void try_time(const char *text)
{
	int hour = -1, minute = -1, again_hour = -1, again_minute = -1;
	char again[16];

	if (!dutch_time_read(text, &hour, &minute))
		return;
	assert(hour >= 0 && hour < 24 && minute >= 0 && minute < 60);
	(void)snprintf(again, sizeof again, "%d.%02d", hour, minute);
	assert(dutch_time_read(again, &again_hour, &again_minute));
	assert(again_hour == hour && again_minute == minute);
}

static void try_grade(const char *text)
{
	char source = '?', information = '?';

	if (!answer_grade_read(text, &source, &information))
		return;
	assert((source == 0 && information == 0 && text[0] == '\0') ||
	       (strlen(text) >= 2 && source != '?' && information != '?'));
}

/* Cells of a file that is matched: they end at their length, and not at what stands behind. */
static void try_cell(const char *text, size_t bytes, struct arena *a)
{
	char *behind = arena_alloc(a, bytes + 4);
	size_t used = 0, again = 0;

	memcpy(behind, text, bytes);
	memcpy(behind + bytes, "1AB", 4);
	assert(postcode_parse(text, bytes) == postcode_parse(behind, bytes));
	assert(house_number_parse(text, bytes, &used) == house_number_parse(behind, bytes, &again));
	assert(used <= bytes && used == again);
	assert(house_addition_parse(text, bytes) == house_addition_parse(behind, bytes));
	assert(digits_parse(text, bytes, 8, 9) == digits_parse(behind, bytes, 8, 9));
	assert(digits_parse(text, bytes, 1, 9) == digits_parse(behind, bytes, 1, 9));
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct arena a;

	if (size > INPUT_MAX_BYTES)
		return 0;
	arena_init(&a, 1 << 16);
	const char *text = arena_strndup(&a, (const char *)data, size);
	try_hex(text);
	try_base64(text);
	try_uuid(text);
	try_cursor(text, &a);
	try_time(text);
	try_grade(text);
	try_cell(text, strlen(text), &a);
	arena_reset(&a);
	return 0;
}
