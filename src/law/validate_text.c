#include "law/validate_text.h"

#include <assert.h>
#include <stdarg.h>
#include <string.h>

bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

bool is_letter(char c)
{
	return (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
}

char small_letter(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (char)(c - 'A' + 'a');
	return c;
}

char capital_letter(char c)
{
	if (c >= 'a' && c <= 'z')
		return (char)(c - 'a' + 'A');
	return c;
}

/* What a typographic character stands for: ' ', '-', '\'', or '\0' for nothing; *ret_bytes 0 if it
 * is none. */
static char typographic(const char *s, size_t left, size_t *ret_bytes)
{
	const unsigned char *u = (const unsigned char *)s;

	*ret_bytes = 0;
	if (left >= 2 && u[0] == 0xc2 && (u[1] == 0xa0 || u[1] == 0xad)) {
		*ret_bytes = 2; /* no-break space, soft hyphen */
		if (u[1] == 0xa0)
			return ' ';
		return '\0';
	}
	if (left < 3 || u[0] != 0xe2 || (u[1] != 0x80 && u[1] != 0x81) || (u[2] & 0xc0u) != 0x80u)
		return '\0';
	*ret_bytes = 3;
	if (u[1] == 0x81)
		return (char)(u[2] == 0x9f ? ' '
		                           : '\0'); /* U+205F; U+2060 and its kin are invisible */
	if (u[2] <= 0x8a || u[2] == 0xaf)
		return ' '; /* U+2000..U+200A, U+202F */
	if (u[2] <= 0x8f || (u[2] >= 0xaa && u[2] <= 0xae))
		return '\0'; /* zero width and direction marks */
	if (u[2] <= 0x95)
		return '-';
	if (u[2] == 0x98 || u[2] == 0x99)
		return '\'';
	*ret_bytes = 0;
	return '\0';
}

static void plain_append(struct plain *p, char c)
{
	if (p->len >= LAW_CHECK_INPUT_MAX) {
		p->refused = true;
		return;
	}
	p->s[p->len++] = c;
}

char plain_char(const char *s, size_t left, size_t *ret_bytes)
{
	char stands_for = typographic(s, left, ret_bytes);

	if (*ret_bytes > 0)
		return stands_for;
	*ret_bytes = 1;
	if (s[0] == '\t' || s[0] == '\n' || s[0] == '\r')
		return ' ';
	return s[0];
}

/* Bytes of the well-formed character at s, or 0. */
static size_t utf8_step(const char *s, size_t left)
{
	unsigned char lead = (unsigned char)s[0];
	size_t bytes = lead < 0x80 ? 1 : lead >= 0xf0 ? 4 : lead >= 0xe0 ? 3 : 2;

	if ((lead >= 0x80 && lead < 0xc2) || lead > 0xf4 || bytes > left)
		return 0;
	for (size_t i = 1; i < bytes; i++)
		if (((unsigned char)s[i] & 0xc0u) != 0x80u)
			return 0;
	return bytes;
}

static bool is_utf8(const char *s, size_t bytes)
{
	for (size_t i = 0, step; i < bytes; i += step) {
		step = utf8_step(s + i, bytes - i);
		if (step == 0)
			return false;
	}
	return true;
}

struct plain plain_of(const char *text)
{
	size_t bytes = strnlen(text, LAW_CHECK_INPUT_MAX * 4 + 1);
	struct plain p = { .len = 0, .refused = !is_utf8(text, bytes) };

	for (size_t i = 0; i < bytes && !p.refused;) {
		size_t step;
		char c = plain_char(text + i, bytes - i, &step);
		i += step;
		if (c != '\0' && !(c == ' ' && p.len == 0))
			plain_append(&p, c);
	}
	while (p.len > 0 && p.s[p.len - 1] == ' ')
		p.len--;
	p.s[p.len] = '\0';
	return p;
}

bool plain_compact(const struct plain *p, const char *dropped, struct plain *ret)
{
	*ret = (struct plain){ .refused = p->refused };
	for (size_t i = 0; i < p->len; i++) {
		char c = capital_letter(p->s[i]);
		if (is_digit(c) || is_letter(c))
			plain_append(ret, c);
		else if (strchr(dropped, c) == NULL)
			return false;
	}
	ret->s[ret->len] = '\0';
	return !ret->refused;
}

bool all_digits(const char *s, size_t len)
{
	for (size_t i = 0; i < len; i++)
		if (!is_digit(s[i]))
			return false;
	return len > 0;
}

int64_t digits_number(const char *s, size_t len)
{
	int64_t value = 0;

	assert(len <= 18);
	for (size_t i = 0; i < len; i++)
		value = value * 10 + (s[i] - '0');
	return value;
}

bool eleven_test(const char *nine_digits)
{
	int sum = 0, any = 0;

	for (int i = 0; i < 9; i++) {
		int digit = nine_digits[i] - '0';
		sum += (i == 8 ? -1 : 9 - i) * digit;
		any |= digit;
	}
	return any != 0 && sum % 11 == 0;
}

int modulo_97(const char *capitals_and_digits, size_t len)
{
	int rest = 0;

	for (size_t i = 0; i < len; i++) {
		char c = capitals_and_digits[i];
		if (is_digit(c))
			rest = (rest * 10 + (c - '0')) % 97;
		else
			rest = (rest * 100 + (c - 'A' + 10)) % 97;
	}
	return rest;
}

static void __attribute__((format(printf, 2, 0)))
write_sentence(struct law_checked *c, const char *fmt, va_list args)
{
	int len = vsnprintf(c->sentence, sizeof(c->sentence), fmt, args);
	assert(len >= 0 && (size_t)len < sizeof(c->sentence));
}

struct law_checked checked_error(const char *fmt, ...)
{
	struct law_checked c = { .level = CHECK_ERROR };
	va_list args;

	va_start(args, fmt);
	write_sentence(&c, fmt, args);
	va_end(args);
	return c;
}

static void write_value(struct law_checked *c, const char *value)
{
	size_t len = strlen(value);

	assert(len <= LAW_CHECK_VALUE_MAX);
	memcpy(c->value, value, len + 1);
}

struct law_checked checked_fine(const char *value)
{
	struct law_checked c = { .level = CHECK_FINE };

	write_value(&c, value);
	return c;
}

struct law_checked checked_warning(const char *value, const char *fmt, ...)
{
	struct law_checked c = { .level = CHECK_WARNING };
	va_list args;

	write_value(&c, value);
	va_start(args, fmt);
	write_sentence(&c, fmt, args);
	va_end(args);
	return c;
}
