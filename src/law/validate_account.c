#include "law/validate.h"
#include "law/validate_text.h"

#include <string.h>

/* Length of an IBAN per country, as in the registry that SWIFT keeps for ISO 13616. */
static const struct {
	char country[3];
	int length;
} lengths[] = {
	{ "AD", 24 }, { "AE", 23 }, { "AL", 28 }, { "AT", 20 }, { "AZ", 28 }, { "BA", 20 },
	{ "BE", 16 }, { "BG", 22 }, { "BH", 22 }, { "BR", 29 }, { "BY", 28 }, { "CH", 21 },
	{ "CR", 22 }, { "CY", 28 }, { "CZ", 24 }, { "DE", 22 }, { "DK", 18 }, { "DO", 28 },
	{ "EE", 20 }, { "EG", 29 }, { "ES", 24 }, { "FI", 18 }, { "FO", 18 }, { "FR", 27 },
	{ "GB", 22 }, { "GE", 22 }, { "GI", 23 }, { "GL", 18 }, { "GR", 27 }, { "GT", 28 },
	{ "HR", 21 }, { "HU", 28 }, { "IE", 22 }, { "IL", 23 }, { "IQ", 23 }, { "IS", 26 },
	{ "IT", 27 }, { "JO", 30 }, { "KW", 30 }, { "KZ", 20 }, { "LB", 28 }, { "LC", 32 },
	{ "LI", 21 }, { "LT", 20 }, { "LU", 20 }, { "LV", 21 }, { "LY", 25 }, { "MC", 27 },
	{ "MD", 24 }, { "ME", 22 }, { "MK", 19 }, { "MR", 27 }, { "MT", 31 }, { "MU", 30 },
	{ "NL", 18 }, { "NO", 15 }, { "PK", 24 }, { "PL", 28 }, { "PS", 29 }, { "PT", 25 },
	{ "QA", 29 }, { "RO", 24 }, { "RS", 22 }, { "SA", 24 }, { "SC", 31 }, { "SD", 18 },
	{ "SE", 24 }, { "SI", 19 }, { "SK", 24 }, { "SM", 27 }, { "ST", 25 }, { "SV", 28 },
	{ "TL", 23 }, { "TN", 24 }, { "TR", 26 }, { "UA", 29 }, { "VA", 22 }, { "VG", 24 },
	{ "XK", 20 },
};

enum { IBAN_MAX = 34, IBAN_MIN = 8 };

static const char SUSPICIOUS[] =
    "Dit rekeningnummer lijkt niet te kloppen. Klopt het wel? Zet erbij waarom.";

int law_iban_length(const char *country)
{
	for (size_t i = 0; i < sizeof(lengths) / sizeof(lengths[0]); i++)
		if (strncmp(lengths[i].country, country, 2) == 0)
			return lengths[i].length;
	return 0;
}

static bool looks_like_iban(const struct plain *p)
{
	return p->len >= IBAN_MIN && p->len <= IBAN_MAX && is_letter(p->s[0]) &&
	       is_letter(p->s[1]) && is_digit(p->s[2]) && is_digit(p->s[3]);
}

static bool check_digits_hold(const struct plain *p)
{
	char turned[IBAN_MAX + 1];

	memcpy(turned, p->s + 4, p->len - 4);
	memcpy(turned + p->len - 4, p->s, 4);
	return modulo_97(turned, p->len) == 1;
}

/* NL: four letters of the bank, ten digits. */
static bool dutch_shape(const char *iban)
{
	for (int i = 4; i < 8; i++)
		if (!is_letter(iban[i]))
			return false;
	return all_digits(iban + 8, 10);
}

struct law_checked law_check_iban(const char *text)
{
	struct plain p = plain_of(text), iban;

	if (!plain_compact(&p, " .-", &iban) || !looks_like_iban(&iban))
		return checked_error(
		    "Dit is geen IBAN. Die begint met twee letters en twee cijfers.");
	int length = law_iban_length(iban.s);
	if (length == 0)
		return checked_warning(iban.s,
		                       "Plein kent dit land niet. Klopt het rekeningnummer? Zet "
		                       "erbij waarom.");
	bool right = iban.len == (size_t)length && check_digits_hold(&iban);
	if (right && memcmp(iban.s, "NL", 2) == 0)
		right = dutch_shape(iban.s);
	return right ? checked_fine(iban.s) : checked_warning(iban.s, "%s", SUSPICIOUS);
}
