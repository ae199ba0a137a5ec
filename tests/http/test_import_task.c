/* plein import: what the command line asks of an installation, word by word. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "cli/cli.h"
#include "client.h"
#include "house_world.h"
#include "imports/import_run.h"

enum { WORDS_MAX = 12 };

struct desk {
	struct house *house;
	struct out said;
	struct error error;
	char path[64];
};

static struct desk *desk_of(struct house *h, const char *text)
{
	struct desk *d = ARENA_NEW(&h->arena, struct desk);

	d->house = h;
	(void)house_hire(h, "anna@duinwaard.example", ROLE_SUBMITTER, 0);
	(void)house_hire(h, "pol@politie.example", ROLE_SUBMITTER, h->police_organ);
	memcpy(d->path, "/tmp/plein-import.XXXXXX", sizeof "/tmp/plein-import.XXXXXX");
	const int fd = mkstemp(d->path);
	assert_true(fd >= 0);
	assert_int_equal(write(fd, text, strlen(text)), (ssize_t)strlen(text));
	(void)close(fd);
	return d;
}

static void leave(struct desk *d)
{
	(void)unlink(d->path);
	out_free(&d->said);
}

/* One word of the command, its options separated by spaces. */
static enum status ask(struct desk *d, const char *line)
{
	char *words[WORDS_MAX], *text = arena_strdup(&d->house->arena, line), *rest = NULL;
	int count = 0;

	for (char *w = strtok_r(text, " ", &rest); w != NULL; w = strtok_r(NULL, " ", &rest))
		words[count++] = w;
	out_free(&d->said);
	out_init(&d->said, 1 << 16);
	d->error = (struct error){ 0 };
	return IMPORT_TASK.run(&d->house->plein, &d->house->arena, words, count, &d->said,
	                       &d->error);
}

static const char *said(struct desk *d)
{
	return d->said.len > 0 ? arena_strndup(&d->house->arena, d->said.data, d->said.len) : "";
}

static void work(struct desk *d)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		assert_int_equal(import_step(&d->house->plein, &more, &e), OK);
}

static const char *begin_line(struct desk *d, const char *who)
{
	return arena_printf(&d->house->arena, "begin --file %s --name lijst.csv --person %s",
	                    d->path, who);
}

static int64_t rows(struct desk *d, const char *sql)
{
	return store_world_number(d->house->store, sql);
}

static void a_file_is_judged_read_in_and_undone_with_one_line_of_news(void **state)
{
	struct desk *d =
	    desk_of(*state, "Titel;Gemeente\nKas;Duinwaard\nMis;Nergens\nWinkel;9901\n");

	assert_int_equal(ask(d, begin_line(d, "anna@duinwaard.example")), OK);
	assert_string_equal(said(d), "1\n");
	work(d);
	assert_int_equal(ask(d, "step --id 1 --person anna@duinwaard.example"), OK);
	assert_string_equal(said(d), "3 3 4 1 0 0\n"); /* judged: three rows, one wrong */
	assert_int_equal(ask(d, "faults --id 1 --person anna@duinwaard.example"), OK);
	assert_non_null(strstr(said(d), "Regel 3, Kolom B (Gemeente): "));
	assert_int_equal(rows(d, "SELECT count(*) FROM signal"), 0);
	assert_int_equal(ask(d, "read --id 1 --person anna@duinwaard.example"), OK);
	work(d);
	assert_int_equal(rows(d, "SELECT count(*) FROM signal WHERE state = 1"), 2);
	assert_int_equal(rows(d, "SELECT count(*) FROM news"), 0);
	assert_int_equal(ask(d, "undo --id 1 --person anna@duinwaard.example"), OK);
	work(d);
	assert_int_equal(rows(d, "SELECT count(*) FROM signal WHERE state = 1"), 0);
	assert_int_equal(rows(d, "SELECT count(*) FROM news"), 1);
	leave(d);
}

static void who_brings_nothing_in_or_somebody_elses_round_is_refused(void **state)
{
	struct desk *d = desk_of(*state, "Titel\nKas\n");

	(void)house_hire(*state, "cor@riec.example", ROLE_INFO_COORDINATOR, 0);
	assert_int_equal(ask(d, begin_line(d, "cor@riec.example")), ERR_INVALID);
	assert_int_equal(ask(d, begin_line(d, "niemand@riec.example")), ERR_INVALID);
	assert_int_equal(ask(d, begin_line(d, "anna@duinwaard.example")), OK);
	assert_int_equal(ask(d, "step --id 1 --person pol@politie.example"), ERR_NOT_FOUND);
	assert_int_equal(ask(d, "undo --id 1 --person pol@politie.example"), ERR_NOT_FOUND);
	assert_int_equal(ask(d, "faults --id 1 --person pol@politie.example"), ERR_NOT_FOUND);
	assert_int_equal(rows(d, "SELECT count(*) FROM import_round"), 1);
	leave(d);
}

#define TEST(f) cmocka_unit_test_setup_teardown(f, house_set_up, house_tear_down)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_file_is_judged_read_in_and_undone_with_one_line_of_news),
		TEST(who_brings_nothing_in_or_somebody_elses_round_is_refused),
	};
	return cmocka_run_group_tests(tests, NULL, NULL);
}
