/* What the pages and the API show of a signal: one table for all of them. */
#include "signals/signal_items.h"

#include "signals/theme.h"
#include "subjects/tie.h"

static const struct view_field CHOICE_FIELDS[] = {
	VIEW_F(struct signal_choice, value, VIEW_TEXT),
	VIEW_F(struct signal_choice, label, VIEW_TEXT),
	VIEW_F(struct signal_choice, selected, VIEW_BOOL),
};
static const struct view CHOICE_VIEW = VIEW_OF(struct signal_choice, CHOICE_FIELDS);

static const struct view_field CARD_FIELDS[] = {
	VIEW_F(struct criterion_card, label, VIEW_TEXT),
	VIEW_F(struct criterion_card, explanation, VIEW_TEXT),
	VIEW_F(struct criterion_card, starter1, VIEW_TEXT),
	VIEW_F(struct criterion_card, starter2, VIEW_TEXT),
	VIEW_F(struct criterion_card, starter3, VIEW_TEXT),
	VIEW_F(struct criterion_card, good, VIEW_TEXT),
	VIEW_F(struct criterion_card, thin, VIEW_TEXT),
	VIEW_AS(struct criterion_card, why_thin, "whyThin", VIEW_TEXT),
};
static const struct view CARD_VIEW = VIEW_OF(struct criterion_card, CARD_FIELDS);

static const struct view_field STEP_FIELDS[] = {
	VIEW_F(struct step_item, label, VIEW_TEXT), VIEW_F(struct step_item, href, VIEW_TEXT),
	VIEW_F(struct step_item, done, VIEW_BOOL),  VIEW_F(struct step_item, current, VIEW_BOOL),
	VIEW_F(struct step_item, later, VIEW_BOOL),
};
static const struct view STEP_VIEW = VIEW_OF(struct step_item, STEP_FIELDS);

static const struct view_field NEED_FIELDS[] = {
	VIEW_F(struct need_item, label, VIEW_TEXT), VIEW_F(struct need_item, reason, VIEW_TEXT),
	VIEW_F(struct need_item, href, VIEW_TEXT),  VIEW_F(struct need_item, required, VIEW_BOOL),
	VIEW_F(struct need_item, done, VIEW_BOOL),
};
static const struct view NEED_VIEW = VIEW_OF(struct need_item, NEED_FIELDS);

static const struct view_field HIT_FIELDS[] = {
	VIEW_F(struct hit_item, place, VIEW_TEXT),
	VIEW_F(struct hit_item, words, VIEW_TEXT),
	VIEW_F(struct hit_item, sentence, VIEW_TEXT),
	VIEW_F(struct hit_item, article, VIEW_TEXT),
	VIEW_F(struct hit_item, part, VIEW_INT),
	VIEW_F(struct hit_item, topic, VIEW_INT),
	VIEW_F(struct hit_item, settled, VIEW_BOOL),
	VIEW_AS(struct hit_item, may_keep, "mayKeep", VIEW_BOOL),
	VIEW_AS(struct hit_item, is_bsn, "isBsn", VIEW_BOOL, .page_only = true),
};
static const struct view HIT_VIEW = VIEW_OF(struct hit_item, HIT_FIELDS);

static const struct view_field TAB_FIELDS[] = {
	VIEW_F(struct tab_item, label, VIEW_TEXT),
	VIEW_F(struct tab_item, href, VIEW_TEXT),
	VIEW_F(struct tab_item, count, VIEW_COUNT),
	VIEW_F(struct tab_item, current, VIEW_BOOL),
};
const struct view SIGNAL_TAB_VIEW = VIEW_OF(struct tab_item, TAB_FIELDS);

static const struct view_field SEER_FIELDS[] = {
	VIEW_F(struct seer_item, organisation, VIEW_TEXT),
	VIEW_F(struct seer_item, count, VIEW_TEXT),
};
static const struct view SEER_VIEW = VIEW_OF(struct seer_item, SEER_FIELDS);

static const struct view_field KNOWN_FIELDS[] = {
	VIEW_F(struct known_item, reference, VIEW_REF),
	VIEW_AS(struct known_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct known_item, participant, VIEW_TEXT),
	VIEW_F(struct known_item, municipality, VIEW_TEXT),
	VIEW_F(struct known_item, theme, VIEW_TEXT),
	VIEW_AS(struct known_item, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE),
};
const struct view SIGNAL_KNOWN_VIEW = VIEW_OF(struct known_item, KNOWN_FIELDS);

static const struct view_field QUESTION_FIELDS[] = {
	VIEW_F(struct question_item, id, VIEW_INT),
	VIEW_AS(struct question_item, asked_at, "askedAt", VIEW_MOMENT),
	VIEW_AS(struct question_item, answered_at, "answeredAt", VIEW_MOMENT),
	VIEW_F(struct question_item, question, VIEW_TEXT),
	VIEW_AS(struct question_item, answer, "answerGiven", VIEW_TEXT),
	VIEW_AS(struct question_item, may_answer, "mayAnswer", VIEW_BOOL, .page_only = true),
};
static const struct view QUESTION_VIEW = VIEW_OF(struct question_item, QUESTION_FIELDS);

static const struct view_field FACT_FIELDS[] = {
	VIEW_F(struct fact_item, label, VIEW_TEXT), VIEW_F(struct fact_item, value, VIEW_TEXT),
	VIEW_F(struct fact_item, raw, VIEW_TEXT),   VIEW_F(struct fact_item, grade, VIEW_TEXT),
	VIEW_F(struct fact_item, task, VIEW_TEXT),
};
static const struct view FACT_VIEW = VIEW_OF(struct fact_item, FACT_FIELDS);

static const struct view_field APART_FIELDS[] = {
	VIEW_F(struct apart_item, number, VIEW_INT),
	VIEW_F(struct apart_item, path, VIEW_TEXT),
	VIEW_F(struct apart_item, problem, VIEW_TEXT),
	VIEW_AS(struct apart_item, facts, "facts", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct apart_item, tasks, "tasks", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct apart_item, sources, "sources", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct apart_item, certainties, "certainties", VIEW_LIST, .view = &CHOICE_VIEW),
};
static const struct view APART_VIEW = VIEW_OF(struct apart_item, APART_FIELDS);

static const struct view_field SUBJECT_FIELDS[] = {
	VIEW_F(struct subject_item, number, VIEW_INT),
	VIEW_F(struct subject_item, kind, VIEW_TEXT),
	VIEW_F(struct subject_item, role, VIEW_TEXT),
	VIEW_AS(struct subject_item, remove_path, "removePath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_item, edit_path, "editPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_item, facts, "subjectFacts", VIEW_LIST, .view = &FACT_VIEW),
	VIEW_AS(struct subject_item, may_write, "mayWrite", VIEW_BOOL, .page_only = true),
};
static const struct view SUBJECT_VIEW = VIEW_OF(struct subject_item, SUBJECT_FIELDS);

static const struct view_field TIE_FIELDS[] = {
	VIEW_F(struct tie_item, id, VIEW_INT),
	VIEW_F(struct tie_item, from, VIEW_TEXT),
	VIEW_F(struct tie_item, kind, VIEW_TEXT),
	VIEW_F(struct tie_item, to, VIEW_TEXT),
	VIEW_F(struct tie_item, note, VIEW_TEXT),
	VIEW_AS(struct tie_item, remove_path, "removePath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct tie_item, may_write, "mayWrite", VIEW_BOOL, .page_only = true),
};
static const struct view TIE_VIEW = VIEW_OF(struct tie_item, TIE_FIELDS);

static const struct view_field ALSO_FIELDS[] = {
	VIEW_F(struct also_item, path, VIEW_TEXT),
	VIEW_F(struct also_item, label, VIEW_TEXT),
	VIEW_F(struct also_item, number, VIEW_INT),
	VIEW_F(struct also_item, chosen, VIEW_BOOL),
};
static const struct view ALSO_VIEW = VIEW_OF(struct also_item, ALSO_FIELDS);

static const struct view_field MAY_FIELDS[] = {
	VIEW_F(struct may_item, label, VIEW_TEXT),
	VIEW_F(struct may_item, may, VIEW_VERDICT),
};
static const struct view MAY_VIEW = VIEW_OF(struct may_item, MAY_FIELDS);

static const struct view_field SOURCE_FIELDS[] = {
	VIEW_F(struct source_item, label, VIEW_TEXT),
	VIEW_AS(struct source_item, look_for, "lookFor", VIEW_TEXT),
	VIEW_F(struct source_item, note, VIEW_TEXT),
	VIEW_F(struct source_item, yes, VIEW_BOOL),
	VIEW_F(struct source_item, later, VIEW_BOOL),
	VIEW_F(struct source_item, no, VIEW_BOOL),
};
static const struct view SOURCE_VIEW = VIEW_OF(struct source_item, SOURCE_FIELDS);

static const struct view_field PROPOSAL_FIELDS[] = {
	VIEW_F(struct proposal_item, label, VIEW_TEXT),
	VIEW_F(struct proposal_item, value, VIEW_TEXT),
	VIEW_AS(struct proposal_item, kind, "proposedKind", VIEW_TEXT),
	VIEW_F(struct proposal_item, field, VIEW_TEXT),
};
static const struct view PROPOSAL_VIEW = VIEW_OF(struct proposal_item, PROPOSAL_FIELDS);

#define P                         struct signal_page
#define AROUND(member, name, ...) VIEW_AS(P, member, name, __VA_ARGS__, .page_only = true)

static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(P, reference, VIEW_REF),
	AROUND(reference, "ref", VIEW_TEXT),
	VIEW_F(P, uuid, VIEW_TEXT),
	VIEW_F(P, version, VIEW_INT),
	VIEW_AS(P, state, "state", VIEW_STATE, .machine = &SIGNAL_MACHINE),
	VIEW_AS(P, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_F(P, participant, VIEW_TEXT),
	VIEW_AS(P, saved_at, "savedAt", VIEW_MOMENT),
	VIEW_AS(P, submitted_at, "submittedAt", VIEW_MOMENT),
	VIEW_F(P, title, VIEW_TEXT),
	VIEW_F(P, facts, VIEW_TEXT),
	VIEW_F(P, judgement, VIEW_TEXT),
	VIEW_F(P, where, VIEW_TEXT),
	VIEW_F(P, tried, VIEW_TEXT),
	VIEW_F(P, effect, VIEW_TEXT),
	VIEW_F(P, message, VIEW_TEXT),
	VIEW_AS(P, criterion_a, "criterionA", VIEW_TEXT),
	VIEW_AS(P, criterion_b, "criterionB", VIEW_TEXT),
	VIEW_AS(P, criterion_c, "criterionC", VIEW_TEXT),
	VIEW_AS(P, criterion_d, "criterionD", VIEW_TEXT),
	VIEW_AS(P, criterion_e, "criterionE", VIEW_TEXT),
	VIEW_AS(P, seen_from, "seenFrom", VIEW_DAY),
	VIEW_AS(P, seen_until, "seenUntil", VIEW_DAY),
	VIEW_F(P, municipality, VIEW_INT),
	VIEW_AS(P, municipality_name, "municipalityName", VIEW_TEXT),
	VIEW_F(P, task, VIEW_INT),
	VIEW_AS(P, task_name, "taskName", VIEW_TEXT),
	VIEW_AS(P, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES),
	VIEW_AS(P, crime_form, "crimeForm", VIEW_CODE, .codes = SIGNAL_CRIME_FORMS),
	VIEW_AS(P, line, "line", VIEW_CODE, .codes = SIGNAL_LINES),
	VIEW_AS(P, reliability, "reliability", VIEW_CODE, .codes = SIGNAL_RELIABILITIES),
	VIEW_AS(P, reason, "reason", VIEW_CODE, .codes = SIGNAL_REASONS),
	VIEW_AS(P, subjects, "subjects", VIEW_LIST, .view = &SUBJECT_VIEW),
	VIEW_AS(P, questions, "questions", VIEW_LIST, .view = &QUESTION_VIEW),
	VIEW_AS(P, hits, "hits", VIEW_LIST, .view = &HIT_VIEW),
	VIEW_AS(P, history, "history", VIEW_LIST, .view = &HISTORY_LINE_VIEW),
	VIEW_AS(P, actions, "actions", VIEW_LIST, .view = &ACT_LINK_VIEW),
	VIEW_AS(P, blocked, "blocked", VIEW_LIST, .view = &ACT_BLOCKED_VIEW),
	VIEW_AS(P, parts, "parts", VIEW_LIST, .view = &NEED_VIEW),
	VIEW_AS(P, parts_done, "partsDone", VIEW_INT),
	VIEW_AS(P, parts_all, "partsAll", VIEW_INT),
	VIEW_AS(P, may_submit, "maySubmit", VIEW_BOOL),
	VIEW_AS(P, gone_on, "goneOn", VIEW_DAY),
	VIEW_AS(P, known, "known", VIEW_LIST, .view = &SIGNAL_KNOWN_VIEW),
	VIEW_AS(P, alike, "alike", VIEW_LIST, .view = &ALIKE_VIEW),
	AROUND(declared, "declared", VIEW_BOOL),
	AROUND(href, "href", VIEW_TEXT),
	AROUND(heading, "heading", VIEW_TEXT),
	AROUND(lead, "lead", VIEW_TEXT),
	AROUND(action_path, "action", VIEW_TEXT),
	AROUND(action_label, "actionLabel", VIEW_TEXT),
	AROUND(consequence, "consequence", VIEW_TEXT),
	AROUND(next_href, "nextHref", VIEW_TEXT),
	AROUND(back_href, "backHref", VIEW_TEXT),
	AROUND(steps, "steps", VIEW_LIST, .view = &STEP_VIEW),
	AROUND(outline, "outline", VIEW_LIST, .view = &STEP_VIEW),
	AROUND(tabs, "tabs", VIEW_LIST, .view = &SIGNAL_TAB_VIEW),
	AROUND(seers, "seers", VIEW_LIST, .view = &SEER_VIEW),
	AROUND(municipality_options, "municipalityOptions", VIEW_LIST, .view = &CHOICE_VIEW),
	AROUND(task_options, "taskOptions", VIEW_LIST, .view = &CHOICE_VIEW),
	AROUND(apart, "apart", VIEW_LIST, .view = &APART_VIEW),
	AROUND(apart_open, "apartOpen", VIEW_BOOL),
	AROUND(card_a, "cardA", VIEW_OBJECT, .view = &CARD_VIEW),
	AROUND(card_b, "cardB", VIEW_OBJECT, .view = &CARD_VIEW),
	AROUND(card_c, "cardC", VIEW_OBJECT, .view = &CARD_VIEW),
	AROUND(card_d, "cardD", VIEW_OBJECT, .view = &CARD_VIEW),
	AROUND(card_e, "cardE", VIEW_OBJECT, .view = &CARD_VIEW),
	AROUND(percent, "percent", VIEW_INT),
	AROUND(subject_count, "subjectCount", VIEW_INT),
	AROUND(open_questions, "openQuestions", VIEW_INT),
	AROUND(writes, "writes", VIEW_BOOL),
	AROUND(may_answer, "mayAnswerAny", VIEW_BOOL),
	AROUND(coordinates, "coordinates", VIEW_BOOL),
	AROUND(has_known, "hasKnown", VIEW_BOOL),
	AROUND(has_alike, "hasAlike", VIEW_BOOL),
	AROUND(looked, "looked", VIEW_BOOL),
	AROUND(has_hits, "hasHits", VIEW_BOOL),
	AROUND(to_review, "toReview", VIEW_BOOL),
	AROUND(asks_questions, "asksQuestions", VIEW_BOOL),
	AROUND(danger, "danger", VIEW_BOOL),
	AROUND(has_subjects, "hasSubjects", VIEW_BOOL),
	AROUND(has_questions, "hasQuestions", VIEW_BOOL),
	AROUND(gone_ground, "goneGround", VIEW_TEXT),
	AROUND(history_href, "historyHref", VIEW_TEXT),
	AROUND(who_sees_href, "whoSeesHref", VIEW_TEXT),
	HELD_CARD_FIELDS(P, held),
	VIEW_F(P, supplements, VIEW_REF),
	AROUND(supplements_href, "supplementsHref", VIEW_TEXT),
	AROUND(access_log_href, "accessLogHref", VIEW_TEXT),
	AROUND(pointer_when, "pointerWhen", VIEW_TEXT),
	AROUND(pointer_go, "pointerGo", VIEW_TEXT),
	AROUND(pointer_why, "pointerWhy", VIEW_TEXT),
	AROUND(kinds, "kinds", VIEW_LIST, .view = &SIGNAL_TAB_VIEW),
	AROUND(proposals, "proposals", VIEW_LIST, .view = &PROPOSAL_VIEW),
	AROUND(kind, "kind", VIEW_CODE, .codes = SUBJECT_KINDS),
	AROUND(role, "role", VIEW_CODE, .codes = SUBJECT_ROLES),
	AROUND(kind_name, "kindName", VIEW_TEXT),
	VIEW_AS(P, ties, "ties", VIEW_LIST, .view = &TIE_VIEW),
	AROUND(tie_ends, "tieEnds", VIEW_LIST, .view = &CHOICE_VIEW),
	AROUND(main_ends, "mainEnds", VIEW_LIST, .view = &CHOICE_VIEW),
	AROUND(may, "may", VIEW_VERDICT),
	AROUND(mays, "mays", VIEW_LIST, .view = &MAY_VIEW),
	AROUND(also_options, "alsoOptions", VIEW_LIST, .view = &ALSO_VIEW),
	VIEW_AS(P, also_names, "alsoIn", VIEW_TEXT),
	VIEW_AS(P, beside.lines, "otherLines", VIEW_CODES, .codes = SIGNAL_LINES),
	AROUND(sources, "sources", VIEW_LIST, .view = &SOURCE_VIEW),
	AROUND(tie_kind, "tieKind", VIEW_CODE, .codes = TIE_KINDS),
	AROUND(tie_kind, "tie", VIEW_CODE, .codes = TIE_KINDS),
	AROUND(no_text, "note", VIEW_TEXT),
	AROUND(editing, "editing", VIEW_BOOL),
	AROUND(has_bsn, "hasBsn", VIEW_BOOL),
	AROUND(subject.source_grade, "sourceGrade", VIEW_CODE, .codes = FACT_SOURCE_GRADES),
	AROUND(subject.information_grade, "informationGrade", VIEW_CODE,
	       .codes = FACT_INFORMATION_GRADES),
	AROUND(subject.drop_bsn, "dropBsn", VIEW_BOOL),
	AROUND(has_ties, "hasTies", VIEW_BOOL),
	AROUND(many_subjects, "manySubjects", VIEW_BOOL),
	AROUND(has_mains, "hasMains", VIEW_BOOL),
	AROUND(subject.family_name, "familyName", VIEW_TEXT),
	AROUND(subject.given_names, "givenNames", VIEW_TEXT),
	AROUND(subject.birth_date, "birthDate", VIEW_TEXT),
	AROUND(subject.bsn, "bsn", VIEW_TEXT),
	AROUND(subject.name, "name", VIEW_TEXT),
	AROUND(subject.kvk, "kvk", VIEW_TEXT),
	AROUND(subject.rsin, "rsin", VIEW_TEXT),
	AROUND(subject.street, "street", VIEW_TEXT),
	AROUND(subject.house_number, "houseNumber", VIEW_TEXT),
	AROUND(subject.postcode, "postcode", VIEW_TEXT),
	AROUND(subject.town, "town", VIEW_TEXT),
	AROUND(subject.bag_id, "bagId", VIEW_TEXT),
	AROUND(subject.cadastral, "cadastral", VIEW_TEXT),
	AROUND(subject.point, "point", VIEW_TEXT),
	AROUND(subject.plate, "plate", VIEW_TEXT),
	AROUND(subject.vehicle, "vehicle", VIEW_TEXT),
	AROUND(subject.phone, "phone", VIEW_TEXT),
	AROUND(subject.iban, "iban", VIEW_TEXT),
	AROUND(no_text, "answer", VIEW_TEXT),
	AROUND(no_text, "question1", VIEW_TEXT),
	AROUND(no_text, "question2", VIEW_TEXT),
	AROUND(no_text, "question3", VIEW_TEXT),
	AROUND(gone_soon, "goneSoon", VIEW_BOOL),
	AROUND(gone_earlier, "goneEarlier", VIEW_TEXT),
};
const struct view SIGNAL_VIEW = VIEW_OF(struct signal_page, PAGE_FIELDS);
