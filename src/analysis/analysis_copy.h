/*
 * analysis_copy.h - an analysis as one reader gets it: the same for page, API, print, ODT and PDF;
 * for src/analysis/
 *
 * A copy is made for a level (the highest phase that its reader reads). What lies above it is
 * never loaded. That something is left out is said only where the reader may know.
 */
#ifndef ANALYSIS_ANALYSIS_COPY_H
#define ANALYSIS_ANALYSIS_COPY_H

#include "analysis/analysis_store.h"
#include "casework/casework.h"
#include "platform/http/http.h"
#include "platform/view/view.h"

/* Subjects and facts that this reader sees, to name and to cite. */
struct known_world {
	struct array subjects; /* of struct casefile_subject */
	struct mention_known *known;
	size_t count;
	struct array facts; /* of struct fact_of, by id */
};
struct fact_of {
	int64_t id;
	const struct casefile_subject *subject;
	const struct known_fact *fact;
};
MUST_CHECK enum status known_world_load(struct db_read *r, struct keyring *k, int64_t casefile_id,
                                        int level, struct arena *a, struct known_world *ret,
                                        struct error *reterr);
/* NULL: not for this reader, or destroyed. */
const struct fact_of *known_fact_with(const struct known_world *w, int64_t id);

struct copy_piece {
	const char *text, *name, *href;
	bool mention, blank;
};
struct copy_citation {
	int64_t number; /* in the paragraph, from 1 */
	int64_t fact;   /* its id */
	struct uuid uuid;
	int64_t fact_version; /* as it stands now */
	const char *who, *what, *value, *source, *href;
	bool judgement, changed, gone;
};
struct copy_paragraph {
	const char *id; /* its uuid */
	int64_t version, phase, written_at;
	const char *author, *participant, *text, *typed;
	struct array pieces, citations;
	bool has_citations, heavy;
	bool to_review;
	const char *review_why;
	int64_t review_until; /* INT64_MIN: no such day */
	const char *edit_href, *history_href, *up_href, *remove_href, *restore_href, *looked_href;
	int section;
};
struct copy_section {
	const char *name, *label, *hint, *new_href, *number;
	struct array paragraphs; /* of struct copy_paragraph */
	bool step, empty;
};

struct analysis_copy {
	const char *reference, *casefile_title;
	struct array sections; /* of struct copy_section, in reading order, all of the template */
	int64_t paragraphs;
	int64_t reviews; /* that wait for a second look, in this copy */
	bool left_out;   /* and he may know */
	bool empty;
};
extern const struct view COPY_PARAGRAPH_VIEW, COPY_SECTION_VIEW;

/* What a copy is made from. */
struct copy_source {
	const struct casefile *casefile;
	const struct known_world *world;
	struct array paragraphs; /* of struct paragraph */
	struct array citations;  /* of struct citation */
	bool links;              /* with addresses, for a page */
	bool writes;             /* and with what a writer can do */
};
void copy_make(struct arena *a, const struct copy_source *source, struct analysis_copy *ret);

/* One version of a paragraph in it. */
struct copy_paragraph copy_paragraph_of(struct arena *a, const struct copy_source *source,
                                        const struct paragraph *p);

/* The highest phase in a copy, for the log. */
void copy_note_phase(struct request *rq, const struct analysis_copy *copy);

/* The living analysis for this level. */
MUST_CHECK enum status copy_load(struct request *rq, const struct casefile *c, int level,
                                 bool tells, bool writes, struct analysis_copy *ret,
                                 struct error *reterr);

#endif
