#include "platform/core/format.h"

#include <stdint.h>
#include <string.h>

#include "platform/core/memory.h"

struct spot {
	char *to, *end; /* end: room for the NUL is kept behind it */
};

/* One conversion as it stands behind the percent sign. */
struct conversion {
	char letter, size; /* size: 0 int, l long, q long long, z size_t */
	int width;         /* zeros in front up to here */
	bool precision;    /* .* */
};

static bool put(struct spot *s, const char *text, size_t len)
{
	if (len > (size_t)(s->end - s->to))
		return false;
	memcpy(s->to, text, len);
	s->to += len;
	return true;
}

static bool put_number(struct spot *s, bool negative, uint64_t n, int width)
{
	char digits[32] LEFT_ALONE;
	char *const end = digits + sizeof digits, *at = end;

	do
		*--at = (char)('0' + n % 10);
	while ((n /= 10) != 0);
	while (end - at < width - (negative ? 1 : 0))
		*--at = '0';
	if (negative)
		*--at = '-';
	return put(s, at, (size_t)(end - at));
}

/* Reads behind the percent sign; the place after the letter, or NULL for what isn't known here. */
static const char *read_conversion(const char *p, struct conversion *ret)
{
	*ret = (struct conversion){ 0 };
	if (p[0] == '0' && p[1] >= '1' && p[1] <= '9') {
		ret->width = p[1] - '0';
		p += 2;
	}
	if (p[0] == '.' && p[1] == '*') {
		ret->precision = true;
		p += 2;
	}
	if (*p == 'z' || *p == 'l')
		ret->size = *p++;
	if (ret->size == 'l' && *p == 'l') {
		ret->size = 'q';
		p++;
	}
	ret->letter = *p;
	const bool plain = ret->width == 0 && ret->size == 0;
	if (*p == 's')
		return plain ? p + 1 : NULL;
	if (*p == '%')
		return plain && !ret->precision ? p + 1 : NULL;
	return (*p == 'd' || *p == 'i' || *p == 'u') && !ret->precision ? p + 1 : NULL;
}

static uint64_t magnitude(int64_t n)
{
	return n < 0 ? 0 - (uint64_t)n : (uint64_t)n;
}

_Static_assert(_Generic((size_t)0, unsigned long : 1, default : 0), "z is read as l");

/* The arguments are read one after the other, so the list itself has to move on. */
struct arguments {
	va_list list;
};

static bool put_signed(struct spot *s, const struct conversion *c, struct arguments *args)
{
	const int64_t n = c->size == 0     ? va_arg(args->list, int)
	                  : c->size == 'q' ? va_arg(args->list, long long)
	                                   : va_arg(args->list, long);

	return put_number(s, n < 0, magnitude(n), c->width);
}

static bool put_unsigned(struct spot *s, const struct conversion *c, struct arguments *args)
{
	const uint64_t n = c->size == 0     ? va_arg(args->list, unsigned)
	                   : c->size == 'q' ? va_arg(args->list, unsigned long long)
	                                    : va_arg(args->list, unsigned long);

	return put_number(s, false, n, c->width);
}

static bool put_string(struct spot *s, const struct conversion *c, struct arguments *args)
{
	const int most = c->precision ? va_arg(args->list, int) : -1;
	const char *text = va_arg(args->list, const char *);

	if (text == NULL)
		return false; /* the C library has a word for it */
	return put(s, text, most < 0 ? strlen(text) : strnlen(text, (size_t)most));
}

static bool convert(struct spot *s, const struct conversion *c, struct arguments *args)
{
	switch (c->letter) {
	case 's':
		return put_string(s, c, args);
	case 'u':
		return put_unsigned(s, c, args);
	case '%':
		return put(s, "%", 1);
	default:
		return put_signed(s, c, args);
	}
}

static bool write_all(struct spot *s, const char *fmt, struct arguments *args)
{
	for (const char *percent; (percent = strchr(fmt, '%')) != NULL;) {
		struct conversion c;
		const char *after = read_conversion(percent + 1, &c);
		if (after == NULL || !put(s, fmt, (size_t)(percent - fmt)) || !convert(s, &c, args))
			return false;
		fmt = after;
	}
	return put(s, fmt, strlen(fmt));
}

bool format_small(char *to, size_t size, size_t *ret_len, const char *fmt, va_list ap)
{
	struct spot s = { .to = to, .end = to + size - 1 };
	struct arguments args;

	va_copy(args.list, ap);
	const bool fits = write_all(&s, fmt, &args);
	va_end(args.list);
	if (!fits)
		return false;
	*s.to = '\0';
	*ret_len = (size_t)(s.to - to);
	return true;
}
