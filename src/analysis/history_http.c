/* The versions of one paragraph, each beside the one before: what went and what came. */
#include "access/access.h"
#include "analysis/analysis_http.h"
#include "analysis/analysis_page.h"
#include "analysis/change_pieces.h"
#include "audit/action.h"
#include "plein/plein.h"

struct version_row {
	int64_t written_at;
	const char *author, *participant, *text;
	struct array pieces;
	bool first;
};
static const struct view_field VERSION_FIELDS[] = {
	VIEW_AS(struct version_row, written_at, "writtenAt", VIEW_MOMENT),
	VIEW_F(struct version_row, author, VIEW_TEXT),
	VIEW_F(struct version_row, participant, VIEW_TEXT),
	VIEW_F(struct version_row, text, VIEW_TEXT),
	VIEW_AS(struct version_row, pieces, "pieces", VIEW_LIST, .view = &CHANGE_PIECE_VIEW,
	        .page_only = true),
	VIEW_AS(struct version_row, first, "first", VIEW_BOOL, .page_only = true),
};
static const struct view VERSION_VIEW = VIEW_OF(struct version_row, VERSION_FIELDS);

struct history_record {
	const char *reference, *back_href;
	struct array versions;
};
static const struct view_field FIELDS[] = {
	VIEW_F(struct history_record, reference, VIEW_REF),
	VIEW_AS(struct history_record, versions, "versions", VIEW_LIST, .view = &VERSION_VIEW),
	VIEW_AS(struct history_record, back_href, "backHref", VIEW_TEXT, .page_only = true),
};
static const struct view HISTORY_VIEW = VIEW_OF(struct history_record, FIELDS);

/* Newest first; each is compared with the next in the list. */
static struct array rows_of(struct arena *a, const struct known_world *world, struct array versions)
{
	const struct paragraph *p = versions.items;
	struct version_row *to = ARENA_ARRAY(a, struct version_row, versions.count + 1);

	for (size_t i = 0; i < versions.count; i++)
		to[i] = (struct version_row){
			.written_at = p[i].written_at,
			.author = p[i].author,
			.participant = p[i].participant,
			.text = mention_plain(a, p[i].stored, world->known, world->count),
			.first = i + 1 == versions.count,
		};
	for (size_t i = 0; i < versions.count; i++)
		to[i].pieces = change_pieces(
		    a, i + 1 < versions.count ? to[i + 1].text : to[i].text, to[i].text);
	return (struct array){ to, versions.count };
}

static enum status show_history(struct request *rq, struct response *rs, struct error *reterr)
{
	struct keyring *k = plein_of(rq)->keyring;
	struct array versions = { 0 };
	struct paragraph p = { 0 };
	struct known_world world;
	struct on_analysis on;

	enum status st = on_analysis(rq, &on, reterr);
	if (st == OK)
		st = paragraph_load(rq->db, k, on.casefile.id, on.level, rq->params[1], rq->arena,
		                    &p, reterr);
	if (st == OK)
		st = paragraph_versions(rq->db, k, &p, on.level, rq->arena, &versions, reterr);
	if (st == OK)
		st = known_world_load(rq->db, k, on.casefile.id, on.level, rq->arena, &world,
		                      reterr);
	if (st != OK)
		return st;
	analysis_note_phase(rq, versions);
	const struct history_record record = {
		.reference = on.casefile.reference,
		.back_href = analysis_path(rq->arena, &on.casefile, ""),
		.versions = rows_of(rq->arena, &world, versions),
	};
	const struct page page = { .title = "Eerdere versies van een alinea",
		                   .place = "/casefiles",
		                   .crumbs = analysis_crumbs(rq->arena, &on.casefile),
		                   .confidential = true,
		                   .template_name = "analysis/history" };
	return page_respond(rq, rs, &page, &HISTORY_VIEW, &record, reterr);
}

const struct route paragraph_history_routes[] = {
	{ .method = "GET",
	  .path = "/casefiles/{ref}/analysis/paragraphs/{id}/history",
	  .permission = PERM_ANALYSIS_READ,
	  .action = AUDIT_ANALYSIS_VIEW,
	  .read = show_history,
	  .view = &HISTORY_VIEW,
	  .summary = "De versies van een alinea, met de verschillen" },
	{ 0 },
};

const struct page_template paragraph_history_templates[] = {
	{ .name = "analysis/history", .view = &HISTORY_VIEW, .whole = true },
	{ 0 },
};
