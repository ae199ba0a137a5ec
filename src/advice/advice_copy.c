#include "advice/advice_copy.h"

static const int64_t *owners_of(struct arena *a, const struct advice_proposal *p)
{
	const struct co_owner *co = p->co_owners.items;
	int64_t *to = ARENA_ARRAY(a, int64_t, p->co_owners.count + 1);

	for (size_t i = 0; i < p->co_owners.count; i++)
		to[i] = co[i].organ_id;
	return to;
}

/* Its place in the new edition: proposals are numbered anew, in the order in which they stand. */
static int64_t number_of(struct array all, int64_t old)
{
	const struct advice_proposal *p = all.items;

	for (size_t i = 0; i < all.count; i++)
		if (old != 0 && p[i].number == old)
			return (int64_t)i + 1;
	return 0;
}

static struct proposal_new again(struct keyring *k, struct array all, size_t i, int64_t now_ms,
                                 struct arena *a)
{
	const struct advice_proposal *p = (const struct advice_proposal *)all.items + i;
	struct proposal_new ret = {
		.uuid = uuid_at(now_ms),
		.instrument = p->instrument,
		.kind = p->kind,
		.weight = p->weight,
		.barrier = p->barrier,
		.lead_organ_id = p->lead_organ_id,
		.hours = p->hours,
		.wanted_day = p->wanted_day,
		.waits_for = number_of(all, p->waits_for),
		.alternative_to = number_of(all, p->alternative_to),
		.co_owners = owners_of(a, p),
		.co_owner_count = p->co_owners.count,
	};

	advice_seal_proposal(k, &ret.uuid, &p->texts, a, &ret.texts);
	return ret;
}

// NOLINTNEXTLINE(readability-function-size): from which edition, for which advice, when
static enum status seal_again(struct db_read *r, struct keyring *k, const struct advice *from,
                              const struct uuid *next, int64_t now_ms, struct arena *a,
                              struct advice_copy *ret, struct error *reterr)
{
	struct advice_texts texts = { 0 };
	struct array all = { 0 };

	enum status st = advice_texts_open(r, k, from, a, &texts, reterr);
	if (st == OK)
		st = advice_proposals(r, k, from, a, &all, reterr);
	if (st != OK)
		return st;
	ret->there = true;
	advice_seal_texts(k, next, texts.introduction, texts.conclusion, a, &ret->texts);
	ret->proposals = ARENA_ARRAY(a, struct proposal_new, all.count + 1);
	ret->proposal_count = all.count;
	for (size_t i = 0; i < all.count; i++)
		ret->proposals[i] = again(k, all, i, now_ms, a);
	return OK;
}

// NOLINTNEXTLINE(readability-function-size): from which casefile, for which advice, when
enum status advice_copy_seal(struct db_read *r, struct keyring *k, int64_t casefile_id,
                             const struct uuid *next, int64_t now_ms, struct arena *a,
                             struct advice_copy *ret, struct error *reterr)
{
	struct advice from = { 0 };

	*ret = (struct advice_copy){ 0 };
	const enum status st = advice_last_of_casefile(r, casefile_id, a, &from, reterr);
	if (st == ERR_NOT_FOUND || (st == OK && from.state != ADVICE_WITHDRAWN))
		return OK;
	return st == OK ? seal_again(r, k, &from, next, now_ms, a, ret, reterr) : st;
}

enum status advice_copy_put(struct db_tx *tx, const struct advice_writer *w,
                            const struct advice_copy *copy, struct error *reterr)
{
	if (!copy->there)
		return OK;
	enum status st = advice_texts_put(tx, w, &copy->texts, reterr);
	for (size_t i = 0; st == OK && i < copy->proposal_count; i++) {
		int64_t number = 0;
		st = advice_proposal_put(tx, w, &copy->proposals[i], &number, reterr);
	}
	return st;
}
