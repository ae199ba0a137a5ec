#include "attachments/media.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "platform/core/memory.h"

static const struct media_row ROWS[] = {
	{ MEDIA_PDF, "PDF", "PDF", "application/pdf", "pdf", NULL },
	{ MEDIA_JPEG, "JPEG", "Foto (JPEG)", "image/jpeg", "jpg", "jpeg" },
	{ MEDIA_PNG, "PNG", "Afbeelding (PNG)", "image/png", "png", NULL },
	{ MEDIA_TIFF, "TIFF", "Scan (TIFF)", "image/tiff", "tif", "tiff" },
	{ MEDIA_DOCX, "DOCX", "Word",
	  "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "docx", NULL },
	{ MEDIA_XLSX, "XLSX", "Excel",
	  "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "xlsx", NULL },
	{ MEDIA_ODT, "ODT", "OpenDocument-tekst", "application/vnd.oasis.opendocument.text", "odt",
	  NULL },
	{ MEDIA_ODS, "ODS", "OpenDocument-rekenblad",
	  "application/vnd.oasis.opendocument.spreadsheet", "ods", NULL },
	{ MEDIA_TEXT, "TEXT", "Tekst", "text/plain", "txt", NULL },
	{ MEDIA_CSV, "CSV", "Tabel (CSV)", "text/csv", "csv", NULL },
};
enum { ROW_COUNT = sizeof ROWS / sizeof ROWS[0] };
_Static_assert(ROW_COUNT == MEDIA_COUNT - 1, "every medium has a row");

const struct code MEDIA_CODES[] = {
	{ MEDIA_PDF, "PDF", "PDF" },
	{ MEDIA_JPEG, "JPEG", "Foto (JPEG)" },
	{ MEDIA_PNG, "PNG", "Afbeelding (PNG)" },
	{ MEDIA_TIFF, "TIFF", "Scan (TIFF)" },
	{ MEDIA_DOCX, "DOCX", "Word" },
	{ MEDIA_XLSX, "XLSX", "Excel" },
	{ MEDIA_ODT, "ODT", "OpenDocument-tekst" },
	{ MEDIA_ODS, "ODS", "OpenDocument-rekenblad" },
	{ MEDIA_TEXT, "TEXT", "Tekst" },
	{ MEDIA_CSV, "CSV", "Tabel (CSV)" },
	{ 0 },
};

const struct media_row *media_row(int media)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if ((int)ROWS[i].media == media)
			return &ROWS[i];
	return NULL;
}

const char *media_sentence(enum media_verdict verdict)
{
	static const char *const SENTENCES[] = {
		[MEDIA_FINE] = NULL,
		[MEDIA_EMPTY] = "Dit bestand is leeg. Kies een ander bestand.",
		[MEDIA_NAMELESS] = "Geef het bestand een naam met een einde, zoals verslag.pdf.",
		[MEDIA_UNKNOWN] =
		    "Zo'n bestand nemen wij niet aan. Bewaar het als PDF, of als Word, Excel, "
		    "OpenDocument, foto of tekst.",
		[MEDIA_LIES] =
		    "De naam van dit bestand zegt iets anders dan wat erin zit. Bewaar het "
		    "opnieuw onder de goede naam.",
		[MEDIA_MACROS] =
		    "In dit bestand zitten macro's. Bewaar het zonder macro's, of als PDF.",
		[MEDIA_LOCKED] =
		    "Op dit bestand zit een wachtwoord. Haal dat eraf: Plein bewaart het "
		    "versleuteld.",
		[MEDIA_BROKEN] = "Dit bestand is niet heel. Bewaar het opnieuw en probeer het nog "
				 "eens.",
	};
	return SENTENCES[verdict];
}

/* ---- the list of parts of a ZIP ---------------------------------------------------------------- */

static size_t length(const struct source_window *b)
{
	return b->source->len;
}

/* 0 where not so many bytes lie. */
static uint32_t number(struct source_window *b, size_t at, unsigned size)
{
	uint32_t n = 0;
	size_t there;
	const unsigned char *bytes = source_look(b, at, size, &there);

	for (unsigned i = 0; bytes != NULL && i < size; i++)
		n |= (uint32_t)bytes[i] << (8 * i);
	return n;
}

static bool has(struct source_window *b, size_t at, const char *what, size_t len)
{
	size_t there;
	const unsigned char *bytes = source_look(b, at, len, &there);

	return bytes != NULL && memcmp(bytes, what, len) == 0;
}
#define HAS(b, at, literal) has((b), (at), "" literal, sizeof(literal) - 1)

struct parts {
	bool word, sheet, content_types, macros, locked, broken;
};

static bool part_is(struct source_window *b, size_t at, size_t len, const char *name)
{
	return strlen(name) == len && has(b, at, name, len);
}

static bool part_ends(struct source_window *b, size_t at, size_t len, const char *end)
{
	const size_t n = strlen(end);
	return len >= n && has(b, at + len - n, end, n);
}

static void note_part(struct source_window *b, size_t at, size_t len, struct parts *p)
{
	p->word |= part_is(b, at, len, "word/document.xml");
	p->sheet |= part_is(b, at, len, "xl/workbook.xml");
	p->content_types |= part_is(b, at, len, "[Content_Types].xml");
	p->macros |= part_ends(b, at, len, "vbaProject.bin") ||
	             (len >= 6 && HAS(b, at, "Basic/")) || (len >= 8 && HAS(b, at, "Scripts/"));
}

/* The end record stands at most 65,557 bytes before the end; 0: there is none. */
static size_t find_end_record(struct source_window *b)
{
	enum { END_BYTES = 22, COMMENT_MAX = 65535 };

	if (length(b) < END_BYTES)
		return 0;
	const size_t last = length(b) - END_BYTES;
	for (size_t back = 0; back <= last && back <= COMMENT_MAX; back++)
		if (HAS(b, last - back, "PK\5\6"))
			return last - back;
	return 0;
}

static struct parts read_parts(struct source_window *b)
{
	enum { ENTRY_BYTES = 46, PARTS_MAX = 10000 };
	struct parts p = { .broken = true };
	const size_t end = find_end_record(b);

	if (end == 0)
		return p;
	const uint32_t count = number(b, end + 10, 2);
	size_t at = number(b, end + 16, 4);
	for (uint32_t i = 0; i < count && i < PARTS_MAX; i++) {
		if (!HAS(b, at, "PK\1\2") || length(b) - at < ENTRY_BYTES)
			return p;
		const size_t name = number(b, at + 28, 2);
		p.locked |= (number(b, at + 8, 2) & 1) != 0;
		note_part(b, at + ENTRY_BYTES, name, &p);
		at += ENTRY_BYTES + name + number(b, at + 30, 2) + number(b, at + 32, 2);
		if (at > length(b))
			return p;
	}
	p.broken = false;
	return p;
}

static enum media_verdict read_zip(struct source_window *b, enum media *ret)
{
	static const char ODF[] = "mimetypeapplication/vnd.oasis.opendocument.";
	const struct parts p = read_parts(b);

	if (p.broken)
		return MEDIA_BROKEN;
	if (p.locked)
		return MEDIA_LOCKED;
	/* OpenDocument: the first part is called mimetype, and not compressed */
	if (has(b, 30, ODF, sizeof ODF - 1)) {
		const size_t after = 30 + sizeof ODF - 1;
		*ret = HAS(b, after, "textPK")          ? MEDIA_ODT
		       : HAS(b, after, "spreadsheetPK") ? MEDIA_ODS
		                                        : MEDIA_NONE;
	} else if (p.content_types) {
		*ret = p.word ? MEDIA_DOCX : p.sheet ? MEDIA_XLSX : MEDIA_NONE;
	}
	if (*ret == MEDIA_NONE)
		return MEDIA_UNKNOWN;
	return p.macros ? MEDIA_MACROS : MEDIA_FINE;
}

/* ---- the other kinds ---------------------------------------------------------------------------- */

/* Of a text so far: did anything but space come? */
struct prose {
	bool begun, fits;
};

/* No control characters, and no markup in any disguise: a browser would run what an office calls text. */
static void read_prose(const unsigned char *bytes, size_t len, struct prose *p)
{
	for (size_t i = 0; p->fits && i < len; i++) {
		const bool space = bytes[i] != 0 && strchr(" \t\r\n", bytes[i]) != NULL;
		if (!p->begun && !space) {
			p->begun = true;
			p->fits = bytes[i] != '<';
		}
		p->fits = p->fits && (bytes[i] >= 32 || space || bytes[i] == '\f');
	}
}

static bool is_text(struct source_window *b)
{
	struct prose p = { .fits = true };
	size_t at = HAS(b, 0, "\xef\xbb\xbf") ? 3 : 0;

	for (size_t n = 0; p.fits && at < length(b); at += n) {
		const unsigned char *bytes = source_look(b, at, 1, &n);
		if (bytes == NULL)
			return false;
		read_prose(bytes, n, &p);
	}
	return p.fits;
}

static enum media_verdict sniff(struct source_window *b, enum media *ret)
{
	if (HAS(b, 0, "PK\3\4"))
		return read_zip(b, ret);
	*ret = HAS(b, 0, "%PDF-")                         ? MEDIA_PDF
	       : HAS(b, 0, "\xff\xd8\xff")                ? MEDIA_JPEG
	       : HAS(b, 0, "\x89PNG\r\n\x1a\n")           ? MEDIA_PNG
	       : HAS(b, 0, "II*\0") || HAS(b, 0, "MM\0*") ? MEDIA_TIFF
	       : is_text(b)                               ? MEDIA_TEXT
	                                                  : MEDIA_NONE;
	return *ret == MEDIA_NONE ? MEDIA_UNKNOWN : MEDIA_FINE;
}

static const struct media_row *by_extension(const char *extension)
{
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (strcasecmp(ROWS[i].extension, extension) == 0 ||
		    (ROWS[i].other != NULL && strcasecmp(ROWS[i].other, extension) == 0))
			return &ROWS[i];
	return NULL;
}

/* A claim that names another of our kinds. Of tables and text browsers say anything. */
static bool claims_another(const char *claimed, enum media media)
{
	if (claimed == NULL || media == MEDIA_TEXT || media == MEDIA_CSV)
		return false;
	const size_t len = strcspn(claimed, "; \t");
	for (size_t i = 0; i < ROW_COUNT; i++)
		if (strlen(ROWS[i].type) == len && strncasecmp(ROWS[i].type, claimed, len) == 0)
			return ROWS[i].media != media;
	return false;
}

enum media_verdict media_read(const struct byte_source *file, const char *file_name,
                              const char *claimed, enum media *ret)
{
	LEFT_ALONE struct source_window b;
	const char *dot = file_name != NULL ? strrchr(file_name, '.') : NULL;
	enum media found = MEDIA_NONE;

	*ret = MEDIA_NONE;
	if (file->len == 0)
		return MEDIA_EMPTY;
	if (dot == NULL || dot[1] == '\0')
		return MEDIA_NAMELESS;
	const struct media_row *named = by_extension(dot + 1);
	if (named == NULL)
		return MEDIA_UNKNOWN;
	source_window_open(&b, file);
	const enum media_verdict verdict = sniff(&b, &found);
	if (b.broken)
		return MEDIA_BROKEN;
	if (verdict == MEDIA_UNKNOWN)
		return MEDIA_LIES;
	if (verdict != MEDIA_FINE)
		return verdict;
	if (found == MEDIA_TEXT && named->media == MEDIA_CSV)
		found = MEDIA_CSV; /* a table is text: only its name tells */
	if (found != named->media || claims_another(claimed, found))
		return MEDIA_LIES;
	*ret = found;
	return MEDIA_FINE;
}
