/* The parts of a request as they are drawn: what was written, and the form for more. */
#include "requests/request_parts.h"

#include <stdlib.h>
#include <string.h>

/* ---- what the page is fed -------------------------------------------------------------------- */

static const struct code PART_STATES[] = {
	{ ANSWER_OPEN, "OPEN", "Nog leeg" },
	{ ANSWER_NOTHING, "NOTHING_KNOWN", "Niets bekend" },
	{ ANSWER_FACTS, "FACTS", "Ingevuld" },
	{ ANSWER_REFUSED, "REFUSED", "Niet verstrekt" },
	{ 0 },
};
static const struct code STAGES[] = {
	{ ITEM_WRITTEN, "WRITTEN", "Nog niet verstuurd" },
	{ ITEM_SENT, "SENT", "Nog te controleren" },
	{ ITEM_KEPT, "KEPT", "Gehouden" },
	{ ITEM_SENT_BACK, "SENT_BACK", "Teruggestuurd en gewist" },
	{ 0 },
};

struct shown_item {
	int64_t number, day, cents;
	const char *what, *text, *settled, *grade, *task, *remove_href;
	bool judgement, to_judge;
	int stage;
};
static const struct view_field ITEM_FIELDS[] = {
	VIEW_F(struct shown_item, number, VIEW_INT),
	VIEW_F(struct shown_item, what, VIEW_TEXT),
	VIEW_F(struct shown_item, text, VIEW_TEXT),
	VIEW_F(struct shown_item, settled, VIEW_TEXT),
	VIEW_F(struct shown_item, day, VIEW_DAY),
	VIEW_AS(struct shown_item, cents, "amount", VIEW_MONEY),
	VIEW_F(struct shown_item, judgement, VIEW_BOOL),
	VIEW_F(struct shown_item, grade, VIEW_TEXT),
	VIEW_F(struct shown_item, task, VIEW_TEXT),
	VIEW_AS(struct shown_item, stage, "stage", VIEW_CODE, .codes = STAGES),
	VIEW_AS(struct shown_item, remove_href, "removeHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct shown_item, to_judge, "toJudge", VIEW_BOOL, .page_only = true),
};
static const struct view ITEM_VIEW = VIEW_OF(struct shown_item, ITEM_FIELDS);

struct shown_part {
	const char *id, *name, *category_id; /* id: unique on the page */
	int64_t category, phase, subject;
	int state;
	struct array items, kinds, tasks, grades;
	bool has_items, answering, known_only;
	bool asks_why; /* words that were just sent may stay with a reason */
};
static const struct view_field PART_FIELDS[] = {
	VIEW_AS(struct shown_part, id, "id", VIEW_TEXT, .page_only = true),
	VIEW_F(struct shown_part, name, VIEW_TEXT),
	VIEW_AS(struct shown_part, category_id, "category", VIEW_TEXT),
	VIEW_AS(struct shown_part, category, "categoryCode", VIEW_INT, .page_only = true),
	VIEW_F(struct shown_part, phase, VIEW_INT),
	VIEW_AS(struct shown_part, subject, "subjectNumber", VIEW_INT, .page_only = true),
	VIEW_AS(struct shown_part, state, "state", VIEW_CODE, .codes = PART_STATES),
	VIEW_AS(struct shown_part, items, "items", VIEW_LIST, .view = &ITEM_VIEW),
	VIEW_AS(struct shown_part, kinds, "kinds", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct shown_part, tasks, "tasks", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct shown_part, grades, "grades", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
	VIEW_AS(struct shown_part, has_items, "hasItems", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_part, answering, "answering", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_part, known_only, "knownOnly", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct shown_part, asks_why, "asksWhy", VIEW_BOOL, .page_only = true),
};
static const struct view PART_VIEW = VIEW_OF(struct shown_part, PART_FIELDS);

struct shown_subject {
	int64_t number;
	const char *name, *identity;
	struct array parts;
	bool answering;
};
static const struct view_field SUBJECT_FIELDS[] = {
	VIEW_F(struct shown_subject, number, VIEW_INT),
	VIEW_F(struct shown_subject, name, VIEW_TEXT),
	VIEW_F(struct shown_subject, identity, VIEW_TEXT),
	VIEW_AS(struct shown_subject, parts, "parts", VIEW_LIST, .view = &PART_VIEW),
	VIEW_AS(struct shown_subject, answering, "subjectOpen", VIEW_BOOL, .page_only = true),
};
const struct view REQUEST_SUBJECT_VIEW = VIEW_OF(struct shown_subject, SUBJECT_FIELDS);

/* ---- parts and items -------------------------------------------------------------------------- */

static const char *task_label(uint16_t code)
{
	const struct law_task *task = law_task(code);
	return task != NULL ? task->label : NULL;
}

static struct shown_item item_of(struct request *rq, const struct on_request *on,
                                 const struct request_item *i, bool answering, bool checking)
{
	const struct law_kind *kind = law_kind(i->item.kind);
	const char *grade =
	    i->item.source_grade != 0
		? arena_printf(rq->arena, "%c%c", i->item.source_grade, i->item.information_grade)
		: NULL;

	return (struct shown_item){
		.number = i->number,
		.day = i->item.day,
		.cents = i->item.cents,
		.what = kind != NULL ? kind->label : NULL,
		.text = i->item.text,
		.settled = i->item.settled[0] != '\0' ? i->item.settled : NULL,
		.grade = grade,
		.task = task_label(i->item.task),
		.remove_href = answering && i->stage == ITEM_WRITTEN
		                   ? request_path(rq->arena, &on->request,
		                                  arena_printf(rq->arena, "/items/%lld/_remove",
		                                               (long long)i->number))
		                   : NULL,
		.judgement = i->item.is_judgement,
		.to_judge = checking && i->stage == ITEM_SENT,
		.stage = (int)i->stage,
	};
}

struct choice request_choice(struct arena *a, int64_t value, const char *label, bool chosen)
{
	return (struct choice){ arena_printf(a, "%lld", (long long)value), label, chosen };
}

static struct array kind_choices(struct arena *a, enum law_category category)
{
	enum { MAX = 20 };
	const struct law_kind *kinds[MAX];
	const size_t count = answer_kinds(category, kinds, MAX);
	struct choice *to = ARENA_ARRAY(a, struct choice, count + 1);

	for (size_t i = 0; i < count; i++)
		to[i] = request_choice(a, kinds[i]->code, kinds[i]->label, false);
	return (struct array){ to, count };
}

struct array request_task_choices(struct arena *a, enum law_letter letter, const char *typed)
{
	size_t count = 0, found = 0;
	const struct law_task *tasks = law_tasks(&count);
	struct choice *to = ARENA_ARRAY(a, struct choice, count + 1);

	for (size_t i = 0; i < count; i++)
		if (tasks[i].letter == letter) {
			to[found] = request_choice(a, tasks[i].code, tasks[i].label, false);
			to[found].selected = typed != NULL && strcmp(typed, to[found].value) == 0;
			found++;
		}
	return (struct array){ to, found };
}

static struct array grade_choices(struct arena *a)
{
	size_t count = 0;

	while (REQUEST_GRADES[count].name != NULL)
		count++;
	struct choice *to = ARENA_ARRAY(a, struct choice, count + 1);
	for (size_t i = 0; i < count; i++)
		to[i] = (struct choice){ REQUEST_GRADES[i].name, REQUEST_GRADES[i].label, false };
	return (struct array){ to, count };
}

const char *request_problem_at(const struct request *rq, const char *path)
{
	const struct problem *p = problems_at(rq->problems, path);
	return p != NULL ? p->message : NULL;
}

/* Was the item that was just refused meant for this part? By subject and by the kind chosen. */
static bool meant_here(const struct request *rq, const struct asked_subject *s,
                       enum law_category category)
{
	const char *subject = input_text(rq->body, "subject");
	const char *part = input_text(rq->body, "part");

	if (rq->problems->error_count == 0 || subject == NULL || part == NULL)
		return false;
	return strtoll(subject, NULL, 10) == s->number && strtoll(part, NULL, 10) == category;
}

/* A name or a sensitive datum may stay, with a reason; what the law forbids may not. */
static bool may_stay_with_reason(const struct request *rq)
{
	const struct problem *words = problems_at(rq->problems, "text");

	return input_text(rq->body, "settled") != NULL ||
	       (words != NULL && words->rule != NULL && strcmp(words->rule, "R-6") != 0 &&
	        strcmp(words->rule, "R-3") != 0);
}

static struct array items_of(struct request *rq, const struct parts_drawing *d,
                             const struct request_part *part)
{
	const struct request_item *from = d->items.items;
	struct shown_item *to = ARENA_ARRAY(rq->arena, struct shown_item, d->items.count + 1);
	size_t count = 0;

	for (size_t i = 0; i < d->items.count; i++)
		if (from[i].presence_id == part->presence_id &&
		    from[i].item.category == part->category &&
		    (d->of_addressee || from[i].stage != ITEM_WRITTEN))
			to[count++] = item_of(rq, d->on, &from[i], d->answering, d->checking);
	return (struct array){ to, count };
}

static struct shown_part part_of(struct request *rq, const struct parts_drawing *d,
                                 const struct asked_subject *s, const struct request_part *part)
{
	const struct law_category_row *row = law_category(part->category);
	const bool known_only = part->category == CATEGORY_NONE;
	struct shown_part ret = {
		.id = arena_printf(rq->arena, "p%lld-%d", (long long)s->number, part->category),
		.name = row != NULL ? row->label : "Bekend of niet",
		.category_id = row != NULL ? row->id : "KNOWN",
		.category = part->category,
		.phase = row != NULL ? row->phase : PHASE_1,
		.subject = s->number,
		/* Before it is sent, how far the desk is stays at the desk. */
		.state = d->of_addressee || !request_waits_for_answer(d->on->request.state)
		             ? answer_shown(part->state, d->on->sees_refusal || d->of_addressee)
		             : ANSWER_OPEN,
		.items = items_of(rq, d, part),
		.answering = d->answering && !known_only,
		.known_only = known_only,
	};
	ret.has_items = ret.items.count > 0;
	if (ret.answering) {
		ret.kinds = kind_choices(rq->arena, part->category);
		ret.tasks =
		    request_task_choices(rq->arena, (enum law_letter)d->on->request.letter, NULL);
		ret.grades = grade_choices(rq->arena);
		ret.asks_why = meant_here(rq, s, part->category) && may_stay_with_reason(rq);
	}
	return ret;
}

struct array request_drawn_subjects(struct request *rq, const struct parts_drawing *d)
{
	const struct asked_subject *from = d->on->subjects.items;
	const struct request_part *parts = d->on->parts.items;
	struct shown_subject *to =
	    ARENA_ARRAY(rq->arena, struct shown_subject, d->on->subjects.count + 1);

	for (size_t i = 0; i < d->on->subjects.count; i++) {
		struct shown_part *p =
		    ARENA_ARRAY(rq->arena, struct shown_part, d->on->parts.count + 1);
		size_t count = 0;
		for (size_t j = 0; j < d->on->parts.count; j++)
			if (parts[j].presence_id == from[i].presence_id)
				p[count++] = part_of(rq, d, &from[i], &parts[j]);
		to[i] = (struct shown_subject){
			from[i].number, from[i].name, from[i].identity, { p, count }, d->answering
		};
	}
	return (struct array){ to, d->on->subjects.count };
}
