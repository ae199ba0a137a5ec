/* A subject's page: who people judged to be the same, and their facts read together. */
#include <string.h>

#include "access/access.h"
#include "casework/subject_page.h"
#include "plein/plein.h"
#include "subjects/joined.h"

struct same_item {
	const char *name, *href, *pair_href, *judge, *second, *reason, *second_reason;
	int64_t number, judged_at;
	bool waits;
};
static const struct view_field SAME_FIELDS[] = {
	VIEW_F(struct same_item, number, VIEW_INT),
	VIEW_F(struct same_item, name, VIEW_TEXT),
	VIEW_AS(struct same_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct same_item, pair_href, "pairHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct same_item, judge, VIEW_TEXT),
	VIEW_F(struct same_item, second, VIEW_TEXT),
	VIEW_F(struct same_item, reason, VIEW_TEXT),
	VIEW_AS(struct same_item, second_reason, "secondReason", VIEW_TEXT),
	VIEW_AS(struct same_item, judged_at, "judgedAt", VIEW_MOMENT),
	VIEW_F(struct same_item, waits, VIEW_BOOL),
};
const struct view SAME_VIEW = VIEW_OF(struct same_item, SAME_FIELDS);

struct other_item {
	const char *name, *href;
};
static const struct view_field OTHER_FIELDS[] = {
	VIEW_F(struct other_item, name, VIEW_TEXT),
	VIEW_AS(struct other_item, href, "href", VIEW_TEXT, .page_only = true),
};
const struct view OTHER_VIEW = VIEW_OF(struct other_item, OTHER_FIELDS);

/* The page where two are judged; NULL: not for this viewer. */
static const char *pair_href(const struct request *rq, const struct casefile_subject *one,
                             const struct casefile_subject *other)
{
	char first[UUID_TEXT_BYTES], second[UUID_TEXT_BYTES];

	if (!access_permits(rq->viewer->role, PERM_MATCH_JUDGE))
		return NULL;
	uuid_text(one->id < other->id ? &one->uuid : &other->uuid, first);
	uuid_text(one->id < other->id ? &other->uuid : &one->uuid, second);
	return arena_printf(rq->arena, "/matches/%s/%s", first, second);
}

/* What was judged of this very pair; NULL: nothing, they are joined by way of others. */
static const struct casefile_join *join_of(struct array joins, int64_t one, int64_t other)
{
	const struct casefile_join *j = joins.items;

	for (size_t i = 0; i < joins.count; i++)
		if ((j[i].one == one && j[i].other == other) ||
		    (j[i].one == other && j[i].other == one))
			return &j[i];
	return NULL;
}

static struct same_item item_of(const struct request *rq, const struct casefile *c,
                                const struct casefile_subject *s,
                                const struct casefile_subject *other, const struct casefile_join *j)
{
	struct same_item item = { .name = other->name,
		                  .number = other->number,
		                  .href = subject_href(rq->arena, c, other->number),
		                  .judged_at = INT64_MIN };

	if (j == NULL)
		return item;
	item.pair_href = pair_href(rq, s, other);
	item.waits = j->waits;
	item.judge = j->judge;
	item.second = j->second[0] != '\0' ? j->second : NULL;
	item.reason = j->reason[0] != '\0' ? j->reason : NULL;
	item.second_reason = j->second_reason[0] != '\0' ? j->second_reason : NULL;
	item.judged_at = j->judged_at;
	return item;
}

static void take_facts(struct arena *a, const struct casefile_subject *of, const char *about,
                       struct subject_same *same)
{
	const size_t count = same->facts.count + of->facts.count;
	struct known_fact *facts = ARENA_ARRAY(a, struct known_fact, count + 1);
	const char **from = ARENA_ARRAY(a, const char *, count + 1);

	if (same->facts.count > 0) {
		memcpy(facts, same->facts.items, same->facts.count * sizeof *facts);
		memcpy(from, same->from, same->facts.count * sizeof *from);
	}
	if (of->facts.count > 0)
		memcpy(facts + same->facts.count, of->facts.items, of->facts.count * sizeof *facts);
	for (size_t i = same->facts.count; i < count; i++)
		from[i] = about;
	same->facts = (struct array){ facts, count };
	same->from = from;
}

/* Of this one, and of who is joined with it, every fact is shown; of the others only the name. */
static enum status read_all(struct request *rq, const struct casefile *c, struct array joins,
                            struct array subjects, int64_t number, struct error *reterr)
{
	const int max_phase = casefile_reads_phase(rq->viewer->role, c->named_heavy);
	struct casefile_subject *all = subjects.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < subjects.count; i++)
		if (all[i].number == number || joined_numbers(joins, number, all[i].number))
			st = casefile_subject_fill(rq->db, plein_of(rq)->keyring, c->id, max_phase,
			                           rq->arena, &all[i], reterr);
	return st;
}

/* Who waits for a second person is shown to who may be it, and to nobody else. */
static void fill(struct request *rq, const struct casefile *c, struct array joins,
                 struct array subjects, const struct casefile_subject *s, struct subject_same *ret)
{
	const bool judges = access_permits(rq->viewer->role, PERM_MATCH_JUDGE);
	const struct casefile_subject *all = subjects.items;
	struct same_item *same = ARENA_ARRAY(rq->arena, struct same_item, subjects.count + 1);
	struct other_item *others = ARENA_ARRAY(rq->arena, struct other_item, subjects.count + 1);

	take_facts(rq->arena, s, NULL, ret);
	for (size_t i = 0; i < subjects.count; i++) {
		const struct casefile_join *j = join_of(joins, s->number, all[i].number);
		if (all[i].number == s->number || all[i].kind != s->kind)
			continue;
		if (joined_numbers(joins, s->number, all[i].number)) {
			same[ret->joins.count++] = item_of(rq, c, s, &all[i], j);
			take_facts(rq->arena, &all[i], all[i].name, ret);
		} else if (judges && j != NULL) {
			same[ret->joins.count++] = item_of(rq, c, s, &all[i], j);
		} else if (judges) {
			others[ret->others.count++] =
			    (struct other_item){ all[i].name, pair_href(rq, s, &all[i]) };
		}
	}
	ret->joins.items = same;
	ret->others.items = others;
	ret->has_joins = ret->joins.count > 0;
	ret->has_others = ret->others.count > 0;
}

enum status subject_same_load(struct request *rq, const struct casefile *c, struct array subjects,
                              const struct casefile_subject *s, struct subject_same *ret,
                              struct error *reterr)
{
	struct array joins = { 0 };
	enum status st =
	    casefile_joins(rq->db, plein_of(rq)->keyring, c->id, rq->arena, &joins, reterr);

	*ret = (struct subject_same){ 0 };
	if (st == OK)
		st = read_all(rq, c, joins, subjects, s->number, reterr);
	if (st == OK)
		fill(rq, c, joins, subjects, s, ret);
	return st;
}
