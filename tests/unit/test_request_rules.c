/* Asking partners: who may ask whom what, what a desk may write, and what nobody may tell. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "good_request.h"
#include "law/terms.h"
#include "platform/core/arena.h"
#include "requests/answer.h"
#include "requests/answer_table.h"
#include "requests/request_template.h"
#include "signals/theme.h"

static struct verdict ask(uint8_t from, uint8_t action, enum role role,
                          const struct request_picture *p)
{
	const struct move *mv = machine_move(&REQUEST_MACHINE, from, action);
	assert_non_null(mv);
	return move_verdict(mv, ROLE_BIT(role), p);
}

static bool may(uint8_t from, uint8_t action, enum role role, const struct request_picture *p)
{
	return verdict_allows(ask(from, action, role, p));
}

/* ---- the machine ------------------------------------------------------------------------------ */

/* Who may do what in which state: everything else is a no, for every role. */
static void each_move_is_open_to_its_roles_and_to_no_other(void **state)
{
	const struct request_picture p = good();
	(void)state;
	for (size_t i = 0; i < REQUEST_MACHINE.move_count; i++) {
		const struct move *mv = &REQUEST_MACHINE.moves[i];
		assert_true(mv->who != 0);
		for (int role = 1; role < ROLE_COUNT; role++)
			if ((mv->who & ROLE_BIT(role)) == 0)
				assert_false(verdict_allows(move_verdict(mv, ROLE_BIT(role), &p)));
	}
	for (int s = 0; s < REQUEST_STATE_COUNT; s++) {
		assert_false(s != REQUEST_DRAFT &&
		             machine_move(&REQUEST_MACHINE, (uint8_t)s, REQUEST_ISSUE) != NULL);
		assert_null(machine_move(&REQUEST_MACHINE, REQUEST_EMPTY, REQUEST_CLOSE));
	}
}

static void only_a_decider_refuses_and_never_after_an_answer(void **state)
{
	const struct request_picture p = good();
	(void)state;
	for (int s = 0; s < REQUEST_STATE_COUNT; s++) {
		const struct move *mv = machine_move(&REQUEST_MACHINE, (uint8_t)s, REQUEST_REFUSE);
		assert_int_equal(mv != NULL, request_waits_for_answer((uint8_t)s));
		if (mv == NULL)
			continue;
		for (int role = 1; role < ROLE_COUNT; role++)
			assert_int_equal(may((uint8_t)s, REQUEST_REFUSE, (enum role)role, &p),
			                 role == ROLE_PARTNER_DECIDER);
	}
}

static void a_request_goes_only_to_who_is_involved_about_somebody_with_a_reason(void **state)
{
	struct request_picture p = good();
	(void)state;
	assert_true(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_ANALYST, &p));
	p.addressee_involved = false;
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	p = good();
	p.subjects = 0;
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	p = good();
	p.parts = 0;
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	p.kind = REQUEST_HIT_NO_HIT;
	assert_true(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	p = good();
	p.parts_closed_phase = 1;
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	p = good();
	p.necessity_chars = REQUEST_NECESSITY_CHARS_MIN - 1;
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	p = good();
	p.question_chars = 0;
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
	p = good();
	p.casefile_open = false;
	assert_false(may(REQUEST_DRAFT, REQUEST_ISSUE, ROLE_INFO_COORDINATOR, &p));
}

static void an_answer_is_whole_or_says_that_it_is_a_part(void **state)
{
	struct request_picture p = good();
	(void)state;
	assert_true(may(REQUEST_ACCEPTED, REQUEST_ANSWER, ROLE_PARTNER_DESK, &p));
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER_PARTLY, ROLE_PARTNER_DESK, &p));
	p.parts_refused = 1;
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER, ROLE_PARTNER_DESK, &p));
	assert_true(may(REQUEST_ACCEPTED, REQUEST_ANSWER_PARTLY, ROLE_PARTNER_DESK, &p));
	p.parts_open = 1;
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER_PARTLY, ROLE_PARTNER_DESK, &p));
	p = good();
	p.parts_facts = 0;
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER, ROLE_PARTNER_DESK, &p));
	p = good();
	p.parts_closed_phase = 1;
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER, ROLE_PARTNER_DESK, &p));
	p = good();
	p.casefile_open = false;
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER, ROLE_PARTNER_DESK, &p));
}

static void nothing_known_is_one_click_unless_something_was_written(void **state)
{
	struct request_picture p = good();
	(void)state;
	assert_false(may(REQUEST_ISSUED, REQUEST_SAY_NOTHING, ROLE_PARTNER_DESK, &p));
	p.items = 0;
	assert_true(may(REQUEST_ISSUED, REQUEST_SAY_NOTHING, ROLE_PARTNER_DESK, &p));
	assert_true(may(REQUEST_ACCEPTED, REQUEST_SAY_NOTHING, ROLE_PARTNER_DECIDER, &p));
	assert_false(may(REQUEST_ISSUED, REQUEST_SAY_KNOWN, ROLE_PARTNER_DESK, &p));
	p.kind = REQUEST_HIT_NO_HIT;
	assert_true(may(REQUEST_ISSUED, REQUEST_SAY_KNOWN, ROLE_PARTNER_DESK, &p));
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER, ROLE_PARTNER_DESK, &p));
}

static void phase_3_leaves_only_with_a_second_person(void **state)
{
	struct request_picture p = good();
	(void)state;
	assert_false(may(REQUEST_ACCEPTED, REQUEST_OFFER, ROLE_PARTNER_DESK, &p));
	p.phase_3 = true;
	assert_false(may(REQUEST_ACCEPTED, REQUEST_ANSWER, ROLE_PARTNER_DESK, &p));
	assert_true(may(REQUEST_ACCEPTED, REQUEST_OFFER, ROLE_PARTNER_DESK, &p));
	assert_true(may(REQUEST_SIGNING, REQUEST_SIGN, ROLE_PARTNER_DECIDER, &p));
	assert_false(may(REQUEST_SIGNING, REQUEST_SIGN, ROLE_PARTNER_DESK, &p));
	p.actor_person_id = p.answering_person_id; /* the same person under another role */
	assert_false(may(REQUEST_SIGNING, REQUEST_SIGN, ROLE_PARTNER_DECIDER, &p));
	p.parts_refused = 1;
	assert_false(may(REQUEST_SIGNING, REQUEST_SIGN_PARTLY, ROLE_PARTNER_DECIDER, &p));
	p.actor_person_id = 9;
	assert_true(may(REQUEST_SIGNING, REQUEST_SIGN_PARTLY, ROLE_PARTNER_DECIDER, &p));
}

static void a_check_is_done_when_every_item_was_judged(void **state)
{
	struct request_picture p = good();
	(void)state;
	assert_true(may(REQUEST_ANSWERED, REQUEST_CHECK, ROLE_ANALYST, &p));
	p.actor_role = ROLE_INFO_COORDINATOR;
	assert_false(may(REQUEST_ANSWERED, REQUEST_CHECK, ROLE_INFO_COORDINATOR, &p));
	p.phase_3 = true; /* which the analysts don't see: who asked for it checks */
	assert_true(may(REQUEST_ANSWERED, REQUEST_CHECK, ROLE_INFO_COORDINATOR, &p));
	p.items_unjudged = 1;
	assert_false(may(REQUEST_PARTLY, REQUEST_CHECK, ROLE_ANALYST, &p));
	assert_null(machine_move(&REQUEST_MACHINE, REQUEST_ANSWERED, REQUEST_CLOSE));
}

/* ---- secrecy ------------------------------------------------------------------------------------ */

static void a_refusal_and_a_no_hit_show_alike_to_everybody_else(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++)
		for (int own = 0; own < 2; own++) {
			const bool sees = request_refusal_open_to((enum role)role, own == 1);
			assert_int_equal(sees, role == ROLE_INFO_COORDINATOR ||
			                           (role == ROLE_PARTNER_DECIDER && own == 1));
			assert_int_equal(request_shown(REQUEST_REFUSED, true, sees) ==
			                     request_shown(REQUEST_NO_HIT, true, sees),
			                 !sees);
			assert_int_equal(answer_shown(ANSWER_REFUSED, sees) ==
			                     answer_shown(ANSWER_NOTHING, sees),
			                 !sees);
		}
	assert_int_equal(request_shown(REQUEST_REFUSED, true, false), REQUEST_EMPTY);
	assert_int_equal(request_shown(REQUEST_CLOSED, true, false), REQUEST_EMPTY);
	assert_int_equal(request_shown(REQUEST_CLOSED, false, false), REQUEST_CLOSED);
	assert_int_equal(request_shown(REQUEST_PARTLY, false, false), REQUEST_ANSWERED);
}

static void a_refusal_and_a_no_hit_go_on_alike_and_stand_alike_in_the_log(void **state)
{
	(void)state;
	for (int a = 1; a <= REQUEST_REWRITE; a++) {
		const struct move *refused =
		    machine_move(&REQUEST_MACHINE, REQUEST_REFUSED, (uint8_t)a);
		const struct move *no_hit =
		    machine_move(&REQUEST_MACHINE, REQUEST_NO_HIT, (uint8_t)a);
		assert_int_equal(refused == NULL, no_hit == NULL);
		if (refused != NULL)
			assert_true(refused->who == no_hit->who && refused->to == no_hit->to);
	}
	for (uint8_t s = REQUEST_ISSUED; s <= REQUEST_ACCEPTED; s++) {
		const struct move *no_hit = machine_move(&REQUEST_MACHINE, s, REQUEST_SAY_NOTHING);
		const struct move *refuse = machine_move(&REQUEST_MACHINE, s, REQUEST_REFUSE);
		assert_int_equal(no_hit->audit_action, refuse->audit_action);
		assert_true((no_hit->who & refuse->who) == refuse->who);
	}
}

static void the_reason_is_for_head_and_decider(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		assert_int_equal(request_reason_open_to((enum role)role, true),
		                 role == ROLE_RIEC_HEAD || role == ROLE_PARTNER_DECIDER);
		assert_int_equal(request_reason_open_to((enum role)role, false),
		                 role == ROLE_RIEC_HEAD);
	}
}

/* ---- terms ------------------------------------------------------------------------------------------ */

static int32_t day(int y, int m, int d)
{
	return day_from_civil((struct civil){ y, m, d });
}

static void terms_are_working_days(void **state)
{
	const int32_t tuesday = day(2026, 11, 24);
	(void)state;
	assert_int_equal(request_due(REQUEST_HIT_NO_HIT, false, tuesday, NULL), day(2026, 12, 1));
	assert_int_equal(request_due(REQUEST_CONTENT, false, tuesday, NULL), day(2026, 12, 15));
	assert_int_equal(request_due(REQUEST_CONTENT, true, tuesday, NULL), day(2026, 11, 26));
	assert_int_equal(request_due(REQUEST_HIT_NO_HIT, false, day(2026, 12, 23), NULL),
	                 day(2026, 12, 31));
}

static void late_is_counted_in_working_days_and_told_to_the_head_after_five(void **state)
{
	const int32_t due = day(2026, 11, 27); /* a Friday */
	(void)state;
	assert_int_equal(request_days_late(REQUEST_ISSUED, due, due, NULL), 0);
	assert_int_equal(request_days_late(REQUEST_ISSUED, due, due + 2, NULL), 0);
	assert_int_equal(request_days_late(REQUEST_ISSUED, due, due + 3, NULL), 1);
	assert_false(request_escalates(REQUEST_ACCEPTED, due, day(2026, 12, 3), NULL));
	assert_true(request_escalates(REQUEST_ACCEPTED, due, day(2026, 12, 4), NULL));
	for (int s = 0; s < REQUEST_STATE_COUNT; s++)
		if (!request_waits_for_answer((uint8_t)s))
			assert_int_equal(request_days_late((uint8_t)s, due, due + 90, NULL), 0);
}

static void an_extension_is_later_and_at_most_twenty_working_days(void **state)
{
	const int32_t due = day(2026, 11, 27);
	(void)state;
	assert_false(verdict_allows(request_may_extend(due, due, NULL)));
	assert_true(verdict_allows(request_may_extend(due, due + 3, NULL)));
	const int32_t last = working_days_add(due, REQUEST_EXTENSION_WORKING_DAYS_MAX, NULL);
	assert_true(verdict_allows(request_may_extend(due, last, NULL)));
	assert_false(verdict_allows(request_may_extend(due, last + 1, NULL)));
}

/* ---- what may be asked --------------------------------------------------------------------------------- */

static void every_category_is_asked_in_its_phase_of_its_sources_only(void **state)
{
	size_t categories = 0, letters = 0;
	const struct law_category_row *rows = law_categories(&categories);
	const struct law_participant *who = law_participants(&letters);
	(void)state;
	for (size_t c = 0; c < categories; c++)
		for (size_t l = 0; l < letters; l++)
			for (int phase = PHASE_1; phase <= PHASE_3; phase++) {
				const uint64_t set =
				    request_categories(who[l].letter, (enum law_phase)phase,
				                       ACTIVITY_CASE_CONSULTATION);
				const bool asked = (set >> rows[c].code & 1) != 0;
				if (rows[c].phase > (enum law_phase)phase ||
				    rows[c].code == CATEGORY_STAFF ||
				    !law_source_may(rows[c].code, who[l].letter, UNIT_NONE))
					assert_false(asked);
				else if (rows[c].code != CATEGORY_SEXUAL_CONDUCT)
					assert_true(asked);
			}
	assert_int_equal(
	    request_categories(LETTER_POLICE, PHASE_3, ACTIVITY_SCAN) >> CATEGORY_POLICE_9_10 & 1,
	    0);
	assert_int_equal(request_phase(UINT64_C(1) << CATEGORY_IDENT), PHASE_1);
	assert_int_equal(request_phase(UINT64_C(1) << CATEGORY_IDENT | UINT64_C(1) << CATEGORY_TAX),
	                 PHASE_2);
}

static void every_template_has_a_theme_that_exists_and_somebody_who_may_answer_it(void **state)
{
	size_t count = 0, letters = 0;
	const struct request_template *t = request_templates_all(&count);
	const struct law_participant *who = law_participants(&letters);
	const struct request_template *found[40];
	(void)state;
	for (size_t i = 0; i < count; i++) {
		uint64_t answerable = 0;
		assert_true(t[i].theme == 0 || code_label(SIGNAL_THEMES, t[i].theme) != NULL);
		assert_ptr_equal(request_template(t[i].code), &t[i]);
		for (size_t l = 0; l < letters; l++)
			answerable |= request_template_categories(&t[i], who[l].letter, PHASE_2,
			                                          ACTIVITY_CASE_CONSULTATION);
		assert_true(answerable == t[i].categories);
		struct arena a;
		struct problems ps;
		arena_init(&a, 1 << 22);
		problems_init(&ps, &a);
		answer_words_check(t[i].question, "", day(2026, 11, 24), "question", &a, &ps);
		if (ps.error_count > 0)
			fail_msg("%s: %s", t[i].id, ps.first->message);
		arena_reset(&a);
	}
	for (const struct code *c = SIGNAL_THEMES; c->name != NULL; c++)
		if (strcmp(c->name, "OTHER") != 0)
			assert_true(request_templates_for(c->value, found, 40) >
			            request_templates_for(0, found, 40));
	assert_null(request_template(9999));
}

/* ---- what a desk writes -------------------------------------------------------------------------------- */

struct desk {
	struct arena arena;
	struct problems problems;
	struct answer_part parts[3];
	struct answer_asked asked;
};

static int open_desk(void **state)
{
	struct desk *d = calloc(1, sizeof *d);
	arena_init(&d->arena, 1 << 22);
	d->parts[0] = (struct answer_part){ 1, "Milan Zandwijk", CATEGORY_TAX, PHASE_2, false };
	d->parts[1] = (struct answer_part){ 1, "Milan Zandwijk", CATEGORY_VEHICLE, PHASE_2, false };
	d->parts[2] =
	    (struct answer_part){ 2, "Zandwijk Opslag B.V.", CATEGORY_TAX, PHASE_1, false };
	d->asked = (struct answer_asked){ .kind = REQUEST_CONTENT,
		                          .parts = { d->parts, 3 },
		                          .addressee = LETTER_TAX,
		                          .activity = ACTIVITY_CASE_CONSULTATION,
		                          .today = day(2026, 11, 24) };
	*state = d;
	return 0;
}

static int close_desk(void **state)
{
	struct desk *d = *state;
	arena_reset(&d->arena);
	free(d);
	return 0;
}

static struct answer_item debt(void)
{
	return (struct answer_item){ .subject = 1,
		                     .kind = 422,
		                     .category = CATEGORY_TAX,
		                     .text = "Openstaande omzetbelasting, drie kwartalen.",
		                     .day = day(2026, 11, 1),
		                     .cents = 1845000,
		                     .task = 202 };
}

/* The rule that refuses it and the field where it says so; NULL: it is kept. */
static const char *refused_at(struct desk *d, const struct answer_item *item, const char *path)
{
	problems_init(&d->problems, &d->arena);
	if (answer_item_check(&d->asked, item, "items[0]", &d->arena, &d->problems)) {
		assert_int_equal(d->problems.error_count, 0);
		return NULL;
	}
	const struct problem *p =
	    problems_at(&d->problems, arena_printf(&d->arena, "items[0].%s", path));
	if (p == NULL)
		fail_msg("nothing at %s, but at %s: %s", path, d->problems.first->path,
		         d->problems.first->message);
	return p->rule != NULL ? p->rule : "";
}

static void an_answer_that_was_asked_is_kept(void **state)
{
	struct answer_item item = debt();
	assert_null(refused_at(*state, &item, "kind"));
	item.text = "";
	assert_null(refused_at(*state, &item, "text"));
	item.cents = INT64_MIN;
	assert_string_equal(refused_at(*state, &item, "text"), "");
}

static void what_was_not_asked_is_refused_at_its_field(void **state)
{
	struct answer_item item = debt();
	item.kind = 418; /* a control: nobody asked */
	item.category = CATEGORY_SUPERVISION;
	assert_string_equal(refused_at(*state, &item, "kind"), "X-9");
	item = debt();
	item.subject = 3; /* isn't named */
	assert_string_equal(refused_at(*state, &item, "subject"), "X-9");
	item = debt();
	item.subject = 2; /* phase 2 isn't open for this one */
	assert_string_equal(refused_at(*state, &item, "kind"), "X-2");
	item = debt();
	item.category = CATEGORY_VEHICLE; /* a debt is no vehicle, whatever the form says */
	assert_string_equal(refused_at(*state, &item, "kind"), "");
	item = debt();
	item.kind = 101;
	assert_string_equal(refused_at(*state, &item, "kind"), "");
}

static void the_tax_administration_gives_no_income_in_a_field_nor_in_words(void **state)
{
	static const char *const INCOME[] = {
		"Zijn inkomen in 2024 was 13.440 euro",
		"Loon: 1.200 per maand",
		"Er is een Uitkering",
		"spaarrekening met 20.000",
		"het netto loon",
		"inkomenspositie",
	};
	static const char *const TAX[] = {
		"Aanslag inkomstenbelasting 2024 opgelegd",
		"Naheffing loonheffing",
		"loonbelasting over 2025 niet betaald",
		"Woont in Loon op Zand",
		"belooning",
	};
	struct answer_item item = debt();
	item.kind = 413;
	item.category = CATEGORY_INCOME;
	assert_string_equal(refused_at(*state, &item, "kind"), "X-3");
	for (size_t i = 0; i < sizeof INCOME / sizeof INCOME[0]; i++) {
		item = debt();
		item.text = INCOME[i];
		assert_string_equal(refused_at(*state, &item, "text"), "R-3");
		assert_true(verdict_allows(answer_income_words(LETTER_UWV, INCOME[i])));
	}
	for (size_t i = 0; i < sizeof TAX / sizeof TAX[0]; i++) {
		item.text = TAX[i];
		assert_null(refused_at(*state, &item, "text"));
	}
}

static void words_that_may_stand_nowhere_are_refused_in_an_answer(void **state)
{
	struct answer_item item = debt();
	item.text = "Hij is ernstig ziek en heeft kanker";
	assert_string_equal(refused_at(*state, &item, "text"), "R-5");
	item.text = "Zijn BSN is 999990019";
	assert_string_equal(refused_at(*state, &item, "text"), "R-6");
	item.text = "De boekhouding deed mevrouw De Wit";
	assert_string_equal(refused_at(*state, &item, "text"), "X-20");
}

static void words_that_only_look_wrong_stay_when_the_writer_says_why(void **state)
{
	struct answer_item item = debt();
	item.text = "De boekhouding deed mevrouw De Wit";
	item.settled = "De Wit";
	assert_string_equal(refused_at(*state, &item, "text"), "X-20"); /* that explains nothing */
	item.settled = "De Wit is de naam van het kantoor";
	assert_null(refused_at(*state, &item, "text"));
	item.text = "Hij is ernstig ziek en heeft kanker";
	assert_null(refused_at(*state, &item, "text"));
	item.text = "Zijn BSN is 999990019"; /* a number explains itself */
	assert_string_equal(refused_at(*state, &item, "text"), "R-6");
}

static void a_fact_names_the_task_it_comes_from_and_that_is_one_of_the_source(void **state)
{
	struct answer_item item = debt();
	item.task = 0;
	assert_string_equal(refused_at(*state, &item, "task"), "X-1");
	item.task = 101; /* of the police */
	assert_string_equal(refused_at(*state, &item, "task"), "X-1");
}

static void who_is_asked_only_whether_he_knows_writes_nothing_down(void **state)
{
	struct desk *d = *state;
	const struct answer_item item = debt();
	d->asked.kind = REQUEST_HIT_NO_HIT;
	assert_string_equal(refused_at(d, &item, "kind"), "");
}

static void a_day_that_is_still_to_come_is_no_fact(void **state)
{
	struct answer_item item = debt();
	item.day = day(2026, 11, 25);
	assert_string_equal(refused_at(*state, &item, "day"), "");
}

/* ---- tables ------------------------------------------------------------------------------------------ */

static struct answer_table table(struct desk *d, const char *text)
{
	return answer_table_read(&d->arena, text, &d->asked, 202);
}

static const struct table_row *row(const struct answer_table *t, size_t i)
{
	assert_true(i < t->rows.count);
	return (const struct table_row *)t->rows.items + i;
}

static void a_table_from_a_spreadsheet_becomes_items(void **state)
{
	const struct answer_table t =
	    table(*state, "Datum\tWie\tWat\tTekst\tBedrag\tSoort\tWaardering\r\n"
	                  "1-11-2026\t1\tBelastingschuld of betaling\tDrie kwartalen\t18.450,00"
	                  "\tfeit\tA1\r\n"
	                  "\r\n"
	                  "\tzandwijk opslag bv\tTAX_DEBT\tBetaalt contant\t\toordeel\tb2\r\n");
	assert_null(t.problem);
	assert_int_equal(t.rows.count, 2);
	const struct table_row *r = row(&t, 0);
	assert_true(r->readable);
	assert_int_equal(r->row, 2);
	assert_int_equal(r->item.subject, 1);
	assert_int_equal(r->item.kind, 422);
	assert_int_equal(r->item.category, CATEGORY_TAX);
	assert_string_equal(r->item.text, "Drie kwartalen");
	assert_int_equal(r->item.cents, 1845000);
	assert_int_equal(r->item.day, day(2026, 11, 1));
	assert_false(r->item.is_judgement);
	assert_int_equal(r->item.source_grade, 'A');
	r = row(&t, 1);
	assert_int_equal(r->row, 4);
	assert_int_equal(r->item.kind, 422);
	assert_true(r->item.is_judgement);
	assert_int_equal(r->item.source_grade, 'B');
	assert_int_equal(r->item.information_grade, '2');
	assert_int_equal(r->item.day, INT64_MIN);
}

static void a_subject_is_known_by_number_or_by_its_whole_name(void **state)
{
	const struct answer_table t = table(*state, "wie;wat;tekst\n1;TAX_DEBT;a\n"
	                                            "MILAN  ZANDWIJK;TAX_DEBT;b\n"
	                                            "Zandwijk;TAX_DEBT;c\n9;TAX_DEBT;d\n"
	                                            "1 en 2;TAX_DEBT;e\n;TAX_DEBT;f\n");
	assert_int_equal(t.rows.count, 6);
	assert_int_equal(row(&t, 0)->item.subject, 1);
	assert_int_equal(row(&t, 1)->item.subject, 1);
	for (size_t i = 2; i < 6; i++)
		assert_int_equal(row(&t, i)->item.subject, 0);
}

static void quotes_hold_separators_lines_and_quotes(void **state)
{
	const struct answer_table t =
	    table(*state, "Wie,Wat,Tekst\n1,TAX_DEBT,\"een, twee\ndrie \"\"vier\"\"\"\n"
	                  "1,TAX_DEBT,vijf\n");
	assert_int_equal(t.rows.count, 2);
	assert_string_equal(row(&t, 0)->item.text, "een, twee\ndrie \"vier\"");
	assert_string_equal(row(&t, 1)->item.text, "vijf");
}

static void one_wrong_row_leaves_the_others_right(void **state)
{
	const struct answer_table t =
	    table(*state, "Wie;Wat;Tekst;Datum;Bedrag;Soort;Waardering\n"
	                  "1;TAX_DEBT;goed;;;;\n1;TAX_DEBT;x;31-2-2026;;;\n1;TAX_DEBT;x;;veel;;\n"
	                  "1;TAX_DEBT;x;;;misschien;\n1;TAX_DEBT;x;;;;Z9\n1;TAX_DEBT;goed;;;;\n"
	                  "1;TAX_DEBT;\"open;;;;\n");
	assert_int_equal(t.rows.count, 7);
	for (size_t i = 0; i < t.rows.count; i++) {
		const bool right = i == 0 || i == 5;
		assert_int_equal(row(&t, i)->readable, right);
		assert_int_equal(row(&t, i)->unread.error_count, right ? 0 : 1);
	}
}

static void assert_sent(struct table_text sent, const char *text)
{
	assert_int_equal(sent.len, strlen(text));
	assert_memory_equal(sent.from, text, sent.len);
}

static void a_row_says_all_that_cant_be_read_and_keeps_what_was_sent(void **state)
{
	const struct answer_table t =
	    table(*state, "\xef\xbb\xbfWie;Wat;Tekst;Datum;Bedrag;Soort;Waardering\r\n"
	                  " 1 ;TAX_DEBT;\"x;\ny\";31-2-2026;veel;misschien;Z9\r\n\r\n"
	                  "2;TAX_DEBT;z");
	assert_sent(t.head, "Wie;Wat;Tekst;Datum;Bedrag;Soort;Waardering");
	assert_int_equal(row(&t, 0)->unread.error_count, 4);
	assert_non_null(problems_at(&row(&t, 0)->unread, "day"));
	assert_non_null(problems_at(&row(&t, 0)->unread, "amount"));
	assert_non_null(problems_at(&row(&t, 0)->unread, "nature"));
	assert_non_null(problems_at(&row(&t, 0)->unread, "grade"));
	assert_sent(row(&t, 0)->sent, " 1 ;TAX_DEBT;\"x;\ny\";31-2-2026;veel;misschien;Z9");
	assert_string_equal(row(&t, 0)->who, "1");
	assert_sent(row(&t, 1)->sent, "2;TAX_DEBT;z");
}

static void a_table_without_the_columns_says_which_it_needs(void **state)
{
	assert_non_null(table(*state, "").problem);
	assert_non_null(table(*state, "\n\n").problem);
	assert_non_null(table(*state, "1;2;3\n").problem);
	assert_non_null(table(*state, "Wie;Tekst\n1;x\n").problem);
	assert_non_null(table(*state, "Wie;Wat\n1;x\n").problem);
	assert_null(table(*state, "Wie;Wat;Bedrag\n").problem);
	assert_int_equal(table(*state, "Wie;Wat;Bedrag\n").rows.count, 0);
}

static void a_thousand_subjects_nobody_asked_for_are_refused_and_the_one_asked_is_kept(void **state)
{
	struct desk *d = *state;
	char *text = arena_alloc(&d->arena, 100000);
	size_t at = (size_t)snprintf(text, 100000, "Wie;Wat;Tekst\n"), kept = 0;

	for (int i = 1; i <= 1000; i++)
		at += (size_t)snprintf(text + at, 100000 - at, "%d;TAX_DEBT;Schuld\n", i);
	const struct answer_table t = table(d, text);
	assert_int_equal(t.rows.count, 1000);
	assert_int_equal(t.rest_row, 0);
	for (size_t i = 0; i < t.rows.count; i++) {
		problems_init(&d->problems, &d->arena);
		kept +=
		    answer_item_check(&d->asked, &row(&t, i)->item, "", &d->arena, &d->problems);
	}
	assert_int_equal(kept, 1);
}

static void a_table_has_two_thousand_rows_at_most(void **state)
{
	struct desk *d = *state;
	char *text = arena_alloc(&d->arena, 100000);
	size_t at = (size_t)snprintf(text, 100000, "Wie;Wat;Tekst\n");

	for (int i = 0; i < ANSWER_TABLE_ROWS_MAX; i++)
		at += (size_t)snprintf(text + at, 100000 - at, "1;TAX_DEBT;x\n");
	assert_int_equal(table(d, text).rest_row, 0);
	(void)snprintf(text + at, 100000 - at, "1;TAX_DEBT;een\n1;TAX_DEBT;twee\n");
	const struct answer_table t = table(d, text);
	assert_int_equal(t.rest_row, ANSWER_TABLE_ROWS_MAX + 2);
	assert_sent(t.rest, "1;TAX_DEBT;een\n1;TAX_DEBT;twee");
	assert_int_equal(t.rows.count, ANSWER_TABLE_ROWS_MAX);
}

#define DESK(test) cmocka_unit_test_setup_teardown(test, open_desk, close_desk)

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(each_move_is_open_to_its_roles_and_to_no_other),
		cmocka_unit_test(only_a_decider_refuses_and_never_after_an_answer),
		cmocka_unit_test(
		    a_request_goes_only_to_who_is_involved_about_somebody_with_a_reason),
		cmocka_unit_test(an_answer_is_whole_or_says_that_it_is_a_part),
		cmocka_unit_test(nothing_known_is_one_click_unless_something_was_written),
		cmocka_unit_test(phase_3_leaves_only_with_a_second_person),
		cmocka_unit_test(a_check_is_done_when_every_item_was_judged),
		cmocka_unit_test(a_refusal_and_a_no_hit_show_alike_to_everybody_else),
		cmocka_unit_test(a_refusal_and_a_no_hit_go_on_alike_and_stand_alike_in_the_log),
		cmocka_unit_test(the_reason_is_for_head_and_decider),
		cmocka_unit_test(terms_are_working_days),
		cmocka_unit_test(late_is_counted_in_working_days_and_told_to_the_head_after_five),
		cmocka_unit_test(an_extension_is_later_and_at_most_twenty_working_days),
		cmocka_unit_test(every_category_is_asked_in_its_phase_of_its_sources_only),
		cmocka_unit_test(
		    every_template_has_a_theme_that_exists_and_somebody_who_may_answer_it),
		DESK(an_answer_that_was_asked_is_kept),
		DESK(what_was_not_asked_is_refused_at_its_field),
		DESK(the_tax_administration_gives_no_income_in_a_field_nor_in_words),
		DESK(words_that_may_stand_nowhere_are_refused_in_an_answer),
		DESK(words_that_only_look_wrong_stay_when_the_writer_says_why),
		DESK(a_fact_names_the_task_it_comes_from_and_that_is_one_of_the_source),
		DESK(who_is_asked_only_whether_he_knows_writes_nothing_down),
		DESK(a_day_that_is_still_to_come_is_no_fact),
		DESK(a_table_from_a_spreadsheet_becomes_items),
		DESK(a_subject_is_known_by_number_or_by_its_whole_name),
		DESK(quotes_hold_separators_lines_and_quotes),
		DESK(one_wrong_row_leaves_the_others_right),
		DESK(a_row_says_all_that_cant_be_read_and_keeps_what_was_sent),
		DESK(a_table_without_the_columns_says_which_it_needs),
		DESK(a_thousand_subjects_nobody_asked_for_are_refused_and_the_one_asked_is_kept),
		DESK(a_table_has_two_thousand_rows_at_most),
	};
	return cmocka_run_group_tests_name("request rules", tests, NULL, NULL);
}
