/* The API shows the same record: names, not labels; what is absent has no key. */
#include "view_world.h"

#include <jansson.h>

#include "../world/naughty.h"

static json_t *json_of(struct world *w, const struct thing *t)
{
	out_clear(&w->out);
	view_json(&w->out, &THING_VIEW, t);
	json_t *j = json_loads(w->out.data, JSON_REJECT_DUPLICATES, NULL);
	if (j == NULL)
		fail_msg("no JSON: %s", w->out.data);
	return j;
}

static void every_kind_has_its_json(void **state)
{
	struct world *w = *state;
	const struct verdict only = { VERDICT_ONLY_IF, "R-3", "BGS, artikel 2.15", "Fase 2.",
		                      NULL };
	const struct animal pet = { "Bello", 0 };
	struct animal animals[] = { { "Ka", INT64_MIN }, { "Kees", 1 } };
	struct thing t = { "Erf", "S-1", 7,     0,     true,
		           2,     33,    1,     20778, 1795266300000,
		           -5,    20779, &only, &pet,  { animals, 2 },
		           "/x" };
	out_clear(&w->out);
	view_json(&w->out, &THING_VIEW, &t);
	assert_string_equal(
	    w->out.data,
	    "{\"title\":\"Erf\",\"number\":\"S-1\",\"weight\":7,\"seen\":0,\"open\":true,"
	    "\"kind\":\"boat\",\"traits\":[\"old\",\"wet\"],\"state\":\"DRAFT\","
	    "\"day\":\"2026-11-21\",\"moment\":\"2026-11-21T13:05:00Z\",\"money\":-5,"
	    "\"due\":\"2026-11-22\",\"verdict\":{\"answer\":\"ONLY_IF\",\"sentence\":\"Fase 2.\","
	    "\"rule\":\"R-3\",\"article\":\"BGS, artikel 2.15\"},"
	    "\"pet\":{\"name\":\"Bello\",\"born\":\"1970-01-01\"},"
	    "\"animals\":[{\"name\":\"Ka\"},{\"name\":\"Kees\",\"born\":\"1970-01-02\"}]}");
}

static void what_is_absent_has_no_key(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.link = "/only/on/pages";
	out_clear(&w->out);
	view_json(&w->out, &THING_VIEW, &t);
	assert_string_equal(w->out.data, "{\"weight\":0,\"open\":false}");
}

static void every_text_survives_json(void **state)
{
	struct world *w = *state;
	for (size_t i = 0; i < NAUGHTY_COUNT; i++) {
		struct thing t = empty_thing();
		t.title = NAUGHTY[i];
		json_t *j = json_of(w, &t);
		assert_string_equal(json_string_value(json_object_get(j, "title")), NAUGHTY[i]);
		json_decref(j);
	}
}

static void a_page_and_the_api_show_the_same_record(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.title = "Erf";
	t.weight = 12;
	json_t *j = json_of(w, &t);
	const char *page = drawn(w, "{{title}} {{weight}}", &THING_VIEW, &t);
	assert_string_equal(
	    page, arena_printf(&w->arena, "%s %lld", json_string_value(json_object_get(j, "title")),
	                       (long long)json_integer_value(json_object_get(j, "weight"))));
	json_decref(j);
}

static void a_csv_opens_in_a_dutch_spreadsheet(void **state)
{
	struct world *w = *state;
	struct animal animals[] = { { "=Bello;\"x\"", 20778 }, { NULL, INT64_MIN } };
	out_clear(&w->out);
	view_csv(&w->out, &w->d, &ANIMAL_VIEW, animals, 2);
	assert_string_equal(w->out.data, "\xEF\xBB\xBF"
	                                 "Naam;Geboren\r\n"
	                                 "\"'=Bello;\"\"x\"\"\";2026-11-21\r\n;\r\n");
}

static void a_csv_holds_what_can_stand_in_a_cell(void **state)
{
	struct world *w = *state;
	struct thing t = empty_thing();
	t.title = "Erf";
	t.money = -123456;
	t.traits = 33;
	out_clear(&w->out);
	view_csv(&w->out, &w->d, &THING_VIEW, &t, 1);
	assert_non_null(strstr(w->out.data,
	                       "Titel;Nummer;Gewicht;Bekeken;Open;Soort;Kenmerken;Stand;"
	                       "Dag;Moment;Bedrag;Uiterlijk\r\n"));
	assert_non_null(strstr(w->out.data, "\r\nErf;;0;;nee;;\"Oud, Nat\";;;;-1234,56;\r\n"));
}

static void problems_name_their_place_in_the_body(void **state)
{
	struct world *w = *state;
	struct problems ps;
	struct error e;
	problems_init(&ps, &w->arena);
	problems_add(&ps, PROBLEM_ERROR, "subjects[2].familyName", "Vul de naam in.");
	problems_add_verdict(
	    &ps, "", (struct verdict){ VERDICT_NO, "R-3", "BGS, artikel 2.15", "Nee.", NULL });
	(void)FAIL(&e, ERR_INVALID, "Er kloppen %d dingen nog niet.", 2);
	out_clear(&w->out);
	view_problem_json(&w->out, 400, &e, &ps, "abc");
	assert_string_equal(
	    w->out.data,
	    "{\"type\":\"about:blank\",\"title\":\"Er klopt iets nog niet\",\"status\":400,"
	    "\"detail\":\"Er kloppen 2 dingen nog niet.\",\"requestId\":\"abc\",\"errors\":["
	    "{\"pointer\":\"#/subjects/2/familyName\",\"detail\":\"Vul de naam in.\","
	    "\"level\":\"ERROR\"},{\"pointer\":\"#\",\"rule\":\"R-3\","
	    "\"article\":\"BGS, artikel 2.15\",\"detail\":\"Nee.\",\"level\":\"ERROR\"}]}");
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(every_kind_has_its_json),
		T(what_is_absent_has_no_key),
		T(every_text_survives_json),
		T(a_page_and_the_api_show_the_same_record),
		T(a_csv_opens_in_a_dutch_spreadsheet),
		T(a_csv_holds_what_can_stand_in_a_cell),
		T(problems_name_their_place_in_the_body),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
