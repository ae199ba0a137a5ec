/* analysis_page.h - what the pages of an analysis share; inside src/analysis/ */
#ifndef ANALYSIS_ANALYSIS_PAGE_H
#define ANALYSIS_ANALYSIS_PAGE_H

#include "analysis/analysis_copy.h"
#include "platform/view/choice.h"
#include "platform/view/page.h"

/* The casefile of the path, for somebody who reads its analysis; sets rq->touched. */
struct on_analysis {
	struct casefile casefile;
	int level;   /* the highest phase of paragraphs that this viewer reads */
	bool tells;  /* may know that something is left out */
	bool writes; /* now, here */
};
MUST_CHECK enum status on_analysis(struct request *rq, struct on_analysis *ret,
                                   struct error *reterr);
/* For a change: ERR_CONFLICT with a sentence when nobody writes any more, or not he. */
MUST_CHECK enum status on_analysis_to_write(struct request *rq, struct on_analysis *ret,
                                            struct error *reterr);
/* In apply: the casefile may have ended meanwhile. */
MUST_CHECK enum status analysis_still_live(struct db_tx *tx, int64_t casefile_id,
                                           struct error *reterr);

/* "/casefiles/C-.../analysis" and what follows. */
const char *analysis_path(struct arena *a, const struct casefile *c, const char *rest);
struct array analysis_crumbs(struct arena *a, const struct casefile *c);
/* The topics of the phases up to level, parted by spaces, as a live page names them. */
const char *analysis_topics(struct arena *a, const struct casefile *c, int level);
/* An open page hears that something of this phase changed. */
void analysis_stirs(struct change *change, struct arena *a, const struct casefile *c, int phase);
/* The highest phase in a copy, for the log. */
void analysis_note_phase(struct request *rq, struct array paragraphs);

/* A text of an analysis, read and judged: topics of R-5, a BSN, names in plain words. */
struct words_input {
	const char *text;
	struct array facts; /* of struct cited_input */
	bool other_name;    /* the name is somebody else's */
};
struct cited_input {
	int64_t id;
};
extern const struct form CITED_FORM;
MUST_CHECK enum status words_read(struct request *rq, const struct on_analysis *on,
                                  const struct words_input *in, struct paragraph_words *ret,
                                  struct error *reterr);

#endif
