/* What open screens of a meeting of the Stuurploeg show, who may follow, and what moves them. */
#include "steering_table.h"

#include <stdlib.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

static int64_t live(struct steering *s)
{
	return count(s->b, "SELECT live FROM meeting WHERE id = (SELECT max(id) FROM meeting)");
}

static void the_screen_shows_the_point_of_now_its_rulings_and_the_hours_and_no_person(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	visit(s->v_sec, there(s, "/screen"));
	assert_page_says(s->v_sec, s->b->ref);
	assert_page_says(s->v_sec, "nog niet");
	rule_both(s);
	visit(s->v_tax, there(s, "/screen"));
	assert_page_says(s->v_tax, "Akkoord");
	assert_page_says(s->v_tax, "concept, geldt nog niet");
	assert_page_says(s->v_tax, "waarvan 40 nog in concept");
	point_move(s, s->v_sec, "prepare");
	point_move(s, s->v_police, "sign");
	/* it is signed: no more to take up */
	assert_int_equal(api(s, s->sec, of_case(s, "/_begin"), "{\"_version\":9}"), 409);
	visit(s->v_sec, there(s, "/screen"));
	assert_page_says(s->v_sec, "Alle punten zijn besproken");
	assert_page_says(s->v_sec, "40 uur");
	assert_false(page_says(s->v_sec, "nog in concept"));
	assert_false(page_says(s->v_sec, s->lead->name));
	assert_false(page_says(s->v_sec, s->police->name));
	disperse(s);
}

static void the_secretary_takes_a_point_up_and_nobody_else(void **state)
{
	struct steering *s = gather(*state);

	plan(s);
	compose(s);
	assert_int_equal(api(s, s->sec, of_case(s, "/_begin"), "{\"_version\":1}"), 409);
	open_meeting(s);
	assert_int_equal(api(s, s->police, of_case(s, "/_begin"), "{\"_version\":1}"), 404);
	send_from(s->v_sec, of_case(s, ""), of_case(s, "/_begin"), "x=1");
	assert_page_says(s->v_sec, "Dit punt is nu aan de orde");
	assert_page_says(s->v_sec, "Nu aan de orde");
	assert_false(page_says(s->v_sec, of_case(s, "/_begin"))); /* it has begun */
	visit(s->v_tax, there(s, ""));
	assert_page_says(s->v_tax, "nu aan de orde");
	assert_int_equal(count(s->b, "SELECT count(*) FROM meeting WHERE point_now IS NOT NULL"),
	                 1);
	disperse(s);
}

static void a_member_sees_on_the_screen_only_points_and_hours_of_its_own(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	rule_both(s);
	visit(s->v_duin, there(s, "/screen"));
	assert_int_equal(s->v_duin->code, 200);
	assert_false(page_says(s->v_duin, s->b->ref));
	assert_false(page_says(s->v_duin, "40 uur"));
	disperse(s);
}

static void every_change_of_a_meeting_moves_what_screens_follow(void **state)
{
	struct steering *s = gather(*state);
	int64_t before = 0;

	advise(s);
	plan(s);
#define MOVES(act)                                                                                 \
	do {                                                                                       \
		before = live(s);                                                                  \
		act;                                                                               \
		if (live(s) <= before)                                                             \
			fail_msg("%s moves nothing", #act);                                        \
	} while (0)
	MOVES(compose(s));
	MOVES(open_meeting(s));
	MOVES(send_from(s->v_sec, of_case(s, ""), of_case(s, "/_begin"), "x=1"));
	MOVES(send_from(s->v_sec, there(s, "/guests"), there(s, "/guests"),
	                arena_printf(&s->h->arena, "name=T&organisation=O&points%%5B0%%5D.name=%s",
	                             s->b->ref)));
	MOVES(send_from(s->v_sec, there(s, "/guests"), there(s, "/guests/1/_remove"), "x=1"));
	MOVES(rule_both(s));
	MOVES(send_from(s->v_sec, ruling(s, 1),
	                arena_printf(&s->h->arena, "%s/_drop", ruling(s, 1)), "x=1"));
	MOVES(rule_both(s));
	MOVES(point_move(s, s->v_sec, "prepare"));
	MOVES(point_move(s, s->v_police, "sign"));
	MOVES(send_from(s->v_sec, there(s, ""), there(s, "/move/close"), "x=1"));
#undef MOVES
	disperse(s);
}

/* ---- following ------------------------------------------------------------------------------- */

static int follow(struct steering *s, const struct visitor *v, const char *meeting)
{
	const int fd = client_connect(s->h->port);
	const char *ask = arena_printf(&s->h->arena,
	                               "GET /events?topic=steering-%s HTTP/1.1\r\n"
	                               "Host: localhost\r\nCookie: %s\r\n\r\n",
	                               meeting, v->cookies);

	client_send(fd, ask, strlen(ask));
	return fd;
}

/* Reads on until the text came; false: the stream ended or nothing came. */
static bool hears(int fd, const char *text)
{
	char heard[16384] = "";
	size_t len = 0;

	while (len < sizeof heard - 1 && strstr(heard, text) == NULL) {
		const ssize_t got = recv(fd, heard + len, sizeof heard - 1 - len, 0);
		if (got <= 0)
			return false;
		len += (size_t)got;
		heard[len] = '\0';
	}
	return strstr(heard, text) != NULL;
}

static void who_is_invited_hears_of_a_ruling_and_nobody_else_does(void **state)
{
	struct steering *s = gather(*state);

	convene(s);
	const int64_t next = live(s) + 1;
	const int fd = follow(s, s->v_tax, s->meeting);
	assert_true(hears(fd, "\r\n\r\n"));
	rule(s, 2, "ruling=REJECT&reason=Te%20zwaar");
	assert_true(hears(fd, arena_printf(&s->h->arena, "\"version\":%lld", (long long)next)));
	(void)close(fd);
	const struct visitor *const strangers[] = { s->b->v_desk, s->b->v_ana, s->b->v_cor };
	for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++) {
		const int none = follow(s, strangers[i], s->meeting);
		assert_true(hears(none, "HTTP/1.1 40"));
		(void)close(none);
	}
	const int absent = follow(s, s->v_tax, "SP-2026-00000");
	assert_true(hears(absent, "HTTP/1.1 40"));
	(void)close(absent);
	disperse(s);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)
	const struct CMUnitTest tests[] = {
		CASE(the_screen_shows_the_point_of_now_its_rulings_and_the_hours_and_no_person),
		CASE(the_secretary_takes_a_point_up_and_nobody_else),
		CASE(a_member_sees_on_the_screen_only_points_and_hours_of_its_own),
		CASE(every_change_of_a_meeting_moves_what_screens_follow),
		CASE(who_is_invited_hears_of_a_ruling_and_nobody_else_does),
	};
	return cmocka_run_group_tests_name("steering_screens", tests, NULL, NULL);
}
