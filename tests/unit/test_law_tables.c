/* The tables of the acts hold together: codes, articles, pointers between them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/law.h"

static void every_letter_of_artikel_2_19_is_there(void **state)
{
	(void)state;
	size_t count;
	const struct law_participant *all = law_participants(&count);

	assert_int_equal(count, 12);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(all[i].letter, 'a' + (int)i);
		assert_ptr_equal(law_participant(all[i].letter), &all[i]);
		char end[16];
		(void)snprintf(end, sizeof(end), "onderdeel %c", 'a' + (int)i);
		assert_non_null(strstr(all[i].article, end));
		assert_true(law_valid_on(all[i].validity, WGS_FIRST_DAY));
		assert_false(law_valid_on(all[i].validity, WGS_FIRST_DAY - 1));
	}
	assert_null(law_participant(LETTER_NONE));
	assert_null(law_participant((enum law_letter)'m'));
}

static void the_act_starts_on_1_march_2025(void **state)
{
	(void)state;
	assert_int_equal(WGS_FIRST_DAY, day_from_civil((struct civil){ 2025, 3, 1 }));
	assert_true(law_valid_on((struct law_validity){ 10, 20 }, 20));
	assert_false(law_valid_on((struct law_validity){ 10, 20 }, 21));
	assert_true(law_valid_on((struct law_validity){ DAY_NONE, DAY_NONE }, -5));
}

static void every_participant_has_tasks_and_every_task_its_participants_letter(void **state)
{
	(void)state;
	size_t count;
	const struct law_task *tasks = law_tasks(&count);
	law_letters seen = 0;

	for (size_t i = 0; i < count; i++) {
		assert_int_equal(tasks[i].code / 100, tasks[i].letter - 'a' + 1);
		assert_ptr_equal(law_task(tasks[i].code), &tasks[i]);
		assert_non_null(tasks[i].power);
		seen |= LAW_LETTER_BIT(tasks[i].letter);
	}
	assert_int_equal(seen, LAW_LETTERS_ALL);
	assert_null(law_task(0));
}

static void care_tasks_are_refused_and_point_elsewhere(void **state)
{
	(void)state;
	size_t count;
	const struct law_refused_task *refused = law_refused_tasks(&count);
	const char *wanted[] = { "Wmo", "Jeugdwet", "Schuldhulp", "Leerplicht" };

	for (size_t w = 0; w < 4; w++) {
		bool found = false;
		for (size_t i = 0; i < count; i++)
			if (strcmp(refused[i].label, wanted[w]) == 0)
				found = strstr(refused[i].next, "Zorg- en Veiligheidshuis") != NULL;
		assert_true(found);
	}
}

static void categories_have_the_sources_of_the_decree(void **state)
{
	(void)state;
	static const struct {
		enum law_category category;
		const char *letters; /* who may supply it */
		enum law_phase phase;
	} rows[] = {
		{ CATEGORY_IDENT, "abcdefghijkl", PHASE_1 },
		{ CATEGORY_RESIDENCE_STATUS, "f", PHASE_1 },
		{ CATEGORY_HOUSING, "abcdefghijkl", PHASE_1 },
		{ CATEGORY_VEHICLE, "abcdefghijkl", PHASE_1 },
		{ CATEGORY_FINANCIAL, "adefghijkl", PHASE_1 },
		{ CATEGORY_CADASTRAL, "abcdefghijkl", PHASE_1 },
		{ CATEGORY_COMPANY, "abcdefghijkl", PHASE_1 },
		{ CATEGORY_INCOME, "adefghijkl", PHASE_1 },
		{ CATEGORY_BUSINESS_RELATIONS, "abcdefghijkl", PHASE_1 },
		{ CATEGORY_PERMITS_SUBSIDIES, "ehijl", PHASE_1 },
		{ CATEGORY_SUPERVISION, "abcdefghijkl", PHASE_1 },
		{ CATEGORY_TAX, "bci", PHASE_2 },
		{ CATEGORY_POLICE_8_13, "acdkl", PHASE_2 },
		{ CATEGORY_JUSTICE, "g", PHASE_2 },
		{ CATEGORY_SEXUAL_CONDUCT, "abcdefghijkl", PHASE_2 },
		{ CATEGORY_POLICE_9_10, "acdkl", PHASE_3 },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		assert_int_equal(law_category(rows[i].category)->phase, rows[i].phase);
		for (int letter = 'a'; letter <= 'l'; letter++)
			assert_int_equal(
			    law_source_may(rows[i].category, (enum law_letter)letter, UNIT_NONE),
			    strchr(rows[i].letters, letter) != NULL);
	}
	assert_true(law_source_may(CATEGORY_POLICE_8_13, LETTER_EXECUTIVE, UNIT_BOA));
	assert_false(law_source_may(CATEGORY_POLICE_9_10, LETTER_EXECUTIVE, UNIT_BOA));
	assert_false(law_source_may(CATEGORY_POLICE_8_13, LETTER_PROVINCE, UNIT_BOA));
}

static void category_rows_stand_under_their_own_code(void **state)
{
	(void)state;
	size_t count;
	const struct law_category_row *rows = law_categories(&count);

	assert_int_equal(count, 17);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(rows[i].code, i + 1);
		assert_ptr_equal(law_category_named(rows[i].id), &rows[i]);
		if (rows[i].phase == PHASE_3)
			assert_int_equal(rows[i].in_signal, IN_SIGNAL_NEVER);
	}
}

static void every_kind_has_one_code_and_a_category_or_a_reason(void **state)
{
	(void)state;
	size_t count;
	const struct law_kind *kinds = law_kinds(&count);

	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(law_kind(kinds[i].code), &kinds[i]);
		if (kinds[i].refused)
			assert_non_null(kinds[i].note);
		else if (strcmp(kinds[i].id, "MIXED") != 0)
			assert_non_null(law_category(kinds[i].category));
		for (size_t j = 0; j < i; j++)
			assert_string_not_equal(kinds[i].id, kinds[j].id);
	}
}

static void municipal_sources_name_a_task_of_their_organ(void **state)
{
	(void)state;
	size_t count;
	const struct law_municipal_source *sources = law_municipal_sources(&count);

	for (size_t i = 0; i < count; i++) {
		if (sources[i].allowed == SOURCE_NO) {
			assert_int_equal(sources[i].organ, LETTER_NONE);
			continue;
		}
		const struct law_task *task = law_task(sources[i].task);
		assert_non_null(task);
		assert_int_equal(task->letter, sources[i].organ);
		enum law_unit unit =
		    sources[i].category == CATEGORY_POLICE_8_13 ? UNIT_BOA : UNIT_NONE;
		assert_true(law_source_may(sources[i].category, sources[i].organ, unit));
		assert_int_equal(sources[i].allowed == SOURCE_PHASE_2,
		                 law_category(sources[i].category)->phase == PHASE_2);
	}
}

static void rules_instruments_and_parameters_are_complete(void **state)
{
	(void)state;
	size_t count;
	(void)law_rules(&count);
	assert_int_equal(count, 6 + 21);
	char id[8];
	for (int i = 1; i <= 21; i++) {
		(void)snprintf(id, sizeof(id), "X-%d", i);
		assert_non_null(law_rule(id));
	}
	assert_null(law_rule("X-22"));

	const struct law_instrument *instruments = law_instruments(&count);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(instruments[i].code / 100, instruments[i].kind);
		assert_true(instruments[i].owners != 0);
		assert_ptr_equal(law_instrument(instruments[i].code), &instruments[i]);
	}
	(void)law_amounts(&count);
	assert_int_equal(count, 7);

	const struct law_parameter *parameters = law_parameters(&count);
	for (size_t i = 0; i < count; i++) {
		assert_ptr_equal(law_parameter(parameters[i].id), &parameters[i]);
		assert_in_range(parameters[i].value, parameters[i].least, parameters[i].most);
	}
}

static void five_years_is_a_ceiling_that_no_setting_lifts(void **state)
{
	(void)state;
	int32_t first = day_from_civil((struct civil){ 2024, 2, 29 });
	assert_int_equal(law_destroy_before(first, 5),
	                 day_from_civil((struct civil){ 2029, 2, 28 }));
	assert_int_equal(law_destroy_before(first, 10), law_destroy_before(first, 5));
	assert_int_equal(law_destroy_before(first, 2),
	                 day_from_civil((struct civil){ 2026, 2, 28 }));
	assert_int_equal(law_parameter_held(PARAM_REJECTED_DESTROY_DAYS, 60), 30);
	assert_int_equal(law_parameter_held(PARAM_REJECTED_DESTROY_DAYS, 10), 10);
}

static void criteria_and_factors_are_those_of_the_acts(void **state)
{
	(void)state;
	size_t count;
	const struct law_criterion *criteria = law_criteria(&count);
	assert_int_equal(count, 5);
	for (size_t i = 0; i < count; i++) {
		assert_int_equal(criteria[i].letter, 'a' + (int)i);
		assert_true(strlen(criteria[i].good) > LAW_CRITERION_TEXT_MIN);
		assert_true(strlen(criteria[i].good) > strlen(criteria[i].thin));
	}
	const struct law_factor *factors = law_factors(&count);
	assert_int_equal(count, 4);
	for (size_t i = 0; i < count; i++)
		for (size_t score = 0; score <= LAW_FACTOR_SCORE_MAX; score++)
			assert_non_null(factors[i].words[score]);
	(void)law_crime_forms(&count);
	assert_int_equal(count, 6);
}

static void words_of_topics_are_written_folded(void **state)
{
	(void)state;
	size_t count;
	const struct law_topic_word *words = law_topic_words(&count);

	for (size_t i = 0; i < count; i++) {
		assert_non_null(law_topic(words[i].topic));
		for (const char *p = words[i].word; *p != '\0'; p++) {
			size_t bytes;
			assert_int_equal(law_fold_at(p, 1, 0, &bytes), *p);
		}
	}
}

static const char *first_topic(const char *text)
{
	struct law_topic_hit hit;
	return law_topics_find(text, strlen(text), &hit, 1) > 0 ? law_topic(hit.topic)->id : "";
}

static void forbidden_topics_are_found_in_prose(void **state)
{
	(void)state;
	static const struct {
		const char *text, *topic;
	} rows[] = {
		{ "Hij is ziek.", "HEALTH" },
		{ "een hartpatiënt", "HEALTH" },
		{ "drugsverslaafde bewoners", "HEALTH" },
		{ "licht  verstandelijk beperkt", "HEALTH" },
		{ "PSYCHISCHE klachten", "HEALTH" },
		{ "lid van de vakbond", "UNION" },
		{ "hij bezoekt de moskee", "RELIGION" },
		{ "een Marokkaanse man", "ETHNICITY" },
		{ "een pati\xc3\xabnt", "HEALTH" },
		{ "een patie\xcc\x88nt", "HEALTH" },
		{ "homo\xe2\x80\x99s", "ORIENTATION" },
		{ "DNA-profiel", "GENETICS" },
		{ "vingerafdrukken", "BIOMETRICS" },
		{ "van Poolse nationaliteit", "NATIONALITY" },
		/* and these are not */
		{ "homogeen tapijt", "" },
		{ "De winkel heeft geen voorraad en geen klanten.", "" },
		{ "gerassel van kettingen", "" },
		{ "Romantisch restaurant", "" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(first_topic(rows[i].text), rows[i].topic);
}

static void a_hit_spans_the_whole_word_and_nothing_else(void **state)
{
	(void)state;
	const char *text = "De drugsverslaafde man, ziek.";
	struct law_topic_hit hits[4];

	assert_int_equal(law_topics_find(text, strlen(text), hits, 4), 2);
	assert_memory_equal(text + hits[0].start, "drugsverslaafde", hits[0].length);
	assert_int_equal(hits[0].length, strlen("drugsverslaafde"));
	assert_memory_equal(text + hits[1].start, "ziek", 4);
	assert_int_equal(hits[1].length, 4);
	/* counting goes on past what fits */
	assert_int_equal(law_topics_find(text, strlen(text), hits, 0), 2);
}

static void the_form_points_elsewhere_where_that_is_right(void **state)
{
	(void)state;
	const char *family = "De buren horen huiselijk geweld.";
	const char *care = "Een verwarde man zwerft rond.";
	const char *ours = "De winkel is leeg en de huur is hoog.";

	assert_non_null(strstr(law_pointer_for(family, strlen(family))->go, "Veilig Thuis"));
	assert_non_null(strstr(law_pointer_for(care, strlen(care))->go, "Zorg- en"));
	assert_null(law_pointer_for(ours, strlen(ours)));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_letter_of_artikel_2_19_is_there),
		cmocka_unit_test(the_act_starts_on_1_march_2025),
		cmocka_unit_test(
		    every_participant_has_tasks_and_every_task_its_participants_letter),
		cmocka_unit_test(care_tasks_are_refused_and_point_elsewhere),
		cmocka_unit_test(categories_have_the_sources_of_the_decree),
		cmocka_unit_test(category_rows_stand_under_their_own_code),
		cmocka_unit_test(every_kind_has_one_code_and_a_category_or_a_reason),
		cmocka_unit_test(municipal_sources_name_a_task_of_their_organ),
		cmocka_unit_test(rules_instruments_and_parameters_are_complete),
		cmocka_unit_test(five_years_is_a_ceiling_that_no_setting_lifts),
		cmocka_unit_test(criteria_and_factors_are_those_of_the_acts),
		cmocka_unit_test(words_of_topics_are_written_folded),
		cmocka_unit_test(forbidden_topics_are_found_in_prose),
		cmocka_unit_test(a_hit_spans_the_whole_word_and_nothing_else),
		cmocka_unit_test(the_form_points_elsewhere_where_that_is_right),
	};
	return cmocka_run_group_tests_name("law_tables", tests, NULL, NULL);
}
