#include "law/validate.h"
#include "law/validate_text.h"

#include <string.h>

static const char BSN_WRONG[] = "Dit nummer klopt niet. Controleer de negen cijfers.";

/* Digits of `text` padded to nine; false if they can't be a BSN. */
static bool nine_digits(const char *text, char ret[10])
{
	struct plain p = plain_of(text), digits;

	if (!plain_compact(&p, " .-", &digits) || !all_digits(digits.s, digits.len))
		return false;
	if (digits.len < 7 || digits.len > 9)
		return false;
	memset(ret, '0', 9);
	memcpy(ret + 9 - digits.len, digits.s, digits.len);
	ret[9] = '\0';
	return eleven_test(ret);
}

struct law_checked law_check_bsn(const char *text)
{
	char digits[10];

	return nine_digits(text, digits) ? checked_fine(digits) : checked_error("%s", BSN_WRONG);
}

struct law_checked law_check_rsin(const char *text)
{
	char digits[10];

	if (nine_digits(text, digits))
		return checked_fine(digits);
	return checked_error("Dit RSIN klopt niet. Controleer de negen cijfers.");
}

struct law_checked law_check_travel_document(const char *text)
{
	struct plain p = plain_of(text), number;

	if (p.len == 0)
		return checked_error("Vul het nummer van het document in.");
	if (p.refused)
		return checked_error("Dit nummer is te lang. Controleer het.");
	bool plain_number = plain_compact(&p, " .-", &number);
	if (plain_number && number.len == 0)
		return checked_error("Vul het nummer van het document in.");
	if (!plain_number)
		return checked_warning(p.s,
		                       "Dit lijkt geen Nederlands documentnummer. Klopt het wel? "
		                       "Zet erbij waarom.");
	bool dutch = number.len == 9 && is_letter(number.s[0]) && is_letter(number.s[1]) &&
	             is_digit(number.s[8]) && strchr(number.s, 'O') == NULL;
	if (dutch)
		return checked_fine(number.s);
	return checked_warning(number.s, "Dit lijkt geen Nederlands documentnummer. Klopt het wel? "
	                                 "Zet erbij waarom.");
}

/* Exactly `count` digits once spaces, dots and dashes are gone. */
static bool fixed_digits(const char *text, size_t count, struct plain *ret)
{
	struct plain p = plain_of(text);

	return plain_compact(&p, " .-", ret) && ret->len == count && all_digits(ret->s, ret->len);
}

struct law_checked law_check_kvk(const char *text)
{
	struct plain digits;

	if (fixed_digits(text, 8, &digits))
		return checked_fine(digits.s);
	if (!fixed_digits(text, 12, &digits))
		return checked_error("Een KvK-nummer heeft acht cijfers. Controleer het nummer.");
	digits.s[8] = '\0'; /* the old form: 8 digits and a suffix of 4 */
	return checked_warning(digits.s,
	                       "Dit zijn twaalf cijfers. Is het een vestigingsnummer? Zet het "
	                       "dan in dat vak.");
}

struct law_checked law_check_establishment(const char *text)
{
	struct plain digits;

	if (fixed_digits(text, 12, &digits))
		return checked_fine(digits.s);
	return checked_error("Een vestigingsnummer heeft twaalf cijfers. Controleer het nummer.");
}

struct law_checked law_check_vat(const char *text)
{
	struct plain p = plain_of(text), number;

	bool shape = plain_compact(&p, " .-", &number) && number.len == 14 &&
	             memcmp(number.s, "NL", 2) == 0 && all_digits(number.s + 2, 9) &&
	             number.s[11] == 'B' && all_digits(number.s + 12, 2);
	if (!shape)
		return checked_error(
		    "Een btw-nummer ziet er zo uit: NL, negen cijfers, B, twee cijfers.");
	if (modulo_97(number.s, number.len) == 1 || eleven_test(number.s + 2))
		return checked_fine(number.s);
	return checked_error("Dit btw-nummer klopt niet. Controleer de cijfers.");
}

struct law_checked law_check_oin(const char *text)
{
	struct plain digits;

	if (fixed_digits(text, 20, &digits))
		return checked_fine(digits.s);
	return checked_error("Een OIN heeft twintig cijfers. Controleer het nummer.");
}

struct law_checked law_check_municipality_code(const char *text)
{
	struct plain digits;

	if (fixed_digits(text, 4, &digits) && strcmp(digits.s, "0000") != 0)
		return checked_fine(digits.s);
	return checked_error("Een gemeentecode heeft vier cijfers, zoals 0599. Kies de gemeente.");
}
