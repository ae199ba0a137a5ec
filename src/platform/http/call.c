/* The caller's thread is the worker, and waits for the database. */
#include "platform/http/call.h"

#include "platform/http/server.h"

struct call {
	pthread_mutex_t mutex;
	pthread_cond_t answered;
	bool done;
};

void call_resume(struct exchange *x)
{
	struct call *call = x->call;

	(void)pthread_mutex_lock(&call->mutex);
	call->done = true;
	(void)pthread_cond_signal(&call->answered);
	(void)pthread_mutex_unlock(&call->mutex);
}

static void wait_for(struct call *call)
{
	(void)pthread_mutex_lock(&call->mutex);
	while (!call->done)
		(void)pthread_cond_wait(&call->answered, &call->mutex);
	(void)pthread_mutex_unlock(&call->mutex);
}

static enum status fill(struct exchange *x, const struct http_call *call, struct error *reterr)
{
	const size_t len = call->json != NULL ? strlen(call->json) : 0;

	x->head.method = call->method;
	x->head.bearer = call->bearer;
	x->head.content_type = len > 0 ? "application/json" : NULL;
	x->head.content_length = (int64_t)len;
	x->rq.client_address = "";
	x->complete = true;
	if (len == 0)
		return OK;
	x->body = malloc(len);
	if (x->body == NULL)
		return FAIL_INTERNAL(reterr);
	memcpy(x->body, call->json, len);
	x->body_len = len;
	return OK;
}

static void run(struct exchange *x)
{
	struct call waiting = { .mutex = PTHREAD_MUTEX_INITIALIZER,
		                .answered = PTHREAD_COND_INITIALIZER };

	// cppcheck-suppress autoVariables ; this function waits until nobody uses it any more
	x->call = &waiting;
	if (x->refusal == OK)
		router_match(x->server->router, x->head.method, &x->target, &x->match);
	life_run(x);
	wait_for(&waiting);
	(void)pthread_cond_destroy(&waiting.answered);
	(void)pthread_mutex_destroy(&waiting.mutex);
}

enum status http_ask(struct http_server *s, const struct http_call *call, struct arena *a,
                     struct http_reply *ret, struct error *reterr)
{
	struct exchange *x = exchange_new(s, call->path);
	if (x == NULL)
		return FAIL_INTERNAL(reterr);
	const enum status st = fill(x, call, reterr);
	if (st == OK) {
		run(x);
		const struct response *rs = &x->rs;
		*ret = (struct http_reply){
			.code = rs->code,
			.location = rs->location != NULL ? arena_strdup(a, rs->location) : NULL,
			.body =
			    arena_strndup(a, rs->body.len > 0 ? rs->body.data : "", rs->body.len),
		};
	}
	exchange_free(x);
	return st;
}
