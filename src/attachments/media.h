/*
 * media.h - what a file is, told by its bytes; and whether its name says the same
 *
 * A short list of what an office sends. The bytes decide; a name or a claimed type that says
 * something else is refused, since who opens it later trusts the name. Office files are looked
 * into as far as their list of parts: macros and passwords are refused. Nothing is unpacked.
 * Pure; cost: one pass over text, the list of parts of a ZIP.
 */
#ifndef ATTACHMENTS_MEDIA_H
#define ATTACHMENTS_MEDIA_H

#include <stddef.h>

#include "platform/http/input.h" /* struct code */

/* Stored; never reused. */
enum media {
	MEDIA_NONE = 0,
	MEDIA_PDF = 1,
	MEDIA_JPEG = 2,
	MEDIA_PNG = 3,
	MEDIA_TIFF = 4,
	MEDIA_DOCX = 5,
	MEDIA_XLSX = 6,
	MEDIA_ODT = 7,
	MEDIA_ODS = 8,
	MEDIA_TEXT = 9,
	MEDIA_CSV = 10,
	MEDIA_COUNT
};

struct media_row {
	enum media media;
	const char *name;      /* "PDF", as in the API */
	const char *label;     /* "PDF-bestand" */
	const char *type;      /* "application/pdf" */
	const char *extension; /* "pdf", the one we give */
	const char *other;     /* "jpeg", or NULL */
};
const struct media_row *media_row(int media); /* NULL: none */
extern const struct code MEDIA_CODES[];       /* ends with a NULL name */

enum media_verdict {
	MEDIA_FINE = 0,
	MEDIA_EMPTY,
	MEDIA_NAMELESS, /* no extension */
	MEDIA_UNKNOWN,  /* not on the list */
	MEDIA_LIES,     /* the name or the claimed type says something else than the bytes */
	MEDIA_MACROS,
	MEDIA_LOCKED, /* with a password: nobody can look for viruses in it */
	MEDIA_BROKEN
};

/* claimed: as the browser said, or NULL. *ret is what the bytes are, MEDIA_NONE if not listed. */
enum media_verdict media_read(const struct byte_source *file, const char *file_name,
                              const char *claimed, enum media *ret);

/* The sentence for the person; NULL when fine. */
const char *media_sentence(enum media_verdict verdict);

#endif
