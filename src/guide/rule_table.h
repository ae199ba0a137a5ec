/*
 * rule_table.h - a table of law/ as rows of text, for the page "De regels"
 *
 * Every table that law/ holds stands in exactly one of the three lists below, with all of its
 * rows, so that a lawyer can check the program without reading C. Text is static or lives in
 * the filling's arena. Inside guide/ and for tests.
 */
#ifndef GUIDE_RULE_TABLE_H
#define GUIDE_RULE_TABLE_H

#include "law/law.h"
#include "platform/core/arena.h"

enum { RULE_COLUMNS_MAX = 7 };

struct rule_cell {
	const char *label, *text;
};

struct rule_row {
	const char *anchor; /* unique on the page: "R-3", "task-905" */
	const char *head;
	struct array cells; /* of struct rule_cell, one for each column after the first */
};

struct rule_filling;

struct rule_table {
	const char *id; /* anchor of the table: "categories" */
	const char *title;
	const char *explanation; /* or NULL */
	const char *columns[RULE_COLUMNS_MAX + 1];
	void (*fill)(struct rule_filling *f);
};

struct rule_filling {
	struct arena *arena;
	const struct rule_table *table;
	struct rule_row *rows;
	size_t count, room;
};

/* Who, what, how: in the order of the page. */
extern const struct rule_table RULES_OF_PEOPLE[];
extern const size_t RULES_OF_PEOPLE_COUNT;
extern const struct rule_table RULES_OF_DATA[];
extern const size_t RULES_OF_DATA_COUNT;
extern const struct rule_table RULES_OF_WORK[];
extern const size_t RULES_OF_WORK_COUNT;

/* All rows of a table: of struct rule_row. */
struct array rule_rows(struct arena *a, const struct rule_table *table);

/* ---- for fill ---- */

void rule_room(struct rule_filling *f, size_t count);
/* cells: one for each column after the first; NULL is an empty cell. */
void rule_add(struct rule_filling *f, const char *anchor, const char *head,
              const char *const *cells);

#define RULE_CELLS(...) ((const char *const[]){ __VA_ARGS__ })

/* kind-id, with letters, digits, dashes and underscores only. */
const char *rule_anchor(struct rule_filling *f, const char *kind, const char *id);
const char *rule_number_anchor(struct rule_filling *f, const char *kind, int64_t code);
const char *rule_letters(struct rule_filling *f, law_letters letters); /* "Politie, KMar" */
const char *rule_validity(struct rule_filling *f, struct law_validity v);
const char *rule_yes_no(bool yes);
const char *rule_number(struct rule_filling *f, int64_t n);
/* The label of a category, or "hangt af van de inhoud". */
const char *rule_category(enum law_category category);

#endif
