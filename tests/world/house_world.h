/*
 * house_world.h - the whole house on a real port, with a few people, for one test
 *
 * Region "RIEC Proef" with a bureau, the municipality of Duinwaard (mayor and executive) and
 * the police. Everybody's password is HOUSE_PASSWORD; the second factor of a person is
 * enrolled. The clock stands still at HOUSE_NOW until the test moves it. Whatever goes wrong
 * here fails the test.
 *
 * A visitor is a browser without script: it keeps cookies, follows redirects, and sends a
 * form with the hidden fields of the page that it is looking at.
 */
#ifndef TESTS_WORLD_HOUSE_WORLD_H
#define TESTS_WORLD_HOUSE_WORLD_H

#include "access/access.h"
#include "audit/log.h"
#include "people/account.h"
#include "plein/plein.h"
#include "platform/crypto/totp.h"
#include "store_world.h"

#define HOUSE_PASSWORD "lantaarn-kade-zeven-mist"

enum { HOUSE_PEOPLE_MAX = 60 };

struct house_person {
	const char *email, *name;
	enum role role;
	int64_t person_id, appointment_id;
	struct totp_secret secret;
};

struct house {
	struct store_world *store;
	struct arena arena;
	struct clock clock; /* fixed; the test writes clock.fixed_ms */
	struct plein plein;
	struct audit_log log; /* without its thread: house_seal() */
	char keys[64];
	uint16_t port;

	int64_t bureau, municipality, duinwaard, mayor, executive, police, police_organ;
	struct house_person people[HOUSE_PEOPLE_MAX];
	int people_count;
};

/* 24 November 2026, 10.00 in Amsterdam: a Tuesday. */
#define HOUSE_NOW (INT64_C(1795510800) * 1000)

int house_set_up(void **state);
/* The same with a database as the test wishes; write_event is the house's own. */
int house_set_up_on(void **state, const struct store_wish *wish);
int house_tear_down(void **state);

/* Seals and signs what the log holds now, as the sealer does every second. */
void house_seal(struct house *h);

/* Somebody with this role: at the bureau for its posts, else at organ (0: the executive). */
struct house_person *house_hire(struct house *h, const char *email, enum role role, int64_t organ);

/* Header lines of a machine that works for this person: an API token, and JSON. In the arena. */
const char *house_bearer(struct house *h, const struct house_person *p);

/* ---- a browser ------------------------------------------------------------------------------- */

struct visitor {
	struct house *house;
	char cookies[2048]; /* "name=value; name=value" */
	int code;           /* of the last answer, redirects followed */
	char *page;         /* its body, NUL-terminated; the visitor's */
	char path[512];     /* where it stands */
	int steps;          /* redirects followed for the last answer */
};

struct visitor *visitor_new(struct house *h);
void visitor_free(struct visitor *v);

void visit(struct visitor *v, const char *path);
/* Sends a form to path; fields is "name=value&name=value", already percent-encoded. The hidden
 * _csrf, _once and _version of the page's form for that path come along. */
void visitor_send(struct visitor *v, const char *path, const char *fields);
/* The same with the hidden fields of the form that goes to another path: what a forger could do. */
void visitor_send_from(struct visitor *v, const char *form, const char *path, const char *fields);
/* Password and code; ends on "Mijn werk". */
void visitor_sign_in(struct visitor *v, const struct house_person *p);
/* The code that this person's app shows now. */
const char *house_code(struct house *h, const struct house_person *p);

/* Of all that the log tells of this world until now (at most a page of it), no line calls a record by the number
 * that only the database knows: what people call by a reference, the log does too. Returns the page, of the
 * arena. */
const char *assert_log_calls_by_reference(struct house *h);

bool page_says(const struct visitor *v, const char *text);
#define assert_page_says(v, text)                                                                  \
	do {                                                                                       \
		if (!page_says((v), (text)))                                                       \
			fail_msg("%s (%d) doesn't say '%s':\n%s", (v)->path, (v)->code, (text),    \
			         (v)->page != NULL ? (v)->page : "");                              \
	} while (0)

#endif
