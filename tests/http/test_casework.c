/* A casefile by role: opened from a signal, named people, a block, and who learns nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "casework/casework.h"
#include "client.h"
#include "house_world.h"
#include "server/rooms.h"
#include "signals/signals.h"

struct bench {
	struct house *h;
	struct house_person *clerk, *cor, *ana, *wendy, *other;
	struct visitor *v_cor, *v_ana, *v_wendy;
	int64_t id;
	char reference[32];
};

struct opening {
	struct viewer clerk, coordinator;
	struct signal_new signal;
	struct casefile_new casefile;
	int64_t organ, id;
	char reference[32];
};

static enum status open_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct opening *o = args;
	const char *reference = NULL;

	enum status st = signal_create(tx, &o->signal, &o->casefile.signal_id, &reference, reterr);
	if (st == OK)
		st = casefile_open(tx, &o->casefile, &o->id, &reference, reterr);
	if (st == OK)
		(void)snprintf(o->reference, sizeof o->reference, "%s", reference);
	return st;
}

/* A casefile in which the police take part. */
static void open_one(struct bench *b)
{
	struct house *h = b->h;
	struct opening o = { .clerk = { .person_id = b->clerk->person_id,
		                        .appointment_id = b->clerk->appointment_id,
		                        .participant_id = h->duinwaard,
		                        .organ_id = h->executive,
		                        .role = ROLE_SUBMITTER },
		             .coordinator = { .person_id = b->cor->person_id,
		                              .appointment_id = b->cor->appointment_id,
		                              .participant_id = h->bureau,
		                              .role = ROLE_INFO_COORDINATOR },
		             .organ = h->police_organ };

	o.signal = (struct signal_new){ .uuid = uuid_random(),
		                        .reference_key = h->plein.reference_key,
		                        .viewer = &o.clerk,
		                        .municipality_id = h->municipality,
		                        .now_ms = h->clock.fixed_ms };
	o.casefile = (struct casefile_new){ .uuid = uuid_random(),
		                            .reference_key = h->plein.reference_key,
		                            .viewer = &o.coordinator,
		                            .now_ms = h->clock.fixed_ms,
		                            .activity = ACTIVITY_CASE_CONSULTATION,
		                            .variant = VARIANT_USUAL,
		                            .has_purpose = true,
		                            .organs = &o.organ,
		                            .organ_count = 1 };
	casefile_seal_part(h->plein.keyring, &o.casefile, CASEFILE_TITLE, "Loodsen Havenkwartier",
	                   &h->arena);
	casefile_seal_part(h->plein.keyring, &o.casefile, CASEFILE_PURPOSE,
	                   "Wie verdient aan de loodsen", &h->arena);
	store_world_run(h->store, open_run, &o);
	b->id = o.id;
	(void)snprintf(b->reference, sizeof b->reference, "%s", o.reference);
}

static struct visitor *signed_in(struct house *h, const struct house_person *p)
{
	struct visitor *v = visitor_new(h);
	visitor_sign_in(v, p);
	return v;
}

static struct bench *set_bench(struct house *h)
{
	struct bench *b = arena_alloc(&h->arena, sizeof *b);

	*b = (struct bench){ .h = h };
	b->clerk = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	b->cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	b->ana = house_hire(h, "ana@riec.example", ROLE_ANALYST, 0);
	b->wendy = house_hire(h, "wendy@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	b->other = house_hire(h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0);
	open_one(b);
	b->v_cor = signed_in(h, b->cor);
	b->v_ana = signed_in(h, b->ana);
	b->v_wendy = signed_in(h, b->wendy);
	return b;
}

static void leave(struct bench *b)
{
	visitor_free(b->v_cor);
	visitor_free(b->v_ana);
	visitor_free(b->v_wendy);
}

static const char *path(const struct bench *b, const char *rest)
{
	return arena_printf(&b->h->arena, "/casefiles/%s%s", b->reference, rest);
}

static void send_from(struct visitor *v, const char *page, const char *to, const char *fields)
{
	visit(v, page);
	assert_int_equal(v->code, 200);
	visitor_send(v, to, fields);
}

static void name_member(struct bench *b, const struct house_person *who, const char *more)
{
	send_from(
	    b->v_cor, path(b, "/members"), path(b, "/members"),
	    arena_printf(&b->h->arena, "appointment=%lld%s", (long long)who->appointment_id, more));
}

/* Nothing of it by any address: the same answer as for a number that doesn't exist. */
static void learns_nothing(struct bench *b, struct visitor *v)
{
	static const char *const RESTS[] = { "", "/members", "/who-sees" };

	for (size_t i = 0; i < sizeof RESTS / sizeof RESTS[0]; i++)
		for (int api = 0; api < 2; api++) {
			const char *root = api != 0 ? "/api/v1" : "";
			visit(v, arena_printf(&b->h->arena, "%s%s", root, path(b, RESTS[i])));
			assert_true(v->code == 404 || v->code == 403);
			assert_false(page_says(v, "Loodsen"));
		}
	visit(v, "/casefiles");
	assert_false(page_says(v, b->reference));
	assert_false(page_says(v, "Loodsen"));
}

/* No page without a number in its address names it: lists, my work, news, figures. */
static void finds_no_trace(struct bench *b, struct visitor *v, enum role role)
{
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			if (strcmp(r->method, "GET") != 0 || strchr(r->path, '{') != NULL ||
			    (r->flags & (ROUTE_NO_EVENT | ROUTE_API_ONLY)) != 0 ||
			    !access_permits(role, r->permission))
				continue;
			visit(v, r->path);
			if (page_says(v, b->reference) || page_says(v, "Loodsen"))
				fail_msg("%s names it", r->path);
		}
}

/* ---- promises ------------------------------------------------------------------------------- */

static void a_casefile_shows_its_purpose_to_the_bureau_and_nothing_to_who_is_not_named(void **state)
{
	struct bench *b = set_bench(*state);

	visit(b->v_ana, path(b, ""));
	assert_page_says(b->v_ana, "Loodsen Havenkwartier");
	assert_page_says(b->v_ana, "Wie verdient aan de loodsen");
	assert_page_says(b->v_ana, "Informatie ophalen");
	visit(b->v_ana, "/casefiles");
	assert_page_says(b->v_ana, b->reference);
	visit(b->v_ana, arena_printf(&b->h->arena, "/api/v1%s", path(b, "")));
	assert_page_says(b->v_ana, "\"state\":\"OPEN\"");
	learns_nothing(b, b->v_wendy);
	visit(b->v_cor, "/");
	assert_page_says(b->v_cor, "Casus inrichten");
	leave(b);
}

static void a_named_member_reads_it_and_loses_it_when_taken_off(void **state)
{
	struct bench *b = set_bench(*state);

	name_member(b, b->wendy, "");
	assert_page_says(b->v_cor, "Toegevoegd");
	visit(b->v_wendy, path(b, ""));
	assert_page_says(b->v_wendy, "Loodsen Havenkwartier");
	visit(b->v_wendy, "/casefiles");
	assert_page_says(b->v_wendy, b->reference);
	visit(b->v_wendy, path(b, "/members"));
	assert_false(page_says(b->v_wendy, "Wie mag deze casus niet zien"));
	send_from(b->v_cor, path(b, "/members"),
	          path(b, arena_printf(&b->h->arena, "/members/%lld/remove",
	                               (long long)b->wendy->appointment_id)),
	          "x=1");
	assert_page_says(b->v_cor, "Weggehaald");
	learns_nothing(b, b->v_wendy);
	leave(b);
}

static void only_people_of_participants_involved_become_members(void **state)
{
	struct bench *b = set_bench(*state);

	name_member(b, b->other, ""); /* of Duinwaard, which takes no part */
	assert_int_equal(b->v_cor->code, 400);
	name_member(b, b->clerk, "");
	assert_int_equal(b->v_cor->code, 400);
	assert_int_equal(store_world_number(b->h->store, "SELECT count(*) FROM casefile_member"),
	                 0);
	leave(b);
}

static void who_is_blocked_sees_nothing_anywhere_until_it_is_lifted(void **state)
{
	struct bench *b = set_bench(*state);

	name_member(b, b->ana, "");
	send_from(b->v_cor, path(b, "/members"), path(b, "/blocks"),
	          arena_printf(&b->h->arena, "person=%lld&kind=CONFLICT_OF_INTEREST",
	                       (long long)b->ana->person_id));
	assert_page_says(b->v_cor, "Geblokkeerd");
	learns_nothing(b, b->v_ana);
	finds_no_trace(b, b->v_ana, ROLE_ANALYST);
	visit(b->v_cor, path(b, "/who-sees"));
	assert_page_says(b->v_cor, b->cor->name);
	assert_false(page_says(b->v_cor, b->ana->name));
	const int64_t block =
	    store_world_number(b->h->store, "SELECT id FROM casefile_block WHERE lifted_at = 0");
	send_from(b->v_cor, path(b, "/members"),
	          path(b, arena_printf(&b->h->arena, "/blocks/%lld/lift", (long long)block)),
	          "x=1");
	assert_page_says(b->v_cor, "De blokkade is weg");
	visit(b->v_ana, path(b, ""));
	assert_page_says(b->v_ana, "Loodsen Havenkwartier");
	leave(b);
}

static void each_step_of_its_way_of_working_is_a_task_with_a_day_until_it_is_done(void **state)
{
	struct bench *b = set_bench(*state);

	visit(b->v_ana, "/");
	assert_page_says(b->v_ana, "Analyse beginnen");
	assert_page_says(b->v_ana, "Advies klaarmaken");
	assert_page_says(b->v_ana, "Loodsen Havenkwartier");
	visit(b->v_cor, "/");
	assert_page_says(b->v_cor, "Deelnemers bevragen");
	visit(b->v_cor, path(b, ""));
	assert_page_says(b->v_cor, "Wanneer moet wat klaar zijn?");
	assert_page_says(b->v_cor, "De Stuurploeg besluit");
	name_member(b, b->ana, "");
	send_from(b->v_ana, path(b, "/move/analyse"), path(b, "/move/analyse"), "x=1");
	visit(b->v_ana, "/");
	assert_false(page_says(b->v_ana, "Analyse beginnen"));
	assert_page_says(b->v_ana, "Advies klaarmaken");
	visit(b->v_cor, "/");
	assert_false(page_says(b->v_cor, "Deelnemers bevragen"));
	leave(b);
}

static void a_step_waits_for_the_analyst_who_works_on_it_and_for_all_when_he_leaves(void **state)
{
	struct bench *b = set_bench(*state);
	const struct house_person *other =
	    house_hire(b->h, "tijs@riec-deltaland.example", ROLE_ANALYST, 0);
	struct visitor *v = visitor_new(b->h);

	visitor_sign_in(v, other);
	assert_page_says(v, "Advies klaarmaken");
	name_member(b, b->ana, "");
	visit(b->v_ana, "/");
	assert_page_says(b->v_ana, "Advies klaarmaken");
	visit(v, "/");
	assert_false(page_says(v, "Advies klaarmaken"));
	send_from(b->v_cor, path(b, "/members"),
	          path(b, arena_printf(&b->h->arena, "/members/%lld/remove",
	                               (long long)b->ana->appointment_id)),
	          "x=1");
	visit(v, "/");
	assert_page_says(v, "Advies klaarmaken");
	visitor_free(v);
	leave(b);
}

static void the_analysis_starts_with_an_analyst_and_only_by_one(void **state)
{
	struct bench *b = set_bench(*state);

	visit(b->v_ana, path(b, ""));
	assert_page_says(b->v_ana, "Er is nog geen analist aan deze casus");
	name_member(b, b->wendy, "");
	visit(b->v_wendy, path(b, "/move/analyse"));
	assert_int_equal(b->v_wendy->code, 409);
	name_member(b, b->ana, "");
	send_from(b->v_ana, path(b, "/move/analyse"), path(b, "/move/analyse"), "x=1");
	assert_page_says(b->v_ana, "De analyse is begonnen");
	assert_int_equal(store_world_number(b->h->store, "SELECT state FROM casefile"),
	                 CASEFILE_ANALYSIS);
	assert_int_equal(store_world_number(b->h->store, "SELECT count(*) FROM casefile_statistic"),
	                 1);
	leave(b);
}

static void a_casefile_counts_for_its_project_from_the_moment_it_belongs_to_it(void **state)
{
	static const char HARBOUR[] =
	    "name=Havens&aim=Minder%20misbruik%20van%20loodsen&from=1-1-2026&until=31-12-2028";
	struct bench *b = set_bench(*state);

	send_from(b->v_cor, "/projects", "/projects",
	          "name=Havens&aim=Loodsen&from=1-1-2026&until=1-1-2025");
	assert_page_says(b->v_cor, "De laatste dag ligt vóór de eerste");
	send_from(b->v_cor, "/projects", "/projects", HARBOUR);
	assert_page_says(b->v_cor, "Het project staat in de lijst");
	send_from(b->v_cor, "/projects", "/projects", HARBOUR);
	assert_page_says(b->v_cor, "Er is al een project met deze naam");
	send_from(b->v_cor, "/projects", "/projects",
	          "name=Oud&aim=Voorbij&from=1-1-2024&until=31-12-2024");
	visit(b->v_ana, "/projects");
	assert_int_not_equal(b->v_ana->code, 200);
	name_member(b, b->ana, "");
	send_from(b->v_ana, path(b, "/move/analyse"), path(b, "/move/analyse"), "x=1");
	send_from(b->v_cor, path(b, "/project"), path(b, "/project"), "project=2");
	assert_page_says(b->v_cor, "Kies een project dat nu loopt");
	send_from(b->v_cor, path(b, "/project"), path(b, "/project"), "project=1");
	assert_page_says(b->v_cor, "De casus hoort vanaf nu bij dit project");
	assert_page_says(b->v_cor, "<dt>Project</dt><dd>Havens</dd>");
	send_from(b->v_cor, path(b, "/move/stop"), path(b, "/move/stop"),
	          "reason=NOT_FEASIBLE&explanation=x");
	assert_int_equal(store_world_number(b->h->store, "SELECT count(*) FROM casefile_statistic"
	                                                 " WHERE project_id IS NULL"),
	                 1);
	assert_int_equal(store_world_number(b->h->store, "SELECT count(*) FROM casefile_statistic"
	                                                 " WHERE project_id = 1"),
	                 1);
	visit(b->v_cor, "/projects");
	assert_page_says(b->v_cor, "Minder misbruik van loodsen");
	leave(b);
}

static void a_stopped_casefile_leaves_everybody_but_head_and_dpo(void **state)
{
	struct bench *b = set_bench(*state);
	struct house *h = b->h;
	struct visitor *head = signed_in(h, house_hire(h, "els@riec.example", ROLE_RIEC_HEAD, 0));

	name_member(b, b->wendy, "");
	send_from(b->v_cor, path(b, "/move/stop"), path(b, "/move/stop"), "reason=");
	assert_int_equal(b->v_cor->code, 400);
	assert_page_says(b->v_cor, "Kies waarom de casus stopt");
	send_from(b->v_cor, path(b, "/move/stop"), path(b, "/move/stop"), "reason=NO_INDICATION");
	assert_page_says(b->v_cor, "De casus is gestopt");
	learns_nothing(b, b->v_cor);
	learns_nothing(b, b->v_ana);
	learns_nothing(b, b->v_wendy);
	visit(head, path(b, ""));
	assert_page_says(head, "Geen aanwijzingen meer");
	visitor_free(head);
	leave(b);
}

static void two_coordinators_change_one_casefile_and_one_hears_it_is_stale(void **state)
{
	struct bench *b = set_bench(*state);
	struct visitor *second =
	    signed_in(b->h, house_hire(b->h, "coen@riec.example", ROLE_INFO_COORDINATOR, 0));

	visit(second, path(b, "/members"));
	name_member(b, b->wendy, "");
	visitor_send(
	    second, path(b, "/members"),
	    arena_printf(&b->h->arena, "appointment=%lld", (long long)b->ana->appointment_id));
	assert_int_equal(second->code, 409);
	visitor_free(second);
	leave(b);
}

static void a_bottleneck_is_registered_with_who_designated_it_and_until_when(void **state)
{
	struct bench *b = set_bench(*state);

	send_from(b->v_cor, "/bottlenecks", "/bottlenecks",
	          "name=Havenkwartier&scope=Loodsen&designatedBy=RBO&from=1-1-2026&until=1-1-2025");
	assert_int_equal(b->v_cor->code, 400);
	send_from(b->v_cor, "/bottlenecks", "/bottlenecks",
	          "name=Havenkwartier&scope=Loodsen&designatedBy=RBO&from=1-1-2026&until=1-1-2028");
	assert_page_says(b->v_cor, "Het knelpunt staat in de lijst");
	assert_page_says(b->v_cor, "Havenkwartier");
	visit(b->v_wendy, "/bottlenecks");
	assert_int_equal(b->v_wendy->code, 404);
	leave(b);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_casefile_shows_its_purpose_to_the_bureau_and_nothing_to_who_is_not_named),
		CASE(a_named_member_reads_it_and_loses_it_when_taken_off),
		CASE(only_people_of_participants_involved_become_members),
		CASE(who_is_blocked_sees_nothing_anywhere_until_it_is_lifted),
		CASE(each_step_of_its_way_of_working_is_a_task_with_a_day_until_it_is_done),
		CASE(a_step_waits_for_the_analyst_who_works_on_it_and_for_all_when_he_leaves),
		CASE(the_analysis_starts_with_an_analyst_and_only_by_one),
		CASE(a_casefile_counts_for_its_project_from_the_moment_it_belongs_to_it),
		CASE(a_stopped_casefile_leaves_everybody_but_head_and_dpo),
		CASE(two_coordinators_change_one_casefile_and_one_hears_it_is_stale),
		CASE(a_bottleneck_is_registered_with_who_designated_it_and_until_when),
	};
	return cmocka_run_group_tests_name("casework", tests, NULL, NULL);
}
