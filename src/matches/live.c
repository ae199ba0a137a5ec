#include "matches/live.h"

#include <stdlib.h>
#include <string.h>

#include "matches/live_parts.h"
#include "platform/core/memory.h"

static const char *const MODEL_NAMES[LIVE_MODELS] = { "persons", "organisations", "addresses",
	                                              "objects" };

int live_model_of(int subject_kind)
{
	switch (subject_kind) {
	case SUBJECT_PERSON:
		return 0;
	case SUBJECT_ORGANISATION:
		return 1;
	case SUBJECT_PLACE:
		return 2;
	case SUBJECT_VEHICLE:
	case SUBJECT_PHONE:
	case SUBJECT_ACCOUNT:
		return 3;
	default:
		return -1;
	}
}

/* Which field of a model a fact fills; a model without the field leaves it out. */
static const struct {
	enum fact_kind kind;
	const char *field;
} FIELDS[] = {
	{ FACT_FAMILY_NAME, "family_name" },
	{ FACT_GIVEN_NAMES, "given_names" },
	{ FACT_BIRTH_DATE, "birth_date" },
	{ FACT_BSN, "bsn" },
	{ FACT_NAME, "name" },
	{ FACT_KVK, "kvk" },
	{ FACT_STREET, "street" },
	{ FACT_HOUSE_NUMBER, "house_number" },
	{ FACT_POSTCODE, "postcode" },
	{ FACT_TOWN, "place" },
	{ FACT_BAG_ID, "bag_id" },
	{ FACT_PLATE, "plate" },
	{ FACT_PHONE_NUMBER, "phone" },
	{ FACT_IBAN, "iban" },
};

void live_texts(const struct model *m, const struct subject_fact *facts, size_t count,
                bool with_bsn, const char *ret[MODEL_FIELD_MAX])
{
	for (int i = 0; i < MODEL_FIELD_MAX; i++)
		ret[i] = NULL;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; k < sizeof FIELDS / sizeof FIELDS[0]; k++) {
			if (FIELDS[k].kind != facts[i].kind ||
			    (facts[i].kind == FACT_BSN && !with_bsn))
				continue;
			const int field = model_field_index(m, FIELDS[k].field);
			if (field >= 0)
				ret[field] = facts[i].value;
		}
}

/* ---- its life --------------------------------------------------------------------------------- */

void live_set_new(const struct live_index *x, struct live_set *ret)
{
	*ret = (struct live_set){ 0 };
	for (int i = 0; i < LIVE_MODELS; i++)
		ret->index[i] = index_new_frozen(&x->models[i], LIVE_ASKED_OF);
}

void live_set_free(struct live_set *s)
{
	for (int i = 0; i < LIVE_MODELS; i++)
		index_free(s->index[i]);
	bigarray_free(&s->rows);
	*s = (struct live_set){ 0 };
}

struct live_index *live_new(void)
{
	struct live_index *x = block_alloc(1, sizeof *x);
	struct error e;

	for (int i = 0; i < LIVE_MODELS; i++)
		if (model_ready(MODEL_NAMES[i], &x->models[i], &e) != OK)
			abort(); /* allow abort: the models are part of the program */
	(void)pthread_rwlock_init(&x->lock, NULL);
	return x;
}

void live_free(struct live_index *x)
{
	if (x == NULL)
		return;
	live_set_free(&x->now);
	live_set_free(&x->next);
	(void)pthread_rwlock_destroy(&x->lock);
	block_free(x);
}

/* ---- asking ----------------------------------------------------------------------------------- */

static pthread_rwlock_t *lock_of(const struct live_index *x)
{
	return (pthread_rwlock_t *)(uintptr_t)&x->lock;
}

bool live_ready(const struct live_index *x)
{
	if (x == NULL)
		return false;
	(void)pthread_rwlock_rdlock(lock_of(x));
	const bool ready = x->ready;
	(void)pthread_rwlock_unlock(lock_of(x));
	return ready;
}

uint32_t live_count(const struct live_index *x)
{
	uint32_t count = 0;

	(void)pthread_rwlock_rdlock(lock_of(x));
	for (int i = 0; x->ready && i < LIVE_MODELS; i++)
		count += index_count(x->now.index[i]);
	(void)pthread_rwlock_unlock(lock_of(x));
	return count;
}

uint64_t live_bytes(const struct live_index *x)
{
	uint64_t bytes = live_count(x) * sizeof(struct live_row);

	(void)pthread_rwlock_rdlock(lock_of(x));
	for (int i = 0; x->ready && i < LIVE_MODELS; i++)
		bytes += index_bytes(x->now.index[i]);
	(void)pthread_rwlock_unlock(lock_of(x));
	return bytes;
}

static int hits_of(const struct index_hit *hits, int count, struct live_hit ret[LIVE_HITS_MAX])
{
	for (int i = 0; i < count; i++)
		ret[i] = (struct live_hit){ (int64_t)hits[i].id, (double)hits[i].weight };
	return count;
}

int live_find(const struct live_index *x, int subject_kind, const struct subject_fact *facts,
              size_t count, double weight_min, struct live_hit ret[LIVE_HITS_MAX])
{
	const int model = live_model_of(subject_kind);
	struct index_record asked = { 0 };
	struct index_hit hits[LIVE_HITS_MAX];
	struct error e;
	int found = 0;

	if (x == NULL || model < 0)
		return 0;
	live_texts(&x->models[model], facts, count, false, asked.texts);
	(void)pthread_rwlock_rdlock(lock_of(x));
	if (!x->ready || index_lookup(x->now.index[model], &asked, weight_min, hits, LIVE_HITS_MAX,
	                              &found, &e) != OK)
		found = 0;
	(void)pthread_rwlock_unlock(lock_of(x));
	return hits_of(hits, found, ret);
}

int live_find_presence(const struct live_index *x, int subject_kind, int64_t presence_id,
                       double weight_min, struct live_hit ret[LIVE_HITS_MAX])
{
	const int model = live_model_of(subject_kind);
	struct index_hit hits[LIVE_HITS_MAX];
	struct error e;
	int found = 0;

	if (x == NULL || model < 0)
		return 0;
	(void)pthread_rwlock_rdlock(lock_of(x));
	if (!x->ready || index_lookup_id(x->now.index[model], (uint64_t)presence_id, weight_min,
	                                 hits, LIVE_HITS_MAX, &found, &e) != OK)
		found = 0;
	(void)pthread_rwlock_unlock(lock_of(x));
	return hits_of(hits, found, ret);
}
