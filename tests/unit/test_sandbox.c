/* Work on foreign files in a child: it gets its input, says its answer, and can do nothing else. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sys/socket.h>
#include <unistd.h>

#include "platform/sandbox/sandbox.h"

/* ---- children: this program, started with one word ------------------------------------------- */

static int repeat(void)
{
	struct error e;
	const void *bytes = NULL;
	size_t len = 0;
	const bool ready = sandbox_input(&bytes, &len, &e) == OK && sandbox_close_off(&e) == OK;

	return ready && sandbox_say(bytes, len) ? 0 : 1;
}

static int open_a_file(void)
{
	struct error e;
	char can = sandbox_close_off(&e) == OK && open("/etc/passwd", O_RDONLY | O_CLOEXEC) < 0
	               ? 'n'
	               : 'y';

	return sandbox_say(&can, 1) ? 0 : 1;
}

static int ask_the_network(void)
{
	struct error e;
	char can = sandbox_close_off(&e) == OK ? 'y' : 'n';

	if (socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0) < 0)
		can = 'n';
	return sandbox_say(&can, 1) ? 0 : 1;
}

static int start_a_program(void)
{
	char name[] = "/bin/true";
	char *const argv[] = { name, NULL };
	struct error e;
	char can = sandbox_close_off(&e) == OK ? 'y' : 'n';

	(void)execv(name, argv);
	return sandbox_say(&can, 1) ? 0 : 1;
}

/* How many files are open, besides the folder that lists them; and how large the environment is. */
static int look_around(void)
{
	uint32_t counts[2] = { 0, 0 };
	DIR *open_files = opendir("/proc/self/fd");

	while (open_files != NULL && readdir(open_files) != NULL)
		counts[0]++;
	while (environ != NULL && environ[counts[1]] != NULL)
		counts[1]++;
	counts[0] -= 3; /* ".", ".." and the folder */
	return sandbox_say(counts, sizeof counts) ? 0 : 1;
}

/* Becomes a shell with this line: what a foreign program could do if it were taken over. */
static int become_shell(const char *line)
{
	char shell[] = "/bin/sh", dash_c[] = "-c", what[80];
	char *const argv[] = { shell, dash_c, what, NULL };
	const char *const folders[] = { "/usr/share/zoneinfo", NULL };
	struct error e;

	(void)snprintf(what, sizeof what, "%s", line);
	return sandbox_become(argv, folders, &e) == OK ? 0 : 125;
}

static int become_reader(void)
{
	return become_shell("read a; echo $a; exit 3");
}

static int become_thief(void)
{
	return become_shell("read a < /etc/passwd && echo $a; exit 4");
}

static int become_writer(void)
{
	return become_shell("echo a > /tmp/sandbox_become && echo written; exit 4");
}

static int become_two(void)
{
	return become_shell("(echo two); exec /bin/cat /usr/share/zoneinfo/UTC");
}

static int become_nobody(void)
{
	char program[] = "/nonexistent/program";
	char *const argv[] = { program, NULL };
	const char *const none[] = { NULL };
	struct error e;

	if (sandbox_become(argv, none, &e) != OK)
		_exit(125); /* at once: what checks for leaks at the end has no room here */
	return 0;
}

static int talk_on(void)
{
	char block[4096];

	memset(block, 'a', sizeof block);
	while (sandbox_say(block, sizeof block))
		continue;
	return 1;
}

static const struct child {
	const char *word;
	int (*run)(void);
} CHILDREN[] = {
	{ "repeat", repeat },
	{ "open", open_a_file },
	{ "network", ask_the_network },
	{ "program", start_a_program },
	{ "look", look_around },
	{ "become-reader", become_reader },
	{ "become-thief", become_thief },
	{ "become-writer", become_writer },
	{ "become-two", become_two },
	{ "become-nobody", become_nobody },
	{ "talk-on", talk_on },
};

/* ---- the tests -------------------------------------------------------------------------------- */

static enum status ask(const char *word, const char *input, void *ret, size_t len)
{
	struct sandbox *s = NULL;
	struct error e = { 0 };
	struct arena a;

	arena_init(&a, 1 << 20);
	const struct byte_source from = source_bytes(input, strlen(input));
	assert_int_equal(sandbox_start(word, &from, &a, &s, &e), OK);
	const enum status st = sandbox_hear(s, ret, len, &e);
	sandbox_end(s);
	arena_reset(&a);
	return st;
}

/* What lies on a disk: never more than a piece of it at once. */
struct pieces {
	size_t asked, largest, breaks_at; /* breaks_at: 0: never */
};

static bool give_piece(void *context, size_t at, void *to, size_t len)
{
	struct pieces *p = context;

	p->asked++;
	p->largest = len > p->largest ? len : p->largest;
	if (p->breaks_at != 0 && at + len > p->breaks_at)
		return false;
	memset(to, 'a', len);
	return true;
}

static void a_large_input_is_never_held_whole(void **state)
{
	enum { LEN = 5000000, PIECE = 65536 };
	struct pieces pieces = { 0 };
	const struct byte_source from = { .len = LEN, .read = give_piece, .context = &pieces };
	struct sandbox *s = NULL;
	struct error e = { 0 };
	struct arena a;

	(void)state;
	arena_init(&a, 1 << 20);
	assert_int_equal(sandbox_start("repeat", &from, &a, &s, &e), OK);
	sandbox_end(s);
	assert_in_range(pieces.largest, 1, PIECE);
	assert_true(pieces.asked >= LEN / PIECE);
	pieces.breaks_at = LEN / 2;
	assert_int_equal(sandbox_start("repeat", &from, &a, &s, &e), ERR_UNAVAILABLE);
	arena_reset(&a);
}

static void a_child_reads_its_input_and_says_its_answer(void **state)
{
	char said[6] = "";

	(void)state;
	assert_int_equal(ask("repeat", "hallo", said, 5), OK);
	assert_string_equal(said, "hallo");
}

static void a_child_that_is_closed_off_opens_no_file(void **state)
{
	char can = '?';

	(void)state;
	assert_int_equal(ask("open", "x", &can, 1), OK);
	assert_int_equal(can, 'n');
}

static void a_child_that_asks_for_the_network_or_another_program_is_ended(void **state)
{
	char can = '?';

	(void)state;
	assert_int_equal(ask("network", "x", &can, 1), ERR_INVALID);
	assert_int_equal(ask("program", "x", &can, 1), ERR_INVALID);
	assert_int_equal(can, '?');
}

static void a_child_has_no_environment_and_no_file_of_its_parent(void **state)
{
	const int secret = open("/etc/hostname", O_RDONLY);
	uint32_t counts[2] = { 9, 9 };

	(void)state;
	assert_true(secret >= 0);
	assert_int_equal(ask("look", "x", counts, sizeof counts), OK);
	assert_int_equal(counts[0], 2); /* its input and its output */
	assert_int_equal(counts[1], 0);
	(void)close(secret);
}

static void a_child_that_ends_before_its_answer_is_told(void **state)
{
	char said[9];

	(void)state;
	assert_int_equal(ask("repeat", "hallo", said, sizeof said), ERR_INVALID);
}

/* All that it says; its exit code. */
static int hear_all(const char *word, const char *input, char *ret, size_t max)
{
	struct sandbox *s = NULL;
	struct error e = { 0 };
	struct arena a;
	size_t len = 0;
	int code = -2;

	arena_init(&a, 1 << 20);
	const struct byte_source from = source_bytes(input, strlen(input));
	assert_int_equal(sandbox_start(word, &from, &a, &s, &e), OK);
	assert_int_equal(sandbox_hear_all(s, ret, max - 1, &len, &code, &e), OK);
	ret[len] = '\0';
	sandbox_end(s);
	arena_reset(&a);
	return code;
}

static void another_program_reads_its_input_and_its_exit_code_is_told(void **state)
{
	char said[64];

	(void)state;
	assert_int_equal(hear_all("become-reader", "hallo\n", said, sizeof said), 3);
	assert_string_equal(said, "hallo\n");
}

static void another_program_reads_no_other_file_writes_none_and_starts_nothing(void **state)
{
	char said[64];

	(void)state;
	assert_int_not_equal(hear_all("become-thief", "", said, sizeof said), 0);
	assert_string_equal(said, "");
	(void)unlink("/tmp/sandbox_become");
	assert_int_not_equal(hear_all("become-writer", "", said, sizeof said), 0);
	assert_string_equal(said, "");
	assert_int_not_equal(access("/tmp/sandbox_become", F_OK), 0);
	assert_int_not_equal(hear_all("become-two", "", said, sizeof said), 0);
	assert_string_equal(said, "");
}

static void a_program_that_is_not_there_is_told_by_its_exit_code(void **state)
{
	char said[64];

	(void)state;
	assert_int_equal(hear_all("become-nobody", "", said, sizeof said), 125);
}

static void who_says_more_than_enough_is_heard_that_far(void **state)
{
	char said[10001];

	(void)state;
	assert_int_equal(hear_all("talk-on", "", said, sizeof said), 0);
	assert_int_equal(strlen(said), 10000);
}

int main(int argc, char **argv)
{
	for (size_t i = 0; argc == 2 && i < sizeof CHILDREN / sizeof CHILDREN[0]; i++)
		if (strcmp(argv[1], CHILDREN[i].word) == 0)
			return CHILDREN[i].run();
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_large_input_is_never_held_whole),
		cmocka_unit_test(a_child_reads_its_input_and_says_its_answer),
		cmocka_unit_test(a_child_that_is_closed_off_opens_no_file),
		cmocka_unit_test(a_child_that_asks_for_the_network_or_another_program_is_ended),
		cmocka_unit_test(a_child_has_no_environment_and_no_file_of_its_parent),
		cmocka_unit_test(a_child_that_ends_before_its_answer_is_told),
		cmocka_unit_test(another_program_reads_its_input_and_its_exit_code_is_told),
		cmocka_unit_test(
		    another_program_reads_no_other_file_writes_none_and_starts_nothing),
		cmocka_unit_test(a_program_that_is_not_there_is_told_by_its_exit_code),
		cmocka_unit_test(who_says_more_than_enough_is_heard_that_far),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
