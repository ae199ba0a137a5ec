/* A table that the desk sends: what is right is kept, the rest comes back to the field. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "request_world.h"

#define BOUNDARY "tabel-van-het-loket"

#define assert_says(page, text)                                                                    \
	do {                                                                                       \
		if (strstr((page), (text)) == NULL)                                                \
			fail_msg("'%s' isn't said:\n%s", (text), (page));                          \
	} while (0)

/* ---- pasted -------------------------------------------------------------------------------------------- */

static const char *at_the_desk(struct bureau *b)
{
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	move(b, b->v_desk, ref, "accept");
	return ref;
}

static void paste(struct bureau *b, const char *ref, const char *fields)
{
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/items/_paste"), fields);
}

#define MIXED                                                                                      \
	"Wie%3BWat%3BTekst%3BDatum%3BBedrag%0A1%3BINSPECTION%3BEerste%3B%3B%0A"                    \
	"9%3BINSPECTION%3BVreemde%3B%3B%0AMilan%20Zandwijk%3BINSPECTION%3BTweede%3B%3B%0A"         \
	"2%3BVEHICLE_FACT%3BBus%3B%3B%0A1%3BINSPECTION%3BDerde%3B31-2-2026%3Bveel%0A"
#define MIXED_LEFT                                                                                 \
	"Wie;Wat;Tekst;Datum;Bedrag\n9;INSPECTION;Vreemde;;\n2;VEHICLE_FACT;Bus;;\n"               \
	"1;INSPECTION;Derde;31-2-2026;veel</textarea>"

static void of_a_pasted_table_what_is_right_is_kept_and_the_rest_comes_back(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = at_the_desk(b);

	paste(b, ref, "task=101&table=" MIXED);
	assert_int_equal(b->v_desk->code, 200);
	assert_page_says(b->v_desk, "2 gegevens zijn bewaard, 3 regels niet.");
	assert_page_says(b->v_desk, "Regel 3 (9, INSPECTION): Deze persoon of zaak staat niet");
	assert_page_says(b->v_desk, "Regel 5 (2, VEHICLE_FACT): Hier is over deze betrokkene niet");
	assert_page_says(b->v_desk, "Regel 6 (1, INSPECTION): Deze datum is niet te lezen. Schrijf "
	                            "bijvoorbeeld 1-3-2026. Dit bedrag is niet te lezen.");
	assert_page_says(b->v_desk, MIXED_LEFT);
	assert_page_says(b->v_desk, "<option value=\"101\" selected>");
	assert_page_says(b->v_desk, "Eerste");
	assert_page_says(b->v_desk, "Tweede");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 2);
	close_bureau(b);
}

static void what_came_back_is_mended_there_and_sent_again(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = at_the_desk(b);

	paste(b, ref, "task=101&table=" MIXED);
	visitor_send(b->v_desk, at(b, ref, "/items/_paste"),
	             "task=101&table=Wie%3BWat%3BTekst%0A1%3BINSPECTION%3BDerde%0A");
	assert_page_says(b->v_desk, "1 gegeven is bewaard.");
	assert_false(page_says(b->v_desk, "regels niet"));
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 3);
	close_bureau(b);
}

static void of_a_table_with_nothing_right_every_row_is_named_and_stays(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = at_the_desk(b);

	paste(b, ref, "task=101&table=hallo");
	assert_int_equal(b->v_desk->code, 400);
	assert_page_says(b->v_desk, "Zet op de eerste regel deze kolommen");
	paste(b, ref,
	      "task=101&table=Wie%3BWat%3BTekst%0A9%3BINSPECTION%3BVreemde%0A8%3BINSPECTION%"
	      "3BAnder%0A");
	assert_int_equal(b->v_desk->code, 400);
	assert_page_says(b->v_desk, "Er kloppen 2 dingen nog niet.");
	assert_page_says(b->v_desk, "Regel 2 (9, INSPECTION):");
	assert_page_says(b->v_desk, "Regel 3 (8, INSPECTION):");
	assert_page_says(b->v_desk, "9;INSPECTION;Vreemde\n8;INSPECTION;Ander");
	assert_page_says(b->v_desk, "<option value=\"101\" selected>");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 0);
	close_bureau(b);
}

static void a_word_in_a_table_that_is_read_wrong_stays_with_a_reason_in_its_row(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = at_the_desk(b);

	paste(b, ref,
	      "task=101&table=Wie%3BWat%3BTekst%0A1%3BINSPECTION%3BBij%20de%20moskee%20om%20de"
	      "%20hoek%0A1%3BINSPECTION%3BGewoon%0A");
	assert_page_says(b->v_desk, "1 gegeven is bewaard, 1 regel niet.");
	assert_page_says(b->v_desk, "Regel 2 (1, INSPECTION):");
	assert_page_says(b->v_desk, "Leg dat bij die regel uit in een kolom Uitleg.");
	paste(b, ref,
	      "task=101&table=Wie%3BWat%3BTekst%3BUitleg%0A1%3BINSPECTION%3BBij%20de%20moskee"
	      "%20om%20de%20hoek%3BHet%20is%20een%20adres%2C%20geen%20geloof%0A");
	assert_page_says(b->v_desk, "1 gegeven is bewaard.");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 2);
	close_bureau(b);
}

/* ---- sent twice, or by a program ----------------------------------------------------------------------- */

/* The value of a hidden field in the form that leads to `action`. */
static const char *hidden(struct bureau *b, const char *action, const char *name)
{
	const char *form =
	    strstr(b->v_desk->page, arena_printf(&b->h->arena, "action=\"%s\"", action));
	const char *at =
	    form != NULL ? strstr(form, arena_printf(&b->h->arena, "name=\"%s\" value=\"", name))
			 : NULL;

	assert_non_null(at);
	at = strstr(at, "value=\"") + strlen("value=\"");
	return arena_strndup(&b->h->arena, at, strcspn(at, "\""));
}

static void the_same_table_sent_twice_is_kept_once_and_comes_back_twice(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = at_the_desk(b), *action = at(b, ref, "/items/_paste");
	const char *headers =
	    arena_printf(&b->h->arena,
	                 "Cookie: %s\r\nOrigin: http://localhost\r\nContent-Type: "
	                 "application/x-www-form-urlencoded\r\n",
	                 b->v_desk->cookies);

	visit(b->v_desk, at(b, ref, ""));
	const char *body =
	    arena_printf(&b->h->arena, "_csrf=%s&_once=%s&_version=%s&task=101&table=%s",
	                 hidden(b, action, "_csrf"), hidden(b, action, "_once"),
	                 hidden(b, action, "_version"), MIXED);
	for (int i = 0; i < 2; i++) {
		struct reply r = client_request(b->h->port, "POST", action, headers, body);
		assert_int_equal(r.code, 200);
		assert_says(r.body, "2 gegevens zijn bewaard, 3 regels niet.");
		assert_says(r.body, "Regel 5 (2, VEHICLE_FACT):");
		assert_says(r.body, MIXED_LEFT);
		reply_free(&r);
		assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 2);
	}
	close_bureau(b);
}

static const char *told(struct bureau *b, const char *ref, const char *table, int code)
{
	struct arena *a = &b->h->arena;
	const char *api = arena_printf(a, "/api/v1%s", at(b, ref, ""));
	const char *who =
	    arena_printf(a, "%sIdempotency-Key: tabel\r\n", house_bearer(b->h, b->desk));
	struct reply got = client_request(b->h->port, "GET", api, who, NULL);
	const char *version = strstr(got.body, "\"version\":");

	assert_non_null(version);
	const char *body = arena_printf(a, "{\"_version\":%ld,\"task\":101,\"table\":\"%s\"}",
	                                strtol(version + strlen("\"version\":"), NULL, 10), table);
	reply_free(&got);
	got =
	    client_request(b->h->port, "POST", arena_printf(a, "%s/items/_paste", api), who, body);
	if (got.code != code)
		fail_msg("%d:\n%s", got.code, got.all);
	const char *ret = arena_strdup(a, got.body);
	reply_free(&got);
	return ret;
}

static void a_program_hears_of_each_row_which_field_and_why(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = at_the_desk(b);
	const char *nothing = told(b, ref, "Wie;Wat;Tekst\\n9;INSPECTION;Vreemde\\n", 400);

	assert_says(nothing, "#/table/2/subject");
	const char *part = told(b, ref,
	                        "Wie;Wat;Tekst;Datum;Bedrag\\n1;INSPECTION;Eerste;;\\n"
	                        "9;INSPECTION;Vreemde;;\\n1;INSPECTION;x;31-2-2026;veel\\n",
	                        200);
	assert_says(part, "\"kept\":1,\"refused\":2,");
	assert_says(part, "{\"row\":3,\"field\":\"subject\",\"message\":\"Nee. Deze persoon");
	assert_says(part, "\"rule\":\"X-9\"");
	assert_says(part, "{\"row\":4,\"field\":\"day\",");
	assert_says(part, "{\"row\":4,\"field\":\"amount\",");
	assert_says(part, "\"moreProblems\":0");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 1);
	close_bureau(b);
}

static void of_very_many_a_program_hears_how_many_more_there_are(void **state)
{
	enum { ALL = 1500 };
	struct bureau *b = open_bureau(*state);
	const char *ref = at_the_desk(b);
	char *table = arena_alloc(&b->h->arena, (size_t)40 * (ALL + 1));
	int len = snprintf(table, 40, "Wie;Wat;Tekst\\n1;INSPECTION;Een\\n");

	for (int i = 1; i < ALL; i++)
		len += snprintf(table + len, 40, "1;INSPECTION;Bij de moskee %d\\n", i);
	const char *said = told(b, ref, table, 200);
	assert_says(said, "\"kept\":1,\"refused\":1499,");
	const char *more = strstr(said, "\"moreProblems\":");
	assert_non_null(more);
	long named = 0;
	for (const char *row = said; (row = strstr(row, "{\"row\":")) != NULL; row++)
		named++;
	assert_in_range(named, 50, 199); /* as many as an answer may be kept with */
	assert_int_equal(named + strtol(more + strlen("\"moreProblems\":"), NULL, 10), ALL - 1);
	close_bureau(b);
}

/* ---- a file ------------------------------------------------------------------------------------------- */

static const char *part_of_form(struct bureau *b, const char *name, const char *value)
{
	return arena_printf(&b->h->arena,
	                    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"%s\"\r\n\r\n"
	                    "%s\r\n",
	                    name, value);
}

/* The page that answers, or the one to which the answer leads. */
static const char *send_table(struct bureau *b, const char *ref, const char *bytes, int code)
{
	struct arena *a = &b->h->arena;
	const char *action = at(b, ref, "/items/_file");

	visit(b->v_desk, at(b, ref, ""));
	const char *body = arena_printf(
	    a,
	    "%s%s%s--" BOUNDARY
	    "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"antwoord.csv\"\r\n"
	    "Content-Type: text/csv\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
	    part_of_form(b, "_csrf", hidden(b, action, "_csrf")),
	    part_of_form(b, "_version", hidden(b, action, "_version")),
	    part_of_form(b, "task", "101"), bytes);
	const char *headers =
	    arena_printf(a,
	                 "Cookie: %s\r\nOrigin: http://localhost\r\n"
	                 "Content-Type: multipart/form-data; boundary=" BOUNDARY "\r\n",
	                 b->v_desk->cookies);
	struct reply r = client_request(b->h->port, "POST", action, headers, body);
	if (r.code != code)
		fail_msg("%d:\n%s", r.code, r.all);
	const char *said = arena_strdup(a, r.all);
	reply_free(&r);
	visit(b->v_desk, at(b, ref, ""));
	return said;
}

static void of_a_file_what_is_right_is_kept_and_the_rest_is_named_by_its_row(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	move(b, b->v_desk, ref, "accept");
	const char *said =
	    send_table(b, ref,
	               "Wie;Wat;Tekst\r\n1;INSPECTION;\"Eerste; met een \"\"puntkomma\"\"\"\r\n"
	               "\r\n9;INSPECTION;Vreemde\r\nMilan Zandwijk;INSPECTION;Tweede\r\n",
	               200);
	assert_says(said, "2 gegevens zijn bewaard, 1 regel niet.");
	assert_says(said, "Regel 4 (9, INSPECTION): Deze persoon of zaak staat niet in de vraag.");
	assert_says(said, "&quot;9&quot;\t&quot;INSPECTION&quot;\t&quot;Vreemde&quot;");
	assert_page_says(b->v_desk, "Eerste; met een");
	assert_page_says(b->v_desk, "Tweede");
	assert_false(page_says(b->v_desk, "Vreemde"));
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 2);
	assert_non_null(strstr(send_table(b, ref, "Wie;Wat;Tekst\n\n\n9;INSPECTION;x\n", 400),
	                       "Regel 4 (9, INSPECTION):"));
	assert_non_null(
	    strstr(send_table(b, ref, "zomaar wat", 400), "Zet op de eerste regel deze kolommen"));
	(void)send_table(b, ref, "PK\x03\x04 geen werkblad", 400);
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 2);
	close_bureau(b);
}

static void of_a_file_about_a_thousand_what_was_asked_is_kept_and_the_rest_refused(void **state)
{
	enum { THOUSAND = 1000 };
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	char *table = arena_alloc(&b->h->arena, (size_t)40 * (THOUSAND + 1));
	int len = snprintf(table, 40, "Wie;Wat;Tekst\n");

	for (int i = 1; i <= THOUSAND; i++)
		len += snprintf(table + len, 40, "%d;INSPECTION;Controle %d\n", i, i);
	move(b, b->v_desk, ref, "accept");
	const char *said = send_table(b, ref, table, 200);
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 2);
	assert_says(said, "2 gegevens zijn bewaard, 998 regels niet.");
	assert_says(said, "Regel 4 (3, INSPECTION):");
	assert_says(said, "Regel 53 (52, INSPECTION):");
	assert_null(strstr(said, "Regel 54 "));
	assert_says(said, "En nog 948 regels.");
	assert_says(said, "&quot;Controle 3&quot;");
	assert_says(said, "&quot;Controle 1000&quot;");
	assert_null(strstr(said, "&quot;Controle 2&quot;"));
	assert_page_says(b->v_desk, "Controle 1");
	assert_page_says(b->v_desk, "Controle 2");
	assert_false(page_says(b->v_desk, "Controle 3"));
	close_bureau(b);
}

static void what_no_longer_fits_stays_in_its_field(void **state)
{
	enum { ALL = 500 };
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	char *table = arena_alloc(&b->h->arena, (size_t)40 * (ALL + 1));
	int len = snprintf(table, 40, "Wie;Wat;Tekst\n");

	for (int i = 1; i <= ALL; i++)
		len += snprintf(table + len, 40, "1;INSPECTION;Controle %d\n", i);
	move(b, b->v_desk, ref, "accept");
	(void)send_table(b, ref, table, 303);
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), ALL);
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/items/_paste"),
	          "task=101&table=Wie%3BWat%3BTekst%0A1%3BINSPECTION%3BNog%20eentje%0A");
	assert_int_equal(b->v_desk->code, 409);
	assert_page_says(b->v_desk, "hooguit 500 gegevens");
	assert_page_says(b->v_desk, "Nog eentje");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), ALL);
	close_bureau(b);
}

#define T(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(of_a_pasted_table_what_is_right_is_kept_and_the_rest_comes_back),
		T(what_came_back_is_mended_there_and_sent_again),
		T(of_a_table_with_nothing_right_every_row_is_named_and_stays),
		T(a_word_in_a_table_that_is_read_wrong_stays_with_a_reason_in_its_row),
		T(the_same_table_sent_twice_is_kept_once_and_comes_back_twice),
		T(a_program_hears_of_each_row_which_field_and_why),
		T(of_very_many_a_program_hears_how_many_more_there_are),
		T(of_a_file_what_is_right_is_kept_and_the_rest_is_named_by_its_row),
		T(of_a_file_about_a_thousand_what_was_asked_is_kept_and_the_rest_refused),
		T(what_no_longer_fits_stays_in_its_field),
	};
	return cmocka_run_group_tests_name("request tables", tests, NULL, NULL);
}
