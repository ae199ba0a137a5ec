/* What too many share to tell anybody by. */
#include <stdlib.h>

#include "matches/live_parts.h"
#include "matching/explain.h"

static int larger_first(const void *a, const void *b)
{
	const struct live_crowd *x = a, *y = b;

	return (x->count < y->count) - (x->count > y->count);
}

static void take(const struct live_index *x, int model, const struct index_crowd *c,
                 struct live_crowd *ret)
{
	uint64_t ids[LIVE_CROWD_IDS];
	const int count = index_crowd_ids(x->now.index[model], c, ids, LIVE_CROWD_IDS);

	ret->model = model;
	ret->kind = explain_model(&x->models[model]);
	ret->rule = c->rule;
	ret->count = c->count;
	ret->fields = c->fields;
	ret->id_count = (size_t)count;
	for (int i = 0; i < count; i++)
		ret->ids[i] = (int64_t)ids[i];
}

/* Of all models together the largest stay. */
static int add_of_model(const struct live_index *x, int model, struct live_crowd *ret, int had)
{
	struct index_crowd found[LIVE_CROWDS_MAX];
	const int count = index_crowds(x->now.index[model], found, LIVE_CROWDS_MAX);

	for (int i = 0; i < count; i++) {
		const bool full = had == LIVE_CROWDS_MAX;
		if (full && found[i].count <= ret[had - 1].count)
			break;
		take(x, model, &found[i], &ret[full ? had - 1 : had]);
		had += !full;
		qsort(ret, (size_t)had, sizeof *ret, larger_first);
	}
	return had;
}

int live_crowds(const struct live_index *x, struct live_crowd *ret)
{
	int count = 0;

	if (x == NULL)
		return 0;
	pthread_rwlock_t *lock = (pthread_rwlock_t *)(uintptr_t)&x->lock;
	(void)pthread_rwlock_rdlock(lock);
	for (int model = 0; x->ready && model < LIVE_MODELS; model++)
		count = add_of_model(x, model, ret, count);
	(void)pthread_rwlock_unlock(lock);
	return count;
}

const char *live_crowd_shared(const struct live_index *x, const struct live_crowd *c,
                              const struct subject_fact *facts, size_t count, struct arena *a)
{
	const struct model *m = &x->models[c->model];
	const char *text = "";

	for (size_t i = 0; i < count; i++) {
		const char *texts[MODEL_FIELD_MAX];
		bool shared = false;
		live_texts(m, &facts[i], 1, false, texts);
		for (int field = 0; field < m->field_count; field++)
			shared |= texts[field] != NULL && (c->fields >> field & 1) != 0;
		if (shared)
			text = arena_printf(a, "%s%s%s", text, text[0] != '\0' ? ", " : "",
			                    fact_shown(a, &facts[i]));
	}
	return text;
}
