/* "Mag ik dit delen?": five choices, an answer from the law, and what people ask most. */
#include "guide/guide.h"

#include "access/access.h"
#include "audit/action.h"
#include "guide/share_code.h"
#include "platform/view/choice.h"

/* ---- choices ----------------------------------------------------------------------- */

struct choice_group {
	const char *label;
	struct array choices;
};
static const struct view_field GROUP_FIELDS[] = {
	VIEW_F(struct choice_group, label, VIEW_TEXT),
	VIEW_AS(struct choice_group, choices, "choices", VIEW_LIST, .view = &CHOICE_VIEW),
};
static const struct view GROUP_VIEW = VIEW_OF(struct choice_group, GROUP_FIELDS);

static const char UNKNOWN[] = "Weet ik niet";

static struct choice_group participants(struct arena *a, enum law_letter own, const char *chosen)
{
	size_t count;
	const struct law_participant *rows = law_participants(&count);
	struct array list = choices_for(a, count);

	for (size_t i = 0; i < count; i++)
		choices_add(&list, share_giver_code(a, rows[i].letter, UNIT_NONE),
		            rows[i].letter == own ? arena_printf(a, "%s (u)", rows[i].name)
		                                  : rows[i].name,
		            chosen);
	return (struct choice_group){ "Deelnemers", list };
}

static struct choice_group units(struct arena *a, const char *chosen)
{
	size_t count, letters;
	const struct law_unit_row *rows = law_units(&count);
	const struct law_participant *of = law_participants(&letters);
	struct array list = choices_for(a, count * letters);

	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < letters; j++)
			if (law_letters_have(rows[i].of, of[j].letter))
				choices_add(
				    &list, share_giver_code(a, of[j].letter, rows[i].code),
				    arena_printf(a, "%s (%s)", rows[i].label, of[j].short_name),
				    chosen);
	return (struct choice_group){ "Een onderdeel van een deelnemer", list };
}

static struct choice_group outsiders(struct arena *a, const char *chosen)
{
	size_t count;
	const struct law_outsider_row *rows = law_outsiders(&count);
	struct array list = choices_for(a, count);

	for (size_t i = 0; i < count; i++)
		choices_add(&list, rows[i].id, rows[i].label, chosen);
	return (struct choice_group){ "Geen deelnemer", list };
}

static struct array givers(struct arena *a, enum law_letter own, const char *chosen)
{
	struct choice_group *groups = ARENA_ARRAY(a, struct choice_group, 3);

	groups[0] = participants(a, own, chosen);
	groups[1] = units(a, chosen);
	groups[2] = outsiders(a, chosen);
	return (struct array){ groups, 3 };
}

static struct array takers(struct arena *a, const char *chosen)
{
	size_t count;
	const struct law_taker_row *rows = law_takers(&count);
	struct array list = choices_for(a, count + 1);

	choices_add(&list, "", UNKNOWN, chosen);
	for (size_t i = 0; i < count; i++)
		choices_add(&list, rows[i].id, rows[i].label, chosen);
	return list;
}

/* Things stand in the order of daily life; a group begins at a code. */
static const struct {
	uint16_t first;
	const char *label;
} THING_GROUPS[] = {
	{ 1, "Wie iemand is" },     { 11, "Wonen en panden" },
	{ 21, "Voertuigen" },       { 31, "Geld en belasting" },
	{ 51, "Bedrijf en werk" },  { 61, "Vergunningen en subsidies" },
	{ 81, "Toezicht" },         { 101, "Politie en justitie" },
	{ 121, "Gevoelige zaken" }, { 141, "Uit het RIEC zelf" },
	{ UINT16_MAX, "" },
};
enum { THING_GROUP_COUNT = sizeof THING_GROUPS / sizeof THING_GROUPS[0] - 1 };

static struct choice_group things_of(struct arena *a, size_t group, const char *chosen)
{
	size_t count;
	const struct law_thing *rows = law_things(&count);
	struct array list = choices_for(a, count);

	for (size_t i = 0; i < count; i++)
		if (rows[i].code >= THING_GROUPS[group].first &&
		    rows[i].code < THING_GROUPS[group + 1].first)
			choices_add(&list, arena_printf(a, "%u", (unsigned)rows[i].code),
			            rows[i].label, chosen);
	return (struct choice_group){ THING_GROUPS[group].label, list };
}

static struct choice_group categories(struct arena *a, const char *chosen)
{
	size_t count;
	const struct law_category_row *rows = law_categories(&count);
	struct array list = choices_for(a, count);

	for (size_t i = 0; i < count; i++)
		choices_add(&list, rows[i].id, rows[i].label, chosen);
	return (struct choice_group){ "Een soort, zoals de wet die noemt", list };
}

static struct array things(struct arena *a, const char *chosen)
{
	struct choice_group *groups = ARENA_ARRAY(a, struct choice_group, THING_GROUP_COUNT + 1);

	for (size_t i = 0; i < THING_GROUP_COUNT; i++)
		groups[i] = things_of(a, i, chosen);
	groups[THING_GROUP_COUNT] = categories(a, chosen);
	return (struct array){ groups, THING_GROUP_COUNT + 1 };
}

static struct array phases(struct arena *a, const char *chosen)
{
	size_t count;
	const struct law_phase_row *rows = law_phases(&count);
	struct array list = choices_for(a, count + 1);

	choices_add(&list, "", UNKNOWN, chosen);
	for (size_t i = 0; i < count; i++)
		choices_add(&list, arena_printf(a, "%d", (int)rows[i].code), rows[i].label, chosen);
	return list;
}

static struct array activities(struct arena *a, const char *chosen)
{
	size_t count;
	const struct law_activity_row *rows = law_activities(&count);
	struct array list = choices_for(a, count + 1);

	choices_add(&list, "", UNKNOWN, chosen);
	for (size_t i = 0; i < count; i++)
		choices_add(&list, rows[i].id, rows[i].label, chosen);
	return list;
}

/* ---- the answer -------------------------------------------------------------------- */

static const struct code VERDICTS[] = {
	{ VERDICT_YES, "YES", "Ja" },
	{ VERDICT_ONLY_IF, "ONLY_IF", "Alleen als" },
	{ VERDICT_NO, "NO", "Nee" },
	{ 0, NULL, NULL },
};

struct condition {
	const char *text;
	bool met;
	const char *remark;
	const char *href, *link; /* where to do it; NULL: not in Plein */
};
static const struct view_field CONDITION_FIELDS[] = {
	VIEW_F(struct condition, text, VIEW_TEXT),
	VIEW_F(struct condition, met, VIEW_BOOL),
	VIEW_F(struct condition, remark, VIEW_TEXT),
	VIEW_AS(struct condition, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct condition, link, "link", VIEW_TEXT, .page_only = true),
};
static const struct view CONDITION_VIEW = VIEW_OF(struct condition, CONDITION_FIELDS);

struct answer {
	int verdict; /* enum verdict_kind */
	bool yes, only_if, no, has_conditions;
	const char *sentence, *next, *article, *rule, *category, *rules_version;
	int64_t valid_since;
	struct array conditions;
};
static const struct view_field ANSWER_FIELDS[] = {
	VIEW_AS(struct answer, verdict, "verdict", VIEW_CODE, .codes = VERDICTS),
	VIEW_AS(struct answer, yes, "yes", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct answer, only_if, "onlyIf", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct answer, no, "no", VIEW_BOOL, .page_only = true),
	VIEW_F(struct answer, sentence, VIEW_TEXT),
	VIEW_F(struct answer, next, VIEW_TEXT),
	VIEW_F(struct answer, article, VIEW_TEXT),
	VIEW_F(struct answer, rule, VIEW_TEXT),
	VIEW_F(struct answer, category, VIEW_TEXT),
	VIEW_AS(struct answer, valid_since, "validSince", VIEW_DAY),
	VIEW_AS(struct answer, rules_version, "rulesVersion", VIEW_TEXT),
	VIEW_AS(struct answer, has_conditions, "hasConditions", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct answer, conditions, "conditions", VIEW_LIST, .view = &CONDITION_VIEW),
};
static const struct view ANSWER_VIEW = VIEW_OF(struct answer, ANSWER_FIELDS);

static struct array conditions_of(struct arena *a, const struct law_conditions *c)
{
	struct condition *list = ARENA_ARRAY(a, struct condition, c->count + 1);

	for (size_t i = 0; i < c->count; i++)
		list[i] = (struct condition){
			.text = c->item[i].text,
			.met = c->item[i].state == CONDITION_MET,
			.remark = c->item[i].state == CONDITION_MET ? NULL : c->item[i].todo,
		};
	return (struct array){ list, c->count };
}

static struct answer answer_to(struct arena *a, const struct law_question *q)
{
	const struct law_answer law = law_may_share(a, q);
	const struct verdict *v = &law.verdict;
	const struct law_category_row *category = law_category(law.category);

	return (struct answer){
		.verdict = (int)v->kind,
		.yes = v->kind == VERDICT_YES,
		.only_if = v->kind == VERDICT_ONLY_IF,
		.no = v->kind == VERDICT_NO,
		.has_conditions = law.conditions.count > 0,
		.sentence = law_without_word(v->sentence),
		.next = v->next != NULL ? v->next : law.mind,
		.article = v->article,
		.rule = v->rule,
		.category = category != NULL ? category->id : NULL,
		.rules_version = law.rules_version,
		.valid_since = law.valid_since,
		.conditions = conditions_of(a, &law.conditions),
	};
}

/* ---- what people ask most ---------------------------------------------------------- */

struct frequent {
	const char *question, *href;
	int verdict;
	bool yes, only_if, no;
	const char *sentence, *article;
};
static const struct view_field FREQUENT_FIELDS[] = {
	VIEW_F(struct frequent, question, VIEW_TEXT),
	VIEW_AS(struct frequent, href, "href", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct frequent, verdict, "verdict", VIEW_CODE, .codes = VERDICTS),
	VIEW_AS(struct frequent, yes, "yes", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct frequent, only_if, "onlyIf", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct frequent, no, "no", VIEW_BOOL, .page_only = true),
	VIEW_F(struct frequent, sentence, VIEW_TEXT),
	VIEW_F(struct frequent, article, VIEW_TEXT),
};
static const struct view FREQUENT_VIEW = VIEW_OF(struct frequent, FREQUENT_FIELDS);

static struct array frequents(struct arena *a)
{
	size_t count;
	const struct law_frequent *rows = law_frequents(&count);
	struct frequent *list = ARENA_ARRAY(a, struct frequent, count);

	for (size_t i = 0; i < count; i++) {
		const struct answer answer = answer_to(a, &rows[i].question);
		list[i] = (struct frequent){
			.question = rows[i].text,
			.href = share_address(a, &rows[i].question),
			.verdict = answer.verdict,
			.yes = answer.yes,
			.only_if = answer.only_if,
			.no = answer.no,
			.sentence = answer.sentence,
			.article = answer.article,
		};
	}
	return (struct array){ list, count };
}

/* ---- the page ---------------------------------------------------------------------- */

struct share_page {
	struct share_codes asked;
	bool giver_unknown, thing_unknown;
	struct array givers, takers, things, phases, activities;
	const struct answer *answer;
	struct array questions;
};
#define CHOICES(member, name_, view_)                                                              \
	VIEW_AS(struct share_page, member, name_, VIEW_LIST, .view = &(view_))
static const struct view_field SHARE_FIELDS[] = {
	VIEW_AS(struct share_page, asked.from, "from", VIEW_TEXT),
	VIEW_AS(struct share_page, asked.to, "to", VIEW_TEXT),
	VIEW_AS(struct share_page, asked.what, "what", VIEW_TEXT),
	VIEW_AS(struct share_page, asked.phase, "phase", VIEW_TEXT),
	VIEW_AS(struct share_page, asked.activity, "activity", VIEW_TEXT),
	VIEW_AS(struct share_page, giver_unknown, "fromUnknown", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct share_page, thing_unknown, "whatUnknown", VIEW_BOOL, .page_only = true),
	VIEW_AS(struct share_page, answer, "answer", VIEW_OBJECT, .view = &ANSWER_VIEW),
	CHOICES(givers, "fromGroups", GROUP_VIEW),
	CHOICES(takers, "toChoices", CHOICE_VIEW),
	CHOICES(things, "whatGroups", GROUP_VIEW),
	CHOICES(phases, "phaseChoices", CHOICE_VIEW),
	CHOICES(activities, "activityChoices", CHOICE_VIEW),
	CHOICES(questions, "questions", FREQUENT_VIEW),
};
static const struct view SHARE_VIEW = VIEW_OF(struct share_page, SHARE_FIELDS);

static void offer_choices(struct arena *a, enum law_letter own, struct share_page *p)
{
	p->givers = givers(a, own, p->asked.from);
	p->takers = takers(a, p->asked.to);
	p->things = things(a, p->asked.what);
	p->phases = phases(a, p->asked.phase);
	p->activities = activities(a, p->asked.activity);
	p->questions = frequents(a);
}

static enum status show_share(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "Mag ik dit delen?",
		                   .template_name = "law/may_i_share" };
	const enum law_letter own = (enum law_letter)(unsigned char)rq->viewer->letter;
	const struct law_question q = share_question(rq->query, own);
	const bool asked = share_asked(rq->query);
	struct share_page record = { .asked = share_codes_of(rq->arena, &q) };
	struct answer answer;

	record.giver_unknown = record.asked.from[0] == '\0';
	record.thing_unknown = record.asked.what[0] == '\0';
	if (asked) {
		answer = answer_to(rq->arena, &q);
		record.answer = &answer;
	}
	if (!asked || !rq->wants_json) /* a machine that asks knows the choices */
		offer_choices(rq->arena, own, &record);
	return page_respond(rq, rs, &page, &SHARE_VIEW, &record, reterr);
}

const struct route share_routes[] = {
	{ .method = "GET",
	  .path = "/may-i-share",
	  .permission = PERM_LAW_ASK,
	  .action = AUDIT_LAW_ASK,
	  .read = show_share,
	  .view = &SHARE_VIEW,
	  .summary = "Of de wet toestaat dat u iets deelt, met artikel en volgende stap" },
	{ 0 },
};

const struct page_template share_templates[] = {
	{ .name = "law/may_i_share", .view = &SHARE_VIEW, .whole = true },
	{ 0 },
};
