/* Signals from a file: told what the columns are, judged, read in as drafts, undone. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "house_world.h"
#include "imports/import.h"
#include "imports//import_file.h"
#include "imports/import_run.h"
#include "matches/live.h"

#define BOUNDARY "----plein-proef"

struct desk {
	struct house *house;
	struct visitor *anna, *pol;
	const struct viewer *viewer; /* anna */
};

static struct desk desk_of(struct house *h)
{
	struct desk d = { .house = h, .anna = visitor_new(h), .pol = visitor_new(h) };
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct viewer *viewer = ARENA_NEW(&h->arena, struct viewer);
	struct db_read *r = NULL;
	struct error e = { 0 };

	visitor_sign_in(d.anna, anna);
	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(import_sender_of(r, anna->appointment_id, viewer, &e), OK);
	db_read_end(r);
	d.viewer = viewer;
	visitor_sign_in(d.pol,
	                house_hire(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ));
	return d;
}

static void leave(struct desk *d)
{
	visitor_free(d->anna);
	visitor_free(d->pol);
}

static int64_t rows(struct desk *d, const char *sql)
{
	return store_world_number(d->house->store, sql);
}

/* Sends a file; gives where the answer leads, or "" and the page in *ret_page. */
static const char *send_file(struct desk *d, const char *name, const char *text, int code,
                             const char *says)
{
	struct arena *a = &d->house->arena;
	struct visitor *v = d->anna;

	visit(v, "/imports");
	const char *at = strstr(v->page, "action=\"/imports\"");
	assert_non_null(at);
	at = strstr(at, "value=\"") + strlen("value=\"");
	const char *csrf = arena_strndup(a, at, strcspn(at, "\""));
	const char *body = arena_printf(
	    a,
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"_csrf\"\r\n\r\n%s\r\n"
	    "--" BOUNDARY "\r\nContent-Disposition: form-data; name=\"file\"; filename=\"%s\"\r\n"
	    "Content-Type: application/octet-stream\r\n\r\n%s\r\n--" BOUNDARY "--\r\n",
	    csrf, name, text);
	const char *headers =
	    arena_printf(a,
	                 "Cookie: %s\r\nOrigin: http://localhost\r\n"
	                 "Content-Type: multipart/form-data; boundary=" BOUNDARY "\r\n",
	                 v->cookies);
	struct reply r = client_request(d->house->port, "POST", "/imports", headers, body);
	if (r.code != code || (says != NULL && !reply_says(&r, says)))
		fail_msg("%d, not %d '%s':\n%s", r.code, code, says != NULL ? says : "", r.all);
	const char *where = arena_strdup(a, reply_header(&r, "Location"));
	reply_free(&r);
	return where;
}

/* As the ticker does, until nothing waits. */
static void work(struct desk *d)
{
	struct error e = { 0 };
	bool more = true;

	for (int i = 0; more && i < 200; i++)
		if (import_step(&d->house->plein, &more, &e) != OK)
			fail_msg("%s (%s; %s:%d)", e.message, e.cause, e.file, e.line);
	assert_false(more);
}

static void press(struct desk *d, const char *round, const char *action, const char *fields)
{
	visit(d->anna, round);
	visitor_send(d->anna, arena_printf(&d->house->arena, "%s/%s", round, action), fields);
	if (d->anna->code != 200)
		fail_msg("%d on %s:\n%s", d->anna->code, action, d->anna->page);
	work(d);
	visit(d->anna, round);
}

#define HEAD "Titel;Feiten;Gemeente;Thema;Eerst gezien;Kenteken;Onzin\n"

static void a_table_becomes_drafts_of_its_own_organ_and_nobody_elses(void **state)
{
	struct desk d = desk_of(*state);
	const char *round = send_file(
	    &d, "lijst.csv",
	    HEAD "Kas;Veertien matrassen;Duinwaard;Arbeidsuitbuiting;1-10-2026;12-ZZZ-3;x\n"
		 "Winkel;Leeg bij drie controles;9901;;;;y\n;;;;;;\n",
	    303, NULL);

	visit(d.anna, round);
	assert_page_says(d.anna, "Kolom A: Titel");
	assert_page_says(d.anna, "Bijvoorbeeld: Kas; Winkel");
	assert_page_says(d.anna, "<option value=\"plate\" selected>Kenteken</option>");
	press(&d, round, "check",
	      "columns[0].field=title&columns[1].field=facts&columns[2].field=municipality"
	      "&columns[4].field=seenFrom&columns[5].field=plate&columns[6].field=");
	assert_page_says(d.anna, "Nagekeken");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal"), 0);
	press(&d, round, "read", "x=1");
	assert_page_says(d.anna, "Concepten die klaarstaan: 2.");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal WHERE state = 1"), 2);
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal WHERE municipality_id IS NULL"), 0);
	assert_int_equal(rows(&d, "SELECT max(seen_from) FROM signal"), 20727);
	assert_int_equal(rows(&d, "SELECT count(*) FROM identifier_token WHERE kind = 7"), 1);
	/* the file itself is gone */
	assert_int_equal(rows(&d, "SELECT count(*) FROM attachment"), 0);
	visit(d.anna, "/signals");
	assert_page_says(d.anna, "Kas");
	visit(d.pol, round);
	assert_int_equal(d.pol->code, 404);
	visit(d.pol, "/signals");
	assert_page_says(d.pol, "Nog geen signalen");
	leave(&d);
}

static void every_row_says_what_is_wrong_and_only_the_good_ones_come_in(void **state)
{
	struct desk d = desk_of(*state);
	const char *round = send_file(&d, "lijst.csv",
	                              "Titel;Gemeente;Thema;BSN;Eerst gezien\n"
	                              "Goed;Duinwaard;;;\n"
	                              "Mis;Nergenshuizen;Onbekend thema;123;32-13-2026\n"
	                              "=cmd|'/c calc'!A1;Duinwaard;;;\n",
	                              303, NULL);

	press(&d, round, "check",
	      "columns[0].field=title&columns[1].field=municipality&columns[2].field=theme"
	      "&columns[3].field=bsn&columns[4].field=seenFrom");
	assert_page_says(d.anna, "Regels die kloppen: 1.");
	assert_page_says(d.anna, "Kolom B (Gemeente)");
	assert_page_says(d.anna, "Kolom C (Thema)");
	assert_page_says(d.anna, "Dit kennen wij niet. Schrijf een van deze: Mensenhandel");
	assert_page_says(d.anna, "Kolom D (BSN)");
	assert_page_says(d.anna, "Kolom E (Eerst gezien)");
	assert_page_says(d.anna, "Hier staat een formule");
	/* what stood in the file is nowhere in the database */
	assert_int_equal(
	    rows(&d, "SELECT count(*) FROM import_problem WHERE sentence LIKE '%Onbekend thema%'"),
	    0);
	press(&d, round, "read", "x=1");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal"), 1);
	leave(&d);
}

/* "nr", "gezien" and "hennep" are what people write; "o" begins several themes, "Onzin" none. */
static void headings_and_themes_may_be_those_that_people_use(void **state)
{
	struct desk d = desk_of(*state);
	const char *round =
	    send_file(&d, "lijst.csv",
	              "onderwerp;Wat gebeurde er;gemeente;straat;nr;gezien;thema;naam\n"
	              "Kas;Stroom;Duinwaard;Kade;9a;1-10-2026;hennep;Jansen\n"
	              "Wok;Leeg;Duinwaard;Kade;1;1-10-2026;uitbuiting;Jansen\n",
	              303, NULL);

	visit(d.anna, round);
	assert_page_says(d.anna, "<option value=\"facts\" selected>Feiten</option>");
	assert_page_says(d.anna, "<option value=\"houseNumber\" selected>Huisnummer</option>");
	assert_page_says(d.anna, "<option value=\"seenFrom\" selected>Eerst gezien</option>");
	assert_false(page_says(d.anna, "<option value=\"familyName\" selected>"));
	press(&d, round, "check",
	      "columns[0].field=title&columns[1].field=facts&columns[2].field=municipality"
	      "&columns[5].field=seenFrom&columns[6].field=theme");
	assert_page_says(d.anna, "Regels die kloppen: 1.");
	assert_page_says(d.anna, "Kolom G (Thema)"); /* of two themes, one of work */
	press(&d, round, "read", "x=1");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal WHERE theme = 2"), 1);
	leave(&d);
}

static void a_part_of_a_word_about_the_source_is_not_taken_for_one(void **state)
{
	struct desk d = desk_of(*state);
	const char *round = send_file(&d, "lijst.csv",
	                              "Titel;Gemeente;Bron\n"
	                              "Kas;Duinwaard;vastgelegd\n",
	                              303, NULL);

	press(&d, round, "check",
	      "columns[0].field=title&columns[1].field=municipality&columns[2].field=reliability");
	assert_page_says(d.anna, "Regels die kloppen: 0.");
	assert_page_says(d.anna, "Kolom C (Bron)");
	leave(&d);
}

static enum status submit_one(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt SUBMIT = {
		"test_submit_one", "i",
		"UPDATE signal SET state = $1 WHERE id = (SELECT min(id) FROM signal)"
	};

	(void)args;
	return db_exec(tx, &SUBMIT, DB_ARGS(DB_INT(2)), NULL, reterr);
}

static void undoing_takes_all_drafts_and_leaves_what_was_submitted(void **state)
{
	struct desk d = desk_of(*state);
	const char *text = "Titel;Kenteken\n";

	for (int i = 0; i < 25; i++)
		text =
		    arena_printf(&d.house->arena, "%sSignaal %d;12-ZZZ-%d\n", text, i, i % 9 + 1);
	const char *round = send_file(&d, "lijst.csv", text, 303, NULL);
	press(&d, round, "check", "columns[0].field=title&columns[1].field=plate");
	press(&d, round, "read", "x=1");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal WHERE state = 1"), 25);
	/* one was submitted meanwhile; how is another test's */
	store_world_run(d.house->store, submit_one, NULL);
	press(&d, round, "undo", "x=1");
	assert_page_says(d.anna, "Teruggedraaid");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal WHERE state = 1"), 0);
	assert_page_says(d.anna, "want al ingediend: 1.");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal WHERE state = 2"), 1);
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal_text"), 1);
	assert_int_equal(rows(&d, "SELECT count(*) FROM fact"), 1);
	assert_int_equal(rows(&d, "SELECT count(*) FROM sealed_key"), 2);
	leave(&d);
}

static void the_columns_of_a_file_are_remembered_for_the_next_with_the_same_head(void **state)
{
	struct desk d = desk_of(*state);
	const char *round = send_file(&d, "a.csv", "kop 1;kop 2\nKas;Duinwaard\n", 303, NULL);

	press(&d, round, "check", "columns[0].field=title&columns[1].field=municipality");
	round = send_file(&d, "b.csv", "kop 1;kop 2\nWinkel;Duinwaard\n", 303, NULL);
	visit(d.anna, round);
	assert_page_says(d.anna, "<option value=\"title\" selected>");
	assert_page_says(d.anna, "<option value=\"municipality\" selected>");
	visitor_send(d.anna, arena_printf(&d.house->arena, "%s/check", round),
	             "columns[0].field=title&columns[1].field=title");
	assert_int_equal(d.anna->code, 400);
	assert_page_says(d.anna, "ook voor een andere kolom");
	leave(&d);
}

static const char *columns_of_a_new_file(struct desk *d, const char *mapping)
{
	const struct import_sender who = { &d->house->plein, d->viewer, HOUSE_NOW };
	const char text[] = "andere;koppen\nKas;Duinwaard\n";
	const struct input_value file = { .kind = INPUT_FILE,
		                          .text = "",
		                          .file_name = "b.csv",
		                          .file = source_bytes(text, strlen(text)) };
	const struct import_wish wish = { &file, mapping };
	struct arena *a = &d->house->arena;
	struct import_offer offer = { 0 };
	struct problems problems;
	struct error e = { 0 };
	struct db_read *r = NULL;

	problems_init(&problems, a);
	assert_int_equal(db_read_begin(d->house->plein.db, &r, &e), OK);
	assert_int_equal(import_look(r, &who, &wish, a, &problems, &offer, &e), OK);
	db_read_end(r);
	return problems.error_count > 0 ? problems.first->path : offer.columns;
}

static void columns_that_have_a_name_are_used_by_it(void **state)
{
	struct desk d = desk_of(*state);
	const char *round = send_file(&d, "a.csv", "kop 1;kop 2\nKas;Duinwaard\n", 303, NULL);

	press(&d, round, "check",
	      "columns[0].field=title&columns[1].field=municipality&saveAs=zaaksysteem");
	assert_string_equal(columns_of_a_new_file(&d, "zaaksysteem"), "1,5");
	assert_string_equal(columns_of_a_new_file(&d, NULL), "0,0");
	assert_string_equal(columns_of_a_new_file(&d, "onbekend"), "mapping");
	leave(&d);
}

static void a_file_that_is_no_table_is_refused_in_words(void **state)
{
	struct desk d = desk_of(*state);

	(void)send_file(&d, "a.txt", "zomaar wat tekst\n", 400, "Kies een rekenblad");
	(void)send_file(&d, "a.csv", "naam\ncaf\xe9\n", 400, "CSV UTF-8");
	(void)send_file(&d, "a.csv", "naam;plaats\nalleen een\n", 400, "kolom");
	(void)send_file(&d, "a.csv", "naam\n", 400, "geen regels");
	(void)send_file(&d, "a.xlsx", "PK\3\4", 400, "niet heel");
	assert_int_equal(rows(&d, "SELECT count(*) FROM import_round"), 0);
	leave(&d);
}

static void a_round_that_cannot_go_on_holds_no_other_up(void **state)
{
	struct desk d = desk_of(*state);
	const char *first = send_file(&d, "a.csv", "Titel\nKas\n", 303, NULL);

	visit(d.anna, first);
	visitor_send(d.anna, arena_printf(&d.house->arena, "%s/check", first),
	             "columns[0].field=title");
	/* the round waits, its file is gone from the disk */
	assert_int_equal(rows(&d, "SELECT count(*) FROM import_round WHERE state = 2"), 1);
	d.house->plein.files = "/nowhere";
	work(&d);
	assert_int_equal(rows(&d, "SELECT count(*) FROM import_round WHERE state = 3"), 1);
	leave(&d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

#define NAME_COLUMNS                                                                               \
	"columns[0].field=title&columns[1].field=facts&columns[2].field=familyName"                \
	"&columns[3].field=givenNames&columns[4].field=birthDate"

static void before_reading_in_the_file_shows_what_looks_known_to_the_own_organ(void **state)
{
	struct desk d = desk_of(*state);
	struct plein *p = &d.house->plein;
	struct error e = { 0 };
	bool more = true;

	const char *first = send_file(
	    &d, "eerder.csv",
	    "Titel;Feiten;Achternaam;Voornamen;Geboortedatum\nKas;Vol;Zandwijk;Milan;12-3-1984\n",
	    303, NULL);
	press(&d, first, "check", NAME_COLUMNS);
	press(&d, first, "read", "x=1");
	p->live = live_new();
	while (more || !live_ready(p->live))
		assert_int_equal(live_step(p, &more, &e), OK);
	const char *round = send_file(&d, "nieuw.csv",
	                              "Titel;Feiten;Achternaam;Voornamen;Geboortedatum\nLoods;Leeg;"
	                              "Zandwijk;Milaan;12-3-1984\n"
	                              "Winkel;Leeg;Anders;Emma;1-2-1990\n",
	                              303, NULL);
	press(&d, round, "check", NAME_COLUMNS);
	assert_page_says(d.anna, "Kijk welke regels al bekend lijken");
	visit(d.anna, arena_printf(&d.house->arena, "%s/doubles", round));
	assert_page_says(d.anna, "Milaan Zandwijk");
	assert_page_says(d.anna, "zelfde geboortedatum");
	assert_page_says(d.anna, "S-2026-");
	assert_false(page_says(d.anna, "Emma"));
	assert_int_equal(rows(&d, "SELECT count(*) FROM presence"), 1);
	/* a round of another organ is no round */
	visit(d.pol, arena_printf(&d.house->arena, "%s/doubles", round));
	assert_int_equal(d.pol->code, 404);
	live_free(p->live);
	p->live = NULL;
	leave(&d);
}

/* What is read again and again would cost the square of its rows. */
static void the_longest_file_is_read_through_less_than_five_times(void **state)
{
	int64_t done = 0, read = 0;

	(void)state;
	for (; done < SHEET_ROWS_MAX; done += import_step_rows(done))
		read += done + import_step_rows(done);
	assert_true(read < 5 * (int64_t)SHEET_ROWS_MAX);
}

/* Whoever wants to write waits for one piece at most. */
static void a_piece_is_as_long_as_may_be_waited_for(void **state)
{
	size_t rows = PIECE_ROWS_MIN;

	(void)state;
	for (int i = 0; i < 20; i++) /* 0.2 ms a row: 75 fit in 15 ms */
		rows = import_piece_rows(rows, (int64_t)rows / 5);
	assert_in_range(rows, 60, 90);
	rows = import_piece_rows(rows, 5000); /* the disk is busy all at once */
	assert_int_equal(rows, PIECE_ROWS_MIN);
	assert_int_equal(import_piece_rows(rows, 0), 2 * PIECE_ROWS_MIN);
	assert_int_equal(import_piece_rows(PIECE_ROWS_MAX, 0), PIECE_ROWS_MAX);
}

/* More rows than the first pieces hold, so that pieces of several sizes follow each other. */
static void pieces_of_any_length_read_each_row_in_once(void **state)
{
	enum { ROWS = 400 };
	struct desk d = desk_of(*state);
	struct arena *a = &d.house->arena;
	const char *text = "Titel;Feiten;Kenteken\n";

	for (int i = 0; i < ROWS; i++)
		text =
		    arena_printf(a, "%sRegel %d;Bij de controle was de winkel leeg.;\n", text, i);
	const char *round = send_file(&d, "lijst.csv", text, 303, NULL);
	press(&d, round, "check", "columns%5B0%5D.field=title&columns%5B1%5D.field=facts");
	press(&d, round, "read", "x=1");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal"), ROWS);
	assert_int_equal(rows(&d, "SELECT count(DISTINCT line) FROM import_signal"), ROWS);
	assert_int_equal(rows(&d, "SELECT stored FROM import_round"), ROWS);
	press(&d, round, "undo", "x=1");
	assert_int_equal(rows(&d, "SELECT count(*) FROM import_signal"), 0);
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal WHERE state = 1"), 0);
	leave(&d);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_piece_is_as_long_as_may_be_waited_for),
		TEST(pieces_of_any_length_read_each_row_in_once),
		cmocka_unit_test(the_longest_file_is_read_through_less_than_five_times),
		TEST(a_table_becomes_drafts_of_its_own_organ_and_nobody_elses),
		TEST(every_row_says_what_is_wrong_and_only_the_good_ones_come_in),
		TEST(headings_and_themes_may_be_those_that_people_use),
		TEST(a_part_of_a_word_about_the_source_is_not_taken_for_one),
		TEST(undoing_takes_all_drafts_and_leaves_what_was_submitted),
		TEST(the_columns_of_a_file_are_remembered_for_the_next_with_the_same_head),
		TEST(columns_that_have_a_name_are_used_by_it),
		TEST(a_file_that_is_no_table_is_refused_in_words),
		TEST(a_round_that_cannot_go_on_holds_no_other_up),
		TEST(before_reading_in_the_file_shows_what_looks_known_to_the_own_organ),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
