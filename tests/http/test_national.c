/* Figures of all regions beside each other: counted, sent, read in, refused; nobody in them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "monitor/region_figures.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "request_world.h"

#define BOUNDARY "----plein-cijfers"
#define EDGE     "--" BOUNDARY "\r\nContent-Disposition: form-data; name="

static struct visitor *of_role(struct house *h, const char *email, enum role role)
{
	return signed_in(h, house_hire(h, email, role, 0));
}

static const struct db_stmt ADD_STEP = {
	"test_national_step", "iii",
	"INSERT INTO intervention_statistic (quarter, municipality_id, theme, instrument, kind,"
	" weight, barrier, participant_id, letter, transition, days_in_state, hours_pledged,"
	" hours_delivered, calculated, claimed, imposed, seized, collected, set_off, prevented,"
	" effect, months, late_report) VALUES (20261, NULL, 3, 301, 1, $1, 2, NULL, 'a', $2, 4, 5,"
	" 0, 0, 0, 0, $3, 0, 0, 0, -1, 0, 0)"
};
static const struct db_stmt ADD_SIGNAL = {
	"test_national_signal", "iii",
	"INSERT INTO signal_statistic (quarter, letter, municipality_id, theme, crime_form, line,"
	" transition, reason_class, days_in_state, action) VALUES ($1, 'i', NULL, 3, 1, 1, $2, 0,"
	" 4, $3)"
};
struct adding {
	const struct db_stmt *add;
	int64_t first, second, third;
	int times;
};
static enum status add_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct adding *n = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < n->times; i++)
		st = db_exec(tx, n->add,
		             DB_ARGS(DB_INT(n->first), DB_INT(n->second), DB_INT(n->third)), NULL,
		             reterr);
	return st;
}

/* 30 signals submitted, 3 not adopted; 12 light approved with 12 times seized, 2 heavy. */
static void some_work(struct house *h)
{
	store_world_run(h->store, add_run, &(struct adding){ &ADD_SIGNAL, 20262, 2, 1, 30 });
	store_world_run(h->store, add_run, &(struct adding){ &ADD_SIGNAL, 20263, 10, 10, 3 });
	store_world_run(h->store, add_run, &(struct adding){ &ADD_SIGNAL, 20254, 2, 1, 7 });
	store_world_run(h->store, add_run, &(struct adding){ &ADD_STEP, 1, 3, 100000, 12 });
	store_world_run(h->store, add_run, &(struct adding){ &ADD_STEP, 3, 3, 0, 2 });
}

static enum status regions_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct region all[] = { { .code = "ROTTERDAM", .name = "RIEC Rotterdam" },
		                      { .code = "LIMBURG", .name = "RIEC Limburg" } };
	enum status st = OK;
	int64_t id = 0;

	(void)args;
	for (size_t i = 0; st == OK && i < sizeof all / sizeof all[0]; i++)
		st = region_put(tx, &all[i], &id, reterr);
	return st;
}

/* ---- files of other regions --------------------------------------------------------------------- */

struct other {
	struct region_figures figures;
	struct sign_secret secret;
	struct sign_public public;
};

static void key_of(struct other *o, uint8_t nth)
{
	uint8_t seed[SIGN_SEED_BYTES] = { nth };
	sign_keys(seed, &o->secret, &o->public);
}

static void set(struct other *o, const char *name, int64_t value)
{
	const size_t at = region_figure_place(name);

	o->figures.values[at] = value;
	o->figures.versions[at] = 1;
}

static struct other rotterdam(void)
{
	struct other o = { .figures = { .region = "ROTTERDAM",
		                        .made_by = "RIEC Rotterdam, hoofd",
		                        .year = 2026,
		                        .from_day = day_from_civil((struct civil){ 2026, 1, 1 }),
		                        .until_day = day_from_civil((struct civil){ 2026, 9, 30 }),
		                        .made_at_ms = HOUSE_NOW - 86400000 } };

	for (size_t i = 0; i < REGION_FIGURES_MAX; i++)
		o.figures.values[i] = FIGURE_ABSENT;
	set(&o, "SIGNALS_SUBMITTED", 1200);
	set(&o, "SIGNALS_ADOPTED", FIGURE_HIDDEN);
	set(&o, "APPROVED_LIGHT", 40);
	set(&o, "SEIZED", 250000000);
	key_of(&o, 7);
	return o;
}

static const char *file_of(struct house *h, const struct other *o)
{
	const struct region_signer signer = { &o->secret, &o->public };
	struct out out;

	out_init(&out, 1 << 16);
	region_figures_write(&h->arena, &o->figures, &signer, &out);
	const char *text = arena_strndup(&h->arena, out.data, out.len);
	out_free(&out);
	return text;
}

static const char *hidden(struct visitor *v, const char *name)
{
	struct arena *a = &v->house->arena;
	const char *form = strstr(v->page, "action=\"/monitor/national/files\"");
	const char *at =
	    form != NULL ? strstr(form, arena_printf(a, "name=\"%s\" value=\"", name)) : NULL;

	if (at == NULL)
		return "";
	at = strstr(at, "value=\"") + strlen("value=\"");
	return arena_strndup(a, at, strcspn(at, "\""));
}

/* The answer's code; its page in *ret_page. */
static int read_in(struct visitor *v, const char *file, bool new_key, const char **ret_page)
{
	struct arena *a = &v->house->arena;

	visit(v, "/monitor/national");
	const char *body =
	    arena_printf(a,
	                 EDGE "\"_csrf\"\r\n\r\n%s\r\n%s" EDGE
	                      "\"file\"; filename=\"cijfers.json\"\r\nContent-Type: "
	                      "application/json\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
	                 hidden(v, "_csrf"), new_key ? EDGE "\"newKey\"\r\n\r\non\r\n" : "", file);
	const char *all = arena_printf(
	    a,
	    "POST /monitor/national/files HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\n"
	    "Origin: http://localhost\r\nContent-Type: multipart/form-data; boundary=" BOUNDARY
	    "\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
	    v->cookies, strlen(body), body);
	struct reply r = client_ask(v->house->port, all, strlen(all));
	const int code = r.code;
	if (code >= 500 || (code >= 400 && ret_page == NULL))
		print_error("%s\n", strstr(r.all, "id=\"main\""));
	if (ret_page != NULL)
		*ret_page = arena_strdup(a, r.all);
	reply_free(&r);
	return code;
}

static int64_t number(struct house *h, const char *sql)
{
	return store_world_number(h->store, sql);
}

/* ---- promises ---------------------------------------------------------------------------------------- */

static void the_file_of_a_region_holds_no_small_count_and_no_place(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "hoofd@riec.example", ROLE_RIEC_HEAD);
	struct region_file back;
	struct error e = { 0 };

	some_work(h);
	visit(v, "/monitor/national/file?year=2026");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "\"name\": \"SIGNALS_SUBMITTED\", \"version\": 1, \"value\": 30");
	assert_page_says(v, "\"name\": \"SIGNALS_NOT_ADOPTED\", \"version\": 1, \"hidden\": true");
	assert_page_says(v, "\"name\": \"APPROVED_HEAVY\", \"version\": 1, \"hidden\": true");
	assert_page_says(v, "\"name\": \"SEIZED\", \"version\": 1, \"value\": 1200000");
	assert_false(page_says(v, "municipality"));
	const char *file = strchr(v->page, '{');
	assert_non_null(file);
	assert_int_equal(region_file_read(&h->arena, file, strlen(file), &back, &e), OK);
	assert_int_equal(back.figures.values[region_figure_place("HOURS_PLEDGED")], 14 * 5);
	visit(v, "/monitor/national/file?year=2031");
	assert_int_equal(v->code, 400);
	assert_int_equal(number(h, "SELECT count(*) FROM audit_event") > 0, 1);
	visitor_free(v);
}

static void figures_of_regions_stand_beside_each_other_and_together(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "coordinator@riec.example", ROLE_INFO_COORDINATOR);
	const struct other o = rotterdam();

	store_world_run(h->store, regions_run, NULL);
	some_work(h);
	assert_int_equal(read_in(v, file_of(h, &o), false, NULL), 303);
	visit(v, "/monitor/national");
	assert_page_says(v, "Cijfers van 2 van de ");
	assert_page_says(v, "Samen 1.230.");
	assert_page_says(v, "Samen minstens 0.");
	assert_page_says(v, "RIEC Rotterdam, hoofd");
	assert_page_says(v, "Nog geen cijfers over dit jaar");
	assert_page_says(v, "RIEC Limburg");
	assert_page_says(v, "2.512.000,00"); /* seized, down its own column */
	visit(v, "/api/v1/monitor/national");
	assert_page_says(v, "\"label\":\"RIEC Rotterdam\",\"parts\":[{\"value\":1200,");
	visit(v, "/monitor/national/figures?format=csv");
	assert_page_says(v, "RIEC Rotterdam");
	assert_page_says(v, "minder dan 5");
	visit(v, "/monitor/national?year=2026&format=csv");
	assert_page_says(v, "Regio;Code;Periode;Door;Gemaakt;Ingelezen");
	assert_page_says(v, "RIEC Rotterdam, hoofd");
	visit(v, "/monitor/national?year=2026&format=ods");
	assert_int_equal(memcmp(v->page, "PK", 2), 0);
	visit(v, "/monitor/national?year=2025");
	assert_page_says(v, "Cijfers van 1 van de ");
	visitor_free(v);
}

static void a_file_is_read_in_once_and_newer_figures_replace_older(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "coordinator@riec.example", ROLE_INFO_COORDINATOR);
	struct other o = rotterdam();
	const char *first = file_of(h, &o), *page = NULL;

	store_world_run(h->store, regions_run, NULL);
	assert_int_equal(read_in(v, first, false, NULL), 303);
	const int64_t read_at = number(h, "SELECT read_at FROM region_figures");
	h->clock.fixed_ms += 60000;
	assert_int_equal(read_in(v, first, false, NULL), 303);
	assert_int_equal(number(h, "SELECT read_at FROM region_figures"), read_at);
	assert_int_equal(number(h, "SELECT count(*) FROM region_figures"), 1);
	assert_int_equal(number(h, "SELECT count(*) FROM region_figure"), 4);
	o.figures.made_at_ms += 1000;
	set(&o, "SIGNALS_SUBMITTED", 1300);
	o.figures.values[region_figure_place("SEIZED")] = FIGURE_ABSENT;
	assert_int_equal(read_in(v, file_of(h, &o), false, NULL), 303);
	assert_int_equal(number(h, "SELECT value FROM region_figure"
	                           " WHERE figure = 'SIGNALS_SUBMITTED'"),
	                 1300);
	assert_int_equal(number(h, "SELECT count(*) FROM region_figure"), 3);
	assert_int_equal(read_in(v, first, false, &page), 409);
	assert_non_null(strstr(page, "al nieuwere cijfers over 2026"));
	assert_int_equal(number(h, "SELECT count(*) FROM audit_event") > 3, 1);
	visitor_free(v);
}

static void another_key_than_before_asks_for_a_call(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "coordinator@riec.example", ROLE_INFO_COORDINATOR);
	struct other o = rotterdam();
	const char *page = NULL;

	store_world_run(h->store, regions_run, NULL);
	assert_int_equal(read_in(v, file_of(h, &o), false, NULL), 303);
	key_of(&o, 8);
	o.figures.made_at_ms += 1000;
	assert_int_equal(read_in(v, file_of(h, &o), false, &page), 409);
	assert_non_null(strstr(page, "een andere sleutel"));
	assert_int_equal(read_in(v, file_of(h, &o), true, NULL), 303);
	visitor_free(v);
}

static void a_file_that_was_touched_or_does_not_fit_is_refused(void **state)
{
	struct house *h = *state;
	struct visitor *v = of_role(h, "coordinator@riec.example", ROLE_INFO_COORDINATOR);
	struct other o = rotterdam();
	const char *page = NULL, *good = file_of(h, &o);
	char *touched = arena_strdup(&h->arena, good);

	store_world_run(h->store, regions_run, NULL);
	memcpy(strstr(touched, "1200,"), "1300,", 5);
	assert_int_equal(read_in(v, touched, false, &page), 400);
	assert_non_null(strstr(page, "onderweg veranderd"));
	assert_int_equal(read_in(v, "{}", false, NULL), 400);
	assert_int_equal(read_in(v, "zomaar", false, NULL), 400);
	set(&o, "SIGNALS_ADOPTED", 3);
	assert_int_equal(read_in(v, file_of(h, &o), false, &page), 400);
	assert_non_null(strstr(page, "hoort verborgen te zijn"));
	o = rotterdam();
	o.figures.region = "ATLANTIS";
	assert_true(read_in(v, file_of(h, &o), false, &page) >= 400);
	assert_non_null(strstr(page, "kent de regio in dit bestand niet"));
	o = rotterdam();
	o.figures.until_day += 365;
	assert_int_equal(read_in(v, file_of(h, &o), false, NULL), 400);
	o = rotterdam();
	o.figures.versions[region_figure_place("APPROVED_LIGHT")] = 9;
	assert_int_equal(read_in(v, file_of(h, &o), false, NULL), 400);
	assert_int_equal(number(h, "SELECT count(*) FROM region_figures"), 0);
	visitor_free(v);
}

static void who_reads_the_monitor_reads_this_and_only_the_bureau_exchanges(void **state)
{
	struct house *h = *state;
	struct visitor *mayor = of_role(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER);
	struct visitor *clerk = of_role(h, "loket@duinwaard.example", ROLE_PARTNER_DESK);

	visit(mayor, "/monitor/national");
	assert_int_equal(mayor->code, 200);
	assert_false(page_says(mayor, "Cijfers uitwisselen"));
	visit(mayor, "/monitor/national/file");
	assert_true(mayor->code == 403 || mayor->code == 404);
	visit(clerk, "/monitor/national");
	assert_true(clerk->code == 403 || clerk->code == 404);
	visitor_free(mayor);
	visitor_free(clerk);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(the_file_of_a_region_holds_no_small_count_and_no_place),
		HOUSE(figures_of_regions_stand_beside_each_other_and_together),
		HOUSE(a_file_is_read_in_once_and_newer_figures_replace_older),
		HOUSE(another_key_than_before_asks_for_a_call),
		HOUSE(a_file_that_was_touched_or_does_not_fit_is_refused),
		HOUSE(who_reads_the_monitor_reads_this_and_only_the_bureau_exchanges),
	};
	return cmocka_run_group_tests_name("national figures", tests, NULL, NULL);
}
