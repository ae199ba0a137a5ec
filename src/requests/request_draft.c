/* What is asked of whom: judged as one question, sealed for each partner by itself. */
#include "requests/request_draft.h"

#include "platform/core/calendar.h"
#include "plein/plein.h"

static void check_words(struct request *rq, const struct draft_input *in)
{
	const int32_t today = local_day(rq->now_ms);

	if (in->kind == REQUEST_CONTENT && in->question[0] == '\0')
		problems_add(rq->problems, PROBLEM_ERROR, "question", "Schrijf de vraag op.");
	if (in->necessity[0] != '\0' && strlen(in->necessity) < REQUEST_NECESSITY_CHARS_MIN)
		problems_add(rq->problems, PROBLEM_ERROR, "necessity",
		             "Leg uit waarom de gegevens nodig zijn: minstens één zin.");
	answer_words_check(in->question, in->settled, today, "question", rq->arena, rq->problems);
	answer_words_check(in->necessity, in->settled, today, "necessity", rq->arena, rq->problems);
	if (in->issue && rq->viewer->role != ROLE_INFO_COORDINATOR)
		problems_add(rq->problems, PROBLEM_ERROR, "issue",
		             "De informatiecoördinator zet uit. Bewaar het als concept.");
}

/* Those of the casefile that he named, once each. */
static size_t named_subjects(const struct draft_question *q, struct plan_subject *ret)
{
	const struct asked_subject *all = q->subjects.items;
	const struct draft_number *in = q->in->subjects.items;
	size_t count = 0;

	for (size_t i = 0; i < q->subjects.count; i++)
		for (size_t j = 0; j < q->in->subjects.count; j++)
			if (in[j].number == all[i].number) {
				ret[count++] =
				    (struct plan_subject){ all[i].presence_id, all[i].opened };
				break;
			}
	return count;
}

static void say_no(struct request *rq, const struct draft_question *q, struct verdict v, size_t at)
{
	if (at < q->organ_count && q->organ_count > 1) {
		v.sentence = arena_printf(rq->arena, "Aan %s kunt u dit niet vragen. %s",
		                          q->organs[at]->on_behalf, v.sentence);
		problems_add_verdict(rq->problems, "organs", v);
		return;
	}
	problems_add_verdict(rq->problems, "categories", v);
}

void draft_judge(struct request *rq, const struct draft_question *q, struct plan_parts *ret)
{
	struct plan_subject *subjects =
	    ARENA_ARRAY(rq->arena, struct plan_subject, q->subjects.count + 1);
	enum law_letter letters[PLAN_ORGANS_MAX];
	const struct plan_question asked = {
		.kind = (enum request_kind)q->in->kind,
		.categories = q->in->categories,
		.subjects = subjects,
		.subject_count = named_subjects(q, subjects),
		.activity = (enum law_activity)q->casefile->activity,
		.crime_form = (enum law_crime_form)q->casefile->crime_form,
		.on_day = local_day(rq->now_ms),
	};
	size_t at = 0;

	check_words(rq, q->in);
	for (size_t i = 0; i < q->organ_count; i++)
		letters[i] = (enum law_letter)q->organs[i]->letter;
	if (asked.subject_count == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "subjects",
		             "Kies over wie of wat het gaat.");
	else if (q->in->kind == REQUEST_CONTENT && q->in->categories == 0)
		problems_add(rq->problems, PROBLEM_ERROR, "categories",
		             "Kies welke gegevens u vraagt.");
	else if (q->organ_count > 0) {
		const struct verdict v =
		    request_plan(rq->arena, &asked, letters, q->organ_count, ret, &at);
		if (!verdict_allows(v))
			say_no(rq, q, v, at);
	}
}

struct request_new draft_sealed(struct request *rq, const struct draft_question *q,
                                const struct casefile_organ *to, const struct plan_parts *parts,
                                const struct uuid *uuid)
{
	const struct draft_input *in = q->in;
	const struct request_texts texts = { in->question, in->necessity, in->settled };
	struct request_new n = {
		.uuid = *uuid,
		.reference_key = plein_of(rq)->reference_key,
		.casefile_id = q->casefile->id,
		.participant_id = to->participant_id,
		.organ_id = to->organ_id,
		.appointment_id = rq->viewer->appointment_id,
		.now_ms = rq->now_ms,
		.kind = in->kind,
		.urgent = in->urgent,
		.template_code = in->template_code > 0 && in->template_code <= UINT16_MAX
		                     ? (uint16_t)in->template_code
		                     : 0,
		.parts = parts->parts,
		.part_count = parts->count,
	};

	request_seal_texts(plein_of(rq)->keyring, &n.uuid, &texts, rq->arena, &n.texts);
	return n;
}

const char *draft_left_out(struct arena *a, const struct draft_question *q,
                           const struct plan_parts *plans)
{
	const char *text = NULL;

	for (size_t i = 0; i < q->organ_count; i++) {
		const char *names = "";
		for (const struct code *k = REQUEST_CATEGORIES; k->name != NULL; k++)
			if ((plans[i].left_out >> k->value & 1) != 0)
				names = arena_printf(a, "%s%s%s", names,
				                     names[0] != '\0' ? ", " : "", k->label);
		if (names[0] != '\0')
			text = arena_printf(a, "%s%s aan %s: %s", text != NULL ? text : "",
			                    text != NULL ? "; " : "Niet gevraagd",
			                    q->organs[i]->on_behalf, names);
	}
	return text;
}
