/* Who or what a signal is about, and what binds them: adding, changing in place, taking away. */
#include "signals/subject_http.h"

#include "access/access.h"
#include "audit/action.h"
#include "law/law.h"
#include "law/read_prose.h"
#include "partners/partner.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/signal_page.h"
#include "signals/subject_apart.h"
#include "subjects/tie.h"

static enum status respond(struct request *rq, struct response *rs, struct signal_page *record,
                           const char *template_name, const struct form *form, struct error *reterr)
{
	const struct page page = { .title = record->heading,
		                   .place = "/signals",
		                   .confidential = true,
		                   .template_name = template_name,
		                   .form = form };
	return page_respond(rq, rs, &page, &SIGNAL_VIEW, record, reterr);
}

/* ---- the pages -------------------------------------------------------------------------------- */

static enum status load_writable(struct request *rq, struct signal_page *record,
                                 struct error *reterr)
{
	enum status st = signal_page_load(rq, record, reterr);
	return st == OK ? signal_page_writable(rq, record, reterr) : st;
}

/* stored: the task of what is there; 0: nothing yet. */
static enum status fill_tasks(struct request *rq, struct signal_page *record, int64_t stored,
                              struct error *reterr)
{
	struct array organs = { 0 };
	const enum status st =
	    organ_list(rq->db, record->signal.participant_id, rq->arena, &organs, reterr);

	record->task_options =
	    task_choices(rq->arena, organs, "Uit dezelfde als het signaal",
	                 sent_or(rq, "task", stored != record->signal.task ? stored : 0));
	subject_apart_fill(rq, record, organs);
	return st;
}

static enum status show_subjects(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = load_writable(rq, record, reterr);
	if (st != OK)
		return st;
	signal_page_outline(rq, record, "subjects");
	signal_page_kind(rq, record);
	st = fill_tasks(rq, record, 0, reterr);
	if (st != OK)
		return st;
	record->heading = "Over wie of wat?";
	record->action_path = arena_printf(rq->arena, "%s/edit/subjects", record->href);
	record->next_href = arena_printf(rq->arena, "%s/edit/theme", record->href);
	record->back_href = arena_printf(rq->arena, "%s/edit/place", record->href);
	return respond(rq, rs, record, "signals/edit_subjects", &SUBJECT_FORM, reterr);
}

static const struct subject *numbered(const struct array *subjects, int64_t number)
{
	const struct subject *s = subjects->items;

	for (size_t i = 0; i < subjects->count; i++)
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

/* What was typed stands in the fields again; a BSN isn't sent back. */
static void prefill(struct arena *a, const struct subject *s, struct signal_page *record)
{
	const struct subject_fact *f = s->facts.items;
	const struct subject_fact usual = usual_fact(s);

	record->kind = s->kind;
	record->role = s->role;
	record->subject.source_grade = usual.evaluation >> 8;
	record->subject.information_grade = usual.evaluation & 0x7f;
	record->subject.apart = apart_of(a, s, &usual);
	for (size_t i = 0; i < s->facts.count; i++)
		if (f[i].kind != FACT_BSN)
			*subject_field(&record->subject, f[i].kind) = f[i].raw;
		else
			record->has_bsn = true;
}

static enum status show_subject(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);
	struct array subjects = { 0 };
	const int64_t number = strtoll(rq->params[1], NULL, 10);

	enum status st = load_writable(rq, record, reterr);
	if (st == OK)
		st = subject_list(rq->db, plein_of(rq)->keyring, record->signal.id, rq->arena,
		                  &subjects, reterr);
	if (st != OK)
		return st;
	const struct subject *s = numbered(&subjects, number);
	if (s == NULL)
		return FAIL_NOT_FOUND(reterr);
	signal_page_outline(rq, record, "subjects");
	signal_page_kind(rq, record);
	record->editing = true;
	prefill(rq->arena, s, record);
	st = fill_tasks(rq, record, usual_fact(s).task, reterr);
	if (st != OK)
		return st;
	signal_page_may(rq, record);
	record->heading = subject_kind_label(s->kind);
	for (const struct code *c = SUBJECT_KINDS; c->name != NULL; c++)
		if (c->value == s->kind)
			record->kind_name = c->name;
	record->action_path =
	    arena_printf(rq->arena, "%s/subjects/%lld", record->href, (long long)number);
	record->back_href = arena_printf(rq->arena, "%s/edit/subjects", record->href);
	return respond(rq, rs, record, "signals/edit_subject", &SUBJECT_FORM, reterr);
}

/* ---- adding and changing ------------------------------------------------------------------------ */

struct subject_change {
	struct subject_input in;
	struct signal signal;
	struct subject_source source;
	struct sealed_subject sealed;
	struct sealed_tie tie;
	bool tied;
};

/* The organ of this participant that has the task; its own where the signal's task counts. */
static enum status source_of(struct request *rq, const struct signal *s, int64_t task,
                             const char *path, struct subject_source *ret,
                             enum law_letter *ret_letter, struct error *reterr)
{
	struct array organs = { 0 };
	const struct law_task *row =
	    task > 0 && task <= UINT16_MAX ? law_task((uint16_t)task) : NULL;

	*ret = (struct subject_source){ s->participant_id, s->organ_id, rq->viewer->appointment_id,
		                        row != NULL ? (int)task : s->task };
	*ret_letter = (enum law_letter)s->letter;
	if (row == NULL && task != 0)
		problems_add(rq->problems, PROBLEM_ERROR, path, "Kies een taak uit de lijst.");
	if (row == NULL || (char)row->letter == s->letter)
		return OK;
	enum status st = organ_list(rq->db, s->participant_id, rq->arena, &organs, reterr);
	const struct organ *o = organs.items;
	for (size_t i = 0; st == OK && i < organs.count; i++)
		if (o[i].letter == (char)row->letter) {
			ret->organ_id = o[i].id;
			*ret_letter = row->letter;
			return OK;
		}
	if (st == OK)
		problems_add(rq->problems, PROBLEM_ERROR, path, "Kies een taak uit de lijst.");
	return st;
}

/* A tie has one right way round; where both fit, the new one comes first. */
static bool seal_tie(struct request *rq, struct subject_change *c, const struct tie_end *mine,
                     const struct tie_end *main)
{
	const int kind = c->in.tie_kind;
	const bool forth = tie_fits(kind, mine->kind, main->kind);

	if (!forth && !tie_fits(kind, main->kind, mine->kind)) {
		problems_add(rq->problems, PROBLEM_ERROR, "tieKind",
		             "Deze band past niet bij deze twee. Kies een andere band.");
		return false;
	}
	tie_seal(forth ? mine : main, forth ? main : mine, kind, "", &c->source, rq->now_ms,
	         rq->arena, &c->tie);
	return true;
}

static enum status seal_circle(struct request *rq, struct subject_change *c, struct error *reterr)
{
	const struct law_subject_state said = { .role = (enum law_role)c->in.role,
		                                .has_tie_to_main = c->in.tie_to != 0,
		                                .tie_has_kind = c->in.tie_kind != 0,
		                                .tie_has_source = true };
	struct tie_end mine = { .uuid = c->sealed.uuid,
		                .key = c->sealed.key.key,
		                .kind = c->in.kind,
		                .role = c->in.role },
		       main;
	struct verdict v = law_x7_direct_circle(&said);

	if (c->in.role != ROLE_DIRECT_CIRCLE)
		return OK;
	if (!verdict_allows(v)) {
		problems_add_verdict(rq->problems, c->in.tie_to == 0 ? "tieTo" : "tieKind", v);
		seal_key_wipe(&mine.key);
		return OK;
	}
	enum status st =
	    tie_end_load(rq->db, plein_of(rq)->keyring, c->signal.id, c->in.tie_to, &main, reterr);
	if (st == ERR_NOT_FOUND) {
		problems_add(rq->problems, PROBLEM_ERROR, "tieTo", "Kies iemand uit de lijst.");
		st = OK;
	} else if (st == OK) {
		c->tied = seal_tie(rq, c, &mine, &main);
		seal_key_wipe(&main.key);
	}
	seal_key_wipe(&mine.key);
	return st;
}

/* Whose task each fact that is apart comes from. */
static enum status find_organs(struct request *rq, const struct subject_change *c,
                               struct subject_fact *facts, size_t count, struct error *reterr)
{
	enum status st = OK;

	for (size_t i = 0; st == OK && i < count; i++) {
		const char *path = fact_apart_path(&c->in, facts[i].kind, "task", rq->arena);
		struct subject_source from;
		if (facts[i].task == 0 || path == NULL)
			continue;
		st =
		    source_of(rq, &c->signal, facts[i].task, path, &from, &facts[i].letter, reterr);
		facts[i].organ_id = from.organ_id;
	}
	return st;
}

/* An empty BSN keeps the one that is there, which the page didn't send. */
static size_t keep_bsn(const struct subject_input *in, const struct subject *old,
                       struct subject_fact facts[FACT_KIND_COUNT], size_t count)
{
	const struct subject_fact *f = old->facts.items;

	for (size_t i = 0; i < count; i++)
		if (facts[i].kind == FACT_BSN)
			return count;
	for (size_t i = 0; !in->drop_bsn && i < old->facts.count; i++)
		if (f[i].kind == FACT_BSN && count < FACT_KIND_COUNT) {
			facts[count] = f[i];
			facts[count].task = 0; /* as the form says of it now */
			facts[count++].evaluation = in->source_grade << 8 | in->information_grade;
		}
	return count;
}

/* Form, facts, source and law: what adding and changing share. old: what is there, NULL for a new
 * one. *ret_count facts. */
static enum status read_subject(struct request *rq, struct subject_change *c,
                                const struct subject *old,
                                struct subject_fact facts[FACT_KIND_COUNT], size_t *ret_count,
                                struct error *reterr)
{
	enum law_letter letter;

	enum status st = source_of(rq, &c->signal, c->in.task, "task", &c->source, &letter, reterr);
	if (st != OK)
		return st;
	*ret_count = subject_read(&c->in, local_day(rq->now_ms), rq->arena, facts, rq->problems);
	if (old != NULL)
		*ret_count = keep_bsn(&c->in, old, facts, *ret_count);
	subject_facts_apart(&c->in, facts, *ret_count, rq->arena, rq->problems);
	st = find_organs(rq, c, facts, *ret_count, reterr);
	if (st != OK)
		return st;
	subject_facts_may(letter, facts, *ret_count, rq->problems);
	return OK;
}

static enum status prepare_add(struct request *rq, void **ret_input, struct error *reterr)
{
	struct subject_change *c = ARENA_NEW(rq->arena, struct subject_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);
	struct subject_fact facts[FACT_KIND_COUNT];
	size_t count = 0;

	enum status st = load_writable(rq, page, reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	input_read(rq->body, &SUBJECT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	st = read_subject(rq, c, NULL, facts, &count, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	subject_seal(plein_of(rq)->keyring, plein_of(rq)->identifier_key, &c->in, facts, count,
	             &c->source, rq->now_ms, rq->arena, &c->sealed);
	st = seal_circle(rq, c, reterr);
	seal_key_wipe(&c->sealed.key.key);
	*ret_input = c;
	return st;
}

static void answer(struct change *change, struct db_tx *tx, const struct signal *s, int64_t version,
                   const char *note)
{
	const char *go = input_text(change->rq->body, "_go");
	const bool looks = go != NULL && strcmp(go, "known") == 0;

	change->location = arena_printf(db_tx_arena(tx), "/signals/%s/%s", s->reference,
	                                looks ? "known" : "edit/subjects");
	change->note = note;
	change->json = arena_printf(db_tx_arena(tx), "{\"version\":%lld}", (long long)version + 1);
}

static enum status apply_add(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct subject_change *c = change->input;
	const int64_t id = c->signal.id, now_ms = change->rq->now_ms;

	enum status st = db_claim(tx, &SIGNAL_ROOT, id, c->in.version, reterr);
	if (st == OK)
		st = subject_add(tx, id, &c->sealed, &c->source, now_ms, reterr);
	if (st == OK && c->tied)
		st = tie_add(tx, id, &c->tie, &c->source, now_ms, reterr);
	if (st == OK)
		st = circle_check(tx, id, reterr);
	if (st == OK)
		st = signal_set_codes(tx, id, &SIGNAL_CODES_UNCHANGED, now_ms, reterr);
	answer(change, tx, &c->signal, c->in.version, "Toegevoegd.");
	return st;
}

/* "Vul minstens een gegeven in" isn't true when the BSN stays. */
static bool only_bsn_stays(const struct subject_input *in, const struct subject *old)
{
	const struct subject_fact *f = old->facts.items;

	for (size_t i = 0; !in->drop_bsn && i < old->facts.count; i++)
		if (f[i].kind == FACT_BSN)
			return true;
	return false;
}

static enum status prepare_edit(struct request *rq, void **ret_input, struct error *reterr)
{
	struct subject_change *c = ARENA_NEW(rq->arena, struct subject_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);
	struct subject_fact facts[FACT_KIND_COUNT];
	struct array subjects = { 0 };
	const int64_t number = strtoll(rq->params[1], NULL, 10);
	size_t count = 0;

	enum status st = load_writable(rq, page, reterr);
	if (st == OK)
		st = subject_list(rq->db, plein_of(rq)->keyring, page->signal.id, rq->arena,
		                  &subjects, reterr);
	const struct subject *old = st == OK ? numbered(&subjects, number) : NULL;
	if (st == OK && old == NULL)
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	input_read(rq->body, &SUBJECT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (c->in.bsn[0] == '\0' && only_bsn_stays(&c->in, old))
		c->in.keeps_bsn = true;
	st = read_subject(rq, c, old, facts, &count, reterr);
	if (st != OK || rq->problems->error_count > 0)
		return st;
	const struct subject_place place = { page->signal.id, number };
	*ret_input = c;
	return subject_reseal(rq->db, plein_of(rq)->keyring, plein_of(rq)->identifier_key, &place,
	                      &c->in, facts, count, &c->source, rq->now_ms, rq->arena, &c->sealed,
	                      reterr);
}

static enum status apply_edit(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct subject_change *c = change->input;
	const int64_t id = c->signal.id, now_ms = change->rq->now_ms;

	enum status st = db_claim(tx, &SIGNAL_ROOT, id, c->in.version, reterr);
	if (st == OK)
		st = subject_replace(tx, id, &c->sealed, &c->source, now_ms, reterr);
	if (st == OK)
		st = circle_check(tx, id, reterr);
	if (st == OK)
		st = signal_set_codes(tx, id, &SIGNAL_CODES_UNCHANGED, now_ms, reterr);
	answer(change, tx, &c->signal, c->in.version, "Gewijzigd.");
	return st;
}

/* ---- ties ------------------------------------------------------------------------------------------ */

struct tie_input {
	int64_t version, from, to;
	int kind;
	const char *note;
};
static const struct field TIE_FIELDS[] = {
	FIELD_VERSION(struct tie_input),
	{ .path = "from",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct tie_input, from),
	  .label = "Wie of wat",
	  .required = true,
	  .missing = "Kies wie of wat." },
	{ .path = "tie",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct tie_input, kind),
	  .label = "De band",
	  .required = true,
	  .missing = "Kies de band.",
	  .codes = TIE_KINDS },
	{ .path = "to",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct tie_input, to),
	  .label = "Met wie of wat",
	  .required = true,
	  .missing = "Kies met wie of wat." },
	{ .path = "note",
	  .kind = FIELD_TEXT,
	  .offset = offsetof(struct tie_input, note),
	  .label = "Hoe weet u dit?",
	  .max_chars = TIE_NOTE_CHARS },
};
static const struct form TIE_FORM = { TIE_FIELDS, sizeof TIE_FIELDS / sizeof TIE_FIELDS[0],
	                              sizeof(struct tie_input) };

struct tie_change {
	struct tie_input in;
	struct signal signal;
	struct subject_source source;
	struct sealed_tie tie;
};

static enum status show_tie(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *record = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = load_writable(rq, record, reterr);
	if (st != OK)
		return st;
	signal_page_outline(rq, record, "subjects");
	signal_page_tie_ends(rq, record);
	record->heading = "Leg een band vast";
	record->action_path = arena_printf(rq->arena, "%s/ties", record->href);
	record->back_href = arena_printf(rq->arena, "%s/edit/subjects", record->href);
	return respond(rq, rs, record, "signals/edit_tie", &TIE_FORM, reterr);
}

static void check_tie(struct request *rq, const struct tie_change *c, const struct tie_end *from,
                      const struct tie_end *to)
{
	const struct law_kind *kind = law_kind((uint16_t)c->in.kind);
	const struct law_item item = { .category = kind != NULL ? kind->category : CATEGORY_NONE,
		                       .source = (enum law_letter)c->signal.letter,
		                       .in_signal = true };
	struct verdict v = law_r3_source(&item);

	if (verdict_allows(v))
		v = law_phase_0(&item);
	if (!verdict_allows(v))
		problems_add_verdict(rq->problems, "tie", v);
	else if (!tie_fits(c->in.kind, from->kind, to->kind))
		problems_add(rq->problems, PROBLEM_ERROR, "tie",
		             "Deze band past niet bij deze twee. Kies een andere, of draai ze om.");
}

static enum status load_ends(struct request *rq, const struct tie_change *c, struct tie_end *from,
                             struct tie_end *to, struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;

	if (c->in.from == c->in.to) {
		problems_add(rq->problems, PROBLEM_ERROR, "to", "Kies twee verschillende.");
		return ERR_NOT_FOUND;
	}
	enum status st = tie_end_load(rq->db, k, c->signal.id, c->in.from, from, reterr);
	if (st == ERR_NOT_FOUND)
		problems_add(rq->problems, PROBLEM_ERROR, "from", "Kies iemand uit de lijst.");
	if (st != OK)
		return st;
	st = tie_end_load(rq->db, k, c->signal.id, c->in.to, to, reterr);
	if (st == ERR_NOT_FOUND)
		problems_add(rq->problems, PROBLEM_ERROR, "to", "Kies iemand uit de lijst.");
	if (st != OK)
		seal_key_wipe(&from->key);
	return st;
}

static enum status prepare_tie(struct request *rq, void **ret_input, struct error *reterr)
{
	struct tie_change *c = ARENA_NEW(rq->arena, struct tie_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);
	struct tie_end from, to;

	enum status st = load_writable(rq, page, reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	c->source = (struct subject_source){ c->signal.participant_id, c->signal.organ_id,
		                             rq->viewer->appointment_id, c->signal.task };
	*ret_input = c;
	input_read(rq->body, &TIE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	if (rq->problems->error_count > 0)
		return OK;
	st = load_ends(rq, c, &from, &to, reterr);
	if (st != OK)
		return st == ERR_NOT_FOUND ? OK : st;
	check_tie(rq, c, &from, &to);
	tie_seal(&from, &to, c->in.kind, c->in.note, &c->source, rq->now_ms, rq->arena, &c->tie);
	seal_key_wipe(&from.key);
	seal_key_wipe(&to.key);
	return OK;
}

static enum status apply_tie(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct tie_change *c = change->input;
	const int64_t id = c->signal.id, now_ms = change->rq->now_ms;

	enum status st = db_claim(tx, &SIGNAL_ROOT, id, c->in.version, reterr);
	if (st == OK)
		st = tie_add(tx, id, &c->tie, &c->source, now_ms, reterr);
	if (st == OK)
		st = signal_set_codes(tx, id, &SIGNAL_CODES_UNCHANGED, now_ms, reterr);
	answer(change, tx, &c->signal, c->in.version, "De band is vastgelegd.");
	return st;
}

/* ---- taking away -------------------------------------------------------------------------------------- */

struct remove_change {
	struct version_input in;
	struct signal signal;
	int64_t number;
};

static enum status prepare_remove(struct request *rq, void **ret_input, struct error *reterr)
{
	struct remove_change *c = ARENA_NEW(rq->arena, struct remove_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = load_writable(rq, page, reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	c->number = strtoll(rq->params[1], NULL, 10);
	*ret_input = c;
	return OK;
}

typedef enum status remove_fn(struct db_tx *tx, int64_t signal_id, int64_t number,
                              struct error *reterr);

static enum status apply_removal(struct db_tx *tx, struct change *change, remove_fn *remove,
                                 const char *note, struct error *reterr)
{
	const struct remove_change *c = change->input;
	const int64_t id = c->signal.id;

	enum status st = db_claim(tx, &SIGNAL_ROOT, id, c->in.version, reterr);
	if (st == OK)
		st = remove(tx, id, c->number, reterr);
	if (st == OK)
		st = circle_check(tx, id, reterr);
	if (st == OK)
		st = signal_set_codes(tx, id, &SIGNAL_CODES_UNCHANGED, change->rq->now_ms, reterr);
	answer(change, tx, &c->signal, c->in.version, note);
	return st;
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	return apply_removal(tx, args, subject_remove, "Weggehaald, met alle gegevens erbij.",
	                     reterr);
}

static enum status apply_untie(struct db_tx *tx, void *args, struct error *reterr)
{
	return apply_removal(tx, args, tie_remove, "De band is weggehaald.", reterr);
}

/* ---- routes ----------------------------------------------------------------------------------------- */

const struct route subject_routes[] = {
	{ .method = "GET",
	  .path = "/signals/{ref}/edit/subjects",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_VIEW,
	  .read = show_subjects,
	  .view = &SIGNAL_VIEW,
	  .summary = "Over wie of wat een concept gaat" },
	{ .method = "POST",
	  .path = "/signals/{ref}/edit/subjects",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_add,
	  .apply = apply_add,
	  .redraw = show_subjects,
	  .form = &SUBJECT_FORM,
	  .summary = "Een persoon, bedrijf, plek of zaak toevoegen" },
	{ .method = "GET",
	  .path = "/signals/{ref}/subjects/{number}",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_subject,
	  .summary = "Een persoon, bedrijf, plek of zaak uit een concept" },
	{ .method = "POST",
	  .path = "/signals/{ref}/subjects/{number}",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_edit,
	  .apply = apply_edit,
	  .redraw = show_subject,
	  .form = &SUBJECT_FORM,
	  .summary = "Een persoon, bedrijf, plek of zaak wijzigen" },
	{ .method = "POST",
	  .path = "/signals/{ref}/subjects/{number}/remove",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_remove,
	  .apply = apply_remove,
	  .redraw = show_subjects,
	  .form = &VERSION_FORM,
	  .summary = "Een persoon, bedrijf, plek of zaak weghalen" },
	{ .method = "GET",
	  .path = "/signals/{ref}/ties",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_VIEW,
	  .flags = ROUTE_PAGE_ONLY,
	  .read = show_tie,
	  .summary = "Een band vastleggen tussen twee uit een concept" },
	{ .method = "POST",
	  .path = "/signals/{ref}/ties",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_tie,
	  .apply = apply_tie,
	  .redraw = show_tie,
	  .form = &TIE_FORM,
	  .summary = "Een band vastleggen tussen twee uit een concept" },
	{ .method = "POST",
	  .path = "/signals/{ref}/ties/{id}/remove",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_remove,
	  .apply = apply_untie,
	  .redraw = show_subjects,
	  .form = &VERSION_FORM,
	  .summary = "Een band weghalen" },
	{ 0 },
};

const struct page_template subject_templates[] = {
	{ .name = "signals/edit_subjects",
	  .view = &SIGNAL_VIEW,
	  .form = &SUBJECT_FORM,
	  .whole = true },
	{ .name = "signals/edit_subject",
	  .view = &SIGNAL_VIEW,
	  .form = &SUBJECT_FORM,
	  .whole = true },
	{ .name = "signals/edit_tie", .view = &SIGNAL_VIEW, .form = &TIE_FORM, .whole = true },
	{ 0 },
};
