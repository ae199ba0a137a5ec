#include "matching/judgement.h"

#include <assert.h>
#include <string.h>

void judgements_free(struct judgements *j)
{
	bigarray_free(&j->list);
}

static size_t count_of(const struct judgements *j)
{
	return j->list.bytes / sizeof(struct judgement);
}

static struct judgement *at(const struct judgements *j, size_t i)
{
	return (struct judgement *)j->list.data + i;
}

enum status judgement_add(struct judgements *j, const struct judgement *in, uint64_t *ret_number,
                          struct error *reterr)
{
	struct judgement kept = *in;

	assert(in->kind >= JUDGED_SAME && in->kind <= JUDGED_UNSURE);
	if (in->a == in->b)
		return FAIL(reterr, ERR_INVALID, "Kies twee verschillende records.");
	if (in->why[0] == '\0')
		return FAIL(reterr, ERR_INVALID, "Schrijf op waarom u dit oordeelt.");
	kept.a = in->a < in->b ? in->a : in->b;
	kept.b = in->a < in->b ? in->b : in->a;
	kept.number = count_of(j) + 1;
	kept.undone_by = 0;
	kept.undone_at_ms = 0;
	kept.why[JUDGEMENT_WHY_MAX_BYTES] = '\0';
	(void)bigarray_push(&j->list, &kept, sizeof(kept));
	*ret_number = kept.number;
	return OK;
}

enum status judgement_undo(struct judgements *j, uint64_t number, uint64_t by, int64_t at_ms,
                           struct error *reterr)
{
	assert(by != 0);
	if (number == 0 || number > count_of(j))
		return FAIL(reterr, ERR_NOT_FOUND, "Dit oordeel is er niet.");
	struct judgement *held = at(j, (size_t)number - 1);
	if (held->undone_by != 0)
		return FAIL(reterr, ERR_CONFLICT, "Dit oordeel is al ongedaan gemaakt.");
	held->undone_by = by;
	held->undone_at_ms = at_ms;
	return OK;
}

const struct judgement *judgement_of(const struct judgements *j, uint64_t a, uint64_t b)
{
	uint64_t low = a < b ? a : b, high = a < b ? b : a;

	for (size_t i = count_of(j); i > 0; i--) {
		const struct judgement *held = at(j, i - 1);
		if (held->a == low && held->b == high && held->undone_by == 0)
			return held;
	}
	return NULL;
}

/* Whether it is the one that holds for its pair. */
static bool holds(const struct judgements *j, const struct judgement *one)
{
	return one->undone_by == 0 && judgement_of(j, one->a, one->b) == one;
}

/* A walk over "the same" from a record: whom it reaches, and over which judgement. */
struct walk {
	struct bigarray nodes; /* struct node */
};

struct node {
	uint64_t record;
	size_t from;     /* index of the node before; itself for the start */
	uint64_t number; /* judgement that led here; 0 for the start */
};

static size_t node_count(const struct walk *w)
{
	return w->nodes.bytes / sizeof(struct node);
}

static struct node *node_at(const struct walk *w, size_t i)
{
	return (struct node *)w->nodes.data + i;
}

static bool reaches(const struct walk *w, uint64_t record, size_t *ret)
{
	for (size_t i = 0; i < node_count(w); i++)
		if (node_at(w, i)->record == record) {
			*ret = i;
			return true;
		}
	return false;
}

static void walk_same(const struct judgements *j, uint64_t start, struct walk *w)
{
	struct node first = { start, 0, 0 };
	size_t known = 0;

	(void)bigarray_push(&w->nodes, &first, sizeof(first));
	for (size_t i = 0; i < node_count(w); i++)
		for (size_t k = 0; k < count_of(j); k++) {
			const struct judgement *one = at(j, k);
			uint64_t here = node_at(w, i)->record;
			if (one->kind != JUDGED_SAME || (one->a != here && one->b != here) ||
			    !holds(j, one))
				continue;
			struct node next = { one->a == here ? one->b : one->a, i, one->number };
			if (!reaches(w, next.record, &known))
				(void)bigarray_push(&w->nodes, &next, sizeof(next));
		}
}

static void put_number(struct conclusion *c, uint64_t number)
{
	if (c->chain_count < JUDGEMENT_CHAIN_MAX)
		c->chain[c->chain_count++] = number;
}

static void put_chain(const struct walk *w, size_t node, struct conclusion *c)
{
	for (; node_at(w, node)->number != 0; node = node_at(w, node)->from)
		put_number(c, node_at(w, node)->number);
}

/* A judgement "not the same" between the two groups, or NULL; with its ends' nodes. */
static const struct judgement *parting(const struct judgements *j, const struct walk *wa,
                                       const struct walk *wb, size_t *ret_a, size_t *ret_b)
{
	for (size_t k = 0; k < count_of(j); k++) {
		const struct judgement *one = at(j, k);
		if (one->kind != JUDGED_DIFFERENT || !holds(j, one))
			continue;
		if ((reaches(wa, one->a, ret_a) && reaches(wb, one->b, ret_b)) ||
		    (reaches(wa, one->b, ret_a) && reaches(wb, one->a, ret_b)))
			return one;
	}
	return NULL;
}

void judgement_conclude(const struct judgements *j, uint64_t a, uint64_t b, struct conclusion *ret)
{
	struct walk wa = { { 0 } }, wb = { { 0 } };
	size_t end = 0, node_a = 0, node_b = 0;
	const struct judgement *direct = judgement_of(j, a, b);

	*ret = (struct conclusion){ .kind = JUDGED_NOT };
	walk_same(j, a, &wa);
	walk_same(j, b, &wb);
	bool same = a != b && reaches(&wa, b, &end);
	const struct judgement *part = parting(j, &wa, &wb, &node_a, &node_b);
	if (same)
		put_chain(&wa, end, ret);
	if (part != NULL) {
		put_chain(&wa, node_a, ret);
		put_number(ret, part->number);
		put_chain(&wb, node_b, ret);
	}
	ret->contradiction = same && part != NULL;
	if (ret->contradiction)
		ret->kind = JUDGED_UNSURE;
	else if (direct != NULL)
		ret->kind = direct->kind;
	else if (same)
		ret->kind = JUDGED_SAME;
	else if (part != NULL)
		ret->kind = JUDGED_DIFFERENT;
	ret->direct = direct != NULL && !ret->contradiction;
	if (direct != NULL && ret->chain_count == 0)
		put_number(ret, direct->number);
	bigarray_free(&wa.nodes);
	bigarray_free(&wb.nodes);
}
