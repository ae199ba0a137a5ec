#include "people/recognize.h"

#include <string.h>

#include "people/capacity.h"
#include "people/gate.h"
#include "people/session_memory.h"
#include "platform/crypto/token.h"

struct guess {
	const struct session *who;
	struct db_rows marks;
};

/* Who this request says it comes from, as the tables know it. */
struct bearer {
	struct digest digest;
	bool is_token;
};

static bool read_bearer(const struct request *rq, const char *cookie_header,
                        const char *bearer_token, struct bearer *ret)
{
	const struct plein *p = plein_of(rq);
	const char *text = bearer_token != NULL
	                       ? bearer_token
	                       : http_cookie(rq->arena, cookie_header, session_cookie_name(p));

	if (text == NULL || !token_has_shape(text))
		return false;
	ret->is_token = bearer_token != NULL;
	ret->digest = token_digest(p->token_key, ret->is_token ? "api" : "session", text);
	return true;
}

/* Signed in and working: whoever is on the way in or out is asked about every time. */
static bool works(const struct request *rq, const struct session *s)
{
	return s->times.stage == STAGE_FULL && session_alive(&s->times, rq->now_ms) &&
	       s->account == ACCOUNT_ACTIVE && capacity_in_force(rq, s);
}

static bool recall(struct request *rq, const struct bearer *b, struct session *ret)
{
	const bool page = rq->route != NULL && !rq->certain && strcmp(rq->method, "GET") == 0;

	if (!page ||
	    !session_recall(plein_of(rq)->sessions, &b->digest, rq->now_ms, rq->arena, ret))
		return false;
	if (b->is_token)
		ret->times.created_at = ret->times.seen_at = rq->now_ms;
	return works(rq, ret);
}

static enum status ask(struct request *rq, const struct session *s, struct error *reterr)
{
	rq->guess = ARENA_NEW(rq->arena, struct guess);
	rq->guess->who = s;
	return session_ask_marks(rq->db, s, rq->now_ms, &rq->guess->marks, reterr);
}

enum status recognize(struct request *rq, const char *cookie_header, const char *bearer_token,
                      struct session *ret, bool *ret_found, struct error *reterr)
{
	struct bearer b;
	enum status st;

	*ret_found = false;
	if (!read_bearer(rq, cookie_header, bearer_token, &b))
		return OK;
	if (recall(rq, &b, ret)) {
		*ret_found = true;
		return ask(rq, ret, reterr);
	}
	st = b.is_token ? session_of_token(rq->db, &b.digest, rq->now_ms, rq->arena, ret, reterr)
	                : session_load(rq->db, &b.digest, rq->now_ms, rq->arena, ret, reterr);
	*ret_found = st == OK;
	if (st == OK && works(rq, ret))
		session_remember(plein_of(rq)->sessions, ret, rq->now_ms);
	return st == ERR_NOT_FOUND ? OK : st;
}

bool recognize_confirm(struct request *rq)
{
	return session_marks_stand(&rq->guess->marks, rq->guess->who);
}
