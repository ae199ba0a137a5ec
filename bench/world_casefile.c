/* A casefile: opened, staffed, a phase opened, what partners know of each subject; and its end. */
#include "world.h"

#include "casework/casework.h"
#include "casework/phases.h"
#include "law/rules.h"
#include "platform/core/calendar.h"
#include "retention/forgetters.h"
#include "signals/theme.h"
#include "subjects/casefile_tie.h"

enum { TEAM_DAYS = 2, TELLS_DAYS = 40, PHASE_DAYS = 10, PHASE_IN_HUNDRED = 35 };

static int64_t later(const struct told_case *c, int64_t days)
{
	return c->opened_ms + days * DAY_MS;
}

/* ---- opening -------------------------------------------------------------------------------------- */

static bool speaks_already(const struct told_case *c, int64_t organ_id)
{
	for (size_t i = 0; i < c->team_count; i++)
		if (c->team[i]->viewer.organ_id == organ_id)
			return true;
	return false;
}

/* One an organ; the first where somebody can lead. */
static void choose_team(struct world *w, struct told_case *c)
{
	enum { TRIES = 40 };
	const struct worker *lead = world_worker(w, &w->leads);

	c->team[c->team_count++] = world_at(&w->members, lead->viewer.organ_id);
	for (int i = 0; i < TRIES && c->team_count < TEAM_MAX; i++) {
		const struct worker *a = world_worker(w, &w->members);
		if (!speaks_already(c, a->viewer.organ_id))
			c->team[c->team_count++] = a;
	}
}

static enum status open_it(struct world *w, struct db_tx *tx, struct told_case *c,
                           struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	struct keyring *k = w->plein->keyring;
	int64_t *organs = ARENA_ARRAY(a, int64_t, TEAM_MAX);
	struct casefile_new n = { .uuid = uuid_at(c->opened_ms),
		                  .reference_key = w->plein->reference_key,
		                  .viewer = &c->coordinator->viewer,
		                  .now_ms = c->opened_ms,
		                  .signal_id = c->signal_id,
		                  .activity = ACTIVITY_CASE_CONSULTATION,
		                  .variant = VARIANT_USUAL,
		                  .has_purpose = true,
		                  .organs = organs,
		                  .organ_count = c->team_count };

	for (size_t i = 0; i < c->team_count; i++)
		organs[i] = c->team[i]->viewer.organ_id;
	casefile_seal_part(k, &n, CASEFILE_TITLE, world_words(w, a, 5), a);
	casefile_seal_part(k, &n, CASEFILE_PURPOSE, world_words(w, a, 20), a);
	casefile_seal_part(k, &n, CASEFILE_ASSIGNMENT, world_words(w, a, 20), a);
	enum status st =
	    subjects_carry(db_tx_read(tx), k, c->signal_id, c->opened_ms, a, &n.subjects, reterr);
	return st == OK ? casefile_open(tx, &n, &c->id, &c->reference, reterr) : st;
}

static enum status staff(struct db_tx *tx, const struct told_case *c, struct error *reterr)
{
	const struct casefile_writer by = { c->id, &c->coordinator->viewer, later(c, TEAM_DAYS) };
	enum status st =
	    casefile_member_put(tx, &by, c->analyst->viewer.appointment_id, false, reterr);

	for (size_t i = 0; st == OK && i < c->team_count; i++)
		st = casefile_member_put(tx, &by, c->team[i]->viewer.appointment_id, false, reterr);
	return st;
}

/* ---- what they know ------------------------------------------------------------------------------- */

static bool may_tell(const struct viewer *v, const struct law_kind *kind, enum law_phase opened,
                     int theme, int32_t day)
{
	const struct law_category_row *row = law_category(kind->category);
	const struct law_item item = { .category = kind->category,
		                       .source = (enum law_letter)v->letter,
		                       .phase = row != NULL ? row->phase : PHASE_UNKNOWN,
		                       .task = law_first_task((enum law_letter)v->letter),
		                       .received_day = day,
		                       .about_subject = true,
		                       .in_casefile = true,
		                       .opened_phase = opened,
		                       .activity = ACTIVITY_CASE_CONSULTATION,
		                       .crime_form = theme_crime_form(theme),
		                       .has_author = true,
		                       .has_origin = true,
		                       .source_grade = 'A',
		                       .information_grade = '2',
		                       .kind = kind->code,
		                       .on_day = day };

	return !kind->refused && law_item_may(&item).kind != VERDICT_NO;
}

/* A kind of fact that the law lets him give; NULL: none. */
static const struct law_kind *kind_for(struct world *w, const struct viewer *v,
                                       enum law_phase opened, int theme, int32_t day)
{
	size_t count = 0;
	const struct law_kind *kinds = law_kinds(&count);
	const size_t from = world_draw(w, (uint32_t)count);

	for (size_t i = 0; i < count; i++) {
		const struct law_kind *kind = &kinds[(from + i) % count];
		if (kind->of == KIND_FACT && may_tell(v, kind, opened, theme, day))
			return kind;
	}
	return NULL;
}

struct telling {
	int64_t number, at_ms;
	enum law_phase opened;
};

static enum status tell(struct world *w, struct db_tx *tx, const struct told_case *c,
                        const struct telling *t, struct error *reterr)
{
	const struct viewer *v = &c->team[world_draw(w, (uint32_t)c->team_count)]->viewer;
	const struct law_kind *kind = kind_for(w, v, t->opened, c->theme, local_day(t->at_ms));
	struct arena *a = db_tx_arena(tx);
	struct sealed_known_fact sealed;

	if (kind == NULL)
		return FAIL(reterr, ERR_INTERNAL, "organ %c may tell nothing", v->letter);
	const struct fact_new fact = { .kind = kind->code,
		                       .category = kind->category,
		                       .phase = law_category(kind->category)->phase,
		                       .text = world_words(w, a, 15),
		                       .source_grade = 'A',
		                       .information_grade = '2',
		                       .task = law_first_task((enum law_letter)v->letter),
		                       .participant_id = v->participant_id,
		                       .organ_id = v->organ_id,
		                       .appointment_id = v->appointment_id };
	enum status st = casefile_fact_seal(db_tx_read(tx), w->plein->keyring, c->id, t->number,
	                                    &fact, t->at_ms, a, &sealed, reterr);
	return st == OK ? casefile_fact_add(tx, c->id, &sealed, t->at_ms, reterr) : st;
}

/* What a signal brings of a subject: three facts or so. */
enum { BROUGHT = 3 };

static enum status tell_all(struct world *w, struct db_tx *tx, const struct told_case *c,
                            bool phase_2, struct error *reterr)
{
	const int64_t more = c->facts - c->subjects * BROUGHT;
	enum status st = OK;

	for (int64_t i = 0; st == OK && i < more; i++) {
		const int64_t number = 1 + i % c->subjects;
		const struct telling t = { number, later(c, PHASE_DAYS + 1 + i * TELLS_DAYS / more),
			                   number == 1 && phase_2 ? PHASE_2 : PHASE_1 };
		if (t.at_ms < c->until_ms)
			st = tell(w, tx, c, &t, reterr);
	}
	return st;
}

/* ---- what ties them ---------------------------------------------------------------------------------- */

/* A kind of tie that goes from one to the other, that somebody may tell in the first phase. */
static const struct law_kind *tie_of(const struct told_case *c, const struct subject *from,
                                     const struct subject *to, const struct viewer **ret_who)
{
	for (const struct code *t = TIE_KINDS; t->name != NULL; t++) {
		const struct law_kind *kind = law_kind((uint16_t)t->value);
		for (size_t i = 0; tie_fits(t->value, from->kind, to->kind) && i < c->team_count;
		     i++) {
			*ret_who = &c->team[i]->viewer;
			if (may_tell(*ret_who, kind, PHASE_1, c->theme, local_day(c->opened_ms)))
				return kind;
		}
	}
	return NULL;
}

static enum status tie(struct world *w, struct db_tx *tx, const struct told_case *c,
                       const struct subject *from, const struct subject *to, struct error *reterr)
{
	const struct viewer *v = NULL;
	const struct law_kind *kind = tie_of(c, from, to, &v);
	const int64_t at = later(c, PHASE_DAYS);
	struct sealed_casefile_tie sealed;

	if (kind == NULL)
		return OK;
	const struct casefile_tie_new n = { .from = from->number,
		                            .to = to->number,
		                            .kind = kind->code,
		                            .category = kind->category,
		                            .phase = PHASE_1,
		                            .note = "",
		                            .from_day = INT64_MIN,
		                            .until_day = INT64_MIN,
		                            .source = {
						v->participant_id, v->organ_id, v->appointment_id,
						law_first_task((enum law_letter)v->letter) } };
	enum status st = casefile_tie_seal(db_tx_read(tx), w->plein->keyring, c->id, &n, at,
	                                   db_tx_arena(tx), &sealed, reterr);
	return st == OK ? casefile_tie_add(tx, c->id, &sealed, at, reterr) : st;
}

/* The first is a person; so are a quarter of the others, and each has something to do with him. */
static enum status tie_all(struct world *w, struct db_tx *tx, const struct told_case *c,
                           struct error *reterr)
{
	struct array subjects = { 0 };

	if (later(c, PHASE_DAYS) >= c->until_ms)
		return OK;
	enum status st = subject_list_in_casefile(db_tx_read(tx), w->plein->keyring, c->id,
	                                          db_tx_arena(tx), &subjects, reterr);
	const struct subject *s = subjects.items;
	for (size_t i = 1; st == OK && i < subjects.count; i++)
		st = tie(w, tx, c, &s[0], &s[i], reterr);
	return st;
}

/* ---- phase 2 of the first subject ------------------------------------------------------------------ */

static enum status find_proposal(struct world *w, struct db_tx *tx, const struct told_case *c,
                                 int64_t presence, int64_t *ret, struct error *reterr)
{
	struct array proposals = { 0 };
	enum status st = phase_list(db_tx_read(tx), w->plein->keyring, c->id, presence, PHASE_2,
	                            db_tx_arena(tx), &proposals, reterr);
	const struct phase_proposal *p = proposals.items;

	if (st == OK)
		*ret = p[proposals.count - 1].id;
	return st;
}

static enum status open_phase(struct world *w, struct db_tx *tx, const struct told_case *c,
                              int64_t presence, struct error *reterr)
{
	struct arena *a = db_tx_arena(tx);
	const char *const text[3] = { world_words(w, a, 20), "", "" };
	const struct move *mv = machine_move(&PHASE_MACHINE, PHASE_PROPOSED, PHASE_OPEN);
	const int64_t at = later(c, PHASE_DAYS);
	struct sealed_proposal p;
	int64_t id = 0;

	phase_seal(w->plein->keyring, c->id, presence, PHASE_2, text, at, a, &p);
	enum status st = phase_propose(tx, &p, c->analyst->viewer.appointment_id, at, reterr);
	if (st == OK)
		st = find_proposal(w, tx, c, presence, &id, reterr);
	return st == OK
	           ? phase_set_state(tx, id, mv, c->coordinator->viewer.appointment_id, at, reterr)
	           : st;
}

static enum status maybe_open_phase(struct world *w, struct db_tx *tx, const struct told_case *c,
                                    bool *ret, struct error *reterr)
{
	struct array subjects = { 0 };

	*ret = false;
	if (world_draw(w, 100) >= PHASE_IN_HUNDRED || later(c, PHASE_DAYS) >= c->until_ms)
		return OK;
	enum status st = subject_list_in_casefile(db_tx_read(tx), w->plein->keyring, c->id,
	                                          db_tx_arena(tx), &subjects, reterr);
	const struct subject *s = subjects.items;
	*ret = st == OK && subjects.count > 0;
	return *ret ? open_phase(w, tx, c, s[0].id, reterr) : st;
}

/* ---- its end ---------------------------------------------------------------------------------------- */

static const struct {
	enum casefile_action action;
	int64_t days;
	enum role role;
} STEPS[] = {
	{ CASEFILE_ANALYSE, 45, ROLE_ANALYST },
	{ CASEFILE_DRAFT_ADVICE, 60, ROLE_ANALYST },
	{ CASEFILE_FINISH_ADVICE, 75, ROLE_RIEC_HEAD },
	{ CASEFILE_TO_STEERING, 80, ROLE_RIEC_HEAD },
	{ CASEFILE_DECIDE, 89, ROLE_STEERING_SECRETARY },
	{ CASEFILE_EXECUTE, 90, ROLE_INTERVENTION_LEAD },
};
static const struct {
	enum casefile_action action;
	int64_t days;
	enum role role;
} ENDS[] = {
	{ CASEFILE_EVALUATE, 380, ROLE_INTERVENTION_LEAD },
	{ CASEFILE_CLOSE, 400, ROLE_RIEC_HEAD },
};

static const struct viewer *by_role(const struct world *w, const struct told_case *c,
                                    enum role role)
{
	if (role == ROLE_ANALYST)
		return &c->analyst->viewer;
	if (role == ROLE_RIEC_HEAD)
		return &w->heads.items[0].viewer;
	return role == ROLE_STEERING_SECRETARY ? &w->steering.items[0].viewer
	                                       : &w->leads.items[0].viewer;
}

/* The advice itself isn't written here; the casefile moves as if two persons had signed it. */
static enum status step(struct world *w, struct db_tx *tx, const struct told_case *c,
                        enum casefile_action action, int64_t days, enum role role,
                        struct error *reterr)
{
	struct casefile_picture p = { 0 };
	const struct casefile_moving m = { .who = { c->id, by_role(w, c, role), later(c, days) },
		                           .action = action,
		                           .picture = &p };
	enum status st = casefile_picture_load(db_tx_read(tx), c->id, &p, reterr);

	p.proposals = 1;
	p.incomplete_proposals = p.open_objections = 0;
	p.advice_final = p.steering_decided = p.lead_appointed = true;
	p.feedback_arranged = p.second_person = true;
	return st == OK ? casefile_move(tx, &m, reterr) : st;
}

enum status world_forget(struct world *w, struct db_tx *tx, const struct told_case *c,
                         struct error *reterr)
{
	const struct casefile_forgetting f = { .id = c->id,
		                               .now_ms = c->until_ms,
		                               .viewer = &w->records.items[0].viewer,
		                               .keyring = w->plein->keyring };
	bool done = false;
	enum status st = OK;

	for (size_t i = 0; st == OK && i < sizeof ENDS / sizeof ENDS[0]; i++)
		st = step(w, tx, c, ENDS[i].action, ENDS[i].days, ENDS[i].role, reterr);
	if (st == OK)
		st = casefile_forget(tx, &f, &done, reterr);
	return st == OK && !done ? FAIL(reterr, ERR_INTERNAL, "a casefile didn't end") : st;
}

enum status world_casefile(struct world *w, struct db_tx *tx, struct told_case *c,
                           struct error *reterr)
{
	bool phase_2 = false;

	choose_team(w, c);
	enum status st = open_it(w, tx, c, reterr);
	if (st == OK && later(c, TEAM_DAYS) < c->until_ms)
		st = staff(tx, c, reterr);
	if (st == OK)
		st = maybe_open_phase(w, tx, c, &phase_2, reterr);
	if (st == OK)
		st = tie_all(w, tx, c, reterr);
	if (st == OK)
		st = tell_all(w, tx, c, phase_2, reterr);
	for (size_t i = 0; st == OK && i < sizeof STEPS / sizeof STEPS[0]; i++)
		if (later(c, STEPS[i].days) < c->until_ms)
			st = step(w, tx, c, STEPS[i].action, STEPS[i].days, STEPS[i].role, reterr);
	return st;
}
