#include "demo/tale.h"

#include <stdlib.h>
#include <string.h>

#include "law/statute.h"
#include "matching/generate.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"

enum { PERSONS = 300, PATIENCE_DAYS = 9, MONTHS_OF_SIGHT = 60 };

/* ---- who tells what ----------------------------------------------------------------------------- */

static struct player *teller_of(struct stage *s, const struct story *story, int64_t number)
{
	const bool municipal = strcmp(story->from, "GM") == 0;
	const struct law_task *task = law_task((uint16_t)story->task);
	const char letter = task != NULL ? (char)task->letter : 0;

	return stage_player(s, ROLE_SUBMITTER, municipal ? NULL : story->from, letter,
	                    stage_draw(s, "teller", number, UINT16_MAX));
}

bool tale_begin(struct stage *s, int64_t number, int32_t day, struct tale *ret)
{
	size_t count;
	const struct story *stories = demo_stories(&count);
	const uint32_t first = stage_draw(s, "story", number, (uint32_t)count);

	*ret = (struct tale){ .number = number, .next = TALE_TO_WRITE, .day = day };
	for (size_t i = 0; ret->teller == NULL && i < count; i++) {
		ret->story = &stories[(first + i) % count];
		ret->teller = teller_of(s, ret->story, number);
	}
	ret->coordinator = stage_player(s, ROLE_INFO_COORDINATOR, NULL, 0, (size_t)number);
	return ret->teller != NULL && ret->coordinator != NULL;
}

/* Where it happens: the teller's own municipality, or one of those with a submitter. */
static const struct player *local_of(struct stage *s, const struct tale *t)
{
	if (t->teller->municipality != NULL)
		return t->teller;
	return stage_player(s, ROLE_SUBMITTER, NULL, (char)LETTER_EXECUTIVE,
	                    stage_draw(s, "where", t->number, UINT16_MAX));
}

/* ---- words --------------------------------------------------------------------------------------- */

static const char *street(struct stage *s, const struct tale *t)
{
	return arena_printf(&s->turn, "%s %u",
	                    demo_street(stage_draw(s, "street", t->number, UINT16_MAX)),
	                    1 + stage_draw(s, "house", t->number, 180));
}

static const char *firm(struct stage *s, const struct tale *t)
{
	const uint32_t n = stage_draw(s, "firm", t->number, UINT16_MAX);
	return arena_printf(&s->turn, "%s %s", demo_firm(n), demo_street(n / 16));
}

static const char *day_text(struct stage *s, int32_t day)
{
	const struct civil c = civil_from_day(day);
	return arena_printf(&s->turn, "%d-%d-%d", c.day, c.month, c.year);
}

static int32_t seen_day(struct stage *s, const struct tale *t)
{
	return t->day - 3 - (int32_t)stage_draw(s, "seen", t->number, MONTHS_OF_SIGHT);
}

/* What stands for the letter after a $; NULL: it stands for itself. */
static const char *stands_for(struct stage *s, const struct tale *t, char letter)
{
	switch (letter) {
	case 'S':
		return street(s, t);
	case 'M':
		return local_of(s, t)->municipality;
	case 'F':
		return firm(s, t);
	case 'D':
		return dutch_date(&s->turn, seen_day(s, t));
	default:
		return NULL;
	}
}

enum { TEXT_MAX_BYTES = 8192 };

static const char *told(struct stage *s, const struct tale *t, const char *text)
{
	struct out o;

	out_init(&o, TEXT_MAX_BYTES);
	for (const char *at = text; *at != '\0'; at++) {
		const char *word = *at == '$' ? stands_for(s, t, at[1]) : NULL;
		if (word == NULL) {
			out_raw(&o, at, 1);
			continue;
		}
		out_raw(&o, word, strlen(word));
		at++;
	}
	const char *ret = arena_strndup(&s->turn, o.data, o.len);
	out_free(&o);
	return ret;
}

/* ---- writing ---------------------------------------------------------------------------------------- */

static const char *path_of(struct stage *s, const struct tale *t, const char *rest)
{
	return arena_printf(&s->turn, "/signals/%s%s", t->ref, rest);
}

static enum status edit(struct stage *s, const struct tale *t, const char *step, const char *json,
                        struct error *reterr)
{
	const char *path = path_of(s, t, step);
	return stage_edit(s, t->teller, path, path, json, reterr);
}

static enum status begin(struct stage *s, struct tale *t, struct error *reterr)
{
	const char *location = NULL;
	enum status st = stage_post(s, t->teller, "/signals", NULL, &location, reterr);
	if (st != OK)
		return st;
	const char *ref = location != NULL ? strstr(location, "/signals/") : NULL;
	if (ref == NULL)
		return FAIL_INTERNAL(reterr);
	ref += strlen("/signals/");
	t->ref = arena_strndup(s->arena, ref, strcspn(ref, "/"));
	return OK;
}

static const char *facts_of(struct stage *s, const struct tale *t)
{
	const struct story *y = t->story;
	return stage_json(s, "title", arena_printf(&s->turn, "%s (%s)", y->title, street(s, t)),
	                  "facts", told(s, t, y->facts), "judgement", told(s, t, y->judgement),
	                  "seenFrom", day_text(s, seen_day(s, t)), "reliability", y->reliability,
	                  NULL);
}

static const char *place_of(struct stage *s, const struct tale *t)
{
	const struct player *local = local_of(s, t);
	return stage_json(s, "where",
	                  arena_printf(&s->turn, "%s, %s", street(s, t), local->municipality),
	                  "municipality",
	                  arena_printf(&s->turn, "%lld", (long long)local->municipality_id), NULL);
}

static const char *theme_of(struct stage *s, const struct tale *t)
{
	return stage_json(s, "theme", t->story->theme, "line", t->story->line, "task",
	                  arena_printf(&s->turn, "%d", t->story->task), NULL);
}

static const char *criteria_of(struct stage *s, const struct tale *t)
{
	const char *const *c = t->story->criteria;
	return stage_json(s, "criterionA", told(s, t, c[0]), "criterionB", told(s, t, c[1]),
	                  "criterionC", told(s, t, c[2]), "criterionD", told(s, t, c[3]),
	                  "criterionE", told(s, t, c[4]), NULL);
}

/* ---- subjects ------------------------------------------------------------------------------------------ */

/* Some persons come back in several signals: that is what "known already" is for. */
static const char *person_of(struct stage *s, const struct tale *t)
{
	const struct generate_options people = { .seed = s->seed,
		                                 .record_count = PERSONS,
		                                 .copies = 1 };
	struct made_record made;
	const uint32_t who = stage_draw(s, "person", t->number, PERSONS);

	generate_record(&people, who, &made);
	const char *prefix = made.text[MADE_PREFIX];
	return stage_json(s, "kind", "PERSON", "role", "MAIN", "familyName",
	                  arena_printf(&s->turn, "%s%s%s", prefix, *prefix != '\0' ? " " : "",
	                               made.text[MADE_FAMILY]),
	                  "givenNames", made.text[MADE_GIVEN], "birthDate",
	                  day_text(s, day_from_civil((struct civil){ 1960, 1, 1 }) +
	                                  (int32_t)stage_draw(s, "born", who, 15000)),
	                  NULL);
}

static const char *plate_of(struct stage *s, const struct tale *t)
{
	static const char LETTERS[] = "BDFGHJKLNPRSTVXZ";
	const uint32_t n = stage_draw(s, "plate", t->number, UINT32_MAX);

	return arena_printf(&s->turn, "%c-%03u-%c%c", LETTERS[n % 16], n / 16 % 1000,
	                    LETTERS[n / 16000 % 16], LETTERS[n / 256000 % 16]);
}

static const char *subject_of(struct stage *s, const struct tale *t, enum story_subject kind)
{
	switch (kind) {
	case STORY_PERSON:
		return person_of(s, t);
	case STORY_FIRM:
		return stage_json(s, "kind", "ORGANISATION", "role", "MAIN", "name", firm(s, t),
		                  NULL);
	case STORY_PLACE:
		return stage_json(
		    s, "kind", "PLACE", "role", "MAIN", "street",
		    demo_street(stage_draw(s, "street", t->number, UINT16_MAX)), "houseNumber",
		    arena_printf(&s->turn, "%u", 1 + stage_draw(s, "house", t->number, 180)),
		    "town", local_of(s, t)->municipality, NULL);
	case STORY_VEHICLE:
		return stage_json(s, "kind", "VEHICLE", "role", "MAIN", "plate", plate_of(s, t),
		                  "vehicle", "Witte bestelbus", NULL);
	case STORY_NONE:
		break;
	}
	return NULL;
}

static enum status add_subjects(struct stage *s, const struct tale *t, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < STORY_SUBJECTS; i++) {
		const char *json = subject_of(s, t, t->story->subjects[i]);
		if (json != NULL)
			st = edit(s, t, "/edit/subjects", json, reterr);
	}
	return st;
}

static enum status write(struct stage *s, struct tale *t, struct error *reterr)
{
	enum status st = begin(s, t, reterr);

	if (st == OK)
		st = edit(s, t, "/edit/facts", facts_of(s, t), reterr);
	if (st == OK)
		st = edit(s, t, "/edit/place", place_of(s, t), reterr);
	if (st == OK)
		st = edit(s, t, "/edit/theme", theme_of(s, t), reterr);
	if (st == OK)
		st = edit(s, t, "/edit/criteria", criteria_of(s, t), reterr);
	if (st == OK)
		st = edit(s, t, "/edit/effect",
		          stage_json(s, "tried", told(s, t, t->story->tried), "effect",
		                     told(s, t, t->story->effect), NULL),
		          reterr);
	return st == OK ? add_subjects(s, t, reterr) : st;
}

/* ---- submitting and intake ----------------------------------------------------------------------------- */

static enum status submit(struct stage *s, const struct tale *t, struct error *reterr)
{
	return stage_edit(s, t->teller, path_of(s, t, ""), path_of(s, t, "/submit"),
	                  "{\"declared\":true}", reterr);
}

static enum status look_at(struct stage *s, struct tale *t, bool *ret_asks, struct error *reterr)
{
	const char *page = path_of(s, t, "");

	*ret_asks = !t->asked && stage_draw(s, "asks", t->number, 4) == 0;
	if (*ret_asks)
		return stage_edit(s, t->coordinator, page, path_of(s, t, "/move/return"),
		                  stage_json(s, "question1", t->story->question, NULL), reterr);
	enum status st = stage_edit(s, t->coordinator, page, path_of(s, t, "/known"), NULL, reterr);
	return st == OK ? stage_edit(s, t->coordinator, page, path_of(s, t, "/move/accept"), NULL,
	                             reterr)
	                : st;
}

/* The number of the first question that a page of questions shows. */
static const char *first_question(struct stage *s, const char *body)
{
	const char *at = strstr(body, "\"questions\":");
	at = at != NULL ? strstr(at, "\"id\":") : NULL;
	if (at == NULL)
		return NULL;
	at += strlen("\"id\":");
	return arena_strndup(&s->turn, at, strspn(at, "0123456789"));
}

static enum status answer(struct stage *s, const struct tale *t, struct error *reterr)
{
	const char *body;
	enum status st = stage_get(s, t->teller, path_of(s, t, "/questions"), &body, reterr);
	if (st != OK)
		return st;
	const char *question = first_question(s, body);
	if (question == NULL)
		return FAIL_INTERNAL(reterr);
	st = stage_edit(s, t->teller, path_of(s, t, "/questions"),
	                path_of(s, t, arena_printf(&s->turn, "/questions/%s/answer", question)),
	                stage_json(s, "answer", t->story->answer, NULL), reterr);
	return st == OK ? submit(s, t, reterr) : st;
}

/* ---- after adoption ------------------------------------------------------------------------------------- */

enum status tale_find_case(struct stage *s, struct tale *t, struct error *reterr)
{
	const char *ref = NULL;
	const enum status st = case_newest(s, t->coordinator, &ref, reterr);
	if (st != OK)
		return st;
	t->casefile = (struct case_tale){
		.number = t->number,
		.ref = ref,
		.day = t->day,
		.story = t->story,
		.coordinator = t->coordinator,
		.about = 1,
		.analyst = stage_player(s, ROLE_ANALYST, NULL, 0, (size_t)t->number),
	};
	return OK;
}

/* About what was the second subject, by the same people. */
static void begin_part(struct stage *s, struct tale *t)
{
	enum { OTHER_DRAWS = 1000000 };
	struct story *story = ARENA_NEW(s->arena, struct story);

	*story = *t->story;
	story->subjects[0] = story->subjects[1];
	for (size_t i = 1; i < STORY_SUBJECTS; i++)
		story->subjects[i] = STORY_NONE;
	t->part = (struct case_tale){
		.number = t->number + OTHER_DRAWS,
		.ref = t->casefile.part,
		.day = t->casefile.day,
		.story = story,
		.coordinator = t->coordinator,
		.analyst = t->casefile.analyst,
		.is_part = true,
		.about = 2,
	};
}

static enum status step_casefile(struct stage *s, struct tale *t, int32_t day, struct error *reterr)
{
	const enum status st = case_step(s, &t->casefile, day, reterr);

	if (st != OK || t->casefile.part == NULL)
		return st;
	if (t->part.ref == NULL)
		begin_part(s, t);
	return case_step(s, &t->part, day, reterr);
}

/* ---- day by day ------------------------------------------------------------------------------------------- */

static void go_on(struct stage *s, struct tale *t, enum tale_next next, const char *what)
{
	t->next = next;
	t->day += 1 + (int32_t)stage_draw(s, what, t->number, PATIENCE_DAYS);
}

void tale_decided(struct tale *t, bool adopted, int32_t day)
{
	t->next = adopted ? TALE_IN_CASEFILE : TALE_OVER;
	t->day = day + 1;
}

enum status tale_step(struct stage *s, struct tale *t, int32_t day, struct error *reterr)
{
	bool asks = false;
	enum status st = OK;

	if (t->day > day)
		return OK;
	switch (t->next) {
	case TALE_TO_WRITE:
		st = write(s, t, reterr);
		go_on(s, t, TALE_TO_SUBMIT, "submits");
		break;
	case TALE_TO_SUBMIT:
		st = submit(s, t, reterr);
		go_on(s, t, TALE_TO_LOOK_AT, "looks");
		break;
	case TALE_TO_LOOK_AT:
		st = look_at(s, t, &asks, reterr);
		go_on(s, t, asks ? TALE_TO_ANSWER : TALE_TO_SCHEDULE, "answers");
		t->asked = t->asked || asks;
		break;
	case TALE_TO_ANSWER:
		st = answer(s, t, reterr);
		go_on(s, t, TALE_TO_LOOK_AT, "looks again");
		break;
	case TALE_IN_CASEFILE:
		st = step_casefile(s, t, day, reterr);
		break;
	case TALE_TO_SCHEDULE:
	case TALE_ON_AGENDA:
	case TALE_OVER:
		break; /* by the meeting */
	}
	return st;
}
