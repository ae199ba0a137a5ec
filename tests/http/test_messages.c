/* A joint message: every partner says yes or no to one text, and nothing goes out before. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "intervention_play.h"
#include "interventions/intervention_forget.h"
#include "interventions/message.h"
#include "platform/core/calendar.h"

/* Joint communication of the police and the mayor, who is p; the paths are of its message. */
struct play {
	struct room *r;
	struct house_person *p;
	struct visitor *mayor;
	const char *reference, *to, *agree, *refuse, *release;
};

static struct play open_play(struct house *h)
{
	struct room *r = open_room(h);
	struct house_person *p =
	    house_hire(h, "burgemeester@duinwaard.example", ROLE_MAYOR_READER, h->mayor);
	struct decision d = plan(r, 42);

	d.n.instrument = 501;
	d.owners[1] = (struct intervention_owner_new){ h->mayor, 20, p->appointment_id };
	d.n.owner_count = 2;
	intervention_seal_part(h->plein.keyring, &d.n, INTERVENTION_BASIS,
	                       "Gemeentewet, artikel 170", &h->arena);
	decide(&d);
	assert_int_equal(d.st, OK);
	r->v_lead = signed_in(h, r->lead);
	r->v_dec = signed_in(h, r->b->dec);
	return (struct play){ r,
		              p,
		              signed_in(h, p),
		              d.reference,
		              there(r, d.reference, "/message"),
		              there(r, d.reference, "/message/_agree"),
		              there(r, d.reference, "/message/_refuse"),
		              there(r, d.reference, "/message/_release") };
}

static void close_play(struct play *g)
{
	visitor_free(g->mayor);
	close_room(g->r);
}

static void write_text(struct play *g, const char *fields)
{
	g->r->b->h->clock.fixed_ms += 60000; /* no two texts in one moment */
	send_from(g->r->v_lead, g->to, g->to, fields);
	assert_page_says(g->r->v_lead, "Elke partner leest het");
}

static int64_t reminded_on(struct play *g, int days)
{
	struct error e = { 0 };
	int64_t found = 0;

	assert_int_equal(
	    messages_due(g->r->b->h->plein.db, HOUSE_NOW + (int64_t)days * 86400000, &found, &e),
	    OK);
	return found;
}

static void a_message_goes_out_once_everybody_said_yes_and_the_embargo_is_over(void **state)
{
	struct play g = open_play(*state);
	struct visitor *lead = g.r->v_lead;

	write_text(&g, "text=Wij%20sloten%20een%20loods&embargoDay=25-11-2026");
	assert_page_says(lead, "Nog niet elke partner zei ja");
	visitor_send_from(lead, g.to, g.release, "x=1");
	assert_true(lead->code >= 400);
	send_from(g.r->v_dec, g.to, g.agree, "edition=1");
	assert_page_says(g.r->v_dec, "Uw organisatie zegt ja tegen deze tekst.");
	visit(lead, g.to);
	assert_page_says(lead, "Nog niet elke partner zei ja");
	send_from(g.mayor, g.to, g.agree, "edition=1");
	visit(lead, g.to);
	assert_page_says(lead, "Er rust nog een embargo");
	assert_page_says(lead, "value=\"25 november 2026\""); /* kept when the text changes */
	visit(lead, "/");
	assert_page_says(lead, "Elke partner zei ja tegen een gezamenlijk bericht");
	g.r->b->h->clock.fixed_ms += INT64_C(2) * 86400000;
	visitor_sign_in(lead, g.r->lead);
	send_from(lead, g.to, g.release, "x=1");
	assert_page_says(lead, "Het bericht is vrijgegeven.");
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM intervention_message"
	                               " WHERE released_at > 0"),
	                 1);
	close_play(&g);
}

static void another_text_asks_everybody_again(void **state)
{
	struct play g = open_play(*state);

	write_text(&g, "text=Wij%20sloten%20een%20loods");
	send_from(g.r->v_dec, g.to, g.agree, "edition=1");
	send_from(g.mayor, g.to, g.agree, "edition=1");
	write_text(&g, "text=Wij%20sloten%20twee%20loodsen");
	assert_page_says(g.r->v_lead, "Nog niet elke partner zei ja");
	visit(g.mayor, "/");
	assert_page_says(g.mayor, "Bericht nalezen");
	visit(g.r->v_dec, "/");
	assert_page_says(g.r->v_dec, "Bericht nalezen");
	close_play(&g);
}

/* He read the first while the second was written: his yes isn't one to what he never saw. */
static void a_yes_to_an_earlier_text_is_none_to_this_one(void **state)
{
	struct play g = open_play(*state);

	write_text(&g, "text=Wij%20sloten%20een%20loods");
	visit(g.mayor, g.to);
	write_text(&g, "text=Wij%20sloten%20twee%20loodsen");
	visitor_send(g.mayor, g.agree, "edition=1");
	assert_int_equal(g.mayor->code, 409);
	assert_page_says(g.mayor, "Lees hem opnieuw.");
	send_from(g.mayor, g.to, g.agree, "");
	assert_int_equal(g.mayor->code, 400);
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM intervention_message_yes"), 0);
	close_play(&g);
}

static void a_no_says_why_and_holds_the_message_until_the_text_is_another(void **state)
{
	struct play g = open_play(*state);
	struct visitor *lead = g.r->v_lead, *police = g.r->v_dec;

	write_text(&g, "text=Wij%20sloten%20een%20loods");
	send_from(police, g.to, g.agree, "edition=1");
	send_from(g.mayor, g.to, g.refuse, "edition=1&reason=");
	assert_int_equal(g.mayor->code, 400);
	assert_page_says(g.mayor, "Schrijf wat er anders moet.");
	send_from(g.mayor, g.to, g.refuse, "edition=1&reason=Noem%20de%20straat%20niet");
	assert_page_says(g.mayor, "Uw organisatie zegt nee.");
	visit(g.mayor, "/");
	assert_false(page_says(g.mayor, "Bericht nalezen"));
	visit(lead, "/");
	assert_page_says(lead, "Een partner zegt nee tegen een gezamenlijk bericht");
	visit(lead, g.to);
	assert_page_says(lead, "Een partner zei nee tegen deze tekst.");
	assert_page_says(lead, "Noem de straat niet");
	visitor_send_from(lead, g.to, g.release, "x=1");
	assert_true(lead->code >= 400);
	write_text(&g, "text=Wij%20sloten%20twee%20loodsen");
	assert_page_says(lead, "Over tekst 1: Noem de straat niet"); /* what was asked, beside it */
	assert_page_says(lead, "Nog niet elke partner zei ja");
	send_from(police, g.to, g.agree, "edition=2");
	send_from(g.mayor, g.to, g.agree, "edition=2");
	assert_false(page_says(g.mayor, "Noem de straat niet"));
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM intervention_message_no"), 0);
	send_from(lead, g.to, g.release, "x=1");
	assert_page_says(lead, "Het bericht is vrijgegeven.");
	close_play(&g);
}

static void an_answer_can_turn_until_the_message_is_out(void **state)
{
	struct play g = open_play(*state);
	const int64_t keys = count(g.r->b, "SELECT count(*) FROM sealed_key");

	write_text(&g, "text=Wij%20sloten%20een%20loods");
	send_from(g.mayor, g.to, g.agree, "edition=1");
	send_from(g.mayor, g.to, g.refuse, "edition=1&reason=Toch%20niet");
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM intervention_message_yes"), 0);
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM sealed_key"), keys + 2);
	send_from(g.mayor, g.to, g.agree, "edition=1");
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM intervention_message_no"), 0);
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM sealed_key"), keys + 1);
	send_from(g.r->v_dec, g.to, g.agree, "edition=1");
	send_from(g.r->v_lead, g.to, g.release, "x=1");
	visitor_send_from(g.mayor, g.to, g.refuse, "edition=1&reason=Te%20laat");
	assert_true(g.mayor->code >= 400);
	visit(g.mayor, g.to);
	assert_false(page_says(g.mayor, "Zeg nee"));
	close_play(&g);
}

static void only_who_is_asked_answers(void **state)
{
	struct play g = open_play(*state);

	write_text(&g, "text=Wij%20sloten%20een%20loods");
	assert_false(page_says(g.r->v_lead, "Zeg ja tegen deze tekst"));
	assert_false(page_says(g.r->v_lead, "Zeg nee"));
	visit(g.r->v_lead, g.to);
	visitor_send_from(g.r->v_lead, g.to, g.refuse, "edition=1&reason=Nee");
	assert_true(g.r->v_lead->code >= 400);
	struct house *h = g.r->b->h;
	struct visitor *tax = signed_in(h, house_hire(h, "besluit@belastingdienst.example",
	                                              ROLE_PARTNER_DECIDER, g.r->b->tax_organ));
	visit(tax, g.to);
	assert_int_equal(tax->code, 404);
	visitor_free(tax);
	close_play(&g);
}

/* Written on Tuesday the 24th; until the 1st nothing goes out; the last working day before is that 1st. */
static void who_is_silent_hears_it_once_more_before_the_release(void **state)
{
	struct play g = open_play(*state);

	write_text(&g, "text=Wij%20sloten%20een%20loods&embargoDay=1-12-2026");
	send_from(g.r->v_dec, g.to, g.agree, "edition=1");
	assert_int_equal(reminded_on(&g, 6), 0);
	assert_int_equal(reminded_on(&g, 7), 1);
	assert_int_equal(reminded_on(&g, 8), 0);
	visit(g.mayor, "/");
	assert_page_says(g.mayor, "Uw antwoord op een gezamenlijk bericht wordt verwacht");
	visit(g.r->v_dec, "/");
	assert_false(page_says(g.r->v_dec, "Uw antwoord op een gezamenlijk bericht"));
	visit(g.r->v_lead, "/");
	assert_page_says(g.r->v_lead, "Niet elke partner antwoordde op een gezamenlijk bericht");
	write_text(&g, "text=Wij%20sloten%20twee%20loodsen&embargoDay=1-12-2026");
	assert_int_equal(reminded_on(&g, 7), 1); /* another text, another answer */
	close_play(&g);
}

static void of_what_a_hold_hides_nobody_is_reminded(void **state)
{
	struct play g = open_play(*state);

	write_text(&g, "text=Wij%20sloten%20een%20loods&embargoDay=1-12-2026");
	hold_hides(g.r);
	assert_int_equal(reminded_on(&g, 7), 0);
	visit(g.mayor, "/");
	assert_false(page_says(g.mayor, "Uw antwoord op een gezamenlijk bericht"));
	close_play(&g);
}

static void who_answered_is_not_reminded(void **state)
{
	struct play g = open_play(*state);

	write_text(&g, "text=Wij%20sloten%20een%20loods");
	send_from(g.r->v_dec, g.to, g.agree, "edition=1");
	send_from(g.mayor, g.to, g.refuse, "edition=1&reason=Noem%20de%20straat%20niet");
	assert_int_equal(reminded_on(&g, 30), 0);
	close_play(&g);
}

static void the_day_to_answer_is_three_working_days_on_and_never_after_the_release(void **state)
{
	static const struct {
		int today, embargo, answer, remind; /* days of November 2026; 0: none */
	} TABLE[] = {
		{ 24, 0, 27, 27 },  /* Tuesday: Friday */
		{ 26, 0, 31, 31 },  /* Thursday: Tuesday */
		{ 23, 24, 24, 24 }, /* tomorrow it is out: the day before */
		{ 23, 23, 23, 24 }, /* today, then; the reminder isn't of the same day */
		{ 16, 29, 19, 27 }, /* until Sunday: Friday is the last to ask on */
		{ 27, 29, 27, 30 }, /* Friday for after the weekend */
	};
	const int32_t october = day_from_civil((struct civil){ 2026, 10, 31 });

	(void)state;
	for (size_t i = 0; i < sizeof TABLE / sizeof TABLE[0]; i++) {
		const int32_t today = october + TABLE[i].today;
		const int32_t embargo = TABLE[i].embargo != 0 ? october + TABLE[i].embargo : 0;
		assert_int_equal(message_answer_day(today, embargo) - october, TABLE[i].answer);
		assert_int_equal(message_remind_day(today, embargo) - october, TABLE[i].remind);
	}
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct play *g = args;
	return interventions_forget_casefile(tx, g->r->b->casefile, HOUSE_NOW, reterr);
}

static void a_message_and_why_somebody_said_no_go_with_the_casefile(void **state)
{
	struct play g = open_play(*state);

	write_text(&g, "text=Wij%20sloten%20een%20loods");
	send_from(g.mayor, g.to, g.refuse, "edition=1&reason=Noem%20de%20straat%20niet");
	const int64_t keys = count(g.r->b, "SELECT count(*) FROM sealed_key");
	const int64_t parts = count(g.r->b, "SELECT count(*) FROM intervention_text");
	store_world_run(g.r->b->h->store, forget_run, &g);
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM intervention_message_no"), 0);
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM intervention_message"), 0);
	assert_int_equal(count(g.r->b, "SELECT count(*) FROM sealed_key"), keys - parts - 2);
	close_play(&g);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(a_message_goes_out_once_everybody_said_yes_and_the_embargo_is_over),
		HOUSE(another_text_asks_everybody_again),
		HOUSE(a_yes_to_an_earlier_text_is_none_to_this_one),
		HOUSE(a_no_says_why_and_holds_the_message_until_the_text_is_another),
		HOUSE(an_answer_can_turn_until_the_message_is_out),
		HOUSE(only_who_is_asked_answers),
		HOUSE(who_is_silent_hears_it_once_more_before_the_release),
		HOUSE(of_what_a_hold_hides_nobody_is_reminded),
		HOUSE(who_answered_is_not_reminded),
		HOUSE(a_message_and_why_somebody_said_no_go_with_the_casefile),
		cmocka_unit_test(
		    the_day_to_answer_is_three_working_days_on_and_never_after_the_release),
	};
	return cmocka_run_group_tests_name("joint messages", tests, NULL, NULL);
}
