/* The catalogue as cairo 1.16 writes it, once more with the language. */
#include "platform/pdf/pdf_blocks.h"

#include <stdlib.h>
#include <string.h>

/* The last place of `what` in the file; NULL: nowhere. */
static const char *last_of(const char *file, size_t len, const char *what)
{
	const size_t size = strlen(what);

	for (size_t i = len; i >= size; i--)
		if (memcmp(file + i - size, what, size) == 0)
			return file + i - size;
	return NULL;
}

static const char *first_of(const char *from, const char *end, const char *what)
{
	return memmem(from, (size_t)(end - from), what, strlen(what));
}

/* The number after a word of the trailer; -1: it isn't there. */
static long number_after(const char *trailer, const char *end, const char *word)
{
	const char *at = first_of(trailer, end, word);

	return at != NULL ? strtol(at + strlen(word), NULL, 10) : -1;
}

static size_t offset_of(const struct out *o, size_t began)
{
	return o->len - began;
}

bool pdf_complete(struct out *o, size_t began)
{
	const char *file = o->data + began, *end = o->data + o->len;
	const char *trailer = last_of(file, offset_of(o, began), "trailer");
	char name[40];

	if (trailer == NULL)
		return false;
	const long root = number_after(trailer, end, "/Root "),
		   info = number_after(trailer, end, "/Info ");
	const long size = number_after(trailer, end, "/Size ");
	const long before = number_after(trailer, end, "startxref\n");
	if (root < 1 || info < 1 || size < 1 || before < 1)
		return false;
	(void)snprintf(name, sizeof name, "\n%ld 0 obj\n<<", root);
	const char *catalog = last_of(file, offset_of(o, began), name);
	const char *close = catalog != NULL ? first_of(catalog, end, "endobj") : NULL;
	if (close == NULL)
		return false;

	/* a copy: the buffer moves as it grows */
	struct out update;
	out_init(&update, 8192);
	out_raw(&update, catalog + 1, (size_t)(strlen(name) - 1));
	OUT_LIT(&update, "\n   /Lang (nl-NL)\n   /ViewerPreferences << /DisplayDocTitle true >>");
	out_raw(&update, catalog + strlen(name), (size_t)(close - catalog) - strlen(name));
	OUT_LIT(&update, "endobj\n");
	const size_t at = offset_of(o, began), table = at + update.len;
	out_fmt(&update,
	        "xref\n%ld 1\n%010zu 00000 n \ntrailer\n<< /Size %ld\n   /Root %ld 0 R\n"
	        "   /Info %ld 0 R\n   /Prev %ld\n>>\nstartxref\n%zu\n%%%%EOF\n",
	        root, at, size, root, info, before, table);
	out_raw(o, update.data, update.len);
	const bool whole = !update.overflowed;
	out_free(&update);
	return whole;
}
