/*
 * Property: the same bytes give the same words, and what is refused says why. What came as plain text,
 * or out of pdftotext, comes back as UTF-8, bounded, and with every letter that was UTF-8 already. The
 * first byte chooses: 'o' ODF, 'd' DOCX, 'x' XLSX as sent; 'O', 'D', 'X' the XML of the part inside
 * a whole ZIP; 'p' plain, 'P' repeated until it has to be cut.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "matching/csv.h"
#include "platform/view/zip.h"
#include "sheets/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);

static void check(enum document_kind kind, const void *bytes, size_t len)
{
	struct error e = { 0 };
	struct out one, two;

	out_init(&one, (size_t)32 << 20);
	out_init(&two, (size_t)32 << 20);
	const enum status first = document_parse(kind, bytes, len, &one, &e);
	if (first != OK && e.message[0] == '\0')
		abort();
	if (document_parse(kind, bytes, len, &two, &e) != first || one.len != two.len ||
	    (one.len > 0 && memcmp(one.data, two.data, one.len) != 0))
		abort();
	out_free(&one);
	out_free(&two);
}

static void check_plain(const char *bytes, size_t len)
{
	struct arena a;

	arena_init(&a, (size_t)8 << 20);
	const char *words = document_plain(bytes, len, &a);
	const size_t got = strlen(words);
	if (!csv_is_utf8(words, got) || got > 2 * (size_t)DOCUMENT_WORDS_BYTES_MAX)
		abort();
	if (csv_is_utf8(bytes, len)) {
		const size_t most = len < DOCUMENT_WORDS_BYTES_MAX ? len : DOCUMENT_WORDS_BYTES_MAX;
		if (got > most || got + 4 <= most)
			abort();
		for (size_t i = 0; i < got; i++)
			if (words[i] != (bytes[i] == '\0' ? ' ' : bytes[i]))
				abort();
	}
	arena_reset(&a);
}

static void check_cut(const char *bytes, size_t len)
{
	enum { LONG = DOCUMENT_WORDS_BYTES_MAX + 4096 };
	char *all = len > 0 && len < LONG ? malloc(LONG) : NULL;
	size_t at = 0;

	for (; all != NULL && at + len <= LONG; at += len)
		memcpy(all + at, bytes, len);
	if (all != NULL)
		check_plain(all, at);
	free(all);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	static const char KINDS[] = "odx";
	static const char *const PARTS[] = { "content.xml", "word/document.xml",
		                             "xl/sharedStrings.xml" };
	struct zip z;
	struct out o;

	if (size == 0)
		return 0;
	const char *bytes = (const char *)data + 1;
	if (data[0] == 'p')
		check_plain(bytes, size - 1);
	if (data[0] == 'P')
		check_cut(bytes, size - 1);
	const char *small = strchr(KINDS, data[0] | 0x20);
	if (small == NULL || *small == '\0')
		return 0;
	const size_t kind = (size_t)(small - KINDS);
	if ((data[0] & 0x20) != 0) {
		check((enum document_kind)kind, bytes, size - 1);
		return 0;
	}
	out_init(&o, (size_t)16 << 20);
	zip_begin(&z, &o);
	zip_add(&z, PARTS[kind], bytes, size - 1);
	zip_end(&z);
	if (o.data != NULL)
		check((enum document_kind)kind, o.data, o.len);
	out_free(&o);
	return 0;
}
