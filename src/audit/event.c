#include "audit/event.h"

#include <assert.h>
#include <stdarg.h>

#include "audit/action.h"
#include "platform/core/error.h"

enum { FORMAT = 1, VARINT_MAX_BYTES = 10 };

/* One row per field, in order of its tag, which is stored and never reused. */
enum shape { U8, U16, U64, I64, BYTES };
struct field {
	uint8_t tag;
	enum shape shape;
	uint16_t offset, size;
	const char *name; /* as in JSON */
};

#define FIELD(tag_, shape_, member, name_)                                                         \
	{                                                                                          \
		.tag = (tag_), .shape = (shape_), .offset = offsetof(struct audit_event, member),  \
		.size = sizeof(((struct audit_event *)0)->member), .name = (name_)                 \
	}

static const struct field FIELDS[] = {
	FIELD(1, I64, at_ms, "at"),
	FIELD(2, U16, action, "action"),
	FIELD(3, U8, result, "result"),
	FIELD(4, I64, actor_id, "actor"),
	FIELD(5, I64, appointment_id, "appointment"),
	FIELD(6, U8, role, "role"),
	FIELD(7, I64, participant_id, "participant"),
	FIELD(8, I64, organ_id, "organ"),
	FIELD(9, I64, session_id, "session"),
	FIELD(10, I64, token_id, "token"),
	FIELD(11, U64, origin, "origin"),
	FIELD(12, U64, request, "request"),
	FIELD(13, U16, object_type, "objectType"),
	FIELD(14, I64, object_id, "object"),
	FIELD(15, U16, owner_type, "ownerType"),
	FIELD(16, I64, owner_id, "owner"),
	FIELD(17, U64, subject, "subject"),
	FIELD(18, U8, activity, "activity"),
	FIELD(19, U8, phase, "phase"),
	FIELD(20, U16, purpose, "purpose"),
	FIELD(21, U16, basis, "basis"),
	FIELD(22, U64, categories, "categories"),
	FIELD(23, I64, count_plus_1, "countPlusOne"),
	FIELD(24, BYTES, query, "query"),
	FIELD(25, BYTES, before.tree, "beforeTree"),
	FIELD(26, U64, before.size, "beforeSize"),
	FIELD(27, BYTES, before.root, "beforeRoot"),
};
enum { FIELD_COUNT = sizeof FIELDS / sizeof FIELDS[0] };

static uint64_t field_number(const struct field *f, const struct audit_event *e)
{
	const void *at = (const uint8_t *)e + f->offset;

	switch (f->shape) {
	case U8:
		return *(const uint8_t *)at;
	case U16:
		return *(const uint16_t *)at;
	case U64:
		return *(const uint64_t *)at;
	case I64:
		assert(*(const int64_t *)at >= 0);
		return (uint64_t) * (const int64_t *)at;
	case BYTES:
		break;
	}
	assert(false && "bytes are no number");
	return 0;
}

static bool field_is_zero(const struct field *f, const struct audit_event *e)
{
	const uint8_t *at = (const uint8_t *)e + f->offset;

	for (size_t i = 0; i < f->size; i++)
		if (at[i] != 0)
			return false;
	return true;
}

static void put_number(struct audit_body *b, uint64_t value)
{
	assert(b->len + VARINT_MAX_BYTES <= sizeof b->bytes);
	for (; value >= 0x80; value >>= 7)
		b->bytes[b->len++] = (uint8_t)(value | 0x80);
	b->bytes[b->len++] = (uint8_t)value;
}

void audit_body_encode(const struct audit_event *e, struct audit_body *ret)
{
	assert(e->at_ms > 0 && e->action > 0);
	ret->len = 0;
	ret->bytes[ret->len++] = FORMAT;
	for (size_t i = 0; i < FIELD_COUNT; i++) {
		const struct field *f = &FIELDS[i];
		if (field_is_zero(f, e))
			continue;
		assert(ret->len + 1 + f->size <= sizeof ret->bytes);
		ret->bytes[ret->len++] = f->tag;
		if (f->shape != BYTES) {
			put_number(ret, field_number(f, e));
			continue;
		}
		memcpy(ret->bytes + ret->len, (const uint8_t *)e + f->offset, f->size);
		ret->len += f->size;
	}
}

/* ---- decoding: what isn't canonical isn't a body ----------------------------------------------
 */

struct reader {
	const uint8_t *at, *end;
};

static bool take_number(struct reader *r, uint64_t *ret)
{
	uint64_t value = 0;

	for (unsigned shift = 0; r->at < r->end && shift < 64; shift += 7) {
		const uint8_t byte = *r->at++;
		if (shift == 63 && byte > 1)
			return false;
		value |= (uint64_t)(byte & 0x7f) << shift;
		if ((byte & 0x80) == 0) {
			*ret = value;
			return byte != 0; /* zero is left out; a last zero byte isn't shortest */
		}
	}
	return false;
}

static bool store_number(const struct field *f, uint64_t value, struct audit_event *e)
{
	void *at = (uint8_t *)e + f->offset;

	switch (f->shape) {
	case U8:
		*(uint8_t *)at = (uint8_t)value;
		return value <= UINT8_MAX;
	case U16:
		*(uint16_t *)at = (uint16_t)value;
		return value <= UINT16_MAX;
	case U64:
		*(uint64_t *)at = value;
		return true;
	case I64:
		*(int64_t *)at = (int64_t)(value & INT64_MAX);
		return value <= INT64_MAX;
	case BYTES:
		break;
	}
	return false;
}

static bool take_field(struct reader *r, const struct field *f, struct audit_event *e)
{
	uint64_t value;

	if (f->shape != BYTES)
		return take_number(r, &value) && store_number(f, value, e);
	if ((size_t)(r->end - r->at) < f->size)
		return false;
	memcpy((uint8_t *)e + f->offset, r->at, f->size);
	r->at += f->size;
	return !field_is_zero(f, e);
}

bool audit_body_decode(const uint8_t *bytes, size_t len, struct audit_event *ret)
{
	struct reader r = { bytes, bytes + len };
	size_t next = 0;

	memset(ret, 0, sizeof *ret);
	if (len == 0 || len > AUDIT_BODY_MAX_BYTES || *r.at++ != FORMAT)
		return false;
	while (r.at < r.end) {
		const uint8_t tag = *r.at++;
		while (next < FIELD_COUNT && FIELDS[next].tag < tag)
			next++;
		if (next == FIELD_COUNT || FIELDS[next].tag != tag ||
		    !take_field(&r, &FIELDS[next++], ret))
			return false;
	}
	return ret->at_ms > 0 && ret->action > 0;
}

/* ---- JSON ------------------------------------------------------------------------------------ */

struct line {
	char *text;
	size_t len;
};

static void put(struct line *l, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
static void put(struct line *l, const char *fmt, ...)
{
	va_list ap;

	va_start(ap, fmt);
	const int added = vsnprintf(l->text + l->len, AUDIT_JSON_MAX_BYTES - l->len, fmt, ap);
	va_end(ap);
	assert(added >= 0 && l->len + (size_t)added < AUDIT_JSON_MAX_BYTES);
	l->len += (size_t)added;
}

static const char *word_of(const struct field *f, uint64_t value)
{
	const bool action = strcmp(f->name, "action") == 0;
	const bool object = strcmp(f->name, "objectType") == 0 || strcmp(f->name, "ownerType") == 0;

	if (!action && !object)
		return NULL;
	const struct audit_word *w =
	    action ? audit_action_word((uint16_t)value) : audit_object_word((uint16_t)value);
	return w == NULL ? NULL : w->name;
}

static void put_field(struct line *l, const struct field *f, const struct audit_event *e)
{
	char hex[2 * DIGEST_BYTES + 1];

	if (f->shape == BYTES) {
		hex_text((const uint8_t *)e + f->offset, f->size, hex);
		put(l, ",\"%s\":\"%s\"", f->name, hex);
		return;
	}
	const uint64_t value = field_number(f, e);
	const char *word = word_of(f, value);
	if (word != NULL)
		put(l, ",\"%s\":\"%s\"", f->name, word);
	else if (f->shape == U64 && f->tag != 26) /* 64 bits don't fit a JSON number */
		put(l, ",\"%s\":\"%016llx\"", f->name, (unsigned long long)value);
	else
		put(l, ",\"%s\":%llu", f->name, (unsigned long long)value);
}

size_t audit_event_json(const struct audit_event *e, char ret[AUDIT_JSON_MAX_BYTES])
{
	struct line l = { .text = ret };

	put(&l, "{\"format\":%d", FORMAT);
	for (size_t i = 0; i < FIELD_COUNT; i++)
		if (!field_is_zero(&FIELDS[i], e))
			put_field(&l, &FIELDS[i], e);
	put(&l, "}");
	return l.len;
}
