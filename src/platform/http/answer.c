/* From what went wrong to what is sent: pages by the gate, problem+json, or a plain sentence. */
#include "platform/http/server.h"

#include <assert.h>

#include "platform/core/limits.h"

static void empty_response(struct exchange *x, int code)
{
	out_free(&x->rs.body);
	x->rs = (struct response){ .code = code };
	out_init(&x->rs.body, LIMIT_ANSWER_BYTES);
	x->note = NULL;
	x->etag[0] = '\0';
	x->not_modified = false;
}

void answer_error(struct exchange *x, const struct error *e, int code)
{
	assert(e->status != OK);
	const struct error why = *e; /* e may lie in what is emptied */
	empty_response(x, code != 0 ? code : error_http_code(why.status));
	x->error = why;
	if (x->target.api) {
		x->rs.content_type = "application/problem+json";
		x->server->gate.problem(&x->rs.body, x->rs.code, &why, x->rq.problems, x->rq.id);
	} else {
		x->server->gate.error_page(&x->rq, &x->rs, &why);
		if (x->rs.content_type == NULL)
			x->rs.content_type = "text/html; charset=utf-8";
	}
}

void answer_plain(struct exchange *x, int code, const char *message)
{
	struct error e;

	(void)FAIL(&e, code >= 500 ? ERR_UNAVAILABLE : ERR_INVALID, "%s", message);
	if (x->error.status == OK)
		x->error = e;
	empty_response(x, code);
	if (x->target.api) {
		x->rs.content_type = "application/problem+json";
		x->server->gate.problem(&x->rs.body, code, &e, NULL, x->rq.id);
		return;
	}
	x->rs.content_type = "text/html; charset=utf-8";
	OUT_LIT(&x->rs.body, "<!doctype html><html lang=\"nl\"><head><meta charset=\"utf-8\">"
	                     "<title>Plein</title></head><body><h1>");
	out_html(&x->rs.body, e.message);
	OUT_LIT(&x->rs.body, "</h1><p>Vraag hulp met dit nummer: ");
	out_html(&x->rs.body, x->rq.id);
	OUT_LIT(&x->rs.body, "</p></body></html>\n");
}

/* Strong tags only, as we make them; "*" matches whatever there is. */
static bool tag_listed(const char *list, const char *tag)
{
	size_t len = strlen(tag);

	if (list == NULL)
		return false;
	if (strcmp(list, "*") == 0)
		return true;
	for (const char *p = strstr(list, tag); p != NULL; p = strstr(p + len, tag))
		if (p == list || strchr(", /", p[-1]) != NULL)
			return true;
	return false;
}

/* Keyed, so that a tag tells nothing about the bytes of somebody who may not read them. */
void answer_seal(struct exchange *x)
{
	char hex[33];
	bool reads = strcmp(x->head.method, "GET") == 0 || strcmp(x->head.method, "HEAD") == 0;

	if (!reads || !x->target.api || x->rs.code != 200 || x->rs.read != NULL)
		return;
	const struct span body = SPAN(x->rs.body.data, x->rs.body.len);
	struct digest tag = digest_keyed(&x->server->key, "etag", &body, 1);
	hex_text(tag.bytes, 16, hex);
	(void)snprintf(x->etag, sizeof x->etag, "\"%s\"", hex);
	x->not_modified = tag_listed(x->head.if_none_match, x->etag);
}
