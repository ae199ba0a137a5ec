/* What earlier work showed: uses and effect of instruments, lessons, good practices that are alike. */
#include "learning/learning_http.h"

#include "access/access.h"
#include "advice/advice.h"
#include "audit/action.h"
#include "interventions/intervention.h"
#include "law/instruments.h"
#include "learning/learning.h"
#include "learning/like_choices.h"
#include "platform/core/dutch.h"
#include "platform/view/choice.h"
#include "platform/view/figure_lines.h"
#include "signals/theme.h"

enum { SMALL = 5 };

/* ---- what the page holds ------------------------------------------------------------------------- */

struct shown_experience {
	const char *instrument, *href, *uses, *assessed, *helped;
	int kind;
};
static const struct view_field EXPERIENCE_FIELDS[] = {
	VIEW_F(struct shown_experience, instrument, VIEW_TEXT),
	VIEW_AS(struct shown_experience, kind, "kind", VIEW_CODE, .codes = INTERVENTION_KINDS),
	VIEW_AS(struct shown_experience, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct shown_experience, uses, VIEW_TEXT),
	VIEW_F(struct shown_experience, assessed, VIEW_TEXT),
	VIEW_F(struct shown_experience, helped, VIEW_TEXT),
};
static const struct view EXPERIENCE_VIEW = VIEW_OF(struct shown_experience, EXPERIENCE_FIELDS);

struct shown_lesson {
	const char *instrument, *text;
	int theme, effect; /* effect: of EFFECTS */
	int64_t months;
};
static const struct view_field LESSON_FIELDS[] = {
	VIEW_F(struct shown_lesson, instrument, VIEW_TEXT),
	VIEW_AS(struct shown_lesson, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES),
	VIEW_AS(struct shown_lesson, effect, "effect", VIEW_CODE, .codes = EFFECTS),
	VIEW_F(struct shown_lesson, months, VIEW_INT),
	VIEW_F(struct shown_lesson, text, VIEW_TEXT),
};
static const struct view LESSON_VIEW = VIEW_OF(struct shown_lesson, LESSON_FIELDS);

struct shown_closing {
	int theme;
	int64_t at;
	const char *worked, *failed, *next_time;
};
static const struct view_field CLOSING_FIELDS[] = {
	VIEW_AS(struct shown_closing, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES),
	VIEW_F(struct shown_closing, at, VIEW_MOMENT),
	VIEW_F(struct shown_closing, worked, VIEW_TEXT),
	VIEW_F(struct shown_closing, failed, VIEW_TEXT),
	VIEW_AS(struct shown_closing, next_time, "nextTime", VIEW_TEXT),
};
static const struct view CLOSING_VIEW = VIEW_OF(struct shown_closing, CLOSING_FIELDS);

struct shown_practice {
	const char *reference, *href, *title, *instrument, *organisation;
	int theme;
	uint8_t state;
};
static const struct view_field PRACTICE_FIELDS[] = {
	VIEW_F(struct shown_practice, reference, VIEW_REF),
	VIEW_AS(struct shown_practice, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct shown_practice, title, VIEW_TEXT),
	VIEW_F(struct shown_practice, instrument, VIEW_TEXT),
	VIEW_F(struct shown_practice, organisation, VIEW_TEXT),
	VIEW_AS(struct shown_practice, theme, "theme", VIEW_CODE, .codes = SIGNAL_THEMES),
	VIEW_AS(struct shown_practice, state, "state", VIEW_STATE, .machine = &PRACTICE_MACHINE),
};
static const struct view PRACTICE_VIEW = VIEW_OF(struct shown_practice, PRACTICE_FIELDS);

struct learning_page {
	struct array themes, instruments, barriers;
	struct array practices, waiting, experiences, lessons, closings;
	bool has_practices, has_waiting, has_experiences, has_lessons, has_closings, hides_small;
	const char *new_href;
	struct figure_files files;
};
#define LIST(member, view_)                                                                        \
	VIEW_AS(struct learning_page, member, #member, VIEW_LIST, .view = &(view_))
#define CHOICES(member)                                                                            \
	VIEW_AS(struct learning_page, member, #member, VIEW_LIST, .view = &CHOICE_VIEW,            \
	        .page_only = true)
#define HAS(member, name_)                                                                         \
	VIEW_AS(struct learning_page, member, name_, VIEW_BOOL, .page_only = true)
static const struct view_field PAGE_FIELDS[] = {
	FIGURE_FILES_FIELDS(struct learning_page, files),
	CHOICES(themes),
	CHOICES(instruments),
	CHOICES(barriers),
	LIST(practices, PRACTICE_VIEW),
	LIST(waiting, PRACTICE_VIEW),
	LIST(experiences, EXPERIENCE_VIEW),
	LIST(lessons, LESSON_VIEW),
	LIST(closings, CLOSING_VIEW),
	HAS(has_practices, "hasPractices"),
	HAS(has_waiting, "hasWaiting"),
	HAS(has_experiences, "hasExperiences"),
	HAS(has_lessons, "hasLessons"),
	HAS(has_closings, "hasClosings"),
	HAS(hides_small, "hidesSmall"),
	VIEW_AS(struct learning_page, new_href, "newHref", VIEW_TEXT, .page_only = true),
};
static const struct view PAGE_VIEW = VIEW_OF(struct learning_page, PAGE_FIELDS);

/* ---- what was asked --------------------------------------------------------------------------------- */

struct like_input {
	int theme, barrier;
	int64_t instrument;
};
static const struct field LIKE_FIELDS[] = {
	{ .path = "theme",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct like_input, theme),
	  .label = "Thema",
	  .codes = SIGNAL_THEMES },
	{ .path = "instrument",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct like_input, instrument),
	  .label = "Instrument" },
	{ .path = "barrier",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct like_input, barrier),
	  .label = "Wat het moeilijker maakt",
	  .codes = ADVICE_BARRIERS },
};
static const struct form LIKE_FORM = { LIKE_FIELDS, 3, sizeof(struct like_input) };

static struct alike read_like(struct request *rq)
{
	struct like_input in;

	input_read(rq->query, &LIKE_FORM, false, rq->arena, &in, rq->problems);
	if (in.instrument != 0 && learnt_instrument(in.instrument) == NULL) {
		problems_add(rq->problems, PROBLEM_ERROR, "instrument",
		             "Kies een instrument uit de lijst.");
		in.instrument = 0;
	}
	return (struct alike){ in.theme, (int)in.instrument, in.barrier };
}

/* ---- as shown ------------------------------------------------------------------------------------------ */

static const char *number(struct request *rq, bool hides, int64_t n)
{
	return hides && n > 0 && n < SMALL ? arena_printf(rq->arena, "minder dan %d", SMALL)
	                                   : dutch_number(rq->arena, n);
}

/* "6 van 9": both told, or none of the parts where one is small, but which way it went. */
static const char *helped_words(struct request *rq, bool hides, const struct experience *e)
{
	const int64_t not = e->assessed - e->helped;

	if (e->assessed == 0)
		return "nog niet te zeggen";
	if (hides && ((e->helped > 0 && e->helped < SMALL) || (not > 0 && not < SMALL)))
		return e->assessed < SMALL            ? "te weinig om te zeggen"
		       : e->helped * 2 >= e->assessed ? "bij de helft of meer"
		                                      : "bij minder dan de helft";
	return arena_printf(rq->arena, "%lld van %lld", (long long)e->helped,
	                    (long long)e->assessed);
}

static struct array shown_experiences(struct request *rq, const struct array *from)
{
	const bool hides = !role_sees_all_records(rq->viewer->role);
	const struct experience *e = from->items;
	struct shown_experience *to =
	    ARENA_ARRAY(rq->arena, struct shown_experience, from->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < from->count; i++) {
		const struct law_instrument *instrument = law_instrument((uint16_t)e[i].instrument);
		if (instrument == NULL)
			continue;
		to[count++] = (struct shown_experience){
			.instrument = instrument->label,
			.href =
			    arena_printf(rq->arena, "/learning?instrument=%d", instrument->code),
			.kind = (int)instrument->kind,
			.uses = number(rq, hides, e[i].uses),
			.assessed = number(rq, hides, e[i].assessed),
			.helped = helped_words(rq, hides, &e[i]),
		};
	}
	return (struct array){ to, count };
}

static struct array shown_lessons(struct request *rq, const struct array *from)
{
	const struct learnt *l = from->items;
	struct shown_lesson *to = ARENA_ARRAY(rq->arena, struct shown_lesson, from->count + 1);

	for (size_t i = 0; i < from->count; i++)
		to[i] = (struct shown_lesson){ learnt_instrument(l[i].instrument), l[i].text,
			                       (int)l[i].theme, (int)l[i].effect + 1, l[i].months };
	return (struct array){ to, from->count };
}

static struct array shown_closings(struct request *rq, const struct array *from)
{
	const struct closing_lesson *l = from->items;
	struct shown_closing *to = ARENA_ARRAY(rq->arena, struct shown_closing, from->count + 1);

	for (size_t i = 0; i < from->count; i++)
		to[i] = (struct shown_closing){ (int)l[i].theme, l[i].at, l[i].worked, l[i].failed,
			                        l[i].next_time };
	return (struct array){ to, from->count };
}

static struct array shown_practices(struct request *rq, const struct array *from)
{
	const struct practice *p = from->items;
	struct shown_practice *to = ARENA_ARRAY(rq->arena, struct shown_practice, from->count + 1);

	for (size_t i = 0; i < from->count; i++)
		to[i] = (struct shown_practice){
			.reference = p[i].reference,
			.href = arena_printf(rq->arena, "/learning/practices/%s", p[i].reference),
			.title = p[i].title,
			.instrument = learnt_instrument(p[i].like.instrument),
			.organisation = p[i].organisation,
			.theme = p[i].like.theme,
			.state = p[i].state,
		};
	return (struct array){ to, from->count };
}

/* ---- the page --------------------------------------------------------------------------------------------- */

static enum status load(struct request *rq, const struct alike *like, struct learning_page *page,
                        struct error *reterr)
{
	struct array practices = { 0 }, waiting = { 0 }, found = { 0 }, lessons = { 0 };
	struct array closings = { 0 };

	enum status st = practices_published(rq->db, like, rq->arena, &practices, reterr);
	if (st == OK)
		st = practices_waiting(rq->db, rq->viewer, rq->arena, &waiting, reterr);
	if (st == OK)
		st = experiences(rq->db, like, rq->arena, &found, reterr);
	if (st == OK)
		st = learnt_lessons(rq->db, like, rq->arena, &lessons, reterr);
	if (st == OK)
		st = closing_lessons(rq->db, like, rq->arena, &closings, reterr);
	if (st != OK)
		return st;
	page->practices = shown_practices(rq, &practices);
	page->waiting = shown_practices(rq, &waiting);
	page->experiences = shown_experiences(rq, &found);
	page->lessons = shown_lessons(rq, &lessons);
	page->closings = shown_closings(rq, &closings);
	return OK;
}

static void practice_lines(struct figure_lines *to, const struct learning_page *page)
{
	static const char PART[] = "Goede aanpakken";
	const struct shown_practice *p = page->practices.items;

	for (size_t i = 0; i < page->practices.count; i++) {
		figure_text(to, PART, p[i].title, "Thema", code_label(SIGNAL_THEMES, p[i].theme));
		figure_text(to, PART, p[i].title, "Instrument", p[i].instrument);
		figure_text(to, PART, p[i].title, "Van", p[i].organisation);
	}
}

static void experience_lines(struct figure_lines *to, const struct learning_page *page)
{
	static const char PART[] = "Wat leverden instrumenten op?";
	const struct shown_experience *e = page->experiences.items;

	for (size_t i = 0; i < page->experiences.count; i++) {
		figure_text(to, PART, e[i].instrument, "Uitgevoerd", e[i].uses);
		figure_text(to, PART, e[i].instrument, "Beoordeeld", e[i].assessed);
		figure_text(to, PART, e[i].instrument, "Hielp duidelijk of meer", e[i].helped);
	}
}

static void lesson_lines(struct request *rq, struct figure_lines *to,
                         const struct learning_page *page)
{
	static const char AT_EFFECT[] = "Geleerd bij het beoordelen van het effect";
	static const char AT_CLOSING[] = "Geleerd bij het sluiten van casussen";
	const struct shown_lesson *l = page->lessons.items;
	const struct shown_closing *c = page->closings.items;

	for (size_t i = 0; i < page->lessons.count; i++)
		figure_text(to, AT_EFFECT, l[i].instrument,
		            arena_printf(rq->arena, "Na %lld maanden", (long long)l[i].months),
		            l[i].text);
	for (size_t i = 0; i < page->closings.count; i++) {
		const char *theme = code_label(SIGNAL_THEMES, c[i].theme);
		figure_text(to, AT_CLOSING, theme, "Wat werkte?", c[i].worked);
		figure_text(to, AT_CLOSING, theme, "Wat werkte niet?", c[i].failed);
		figure_text(to, AT_CLOSING, theme, "Wat doet u de volgende keer anders?",
		            c[i].next_time);
	}
}

/* What is published and counted; what still waits stands on the page alone. */
static enum status respond_file(struct request *rq, struct response *rs,
                                const struct learning_page *page, struct error *reterr)
{
	struct figure_lines lines = { .arena = rq->arena };

	practice_lines(&lines, page);
	experience_lines(&lines, page);
	lesson_lines(rq, &lines, page);
	return figure_lines_respond(rq, rs, "wat-werkte-eerder", &lines, reterr);
}

static enum status show_learning(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct alike like = read_like(rq);
	struct learning_page record = {
		.themes = theme_choices(rq->arena, &like, "Alle thema's"),
		.instruments = instrument_choices(rq->arena, &like, "Alle instrumenten"),
		.barriers = barrier_choices(rq->arena, &like, "Alles"),
		.hides_small = !role_sees_all_records(rq->viewer->role),
		.new_href = access_permits(rq->viewer->role, PERM_PRACTICE_WRITE)
		                ? "/learning/practices/new"
		                : NULL,
	};

	if (rq->problems->error_count > 0 && rq->wants_json)
		return FAIL(reterr, ERR_INVALID, "Kies uit de lijsten.");
	if (rq->problems->error_count > 0)
		rs->code = 400;
	const enum status st = load(rq, &like, &record, reterr);
	if (st != OK)
		return st;
	if (figure_lines_asked(rq) && rq->problems->error_count == 0)
		return respond_file(rq, rs, &record, reterr);
	record.files = figure_files_of(rq);
	record.has_practices = record.practices.count > 0;
	record.has_waiting = record.waiting.count > 0;
	record.has_experiences = record.experiences.count > 0;
	record.has_lessons = record.lessons.count > 0;
	record.has_closings = record.closings.count > 0;
	const struct page page = { .title = "Wat werkte eerder?",
		                   .place = "/learning",
		                   .template_name = "learning/learning" };
	return page_respond(rq, rs, &page, &PAGE_VIEW, &record, reterr);
}

const struct route learning_routes[] = {
	{ .method = "GET",
	  .path = "/learning",
	  .permission = PERM_LEARNING,
	  .action = AUDIT_LEARNING,
	  .read = show_learning,
	  .view = &PAGE_VIEW,
	  .summary = "Wat eerder werkte, per thema, instrument en drempel, zonder personen" },
	{ 0 },
};

const struct page_template learning_templates[] = {
	{ .name = "learning/learning", .view = &PAGE_VIEW, .whole = true },
	{ 0 },
};
