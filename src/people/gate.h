/*
 * gate.h - who is this, may he come in here, and what does the log say of it
 *
 * The answers that platform/http asks for (struct gate), given from sessions, appointments
 * and access/. One place for all routes: a handler can't forget them.
 */
#ifndef PEOPLE_GATE_H
#define PEOPLE_GATE_H

#include "people/session.h"
#include "platform/http/http.h"
#include "platform/view/page.h"
#include "plein/plein.h"

/* A place in the menu; shown to who has the permission. The list ends in a row without label. */
struct place {
	const char *label, *href;
	uint16_t permission; /* enum permission */
};

/* A member of the informatie-overleg has the audience of his current meeting too; others nothing. */
MUST_CHECK enum status gate_join_meeting(struct db_read *r, struct viewer *v, struct error *reterr);

/* The gate over this program; places and p live as long as the server. */
struct gate people_gate(struct plein *p, const struct place *places);

/* An event of this request beside its own: for who changes many records in one. */
struct audit_event;
void gate_event(const struct request *rq, uint16_t action, const struct touched *t,
                struct audit_event *ret);

/* The pages for what went wrong, for the checks at build time. */
extern const struct page_template error_page_templates[];

/* Name of the session's cookie: with the __Host- prefix over https. */
const char *session_cookie_name(const struct plein *p);

/* The signed-in session in any stage, or NULL. Behind permit never NULL on routes that aren't
 * public. */
const struct session *session_of(const struct request *rq);

/* The keyed digest of where this request came from (an address, or an IPv6 /64). */
struct digest origin_digest(const struct request *rq);

/* "Firefox op Windows": what a person recognises, made from the User-Agent by rule. */
const char *device_name(struct arena *a, const char *user_agent);

#endif
