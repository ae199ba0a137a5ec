/* An advice from draft to final by those who make it, and what nobody can do. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advice/advice_end.h"
#include "advice/advice_write.h"
#include "advice/advices_due.h"
#include "advice_room.h"
#include "law/law.h"
#include "subjects/casefile_subject.h"

/* ---- promises ------------------------------------------------------------------------------------- */

static void an_advice_is_written_asked_signed_by_two_and_submitted(void **state)
{
	struct room *r = open_room(state);
	struct bureau *b = r->b;

	visit(b->v_ana, tab(r));
	assert_page_says(b->v_ana, "Er is nog geen advies");
	begin(r, b->v_ana);
	assert_int_equal(number(r, "SELECT state FROM casefile WHERE activity = 2"), 3);
	assert_int_equal(asked_of_api(r, b->ana, "sign", "", "conclusie is nog leeg"), 409);
	write_words(r);
	propose(r, "instrument=301&weight=LIGHT",
	        b->h->police_organ); /* half a proposal may stand */
	assert_page_says(b->v_ana, "Nog niet compleet");
	assert_page_says(b->v_ana, "Wetboek van Strafvordering"); /* the table's own basis */
	assert_int_equal(asked_of_api(r, b->ana, "ask", "", "mist de grondslag"), 409);
	send_from(b->v_ana, page_of(r, "/proposals/1/edit"), page_of(r, "/proposals/1"), again(r));
	assert_page_says(b->v_ana, "Onderzoek naar de opslag");
	advice_move_by(r, b->v_ana, "ask", "");
	visit(b->v_ana, "/advices");
	assert_page_says(b->v_ana, ", door "); /* what is proposed, and who leads it */
	visit(b->v_desk, "/advices");
	assert_page_says(b->v_desk, "Een vraag aan uw organisatie");
	assert_false(page_says(b->v_desk, ", door "));
	visit(b->v_desk, "/");
	assert_page_says(b->v_desk, "Kan uw organisatie dit?");
	visit(b->v_dec, "/");
	assert_page_says(b->v_dec, "Bezwaar of geen bezwaar");
	everybody_agrees(r);
	visit(b->v_desk, "/");
	assert_false(page_says(b->v_desk, "Kan uw organisatie dit?"));
	advice_move_by(r, b->v_ana, "sign", "");
	visit(r->v_head, "/");
	assert_page_says(r->v_head, "Advies lezen en tekenen");
	assert_int_equal(asked_of_api(r, b->ana, "confirm", "", "U tekende al als eerste"), 409);
	advice_move_by(r, r->v_head, "confirm", "");
	assert_page_says(r->v_head, "Onveranderd sinds de tweede handtekening");
	assert_int_equal(number(r, "SELECT state FROM casefile WHERE activity = 2"), 4);
	assert_int_equal(number(r, "SELECT count(DISTINCT person_id) FROM advice_signature"), 2);
	assert_int_equal(number(r, "SELECT count(*) FROM advice WHERE digest IS NOT NULL"), 1);
	close_room(r);
}

static void an_objection_stands_in_the_way_until_somebody_handled_it(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	post(r, b->v_desk, "/proposals/1/_answer", "answer=YES&named=YES");
	struct reply desk = client_request(
	    b->h->port, "POST", arena_printf(&b->h->arena, "/api/v1/advices/%s/objection", r->ref),
	    house_bearer(b->h, b->desk),
	    "{\"_version\":1,\"answer\":\"OBJECTION\",\"named\":\"NO\"}");
	assert_int_equal(desk.code, 409); /* a desk doesn't decide */
	reply_free(&desk);
	post(r, b->v_dec, "/objection", "answer=OBJECTION&named=NO&reason=Loopt%20nog%20onderzoek");
	assert_page_says(b->v_dec, "Uw bezwaar staat vast");
	assert_int_equal(asked_of_api(r, b->ana, "sign", "", "heeft bezwaar"), 409);
	visit(b->v_ana, page_of(r, ""));
	assert_page_says(b->v_ana, "Een deelnemer heeft bezwaar");
	assert_page_says(b->v_ana, "Loopt nog onderzoek");
	visit(b->v_cor, page_of(r, ""));
	assert_false(page_says(b->v_cor, "Loopt nog onderzoek"));
	visit(b->v_ana, "/");
	assert_page_says(b->v_ana, "Bezwaar behandelen");
	const char *handle =
	    arena_printf(&b->h->arena, "/sources/%lld/_handle",
	                 (long long)number(r, "SELECT id FROM advice_source WHERE state = 3"));
	post(r, b->v_ana, handle, "x=1");
	assert_int_equal(b->v_ana->code, 400);
	post(r, b->v_ana, handle, "how=TAKEN_BACK&reason=Gesproken%20met%20de%20beslisser");
	assert_page_says(b->v_ana, "Vastgelegd hoe het bezwaar is behandeld");
	advice_move_by(r, b->v_ana, "sign", "");
	assert_page_says(b->v_ana, "U tekende");
	close_room(r);
}

struct another_fact {
	int64_t casefile_id, now_ms;
	struct sealed_known_fact sealed;
};

static enum status another_fact_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct another_fact *x = args;
	return casefile_fact_add(tx, x->casefile_id, &x->sealed, x->now_ms, reterr);
}

/* A fact of the police about the first subject comes now. */
static void another_fact(struct room *r)
{
	struct house *h = r->b->h;
	struct another_fact x = { .casefile_id = r->b->casefile, .now_ms = h->clock.fixed_ms };
	const struct fact_new fact = { .kind = 418,
		                       .category = CATEGORY_SUPERVISION,
		                       .phase = 1,
		                       .text = "Er staat een loods bij",
		                       .task = 901,
		                       .participant_id = h->police,
		                       .organ_id = h->police_organ,
		                       .appointment_id = r->b->ana->appointment_id };
	struct db_read *read = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &read, &e), OK);
	assert_int_equal(casefile_fact_seal(read, h->plein.keyring, r->b->casefile, 1, &fact,
	                                    x.now_ms, &h->arena, &x.sealed, &e),
	                 OK);
	db_read_end(read);
	store_world_run(h->store, another_fact_run, &x);
}

static const struct db_stmt CORRECTED = {
	"test_corrected", "bi",
	"INSERT INTO fact_correction (uuid, casefile_id, fact_id, kind, reason, corrected_by,"
	" corrected_at) SELECT $1, p.casefile_id, f.id, 2, $1, f.recorded_by, 1 FROM fact f"
	" JOIN presence p ON p.id = f.presence_id WHERE f.id = $2"
};
static enum status corrected_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *fact = args;
	const struct uuid uuid = uuid_random();

	return db_exec(tx, &CORRECTED, DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(*fact)),
	               NULL, reterr);
}

/* The newest fact, which is of the police, turns out wrong. */
static void newest_is_corrected(struct room *r)
{
	int64_t fact = number(r, "SELECT max(id) FROM fact");

	store_world_run(r->b->h->store, corrected_run, &fact);
}

static void who_answered_is_asked_again_once_facts_of_his_came_or_changed(void **state)
{
	static void (*const CHANGES[])(struct room *) = { another_fact, newest_is_corrected };
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	everybody_agrees(r);
	for (int64_t i = 0; i < 2; i++) {
		visit(b->v_dec, page_of(r, ""));
		assert_false(page_says(b->v_dec, "U antwoordde al eerder"));
		b->h->clock.fixed_ms += 60000;
		CHANGES[i](r);
		assert_int_equal(asked_of_api(r, b->ana, "sign", "", "kwamen er gegevens"), 409);
		advice_move_by(r, b->v_ana, "ask", "");
		assert_page_says(b->v_ana, "Wat bronnen eerder antwoordden");
		assert_int_equal(number(r, "SELECT count(*) FROM advice_source_before"), i + 1);
		assert_int_equal(asked_of_api(r, b->ana, "sign", "", "kan nog bezwaar"), 409);
		visit(b->v_dec, page_of(r, ""));
		assert_page_says(b->v_dec, "U antwoordde al eerder");
		visit(b->v_dec, "/");
		assert_page_says(b->v_dec, "Bezwaar of geen bezwaar");
		post(r, b->v_dec, "/objection", "answer=NO_OBJECTION&named=NO");
		assert_page_says(b->v_dec, "U heeft geen bezwaar");
	}
	advice_move_by(r, b->v_ana, "sign", "");
	assert_page_says(b->v_ana, "U tekende");
	close_room(r);
}

static void an_objection_that_was_handled_stays_when_its_source_is_asked_again(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	post(r, b->v_desk, "/proposals/1/_answer", "answer=YES&named=YES");
	post(r, b->v_dec, "/objection", "answer=OBJECTION&named=NO&reason=Loopt%20nog%20onderzoek");
	post(r, b->v_ana,
	     arena_printf(&b->h->arena, "/sources/%lld/_handle",
	                  (long long)number(r, "SELECT id FROM advice_source WHERE state = 3")),
	     "how=TAKEN_BACK&reason=Gesproken%20met%20de%20beslisser");
	another_fact(r);
	advice_move_by(r, b->v_ana, "ask", "");
	assert_page_says(b->v_ana, "Loopt nog onderzoek");
	assert_page_says(b->v_ana, "Gesproken met de beslisser");
	visit(b->v_cor, page_of(r, ""));
	assert_page_says(b->v_cor, "Gesproken met de beslisser");
	assert_false(page_says(b->v_cor, "Loopt nog onderzoek"));
	close_room(r);
}

static void on_paper_it_has_a_number_that_stands_with_the_copies_of_its_casefile(void **state)
{
	static const char *const PAPERS[] = { "/print", "/odt", "/pdf" };
	struct room *r = final_room(state);
	struct bureau *b = r->b;
	const char *copies = arena_printf(&b->h->arena, "/casefiles/%s/copies", b->ref);

	visit(b->v_cor, copies);
	assert_false(page_says(b->v_cor, r->ref));
	for (int64_t i = 0; i < 3; i++) {
		visit(b->v_ana, page_of(r, PAPERS[i]));
		assert_int_equal(b->v_ana->code, 200);
		assert_int_equal(number(r, "SELECT count(*) FROM copy WHERE object_kind = 41"),
		                 i + 1);
	}
	visit(b->v_ana, page_of(r, "/print"));
	const char *mark = strstr(b->v_ana->page, "Exemplaar K-");
	assert_non_null(mark);
	const char *paper = arena_strndup(&b->h->arena, mark + strlen("Exemplaar "), 14);
	visit(b->v_cor, copies);
	assert_page_says(b->v_cor, paper);
	assert_page_says(b->v_cor, r->ref);
	visit(b->v_cor, arena_printf(&b->h->arena, "%s/%s", copies, paper));
	assert_int_equal(b->v_cor->code, 200);
	assert_page_says(b->v_cor, "geen gegevens over personen");
	close_room(r);
}

static void a_fact_it_cites_that_turns_out_wrong_changes_nothing_that_was_signed(void **state)
{
	struct room *r = final_room(state);
	struct bureau *b = r->b;
	int64_t cited = number(r, "SELECT min(f.id) FROM fact f JOIN advice_fact c"
	                          " ON c.fact_uuid = f.uuid");

	assert_true(cited > 0);
	visit(r->v_head, page_of(r, ""));
	assert_page_says(r->v_head, "Onveranderd sinds de tweede handtekening");
	visit(b->v_ana, page_of(r, ""));
	assert_page_says(b->v_ana, "Waar het op rust");
	assert_false(page_says(b->v_ana, "Klopt niet meer"));
	store_world_run(b->h->store, corrected_run, &cited);
	visit(b->v_ana, page_of(r, ""));
	assert_page_says(b->v_ana, "Klopt niet meer");
	visit(r->v_head, page_of(r, ""));
	assert_int_equal(r->v_head->code, 200);
	assert_page_says(r->v_head, "Onveranderd sinds de tweede handtekening");
	assert_page_says(r->v_head, "Pak de opslag samen aan");
	visit(b->v_ana, page_of(r, "/print"));
	assert_int_equal(b->v_ana->code, 200);
	assert_int_equal(number(r, "SELECT state FROM advice"), 3);
	close_room(r);
}

static const struct db_stmt DESTROYED = { "test_destroyed", "i", "DELETE FROM fact WHERE id = $1" };
static enum status destroyed_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *fact = args;

	return db_exec(tx, &DESTROYED, DB_ARGS(DB_INT(*fact)), NULL, reterr);
}

static void a_fact_it_cites_that_is_destroyed_is_told_to_who_could_read_it(void **state)
{
	static const char GONE[] = "Een gegeven waar het op rust, is vernietigd.";
	struct room *r = final_room(state);
	struct bureau *b = r->b;
	int64_t cited = number(r, "SELECT min(f.id) FROM fact f JOIN advice_fact c"
	                          " ON c.fact_uuid = f.uuid");

	visit(b->v_ana, page_of(r, ""));
	assert_false(page_says(b->v_ana, GONE));
	store_world_run(b->h->store, destroyed_run, &cited);
	visit(b->v_ana, page_of(r, ""));
	assert_page_says(b->v_ana, GONE);
	assert_page_says(b->v_ana, "Onveranderd sinds de tweede handtekening");
	visit(b->v_desk, page_of(r, "")); /* an owner: reads no facts of the casefile */
	assert_int_equal(b->v_desk->code, 200);
	assert_false(page_says(b->v_desk, GONE));
	close_room(r);
}

static void silence_is_no_objection_once_the_term_is_over(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	post(r, b->v_desk, "/proposals/1/_answer", "answer=YES&named=YES");
	assert_int_equal(asked_of_api(r, b->ana, "sign", "", "kan nog bezwaar maken"), 409);
	b->h->clock.fixed_ms += INT64_C(86400000) * 7; /* due on Tuesday 1 December: not over yet */
	assert_int_equal(asked_of_api(r, b->ana, "sign", "", "kan nog bezwaar maken"), 409);
	b->h->clock.fixed_ms += INT64_C(86400000);
	assert_int_equal(asked_of_api(r, b->ana, "sign", "", NULL), 204);
	assert_int_equal(number(r, "SELECT count(*) FROM advice_source WHERE state = 4"), 1);
	close_room(r);
}

static void an_owner_who_cannot_stops_it_and_a_change_asks_anew(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	post(r, b->v_desk, "/proposals/1/_answer", "answer=OTHER_HOURS");
	assert_int_equal(b->v_desk->code, 400); /* all problems at once */
	assert_page_says(b->v_desk, "Vul in hoeveel uur u wel kunt geven");
	assert_page_says(b->v_desk, "Schrijf kort waarom");
	assert_page_says(b->v_desk, "Kies of het advies u mag noemen");
	post(r, b->v_desk, "/proposals/1/_answer", "answer=NO&named=NO&reason=Geen%20capaciteit");
	post(r, b->v_dec, "/objection", "answer=NO_OBJECTION&named=NO");
	assert_int_equal(asked_of_api(r, b->ana, "sign", "", "niet uitvoeren"), 409);
	send_from(b->v_ana, page_of(r, "/proposals/1/edit"), page_of(r, "/proposals/1"), again(r));
	assert_page_says(b->v_ana, "Vraag de eigenaar opnieuw");
	assert_false(page_says(b->v_ana, "Geen capaciteit"));
	visit(b->v_desk, page_of(r, "")); /* nothing is asked of it any more */
	assert_false(page_says(b->v_desk, "Onderzoek naar de opslag"));
	advice_move_by(r, b->v_ana, "ask", "");
	post(r, b->v_desk, "/proposals/1/_answer",
	     "answer=OTHER_HOURS&hours=80&named=YES&reason=Minder%20mensen");
	visit(b->v_ana, page_of(r, ""));
	assert_page_says(b->v_ana, "80 uur");
	advice_move_by(r, b->v_ana, "sign", "");
	assert_page_says(b->v_ana, "U tekende");
	close_room(r);
}

static void everything_that_is_wrong_with_a_proposal_is_said_at_once_and_kept(void **state)
{
	struct room *r = open_room(state);
	struct bureau *b = r->b;

	begin(r, b->v_ana);
	propose(r,
	        "instrument=101&weight=HEAVY&hours=-3&wantedDay=1-3-2020&waitsFor=9"
	        "&coOwners%5B0%5D.organ=999&approach=Praat%20met%20Milan%20Zandwijk"
	        "&effect=Hij%20slikt%20medicijnen%20tegen%20kanker",
	        b->h->police_organ);
	assert_int_equal(b->v_ana->code, 400);
	assert_page_says(b->v_ana, "Deze deelnemer heeft die bevoegdheid niet");
	assert_page_says(b->v_ana, "aantal uren in van 1");
	assert_page_says(b->v_ana, "Deze dag is al voorbij");
	assert_page_says(b->v_ana, "Kies een ander voorstel uit dit advies");
	assert_page_says(b->v_ana, "Haal de naam uit de tekst");
	assert_page_says(b->v_ana, "gezondheid");
	assert_page_says(b->v_ana, "Praat met Milan Zandwijk");
	propose(r, "instrument=999&hours=x", 0);
	assert_int_equal(b->v_ana->code, 400);
	assert_page_says(b->v_ana, "Kies een instrument uit de lijst");
	propose(r, INQUIRY, b->h->executive); /* not involved */
	assert_page_says(b->v_ana, "die bij de casus betrokken is");
	assert_int_equal(number(r, "SELECT count(*) FROM advice_proposal"), 0);
	close_room(r);
}

static void who_is_late_changes_nothing(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;
	struct visitor *second =
	    signed_in(b->h, house_hire(b->h, "ana2@riec.example", ROLE_ANALYST, 0));

	visit(second, page_of(r, "/text"));
	write_words(r);
	visitor_send(second, page_of(r, "/text"), "conclusion=Iets%20anders");
	assert_int_equal(second->code, 409);
	visit(second, page_of(r, "/proposals/1/edit"));
	post(r, b->v_desk, "/proposals/1/_answer", "answer=YES&named=YES");
	visitor_send(second, page_of(r, "/proposals/1"), again(r));
	assert_int_equal(second->code, 409);
	post(r, b->v_dec, "/objection", "answer=NO_OBJECTION&named=NO");
	visit(second, page_of(r, "")); /* reads, and then a fact is taken up */
	send_from(b->v_ana, page_of(r, "/facts"), page_of(r, "/facts"),
	          arena_printf(&b->h->arena, "facts%%5B0%%5D.id=%lld",
	                       (long long)number(r, "SELECT min(id) FROM fact")));
	visitor_send(second, page_of(r, "/move/sign"), "revision=1");
	assert_int_equal(second->code, 409);
	assert_int_equal(number(r, "SELECT count(*) FROM advice_signature"), 0);
	visit(second, page_of(r, ""));
	advice_move_by(r, b->v_ana, "sign", "");
	visitor_send(second, page_of(r, "/proposals/1/_remove"), "x=1"); /* it's signed */
	assert_int_equal(second->code, 409);
	assert_int_equal(number(r, "SELECT count(*) FROM advice_proposal"), 1);
	visitor_free(second);
	close_room(r);
}

static void what_is_changed_behind_the_signatures_is_told(void **state)
{
	struct room *r = final_room(state);

	visit(r->v_head, page_of(r, ""));
	assert_page_says(r->v_head, "Onveranderd sinds de tweede handtekening");
	set(r, &ADVICE_SPOIL, number(r, "SELECT id FROM advice"), 0);
	visit(r->v_head, page_of(r, ""));
	assert_false(page_says(r->v_head, "Onveranderd sinds de tweede handtekening"));
	assert_page_says(r->v_head, "Dit is niet meer wat twee personen tekenden");
	close_room(r);
}

static void a_final_advice_is_withdrawn_with_a_reason_and_the_next_one_begins(void **state)
{
	struct room *r = final_room(state);
	struct bureau *b = r->b;
	const char *first = r->ref;

	advice_move_by(r, r->v_head, "withdraw", "");
	assert_int_equal(r->v_head->code, 400);
	assert_page_says(r->v_head, "Schrijf waarom u het advies intrekt");
	advice_move_by(r, r->v_head, "withdraw", "&reason=Het%20pand%20is%20verkocht");
	assert_page_says(r->v_head, "Het pand is verkocht");
	assert_int_equal(number(r, "SELECT state FROM casefile WHERE activity = 2"), 3);
	visit(b->v_desk, page_of(r, ""));
	assert_int_equal(b->v_desk->code, 404);
	begin(r, b->v_ana);
	assert_string_not_equal(first, r->ref);
	assert_page_says(b->v_ana, "Uitgave 2");
	assert_page_says(b->v_ana, "Pak de opslag samen aan"); /* nothing is typed twice */
	assert_page_says(b->v_ana, "Onderzoek naar de opslag");
	assert_page_says(b->v_ana, "Nog niet gevraagd");
	assert_false(page_says(b->v_ana, "Waar het op rust"));
	visit(b->v_ana, tab(r));
	assert_page_says(b->v_ana, r->ref);
	assert_int_equal(number(r, "SELECT count(*) FROM advice WHERE state <> 4"), 1);
	close_room(r);
}

static void what_the_stuurploeg_decided_is_not_withdrawn(void **state)
{
	struct room *r = final_room(state);

	set(r, &ADVICE_SET_STATE, r->b->casefile, 6);
	assert_int_equal(
	    asked_of_api(r, r->b->head, "withdraw", ",\"reason\":\"Toch niet\"", "al besloten"),
	    409);
	assert_int_equal(number(r, "SELECT count(*) FROM advice WHERE state = 3"), 1);
	close_room(r);
}

static void a_casefile_straight_to_interventions_needs_a_final_advice_too(void **state)
{
	struct room *r = open_room(state);
	struct bureau *b = r->b;
	const char *submit = arena_printf(&b->h->arena, "/casefiles/%s/move/to-steering", b->ref);

	set(r, &ADVICE_SET_STATE, b->casefile, OPEN);
	visit(b->v_ana, tab(r));
	assert_false(page_says(b->v_ana, "Begin het advies"));
	set(r, &ADVICE_SET_VARIANT, b->casefile, FAST_TRACK);
	begin(r, b->v_ana);
	assert_int_equal(number(r, "SELECT state FROM casefile WHERE activity = 2"), OPEN);
	send_from(r->v_head, submit, submit, "x=1");
	assert_int_equal(r->v_head->code, 409);
	write_words(r);
	propose(r, INQUIRY, b->h->police_organ);
	advice_move_by(r, b->v_ana, "ask", "");
	everybody_agrees(r);
	advice_move_by(r, b->v_ana, "sign", "");
	advice_move_by(r, r->v_head, "confirm", "");
	assert_page_says(r->v_head, "Het advies is definitief");
	send_from(r->v_head, submit, submit, "x=1");
	assert_int_equal(r->v_head->code, 200);
	assert_int_equal(number(r, "SELECT state FROM casefile WHERE activity = 2"), 5);
	close_room(r);
}

static void everything_a_screen_does_the_api_does(void **state)
{
	struct room *r = open_room(state);
	struct bureau *b = r->b;
	const char *ana = house_bearer(b->h, b->ana);
	const char *path = arena_printf(&b->h->arena, "/api/v1/casefiles/%s/advice", b->ref);

	struct reply made = client_request(b->h->port, "POST", path, ana, "{}");
	assert_int_equal(made.code, 201);
	const char *found = strstr(made.body, "A-2026-");
	assert_non_null(found);
	r->ref = arena_printf(&b->h->arena, "%.12s", found);
	reply_free(&made);
	const char *api = arena_printf(&b->h->arena, "/api/v1/advices/%s", r->ref);
	struct reply said = client_request(
	    b->h->port, "POST", arena_printf(&b->h->arena, "%s/text", api), ana,
	    "{\"_version\":1,\"introduction\":\"Leegstand\",\"conclusion\":\"Pak het aan\"}");
	assert_int_equal(said.code, 204);
	reply_free(&said);
	said = client_request(
	    b->h->port, "POST", arena_printf(&b->h->arena, "%s/proposals", api), ana,
	    arena_printf(&b->h->arena,
	                 "{\"instrument\":301,\"weight\":\"LIGHT\",\"lead\":%lld,\"hours\":40,"
	                 "\"approach\":\"Kijk\",\"effect\":\"Rust\",\"indicator\":\"Meldingen\","
	                 "\"wantedDay\":\"2027-03-01\",\"coOwners\":[{\"organ\":%lld}]}",
	                 (long long)b->h->police_organ, (long long)b->tax_organ));
	assert_int_equal(said.code, 201);
	assert_true(reply_says(&said, "\"number\":1"));
	reply_free(&said);
	said = client_request(b->h->port, "POST", arena_printf(&b->h->arena, "%s/proposals", api),
	                      ana, "{\"instrument\":101}");
	assert_int_equal(said.code, 400);
	assert_true(reply_says(&said, "/weight"));
	assert_true(reply_says(&said, "/lead"));
	reply_free(&said);
	said = client_request(b->h->port, "GET", api, ana, NULL);
	assert_true(reply_says(&said, "\"feasible\":\"NOT_ASKED\""));
	assert_true(reply_says(&said, "Belastingdienst"));
	assert_true(reply_says(&said, "\"whole\":true"));
	reply_free(&said);
	said = client_request(b->h->port, "GET", "/api/v1/advices", ana, NULL);
	assert_true(reply_says(&said, r->ref));
	reply_free(&said);
	close_room(r);
}

static void a_term_that_is_over_ends_by_itself_once(void **state)
{
	struct room *r = asked_room(state);
	struct db *db = r->b->h->store->db;
	struct error e = { 0 };
	int64_t silent = 0;

	assert_int_equal(advices_due(db, HOUSE_NOW + 7 * INT64_C(86400000), &silent, &e), OK);
	assert_int_equal(silent, 0);
	visit(r->b->v_dec, "/");
	assert_page_says(r->b->v_dec, "Bezwaar of geen bezwaar");
	assert_int_equal(advices_due(db, HOUSE_NOW + 8 * INT64_C(86400000), &silent, &e), OK);
	assert_int_equal(silent, 1);
	visit(r->b->v_dec, "/");
	assert_false(page_says(r->b->v_dec, "Bezwaar of geen bezwaar"));
	assert_int_equal(advices_due(db, HOUSE_NOW + 9 * INT64_C(86400000), &silent, &e), OK);
	assert_int_equal(silent, 0);
	close_room(r);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *casefile = args;
	return advices_forget_casefile(tx, *casefile, HOUSE_NOW, reterr);
}

static void nothing_of_its_words_is_left_when_its_casefile_is_destroyed(void **state)
{
	struct room *r = final_room(state);
	const int64_t keys = number(r, "SELECT count(*) FROM sealed_key");

	store_world_run(r->b->h->store, forget_run, &r->b->casefile);
	assert_int_equal(number(r, "SELECT count(*) FROM sealed_key"),
	                 keys - 3); /* words, proposal, frozen bytes */
	assert_int_equal(number(r, "SELECT count(*) FROM advice WHERE introduction IS NOT NULL OR"
	                           " conclusion IS NOT NULL OR frozen IS NOT NULL"),
	                 0);
	assert_int_equal(number(r, "SELECT count(*) FROM advice_proposal WHERE length(basis) > 0"
	                           " OR length(approach) > 0 OR length(effect) > 0"),
	                 0);
	assert_int_equal(number(r, "SELECT count(*) FROM advice_fact"), 0);
	assert_int_equal(number(r, "SELECT count(*) FROM advice_audience"), 0);
	visit(r->b->v_desk, page_of(r, ""));
	assert_int_equal(r->b->v_desk->code, 404);
	close_room(r);
}

static enum status hold_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *advice = args;
	return advice_hold(tx, *advice, reterr);
}

/* Between the look at its state and the change somebody may have signed. */
static void a_change_that_comes_after_a_signature_is_refused_inside_its_job(void **state)
{
	struct room *r = asked_room(state);
	int64_t id = number(r, "SELECT id FROM advice");
	struct db_job job = { .run = hold_run, .args = &id };
	struct error e = { 0 };

	assert_int_equal(db_run(r->b->h->store->db, &job, &e), OK);
	finish_room(r);
	job = (struct db_job){ .run = hold_run, .args = &id };
	assert_int_equal(db_run(r->b->h->store->db, &job, &e), ERR_CONFLICT);
	assert_non_null(strstr(e.message, "geen concept meer"));
	close_room(r);
}

#define T(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

static void who_said_as_an_owner_that_he_may_be_named_is_not_told_to_have_said_nothing(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	visit(b->v_ana, page_of(r, ""));
	const char *table = strstr(b->v_ana->page, "Bronnen en bezwaren");
	assert_non_null(table);
	assert_null(strstr(table, "Ja, noem ons als bron"));
	post(r, b->v_desk, "/proposals/1/_answer", "answer=YES&named=YES");
	visit(b->v_ana, page_of(r, ""));
	table = strstr(b->v_ana->page, "Bronnen en bezwaren");
	assert_non_null(table);
	assert_non_null(strstr(table, "Ja, noem ons als bron"));
	close_room(r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_advice_is_written_asked_signed_by_two_and_submitted),
		T(an_objection_stands_in_the_way_until_somebody_handled_it),
		T(who_answered_is_asked_again_once_facts_of_his_came_or_changed),
		T(an_objection_that_was_handled_stays_when_its_source_is_asked_again),
		T(on_paper_it_has_a_number_that_stands_with_the_copies_of_its_casefile),
		T(a_fact_it_cites_that_turns_out_wrong_changes_nothing_that_was_signed),
		T(a_fact_it_cites_that_is_destroyed_is_told_to_who_could_read_it),
		T(silence_is_no_objection_once_the_term_is_over),
		T(an_owner_who_cannot_stops_it_and_a_change_asks_anew),
		T(everything_that_is_wrong_with_a_proposal_is_said_at_once_and_kept),
		T(who_is_late_changes_nothing),
		T(what_is_changed_behind_the_signatures_is_told),
		T(a_final_advice_is_withdrawn_with_a_reason_and_the_next_one_begins),
		T(what_the_stuurploeg_decided_is_not_withdrawn),
		T(a_term_that_is_over_ends_by_itself_once),
		T(a_change_that_comes_after_a_signature_is_refused_inside_its_job),
		T(nothing_of_its_words_is_left_when_its_casefile_is_destroyed),
		T(a_casefile_straight_to_interventions_needs_a_final_advice_too),
		T(everything_a_screen_does_the_api_does),
		T(who_said_as_an_owner_that_he_may_be_named_is_not_told_to_have_said_nothing),
	};
	return cmocka_run_group_tests_name("advice", tests, NULL, NULL);
}
