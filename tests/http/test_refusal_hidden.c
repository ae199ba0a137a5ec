/* Two worlds that differ in one refusal against one nothing known: only the coordinator can tell them apart. */
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "request_world.h"
#include "route_walk.h"

enum { WALKS_MAX = 120 };

#define HEAD "r13@x.example"

static const char SAYS[] = "tells a refusal from nothing known";

/* What goes out by mail is made of these, of everybody's. */
static const char *const ROWS[] = {
	"SELECT count(*) FROM task",
	"SELECT CAST(sum(kind * 1000 + audience_id % 1000) AS bigint) FROM task",
	"SELECT CAST(sum(due_day) AS bigint) FROM task",
	"SELECT CAST(sum(done_at) AS bigint) FROM task",
	"SELECT count(*) FROM news",
	"SELECT CAST(coalesce(sum(kind * 1000 + audience_id % 1000), 0) AS bigint) FROM news",
};
enum { ROWS_COUNT = sizeof ROWS / sizeof ROWS[0] };

/* What everybody of one world read, person by person. */
struct reading {
	struct sweep *sweep[WALKS_MAX];
	const char *who[WALKS_MAX];
	size_t count;
	int64_t rows[ROWS_COUNT];
};

/* Who reads: every role there is, and those beside the desk that was asked. */
struct reader {
	const char *email;
	enum role role;
	bool asked; /* works for the partner that was asked */
	struct house_person *person;
	struct visitor *visitor;
};

static const struct reader READERS[] = {
	/* first: the log still tells of the answer on its first page */
	{ "r23@x.example", ROLE_AUDITOR, false, NULL, NULL },
	{ "r1@x.example", ROLE_SUBMITTER, false, NULL, NULL },
	{ "r2@x.example", ROLE_PARTNER_DESK, false, NULL, NULL },
	{ "r3@x.example", ROLE_PARTNER_DECIDER, false, NULL, NULL },
	{ "r4@x.example", ROLE_MUNICIPAL_CONTACT, false, NULL, NULL },
	{ "r5@x.example", ROLE_MAYOR_READER, false, NULL, NULL },
	{ "r6@x.example", ROLE_INFO_MEETING_MEMBER, false, NULL, NULL },
	{ "r7@x.example", ROLE_CHAIR, false, NULL, NULL },
	{ "r8@x.example", ROLE_SECRETARY, false, NULL, NULL },
	{ "r10@x.example", ROLE_ANALYST, false, NULL, NULL },
	{ "r11@x.example", ROLE_ACCOUNT_MANAGER, false, NULL, NULL },
	{ "r12@x.example", ROLE_EXPERT, false, NULL, NULL },
	{ HEAD, ROLE_RIEC_HEAD, false, NULL, NULL },
	{ "r14@x.example", ROLE_WORKING_GROUP, false, NULL, NULL },
	{ "r15@x.example", ROLE_STEERING_MEMBER, false, NULL, NULL },
	{ "r16@x.example", ROLE_STEERING_SECRETARY, false, NULL, NULL },
	{ "r17@x.example", ROLE_INTERVENTION_LEAD, false, NULL, NULL },
	{ "r18@x.example", ROLE_EXECUTOR, false, NULL, NULL },
	{ "r19@x.example", ROLE_RECORDS_MANAGER, false, NULL, NULL },
	{ "r20@x.example", ROLE_CONTACT_POINT, false, NULL, NULL },
	{ "r21@x.example", ROLE_COORD_DPO, false, NULL, NULL },
	{ "r22@x.example", ROLE_RAC, false, NULL, NULL },
	{ "r24@x.example", ROLE_AUTHORISATION_MANAGER, false, NULL, NULL },
	{ "r25@x.example", ROLE_SYSTEM_ADMIN, false, NULL, NULL },
	{ "p1@x.example", ROLE_SUBMITTER, true, NULL, NULL },
	{ "p2@x.example", ROLE_PARTNER_DESK, true, NULL, NULL },
	{ "p14@x.example", ROLE_WORKING_GROUP, true, NULL, NULL },
	{ "p15@x.example", ROLE_STEERING_MEMBER, true, NULL, NULL },
};
enum { READER_COUNT = sizeof READERS / sizeof READERS[0] };

/* What stands in places of routes in this world. */
struct two {
	struct bureau *b;
	const char *request;
};

static const char *place_of(const struct walk *w, const char *pattern, const char *name)
{
	const struct two *t = w->about;

	if (strncmp(name, "{ref}", 5) != 0)
		return "1";
	return strncmp(pattern, "/casefiles/", 11) == 0  ? t->b->ref
	       : strncmp(pattern, "/requests/", 10) == 0 ? t->request
	                                                 : "S-2026-00000";
}

/* ---- what differs between any two worlds ---------------------------------------------------------------- */

/* "C-2026-7K3QX", of any letter: what follows the year is drawn with the key of the house; or the
 * number of a copy. */
static size_t reference_at(const char *c)
{
	size_t len = 7;

	if (strncmp(c, "K-", 2) == 0 && strspn(c + 2, "0123456789ABCDEF") == 12)
		return 14;
	if (!isupper((unsigned char)*c) || strncmp(c + 1, "-2026-", 6) != 0)
		return 0;
	while (isalnum((unsigned char)c[len]))
		len++;
	return len;
}

/* Drawn with a key of the house: the fingerprint of an answer, the place in the feed, what signs a file. */
static void settle_drawn(char *text)
{
	static const char *const DRAWN[] = { "ETag: \"", "\"cursor\":\"", "\"key\": \"",
		                             "\"signature\": \"" };

	for (size_t i = 0; i < sizeof DRAWN / sizeof DRAWN[0]; i++) {
		char *c = strstr(text, DRAWN[i]);
		for (c = c != NULL ? c + strlen(DRAWN[i]) : NULL; c != NULL && *c != '"'; c++)
			*c = '.';
	}
}

static const char *settled(struct arena *a, const char *text)
{
	char *to = arena_strdup(a, text);

	settle_drawn(to);
	for (char *c = to; *c != '\0';) {
		const size_t len = reference_at(c);
		for (size_t i = 2; i < len; i++)
			c[i] = '.';
		c += len > 0 ? len : 1;
	}
	return to;
}

static void settle(struct arena *a, struct sweep *s)
{
	for (size_t i = 0; i < s->count; i++) {
		s->list[i].what = settled(a, s->list[i].what);
		s->list[i].text = settled(a, s->list[i].text);
	}
}

/* ---- one world -------------------------------------------------------------------------------------------- */

static void hire(struct bureau *b, struct reader *r)
{
	r->person = house_hire(b->h, r->email, r->role, b->h->police_organ);
	if (!r->asked && !access_role(r->role)->bureau)
		works_for(b, r->person, b->tax, b->tax_organ);
	r->visitor = signed_in(b->h, r->person);
}

/* The Stuurploeg never reads a casefile; these do once they are named. */
static void name_members(struct bureau *b, const struct reader *readers)
{
	const char *page = arena_printf(&b->h->arena, "/casefiles/%s/members", b->ref);

	for (size_t i = 0; i < READER_COUNT; i++)
		if (readers[i].role == ROLE_WORKING_GROUP ||
		    readers[i].role == ROLE_INTERVENTION_LEAD) {
			send_from(b->v_cor, page, page,
			          arena_printf(&b->h->arena, "appointment=%lld",
			                       (long long)readers[i].person->appointment_id));
			assert_page_says(b->v_cor, "Toegevoegd");
		}
}

static void keep(struct reading *to, const char *who, struct sweep *s, struct arena *answers)
{
	settle(answers, s);
	assert_true(to->count < WALKS_MAX);
	to->who[to->count] = who;
	to->sweep[to->count++] = s;
}

static void read_as(const struct two *t, const struct reader *r, struct arena *answers,
                    struct reading *to)
{
	struct house *h = t->b->h;
	struct walk w = {
		.house = h,
		.answers = answers,
		.role = r->role,
		.cookies = arena_printf(&h->arena, "Cookie: %s\r\n", r->visitor->cookies),
		.bearer = house_bearer(h, r->person),
		.place = place_of,
		.about = t,
	};
	struct sweep *s = walk_routes(&w, false);

	if (access_permits(r->role, PERM_SIGNED_IN)) {
		walk_search(&w, s, "zandwijk");
		walk_search(&w, s, t->request);
	}
	keep(to, r->email, s, answers);
	keep(to, r->email, walk_routes(&w, true), answers);
}

static void read_all(const struct two *t, const struct reader *readers, struct arena *answers,
                     struct reading *to)
{
	for (size_t i = 0; i < READER_COUNT; i++)
		read_as(t, &readers[i], answers, to);
}

/* Asked, answered one way or the other, closed; read before and after. */
static void play(bool refused, struct arena *answers, struct reading *to)
{
	void *state = NULL;
	struct reader readers[READER_COUNT];

	assert_int_equal(house_set_up(&state), 0);
	struct bureau *b = open_bureau(state);
	memcpy(readers, READERS, sizeof readers);
	/* the auditor signs in last: an export of the log asks for a fresh code */
	for (size_t i = READER_COUNT; i > 0; i--)
		hire(b, &readers[i - 1]);
	name_members(b, readers);
	struct two t = { b, asked(b, b->h->police_organ, SUPERVISION ASK_BOTH) };
	move(b, b->v_desk, t.request, "accept");
	b->v_dec = signed_in(b->h, b->dec);
	/* The same person answers in both worlds: who did is in the log and the register of copies, and
	 * a decider may say either. What he says is what nobody may tell. */
	if (refused)
		send_from(b->v_dec, at(b, t.request, ""), at(b, t.request, "/move/refuse"),
		          "reason=INVESTIGATION&words=Loopt%20nog");
	else
		move(b, b->v_dec, t.request, "nothing-known");
	visit(b->v_cor, at(b, t.request, "")); /* the worlds do differ: for the coordinator */
	assert_page_says(b->v_cor, refused ? "Geweigerd" : "Niets bekend");
	house_seal(b->h); /* the log tells what is sealed */
	read_all(&t, readers, answers, to);
	for (size_t i = 0; i < ROWS_COUNT; i++)
		to->rows[i] = count(b, ROWS[i]);
	move(b, b->v_cor, t.request, "close");
	read_all(&t, readers, answers, to);
	for (size_t i = 0; i < READER_COUNT; i++)
		visitor_free(readers[i].visitor);
	close_bureau(b);
	assert_int_equal(house_tear_down(&state), 0);
}

/* What differs and has to: the head reads the sealed reason, to see how it was weighed (decisions 4.1); a seal of
 * the log is a fingerprint of all of it, with numbers drawn at random; ODT is packed with such numbers in it, and
 * drawn from what the print shows. */
static void mark_lawful(struct sweep *s, const char *who)
{
	for (size_t i = 0; i < s->count; i++) {
		struct answered *x = &s->list[i];
		x->restless = (strcmp(who, HEAD) == 0 && strstr(x->what, "/reason") != NULL) ||
		              strstr(x->what, "/log/heads") != NULL ||
		              strstr(x->what, "/odt") != NULL;
	}
}

/* How many answers tell of the request: a walk that saw nothing of it proves nothing. */
static int telling(const struct sweep *s)
{
	int told = 0;

	for (size_t i = 0; i < s->count; i++)
		told += strncmp(s->list[i].text, "HTTP/1.1 200", 12) == 0 &&
		        strstr(s->list[i].text, "V-......") != NULL;
	return told;
}

static void nobody_but_the_coordinator_tells_a_refusal_from_nothing_known_by_any_route(void **state)
{
	struct arena answers;
	struct reading nothing = { 0 }, refusal = { 0 };
	int steady = 0, told = 0;

	(void)state;
	arena_init(&answers, (size_t)2 << 30);
	play(false, &answers, &nothing);
	play(true, &answers, &refusal);
	for (size_t i = 0; i < nothing.count; i++) {
		mark_lawful(nothing.sweep[i], nothing.who[i]);
		told += telling(nothing.sweep[i]);
		steady += assert_same(nothing.sweep[i], refusal.sweep[i],
		                      arena_printf(&answers, "%s for %s", SAYS, nothing.who[i]));
	}
	for (size_t i = 0; i < ROWS_COUNT; i++)
		assert_int_equal(nothing.rows[i], refusal.rows[i]);
	assert_true(steady > 8000);
	assert_true(told > 140);
	arena_reset(&answers);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(
		    nobody_but_the_coordinator_tells_a_refusal_from_nothing_known_by_any_route),
	};
	return cmocka_run_group_tests_name("refusal hidden", tests, NULL, NULL);
}
