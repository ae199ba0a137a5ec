/* Who reads how much of an advice, and who cannot tell that there is one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "advice_room.h"
#include "server/rooms.h"

static void an_owner_and_a_source_see_their_own_part_and_nothing_else(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	visit(b->v_desk, page_of(r, ""));
	assert_page_says(b->v_desk, "Onderzoek naar de opslag");
	assert_false(page_says(b->v_desk, "Pak de opslag samen aan"));
	assert_false(page_says(b->v_desk, "Bezwaar of geen bezwaar"));
	visit(b->v_dec, page_of(r, ""));
	assert_page_says(b->v_dec, "Opsporingsonderzoek, door");
	assert_page_says(b->v_dec, "Mag de eigenaar uw feiten gebruiken");
	assert_false(page_says(b->v_dec, "Pak de opslag samen aan"));
	static const char *const WHOLE[] = { "/print",    "/odt",  "/pdf",
		                             "/who-sees", "/text", "/facts" };
	for (size_t i = 0; i < sizeof WHOLE / sizeof WHOLE[0]; i++) {
		visit(b->v_desk, page_of(r, WHOLE[i]));
		assert_int_equal(b->v_desk->code, 404);
	}
	visit(b->v_desk, arena_printf(&b->h->arena, "/api/v1/advices/%s", r->ref));
	assert_page_says(b->v_desk, "Onderzoek naar de opslag");
	assert_false(page_says(b->v_desk, "conclusion"));
	assert_false(page_says(b->v_desk, "sources\":[{"));
	close_room(r);
}

static const char *bare(struct room *r, const struct visitor *v, const char *ref)
{
	char *to = arena_alloc(&r->b->h->arena, strlen(v->page) + 1), *end = to;

	for (const char *c = v->page; *c != '\0';) {
		if (strncmp(c, ref, strlen(ref)) == 0) {
			c += strlen(ref);
			continue;
		}
		if (strncmp(c, "name=\"_csrf\" value=\"", 20) == 0 ||
		    strncmp(c, "name=\"_once\" value=\"", 20) == 0)
			c = strchr(c + 20, '"');
		if (strncmp(c, "requestId\":\"", 12) == 0) {
			c = strchr(c + 12, '}');
			continue;
		}
		*end++ = *c++;
	}
	*end = '\0';
	return to;
}

static void who_may_not_see_it_cannot_tell_that_it_exists(void **state)
{
	struct room *r = final_room(state);
	struct bureau *b = r->b;
	struct house_person *people[] = {
		house_hire(b->h, "loket@duinwaard.example", ROLE_PARTNER_DESK, 0),
		house_hire(b->h, "beslist@duinwaard.example", ROLE_PARTNER_DECIDER, 0),
		house_hire(b->h, "stuur@duinwaard.example", ROLE_STEERING_MEMBER, 0),
		house_hire(b->h, "stuur@politie.example", ROLE_STEERING_MEMBER, b->h->police_organ),
		house_hire(b->h, "groep@politie.example", ROLE_WORKING_GROUP, b->h->police_organ),
	};
	static const char NO_SUCH[] = "A-2026-00000";
	static const char *const WAYS[][2] = {
		{ "", "" }, { "/api/v1", "" }, { "", "/print" }, { "", "/odt" }, { "", "/pdf" }
	};

	for (size_t i = 0; i < sizeof people / sizeof people[0]; i++) {
		struct visitor *v = signed_in(b->h, people[i]);
		for (size_t w = 0; w < sizeof WAYS / sizeof WAYS[0]; w++) {
			char path[80];
			(void)snprintf(path, sizeof path, "%s/advices/%s%s", WAYS[w][0], r->ref,
			               WAYS[w][1]);
			visit(v, path);
			assert_int_equal(v->code, 404);
			const char *hidden = bare(r, v, r->ref);
			(void)snprintf(path, sizeof path, "%s/advices/%s%s", WAYS[w][0], NO_SUCH,
			               WAYS[w][1]);
			visit(v, path);
			assert_int_equal(v->code, 404);
			assert_string_equal(hidden, bare(r, v, NO_SUCH));
		}
		visit(v, "/advices");
		assert_false(page_says(v, r->ref));
		visitor_free(v);
	}
	struct visitor *v = signed_in(
	    b->h, house_hire(b->h, "indiener@politie.example", ROLE_SUBMITTER, b->h->police_organ));
	visit(v, page_of(r, "")); /* no permission at all */
	assert_true(v->code == 403 || v->code == 404);
	visitor_free(v);
	close_room(r);
}

static void the_stuurploeg_of_a_participant_reads_the_whole_advice_but_no_fact(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;

	everybody_agrees(r);
	advice_move_by(r, b->v_ana, "sign", "");
	advice_move_by(r, r->v_head, "confirm", "");
	struct visitor *member =
	    signed_in(b->h, house_hire(b->h, "stuur@politie.example", ROLE_STEERING_MEMBER,
	                               b->h->police_organ));
	struct visitor *other =
	    signed_in(b->h, house_hire(b->h, "stuur@duinwaard.example", ROLE_STEERING_MEMBER, 0));
	visit(member, page_of(r, ""));
	assert_int_equal(member->code, 404);
	const char *file = arena_printf(&b->h->arena, "/casefiles/%s/move/to-steering", b->ref);
	send_from(r->v_head, file, file, "x=1");
	assert_int_equal(r->v_head->code, 200);
	visit(member, "/");
	assert_page_says(member, "Een advies ligt bij de Stuurploeg");
	visit(member, page_of(r, ""));
	assert_page_says(member, "Pak de opslag samen aan");
	assert_page_says(member, "Onderzoek naar de opslag");
	assert_false(page_says(member, "Zandwijk"));
	assert_false(page_says(member, "Waar het op rust"));
	assert_false(page_says(member, "Bronnen en bezwaren"));
	assert_false(page_says(member, "Bronnen")); /* the police didn't agree to be named */
	visit(member, page_of(r, "/print"));
	assert_page_says(member, "Pak de opslag samen aan");
	visit(member, page_of(r, "/odt"));
	assert_int_equal(member->code, 200);
	visit(member, page_of(r, "/pdf"));
	assert_int_equal(member->code, 200);
	assert_page_says(member, "%PDF-");
	visit(member, arena_printf(&b->h->arena, "/casefiles/%s", b->ref));
	assert_int_equal(member->code, 404);
	visit(other, page_of(r, ""));
	assert_int_equal(other->code, 404);
	visitor_free(member);
	visitor_free(other);
	close_room(r);
}

static void heavy_facts_leave_no_trace_for_who_isnt_named_for_them(void **state)
{
	struct room *r = open_room(state);
	struct bureau *b = r->b;

	set(r, &ADVICE_SET_PHASE, b->tax_organ,
	    3); /* the tax administration's only fact is heavy */
	begin(r, b->v_ana);
	write_words(r);
	propose(r, INQUIRY, b->h->police_organ);
	const int64_t heavy = number(r, "SELECT max(id) FROM fact");
	visit(b->v_ana, page_of(r, "/facts"));
	assert_false(
	    page_says(b->v_ana, arena_printf(&b->h->arena, "value=\"%lld\"", (long long)heavy)));
	send_from(b->v_ana, page_of(r, "/facts"), page_of(r, "/facts"),
	          arena_printf(&b->h->arena, "facts%%5B0%%5D.id=%lld", (long long)heavy));
	assert_int_equal(b->v_ana->code, 404);
	advice_move_by(r, b->v_ana, "ask", "");
	visit(b->v_ana, page_of(r, "")); /* asked, for the law wants it; the analyst isn't told */
	assert_false(page_says(b->v_ana, "Belastingdienst"));
	assert_int_equal(number(r, "SELECT count(*) FROM advice_source WHERE phase = 3"), 1);
	close_room(r);
}

static void a_working_group_member_writes_and_a_desk_or_coordinator_does_not(void **state)
{
	struct room *r = open_room(state);
	struct bureau *b = r->b;

	begin(r, b->v_ana);
	visit(b->v_cor, page_of(r, ""));
	assert_int_equal(b->v_cor->code, 200);
	assert_false(page_says(b->v_cor, "Schrijf de tekst"));
	visit(b->v_cor, page_of(r, "/text"));
	assert_int_equal(b->v_cor->code, 404);
	visit(r->v_head, page_of(r, ""));
	visitor_send_from(r->v_head, page_of(r, "/move/ask"), page_of(r, "/move/ask"),
	                  "revision=1");
	assert_true(r->v_head->code >= 400);
	struct house_person *group =
	    house_hire(b->h, "groep@politie.example", ROLE_WORKING_GROUP, b->h->police_organ);
	struct visitor *v = signed_in(b->h, group);
	visit(v, page_of(r, ""));
	assert_int_equal(v->code, 404); /* not named on the casefile */
	const char *members = arena_printf(&b->h->arena, "/casefiles/%s/members", b->ref);
	send_from(b->v_cor, members, members,
	          arena_printf(&b->h->arena, "appointment=%lld", (long long)group->appointment_id));
	visit(v, page_of(r, "/text"));
	assert_int_equal(v->code, 200);
	visitor_send(v, page_of(r, "/text"), WORDS);
	assert_page_says(v, "De tekst is bewaard");
	assert_false(page_says(v, "Teken het advies"));
	visitor_free(v);
	close_room(r);
}

static void who_can_open_an_advice_is_told_with_the_reason(void **state)
{
	struct room *r = asked_room(state);

	visit(r->b->v_cor, page_of(r, "/who-sees"));
	assert_page_says(r->b->v_cor, "ana@riec.example");
	assert_page_says(r->b->v_cor, "loket@politie.example");
	assert_page_says(r->b->v_cor, "beslist@politie.example");
	visit(r->b->v_cor, page_of(r, "/access-log"));
	assert_int_equal(r->b->v_cor->code, 200);
	close_room(r);
}

static void a_wasstraat_advice_goes_to_the_partners_and_no_stuurploeg_decides(void **state)
{
	struct room *r = open_room(state);
	struct bureau *b = r->b;
	const char *base = arena_printf(&b->h->arena, "/casefiles/%s/move/", b->ref);
	const char *provide = arena_printf(&b->h->arena, "%sprovide", base);
	const char *submit = arena_printf(&b->h->arena, "%sto-steering", base);

	set(r, &ADVICE_SET_VARIANT, b->casefile, WASSTRAAT);
	ask_room(r);
	finish_room(r);
	visit(b->v_desk, page_of(r, ""));
	assert_false(page_says(b->v_desk, "Pak de opslag samen aan"));
	send_from(r->v_head, provide, submit, "x=1");
	assert_int_equal(r->v_head->code, 403); /* no form goes there: that move isn't offered */
	send_from(r->v_head, provide, provide, "x=1");
	assert_page_says(r->v_head, "Het advies is verstrekt");
	assert_int_equal(number(r, "SELECT state FROM casefile WHERE activity = 2"), 7);
	visit(b->v_desk, "/");
	assert_page_says(b->v_desk, "Een advies is verstrekt");
	visit(b->v_desk, page_of(r, ""));
	assert_page_says(b->v_desk, "Pak de opslag samen aan");
	visit(r->v_head, page_of(r, ""));
	assert_false(page_says(r->v_head, "/move/withdraw"));
	close_room(r);
}

static const struct db_stmt BLOCK = {
	"test_advice_block", "iii",
	"INSERT INTO casefile_block (casefile_id, person_id, kind, set_by, set_at)"
	" VALUES ($1, $2, 1, $3, 1)"
};
struct blocking {
	int64_t casefile, person, by;
};
static enum status block_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct blocking *k = args;
	return db_exec(tx, &BLOCK, DB_ARGS(DB_INT(k->casefile), DB_INT(k->person), DB_INT(k->by)),
	               NULL, reterr);
}

static void who_is_blocked_from_the_casefile_sees_no_advice_of_it(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;
	const struct house_person *people[] = { b->ana, b->desk, b->dec };
	struct visitor *visitors[] = { b->v_ana, b->v_desk, b->v_dec };

	for (size_t i = 0; i < 3; i++) {
		struct blocking k = { b->casefile, people[i]->person_id, b->cor->appointment_id };
		visit(visitors[i], page_of(r, ""));
		assert_int_equal(visitors[i]->code, 200);
		store_world_run(b->h->store, block_run, &k);
		visit(visitors[i], page_of(r, ""));
		assert_int_equal(visitors[i]->code, 404);
		visit(visitors[i], "/advices");
		assert_false(page_says(visitors[i], r->ref));
	}
	visit(b->v_cor, page_of(r, "/who-sees"));
	assert_false(page_says(b->v_cor, "loket@politie.example"));
	assert_page_says(b->v_cor, "loket2@politie.example");
	close_room(r);
}

static void search_for(struct room *r, struct visitor *v, const char *word)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(search_feed_step(&r->b->h->plein, SEARCH_FEEDS, &more, &e), OK);
	visit(v, "/search");
	visitor_send(v, "/search", arena_printf(&r->b->h->arena, "q=%s", word));
	assert_int_equal(v->code, 200);
}

static void an_advice_is_found_by_who_reads_the_whole_of_it(void **state)
{
	struct room *r = asked_room(state);
	struct bureau *b = r->b;
	const char *link = arena_printf(&b->h->arena, "\"%s\"", page_of(r, ""));

	search_for(r, b->v_ana, "opslag%20samen");
	assert_page_says(b->v_ana, link);
	assert_page_says(b->v_ana, "Pak de opslag samen aan");
	search_for(r, b->v_cor, "kwartaal"); /* a word of a proposal */
	assert_page_says(b->v_cor, link);
	search_for(r, b->v_desk, "onderzoek"); /* an owner reads his part, by his own work */
	assert_false(page_says(b->v_desk, link));
	search_for(r, b->v_dec, "opslag");
	assert_false(page_says(b->v_dec, link));
	close_room(r);
}

#define T(test) cmocka_unit_test_setup_teardown(test, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		T(an_owner_and_a_source_see_their_own_part_and_nothing_else),
		T(who_may_not_see_it_cannot_tell_that_it_exists),
		T(the_stuurploeg_of_a_participant_reads_the_whole_advice_but_no_fact),
		T(a_wasstraat_advice_goes_to_the_partners_and_no_stuurploeg_decides),
		T(heavy_facts_leave_no_trace_for_who_isnt_named_for_them),
		T(a_working_group_member_writes_and_a_desk_or_coordinator_does_not),
		T(who_is_blocked_from_the_casefile_sees_no_advice_of_it),
		T(who_can_open_an_advice_is_told_with_the_reason),
		T(an_advice_is_found_by_who_reads_the_whole_of_it),
	};
	return cmocka_run_group_tests_name("advice seen", tests, NULL, NULL);
}
