#include "analysis/mention.h"

#include <string.h>

#include "platform/crypto/crypto.h"

enum { TOKEN_OPENS = 2, TOKEN_ENDS = 3, HEX_CHARS = 2 * UUID_BYTES };
enum { TOKEN_BYTES = HEX_CHARS + 2, NUMBER_DIGITS_MAX = 4, PLAIN_NAME_BYTES_MIN = 3 };

/* ---- letters -------------------------------------------------------------------------------- */

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Letters, digits and every byte of a letter beyond ASCII. */
static bool is_word(char c)
{
	return is_digit(c) || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') ||
	       ((unsigned char)c & 0x80u) != 0;
}

static char lower(char c)
{
	return c >= 'A' && c <= 'Z' ? (char)(c + ('a' - 'A')) : c;
}

/* How far name reaches in text, ending where a word ends; 0: it doesn't stand there. */
static size_t name_reaches(const char *text, const char *name, bool exact)
{
	size_t i = 0;

	for (; name[i] != '\0'; i++)
		if (exact ? text[i] != name[i] : lower(text[i]) != lower(name[i]))
			return 0;
	return is_word(text[i]) ? 0 : i;
}

/* ---- tokens --------------------------------------------------------------------------------- */

/* Is there a whole token at p? */
static bool token_at(const char *p, struct uuid *ret)
{
	char hex[HEX_CHARS + 1];

	if (p[0] != TOKEN_OPENS)
		return false;
	for (size_t i = 0; i < HEX_CHARS; i++)
		if (p[1 + i] == '\0')
			return false;
	memcpy(hex, p + 1, HEX_CHARS);
	hex[HEX_CHARS] = '\0';
	return p[1 + HEX_CHARS] == TOKEN_ENDS && hex_parse(hex, ret->bytes, UUID_BYTES);
}

static size_t token_write(char *to, const struct uuid *uuid)
{
	char hex[HEX_CHARS + 1];

	hex_text(uuid->bytes, UUID_BYTES, hex);
	to[0] = TOKEN_OPENS;
	memcpy(to + 1, hex, HEX_CHARS);
	to[1 + HEX_CHARS] = TOKEN_ENDS;
	return TOKEN_BYTES;
}

static const struct mention_known *with_uuid(const struct uuid *uuid,
                                             const struct mention_known *known, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (memcmp(known[i].uuid.bytes, uuid->bytes, UUID_BYTES) == 0)
			return &known[i];
	return NULL;
}

static const struct mention_known *with_number(int64_t number, const struct mention_known *known,
                                               size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (known[i].number == number)
			return &known[i];
	return NULL;
}

/* ---- what was typed --------------------------------------------------------------------------- */

struct reading {
	const struct mention_known *known;
	size_t count;
	struct mention_text *ret;
};

/* Digits at p; how many, 0: none or too many. */
static size_t number_at(const char *p, int64_t *ret)
{
	size_t n = 0;

	*ret = 0;
	while (n <= NUMBER_DIGITS_MAX && is_digit(p[n]))
		*ret = *ret * 10 + (p[n++] - '0');
	return n <= NUMBER_DIGITS_MAX ? n : 0;
}

/* "@[3 Jan de Boer]": the number counts. */
static size_t bracketed(const struct reading *r, const char *p, const struct mention_known **ret)
{
	int64_t number = 0;
	const size_t digits = number_at(p + 2, &number);
	const char *close = strchr(p, ']');

	if (digits == 0 || close == NULL || (p[2 + digits] != ' ' && p[2 + digits] != ']') ||
	    memchr(p, '\n', (size_t)(close - p)) != NULL ||
	    memchr(p + 1, '@', (size_t)(close - p) - 1) != NULL)
		return 0;
	*ret = with_number(number, r->known, r->count);
	if (*ret == NULL)
		r->ret->unknown = number;
	return *ret != NULL ? (size_t)(close - p) + 1 : 0;
}

static size_t numbered(const struct reading *r, const char *p, const struct mention_known **ret)
{
	int64_t number = 0;
	const size_t digits = number_at(p + 1, &number);

	if (digits == 0 || is_word(p[1 + digits]))
		return 0;
	*ret = with_number(number, r->known, r->count);
	if (*ret == NULL)
		r->ret->unknown = number;
	return *ret != NULL ? 1 + digits : 0;
}

/* The longest name that stands after the @. */
static size_t by_name(const struct reading *r, const char *p, const struct mention_known **ret)
{
	size_t longest = 0;

	for (size_t i = 0; i < r->count; i++) {
		const size_t reach = name_reaches(p + 1, r->known[i].name, false);
		if (reach > longest) {
			longest = reach;
			*ret = &r->known[i];
		}
	}
	return longest > 0 ? 1 + longest : 0;
}

/* How many bytes at p, which is an @, mention somebody; 0: nobody. after: where plain text began. */
static size_t mention_at(const struct reading *r, const char *after, const char *p,
                         const struct mention_known **ret)
{
	if (p[1] == '[')
		return bracketed(r, p, ret);
	if (p > after && is_word(p[-1]))
		return 0; /* an address of mail */
	return is_digit(p[1]) ? numbered(r, p, ret) : by_name(r, p, ret);
}

static void remember(struct mention_text *t, const struct uuid *uuid)
{
	for (size_t i = 0; i < t->mention_count; i++)
		if (memcmp(t->mentions[i].bytes, uuid->bytes, UUID_BYTES) == 0)
			return;
	if (t->mention_count == MENTIONS_MAX)
		t->too_many = true;
	else
		t->mentions[t->mention_count++] = *uuid;
}

/* Somebody who stands in plain words at p, the start of a word. */
static const struct mention_known *named_at(const struct reading *r, const char *p)
{
	for (size_t i = 0; i < r->count; i++) {
		const struct mention_known *k = &r->known[i];
		if (!k->named)
			continue;
		if (strlen(k->name) >= PLAIN_NAME_BYTES_MIN && name_reaches(p, k->name, false) > 0)
			return k;
		if (k->other != NULL && strlen(k->other) >= PLAIN_NAME_BYTES_MIN &&
		    name_reaches(p, k->other, true) > 0)
			return k;
	}
	return NULL;
}

/* Without the bytes that tokens are made of. */
static const char *without_tokens(struct arena *a, const char *typed)
{
	char *to = arena_strdup(a, typed);
	size_t len = 0;

	for (const char *p = typed; *p != '\0'; p++)
		if (*p != TOKEN_OPENS && *p != TOKEN_ENDS)
			to[len++] = *p;
	to[len] = '\0';
	return to;
}

void mention_read(struct arena *a, const char *input, const struct mention_known *known,
                  size_t count, struct mention_text *ret)
{
	const struct reading r = { known, count, ret };
	const char *typed = without_tokens(a, input);
	/* "@3" is the shortest that becomes a token */
	char *to = arena_alloc(a, strlen(typed) * TOKEN_BYTES / 2 + TOKEN_BYTES + 1);
	const char *after = typed; /* the last mention */
	size_t len = 0;

	*ret = (struct mention_text){ .stored = to };
	for (const char *p = typed; *p != '\0';) {
		const struct mention_known *who = NULL;
		const size_t reach = *p == '@' ? mention_at(&r, after, p, &who) : 0;
		if (reach > 0 && who != NULL) {
			remember(ret, &who->uuid);
			len += token_write(to + len, &who->uuid);
			p += reach;
			after = p;
			continue;
		}
		if (ret->plain == NULL && is_word(*p) && (p == after || !is_word(p[-1])))
			ret->plain = named_at(&r, p);
		to[len++] = *p++;
	}
	to[len] = '\0';
}

/* ---- and back ------------------------------------------------------------------------------------ */

static size_t tokens_in(const char *stored)
{
	size_t count = 0;

	for (; *stored != '\0'; stored++)
		count += *stored == TOKEN_OPENS;
	return count;
}

struct array mention_pieces(struct arena *a, const char *stored, const struct mention_known *known,
                            size_t count)
{
	struct mention_piece *to = ARENA_ARRAY(a, struct mention_piece, 2 * tokens_in(stored) + 1);
	const char *from = stored;
	size_t pieces = 0;

	for (const char *p = stored;;) {
		struct uuid uuid;
		const bool token = token_at(p, &uuid);
		if ((token || *p == '\0') && p > from)
			to[pieces++] = (struct mention_piece){ .text = arena_strndup(
								   a, from, (size_t)(p - from)) };
		if (*p == '\0')
			break;
		if (!token) {
			p++;
			continue;
		}
		const struct mention_known *who = with_uuid(&uuid, known, count);
		to[pieces++] = (struct mention_piece){ .text = "",
			                               .name = who != NULL ? who->name : "",
			                               .number = who != NULL ? who->number : 0 };
		p += TOKEN_BYTES;
		from = p;
	}
	return (struct array){ to, pieces };
}

/* A name that fits between the brackets. */
static const char *bracket_name(struct arena *a, const char *name)
{
	char *to = arena_strdup(a, name);
	size_t len = 0;

	for (const char *p = name; *p != '\0'; p++)
		if (*p != ']' && *p != '\n' && *p != '@')
			to[len++] = *p;
	to[len] = '\0';
	return to;
}

/* All pieces after one another; each mention as `word` says. */
static const char *joined(struct arena *a, struct array pieces,
                          const char *(*word)(struct arena *a, const struct mention_piece *p))
{
	const struct mention_piece *p = pieces.items;
	const char **words = ARENA_ARRAY(a, const char *, pieces.count + 1);
	size_t len = 0;

	for (size_t i = 0; i < pieces.count; i++) {
		words[i] = p[i].name == NULL ? p[i].text : word(a, &p[i]);
		len += strlen(words[i]);
	}
	char *to = arena_alloc(a, len + 1), *at = to;
	for (size_t i = 0; i < pieces.count; i++) {
		const size_t n = strlen(words[i]);
		memcpy(at, words[i], n);
		at += n;
	}
	*at = '\0';
	return to;
}

static const char *word_typed(struct arena *a, const struct mention_piece *p)
{
	return p->number == 0
	           ? "[naam weg]"
	           : arena_printf(a, "@[%lld %s]", (long long)p->number, bracket_name(a, p->name));
}

static const char *word_plain(struct arena *a, const struct mention_piece *p)
{
	(void)a;
	return p->name[0] != '\0' ? p->name : MENTION_BLANK;
}

const char *mention_typed(struct arena *a, const char *stored, const struct mention_known *known,
                          size_t count)
{
	return joined(a, mention_pieces(a, stored, known, count), word_typed);
}

const char *mention_plain(struct arena *a, const char *stored, const struct mention_known *known,
                          size_t count)
{
	return joined(a, mention_pieces(a, stored, known, count), word_plain);
}
