/* "De regels": every table of law/ as the program holds it. */
#include "guide/guide.h"

#include "access/access.h"
#include "audit/action.h"
#include "guide/rule_table.h"

struct column {
	const char *label;
};
static const struct view_field COLUMN_FIELDS[] = { VIEW_F(struct column, label, VIEW_TEXT) };
static const struct view COLUMN_VIEW = VIEW_OF(struct column, COLUMN_FIELDS);

static const struct view_field CELL_FIELDS[] = {
	VIEW_F(struct rule_cell, label, VIEW_TEXT),
	VIEW_F(struct rule_cell, text, VIEW_TEXT),
};
static const struct view CELL_VIEW = VIEW_OF(struct rule_cell, CELL_FIELDS);

static const struct view_field ROW_FIELDS[] = {
	VIEW_F(struct rule_row, anchor, VIEW_TEXT),
	VIEW_F(struct rule_row, head, VIEW_TEXT),
	VIEW_AS(struct rule_row, cells, "cells", VIEW_LIST, .view = &CELL_VIEW),
};
static const struct view ROW_VIEW = VIEW_OF(struct rule_row, ROW_FIELDS);

struct table {
	const char *id, *title, *explanation;
	struct array columns, rows;
};
static const struct view_field TABLE_FIELDS[] = {
	VIEW_F(struct table, id, VIEW_TEXT),
	VIEW_F(struct table, title, VIEW_TEXT),
	VIEW_F(struct table, explanation, VIEW_TEXT),
	VIEW_AS(struct table, columns, "columns", VIEW_LIST, .view = &COLUMN_VIEW),
	VIEW_AS(struct table, rows, "rows", VIEW_LIST, .view = &ROW_VIEW),
};
static const struct view TABLE_VIEW = VIEW_OF(struct table, TABLE_FIELDS);

struct rules_page {
	const char *rules_version, *edition;
	struct array tables;
};
static const struct view_field RULES_FIELDS[] = {
	VIEW_AS(struct rules_page, rules_version, "rulesVersion", VIEW_TEXT),
	VIEW_AS(struct rules_page, edition, "edition", VIEW_TEXT, .page_only = true),
	VIEW_AS(struct rules_page, tables, "tables", VIEW_LIST, .view = &TABLE_VIEW),
};
static const struct view RULES_VIEW = VIEW_OF(struct rules_page, RULES_FIELDS);

static struct array columns_of(struct arena *a, const struct rule_table *t)
{
	struct column *list = ARENA_ARRAY(a, struct column, RULE_COLUMNS_MAX);
	size_t count = 0;

	for (; t->columns[count] != NULL; count++)
		list[count].label = t->columns[count];
	return (struct array){ list, count };
}

static void add_tables(struct arena *a, const struct rule_table *from, size_t count,
                       struct array *to)
{
	struct table *list = to->items;

	for (size_t i = 0; i < count; i++)
		list[to->count++] = (struct table){
			.id = from[i].id,
			.title = from[i].title,
			.explanation = from[i].explanation,
			.columns = columns_of(a, &from[i]),
			.rows = rule_rows(a, &from[i]),
		};
}

static enum status show_rules(struct request *rq, struct response *rs, struct error *reterr)
{
	const struct page page = { .title = "De regels", .template_name = "law/rules" };
	const size_t count = RULES_OF_PEOPLE_COUNT + RULES_OF_DATA_COUNT + RULES_OF_WORK_COUNT;
	struct rules_page record = {
		.rules_version = law_rules_version(),
		.edition = law_edition_words(rq->arena, law_rules_version()),
	};

	record.tables = (struct array){ ARENA_ARRAY(rq->arena, struct table, count), 0 };
	add_tables(rq->arena, RULES_OF_PEOPLE, RULES_OF_PEOPLE_COUNT, &record.tables);
	add_tables(rq->arena, RULES_OF_DATA, RULES_OF_DATA_COUNT, &record.tables);
	add_tables(rq->arena, RULES_OF_WORK, RULES_OF_WORK_COUNT, &record.tables);
	return page_respond(rq, rs, &page, &RULES_VIEW, &record, reterr);
}

const struct route rules_routes[] = {
	{ .method = "GET",
	  .path = "/rules",
	  .permission = PERM_LAW_ASK,
	  .action = AUDIT_RULES_VIEW,
	  .read = show_rules,
	  .view = &RULES_VIEW,
	  .summary = "De regels van WGS en BGS, zoals Plein ze gebruikt" },
	{ 0 },
};

const struct page_template rules_templates[] = {
	{ .name = "law/rules", .view = &RULES_VIEW, .whole = true },
	{ 0 },
};
