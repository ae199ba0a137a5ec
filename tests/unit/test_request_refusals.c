/* What stands in the way of a step of a request is told with what to do about it. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#include "good_request.h"

/* Whatever lacks or is in the way, one thing at a time and all at once. */
static size_t pictures_that_lack(struct request_picture lacks[], size_t max)
{
	const struct request_picture all[] = {
		{ .kind = REQUEST_CONTENT },
		{ .kind = REQUEST_HIT_NO_HIT },
		{ .kind = REQUEST_CONTENT,
		  .casefile_open = true,
		  .actor_role = ROLE_INFO_COORDINATOR },
	};
	size_t count = 0;

	assert_true(max >= 16);
	for (size_t i = 0; i < 13; i++)
		lacks[i] = good();
	lacks[count++].casefile_open = false;
	lacks[count++].addressee_involved = false;
	lacks[count++].subjects = 0;
	lacks[count++].parts = 0;
	lacks[count++].parts_closed_phase = 1;
	lacks[count++].necessity_chars = 3;
	lacks[count++].question_chars = 0;
	lacks[count++].parts_open = 1;
	lacks[count++].parts_facts = 0;
	lacks[count++].parts_refused = 1;
	lacks[count++].items_unjudged = 1;
	lacks[count].phase_3 = true;
	lacks[count++].actor_person_id = 2;
	lacks[count++].wanted_day = good().due_day;
	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		lacks[count++] = all[i];
	return count;
}

static void a_step_that_cannot_be_made_says_why_and_what_to_do(void **state)
{
	struct request_picture lacks[16];
	const size_t count = pictures_that_lack(lacks, 16);
	size_t refused = 0;

	(void)state;
	for (size_t i = 0; i < REQUEST_MACHINE.move_count; i++) {
		const struct move *mv = &REQUEST_MACHINE.moves[i];
		for (size_t j = 0; mv->guard != NULL && j < count; j++) {
			const struct verdict v = mv->guard(&lacks[j]);
			if (verdict_allows(v))
				continue;
			refused++;
			assert_non_null(v.sentence);
			if (v.next == NULL || v.sentence[strlen(v.sentence) - 1] != '.')
				fail_msg("\"%s\" doesn't say what to do", v.sentence);
		}
	}
	assert_true(refused > 100);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_step_that_cannot_be_made_says_why_and_what_to_do),
	};
	return cmocka_run_group_tests_name("request refusals", tests, NULL, NULL);
}
