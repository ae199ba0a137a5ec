/* fuzz_law_validate.c - any text is fine, doubtful or wrong, and a normal form is its own normal
 * form */
#include <assert.h>
#include <stdint.h>
#include <string.h>

#include "law/validate.h"

enum { TODAY = 20778, TEXT_MAX = 600 };

static struct law_checked check_date(const char *text)
{
	return law_check_date(text, TODAY, WHEN_ANY);
}

static struct law_checked check_birth(const char *text)
{
	return law_check_birth_date(text, TODAY);
}

static struct law_checked check_house(const char *text)
{
	struct law_house_number h = { .number = 1 };
	struct law_checked c = law_check_house_number(text, &h);

	assert(h.number >= 1 && h.number <= 99999);
	assert(memchr(h.letter, '\0', sizeof(h.letter)) != NULL);
	assert(memchr(h.addition, '\0', sizeof(h.addition)) != NULL);
	return c;
}

static struct law_checked check_foreign(const char *text)
{
	return law_check_foreign_plate("D", text);
}

static struct law_checked (*const checks[])(const char *) = {
	law_check_bsn,       law_check_rsin,     law_check_travel_document,
	law_check_kvk,       law_check_vat,      law_check_establishment,
	law_check_oin,       law_check_iban,     law_check_municipality_code,
	law_check_amount,    law_check_postcode, law_check_bag_id,
	law_check_cadastral, law_check_plate,    law_check_place_code,
	law_check_phone,     law_check_email,    law_check_time,
	check_date,          check_birth,        check_house,
	check_foreign,
};

static void settled(struct law_checked (*check)(const char *), const char *text)
{
	struct law_checked c = check(text);

	assert(c.level <= CHECK_ERROR);
	assert((c.level == CHECK_FINE) == (c.sentence[0] == '\0'));
	assert((c.level == CHECK_ERROR) == (c.value[0] == '\0'));
	if (c.level == CHECK_ERROR)
		return;
	struct law_checked again = check(c.value);
	assert(again.level != CHECK_ERROR);
	assert(strcmp(again.value, c.value) == 0);
	assert(again.number == c.number);
}

static void coordinates(const char *text)
{
	struct law_rd rd = { 0, 0 };

	if (law_check_rd(text, "463000", &rd).level == CHECK_ERROR)
		return;
	struct law_rd back = law_wgs84_to_rd(law_rd_to_wgs84(rd));
	int64_t off = back.x_mm - rd.x_mm;
	assert(off > -2000 && off < 2000);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size);
int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
	char text[TEXT_MAX + 1];

	if (size > TEXT_MAX)
		return 0;
	memcpy(text, data, size);
	text[size] = '\0';
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		settled(checks[i], text);
	coordinates(text);
	return 0;
}
