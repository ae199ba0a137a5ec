/* What one partner does at once, before the advice is final: asked, decided in mandate, told later. */
#include "steering_table.h"

#include "advice/advice_end.h"
#include "interventions/intervention.h"

#define WORDS                                                                                      \
	"&approach=Controle%20van%20de%20loods&urgency=De%20loods%20gaat%20morgen%20dicht"         \
	"&effect=Minder%20overlast&indicator=Meldingen%20per%20maand&hours=12&day=1-3-2027"
#define QUICK "instrument=301&weight=LIGHT&restsOn=OWN_KNOWLEDGE" WORDS

static const char *page_of(struct steering *s)
{
	return arena_printf(&s->h->arena, "/casefiles/%s/quick-actions", s->b->ref);
}

static const char *act_on(struct steering *s, int number, const char *act)
{
	return arena_printf(&s->h->arena, "%s/%d/%s", page_of(s), number, act);
}

static struct steering *at_work(void **state)
{
	struct steering *s = gather(*state);
	struct setting analysis = { s->b->casefile, 2, 0 };

	store_world_run(s->h->store, set_state, &analysis);
	return s;
}

static void give_mandate(struct steering *s, const char *weight)
{
	plan(s);
	send_from(s->v_sec, "/steering/mandates", "/steering/mandates",
	          arena_printf(&s->h->arena,
	                       "meeting=%s&weight=%s&hours=40&from=1-11-2026&until=1-3-2027",
	                       s->meeting, weight));
	send_from(s->v_police, "/steering/mandates", "/steering/mandates/1/_confirm", "x=1");
	assert_page_says(s->v_police, "Bevestigd");
}

static void ask(struct steering *s, const char *fields)
{
	send_from(
	    s->b->v_ana, page_of(s), page_of(s),
	    arena_printf(&s->h->arena, "%s&owner=%lld", fields, (long long)s->h->police_organ));
}

static const char *by_lead(struct steering *s)
{
	return arena_printf(&s->h->arena, "_version=1&lead=%lld",
	                    (long long)s->lead->appointment_id);
}

static const struct db_stmt ASKED_BY = { "test_quick_asked_by", "i",
	                                 "UPDATE quick_action SET asked_by = $1" };
static enum status asked_by_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct house_person *p = args;
	return db_exec(tx, &ASKED_BY, DB_ARGS(DB_INT(p->appointment_id)), NULL, reterr);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct steering *s = args;
	return advices_forget_casefile(tx, s->b->casefile, HOUSE_NOW, reterr);
}

/* Its owner, on its own power. */
static void agree(struct steering *s)
{
	struct visitor *dec = signed_in(s->h, s->b->dec);
	const char *card;

	visit(dec, "/interventions");
	card = strstr(dec->page, "/interventions/I-2026-");
	assert_non_null(card);
	card = arena_printf(&s->h->arena, "%.*s", (int)strlen("/interventions/I-2026-00000"), card);
	send_from(dec, card, arena_printf(&s->h->arena, "%s/_answer", card), "answer=AGREED");
	assert_int_equal(count(s->b, "SELECT state FROM intervention"), INTERVENTION_APPROVED);
	visitor_free(dec);
}

/* ---- promises ------------------------------------------------------------------------------------- */

static void
what_one_partner_can_do_now_is_asked_decided_in_mandate_and_becomes_an_intervention(void **state)
{
	struct steering *s = at_work(state);
	struct visitor *head = signed_in(s->h, s->b->head), *dec = signed_in(s->h, s->b->dec);

	ask(s, QUICK);
	assert_page_says(s->b->v_ana, "Gevraagd. Het hoofd besluit.");
	assert_page_says(s->b->v_ana, "Wetboek van Strafvordering"); /* the law's own list */
	visit(head, "/");
	assert_page_says(head, "Besluit over een snelle actie");
	visit(head, page_of(s));
	assert_page_says(head, "Geen mandaat van de Stuurploeg dekt dit gewicht en deze uren");
	give_mandate(s, "MEDIUM");
	send_from(head, page_of(s), act_on(s, 1, "_approve"), by_lead(s));
	assert_page_says(head, "Besloten. De eigenaar stemt in");
	assert_int_equal(count(s->b, "SELECT state FROM quick_action"), 2);
	assert_int_equal(count(s->b, "SELECT state FROM intervention"), INTERVENTION_AGREEING);
	assert_int_equal(count(s->b, "SELECT sum(quick) FROM intervention"), 1);
	assert_int_equal(case_state(s), 2); /* the analysis goes on */
	visit(s->b->v_ana, "/");
	assert_page_says(s->b->v_ana, "Over een snelle actie is besloten");
	visit(head, "/");
	assert_false(page_says(head, "Besluit over een snelle actie"));
	visit(dec, "/");
	assert_page_says(dec, "I-2026-"); /* its owner decides about its own power */
	visitor_free(dec);
	visitor_free(head);
	disperse(s);
}

static void who_asked_does_not_decide_and_without_a_mandate_nobody_does(void **state)
{
	struct steering *s = at_work(state);

	ask(s, QUICK);
	const char *json = arena_printf(&s->h->arena, "{\"_version\":1,\"lead\":%lld}",
	                                (long long)s->lead->appointment_id);
	assert_int_equal(api(s, s->b->head, act_on(s, 1, "_approve"), json), 409);
	assert_non_null(strstr(s->said, "Geen mandaat"));
	assert_int_equal(api(s, s->b->ana, act_on(s, 1, "_approve"), json), 404);
	give_mandate(s, "LIGHT");
	store_world_run(s->h->store, asked_by_run, s->b->head);
	assert_int_equal(api(s, s->b->head, act_on(s, 1, "_approve"), json), 409);
	assert_non_null(strstr(s->said, "U vroeg dit zelf"));
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 0);
	disperse(s);
}

static void who_leads_is_of_an_organisation_that_works_in_the_casefile(void **state)
{
	struct steering *s = at_work(state);
	struct house_person *other =
	    house_hire(s->h, "regie@gm.example", ROLE_INTERVENTION_LEAD, s->h->mayor);

	ask(s, QUICK);
	give_mandate(s, "LIGHT");
	const char *json = arena_printf(&s->h->arena, "{\"_version\":1,\"lead\":%lld}",
	                                (long long)other->appointment_id);
	assert_int_equal(api(s, s->b->head, act_on(s, 1, "_approve"), json), 400);
	assert_non_null(strstr(s->said, "Kies een regievoerder uit de lijst"));
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 0);
	disperse(s);
}

static void what_is_no_quick_action_is_refused_at_its_field(void **state)
{
	struct steering *s = at_work(state);
	struct visitor *ana = s->b->v_ana;

	ask(s, "instrument=301&weight=HEAVY&restsOn=OF_OTHERS" WORDS);
	assert_int_equal(ana->code, 400);
	assert_page_says(ana, "Een zwaar traject is geen snelle actie");
	assert_page_says(ana, "Een ander kan dan nog bezwaar maken");
	assert_page_says(ana, "Controle van de loods"); /* what was typed stays */
	send_from(ana, page_of(s), page_of(s),
	          arena_printf(&s->h->arena, "%s&owner=%lld", QUICK, (long long)s->b->tax_organ));
	assert_page_says(ana, "Deze deelnemer heeft die bevoegdheid niet");
	ask(s, "urgency=BSN%20999990019&instrument=301&weight=LIGHT&restsOn=NO_PERSONS" WORDS);
	assert_int_equal(ana->code, 400);
	ask(s, "weight=LIGHT");
	assert_page_says(ana, "Kies een instrument uit de lijst");
	assert_page_says(ana, "Schrijf waarom dit niet op het advies kan wachten");
	assert_int_equal(count(s->b, "SELECT count(*) FROM quick_action"), 0);
	disperse(s);
}

static void once_the_advice_is_signed_it_is_too_late(void **state)
{
	struct steering *s = at_work(state);

	give_mandate(s, "MEDIUM");
	ask(s, QUICK);
	advise(s); /* of the casefile: final */
	visit(s->b->v_ana, page_of(s));
	assert_page_says(s->b->v_ana, "Het advies is al getekend, of de casus is verder");
	const char *json = arena_printf(&s->h->arena, "{\"_version\":1,\"lead\":%lld}",
	                                (long long)s->lead->appointment_id);
	assert_int_equal(api(s, s->b->head, act_on(s, 1, "_approve"), json), 409);
	assert_non_null(strstr(s->said, "Het advies is al getekend"));
	assert_int_equal(api(s, s->b->head, act_on(s, 1, "_reject"), "{\"_version\":1}"), 409);
	assert_non_null(strstr(s->said, "Schrijf op waarom niet"));
	assert_int_equal(api(s, s->b->head, act_on(s, 1, "_reject"),
	                     "{\"_version\":1,\"reason\":\"Staat in het advies\"}"),
	                 204);
	visit(s->b->v_ana, page_of(s));
	assert_page_says(s->b->v_ana, "Staat in het advies");
	disperse(s);
}

static void the_advice_the_next_meeting_and_the_monitor_tell_of_it(void **state)
{
	struct steering *s = at_work(state);
	struct visitor *head = signed_in(s->h, s->b->head);

	give_mandate(s, "MEDIUM");
	ask(s, QUICK);
	send_from(head, page_of(s), act_on(s, 1, "_approve"), by_lead(s));
	agree(s);
	advise(s);
	visit(s->b->v_ana, arena_printf(&s->h->arena, "/casefiles/%s/advice", s->b->ref));
	assert_page_says(s->b->v_ana, "Snelle acties: hierover is al besloten");
	assert_page_says(s->b->v_ana, "Geaccordeerd");
	struct setting at_steering = { s->b->casefile, 5, 0 };
	store_world_run(s->h->store, set_state, &at_steering);
	compose(s);
	visit(s->v_police, there(s, "/points/mandated"));
	assert_page_says(s->v_police, "Snelle actie, voor het advies");
	visit(head, "/monitor");
	assert_page_says(head, "Daarvan snel, voor het advies");
	visitor_free(head);
	disperse(s);
}

static void it_can_be_withdrawn_until_it_is_decided_and_goes_with_its_casefile(void **state)
{
	struct steering *s = at_work(state);

	ask(s, QUICK);
	ask(s, QUICK);
	send_from(s->b->v_ana, page_of(s), act_on(s, 1, "_withdraw"), "_version=1");
	assert_page_says(s->b->v_ana, "Ingetrokken.");
	assert_int_equal(api(s, s->b->ana, act_on(s, 1, "_withdraw"), "{\"_version\":2}"), 409);
	assert_int_equal(api(s, s->b->ana, act_on(s, 7, "_withdraw"), "{\"_version\":1}"), 404);
	assert_int_equal(count(s->b, "SELECT count(*) FROM quick_action WHERE approach IS NULL"),
	                 0);
	store_world_run(s->h->store, forget_run, s);
	assert_int_equal(count(s->b, "SELECT count(*) FROM quick_action WHERE approach IS NULL"),
	                 2);
	visit(s->b->v_ana, page_of(s));
	assert_false(page_says(s->b->v_ana, "Controle van de loods"));
	disperse(s);
}

static void
its_task_belongs_to_its_casefile_so_that_who_is_kept_from_it_is_told_nothing(void **state)
{
	struct steering *s = at_work(state);

	give_mandate(s, "LIGHT");
	ask(s, QUICK);
	assert_int_equal(store_world_number(s->h->store,
	                                    "SELECT count(*) FROM task t JOIN quick_action q"
	                                    " ON q.id = t.object_id WHERE t.object_kind = 44"
	                                    " AND t.casefile_id = q.casefile_id"),
	                 1);
	disperse(s);
}

static void who_does_not_read_the_casefile_finds_nothing(void **state)
{
	struct steering *s = at_work(state);

	ask(s, QUICK);
	visit(s->b->v_desk, page_of(s));
	assert_int_not_equal(s->b->v_desk->code, 200);
	struct setting blocked = { s->b->casefile, s->b->ana->person_id,
		                   s->b->head->appointment_id };
	store_world_run(s->h->store, block, &blocked);
	visit(s->b->v_ana, page_of(s));
	assert_int_equal(s->b->v_ana->code, 404);
	disperse(s);
}

#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(
		    what_one_partner_can_do_now_is_asked_decided_in_mandate_and_becomes_an_intervention),
		CASE(who_asked_does_not_decide_and_without_a_mandate_nobody_does),
		CASE(who_leads_is_of_an_organisation_that_works_in_the_casefile),
		CASE(what_is_no_quick_action_is_refused_at_its_field),
		CASE(once_the_advice_is_signed_it_is_too_late),
		CASE(the_advice_the_next_meeting_and_the_monitor_tell_of_it),
		CASE(it_can_be_withdrawn_until_it_is_decided_and_goes_with_its_casefile),
		CASE(its_task_belongs_to_its_casefile_so_that_who_is_kept_from_it_is_told_nothing),
		CASE(who_does_not_read_the_casefile_finds_nothing),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
