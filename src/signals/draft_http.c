/* The form of a signal: one step a page, each an honest save without script. */
#include "signals/draft_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "law/law.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "signals/signal_items.h"
#include "signals/signal_page.h"
#include "signals/theme.h"

struct draft_input {
	int64_t version;
	const char *title, *facts, *judgement, *where, *tried, *effect;
	const char *criterion_a, *criterion_b, *criterion_c, *criterion_d, *criterion_e;
	int64_t seen_from, seen_until, municipality, task;
	int theme, crime_form, line, reliability;
	struct array also; /* of struct also: other municipalities */
	uint64_t other_lines;
};

struct also {
	int64_t number;
};

#define FIELD(kind_, member_, path_, label_, ...)                                                  \
	{                                                                                          \
		.path = (path_), .kind = (kind_), .offset = offsetof(struct draft_input, member_), \
		.label = (label_), __VA_ARGS__                                                     \
	}
#define FORM_OF(table)                                                                             \
	{                                                                                          \
		(table), sizeof(table) / sizeof((table)[0]), sizeof(struct draft_input)            \
	}

enum { TITLE_CHARS = 120, PROSE_CHARS = 20000 };

static const struct field ALSO_FIELDS[] = { { .path = "number",
	                                      .kind = FIELD_INT,
	                                      .offset = offsetof(struct also, number),
	                                      .label = "Gemeente" } };
static const struct form ALSO_FORM = { ALSO_FIELDS, 1, sizeof(struct also) };
static const struct field FACTS_FIELDS[] = {
	FIELD_VERSION(struct draft_input),
	FIELD(FIELD_TEXT, title, "title", "Titel", .max_chars = TITLE_CHARS),
	FIELD(FIELD_PROSE, facts, "facts", "De feiten: wat zag of las uw organisatie zelf?",
	      .max_chars = PROSE_CHARS),
	FIELD(FIELD_PROSE, judgement, "judgement", "Uw oordeel: wat denkt u dat er speelt?",
	      .max_chars = PROSE_CHARS),
	FIELD(FIELD_DAY, seen_from, "seenFrom", "Wanneer zag u dit voor het eerst?", .codes = NULL),
	FIELD(FIELD_DAY, seen_until, "seenUntil", "En voor het laatst?", .codes = NULL),
	FIELD(FIELD_CODE, reliability, "reliability", "Hoe weet uw organisatie dit?",
	      .codes = SIGNAL_RELIABILITIES),
};
static const struct field PLACE_FIELDS[] = {
	FIELD_VERSION(struct draft_input),
	FIELD(FIELD_PROSE, where, "where", "Waar is het?", .max_chars = PROSE_CHARS),
	FIELD(FIELD_INT, municipality, "municipality", "In welke gemeente?", .codes = NULL),
	FIELD(FIELD_LIST, also, "also", "Speelt het ook elders?", .max_chars = BESIDE_MAX,
	      .element = &ALSO_FORM),
};
static const struct field THEME_FIELDS[] = {
	FIELD_VERSION(struct draft_input),
	FIELD(FIELD_CODE, theme, "theme", "Thema", .codes = SIGNAL_THEMES),
	FIELD(FIELD_CODE, crime_form, "crimeForm", "Vorm van criminaliteit",
	      .codes = SIGNAL_CRIME_FORMS),
	FIELD(FIELD_CODE, line, "line", "Waar gaat het vooral om?", .codes = SIGNAL_LINES),
	FIELD(FIELD_CODES, other_lines, "otherLines", "En waar ook om?", .codes = SIGNAL_LINES),
	FIELD(FIELD_INT, task, "task", "Uit welke taak of welk register weet u dit?",
	      .codes = NULL),
};
static const struct field CRITERIA_FIELDS[] = {
	FIELD_VERSION(struct draft_input),
	FIELD(FIELD_PROSE, criterion_a, "criterionA", "a. Uw aanwijzingen",
	      .max_chars = PROSE_CHARS),
	FIELD(FIELD_PROSE, criterion_b, "criterionB", "b. Het verband met criminaliteit",
	      .max_chars = PROSE_CHARS),
	FIELD(FIELD_PROSE, criterion_c, "criterionC", "c. Waarom samen gegevens verwerken",
	      .max_chars = PROSE_CHARS),
	FIELD(FIELD_PROSE, criterion_d, "criterionD", "d. Waarom een gezamenlijke aanpak",
	      .max_chars = PROSE_CHARS),
	FIELD(FIELD_PROSE, criterion_e, "criterionE", "e. Waarom deze regio",
	      .max_chars = PROSE_CHARS),
};
static const struct field EFFECT_FIELDS[] = {
	FIELD_VERSION(struct draft_input),
	FIELD(FIELD_PROSE, tried, "tried", "Wat is er al gedaan, en hielp dat?",
	      .max_chars = PROSE_CHARS),
	FIELD(FIELD_PROSE, effect, "effect", "Wat hoopt u te bereiken?", .max_chars = PROSE_CHARS),
};

static const struct form FACTS_FORM = FORM_OF(FACTS_FIELDS), PLACE_FORM = FORM_OF(PLACE_FIELDS),
			 THEME_FORM = FORM_OF(THEME_FIELDS),
			 CRITERIA_FORM = FORM_OF(CRITERIA_FIELDS),
			 EFFECT_FORM = FORM_OF(EFFECT_FIELDS);

/* A text of the form and the part that keeps it. */
struct part_field {
	enum signal_part part;
	size_t offset;
};
#define PART(part_, member_)                                                                       \
	{                                                                                          \
		PART_##part_, offsetof(struct draft_input, member_)                                \
	}
static const struct part_field FACTS_PARTS[] = { PART(TITLE, title), PART(FACTS, facts),
	                                         PART(JUDGEMENT, judgement) };
static const struct part_field PLACE_PARTS[] = { PART(WHERE, where) };
static const struct part_field CRITERIA_PARTS[] = { PART(CRITERION_A, criterion_a),
	                                            PART(CRITERION_B, criterion_b),
	                                            PART(CRITERION_C, criterion_c),
	                                            PART(CRITERION_D, criterion_d),
	                                            PART(CRITERION_E, criterion_e) };
static const struct part_field EFFECT_PARTS[] = { PART(TRIED, tried), PART(EFFECT, effect) };

enum { STEP_PARTS_MAX = 5 };

static int64_t day_or_none(int64_t day)
{
	return day == FIELD_NO_DAY ? 0 : day;
}

static void facts_codes(const struct draft_input *in, struct signal_codes *ret)
{
	ret->seen_from = day_or_none(in->seen_from);
	ret->seen_until = day_or_none(in->seen_until);
	ret->source_reliability = in->reliability;
}

static void place_codes(const struct draft_input *in, struct signal_codes *ret)
{
	ret->municipality_id = in->municipality;
}

static void theme_codes(const struct draft_input *in, struct signal_codes *ret)
{
	ret->theme = in->theme;
	/* a theme without a form of crime brings its own */
	ret->crime_form = in->crime_form != 0 ? in->crime_form : (int)theme_crime_form(in->theme);
	ret->line = in->line;
	ret->task = in->task;
}

/* What differs from step to step. */
static const struct draft_step {
	const char *name, *template_name, *next, *back;
	const struct form *form;
	const struct part_field *parts;
	size_t part_count;
	void (*codes)(const struct draft_input *in, struct signal_codes *ret);
} DRAFT_STEPS[] = {
	{ "facts", "signals/edit_facts", "/edit/place", "", &FACTS_FORM, FACTS_PARTS, 3,
	  facts_codes },
	{ "place", "signals/edit_place", "/edit/subjects", "/edit/facts", &PLACE_FORM, PLACE_PARTS,
	  1, place_codes },
	{ "theme", "signals/edit_theme", "/edit/criteria", "/edit/subjects", &THEME_FORM, NULL, 0,
	  theme_codes },
	{ "criteria", "signals/edit_criteria", "/edit/effect", "/edit/theme", &CRITERIA_FORM,
	  CRITERIA_PARTS, 5, NULL },
	{ "effect", "signals/edit_effect", "/submit", "/edit/criteria", &EFFECT_FORM, EFFECT_PARTS,
	  2, NULL },
};

/* The route's last segment names the step: one handler serves all of them. */
static const struct draft_step *step_of(const struct request *rq)
{
	const char *name = strrchr(rq->route->path, '/') + 1;

	for (size_t i = 0; i < sizeof DRAFT_STEPS / sizeof DRAFT_STEPS[0]; i++)
		if (strcmp(DRAFT_STEPS[i].name, name) == 0)
			return &DRAFT_STEPS[i];
	return NULL;
}

/* ---- showing ---------------------------------------------------------------------------------- */

static int64_t typed_or(const struct request *rq, const char *path, int64_t value)
{
	const char *typed = input_text(rq->body, path);
	return typed != NULL ? strtoll(typed, NULL, 10) : value;
}

static bool is_beside(const struct signal_page *page, int64_t id)
{
	for (size_t i = 0; i < page->beside.count; i++)
		if (page->beside.ids[i] == id)
			return true;
	return false;
}

/* A box for each other municipality; what was typed wins where the form came back. */
static void fill_also(struct request *rq, struct signal_page *page, const struct array *list)
{
	const struct municipality *from = list->items;
	struct also_item *to = ARENA_ARRAY(rq->arena, struct also_item, list->count + 1);
	const bool typed = input_text(rq->body, "where") != NULL;

	for (size_t i = 0; i < list->count; i++) {
		const char *path = arena_printf(rq->arena, "also[%zu].number", i);
		const char *said = input_text(rq->body, path);
		to[i] = (struct also_item){ path, from[i].name, from[i].id,
			                    typed ? said != NULL : is_beside(page, from[i].id) };
	}
	page->also_options = (struct array){ to, list->count };
}

static enum status fill_municipalities(struct request *rq, struct signal_page *page,
                                       struct error *reterr)
{
	const int64_t chosen = typed_or(rq, "municipality", page->municipality);
	struct array list = { 0 };
	struct region own;

	enum status st = region_own(rq->db, rq->arena, &own, reterr);
	if (st == OK)
		st = municipality_list(rq->db, own.id, local_day(rq->now_ms), rq->arena, &list,
		                       reterr);
	const struct municipality *from = list.items;
	struct signal_choice *to = ARENA_ARRAY(rq->arena, struct signal_choice, list.count + 1);

	to[0] = (struct signal_choice){ "", "Kies een gemeente", chosen == 0 };
	for (size_t i = 0; i < list.count; i++)
		to[i + 1] =
		    (struct signal_choice){ arena_printf(rq->arena, "%lld", (long long)from[i].id),
			                    from[i].name, from[i].id == chosen };
	page->municipality_options = (struct array){ to, list.count + 1 };
	fill_also(rq, page, &list);
	return st;
}

/* Only the tasks of the organ on whose behalf one works: the law ties them (WGS 2.19). */
void signal_page_tasks(struct request *rq, struct signal_page *page)
{
	const int64_t chosen = typed_or(rq, "task", page->task);
	size_t all = 0, count = 1;
	const struct law_task *tasks = law_tasks(&all);
	struct signal_choice *to = ARENA_ARRAY(rq->arena, struct signal_choice, all + 1);

	to[0] = (struct signal_choice){ "", "Kies een taak", chosen == 0 };
	for (size_t i = 0; i < all; i++)
		if ((char)tasks[i].letter == page->signal.letter)
			to[count++] = (struct signal_choice){
				arena_printf(rq->arena, "%u", (unsigned)tasks[i].code),
				arena_printf(rq->arena, "%s (%s)", tasks[i].label,
				             tasks[i].registers),
				tasks[i].code == chosen
			};
	page->task_options = (struct array){ to, count };
}

static const struct criterion_card *card_of(struct arena *a, const struct law_criterion *c)
{
	struct criterion_card *card = ARENA_NEW(a, struct criterion_card);

	*card =
	    (struct criterion_card){ c->label,       c->explanation, c->starters[0], c->starters[1],
		                     c->starters[2], c->good,        c->thin,        c->why_thin };
	return card;
}

static void fill_cards(struct request *rq, struct signal_page *page)
{
	size_t count = 0;
	const struct law_criterion *all = law_criteria(&count);

	page->card_a = card_of(rq->arena, &all[0]);
	page->card_b = card_of(rq->arena, &all[1]);
	page->card_c = card_of(rq->arena, &all[2]);
	page->card_d = card_of(rq->arena, &all[3]);
	page->card_e = card_of(rq->arena, &all[4]);
}

/* A hint, never a refusal: some stories belong elsewhere (decisions 1.11). */
static void fill_pointer(struct signal_page *page)
{
	const struct law_pointer *p = law_pointer_for(page->facts, strlen(page->facts));

	if (p == NULL)
		return;
	page->pointer_when = p->when;
	page->pointer_go = p->go;
	page->pointer_why = p->why;
}

/* Every kind of fact, with what the law says of it here and from this organ. */
static void fill_mays(struct request *rq, struct signal_page *page)
{
	size_t all = 0, count = 0;
	const struct law_kind *kinds = law_kinds(&all);
	struct may_item *to = ARENA_ARRAY(rq->arena, struct may_item, all + 1);

	for (size_t i = 0; i < all; i++) {
		if (kinds[i].of != KIND_FACT)
			continue;
		const struct law_question q = { .giver = (enum law_letter)page->signal.letter,
			                        .taker = TAKER_SIGNAL,
			                        .category = kinds[i].category,
			                        .phase = PHASE_UNKNOWN,
			                        .on_day = local_day(rq->now_ms) };
		struct verdict *v = ARENA_NEW(rq->arena, struct verdict);
		*v = law_may_share(rq->arena, &q).verdict;
		v->sentence = v->sentence != NULL ? law_without_word(v->sentence) : NULL;
		to[count++] = (struct may_item){ kinds[i].label, v };
	}
	page->mays = (struct array){ to, count };
}

/* What a municipality can look up before it writes; other participants know their own. */
static void fill_sources(struct request *rq, struct signal_page *page)
{
	const char letter = page->signal.letter;
	size_t all = 0;
	const struct law_municipal_source *from = law_municipal_sources(&all);
	struct source_item *to = ARENA_ARRAY(rq->arena, struct source_item, all + 1);

	if (letter != LETTER_MAYOR && letter != LETTER_EXECUTIVE)
		return;
	for (size_t i = 0; i < all; i++)
		to[i] = (struct source_item){ from[i].label,
			                      from[i].look_for,
			                      from[i].note,
			                      from[i].allowed == SOURCE_YES,
			                      from[i].allowed == SOURCE_PHASE_2,
			                      from[i].allowed == SOURCE_NO };
	page->sources = (struct array){ to, all };
}

static const char *step_label(const char *name)
{
	for (const struct signal_step *s = SIGNAL_STEPS; s->name != NULL; s++)
		if (strcmp(s->name, name) == 0)
			return s->label;
	return "Signaal";
}

static enum status show_step(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct draft_step *step = step_of(rq);
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = signal_page_load(rq, record, reterr);
	if (st == OK)
		st = signal_page_writable(rq, record, reterr);
	if (st == OK)
		st = fill_municipalities(rq, record, reterr);
	if (st != OK)
		return st;
	signal_page_tasks(rq, record);
	fill_cards(rq, record);
	fill_pointer(record);
	if (step->form == &FACTS_FORM) {
		fill_mays(rq, record);
		fill_sources(rq, record);
	}
	signal_page_outline(rq, record, step->name);
	record->heading = step_label(step->name);
	record->action_path = arena_printf(rq->arena, "%s/edit/%s", record->href, step->name);
	record->back_href = arena_printf(rq->arena, "%s%s", record->href, step->back);
	const struct page page = { .title = record->heading,
		                   .place = "/signals",
		                   .confidential = true,
		                   .template_name = step->template_name,
		                   .form = step->form };
	return page_respond(rq, rs, &page, &SIGNAL_VIEW, record, reterr);
}

/* ---- saving ------------------------------------------------------------------------------------ */

struct step_change {
	struct draft_input in;
	struct signal signal;
	struct signal_codes codes;
	struct sealed_part parts[STEP_PARTS_MAX];
	size_t part_count;
	int64_t also[BESIDE_MAX];
	size_t also_count;
	bool sets_also, sets_lines;
	const char *next;
};

static void check_days(struct request *rq, const struct draft_step *step,
                       const struct draft_input *in)
{
	const int64_t today = local_day(rq->now_ms);

	if (step->form != &FACTS_FORM)
		return;
	if (in->seen_from != FIELD_NO_DAY && in->seen_from > today)
		problems_add(rq->problems, PROBLEM_ERROR, "seenFrom",
		             "Deze dag moet nog komen. Kies een dag tot en met vandaag.");
	if (in->seen_until != FIELD_NO_DAY && in->seen_until > today)
		problems_add(rq->problems, PROBLEM_ERROR, "seenUntil",
		             "Deze dag moet nog komen. Kies een dag tot en met vandaag.");
	if (in->seen_from != FIELD_NO_DAY && in->seen_until != FIELD_NO_DAY &&
	    in->seen_until < in->seen_from)
		problems_add(rq->problems, PROBLEM_ERROR, "seenUntil",
		             "De laatste dag ligt voor de eerste. Wissel ze om.");
}

/* Only those of the region, and not the first one again. */
static void take_also(const struct draft_input *in, const struct array *list, struct step_change *c)
{
	const struct also *also = in->also.items;
	const struct municipality *m = list->items;

	c->sets_also = true;
	for (size_t i = 0; i < in->also.count; i++)
		for (size_t j = 0; j < list->count && c->also_count < BESIDE_MAX; j++)
			if (also[i].number == m[j].id && m[j].id != in->municipality)
				c->also[c->also_count++] = m[j].id;
}

static enum status check_municipality(struct request *rq, const struct draft_input *in,
                                      struct step_change *c, struct error *reterr)
{
	struct array list = { 0 };
	struct region own;

	enum status st = region_own(rq->db, rq->arena, &own, reterr);
	if (st == OK)
		st = municipality_list(rq->db, own.id, local_day(rq->now_ms), rq->arena, &list,
		                       reterr);
	const struct municipality *m = list.items;

	take_also(in, &list, c);
	for (size_t i = 0; i < list.count; i++)
		if (m[i].id == in->municipality)
			return st;
	if (st == OK && in->municipality != 0)
		problems_add(rq->problems, PROBLEM_ERROR, "municipality",
		             "Kies een gemeente uit de lijst.");
	return st;
}

/* A task belongs to the organ that brings the signal in; another's can't be claimed. */
static void check_task(struct request *rq, char letter, const struct draft_input *in)
{
	const struct law_task *task =
	    in->task > 0 && in->task < UINT16_MAX ? law_task((uint16_t)in->task) : NULL;

	if (in->task != 0 && (task == NULL || (char)task->letter != letter))
		problems_add(rq->problems, PROBLEM_ERROR, "task", "Kies een taak uit de lijst.");
}

/* Only what changed gets a new version and a new key. */
static void seal_parts(struct request *rq, const struct draft_step *step,
                       const struct signal_texts *now, struct step_change *c)
{
	for (size_t i = 0; i < step->part_count; i++) {
		const struct part_field *f = &step->parts[i];
		const char *text = *(const char *const *)((const char *)&c->in + f->offset);
		if (strcmp(text, now->part[f->part]) == 0)
			continue;
		signal_seal_part(plein_of(rq)->keyring, &c->signal.uuid, c->in.version + 1, f->part,
		                 text, rq->arena, &c->parts[c->part_count++]);
	}
}

static const char *where_next(struct request *rq, const struct draft_step *step,
                              const struct signal *s)
{
	const char *go = input_text(rq->body, "_go");
	const char *rest = step->next;

	if (go != NULL && strcmp(go, "back") == 0)
		rest = step->back;
	else if (go != NULL && strcmp(go, "later") == 0)
		rest = "";
	else if (go != NULL && strcmp(go, "stay") == 0)
		rest = arena_printf(rq->arena, "/edit/%s", step->name);
	return arena_printf(rq->arena, "/signals/%s%s", s->reference, rest);
}

static enum status prepare_step(struct request *rq, void **ret_input, struct error *reterr)
{
	const struct draft_step *step = step_of(rq);
	struct step_change *c = ARENA_NEW(rq->arena, struct step_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = signal_page_load(rq, page, reterr);
	if (st == OK)
		st = signal_page_writable(rq, page, reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	c->codes = SIGNAL_CODES_UNCHANGED;
	input_read(rq->body, step->form, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_days(rq, step, &c->in);
	if (step->form == &THEME_FORM)
		check_task(rq, page->signal.letter, &c->in);
	if (step->form == &PLACE_FORM)
		st = check_municipality(rq, &c->in, c, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	if (step->codes != NULL)
		step->codes(&c->in, &c->codes);
	c->sets_lines = step->form == &THEME_FORM;
	seal_parts(rq, step, &page->texts, c);
	c->next = where_next(rq, step, &c->signal);
	*ret_input = c;
	return OK;
}

/* The state that prepare saw is the state now: the version says so. */
static enum status claim(struct db_tx *tx, const struct signal *s, int64_t version,
                         struct error *reterr)
{
	enum status st = db_claim(tx, &SIGNAL_ROOT, s->id, version, reterr);

	if (st == OK && version != s->version) {
		reterr->field = DB_FIELD_VERSION;
		st = FAIL(reterr, ERR_CONFLICT, "Een collega was eerder. Bekijk hoe het nu staat.");
		reterr->field = DB_FIELD_VERSION;
	}
	return st;
}

static enum status apply_step(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct step_change *c = change->input;
	const struct signal_writer who = { c->signal.id, rq->viewer->appointment_id, rq->now_ms };

	enum status st = claim(tx, &c->signal, c->in.version, reterr);
	for (size_t i = 0; st == OK && i < c->part_count; i++)
		st = signal_text_put(tx, &who, &c->parts[i], reterr);
	if (st == OK)
		st = signal_set_codes(tx, c->signal.id, &c->codes, rq->now_ms, reterr);
	if (st == OK && c->sets_also)
		st = beside_set_municipalities(tx, c->signal.id, c->also, c->also_count, reterr);
	if (st == OK && c->sets_lines)
		st = beside_set_lines(tx, c->signal.id, c->in.other_lines, reterr);
	change->location = c->next;
	change->json =
	    arena_printf(db_tx_arena(tx), "{\"version\":%lld,\"savedAt\":\"%s\"}",
	                 (long long)c->in.version + 1, iso_moment(db_tx_arena(tx), rq->now_ms));
	return st;
}

/* ---- a word that may stay ------------------------------------------------------------------------ */

struct hit_input {
	int64_t version, part, topic;
};
static const struct field HIT_FIELDS[] = {
	FIELD_VERSION(struct hit_input),
	{ .path = "part",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct hit_input, part),
	  .label = "Deel van de tekst",
	  .required = true },
	{ .path = "topic",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct hit_input, topic),
	  .label = "Onderwerp",
	  .required = true },
};
static const struct form HIT_FORM = { HIT_FIELDS, 3, sizeof(struct hit_input) };

struct hit_change {
	struct hit_input in;
	struct signal signal;
};

static enum status prepare_hit(struct request *rq, void **ret_input, struct error *reterr)
{
	struct hit_change *c = ARENA_NEW(rq->arena, struct hit_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = signal_page_load(rq, page, reterr);
	if (st == OK)
		st = signal_page_writable(rq, page, reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	input_read(rq->body, &HIT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->in.part < PART_TITLE || c->in.part > PART_CRITERION_E || c->in.topic <= 0 ||
	    c->in.topic > TOPIC_NATIONALITY)
		return FAIL(reterr, ERR_INVALID, "Een BSN kan niet in de tekst blijven.");
	*ret_input = c;
	return OK;
}

static enum status apply_hit(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct request *rq = change->rq;
	const struct hit_change *c = change->input;
	const struct signal_writer who = { c->signal.id, rq->viewer->appointment_id, rq->now_ms };

	enum status st = claim(tx, &c->signal, c->in.version, reterr);
	if (st == OK)
		st = signal_hit_settle(tx, &who, (enum signal_part)c->in.part, (int)c->in.topic,
		                       reterr);
	change->location = arena_printf(db_tx_arena(tx), "/signals/%s/submit", c->signal.reference);
	change->note = "Vastgelegd. De informatiecoördinator kijkt dit ook na.";
	return st;
}

/* ---- routes ------------------------------------------------------------------------------------- */

#define STEP_ROUTES(name_, form_, summary_)                                                        \
	{ .method = "GET",                                                                         \
	  .path = "/signals/{ref}/edit/" name_,                                                    \
	  .permission = PERM_SIGNAL_WRITE,                                                         \
	  .action = AUDIT_SIGNAL_VIEW,                                                             \
	  .read = show_step,                                                                       \
	  .view = &SIGNAL_VIEW,                                                                    \
	  .summary = summary_ },                                                                   \
	{                                                                                          \
		.method = "POST", .path = "/signals/{ref}/edit/" name_,                            \
		.permission = PERM_SIGNAL_WRITE, .action = AUDIT_SIGNAL_WRITE,                     \
		.prepare = prepare_step, .apply = apply_step, .redraw = show_step,                 \
		.form = (form_), .summary = summary_ " bewaren"                                    \
	}

const struct route draft_routes[] = {
	STEP_ROUTES("facts", &FACTS_FORM, "Een concept: de feiten"),
	STEP_ROUTES("place", &PLACE_FORM, "Een concept: de plaats"),
	STEP_ROUTES("theme", &THEME_FORM, "Een concept: thema en taak"),
	STEP_ROUTES("criteria", &CRITERIA_FORM, "Een concept: de vijf criteria"),
	STEP_ROUTES("effect", &EFFECT_FORM, "Een concept: gedaan en gehoopt"),
	{ .method = "POST",
	  .path = "/signals/{ref}/hits",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_hit,
	  .apply = apply_hit,
	  .form = &HIT_FORM,
	  .summary = "Zeggen dat een woord geen bijzonder gegeven is" },
	{ 0 },
};

const struct page_template draft_templates[] = {
	{ .name = "signals/edit_facts", .view = &SIGNAL_VIEW, .form = &FACTS_FORM, .whole = true },
	{ .name = "signals/edit_place", .view = &SIGNAL_VIEW, .form = &PLACE_FORM, .whole = true },
	{ .name = "signals/edit_theme", .view = &SIGNAL_VIEW, .form = &THEME_FORM, .whole = true },
	{ .name = "signals/edit_criteria",
	  .view = &SIGNAL_VIEW,
	  .form = &CRITERIA_FORM,
	  .whole = true },
	{ .name = "signals/edit_effect",
	  .view = &SIGNAL_VIEW,
	  .form = &EFFECT_FORM,
	  .whole = true },
	{ 0 },
};
