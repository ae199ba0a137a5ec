/* Notes and tasks of a casefile. */
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "access/access.h"
#include "audit/action.h"
#include "casework/casefile_http.h"
#include "casework/casefile_page.h"
#include "casework/note.h"
#include "casework/subject_page.h"
#include "platform/view/choice.h"
#include "plein/plein.h"

/* ---- forms ------------------------------------------------------------------------------------- */

struct note_input {
	int64_t version, owner, due_day;
	const char *text;
	bool heavy;
};
#define I struct note_input
#define WORDS(path_, member, label_, missing_, max)                                                \
	{                                                                                          \
		.path = (path_), .kind = FIELD_TEXT, .offset = offsetof(I, member),                \
		.label = (label_), .required = true, .missing = (missing_), .max_chars = (max)     \
	}
#define PROSE(path_, member, label_, missing_, max)                                                \
	{                                                                                          \
		.path = (path_), .kind = FIELD_PROSE, .offset = offsetof(I, member),               \
		.label = (label_), .required = true, .missing = (missing_), .max_chars = (max)     \
	}
static const struct field NOTE_FIELDS[] = {
	PROSE("text", text, "Notitie", "Schrijf iets op.", NOTE_CHARS),
	{ .path = "heavy",
	  .kind = FIELD_BOOL,
	  .offset = offsetof(I, heavy),
	  .label = "Hier staan gegevens uit fase 3 in" },
};
static const struct form NOTE_FORM = { NOTE_FIELDS, 2, sizeof(I) };
static const struct field EDIT_FIELDS[] = {
	FIELD_VERSION(I),
	PROSE("text", text, "Notitie", "Schrijf iets op.", NOTE_CHARS),
};
static const struct form EDIT_FORM = { EDIT_FIELDS, 2, sizeof(I) };
static const struct field TASK_FIELDS[] = {
	WORDS("task", text, "Wat moet er gebeuren?", "Schrijf op wat er moet gebeuren.",
	      TASK_CHARS),
	{ .path = "owner",
	  .kind = FIELD_INT,
	  .offset = offsetof(I, owner),
	  .label = "Wie doet het?",
	  .required = true,
	  .missing = "Kies wie het doet." },
	{ .path = "dueDay",
	  .kind = FIELD_DAY,
	  .to_come = true,
	  .offset = offsetof(I, due_day),
	  .label = "Wanneer klaar?",
	  .required = true,
	  .missing = "Vul in wanneer het klaar moet zijn." },
};
static const struct form TASK_FORM = { TASK_FIELDS, 3, sizeof(I) };
#undef I

/* ---- persons by number --------------------------------------------------------------------------- */

static const struct casefile_subject *mentioned(struct array subjects, const char *digits,
                                                size_t *ret_len)
{
	const struct casefile_subject *s = subjects.items;
	char *end = NULL;
	const long long number = strtoll(digits, &end, 10);

	*ret_len = (size_t)(end - digits);
	for (size_t i = 0; i < subjects.count; i++)
		if (s[i].number == number)
			return &s[i];
	return NULL;
}

/* "@2" as the name for who may see the person; gone with him. */
static const char *with_names(struct arena *a, struct array subjects, const char *text)
{
	const char *shown = "";

	while (*text != '\0') {
		const size_t plain = strcspn(text, "@");
		size_t len = 0;
		shown = arena_printf(a, "%s%.*s", shown, (int)plain, text);
		text += plain;
		if (*text == '\0')
			break;
		if (!isdigit((unsigned char)text[1])) {
			shown = arena_printf(a, "%s@", shown);
			text++;
			continue;
		}
		const struct casefile_subject *s = mentioned(subjects, text + 1, &len);
		shown = arena_printf(a, "%s%s", shown, s != NULL ? s->name : "(verwijderd)");
		text += len + 1;
	}
	return shown;
}

/* A known person typed by name can't be forgotten: asks for the number (decisions 3.7). */
static void check_names(struct request *rq, struct array subjects, const char *path,
                        const char *text)
{
	const struct casefile_subject *s = subjects.items;

	for (size_t i = 0; i < subjects.count; i++)
		if (s[i].kind == SUBJECT_PERSON && strstr(text, s[i].name) != NULL)
			problems_add(rq->problems, PROBLEM_ERROR, path,
			             arena_printf(rq->arena,
			                          "Schrijf @%lld in plaats van %s. De naam "
			                          "verschijnt dan vanzelf.",
			                          (long long)s[i].number, s[i].name));
	casefile_check_words(rq, path, text);
}

/* ---- the page ------------------------------------------------------------------------------------- */

struct note_row {
	int64_t number, version, written_at, phase;
	const char *text, *author, *on_behalf, *href;
	bool edited;
};
static const struct view_field NOTE_FIELDS_SHOWN[] = {
	VIEW_F(struct note_row, number, VIEW_INT),
	VIEW_F(struct note_row, version, VIEW_INT),
	VIEW_F(struct note_row, text, VIEW_TEXT),
	VIEW_F(struct note_row, author, VIEW_TEXT),
	VIEW_AS(struct note_row, on_behalf, "onBehalf", VIEW_TEXT),
	VIEW_AS(struct note_row, written_at, "writtenAt", VIEW_MOMENT),
	VIEW_F(struct note_row, phase, VIEW_INT),
	VIEW_F(struct note_row, edited, VIEW_BOOL),
	VIEW_AS(struct note_row, href, "href", VIEW_TEXT, .page_only = true),
};
static const struct view NOTE_VIEW = VIEW_OF(struct note_row, NOTE_FIELDS_SHOWN);

struct task_row {
	int64_t id, due_day, done_at;
	const char *text, *owner, *done_path;
	bool open;
};
static const struct view_field TASK_FIELDS_SHOWN[] = {
	VIEW_F(struct task_row, id, VIEW_INT),
	VIEW_F(struct task_row, text, VIEW_TEXT),
	VIEW_F(struct task_row, owner, VIEW_TEXT),
	VIEW_AS(struct task_row, due_day, "dueDay", VIEW_DAY),
	VIEW_AS(struct task_row, done_at, "doneAt", VIEW_MOMENT),
	VIEW_F(struct task_row, open, VIEW_BOOL),
	VIEW_AS(struct task_row, done_path, "donePath", VIEW_TEXT, .page_only = true),
};
static const struct view TASK_VIEW = VIEW_OF(struct task_row, TASK_FIELDS_SHOWN);

struct mention_row {
	int64_t number;
	const char *name;
};
static const struct view_field MENTION_FIELDS[] = {
	VIEW_F(struct mention_row, number, VIEW_INT),
	VIEW_F(struct mention_row, name, VIEW_TEXT),
};
static const struct view MENTION_VIEW = VIEW_OF(struct mention_row, MENTION_FIELDS);

struct notes_page {
	const char *reference, *notes_path, *tasks_path, *edit_path, *back_href, *text, *task;
	uint8_t state;
	struct array notes, tasks, tabs, owners, mentions, versions;
	int64_t number, version, due_day;
	bool has_notes, has_tasks, may_write, may_heavy, heavy;
};
#define P struct notes_page
static const struct view_field PAGE_FIELDS[] = {
	VIEW_F(P, reference, VIEW_REF),
	VIEW_AS(P, state, "state", VIEW_STATE, .machine = &CASEFILE_MACHINE),
	VIEW_AS(P, notes, "notes", VIEW_LIST, .view = &NOTE_VIEW),
	VIEW_AS(P, tasks, "tasks", VIEW_LIST, .view = &TASK_VIEW),
	VIEW_AS(P, versions, "versions", VIEW_LIST, .view = &NOTE_VIEW),
	VIEW_AS(P, mentions, "mentions", VIEW_LIST, .view = &MENTION_VIEW),
	VIEW_F(P, number, VIEW_INT),
	VIEW_F(P, version, VIEW_INT),
	VIEW_AS(P, may_write, "mayWrite", VIEW_BOOL),
	VIEW_AS(P, may_heavy, "mayHeavy", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, tabs, "tabs", VIEW_LIST, .view = &CASEFILE_TAB_VIEW, .page_only = true),
	VIEW_AS(P, owners, "owners", VIEW_LIST, .view = &CHOICE_VIEW, .page_only = true),
	VIEW_AS(P, has_notes, "hasNotes", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, has_tasks, "hasTasks", VIEW_BOOL, .page_only = true),
	VIEW_AS(P, notes_path, "notesPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, tasks_path, "tasksPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, edit_path, "editPath", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, back_href, "backHref", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, text, "text", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, task, "task", VIEW_TEXT, .page_only = true),
	VIEW_AS(P, due_day, "dueDay", VIEW_DAY, .page_only = true),
	VIEW_AS(P, heavy, "heavy", VIEW_BOOL, .page_only = true),
};
#undef P
static const struct view NOTES_VIEW = VIEW_OF(struct notes_page, PAGE_FIELDS);

struct on_notes {
	struct casefile casefile;
	struct array subjects, notes;
	const struct casefile_note *note;
	int max_phase;
};

static enum status on_notes(struct request *rq, struct on_notes *ret, struct error *reterr)
{
	struct casefile *c = &ret->casefile;
	enum status st = casefile_of_path(rq, c, reterr);

	if (st == OK)
		st = casefile_subjects_named(rq, c, &ret->subjects, reterr);
	if (st != OK)
		return st;
	ret->max_phase = casefile_reads_phase(rq->viewer->role, c->named_heavy);
	return casefile_note_list(rq->db, plein_of(rq)->keyring, c->id, ret->max_phase, rq->arena,
	                          &ret->notes, reterr);
}

static enum status may_write(const struct request *rq, const struct casefile *c,
                             struct error *reterr)
{
	return casefile_writable(rq->viewer, c)
	           ? OK
	           : FAIL(reterr, ERR_CONFLICT, "Aan deze casus schrijft u niet mee.");
}

static const char *path_of(struct arena *a, const struct casefile *c, const char *rest)
{
	return arena_printf(a, "/casefiles/%s%s", c->reference, rest);
}

static void fill_notes(struct request *rq, const struct on_notes *on, struct notes_page *page)
{
	const struct casefile_note *n = on->notes.items;
	struct note_row *to = ARENA_ARRAY(rq->arena, struct note_row, on->notes.count + 1);

	for (size_t i = 0; i < on->notes.count; i++)
		to[i] = (struct note_row){
			.number = n[i].number,
			.version = n[i].version,
			.written_at = n[i].written_at,
			.phase = n[i].phase,
			.text = with_names(rq->arena, on->subjects, n[i].text),
			.author = n[i].author,
			.on_behalf = n[i].on_behalf,
			.edited = n[i].version > 1,
			.href =
			    path_of(rq->arena, &on->casefile,
			            arena_printf(rq->arena, "/notes/%lld", (long long)n[i].number)),
		};
	page->notes = (struct array){ to, on->notes.count };
	page->has_notes = on->notes.count > 0;
}

static void fill_mentions(struct request *rq, const struct on_notes *on, struct notes_page *page)
{
	const struct casefile_subject *s = on->subjects.items;
	struct mention_row *to = ARENA_ARRAY(rq->arena, struct mention_row, on->subjects.count + 1);

	for (size_t i = 0; i < on->subjects.count; i++)
		to[i] = (struct mention_row){ s[i].number, s[i].name };
	page->mentions = (struct array){ to, on->subjects.count };
}

static enum status fill_tasks(struct request *rq, const struct on_notes *on,
                              struct notes_page *page, struct error *reterr)
{
	const char *typed = input_text(rq->body, "owner");
	struct array rows = { 0 }, members = { 0 };

	enum status st = casefile_task_list(rq->db, plein_of(rq)->keyring, on->casefile.id,
	                                    rq->arena, &rows, reterr);
	if (st == OK)
		st = casefile_members(rq->db, on->casefile.id, rq->now_ms, rq->arena, &members,
		                      reterr);
	const struct casefile_task *t = rows.items;
	struct task_row *to = ARENA_ARRAY(rq->arena, struct task_row, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct task_row){
			.id = t[i].id,
			.due_day = t[i].due_day,
			.done_at = t[i].done_at != 0 ? t[i].done_at : INT64_MIN,
			.open = t[i].done_at == 0,
			.text = with_names(rq->arena, on->subjects, t[i].text),
			.owner = t[i].owner,
			.done_path = path_of(
			    rq->arena, &on->casefile,
			    arena_printf(rq->arena, "/tasks/%lld/done", (long long)t[i].id)),
		};
	page->tasks = (struct array){ to, rows.count };
	page->has_tasks = rows.count > 0;
	const struct casefile_member *m = members.items;
	page->owners = choices_for(rq->arena, members.count + 1);
	choices_add(&page->owners, "", "Kies", "");
	for (size_t i = 0; i < members.count; i++)
		choices_add(&page->owners,
		            arena_printf(rq->arena, "%lld", (long long)m[i].appointment_id),
		            m[i].person, typed != NULL ? typed : "");
	return st;
}

static void fill_frame(struct request *rq, const struct on_notes *on, struct notes_page *page)
{
	const struct casefile *c = &on->casefile;

	*page = (struct notes_page){ .reference = c->reference,
		                     .state = c->state,
		                     .due_day = INT64_MIN,
		                     .tabs = casefile_tabs(rq, c),
		                     .may_write = casefile_writable(rq->viewer, c),
		                     .may_heavy = on->max_phase == PHASE_3,
		                     .notes_path = path_of(rq->arena, c, "/notes"),
		                     .tasks_path = path_of(rq->arena, c, "/tasks"),
		                     .back_href = path_of(rq->arena, c, "/notes") };
	fill_mentions(rq, on, page);
}

static enum status show_notes_with(struct request *rq, struct response *rs, const struct form *form,
                                   struct error *reterr)
{
	struct on_notes on = { 0 };
	struct notes_page record;

	enum status st = on_notes(rq, &on, reterr);
	if (st != OK)
		return st;
	fill_frame(rq, &on, &record);
	fill_notes(rq, &on, &record);
	st = fill_tasks(rq, &on, &record, reterr);
	if (st != OK)
		return st;
	const struct page page = { .title = "Notities en taken",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name =
		                       form == &TASK_FORM ? "casework/tasks" : "casework/notes",
		                   .form = form };
	return page_respond(rq, rs, &page, &NOTES_VIEW, &record, reterr);
}

static enum status show_notes(struct request *rq, struct response *rs, struct error *reterr)
{
	return show_notes_with(rq, rs, &NOTE_FORM, reterr);
}

static enum status show_tasks(struct request *rq, struct response *rs, struct error *reterr)
{
	return show_notes_with(rq, rs, &TASK_FORM, reterr);
}

/* ---- writing ---------------------------------------------------------------------------------------- */

struct note_change {
	struct on_notes on;
	struct note_input in;
	struct sealed_note_words words;
};

static struct casefile_writer writer_of(const struct request *rq, const struct casefile *c)
{
	return (struct casefile_writer){ c->id, rq->viewer, rq->now_ms };
}

static enum status prepare_note(struct request *rq, void **ret_input, struct error *reterr)
{
	struct note_change *c = ARENA_NEW(rq->arena, struct note_change);

	enum status st = on_notes(rq, &c->on, reterr);
	if (st == OK)
		st = may_write(rq, &c->on.casefile, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &NOTE_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_names(rq, c->on.subjects, "text", c->in.text);
	if (c->in.heavy && c->on.max_phase < PHASE_3)
		problems_add(rq->problems, PROBLEM_ERROR, "heavy",
		             "U bent niet aangewezen voor fase 3.");
	*ret_input = c;
	casefile_note_seal(plein_of(rq)->keyring, NULL, 1, c->in.text, rq->now_ms, rq->arena,
	                   &c->words);
	return OK;
}

static enum status apply_note(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct note_change *c = change->input;
	const struct casefile_writer w = writer_of(change->rq, &c->on.casefile);
	int64_t number = 0;

	enum status st =
	    casefile_note_add(tx, &w, c->in.heavy ? PHASE_3 : PHASE_1, &c->words, &number, reterr);
	change->location = path_of(db_tx_arena(tx), &c->on.casefile, "/notes");
	change->note = "De notitie staat erbij.";
	change->created = true;
	return st;
}

static enum status on_note(struct request *rq, struct on_notes *ret, struct error *reterr)
{
	char *end = NULL;
	enum status st = on_notes(rq, ret, reterr);

	if (st != OK)
		return st;
	const long long number = strtoll(rq->params[1], &end, 10);
	const struct casefile_note *n = ret->notes.items;
	for (size_t i = 0; *end == '\0' && i < ret->notes.count; i++)
		if (n[i].number == number)
			ret->note = &n[i];
	return ret->note != NULL ? OK : FAIL_NOT_FOUND(reterr);
}

static enum status show_note(struct request *rq, struct response *rs, struct error *reterr)
{
	struct on_notes on = { 0 };
	struct array rows = { 0 };
	struct notes_page record;

	enum status st = on_note(rq, &on, reterr);
	if (st == OK)
		st =
		    note_versions(rq->db, plein_of(rq)->keyring, on.note, rq->arena, &rows, reterr);
	if (st != OK)
		return st;
	fill_frame(rq, &on, &record);
	const struct note_version *v = rows.items;
	struct note_row *to = ARENA_ARRAY(rq->arena, struct note_row, rows.count + 1);
	for (size_t i = 0; i < rows.count; i++)
		to[i] = (struct note_row){ .number = on.note->number,
			                   .version = v[i].version,
			                   .written_at = v[i].written_at,
			                   .phase = on.note->phase,
			                   .text = with_names(rq->arena, on.subjects, v[i].text),
			                   .author = v[i].author,
			                   .on_behalf = v[i].on_behalf };
	record.versions = (struct array){ to, rows.count };
	record.number = on.note->number;
	record.version = on.note->version;
	record.text = on.note->text;
	record.edit_path =
	    path_of(rq->arena, &on.casefile,
	            arena_printf(rq->arena, "/notes/%lld", (long long)on.note->number));
	const struct page page = { .title = "Een notitie",
		                   .place = "/casefiles",
		                   .crumbs = casefile_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "casework/note",
		                   .form = &EDIT_FORM };
	return page_respond(rq, rs, &page, &NOTES_VIEW, &record, reterr);
}

static enum status prepare_edit(struct request *rq, void **ret_input, struct error *reterr)
{
	struct note_change *c = ARENA_NEW(rq->arena, struct note_change);

	enum status st = on_note(rq, &c->on, reterr);
	if (st == OK)
		st = may_write(rq, &c->on.casefile, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &EDIT_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_names(rq, c->on.subjects, "text", c->in.text);
	*ret_input = c;
	casefile_note_seal(plein_of(rq)->keyring, &c->on.note->uuid, c->in.version + 1, c->in.text,
	                   rq->now_ms, rq->arena, &c->words);
	return OK;
}

static enum status apply_edit(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct note_change *c = change->input;
	const struct casefile_writer w = writer_of(change->rq, &c->on.casefile);

	enum status st = db_claim(tx, &NOTE_ROOT, c->on.note->id, c->in.version, reterr);
	if (st == OK)
		st = note_put_version(tx, &w, c->on.note->id, c->in.version + 1, &c->words, reterr);
	change->location =
	    path_of(db_tx_arena(tx), &c->on.casefile,
	            arena_printf(db_tx_arena(tx), "/notes/%lld", (long long)c->on.note->number));
	change->note = "Bewaard. De oude versie blijft te lezen.";
	return st;
}

static enum status prepare_task(struct request *rq, void **ret_input, struct error *reterr)
{
	struct note_change *c = ARENA_NEW(rq->arena, struct note_change);

	enum status st = on_notes(rq, &c->on, reterr);
	if (st == OK)
		st = may_write(rq, &c->on.casefile, reterr);
	if (st != OK)
		return st;
	input_read(rq->body, &TASK_FORM, rq->wants_json, rq->arena, &c->in, rq->problems);
	check_names(rq, c->on.subjects, "task", c->in.text);
	*ret_input = c;
	casefile_task_seal(plein_of(rq)->keyring, c->in.text, rq->now_ms, rq->arena, &c->words);
	return OK;
}

static enum status apply_task(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct note_change *c = change->input;
	const struct casefile_writer w = writer_of(change->rq, &c->on.casefile);
	const struct casefile_task_new task = { .appointment_id = c->in.owner,
		                                .due_day = c->in.due_day,
		                                .reference = c->on.casefile.reference,
		                                .words = c->words };

	change->location = path_of(db_tx_arena(tx), &c->on.casefile, "/tasks");
	change->note = "De taak is gegeven.";
	change->created = true;
	return casefile_task_add(tx, &w, &task, reterr);
}

static enum status prepare_done(struct request *rq, void **ret_input, struct error *reterr)
{
	struct note_change *c = ARENA_NEW(rq->arena, struct note_change);

	enum status st = casefile_of_path(rq, &c->on.casefile, reterr);
	*ret_input = c;
	return st == OK ? may_write(rq, &c->on.casefile, reterr) : st;
}

static enum status apply_done(struct db_tx *tx, void *args, struct error *reterr)
{
	struct change *change = args;
	const struct note_change *c = change->input;
	const struct casefile_writer w = writer_of(change->rq, &c->on.casefile);

	change->location = path_of(db_tx_arena(tx), &c->on.casefile, "/tasks");
	change->note = "Klaar.";
	return casefile_task_done(tx, &w, strtoll(change->rq->params[1], NULL, 10), reterr);
}

const struct route casefile_note_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/notes",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_CASEFILE_VIEW,
	  .read = show_notes,
	  .view = &NOTES_VIEW,
	  .summary = "De notities van een casus" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/notes",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_CASEFILE_NOTE,
	  .prepare = prepare_note,
	  .apply = apply_note,
	  .redraw = show_notes,
	  .form = &NOTE_FORM,
	  .summary = "Een notitie schrijven" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/notes/{number}",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_CASEFILE_VIEW,
	  .read = show_note,
	  .view = &NOTES_VIEW,
	  .summary = "Een notitie met al haar versies" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/notes/{number}",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_CASEFILE_NOTE,
	  .prepare = prepare_edit,
	  .apply = apply_edit,
	  .redraw = show_note,
	  .form = &EDIT_FORM,
	  .summary = "Een nieuwe versie van een notitie" },
	{ .method = "GET",
	  .path = "/casefiles/{ref}/tasks",
	  .permission = PERM_CASEFILE_READ,
	  .action = AUDIT_CASEFILE_VIEW,
	  .read = show_tasks,
	  .view = &NOTES_VIEW,
	  .summary = "Wie in een casus wat doet" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/tasks",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_CASEFILE_NOTE,
	  .prepare = prepare_task,
	  .apply = apply_task,
	  .redraw = show_tasks,
	  .form = &TASK_FORM,
	  .summary = "Iemand in een casus een taak geven" },
	{ .method = "POST",
	  .path = "/casefiles/{ref}/tasks/{task}/done",
	  .permission = PERM_CASEFILE_WORK,
	  .action = AUDIT_CASEFILE_NOTE,
	  .prepare = prepare_done,
	  .apply = apply_done,
	  .redraw = show_tasks,
	  .summary = "Een taak is klaar" },
	{ 0 },
};

const struct page_template casefile_note_templates[] = {
	{ .name = "casework/notes", .view = &NOTES_VIEW, .form = &NOTE_FORM, .whole = true },
	{ .name = "casework/tasks", .view = &NOTES_VIEW, .form = &TASK_FORM, .whole = true },
	{ .name = "casework/note", .view = &NOTES_VIEW, .form = &EDIT_FORM, .whole = true },
	{ 0 },
};
