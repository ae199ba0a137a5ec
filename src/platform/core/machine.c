#include "platform/core/machine.h"

#include <assert.h>
#include <string.h>

const struct move *machine_move(const struct machine *m, uint8_t from, uint8_t action)
{
	for (size_t i = 0; i < m->move_count; i++)
		if (m->moves[i].from == from && m->moves[i].action == action)
			return &m->moves[i];
	return NULL;
}

struct verdict move_verdict(const struct move *mv, uint64_t roles, const void *picture)
{
	assert(mv != NULL);
	const bool by_itself = mv->who == 0 && roles == 0;
	if (!by_itself && (mv->who & roles) == 0)
		return verdict_no_by(NULL, "Dit kan iemand met een andere rol.", NULL);
	if (mv->guard == NULL)
		return verdict_yes();
	return mv->guard(picture);
}

const struct state *machine_state(const struct machine *m, uint8_t code)
{
	for (size_t i = 0; i < m->state_count; i++)
		if (m->states[i].code == code)
			return &m->states[i];
	return NULL;
}

const struct action *machine_action(const struct machine *m, uint8_t code)
{
	for (size_t i = 0; i < m->action_count; i++)
		if (m->actions[i].code == code)
			return &m->actions[i];
	return NULL;
}

const struct action *machine_action_named(const struct machine *m, const char *name)
{
	for (size_t i = 0; i < m->action_count; i++)
		if (strcmp(m->actions[i].name, name) == 0)
			return &m->actions[i];
	return NULL;
}
