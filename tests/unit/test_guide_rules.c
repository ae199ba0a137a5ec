/* The law's tables as text, and the question of "Mag ik dit delen?" as an address. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "guide/rule_table.h"
#include "guide/share_code.h"
#include "platform/http/input.h"

struct all {
	struct arena arena;
	const struct rule_table *tables[64];
	size_t count;
};

static void add(struct all *all, const struct rule_table *tables, size_t count)
{
	for (size_t i = 0; i < count; i++)
		all->tables[all->count++] = &tables[i];
}

static void open_all(struct all *all)
{
	*all = (struct all){ .count = 0 };
	arena_init(&all->arena, 1 << 24);
	assert_true(RULES_OF_PEOPLE_COUNT + RULES_OF_DATA_COUNT + RULES_OF_WORK_COUNT < 64);
	add(all, RULES_OF_PEOPLE, RULES_OF_PEOPLE_COUNT);
	add(all, RULES_OF_DATA, RULES_OF_DATA_COUNT);
	add(all, RULES_OF_WORK, RULES_OF_WORK_COUNT);
}

static void every_row_has_a_cell_under_each_column(void **state)
{
	(void)state;
	struct all all;

	open_all(&all);
	for (size_t i = 0; i < all.count; i++) {
		const struct rule_table *t = all.tables[i];
		const struct array rows = rule_rows(&all.arena, t);
		size_t columns = 0;
		while (t->columns[columns] != NULL)
			columns++;
		assert_true(rows.count > 0);
		for (size_t j = 0; j < rows.count; j++) {
			const struct rule_row *row = (const struct rule_row *)rows.items + j;
			assert_true(row->head != NULL && row->head[0] != '\0');
			assert_int_equal(row->cells.count, columns - 1);
		}
	}
	arena_reset(&all.arena);
}

static void an_anchor_leads_to_one_place(void **state)
{
	(void)state;
	struct all all;
	const char *seen[2048];
	size_t count = 0;

	open_all(&all);
	for (size_t i = 0; i < all.count; i++) {
		const struct array rows = rule_rows(&all.arena, all.tables[i]);
		const struct rule_row *row = rows.items;
		assert_true(count + rows.count < 2047);
		seen[count++] = all.tables[i]->id;
		for (size_t j = 0; j < rows.count; j++)
			seen[count++] = row[j].anchor;
	}
	for (size_t i = 0; i < count; i++) {
		assert_null(strpbrk(seen[i], " .\"'<>#%"));
		for (size_t j = 0; j < i; j++)
			if (strcmp(seen[i], seen[j]) == 0)
				fail_msg("%s stands twice", seen[i]);
	}
	arena_reset(&all.arena);
}

static const struct rule_row *row_of(struct all *all, const char *anchor)
{
	for (size_t i = 0; i < all->count; i++) {
		const struct array rows = rule_rows(&all->arena, all->tables[i]);
		const struct rule_row *row = rows.items;
		for (size_t j = 0; j < rows.count; j++)
			if (strcmp(row[j].anchor, anchor) == 0)
				return &row[j];
	}
	return NULL;
}

static void a_verdict_can_point_to_its_rule(void **state)
{
	(void)state;
	struct all all;
	size_t count;
	const struct law_rule *rules = law_rules(&count);

	open_all(&all);
	for (size_t i = 0; i < count; i++)
		assert_non_null(row_of(&all, rules[i].id));
	arena_reset(&all.arena);
}

static void a_row_says_what_the_law_says(void **state)
{
	(void)state;
	struct all all;

	open_all(&all);
	const struct rule_row *row = row_of(&all, "category-RESIDENCE_STATUS");
	if (row == NULL) {
		fail_msg("the category of residence status has no row");
		return;
	}
	const struct rule_cell *cells = row->cells.items;
	assert_string_equal(cells[1].label, "Vanaf fase");
	assert_string_equal(cells[1].text, "1");
	assert_string_equal(cells[2].text, "IND");
	arena_reset(&all.arena);
}

/* ---- the question as an address ---- */

static struct law_question read_back(struct arena *a, const struct law_question *q)
{
	const char *address = share_address(a, q);
	const char *query = strchr(address, '?') + 1;
	struct input in = { 0 };
	struct error e = { 0 };

	assert_int_equal(input_urlencoded(a, query, strlen(query), &in, &e), OK);
	return share_question(&in, LETTER_POLICE);
}

static void a_question_survives_its_address(void **state)
{
	(void)state;
	struct arena a;
	size_t givers, takers, things;
	const struct law_participant *giver = law_participants(&givers);
	const struct law_taker_row *taker = law_takers(&takers);
	const struct law_thing *thing = law_things(&things);

	arena_init(&a, 1 << 24);
	for (size_t i = 0; i < things; i++) {
		const struct law_question q = {
			.giver = giver[i % givers].letter,
			.taker = taker[i % takers].code,
			.thing = thing[i].code,
			.phase = i % 5 == 4 ? PHASE_UNKNOWN : (enum law_phase)(i % 5),
			.activity = (enum law_activity)(i % 4),
			.on_day = DAY_NONE,
		};
		const struct law_question back = read_back(&a, &q);
		assert_int_equal(back.giver, q.giver);
		assert_int_equal(back.taker, q.taker);
		assert_int_equal(back.thing, q.thing);
		assert_int_equal(back.phase, q.phase);
		assert_int_equal(back.activity, q.activity);
		assert_int_equal(back.on_day, q.on_day);
		assert_string_equal(share_address(&a, &back), share_address(&a, &q));
	}
	arena_reset(&a);
}

static void units_outsiders_and_categories_survive_it_too(void **state)
{
	(void)state;
	struct arena a;
	size_t count;

	arena_init(&a, 1 << 20);
	const struct law_unit_row *units = law_units(&count);
	for (size_t i = 0; i < count; i++)
		for (char letter = 'a'; letter <= 'l'; letter++) {
			const struct law_question q = { .giver = (enum law_letter)letter,
				                        .unit = units[i].code,
				                        .phase = PHASE_UNKNOWN,
				                        .on_day = DAY_NONE };
			const struct law_question back = read_back(&a, &q);
			const bool belongs = law_letters_have(units[i].of, (enum law_letter)letter);
			assert_int_equal(back.giver, belongs ? (int)letter : LETTER_NONE);
			assert_int_equal(back.unit, belongs ? units[i].code : UNIT_NONE);
		}
	const struct law_outsider_row *outsiders = law_outsiders(&count);
	for (size_t i = 0; i < count; i++) {
		const struct law_question q = { .outsider = outsiders[i].code,
			                        .category = CATEGORY_TAX,
			                        .phase = PHASE_UNKNOWN,
			                        .on_day = DAY_NONE };
		const struct law_question back = read_back(&a, &q);
		assert_int_equal(back.outsider, outsiders[i].code);
		assert_int_equal(back.giver, LETTER_NONE);
		assert_int_equal(back.category, CATEGORY_TAX);
	}
	arena_reset(&a);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_row_has_a_cell_under_each_column),
		cmocka_unit_test(an_anchor_leads_to_one_place),
		cmocka_unit_test(a_verdict_can_point_to_its_rule),
		cmocka_unit_test(a_row_says_what_the_law_says),
		cmocka_unit_test(a_question_survives_its_address),
		cmocka_unit_test(units_outsiders_and_categories_survive_it_too),
	};
	return cmocka_run_group_tests_name("guide rules", tests, NULL, NULL);
}
