#include "law/validate.h"
#include "law/validate_text.h"

#include <string.h>

struct law_checked law_check_postcode(const char *text)
{
	struct plain p = plain_of(text), code;
	const char *s = code.s;

	bool shape = plain_compact(&p, " -", &code);
	if (shape && code.len == 8 && memcmp(s, "NL", 2) == 0)
		s += 2;
	shape = shape && strlen(s) == 6 && all_digits(s, 4) && s[0] != '0' && is_letter(s[4]) &&
	        is_letter(s[5]);
	if (!shape)
		return checked_error(
		    "Een postcode heeft vier cijfers en twee letters, zoals 9999 ZZ.");
	if (s[4] == 'S' && strchr("ADS", s[5]) != NULL)
		return checked_error(
		    "De letters %.2s komen in geen postcode voor. Controleer de postcode.", s + 4);
	const char value[] = { s[0], s[1], s[2], s[3], ' ', s[4], s[5], '\0' };
	return checked_fine(value);
}

static struct law_checked house_number_wrong(void)
{
	return checked_error("Een huisnummer is een getal, met soms een letter en een toevoeging.");
}

/* The addition after number and letter: at most four letters and digits. */
static bool read_addition(const char *s, char ret[5])
{
	size_t len = 0;

	s += strspn(s, " -/");
	for (; *s != '\0'; s++) {
		if ((!is_letter(*s) && !is_digit(*s)) || len >= 4)
			return false;
		ret[len++] = *s;
	}
	ret[len] = '\0';
	return true;
}

/* A single letter that ends the text or is followed by a gap. */
static bool is_house_letter(const char *s)
{
	return is_letter(s[0]) && (s[1] == '\0' || s[1] == ' ' || s[1] == '-' || s[1] == '/');
}

struct law_checked law_check_house_number(const char *text, struct law_house_number *ret)
{
	struct plain p = plain_of(text);
	struct law_house_number h = { .number = 0 };
	const char *s = p.s;
	size_t digits = strspn(s, "0123456789");

	if (p.refused || digits == 0 || digits > 5)
		return house_number_wrong();
	h.number = (int)digits_number(s, digits);
	s += digits;
	s += strspn(s, " -/");
	if (is_house_letter(s)) {
		h.letter[0] = capital_letter(s[0]);
		s++;
	}
	if (h.number == 0 || !read_addition(s, h.addition))
		return house_number_wrong();
	char value[24];
	int len =
	    snprintf(value, sizeof(value), "%d%s%s%s%s", h.number, h.letter[0] != '\0' ? " " : "",
	             h.letter, h.addition[0] != '\0' ? " " : "", h.addition);
	if (len < 0 || (size_t)len >= sizeof(value))
		return house_number_wrong();
	if (ret != NULL)
		*ret = h;
	return checked_fine(value);
}

const char *law_bag_type_label(int type)
{
	switch (type) {
	case 1:
		return "verblijfsobject";
	case 2:
		return "ligplaats";
	case 3:
		return "standplaats";
	case 10:
		return "pand";
	case 20:
		return "nummeraanduiding";
	case 30:
		return "openbare ruimte";
	default:
		return NULL;
	}
}

struct law_checked law_check_bag_id(const char *text)
{
	struct plain p = plain_of(text), digits;
	char id[17];

	if (!plain_compact(&p, " .-", &digits) || !all_digits(digits.s, digits.len) ||
	    digits.len < 15 || digits.len > 16)
		return checked_error(
		    "Een BAG-nummer heeft zestien cijfers. Controleer het nummer.");
	id[0] = '0'; /* a spreadsheet drops the leading zero */
	memcpy(id + 16 - digits.len, digits.s, digits.len);
	id[16] = '\0';
	int type = (int)digits_number(id + 4, 2);
	if (law_bag_type_label(type) == NULL)
		return checked_error(
		    "Cijfer vijf en zes van dit BAG-nummer kloppen niet. Controleer het.");
	struct law_checked c =
	    digits.len == 16
		? checked_fine(id)
		: checked_warning(id, "Dit BAG-nummer miste een nul vooraan. Klopt het zo?");
	c.number = type;
	return c;
}

struct law_checked law_check_place_code(const char *text)
{
	struct plain p = plain_of(text), digits;

	if (plain_compact(&p, " ", &digits) && digits.len == 4 && all_digits(digits.s, 4))
		return checked_fine(digits.s);
	return checked_error("Een woonplaatscode heeft vier cijfers. Controleer de code.");
}

static struct law_checked cadastral_wrong(void)
{
	return checked_error(
	    "Schrijf een perceel zo: gemeente, sectie en nummer, zoals TST00 Z 123.");
}

/* "123" or "123A1": parcel of one to five digits, then an apartment index or nothing. */
static bool read_parcel(const char *s, char *ret, size_t ret_bytes)
{
	size_t digits = strspn(s, "0123456789");
	size_t at = digits;
	int64_t number = digits > 0 && digits <= 5 ? digits_number(s, digits) : 0;

	if (number == 0)
		return false;
	if (s[at] == '\0')
		return snprintf(ret, ret_bytes, "%d", (int)number) > 0;
	size_t index_digits = strspn(s + at + 1, "0123456789");
	bool index = s[at] == 'A' && index_digits > 0 && index_digits <= 4 &&
	             s[at + 1 + index_digits] == '\0';
	int64_t flat = index ? digits_number(s + at + 1, index_digits) : 0;
	return flat > 0 && snprintf(ret, ret_bytes, "%d A%d", (int)number, (int)flat) > 0;
}

struct law_checked law_check_cadastral(const char *text)
{
	struct plain p = plain_of(text), c;
	char parcel[24], value[40];

	/* municipality: letters and two digits ("TST00"), section: one or two letters */
	if (!plain_compact(&p, " .-", &c))
		return cadastral_wrong();
	size_t letters = strspn(c.s, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (letters < 2 || letters > 3 || !is_digit(c.s[letters]) || !is_digit(c.s[letters + 1]))
		return cadastral_wrong();
	const char *section = c.s + letters + 2;
	size_t section_letters = strspn(section, "ABCDEFGHIJKLMNOPQRSTUVWXYZ");
	if (section_letters < 1 || section_letters > 2 ||
	    !read_parcel(section + section_letters, parcel, sizeof(parcel)))
		return cadastral_wrong();
	int len = snprintf(value, sizeof(value), "%.*s %.*s %s", (int)letters + 2, c.s,
	                   (int)section_letters, section, parcel);
	if (len < 0 || (size_t)len >= sizeof(value))
		return cadastral_wrong();
	return checked_fine(value);
}
