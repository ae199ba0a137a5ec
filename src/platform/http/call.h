/*
 * call.h - a request from this process itself, with the life of any other
 *
 * Route, who is this, may he, read or prepare and apply, and an event in the log. The demo world
 * is played with it. A server without bind_address takes nothing but calls.
 */
#ifndef PLATFORM_HTTP_CALL_H
#define PLATFORM_HTTP_CALL_H

#include "platform/http/http.h"

struct http_call {
	const char *method, *path; /* "POST", "/api/v1/signals" */
	const char *bearer;        /* an API token; NULL: a stranger */
	const char *json;          /* the body; NULL: none */
};
struct http_reply {
	int code;
	const char *location; /* NULL: none */
	const char *body;     /* "" when there is none */
};
/* Blocks until the answer is there; safe from every thread but the server's. The reply lives in a.
 * Fails only without memory: a refusal is a reply with its code. */
MUST_CHECK enum status http_ask(struct http_server *s, const struct http_call *call,
                                struct arena *a, struct http_reply *ret, struct error *reterr);

#endif
