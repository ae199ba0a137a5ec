#include "weighing/factors.h"

#include "law/admission.h"

static bool holds_from(const struct factor_list *l, int32_t day)
{
	return l->confirmed_at > 0 && l->withdrawn_at == 0 && l->from_day <= day;
}

const struct factor_list *factor_list_on(const struct factor_list *lists, size_t count, int32_t day)
{
	const struct factor_list *found = NULL;

	for (size_t i = 0; i < count; i++) {
		const struct factor_list *l = &lists[i];
		if (!holds_from(l, day))
			continue;
		if (found == NULL || l->from_day > found->from_day ||
		    (l->from_day == found->from_day && l->number > found->number))
			found = l;
	}
	return found;
}

struct verdict factor_list_may_confirm(const struct factor_list *l, int64_t person_id)
{
	if (l->withdrawn_at > 0)
		return verdict_no_by(NULL, "Deze lijst is ingetrokken.", NULL);
	if (l->confirmed_at > 0)
		return verdict_no_by(NULL, "Deze lijst is al bevestigd.", NULL);
	if (l->proposer_person_id == person_id)
		return verdict_no_by(NULL, "U stelde deze lijst zelf voor.",
		                     "Vraag een ander om te bevestigen.");
	return verdict_yes();
}

struct verdict factor_list_may_withdraw(const struct factor_list *l, int32_t today)
{
	if (l->withdrawn_at > 0)
		return verdict_no_by(NULL, "Deze lijst is al ingetrokken.", NULL);
	if (holds_from(l, today))
		return verdict_no_by(NULL, "Deze lijst geldt al, of heeft gegolden.",
		                     "Stel een nieuwe lijst voor.");
	return verdict_yes();
}

const char *weighing_version(struct arena *a, int64_t list_number)
{
	return list_number > 0
	           ? arena_printf(a, "%s/%lld", law_criteria_version(), (long long)list_number)
	           : law_criteria_version();
}

const char *weighing_version_words(struct arena *a, const char *version)
{
	const char *own = strchr(version, '/');
	const size_t len = own != NULL ? (size_t)(own - version) : strlen(version);

	if (len == 0)
		return "";
	return arena_printf(a, "vier factoren uit de wet (%s)%s%s",
	                    law_edition_words(a, arena_strndup(a, version, len)),
	                    own != NULL ? " en eigen lijst " : "", own != NULL ? own + 1 : "");
}

int64_t extra_sum(struct array factors, const int64_t agreed[EXTRA_FACTORS_MAX],
                  enum factor_use use)
{
	const struct extra_factor *f = factors.items;
	int64_t sum = -1;

	for (size_t i = 0; i < factors.count && i < EXTRA_FACTORS_MAX; i++)
		if (f[i].use == (int)use && agreed[i] >= 0)
			sum = (sum < 0 ? 0 : sum) + agreed[i];
	return sum;
}
