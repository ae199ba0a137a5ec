/* version_page.h - fixed versions as pages need them; inside src/analysis/ */
#ifndef ANALYSIS_VERSION_PAGE_H
#define ANALYSIS_VERSION_PAGE_H

#include "analysis/analysis_page.h"
#include "analysis/frozen_store.h"

struct version_item {
	const char *id, *drafted_by, *href;
	int64_t drafted_at;
	uint8_t state;
};
extern const struct view VERSION_ITEM_VIEW;
/* Those of this analysis for this reader: an array of struct version_item. */
MUST_CHECK enum status version_items(struct request *rq, const struct on_analysis *on,
                                     int64_t analysis_id, struct array *ret, struct error *reterr);
/* May this viewer lay the analysis down as it is now? */
MUST_CHECK enum status version_may_draft(struct request *rq, struct verdict *ret,
                                         struct error *reterr);

struct on_version { /* the version of the path */
	struct on_analysis on;
	struct frozen frozen;
	struct known_world world;
	int64_t destroyed; /* paragraphs of this reader's copy that are gone since */
};
MUST_CHECK enum status on_version(struct request *rq, struct on_version *ret, struct error *reterr);
MUST_CHECK enum status version_copy(struct request *rq, struct on_version *v,
                                    struct analysis_copy *ret, struct error *reterr);
const char *version_id(struct arena *a, const struct frozen *f);
const char *version_path(struct arena *a, const struct casefile *c, const struct frozen *f,
                         const char *rest);
/* In hexadecimal digits. */
const char *version_hash(struct arena *a, const struct frozen *f);

#endif
