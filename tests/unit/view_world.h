/* view_world.h - a record with one member of each kind, and drawing it, for the tests of view/ */
#ifndef TESTS_UNIT_VIEW_WORLD_H
#define TESTS_UNIT_VIEW_WORLD_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "platform/core/calendar.h"
#include "platform/view/page.h"
#include "platform/view/template.h"
#include "platform/view/view.h"

struct animal {
	const char *name;
	int64_t born;
};

struct thing {
	const char *title, *number;
	int64_t weight;
	int32_t seen;
	bool open;
	int kind;
	uint64_t traits;
	uint8_t state;
	int64_t day, moment, money, due;
	const struct verdict *verdict;
	const struct animal *pet;
	struct array animals;
	const char *link;
};

static const struct code KINDS[] = { { 1, "house", "Huis" }, { 2, "boat", "Boot" }, { 0 } };
static const struct code TRAITS[] = { { 0, "old", "Oud" }, { 5, "wet", "Nat" }, { 0 } };

static const struct state STATES[] = {
	{ 1, "DRAFT", "Concept", LOOK_DRAFT },
	{ 2, "WAITING", "Wacht op partner", LOOK_WAIT },
};
static const struct machine MACHINE = { .name = "thing", .states = STATES, .state_count = 2 };

static const struct view_field ANIMAL_FIELDS[] = {
	VIEW_AS(struct animal, name, "name", VIEW_TEXT, .label = "Naam"),
	VIEW_AS(struct animal, born, "born", VIEW_DAY, .label = "Geboren"),
};
static const struct view ANIMAL_VIEW = VIEW_OF(struct animal, ANIMAL_FIELDS);

static const struct view_field THING_FIELDS[] = {
	VIEW_AS(struct thing, title, "title", VIEW_TEXT, .label = "Titel"),
	VIEW_AS(struct thing, number, "number", VIEW_REF, .label = "Nummer"),
	VIEW_AS(struct thing, weight, "weight", VIEW_INT, .label = "Gewicht"),
	VIEW_AS(struct thing, seen, "seen", VIEW_COUNT, .label = "Bekeken"),
	VIEW_AS(struct thing, open, "open", VIEW_BOOL, .label = "Open"),
	VIEW_AS(struct thing, kind, "kind", VIEW_CODE, .label = "Soort", .codes = KINDS),
	VIEW_AS(struct thing, traits, "traits", VIEW_CODES, .label = "Kenmerken", .codes = TRAITS),
	VIEW_AS(struct thing, state, "state", VIEW_STATE, .label = "Stand", .machine = &MACHINE),
	VIEW_AS(struct thing, day, "day", VIEW_DAY, .label = "Dag"),
	VIEW_AS(struct thing, moment, "moment", VIEW_MOMENT, .label = "Moment"),
	VIEW_AS(struct thing, money, "money", VIEW_MONEY, .label = "Bedrag"),
	VIEW_AS(struct thing, due, "due", VIEW_DUE, .label = "Uiterlijk"),
	VIEW_F(struct thing, verdict, VIEW_VERDICT),
	VIEW_AS(struct thing, pet, "pet", VIEW_OBJECT, .view = &ANIMAL_VIEW),
	VIEW_AS(struct thing, animals, "animals", VIEW_LIST, .view = &ANIMAL_VIEW),
	VIEW_AS(struct thing, link, "link", VIEW_TEXT, .page_only = true),
};
static const struct view THING_VIEW = VIEW_OF(struct thing, THING_FIELDS);

/* Everything a record can leave out is left out. */
static inline struct thing empty_thing(void)
{
	return (struct thing){ .seen = -1,
		               .day = INT64_MIN,
		               .moment = INT64_MIN,
		               .money = INT64_MIN,
		               .due = INT64_MIN };
}

struct world {
	struct arena arena;
	struct out out;
	struct drawing d;
};

static inline int set_up(void **state)
{
	struct world *w = calloc(1, sizeof(*w));
	assert_non_null(w);
	arena_init(&w->arena, 1 << 20);
	out_init(&w->out, 1 << 20);
	w->d.arena = &w->arena;
	w->d.now_ms = ms_at_local(day_from_civil((struct civil){ 2026, 11, 20 }), 12, 0);
	*state = w;
	return 0;
}

static inline int tear_down(void **state)
{
	struct world *w = *state;
	arena_reset(&w->arena);
	out_free(&w->out);
	free(w);
	return 0;
}

static const struct template *embedded(void *context, const char *name)
{
	(void)context;
	return template_find(name);
}

static inline bool parses(struct world *w, const char *source, struct template *t)
{
	const struct template_library library = { .partial = embedded };
	struct template_fault fault;
	*t = (struct template){ .name = "test" };
	return template_parse(&w->arena, source, &library, t, &fault);
}

/* The source drawn over the record; lives until the next call. */
static inline const char *drawn(struct world *w, const char *source, const struct view *v,
                                const void *record)
{
	struct template t;
	if (!parses(w, source, &t))
		fail_msg("doesn't parse: %s", source);
	out_clear(&w->out);
	out_raw(&w->out, "", 0);
	view_draw(&w->out, &w->d, &t, v, record);
	return w->out.data;
}

#endif
