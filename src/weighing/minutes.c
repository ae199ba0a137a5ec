#include "weighing/minutes.h"

#include "access/access.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"

static const int64_t DAY_MS = INT64_C(86400000);

bool annex_is_open(const struct meeting *m, int64_t now_ms)
{
	return m->state == MEETING_CLOSED && now_ms < m->closed_at + ANNEX_DAYS * DAY_MS;
}

/* ---- who was there ------------------------------------------------------------------------------ */

/* What is said of the organ whose speakers are these: from afar, later, gone before the end. */
static const char *how_present(struct arena *a, const struct attendee *p, size_t count)
{
	bool room = false, remote = false, stayed = false;
	int64_t left = 0;

	for (size_t i = 0; i < count; i++) {
		room |= p[i].presence == PRESENCE_ROOM;
		remote |= p[i].presence == PRESENCE_REMOTE;
		stayed |= is_present(p[i].presence);
		left = p[i].left_at > left ? p[i].left_at : left;
	}
	if (!stayed && left > 0)
		return arena_printf(a, " (tot %s)", dutch_time(a, left));
	return remote && !room ? " (op afstand)" : "";
}

static bool was_there(const struct attendee *p, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (is_present(p[i].presence) || p[i].left_at > 0)
			return true;
	return false;
}

/* Organs that were there, or weren't: minutes name organisations, never persons. */
static struct array organs_that(struct arena *a, struct array people, bool there)
{
	const struct attendee *p = people.items;
	struct minutes_line *rows = ARENA_ARRAY(a, struct minutes_line, people.count + 1);
	size_t count = 0, first = 0;

	for (size_t i = 1; i <= people.count; i++) {
		if (i < people.count && p[i].organ_id == p[first].organ_id)
			continue;
		if (was_there(&p[first], i - first) == there)
			rows[count++].text =
			    arena_printf(a, "%s%s", p[first].on_behalf,
			                 there ? how_present(a, &p[first], i - first) : "");
		first = i;
	}
	return (struct array){ rows, count };
}

static enum status guest_lines(struct request *rq, int64_t meeting_id, struct array *ret,
                               struct error *reterr)
{
	struct array guests = { 0 };
	const enum status st = guest_list(rq->db, NULL, meeting_id, rq->arena, &guests, reterr);
	const struct guest *g = guests.items;
	struct minutes_line *rows = ARENA_ARRAY(rq->arena, struct minutes_line, guests.count + 1);

	for (size_t i = 0; st == OK && i < guests.count; i++)
		rows[i].text = arena_printf(rq->arena, "%s%s", g[i].organisation,
		                            g[i].remote ? " (op afstand)" : "");
	*ret = (struct array){ rows, guests.count };
	return st;
}

static enum status pause_lines(struct request *rq, int64_t meeting_id, struct array *ret,
                               struct error *reterr)
{
	struct array pauses = { 0 };
	const enum status st = pause_list(rq->db, meeting_id, rq->arena, &pauses, reterr);
	const struct meeting_pause *p = pauses.items;
	struct minutes_line *rows = ARENA_ARRAY(rq->arena, struct minutes_line, pauses.count + 1);

	for (size_t i = 0; st == OK && i < pauses.count; i++)
		rows[i].text =
		    p[i].ended_at > 0
			? arena_printf(rq->arena, "van %s tot %s",
		                       dutch_time(rq->arena, p[i].began_at),
		                       dutch_time(rq->arena, p[i].ended_at))
			: arena_printf(rq->arena, "vanaf %s", dutch_time(rq->arena, p[i].began_at));
	*ret = (struct array){ rows, pauses.count };
	return st;
}

/* ---- one item ------------------------------------------------------------------------------------- */

/* Reasons and messages are for who runs the meeting. */
static enum status minutes_texts(struct request *rq, int64_t id, struct minutes_item *ret,
                                 struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;

	if (!access_permits(rq->viewer->role, PERM_MEETING_RUN))
		return OK;
	enum status st = agenda_text_load(rq->db, k, id, TEXT_ASSIGNMENT, 0, rq->arena,
	                                  &ret->assignment, reterr);
	if (st == OK)
		st = agenda_text_load(rq->db, k, id, TEXT_REASON, 0, rq->arena, &ret->why, reterr);
	if (st == OK)
		st = agenda_text_load(rq->db, k, id, TEXT_MESSAGE, 0, rq->arena, &ret->message,
		                      reterr);
	return st;
}

/* "'Een gezamenlijke aanpak is nodig' (d)": the criteria that weren't met; NULL where all were. */
static const char *unmet(struct arena *a, uint64_t met)
{
	const char *ret = NULL;
	size_t count = 0;
	const struct law_criterion *c = law_criteria(&count);

	for (size_t i = count, said = 0; i >= 1; i--) {
		if ((met >> i & 1) != 0)
			continue;
		const char *one =
		    arena_printf(a, "\u201c%s\u201d (%c)", c[i - 1].met, c[i - 1].letter);
		ret = ret == NULL ? one
		                  : arena_printf(a, "%s%s%s", one, said == 1 ? " en " : ", ", ret);
		said++;
	}
	return ret;
}

static const char *message_for(struct arena *a, const struct agenda_item *item)
{
	const struct outcome_told told = { .action = item->outcome,
		                           .reason_class = item->reason_class,
		                           .next_day = (int32_t)item->next_day,
		                           .advise_local = item->advise_local };
	return outcome_message(&told, a);
}

static struct array names_of(struct arena *a, struct array people, struct array organs)
{
	const int64_t *ids = organs.items;
	struct minutes_line *rows = ARENA_ARRAY(a, struct minutes_line, organs.count + 1);

	for (size_t i = 0; i < organs.count; i++)
		rows[i].text = organ_name(people, ids[i]);
	return (struct array){ rows, organs.count };
}

static enum status load_extras(struct request *rq, const struct on_item *on, struct array factors,
                               struct minutes_item *ret, struct error *reterr)
{
	int64_t agreed[EXTRA_FACTORS_MAX];
	const struct extra_factor *f = factors.items;
	struct minutes_extra *rows =
	    ARENA_ARRAY(rq->arena, struct minutes_extra, EXTRA_FACTORS_MAX);
	size_t count = 0;
	const enum status st = extra_agreed_load(rq->db, on->item.id, agreed, reterr);

	if (st != OK)
		return st;
	for (size_t i = 0; i < factors.count; i++)
		if (agreed[i] >= 0)
			rows[count++] = (struct minutes_extra){ f[i].name, agreed[i] };
	ret->extras = (struct array){ rows, count };
	ret->has_extras = count > 0;
	ret->order = extra_sum(factors, agreed, FACTOR_FOR_ORDER);
	ret->goes_on =
	    on->item.outcome == SIGNAL_ADOPT_CASE || on->item.outcome == SIGNAL_ADOPT_DIRECT;
	return OK;
}

static struct minutes_item item_of(struct request *rq, const struct on_item *on)
{
	const struct agenda_item *item = &on->item;

	return (struct minutes_item){
		.place = on->place,
		.sum = agreed_sum(item->agreed),
		.criteria_met = criteria_count(item->criteria_met),
		.unmet = item->outcome != 0 ? unmet(rq->arena, item->criteria_met) : NULL,
		.decided_at = item->decided_at > 0 ? item->decided_at : INT64_MIN,
		.released_at = item->released_at > 0 ? item->released_at : INT64_MIN,
		.next_day = item->next_day > 0 ? item->next_day : INT64_MIN,
		.advise_local = item->advise_local,
		.reference = item->reference,
		.participant = item->participant,
		.outcome = outcome_label(item->outcome),
		.reason = code_label(SIGNAL_REASONS, item->reason_class),
		.criteria_version = item->criteria_version,
		.weighed_on = weighing_version_words(rq->arena, item->criteria_version),
		.release_href = item_path(rq->arena, on, "/_release"),
		.scored = agreed_count(item->agreed) == LAW_FACTOR_COUNT,
		.may_release = rq->viewer->role == ROLE_INFO_COORDINATOR &&
		               item->state == ITEM_DECIDED && item->released_at == 0,
	};
}

static enum status load_item(struct request *rq, const struct on_item *on, struct array people,
                             struct minutes_item *ret, struct error *reterr)
{
	struct array involved = { 0 };

	*ret = item_of(rq, on);
	enum status st = involved_list(rq->db, on->item.id, rq->arena, &involved, reterr);
	if (st == OK)
		st = dissent_remarks(rq, on->item.id, people, &ret->dissents, reterr);
	if (st == OK)
		st = minutes_texts(rq, on->item.id, ret, reterr);
	ret->involved = names_of(rq->arena, people, involved);
	ret->has_involved = involved.count > 0;
	ret->has_dissents = ret->dissents.count > 0;
	if (ret->may_release && (ret->message == NULL || ret->message[0] == '\0'))
		ret->message = message_for(rq->arena, &on->item);
	return st;
}

/* ---- the whole -------------------------------------------------------------------------------------- */

/* What was adopted, the highest by the own factors first; equal ones as they were discussed. Cost:
 * count squared, of an agenda. */
static struct array order_of(struct arena *a, struct array items)
{
	const struct minutes_item *from = items.items;
	struct minutes_line *rows = ARENA_ARRAY(a, struct minutes_line, items.count + 1);
	size_t count = 0;

	for (int64_t sum = EXTRA_FACTORS_MAX * LAW_FACTOR_SCORE_MAX; sum >= 0; sum--)
		for (size_t i = 0; i < items.count; i++)
			if (from[i].goes_on && from[i].order == sum)
				rows[count++].text =
				    arena_printf(a, "%s (%lld)", from[i].reference, (long long)sum);
	return (struct array){ rows, count };
}

static enum status load_items(struct request *rq, const struct meeting *m, struct array people,
                              struct array *ret, struct error *reterr)
{
	struct on_item on = { .meeting = *m };
	struct array factors = { 0 };
	int64_t number = 0;
	enum status st = item_list(rq->db, m->id, rq->arena, &on.items, reterr);
	if (st == OK)
		st = meeting_factors(rq->db, m, rq->arena, &factors, &number, reterr);
	const struct agenda_item *from = on.items.items;
	struct minutes_item *to = ARENA_ARRAY(rq->arena, struct minutes_item, on.items.count + 1);

	for (size_t i = 0; st == OK && i < on.items.count; i++) {
		on.item = from[i];
		on.place = (int64_t)i + 1;
		st = load_item(rq, &on, people, &to[i], reterr);
		if (st == OK)
			st = load_extras(rq, &on, factors, &to[i], reterr);
	}
	*ret = (struct array){ to, on.items.count };
	return st;
}

static void fill_head(struct request *rq, const struct meeting *m, struct minutes *ret)
{
	const bool runs = access_permits(rq->viewer->role, PERM_MEETING_RUN);

	*ret = (struct minutes){
		.reference = m->reference,
		.place = m->place,
		.state = m->state,
		.starts_at = m->starts_at,
		.opened_at = m->opened_at > 0 ? m->opened_at : INT64_MIN,
		.closed_at = m->closed_at > 0 ? m->closed_at : INT64_MIN,
		.odt_href = meeting_path(rq->arena, m, "/minutes/odt"),
		.annex_href = runs && annex_is_open(m, rq->now_ms)
		                  ? meeting_path(rq->arena, m, "/annex")
		                  : NULL,
	};
}

enum status minutes_load(struct request *rq, const struct meeting *m, struct minutes *ret,
                         struct error *reterr)
{
	struct array people = { 0 };

	fill_head(rq, m, ret);
	enum status st = speaker_list(rq->db, m->id, rq->arena, &people, reterr);
	if (st == OK)
		st = guest_lines(rq, m->id, &ret->guests, reterr);
	if (st == OK)
		st = pause_lines(rq, m->id, &ret->pauses, reterr);
	if (st == OK)
		st = load_items(rq, m, people, &ret->items, reterr);
	if (st != OK)
		return st;
	ret->present = organs_that(rq->arena, people, true);
	ret->absent = organs_that(rq->arena, people, false);
	ret->order = order_of(rq->arena, ret->items);
	ret->has_order = ret->order.count > 1;
	ret->has_absent = ret->absent.count > 0;
	ret->has_guests = ret->guests.count > 0;
	ret->has_pauses = ret->pauses.count > 0;
	ret->has_items = ret->items.count > 0;
	return OK;
}
