/* A form fills its struct and names every problem at its path, all at once. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/core/calendar.h"
#include "platform/core/limits.h"
#include "platform/http/input.h"

struct tree {
	const char *name;
	int64_t height;
};

struct garden {
	const char *title, *story;
	int64_t count;
	bool open;
	int kind;
	int64_t since, price;
	struct array trees; /* of struct tree */
	uint64_t days;
	const struct input_value *map;
};

static const struct code KINDS[] = { { 3, "public", "Openbaar" },
	                             { 4, "private", "Privé" },
	                             { 0 } };
static const struct code DAYS[] = { { 1, "mon", "Maandag" }, { 63, "sun", "Zondag" }, { 0 } };

static int even(const void *member, struct arena *a, const char **ret_message)
{
	(void)a;
	if (*(const int64_t *)member % 2 == 0)
		return -1;
	*ret_message = "Vul een even getal in.";
	return PROBLEM_WARNING;
}

static const struct field TREE_FIELDS[] = {
	{ .path = "name",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct tree, name),
	  .label = "Naam van de boom",
	  .required = true,
	  .max_chars = 5 },
	{ .path = "height",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct tree, height),
	  .label = "Hoogte" },
};
static const struct form TREE = { TREE_FIELDS, 2, sizeof(struct tree) };

static const struct field FIELDS[] = {
	{ .path = "title",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct garden, title),
	  .label = "Titel",
	  .required = true },
	{ .path = "story",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct garden, story),
	  .label = "Verhaal" },
	{ .path = "count",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct garden, count),
	  .label = "Aantal",
	  .check = even },
	{ .path = "open",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct garden, open),
	  .label = "Open" },
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct garden, kind),
	  .label = "Soort",
	  .codes = KINDS,
	  .required = true },
	{ .path = "since",
	  .kind = FIELD_DAY,
	  .offset = offsetof(struct garden, since),
	  .label = "Sinds" },
	{ .path = "price",
	  .kind = FIELD_MONEY,
	  .offset = offsetof(struct garden, price),
	  .label = "Prijs" },
	{ .path = "trees",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct garden, trees),
	  .label = "Bomen",
	  .element = &TREE,
	  .max_chars = 3 },
	{ .path = "days",
	  .kind = FIELD_CODES,
	  .offset = offsetof(struct garden, days),
	  .label = "Dagen",
	  .codes = DAYS },
	{ .path = "map",
	  .kind = FIELD_FILE,
	  .offset = offsetof(struct garden, map),
	  .label = "Kaart" },
};
static const struct form GARDEN = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                            sizeof(struct garden) };

struct world {
	struct arena arena;
	struct problems problems;
	struct garden garden;
};

static int setup(void **state)
{
	static struct world w;
	w = (struct world){ 0 };
	arena_init(&w.arena, (size_t)16 * 1024 * 1024);
	problems_init(&w.problems, &w.arena);
	*state = &w;
	return 0;
}

static int teardown(void **state)
{
	struct world *w = *state;
	arena_reset(&w->arena);
	return 0;
}

static void read_as(struct world *w, const struct form *form, const char *text)
{
	struct error e;
	struct input in;
	problems_init(&w->problems, &w->arena);
	assert_int_equal(input_urlencoded(&w->arena, text, strlen(text), &in, &e), OK);
	input_read(&in, form, false, &w->arena, &w->garden, &w->problems);
}

static void read_form(struct world *w, const char *text)
{
	read_as(w, &GARDEN, text);
}

static void read_json(struct world *w, const char *text)
{
	struct error e;
	struct input in;
	problems_init(&w->problems, &w->arena);
	assert_int_equal(input_json(&w->arena, text, strlen(text), &in, &e), OK);
	input_read(&in, &GARDEN, true, &w->arena, &w->garden, &w->problems);
}

static const char *message_at(struct world *w, const char *path)
{
	const struct problem *p = problems_at(&w->problems, path);
	return p != NULL ? p->message : "";
}

static void check_full(const struct world *w)
{
	assert_int_equal(w->problems.error_count, 0);
	assert_string_equal(w->garden.title, "Park");
	assert_int_equal(w->garden.count, 12);
	assert_true(w->garden.open);
	assert_int_equal(w->garden.kind, 4);
	assert_int_equal(w->garden.since, day_from_civil((struct civil){ 2026, 3, 1 }));
	assert_int_equal(w->garden.price, 123456);
	assert_int_equal(w->garden.trees.count, 2);
	const struct tree *trees = w->garden.trees.items;
	assert_string_equal(trees[1].name, "Beuk");
	assert_int_equal(trees[1].height, -7);
	assert_int_equal(w->garden.days, (UINT64_C(1) << 63) | 2);
}

static void a_page_and_the_api_fill_the_same_struct(void **state)
{
	struct world *w = *state;
	read_form(
	    w, "title=+Park%C2%A0&story=+eerste%0D%0A+&count=12&open=on&kind=private&since=1+maart"
	       "+2026&price=1.234%2C56&trees[0].name=Eik&trees[1].name=Beuk&trees[1].height=-7"
	       "&days=mon&days=sun&_csrf=x&other=ignored");
	check_full(w);
	assert_string_equal(w->garden.story, " eerste\n ");
	read_json(w, "{\"title\":\"Park\",\"count\":12,\"open\":true,\"kind\":\"private\","
	             "\"since\":\"2026-03-01\",\"price\":123456,\"days\":[\"mon\",\"sun\"],"
	             "\"trees\":[{\"name\":\"Eik\"},{\"name\":\"Beuk\",\"height\":-7}]}");
	check_full(w);
}

static void on_a_page_a_day_needs_no_year(void **state)
{
	struct world *w = *state;
	struct error e;
	static const char SENT[] = "title=x&kind=public&trees[0].name=a&since=1+maart";
	struct input in;

	read_form(w, SENT);
	assert_string_equal(message_at(w, "since"),
	                    "Vul een datum in die bestaat, zoals 21-11-2026.");
	problems_init(&w->problems, &w->arena);
	assert_int_equal(input_urlencoded(&w->arena, SENT, strlen(SENT), &in, &e), OK);
	in.today = day_from_civil((struct civil){ 2026, 11, 24 });
	input_read(&in, &GARDEN, false, &w->arena, &w->garden, &w->problems);
	assert_int_equal(w->problems.error_count, 0);
	assert_int_equal(w->garden.since, day_from_civil((struct civil){ 2026, 3, 1 }));
}

static void what_is_left_empty_is_empty_not_nothing(void **state)
{
	struct world *w = *state;
	read_form(w, "title=x&kind=public&count=++&trees[0].name=a");
	assert_int_equal(w->problems.error_count, 0);
	assert_string_equal(w->garden.story, "");
	assert_int_equal(w->garden.since, FIELD_NO_DAY);
	assert_int_equal(w->garden.price, FIELD_NO_MONEY);
	assert_null(w->garden.map);
	assert_int_equal(w->problems.warning_count, 0); /* an empty field isn't checked */
}

static void all_problems_come_at_once_each_at_its_path(void **state)
{
	struct world *w = *state;
	read_form(w, "title=+&count=1x&open=misschien&kind=none&since=31-2-2026&price=1.23.4"
	             "&trees[0].height=1&trees[1].name=Wilgen&days=mon&days=tue&map=text");
	assert_string_equal(message_at(w, "title"), "Vul titel in.");
	assert_string_equal(message_at(w, "count"), "Vul een heel getal in, alleen cijfers.");
	assert_string_equal(message_at(w, "open"), "Kies ja of nee.");
	assert_true(strstr(message_at(w, "kind"), "mogelijkheden") != NULL);
	assert_true(strstr(message_at(w, "since"), "datum") != NULL);
	assert_true(strstr(message_at(w, "price"), "bedrag") != NULL);
	assert_string_equal(message_at(w, "trees[0].name"), "Vul naam van de boom in.");
	assert_string_equal(message_at(w, "trees[1].name"),
	                    "Gebruik hier hooguit 5 tekens. Het zijn er nu 6.");
	assert_true(*message_at(w, "days") != '\0');
	assert_true(*message_at(w, "map") != '\0');
	assert_int_equal(w->problems.error_count, 10);
}

static void a_label_that_asks_is_answered_and_not_filled_in(void **state)
{
	static const struct field ASKED[] = {
		{ .path = "title",
		  .kind = FIELD_TEXT,
		  .offset = offsetof(struct garden, title),
		  .label = "Hoe heet de tuin?",
		  .required = true },
		{ .path = "kind",
		  .kind = FIELD_CODE,
		  .offset = offsetof(struct garden, kind),
		  .label = "Wie mag erin?",
		  .codes = KINDS,
		  .required = true },
		{ .path = "map",
		  .kind = FIELD_FILE,
		  .offset = offsetof(struct garden, map),
		  .label = "Hoe ziet hij eruit?",
		  .required = true },
	};
	static const struct form ASKING = { ASKED, 3, sizeof(struct garden) };
	struct world *w = *state;

	read_as(w, &ASKING, "title=+");
	assert_string_equal(message_at(w, "title"), "Geef antwoord op “Hoe heet de tuin?”.");
	assert_string_equal(message_at(w, "kind"), "Kies een antwoord bij “Wie mag erin?”.");
	assert_string_equal(message_at(w, "map"), "Kies een bestand bij “Hoe ziet hij eruit?”.");
}

static void lengths_count_characters_not_bytes(void **state)
{
	struct world *w = *state;
	read_form(w, "title=x&kind=public&trees[0].name=%C3%A9%C3%A9%C3%A9%C3%A9%C3%A9");
	assert_int_equal(w->problems.error_count, 0);
}

static void the_api_says_what_it_does_not_know(void **state)
{
	struct world *w = *state;
	read_json(w, "{\"title\":7,\"kind\":\"public\",\"titel\":\"x\",\"trees\":[{\"name\":\"a\","
	             "\"hoogte\":1}]}");
	assert_true(*message_at(w, "title") != '\0'); /* a number isn't text */
	assert_true(*message_at(w, "titel") != '\0');
	assert_true(*message_at(w, "trees[0].hoogte") != '\0');
	assert_int_equal(w->problems.error_count, 3);
}

static void a_list_has_a_limit(void **state)
{
	struct world *w = *state;
	read_form(w, "title=x&kind=public&trees[0].name=a&trees[1].name=a&trees[2].name=a");
	assert_int_equal(w->problems.error_count, 0);
	read_form(
	    w,
	    "title=x&kind=public&trees[0].name=a&trees[1].name=a&trees[2].name=a&trees[3].name=a");
	assert_int_equal(w->problems.error_count, 1);
	read_form(w, "title=x&kind=public&trees[999999].name=a"); /* no memory for a million */
	assert_true(w->garden.trees.count == 3);
}

static void lists_go_up_to_the_programs_own_limit(void **state)
{
	struct world *w = *state;
	struct field free_list = FIELDS[7];
	free_list.max_chars = 0;
	const struct form form = { &free_list, 1, sizeof(struct garden) };
	for (size_t extra = 0; extra < 2; extra++) {
		struct error e;
		struct input in;
		const char *text =
		    arena_printf(&w->arena, "trees[%zu].name=a", LIMIT_LIST_ELEMENTS - 1 + extra);
		problems_init(&w->problems, &w->arena);
		assert_int_equal(input_urlencoded(&w->arena, text, strlen(text), &in, &e), OK);
		input_read(&in, &form, false, &w->arena, &w->garden, &w->problems);
		assert_int_equal(*message_at(w, "trees") != '\0', extra == 1);
		assert_int_equal(w->garden.trees.count, LIMIT_LIST_ELEMENTS);
	}
}

static void a_text_without_a_length_of_its_own_has_the_common_one(void **state)
{
	struct world *w = *state;
	char *text = arena_alloc(&w->arena, LIMIT_FIELD_CHARS + 40);
	for (size_t extra = 0; extra < 2; extra++) {
		int head = snprintf(text, 40, "kind=public&title=");
		memset(text + head, 'x', LIMIT_FIELD_CHARS + extra);
		read_form(w, text);
		assert_int_equal(w->problems.error_count, extra);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_page_and_the_api_fill_the_same_struct, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(on_a_page_a_day_needs_no_year, setup, teardown),
		cmocka_unit_test_setup_teardown(what_is_left_empty_is_empty_not_nothing, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(all_problems_come_at_once_each_at_its_path, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(a_label_that_asks_is_answered_and_not_filled_in,
		                                setup, teardown),
		cmocka_unit_test_setup_teardown(lengths_count_characters_not_bytes, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(the_api_says_what_it_does_not_know, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(a_list_has_a_limit, setup, teardown),
		cmocka_unit_test_setup_teardown(lists_go_up_to_the_programs_own_limit, setup,
		                                teardown),
		cmocka_unit_test_setup_teardown(
		    a_text_without_a_length_of_its_own_has_the_common_one, setup, teardown),
	};
	return cmocka_run_group_tests_name("form", tests, NULL, NULL);
}
