/* "Wat ziet iemand, en waarom?", as the authorisation manager, the head and the auditor open it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audit/action.h"
#include "house_world.h"
#include "people/people.h"

static struct visitor *signed_in(struct house *h, const char *email, enum role role)
{
	struct house_person *p = house_hire(h, email, role, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, p);
	return v;
}

static const char *sight_of(struct house *h, const struct house_person *p)
{
	return arena_printf(&h->arena, "/access/what-sees?appointment=%lld",
	                    (long long)p->appointment_id);
}

static void the_manager_reads_what_a_colleague_sees_and_why(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);

	visit(v, "/access/what-sees");
	assert_int_equal(v->code, 200);
	assert_page_says(v, "anna@duinwaard.example");
	visit(v, sight_of(h, anna));
	assert_page_says(v, "Wie werkt namens college van B en W Duinwaard");
	assert_page_says(v, "Alleen deze persoon, in deze rol");
	assert_page_says(v, "Hoort bij de rol van indiener.");
	assert_page_says(v, "Hoort bij: coördinerend FG, auditor.");
	assert_false(page_says(v, "Deze persoon ziet nu niets"));
	visitor_free(v);
}

/* Word for word what access_permits says, for every role. */
static void it_says_what_the_rules_say_for_every_role(void **state)
{
	struct house *h = *state;
	struct visitor *v = signed_in(h, "hoofd@riec.example", ROLE_RIEC_HEAD);

	for (int role = 1; role < ROLE_COUNT && h->people_count < HOUSE_PEOPLE_MAX; role += 2) {
		struct house_person *p = house_hire(
		    h, arena_printf(&h->arena, "p%d@duinwaard.example", role), (enum role)role, 0);
		visit(v, sight_of(h, p));
		assert_int_equal(v->code, 200);
		for (int perm = PERM_SIGNED_IN; perm < PERM_COUNT; perm++) {
			const char *row = strstr(
			    v->page, arena_printf(&h->arena, "scope=\"row\">%s</th>",
			                          access_permission_word((enum permission)perm)));
			if (row == NULL)
				fail_msg("no row: %s",
				         access_permission_word((enum permission)perm));
			const char *end = strstr(row, "</tr>");
			const char *yes = strstr(row, "plein-state--ok");
			const bool shown = yes != NULL && yes < end;
			assert_true(shown ==
			            access_permits((enum role)role, (enum permission)perm));
		}
	}
	visitor_free(v);
}

static enum status forget_screening(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct house_person *p = args;
	return person_set_screening(tx, p->person_id, SCREENING_VOG, 1000, reterr);
}

static void somebody_whose_screening_ended_sees_nothing_and_it_says_why(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);

	store_world_run(h->store, forget_screening, anna);
	visit(v, sight_of(h, anna));
	assert_page_says(v, "Deze persoon ziet nu niets");
	assert_page_says(v, "Uw screening is verlopen.");
	visitor_free(v);
}

static void the_page_of_a_person_leads_there(void **state)
{
	struct house *h = *state;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *v = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);
	const char *link =
	    arena_printf(&h->arena, "/access/what-sees?person=%lld", (long long)anna->person_id);

	visit(v, arena_printf(&h->arena, "/people/%lld", (long long)anna->person_id));
	assert_page_says(v, link);
	assert_page_says(
	    v, arena_printf(&h->arena, "/people/%lld/access-log", (long long)anna->person_id));
	visit(v, link);
	assert_page_says(v, "Alleen deze persoon, in deze rol");
	visitor_free(v);
}

static void who_works_elsewhere_isnt_there(void **state)
{
	struct house *h = *state;
	struct house_person *pol =
	    house_hire(h, "pol@politie.example", ROLE_PARTNER_DESK, h->police_organ);
	struct visitor *v = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);

	visit(v, sight_of(h, pol));
	assert_int_equal(v->code, 404);
	visit(v,
	      arena_printf(&h->arena, "/access/what-sees?person=%lld", (long long)pol->person_id));
	assert_int_equal(v->code, 404);
	visitor_free(v);
}

static void nonsense_chooses_nobody(void **state)
{
	static const char *const nonsense[] = { "/access/what-sees?appointment=abc",
		                                "/access/what-sees?appointment=-1&person=0",
		                                "/access/what-sees?appointment=1%20OR%201",
		                                "/access/what-sees?person=&appointment=" };
	struct house *h = *state;
	struct visitor *v = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);

	for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
		visit(v, nonsense[i]);
		assert_int_equal(v->code, 200);
		assert_false(page_says(v, "Wat mag deze rol?"));
	}
	visitor_free(v);
}

static void a_clerk_reads_that_it_is_not_there_and_a_look_is_an_event(void **state)
{
	struct house *h = *state;
	struct visitor *clerk = signed_in(h, "anna@duinwaard.example", ROLE_SUBMITTER);
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	visit(clerk, "/access/what-sees");
	assert_int_equal(clerk->code, 404);
	visit(auditor, sight_of(h, &h->people[0]));
	assert_int_equal(auditor->code, 200);
	const char *count = arena_printf(
	    &h->arena,
	    "SELECT count(*) FROM audit_event WHERE action = %d AND object_type = %d AND"
	    " object_id = %lld",
	    AUDIT_ACCESS_EXPLAIN, OBJECT_APPOINTMENT, (long long)h->people[0].appointment_id);
	assert_int_equal(store_world_number(h->store, count), 1);
	visitor_free(clerk);
	visitor_free(auditor);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(the_manager_reads_what_a_colleague_sees_and_why),
		CASE(it_says_what_the_rules_say_for_every_role),
		CASE(somebody_whose_screening_ended_sees_nothing_and_it_says_why),
		CASE(the_page_of_a_person_leads_there),
		CASE(who_works_elsewhere_isnt_there),
		CASE(nonsense_chooses_nobody),
		CASE(a_clerk_reads_that_it_is_not_there_and_a_look_is_an_event),
	};
	return cmocka_run_group_tests_name("explain", tests, NULL, NULL);
}
