/* Who and what a signal is about: changed in place, bound to each other, moved out of the text. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "house_world.h"

struct desk {
	struct house *house;
	struct visitor *anna;
	const char *base, *subjects, *ties;
};

static struct desk desk_of(struct house *h)
{
	struct desk d = { .house = h, .anna = visitor_new(h) };
	char ref[32] = "";

	visitor_sign_in(d.anna, house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0));
	visit(d.anna, "/signals");
	visitor_send(d.anna, "/signals", "x=1");
	assert_int_equal(sscanf(d.anna->path, "/signals/%31[^/]", ref), 1);
	d.base = arena_printf(&h->arena, "/signals/%s", ref);
	d.subjects = arena_printf(&h->arena, "%s/edit/subjects", d.base);
	d.ties = arena_printf(&h->arena, "%s/ties", d.base);
	return d;
}

static const char *at(struct desk *d, const char *rest)
{
	return arena_printf(&d->house->arena, "%s%s", d->base, rest);
}

/* Sends the form of the page at path; says is on the page that follows. */
static void send(struct desk *d, const char *path, const char *fields, int code, const char *says)
{
	visit(d->anna, path);
	assert_int_equal(d->anna->code, 200);
	visitor_send(d->anna, path, fields);
	if (d->anna->code != code)
		fail_msg("%s: %d, not %d\n%s", path, d->anna->code, code, d->anna->page);
	assert_page_says(d->anna, says);
}

static int64_t rows(struct desk *d, const char *sql)
{
	return store_world_number(d->house->store, sql);
}

#define JANSEN "kind=PERSON&role=MAIN&familyName=Jansen&givenNames=Piet"

static void a_person_is_changed_in_place_and_keeps_number_and_bsn(void **state)
{
	struct desk d = desk_of(*state);

	send(&d, d.subjects, JANSEN "&bsn=999990019", 200, "Toegevoegd");
	visit(d.anna, at(&d, "/subjects/1"));
	assert_page_says(d.anna, "value=\"Jansen\"");
	assert_false(page_says(d.anna, "999990019"));
	send(&d, at(&d, "/subjects/1"), "kind=PERSON&role=MAIN&familyName=Janssen", 200,
	     "Gewijzigd");
	assert_page_says(d.anna, "Janssen");
	assert_page_says(d.anna, "0019");
	assert_int_equal(rows(&d, "SELECT count(*) FROM presence"), 1);
	assert_int_equal(rows(&d, "SELECT count(*) FROM fact"), 2);
	assert_int_equal(rows(&d, "SELECT count(*) FROM identifier_token WHERE kind = 1"), 1);
	send(&d, at(&d, "/subjects/1"), "kind=PERSON&role=MAIN&familyName=Janssen&dropBsn=on", 200,
	     "Gewijzigd");
	assert_int_equal(rows(&d, "SELECT count(*) FROM fact"), 1);
	send(&d, at(&d, "/subjects/1"), "kind=PERSON&role=MAIN", 400, "minstens één gegeven");
	visit(d.anna, at(&d, "/subjects/2"));
	assert_int_equal(d.anna->code, 404);
	visitor_free(d.anna);
}

static void the_direct_circle_exists_only_by_a_tie_to_a_main_subject(void **state)
{
	struct desk d = desk_of(*state);
	const char *sister = "kind=PERSON&role=DIRECT_CIRCLE&familyName=Jansen&givenNames=Els";
	struct arena *a = &d.house->arena;

	send(&d, d.subjects, JANSEN, 200, "Toegevoegd");
	send(&d, d.subjects, sister, 400, "Welke band heeft deze persoon met een hoofdpersoon?");
	send(&d, d.subjects, arena_printf(a, "%s&tieTo=1", sister), 400, "Van de band ontbreekt");
	send(&d, d.subjects, arena_printf(a, "%s&tieTo=9&tieKind=FAMILY", sister), 400,
	     "Kies iemand uit de lijst");
	send(&d, d.subjects, arena_printf(a, "%s&tieTo=1&tieKind=DRIVES", sister), 400,
	     "Deze band past niet");
	assert_int_equal(rows(&d, "SELECT count(*) FROM presence"), 1);
	send(&d, d.subjects, arena_printf(a, "%s&tieTo=1&tieKind=FAMILY", sister), 200,
	     "is familie van");
	/* a circle of the circle */
	send(&d, d.subjects,
	     "kind=VEHICLE&role=DIRECT_CIRCLE&plate=12-ZZZ-3&tieTo=2&tieKind=DRIVES", 409,
	     "directe kring");
	/* neither the main subject nor the tie may go while somebody hangs on it */
	visit(d.anna, d.subjects);
	visitor_send(d.anna, at(&d, "/subjects/1/remove"), "x=1");
	assert_int_equal(d.anna->code, 409);
	send(&d, at(&d, "/subjects/1"), "kind=PERSON&role=DIRECT_CIRCLE&familyName=Jansen", 409,
	     "directe kring");
	assert_int_equal(rows(&d, "SELECT count(*) FROM presence"), 2);
	visit(d.anna, d.subjects);
	visitor_send(d.anna, at(&d, "/subjects/2/remove"), "x=1");
	assert_page_says(d.anna, "Weggehaald");
	assert_int_equal(rows(&d, "SELECT count(*) FROM fact WHERE other_presence_id IS NOT NULL"),
	                 0);
	visitor_free(d.anna);
}

static void a_tie_is_laid_between_two_that_fit_and_by_whom_the_law_lets(void **state)
{
	struct desk d = desk_of(*state);

	send(&d, d.subjects, JANSEN, 200, "Toegevoegd");
	send(&d, d.subjects, "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3", 200, "Toegevoegd");
	send(&d, d.subjects, "kind=PHONE&role=MAIN&phone=0612345678", 200, "Toegevoegd");
	send(&d, d.ties, "from=1&tie=DRIVES&to=1", 400, "Kies twee verschillende");
	send(&d, d.ties, "from=2&tie=DRIVES&to=1", 400, "draai ze om");
	send(&d, d.ties, "from=1&tie=CALLS&to=3", 400, "Politiegegevens komen van");
	send(&d, d.ties, "from=1&tie=SUSPECT_WITH&to=1", 400, "Kies twee verschillende");
	send(&d, d.ties, "from=1&tie=DRIVES&to=2&note=Controle+van+maart", 200, "rijdt in");
	assert_page_says(d.anna, "Controle van maart");
	visit(d.anna, d.base);
	assert_page_says(d.anna, "rijdt in");
	/* under the keys of both: with one of them it is gone */
	visit(d.anna, d.subjects);
	visitor_send(d.anna, at(&d, "/subjects/2/remove"), "x=1");
	assert_false(page_says(d.anna, "Controle van maart"));
	assert_int_equal(rows(&d, "SELECT count(*) FROM fact WHERE other_presence_id IS NOT NULL"),
	                 0);
	visitor_free(d.anna);
}

static void a_fact_can_come_from_a_task_of_the_other_organ(void **state)
{
	struct desk d = desk_of(*state);
	int64_t mayors = 0;

	visit(d.anna, d.subjects);
	/* the first task of the mayor in the list */
	const char *label = strstr(d.anna->page, "(burgemeester van Duinwaard)");
	assert_non_null(label);
	const char *option = label;
	while (strncmp(option, "<option value=\"", 15) != 0)
		option--;
	assert_int_equal(sscanf(option, "<option value=\"%lld\"", (long long *)&mayors), 1);
	visitor_send(d.anna, d.subjects,
	             arena_printf(&d.house->arena, JANSEN "&task=%lld", (long long)mayors));
	assert_page_says(d.anna, "Toegevoegd");
	assert_int_equal(rows(&d, "SELECT count(DISTINCT source_organ_id) FROM fact"), 1);
	assert_int_equal(rows(&d, "SELECT min(source_organ_id) FROM fact"), d.house->mayor);
	assert_int_equal(rows(&d, "SELECT min(task) FROM fact"), mayors);
	/* who changes a name leaves the task as it was */
	visit(d.anna, at(&d, "/subjects/1"));
	assert_page_says(d.anna, arena_printf(&d.house->arena, "<option value=\"%lld\" selected>",
	                                      (long long)mayors));
	send(&d, d.subjects, JANSEN "&task=101", 400, "Kies een taak uit de lijst");
	visitor_free(d.anna);
}

static void a_place_without_an_address_is_a_point(void **state)
{
	struct desk d = desk_of(*state);

	send(&d, d.subjects, "kind=PLACE&role=MAIN&point=5.3872+52.1551", 400, "verwisseld");
	send(&d, d.subjects, "kind=PLACE&role=MAIN&point=52.1551744+5.3872062", 200, "Toegevoegd");
	visit(d.anna, d.base);
	assert_page_says(d.anna, "155000,000 463000,000");
	assert_page_says(d.anna, "getypt als 52.1551744 5.3872062");
	visitor_free(d.anna);
}

static void how_sure_a_fact_is_stands_beside_it_and_stays_when_it_changes(void **state)
{
	struct desk d = desk_of(*state);

	send(&d, d.subjects, JANSEN "&sourceGrade=B", 400, "Zeg ook hoe zeker dit is");
	send(&d, d.subjects, JANSEN "&informationGrade=2", 400,
	     "Zeg ook hoe betrouwbaar de bron is");
	send(&d, d.subjects, JANSEN "&sourceGrade=B&informationGrade=2", 200, "Toegevoegd");
	assert_int_equal(rows(&d, "SELECT min(evaluation) FROM fact"), 'B' << 8 | '2');
	visit(d.anna, d.base);
	assert_page_says(d.anna, "(bron B, informatie 2)");
	visit(d.anna, at(&d, "/subjects/1"));
	assert_page_says(d.anna, "<option value=\"B\" selected>");
	assert_page_says(d.anna, "<option value=\"2\" selected>");
	send(&d, at(&d, "/subjects/1"),
	     "kind=PERSON&role=MAIN&familyName=Janssen&givenNames=Piet&sourceGrade=&"
	     "informationGrade=",
	     200, "Janssen");
	assert_int_equal(rows(&d, "SELECT max(evaluation) FROM fact"), 0);
	visitor_free(d.anna);
}

#define STORY                                                                                      \
	"Op+1+oktober+2026+stond+een+bus+12-ZZZ-3+aan+Dorpsstraat+12,+2611+ET.+De+heer+Jansen,+"   \
	"999990019,+is+lid+van+een+vakbond."

static void a_bsn_in_a_text_goes_to_its_field_with_one_click(void **state)
{
	struct desk d = desk_of(*state);
	const char *facts = at(&d, "/edit/facts"), *bsn = at(&d, "/bsn");

	send(&d, facts, "_go=stay&title=Winkel&facts=De+eigenaar+999990019+was+er+weer", 200,
	     "Zet het BSN in het eigen vak");
	visitor_send(d.anna, bsn, "part=2");
	assert_page_says(d.anna, "Het BSN is uit de tekst");
	assert_page_says(d.anna, "0019");
	visit(d.anna, facts);
	assert_page_says(d.anna, "De eigenaar (BSN weggehaald) was er weer");
	assert_int_equal(rows(&d, "SELECT count(*) FROM identifier_token WHERE kind = 1"), 1);
	/* the same number again: no second person */
	send(&d, facts, "_go=stay&title=Winkel&facts=Weer+999990019", 200, "eigen vak");
	visitor_send(d.anna, bsn, "part=2");
	assert_int_equal(rows(&d, "SELECT count(*) FROM presence"), 1);
	visitor_free(d.anna);
}

/* Everything that is proposed, behind the fields. */
static void tick_all(const struct visitor *v, char *fields, size_t max)
{
	for (const char *p = v->page; (p = strstr(p, "name=\"take[")) != NULL; p++) {
		int row = 0, index = 0;
		assert_int_equal(sscanf(p, "name=\"take[%d].index\" value=\"%d\"", &row, &index),
		                 2);
		const size_t len = strlen(fields);
		(void)snprintf(fields + len, max - len, "&take[%d].index=%d", row, index);
	}
}

static void a_pasted_story_becomes_a_draft_of_what_was_ticked(void **state)
{
	struct desk d = desk_of(*state);
	const char *paste = "/signals/paste";
	char fields[1024] = "text=" STORY;

	visit(d.anna, paste);
	visitor_send(d.anna, paste, fields);
	assert_page_says(d.anna, "Voertuig: <b>12-ZZZ-3</b>");
	assert_page_says(d.anna, "Adres: <b>Dorpsstraat 12</b>");
	assert_page_says(d.anna, "vakbond”");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal"), 1);
	tick_all(d.anna, fields, sizeof fields);
	visitor_send(d.anna, "/signals/paste/draft", fields);
	assert_page_says(d.anna, "Het concept staat klaar");
	assert_false(page_says(d.anna, "999990019"));
	assert_page_says(d.anna, "(BSN weggehaald)");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal"), 2);
	assert_int_equal(rows(&d, "SELECT count(*) FROM presence WHERE kind = 104"), 1);
	assert_int_equal(rows(&d, "SELECT count(*) FROM identifier_token WHERE kind = 1"), 1);
	assert_int_equal(rows(&d, "SELECT count(*) FROM identifier_token WHERE kind = 4"), 1);
	assert_int_equal(rows(&d, "SELECT max(seen_from) FROM signal"), 20727);
	visit(d.anna, paste);
	visitor_send(d.anna, paste, "text=");
	assert_int_equal(d.anna->code, 400);
	assert_page_says(d.anna, "Plak eerst een tekst");
	visitor_free(d.anna);
}

/* What stands behind a name is that person's, and a day of birth is no day on which something was seen. */
static void a_pasted_name_with_its_number_and_day_of_birth_is_one_person(void **state)
{
	struct desk d = desk_of(*state);
	const char *paste = "/signals/paste";
	char story[1024] = "text=De+eigenaar,+dhr.+P.+Harmsen+(BSN+999990019,+geboren+3-4-1980),"
			   "+zagen+wij+op+12+november+2026.+Ook+mevrouw+J.+Later.";

	visit(d.anna, paste);
	visitor_send(d.anna, paste, story);
	assert_page_says(d.anna,
	                 "Persoon: <b>dhr. P. Harmsen, BSN 999990019, geboren 3-4-1980</b>");
	assert_page_says(d.anna, "Dag waarop het gezien is: <b>12 november 2026</b>");
	assert_false(page_says(d.anna, "gezien is: <b>3-4-1980"));
	assert_false(page_says(d.anna, "Persoon met dit BSN"));
	assert_page_says(d.anna, "Persoon: <b>mevrouw J. Later</b>");
	tick_all(d.anna, story, sizeof story);
	visitor_send(d.anna, "/signals/paste/draft", story);
	char *step = strstr(d.anna->path, "/edit/");
	assert_non_null(step);
	visit(d.anna, arena_printf(&d.house->arena, "%.*s/edit/subjects",
	                           (int)(step - d.anna->path), d.anna->path));
	assert_page_says(d.anna, "<dd>Harmsen</dd>");
	assert_page_says(d.anna, "<dd>P.</dd>");
	assert_page_says(d.anna, "<dd>3 april 1980</dd>");
	visitor_free(d.anna);
}

static void the_law_answers_for_each_kind_of_data_at_the_form(void **state)
{
	struct desk d = desk_of(*state);

	visit(d.anna, at(&d, "/edit/facts"));
	assert_page_says(d.anna, "Mag ik dit hier schrijven?");
	assert_page_says(d.anna, "Strafzaak, straf of openstaande vordering");
	assert_page_says(d.anna, "alleen van het OM");
	assert_page_says(d.anna, "Waar kunt u kijken");
	visitor_free(d.anna);
}

static void a_signal_touches_several_municipalities_and_lines(void **state)
{
	struct desk d = desk_of(*state);
	const char *place = at(&d, "/edit/place"), *theme = at(&d, "/edit/theme");
	const long long town = (long long)d.house->municipality;

	/* the first one again, and one that doesn't exist, count for nothing */
	send(&d, place,
	     arena_printf(&d.house->arena,
	                  "_go=stay&where=Kade&municipality=%lld&also[0].number=%lld"
	                  "&also[1].number=999",
	                  town, town),
	     200, "Waar is het?");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal_municipality"), 0);
	send(&d, place,
	     arena_printf(&d.house->arena, "_go=stay&where=Kade&also[0].number=%lld", town), 200,
	     "checked");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal_municipality"), 1);
	send(&d, theme, "_go=stay&line=LOCATION&otherLines=SUBJECT&otherLines=PHENOMENON", 200,
	     "Thema");
	visit(d.anna, d.base);
	assert_page_says(d.anna, "<dt>Ook in</dt><dd>Duinwaard</dd>");
	assert_page_says(d.anna, "<dt>Ook</dt>");
	send(&d, place, "_go=stay&where=Kade", 200, "Waar is het?");
	assert_int_equal(rows(&d, "SELECT count(*) FROM signal_municipality"), 0);
	visitor_free(d.anna);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_person_is_changed_in_place_and_keeps_number_and_bsn),
		TEST(the_direct_circle_exists_only_by_a_tie_to_a_main_subject),
		TEST(a_tie_is_laid_between_two_that_fit_and_by_whom_the_law_lets),
		TEST(a_fact_can_come_from_a_task_of_the_other_organ),
		TEST(how_sure_a_fact_is_stands_beside_it_and_stays_when_it_changes),
		TEST(a_place_without_an_address_is_a_point),
		TEST(a_bsn_in_a_text_goes_to_its_field_with_one_click),
		TEST(a_pasted_story_becomes_a_draft_of_what_was_ticked),
		TEST(a_pasted_name_with_its_number_and_day_of_birth_is_one_person),
		TEST(the_law_answers_for_each_kind_of_data_at_the_form),
		TEST(a_signal_touches_several_municipalities_and_lines),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
