/* The picture of a machine tells every state and every move of its table. */
#include "view_world.h"

#include "platform/view/machine_svg.h"

static const struct state STATES_OF[] = {
	{ 1, "A", "Begin & <aanvraag>", LOOK_DRAFT },
	{ 2, "B", "Bezig", LOOK_BUSY },
	{ 3, "C", "Klaar", LOOK_DONE },
	{ 9, "LOST", "Elders gemaakt", LOOK_GONE },
};
static const struct action ACTIONS[] = { { 1, "start", "Begin" },
	                                 { 2, "finish", "Maak af" },
	                                 { 3, "back", "Stuur terug" } };
static const struct move MOVES[] = {
	{ .from = 1, .action = 1, .to = 2, .who = 1 },
	{ .from = 2, .action = 2, .to = 3, .who = 1, .eyes = FOUR_EYES },
	{ .from = 2, .action = 3, .to = 1, .who = 0 },
	{ .from = 2, .action = 1, .to = 2, .who = 1 },
};
static const struct machine EXAMPLE = { "example", STATES_OF, 4, ACTIONS, 3, MOVES, 4 };

static size_t count(const char *text, const char *part)
{
	size_t n = 0;
	for (; (text = strstr(text, part)) != NULL; text++)
		n++;
	return n;
}

static void every_state_and_move_is_told(void **state)
{
	struct world *w = *state;
	machine_svg(&w->out, &EXAMPLE, "Voorbeeld");
	const char *svg = w->out.data;
	assert_non_null(strstr(svg, "<title id=\"t\">Voorbeeld</title>"));
	assert_non_null(strstr(svg, "Van Begin &amp; &lt;aanvraag&gt; naar Bezig: Begin.\n"));
	assert_non_null(strstr(svg, "Van Bezig naar Klaar: Maak af, met twee personen.\n"));
	assert_non_null(strstr(svg, "Stuur terug, door Plein zelf.\n"));
	assert_non_null(strstr(svg, ">Elders gemaakt</text>"));
	assert_int_equal(count(svg, "<rect x="), 4);
	assert_null(strstr(svg, "<aanvraag>"));
}

static void only_moves_one_column_on_are_arrows(void **state)
{
	struct world *w = *state;
	machine_svg(&w->out, &EXAMPLE, "Voorbeeld");
	assert_int_equal(count(w->out.data, "marker-end"), 2);
	assert_non_null(strstr(w->out.data, ">Begin, naar Bezig</text>"));
}

int main(void)
{
#define T(test) cmocka_unit_test_setup_teardown(test, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		T(every_state_and_move_is_told),
		T(only_moves_one_column_on_are_arrows),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
