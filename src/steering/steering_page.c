#include "steering/steering_page.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "plein/plein.h"
#include "signals/theme.h"
#include "steering/guest.h"

static const struct view_field BUTTON_FIELDS[] = {
	VIEW_F(struct move_button, label, VIEW_TEXT),
	VIEW_AS(struct move_button, path, "path", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct move_button, why_not, "whyNot", VIEW_TEXT),
};
const struct view MOVE_BUTTON_VIEW = VIEW_OF(struct move_button, BUTTON_FIELDS);

static enum status touch_gathering(struct request *rq, enum status st, const struct gathering *m)
{
	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_MEETING,
			                        .id = m->id,
			                        .owner_id = m->id,
			                        .owner_kind = OBJECT_MEETING };
	return st;
}

enum status on_gathering(struct request *rq, struct gathering *ret, struct error *reterr)
{
	return touch_gathering(
	    rq, gathering_load(rq->db, rq->viewer, rq->params[0], rq->arena, ret, reterr), ret);
}

enum status on_guest_gathering(struct request *rq, struct gathering *ret, struct error *reterr)
{
	return touch_gathering(
	    rq, guest_gathering(rq->db, rq->viewer, rq->params[0], rq->arena, ret, reterr), ret);
}

/* The one of the address, of those that he sees. */
static enum status find_point(struct request *rq, struct array points, struct on_point *ret,
                              struct error *reterr)
{
	const struct steering_point *p = points.items;

	for (size_t i = 0; i < points.count; i++) {
		if (strcmp(p[i].name, rq->params[1]) != 0)
			continue;
		ret->point = p[i];
		ret->number = (int64_t)i + 1;
		rq->touched =
		    (struct touched){ .kind = OBJECT_STEERING_POINT,
			              .id = p[i].id,
			              .owner_id = p[i].casefile_id,
			              .owner_kind =
			                  p[i].casefile_id != 0 ? OBJECT_CASEFILE : OBJECT_NONE };
		return OK;
	}
	return FAIL_NOT_FOUND(reterr);
}

enum status on_point(struct request *rq, struct on_point *ret, struct error *reterr)
{
	struct array points = { 0 };
	enum status st = on_gathering(rq, &ret->meeting, reterr);

	if (st == OK)
		st = point_list(rq->db, rq->viewer, &ret->meeting, rq->arena, &points, reterr);
	return st == OK ? find_point(rq, points, ret, reterr) : st;
}

enum status on_guest_point(struct request *rq, struct on_point *ret, struct error *reterr)
{
	struct array points = { 0 };
	enum status st = on_guest_gathering(rq, &ret->meeting, reterr);

	if (st == OK)
		st = guest_points(rq->db, rq->viewer, ret->meeting.id, rq->arena, &points, reterr);
	return st == OK ? find_point(rq, points, ret, reterr) : st;
}

enum status point_title(struct request *rq, const struct steering_point *p, const char **ret,
                        struct error *reterr)
{
	if (p->casefile_id == 0) {
		*ret = code_label(POINT_KINDS, p->kind);
		return OK;
	}
	enum status st = casefile_title_load(rq->db, plein_of(rq)->keyring, p->casefile_id,
	                                     &p->casefile_uuid, rq->arena, ret, reterr);
	if (st == OK && (*ret == NULL || (*ret)[0] == '\0'))
		*ret = arena_printf(rq->arena, "Casus %s", p->casefile);
	return st;
}

const char *gathering_title(const struct gathering *m)
{
	return m->kind == MEETING_MANDATE ? "Besluit in mandaat" : "Stuurploeg";
}

const char *gathering_path(struct arena *a, const struct gathering *m, const char *rest)
{
	return arena_printf(a, "/steering/%s%s", m->reference, rest);
}

const char *point_path(struct arena *a, const struct on_point *on, const char *rest)
{
	return arena_printf(a, "/steering/%s/points/%s%s", on->meeting.reference, on->point.name,
	                    rest);
}

struct array gathering_crumbs(struct arena *a, const struct gathering *m)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Stuurploeg", "/steering", -1, false };
	links[1] = (struct link){ m->reference, gathering_path(a, m, ""), -1, false };
	return (struct array){ links, 2 };
}

struct array point_crumbs(struct arena *a, const struct on_point *on)
{
	struct link *links = ARENA_ARRAY(a, struct link, 3);

	memcpy(links, gathering_crumbs(a, &on->meeting).items, 2 * sizeof *links);
	links[2] =
	    (struct link){ on->point.casefile[0] != '\0' ? on->point.casefile
		                                         : code_label(POINT_KINDS, on->point.kind),
		           point_path(a, on, ""), -1, false };
	return (struct array){ links, 3 };
}

struct array guest_crumbs(struct arena *a, const struct gathering *m, const struct on_point *on)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ arena_printf(a, "Gast bij %s", m->reference),
		                  gathering_path(a, m, "/guest"), -1, false };
	if (on != NULL)
		links[1] = (struct link){ on->point.casefile, point_path(a, on, ""), -1, false };
	return (struct array){ links, on != NULL ? 2 : 1 };
}

const char *typed_or_none(const struct request *rq, const char *field)
{
	const char *typed = input_text(rq->body, field);
	return typed != NULL ? typed : "";
}

bool steering_role_may(const struct request *rq, const struct machine *m, uint8_t from,
                       uint8_t action)
{
	const struct move *mv = machine_move(m, from, action);
	return mv != NULL && (mv->who & ROLE_BIT(rq->viewer->role)) != 0;
}

static const char TOPIC[] = "steering-";

const char *steering_topic(struct arena *a, const struct gathering *m)
{
	return arena_printf(a, "%s%s", TOPIC, m->reference);
}

enum status stir_steering(struct db_tx *tx, struct change *change, const struct gathering *m,
                          struct error *reterr)
{
	change->topic = steering_topic(db_tx_arena(tx), m);
	return meeting_stir(tx, m->id, &change->topic_version, reterr);
}

bool steering_may_hear(const struct request *rq, const char *topic)
{
	struct gathering m;
	struct error ignored = { 0 };

	if (rq->viewer == NULL || strncmp(topic, TOPIC, sizeof TOPIC - 1) != 0 ||
	    !access_permits(rq->viewer->role, PERM_STEERING_READ))
		return false;
	return gathering_load(rq->db, rq->viewer, topic + sizeof TOPIC - 1, rq->arena, &m,
	                      &ignored) == OK;
}

enum status gathering_moves(struct request *rq, const struct gathering *m, struct array *ret,
                            struct error *reterr)
{
	struct move_button *rows =
	    ARENA_ARRAY(rq->arena, struct move_button, STEERING_MACHINE.move_count);
	struct steering_picture p = { 0 };
	enum status st = gathering_picture_load(rq->db, m, rq->viewer, &p, reterr);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < STEERING_MACHINE.move_count; i++) {
		const struct move *mv = &STEERING_MACHINE.moves[i];
		if (mv->from != m->state || (mv->who & ROLE_BIT(rq->viewer->role)) == 0 ||
		    (mv->action == STEERING_SIGN_OFF && !p.acts_as_chair))
			continue;
		const struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &p);
		const struct action *action = machine_action(&STEERING_MACHINE, mv->action);
		rows[count++] = (struct move_button){
			.label = action->label,
			.path = gathering_path(rq->arena, m,
			                       arena_printf(rq->arena, "/move/%s", action->name)),
			.why_not = verdict_allows(v) ? NULL : v.sentence,
		};
	}
	*ret = (struct array){ rows, count };
	return st;
}
