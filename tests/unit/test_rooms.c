/* All rooms together: what must hold for every route, template and machine of the house. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "access/access.h"
#include "audit/action.h"
#include "platform/view/template.h"
#include "server/rooms.h"

static void every_template_fits_its_view_and_form(void **state)
{
	(void)state;
	struct arena a;
	struct out o;
	int pages = 0;

	arena_init(&a, 1 << 24);
	out_init(&o, 1 << 16);
	for (size_t i = 0; ALL_TEMPLATES[i] != NULL; i++)
		for (const struct page_template *t = ALL_TEMPLATES[i]; t->name != NULL; t++) {
			page_check(&o, &a, t);
			pages++;
		}
	if (o.len > 0)
		fail_msg("%s", o.data);
	assert_true(pages > 10);
	out_free(&o);
	arena_reset(&a);
}

/* What a page draws of others counts as drawn, as deep as it goes. */
static void mark(const struct template *t, const struct template *all, size_t count, bool *drawn)
{
	if (t < all || t >= all + count || drawn[t - all])
		return;
	drawn[t - all] = true;
	for (uint32_t i = 0; i < t->count; i++)
		if (t->steps[i].partial != NULL)
			mark(t->steps[i].partial, all, count, drawn);
}

static void mark_pages(const struct page_template *pages, const struct template *all, size_t count,
                       bool *drawn)
{
	for (; pages->name != NULL; pages++)
		mark(template_find(pages->name), all, count, drawn);
}

static void no_template_lies_about_that_no_page_draws(void **state)
{
	(void)state;
	size_t count = 0;
	const struct template *all = template_all(&count);
	bool *drawn = calloc(count, sizeof *drawn);
	int missing = 0;

	assert_non_null(drawn);
	mark_pages(view_own_templates, all, count, drawn);
	for (size_t i = 0; ALL_TEMPLATES[i] != NULL; i++)
		mark_pages(ALL_TEMPLATES[i], all, count, drawn);
	for (size_t i = 0; i < count; i++)
		if (!drawn[i] && strncmp(all[i].name, "icons/", 6) != 0)
			print_error("no page draws %s\n", all[i].name), missing++;
	free(drawn);
	assert_int_equal(missing, 0);
}

static void every_route_names_its_permission_and_its_audit_action(void **state)
{
	(void)state;
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			bool is_public = (r->flags & ROUTE_PUBLIC) != 0;
			bool silent = (r->flags & ROUTE_NO_EVENT) != 0;
			if (!is_public && r->permission == PERM_PUBLIC)
				fail_msg("%s %s asks no permission", r->method, r->path);
			if (r->permission >= PERM_COUNT)
				fail_msg("%s %s asks an unknown permission", r->method, r->path);
			if (silent != (r->action == AUDIT_NONE))
				fail_msg("%s %s: either an action or ROUTE_NO_EVENT", r->method,
				         r->path);
			if (!silent && audit_action_word(r->action) == NULL)
				fail_msg("%s %s: the log has no word for its action", r->method,
				         r->path);
			if (r->summary == NULL)
				fail_msg("%s %s has no summary", r->method, r->path);
		}
}

static void a_file_that_comes_in_is_never_held_whole(void **state)
{
	(void)state;
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++)
			if ((r->flags & ROUTE_UPLOAD) != 0 && (r->flags & ROUTE_PIECES) == 0)
				fail_msg("%s %s takes a whole file into memory", r->method,
				         r->path);
}

static void a_silent_route_is_public(void **state)
{
	(void)state;
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++)
			if ((r->flags & ROUTE_NO_EVENT) != 0 && (r->flags & ROUTE_PUBLIC) == 0)
				fail_msg("%s %s shows something personal unlogged", r->method,
				         r->path);
}

static bool same_place(const struct route *a, const struct route *b)
{
	return strcmp(a->method, b->method) == 0 && strcmp(a->path, b->path) == 0;
}

static void no_route_stands_twice(void **state)
{
	(void)state;
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			int times = 0;
			for (size_t j = 0; ALL_ROUTES[j] != NULL; j++)
				for (const struct route *s = ALL_ROUTES[j]; s->method != NULL; s++)
					times += same_place(r, s);
			if (times != 1)
				fail_msg("%s %s stands %d times", r->method, r->path, times);
		}
}

static void every_change_says_how_it_is_made(void **state)
{
	(void)state;
	for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
		for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++) {
			bool get = strcmp(r->method, "GET") == 0;
			if (get && r->read == NULL)
				fail_msg("%s %s reads nothing", r->method, r->path);
			if (!get && r->apply == NULL && r->read == NULL)
				fail_msg("%s %s changes nothing", r->method, r->path);
		}
}

static void every_machine_moves_between_its_own_states_by_its_own_actions(void **state)
{
	(void)state;
	for (size_t i = 0; ALL_MACHINES[i] != NULL; i++) {
		const struct machine *m = ALL_MACHINES[i];
		for (size_t j = 0; j < m->move_count; j++) {
			const struct move *mv = &m->moves[j];
			assert_non_null(machine_state(m, mv->from));
			assert_non_null(machine_state(m, mv->to));
			assert_non_null(machine_action(m, mv->action));
			assert_non_null(audit_action_word(mv->audit_action));
			assert_ptr_equal(machine_move(m, mv->from, mv->action), mv);
		}
	}
}

static void every_place_in_the_menu_is_a_page(void **state)
{
	(void)state;
	for (const struct place *p = PLACES; p->label != NULL; p++) {
		bool found = false;
		for (size_t i = 0; ALL_ROUTES[i] != NULL; i++)
			for (const struct route *r = ALL_ROUTES[i]; r->method != NULL; r++)
				found |= strcmp(r->path, p->href) == 0 &&
				         strcmp(r->method, "GET") == 0 &&
				         r->permission == p->permission;
		if (!found)
			fail_msg("the menu leads to %s, which isn't there", p->href);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_template_fits_its_view_and_form),
		cmocka_unit_test(no_template_lies_about_that_no_page_draws),
		cmocka_unit_test(every_route_names_its_permission_and_its_audit_action),
		cmocka_unit_test(a_file_that_comes_in_is_never_held_whole),
		cmocka_unit_test(a_silent_route_is_public),
		cmocka_unit_test(no_route_stands_twice),
		cmocka_unit_test(every_change_says_how_it_is_made),
		cmocka_unit_test(every_machine_moves_between_its_own_states_by_its_own_actions),
		cmocka_unit_test(every_place_in_the_menu_is_a_page),
	};
	return cmocka_run_group_tests_name("rooms", tests, NULL, NULL);
}
