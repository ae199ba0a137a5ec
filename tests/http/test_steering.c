/* The Stuurploeg gathers: who comes, what is on the agenda and for whom. */
#include "steering_table.h"
#include "route_walk.h"

#include "server/rooms.h"

/* ---- what isn't there ------------------------------------------------------------------------- */

static void mask(char *text, const char *what, char until)
{
	for (char *at = strstr(text, what); at != NULL; at = strstr(at, what)) {
		at += strlen(what);
		while (*at != '\0' && *at != until)
			*at++ = '.';
	}
}

static struct reply ask(struct house *h, const struct route *route, const char *path,
                        const char *headers, const char *name)
{
	const bool api = (route->flags & ROUTE_PAGE_ONLY) == 0;
	const bool change = strcmp(route->method, "GET") != 0;
	struct reply r = client_request(h->port, route->method,
	                                api ? arena_printf(&h->arena, "/api/v1%s", path) : path,
	                                headers, change ? "{\"_version\":1}" : NULL);

	mask(r.all, "X-Request-Id: ", '\r');
	mask(r.all, "Date: ", '\r');
	mask(r.all, "\"requestId\":\"", '"');
	mask(r.all, "name=\"_csrf\" value=\"", '"');
	mask(r.all, "name=\"_once\" value=\"", '"');
	for (char *at = strstr(r.all, name); at != NULL; at = strstr(at, name))
		memset(at, 'R', strlen(name));
	return r;
}

/* The route's path with these two, and 1 in every other place. */
static const char *of_steering(const void *about, const char *name)
{
	const char *const *these = about;

	if (strncmp(name, "{ref}", 5) == 0)
		return these[0];
	if (strncmp(name, "{name}", 6) == 0)
		return these[1];
	return strncmp(name, "{action}", 8) == 0 ? "sign" : NULL;
}

/* Every route of the Stuurploeg under prefix answers the hidden one like one that never was. */
static int all_alike(struct house *h, const struct house_person *who, const char *prefix,
                     const char *const hidden[2], const char *const absent[2])
{
	const char *headers = house_bearer(h, who);
	int asked = 0;

	for (size_t t = 0; ALL_ROUTES[t] != NULL; t++)
		for (const struct route *r = ALL_ROUTES[t]; r->method != NULL; r++) {
			if (strncmp(r->path, prefix, strlen(prefix)) != 0)
				continue;
			struct reply a =
			    ask(h, r, route_filled(&h->arena, r->path, of_steering, hidden),
			        headers, hidden[hidden[0] == absent[0]]);
			struct reply b =
			    ask(h, r, route_filled(&h->arena, r->path, of_steering, absent),
			        headers, absent[hidden[0] == absent[0]]);
			if (a.code != 404 || strcmp(a.all, b.all) != 0)
				fail_msg("%s %s tells: %d\n%s\n---\n%s", r->method, r->path, a.code,
				         a.all, b.all);
			reply_free(&a);
			reply_free(&b);
			asked++;
		}
	return asked;
}

/* ---- meetings ----------------------------------------------------------------------------- */

static void the_agenda_is_made_of_what_waits_and_is_there_once(void **state)
{
	struct steering *s = gather(*state);

	plan(s);
	compose(s);
	assert_page_says(s->v_sec, s->b->ref);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_point"), 1);
	send_from(s->v_sec, there(s, ""), there(s, "/_compose"), "x=1");
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_point"), 1);
	disperse(s);
}

/* Another casefile that waits, like the one that is there. */
static const struct db_stmt MORE_WAIT = {
	"test_more_wait", "bti",
	"INSERT INTO casefile (uuid, reference, state, state_since, activity, variant, theme,"
	" crime_form, opened_by, opened_at) SELECT $1, $2, 5, state_since + $3, activity, variant,"
	" theme, crime_form, opened_by, opened_at FROM casefile"
	" WHERE id = (SELECT min(id) FROM casefile)"
};

static enum status more_wait(struct db_tx *tx, void *args, struct error *reterr)
{
	const int *many = args;
	enum status st = OK;

	for (int i = 0; st == OK && i < *many; i++) {
		const struct uuid uuid = uuid_random();
		char reference[32];
		(void)snprintf(reference, sizeof reference, "C-2026-W%d", 1000 + i);
		st = db_exec(
		    tx, &MORE_WAIT,
		    DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_TEXT(reference), DB_INT(i + 1)),
		    NULL, reterr);
	}
	return st;
}

static void an_agenda_holds_no_more_than_it_shows_and_the_rest_waits(void **state)
{
	struct steering *s = gather(*state);
	int many = 70;

	store_world_run(s->h->store, more_wait, &many);
	plan(s);
	send_from(s->v_sec, there(s, ""), there(s, "/_compose"), "x=1");
	assert_page_says(s->v_sec, "De agenda is vol met wat het langst wacht");
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_point"), 60);
	assert_page_says(s->v_sec, s->b->ref);
	assert_int_equal(
	    api(s, s->sec, there(s, "/_add"), "{\"_version\":2,\"casefile\":\"C-2026-W1069\"}"),
	    409);
	disperse(s);
}

static void two_meetings_do_not_get_one_advice(void **state)
{
	struct steering *s = gather(*state);

	plan(s);
	compose(s);
	plan(s);
	visit(s->v_sec, there(s, ""));
	assert_false(page_says(s->v_sec, s->b->ref));
	struct reply r = client_request(
	    s->h->port, "POST", arena_printf(&s->h->arena, "/api/v1%s", there(s, "/_add")),
	    house_bearer(s->h, s->sec),
	    arena_printf(&s->h->arena, "{\"_version\":1,\"casefile\":\"%s\"}", s->b->ref));
	assert_int_equal(r.code, 400);
	reply_free(&r);
	assert_int_equal(count(s->b, "SELECT count(*) FROM steering_point"), 1);
	disperse(s);
}

static void a_member_reads_only_what_its_participant_is_involved_in(void **state)
{
	struct steering *s = gather(*state);

	plan(s);
	compose(s);
	visit(s->v_tax, there(s, ""));
	assert_page_says(s->v_tax, s->b->ref);
	visit(s->v_duin, there(s, ""));
	assert_int_equal(s->v_duin->code, 200);
	assert_false(page_says(s->v_duin, s->b->ref));
	const char *const hidden[] = { s->meeting, s->b->ref };
	const char *const absent[] = { s->meeting, "C-2026-00000" };
	assert_true(all_alike(s->h, s->duin, "/steering/{ref}/points/", hidden, absent) >= 1);
	disperse(s);
}

static void a_member_who_is_blocked_from_the_casefile_finds_no_trace_of_it(void **state)
{
	struct steering *s = gather(*state);
	struct setting kept = { s->b->casefile, s->tax->person_id, s->sec->appointment_id };

	plan(s);
	compose(s);
	store_world_run(s->h->store, block, &kept);
	visit(s->v_tax, there(s, ""));
	assert_int_equal(s->v_tax->code, 200);
	assert_false(page_says(s->v_tax, s->b->ref));
	visit(s->v_tax, of_case(s, ""));
	assert_int_equal(s->v_tax->code, 404);
	disperse(s);
}

static void a_meeting_is_hidden_from_who_was_not_invited(void **state)
{
	struct steering *s = gather(*state);
	struct house_person *late =
	    house_hire(s->h, "later@politie.example", ROLE_STEERING_MEMBER, s->h->police_organ);
	struct visitor *v = signed_in(s->h, late);

	plan(s);
	compose(s);
	const char *const hidden[] = { s->meeting, "1" };
	const char *const absent[] = { "SP-2026-00000", "1" };
	assert_true(all_alike(s->h, late, "/steering/{ref}", hidden, absent) >= 7);
	send_from(s->v_sec, there(s, "/attendance"), there(s, "/_invite"),
	          arena_printf(&s->h->arena, "id=%lld", (long long)late->appointment_id));
	visit(v, there(s, ""));
	assert_page_says(v, s->b->ref);
	visitor_free(v);
	disperse(s);
}

static void the_informatie_overleg_does_not_show_meetings_of_the_stuurploeg(void **state)
{
	struct steering *s = gather(*state);

	plan(s);
	visit(s->b->v_cor, "/meetings");
	assert_int_equal(s->b->v_cor->code, 200);
	assert_false(page_says(s->b->v_cor, s->meeting));
	visit(s->b->v_cor, arena_printf(&s->h->arena, "/meetings/%s", s->meeting));
	assert_int_equal(s->b->v_cor->code, 404);
	visit(s->b->v_cor, "/steering");
	assert_int_equal(s->b->v_cor->code, 404);
	disperse(s);
}

static void a_meeting_that_is_called_off_gives_its_casefiles_back(void **state)
{
	struct steering *s = gather(*state);

	plan(s);
	compose(s);
	send_from(s->v_sec, there(s, ""), there(s, "/move/call-off"), "x=1");
	assert_page_says(s->v_sec, "Gaat niet door");
	plan(s);
	compose(s);
	assert_page_says(s->v_sec, s->b->ref);
	disperse(s);
}

static void only_a_member_in_force_is_invited_or_chairs(void **state)
{
	struct steering *s = gather(*state);

	visit(s->v_sec, "/steering/new");
	visitor_send(s->v_sec, "/steering",
	             arena_printf(&s->h->arena, "day=26-11-2026&time=25.00&place=&chair=%lld",
	                          (long long)s->police->appointment_id));
	assert_int_equal(s->v_sec->code, 400);
	assert_page_says(s->v_sec, "Schrijf de tijd als");
	visit(s->v_sec, "/steering/new");
	visitor_send(s->v_sec, "/steering",
	             arena_printf(&s->h->arena, "day=26-11-2026&time=9.30&place=Zaal&chair=%lld",
	                          (long long)s->b->desk->appointment_id));
	assert_int_equal(s->v_sec->code, 400);
	assert_int_equal(count(s->b, "SELECT count(*) FROM meeting"), 0);
	visit(s->v_tax, "/steering/new");
	assert_int_equal(s->v_tax->code, 404);
	disperse(s);
}

/* HOUSE_NOW is in November: the day that comes, and whoever's machine asks writes the year. */
static void a_day_to_come_needs_no_year_on_a_page_and_does_on_the_api(void **state)
{
	struct steering *s = gather(*state);

	assert_int_equal(api(s, s->sec, "/steering",
	                     arena_printf(&s->h->arena,
	                                  "{\"day\":\"1 maart\",\"time\":\"9.30\","
	                                  "\"place\":\"Zaal\",\"chair\":%lld}",
	                                  (long long)s->police->appointment_id)),
	                 400);
	assert_non_null(strstr(s->said, "Vul een datum in die bestaat"));
	visit(s->v_sec, "/steering/new");
	visitor_send(s->v_sec, "/steering",
	             arena_printf(&s->h->arena,
	                          "day=1+maart&time=9.30&place=Zaal&chair=%lld"
	                          "&invited%%5B0%%5D.id=%lld",
	                          (long long)s->police->appointment_id,
	                          (long long)s->tax->appointment_id));
	assert_page_says(s->v_sec, "De vergadering staat gepland");
	assert_page_says(s->v_sec, "1 maart 2027");
	disperse(s);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_day_to_come_needs_no_year_on_a_page_and_does_on_the_api),
		CASE(the_agenda_is_made_of_what_waits_and_is_there_once),
		CASE(an_agenda_holds_no_more_than_it_shows_and_the_rest_waits),
		CASE(two_meetings_do_not_get_one_advice),
		CASE(a_member_reads_only_what_its_participant_is_involved_in),
		CASE(a_member_who_is_blocked_from_the_casefile_finds_no_trace_of_it),
		CASE(a_meeting_is_hidden_from_who_was_not_invited),
		CASE(the_informatie_overleg_does_not_show_meetings_of_the_stuurploeg),
		CASE(a_meeting_that_is_called_off_gives_its_casefiles_back),
		CASE(only_a_member_in_force_is_invited_or_chairs),
	};
	return cmocka_run_group_tests_name("steering", tests, NULL, NULL);
}
