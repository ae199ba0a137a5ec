/* The secretary drafts one ruling: of a proposal, or of the casefile as a whole. */
#include "steering/ruling.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "interventions/free_words.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"

/* ---- checking ---------------------------------------------------------------------------------------- */

struct ruling_change {
	struct ruling_input in;
	struct ruling_table table;
	struct ruling_draft draft;
};

static bool lead_known(const struct ruling_table *t, int64_t appointment_id)
{
	const struct lead_row *l = t->leads.items;

	for (size_t i = 0; i < t->leads.count; i++)
		if (l[i].appointment_id == appointment_id)
			return true;
	return false;
}

static int64_t meeting_named(const struct ruling_table *t, const char *reference)
{
	const struct gathering *g = t->meetings.items;

	for (size_t i = 0; i < t->meetings.count; i++)
		if (strcmp(g[i].reference, reference) == 0)
			return g[i].id;
	return 0;
}

static const struct casefile_organ *organ_known(const struct ruling_table *t, int64_t organ_id)
{
	const struct casefile_organ *o = t->organs.items;

	for (size_t i = 0; i < t->organs.count; i++)
		if (o[i].organ_id == organ_id)
			return &o[i];
	return NULL;
}

/* Somebody with a voice sits there for this participant; who decides by mandate asks the owner. */
static const struct steering_seat *voice_for(const struct ruling_table *t, int64_t participant_id,
                                             int64_t organ_id)
{
	const struct steering_seat *s = t->seats.items;
	struct seat seats[60];
	const size_t count = t->seats.count < 60 ? t->seats.count : 60;

	for (size_t i = 0; i < count; i++)
		seats[i] = s[i].seat;
	for (size_t i = 0; i < count; i++)
		if ((s[i].participant_id == participant_id || s[i].seat.organ_id == organ_id) &&
		    seat_has_voice(seats, count, i))
			return &s[i];
	return NULL;
}

static void check_gaps(struct request *rq, const struct ruling_change *c)
{
	const struct ruling_input *in = &c->in;
	const struct ruling_table *t = &c->table;
	const int64_t due = in->due_day != FIELD_NO_DAY ? in->due_day : 0;
	struct ruling_gap gaps[RULING_GAPS_MAX];
	const struct ruling_facts f = {
		.point_kind = t->on.point.kind,
		.ruling = in->ruling,
		.has_reason = in->reason[0] != '\0',
		.has_questions = in->questions[0] != '\0',
		.has_worked = in->worked[0] != '\0',
		.has_failed = in->failed[0] != '\0',
		.has_lessons = in->lessons[0] != '\0',
		.changed =
		    in->hours != 0 || due != 0 || in->organ != 0 || in->conditions[0] != '\0',
		.lead_chosen = in->lead != 0,
		.lead_in_force = lead_known(t, in->lead),
		.meeting_chosen = meeting_named(t, in->meeting) != 0,
		.owner = in->owner,
		.due_day = due,
		.today = local_day(rq->now_ms),
		.feedback_day = in->feedback == 2 ? in->feedback_day : 0,
		.feedback_said =
		    in->feedback == 1 || (in->feedback == 2 && in->feedback_day != FIELD_NO_DAY),
	};
	const size_t count = ruling_gaps(&f, gaps);

	for (size_t i = 0; i < count; i++)
		problems_add(rq->problems, PROBLEM_ERROR, gaps[i].field, gaps[i].sentence);
}

static void check_owner(struct request *rq, const struct ruling_change *c)
{
	const struct ruling_table *t = &c->table;

	if (!ruling_goes_ahead(c->in.ruling))
		return;
	const struct casefile_organ *other = organ_known(t, c->in.organ);
	if (c->in.organ != 0 && other == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, "organ",
		             "Kies een deelnemer die aan deze casus meedoet.");
		return;
	}
	const char letter = other != NULL ? other->letter : t->proposal->lead_letter;
	const struct verdict v = advice_may_own(t->proposal->instrument, letter);
	if (!verdict_allows(v))
		problems_add_verdict(rq->problems, "organ", v);
	const int64_t participant =
	    other != NULL ? other->participant_id : t->proposal->lead_participant_id;
	if (c->in.owner == OWNER_CONSENTS && voice_for(t, participant, 0) == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, "owner",
		             "Van de eigenaar is hier niemand. Kies: nog aan de eigenaar vragen.");
}

/* left: hours, below 0 where more was pledged than there is. */
static const char *pool_is_small(struct arena *a, int64_t year, int64_t left)
{
	const char *rest = "Laat dit leeg, of kruis aan dat het toch mag.";

	if (left > 0)
		return arena_printf(a,
		                    "De pool is te klein: er zijn nog %lld uur. Verlaag het, of "
		                    "kruis aan dat het toch mag.",
		                    (long long)left);
	if (left == 0)
		return arena_printf(a, "De pool van %lld is op. %s", (long long)year, rest);
	return arena_printf(a,
	                    "De pool van %lld is op: er is al %lld uur meer toegezegd dan erin "
	                    "zit. %s",
	                    (long long)year, (long long)-left, rest);
}

static void check_pledge(struct request *rq, struct ruling_change *c, size_t index,
                         const struct pledge_input *in)
{
	const struct pool_row *pools = c->table.pools.items;
	const char *path = arena_printf(rq->arena, "pledges[%zu].hours", index);
	const struct pool_row *pool = NULL;

	if (in->hours == 0)
		return;
	for (size_t i = 0; i < c->table.pools.count; i++)
		if (pools[i].participant_id == in->participant)
			pool = &pools[i];
	if (in->hours < 0 || in->hours > PLEDGE_HOURS_MAX || pool == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             pool == NULL ? "Deze deelnemer doet niet mee aan de casus."
		                          : "Schrijf een aantal uren van 1 tot 20.000.");
		return;
	}
	if (c->table.on.meeting.kind == MEETING_STEERING &&
	    voice_for(&c->table, in->participant, 0) == NULL)
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             "Van deze deelnemer is niemand aanwezig. Alleen wie er is, zegt toe.");
	const struct pool_load load = { pool->pool, pool->pledged, pool->drafted + in->hours };
	const int64_t left = pool_left(&load) + in->hours;
	if (pool_left(&load) < 0 && !c->in.over_pool)
		problems_add(rq->problems, PROBLEM_ERROR, path,
		             pool_is_small(rq->arena, c->table.year, left));
	if (c->draft.pledge_count < PLEDGES_MAX)
		c->draft.pledges[c->draft.pledge_count++] =
		    (struct pledge){ in->participant, in->hours };
}

static void check_pledges(struct request *rq, struct ruling_change *c)
{
	const struct pledge_input *in = c->in.pledges.items;

	if (!ruling_goes_ahead(c->in.ruling))
		return;
	for (size_t i = 0; i < c->in.pledges.count; i++)
		check_pledge(rq, c, i, &in[i]);
	const int twice = pledged_twice(c->draft.pledges, c->draft.pledge_count);
	if (twice >= 0)
		problems_add(rq->problems, PROBLEM_ERROR,
		             arena_printf(rq->arena, "pledges[%d].participant", twice),
		             "Deze deelnemer staat er twee keer. Zet alle uren op één regel.");
}

static void check_votes(struct request *rq, struct ruling_change *c)
{
	const struct vote_input *in = c->in.votes.items;

	for (size_t i = 0; i < c->in.votes.count; i++) {
		if (in[i].vote == 0)
			continue;
		const struct steering_seat *s = voice_for(&c->table, -1, in[i].organ);
		if (s == NULL) {
			problems_add(rq->problems, PROBLEM_ERROR,
			             arena_printf(rq->arena, "votes[%zu].vote", i),
			             "Hiervoor is niemand aanwezig die mag stemmen.");
			continue;
		}
		if (c->draft.vote_count == VOTES_MAX)
			return;
		struct draft_vote *v = &c->draft.votes[c->draft.vote_count++];
		*v = (struct draft_vote){ .organ_id = in[i].organ,
			                  .appointment_id = s->seat.appointment_id,
			                  .vote = in[i].vote,
			                  .dissent = { .point_id = c->table.on.point.id,
			                               .proposal_id = c->draft.proposal_id,
			                               .organ_id = in[i].organ,
			                               .kind = STEERING_DISSENT } };
		steering_text_seal(plein_of(rq)->keyring, in[i].dissent, rq->arena, &v->dissent);
	}
}

static bool ruling_fits(const struct ruling_change *c)
{
	const int r = c->in.ruling;

	if (c->table.proposal != NULL)
		return r >= RULING_APPROVE && r <= RULING_DEFER &&
		       (r != RULING_DEFER || c->table.on.point.kind == POINT_ADVICE);
	return r == (c->table.on.point.kind == POINT_CLOSING ? RULING_CLOSE : RULING_RETURN);
}

static void fill_ruling(struct request *rq, struct ruling_change *c)
{
	const struct ruling_input *in = &c->in;
	const struct ruling_table *t = &c->table;
	const bool ahead = ruling_goes_ahead(in->ruling), close = in->ruling == RULING_CLOSE;
	const char *words[] = { [STEERING_REASON] = in->reason,
		                [STEERING_CONDITIONS] = ahead ? in->conditions : "",
		                [STEERING_QUESTIONS] =
		                    in->ruling == RULING_RETURN ? in->questions : "",
		                [STEERING_LESSONS] = close ? in->lessons : "",
		                [STEERING_WORKED] = close ? in->worked : "",
		                [STEERING_FAILED] = close ? in->failed : "" };
	struct ruling_draft *d = &c->draft;

	d->uuid = uuid_at(rq->now_ms);
	d->amends_id = t->before != NULL ? t->before->id : 0;
	d->hours = ahead ? in->hours : 0;
	d->due_day = ahead && in->due_day != FIELD_NO_DAY ? in->due_day : 0;
	d->organ_id = ahead ? in->organ : 0;
	d->lead_id = ahead ? in->lead : 0;
	d->owner_agreed = ahead ? in->owner : 0;
	d->next_meeting_id = in->ruling == RULING_DEFER ? meeting_named(t, in->meeting) : 0;
	d->feedback_day = close && in->feedback == 2 ? in->feedback_day : 0;
	d->appointment_id = rq->viewer->appointment_id;
	d->now_ms = rq->now_ms;
	d->year = t->year;
	d->ruling = in->ruling;
	for (int kind = STEERING_REASON; kind < STEERING_WORDS_COUNT; kind++) {
		if (kind == STEERING_DISSENT || kind == STEERING_OWNER)
			continue; /* stand with their vote, and with the point */
		d->texts[kind] = (struct steering_text){ .point_id = d->point_id,
			                                 .proposal_id = d->proposal_id,
			                                 .kind = (enum steering_words)kind };
		steering_text_seal(plein_of(rq)->keyring, words[kind], rq->arena, &d->texts[kind]);
	}
}

/* What a closing taught outlives the casefile: it names nobody. */
static enum status check_lessons(struct request *rq, const struct ruling_change *c,
                                 struct error *reterr)
{
	struct array names = { 0 };

	if (c->in.ruling != RULING_CLOSE)
		return OK;
	const enum status st =
	    intervention_names(rq, c->table.on.point.casefile_id, &names, reterr);
	if (st != OK)
		return st;
	intervention_check_free(rq, &names, c->in.worked, "worked");
	intervention_check_free(rq, &names, c->in.failed, "failed");
	intervention_check_free(rq, &names, c->in.lessons, "lessons");
	return OK;
}

static enum status prepare_ruling(struct request *rq, void **ret_input, struct error *reterr)
{
	struct ruling_change *c = ARENA_NEW(rq->arena, struct ruling_change);
	struct ruling_table *t = &c->table;

	*ret_input = c;
	enum status st = lay_table(rq, t, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &RULING_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (t->on.point.state != POINT_WAITING || !steering_is_open(t->on.meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	if (!subject_stands(&t->on.point, &t->matter))
		return FAIL(reterr, ERR_CONFLICT, "%s", POINT_IS_STALE);
	if (t->proposal != NULL && !may_rule(t->on.point.kind, t->before))
		return FAIL(reterr, ERR_CONFLICT,
		            "Over dit voorstel is al besloten. Wijzig dat besluit met een nieuw "
		            "besluit.");
	if (c->in.ruling != 0 && !ruling_fits(c))
		problems_add(rq->problems, PROBLEM_ERROR, "ruling",
		             "Dit kan hier niet worden besloten. Kies een ander besluit.");
	c->draft.point_id = t->on.point.id;
	c->draft.meeting_id = t->on.meeting.id;
	c->draft.casefile_id = t->on.point.casefile_id;
	c->draft.proposal_id = t->proposal != NULL ? t->proposal->id : 0;
	st = ruling_pools(rq, t, c->in.due_day, reterr);
	if (st != OK)
		return st;
	check_gaps(rq, c);
	if (t->proposal != NULL) {
		check_owner(rq, c);
		check_pledges(rq, c);
	}
	check_votes(rq, c);
	st = check_lessons(rq, c, reterr);
	if (st == OK && rq->problems->error_count == 0)
		fill_ruling(rq, c);
	return st;
}

static enum status apply_ruling(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct ruling_change *c = change->input;

	enum status st = db_claim(tx, &POINT_ROOT, c->table.on.point.id, c->in.version, reterr);
	/* of the whole and of single proposals: one of the two */
	if (st == OK && c->draft.proposal_id == 0)
		st = rulings_drop(tx, c->draft.point_id, -1, reterr);
	if (st == OK && c->draft.proposal_id != 0)
		st = rulings_drop(tx, c->draft.point_id, 0, reterr);
	if (st == OK)
		st = ruling_put(tx, &c->draft, reterr);
	change->location = point_path(db_tx_arena(tx), &c->table.on, "");
	change->note = "Vastgelegd als concept. Het geldt als de voorzitter tekent.";
	return st == OK ? stir_steering(tx, change, &c->table.on.meeting, reterr) : st;
}

/* ---- taking a draft away ------------------------------------------------------------------------------- */

static enum status prepare_drop(struct request *rq, void **ret_input, struct error *reterr)
{
	struct ruling_change *c = ARENA_NEW(rq->arena, struct ruling_change);
	struct version_input in = { 0 };
	const enum status st = lay_table(rq, &c->table, reterr);

	*ret_input = c;
	if (st != OK)
		return st;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &in, rq->problems);
	c->in.version = in.version;
	c->draft.point_id = c->table.on.point.id;
	c->draft.proposal_id = c->table.proposal != NULL ? c->table.proposal->id : 0;
	if (c->table.on.point.state != POINT_WAITING)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan nu niet. Bekijk hoe het nu staat.");
	return OK;
}

static enum status apply_drop(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct ruling_change *c = change->input;

	enum status st = db_claim(tx, &POINT_ROOT, c->table.on.point.id, c->in.version, reterr);
	if (st == OK)
		st = rulings_drop(tx, c->draft.point_id, c->draft.proposal_id, reterr);
	change->location = point_path(db_tx_arena(tx), &c->table.on, "");
	change->note = "Het concept is weg.";
	return st == OK ? stir_steering(tx, change, &c->table.on.meeting, reterr) : st;
}

const struct route steering_ruling_routes[] = {
	{ .method = "GET",
	  .path = "/steering/{ref}/points/{name}/rulings/{number}",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_VIEW,
	  .read = show_ruling,
	  .view = &RULING_PAGE_VIEW,
	  .summary = "Eén besluit in concept, met de uren die deelnemers nog hebben" },
	{ .method = "POST",
	  .path = "/steering/{ref}/points/{name}/rulings/{number}",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_DECIDE,
	  .prepare = prepare_ruling,
	  .apply = apply_ruling,
	  .redraw = show_ruling,
	  .form = &RULING_FORM,
	  .summary = "Een besluit in concept vastleggen (0: over de casus als geheel)" },
	{ .method = "POST",
	  .path = "/steering/{ref}/points/{name}/rulings/{number}/_drop",
	  .permission = PERM_STEERING_RUN,
	  .action = AUDIT_STEERING_DECIDE,
	  .prepare = prepare_drop,
	  .apply = apply_drop,
	  .redraw = show_ruling,
	  .form = &VERSION_FORM,
	  .summary = "Een concept weghalen" },
	{ 0 },
};

const struct page_template steering_ruling_templates[] = {
	{ .name = "steering/ruling",
	  .view = &RULING_PAGE_VIEW,
	  .form = &RULING_FORM,
	  .whole = true },
	{ 0 },
};
