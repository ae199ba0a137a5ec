/* The analysis of a casefile from outside: written by several at once, read by phase, nothing lost. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/analysis_end.h"
#include "client.h"
#include "law/law.h"
#include "request_world.h"
#include "retention/forgetters.h"
#include "subjects/casefile_subject.h"

struct table { /* around which they write */
	struct bureau *b;
	struct house_person *wendy, *tess; /* of the police; Tess is named for phase 3 */
	struct visitor *v_wendy, *v_tess, *v_head;
};

static const char *path(const struct table *t, const char *rest)
{
	return arena_printf(&t->b->h->arena, "/casefiles/%s/analysis%s", t->b->ref, rest);
}

static void name_member(struct table *t, const struct house_person *who, const char *more)
{
	struct arena *a = &t->b->h->arena;
	const char *members = arena_printf(a, "/casefiles/%s/members", t->b->ref);

	send_from(t->b->v_cor, members, members,
	          arena_printf(a, "appointment=%lld%s", (long long)who->appointment_id, more));
	assert_page_says(t->b->v_cor, "Toegevoegd");
}

static struct table *set_table(struct house *h)
{
	struct table *t = arena_alloc(&h->arena, sizeof *t);

	t->b = open_bureau(h);
	t->wendy = house_hire(h, "wendy@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	t->tess = house_hire(h, "tess@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	name_member(t, t->wendy, "");
	name_member(t, t->tess, "&heavy=1");
	t->v_wendy = signed_in(h, t->wendy);
	t->v_tess = signed_in(h, t->tess);
	t->v_head = signed_in(h, t->b->head);
	return t;
}

static void leave(struct table *t)
{
	visitor_free(t->v_wendy);
	visitor_free(t->v_tess);
	visitor_free(t->v_head);
	close_bureau(t->b);
}

/* ---- facts --------------------------------------------------------------------------------------- */

struct fact_job {
	int64_t casefile_id, now_ms;
	struct sealed_known_fact sealed;
};

static enum status fact_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct fact_job *j = args;
	return casefile_fact_add(tx, j->casefile_id, &j->sealed, j->now_ms, reterr);
}

/* A fact about the first subject; its id. */
static int64_t put_fact(struct table *t, enum law_phase phase, const char *text)
{
	struct house *h = t->b->h;
	struct fact_job j = { .casefile_id = t->b->casefile, .now_ms = h->clock.fixed_ms };
	const struct fact_new fact = { .kind = phase == PHASE_3 ? 429 : 418,
		                       .category = phase == PHASE_3 ? CATEGORY_POLICE_9_10
		                                                    : CATEGORY_SUPERVISION,
		                       .phase = phase,
		                       .text = text,
		                       .task = 901,
		                       .participant_id = h->police,
		                       .organ_id = h->police_organ,
		                       .appointment_id = t->wendy->appointment_id };
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(casefile_fact_seal(r, h->plein.keyring, t->b->casefile, 1, &fact, j.now_ms,
	                                    &h->arena, &j.sealed, &e),
	                 OK);
	db_read_end(r);
	store_world_run(h->store, fact_run, &j);
	return count(t->b, "SELECT max(id) FROM fact");
}

static const struct db_stmt CORRECT = {
	"test_correct", "bi",
	"INSERT INTO fact_correction (uuid, casefile_id, fact_id, kind, reason, corrected_by,"
	" corrected_at) SELECT $1, p.casefile_id, f.id, 1, $1, f.recorded_by, 1 FROM fact f"
	" JOIN presence p ON p.id = f.presence_id WHERE f.id = $2"
};
static enum status correct_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const int64_t *fact = args;
	const struct uuid uuid = uuid_random();

	return db_exec(tx, &CORRECT, DB_ARGS(DB_BYTES(uuid.bytes, UUID_BYTES), DB_INT(*fact)), NULL,
	               reterr);
}

/* ---- writing -------------------------------------------------------------------------------------- */

static void write_words(struct table *t, struct visitor *v, const char *section, const char *fields)
{
	send_from(v, path(t, arena_printf(&t->b->h->arena, "/new?section=%s", section)),
	          path(t, "/paragraphs"),
	          arena_printf(&t->b->h->arena, "section=%s&%s", section, fields));
}

static const char *cites(struct table *t, const char *fields, int64_t fact)
{
	return arena_printf(&t->b->h->arena, "%s&facts%%5B0%%5D.id=%lld", fields, (long long)fact);
}

/* The address of the only or newest paragraph in the page after a mark. */
static const char *address_after(struct table *t, struct visitor *v, const char *mark)
{
	visit(v, path(t, ""));
	const char *at = strstr(v->page, mark);
	assert_non_null(at);
	at = strstr(at, "/analysis/paragraphs/");
	assert_non_null(at);
	return path(t, arena_strndup(&t->b->h->arena, at + strlen("/analysis"),
	                             strlen("/paragraphs/") + 36));
}

static const char *answer_of(struct table *t, struct visitor *v, const char *rest)
{
	visit(v, arena_printf(&t->b->h->arena, "/api/v1%s", path(t, rest)));
	char *id = strstr(v->page, "\"requestId\":\"");
	if (id != NULL)
		*id = '\0';
	return arena_printf(&t->b->h->arena, "%d %s", v->code, v->page);
}

/* ---- promises -------------------------------------------------------------------------------------- */

static void who_writes_in_a_section_stands_there_for_all_members(void **state)
{
	struct table *t = set_table(*state);

	visit(t->v_wendy, path(t, ""));
	assert_page_says(t->v_wendy, "Wat willen de partners weten");
	write_words(t, t->v_wendy, "QUESTION", "text=Wie%20zit%20hierachter%3F");
	assert_page_says(t->v_wendy, "De alinea staat erin");
	write_words(t, t->b->v_ana, "CONCLUSIONS", "text=Daarom%20is%20een%20controle%20nodig.");
	assert_page_says(t->b->v_ana, "Wie zit hierachter?");
	assert_page_says(t->b->v_ana, "Daarom is een controle nodig.");
	leave(t);
}

static void a_mention_is_stored_as_a_reference_and_shows_the_name(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "SUBJECTS", "text=De%20loods%20is%20van%20%401%20en%20%402.");
	assert_page_says(t->v_wendy, ">Milan Zandwijk</a>");
	assert_page_says(t->v_wendy, ">Zandwijk Opslag B.V.</a>");
	assert_int_equal(count(t->b, "SELECT count(*) FROM analysis_mention"), 2);
	visit(t->v_wendy, address_after(t, t->v_wendy, "De loods is van"));
	assert_page_says(t->v_wendy, "@[1 Milan Zandwijk]");
	leave(t);
}

static void what_may_not_stand_in_a_text_is_refused_at_the_field_and_kept_to_mend(void **state)
{
	static const struct {
		const char *text, *says;
	} WRONG[] = {
		{ "text=", "Schrijf de tekst" },
		{ "text=Milan%20Zandwijk%20huurt%20dit", "Schrijf @1" },
		{ "text=Zijn%20BSN%20is%20999990019", "Haal het BSN uit de tekst" },
		{ "text=Hij%20is%20moslim", "text-problem" },
		{ "text=%409%20huurt%20dit", "niemand met nummer 9" },
		{ "text=Mevrouw%20Pietersen%20belde", "Hier staat een naam" },
		{ "text=Een%20zin&facts%5B0%5D.id=99999", "Kies opnieuw" },
	};
	struct table *t = set_table(*state);

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
		write_words(t, t->v_wendy, "QUESTION", WRONG[i].text);
		if (t->v_wendy->code != 400)
			fail_msg("taken in (%d): %s", t->v_wendy->code, WRONG[i].text);
		assert_page_says(t->v_wendy, WRONG[i].says);
	}
	write_words(t, t->v_wendy, "NIETS", "text=Een%20zin");
	assert_int_equal(t->v_wendy->code, 400);
	assert_int_equal(count(t->b, "SELECT count(*) FROM analysis_paragraph"), 0);
	write_words(t, t->v_wendy, "QUESTION", "text=Een%20andere%20Milan%20Zandwijk&otherName=on");
	assert_page_says(t->v_wendy, "De alinea staat erin");
	leave(t);
}

static void two_who_write_at_once_see_both_texts_and_lose_nothing(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "QUESTION", "text=Eerste%20tekst");
	const char *paragraph = address_after(t, t->v_wendy, "Eerste tekst");
	visit(t->v_wendy, paragraph);
	visit(t->v_tess, paragraph);
	visitor_send(t->v_tess, paragraph, "text=Tekst%20van%20Tess");
	assert_page_says(t->v_tess, "Bewaard.");
	visitor_send(t->v_wendy, paragraph, "text=Tekst%20van%20Wendy");
	assert_int_equal(t->v_wendy->code, 409);
	assert_page_says(t->v_wendy, "Een collega was eerder");
	assert_page_says(t->v_wendy, "Tess");
	assert_page_says(t->v_wendy, "Wendy");
	visitor_send(t->v_wendy, paragraph, "text=Tekst%20van%20Tess%20en%20Wendy");
	assert_page_says(t->v_wendy, "Bewaard.");
	visit(t->v_wendy, arena_printf(&t->b->h->arena, "%s/history", paragraph));
	assert_page_says(t->v_wendy, "Eerste tekst");
	assert_page_says(t->v_wendy, "<ins>");
	assert_page_says(t->v_wendy, "<del>");
	assert_int_equal(count(t->b, "SELECT count(DISTINCT key_id) FROM analysis_version"), 3);
	leave(t);
}

static void words_for_a_paragraph_that_went_can_become_a_new_one(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "QUESTION", "text=Eerste%20tekst");
	const char *paragraph = address_after(t, t->v_wendy, "Eerste tekst");
	visit(t->v_wendy, paragraph);
	send_from(t->v_tess, path(t, ""), arena_printf(&t->b->h->arena, "%s/_remove", paragraph),
	          "");
	assert_page_says(t->v_tess, "weggehaald");
	visitor_send(t->v_wendy, paragraph, "text=Mijn%20lange%20verhaal");
	assert_int_equal(t->v_wendy->code, 409);
	assert_page_says(t->v_wendy, "Mijn lange verhaal");
	visitor_send(t->v_wendy, path(t, "/paragraphs"),
	             "section=GAPS&text=Mijn%20lange%20verhaal");
	assert_page_says(t->v_wendy, "De alinea staat erin");
	send_from(t->v_wendy, path(t, ""), arena_printf(&t->b->h->arena, "%s/_restore", paragraph),
	          "");
	assert_page_says(t->v_wendy, "De alinea staat er weer");
	assert_page_says(t->v_wendy, "Eerste tekst");
	leave(t);
}

static void paragraphs_move_past_each_other_and_to_other_sections(void **state)
{
	struct table *t = set_table(*state);

	write_words(t, t->v_wendy, "QUESTION", "text=Een");
	write_words(t, t->v_wendy, "QUESTION", "text=Twee");
	write_words(t, t->v_wendy, "QUESTION", "text=Drie");
	const char *third =
	    arena_printf(&t->b->h->arena, "%s/_move", address_after(t, t->v_wendy, ">Drie<"));
	visitor_send(t->v_wendy, third, "direction=UP");
	assert_true(strstr(t->v_wendy->page, ">Drie<") < strstr(t->v_wendy->page, ">Twee<"));
	visitor_send(t->v_wendy, third, "direction=UP");
	assert_true(strstr(t->v_wendy->page, ">Drie<") < strstr(t->v_wendy->page, ">Een<"));
	visitor_send(t->v_wendy, third, "direction=DOWN");
	assert_true(strstr(t->v_wendy->page, ">Drie<") > strstr(t->v_wendy->page, ">Een<"));
	assert_true(strstr(t->v_wendy->page, ">Drie<") < strstr(t->v_wendy->page, ">Twee<"));
	visitor_send(t->v_wendy, third, "section=GAPS");
	assert_true(strstr(t->v_wendy->page, ">Drie<") >
	            strstr(t->v_wendy->page, "Wat wij niet weten"));
	visitor_send(t->v_wendy, third, "section=NIETS");
	assert_int_equal(t->v_wendy->code, 400);
	leave(t);
}

/* Pages and answers of somebody who is not named for phase 3, before and after: the same bytes. */
static void a_paragraph_of_phase_3_leaves_no_trace_for_who_is_not_named_for_it(void **state)
{
	static const char *const RESTS[] = { "", "/new", "/as/1" };
	enum { COUNT = sizeof RESTS / sizeof RESTS[0] };
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const char *before[COUNT];

	write_words(t, t->v_wendy, "QUESTION", "text=Gewone%20tekst");
	const char *plain = address_after(t, t->v_wendy, "Gewone tekst");
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");
	for (size_t i = 0; i < COUNT; i++)
		before[i] = answer_of(t, t->v_wendy, RESTS[i]);
	const char *tag = NULL, *headers = house_bearer(t->b->h, t->wendy);
	struct reply r = client_request(t->b->h->port, "GET",
	                                arena_printf(a, "/api/v1%s", path(t, "")), headers, NULL);
	tag = arena_strdup(a, reply_header(&r, "ETag"));
	const size_t size = r.body_len;
	reply_free(&r);

	write_words(t, t->v_tess, "QUESTION", cites(t, "text=Zwaar%20nieuws", heavy));
	assert_page_says(t->v_tess, "Zwaar nieuws");
	assert_page_says(t->v_tess, "fase 3");
	const char *secret = address_after(t, t->v_tess, "Zwaar nieuws");
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(answer_of(t, t->v_wendy, RESTS[i]), before[i]);
	r = client_request(t->b->h->port, "GET", arena_printf(a, "/api/v1%s", path(t, "")), headers,
	                   NULL);
	assert_string_equal(reply_header(&r, "ETag"), tag);
	assert_int_equal(r.body_len, size);
	reply_free(&r);

	/* its own address, its history, and what one could do to it: as if there were none */
	const char *absent = "/paragraphs/0190b6a4-7c1e-7c3a-9f00-0123456789ab";
	static const char *const MORE[] = { "", "/history" };
	for (size_t i = 0; i < 2; i++) {
		const char *rest = arena_printf(a, "%s%s", strstr(secret, "/paragraphs"), MORE[i]);
		const char *mine = answer_of(t, t->v_wendy, rest);
		assert_string_equal(
		    mine, answer_of(t, t->v_wendy, arena_printf(a, "%s%s", absent, MORE[i])));
		assert_int_equal(strncmp(mine, "404", 3), 0);
	}
	visit(t->v_wendy, plain);
	visitor_send_from(t->v_wendy, plain, secret, "text=Ik%20gok");
	assert_int_equal(t->v_wendy->code, 409);
	const int there = t->v_wendy->code;
	const char *said = arena_strdup(a, t->v_wendy->page);
	visit(t->v_wendy, plain);
	visitor_send_from(t->v_wendy, plain, path(t, absent), "text=Ik%20gok");
	assert_int_equal(t->v_wendy->code, there);
	assert_int_equal(strlen(said), strlen(t->v_wendy->page));
	leave(t);
}

/* A paragraph that rises to phase 3 and comes back tells nothing of what happened above. */
static void what_happens_above_a_reader_moves_no_number_that_he_sees(void **state)
{
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_tess, "GAPS", "text=Wij%20weten%20het%20niet");
	const char *first = address_after(t, t->v_tess, "Wij weten het niet");
	send_from(t->v_tess, first, first, cites(t, "text=Nu%20weten%20wij%20het", heavy));
	assert_page_says(t->v_tess, "Nu weten wij het");
	assert_null(strstr(answer_of(t, t->v_wendy, ""), "weten wij"));
	const char *second = address_after(t, t->v_tess, "Nu weten wij het");
	assert_string_not_equal(first, second);
	send_from(t->v_tess, second, second, "text=Weer%20gewoon");
	const char *third = address_after(t, t->v_tess, "Weer gewoon");
	const char *seen = answer_of(t, t->v_wendy, strstr(third, "/paragraphs"));
	assert_non_null(strstr(seen, "\"version\":1"));
	const char *history =
	    answer_of(t, t->v_wendy, arena_printf(a, "%s/history", strstr(third, "/paragraphs")));
	assert_null(strstr(history, "Nu weten"));
	visit(t->v_tess, arena_printf(a, "%s/history", third));
	assert_page_says(t->v_tess, "Wij weten het niet");
	leave(t);
}

static void only_who_may_know_reads_that_something_is_left_out(void **state)
{
	struct table *t = set_table(*state);
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_tess, "QUESTION", cites(t, "text=Zwaar%20nieuws", heavy));
	visit(t->b->v_ana, path(t, ""));
	assert_page_says(t->b->v_ana, "Niet alles staat in deze versie");
	assert_false(page_says(t->b->v_ana, "Zwaar nieuws"));
	visit(t->v_wendy, path(t, ""));
	assert_false(page_says(t->v_wendy, "Niet alles"));
	visit(t->v_head, path(t, ""));
	assert_false(page_says(t->v_head, "Niet alles"));
	leave(t);
}

static void as_another_reads_it_never_shows_more_than_one_may_read_oneself(void **state)
{
	struct table *t = set_table(*state);
	struct arena *a = &t->b->h->arena;
	const int64_t heavy = put_fact(t, PHASE_3, "Uit een gericht onderzoek");

	write_words(t, t->v_wendy, "QUESTION", "text=Gewone%20tekst");
	write_words(t, t->v_tess, "QUESTION", cites(t, "text=Zwaar%20nieuws", heavy));
	visit(t->b->v_ana,
	      path(t, arena_printf(a, "/as/%lld", (long long)t->tess->appointment_id)));
	assert_int_equal(t->b->v_ana->code, 200);
	assert_page_says(t->b->v_ana, "Gewone tekst");
	assert_false(page_says(t->b->v_ana, "Zwaar nieuws"));
	assert_int_equal(count(t->b, "SELECT count(*) FROM audit_event WHERE action = 162"), 1);
	visit(t->v_wendy, path(t, arena_printf(a, "/as/%lld", (long long)t->tess->appointment_id)));
	assert_int_equal(t->v_wendy->code, 404);
	visit(t->b->v_ana, path(t, "/as/424242"));
	assert_int_equal(t->b->v_ana->code, 404);
	leave(t);
}

static void a_cited_fact_stands_under_the_text_and_says_when_it_changed(void **state)
{
	struct table *t = set_table(*state);
	int64_t fact = put_fact(t, PHASE_1, "Controle op 1 mei");

	write_words(t, t->v_wendy, "SUBJECTS", cites(t, "text=Er%20was%20controle", fact));
	assert_page_says(t->v_wendy, "Controle op 1 mei");
	store_world_run(t->b->h->store, correct_run, &fact);
	visit(t->v_wendy, path(t, ""));
	assert_page_says(t->v_wendy, "verbeterd sinds dit geschreven is");
	assert_page_says(t->v_wendy, "Nagekeken: blijft zo");
	visitor_send(t->v_wendy,
	             arena_printf(&t->b->h->arena, "%s/_looked",
	                          address_after(t, t->v_wendy, "Er was controle")),
	             "");
	assert_page_says(t->v_wendy, "Bewaard.");
	assert_false(page_says(t->v_wendy, "verbeterd sinds"));
	leave(t);
}

static void who_is_no_member_finds_nothing_and_who_may_not_write_cannot(void **state)
{
	struct table *t = set_table(*state);
	struct visitor *out = signed_in(
	    t->b->h, house_hire(t->b->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));

	write_words(t, t->v_wendy, "QUESTION", "text=Gewone%20tekst");
	visit(out, path(t, ""));
	assert_int_equal(out->code, 404);
	visit(out, path(t, "/new"));
	assert_int_equal(out->code, 404);
	visit(t->v_head, path(t, ""));
	assert_page_says(t->v_head, "Gewone tekst");
	assert_false(page_says(t->v_head, "Schrijf een alinea"));
	visit(t->v_head, path(t, "/new"));
	assert_int_equal(t->v_head->code, 404);
	visit(t->b->v_desk, path(t, ""));
	assert_int_equal(t->b->v_desk->code, 404);
	visitor_free(out);
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
	return casefile_presence_forget(tx, t->b->presence[0], t->b->h->clock.fixed_ms, reterr);
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
		CASE(who_writes_in_a_section_stands_there_for_all_members),
		CASE(a_mention_is_stored_as_a_reference_and_shows_the_name),
		CASE(what_may_not_stand_in_a_text_is_refused_at_the_field_and_kept_to_mend),
		CASE(two_who_write_at_once_see_both_texts_and_lose_nothing),
		CASE(words_for_a_paragraph_that_went_can_become_a_new_one),
		CASE(paragraphs_move_past_each_other_and_to_other_sections),
		CASE(a_paragraph_of_phase_3_leaves_no_trace_for_who_is_not_named_for_it),
		CASE(what_happens_above_a_reader_moves_no_number_that_he_sees),
		CASE(only_who_may_know_reads_that_something_is_left_out),
		CASE(as_another_reads_it_never_shows_more_than_one_may_read_oneself),
		CASE(a_cited_fact_stands_under_the_text_and_says_when_it_changed),
		CASE(who_is_no_member_finds_nothing_and_who_may_not_write_cannot),
		CASE(a_second_person_signs_and_what_is_fixed_never_changes),
		CASE(fixing_what_somebody_may_not_see_is_nothing_new_to_him),
		CASE(paper_holds_what_its_reader_may_read_and_is_registered),
		CASE(a_corrected_fact_gives_its_writer_a_task_once),
		CASE(who_is_destroyed_leaves_a_blank_and_the_text_goes_unless_somebody_looks),
		CASE(of_a_casefile_that_is_gone_no_word_can_be_opened),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
