#include "signal_play.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "signals/signal_index.h"

struct visitor *play_person(struct house *h, const char *email, enum role role, int64_t organ)
{
	struct visitor *v = visitor_new(h);

	visitor_sign_in(v, house_hire(h, email, role, organ));
	return v;
}

const char *play_at(const struct played *p, const char *rest)
{
	return arena_printf(&p->writer->house->arena, "%s%s", p->base, rest);
}

struct played play_begin(struct visitor *writer)
{
	struct played p = { .writer = writer };

	visit(writer, "/signals");
	visitor_send(writer, "/signals", "x=1");
	if (writer->code != 200 || sscanf(writer->path, "/signals/%31[^/]", p.ref) != 1)
		fail_msg("%s: %d\n%s", writer->path, writer->code, writer->page);
	(void)snprintf(p.base, sizeof p.base, "/signals/%s", p.ref);
	return p;
}

void play_fill(struct played *p, const char *rest, const char *fields)
{
	const char *path = play_at(p, rest);

	visit(p->writer, path);
	visitor_send(p->writer, path, fields);
	if (p->writer->code != 200)
		fail_msg("%s: %d\n%s", path, p->writer->code, p->writer->page);
}

#define ENOUGH "Dit+is+ruim+genoeg+uitleg+voor+het+overleg"

struct played play_write(struct visitor *writer, const char *title, const char *facts)
{
	struct arena *a = &writer->house->arena;
	struct played p = play_begin(writer);

	play_fill(&p, "/edit/facts", arena_printf(a, "title=%s&facts=%s", title, facts));
	play_fill(&p, "/edit/place",
	          arena_printf(a, "where=Dorpsstraat+12&municipality=%lld",
	                       (long long)writer->house->municipality));
	play_fill(&p, "/edit/theme", "theme=LAUNDERING&line=LOCATION&task=901");
	play_fill(&p, "/edit/criteria",
	          "criterionA=" ENOUGH "&criterionB=" ENOUGH "&criterionC=" ENOUGH
	          "&criterionD=" ENOUGH "&criterionE=" ENOUGH);
	return p;
}

void play_submit(struct played *p)
{
	visit(p->writer, play_at(p, "/submit"));
	visitor_send(p->writer, play_at(p, "/submit"), "declared=on");
	assert_page_says(p->writer, "Ingediend");
}

void play_accept(struct visitor *coordinator, const struct played *p)
{
	visit(coordinator, play_at(p, "/known"));
	visitor_send(coordinator, play_at(p, "/known"), "x=1");
	visit(coordinator, play_at(p, "/move/accept"));
	visitor_send(coordinator, play_at(p, "/move/accept"), "x=1");
	assert_page_says(coordinator, "Intake akkoord");
}

struct reply play_raw(struct visitor *v, const char *path)
{
	const char *headers = arena_printf(&v->house->arena, "Cookie: %s\r\n", v->cookies);

	return client_request(v->house->port, "GET", path, headers, NULL);
}

void play_index(struct house *h)
{
	struct error e = { 0 };
	bool more = true;

	while (more)
		if (signal_index_step(&h->plein, &more, &e) != OK)
			fail_msg("%s (%s; %s:%d)", e.message, e.cause, e.file, e.line);
	assert_int_equal(store_world_number(h->store, "SELECT count(*) FROM signal_unindexed"), 0);
}
