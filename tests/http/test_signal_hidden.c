/* Who is not in it learns nothing, by no route; and what was not adopted is forgotten, on disk too. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "case_world.h"
#include "people/people.h"
#include "platform/crypto/lexeme.h"
#include "platform/crypto/token.h"
#include "retention/signal_terms.h"
#include "route_walk.h"
#include "search/search.h"
#include "server/rooms.h"
#include "signal_play.h"

static const int64_t DAY = INT64_C(86400000);

/* ---- every route -------------------------------------------------------------------------------- */

/* The route's path with this reference, and something that exists in every other place. */
static const char *of_signal(const void *reference, const char *name)
{
	if (strncmp(name, "{ref}", 5) == 0)
		return reference;
	return strncmp(name, "{action}", 8) == 0 ? "accept" : NULL;
}

/* Everything that names this very request is masked; the rest must be the same byte for byte. */
static void mask(char *text, const char *what, char until)
{
	for (char *at = strstr(text, what); at != NULL; at = strstr(at, what)) {
		at += strlen(what);
		while (*at != '\0' && *at != until)
			*at++ = '.';
	}
}

static void mask_reply(struct reply *r, const char *reference)
{
	mask(r->all, "X-Request-Id: ", '\r');
	mask(r->all, "Date: ", '\r');
	mask(r->all, "\"requestId\":\"", '"');
	mask(r->all, "name=\"_csrf\" value=\"", '"');
	mask(r->all, "name=\"_once\" value=\"", '"');
	for (char *at = strstr(r->all, reference); at != NULL; at = strstr(at, reference))
		memset(at, 'R', strlen(reference));
}

static struct reply ask(struct house *h, const struct route *route, const char *path,
                        const char *headers)
{
	const bool api = (route->flags & ROUTE_PAGE_ONLY) == 0;
	const bool change = strcmp(route->method, "GET") != 0;

	if (!change)
		return client_request(h->port, "GET", path, headers, NULL);
	return client_request(h->port, route->method,
	                      api ? arena_printf(&h->arena, "/api/v1%s", path) : path, headers,
	                      "{\"_version\":1}");
}

/* How many routes were asked; each answers the hidden signal like one that never was. */
static int ask_all(struct house *h, const char *hidden, const char *cookies, const char *bearer)
{
	static const char ABSENT[] = "S-2026-00000";
	int asked = 0;

	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			const bool get = strcmp(r->method, "GET") == 0;
			if (strncmp(r->path, "/signals/{ref}", 14) != 0 ||
			    (!get && (r->flags & (ROUTE_PAGE_ONLY | ROUTE_UPLOAD)) != 0))
				continue;
			const char *headers = get ? cookies : bearer;
			struct reply a =
			    ask(h, r, route_filled(&h->arena, r->path, of_signal, hidden), headers);
			struct reply b =
			    ask(h, r, route_filled(&h->arena, r->path, of_signal, ABSENT), headers);
			mask_reply(&a, hidden);
			mask_reply(&b, ABSENT);
			if (a.code != b.code || strcmp(a.all, b.all) != 0)
				fail_msg("%s %s tells them apart:\n%s\n----\n%s", r->method,
				         r->path, a.all, b.all);
			assert_true(a.code == 404 || a.code == 403);
			reply_free(&a);
			reply_free(&b);
			asked++;
		}
	return asked;
}

static enum status token_run(struct db_tx *tx, void *args, struct error *reterr)
{
	int64_t id = 0;
	return api_token_insert(tx, args, &id, reterr);
}

static const char *bearer_of(struct house *h, const struct house_person *p)
{
	struct token text = token_new();
	struct api_token_new t = { .digest = token_digest(h->plein.token_key, "api", text.text),
		                   .appointment_id = p->appointment_id,
		                   .now_ms = HOUSE_NOW,
		                   .expires_at = HOUSE_NOW + 60 * DAY,
		                   .label = "proef" };

	store_world_run(h->store, token_run, &t);
	return arena_printf(
	    &h->arena, "Authorization: Bearer %s\r\nContent-Type: application/json\r\n", text.text);
}

static void a_hidden_signal_answers_on_every_route_like_one_that_never_was(void **state)
{
	static const enum role WHO[] = { ROLE_SUBMITTER, ROLE_PARTNER_DESK,
		                         ROLE_INFO_MEETING_MEMBER };
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "Winkel", "Leeg");

	play_fill(&p, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	play_submit(&p);
	play_index(h);
	for (size_t i = 0; i < sizeof WHO / sizeof WHO[0]; i++) {
		struct house_person *who = house_hire(
		    h, arena_printf(&h->arena, "p%zu@politie.example", i), WHO[i], h->police_organ);
		struct visitor *v = visitor_new(h);
		visitor_sign_in(v, who);
		const char *cookies = arena_printf(&h->arena, "Cookie: %s\r\n", v->cookies);
		assert_true(ask_all(h, p.ref, cookies, bearer_of(h, who)) >= 30);
		visitor_free(v);
	}
	visitor_free(anna);
}

/* ---- forgotten ------------------------------------------------------------------------------------- */

static const char *lexeme(struct house *h, const char *word)
{
	struct lexeme found[2];

	assert_int_equal(search_words_of(h->plein.words, word, &h->arena, 2, found), 1);
	return arena_strdup(&h->arena, found[0].text);
}

static const char *plate_token(struct house *h)
{
	return store_world_text(h->store, &h->arena,
	                        "SELECT token FROM identifier_token WHERE kind = 7"
	                        " ORDER BY token LIMIT 1");
}

static void keep_terms(struct house *h)
{
	struct terms_done done;
	struct error e = { 0 };

	assert_int_equal(signal_terms_keep(h->plein.db, h->clock.fixed_ms, &done, &e), OK);
}

static struct visitor *manager(struct house *h, const struct house_person *p)
{
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, p);
	return v;
}

static void not_adopted_is_forgotten_and_what_is_anothers_stays(void **state)
{
	struct house *h = *state;
	struct house_person *first = house_hire(h, "mia@riec.example", ROLE_RECORDS_MANAGER, 0);
	struct house_person *second = house_hire(h, "noor@riec.example", ROLE_RECORDS_MANAGER, 0);
	struct house_person *auditor = house_hire(h, "aud@riec.example", ROLE_AUDITOR, 0);
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct played p = play_write(anna, "Winkel", "Langs+de+kwartelkade");

	play_fill(&p, "/edit/subjects", "kind=VEHICLE&role=MAIN&plate=12-ZZZ-3");
	play_fill(&p, "/edit/subjects",
	          "kind=PERSON&role=MAIN&familyName=Zandstra&givenNames=Ilse");
	play_submit(&p);
	play_index(h);
	const char *word = lexeme(h, "kwartelkade"), *token = plate_token(h);
	assert_true(found_on_disk(h, word) > 0); /* looking itself works */
	assert_true(found_on_disk(h, token) > 0);
	h->clock.fixed_ms += 180 * DAY;
	keep_terms(h);
	visitor_free(anna);
	anna = visitor_new(h);
	visitor_sign_in(anna, &h->people[3]);
	struct played other = play_write(anna, "Loods", "Aan+de+bosrand");
	play_fill(&other, "/edit/subjects",
	          "kind=PERSON&role=MAIN&familyName=Zandstra&givenNames=Ilse");
	play_index(h);
	h->clock.fixed_ms += 25 * DAY;
	struct visitor *mia = manager(h, first), *noor = manager(h, second);
	visit(mia, "/retention");
	visitor_send(mia, "/retention/lists", "x=1");
	visit(noor, mia->path);
	visitor_send(noor, arena_printf(&h->arena, "%s/sign", mia->path), "x=1");
	assert_page_says(noor, "Getekend");
	play_index(h);
	assert_int_equal(found_on_disk(h, word), 0);
	assert_int_equal(found_on_disk(h, token), 0);
	assert_true(found_on_disk(h, lexeme(h, "bosrand")) > 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM presence"), 1);
	assert_true(store_world_number(h->store, "SELECT count(*) FROM fact") > 0);
	assert_true(store_world_number(h->store, "SELECT count(*) FROM signal_statistic"
	                                         " WHERE transition = 12") > 0);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_feedback"
	                                              " WHERE signal_id IS NULL"),
	                 1);
	house_seal(h);
	struct visitor *aud = manager(h, auditor);
	visit(aud, "/log");
	assert_page_says(aud, "vernietigingslijst");
	visitor_free(aud);
	visitor_free(mia);
	visitor_free(noor);
	visitor_free(anna);
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_hidden_signal_answers_on_every_route_like_one_that_never_was),
		PROMISE(not_adopted_is_forgotten_and_what_is_anothers_stays),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
