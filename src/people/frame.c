/* What stands around every page: who am I, on whose behalf, where can I go. */
#include "people/frame.h"

#include "access/access.h"
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

static enum status capacities(struct request *rq, struct error *reterr)
{
	struct array list = { 0 };
	enum status st = session_capacities(rq->db, rq->viewer->person_id, local_day(rq->now_ms),
	                                    rq->now_ms, rq->arena, &list, reterr);
	if (st != OK)
		return st;
	const struct capacity *from = list.items;
	struct capacity_choice *to = ARENA_ARRAY(rq->arena, struct capacity_choice, list.count + 1);
	for (size_t i = 0; i < list.count; i++)
		to[i] = (struct capacity_choice){
			.value = arena_printf(rq->arena, "%lld", (long long)from[i].appointment_id),
			.label = arena_printf(rq->arena, "%s, %s", from[i].on_behalf,
			                      access_role(from[i].role)->label),
			.current = from[i].appointment_id == rq->viewer->appointment_id,
		};
	rq->frame->capacities = (struct array){ to, list.count };
	return OK;
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
	f->foot = foot(rq);
	if (rq->wants_json)
		return OK;
	enum status st =
	    work_news_count(rq->db, rq->viewer, s->news_seen_at, &f->news_count, reterr);
	return st == OK ? capacities(rq, reterr) : st;
}
