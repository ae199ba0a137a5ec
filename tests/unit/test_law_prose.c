/* Addresses, numbers, dates and amounts found in pasted text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/read_prose.h"

enum { TODAY = 20778 /* 21 November 2026 */ };

static int set_up(void **state)
{
	struct arena *a = malloc(sizeof(*a));
	assert_non_null(a);
	arena_init(a, 1 << 24);
	*state = a;
	return 0;
}

static int tear_down(void **state)
{
	arena_reset(*state);
	free(*state);
	return 0;
}

/* "KIND=value|KIND=value" of all finds. */
static const char *told(struct arena *a, const char *text)
{
	struct law_finds finds = law_prose_read(a, text, strlen(text), TODAY);
	const char *all = "";

	for (size_t i = 0; i < finds.count; i++) {
		const struct law_find *f = &finds.item[i];
		assert_true(f->length > 0 && f->start + f->length <= strlen(text));
		all = arena_printf(a, "%s%s%s%s=%s", all, i > 0 ? "|" : "",
		                   law_find_kind(f->kind)->id, f->level == CHECK_ERROR ? "!" : "",
		                   f->value);
	}
	return all;
}

static void each_kind_is_found_in_a_sentence(void **state)
{
	static const struct {
		const char *text, *finds;
	} rows[] = {
		{ "De beheerder (BSN 999990032) had geen register.", "BSN=999990032" },
		{ "Nummer 999990019, zegt hij.", "BSN=999990019" },
		{ "bsn: 9999.90.019.", "BSN=999990019" },
		{ "Zijn bsn is 999990018.", "BSN!=999990018" },
		{ "Kenmerk 123456789 staat erop.", "" },
		{ "RSIN 999999011 van de bv", "RSIN=999999011" },
		{ "KvK-nummer 00000001 staat op de gevel", "KVK=00000001" },
		{ "btw NL999999999B67", "VAT=NL999999999B67" },
		{ "Betaald op NL69 TEST 0000 0000 01 in mei.", "IBAN=NL69TEST0000000001" },
		{ "rekening NL68TEST0000000001", "IBAN=NL68TEST0000000001" },
		{ "BAG 9999010000000001", "BAG_ID=9999010000000001" },
		{ "in 2611 ET Delft", "POSTCODE=2611 ET" },
		{ "In 2026 IN het pand", "POSTCODE=2026 IN" },
		{ "Kerkstraat 12a, 9999 ZZ", "ADDRESS=Kerkstraat 12a|POSTCODE=9999 ZZ" },
		{ "De Laan van Test 100", "ADDRESS=Laan van Test 100" },
		{ "bij Burgemeester de Vriesweg 7-2.", "ADDRESS=Burgemeester de Vriesweg 7-2" },
		{ "Hij liep de Kanaalweg 3 km af", "" },
		{ "een busje met 12-ZZZ-3 erop", "PLATE=12-ZZZ-3" },
		{ "kenteken 12zzz3", "PLATE=12-ZZZ-3" },
		{ "kamer ab12cd", "" },
		{ "bel 06-12345678 of 010 1234567.", "PHONE=+31612345678|PHONE=+31101234567" },
		{ "Bel +31 (0)6 12345678 svp", "PHONE=+31612345678" },
		{ "mail jan@example.org.", "EMAIL=jan@example.org" },
		{ "Op 24 oktober en 3-11-2026 was het dicht.", "DATE=2026-10-24|DATE=2026-11-03" },
		{ "Op 31 november waren er acht.", "DATE!=31 november" },
		{ "mevrouw De Vries, geboren op 3-4-1980", "NAME=De Vries|BIRTH_DATE=1980-04-03" },
		{ "geboren 3-4-1980. Gezien op 3-11-2026.",
		  "BIRTH_DATE=1980-04-03|DATE=2026-11-03" },
		{ "(geb. 3 april 1980)", "BIRTH_DATE=1980-04-03" },
		{ "Om 14.05 uur en 22:10 reed hij weg", "TIME=14:05|TIME=22:10" },
		{ "Huur \xe2\x82\xac 1.234,56 per maand", "AMOUNT=1234,56" },
		{ "hij gaf 2,5 miljoen euro uit, EUR 12 fooi", "AMOUNT=2500000,00|AMOUNT=12,00" },
		{ "mevrouw J.P. de Vries woont er", "NAME=J.P. de Vries" },
		{ "Dhr. Test kwam langs met B. Voorbeeld", "NAME=Test|NAME=B. Voorbeeld" },
		{ "De eigenaar Piet Test reed weg", "NAME=Piet Test" },
		{ "exploitant Ali el Voorbeeld stond erbij", "NAME=Ali el Voorbeeld" },
		{ "De eigenaar is weg, de huurder Test ook", "" },
		{ "De verhuurder Kanaal Vastgoed BV zweeg", "" },
		{ "Hij is ziek en lid van de vakbond", "TOPIC=HEALTH|TOPIC=UNION" },
		{ "Kerk\xc2\xadstraat 12", "ADDRESS=Kerkstraat 12" },
		{ "06\xc2\xa0"
		  "12345678",
		  "PHONE=+31612345678" },
		{ "", "" },
		{ "De winkel was leeg.", "" },
		{ "1.2.3.4 en 10-20-30-40 zijn geen dagen", "" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *finds = told(*state, rows[i].text);
		if (strcmp(finds, rows[i].finds) != 0)
			fail_msg("\"%s\"\n  gives %s\n  not   %s", rows[i].text, finds,
			         rows[i].finds);
	}
}

static const char STORY[] =
    "Goedemiddag, bij twee controles op 3 oktober en 24-10-2026 (om 14.05 uur) sliepen in het pand "
    "Dorpsstraat 14, 9999 ZZ Duinwaard acht mensen. De beheerder, de heer T. Voorbeeld (BSN "
    "999990032, tel. 06-12345678), rijdt in een busje met kenteken 12-ZZZ-3. De huur van "
    "\xe2\x82\xac 1.500 "
    "gaat naar NL69TEST0000000001. Een van hen leek ziek.";

static void a_story_is_read_as_a_whole(void **state)
{
	assert_string_equal(told(*state, STORY),
	                    "DATE=2026-10-03|DATE=2026-10-24|TIME=14:05|ADDRESS=Dorpsstraat 14|"
	                    "POSTCODE=9999 ZZ|NAME=T. Voorbeeld|BSN=999990032|PHONE=+31612345678|"
	                    "PLATE=12-ZZZ-3|AMOUNT=1500,00|IBAN=NL69TEST0000000001|TOPIC=HEALTH");
	struct law_finds finds = law_prose_read(*state, STORY, strlen(STORY), TODAY);
	assert_int_equal(law_prose_missing(&finds, strlen(STORY)), 0);
}

static void offsets_point_at_the_words(void **state)
{
	struct law_finds finds = law_prose_read(*state, STORY, strlen(STORY), TODAY);
	static const char *const words[] = { "3 oktober", "24-10-2026", "14.05 uur",
		                             "Dorpsstraat 14", "9999 ZZ" };
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++) {
		assert_int_equal(finds.item[i].length, strlen(words[i]));
		assert_memory_equal(STORY + finds.item[i].start, words[i], strlen(words[i]));
	}
}

static void what_may_not_stay_is_marked(void **state)
{
	(void)state;
	size_t count;
	const struct law_find_kind_row *kinds = law_find_kinds(&count);

	assert_int_equal(count, FIND_BIRTH_DATE);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(kinds[i].code, i + 1);
		assert_int_equal(kinds[i].stay == STAY_YES, kinds[i].sentence == NULL);
	}
	assert_int_equal(law_find_kind(FIND_BSN)->stay, STAY_MOVE);
	assert_int_equal(law_find_kind(FIND_NAME)->stay, STAY_MOVE);
	assert_int_equal(law_find_kind(FIND_TOPIC)->stay, STAY_REMOVE);
}

static void what_is_missing_is_asked(void **state)
{
	struct law_finds none = law_prose_read(*state, "Raar pand.", 10, TODAY);
	unsigned missing = law_prose_missing(&none, 10);

	assert_int_equal(missing,
	                 MISSING_WHERE | MISSING_WHEN | MISSING_WHO_OR_WHAT | MISSING_FACTS);
	for (unsigned bit = 1; bit <= MISSING_FACTS; bit <<= 1)
		assert_non_null(law_missing_question((enum law_missing)bit));
}

static void a_flood_of_finds_is_cut_and_says_so(void **state)
{
	char *text = arena_alloc(*state, 60001);
	for (size_t i = 0; i + 10 <= 60000; i += 10)
		memcpy(text + i, "999990019,", 10);
	struct law_finds finds = law_prose_read(*state, text, strlen(text), TODAY);
	assert_int_equal(finds.count, LAW_FINDS_MAX);
	assert_true(finds.cut);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(each_kind_is_found_in_a_sentence, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(a_story_is_read_as_a_whole, set_up, tear_down),
		cmocka_unit_test_setup_teardown(offsets_point_at_the_words, set_up, tear_down),
		cmocka_unit_test(what_may_not_stay_is_marked),
		cmocka_unit_test_setup_teardown(what_is_missing_is_asked, set_up, tear_down),
		cmocka_unit_test_setup_teardown(a_flood_of_finds_is_cut_and_says_so, set_up,
		                                tear_down),
	};
	return cmocka_run_group_tests_name("law_prose", tests, NULL, NULL);
}
