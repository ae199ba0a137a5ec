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
#include "platform/crypto/seal.h"
#include "platform/db/db.h"
#include "platform/http/http.h"

struct audit_log;
struct keyring;
struct search_words;
struct place; /* people/gate.h: the menu */
struct password_desk;
struct session_memory;
struct budgets;      /* people/budget.h: how much one person did this hour */
struct live_index;   /* matches/live.h: who may be the same */
struct sight;        /* explain/sight.h: what there is to see, room by room */
struct search_namer; /* search/namer.h: who knows the titles of what was found */

struct plein {
	struct db *db;
	const struct clock *clock;
	struct keyring *keyring; /* sealing; NULL in tests that seal nothing */
	struct audit_log *log;
	struct search_words *words;      /* folds and keys words for the search store */
	struct password_desk *passwords; /* Argon2id in a thread of its own */
	struct session_memory *sessions; /* who was signed in a moment ago; NULL: always asked */
	struct budgets *budgets;         /* NULL: nothing is counted, as on the command line */
	struct http_server *http;        /* for http_publish; NULL on the command line */

	/* One key per purpose; they lie in the keyring's locked memory and live as long as it. */
	const struct mac_key *token_key;      /* digests of sessions, API tokens, recovery codes */
	const struct mac_key *web_key;        /* CSRF, ETag */
	const struct mac_key *pseudonym_key;  /* addresses in the log and in guess counting */
	const struct mac_key *reference_key;  /* S-2026-7K3QF */
	const struct mac_key *lexeme_key;     /* words of the search index */
	const struct mac_key *identifier_key; /* tokens of BSN, plate, ... */
	const struct seal_key *account_key;   /* second factors */

	struct live_index *live; /* presences in memory; NULL: on the command line, and in tests */
	const char *live_file;   /* where it waits, sealed, for the next start; NULL: nowhere */

	const char *files;      /* folder of sealed attachments; NULL: in tests that keep none */
	const char *clamd;      /* socket of the virus scanner; NULL: none */
	const char *key_export; /* file of the newest export of keys; NULL: in tests */

	const struct route *const *routes; /* all of the house; NULL on the command line */
	const struct place *places;        /* the menu, ends in a row without label */
	const struct search_namer *namers; /* titles of what was found; NULL: references alone */
	const struct sight *sights;        /* ends in a row without label; NULL: none */
	const char *region;                /* "RIEC Deltaland" */
	const char *version;
	const char *public_origin;    /* "https://plein.example"; NULL: not told */
	const char *security_contact; /* "mailto:..."; NULL: none */
	bool demo;                    /* every page says so */
	bool secure_cookies;          /* https: __Host- cookies and HSTS */
};

static inline struct plein *plein_of(const struct request *rq)
{
	return rq->app;
}

#endif
