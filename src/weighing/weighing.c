#include "weighing/weighing.h"

#include "access/access.h"
#include "audit/action.h"
#include "platform/core/dutch.h"
#include "signals/signal.h"

static const struct verdict YES = { .kind = VERDICT_YES };

#define R(name)  ROLE_BIT(ROLE_##name)
#define COUNT(t) (sizeof(t) / sizeof((t)[0]))
static const uint64_t RUNNERS = R(CHAIR) | R(SECRETARY) | R(INFO_COORDINATOR);
/* An outcome is registered by who may move the signal itself (signals/signal.h). */
static const uint64_t REGISTRARS = R(SECRETARY) | R(INFO_COORDINATOR);

/* ---- the meeting -------------------------------------------------------------------------- */

static const struct state MEETING_STATES[] = {
	{ MEETING_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ MEETING_PLANNED, "PLANNED", "Gepland", LOOK_TODO },
	{ MEETING_RUNNING, "RUNNING", "Bezig", LOOK_BUSY },
	{ MEETING_PAUSED, "PAUSED", "Geschorst", LOOK_WAIT },
	{ MEETING_CLOSED, "CLOSED", "Gesloten", LOOK_DONE },
	{ MEETING_CALLED_OFF, "CALLED_OFF", "Gaat niet door", LOOK_STOPPED },
};
static const struct action MEETING_ACTIONS[] = {
	{ MEETING_PLAN, "plan", "Plan een overleg" },
	{ MEETING_OPEN, "open", "Open de vergadering" },
	{ MEETING_CLOSE, "close", "Sluit de vergadering" },
	{ MEETING_CALL_OFF, "call-off", "Laat het overleg niet doorgaan" },
	{ MEETING_PAUSE, "pause", "Schors" },
	{ MEETING_RESUME, "resume", "Ga verder" },
};

static struct verdict may_open(const void *picture)
{
	const struct meeting_picture *p = picture;
	if (p->items == 0)
		return verdict_no_by(NULL, "Er staat nog niets op de agenda.",
		                     "Zet eerst een signaal erop.");
	return YES;
}

size_t meeting_gaps(const struct meeting_picture *p, struct meeting_gap ret[MEETING_GAPS_MAX])
{
	size_t n = 0;

	if (p->undecided > 0)
		ret[n++] = (struct meeting_gap){
			"Neem eerst over elk agendapunt een besluit, of haal het eraf.",
			p->undecided
		};
	if (p->presence_unsaid > 0)
		ret[n++] = (struct meeting_gap){ "Leg eerst van iedereen vast of hij er was.",
			                         p->presence_unsaid };
	if (p->present == 0)
		ret[n++] = (struct meeting_gap){ "Er was niemand aanwezig.", 0 };
	return n;
}

static struct verdict may_close(const void *picture)
{
	struct meeting_gap gaps[MEETING_GAPS_MAX];
	size_t count = meeting_gaps(picture, gaps);
	return count == 0 ? YES : verdict_no_by(NULL, gaps[0].sentence, NULL);
}

#define MEETING_MOVE(from_, action_, to_, who_, guard_, source_)                                   \
	{                                                                                          \
		.from = MEETING_##from_, .action = MEETING_##action_, .to = MEETING_##to_,         \
		.who = (who_), .guard = (guard_), .audit_action = AUDIT_MEETING_CHANGE,            \
		.source = (source_)                                                                \
	}
static const struct move MEETING_MOVES[] = {
	MEETING_MOVE(NONE, PLAN, PLANNED, RUNNERS, NULL, "D 6.1"),
	MEETING_MOVE(PLANNED, OPEN, RUNNING, RUNNERS, may_open, "decisions 2.2"),
	MEETING_MOVE(PLANNED, CALL_OFF, CALLED_OFF, REGISTRARS, NULL, "house rule"),
	MEETING_MOVE(RUNNING, PAUSE, PAUSED, RUNNERS, NULL, "house rule"),
	MEETING_MOVE(PAUSED, RESUME, RUNNING, RUNNERS, NULL, "house rule"),
	MEETING_MOVE(RUNNING, CLOSE, CLOSED, RUNNERS, may_close, "decisions 2.6"),
};

const struct machine MEETING_MACHINE = {
	.name = "meeting",
	.states = MEETING_STATES,
	.state_count = COUNT(MEETING_STATES),
	.actions = MEETING_ACTIONS,
	.action_count = COUNT(MEETING_ACTIONS),
	.moves = MEETING_MOVES,
	.move_count = COUNT(MEETING_MOVES),
};

/* ---- an item of the agenda ------------------------------------------------------------------- */

static const struct state ITEM_STATES[] = {
	{ ITEM_NONE, "NONE", "Nieuw", LOOK_DRAFT },
	{ ITEM_WAITING, "WAITING", "Nog te bespreken", LOOK_TODO },
	{ ITEM_SCORING, "SCORING", "Wordt gescoord", LOOK_BUSY },
	{ ITEM_REVEALED, "REVEALED", "Scores onthuld", LOOK_BUSY },
	{ ITEM_DECIDED, "DECIDED", "Besloten", LOOK_DONE },
	{ ITEM_TAKEN_OFF, "TAKEN_OFF", "Van de agenda", LOOK_STOPPED },
};
static const struct action ITEM_ACTIONS[] = {
	{ ITEM_ADD, "add", "Zet op de agenda" },
	{ ITEM_ASK_SCORES, "ask-scores", "Vraag om scores" },
	{ ITEM_REVEAL, "reveal", "Onthul de scores" },
	{ ITEM_SCORE_AGAIN, "score-again", "Scoor opnieuw" },
	{ ITEM_DECIDE, "decide", "Leg het besluit vast" },
	{ ITEM_TAKE_OFF, "take-off", "Haal van de agenda" },
};

static struct verdict running(const void *picture)
{
	const struct item_picture *p = picture;
	return p->meeting_running ? YES
	                          : verdict_no_by(NULL, "De vergadering is nu niet bezig.",
	                                          "Open de vergadering, of ga verder.");
}

static const char *const TOO_FEW[QUORUM_OTHERS_MAX] = {
	"Er zijn te weinig deelnemers: naast de indiener minstens één andere.",
	"Er zijn te weinig deelnemers: naast de indiener minstens twee andere.",
	"Er zijn te weinig deelnemers: naast de indiener minstens drie andere.",
	"Er zijn te weinig deelnemers: naast de indiener minstens vier andere.",
	"Er zijn te weinig deelnemers: naast de indiener minstens vijf andere.",
};

static int64_t others_needed(const struct item_picture *p)
{
	if (p->others_needed <= 0)
		return QUORUM_OTHERS;
	return p->others_needed < QUORUM_OTHERS_MAX ? p->others_needed : QUORUM_OTHERS_MAX;
}

struct verdict weighing_quorum(const struct item_picture *p)
{
	if (!p->submitter_present)
		return verdict_no_by(
		    "WGS, artikel 2.23",
		    "De indiener is er niet. Zonder indiener beslist het overleg niet.",
		    "Leg de aanwezigheid vast, of haal het punt van de agenda.");
	const int64_t needed = others_needed(p);
	return p->others_present < needed ? verdict_no_by("WGS, artikel 2.23", TOO_FEW[needed - 1],
	                                                  "Leg de aanwezigheid vast.")
	                                  : YES;
}

static struct verdict may_reveal(const void *picture)
{
	const struct item_picture *p = picture;
	struct verdict v = running(p);
	if (!verdict_allows(v))
		return v;
	return p->scored > 0 ? YES : verdict_no_by(NULL, "Nog niemand heeft gescoord.", NULL);
}

static struct verdict may_decide(const void *picture)
{
	const struct item_picture *p = picture;
	struct verdict v = running(p);
	return verdict_allows(v) ? weighing_quorum(p) : v;
}

#define ITEM_MOVE(from_, action_, to_, who_, guard_, audit_)                                       \
	{                                                                                          \
		.from = ITEM_##from_, .action = ITEM_##action_, .to = ITEM_##to_, .who = (who_),   \
		.guard = (guard_), .audit_action = (audit_), .source = "decisions 2.1-2.2"         \
	}
static const struct move ITEM_MOVES[] = {
	{ .from = ITEM_NONE,
	  .action = ITEM_ADD,
	  .to = ITEM_WAITING,
	  .who = R(INFO_COORDINATOR),
	  .audit_action = AUDIT_MEETING_CHANGE,
	  .source = "D 6.1" },
	ITEM_MOVE(WAITING, ASK_SCORES, SCORING, RUNNERS, running, AUDIT_MEETING_CHANGE),
	ITEM_MOVE(SCORING, REVEAL, REVEALED, RUNNERS, may_reveal, AUDIT_MEETING_CHANGE),
	ITEM_MOVE(REVEALED, SCORE_AGAIN, SCORING, RUNNERS, running, AUDIT_MEETING_CHANGE),
	ITEM_MOVE(WAITING, DECIDE, DECIDED, REGISTRARS, may_decide, AUDIT_OUTCOME),
	ITEM_MOVE(REVEALED, DECIDE, DECIDED, REGISTRARS, may_decide, AUDIT_OUTCOME),
	ITEM_MOVE(WAITING, TAKE_OFF, TAKEN_OFF, REGISTRARS, NULL, AUDIT_MEETING_CHANGE),
};

const struct machine ITEM_MACHINE = {
	.name = "agenda_item",
	.states = ITEM_STATES,
	.state_count = COUNT(ITEM_STATES),
	.actions = ITEM_ACTIONS,
	.action_count = COUNT(ITEM_ACTIONS),
	.moves = ITEM_MOVES,
	.move_count = COUNT(ITEM_MOVES),
};

/* ---- scores ------------------------------------------------------------------------------------ */

struct verdict weighing_may_score(const struct score_asking *q)
{
	if (q->letter < 'a' || q->letter > 'l')
		return verdict_no_by("WGS, artikel 2.19, eerste lid",
		                     "Alleen een deelnemer scoort. Het RIEC-bureau weegt niet mee.",
		                     NULL);
	if (!q->speaks)
		return verdict_no_by("WGS, artikel 2.19, eerste lid",
		                     "U spreekt niet namens deze organisatie.",
		                     "Vraag de secretaris om dat vast te leggen.");
	if (q->meeting_state == MEETING_PAUSED)
		return verdict_no_by(NULL, "De vergadering is geschorst. Scoren kan straks weer.",
		                     NULL);
	if (!is_present(q->presence))
		return verdict_no_by(NULL, "U staat niet als aanwezig op de lijst.",
		                     "Vraag de secretaris om u op aanwezig te zetten.");
	if (q->item_state == ITEM_REVEALED || q->item_state == ITEM_DECIDED)
		return verdict_no_by(NULL, "De scores zijn al onthuld. Wijzigen kan niet meer.",
		                     "Vraag de voorzitter om opnieuw te scoren.");
	if (q->item_state != ITEM_SCORING)
		return verdict_no_by(NULL, "De voorzitter vraagt nog niet om scores.", NULL);
	if (q->by_another && !q->takes_over)
		return verdict_no_by(
		    "WGS, artikel 2.19, eerste lid",
		    "Een collega scoorde al namens uw organisatie: per orgaan één oordeel.",
		    "Spreekt u nu namens uw organisatie? Neem de score dan over.");
	return YES;
}

static void add_to(struct spread *s, int value)
{
	if (s->given == 0 || value < s->lowest)
		s->lowest = value;
	if (s->given == 0 || value > s->highest)
		s->highest = value;
	s->difference = s->highest - s->lowest;
	s->at[value]++;
	s->given++;
}

void weighing_spread(const struct score *scores, size_t count, int factors, struct spread *ret)
{
	for (int f = 0; f < factors; f++)
		ret[f] = (struct spread){ .factor = f };
	for (size_t i = 0; i < count; i++)
		add_to(&ret[scores[i].factor], scores[i].value);
	for (int i = 1; i < factors; i++)
		for (int j = i; j > 0 && ret[j].difference > ret[j - 1].difference; j--) {
			struct spread larger = ret[j];
			ret[j] = ret[j - 1];
			ret[j - 1] = larger;
		}
}

/* ---- the order of the agenda ------------------------------------------------------------------- */

/* Since when this submitter waits: his oldest signal that wasn't deferred. */
static int64_t waits_since(const struct agenda_place *places, size_t count, int64_t participant)
{
	int64_t since = INT64_MAX;
	for (size_t i = 0; i < count; i++)
		if (places[i].participant_id == participant && places[i].deferred_times == 0 &&
		    places[i].submitted_at < since)
			since = places[i].submitted_at;
	return since;
}

static bool before(const struct agenda_place *places, size_t count, const struct agenda_place *a,
                   const struct agenda_place *b)
{
	if ((a->deferred_times > 0) != (b->deferred_times > 0))
		return a->deferred_times > 0;
	if (a->deferred_times > 0 && a->deferred_times != b->deferred_times)
		return a->deferred_times > b->deferred_times;
	if (a->participant_id != b->participant_id && a->deferred_times == 0) {
		int64_t first = waits_since(places, count, a->participant_id);
		int64_t second = waits_since(places, count, b->participant_id);
		return first != second ? first < second : a->participant_id < b->participant_id;
	}
	if (a->submitted_at != b->submitted_at)
		return a->submitted_at < b->submitted_at;
	return a->number < b->number;
}

void weighing_order(struct agenda_place *places, size_t count)
{
	for (size_t i = 1; i < count; i++)
		for (size_t j = i; j > 0 && before(places, count, &places[j], &places[j - 1]);
		     j--) {
			struct agenda_place earlier = places[j];
			places[j] = places[j - 1];
			places[j - 1] = earlier;
		}
}

/* ---- the outcome -------------------------------------------------------------------------------- */

/* By SIGNAL_REASONS of signals/theme.h. */
static const char *why_not(int reason_class)
{
	static const char *const WHY[] = {
		"",
		"Het past niet bij de vijf criteria van de wet.",
		"Eén organisatie kan dit zelf.",
		"Er zijn nog te weinig feiten.",
		"Andere signalen gaan nu voor.",
		"Het hoort ergens anders.",
	};
	if (reason_class < 0 || reason_class >= (int)COUNT(WHY))
		return ""; /* decided by the term, not by a meeting */
	return WHY[reason_class];
}

static const char *deferred_message(const struct outcome_told *o, struct arena *a)
{
	const char *when =
	    o->next_day > 0 ? arena_printf(a, "Het komt terug op %s.", dutch_date(a, o->next_day))
			    : "Het komt later terug.";
	return arena_printf(a, "Het overleg beslist nog niet over uw signaal. %s %s",
	                    why_not(o->reason_class), when);
}

const char *outcome_message(const struct outcome_told *o, struct arena *a)
{
	switch (o->action) {
	case SIGNAL_ADOPT_CASE:
		return "Het overleg maakt van uw signaal een casus. Wij gaan er samen mee verder.";
	case SIGNAL_ADOPT_DIRECT:
		return "Het overleg pakt uw signaal direct op. U hoort wat er gebeurt.";
	case SIGNAL_MERGE:
		return "Het overleg voegt uw signaal bij een ander signaal. Uw tekst blijft van u.";
	case SIGNAL_DEFER:
		return deferred_message(o, a);
	case SIGNAL_NOT_ADOPT:
		return arena_printf(
		    a,
		    "Het overleg neemt uw signaal niet in behandeling. %s%s "
		    "Wij vernietigen uw signaal binnen 30 dagen.",
		    why_not(o->reason_class),
		    o->advise_local ? " Ons advies: pak dit zelf op in uw organisatie." : "");
	default:
		return "";
	}
}

int64_t criteria_count(uint64_t met)
{
	int64_t count = 0;
	for (int c = 1; c <= LAW_CRITERION_COUNT; c++)
		count += (int64_t)(met >> c & 1);
	return count;
}

int64_t agreed_count(const int64_t agreed[LAW_FACTOR_COUNT])
{
	int64_t count = 0;
	for (int f = 0; f < LAW_FACTOR_COUNT; f++)
		count += agreed[f] >= 0;
	return count;
}

int64_t agreed_sum(const int64_t agreed[LAW_FACTOR_COUNT])
{
	int64_t sum = 0;
	for (int f = 0; f < LAW_FACTOR_COUNT; f++)
		sum += agreed[f] >= 0 ? agreed[f] : 0;
	return sum;
}
