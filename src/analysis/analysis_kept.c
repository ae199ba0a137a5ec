/* What an analysis says, of somebody who goes or whole, as a hold keeps it. */
#include "analysis/analysis_end.h"

#include "analysis/analysis_store.h"
#include "analysis/mention.h"

static const struct casefile_subject *numbered(const struct array *all, int64_t number)
{
	const struct casefile_subject *s = all->items;

	for (size_t i = 0; i < all->count; i++)
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

/* Who can be named in it: an array of struct mention_known. */
static enum status load_known(struct db_read *r, const struct kept_subject *of, struct arena *a,
                              struct array *ret, struct error *reterr)
{
	struct array names = { 0 };
	const enum status st = presence_names(r, of->casefile_id, a, &names, reterr);

	if (st != OK)
		return st;
	const struct presence_name *n = names.items;
	struct mention_known *to = ARENA_ARRAY(a, struct mention_known, names.count + 1);
	size_t count = 0;
	for (size_t i = 0; i < names.count; i++) {
		const struct casefile_subject *s = numbered(of->all, n[i].number);
		if (s != NULL)
			to[count++] = (struct mention_known){ .number = s->number,
				                              .uuid = n[i].uuid,
				                              .name = s->name };
	}
	*ret = (struct array){ to, count };
	return OK;
}

enum status analysis_keep(struct db_read *r, struct keyring *k, const struct kept_subject *of,
                          struct arena *a, struct array *lines, struct error *reterr)
{
	struct array known = { 0 }, found = { 0 };
	enum status st = of->presence_id == 0
	                     ? paragraphs_lasting(r, k, of->casefile_id, a, &found, reterr)
	                     : paragraphs_about(r, k, of->presence_id, a, &found, reterr);

	if (st != OK || found.count == 0)
		return st;
	st = load_known(r, of, a, &known, reterr);
	const struct paragraph *p = found.items;
	for (size_t i = 0; st == OK && i < found.count; i++)
		kept_add(lines, &(struct kept_line){ .phase = p[i].phase,
		                                     .label = "Alinea van de analyse",
		                                     .value = mention_plain(
							 a, p[i].stored, known.items, known.count),
		                                     .source = p[i].participant,
		                                     .received_at = p[i].written_at });
	return st;
}
