#include "learning/like_choices.h"

#include "advice/advice.h"
#include "law/instruments.h"
#include "platform/view/choice.h"
#include "signals/theme.h"

enum { CODES_MAX = 64 };

static struct array of_codes(struct arena *a, const struct code *codes, int chosen,
                             const char *none)
{
	struct array list = choices_for(a, CODES_MAX + 1);
	size_t count = 0;

	choices_add(&list, "", none, "?");
	for (const struct code *c = codes; c->name != NULL && count < CODES_MAX; c++, count++)
		choices_add(&list, c->name, c->label, c->value == chosen ? c->name : "?");
	return list;
}

struct array theme_choices(struct arena *a, const struct alike *like, const char *none)
{
	return of_codes(a, SIGNAL_THEMES, like->theme, none);
}

struct array barrier_choices(struct arena *a, const struct alike *like, const char *none)
{
	return of_codes(a, ADVICE_BARRIERS, like->barrier, none);
}

struct array instrument_choices(struct arena *a, const struct alike *like, const char *none)
{
	size_t count = 0;
	const struct law_instrument *rows = law_instruments(&count);
	struct array list = choices_for(a, count + 1);

	choices_add(&list, "", none, "?");
	for (size_t i = 0; i < count; i++) {
		const char *code = arena_printf(a, "%d", rows[i].code);
		choices_add(&list, code, rows[i].label,
		            rows[i].code == like->instrument ? code : "?");
	}
	return list;
}

const char *learnt_instrument(int64_t instrument)
{
	const struct law_instrument *i = law_instrument((uint16_t)instrument);
	return i != NULL ? i->label : NULL;
}
