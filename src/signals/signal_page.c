#include "signals/signal_page.h"

#include "audit/action.h"
#include "law/law.h"
#include "law/read_prose.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "platform/core/dutch.h"
#include "plein/plein.h"
#include "signals/signal_items.h"
#include "signals/theme.h"
#include "subjects/presence.h"

/* ---- parts of the page ----------------------------------------------------------------------- */

const struct signal_step SIGNAL_STEPS[] = {
	{ "facts", "Wat is er gezien?" },
	{ "place", "Waar is het?" },
	{ "subjects", "Over wie of wat?" },
	{ "theme", "Thema en taak" },
	{ "criteria", "Past het bij het RIEC?" },
	{ "effect", "Gedaan en gehoopt" },
	{ 0 },
};
enum { STEPS = sizeof SIGNAL_STEPS / sizeof SIGNAL_STEPS[0] - 1 };

static const char *path_to(struct request *rq, const struct signal_page *page, const char *rest)
{
	return arena_printf(rq->arena, "/signals/%s%s", page->reference, rest);
}

static bool step_done(const struct signal_page *page, size_t step)
{
	const struct signal_picture *p = &page->picture;
	const bool done[STEPS] = {
		p->has_title && p->has_facts, p->has_where && p->has_municipality,
		page->subject_count > 0,      p->has_theme && p->has_line && p->has_task,
		p->criteria_explained,        page->tried[0] != '\0' && page->effect[0] != '\0'
	};
	return done[step];
}

void signal_page_outline(struct request *rq, struct signal_page *page, const char *current)
{
	struct step_item *items = ARENA_ARRAY(rq->arena, struct step_item, STEPS + 1);

	for (size_t i = 0; i < STEPS; i++) {
		const struct signal_step *s = &SIGNAL_STEPS[i];
		items[i] = (struct step_item){
			.label = s->label,
			.href = path_to(rq, page, arena_printf(rq->arena, "/edit/%s", s->name)),
			.done = step_done(page, i),
			.current = current != NULL && strcmp(current, s->name) == 0,
		};
		items[i].later = !items[i].done && !items[i].current;
	}
	items[STEPS] =
	    (struct step_item){ .label = "Controleren en indienen",
		                .href = path_to(rq, page, "/submit"),
		                .current = current != NULL && strcmp(current, "submit") == 0,
		                .later = true };
	page->outline = (struct array){ items, STEPS + 1 };
}

static const char *need_href(struct request *rq, const struct signal_page *page, const char *step)
{
	if (strcmp(step, "submit") == 0 || strcmp(step, "questions") == 0)
		return path_to(rq, page, arena_printf(rq->arena, "/%s", step));
	return path_to(rq, page, arena_printf(rq->arena, "/edit/%s", step));
}

static void fill_needs(struct request *rq, struct signal_page *page)
{
	struct signal_need *needs = ARENA_ARRAY(rq->arena, struct signal_need, SIGNAL_NEEDS);
	struct need_item *items = ARENA_ARRAY(rq->arena, struct need_item, SIGNAL_NEEDS);
	struct signal_picture declared = page->picture;

	page->parts_done = signal_needs(&page->picture, (int)page->subject_count,
	                                page->tried[0] != '\0', page->effect[0] != '\0', needs);
	page->parts_all = SIGNAL_NEEDS;
	page->percent = page->parts_done * 100 / SIGNAL_NEEDS;
	for (size_t i = 0; i < SIGNAL_NEEDS; i++)
		items[i] = (struct need_item){ needs[i].label, needs[i].reason,
			                       need_href(rq, page, needs[i].step),
			                       needs[i].required, needs[i].done };
	page->parts = (struct array){ items, SIGNAL_NEEDS };
	/* the declaration is given by submitting */
	declared.lawful_declared = true;
	const struct move *mv =
	    machine_move(&SIGNAL_MACHINE, page->state,
	                 page->state == SIGNAL_RETURNED ? SIGNAL_RESUBMIT : SIGNAL_SUBMIT);
	page->may_submit =
	    mv != NULL && verdict_allows(move_verdict(mv, ROLE_BIT(rq->viewer->role), &declared));
}

static const char *part_label(enum signal_part part)
{
	static const char *const LABELS[SIGNAL_PART_COUNT] = {
		[PART_TITLE] = "Titel",
		[PART_FACTS] = "De feiten",
		[PART_JUDGEMENT] = "Uw oordeel",
		[PART_WHERE] = "Waar",
		[PART_TRIED] = "Wat er al is gedaan",
		[PART_EFFECT] = "Wat u hoopt te bereiken",
		[PART_CRITERION_A] = "Criterium a",
		[PART_CRITERION_B] = "Criterium b",
		[PART_CRITERION_C] = "Criterium c",
		[PART_CRITERION_D] = "Criterium d",
		[PART_CRITERION_E] = "Criterium e",
	};
	return LABELS[part] != NULL ? LABELS[part] : "Tekst";
}

static struct hit_item hit_item(const struct signal_hit *hit)
{
	const struct law_topic_row *topic =
	    hit->topic != 0 ? law_topic((enum law_topic)hit->topic) : NULL;
	return (struct hit_item){
		.place = part_label(hit->part),
		.words = hit->words,
		.sentence =
		    topic != NULL
			? topic->sentence
			: "Dit lijkt op een BSN. Haal het uit de tekst en zet het in het vak "
			  "BSN bij Over wie of wat.",
		.article = topic != NULL ? topic->article : "WGS, artikel 2.22",
		.part = hit->part,
		.topic = hit->topic,
		.settled = hit->settled,
		.may_keep = hit->topic != 0 && !hit->settled,
		.is_bsn = hit->topic == 0,
	};
}

static enum status fill_hits(struct request *rq, struct signal_page *page, struct error *reterr)
{
	struct array hits = { 0 };
	enum status st = signal_hits(rq->db, page->signal.id, &page->texts, local_day(rq->now_ms),
	                             rq->arena, &hits, reterr);
	const struct signal_hit *from = hits.items;
	struct hit_item *to = ARENA_ARRAY(rq->arena, struct hit_item, hits.count + 1);

	for (size_t i = 0; i < hits.count; i++)
		to[i] = hit_item(&from[i]);
	page->hits = (struct array){ to, hits.count };
	page->has_hits = hits.count > 0;
	signal_judge_texts(&page->texts, &hits, &page->picture);
	return st;
}

static enum status fill_history(struct request *rq, struct signal_page *page, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = signal_history(rq->db, page->signal.id, rq->arena, &rows, reterr);
	const struct signal_event *from = rows.items;
	struct history_line *to = ARENA_ARRAY(rq->arena, struct history_line, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++) {
		const struct state *state = machine_state(&SIGNAL_MACHINE, from[i].to_state);
		to[i] = (struct history_line){
			from[i].at,
			arena_printf(rq->arena, "%s%s%s", state != NULL ? state->label : "",
			             from[i].actor[0] != '\0' ? ", door " : "", from[i].actor),
			NULL
		};
	}
	page->history = (struct array){ to, rows.count };
	return st;
}

static enum status fill_questions(struct request *rq, struct signal_page *page,
                                  struct error *reterr)
{
	struct array rows = { 0 };
	enum status st = signal_questions(rq->db, plein_of(rq)->keyring, page->signal.id,
	                                  &page->signal.uuid, rq->arena, &rows, reterr);
	const struct signal_question *from = rows.items;
	struct question_item *to = ARENA_ARRAY(rq->arena, struct question_item, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct question_item){
			.id = from[i].id,
			.asked_at = from[i].asked_at,
			.answered_at = from[i].answered_at != 0 ? from[i].answered_at : INT64_MIN,
			.question = from[i].question,
			.answer = from[i].answer[0] != '\0' ? from[i].answer : NULL,
			.may_answer = page->writes && from[i].answered_at == 0 &&
			              page->state == SIGNAL_RETURNED,
		};
	page->questions = (struct array){ to, rows.count };
	page->has_questions = rows.count > 0;
	return st;
}

/* Said only where it differs: that of the signal stands at its top. */
static const char *task_shown(const struct signal_page *page, int task)
{
	const struct law_task *row = task > 0 && task != page->signal.task && task <= UINT16_MAX
	                                 ? law_task((uint16_t)task)
	                                 : NULL;

	return row != NULL ? row->label : NULL;
}

static enum status fill_subjects(struct request *rq, struct signal_page *page, struct error *reterr)
{
	struct array rows = { 0 };
	enum status st =
	    subject_list(rq->db, plein_of(rq)->keyring, page->signal.id, rq->arena, &rows, reterr);
	const struct subject *from = rows.items;
	struct subject_item *to = ARENA_ARRAY(rq->arena, struct subject_item, rows.count + 1);

	for (size_t i = 0; i < rows.count; i++) {
		const struct subject_fact *f = from[i].facts.items;
		struct fact_item *facts =
		    ARENA_ARRAY(rq->arena, struct fact_item, from[i].facts.count + 1);
		for (size_t j = 0; j < from[i].facts.count; j++)
			facts[j] =
			    (struct fact_item){ fact_label((int)f[j].kind),
				                fact_shown(rq->arena, &f[j]), fact_raw_shown(&f[j]),
				                fact_grade_shown(rq->arena, &f[j]),
				                task_shown(page, f[j].task) };
		to[i] = (struct subject_item){
			.number = from[i].number,
			.kind = subject_kind_label(from[i].kind),
			.role = subject_role_label(from[i].role),
			.remove_path = path_to(rq, page,
			                       arena_printf(rq->arena, "/subjects/%lld/remove",
			                                    (long long)from[i].number)),
			.edit_path = path_to(
			    rq, page,
			    arena_printf(rq->arena, "/subjects/%lld", (long long)from[i].number)),
			.facts = { facts, from[i].facts.count },
			.may_write = page->writes,
		};
	}
	page->subjects = (struct array){ to, rows.count };
	page->subject_count = (int64_t)rows.count;
	page->has_subjects = rows.count > 0;
	return st == OK ? signal_page_ties(rq, page, &rows, reterr) : st;
}

/* Where a button leads; NULL: another room's page makes this move. */
static const char *action_href(struct request *rq, const struct signal_page *page,
                               const struct action *action)
{
	switch (action->code) {
	case SIGNAL_SUBMIT:
	case SIGNAL_RESUBMIT:
		return path_to(rq, page, "/submit");
	case SIGNAL_RETURN:
	case SIGNAL_ACCEPT:
	case SIGNAL_WITHDRAW:
		return path_to(rq, page, arena_printf(rq->arena, "/move/%s", action->name));
	default:
		return NULL;
	}
}

/* Buttons and reasons come from the same table as the guard inside the transaction. */
static void fill_actions(struct request *rq, struct signal_page *page)
{
	const size_t max = SIGNAL_MACHINE.action_count;
	const uint64_t role = ROLE_BIT(rq->viewer->role);
	struct act_link *may = ARENA_ARRAY(rq->arena, struct act_link, max + 1);
	struct act_blocked *not = ARENA_ARRAY(rq->arena, struct act_blocked, max);
	struct signal_picture filled = page->picture;
	size_t may_count = 0, not_count = 0;

	/* what the page still asks for isn't a reason to hide it */
	filled.lawful_declared = true;
	for (size_t i = 0; i < max; i++) {
		const struct action *action = &SIGNAL_MACHINE.actions[i];
		const struct move *mv = machine_move(&SIGNAL_MACHINE, page->state, action->code);
		const char *href = action_href(rq, page, action);
		if (mv == NULL || href == NULL || (mv->who & role) == 0)
			continue;
		struct signal_picture asked = filled;
		if (action->code == SIGNAL_RETURN)
			asked.open_questions = 1; /* its page asks the question */
		struct verdict v = move_verdict(mv, role, &asked);
		if (!verdict_allows(v)) {
			not [not_count++] =
			    (struct act_blocked){ action->label, v.sentence, v.next };
			continue;
		}
		const bool withdraws = action->code == SIGNAL_WITHDRAW;
		const bool primary = may_count == 0 && !withdraws;
		may[may_count++] = (struct act_link){ action->label, href, primary, withdraws };
	}
	page->actions = (struct array){ may, may_count };
	page->blocked = (struct array){ not, not_count };
}

static void fill_tabs(struct request *rq, struct signal_page *page)
{
	const char *here = rq->route->path;
	struct tab_item *tabs = ARENA_ARRAY(rq->arena, struct tab_item, 6);
	size_t count = 0;

	tabs[count++] =
	    (struct tab_item){ "Signaal", page->href, -1, strcmp(here, "/signals/{ref}") == 0 };
	tabs[count++] = (struct tab_item){ "Bijlagen", path_to(rq, page, "/attachments"), -1,
		                           strcmp(here, "/signals/{ref}/attachments") == 0 };
	if (page->state != SIGNAL_DRAFT || page->has_questions)
		tabs[count++] =
		    (struct tab_item){ "Vragen en antwoorden", path_to(rq, page, "/questions"),
			               (int32_t)page->questions.count,
			               strcmp(here, "/signals/{ref}/questions") == 0 };
	if (page->coordinates || page->writes)
		tabs[count++] = (struct tab_item){ "Al bekend?", path_to(rq, page, "/known"), -1,
			                           strcmp(here, "/signals/{ref}/known") == 0 };
	if (page->state != SIGNAL_DRAFT)
		tabs[count++] = (struct tab_item){ "Verbanden", path_to(rq, page, "/links"), -1,
			                           strcmp(here, "/signals/{ref}/links") == 0 };
	if (page->writes && rq->viewer->role == ROLE_SUBMITTER && rq->viewer->municipality_id != 0)
		tabs[count++] = (struct tab_item){ "Hulp", path_to(rq, page, "/helper"), -1,
			                           strcmp(here, "/signals/{ref}/helper") == 0 };
	page->tabs = (struct array){ tabs, count };
}

/* Who reads it, in words: from the same function that writes the audiences. */
static void fill_seers(struct request *rq, struct signal_page *page)
{
	struct seer_item *items = ARENA_ARRAY(rq->arena, struct seer_item, THING_AUDIENCES_MAX);
	struct thing thing;
	size_t count = 0;

	signal_thing_of(&page->signal, &thing);
	for (size_t i = 0; i < thing.reader_count; i++) {
		const int64_t kind = thing.readers[i] >> 48;
		const int64_t id = thing.readers[i] & ((INT64_C(1) << 48) - 1);
		if (kind == AUDIENCE_ORGAN)
			items[count++] = (struct seer_item){ page->on_behalf, "indieners" };
		else if (kind == AUDIENCE_APPOINTMENT && id != page->signal.appointment_id)
			items[count++] = (struct seer_item){ "RIEC", "wie helpt schrijven" };
		else if (kind == AUDIENCE_ROLE && access_role((enum role)id) != NULL)
			items[count++] =
			    (struct seer_item){ "RIEC", access_role((enum role)id)->label };
		else if (kind == AUDIENCE_MUNICIPALITY)
			items[count++] = (struct seer_item){ page->municipality_name,
				                             "burgemeester en contactpersoon" };
		else if (kind == AUDIENCE_MEETING)
			items[count++] = (struct seer_item){ "Overleg", "wie is uitgenodigd" };
	}
	page->seers = (struct array){ items, count };
	if (access_permits(rq->viewer->role, PERM_WHO_SEES))
		page->who_sees_href = path_to(rq, page, "/who-sees");
	if (access_permits(rq->viewer->role, PERM_RECORD_LOG_READ))
		page->access_log_href = path_to(rq, page, "/access-log");
}

/* The life of a signal in five words; a stopped one ends with its own state. */
static void fill_steps(struct request *rq, struct signal_page *page)
{
	static const struct {
		const char *label;
		uint64_t states;
	} LIFE[] = {
		{ "Schrijven", 1u << SIGNAL_DRAFT },
		{ "Ingediend", 1u << SIGNAL_SUBMITTED | 1u << SIGNAL_RETURNED },
		{ "Intake", 1u << SIGNAL_INTAKE_OK | 1u << SIGNAL_DEFERRED },
		{ "Overleg", 1u << SIGNAL_ON_AGENDA },
		{ "Besluit", 1u << SIGNAL_ADOPTED_CASE | 1u << SIGNAL_ADOPTED_DIRECT |
		                 1u << SIGNAL_MERGED | 1u << SIGNAL_NOT_ADOPTED |
		                 1u << SIGNAL_WITHDRAWN },
	};
	enum { COUNT = sizeof LIFE / sizeof LIFE[0] };
	struct step_item *items = ARENA_ARRAY(rq->arena, struct step_item, COUNT);
	size_t now = 0;

	for (size_t i = 0; i < COUNT; i++)
		if ((LIFE[i].states & (UINT64_C(1) << page->state)) != 0)
			now = i;
	for (size_t i = 0; i < COUNT; i++)
		items[i] =
		    (struct step_item){ .label = LIFE[i].label,
			                .done = i<now, .current = i == now, .later = i> now };
	page->steps = (struct array){ items, COUNT };
}

static int64_t day_or_absent(int64_t day)
{
	return day != 0 ? day : INT64_MIN;
}

static void fill_record(struct request *rq, const struct signal *s, struct signal_page *page)
{
	const struct law_task *task = s->task != 0 ? law_task((uint16_t)s->task) : NULL;
	const struct signal_texts *t = &page->texts;
	char *uuid = arena_alloc(rq->arena, UUID_TEXT_BYTES);

	uuid_text(&s->uuid, uuid);
	page->reference = s->reference;
	page->href = arena_printf(rq->arena, "/signals/%s", s->reference);
	page->uuid = uuid;
	page->version = s->version;
	page->state = s->state;
	page->on_behalf = s->on_behalf;
	page->participant = s->participant;
	page->saved_at = s->edited_at;
	page->submitted_at = s->submitted_at != 0 ? s->submitted_at : INT64_MIN;
	page->title = t->part[PART_TITLE];
	page->facts = t->part[PART_FACTS];
	page->judgement = t->part[PART_JUDGEMENT];
	page->where = t->part[PART_WHERE];
	page->tried = t->part[PART_TRIED];
	page->effect = t->part[PART_EFFECT];
	page->message = t->part[PART_MESSAGE];
	page->criterion_a = t->part[PART_CRITERION_A];
	page->criterion_b = t->part[PART_CRITERION_B];
	page->criterion_c = t->part[PART_CRITERION_C];
	page->criterion_d = t->part[PART_CRITERION_D];
	page->criterion_e = t->part[PART_CRITERION_E];
	page->seen_from = day_or_absent(s->seen_from);
	page->seen_until = day_or_absent(s->seen_until);
	page->municipality = s->municipality_id;
	page->municipality_name = s->municipality;
	page->task = s->task;
	page->task_name = task != NULL ? task->label : NULL;
	page->theme = s->theme;
	page->crime_form = s->crime_form;
	page->line = s->line;
	page->reliability = s->source_reliability;
	page->reason = s->reason_class;
	page->gone_on = day_or_absent(s->destroy_due);
	page->gone_ground = "BGS, artikel 1.16: niet in behandeling of ingetrokken";
}

static void fill_standing(struct request *rq, const struct signal *s, struct signal_page *page)
{
	struct thing thing;

	signal_thing_of(s, &thing);
	const bool may_write = access_may(rq->viewer, ACT_WRITE, &thing);
	page->writes = may_write && (s->state == SIGNAL_DRAFT || s->state == SIGNAL_RETURNED) &&
	               access_permits(rq->viewer->role, PERM_SIGNAL_WRITE);
	page->coordinates = may_write && access_permits(rq->viewer->role, PERM_SIGNAL_INTAKE);
	page->looked = page->picture.matched;
	page->to_review = page->coordinates && !page->picture.hits_reviewed;
	page->open_questions = page->picture.open_questions;
}

enum status signal_page_load(struct request *rq, struct signal_page *ret, struct error *reterr)
{
	struct signal s;

	*ret = (struct signal_page){ .gone_on = INT64_MIN };
	enum status st = signal_load(rq->db, rq->viewer, rq->params[0], rq->arena, &s, reterr);
	if (st != OK)
		return st;
	rq->touched = (struct touched){
		.kind = OBJECT_SIGNAL, .id = s.id, .owner_id = s.id, .owner_kind = OBJECT_SIGNAL
	};
	ret->signal = s;
	st = signal_texts_load(rq->db, plein_of(rq)->keyring, s.id, &s.uuid, rq->arena, &ret->texts,
	                       reterr);
	if (st == OK)
		st = signal_picture_load(rq->db, rq->viewer, s.id, &ret->picture, reterr);
	if (st != OK)
		return st;
	fill_record(rq, &s, ret);
	fill_standing(rq, &s, ret);
	st = signal_supplements(rq->db, rq->viewer, s.id, rq->arena, &ret->supplements, reterr);
	if (st == OK && ret->supplements != NULL)
		ret->supplements_href = arena_printf(rq->arena, "/casefiles/%s", ret->supplements);
	if (st == OK)
		st = fill_hits(rq, ret, reterr);
	if (st == OK)
		st = fill_history(rq, ret, reterr);
	if (st == OK)
		st = fill_questions(rq, ret, reterr);
	if (st == OK)
		st = signal_page_beside(rq, ret, reterr);
	if (st == OK)
		st = fill_subjects(rq, ret, reterr);
	if (st == OK)
		st = held_card(
		    rq->db, rq->viewer,
		    &(struct held_record){ OBJECT_SIGNAL, ret->signal.id, ret->reference },
		    rq->arena, &ret->held, reterr);
	fill_actions(rq, ret);
	fill_needs(rq, ret);
	fill_steps(rq, ret);
	fill_tabs(rq, ret);
	fill_seers(rq, ret);
	return st;
}

enum status signal_page_writable(const struct request *rq, const struct signal_page *page,
                                 struct error *reterr)
{
	(void)rq;
	if (page->writes)
		return OK;
	return FAIL(reterr, ERR_CONFLICT,
	            "U kunt dit signaal nu niet wijzigen. Bekijk hoe het nu staat.");
}

void signal_page_known(struct request *rq, struct signal_page *page, const struct array *rows)
{
	const struct signal_row *from = rows->items;
	struct known_item *to = ARENA_ARRAY(rq->arena, struct known_item, rows->count + 1);

	for (size_t i = 0; i < rows->count; i++)
		to[i] = (struct known_item){
			from[i].reference,
			arena_printf(rq->arena, "/signals/%s", from[i].reference),
			from[i].participant,
			from[i].municipality,
			code_label(SIGNAL_THEMES, from[i].theme),
			from[i].state,
		};
	page->known = (struct array){ to, rows->count };
	page->has_known = rows->count > 0;
}

enum status signal_page_alike(struct request *rq, struct signal_page *page,
                              const struct array *subjects, int64_t participant_id,
                              struct error *reterr)
{
	const struct plein *p = plein_of(rq);
	const struct alike_question q = { .live = p->live,
		                          .viewer = rq->viewer,
		                          .keyring = p->keyring,
		                          .subjects = subjects->items,
		                          .subject_count = subjects->count,
		                          .participant_id = participant_id,
		                          .signal_id = page->signal.id };
	const enum status st = alike_find(rq->db, &q, rq->arena, &page->alike, reterr);

	page->has_alike = page->alike.count > 0;
	return st;
}
