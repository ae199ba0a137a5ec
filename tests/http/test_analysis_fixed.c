/* An analysis fixed by two people, on paper, by machine; and what must be looked at again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/analysis_end.h"
#include "analysis_table.h"
#include "client.h"
#include "retention/forgetters.h"

/* What a page can, a machine can: the same fields by JSON. */
static void a_machine_writes_reads_and_is_told_what_is_wrong(void **state)
{
	struct table *t = set_table(*state);
	struct house *h = t->b->h;
	struct arena *a = &h->arena;
	const char *headers =
	    arena_printf(a, "%sContent-Type: application/json\r\n", house_bearer(h, t->wendy));
	const char *to = arena_printf(a, "/api/v1%s", path(t, "/paragraphs"));
	const int64_t fact = put_fact(t, PHASE_1, "Controle op 1 mei");

	struct reply r =
	    client_request(h->port, "POST", to, headers,
	                   arena_printf(a,
	                                "{\"section\":\"QUESTION\",\"text\":\"Wat doet @1?\","
	                                "\"facts\":[{\"id\":%lld}]}",
	                                (long long)fact));
	assert_int_equal(r.code, 201);
	assert_true(reply_says(&r, "{\"id\":\""));
	reply_free(&r);
	r = client_request(h->port, "POST", to, headers, "{\"section\":\"NIETS\",\"text\":\"\"}");
	assert_int_equal(r.code, 400);
	assert_true(reply_says(&r, "section"));
	assert_true(reply_says(&r, "Schrijf de tekst"));
	reply_free(&r);
	const char *seen = answer_of(t, t->v_wendy, "");
	assert_non_null(strstr(seen, "Wat doet Milan Zandwijk?"));
	assert_non_null(strstr(seen, "\"value\":\"Controle op 1 mei\""));
	leave(t);
}

/* Who opened the analysis got its facts: once, however often it is opened. */
static void who_opens_it_stands_in_the_registry_of_copies_once(void **state)
{
	static const char HELD[] =
	    "SELECT count(*) FROM copy_fact f JOIN copy c ON c.id = f.copy_id"
	    " JOIN fact x ON x.uuid = f.fact_uuid WHERE x.kind = 418";
	struct table *t = set_table(*state);
	const int64_t fact = put_fact(t, PHASE_1, "Controle op 1 mei");

	write_words(t, t->b->v_ana, "SUBJECTS", cites(t, "text=Er%20was%20controle", fact));
	const int64_t before = count(t->b, HELD);
	visit(t->v_wendy, path(t, ""));
	assert_int_equal(count(t->b, HELD), before + 1);
	visit(t->v_wendy, path(t, ""));
	assert_int_equal(count(t->b, HELD), before + 1);
	leave(t);
}

/* ---- fixed versions ---------------------------------------------------------------------------------- */

/* Laid down by the analyst, signed by the coordinator; its address. */
static const char *fix(struct table *t)
{
	struct bureau *b = t->b;

	send_from(b->v_ana, path(t, ""), path(t, "/versions"), "");
	assert_page_says(b->v_ana, "Een tweede persoon tekent mee");
	const char *version = arena_strdup(&b->h->arena, b->v_ana->path);
	send_from(b->v_cor, version, arena_printf(&b->h->arena, "%s/_sign", version), "");
	assert_page_says(b->v_cor, "Deze versie verandert niet meer");
	return version;
}

static void a_second_person_signs_and_what_is_fixed_never_changes(void **state)
{
	struct table *t = set_table(*state);
	struct bureau *b = t->b;

	write_words(t, t->v_wendy, "QUESTION", "text=Wie%20zit%20hierachter");
	visit(b->v_ana, path(t, ""));
	assert_page_says(b->v_ana, "Schrijf eerst een conclusie");
	write_words(t, t->v_wendy, "CONCLUSIONS", "text=Een%20controle%20is%20nodig");
	send_from(b->v_ana, path(t, ""), path(t, "/versions"), "");
	assert_page_says(b->v_ana, "Meetekenen kan nu niet");
	const char *version = arena_strdup(&b->h->arena, b->v_ana->path);
	visit(t->v_wendy, version);
	assert_int_equal(t->v_wendy->code, 404); /* it waits: not for her yet */
	visit(b->v_cor, "/");
	assert_page_says(b->v_cor, "Analyse nalezen en tekenen");
	send_from(b->v_cor, version, arena_printf(&b->h->arena, "%s/_sign", version), "");
	assert_page_says(b->v_cor, "Deze versie verandert niet meer");
	assert_false(page_says(b->v_cor, "Teken mee<"));
	const char *before = answer_of(t, t->v_wendy, strstr(version, "/versions"));
	assert_non_null(strstr(before, "Een controle is nodig"));
	const char *paragraph = address_after(t, t->v_wendy, "Een controle is nodig");
	send_from(t->v_wendy, paragraph, paragraph, "text=Niets%20is%20nodig");
	assert_string_equal(answer_of(t, t->v_wendy, strstr(version, "/versions")), before);
	assert_int_equal(count(b,
	                       "SELECT count(*) FROM analysis_frozen WHERE signature_1 IS NOT NULL"
	                       " AND signature_2 IS NOT NULL AND signature_3 IS NOT NULL"),
	                 1);
	leave(t);
}

static const char *changes_of(struct table *t, struct visitor *v, const char *version)
{
	return answer_of(t, v,
	                 arena_printf(&t->b->h->arena, "%s/changes", strstr(version, "/versions")));
}

/* Between two fixed versions: what came, what went, what reads otherwise, what rests on something else. */
static void a_version_says_what_is_different_from_the_one_before(void **state)
{
	struct table *t = set_table(*state);
	struct bureau *b = t->b;

	write_words(t, t->v_wendy, "QUESTION", "text=Wie%20zit%20hierachter");
	write_words(t, t->v_wendy, "GAPS", "text=Van%20wie%20is%20de%20auto");
	write_words(t, t->v_wendy, "CONCLUSIONS", "text=Een%20controle%20is%20nodig");
	const char *first = fix(t);
	assert_non_null(strstr(changes_of(t, t->v_wendy, first), "\"first\":true"));
	const char *gaps = address_after(t, t->v_wendy, "Van wie is de auto");
	send_from(t->v_wendy, path(t, ""), arena_printf(&b->h->arena, "%s/_remove", gaps),
	          "_version=1");
	const char *last = address_after(t, t->v_wendy, "Een controle is nodig");
	const int64_t fact = put_fact(t, PHASE_1, "Controle op 1 mei");
	send_from(t->v_wendy, last, last, cites(t, "text=Een%20gesprek%20is%20nodig", fact));
	write_words(t, t->v_wendy, "SUBJECTS", "text=%401%20huurt%20de%20loods");
	const char *second = fix(t);
	const char *seen = changes_of(t, t->v_wendy, second);
	assert_non_null(strstr(seen, "\"changes\":3,\"same\":1,\"first\":false"));
	assert_non_null(strstr(seen, "\"change\":\"REMOVED\""));
	assert_non_null(strstr(seen, "\"change\":\"ADDED\""));
	assert_non_null(strstr(seen, "Milan Zandwijk huurt de loods"));
	assert_null(strstr(seen, "Wie zit hierachter"));
	visit(t->v_wendy, arena_printf(&b->h->arena, "%s/changes", second));
	assert_page_says(t->v_wendy, "Alinea gewijzigd");
	assert_page_says(t->v_wendy, "Alinea weggehaald");
	assert_page_says(t->v_wendy, "erbij: </span>gesprek");
	assert_page_says(t->v_wendy, "Controle op 1 mei");
	leave(t);
}

/* A version in which only phase 3 became different is none to who doesn't read that. */
static void a_difference_above_a_reader_is_none_to_him(void **state)
{
	struct table *t = set_table(*state);
	struct bureau *b = t->b;

	name_member(t, b->ana, "&heavy=1");
	name_member(t, b->cor, "&heavy=1");
	write_words(t, t->v_wendy, "CONCLUSIONS", "text=Een%20controle%20is%20nodig");
	(void)fix(t);
	const int64_t heavy = put_fact(t, PHASE_3, "Zwaar geheim");
	write_words(t, t->v_tess, "GAPS", cites(t, "text=Dit%20is%20zwaar", heavy));
	write_words(t, t->v_wendy, "GAPS", "text=Van%20wie%20is%20de%20auto");
	const char *second = fix(t);
	const char *low = changes_of(t, t->v_wendy, second);
	assert_non_null(strstr(low, "\"changes\":1,"));
	assert_null(strstr(low, "zwaar"));
	assert_null(strstr(low, "geheim"));
	const char *high = changes_of(t, t->v_tess, second);
	assert_non_null(strstr(high, "\"changes\":2,"));
	assert_non_null(strstr(high, "Zwaar geheim"));
	leave(t);
}

static size_t times(const char *page, const char *what)
{
	size_t n = 0;

	for (; (page = strstr(page, what)) != NULL; page += strlen(what))
		n++;
	return n;
}

static void fixing_what_somebody_may_not_see_is_nothing_new_to_him(void **state)
{
	struct table *t = set_table(*state);
	struct bureau *b = t->b;
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	name_member(t, b->ana, "&heavy=1");
	name_member(t, b->cor, "&heavy=1");
	write_words(t, t->v_wendy, "CONCLUSIONS", "text=Een%20controle%20is%20nodig");
	(void)fix(t);
	const char *before = answer_of(t, t->v_wendy, "");
	write_words(t, t->v_tess, "GAPS", cites(t, "text=Zwaar%20nieuws", heavy));
	const char *second = fix(t);
	assert_string_equal(answer_of(t, t->v_wendy, ""), before);
	assert_int_equal(times(before, "\"draftedAt\""), 1);
	assert_int_equal(times(answer_of(t, t->v_tess, ""), "\"draftedAt\""), 2);
	assert_null(strstr(answer_of(t, t->v_wendy, strstr(second, "/versions")), "Zwaar"));
	leave(t);
}

/* ---- paper -------------------------------------------------------------------------------------------- */

static void paper_holds_what_its_reader_may_read_and_is_registered(void **state)
{
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const int64_t plain = put_fact(t, PHASE_1, "Controle op 1 mei");
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_wendy, "QUESTION",
	            cites(t, "text=Er%20was%20controle%20bij%20%401", plain));
	write_words(t, t->v_tess, "QUESTION", cites(t, "text=Zwaar%20nieuws", heavy));
	visit(t->v_wendy, path(t, "/print"));
	assert_page_says(t->v_wendy, "Er was controle bij");
	assert_page_says(t->v_wendy, "exemplaar K-");
	assert_false(page_says(t->v_wendy, "Zwaar"));
	static const char *const FILES[] = { "/pdf", "/odt" };
	for (size_t i = 0; i < 2; i++) {
		const char *headers = arena_printf(a, "Cookie: %s\r\n", t->v_wendy->cookies);
		struct reply r =
		    client_request(t->b->h->port, "GET", path(t, FILES[i]), headers, NULL);
		assert_int_equal(r.code, 200);
		assert_int_equal(memcmp(r.body, i == 0 ? "%PDF-" : "PK", 2), 0);
		assert_null(memmem(r.body, r.body_len, "Zwaar", 5));
		if (i == 1)
			assert_non_null(
			    memmem(r.body, r.body_len, "Er was controle bij Milan", 25));
		reply_free(&r);
	}
	assert_int_equal(count(t->b, "SELECT count(*) FROM copy WHERE act = 5"), 3);
	assert_int_equal(count(t->b,
	                       "SELECT count(*) FROM copy_fact f JOIN copy c ON c.id = f.copy_id"
	                       " WHERE c.act = 5"),
	                 3);
	leave(t);
}

/* ---- looking again -------------------------------------------------------------------------------------- */

static struct analysis_looked_at look(struct table *t)
{
	struct analysis_looked_at done;
	struct error e = { 0 };

	assert_int_equal(analysis_review(t->b->h->plein.db, t->b->h->clock.fixed_ms, &done, &e),
	                 OK);
	return done;
}

static void a_corrected_fact_gives_its_writer_a_task_once(void **state)
{
	struct table *t = set_table(*state);
	int64_t fact = put_fact(t, PHASE_1, "Controle op 1 mei");

	write_words(t, t->v_wendy, "SUBJECTS", cites(t, "text=Er%20was%20controle", fact));
	assert_int_equal(look(t).put_up, 0);
	store_world_run(t->b->h->store, correct_run, &fact);
	assert_int_equal(look(t).put_up, 1);
	assert_int_equal(look(t).put_up, 0);
	visit(t->v_wendy, "/");
	assert_page_says(t->v_wendy, "Alinea nakijken");
	visit(t->v_tess, "/");
	assert_false(page_says(t->v_tess, "Alinea nakijken"));
	visit(t->v_wendy, path(t, ""));
	visitor_send(t->v_wendy,
	             arena_printf(&t->b->h->arena, "%s/_looked",
	                          address_after(t, t->v_wendy, "Er was controle")),
	             "");
	assert_int_equal(look(t).put_up, 0);
	visit(t->v_wendy, "/");
	assert_false(page_says(t->v_wendy, "Alinea nakijken"));
	leave(t);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct table *t = args;
	return casefile_presence_forget(tx, t->b->h->plein.keyring, t->b->presence[0],
	                                t->b->h->clock.fixed_ms, reterr);
}

static void who_is_destroyed_leaves_a_blank_and_the_text_goes_unless_somebody_looks(void **state)
{
	enum { DAY_MS = 86400000 };
	struct table *t = set_table(*state);
	struct bureau *b = t->b;

	write_words(t, t->v_wendy, "SUBJECTS", "text=Eerst%20stond%20hier%20%401");
	const char *paragraph = address_after(t, t->v_wendy, "Eerst stond hier");
	send_from(t->v_wendy, paragraph, paragraph, "text=Nu%20ook%20nog%20%401");
	write_words(t, t->v_wendy, "SUBJECTS", "text=En%20hier%20%401");
	write_words(t, t->v_wendy, "SUBJECTS", "text=Hier%20%402");
	store_world_run(b->h->store, forget_run, t);
	assert_int_equal(count(b, "SELECT count(*) FROM analysis_version v JOIN sealed_key k"
	                          " ON k.id = v.key_id"),
	                 3); /* the old version went at once */
	visit(t->v_wendy, path(t, ""));
	assert_page_says(t->v_wendy, "(naam weggelaten)");
	assert_false(page_says(t->v_wendy, "Milan"));
	assert_page_says(t->v_wendy, "daarna wordt de alinea vernietigd");
	visitor_send(
	    t->v_wendy,
	    arena_printf(&b->h->arena, "%s/_looked", address_after(t, t->v_wendy, "En hier")), "");
	assert_page_says(t->v_wendy, "[naam weg]");
	b->h->clock.fixed_ms += (int64_t)14 * DAY_MS;
	assert_int_equal(look(t).destroyed, 0);
	b->h->clock.fixed_ms += DAY_MS;
	assert_int_equal(look(t).destroyed, 1);
	assert_int_equal(count(b, "SELECT count(*) FROM analysis_paragraph WHERE state = 3"), 1);
	assert_int_equal(count(b, "SELECT count(*) FROM analysis_version v JOIN sealed_key k"
	                          " ON k.id = v.key_id JOIN analysis_paragraph p"
	                          " ON p.id = v.paragraph_id WHERE p.state = 3"),
	                 0);
	leave(t);
}

static enum status forget_all_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct table *t = args;
	return analysis_forget_casefile(tx, t->b->casefile, t->b->h->clock.fixed_ms, reterr);
}

static void of_a_casefile_that_is_gone_no_word_can_be_opened(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "QUESTION", "text=Een%20geheim");
	write_words(t, t->v_wendy, "GAPS", "text=Nog%20een%20%401");
	store_world_run(t->b->h->store, forget_all_run, t);
	assert_int_equal(count(t->b, "SELECT count(*) FROM analysis_version v JOIN sealed_key k"
	                             " ON k.id = v.key_id"),
	                 0);
	assert_int_equal(
	    count(t->b, "SELECT count(*) FROM analysis_version WHERE length(sealed) > 0"), 0);
	assert_int_equal(count(t->b, "SELECT count(*) FROM analysis_mention"), 0);
	visit(t->v_wendy, path(t, ""));
	assert_false(page_says(t->v_wendy, "geheim"));
	leave(t);
}

int main(void)
{
#define CASE(fn) cmocka_unit_test_setup_teardown(fn, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_machine_writes_reads_and_is_told_what_is_wrong),
		CASE(who_opens_it_stands_in_the_registry_of_copies_once),
		CASE(a_second_person_signs_and_what_is_fixed_never_changes),
		CASE(a_version_says_what_is_different_from_the_one_before),
		CASE(a_difference_above_a_reader_is_none_to_him),
		CASE(fixing_what_somebody_may_not_see_is_nothing_new_to_him),
		CASE(paper_holds_what_its_reader_may_read_and_is_registered),
		CASE(a_corrected_fact_gives_its_writer_a_task_once),
		CASE(who_is_destroyed_leaves_a_blank_and_the_text_goes_unless_somebody_looks),
		CASE(of_a_casefile_that_is_gone_no_word_can_be_opened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
