/* The chair's signature: drafts become decisions, and what follows from them happens. */
#include "steering/point.h"

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "interventions/intervention_acts.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "work/work.h"

static const struct db_stmt MANDATES = {
	"mandates_in_force", "i",
	"SELECT max_weight, max_hours, from_day, until_day FROM steering_mandate"
	" WHERE confirmed_at > 0 AND ended_at = 0 AND from_day <= $1 AND until_day >= $1"
	" ORDER BY id LIMIT 20"
};
static const struct db_stmt MADE_BEFORE = {
	"intervention_of_proposal", "i", "SELECT reference FROM intervention WHERE proposal_id = $1"
};

const struct db_stmt *const signing_statements[] = { &MANDATES, &MADE_BEFORE, NULL };

/* ---- what the guards ask --------------------------------------------------------------------- */

/* Every ruling that goes ahead is within one of the mandates. */
static enum status ask_mandates(struct db_read *r, const struct matter *m, struct array rulings,
                                int32_t today, bool *ret, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows rows = { 0 };
	const struct steering_decision *d = rulings.items;
	enum status st = db_query(r, &MANDATES, DB_ARGS(DB_INT(today)), &rows, reterr);

	*ret = false;
	while (st == OK && !*ret && db_next(&rows)) {
		const struct mandate_terms t = { .max_weight = db_int(&rows, 0),
			                         .max_hours = db_int(&rows, 1),
			                         .from_day = db_int(&rows, 2),
			                         .until_day = db_int(&rows, 3),
			                         .today = today,
			                         .confirmed = true };
		*ret = true;
		for (size_t i = 0; i < rulings.count; i++) {
			const struct advice_proposal *p = proposal_of(m, d[i].proposal_id);
			if (p == NULL || !ruling_goes_ahead(d[i].ruling))
				continue;
			const int64_t hours = d[i].hours != 0 ? d[i].hours : proposal_hours(p);
			*ret = *ret && verdict_allows(mandate_covers(&t, p->weight, hours));
		}
	}
	return st == OK ? db_rows_end(&rows, reterr) : st;
}

/* The point with the casefile and advice as they are now. */
static enum status ask_subject(struct db_read *r, const struct on_point *on, struct arena *a,
                               bool *ret, struct error *reterr)
{
	struct steering_point now = on->point;
	struct matter found = { 0 };
	struct casefile_picture p = { 0 };
	struct error none = { 0 };

	*ret = true;
	if (now.casefile_id == 0)
		return OK;
	enum status st = casefile_picture_load(r, now.casefile_id, &p, reterr);
	if (st != OK)
		return st;
	now.casefile_state = p.state;
	st = advice_of_casefile(r, now.casefile_id, a, &found.advice, &none);
	if (st != OK && st != ERR_NOT_FOUND)
		return *reterr = none, st;
	found.has_advice = st == OK && advice_is_final(&found.advice);
	*ret = subject_stands(&now, &found);
	return OK;
}

static void count_rulings(const struct matter *m, struct array rulings, struct point_picture *ret)
{
	const struct advice_proposal *p = m->proposals.items;
	const struct steering_decision *d = rulings.items;
	const struct matter now = { .decisions = rulings, .earlier = m->earlier };

	ret->proposals = (int64_t)m->proposals.count;
	for (size_t i = 0; i < m->proposals.count; i++)
		ret->ruled += ruling_of(&now, p[i].id) != NULL ||
		              (ret->kind == POINT_ADVICE && standing_of(m, p[i].id) != NULL &&
		               !may_rule(POINT_ADVICE, standing_of(m, p[i].id)));
	for (size_t i = 0; i < rulings.count; i++) {
		ret->whole |= d[i].proposal_id == 0;
		if (!ruling_goes_ahead(d[i].ruling))
			continue;
		ret->approved++;
		ret->without_lead += d[i].lead_id == 0 || !d[i].lead_in_force;
	}
	if (ret->kind == POINT_RECONSIDER)
		ret->ruled = (int64_t)rulings.count;
}

// NOLINTNEXTLINE(readability-function-size): who asks, about which point, now
enum status point_picture_now(struct db_read *r, const struct viewer *viewer,
                              const struct on_point *on, const struct matter *m, int64_t now_ms,
                              struct arena *a, struct point_picture *ret, struct error *reterr)
{
	struct steering_picture meeting = { 0 };
	struct array rulings = { 0 };

	enum status st = gathering_picture_load(r, &on->meeting, viewer, &meeting, reterr);
	if (st == OK)
		st = decisions_of_point(r, on->point.id, now_ms, a, &rulings, reterr);
	if (st != OK)
		return st;
	*ret = (struct point_picture){
		.kind = on->point.kind,
		.meeting_state = on->meeting.state,
		.mandate = meeting.mandate,
		.acts_as_chair = meeting.acts_as_chair,
		.chair_present = meeting.chair_present,
		.other_person = on->point.preparer_person_id != viewer->person_id,
	};
	count_rulings(m, rulings, ret);
	st = ask_subject(r, on, a, &ret->subject_stands, reterr);
	return st == OK && meeting.mandate
	           ? ask_mandates(r, m, rulings, local_day(now_ms), &ret->mandate_covers, reterr)
	           : st;
}

/* ---- before ---------------------------------------------------------------------------------- */

/* Who speaks for this organ's participant at the meeting, by his appointment; 0: nobody. */
static int64_t voice_of(struct array seats, int64_t participant_id)
{
	const struct steering_seat *s = seats.items;
	struct seat only[60];
	size_t count = seats.count < 60 ? seats.count : 60;

	for (size_t i = 0; i < count; i++)
		only[i] = s[i].seat;
	for (size_t i = 0; i < count; i++)
		if (s[i].participant_id == participant_id && seat_has_voice(only, count, i))
			return s[i].seat.appointment_id;
	return 0;
}

static int64_t pledged_by(const struct matter *m, int64_t decision_id, int64_t participant_id)
{
	const struct pledge_row *p = m->pledges.items;

	for (size_t i = 0; i < m->pledges.count; i++)
		if (p[i].decision_id == decision_id && p[i].participant_id == participant_id)
			return p[i].hours;
	return 0;
}

struct owning {
	struct array organs; /* struct casefile_organ: who belongs to which participant */
	struct array seats;
};

static int64_t participant_of(const struct owning *w, const struct advice_proposal *p,
                              int64_t organ_id)
{
	const struct casefile_organ *o = w->organs.items;

	if (organ_id == p->lead_organ_id)
		return p->lead_participant_id;
	for (size_t i = 0; i < w->organs.count; i++)
		if (o[i].organ_id == organ_id)
			return o[i].participant_id;
	return 0;
}

/* The lead owner, as advised or as amended, then who carries it out beside him. */
static void fill_owners(const struct point_change *c, const struct owning *w, struct making *ret)
{
	const struct advice_proposal *p = ret->proposal;
	const struct steering_decision *d = ret->draft;
	const struct co_owner *beside = p->co_owners.items;
	const int64_t first = d->organ_id != 0 ? d->organ_id : p->lead_organ_id;
	int64_t organs[INTERVENTION_OWNERS_MAX] = { first };
	size_t count = 1;

	for (size_t i = 0; i < p->co_owners.count && count < INTERVENTION_OWNERS_MAX; i++)
		if (beside[i].organ_id != first)
			organs[count++] = beside[i].organ_id;
	for (size_t i = 0; i < count; i++) {
		const int64_t participant = participant_of(w, p, organs[i]);
		ret->owners[i] = (struct intervention_owner_new){
			.organ_id = organs[i],
			.hours_pledged = pledged_by(&c->matter, d->id, participant),
			.agreed_by = i == 0 && d->owner_agreed == OWNER_CONSENTS
			                 ? voice_of(w->seats, participant)
			                 : 0,
		};
	}
	ret->made.owners = ret->owners;
	ret->made.owner_count = count;
}

static enum status make(struct request *rq, const struct point_change *c, const struct owning *w,
                        struct making *ret, struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	const struct advice_proposal *p = ret->proposal;
	const struct steering_decision *d = ret->draft;
	const struct steering_decision *before = standing_of(&c->matter, d->proposal_id);
	struct ruling_view words;

	enum status st = ruling_view_load(rq, &c->matter, d, &words, reterr);
	if (st != OK)
		return st;
	ret->made = (struct intervention_new){
		.uuid = uuid_at(rq->now_ms),
		.reference_key = plein_of(rq)->reference_key,
		.viewer = rq->viewer,
		.now_ms = rq->now_ms,
		.casefile_id = d->casefile_id,
		/* one intervention a proposal: after a rejection a second one stands by itself */
		.proposal_id = before != NULL && before->ruling == RULING_REJECT ? 0 : p->id,
		.proposed_at = c->matter.advice.state_since,
		.instrument = p->instrument,
		.weight = p->weight,
		.barrier = p->barrier,
		.lead_id = d->lead_id,
		.due_day = d->due_day != 0 ? d->due_day : p->wanted_day,
		.reject = d->ruling == RULING_REJECT,
	};
	fill_owners(c, w, ret);
	intervention_seal_part(k, &ret->made, INTERVENTION_WHAT, p->texts.approach, rq->arena);
	intervention_seal_part(k, &ret->made, INTERVENTION_WHY, c->matter.texts.conclusion,
	                       rq->arena);
	intervention_seal_part(k, &ret->made, INTERVENTION_EFFECT, p->texts.effect, rq->arena);
	intervention_seal_part(k, &ret->made, INTERVENTION_INDICATOR, p->texts.indicator,
	                       rq->arena);
	intervention_seal_part(k, &ret->made, INTERVENTION_BASIS, p->texts.basis, rq->arena);
	if (words.conditions != NULL)
		intervention_seal_part(k, &ret->made, INTERVENTION_CONDITIONS, words.conditions,
		                       rq->arena);
	if (words.reason != NULL && ret->made.reject)
		intervention_seal_part(k, &ret->made, INTERVENTION_REASON, words.reason, rq->arena);
	return OK;
}

/* Does this ruling bring an intervention about, or the record that there will be none? */
static bool makes(const struct point_change *c, const struct steering_decision *d)
{
	const struct steering_decision *before = standing_of(&c->matter, d->proposal_id);

	if (d->proposal_id == 0 || d->ruling == RULING_DEFER)
		return false;
	if (before == NULL || before->ruling == RULING_DEFER)
		return true;
	return before->ruling == RULING_REJECT && ruling_goes_ahead(d->ruling);
}

static enum status prepare_cancelling(struct request *rq, struct point_change *c,
                                      const struct steering_decision *d, struct error *reterr)
{
	AUTO(db_rows_close) struct db_rows row = { 0 };
	const struct steering_decision *before = standing_of(&c->matter, d->proposal_id);
	struct cancelling *to = &c->cancellings[c->cancelling_count];
	struct ruling_view words;

	if (d->proposal_id == 0 || d->ruling != RULING_REJECT || before == NULL ||
	    !ruling_goes_ahead(before->ruling))
		return OK;
	enum status st =
	    db_query(rq->db, &MADE_BEFORE, DB_ARGS(DB_INT(d->proposal_id)), &row, reterr);
	if (st != OK || !db_next(&row))
		return st;
	const char *reference = db_text(&row, 0, rq->arena);
	db_rows_close(&row);
	st = intervention_load(rq->db, rq->viewer, reference, rq->now_ms, rq->arena,
	                       &to->intervention, reterr);
	if (st == OK)
		st = ruling_view_load(rq, &c->matter, d, &words, reterr);
	if (st != OK)
		return st;
	intervention_seal_text(plein_of(rq)->keyring, &to->intervention, INTERVENTION_REASON,
	                       words.reason, rq->arena, &to->reason);
	c->cancelling_count++;
	return OK;
}

/* The three answers of a closing, as its secretary wrote them. */
static enum status prepare_lesson(struct request *rq, struct point_change *c, struct error *reterr)
{
	const struct steering_decision *d = c->matter.decisions.items;
	struct ruling_view words = { 0 };

	for (size_t i = 0; i < c->matter.decisions.count; i++) {
		if (d[i].ruling != RULING_CLOSE)
			continue;
		const enum status st = ruling_view_load(rq, &c->matter, &d[i], &words, reterr);
		if (st != OK)
			return st;
		c->closes = true;
		c->lesson =
		    (struct closing_lesson){ .at = rq->now_ms,
			                     .worked = words.worked != NULL ? words.worked : "",
			                     .failed = words.failed != NULL ? words.failed : "",
			                     .next_time =
			                         words.lessons != NULL ? words.lessons : "" };
	}
	return OK;
}

enum status signing_prepare(struct request *rq, struct point_change *c, struct error *reterr)
{
	const struct steering_decision *d = c->matter.decisions.items;
	const struct advice_proposal *p = c->matter.proposals.items;
	struct owning w = { 0 };

	c->makings = ARENA_ARRAY(rq->arena, struct making, c->matter.proposals.count + 1);
	c->cancellings = ARENA_ARRAY(rq->arena, struct cancelling, c->matter.decisions.count + 1);
	c->next = uuid_at(rq->now_ms);
	c->reference_key = plein_of(rq)->reference_key;
	enum status st =
	    casefile_organs(rq->db, c->on.point.casefile_id, rq->arena, &w.organs, reterr);
	if (st == OK)
		st = seat_list(rq->db, c->on.meeting.id, rq->arena, &w.seats, reterr);
	if (st == OK)
		st = casefile_members(rq->db, c->on.point.casefile_id, rq->now_ms, rq->arena,
		                      &c->members, reterr);
	for (size_t i = 0; st == OK && i < c->matter.decisions.count; i++)
		st = prepare_cancelling(rq, c, &d[i], reterr);
	/* in the order of the advice, so that what waits finds what goes first */
	for (size_t i = 0; st == OK && i < c->matter.proposals.count; i++)
		for (size_t j = 0; st == OK && j < c->matter.decisions.count; j++) {
			if (d[j].proposal_id != p[i].id || !makes(c, &d[j]))
				continue;
			struct making *m = &c->makings[c->making_count++];
			*m = (struct making){ .draft = &d[j], .proposal = &p[i] };
			st = make(rq, c, &w, m, reterr);
		}
	return st == OK ? prepare_lesson(rq, c, reterr) : st;
}

/* ---- inside the job ------------------------------------------------------------------------------ */

enum status signing_claim(struct db_tx *tx, const struct point_change *c, struct error *reterr)
{
	return db_claim(tx, &CASEFILE_ROOT, c->on.point.casefile_id, c->on.point.casefile_version,
	                reterr);
}

static enum status number_decisions(struct db_tx *tx, const struct request *rq,
                                    const struct point_change *c, struct error *reterr)
{
	const struct steering_decision *d = c->matter.decisions.items;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->matter.decisions.count; i++) {
		const struct decision_signing s = { &d[i], c->reference_key,
			                            rq->viewer->appointment_id, rq->now_ms };
		const char *reference = NULL;
		st = decision_sign(tx, &s, &reference, reterr);
	}
	return st;
}

static enum status make_interventions(struct db_tx *tx, const struct point_change *c,
                                      struct error *reterr)
{
	int64_t *ids = ARENA_ARRAY(db_tx_arena(tx), int64_t, c->making_count + 1);
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->making_count; i++) {
		const struct making *m = &c->makings[i];
		struct intervention_new made = m->made;
		const char *reference = NULL;
		int64_t first = 0;
		made.owners = m->owners;
		for (size_t j = 0; j < i; j++)
			if (c->makings[j].proposal->number == m->proposal->waits_for &&
			    !c->makings[j].made.reject)
				first = ids[j];
		if (first != 0 && !made.reject) {
			made.waits = &first;
			made.wait_count = 1;
		}
		st = intervention_decide(tx, &made, &ids[i], &reference, reterr);
	}
	return st;
}

static enum status cancel_interventions(struct db_tx *tx, const struct request *rq,
                                        const struct point_change *c, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->cancelling_count; i++) {
		const struct cancelling *x = &c->cancellings[i];
		struct intervention_picture p = { 0 };
		st = db_claim(tx, &INTERVENTION_ROOT, x->intervention.id, x->intervention.version,
		              reterr);
		if (st == OK)
			st = intervention_picture_load(db_tx_read(tx), x->intervention.id,
			                               rq->now_ms, &p, reterr);
		p.reason_given = true;
		const struct intervention_moving m = { .intervention = &x->intervention,
			                               .action = INTERVENTION_CANCEL,
			                               .viewer = rq->viewer,
			                               .picture = &p,
			                               .now_ms = rq->now_ms,
			                               .reason = &x->reason };
		if (st == OK)
			st = intervention_move(tx, &m, reterr);
	}
	return st;
}

/* Where the casefile goes by what was ruled; 0: it stays. */
static int casefile_action(const struct point_change *c)
{
	const struct steering_decision *d = c->matter.decisions.items;
	bool deferred = false;

	for (size_t i = 0; i < c->matter.decisions.count; i++) {
		if (d[i].ruling == RULING_RETURN)
			return CASEFILE_SEND_BACK;
		if (d[i].ruling == RULING_CLOSE)
			return CASEFILE_CLOSE;
		deferred |= d[i].ruling == RULING_DEFER;
	}
	return c->on.point.kind == POINT_ADVICE && !deferred ? CASEFILE_DECIDE : 0;
}

static bool any_goes_ahead(const struct point_change *c)
{
	const struct steering_decision *d = c->matter.decisions.items, *e = c->matter.earlier.items;

	for (size_t i = 0; i < c->matter.decisions.count; i++)
		if (ruling_goes_ahead(d[i].ruling))
			return true;
	for (size_t i = 0; i < c->matter.earlier.count; i++)
		if (e[i].amended_by[0] == '\0' && ruling_goes_ahead(e[i].ruling))
			return true;
	return false;
}

static enum status move_casefile(struct db_tx *tx, const struct request *rq,
                                 const struct point_change *c, struct error *reterr)
{
	const int action = casefile_action(c);
	struct casefile_picture p = { 0 };

	if (action == 0)
		return OK;
	enum status st = casefile_picture_load(db_tx_read(tx), c->on.point.casefile_id, &p, reterr);
	if (st != OK)
		return st;
	p.steering_decided = true;
	p.feedback_arranged = true;
	p.lead_appointed = any_goes_ahead(c);
	const struct casefile_moving m = {
		.who = { c->on.point.casefile_id, rq->viewer, rq->now_ms },
		.action = (enum casefile_action)action,
		.picture = &p,
	};
	return casefile_move(tx, &m, reterr);
}

/* A deferred casefile comes back where the ruling says: the first that was named. */
static enum status bring_back(struct db_tx *tx, const struct request *rq,
                              const struct point_change *c, struct error *reterr)
{
	const struct steering_decision *d = c->matter.decisions.items;

	for (size_t i = 0; i < c->matter.decisions.count; i++) {
		if (d[i].ruling != RULING_DEFER)
			continue;
		const struct point_new n = { .uuid = c->next,
			                     .meeting_id = d[i].next_meeting_id,
			                     .casefile_id = c->on.point.casefile_id,
			                     .advice_id = c->on.point.advice_id,
			                     .appointment_id = rq->viewer->appointment_id,
			                     .now_ms = rq->now_ms,
			                     .name = c->on.point.name,
			                     .kind = POINT_ADVICE };
		return point_insert(tx, &n, reterr);
	}
	return OK;
}

static enum status tell_members(struct db_tx *tx, const struct request *rq,
                                const struct point_change *c, struct error *reterr)
{
	const struct casefile_member *m = c->members.items;
	const struct work_news news = { .at = rq->now_ms,
		                        .kind = NEWS_STEERING_DECIDED,
		                        .object_kind = OBJECT_CASEFILE,
		                        .object_id = c->on.point.casefile_id,
		                        .reference = c->on.point.casefile };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < c->members.count; i++)
		if (!m[i].blocked)
			st = work_tell(tx, audience_of(AUDIENCE_APPOINTMENT, m[i].appointment_id),
			               &news, reterr);
	return st;
}

enum status signing_apply(struct db_tx *tx, const struct request *rq, const struct point_change *c,
                          struct error *reterr)
{
	enum status st = number_decisions(tx, rq, c, reterr);

	if (st == OK)
		st = make_interventions(tx, c, reterr);
	if (st == OK)
		st = cancel_interventions(tx, rq, c, reterr);
	if (st == OK)
		st = move_casefile(tx, rq, c, reterr);
	if (st == OK && c->closes)
		st = closing_lesson_add(tx, c->on.point.casefile_id, &c->lesson, reterr);
	if (st == OK)
		st = bring_back(tx, rq, c, reterr);
	return st == OK ? tell_members(tx, rq, c, reterr) : st;
}
