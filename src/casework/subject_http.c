/* Who and what a casefile is about: all of them, and one with everything this reader may see. */
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/note.h"
#include "casework/subject_page.h"
#include "law/law.h"
#include "law/read_prose.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "subjects/copy.h"
#include "subjects/correction.h"
#include "subjects/tie.h"

/* ---- themes of life -------------------------------------------------------------------------- */

static const struct theme {
	const char *id, *label;
	uint64_t categories;
} THEMES[] = {
#define C(name) (UINT64_C(1) << CATEGORY_##name)
	{ "identity", "Wie of wat", C(IDENT) | C(RESIDENCE_STATUS) },
	{ "home", "Wonen", C(HOUSING) },
	{ "business", "Bedrijf", C(COMPANY) | C(BUSINESS_RELATIONS) },
	{ "money", "Geld en bezit", C(FINANCIAL) | C(CADASTRAL) | C(INCOME) | C(TAX) },
	{ "vehicles", "Voertuigen", C(VEHICLE) },
	{ "permits", "Vergunningen en subsidies", C(PERMITS_SUBSIDIES) },
	{ "measures", "Toezicht en maatregelen", C(SUPERVISION) },
	{ "police", "Politie en justitie",
	  C(POLICE_8_13) | C(JUSTICE) | C(SEXUAL_CONDUCT) | C(POLICE_9_10) },
#undef C
};
enum { THEME_COUNT = sizeof THEMES / sizeof THEMES[0] };

/* ---- rows ----------------------------------------------------------------------------------- */

struct fact_item {
	int64_t id, received_on, phase, version, corrected_on;
	const char *what, *value, *context, *judged_by, *source, *evaluation, *evaluation_text,
	    *category, *task, *ground, *href, *about;
	bool judgement, clash, rectified, withdrawn;
};
static const struct view_field FACT_FIELDS[] = {
	VIEW_F(struct fact_item, id, VIEW_INT),
	VIEW_F(struct fact_item, what, VIEW_TEXT),
	VIEW_F(struct fact_item, value, VIEW_TEXT),
	VIEW_F(struct fact_item, context, VIEW_TEXT),
	VIEW_F(struct fact_item, judgement, VIEW_BOOL),
	VIEW_AS(struct fact_item, judged_by, "judgedBy", VIEW_TEXT),
	VIEW_F(struct fact_item, source, VIEW_TEXT),
	VIEW_F(struct fact_item, category, VIEW_TEXT),
	VIEW_F(struct fact_item, task, VIEW_TEXT),
	VIEW_F(struct fact_item, evaluation, VIEW_TEXT),
	VIEW_AS(struct fact_item, evaluation_text, "evaluationText", VIEW_TEXT),
	VIEW_AS(struct fact_item, received_on, "receivedOn", VIEW_MOMENT),
	VIEW_F(struct fact_item, phase, VIEW_INT),
	VIEW_F(struct fact_item, clash, VIEW_BOOL),
	VIEW_F(struct fact_item, ground, VIEW_TEXT),
	VIEW_F(struct fact_item, about, VIEW_TEXT),
	VIEW_F(struct fact_item, version, VIEW_INT),
	VIEW_F(struct fact_item, rectified, VIEW_BOOL),
	VIEW_F(struct fact_item, withdrawn, VIEW_BOOL),
	VIEW_AS(struct fact_item, corrected_on, "correctedOn", VIEW_MOMENT),
	VIEW_AS(struct fact_item, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view FACT_VIEW = VIEW_OF(struct fact_item, FACT_FIELDS);

struct theme_item {
	const char *id, *label;
	struct array facts;
	bool has_clash;
};
static const struct view_field THEME_FIELDS[] = {
	VIEW_AS(struct theme_item, id, "themeId", VIEW_TEXT),
	VIEW_AS(struct theme_item, label, "theme", VIEW_TEXT),
	VIEW_AS(struct theme_item, facts, "facts", VIEW_LIST, .view = &FACT_VIEW),
	VIEW_AS(struct theme_item, has_clash, "hasClash", VIEW_BOOL),
};
static const struct view THEME_VIEW = VIEW_OF(struct theme_item, THEME_FIELDS);

struct tie_item {
	const char *text, *name, *href, *note, *source, *wrong_href;
	int64_t from_day, until_day;
};
static const struct view_field TIE_FIELDS[] = {
	VIEW_F(struct tie_item, text, VIEW_TEXT),
	VIEW_F(struct tie_item, name, VIEW_TEXT),
	VIEW_AS(struct tie_item, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_F(struct tie_item, note, VIEW_TEXT),
	VIEW_F(struct tie_item, source, VIEW_TEXT),
	VIEW_AS(struct tie_item, from_day, "fromDay", VIEW_DAY),
	VIEW_AS(struct tie_item, until_day, "untilDay", VIEW_DAY),
	VIEW_AS(struct tie_item, wrong_href, "wrongHref", VIEW_TEXT, .page_only = true),
};
static const struct view TIE_VIEW = VIEW_OF(struct tie_item, TIE_FIELDS);

struct intent_item {
	const char *by, *reason, *end_path;
	int64_t not_before;
	bool acts;
};
static const struct view_field INTENT_FIELDS[] = {
	VIEW_F(struct intent_item, by, VIEW_TEXT),
	VIEW_F(struct intent_item, acts, VIEW_BOOL),
	VIEW_AS(struct intent_item, not_before, "notBefore", VIEW_DAY),
	VIEW_F(struct intent_item, reason, VIEW_TEXT),
	VIEW_AS(struct intent_item, end_path, "endPath", VIEW_TEXT, .page_only = true),
};
static const struct view INTENT_VIEW = VIEW_OF(struct intent_item, INTENT_FIELDS);

struct subject_page {
	struct array intents;
	const char *intent_href;
	const char *reference, *name, *kind, *role, *add_href, *phases_href, *gone_ground,
	    *tie_href, *circle_href;
	uint8_t state;
	int64_t number, gone_on, fact_count;
	struct array themes, ties;
	bool minor;
	bool has_ties, has_facts, gone_soon;
	const char *gone_earlier; /* always NULL: one clock, that of this presence */
	struct subject_same same;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct subject_page, reference, VIEW_REF),
	VIEW_AS(struct subject_page, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_F(struct subject_page, number, VIEW_INT),
	VIEW_F(struct subject_page, name, VIEW_TEXT),
	VIEW_F(struct subject_page, kind, VIEW_TEXT),
	VIEW_F(struct subject_page, role, VIEW_TEXT),
	VIEW_AS(struct subject_page, gone_on, "goneOn", VIEW_DAY),
	VIEW_AS(struct subject_page, gone_ground, "goneGround", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_page, gone_earlier, "goneEarlier", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_page, gone_soon, "goneSoon", VIEW_BOOL, .page_only = true),
	VIEW_F(struct subject_page, minor, VIEW_BOOL),
	VIEW_AS(struct subject_page, fact_count, "factCount", VIEW_INT),
	VIEW_AS(struct subject_page, themes, "themes", VIEW_LIST, .view = &THEME_VIEW),
	VIEW_AS(struct subject_page, ties, "ties", VIEW_LIST, .view = &TIE_VIEW),
	VIEW_AS(struct subject_page, has_ties, "hasTies", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_page, has_facts, "hasFacts", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_page, add_href, "addHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_page, intents, "intents", VIEW_LIST, .view = &INTENT_VIEW),
	VIEW_AS(struct subject_page, intent_href, "intentHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_page, tie_href, "tieHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_page, circle_href, "circleHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_page, phases_href, "phasesHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct subject_page, same.joins, "sameAs", VIEW_LIST, .view = &SAME_VIEW),
	VIEW_AS(struct subject_page, same.others, "maybeSame", VIEW_LIST, .view = &OTHER_VIEW,
	        .page_only = true),
	VIEW_AS(struct subject_page, same.has_joins, "hasJoins", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct subject_page, same.has_others, "hasOthers", VIEW_BOOL, .page_only = true),
};
static const struct view SUBJECT_VIEW = VIEW_OF(struct subject_page, FIELDS);

/* ---- loading --------------------------------------------------------------------------------- */

static void note_phases(struct request *rq, const struct array *subjects)
{
	const struct casefile_subject *s = subjects->items;

	for (size_t i = 0; i < subjects->count; i++)
		if (s[i].top_phase > rq->touched.phase)
			rq->touched.phase = (uint8_t)s[i].top_phase;
}

enum status casefile_subjects_seen(struct request *rq, const struct casefile *c, struct array *ret,
                                   struct error *reterr)
{
	const enum status st = casefile_subject_list(
	    rq->db, plein_of(rq)->keyring, c->id,
	    casefile_reads_phase(rq->viewer->role, c->named_heavy), rq->arena, ret, reterr);

	if (st == OK)
		note_phases(rq, ret);
	return st;
}

enum status casefile_subjects_named(struct request *rq, const struct casefile *c, struct array *ret,
                                    struct error *reterr)
{
	const enum status st = casefile_subject_outline(
	    rq->db, plein_of(rq)->keyring, c->id,
	    casefile_reads_phase(rq->viewer->role, c->named_heavy), rq->arena, ret, reterr);

	if (st == OK)
		note_phases(rq, ret);
	return st;
}

const struct casefile_subject *subject_numbered(struct array subjects, const char *number)
{
	const struct casefile_subject *s = subjects.items;
	char *end = NULL;
	const long long wanted = number != NULL ? strtoll(number, &end, 10) : 0;

	for (size_t i = 0; end != NULL && *end == '\0' && i < subjects.count; i++)
		if (s[i].number == wanted)
			return &s[i];
	return NULL;
}

const char *casefile_role_label(int role)
{
	return role == ROLE_DIRECT_CIRCLE ? "Directe kring" : "Betrokkene";
}

static const struct casefile_subject *by_number(struct array subjects, int64_t number)
{
	const struct casefile_subject *s = subjects.items;

	for (size_t i = 0; i < subjects.count; i++)
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

const char *subject_href(struct arena *a, const struct casefile *c, int64_t number)
{
	return arena_printf(a, "/casefiles/%s/subjects/%lld", c->reference, (long long)number);
}

/* Another source says something else of the same kind: both stay, side by side. */
static bool clashes(const struct known_fact *f, const struct array *facts)
{
	const struct known_fact *g = facts->items;

	if (f->is_judgement || f->kind >= FACT_KIND_COUNT || f->correction != 0)
		return false;
	for (size_t i = 0; i < facts->count; i++)
		if (g[i].kind == f->kind && !g[i].is_judgement && g[i].correction == 0 &&
		    g[i].id != f->id && strcmp(g[i].source, f->source) != 0 &&
		    strcmp(g[i].value, f->value) != 0)
			return true;
	return false;
}

static const char *grades_text(struct arena *a, const struct known_fact *f)
{
	size_t sources = 0, informations = 0;
	const struct law_source_grade *s = law_source_grades(&sources);
	const struct law_information_grade *n = law_information_grades(&informations);
	const char *first = "", *second = "";

	for (size_t i = 0; i < sources; i++)
		if (s[i].code == f->source_grade)
			first = s[i].label;
	for (size_t i = 0; i < informations; i++)
		if (n[i].code == f->information_grade)
			second = n[i].label;
	return arena_printf(a, "bron %s, informatie %s", first, second);
}

static const char *context_of(struct arena *a, const struct known_fact *f)
{
	size_t count = 0;
	const struct law_handling_code *codes = law_handling_codes(&count);
	const bool coded = f->handling > 0 && (size_t)f->handling <= count;

	if (f->raw != NULL)
		return arena_printf(a, "getypt als %s", f->raw);
	return coded ? arena_printf(a, "%s: %s", codes[f->handling - 1].code,
	                            codes[f->handling - 1].label)
	             : NULL;
}

const char *fact_ground(struct arena *a, const struct casefile *c, const struct known_fact *f)
{
	const struct law_category_row *category = law_category(f->category);
	const struct law_activity_row *activity = law_activity((enum law_activity)c->activity);
	const struct law_task *task = law_task((uint16_t)f->task);

	if (category == NULL)
		return NULL;
	return arena_printf(a, "%s (%s), fase %d%s%s%s%s%s%s", category->label, category->article,
	                    f->phase, activity != NULL ? ", " : "",
	                    activity != NULL ? activity->article : "", task != NULL ? "; " : "",
	                    task != NULL ? task->label : "", task != NULL ? ": " : "",
	                    task != NULL ? task->power : "");
}

const struct known_fact *subject_fact(struct array subjects, const char *number,
                                      const struct casefile_subject **ret_subject)
{
	const struct casefile_subject *s = subjects.items;
	char *end = NULL;
	const long long wanted = number != NULL ? strtoll(number, &end, 10) : 0;

	for (size_t i = 0; end != NULL && *end == '\0' && i < subjects.count; i++) {
		const struct known_fact *f = s[i].facts.items;
		for (size_t j = 0; j < s[i].facts.count; j++)
			if (f[j].id == wanted) {
				*ret_subject = &s[i];
				return &f[j];
			}
	}
	return NULL;
}

bool fact_may_correct(const struct viewer *viewer, const struct casefile *c,
                      const struct known_fact *f)
{
	const bool own =
	    casefile_may_tell(viewer, c) && viewer->participant_id == f->participant_id;
	const bool coordinator =
	    viewer->role == ROLE_INFO_COORDINATOR && casefile_writable(viewer, c);

	return f->correction == 0 && (own || coordinator);
}

bool subject_is_minor(const struct casefile_subject *s, int64_t now_ms)
{
	return s->kind == SUBJECT_PERSON && s->born_by != 0 &&
	       law_is_minor(s->born_by, local_day(now_ms));
}

void casefile_check_words(struct request *rq, const char *path, const char *text)
{
	const struct law_finds finds =
	    law_prose_read(rq->arena, text, strlen(text), local_day(rq->now_ms));

	for (size_t i = 0; i < finds.count; i++) {
		const struct law_topic_row *topic =
		    finds.item[i].kind == FIND_TOPIC ? law_topic(finds.item[i].topic) : NULL;
		if (topic != NULL)
			problems_add(rq->problems, PROBLEM_ERROR, path, topic->sentence);
		else if (finds.item[i].kind == FIND_BSN)
			problems_add(rq->problems, PROBLEM_ERROR, path,
			             "Dit lijkt op een BSN. Haal het uit de tekst.");
	}
}

static struct fact_item item_of(struct arena *a, const struct casefile *c,
                                const struct known_fact *f, const struct array *facts)
{
	const struct law_category_row *category = law_category(f->category);
	const struct law_task *task = law_task((uint16_t)f->task);
	const bool graded = f->source_grade != 0 && f->information_grade != 0;

	return (struct fact_item){
		.id = f->id,
		.received_on = f->received_at,
		.phase = f->phase,
		.what = f->label,
		.value = f->value,
		.context = context_of(a, f),
		.judged_by = f->is_judgement ? f->source : NULL,
		.source = f->source,
		.category = category != NULL ? category->label : NULL,
		.task = task != NULL ? task->label : NULL,
		.evaluation =
		    graded ? arena_printf(a, "%c%c", f->source_grade, f->information_grade) : NULL,
		.evaluation_text = graded ? grades_text(a, f) : NULL,
		.judgement = f->is_judgement,
		.clash = clashes(f, facts),
		.ground = fact_ground(a, c, f),
		.version = f->version,
		.rectified = f->correction == CORRECTION_RECTIFIED,
		.withdrawn = f->correction == CORRECTION_WITHDRAWN,
		.corrected_on = f->correction != 0 ? f->corrected_at : INT64_MIN,
		.href = arena_printf(a, "/casefiles/%s/facts/%lld", c->reference, (long long)f->id),
	};
}

static struct array themes_of(struct arena *a, const struct casefile *c,
                              const struct subject_same *same)
{
	const struct array *facts = &same->facts;
	const struct known_fact *f = facts->items;
	struct theme_item *to = ARENA_ARRAY(a, struct theme_item, THEME_COUNT);
	size_t count = 0;

	for (size_t t = 0; t < THEME_COUNT; t++) {
		struct fact_item *rows = ARENA_ARRAY(a, struct fact_item, facts->count + 1);
		struct theme_item *theme = &to[count];
		size_t rows_count = 0;
		*theme = (struct theme_item){ .id = THEMES[t].id, .label = THEMES[t].label };
		for (size_t i = 0; i < facts->count; i++) {
			if ((THEMES[t].categories >> f[i].category & 1) == 0)
				continue;
			rows[rows_count] = item_of(a, c, &f[i], facts);
			rows[rows_count].about = same->from[i];
			theme->has_clash |= rows[rows_count++].clash;
		}
		theme->facts = (struct array){ rows, rows_count };
		count += rows_count > 0;
	}
	return (struct array){ to, count };
}

/* "Jan rijdt in 12-ZZZ-3" on Jan's page is "rijdt in 12-ZZZ-3"; on the car's: "Jan rijdt in". */
static enum status fill_ties(struct request *rq, const struct casefile *c, struct array subjects,
                             struct subject_page *page, struct error *reterr)
{
	const int max_phase = casefile_reads_phase(rq->viewer->role, c->named_heavy);
	struct array rows = { 0 };
	enum status st = casefile_tie_list(rq->db, plein_of(rq)->keyring, c->id, max_phase,
	                                   rq->arena, &rows, reterr);
	const struct known_tie *t = rows.items;
	struct tie_item *to = ARENA_ARRAY(rq->arena, struct tie_item, rows.count + 1);
	size_t count = 0;

	for (size_t i = 0; st == OK && i < rows.count; i++) {
		const bool from_here = t[i].from == page->number;
		const struct casefile_subject *other =
		    by_number(subjects, from_here ? t[i].to : t[i].from);
		if ((!from_here && t[i].to != page->number) || other == NULL)
			continue;
		const struct known_fact whose = { .participant_id = t[i].participant_id };
		to[count++] = (struct tie_item){
			.text = from_here ? tie_label(t[i].kind)
			                  : arena_printf(rq->arena, "is waar dit voor geldt: %s",
			                                 tie_label(t[i].kind)),
			.name = other->name,
			.href = subject_href(rq->arena, c, other->number),
			.note = t[i].note[0] != '\0' ? t[i].note : NULL,
			.source = t[i].source,
			.from_day = t[i].from_day,
			.until_day = t[i].until_day,
			.wrong_href = fact_may_correct(rq->viewer, c, &whose)
			                  ? arena_printf(rq->arena, "/casefiles/%s/ties/%lld",
			                                 c->reference, (long long)t[i].id)
			                  : NULL,
		};
	}
	page->ties = (struct array){ to, count };
	page->has_ties = count > 0;
	return st;
}

static void fill_clock(struct request *rq, const struct casefile_subject *s,
                       struct subject_page *page)
{
	enum { SOON_DAYS = 180 };

	page->gone_on = INT64_MIN;
	if (s->kind == SUBJECT_PLACE)
		return;
	page->gone_on = casefile_subject_gone_on(s->first_processed_at);
	page->gone_soon = page->gone_on - local_day(rq->now_ms) <= SOON_DAYS;
	page->gone_ground =
	    arena_printf(rq->arena,
	                 "Het eerste gegeven kwam binnen op %s. Vijf jaar later moet alles weg "
	                 "(WGS 1.8, zevende lid). Nieuwe feiten veranderen dat niet.",
	                 dutch_date(rq->arena, local_day(s->first_processed_at)));
}

struct array subject_crumbs(struct arena *a, const struct casefile *c)
{
	struct array crumbs = casefile_crumbs(a, c);
	struct link *links = ARENA_ARRAY(a, struct link, crumbs.count + 1);

	memcpy(links, crumbs.items, crumbs.count * sizeof *links);
	links[crumbs.count] =
	    (struct link){ "Wie en wat", arena_printf(a, "/casefiles/%s#subjects", c->reference),
		           -1, false };
	return (struct array){ links, crumbs.count + 1 };
}

static void fill_links(struct request *rq, const struct casefile *c,
                       const struct casefile_subject *s, struct subject_page *page)
{
	const char *href = subject_href(rq->arena, c, s->number);

	if (!casefile_may_tell(rq->viewer, c))
		return;
	page->add_href = arena_printf(rq->arena, "%s/facts", href);
	page->tie_href = arena_printf(rq->arena, "%s/ties", href);
	page->intent_href = arena_printf(rq->arena, "%s/intent", href);
	if (s->role == ROLE_MAIN)
		page->circle_href = arena_printf(rq->arena, "%s/circle", href);
}

/* Who will act himself, and who asks to wait; why only to the own organisation. */
static enum status fill_intents(struct request *rq, const struct casefile *c,
                                const struct casefile_subject *s, struct subject_page *page,
                                struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = intent_list(rq->db, plein_of(rq)->keyring, s->id,
	                             rq->viewer->participant_id, rq->arena, &rows, reterr);
	const struct subject_intent *from = rows.items;
	struct intent_item *to = ARENA_ARRAY(rq->arena, struct intent_item, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++) {
		const bool own = from[i].participant_id == rq->viewer->participant_id;
		to[i] = (struct intent_item){
			.by = from[i].by,
			.reason = from[i].reason,
			.acts = from[i].kind == INTENT_ACTS,
			.not_before = from[i].not_before != 0 ? from[i].not_before : INT64_MIN,
			.end_path = own && page->intent_href != NULL
			                ? arena_printf(rq->arena, "/casefiles/%s/intents/%lld/end",
			                               c->reference, (long long)from[i].id)
			                : NULL,
		};
	}
	page->intents = (struct array){ to, rows.count };
	return st;
}

static enum status subject_seen(struct request *rq, struct response *rs, const struct casefile *c,
                                const struct casefile_subject *s, struct error *reterr)
{
	const struct copy seen = {
		.act = COPY_PAGE,
		.scope = COPY_OF_PRESENCE,
		.scope_id = s->id,
		.max_phase = casefile_reads_phase(rq->viewer->role, c->named_heavy),
		.object_kind = OBJECT_CASEFILE,
		.object_id = c->id,
		.reference = c->reference,
		.appointment_id = rq->viewer->appointment_id,
	};
	return copy_seen(rq, rs, &seen, reterr);
}

static enum status show_subject(struct request *rq, struct response *rs, struct error *reterr)
{
	struct subject_page record = { 0 };
	struct array subjects = { 0 };
	struct casefile c;

	enum status st = casefile_of_path(rq, &c, reterr);
	if (st == OK)
		st = casefile_subjects_named(rq, &c, &subjects, reterr);
	if (st != OK)
		return st;
	const struct casefile_subject *s = subject_numbered(subjects, rq->params[1]);
	if (s == NULL)
		return FAIL_NOT_FOUND(reterr);
	rq->touched.kind = OBJECT_SUBJECT;
	rq->touched.id = s->id;
	record = (struct subject_page){ .reference = c.reference,
		                        .state = c.state,
		                        .number = s->number,
		                        .name = s->name,
		                        .kind = subject_kind_label(s->kind),
		                        .role = casefile_role_label(s->role) };
	st = subject_same_load(rq, &c, subjects, s, &record.same, reterr);
	if (st != OK)
		return st;
	record.fact_count = (int64_t)record.same.facts.count;
	record.themes = themes_of(rq->arena, &c, &record.same);
	record.has_facts = record.themes.count > 0;
	record.minor = subject_is_minor(s, rq->now_ms);
	record.phases_href =
	    arena_printf(rq->arena, "%s/phases", subject_href(rq->arena, &c, s->number));
	fill_links(rq, &c, s, &record);
	fill_clock(rq, s, &record);
	st = fill_ties(rq, &c, subjects, &record, reterr);
	if (st == OK)
		st = fill_intents(rq, &c, s, &record, reterr);
	if (st == OK)
		st = subject_seen(rq, rs, &c, s, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Betrokkene in een casus",
		                   .place = "/casefiles",
		                   .crumbs = subject_crumbs(rq->arena, &c),
		                   .confidential = true,
		                   .template_name = "casework/subject" };
	return page_respond(rq, rs, &page, &SUBJECT_VIEW, &record, reterr);
}

const struct route casefile_subject_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/subjects/{number}",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_SUBJECT_VIEW,
	  .read = show_subject,
	  .view = &SUBJECT_VIEW,
	  .summary = "Een persoon, bedrijf, plek of zaak in een casus" },
	{ 0 },
};

const struct page_template casefile_subject_templates[] = {
	{ .name = "casework/subject", .view = &SUBJECT_VIEW, .whole = true },
	{ 0 },
};
