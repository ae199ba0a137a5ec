/*
 * Who sees what, over all rooms: the matrix of the design with the roles that were added to it, held
 * against what each role of a municipality, and the people of the police who are in it, really get.
 * And the auditor finds each of their clicks.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "client.h"
#include "intervention_play.h"
#include "platform/core/out.h"
#include "signal_play.h"

#define R(name) ROLE_BIT(ROLE_##name)

/* ---- the matrix --------------------------------------------------------------------------------- */

/* Of the police: who asked and answers, who carries out, who works there and is no member. */
enum police { DESK = 1, DECIDER = 2, LEAD = 4, EXECUTOR = 8, GROUP = 16 };

/* One record of each room, and the lists. `ours`: roles at the municipality; `police`: enum police. */
struct sight {
	const char *path; /* %s: the record's reference */
	uint64_t ours;
	int police;
};

static const uint64_t BUREAU = R(ANALYST) | R(INFO_COORDINATOR) | R(RIEC_HEAD);

static const struct sight SIGNAL[] = {
	/* own signal, and of the own municipality; the bureau's roles see all of the region */
	{ "/signals/%s", BUREAU | R(SUBMITTER) | R(PARTNER_DESK) | R(MAYOR_READER) | R(COORD_DPO),
	  0 },
	{ "/signals/%s/who-sees",
	  R(INFO_COORDINATOR) | R(RIEC_HEAD) | R(SUBMITTER) | R(PARTNER_DESK) | R(COORD_DPO), 0 },
	{ "/signals/%s/known", R(INFO_COORDINATOR), 0 },
};
static const struct sight CASEFILE[] = {
	/* of partners members alone: the lead whom the Stuurploeg appointed */
	{ "/casefiles/%s", BUREAU | R(COORD_DPO), LEAD },
	{ "/casefiles/%s/subjects/1", BUREAU | R(COORD_DPO), LEAD },
	{ "/casefiles/%s/analysis", BUREAU, LEAD },
	{ "/casefiles/%s/interventions", BUREAU, LEAD },
};
static const struct sight REQUEST[] = {
	{ "/requests/%s", BUREAU | R(COORD_DPO), DESK | DECIDER },
};
static const struct sight INTERVENTION[] = {
	/* its own lead, executor, owner; the secretary who wrote the decision down */
	{ "/interventions/%s", BUREAU | R(STEERING_SECRETARY), DESK | DECIDER | LEAD | EXECUTOR },
};
static const struct sight PAGES[] = {
	{ "/may-i-share", ~UINT64_C(1), 31 },
	{ "/people",
	  R(AUTHORISATION_MANAGER) | R(RIEC_HEAD) | R(COORD_DPO) | R(AUDITOR) | R(SYSTEM_ADMIN),
	  0 },
	{ "/log", R(AUDITOR) | R(COORD_DPO), 0 },
	{ "/casefiles", BUREAU | R(COORD_DPO) | R(WORKING_GROUP) | R(INTERVENTION_LEAD),
	  LEAD | GROUP },
	{ "/requests", BUREAU | R(COORD_DPO) | R(PARTNER_DESK) | R(PARTNER_DECIDER),
	  DESK | DECIDER },
	{ "/steering", R(STEERING_MEMBER) | R(STEERING_SECRETARY) | R(RIEC_HEAD), 0 },
	{ "/matches", BUREAU, 0 },
	{ "/retention", R(RECORDS_MANAGER), 0 },
	{ "/meetings",
	  R(INFO_MEETING_MEMBER) | R(CHAIR) | R(SECRETARY) | R(INFO_COORDINATOR) | R(RIEC_HEAD),
	  0 },
	{ "/seizures",
	  R(PARTNER_DESK) | R(PARTNER_DECIDER) | R(INTERVENTION_LEAD) | R(STEERING_MEMBER) |
	      R(STEERING_SECRETARY) | R(RIEC_HEAD),
	  DESK | DECIDER | LEAD },
	{ "/monitor",
	  BUREAU | R(ACCOUNT_MANAGER) | R(EXPERT) | R(STEERING_MEMBER) | R(STEERING_SECRETARY) |
	      R(MAYOR_READER) | R(CHAIR) | R(SECRETARY) | R(COORD_DPO) | R(INTERVENTION_LEAD),
	  LEAD },
};

/* ---- people and records ------------------------------------------------------------------------- */

enum { LOOKS_MAX = 40, POLICE = 5 };

struct looker {
	struct house_person *person;
	const char *bearer;
	bool shown[LOOKS_MAX]; /* his clicks, in order */
	size_t count;
};

struct town {
	struct house *h;
	struct room *r;
	struct looker ours[ROLE_COUNT], police[POLICE];
	const char *signal, *casefile, *request, *intervention;
	struct out wrong; /* all that isn't as the matrix says */
};

static struct looker looker(struct house *h, struct house_person *p)
{
	return (struct looker){ .person = p, .bearer = house_bearer(h, p) };
}

static struct town town_of(struct house *h)
{
	struct town t = { .h = h, .r = open_room(h) };
	out_init(&t.wrong, 1 << 16);
	struct bureau *b = t.r->b;

	for (int role = 1; role < ROLE_COUNT; role++)
		t.ours[role] =
		    looker(h, house_hire(h, arena_printf(&h->arena, "p%d@proef.example", role),
		                         (enum role)role, 0));
	struct house_person *group =
	    house_hire(h, "groep@politie.example", ROLE_WORKING_GROUP, h->police_organ);
	struct house_person *police[POLICE] = { b->desk, b->dec, t.r->lead, t.r->exec, group };
	for (int i = 0; i < POLICE; i++)
		t.police[i] = looker(h, police[i]);
	t.request = asked(b, h->police_organ, SUPERVISION ASK_BOTH);
	t.intervention = assigned(t.r);
	t.casefile = b->ref;
	struct visitor *clerk = signed_in(h, t.ours[ROLE_SUBMITTER].person);
	struct played signal = play_write(clerk, "Kas", "Veertien+matrassen");
	play_submit(&signal);
	t.signal = arena_strdup(&h->arena, signal.ref);
	visitor_free(clerk);
	return t;
}

/* ---- looking ------------------------------------------------------------------------------------ */

static void look(struct town *t, struct looker *l, const char *path, bool may, const char *whose)
{
	struct reply r = client_request(
	    t->h->port, "GET", arena_printf(&t->h->arena, "/api/v1%s", path), l->bearer, NULL);

	if (r.code != (may ? 200 : 404))
		out_fmt(&t->wrong, "%s of %s gets %d for %s\n", access_role(l->person->role)->name,
		        whose, r.code, path);
	assert_true(l->count < LOOKS_MAX);
	l->shown[l->count++] = may;
	reply_free(&r);
}

/* Returns how many were let in. */
static int look_at_all(struct town *t, const struct sight *list, size_t count,
                       const char *reference)
{
	int seen = 0;

	for (size_t i = 0; i < count; i++) {
		const char *mark = strstr(list[i].path, "%s");
		const char *path = mark == NULL ? list[i].path
		                                : arena_printf(&t->h->arena, "%.*s%s%s",
		                                               (int)(mark - list[i].path),
		                                               list[i].path, reference, mark + 2);
		for (int role = 1; role < ROLE_COUNT; role++) {
			const bool may = (list[i].ours & ROLE_BIT(role)) != 0;
			look(t, &t->ours[role], path, may, "the municipality");
			seen += may;
		}
		for (int p = 0; p < POLICE; p++)
			look(t, &t->police[p], path, (list[i].police >> p & 1) != 0, "the police");
	}
	return seen;
}

/* Newest first, as the auditor reads them: each look of this person, shown or refused. */
static void assert_log_tells(const struct town *t, const struct looker *auditor,
                             const struct looker *l)
{
	struct reply r = client_request(
	    t->h->port, "GET",
	    arena_printf(&t->h->arena, "/api/v1/log?actor=%lld", (long long)l->person->person_id),
	    auditor->bearer, NULL);
	const char *at = r.body;

	assert_int_equal(r.code, 200);
	for (size_t i = l->count; i-- > 0;) {
		at = strstr(at, "\"outcome\":\"");
		if (at == NULL)
			fail_msg("%s: %zu of %zu clicks aren't in the log", l->person->email, i + 1,
			         l->count);
		at += strlen("\"outcome\":\"");
		const bool shown = strncmp(at, "DONE", 4) == 0;
		if (shown != l->shown[i])
			fail_msg("%s: click %zu is in the log as %.10s", l->person->email, i, at);
	}
	reply_free(&r);
}

#define LOOK_AT(t, list, reference)                                                                \
	look_at_all((t), (list), sizeof(list) / sizeof(list)[0], (reference))

static void every_role_sees_what_the_matrix_gives_it_and_the_auditor_finds_each_click(void **state)
{
	struct town t = town_of(*state);
	struct looker *auditor = &t.ours[ROLE_AUDITOR];

	int seen = LOOK_AT(&t, SIGNAL, t.signal) + LOOK_AT(&t, CASEFILE, t.casefile) +
	           LOOK_AT(&t, REQUEST, t.request) + LOOK_AT(&t, INTERVENTION, t.intervention) +
	           LOOK_AT(&t, PAGES, "");
	if (t.wrong.len > 0)
		fail_msg("%.*s", (int)t.wrong.len, t.wrong.data);
	assert_true(seen > 100);
	out_free(&t.wrong);
	house_seal(t.h);
	for (int role = 1; role < ROLE_COUNT; role++)
		if (role != ROLE_AUDITOR) /* he goes on looking */
			assert_log_tells(&t, auditor, &t.ours[role]);
	for (int p = 0; p < POLICE; p++)
		assert_log_tells(&t, auditor, &t.police[p]);
	(void)assert_log_calls_by_reference(t.h);
	close_room(t.r);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(
		    every_role_sees_what_the_matrix_gives_it_and_the_auditor_finds_each_click,
		    house_set_up, house_tear_down),
	};
	return cmocka_run_group_tests_name("matrix", tests, NULL, NULL);
}
