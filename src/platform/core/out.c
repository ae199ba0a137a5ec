#include "platform/core/out.h"

#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "platform/core/format.h"
#include "platform/core/memory.h"

enum { PAGE_BYTES = 64 * 1024 };

void out_init(struct out *o, size_t max_bytes)
{
	assert(max_bytes > 1);
	*o = (struct out){ .max = max_bytes };
}

void out_free(struct out *o)
{
	free(o->data);
	*o = (struct out){ .max = o->max };
}

void out_clear(struct out *o)
{
	o->len = 0;
	o->overflowed = false;
	if (o->data != NULL)
		o->data[0] = '\0';
}

static void grow(struct out *o, size_t need)
{
	/* What outgrows the first block is a page: its room is taken at once, not by doubling. */
	size_t size = need < 2048 ? 4096 : need < PAGE_BYTES / 2 ? PAGE_BYTES : need * 2;
	char *grown = realloc(o->data, size);
	if (grown == NULL)
		abort();
	o->data = grown;
	o->size = size;
}

void out_raw(struct out *o, const char *s, size_t len)
{
	if (o->overflowed || len >= o->max - o->len) {
		o->overflowed = true;
		return;
	}
	if (o->len + len + 1 > o->size)
		grow(o, o->len + len + 1);
	memcpy(o->data + o->len, s, len);
	o->len += len;
	o->data[o->len] = '\0';
}

void out_fmt(struct out *o, const char *fmt, ...)
{
	char small[FORMAT_SMALL_BYTES] LEFT_ALONE;
	size_t small_len = 0;
	va_list ap;

	va_start(ap, fmt);
	const bool done = format_small(small, sizeof small, &small_len, fmt, ap);
	va_end(ap);
	if (done) {
		out_raw(o, small, small_len);
		return;
	}

	va_start(ap, fmt);
	const int len = vsnprintf(NULL, 0, fmt, ap);
	va_end(ap);
	assert(len >= 0);
	char *large = malloc((size_t)len + 1);
	if (large == NULL)
		abort();
	va_start(ap, fmt);
	(void)vsnprintf(large, (size_t)len + 1, fmt, ap);
	va_end(ap);
	out_raw(o, large, (size_t)len);
	free(large);
}

void out_int(struct out *o, int64_t value)
{
	char digits[24] LEFT_ALONE;
	char *end = digits + sizeof digits, *at = end;
	uint64_t rest = value < 0 ? 0 - (uint64_t)value : (uint64_t)value;

	do
		*--at = (char)('0' + rest % 10);
	while ((rest /= 10) != 0);
	if (value < 0)
		*--at = '-';
	out_raw(o, at, (size_t)(end - at));
}

void out_html(struct out *o, const char *text)
{
	static const char *const ESC[128] = {
		['&'] = "&amp;", ['<'] = "&lt;", ['>'] = "&gt;", ['"'] = "&quot;", ['\''] = "&#39;",
	};
	const char *from = text, *p = text;

	for (; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		const char *e = c < 128 ? ESC[c] : NULL;
		if (e == NULL)
			continue;
		out_raw(o, from, (size_t)(p - from));
		out_raw(o, e, strlen(e));
		from = p + 1;
	}
	out_raw(o, from, (size_t)(p - from));
}

void out_json(struct out *o, const char *text)
{
	const char *from = text, *p = text;

	OUT_LIT(o, "\"");
	for (; *p != '\0'; p++) {
		unsigned char c = (unsigned char)*p;
		if (c >= 0x20 && c != '"' && c != '\\')
			continue;
		out_raw(o, from, (size_t)(p - from));
		out_fmt(o, "\\u%04x", c);
		from = p + 1;
	}
	out_raw(o, from, (size_t)(p - from));
	OUT_LIT(o, "\"");
}

void out_csv(struct out *o, const char *text)
{
	bool runs = *text != '\0' && strchr("=+-@\t\r", *text) != NULL;

	if (!runs && strpbrk(text, "\",;\r\n") == NULL) {
		out_raw(o, text, strlen(text));
		return;
	}
	OUT_LIT(o, "\"");
	if (runs)
		OUT_LIT(o, "'");
	for (const char *p = text; *p != '\0'; p++) {
		if (*p == '"')
			OUT_LIT(o, "\"");
		out_raw(o, p, 1);
	}
	OUT_LIT(o, "\"");
}

enum status out_end(struct out *o, struct error *reterr)
{
	if (o->overflowed)
		return FAIL(reterr, ERR_LIMIT,
		            "Deze pagina is te groot om te tonen. Kies minder tegelijk.");
	return OK;
}

bool out_whole(int fd, const void *bytes, size_t len)
{
	const char *at = bytes;

	while (len > 0) {
		const ssize_t n = write(fd, at, len);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		at += n;
		len -= (size_t)n;
	}
	return true;
}
