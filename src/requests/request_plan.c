#include "requests/request_plan.h"

#define BIT(category) (UINT64_C(1) << (category))

static struct verdict may(const struct plan_question *q, const struct plan_subject *s,
                          enum law_letter letter, enum law_category category)
{
	const struct part_asking asking = {
		.category = category,
		.addressee = letter,
		.opened_phase = s->opened,
		.activity = q->activity,
		.crime_form = q->crime_form,
		.on_day = q->on_day,
	};
	return request_part_may(&asking);
}

/* Somebody among them may be asked for this about everybody; else the no of the first. */
static struct verdict somebody_may(const struct plan_question *q, const enum law_letter *letters,
                                   size_t count, enum law_category category)
{
	struct verdict first = { .kind = VERDICT_YES };

	for (size_t i = 0; i < q->subject_count; i++) {
		size_t refused = 0;
		for (size_t j = 0; j < count; j++) {
			const struct verdict v = may(q, &q->subjects[i], letters[j], category);
			if (verdict_allows(v))
				break;
			if (refused++ == 0)
				first = v;
		}
		if (refused == count)
			return first;
	}
	return verdict_yes();
}

static bool asks_for(const struct plan_question *q, enum law_category category)
{
	return q->kind == REQUEST_CONTENT && (q->categories & BIT(category)) != 0;
}

static void add(struct plan_parts *p, const struct plan_subject *s, enum law_category category)
{
	if (p->count < REQUEST_PARTS_MAX)
		p->parts[p->count] = (struct request_part){ s->presence_id, category, ANSWER_OPEN };
	p->count++;
}

/* The parts of one partner; of a full answer the count goes on. */
static void fill(const struct plan_question *q, enum law_letter letter, struct plan_parts *p)
{
	size_t rows = 0;
	const struct law_category_row *categories = law_categories(&rows);

	for (size_t i = 0; i < q->subject_count; i++) {
		if (q->kind == REQUEST_HIT_NO_HIT)
			add(p, &q->subjects[i], CATEGORY_NONE);
		for (size_t c = 0; c < rows; c++) {
			if (!asks_for(q, categories[c].code))
				continue;
			if (verdict_allows(may(q, &q->subjects[i], letter, categories[c].code)))
				add(p, &q->subjects[i], categories[c].code);
			else
				p->left_out |= BIT(categories[c].code);
		}
	}
}

static struct verdict nothing_to_ask(const struct plan_question *q, enum law_letter letter)
{
	size_t rows = 0;
	const struct law_category_row *categories = law_categories(&rows);

	for (size_t c = 0; c < rows; c++)
		if (asks_for(q, categories[c].code))
			return may(q, &q->subjects[0], letter, categories[c].code);
	return verdict_no_by("WGS, artikel 2.22, eerste lid", "Kies welke gegevens u vraagt.",
	                     NULL);
}

struct verdict request_plan(struct arena *a, const struct plan_question *q,
                            const enum law_letter *letters, size_t count, struct plan_parts *ret,
                            size_t *ret_at)
{
	size_t rows = 0;
	const struct law_category_row *categories = law_categories(&rows);
	struct verdict v = { .kind = VERDICT_YES };

	*ret_at = count;
	for (size_t c = 0; c < rows && verdict_allows(v); c++)
		if (asks_for(q, categories[c].code))
			v = somebody_may(q, letters, count, categories[c].code);
	for (size_t i = 0; i < count && verdict_allows(v); i++) {
		ret[i] =
		    (struct plan_parts){ ARENA_ARRAY(a, struct request_part, REQUEST_PARTS_MAX), 0,
			                 0 };
		fill(q, letters[i], &ret[i]);
		if (ret[i].count > REQUEST_PARTS_MAX)
			return verdict_no_by(
			    NULL, "Dit zijn te veel onderdelen. Maak er twee vragen van.", NULL);
		if (ret[i].count == 0 && q->subject_count > 0) {
			*ret_at = i;
			return nothing_to_ask(q, letters[i]);
		}
	}
	return v;
}
