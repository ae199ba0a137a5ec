/* A document read in a child: what goes through the pipe is one head, and the words or a sentence. */
#include <string.h>
#include <unistd.h>

#include "platform/sandbox/sandbox.h"
#include "sheets/document.h"

struct head {
	uint32_t status, bytes;
};
/* A piece may come on top of what was enough. */
enum { SAID_MAX = DOCUMENT_WORDS_BYTES_MAX + 16777216 };

static const char *const WORDS[] = {
	[DOCUMENT_ODF] = "words-odf",
	[DOCUMENT_DOCX] = "words-docx",
	[DOCUMENT_XLSX] = "words-xlsx",
	[DOCUMENT_PDF] = "words-pdf",
};
enum { WORD_COUNT = sizeof WORDS / sizeof WORDS[0] };

#define PDFTOTEXT "/usr/bin/pdftotext"
/* Where a PDF's letters without names of their own are looked up. */
static const char *const PDF_FOLDERS[] = { "/usr/share/poppler", NULL };
/* What pdftotext itself says of a file stands below these two, and at 99. */
enum { PDF_CANT_START = 125, PDF_CANT_LOAD = 127 };

bool document_reads_pdf(void)
{
	return access(PDFTOTEXT, X_OK) == 0;
}

/* ---- the child ---------------------------------------------------------------------------------- */

static int kind_of(const char *word)
{
	for (int i = 0; i < WORD_COUNT; i++)
		if (strcmp(word, WORDS[i]) == 0)
			return i;
	return -1;
}

bool document_child_asked(int argc, char **argv)
{
	return argc == 2 && kind_of(argv[1]) >= 0;
}

/* Cut to what is enough, at the beginning of a letter. */
static size_t enough_of(const struct out *o)
{
	size_t len = o->len < DOCUMENT_WORDS_BYTES_MAX ? o->len : DOCUMENT_WORDS_BYTES_MAX;

	while (len < o->len && len > 0 && ((unsigned char)o->data[len] & 0xc0) == 0x80)
		len--;
	return len;
}

/* Its words go to the parent as it reads; whether it could, its exit code says. In the order in which
 * they were written: finding columns is what a page of a million letters is slow at. */
static int become_pdftotext(void)
{
	char program[] = PDFTOTEXT, quiet[] = "-q", raw[] = "-raw", no_break[] = "-nopgbrk",
	     enc[] = "-enc", utf8[] = "UTF-8", last[] = "-l", pages[] = "1000", in[] = "-",
	     out[] = "-";
	char *const argv[] = {
		program, quiet, raw, no_break, enc, utf8, last, pages, in, out, NULL
	};
	struct error e = { 0 };

	return sandbox_become(argv, PDF_FOLDERS, &e) == OK ? 0 : PDF_CANT_START;
}

int document_child(char **argv)
{
	const enum document_kind kind = (enum document_kind)kind_of(argv[1]);
	if (kind == DOCUMENT_PDF)
		return become_pdftotext();
	struct error e = { 0 };
	const void *bytes = NULL;
	size_t len = 0;
	struct out o;

	out_init(&o, SAID_MAX);
	enum status st = sandbox_input(&bytes, &len, &e);
	if (st == OK)
		st = sandbox_close_off(&e);
	if (st == OK)
		st = document_parse(kind, bytes, len, &o, &e);
	const char *said = st == OK ? o.data : e.message;
	const struct head h = { (uint32_t)st,
		                (uint32_t)(st == OK ? enough_of(&o) : strlen(e.message)) };
	const bool heard = sandbox_say(&h, sizeof h) && sandbox_say(said, h.bytes);
	out_free(&o);
	return heard ? 0 : 1;
}

/* ---- who asks ----------------------------------------------------------------------------------- */

static enum status nonsense(struct error *reterr)
{
	return FAIL(reterr, ERR_INVALID,
	            "Dit bestand kunnen wij niet lezen. Bewaar het opnieuw en stuur het nog eens.");
}

static enum status hear(struct sandbox *s, struct arena *a, const char **ret, struct error *reterr)
{
	struct head h = { 0 };
	enum status st = sandbox_hear(s, &h, sizeof h, reterr);

	if (st != OK)
		return st;
	if (h.status >= STATUS_COUNT || h.bytes > DOCUMENT_WORDS_BYTES_MAX ||
	    (h.status != OK && h.bytes >= sizeof reterr->message))
		return nonsense(reterr);
	char *said = arena_alloc(a, h.bytes + 1);
	st = sandbox_hear(s, said, h.bytes, reterr);
	if (st != OK)
		return st;
	if (h.status != OK)
		return FAIL(reterr, (enum status)h.status, "%s", said);
	if (memchr(said, '\0', h.bytes) != NULL)
		return nonsense(reterr);
	*ret = said;
	return OK;
}

static enum status hear_pdf(struct sandbox *s, struct arena *a, const char **ret,
                            struct error *reterr)
{
	char *said = arena_alloc(a, DOCUMENT_WORDS_BYTES_MAX);
	size_t len = 0;
	int code = 0;

	const enum status st =
	    sandbox_hear_all(s, said, DOCUMENT_WORDS_BYTES_MAX, &len, &code, reterr);
	if (st != OK)
		return st;
	if (code == PDF_CANT_START || code == PDF_CANT_LOAD)
		return FAIL(reterr, ERR_UNAVAILABLE,
		            "Plein kan dit bestand nu niet veilig lezen. Probeer het straks "
		            "opnieuw.");
	if (code != 0)
		return nonsense(reterr);
	*ret = document_plain(said, len, a);
	return OK;
}

enum status document_words(enum document_kind kind, const struct byte_source *from, struct arena *a,
                           const char **ret, struct error *reterr)
{
	struct sandbox *s = NULL;
	enum status st = sandbox_start(WORDS[kind], from, a, &s, reterr);

	if (st == OK)
		st = kind == DOCUMENT_PDF ? hear_pdf(s, a, ret, reterr) : hear(s, a, ret, reterr);
	sandbox_end(s);
	return st;
}
