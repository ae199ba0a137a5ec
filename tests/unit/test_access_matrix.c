/* Who may what: the dossier's matrix (D 6.8) with decisions 5, written out beside its source. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "access/access.h"
#include "signals/signal.h"

#define R(name) ROLE_BIT(ROLE_##name)

/* ---- role x permission ------------------------------------------------------------------- */

static const struct grant {
	uint64_t roles;
	const char *source;
} GRANTS[] = {
	[PERM_SIGNED_IN] = { ~UINT64_C(1), "own work, settings and sign-ins; architecture 6" },
	[PERM_LAW_ASK] = { ~UINT64_C(1), "\"Mag ik dit delen?\" is reachable from everywhere" },
	[PERM_PEOPLE_READ] = { R(AUTHORISATION_MANAGER) | R(RIEC_HEAD) | R(COORD_DPO) | R(AUDITOR) |
	                           R(SYSTEM_ADMIN),
	                       "D 6.8 users and roles: own org, approve, R, R, RW technical; the "
	                       "participant's manager of D 6.6 stands where the desk stood; "
	                       "WGS 1.8(2)" },
	[PERM_PEOPLE_MANAGE] = { R(AUTHORISATION_MANAGER) | R(RIEC_HEAD),
	                         "D 6.6 employer confirms; D 6.8 head approves; WGS 1.8(2)" },
	[PERM_ROLE_PROPOSE] = { R(AUTHORISATION_MANAGER) | R(RIEC_HEAD), "D 6.6, D 6.8" },
	[PERM_ROLE_CONFIRM] = { R(AUTHORISATION_MANAGER) | R(RIEC_HEAD),
	                        "D 6.8 approve; decisions 5: four eyes counts persons" },
	[PERM_ACCESS_EXPLAIN] = { R(AUTHORISATION_MANAGER) | R(RIEC_HEAD) | R(COORD_DPO) |
	                              R(AUDITOR),
	                          "architecture 6: \"Wat ziet X, en waarom?\"" },
	[PERM_LOG_READ] = { R(AUDITOR) | R(COORD_DPO),
	                    "D 6.8 audit log: R, R; decisions 5: AUDITOR reads the log" },
	[PERM_RECORD_LOG_READ] = { R(AUDITOR) | R(COORD_DPO) | R(RIEC_HEAD) | R(INFO_COORDINATOR) |
	                               R(SUBMITTER) | R(PARTNER_DESK) | R(AUTHORISATION_MANAGER),
	                           "D 6.8 audit log, own items; decisions 7.1" },
	[PERM_WHO_SEES] = { R(SUBMITTER) | R(PARTNER_DESK) | R(INFO_COORDINATOR) | R(CHAIR) |
	                        R(SECRETARY) | R(RIEC_HEAD) | R(COORD_DPO) | R(STEERING_SECRETARY) |
	                        R(RECORDS_MANAGER) | R(PARTNER_DECIDER),
	                    "architecture 6: \"Wie ziet dit?\", of what one sees oneself" },
	[PERM_SIGNAL_READ] = { R(SUBMITTER) | R(PARTNER_DESK) | R(ANALYST) | R(INFO_COORDINATOR) |
	                           R(ACCOUNT_MANAGER) | R(RIEC_HEAD) | R(COORD_DPO) |
	                           R(MAYOR_READER) | R(INFO_MEETING_MEMBER) | R(CHAIR) |
	                           R(SECRETARY) | R(WORKING_GROUP),
	                       "D 6.8 own signal; decisions 5: mayor, member, chair, secretary; "
	                       "1.4: what adds somebody to a casefile" },
	[PERM_SIGNAL_WRITE] = { R(SUBMITTER) | R(ACCOUNT_MANAGER) | R(WORKING_GROUP),
	                        "D 6.8 own signal RW; decisions 1.7: by invitation; 1.4" },
	[PERM_SIGNAL_INTAKE] = { R(INFO_COORDINATOR), "D 3.1 intake; D 6.8 all signals RW" },
	[PERM_SIGNAL_IMPORT] = { R(SUBMITTER), "decisions 1.9: import makes drafts" },
	[PERM_MEETING_READ] = { R(INFO_MEETING_MEMBER) | R(CHAIR) | R(SECRETARY) |
	                            R(INFO_COORDINATOR) | R(RIEC_HEAD),
	                        "decisions 5: the meeting; WGS 2.23(3)" },
	[PERM_MEETING_SCORE] = { R(INFO_MEETING_MEMBER), "decisions 5: own scores, dissent" },
	[PERM_MEETING_RUN] = { R(CHAIR) | R(SECRETARY) | R(INFO_COORDINATOR),
	                       "decisions 5: reveal, register, close; minutes" },
	[PERM_CASEFILE_READ] = { R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                             R(INTERVENTION_LEAD) | R(RIEC_HEAD) | R(COORD_DPO),
	                         "D 6.8 case phase 1 and 2" },
	[PERM_CASEFILE_WORK] = { R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                             R(INTERVENTION_LEAD) | R(RIEC_HEAD),
	                         "D 6.8 case RW; D 6.3: who makes which move" },
	[PERM_CASEFILE_PEOPLE] = { R(INFO_COORDINATOR) | R(RIEC_HEAD),
	                           "D 6.3: members are named on the case" },
	[PERM_BOTTLENECKS] = { R(INFO_COORDINATOR) | R(SECRETARY) | R(RIEC_HEAD),
	                       "decisions 2.7: a register, chosen from at the meeting" },
	[PERM_PROJECTS] = { R(INFO_COORDINATOR) | R(RIEC_HEAD),
	                    "D 3.11: figures per project; who runs casefiles keeps the register" },
	[PERM_DESTRUCTION_LIST] = { R(RECORDS_MANAGER), "decisions 5: destruction lists" },
	[PERM_HOLD_READ] = { R(COORD_DPO) | R(RIEC_HEAD) | R(RECORDS_MANAGER),
	                     "D 6.3: set by COORD_DPO; who signs, and who keeps the lists" },
	[PERM_HOLD_SET] = { R(COORD_DPO), "D 6.3: a hold is set by COORD_DPO" },
	[PERM_HOLD_SIGN] = { R(COORD_DPO) | R(RIEC_HEAD), "X-16: by another person" },
	[PERM_REQUEST_READ] = { R(INFO_COORDINATOR) | R(ANALYST) | R(RIEC_HEAD) | R(COORD_DPO) |
	                            R(PARTNER_DESK) | R(PARTNER_DECIDER),
	                        "D 6.2; D 6.8 case phase 1 and 2; decisions 5: own participant's" },
	[PERM_REQUEST_WRITE] = { R(INFO_COORDINATOR) | R(ANALYST), "D 6.2 draft" },
	[PERM_REQUEST_ANSWER] = { R(PARTNER_DESK) | R(PARTNER_DECIDER), "D 6.2 answered, refused" },
	[PERM_REQUEST_CHECK] = { R(INFO_COORDINATOR) | R(ANALYST), "D 6.2 checked" },
	[PERM_REQUEST_REASON] = { R(RIEC_HEAD) | R(PARTNER_DECIDER), "decisions 4.1" },
	[PERM_REQUEST_AGEING] = { R(INFO_COORDINATOR) | R(RIEC_HEAD), "D 6.2 escalation" },
	[PERM_INTERVENTION_READ] = { R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                                 R(STEERING_MEMBER) | R(STEERING_SECRETARY) |
	                                 R(INTERVENTION_LEAD) | R(RIEC_HEAD) | R(PARTNER_DESK) |
	                                 R(PARTNER_DECIDER) | R(MAYOR_READER) | R(EXECUTOR),
	                             "D 6.8 status of interventions; decisions 5" },
	[PERM_INTERVENTION_WORK] = { R(WORKING_GROUP) | R(STEERING_MEMBER) | R(STEERING_SECRETARY) |
	                                 R(INTERVENTION_LEAD) | R(RIEC_HEAD) | R(PARTNER_DESK) |
	                                 R(EXECUTOR),
	                             "D 6.4; decisions 4.4" },
	[PERM_INTERVENTION_AGREE] = { R(PARTNER_DECIDER) | R(MAYOR_READER),
	                              "WGS 1.3(4); decisions 5" },
	[PERM_SEIZURE_READ] = { R(PARTNER_DESK) | R(PARTNER_DECIDER) | R(INTERVENTION_LEAD) |
	                            R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD),
	                        "D 3.7 integral seizure" },
	[PERM_SEIZURE_WRITE] = { R(PARTNER_DESK) | R(INTERVENTION_LEAD), "D 3.7 its owner" },
	[PERM_SEIZURE_TARGETS] = { R(STEERING_SECRETARY) | R(RIEC_HEAD), "issue 5.4" },
	[PERM_ADVICE_READ] = { R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                           R(INTERVENTION_LEAD) | R(RIEC_HEAD) | R(COORD_DPO) |
	                           R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(PARTNER_DESK) |
	                           R(PARTNER_DECIDER),
	                       "decisions 4.3: Stuurploeg members and regievoerder the whole; D "
	                       "6.3" },
	[PERM_ADVICE_WRITE] = { R(ANALYST) | R(WORKING_GROUP),
	                        "D 6.3 ANALYSIS to ADVICE_DRAFT: ANALYST + WORKING_GROUP" },
	[PERM_ADVICE_ANSWER] = { R(PARTNER_DESK) | R(PARTNER_DECIDER),
	                         "D 3.2(5) partners check capacity; WGS 1.7(1) objections" },
	[PERM_ADVICE_SIGN] = { R(ANALYST) | R(RIEC_HEAD),
	                       "D 6.3 ADVICE_FINAL: second ANALYST or RIEC_HEAD" },
	[PERM_ANALYSIS_READ] = { R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                             R(INTERVENTION_LEAD) | R(RIEC_HEAD),
	                         "D 6.8: who reads facts of a casefile" },
	[PERM_ANALYSIS_WRITE] = { R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP),
	                          "issue 4, item 5" },
	[PERM_ANALYSIS_PREVIEW] = { R(ANALYST) | R(INFO_COORDINATOR), "issue 4, item 5" },
	[PERM_ANALYSIS_FREEZE] = { R(ANALYST) | R(INFO_COORDINATOR), "issue 4, item 5" },
	[PERM_LEARNING] = { ~UINT64_C(1) & ~(R(SYSTEM_ADMIN) | R(AUDITOR) | R(RECORDS_MANAGER) |
	                                     R(AUTHORISATION_MANAGER) | R(CONTACT_POINT)),
	                    "decisions 4.4: person-free; WGS 1.7(4)" },
	[PERM_PRACTICE_WRITE] = { R(ANALYST) | R(INFO_COORDINATOR) | R(INTERVENTION_LEAD) |
	                              R(WORKING_GROUP) | R(EXPERT) | R(ACCOUNT_MANAGER) |
	                              R(MUNICIPAL_CONTACT) | R(RIEC_HEAD),
	                          "WGS 1.7(4): who works on cases or with municipalities" },
	[PERM_PRACTICE_CHECK] = { R(INFO_COORDINATOR) | R(RIEC_HEAD),
	                          "decisions 4.4: person-free, by a second person" },
	[PERM_FACTORS_CONFIRM] = { R(CHAIR) | R(RIEC_HEAD),
	                           "decisions 2.2-2.3: the chair or the head; a second person" },
	[PERM_OWN_YEAR] = { R(MAYOR_READER),
	                    "decisions 5: own municipality, figures without suppression" },
	[PERM_FIGURES_EXCHANGE] = { R(RIEC_HEAD) | R(INFO_COORDINATOR),
	                            "decisions 4.6: person-free; the bureau speaks for its "
	                            "region" },
	[PERM_MONITOR] = { R(RIEC_HEAD) | R(INFO_COORDINATOR) | R(ANALYST) | R(ACCOUNT_MANAGER) |
	                       R(EXPERT) | R(STEERING_MEMBER) | R(STEERING_SECRETARY) |
	                       R(MAYOR_READER) | R(CHAIR) | R(SECRETARY) | R(COORD_DPO) |
	                       R(INTERVENTION_LEAD),
	                   "D 3.11; person-free, decisions 3.9" },
	[PERM_MATCH_JUDGE] = { R(INFO_COORDINATOR) | R(ANALYST) | R(RIEC_HEAD),
	                       "D 1.7: a person decides" },
	[PERM_OWNER_REPORT] = { R(PARTNER_DECIDER) | R(PARTNER_DESK) | R(MAYOR_READER),
	                        "decisions 4.3: prints only what may be used and disclosed" },
	[PERM_STEERING_READ] = { R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD),
	                         "decisions 5: advices on the agenda of its meeting" },
	[PERM_STEERING_POINT] = { R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD) |
	                              R(INFO_COORDINATOR) | R(ANALYST) | R(ACCOUNT_MANAGER) |
	                              R(EXPERT) | R(WORKING_GROUP) | R(INTERVENTION_LEAD) |
	                              R(EXECUTOR) | R(PARTNER_DESK) | R(PARTNER_DECIDER) |
	                              R(MAYOR_READER) | R(INFO_MEETING_MEMBER),
	                          "decisions 5: its members; a guest the points he is asked for" },
	[PERM_STEERING_RUN] = { R(STEERING_SECRETARY), "D 3.1: registers what it decides" },
	[PERM_STEERING_SIGN] = { R(STEERING_MEMBER) | R(RIEC_HEAD),
	                         "D 6.8 decide interventions; by mandate the head" },
	[PERM_COPIES_READ] = { R(INFO_COORDINATOR) | R(RIEC_HEAD) | R(COORD_DPO),
	                       "decisions 3.11: who reaches all that received it" },
	[PERM_DECISION_READ] = { R(ANALYST) | R(INFO_COORDINATOR) | R(WORKING_GROUP) |
	                             R(INTERVENTION_LEAD) | R(RIEC_HEAD) | R(COORD_DPO),
	                         "D 6.8: who reads the casefile" },
};

static void each_permission_is_held_by_exactly_the_roles_that_the_dossier_names(void **state)
{
	(void)state;
	for (int p = PERM_PUBLIC + 1; p < PERM_COUNT; p++) {
		const struct grant *g =
		    (size_t)p < sizeof GRANTS / sizeof GRANTS[0] ? &GRANTS[p] : NULL;
		if (g == NULL || g->source == NULL)
			fail_msg("permission %d stands in no line of the dossier", p);
		for (int role = 1; role < ROLE_COUNT; role++) {
			const bool due = (g->roles & ROLE_BIT(role)) != 0;
			if (access_permits((enum role)role, (enum permission)p) != due)
				fail_msg("%s %s permission %d: %s",
				         access_role((enum role)role)->name, due ? "lacks" : "has",
				         p, g->source);
		}
	}
}

static void every_permission_worth_saying_has_words(void **state)
{
	(void)state;
	for (int p = PERM_PUBLIC; p < PERM_COUNT; p++)
		assert_int_equal(access_permission_label((enum permission)p) != NULL,
		                 p > PERM_LAW_ASK);
}

/* ---- role x signal ----------------------------------------------------------------------- */

enum { OWN = 17, OTHER = 18, TOWN = 3, OTHER_TOWN = 4, MEETING = 9, ME = 100 };

/*
 * Four signals: a draft of the own organ, the same submitted, one of another participant in
 * another town, and that one on the agenda of a meeting that the viewer is invited to.
 * '-' sees nothing, 'R' reads, 'W' also works on it.
 */
static const struct sight {
	enum role role;
	const char *sees;
	const char *source;
} SIGHTS[] = {
	{ ROLE_SUBMITTER, "WR--", "decisions 5: RW in DRAFT and RETURNED, R afterwards" },
	{ ROLE_PARTNER_DESK, "-R--", "D 6.8 own signal R; decisions 1.7: drafts are the writer's" },
	{ ROLE_PARTNER_DECIDER, "----", "decisions 5: requests and results, no signals" },
	{ ROLE_MUNICIPAL_CONTACT, "----", "D 3.1: meets the RIEC; the matrix gives nothing" },
	{ ROLE_MAYOR_READER, "-R--", "decisions 5: own municipality, both organs" },
	{ ROLE_INFO_MEETING_MEMBER, "---R", "decisions 5: the agenda it is invited to" },
	{ ROLE_CHAIR, "---R", "decisions 5: the meeting" },
	{ ROLE_SECRETARY, "---W", "decisions 5: the meeting, minutes" },
	{ ROLE_INFO_COORDINATOR, "-WWW", "D 6.8 all signals region RW; drafts: decisions 1.7" },
	{ ROLE_ANALYST, "-RRR", "D 6.8 all signals region R" },
	{ ROLE_ACCOUNT_MANAGER, "----", "decisions 5: status and effect, no persons" },
	{ ROLE_EXPERT, "----", "decisions 5: person-free" },
	{ ROLE_RIEC_HEAD, "-RRR", "D 6.8 all signals region R" },
	{ ROLE_WORKING_GROUP, "----", "D 6.8 signals: -" },
	{ ROLE_STEERING_MEMBER, "----", "decisions 5: advices on its agenda" },
	{ ROLE_STEERING_SECRETARY, "----", "D 6.8 signals: -" },
	{ ROLE_INTERVENTION_LEAD, "----", "D 6.8 signals: -" },
	{ ROLE_EXECUTOR, "----", "decisions 5: own intervention card" },
	{ ROLE_RECORDS_MANAGER, "----", "decisions 5: ids and dates, no content" },
	{ ROLE_CONTACT_POINT, "----", "decisions 5: what a request needs" },
	{ ROLE_COORD_DPO, "-RRR", "D 6.8 all signals region R" },
	{ ROLE_RAC, "----", "D 6.8 signals: -" },
	{ ROLE_AUDITOR, "----", "decisions 5: the log; content only in a released sample" },
	{ ROLE_AUTHORISATION_MANAGER, "----", "D 6.6: accounts, no content" },
	{ ROLE_SYSTEM_ADMIN, "----", "D 6.8 content access: none" },
};

static const struct signal_facts SIGNALS[] = {
	{ SIGNAL_DRAFT, OWN, 1, 0, TOWN, 0, false },
	{ SIGNAL_SUBMITTED, OWN, 1, 0, TOWN, 0, false },
	{ SIGNAL_SUBMITTED, OTHER, 2, 0, OTHER_TOWN, 0, false },
	{ SIGNAL_ON_AGENDA, OTHER, 2, 0, OTHER_TOWN, MEETING, false },
};

static struct viewer viewer_in(enum role role, bool invited)
{
	struct viewer v = { .person_id = ME,
		            .appointment_id = ME,
		            .participant_id = 5,
		            .organ_id = access_role(role)->bureau ? 0 : OWN,
		            .municipality_id = access_role(role)->bureau ? 0 : TOWN,
		            .role = role };
	viewer_audiences(&v);
	if (invited && role == ROLE_INFO_MEETING_MEMBER)
		v.audiences[v.audience_count++] = audience_of(AUDIENCE_MEETING, MEETING);
	return v;
}

/* As a request asks: may the role come to the page, and is the record open to him? */
static char sight(const struct viewer *v, const struct signal_facts *s)
{
	struct thing thing;

	signal_thing(s, &thing);
	if (!access_permits(v->role, PERM_SIGNAL_READ) || !access_may(v, ACT_READ, &thing))
		return '-';
	return access_may(v, ACT_WRITE, &thing) ? 'W' : 'R';
}

static void each_role_sees_of_signals_what_the_dossier_says_and_no_more(void **state)
{
	(void)state;
	for (int role = 1; role < ROLE_COUNT; role++) {
		const struct sight *row = &SIGHTS[role - 1];
		assert_int_equal(row->role, role);
		for (size_t i = 0; i < 4; i++) {
			struct viewer v = viewer_in(row->role, i == 3);
			char seen = sight(&v, &SIGNALS[i]);
			if (seen != row->sees[i])
				fail_msg("%s, signal %d: %c, not %c. %s",
				         access_role(row->role)->name, (int)i, seen, row->sees[i],
				         row->source);
		}
	}
}

static void three_people_of_three_participants_see_three_different_worlds(void **state)
{
	(void)state;
	struct viewer town = viewer_in(ROLE_SUBMITTER, false);
	struct viewer police = viewer_in(ROLE_SUBMITTER, false);
	struct viewer bureau = viewer_in(ROLE_INFO_COORDINATOR, false);

	police.organ_id = OTHER;
	police.municipality_id = 0;
	viewer_audiences(&police);
	assert_int_equal(sight(&town, &SIGNALS[0]), 'W');
	assert_int_equal(sight(&police, &SIGNALS[0]), '-');
	assert_int_equal(sight(&bureau, &SIGNALS[0]), '-');
	assert_int_equal(sight(&town, &SIGNALS[1]), 'R');
	assert_int_equal(sight(&police, &SIGNALS[1]), '-');
	assert_int_equal(sight(&bureau, &SIGNALS[1]), 'W');
	assert_int_equal(sight(&town, &SIGNALS[2]), '-');
	assert_int_equal(sight(&police, &SIGNALS[2]), 'R');
	assert_int_equal(sight(&bureau, &SIGNALS[2]), 'W');
}

static void an_account_manager_reads_a_draft_by_invitation_only(void **state)
{
	(void)state;
	struct signal_facts invited = SIGNALS[0];
	struct viewer v = viewer_in(ROLE_ACCOUNT_MANAGER, false);

	assert_int_equal(sight(&v, &invited), '-');
	invited.helper_appointment_id = ME;
	assert_int_equal(sight(&v, &invited), 'W');
	invited.state = SIGNAL_SUBMITTED;
	assert_int_equal(sight(&v, &invited), '-');
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    each_permission_is_held_by_exactly_the_roles_that_the_dossier_names),
		cmocka_unit_test(every_permission_worth_saying_has_words),
		cmocka_unit_test(each_role_sees_of_signals_what_the_dossier_says_and_no_more),
		cmocka_unit_test(three_people_of_three_participants_see_three_different_worlds),
		cmocka_unit_test(an_account_manager_reads_a_draft_by_invitation_only),
	};
	return cmocka_run_group_tests_name("access matrix", tests, NULL, NULL);
}
