/* Numbers, dates, amounts and addresses as people type them: every example of the rules. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/validate.h"

enum { TODAY = 20778 /* 21 November 2026 */ };

struct row {
	const char *text;
	enum law_check_level level;
	const char *value; /* NULL with an error */
};

static void check_rows(struct law_checked (*check)(const char *), const struct row *rows,
                       size_t count)
{
	for (size_t i = 0; i < count; i++) {
		struct law_checked c = check(rows[i].text);
		if (c.level != rows[i].level)
			fail_msg("\"%s\": level %d, %s", rows[i].text, (int)c.level, c.sentence);
		assert_string_equal(c.value, rows[i].value != NULL ? rows[i].value : "");
		assert_int_equal(c.sentence[0] == '\0', c.level == CHECK_FINE);
		if (c.level == CHECK_ERROR)
			continue;
		struct law_checked again = check(c.value);
		assert_string_equal(again.value, c.value);
	}
}

#define ROWS(check, rows) check_rows((check), (rows), sizeof(rows) / sizeof((rows)[0]))

static void bsn(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "999990019", CHECK_FINE, "999990019" },
		{ "999990007", CHECK_FINE, "999990007" },
		{ "999990020", CHECK_FINE, "999990020" },
		{ "999990032", CHECK_FINE, "999990032" },
		{ "1112.22.333", CHECK_FINE, "111222333" }, /* the library's published example */
		{ " 9999 90 019 ", CHECK_FINE, "999990019" },
		{ "9999\xc2\xa0"
		  "90019",
		  CHECK_FINE, "999990019" },
		{ "999990018", CHECK_ERROR, NULL },
		{ "123456789", CHECK_ERROR, NULL },
		{ "000000000", CHECK_ERROR, NULL },
		{ "99999001", CHECK_ERROR, NULL },
		{ "9999900190", CHECK_ERROR, NULL },
		{ "99999O019", CHECK_ERROR, NULL },
		{ "", CHECK_ERROR, NULL },
	};
	ROWS(law_check_bsn, rows);
	assert_string_equal(law_check_bsn("999990018").sentence,
	                    "Dit nummer klopt niet. Controleer de negen cijfers.");
}

static void rsin_and_travel_document(void **state)
{
	(void)state;
	static const struct row rsin[] = {
		{ "999999011", CHECK_FINE, "999999011" },
		{ "999999023", CHECK_FINE, "999999023" },
		{ "999999012", CHECK_ERROR, NULL },
	};
	static const struct row document[] = {
		{ "ZZ0000000", CHECK_FINE, "ZZ0000000" },
		{ "zz 0000000", CHECK_FINE, "ZZ0000000" },
		{ "ZZO000000", CHECK_WARNING, "ZZO000000" },
		{ "--", CHECK_ERROR, NULL },
		{ "\xfd\xe2\x80\xe2\x80-\xe3", CHECK_ERROR, NULL }, /* no UTF-8 */
		{ "12345", CHECK_WARNING, "12345" },
		{ "", CHECK_ERROR, NULL },
	};
	ROWS(law_check_rsin, rsin);
	ROWS(law_check_travel_document, document);
}

static void numbers_of_organisations(void **state)
{
	(void)state;
	static const struct row kvk[] = {
		{ "00000001", CHECK_FINE, "00000001" },
		{ "0000 0001", CHECK_FINE, "00000001" },
		{ "000000010000", CHECK_WARNING, "00000001" },
		{ "1234567", CHECK_ERROR, NULL },
	};
	static const struct row establishment[] = {
		{ "000000000001", CHECK_FINE, "000000000001" },
		{ "00000001", CHECK_ERROR, NULL },
	};
	static const struct row vat[] = {
		{ "NL999999999B67", CHECK_FINE, "NL999999999B67" },
		{ "nl 0024.55.799.B11", CHECK_FINE, "NL002455799B11" },
		{ "NL999999999B68", CHECK_ERROR, NULL },
		{ "999999999B67", CHECK_ERROR, NULL },
	};
	static const struct row oin[] = {
		{ "00000001999999011000", CHECK_FINE, "00000001999999011000" },
		{ "0000000199999901100", CHECK_ERROR, NULL },
	};
	static const struct row municipality[] = {
		{ "0599", CHECK_FINE, "0599" },
		{ "9901", CHECK_FINE, "9901" },
		{ "599", CHECK_ERROR, NULL },
		{ "0000", CHECK_ERROR, NULL },
	};
	ROWS(law_check_kvk, kvk);
	ROWS(law_check_establishment, establishment);
	ROWS(law_check_vat, vat);
	ROWS(law_check_oin, oin);
	ROWS(law_check_municipality_code, municipality);
}

static void iban(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "NL69TEST0000000001", CHECK_FINE, "NL69TEST0000000001" },
		{ "nl69 test 0000 0000 01", CHECK_FINE, "NL69TEST0000000001" },
		{ "NL68TEST0000000001", CHECK_WARNING, "NL68TEST0000000001" },
		{ "NL69TEST000000001", CHECK_WARNING, "NL69TEST000000001" },
		{ "DE89370400440532013000", CHECK_FINE,
		  "DE89370400440532013000" }, /* ECBS example */
		{ "ZZ69TEST0000000001", CHECK_WARNING, "ZZ69TEST0000000001" },
		{ "0000000001", CHECK_ERROR, NULL },
		{ "NL69", CHECK_ERROR, NULL },
	};
	ROWS(law_check_iban, rows);
	assert_string_equal(
	    law_check_iban("NL68TEST0000000001").sentence,
	    "Dit rekeningnummer lijkt niet te kloppen. Klopt het wel? Zet erbij waarom.");
	assert_int_equal(law_iban_length("NL"), 18);
	assert_int_equal(law_iban_length("QQ"), 0);
}

static struct law_checked check_house(const char *text)
{
	return law_check_house_number(text, NULL);
}

static void addresses(void **state)
{
	(void)state;
	static const struct row postcode[] = {
		{ "9999 ZZ", CHECK_FINE, "9999 ZZ" },    { "2611ET", CHECK_FINE, "2611 ET" },
		{ "nl-2611 et", CHECK_FINE, "2611 ET" }, { "0123 AB", CHECK_ERROR, NULL },
		{ "2611 SS", CHECK_ERROR, NULL },        { "2611 SA", CHECK_ERROR, NULL },
		{ "12345 AB", CHECK_ERROR, NULL },       { "2611", CHECK_ERROR, NULL },
	};
	static const struct row house[] = {
		{ "10", CHECK_FINE, "10" },
		{ "10a", CHECK_FINE, "10 A" },
		{ "12 A bis", CHECK_FINE, "12 A bis" },
		{ "12-2", CHECK_FINE, "12 2" },
		{ "12 bis", CHECK_FINE, "12 bis" },
		{ "3 \t  b", CHECK_FINE, "3 B" },
		{ "7-B-3", CHECK_FINE, "7 B 3" },
		{ "0", CHECK_ERROR, NULL },
		{ "100000", CHECK_ERROR, NULL },
		{ "A", CHECK_ERROR, NULL },
		{ "12 zwart", CHECK_ERROR, NULL },
	};
	static const struct row cadastral[] = {
		{ "TST00 Z 123", CHECK_FINE, "TST00 Z 123" },
		{ "tst00z123", CHECK_FINE, "TST00 Z 123" },
		{ "TST00-Z-00123-A1", CHECK_FINE, "TST00 Z 123 A1" },
		{ "TST00 123", CHECK_ERROR, NULL },
		{ "TST00 Z 0", CHECK_ERROR, NULL },
		{ "TST00 Z 123456", CHECK_ERROR, NULL },
	};
	ROWS(law_check_postcode, postcode);
	ROWS(check_house, house);
	ROWS(law_check_cadastral, cadastral);
	struct law_house_number h;
	(void)law_check_house_number("12a bis", &h);
	assert_int_equal(h.number, 12);
	assert_string_equal(h.letter, "A");
	assert_string_equal(h.addition, "bis");
}

static void bag_ids_tell_their_type(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "9999010000000001", CHECK_FINE, "9999010000000001" },
		{ "999010000000001", CHECK_WARNING, "0999010000000001" },
		{ "9999990000000001", CHECK_ERROR, NULL },
		{ "99990100000000", CHECK_ERROR, NULL },
	};
	ROWS(law_check_bag_id, rows);
	assert_string_equal(law_bag_type_label((int)law_check_bag_id("9999010000000001").number),
	                    "verblijfsobject");
	assert_int_equal(law_check_place_code("3594").level, CHECK_FINE);
	assert_int_equal(law_check_place_code("359").level, CHECK_ERROR);
}

static void plates_of_every_series(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "12zzz3", CHECK_FINE, "12-ZZZ-3" },
		{ "Z 001 ZZ", CHECK_FINE, "Z-001-ZZ" },
		{ "1-ZZ-234", CHECK_FINE, "1-ZZ-234" },
		{ "ZZ9901", CHECK_FINE, "ZZ-99-01" },
		{ "9901ZZ", CHECK_FINE, "99-01-ZZ" },
		{ "99ZZ01", CHECK_FINE, "99-ZZ-01" },
		{ "ZZ99ZX", CHECK_FINE, "ZZ-99-ZX" },
		{ "ZZZX99", CHECK_FINE, "ZZ-ZX-99" },
		{ "99ZZZX", CHECK_FINE, "99-ZZ-ZX" },
		{ "9ZZZ01", CHECK_FINE, "9-ZZZ-01" },
		{ "ZZ999Z", CHECK_FINE, "ZZ-999-Z" },
		{ "ZZZ99Z", CHECK_FINE, "ZZZ-99-Z" },
		{ "Z99ZZZ", CHECK_FINE, "Z-99-ZZZ" },
		{ "999ZZ9", CHECK_FINE, "999-ZZ-9" },
		{ "ABC123D", CHECK_WARNING, "ABC123D" },
		{ "ZZZZZZ", CHECK_WARNING, "ZZZZZZ" },
		{ "123456", CHECK_WARNING, "123456" },
		{ "12-AAA-3", CHECK_WARNING, "12-AAA-3" },
		{ "12-VVD-3", CHECK_WARNING, "12-VVD-3" },
		{ "", CHECK_ERROR, NULL },
	};
	ROWS(law_check_plate, rows);
	assert_int_equal(law_check_plate("1-ZZ-234").number, 13);
	assert_string_equal(law_check_foreign_plate("D", "zz-zz 123").value, "ZZ-ZZ 123");
	assert_int_equal(law_check_foreign_plate("D", "1234567890123").level, CHECK_ERROR);
	assert_int_equal(law_check_foreign_plate("", "ZZ").level, CHECK_ERROR);
}

static struct law_checked past(const char *text)
{
	return law_check_date(text, TODAY, WHEN_PAST);
}

static void dates_as_typed(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "1-3-26", CHECK_FINE, "2026-03-01" },
		{ "1 maart", CHECK_FINE, "2026-03-01" },
		{ "24 december", CHECK_FINE, "2025-12-24" },
		{ "01/03/2026", CHECK_FINE, "2026-03-01" },
		{ "1.3.2026", CHECK_FINE, "2026-03-01" },
		{ "2026-03-01", CHECK_FINE, "2026-03-01" },
		{ "20260301", CHECK_FINE, "2026-03-01" },
		{ "01032026", CHECK_FINE, "2026-03-01" },
		{ "1 mrt. '26", CHECK_FINE, "2026-03-01" },
		{ "zaterdag 21 november 2026", CHECK_FINE, "2026-11-21" },
		{ "vrijdag 21 november 2026", CHECK_WARNING, "2026-11-21" },
		{ "gisteren", CHECK_FINE, "2026-11-20" },
		{ "Vandaag", CHECK_FINE, "2026-11-21" },
		{ "1-3-99", CHECK_FINE, "1999-03-01" },
		{ "31 november", CHECK_ERROR, NULL },
		{ "29-2-2026", CHECK_ERROR, NULL },
		{ "0 november", CHECK_ERROR, NULL },
		{ "11/21/2026", CHECK_ERROR, NULL },
		{ "22 november 2026", CHECK_ERROR, NULL },
		{ "maart 2026", CHECK_ERROR, NULL },
		{ "2026", CHECK_ERROR, NULL },
		{ "ooit", CHECK_ERROR, NULL },
		{ "", CHECK_ERROR, NULL },
		{ "1-1-1026", CHECK_ERROR, NULL },
	};
	ROWS(past, rows);
	assert_string_equal(past("31 november").sentence,
	                    "31 november bestaat niet. Kies een dag van 1 tot en met 30.");
	assert_string_equal(past("29-2-2026").sentence,
	                    "29 februari 2026 bestaat niet. Kies een dag van 1 tot en met 28.");
	assert_string_equal(past("22-11-2026").sentence,
	                    "Deze datum moet nog komen. Vul in wanneer u het zag.");
	assert_string_equal(
	    past("11/21/2026").sentence,
	    "Maand 21 bestaat niet. Schrijf eerst de dag, dan de maand: 21-11-2026.");
	assert_int_equal(past("1-3-26").number, day_from_civil((struct civil){ 2026, 3, 1 }));
	assert_string_equal(law_check_date("1 maart", TODAY, WHEN_FUTURE).value, "2027-03-01");
	assert_int_equal(law_check_date("1-3-26", TODAY, WHEN_FUTURE).level, CHECK_ERROR);
	assert_string_equal(law_check_date("1-3-2027", TODAY, WHEN_ANY).value, "2027-03-01");
}

static struct law_checked birth(const char *text)
{
	return law_check_birth_date(text, TODAY);
}

static void birth_dates_may_have_unknown_parts(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "17-5-1980", CHECK_FINE, "1980-05-17" },
		{ "17 mei 80", CHECK_FINE, "1980-05-17" },
		{ "00-00-1980", CHECK_FINE, "1980-00-00" },
		{ "00-05-1980", CHECK_FINE, "1980-05-00" },
		{ "1980-00-00", CHECK_FINE, "1980-00-00" },
		{ "mei 1980", CHECK_FINE, "1980-05-00" },
		{ "1980", CHECK_FINE, "1980-00-00" },
		{ "1-1-1900", CHECK_WARNING, "1900-01-01" },
		{ "22-11-2026", CHECK_ERROR, NULL },
		{ "2027", CHECK_ERROR, NULL },
		{ "31-4-1980", CHECK_ERROR, NULL },
		{ "17 mei", CHECK_ERROR, NULL },
		{ "17-00-1980", CHECK_ERROR, NULL },
		{ "gisteren", CHECK_ERROR, NULL },
	};
	ROWS(birth, rows);
	assert_int_equal(birth("1980").number, DAY_NONE);
	assert_true(law_is_minor((int32_t)birth("22-11-2008").number, TODAY));
	assert_false(law_is_minor((int32_t)birth("21-11-2008").number, TODAY));
	assert_false(law_is_minor(DAY_NONE, TODAY));
}

static void times(void **state)
{
	(void)state;
	static const struct row rows[] = {
		{ "14.05", CHECK_FINE, "14:05" }, { "14:05 uur", CHECK_FINE, "14:05" },
		{ "8 uur", CHECK_FINE, "08:00" }, { "8u30", CHECK_FINE, "08:30" },
		{ "24.00", CHECK_ERROR, NULL },   { "14.60", CHECK_ERROR, NULL },
		{ "14", CHECK_ERROR, NULL },      { "half drie", CHECK_ERROR, NULL },
	};
	ROWS(law_check_time, rows);
	assert_int_equal(law_check_time("14.05").number, 14 * 60 + 5);
}

static void amounts_become_whole_cents(void **state)
{
	(void)state;
	static const struct {
		const char *text;
		enum law_check_level level;
		int64_t cents;
	} rows[] = {
		{ "1.234,56", CHECK_FINE, 123456 },
		{ "\xe2\x82\xac 1.234,56", CHECK_FINE, 123456 },
		{ "EUR 12", CHECK_FINE, 1200 },
		{ "12 euro", CHECK_FINE, 1200 },
		{ "12,-", CHECK_FINE, 1200 },
		{ "12,--", CHECK_FINE, 1200 },
		{ "12,5", CHECK_FINE, 1250 },
		{ "12.50", CHECK_FINE, 1250 },
		{ "1234.56", CHECK_FINE, 123456 },
		{ "1.234", CHECK_FINE, 123400 },
		{ "1.234.567", CHECK_FINE, 123456700 },
		{ "1 234,56", CHECK_FINE, 123456 },
		{ "2,5 miljoen", CHECK_FINE, 250000000 },
		{ "1,234 mln", CHECK_FINE, 123400000 },
		{ "0", CHECK_FINE, 0 },
		{ "687.683,10", CHECK_FINE, 68768310 },
		{ "1,234.56", CHECK_WARNING, 123456 },
		{ "1,234", CHECK_ERROR, 0 },
		{ "-5", CHECK_ERROR, 0 },
		{ "1.23.456", CHECK_ERROR, 0 },
		{ "12,345,6", CHECK_ERROR, 0 },
		{ "12,567", CHECK_ERROR, 0 },
		{ "veel", CHECK_ERROR, 0 },
		{ "", CHECK_ERROR, 0 },
		{ "99999999999999999999", CHECK_ERROR, 0 },
		{ "=1+1", CHECK_ERROR, 0 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct law_checked c = law_check_amount(rows[i].text);
		if (c.level != rows[i].level || c.number != rows[i].cents)
			fail_msg("\"%s\": level %d, %lld cents", rows[i].text, (int)c.level,
			         (long long)c.number);
		if (c.level != CHECK_ERROR)
			assert_int_equal(law_check_amount(c.value).number, c.number);
	}
}

static void phones_and_mail(void **state)
{
	(void)state;
	static const struct row phone[] = {
		{ "06 12345678", CHECK_FINE, "+31612345678" },
		{ "06-12 34 56 78", CHECK_FINE, "+31612345678" },
		{ "+31 (0)6 12345678", CHECK_FINE, "+31612345678" },
		{ "0031612345678", CHECK_FINE, "+31612345678" },
		{ "(010) 123 45 67", CHECK_FINE, "+31101234567" },
		{ "+49 30 1234567", CHECK_FINE, "+49301234567" },
		{ "0800 7000", CHECK_FINE, "+318007000" },
		{ "06 1234567", CHECK_WARNING, "+3161234567" },
		{ "12345678", CHECK_ERROR, NULL },
		{ "bel mij", CHECK_ERROR, NULL },
		{ "06+12345678", CHECK_ERROR, NULL },
		{ "", CHECK_ERROR, NULL },
	};
	static const struct row mail[] = {
		{ "Jan@Example.ORG", CHECK_FINE, "Jan@example.org" },
		{ "mailto:jan@example.org", CHECK_FINE, "jan@example.org" },
		{ "j.de-vries+1@mail.example.org", CHECK_FINE, "j.de-vries+1@mail.example.org" },
		{ "jan@example", CHECK_ERROR, NULL },
		{ "jan.example.org", CHECK_ERROR, NULL },
		{ "jan@@example.org", CHECK_ERROR, NULL },
		{ "jan..x@example.org", CHECK_ERROR, NULL },
		{ "jan@-example.org", CHECK_ERROR, NULL },
		{ "", CHECK_ERROR, NULL },
	};
	/* service numbers are short: their normal form reads back as it is */
	ROWS(law_check_phone, phone);
	ROWS(law_check_email, mail);
}

static void coordinates_stay_inside_the_country(void **state)
{
	(void)state;
	struct law_rd rd;
	assert_int_equal(law_check_rd("155000", "463000", &rd).level, CHECK_FINE);
	assert_int_equal(rd.x_mm, 155000000);
	assert_int_equal(law_check_rd("155.000,5", "463000.1234", &rd).level, CHECK_FINE);
	assert_int_equal(rd.x_mm, 155000500);
	assert_int_equal(rd.y_mm, 463000123);
	assert_int_equal(law_check_rd("155000.500", "463000,1235", &rd).level, CHECK_FINE);
	assert_int_equal(rd.x_mm, 155000500);
	assert_int_equal(rd.y_mm, 463000124); /* half up */
	struct law_checked swapped = law_check_rd("463000", "155000", &rd);
	assert_int_equal(swapped.level, CHECK_ERROR);
	assert_string_equal(swapped.sentence, "x en y zijn verwisseld. Draai ze om.");
	assert_int_equal(law_check_rd("6999", "463000", &rd).level, CHECK_ERROR);
	assert_int_equal(law_check_rd("300001", "463000", &rd).level, CHECK_ERROR);
	assert_int_equal(law_check_rd("155000", "629001", &rd).level, CHECK_ERROR);
	assert_int_equal(law_check_rd("7000", "289000", &rd).level, CHECK_FINE);
	assert_int_equal(law_check_rd("", "463000", &rd).level, CHECK_ERROR);
}

static void amersfoort_lies_where_it_should(void **state)
{
	(void)state;
	struct law_wgs84 at = law_rd_to_wgs84((struct law_rd){ 155000000, 463000000 });
	assert_true(at.latitude > 52.155173 && at.latitude < 52.155175);
	assert_true(at.longitude > 5.387205 && at.longitude < 5.387207);
	for (int x = 20; x <= 280; x += 20)
		for (int y = 310; y <= 610; y += 20) {
			struct law_rd rd = { x * INT64_C(1000000), y * INT64_C(1000000) };
			struct law_rd back = law_wgs84_to_rd(law_rd_to_wgs84(rd));
			assert_in_range(back.x_mm - rd.x_mm + 1000, 0, 2000);
			assert_in_range(back.y_mm - rd.y_mm + 1000, 0, 2000);
		}
}

static void oversized_input_is_an_error_everywhere(void **state)
{
	(void)state;
	static char text[LAW_CHECK_INPUT_MAX + 200];
	struct law_checked (*const checks[])(const char *) = {
		law_check_bsn,
		law_check_rsin,
		law_check_travel_document,
		law_check_kvk,
		law_check_vat,
		law_check_oin,
		law_check_establishment,
		law_check_iban,
		law_check_amount,
		check_house,
		law_check_postcode,
		law_check_bag_id,
		law_check_plate,
		law_check_phone,
		law_check_email,
		law_check_cadastral,
		law_check_time,
		past,
		birth,
		law_check_place_code,
	};
	memset(text, '1', sizeof(text) - 1);
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		assert_int_equal(checks[i](text).level, CHECK_ERROR);
}

static void a_point_is_read_in_metres_or_in_degrees_and_kept_in_metres(void **state)
{
	static const char *const SAME[] = { "155000 463000",         "155000,000; 463000",
		                            "155.000 463.000",       "52.1551744 5.3872062",
		                            "52.1551744, 5.3872062", "52,1551744 5,3872062",
		                            "52.1551744,5.3872062" };
	(void)state;

	for (size_t i = 0; i < sizeof SAME / sizeof SAME[0]; i++) {
		const struct law_checked c = law_check_point(SAME[i]);
		if (c.level != CHECK_FINE || strcmp(c.value, "155000,000 463000,000") != 0)
			fail_msg("%s: %s %s", SAME[i], c.value, c.sentence);
	}
	assert_non_null(strstr(law_check_point("463000 155000").sentence, "verwisseld"));
	assert_non_null(strstr(law_check_point("5.3872 52.1551").sentence, "verwisseld"));
	assert_non_null(strstr(law_check_point("48.85 2.35").sentence, "niet in Nederland"));
	assert_int_equal(law_check_point("155000").level, CHECK_ERROR);
	assert_int_equal(law_check_point("achter de loods").level, CHECK_ERROR);
	assert_int_equal(law_check_point("").level, CHECK_ERROR);
	assert_int_equal(law_check_point("1,2,3,4").level, CHECK_ERROR);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(bsn),
		cmocka_unit_test(rsin_and_travel_document),
		cmocka_unit_test(numbers_of_organisations),
		cmocka_unit_test(iban),
		cmocka_unit_test(addresses),
		cmocka_unit_test(bag_ids_tell_their_type),
		cmocka_unit_test(plates_of_every_series),
		cmocka_unit_test(dates_as_typed),
		cmocka_unit_test(birth_dates_may_have_unknown_parts),
		cmocka_unit_test(times),
		cmocka_unit_test(amounts_become_whole_cents),
		cmocka_unit_test(phones_and_mail),
		cmocka_unit_test(coordinates_stay_inside_the_country),
		cmocka_unit_test(amersfoort_lies_where_it_should),
		cmocka_unit_test(oversized_input_is_an_error_everywhere),
		cmocka_unit_test(a_point_is_read_in_metres_or_in_degrees_and_kept_in_metres),
	};
	return cmocka_run_group_tests_name("law_validate", tests, NULL, NULL);
}
