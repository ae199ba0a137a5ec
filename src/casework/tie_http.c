/* What binds two subjects of a casefile, and who belongs to a main subject. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/phases.h"
#include "casework/subject_page.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "platform/view/choice.h"
#include "plein/plein.h"
#include "subjects/casefile_tie.h"
#include "subjects/correction.h"

/* ---- forms ---------------------------------------------------------------------------------- */

static const struct code CIRCLE_KINDS[] = {
	{ SUBJECT_PERSON, "PERSON", "Een persoon" },
	{ SUBJECT_ORGANISATION, "ORGANISATION", "Een bedrijf of organisatie" },
	{ 0 },
};

struct tie_input {
	int64_t other, task, from_day, until_day;
	int kind, circle_kind;
	const char *note, *reason;
	struct subject_input subject;
};
#define I struct tie_input
#define TASK_FIELD                                                                                 \
	{                                                                                          \
		.path = "task", .kind = FIELD_INT, .offset = offsetof(I, task),                    \
		.label = "Uit welke taak of welk register?", .required = true,                     \
		.missing = "Kies uit welke taak u dit weet."                                       \
	}
#define NOTE_FIELD                                                                                 \
	{                                                                                          \
		.path = "note", .kind = FIELD_TEXT, .offset = offsetof(I, note),                   \
		.label = "Hoe weet u dit?", .max_chars = TIE_NOTE_CHARS                            \
	}
#define KIND_FIELD(label_)                                                                         \
	{                                                                                          \
		.path = "tieKind", .kind = FIELD_CODE, .offset = offsetof(I, kind),                \
		.label = (label_), .codes = TIE_KINDS, .required = true,                           \
		.missing = "Kies welke band er is."                                                \
	}
#define TEXT_FIELD(path_, member, label_, max)                                                     \
	{                                                                                          \
		.path = (path_), .kind = FIELD_TEXT, .offset = offsetof(I, subject.member),        \
		.label = (label_), .max_chars = (max)                                              \
	}
static const struct field TIE_FIELDS[] = {
	{ .path = "other",
	  .kind = FIELD_INT,
	  .offset = offsetof(I, other),
	  .label = "Met wie of wat?",
	  .required = true,
	  .missing = "Kies met wie of wat." },
	KIND_FIELD("Welke band?"),
	TASK_FIELD,
	NOTE_FIELD,
	{ .path = "fromDay",
	  .kind = FIELD_DAY,
	  .offset = offsetof(I, from_day),
	  .label = "Sinds wanneer?" },
	{ .path = "untilDay",
	  .kind = FIELD_DAY,
	  .offset = offsetof(I, until_day),
	  .label = "Tot wanneer?" },
};
static const struct form TIE_FORM = { TIE_FIELDS, 6, sizeof(I) };
static const struct field CIRCLE_FIELDS[] = {
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(I, circle_kind),
	  .label = "Wie of wat is het?",
	  .codes = CIRCLE_KINDS,
	  .required = true,
	  .missing = "Kies: een persoon of een bedrijf." },
	TEXT_FIELD("familyName", family_name, "Achternaam", 120),
	TEXT_FIELD("givenNames", given_names, "Voornamen", 120),
	TEXT_FIELD("birthDate", birth_date, "Geboortedatum", 40),
	TEXT_FIELD("name", name, "Naam van het bedrijf", 200),
	TEXT_FIELD("kvk", kvk, "KvK-nummer", 20),
	KIND_FIELD("Welke band met de hoofdpersoon?"),
	TASK_FIELD,
	NOTE_FIELD,
};
static const struct form CIRCLE_FORM = { CIRCLE_FIELDS, 9, sizeof(I) };
static const struct field WITHDRAW_FIELDS[] = {
	{ .path = "reason",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(I, reason),
	  .label = "Waarom klopt deze band niet?",
	  .required = true,
	  .missing = "Schrijf op waarom.",
	  .max_chars = CORRECTION_REASON_CHARS },
};
static const struct form WITHDRAW_FORM = { WITHDRAW_FIELDS, 1, sizeof(I) };
#undef I

/* ---- the law ---------------------------------------------------------------------------------- */

static struct verdict ask_law(const struct viewer *viewer, const struct casefile *c,
                              enum law_phase opened, int kind, int64_t task, int32_t today)
{
	const struct law_kind *row = law_kind((uint16_t)kind);
	const struct law_category_row *category =
	    law_category(row != NULL ? row->category : CATEGORY_NONE);
	const struct law_item item = {
		.category = row != NULL ? row->category : CATEGORY_NONE,
		.source = (enum law_letter)viewer->letter,
		.phase = category != NULL ? category->phase : PHASE_UNKNOWN,
		.task = (uint16_t)task,
		.received_day = today,
		.about_subject = true,
		.in_casefile = true,
		.opened_phase = opened,
		.activity = (enum law_activity)c->activity,
		.crime_form = (enum law_crime_form)c->crime_form,
		.has_author = true,
		.has_origin = task != 0,
		.kind = (uint16_t)kind,
		.on_day = today,
	};
	return law_item_may(&item);
}

/* ---- the page ----------------------------------------------------------------------------------- */

struct tie_page {
	const char *reference, *name, *other_name, *tie_text, *source, *action_path, *back_href,
	    *note, *reason, *family_name, *given_names, *birth_date, *org_name, *kvk;
	uint8_t state;
	int kind;
	int64_t from_day, until_day;
	struct array others, kinds, tasks;
	bool has_others;
};
#define P struct tie_page
static const struct view_field FIELDS[] = {
	VIEW_F(P, reference, VIEW_REF),
	VIEW_AS(P, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(P, name, "subjectName", VIEW_TEXT),
	VIEW_AS(P, other_name, "otherName", VIEW_TEXT),
	VIEW_AS(P, tie_text, "tieText", VIEW_TEXT),
	VIEW_F(P, source, VIEW_TEXT),
	VIEW_AS(P, others, "others", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(P, kinds, "kinds", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(P, tasks, "tasks", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(P, has_others, "hasOthers", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, action_path, "actionPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, note, "note", VIEW_TEXT),
	VIEW_AS(P, from_day, "fromDay", VIEW_DAY),
	VIEW_AS(P, until_day, "untilDay", VIEW_DAY),
	VIEW_AS(P, reason, "reason", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, kind, "kind", VIEW_CODE, .codes = CIRCLE_KINDS, .page_only = true),
	VIEW_AS(P, family_name, "familyName", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, given_names, "givenNames", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, birth_date, "birthDate", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, org_name, "name", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, kvk, "kvk", VIEW_TEXT, .page_only = true),
};
#undef P
static const struct view TIE_PAGE_VIEW = VIEW_OF(struct tie_page, FIELDS);

struct on_tie {
	struct casefile casefile;
	struct array subjects;
	const struct casefile_subject *subject;
};

static enum status on_subject(struct request *rq, struct on_tie *ret, struct error *reterr)
{
	enum status st = casefile_of_path(rq, &ret->casefile, reterr);

	if (st == OK)
		st = casefile_subjects_named(rq, &ret->casefile, &ret->subjects, reterr);
	if (st != OK)
		return st;
	ret->subject = subject_numbered(ret->subjects, rq->params[1]);
	if (ret->subject == NULL)
		return FAIL_NOT_FOUND(reterr);
	rq->touched.kind = OBJECT_SUBJECT;
	rq->touched.id = ret->subject->id;
	if (!casefile_may_tell(rq->viewer, &ret->casefile))
		return FAIL(reterr, ERR_CONFLICT,
		            "Alleen wie namens een deelnemer meewerkt, legt een band vast.");
	return OK;
}

static bool may_stand(const struct request *rq, const struct on_tie *on, int kind)
{
	return ask_law(rq->viewer, &on->casefile, PHASE_2, kind,
	               law_first_task((enum law_letter)rq->viewer->letter), local_day(rq->now_ms))
	           .kind != VERDICT_NO;
}

/* Kinds that go from or to such a subject and that this source may give. */
static void fill_kinds(struct request *rq, const struct on_tie *on, struct tie_page *page)
{
	const char *typed = input_text(rq->body, "tieKind");

	page->kinds = choices_for(rq->arena, 40);
	choices_add(&page->kinds, "", "Kies", "");
	for (const struct code *k = TIE_KINDS; k->name != NULL; k++) {
		bool fits = false;
		for (int kind = SUBJECT_PERSON; kind <= SUBJECT_ACCOUNT; kind++)
			fits |= tie_fits(k->value, on->subject->kind, kind) ||
			        tie_fits(k->value, kind, on->subject->kind);
		if (fits && may_stand(rq, on, k->value))
			choices_add(&page->kinds, k->name, k->label, typed != NULL ? typed : "");
	}
}

static void fill_tasks(struct request *rq, struct tie_page *page)
{
	const char *typed = input_text(rq->body, "task");
	size_t count = 0;
	const struct law_task *tasks = law_tasks(&count);

	page->tasks = choices_for(rq->arena, count + 1);
	choices_add(&page->tasks, "", "Kies", "");
	for (size_t i = 0; i < count; i++)
		if (tasks[i].letter == (enum law_letter)rq->viewer->letter)
			choices_add(&page->tasks, arena_printf(rq->arena, "%d", tasks[i].code),
			            tasks[i].label, typed != NULL ? typed : "");
}

static void fill_page(struct request *rq, const struct on_tie *on, const char *rest,
                      struct tie_page *page)
{
	const struct casefile_subject *s = on->subjects.items;
	const char *typed = input_text(rq->body, "other");

	*page = (struct tie_page){ .reference = on->casefile.reference,
		                   .state = on->casefile.state,
		                   .name = on->subject->name,
		                   .from_day = INT64_MIN,
		                   .until_day = INT64_MIN };
	page->back_href = subject_href(rq->arena, &on->casefile, on->subject->number);
	page->action_path = arena_printf(rq->arena, "%s%s", page->back_href, rest);
	page->others = choices_for(rq->arena, on->subjects.count + 1);
	choices_add(&page->others, "", "Kies", "");
	for (size_t i = 0; i < on->subjects.count; i++)
		if (s[i].number != on->subject->number)
			choices_add(&page->others,
			            arena_printf(rq->arena, "%lld", (long long)s[i].number),
			            s[i].name, typed != NULL ? typed : "");
	page->has_others = page->others.count > 1;
	fill_kinds(rq, on, page);
	fill_tasks(rq, page);
}

static enum status show_page(struct request *rq, struct response *rs, bool circle,
                             struct error *reterr)
{
	struct on_tie on = { 0 };
	struct tie_page record;

	enum status st = on_subject(rq, &on, reterr);
	if (st == OK && circle && on.subject->role != ROLE_MAIN)
		return FAIL(reterr, ERR_CONFLICT,
		            "Alleen om een hoofdpersoon staat een directe kring.");
	if (st != OK)
		return st;
	fill_page(rq, &on, circle ? "/circle" : "/ties", &record);
	const struct page page = {
		.title = circle ? "Iemand uit de directe kring" : "Een band vastleggen",
		.place = "/casefiles",
		.crumbs = subject_crumbs(rq->arena, &on.casefile),
		.confidential = true,
		.template_name = circle ? "casework/circle" : "casework/tie",
		.form = circle ? &CIRCLE_FORM : &TIE_FORM,
	};
	return page_respond(rq, rs, &page, &TIE_PAGE_VIEW, &record, reterr);
}

static enum status show_tie(struct request *rq, struct response *rs, struct error *reterr)
{
	return show_page(rq, rs, false, reterr);
}

static enum status show_circle(struct request *rq, struct response *rs, struct error *reterr)
{
	return show_page(rq, rs, true, reterr);
}

/* ---- the change ------------------------------------------------------------------------------------ */

struct tie_change {
	struct on_tie on;
	struct sealed_casefile_tie tie;
	struct sealed_circle circle;
	struct sealed_correction withdrawn;
};

static struct casefile_tie_new tie_of(const struct request *rq, const struct tie_input *in)
{
	const struct viewer *v = rq->viewer;
	const struct law_kind *kind = law_kind((uint16_t)in->kind);
	const enum law_category category = kind != NULL ? kind->category : CATEGORY_NONE;
	const struct law_category_row *row = law_category(category);

	return (struct casefile_tie_new){
		.kind = in->kind,
		.category = category,
		.phase = row != NULL ? row->phase : PHASE_UNKNOWN,
		.note = in->note,
		.from_day = in->from_day,
		.until_day = in->until_day,
		.source = { v->participant_id, v->organ_id, v->appointment_id, (int)in->task },
	};
}

static void check_words(struct request *rq, const struct tie_input *in)
{
	const struct law_task *task = law_task((uint16_t)in->task);

	if (task == NULL || task->letter != (enum law_letter)rq->viewer->letter)
		problems_add(rq->problems, PROBLEM_ERROR, "task",
		             "Kies een taak van uw eigen organisatie.");
	casefile_check_words(rq, "note", in->note);
	if (in->from_day != INT64_MIN && in->until_day != INT64_MIN && in->until_day < in->from_day)
		problems_add(rq->problems, PROBLEM_ERROR, "untilDay",
		             "De einddatum ligt voor de begindatum.");
}

/* What is open for both: the lower of the two. */
static enum status opened_for(struct request *rq, const struct casefile *c, int64_t one,
                              int64_t other, enum law_phase *ret, struct error *reterr)
{
	enum law_phase second = PHASE_1;

	enum status st = phase_opened(rq->db, c->id, one, ret, reterr);
	if (st == OK)
		st = phase_opened(rq->db, c->id, other, &second, reterr);
	if (second < *ret)
		*ret = second;
	if (*ret == PHASE_3 && !c->named_heavy)
		*ret = PHASE_2;
	return st;
}

static void check_kind(struct request *rq, const struct casefile *c, enum law_phase opened,
                       const struct tie_input *in)
{
	const struct verdict v =
	    ask_law(rq->viewer, c, opened, in->kind, in->task, local_day(rq->now_ms));

	if (v.kind == VERDICT_NO)
		problems_add_verdict(rq->problems, "tieKind", v);
}

static const struct casefile_subject *other_of(const struct request *rq, const struct on_tie *on,
                                               const struct tie_input *in)
{
	const struct casefile_subject *o =
	    subject_numbered(on->subjects, arena_printf(rq->arena, "%lld", (long long)in->other));
	return o != NULL && o->number != on->subject->number ? o : NULL;
}

static enum status prepare_tie(struct request *rq, void **ret_input, struct error *reterr)
{
	struct tie_change *c = ARENA_NEW(rq->arena, struct tie_change);
	enum law_phase opened = PHASE_1;
	struct tie_input in = { 0 };

	enum status st = on_subject(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &TIE_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	*ret_input = c;
	if (rq->problems->error_count > 0)
		return OK;
	const struct casefile_subject *s = c->on.subject, *o = other_of(rq, &c->on, &in);
	if (o == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, "other", "Kies met wie of wat.");
		return OK;
	}
	check_words(rq, &in);
	struct casefile_tie_new tie = tie_of(rq, &in);
	const bool there = tie_fits(in.kind, s->kind, o->kind);
	if (!there && !tie_fits(in.kind, o->kind, s->kind))
		problems_add(rq->problems, PROBLEM_ERROR, "tieKind",
		             "Deze band past niet tussen deze twee. Kies een andere.");
	tie.from = there ? s->number : o->number;
	tie.to = there ? o->number : s->number;
	st = opened_for(rq, &c->on.casefile, s->id, o->id, &opened, reterr);
	if (st == OK)
		check_kind(rq, &c->on.casefile, opened, &in);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	return casefile_tie_seal(rq->db, plein_of(rq)->keyring, c->on.casefile.id, &tie, rq->now_ms,
	                         rq->arena, &c->tie, reterr);
}

static enum status still_live(struct db_tx *tx, const struct casefile *c, struct error *reterr)
{
	struct casefile_picture picture;
	enum status st = casefile_picture_load(db_tx_read(tx), c->id, &picture, reterr);

	return st == OK && !casefile_is_live(picture.state)
	           ? FAIL(reterr, ERR_CONFLICT, "Aan deze casus werkt niemand meer.")
	           : st;
}

static enum status apply_tie(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct tie_change *c = change->input;
	const struct casefile *f = &c->on.casefile;

	enum status st = still_live(tx, f, reterr);
	if (st == OK)
		st = casefile_tie_add(tx, f->id, &c->tie, change->rq->now_ms, reterr);
	change->location = subject_href(db_tx_arena(tx), f, c->on.subject->number);
	change->note = "De band is vastgelegd.";
	change->created = true;
	return st;
}

static enum status prepare_circle(struct request *rq, void **ret_input, struct error *reterr)
{
	struct tie_change *c = ARENA_NEW(rq->arena, struct tie_change);
	struct subject_fact facts[FACT_KIND_COUNT];
	enum law_phase opened = PHASE_1;
	struct tie_input in = { 0 };

	enum status st = on_subject(rq, &c->on, reterr);
	if (st == OK && c->on.subject->role != ROLE_MAIN)
		return FAIL(reterr, ERR_CONFLICT,
		            "Alleen om een hoofdpersoon staat een directe kring.");
	if (st != OK)
		return st;
	input_read(rq->body, &CIRCLE_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	*ret_input = c;
	if (rq->problems->error_count > 0)
		return OK;
	in.from_day = in.until_day = INT64_MIN;
	in.subject.kind = in.circle_kind;
	const size_t count =
	    subject_read(&in.subject, local_day(rq->now_ms), rq->arena, facts, rq->problems);
	check_words(rq, &in);
	struct casefile_tie_new tie = tie_of(rq, &in);
	tie.to = c->on.subject->number;
	if (!tie_fits(in.kind, in.circle_kind, c->on.subject->kind))
		problems_add(rq->problems, PROBLEM_ERROR, "tieKind",
		             "Deze band past niet tussen deze twee. Kies een andere.");
	st = phase_opened(rq->db, c->on.casefile.id, c->on.subject->id, &opened, reterr);
	if (st == OK)
		check_kind(rq, &c->on.casefile, opened == PHASE_3 ? PHASE_2 : opened, &in);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	return casefile_circle_seal(rq->db, plein_of(rq)->keyring, plein_of(rq)->identifier_key,
	                            c->on.casefile.id, in.circle_kind, facts, count, &tie,
	                            rq->now_ms, rq->arena, &c->circle, reterr);
}

static enum status apply_circle(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct tie_change *c = change->input;
	const struct casefile *f = &c->on.casefile;
	int64_t number = c->on.subject->number;

	enum status st = still_live(tx, f, reterr);
	if (st == OK)
		st =
		    casefile_circle_add(tx, f->id, &c->circle, change->rq->now_ms, &number, reterr);
	change->location = subject_href(db_tx_arena(tx), f, number);
	change->note = "Toegevoegd aan de directe kring.";
	change->created = true;
	return st;
}

/* ---- a tie that is wrong ----------------------------------------------------------------------------- */

struct on_one_tie {
	struct casefile casefile;
	struct array subjects;
	const struct known_tie *tie;
};

static const struct casefile_subject *end_of(struct request *rq, const struct on_one_tie *on,
                                             int64_t number)
{
	return subject_numbered(on->subjects, arena_printf(rq->arena, "%lld", (long long)number));
}

static enum status on_one(struct request *rq, struct on_one_tie *ret, struct error *reterr)
{
	const struct casefile *c = &ret->casefile;
	struct array ties = { 0 };
	char *end = NULL;

	enum status st = casefile_of_path(rq, &ret->casefile, reterr);
	if (st == OK)
		st = casefile_subjects_named(rq, c, &ret->subjects, reterr);
	if (st == OK)
		st = casefile_tie_list(rq->db, plein_of(rq)->keyring, c->id,
		                       casefile_reads_phase(rq->viewer->role, c->named_heavy),
		                       rq->arena, &ties, reterr);
	if (st != OK)
		return st;
	const long long wanted = strtoll(rq->params[1], &end, 10);
	const struct known_tie *t = ties.items;
	for (size_t i = 0; *end == '\0' && i < ties.count; i++)
		if (t[i].id == wanted)
			ret->tie = &t[i];
	if (ret->tie == NULL)
		return FAIL_NOT_FOUND(reterr);
	rq->touched.kind = OBJECT_FACT;
	rq->touched.id = ret->tie->id;
	rq->touched.phase = (uint8_t)ret->tie->phase;
	const struct known_fact whose = { .participant_id = ret->tie->participant_id };
	if (!fact_may_correct(rq->viewer, c, &whose))
		return FAIL(
		    reterr, ERR_CONFLICT,
		    "Alleen wie deze band inbracht of een informatiecoördinator trekt haar in.");
	return OK;
}

static enum status show_one(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_one_tie on = { 0 };

	enum status st = on_one(rq, &on, reterr);
	if (st != OK)
		return st;
	const struct casefile_subject *from = end_of(rq, &on, on.tie->from);
	const struct casefile_subject *to = end_of(rq, &on, on.tie->to);
	const struct tie_page record = {
		.reference = on.casefile.reference,
		.state = on.casefile.state,
		.name = from != NULL ? from->name : NULL,
		.other_name = to != NULL ? to->name : NULL,
		.tie_text = tie_label(on.tie->kind),
		.source = on.tie->source,
		.note = on.tie->note[0] != '\0' ? on.tie->note : NULL,
		.from_day = on.tie->from_day,
		.until_day = on.tie->until_day,
		.back_href = subject_href(rq->arena, &on.casefile, on.tie->from),
		.action_path = arena_printf(rq->arena, "/casefiles/%s/ties/%lld/withdraw",
		                            on.casefile.reference, (long long)on.tie->id),
	};
	const struct page page = { .title = "Een band",
		                   .place = "/casefiles",
		                   .crumbs = subject_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "casework/one_tie",
		                   .form = &WITHDRAW_FORM };
	return page_respond(rq, rs, &page, &TIE_PAGE_VIEW, &record, reterr);
}

struct withdraw_change {
	struct on_one_tie on;
	struct sealed_correction sealed;
};

static enum status prepare_withdraw(struct request *rq, void **ret_input, struct error *reterr)
{
	struct withdraw_change *c = ARENA_NEW(rq->arena, struct withdraw_change);
	struct tie_input in = { 0 };

	enum status st = on_one(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &WITHDRAW_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	casefile_check_words(rq, "reason", in.reason);
	*ret_input = c;
	if (rq->problems->error_count > 0)
		return OK;
	const struct known_fact old = { .id = c->on.tie->id,
		                        .uuid = c->on.tie->uuid,
		                        .kind = c->on.tie->kind,
		                        .phase = c->on.tie->phase };
	const struct correction_new new = { .kind = CORRECTION_WITHDRAWN,
		                            .subject_number = c->on.tie->from,
		                            .old = &old,
		                            .reason = in.reason,
		                            .appointment_id = rq->viewer->appointment_id,
		                            .now_ms = rq->now_ms };
	return correction_seal(rq->db, plein_of(rq)->keyring, plein_of(rq)->identifier_key,
	                       c->on.casefile.id, &new, rq->arena, &c->sealed, reterr);
}

static enum status apply_withdraw(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct withdraw_change *c = change->input;
	const struct casefile *f = &c->on.casefile;
	const struct correction_place where = { f->id, f->reference };
	int64_t told = 0;

	enum status st = correction_put(tx, &where, &c->sealed, &told, reterr);
	if (st == OK)
		st = casefile_circle_check(tx, f->id, reterr);
	change->location = subject_href(db_tx_arena(tx), f, c->on.tie->from);
	change->note = "De band is ingetrokken.";
	return st;
}

const struct route casefile_tie_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/subjects/{number}/ties",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_SUBJECT_VIEW,
	  .read = show_tie,
	  .view = &TIE_PAGE_VIEW,
	  .summary = "Welke banden u over een betrokkene mag vastleggen" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/subjects/{number}/ties",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_FACT_WRITE,
	  .prepare = prepare_tie,
	  .apply = apply_tie,
	  .redraw = show_tie,
	  .form = &TIE_FORM,
	  .summary = "Een band tussen twee betrokkenen vastleggen" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/subjects/{number}/circle",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_SUBJECT_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_circle,
	  .summary = "Iemand uit de directe kring van een hoofdpersoon" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/subjects/{number}/circle",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_FACT_WRITE,
	  .prepare = prepare_circle,
	  .apply = apply_circle,
	  .redraw = show_circle,
	  .form = &CIRCLE_FORM,
	  .summary = "Iemand uit de directe kring toevoegen, met zijn band (X-7)" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/ties/{tie}",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_SUBJECT_VIEW,
	  .read = show_one,
	  .view = &TIE_PAGE_VIEW,
	  .summary = "Een band tussen twee betrokkenen" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/ties/{tie}/withdraw",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_FACT_CORRECT,
	  .prepare = prepare_withdraw,
	  .apply = apply_withdraw,
	  .redraw = show_one,
	  .form = &WITHDRAW_FORM,
	  .summary = "Een band intrekken die niet klopt" },
	{ 0 },
};

const struct page_template casefile_tie_templates[] = {
	{ .name = "casework/tie", .view = &TIE_PAGE_VIEW, .form = &TIE_FORM, .whole = true },
	{ .name = "casework/circle", .view = &TIE_PAGE_VIEW, .form = &CIRCLE_FORM, .whole = true },
	{ .name = "casework/one_tie",
	  .view = &TIE_PAGE_VIEW,
	  .form = &WITHDRAW_FORM,
	  .whole = true },
	{ 0 },
};
