#include "matches/alike.h"

#include <stdlib.h>

static const struct view_field FIELDS[] = {
	VIEW_F(struct alike, name, VIEW_TEXT),
	VIEW_F(struct alike, place, VIEW_TEXT),
	VIEW_F(struct alike, reference, VIEW_REF),
	VIEW_AS(struct alike, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct alike, participant, VIEW_TEXT),
	VIEW_F(struct alike, verdict, VIEW_TEXT),
	VIEW_F(struct alike, why, VIEW_TEXT),
};
const struct view ALIKE_VIEW = VIEW_OF(struct alike, FIELDS);

/* From here on a likeness is worth somebody's look; below it is more likely chance. */
static const double WORTH_A_LOOK = -3;

static const char *fact_of(const struct subject *s, enum fact_kind kind)
{
	const struct subject_fact *f = s->facts.items;

	for (size_t i = 0; i < s->facts.count; i++)
		if (f[i].kind == kind)
			return f[i].value;
	return NULL;
}

const char *alike_name(struct arena *a, const struct subject *s)
{
	static const enum fact_kind WORDS[][3] = {
		{ FACT_GIVEN_NAMES, FACT_FAMILY_NAME, FACT_KIND_COUNT },
		{ FACT_NAME, FACT_KIND_COUNT, FACT_KIND_COUNT },
		{ FACT_PLATE, FACT_KIND_COUNT, FACT_KIND_COUNT },
		{ FACT_PHONE_NUMBER, FACT_KIND_COUNT, FACT_KIND_COUNT },
		{ FACT_IBAN, FACT_KIND_COUNT, FACT_KIND_COUNT },
		{ FACT_STREET, FACT_HOUSE_NUMBER, FACT_TOWN },
		{ FACT_POSTCODE, FACT_HOUSE_NUMBER, FACT_KIND_COUNT },
		{ FACT_KVK, FACT_KIND_COUNT, FACT_KIND_COUNT },
		{ FACT_BAG_ID, FACT_KIND_COUNT, FACT_KIND_COUNT },
	};
	const char *name = "";

	for (size_t i = 0; name[0] == '\0' && i < sizeof WORDS / sizeof WORDS[0]; i++)
		for (int k = 0; k < 3; k++) {
			const char *word = fact_of(s, WORDS[i][k]);
			if (word != NULL && word[0] != '\0')
				name = arena_printf(a, "%s%s%s", name, name[0] != '\0' ? " " : "",
				                    word);
		}
	return name;
}

/* ---- candidates ---------------------------------------------------------------------------------- */

struct candidate {
	int64_t presence_id;
	size_t subject;
	double weight;
};

static int heavier_first(const void *a, const void *b)
{
	const struct candidate *x = a, *y = b;

	if (x->weight != y->weight)
		return x->weight < y->weight ? 1 : -1;
	return (x->presence_id > y->presence_id) - (x->presence_id < y->presence_id);
}

static struct array candidates_of(const struct alike_question *q, struct arena *a)
{
	struct candidate *list =
	    ARENA_ARRAY(a, struct candidate, q->subject_count * LIVE_HITS_MAX + 1);
	size_t count = 0;

	for (size_t i = 0; i < q->subject_count; i++) {
		const struct subject *s = &q->subjects[i];
		struct live_hit hits[LIVE_HITS_MAX];
		const int found =
		    live_find(q->live, s->kind, s->facts.items, s->facts.count, WORTH_A_LOOK, hits);
		for (int k = 0; k < found; k++)
			list[count++] =
			    (struct candidate){ hits[k].presence_id, i, hits[k].weight };
	}
	qsort(list, count, sizeof *list, heavier_first);
	return (struct array){ list, count };
}

static const struct seen_presence *seen_at(struct array seen, int64_t id)
{
	const struct seen_presence *s = seen.items;

	for (size_t i = 0; i < seen.count; i++)
		if (s[i].id == id)
			return &s[i];
	return NULL;
}

static enum status seen_of(struct db_read *r, const struct alike_question *q,
                           struct array candidates, struct arena *a, struct array *ret,
                           struct error *reterr)
{
	const struct candidate *c = candidates.items;
	int64_t ids[SEEN_AT_ONCE];
	size_t count = 0;

	for (size_t i = 0; i < candidates.count && count < SEEN_AT_ONCE; i++) {
		bool there = false;
		for (size_t k = 0; k < count; k++)
			there |= ids[k] == c[i].presence_id;
		if (!there)
			ids[count++] = c[i].presence_id;
	}
	return seen_presences(r, q->viewer, q->participant_id, ids, count, a, ret, reterr);
}

/* ERR_NOT_FOUND: forgotten since it came into the index, or nothing speaks for it when all is told. */
static enum status word(struct db_read *r, const struct alike_question *q,
                        const struct candidate *c, const struct seen_presence *seen,
                        struct arena *a, struct alike *ret, struct error *reterr)
{
	const struct subject *asked = &q->subjects[c->subject];
	struct likeness likeness;
	struct subject other;

	enum status st = subject_identity(r, q->keyring, seen->id, a, &other, reterr);
	if (st != OK)
		return st;
	const struct likeness_side left = { asked->facts.items, asked->facts.count };
	const struct likeness_side right = { other.facts.items, other.facts.count };
	st = live_compare(q->live, asked->kind, &left, &right, a, &likeness, reterr);
	if (st == OK && likeness.agrees[0] == '\0')
		return FAIL_NOT_FOUND(reterr);
	*ret = (struct alike){ .name = alike_name(a, asked),
		               .reference = seen->reference,
		               .href = seen->href,
		               .participant = seen->participant,
		               .place = seen->signal_id != 0 ? "signaal" : "casus",
		               .verdict = likeness.verdict,
		               .why = likeness.short_words,
		               .other = *seen,
		               .weight = likeness.weight };
	return st;
}

enum status alike_find(struct db_read *r, const struct alike_question *q, struct arena *a,
                       struct array *ret, struct error *reterr)
{
	struct alike *list = ARENA_ARRAY(a, struct alike, ALIKE_MAX);
	const struct array candidates = candidates_of(q, a);
	const struct candidate *c = candidates.items;
	struct array seen = { 0 };
	size_t count = 0;

	enum status st = seen_of(r, q, candidates, a, &seen, reterr);
	for (size_t i = 0; st == OK && count < ALIKE_MAX && i < candidates.count; i++) {
		const struct seen_presence *s = seen_at(seen, c[i].presence_id);
		if (s == NULL || (q->signal_id != 0 && s->signal_id == q->signal_id))
			continue;
		st = word(r, q, &c[i], s, a, &list[count], reterr);
		if (st == ERR_NOT_FOUND)
			st = OK;
		else if (st == OK && list[count].weight >= WORTH_A_LOOK)
			count++;
	}
	*ret = (struct array){ list, count };
	return st;
}
