/*
 * The head of a request, judged on the HTTP thread before a byte of the body is kept.
 *
 * libmicrohttpd 0.9.75 forgives what request smuggling needs: bare LF, folded lines, two
 * lengths. It ends lines by writing NULs into its buffer and hands out pointers into it, so
 * the gap between two headers tells how a line ended: exactly CRLF is two bytes. Anything
 * else (a bare LF, a folded line that was moved, a NUL inside) makes the gap differ. Later
 * versions can refuse by themselves (MHD_OPTION_CLIENT_DISCIPLINE_LVL); tests/http holds
 * both to the same promise.
 */
#include "platform/http/server.h"

#include <arpa/inet.h>
#include <assert.h>
#include <ctype.h>
#include <microhttpd.h>
#include <netinet/in.h>

#include "platform/core/limits.h"

struct header_walk {
	struct exchange *x;
	const char *expected; /* where the next name must start */
	size_t count, bytes;
	int hosts, lengths, encodings, cookies, authorizations;
	const char *fault; /* the first one */
	int fault_code;
};

static void find_fault(struct header_walk *w, int code, const char *what)
{
	if (w->fault != NULL)
		return;
	w->fault = what;
	w->fault_code = code;
}

static bool is_token(const char *name)
{
	size_t len = strlen(name);
	return len > 0 && strspn(name, "!#$%&'*+-.^_`|~0123456789abcdefghijklmnopqrstuvwxyz"
	                               "ABCDEFGHIJKLMNOPQRSTUVWXYZ") == len;
}

static bool is_clean(const char *value)
{
	for (const char *p = value; *p != '\0'; p++)
		if (((unsigned char)*p < 0x20 && *p != '\t') || *p == 0x7F)
			return false;
	return input_is_utf8(value, strlen(value));
}

static void judge_line(struct header_walk *w, const char *name, const char *value)
{
	if (!is_token(name) || !is_clean(value))
		find_fault(w, 400, "a header with characters that don't belong there");
	if (name != w->expected || value < name + strlen(name) + 1)
		find_fault(w, 400, "a line that doesn't end in CRLF, or goes on in the next");
	w->expected = value + strlen(value) + 2;
	w->count++;
	w->bytes += strlen(name) + strlen(value) + 4;
	if (w->count > LIMIT_HEADERS || w->bytes > LIMIT_HEAD_BYTES)
		find_fault(w, 431, "too many headers, or too long");
}

static bool read_length(const char *value, int64_t *ret)
{
	size_t len = strlen(value);
	if (len == 0 || len > 18 || strspn(value, "0123456789") != len)
		return false;
	*ret = strtoll(value, NULL, 10);
	return true;
}

static void keep_framing(struct header_walk *w, const char *name, const char *value)
{
	if (strcasecmp(name, "Content-Length") == 0) {
		w->lengths++;
		if (!read_length(value, &w->x->head.content_length))
			find_fault(w, 400, "a length that isn't one");
	} else if (strcasecmp(name, "Transfer-Encoding") == 0) {
		w->encodings++;
	} else if (strcasecmp(name, "Host") == 0) {
		w->hosts++;
	} else if (strcasecmp(name, "Cookie") == 0) {
		w->cookies++;
		if (strlen(value) > LIMIT_COOKIE_BYTES)
			find_fault(w, 431, "cookies too long");
	} else if (strcasecmp(name, "Authorization") == 0) {
		w->authorizations++;
	}
}

static void keep_header(struct exchange *x, const char *name, const char *value)
{
	struct head *h = &x->head;
	const struct {
		const char *name;
		const char **place;
	} kept[] = {
		{ "Host", &h->host },
		{ "Origin", &h->origin },
		{ "Sec-Fetch-Site", &h->fetch_site },
		{ "Sec-Fetch-Mode", &h->fetch_mode },
		{ "Referer", &h->referer },
		{ "Cookie", &h->cookie },
		{ "Content-Type", &h->content_type },
		{ "If-None-Match", &h->if_none_match },
		{ "Idempotency-Key", &h->idempotency_key },
		{ "X-CSRF-Token", &h->csrf },
		{ "User-Agent", &h->user_agent },
		{ "Plein-Parts", &h->parts },
		{ "Accept-Encoding", &h->accept_encoding },
		{ "X-Forwarded-For", &h->forwarded_for },
		{ "X-Forwarded-Proto", &h->forwarded_proto },
	};
	static const char bearer[] = "Bearer ";

	for (size_t i = 0; i < sizeof kept / sizeof kept[0]; i++)
		if (strcasecmp(kept[i].name, name) == 0)
			*kept[i].place = arena_strdup(&x->arena, value);
	if (strcasecmp(name, "Authorization") == 0 &&
	    strncasecmp(value, bearer, strlen(bearer)) == 0)
		h->bearer = arena_strdup(&x->arena, value + strlen(bearer));
}

static enum MHD_Result on_header(void *cls, enum MHD_ValueKind kind, const char *name,
                                 const char *value)
{
	struct header_walk *w = cls;

	(void)kind;
	value = value != NULL ? value : "";
	judge_line(w, name, value);
	keep_framing(w, name, value);
	if (w->fault == NULL)
		keep_header(w->x, name, value);
	return MHD_YES;
}

static void judge_framing(struct header_walk *w)
{
	if (w->lengths > 1 || w->encodings > 1 || (w->lengths > 0 && w->encodings > 0))
		find_fault(w, 400, "two lengths");
	if (w->hosts != 1 || w->x->head.host == NULL || *w->x->head.host == '\0')
		find_fault(w, 400, "no host, or several");
	if (w->cookies > 1 || w->authorizations > 1)
		find_fault(w, 400, "a header twice that may come once");
	/* A length is all that browsers and our clients send; one way of framing is one fewer to
	 * disagree about with a proxy. */
	if (w->encodings > 0)
		find_fault(w, 411, "a body without a length");
}

static const char *const REFUSALS[][2] = {
	{ "400", "Uw browser stuurde iets wat wij niet kunnen lezen. Ververs de pagina." },
	{ "411", "Stuur mee hoe lang de gegevens zijn (Content-Length)." },
	{ "421", "Dit adres hoort niet bij deze server. Kijk of u het goed hebt overgenomen." },
	{ "431",
	  "Uw browser stuurt te veel mee. Wis de cookies van deze site en probeer het opnieuw." },
	{ "505", "Gebruik HTTP/1.1." },
};

static enum status refuse(struct exchange *x, int code, const char *cause)
{
	const char *message = REFUSALS[0][1];
	for (size_t i = 0; i < sizeof REFUSALS / sizeof REFUSALS[0]; i++)
		if (strtol(REFUSALS[i][0], NULL, 10) == code)
			message = REFUSALS[i][1];
	x->refusal_code = code;
	x->refusal = FAIL(&x->error, ERR_INVALID, "%s", message);
	return error_cause(&x->error, "%s", cause);
}

/* The empty line that ends the head is checked by its size: all there is from the method on. */
static void judge_end(struct header_walk *w, const char *method)
{
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(w->x->connection, MHD_CONNECTION_INFO_REQUEST_HEADER_SIZE);
	if (info == NULL || w->expected + 2 != method + info->header_size)
		find_fault(w, 400, "a head whose lines don't add up");
}

enum status head_read(struct exchange *x, const char *method, const char *version)
{
	struct header_walk w = { .x = x, .expected = version + strlen(version) + 2 };

	x->head.method = arena_strdup(&x->arena, method);
	if (strcmp(version, MHD_HTTP_VERSION_1_1) != 0 &&
	    strcmp(version, MHD_HTTP_VERSION_1_0) != 0)
		return refuse(x, 505, "another version of HTTP");
	(void)MHD_get_connection_values(x->connection, MHD_HEADER_KIND, on_header, &w);
	judge_framing(&w);
	judge_end(&w, method);
	if (!is_token(method) || strlen(method) > 16)
		find_fault(&w, 400, "a method that isn't a word");
	if (w.fault != NULL)
		return refuse(x, w.fault_code, w.fault);
	if (x->server->loopback && !host_is_local(x->head.host))
		return refuse(x, 421, "a host that isn't this machine");
	return OK;
}

static const char *peer_of(struct exchange *x)
{
	char shown[INET6_ADDRSTRLEN] = "";
	const union MHD_ConnectionInfo *info =
	    MHD_get_connection_info(x->connection, MHD_CONNECTION_INFO_CLIENT_ADDRESS);

	if (info == NULL || info->client_addr == NULL)
		return "";
	if (info->client_addr->sa_family == AF_INET) {
		const struct sockaddr_in *four = (const void *)info->client_addr;
		(void)inet_ntop(AF_INET, &four->sin_addr, shown, sizeof shown);
	} else if (info->client_addr->sa_family == AF_INET6) {
		const struct sockaddr_in6 *six = (const void *)info->client_addr;
		(void)inet_ntop(AF_INET6, &six->sin6_addr, shown, sizeof shown);
	}
	static const char mapped[] = "::ffff:";
	bool four = strncmp(shown, mapped, strlen(mapped)) == 0 && strchr(shown, '.') != NULL;
	return arena_strdup(&x->arena, four ? shown + strlen(mapped) : shown);
}

void head_client(struct exchange *x)
{
	const struct http_config *cfg = &x->server->cfg;
	const char *peer = peer_of(x);
	bool proxied = address_listed(peer, cfg->trusted_proxies);

	x->rq.client_address =
	    client_behind(&x->arena, peer, x->head.forwarded_for, cfg->trusted_proxies);
	x->https = cfg->tls_certificate_file != NULL ||
	           (cfg->public_origin != NULL && strncmp(cfg->public_origin, "https:", 6) == 0) ||
	           (proxied && x->head.forwarded_proto != NULL &&
	            strcmp(x->head.forwarded_proto, "https") == 0);
}
