#include "matching/frequencies.h"

#include <math.h>
#include <string.h>

#include "matching/generate_names.h"

/* The share of ranks below x (0..1) of a list, where ranks are drawn as a product of two uniform
 * numbers: what generate.c does. */
static double share_below(double x)
{
	return x <= 0 ? 0 : x - x * log(x);
}

struct counting {
	struct values *values;
	struct name_folder *folder;
	double people; /* whose name is drawn from the list */
	enum model_field_kind kind;
};

static void count_list(const struct counting *c, struct name_list list)
{
	const double n = (double)list.count;

	for (size_t i = 0; i < list.count; i++) {
		double share = share_below((double)(i + 1) / n) - share_below((double)i / n);
		uint32_t known = c->values->dictionary[GROUP_NAMES].count;
		int64_t code = values_code(c->values, c->folder, c->kind, list.names[i],
		                           strlen(list.names[i]));
		values_derive(c->values, GROUP_NAMES, known);
		if (code > 0)
			values_count(c->values, GROUP_NAMES, (uint32_t)code,
			             c->kind == FIELD_GIVEN ? 0 : 1,
			             (uint32_t)llround(share * c->people));
	}
}

void frequencies_set(struct values *v, uint32_t people)
{
	struct name_folder folder = { .romaniser = NULL };

	for (int i = 0; i < CULTURE_COUNT; i++) {
		const struct culture *c = &CULTURES[i];
		const double all = (double)people * (double)c->share / 100.0;
		const struct counting given = { v, &folder, all / 2, FIELD_GIVEN };
		const struct counting family = { v, &folder, all * (100 - c->tail_percent) / 100,
			                         FIELD_FAMILY };
		count_list(&given, c->men);
		count_list(&given, c->women);
		count_list(&family, c->families);
	}
	name_folder_free(&folder);
}
