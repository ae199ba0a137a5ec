/*
 * document.h - the plain words of a document that somebody sent, to find it by
 *
 * ODT and ODS, DOCX, XLSX, PDF: what a reader would read, paragraph by paragraph; no layout, no formula,
 * no field, no address is followed. Foreign bytes: everything is bounded, and read in a child that
 * can only compute (platform/sandbox). What is more than DOCUMENT_WORDS_BYTES_MAX is left out.
 * Threads: safe, nothing is shared.
 */
#ifndef SHEETS_DOCUMENT_H
#define SHEETS_DOCUMENT_H

#include <stdbool.h>
#include <stddef.h>

#include "platform/core/arena.h"
#include "platform/core/error.h"
#include "platform/core/out.h"
#include "platform/core/source.h"

enum document_kind { DOCUMENT_ODF, DOCUMENT_DOCX, DOCUMENT_XLSX, DOCUMENT_PDF };

enum { DOCUMENT_WORDS_BYTES_MAX = 524288 /* some two hundred pages */ };

/* In a child. ERR_INVALID or ERR_LIMIT: it can't be read; ERR_UNAVAILABLE: no child could be
 * started. *ret is UTF-8, in a. */
MUST_CHECK enum status document_words(enum document_kind kind, const struct byte_source *from,
                                      struct arena *a, const char **ret, struct error *reterr);

/* A PDF is read by pdftotext, a program of its own (docs/decisions/0016): is it installed here? */
bool document_reads_pdf(void);

/* The same in this process, but for a PDF: for the child, and to try what it does with all kinds of bytes. The
 * words come at the end of ret. */
MUST_CHECK enum status document_parse(enum document_kind kind, const void *bytes, size_t len,
                                      struct out *ret, struct error *reterr);

/* Plain text as UTF-8: what isn't, is taken for the letters of Windows. In a, at most
 * DOCUMENT_WORDS_BYTES_MAX of it. */
const char *document_plain(const void *bytes, size_t len, struct arena *a);

/* Whether the program was started to read a document and do nothing else; and that. */
bool document_child_asked(int argc, char **argv);
int document_child(char **argv);

#endif
