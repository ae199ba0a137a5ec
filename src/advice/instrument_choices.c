#include "advice/instrument_choices.h"

#include "law/instruments.h"

static const struct view_field GROUP_FIELDS[] = {
	VIEW_AS(struct instrument_group, label, "kind", VIEW_TEXT),
	VIEW_AS(struct instrument_group, choices, "instruments", VIEW_LIST, .view = &CHOICE_VIEW),
};
const struct view INSTRUMENT_GROUP_VIEW = VIEW_OF(struct instrument_group, GROUP_FIELDS);

struct array instrument_groups(struct arena *a, const char *selected)
{
	size_t kind_count = 0, count = 0;
	const struct law_intervention_kind_row *kinds = law_intervention_kinds(&kind_count);
	const struct law_instrument *rows = law_instruments(&count);
	struct instrument_group *to = ARENA_ARRAY(a, struct instrument_group, kind_count);

	for (size_t i = 0; i < kind_count; i++) {
		to[i] = (struct instrument_group){ kinds[i].label, choices_for(a, count) };
		for (size_t j = 0; j < count; j++)
			if (rows[j].kind == kinds[i].code)
				choices_add(&to[i].choices, arena_printf(a, "%d", rows[j].code),
				            rows[j].label, selected);
	}
	return (struct array){ to, kind_count };
}

static const struct law_instrument *found(int64_t code)
{
	return code > 0 && code <= UINT16_MAX ? law_instrument((uint16_t)code) : NULL;
}

const char *instrument_label(int64_t code)
{
	const struct law_instrument *i = found(code);

	return i != NULL ? i->label : "";
}

const char *instrument_basis(int64_t code)
{
	const struct law_instrument *i = found(code);

	return i != NULL ? i->basis : NULL;
}
