/*
 * plein.h - what every room may use: one struct, made by main, read-only after start
 *
 * Handlers get it as rq->app. It holds no state of a request and no state of the mission.
 */
#ifndef PLEIN_PLEIN_H
#define PLEIN_PLEIN_H

#include <stdbool.h>
#include <stdint.h>

#include "platform/core/clock.h"
#include "platform/crypto/crypto.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

struct keyring;
struct password_desk;

struct plein {
	struct db *db;
	const struct clock *clock;
	struct keyring *keyring;         /* sealing; NULL in tests that seal nothing */
	struct password_desk *passwords; /* Argon2id in a thread of its own */
	struct http_server *http;        /* for http_publish; NULL on the command line */

	/* One key per purpose, derived from the node's own (platform/crypto). */
	struct mac_key session_key, csrf_key, origin_key, reference_key, lexeme_key, token_key;

	const char *region; /* "RIEC Deltaland" */
	const char *version;
	bool demo;           /* every page says so */
	bool secure_cookies; /* https: __Host- cookies and HSTS */
};

static inline struct plein *plein_of(const struct request *rq)
{
	return rq->app;
}

#endif
