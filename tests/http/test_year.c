/* A municipality's year: one page for its mayor, one for the council, and what neither may tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "request_world.h"
#include "signal_play.h"

/* ---- person-free rows of a year ------------------------------------------------------------------- */

static const struct db_stmt ADD_SIGNAL = {
	"test_year_signal", "iitii",
	"INSERT INTO signal_statistic (quarter, letter, municipality_id, theme, crime_form, line,"
	" transition, reason_class, days_in_state, action) VALUES ($1, $3, $2, 3, 1, 1, $4, 0,"
	" 4, $5)"
};
static const struct db_stmt ADD_INTERVENTION = {
	"test_year_intervention", "iii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report) VALUES ($1, $2, 3, 301, 1, 1, 0, NULL, 'a', $3, 4, 0, 0,"
	" 0, 0, 0, 1250, 0, 0, 0, -1, 0, 0)"
};
static const struct db_stmt ADD_EFFECT = {
	"test_year_effect", "biiiii",
	"INSERT INTO effect_assessment (uuid, intervention_id, months, instrument, kind, weight,"
	" barrier, theme, municipality_id, effect, seen, lessons, displaced, place, assessed_at)"
	" VALUES ($1, $2, $3, 301, 1, 1, 0, 3, $4, $5, 'Het terrein is leeg', 'Begin eerder', 0,"
	" '', $6)"
};
static const struct db_stmt SET_INHABITANTS = {
	"test_year_inhabitants", "ii", "UPDATE municipality SET inhabitants = $2 WHERE id = $1"
};

struct rows_new {
	struct house *h;
	int times;
	const char *letter;
	int64_t quarter, state, action;
};

static enum status signals_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct rows_new *n = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < n->times; i++)
		st = db_exec(tx, &ADD_SIGNAL,
		             DB_ARGS(DB_INT(n->quarter), DB_INT(n->h->municipality),
		                     DB_TEXT(n->letter), DB_INT(n->state), DB_INT(n->action)),
		             NULL, reterr);
	return st;
}

static enum status interventions_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct rows_new *n = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < n->times; i++)
		st = db_exec(
		    tx, &ADD_INTERVENTION,
		    DB_ARGS(DB_INT(n->quarter), DB_INT(n->h->municipality), DB_INT(n->state)), NULL,
		    reterr);
	return st;
}

struct effect_row {
	struct house *h;
	int64_t intervention, months, effect, at;
};

static enum status effect_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct effect_row *e = args;
	const struct uuid uuid = uuid_random();

	return db_exec(tx, &ADD_EFFECT,
	               DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(e->intervention),
	                       DB_INT(e->months), DB_INT(e->h->municipality), DB_INT(e->effect),
	                       DB_INT(e->at)),
	               NULL, reterr);
}

static enum status shrink_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct house *h = args;

	return db_exec(tx, &SET_INHABITANTS, DB_ARGS(DB_INT(h->municipality), DB_INT(12000)), NULL,
	               reterr);
}

static const int64_t DAY_MS = INT64_C(86400000);

/* Submitted: 12 by the municipality, 3 by partners, 7 the year before; 8 adopted, 2 not. Six
 * interventions carried out; two assessed, of which one again, later and better. */
static void a_year(struct house *h)
{
	const struct rows_new signals[] = {
		{ h, 8, "i", 20261, 2, 1 }, { h, 4, "h", 20262, 2, 1 },
		{ h, 3, "a", 20262, 2, 1 }, { h, 5, "i", 20262, 2, 3 }, /* again, after questions */
		{ h, 7, "i", 20254, 2, 1 }, { h, 6, "i", 20263, 6, 6 },
		{ h, 2, "a", 20263, 7, 7 }, { h, 2, "i", 20263, 10, 10 },
	};
	const struct effect_row effects[] = {
		{ h, 901, 3, 1, HOUSE_NOW - 90 * DAY_MS },
		{ h, 901, 6, 2, HOUSE_NOW - DAY_MS },
		{ h, 902, 3, 0, HOUSE_NOW - 2 * DAY_MS },
		{ h, 903, 3, 3, HOUSE_NOW - 400 * DAY_MS }, /* another year */
	};

	for (size_t i = 0; i < sizeof signals / sizeof signals[0]; i++) {
		struct rows_new n = signals[i];
		store_world_run(h->store, signals_run, &n);
	}
	store_world_run(h->store, interventions_run, &(struct rows_new){ h, 6, "a", 20263, 9, 0 });
	for (size_t i = 0; i < sizeof effects / sizeof effects[0]; i++) {
		struct effect_row e = effects[i];
		store_world_run(h->store, effect_run, &e);
	}
}

static struct visitor *of_role(struct house *h, const char *email, enum role role)
{
	return signed_in(h, house_hire(h, email, role, role == ROLE_MAYOR_READER ? h->mayor : 0));
}

/* ---- what it promises ------------------------------------------------------------------------------ */

static void the_mayor_reads_what_happened_and_whether_it_helped(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER);

	a_year(h);
	visit(v, "/");
	assert_page_says(v, "href=\"/monitor/own-year\"");
	visit(v, "/monitor/own-year");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "Uw jaar in het RIEC: 2026");
	assert_page_says(v, "dienden 12 signalen in. Partners dienden er 3 in over Duinwaard.");
	assert_page_says(v, "nam er 8 in behandeling en 2 niet. Nu wacht er geen op een besluit.");
	assert_page_says(v, "In Duinwaard zijn 6 interventies uitgevoerd.");
	assert_page_says(v, "Van 2 interventies is het effect beoordeeld. Bij 1 hielp het");
	assert_page_says(v, "Het terrein is leeg");
	visit(v, "/api/v1/monitor/year");
	assert_page_says(v, "{\"label\":\"Niet in behandeling\",\"parts\":[{\"value\":2,");
	assert_page_says(v, "\"cents\":7500"); /* six times 12,50 */
	visit(v, "/monitor/year?year=2025");
	assert_page_says(v, "dienden 7 signalen in");
	assert_false(page_says(v, "Nu wacht"));
	visitor_free(v);
}

static void the_council_reads_no_small_count_no_signal_and_no_place(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER);

	a_year(h);
	visit(v, "/monitor/year?version=COUNCIL");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "Versie voor de raad");
	assert_page_says(v, "Er kwamen 15 signalen binnen over Duinwaard.");
	assert_false(page_says(v, "dienden 12")); /* from which the other three would follow */
	/* of eight two went directly: beside the six casefiles they would follow */
	assert_page_says(v, "ten minste 6 in behandeling en minder dan 5 niet");
	assert_false(page_says(v, "8 in behandeling"));
	assert_page_says(v, "Bij een deel hielp het");
	assert_false(page_says(v, "Het terrein is leeg"));
	assert_false(page_says(v, "Welke signalen?"));
	visit(v, "/api/v1/monitor/year?version=COUNCIL");
	assert_false(page_says(v, "\"signals\":"));
	assert_false(page_says(v, "\"effects\":"));
	assert_false(page_says(v, "\"value\":3,"));
	assert_false(page_says(v, "\"value\":2,"));
	visitor_free(v);
}

static void a_mayor_has_no_other_municipality_and_a_member_only_the_council_version(void **state)
{
	struct house *h = *state;
	struct visitor *mayor = of_role(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER);
	struct visitor *member = signed_in(
	    h, house_hire(h, "lid@politie.example", ROLE_STEERING_MEMBER, h->police_organ));
	const char *of = arena_printf(&h->arena, "/monitor/year?version=MAYOR&municipality=%lld",
	                              (long long)h->municipality);

	a_year(h);
	visit(mayor, "/monitor/year?municipality=999");
	assert_int_equal(mayor->code, 400);
	assert_page_says(mayor, "uw eigen gemeente");
	visit(member, "/monitor/year");
	assert_page_says(member, "Kies een gemeente.");
	visit(member, of);
	assert_int_equal(member->code, 200);
	assert_page_says(member, "Versie voor de raad");
	assert_page_says(member, "minder dan 5");
	visit(member, "/monitor/year?municipality=99999");
	assert_int_equal(member->code, 404);
	visit(member, "/api/v1/monitor/year?year=2024");
	assert_int_equal(member->code, 400);
	visitor_free(mayor);
	visitor_free(member);
}

static void a_small_municipality_is_counted_in_what_lives_and_told_so(void **state)
{
	struct house *h = *state;
	struct visitor *clerk = play_person(h, "s.duinker@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = of_role(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER);
	struct played p = play_write(clerk, "Garages", "De%20boa%20zag%20het%20zelf");

	play_submit(&p);
	a_year(h); /* rows that don't name a small municipality can't count for it */
	store_world_run(h->store, shrink_run, h);
	visit(v, "/monitor/year");
	assert_page_says(v, "dienden 1 signaal in. Partners dienden er 0 in");
	assert_page_says(v, "Nu wacht er 1 op een besluit");
	assert_page_says(v, "minder dan 20.000 inwoners");
	assert_page_says(v, "Garages");
	assert_page_says(v, p.ref);
	visitor_free(v);
	visitor_free(clerk);
}

#define HOUSE(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		HOUSE(the_mayor_reads_what_happened_and_whether_it_helped),
		HOUSE(the_council_reads_no_small_count_no_signal_and_no_place),
		HOUSE(a_mayor_has_no_other_municipality_and_a_member_only_the_council_version),
		HOUSE(a_small_municipality_is_counted_in_what_lives_and_told_so),
	};
	return cmocka_run_group_tests_name("year", tests, NULL, NULL);
}
