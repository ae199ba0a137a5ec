/*
 * multipart/form-data (RFC 7578), as browsers send it and nothing looser: no preamble, lines
 * end in CRLF, one Content-Disposition a part, no encodings, closed by its end mark.
 */
#include "platform/http/input.h"

#include <assert.h>

#include "platform/core/limits.h"
#include "platform/core/memory.h"
#include "platform/http/collect.h"

struct part {
	char *name;      /* NULL: none given */
	char *file_name; /* NULL: a text field */
	const char *content_type;
	size_t at, len; /* of what it holds */
};

struct cursor {
	struct source_window window;
	size_t at;
	const char *mark; /* "\r\n--boundary" */
	size_t mark_len;
};

static size_t left(const struct cursor *cur)
{
	return cur->window.source->len - cur->at;
}

static bool take(struct cursor *cur, const char *literal)
{
	size_t len = strlen(literal), there;
	const unsigned char *bytes = source_look(&cur->window, cur->at, len, &there);

	if (bytes == NULL || memcmp(bytes, literal, len) != 0)
		return false;
	cur->at += len;
	return true;
}

/* The first mark from here on. */
static bool find_mark(struct cursor *cur, size_t from, size_t *ret)
{
	const unsigned char *bytes;
	size_t there;

	while ((bytes = source_look(&cur->window, from, cur->mark_len, &there)) != NULL) {
		const unsigned char *hit = memmem(bytes, there, cur->mark, cur->mark_len);
		if (hit != NULL) {
			*ret = from + (size_t)(hit - bytes);
			return true;
		}
		from += there - cur->mark_len + 1;
	}
	return false;
}

static bool boundary_is_fit(const char *boundary)
{
	size_t len = strlen(boundary);
	static const char extra[] = "0123456789abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "'()+_,-./:=? ";
	return len > 0 && len <= LIMIT_BOUNDARY_BYTES && strspn(boundary, extra) == len &&
	       boundary[len - 1] != ' ';
}

/* In quoted names browsers write %22, %0D and %0A for what would end them, and no other %. */
static void undo_quoting(char *text)
{
	char *to = text;

	for (const char *p = text; *p != '\0'; p++) {
		bool quote = strncmp(p, "%22", 3) == 0;
		bool line_end = strncasecmp(p, "%0D", 3) == 0 || strncasecmp(p, "%0A", 3) == 0;
		*to++ = quote ? '"' : line_end ? '\n' : *p;
		if (quote || line_end)
			p += 2;
	}
	*to = '\0';
}

/* The value of key="..." in a header line; NULL if it isn't there. */
static char *parameter(struct arena *a, const char *line, const char *key)
{
	const char *p = strchr(line, ';');

	while (p != NULL) {
		p += 1 + strspn(p + 1, " \t");
		size_t key_len = strcspn(p, "=;");
		const char *value = p + key_len;
		if (value[0] != '=' || value[1] != '"')
			return NULL;
		const char *close = strchr(value + 2, '"');
		if (close == NULL)
			return NULL;
		if (key_len == strlen(key) && strncasecmp(p, key, key_len) == 0) {
			char *text = arena_strndup(a, value + 2, (size_t)(close - value - 2));
			undo_quoting(text);
			return text;
		}
		p = close[1] == ';' ? close + 1 : NULL;
	}
	return NULL;
}

static bool starts(const char *line, const char *name)
{
	return strncasecmp(line, name, strlen(name)) == 0;
}

static enum status part_header(struct arena *a, struct part *part, const char *line,
                               struct error *reterr)
{
	if (starts(line, "Content-Disposition:")) {
		const char *value = line + strlen("Content-Disposition:");
		value += strspn(value, " \t");
		if (part->name != NULL || !starts(value, "form-data"))
			return fail_unreadable(reterr,
			                       "multipart: two dispositions, or not form-data");
		part->name = parameter(a, value, "name");
		part->file_name = parameter(a, value, "filename");
	} else if (starts(line, "Content-Type:")) {
		const char *value = line + strlen("Content-Type:");
		part->content_type = value + strspn(value, " \t");
	} else if (starts(line, "Content-Transfer-Encoding:")) {
		return fail_unreadable(reterr, "multipart: an encoding, which RFC 7578 forbids");
	}
	return OK;
}

static enum status part_head(struct arena *a, struct cursor *cur, struct part *part,
                             struct error *reterr)
{
	const size_t most = (size_t)LIMIT_PART_HEAD_BYTES + 4;
	const size_t want = left(cur) < most ? left(cur) : most;
	size_t there;
	const char *bytes =
	    want > 0 ? (const char *)source_look(&cur->window, cur->at, want, &there) : NULL;
	const char *stop = bytes != NULL ? memmem(bytes, want, "\r\n\r\n", 4) : NULL;
	if (stop == NULL)
		return fail_unreadable(reterr, "multipart: a part without an end to its head");
	const size_t head_len = (size_t)(stop - bytes);
	char *head = arena_strndup(a, bytes, head_len);
	if (!input_is_utf8(head, head_len))
		return fail_unreadable(reterr, "multipart: a head that isn't UTF-8");
	cur->at += head_len + 2; /* an empty part's mark starts with the second \r\n */
	for (char *line = head; line != NULL;) {
		char *next = strstr(line, "\r\n");
		if (next != NULL) {
			*next = '\0';
			next += 2;
		}
		if (strpbrk(line, "\r\n") != NULL || strchr(line, ':') == NULL)
			return fail_unreadable(reterr, "multipart: a head line that isn't one");
		enum status st = part_header(a, part, line, reterr);
		if (st != OK)
			return st;
		line = next;
	}
	if (part->name == NULL || *part->name == '\0')
		return fail_unreadable(reterr, "multipart: a part without a name");
	return OK;
}

static enum status part_body(struct cursor *cur, struct part *part, struct error *reterr)
{
	size_t stop = 0;

	part->at = cur->at + 2;
	if (!find_mark(cur, part->at, &stop))
		return fail_unreadable(reterr, "multipart: a part without an end");
	part->len = stop - part->at;
	cur->at = stop + cur->mark_len;
	return OK;
}

static enum status keep_text(struct collector *c, const struct byte_source *body,
                             const struct part *part, struct error *reterr)
{
	if (part->len > LIMIT_FIELD_BYTES)
		return FAIL(reterr, ERR_LIMIT, "Een van de teksten is te lang. Kort de tekst in.");
	char *text = arena_alloc(c->arena, part->len + 1);
	if (!source_read(body, part->at, text, part->len))
		return FAIL_INTERNAL(reterr);
	return collect_text(c, part->name, text, part->len, INPUT_TEXT, reterr);
}

static enum status keep(struct collector *c, const struct byte_source *body,
                        const struct part *part, size_t *files, struct error *reterr)
{
	if (part->file_name == NULL)
		return keep_text(c, body, part, reterr);
	if (*part->file_name == '\0' && part->len == 0)
		return OK; /* a file field in which nothing was chosen */
	if (++*files > LIMIT_FILES)
		return FAIL(reterr, ERR_LIMIT, "Dat zijn te veel bestanden. Stuur er hooguit %d.",
		            LIMIT_FILES);
	const struct input_value file = {
		.path = part->name,
		.file_name = part->file_name,
		.content_type = part->content_type != NULL ? part->content_type : "",
		.file = source_part(body, part->at, part->len),
	};
	return collect_file(c, &file, reterr);
}

static size_t count_marks(struct cursor *cur)
{
	size_t count = 0, at = cur->at;

	while (count <= LIMIT_FIELDS && find_mark(cur, at, &at)) {
		count++;
		at += cur->mark_len;
	}
	return count;
}

static enum status all_parts(struct collector *c, struct cursor *cur, struct error *reterr)
{
	size_t files = 0;

	while (!take(cur, "--")) {
		struct part part = { 0 };
		if (!take(cur, "\r\n"))
			return fail_unreadable(
			    reterr, "multipart: a boundary that isn't followed by a line end");
		enum status st = part_head(c->arena, cur, &part, reterr);
		if (st == OK)
			st = part_body(cur, &part, reterr);
		if (st == OK)
			st = keep(c, cur->window.source, &part, &files, reterr);
		if (st != OK)
			return st;
	}
	(void)take(cur, "\r\n");
	return left(cur) == 0 ? OK : fail_unreadable(reterr, "multipart: bytes behind the end");
}

enum status input_multipart(struct arena *a, const char *boundary, const struct byte_source *body,
                            struct input *ret, struct error *reterr)
{
	struct collector c;
	LEFT_ALONE struct cursor cur;

	assert(boundary != NULL);
	*ret = (struct input){ 0 };
	if (!boundary_is_fit(boundary))
		return fail_unreadable(reterr, "multipart: a boundary that RFC 2046 doesn't know");
	if (body->len == 0)
		return fail_unreadable(reterr, "multipart: empty");
	const char *mark = arena_printf(a, "\r\n--%s", boundary);
	source_window_open(&cur.window, body);
	cur.at = 0;
	cur.mark = mark;
	cur.mark_len = strlen(mark);
	if (!take(&cur, mark + 2))
		return cur.window.broken
		           ? FAIL_INTERNAL(reterr)
		           : fail_unreadable(reterr,
		                             "multipart: it doesn't start with its boundary");
	enum status st = collect_begin(&c, a, count_marks(&cur), reterr);
	if (st == OK && !cur.window.broken)
		st = all_parts(&c, &cur, reterr);
	if (st == OK)
		collect_end(&c, ret);
	return cur.window.broken ? FAIL_INTERNAL(reterr) : st;
}
