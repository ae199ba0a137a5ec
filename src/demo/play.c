#include "demo/play.h"

#include <string.h>

#include "demo/gathering.h"
#include "demo/stuurploeg.h"
#include "demo/tale.h"
#include "demo/ledger_tale.h"
#include "demo/national_tale.h"
#include "demo/rare_tale.h"
#include "platform/core/calendar.h"

enum { PLAY_SOFT_BYTES = 64 << 20, MORNING = 9, MEETING_HOUR = 10, STEERING_HOUR = 15, DONE = 100 };
/* What closed half a year ago would be gone, with all that was done: nothing to look at. */
enum { CLOSINGS_DAYS = 150 };
/* Before the last day: the first working day from there on. */
enum { RARE_DAYS = 30 };

struct play {
	int year; /* whose targets and hours were written down */
	const struct play_wish *wish;
	struct stage stage;
	struct tale *tales;
	size_t tale_count, tale_max;
	struct gathering meeting;
	struct stuurploeg stuurploeg;
	bool has_stuurploeg;
	int64_t meetings;
	int32_t first, last, day;
	bool had_rare;
};

static bool works(int32_t day)
{
	return weekday_of(day) <= FRIDAY;
}

static void set_clock(struct play *p, int hour)
{
	const int64_t at =
	    ms_at_local(p->day, hour, (int)stage_draw(&p->stage, "minute", p->day, 60));
	p->wish->clock->fixed_ms = at < p->wish->until_ms ? at : p->wish->until_ms;
}

/* ---- a day ------------------------------------------------------------------------------------------- */

/* Spread evenly over the days, so that the last days have fresh ones too. */
static void begin_tales(struct play *p)
{
	const int64_t days = p->last - p->first + 1;
	const int64_t due = (p->day - p->first + 1) * p->wish->signal_count / days;

	while ((int64_t)p->tale_count < due && p->tale_count < p->tale_max) {
		if (!tale_begin(&p->stage, (int64_t)p->tale_count, p->day,
		                &p->tales[p->tale_count]))
			return;
		p->tale_count++;
	}
}

static enum status step_tales(struct play *p, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < p->tale_count; i++)
		st = tale_step(&p->stage, &p->tales[i], p->day, reterr);
	return st;
}

static bool is_planning_day(const struct play *p)
{
	return (p->day - p->first) % GATHERING_EVERY_DAYS == 0;
}

static enum status meet(struct play *p, struct error *reterr)
{
	struct gathering *g = &p->meeting;
	enum status st = OK;

	if (g->ref == NULL && is_planning_day(p)) {
		st = gathering_plan(&p->stage, p->tales, p->tale_count, p->meetings,
		                    p->day + GATHERING_AHEAD_DAYS, g, reterr);
		p->meetings += g->ref != NULL ? 1 : 0;
	} else if (g->ref != NULL && p->day == g->day - 2) {
		st = gathering_prepare(&p->stage, g, reterr);
	} else if (g->ref != NULL && p->day == g->day) {
		set_clock(p, MEETING_HOUR);
		st = gathering_hold(&p->stage, g, reterr);
	} else if (g->ref != NULL && g->held && p->day > g->day) {
		st = gathering_tell(&p->stage, g, reterr);
	}
	return st;
}

/* ---- the Stuurploeg, every fourth Tuesday --------------------------------------------------------------- */

static bool waits_for_it(const struct tale *t)
{
	return t->next == TALE_IN_CASEFILE && t->casefile.next == CASE_AT_STEERING;
}

/* What was done and measured closes; what waits is decided. */
static bool ends_there(const struct play *p, const struct tale *t)
{
	return p->day > p->last - CLOSINGS_DAYS && t->next == TALE_IN_CASEFILE &&
	       case_is_done(&p->stage, &t->casefile);
}

static enum status decide_all(struct play *p, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < p->tale_count; i++)
		if (ends_there(p, &p->tales[i]))
			st = stuurploeg_end(&p->stage, &p->stuurploeg, &p->tales[i].casefile,
			                    reterr);

	for (size_t i = 0; st == OK && i < p->tale_count; i++)
		if (waits_for_it(&p->tales[i])) {
			struct case_tale *c = &p->tales[i].casefile;
			st = stuurploeg_decide(&p->stage, &p->stuurploeg, c, reterr);
			c->next = c->lead != NULL ? CASE_DECIDED : CASE_AT_STEERING;
			c->day = p->day + 1;
		}
	return st;
}

static enum status steer(struct play *p, struct error *reterr)
{
	bool any = false;

	for (size_t i = 0; i < p->tale_count; i++)
		any = any || waits_for_it(&p->tales[i]) || ends_there(p, &p->tales[i]);
	if (!p->has_stuurploeg || !any || weekday_of(p->day) != TUESDAY ||
	    (p->day - p->first) / 7 % (STUURPLOEG_EVERY_DAYS / 7) != 0)
		return OK;
	set_clock(p, STEERING_HOUR);
	enum status st = stuurploeg_open(&p->stage, &p->stuurploeg, p->day, reterr);
	if (st == OK)
		st = decide_all(p, reterr);
	return st == OK ? stuurploeg_close(&p->stage, &p->stuurploeg, reterr) : st;
}

/* ---- what was not adopted goes ------------------------------------------------------------------------- */

static enum status sign_list(struct play *p, const char *list, struct error *reterr)
{
	struct player *second = stage_player(&p->stage, ROLE_RECORDS_MANAGER, NULL, 0, 1);
	const char *path = strstr(list, "/retention");

	if (path == NULL)
		return FAIL_INTERNAL(reterr);
	return stage_edit(&p->stage, second, path, arena_printf(&p->stage.turn, "%s/sign", path),
	                  NULL, reterr);
}

static enum status forget(struct play *p, struct error *reterr)
{
	struct player *first = stage_player(&p->stage, ROLE_RECORDS_MANAGER, NULL, 0, 0);
	const char *due, *list = NULL;
	enum status st = stage_get(&p->stage, first, "/retention", &due, reterr);

	if (st != OK || strstr(due, "\"items\":[{") == NULL)
		return st;
	st = stage_post(&p->stage, first, "/retention/lists", NULL, &list, reterr);
	return st == OK && list != NULL ? sign_list(p, list, reterr) : st;
}

/* Once. */
static enum status play_rare(struct play *p, struct error *reterr)
{
	if (p->had_rare || p->day < p->last - RARE_DAYS)
		return OK;
	p->had_rare = true;
	const enum status st = rare_hold(&p->stage, p->tales, p->tale_count, p->day, reterr);
	return st == OK ? rare_searches(&p->stage, reterr) : st;
}

static enum status play_day(struct play *p, struct error *reterr)
{
	enum status st = OK;

	set_clock(p, MORNING);
	if (works(p->day)) {
		begin_tales(p);
		if (civil_from_day(p->day).year != p->year)
			st = ledger_begin_year(&p->stage, p->year = civil_from_day(p->day).year,
			                       reterr);
		if (st == OK)
			st = step_tales(p, reterr);
		if (st == OK)
			st = meet(p, reterr);
		if (st == OK)
			st = steer(p, reterr);
		if (st == OK && weekday_of(p->day) == MONDAY)
			st = forget(p, reterr);
		if (st == OK)
			st = play_rare(p, reterr);
	}
	if (st == OK && p->wish->daily != NULL)
		st = p->wish->daily(p->wish->plein, reterr);
	stage_clear(&p->stage);
	return st;
}

static void tell(const struct play *p)
{
	const int32_t days = p->last - p->first + 1;

	if (p->wish->progress != NULL && (p->day - p->first) % 30 == 0)
		p->wish->progress((p->day - p->first) * DONE / days);
}

enum status demo_play(const struct play_wish *wish, struct played *ret, struct error *reterr)
{
	struct arena arena;
	struct play p = { .wish = wish,
		          .first = local_day(clock_now_ms(wish->clock)),
		          .last = local_day(wish->until_ms),
		          .tale_max = (size_t)wish->signal_count };

	arena_init(&arena, PLAY_SOFT_BYTES);
	p.stage = (struct stage){
		.plein = wish->plein, .clock = wish->clock, .arena = &arena, .seed = wish->seed
	};
	p.tales = ARENA_ARRAY(&arena, struct tale, p.tale_max + 1);
	enum status st = stage_open(&p.stage, reterr);
	p.has_stuurploeg = st == OK && stuurploeg_seat(&p.stage, &p.stuurploeg);
	for (p.day = p.first; st == OK && p.day <= p.last; p.day++) {
		tell(&p);
		st = play_day(&p, reterr);
	}
	if (st == OK)
		st = national_tale(wish->plein, wish->seed, wish->until_ms, reterr);
	*ret = (struct played){ .signals = (int64_t)p.tale_count,
		                .meetings = p.meetings,
		                .acts = p.stage.acts };
	stage_close(&p.stage);
	arena_reset(&arena);
	wish->clock->fixed_ms = wish->until_ms;
	return st;
}
