/* The log on screen: the auditor's list, what one did oneself, and who saw a record. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "audit/action.h"
#include "house_world.h"

static struct visitor *signed_in(struct house *h, const char *email, enum role role)
{
	struct house_person *p = house_hire(h, email, role, 0);
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, p);
	return v;
}

static int64_t events(struct house *h)
{
	return store_world_number(h->store, "SELECT count(*) FROM audit_event");
}

/* How often text stands on the page. */
static int times(const struct visitor *v, const char *text)
{
	int count = 0;

	for (const char *at = v->page; (at = strstr(at, text)) != NULL; at += strlen(text))
		count++;
	return count;
}

/* The page without its tokens against double sending, which are drawn for every form anew. */
static char *without_tokens(const struct visitor *v)
{
	static const char MARK[] = "name=\"_once\" value=\"";
	char *page = strdup(v->page);

	for (char *at = page; (at = strstr(at, MARK)) != NULL;) {
		at += sizeof MARK - 1;
		memset(at, '.', strcspn(at, "\""));
	}
	return page;
}

static void assert_reads(const struct visitor *v, const char *expected)
{
	char *page = without_tokens(v);

	assert_int_equal(v->code, 404);
	assert_string_equal(page, expected);
	free(page);
}

static void the_auditor_finds_every_click_of_a_clerk_by_number(void **state)
{
	struct house *h = *state;
	struct visitor *clerk = signed_in(h, "anna@duinwaard.example", ROLE_SUBMITTER);
	const int64_t id = h->people[0].person_id;

	visit(clerk, "/may-i-share?what=61");
	visit(clerk, "/rules");
	visit(clerk, "/people"); /* refused */
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);
	visit(auditor, arena_printf(&h->arena, "/log?actor=%lld", (long long)id));
	assert_int_equal(auditor->code, 200);
	assert_page_says(auditor, arena_printf(&h->arena, "Medewerker %lld", (long long)id));
	assert_page_says(auditor, "Gemeente Duinwaard, ");
	assert_page_says(auditor, "Vroeg of iets gedeeld mag worden");
	assert_page_says(auditor, "Las de regels");
	assert_page_says(auditor, "Geweigerd");
	assert_page_says(auditor, "Die las dat de pagina er niet is");
	assert_false(page_says(auditor, "anna@duinwaard.example"));
	visitor_free(clerk);
	visitor_free(auditor);
}

static void who_may_not_read_the_log_reads_that_it_is_not_there(void **state)
{
	static const char *const paths[] = { "/log", "/log/heads", "/log/export",
		                             "/people/1/access-log" };
	struct house *h = *state;
	struct visitor *clerk = signed_in(h, "anna@duinwaard.example", ROLE_SUBMITTER);

	visit(clerk, "/there-is-no-such-page");
	assert_int_equal(clerk->code, 404);
	char *nothing = without_tokens(clerk);
	for (size_t i = 0; i < sizeof paths / sizeof paths[0]; i++) {
		visit(clerk, paths[i]);
		assert_reads(clerk, nothing);
	}
	assert_false(page_says(clerk, ">Logboek<"));
	free(nothing);
	visitor_free(clerk);
}

static void auditor_and_privacy_officer_have_it_in_their_menu(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);
	struct visitor *dpo = signed_in(h, "fg@riec.example", ROLE_COORD_DPO);

	visit(auditor, "/");
	assert_page_says(auditor, "href=\"/log\"");
	visit(dpo, "/log");
	assert_int_equal(dpo->code, 200);
	assert_page_says(dpo, "<h1>Logboek</h1>");
	visitor_free(auditor);
	visitor_free(dpo);
}

static void filters_narrow_the_list_and_stand_above_it_as_chips(void **state)
{
	struct house *h = *state;
	struct visitor *clerk = signed_in(h, "anna@duinwaard.example", ROLE_SUBMITTER);
	visit(clerk, "/rules");
	visit(clerk, "/people");
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	visit(auditor, "/log?action=RULES_VIEW");
	assert_page_says(auditor, "Wat: las de regels");
	assert_page_says(auditor, "<option value=\"RULES_VIEW\" selected>");
	assert_int_equal(times(auditor, "<td role=\"cell\" data-label=\"Wanneer\">"), 1);
	visit(auditor, "/log?outcome=REFUSED");
	assert_int_equal(times(auditor, "<td role=\"cell\" data-label=\"Wanneer\">"), 1);
	visit(auditor, "/log?from=25-11-2026");
	assert_page_says(auditor, "Geen gebeurtenissen met deze filters");
	visit(auditor, "/log?from=24-11-2026&to=24+november+2026&action=RULES_VIEW");
	assert_page_says(auditor, "Vanaf 24 november 2026");
	assert_page_says(auditor, "Tot en met 24 november 2026");
	assert_page_says(auditor, "dinsdag 24 november 2026");
	assert_int_equal(times(auditor, "<td role=\"cell\" data-label=\"Wanneer\">"), 1);
	visitor_free(clerk);
	visitor_free(auditor);
}

static void nonsense_in_a_filter_is_ignored_and_not_claimed(void **state)
{
	static const char *const nonsense[] = {
		"/log?actor=abc&action=NOTHING&object=iets+moois&outcome=x&from=31-11-2026&to=nu",
		"/log?actor=-&object=medewerker&after=1-2-3&action=%00",
		"/log?after=99999999999999999999-1-1-1&actor=9999999999999999999999",
		"/log?object=%3Cb%3E&from=%27+OR+1%3D1&after=0-0-0-0",
	};
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	for (size_t i = 0; i < sizeof nonsense / sizeof nonsense[0]; i++) {
		visit(auditor, nonsense[i]);
		if (auditor->code == 400) /* a NUL isn't a filter */
			continue;
		assert_int_equal(auditor->code, 200);
		assert_false(page_says(auditor, "plein-chip\""));
		assert_page_says(auditor, "Logde in");
	}
	visitor_free(auditor);
}

static void older_lines_follow_without_a_gap_or_a_double(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	for (int i = 0; i < 70; i++) {
		h->clock.fixed_ms += 1000;
		visit(auditor, "/rules");
	}
	house_seal(h);
	visit(auditor, "/log?action=RULES_VIEW");
	assert_int_equal(times(auditor, "data-label=\"Wanneer\""), 50);
	const char *older = strstr(auditor->page, "href=\"/log?action=RULES_VIEW&amp;after=");
	assert_non_null(older);
	char path[200] = "";
	(void)snprintf(path, sizeof path, "/log?action=RULES_VIEW&%.*s",
	               (int)strcspn(strstr(older, "after="), "\""), strstr(older, "after="));
	visit(auditor, path);
	assert_int_equal(times(auditor, "data-label=\"Wanneer\""), 20);
	assert_page_says(auditor, "Terug naar het begin");
	assert_false(page_says(auditor, "Volgende regels"));
	visitor_free(auditor);
}

/* The link that says so, with the filters and the order it keeps. */
static const char *link_that(struct house *h, const struct visitor *v, const char *says)
{
	const char *at = strstr(v->page, says);

	assert_non_null(at);
	while (strncmp(at, "href=\"", 6) != 0)
		at--;
	char *href = arena_strndup(&h->arena, at + 6, strcspn(at + 6, "\"")), *to = href;
	for (const char *from = href; *from != '\0'; from += strncmp(from, "&amp;", 5) == 0 ? 5 : 1)
		*to++ = *from;
	*to = '\0';
	return href;
}

static void the_oldest_come_first_on_every_page_and_in_the_files_where_asked(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	for (int i = 0; i < 70; i++) {
		h->clock.fixed_ms += 1000;
		visit(auditor, "/rules");
	}
	house_seal(h);
	visit(auditor, "/me/log?sort=oldest");
	assert_page_says(auditor, "value=\"oldest\" selected");
	assert_page_says(auditor, "Logde in");
	assert_int_equal(times(auditor, "data-label=\"Wanneer\""), 50);
	const char *csv = link_that(h, auditor, " CSV"), *ods = link_that(h, auditor, " ODS");
	visit(auditor, link_that(h, auditor, "Volgende regels"));
	assert_false(page_says(auditor, "Logde in"));
	assert_page_says(auditor, "value=\"oldest\" selected");
	visit(auditor, csv);
	assert_page_says(auditor, "Las de regels");
	assert_true(strstr(auditor->page, "Logde in") < strstr(auditor->page, "Las de regels"));
	visit(auditor, ods);
	assert_int_equal(memcmp(auditor->page, "PK", 2), 0);
	visit(auditor, "/log?sort=oldest&action=RULES_VIEW");
	assert_int_equal(times(auditor, "data-label=\"Wanneer\""), 50);
	visit(auditor, link_that(h, auditor, "Volgende regels"));
	assert_int_equal(times(auditor, "data-label=\"Wanneer\""), 20);
	visitor_free(auditor);
}

static void the_seals_are_a_file_too(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	house_seal(h);
	visit(auditor, "/log/heads?format=csv");
	assert_page_says(auditor, "Wanneer;Deel;Regels");
	assert_page_says(auditor, ";head 1 ");
	visit(auditor, "/log/heads?format=ods");
	assert_int_equal(memcmp(auditor->page, "PK", 2), 0);
	visitor_free(auditor);
}

static void reading_the_log_is_an_event_too(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);
	const int64_t before = events(h);

	visit(auditor, "/log");
	visit(auditor, "/log/heads");
	visit(auditor, "/me/log");
	assert_int_equal(events(h), before + 3);
	visit(auditor, "/log?action=LOG_VIEW");
	assert_page_says(auditor, "Bekeek het logboek");
	visitor_free(auditor);
}

static void taking_it_along_is_an_event_of_its_own(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	visit(auditor, "/log/export?action=SIGN_IN");
	assert_int_equal(auditor->code, 200);
	assert_page_says(auditor, "Wanneer;Wie;Namens wie;Wat;Waarover");
	assert_page_says(auditor, "Logde in");
	visit(auditor, "/log/export?action=SIGN_IN&format=json");
	assert_page_says(auditor, "\"action\":\"SIGN_IN\"");
	visit(auditor, "/log?action=LOG_EXPORT");
	assert_int_equal(times(auditor, "data-label=\"Wanneer\""), 2);
	assert_page_says(auditor, "Nam het logboek mee (");
	visitor_free(auditor);
}

static void taking_it_along_asks_a_fresh_code(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	h->clock.fixed_ms += 40 * 60 * 1000;
	visit(auditor, "/log/export");
	assert_string_equal(auditor->path, "/step-up?next=/log/export");
	visitor_free(auditor);
}

static void the_seal_stands_above_the_list(void **state)
{
	struct house *h = *state;
	struct visitor *auditor = signed_in(h, "otto@riec.example", ROLE_AUDITOR);

	visit(auditor, "/log/heads");
	assert_page_says(auditor, "Er is nog geen zegel");
	house_seal(h);
	visit(auditor, "/log");
	assert_page_says(auditor, "Het logboek is verzegeld");
	assert_page_says(auditor, "Laatste zegel: 24 november 2026");
	visit(auditor, "/log/heads");
	assert_page_says(auditor, "Klopt");
	assert_page_says(auditor, "head 1 ");
	h->clock.fixed_ms += 5 * 60 * 1000;
	visit(auditor, "/log");
	assert_page_says(auditor, "Het verzegelen staat stil");
	visitor_free(auditor);
}

static void one_reads_what_one_did_and_nothing_of_others(void **state)
{
	struct house *h = *state;
	struct visitor *anna = signed_in(h, "anna@duinwaard.example", ROLE_SUBMITTER);
	struct visitor *bert = signed_in(h, "bert@duinwaard.example", ROLE_SUBMITTER);

	visit(bert, "/rules");
	visit(anna, "/may-i-share");
	visit(anna, "/me/log");
	assert_page_says(anna, "<h1>Wat ik deed</h1>");
	assert_page_says(anna, "Vroeg of iets gedeeld mag worden");
	assert_false(page_says(anna, "Las de regels"));
	visit(anna,
	      arena_printf(&h->arena, "/me/log?actor=%lld", (long long)h->people[1].person_id));
	assert_false(page_says(anna, "Las de regels"));
	visit(anna, "/me/log?format=csv");
	assert_page_says(anna, "Wanneer;Wie;Namens wie;Wat;Waarover");
	assert_page_says(anna, "Vroeg of iets gedeeld mag worden");
	assert_false(page_says(anna, "Las de regels"));
	visit(anna, "/me/log?to=1+november+2026");
	assert_page_says(anna, "Geen gebeurtenissen");
	visit(anna, "/me/log?from=24+november+2026");
	assert_page_says(anna, "Vroeg of iets gedeeld mag worden");
	visitor_free(anna);
	visitor_free(bert);
}

/* ---- who saw this ---- */

static const char *log_of(struct house *h, int person)
{
	return arena_printf(&h->arena, "/people/%lld/access-log",
	                    (long long)h->people[person].person_id);
}

static void who_asks_who_saw_somebody_says_for_what_first(void **state)
{
	struct house *h = *state;
	struct visitor *manager = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);
	const char *path = log_of(h, 0);

	visit(manager, path);
	assert_page_says(manager, "Waarvoor kijkt u?");
	assert_false(page_says(manager, "data-label=\"Wanneer\""));
	visitor_send(manager, path, "remark=zomaar");
	assert_int_equal(manager->code, 400);
	assert_page_says(manager, "Kies waarvoor u kijkt.");
	assert_page_says(manager, "zomaar");
	visitor_send(manager, path, "purpose=INTERNAL&remark=melding+van+een+collega");
	assert_int_equal(manager->code, 200);
	assert_string_equal(manager->path, path);
	assert_page_says(manager, "data-label=\"Wanneer\"");
	assert_page_says(manager, "wim@duinwaard.example"); /* names, for who may see them */
	assert_page_says(manager, "Interne controle");
	visitor_free(manager);
}

static void the_reason_is_kept_sealed_and_holds_half_an_hour(void **state)
{
	struct house *h = *state;
	struct visitor *manager = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);
	const char *path = log_of(h, 0);

	visit(manager, path);
	visitor_send(manager, path, "purpose=SECURITY&remark=onvergetelijk");
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM log_inquiry WHERE purpose = 3"), 1);
	assert_int_equal(store_world_number(h->store, "SELECT length(remark) FROM log_inquiry"),
	                 (int64_t)strlen("onvergetelijk") + SEAL_OVERHEAD_BYTES);
	visit(manager, path);
	assert_page_says(manager, "data-label=\"Wanneer\"");
	h->clock.fixed_ms += 31 * 60 * 1000;
	visit(manager, path);
	assert_page_says(manager, "Waarvoor kijkt u?");
	visitor_free(manager);
}

static void a_reason_for_one_record_opens_no_other(void **state)
{
	struct house *h = *state;
	struct visitor *manager = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);
	(void)house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);

	visit(manager, log_of(h, 0));
	visitor_send(manager, log_of(h, 0), "purpose=SECURITY");
	visit(manager, log_of(h, 1));
	assert_page_says(manager, "Waarvoor kijkt u?");
	visitor_free(manager);
}

static void somebody_of_another_organisation_is_nobody(void **state)
{
	struct house *h = *state;
	(void)house_hire(h, "pol@politie.example", ROLE_PARTNER_DESK, h->police_organ);
	struct visitor *manager = signed_in(h, "wim@duinwaard.example", ROLE_AUTHORISATION_MANAGER);

	visit(manager, "/people/999999/access-log");
	assert_int_equal(manager->code, 404);
	char *nothing = without_tokens(manager);
	visit(manager, log_of(h, 0));
	assert_reads(manager, nothing);
	free(nothing);
	visitor_free(manager);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(the_auditor_finds_every_click_of_a_clerk_by_number),
		CASE(who_may_not_read_the_log_reads_that_it_is_not_there),
		CASE(auditor_and_privacy_officer_have_it_in_their_menu),
		CASE(filters_narrow_the_list_and_stand_above_it_as_chips),
		CASE(nonsense_in_a_filter_is_ignored_and_not_claimed),
		CASE(older_lines_follow_without_a_gap_or_a_double),
		CASE(the_oldest_come_first_on_every_page_and_in_the_files_where_asked),
		CASE(the_seals_are_a_file_too),
		CASE(reading_the_log_is_an_event_too),
		CASE(taking_it_along_is_an_event_of_its_own),
		CASE(taking_it_along_asks_a_fresh_code),
		CASE(the_seal_stands_above_the_list),
		CASE(one_reads_what_one_did_and_nothing_of_others),
		CASE(who_asks_who_saw_somebody_says_for_what_first),
		CASE(the_reason_is_kept_sealed_and_holds_half_an_hour),
		CASE(a_reason_for_one_record_opens_no_other),
		CASE(somebody_of_another_organisation_is_nobody),
	};
	return cmocka_run_group_tests_name("logbook", tests, NULL, NULL);
}
