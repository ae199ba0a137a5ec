#include "matching/identifiers.h"

#include "matching/hash.h"

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

uint32_t postcode_parse(const char *text, size_t bytes)
{
	uint32_t digits = 0, letters = 0;
	int digit_count = 0, letter_count = 0;

	for (size_t i = 0; i < bytes; i++) {
		if (is_digit(text[i]) && letter_count == 0) {
			digits = digits * 10 + (uint32_t)(text[i] - '0');
			digit_count++;
		} else if (is_letter(text[i]) && digit_count > 0) {
			letters = letters * 26 + ((uint32_t)text[i] & 31) - 1;
			letter_count++;
		} else if (text[i] != ' ') {
			return 0;
		}
		if (digit_count > 4 || letter_count > 2)
			return 0;
	}
	if (digit_count != 4 || letter_count != 2 || digits < 1000)
		return 0;
	return digits * 676 + letters + 1;
}

bool postcode_one_slip(uint32_t a, uint32_t b)
{
	if (a == 0 || b == 0)
		return false;
	uint32_t da = postcode_digits(a), db = postcode_digits(b);
	uint32_t la = (a - 1) % 676, lb = (b - 1) % 676;
	if (da == db)
		return la / 26 == lb / 26 || la % 26 == lb % 26 ||
		       (la / 26 == lb % 26 && la % 26 == lb / 26);
	return la == lb && digits_one_slip(da, db);
}

uint32_t house_number_parse(const char *text, size_t bytes, size_t *ret_used)
{
	uint32_t number = 0;
	size_t i = 0;

	while (i < bytes && text[i] == ' ')
		i++;
	for (; i < bytes && is_digit(text[i]); i++)
		if (number < 100000)
			number = number * 10 + (uint32_t)(text[i] - '0');
	*ret_used = i;
	return number > 99999 ? 0 : number;
}

uint32_t house_addition_parse(const char *text, size_t bytes)
{
	uint64_t h = 0;
	size_t used = 0;

	for (size_t i = 0; i < bytes && used < 8; i++) {
		unsigned char c = (unsigned char)text[i];
		if (!is_digit((char)c) && !is_letter((char)c))
			continue;
		h = h << 8 | (is_letter((char)c) ? (c | 32u) : c);
		used++;
	}
	if (used == 0)
		return 0;
	return (uint32_t)(hash_mix(h, 0x51ed27) % 255) + 1;
}

static uint32_t foreign_phone(uint64_t digits)
{
	return (uint32_t)hash_mix(digits, 77) | 0x80000000u;
}

/* "0612345678" is nearly every cell there is: its digits without the 0, or -1. */
static int64_t plain_phone(const char *text, size_t bytes)
{
	uint32_t number = 0, wrong = 0;

	if (bytes != 10 || text[0] != '0' || text[1] == '0')
		return -1;
	for (int i = 1; i < 10; i++) {
		uint32_t digit = (uint32_t)(unsigned char)text[i] - '0';
		wrong |= digit > 9;
		number = number * 10 + digit;
	}
	return wrong != 0 || number % 111111111 == 0 ? -1 : (int64_t)number;
}

uint32_t phone_parse(const char *text, size_t bytes)
{
	int64_t plain = plain_phone(text, bytes);
	uint64_t digits = 0;
	int count = 0;
	bool plus = false;
	char first = '\0';

	if (plain >= 0)
		return (uint32_t)plain;
	for (size_t i = 0; i < bytes && count < 17; i++) {
		plus |= text[i] == '+' && count == 0;
		if (!is_digit(text[i]))
			continue;
		if (count == 2 && digits == 0 && !plus) { /* 0031... */
			plus = true;
			count = 0;
		}
		first = count == 0 ? text[i] : first;
		digits = digits * 10 + (uint64_t)(text[i] - '0');
		count++;
	}
	if (count < 7 ||
	    digits % 111111111 == 0) /* 0600000000 has too few, 0111111111 is no one's */
		return 0;
	if (plus && count == 11 && digits / 1000000000 == 31)
		return (uint32_t)(digits % 1000000000);
	if (plus && count == 12 && digits / 10000000000 == 31 && digits / 1000000000 % 10 == 0)
		return (uint32_t)(digits % 1000000000); /* +31 (0)6 ... */
	if (!plus && ((count == 10 && first == '0') || count == 9))
		return (uint32_t)(digits % 1000000000);
	return foreign_phone(digits);
}

bool digits_one_slip(uint32_t a, uint32_t b)
{
	int differing = 0, last = -2;
	uint32_t a_before = 0, b_before = 0;

	if (((a | b) & 0x80000000u) != 0)
		return false;
	for (int i = 0; i < 10; i++, a /= 10, b /= 10) {
		if (a % 10 == b % 10)
			continue;
		if (++differing > 2 || (differing == 2 && last != i - 1))
			return false;
		if (differing == 2 && (a % 10 != b_before || b % 10 != a_before))
			return false;
		last = i;
		a_before = a % 10;
		b_before = b % 10;
	}
	return differing > 0;
}

uint32_t digits_parse(const char *text, size_t bytes, int digits_min, int digits_max)
{
	uint32_t digits = 0;
	int count = 0;

	for (size_t i = 0; i < bytes; i++) {
		if (is_digit(text[i])) {
			if (++count > digits_max)
				return 0;
			digits = digits * 10 + (uint32_t)(text[i] - '0');
		} else if (text[i] != ' ' && text[i] != '.' && text[i] != '-') {
			return 0;
		}
	}
	return count < digits_min ? 0 : digits;
}

bool bsn_is_valid(uint32_t digits)
{
	int sum = 0;
	uint32_t rest = digits;

	if (digits < 10000000 || digits > 999999999)
		return false;
	sum -= (int)(rest % 10);
	rest /= 10;
	for (int weight = 2; weight <= 9; weight++, rest /= 10)
		sum += weight * (int)(rest % 10);
	return sum % 11 == 0 && digits % 111111111 != 0;
}

bool iban_is_valid(const char *text, size_t bytes)
{
	unsigned remainder = 0;

	if (bytes < 15 || bytes > 34)
		return false;
	for (size_t i = 0; i < bytes; i++) {
		char c = text[(i + 4) % bytes];
		if (is_digit(c))
			remainder = (remainder * 10 + (unsigned)(c - '0')) % 97;
		else if (is_letter(c))
			remainder = (remainder * 100 + ((unsigned)c & 31) + 9) % 97;
		else
			return false;
	}
	return remainder == 1;
}
