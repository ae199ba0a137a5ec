#include "audit/list.h"

#include <assert.h>

#include "audit/log_store.h"

/* $1 quarter, $2 actor, $3 action, $4 $5 object, $6 $7 owner, $8 from, $9 until, $10-$12 keyset,
 * $13 limit. Each statement begins with the condition whose index it walks. */
#define SELECT_EVENTS                                                                              \
	"SELECT event_id, tree_id, seq, at_ms, action, actor_id, object_type, object_id,"          \
	" owner_type, owner_id, body, nonce FROM audit_sealed WHERE quarter = $1"
#define AND_THE_REST                                                                               \
	" AND at_ms >= $8 AND at_ms < $9"                                                          \
	" AND ($2 = 0 OR actor_id = $2) AND ($3 = 0 OR action = $3)"                               \
	" AND ($4 = 0 OR (object_type = $4 AND object_id = $5))"                                   \
	" AND ($6 = 0 OR (owner_type = $6 AND owner_id = $7))"
#define PARAMS "iiiiiiiiiiiii"
#define NEWEST_FIRST(condition)                                                                    \
	SELECT_EVENTS condition AND_THE_REST                                                       \
	    " AND (at_ms, seq, tree_id) < ($10, $11, $12)"                                         \
	    " ORDER BY at_ms DESC, seq DESC, tree_id DESC LIMIT $13"
#define OLDEST_FIRST(condition)                                                                    \
	SELECT_EVENTS condition AND_THE_REST " AND (at_ms, seq, tree_id) > ($10, $11, $12)"        \
					     " ORDER BY at_ms, seq, tree_id LIMIT $13"

/* Each in both orders: the newest first, the oldest first. */
enum { NEWEST, OLDEST };
static const struct db_stmt BY_TIME[] = {
	{ "audit_list_by_time", PARAMS, NEWEST_FIRST("") },
	{ "audit_list_by_time_oldest", PARAMS, OLDEST_FIRST("") },
};
static const struct db_stmt BY_ACTION[] = {
	{ "audit_list_by_action", PARAMS, NEWEST_FIRST(" AND action = $3") },
	{ "audit_list_by_action_oldest", PARAMS, OLDEST_FIRST(" AND action = $3") },
};
static const struct db_stmt BY_ACTOR[] = {
	{ "audit_list_by_actor", PARAMS, NEWEST_FIRST(" AND actor_id = $2") },
	{ "audit_list_by_actor_oldest", PARAMS, OLDEST_FIRST(" AND actor_id = $2") },
};
#define THIS_OBJECT " AND object_type = $4 AND object_id = $5"
static const struct db_stmt BY_OBJECT[] = {
	{ "audit_list_by_object", PARAMS, NEWEST_FIRST(THIS_OBJECT) },
	{ "audit_list_by_object_oldest", PARAMS, OLDEST_FIRST(THIS_OBJECT) },
};
#define THIS_OWNER " AND owner_type = $6 AND owner_id = $7"
static const struct db_stmt BY_OWNER[] = {
	{ "audit_list_by_owner", PARAMS, NEWEST_FIRST(THIS_OWNER) },
	{ "audit_list_by_owner_oldest", PARAMS, OLDEST_FIRST(THIS_OWNER) },
};

const struct db_stmt *const AUDIT_LIST_STATEMENTS[] = { &BY_TIME[NEWEST],
	                                                &BY_ACTION[NEWEST],
	                                                &BY_ACTOR[NEWEST],
	                                                &BY_OBJECT[NEWEST],
	                                                &BY_OWNER[NEWEST],
	                                                &BY_TIME[OLDEST],
	                                                &BY_ACTION[OLDEST],
	                                                &BY_ACTOR[OLDEST],
	                                                &BY_OBJECT[OLDEST],
	                                                &BY_OWNER[OLDEST],
	                                                NULL };

enum audit_outcome audit_outcome_of(const struct audit_event *e)
{
	if (e->result == OK)
		return AUDIT_DONE;
	return e->result == ERR_DENIED || e->result == ERR_NOT_FOUND ? AUDIT_REFUSED : AUDIT_FAILED;
}

struct listing {
	struct audit_log *log;
	struct arena *arena;
	const struct audit_filter *filter;
	struct audit_cursor at;
	size_t limit;
	struct audit_page *page;
	struct batch waiting; /* shown already; a row that was sealed meanwhile isn't shown twice */
};

static const struct db_stmt *walk_for(const struct audit_filter *f)
{
	if (f->owner_type != 0)
		return BY_OWNER;
	if (f->object_type != 0)
		return BY_OBJECT;
	if (f->actor_id != 0)
		return BY_ACTOR;
	return f->action != 0 ? BY_ACTION : BY_TIME;
}

static const struct db_stmt *statement_for(const struct audit_filter *f)
{
	return &walk_for(f)[f->oldest_first ? OLDEST : NEWEST];
}

/* Before every row, in the order that was asked. */
static int64_t before_all(const struct audit_filter *f)
{
	return f->oldest_first ? -1 : INT64_MAX;
}

static bool fits(const struct audit_filter *f, const struct leaf *l)
{
	return (f->actor_id == 0 || l->actor_id == f->actor_id) &&
	       (f->action == 0 || l->action == f->action) &&
	       (f->object_type == 0 ||
	        (l->object_type == f->object_type && l->object_id == f->object_id)) &&
	       (f->owner_type == 0 ||
	        (l->owner_type == f->owner_type && l->owner_id == f->owner_id)) &&
	       l->at_ms >= f->from_ms && (f->until_ms == 0 || l->at_ms < f->until_ms);
}

static bool is_shown(const struct listing *s, const struct leaf *l)
{
	for (size_t i = 0; i < s->waiting.count; i++)
		if (s->waiting.leaves[i].event_id == l->event_id &&
		    s->waiting.leaves[i].nonce_len == l->nonce_len &&
		    memcmp(s->waiting.leaves[i].nonce, l->nonce, l->nonce_len) == 0)
			return true;
	return false;
}

/* A damaged body is shown by its columns: hiding it would hide the damage. */
static struct audit_row row_of(const struct leaf *l, bool sealed)
{
	struct audit_row row = { .sealed = sealed, .tree_id = l->xid, .seq = l->seq };

	if (!audit_body_decode(l->body, l->body_len, &row.event))
		row.event = (struct audit_event){ .at_ms = l->at_ms,
			                          .action = (uint16_t)l->action,
			                          .result = ERR_INTERNAL,
			                          .actor_id = l->actor_id,
			                          .object_type = (uint16_t)l->object_type,
			                          .object_id = l->object_id,
			                          .owner_type = (uint16_t)l->owner_type,
			                          .owner_id = l->owner_id };
	return row;
}

static bool ended_so(const struct audit_filter *f, const struct audit_row *row)
{
	return f->outcome == AUDIT_ANY_OUTCOME || audit_outcome_of(&row->event) == f->outcome;
}

static bool waits(const struct listing *s, size_t i, struct audit_row *ret)
{
	*ret = row_of(&s->waiting.leaves[i], false);
	return fits(s->filter, &s->waiting.leaves[i]) && ended_so(s->filter, ret);
}

static void show_waiting_first(struct listing *s)
{
	struct audit_row row;

	for (size_t i = 0; i < s->waiting.count && s->page->count < s->limit; i++)
		if (waits(s, i, &row))
			s->page->rows[s->page->count++] = row;
}

/* All of them behind what is sealed, or none: then they are the next page's, sealed by then. */
static void show_waiting_last(struct listing *s)
{
	const size_t sealed = s->page->count;
	struct audit_row row;

	for (size_t i = s->waiting.count; i-- > 0;) {
		if (!waits(s, i, &row))
			continue;
		if (s->page->count == s->limit) {
			s->page->more = sealed > 0;
			s->page->count = sealed > 0 ? sealed : s->limit;
			return;
		}
		s->page->rows[s->page->count++] = row;
	}
}

static enum status load_waiting(struct listing *s, struct db_read *r, struct error *reterr)
{
	const size_t max = s->filter->oldest_first ? AUDIT_PAGE_MAX : s->limit;

	if (!s->filter->oldest_first && s->at.quarter != 0)
		return OK;
	const enum status st = events_waiting(r, s->arena, max, &s->waiting, reterr);
	if (st == OK && !s->filter->oldest_first)
		show_waiting_first(s);
	return st;
}

/* Rows to read for one page of this quarter. */
static int64_t rows_to_read(const struct listing *s)
{
	if (s->filter->outcome != AUDIT_ANY_OUTCOME)
		return AUDIT_SCAN_MAX;
	return (int64_t)(s->limit + 1 + s->waiting.count);
}

/* The page is full before this row: then it is the next page's. */
static void take_row(struct listing *s, int64_t quarter, const struct leaf *l)
{
	const struct audit_row row = row_of(l, true);

	if (is_shown(s, l))
		return;
	if (!ended_so(s->filter, &row)) {
		s->page->next = (struct audit_cursor){ quarter, l->at_ms, l->seq, l->xid };
		return;
	}
	s->page->more = s->page->count >= s->limit;
	if (s->page->more)
		return;
	s->page->rows[s->page->count++] = row;
	s->page->next = (struct audit_cursor){ quarter, l->at_ms, l->seq, l->xid };
}

static enum status read_rows(struct listing *s, struct db_read *r, int64_t quarter,
                             struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const struct audit_filter *f = s->filter;
	const bool resumes = s->at.quarter == quarter;
	enum status st = db_query(
	    r, statement_for(f),
	    DB_ARGS(DB_INT(quarter), DB_INT(f->actor_id), DB_INT(f->action), DB_INT(f->object_type),
	            DB_INT(f->object_id), DB_INT(f->owner_type), DB_INT(f->owner_id),
	            DB_INT(f->from_ms), DB_INT(f->until_ms == 0 ? INT64_MAX : f->until_ms),
	            DB_INT(resumes ? s->at.at_ms : before_all(f)),
	            DB_INT(resumes ? s->at.seq : before_all(f)),
	            DB_INT(resumes ? s->at.tree_id : before_all(f)), DB_INT(rows_to_read(s))),
	    &rows, reterr);

	int64_t seen = 0;
	while (st == OK && !s->page->more && db_next(&rows)) {
		const struct leaf l = leaf_of_row(&rows, s->arena);
		take_row(s, quarter, &l);
		seen++;
	}
	if (s->filter->outcome != AUDIT_ANY_OUTCOME && seen == AUDIT_SCAN_MAX)
		s->page->more = true;
	return st == OK && !s->page->more ? db_rows_end(&rows, reterr) : st;
}

static enum status add_quarter(struct listing *s, int64_t quarter, struct error *reterr)
{
	struct db *db;
	struct db_read *r;
	enum status st = audit_quarter_borrow(s->log, quarter, &db, reterr);

	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st; /* verify tells that a file is gone */
	st = db_read_begin(db, &r, reterr);
	if (st == OK) {
		st = read_rows(s, r, quarter, reterr);
		db_read_end(r);
	}
	audit_quarter_return(s->log, quarter);
	return st;
}

/* x comes after y in the order that was asked. */
static bool further(const struct listing *s, int64_t x, int64_t y)
{
	return s->filter->oldest_first ? x > y : x < y;
}

static bool may_hold(const struct listing *s, const struct tree *t)
{
	const struct audit_filter *f = s->filter;

	return t->destroyed_at == 0 && t->frontier.size > 0 &&
	       (s->at.quarter == 0 || !further(s, s->at.quarter, t->quarter)) &&
	       t->last_at >= f->from_ms && (f->until_ms == 0 || t->first_at < f->until_ms);
}

/* The first quarter after this one that may hold something; 0: none. */
static int64_t next_quarter(const struct listing *s, const struct tree *trees, size_t count,
                            int64_t after)
{
	int64_t best = 0;

	for (size_t i = 0; i < count; i++)
		if (further(s, trees[i].quarter, after) &&
		    (best == 0 || further(s, best, trees[i].quarter)) && may_hold(s, &trees[i]))
			best = trees[i].quarter;
	return best;
}

enum status audit_list(struct audit_log *log, struct arena *a, const struct audit_filter *filter,
                       const struct audit_cursor *from, size_t limit, struct audit_page *ret,
                       struct error *reterr)
{
	struct listing s = {
		.log = log, .arena = a, .filter = filter, .limit = limit, .page = ret
	};
	struct db_read *r;
	struct tree *trees;
	size_t count = 0;
	enum status st = db_read_begin(log->cfg.db, &r, reterr);

	assert(limit > 0 && limit <= AUDIT_PAGE_MAX);
	if (st != OK)
		return st;
	if (from != NULL)
		s.at = *from;
	*ret = (struct audit_page){ .rows = ARENA_ARRAY(a, struct audit_row, limit) };
	st = load_waiting(&s, r, reterr);
	if (st == OK)
		st = tree_list(r, a, &trees, &count, reterr);
	db_read_end(r);
	const int64_t start = before_all(filter);
	int64_t quarter = st == OK ? next_quarter(&s, trees, count, start) : 0;
	ret->next =
	    s.at.quarter != 0 ? s.at : (struct audit_cursor){ quarter, start, start, start };
	while (st == OK && quarter != 0 && !ret->more) {
		st = add_quarter(&s, quarter, reterr);
		quarter = next_quarter(&s, trees, count, quarter);
	}
	if (st == OK && filter->oldest_first && !ret->more)
		show_waiting_last(&s);
	return st;
}
