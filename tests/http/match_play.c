#include "match_play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <unistd.h>

#include <cmocka.h>

#include "matches/live.h"

void index_all(struct house *h)
{
	struct error e = { 0 };
	bool more = true;

	if (h->plein.live == NULL)
		h->plein.live = live_new();
	while (more || !live_ready(h->plein.live))
		if (live_step(&h->plein, &more, &e) != OK)
			fail_msg("%s (%s; %s:%d)", e.message, e.cause, e.file, e.line);
}

int live_tear_down(void **state)
{
	struct house *h = *state;

	live_free(h->plein.live);
	h->plein.live = NULL;
	if (h->plein.live_file != NULL)
		(void)unlink(h->plein.live_file);
	h->plein.live_file = NULL;
	return house_tear_down(state);
}

struct played submitted_about(struct visitor *writer, const char *one, const char *other)
{
	struct played p = play_write(writer, "Winkel", "Leeg");

	play_fill(&p, "/edit/subjects", one);
	if (other != NULL)
		play_fill(&p, "/edit/subjects", other);
	play_submit(&p);
	return p;
}
