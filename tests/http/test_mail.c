/* News by mail: a number and nothing else, twice a day, again when the server was away. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <arpa/inet.h>
#include <pthread.h>
#include <stdio.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

#include <cmocka.h>

#include "mail/mail.h"
#include "platform/core/calendar.h"
#include "signal_play.h"

/* ---- a mail server that writes down what it gets ----------------------------------------------- */

enum { LETTERS_MAX = 16, LETTER_BYTES = 4096 };

struct post_office {
	int listener;
	uint16_t port;
	pthread_t thread;
	_Atomic bool refuses; /* answers every recipient with 451 */
	_Atomic int count;
	char letters[LETTERS_MAX][LETTER_BYTES]; /* recipient and message as they came */
};

static void say(FILE *line, const char *text)
{
	(void)fprintf(line, "%s\r\n", text);
	(void)fflush(line);
}

/* The recipient is put before the message. */
static void take_letter(struct post_office *o, FILE *line, const char *to)
{
	char text[512], *letter = o->letters[o->count % LETTERS_MAX];
	size_t len = (size_t)snprintf(letter, LETTER_BYTES, "%s", to);

	say(line, "354 go on");
	while (fgets(text, sizeof text, line) != NULL && strcmp(text, ".\r\n") != 0)
		len += (size_t)snprintf(letter + len, LETTER_BYTES - len, "%s", text);
	o->count++;
	say(line, "250 kept");
}

static void serve_one(struct post_office *o, FILE *line)
{
	char text[512], to[512] = "";

	say(line, "220 here");
	while (fgets(text, sizeof text, line) != NULL) {
		if (strncmp(text, "RCPT", 4) == 0 && o->refuses) {
			say(line, "451 later");
		} else if (strncmp(text, "RCPT", 4) == 0) {
			(void)snprintf(to, sizeof to, "%s", text);
			say(line, "250 ok");
		} else if (strncmp(text, "DATA", 4) == 0) {
			take_letter(o, line, to);
		} else if (strncmp(text, "QUIT", 4) == 0) {
			say(line, "221 bye");
			return;
		} else {
			say(line, "250 ok");
		}
	}
}

static void *office_main(void *arg)
{
	struct post_office *o = arg;

	for (;;) {
		int fd = accept(o->listener, NULL, NULL);
		if (fd < 0)
			return NULL;
		FILE *line = fdopen(fd, "r+");
		assert_non_null(line);
		serve_one(o, line);
		(void)fclose(line);
	}
}

static void office_open(struct post_office *o)
{
	struct sockaddr_in at = { .sin_family = AF_INET,
		                  .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t len = sizeof at;

	memset(o, 0, sizeof *o);
	o->listener = socket(AF_INET, SOCK_STREAM, 0);
	assert_true(o->listener >= 0);
	assert_int_equal(bind(o->listener, (struct sockaddr *)&at, sizeof at), 0);
	assert_int_equal(listen(o->listener, 8), 0);
	assert_int_equal(getsockname(o->listener, (struct sockaddr *)&at, &len), 0);
	o->port = ntohs(at.sin_port);
	assert_int_equal(pthread_create(&o->thread, NULL, office_main, o), 0);
}

static void office_close(struct post_office *o)
{
	(void)shutdown(o->listener, SHUT_RDWR);
	(void)close(o->listener);
	(void)pthread_join(o->thread, NULL);
}

/* ---- the house that mails --------------------------------------------------------------------------- */

static struct post_office office;

static struct mail_settings settings_of(struct house *h)
{
	return (struct mail_settings){
		.server = { .url = arena_printf(&h->arena, "smtp://127.0.0.1:%u", office.port),
		            .from = "plein@riec.example" },
		.origin = "https://plein.example",
	};
}

/* One step; the status it ended with. */
static enum status step(struct house *h)
{
	const struct mail_settings how = settings_of(h);
	struct error e = { 0 };
	bool more = false;

	return mail_step(&h->plein, &how, &more, &e);
}

static bool letter_says(int number, const char *text)
{
	return strstr(office.letters[number], text) != NULL;
}

static int set_up(void **state)
{
	office_open(&office);
	return house_set_up(state);
}

static int tear_down(void **state)
{
	office_close(&office);
	return house_tear_down(state);
}

/* Anna's signal was returned to her: news for her organ. */
static struct played returned_signal(struct house *h, struct visitor *anna, struct visitor *cor)
{
	struct played p = play_write(anna, "Winkel+zonder+klanten", "Leeg");

	play_submit(&p);
	visit(anna, "/news"); /* her own act is no news any more */
	visitor_send(anna, "/news/_read", "x=1");
	h->clock.fixed_ms += 60000;
	visit(cor, play_at(&p, "/move/return"));
	visitor_send(cor, play_at(&p, "/move/return"), "question1=Welke+dagen%3F");
	return p;
}

static void a_mail_names_the_number_and_nothing_of_the_content(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	assert_int_equal(step(h), OK); /* this morning's round: nothing yet */
	struct played p = returned_signal(h, anna, cor);
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 0);
	h->clock.fixed_ms = ms_at_local(local_day(HOUSE_NOW), 13, 1);
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 1);
	assert_true(letter_says(0, "RCPT TO:<anna@duinwaard.example>"));
	assert_true(letter_says(0, "Subject: Nieuws in Plein"));
	assert_true(letter_says(0, arena_printf(&h->arena, "Er is nieuws over %s.", p.ref)));
	assert_true(letter_says(0, "https://plein.example/news"));
	assert_false(letter_says(0, "Winkel"));
	assert_false(letter_says(0, "Duinwaard"));
	assert_false(letter_says(0, "anna Persoon"));
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 1);
	h->clock.fixed_ms += INT64_C(86400000);
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 1);
	visitor_free(anna);
	visitor_free(cor);
}

static void a_server_that_is_away_gets_it_later_and_once(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	assert_int_equal(step(h), OK);
	(void)returned_signal(h, anna, cor);
	h->clock.fixed_ms = ms_at_local(local_day(HOUSE_NOW), 13, 1);
	office.refuses = true;
	assert_int_equal(step(h), ERR_UNAVAILABLE);
	assert_int_equal(step(h), OK); /* not due yet */
	h->clock.fixed_ms += MAIL_FIRST_WAIT_MS;
	assert_int_equal(step(h), ERR_UNAVAILABLE);
	office.refuses = false;
	h->clock.fixed_ms += MAIL_FIRST_WAIT_MS;
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 0); /* the second wait is twice the first */
	h->clock.fixed_ms += MAIL_FIRST_WAIT_MS;
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 1);
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 1);
	assert_int_equal(
	    store_world_number(h->store, "SELECT count(*) FROM mail WHERE sent_at > 0"), 1);
	visitor_free(anna);
	visitor_free(cor);
}

static void a_server_that_always_refuses_is_given_up_after_eight_tries(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	assert_int_equal(step(h), OK);
	(void)returned_signal(h, anna, cor);
	h->clock.fixed_ms = ms_at_local(local_day(HOUSE_NOW), 13, 1);
	office.refuses = true;
	for (int i = 0; i < MAIL_TRIES_MAX; i++) {
		assert_int_equal(step(h), ERR_UNAVAILABLE);
		h->clock.fixed_ms += (int64_t)MAIL_FIRST_WAIT_MS << i;
	}
	office.refuses = false;
	assert_int_equal(step(h), OK);
	assert_int_equal(
	    store_world_number(h->store,
	                       "SELECT count(*) FROM mail WHERE given_up_at > 0 AND tries = 8"),
	    1);
	visitor_free(anna);
	visitor_free(cor);
}

static enum status suspend(struct db_tx *tx, void *args, struct error *reterr)
{
	static const struct db_stmt S = { "test_suspend", "i",
		                          "UPDATE person SET state = 6 WHERE id = $1" };

	return db_exec(tx, &S, DB_ARGS(DB_INT(*(const int64_t *)args)), NULL, reterr);
}

static void who_was_suspended_in_between_gets_none(void **state)
{
	struct house *h = *state;
	struct house_person *clerk = house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *anna = visitor_new(h);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	visitor_sign_in(anna, clerk);
	assert_int_equal(step(h), OK);
	(void)returned_signal(h, anna, cor);
	h->clock.fixed_ms = ms_at_local(local_day(HOUSE_NOW), 13, 1);
	office.refuses = true;
	assert_int_equal(step(h), ERR_UNAVAILABLE);
	office.refuses = false;
	store_world_run(h->store, suspend, &clerk->person_id);
	h->clock.fixed_ms += MAIL_FIRST_WAIT_MS;
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 0);
	visitor_free(anna);
	visitor_free(cor);
}

static void who_saw_the_news_in_the_program_gets_no_mail(void **state)
{
	struct house *h = *state;
	struct visitor *anna = play_person(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	struct visitor *cor = play_person(h, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);

	assert_int_equal(step(h), OK);
	(void)returned_signal(h, anna, cor);
	h->clock.fixed_ms += 60000;
	visit(anna, "/news");
	visitor_send(anna, "/news/_read", "x=1");
	h->clock.fixed_ms = ms_at_local(local_day(HOUSE_NOW), 13, 1);
	assert_int_equal(step(h), OK);
	assert_int_equal(office.count, 0);
	visitor_free(anna);
	visitor_free(cor);
}

static void an_address_that_is_more_than_an_address_is_refused(void **state)
{
	static const char *const BAD[] = { "",        "anna",  "@x",     "a@x\r\nRCPT TO:<b@x>",
		                           "a@x b@x", "<a@x>", "a@x,b@x" };
	const struct smtp_server server = { .url = "smtp://127.0.0.1:1",
		                            .from = "plein@x.example" };
	struct error e = { 0 };

	(void)state;
	for (size_t i = 0; i < sizeof BAD / sizeof BAD[0]; i++) {
		const struct smtp_message m = {
			.to = BAD[i], .subject = "x", .text = "x", .id = "x"
		};
		assert_int_equal(smtp_send(&server, &m, &e), ERR_INVALID);
	}
}

static void rounds_are_at_eight_and_one_on_working_days(void **state)
{
	const int32_t tuesday = local_day(HOUSE_NOW);

	(void)state;
	assert_int_equal(mail_round_before(ms_at_local(tuesday, 8, 0)), ms_at_local(tuesday, 8, 0));
	assert_int_equal(mail_round_before(ms_at_local(tuesday, 12, 59)),
	                 ms_at_local(tuesday, 8, 0));
	assert_int_equal(mail_round_before(ms_at_local(tuesday, 23, 0)),
	                 ms_at_local(tuesday, 13, 0));
	assert_int_equal(mail_round_before(ms_at_local(tuesday, 7, 59)),
	                 ms_at_local(tuesday - 1, 13, 0));
	assert_int_equal(mail_round_before(ms_at_local(tuesday - 2, 12, 0)),
	                 ms_at_local(tuesday - 4, 13, 0));
}

#define PROMISE(name) cmocka_unit_test_setup_teardown(name, set_up, tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		PROMISE(a_mail_names_the_number_and_nothing_of_the_content),
		PROMISE(a_server_that_is_away_gets_it_later_and_once),
		PROMISE(a_server_that_always_refuses_is_given_up_after_eight_tries),
		PROMISE(who_was_suspended_in_between_gets_none),
		PROMISE(who_saw_the_news_in_the_program_gets_no_mail),
		cmocka_unit_test(an_address_that_is_more_than_an_address_is_refused),
		cmocka_unit_test(rounds_are_at_eight_and_one_on_working_days),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
