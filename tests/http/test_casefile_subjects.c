/* Who and what a casefile is about: carried from the signal, told by partners, hidden by phase. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "casework/casework.h"
#include "client.h"
#include "house_world.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "signals/signals.h"
#include "subjects/tie.h"

struct bench {
	struct house *h;
	struct house_person *clerk, *cor, *wendy, *tess;
	struct visitor *v_cor, *v_wendy;
	int64_t id, signal_id;
	char reference[32];
};

struct signal_job {
	struct viewer clerk;
	struct signal_new signal;
	struct subject_source source;
	struct sealed_subject person, car;
	int64_t id;
};

static enum status signal_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct signal_job *j = args;
	const char *reference = NULL;

	enum status st = signal_create(tx, &j->signal, &j->id, &reference, reterr);
	if (st == OK)
		st = subject_add(tx, j->id, &j->person, &j->source, j->signal.now_ms, reterr);
	return st == OK ? subject_add(tx, j->id, &j->car, &j->source, j->signal.now_ms, reterr)
	                : st;
}

static void seal_subject(struct bench *b, struct signal_job *j, struct subject_input in,
                         struct sealed_subject *ret)
{
	struct house *h = b->h;
	struct subject_fact facts[FACT_KIND_COUNT];
	struct problems problems;

	problems_init(&problems, &h->arena);
	in.role = ROLE_MAIN;
	const size_t count =
	    subject_read(&in, local_day(h->clock.fixed_ms), &h->arena, facts, &problems);
	assert_int_equal(problems.error_count, 0);
	subject_seal(h->plein.keyring, h->plein.identifier_key, &in, facts, count, &j->source,
	             h->clock.fixed_ms, &h->arena, ret);
	seal_key_wipe(&ret->key.key);
}

/* A signal about Milan Zandwijk and his car. */
static void write_signal(struct bench *b)
{
	struct house *h = b->h;
	struct signal_job j = { .clerk = { .person_id = b->clerk->person_id,
		                           .appointment_id = b->clerk->appointment_id,
		                           .participant_id = h->duinwaard,
		                           .organ_id = h->executive,
		                           .role = ROLE_SUBMITTER },
		                .source = { h->duinwaard, h->executive, b->clerk->appointment_id,
		                            901 } };

	j.signal = (struct signal_new){ .uuid = uuid_random(),
		                        .reference_key = h->plein.reference_key,
		                        .viewer = &j.clerk,
		                        .municipality_id = h->municipality,
		                        .now_ms = h->clock.fixed_ms };
	seal_subject(b, &j,
	             (struct subject_input){ .kind = SUBJECT_PERSON,
	                                     .family_name = "Zandwijk",
	                                     .given_names = "Milan",
	                                     .birth_date = "12-3-1984" },
	             &j.person);
	seal_subject(b, &j, (struct subject_input){ .kind = SUBJECT_VEHICLE, .plate = "12-ZZZ-3" },
	             &j.car);
	store_world_run(h->store, signal_run, &j);
	b->signal_id = j.id;
}

struct open_job {
	struct viewer coordinator;
	struct casefile_new casefile;
	int64_t organ, id;
	char reference[32];
};

static enum status open_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct open_job *o = args;
	const char *reference = NULL;

	enum status st = casefile_open(tx, &o->casefile, &o->id, &reference, reterr);
	if (st == OK)
		(void)snprintf(o->reference, sizeof o->reference, "%s", reference);
	return st;
}

static void open_casefile(struct bench *b)
{
	struct house *h = b->h;
	struct open_job o = { .coordinator = { .person_id = b->cor->person_id,
		                               .appointment_id = b->cor->appointment_id,
		                               .participant_id = h->bureau,
		                               .role = ROLE_INFO_COORDINATOR },
		              .organ = h->police_organ };
	struct db_read *r = NULL;
	struct error e = { 0 };

	o.casefile = (struct casefile_new){ .uuid = uuid_random(),
		                            .reference_key = h->plein.reference_key,
		                            .viewer = &o.coordinator,
		                            .now_ms = h->clock.fixed_ms,
		                            .signal_id = b->signal_id,
		                            .activity = ACTIVITY_CASE_CONSULTATION,
		                            .variant = VARIANT_USUAL,
		                            .has_purpose = true,
		                            .organs = &o.organ,
		                            .organ_count = 1 };
	casefile_seal_part(h->plein.keyring, &o.casefile, CASEFILE_TITLE, "Loodsen", &h->arena);
	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(subjects_carry(r, h->plein.keyring, b->signal_id, h->clock.fixed_ms,
	                                &h->arena, &o.casefile.subjects, &e),
	                 OK);
	db_read_end(r);
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
	assert_page_says(b->v_cor, "Toegevoegd");
}

static struct bench *set_bench(struct house *h)
{
	struct bench *b = arena_alloc(&h->arena, sizeof *b);

	*b = (struct bench){ .h = h };
	b->clerk = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	b->cor = house_hire(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	b->wendy = house_hire(h, "wendy@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	write_signal(b);
	open_casefile(b);
	b->v_cor = signed_in(h, b->cor);
	b->v_wendy = signed_in(h, b->wendy);
	name_member(b, b->wendy, "");
	return b;
}

static void leave(struct bench *b)
{
	visitor_free(b->v_cor);
	visitor_free(b->v_wendy);
}

static int police_task(void)
{
	size_t count = 0;
	const struct law_task *tasks = law_tasks(&count);

	for (size_t i = 0; i < count; i++)
		if (tasks[i].letter == LETTER_POLICE)
			return tasks[i].code;
	return 0;
}

static void tell(struct bench *b, const char *fields)
{
	send_from(b->v_wendy, path(b, "/subjects/1/facts"), path(b, "/subjects/1/facts"),
	          arena_printf(&b->h->arena, "%s&task=%d", fields, police_task()));
}

/* ---- a fact of any phase, past the form -------------------------------------------------------- */

struct fact_job {
	int64_t casefile_id, now_ms;
	struct sealed_known_fact sealed;
};

static enum status fact_run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct fact_job *j = args;
	return casefile_fact_add(tx, j->casefile_id, &j->sealed, j->now_ms, reterr);
}

static void put_heavy_fact(struct bench *b, const char *text)
{
	struct house *h = b->h;
	struct fact_job j = { .casefile_id = b->id, .now_ms = h->clock.fixed_ms };
	const struct fact_new fact = { .kind = 429,
		                       .category = CATEGORY_POLICE_9_10,
		                       .phase = PHASE_3,
		                       .text = text,
		                       .source_grade = 'A',
		                       .information_grade = '1',
		                       .task = police_task(),
		                       .participant_id = h->police,
		                       .organ_id = h->police_organ,
		                       .appointment_id = b->wendy->appointment_id };
	struct db_read *r = NULL;
	struct error e = { 0 };

	assert_int_equal(db_read_begin(h->plein.db, &r, &e), OK);
	assert_int_equal(casefile_fact_seal(r, h->plein.keyring, b->id, 1, &fact, j.now_ms,
	                                    &h->arena, &j.sealed, &e),
	                 OK);
	db_read_end(r);
	store_world_run(h->store, fact_run, &j);
}

static const char *answer_of(struct bench *b, struct visitor *v, const char *rest)
{
	visit(v, arena_printf(&b->h->arena, "/api/v1%s", path(b, rest)));
	assert_int_equal(v->code, 200);
	return arena_strdup(&b->h->arena, v->page);
}

/* ---- promises ------------------------------------------------------------------------------------ */

static void what_the_signal_knew_stands_in_the_casefile_under_keys_of_its_own(void **state)
{
	struct bench *b = set_bench(*state);
	struct store_world *w = b->h->store;

	visit(b->v_wendy, path(b, ""));
	assert_page_says(b->v_wendy, "Milan Zandwijk");
	assert_page_says(b->v_wendy, "12-ZZZ-3");
	visit(b->v_wendy, path(b, "/subjects/1"));
	assert_page_says(b->v_wendy, "Geboortedatum");
	assert_page_says(b->v_wendy, "1984");
	assert_page_says(b->v_wendy, "Weg uiterlijk op");
	assert_page_says(b->v_wendy, "2031");
	assert_int_equal(store_world_number(w, "SELECT count(DISTINCT key_id) FROM presence"), 4);
	assert_int_equal(store_world_number(w, "SELECT count(DISTINCT subject_uuid) FROM presence"),
	                 2);
	assert_int_equal(store_world_number(w, "SELECT count(*) FROM presence c JOIN presence s"
	                                       " ON s.subject_uuid = c.subject_uuid"
	                                       " WHERE c.casefile_id IS NOT NULL AND s.signal_id"
	                                       " IS NOT NULL AND c.first_processed_at ="
	                                       " s.created_at"),
	                 2);
	leave(b);
}

static enum status forget_run(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct bench *b = args;
	return subjects_destroy(tx, b->signal_id, reterr);
}

static void forgetting_the_signal_leaves_the_casefile_as_it_was(void **state)
{
	struct bench *b = set_bench(*state);
	const char *before = answer_of(b, b->v_wendy, "/subjects/1");

	store_world_run(b->h->store, forget_run, b);
	assert_string_equal(answer_of(b, b->v_wendy, "/subjects/1"), before);
	leave(b);
}

static void
a_partner_tells_what_the_law_lets_it_give_and_everybody_named_reads_the_source(void **state)
{
	struct bench *b = set_bench(*state);

	visit(b->v_wendy, path(b, "/subjects/1/facts"));
	assert_page_says(b->v_wendy, "Wat kan nu niet, en waarom?");
	tell(b, "kind=INSPECTION&nature=FACT&text=Controle%20in%20de%20loods&sourceGrade=B"
	        "&informationGrade=2");
	assert_page_says(b->v_wendy, "Toegevoegd");
	assert_page_says(b->v_wendy, "Controle in de loods");
	assert_page_says(b->v_wendy, "B2");
	tell(b, "kind=INSPECTION&nature=JUDGEMENT&text=Het%20lijkt%20een%20opslag");
	assert_page_says(b->v_wendy, "Oordeel");
	visit(b->v_cor, path(b, "/subjects/1"));
	assert_page_says(b->v_cor, "Controle in de loods");
	assert_false(page_says(b->v_cor, "Voeg een feit toe"));
	visit(b->v_cor, path(b, "/subjects/1/facts"));
	assert_int_equal(b->v_cor->code, 409); /* the bureau is never a source */
	leave(b);
}

static void what_may_not_come_in_is_refused_at_its_field_and_nothing_is_stored(void **state)
{
	static const struct {
		const char *fields, *says;
	} WRONG[] = {
		{ "kind=POLICE_REPORT_FACT&nature=FACT&text=Melding", "kind-problem" },
		{ "kind=INVESTIGATION&nature=FACT&text=Onderzoek", "kind-problem" },
		{ "kind=RESIDENCE&nature=FACT&text=Verblijf", "kind-problem" },
		{ "kind=INSPECTION&nature=FACT&text=", "Schrijf op wat u weet" },
		{ "kind=INSPECTION&nature=&text=Controle", "Kies: feit of oordeel" },
		{ "kind=INSPECTION&nature=FACT&text=BSN%20999990019", "lijkt op een BSN" },
		{ "kind=INSPECTION&nature=FACT&text=Controle&sourceGrade=A", "Kies beide" },
	};
	struct bench *b = set_bench(*state);
	const int64_t before = store_world_number(b->h->store, "SELECT count(*) FROM fact");

	for (size_t i = 0; i < sizeof WRONG / sizeof WRONG[0]; i++) {
		tell(b, WRONG[i].fields);
		if (b->v_wendy->code != 400)
			fail_msg("taken in: %s", WRONG[i].fields);
		assert_page_says(b->v_wendy, WRONG[i].says);
	}
	send_from(b->v_wendy, path(b, "/subjects/1/facts"), path(b, "/subjects/1/facts"),
	          "kind=INSPECTION&nature=FACT&text=Controle&task=901");
	assert_int_equal(b->v_wendy->code, 400); /* the task of another participant */
	assert_int_equal(store_world_number(b->h->store, "SELECT count(*) FROM fact"), before);
	leave(b);
}

static void heavy_facts_leave_no_trace_for_who_is_not_named_for_them(void **state)
{
	static const char *const RESTS[] = { "", "/subjects/1", "/members" };
	enum { COUNT = sizeof RESTS / sizeof RESTS[0] };
	struct bench *b = set_bench(*state);
	const char *before[COUNT], *cor_before = answer_of(b, b->v_cor, "/subjects/1");

	for (size_t i = 0; i < COUNT; i++)
		before[i] = answer_of(b, b->v_wendy, RESTS[i]);
	put_heavy_fact(b, "Uit een gericht onderzoek bleek dit");
	for (size_t i = 0; i < COUNT; i++)
		assert_string_equal(answer_of(b, b->v_wendy, RESTS[i]), before[i]);
	assert_string_equal(answer_of(b, b->v_cor, "/subjects/1"), cor_before);
	name_member(b, b->wendy, "&heavy=1");
	visit(b->v_wendy, path(b, "/subjects/1"));
	assert_page_says(b->v_wendy, "Uit een gericht onderzoek bleek dit");
	assert_string_equal(answer_of(b, b->v_cor, "/subjects/1"), cor_before);
	leave(b);
}

static void a_subject_that_is_not_there_and_a_casefile_of_others_answer_alike(void **state)
{
	struct bench *b = set_bench(*state);
	struct visitor *out =
	    signed_in(b->h, house_hire(b->h, "olga@duinwaard.example", ROLE_WORKING_GROUP, 0));

	visit(b->v_wendy, path(b, "/subjects/9"));
	assert_int_equal(b->v_wendy->code, 404);
	visit(b->v_wendy, path(b, "/subjects/1x"));
	assert_int_equal(b->v_wendy->code, 404);
	visit(out, path(b, "/subjects/1"));
	assert_int_equal(out->code, 404);
	assert_false(page_says(out, "Zandwijk"));
	visit(out, path(b, "/subjects/1/facts"));
	assert_int_equal(out->code, 404);
	visitor_free(out);
	leave(b);
}

static const char WHY[] = "Wij%20missen%20wat%20de%20politie%20over%20deze%20man%20weet";

static const char *phases(const struct bench *b)
{
	return path(b, "/subjects/1/phases");
}

static const char *newest(struct bench *b, const char *action)
{
	const int64_t id = store_world_number(b->h->store, "SELECT max(id) FROM casefile_phase");
	return arena_printf(&b->h->arena, "%s/%lld/%s", phases(b), (long long)id, action);
}

static void propose(struct bench *b, struct visitor *ana, int phase)
{
	send_from(ana, phases(b), phases(b),
	          arena_printf(&b->h->arena,
	                       "phase=%d&necessity=%s&proportionality=%s&subsidiarity=%s", phase,
	                       WHY, WHY, WHY));
	assert_page_says(ana, "Voorgesteld");
}

static void phase_2_opens_with_a_second_person_and_then_the_police_may_tell_more(void **state)
{
	struct bench *b = set_bench(*state);
	struct visitor *ana =
	    signed_in(b->h, house_hire(b->h, "ana@riec.example", ROLE_ANALYST, 0));

	send_from(ana, phases(b), phases(b), "phase=2&necessity=kort");
	assert_int_equal(ana->code, 400);
	send_from(ana, phases(b), phases(b),
	          arena_printf(&b->h->arena, "phase=3&necessity=%s", WHY));
	assert_int_equal(ana->code, 400); /* phase 2 is shut */
	propose(b, ana, 2);
	tell(b, "kind=POLICE_REPORT_FACT&nature=FACT&text=Melding%20van%20overlast");
	assert_int_equal(b->v_wendy->code, 400);
	send_from(b->v_cor, phases(b), newest(b, "open"), "x=1");
	assert_int_equal(b->v_cor->code, 200);
	tell(b, "kind=POLICE_REPORT_FACT&nature=FACT&text=Melding%20van%20overlast");
	assert_page_says(b->v_wendy, "Melding van overlast");
	visitor_free(ana);
	leave(b);
}

static void phase_3_waits_for_the_police_and_shows_to_nobody_who_is_not_named(void **state)
{
	struct bench *b = set_bench(*state);
	struct visitor *ana =
	    signed_in(b->h, house_hire(b->h, "ana@riec.example", ROLE_ANALYST, 0));
	const char *form_before, *phases_before;

	propose(b, ana, 2);
	send_from(b->v_cor, phases(b), newest(b, "open"), "x=1");
	form_before = answer_of(b, b->v_wendy, "/subjects/1/facts");
	phases_before = answer_of(b, b->v_wendy, "/subjects/1/phases");
	propose(b, ana, 3);
	assert_string_equal(answer_of(b, b->v_wendy, "/subjects/1/phases"), phases_before);
	visit(b->v_cor, phases(b));
	visitor_send_from(b->v_cor, newest(b, "refuse"), newest(b, "open"), "x=1");
	assert_true(b->v_cor->code == 409 || b->v_cor->code == 403);
	name_member(b, b->wendy, "&heavy=1");
	send_from(b->v_wendy, phases(b), newest(b, "agree"), "x=1");
	assert_int_equal(b->v_wendy->code, 200);
	send_from(b->v_cor, phases(b), newest(b, "open"), "x=1");
	assert_int_equal(store_world_number(
			     b->h->store, "SELECT max(phase) FROM casefile_phase WHERE state = 3"),
	                 3);
	name_member(b, b->wendy, "");
	assert_string_equal(answer_of(b, b->v_wendy, "/subjects/1/facts"), form_before);
	assert_string_equal(answer_of(b, b->v_wendy, "/subjects/1/phases"), phases_before);
	visitor_free(ana);
	leave(b);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(what_the_signal_knew_stands_in_the_casefile_under_keys_of_its_own),
		CASE(forgetting_the_signal_leaves_the_casefile_as_it_was),
		CASE(
		    a_partner_tells_what_the_law_lets_it_give_and_everybody_named_reads_the_source),
		CASE(what_may_not_come_in_is_refused_at_its_field_and_nothing_is_stored),
		CASE(heavy_facts_leave_no_trace_for_who_is_not_named_for_them),
		CASE(phase_2_opens_with_a_second_person_and_then_the_police_may_tell_more),
		CASE(phase_3_waits_for_the_police_and_shows_to_nobody_who_is_not_named),
		CASE(a_subject_that_is_not_there_and_a_casefile_of_others_answer_alike),
	};
	return cmocka_run_group_tests_name("casefile_subjects", tests, NULL, NULL);
}
