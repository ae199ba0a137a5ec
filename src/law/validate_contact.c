#include "law/validate.h"
#include "law/validate_text.h"

#include <string.h>

enum { E164_LEAST = 7, E164_MOST = 15, EMAIL_MOST = 254, LOCAL_MOST = 64 };

static struct law_checked no_phone(void)
{
	return checked_error(
	    "Dit is geen telefoonnummer. Schrijf het zo: 06 12345678 of +31 6 12345678.");
}

/* The national part of a Dutch number, without its leading 0. */
static struct law_checked dutch_phone(const char *national)
{
	char value[24];
	size_t len = strlen(national);
	bool service = strncmp(national, "800", 3) == 0 || strncmp(national, "90", 2) == 0;
	bool machine = strncmp(national, "97", 2) == 0;

	if (len < 4 || len > 12)
		return no_phone();
	(void)snprintf(value, sizeof(value), "+31%s", national);
	bool right = len == 9 || (service && (len == 7 || len == 10)) || (machine && len == 11);
	if (right && national[0] != '0')
		return checked_fine(value);
	return checked_warning(value,
	                       "Een Nederlands nummer heeft tien cijfers. Klopt het wel? Zet "
	                       "erbij waarom.");
}

struct law_checked law_check_phone(const char *text)
{
	struct plain p = plain_of(text), digits;
	bool plus = p.s[0] == '+';

	/* "(0)" after a country code is a hint for callers, not a digit */
	char *hint = strstr(p.s, "(0)");
	if (hint != NULL && plus)
		memmove(hint, hint + 3, strlen(hint + 3) + 1);
	p.len = strlen(p.s);
	if (!plain_compact(&p, " .-+()/", &digits) || !all_digits(digits.s, digits.len) ||
	    strrchr(p.s, '+') > p.s)
		return no_phone();
	const char *s = digits.s;
	if (!plus && strncmp(s, "00", 2) == 0) {
		plus = true;
		s += 2;
	}
	if (plus && strncmp(s, "31", 2) == 0)
		return dutch_phone(s[2] == '0' ? s + 3 : s + 2);
	size_t len = strlen(s);
	if (plus) {
		char value[24];
		if (len < E164_LEAST || len > E164_MOST || s[0] == '0')
			return no_phone();
		(void)snprintf(value, sizeof(value), "+%s", s);
		return checked_fine(value);
	}
	return s[0] == '0' && len > 1 ? dutch_phone(s + 1) : no_phone();
}

static struct law_checked no_email(void)
{
	return checked_error("Dit is geen e-mailadres. Schrijf het zo: naam@voorbeeld.nl.");
}

static bool domain_fits(const char *domain)
{
	size_t label = 0, labels = 0;

	for (const char *s = domain;; s++) {
		if (*s == '.' || *s == '\0') {
			if (label == 0 || label > 63 || s[-1] == '-')
				return false;
			labels++;
			label = 0;
			if (*s == '\0')
				return labels >= 2;
			continue;
		}
		bool inside = is_letter(*s) || is_digit(*s) || ((unsigned char)*s & 0x80u) != 0 ||
		              (*s == '-' && label > 0);
		if (!inside)
			return false;
		label++;
	}
}

static bool local_fits(const char *s, size_t len)
{
	if (len == 0 || len > LOCAL_MOST || s[0] == '.' || s[len - 1] == '.')
		return false;
	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)s[i];
		if (c <= ' ' || c == 0x7f || strchr("()<>[]:;,\\\"@", s[i]) != NULL)
			return false;
		if (s[i] == '.' && s[i + 1] == '.')
			return false;
	}
	return true;
}

struct law_checked law_check_email(const char *text)
{
	struct plain p = plain_of(text);

	if (strncasecmp(p.s, "mailto:", 7) == 0) {
		p.len -= 7;
		memmove(p.s, p.s + 7, p.len + 1);
	}
	char *at = strrchr(p.s, '@');
	if (p.refused || p.len > EMAIL_MOST || at == NULL)
		return no_email();
	if (!local_fits(p.s, (size_t)(at - p.s)) || !domain_fits(at + 1))
		return no_email();
	for (char *c = at; *c != '\0'; c++)
		*c = small_letter(*c);
	return checked_fine(p.s);
}
