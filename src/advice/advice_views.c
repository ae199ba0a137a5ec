/* The tables that pages, JSON and documents of an advice are drawn from. */
#include "advice/advice_page.h"

#include "casework/casefile_page.h"
#include "interventions/intervention.h"

#define PAGE(type, member, name, kind) VIEW_AS(type, member, name, kind, .page_only = true)

static const struct view_field LINE_FIELDS[] = { VIEW_F(struct advice_line, text, VIEW_TEXT) };
const struct view ADVICE_LINE_VIEW = VIEW_OF(struct advice_line, LINE_FIELDS);

static const struct view_field FACT_FIELDS[] = {
	VIEW_F(struct shown_fact, id, VIEW_INT),
	PAGE(struct shown_fact, index, "index", VIEW_INT),
	VIEW_F(struct shown_fact, fact, VIEW_TEXT),
	VIEW_F(struct shown_fact, phase, VIEW_INT),
	VIEW_AS(struct shown_fact, corrected_day, "correctedOn", VIEW_DAY),
	VIEW_F(struct shown_fact, subject, VIEW_TEXT),
	VIEW_F(struct shown_fact, label, VIEW_TEXT),
	VIEW_F(struct shown_fact, value, VIEW_TEXT),
	VIEW_F(struct shown_fact, source, VIEW_TEXT),
	VIEW_F(struct shown_fact, proposal, VIEW_TEXT),
	VIEW_AS(struct shown_fact, usable, "usable", VIEW_CODE, .codes = USABLES),
	PAGE(struct shown_fact, remove_href, "removeHref", VIEW_TEXT),
};
const struct view ADVICE_FACT_VIEW = VIEW_OF(struct shown_fact, FACT_FIELDS);

static const struct view_field PROPOSAL_FIELDS[] = {
	VIEW_F(struct shown_proposal, number, VIEW_INT),
	VIEW_F(struct shown_proposal, version, VIEW_INT),
	VIEW_F(struct shown_proposal, ordinal, VIEW_INT),
	VIEW_AS(struct shown_proposal, learning_href, "learningHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct shown_proposal, instrument, VIEW_TEXT),
	VIEW_AS(struct shown_proposal, kind, "kind", VIEW_CODE, .codes = ADVICE_KINDS),
	VIEW_AS(struct shown_proposal, weight, "weight", VIEW_CODE, .codes = ADVICE_WEIGHTS),
	VIEW_AS(struct shown_proposal, barrier, "barrier", VIEW_CODE, .codes = ADVICE_BARRIERS),
	VIEW_F(struct shown_proposal, lead, VIEW_TEXT),
	VIEW_AS(struct shown_proposal, lead_organ, "leadOrgan", VIEW_INT),
	VIEW_AS(struct shown_proposal, co_owners, "coOwners", VIEW_LIST, .view = &ADVICE_LINE_VIEW),
	VIEW_F(struct shown_proposal, basis, VIEW_TEXT),
	VIEW_F(struct shown_proposal, approach, VIEW_TEXT),
	VIEW_F(struct shown_proposal, effect, VIEW_TEXT),
	VIEW_F(struct shown_proposal, indicator, VIEW_TEXT),
	VIEW_F(struct shown_proposal, hours, VIEW_INT),
	VIEW_AS(struct shown_proposal, feasible_hours, "feasibleHours", VIEW_INT),
	VIEW_AS(struct shown_proposal, wanted_day, "wantedDay", VIEW_DAY),
	VIEW_AS(struct shown_proposal, waits_for, "waitsFor", VIEW_TEXT),
	VIEW_AS(struct shown_proposal, waits_for_number, "waitsForNumber", VIEW_INT),
	VIEW_AS(struct shown_proposal, alternative_to, "alternativeTo", VIEW_TEXT),
	VIEW_AS(struct shown_proposal, alternative_to_number, "alternativeToNumber", VIEW_INT),
	VIEW_AS(struct shown_proposal, feasible, "feasible", VIEW_CODE, .codes = FEASIBILITIES),
	VIEW_AS(struct shown_proposal, due_day, "due", VIEW_DUE),
	VIEW_F(struct shown_proposal, answer, VIEW_TEXT),
	VIEW_AS(struct shown_proposal, answered_by, "answeredBy", VIEW_TEXT),
	VIEW_AS(struct shown_proposal, answered_at, "answeredAt", VIEW_MOMENT),
	VIEW_AS(struct shown_proposal, named, "named", VIEW_CODE, .codes = NAMINGS),
	VIEW_F(struct shown_proposal, whole, VIEW_BOOL),
	PAGE(struct shown_proposal, has_co_owners, "hasCoOwners", VIEW_BOOL),
	PAGE(struct shown_proposal, is_asked, "isAsked", VIEW_BOOL),
	PAGE(struct shown_proposal, is_feasible, "isFeasible", VIEW_BOOL),
	PAGE(struct shown_proposal, is_infeasible, "isInfeasible", VIEW_BOOL),
	PAGE(struct shown_proposal, edit_href, "editHref", VIEW_TEXT),
	PAGE(struct shown_proposal, remove_href, "removeHref", VIEW_TEXT),
	PAGE(struct shown_proposal, up_href, "upHref", VIEW_TEXT),
	PAGE(struct shown_proposal, answer_href, "answerHref", VIEW_TEXT),
};
const struct view ADVICE_PROPOSAL_VIEW = VIEW_OF(struct shown_proposal, PROPOSAL_FIELDS);

static const struct view_field SOURCE_FIELDS[] = {
	VIEW_F(struct shown_source, id, VIEW_INT),
	VIEW_F(struct shown_source, version, VIEW_INT),
	VIEW_AS(struct shown_source, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct shown_source, state, "answer", VIEW_CODE, .codes = SOURCE_STATES),
	VIEW_AS(struct shown_source, named, "named", VIEW_CODE, .codes = NAMINGS),
	VIEW_AS(struct shown_source, due_day, "due", VIEW_DUE),
	VIEW_F(struct shown_source, reason, VIEW_TEXT),
	VIEW_AS(struct shown_source, answered_by, "answeredBy", VIEW_TEXT),
	VIEW_AS(struct shown_source, answered_at, "answeredAt", VIEW_MOMENT),
	VIEW_AS(struct shown_source, handled_how, "handledHow", VIEW_CODE,
	        .codes = OBJECTION_HANDLINGS),
	VIEW_F(struct shown_source, handling, VIEW_TEXT),
	VIEW_AS(struct shown_source, handled_by, "handledBy", VIEW_TEXT),
	VIEW_AS(struct shown_source, handled_at, "handledAt", VIEW_MOMENT),
	PAGE(struct shown_source, handle_href, "handleHref", VIEW_TEXT),
};
const struct view ADVICE_SOURCE_VIEW = VIEW_OF(struct shown_source, SOURCE_FIELDS);

static const struct view_field SIGNATURE_FIELDS[] = {
	VIEW_F(struct shown_signature, person, VIEW_TEXT),
	VIEW_F(struct shown_signature, role, VIEW_TEXT),
	VIEW_F(struct shown_signature, at, VIEW_MOMENT),
};
static const struct view SIGNATURE_VIEW = VIEW_OF(struct shown_signature, SIGNATURE_FIELDS);

static const struct view_field ACTION_FIELDS[] = {
	VIEW_F(struct shown_action, name, VIEW_TEXT),
	VIEW_F(struct shown_action, label, VIEW_TEXT),
	PAGE(struct shown_action, href, "actionHref", VIEW_TEXT),
	VIEW_F(struct shown_action, primary, VIEW_BOOL),
	VIEW_F(struct shown_action, danger, VIEW_BOOL),
	VIEW_AS(struct shown_action, asks_reason, "asksReason", VIEW_BOOL),
};
static const struct view ACTION_VIEW = VIEW_OF(struct shown_action, ACTION_FIELDS);

static const struct view_field ASKED_FIELDS[] = {
	VIEW_F(struct asked_source, version, VIEW_INT),
	VIEW_AS(struct asked_source, due_day, "due", VIEW_DUE),
	VIEW_AS(struct asked_source, state, "answered", VIEW_CODE, .codes = SOURCE_STATES),
	VIEW_AS(struct asked_source, named, "namedAs", VIEW_CODE, .codes = NAMINGS),
	VIEW_F(struct asked_source, reason, VIEW_TEXT),
	VIEW_AS(struct asked_source, facts, "ownFacts", VIEW_LIST, .view = &ADVICE_FACT_VIEW),
	PAGE(struct asked_source, has_facts, "hasOwnFacts", VIEW_BOOL),
	VIEW_AS(struct asked_source, may_answer, "mayAnswer", VIEW_BOOL),
	VIEW_AS(struct asked_source, again, "askedAgain", VIEW_BOOL),
	PAGE(struct asked_source, answer_href, "objectionHref", VIEW_TEXT),
};
static const struct view ASKED_VIEW = VIEW_OF(struct asked_source, ASKED_FIELDS);

static const struct view_field QUICK_FIELDS[] = {
	VIEW_F(struct shown_quick_action, number, VIEW_INT),
	VIEW_F(struct shown_quick_action, instrument, VIEW_TEXT),
	VIEW_F(struct shown_quick_action, owner, VIEW_TEXT),
	VIEW_AS(struct shown_quick_action, decided_at, "decidedAt", VIEW_MOMENT),
	VIEW_F(struct shown_quick_action, intervention, VIEW_TEXT),
	VIEW_AS(struct shown_quick_action, state, "interventionState", VIEW_STATE,
	        .machine = &INTERVENTION_MACHINE),
	PAGE(struct shown_quick_action, href, "interventionHref", VIEW_TEXT),
};
static const struct view QUICK_VIEW = VIEW_OF(struct shown_quick_action, QUICK_FIELDS);

#define R(member, name, kind)  VIEW_AS(struct advice_record, member, name, kind)
#define RP(member, name, kind) PAGE(struct advice_record, member, name, kind)
#define RL(member, name, view_)                                                                    \
	VIEW_AS(struct advice_record, member, name, VIEW_LIST, .view = (view_))
static const struct view_field FIELDS[] = {
	R(reference, "reference", VIEW_REF),
	R(casefile, "casefile", VIEW_REF),
	RP(casefile_href, "casefileHref", VIEW_TEXT),
	RP(casefile_reader, "casefileReader", VIEW_BOOL),
	RP(href, "href", VIEW_TEXT),
	RP(lead, "lead", VIEW_TEXT),
	R(version, "version", VIEW_INT),
	R(revision, "revision", VIEW_INT),
	R(edition, "edition", VIEW_INT),
	VIEW_AS(struct advice_record, state, "state", VIEW_STATE, .machine = &ADVICE_MACHINE),
	R(state_since, "stateSince", VIEW_MOMENT),
	R(introduction, "introduction", VIEW_TEXT),
	R(conclusion, "conclusion", VIEW_TEXT),
	R(reason, "withdrawnBecause", VIEW_TEXT),
	R(whole, "whole", VIEW_BOOL),
	RP(is_final, "isFinal", VIEW_BOOL),
	R(digest, "sha256", VIEW_TEXT),
	RP(copy, "copyNumber", VIEW_TEXT),
	R(genuine, "genuine", VIEW_BOOL),
	RP(tampered, "tampered", VIEW_BOOL),
	R(proposal_count, "proposalCount", VIEW_INT),
	RL(proposals, "proposals", &ADVICE_PROPOSAL_VIEW),
	RL(outline, "outline", &ADVICE_LINE_VIEW),
	RP(has_outline, "hasOutline", VIEW_BOOL),
	RL(quick_actions, "quickActions", &QUICK_VIEW),
	RP(has_quick, "hasQuickActions", VIEW_BOOL),
	RP(quick_href, "quickHref", VIEW_TEXT),
	RL(facts, "facts", &ADVICE_FACT_VIEW),
	RP(has_facts, "hasFacts", VIEW_BOOL),
	R(facts_gone, "factsGone", VIEW_INT),
	RP(gone, "gone", VIEW_TEXT),
	RL(sources, "sources", &ADVICE_SOURCE_VIEW),
	RP(has_sources, "hasSources", VIEW_BOOL),
	RL(earlier_sources, "earlierSources", &ADVICE_SOURCE_VIEW),
	RP(has_earlier_sources, "hasEarlierSources", VIEW_BOOL),
	RL(named_sources, "namedSources", &ADVICE_LINE_VIEW),
	RP(has_named, "hasNamed", VIEW_BOOL),
	VIEW_AS(struct advice_record, asked, "asked", VIEW_OBJECT, .view = &ASKED_VIEW),
	RL(signatures, "signatures", &SIGNATURE_VIEW),
	RP(has_signatures, "hasSignatures", VIEW_BOOL),
	RL(history, "history", &HISTORY_LINE_VIEW),
	RL(actions, "actions", &ACTION_VIEW),
	RL(blocked, "blocked", &ACT_BLOCKED_VIEW),
	VIEW_AS(struct advice_record, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW,
	        .page_only = true),
	RP(text_href, "textHref", VIEW_TEXT),
	RP(new_proposal_href, "newProposalHref", VIEW_TEXT),
	RP(facts_href, "factsHref", VIEW_TEXT),
	RP(print_href, "printHref", VIEW_TEXT),
	RP(odt_href, "odtHref", VIEW_TEXT),
	RP(pdf_href, "pdfHref", VIEW_TEXT),
	RP(back_href, "backHref", VIEW_TEXT),
	RP(who_sees_href, "whoSeesHref", VIEW_TEXT),
	RP(access_log_href, "accessLogHref", VIEW_TEXT),
};
const struct view ADVICE_VIEW = VIEW_OF(struct advice_record, FIELDS);
