/* What a hold keeps of one person, thing or record: its lines and its files. */
#include <stdlib.h>

#include "access/access.h"
#include "attachments/attachment_page.h"
#include "audit/action.h"
#include "casework/casefile.h"
#include "plein/plein.h"
#include "retention/held_copy.h"
#include "retention/hold.h"
#include "retention/hold_http.h"

static const struct view_field LINE_FIELDS[] = {
	VIEW_AS(struct kept_line, label, "label", VIEW_TEXT, .label = "Gegeven"),
	VIEW_AS(struct kept_line, value, "value", VIEW_TEXT, .label = "Waarde"),
	VIEW_AS(struct kept_line, source, "source", VIEW_TEXT, .label = "Van"),
	VIEW_AS(struct kept_line, received_at, "receivedAt", VIEW_MOMENT, .label = "Ontvangen"),
	VIEW_AS(struct kept_line, phase, "phase", VIEW_INT, .label = "Fase"),
};
static const struct view LINE_VIEW = VIEW_OF(struct kept_line, LINE_FIELDS);

struct file_row {
	struct attachment_line line;
};
static const struct view_field FILE_FIELDS[] = {
	ATTACHMENT_LINE_FIELDS(struct file_row, line),
};
static const struct view FILE_VIEW = VIEW_OF(struct file_row, FILE_FIELDS);

struct copy_page {
	const char *reference;
	int64_t hold, number, made_at, more;
	struct array lines, files;
	bool whole, has_lines, has_files;
};
#define C struct copy_page
static const struct view_field COPY_FIELDS[] = {
	VIEW_F(C, hold, VIEW_INT),
	VIEW_F(C, reference, VIEW_REF),
	VIEW_F(C, number, VIEW_INT),
	VIEW_F(C, whole, VIEW_BOOL),
	VIEW_AS(C, made_at, "madeAt", VIEW_MOMENT),
	VIEW_AS(C, lines, "facts", VIEW_LIST, .view = &LINE_VIEW),
	VIEW_AS(C, has_lines, "hasFacts", VIEW_BOOL, .page_only = true),
	VIEW_AS(C, files, "files", VIEW_LIST, .view = &FILE_VIEW),
	VIEW_AS(C, has_files, "hasFiles", VIEW_BOOL, .page_only = true),
	VIEW_F(C, more, VIEW_INT),
};
#undef C
static const struct view COPY_VIEW = VIEW_OF(struct copy_page, COPY_FIELDS);

struct opened {
	struct hold hold;
	struct held_copy copy;
	int level; /* the highest phase that he reads */
};

static enum status of_path(struct request *rq, struct opened *ret, struct error *reterr)
{
	const struct held_key key = { strtoll(rq->params[0], NULL, 10),
		                      strtoll(rq->params[1], NULL, 10), rq->viewer->person_id };
	enum status st =
	    hold_load(rq->db, key.hold_id, key.person_id, rq->arena, &ret->hold, reterr);

	if (st == OK)
		st = held_copy_load(rq->db, &key, rq->arena, &ret->copy, reterr);
	ret->level = casefile_reads_phase(rq->viewer->role, false);
	if (st == OK)
		rq->touched = (struct touched){ .kind = OBJECT_HOLD, .id = key.hold_id };
	return st;
}

static enum status find_files(struct request *rq, const struct opened *o, struct array *ret,
                              struct error *reterr)
{
	return held_files(rq->db, plein_of(rq)->keyring, o->copy.id, o->level, rq->arena, ret,
	                  reterr);
}

static const char *path_of(struct request *rq, const struct opened *o)
{
	return arena_printf(rq->arena, "/retention/holds/%lld", (long long)o->hold.id);
}

/* A file's number is its place in the copy. */
static enum status add_files(struct request *rq, const struct opened *o, struct copy_page *page,
                             struct error *reterr)
{
	struct array files = { 0 };
	const enum status st = find_files(rq, o, &files, reterr);
	const struct attachment *f = files.items;
	struct file_row *to = ARENA_ARRAY(rq->arena, struct file_row, files.count + 1);

	for (size_t i = 0; i < files.count; i++) {
		to[i].line =
		    attachment_line(rq->arena, &f[i],
		                    arena_printf(rq->arena, "%s/copies/%lld/files/%zu",
		                                 path_of(rq, o), (long long)o->copy.id, i + 1));
		to[i].line.number = (int64_t)i + 1;
	}
	page->files = (struct array){ to, files.count };
	page->has_files = files.count > 0;
	return st;
}

static enum status respond(struct request *rq, struct response *rs, const struct opened *o,
                           const struct copy_page *record, struct error *reterr)
{
	struct link *links = ARENA_ARRAY(rq->arena, struct link, 2);

	links[0] = (struct link){ "Bewaarstops", "/retention/holds", -1, false };
	links[1] = (struct link){ "Bewaarstop", path_of(rq, o), -1, false };
	const struct page page = { .title = "Apart gezet",
		                   .place = "/retention/holds",
		                   .crumbs = { links, 2 },
		                   .confidential = true,
		                   .template_name = "retention/held_copy" };
	return page_respond(rq, rs, &page, &COPY_VIEW, record, reterr);
}

static enum status show_copy(struct request *rq, struct response *rs, struct error *reterr)
{
	struct copy_page record = { 0 };
	struct opened o;

	enum status st = of_path(rq, &o, reterr);
	if (st == OK)
		st = held_copy_open(rq->db, plein_of(rq)->keyring, o.hold.key_id, &o.copy, o.level,
		                    rq->arena, &record.lines, &record.more, reterr);
	if (st == OK)
		st = add_files(rq, &o, &record, reterr);
	if (st != OK)
		return st;
	record.hold = o.hold.id;
	record.reference = o.copy.reference;
	record.number = o.copy.number;
	record.whole = o.copy.number == 0;
	record.made_at = o.copy.made_at;
	record.has_lines = record.lines.count > 0;
	return respond(rq, rs, &o, &record, reterr);
}

static enum status download(struct request *rq, struct response *rs, struct error *reterr)
{
	const long long number = strtoll(rq->params[2], NULL, 10);
	const struct plein *p = plein_of(rq);
	struct array files = { 0 };
	struct opened o;

	enum status st = of_path(rq, &o, reterr);
	if (st == OK)
		st = find_files(rq, &o, &files, reterr);
	if (st == OK && (number < 1 || (size_t)number > files.count))
		return FAIL_NOT_FOUND(reterr);
	if (st != OK)
		return st;
	const struct attachment *what = (const struct attachment *)files.items + (number - 1);
	rq->touched.kind = OBJECT_ATTACHMENT;
	rq->touched.id = what->id;
	const char *name = arena_printf(rq->arena, "bewaarstop-%lld-%lld-bijlage-%lld",
	                                (long long)o.hold.id, (long long)o.copy.id, number);
	return attachment_send(rq, rs, p->keyring, p->files, what, name, reterr);
}

#define COPY "/retention/holds/{number}/copies/{copy}"
const struct route held_copy_routes[] = {
	{ .method = "GET",
	  .path = COPY,
	  .permission = PERM_HOLD_SET,
	  .action = AUDIT_HOLD_VIEW,
	  .read = show_copy,
	  .view = &COPY_VIEW,
	  .summary = "Wat een bewaarstop bewaart van één persoon, of van een casus of signaal" },
	{ .method = "GET",
	  .path = COPY "/files/{file}",
	  .permission = PERM_HOLD_SET,
	  .action = AUDIT_ATTACHMENT_READ,
	  .read = download,
	  .summary = "Een bijlage die een bewaarstop bewaart" },
	{ 0 },
};

const struct page_template held_copy_templates[] = {
	{ .name = "retention/held_copy", .view = &COPY_VIEW, .whole = true },
	{ 0 },
};
