/* What a screen does, the API does: each act of a page is a route of the API with the same fields. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "platform/http/http.h"
#include "server/rooms.h"

/* Acts that are of a browser alone, each with its reason. */
static const struct {
	const char *path, *why;
} OF_A_BROWSER[] = {
	{ "/sign-in", "a program signs in with a token" },
	{ "/sign-in/code", "a program signs in with a token" },
	{ "/sign-in/recovery", "a program signs in with a token" },
	{ "/sign-out", "a token is withdrawn by its owner" },
	{ "/step-up", "asks the person again" },
	{ "/me/enrol", "ties a device to the person" },
	{ "/me/password", "asks the person" },
	{ "/me/recovery-codes", "shown once, to the person" },
	{ "/me/recovery-codes/_kept", "the person says so" },
	{ "/me/on-behalf", "a token has one appointment" },
	{ "/signals/paste", "fields out of a story, for who sits at the screen" },
	{ "/signals/paste/draft", "the draft of it: a program sends POST /signals" },
	{ "/people/{id}/first-password/_passed", "the word on the screen was passed on" },
};
enum { BROWSER_COUNT = sizeof OF_A_BROWSER / sizeof OF_A_BROWSER[0] };

static int place_of(const char *path)
{
	for (int i = 0; i < BROWSER_COUNT; i++)
		if (strcmp(OF_A_BROWSER[i].path, path) == 0)
			return i;
	return -1;
}

static bool acts(const struct route *r)
{
	return strcmp(r->method, "GET") != 0;
}

static void every_act_of_a_page_is_one_of_the_api_or_says_why_not(void **state)
{
	(void)state;
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++)
			if (acts(r) && (r->flags & ROUTE_PAGE_ONLY) != 0 && place_of(r->path) < 0)
				fail_msg("%s %s is an act that no program can do", r->method,
				         r->path);
}

static void what_is_said_to_be_of_a_browser_is_so(void **state)
{
	(void)state;
	for (int i = 0; i < BROWSER_COUNT; i++) {
		bool found = false;
		for (size_t j = 0; ALL_ROUTES[j] != NULL; j++)
			for (const struct route *r = ALL_ROUTES[j]; r->method != NULL; r++)
				found |= acts(r) && (r->flags & ROUTE_PAGE_ONLY) != 0 &&
				         strcmp(r->path, OF_A_BROWSER[i].path) == 0;
		if (!found)
			fail_msg("%s (%s) is no act of a page alone", OF_A_BROWSER[i].path,
			         OF_A_BROWSER[i].why);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_act_of_a_page_is_one_of_the_api_or_says_why_not),
		cmocka_unit_test(what_is_said_to_be_of_a_browser_is_so),
	};
	cmocka_set_message_output(CM_OUTPUT_TAP);
	return cmocka_run_group_tests(tests, NULL, NULL);
}
