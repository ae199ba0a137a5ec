/* each with its yes and its no. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "law/law.h"

static struct law_item a_good_item(void)
{
	return (struct law_item){
		.category = CATEGORY_PERMITS_SUBSIDIES,
		.source = LETTER_EXECUTIVE,
		.phase = PHASE_1,
		.task = 906,
		.received_day = 20700,
		.about_subject = true,
		.in_casefile = true,
		.opened_phase = PHASE_1,
		.activity = ACTIVITY_CASE_CONSULTATION,
		.crime_form = CRIME_FORM_LAUNDERING,
		.has_origin = true,
		.on_day = 20700,
	};
}

static void assert_yes(struct verdict v)
{
	if (v.kind != VERDICT_YES)
		fail_msg("%s: %s", v.rule, v.sentence);
}

static void assert_refused(struct verdict v, enum verdict_kind kind, const char *rule)
{
	assert_int_equal(v.kind, kind);
	assert_non_null(v.sentence);
	assert_non_null(v.next);
	assert_string_equal(v.rule, rule);
	assert_non_null(law_rule(rule));
}

static void a_complete_item_may_be_stored(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	assert_yes(law_item_may(&item));
}

static void r1_nothing_without_category_source_and_phase(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.category = CATEGORY_NONE;
	assert_refused(law_item_may(&item), VERDICT_NO, "R-1");
	item = a_good_item();
	item.source = LETTER_NONE;
	assert_refused(law_item_may(&item), VERDICT_NO, "R-1");
	item = a_good_item();
	item.phase = PHASE_UNKNOWN;
	assert_refused(law_item_may(&item), VERDICT_NO, "R-1");
}

static void r2_a_phase_opens_with_reasons_and_two_people(void **state)
{
	(void)state;
	struct law_opening o = {
		.phase = PHASE_2,
		.now = PHASE_1,
		.activity = ACTIVITY_SCAN,
		.necessity_chars = 40,
		.proposer_id = 1,
		.second_id = 2,
	};
	assert_yes(law_r2_open_phase(&o));
	o.second_id = 0;
	assert_refused(law_r2_open_phase(&o), VERDICT_ONLY_IF, "R-2");
	o.second_id = 1;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "X-16");
	o.second_id = 2;
	o.necessity_chars = 19;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "R-2");
	o.necessity_chars = 40;
	o.now = PHASE_SIGNAL;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "R-2");
}

static void r2_phase_3_needs_police_and_om_and_never_a_scan(void **state)
{
	(void)state;
	struct law_opening o = {
		.phase = PHASE_3,
		.now = PHASE_2,
		.activity = ACTIVITY_CASE_CONSULTATION,
		.necessity_chars = 40,
		.proportionality_chars = 40,
		.subsidiarity_chars = 40,
		.police_om_agreed = true,
		.proposer_id = 1,
		.second_id = 2,
	};
	assert_yes(law_r2_open_phase(&o));
	o.activity = ACTIVITY_BOTTLENECK;
	assert_yes(law_r2_open_phase(&o));
	o.activity = ACTIVITY_SCAN;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "R-2");
	o.activity = ACTIVITY_UNKNOWN;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "R-2");
	o.activity = ACTIVITY_BOTTLENECK;
	o.police_om_agreed = false;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "R-2");
	o.police_om_agreed = true;
	o.subsidiarity_chars = 0;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "R-2");
	o.subsidiarity_chars = 40;
	o.now = PHASE_1;
	assert_refused(law_r2_open_phase(&o), VERDICT_NO, "R-2");
}

static void r3_income_never_comes_from_the_tax_administration(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.category = CATEGORY_INCOME;
	item.source = LETTER_TAX;
	item.task = 201;
	assert_refused(law_r3_source(&item), VERDICT_NO, "R-3");
	assert_refused(law_item_may(&item), VERDICT_NO, "X-3");
	item.source = LETTER_FIOD;
	assert_refused(law_r3_source(&item), VERDICT_NO, "R-3");
	item.source = LETTER_UWV;
	item.task = 501;
	assert_yes(law_item_may(&item));
	item.category = CATEGORY_RESIDENCE_STATUS;
	assert_refused(law_r3_source(&item), VERDICT_NO, "R-3");
	item.category = CATEGORY_PERMITS_SUBSIDIES;
	item.source = LETTER_POLICE;
	assert_refused(law_r3_source(&item), VERDICT_NO, "R-3");
}

static void every_refused_source_gets_a_sentence(void **state)
{
	(void)state;
	size_t count;
	const struct law_category_row *rows = law_categories(&count);

	for (size_t i = 0; i < count; i++)
		for (int letter = 'a'; letter <= 'l'; letter++) {
			struct law_item item = { .category = rows[i].code,
				                 .source = (enum law_letter)letter };
			struct verdict v = law_r3_source(&item);
			bool may = law_source_may(rows[i].code, item.source, UNIT_NONE);
			assert_int_equal(v.kind, may ? VERDICT_YES : VERDICT_NO);
			if (!may)
				assert_non_null(v.sentence);
		}
}

static void r4_nationality_only_tells_who_someone_is(void **state)
{
	(void)state;
	assert_yes(law_r4_nationality(true, true));
	assert_refused(law_r4_nationality(true, false), VERDICT_ONLY_IF, "R-4");
	assert_refused(law_r4_nationality(false, true), VERDICT_NO, "R-4");
}

static void r5_has_no_yes(void **state)
{
	(void)state;
	size_t count;
	const struct law_topic_row *topics = law_topics(&count);
	for (size_t i = 0; i < count; i++)
		assert_int_equal(law_r5_topic((int)topics[i].code).kind, VERDICT_NO);
}

static void r6_a_bsn_stands_in_its_own_field(void **state)
{
	(void)state;
	assert_yes(law_r6_bsn(true, true, true));
	assert_refused(law_r6_bsn(false, true, true), VERDICT_ONLY_IF, "R-6");
	assert_refused(law_r6_bsn(true, false, true), VERDICT_NO, "R-6");
	assert_refused(law_r6_bsn(true, true, false), VERDICT_NO, "R-6");
}

static void x1_a_signal_without_any_person_is_normal(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.about_subject = false;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-1");
	item.about_phenomenon = true;
	assert_yes(law_item_may(&item));
	item.received_day = DAY_NONE;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-1");
	item = a_good_item();
	item.in_casefile = false;
	assert_refused(law_x1_traceable(&item), VERDICT_NO, "X-1");
	item = a_good_item();
	item.task = 0;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-1");
	item.task = 803; /* of the mayor, but the executive supplies */
	assert_refused(law_item_may(&item), VERDICT_NO, "X-1");
}

static void x2_a_closed_phase_stays_closed(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.category = CATEGORY_TAX;
	item.task = 902;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-2");
	item.phase = PHASE_2;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-2");
	item.opened_phase = PHASE_2;
	assert_yes(law_item_may(&item));
	/* a category of a lower phase stored under a higher one needs that one open */
	item = a_good_item();
	item.phase = PHASE_3;
	item.opened_phase = PHASE_2;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-2");
}

static void x4_a_scan_holds_no_heavy_police_data(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.category = CATEGORY_POLICE_9_10;
	item.source = LETTER_POLICE;
	item.task = 101;
	item.phase = item.opened_phase = PHASE_3;
	item.source_grade = 'A';
	item.information_grade = '1';
	assert_yes(law_item_may(&item));
	item.activity = ACTIVITY_SCAN;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-4");
}

static void x5_sexual_conduct_only_beside_criminal_data_on_trafficking(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.category = CATEGORY_SEXUAL_CONDUCT;
	item.phase = item.opened_phase = PHASE_2;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-5");
	item.crime_form = CRIME_FORM_HUMAN_TRAFFICKING;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-5");
	item.criminal_data_present = true;
	assert_yes(law_item_may(&item));
	item.crime_form = CRIME_FORM_DRUGS;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-5");
	item.exploitation = true;
	assert_yes(law_item_may(&item));
}

static void phase_0_takes_no_justice_and_tax_only_at_its_minimum(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.in_casefile = false;
	item.in_signal = true;
	item.phase = PHASE_SIGNAL;
	assert_yes(law_item_may(&item));
	item.category = CATEGORY_TAX;
	item.task = 902;
	assert_refused(law_item_may(&item), VERDICT_ONLY_IF, "X-2");
	item.marked_minimum = true;
	assert_yes(law_item_may(&item));
	const enum law_category never[] = { CATEGORY_JUSTICE, CATEGORY_SEXUAL_CONDUCT,
		                            CATEGORY_POLICE_9_10 };
	for (size_t i = 0; i < 3; i++) {
		item.category = never[i];
		assert_int_equal(law_phase_0(&item).kind, VERDICT_NO);
	}
}

static void x6_five_criteria_explained_then_registered(void **state)
{
	(void)state;
	struct law_criteria_state c = { { 20, 20, 20, 20, 20 }, { true, true, true, true, true } };
	assert_yes(law_x6_explained(&c));
	assert_yes(law_x6_registered_met(&c));
	for (size_t i = 0; i < LAW_CRITERION_COUNT; i++) {
		struct law_criteria_state thin = c;
		thin.explained_chars[i] = 19;
		thin.registered_met[i] = false;
		assert_refused(law_x6_explained(&thin), VERDICT_NO, "X-6");
		assert_refused(law_x6_registered_met(&thin), VERDICT_NO, "X-6");
	}
}

static void x7_no_circle_of_the_circle(void **state)
{
	(void)state;
	struct law_subject_state s = {
		.role = ROLE_DIRECT_CIRCLE,
		.by_name = true,
		.has_tie_to_main = true,
		.tie_has_kind = true,
		.tie_has_source = true,
	};
	assert_yes(law_x20_role(&s));
	s.tie_has_source = false;
	assert_refused(law_x20_role(&s), VERDICT_NO, "X-7");
	s.has_tie_to_main = false;
	assert_refused(law_x7_direct_circle(&s), VERDICT_NO, "X-7");
	s.only_tie_is_to_circle = true;
	assert_refused(law_x7_direct_circle(&s), VERDICT_NO, "X-7");
}

static void x8_a_judgement_names_its_author_a_fact_its_origin(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.has_origin = false;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-8");
	item.is_judgement = true;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-8");
	item.has_author = true;
	assert_yes(law_item_may(&item));
	item = a_good_item();
	item.category = CATEGORY_POLICE_9_10;
	item.source = LETTER_POLICE;
	item.task = 101;
	item.phase = item.opened_phase = PHASE_3;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-8");
	item.source_grade = 'B';
	item.information_grade = '5';
	assert_refused(law_item_may(&item), VERDICT_NO, "X-8");
	item.information_grade = '4';
	assert_yes(law_item_may(&item));
}

static void x9_only_involved_participants_are_asked(void **state)
{
	(void)state;
	law_letters involved = LAW_LETTER_BIT(LETTER_POLICE) | LAW_LETTER_BIT(LETTER_UWV);
	assert_yes(law_x9_addressee(involved, LETTER_UWV));
	assert_refused(law_x9_addressee(involved, LETTER_TAX), VERDICT_NO, "X-9");
	assert_refused(law_x9_addressee(involved, LETTER_NONE), VERDICT_NO, "X-9");
}

static void x10_a_third_party_waits_for_every_condition(void **state)
{
	(void)state;
	const struct law_provision good = {
		.task_compatible = true,
		.rac_tested = true,
		.window_closed = true,
		.contains_criminal_or_special = true,
		.consent = CONSENT_GIVEN,
	};
	struct law_conditions c;
	assert_yes(law_x10_third_party(&good, &c));
	assert_int_equal(c.count, 4);

	struct law_provision p = good;
	p.rac_tested = false;
	assert_refused(law_x10_third_party(&p, &c), VERDICT_ONLY_IF, "X-10");
	p = good;
	p.window_closed = false;
	assert_refused(law_x10_third_party(&p, &c), VERDICT_ONLY_IF, "X-10");
	p = good;
	p.task_compatible = false;
	assert_refused(law_x10_third_party(&p, &c), VERDICT_ONLY_IF, "X-10");
	p = good;
	p.objected = true;
	assert_refused(law_x10_third_party(&p, &c), VERDICT_NO, "X-10");
	p = good;
	p.consent = CONSENT_MISSING; /* silence is no consent */
	assert_refused(law_x10_third_party(&p, &c), VERDICT_ONLY_IF, "X-10");
	p.consent = CONSENT_NOT_NEEDED;
	assert_refused(law_x10_third_party(&p, &c), VERDICT_ONLY_IF, "X-10");
	p.consent = CONSENT_REFUSED;
	assert_refused(law_x10_third_party(&p, &c), VERDICT_NO, "X-10");
}

static void x11_tax_data_never_serve_a_private_interest(void **state)
{
	(void)state;
	struct law_provision p = { .to_private = true,
		                   .for_legitimate_interest = true,
		                   .contains_tax_data = true };
	struct law_conditions c;
	assert_refused(law_x11_no_tax_to_private(&p), VERDICT_NO, "X-11");
	assert_refused(law_x10_third_party(&p, &c), VERDICT_NO, "X-11");
	p.contains_tax_data = false;
	assert_yes(law_x11_no_tax_to_private(&p));
	p.contains_tax_data = true;
	p.to_private = false;
	assert_yes(law_x11_no_tax_to_private(&p));
}

static void x12_only_active_screened_and_named_people(void **state)
{
	(void)state;
	struct law_person_state p = { true, true, 20800, 20800 };
	assert_yes(law_x12_person(&p));
	p.today = 20801;
	assert_refused(law_x12_person(&p), VERDICT_NO, "X-12");
	p = (struct law_person_state){ true, true, DAY_NONE, 20800 };
	assert_refused(law_x12_person(&p), VERDICT_NO, "X-12");
	p = (struct law_person_state){ false, true, 20900, 20800 };
	assert_refused(law_x12_person(&p), VERDICT_NO, "X-12");
	p = (struct law_person_state){ true, false, 20900, 20800 };
	assert_refused(law_x12_person(&p), VERDICT_NO, "X-12");
}

static void x13_prose_is_settled_before_it_enters(void **state)
{
	(void)state;
	assert_yes(law_x13_prose(0, 0, 0));
	assert_refused(law_x13_prose(2, 0, 1), VERDICT_ONLY_IF, "X-13");
	assert_yes(law_x13_prose(2, 0, 2));
	assert_refused(law_x13_prose(0, 1, 0), VERDICT_ONLY_IF, "X-13");
}

static void x14_x15_an_intervention_is_complete(void **state)
{
	(void)state;
	struct law_intervention_state i = {
		.has_lead = true,
		.has_owner = true,
		.has_target_date = true,
		.has_legal_basis = true,
		.has_result_text = true,
	};
	assert_yes(law_x14_approvable(&i));
	assert_yes(law_x15_executable(&i));
	i.has_amount = true;
	assert_refused(law_x15_executable(&i), VERDICT_NO, "X-15");
	i.amount_has_column = true;
	assert_yes(law_x15_executable(&i));
	i.has_result_text = false;
	assert_refused(law_x15_executable(&i), VERDICT_NO, "X-15");
	bool *needed[] = { &i.has_lead, &i.has_owner, &i.has_target_date, &i.has_legal_basis };
	for (size_t n = 0; n < 4; n++) {
		*needed[n] = false;
		assert_refused(law_x14_approvable(&i), VERDICT_NO, "X-14");
		*needed[n] = true;
	}
}

static void x16_nobody_signs_for_himself(void **state)
{
	(void)state;
	assert_yes(law_x16_four_eyes(1, 2));
	assert_refused(law_x16_four_eyes(7, 7), VERDICT_NO, "X-16");
}

static void x17_a_hold_has_ground_and_end(void **state)
{
	(void)state;
	assert_yes(law_x17_hold(true, true, 20900, 20800));
	assert_refused(law_x17_hold(false, false, 20900, 20800), VERDICT_NO, "X-17");
	assert_refused(law_x17_hold(true, false, 20900, 20800), VERDICT_NO, "X-17");
	assert_refused(law_x17_hold(true, true, DAY_NONE, 20800), VERDICT_NO, "X-17");
	assert_refused(law_x17_hold(true, true, 20700, 20800), VERDICT_NO, "X-17");
}

static void x18_the_index_holds_keys_only(void **state)
{
	(void)state;
	struct law_index_record r = { false, false, false, false };
	assert_yes(law_x18_index_record(&r));
	r.has_theme = true;
	assert_refused(law_x18_index_record(&r), VERDICT_NO, "X-18");
}

static void x19_destruction_does_not_wait(void **state)
{
	(void)state;
	assert_yes(law_x19_open_provision(true, false));
	assert_refused(law_x19_open_provision(true, true), VERDICT_ONLY_IF, "X-19");
}

static void x20_tipsters_victims_and_bystanders_have_no_name(void **state)
{
	(void)state;
	const enum law_role unnamed[] = { ROLE_VICTIM, ROLE_TIPSTER, ROLE_BYSTANDER };
	for (size_t i = 0; i < 3; i++) {
		struct law_subject_state s = { .role = unnamed[i], .by_name = true };
		assert_refused(law_x20_role(&s), VERDICT_NO, "X-20");
		s.by_name = false;
		assert_yes(law_x20_role(&s));
	}
	struct law_subject_state main_subject = { .role = ROLE_MAIN, .by_name = true };
	assert_yes(law_x20_role(&main_subject));
	main_subject.exploited_victim = true;
	assert_refused(law_x20_role(&main_subject), VERDICT_NO, "X-20");
	main_subject.has_reason = true;
	assert_yes(law_x20_role(&main_subject));
	main_subject.adopted = true;
	assert_refused(law_x20_role(&main_subject), VERDICT_ONLY_IF, "X-20");
	main_subject.supplementary = true;
	assert_yes(law_x20_role(&main_subject));
	struct law_subject_state unknown = { .by_name = true };
	assert_refused(law_x20_role(&unknown), VERDICT_NO, "X-20");
}

static void x21_bibob_advice_and_refused_kinds_stay_out(void **state)
{
	(void)state;
	struct law_item item = a_good_item();
	item.is_bibob_advice = true;
	assert_refused(law_item_may(&item), VERDICT_NO, "X-21");
	item = a_good_item();
	item.kind = 330; /* photo of a person */
	assert_refused(law_item_may(&item), VERDICT_NO, "X-21");
	item.kind = 417; /* the decision after a Bibob inquiry may come */
	assert_yes(law_item_may(&item));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_complete_item_may_be_stored),
		cmocka_unit_test(r1_nothing_without_category_source_and_phase),
		cmocka_unit_test(r2_a_phase_opens_with_reasons_and_two_people),
		cmocka_unit_test(r2_phase_3_needs_police_and_om_and_never_a_scan),
		cmocka_unit_test(r3_income_never_comes_from_the_tax_administration),
		cmocka_unit_test(every_refused_source_gets_a_sentence),
		cmocka_unit_test(r4_nationality_only_tells_who_someone_is),
		cmocka_unit_test(r5_has_no_yes),
		cmocka_unit_test(r6_a_bsn_stands_in_its_own_field),
		cmocka_unit_test(x1_a_signal_without_any_person_is_normal),
		cmocka_unit_test(x2_a_closed_phase_stays_closed),
		cmocka_unit_test(x4_a_scan_holds_no_heavy_police_data),
		cmocka_unit_test(x5_sexual_conduct_only_beside_criminal_data_on_trafficking),
		cmocka_unit_test(phase_0_takes_no_justice_and_tax_only_at_its_minimum),
		cmocka_unit_test(x6_five_criteria_explained_then_registered),
		cmocka_unit_test(x7_no_circle_of_the_circle),
		cmocka_unit_test(x8_a_judgement_names_its_author_a_fact_its_origin),
		cmocka_unit_test(x9_only_involved_participants_are_asked),
		cmocka_unit_test(x10_a_third_party_waits_for_every_condition),
		cmocka_unit_test(x11_tax_data_never_serve_a_private_interest),
		cmocka_unit_test(x12_only_active_screened_and_named_people),
		cmocka_unit_test(x13_prose_is_settled_before_it_enters),
		cmocka_unit_test(x14_x15_an_intervention_is_complete),
		cmocka_unit_test(x16_nobody_signs_for_himself),
		cmocka_unit_test(x17_a_hold_has_ground_and_end),
		cmocka_unit_test(x18_the_index_holds_keys_only),
		cmocka_unit_test(x19_destruction_does_not_wait),
		cmocka_unit_test(x20_tipsters_victims_and_bystanders_have_no_name),
		cmocka_unit_test(x21_bibob_advice_and_refused_kinds_stay_out),
	};
	return cmocka_run_group_tests_name("law_rules", tests, NULL, NULL);
}
