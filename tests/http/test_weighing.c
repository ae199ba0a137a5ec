/* Weighing together, by role: hidden scores, the reveal, the outcome, and who learns nothing. */
#include "weighing_table.h"

#include "signals/signals.h"
#include "weighing/weighing_store.h"

/* ---- promises ---------------------------------------------------------------------------------------- */

/* Nothing in what this visitor gets tells which of the four a partner chose. */
static void sees_no_value(struct visitor *v, const struct table *t)
{
	const char *const pages[] = { "/items/1", "", "/pack", "/minutes" };

	for (int i = 0; i < 4; i++) {
		visit(v, path(t, pages[i]));
		assert_int_equal(v->code, 200);
		assert_false(page_says(v, "Verschil"));
		assert_false(page_says(v, "Iedereen gelijk"));
		assert_false(page_says(v, "plein-tokens"));
	}
	visit(v, arena_printf(&t->h->arena, "/api/v1%s", path(t, "/items/1")));
	assert_int_equal(v->code, 200);
	assert_false(page_says(v, "UWV\"}]"));
	assert_true(page_says(v, "\"difference\":0"));
	assert_false(page_says(v, "\"difference\":1"));
	assert_false(page_says(v, "\"difference\":3"));
}

static void six_partners_score_and_nobody_sees_a_value_before_the_reveal(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, MEMBERS);

	t->chair = house_hire(h, "els@riec.example", ROLE_CHAIR, 0);
	t->v_chair = signed_in(h, t->chair);
	plan(t, MEMBERS);
	visit(t->at[2], path(t, "/pack"));
	assert_page_says(t->at[2], "Zeventien envelopjes in de kas");
	send_from(t->at[2], path(t, "/items/1/homework"), path(t, "/items/1/homework"),
	          "known=yes&alike=no&done=Twee%20controles");
	visit(t->at[3], path(t, "/pack"));
	assert_page_says(t->at[3], "Twee controles");
	open_meeting(t, MEMBERS, MEMBERS);
	visit(t->at[0], path(t, "/items/1/score"));
	assert_page_says(t->at[0], "De voorzitter vraagt nog niet om scores");
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_ask-scores"), "x=1");
	for (int i = 0; i < MEMBERS; i++) {
		send_from(t->at[i], path(t, "/items/1/score"), path(t, "/items/1/score"),
		          i == 5 ? "a=3&b=1&c=2&d=0" : "a=0&b=1&c=2&d=1");
		assert_page_says(t->at[i], "Uw score is bewaard");
	}
	sees_no_value(t->v_chair, t);
	sees_no_value(t->v_cor, t);
	sees_no_value(t->at[4], t);
	visit(t->v_chair, path(t, "/items/1"));
	assert_page_says(t->v_chair, "6 van 6 klaar");
	visit(t->at[1], path(t, "/items/1/score")); /* a form from before the reveal */
	send_from(t->v_chair, path(t, "/items/1"), path(t, "/items/1/_reveal"), "x=1");
	assert_page_says(t->v_chair, "Verschil 3: bespreek");
	visitor_send(t->at[1], path(t, "/items/1/score"), "a=3&b=3&c=3&d=3");
	assert_int_equal(t->at[1]->code, 409);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM score WHERE score = 3"),
	                 1);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM score WHERE criteria_version = ''"),
	    0);
	visit(t->at[4], path(t, "/items/1"));
	assert_page_says(t->at[4], "Verschil 3: bespreek");
	visitor_free(t->v_chair);
	leave(t);
}

static void adopting_needs_criteria_factors_participants_and_assignment(void **state)
{
	static const struct {
		const char *without, *with;
	} GAPS[] = { { "criterionE=yes", "criterionE=no" },
		     { "agreedD=0", "agreedD=" },
		     { "assignment=Waar%20komt%20het%20vandaan", "assignment=%20" } };
	struct house *h = *state;
	struct table *t = set_table(h, 1);

	plan(t, 4);
	open_meeting(t, 4, 4);
	for (size_t i = 0; i < sizeof GAPS / sizeof GAPS[0]; i++) {
		const char *all = good(t), *at = strstr(all, GAPS[i].without);
		assert_non_null(at);
		send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"),
		          arena_printf(&h->arena, "%.*s%s%s", (int)(at - all), all, GAPS[i].with,
		                       at + strlen(GAPS[i].without)));
		assert_int_equal(t->v_sec->code, 409);
	}
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), GOOD);
	assert_int_equal(t->v_sec->code, 409); /* nobody involved */
	assert_int_equal(store_world_number(h->store, "SELECT state FROM signal"),
	                 SIGNAL_ON_AGENDA);
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), good(t));
	assert_page_says(t->v_sec, "Het besluit is vastgelegd");
	assert_int_equal(store_world_number(h->store, "SELECT state FROM signal"),
	                 SIGNAL_ADOPTED_CASE);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM casefile c JOIN"
	                                              " casefile_organ o ON o.casefile_id = c.id"),
	                 1);
	visit(t->v_cor, "/casefiles");
	assert_page_says(t->v_cor, "Veel contant geld");
	send_from(t->at[0], path(t, "/items/1"), path(t, "/items/1/_dissent"),
	          "about=c&text=Dat%20kan%20ook%20alleen");
	visit(t->v_sec, path(t, "/minutes"));
	assert_page_says(t->v_sec, "dacht anders over criterium c");
	assert_false(page_says(t->v_sec, "lid0@overleg.example"));
	leave(t);
}

static void without_a_quorum_nothing_is_decided(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 0);

	plan(t, 4);
	open_meeting(t, 4, 3); /* two organs of Duinwaard and the police: one other participant */
	visit(t->v_sec, path(t, "/items/1"));
	assert_page_says(t->v_sec, "Er zijn te weinig deelnemers");
	assert_int_equal(store_world_number(h->store, "SELECT state FROM signal"),
	                 SIGNAL_ON_AGENDA);
	leave(t);
}

static void the_chair_sets_how_many_others_must_be_there_and_nobody_else(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 0);
	static const char SET[] =
	    "SELECT count(*) FROM setting WHERE name = 'meeting.quorum_others'"
	    " AND value = '1'";

	t->chair = house_hire(h, "voorzitter@riec.example", ROLE_CHAIR, 0);
	t->v_chair = signed_in(h, t->chair);
	plan(t, 4);
	open_meeting(t, 4, 3);
	visit(t->v_sec, "/meetings/quorum");
	assert_page_says(t->v_sec, "En zoveel andere deelnemers: 2.");
	assert_page_says(t->v_sec, "De voorzitter past dit aan");
	visit(t->v_sec, path(t, ""));
	visitor_send(t->v_sec, "/meetings/quorum", "others=1");
	assert_int_equal(t->v_sec->code, 403);
	send_from(t->v_chair, "/meetings/quorum", "/meetings/quorum", "others=0");
	assert_int_equal(t->v_chair->code, 400);
	send_from(t->v_chair, "/meetings/quorum", "/meetings/quorum", "others=6");
	assert_int_equal(t->v_chair->code, 400);
	assert_int_equal(store_world_number(h->store, SET), 0);
	send_from(t->v_chair, "/meetings/quorum", "/meetings/quorum", "others=1");
	assert_page_says(t->v_chair, "Dit geldt vanaf het volgende besluit");
	assert_int_equal(store_world_number(h->store, SET), 1);
	visit(t->v_sec, path(t, "/items/1"));
	assert_false(page_says(t->v_sec, "Er zijn te weinig deelnemers"));
	visitor_free(t->v_chair);
	leave(t);
}

static void two_secretaries_close_one_meeting_and_one_hears_that_a_colleague_was_first(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 0);

	t->v_anna = signed_in(h, t->anna);
	plan(t, 4);
	open_meeting(t, 4, 4);
	visit(t->v_cor, path(t, ""));
	visitor_send(t->v_cor, path(t, "/_close"), "x=1");
	assert_int_equal(t->v_cor->code, 409); /* not decided yet */
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), good(t));
	visit(t->v_cor, path(t, ""));
	visit(t->v_sec, path(t, ""));
	visitor_send(t->v_sec, path(t, "/_close"), "x=1");
	assert_page_says(t->v_sec, "De vergadering is gesloten");
	visitor_send(t->v_cor, path(t, "/_close"), "x=1");
	assert_int_equal(t->v_cor->code, 409);
	assert_page_says(t->v_cor, "Iemand anders heeft dit intussen gewijzigd");
	assert_page_says(t->v_cor, "Gesloten");
	visit(t->v_anna, "/news");
	assert_false(page_says(t->v_anna, "Besluit over uw signaal"));
	visit(t->v_cor, "/");
	assert_page_says(t->v_cor, "Bericht aan de indiener vrijgeven");
	send_from(t->v_cor, path(t, "/minutes"), path(t, "/items/1/_release"),
	          "message=Wij%20gaan%20ermee%20verder");
	assert_page_says(t->v_cor, "Het bericht is vrijgegeven");
	visit(t->v_anna, "/news");
	assert_page_says(t->v_anna, "Besluit over uw signaal");
	visit(t->v_anna, arena_printf(&h->arena, "/signals/%s", t->signal));
	assert_page_says(t->v_anna, "Bericht van het RIEC");
	assert_page_says(t->v_anna, "Wij gaan ermee verder");
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM signal WHERE told_at > 0"), 1);
	visitor_free(t->v_anna);
	leave(t);
}

static void what_is_not_adopted_leaves_lists_and_pages_at_once(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 1);

	plan(t, 4);
	open_meeting(t, 4, 4);
	visit(t->at[0], path(t, ""));
	assert_page_says(t->at[0], "Veel contant geld");
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), "outcome=not-adopt");
	assert_int_equal(t->v_sec->code, 409); /* without a reason */
	send_from(t->v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"),
	          "outcome=not-adopt&reason=TOO_LITTLE");
	assert_page_says(t->v_sec, "Het besluit is vastgelegd");
	struct visitor *const who[] = { t->at[0], t->v_sec, t->v_cor };
	const char *const pages[] = { "", "/pack", "/items/1", "/minutes" };
	for (int i = 0; i < 3; i++)
		for (int j = 0; j < 4; j++) {
			visit(who[i], path(t, pages[j]));
			assert_int_equal(who[i]->code, 200);
			assert_false(page_says(who[i], "Veel contant geld"));
			assert_false(page_says(who[i], "Zeventien envelopjes"));
		}
	assert_int_equal(store_world_number(h->store,
	                                    "SELECT count(*) FROM signal_audience WHERE state = 10"
	                                    " AND audience_id NOT BETWEEN 844424930131968 AND"
	                                    " 1125899906842623 AND audience_id <> 281474976710669"),
	                 0);
	leave(t);
}

static void a_signal_is_deferred_twice_and_then_decided(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 0);

	plan(t, 4);
	open_meeting(t, 4, 4);
	for (int i = 1; i <= 3; i++) {
		const char *item = arena_printf(&h->arena, "/items/%d", i);
		send_from(t->v_sec, path(t, item),
		          path(t, arena_printf(&h->arena, "%s/_decide", item)),
		          "outcome=defer&reason=TOO_LITTLE&nextDay=17-12-2026");
		assert_int_equal(t->v_sec->code, i <= 2 ? 200 : 409);
		if (i == 3)
			break;
		send_from(t->v_cor, path(t, ""), path(t, "/_add"),
		          arena_printf(&h->arena, "signal=%s", t->signal));
		assert_page_says(t->v_cor, "Het signaal staat op de agenda");
	}
	assert_int_equal(store_world_number(h->store, "SELECT deferred_times FROM signal"), 2);
	leave(t);
}

static void who_is_not_invited_learns_nothing_by_any_route(void **state)
{
	static const char *const PATHS[] = { "",         "/pack",          "/minutes",
		                             "/items/1", "/items/1/score", "/items/1/homework" };
	struct house *h = *state;
	struct table *t = set_table(h, MEMBERS);
	struct visitor *out = t->at[5], *clerk = signed_in(h, t->anna);

	plan(t, 5);
	visit(t->at[4], "/meetings");
	assert_page_says(t->at[4], t->meeting);
	visit(out, "/meetings");
	assert_false(page_says(out, t->meeting));
	for (size_t i = 0; i < sizeof PATHS / sizeof PATHS[0]; i++)
		for (int api = 0; api < 2; api++) {
			const char *root = api != 0 ? "/api/v1" : "";
			visit(out, arena_printf(&h->arena, "%s%s", root, path(t, PATHS[i])));
			assert_int_equal(out->code, 404);
			assert_false(page_says(out, t->signal));
			assert_false(page_says(out, "Veel contant geld"));
			visit(clerk, arena_printf(&h->arena, "%s%s", root, path(t, PATHS[i])));
			assert_int_equal(clerk->code, 404);
		}
	visit(out, arena_printf(&h->arena, "/events?topic=meeting-%s", t->meeting));
	assert_int_equal(out->code, 404);
	struct db_read *r = NULL;
	struct error e = { 0 };
	struct viewer v = { .person_id = t->member[5]->person_id,
		            .appointment_id = t->member[5]->appointment_id,
		            .role = ROLE_INFO_MEETING_MEMBER };
	struct meeting m;
	viewer_audiences(&v);
	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(meeting_load(r, &v, t->meeting, &h->arena, &m, &e), ERR_NOT_FOUND);
	db_read_end(r);
	visitor_free(clerk);
	leave(t);
}

static const struct db_stmt DEPUTISES = { "test_deputises", "ii",
	                                  "UPDATE appointment SET deputy_for = $2 WHERE id = $1" };

struct deputising {
	int64_t deputy, absent;
};

static enum status deputise(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct deputising *d = args;
	return db_exec(tx, &DEPUTISES, DB_ARGS(DB_INT(d->deputy), DB_INT(d->absent)), NULL, reterr);
}

/* Hired beside the one who is away, with the same role, in his stead. */
static struct house_person *deputy_of(struct house *h, const struct house_person *away,
                                      const char *email, enum role role)
{
	struct house_person *p = house_hire(h, email, role, 0);
	struct deputising d = { p->appointment_id, away->appointment_id };

	store_world_run(h->store, deputise, &d);
	return p;
}

static void
a_deputy_of_chair_and_secretary_holds_the_whole_meeting_as_long_as_he_is_one(void **state)
{
	struct house *h = *state;
	struct table *t = set_table(h, 3);
	struct house_person *chair = house_hire(h, "voorzitter@riec.example", ROLE_CHAIR, 0);
	struct house_person *stand_in =
	    deputy_of(h, chair, "plaatsvervanger@riec.example", ROLE_CHAIR);
	struct visitor *v_chair = signed_in(h, stand_in);
	struct visitor *v_sec =
	    signed_in(h, deputy_of(h, t->sec, "tweede.secretaris@riec.example", ROLE_SECRETARY));

	plan(t, 4);
	send_from(v_chair, path(t, ""), path(t, "/_open"), "x=1");
	assert_page_says(v_chair, "De vergadering is open");
	for (int i = 0; i < 4; i++) {
		send_from(v_sec, path(t, "/attendance"), path(t, "/_attendance"),
		          arena_printf(&h->arena,
		                       "people%%5B0%%5D.id=%lld&people%%5B0%%5D.presence=room",
		                       (long long)t->member[i]->appointment_id));
		assert_page_says(v_sec, "Vastgelegd wie er is");
	}
	send_from(v_chair, path(t, "/items/1"), path(t, "/items/1/_ask-scores"), "x=1");
	for (int i = 0; i < 3; i++)
		send_from(t->at[i], path(t, "/items/1/score"), path(t, "/items/1/score"),
		          "a=1&b=1&c=1&d=1");
	send_from(v_chair, path(t, "/items/1"), path(t, "/items/1/_reveal"), "x=1");
	assert_page_says(v_chair, "Iedereen gelijk");
	send_from(v_sec, path(t, "/items/1"), path(t, "/items/1/_decide"), good(t));
	assert_page_says(v_sec, "Het besluit is vastgelegd");
	send_from(v_chair, path(t, ""), path(t, "/_close"), "x=1");
	assert_page_says(v_chair, "De vergadering is gesloten");

	struct ending gone = { stand_in->appointment_id, h->clock.fixed_ms - 1000 };
	store_world_run(h->store, end_appointment, &gone);
	visit(v_chair, path(t, "/minutes"));
	assert_false(page_says(v_chair, t->signal));
	visitor_free(v_chair);
	visitor_free(v_sec);
	leave(t);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_deputy_of_chair_and_secretary_holds_the_whole_meeting_as_long_as_he_is_one),
		CASE(six_partners_score_and_nobody_sees_a_value_before_the_reveal),
		CASE(adopting_needs_criteria_factors_participants_and_assignment),
		CASE(without_a_quorum_nothing_is_decided),
		CASE(the_chair_sets_how_many_others_must_be_there_and_nobody_else),
		CASE(two_secretaries_close_one_meeting_and_one_hears_that_a_colleague_was_first),
		CASE(what_is_not_adopted_leaves_lists_and_pages_at_once),
		CASE(a_signal_is_deferred_twice_and_then_decided),
		CASE(who_is_not_invited_learns_nothing_by_any_route),
	};
	return cmocka_run_group_tests_name("weighing", tests, NULL, NULL);
}
