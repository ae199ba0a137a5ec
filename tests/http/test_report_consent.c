/* "Na toestemming": a source is asked, answers in its own words, and only then its fact may be used. */
#include "steering_table.h"

#include "platform/core/calendar.h"
#include "steering/consent.h"
#include "steering/consents_due.h"

struct asking {
	struct steering *s;
	struct house_person *source; /* decides for the tax administration */
	struct visitor *v_owner, *v_source;
	const char *report; /* path of the draft */
	char consent[64];   /* path of the question */
};

/* Two facts of subject 1 are the tax administration's, to be used after consent. */
static const struct db_stmt CITE = {
	"test_consent_cite", "iii",
	"INSERT INTO advice_fact (advice_id, fact_uuid, proposal_number, organ_id, phase, usable)"
	" SELECT d.id, f.uuid, 1, $3, 1, 2 FROM fact f, advice d WHERE f.presence_id = $1"
	" AND d.casefile_id = $2 AND f.id <= (SELECT min(x.id) + 1 FROM fact x"
	" WHERE x.presence_id = $1)"
};
static const struct db_stmt EDITION = { "test_consent_edition", "",
	                                "UPDATE report_consent_fact SET edition = edition + 1" };

static enum status cite_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *c = args;
	return db_exec(tx, &CITE, DB_ARGS(DB_INT(c->id), DB_INT(c->value), DB_INT(c->by)), NULL,
	               reterr);
}
static enum status edition_run(struct db_tx *tx, void *args, struct error *reterr)
{
	(void)args;
	return db_exec(tx, &EDITION, NULL, NULL, reterr);
}

static struct asking begin(struct house *h)
{
	struct asking a = { .s = gather(h) };
	struct steering *s = a.s;
	struct setting cited = { s->b->presence[0], s->b->casefile, s->b->tax_organ };
	char name[REFERENCE_TEXT_BYTES];

	a.source = house_hire(h, "beslist@bd.example", ROLE_PARTNER_DECIDER, h->police_organ);
	works_for(s->b, a.source, s->b->tax, s->b->tax_organ);
	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	store_world_run(h->store, cite_run, &cited);
	a.v_owner = signed_in(h, s->b->dec);
	a.v_source = signed_in(h, a.source);
	const struct reference first = reference_of(h->plein.reference_key, "I", 2026, 0);
	reference_text(&first, name);
	a.report = arena_printf(&h->arena, "/interventions/%s/owner-report", name);
	return a;
}

static void finish(struct asking *a)
{
	visitor_free(a->v_owner);
	visitor_free(a->v_source);
	disperse(a->s);
}

static const char *below(struct asking *a, const char *path, const char *rest)
{
	return arena_printf(&a->s->h->arena, "%s%s", path, rest);
}

static void ask(struct asking *a)
{
	send_from(a->v_owner, a->report, below(a, a->report, "/_ask"),
	          "purpose=Een%20sluiting%20van%20de%20loods");
	assert_page_says(a->v_owner, "Geen antwoord is geen toestemming");
	visit(a->v_owner, "/");
	assert_page_says(a->v_owner, a->report); /* what he waits for opens to him */
	assert_false(page_says(a->v_owner, "/consents/"));
	visit(a->v_source, "/");
	const char *at = strstr(a->v_source->page, "/consents/T-");
	assert_non_null(at);
	(void)snprintf(a->consent, sizeof a->consent, "%.*s", (int)strcspn(at, "\"?"), at);
	visit(a->v_source, a->consent);
	assert_int_equal(a->v_source->code, 200);
}

/* The uuid of the nth fact on the page of the source. */
static const char *fact_of(struct asking *a, int n)
{
	const char *at = a->v_source->page;
	const char *field = arena_printf(&a->s->h->arena, "name=\"facts[%d].fact\" value=\"", n);

	at = strstr(at, field);
	assert_non_null(at);
	at += strlen(field);
	return arena_printf(&a->s->h->arena, "%.*s", (int)strcspn(at, "\""), at);
}

static const char *answers(struct asking *a, const char *first, const char *second,
                           const char *words)
{
	return arena_printf(&a->s->h->arena,
	                    "facts%%5B0%%5D.fact=%s&facts%%5B0%%5D.answer=%s&facts%%5B1%%5D.fact=%s"
	                    "&facts%%5B1%%5D.answer=%s&words=%s",
	                    fact_of(a, 0), first, fact_of(a, 1), second, words);
}

static void answer(struct asking *a, const char *first, const char *second, const char *words)
{
	const char *fields = answers(a, first, second, words);

	send_from(a->v_source, a->consent, below(a, a->consent, "/_answer"), fields);
}

static void make_report(struct asking *a)
{
	send_from(a->v_owner, a->report, a->report, "x=1");
	assert_page_says(a->v_owner, "De rapportage is gemaakt");
}

static int facts_printed(struct asking *a)
{
	return page_says(a->v_owner, "Zandwijk") + page_says(a->v_owner, "Milan");
}

static void a_fact_stands_in_the_report_only_after_its_source_said_yes(void **state)
{
	struct asking a = begin(*state);

	visit(a.v_owner, a.report);
	assert_page_says(a.v_owner, "pas in mogen als de bron toestemt: 2");
	make_report(&a);
	assert_int_equal(facts_printed(&a), 0);
	ask(&a);
	assert_page_says(a.v_source, "Een sluiting van de loods");
	assert_page_says(a.v_source, "Milan");
	visit(a.v_owner, a.report);
	assert_page_says(a.v_owner, "nog geen antwoord");
	assert_int_equal(facts_printed(&a), 0);
	make_report(&a);
	assert_int_equal(facts_printed(&a), 0);
	answer(&a, "YES", "NO", "");
	assert_page_says(a.v_source, "Uw antwoord staat vast");
	visit(a.v_owner, "/");
	assert_page_says(a.v_owner, "Een bron antwoordde");
	visit(a.v_owner, a.report);
	assert_page_says(a.v_owner, "1 keer ja");
	assert_page_says(a.v_owner, "1 keer nee");
	make_report(&a);
	assert_int_equal(facts_printed(&a), 1);
	assert_page_says(a.v_owner, "Toestemming van de bron");
	assert_int_equal(count(a.s->b, "SELECT count(*) FROM copy_fact"), 1);
	/* from now on it can't be withdrawn */
	visit(a.v_source, a.consent);
	assert_page_says(a.v_source, "Intrekken kan niet meer");
	assert_int_equal(api(a.s, a.source, below(&a, a.consent, "/_withdraw"), "{\"_version\":2}"),
	                 409);
	finish(&a);
}

static void conditions_are_said_in_words_and_stand_in_the_report(void **state)
{
	struct asking a = begin(*state);

	ask(&a);
	answer(&a, "CONDITIONS", "", "");
	assert_int_equal(a.v_source->code, 400);
	assert_page_says(a.v_source, "Schrijf welke voorwaarden gelden");
	assert_page_says(a.v_source, "Kies ja, nee, of ja met voorwaarden");
	visit(a.v_source, a.consent);
	answer(&a, "CONDITIONS", "YES", "Noem%20het%20jaar%20niet");
	assert_page_says(a.v_source, "Uw antwoord staat vast");
	make_report(&a);
	assert_page_says(a.v_owner, "Voorwaarden van de bron");
	assert_page_says(a.v_owner, "Noem het jaar niet");
	assert_int_equal(api(a.s, a.source, below(&a, a.consent, "/_answer"), "{\"_version\":2}"),
	                 409);
	finish(&a);
}

static void a_consent_that_is_withdrawn_before_a_report_used_it_is_none(void **state)
{
	struct asking a = begin(*state);

	ask(&a);
	answer(&a, "YES", "YES", "");
	send_from(a.v_source, a.consent, below(&a, a.consent, "/_withdraw"), "x=1");
	assert_page_says(a.v_source, "Ingetrokken");
	visit(a.v_owner, "/");
	assert_page_says(a.v_owner, "Een bron trok toestemming in");
	visit(a.v_owner, a.report);
	assert_page_says(a.v_owner, "ingetrokken");
	assert_page_says(a.v_owner, "pas in mogen als de bron toestemt: 2");
	make_report(&a);
	assert_int_equal(facts_printed(&a), 0);
	ask(&a);
	assert_int_equal(count(a.s->b, "SELECT count(*) FROM report_consent"), 2);
	finish(&a);
}

static void who_reads_a_question_stands_beside_it(void **state)
{
	struct asking a = begin(*state);

	ask(&a);
	assert_page_says(a.v_source, "Wie ziet dit?");
	const char *readers = below(&a, a.consent, "/who-sees");
	visit(a.v_source, readers);
	assert_int_equal(a.v_source->code, 200);
	assert_page_says(a.v_source, a.source->name);
	assert_false(page_says(a.v_source, a.s->b->dec->name)); /* who asked it */
	visit(a.v_owner, readers);
	assert_int_equal(a.v_owner->code, 404);
	const char *log = assert_log_calls_by_reference(a.s->h);
	assert_non_null(strstr(log, a.consent + strlen("/consents/")));
	finish(&a);
}

static void nothing_is_asked_twice_and_nothing_without_a_purpose(void **state)
{
	struct asking a = begin(*state);

	visit(a.v_owner, a.report);
	visitor_send(a.v_owner, below(&a, a.report, "/_ask"), "purpose=");
	assert_int_equal(a.v_owner->code, 400);
	ask(&a);
	visit(a.v_owner, a.report);
	assert_false(page_says(a.v_owner, "Vraag de bronnen"));
	assert_int_equal(api(a.s, a.s->b->dec, below(&a, a.report, "/_ask"),
	                     "{\"_version\":2,\"purpose\":\"Nog eens\"}"),
	                 409);
	assert_int_equal(count(a.s->b, "SELECT count(*) FROM report_consent"), 1);
	finish(&a);
}

static void a_question_is_the_source_s_alone(void **state)
{
	struct asking a = begin(*state);
	struct setting kept = { a.s->b->casefile, a.source->person_id, a.s->sec->appointment_id };

	ask(&a);
	struct visitor *const others[] = { a.v_owner, a.s->b->v_desk, a.s->b->v_ana, a.s->v_tax,
		                           a.s->v_sec };
	for (size_t i = 0; i < sizeof others / sizeof others[0]; i++) {
		visit(others[i], a.consent);
		assert_int_equal(others[i]->code, 404);
	}
	assert_int_equal(
	    api(a.s, a.s->tax, below(&a, a.report, "/_ask"), "{\"_version\":1,\"purpose\":\"x\"}"),
	    404);
	store_world_run(a.s->h->store, block, &kept);
	visit(a.v_source, a.consent);
	assert_int_equal(a.v_source->code, 404);
	finish(&a);
}

static void silence_is_no_consent_and_is_told(void **state)
{
	struct asking a = begin(*state);
	struct house *h = a.s->h;
	struct consents_found found;
	struct error e = { 0 };
	const int64_t day = INT64_C(86400000);

	ask(&a);
	assert_int_equal(consents_due(h->plein.db, h->clock.fixed_ms, &found, &e), OK);
	assert_int_equal(found.reminded + found.late, 0);
	const int64_t due = count(a.s->b, "SELECT due_day FROM report_consent");
	const int64_t today = local_day(h->clock.fixed_ms);
	h->clock.fixed_ms += (due - today) * day;
	assert_int_equal(consents_due(h->plein.db, h->clock.fixed_ms, &found, &e), OK);
	assert_int_equal(found.reminded, 1);
	assert_int_equal(consents_due(h->plein.db, h->clock.fixed_ms, &found, &e), OK);
	assert_int_equal(found.reminded + found.late, 0);
	h->clock.fixed_ms += day;
	assert_int_equal(consents_due(h->plein.db, h->clock.fixed_ms, &found, &e), OK);
	assert_int_equal(found.late, 1);
	visitor_free(a.v_owner);
	visitor_free(a.v_source);
	a.v_owner = signed_in(h, a.s->b->dec);
	a.v_source = signed_in(h, a.source);
	visit(a.v_owner, a.report);
	assert_page_says(a.v_owner, "te laat: geen toestemming");
	make_report(&a);
	assert_int_equal(facts_printed(&a), 0);
	visit(a.v_source, a.consent);
	assert_page_says(a.v_source, "De dag om te antwoorden is voorbij");
	answer(&a, "YES", "YES", "");
	make_report(&a);
	assert_int_equal(facts_printed(&a), 2);
	finish(&a);
}

static void who_asked_can_stop_waiting_and_ask_anew(void **state)
{
	struct asking a = begin(*state);
	struct house *h = a.s->h;
	struct consents_found found;
	struct error e = { 0 };

	ask(&a);
	const char *question =
	    arena_printf(&h->arena, "question=%s", a.consent + strlen("/consents/"));
	visit(a.v_owner, a.report);
	send_from(a.v_owner, a.report, below(&a, a.report, "/_stop"), "question=T-2026-000000");
	assert_page_says(a.v_owner, "hoort niet bij deze interventie");
	send_from(a.v_owner, a.report, below(&a, a.report, "/_stop"), question);
	assert_page_says(a.v_owner, "u wacht niet langer");
	visit(a.v_owner, "/");
	assert_false(page_says(a.v_owner, a.report));
	/* from the page that it still had open */
	visitor_send(a.v_source, below(&a, a.consent, "/_answer"), answers(&a, "YES", "YES", ""));
	assert_int_equal(a.v_source->code, 409);
	visit(a.v_source, "/");
	assert_false(page_says(a.v_source, "/consents/T-"));
	visit(a.v_source, a.consent);
	assert_page_says(a.v_source, "Deze vraag is ingetrokken");
	assert_false(page_says(a.v_source, "Geef antwoord"));
	h->clock.fixed_ms += INT64_C(20) * 86400000;
	assert_int_equal(consents_due(h->plein.db, h->clock.fixed_ms, &found, &e), OK);
	assert_int_equal(found.reminded + found.late, 0);
	h->clock.fixed_ms -= INT64_C(20) * 86400000;
	make_report(&a);
	assert_int_equal(facts_printed(&a), 0);
	ask(&a);
	visit(a.v_owner, a.report);
	answer(&a, "YES", "YES", "");
	/* while there came an answer */
	visitor_send(a.v_owner, below(&a, a.report, "/_stop"),
	             arena_printf(&h->arena, "question=%s", a.consent + strlen("/consents/")));
	assert_int_equal(a.v_owner->code, 409);
	make_report(&a);
	assert_int_equal(facts_printed(&a), 2);
	finish(&a);
}

static void a_consent_is_for_the_fact_as_it_was(void **state)
{
	struct asking a = begin(*state);

	ask(&a);
	answer(&a, "YES", "YES", "");
	store_world_run(a.s->h->store, edition_run, NULL);
	visit(a.v_owner, a.report);
	assert_page_says(a.v_owner, "pas in mogen als de bron toestemt: 2");
	make_report(&a);
	assert_int_equal(facts_printed(&a), 0);
	finish(&a);
}

static enum status withdrawn_first(struct db_tx *tx, void *args, struct error *reterr)
{
	struct asking *a = args;
	const struct viewer by = { .appointment_id = a->source->appointment_id };
	const struct consent c = { .id = 1, .asker_id = by.appointment_id, .intervention = "I" };
	struct error refused = { 0 };

	const enum status st = consent_withdraw(tx, &c, &by, HOUSE_NOW, reterr);
	assert_int_equal(consent_release(tx, 1, HOUSE_NOW, &refused), ERR_CONFLICT);
	return st;
}

static void a_report_that_is_made_while_a_source_withdraws_comes_after_it(void **state)
{
	struct asking a = begin(*state);

	ask(&a);
	answer(&a, "YES", "YES", "");
	store_world_run(a.s->h->store, withdrawn_first, &a);
	assert_int_equal(count(a.s->b, "SELECT count(*) FROM report_consent WHERE released_at > 0"),
	                 0);
	finish(&a);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *c = args;

	return c->value == 0 ? steering_forget_casefile(tx, c->id, 0, reterr)
	                     : steering_forget_presence(tx, c->id, 0, reterr);
}

static void the_words_of_a_question_go_with_the_person_and_with_the_casefile(void **state)
{
	struct asking a = begin(*state);
	struct setting person = { a.s->b->presence[0], 1, 0 };
	struct setting casefile = { a.s->b->casefile, 0, 0 };

	const int64_t keys = count(a.s->b, "SELECT count(*) FROM sealed_key");
	ask(&a);
	answer(&a, "CONDITIONS", "YES", "Noem%20hem%20niet");
	assert_int_equal(count(a.s->b, "SELECT count(*) FROM sealed_key"), keys + 2);
	store_world_run(a.s->h->store, forget_run, &person);
	assert_int_equal(count(a.s->b, "SELECT count(*) FROM sealed_key"), keys);
	visit(a.v_owner, a.report);
	assert_int_equal(a.v_owner->code, 200);
	assert_false(page_says(a.v_owner, "Noem hem niet"));
	store_world_run(a.s->h->store, forget_run, &casefile);
	assert_int_equal(
	    count(a.s->b, "SELECT count(*) FROM report_consent WHERE words IS NOT NULL"), 0);
	finish(&a);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_fact_stands_in_the_report_only_after_its_source_said_yes),
		CASE(conditions_are_said_in_words_and_stand_in_the_report),
		CASE(a_consent_that_is_withdrawn_before_a_report_used_it_is_none),
		CASE(who_reads_a_question_stands_beside_it),
		CASE(nothing_is_asked_twice_and_nothing_without_a_purpose),
		CASE(a_question_is_the_source_s_alone),
		CASE(silence_is_no_consent_and_is_told),
		CASE(who_asked_can_stop_waiting_and_ask_anew),
		CASE(a_consent_is_for_the_fact_as_it_was),
		CASE(a_report_that_is_made_while_a_source_withdraws_comes_after_it),
		CASE(the_words_of_a_question_go_with_the_person_and_with_the_casefile),
	};
	return cmocka_run_group_tests_name("report_consent", tests, NULL, NULL);
}
