/* fuzz_audit_body.c - a body that decodes encodes to the very same bytes, and prints as JSON */
#include <assert.h>
#include <string.h>

#include "audit/event.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	struct audit_event e;
	struct audit_body again;
	char json[AUDIT_JSON_MAX_BYTES];

	if (!audit_body_decode(data, size, &e))
		return 0;
	audit_body_encode(&e, &again);
	assert(again.len == size && memcmp(again.bytes, data, size) == 0);
	const size_t len = audit_event_json(&e, json);
	assert(len == strlen(json) && json[0] == '{' && json[len - 1] == '}');
	return 0;
}
