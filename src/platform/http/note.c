/*
 * The sentence after an action ("Uw melding is verstuurd.") on its way to the next page: a
 * cookie of a minute, with a keyed hash so that nobody else's sentence is ever shown as ours.
 * It names no person: apply doesn't put names in notes.
 */
#include "platform/http/server.h"

#include <assert.h>
#include <inttypes.h>

#include "platform/core/limits.h"

const char NOTE_COOKIE[] = "plein_note";

enum { NOTE_MAC_BYTES = 16 };

static struct digest note_mac(const struct mac_key *key, const char *text)
{
	const struct span part = SPAN_TEXT(text);
	return digest_keyed(key, "note", &part, 1);
}

const char *note_seal(struct arena *a, const struct mac_key *key, const char *note, int64_t now_ms)
{
	char hex[LIMIT_NOTE_BYTES * 2 + 1], mac_hex[NOTE_MAC_BYTES * 2 + 1];

	assert(note != NULL);
	if (strlen(note) > LIMIT_NOTE_BYTES)
		return NULL;
	hex_text(note, strlen(note), hex);
	const char *signed_part = arena_printf(a, "%" PRId64 ".%s", now_ms / 1000, hex);
	struct digest mac = note_mac(key, signed_part);
	hex_text(mac.bytes, NOTE_MAC_BYTES, mac_hex);
	return arena_printf(a, "%s.%s", signed_part, mac_hex);
}

const char *note_open(struct arena *a, const struct mac_key *key, const char *value, int64_t now_ms)
{
	uint8_t claimed[NOTE_MAC_BYTES];

	const char *dot = strrchr(value, '.');
	if (dot == NULL || !hex_parse(dot + 1, claimed, sizeof claimed))
		return NULL;
	const char *signed_part = arena_strndup(a, value, (size_t)(dot - value));
	struct digest mac = note_mac(key, signed_part);
	if (!secret_equal(mac.bytes, claimed, sizeof claimed))
		return NULL;

	const char *hex = strchr(signed_part, '.');
	size_t len = hex != NULL ? strlen(hex + 1) / 2 : 0;
	int64_t age_s = now_ms / 1000 - strtoll(signed_part, NULL, 10);
	char *note = arena_alloc(a, len + 1);
	if (len == 0 || age_s > LIMIT_NOTE_SECONDS || !hex_parse(hex + 1, note, len))
		return NULL;
	return note;
}
