/*
 * figure_lines.h - the figures of a page as one file: a line for each, for a spreadsheet
 *
 * A page of tables and charts isn't a list. Its file has one shape for all: the part of the page,
 * what is counted, which part of that, and the figure as number, amount or words. What the page
 * hides is hidden here too: the lines are made of what the page shows.
 */
#ifndef PLATFORM_VIEW_FIGURE_LINES_H
#define PLATFORM_VIEW_FIGURE_LINES_H

#include "platform/http/http.h"
#include "platform/view/view.h"

struct figure_line {
	const char *part; /* heading on the page */
	const char *what; /* the row */
	const char *kind; /* the column; NULL: there is but one */
	int32_t count;    /* below 0: none */
	int64_t cents;    /* INT64_MIN: none */
	const char *text; /* in words; NULL: none */
};

/* Grows in its arena; starts as { .arena = a }. */
struct figure_lines {
	struct arena *arena;
	struct figure_line *lines;
	size_t count, room;
};

/* Texts are kept as they are: they live as long as the arena. Cost: constant on the average. */
void figure_count(struct figure_lines *to, const char *part, const char *what, const char *kind,
                  int64_t count);
void figure_cents(struct figure_lines *to, const char *part, const char *what, const char *kind,
                  int64_t cents);
/* text NULL: no line. */
void figure_text(struct figure_lines *to, const char *part, const char *what, const char *kind,
                 const char *text);

/* He asked for the file: ?format=csv or ?format=ods. */
bool figure_lines_asked(const struct request *rq);

/* The file. name without end: "monitor". */
MUST_CHECK enum status figure_lines_respond(struct request *rq, struct response *rs,
                                            const char *name, const struct figure_lines *lines,
                                            struct error *reterr);

/* Where a page's files are: fields of a struct that has a struct figure_files, for
 * components/files. */
struct figure_files {
	const char *csv, *ods;
};
/* This very page, with what was asked of it, as files. */
struct figure_files figure_files_of(const struct request *rq);

#define FIGURE_FILES_FIELDS(type, member)                                                          \
	VIEW_AS(type, member.csv, "csvHref", VIEW_TEXT, .page_only = true),                        \
	    VIEW_AS(type, member.ods, "odsHref", VIEW_TEXT, .page_only = true)

#endif
