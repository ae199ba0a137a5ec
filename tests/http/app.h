/*
 * app.h - a small application behind a real server on a real port: notes with a title
 *
 * Who asks is told by the cookie sid=NAME or the token "token-NAME"; "anna" and "bram" may
 * everything but /hidden. The CSRF token of a session is "csrf-NAME". Every routed answer
 * leaves a row in `happened`.
 */
#ifndef TESTS_HTTP_APP_H
#define TESTS_HTTP_APP_H

#include "platform/http/http.h"
#include "store_world.h"

struct app_wish {
	int workers, queue_max, head_seconds, body_seconds, stop_seconds;
	const char *public_origin;
	const char *const *trusted_proxies;
	const char *tls_certificate_file, *tls_key_file;
};

struct app {
	struct store_world *store;
	struct http_server *server;
	struct app_wish wish;
	uint16_t port;
	int log_read, log_write; /* the access log's pipe */
	_Atomic int hold;        /* GET /held waits until this is 0 */
	_Atomic int held;        /* how many do */
	_Atomic int applied;     /* times an apply ran */
	_Atomic int parked;      /* bodies given to gate.park */
	char seen_client[64];    /* rq->client_address of the last GET /who */
};

struct app *app_new(const struct app_wish *wish);
void app_free(struct app *app);
void app_stop(struct app *app); /* the server only */

int64_t app_notes(struct app *app);
int64_t app_events(struct app *app);
/* The first line of the access log not read yet; "" if there is none within two seconds. */
const char *app_log_line(struct app *app, char *to, size_t size);

/* cmocka set-up and tear-down with an empty wish. */
int app_set_up(void **state);
int app_tear_down(void **state);

#endif
