/* Property: the bytes decide. What is taken under one name is taken under no name of another kind,
 * and what is taken as text can't begin as a page. The first byte chooses the name. */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "attachments/media.h"

static const char *const NAMES[] = { "a.pdf",  "a.jpg", "a.png", "a.tif", "a.docx",
	                             "a.xlsx", "a.odt", "a.ods", "a.txt", "a.csv" };
enum { NAME_COUNT = sizeof NAMES / sizeof NAMES[0] };

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	const struct byte_source file = source_bytes(data, size);
	int taken = 0, text = 0;

	for (size_t i = 0; i < NAME_COUNT; i++) {
		enum media found;
		const enum media_verdict v = media_read(&file, NAMES[i], NULL, &found);
		if ((v == MEDIA_FINE) != (found != MEDIA_NONE) ||
		    (v == MEDIA_FINE) != (media_sentence(v) == NULL))
			abort();
		taken += v == MEDIA_FINE;
		text += found == MEDIA_TEXT || found == MEDIA_CSV;
	}
	if (taken != text && taken > 1)
		abort();
	if (text > 0 && (data[0] == '<' || memchr(data, 0, size) != NULL))
		abort();
	return 0;
}
