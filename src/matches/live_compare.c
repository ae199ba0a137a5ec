/* How two are alike, in words: for who may see both. */
#include <string.h>

#include "matches/live_parts.h"
#include "matching/explain.h"

/* What the words may show: as the pages do, so a date in Dutch and never a whole BSN. */
static void shown_texts(const struct model *m, const struct likeness_side *side, struct arena *a,
                        const char *ret[MODEL_FIELD_MAX])
{
	const int bsn = model_field_index(m, "bsn"), born = model_field_index(m, "birth_date");

	live_texts(m, side->facts, side->count, false, ret);
	for (size_t i = 0; i < side->count; i++) {
		const int field = side->facts[i].kind == FACT_BSN ? bsn : born;
		if (field >= 0 && (field == bsn || side->facts[i].kind == FACT_BIRTH_DATE))
			ret[field] = fact_shown(a, &side->facts[i]);
	}
}

static const char *clauses(struct arena *a, const struct explained *parts, int count,
                           enum explain_side side, int most)
{
	const char *text = "";

	for (int i = 0; i < count && most > 0; i++) {
		if (parts[i].side != side || parts[i].words[0] == '\0')
			continue;
		text = arena_printf(a, "%s%s%s", text, text[0] != '\0' ? "; " : "", parts[i].words);
		most--;
	}
	return text;
}

static void word(const struct model *m, const struct index_hit *hit,
                 const struct likeness_side *one, const struct likeness_side *other,
                 struct arena *a, struct likeness *ret)
{
	enum { TELLING = 2 };
	const char *left[MODEL_FIELD_MAX], *right[MODEL_FIELD_MAX];
	struct explained parts[MODEL_COMPARISON_MAX];
	char number[EXPLAIN_WEIGHT_BYTES], promise[EXPLAIN_PROMISE_BYTES];

	explain_weight((double)hit->weight, number);
	explain_promise((double)hit->weight, promise);
	shown_texts(m, one, a, left);
	shown_texts(m, other, a, right);
	const int count = explain(m, hit->pattern, LIVE_ASKED_OF, left, right, parts);
	*ret = (struct likeness){
		.weight = (double)hit->weight,
		.verdict = explain_verdict((double)hit->weight),
		.agrees = clauses(a, parts, count, EXPLAIN_SAME, MODEL_COMPARISON_MAX),
		.differs = clauses(a, parts, count, EXPLAIN_DIFFERENT, MODEL_COMPARISON_MAX),
		.promise = arena_strdup(a, promise),
		.number = arena_strdup(a, number),
		.model = arena_printf(a, "%s %d", m->name, m->version),
		.model_words = arena_printf(a, "%s, versie %d", explain_model(m), m->version),
	};
	const char *differs = clauses(a, parts, count, EXPLAIN_DIFFERENT, 1);
	ret->short_words =
	    arena_printf(a, "%s%s%s", clauses(a, parts, count, EXPLAIN_SAME, TELLING),
	                 differs[0] != '\0' && ret->agrees[0] != '\0' ? "; " : "", differs);
}

enum status live_compare(const struct live_index *x, int subject_kind,
                         const struct likeness_side *one, const struct likeness_side *other,
                         struct arena *a, struct likeness *ret, struct error *reterr)
{
	const int model = live_model_of(subject_kind);
	struct index_record left = { 0 }, right = { 0 };
	struct index_hit hit;
	enum status st;

	*ret = (struct likeness){ .verdict = "",
		                  .agrees = "",
		                  .differs = "",
		                  .short_words = "",
		                  .promise = "",
		                  .number = "",
		                  .model = "",
		                  .model_words = "" };
	if (x == NULL || model < 0)
		return OK;
	const struct model *m = &x->models[model];
	live_texts(m, one->facts, one->count, true, left.texts);
	live_texts(m, other->facts, other->count, true, right.texts);
	pthread_rwlock_t *lock = (pthread_rwlock_t *)(uintptr_t)&x->lock;
	(void)pthread_rwlock_rdlock(lock);
	if (!x->ready) {
		(void)pthread_rwlock_unlock(lock);
		return OK;
	}
	st = index_compare(x->now.index[model], &left, &right, &hit, reterr);
	(void)pthread_rwlock_unlock(lock);
	if (st == OK)
		word(m, &hit, one, other, a, ret);
	return st;
}
