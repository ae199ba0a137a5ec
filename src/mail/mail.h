/*
 * mail.h - news by e-mail, without content: "er is nieuws over S-2026-7K3QF"
 *
 * Twice each working day, at 08.00 and 13.00, news that a person hasn't seen is gathered into one
 * message, from the same audiences as the list in the program; that list is there regardless. The
 * messages wait in a table, go out one by one, and are tried again: after 5 minutes, then twice as
 * long each time, MAIL_TRIES_MAX in all. Without a mail server in the settings nothing is gathered.
 */
#ifndef MAIL_MAIL_H
#define MAIL_MAIL_H

#include "platform/db/db.h"
#include "platform/mail/smtp.h"
#include "plein/plein.h"

enum {
	MAIL_MORNING_HOUR = 8,
	MAIL_MIDDAY_HOUR = 13,
	MAIL_REFERENCES_MAX = 5, /* named in one message; the rest is a count */
	MAIL_TRIES_MAX = 8,
	MAIL_FIRST_WAIT_MS = 5 * 60 * 1000,
	MAIL_KEPT_DAYS = 30,
	MAIL_AT_ONCE = 10,
	MAIL_EVERY_MS = 15 * 1000
};

struct mail_settings {
	struct smtp_server server;
	const char *origin; /* "https://plein.example": where the link leads; "" : no link */
};

/* A round if one is due, then up to MAIL_AT_ONCE of what waits; *ret_more: more may wait. */
MUST_CHECK enum status mail_step(struct plein *p, const struct mail_settings *how, bool *ret_more,
                                 struct error *reterr);

struct mail_figures {
	int64_t waiting, given_up, sent;
};
MUST_CHECK enum status mail_figures(struct db_read *r, struct mail_figures *ret,
                                    struct error *reterr);

/* Pure: the last of 08.00 and 13.00 on a working day that has passed, ms UTC. */
int64_t mail_round_before(int64_t now_ms);

extern const struct db_stmt *const mail_statements[];

#endif
