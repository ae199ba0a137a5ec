/* Files beside a signal: what it is decides whether it may stay; who reads the signal reads them,
 * but for the heavy kinds (decisions 1.1). */
#include "signals/attachment_http.h"

#include <stdlib.h>

#include "access/access.h"
#include "attachments/attachment_page.h"
#include "attachments/virus_scan.h"
#include "audit/action.h"
#include "law/law.h"
#include "platform/core/calendar.h"
#include "plein/plein.h"
#include "signals/attachment_index.h"
#include "signals/signal_page.h"
#include "subjects/presence.h"

/* ---- the form -------------------------------------------------------------------------------- */

struct about {
	int64_t number;
};
struct attachment_form {
	int64_t version, task;
	const struct input_value *file;
	int kind, heaviest;
	bool minimum;
	struct array subjects; /* of struct about */
};
static const struct field ABOUT_FIELDS[] = {
	{ .path = "number",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct about, number),
	  .label = "Nummer" },
};
static const struct form ABOUT_FORM = { ABOUT_FIELDS, 1, sizeof(struct about) };
static const struct field FIELDS[] = {
	FIELD_VERSION(struct attachment_form),
	{ .path = "file",
	  .kind = FIELD_FILE,
	  .offset = offsetof(struct attachment_form, file),
	  .label = "Het bestand",
	  .required = true,
	  .missing = "Kies eerst een bestand." },
	{ .path = "kind",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct attachment_form, kind),
	  .label = "Wat is het?",
	  .required = true,
	  .missing = "Kies wat voor stuk dit is.",
	  .codes = ATTACHMENT_KINDS },
	{ .path = "heaviest",
	  .kind = FIELD_CODE,
	  .offset = offsetof(struct attachment_form, heaviest),
	  .label = "Van alles wat: wat is het zwaarste dat erin staat?",
	  .codes = ATTACHMENT_CATEGORIES },
	{ .path = "task",
	  .kind = FIELD_INT,
	  .offset = offsetof(struct attachment_form, task),
	  .label = "Uit welke taak of welk register komt het?" },
	{ .path = "minimum",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(struct attachment_form, minimum),
	  .label = "Er staat alleen in wat nodig is om dit signaal te begrijpen" },
	{ .path = "subjects",
	  .kind = FIELD_LIST,
	  .offset = offsetof(struct attachment_form, subjects),
	  .label = "Over wie of wat gaat het?",
	  .max_chars = SUBJECTS_MAX,
	  .element = &ABOUT_FORM },
};
static const struct form ATTACHMENT_FORM = { FIELDS, sizeof FIELDS / sizeof FIELDS[0],
	                                     sizeof(struct attachment_form) };

/* ---- the page --------------------------------------------------------------------------------- */

struct line {
	struct attachment_line file;
	const char *about, *remove_path;
	bool may_write;
};
static const struct view_field LINE_FIELDS[] = {
	ATTACHMENT_LINE_FIELDS(struct line, file),
	VIEW_F(struct line, about, VIEW_TEXT),
	VIEW_AS(struct line, remove_path, "removePath", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct line, may_write, "mayWrite", VIEW_BOOL, .page_only = true),
};
static const struct view LINE_VIEW = VIEW_OF(struct line, LINE_FIELDS);

struct choice {
	const char *path, *label;
	int64_t number;
	bool chosen;
};
static const struct view_field CHOICE_FIELDS[] = {
	VIEW_F(struct choice, path, VIEW_TEXT),
	VIEW_F(struct choice, label, VIEW_TEXT),
	VIEW_F(struct choice, number, VIEW_INT),
	VIEW_F(struct choice, chosen, VIEW_BOOL),
};
static const struct view CHOICE_VIEW = VIEW_OF(struct choice, CHOICE_FIELDS);

struct attachments_page {
	const struct signal_page *signal;
	const char *ref, *action, *no_text; /* no_text: always NULL */
	int64_t version, task;
	struct array items, choices;
	int kind, heaviest;
	bool minimum, writes, has_items, has_choices;
};
#define P                         struct attachments_page
#define AROUND(member, name, ...) VIEW_AS(P, member, name, __VA_ARGS__, .page_only = true)
static const struct view_field PAGE_FIELDS[] = {
	VIEW_AS(P, ref, "reference", VIEW_REF),
	VIEW_F(P, version, VIEW_INT),
	VIEW_AS(P, items, "attachments", VIEW_LIST, .view = &LINE_VIEW),
	AROUND(ref, "ref", VIEW_TEXT),
	AROUND(signal, "signal", VIEW_OBJECT, .view = &SIGNAL_VIEW),
	AROUND(action, "action", VIEW_TEXT),
	AROUND(choices, "choices", VIEW_LIST, .view = &CHOICE_VIEW),
	AROUND(no_text, "file", VIEW_TEXT),
	AROUND(kind, "kind", VIEW_CODE, .codes = ATTACHMENT_KINDS),
	AROUND(heaviest, "heaviest", VIEW_CODE, .codes = ATTACHMENT_CATEGORIES),
	AROUND(task, "task", VIEW_INT),
	AROUND(minimum, "minimum", VIEW_BOOL),
	AROUND(writes, "writes", VIEW_BOOL),
	AROUND(has_items, "hasItems", VIEW_BOOL),
	AROUND(has_choices, "hasChoices", VIEW_BOOL),
};
#undef P
static const struct view PAGE_VIEW = VIEW_OF(struct attachments_page, PAGE_FIELDS);

static struct attachment_owner owner_of(const struct signal_page *page)
{
	return (struct attachment_owner){ OBJECT_SIGNAL, page->signal.id };
}

/* "Persoon: Jansen", as far as one line goes. */
static const char *subject_name(struct arena *a, const struct subject *s)
{
	const struct subject_fact *f = s->facts.items;
	const char *kind = subject_kind_label(s->kind);

	return s->facts.count > 0 ? arena_printf(a, "%s: %s", kind, fact_shown(a, &f[0])) : kind;
}

static const char *about_words(struct arena *a, const struct attachment *what,
                               const struct array *subjects)
{
	const struct subject *s = subjects->items;
	const int64_t *numbers = what->presences.items;
	const char *words = NULL;

	for (size_t i = 0; i < what->presences.count; i++)
		for (size_t j = 0; j < subjects->count; j++)
			if (s[j].number == numbers[i])
				words =
				    arena_printf(a, "%s%s%s", words != NULL ? words : "",
				                 words != NULL ? "; " : "", subject_name(a, &s[j]));
	return words;
}

static struct line line_of(struct request *rq, const struct signal_page *page,
                           const struct attachment *what, const struct array *subjects)
{
	const char *href =
	    arena_printf(rq->arena, "%s/attachments/%lld", page->href, (long long)what->number);

	return (struct line){
		.file = attachment_line(rq->arena, what, href),
		.about = about_words(rq->arena, what, subjects),
		.remove_path = arena_printf(rq->arena, "%s/remove", href),
		.may_write = page->writes,
	};
}

static void fill_lines(struct request *rq, struct attachments_page *page, const struct array *rows,
                       const struct array *subjects)
{
	const struct attachment *from = rows->items;
	struct line *to = ARENA_ARRAY(rq->arena, struct line, rows->count + 1);
	size_t count = 0;

	for (size_t i = 0; i < rows->count; i++)
		if (attachment_seen_by(rq->viewer, &page->signal->signal, &from[i]))
			to[count++] = line_of(rq, page->signal, &from[i], subjects);
	page->items = (struct array){ to, count };
	page->has_items = count > 0;
	rq->touched.count = (int32_t)count;
}

static void fill_choices(struct request *rq, struct attachments_page *page,
                         const struct array *subjects)
{
	const struct subject *from = subjects->items;
	struct choice *to = ARENA_ARRAY(rq->arena, struct choice, subjects->count + 1);

	for (size_t i = 0; i < subjects->count; i++) {
		const char *path = arena_printf(rq->arena, "subjects[%zu].number", i);
		const char *typed = input_text(rq->body, path);
		to[i] =
		    (struct choice){ path, subject_name(rq->arena, &from[i]), from[i].number,
			             typed != NULL && strtoll(typed, NULL, 10) == from[i].number };
	}
	page->choices = (struct array){ to, subjects->count };
	page->has_choices = subjects->count > 0;
}

static enum status show(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *signal = ARENA_NEW(rq->arena, struct signal_page);
	struct attachments_page *page = ARENA_NEW(rq->arena, struct attachments_page);
	struct array rows = { 0 }, subjects = { 0 };

	enum status st = signal_page_load(rq, signal, reterr);
	if (st != OK)
		return st;
	const struct attachment_owner owner = owner_of(signal);
	signal_page_outline(rq, signal, NULL);
	signal_page_tasks(rq, signal);
	signal->heading = "Bijlagen";
	*page = (struct attachments_page){
		.signal = signal,
		.ref = signal->reference,
		.version = signal->version,
		.task = signal->task,
		.action = arena_printf(rq->arena, "%s/attachments", signal->href),
		.writes = signal->writes,
	};
	st = attachment_list(rq->db, plein_of(rq)->keyring, &owner, rq->arena, &rows, reterr);
	if (st == OK)
		st = subject_list(rq->db, plein_of(rq)->keyring, owner.id, rq->arena, &subjects,
		                  reterr);
	if (st != OK)
		return st;
	fill_lines(rq, page, &rows, &subjects);
	fill_choices(rq, page, &subjects);
	const struct page drawn = { .title = "Bijlagen",
		                    .place = "/signals",
		                    .confidential = true,
		                    .template_name = "signals/attachments",
		                    .form = &ATTACHMENT_FORM };
	return page_respond(rq, rs, &drawn, &PAGE_VIEW, page, reterr);
}

/* ---- downloading -------------------------------------------------------------------------------- */

static enum status download(struct request *rq, struct response *rs, struct error *reterr)
{
	struct signal_page *signal = ARENA_NEW(rq->arena, struct signal_page);
	struct attachment what = { 0 };

	enum status st = signal_page_load(rq, signal, reterr);
	if (st != OK)
		return st;
	const struct attachment_owner owner = owner_of(signal);
	const struct plein *p = plein_of(rq);
	st = attachment_load(rq->db, p->keyring, &owner, strtoll(rq->params[1], NULL, 10),
	                     rq->arena, &what, reterr);
	if (st == OK && !attachment_seen_by(rq->viewer, &signal->signal, &what))
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	rq->touched.kind = OBJECT_ATTACHMENT;
	rq->touched.id = what.id;
	const char *name =
	    arena_printf(rq->arena, "%s-bijlage-%lld", signal->reference, (long long)what.number);
	return attachment_send(rq, rs, p->keyring, p->files, &what, name, reterr);
}

/* ---- adding --------------------------------------------------------------------------------------- */

struct attachment_change {
	struct attachment_form in;
	struct signal signal;
	const char *href;
	struct sealed_attachment sealed;
	int64_t presence_ids[SUBJECTS_MAX];
	size_t presence_count;
};

/* What it is filed under: the kind says, or who sends a mixed document. */
static enum law_category category_of(const struct attachment_form *in)
{
	const struct law_kind *kind = law_kind((uint16_t)in->kind);

	if (kind == NULL)
		return CATEGORY_NONE;
	return kind->category != CATEGORY_NONE ? kind->category : (enum law_category)in->heaviest;
}

static const char *field_at_fault(struct verdict v, const struct law_kind *kind)
{
	if (v.kind == VERDICT_ONLY_IF)
		return "minimum";
	if (v.rule != NULL && strcmp(v.rule, "X-1") == 0)
		return "task";
	return kind != NULL && !kind->refused && kind->category == CATEGORY_NONE ? "heaviest"
	                                                                         : "kind";
}

static void check_law(struct request *rq, const struct attachment_change *c)
{
	const struct law_kind *kind = law_kind((uint16_t)c->in.kind);
	const struct law_item item = {
		.category = category_of(&c->in),
		.source = (enum law_letter)c->signal.letter,
		.task = c->in.task > 0 && c->in.task <= UINT16_MAX ? (uint16_t)c->in.task : 0,
		.received_day = local_day(rq->now_ms),
		.about_subject = c->presence_count > 0,
		.about_phenomenon = c->presence_count == 0,
		.in_signal = true,
		.marked_minimum = c->in.minimum,
		.has_origin = true,
		.kind = (uint16_t)c->in.kind,
		.on_day = local_day(rq->now_ms),
	};
	const struct verdict v = law_item_may(&item);

	if (c->in.kind != 0 && !verdict_allows(v))
		problems_add_verdict(rq->problems, field_at_fault(v, kind), v);
}

static enum status find_presences(struct request *rq, struct attachment_change *c,
                                  struct error *reterr)
{
	struct array subjects = { 0 };
	const struct about *about = c->in.subjects.items;

	enum status st =
	    subject_list(rq->db, plein_of(rq)->keyring, c->signal.id, rq->arena, &subjects, reterr);
	const struct subject *s = subjects.items;
	for (size_t i = 0; st == OK && i < c->in.subjects.count; i++)
		for (size_t j = 0; j < subjects.count && c->presence_count < SUBJECTS_MAX; j++)
			if (about[i].number != 0 && s[j].number == about[i].number)
				c->presence_ids[c->presence_count++] = s[j].id;
	return st;
}

/* Slow, and outside every transaction: the scanner and the disk. */
static enum status keep_file(struct request *rq, struct attachment_change *c,
                             const struct attachment_input *in, int media, struct error *reterr)
{
	const struct plein *p = plein_of(rq);
	enum status st = OK;

	if (p->clamd != NULL)
		st = virus_scan(p->clamd, &in->file->file, reterr);
	if (st == ERR_INVALID) {
		problems_add(rq->problems, PROBLEM_ERROR, "file", reterr->message);
		return OK;
	}
	if (st != OK)
		return st;
	return attachment_seal(p->keyring, p->files, in, media, rq->now_ms, rq->arena, &c->sealed,
	                       reterr);
}

static enum status prepare_add(struct request *rq, void **ret_input, struct error *reterr)
{
	struct attachment_change *c = ARENA_NEW(rq->arena, struct attachment_change);
	struct signal_page *page = ARENA_NEW(rq->arena, struct signal_page);

	enum status st = signal_page_load(rq, page, reterr);
	if (st == OK)
		st = signal_page_writable(rq, page, reterr);
	if (st != OK)
		return st;
	c->signal = page->signal;
	c->href = arena_printf(rq->arena, "%s/attachments", page->href);
	input_read(rq->body, &ATTACHMENT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	st = find_presences(rq, c, reterr);
	if (st != OK)
		return st;
	check_law(rq, c);
	const struct attachment_input in = { .kind = c->in.kind,
		                             .category = (int)category_of(&c->in),
		                             .file = c->in.file,
		                             .source_participant_id = c->signal.participant_id };
	const int media = attachment_check(&in, "file", rq->problems);
	*ret_input = c;
	return rq->problems->error_count > 0 ? OK : keep_file(rq, c, &in, media, reterr);
}

static enum status apply_add(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct attachment_change *c = change->input;
	const struct request *rq = change->rq;
	const struct attachment_adding in = {
		.owner = { OBJECT_SIGNAL, c->signal.id },
		.what = &c->sealed,
		.organ_id = c->signal.organ_id,
		.appointment_id = rq->viewer->appointment_id,
		.task = (int)c->in.task,
		.presence_ids = c->presence_ids,
		.presence_count = c->presence_count,
		.now_ms = rq->now_ms,
	};

	enum status st = db_claim(tx, &SIGNAL_ROOT, c->signal.id, c->in.version, reterr);
	if (st == OK)
		st = attachment_add(tx, &in, reterr);
	if (st == OK)
		st =
		    signal_set_codes(tx, c->signal.id, &SIGNAL_CODES_UNCHANGED, rq->now_ms, reterr);
	change->location = c->href;
	change->note = "Bewaard.";
	change->json =
	    arena_printf(db_tx_arena(tx), "{\"version\":%lld}", (long long)c->in.version + 1);
	return st;
}

/* ---- removing --------------------------------------------------------------------------------------- */

struct remove_change {
	struct version_input in;
	struct signal_page *page;
	int64_t number;
};

static enum status prepare_remove(struct request *rq, void **ret_input, struct error *reterr)
{
	struct remove_change *c = ARENA_NEW(rq->arena, struct remove_change);

	c->page = ARENA_NEW(rq->arena, struct signal_page);
	enum status st = signal_page_load(rq, c->page, reterr);
	if (st == OK)
		st = signal_page_writable(rq, c->page, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &VERSION_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	c->number = strtoll(rq->params[1], NULL, 10);
	*ret_input = c;
	return OK;
}

static enum status apply_remove(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct remove_change *c = change->input;
	const struct attachment_owner owner = owner_of(c->page);

	enum status st = db_claim(tx, &SIGNAL_ROOT, owner.id, c->in.version, reterr);
	if (st == OK)
		st = attachment_remove(tx, &owner, c->number, reterr);
	if (st == OK)
		st = signal_set_codes(tx, owner.id, &SIGNAL_CODES_UNCHANGED, change->rq->now_ms,
		                      reterr);
	change->location = arena_printf(db_tx_arena(tx), "%s/attachments", c->page->href);
	change->note = "Weggehaald. Niemand kan de bijlage nog openen.";
	return st;
}

/* ---- routes ------------------------------------------------------------------------------------------ */

const struct route attachment_routes[] = {
	{ .method = "GET",
	  .path = "/signals/{ref}/attachments",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_SIGNAL_VIEW,
	  .read = show,
	  .view = &PAGE_VIEW,
	  .summary = "De bijlagen bij een signaal" },
	{ .method = "POST",
	  .path = "/signals/{ref}/attachments",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .flags = ROUTE_UPLOAD | ROUTE_PIECES,
	  .prepare = prepare_add,
	  .apply = apply_add,
	  .redraw = show,
	  .form = &ATTACHMENT_FORM,
	  .summary = "Een bijlage toevoegen" },
	{ .method = "GET",
	  .path = "/signals/{ref}/attachments/{number}",
	  .permission = PERM_SIGNAL_READ,
	  .action = AUDIT_ATTACHMENT_READ,
	  .read = download,
	  .summary = "Een bijlage, zoals zij gestuurd werd" },
	{ .method = "POST",
	  .path = "/signals/{ref}/attachments/{number}/remove",
	  .permission = PERM_SIGNAL_WRITE,
	  .action = AUDIT_SIGNAL_WRITE,
	  .prepare = prepare_remove,
	  .apply = apply_remove,
	  .form = &VERSION_FORM,
	  .summary = "Een bijlage weghalen" },
	{ 0 },
};

const struct page_template attachment_templates[] = {
	{ .name = "signals/attachments",
	  .view = &PAGE_VIEW,
	  .form = &ATTACHMENT_FORM,
	  .whole = true },
	{ 0 },
};
