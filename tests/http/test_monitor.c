/* The monitor from outside: who sees it, small counts, and a period that isn't there. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "platform/core/calendar.h"
#include "request_world.h"

static const struct db_stmt ADD_SIGNAL = {
	"test_statistic", "iii",
	"INSERT INTO signal_statistic (quarter, letter, municipality_id, theme, crime_form, line,"
	" transition, reason_class, days_in_state, action) VALUES ($1, 'i', NULL, 3, 1, 1, $2, 0,"
	" 4, $3)"
};

struct adding {
	int64_t quarter, state, action;
	int times;
};

static enum status add_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct adding *a = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < a->times; i++)
		st = db_exec(tx, &ADD_SIGNAL,
		             DB_ARGS(DB_INT(a->quarter), DB_INT(a->state), DB_INT(a->action)), NULL,
		             reterr);
	return st;
}

/* 30 submitted this year, of which 3 not adopted; 7 the year before. */
static void some_signals(struct house *h)
{
	store_world_run(h->store, add_run, &(struct adding){ 20262, 2, 1, 30 });
	store_world_run(h->store, add_run, &(struct adding){ 20262, 2, 3, 9 }); /* again */
	store_world_run(h->store, add_run, &(struct adding){ 20263, 10, 10, 3 });
	store_world_run(h->store, add_run, &(struct adding){ 20261, 6, 6, 20 });
	store_world_run(h->store, add_run, &(struct adding){ 20254, 2, 1, 7 });
}

static struct visitor *of_role(struct house *h, const char *email, enum role role)
{
	return signed_in(h, house_hire(h, email, role, 0));
}

static void the_head_sees_every_count_and_the_year_before(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);

	some_signals(h);
	visit(v, "/api/v1/monitor");
	assert_int_equal(v->code, 200);
	assert_page_says(
	    v, "{\"label\":\"Signalen ingediend\",\"figure\":\"30\",\"note\":\"2025: 7\"");
	assert_page_says(v, "{\"label\":\"Niet in behandeling\",\"parts\":[{\"value\":3,");
	visit(v, "/monitor?year=2025");
	assert_page_says(v, "31 december 2025");
	assert_false(page_says(v, "weinig"));
	visit(v, "/monitor?theme=CANNABIS");
	assert_page_says(v, "niets te tellen");
	visitor_free(v);
}

static void who_sees_no_records_sees_no_small_counts(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER);

	some_signals(h);
	visit(v, "/api/v1/monitor");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"figure\":\"30\"");
	assert_page_says(v, "\"label\":\"Niet in behandeling\",\"parts\":[{\"hidden\":true}");
	assert_page_says(v, "minder dan 5 niet");
	assert_false(page_says(v, "\"value\":3,"));
	visit(v, "/monitor");
	assert_page_says(v, "weinig");
	visitor_free(v);
}

static void the_figures_go_along_as_a_file_that_hides_what_the_page_hides(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);
	struct visitor *mayor = of_role(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER);

	some_signals(h);
	visit(v, "/monitor?year=2026&theme=DRUGS");
	assert_page_says(v, "href=\"/monitor?format=csv&amp;year=2026&amp;theme=DRUGS\"");
	assert_page_says(v, "href=\"/monitor?format=ods&amp;year=2026&amp;theme=DRUGS\"");
	visit(v, "/monitor?format=csv");
	assert_page_says(v, "Onderdeel;Wat;Waarvan;Aantal;Bedrag;In woorden\r\n");
	assert_page_says(v, ";Niet in behandeling;;3;;\r\n");
	assert_page_says(v, "Blijft het helpen?;Na drie maanden;");
	assert_page_says(v, "Waarvan weten wij het effect nog niet?;Na drie maanden;");
	visit(v, "/api/v1/monitor?format=csv");
	assert_page_says(v, ";Niet in behandeling;;3;;\r\n");
	visit(v, "/monitor?format=csv&year=2019");
	assert_int_equal(v->code, 400);
	visit(mayor, "/monitor?format=csv");
	assert_page_says(mayor, ";Niet in behandeling;;;;weinig\r\n");
	assert_false(page_says(mayor, ";3;;"));
	visitor_free(mayor);
	visitor_free(v);
}

static void a_year_without_definitions_is_refused_at_its_field(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);

	visit(v, "/monitor?year=2019");
	assert_int_equal(v->code, 400);
	assert_page_says(v, "ligt vast sinds 1 maart 2025");
	visit(v, "/api/v1/monitor?year=2019");
	assert_int_equal(v->code, 400);
	assert_page_says(v, "year");
	visit(v, "/api/v1/monitor?year=2027");
	assert_int_equal(v->code, 400);
	visit(v, "/api/v1/monitor?participant=z");
	assert_int_equal(v->code, 400);
	visit(v, "/monitor?year=x&theme=NOTHING");
	assert_int_equal(v->code, 400);
	visitor_free(v);
}

static const struct db_stmt ADD_LINE = {
	"test_line", "ii",
	"INSERT INTO signal_statistic (quarter, letter, municipality_id, theme, crime_form, line,"
	" transition, reason_class, days_in_state, action) VALUES (20262, 'i', NULL, 3, 1, $1, $2,"
	" 0, 4, 1)"
};
static const struct db_stmt ADD_STEP = {
	"test_weight", "ii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report) VALUES (20261, NULL, 3, 301, 1, $1, 2, NULL, 'a', $2, 4, 0,"
	" 0, 0, 0, 0, 0, 0, 0, 0, -1, 0, 0)"
};
static const struct db_stmt ADD_CASE = {
	"test_variant", "ii",
	"INSERT INTO casefile_statistic (quarter, municipality_id, theme, crime_form, activity,"
	" variant, transition, reason_class, days_in_state, action) VALUES (20261, NULL, 3, 1, 1,"
	" $1, $2, 0, 4, 0)"
};
struct step_rows {
	const struct db_stmt *add;
	int64_t what, state;
	int times;
};
static enum status step_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct step_rows *n = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < n->times; i++)
		st = db_exec(tx, n->add, DB_ARGS(DB_INT(n->what), DB_INT(n->state)), NULL, reterr);
	return st;
}

static void line_weight_and_kind_of_project_narrow_what_they_are_about(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);

	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_LINE, 1, 2, 11 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_LINE, 2, 2, 6 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_STEP, 1, 9, 8 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_STEP, 3, 9, 5 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_CASE, 1, 6, 9 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_CASE, 4, 6, 7 });
	visit(v, "/api/v1/monitor");
	assert_page_says(v, "\"Signalen ingediend\",\"figure\":\"17\"");
	assert_page_says(v, "\"Interventies uitgevoerd\",\"figure\":\"13\"");
	assert_page_says(v, "{\"label\":\"Besloten\",\"parts\":[{\"value\":16,");
	visit(v, "/api/v1/monitor?line=LOCATION&weight=HEAVY&variant=CARWASH");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"Signalen ingediend\",\"figure\":\"11\"");
	assert_page_says(v, "\"Interventies uitgevoerd\",\"figure\":\"5\"");
	assert_page_says(v, "{\"label\":\"Besloten\",\"parts\":[{\"value\":7,");
	visit(v, "/monitor?weight=FEATHER");
	assert_int_equal(v->code, 400);
	visitor_free(v);
}

static const struct db_stmt ADD_PROJECT = {
	"test_project", "",
	"INSERT INTO project (uuid, name, aim, from_day, until_day, registered_by, registered_at)"
	" SELECT uuid, 'Havens', 'Minder misbruik van loodsen', 20454, 21549, min(id), 0"
	" FROM appointment GROUP BY uuid ORDER BY min(id) LIMIT 1"
};
static const struct db_stmt ADD_CASE_OF = {
	"test_case_of", "ii",
	"INSERT INTO casefile_statistic (quarter, municipality_id, theme, crime_form, activity,"
	" variant, transition, reason_class, days_in_state, action, project_id) VALUES (20261, "
	"NULL,"
	" 3, 1, 1, 1, $2, 0, 4, 0, $1)"
};
static const struct db_stmt ADD_WORK_OF = {
	"test_work_of", "ii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report, project_id) VALUES (20261, NULL, 3, 301, 1, 1, 2, NULL, 'a',"
	" $2, 4, 0, 0, 0, 0, 0, 0, 700, 0, 0, 3, 6, 0, $1)"
};
static enum status project_run(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &ADD_PROJECT, DB_NO_ARGS, NULL, reterr);
}

static void a_project_narrows_casefiles_and_what_came_of_them(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);

	visit(v, "/monitor");
	assert_false(page_says(v, "Alle projecten"));
	store_world_run(h->store, project_run, NULL);
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_CASE, 1, 6, 9 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_CASE_OF, 1, 6, 7 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_STEP, 1, 9, 8 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_WORK_OF, 1, 9, 6 });
	some_signals(h);
	visit(v, "/monitor");
	assert_page_says(v, "Alle projecten");
	visit(v, "/api/v1/monitor");
	assert_page_says(v, "\"Interventies uitgevoerd\",\"figure\":\"14\"");
	assert_page_says(v, "{\"label\":\"Besloten\",\"parts\":[{\"value\":16,");
	visit(v, "/api/v1/monitor?project=1");
	assert_page_says(v, "\"Interventies uitgevoerd\",\"figure\":\"6\"");
	assert_page_says(v, "\"Effect duidelijk of groot\",\"figure\":\"6 van 6\"");
	assert_page_says(v, "{\"label\":\"Besloten\",\"parts\":[{\"value\":7,");
	assert_page_says(v, "\"Signalen ingediend\",\"figure\":\"30\""); /* belong to none */
	assert_page_says(v, "\"collected\":4200");
	visitor_free(v);
}

static const struct db_stmt ADD_EFFECT = {
	"test_effect", "ii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report) VALUES (20261, NULL, 3, 301, 1, 1, 2, NULL, 'a', 0, 0, 0,"
	" 0, 0, 0, 0, 0, 0, 0, 0, $1, $2, 0)"
};
#define PARTS(a, b, c, d)                                                                          \
	"\"parts\":[{\"value\":" a ",\"hidden\":false},{\"value\":" b                              \
	",\"hidden\":false},{\"value\":" c ",\"hidden\":false},{\"value\":" d

static void the_effect_is_told_of_three_moments_and_by_instrument_of_the_chosen_one(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);

	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_EFFECT, 1, 3, 9 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_EFFECT, 2, 6, 7 });
	store_world_run(h->store, step_run, &(struct step_rows){ &ADD_EFFECT, 3, 12, 5 });
	visit(v, "/api/v1/monitor");
	assert_page_says(v, "{\"label\":\"Na drie maanden\"," PARTS("0", "9", "0", "0"));
	assert_page_says(v, "{\"label\":\"Na zes maanden\"," PARTS("0", "0", "7", "0"));
	assert_page_says(v, "{\"label\":\"Na twaalf maanden\"," PARTS("0", "0", "0", "5"));
	assert_page_says(v, "\"Effect duidelijk of groot\",\"figure\":\"7 van 7\"");
	assert_page_says(v, "{\"label\":\"Opsporingsonderzoek\"," PARTS("0", "0", "7", "0"));
	visit(v, "/api/v1/monitor?effectAfter=12");
	assert_page_says(v, "{\"label\":\"Opsporingsonderzoek\"," PARTS("0", "0", "0", "5"));
	assert_page_says(v, "\"Effect duidelijk of groot\",\"figure\":\"7 van 7\"");
	visit(v, "/monitor?effectAfter=3");
	assert_page_says(v, "Effect na 3 maanden, per instrument");
	visit(v, "/api/v1/monitor?effectAfter=4");
	assert_int_equal(v->code, 400);
	visitor_free(v);
}

static const struct db_stmt OWE = {
	"test_owe", "iii",
	"INSERT INTO signal_feedback (signal_id, participant_id, decided_at, due_day, told_at)"
	" VALUES (NULL, $1, $2, $3, 0)"
};
static enum status owe_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *n = args;
	return db_exec(tx, &OWE, DB_ARGS(DB_INT(n[0]), DB_INT(n[1]), DB_INT(n[2])), NULL, reterr);
}

static void who_still_has_to_report_is_told_now_and_not_of_an_earlier_year(void **state)
{
	struct bureau *b = open_bureau(*state);
	struct house *h = b->h;
	const int64_t today = local_day(HOUSE_NOW);
	struct visitor *v = signed_in(h, b->head);

	/* a submitter waits since yesterday, two have till tomorrow */
	int64_t late[] = { h->duinwaard, HOUSE_NOW, today - 1 };
	int64_t soon[] = { h->duinwaard, HOUSE_NOW, today + 1 };
	store_world_run(h->store, owe_run, late);
	store_world_run(h->store, owe_run, soon);
	store_world_run(h->store, owe_run, soon);
	visit(v, "/api/v1/monitor");
	assert_page_says(v, "{\"label\":\"Bericht aan indieners\",\"parts\":[{\"value\":2,"
	                    "\"hidden\":false},{\"value\":1,");
	visit(v, "/api/v1/monitor?year=2025");
	assert_false(page_says(v, "Bericht aan indieners"));
	visitor_free(v);
	close_bureau(b);
}

static void a_clerk_has_no_monitor(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "loket@duinwaard.example", ROLE_PARTNER_DESK);

	visit(v, "/monitor");
	assert_int_equal(v->code, 404);
	visit(v, "/");
	assert_false(page_says(v, "/monitor"));
	visitor_free(v);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(the_head_sees_every_count_and_the_year_before),
		HOUSE(who_sees_no_records_sees_no_small_counts),
		HOUSE(the_figures_go_along_as_a_file_that_hides_what_the_page_hides),
		HOUSE(a_year_without_definitions_is_refused_at_its_field),
		HOUSE(line_weight_and_kind_of_project_narrow_what_they_are_about),
		HOUSE(a_project_narrows_casefiles_and_what_came_of_them),
		HOUSE(the_effect_is_told_of_three_moments_and_by_instrument_of_the_chosen_one),
		HOUSE(who_still_has_to_report_is_told_now_and_not_of_an_earlier_year),
		HOUSE(a_clerk_has_no_monitor),
	};
	return cmocka_run_group_tests_name("monitor", tests, NULL, NULL);
}
