/* What the Stuurploeg keeps beside its decisions: hours, mandate, actions, questions, papers. */
#include "steering_table.h"

#include "steering/pack_task.h"
#include "steering/steering.h"

static void convene_and_pledge(struct steering *s)
{
	convene(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	assert_page_says(s->v_police, "Het besluit geldt vanaf nu");
}

static void a_pool_is_registered_and_shows_what_is_pledged_of_it(void **state)
{
	struct steering *s = gather(*state);
	const long long police = s->h->police;

	send_from(s->v_sec, "/steering/pools", "/steering/pools",
	          arena_printf(&s->h->arena, "year=2026&participant=%lld&hours=100", police));
	assert_page_says(s->v_sec, "De uren zijn vastgelegd");
	assert_int_equal(
	    api(s, s->tax, "/steering/pools",
	        arena_printf(&s->h->arena, "{\"year\":2026,\"participant\":%lld,\"hours\":5}",
	                     police)),
	    404);
	assert_int_equal(
	    api(s, s->sec, "/steering/pools",
	        arena_printf(&s->h->arena, "{\"year\":1999,\"participant\":%lld,\"hours\":-1}",
	                     police)),
	    400);
	convene(s);
	rule(s, 1,
	     with_lead(s, arena_printf(&s->h->arena,
	                               "ruling=APPROVE&pledges%%5B0%%5D.participant=%lld"
	                               "&pledges%%5B0%%5D.hours=140",
	                               police)));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "er zijn nog 100 uur");
	rule_both(s);
	/* the other proposal of the same casefile counts, and rewriting this one doesn't */
	rule(s, 2,
	     with_lead(s, arena_printf(&s->h->arena,
	                               "ruling=APPROVE&pledges%%5B0%%5D.participant=%lld"
	                               "&pledges%%5B0%%5D.hours=61",
	                               police)));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "er zijn nog 60 uur");
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	visit(s->v_tax, "/steering/pools?year=2026");
	assert_page_says(s->v_tax, "40");
	assert_page_says(s->v_tax, "60");
	disperse(s);
}

static const char *pledging(struct steering *s, const char *hours, const char *rest)
{
	return with_lead(s, arena_printf(&s->h->arena,
	                                 "ruling=APPROVE&pledges%%5B0%%5D.participant=%lld"
	                                 "&pledges%%5B0%%5D.hours=%s%s",
	                                 (long long)s->h->police, hours, rest));
}

static void a_pool_that_is_spent_says_so_and_the_form_shows_the_year_it_is_about(void **state)
{
	struct steering *s = gather(*state);

	for (int year = 2026; year <= 2027; year++)
		send_from(s->v_sec, "/steering/pools", "/steering/pools",
		          arena_printf(&s->h->arena, "year=%d&participant=%lld&hours=%d", year,
		                       (long long)s->h->police, year == 2026 ? 100 : 7));
	convene(s);
	rule(s, 1, pledging(s, "140", "&overPool=on"));
	rule(s, 2, pledging(s, "5", ""));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "De pool van 2026 is op: er is al 40 uur meer toegezegd");
	assert_page_says(s->v_sec, "Wie zegt uren toe, in 2026?");
	rule(s, 2, pledging(s, "8", "&dueDay=1+maart"));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "De pool is te klein: er zijn nog 7 uur");
	assert_page_says(s->v_sec, "Wie zegt uren toe, in 2027?");
	disperse(s);
}

static void the_head_decides_light_ones_by_mandate_and_the_next_meeting_hears_of_it(void **state)
{
	struct steering *s = gather(*state);
	struct visitor *head = signed_in(s->h, s->b->head);

	plan(s);
	advise(s);
	send_from(s->v_sec, "/steering/mandates", "/steering/mandates",
	          arena_printf(&s->h->arena,
	                       "meeting=%s&weight=HEAVY&hours=200&from=1-11-2026&until=1-3-2027",
	                       s->meeting));
	assert_page_says(s->v_sec, "Het geldt als een lid van de Stuurploeg het bevestigt");
	send_from(s->v_police, "/steering/mandates", "/steering/mandates/1/_confirm", "x=1");
	assert_page_says(s->v_police, "Bevestigd");
	send_from(s->v_sec, "/steering/mandates", "/steering/mandates/_use",
	          arena_printf(&s->h->arena, "casefile=%s", s->b->ref));
	assert_page_says(s->v_sec, "Het hoofd tekent");
	char planned[REFERENCE_TEXT_BYTES];
	memcpy(planned, s->meeting, sizeof planned);
	(void)snprintf(s->meeting, sizeof s->meeting, "%.13s",
	               strstr(s->v_sec->path, "/steering/SP-") + strlen("/steering/"));
	rule(s, 1,
	     arena_printf(&s->h->arena, "owner=ASK&lead=%lld&ruling=APPROVE",
	                  (long long)s->lead->appointment_id));
	rule(s, 2, "ruling=REJECT&reason=Te%20zwaar");
	point_move(s, s->v_sec, "prepare");
	point_move(s, head, "sign");
	assert_page_says(head, "Het besluit geldt vanaf nu");
	assert_int_equal(case_state(s), 6);
	assert_int_equal(count(s->b, "SELECT count(*) FROM intervention"), 2);
	memcpy(s->meeting, planned, sizeof planned);
	compose(s);
	assert_page_says(s->v_sec, "Besluiten in mandaat");
	visit(s->v_police, there(s, "/points/mandated"));
	assert_page_says(s->v_police, "B-2026-");
	visit(s->v_duin, there(s, "/points/mandated"));
	assert_false(page_says(s->v_duin, "B-2026-"));
	visitor_free(head);
	disperse(s);
}

static void outside_the_mandate_the_head_decides_nothing(void **state)
{
	struct steering *s = gather(*state);
	struct visitor *head = signed_in(s->h, s->b->head);

	advise(s);
	send_from(s->v_sec, "/steering/mandates", "/steering/mandates", "meeting=SP-2026-00000");
	assert_int_equal(s->v_sec->code, 400);
	assert_int_equal(api(s, s->sec, "/steering/mandates/_use",
	                     arena_printf(&s->h->arena, "{\"casefile\":\"%s\"}", s->b->ref)),
	                 201);
	(void)snprintf(s->meeting, sizeof s->meeting, "%.13s",
	               strstr(s->said, "/steering/SP-") + strlen("/steering/"));
	rule(s, 1,
	     arena_printf(&s->h->arena, "owner=ASK&lead=%lld&ruling=APPROVE",
	                  (long long)s->lead->appointment_id));
	rule(s, 2, "ruling=REJECT&reason=Te%20zwaar");
	visit(s->v_sec, of_case(s, ""));
	assert_page_says(s->v_sec, "Dit valt niet binnen het mandaat van het hoofd");
	assert_int_equal(api(s, s->sec, of_case(s, "/move/prepare"), "{\"_version\":3}"), 409);
	assert_int_equal(case_state(s), 5);
	visitor_free(head);
	disperse(s);
}

static void an_action_waits_for_its_owner_until_it_is_done(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	send_from(s->v_sec, there(s, "/agreed"), there(s, "/_action"), "text=&owner=&dueDay=");
	assert_int_equal(s->v_sec->code, 400);
	send_from(s->v_sec, there(s, "/agreed"), there(s, "/_action"),
	          "text=Bel%20%3Chem%3E&owner=&dueDay=31-2-2027");
	assert_page_says(s->v_sec, "Bel &lt;hem&gt;</textarea>"); /* nothing typed is lost */
	assert_page_says(s->v_sec, "value=\"31-2-2027\"");
	assert_page_says(s->v_sec, "id=\"dueDay-problem\"");
	visit(s->v_sec, there(s, "/agreed"));
	visitor_send(s->v_sec, there(s, "/_action"),
	             arena_printf(&s->h->arena,
	                          "text=Bel%%20de%%20verhuurder&owner=%lld&dueDay=1-12-2026"
	                          "&casefile=%s",
	                          (long long)s->tax->appointment_id, s->b->ref));
	assert_page_says(s->v_sec, "De actie staat op de lijst");
	visit(s->v_tax, "/");
	assert_page_says(s->v_tax, "Actie van de Stuurploeg");
	visit(s->v_duin, there(s, "/agreed"));
	assert_false(page_says(s->v_duin, "verhuurder"));
	visit(s->v_sec, there(s, "/agreed"));
	const char *at = strstr(s->v_sec->page, "/steering/actions/AP-");
	assert_non_null(at);
	const char *path = arena_printf(&s->h->arena, "%.*s", (int)strcspn(at, "\""), at);
	visit(s->v_police, path);
	assert_int_equal(
	    api(s, s->police, arena_printf(&s->h->arena, "%s/_done", path), "{\"_version\":1}"),
	    409);
	send_from(s->v_tax, path, arena_printf(&s->h->arena, "%s/_done", path), "x=1");
	assert_page_says(s->v_tax, "Gemeld als klaar");
	visit(s->v_tax, "/");
	assert_false(page_says(s->v_tax, "Actie van de Stuurploeg"));
	disperse(s);
}

static void a_question_to_the_stuurgroep_comes_back_with_its_answer(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	send_from(s->v_sec, there(s, "/agreed"), there(s, "/_escalate"),
	          "question=Mag%20dit%20voorrang%20krijgen%3F");
	assert_page_says(s->v_sec, "De vraag gaat naar de Stuurgroep");
	const char *at = strstr(s->v_sec->page, "/questions/SG-");
	assert_non_null(at);
	send_from(s->v_sec, there(s, "/agreed"),
	          there(s, arena_printf(&s->h->arena, "%.*s", (int)strcspn(at, "\""), at)),
	          "answer=Ja%2C%20tot%20mei");
	assert_page_says(s->v_sec, "Ja, tot mei");
	plan(s);
	compose(s);
	assert_page_says(s->v_sec, "Antwoord van de Stuurgroep");
	visit(s->v_tax, there(s, "/points/answered"));
	assert_page_says(s->v_tax, "Ja, tot mei");
	disperse(s);
}

static void minutes_name_numbers_and_organisations_and_each_reads_his_part(void **state)
{
	struct steering *s = gather(*state);

	convene_and_pledge(s);
	visit(s->v_tax, there(s, "/minutes"));
	assert_page_says(s->v_tax, "B-2026-");
	assert_page_says(s->v_tax, s->b->ref);
	assert_false(page_says(s->v_tax, s->lead->name));
	visit(s->v_duin, there(s, "/minutes"));
	assert_int_equal(s->v_duin->code, 200);
	assert_false(page_says(s->v_duin, s->b->ref));
	visit(s->v_sec, there(s, "/minutes/odt"));
	assert_int_equal(s->v_sec->code, 200);
	send_from(s->v_sec, there(s, ""), there(s, "/move/close"), "x=1");
	assert_page_says(s->v_sec, "De vergadering is gesloten");
	visit(s->v_tax, there(s, "/minutes"));
	assert_false(page_says(s->v_tax, "Stel het verslag vast"));
	/* where the task leads to, the button is */
	visit(s->v_police, there(s, "/minutes"));
	assert_page_says(s->v_police, "Stel het verslag vast");
	send_from(s->v_police, there(s, "/minutes"), there(s, "/move/sign-off"), "x=1");
	assert_page_says(s->v_police, "Het verslag is vastgesteld");
	visit(s->v_police, there(s, "/minutes"));
	assert_false(page_says(s->v_police, "Stel het verslag vast"));
	disperse(s);
}

static void a_pack_is_a_registered_copy_that_only_its_member_opens(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	send_from(s->v_tax, there(s, "/packs"), there(s, "/packs"), "x=1");
	assert_page_says(s->v_tax, "Uw stukken liggen klaar");
	assert_page_says(s->v_tax, "De opslag moet dicht");
	const char *path = arena_strdup(&s->h->arena, s->v_tax->path);
	visit(s->v_tax, arena_printf(&s->h->arena, "%s/pdf", path));
	assert_int_equal(s->v_tax->code, 200);
	assert_int_equal(strncmp(s->v_tax->page, "%PDF", 4), 0);
	visit(s->v_police, path);
	assert_int_equal(s->v_police->code, 404);
	send_from(s->v_duin, there(s, "/packs"), there(s, "/packs"), "x=1");
	assert_page_says(s->v_duin, "Uw stukken liggen klaar");
	assert_false(page_says(s->v_duin, s->b->ref));
	visit(s->v_sec, there(s, "/packs"));
	assert_page_says(s->v_sec, s->tax->name);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_copy"), 2);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_copy_part"), 1);
	disperse(s);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *c = args;

	return steering_forget_casefile(tx, c->id, 0, reterr);
}

static void make_packs(struct steering *s)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(pack_step(&s->h->plein, &more, &e), OK);
}

/* The path of a new copy of this visitor's. */
static const char *own_pack(struct steering *s, struct visitor *v)
{
	send_from(v, there(s, "/packs"), there(s, "/packs"), "x=1");
	assert_page_says(v, "Uw stukken liggen klaar");
	return arena_strdup(&s->h->arena, v->path);
}

static const char *below(struct steering *s, const char *path, const char *rest)
{
	return arena_printf(&s->h->arena, "%s%s", path, rest);
}

static void the_server_makes_the_pdf_of_a_pack_and_tells_how_far_it_is(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	const int64_t keys = count(s->b, "SELECT count(*) FROM sealed_key");
	const char *path = own_pack(s, s->v_tax);
	visit(s->v_tax, below(s, path, "/file"));
	assert_page_says(s->v_tax, "Wij zijn bezig: 0%");
	assert_int_equal(count(s->b, "SELECT state FROM steering_pack_file"), 1);
	make_packs(s);
	visit(s->v_tax, below(s, path, "/file"));
	assert_page_says(s->v_tax, "Uw PDF ligt klaar");
	assert_false(page_says(s->v_tax, "ververst zichzelf"));
	assert_int_equal(count(s->b, "SELECT count(*) FROM sealed_key"), keys + 1);
	visit(s->v_tax, below(s, path, "/pdf"));
	assert_int_equal(s->v_tax->code, 200);
	assert_int_equal(strncmp(s->v_tax->page, "%PDF", 4), 0);
	visit(s->v_police, below(s, path, "/file"));
	assert_int_equal(s->v_police->code, 404);
	disperse(s);
}

static void a_pdf_that_lies_ready_is_given_only_while_nothing_changed(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	const char *path = own_pack(s, s->v_tax);
	make_packs(s);
	rule_both(s);
	point_move(s, s->v_sec, "prepare");
	visit(s->v_tax, below(s, path, "/file"));
	assert_page_says(s->v_tax, "De stukken zijn intussen veranderd");
	visit(s->v_tax, below(s, path, "/pdf"));
	assert_int_equal(s->v_tax->code, 200);
	send_from(s->v_tax, below(s, path, "/file"), below(s, path, "/file"), "x=1");
	assert_page_says(s->v_tax, "Wij zijn bezig");
	make_packs(s);
	visit(s->v_tax, below(s, path, "/file"));
	assert_page_says(s->v_tax, "Uw PDF ligt klaar");
	disperse(s);
}

static void a_pdf_that_lies_ready_goes_after_an_hour_and_with_a_casefile(void **state)
{
	struct steering *s = gather(*state);
	struct setting casefile = { s->b->casefile, 0, 0 };

	convene(s);
	const int64_t keys = count(s->b, "SELECT count(*) FROM sealed_key");
	const char *path = own_pack(s, s->v_tax);
	make_packs(s);
	s->h->clock.fixed_ms += 61 * 60 * 1000;
	struct visitor *back = signed_in(s->h, s->tax); /* his session is over too */
	visit(back, below(s, path, "/file"));
	assert_page_says(back, "Er ligt geen PDF klaar");
	make_packs(s);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_pack_file"), 0);
	assert_int_equal(count(s->b, "SELECT count(*) FROM sealed_key"), keys);
	(void)own_pack(s, back);
	make_packs(s);
	assert_int_equal(count(s->b, "SELECT state FROM steering_pack_file"), 3);
	visitor_free(back);
	store_world_run(s->h->store, forget_run, &casefile);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_pack_file"), 0);
	disperse(s);
}

static void who_lost_his_appointment_gets_no_pdf(void **state)
{
	struct steering *s = gather(*state);
	struct setting ended = { s->tax->appointment_id, s->h->clock.fixed_ms, 0 };

	convene(s);
	(void)own_pack(s, s->v_tax);
	store_world_run(s->h->store, end_run, &ended);
	make_packs(s);
	assert_int_equal(count(s->b, "SELECT state FROM steering_pack_file"), 4);
	assert_int_equal(
	    count(s->b, "SELECT count(*) FROM steering_pack_file WHERE sealed IS NULL"), 1);
	disperse(s);
}

static void the_owner_alone_makes_a_report_of_what_it_may_use(void **state)
{
	struct steering *s = gather(*state);

	convene_and_pledge(s);
	struct visitor *dec = signed_in(s->h, s->b->dec);
	const struct reference first = reference_of(s->h->plein.reference_key, "I", 2026, 0);
	char name[REFERENCE_TEXT_BYTES];
	reference_text(&first, name);
	const char *path = arena_printf(&s->h->arena, "/interventions/%s/owner-report", name);
	send_from(dec, path, path, "x=1");
	assert_page_says(dec, "De rapportage is gemaakt");
	assert_page_says(dec, "mag gebruiken en noemen");
	visit(s->b->v_ana, path);
	assert_int_equal(s->b->v_ana->code, 404);
	visit(s->v_tax, path);
	assert_int_equal(s->v_tax->code, 404);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_copy WHERE kind = 2"), 1);
	visitor_free(dec);
	disperse(s);
}

/* One fact of subject 1 is released for a decision, the others aren't; nobody agreed to be named. */
static const struct db_stmt CITE = {
	"test_cite", "ii",
	"INSERT INTO advice_fact (advice_id, fact_uuid, proposal_number, organ_id, phase, usable)"
	" SELECT d.id, f.uuid, 1, f.source_organ_id, 1, CASE WHEN f.id = (SELECT min(x.id)"
	" FROM fact x WHERE x.presence_id = $1) THEN 1 ELSE 3 END FROM fact f, advice d"
	" WHERE f.presence_id = $1 AND d.casefile_id = $2"
};
static enum status cite_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct setting *c = args;
	return db_exec(tx, &CITE, DB_ARGS(DB_INT(c->id), DB_INT(c->value)), NULL, reterr);
}

static void a_report_prints_only_facts_that_were_released_and_names_no_silent_source(void **state)
{
	struct steering *s = gather(*state);
	struct setting cited = { s->b->presence[0], s->b->casefile, 0 };
	char name[REFERENCE_TEXT_BYTES];

	convene_and_pledge(s);
	store_world_run(s->h->store, cite_run, &cited);
	struct visitor *dec = signed_in(s->h, s->b->dec);
	const struct reference first = reference_of(s->h->plein.reference_key, "I", 2026, 0);
	reference_text(&first, name);
	const char *path = arena_printf(&s->h->arena, "/interventions/%s/owner-report", name);
	send_from(dec, path, path, "x=1");
	assert_page_says(dec, "Betrokkene 1");
	assert_page_says(dec, "de bron wordt niet genoemd");
	assert_false(page_says(dec, "999990019"));
	assert_false(page_says(dec, "1984"));
	const int values = page_says(dec, "Zandwijk") + page_says(dec, "Milan");
	assert_int_equal(values, 1);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_copy_part"), 2);
	assert_true(count(s->b, "SELECT count(*) FROM copy_fact") >= 1);
	visitor_free(dec);
	disperse(s);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_pool_is_registered_and_shows_what_is_pledged_of_it),
		CASE(a_pool_that_is_spent_says_so_and_the_form_shows_the_year_it_is_about),
		CASE(the_head_decides_light_ones_by_mandate_and_the_next_meeting_hears_of_it),
		CASE(outside_the_mandate_the_head_decides_nothing),
		CASE(an_action_waits_for_its_owner_until_it_is_done),
		CASE(a_question_to_the_stuurgroep_comes_back_with_its_answer),
		CASE(minutes_name_numbers_and_organisations_and_each_reads_his_part),
		CASE(a_pack_is_a_registered_copy_that_only_its_member_opens),
		CASE(the_server_makes_the_pdf_of_a_pack_and_tells_how_far_it_is),
		CASE(a_pdf_that_lies_ready_is_given_only_while_nothing_changed),
		CASE(a_pdf_that_lies_ready_goes_after_an_hour_and_with_a_casefile),
		CASE(who_lost_his_appointment_gets_no_pdf),
		CASE(the_owner_alone_makes_a_report_of_what_it_may_use),
		CASE(a_report_prints_only_facts_that_were_released_and_names_no_silent_source),
	};
	return cmocka_run_group_tests_name("steering_agreed", tests, NULL, NULL);
}
