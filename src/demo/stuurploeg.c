#include "demo/stuurploeg.h"

#include <string.h>

#include "demo/quick_tale.h"
#include "platform/core/calendar.h"

enum { FIRST_HOURS = 24, MORE_HOURS = 20 };

static const char *path_of(struct stage *s, const struct stuurploeg *g, const char *rest)
{
	return arena_printf(&s->turn, "/steering/%s%s", g->ref, rest);
}

static long long id_of(const struct player *p)
{
	return (long long)p->appointment_id;
}

bool stuurploeg_seat(struct stage *s, struct stuurploeg *ret)
{
	*ret = (struct stuurploeg){ 0 };
	ret->secretary = stage_player(s, ROLE_STEERING_SECRETARY, NULL, 0, 0);
	ret->chair = stage_player(s, ROLE_STEERING_MEMBER, "POLICE", 0, 0);
	if (ret->secretary == NULL || ret->chair == NULL)
		return false;
	ret->seats[ret->seat_count++] = ret->chair;
	for (size_t i = 0; i < s->player_count && ret->seat_count < STUURPLOEG_SEATS_MAX; i++)
		if (s->players[i].role == ROLE_STEERING_MEMBER && &s->players[i] != ret->chair)
			ret->seats[ret->seat_count++] = &s->players[i];
	return true;
}

/* The list of seats, each an object with its id and what more says; the chair only where wanted. */
static const char *seats_json(struct stage *s, const struct stuurploeg *g, size_t from,
                              const char *more)
{
	const char *list = "";

	for (size_t i = from; i < g->seat_count; i++)
		list = arena_printf(&s->turn, "%s%s{\"id\":%lld%s}", list, i > from ? "," : "",
		                    id_of(g->seats[i]), more);
	return list;
}

static enum status plan(struct stage *s, struct stuurploeg *g, int32_t day, struct error *reterr)
{
	const struct civil c = civil_from_day(day);
	const char *location = NULL;
	const char *json =
	    arena_printf(&s->turn,
	                 "{\"day\":\"%04d-%02d-%02d\",\"time\":\"15.00\",\"place\":\"Stadhuis "
	                 "Oosterhaven, zaal 2\","
	                 "\"chair\":%lld,\"invited\":[%s]}",
	                 c.year, c.month, c.day, id_of(g->chair), seats_json(s, g, 1, ""));

	const enum status st = stage_post(s, g->secretary, "/steering", json, &location, reterr);
	if (st != OK)
		return st;
	const char *ref = location != NULL ? strstr(location, "/steering/") : NULL;
	if (ref == NULL)
		return FAIL_INTERNAL(reterr);
	ref += strlen("/steering/");
	g->ref = arena_strndup(s->arena, ref, strcspn(ref, "?/"));
	return OK;
}

static enum status act(struct stage *s, const struct stuurploeg *g, struct player *who,
                       const char *page, const char *path, const char *json, struct error *reterr)
{
	return stage_edit(s, who, path_of(s, g, page), path_of(s, g, path), json, reterr);
}

/* They take turns. */
static void next_chair(struct stuurploeg *g)
{
	const size_t next = ++g->meetings % g->seat_count;
	struct player *chair = g->seats[next];

	g->seats[next] = g->seats[0];
	g->seats[0] = chair;
	g->chair = chair;
}

enum status stuurploeg_open(struct stage *s, struct stuurploeg *g, int32_t day,
                            struct error *reterr)
{
	next_chair(g);
	enum status st = plan(s, g, day, reterr);

	if (st == OK)
		st = act(s, g, g->secretary, "", "/_compose", NULL, reterr);
	if (st == OK)
		st = act(s, g, g->secretary, "", "/move/open", NULL, reterr);
	if (st == OK)
		st = quick_give_mandate(s, g, day, reterr);
	if (st != OK)
		return st;
	const char *json =
	    arena_printf(&s->turn, "{\"chair\":%lld,\"people\":[%s]}", id_of(g->chair),
	                 seats_json(s, g, 0, ",\"presence\":\"room\""));
	return act(s, g, g->secretary, "/attendance", "/_attendance", json, reterr);
}

struct player *lead_for(struct stage *s, const char *page)
{
	for (size_t i = 0; i < s->player_count; i++)
		if (s->players[i].role == ROLE_INTERVENTION_LEAD &&
		    stage_offers(s, page, "leads",
		                 arena_printf(&s->turn, "%lld", id_of(&s->players[i]))))
			return &s->players[i];
	return NULL;
}

static enum status find_lead(struct stage *s, const struct stuurploeg *g, struct case_tale *c,
                             struct error *reterr)
{
	const char *body;
	const enum status st = stage_get(
	    s, g->secretary, path_of(s, g, arena_printf(&s->turn, "/points/%s/rulings/1", c->ref)),
	    &body, reterr);

	if (st == OK)
		c->lead = lead_for(s, body);
	return st;
}

/* Who isn't at the table is asked afterwards (WGS 1.3(4)). */
static bool sits(const struct stuurploeg *g, const struct player *owner)
{
	for (size_t i = 0; i < g->seat_count; i++)
		if (g->seats[i]->participant_id == owner->participant_id)
			return true;
	return false;
}

static enum status rule(struct stage *s, const struct stuurploeg *g, const struct case_tale *c,
                        size_t number, struct error *reterr)
{
	const struct player *owner = c->owners[number - 1];
	const bool here = sits(g, owner);
	const char *path = arena_printf(&s->turn, "/points/%s/rulings/%zu", c->ref, number);
	const uint32_t hours =
	    FIRST_HOURS + stage_draw(s, "pledge", c->number * 8 + (int64_t)number, MORE_HOURS);
	const char *pledge =
	    arena_printf(&s->turn, ",\"pledges\":[{\"participant\":%lld,\"hours\":%u}]",
	                 (long long)owner->participant_id, hours);
	const char *json = arena_printf(
	    &s->turn, "{\"ruling\":\"APPROVE\",\"owner\":\"%s\",\"lead\":%lld,\"overPool\":true%s}",
	    here ? "AGREED" : "ASK", id_of(c->lead), here ? pledge : "");

	return act(s, g, g->secretary, path, path, json, reterr);
}

static enum status have_signed(struct stage *s, const struct stuurploeg *g, const char *point,
                               struct error *reterr)
{
	const enum status st = act(s, g, g->secretary, point,
	                           arena_printf(&s->turn, "%s/move/prepare", point), NULL, reterr);

	return st == OK ? act(s, g, g->chair, point, arena_printf(&s->turn, "%s/move/sign", point),
	                      NULL, reterr)
	                : st;
}

/* Every third meeting somebody from outside explains something at one point. */
static enum status invite_guest(struct stage *s, struct stuurploeg *g, const struct case_tale *c,
                                struct error *reterr)
{
	enum { EVERY = 3 };
	const char *json = arena_printf(&s->turn,
	                                "{\"name\":\"Yara Demirtas\",\"organisation\":\"GGD "
	                                "Deltaland\",\"points\":[{\"name\":\"%s\"}]}",
	                                c->ref);

	if (g->meetings % EVERY != 0 || g->with_guest == g->ref)
		return OK;
	g->with_guest = g->ref;
	return act(s, g, g->secretary, "/guests", "/guests", json, reterr);
}

enum status stuurploeg_decide(struct stage *s, struct stuurploeg *g, struct case_tale *c,
                              struct error *reterr)
{
	const char *point = arena_printf(&s->turn, "/points/%s", c->ref);
	enum status st = find_lead(s, g, c, reterr);

	if (st != OK || c->lead == NULL)
		return st; /* stays on the agenda of the next one */
	st = invite_guest(s, g, c, reterr);
	for (size_t n = 1; st == OK && n <= c->owner_count; n++)
		st = rule(s, g, c, n, reterr);
	return st == OK ? have_signed(s, g, point, reterr) : st;
}

/* The three questions of a closing, answered in the words of the meeting. */
static const struct {
	const char *worked, *failed, *lessons;
} ANSWERS[] = {
	{ "De dag met drie deelnemers tegelijk.", "De brief vooraf: die kwam te laat aan.",
	  "Begin een maand eerder met plannen." },
	{ "Eén aanspreekpunt voor de buurt.", "Niets. Alles ging zoals bedacht.",
	  "Vraag eerst wat de omgevingsdienst al weet." },
	{ "De sluiting, met uitleg aan de straat erbij.", "Het terugvorderen duurde een jaar.",
	  "Leg beslag voordat de controle begint." },
	{ "Het gesprek met de verhuurder.", "De tweede controle: er was niemand.",
	  "Spreek af wie na een half jaar gaat kijken." },
};

enum status stuurploeg_end(struct stage *s, struct stuurploeg *g, struct case_tale *c,
                           struct error *reterr)
{
	const char *point = arena_printf(&s->turn, "/points/%s", c->ref), *body;
	const char *path = arena_printf(&s->turn, "%s/rulings/0", point);
	const size_t n = g->closings % (sizeof ANSWERS / sizeof ANSWERS[0]);

	enum status st = stage_get(s, g->secretary, path_of(s, g, ""), &body, reterr);
	if (st != OK || strstr(body, c->ref) == NULL)
		return st;
	st = act(s, g, g->secretary, point, path,
	         stage_json(s, "ruling", "CLOSE", "worked", ANSWERS[n].worked, "failed",
	                    ANSWERS[n].failed, "lessons", ANSWERS[n].lessons, "feedback",
	                    "RECEIVED", NULL),
	         reterr);
	if (st == OK)
		st = have_signed(s, g, point, reterr);
	c->closed = true;
	return st == OK ? case_publish(s, c, g->closings++, reterr) : st;
}

/* A standing report is talked about; what couldn't be decided comes back in the next meeting. */
static enum status finish(struct stage *s, const struct stuurploeg *g, const char *point,
                          struct error *reterr)
{
	const char *name = stage_text(&s->turn, point, "number", "name");
	if (name == NULL || strstr(point, "\"state\":\"WAITING\"") == NULL)
		return OK;
	const char *page = arena_printf(&s->turn, "/points/%s", name);
	return act(s, g, g->secretary, page,
	           arena_printf(&s->turn, "%s/move/%s", page,
	                        strncmp(name, "C-", 2) == 0 ? "take-off" : "note"),
	           NULL, reterr);
}

enum status stuurploeg_close(struct stage *s, const struct stuurploeg *g, struct error *reterr)
{
	const char *body;

	enum status st = stage_get(s, g->secretary, path_of(s, g, ""), &body, reterr);
	if (st != OK)
		return st;
	for (const char *at = strstr(body, "{\"number\":"); st == OK && at != NULL;
	     at = strstr(at + 1, "{\"number\":"))
		st = finish(s, g, arena_strndup(&s->turn, at, strcspn(at, "}")), reterr);
	if (st == OK)
		st = act(s, g, g->secretary, "", "/move/close", NULL, reterr);
	return st == OK ? act(s, g, g->chair, "", "/move/sign-off", NULL, reterr) : st;
}
