/* paragraph_change.h - what every change of a paragraph shares; inside src/analysis/ */
#ifndef ANALYSIS_PARAGRAPH_CHANGE_H
#define ANALYSIS_PARAGRAPH_CHANGE_H

#include "analysis/analysis_page.h"

struct paragraph_change { /* what prepare leaves for apply */
	struct on_analysis on;
	struct paragraph paragraph; /* of an existing one */
	struct paragraph_spot spot;
	struct uuid analysis_uuid, fresh;
	struct sealed_words words;
	int64_t version;
};

struct analysis_writer paragraph_writer(const struct request *rq, const struct on_analysis *on);
/* Where the writer goes next, and who hears of it: open pages that read this phase. */
void paragraph_finish(struct db_tx *tx, struct change *change, const struct paragraph_change *c,
                      int phase, const char *note);
/* The one of the path. ERR_NOT_FOUND: none for this viewer. */
MUST_CHECK enum status paragraph_of_path(struct request *rq, const struct on_analysis *on,
                                         struct paragraph *ret, struct error *reterr);
/* The section by its name, and the paragraph that it follows: "" is at the end. */
MUST_CHECK enum status paragraph_spot_named(struct request *rq, const struct on_analysis *on,
                                            const char *section, const char *after,
                                            struct paragraph_spot *ret, struct error *reterr);
/* apply: the words in input become the newest version. */
MUST_CHECK enum status paragraph_apply_words(struct db_tx *tx, void *args, struct error *reterr);

#endif
