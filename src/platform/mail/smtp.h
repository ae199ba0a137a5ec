/*
 * smtp.h - one short text message given to a mail server (RFC 5321, 5322)
 *
 * The only user of libcurl's mail. Encrypted always, except to the machine itself: smtps://, or
 * smtp:// with STARTTLS, which must succeed; the server's certificate is checked. Blocks for at
 * most SMTP_SECONDS; safe from every thread.
 */
#ifndef PLATFORM_MAIL_SMTP_H
#define PLATFORM_MAIL_SMTP_H

#include <stdint.h>

#include "platform/core/error.h"

enum { SMTP_SECONDS = 30, SMTP_TEXT_MAX = 4000 };

struct smtp_server {
	const char *url;  /* "smtps://mail.example:465", "smtp://mail.example:587" */
	const char *user; /* NULL: without signing in */
	const char *password;
	const char *from; /* "plein@riec.example" */
};

struct smtp_message {
	const char *to, *subject, *text; /* one line, one line, lines ended by \n; UTF-8 */
	const char *id;                  /* left part of the Message-ID: unique, stays on a retry */
	int64_t now_ms;
};

/* ERR_INVALID: an address or subject with a line end or without what an address needs.
 * ERR_UNAVAILABLE: the server can't be reached or refuses; cause says how. */
MUST_CHECK enum status smtp_send(const struct smtp_server *server, const struct smtp_message *m,
                                 struct error *reterr);

#endif
