/* What stands around every page: who am I, on whose behalf, where can I go. */
#include "people/frame.h"

#include "access/access.h"
#include "people/capacity.h"
#include "platform/core/calendar.h"
#include "platform/crypto/token.h"
#include "work/work.h"

static const char *const DENSITIES[] = { "comfortable", "compact" };
static const char *const COLOURS[] = { "auto", "light", "dark" };

static const struct link FOOT[] = {
	{ "De regels", "/rules", -1, false },
	{ "Hulp", "/help", -1, false },
	{ "Toegankelijkheid", "/accessibility", -1, false },
	{ "Privacy en logboek", "/privacy", -1, false },
};

struct frame_secret {
	const struct plein *plein;
	struct digest session;  /* zero for a stranger */
	int64_t expired_person; /* whose session ran out, 0: nobody's */
	bool asked;             /* the rows below are on their way */
	struct db_rows news, capacities;
};

static const char *frame_csrf(const struct frame *f, struct arena *a, const char *path_pattern)
{
	const struct frame_secret *s = f->secret;
	struct token t = csrf_token(s->plein->web_key, &s->session, path_pattern);
	return arena_strdup(a, t.text);
}

struct frame *frame_new(struct request *rq)
{
	const struct plein *p = plein_of(rq);
	struct frame *f = ARENA_NEW(rq->arena, struct frame);
	struct frame_secret *s = ARENA_NEW(rq->arena, struct frame_secret);

	s->plein = p;
	*f = (struct frame){
		.region = p->region,
		.demo = p->demo,
		.version = p->version,
		.density = DENSITIES[0],
		.colours = COLOURS[0],
		.note = rq->note,
		.csrf = frame_csrf,
		.secret = s,
	};
	return f;
}

static struct array foot(struct request *rq)
{
	struct link *links = ARENA_ARRAY(rq->arena, struct link, sizeof FOOT / sizeof FOOT[0]);
	memcpy(links, FOOT, sizeof FOOT);
	return (struct array){ links, sizeof FOOT / sizeof FOOT[0] };
}

static struct array menu(struct request *rq, const struct place *places)
{
	size_t count = 0, shown = 0;
	while (places[count].label != NULL)
		count++;
	struct link *links = ARENA_ARRAY(rq->arena, struct link, count + 1);
	for (size_t i = 0; i < count; i++)
		if (access_permits(rq->viewer->role, (enum permission)places[i].permission))
			links[shown++] =
			    (struct link){ places[i].label, places[i].href, -1, false };
	return (struct array){ links, shown };
}

/* News and capacities travel with the page's own question to the database. */
static enum status ask(struct request *rq, struct error *reterr)
{
	struct frame_secret *s = rq->frame->secret;
	const int64_t person_id = rq->viewer->person_id, now = rq->now_ms;

	s->asked = true;
	enum status st =
	    work_ask_news_count(rq->db, rq->viewer, rq->session->news_seen_at, &s->news, reterr);
	if (st == OK && capacity_may_choose(rq))
		st = session_ask_capacities(rq->db, person_id, local_day(now), now, &s->capacities,
		                            reterr);
	return st;
}

static struct array choices(struct request *rq, struct array capacities)
{
	const struct capacity *from = capacities.items;
	struct capacity_choice *to =
	    ARENA_ARRAY(rq->arena, struct capacity_choice, capacities.count + 1);

	for (size_t i = 0; i < capacities.count; i++)
		to[i] = (struct capacity_choice){
			.value = arena_printf(rq->arena, "%lld", (long long)from[i].appointment_id),
			.label = arena_printf(rq->arena, "%s, %s", from[i].on_behalf,
			                      access_role(from[i].role)->label),
			.current = from[i].appointment_id == rq->viewer->appointment_id,
		};
	return (struct array){ to, capacities.count };
}

static enum status read_capacities(struct request *rq, struct db_rows *rows, struct error *reterr)
{
	const struct session *s = rq->session;
	struct capacity own = { .appointment_id = s->appointment_id,
		                .role = s->role,
		                .on_behalf = s->on_behalf };
	struct array list = { &own, 1 };
	enum status st = OK;

	if (capacity_may_choose(rq))
		st = session_read_capacities(rows, rq->arena, &list, reterr);
	if (st == OK)
		rq->frame->capacities = choices(rq, list);
	return st;
}

static enum status fetch(struct request *rq, struct error *reterr)
{
	struct frame_secret *s = rq->frame->secret;
	enum status st = OK;

	if (rq->db == NULL)
		return OK; /* an answer without the database has a frame without its figures */
	if (!s->asked)
		st = ask(rq, reterr);
	s->asked = false;
	if (st == OK)
		st = work_read_news_count(&s->news, &rq->frame->news_count, reterr);
	return st == OK ? read_capacities(rq, &s->capacities, reterr) : st;
}

void frame_expired(struct request *rq, int64_t person_id)
{
	struct frame_secret *s = rq->frame->secret;
	s->expired_person = person_id;
}

int64_t frame_expired_person(const struct request *rq)
{
	const struct frame_secret *s = rq->frame->secret;
	return s->expired_person;
}

void frame_secure(struct request *rq)
{
	struct frame_secret *s = rq->frame->secret;
	s->session = rq->session->digest;
}

bool frame_csrf_matches(const struct request *rq, const char *token)
{
	const struct frame_secret *s = rq->frame->secret;
	return csrf_matches(s->plein->web_key, &s->session, rq->route->path, token);
}

enum status frame_fill(struct request *rq, const struct place *places, struct error *reterr)
{
	const struct session *s = rq->session;
	struct frame *f = rq->frame;

	f->person = s->full_name;
	f->on_behalf = arena_printf(rq->arena, "%s, %s", s->on_behalf, access_role(s->role)->label);
	f->density = DENSITIES[s->density == 1];
	f->colours = COLOURS[s->colours >= 0 && s->colours <= 2 ? s->colours : 0];
	f->menu = menu(rq, places);
	f->asks_who_sees = access_permits(rq->viewer->role, PERM_WHO_SEES);
	f->asks_who_saw = access_permits(rq->viewer->role, PERM_RECORD_LOG_READ);
	f->foot = foot(rq);
	f->fetch = fetch;
	const bool page = strcmp(rq->method, "GET") == 0 && !rq->wants_json;
	return page ? ask(rq, reterr) : OK;
}
