#include "platform/view/zip.h"

#include <assert.h>
#include <string.h>

enum {
	LOCAL_HEAD = 0x04034b50,
	CENTRAL_HEAD = 0x02014b50,
	DIRECTORY_END = 0x06054b50,
	VERSION_NEEDED = 10,    /* 1.0: stored entries */
	NAMES_ARE_UTF8 = 0x800, /* general purpose bit 11 */
	DATE_1980 = 0x21        /* 1 January 1980 */
};

uint32_t crc32_of(const void *bytes, size_t len)
{
	static const uint32_t STEP[16] = {
		0x00000000, 0x1db71064, 0x3b6e20c8, 0x26d930ac, 0x76dc4190, 0x6b6b51f4,
		0x4db26158, 0x5005713c, 0xedb88320, 0xf00f9344, 0xd6d6a3e8, 0xcb61b38c,
		0x9b64c2b0, 0x86d3d2d4, 0xa00ae278, 0xbdbdf21c,
	};
	const uint8_t *p = bytes;
	uint32_t crc = UINT32_MAX;

	for (size_t i = 0; i < len; i++) {
		crc = STEP[(crc ^ p[i]) & 15] ^ crc >> 4;
		crc = STEP[(crc ^ (uint32_t)p[i] >> 4) & 15] ^ crc >> 4;
	}
	return ~crc;
}

static void two(struct out *o, uint32_t value)
{
	const char bytes[2] = { (char)(value & 255), (char)(value >> 8 & 255) };

	out_raw(o, bytes, sizeof bytes);
}

static void four(struct out *o, uint32_t value)
{
	two(o, value & UINT16_MAX);
	two(o, value >> 16);
}

/* What a local head and a head in the directory have in common. */
static void describe(struct out *o, const struct zip_entry *e)
{
	two(o, VERSION_NEEDED);
	two(o, NAMES_ARE_UTF8);
	two(o, 0); /* stored */
	two(o, 0); /* midnight */
	two(o, DATE_1980);
	four(o, e->crc);
	four(o, e->size);
	four(o, e->size);
	two(o, (uint32_t)strlen(e->name));
	two(o, 0); /* no extra field */
}

void zip_begin(struct zip *z, struct out *o)
{
	*z = (struct zip){ .out = o, .began = o->len };
}

void zip_add(struct zip *z, const char *name, const char *bytes, size_t len)
{
	assert(z->count < ZIP_ENTRIES_MAX && len < UINT32_MAX);
	struct zip_entry *e = &z->entries[z->count++];

	*e = (struct zip_entry){ name, crc32_of(bytes, len), (uint32_t)len,
		                 (uint32_t)(z->out->len - z->began) };
	four(z->out, LOCAL_HEAD);
	describe(z->out, e);
	out_raw(z->out, name, strlen(name));
	out_raw(z->out, bytes, len);
}

static void list_entry(struct out *o, const struct zip_entry *e)
{
	four(o, CENTRAL_HEAD);
	two(o, VERSION_NEEDED);
	describe(o, e);
	two(o, 0);  /* no comment */
	two(o, 0);  /* first disk */
	two(o, 0);  /* internal attributes */
	four(o, 0); /* external attributes */
	four(o, e->offset);
	out_raw(o, e->name, strlen(e->name));
}

void zip_end(struct zip *z)
{
	struct out *o = z->out;
	const size_t directory = o->len - z->began;

	for (size_t i = 0; i < z->count; i++)
		list_entry(o, &z->entries[i]);
	const size_t end = o->len - z->began;
	four(o, DIRECTORY_END);
	four(o, 0); /* this disk, and the directory's */
	two(o, (uint32_t)z->count);
	two(o, (uint32_t)z->count);
	four(o, (uint32_t)(end - directory));
	four(o, (uint32_t)directory);
	two(o, 0); /* no comment */
}
