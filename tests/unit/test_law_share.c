/* "Mag ik dit delen?": the questions of a municipal clerk, with the article. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/law.h"

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

static void the_questions_municipalities_ask_most_are_answered_rightly(void **state)
{
	static const struct {
		const char *question;
		enum verdict_kind kind;
		const char *article;
		const char *says; /* in the sentence or in what to do next */
	} expected[] = {
		{ "Mag ik een vergunningaanvraag delen in een casus?", VERDICT_YES,
		  "BGS, artikel 2.15", "fase 1" },
		{ "Mag ik een BSN in mijn signaal zetten?", VERDICT_ONLY_IF,
		  "WGS, artikel 2.21, eerste lid", "vak BSN" },
		{ "Mag ik opschrijven dat iemand ziek is?", VERDICT_NO,
		  "WGS, artikel 2.21, eerste lid", "Gezondheid hoort nergens" },
		{ "Mag de wijkagent mij een politiemelding geven?", VERDICT_ONLY_IF,
		  "WGS, artikel 2.23, zesde lid, onderdeel b", "fase 2" },
		{ "Mag ik mijn collega van Werk en Inkomen om gegevens vragen?", VERDICT_ONLY_IF,
		  "BGS, artikel 1.5", "zelf voor dit doel" },
		{ "Mag ik de buurgemeente waarschuwen?", VERDICT_ONLY_IF,
		  "WGS, artikel 1.7, eerste lid", "deelnemer" },
		{ "Mag ik een Bibob-advies delen?", VERDICT_NO, "Wet Bibob, artikel 28",
		  "besluit" },
		{ "Mag ik de WOZ-waarde van een pand noemen?", VERDICT_YES, "BGS, artikel 2.15",
		  "het college" },
		{ "Mag ik een gemeentelijke aanslag delen in een casus?", VERDICT_ONLY_IF,
		  "WGS, artikel 2.23, zesde lid, onderdeel b", "fase 2" },
		{ "Mag ik gegevens uit de Wmo delen?", VERDICT_NO,
		  "WGS, artikel 2.19, eerste lid, onderdeel i", "Zorg- en Veiligheidshuis" },
		{ "Mag ik zeggen wie er op een adres ingeschreven staan?", VERDICT_ONLY_IF,
		  "WGS, artikel 2.22, eerste lid, onderdeel a en b", "hoeveel" },
		{ "Mag ik de naam van een melder noemen?", VERDICT_NO,
		  "WGS, artikel 2.22, eerste lid", "een melder" },
		{ "Mag ik iemands nationaliteit noemen?", VERDICT_ONLY_IF, "BGS, artikel 1.9",
		  "wie dit is" },
		{ "Mag ik een kenteken noemen?", VERDICT_YES, "BGS, artikel 2.15", "kenteken" },
		{ "Mag ik ons controleverslag delen?", VERDICT_YES, "BGS, artikel 2.15",
		  "controleverslag" },
		{ "Mag de casus naar de woningcorporatie?", VERDICT_ONLY_IF,
		  "WGS, artikel 1.7, tweede lid, en 2.23, achtste lid", "bezwaar" },
		{ "Mag ik de gemeenteraad over een casus vertellen?", VERDICT_NO,
		  "WGS, artikel 1.11, eerste lid", "niet vertrouwelijk" },
		{ "Mag ik een sluiting op grond van artikel 13b delen?", VERDICT_YES,
		  "BGS, artikel 2.15", "sluitingsbesluit" },
		{ "Mag ik een foto van een persoon toevoegen?", VERDICT_NO, "BGS, artikel 2.15",
		  "Foto" },
		{ "Mag de Belastingdienst mij iemands inkomen geven?", VERDICT_NO,
		  "BGS, artikel 2.15", "aangifte of aanslag mag wel, in fase 2" },
		{ "Mag ik iets uit de schuldhulp gebruiken?", VERDICT_NO,
		  "WGS, artikel 2.19, eerste lid, onderdeel i", "Zorg- en Veiligheidshuis" },
		{ "Mag ik een proces-verbaal van onze boa delen?", VERDICT_ONLY_IF,
		  "WGS, artikel 2.23, zesde lid, onderdeel b", "fase 2" },
		{ "Mag ik iemands verblijfsstatus delen?", VERDICT_NO, "BGS, artikel 2.15", "IND" },
		{ "Mag dit naar een ander RIEC?", VERDICT_ONLY_IF, "WGS, artikel 2.20, eerste lid",
		  "nodig" },
		{ "Mag ik een huurcontract van een pand van de gemeente delen?", VERDICT_YES,
		  "BGS, artikel 2.15", "huurcontract" },
		{ "Mag ik een melding van buren in mijn signaal zetten?", VERDICT_YES,
		  "BGS, artikel 2.15", "melding van buren" },
		{ "Mag een collega die niet is aangewezen meelezen?", VERDICT_NO,
		  "WGS, artikel 1.8, tweede lid, en 1.11, eerste lid", "verantwoording" },
		{ "Mag de persoon zelf weten dat hij in een casus staat?", VERDICT_NO,
		  "BGS, artikel 1.2 en 1.3", "contactpunt" },
	};
	size_t count;
	const struct law_frequent *asked = law_frequents(&count);

	assert_true(count >= 20);
	assert_int_equal(count, sizeof(expected) / sizeof(expected[0]));
	for (size_t i = 0; i < count; i++) {
		struct law_answer a = law_may_share(*state, &asked[i].question);
		assert_string_equal(asked[i].text, expected[i].question);
		assert_int_equal(a.verdict.kind, expected[i].kind);
		assert_string_equal(a.verdict.article, expected[i].article);
		const char *next = a.verdict.next != NULL ? a.verdict.next : "";
		assert_true(strstr(a.verdict.sentence, expected[i].says) != NULL ||
		            strstr(next, expected[i].says) != NULL);
	}
}

/* Each combination the page can send gives one of three words, a sentence and an article. */
static void assert_well_said(const struct law_answer *a)
{
	const char *starts[] = { "Ja. ", "Alleen als ", "Nee" };
	const char *start = starts[a->verdict.kind];

	assert_int_equal(strncmp(a->verdict.sentence, start, strlen(start)), 0);
	assert_non_null(a->verdict.article);
	assert_true(strlen(a->verdict.sentence) < 200);
	if (a->verdict.kind == VERDICT_NO)
		assert_non_null(a->verdict.next);
	if (a->verdict.kind == VERDICT_ONLY_IF)
		assert_true(a->conditions.count > 0 || a->verdict.next != NULL);
}

static void every_question_the_page_can_ask_has_a_plain_answer(void **state)
{
	size_t thing_count, category_count;
	const struct law_thing *things = law_things(&thing_count);
	(void)law_categories(&category_count);
	const enum law_phase phases[] = { PHASE_UNKNOWN, PHASE_SIGNAL, PHASE_1, PHASE_2, PHASE_3 };

	for (size_t t = 0; t < thing_count + category_count; t++)
		for (int letter = 'a' - 1; letter <= 'l'; letter++)
			for (int taker = 0; taker <= TAKER_SUBJECT; taker++)
				for (size_t p = 0; p < 5; p++)
					for (int act = 0; act <= ACTIVITY_SCAN; act++) {
						struct law_question q = {
							.giver = letter < 'a'
							             ? LETTER_NONE
							             : (enum law_letter)letter,
							.taker = (enum law_taker)taker,
							.phase = phases[p],
							.activity = (enum law_activity)act,
							.on_day = DAY_NONE,
						};
						if (t < thing_count)
							q.thing = things[t].code;
						else
							q.category = (enum law_category)(
							    t - thing_count + 1);
						struct arena_mark m = arena_mark(*state);
						struct law_answer a = law_may_share(*state, &q);
						assert_well_said(&a);
						arena_rewind(*state, m);
					}
}

static void a_yes_for_a_casefile_agrees_with_the_rule_that_stores(void **state)
{
	size_t count;
	const struct law_category_row *rows = law_categories(&count);

	for (size_t c = 0; c < count; c++)
		for (int letter = 'a'; letter <= 'l'; letter++)
			for (int phase = PHASE_1; phase <= PHASE_3; phase++)
				for (int act = ACTIVITY_BOTTLENECK; act <= ACTIVITY_SCAN; act++) {
					if (rows[c].code == CATEGORY_SEXUAL_CONDUCT ||
					    rows[c].code == CATEGORY_STAFF)
						continue;
					struct law_question q = {
						.giver = (enum law_letter)letter,
						.taker = TAKER_CASEFILE,
						.category = rows[c].code,
						.phase = (enum law_phase)phase,
						.activity = (enum law_activity)act,
						.on_day = DAY_NONE,
					};
					const struct law_item item = {
						.category = rows[c].code,
						.source = q.giver,
						.phase = rows[c].phase,
						.opened_phase = q.phase,
						.activity = q.activity,
						.about_subject = true,
						.in_casefile = true,
					};
					bool stores =
					    verdict_allows(law_x3_source_category(&item)) &&
					    verdict_allows(law_x2_phase_open(&item)) &&
					    verdict_allows(law_x4_no_heavy_on_scan(&item));
					struct law_answer a = law_may_share(*state, &q);
					assert_int_equal(verdict_allows(a.verdict), stores);
				}
}

static void what_names_nobody_still_may_be_confidential(void **state)
{
	struct law_question q = { .taker = TAKER_COUNCIL, .thing = 142, .on_day = DAY_NONE };
	struct law_answer a = law_may_share(*state, &q);

	assert_int_equal(a.verdict.kind, VERDICT_ONLY_IF);
	assert_string_equal(a.verdict.article, "WGS, artikel 1.11, derde lid");
	q.taker = TAKER_CASEFILE;
	assert_int_equal(law_may_share(*state, &q).verdict.kind, VERDICT_YES);
}

static void a_yes_about_neighbours_says_not_to_name_who_told(void **state)
{
	const struct law_question q = {
		.giver = LETTER_EXECUTIVE, .taker = TAKER_SIGNAL, .thing = 86, .on_day = DAY_NONE
	};
	const struct law_answer a = law_may_share(*state, &q);

	assert_int_equal(a.verdict.kind, VERDICT_YES);
	assert_non_null(strstr(a.mind, "Zonder de naam van wie meldde"));
	assert_non_null(strstr(a.mind, "Deel alleen wat nodig is"));
}

static void phase_3_is_refused_for_a_scan(void **state)
{
	struct law_question q = {
		.giver = LETTER_POLICE,
		.taker = TAKER_CASEFILE,
		.category = CATEGORY_POLICE_9_10,
		.phase = PHASE_3,
		.activity = ACTIVITY_SCAN,
		.on_day = DAY_NONE,
	};
	struct law_answer a = law_may_share(*state, &q);
	assert_int_equal(a.verdict.kind, VERDICT_NO);
	assert_string_equal(a.verdict.rule, "X-4");
	q.activity = ACTIVITY_CASE_CONSULTATION;
	assert_int_equal(law_may_share(*state, &q).verdict.kind, VERDICT_YES);
	q.activity = ACTIVITY_UNKNOWN;
	a = law_may_share(*state, &q);
	assert_int_equal(a.verdict.kind, VERDICT_ONLY_IF);
	assert_int_equal(a.conditions.count, 2);
}

static void outsiders_are_sent_through_a_participant(void **state)
{
	size_t count;
	const struct law_outsider_row *rows = law_outsiders(&count);

	for (size_t i = 0; i < count; i++) {
		struct law_question q = { .outsider = rows[i].code,
			                  .taker = TAKER_CASEFILE,
			                  .category = CATEGORY_COMPANY,
			                  .phase = PHASE_UNKNOWN,
			                  .on_day = DAY_NONE };
		struct law_answer a = law_may_share(*state, &q);
		assert_int_equal(a.verdict.kind, VERDICT_NO);
		assert_string_equal(a.verdict.next, rows[i].next);
	}
}

static void before_the_act_nothing_is_answered_by_it(void **state)
{
	struct law_question q = { .giver = LETTER_MAYOR,
		                  .taker = TAKER_CASEFILE,
		                  .thing = 63,
		                  .phase = PHASE_1,
		                  .on_day = WGS_FIRST_DAY - 1 };
	assert_int_equal(law_may_share(*state, &q).verdict.kind, VERDICT_NO);
	q.on_day = WGS_FIRST_DAY;
	assert_int_equal(law_may_share(*state, &q).verdict.kind, VERDICT_YES);
}

static void things_have_one_code_and_daily_words(void **state)
{
	(void)state;
	size_t count;
	const struct law_thing *things = law_things(&count);

	assert_true(count >= 60);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(law_thing(things[i].code), &things[i]);
		assert_int_equal(things[i].nature == THING_BY_CATEGORY,
		                 things[i].category != CATEGORY_NONE);
		assert_true(things[i].givers != 0);
		/* who is said to have it may also supply it, by the tables */
		for (int letter = 'a'; letter <= 'l'; letter++)
			if (things[i].category != CATEGORY_NONE &&
			    law_letters_have(things[i].givers, (enum law_letter)letter))
				assert_true(law_source_may(
				    things[i].category, (enum law_letter)letter, things[i].unit));
	}
}

static void things_are_found_by_what_people_type(void **state)
{
	(void)state;
	static const struct {
		const char *query;
		uint16_t code;
	} rows[] = {
		{ "bouwverg", 61 },
		{ "WOZ", 18 },
		{ "uitkering bij", 31 },
		{ "bibob", 71 },
		{ "ziek", 121 },
		{ "huur", 14 },
		{ "politie onderzoek", 102 },
		{ "caf\xc3\xa9", 63 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct law_thing *found[8];
		size_t n = law_things_search(rows[i].query, found, 8);
		bool there = false;
		for (size_t j = 0; j < n; j++)
			there = there || found[j]->code == rows[i].code;
		if (!there)
			fail_msg("\"%s\" doesn't find %d", rows[i].query, rows[i].code);
	}
	const struct law_thing *found[2];
	assert_int_equal(law_things_search("", found, 2), 0);
	assert_int_equal(law_things_search("zeppelin", found, 2), 0);
	assert_true(law_things_search("v", found, 2) <= 2);
}

static void the_word_can_stand_apart(void **state)
{
	(void)state;
	assert_string_equal(law_without_word("Nee. Dat mag niet."), "Dat mag niet.");
	assert_string_equal(law_without_word("Nee, nog niet. Fase 2 is dicht."),
	                    "Fase 2 is dicht.");
	assert_string_equal(law_without_word("Alleen als het nodig is."),
	                    "Alleen als het nodig is.");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    the_questions_municipalities_ask_most_are_answered_rightly, set_up, tear_down),
		cmocka_unit_test_setup_teardown(every_question_the_page_can_ask_has_a_plain_answer,
		                                set_up, tear_down),
		cmocka_unit_test_setup_teardown(
		    a_yes_for_a_casefile_agrees_with_the_rule_that_stores, set_up, tear_down),
		cmocka_unit_test_setup_teardown(what_names_nobody_still_may_be_confidential, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(a_yes_about_neighbours_says_not_to_name_who_told,
		                                set_up, tear_down),
		cmocka_unit_test_setup_teardown(phase_3_is_refused_for_a_scan, set_up, tear_down),
		cmocka_unit_test_setup_teardown(outsiders_are_sent_through_a_participant, set_up,
		                                tear_down),
		cmocka_unit_test_setup_teardown(before_the_act_nothing_is_answered_by_it, set_up,
		                                tear_down),
		cmocka_unit_test(things_have_one_code_and_daily_words),
		cmocka_unit_test(things_are_found_by_what_people_type),
		cmocka_unit_test(the_word_can_stand_apart),
	};
	return cmocka_run_group_tests_name("law_share", tests, NULL, NULL);
}
