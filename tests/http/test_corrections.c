/* Who got which fact, and what happens when it turns out wrong (BGS 1.7). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "subjects/copy.h"
#include "subjects/correction.h"

static int64_t number(struct casus *c, const char *sql)
{
	return store_world_number(c->h->store, sql);
}

static int64_t fact_of_kind(struct casus *c, int kind)
{
	return number(c, arena_printf(&c->h->arena,
	                              "SELECT max(f.id) FROM fact f JOIN presence p"
	                              " ON p.id = f.presence_id WHERE p.casefile_id IS NOT NULL"
	                              " AND f.kind = %d",
	                              kind));
}

static const char *fact_at(struct casus *c, int64_t id, const char *rest)
{
	return casus_at(c, arena_printf(&c->h->arena, "/facts/%lld%s", (long long)id, rest));
}

static void correct(struct casus *c, struct visitor *who, int64_t fact, const char *fields)
{
	send_from(who, fact_at(c, fact, "/correct"), fact_at(c, fact, "/correct"), fields);
}

#define RECTIFY "kind=RECTIFY&text=Controle%20op%203%20mei&reason=Verkeerde%20dag%20overgenomen"

static void a_page_leaves_one_copy_of_what_is_new_and_none_the_second_time(void **state)
{
	struct casus *c = casus_new(*state);

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle");
	const int64_t before = number(c, "SELECT count(*) FROM copy");
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	assert_int_equal(number(c, "SELECT count(*) FROM copy"), before + 1);
	const int64_t facts = number(c, "SELECT count(*) FROM copy_fact");
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	assert_int_equal(number(c, "SELECT count(*) FROM copy"), before + 1);
	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Nog%20een");
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	/* Wendy is sent back to the page of the subject: she gets it too */
	assert_int_equal(number(c, "SELECT count(*) FROM copy_fact"), facts + 2);
	(void)casus_answer(c, c->v_ana, "/subjects/1");
	assert_true(number(c, "SELECT count(*) FROM copy WHERE act = 2") > 0);
	casus_free(c);
}

static void a_correction_stands_beside_the_old_and_reaches_everybody_who_opened_it(void **state)
{
	struct casus *c = casus_new(*state);

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle%20op%201%20mei");
	const int64_t fact = fact_of_kind(c, 418);
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	correct(c, c->v_wendy, fact, RECTIFY);
	assert_page_says(c->v_wendy, "Wie dit zag, krijgt bericht");
	assert_page_says(c->v_wendy, "Controle op 3 mei");
	assert_page_says(c->v_wendy, "<s>Controle op 1 mei</s>");
	assert_int_equal(number(c, "SELECT count(*) FROM fact_correction_told"), 1);
	visit(c->v_wim, "/");
	assert_page_says(c->v_wim, "Een gegeven is verbeterd");
	assert_page_says(c->v_wim, "Verbetering verwerken");
	visit(c->v_wim, casus_at(c, "/corrections"));
	assert_page_says(c->v_wim, "u zag de oude versie");
	assert_page_says(c->v_wim, "Verkeerde dag overgenomen");
	visitor_send(c->v_wim, casus_at(c, "/corrections/seen"), "x=1");
	assert_page_says(c->v_wim, "Vastgelegd");
	visit(c->v_wim, "/");
	assert_false(page_says(c->v_wim, "Verbetering verwerken"));
	visit(c->v_cor, casus_at(c, "/corrections"));
	assert_page_says(c->v_cor, "1 van 1");
	visit(c->v_ana, casus_at(c, "/corrections")); /* never opened it: nothing waits for her */
	assert_false(page_says(c->v_ana, "u zag de oude versie"));
	casus_free(c);
}

static void what_is_withdrawn_loses_its_words_on_every_page_and_keeps_its_mark(void **state)
{
	struct casus *c = casus_new(*state);

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Verkeerde%20man");
	const int64_t fact = fact_of_kind(c, 418);
	correct(c, c->v_wendy, fact, "kind=WITHDRAW&reason=Gaat%20over%20een%20ander");
	assert_page_says(c->v_wendy, "Ingetrokken. Niemand anders had dit gezien");
	assert_page_says(c->v_wendy, "ingetrokken op");
	assert_false(page_says(c->v_wendy, "Verkeerde man"));
	visit(c->v_cor, fact_at(c, fact, ""));
	assert_page_says(c->v_cor, "Gaat over een ander");
	assert_int_equal(number(c, "SELECT count(*) FROM fact WHERE length(value) = 0"), 1);
	visit(c->v_cor, fact_at(c, fact, "/correct")); /* once */
	assert_int_equal(c->v_cor->code, 409);
	casus_free(c);
}

static void a_name_that_is_corrected_is_the_name_from_then_on_also_to_search_by(void **state)
{
	struct casus *c = casus_new(*state);
	const int64_t fact = fact_of_kind(c, FACT_FAMILY_NAME);
	const int64_t tokens = number(c, "SELECT count(DISTINCT token) FROM identifier_token");

	visit(c->v_wendy, casus_at(c, "/subjects/1"));
	correct(c, c->v_wim, fact,
	        "kind=RECTIFY&text=Zandweg&reason=Spelling"); /* his organisation's */
	assert_page_says(c->v_wim, "Milan Zandweg");
	visit(c->v_cor, casus_at(c, ""));
	assert_page_says(c->v_cor, "Milan Zandweg");
	assert_false(page_says(c->v_cor, "Milan Zandwijk"));
	assert_int_equal(number(c, "SELECT count(DISTINCT token) FROM identifier_token"),
	                 tokens + 1); /* the signal still has the old one */
	correct(c, c->v_wim, fact_of_kind(c, FACT_BIRTH_DATE),
	        "kind=RECTIFY&text=eergisteren-ish&reason=Proef");
	assert_int_equal(c->v_wim->code, 400);
	casus_free(c);
}

static void
only_its_source_and_a_coordinator_correct_and_who_does_not_see_it_finds_nothing(void **state)
{
	struct casus *c = casus_new(*state);
	struct visitor *out =
	    signed_in(c->h, house_hire(c->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle");
	const int64_t fact = fact_of_kind(c, 418);
	visit(c->v_wim, fact_at(c, fact, "/correct"));
	assert_int_equal(c->v_wim->code, 409);
	const char *json = "{\"kind\":\"RECTIFY\",\"text\":\"Anders\",\"reason\":\"Zomaar\"}";
	const char *rest = arena_printf(&c->h->arena, "/facts/%lld/correct", (long long)fact);
	assert_int_equal(casus_post(c, c->wim, rest, json, NULL), 409);
	assert_int_equal(casus_post(c, c->ana, rest, json, NULL), 409);
	assert_int_equal(casus_post(c, c->cor, rest, "{\"kind\":\"RECTIFY\"}", NULL), 400);
	assert_int_equal(casus_post(c, c->cor, rest, json, NULL), 201);
	assert_int_equal(casus_post(c, c->cor, rest, json, NULL), 409); /* a minute later */
	visit(out, fact_at(c, fact, ""));
	assert_int_equal(out->code, 404);
	visit(c->v_wim, fact_at(c, 999999, ""));
	assert_int_equal(c->v_wim->code, 404);
	casus_put_heavy(c, "Uit een gericht onderzoek");
	const int64_t heavy = fact_of_kind(c, 429);
	visit(c->v_wim, fact_at(c, heavy, ""));
	assert_int_equal(c->v_wim->code, 404);
	visitor_free(out);
	casus_free(c);
}

static void who_got_it_is_told_to_its_source_and_the_coordinator_alone(void **state)
{
	struct casus *c = casus_new(*state);

	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle");
	const int64_t fact = fact_of_kind(c, 418);
	visit(c->v_wim, casus_at(c, "/subjects/1"));
	visit(c->v_wim, fact_at(c, fact, ""));
	assert_false(page_says(c->v_wim, "Wie heeft dit gezien"));
	visit(c->v_wendy, fact_at(c, fact, ""));
	assert_page_says(c->v_wendy, "Wie heeft dit gezien");
	assert_page_says(c->v_wendy, c->wim->name);
	visit(c->v_cor, fact_at(c, fact, ""));
	assert_page_says(c->v_cor, c->wim->name);
	assert_page_says(c->v_cor, "WGS"); /* the ground */
	casus_free(c);
}

static void a_desk_that_was_asked_about_somebody_hears_that_his_name_was_wrong(void **state)
{
	struct casus *c = casus_new(*state);
	struct house *h = c->h;
	struct visitor *desk = signed_in(
	    h, house_hire(h, "loket@politie.example", ROLE_PARTNER_DESK, h->police_organ));

	send_from(
	    c->v_cor, arena_printf(&h->arena, "/requests/new?casefile=%s", c->ref), "/requests",
	    arena_printf(&h->arena, "casefile=%s&organs%%5B0%%5D.organ=%lld&%s", c->ref,
	                 (long long)h->police_organ,
	                 SUPERVISION "&subjects%5B0%5D.number=1"
	                             "&necessity=Zonder%20deze%20gegevens%20weten%20wij%20niets"));
	const char *request = arena_strdup(&h->arena, c->v_cor->path);
	send_from(c->v_cor, request, arena_printf(&h->arena, "%s/move/issue", request), "x=1");
	visit(desk, request);
	assert_page_says(desk, "Milan Zandwijk");
	correct(c, c->v_wim, fact_of_kind(c, FACT_FAMILY_NAME),
	        "kind=RECTIFY&text=Zandweg&reason=Spelling");
	visit(desk, "/");
	assert_page_says(desk, "Een gegeven is verbeterd");
	visit(desk, request);
	assert_page_says(desk, "Milan Zandweg");
	visitor_free(desk);
	casus_free(c);
}

static void about_a_child_a_fact_asks_why_it_is_needed_all_the_same(void **state)
{
	struct casus *c = casus_new(*state);

	correct(c, c->v_wim, fact_of_kind(c, FACT_BIRTH_DATE),
	        "kind=RECTIFY&text=12-3-2012&reason=Verkeerd%20jaar");
	visit(c->v_wendy, casus_at(c, "/subjects/1"));
	assert_page_says(c->v_wendy, "Jonger dan 18 jaar");
	casus_tell(c, c->v_wendy, 1, "kind=INSPECTION&nature=FACT&text=Controle");
	assert_int_equal(c->v_wendy->code, 400);
	assert_page_says(c->v_wendy, "minorNecessity-problem");
	casus_tell(c, c->v_wendy, 1,
	           "kind=INSPECTION&nature=FACT&text=Controle"
	           "&minorNecessity=Hij%20wordt%20door%20anderen%20gebruikt%20als%20koerier");
	assert_page_says(c->v_wendy, "Toegevoegd");
	visit(c->v_cor, fact_at(c, fact_of_kind(c, 418), ""));
	assert_page_says(c->v_cor, "gebruikt als koerier");
	casus_free(c);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_page_leaves_one_copy_of_what_is_new_and_none_the_second_time),
		PROMISE(a_correction_stands_beside_the_old_and_reaches_everybody_who_opened_it),
		PROMISE(what_is_withdrawn_loses_its_words_on_every_page_and_keeps_its_mark),
		PROMISE(a_name_that_is_corrected_is_the_name_from_then_on_also_to_search_by),
		PROMISE(
		    only_its_source_and_a_coordinator_correct_and_who_does_not_see_it_finds_nothing),
		PROMISE(who_got_it_is_told_to_its_source_and_the_coordinator_alone),
		PROMISE(a_desk_that_was_asked_about_somebody_hears_that_his_name_was_wrong),
		PROMISE(about_a_child_a_fact_asks_why_it_is_needed_all_the_same),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
