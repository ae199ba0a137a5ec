#include "weighing/weighing_page.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"
#include "weighing/weighing_http.h"

const struct code OUTCOMES[] = {
	{ SIGNAL_ADOPT_CASE, "adopt-case", "In behandeling als casus" },
	{ SIGNAL_ADOPT_DIRECT, "adopt-direct", "Direct naar interventies" },
	{ SIGNAL_MERGE, "merge", "Samenvoegen met een ander signaal" },
	{ SIGNAL_DEFER, "defer", "Aanhouden" },
	{ SIGNAL_NOT_ADOPT, "not-adopt", "Niet in behandeling" },
	{ 0 },
};

const char *outcome_label(int action)
{
	for (const struct code *c = OUTCOMES; c->name != NULL; c++)
		if (c->value == action)
			return c->label;
	return NULL;
}

const struct code PRESENCES[] = {
	{ PRESENCE_ROOM, "room", "Aanwezig" },
	{ PRESENCE_REMOTE, "remote", "Op afstand" },
	{ PRESENCE_LEFT, "left", "Eerder weg" },
	{ PRESENCE_ABSENT, "absent", "Afwezig" },
	{ 0 },
};

const char *presence_label(int presence)
{
	const char *label = code_label(PRESENCES, presence);
	return label != NULL ? label : "Nog niet vastgelegd";
}

static const struct view_field OPTION_FIELDS[] = {
	VIEW_F(struct weigh_option, value, VIEW_TEXT),
	VIEW_F(struct weigh_option, label, VIEW_TEXT),
	VIEW_F(struct weigh_option, selected, VIEW_BOOL),
};
const struct view WEIGH_OPTION_VIEW = VIEW_OF(struct weigh_option, OPTION_FIELDS);

enum status on_meeting(struct request *rq, struct meeting *ret, struct error *reterr)
{
	enum status st = meeting_load(rq->db, rq->viewer, rq->params[0], rq->arena, ret, reterr);

	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_MEETING,
			                        .id = ret->id,
			                        .owner_id = ret->id,
			                        .owner_kind = OBJECT_MEETING };
	return st;
}

enum status on_item(struct request *rq, struct on_item *ret, struct error *reterr)
{
	char *end = NULL;
	const long long number = strtoll(rq->params[1], &end, 10);

	enum status st = on_meeting(rq, &ret->meeting, reterr);
	if (st == OK)
		st = item_list(rq->db, ret->meeting.id, rq->arena, &ret->items, reterr);
	if (st != OK)
		return st;
	const struct agenda_item *items = ret->items.items;
	for (size_t i = 0; *end == '\0' && i < ret->items.count; i++) {
		if (items[i].number != number)
			continue;
		ret->item = items[i];
		ret->place = (int64_t)i + 1;
		rq->touched = (struct touched){ .kind = OBJECT_AGENDA_ITEM,
			                        .id = items[i].id,
			                        .owner_id = ret->meeting.id,
			                        .owner_kind = OBJECT_MEETING };
		return OK;
	}
	return FAIL_NOT_FOUND(reterr);
}

struct viewer viewer_at(const struct viewer *v, const struct meeting *m)
{
	struct viewer here = *v;
	const audience a = audience_of(AUDIENCE_MEETING, m->id);

	if (sees_every_meeting(v->role))
		return here;
	for (uint8_t i = 0; i < here.audience_count; i++)
		if (here.audiences[i] >> 48 == AUDIENCE_MEETING) {
			here.audiences[i] = a;
			return here;
		}
	if (here.audience_count < VIEWER_AUDIENCES_MAX)
		here.audiences[here.audience_count++] = a;
	return here;
}

enum status item_title(struct request *rq, const struct agenda_item *item, const char **ret,
                       struct error *reterr)
{
	const bool waits = item->signal_state == SIGNAL_ON_AGENDA && item->state != ITEM_DECIDED;
	const bool adopted = item->signal_state == SIGNAL_ADOPTED_CASE ||
	                     item->signal_state == SIGNAL_ADOPTED_DIRECT ||
	                     item->signal_state == SIGNAL_DEFERRED;

	*ret = NULL;
	if (!waits && !(adopted && sees_every_meeting(rq->viewer->role)))
		return OK;
	return signal_title_load(rq->db, plein_of(rq)->keyring, item->signal_id, &item->signal_uuid,
	                         rq->arena, ret, reterr);
}

struct array meeting_crumbs(struct arena *a, const struct meeting *m)
{
	struct link *links = ARENA_ARRAY(a, struct link, 2);

	links[0] = (struct link){ "Overleggen", "/meetings", -1, false };
	links[1] = (struct link){ m->reference, meeting_path(a, m, ""), -1, false };
	return (struct array){ links, 2 };
}

const char *meeting_path(struct arena *a, const struct meeting *m, const char *rest)
{
	return arena_printf(a, "/meetings/%s%s", m->reference, rest);
}

const char *item_path(struct arena *a, const struct on_item *on, const char *rest)
{
	return arena_printf(a, "/meetings/%s/items/%lld%s", on->meeting.reference,
	                    (long long)on->item.number, rest);
}

static const char TOPIC[] = "meeting-";

const char *meeting_topic(struct arena *a, const struct meeting *m)
{
	return arena_printf(a, "%s%s", TOPIC, m->reference);
}

enum status stir_screens(struct db_tx *tx, struct change *change, const struct meeting *m,
                         struct error *reterr)
{
	change->topic = meeting_topic(db_tx_arena(tx), m);
	return meeting_stir(tx, m->id, &change->topic_version, reterr);
}

enum status ask_meeting(struct db_tx *tx, const struct request *rq, const struct meeting *m,
                        uint8_t action, const struct move **ret_move, struct error *reterr)
{
	const struct move *mv = machine_move(&MEETING_MACHINE, m->state, action);
	struct meeting_picture p;

	if (mv == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	enum status st = meeting_picture_load(db_tx_read(tx), m->id, &p, reterr);
	if (st != OK)
		return st;
	const struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &p);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	*ret_move = mv;
	return OK;
}

bool weighing_may_hear(const struct request *rq, const char *topic)
{
	struct meeting m;
	struct error ignored = { 0 };

	if (rq->viewer == NULL || strncmp(topic, TOPIC, sizeof TOPIC - 1) != 0 ||
	    !access_permits(rq->viewer->role, PERM_MEETING_READ))
		return false;
	return meeting_load(rq->db, rq->viewer, topic + sizeof TOPIC - 1, rq->arena, &m,
	                    &ignored) == OK;
}

bool role_may(const struct request *rq, const struct machine *m, uint8_t from, uint8_t action)
{
	const struct move *mv = machine_move(m, from, action);
	return mv != NULL && (mv->who & ROLE_BIT(rq->viewer->role)) != 0;
}
