/* What happens to one item: asking for scores, the reveal, the outcome, who thought otherwise. */
#include "weighing/spread.h"

#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casework.h"
#include "casework/take_in.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/signals.h"
#include "signals/theme.h"

static const struct code YES_NO[] = { { 1, "yes", "Ja" }, { 2, "no", "Nee" }, { 0 } };

struct decide_input {
	int64_t version;
	int agreed[LAW_FACTOR_COUNT], extra[EXTRA_FACTORS_MAX], criteria[LAW_CRITERION_COUNT],
	    outcome, reason;
	int activity, variant;
	int64_t bottleneck;
	const char *merge_with, *casefile, *purpose, *assignment, *why, *message;
	struct array involved;
	int64_t next_day;
	bool advise_local;
};
struct involved_input {
	int64_t id;
};
static const struct field INVOLVED_FIELDS[] = {
	{ .path = "id",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct involved_input, id),
	  .label = "Deelnemer" },
};
static const struct form INVOLVED_FORM = { INVOLVED_FIELDS, 1, sizeof(struct involved_input) };

#define CODE_FIELD(name, member, at, label_, codes_)                                               \
	{                                                                                          \
		.path = (name), .kind = FIELD_CODE,                                                \
		.offset = offsetof(struct decide_input, member) + (at) * sizeof(int),              \
		.label = (label_), .codes = (codes_)                                               \
	}
#define PROSE(name, member, label_)                                                                \
	{                                                                                          \
		.path = (name), .kind = FIELD_PROSE,                                               \
		.offset = offsetof(struct decide_input, member), .label = (label_),                \
		.max_chars = 2000                                                                  \
	}
static const struct field DECIDE_FIELDS[] = {
	FIELD_VERSION(struct decide_input),
	CODE_FIELD("agreedA", agreed, 0, "Afgesproken score a", FACTOR_SCORES),
	CODE_FIELD("agreedB", agreed, 1, "Afgesproken score b", FACTOR_SCORES),
	CODE_FIELD("agreedC", agreed, 2, "Afgesproken score c", FACTOR_SCORES),
	CODE_FIELD("agreedD", agreed, 3, "Afgesproken score d", FACTOR_SCORES),
	CODE_FIELD("agreedExtra1", extra, 0, "Afgesproken score eigen factor 1", FACTOR_SCORES),
	CODE_FIELD("agreedExtra2", extra, 1, "Afgesproken score eigen factor 2", FACTOR_SCORES),
	CODE_FIELD("agreedExtra3", extra, 2, "Afgesproken score eigen factor 3", FACTOR_SCORES),
	CODE_FIELD("agreedExtra4", extra, 3, "Afgesproken score eigen factor 4", FACTOR_SCORES),
	CODE_FIELD("criterionA", criteria, 0, "Criterium a", YES_NO),
	CODE_FIELD("criterionB", criteria, 1, "Criterium b", YES_NO),
	CODE_FIELD("criterionC", criteria, 2, "Criterium c", YES_NO),
	CODE_FIELD("criterionD", criteria, 3, "Criterium d", YES_NO),
	CODE_FIELD("criterionE", criteria, 4, "Criterium e", YES_NO),
	{ .path = "outcome",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct decide_input, outcome),
	  .label = "Wat doen we met dit signaal?",
	  .codes = OUTCOMES,
	  .required = true,
	  .missing = "Kies wat u met dit signaal doet." },
	CODE_FIELD("reason", reason, 0, "Reden", SIGNAL_REASONS),
	{ .path = "mergeWith",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct decide_input, merge_with),
	  .label = "Samenvoegen met",
	  .max_chars = 14 },
	{ .path = "casefile",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct decide_input, casefile),
	  .label = "Hoort het bij een casus die er al is?",
	  .max_chars = 14 },
	{ .path = "involved",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct decide_input, involved),
	  .label = "Welke deelnemers werken mee?",
	  .max_chars = ATTENDEES_MAX,
	  .element = &INVOLVED_FORM },
	{ .path = "nextDay",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(struct decide_input, next_day),
	  .label = "Wanneer komt het terug?" },
	{ .path = "adviseLocal",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct decide_input, advise_local),
	  .label = "Ons advies: pak dit in de eigen organisatie op" },
	CODE_FIELD("activity", activity, 0, "Waarvoor is de casus?", CASEFILE_ACTIVITIES),
	CODE_FIELD("variant", variant, 0, "Werkwijze", CASEFILE_VARIANTS),
	{ .path = "bottleneck",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct decide_input, bottleneck),
	  .label = "Aangewezen knelpunt" },
	PROSE("purpose", purpose, "Doel van de casus"),
	PROSE("assignment", assignment, "Opdracht"),
	PROSE("why", why, "Waarom, voor het verslag"),
	PROSE("message", message, "Bericht aan de indiener"),
};
const struct form DECIDE_FORM = { DECIDE_FIELDS, sizeof DECIDE_FIELDS / sizeof DECIDE_FIELDS[0],
	                          sizeof(struct decide_input) };

/* ---- the chair's moves ------------------------------------------------------------------------------ */

struct step_change {
	struct version_input in;
	struct on_item on;
};

static enum status prepare_step(struct request *rq, void **ret_input, struct error *reterr)
{
	struct step_change *c = ARENA_NEW(rq->arena, struct step_change);

	*ret_input = c;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	return on_item(rq, &c->on, reterr);
}

static enum status step(struct db_tx *tx, struct change *change, uint8_t action,
                        struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct step_change *c = change->input;
	const struct move *mv = machine_move(&ITEM_MACHINE, c->on.item.state, action);
	struct item_picture p;

	enum status st = db_claim(tx, &ITEM_ROOT, c->on.item.id, c->in.version, reterr);
	if (st == OK && mv == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Dit kan niet meer. Bekijk hoe het nu staat.");
	if (st == OK)
		st = item_picture_load(db_tx_read(tx), c->on.item.id, &p, reterr);
	if (st != OK)
		return st;
	struct verdict v = move_verdict(mv, ROLE_BIT(rq->viewer->role), &p);
	if (!verdict_allows(v))
		return FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
	const struct item_step next = {
		.id = c->on.item.id,
		.now_ms = rq->now_ms,
		.from = mv->from,
		.to = mv->to,
		.criteria_version =
		    weighing_version(db_tx_arena(tx), c->on.meeting.factor_list_number),
	};
	st = item_set_state(tx, &next, reterr);
	change->location = item_path(db_tx_arena(tx), &c->on, "");
	return st == OK ? stir_screens(tx, change, &c->on.meeting, reterr) : st;
}

static enum status apply_ask(struct db_tx *tx, void *args, struct error *reterr)
{
	return step(tx, args, ITEM_ASK_SCORES, reterr);
}

static enum status apply_reveal(struct db_tx *tx, void *args, struct error *reterr)
{
	return step(tx, args, ITEM_REVEAL, reterr);
}

static enum status apply_again(struct db_tx *tx, void *args, struct error *reterr)
{
	return step(tx, args, ITEM_SCORE_AGAIN, reterr);
}

/* ---- the outcome --------------------------------------------------------------------------------------- */

struct decide_change {
	struct decide_input in;
	struct on_item on;
	struct outcome outcome;
	struct agenda_text texts[3];
	int64_t merged_into;
	struct casefile_new casefile;  /* when the outcome opens one */
	struct casefile_taking taking; /* when it comes into one that is there: its id isn't 0 */
};

static void fill_outcome(struct request *rq, struct decide_change *c)
{
	const struct involved_input *from = c->in.involved.items;
	int64_t *involved = ARENA_ARRAY(rq->arena, int64_t, c->in.involved.count + 1);
	int64_t *extra = ARENA_ARRAY(rq->arena, int64_t, EXTRA_FACTORS_MAX);
	struct outcome *o = &c->outcome;

	*o = (struct outcome){ .item_id = c->on.item.id,
		               .appointment_id = rq->viewer->appointment_id,
		               .now_ms = rq->now_ms,
		               .from = c->on.item.state,
		               .action = c->in.outcome,
		               .reason_class = c->in.reason,
		               .involved = involved,
		               .extra = extra,
		               .criteria_version =
		                   weighing_version(rq->arena, c->on.meeting.factor_list_number),
		               .advise_local =
		                   c->in.advise_local && c->in.outcome == SIGNAL_NOT_ADOPT };
	if (c->in.outcome == SIGNAL_DEFER && c->in.next_day != FIELD_NO_DAY)
		o->next_day = c->in.next_day;
	for (int f = 0; f < LAW_FACTOR_COUNT; f++)
		o->agreed[f] = c->in.agreed[f] - 1;
	for (int f = 0; f < EXTRA_FACTORS_MAX; f++)
		extra[f] = c->in.extra[f] - 1;
	for (int i = 0; i < LAW_CRITERION_COUNT; i++)
		if (c->in.criteria[i] == 1)
			o->criteria_met |= UINT64_C(1) << (i + 1);
	/* who would work along on what isn't taken up? */
	const bool taken_up = c->in.outcome != SIGNAL_NOT_ADOPT && c->in.outcome != SIGNAL_DEFER;
	for (size_t i = 0; taken_up && i < c->in.involved.count; i++)
		if (from[i].id != 0)
			involved[o->involved_count++] = from[i].id;
}

/* Own factors that the list of this meeting doesn't have. They are never asked: no guard reads them. */
static enum status check_extras(struct request *rq, const struct decide_change *c,
                                struct error *reterr)
{
	struct array factors = { 0 };
	int64_t number = 0;
	const enum status st =
	    meeting_factors(rq->db, &c->on.meeting, rq->arena, &factors, &number, reterr);

	for (size_t i = factors.count; st == OK && i < EXTRA_FACTORS_MAX; i++)
		if (c->in.extra[i] != 0)
			problems_add(rq->problems, PROBLEM_ERROR, AGREED_EXTRA[i],
			             "Deze factor staat niet op de weeglijst van dit overleg.");
	return st;
}

/* Only organs that were invited to this meeting can be chosen. */
static enum status check_involved(struct request *rq, const struct decide_change *c,
                                  struct error *reterr)
{
	struct array people = { 0 };
	enum status st = speaker_list(rq->db, c->on.meeting.id, rq->arena, &people, reterr);
	const struct attendee *p = people.items;

	for (size_t i = 0; st == OK && i < c->outcome.involved_count; i++) {
		bool known = false;
		for (size_t j = 0; j < people.count; j++)
			known |= p[j].organ_id == c->outcome.involved[i];
		if (!known)
			problems_add(rq->problems, PROBLEM_ERROR, "involved",
			             "Kies deelnemers die bij dit overleg horen.");
	}
	return st;
}

static enum status find_target(struct request *rq, struct decide_change *c, struct error *reterr)
{
	struct signal target;

	if (c->in.outcome != SIGNAL_MERGE || c->in.merge_with[0] == '\0')
		return OK;
	enum status st =
	    signal_load(rq->db, rq->viewer, c->in.merge_with, rq->arena, &target, reterr);
	if (st == ERR_NOT_FOUND || (st == OK && target.id == c->on.item.signal_id)) {
		problems_add(rq->problems, PROBLEM_ERROR, "mergeWith",
		             "Dit signaal kennen wij niet. Kijk het nummer na.");
		return OK;
	}
	c->merged_into = st == OK ? target.id : 0;
	return st;
}

/* The casefile that is there already, in which an adopted signal comes. */
static enum status find_casefile(struct request *rq, struct decide_change *c, struct error *reterr)
{
	struct casefile_target *into = &c->taking.into;

	if (c->in.outcome != SIGNAL_ADOPT_CASE || c->in.casefile[0] == '\0')
		return OK;
	const enum status st = casefile_target_named(rq->db, rq->viewer, c->on.item.signal_id,
	                                             c->in.casefile, rq->arena, into, reterr);
	if (st == ERR_NOT_FOUND) {
		problems_add(rq->problems, PROBLEM_ERROR, "casefile",
		             "Deze casus kennen wij niet. Kijk het nummer na.");
		return OK;
	}
	const struct verdict v = casefile_takes_in(into->state);
	if (st == OK && !verdict_allows(v))
		problems_add(rq->problems, PROBLEM_ERROR, "casefile", v.sentence);
	return st;
}

/* What the form says against itself. */
static void check_outcome(struct request *rq, const struct decide_change *c)
{
	const struct decide_input *in = &c->in;
	enum { CRITERIA_REASON = 1 }; /* of SIGNAL_REASONS */

	if (in->outcome == SIGNAL_DEFER && in->next_day == FIELD_NO_DAY)
		problems_add(rq->problems, PROBLEM_ERROR, "nextDay",
		             "Vul in op welke dag dit signaal terugkomt.");
	if (in->outcome == SIGNAL_DEFER && in->next_day != FIELD_NO_DAY &&
	    in->next_day <= local_day(rq->now_ms))
		problems_add(rq->problems, PROBLEM_ERROR, "nextDay",
		             "Kies een dag die nog moet komen.");
	if (in->outcome == SIGNAL_NOT_ADOPT && in->reason == CRITERIA_REASON &&
	    criteria_count(c->outcome.criteria_met) == LAW_CRITERION_COUNT)
		problems_add(rq->problems, PROBLEM_ERROR, "reason",
		             "U zegt dat alle vijf criteria zijn gehaald. Zet bij minstens één "
		             "criterium Nee, of kies een andere reden.");
}

static bool opens_casefile(const struct decide_change *c)
{
	return c->in.outcome == SIGNAL_ADOPT_CASE || c->in.outcome == SIGNAL_ADOPT_DIRECT;
}

/* What the meeting left open: a consultation, as usual; straight to interventions is FAST_TRACK. */
static void fill_casefile(struct request *rq, struct decide_change *c)
{
	const bool direct = c->in.outcome == SIGNAL_ADOPT_DIRECT;
	struct casefile_new *n = &c->casefile;

	*n = (struct casefile_new){
		.uuid = uuid_at(rq->now_ms),
		.reference_key = plein_of(rq)->reference_key,
		.viewer = rq->viewer,
		.now_ms = rq->now_ms,
		.signal_id = c->on.item.signal_id,
		.activity = c->in.activity != 0 ? c->in.activity : ACTIVITY_CASE_CONSULTATION,
		.variant = direct               ? VARIANT_FAST_TRACK
		           : c->in.variant != 0 ? c->in.variant
		                                : VARIANT_USUAL,
		.bottleneck_id = c->in.bottleneck,
		.organs = c->outcome.involved,
		.organ_count = c->outcome.involved_count,
	};
}

/* Its title is the signal's; without a purpose of its own the assignment says what it is for. */
static enum status seal_casefile(struct request *rq, struct decide_change *c, struct error *reterr)
{
	const struct agenda_item *i = &c->on.item;
	struct keyring *k = plein_of(rq)->keyring;
	const char *title = "";

	if (!opens_casefile(c))
		return OK;
	if (c->taking.into.id != 0) {
		c->taking.viewer = rq->viewer;
		c->taking.now_ms = rq->now_ms;
		c->taking.signal_id = i->signal_id;
		c->taking.organs = c->outcome.involved;
		c->taking.organ_count = c->outcome.involved_count;
		return subjects_carry(rq->db, k, i->signal_id, rq->now_ms, rq->arena,
		                      &c->taking.subjects, reterr);
	}
	enum status st =
	    signal_title_load(rq->db, k, i->signal_id, &i->signal_uuid, rq->arena, &title, reterr);
	if (st != OK)
		return st;
	const char *purpose = c->in.purpose[strspn(c->in.purpose, " \n\t")] != '\0'
	                          ? c->in.purpose
	                          : c->in.assignment;
	fill_casefile(rq, c);
	c->casefile.has_purpose = purpose[strspn(purpose, " \n\t")] != '\0';
	casefile_seal_part(k, &c->casefile, CASEFILE_TITLE, title, rq->arena);
	casefile_seal_part(k, &c->casefile, CASEFILE_PURPOSE, purpose, rq->arena);
	casefile_seal_part(k, &c->casefile, CASEFILE_ASSIGNMENT, c->in.assignment, rq->arena);
	return subjects_carry(rq->db, k, i->signal_id, rq->now_ms, rq->arena, &c->casefile.subjects,
	                      reterr);
}

static enum status prepare_decide(struct request *rq, void **ret_input, struct error *reterr)
{
	struct decide_change *c = ARENA_NEW(rq->arena, struct decide_change);
	struct keyring *k = plein_of(rq)->keyring;

	*ret_input = c;
	enum status st = on_item(rq, &c->on, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &DECIDE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	fill_outcome(rq, c);
	check_outcome(rq, c);
	st = check_involved(rq, c, reterr);
	if (st == OK)
		st = check_extras(rq, c, reterr);
	if (st == OK)
		st = find_target(rq, c, reterr);
	if (st == OK)
		st = find_casefile(rq, c, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	const int64_t id = c->on.item.id;
	agenda_text_seal(k, id, TEXT_ASSIGNMENT, 0, c->in.assignment, rq->arena, &c->texts[0]);
	agenda_text_seal(k, id, TEXT_REASON, 0, c->in.why, rq->arena, &c->texts[1]);
	agenda_text_seal(k, id, TEXT_MESSAGE, 0, c->in.message, rq->arena, &c->texts[2]);
	return seal_casefile(rq, c, reterr);
}

/* Quorum and order: the item's own guard. */
static enum status ask_item(struct db_tx *tx, const struct change *change, struct error *reterr)
{
	const struct decide_change *c = change->input;
	const struct move *mv = machine_move(&ITEM_MACHINE, c->on.item.state, ITEM_DECIDE);
	struct item_picture p;

	if (mv == NULL)
		return FAIL(reterr, ERR_CONFLICT, "Onthul eerst de scores.");
	enum status st = item_picture_load(db_tx_read(tx), c->on.item.id, &p, reterr);
	if (st != OK)
		return st;
	struct verdict v = move_verdict(mv, ROLE_BIT(change->rq->viewer->role), &p);
	return verdict_allows(v) ? OK : FAIL(reterr, ERR_CONFLICT, "%s", v.sentence);
}

/* Criteria, factors, participants, assignment, reason: the signal's own guard. */
static enum status move_signal(struct db_tx *tx, const struct change *change, struct error *reterr)
{
	const struct request *rq = change->rq;
	const struct decide_change *c = change->input;
	struct signal_picture p;

	enum status st =
	    signal_picture_load(db_tx_read(tx), rq->viewer, c->on.item.signal_id, &p, reterr);
	if (st != OK)
		return st;
	p.criteria_met = criteria_count(c->outcome.criteria_met);
	p.factors_recorded = agreed_count(c->outcome.agreed);
	p.participants_involved = (int64_t)c->outcome.involved_count;
	p.assignment_given = c->in.assignment[strspn(c->in.assignment, " \n\t")] != '\0';
	p.reason_given = c->in.reason != 0;
	p.target_chosen = c->merged_into != 0;
	if (c->taking.into.id != 0) { /* weighed in short: who, why and how urgent stand there */
		p.factors_recorded = LAW_FACTOR_COUNT;
		p.participants_involved += c->taking.into.organs;
		p.assignment_given = true;
	}
	const struct signal_moving moving = { .id = c->on.item.signal_id,
		                              .action = (enum signal_action)c->in.outcome,
		                              .viewer = rq->viewer,
		                              .picture = &p,
		                              .now_ms = rq->now_ms,
		                              .merged_into = c->merged_into,
		                              .reason_class = c->in.reason };
	return signal_move(tx, &moving, reterr);
}

static enum status open_casefile(struct db_tx *tx, const struct decide_change *c,
                                 struct error *reterr)
{
	const char *reference = NULL;
	int64_t id = 0;

	if (!opens_casefile(c))
		return OK;
	if (c->taking.into.id != 0)
		return casefile_take_in(tx, &c->taking, reterr);
	return casefile_open(tx, &c->casefile, &id, &reference, reterr);
}

static enum status apply_decide(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct decide_change *c = change->input;
	const struct agenda_item *item = &c->on.item;

	enum status st = db_claim(tx, &SIGNAL_ROOT, item->signal_id, item->signal_version, reterr);
	if (st == OK)
		st = db_claim(tx, &ITEM_ROOT, item->id, c->in.version, reterr);
	if (st == OK)
		st = ask_item(tx, change, reterr);
	if (st == OK)
		st = move_signal(tx, change, reterr);
	if (st == OK)
		st = outcome_put(tx, &c->outcome, reterr);
	for (size_t i = 0; st == OK && i < sizeof c->texts / sizeof c->texts[0]; i++)
		st = agenda_text_put(tx, &c->texts[i], reterr);
	if (st == OK)
		st = open_casefile(tx, c, reterr);
	change->location = item_path(db_tx_arena(tx), &c->on, "");
	change->note = "Het besluit is vastgelegd.";
	return st == OK ? stir_screens(tx, change, &c->on.meeting, reterr) : st;
}

/* ---- who thought otherwise --------------------------------------------------------------------------------- */

static const struct code DISSENT_ABOUT[] = {
	{ 1, "a", "Criterium a" },
	{ 2, "b", "Criterium b" },
	{ 3, "c", "Criterium c" },
	{ 4, "d", "Criterium d" },
	{ 5, "e", "Criterium e" },
	{ 6, "outcome", "Het besluit" },
	{ 0 },
};
struct dissent_input {
	int64_t organ; /* 0: his own */
	int about;
	const char *text;
};
static const struct field DISSENT_FIELDS[] = {
	{ .path = "organ",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct dissent_input, organ),
	  .label = "Wie dacht anders?" },
	{ .path = "about",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct dissent_input, about),
	  .label = "Waarover denkt u anders?",
	  .codes = DISSENT_ABOUT,
	  .required = true },
	{ .path = "text",
	  .kind = FIELD_PROSE,
	  .offset = offsetof(struct dissent_input, text),
	  .label = "Waarom?",
	  .max_chars = 1000 },
};
static const struct form DISSENT_FORM = { DISSENT_FIELDS, 3, sizeof(struct dissent_input) };
struct dissent_change {
	struct dissent_input in;
	struct on_item on;
	struct agenda_text text;
};

/* A member speaks for his own organs; who runs the meeting writes down what each of them said. */
static bool may_say_for(const struct request *rq, struct array speakers, int64_t organ_id)
{
	const bool runs = access_permits(rq->viewer->role, PERM_MEETING_RUN);
	const struct attendee *p = speakers.items;

	for (size_t i = 0; i < speakers.count; i++)
		if (p[i].organ_id == organ_id &&
		    (runs || p[i].appointment_id == rq->viewer->appointment_id))
			return true;
	return false;
}

static enum status prepare_dissent(struct request *rq, void **ret_input, struct error *reterr)
{
	struct dissent_change *c = ARENA_NEW(rq->arena, struct dissent_change);
	struct array people = { 0 };

	*ret_input = c;
	enum status st = on_item(rq, &c->on, reterr);
	if (st == OK)
		st = speaker_list(rq->db, c->on.meeting.id, rq->arena, &people, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &DISSENT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (!meeting_is_under_way(c->on.meeting.state))
		return FAIL(reterr, ERR_CONFLICT, "De vergadering is niet bezig.");
	if (c->in.organ == 0)
		c->in.organ = rq->viewer->organ_id;
	if (!may_say_for(rq, people, c->in.organ))
		problems_add(rq->problems, PROBLEM_ERROR, "organ",
		             "Kies een organisatie die bij dit overleg hoort.");
	agenda_text_seal(plein_of(rq)->keyring, c->on.item.id, TEXT_DISSENT, c->in.organ,
	                 c->in.text, rq->arena, &c->text);
	return OK;
}

static enum status apply_dissent(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct dissent_change *c = change->input;
	const struct dissent d = { c->in.organ, c->in.about == 6 ? 0 : c->in.about };

	enum status st =
	    dissent_put(tx, c->on.item.id, &d, rq->viewer->appointment_id, rq->now_ms, reterr);
	if (st == OK && c->text.sealed != NULL)
		st = agenda_text_put(tx, &c->text, reterr);
	change->location = item_path(db_tx_arena(tx), &c->on, "");
	change->note = c->in.organ == rq->viewer->organ_id ? "Vastgelegd dat u anders denkt."
	                                                   : "Vastgelegd wie er anders dacht.";
	return st == OK ? stir_screens(tx, change, &c->on.meeting, reterr) : st;
}

/* clang-format off */
#define ON_ITEM(path_, may_, action_, prepare_, apply_, redraw_, form_, summary_)                  \
	{ .method = "POST", .path = "/meetings/{ref}/items/{number}" path_, .permission = (may_),  \
	  .action = (action_), .prepare = (prepare_), .apply = (apply_), .redraw = (redraw_),      \
	  .form = (form_), .summary = (summary_) }
/* clang-format on */

const struct route decide_routes[] = {
	ON_ITEM("/_ask-scores", PERM_MEETING_RUN, AUDIT_MEETING_CHANGE, prepare_step, apply_ask,
	        show_item, &VERSION_FORM, "Om scores vragen"),
	ON_ITEM("/_reveal", PERM_MEETING_RUN, AUDIT_MEETING_CHANGE, prepare_step, apply_reveal,
	        show_item, &VERSION_FORM, "De scores onthullen"),
	ON_ITEM("/_score-again", PERM_MEETING_RUN, AUDIT_MEETING_CHANGE, prepare_step, apply_again,
	        show_item, &VERSION_FORM, "Opnieuw laten scoren"),
	ON_ITEM("/_decide", PERM_MEETING_RUN, AUDIT_OUTCOME, prepare_decide, apply_decide,
	        show_item, &DECIDE_FORM, "Het besluit vastleggen"),
	ON_ITEM("/_dissent", PERM_MEETING_SCORE, AUDIT_OUTCOME, prepare_dissent, apply_dissent,
	        show_item, &DISSENT_FORM, "Vastleggen dat uw organisatie anders denkt"),
	ON_ITEM("/_note-dissent", PERM_MEETING_RUN, AUDIT_OUTCOME, prepare_dissent, apply_dissent,
	        show_item, &DISSENT_FORM, "Vastleggen welke organisatie anders denkt"),
	{ 0 },
};
