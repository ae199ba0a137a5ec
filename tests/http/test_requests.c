/* Asking partners, by role: one answers, one knows nothing, one refuses and nobody can tell, one is late. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "request_world.h"
#include "requests/requests_due.h"

static const struct db_stmt END_CASEFILE = { "test_end_casefile", "i",
	                                     "UPDATE casefile SET state = 10 WHERE id = $1" };
static const struct db_stmt LEAVE = { "test_leave", "i",
	                              "UPDATE appointment SET state = 4 WHERE id = $1" };
static const struct db_stmt BLOCK = {
	"test_block", "iii",
	"INSERT INTO casefile_block (casefile_id, person_id, kind, set_by, set_at)"
	" VALUES ($1, $2, 1, $3, 1)"
};

/* ---- promises --------------------------------------------------------------------------------------- */

static void a_partner_is_asked_answers_is_checked_and_the_rest_is_sent_back(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	visit(b->v_desk, "/requests");
	assert_page_says(b->v_desk, ref);
	assert_false(page_says(b->v_desk, "Zandwijk")); /* names stay inside */
	visit(b->v_desk, at(b, ref, ""));
	assert_page_says(b->v_desk, "Milan Zandwijk");
	assert_page_says(b->v_desk, "••••• 0019");
	assert_page_says(b->v_desk, "Neem de bevraging in behandeling");
	assert_page_says(b->v_desk, "Wat weet politie over 2 betrokkenen?");
	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, CONTROL);
	assert_page_says(b->v_desk, "Bewaard. Nog niet verstuurd.");
	write_item(b, ref, "subject=1&part=11&kind=419&task=101&nature=JUDGEMENT&text=Te%20veel");
	visit(b->v_ana, at(b, ref, ""));
	assert_false(page_says(b->v_ana, "Controle op 1 mei")); /* not sent yet */
	assert_false(page_says(b->v_ana, "Ingevuld"));
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/parts/_set"),
	          "subject=2&state=NOTHING_KNOWN");
	move(b, b->v_desk, ref, "answer");
	assert_page_says(b->v_desk, "Uw antwoord is verstuurd");
	visit(b->v_ana, at(b, ref, ""));
	assert_page_says(b->v_ana, "Controle op 1 mei");
	assert_page_says(b->v_ana, "Nog niet elk gegeven is beoordeeld");
	send_from(b->v_ana, at(b, ref, ""), at(b, ref, "/_judge"),
	          "items%5B0%5D.number=1&items%5B0%5D.judgement=KEEP"
	          "&items%5B1%5D.number=2&items%5B1%5D.judgement=SEND_BACK");
	assert_page_says(b->v_ana, "De partner krijgt daar bericht van");
	assert_false(page_says(b->v_ana, "Bewaar uw oordeel")); /* nothing is left to judge */
	assert_int_equal(count(b, "SELECT count(*) FROM request_item WHERE content IS NULL"), 1);
	visit(b->v_desk, "/news");
	assert_page_says(b->v_desk, "Iets uit uw antwoord is teruggestuurd en gewist");
	move(b, b->v_ana, ref, "check");
	assert_page_says(b->v_ana, "De controle is klaar");
	assert_int_equal(count(b, "SELECT count(*) FROM fact WHERE kind = 418 AND category = 11"
	                          " AND phase = 1 AND judgement = 0 AND task = 101"),
	                 1);
	assert_int_equal(count(b, "SELECT count(*) FROM fact WHERE kind = 419"), 0);
	move(b, b->v_cor, ref, "close");
	assert_page_says(b->v_cor, "Afgesloten");
	assert_false(page_says(b->v_cor, "Te veel"));
	visit(b->v_desk, at(b, ref, "/copy"));
	assert_page_says(b->v_desk, "Controle op 1 mei");
	assert_page_says(b->v_desk, "999990019");
	assert_false(page_says(b->v_desk, "Te veel"));
	visit(b->v_desk, "/requests/provisions?month=2026-11");
	assert_page_says(b->v_desk, "Toezicht en handhaving");
	assert_page_says(b->v_desk, "BGS, artikel 2.15");
	visit(b->v_desk, "/requests/provisions?month=2026-11&format=csv");
	assert_page_says(b->v_desk, ref);
	assert_false(page_says(b->v_desk, "Zandwijk"));
	close_bureau(b);
}

static void what_is_wrong_is_told_in_the_order_of_the_form(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	move(b, b->v_desk, ref, "accept");
	send_from(
	    b->v_desk, at(b, ref, ""), at(b, ref, "/items"),
	    "subject=1&part=11&kind=419&task=101&nature=FACT&text=Boete&day=31-2-2026&amount=x");
	const char *const amount = strstr(b->v_desk->page, "Vul een bedrag in");
	const char *const day = strstr(b->v_desk->page, "Vul een datum in die bestaat");
	assert_non_null(amount);
	assert_non_null(day);
	assert_true(amount < day);
	assert_page_says(b->v_desk, "value=\"31-2-2026\" aria-describedby=\"day-problem\"");
	assert_page_says(b->v_desk, "\nBoete</textarea>");
	/* Only at the part that it was meant for. */
	assert_null(strstr(strstr(b->v_desk->page, "\nBoete<") + 1, "\nBoete<"));
	close_bureau(b);
}

static void a_step_that_is_refused_stands_open_with_what_was_typed(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	const char *const extend = at(b, ref, "/move/ask-time");

	send_from(b->v_desk, at(b, ref, ""), extend, "day=1-1-2020");
	assert_int_equal(b->v_desk->code, 400);
	assert_page_says(b->v_desk,
	                 "<p class=\"utrecht-form-field-error-message\" id=\"day-problem\">");
	assert_page_says(b->v_desk, "De termijn loopt al tot die dag, of langer. Kies een dag na");
	assert_page_says(b->v_desk, "name=\"day\" value=\"1-1-2020\"");
	assert_page_says(b->v_desk, "<details class=\"plein-why\" open>");
	send_from(b->v_desk, at(b, ref, ""), extend, "day=");
	assert_page_says(b->v_desk, "Vul in tot welke dag u uitstel vraagt");
	send_from(b->v_desk, at(b, ref, ""), extend, "day=overmorgen");
	assert_page_says(b->v_desk, "value=\"overmorgen\"");
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/move/forward"), "colleague=1");
	assert_page_says(b->v_desk, "id=\"colleague-problem\"");
	close_bureau(b);
}

static void only_who_is_asked_and_who_asks_can_open_it(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = draft(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	struct house_person *other =
	    house_hire(b->h, "loket@duinwaard.example", ROLE_PARTNER_DESK, 0);
	struct house_person *clerk =
	    house_hire(b->h, "indiener@politie.example", ROLE_SUBMITTER, b->h->police_organ);
	struct visitor *v_other = signed_in(b->h, other), *v_clerk = signed_in(b->h, clerk);

	assert_non_null(ref);
	visit(b->v_desk, at(b, ref, "")); /* a draft isn't theirs yet */
	assert_int_equal(b->v_desk->code, 404);
	move(b, b->v_cor, ref, "issue");
	visit(b->v_desk, at(b, ref, ""));
	assert_int_equal(b->v_desk->code, 200);
	visit(v_other, at(b, ref, ""));
	assert_int_equal(v_other->code, 404);
	visit(v_other, "/requests");
	assert_false(page_says(v_other, ref));
	visit(v_clerk, at(b, ref, ""));
	assert_true(v_clerk->code == 403 || v_clerk->code == 404);
	visitor_free(v_other);
	visitor_free(v_clerk);
	close_bureau(b);
}

static enum status block_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct bureau *b = args;
	return db_exec(tx, &BLOCK,
	               DB_ARGS(DB_INT(b->casefile), DB_INT(b->desk->person_id),
	                       DB_INT(b->cor->appointment_id)),
	               NULL, reterr);
}

static void who_is_blocked_from_the_casefile_sees_no_request_of_it(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	visit(b->v_desk, at(b, ref, ""));
	assert_int_equal(b->v_desk->code, 200);
	store_world_run(b->h->store, block_run, b);
	visit(b->v_desk, at(b, ref, ""));
	assert_int_equal(b->v_desk->code, 404);
	visit(b->v_desk, "/requests");
	assert_false(page_says(b->v_desk, ref));
	close_bureau(b);
}

/* The page without what differs by nature: its number and the tokens of its forms. */
static const char *bare(struct bureau *b, const struct visitor *v, const char *ref)
{
	char *to = arena_alloc(&b->h->arena, strlen(v->page) + 1), *end = to;

	for (const char *c = v->page; *c != '\0';) {
		if (strncmp(c, ref, strlen(ref)) == 0) {
			c += strlen(ref);
			continue;
		}
		if (strncmp(c, "name=\"_csrf\" value=\"", 20) == 0 ||
		    strncmp(c, "name=\"_once\" value=\"", 20) == 0)
			c = strchr(c + 20, '"');
		*end++ = *c++;
	}
	*end = '\0';
	return to;
}

static void assert_alike(struct bureau *b, struct visitor *v, const char *one, const char *other)
{
	static const char *const WAYS[] = { "", "/api/v1" };

	for (int i = 0; i < 2; i++) {
		visit(v, arena_printf(&b->h->arena, "%s%s", WAYS[i], at(b, one, "")));
		assert_int_equal(v->code, 200);
		const char *first = bare(b, v, one);
		visit(v, arena_printf(&b->h->arena, "%s%s", WAYS[i], at(b, other, "")));
		assert_int_equal(v->code, 200);
		assert_string_equal(first, bare(b, v, other));
	}
}

static void nobody_but_the_coordinator_tells_a_refusal_from_a_no_hit(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *refused = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	const char *no_hit = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	struct visitor *v_dpo = signed_in(b->h, b->dpo);

	b->v_dec = signed_in(b->h, b->dec);
	b->v_head = signed_in(b->h, b->head);
	for (int i = 0; i < 2; i++) {
		const char *ref = i == 0 ? refused : no_hit;
		move(b, b->v_desk, ref, "accept");
		write_item(b, ref, CONTROL);
		send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/items/1/_remove"), "x=1");
	}
	send_from(b->v_dec, at(b, refused, ""), at(b, refused, "/move/refuse"),
	          "reason=INVESTIGATION&words=Loopt%20nog");
	assert_page_says(b->v_dec, "Alleen de informatiecoördinator ziet dat");
	move(b, b->v_desk, no_hit, "nothing-known");
	for (int closed = 0; closed < 2; closed++) {
		struct visitor *others[] = { b->v_ana, b->v_head, v_dpo, b->v_desk };
		for (int i = 0; i < 4; i++) {
			assert_alike(b, others[i], refused, no_hit);
			assert_false(page_says(others[i], "eweiger"));
			visit(others[i], "/requests");
			assert_false(page_says(others[i], "Geweigerd"));
			assert_false(page_says(others[i], "Niets bekend"));
		}
		visit(b->v_cor, at(b, refused, ""));
		assert_page_says(b->v_cor, "Geweigerd");
		assert_false(page_says(b->v_cor, "Loopt nog"));
		visit(b->v_cor, at(b, refused, "/reason"));
		assert_int_equal(b->v_cor->code, 404);
		visit(b->v_head, at(b, refused, "/reason"));
		assert_page_says(b->v_head, "Een lopend onderzoek");
		assert_page_says(b->v_head, "Loopt nog");
		visit(b->v_head, at(b, no_hit, "/reason"));
		assert_page_says(b->v_head, "geen reden vastgelegd");
		if (closed == 0) {
			move(b, b->v_cor, refused, "close");
			move(b, b->v_cor, no_hit, "close");
		}
	}
	assert_int_equal(count(b, "SELECT count(*) FROM request_audience WHERE state = 9"), 0);
	assert_int_equal(count(b, "SELECT count(*) FROM request_part WHERE state <> 1"), 0);
	visitor_free(v_dpo);
	close_bureau(b);
}

static void a_part_that_is_kept_back_shows_to_others_as_nothing_known(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, CONTROL);
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/parts/_set"),
	          "subject=2&category=11&state=REFUSED");
	move(b, b->v_desk, ref, "answer-partly");
	assert_page_says(b->v_desk, "Uw antwoord is verstuurd");
	visit(b->v_ana, at(b, ref, ""));
	assert_false(page_says(b->v_ana, "Niet verstrekt"));
	assert_false(page_says(b->v_ana, "Deels"));
	assert_false(page_says(b->v_ana, "deels"));
	visit(b->v_cor, at(b, ref, ""));
	assert_page_says(b->v_cor, "Niet verstrekt");
	assert_page_says(b->v_cor, "Deels beantwoord");
	close_bureau(b);
}

static void what_may_not_be_asked_is_refused_at_its_field_and_nothing_typed_is_lost(void **state)
{
	struct bureau *b = open_bureau(*state);

	assert_null(draft(b, b->h->police_organ,
	                  "kind=CONTENT&categories=POLICE_8_13&question=Wat%20weet%20u" ASK_BOTH));
	assert_int_equal(b->v_cor->code, 400);
	assert_page_says(b->v_cor, "Fase 2 is voor deze betrokkene dicht");
	assert_page_says(b->v_cor, "Wat weet u");
	assert_null(draft(b, b->tax_organ,
	                  "kind=CONTENT&categories=INCOME&question=Wat%20verdient%20hij" ASK_BOTH));
	assert_page_says(b->v_cor, "Inkomen mag niet van de Belastingdienst komen");
	assert_null(draft(b, b->h->executive, SUPERVISION ASK_BOTH)); /* not involved */
	assert_page_says(b->v_cor, "niet bij de casus betrokken");
	assert_null(draft(b, b->h->police_organ, SUPERVISION)); /* about nobody */
	assert_page_says(b->v_cor, "Kies over wie of wat het gaat");
	assert_null(draft(b, b->h->police_organ, "kind=CONTENT&question=x" ASK_BOTH));
	assert_page_says(b->v_cor, "Kies welke gegevens u vraagt");
	assert_null(draft(b, b->h->police_organ,
	                  "kind=CONTENT&categories=SUPERVISION&question=Slikt%20hij%20medicijnen"
	                  "%20tegen%20kanker" ASK_BOTH));
	assert_page_says(b->v_cor, "gezondheid");
	agree_phase(b, 0, 2);
	assert_null(draft(b, b->h->police_organ,
	                  "kind=CONTENT&categories=POLICE_8_13&question=Wat%20weet%20u"
	                  "&subjects%5B0%5D.number=1"));
	open_phase(b, 0, 2);
	assert_non_null(draft(b, b->h->police_organ,
	                      "kind=CONTENT&categories=POLICE_8_13&question=Wat%20weet%20u"
	                      "&subjects%5B0%5D.number=1"));
	close_bureau(b);
}

static void an_answer_beside_the_question_is_refused_at_its_field_and_the_rest_kept(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION "&subjects%5B0%5D.number=1");

	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, CONTROL);
	write_item(b, ref,
	           "subject=1&part=11&kind=407&task=101&nature=FACT&text=Rijdt%20in%20een%20bus");
	assert_int_equal(b->v_desk->code, 400);
	assert_page_says(b->v_desk, "niet om gevraagd");
	assert_page_says(b->v_desk, "Rijdt in een bus");
	write_item(b, ref, "subject=2&part=11&kind=418&task=101&nature=FACT&text=x");
	assert_int_equal(b->v_desk->code, 400);
	write_item(b, ref,
	           "subject=1&part=11&kind=418&task=101&nature=FACT&text=Hij%20heeft%20kanker");
	assert_int_equal(b->v_desk->code, 400);
	write_item(b, ref, "subject=1&part=11&kind=418&task=201&nature=FACT&text=x");
	assert_page_says(b->v_desk, "Deze taak hoort niet bij de deelnemer");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 1);
	visit(b->v_desk, at(b, ref, ""));
	assert_page_says(b->v_desk, "Controle op 1 mei");
	close_bureau(b);
}

static void
the_tax_administration_with_income_is_refused_in_words_and_its_debts_are_kept(void **state)
{
	struct bureau *b = open_bureau(*state);
	struct house_person *p = house_hire(b->h, "loket@belasting.example", ROLE_PARTNER_DESK, 0);

	works_for(b, p, b->tax, b->tax_organ);
	open_phase(b, 0, 2);
	const char *ref = asked(b, b->tax_organ,
	                        "kind=CONTENT&categories=TAX&question=Welke%20schulden"
	                        "&subjects%5B0%5D.number=1");
	visitor_free(b->v_desk);
	b->v_desk = signed_in(b->h, p);
	move(b, b->v_desk, ref, "accept");
	write_item(b, ref,
	           "subject=1&part=12&kind=422&task=202&nature=FACT&amount=18.450,00"
	           "&text=Drie%20kwartalen.%20Zijn%20inkomen%20was%2013.440");
	assert_int_equal(b->v_desk->code, 400);
	assert_page_says(b->v_desk, "Inkomen mag niet van de Belastingdienst komen");
	assert_page_says(b->v_desk, "18.450,00");
	write_item(b, ref,
	           "subject=1&part=12&kind=422&task=202&nature=FACT&amount=18.450,00"
	           "&text=Drie%20kwartalen");
	assert_page_says(b->v_desk, "€ 18.450,00");
	close_bureau(b);
}

static void a_row_of_the_list_says_of_which_casefile_it_is_and_since_when(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *drawn = draft(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	visit(b->v_cor, "/requests");
	assert_page_says(b->v_cor, drawn);
	assert_page_says(b->v_cor, b->ref);
	assert_page_says(b->v_cor, "Witwassen en crimineel geld");
	assert_false(page_says(b->v_cor, ", sinds "));
	(void)asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	visit(b->v_desk, "/requests");
	assert_page_says(b->v_desk, b->ref);
	assert_page_says(b->v_desk, ", sinds ");
	assert_false(page_says(b->v_desk, "Witwassen en crimineel geld"));
	close_bureau(b);
}

static void late_is_marked_reminded_and_told_to_the_head_once(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ,
	                        "kind=HIT_NO_HIT" ASK_BOTH); /* due 1 December, a Tuesday */
	struct requests_found found;
	struct error e = { 0 };
	static const struct {
		int day;
		int64_t reminded, late, escalated;
	} DAYS[] = { { 30, 0, 0, 0 }, { 31, 1, 0, 0 }, { 31, 0, 0, 0 }, { 32, 1, 1, 0 },
		     { 33, 0, 0, 0 }, { 38, 1, 0, 1 }, { 39, 0, 0, 0 } };

	for (size_t i = 0; i < sizeof DAYS / sizeof DAYS[0]; i++) {
		const int64_t now = HOUSE_NOW + (DAYS[i].day - 24) * INT64_C(86400000);
		assert_int_equal(requests_due(b->h->store->db, now, &found, &e), OK);
		assert_int_equal(found.reminded, DAYS[i].reminded);
		assert_int_equal(found.late, DAYS[i].late);
		assert_int_equal(found.escalated, DAYS[i].escalated);
	}
	b->v_head = signed_in(b->h, b->head);
	visit(b->v_head, "/");
	assert_page_says(b->v_head, "Bevraging is te laat");
	move(b, b->v_desk, ref, "known"); /* an answer ends it */
	visit(b->v_head, "/");
	assert_false(page_says(b->v_head, "Vijf werkdagen na de termijn"));
	assert_int_equal(count(b, "SELECT count(*) FROM information_request WHERE late = 1"), 0);
	close_bureau(b);
}

static void an_extension_is_asked_given_and_moves_the_last_day(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH); /* due 15 December */

	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/move/ask-time"), "day=14-12-2026");
	assert_int_equal(b->v_desk->code, 400);
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/move/ask-time"), "day=22-12-2026");
	assert_page_says(b->v_desk, "Uitstel gevraagd");
	visit(b->v_cor, "/");
	assert_page_says(b->v_cor, "Uitstel geven of niet");
	move(b, b->v_cor, ref, "give-time");
	assert_page_says(b->v_cor, "Uitstel gegeven");
	assert_page_says(b->v_cor, "22 december");
	visit(b->v_desk, "/news");
	assert_page_says(b->v_desk, "U kreeg uitstel voor een bevraging");
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/move/ask-time"), "day=24-12-2026");
	move(b, b->v_cor, ref, "deny-time");
	visit(b->v_desk, "/news");
	assert_page_says(b->v_desk, "U kreeg geen uitstel");
	close_bureau(b);
}

static void the_desk_hears_that_a_question_was_withdrawn_and_nothing_leads_there(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, "kind=HIT_NO_HIT" ASK_BOTH), *unsent;
	struct requests_found found;
	struct error e = { 0 };

	/* its last day, 1 December: the desk is told that */
	assert_int_equal(
	    requests_due(b->h->store->db, HOUSE_NOW + 7 * INT64_C(86400000), &found, &e), OK);
	assert_int_equal(found.reminded, 1);
	visit(b->v_desk, "/news");
	assert_page_says(b->v_desk, at(b, ref, ""));
	move(b, b->v_cor, ref, "cancel");
	assert_page_says(b->v_cor, "De bevraging is ingetrokken");
	visit(b->v_desk, "/news");
	assert_page_says(b->v_desk, "Een bevraging is ingetrokken: u hoeft niets te doen");
	assert_false(page_says(b->v_desk, at(b, ref, "")));
	unsent = draft(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	move(b, b->v_cor, unsent, "cancel");
	visit(b->v_desk, "/news");
	assert_false(page_says(b->v_desk, unsent)); /* never heard of it */
	close_bureau(b);
}

static enum status leave_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct house_person *who = args;
	return db_exec(tx, &LEAVE, DB_ARGS(DB_INT(who->appointment_id)), NULL, reterr);
}

static void who_gave_it_has_left_then_the_desk_hears_that_it_was_sent_back(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	struct visitor *v_other = signed_in(b->h, b->desk2);

	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, CONTROL);
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/parts/_set"),
	          "subject=2&state=NOTHING_KNOWN");
	move(b, b->v_desk, ref, "answer");
	store_world_run(b->h->store, leave_run, b->desk);
	send_from(b->v_ana, at(b, ref, ""), at(b, ref, "/_judge"),
	          "items%5B0%5D.number=1&items%5B0%5D.judgement=SEND_BACK");
	visit(v_other, "/news");
	assert_page_says(v_other, "Iets uit uw antwoord is teruggestuurd en gewist");
	visitor_free(v_other);
	close_bureau(b);
}

static void a_colleague_takes_over_and_somebody_elsewhere_cannot(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/move/forward"),
	          arena_printf(&b->h->arena, "colleague=%lld", (long long)b->cor->appointment_id));
	assert_int_equal(b->v_desk->code, 400);
	send_from(
	    b->v_desk, at(b, ref, ""), at(b, ref, "/move/forward"),
	    arena_printf(&b->h->arena, "colleague=%lld", (long long)b->desk2->appointment_id));
	assert_page_says(b->v_desk, "Doorgegeven aan uw collega");
	assert_page_says(b->v_desk, "loket2@politie.example");
	close_bureau(b);
}

static void an_addition_after_closing_is_checked_anew(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION "&subjects%5B0%5D.number=1");

	struct visitor *second = signed_in(b->h, b->desk2);

	move(b, b->v_desk, ref, "accept");
	visit(second, at(b, ref, ""));
	move(b, b->v_desk, ref, "nothing-known");
	visitor_send(second, at(b, ref, "/items"), CONTROL); /* after it was handled */
	assert_int_equal(second->code, 409);
	visitor_free(second);
	move(b, b->v_cor, ref, "close");
	move(b, b->v_desk, ref, "add");
	assert_page_says(b->v_desk, "U kunt nu aanvullen");
	write_item(b, ref, CONTROL);
	move(b, b->v_desk, ref, "answer");
	visit(b->v_ana, at(b, ref, ""));
	assert_page_says(b->v_ana, "Nog niet elk gegeven is beoordeeld");
	close_bureau(b);
}

static enum status end_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct bureau *b = args;
	return db_exec(tx, &END_CASEFILE, DB_ARGS(DB_INT(b->casefile)), NULL, reterr);
}

static void nothing_comes_in_once_the_casefile_is_stopped(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION "&subjects%5B0%5D.number=1");

	move(b, b->v_desk, ref, "accept");
	store_world_run(b->h->store, end_run, b);
	write_item(b, ref, CONTROL);
	assert_int_equal(b->v_desk->code, 409);
	assert_page_says(b->v_desk, "De casus is niet meer open");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item"), 0);
	close_bureau(b);
}

static void phase_3_needs_a_second_person_and_shows_to_nobody_by_role(void **state)
{
	struct bureau *b = open_bureau(*state);

	open_phase(b, 0, 3);
	const char *ref = asked(b, b->h->police_organ,
	                        "kind=CONTENT&categories=POLICE_9_10&question=Wat%20loopt%20er"
	                        "&subjects%5B0%5D.number=1");
	visit(b->v_ana, at(b, ref, ""));
	assert_int_equal(b->v_ana->code, 404);
	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, "subject=1&part=16&kind=429&task=101&nature=FACT&text=Loopt");
	assert_page_says(b->v_desk, "In fase 3 is dat verplicht"); /* the grade */
	write_item(b, ref, "subject=1&part=16&kind=429&task=101&nature=FACT&grade=A1&text=Loopt");
	move(b, b->v_desk, ref, "offer");
	assert_page_says(b->v_desk, "Een tweede persoon leest het na en tekent");
	b->v_dec = signed_in(b->h, b->dec);
	visit(b->v_dec, "/");
	assert_page_says(b->v_dec, "Antwoord nalezen en tekenen");
	move(b, b->v_dec, ref, "sign");
	assert_page_says(b->v_dec, "Getekend en verstuurd");
	assert_int_equal(count(b, "SELECT count(*) FROM request_item WHERE state = 2"), 1);
	close_bureau(b);
}

static void a_stale_form_changes_nothing(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	struct visitor *second = signed_in(b->h, b->desk2);

	visit(second, at(b, ref, ""));
	move(b, b->v_desk, ref, "accept");
	visitor_send(second, at(b, ref, "/move/nothing-known"), "x=1");
	assert_int_equal(second->code, 409);
	assert_int_equal(count(b, "SELECT count(*) FROM information_request WHERE state = 3"), 1);
	visitor_free(second);
	close_bureau(b);
}

static void how_long_partners_take_stands_in_one_table(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	(void)asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	move(b, b->v_desk, ref, "nothing-known");
	visit(b->v_cor, "/requests/ageing?format=csv");
	assert_page_says(b->v_cor, "Politie;1;0;2026-12-15;1;0");
	visit(b->v_desk, "/requests/ageing");
	assert_int_equal(b->v_desk->code, 404);
	close_bureau(b);
}

static void the_casefile_lists_its_requests_to_who_may_see_both(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);
	const char *path = arena_printf(&b->h->arena, "/casefiles/%s/requests", b->ref);

	visit(b->v_ana, path);
	assert_page_says(b->v_ana, ref);
	assert_page_says(b->v_ana, "Schrijf een bevraging");
	visit(b->v_ana, arena_printf(&b->h->arena, "/casefiles/%s", b->ref));
	assert_page_says(b->v_ana, path);
	visit(b->v_desk, path); /* the desk sees its request, not the casefile */
	assert_int_equal(b->v_desk->code, 404);
	close_bureau(b);
}

static void who_can_open_a_request_is_told_with_the_reason(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	visit(b->v_desk, at(b, ref, "/who-sees"));
	assert_int_equal(b->v_desk->code, 200);
	assert_page_says(b->v_desk, "ana@riec.example");
	assert_page_says(b->v_desk, "beslist@politie.example");
	assert_page_says(b->v_desk, "loket2@politie.example");
	store_world_run(b->h->store, block_run, b);
	visit(b->v_cor, at(b, ref, "/who-sees"));
	assert_false(page_says(b->v_cor, "loket@politie.example"));
	assert_page_says(b->v_cor, "loket2@politie.example");
	visit(b->v_cor, at(b, ref, "/access-log"));
	assert_int_equal(b->v_cor->code, 200);
	close_bureau(b);
}

#define T(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(a_partner_is_asked_answers_is_checked_and_the_rest_is_sent_back),
		T(what_is_wrong_is_told_in_the_order_of_the_form),
		T(a_step_that_is_refused_stands_open_with_what_was_typed),
		T(only_who_is_asked_and_who_asks_can_open_it),
		T(who_is_blocked_from_the_casefile_sees_no_request_of_it),
		T(nobody_but_the_coordinator_tells_a_refusal_from_a_no_hit),
		T(a_part_that_is_kept_back_shows_to_others_as_nothing_known),
		T(what_may_not_be_asked_is_refused_at_its_field_and_nothing_typed_is_lost),
		T(an_answer_beside_the_question_is_refused_at_its_field_and_the_rest_kept),
		T(the_tax_administration_with_income_is_refused_in_words_and_its_debts_are_kept),
		T(a_row_of_the_list_says_of_which_casefile_it_is_and_since_when),
		T(late_is_marked_reminded_and_told_to_the_head_once),
		T(an_extension_is_asked_given_and_moves_the_last_day),
		T(the_desk_hears_that_a_question_was_withdrawn_and_nothing_leads_there),
		T(who_gave_it_has_left_then_the_desk_hears_that_it_was_sent_back),
		T(a_colleague_takes_over_and_somebody_elsewhere_cannot),
		T(an_addition_after_closing_is_checked_anew),
		T(nothing_comes_in_once_the_casefile_is_stopped),
		T(phase_3_needs_a_second_person_and_shows_to_nobody_by_role),
		T(the_casefile_lists_its_requests_to_who_may_see_both),
		T(who_can_open_a_request_is_told_with_the_reason),
		T(a_stale_form_changes_nothing),
		T(how_long_partners_take_stands_in_one_table),
	};
	return cmocka_run_group_tests_name("requests", tests, NULL, NULL);
}
