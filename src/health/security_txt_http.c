/*
 * security_txt_http.c - /.well-known/security.txt: where a finder of a weakness may tell it (RFC 9116)
 *
 * Made anew with each answer, so that it never expires unseen. Without the setting
 * `security-contact` there is none: an address that nobody reads is worse than no address.
 */
#include "health/health.h"

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "platform/core/dutch.h"

static const int64_t DAY_MS = INT64_C(86400000);
enum { VALID_DAYS = 180 }; /* RFC 9116 §2.5.5 asks for less than a year */

static enum status show_security_txt(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct plein *p = plein_of(rq);
	const int64_t midnight = rq->now_ms - rq->now_ms % DAY_MS;

	if (p->security_contact == NULL)
		return FAIL_NOT_FOUND(reterr);
	rs->content_type = "text/plain; charset=utf-8";
	out_fmt(&rs->body, "Contact: %s\nExpires: %s\nPreferred-Languages: nl, en\n",
	        p->security_contact, iso_moment(rq->arena, midnight + VALID_DAYS * DAY_MS));
	if (p->public_origin != NULL)
		out_fmt(&rs->body, "Canonical: %s%s\n", p->public_origin, rq->route->path);
	return OK;
}

const struct route security_txt_routes[] = {
	{ .method = "GET",
	  .path = "/.well-known/security.txt",
	  .permission = PERM_PUBLIC,
	  .action = AUDIT_NONE,
	  .flags = ROUTE_PUBLIC | ROUTE_PAGE_ONLY | ROUTE_NO_EVENT | ROUTE_NO_DB,
	  .read = show_security_txt,
	  .summary = "Waar u een zwakke plek in deze website kunt melden (RFC 9116)" },
	{ 0 },
};
