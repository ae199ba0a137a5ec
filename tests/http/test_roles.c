/* Accounts and roles, as people ask for them, sign for them and end them. */
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
#include "work/work.h"

#define TODAY "24-11-2026"

/* A municipality with its manager, the bureau with its head, all signed in. */
struct staff {
	struct house *house;
	struct house_person *manager, *head;
	struct visitor *m, *h;
};

static struct staff staff_new(struct house *h)
{
	struct staff s = { .house = h };
	s.manager = house_hire(h, "mees@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0);
	s.head = house_hire(h, "hanna@riec.example", ROLE_RIEC_HEAD, 0);
	s.m = visitor_new(h);
	s.h = visitor_new(h);
	visitor_sign_in(s.m, s.manager);
	visitor_sign_in(s.h, s.head);
	return s;
}

static void staff_free(struct staff *s)
{
	visitor_free(s->m);
	visitor_free(s->h);
}

static const char *of_person(struct staff *s, int64_t id, const char *tail)
{
	return arena_printf(&s->house->arena, "/people/%lld%s", (long long)id, tail);
}

static const char *of_proposal(struct staff *s, int64_t id, const char *tail)
{
	return arena_printf(&s->house->arena, "/people/proposals/%lld%s", (long long)id, tail);
}

/* The number at the end of the path where the visitor stands. */
static int64_t path_id(const struct visitor *v)
{
	return strtoll(strrchr(v->path, '/') + 1, NULL, 10);
}

static const char *role_form(struct staff *s, const char *role, int64_t organ)
{
	return arena_printf(&s->house->arena,
	                    "role=%s&organ=%lld&from=" TODAY "&reason=nodig+voor+het+werk", role,
	                    (long long)organ);
}

/* The visitor gives this person a role; where he stands then is its page. */
static int64_t give_role(struct staff *s, struct visitor *v, int64_t person, const char *role)
{
	const char *path = of_person(s, person, "/appointments");
	visit(v, path);
	visitor_send(v, path, role_form(s, role, s->house->executive));
	assert_int_equal(v->code, 200);
	assert_non_null(strstr(v->path, "/people/proposals/"));
	return path_id(v);
}

static int64_t request_account(struct staff *s, const char *email)
{
	visit(s->m, "/people/requests");
	visitor_send(s->m, "/people/requests",
	             arena_printf(&s->house->arena,
	                          "name=Nora+Nieuw&email=%s&role=SUBMITTER&organ=%lld"
	                          "&reason=nieuwe+collega",
	                          email, (long long)s->house->executive));
	assert_int_equal(s->m->code, 200);
	assert_page_says(s->m, "De aanvraag is verstuurd.");
	return path_id(s->m);
}

static void move(struct staff *s, struct visitor *v, int64_t person, const char *action,
                 const char *fields)
{
	const char *path = of_person(s, person, arena_printf(&s->house->arena, "/move/%s", action));
	visit(v, path);
	visitor_send(v, path, fields);
	assert_int_equal(v->code, 200);
}

static int64_t bring_to_training(struct staff *s)
{
	int64_t id = request_account(s, "nora@duinwaard.example");
	visit(s->m, "/");
	assert_page_says(s->m, "Account bevestigen");
	move(s, s->m, id, "confirm", "note=");
	move(s, s->m, id, "check-screening", "manner=vog&day=1-3-2026&note=");
	move(s, s->m, id, "record-training", "day=1-4-2026&note=");
	return id;
}

/* ---- accounts ---------------------------------------------------------------------------- */

static void a_new_colleague_signs_in_with_the_password_that_the_head_read_once(void **state)
{
	struct staff s = staff_new(*state);
	int64_t id = bring_to_training(&s);

	visit(s.h, "/");
	assert_page_says(s.h, "Account actief maken");
	move(&s, s.h, id, "activate", "note=");
	assert_string_equal(s.h->path, of_person(&s, id, "/first-password"));
	char *at = strstr(s.h->page, "<code class=\"plein-nowrap\">");
	assert_non_null(at);
	char password[17] = "";
	memcpy(password, at + strlen("<code class=\"plein-nowrap\">"), 16);
	visitor_send(s.h, of_person(&s, id, "/first-password/_passed"), "x=1");
	visit(s.h, of_person(&s, id, "/first-password"));
	assert_int_equal(s.h->code, 404);

	struct visitor *nora = visitor_new(s.house);
	visit(nora, "/sign-in");
	visitor_send(
	    nora, "/sign-in",
	    arena_printf(&s.house->arena, "email=nora@duinwaard.example&password=%s", password));
	assert_string_equal(nora->path, "/me/enrol");
	assert_int_equal(
	    store_world_number(s.house->store,
	                       "SELECT count(*) FROM credential WHERE must_change = 1"),
	    1);
	visitor_free(nora);
	staff_free(&s);
}

static void nobody_but_the_head_who_activated_reads_the_first_password(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *other = house_hire(s.house, "otto@riec.example", ROLE_RIEC_HEAD, 0);
	struct visitor *o = visitor_new(s.house);
	int64_t id = bring_to_training(&s);

	move(&s, s.h, id, "activate", "note=");
	visit(s.m, of_person(&s, id, "/first-password"));
	assert_int_equal(s.m->code, 404);
	visitor_sign_in(o, other);
	visit(o, of_person(&s, id, "/first-password"));
	assert_int_equal(o->code, 404);
	visit(s.h, of_person(&s, id, "/first-password"));
	assert_page_says(s.h, "Eenmalig wachtwoord");
	visitor_free(o);
	staff_free(&s);
}

static void a_request_that_is_not_complete_comes_back_as_it_was_typed(void **state)
{
	struct staff s = staff_new(*state);

	visit(s.m, "/people/requests");
	assert_page_says(s.m, "Gemeente Duinwaard");
	assert_page_says(s.m, "Burgemeester van Duinwaard");
	assert_false(page_says(s.m, "informatieco")); /* a post of the bureau */
	visitor_send(s.m, "/people/requests",
	             "name=Nora+%3Cb%3E&email=geen-adres&role=SUBMITTER&reason=");
	assert_int_equal(s.m->code, 400);
	assert_page_says(s.m, "Nora &lt;b&gt;");
	assert_page_says(s.m, "geen-adres");
	assert_page_says(s.m, "Schrijf kort waarom.");
	visitor_send(s.m, "/people/requests",
	             "name=Nora&email=nora@duinwaard.example&role=SUBMITTER&reason=x");
	assert_page_says(s.m, "Kies namens wie deze persoon werkt.");
	visitor_send(s.m, "/people/requests",
	             arena_printf(&s.house->arena,
	                          "name=Nora&email=nora@duinwaard.example&role=ANALYST"
	                          "&organ=%lld&reason=x",
	                          (long long)s.house->executive));
	assert_page_says(s.m, "Deze rol past niet bij deze organisatie.");
	assert_int_equal(store_world_number(s.house->store, "SELECT count(*) FROM person"), 2);
	staff_free(&s);
}

static void an_address_that_is_taken_is_said_and_leaves_nothing_behind(void **state)
{
	struct staff s = staff_new(*state);

	visit(s.m, "/people/requests");
	visitor_send(s.m, "/people/requests",
	             arena_printf(&s.house->arena,
	                          "name=Nora&email=HANNA@riec.example&role=SUBMITTER&organ=%lld"
	                          "&reason=x",
	                          (long long)s.house->executive));
	assert_int_equal(s.m->code, 409);
	assert_page_says(s.m, "Met dit e-mailadres is al een account.");
	assert_int_equal(store_world_number(s.house->store, "SELECT count(*) FROM appointment"), 2);
	staff_free(&s);
}

static void the_first_role_of_a_request_stays_shut_until_the_account_is_active(void **state)
{
	struct staff s = staff_new(*state);
	int64_t id = request_account(&s, "nora@duinwaard.example");

	assert_page_says(s.m, "indiener");
	assert_page_says(s.m, "Aangevraagd");
	assert_int_equal(store_world_number(s.house->store, "SELECT count(*) FROM credential"), 2);
	visit(s.m, of_person(&s, id, ""));
	assert_page_says(s.m, "Bevestig dat deze persoon bij ons werkt");
	staff_free(&s);
}

/* ---- roles ------------------------------------------------------------------------------- */

static void a_role_that_sees_little_holds_at_once(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);

	(void)give_role(&s, s.m, p->person_id, "SUBMITTER");
	assert_page_says(s.m, "De rol geldt.");
	assert_page_says(s.m, "Signalen schrijven en indienen");
	assert_page_says(s.m, "Wat openstaat voor college van B en W Duinwaard");
	staff_free(&s);
}

static void a_role_that_sees_much_waits_for_a_second_person(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	int64_t id = give_role(&s, s.m, p->person_id, "PARTNER_DESK");

	assert_page_says(s.m, "Wacht op tweede handtekening");
	assert_page_says(s.m, "U schreef dit zelf. Daarom moet een ander tekenen.");
	visit(s.m, "/");
	assert_page_says(s.m, "Niets wacht op u");
	visit(s.h, "/");
	assert_page_says(s.h, "Tweede handtekening: rol geven");
	visit(s.h, of_proposal(&s, id, ""));
	visitor_send(s.h, of_proposal(&s, id, "/_confirm"), "x=1");
	assert_int_equal(s.h->code, 200);
	assert_page_says(s.h, "Geldt");
	visit(s.h, "/");
	assert_false(page_says(s.h, "Tweede handtekening: rol geven"));
	staff_free(&s);
}

static void what_waits_for_a_signature_is_a_list_that_says_who_may_sign(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	const char *list = "/people/proposals";

	visit(s.m, list);
	assert_page_says(s.m, "Er wacht nu niets op een handtekening.");
	int64_t id = give_role(&s, s.m, p->person_id, "PARTNER_DESK");
	visit(s.m, list);
	assert_page_says(s.m, "U schreef dit zelf. Daarom moet een ander tekenen.");
	visit(s.h, list);
	assert_page_says(s.h, of_proposal(&s, id, "\""));
	assert_page_says(s.h, "data-label=\"Mag u tekenen?\"><span>Ja");
	visit(s.h, "/people/proposals?format=csv");
	assert_page_says(s.h, "piet@duinwaard.example");
	visit(s.h, "/api/v1/people/proposals");
	assert_page_says(s.h, "\"yours\":true");
	visit(s.h, of_proposal(&s, id, ""));
	visitor_send(s.h, of_proposal(&s, id, "/_confirm"), "x=1");
	visit(s.h, list);
	assert_page_says(s.h, "Er wacht nu niets op een handtekening.");
	staff_free(&s);
}

static void the_list_of_proposals_goes_on_where_it_stopped_and_stays_at_home(void **state)
{
	enum { MANY = 51 };
	struct staff s = staff_new(*state);
	struct house_person *police = house_hire(s.house, "pol@politie.example",
	                                         ROLE_AUTHORISATION_MANAGER, s.house->police_organ);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	struct visitor *other = visitor_new(s.house);
	int64_t last = 0;

	for (int i = 0; i < MANY; i++)
		last = give_role(&s, s.m, p->person_id, "PARTNER_DESK");
	visit(s.h, "/people/proposals");
	assert_false(page_says(s.h, of_proposal(&s, last, "\"")));
	const char *next = strstr(s.h->page, "/people/proposals?page=");
	assert_non_null(next);
	visit(s.h, arena_strndup(&s.house->arena, next, strcspn(next, "\"")));
	assert_page_says(s.h, of_proposal(&s, last, "\""));
	assert_false(page_says(s.h, of_proposal(&s, last - 1, "\"")));
	visitor_sign_in(other, police);
	visit(other, "/people/proposals");
	assert_page_says(other, "Er wacht nu niets op een handtekening.");
	visitor_free(other);
	staff_free(&s);
}

static void the_proposer_who_forges_the_form_still_cannot_sign(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	struct house_person *other =
	    house_hire(s.house, "mia@duinwaard.example", ROLE_AUTHORISATION_MANAGER, 0);
	struct visitor *o = visitor_new(s.house);

	visitor_sign_in(o, other);
	int64_t own = give_role(&s, s.m, p->person_id, "PARTNER_DESK");
	int64_t foreign = give_role(&s, o, p->person_id, "PARTNER_DECIDER");
	visit(s.m, of_proposal(&s, foreign, "")); /* holds a form to sign */
	visitor_send_from(s.m, of_proposal(&s, foreign, "/_confirm"),
	                  of_proposal(&s, own, "/_confirm"), "x=1");
	assert_int_equal(s.m->code, 409);
	assert_page_says(s.m, "U schreef dit zelf.");
	assert_int_equal(
	    store_world_number(s.house->store, "SELECT count(*) FROM appointment WHERE state = 1"),
	    2);
	visitor_free(o);
	staff_free(&s);
}

static void a_refusal_needs_a_reason_and_tells_it(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	int64_t id = give_role(&s, s.m, p->person_id, "PARTNER_DESK");

	visit(s.h, of_proposal(&s, id, ""));
	visitor_send(s.h, of_proposal(&s, id, "/_refuse"), "reason=");
	assert_int_equal(s.h->code, 400);
	assert_page_says(s.h, "Schrijf kort waarom.");
	visitor_send(s.h, of_proposal(&s, id, "/_refuse"), "reason=er+zijn+er+genoeg");
	assert_page_says(s.h, "Afgewezen");
	visit(s.m, "/");
	assert_page_says(s.m, "Besluit over een rol");
	visit(s.m, of_proposal(&s, id, ""));
	assert_page_says(s.m, "er zijn er genoeg");
	staff_free(&s);
}

static void nobody_gives_himself_a_role(void **state)
{
	struct staff s = staff_new(*state);
	const char *path = of_person(&s, s.manager->person_id, "/appointments");

	visit(s.m, path);
	visitor_send(s.m, path, role_form(&s, "SUBMITTER", s.house->executive));
	assert_int_equal(s.m->code, 409);
	assert_page_says(s.m, "U kunt uzelf geen rol geven of afnemen.");
	assert_int_equal(store_world_number(s.house->store, "SELECT count(*) FROM appointment"), 2);
	staff_free(&s);
}

static void another_organisation_does_not_know_of_these_people_and_roles(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	struct house_person *police = house_hire(s.house, "pol@politie.example",
	                                         ROLE_AUTHORISATION_MANAGER, s.house->police_organ);
	struct visitor *v = visitor_new(s.house);
	int64_t id = give_role(&s, s.m, p->person_id, "PARTNER_DESK");

	visitor_sign_in(v, police);
	visit(v, "/nergens");
	size_t absent = strlen(v->page);
	visit(v, of_person(&s, p->person_id, ""));
	assert_int_equal(v->code, 404);
	assert_int_equal(strlen(v->page), absent);
	visit(v, of_person(&s, p->person_id, "/appointments"));
	assert_int_equal(v->code, 404);
	visit(v, of_proposal(&s, id, ""));
	assert_int_equal(v->code, 404);
	assert_int_equal(strlen(v->page), absent);
	visitor_free(v);
	staff_free(&s);
}

static void a_deputy_gets_the_role_of_who_is_replaced(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	struct house_person *anna =
	    house_hire(s.house, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	const char *path = of_person(&s, p->person_id, "/appointments");

	visit(s.m, path);
	visitor_send(s.m, path,
	             arena_printf(&s.house->arena, "%s&deputyFor=%lld",
	                          role_form(&s, "PARTNER_DESK", s.house->executive),
	                          (long long)anna->appointment_id));
	assert_int_equal(s.m->code, 400);
	assert_page_says(s.m, "Een vervanger krijgt dezelfde rol.");
	visitor_send(s.m, path,
	             arena_printf(&s.house->arena, "%s&until=31-12-2026&deputyFor=%lld",
	                          role_form(&s, "SUBMITTER", s.house->executive),
	                          (long long)anna->appointment_id));
	assert_int_equal(s.m->code, 200);
	assert_page_says(s.m, "anna@duinwaard.example");
	assert_page_says(s.m, "31 december 2026");
	staff_free(&s);
}

static void who_looks_at_an_old_version_is_told_so(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *p = house_hire(s.house, "piet@duinwaard.example", ROLE_EXECUTOR, 0);
	const char *path = of_person(&s, p->person_id, "/appointments");

	visit(s.m, path);
	visit(s.h, path);
	visitor_send(s.h, path, role_form(&s, "SUBMITTER", s.house->executive));
	assert_int_equal(s.h->code, 200);
	visitor_send(s.m, path, role_form(&s, "SUBMITTER", s.house->mayor));
	assert_int_equal(s.m->code, 409);
	assert_page_says(s.m, "Een collega was eerder");
	staff_free(&s);
}

static void h_later(struct house *h, int minutes)
{
	h->clock.fixed_ms += minutes * INT64_C(60000);
}

/* ---- ending ------------------------------------------------------------------------------ */

static void an_ended_role_bites_on_the_next_request(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *anna =
	    house_hire(s.house, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *a = visitor_new(s.house);

	visitor_sign_in(a, anna);
	visit(s.m, of_proposal(&s, anna->appointment_id, ""));
	visitor_send(s.m, of_proposal(&s, anna->appointment_id, "/_end"), "reason=andere+baan");
	assert_int_equal(s.m->code, 200);
	assert_page_says(s.m, "Beëindigd");
	visit(a, "/");
	assert_int_equal(a->code, 403);
	visitor_free(a);
	staff_free(&s);
}

static void who_loses_one_of_two_roles_works_on_under_the_other(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *anna =
	    house_hire(s.house, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	int64_t second = give_role(&s, s.m, anna->person_id, "EXECUTOR");
	struct visitor *a = visitor_new(s.house);

	visitor_sign_in(a, anna);
	visit(a, "/signals"); /* holds the form that begins a signal */
	visit(s.m, of_proposal(&s, anna->appointment_id, ""));
	visitor_send(s.m, of_proposal(&s, anna->appointment_id, "/_end"), "reason=andere+taak");
	visitor_send(a, "/signals", "x=1");
	assert_int_equal(a->code,
	                 403); /* what was written on behalf of one isn't sent for another */
	visit(a, "/");
	assert_int_equal(a->code, 200);
	assert_page_says(a, "Uw vorige rol is afgelopen.");
	assert_page_says(a, "uitvoerder");
	visit(a, "/signals");
	assert_int_equal(a->code, 404);
	visit(a, "/");
	assert_false(page_says(a, "Uw vorige rol is afgelopen."));
	assert_int_equal(
	    store_world_number(
		s.house->store,
		arena_printf(
		    &s.house->arena,
		    "SELECT count(*) FROM audit_event WHERE action = %d AND object_id = %lld",
		    AUDIT_CAPACITY_CHOICE, (long long)second)),
	    1);
	visitor_free(a);
	staff_free(&s);
}

static void a_role_whose_last_day_has_passed_makes_place_for_the_next(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *anna = house_hire(s.house, "anna@duinwaard.example", ROLE_EXECUTOR, 0);
	struct visitor *a = visitor_new(s.house);

	visit(s.m, of_person(&s, anna->person_id, "/appointments"));
	visitor_send(s.m, of_person(&s, anna->person_id, "/appointments"),
	             arena_printf(&s.house->arena, "%s&until=" TODAY,
	                          role_form(&s, "SUBMITTER", s.house->executive)));
	const int64_t until_today = path_id(s.m);
	h_later(s.house, 13 * 60 + 30);
	visitor_sign_in(a, anna);
	visit(a, "/");
	visitor_send(a, "/me/on-behalf",
	             arena_printf(&s.house->arena, "appointment=%lld", (long long)until_today));
	visit(a, "/signals");
	assert_int_equal(a->code, 200);
	h_later(s.house, 40); /* past midnight */
	visit(a, "/");
	assert_int_equal(a->code, 200);
	visit(a, "/signals");
	assert_int_equal(a->code, 404);
	visitor_free(a);
	staff_free(&s);
}

static void signing_in_says_when_somebody_was_last_seen(void **state)
{
	struct staff s = staff_new(*state);
	struct house_person *anna =
	    house_hire(s.house, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *a = visitor_new(s.house);
	const char *seen =
	    arena_printf(&s.house->arena, "SELECT last_seen_at FROM person WHERE id = %lld",
	                 (long long)anna->person_id);

	assert_int_equal(store_world_number(s.house->store, seen), 0);
	visitor_sign_in(a, anna);
	assert_int_equal(
	    store_world_number(s.house->store, seen),
	    store_world_number(s.house->store, arena_printf(&s.house->arena,
	                                                    "SELECT max(stepped_up_at) FROM session"
	                                                    " WHERE person_id = %lld",
	                                                    (long long)anna->person_id)));
	visit(s.m, of_person(&s, anna->person_id, ""));
	assert_page_says(s.m, "24 november 2026");
	visitor_free(a);
	staff_free(&s);
}

struct errand {
	int64_t appointment;
};

static enum status give_work(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct errand *in = args;
	const struct work_task task = {
		.owner = audience_of(AUDIENCE_APPOINTMENT, in->appointment),
		.kind = WORK_SIGNAL_ANSWER,
		.object_kind = OBJECT_SIGNAL,
		.object_id = 1,
		.reference = "S-2026-7K3QF",
		.due_day = 30000,
		.created_at = 1,
	};
	return work_add(tx, &task, reterr);
}

static void work_on_a_name_goes_to_a_successor_before_the_role_ends(void **state)
{
	struct staff s = staff_new(*state);
	struct house *h = s.house;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *bob = house_hire(h, "bob@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *agent =
	    house_hire(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);
	struct visitor *b = visitor_new(h);
	const char *path = of_proposal(&s, anna->appointment_id, "/_end");
	struct errand errand = { anna->appointment_id };

	store_world_run(h->store, give_work, &errand);
	visit(s.m, of_proposal(&s, anna->appointment_id, ""));
	assert_page_says(s.m, "Wie neemt het werk over?");
	assert_false(page_says(s.m, "pol@politie.example"));
	visitor_send(s.m, path, "reason=andere+baan");
	assert_int_equal(s.m->code, 409);
	assert_page_says(s.m, "Kies eerst een opvolger.");
	visitor_send(s.m, path,
	             arena_printf(&h->arena, "reason=andere+baan&successor=%lld",
	                          (long long)agent->appointment_id));
	assert_int_equal(s.m->code, 400);
	assert_page_says(s.m, "bij dezelfde organisatie");
	visitor_send(s.m, path,
	             arena_printf(&h->arena, "reason=andere+baan&successor=%lld",
	                          (long long)bob->appointment_id));
	assert_int_equal(s.m->code, 200);
	visitor_sign_in(b, bob);
	assert_page_says(b, "S-2026-7K3QF");
	visitor_free(b);
	staff_free(&s);
}

static void a_person_who_leaves_hands_all_work_over_and_is_out_at_once(void **state)
{
	struct staff s = staff_new(*state);
	struct house *h = s.house;
	struct house_person *anna = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct house_person *bob = house_hire(h, "bob@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *a = visitor_new(h);
	struct errand errand = { anna->appointment_id };
	int64_t proposal = give_role(&s, s.m, anna->person_id, "PARTNER_DESK");

	visitor_sign_in(a, anna);
	store_world_run(h->store, give_work, &errand);
	const char *path = of_person(&s, anna->person_id, "/move/revoke");
	visit(s.m, path);
	visitor_send(s.m, path,
	             arena_printf(&h->arena, "note=&successor=%lld", (long long)proposal));
	assert_int_equal(s.m->code, 400); /* not to herself, nor to what waits */
	visitor_send(
	    s.m, path,
	    arena_printf(&h->arena, "note=&successor=%lld", (long long)bob->appointment_id));
	assert_int_equal(s.m->code, 200);
	visit(a, "/");
	assert_page_says(a, "Inloggen bij Plein");
	visit(s.h, "/");
	assert_false(page_says(s.h, "Tweede handtekening: rol geven"));
	visitor_free(a);
	staff_free(&s);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_new_colleague_signs_in_with_the_password_that_the_head_read_once),
		CASE(nobody_but_the_head_who_activated_reads_the_first_password),
		CASE(a_request_that_is_not_complete_comes_back_as_it_was_typed),
		CASE(an_address_that_is_taken_is_said_and_leaves_nothing_behind),
		CASE(the_first_role_of_a_request_stays_shut_until_the_account_is_active),
		CASE(a_role_that_sees_little_holds_at_once),
		CASE(a_role_that_sees_much_waits_for_a_second_person),
		CASE(what_waits_for_a_signature_is_a_list_that_says_who_may_sign),
		CASE(the_list_of_proposals_goes_on_where_it_stopped_and_stays_at_home),
		CASE(the_proposer_who_forges_the_form_still_cannot_sign),
		CASE(a_refusal_needs_a_reason_and_tells_it),
		CASE(nobody_gives_himself_a_role),
		CASE(another_organisation_does_not_know_of_these_people_and_roles),
		CASE(a_deputy_gets_the_role_of_who_is_replaced),
		CASE(who_looks_at_an_old_version_is_told_so),
		CASE(an_ended_role_bites_on_the_next_request),
		CASE(who_loses_one_of_two_roles_works_on_under_the_other),
		CASE(a_role_whose_last_day_has_passed_makes_place_for_the_next),
		CASE(signing_in_says_when_somebody_was_last_seen),
		CASE(work_on_a_name_goes_to_a_successor_before_the_role_ends),
		CASE(a_person_who_leaves_hands_all_work_over_and_is_out_at_once),
	};
	return cmocka_run_group_tests_name("roles", tests, NULL, NULL);
}
