/*
 * ODF and OOXML: a ZIP of XML. libarchive unpacks, libxml2 reads as it comes. A run of letters may
 * change its looks in the middle of a word, so words end where a paragraph, a cell or a break does.
 */
#include "sheets/document.h"

#include <archive.h>
#include <archive_entry.h>
#include <libxml/parser.h>
#include <string.h>

#include "matching/csv.h"

enum {
	PIECE_BYTES = 65536,
	PARTS_MAX = 10000,
	UNPACKED_MAX = 67108864,    /* 64 MiB: thousands of pages */
	UNPACKED_ALWAYS = 16777216, /* 16 MiB is fine, however small the file */
	UNPACKED_TIMES = 200        /* more than this many times the file is a bomb */
};

struct document {
	enum document_kind kind;
	size_t len, unpacked;
	struct out *out;
	struct error *reterr;
	enum status st;
	int shown;  /* inside an element whose letters are read, so deep */
	int hidden; /* inside one whose letters aren't */
};

static void not_whole(struct document *d)
{
	if (d->st == OK)
		d->st =
		    FAIL(d->reterr, ERR_INVALID,
		         "Dit document is niet heel. Bewaar het opnieuw en stuur het nog eens.");
}

static bool any_of(const xmlChar *name, const char *const *list)
{
	for (; *list != NULL; list++)
		if (strcmp((const char *)name, *list) == 0)
			return true;
	return false;
}

/* Where a word ends whatever follows: local names of ODF and of OOXML together. */
static bool ends_words(const xmlChar *name)
{
	static const char *const ENDS[] = { "p",          "h",  "br",   "tab",     "s",
		                            "line-break", "si", "c",    "tc",      "table-cell",
		                            "is",         "cr", "note", "comment", NULL };
	return any_of(name, ENDS);
}

/* ODF shows its letters in the body and above and below each page; OOXML in its <t>. What was struck
 * out isn't read. */
static bool shows(const struct document *d, const xmlChar *name)
{
	static const char *const ODF[] = { "body",         "header",      "footer",
		                           "header-left",  "footer-left", "header-first",
		                           "footer-first", NULL };
	static const char *const OOXML[] = { "t", NULL };
	return any_of(name, d->kind == DOCUMENT_ODF ? ODF : OOXML);
}

static bool hides(const xmlChar *name)
{
	static const char *const HIDDEN[] = { "rPh", "tracked-changes", "script", "forms", NULL };
	return any_of(name, HIDDEN);
}

/* ---- what libxml2 says ------------------------------------------------------------------------ */

/* libxml2 wants nine parameters. NOLINTNEXTLINE(readability-function-size) */
static void on_start(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri,
                     int ns_count, const xmlChar **ns, int count, int defaulted,
                     const xmlChar **list)
{
	struct document *d = ctx;

	(void)prefix, (void)uri, (void)ns_count, (void)ns, (void)count, (void)defaulted, (void)list;
	d->shown += shows(d, name);
	d->hidden += hides(name);
	if (ends_words(name))
		OUT_LIT(d->out, "\n");
}

static void on_end(void *ctx, const xmlChar *name, const xmlChar *prefix, const xmlChar *uri)
{
	struct document *d = ctx;

	(void)prefix, (void)uri;
	d->shown -= shows(d, name);
	d->hidden -= hides(name);
	if (ends_words(name))
		OUT_LIT(d->out, "\n");
}

static void on_text(void *ctx, const xmlChar *text, int len)
{
	struct document *d = ctx;

	if (d->shown > 0 && d->hidden == 0 && len > 0)
		out_raw(d->out, (const char *)text, (size_t)len);
}

/* No office writes one; who does is up to something. */
static void on_doctype(void *ctx, const xmlChar *name, const xmlChar *id, const xmlChar *system)
{
	(void)name, (void)id, (void)system;
	not_whole(ctx);
}

__attribute__((format(printf, 2, 3))) static void on_quiet(void *ctx, const char *format, ...)
{
	(void)ctx, (void)format; /* what is wrong is told by the return value */
}

/* ---- unpacking -------------------------------------------------------------------------------- */

static bool too_big(const struct document *d)
{
	if (d->unpacked > UNPACKED_MAX)
		return true;
	return d->unpacked > UNPACKED_ALWAYS && d->unpacked / UNPACKED_TIMES > d->len;
}

static bool is_full(const struct document *d)
{
	return d->out->len >= DOCUMENT_WORDS_BYTES_MAX;
}

static void read_part(struct document *d, struct archive *z, xmlParserCtxtPtr parser)
{
	char piece[PIECE_BYTES];
	la_ssize_t n = 0;

	while (d->st == OK && !is_full(d) && (n = archive_read_data(z, piece, sizeof piece)) > 0) {
		d->unpacked += (size_t)n;
		if (too_big(d))
			d->st =
			    FAIL(d->reterr, ERR_LIMIT,
			         "Dit bestand is uitgepakt veel groter dan het lijkt. Wij lezen "
			         "het niet.");
		else if (xmlParseChunk(parser, piece, (int)n, 0) != 0)
			not_whole(d);
	}
	if (d->st == OK && !is_full(d) && (n < 0 || xmlParseChunk(parser, piece, 0, 1) != 0))
		not_whole(d);
}

static void parse_part(struct document *d, struct archive *z)
{
	xmlSAXHandler sax = { .initialized = XML_SAX2_MAGIC,
		              .startElementNs = on_start,
		              .endElementNs = on_end,
		              .characters = on_text,
		              .internalSubset = on_doctype,
		              .warning = on_quiet,
		              .error = on_quiet,
		              .fatalError = on_quiet };
	xmlParserCtxtPtr parser = xmlCreatePushParserCtxt(&sax, d, NULL, 0, NULL);

	if (parser == NULL) {
		d->st = FAIL_INTERNAL(d->reterr);
		return;
	}
	d->shown = d->hidden = 0;
	(void)xmlCtxtUseOptions(parser, XML_PARSE_NONET);
	read_part(d, z, parser);
	xmlFreeParserCtxt(parser);
}

static bool begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

/* The parts that hold words; of a rekenblad its shared texts, what stands in cells themselves, and
 * what was noted or drawn beside them. */
static bool is_part(enum document_kind kind, const char *name)
{
	const size_t len = name != NULL ? strlen(name) : 0;

	if (len < 4 || strcmp(name + len - 4, ".xml") != 0)
		return false;
	if (kind == DOCUMENT_ODF)
		return strcmp(name, "content.xml") == 0 || strcmp(name, "styles.xml") == 0;
	if (kind == DOCUMENT_XLSX)
		return strcmp(name, "xl/sharedStrings.xml") == 0 ||
		       begins(name, "xl/worksheets/") || begins(name, "xl/comments") ||
		       begins(name, "xl/drawings/");
	return strcmp(name, "word/document.xml") == 0 || begins(name, "word/footnotes") ||
	       begins(name, "word/endnotes") || begins(name, "word/header") ||
	       begins(name, "word/footer") || begins(name, "word/comments.");
}

enum status document_parse(enum document_kind kind, const void *bytes, size_t len, struct out *ret,
                           struct error *reterr)
{
	struct document d = { .kind = kind, .len = len, .out = ret, .reterr = reterr };
	struct archive *z = archive_read_new();
	struct archive_entry *entry;
	int parts = 0, read = 0;

	if (kind == DOCUMENT_PDF) {
		(void)archive_read_free(z);
		return FAIL_INTERNAL(reterr); /* only apart */
	}
	xmlInitParser();
	if (z == NULL || archive_read_support_format_zip(z) != ARCHIVE_OK ||
	    archive_read_open_memory(z, bytes, len) != ARCHIVE_OK)
		not_whole(&d);
	while (d.st == OK && !is_full(&d) && parts++ < PARTS_MAX &&
	       archive_read_next_header(z, &entry) == ARCHIVE_OK)
		if (is_part(kind, archive_entry_pathname(entry))) {
			parse_part(&d, z);
			read++;
		}
	(void)archive_read_free(z);
	if (d.st == OK && read == 0)
		not_whole(&d);
	return d.st;
}

/* Without the piece of a letter at the end, where the text was cut. */
static size_t whole_letters(const unsigned char *text, size_t len)
{
	size_t at = len;

	while (at > 0 && len - at < 3 && (text[at - 1] & 0xc0) == 0x80)
		at--;
	if (at == 0 || text[at - 1] < 0xc0)
		return len; /* ends in a letter of one byte, or is no UTF-8 */
	const size_t needs = text[at - 1] < 0xe0 ? 2 : text[at - 1] < 0xf0 ? 3 : 4;
	return len - at + 1 < needs ? at - 1 : len;
}

static size_t as_windows(const unsigned char *from, size_t len, char *to)
{
	size_t n = 0;

	for (size_t i = 0; i < len; i++) {
		if (from[i] < 0x80) {
			to[n++] = (char)from[i];
			continue;
		}
		to[n++] = (char)(0xc0 | from[i] >> 6);
		to[n++] = (char)(0x80 | (from[i] & 0x3f));
	}
	return n;
}

const char *document_plain(const void *bytes, size_t len, struct arena *a)
{
	const unsigned char *from = bytes;
	const size_t enough = len < DOCUMENT_WORDS_BYTES_MAX ? len : DOCUMENT_WORDS_BYTES_MAX;
	const bool cut = enough == DOCUMENT_WORDS_BYTES_MAX;
	const size_t whole = cut ? whole_letters(from, enough) : enough;
	char *to = arena_alloc(a, 2 * enough + 1);
	size_t n = whole;

	if (csv_is_utf8(bytes, whole))
		memcpy(to, from, whole);
	else
		n = as_windows(from, enough, to);
	for (size_t i = 0; i < n; i++)
		if (to[i] == '\0')
			to[i] = ' '; /* what stands behind it is read too */
	to[n] = '\0';
	return to;
}
