/*
 * zip.h - a ZIP file written into a buffer: entries as they are, not compressed
 *
 * Enough for ODF (ODS, ODT): its first entry, "mimetype", must be stored plainly, and all others
 * may be. Reproducible: the same entries give the same bytes (the date is 1 January 1980).
 * At most ZIP_ENTRIES_MAX entries and 4 GiB. Source: PKWARE APPNOTE 6.3, without extensions.
 */
#ifndef PLATFORM_VIEW_ZIP_H
#define PLATFORM_VIEW_ZIP_H

#include <stddef.h>
#include <stdint.h>

#include "platform/core/out.h"

enum { ZIP_ENTRIES_MAX = 16 };

struct zip {
	struct out *out;
	size_t began; /* where in out the file begins */
	size_t count;
	struct zip_entry {
		const char *name; /* the caller's, until zip_end() */
		uint32_t crc, size, offset;
	} entries[ZIP_ENTRIES_MAX];
};

void zip_begin(struct zip *z, struct out *o);
void zip_add(struct zip *z, const char *name, const char *bytes, size_t len);
/* The directory at the end. Whether all fitted is told by out_end() of the buffer. */
void zip_end(struct zip *z);

/* CRC-32 as ZIP and gzip have it. Source: ITU-T V.42, reflected, four bits a step. */
uint32_t crc32_of(const void *bytes, size_t len);

#endif
