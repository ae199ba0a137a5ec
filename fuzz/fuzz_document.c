/*
 * Property: the same bytes give the same words, and what is refused says why. The
 * first byte chooses: 'o' ODF, 'd' DOCX, 'x' XLSX as sent; 'O', 'D', 'X' the XML of the part inside
 * a whole ZIP.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

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
