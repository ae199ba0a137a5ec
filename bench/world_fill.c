/* Meeting by meeting: some signals are weighed, some of these become casefiles. */
#include "world.h"

#include <stdio.h>

#include "casework/casefile_index.h"
#include "platform/core/calendar.h"
#include "retention/forget.h"
#include "signals/signal_index.h"
#include "weighing/weighing_store.h"

enum {
	AT_ONE_MEETING = 20,
	OPEN_DAYS = 60, /* signals that are younger wait for their meeting */
	TO_ACCEPT_DAYS = 4,
	TO_MEETING_DAYS = 14,
	INVITED_MAX = 9,
	REFUSED_IN_HUNDRED = 15, /* of what becomes no casefile */
	GONE_AFTER_DAYS = 420,
	FED_EVERY = 25 /* evenings */
};
_Static_assert((int)AT_ONE_MEETING <= (int)AGENDA_MAX, "an agenda holds no more");

struct evening { /* one meeting with what comes to it */
	struct world *w;
	int64_t written_ms, meets_ms;
	size_t signal_count, casefile_count; /* the first ones become casefiles */
	int64_t first_number;                /* of its casefiles, for the big ones */
	bool gone;
	struct told_signal signals[AT_ONE_MEETING];
	const struct worker *coordinator, *secretary;
	int64_t meeting_id;
};

static int64_t later(int64_t ms, int64_t days)
{
	return ms + days * DAY_MS;
}

static bool is_big(const struct evening *e, size_t i)
{
	const struct world_size *s = &e->w->size;

	return !e->gone && i < e->casefile_count && s->big_every > 0 &&
	       (e->first_number + (int64_t)i) % s->big_every == 0;
}

static int64_t subjects_of(const struct evening *e, size_t i)
{
	if (is_big(e, i))
		return BIG_SUBJECTS;
	return i < e->casefile_count ? e->w->size.subjects : 1 + (int64_t)(i % 2);
}

/* ---- to the meeting ----------------------------------------------------------------------------- */

static enum status write_all(struct evening *e, struct db_tx *tx, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < e->signal_count; i++)
		st = world_signal(e->w, tx, e->written_ms + (int64_t)i * 60000, subjects_of(e, i),
		                  &e->signals[i], reterr);
	return st;
}

static enum status accept(struct evening *e, struct db_tx *tx, size_t i, struct error *reterr)
{
	const struct signal_picture picture = { .state = SIGNAL_SUBMITTED,
		                                .matched = true,
		                                .hits_reviewed = true };
	const int64_t at = later(e->written_ms, TO_ACCEPT_DAYS);
	const struct signal_moving m = { .id = e->signals[i].id,
		                         .action = SIGNAL_ACCEPT,
		                         .viewer = &e->coordinator->viewer,
		                         .picture = &picture,
		                         .now_ms = at };
	enum status st = signal_set_matched(tx, m.id, at, reterr);

	return st == OK ? signal_move(tx, &m, reterr) : st;
}

static enum status plan(struct evening *e, struct db_tx *tx, struct error *reterr)
{
	const int64_t at = later(e->written_ms, TO_ACCEPT_DAYS);
	const struct meeting_new n = { .uuid = uuid_at(at),
		                       .reference_key = e->w->plein->reference_key,
		                       .starts_at = e->meets_ms,
		                       .appointment_id = e->secretary->viewer.appointment_id,
		                       .now_ms = at,
		                       .place = "Gemeentehuis" };
	const struct workers *all = &e->w->invited;
	const char *reference = NULL;
	enum status st = meeting_insert(tx, &n, &e->meeting_id, &reference, reterr);

	for (size_t i = 0; st == OK && i < all->count && i < INVITED_MAX; i++)
		st = meeting_invite(tx, e->meeting_id, all->items[i].viewer.appointment_id, at,
		                    reterr);
	return st;
}

static enum status put_on_agenda(struct evening *e, struct db_tx *tx, size_t i,
                                 struct error *reterr)
{
	const struct signal_picture picture = { .state = SIGNAL_INTAKE_OK, .meeting_chosen = true };
	const int64_t at = later(e->written_ms, TO_ACCEPT_DAYS);
	const struct uuid uuid = uuid_at(at);
	const struct signal_moving m = { .id = e->signals[i].id,
		                         .action = SIGNAL_PUT_ON_AGENDA,
		                         .viewer = &e->coordinator->viewer,
		                         .picture = &picture,
		                         .now_ms = at,
		                         .meeting_id = e->meeting_id };
	enum status st = item_insert(tx, e->meeting_id, m.id, &uuid, at, reterr);

	return st == OK ? signal_move(tx, &m, reterr) : st;
}

/* ---- at the meeting ------------------------------------------------------------------------------ */

enum { CRITERIA_ALL = 0x3E, REASON_OTHER = 1 };

static bool is_refused(struct evening *e, size_t i)
{
	return i >= e->casefile_count && world_draw(e->w, 100) < REFUSED_IN_HUNDRED;
}

static enum signal_action action_of(struct evening *e, size_t i)
{
	if (i < e->casefile_count)
		return SIGNAL_ADOPT_CASE;
	return is_refused(e, i) ? SIGNAL_NOT_ADOPT : SIGNAL_ADOPT_DIRECT;
}

static enum status move_decided(struct evening *e, struct db_tx *tx, size_t i,
                                enum signal_action action, struct error *reterr)
{
	const struct signal_picture picture = { .state = SIGNAL_ON_AGENDA,
		                                .reason_given = action == SIGNAL_NOT_ADOPT,
		                                .criteria_met = 5,
		                                .factors_recorded = LAW_FACTOR_COUNT,
		                                .participants_involved = 1,
		                                .assignment_given = true };
	const struct signal_moving m = { .id = e->signals[i].id,
		                         .action = action,
		                         .viewer = &e->secretary->viewer,
		                         .picture = &picture,
		                         .now_ms = e->meets_ms,
		                         .reason_class =
		                             action == SIGNAL_NOT_ADOPT ? REASON_OTHER : 0 };

	return signal_move(tx, &m, reterr);
}

static enum status decide(struct evening *e, struct db_tx *tx, const struct agenda_item *item,
                          struct error *reterr)
{
	const int64_t organ = e->w->members.items[0].viewer.organ_id;
	size_t i = 0;

	while (i < e->signal_count && e->signals[i].id != item->signal_id)
		i++;
	const enum signal_action action = action_of(e, i);
	const struct outcome o = { .item_id = item->id,
		                   .appointment_id = e->secretary->viewer.appointment_id,
		                   .now_ms = e->meets_ms,
		                   .from = ITEM_WAITING,
		                   .action = (int)action,
		                   .reason_class = action == SIGNAL_NOT_ADOPT ? REASON_OTHER : 0,
		                   .agreed = { 2, 2, 1, 3 },
		                   .criteria_version = law_criteria_version(),
		                   .criteria_met = CRITERIA_ALL,
		                   .involved = &organ,
		                   .involved_count = 1 };
	enum status st = move_decided(e, tx, i, action, reterr);
	if (st == OK)
		st = outcome_put(tx, &o, reterr);
	if (st == OK)
		st = item_release(tx, item->id, item->signal_id,
		                  e->coordinator->viewer.appointment_id, later(e->meets_ms, 1),
		                  reterr);
	if (st == OK && action == SIGNAL_NOT_ADOPT && later(e->meets_ms, 30) < e->w->now_ms)
		st = signal_destroy(tx, item->signal_id, &e->w->records.items[0].viewer,
		                    later(e->meets_ms, 25), reterr);
	return st;
}

static enum status hold(struct evening *e, struct db_tx *tx, struct error *reterr)
{
	const int64_t who = e->secretary->viewer.appointment_id;
	struct array items = { 0 };
	enum status st = item_list(db_tx_read(tx), e->meeting_id, db_tx_arena(tx), &items, reterr);

	if (st == OK)
		st = meeting_set_state(tx, e->meeting_id, MEETING_PLANNED, MEETING_RUNNING, who,
		                       e->meets_ms, reterr);
	const struct agenda_item *item = items.items;
	for (size_t i = 0; st == OK && i < items.count; i++)
		st = decide(e, tx, &item[i], reterr);
	return st == OK ? meeting_set_state(tx, e->meeting_id, MEETING_RUNNING, MEETING_CLOSED, who,
	                                    e->meets_ms + 7200000, reterr)
	                : st;
}

/* ---- after the meeting ----------------------------------------------------------------------------- */

/* A casefile is a job of its own: SQLite slows down in a transaction that grows. */
struct following {
	struct evening *e;
	size_t i;
};

static enum status follow(struct db_tx *tx, void *args, struct error *reterr)
{
	const struct following *f = args;
	struct evening *e = f->e;
	const size_t i = f->i;
	struct world *w = e->w;
	const bool big = is_big(e, i);
	const int64_t end = later(e->meets_ms, GONE_AFTER_DAYS);
	struct told_case c = { .signal_id = e->signals[i].id,
		               .opened_ms = e->meets_ms,
		               .until_ms = e->gone && end < w->now_ms ? end : w->now_ms,
		               .subjects = subjects_of(e, i),
		               .facts = big ? BIG_FACTS : w->size.facts,
		               .theme = e->signals[i].theme,
		               .coordinator = e->coordinator,
		               .analyst = world_worker(w, &w->analysts) };

	enum status st = world_casefile(w, tx, &c, reterr);
	if (st == OK)
		st = world_requests(w, tx, &c, reterr);
	if (st == OK)
		st = world_interventions(w, tx, &c, reterr);
	return st == OK && e->gone ? world_forget(w, tx, &c, reterr) : st;
}

static enum status run(struct db_tx *tx, void *args, struct error *reterr)
{
	struct evening *e = args;
	enum status st = write_all(e, tx, reterr);

	if (later(e->written_ms, TO_ACCEPT_DAYS) > e->w->now_ms)
		return st;
	for (size_t i = 0; st == OK && i < e->signal_count; i++)
		st = accept(e, tx, i, reterr);
	if (st == OK)
		st = plan(e, tx, reterr);
	for (size_t i = 0; st == OK && i < e->signal_count; i++)
		st = put_on_agenda(e, tx, i, reterr);
	if (st == OK && e->meets_ms < e->w->now_ms)
		st = hold(e, tx, reterr);
	return st;
}

static enum status follow_all(struct evening *e, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && e->meets_ms < e->w->now_ms && i < e->casefile_count; i++) {
		struct following f = { e, i };
		struct db_job job = { .run = follow, .args = &f, .lane = LANE_BULK };
		st = db_run(e->w->plein->db, &job, reterr);
	}
	return st;
}

/* ---- all of it ---------------------------------------------------------------------------------------- */

/* Words of many evenings at once: each step is a commit. */
static enum status feed(struct world *w, struct error *reterr)
{
	bool more = true, others = true;
	enum status st = OK;

	while (st == OK && (more || others)) {
		st = signal_index_step(w->plein, &more, reterr);
		if (st == OK)
			st = casefile_index_step(w->plein, &others, reterr);
	}
	return st;
}

static enum status load_sender(struct world *w, int64_t at_ms, struct error *reterr)
{
	const struct worker *who = world_worker(w, &w->submitters);
	struct db_read *r;
	enum status st = db_read_begin(w->plein->db, &r, reterr);

	if (st != OK)
		return st;
	st = whole_sender_load(r, w->plein, &who->viewer, at_ms, w->arena, &w->sender, reterr);
	db_read_end(r);
	return st;
}

static enum status play(struct world *w, struct evening *e, struct error *reterr)
{
	const struct arena_mark mark = arena_mark(w->arena);
	struct db_job job = { .run = run, .args = e, .lane = LANE_BULK };

	e->w = w;
	e->meets_ms = later(e->written_ms, TO_MEETING_DAYS);
	e->coordinator = world_worker(w, &w->coordinators);
	e->secretary = world_worker(w, &w->secretaries);
	enum status st = load_sender(w, e->written_ms, reterr);
	if (st == OK)
		st = db_run(w->plein->db, &job, reterr);
	if (st == OK)
		st = follow_all(e, reterr);
	arena_rewind(w->arena, mark);
	return st;
}

/* The evenings of one span of time, with so many signals and casefiles spread over them. */
struct span_of_years {
	int64_t from_ms, until_ms, signals, casefiles;
	bool gone;
};

static enum status fill_span(struct world *w, const struct span_of_years *s, struct error *reterr)
{
	const int64_t all = s->signals + s->casefiles;
	const int64_t evenings = (all + AT_ONE_MEETING - 1) / AT_ONE_MEETING;
	enum status st = OK;

	for (int64_t i = 0; st == OK && i < evenings; i++) {
		const int64_t first = i * all / evenings, next = (i + 1) * all / evenings;
		const int64_t case_first = i * s->casefiles / evenings;
		struct evening e = {
			.written_ms = s->from_ms + (s->until_ms - s->from_ms) / evenings * i,
			.signal_count = (size_t)(next - first),
			.casefile_count = (size_t)((i + 1) * s->casefiles / evenings - case_first),
			.first_number = case_first,
			.gone = s->gone,
		};
		if (i % 50 == 0)
			(void)fprintf(stderr, "\r%s%lld of %lld evenings ",
			              s->gone ? "before, " : "", (long long)i, (long long)evenings);
		st = play(w, &e, reterr);
		if (st == OK && (i % FED_EVERY == FED_EVERY - 1 || i + 1 == evenings))
			st = feed(w, reterr);
	}
	(void)fputc('\n', stderr);
	return st;
}

enum status world_fill(struct world *w, struct error *reterr)
{
	const int64_t alive_ms = w->now_ms - w->size.years * 365 * DAY_MS;
	const struct span_of_years before = { alive_ms - w->size.gone_years * 365 * DAY_MS,
		                              alive_ms, 0, w->size.gone, true };
	const struct span_of_years alive = { alive_ms, w->now_ms - DAY_MS, w->size.signals,
		                             w->size.casefiles, false };
	enum status st = w->size.gone > 0 ? fill_span(w, &before, reterr) : OK;

	return st == OK ? fill_span(w, &alive, reterr) : st;
}
