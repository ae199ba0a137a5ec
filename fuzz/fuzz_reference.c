/* fuzz_reference.c - what reads as a reference writes as one that reads the same, and only once */
#include <assert.h>
#include <stdlib.h>
#include <string.h>

#include "platform/crypto/reference.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const struct mac_key KEY = { { 1 } };
	char typed[64] = { 0 }, text[REFERENCE_TEXT_BYTES];
	struct reference r, back;

	memcpy(typed, data, size < sizeof typed - 1 ? size : sizeof typed - 1);
	if (reference_parse(typed, &r) != REFERENCE_READ)
		return 0;
	reference_text(&r, text);
	assert(reference_parse(text, &back) == REFERENCE_READ);
	assert(memcmp(&r, &back, sizeof r) == 0);
	const uint32_t counter = reference_counter(&KEY, &r);
	assert(counter < REFERENCE_PLACES);
	assert(reference_of(&KEY, r.kind, r.year, counter).place == r.place);
	/* One wrong character is never read as another reference. */
	const size_t at = strlen(text) - 1 - size % 5;
	text[at] = text[at] == 'Z' ? 'Y' : 'Z';
	assert(reference_parse(text, &back) != REFERENCE_READ);
	return 0;
}
