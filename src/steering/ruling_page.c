/* The page of one ruling: what was advised, what is drafted, and the hours that partners have. */
#include "steering/ruling.h"

#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

/* ---- the form ---------------------------------------------------------------------------------- */

static const struct field PLEDGE_FIELDS[] = {
	{ .path = "participant",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct pledge_input, participant),
	  .label = "Deelnemer" },
	{ .path = "hours",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct pledge_input, hours),
	  .label = "Uren" },
};
static const struct form PLEDGE_FORM = { PLEDGE_FIELDS, 2, sizeof(struct pledge_input) };

static const struct field VOTE_FIELDS[] = {
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct vote_input, organ),
	  .label = "Namens wie" },
	{ .path = "vote",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct vote_input, vote),
	  .label = "Stem",
	  .codes = VOTES },
	{ .path = "dissent",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct vote_input, dissent),
	  .label = "Afwijkende mening",
	  .max_chars = 1000 },
};
static const struct form VOTE_FORM = { VOTE_FIELDS, 3, sizeof(struct vote_input) };

static const struct code FEEDBACK[] = {
	{ 1, "RECEIVED", "De terugkoppeling is binnen" },
	{ 2, "LATER", "De terugkoppeling komt later" },
	{ 0 },
};

#define F(member, name, ...)                                                                       \
	{                                                                                          \
		.path = (name), .offset = offsetof(struct ruling_input, member),                   \
		.kind = __VA_ARGS__                                                                \
	}
static const struct field RULING_INPUT[] = {
	FIELD_VERSION(struct ruling_input),
	F(ruling, "ruling", FIELD_CODE, .label = "Wat besluit de Stuurploeg?", .codes = RULINGS),
	F(reason, "reason", FIELD_PROSE, .label = "Waarom?", .max_chars = 2000),
	F(conditions, "conditions", FIELD_PROSE, .label = "Onder welke voorwaarden?",
	  .max_chars = 2000),
	F(questions, "questions", FIELD_PROSE, .label = "Welke vragen zijn er nog?",
	  .max_chars = 2000),
	F(worked, "worked", FIELD_PROSE, .label = "Wat werkte?", .max_chars = 2000),
	F(failed, "failed", FIELD_PROSE, .label = "Wat werkte niet?", .max_chars = 2000),
	F(lessons, "lessons", FIELD_PROSE, .label = "Wat doet u de volgende keer anders?",
	  .max_chars = 2000),
	F(hours, "hours", FIELD_INT, .label = "Uren, als het er anders zijn dan het advies"),
	F(due_day, "dueDay", FIELD_DAY, .to_come = true,
	  .label = "Klaar op, als het anders is dan het advies"),
	F(organ, "organ", FIELD_INT, .label = "Wie voert uit, als het een ander is dan het advies"),
	F(owner, "owner", FIELD_CODE, .label = "Stemt de eigenaar in?", .codes = OWNER_WORDS),
	F(lead, "lead", FIELD_INT, .label = "Wie voert de regie?"),
	F(meeting, "meeting", FIELD_TEXT, .label = "Naar welke vergadering?", .max_chars = 14),
	F(feedback, "feedback", FIELD_CODE, .label = "Is er teruggekoppeld?", .codes = FEEDBACK),
	F(feedback_day, "feedbackDay", FIELD_DAY, .to_come = true,
	  .label = "Wanneer komt de terugkoppeling?"),
	F(over_pool, "overPool", FIELD_BOOL,
	  .label = "Toch toezeggen, ook als de pool te klein is"),
	F(pledges, "pledges", FIELD_LIST, .label = "Toegezegde uren", .max_chars = PLEDGES_MAX,
	  .element = &PLEDGE_FORM),
	F(votes, "votes", FIELD_LIST, .label = "Stemmen", .max_chars = VOTES_MAX,
	  .element = &VOTE_FORM),
};
const struct form RULING_FORM = { RULING_INPUT, sizeof RULING_INPUT / sizeof RULING_INPUT[0],
	                          sizeof(struct ruling_input) };

/* ---- what lies around it ------------------------------------------------------------------------- */

enum status ruling_pools(struct request *rq, struct ruling_table *t, int64_t due_day,
                         struct error *reterr)
{
	const int64_t wanted = t->proposal != NULL ? t->proposal->wanted_day : 0;
	const int64_t day = due_day > 0 ? due_day : wanted > 0 ? wanted : local_day(rq->now_ms);
	const struct draft_place own = { t->on.point.id,
		                         t->proposal != NULL ? t->proposal->id : 0 };

	t->year = civil_from_day((int32_t)day).year;
	return pool_rows(rq->db, t->year, t->on.point.casefile_id, own, rq->arena, &t->pools,
	                 reterr);
}

static enum status load_around(struct request *rq, struct ruling_table *t, struct error *reterr)
{
	const int64_t casefile = t->on.point.casefile_id;
	enum status st = ruling_pools(rq, t, t->draft != NULL ? t->draft->due_day : 0, reterr);

	if (st == OK)
		st = lead_candidates(rq->db, casefile, rq->now_ms, rq->arena, &t->leads, reterr);
	if (st == OK)
		st = casefile_organs(rq->db, casefile, rq->arena, &t->organs, reterr);
	if (st == OK)
		st = seat_list(rq->db, t->on.meeting.id, rq->arena, &t->seats, reterr);
	return st == OK ? gathering_next(rq->db, t->on.meeting.id, rq->arena, &t->meetings, reterr)
	                : st;
}

enum status lay_table(struct request *rq, struct ruling_table *t, struct error *reterr)
{
	char *end = NULL;
	const long long number = strtoll(rq->params[2], &end, 10);

	enum status st = on_point(rq, &t->on, reterr);
	if (st == OK)
		st = matter_load(rq, &t->on.point, &t->matter, reterr);
	if (st != OK)
		return st;
	t->proposal = number > 0 ? proposal_numbered(&t->matter, number) : NULL;
	const bool whole_fits =
	    t->on.point.kind == POINT_ADVICE || t->on.point.kind == POINT_CLOSING;
	if (*end != '\0' || (number == 0 ? !whole_fits : t->proposal == NULL))
		return FAIL_NOT_FOUND(reterr);
	const int64_t id = t->proposal != NULL ? t->proposal->id : 0;
	t->draft = ruling_of(&t->matter, id);
	t->before = standing_of(&t->matter, id);
	return load_around(rq, t, reterr);
}

/* ---- the page -------------------------------------------------------------------------------------- */

struct pool_line {
	int64_t index, participant, pool, pledged, drafted, left, too_many, hours;
	const char *name;
	bool no_pool, over;
};
static const struct view_field POOL_FIELDS[] = {
	VIEW_F(struct pool_line, index, VIEW_INT),
	VIEW_F(struct pool_line, participant, VIEW_INT),
	VIEW_F(struct pool_line, pool, VIEW_INT),
	VIEW_F(struct pool_line, pledged, VIEW_INT),
	VIEW_F(struct pool_line, drafted, VIEW_INT),
	VIEW_F(struct pool_line, left, VIEW_INT),
	VIEW_F(struct pool_line, hours, VIEW_INT),
	VIEW_F(struct pool_line, name, VIEW_TEXT),
	VIEW_AS(struct pool_line, no_pool, "noPool", VIEW_BOOL),
	VIEW_F(struct pool_line, over, VIEW_BOOL),
	VIEW_AS(struct pool_line, too_many, "tooMany", VIEW_INT, .page_only = true),
};
static const struct view POOL_VIEW = VIEW_OF(struct pool_line, POOL_FIELDS);

struct vote_line {
	int64_t index, organ;
	const char *name, *dissent;
	struct array options;
};
static const struct view_field VOTE_LINE_FIELDS[] = {
	VIEW_F(struct vote_line, index, VIEW_INT),
	VIEW_F(struct vote_line, organ, VIEW_INT),
	VIEW_F(struct vote_line, name, VIEW_TEXT),
	VIEW_F(struct vote_line, dissent, VIEW_TEXT),
	VIEW_AS(struct vote_line, options, "options", VIEW_LIST, .view = &CHOICE_VIEW,
	        .page_only = true),
};
static const struct view VOTE_LINE_VIEW = VIEW_OF(struct vote_line, VOTE_LINE_FIELDS);

struct ruling_page {
	int64_t version, due_day, feedback_day, year;
	const char *hours; /* NULL: as advised */
	const char *reference, *title, *href, *back_href, *drop_href;
	const char *reason, *conditions, *questions, *worked, *failed, *lessons;
	int ruling, owner, feedback;
	bool over_pool, whole, closing, one, amends, has_draft;
	struct array proposals; /* at most one struct proposal_view */
	struct array rulings, organs, leads, meetings, pools, votes;
};
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(struct ruling_page, version, VIEW_INT),
	VIEW_F(struct ruling_page, hours, VIEW_TEXT),
	VIEW_AS(struct ruling_page, due_day, "dueDay", VIEW_DAY),
	VIEW_AS(struct ruling_page, feedback_day, "feedbackDay", VIEW_DAY),
	VIEW_F(struct ruling_page, year, VIEW_INT),
	VIEW_F(struct ruling_page, reference, VIEW_REF),
	VIEW_F(struct ruling_page, title, VIEW_TEXT),
	VIEW_AS(struct ruling_page, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct ruling_page, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct ruling_page, drop_href, "dropHref", VIEW_TEXT, .page_only = true),
	VIEW_F(struct ruling_page, reason, VIEW_TEXT),
	VIEW_F(struct ruling_page, conditions, VIEW_TEXT),
	VIEW_F(struct ruling_page, questions, VIEW_TEXT),
	VIEW_F(struct ruling_page, worked, VIEW_TEXT),
	VIEW_F(struct ruling_page, failed, VIEW_TEXT),
	VIEW_F(struct ruling_page, lessons, VIEW_TEXT),
	VIEW_AS(struct ruling_page, ruling, "ruling", VIEW_CODE, .codes = RULINGS),
	VIEW_AS(struct ruling_page, owner, "owner", VIEW_CODE, .codes = OWNER_WORDS),
	VIEW_AS(struct ruling_page, feedback, "feedback", VIEW_CODE, .codes = FEEDBACK),
	VIEW_AS(struct ruling_page, over_pool, "overPool", VIEW_BOOL),
	VIEW_F(struct ruling_page, whole, VIEW_BOOL),
	VIEW_F(struct ruling_page, closing, VIEW_BOOL),
	VIEW_F(struct ruling_page, one, VIEW_BOOL),
	VIEW_F(struct ruling_page, amends, VIEW_BOOL),
	VIEW_AS(struct ruling_page, has_draft, "hasDraft", VIEW_BOOL),
	VIEW_AS(struct ruling_page, proposals, "proposals", VIEW_LIST, .view = &PROPOSAL_VIEW),
	VIEW_AS(struct ruling_page, rulings, "rulings", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct ruling_page, organs, "organs", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct ruling_page, leads, "leads", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct ruling_page, meetings, "meetings", VIEW_LIST, .view = &CHOICE_VIEW),
	VIEW_AS(struct ruling_page, pools, "pools", VIEW_LIST, .view = &POOL_VIEW),
	VIEW_AS(struct ruling_page, votes, "votes", VIEW_LIST, .view = &VOTE_LINE_VIEW),
};
const struct view RULING_PAGE_VIEW = VIEW_OF(struct ruling_page, PAGE_FIELDS);

/* What was typed wins over what was drafted. */
static const char *chosen(struct request *rq, const char *field, const char *stored)
{
	const char *typed = input_text(rq->body, field);
	return typed != NULL ? typed : stored;
}

static const char *number_text(struct arena *a, int64_t n)
{
	return n != 0 ? arena_printf(a, "%lld", (long long)n) : "";
}

static int64_t drafted_pledge(const struct ruling_table *t, int64_t participant_id)
{
	const struct pledge_row *p = t->matter.pledges.items;

	for (size_t i = 0; t->draft != NULL && i < t->matter.pledges.count; i++)
		if (p[i].decision_id == t->draft->id && p[i].participant_id == participant_id)
			return p[i].hours;
	return 0;
}

static void fill_pools(struct request *rq, const struct ruling_table *t, struct ruling_page *ret)
{
	const struct pool_row *p = t->pools.items;
	struct pool_line *rows = ARENA_ARRAY(rq->arena, struct pool_line, t->pools.count + 1);

	for (size_t i = 0; i < t->pools.count; i++) {
		const struct pool_load load = { p[i].pool, p[i].pledged, p[i].drafted };
		rows[i] = (struct pool_line){
			.index = (int64_t)i,
			.participant = p[i].participant_id,
			.pool = p[i].pool < 0 ? 0 : p[i].pool,
			.pledged = p[i].pledged,
			.drafted = p[i].drafted,
			.left = pool_left(&load),
			.too_many = -pool_left(&load),
			.hours = drafted_pledge(t, p[i].participant_id),
			.name = p[i].participant,
			.no_pool = p[i].pool < 0,
			.over = pool_left(&load) < 0,
		};
	}
	ret->pools = (struct array){ rows, t->pools.count };
}

static void fill_choices(struct request *rq, const struct ruling_table *t, struct ruling_page *ret)
{
	const struct steering_decision *d = t->draft;
	const struct lead_row *l = t->leads.items;
	const struct casefile_organ *o = t->organs.items;
	const struct gathering *g = t->meetings.items;
	struct arena *a = rq->arena;
	const char *lead = chosen(rq, "lead", number_text(a, d != NULL ? d->lead_id : 0));
	const char *organ = chosen(rq, "organ", number_text(a, d != NULL ? d->organ_id : 0));
	const char *meeting = chosen(rq, "meeting", d != NULL ? d->next_meeting : "");
	const struct code *now = d != NULL ? &PROPOSAL_RULINGS[0] : NULL;
	const char *ruling = "";

	for (; now != NULL && now->name != NULL; now++)
		if (now->value == d->ruling)
			ruling = now->name;
	ret->leads = choices_for(a, t->leads.count);
	for (size_t i = 0; i < t->leads.count; i++)
		choices_add(&ret->leads, number_text(a, l[i].appointment_id),
		            arena_printf(a, "%s, %s", l[i].person, l[i].on_behalf), lead);
	ret->organs = choices_for(a, t->organs.count);
	for (size_t i = 0; i < t->organs.count; i++)
		choices_add(&ret->organs, number_text(a, o[i].organ_id), o[i].on_behalf, organ);
	ret->meetings = choices_for(a, t->meetings.count);
	for (size_t i = 0; i < t->meetings.count; i++)
		choices_add(&ret->meetings, g[i].reference,
		            arena_printf(a, "%s, %s", g[i].reference, g[i].place), meeting);
	ret->rulings = choices_for(a, 8);
	for (const struct code *c = PROPOSAL_RULINGS; c->name != NULL; c++)
		choices_add(&ret->rulings, c->name, c->label, chosen(rq, "ruling", ruling));
}

static enum status fill_votes(struct request *rq, const struct ruling_table *t,
                              struct ruling_page *ret, struct error *reterr)
{
	const struct steering_seat *s = t->seats.items;
	const struct vote_row *v = t->matter.votes.items;
	struct vote_line *rows = ARENA_ARRAY(rq->arena, struct vote_line, t->seats.count + 1);
	struct seat *seats = ARENA_ARRAY(rq->arena, struct seat, t->seats.count + 1);
	size_t count = 0;
	enum status st = OK;

	for (size_t i = 0; i < t->seats.count; i++)
		seats[i] = s[i].seat;
	for (size_t i = 0; st == OK && i < t->seats.count; i++) {
		const struct steering_text which = { .point_id = t->on.point.id,
			                             .proposal_id =
			                                 t->proposal != NULL ? t->proposal->id : 0,
			                             .organ_id = s[i].seat.organ_id,
			                             .kind = STEERING_DISSENT };
		const char *now = "";
		if (!seat_has_voice(seats, t->seats.count, i))
			continue;
		for (size_t j = 0; t->draft != NULL && j < t->matter.votes.count; j++)
			for (const struct code *c = VOTES; c->name != NULL; c++)
				if (v[j].decision_id == t->draft->id &&
				    v[j].organ_id == s[i].seat.organ_id && c->value == v[j].vote)
					now = c->name;
		rows[count] = (struct vote_line){ .index = (int64_t)count,
			                          .organ = s[i].seat.organ_id,
			                          .name = s[i].on_behalf,
			                          .options = choices_for(rq->arena, 4) };
		for (const struct code *c = VOTES; c->name != NULL; c++)
			choices_add(&rows[count].options, c->name, c->label, now);
		st = steering_text_load(rq->db, plein_of(rq)->keyring, &which, rq->arena,
		                        &rows[count++].dissent, reterr);
	}
	ret->votes = (struct array){ rows, count };
	return st;
}

static enum status fill_draft(struct request *rq, const struct ruling_table *t,
                              struct ruling_page *ret, struct error *reterr)
{
	const struct steering_decision *d = t->draft;
	struct ruling_view words;

	if (d == NULL)
		return OK;
	const enum status st = ruling_view_load(rq, &t->matter, d, &words, reterr);
	ret->ruling = d->ruling;
	ret->owner = d->owner_agreed;
	ret->hours = d->hours != 0 ? number_text(rq->arena, d->hours) : NULL;
	ret->due_day = d->due_day != 0 ? d->due_day : INT64_MIN;
	ret->feedback_day = d->feedback_day != 0 ? d->feedback_day : INT64_MIN;
	ret->feedback = d->ruling != RULING_CLOSE ? 0 : d->feedback_day != 0 ? 2 : 1;
	ret->reason = words.reason;
	ret->conditions = words.conditions;
	ret->questions = words.questions;
	ret->worked = words.worked;
	ret->failed = words.failed;
	ret->lessons = words.lessons;
	ret->has_draft = true;
	return st;
}

static enum status fill_proposal(struct request *rq, const struct ruling_table *t,
                                 struct ruling_page *ret, struct error *reterr)
{
	struct array all = { 0 };
	const enum status st = proposal_views(rq, NULL, &t->matter, &all, reterr);
	struct proposal_view *p = all.items;

	for (size_t i = 0; st == OK && t->proposal != NULL && i < all.count; i++)
		if (p[i].number == t->proposal->number) {
			p[i].ruling = NULL;
			ret->proposals = (struct array){ &p[i], 1 };
		}
	return st;
}

/* A form that was refused shows the pools of the year that it was judged by. */
static enum status pools_of_typed_day(struct request *rq, struct ruling_table *t,
                                      struct error *reterr)
{
	struct ruling_input in = { 0 };
	struct problems told;

	if (rq->body == NULL || rq->body->count == 0)
		return OK;
	problems_init(&told, rq->arena);
	input_read(rq->body, &RULING_FORM, false, rq->arena, &in, &told);
	return ruling_pools(rq, t, in.due_day, reterr);
}

enum status show_ruling(struct request *rq, struct response *rs, struct error *reterr)
{
	struct ruling_table t = { 0 };
	enum status st = lay_table(rq, &t, reterr);

	if (st == OK)
		st = pools_of_typed_day(rq, &t, reterr);
	if (st != OK)
		return st;
	const char *rest = arena_printf(rq->arena, "/rulings/%s", rq->params[2]);
	struct ruling_page record = {
		.version = t.on.point.version,
		.year = t.year,
		.due_day = INT64_MIN,
		.feedback_day = INT64_MIN,
		.reference = t.on.point.casefile,
		.href = point_path(rq->arena, &t.on, rest),
		.back_href = point_path(rq->arena, &t.on, ""),
		.whole = t.proposal == NULL && t.on.point.kind == POINT_ADVICE,
		.closing = t.proposal == NULL && t.on.point.kind == POINT_CLOSING,
		.one = t.proposal != NULL,
		.amends = t.before != NULL,
	};
	if (t.draft != NULL)
		record.drop_href =
		    point_path(rq->arena, &t.on, arena_printf(rq->arena, "%s/_drop", rest));
	fill_pools(rq, &t, &record);
	fill_choices(rq, &t, &record);
	st = point_title(rq, &t.on.point, &record.title, reterr);
	if (st == OK)
		st = fill_votes(rq, &t, &record, reterr);
	if (st == OK)
		st = fill_draft(rq, &t, &record, reterr);
	if (st == OK)
		st = fill_proposal(rq, &t, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Besluit vastleggen",
		                   .place = "/steering",
		                   .crumbs = point_crumbs(rq->arena, &t.on),
		                   .confidential = true,
		                   .template_name = "steering/ruling",
		                   .form = &RULING_FORM };
	return page_respond(rq, rs, &page, &RULING_PAGE_VIEW, &record, reterr);
}
