/* One question to several partners in one act, drafts that change, files and words that only look wrong. */
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

#define WHY "&necessity=Zonder%20deze%20gegevens%20weten%20wij%20niet%20of%20het%20klopt"
#define ONE "&subjects%5B0%5D.number=1"

/* What is asked of the police and of the tax administration at once. */
static void ask_both(struct bureau *b, const char *fields)
{
	send_from(
	    b->v_cor, arena_printf(&b->h->arena, "/requests/new?casefile=%s", b->ref), "/requests",
	    arena_printf(&b->h->arena,
	                 "casefile=%s&organs%%5B0%%5D.organ=%lld&organs%%5B1%%5D.organ=%lld"
	                 "&kind=CONTENT%s",
	                 b->ref, (long long)b->h->police_organ, (long long)b->tax_organ, fields));
}

static const char *casefile_requests(struct bureau *b)
{
	return arena_printf(&b->h->arena, "/casefiles/%s/requests", b->ref);
}

static int by_api(struct bureau *b, const struct house_person *p, const char *path,
                  const char *json)
{
	struct reply r =
	    client_request(b->h->port, "POST", arena_printf(&b->h->arena, "/api/v1%s", path),
	                   house_bearer(b->h, p), json);
	const int code = r.code;

	reply_free(&r);
	return code;
}

/* ---- several at once ------------------------------------------------------------------------------- */

static void one_question_goes_to_several_and_each_is_asked_for_what_he_may_give(void **state)
{
	struct bureau *b = open_bureau(*state);

	open_phase(b, 0, 2);
	ask_both(b, "&categories=SUPERVISION&categories=TAX&question=Wat%20is%20bekend" WHY ONE
	            "&issue=true");
	assert_int_equal(b->v_cor->code, 200);
	assert_page_says(b->v_cor, "2 bevragingen zijn uitgezet");
	assert_page_says(b->v_cor, "Niet gevraagd aan politie: Fiscale");
	assert_int_equal(count(b, "SELECT count(*) FROM information_request WHERE state = 2"), 2);
	assert_int_equal(count(b, "SELECT count(*) FROM request_part WHERE category = 12"), 1);
	assert_int_equal(count(b, "SELECT count(*) FROM request_part WHERE category = 11"), 2);
	visit(b->v_desk, "/requests");
	assert_page_says(b->v_desk, "Uitgezet");
	visit(b->v_desk, "/");
	assert_page_says(b->v_desk, "V-2026-"); /* it waits at the desk */
	close_bureau(b);
}

static void whom_one_may_ask_nothing_of_it_is_named_and_nobody_is_asked(void **state)
{
	struct bureau *b = open_bureau(*state);

	open_phase(b, 0, 2);
	ask_both(b, "&categories=TAX&question=Welke%20schulden" WHY ONE);
	assert_int_equal(b->v_cor->code, 400);
	assert_page_says(b->v_cor, "kunt u dit niet vragen");
	assert_page_says(b->v_cor, "Welke schulden"); /* nothing typed is lost */
	ask_both(b, "&categories=POLICE_9_10&question=Wat%20loopt%20er" WHY ONE);
	assert_int_equal(b->v_cor->code, 400);
	assert_page_says(b->v_cor, "Fase 3 is voor deze betrokkene dicht");
	assert_int_equal(count(b, "SELECT count(*) FROM information_request"), 0);
	close_bureau(b);
}

static void a_question_that_may_be_needed_is_never_called_optional(void **state)
{
	struct bureau *b = open_bureau(*state);

	visit(b->v_cor, arena_printf(&b->h->arena, "/requests/new?casefile=%s", b->ref));
	assert_int_equal(b->v_cor->code, 200);
	assert_page_says(b->v_cor, "for=\"question\">");
	assert_false(page_says(b->v_cor, "(mag leeg)"));
	close_bureau(b);
}

static void the_analyst_writes_them_and_the_coordinator_sends_all_at_once(void **state)
{
	struct bureau *b = open_bureau(*state);
	struct visitor *v_cor = b->v_cor;
	const char *out = arena_printf(&b->h->arena, "%s/_issue", casefile_requests(b));

	b->v_cor = b->v_ana;
	ask_both(b, "&categories=SUPERVISION&question=Wat%20is%20bekend" WHY ONE "&issue=true");
	assert_int_equal(b->v_ana->code, 400);
	assert_page_says(b->v_ana, "De informatiecoördinator zet uit");
	ask_both(b, "&categories=SUPERVISION&question=Wat%20is%20bekend" WHY ONE);
	assert_page_says(b->v_ana, "2 concepten zijn bewaard");
	assert_false(page_says(b->v_ana, "Zet alle 2 concepten uit"));
	assert_int_equal(by_api(b, b->ana, out, "{}"), 403);
	b->v_cor = v_cor;
	visit(b->v_cor, casefile_requests(b));
	assert_page_says(b->v_cor, "Zet alle 2 concepten uit");
	visitor_send(b->v_cor, out, "x=1");
	assert_page_says(b->v_cor, "2 van 2 bevragingen zijn uitgezet");
	assert_int_equal(by_api(b, b->cor, out, "{}"), 409);
	close_bureau(b);
}

/* ---- a draft ----------------------------------------------------------------------------------------- */

static void a_draft_is_written_anew_until_it_is_out(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = draft(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	visit(b->v_ana, at(b, ref, ""));
	assert_page_says(b->v_ana, "Wijzig het concept");
	visit(b->v_ana, at(b, ref, "/redraft"));
	assert_page_says(b->v_ana, "Welke controles waren er");
	visitor_send(b->v_ana, at(b, ref, "/_redraft"),
	             "kind=CONTENT&categories=VEHICLE&question=Welke%20bussen" WHY ONE);
	assert_page_says(b->v_ana, "Het concept is gewijzigd");
	assert_page_says(b->v_ana, "Welke bussen");
	assert_false(page_says(b->v_ana, "Welke controles"));
	assert_int_equal(count(b, "SELECT count(*) FROM request_part"), 1);
	assert_int_equal(count(b, "SELECT count(*) FROM request_part WHERE category = 4"), 1);
	visit(b->v_cor, at(b, ref, "/redraft"));
	visitor_send(b->v_cor, at(b, ref, "/_redraft"),
	             "kind=CONTENT&categories=POLICE_9_10&question=x" WHY ONE);
	assert_int_equal(b->v_cor->code, 400);
	assert_page_says(b->v_cor, "Fase 3 is voor deze betrokkene dicht");
	visitor_send(b->v_cor, at(b, ref, "/_redraft"),
	             "kind=CONTENT&categories=VEHICLE&question=Welke%20auto" WHY ONE "&issue=true");
	assert_page_says(b->v_cor, "De bevraging is uitgezet");
	assert_int_equal(by_api(b, b->cor, at(b, ref, "/_redraft"), "{}"), 409);
	visit(b->v_desk, at(b, ref, ""));
	assert_page_says(b->v_desk, "Welke auto");
	visit(b->v_desk, at(b, ref, "/redraft"));
	assert_true(b->v_desk->code == 403 || b->v_desk->code == 404);
	close_bureau(b);
}

/* ---- words that only look wrong ------------------------------------------------------------------------ */

#define CLINIC "subject=1&part=11&kind=418&task=101&nature=FACT&text=Controle%20in%20pand%20Kanker"

static void words_that_only_look_wrong_stay_and_the_reader_sees_why(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *ref = asked(b, b->h->police_organ, SUPERVISION ASK_BOTH);

	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, CLINIC);
	assert_int_equal(b->v_desk->code, 400);
	assert_page_says(b->v_desk, "Waarom mogen deze woorden blijven staan?");
	write_item(b, ref, CLINIC "&settled=Zo%20heet%20dat%20pand%20bij%20het%20Kadaster");
	assert_page_says(b->v_desk, "Bewaard. Nog niet verstuurd.");
	assert_page_says(b->v_desk, "Bewust zo geschreven: Zo heet dat pand");
	send_from(b->v_desk, at(b, ref, ""), at(b, ref, "/parts/_set"),
	          "subject=2&state=NOTHING_KNOWN");
	move(b, b->v_desk, ref, "answer");
	visit(b->v_ana, at(b, ref, ""));
	assert_page_says(b->v_ana, "Bewust zo geschreven: Zo heet dat pand");
	send_from(b->v_ana, at(b, ref, ""), at(b, ref, "/_judge"),
	          "items%5B0%5D.number=1&items%5B0%5D.judgement=SEND_BACK");
	assert_false(page_says(b->v_ana, "Zo heet dat pand"));
	assert_int_equal(count(b, "SELECT count(*) FROM request_item WHERE settled IS NOT NULL"),
	                 0);
	close_bureau(b);
}

static void a_question_that_only_looks_wrong_goes_out_with_its_reason(void **state)
{
	struct bureau *b = open_bureau(*state);
	const char *words = "kind=CONTENT&categories=SUPERVISION&question=Wat%20zag%20u%20in"
			    "%20pand%20Kanker" ONE;

	assert_null(draft(b, b->h->police_organ, words));
	assert_page_says(b->v_cor, "Waarom mogen deze woorden blijven staan?");
	const char *ref =
	    asked(b, b->h->police_organ,
	          arena_printf(&b->h->arena, "%s&settled=Zo%%20heet%%20dat%%20pand", words));
	visit(b->v_desk, at(b, ref, ""));
	assert_page_says(b->v_desk, "Bewust zo geschreven: Zo heet dat pand");
	close_bureau(b);
}

/* ---- phase 3 ------------------------------------------------------------------------------------------- */

static void of_phase_3_the_coordinator_who_asked_checks_and_no_analyst_meets_it(void **state)
{
	struct bureau *b = open_bureau(*state);

	open_phase(b, 0, 3);
	const char *ref =
	    asked(b, b->h->police_organ,
	          "kind=CONTENT&categories=POLICE_9_10&question=Wat%20loopt%20er" ONE);
	move(b, b->v_desk, ref, "accept");
	write_item(b, ref, "subject=1&part=16&kind=429&task=101&nature=FACT&grade=A1&text=Loopt");
	move(b, b->v_desk, ref, "offer");
	b->v_dec = signed_in(b->h, b->dec);
	move(b, b->v_dec, ref, "sign");
	visit(b->v_cor, "/");
	assert_page_says(b->v_cor, ref); /* it waits for who asked */
	send_from(b->v_cor, at(b, ref, ""), at(b, ref, "/_judge"),
	          "items%5B0%5D.number=1&items%5B0%5D.judgement=KEEP");
	move(b, b->v_cor, ref, "check");
	assert_page_says(b->v_cor, "De controle is klaar");
	assert_int_equal(count(b, "SELECT count(*) FROM fact WHERE category = 16 AND phase = 3"),
	                 1);
	visit(b->v_ana, at(b, ref, ""));
	assert_int_equal(b->v_ana->code, 404);
	const char *light = asked(b, b->h->police_organ, SUPERVISION ONE);
	move(b, b->v_desk, light, "accept");
	write_item(b, light, CONTROL);
	move(b, b->v_desk, light, "answer");
	assert_int_equal(by_api(b, b->cor, at(b, light, "/_judge"), "{\"_version\":1}"),
	                 409); /* that is the analyst's */
	close_bureau(b);
}

#define T(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(one_question_goes_to_several_and_each_is_asked_for_what_he_may_give),
		T(whom_one_may_ask_nothing_of_it_is_named_and_nobody_is_asked),
		T(a_question_that_may_be_needed_is_never_called_optional),
		T(the_analyst_writes_them_and_the_coordinator_sends_all_at_once),
		T(a_draft_is_written_anew_until_it_is_out),
		T(words_that_only_look_wrong_stay_and_the_reader_sees_why),
		T(a_question_that_only_looks_wrong_goes_out_with_its_reason),
		T(of_phase_3_the_coordinator_who_asked_checks_and_no_analyst_meets_it),
	};
	return cmocka_run_group_tests_name("request writing", tests, NULL, NULL);
}
