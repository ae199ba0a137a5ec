#include "server/attachment_feed.h"

#include "interventions/paper_index.h"
#include "signals/attachment_index.h"

enum status any_attachment_read(struct plein *p, struct db_read *r, int64_t id, struct arena *a,
                                struct search_text *ret, struct error *reterr)
{
	const enum status st = attachment_search_read(p, r, id, a, ret, reterr);
	return st == ERR_NOT_FOUND ? paper_search_read(p, r, id, a, ret, reterr) : st;
}

enum status any_attachment_words(struct plein *p, int64_t id, struct arena *a, const char **ret,
                                 struct error *reterr)
{
	const enum status st = attachment_search_words(p, id, a, ret, reterr);
	return st == ERR_NOT_FOUND ? paper_search_words(p, id, a, ret, reterr) : st;
}

enum status any_attachment_titles(struct request *rq, const int64_t *ids, size_t count,
                                  const char **ret_titles, struct error *reterr)
{
	const enum status st = attachment_search_titles(rq, ids, count, ret_titles, reterr);
	return st == OK ? paper_search_titles(rq, ids, count, ret_titles, reterr) : st;
}
