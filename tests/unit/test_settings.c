/* Settings come from a file, the environment and flags, the last one wins, and a slip is told. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "server/settings.h"

struct desk {
	struct arena arena;
	struct error error;
	struct settings settings;
	char **rest;
	int rest_count;
	char path[64];
};

static int set_up(void **state)
{
	struct desk *d = calloc(1, sizeof *d);

	arena_init(&d->arena, 1 << 16);
	(void)snprintf(d->path, sizeof d->path, "/tmp/plein-settings-XXXXXX");
	const int fd = mkstemp(d->path);
	assert_true(fd >= 0);
	(void)close(fd);
	*state = d;
	return 0;
}

static int tear_down(void **state)
{
	struct desk *d = *state;

	(void)unsetenv("PLEIN_PORT");
	(void)unsetenv("PLEIN_SECURITY_CONTACT");
	(void)unlink(d->path);
	arena_reset(&d->arena);
	free(d);
	return 0;
}

static void write_file(const struct desk *d, const char *text)
{
	FILE *f = fopen(d->path, "we");

	assert_non_null(f);
	assert_true(fputs(text, f) >= 0);
	assert_int_equal(fclose(f), 0);
}

/* The command line `plein serve --config FILE more...`, as main hands it on. */
static enum status read_with(struct desk *d, const char *const *more)
{
	char *argv[8] = { arena_strdup(&d->arena, "--config"), d->path };
	int argc = 2;

	for (; more != NULL && *more != NULL; more++)
		argv[argc++] = arena_strdup(&d->arena, *more);
	return settings_read(argc, argv, &d->arena, &d->settings, &d->rest, &d->rest_count,
	                     &d->error);
}

static void assert_refused(struct desk *d, const char *line, const char *says)
{
	write_file(d, line);
	assert_int_equal(read_with(d, NULL), ERR_INVALID);
	if (strstr(d->error.message, says) == NULL)
		fail_msg("'%s' doesn't say '%s'", d->error.message, says);
}

static void a_flag_beats_the_environment_and_that_beats_the_file(void **state)
{
	struct desk *d = *state;

	write_file(d, "# a comment\n\n  port = 1111  \n");
	assert_int_equal(read_with(d, NULL), OK);
	assert_int_equal(setting_int(&d->settings, SET_PORT), 1111);
	assert_int_equal(d->settings.origins[SET_PORT], FROM_FILE);

	assert_int_equal(setenv("PLEIN_PORT", "2222", 1), 0);
	assert_int_equal(read_with(d, NULL), OK);
	assert_int_equal(setting_int(&d->settings, SET_PORT), 2222);
	assert_int_equal(d->settings.origins[SET_PORT], FROM_ENVIRONMENT);

	assert_int_equal(read_with(d, (const char *[]){ "--port=3333", NULL }), OK);
	assert_int_equal(setting_int(&d->settings, SET_PORT), 3333);
	assert_int_equal(d->settings.origins[SET_PORT], FROM_FLAG);
}

static void what_is_no_setting_is_left_to_the_command(void **state)
{
	struct desk *d = *state;

	assert_int_equal(
	    read_with(d, (const char *[]){ "file.csv", "--port", "4444", "--dry-run", NULL }), OK);
	assert_int_equal(d->rest_count, 2);
	assert_string_equal(d->rest[0], "file.csv");
	assert_string_equal(d->rest[1], "--dry-run");
	assert_int_equal(setting_int(&d->settings, SET_PORT), 4444);
}

static void a_slip_of_the_pen_is_told_with_its_line(void **state)
{
	struct desk *d = *state;

	assert_refused(d, "port = 80\npoort = 81\n", "regel 2: de instelling 'poort' bestaat niet");
	assert_refused(d, "port 80\n", "regel 1: schrijf 'naam = waarde'");
	assert_refused(d, "workers = 0\n", "'workers' moet een getal zijn van 1 tot en met 64");
	assert_refused(d, "workers = vier\n", "'workers' moet een getal zijn");
	assert_int_equal(read_with(d, (const char *[]){ "--port", NULL }), ERR_INVALID);
}

static void a_contact_is_an_address_that_others_can_use(void **state)
{
	static const char *const GOOD[] = { "mailto:veiligheid@riec.example", "tel:+31-88-0000000",
		                            "https://riec.example/meld", "" };
	struct desk *d = *state;

	for (size_t i = 0; i < sizeof GOOD / sizeof GOOD[0]; i++) {
		write_file(d, arena_printf(&d->arena, "security-contact = %s\n", GOOD[i]));
		assert_int_equal(read_with(d, NULL), OK);
		assert_string_equal(setting_text(&d->settings, SET_SECURITY_CONTACT), GOOD[i]);
	}
	assert_refused(d, "security-contact = veiligheid@riec.example\n", "begint met mailto:");
	assert_refused(d, "security-contact = mailto:een adres\n", "geen spaties");
	write_file(d, "");
	assert_int_equal(setenv("PLEIN_SECURITY_CONTACT", "mailto:a@b.example\nExpires: 1999", 1),
	                 0);
	assert_int_equal(read_with(d, NULL), ERR_INVALID);
}

static void everything_is_shown_but_a_password(void **state)
{
	struct desk *d = *state;
	struct out o;

	write_file(d, "smtp-password = geheim-van-de-post\nport = 8081\n");
	assert_int_equal(read_with(d, NULL), OK);
	out_init(&o, 1 << 16);
	settings_print(&d->settings, &o);
	const char *text = arena_strndup(&d->arena, o.data, o.len);
	for (int id = 0; id < SETTING_COUNT; id++)
		assert_non_null(strstr(text, setting_name((enum setting_id)id)));
	assert_non_null(strstr(text, "8081"));
	assert_non_null(strstr(text, "(bestand)"));
	assert_null(strstr(text, "geheim-van-de-post"));
	out_free(&o);
}

int main(void)
{
#define CASE(f) cmocka_unit_test_setup_teardown(f, set_up, tear_down)
	const struct CMUnitTest tests[] = {
		CASE(a_flag_beats_the_environment_and_that_beats_the_file),
		CASE(what_is_no_setting_is_left_to_the_command),
		CASE(a_slip_of_the_pen_is_told_with_its_line),
		CASE(a_contact_is_an_address_that_others_can_use),
		CASE(everything_is_shown_but_a_password),
	};
	return cmocka_run_group_tests_name("settings", tests, NULL, NULL);
}
