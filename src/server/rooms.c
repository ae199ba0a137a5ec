#include "server/rooms.h"

#include "access/access.h"
#include "advice/advice_check.h"
#include "advice/advice_end.h"
#include "advice/advice_http.h"
#include "advice/advice_index.h"
#include "analysis/analysis_end.h"
#include "advice/advices.h"
#include "advice/quick_actions.h"
#include "advice/advice_write.h"
#include "advice/advices_due.h"
#include "casework/advice_news.h"
#include "analysis/analysis.h"
#include "analysis/analysis_check.h"
#include "analysis/analysis_http.h"
#include "analysis/paragraph_index.h"
#include "attachments/attachment.h"
#include "audit/action.h"
#include "casework/casefile_end.h"
#include "casework/casefile_check.h"
#include "casework/casefile_http.h"
#include "casework/project.h"
#include "casework/casefile_index.h"
#include "casework/casefile_seers.h"
#include "casework/casefile_sight.h"
#include "casework/note_index.h"
#include "casework/casework.h"
#include "casework/note.h"
#include "casework/phases.h"
#include "casework/changes.h"
#include "casework/hand_over.h"
#include "casework/join.h"
#include "casework/note_carry.h"
#include "casework/presence_check.h"
#include "casework/split.h"
#include "casework/take_in.h"
#include "explain/explain.h"
#include "guide/guide.h"
#include "health/health.h"
#include "logbook/logbook.h"
#include "mail/mail.h"
#include "learning/learning.h"
#include "learning/learning_http.h"
#include "monitor/figures.h"
#include "monitor/monitor_http.h"
#include "monitor/national_http.h"
#include "monitor/region_figures.h"
#include "monitor/tally.h"
#include "monitor/year.h"
#include "monitor/year_http.h"
#include "matches/crowds_http.h"
#include "matches/live.h"
#include "matches/review_http.h"
#include "matches/seen.h"
#include "partners/partner.h"
#include "people/account.h"
#include "people/account_http.h"
#include "people/appointment.h"
#include "people/appointment_http.h"
#include "people/carried.h"
#include "people/credential.h"
#include "people/first_password.h"
#include "people/holder.h"
#include "people/budget.h"
#include "people/idle.h"
#include "people/me_http.h"
#include "people/parked.h"
#include "people/people.h"
#include "people/people_http.h"
#include "people/proposal_http.h"
#include "people/request_http.h"
#include "people/session.h"
#include "people/sign_in_http.h"
#include "platform/crypto/numbering.h"
#include "platform/crypto/sealed_key.h"
#include "retention/destruction.h"
#include "retention/copies.h"
#include "retention/copies_http.h"
#include "retention/destruction_http.h"
#include "retention/held_copy.h"
#include "retention/hold.h"
#include "retention/hold_due.h"
#include "retention/hold_http.h"
#include "requests/information_request.h"
#include "retention/signal_terms.h"
#include "requests/request_end.h"
#include "requests/request_check.h"
#include "requests/request_http.h"
#include "requests/request_index.h"
#include "requests/requests_due.h"
#include "platform/jobs/schedule.h"
#include "search/saved_search.h"
#include "search/search.h"
#include "search/search_feed.h"
#include "search/search_http.h"
#include "signals/attachment_sight.h"
#include "signals/attachment_http.h"
#include "signals/attachment_index.h"
#include "attachments/attachment_words.h"
#include "interventions/intervention_named.h"
#include "interventions/paper_index.h"
#include "interventions/paper_sight.h"
#include "server/attachment_feed.h"
#include "signals/beside.h"
#include "signals/bulk_http.h"
#include "signals/bsn_http.h"
#include "signals/draft_http.h"
#include "signals/paste_http.h"
#include "signals/figures_http.h"
#include "signals/intake_http.h"
#include "signals/known_http.h"
#include "signals/life_http.h"
#include "platform/view/schema.h"
#include "signals/signal.h"
#include "signals/signal_check.h"
#include "signals/signal_http.h"
#include "signals/signal_index.h"
#include "signals/signal_life.h"
#include "signals/signal_list.h"
#include "signals/signal_fresh.h"
#include "signals/signals.h"
#include "signals/subject_http.h"
#include "subjects/casefile_subject.h"
#include "subjects/casefile_tie.h"
#include "subjects/copy.h"
#include "subjects/correction.h"
#include "subjects/held.h"
#include "subjects/joined.h"
#include "subjects/judgement.h"
#include "subjects/presence.h"
#include "subjects/presence_end.h"
#include "subjects/tie.h"
#include "steering/steering_check.h"
#include "steering/consents_due.h"
#include "steering/steering.h"
#include "steering/steering_http.h"
#include "weighing/weighing.h"
#include "weighing/weighing_http.h"
#include "work/work.h"
#include "home/home_http.h"
#include "imports/import.h"
#include "imports/import_http.h"
#include "imports/import_run.h"
#include "interventions/intervention_check.h"
#include "interventions/intervention_forget.h"
#include "interventions/intervention_http.h"
#include "interventions/action_day.h"
#include "interventions/interventions_due.h"
#include "interventions/message.h"
#include "interventions/seizure.h"
#include "interventions/intervention_acts.h"

/* One a line, so that two rooms can be added at once. */
/* clang-format off */
const struct route *const ALL_ROUTES[] = {
	sign_in_routes,
	me_routes,
	people_routes,
	budget_routes,
	account_routes,
	steering_list_routes,
	steering_seen_routes,
	quick_action_routes,
	steering_routes,
	steering_seat_routes,
	steering_guest_routes,
	consent_routes,
	consent_ask_routes,
	steering_screen_routes,
	steering_point_routes,
	steering_ruling_routes,
	steering_decisions_routes,
	steering_pool_routes,
	steering_mandate_routes,
	steering_agreed_routes,
	steering_minutes_routes,
	steering_pack_routes,
	owner_report_routes,
	meeting_routes,
	agenda_routes,
	score_routes,
	item_routes,
	decide_routes,
	pack_routes,
	minutes_routes,
	meeting_move_routes,
	attendance_routes,
	annex_routes,
	screen_routes,
	quorum_routes,
	factor_routes,
	request_list_routes,
	request_draft_routes,
	request_redraft_routes,
	request_register_routes,
	request_page_routes,
	request_move_routes,
	request_answer_routes,
	request_table_routes,
	request_casefile_routes,
	request_seen_routes,
	analysis_routes,
	paragraph_routes,
	paragraph_place_routes,
	paragraph_history_routes,
	intervention_list_routes,
	intervention_step_routes,
	intervention_report_routes,
	intervention_seen_routes,
	effect_routes,
	board_routes,
	message_routes,
	action_day_routes,
	paper_routes,
	lead_routes,
	seizure_end_routes,
	seizure_routes,
	seizure_seen_routes,
	intervention_show_routes,
	monitor_routes,
	national_routes,
	year_routes,
	learning_routes,
	practice_routes,
	advice_list_routes,
	advice_routes,
	advice_casefile_routes,
	advice_text_routes,
	advice_proposal_routes,
	advice_fact_routes,
	advice_answer_routes,
	advice_move_routes,
	advice_odt_routes,
	advice_seen_routes,
	analysis_version_routes,
	version_changes_routes,
	analysis_paper_routes,
	analysis_seen_routes,
	meeting_seen_routes,
	request_routes,
	appointment_routes,
	proposal_list_routes,
	proposal_routes,
	first_password_routes,
	home_routes,
	search_routes,
	explain_routes,
	share_routes,
	rules_routes,
	static_page_routes,
	health_routes,
	security_txt_routes,
	logbook_routes,
	record_log_routes,
	signal_list_routes,
	signal_figures_routes,
	intake_routes,
	signal_known_routes,
	signal_life_routes,
	signal_routes,
	signal_move_routes,
	signal_seen_routes,
	draft_routes,
	import_doubles_routes,
	import_routes,
	import_seen_routes,
	bsn_routes,
	paste_routes,
	bulk_routes,
	subject_routes,
	attachment_routes,
	destruction_routes,
	destruction_seen_routes,
	hold_routes,
	held_copy_routes,
	copies_routes,
	casefile_list_routes,
	casefile_routes,
	casefile_member_routes,
	casefile_seen_routes,
	casefile_subject_routes,
	casefile_fact_routes,
	casefile_correction_routes,
	casefile_tie_routes,
	casefile_note_routes,
	casefile_timeline_routes,
	casefile_intent_routes,
	casefile_supplement_routes,
	changes_routes,
	casefile_hand_over_routes,
	casefile_split_routes,
	casefile_phase_routes,
	bottleneck_routes,
	project_routes,
	review_routes,
	crowds_routes,
	review_pair_routes,
	pair_seen_routes,
	NULL,
};

const struct db_stmt *const *const ALL_STATEMENTS[] = {
	credential_statements,
	people_statements,
	holder_statements,
	parked_statements,
	session_statements,
	work_statements,
	mail_statements,
	signal_statements,
	signal_fresh_statements,
	signal_text_statements,
	beside_statements,
	signal_list_statements,
	signal_index_statements,
	signal_life_statements,
	steering_statements,
	steering_write_statements,
	steering_text_statements,
	steering_guest_statements,
	consent_statements,
	consents_due_statements,
	decision_statements,
	decision_write_statements,
	signing_statements,
	agreed_statements,
	mandate_statements,
	pack_statements,
	pack_file_statements,
	report_statements,
	weighing_statements,
	weighing_write_statements,
	agenda_text_statements,
	attendance_statements,
	guest_statements,
	factor_statements,
	request_statements,
	request_seal_statements,
	request_write_statements,
	request_case_statements,
	request_news_statements,
	figures_statements,
	region_figures_statements,
	tally_statements,
	year_statements,
	request_draft_statements,
	request_audience_statements,
	request_index_statements,
	paragraph_index_statements,
	note_index_statements,
	advice_index_statements,
	attachment_index_statements,
	attachment_words_statements,
	paper_index_statements,
	intervention_named_statements,
	casefile_seers_statements,
	search_feed_statements,
	saved_search_statements,
	learning_statements,
	practice_statements,
	requests_due_statements,
	intervention_statements,
	intervention_seal_statements,
	intervention_write_statements,
	intervention_move_statements,
	advice_statements,
	quick_action_statements,
	advice_part_statements,
	advice_write_statements,
	advice_answer_statements,
	advice_sign_statements,
	advice_trail_statements,
	advice_end_statements,
	advice_kept_statements,
	advices_due_statements,
	advice_news_statements,
	analysis_read_statements,
	analysis_write_statements,
	intervention_report_statements,
	intervention_effect_statements,
	intervention_plan_statements,
	intervention_forget_statements,
	interventions_due_statements,
	message_statements,
	message_due_statements,
	action_day_statements,
	seizure_statements,
	analysis_copies_statements,
	analysis_end_statements,
	analysis_review_statements,
	frozen_statements,
	logbook_statements,
	record_reference_statements,
	search_statements,
	signal_check_statements,
	casefile_sight_statements,
	attachment_sight_statements,
	paper_sight_statements,
	casefile_check_statements,
	request_check_statements,
	intervention_check_statements,
	advice_check_statements,
	analysis_check_statements,
	steering_check_statements,
	presence_check_statements,
	subject_statements,
	tie_statements,
	judgement_statements,
	joined_statements,
	held_card_statements,
	live_statements,
	seen_statements,
	attachment_statements,
	import_statements,
	destruction_statements,
	hold_statements,
	hold_due_statements,
	held_copy_statements,
	copies_statements,
	signal_terms_statements,
	casefile_subject_statements,
	carry_statements,
	presence_end_statements,
	copy_statements,
	casefile_tie_statements,
	correction_statements,
	casefile_end_statements,
	take_in_statements,
	changes_statements,
	hand_over_statements,
	join_statements,
	note_carry_statements,
	split_statements,
	casefile_index_statements,
	request_end_statements,
	phase_statements,
	note_statements,
	timeline_statements,
	casework_statements,
	casework_list_statements,
	casework_write_statements,
	project_statements,
	partner_statements,
	KEYS_STATEMENTS,
	numbering_statements,
	KEY_EXPORT_STATEMENTS,
	SCHEDULE_STATEMENTS,
	idle_statements,
	budget_statements,
	carried_statements,
	DB_OWN_STATEMENTS,
	NULL,
};

const struct page_template *const ALL_TEMPLATES[] = {
	error_page_templates,
	sign_in_templates,
	me_templates,
	people_templates,
	budget_templates,
	account_templates,
	steering_list_templates,
	steering_seen_templates,
	quick_action_templates,
	steering_templates,
	steering_seat_templates,
	steering_guest_templates,
	consent_templates,
	steering_screen_templates,
	steering_point_templates,
	steering_ruling_templates,
	steering_decisions_templates,
	steering_pool_templates,
	steering_mandate_templates,
	steering_agreed_templates,
	steering_minutes_templates,
	steering_pack_templates,
	owner_report_templates,
	meeting_templates,
	agenda_templates,
	score_templates,
	item_templates,
	pack_templates,
	minutes_templates,
	meeting_move_templates,
	attendance_templates,
	annex_templates,
	screen_templates,
	request_list_templates,
	request_draft_templates,
	request_redraft_templates,
	request_register_templates,
	request_page_templates,
	request_casefile_templates,
	request_seen_templates,
	analysis_templates,
	paragraph_templates,
	paragraph_history_templates,
	version_changes_templates,
	intervention_list_templates,
	intervention_show_templates,
	intervention_step_templates,
	intervention_report_templates,
	intervention_seen_templates,
	effect_templates,
	board_templates,
	monitor_templates,
	national_templates,
	year_templates,
	learning_templates,
	practice_templates,
	message_templates,
	action_day_templates,
	paper_templates,
	lead_templates,
	seizure_end_templates,
	seizure_templates,
	seizure_seen_templates,
	advice_list_templates,
	advice_templates,
	advice_casefile_templates,
	advice_text_templates,
	advice_proposal_templates,
	advice_fact_templates,
	advice_seen_templates,
	analysis_version_templates,
	analysis_paper_templates,
	analysis_seen_templates,
	meeting_seen_templates,
	quorum_templates,
	factor_templates,
	request_templates,
	appointment_templates,
	proposal_list_templates,
	proposal_templates,
	first_password_templates,
	home_templates,
	search_templates,
	explain_templates,
	share_templates,
	rules_templates,
	static_page_templates,
	logbook_templates,
	record_log_templates,
	signal_list_templates,
	signal_figures_templates,
	intake_templates,
	signal_known_templates,
	signal_life_templates,
	signal_templates,
	signal_move_templates,
	signal_seen_templates,
	draft_templates,
	import_templates,
	import_seen_templates,
	import_doubles_templates,
	paste_templates,
	subject_templates,
	attachment_templates,
	destruction_templates,
	destruction_seen_templates,
	hold_templates,
	held_copy_templates,
	copies_templates,
	casefile_list_templates,
	casefile_templates,
	casefile_member_templates,
	casefile_seen_templates,
	casefile_subject_templates,
	casefile_fact_templates,
	casefile_correction_templates,
	casefile_tie_templates,
	casefile_note_templates,
	casefile_timeline_templates,
	casefile_intent_templates,
	casefile_hand_over_templates,
	casefile_split_templates,
	casefile_phase_templates,
	bottleneck_templates,
	project_templates,
	review_templates,
	crowds_templates,
	review_pair_templates,
	NULL,
};

const struct machine *const ALL_MACHINES[] = {
	&ACCOUNT_MACHINE,
	&APPOINTMENT_MACHINE,
	&SIGNAL_MACHINE,
	&PRACTICE_MACHINE,
	&IMPORT_MACHINE,
	&MEETING_MACHINE,
	&ITEM_MACHINE,
	&STEERING_MACHINE,
	&POINT_MACHINE,
	&CASEFILE_MACHINE,
	&PHASE_MACHINE,
	&REQUEST_MACHINE,
	&INTERVENTION_MACHINE,
	&ADVICE_MACHINE,
	&FROZEN_MACHINE,
	NULL,
};
/* clang-format on */

const struct carried *const ALL_CARRIED[] = { KEYS_CARRIED, PEOPLE_CARRIED, NULL };

const struct search_namer SEARCH_NAMERS[] = {
	{ OBJECT_SIGNAL, signal_search_titles },
	{ OBJECT_CASEFILE, casefile_search_titles },
	{ OBJECT_REQUEST, request_search_titles },
	{ OBJECT_PARAGRAPH, paragraph_search_titles },
	{ OBJECT_NOTE, note_search_titles },
	{ OBJECT_ADVICE, advice_search_titles },
	{ OBJECT_ATTACHMENT, any_attachment_titles },
	{ OBJECT_INTERVENTION, intervention_titles },
	{ 0 },
};

/* clang-format off */
const struct search_feed SEARCH_FEEDS[] = {
	{ OBJECT_REQUEST, request_search_read, &REQUEST_QUEUE_ALL, NULL, NULL, NULL, NULL },
	{ OBJECT_PARAGRAPH, paragraph_search_read, &PARAGRAPH_QUEUE_ALL, &PARAGRAPH_QUEUE_OF_CASEFILE, NULL, NULL, NULL },
	{ OBJECT_NOTE, note_search_read, &NOTE_QUEUE_ALL, &NOTE_QUEUE_OF_CASEFILE, NULL, NULL, NULL },
	{ OBJECT_ADVICE, advice_search_read, &ADVICE_QUEUE_ALL, &ADVICE_QUEUE_OF_CASEFILE, NULL, NULL, NULL },
	{ OBJECT_ATTACHMENT, any_attachment_read, &ATTACHMENT_QUEUE_ALL, &PAPER_QUEUE_OF_CASEFILE, any_attachment_words, attachment_words_known, &ATTACHMENT_QUEUE_AGAIN },
	{ 0 },
};
/* clang-format on */

const struct place PLACES[] = {
	{ "Mijn werk", "/", PERM_SIGNED_IN },
	{ "Signalen", "/signals", PERM_SIGNAL_READ },
	{ "Casussen", "/casefiles", PERM_CASEFILE_READ },
	{ "Bevragingen", "/requests", PERM_REQUEST_READ },
	{ "Interventies", "/interventions", PERM_INTERVENTION_READ },
	{ "Mogelijk dezelfde", "/matches", PERM_MATCH_JUDGE },
	{ "Afpakken", "/seizures", PERM_SEIZURE_READ },
	{ "Adviezen", "/advices", PERM_ADVICE_READ },
	{ "Vernietigen", "/retention", PERM_DESTRUCTION_LIST },
	{ "Bewaarstops", "/retention/holds", PERM_HOLD_READ },
	{ "Overleggen", "/meetings", PERM_MEETING_READ },
	{ "Uw jaar", "/monitor/own-year", PERM_OWN_YEAR },
	{ "Monitor", "/monitor", PERM_MONITOR },
	{ "Stuurploeg", "/steering", PERM_STEERING_READ },
	{ "Leren", "/learning", PERM_LEARNING },
	{ "Mensen", "/people", PERM_PEOPLE_READ },
	{ "Logboek", "/log", PERM_LOG_READ },
	{ 0 },
};

static size_t statement_count(void)
{
	size_t count = 0;
	for (size_t i = 0; ALL_STATEMENTS[i] != NULL; i++)
		for (size_t j = 0; ALL_STATEMENTS[i][j] != NULL; j++)
			count++;
	return count;
}

enum status rooms_prepare(struct db *db, struct arena *a, struct error *reterr)
{
	const struct db_stmt **all = ARENA_ARRAY(a, const struct db_stmt *, statement_count() + 1);
	size_t count = 0;

	for (size_t i = 0; ALL_STATEMENTS[i] != NULL; i++)
		for (size_t j = 0; ALL_STATEMENTS[i][j] != NULL; j++)
			all[count++] = ALL_STATEMENTS[i][j];
	return db_prepare_all(db, all, reterr);
}

void rooms_openapi(struct out *o)
{
	http_openapi(o, ALL_ROUTES,
	             (struct http_schemas){ .version = API_VERSION, .view_schema = view_schema });
}

bool rooms_may_hear(const struct request *rq, const char *topic)
{
	return weighing_may_hear(rq, topic) || steering_may_hear(rq, topic) ||
	       analysis_may_hear(rq, topic);
}
