#include "signals/whole.h"

#include <string.h>

#include "law/law.h"
#include "law/read_prose.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/theme.h"

enum { TITLE_CHARS = 120, PROSE_CHARS = 20000, PLACE_CHARS = 80 };

#define TEXT(kind_, member_, path_, label_, chars_)                                                \
	{                                                                                          \
		.path = (path_), .kind = (kind_), .offset = offsetof(struct whole_input, member_), \
		.label = (label_), .max_chars = (chars_)                                           \
	}
#define PROSE(member_, path_, label_) TEXT(FIELD_PROSE, member_, path_, label_, PROSE_CHARS)
#define CODE(member_, path_, label_, codes_)                                                       \
	{                                                                                          \
		.path = (path_), .kind = FIELD_CODE,                                               \
		.offset = offsetof(struct whole_input, member_), .label = (label_),                \
		.codes = (codes_)                                                                  \
	}
#define PLAIN(kind_, member_, path_, label_)                                                       \
	{                                                                                          \
		.path = (path_), .kind = (kind_), .offset = offsetof(struct whole_input, member_), \
		.label = (label_)                                                                  \
	}

static const struct field FIELDS[] = {
	TEXT(FIELD_TEXT, title, "title", "Titel", TITLE_CHARS),
	PROSE(facts, "facts", "De feiten"),
	PROSE(judgement, "judgement", "Uw oordeel"),
	PROSE(where, "where", "Waar is het?"),
	PROSE(tried, "tried", "Wat is er al gedaan?"),
	PROSE(effect, "effect", "Wat hoopt u te bereiken?"),
	PROSE(criterion_a, "criterionA", "a. Uw aanwijzingen"),
	PROSE(criterion_b, "criterionB", "b. Het verband met criminaliteit"),
	PROSE(criterion_c, "criterionC", "c. Waarom samen gegevens verwerken"),
	PROSE(criterion_d, "criterionD", "d. Waarom een gezamenlijke aanpak"),
	PROSE(criterion_e, "criterionE", "e. Waarom deze regio"),
	TEXT(FIELD_TEXT, municipality, "municipality", "Gemeente", PLACE_CHARS),
	PLAIN(FIELD_DAY, seen_from, "seenFrom", "Voor het eerst gezien"),
	PLAIN(FIELD_DAY, seen_until, "seenUntil", "Voor het laatst gezien"),
	PLAIN(FIELD_INT, task, "task", "Taak of register"),
	CODE(theme, "theme", "Thema", SIGNAL_THEMES),
	CODE(crime_form, "crimeForm", "Vorm van criminaliteit", SIGNAL_CRIME_FORMS),
	CODE(line, "line", "Lijn", SIGNAL_LINES),
	CODE(reliability, "reliability", "Hoe weet uw organisatie dit?", SIGNAL_RELIABILITIES),
	PLAIN(FIELD_BOOL, declared, "declared", "Mag voor dit doel worden gebruikt, en klopt"),
	{ .path = "subjects",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct whole_input, subjects),
	  .label = "Over wie of wat",
	  .max_chars = SUBJECTS_MAX,
	  .element = &SUBJECT_PART_FORM },
};
const struct form WHOLE_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                         sizeof(struct whole_input) };

static const struct part {
	enum signal_part part;
	size_t offset;
	const char *path;
} PARTS[] = {
#define PART(part_, member_, path_)                                                                \
	{                                                                                          \
		PART_##part_, offsetof(struct whole_input, member_), (path_)                       \
	}
	PART(TITLE, title, "title"),
	PART(FACTS, facts, "facts"),
	PART(JUDGEMENT, judgement, "judgement"),
	PART(WHERE, where, "where"),
	PART(TRIED, tried, "tried"),
	PART(EFFECT, effect, "effect"),
	PART(CRITERION_A, criterion_a, "criterionA"),
	PART(CRITERION_B, criterion_b, "criterionB"),
	PART(CRITERION_C, criterion_c, "criterionC"),
	PART(CRITERION_D, criterion_d, "criterionD"),
	PART(CRITERION_E, criterion_e, "criterionE"),
#undef PART
};
enum { PART_ROWS = sizeof PARTS / sizeof PARTS[0] };
_Static_assert(sizeof PARTS / sizeof PARTS[0] <= (size_t)WHOLE_TEXTS, "room for every text");

static const char *text_of(const struct whole_input *in, const struct part *p)
{
	return *(const char *const *)((const char *)in + p->offset);
}

enum status whole_sender_load(struct db_read *r, const struct plein *p, const struct viewer *viewer,
                              int64_t now_ms, struct arena *a, struct whole_sender *ret,
                              struct error *reterr)
{
	struct region own;

	*ret = (struct whole_sender){ .plein = p, .viewer = viewer, .now_ms = now_ms };
	if (viewer->organ_id == 0)
		return FAIL(
		    reterr, ERR_DENIED,
		    "Alleen een indiener kan een signaal schrijven, namens zijn organisatie.");
	enum status st = region_own(r, a, &own, reterr);
	return st == OK ? municipality_list(r, own.id, local_day(now_ms), a, &ret->municipalities,
	                                    reterr)
	                : st;
}

/* ---- judging ----------------------------------------------------------------------------------- */

static void wrong(struct problems *problems, const char *path, const char *sentence)
{
	problems_add(problems, PROBLEM_ERROR, path, sentence);
}

static void check_days(const struct whole_input *in, int64_t today, struct problems *problems)
{
	if (in->seen_from != FIELD_NO_DAY && in->seen_from > today)
		wrong(problems, "seenFrom",
		      "Deze dag moet nog komen. Kies een dag tot en met vandaag.");
	if (in->seen_until != FIELD_NO_DAY && in->seen_until > today)
		wrong(problems, "seenUntil",
		      "Deze dag moet nog komen. Kies een dag tot en met vandaag.");
	if (in->seen_from != FIELD_NO_DAY && in->seen_until != FIELD_NO_DAY &&
	    in->seen_until < in->seen_from)
		wrong(problems, "seenUntil", "De laatste dag ligt voor de eerste. Wissel ze om.");
}

static void check_task(const struct whole_sender *from, const struct whole_input *in,
                       struct problems *problems)
{
	const struct law_task *task =
	    in->task > 0 && in->task <= UINT16_MAX ? law_task((uint16_t)in->task) : NULL;

	if (in->task != 0 && (task == NULL || (char)task->letter != from->viewer->letter))
		wrong(problems, "task", "Kies een taak van uw eigen organisatie.");
}

static int64_t find_municipality(const struct whole_sender *from, const struct whole_input *in,
                                 struct problems *problems)
{
	const struct municipality *m = from->municipalities.items;

	if (in->municipality[0] == '\0')
		return 0;
	for (size_t i = 0; i < from->municipalities.count; i++)
		if (strcasecmp(m[i].name, in->municipality) == 0 ||
		    strcmp(m[i].cbs_code, in->municipality) == 0)
			return m[i].id;
	wrong(problems, "municipality", "Deze gemeente ligt niet in deze regio.");
	return 0;
}

/* What the writer of a draft would settle, a whole signal brings settled: nothing may be left. */
static bool check_prose(const struct whole_input *in, int32_t today, struct arena *scratch,
                        struct problems *problems)
{
	bool clean = true;

	for (size_t i = 0; i < PART_ROWS; i++) {
		const char *text = text_of(in, &PARTS[i]);
		const struct arena_mark mark = arena_mark(scratch);
		const struct law_finds finds = law_prose_read(scratch, text, strlen(text), today);
		for (size_t j = 0; j < finds.count; j++) {
			const enum law_find_kind kind = finds.item[j].kind;
			const struct law_topic_row *topic =
			    kind == FIND_TOPIC ? law_topic(finds.item[j].topic) : NULL;
			if (kind != FIND_BSN && topic == NULL)
				continue;
			clean = false;
			if (in->declared)
				wrong(problems, PARTS[i].path,
				      topic != NULL ? topic->sentence
				                    : "Hierin staat een BSN. Zet het in het vak "
				                      "BSN van de persoon.");
		}
		arena_rewind(scratch, mark);
	}
	return clean;
}

static size_t characters(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xC0) != 0x80;
	return count;
}

static bool criteria_explained(const struct whole_input *in)
{
	const char *const all[] = { in->criterion_a, in->criterion_b, in->criterion_c,
		                    in->criterion_d, in->criterion_e };

	for (size_t i = 0; i < sizeof all / sizeof all[0]; i++)
		if (characters(all[i]) < CRITERION_MIN_CHARS)
			return false;
	return true;
}

static struct signal_picture picture_of(const struct whole_input *in, int64_t municipality_id,
                                        bool clean)
{
	return (struct signal_picture){
		.state = SIGNAL_DRAFT,
		.actor_is_submitter = true,
		.criteria_explained = criteria_explained(in),
		.has_title = in->title[0] != '\0',
		.has_facts = in->facts[0] != '\0',
		.has_where = in->where[0] != '\0',
		.has_municipality = municipality_id != 0,
		.has_theme = in->theme != 0,
		.has_line = in->line != 0,
		.has_task = in->task != 0,
		.lawful_declared = in->declared,
		.hits_settled = clean,
		.hits_reviewed = true,
	};
}

/* Everything that submitting asks and isn't there, each at the step that would ask it. */
static void check_complete(const struct sealed_whole *w, struct arena *a, struct problems *problems)
{
	struct signal_need needs[SIGNAL_NEEDS];
	const size_t before = problems->error_count;

	(void)signal_needs(&w->picture, 0, false, false, needs);
	for (size_t i = 0; i < SIGNAL_NEEDS; i++)
		if (needs[i].required && !needs[i].done)
			wrong(problems, "",
			      arena_printf(a, "%s: nog niet ingevuld. %s", needs[i].label,
			                   needs[i].reason));
	const struct move *mv = machine_move(&SIGNAL_MACHINE, SIGNAL_DRAFT, SIGNAL_SUBMIT);
	const struct verdict v = move_verdict(mv, ROLE_BIT(ROLE_SUBMITTER), &w->picture);
	if (!verdict_allows(v) && problems->error_count == before)
		problems_add_verdict(problems, "", v);
}

/* ---- subjects ---------------------------------------------------------------------------------- */

/* Problems of one subject, under its place in the list. */
static void under(struct problems *to, const struct problems *from, size_t i, struct arena *a)
{
	for (const struct problem *p = from->first; p != NULL; p = p->next) {
		const char *path = p->path[0] != '\0'
		                       ? arena_printf(a, "subjects[%zu].%s", i, p->path)
		                       : arena_printf(a, "subjects[%zu]", i);
		problems_add_again(to, path, p);
	}
}

/* A whole signal comes from one organ: what is apart comes from another task of the same. */
static void own_tasks_alone(const struct whole_sender *from, const struct subject_input *s,
                            const struct subject_fact *facts, size_t count, struct arena *a,
                            struct problems *problems)
{
	for (size_t i = 0; i < count; i++) {
		const struct law_task *task = facts[i].task > 0 && facts[i].task <= UINT16_MAX
		                                  ? law_task((uint16_t)facts[i].task)
		                                  : NULL;
		if (facts[i].task != 0 &&
		    (task == NULL || (char)task->letter != from->viewer->letter))
			wrong(problems, fact_apart_path(s, facts[i].kind, "task", a),
			      "Kies een taak van uw eigen organisatie.");
	}
}

static size_t read_subject(const struct whole_sender *from, const struct whole_input *in, size_t i,
                           struct arena *a, struct problems *problems,
                           struct subject_fact facts[FACT_KIND_COUNT])
{
	const struct subject_input *s = in->subjects.items;
	struct problems own;

	problems_init(&own, a);
	const size_t count = subject_read(&s[i], local_day(from->now_ms), a, facts, &own);
	subject_facts_apart(&s[i], facts, count, a, &own);
	own_tasks_alone(from, &s[i], facts, count, a, &own);
	subject_facts_may((enum law_letter)from->viewer->letter, facts, count, &own);
	under(problems, &own, i, a);
	return own.error_count > 0 ? 0 : count;
}

static const char *tie_problem(const struct whole_input *in, size_t i)
{
	const struct subject_input *s = in->subjects.items;
	const int64_t to = s[i].tie_to;

	if (s[i].role != ROLE_DIRECT_CIRCLE)
		return NULL;
	if (to < 1 || (size_t)to > in->subjects.count || s[to - 1].role != ROLE_MAIN)
		return "Wie bij de directe kring hoort, noemt met tieTo een hoofdpersoon.";
	if (!tie_fits(s[i].tie_kind, s[i].kind, s[to - 1].kind) &&
	    !tie_fits(s[i].tie_kind, s[to - 1].kind, s[i].kind))
		return "Deze band past niet bij deze twee.";
	return NULL;
}

static struct tie_end end_of(const struct sealed_subject *s)
{
	return (
	    struct tie_end){ .uuid = s->uuid, .key = s->key.key, .kind = s->kind, .role = s->role };
}

static void seal_ties(const struct whole_sender *from, const struct whole_input *in,
                      struct arena *a, struct sealed_whole *ret)
{
	const struct subject_input *s = in->subjects.items;

	ret->ties = ARENA_ARRAY(a, struct sealed_tie, in->subjects.count + 1);
	for (size_t i = 0; i < in->subjects.count; i++) {
		if (s[i].role != ROLE_DIRECT_CIRCLE)
			continue;
		struct tie_end mine = end_of(&ret->subjects[i]);
		struct tie_end main = end_of(&ret->subjects[s[i].tie_to - 1]);
		const bool forth = tie_fits(s[i].tie_kind, mine.kind, main.kind);
		tie_seal(forth ? &mine : &main, forth ? &main : &mine, s[i].tie_kind, "",
		         &ret->source, from->now_ms, a, &ret->ties[ret->tie_count++]);
		seal_key_wipe(&mine.key);
		seal_key_wipe(&main.key);
	}
}

static void seal_subjects(const struct whole_sender *from, const struct whole_input *in,
                          struct arena *a, struct problems *problems, struct sealed_whole *ret)
{
	const struct subject_input *s = in->subjects.items;

	ret->subjects = ARENA_ARRAY(a, struct sealed_subject, in->subjects.count + 1);
	for (size_t i = 0; i < in->subjects.count; i++) {
		struct subject_fact facts[FACT_KIND_COUNT];
		const char *tie = tie_problem(in, i);
		const size_t count = read_subject(from, in, i, a, problems, facts);
		if (tie != NULL)
			wrong(problems, arena_printf(a, "subjects[%zu].tieTo", i), tie);
		if (problems->error_count > 0)
			continue;
		subject_seal(from->plein->keyring, from->plein->identifier_key, &s[i], facts, count,
		             &ret->source, from->now_ms, a, &ret->subjects[i]);
		ret->subject_count = i + 1;
	}
	if (problems->error_count == 0)
		seal_ties(from, in, a, ret);
	for (size_t i = 0; i < ret->subject_count; i++)
		seal_key_wipe(&ret->subjects[i].key.key);
}

/* ---- sealing ----------------------------------------------------------------------------------- */

static int64_t day_or_none(int64_t day)
{
	return day == FIELD_NO_DAY ? 0 : day;
}

static struct signal_codes codes_of(const struct whole_input *in, int64_t municipality_id)
{
	return (struct signal_codes){
		.municipality_id = municipality_id,
		.theme = in->theme,
		.crime_form =
		    in->crime_form != 0 ? in->crime_form : (int)theme_crime_form(in->theme),
		.line = in->line,
		.task = in->task,
		.source_reliability = in->reliability,
		.seen_from = day_or_none(in->seen_from),
		.seen_until = day_or_none(in->seen_until),
		.lawful_declared = in->declared,
	};
}

static void seal_texts(const struct whole_sender *from, const struct whole_input *in,
                       struct arena *a, struct sealed_whole *ret)
{
	for (size_t i = 0; i < PART_ROWS; i++) {
		const char *text = text_of(in, &PARTS[i]);
		if (text[0] != '\0')
			signal_seal_part(from->plein->keyring, &ret->uuid, 1, PARTS[i].part, text,
			                 a, &ret->parts[ret->part_count++]);
	}
}

void whole_seal(const struct whole_sender *from, const struct whole_input *in, struct arena *a,
                struct arena *scratch, struct problems *problems, struct sealed_whole *ret)
{
	const int32_t today = local_day(from->now_ms);

	*ret = (struct sealed_whole){ .uuid = uuid_at(from->now_ms), .submits = in->declared };
	check_days(in, today, problems);
	check_task(from, in, problems);
	ret->municipality_id = find_municipality(from, in, problems);
	ret->source = (struct subject_source){ from->viewer->participant_id, from->viewer->organ_id,
		                               from->viewer->appointment_id, (int)in->task };
	ret->codes = codes_of(in, ret->municipality_id);
	ret->picture =
	    picture_of(in, ret->municipality_id, check_prose(in, today, scratch, problems));
	if (in->declared)
		check_complete(ret, a, problems);
	seal_subjects(from, in, a, problems, ret);
	if (problems->error_count == 0)
		seal_texts(from, in, a, ret);
}

/* ---- storing ------------------------------------------------------------------------------------ */

/* Municipalities are few; only those of the own region can be chosen. */
static bool large_place(const struct whole_sender *from, int64_t municipality_id)
{
	const struct municipality *m = from->municipalities.items;

	for (size_t i = 0; i < from->municipalities.count; i++)
		if (m[i].id == municipality_id)
			return m[i].inhabitants >= LARGE_PLACE_INHABITANTS;
	return false;
}

static enum status store_texts(struct db_tx *tx, const struct whole_sender *from,
                               const struct sealed_whole *w, int64_t id, struct error *reterr)
{
	const struct signal_writer who = { id, from->viewer->appointment_id, from->now_ms };
	enum status st = OK;

	for (size_t i = 0; st == OK && i < w->part_count; i++)
		st = signal_text_first(tx, &who, &w->parts[i], reterr);
	return st;
}

static enum status store_subjects(struct db_tx *tx, const struct whole_sender *from,
                                  const struct sealed_whole *w, int64_t id, const int64_t *ids,
                                  struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < w->subject_count; i++) {
		const struct subject_fresh at = { .id = ids[i],
			                          .signal_id = id,
			                          .number = (int64_t)i + 1,
			                          .first_processed_at =
			                              w->submits ? from->now_ms : 0 };
		st = subject_add_fresh(tx, &at, &w->subjects[i], &w->source, from->now_ms, reterr);
	}
	return st;
}

static enum status store_one(struct db_tx *tx, const struct whole_sender *from,
                             const struct sealed_whole *w, const struct signal_numbers *at,
                             const int64_t *presences, struct error *reterr)
{
	const struct signal_fresh fresh = { .uuid = w->uuid,
		                            .at = *at,
		                            .viewer = from->viewer,
		                            .codes = &w->codes,
		                            .large_place = large_place(from, w->municipality_id),
		                            .submits = w->submits ? &w->picture : NULL,
		                            .now_ms = from->now_ms };

	enum status st = signal_store_fresh(tx, &fresh, reterr);
	if (st == OK)
		st = store_texts(tx, from, w, at->id, reterr);
	return st == OK ? store_subjects(tx, from, w, at->id, presences, reterr) : st;
}

/* Few signals have any: these ask before they write. */
static enum status store_ties(struct db_tx *tx, const struct whole_sender *from,
                              const struct sealed_whole *w, int64_t id, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < w->tie_count; i++)
		st = tie_add(tx, id, &w->ties[i], &w->source, from->now_ms, reterr);
	return st;
}

enum status whole_store(struct db_tx *tx, const struct whole_sender *from,
                        const struct sealed_whole *const *all, size_t count,
                        struct signal_numbers *ret, struct error *reterr)
{
	size_t subjects = 0, done = 0;

	for (size_t i = 0; i < count; i++) {
		subjects += all[i]->subject_count;
		ret[i].reference = all[i]->reference;
	}
	int64_t *presences = ARENA_ARRAY(db_tx_arena(tx), int64_t, subjects + 1);
	enum status st =
	    signals_take(tx, from->plein->reference_key, from->now_ms, count, ret, reterr);
	if (st == OK)
		st = db_take_ids(tx, "presence", subjects, presences, reterr);
	db_gather(tx);
	for (size_t i = 0; st == OK && i < count; i++) {
		st = store_one(tx, from, all[i], &ret[i], presences + done, reterr);
		done += all[i]->subject_count;
	}
	for (size_t i = 0; st == OK && i < count; i++)
		st = store_ties(tx, from, all[i], ret[i].id, reterr);
	return st;
}
