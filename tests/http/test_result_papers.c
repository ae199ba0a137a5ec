/* Papers of what an intervention did: whose they are, how heavy they may be, who sees and finds them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "client.h"
#include "attachments/attachment_words.h"
#include "interventions/intervention_forget.h"
#include "intervention_play.h"
#include "search/search_feed.h"
#include "server/rooms.h"

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct room *r = args;
	return interventions_forget_casefile(tx, r->b->casefile, HOUSE_NOW, reterr);
}

#define BOUNDARY "----plein-stuk"
#define EDGE     "--" BOUNDARY "\r\nContent-Disposition: form-data; name="

/* The value of a hidden field in the form that goes to path; "" where there is no such form. */
static const char *hidden(struct visitor *v, const char *path, const char *name)
{
	struct arena *a = &v->house->arena;
	const char *form = strstr(v->page, arena_printf(a, "action=\"%s\"", path));
	const char *at =
	    form != NULL ? strstr(form, arena_printf(a, "name=\"%s\" value=\"", name)) : NULL;

	if (at == NULL)
		return "";
	at = strstr(at, "value=\"") + strlen("value=\"");
	return arena_strndup(a, at, strcspn(at, "\""));
}

struct paper {
	const char *kind, *subject, *name, *type, *bytes;
};

/* With the police's first task; _csrf and _version as the form of that page gives them. *ret_says may be NULL:
 * otherwise what came back, in the house's arena. */
static int send_paper(struct visitor *v, const char *path, const struct paper *p,
                      const char **ret_says)
{
	struct arena *a = &v->house->arena;

	visit(v, path);
	const char *body =
	    arena_printf(a,
	                 EDGE "\"_csrf\"\r\n\r\n%s\r\n" EDGE "\"_version\"\r\n\r\n%s\r\n" EDGE
	                      "\"kind\"\r\n\r\n%s\r\n" EDGE "\"task\"\r\n\r\n101\r\n" EDGE
	                      "\"subject\"\r\n\r\n%s\r\n" EDGE
	                      "\"file\"; filename=\"%s\"\r\nContent-Type: %s\r\n\r\n%s"
	                      "\r\n--" BOUNDARY "--\r\n",
	                 hidden(v, path, "_csrf"), hidden(v, path, "_version"), p->kind, p->subject,
	                 p->name, p->type, p->bytes);
	const char *all = arena_printf(
	    a,
	    "POST %s HTTP/1.1\r\nHost: localhost\r\nCookie: %s\r\nOrigin: http://localhost\r\n"
	    "Content-Type: multipart/form-data; boundary=" BOUNDARY
	    "\r\nContent-Length: %zu\r\nConnection: close\r\n\r\n%s",
	    path, v->cookies, strlen(body), body);
	struct reply r = client_ask(v->house->port, all, strlen(all));
	const int code = r.code;
	if (code >= 500)
		fail_msg("%s", r.all);
	if (ret_says != NULL)
		*ret_says = arena_strdup(a, r.all);
	reply_free(&r);
	return code;
}

static int add_paper(struct visitor *v, const char *path, const char *kind, const char *bytes)
{
	const struct paper p = { kind, "", "besluit.pdf", "application/pdf", bytes };
	return send_paper(v, path, &p, NULL);
}

static const char PAPER[] = "%PDF-1.4 Besluit over de loods";

static void papers_of_a_result_are_the_owners_and_go_with_the_casefile(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = running(r);
	const char *path = there(r, ref, "/papers"), *first = there(r, ref, "/papers/1");

	assert_int_equal(add_paper(r->v_exec, path, "INSPECTION_REPORT", "<html>"), 400);
	assert_int_equal(add_paper(r->v_exec, path, "BIBOB_ADVICE", PAPER), 400);
	assert_int_equal(add_paper(r->v_exec, path, "INSPECTION_REPORT", PAPER), 303);
	visit(r->v_exec, path);
	assert_page_says(r->v_exec, "besluit.pdf");
	visit(r->v_exec, first);
	assert_int_equal(r->v_exec->code, 200);
	assert_page_says(r->v_exec, PAPER);
	visit(r->v_lead, path); /* of the casefile: reads, and takes nothing away */
	assert_page_says(r->v_lead, "besluit.pdf");
	assert_false(page_says(r->v_lead, "Haal weg"));
	r->v_dec = signed_in(r->b->h, house_hire(r->b->h, "sub@duinwaard.example",
	                                         ROLE_PARTNER_DESK, 0)); /* no owner */
	visit(r->v_dec, first);
	assert_int_equal(r->v_dec->code, 404);
	assert_int_equal(count(r->b, "SELECT count(*) FROM attachment"), 1);
	visit(r->v_exec, path);
	visitor_send(r->v_exec, there(r, ref, "/papers/1/remove"), "x=1");
	assert_page_says(r->v_exec, "Niemand kan het stuk nog openen");
	assert_int_equal(add_paper(r->v_exec, path, "INSPECTION_REPORT", PAPER), 303);
	store_world_run(r->b->h->store, forget_run, r);
	assert_int_equal(count(r->b, "SELECT count(*) FROM attachment"), 0);
	close_room(r);
}

static void no_paper_comes_with_what_is_not_carried_out(void **state)
{
	struct room *r = open_room(*state);
	const char *ref = assigned(r);

	visit(r->v_exec, there(r, ref, "/papers"));
	assert_false(page_says(r->v_exec, "Voeg een stuk toe"));
	visit(r->v_exec, there(r, ref, ""));
	assert_false(page_says(r->v_exec, "Stukken bij het resultaat"));
	close_room(r);
}

/* ---- heavier than the first phase --------------------------------------------------------------- */

struct table { /* who is in the casefile for the police: Tess is named for phase 3 */
	struct room *r;
	struct visitor *wendy, *tess;
	const char *papers;
};

static struct visitor *member(struct room *r, const char *email, const char *more)
{
	struct house *h = r->b->h;
	struct house_person *p = house_hire(h, email, ROLE_WORKING_GROUP, h->police_organ);
	const char *members = arena_printf(&h->arena, "/casefiles/%s/members", r->b->ref);

	send_from(
	    r->b->v_cor, members, members,
	    arena_printf(&h->arena, "appointment=%lld%s", (long long)p->appointment_id, more));
	assert_page_says(r->b->v_cor, "Toegevoegd");
	return signed_in(h, p);
}

static struct table set_table(struct house *h)
{
	struct room *r = open_room(h);
	const char *ref = running(r);

	return (struct table){ r, member(r, "wendy@politie.example", ""),
		               member(r, "tess@politie.example", "&heavy=1"),
		               there(r, ref, "/papers") };
}

static void leave(struct table *t)
{
	visitor_free(t->wendy);
	visitor_free(t->tess);
	close_room(t->r);
}

#define REPORT(subject, words)                                                                     \
	&(struct paper)                                                                            \
	{                                                                                          \
		"POLICE_REPORT", (subject), "pv.txt", "text/plain", (words)                        \
	}
#define FILE_OF_INQUIRY(subject, words)                                                            \
	&(struct paper)                                                                            \
	{                                                                                          \
		"INVESTIGATION_FILE", (subject), "onderzoek.txt", "text/plain", (words)            \
	}

static void assert_refused(struct table *t, struct visitor *v, const struct paper *p,
                           const char *says)
{
	const char *said = "";

	assert_int_equal(send_paper(v, t->papers, p, &said), 400);
	if (strstr(said, says) == NULL)
		fail_msg("no '%s' in\n%s", says, said);
}

static void assert_kept(struct table *t, struct visitor *v, const struct paper *p)
{
	const char *said = "";

	if (send_paper(v, t->papers, p, &said) != 303)
		fail_msg("%s", said);
}

static const char *nth(struct table *t, int number)
{
	return arena_printf(&t->r->b->h->arena, "%s/%d", t->papers, number);
}

static bool opens(struct table *t, struct visitor *v, int number)
{
	visit(v, nth(t, number));
	return v->code == 200;
}

static void feed_search(struct table *t)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(search_feed_step(&t->r->b->h->plein, SEARCH_FEEDS, &more, &e), OK);
}

static bool word_leads(struct table *t, struct visitor *v, const char *word, int number)
{
	visit(v, "/search");
	visitor_send(v, "/search", arena_printf(&t->r->b->h->arena, "q=%s", word));
	assert_int_equal(v->code, 200);
	return page_says(v, arena_printf(&t->r->b->h->arena, "\"%s\"", nth(t, number)));
}

static void a_heavier_paper_is_about_somebody_whose_phase_is_open(void **state)
{
	struct table t = set_table(*state);
	struct bureau *b = t.r->b;

	assert_refused(&t, t.r->v_exec, REPORT("1", "x"), "Iemand uit de werkgroep");
	assert_refused(&t, t.wendy, REPORT("", "x"), "Kies wie of wat");
	assert_refused(&t, t.wendy, REPORT("9", "x"), "Kies iemand of iets uit de lijst");
	assert_refused(&t, t.wendy, REPORT("1", "x"), "Fase 2 is voor deze betrokkene dicht");
	open_phase(b, 0, 2);
	assert_refused(&t, t.wendy, REPORT("2", "x"), "Fase 2 is");
	assert_kept(&t, t.wendy, REPORT("1", "x"));
	visit(t.wendy, t.papers);
	assert_page_says(t.wendy, "fase 2");
	assert_page_says(t.wendy, "Nummer 1 in de casus");
	assert_int_equal(count(b, "SELECT count(*) FROM attachment_subject"), 1);
	leave(&t);
}

static void what_is_of_phase_3_stays_out_whoever_brings_it(void **state)
{
	struct table t = set_table(*state);
	const struct paper *inquiry = FILE_OF_INQUIRY("1", "De vuurtoren");
	struct visitor *all[] = { t.tess, t.wendy, t.r->v_exec };

	for (int opened = 0; opened < 2; opened++) {
		for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
			assert_refused(&t, all[i], inquiry, "is van fase 3 en blijft bij u");
		if (opened == 0) { /* whether it is open can't be told from the answer */
			open_phase(t.r->b, 0, 2);
			open_phase(t.r->b, 0, 3);
		}
	}
	assert_int_equal(count(t.r->b, "SELECT count(*) FROM attachment"), 0);
	leave(&t);
}

static void who_reads_the_first_phase_alone_has_no_trace_of_a_heavier_paper(void **state)
{
	struct table t = set_table(*state);
	struct visitor *light[] = { t.r->v_exec, t.r->v_lead };
	size_t before[2];

	open_phase(t.r->b, 0, 2);
	for (size_t i = 0; i < 2; i++) {
		visit(light[i], t.papers);
		before[i] = strlen(light[i]->page);
	}
	assert_kept(&t, t.wendy, REPORT("1", "De vuurtoren"));
	assert_true(opens(&t, t.tess, 1));
	assert_true(opens(&t, t.r->b->v_cor, 1));
	for (size_t i = 0; i < 2; i++) {
		assert_false(opens(&t, light[i], 1));
		visit(light[i], t.papers);
		assert_int_equal(strlen(light[i]->page), before[i]);
	}
	leave(&t);
}

static int64_t told(struct table *t, struct visitor *auditor, const struct house_person *p)
{
	visit(auditor, arena_printf(&t->r->b->h->arena, "/api/v1/access/what-sees?appointment=%lld",
	                            (long long)p->appointment_id));
	assert_int_equal(auditor->code, 200);
	const char *at = strstr(auditor->page, "{\"label\":\"Stukken bij resultaten\",");
	assert_non_null(at);
	const char *end = strchr(at, '}'), *count_at = strstr(at, "\"count\":");
	return count_at != NULL && count_at < end ? strtoll(count_at + 8, NULL, 10) : -1;
}

static void what_he_sees_counts_papers_as_his_own_page_opens_them(void **state)
{
	struct table t = set_table(*state);
	struct house *h = t.r->b->h;
	const struct house_person *wendy = &h->people[h->people_count - 2], *tess = wendy + 1;
	const struct house_person *aud = house_hire(h, "aud@riec.example", ROLE_AUDITOR, 0);
	struct visitor *auditor = signed_in(h, aud);
	const struct {
		struct visitor *v;
		const struct house_person *who;
		int64_t sees;
	} all[] = {
		{ t.r->v_exec, t.r->exec, 1 },
		{ t.r->v_lead, t.r->lead, 1 },
		{ t.wendy, wendy, 2 },
		{ t.tess, tess, 2 },
		{ t.r->b->v_cor, t.r->b->cor, 2 },
	};

	assert_int_equal(add_paper(t.r->v_exec, t.papers, "INSPECTION_REPORT", PAPER), 303);
	open_phase(t.r->b, 0, 2);
	assert_kept(&t, t.wendy, REPORT("1", "De vuurtoren"));
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++) {
		const int64_t opened = opens(&t, all[i].v, 1) + opens(&t, all[i].v, 2);
		assert_int_equal(opened, all[i].sees);
		assert_int_equal(told(&t, auditor, all[i].who), all[i].sees);
	}
	visitor_free(auditor);
	leave(&t);
}

static void a_paper_is_found_by_its_words_by_who_sees_it(void **state)
{
	struct table t = set_table(*state);
	struct bureau *b = t.r->b;
	const struct paper light = { "INSPECTION_REPORT", "", "verslag.txt", "text/plain",
		                     "De watertoren" };

	open_phase(b, 0, 2);
	assert_kept(&t, t.r->v_exec, &light);
	assert_kept(&t, t.wendy, REPORT("1", "De zeesluis"));
	feed_search(&t);
	assert_true(word_leads(&t, t.r->v_exec, "watertoren", 1));
	assert_true(word_leads(&t, t.r->v_lead, "watertoren", 1));
	assert_true(word_leads(&t, t.wendy, "watertoren", 1));
	assert_true(word_leads(&t, t.wendy, "zeesluis", 2));
	assert_false(word_leads(&t, t.r->v_exec, "zeesluis", 2));
	assert_false(word_leads(&t, t.r->v_lead, "zeesluis", 2)); /* the first phase alone */
	t.r->v_dec = signed_in(
	    b->h, house_hire(b->h, "sub@duinwaard.example", ROLE_PARTNER_DESK, 0)); /* no owner */
	assert_false(word_leads(&t, t.r->v_dec, "watertoren", 1));
	leave(&t);
}

static enum status forget_first_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct bureau *b = args;
	return attachments_forget_presence(tx, b->presence[0], reterr);
}

static void it_goes_with_whom_it_is_about(void **state)
{
	struct table t = set_table(*state);
	struct bureau *b = t.r->b;

	open_phase(b, 0, 2);
	assert_kept(&t, t.wendy, REPORT("1", "De zeesluis"));
	assert_int_equal(add_paper(t.r->v_exec, t.papers, "INSPECTION_REPORT", PAPER), 303);
	feed_search(&t);
	store_world_run(b->h->store, forget_first_run, b);
	assert_int_equal(count(b, "SELECT count(*) FROM attachment"), 1);
	assert_false(word_leads(&t, t.wendy, "zeesluis", 1));
	assert_false(opens(&t, t.wendy, 1));
	assert_true(opens(&t, t.wendy, 2));
	leave(&t);
}

/* ---- a reader that finds more -------------------------------------------------------------------- */

static enum status older_reader_run(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt FORGET = { "test_forget_words", "", "DELETE FROM search_word" };
	static const struct db_stmt OLDER = { "test_older_reader", "",
		                              "UPDATE index_reader SET number = 0" };
	(void)args;
	const enum status st = db_exec(tx, &FORGET, DB_NO_ARGS, NULL, reterr);
	return st == OK ? db_exec(tx, &OLDER, DB_NO_ARGS, NULL, reterr) : st;
}

static void files_of_before_a_better_reader_are_read_again_once(void **state)
{
	struct table t = set_table(*state);
	struct bureau *b = t.r->b;

	assert_int_equal(add_paper(t.r->v_exec, t.papers, "INSPECTION_REPORT", PAPER), 303);
	feed_search(&t);
	assert_true(word_leads(&t, t.wendy, "besluit", 1)); /* its name */
	store_world_run(b->h->store, older_reader_run, NULL);
	assert_false(word_leads(&t, t.wendy, "besluit", 1));
	feed_search(&t);
	assert_true(word_leads(&t, t.wendy, "besluit", 1));
	assert_int_equal(count(b, "SELECT count(*) FROM index_reader WHERE number > 0"), 1);
	assert_int_equal(count(b, "SELECT count(*) FROM index_waiting"), 0);
	leave(&t);
}

int main(void)
{
#define HOUSE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		HOUSE(papers_of_a_result_are_the_owners_and_go_with_the_casefile),
		HOUSE(no_paper_comes_with_what_is_not_carried_out),
		HOUSE(a_heavier_paper_is_about_somebody_whose_phase_is_open),
		HOUSE(what_is_of_phase_3_stays_out_whoever_brings_it),
		HOUSE(who_reads_the_first_phase_alone_has_no_trace_of_a_heavier_paper),
		HOUSE(what_he_sees_counts_papers_as_his_own_page_opens_them),
		HOUSE(a_paper_is_found_by_its_words_by_who_sees_it),
		HOUSE(it_goes_with_whom_it_is_about),
		HOUSE(files_of_before_a_better_reader_are_read_again_once),
	};
	return cmocka_run_group_tests_name("papers of a result", tests, NULL, NULL);
}
